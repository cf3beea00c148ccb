//! Holds the house: which room may see which, how long a file may be, what no file may say.

#![allow(
    clippy::expect_used,
    reason = "a test that cannot read the project has failed"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// Each room and the rooms it may see. docs/ARCHITECTURE.md has the same table.
const ROOMS: [(&str, &[&str]); 20] = [
    ("text", &[]),
    ("time", &["text"]),
    ("script", &["text"]),
    ("storage", &["text"]),
    ("session", &["script", "text", "time"]),
    ("settings", &["script", "storage", "text"]),
    ("notebook", &["storage", "text", "time"]),
    ("menu", &["session", "text"]),
    ("memory", &["script", "session", "storage", "text", "time"]),
    ("session_log", &["session", "storage", "text", "time"]),
    ("rehearsal", &["script", "session", "text", "time"]),
    ("safety", &["menu", "script", "session", "text", "time"]),
    ("calendar", &["menu", "session", "text", "time"]),
    (
        "home",
        &["menu", "safety", "script", "session", "text", "time"],
    ),
    (
        "records",
        &[
            "calendar", "memory", "menu", "script", "session", "text", "time",
        ],
    ),
    (
        "notebook_ui",
        &[
            "calendar", "menu", "notebook", "safety", "session", "text", "time",
        ],
    ),
    (
        "app",
        &[
            "calendar",
            "home",
            "memory",
            "notebook",
            "notebook_ui",
            "records",
            "rehearsal",
            "safety",
            "script",
            "session",
            "session_log",
            "settings",
            "storage",
            "text",
            "time",
        ],
    ),
    (
        "tui",
        &["app", "script", "session", "settings", "text", "time"],
    ),
    ("line_ui", &["app", "session", "text"]),
    (
        "cli",
        &[
            "app",
            "home",
            "line_ui",
            "memory",
            "notebook",
            "notebook_ui",
            "records",
            "rehearsal",
            "safety",
            "script",
            "session",
            "settings",
            "storage",
            "text",
            "time",
            "tui",
        ],
    ),
];

/// The longest file, in lines; tests are not counted.
const LONGEST: usize = 700;

/// What no source may hold, where it may, and why.
const BANNED: [(&str, &[&str], &str); 8] = [
    (
        "Instant::now",
        &["src/time/clock.rs"],
        "time is a parameter",
    ),
    (
        "SystemTime::now",
        &["src/time/clock.rs"],
        "time is a parameter",
    ),
    ("Local::now", &[], "time is a parameter"),
    ("Utc::now", &[], "time is a parameter"),
    (
        "println!",
        &[],
        "it panics when nobody listens; write and look at the result",
    ),
    ("std::net", &[], "nothing leaves the machine"),
    ("unsafe ", &[], "not in this house"),
    ("thread_rng", &[], "chance has a seed"),
];

/// Crates that could open a socket or a bus.
const NO_NETWORK: [&str; 9] = [
    "reqwest",
    "hyper",
    "ureq",
    "curl",
    "tokio",
    "async-std",
    "socket2",
    "zbus",
    "mio-net",
];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder of the project") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(path);
        }
    }
}

/// The sources of the house, by their path from the root, without those that are only tests.
fn house() -> Vec<(String, String)> {
    let mut paths = Vec::new();
    sources(&root().join("src"), &mut paths);
    paths
        .into_iter()
        .map(|path| {
            let name = path
                .strip_prefix(root())
                .expect("within the project")
                .to_string_lossy()
                .replace('\\', "/");
            let text = fs::read_to_string(&path).expect("a source");
            (name, text)
        })
        .filter(|(name, _)| !name.contains("/tests/") && !name.ends_with("tests.rs"))
        .filter(|(name, _)| !name.starts_with("src/test_support/"))
        .collect()
}

