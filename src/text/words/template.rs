//! Texts with something to put in, and tables that are asked by a key.

use crate::text::safe_text::SafeText;

/// A text in which every name in `{braces}` has to be filled before anybody sees it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Template {
    pub(super) text: &'static str,
    pub(super) braces: &'static [&'static str],
}

/// A text with nothing to put in, where others of its kind have something.
impl From<&'static str> for Template {
    fn from(text: &'static str) -> Self {
        let braces = &[];
        Self { text, braces }
    }
}

impl From<&&'static str> for Template {
    fn from(text: &&'static str) -> Self {
        (*text).into()
    }
}

impl From<&Self> for Template {
    fn from(template: &Self) -> Self {
        *template
    }
}

/// A table that is asked by a key that is only known when the program runs, in the order of its keys.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Map<T: 'static>(pub(super) &'static [(&'static str, T)]);

impl<T: Copy> Map<T> {
    /// What stands under a key.
    pub(crate) fn get(&self, key: &str) -> Option<T> {
        let at = self.0.binary_search_by_key(&key, |(known, _)| known).ok()?;
        self.0.get(at).map(|(_, value)| *value)
    }

    /// All keys.
    #[cfg(test)]
    pub(crate) fn keys(&self) -> impl Iterator<Item = &'static str> {
        self.0.iter().map(|(key, _)| *key)
    }
}

/// Puts values into a text's `{braces}`.
///
/// A value that is missing is a mistake of the program: it stops whatever is not a release, and a test holds that no
/// call lacks one.
pub(crate) fn fill(template: &Template, values: &[(&str, &str)]) -> SafeText {
    template.is_filled_by(values);
    put_in(template.text, values)
}

/// The same, line by line.
pub(crate) fn fill_lines(template: &Template, values: &[(&str, &str)]) -> Vec<SafeText> {
    template.is_filled_by(values);
    let lines = template.text.lines();
    lines.map(|line| put_in(line, values)).collect()
}

impl Template {
    /// What stands before and behind a name in braces, to find again what was filled in.
    pub(crate) fn around(&self, name: &str) -> Option<(&'static str, &'static str)> {
        self.text.split_once(&format!("{{{name}}}"))
    }

    fn is_filled_by(&self, values: &[(&str, &str)]) {
        for name in self.braces {
            let filled = values.iter().any(|(key, _)| key == name);
            debug_assert!(filled, "nothing fills {{{name}}} of: {}", self.text);
        }
    }
}

/// A brace without a value stays as it is: a text may speak of braces.
fn put_in(text: &str, values: &[(&str, &str)]) -> SafeText {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(open) = rest.find('{') {
        let (before, tail) = rest.split_at(open);
        out.push_str(before);
        let Some(close) = tail.find('}') else {
            rest = tail;
            break;
        };
        let name = tail.get(1..close).unwrap_or_default();
        // A brace of the text's own may hold one that has a value: only the sign itself is passed over.
        let behind = match values.iter().find(|(key, _)| *key == name) {
            Some((_, value)) => {
                out.push_str(value);
                close + 1
            }
            None => {
                out.push('{');
                1
            }
        };
        rest = tail.get(behind..).unwrap_or_default();
    }
    out.push_str(rest);
    SafeText::new(&out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn braces_are_filled_once_and_values_are_not_read_again() {
        let text = put_in("{a} and {b}, {c}", &[("a", "{b}"), ("b", "two")]);
        assert_eq!(text.as_str(), "{b} and two, {c}");
        assert_eq!(put_in("open {", &[]).as_str(), "open {");
        let inside = put_in("{ then = {a} } {x}", &[("a", "1")]);
        assert_eq!(inside.as_str(), "{ then = 1 } {x}");
    }
}
