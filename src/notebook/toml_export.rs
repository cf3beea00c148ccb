//! Everything in a notebook as TOML: for other programs, so that nothing is locked in.

use serde::Serialize;
use toml::value::Datetime;
use toml::{Table, Value};

use super::book::{Book, PartNow, PromiseNow};
use super::entry::WrittenAt;
use super::text_export::written;
use crate::text::words::words;
use crate::time::date::Date;

/// The version of this format. It is documented in `docs/notebooks.md`.
const FORMAT: u32 = 1;

/// Everything in the book, to be read by programs. The names of entries tie them together.
#[must_use]
pub(crate) fn everything_toml(book: &Book, name: &str, day: Date) -> String {
    let notes = book.notes().iter();
    let check_ins = book.check_ins().iter();
    let sittings = book.sittings().iter();
    let everything = Everything {
        format: FORMAT,
        notebook: name,
        written: day,
        about: words().safety.about,
        part: book.parts().iter().map(part).collect(),
        note: notes.map(|note| entry(note, note.at)).collect(),
        promise: book.promises().iter().map(promise).collect(),
        check_in: check_ins.map(|one| entry(one, one.at)).collect(),
        sitting: sittings.map(|one| entry(one, one.at)).collect(),
    };
    // Texts, numbers and tables of them: there is nothing in it that TOML has no form for.
    toml::to_string_pretty(&everything).unwrap_or_default()
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Everything<'a> {
    format: u32,
    notebook: &'a str,
    written: Date,
    about: &'a [&'a str],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    part: Vec<Table>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    note: Vec<Table>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    promise: Vec<Table>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    check_in: Vec<Table>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    sitting: Vec<Table>,
}

/// A moment: TOML has a form for it; what lies beyond its years is a text.
fn moment(at: WrittenAt) -> Value {
    let text = written(at);
    match text.parse::<Datetime>() {
        Ok(moment) => moment.into(),
        Err(_) => text.into(),
    }
}

fn table(of: &impl Serialize) -> Table {
    Table::try_from(of).unwrap_or_default()
}

/// An entry with all of its keys, its moment in the form of TOML.
fn entry(of: &impl Serialize, at: WrittenAt) -> Table {
    let mut table = table(of);
    table.insert("at".into(), moment(at));
    table
}

/// Entries inside the one that they are about, without the keys in which they name it and themselves.
fn inside<'a, T: Serialize + 'a>(
    all: &'a [T],
    at: impl Fn(&T) -> WrittenAt,
    without: &[&str],
) -> Option<Value> {
    let tables = all.iter().map(|one| {
        let mut table = entry(one, at(one));
        table.retain(|key, _| !without.contains(&key));
        Value::Table(table)
    });
    (!all.is_empty()).then(|| Value::Array(tables.collect()))
}

fn part(known: &PartNow) -> Table {
    let mut table = table(&known.part);
    table.insert("id".into(), known.id.as_str().into());
    table.insert("since".into(), moment(known.since));
    let met = inside(&known.met, |met| met.at, &["id", "part"]);
    table.extend(met.map(|met| ("met".to_owned(), met)));
    table
}

fn promise(promise: &PromiseNow) -> Table {
    let mut table = entry(&promise.made, promise.made.at);
    let on = promise.on.iter().map(|on| on.to_string().into()).collect();
    table.insert("on".into(), Value::Array(on));
    table.insert("therapist".into(), promise.made.therapist.into());
    let looked = inside(&promise.looked, |check| check.at, &["id", "promise", "on"]);
    table.extend(looked.map(|looked| ("looked".to_owned(), looked)));
    table
}
