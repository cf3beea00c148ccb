//! Scripts from outside: listing, checking, people's own.

use std::borrow::Cow;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::module_library::ModuleLibrary;
use super::output::StandardOutput;
use super::toml_files::{is_file, is_toml, read, stem, tomls};
use super::{CommandError, wrong};
use crate::app::Scripts;
use crate::script::{self, Library, Problem, SHIPPED, Script, Severity, Source};
use crate::storage::Folders;
use crate::text::safe_text::SafeText;
use crate::text::words::{Template, fill, words};

/// How many problems are told in full at once. The rest are counted: whoever mends these sees others go.
const MOST_TOLD: usize = 5;
/// How many lines they take at most, with the line that counts them and the rest.
const MOST_LINES: usize = 40;

/// A name or a path as it is typed behind a command: in quotes, where a shell would take it for several words.
pub(super) fn as_typed(path: &str) -> Cow<'_, str> {
    let plain = |c: char| c.is_alphanumeric() || "/:._-+~".contains(c);
    match path.chars().all(plain) {
        true => path.into(),
        false => format!("'{}'", path.replace('\'', r"'\''")).into(),
    }
}

/// The shipped scripts and people's own.
pub(crate) fn all(home: &Folders) -> Scripts {
    let mut own: Vec<Arc<Script>> = Vec::new();
    let mut notices = Vec::new();
    for path in tomls(&home.scripts()).unwrap_or_default() {
        let name = stem(&path);
        let w = &words().cli;
        if SHIPPED.scripts().contains(&&*name) {
            notices.push(named(&w.own_script_shadowed, &name));
            continue;
        }
        let library = ModuleLibrary::beside(&path, home);
        let script = read(&path)
            .ok()
            .and_then(|source| script::ready(&name, source, &library));
        match script {
            Some(script) => own.push(script),
            None => notices.push(fill(
                &w.own_script_problem,
                &[
                    ("name", SafeText::short(&name, 60).as_str()),
                    ("place", &as_typed(&path.to_string_lossy())),
                ],
            )),
        }
    }
    Scripts::with_shipped(own, notices).reading_by(at)
}

/// The script in this file, where it has no errors.
fn at(path: &Path) -> Option<Arc<Script>> {
    let (home, source) = (super::home().ok()?, read(path).ok()?);
    script::ready(&stem(path), source, &ModuleLibrary::beside(path, &home))
}

/// The name of the script that was asked for, by its name or its file. One that lies elsewhere stands among the others
/// from now on.
pub(crate) fn offered(
    scripts: &mut Scripts,
    asked: &str,
    home: &Folders,
) -> Result<String, CommandError> {
    let script = named_or_file(scripts, asked, home)?;
    let name = script.name.clone();
    let known = scripts.find(&name).map(|known| &known.hash);
    if known != Some(&script.hash) {
        let path = std::path::absolute(asked).unwrap_or_else(|_| asked.into());
        scripts.offer(Script {
            file: Some(path.to_string_lossy().into_owned()),
            ..Arc::unwrap_or_clone(script)
        });
    }
    Ok(name)
}

/// The one script that was asked for, by its name or its file, without a look at all the others.
pub(crate) fn one(asked: &str, home: &Folders) -> Result<Arc<Script>, CommandError> {
    let shipped = SHIPPED.script(asked);
    match shipped.and_then(|source| script::ready(asked, source, &SHIPPED)) {
        Some(script) => Ok(script),
        None => named_or_file(&all(home), asked, home),
    }
}

/// A script by its name, or the file of one.
pub(crate) fn named_or_file(
    scripts: &Scripts,
    asked: &str,
    home: &Folders,
) -> Result<Arc<Script>, CommandError> {
    if let Some(script) = scripts.find(asked) {
        return Ok(Arc::clone(script));
    }
    let own = own_file(asked, home);
    let path = own.as_deref().unwrap_or(Path::new(asked));
    if !is_toml(path) {
        let library = ModuleLibrary::own(home);
        if library.modules().contains(&asked) {
            return Err(wrong(named(&words().cli.a_module, asked)));
        }
        let own = tomls(&home.scripts()).unwrap_or_default();
        let own: Vec<String> = own.iter().map(|path| stem(path)).collect();
        return Err(wrong(scripts.unknown_beside(asked, &own)));
    }
    if let Some(missing) = missing(path, home) {
        return Err(wrong(missing));
    }
    let source = read(path).map_err(wrong)?;
    let (name, library) = (stem(path), ModuleLibrary::beside(path, home));
    if let Some(script) = script::ready(&name, source.clone(), &library) {
        return Ok(script);
    }
    let problems = script::check(&name, source, &library).problems;
    let mut out = StandardOutput::new();
    // The sentence behind them says that there are problems, whether these lines are read or not.
    Err(wrong(tell(&mut out, &problems, &mut Room::whole()).1))
}

/// The file of one of the person's own scripts, when the list has one of this name: whatever letters it has, and whether or
/// not it can be read. It may have problems.
pub(super) fn own_file(name: &str, home: &Folders) -> Option<PathBuf> {
    let own = tomls(&home.scripts()).unwrap_or_default();
    own.into_iter().find(|path| stem(path) == name)
}

