//! `head.toml`: whose notebook it is, and what is needed to write into it.
//!
//! It is the only file of a sealed notebook that says anything in plain letters, `due.toml` apart.

use std::path::Path;

use serde::Deserialize;
use toml::{Table, Value};

use super::HEADER;
use super::open_error::OpenError;
use super::seal::Seal;
use crate::storage::{FileHeader, sum_of};
use crate::text::words::words;
use crate::time::date::Date;

/// Before the checksum of what stands above it, in the last line.
const SUM: &str = "# sum ";

/// Whose notebook it is, and what is needed to write into it.
#[derive(Clone)]
pub(super) struct NotebookHeader {
    pub(super) name: String,
    pub(super) seal: Seal,
    /// The checksums that `identity.age` may have: two of them while a passphrase is changed.
    pub(super) sums: Vec<String>,
    /// The day on which all of it was copied last.
    pub(super) copied: Option<Date>,
    /// What stands there, also what a newer program put there.
    table: Table,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
struct HeaderContents {
    name: String,
    sealed: bool,
    recipient: Option<String>,
    #[serde(default)]
    identity: Vec<String>,
    #[serde(default)]
    copied: Option<Date>,
}

impl NotebookHeader {
    pub(super) fn new(name: &str, seal: Seal, sums: Vec<String>) -> Self {
        let mut table = Table::new();
        table.insert("kind".into(), HEADER.kind().into());
        let format = HEADER.format().map(|number| Value::from(i64::from(number)));
        table.insert("format".into(), Value::Array(format.to_vec()));
        Self {
            name: name.to_owned(),
            seal,
            sums,
            copied: None,
            table,
        }
    }

    pub(super) fn read(bytes: &[u8], place: &Path) -> Result<Self, OpenError> {
        let damaged = || OpenError::damaged(place);
        let text = std::str::from_utf8(bytes).map_err(|_| damaged())?;
        let table: Table = toml::from_str(text).map_err(|_| damaged())?;
        let header: FileHeader = table.clone().try_into().map_err(|_| damaged())?;
        OpenError::check(&header, place)?;
        verified(text).ok_or_else(damaged)?;
        let contents: HeaderContents = table.clone().try_into().map_err(|_| damaged())?;
        let seal = match (contents.sealed, contents.recipient) {
            (false, None) => Seal::Plain,
            (true, Some(recipient)) => Seal::To(recipient.parse().map_err(|_| damaged())?),
            (true, None) | (false, Some(_)) => return Err(damaged()),
        };
        Ok(Self {
            name: contents.name,
            seal,
            sums: contents.identity,
            copied: contents.copied,
            table,
        })
    }

    /// The text of the file.
    pub(super) fn text(&self) -> String {
        let mut table = self.table.clone();
        table.insert("name".into(), self.name.clone().into());
        if let Some(day) = self.copied {
            table.insert("copied".into(), day.to_string().into());
        }
        match &self.seal {
            Seal::Plain => {
                table.insert("sealed".into(), false.into());
            }
            Seal::To(recipient) => {
                table.insert("sealed".into(), true.into());
                table.insert("recipient".into(), recipient.to_string().into());
                let sums = self.sums.iter().map(|sum| sum.clone().into()).collect();
                table.insert("identity".into(), Value::Array(sums));
            }
        }
        signed(words().notebook.head, &table)
    }
}

/// A file of ours in TOML whose last line is a checksum of what stands above it.
pub(super) fn signed(remark: &str, table: &Table) -> String {
    let text = format!("{remark}\n{table}");
    let sum = sum_of(text.as_bytes());
    format!("{text}{SUM}{sum}\n")
}

/// What stands above a right checksum in the last line.
pub(super) fn verified(text: &str) -> Option<&str> {
    let whole = text.strip_suffix('\n')?;
    let above = &whole[..=whole.rfind('\n')?];
    let sum = whole.get(above.len()..)?.strip_prefix(SUM)?;
    (sum_of(above.as_bytes()) == sum).then_some(above)
}
