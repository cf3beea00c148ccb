//! What is taken out, as text.

use crate::date::Date;
use crate::notebook::{Book, everything_markdown, everything_toml, map, note_page, therapist_page};
use crate::study::page::Out;

/// What will stand in the file, and how its name ends; nothing for the calendar, which needs to know what time it
/// is elsewhere.
#[must_use]
pub fn text(what: &Out, book: &Book, name: &str, today: Date) -> Option<(String, &'static str)> {
    match what {
        Out::Therapist(chosen) => Some((therapist_page(book, chosen, name, today), "md")),
        Out::Note(id) => {
            let note = book.notes().iter().find(|note| note.id == *id)?;
            Some((note_page(note, name, today), "md"))
        }
        Out::Markdown => Some((everything_markdown(book, name, today), "md")),
        Out::Data => Some((everything_toml(book, name, today), "toml")),
        Out::Map => Some((map::mermaid(book), "mmd")),
        Out::Calendar { .. } => None,
    }
}
