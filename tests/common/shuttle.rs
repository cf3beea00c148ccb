//! A link that is a test: what a program says to the others comes here, and what it hears is said from here.

use std::fs::{self, File};
use std::io::Write;
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use tempfile::TempDir;

use super::Home;

/// Somebody is there.
pub const PEER: &str = r#"{"peer":{"id":1,"proof":"00112233445566778899aabbccddeeff"}}"#;

/// Copies what the program says to the test, and what the test says to the program.
/// Each run has pipes of its own, and says by which number.
const SHUTTLE: &str = r#"
mkfifo "$1/to.$$" "$1/from.$$"
echo "$$" >"$1/new" && mv "$1/new" "$1/run"
cat "$1/to.$$" &
exec cat >"$1/from.$$""#;

/// One end of the line.
pub struct End {
    pub to: Mutex<Option<File>>,
    pub from: Mutex<Option<File>>,
}

impl End {
    pub fn tell(&self, line: &str) {
        // Whoever is gone hears nothing.
        if let Some(to) = &mut *self.to.lock().unwrap() {
            let _ = writeln!(to, "{line}");
        }
    }
}

/// Where the program in a home finds its link.
pub struct Shuttle {
    /// Beside the home: what lies there is no file to be read to its end.
    folder: TempDir,
}

impl Shuttle {
    pub fn new(home: &Home) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let folder_name = folder.path().to_str().unwrap();
        let script = folder.path().join("shuttle.sh");
        fs::write(&script, SHUTTLE).unwrap();
        let link = serde_json::json!(["sh", script, folder_name]);
        home.settings(&format!("link = {link}\n"));
        Self { folder }
    }

    /// The line's end, once the program has started its link.
    pub fn end(&self) -> Arc<End> {
        let run = self.folder.path().join("run");
        let number = (0..2_000).find_map(|_| {
            thread::sleep(Duration::from_millis(10));
            fs::read_to_string(&run).ok()
        });
        let number = number.expect("its link was started");
        fs::remove_file(&run).unwrap();
        let open = |name: &str, write: bool| {
            let path = self.folder.path().join(format!("{name}.{}", number.trim()));
            File::options()
                .read(!write)
                .write(write)
                .open(path)
                .unwrap()
        };
        let to = Mutex::new(Some(open("to", true)));
        let from = Mutex::new(Some(open("from", false)));
        Arc::new(End { to, from })
    }
}

/// The home of somebody who has read what this is, and whom nobody knows here.
pub fn strangers_home() -> Home {
    let home = Home::new();
    fs::create_dir_all(home.data()).unwrap();
    let known = "format = 1\nseen-notice = true\n";
    fs::write(home.data().join("people.toml"), known).unwrap();
    home
}
