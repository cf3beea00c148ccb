//! Pictures as SVG: shapes and words, never a colour alone, on a light page and on a dark one.

use crate::text::safe_text::SafeText;

/// What every picture says of its looks: ink on paper, and the other way round where a page is dark.
const STYLE: &str = "text{font:14px sans-serif;fill:#1c1b1a}.paper{fill:#fdfcf8}.box{fill:#fdfcf8;stroke:#1c1b1a}\
.line{fill:none;stroke:#1c1b1a;stroke-width:2}.faint{stroke:#8a877f;stroke-width:1;fill:none}.ink{fill:#1c1b1a}\
.bar{fill:#b9b5aa;stroke:#1c1b1a}.halo{stroke:#fdfcf8;stroke-width:5;paint-order:stroke}\
@media(prefers-color-scheme:dark){text{fill:#f1eee6}.paper{fill:#1c1b1a}.box{fill:#1c1b1a;stroke:#f1eee6}\
.line{stroke:#f1eee6}.faint{stroke:#85827a}.ink{fill:#f1eee6}.bar{fill:#5b5850;stroke:#f1eee6}.halo{stroke:#1c1b1a}}";

/// A picture in the making.
pub(super) struct Svg {
    body: String,
}

impl Svg {
    pub(super) fn new() -> Self {
        Self {
            body: String::new(),
        }
    }

    /// Some shape, as it is written.
    pub(super) fn shape(&mut self, shape: &str) {
        self.body.push_str(shape);
        self.body.push('\n');
    }

    /// Words whose middle, beginning or end is here.
    pub(super) fn text(&mut self, (x, y): (usize, usize), anchor: &str, words: &str) {
        let words = escaped(words);
        self.shape(&format!(
            "<text class=\"halo\" x=\"{x}\" y=\"{y}\" text-anchor=\"{anchor}\">{words}</text>"
        ));
    }

    /// The file. `title` is what is read aloud in the place of the picture.
    pub(super) fn file(self, (wide, high): (usize, usize), title: &str) -> String {
        let title = escaped(title);
        let body = self.body;
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {wide} {high}\" width=\"{wide}\" \
             height=\"{high}\" role=\"img\" aria-labelledby=\"t\">\n<title id=\"t\">{title}</title>\n\
             <style>{STYLE}</style>\n\
             <rect class=\"paper\" width=\"{wide}\" height=\"{high}\"/>\n{body}</svg>\n"
        )
    }
}

/// Somebody's words, so that they are letters and never markup.
pub(super) fn escaped(words_of_it: &str) -> String {
    let mut out = String::with_capacity(words_of_it.len());
    for c in SafeText::new(words_of_it).as_str().chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            c => out.push(c),
        }
    }
    out
}