/// That nothing is there, and what was probably meant: a file beside it, or a script of one's own.
pub(super) fn missing(path: &Path, home: &Folders) -> Option<SafeText> {
    if path.symlink_metadata().is_ok() {
        return None;
    }
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    let beside = tomls(folder.unwrap_or(Path::new("."))).unwrap_or_default();
    let own = tomls(&home.scripts()).unwrap_or_default();
    let mut known: Vec<String> = beside
        .iter()
        .map(|path| path.to_string_lossy().into_owned())
        .map(|path| path.strip_prefix("./").map(str::to_owned).unwrap_or(path))
        .collect();
    known.extend(own.iter().map(|path| stem(path)));
    let library = ModuleLibrary::own(home);
    known.extend(library.modules().into_iter().map(str::to_owned));
    known.extend(SHIPPED.scripts().into_iter().map(str::to_owned));
    let place = path.to_string_lossy();
    let said = SafeText::new(&place);
    let w = &words().cli;
    let near = script::nearest(&place, known.iter().map(String::as_str));
    let text = match near {
        Some(_) => &w.no_such_file_near,
        None => &w.no_such_file,
    };
    let near = SafeText::new(near.unwrap_or_default());
    Some(fill(
        text,
        &[("place", said.as_str()), ("near", near.as_str())],
    ))
}

/// What may still be told in full.
pub(super) struct Room {
    problems: usize,
    lines: usize,
    /// What nothing was told of any more: the files, and how many problems are in them.
    left: (Vec<SafeText>, usize),
}

/// How many files are named of which nothing else is told.
const MOST_NAMED: usize = 5;

impl Room {
    /// Room for what one command tells.
    pub(super) fn whole() -> Self {
        Self {
            problems: MOST_TOLD,
            lines: MOST_LINES,
            left: Default::default(),
        }
    }

    /// Room for what is told of several files: the last line says what is left.
    pub(super) fn of_several() -> Self {
        Self {
            lines: MOST_LINES - 1,
            ..Self::whole()
        }
    }

    /// Takes room for a sentence of its own, or else remembers that this file has something wrong.
    pub(super) fn sentence(&mut self, file: &str) -> bool {
        let fits = self.take("");
        if !fits {
            self.leave(file, 1);
        }
        fits
    }

    /// Remembers how much is wrong with a file of which nothing is told.
    pub(super) fn leave(&mut self, file: &str, problems: usize) {
        self.left.0.push(SafeText::short(file, 40));
        self.left.1 += problems;
    }

    /// What is left, and where.
    pub(super) fn left(&self) -> Option<SafeText> {
        let (w, (files, problems)) = (&words().cli, &self.left);
        let names = files.iter().take(MOST_NAMED).map(SafeText::as_str);
        let mut names = SafeText::new(&names.collect::<Vec<_>>().join(", "));
        if files.len() > MOST_NAMED {
            let n = (files.len() - MOST_NAMED).to_string();
            names = fill(&w.checked_names, &[("files", names.as_str()), ("n", &n)]);
        }
        let values = [("n", &*problems.to_string()), ("files", names.as_str())];
        (!files.is_empty()).then(|| fill(&w.checked_files, &values))
    }

    /// Takes room for one more problem with the line behind it, if there is any.
    fn take(&mut self, told: &str) -> bool {
        let lines = told.lines().count() + 1;
        let fits = self.problems > 0 && self.lines >= lines;
        self.problems = if fits { self.problems - 1 } else { 0 };
        self.lines = self.lines.saturating_sub(lines);
        fits
    }
}

/// Tells as many problems in full as there is room for; how many these were, and how many there are.
pub(super) fn tell(
    out: &mut StandardOutput,
    problems: &[Problem],
    room: &mut Room,
) -> (usize, SafeText) {
    let told = problems.iter().map(Problem::long);
    let told: Vec<String> = told.take_while(|told| room.take(told)).collect();
    if !told.is_empty() {
        out.line(&told.join("\n\n"));
    }
    // What is said on standard error comes after these lines, not before them.
    out.flush();
    let sum = sum(problems);
    let (w, more) = (&words().cli, problems.len() - told.len());
    let values = [("n", &*more.to_string()), ("sum", sum.as_str())];
    let said = match more {
        0 => sum,
        1 => fill(&w.checked_one_more, &values),
        _ => fill(&w.checked_more, &values),
    };
    (told.len(), said)
}

fn sum(problems: &[Problem]) -> SafeText {
    let so_many = |severity: Severity| {
        let alike = problems.iter().filter(|one| one.severity == severity);
        alike.count().to_string()
    };
    let errors = so_many(Severity::Error);
    let warnings = so_many(Severity::Warning);
    let values = [("errors", &*errors), ("warnings", &*warnings)];
    fill(&words().cli.checked_sum, &values)
}

/// The text of a script by its file, or by the name of one of the person's own.
pub(super) fn file_of(asked: &str, home: &Folders) -> Result<Source, SafeText> {
    if is_file(asked) {
        return read(Path::new(asked));
    }
    read(&home.scripts().join(format!("{asked}.toml")))
}

fn named(text: &Template, name: &str) -> SafeText {
    fill(text, &[("name", SafeText::short(name, 60).as_str())])
}
