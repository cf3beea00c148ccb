//! A canary in every field of the pages that belong to one person: passphrases are seen nowhere at all, and what is
//! written for oneself on no page but one's own, in no other file, in no message and not in the terminal's title.

use std::fs;
use std::path::Path;
use std::time::Duration;

use crate::app::{Program, files_with};
use crate::line_ui::Voice;
use crate::notebook::{Keeping, Notebooks, Passphrase};
use crate::notebook_ui::Goal;
use crate::rehearsal::EVENING;
use crate::session::scene::InputField;
use crate::tests::reach::{Odd, first_of_the_card, flat};
use crate::time::clock::TestClock;
use crate::tui::{Appearance, Hands, press_of};

/// What opens a notebook. No word of the program has its first letters.
const SECRET: &str = "zqsecret words of mine";
/// Others that are typed by mistake.
const WRONG: &str = "zqsecret but not these";
const BIRD: &str = "zqsecret";
/// What somebody writes for themselves.
const NOTE: &str = "zqnote";

fn look() -> Appearance {
    Appearance {
        asks: false,
        ..Appearance::from_env(|_| None)
    }
}

/// Keys one after the other; after each, nothing that was seen or could be printed holds the letters.
fn typed(hands: &mut Hands<'_>, keys: &[&str], never: &[&str]) {
    for word in keys {
        let named = [
            "enter", "^d", "^s", "^p", "f1", "f2", "esc", "left", "^c", "n",
        ]
        .contains(word);
        let keys: Vec<_> = if named {
            vec![press_of(word)]
        } else {
            word.chars().map(|c| press_of(&c.to_string())).collect()
        };
        for key in keys {
            hands.press(key);
            let bytes = String::from_utf8_lossy(&hands.written()).into_owned();
            // A title would be read in the window's bar, in lists of windows and by whoever shares a screen.
            assert!(
                !bytes.contains("\u{1b}]"),
                "no title is ever set: {bytes:?}"
            );
            for letters in never {
                assert!(!hands.screen().contains(letters), "{}", hands.screen());
                assert!(!bytes.contains(letters), "{word}");
                assert!(!hands.printed().contains(letters), "{word}");
                let scene = hands.talk().scene();
                assert!(!format!("{scene:?}").contains(letters), "{word}");
            }
        }
    }
}

fn title(hands: &mut Hands<'_>) -> String {
    hands.talk().scene().title.as_str().to_owned()
}

/// A notebook is sealed, locked, opened with wrong and right words, and resealed with others.
#[test]
fn no_passphrase_is_on_a_screen_in_a_message_or_in_a_file() {
    let home = tempfile::tempdir().unwrap();
    let mut program = Program::at_the_door(home.path(), TestClock::new(EVENING));
    {
        let mut hands = Hands::at(&mut program, look(), (80, 24));
        let never = [BIRD];
        typed(
            &mut hands,
            &["enter", "enter", "3", "1", "Ada", "enter", "1"],
            &never,
        );
        assert!(
            hands
                .talk()
                .scene()
                .field
                .as_ref()
                .is_some_and(InputField::is_hidden)
        );
        // Something comes over it before it is entered; what was begun is typed anew.
        typed(
            &mut hands,
            &[SECRET, "f2", "enter", SECRET, "f1", "esc", "enter"],
            &never,
        );
        // The second time other words, and then the same: nothing of the wrong ones is left in the field.
        typed(&mut hands, &[WRONG, "enter", SECRET, "enter"], &never);
        assert_eq!(title(&mut hands), "Ada's pages", "{}", hands.screen());
        // Locked, and opened again: first with words that do not open it.
        typed(&mut hands, &["9", "1", "1", WRONG, "enter"], &never);
        assert_ne!(title(&mut hands), "Ada's pages");
        typed(&mut hands, &[SECRET, "enter"], &never);
        assert_eq!(title(&mut hands), "Ada's pages", "{}", hands.screen());
    }
    let printed = format!("{program:?}");
    assert!(!printed.contains(BIRD), "{printed}");
    assert_eq!(files_with(home.path(), BIRD), Vec::<String>::new());
}

