//! Draws the README's pictures into `docs/pictures`: `cargo run --example pictures`.

mod screens;
mod svg;

use std::io::Write;
use std::path::Path;
use std::process::ExitCode;

fn main() -> ExitCode {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/pictures");
    let mut err = std::io::stderr();
    let Some(pictures) = screens::pictures() else {
        let _ = writeln!(
            err,
            "the script has no such screen any more; see screens.rs"
        );
        return ExitCode::FAILURE;
    };
    for (name, svg) in pictures {
        if let Err(error) = std::fs::write(folder.join(&name), svg) {
            let _ = writeln!(err, "{name} cannot be written: {error}");
            return ExitCode::FAILURE;
        }
    }
    ExitCode::SUCCESS
}
