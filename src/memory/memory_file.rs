//! The file of what is remembered: TOML that people can read.

use std::path::Path;

use serde::{Deserialize, Serialize};

use super::{Circle, Memory, PersonMemory};
use crate::storage::{Cause, FileSystem, StorageError};
use crate::text::safe_text::SafeText;
use crate::text::words::{fill, words};
use crate::time::date::Date;

/// The newest format of the file: 2 has whether people sat apart.
const FORMAT: i64 = 2;
/// The first one. What has nothing newer in it is written so, and an earlier program reads it.
const FIRST_FORMAT: i64 = 1;
/// The most bytes that are read.
const MOST_BYTES: u64 = 1024 * 1024;

/// What stands in the file.
#[derive(Deserialize, Debug)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct MemoryContents {
    format: i64,
    #[serde(default)]
    seen_notice: bool,
    #[serde(default)]
    lines: Option<bool>,
    #[serde(default)]
    by_ear: bool,
    #[serde(default)]
    look_in: Option<Date>,
    #[serde(default)]
    person: Vec<PersonMemory>,
    #[serde(default)]
    circle: Vec<Circle>,
}

/// The same, to be written.
#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct MemoryFile<'a> {
    format: i64,
    seen_notice: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    lines: Option<bool>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    by_ear: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    look_in: Option<Date>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    person: &'a [PersonMemory],
    circle: &'a [Circle],
}

/// As much as every format has; looked at first, so that a newer one is told from damage.
#[derive(Deserialize)]
struct MemoryVersion {
    format: i64,
}

/// Why the file was not read, in a sentence.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum UnreadableMemory {
    /// The disk does not give it; that may be over in a moment.
    Disk(StorageError),
    /// It holds something that is not understood.
    Strange(SafeText),
}

/// Reads the file. One that is not there holds nothing.
///
/// # Errors
/// Why it was not read or can't be understood.
pub(super) fn load(path: &Path, disk: &mut dyn FileSystem) -> Result<Memory, UnreadableMemory> {
    let bytes = match disk.read_through(path, MOST_BYTES) {
        Err(trouble) if trouble.cause == Cause::Missing && !path.is_symlink() => {
            return Ok(Memory::default());
        }
        read => read.map_err(UnreadableMemory::Disk)?,
    };
    understood(path, bytes).map_err(UnreadableMemory::Strange)
}

fn understood(path: &Path, bytes: Vec<u8>) -> Result<Memory, SafeText> {
    let place = path.to_string_lossy();
    let text = String::from_utf8(bytes).map_err(|_| damaged(&place, None))?;
    let version: MemoryVersion = read(&place, &text)?;
    if version.format > FORMAT {
        return Err(fill(
            &words().memory.newer,
            &[
                ("place", &place),
                ("found", &version.format.to_string()),
                ("ours", &FORMAT.to_string()),
            ],
        ));
    }
    let contents: MemoryContents = read(&place, &text)?;
    if contents.format < FIRST_FORMAT {
        return Err(damaged(&place, None));
    }
    let mut memory = Memory {
        seen_notice: contents.seen_notice,
        lines: contents.lines,
        by_ear: contents.by_ear,
        look_in: contents.look_in,
        persons: contents.person,
        circles: contents.circle,
    };
    memory.compose_names();
    Ok(memory)
}

fn read<T: serde::de::DeserializeOwned>(place: &str, text: &str) -> Result<T, SafeText> {
    // The error's own words repeat what stands in the file; names have no place in a message.
    toml::from_str(text).map_err(|error| {
        let before = error.span().and_then(|span| text.get(..span.start));
        damaged(place, before.map(|before| before.matches('\n').count() + 1))
    })
}

fn damaged(place: &str, line: Option<usize>) -> SafeText {
    let people = &words().memory;
    let line = line.map(|line| fill(&people.at_line, &[("line", &line.to_string())]));
    let line = line.unwrap_or_default();
    let values = [("place", place), ("line", line.as_str())];
    fill(&people.damaged, &values)
}

/// The text of the file.
///
/// # Errors
/// The contents have no form in TOML.
pub(super) fn text(memory: &Memory) -> Result<String, toml::ser::Error> {
    let written = MemoryFile {
        format: if memory.circles.iter().any(|circle| circle.apart) {
            FORMAT
        } else {
            FIRST_FORMAT
        },
        seen_notice: memory.seen_notice,
        lines: memory.lines,
        by_ear: memory.by_ear,
        look_in: memory.look_in,
        person: &memory.persons,
        circle: &memory.circles,
    };
    let body = toml::to_string_pretty(&written)?;
    Ok(format!("{}\n{body}", words().memory.head))
}
