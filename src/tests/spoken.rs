//! How much is said line by line: words from the first page to home, and of a whole session of two people who answer
//! everything. Whoever hears a program has to sit through each of them.

use crate::app::Program;
use crate::line_ui::Voice;
use crate::rehearsal::EVENING;
use crate::script::shipped;
use crate::session::intent::Intent;
use crate::session::scene::{Scene, SceneMood};
use crate::tests::pace::{answer, chosen};
use crate::text::words::words;
use crate::time::clock::TestClock;

/// The most words before home on the first run. A good figure would be 120: what has to be known first takes more.
const MOST_BEFORE_HOME: usize = 175;
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

fn count(said: &str) -> usize {
    said.split_whitespace().count()
}

#[test]
fn a_session_by_lines_says_no_more_words_than_it_needs() {
    let script = shipped()
        .iter()
        .find(|script| script.name == "standard-pair");
    let script = script.expect("it is shipped");
    let root = tempfile::tempdir().expect("a folder");
    let mut program = Program::at_the_door(root.path(), TestClock::new(EVENING));
    let (mut to_home, mut to_session, mut in_session) = (0, 0, 0);
    let mut all = String::new();
    Voice::with(&mut program, |voice| {
        let mut said = voice.said();
        let mut names = ["Ada", "Ben"].iter();
        for _ in 0..400 {
            let scene = voice.talk().scene();
            let at_home = scene.title.as_str() == words().home.home_title;
            if std::env::var_os("SPOKEN").is_some() {
                println!("[{}] {said}", count(&said));
            }
            all.push_str(&said);
            match (scene.mood, to_session) {
                (SceneMood::Home, 0) if at_home => to_session = count(&said),
                (SceneMood::Home, 0) => to_home += count(&said),
                (SceneMood::Home, _) => to_session += count(&said),
                (_, _) => in_session += count(&said),
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
    println!("to home {to_home}, to the session {to_session}, in the session {in_session}");
    assert!(to_home <= MOST_BEFORE_HOME, "{to_home}");
    assert!(in_session <= MOST_IN_SESSION, "{in_session}");
    // Everybody's yes is heard, the last one too; nothing is said that is a sign only for eyes, or twice in one line.
    let yes = ["Ada", "Ben"].map(|name| all.matches(&format!("\n> {name} says yes.\n")).count());
    assert!(yes[0] > 0 && yes[0] == yes[1], "{yes:?}");
    for never in [" · ", "pass: Pass", "Now: Ada\nBen\n", " min."] {
        assert!(!all.contains(never), "{never:?}");
    }
}
