//! What a notebook of ten years costs, beside one of a week: `cargo bench --bench notebook`.
//!
//! 10,000 sittings and as many notes, and 2,000 parts, may cost at most 50 ms more than 10 of each. The second of
//! scrypt, which a passphrase costs on purpose, is not counted: it is one round here.
#![allow(
    clippy::print_stdout,
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "a benchmark reads the clock, says what it found, and stops where it can't go on"
)]

use std::hint::black_box;
use std::path::Path;
use std::time::{Duration, Instant};

use alongside::notebook::{
    Keeping, Notebook, NotebookEntry, Notebooks, OpenNotebook, Passphrase, map,
};
use alongside::notebook_ui::{Goal, KnownNotebook, NotebookData, NotebookPages};
use alongside::text::safe_text::SafeText;
use alongside::time::date::Date;
use alongside::time::moment::Moment;
use serde_json::json;

/// The middle of a few runs.
fn middle(mut run: impl FnMut()) -> Duration {
    let mut times: Vec<Duration> = (0..11)
        .map(|_| {
            let begun = Instant::now();
            run();
            begun.elapsed()
        })
        .collect();
    times.sort();
    times.get(5).copied().unwrap_or_default()
}

fn words() -> Passphrase {
    Passphrase::new("tea and toast and jam".into())
}

/// Days go by an hour apart.
fn at(n: usize) -> serde_json::Value {
    json!({"wall": wall(n), "offset": 3_600})
}

fn wall(n: usize) -> i64 {
    let hours = i64::try_from(n).unwrap();
    1_772_366_400_000 + hours * 3_600_000
}

/// An entry as it stands in a file.
fn entry(value: serde_json::Value) -> NotebookEntry {
    serde_json::from_value(value).unwrap()
}

fn id(chance: &mut fastrand::Rng) -> String {
    format!("{:016x}", chance.u64(..))
}

fn entries(many: usize, parts: usize) -> Vec<NotebookEntry> {
    let mut chance = fastrand::Rng::with_seed(9);
    let ids: Vec<String> = (0..parts).map(|_| id(&mut chance)).collect();
    let mut all: Vec<NotebookEntry> = Vec::new();
    for (n, id) in ids.iter().enumerate() {
        let others = |by: usize| -> Vec<&String> { ids.get(n + by).into_iter().collect() };
        all.push(entry(json!({
            "entry": "part",
            "id": id,
            "at": at(n),
            "part": {
                "name": format!("part number {n}"),
                "shows": "warm, behind the breastbone",
                "job": "keeps watch while everybody sleeps",
                "protects": if n % 3 == 0 { others(1) } else { Vec::new() },
                "against": if n % 5 == 0 { others(2) } else { Vec::new() },
            },
        })));
    }
    for n in 0..many {
        let words = "What came up today was smaller than I had feared, and it had a colour. ";
        all.push(entry(json!({
            "entry": "note",
            "id": id(&mut chance),
            "at": at(n),
            "words": words.repeat(4),
            "part": ids.get(n % parts.max(1)),
            "session": "solo-sitting",
        })));
        all.push(entry(json!({
            "entry": "sitting",
            "id": id(&mut chance),
            "at": at(n),
            "script": "solo-sitting",
            "with": [],
            "minutes": 30,
            "before": 6,
            "after": 3,
        })));
    }
    all
}

fn made(folder: &Path, many: usize, parts: usize) -> Notebook {
    let notebooks = Notebooks::at(folder.join(many.to_string())).with_factor(1);
    let notebook = notebooks.create("Ada", &Keeping::Sealed(words())).unwrap();
    for some in entries(many, parts).chunks(500) {
        notebook.add(some).unwrap();
    }
    drop(notebook.open(Some(&words())).unwrap());
    notebook
}

/// A page of the open notebook, from the key to the scene.
fn page(open: &OpenNotebook, goal: Goal, keys: &[usize]) {
    let now = Moment {
        mono: Duration::ZERO,
        wall: wall(20_000),
        offset: 3_600,
        change: None,
    };
    let known = [KnownNotebook::plain("Ada")];
    let titles = std::collections::BTreeMap::new();
    let folder = SafeText::new(".");
    let data = NotebookData::of_open(&known, open.book(), &titles, &folder, now);
    let mut pages = NotebookPages::to(goal);
    for n in [0].iter().chain(keys) {
        (pages, _) = pages.choose(*n, &data).unwrap();
    }
    black_box(pages.scene(&data));
}

fn main() {
    let folder = tempfile::tempdir().unwrap();
    let few = made(folder.path(), 10, 10);
    let many = made(folder.path(), 10_000, 2_000);
    let open = |notebook: &Notebook| notebook.open(Some(&words())).unwrap();
    let (small, large) = (open(&few), open(&many));
    drop((small, large));
    let row = |name: &str, run: &mut dyn FnMut(&Notebook)| {
        let (before, after) = (middle(|| run(&few)), middle(|| run(&many)));
        let growth = after.saturating_sub(before);
        let sign = if growth <= Duration::from_millis(50) {
            ""
        } else {
            "  more than 50 ms"
        };
        println!("{name:<24} {before:>12.2?} {after:>12.2?}  growth {growth:>10.2?}{sign}");
    };
    println!("{:<24} {:>12} {:>12}", "", "10", "10,000");
    row("open", &mut |notebook| drop(black_box(open(notebook))));
    row("home: what is due", &mut |notebook| {
        let again = Notebooks::at(notebook.folder().parent().unwrap().to_path_buf());
        let of = again.of("Ada").unwrap().unwrap();
        black_box(of.due().unwrap());
        black_box(Date::at(0, 0));
    });
    row("write a note", &mut |notebook| {
        let mut chance = fastrand::Rng::new();
        let id = id(&mut chance);
        let note = json!({"entry": "note", "id": id, "at": at(0), "words": "one more"});
        let note = entry(note);
        black_box(notebook.add(&[note]).unwrap());
    });
    let (small, large) = (open(&few), open(&many));
    let row = |name: &str, run: &dyn Fn(&OpenNotebook)| {
        let (before, after) = (middle(|| run(&small)), middle(|| run(&large)));
        let growth = after.saturating_sub(before);
        let sign = if growth <= Duration::from_millis(50) {
            ""
        } else {
            "  more than 50 ms"
        };
        println!("{name:<24} {before:>12.2?} {after:>12.2?}  growth {growth:>10.2?}{sign}");
    };
    row("the desk", &|open| page(open, Goal::Front, &[]));
    row("notes", &|open| page(open, Goal::Notes, &[]));
    row("parts", &|open| page(open, Goal::Parts, &[]));
    row("the page of the map", &|open| page(open, Goal::Parts, &[0]));
    row("the map alone", &|open| {
        drop(black_box(map::picture(open.book(), 66)))
    });
    row("looking back", &|open| page(open, Goal::Front, &[6]));
    row("choosing for a page", &|open| page(open, Goal::Out, &[0]));
    row("a preview of all", &|open| page(open, Goal::Out, &[1]));
}
