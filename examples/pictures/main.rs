//! Draws the README's pictures into `docs/pictures`: `cargo run --example pictures`.
//!
//! With a folder it draws them there instead, 640 pixels wide, as a screen of 100 by 30 is in a small video:
//! `cargo run --example pictures -- /tmp`, and then open `/tmp/turn-dark.svg` in a browser at its own size. The
//! question and the clock are to be read from where one sits; `tests/pictures.rs` holds how large they are there.

mod screens;
mod svg;
mod walk;

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

fn main() -> ExitCode {
    let other = std::env::args_os().nth(1).map(PathBuf::from);
    let in_video = other.is_some();
    let usual = || Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/pictures");
    let folder = other.unwrap_or_else(usual);
    let mut err = std::io::stderr();
    let Some(pictures) = screens::pictures() else {
        let _ = writeln!(
            err,
            "the script has no such screen any more; see screens.rs"
        );
        return ExitCode::FAILURE;
    };
    for (name, svg) in pictures {
        let svg = if in_video { svg::in_video(&svg) } else { svg };
        if let Err(error) = std::fs::write(folder.join(&name), svg) {
            let _ = writeln!(err, "{name} cannot be written: {error}");
            return ExitCode::FAILURE;
        }
    }
    ExitCode::SUCCESS
}
