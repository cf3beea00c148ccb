//! The order of things with a clock that a test moves and a log on a real disk.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use super::running_session::RunningSession;
use super::*;
use crate::notebook::Notebooks;
use crate::rehearsal::{self, EVENING};
use crate::script::{Script, shipped};
use crate::session::Session;
use crate::session::intent::GateWord;
use crate::session::scene::Verb;
use crate::session::scene::{ClockShows, SceneMood};
use crate::session::setup::{Begin, Length};
use crate::session_log::Log;
use crate::storage::FolderLock;
use crate::time::clock::TestClock;
use crate::time::moment::Moment;

struct Table {
    _folder: tempfile::TempDir,
    sessions: PathBuf,
    clock: TestClock,
    sitting: RunningSession,
}

fn scripts() -> Scripts {
    Scripts::new(shipped().to_vec(), Vec::new())
}

fn setting(script: &Arc<Script>) -> Begin {
    Begin {
        length: Length::Minutes(script.minutes),
        ..rehearsal::pretend_begin(script, script.minutes, 0, EVENING)
    }
}

/// A pair in the first turn, with everything before it said and logged.
fn in_a_turn() -> Table {
    let folder = tempfile::tempdir().expect("a folder");
    let sessions = folder.path().join("sessions");
    let lock = FolderLock::take(&sessions).expect("nobody else is here");
    let script = scripts().find("standard-pair").cloned().expect("shipped");
    let clock = TestClock::new(EVENING);
    let session = Session::begin(&script, setting(&script)).expect("fits");
    let log = Log::create(&sessions, &setting(&script)).expect("a log");
    let mut sitting =
        RunningSession::new(session, Box::new(clock.clone()), log, Some(lock), &none());
    for _ in 0..200 {
        let scene = sitting.scene();
        if scene
            .people
            .iter()
            .any(|seat| seat.role.as_str() == "turned inward")
        {
            break;
        }
        let go = scene.choices.iter().find(|choice| {
            choice.intent == Intent::Gate { says: GateWord::Go }
                || (matches!(choice.intent, Intent::Yes { .. }) && choice.on == Some(false))
        });
        let on = scene
            .offers
            .iter()
            .find(|offer| matches!(offer.verb, Verb::GoOn | Verb::Pass));
        let on = on.map_or(Intent::GoOn, |offer| offer.intent());
        let intent = go.map_or(on, |choice| choice.intent.clone());
        sitting.ask(intent).expect("it is offered");
    }
    // What a clock loses is told apart by its seconds.
    sitting.ask(Intent::Clock).expect("another way");
    Table {
        _folder: folder,
        sessions,
        clock,
        sitting,
    }
}

#[test]
fn a_line_that_scripts_said_otherwise_before_is_not_taken_for_one_of_peoples_own() {
    let known = |line: &str| scripts().has_agreement_line(line);
    assert!(known(
        "If the call drops, the listener phones. If there is danger, we phone for help."
    ));
    assert!(known(
        "If the call drops, the listener phones. In danger we ring for help."
    ));
    assert!(!known("We write to each other only on Fridays."));
}

fn seconds_left(sitting: &RunningSession) -> u64 {
    let shows = sitting.scene().clock.expect("a clock").shows;
    let ClockShows::Full {
        seconds,
        over: false,
    } = shows
    else {
        panic!("{shows:?}");
    };
    seconds
}

impl Table {
    /// Time goes by as a face lets it: it wakes when it is asked to.
    fn live(&mut self, time: Duration) {
        let mut left = time;
        while !left.is_zero() {
            let step = self.sitting.next_wake().unwrap_or(left).min(left);
            self.clock.pass(step);
            self.sitting.wake();
            left = left.saturating_sub(step);
        }
    }

    /// What a new start of the program finds.
    fn story(&self) -> session_log::RecordedSession {
        let found = session_log::list(&self.sessions).expect("a folder");
        found
            .into_iter()
            .next()
            .expect("a log")
            .story
            .expect("whole")
    }
}

