//! Ada's notebook in a home of its own, and a short session in which she writes into it.

use std::fs;

use alongside::notebook::{Keeping, Notebook, NotebookEntry, Notebooks};

use super::Home;

/// Few rounds of scrypt: tests open hundreds of notebooks.
const FACTOR: u8 = 2;

/// A short session with two notes and a promise of one's own.
const SCRIPT: &str = r#"format = 1
title = "Short"
summary = "One person, 10 minutes."
people = 1
roles = ["me"]
minutes = 10
ceiling = "notice"

[[stage]]
kind = "together"
title = "arrive"
minutes = 5
[[stage.step]]
all = "What is here?"
note = true
[[stage.step]]
all = "And what else?"
note = true
[[stage.step]]
all = "What do you promise?"
promise = true

[[stage]]
kind = "closing"
title = "close"
minutes = 5
[[stage.step]]
all = "Goodbye."
keep = true
"#;

/// The notebooks of this home.
pub fn notebooks(home: &Home) -> Notebooks {
    Notebooks::at(home.data().join("notebooks")).with_factor(FACTOR)
}

/// An entry as it stands in a file, with a name and a moment of its own.
pub fn entry(value: &serde_json::Value) -> NotebookEntry {
    let mut value = value.clone();
    value["id"] = format!("{:016x}", fastrand::u64(..)).into();
    value["at"] = serde_json::json!({"wall": 0, "offset": 0});
    serde_json::from_value(value).unwrap()
}

/// Ada's.
pub fn ada(home: &Home) -> Notebook {
    notebooks(home).of("Ada").unwrap().unwrap()
}

/// Ada has sat alone here before, and has a notebook.
pub fn home(keeping: &Keeping) -> Home {
    let home = Home::new();
    let scripts = home.root().join("config/alongside/scripts");
    fs::create_dir_all(&scripts).unwrap();
    fs::write(scripts.join("short.toml"), SCRIPT).unwrap();
    fs::create_dir_all(home.data()).unwrap();
    let circle = "format = 1\nseen-notice = true\n\n[[circle]]\nnames = [\"Ada\"]\n\
                  script = \"short\"\nminutes = 10\n";
    fs::write(home.data().join("people.toml"), circle).unwrap();
    notebooks(&home).create("Ada", keeping).unwrap();
    home
}
