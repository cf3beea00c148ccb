//! What is taken out, as text.

use std::collections::BTreeMap;

use crate::notebook::{
    everything_markdown, everything_toml, html, map, note_page, therapist_page, weeks,
};
use crate::notebook_ui::OpenPages;
use crate::notebook_ui::page::ExportKind;
use crate::text::safe_text::SafeText;
use crate::time::date::Date;

/// What will stand in the file, and how its name ends. `titles` are what scripts are called, by their names.
#[must_use]
pub(crate) fn text(
    what: &ExportKind,
    open: OpenPages<'_>,
    today: Date,
    titles: &BTreeMap<String, SafeText>,
) -> Option<(String, &'static str)> {
    let (book, name) = (open.book, open.name);
    match what {
        ExportKind::Therapist(chosen) => {
            Some((therapist_page(book, chosen, name, today, titles), "md"))
        }
        ExportKind::Note(id) => {
            let note = book.notes().iter().find(|note| note.id == *id)?;
            Some((note_page(book, note, name, today), "md"))
        }
        ExportKind::Markdown => Some((everything_markdown(book, name, today, titles), "md")),
        ExportKind::Data => Some((everything_toml(book, name, today), "toml")),
        ExportKind::Map => Some((map::mermaid(book), "mmd")),
        ExportKind::MapPicture => Some((map::svg(book), "svg")),
        ExportKind::Weeks => Some((weeks::svg(book, today), "svg")),
        ExportKind::Numbers => Some((weeks::csv(book), "csv")),
        ExportKind::Html(chosen) => {
            let page = therapist_page(book, chosen, name, today, titles);
            let title = page
                .lines()
                .next()
                .unwrap_or_default()
                .trim_start_matches("# ");
            Some((html(&page, title), "html"))
        }
    }
}