/// By lines it is the same: what is typed is not echoed, and no sentence says it again.
#[test]
fn no_passphrase_is_told_by_a_line() {
    let home = tempfile::tempdir().unwrap();
    let mut program = Program::at_the_door(home.path(), TestClock::new(EVENING));
    Voice::with(&mut program, |voice| {
        for line in ["", "", "3", "1", "Ada", "1"] {
            voice.types(line);
        }
        for line in ["zqsecret", WRONG, SECRET, WRONG] {
            assert!(voice.is_hidden(), "{line}");
            let said = voice.types(line);
            assert!(!said.contains(BIRD), "{said}");
        }
        assert_eq!(voice.talk().scene().title.as_str(), "Ada's pages");
    });
    assert_eq!(files_with(home.path(), BIRD), Vec::<String>::new());
}

/// What somebody writes on their own pages: it stands on these, and nowhere once they are closed.
#[test]
fn what_is_written_on_ones_own_pages_is_seen_there_alone() {
    let home = tempfile::tempdir().unwrap();
    let mut program = Program::at_the_door(home.path(), TestClock::new(EVENING));
    let mut hands = Hands::at(&mut program, look(), (80, 24));
    typed(
        &mut hands,
        &["enter", "enter", "3", "1", "Ada", "enter", "1"],
        &[NOTE],
    );
    typed(
        &mut hands,
        &[SECRET, "enter", SECRET, "enter"],
        &[NOTE, BIRD],
    );
    // A note, and under it the card, the page of keys and a question: none of them has a word of it.
    typed(&mut hands, &["2", NOTE, " and more"], &[]);
    assert!(hands.screen().contains(NOTE), "one's own page shows it");
    for over in ["f2", "f1", "^c"] {
        typed(&mut hands, &[over], &[]);
        assert!(!hands.screen().contains(NOTE), "{over}: {}", hands.screen());
        assert!(!hands.printed().contains(NOTE), "{over}");
        let back = if over == "f2" { "enter" } else { "esc" };
        typed(&mut hands, &[back], &[]);
    }
    typed(&mut hands, &["^d"], &[]);
    assert!(!hands.screen().contains(NOTE), "{}", hands.screen());
    // A promise: its words are typed on one's own page, and are gone from the next one.
    typed(&mut hands, &["4", "1", NOTE, " promised"], &[]);
    assert!(hands.screen().contains(NOTE), "{}", hands.screen());
    typed(&mut hands, &["enter"], &[]);
    assert!(!hands.screen().contains(NOTE), "{}", hands.screen());
    // Back to the door, which locks: from here on nobody sees it, nor hears it from a message.
    let never = [NOTE, BIRD];
    while title(&mut hands) != "home" {
        let before = hands.screen();
        typed(&mut hands, &["esc"], &[]);
        assert_ne!(hands.screen(), before, "back leads on");
    }
    typed(
        &mut hands,
        &["3", "1", WRONG, "enter", "f2", "enter", "f1", "esc"],
        &never,
    );
    drop(hands);
    let printed = format!("{program:?}");
    assert!(!printed.contains(NOTE), "{printed}");
    assert_eq!(files_with(home.path(), NOTE), Vec::<String>::new());
}

/// A home in which Ada has a notebook that opens quickly.
fn home_with_a_notebook() -> tempfile::TempDir {
    let home = tempfile::tempdir().unwrap();
    let found = crate::storage::Folders::find(|name| Some(home.path().join(name).into())).unwrap();
    let notebooks = Notebooks::at(found.notebooks()).with_factor(2);
    let keeping = Keeping::Sealed(Passphrase::new(SECRET.into()));
    notebooks.create("Ada", &keeping).unwrap();
    home
}

/// From the door of the notebooks to a page with these keys on it.
fn writes(hands: &mut Hands<'_>, keys: &[&str]) {
    typed(hands, &["1", SECRET, "enter", "2"], &[]);
    typed(hands, keys, &[]);
}

/// What is pressed while a notebook is being opened, in whatever form it comes: the card is there, or everything is gone,
/// and nothing of the notebook was drawn.
#[test]
fn while_a_notebook_is_being_opened_the_card_and_the_quick_exit_come_before_it() {
    let home = home_with_a_notebook();
    for (n, exits) in (0..Odd::ALL).flat_map(|n| [(n, false), (n, true)]) {
        let mut program = Program::at_the_door(home.path(), TestClock::new(EVENING));
        program.open_notebook(Goal::Front);
        let mut hands = Hands::at(&mut program, look(), (80, 24));
        typed(&mut hands, &["1", SECRET], &[]);
        hands.written();
        let odd = Odd::nth(n, false);
        odd.while_it_opens(exits, &mut hands);
        let about = format!("{n} {odd:?} {exits}\n{}", hands.screen());
        let written = String::from_utf8(hands.written()).unwrap();
        assert!(written.contains("Opening it"), "{about}");
        assert!(!written.contains("Ada's pages"), "{about}");
        assert_eq!(hands.over, exits, "{about}");
        let card = flat(&hands.screen()).contains(first_of_the_card());
        assert_eq!(card, !exits, "{about}");
    }
}

