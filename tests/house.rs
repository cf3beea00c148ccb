//! Holds the house: which room may see which, how long a file may be, what no file may say.

#![allow(
    clippy::expect_used,
    reason = "a test that cannot read the project has failed"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// Each room and the rooms it may see. docs/ARCHITECTURE.md has the same table.
const ROOMS: [(&str, &[&str]); 21] = [
    ("text", &[]),
    ("time", &["text"]),
    ("script", &["text"]),
    ("storage", &["text"]),
    ("session", &["script", "text", "time"]),
    ("joined", &["script", "session", "text", "time"]),
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
            "joined",
            "memory",
            "menu",
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
            let within = of_tests.starts_with(' ');
            if !within && of_tests.ends_with([';', '}']) {
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
        for path in paths(&code(&text), &[]) {
            let [start, seen, ..] = &path[..] else {
                continue;
            };
            let seen = seen.as_str();
            if start == "crate" && seen != room && rooms.contains_key(seen) && !may.contains(&seen)
            {
                wrong.push(format!("{name} sees {seen}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// Every path that code names from `crate`, `super`, `self` or one of these modules, by its parts. A group of imports,
/// on however many lines, is several paths.
fn paths(code: &str, modules: &[&str]) -> Vec<Vec<String>> {
    let mut found = Vec::new();
    for (at, _) in code.match_indices("::") {
        let front = &code[..at];
        let first = front
            .rsplit(|c: char| !(c.is_alphanumeric() || c == '_'))
            .next()
            .unwrap_or("");
        let begins = !front[..front.len() - first.len()].ends_with("::");
        if begins && (["crate", "super", "self"].contains(&first) || modules.contains(&first)) {
            branches(&code[at + 2..], vec![first.to_owned()], &mut found);
        }
    }
    found
}

/// The paths that go on from `front` with this text: one, or those of a group.
fn branches(text: &str, mut front: Vec<String>, found: &mut Vec<Vec<String>>) {
    let text = text.trim_start();
    if let Some(group) = text.strip_prefix('{') {
        let mut deep = 0_usize;
        let ends = |c: char| {
            deep += usize::from(c == '{');
            let ends = deep == 0 && matches!(c, ',' | '}');
            deep -= usize::from(c == '}' && deep > 0);
            ends
        };
        let mut open = true;
        for piece in group.split_inclusive(ends) {
            if open && !piece.trim_start().starts_with('}') {
                branches(piece, front.clone(), found);
            }
            open &= piece.ends_with(',');
        }
        return;
    }
    let end = text
        .find(|c: char| !(c.is_alphanumeric() || c == '_'))
        .unwrap_or(text.len());
    front.push(text[..end].to_owned());
    match text[end..].strip_prefix("::") {
        Some(rest) if rest.starts_with(|c: char| c == '{' || c == '_' || c.is_alphabetic()) => {
            branches(rest, front, found);
        }
        Some(_) | None => found.push(front),
    }
}

#[test]
fn a_group_of_imports_is_read_to_its_end() {
    let read = |code: &str| -> Vec<String> {
        let paths = paths(code, &["child"]);
        paths.iter().map(|path| path.join("::")).collect()
    };
    assert_eq!(
        read("use crate::{a, b::{self, c},\n    d::E as F,\n};\nuse std::{x, y};"),
        ["crate::a", "crate::b::self", "crate::b::c", "crate::d::E"]
    );
    assert_eq!(
        read("super::super::a::b(c::d(), crate::e::F::<G>::new(), Self::h(), child::i)"),
        ["super::super::a::b", "crate::e::F", "child::i"]
    );
}

/// Circles of files that are being opened. Nothing is added here.
const STILL: [&str; 0] = [];

/// The module that a file is: `src/a/b.rs` and `src/a/b/mod.rs` are `a::b`.
fn module_of(name: &str) -> Vec<String> {
    let inner = name.trim_start_matches("src/").trim_end_matches(".rs");
    let inner = inner.strip_suffix("/mod").unwrap_or(inner);
    inner.split('/').map(str::to_owned).collect()
}

/// For each file the files of its own room that it imports. A module and its parts are one thing: what a part takes from
/// the modules that it lies in is not counted, what they take from it is.
fn arrows(house: &[(String, String)]) -> BTreeMap<Vec<String>, BTreeSet<Vec<String>>> {
    let modules: BTreeSet<Vec<String>> = house.iter().map(|(name, _)| module_of(name)).collect();
    let mut arrows = BTreeMap::new();
    for (name, text) in house {
        let here = module_of(name);
        let parts = modules
            .iter()
            .filter(|module| module.len() == here.len() + 1 && module.starts_with(&here));
        let parts: Vec<&str> = parts
            .filter_map(|part| part.last())
            .map(String::as_str)
            .collect();
        let to: BTreeSet<Vec<String>> = paths(&code(text), &parts)
            .into_iter()
            .filter_map(|path| {
                let ups = path.iter().take_while(|part| *part == "super").count();
                let base = match path[0].as_str() {
                    "crate" => &[][..],
                    "super" => &here[..here.len().checked_sub(ups)?],
                    _ => &here[..],
                };
                let named = path[ups..]
                    .iter()
                    .filter(|part| !["crate", "self"].contains(&part.as_str()));
                let whole: Vec<String> = base.iter().chain(named).cloned().collect();
                // What is named in a module is the module, or what a part of it hands on.
                let lengths = (1..=whole.len()).rev();
                lengths
                    .map(|length| whole[..length].to_vec())
                    .find(|to| modules.contains(to))
            })
            .filter(|to| to[0] == here[0] && !here.starts_with(to))
            .collect();
        arrows.insert(here, to);
    }
    arrows
}

/// The groups of files that import each other in circles.
fn circles(house: &[(String, String)]) -> BTreeSet<BTreeSet<String>> {
    let arrows = arrows(house);
    let reach = |from: &Vec<String>| {
        let mut seen = BTreeSet::new();
        let mut open = vec![from];
        while let Some(to) = open.pop().and_then(|file| arrows.get(file)) {
            open.extend(to.iter().filter(|to| seen.insert((*to).clone())));
        }
        seen
    };
    let reached: BTreeMap<_, _> = arrows.keys().map(|file| (file, reach(file))).collect();
    let circle = |file: &Vec<String>| {
        let all = reached[file].iter();
        all.filter(|other| reached[other].contains(file))
            .map(|other| format!("src/{}", other.join("/")))
            .collect()
    };
    let circles = arrows.keys().map(circle);
    circles
        .filter(|circle: &BTreeSet<String>| !circle.is_empty())
        .collect()
}

#[test]
fn no_files_of_a_room_import_each_other_in_circles() {
    let mut circles = circles(&house());
    circles.retain(|circle| {
        !circle
            .iter()
            .all(|file| STILL.iter().any(|room| file.starts_with(room)))
    });
    assert!(circles.is_empty(), "{circles:#?}");
}

#[test]
fn a_circle_of_files_is_found() {
    let circles = |files: &[(&str, &str)]| {
        let owned = |(name, text): &(&str, &str)| (format!("src/room/{name}"), (*text).to_owned());
        let found = circles(&files.iter().map(owned).collect::<Vec<_>>());
        found.iter().map(BTreeSet::len).collect::<Vec<_>>()
    };
    let closed = ("b.rs", "use crate::{\n    other::X,\n    room::a::A,\n};");
    assert_eq!(circles(&[("a.rs", "use super::b::B;"), closed]), [2]);
    assert_eq!(
        circles(&[("a.rs", "fn f() { super::b::g() }"), closed]),
        [2]
    );
    let tested = "#[cfg(test)]\nmod tests {\n    use super::super::b::B;\n}";
    assert!(circles(&[("a.rs", tested), closed]).is_empty());
    let head = ("mod.rs", "mod a;\nmod b;\nuse a::A;");
    assert!(circles(&[head, ("a.rs", "use super::Head;"), closed]).is_empty());
    let part = [
        ("a.rs", "mod c;\nuse c::C;"),
        ("a/c.rs", "use super::super::b::B;"),
        closed,
    ];
    assert_eq!(circles(&part), [3]);
}

/// How many items are public: what tests, benchmarks and examples need. It only sinks.
const MOST_PUBLIC: usize = 300;

#[test]
fn no_more_is_public_than_other_crates_need() {
    let public = |(_, text): &(String, String)| {
        let lines = text
            .lines()
            .filter(|line| line.trim_start().starts_with("pub "));
        lines.count()
    };
    let all: usize = house().iter().map(public).sum();
    assert!(all <= MOST_PUBLIC, "{all} items are public");
    assert!(all == MOST_PUBLIC, "fewer are: write {all} for MOST_PUBLIC");
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
fn nobody_sorts_but_by_the_one_function_that_sorts() {
    // The library's own is made anew for each type that is sorted.
    for (path, text) in house() {
        if path.ends_with("text/sort.rs") {
            continue;
        }
        for sort in [".sort()", ".sort_by", ".sort_unstable"] {
            assert!(
                !text.contains(sort),
                "{path}: `arrange` in place of `{sort}`"
            );
        }
    }
}

#[test]
fn every_file_that_the_pages_for_those_who_carry_on_name_is_there() {
    let rooms = [
        "src/",
        "tests/",
        "build/",
        "docs/",
        "scripts/",
        "benches/",
        "examples/",
        "link/",
    ];
    for page in [
        "CONTRIBUTING.md",
        "docs/ARCHITECTURE.md",
        "docs/tables.md",
        "docs/GLOSSARY.md",
    ] {
        let text = fs::read_to_string(root().join(page)).expect("a page");
        for path in text
            .split('`')
            .filter(|path| rooms.iter().any(|room| path.starts_with(room)))
        {
            // A name in capitals stands for any, and a star for several.
            let any = path.contains(['*', ' ']) || path.contains("ROOM") || path.contains("NAME");
            assert!(any || root().join(path).exists(), "{page} names {path}");
        }
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
