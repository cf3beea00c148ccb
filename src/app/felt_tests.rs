//! What people feel, as numbers (content.md S4): it is in the notebook of the one who gave it, and nowhere else.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use super::*;
use crate::notebook::Notebooks;
use crate::rehearsal::{Chance, EVENING, Play};
use crate::script::shipped;
use crate::session::intent::{GateWord, KeepChoice};
use crate::session::own_entry::KeptNotes;
use crate::session::scene::Scene;
use crate::session::scene::{InputField, SceneMood};
use crate::time::clock::TestClock;

/// What the two of them answer whenever they are asked, always with the same way on.
type Numbers = [u8; 2];
type Files = BTreeMap<PathBuf, Vec<u8>>;

/// What is wanted wherever it is offered: a session that goes its way, and of which everything is kept.
const WANTED: [Intent; 3] = [
    Intent::Gate { says: GateWord::Go },
    Intent::Keep {
        what: KeepChoice::Outline,
    },
    Intent::KeepOwn {
        what: KeptNotes::All,
    },
];

/// Every file below a folder but those of the notebooks, by its place in it.
fn outside(root: &Path) -> Files {
    let (mut open, mut found) = (vec![root.to_path_buf()], Files::new());
    while let Some(at) = open.pop() {
        if at.ends_with("notebooks") {
            continue;
        }
        if at.is_dir() {
            let inside = fs::read_dir(&at).unwrap();
            open.extend(inside.map(|entry| entry.unwrap().path()));
        } else {
            let place = at.strip_prefix(root).unwrap().to_path_buf();
            found.insert(place, fs::read(&at).unwrap());
        }
    }
    found
}

/// A whole deep session with these numbers: everything that was on the screen, and the files before it closed and
/// after; nothing where chance led elsewhere.
fn sat(root: &Path, seed: u64, numbers: Numbers) -> Option<(Vec<Scene>, Files, Files)> {
    let script = shipped().iter().find(|script| script.name == "deep-pair")?;
    let play = Play::new(script, script.minutes, seed).ok()?;
    let mut program = Program::seated_at_home(root, play.session, TestClock::new(EVENING));
    let (mut chance, mut seen, mut before) = (Chance::new(seed), Vec::new(), None);
    for _ in 0..600 {
        let scene = program.scene();
        if scene.mood == SceneMood::Closed {
            return Some((seen, before?, outside(root)));
        }
        let picked = chance.pick(&scene);
        let offered = |wanted: &&Intent| scene.choices.iter().any(|one| one.intent == **wanted);
        let intent = match (
            &scene.field,
            scene.to.first().and_then(|to| numbers.get(*to)),
        ) {
            (Some(InputField::Rating), Some(value)) => Intent::Rate { value: *value },
            _ if picked == Intent::Leave || picked == Intent::Stop => {
                scene.leads_on().map_or(Intent::GoOn, |on| on.intent())
            }
            _ => WANTED.iter().find(offered).cloned().unwrap_or(picked),
        };
        if matches!(intent, Intent::Keep { .. }) {
            before = Some(outside(root));
        }
        seen.push(scene);
        // What chance proposes may be refused; then it proposes something else.
        let _ = program.ask(intent);
    }
    None
}

/// Before and after, and what they could carry, as the notebook of this person has it.
fn in_the_notebook(root: &Path, name: &str) -> Vec<[Option<u8>; 3]> {
    let home = Folders::find(|name| Some(root.join(name).into())).unwrap();
    let notebooks = Notebooks::at(home.notebooks());
    let notebook = notebooks.of(name).unwrap().unwrap();
    let open = notebook.open(None).unwrap();
    let sittings = open.book().sittings().iter();
    let felt = sittings.map(|one| [one.before, one.after, one.resourced_before]);
    felt.collect()
}

#[test]
fn numbers_are_in_the_notebook_of_the_one_who_gave_them_and_nowhere_else() {
    let mut whole = 0;
    for seed in 0..14 {
        let (one, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let (first, second) = (
            sat(one.path(), seed, [5, 4]),
            sat(other.path(), seed, [4, 5]),
        );
        let (Some(first), Some(second)) = (first, second) else {
            continue;
        };
        // Neither a screen nor a file tells the two sessions apart.
        assert_eq!(first.0.len(), second.0.len(), "{seed}");
        for (n, (one, other)) in first.0.iter().zip(&second.0).enumerate() {
            assert!(one == other, "{seed}: screen {n}, {}", one.title);
        }
        assert!(first.1 == second.1, "{seed}: a file of the session");
        assert!(first.2 == second.2, "{seed}: a file that stays");
        assert!(!first.2.is_empty());
        let names = &first.0[0].people;
        let felt = |root: &Path, at: usize| in_the_notebook(root, names[at].name.as_str());
        let all = |value| vec![[Some(value); 3]];
        if felt(one.path(), 0) == all(5) {
            whole += 1;
            assert_eq!(felt(one.path(), 1), all(4), "{seed}");
            assert_eq!(felt(other.path(), 0), all(4), "{seed}");
            assert_eq!(felt(other.path(), 1), all(5), "{seed}");
        }
    }
    assert!(whole > 1, "{whole}");
}