/// Nobody has a notebook here.
fn none() -> Notebooks {
    Notebooks::at("/nowhere/at/all".into())
}

#[test]
fn what_was_accepted_is_in_the_log_and_replays_to_the_same_screen() {
    let mut table = in_a_turn();
    table.live(Duration::from_secs(95));
    table.sitting.ask(Intent::GoOn).expect("on");
    let (session, last) = home_loader::replay(&table.story(), &scripts()).expect("it fits");
    assert_eq!(last, table.clock.now());
    assert_eq!(session.scene(last), table.sitting.scene());
}

#[test]
fn a_power_cut_costs_at_most_ten_seconds_of_a_running_clock() {
    for lived in [1, 9, 10, 11, 64, 719] {
        let mut table = in_a_turn();
        table.live(Duration::from_secs(lived));
        let (session, last) = home_loader::replay(&table.story(), &scripts()).expect("it fits");
        let lost = table.clock.now().mono.saturating_sub(last.mono);
        assert!(lost <= Duration::from_secs(10), "{lost:?} after {lived} s");
        assert!(session.turn_of().is_some());
    }
}

#[test]
fn to_be_set_aside_costs_nobody_time_however_the_clock_is_shown() {
    for ways in 0..4 {
        let mut table = in_a_turn();
        for _ in 0..ways {
            table.sitting.ask(Intent::Clock).expect("another way");
        }
        table.clock.pass(Duration::from_secs(3));
        table.sitting.stand_aside();
        table.clock.pass(Duration::from_secs(90));
        table.sitting.wake();
        assert!(table.sitting.scene().clock.expect("a clock").held);
        table.sitting.ask(Intent::GoOn).expect("on");
        while !matches!(
            table.sitting.scene().clock.expect("a clock").shows,
            ClockShows::Full { .. }
        ) {
            table.sitting.ask(Intent::Clock).expect("another way");
        }
        let whole = seconds_left(&in_a_turn().sitting);
        assert_eq!(whole - seconds_left(&table.sitting), 3, "{ways}");
    }
}

#[test]
fn a_crash_costs_less_than_a_second_where_seconds_are_shown() {
    for lived in [0, 1_000, 8_900, 9_999, 10_001, 64_400, 719_900] {
        let mut table = in_a_turn();
        table.live(Duration::from_millis(lived));
        let before = table.clock.now();
        let path = session_log::list(&table.sessions).expect("a folder")[0]
            .path
            .clone();
        let began = table.story().begin.at;
        // The clock of a test marks no end of its own, as a program that is killed marks none.
        let Table {
            sessions,
            sitting,
            _folder,
            ..
        } = table;
        drop(sitting);
        let story = session_log::read(&path).expect("a log");
        let entries = story.entries.len();
        let known = session_log::last_moment(&sessions, began.wall, entries);
        let (_, logged) = home_loader::replay(&story, &scripts()).expect("it fits");
        let last = known.unwrap_or(logged);
        let lost = before.mono.saturating_sub(last.mono);
        assert!(lost < Duration::from_secs(1), "{lost:?} after {lived} ms");
        let lock = FolderLock::take(&sessions).expect("nobody holds it any more");
        let sitting = RunningSession::resume(&path, &scripts(), Some(lock), &none(), &mut || None)
            .expect("it fits");
        let lived = before.mono.saturating_sub(began.mono).as_secs();
        let left = 18 * 60 - seconds_left(&sitting);
        assert!(left.abs_diff(lived) <= 1, "{left} of {lived}");
    }
}

