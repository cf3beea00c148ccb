//! Writes the transcript in `docs/by-line.md` anew: `cargo run --example by-line`.

mod session;

use std::io::Write;
use std::path::Path;
use std::process::ExitCode;

fn main() -> ExitCode {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/by-line.md");
    let before = std::fs::read_to_string(&path).unwrap_or_default();
    let written = session::page(&before).map(|page| std::fs::write(&path, page));
    match written {
        Some(Ok(())) => ExitCode::SUCCESS,
        Some(Err(error)) => {
            let _ = writeln!(
                std::io::stderr(),
                "docs/by-line.md cannot be written: {error}"
            );
            ExitCode::FAILURE
        }
        None => {
            let _ = writeln!(
                std::io::stderr(),
                "there is no such session any more; see session.rs"
            );
            ExitCode::FAILURE
        }
    }
}
