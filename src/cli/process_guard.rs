//! What is done before anything else: nothing of a session may end up where nobody put it.

use std::io::Write;

use super::Exit;
use crate::text::words::words;

/// No core file, no reading of this process's memory by others of the same user, and a panic that tells its place
/// in the source and not a word of what was in memory. The full screen puts its own hook before this one.
#[allow(
    clippy::disallowed_methods,
    reason = "a fault must not go on, in whatever thread it came about; nothing is saved at the end anyway"
)]
pub(crate) fn close_the_curtains() {
    no_core();
    std::panic::set_hook(Box::new(|info| {
        crate::app::mark_the_end();
        #[cfg(unix)]
        crate::line_ui::give_back();
        let place = info
            .location()
            .map_or_else(String::new, |at| format!("{}:{}", at.file(), at.line()));
        let _ = writeln!(std::io::stderr(), "{} ({place})", words().cli.fault);
        std::process::exit(Exit::Fault as i32);
    }));
}

#[cfg(unix)]
fn no_core() {
    use rustix::process::{Resource, Rlimit, setrlimit};
    // Where the system refuses, its own limits hold; there is nothing more that can be done.
    let _ = setrlimit(
        Resource::Core,
        Rlimit {
            current: Some(0),
            maximum: Some(0),
        },
    );
    #[cfg(target_os = "linux")]
    let _ = rustix::process::set_dumpable_behavior(rustix::process::DumpableBehavior::NotDumpable);
}

#[cfg(not(unix))]
fn no_core() {}
