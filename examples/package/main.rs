//! Writes what goes into a package beside the program: `man FOLDER` the pages of the manual, from the same source as
//! `--help`; `licences FILE TARGET` the licence of every crate that the program for this target is made of.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::{env, fs};

use serde_json::Value;

/// What the files are called in which a crate brings its licence, in small letters.
const LICENCES: [&str; 5] = ["license", "licence", "copying", "copyright", "notice"];

fn main() -> ExitCode {
    let asked: Vec<String> = env::args().skip(1).collect();
    let asked: Vec<&str> = asked.iter().map(String::as_str).collect();
    let done = match asked[..] {
        ["man", folder] => manual(Path::new(folder)),
        ["licences", file, target] => licences(Path::new(file), target),
        _ => Err(io::Error::other("man FOLDER, or licences FILE TARGET")),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            let _ = writeln!(io::stderr(), "{why}");
            ExitCode::FAILURE
        }
    }
}

/// One page for the program, and one for each command and each command inside of one.
fn manual(folder: &Path) -> io::Result<()> {
    clap_mangen::generate_to(alongside::cli::manual(), folder)
}

/// A crate that the program is made of.
struct Part {
    name: String,
    version: String,
    licence: String,
    folder: PathBuf,
}

/// Cargo knows the parts and where their sources lie, and each source brings its licence: a tool for it would be
/// larger than this.
///
/// First every part with its licence, then each text once, with the parts that bring it.
fn licences(file: &Path, target: &str) -> io::Result<()> {
    let mut list = String::new();
    let mut bring: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for part in parts(target)? {
        let name = format!("{} {}", part.name, part.version);
        let texts = texts(&part.folder)?;
        // Some sources only name it: then the name is all there is to pass on.
        let only = if texts.is_empty() {
            " (its source brings no text)"
        } else {
            ""
        };
        list.push_str(&format!("{name}: {}{only}\n", part.licence));
        for text in texts {
            bring
                .entry(text.trim_end().to_owned())
                .or_default()
                .push(name.clone());
        }
    }
    let rule = "=".repeat(80);
    for (text, names) in bring {
        list.push_str(&format!(
            "\n{rule}\n{}\n{rule}\n\n{text}\n",
            names.join(", ")
        ));
    }
    fs::write(file, list)
}

/// What the program for this target is linked from, in the order of their names.
fn parts(target: &str) -> io::Result<Vec<Part>> {
    let cargo = env::var("CARGO").unwrap_or_else(|_| "cargo".into());
    let asked = [
        "metadata",
        "--format-version=1",
        "--offline",
        "--locked",
        "--filter-platform",
        target,
    ];
    let told = Command::new(cargo).args(asked).output()?;
    if !told.status.success() {
        return Err(io::Error::other(String::from_utf8_lossy(&told.stderr)));
    }
    let told: Value = serde_json::from_slice(&told.stdout)?;
    let of = |value: &Value, key: &str| value[key].as_str().unwrap_or_default().to_owned();
    let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
    let nodes: BTreeMap<String, Value> = list(&told["resolve"]["nodes"])
        .into_iter()
        .map(|node| (of(&node, "id"), node))
        .collect();
    let packages = list(&told["packages"]);
    let is_macro = |package: &&Value| {
        let targets = list(&package["targets"]);
        targets
            .iter()
            .any(|target| list(&target["kind"]).contains(&"proc-macro".into()))
    };
    let macros: BTreeSet<String> = packages
        .iter()
        .filter(is_macro)
        .map(|one| of(one, "id"))
        .collect();
    let mut linked = BTreeSet::new();
    let mut open = vec![of(&told["resolve"], "root")];
    while let Some(id) = open.pop() {
        let Some(node) = nodes.get(&id) else { continue };
        for dep in list(&node["deps"]) {
            // Neither what only tests need nor what only runs while it is built.
            let is_linked = list(&dep["dep_kinds"])
                .iter()
                .any(|kind| kind["kind"].is_null());
            let id = of(&dep, "pkg");
            if is_linked && !macros.contains(&id) && linked.insert(id.clone()) {
                open.push(id);
            }
        }
    }
    let mut parts: Vec<Part> = packages
        .iter()
        .filter(|package| linked.contains(&of(package, "id")))
        .map(|package| Part {
            name: of(package, "name"),
            version: of(package, "version"),
            licence: of(package, "license"),
            folder: PathBuf::from(of(package, "manifest_path")).with_file_name(""),
        })
        .collect();
    parts.sort_by(|a, b| (&a.name, &a.version).cmp(&(&b.name, &b.version)));
    Ok(parts)
}

/// The texts of the licences in the folder of a crate, in the order of the files' names.
fn texts(folder: &Path) -> io::Result<Vec<String>> {
    let mut files: Vec<PathBuf> = fs::read_dir(folder)?
        .filter_map(Result::ok)
        .map(|entry| entry.path())
        .filter(|path| {
            let name = path
                .file_name()
                .unwrap_or_default()
                .to_string_lossy()
                .to_lowercase();
            path.is_file() && LICENCES.iter().any(|licence| name.starts_with(licence))
        })
        .collect();
    files.sort();
    let texts = files.into_iter().map(fs::read);
    texts
        .map(|text| Ok(String::from_utf8_lossy(&text?).into_owned()))
        .collect()
}