/// A source without its test modules, wherever they are declared, and without comments.
fn code(text: &str) -> String {
    let mut code = Vec::new();
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        if line.trim_start().starts_with("//") {
            continue;
        }
        if line != "#[cfg(test)]" {
            code.push(line);
            continue;
        }
        // What is only for tests: another file, something that is used, or a module to its end.
        for of_tests in lines.by_ref() {
            if of_tests.ends_with(';') || of_tests == "}" {
                break;
            }
        }
    }
    code.join("\n")
}

fn room_of(name: &str) -> &str {
    let inner = name.trim_start_matches("src/");
    let end = inner.find(['/', '.']).unwrap_or(inner.len());
    &inner[..end]
}

#[test]
fn every_room_sees_only_what_it_may() {
    let rooms: BTreeMap<&str, &[&str]> = ROOMS.into_iter().collect();
    let mut wrong = Vec::new();
    for (name, text) in house() {
        let room = room_of(&name);
        if matches!(room, "lib" | "main") {
            continue;
        }
        let may = rooms
            .get(room)
            .unwrap_or_else(|| panic!("{room} is not in the table"));
        for piece in code(&text).split("crate::").skip(1) {
            let seen: String = piece
                .chars()
                .take_while(|c| c.is_ascii_lowercase() || *c == '_')
                .collect();
            if seen != room && rooms.contains_key(seen.as_str()) && !may.contains(&seen.as_str()) {
                wrong.push(format!("{name} sees {seen}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn the_arrows_run_one_way() {
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    for (room, may) in ROOMS {
        for other in may {
            assert!(
                seen.contains(other),
                "{room} sees {other}, which stands after it"
            );
        }
        seen.insert(room);
    }
}

#[test]
fn the_faces_know_a_session_only_by_its_scene() {
    for (name, text) in house() {
        if !matches!(room_of(&name), "tui" | "line_ui") {
            continue;
        }
        for piece in code(&text).split("session::").skip(1) {
            let known = [
                "scene",
                "intent",
                "{intent",
                "{scene",
                "time",
                "SessionWords",
            ];
            assert!(
                known.iter().any(|word| piece.starts_with(word)),
                "{name} looks behind the scene: session::{}",
                piece.chars().take(20).collect::<String>()
            );
        }
    }
}

#[test]
fn no_file_is_long_and_every_room_says_what_it_owns() {
    for (name, text) in house() {
        let lines = code(&text).lines().count();
        assert!(lines <= LONGEST, "{name} has {lines} lines");
        let room = room_of(&name);
        let is_head = name == format!("src/{room}/mod.rs")
            || (name == format!("src/{room}.rs") && room != "lib" && room != "main");
        if is_head {
            for word in ["//! Owns:", "//! Never does:", "//! May see:"] {
                assert!(text.contains(word), "{name} lacks `{word}`");
            }
        }
    }
}

#[test]
fn nobody_says_what_is_banned() {
    for (name, text) in house() {
        let code = code(&text);
        for (word, but, why) in BANNED {
            let said = code.contains(word) && !but.contains(&name.as_str());
            assert!(!said, "{name} holds `{word}`: {why}");
        }
    }
    let lock = fs::read_to_string(root().join("Cargo.lock")).expect("Cargo.lock");
    for name in NO_NETWORK {
        assert!(
            !lock.contains(&format!("name = \"{name}\"")),
            "`{name}` is in the tree: nothing leaves the machine"
        );
    }
}

/// The lines of a manifest that name a dependency and say no reason behind it.
fn without_reason(manifest: &str) -> Vec<&str> {
    let mut within = false;
    let mut found = Vec::new();
    for line in manifest.lines() {
        let reason = line
            .rsplit_once(" # ")
            .is_some_and(|(_, why)| why.trim().len() > 5);
        if let Some(head) = line.trim().strip_prefix('[') {
            let (table, _) = head.split_once(']').unwrap_or((head, ""));
            within = table.ends_with("dependencies");
            // One with a table of its own has it there.
            let own = table.contains("dependencies.");
            found.extend((own && !reason).then_some(line));
        } else if within && !line.trim().is_empty() && !line.trim().starts_with('#') {
            // What goes on over several lines would need a way to be read: one dependency, one line.
            found.extend((!reason || !line.contains('=')).then_some(line));
        }
    }
    found
}

#[test]
fn every_dependency_has_its_reason_beside_it() {
    let manifest = fs::read_to_string(root().join("Cargo.toml")).expect("Cargo.toml");
    let found = without_reason(&manifest);
    assert!(found.is_empty(), "no ` # reason` behind {found:#?}");
    for (added, told) in [
        ("[dependencies]\nnew = \"1\"", 1),
        ("[dependencies]\nnew = \"1\" # x", 1),
        ("[dependencies]\nnew = \"1\" # what it is for", 0),
        ("[target.'cfg(unix)'.dependencies]\nnew = \"1\"", 1),
        (
            "[build-dependencies]\nnew = { version = \"1\", features = [\n\"a\",\n] }",
            3,
        ),
        ("[dependencies.new]\nversion = \"1\"", 1),
        ("[dependencies.new] # what it is for\nversion = \"1\"", 0),
        ("[features]\nnew = []", 0),
    ] {
        assert_eq!(without_reason(added).len(), told, "{added}");
    }
}

/// A version of the compiler as numbers.
fn compiler(version: &str) -> Vec<u32> {
    let numbers = version
        .split('.')
        .map(|part| part.parse().expect("a number"));
    numbers.take(2).collect()
}

#[test]
fn no_crate_asks_for_a_newer_compiler_than_we_do() {
    let platform = format!("{}-unknown-linux-gnu", std::env::consts::ARCH);
    let cargo = std::process::Command::new(env!("CARGO"))
        .args(["metadata", "--format-version=1", "--locked", "--offline"])
        .args(["--filter-platform", &platform])
        .current_dir(root())
        .output()
        .expect("cargo");
    if !cargo.status.success() && !cfg!(target_os = "linux") {
        // What other platforms need is not here.
        return;
    }
    let told: serde_json::Value = serde_json::from_slice(&cargo.stdout).expect("metadata");
    let packages = told["packages"].as_array().expect("packages");
    let ours = compiler(env!("CARGO_PKG_RUST_VERSION"));
    assert!(packages.len() > 100);
    for package in packages {
        let asks = package["rust_version"].as_str().map(compiler);
        assert!(
            asks.is_none_or(|asks| asks <= ours),
            "{} {}",
            package["name"],
            package["rust_version"]
        );
    }
}

#[test]
fn the_architecture_has_the_same_rooms() {
    let readme = fs::read_to_string(root().join("docs/ARCHITECTURE.md")).expect("the map");
    for (room, may) in ROOMS {
        let row = readme
            .lines()
            .find(|line| line.starts_with(&format!("| `{room}` |")))
            .unwrap_or_else(|| panic!("ARCHITECTURE has no row for `{room}`"));
        let last = row.trim_end_matches('|').rsplit('|').next().unwrap_or("");
        let told: BTreeSet<&str> = last
            .split(',')
            .map(|name| name.trim().trim_matches('`'))
            .filter(|name| !name.is_empty() && *name != "–")
            .collect();
        let held: BTreeSet<&str> = may.iter().copied().collect();
        assert_eq!(told, held, "the row for `{room}`");
    }
}

#[test]
fn nobody_names_a_machine() {
    let mut paths = Vec::new();
    sources(&root().join("src"), &mut paths);
    sources(&root().join("tests"), &mut paths);
    for file in [
        "README.md",
        "CHANGELOG.md",
        "docs/scripts.md",
        "scripts/package",
        ".ci/run",
    ] {
        paths.push(root().join(file));
    }
    let home = ["/ro", "ot/"].concat();
    for path in paths {
        let text = fs::read_to_string(&path).expect("a text of the project");
        assert!(!text.contains(&home), "{} names a machine", path.display());
    }
}
