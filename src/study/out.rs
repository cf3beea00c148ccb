//! What is taken out, as text.

use std::collections::BTreeMap;

use crate::date::Date;
use crate::notebook::{everything_markdown, everything_toml, map, note_page, therapist_page};
use crate::shown::Shown;
use crate::study::Open;
use crate::study::page::Out;

/// What will stand in the file, and how its name ends. `titles` are what scripts are called, by their names.
#[must_use]
pub fn text(
    what: &Out,
    open: Open<'_>,
    today: Date,
    titles: &BTreeMap<String, Shown>,
) -> Option<(String, &'static str)> {
    let (book, name) = (open.book, open.name);
    match what {
        Out::Therapist(chosen) => Some((therapist_page(book, chosen, name, today, titles), "md")),
        Out::Note(id) => {
            let note = book.notes().iter().find(|note| note.id == *id)?;
            Some((note_page(note, name, today), "md"))
        }
        Out::Markdown => Some((everything_markdown(book, name, today, titles), "md")),
        Out::Data => Some((everything_toml(book, name, today), "toml")),
        Out::Map => Some((map::mermaid(book), "mmd")),
    }
}
