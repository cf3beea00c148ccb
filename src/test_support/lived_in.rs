//! A home in which people have lived for a while: everything that can be remembered, kept and written is there once.
//! Tests walk over its pages, with ordinary words and with hostile ones.

use std::path::Path;
use std::sync::Arc;

use crate::app::{Program, Scripts};
use crate::memory;
use crate::notebook::{
    CheckIn, How, Id, Keeping, Meeting, Note, NotebookEntry, Notebooks, Part, PartChannel,
    PartRevision, Promise, PromiseCheck, SessionReview, WrittenAt,
};
use crate::rehearsal::{EVENING, pretend_begin};
use crate::script::{Script, Who, shipped};
use crate::session::intent::{KeepChoice, Outline};
use crate::session::setup::Begin;
use crate::session_log::Log;
use crate::settings::{PersonSettings, Settings};
use crate::storage::Folders;
use crate::time::clock::TestClock;

/// What makes of plain words those that stand in the home.
pub(crate) type Says<'a> = &'a dyn Fn(&str) -> String;

/// Fills the home at `root`, and opens the program in it with these scripts.
pub(crate) fn lived_in(
    root: &Path,
    clock: &TestClock,
    says: Says<'_>,
    scripts: Vec<Arc<Script>>,
) -> Program {
    let home = Folders::find(|name| Some(root.join(name).into())).expect("a home");
    std::fs::create_dir_all(home.people().parent().expect("a folder")).expect("a folder");
    std::fs::write(home.people(), remembered(says)).expect("it is written");
    for days in [0, 7, 40, 400] {
        for people in [&["Ada", "Ben"][..], &["Ada"]] {
            memory::keep(&home.record(), &outline(says, people, days)).expect("it is kept");
        }
    }
    let notebooks = Notebooks::at(home.notebooks());
    let ada = notebooks
        .create("Ada", &Keeping::Plain)
        .expect("a notebook");
    ada.add(&written(says)).expect("it is written");
    notebooks
        .create(&says("Ben"), &Keeping::Plain)
        .expect("a notebook");
    let script = &shipped()[0];
    let begin = Begin {
        people: vec![says("Ada"), says("Ben")],
        ..pretend_begin(script, script.minutes, 0, EVENING)
    };
    Log::create(&home.sessions(), &begin).expect("a log");
    let person = PersonSettings {
        name: says("Ada"),
        region: Some(says("Netherlands")),
        ring: Some(says("Mira, 06 1234 5678")),
        lines: vec![says("The surgery: 020 123 4567")],
        line: 1,
    };
    let settings = Settings {
        people: vec![person],
        ..Settings::default()
    };
    let scripts = Scripts::new(scripts, Vec::new());
    Program::new(home, scripts, settings, &says("Ctrl-X")).on(clock)
}

/// `people.toml`: a pair with an agreement and a loan, somebody alone, and their cards.
fn remembered(says: Says<'_>) -> String {
    let quoted = |text: &str| toml::Value::String(says(text)).to_string();
    let [ada, ben] = ["Ada", "Ben"].map(quoted);
    format!(
        "format = 1\nseen-notice = true\n\n\
         [[circle]]\nnames = [{ada}, {ben}]\nscript = {}\nminutes = 60\nsessions = 2\ntrial = 3\n\
         agreement = [{}, {}]\nloan = [90000, 0]\n\n\
         [[circle.before]]\nlines = [{}]\n\n\
         [[circle]]\nnames = [{ada}]\nscript = {}\nminutes = 30\n\n\
         [[person]]\nname = {ada}\nregion = {}\nring = {}\nnumber = {}\n\n\
         [person.card]\ncompany = {}\nsign = {}\ntears = {}\nsilence = {}\nwords = {}\n\n\
         [[person]]\nname = {ben}\n",
        quoted("standard-pair"),
        quoted("No advice."),
        quoted("What is said here stays here."),
        quoted("No advice at all."),
        quoted("solo-sitting"),
        quoted("Netherlands"),
        quoted("Mira"),
        quoted("06 1234 5678"),
        quoted("silent"),
        quoted("5 minutes before"),
        quoted("tissues"),
        quoted("let it be"),
        quoted("calm down"),
    )
}

