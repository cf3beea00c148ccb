//! The thin binary: run, and answer.

fn main() -> std::process::ExitCode {
    alongside::cli::run()
}
