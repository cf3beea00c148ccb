//! `alongside scripts check`: files and folders, scripts and modules, told in full, in short, or as JSON.

use std::path::{Path, PathBuf};

use serde::Serialize;

use super::args::Format;
use super::module_commands;
use super::module_library::{ModuleLibrary, is_modules};
use super::output::StandardOutput;
use super::script_files::{Room, missing, own_file, tell};
use super::toml_files::{read, stem};
use super::{CommandError, Exit};
use crate::script::{self, Library, Position, Problem, SHIPPED, Severity, Source};
use crate::storage::Folders;
use crate::text::safe_text::SafeText;
use crate::text::sort::Arrange;
use crate::text::words::{fill, words};

/// How many folders may lie inside of each other.
const MOST_DEEP: usize = 16;
/// How many files of one folder are looked at.
const MOST_FILES: usize = 10_000;

/// One problem for an editor (docs/scripts.md, "For editors"). Lines and columns count from 1, columns in letters.
#[derive(Serialize)]
struct JsonProblem<'a> {
    path: String,
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
    severity: &'a str,
    code: &'a str,
    message: &'a str,
    help: Option<&'a str>,
}

/// Checks files and folders: 0 clean, 1 with warnings only, 2 with errors.
///
/// # Errors
/// Not all of it could be printed.
pub(crate) fn check(
    paths: &[PathBuf],
    format: Format,
    home: &Folders,
) -> Result<Exit, CommandError> {
    let mut out = StandardOutput::new();
    let mut worst = Exit::Done;
    let mut room = match paths {
        [path] if !path.is_dir() => Room::whole(),
        _ => Room::of_several(),
    };
    for path in paths {
        let mut files = Vec::new();
        if let Some(source) = by_name(path, home) {
            let library = ModuleLibrary::own(home);
            let problems = script::check_any(&path.to_string_lossy(), source, &library);
            worst = worse(worst, told(path, &problems, (format, &mut room), &mut out));
            continue;
        }
        if path.is_dir() {
            walk(path, 0, &mut files);
        } else {
            let own = path.to_str().and_then(|name| own_file(name, home));
            let own = own.filter(|_| !path.exists());
            files.push(own.unwrap_or_else(|| path.clone()));
        }
        if files.is_empty() {
            let place = path.to_string_lossy();
            let nothing = fill(&words().cli.nothing_to_check, &[("place", &place)]);
            not_read(path, &nothing, (format, &mut room), &mut out);
            worst = Exit::Wrong;
        }
        for file in files {
            let exit = check_file(&file, (format, &mut room), home, &mut out);
            worst = worse(worst, exit);
        }
    }
    if let Some(left) = room.left() {
        out.flush();
        super::problem(&left);
    }
    out.end(worst)
}

/// The files of a folder and of those inside of it. A link to a folder is not followed, so every walk ends.
fn walk(folder: &Path, deep: usize, found: &mut Vec<PathBuf>) {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return;
    };
    let mut paths: Vec<PathBuf> = entries
        .filter_map(Result::ok)
        .map(|entry| entry.path())
        .collect();
    paths.arrange();
    for path in paths {
        let hidden = path
            .file_name()
            .is_some_and(|name| name.to_string_lossy().starts_with('.'));
        if hidden || found.len() >= MOST_FILES {
            continue;
        }
        let is_folder = path.symlink_metadata().is_ok_and(|found| found.is_dir());
        if is_folder && deep < MOST_DEEP {
            walk(&path, deep + 1, found);
        } else if !is_folder && path.extension().is_some_and(|ending| ending == "toml") {
            // A link to a folder, whatever its name, is no file.
            if !path.is_dir() {
                found.push(path);
            }
        }
    }
}

fn worse(one: Exit, other: Exit) -> Exit {
    if other as u8 > one as u8 { other } else { one }
}

/// A shipped script, or a module, by its name, where no file and no script of one's own is meant by it.
fn by_name(path: &Path, home: &Folders) -> Option<Source> {
    let name = path.to_str().filter(|name| script::is_id(name))?;
    if path.exists() || own_file(name, home).is_some() {
        return None;
    }
    SHIPPED
        .script(name)
        .or_else(|| module_commands::source(name, home))
}

