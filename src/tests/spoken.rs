//! How much is said line by line: words from the first page to home, and of a whole session of two people who answer
//! everything. Whoever hears a program has to sit through each of them.

use crate::app::Program;
use crate::line_ui::Voice;
use crate::rehearsal::EVENING;
use crate::script::shipped;
use crate::session::intent::Intent;
use crate::session::scene::{Scene, SceneMood};
use crate::storage::Folders;
use crate::tests::pace::{answer, chosen};
use crate::text::words::words;
use crate::time::clock::TestClock;

/// The most words before home on the first run.
const MOST_BEFORE_HOME: usize = 120;
/// The most words of a whole standard session of two people who never met before.
const MOST_IN_SESSION: usize = 3_000;

/// The line that somebody types who wants this.
fn typed(intent: &Intent, scene: &Scene) -> String {
    let choice = scene
        .choices
        .iter()
        .position(|choice| choice.intent == *intent);
    match (intent, choice) {
        (Intent::Write { words }, _) => words.to_string(),
        (Intent::Rate { value }, _) => value.to_string(),
        (_, Some(n)) => (n + 1).to_string(),
        (_, None) => String::new(),
    }
}

/// A prompt is not spoken: inside a screen reader there is none.
fn count(said: &str) -> usize {
    let words = said.split_whitespace();
    words.filter(|word| *word != ">").count()
}

/// What is said from the first page to the last of two people's standard session.
#[derive(Default)]
struct Said {
    to_home: usize,
    to_session: usize,
    in_session: usize,
    all: String,
}

/// The whole evening; `first` is typed on the first page.
fn evening(root: &std::path::Path, first: &[&str]) -> Said {
    let script = shipped()
        .iter()
        .find(|script| script.name == "standard-pair");
    let script = script.expect("it is shipped");
    let mut program = Program::at_the_door(root, TestClock::new(EVENING));
    let mut heard = Said::default();
    Voice::with(&mut program, |voice| {
        let mut said = voice.said();
        for line in first {
            heard.all.push_str(&said);
            said = voice.types(line);
        }
        let mut names = ["Ada", "Ben"].iter();
        for _ in 0..400 {
            let scene = voice.talk().scene();
            let at_home = scene.title.as_str() == words().home.home_title;
            if std::env::var_os("SPOKEN").is_some() {
                println!("[{}] {said}", count(&said));
            }
            heard.all.push_str(&said);
            match (scene.mood, heard.to_session) {
                (SceneMood::Home, 0) if at_home => heard.to_session = count(&said),
                (SceneMood::Home, 0) => heard.to_home += count(&said),
                (SceneMood::Home, _) => heard.to_session += count(&said),
                (_, _) => heard.in_session += count(&said),
            }
            let intent = match (scene.mood, &scene.field) {
                (SceneMood::Closed, _) => return,
                (SceneMood::Home, Some(_)) => {
                    said = voice.types(names.next().expect("two people"));
                    continue;
                }
                (SceneMood::Home, None) => chosen(&scene, script, false).unwrap_or(Intent::GoOn),
                (_, _) => answer(&scene),
            };
            said = voice.types(&typed(&intent, &scene));
        }
        panic!("it does not end: {:?}", voice.talk().scene());
    });
    heard
}

#[test]
fn words_by_ear_are_chosen_on_the_first_page_and_reach_everything() {
    let root = tempfile::tempdir().expect("a folder");
    let Said { all, .. } = evening(root.path(), &["2"]);
    for heard in [
        "Feel the chair under you, then listen to the room once.",
        "Ada, when only you can hear this: press Enter.\nHeadphones on,",
        "voice and their breath",
        "listen to the room, and feel the floor",
    ] {
        assert!(all.contains(heard), "{heard}: {all}");
    }
    let small = all.to_lowercase();
    for never in [
        "look around the room",
        "look around once",
        "eyes open",
        "look away",
        "you can see",
        "can see this",
    ] {
        assert!(!small.contains(never), "{never}: {all}");
    }
    // It is remembered, for what steadies, too.
    let mut program = Program::at_the_door(root.path(), TestClock::new(EVENING));
    Voice::with(&mut program, |voice| {
        voice.said();
        let said = voice.types("ground");
        assert!(
            said.contains("Hold one plain thing, and listen to the room"),
            "{said}"
        );
        let mut all = said;
        for _ in 0..12 {
            all.push_str(&voice.types(""));
        }
        assert!(all.contains("What sounds are there?"), "{all}");
        assert!(
            !all.contains("ook ") && !all.to_lowercase().contains("eyes"),
            "{all}"
        );
    });
}

