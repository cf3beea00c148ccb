//! Makes const data of the tables that people write: the program reads none of them when it starts.
//!
//! What is wrong with a table is an error of the build, in one sentence.

#![allow(
    clippy::print_stdout,
    reason = "this is how a build script talks to cargo"
)]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::{env, fs};

use toml::Table;

use crate::shape::fields;

mod care;
mod keys;
mod rust;
mod scripts;
mod shape;
mod themes;
mod words;

fn main() -> ExitCode {
    match make() {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            println!("cargo::error={why}");
            ExitCode::FAILURE
        }
    }
}

fn make() -> Result<(), String> {
    watch(Path::new("build"));
    link()?;
    let (scripts, modules) = (tables("scripts")?, tables("scripts/modules")?);
    write("scripts.rs", &scripts::scripts(&scripts, &modules)?)?;
    write("words.rs", &words::words(&tables("src/text/words")?)?)?;
    made("src/safety/signposts.toml", "Signposts", |table| {
        fields(table, &care::SIGNPOSTS)
    })?;
    made("src/safety/grounding.toml", "ExerciseLibrary", |table| {
        fields(table, &care::GROUNDING)
    })?;
    made("src/tui/themes.toml", "Themes", |table| {
        fields(table, &themes::THEMES)
    })?;
    made("src/tui/keys.toml", "Rows", keys::keys)
}

/// Leaves out how each function is left by a panic, an eighth of the program: a panic ends it. The C library's own first
/// and last pieces refer to theirs.
const NO_FRAMES: &str = "SECTIONS { /DISCARD/ : { *(EXCLUDE_FILE(*crtbegin*.o *crtend*.o) .eh_frame) } }\n\
                         INSERT AFTER .rodata;\n";

/// Asks for a smaller program where people get it from: a panic ends it, so that nobody looks for who catches one, and
/// its tables hold thousands of addresses, which can be packed. A linker that somebody chose may know neither.
fn link() -> Result<(), String> {
    let is = |name, value: &str| env::var(name).is_ok_and(|known| known == value);
    if !is("PROFILE", "release") || !is("CARGO_CFG_TARGET_OS", "linux") {
        return Ok(());
    }
    let flags = env::var("CARGO_ENCODED_RUSTFLAGS").unwrap_or_default();
    if env::var_os("RUSTC_LINKER").is_some() || flags.contains("link") {
        return Ok(());
    }
    println!("cargo::rustc-link-arg-bins=-Wl,--no-eh-frame-hdr");
    let frames = write("no-frames.ld", NO_FRAMES)?;
    println!("cargo::rustc-link-arg-bins=-Wl,-T,{}", frames.display());
    if unpacks() {
        println!("cargo::rustc-link-arg-bins=-Wl,-z,pack-relative-relocs");
    }
    // Functions of the same code are one: nobody here compares their addresses.
    if links_with(FOLDED)? {
        println!("cargo::rustc-link-arg-bins={FOLDED}");
    }
    Ok(())
}

/// What lld and gold know, and the linker of GNU refuses.
const FOLDED: &str = "-Wl,--icf=all";

/// Whether the linker takes this argument: it is tried on the least program.
fn links_with(argument: &str) -> Result<bool, String> {
    let least = write("least.rs", "fn main() {}\n")?;
    let (Some(rustc), Some(target)) = (env::var_os("RUSTC"), env::var_os("TARGET")) else {
        return Ok(false);
    };
    let mut tried = Command::new(rustc);
    tried.arg(&least).arg("--target").arg(target);
    tried.arg("-o").arg(least.with_extension("out"));
    tried.arg("-C").arg(format!("link-arg={argument}"));
    let tried = tried.output();
    Ok(tried.is_ok_and(|tried| tried.status.success()))
}

/// Whether packed addresses are unpacked when the program is loaded: by the glibc of this machine, from 2.36 on, where
/// it is built for no other.
fn unpacks() -> bool {
    let here = env::var_os("HOST") == env::var_os("TARGET");
    let glibc = || {
        let asked = Command::new("getconf").arg("GNU_LIBC_VERSION").output();
        let said = String::from_utf8(asked.ok()?.stdout).ok()?;
        let (major, minor) = said.trim().strip_prefix("glibc ")?.split_once('.')?;
        Some((major.parse::<u32>().ok()?, minor.parse::<u32>().ok()?))
    };
    here && glibc().is_some_and(|version| version >= (2, 36))
}

/// Makes one value of a type that stands beside the table, where it is included: `static MADE`.
fn made(
    place: &str,
    kind: &str,
    make: impl Fn(&Table) -> Result<String, String>,
) -> Result<(), String> {
    let path = Path::new(place);
    let value = make(&table(path)?).map_err(|why| format!("{place}: {why}"))?;
    let name = path.file_stem().unwrap_or_default().to_string_lossy();
    write(
        &format!("{name}.rs"),
        &format!("static MADE: {kind} = {value};\n"),
    )
    .map(|_| ())
}

/// Asks cargo to come again when this changes. A folder counts with everything in it.
fn watch(path: &Path) {
    println!("cargo::rerun-if-changed={}", path.display());
}

/// The tables of a folder, by the names of their files.
fn tables(folder: &str) -> Result<BTreeMap<String, Table>, String> {
    let mut found = BTreeMap::new();
    for path in files(folder)? {
        let name = path.file_stem().unwrap_or_default().to_string_lossy();
        found.insert(name.into_owned(), table(&path)?);
    }
    Ok(found)
}

/// The files of a folder whose names end in `.toml`, in the order of their names.
fn files(folder: &str) -> Result<Vec<PathBuf>, String> {
    watch(Path::new(folder));
    let unread = |why| format!("the folder {folder} can't be read: {why}");
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).map_err(unread)? {
        let path = entry.map_err(unread)?.path();
        if path.extension().is_some_and(|ending| ending == "toml") {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

/// The table of one file.
fn table(path: &Path) -> Result<Table, String> {
    watch(path);
    let place = path.display();
    let text = fs::read_to_string(path).map_err(|why| format!("{place} can't be read: {why}"))?;
    let one_line = |why: toml::de::Error| why.to_string().trim().replace('\n', " ");
    text.parse()
        .map_err(|why| format!("{place}: {}", one_line(why)))
}

/// Writes a file of Rust where the sources include it from.
fn write(name: &str, code: &str) -> Result<PathBuf, String> {
    let folder = env::var_os("OUT_DIR").ok_or("cargo says no folder to write to")?;
    let path = PathBuf::from(folder).join(name);
    fs::write(&path, code).map_err(|why| format!("{name} can't be written: {why}"))?;
    Ok(path)
}