fn outline(says: Says<'_>, people: &[&str], days: i64) -> Outline {
    Outline {
        kept: KeepChoice::Outline,
        began: EVENING.wall - days * 86_400_000,
        offset: 0,
        people: people.iter().map(|name| says(name)).collect(),
        script: says("standard-pair"),
        minutes: 60,
        whole: true,
        first: Some(Who(0)),
        turns: people.iter().map(|_| 1_080_000).collect(),
        one_sided: false,
        agreement: vec![says("No advice.")],
        forgiven: false,
        loan: Vec::new(),
        cards: Vec::new(),
        partnership: None,
        next: None,
        cut_short: false,
        felt: Vec::new(),
    }
}

/// A notebook with an entry of each kind.
fn written(says: Says<'_>) -> Vec<NotebookEntry> {
    let mut chance = fastrand::Rng::with_seed(7);
    let ids: [Id; 9] = std::array::from_fn(|_| Id::drawn(&mut chance));
    let at = WrittenAt {
        wall: EVENING.wall - 7 * 86_400_000,
        offset: 0,
    };
    let [guard, critic, rest @ ..] = ids;
    let part = |name: &str, protects: &[&Id], against: &[&Id]| Part {
        name: says(name),
        shows: says("tight shoulders"),
        job: says("watches"),
        fears: says("that it is too much"),
        wants: says("rest"),
        protects: protects.iter().map(|id| (*id).clone()).collect(),
        against: against.iter().map(|id| (*id).clone()).collect(),
        ..Part::default()
    };
    let parts = [
        (guard.clone(), part("the guard", &[], &[&critic])),
        (critic.clone(), part("the critic", &[&guard], &[])),
    ];
    let parts = parts.map(|(id, part)| NotebookEntry::Part(PartRevision { id, at, part }));
    let told = told(says, at, [guard, critic], rest);
    parts.into_iter().chain(told).collect()
}

fn told(
    says: Says<'_>,
    at: WrittenAt,
    [guard, critic]: [Id; 2],
    ids: [Id; 7],
) -> [NotebookEntry; 7] {
    let [note, met, promise, other, checked, check_in, sitting] = ids;
    let today = EVENING.day();
    let promised = |id: Id, words: &str, part: Option<Id>, therapist| {
        NotebookEntry::Promise(Promise {
            id,
            at,
            words: says(words),
            part,
            called: says("the guard"),
            cue: says("tea"),
            on: vec![today, today.after(14)],
            therapist,
        })
    };
    [
        NotebookEntry::Note(Note {
            id: note,
            part: Some(guard.clone()),
            session: Some(says("solo-sitting")),
            until: Some(today.after(30)),
            ..Note::new(
                at,
                format!("{}\n{}", says("It let me sit beside it."), says("Tired.")),
            )
        }),
        NotebookEntry::Met(Meeting {
            id: met,
            at,
            part: guard.clone(),
            channel: Some(PartChannel::Body),
            apart: vec![critic],
            script: Some(says("solo-sitting")),
        }),
        promised(promise.clone(), "sit with it on Sunday", Some(guard), false),
        promised(other, "no phone after ten", None, true),
        NotebookEntry::Checked(PromiseCheck {
            id: checked,
            at,
            promise,
            how: How::Kept,
            on: None,
        }),
        NotebookEntry::CheckIn(CheckIn {
            id: check_in,
            at,
            lines: vec![says("tired"), says("and glad")],
            stirred: Some(4),
            resourced: Some(6),
        }),
        NotebookEntry::Sitting(SessionReview {
            id: sitting,
            at,
            script: says("standard-pair"),
            with: vec![says("Ben")],
            minutes: 60,
            before: Some(7),
            after: Some(3),
            resourced_before: Some(5),
            resourced_after: None,
        }),
    ]
}