fn drafts(root: &Path) -> usize {
    let (mut open, mut found) = (vec![root.to_path_buf()], 0);
    while let Some(at) = open.pop() {
        if at.is_dir() {
            let inside = fs::read_dir(&at).unwrap();
            open.extend(inside.map(|entry| entry.unwrap().path()));
        } else if at.ends_with("draft.age") {
            found += 1;
        }
    }
    found
}

/// What was begun goes to the disk as it is typed, sealed, and is there again after the notebook has locked itself.
#[test]
fn a_page_that_was_begun_survives_the_lock_and_is_in_no_plain_file() {
    let home = home_with_a_notebook();
    let clock = TestClock::new(EVENING);
    let mut program = Program::at_the_door(home.path(), clock.clone());
    program.open_notebook(Goal::Front);
    let mut hands = Hands::at(&mut program, look(), (80, 24));
    writes(&mut hands, &[NOTE]);
    assert_eq!(drafts(home.path()), 0);
    // Two seconds of it, or two hundred letters.
    assert_eq!(hands.talk().next_wake(), Some(Duration::from_secs(2)));
    clock.pass(Duration::from_secs(2));
    hands.wakes();
    assert_eq!(drafts(home.path()), 1);
    let letters = "a".repeat(205);
    typed(&mut hands, &["^d"], &[]);
    assert_eq!(drafts(home.path()), 0, "it is kept, and no draft any more");
    typed(&mut hands, &["2", NOTE, &letters], &[]);
    assert_eq!(drafts(home.path()), 1);

    // Less than that is typed more, and then nobody is there for five minutes.
    typed(&mut hands, &[" to the end"], &[]);
    clock.pass(Duration::from_secs(5 * 60));
    hands.wakes();
    let screen = hands.screen();
    assert!(screen.contains("locked itself") && screen.contains("waits for you"));
    assert!(!screen.contains(NOTE) && !hands.printed().contains(NOTE));
    assert_eq!(files_with(home.path(), NOTE), Vec::<String>::new());

    typed(&mut hands, &["1", SECRET, "enter"], &[]);
    assert!(hands.screen().contains("You began something"), "{screen}");
    typed(&mut hands, &["1"], &[]);
    let field = hands.talk().scene().field;
    let there = format!("{NOTE}{letters} to the end");
    assert_eq!(field.as_ref().and_then(InputField::initial), Some(&*there));
    typed(&mut hands, &[" of it", "^d"], &[]);
    assert_eq!(drafts(home.path()), 0);
    assert!(hands.screen().contains("It is in your notebook"));
    typed(&mut hands, &["6"], &[]);
    assert!(hands.screen().contains(NOTE), "{}", hands.screen());
}

/// Behind the crisis card the page waits as it was; the quick exit keeps it, and says nothing of it.
#[test]
fn a_page_that_was_begun_waits_behind_the_card_and_survives_the_quick_exit() {
    let home = home_with_a_notebook();
    let clock = TestClock::new(EVENING);
    let mut program = Program::at_the_door(home.path(), clock.clone());
    program.open_notebook(Goal::Front);
    let mut hands = Hands::at(&mut program, look(), (80, 24));
    writes(&mut hands, &[NOTE, "f2"]);
    assert!(!hands.screen().contains(NOTE));
    typed(&mut hands, &["enter", " and on"], &[]);
    assert!(hands.screen().contains(" and on"), "{}", hands.screen());
    hands.talk().exit_now();
    assert_eq!(drafts(home.path()), 1);
    drop(hands);
    assert!(!format!("{program:?}").contains(NOTE));
    assert_eq!(files_with(home.path(), NOTE), Vec::<String>::new());

    let mut program = Program::at_the_door(home.path(), clock);
    program.open_notebook(Goal::Write);
    let mut hands = Hands::at(&mut program, look(), (80, 24));
    typed(&mut hands, &["1", SECRET, "enter"], &[]);
    let screen = hands.screen();
    assert!(screen.contains(&format!("{NOTE} and on")), "{screen}");
}
