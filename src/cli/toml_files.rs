//! Files that hold a script or a module: finding them, and reading one as text.

use std::path::{Path, PathBuf};

use crate::script::{MOST_BYTES, Position, Source};
use crate::storage;
use crate::text::safe_text::SafeText;
use crate::text::sort::Arrange;
use crate::text::words::{fill, words};

/// Whether a file was asked for, and not a name.
pub(super) fn is_file(asked: &str) -> bool {
    is_toml(Path::new(asked))
}

/// Whether a file is meant as TOML, by its name.
pub(super) fn is_toml(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending == "toml")
}

/// The text of a file, if it is an ordinary one, not too large, and UTF-8.
pub(super) fn read(path: &Path) -> Result<Source, SafeText> {
    let most = u64::try_from(MOST_BYTES).unwrap_or(u64::MAX);
    let bytes = storage::read(path, most).map_err(|trouble| trouble.sentence())?;
    text_of(path, bytes)
}

/// The bytes of a file as text, if they are UTF-8.
pub(super) fn text_of(path: &Path, bytes: Vec<u8>) -> Result<Source, SafeText> {
    let place = path.to_string_lossy();
    // Word processors keep their documents in an archive, or in an older box of their own.
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0]) {
        return Err(fill(&words().cli.not_plain, &[("place", &place)]));
    }
    let text = String::from_utf8(bytes).map_err(|error| {
        // What comes before it is text, so its place can be counted.
        let whole = error.utf8_error().valid_up_to();
        let before = error.as_bytes().get(..whole).unwrap_or_default();
        let before = String::from_utf8_lossy(before);
        let Position { line, column } = Source::new(&place, before).position(whole);
        let (line, column) = (line.to_string(), column.to_string());
        let values = [("place", &*place), ("line", &line), ("column", &column)];
        fill(&words().cli.not_utf8, &values)
    })?;
    // A byte order mark is an editor's habit, not a part of the script.
    let text = text
        .strip_prefix('\u{FEFF}')
        .map(str::to_owned)
        .unwrap_or(text);
    Ok(Source::new(&place, text))
}

/// The files of a folder that end in `.toml`, in the order of their names.
pub(super) fn tomls(folder: &Path) -> std::io::Result<Vec<PathBuf>> {
    let mut found: Vec<PathBuf> = std::fs::read_dir(folder)?
        .filter_map(Result::ok)
        .map(|entry| entry.path())
        .filter(|path| is_toml(path))
        .collect();
    found.arrange();
    Ok(found)
}

/// What a file is called, without its ending.
pub(super) fn stem(path: &Path) -> String {
    path.file_stem()
        .map(|stem| stem.to_string_lossy().into_owned())
        .unwrap_or_default()
}