fn check_file(
    path: &Path,
    (format, room): (Format, &mut Room),
    home: &Folders,
    out: &mut StandardOutput,
) -> Exit {
    if let Some(sentence) = missing(path, home) {
        not_read(path, &sentence, (format, room), out);
        return Exit::Wrong;
    }
    let source = match read(path) {
        Ok(source) => source,
        Err(sentence) => {
            not_read(path, &sentence, (format, room), out);
            return Exit::Wrong;
        }
    };
    let problems = problems(path, source, home);
    told(path, &problems, (format, room), out)
}

/// Tells what is wrong with what is called so, and how bad that is.
fn told(
    path: &Path,
    problems: &[Problem],
    (format, room): (Format, &mut Room),
    out: &mut StandardOutput,
) -> Exit {
    match format {
        Format::Long if problems.is_empty() => {
            let place = path.to_string_lossy();
            let clean = fill(&words().cli.checked_clean, &[("place", &place)]);
            out.line(SafeText::line(clean.as_str()).as_str())
        }
        Format::Long => match tell(out, problems, room) {
            (0, _) => room.leave(&path.to_string_lossy(), problems.len()),
            (_, sum) => super::problem(&sum),
        },
        Format::Short => problems
            .iter()
            .for_each(|problem| out.line(&problem.short())),
        Format::Json => problems.iter().for_each(|problem| out.line(&json(problem))),
    }
    match problems.iter().map(|problem| problem.severity).min() {
        None | Some(Severity::Note) => Exit::Done,
        Some(Severity::Warning) => Exit::Found,
        Some(Severity::Error) => Exit::Wrong,
    }
}

/// Everything that is wrong with a script or a module.
fn problems(path: &Path, source: Source, home: &Folders) -> Vec<Problem> {
    let (name, library) = (stem(path), ModuleLibrary::beside(path, home));
    if !path.parent().is_some_and(is_modules) {
        return script::check_any(&name, source, &library);
    }
    let other = SHIPPED
        .module(&name)
        .is_some_and(|shipped| shipped.text != source.text);
    let shadows = other.then(|| script::shadows(&name, &source));
    let found = script::check_module(&name, source, &library);
    shadows.into_iter().chain(found).collect()
}

fn json(problem: &Problem) -> String {
    let Position { line, column } = problem.position();
    let end = problem.end();
    let told = |message: &str, help: Option<&str>| {
        on_a_line(&JsonProblem {
            path: problem.source.name.to_string(),
            line,
            column,
            end_line: end.line,
            end_column: end.column,
            severity: problem.severity.word(),
            code: problem.code,
            message,
            help,
        })
    };
    // A line is no longer than others; only a path is whole, whatever its length.
    let bare = told("", problem.help.as_ref().map(|_| "")).len();
    let message = in_room(problem.message.as_str(), bare);
    let begins = bare + quoted(message.as_str());
    let help = problem.help.as_ref();
    let help = help.map(|help| in_room(help.as_str(), begins));
    told(message.as_str(), help.as_ref().map(SafeText::as_str))
}

fn on_a_line(told: &JsonProblem<'_>) -> String {
    serde_json::to_string(told).unwrap_or_default()
}

/// How many bytes a text has between quotes.
fn quoted(text: &str) -> usize {
    serde_json::to_string(text).map_or(0, |quoted| quoted.len() - 2)
}

/// As much of a text as a line has room for behind its beginning.
fn in_room(text: &str, begins: usize) -> SafeText {
    // Quotes and backslashes are two letters in it.
    let more = quoted(text) - text.len();
    SafeText::of_bytes(text, script::room(begins + more))
}

/// A place that can't be read has no lines; an editor learns it on the first one.
fn not_read(
    path: &Path,
    sentence: &SafeText,
    (format, room): (Format, &mut Room),
    out: &mut StandardOutput,
) {
    if format != Format::Json {
        if format == Format::Short || room.sentence(&path.to_string_lossy()) {
            super::problem(&SafeText::line(sentence.as_str()));
        }
        return;
    }
    let told = |message: &str| {
        on_a_line(&JsonProblem {
            path: SafeText::new(&path.to_string_lossy()).to_string(),
            line: 1,
            column: 1,
            end_line: 1,
            end_column: 1,
            severity: Severity::Error.word(),
            code: "not-read",
            message,
            help: None,
        })
    };
    let message = in_room(sentence.as_str(), told("").len());
    out.line(&told(message.as_str()));
}