#[test]
fn how_seldom_it_wakes_is_how_much_a_crash_costs() {
    // Seconds, a bar, hidden, minutes: wakes in ten minutes, and how many seconds may be given back after a kill.
    for (switches, most, lost) in [(0, 601, 1), (1, 121, 5), (2, 11, 61), (3, 11, 61)] {
        let mut table = in_a_turn();
        for _ in 0..switches {
            table.sitting.ask(Intent::Clock).expect("another clock");
        }
        let (end, mut wakes) = (table.clock.now().mono + Duration::from_secs(600), 0);
        let last = |table: &Table| {
            let story = table.story();
            let count = story.entries.len();
            let known = session_log::last_moment(&table.sessions, story.begin.at.wall, count);
            known.unwrap_or_else(|| home_loader::replay(&story, &scripts()).expect("it fits").1)
        };
        loop {
            let step = table.sitting.next_wake().expect("a clock runs");
            table.clock.pass(step - Duration::from_millis(1));
            let now = table.clock.now().mono;
            let costs = now.saturating_sub(last(&table).mono);
            assert!(costs <= Duration::from_secs(lost), "{switches}: {costs:?}");
            if now > end {
                break;
            }
            table.clock.pass(Duration::from_millis(1));
            table.sitting.wake();
            wakes += 1;
        }
        assert!(wakes <= most, "{switches}: {wakes}");
        // A key that asks for nothing tells the moment, too.
        table.sitting.touched();
        assert_eq!(last(&table), table.clock.now(), "{switches}");
    }
}

#[test]
fn after_a_crash_the_same_turn_stands_still_and_asks() {
    let mut table = in_a_turn();
    table.live(Duration::from_secs(60));
    let left = seconds_left(&table.sitting);
    let prompt = table.sitting.scene().prompt;
    let path = session_log::list(&table.sessions).expect("a folder")[0]
        .path
        .clone();
    // The process is gone, and its lock with it.
    let Table {
        sessions,
        sitting,
        _folder,
        ..
    } = table;
    drop(sitting);
    let lock = FolderLock::take(&sessions).expect("nobody holds it any more");
    let mut sitting = RunningSession::resume(&path, &scripts(), Some(lock), &none(), &mut || None)
        .expect("it fits");
    assert_eq!(sitting.scene().mood, SceneMood::Held);
    assert_eq!(seconds_left(&sitting), left);
    sitting.ask(Intent::GoOn).expect("on");
    assert_eq!(sitting.scene().prompt, prompt);
}

#[test]
fn a_hole_in_time_is_told_before_a_key_that_was_meant_for_another_screen() {
    let mut table = in_a_turn();
    table.live(Duration::from_secs(60));
    let left = seconds_left(&table.sitting);
    let now = table.clock.now();
    table.clock.set(Moment {
        wall: now.wall + 720_000,
        ..now
    });
    let refused = table.sitting.ask(Intent::GoOn).expect_err("not taken");
    assert_eq!(refused.0.as_str(), words().cli.jumped);
    assert_eq!(table.sitting.scene().mood, SceneMood::Held);
    assert_eq!(seconds_left(&table.sitting), left);
}

#[test]
fn stop_is_taken_even_out_of_a_hole_in_time() {
    let mut table = in_a_turn();
    let now = table.clock.now();
    table.clock.set(Moment {
        mono: now.mono + Duration::from_secs(600),
        wall: now.wall + 600_000,
        ..now
    });
    table
        .sitting
        .ask(Intent::Stop)
        .expect("STOP is never refused");
    assert_eq!(table.sitting.scene().mood, SceneMood::Neutral);
}

#[test]
fn a_refusal_leaves_no_trace_in_the_log() {
    let mut table = in_a_turn();
    let before = table.story().entries.len();
    assert!(table.sitting.ask(Intent::Rate { value: 3 }).is_err());
    assert_eq!(table.story().entries.len(), before);
}

#[test]
fn a_pause_writes_nothing_while_it_lasts() {
    let mut table = in_a_turn();
    table.sitting.ask(Intent::Pause).expect("a pause");
    let before = table.story().entries.len();
    table.live(Duration::from_secs(1_800));
    assert_eq!(table.story().entries.len(), before);
}

