//! Every word that the program itself says to people, as data.
//!
//! Owns: the texts of `*.toml` in this folder, one file for each room that speaks. The build makes one struct of each
//! table and a const value of them all: a new key in a file is a new field here, with nothing else to write.
//! Never does: IO. A key that is missing fails the build, and one that nobody reads is dead code.
//! May see: shown.

mod template;

mod english {
    use super::{Map, Template};

    include!(concat!(env!("OUT_DIR"), "/words.rs"));
}

use crate::text::safe_text::SafeText;

pub(crate) use english::*;
pub(crate) use template::{Map, Template, fill, fill_lines};

/// The words of this program.
pub(crate) fn words() -> &'static Words {
    &english::WORDS
}

/// Names as they are said.
pub(crate) fn joined(names: &[String]) -> String {
    let says = &words().home;
    match names {
        [] => String::new(),
        [only] => only.clone(),
        [before @ .., last] => format!("{}{}{last}", before.join(says.comma), says.and),
    }
}

/// What is said of more letters than there is room for; `None` where there is room. What is typed is never cut.
pub(crate) fn too_long(most: usize, letters: usize) -> Option<SafeText> {
    let values = [("most", most.to_string()), ("letters", letters.to_string())];
    let values = values.each_ref().map(|(name, n)| (*name, n.as_str()));
    (letters > most).then(|| fill(&words().pages.too_long, &values))
}
