//! Practices that nobody here had in mind when the format was made, each written from `docs/scripts.md` alone: without
//! a problem, and walked to a closing whatever people answer.
//!
//! One more is a file more in `tests/practices`; what its author stumbles over is mended in the reference or the checker.
#![allow(
    clippy::unwrap_used,
    reason = "a helper of a test fails as loudly as a test"
)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;

use alongside::rehearsal::Play;
use alongside::script::{Library, SHIPPED, Source, check};

const SEEDS: u64 = 100;

/// The shipped library, and the modules that these authors wrote.
struct Own;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/practices")
}

impl Library for Own {
    fn module(&self, name: &str) -> Option<Source> {
        let own = fs::read_to_string(folder().join(format!("modules/{name}.toml"))).ok();
        own.map(|text| Source::new(name, text))
            .or_else(|| SHIPPED.module(name))
    }

    fn modules(&self) -> Vec<&str> {
        SHIPPED.modules()
    }

    fn script(&self, name: &str) -> Option<Source> {
        SHIPPED.script(name)
    }

    fn scripts(&self) -> Vec<&str> {
        SHIPPED.scripts()
    }
}

#[test]
fn each_practice_is_well_and_closes_whatever_is_answered() {
    let mut seen = 0;
    for entry in fs::read_dir(folder()).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|ending| ending != "toml") {
            continue;
        }
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        let text = fs::read_to_string(&path).unwrap();
        let checked = check(&name, Source::new(&name, text), &Own);
        let problems: Vec<String> = checked.problems.iter().map(|one| one.long()).collect();
        assert!(problems.is_empty(), "{}", problems.join("\n"));
        let script = Arc::new(checked.script.unwrap());
        let mut whole = 0;
        for seed in 0..SEEDS {
            let mut play = Play::new(&script, script.minutes, seed).unwrap();
            while play.step().is_some() {}
            let outline = play.session.outline();
            assert!(outline.is_some(), "{name} seed {seed} does not close");
            whole += usize::from(outline.is_some_and(|outline| outline.whole));
        }
        assert!(whole > 0, "{name} was never walked whole");
        seen += 1;
    }
    assert!(seen >= 4, "{seen}");
}

/// Scripts of an earlier build, each with the stages and steps of its own as that build's map had them: what had no problem
/// has none, and leads the same way.
#[test]
fn scripts_that_were_well_are_well_and_lead_the_same_way() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/earlier/scripts");
    for name in ["clearness", "co-counselling", "focusing"] {
        let path = folder.join(format!("{name}.toml"));
        let told = |command: &str| {
            let mut told = Command::new(env!("CARGO_BIN_EXE_alongside"));
            let told = told.args(["scripts", command]).arg(&path).output().unwrap();
            assert_eq!(told.status.code(), Some(0), "{name}: {told:?}");
            String::from_utf8(told.stdout).unwrap()
        };
        told("check");
        let map = told("map");
        let mut lines = map.lines();
        for line in fs::read_to_string(folder.join(format!("{name}.map")))
            .unwrap()
            .lines()
        {
            assert!(lines.any(|now| now == line), "{name}: {line} in {map}");
        }
        let text = fs::read_to_string(&path).unwrap();
        let script = Arc::new(check(name, Source::new(name, text), &Own).script.unwrap());
        for seed in 0..5 {
            let mut play = Play::new(&script, script.minutes, seed).unwrap();
            while play.step().is_some() {}
            assert!(play.session.is_closed(), "{name} seed {seed}");
        }
    }
}