/// A program in a home of its own.
fn program(settings: Settings) -> (tempfile::TempDir, Program) {
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path().to_path_buf();
    let home = Folders::find(|name| Some(root.join(name).into())).expect("a home");
    (folder, Program::new(home, scripts(), settings, "Ctrl-X"))
}

/// Each tone begins its own program, and the terminal stays silent; without a program the terminal rings.
#[test]
fn a_program_that_was_chosen_rings_instead_of_the_terminal() {
    use crate::session::intent::BellRing;
    let heard = |set, bell| {
        let (_folder, mut program) = program(Settings {
            bell: set,
            ..Settings::default()
        });
        program.bells.ring(bell, program.clock.now().mono);
        program.ring()
    };
    for bell in [
        BellRing::Warning,
        BellRing::Rest,
        BellRing::Landing,
        BellRing::Over,
    ] {
        assert!(heard(settings::BellSound::Terminal, bell), "{bell:?}");
        assert!(!heard(settings::BellSound::Off, bell), "{bell:?}");
    }
    let folder = tempfile::tempdir().expect("a folder");
    let leaves = |name: &str| {
        let path = folder.path().join(name).to_string_lossy().into_owned();
        vec!["touch".to_owned(), path]
    };
    for (bell, name) in [(BellRing::Warning, "warning"), (BellRing::Over, "end")] {
        let set = settings::BellSound::Command {
            warning: leaves("warning"),
            end: leaves("end"),
        };
        let (_home, mut program) = program(Settings {
            bell: set,
            ..Settings::default()
        });
        program.bells.ring(bell, program.clock.now().mono);
        assert!(!program.ring(), "{bell:?}");
        let left = folder.path().join(name);
        // It has been begun, and may need a moment to be done: at most twenty seconds on a busy machine.
        for _ in 0..400 {
            if left.exists() {
                break;
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        std::fs::remove_file(left).expect("the program of this tone was begun");
        let others = std::fs::read_dir(folder.path()).expect("a folder");
        assert_eq!(others.count(), 0, "{bell:?} began another program, too");
    }
}

/// One card lies over every page outside a session: what is there beneath is as it was, leaving goes through it, and
/// nothing else does.
#[test]
fn the_crisis_card_lies_over_every_page_and_leaves_it_as_it_was() {
    let w = &words().home;
    let places: [&[&str]; 4] = [&[], &[w.begin], &[w.recall], &[w.study]];
    for way in places {
        let (_folder, mut program) = program(Settings::default());
        let choose = |program: &mut Program, says: &str| {
            let choices = program.scene().choices;
            let found = choices.iter().find(|one| one.says.as_str() == says);
            let intent = found.map_or(Intent::GoOn, |one| one.intent.clone());
            program.ask(intent).expect("it is offered");
        };
        // Past what is read at first.
        while program.scene().title.as_str() != w.home_title {
            choose(&mut program, "");
        }
        way.iter().for_each(|says| choose(&mut program, says));
        let before = program.scene();
        program.ask(Intent::Card).expect("the card");
        let card = program.scene();
        assert_eq!(card.title.as_str(), words().safety.card_title);
        let verbs: Vec<Verb> = card.offers.iter().map(|offer| offer.verb).collect();
        assert_eq!(verbs, [Verb::GoOn, Verb::Back, Verb::Leave], "{way:?}");
        for other in [Intent::Card, Intent::Stop, Intent::Pause] {
            let refused = program.ask(other).expect_err("it is not on the card");
            assert_eq!(refused.0.as_str(), words().safety.card_only);
        }
        program.ask(Intent::Answer { n: 1 }).expect("a place");
        program.ask(Intent::GoOn).expect("it closes");
        assert_eq!(program.scene(), before, "{way:?}");
        program.ask(Intent::Card).expect("the card");
        program.ask(Intent::Leave).expect("out");
        assert!(program.farewell().is_some(), "{way:?}");
    }
}

#[test]
fn the_quick_exit_goes_without_a_word_from_wherever_somebody_is() {
    let places: [fn(&mut Program); 4] = [
        |_| {},
        |program| program.ground_only(),
        |program| program.ask(Intent::Card).expect("the card"),
        |program| {
            let script = program.scripts.find("standard-pair").unwrap().clone();
            program
                .rehearse_only(&script, script.minutes, 1)
                .expect("it fits");
        },
    ];
    for go in places {
        let (folder, mut program) = program(Settings::default());
        go(&mut program);
        assert_eq!(program.farewell(), None);
        program.exit_now();
        assert_eq!(program.farewell(), Some(SafeText::default()));
        let left = std::fs::read_dir(folder.path())
            .expect("the folder")
            .count();
        assert_eq!(left, 0, "nothing is written on the way out");
    }
}

#[test]
fn a_clock_that_was_set_counts_before_the_scripts_own() {
    use crate::script::FirstClock;
    use crate::settings::ClockSetting;
    let ways = [
        ClockSetting::Minutes,
        ClockSetting::Full,
        ClockSetting::Bar,
        ClockSetting::Hidden,
    ];
    let firsts = [
        FirstClock::Minutes,
        FirstClock::Full,
        FirstClock::Bar,
        FirstClock::Hidden,
    ];
    for (at, first) in firsts.into_iter().enumerate() {
        assert_eq!(super::running_session::switches(None, first), 0);
        for (wanted, way) in ways.into_iter().enumerate() {
            let switched = usize::from(super::running_session::switches(Some(way), first));
            assert_eq!((at + switched) % ways.len(), wanted, "{way:?} {first:?}");
        }
    }
    // What is not timed stays so, whatever is set.
    for way in ways {
        assert_eq!(
            super::running_session::switches(Some(way), FirstClock::None),
            0
        );
    }
}

#[test]
fn every_plan_ends_when_its_minutes_are_over_and_names_its_stages() {
    use crate::home::{PlannedSession, Planner, Setup};
    let scripts = scripts();
    for script in shipped() {
        let people = script.people.from;
        let setup = Setup {
            script: script.name.clone(),
            people: (0..people).map(|n| format!("P{n}")).collect(),
            length: Length::Minutes(script.minutes),
            first: crate::script::Who(0),
            wording: None,
        };
        let PlannedSession::Fits { legs, ends, .. } = scripts.plan(&setup, EVENING) else {
            panic!("{} does not fit its own minutes", script.name);
        };
        let end = EVENING.wall + i64::from(script.minutes) * 60_000;
        let end = crate::time::moment::TimeOfDay::at(end, EVENING.offset);
        assert_eq!(ends, end, "{}", script.name);
        assert!(!legs.is_empty(), "{}", script.name);
    }
}

/// What somebody kept of sitting alone is counted by days, and what two kept together is not.
#[test]
fn sitting_alone_is_counted_over_seven_days() {
    let root = tempfile::tempdir().unwrap();
    let home = Folders::find(|name| Some(root.path().join(name).into())).unwrap();
    let day = 24 * 3_600_000;
    let now = crate::rehearsal::EVENING.wall;
    let outline = |people: &[&str], began: i64| {
        serde_json::json!({
            "kept": "outline", "began": began, "offset": 0, "people": people, "script": "solo-sitting",
            "minutes": 30, "whole": true, "first": null, "turns": vec![0; people.len()], "agreement": [],
        })
    };
    for (people, ago) in [
        (&["Ada"][..], 0),
        (&["Ada"], 1),
        (&["Ada"], 6),
        (&["Ada"], 7),
        (&["Ben"], 8),
        (&["Ada", "Ben"], 0),
    ] {
        let outline = serde_json::from_value(outline(people, now - ago * day)).unwrap();
        crate::memory::keep(&home.record(), &outline).unwrap();
    }
    let today = crate::time::date::Date::at(now, 0);
    let alone = super::home_loader::sat_alone(&home, today);
    let expected = crate::home::SoloCount {
        name: "Ada".to_owned(),
        today: 1,
        week: 3,
    };
    assert_eq!(alone, [expected]);
}

/// A program at the closed screen of a short session, with this home; the outline is kept.
fn closed(mut program: Program) -> Program {
    for _ in 0..400 {
        let scene = program.scene();
        if scene.mood == SceneMood::Closed {
            break;
        }
        let wanted = |choice: &&crate::session::scene::SceneChoice| {
            let keep = Intent::Keep {
                what: KeepChoice::Outline,
            };
            let yes = matches!(choice.intent, Intent::Yes { .. }) && choice.on == Some(false);
            choice.intent == Intent::Gate { says: GateWord::Go } || choice.intent == keep || yes
        };
        let found = scene.choices.iter().find(wanted);
        let intent = found.map(|choice| choice.intent.clone());
        let on = scene.leads_on().map_or(Intent::GoOn, |on| on.intent());
        let intent = intent.unwrap_or(on);
        program.ask(intent).expect("it goes on");
    }
    program
}

fn of_dyads(clock: &TestClock) -> Session {
    let script = scripts().find("five-each").cloned().expect("shipped");
    Session::begin(&script, setting(&script))
        .unwrap_or_else(|_| panic!("it fits at {:?}", clock.now()))
}

#[test]
fn the_last_page_says_what_has_become_of_what_was_chosen() {
    let w = &words().cli;
    let says = |program: &Program| {
        let prompt = program.scene().prompt;
        prompt.last().map(ToString::to_string).unwrap_or_default()
    };
    let clock = TestClock::new(EVENING);
    let program = closed(Program::seated(of_dyads(&clock), clock.clone()));
    assert_eq!(says(&program), w.closed_rehearsal);

    let folder = tempfile::tempdir().expect("a folder");
    let session = of_dyads(&clock);
    let program = Program::seated_at_home(folder.path(), session, clock.clone());
    let program = closed(program);
    assert_eq!(says(&program), words().session.closed_kept);

    // Something stands where what is remembered would be written.
    let folder = tempfile::tempdir().expect("a folder");
    let session = of_dyads(&clock);
    let program = Program::seated_at_home(folder.path(), session, clock);
    std::fs::create_dir_all(program.folders.people().join("in the way")).expect("a folder");
    let mut program = closed(program);
    assert_eq!(says(&program), w.closed_undone);
    let why = program.standing().expect("it is said");
    assert!(why.as_str().contains("people.toml"), "{why}");
    // Its log waits, and the next time it is done.
    std::fs::remove_dir_all(program.folders.people()).expect("a folder");
    program.ask(Intent::GoOn).expect("home");
    program.resume(None).expect("it is there");
    assert_eq!(says(&program), words().session.closed_kept);
    assert_eq!(program.people.circles().len(), 1);
}

#[test]
fn a_first_page_that_others_see_has_a_number_and_no_name() {
    use crate::memory::Memory;
    use crate::notebook::{Id, Keeping, NotebookEntry, Promise, WrittenAt};

    let folder = tempfile::tempdir().expect("a folder");
    let notebooks = Notebooks::at(folder.path().join("notebooks"));
    let at = WrittenAt {
        wall: EVENING.wall,
        offset: EVENING.offset,
    };
    for (name, cue) in [("Ada", "tea"), ("Ben", "")] {
        let notebook = notebooks.create(name, &Keeping::Plain).expect("made");
        let promise = NotebookEntry::Promise(Promise {
            id: Id::new(),
            at,
            words: "sit with it".into(),
            part: None,
            called: String::new(),
            cue: cue.into(),
            on: vec![EVENING.day()],
            therapist: false,
        });
        notebook.add(&[promise]).expect("added");
    }
    let mut people = Memory::default();
    people.remember_begin(&["Ada".to_owned()], "solo-sitting", 30);
    let due = |people: &Memory| super::notebook_list::due(&notebooks, people, EVENING.day());
    let alone = due(&people);
    let names: Vec<_> = alone.iter().map(|due| due.name.as_deref()).collect();
    assert_eq!(names, [Some("Ada"), Some("Ben")]);
    assert_eq!(alone[0].cues, ["tea"]);
    people.remember_begin(&["Ada".to_owned(), "Ben".to_owned()], "short-pair", 30);
    let [shared] = &due(&people)[..] else {
        panic!("one line for all");
    };
    assert!(shared.name.is_none() && shared.cues.is_empty() && shared.count == 2);
}

#[test]
fn whoever_writes_is_not_away_and_whoever_is_away_finds_it_locked() {
    use crate::notebook::Keeping;

    let (folder, clock) = (
        tempfile::tempdir().expect("a folder"),
        TestClock::new(EVENING),
    );
    let mut program = Program::at_the_door(folder.path(), clock.clone());
    let notebook = program.notebooks().create("Ada", &Keeping::Plain);
    notebook.expect("made");
    program.open_notebook(crate::notebook_ui::Goal::Front);
    let open = |program: &Program| {
        let Activity::Notebook(screen) = &program.activity else {
            panic!("these are somebody's pages");
        };
        screen.next_wake(EVENING).is_some()
    };
    while !open(&program) {
        let first = program.scene().choices[0].intent.clone();
        program.ask(first).expect("it is offered");
    }
    // Keys in an editor, of which the program hears nothing else.
    for _ in 0..60 {
        clock.pass(Duration::from_secs(17));
        program.touched();
        program.wake();
        assert!(open(&program));
    }
    clock.pass(Duration::from_secs(301));
    program.wake();
    assert!(!open(&program));
}

/// Who has less time than a script needs is offered a shorter hour of the same kind, and never a goodbye or a repair.
#[test]
fn what_fits_instead_is_of_the_same_kind() {
    use crate::home::{PlannedSession, Planner, Setup};
    let fits = |name: &str, people: &[&str], minutes| {
        let setup = Setup {
            script: name.into(),
            people: people.iter().map(ToString::to_string).collect(),
            length: Length::Minutes(minutes),
            first: crate::script::Who(0),
            wording: None,
        };
        match scripts().plan(&setup, EVENING) {
            PlannedSession::TooShort { fits, .. } => fits,
            PlannedSession::Fits { .. } => panic!("{name} fits into {minutes}"),
        }
    };
    let two = ["Ada", "Ben"];
    for (name, minutes, instead) in [
        ("deep-pair", 40, "short-pair"),
        ("deep-pair", 25, "short-pair"),
        ("standard-pair", 30, "short-pair"),
        ("standard-pair", 25, "short-pair"),
        ("standard-pair", 20, "five-each"),
        ("short-pair", 14, "five-each"),
        ("conversation", 15, "five-each"),
    ] {
        assert_eq!(
            fits(name, &two, minutes).as_deref(),
            Some(instead),
            "{name}"
        );
    }
    assert_eq!(fits("standard-pair", &two, 10), None);
    assert_eq!(
        fits("solo-sitting", &["Ada"], 10).as_deref(),
        Some("solo-short")
    );
    assert_eq!(fits("triad", &["Ada", "Ben", "Cleo"], 10), None);
}

/// Whoever began with something else reads the first page later, and all of it.
#[test]
fn the_first_page_names_the_key_of_the_quick_exit_whenever_it_comes() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut program = Program::at_the_door(folder.path(), TestClock::new(EVENING));
    let names_it = |program: &Program| {
        let scene = program.scene();
        let list = scene.list.iter().map(|item| &item.words);
        let mut lines = scene.prompt.iter().chain(list);
        lines.any(|line| line.as_str().contains("Ctrl-X three times"))
    };
    assert!(names_it(&program));
    program.go_home();
    assert!(names_it(&program));
}
