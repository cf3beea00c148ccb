//! A page of ours as HTML, to be read in a browser or printed: made from the Markdown that we write, and of no other.

use super::svg::escaped;

const STYLE: &str = "body{font:1.05rem/1.5 serif;max-width:40rem;margin:2rem auto;padding:0 1rem}\
h1,h2,h3{font-family:sans-serif;line-height:1.2}h2{margin-top:2rem;border-bottom:1px solid}\
h3{margin-bottom:.3rem}p:last-child{margin-top:2rem;border-top:1px solid;font-size:.9rem}\
h3,p,li{break-inside:avoid}@media(prefers-color-scheme:dark){@media screen{body{background:#1c1b1a;color:#f1eee6}}}";

/// The same page as HTML. It asks nothing of a network.
#[must_use]
pub(crate) fn html(markdown: &str, title: &str) -> String {
    let title = escaped(title);
    let body: String = markdown.split("\n\n").map(block).collect();
    format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n<title>{title}</title>\n\
         <style>{STYLE}</style>\n</head>\n<body>\n{body}</body>\n</html>\n"
    )
}

fn block(text: &str) -> String {
    let text = text.trim_matches('\n');
    if text.is_empty() {
        return String::new();
    }
    for (mark, tag) in [("### ", "h3"), ("## ", "h2"), ("# ", "h1")] {
        if let Some(rest) = text.strip_prefix(mark) {
            return format!("<{tag}>{}</{tag}>\n", plain(rest));
        }
    }
    if text.starts_with("- ") {
        let points = text.lines().filter_map(|line| line.strip_prefix("- "));
        let points: String = points
            .map(|it| format!("<li>{}</li>\n", plain(it)))
            .collect();
        return format!("<ul>\n{points}</ul>\n");
    }
    let lines: Vec<String> = text.lines().map(|line| plain(line.trim_end())).collect();
    format!("<p>{}</p>\n", lines.join("<br>\n"))
}

/// The letters that were written: what Markdown would have read as a sign is one no more.
fn plain(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    let mut letters = line.chars();
    while let Some(c) = letters.next() {
        let escapes = c == '\\';
        out.extend(if escapes { letters.next() } else { Some(c) });
    }
    escaped(&out)
}