#[test]
fn words_by_ear_are_for_those_who_want_them() {
    let root = tempfile::tempdir().expect("a folder");
    let people = "format = 1\nseen-notice = false\ncircle = []\n\n[[person]]\nname = \"Ben\"\nby-ear = true\n";
    let folders = Folders::find(|name| Some(root.path().join(name).into())).expect("a home");
    let file = folders.people();
    std::fs::create_dir_all(file.parent().expect("its folder")).expect("a folder");
    std::fs::write(file, people).expect("a file");
    let Said { all, .. } = evening(root.path(), &[]);
    // What is said to one of them is theirs; what is said to both is for the ear.
    let to = |name: &str, words: &str| {
        let mut lines = all.lines();
        lines.any(|line| line.starts_with(&format!("For {name}")) && line.contains(words))
    };
    assert!(to("Ben", "Be with their voice and their breath"), "{all}");
    assert!(to("Ada", "Look at them warmly"), "{all}");
    assert!(all.contains("then listen to the room once"), "{all}");
}

#[test]
fn a_session_by_lines_says_no_more_words_than_it_needs() {
    let root = tempfile::tempdir().expect("a folder");
    let Said {
        to_home,
        to_session,
        in_session,
        all,
    } = evening(root.path(), &[]);
    println!("to home {to_home}, to the session {to_session}, in the session {in_session}");
    assert!(to_home <= MOST_BEFORE_HOME, "{to_home}");
    assert!(in_session <= MOST_IN_SESSION, "{in_session}");
    // Whoever is asked hears the question, and each share begins with its time.
    assert!(
        all.contains("Ben:\nHow much strength do you have today"),
        "{all}"
    );
    let shares = all.matches("2 minutes left for this.").count();
    assert_eq!(
        shares,
        all.matches("For Ada, listening").count() + all.matches("For Ben, listening").count(),
        "{all}"
    );
    assert!(
        all.matches("We are adults and equals.").count() <= 2,
        "{all}"
    );
    // Everybody's yes is heard, the last one too; nothing is said that is a sign only for eyes, or twice in one line.
    let yes = ["Ada", "Ben"].map(|name| all.matches(&format!("\n> {name} says yes.\n")).count());
    assert!(yes[0] > 0 && yes[0] == yes[1], "{yes:?}");
    for never in [" · ", "pass: Pass", "Now: Ada\nBen\n", " min."] {
        assert!(!all.contains(never), "{never:?}");
    }
}

#[test]
fn alone_at_night_it_can_be_asked_tomorrow_with_one_answer_and_home_asks_in_a_sentence() {
    let root = tempfile::tempdir().expect("a folder");
    let mut night = Program::at_the_door(root.path(), TestClock::new(EVENING));
    night.now_only();
    Voice::with(&mut night, |voice| {
        voice.said();
        for line in ["", "", "1", ""] {
            voice.types(line);
        }
        let said = voice.types("3");
        assert!(
            said.contains("Tomorrow the home page asks you once"),
            "{said}"
        );
    });
    let next = TestClock::new(EVENING.later(std::time::Duration::from_secs(86_400)));
    let mut day = Program::at_the_door(root.path(), next);
    Voice::with(&mut day, |voice| {
        let first = voice.said();
        let said = [first, voice.types(""), voice.types("")].concat();
        assert!(said.contains("Has it settled?"), "{said}");
    });
}
