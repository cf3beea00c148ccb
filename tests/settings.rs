//! The settings, from outside: read before the screen is taken, told with their lines, never written.
#![cfg(unix)]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on says where"
)]

mod common;

use std::fs;

use common::pty::Terminal;
use common::{Home, complaint};

const BAD: &str = "thme = \"dark\"\ntheme = \"autto\"\nbell = 3\n[keys]\nstop = []\nclock = [\"q\"]\n\
                   [[person]]\nname = \"Ada\"\nregion = \"Irland\"\nring = \"Mira, 06 12\"\n";

#[test]
fn a_bad_file_is_told_before_the_screen_is_taken_and_left_as_it_is() {
    let home = Home::known();
    let path = home.settings(BAD);
    let before = fs::metadata(&path).unwrap().modified().unwrap();
    let mut terminal = Terminal::new(&home, &[], &[]);
    let (code, shown) = terminal.end();
    assert_eq!(code, 2);
    let flat = shown.replace('\n', "");
    for told in [
        "toml:1: there is no setting `thme` here; did you mean `theme`?",
        "toml:2: there is no theme called `autto`; did you mean `auto`?",
        "toml:3: `bell` can be",
        "toml:5: `stop` needs a key",
        "toml:9: the crisis card has no place called `Irland`; did you mean `Ireland`?",
    ] {
        assert!(flat.contains(told), "{told}\nis not in\n{shown}");
    }
    assert!(!terminal.stream().contains(&0x1b));
    for arguments in [
        &["--plain"][..],
        &["start"],
        &["resume"],
        &["rehearse", "solo-sitting"],
        &["settings"],
    ] {
        let output = home.run(arguments, &[]);
        // There is nothing to resume here, which is said first or instead.
        assert_ne!(output.status.code(), Some(0), "{arguments:?}");
    }
    assert_eq!(fs::read_to_string(&path).unwrap(), BAD);
    assert_eq!(fs::metadata(&path).unwrap().modified().unwrap(), before);
}

#[test]
fn a_clash_of_keys_names_both() {
    let home = Home::known();
    home.settings("[keys]\nclock = [\"S\"]\n");
    let output = home.run(&["--plain"], &[]);
    assert_eq!(output.status.code(), Some(2));
    let told = complaint(&output);
    assert!(
        told.contains(":2: the key `s` can't do both `stop` and `clock`"),
        "{told}"
    );
}

/// Answers have the keys that somebody gave them: on the screen, in the row of keys, and under the hand.
#[test]
fn answers_are_chosen_by_the_keys_that_were_set_for_them() {
    let home = Home::known();
    home.settings("[keys]\nchoose = [\"f2\"]\n");
    let told = complaint(&home.run(&["--plain"], &[]));
    assert!(told.contains("`choose` and `card`"), "{told}");
    home.settings("[keys]\nchoose = [\"a\", \"f\", \"f5\"]\nrate = [\"à\", \"f6\"]\n");
    let mut terminal = Terminal::new(&home, &[], &[]);
    let home_page = terminal.until(&["What would you like to do?", "a f … "], &[]);
    let begins = |key: &str| {
        home_page
            .lines()
            .any(|row| row.trim().trim_start_matches(['›', ' ']).starts_with(key))
    };
    assert!(
        begins("a   ") && begins("f5  ") && begins("4   "),
        "{home_page}"
    );
    terminal.press("?", &["Keys that work here", "a f f5 4"]);
    terminal.press("\u{1b}", &["What would you like to do?"]);
    // The first answer is to begin; its number does nothing any more.
    terminal.send("1");
    terminal.press("a", &["Who is here today?"]);
}

#[test]
fn whoever_needs_help_now_is_not_kept_waiting_by_a_bad_file() {
    let home = Home::known();
    home.settings(BAD);
    let crisis = home.run(&["crisis", "uk"], &[]);
    assert_eq!(crisis.status.code(), Some(0));
    assert!(
        String::from_utf8(crisis.stdout)
            .unwrap()
            .contains("116 123")
    );
    // What can be understood of the file counts.
    let all = home.run(&["crisis"], &[]);
    assert!(
        String::from_utf8(all.stdout)
            .unwrap()
            .contains("Mira, 06 12")
    );
    let ground = home.run(&["ground"], &["", "exit now"]);
    assert_eq!(ground.status.code(), Some(0));
    assert!(
        String::from_utf8(ground.stdout)
            .unwrap()
            .contains("Hold one plain thing")
    );
}

#[test]
fn the_path_and_what_counts_are_told_and_can_be_read_again() {
    let home = Home::new();
    let told = home.says(&["settings"], &[]);
    assert!(
        told.lines()
            .next()
            .unwrap()
            .contains("settings.toml (not there"),
        "{told}"
    );
    assert_eq!(home.files().len(), 1, "asking makes nothing");
    home.settings(
        "clock = \"bar\"\n[keys]\nstop = [\"z\"]\n[[person]]\nname = \"Ada\"\nring = \"Mira\"\n",
    );
    let told = home.says(&["settings"], &[]);
    for line in [
        "clock = \"bar\"",
        "mouse = false",
        "\"stop\" = [\"z\"]",
        "ring = \"Mira\"",
    ] {
        assert!(told.lines().any(|told| told == line), "{line} in {told}");
    }
    let told_line = told.lines().next().unwrap();
    assert!(
        told_line.starts_with("# ") && told_line.ends_with("settings.toml"),
        "{told}"
    );
    home.settings(&told);
    assert_eq!(home.says(&["settings"], &[]), told);
    home.settings(&home.says(&["settings", "--sample"], &[]));
    assert!(home.says(&["settings"], &[]).contains("clock = \"script\""));
}

#[test]
fn moved_keys_work_and_are_told_on_the_page_of_keys() {
    let home = Home::known();
    home.settings("[keys]\ncard = [\"z\"]\nhelp = [\"f3\", \"?\"]\n");
    let mut terminal = Terminal::new(&home, &[], &[]);
    terminal.until(&["What would you like to do?", "z Crisis card"], &[]);
    terminal.press("m", &["F3 shows all"]);
    terminal.press("z", &["Phone the emergency number first."]);
}

#[test]
fn the_wheel_turns_pages_where_it_was_wanted_and_the_mouse_is_given_back() {
    for wanted in [true, false] {
        let home = Home::known();
        home.settings(&format!("mouse = {wanted}\n"));
        let mut terminal = Terminal::new(&home, &[], &[]);
        terminal.until(&["What would you like to do?"], &[]);
        // A page that is longer than the screen.
        terminal.press("?", &["more below"]);
        if wanted {
            terminal.press("\u{1b}[<65;10;10M", &["more above"]);
            terminal.press("\u{1b}[<64;10;10M", &["more below"]);
        }
        terminal.quick_exit("\u{18}");
        assert_eq!(terminal.end().0, 0);
        let stream = String::from_utf8_lossy(&terminal.stream()).into_owned();
        assert_eq!(stream.contains("\u{1b}[?1000h"), wanted);
        let last = |mode: &str| stream.rfind(&format!("\u{1b}[?1000{mode}"));
        assert!(last("l") > last("h"), "the mouse is not given back");
    }
}

#[test]
fn the_clock_begins_as_it_was_set() {
    for (clock, says) in [
        ("bar", "Nearly all of the time is left"),
        ("hidden", "The clock is hidden."),
    ] {
        let home = Home::known();
        home.settings(&format!("clock = \"{clock}\"\n"));
        let mut typed = vec!["", "", "", "", ""];
        typed.extend(["time"]);
        let said = home.says(&["--plain"], &typed);
        assert!(said.contains(says), "{said}");
        // The log tells the same when it is told again.
        let again = home.says(&["resume", "--plain"], &["", "time"]);
        assert!(again.contains(says), "{again}");
    }
}

#[test]
fn a_place_chosen_on_the_card_is_remembered_with_the_person_and_only_then() {
    let home = Home::known();
    let card = home.says(&["--plain"], &["", "", "", "", "", "card", "5"]);
    assert!(
        card.contains("Netherlands") && card.contains("Ada is in this place: remember it"),
        "{card}"
    );
    let people = || fs::read_to_string(home.data().join("people.toml")).unwrap();
    assert!(!people().contains("Netherlands"));
    home.says(&["resume", "--plain"], &["card", "5", "2"]);
    assert!(
        people().contains("name = \"Ben\"\nregion = \"Netherlands\""),
        "{}",
        people()
    );
    let later = home.says(&["crisis"], &[]);
    assert!(
        later.contains("Ben, Netherlands") && later.contains("Call 113"),
        "{later}"
    );
    let later = home.says(&["resume", "--plain"], &["card"]);
    assert!(later.contains("Ben, Netherlands: 112"), "{later}");
    // In a rehearsal nobody is real, and nobody is asked.
    let rehearsed = home.says(&["rehearse", "standard-pair", "--plain"], &["card", "5"]);
    assert!(!rehearsed.contains("remember"), "{rehearsed}");
}

#[test]
fn the_crisis_card_knows_places_by_the_names_that_people_use() {
    let home = Home::new();
    for place in ["NL", "the netherlands", "Nederland"] {
        assert!(
            home.says(&["crisis", place], &[]).contains("Call 113"),
            "{place}"
        );
    }
    assert!(
        home.says(&["crisis", "new", "zealand"], &[])
            .contains("1737")
    );
    let wrong = home.run(&["crisis", "Grmany"], &[]);
    assert_eq!(wrong.status.code(), Some(2));
    assert!(complaint(&wrong).contains("Did you mean `Germany`?"));
    // Nobody is left without a number over a slip of the finger.
    assert!(
        String::from_utf8(wrong.stdout)
            .unwrap()
            .contains("Germany: 112")
    );
    assert_eq!(home.files().len(), 1);
}

#[test]
fn the_reference_shows_the_sample_and_every_name_of_a_key() {
    let docs = include_str!("../docs/settings.md");
    let sample = include_str!("../src/settings/default.toml");
    assert!(
        docs.contains(&format!("```toml\n{sample}```")),
        "docs/settings.md has another sample"
    );
    let table: toml::Table = include_str!("../src/tui/keys.toml").parse().unwrap();
    for key in table["key"].as_array().unwrap() {
        let does = key["does"].as_str().unwrap();
        let names = |slot: &str| -> Vec<String> {
            let keys = key.get(slot).and_then(|keys| keys.as_array());
            let keys = keys.into_iter().flatten();
            keys.map(|key| format!("`{}`", key.as_str().unwrap()))
                .collect()
        };
        let mut all = names("keys");
        for other in names("typing").into_iter().chain(names("asking")) {
            if !all.contains(&other) {
                all.push(other);
            }
        }
        let row = format!("| `{does}` | {} |", all.join(" "));
        assert!(docs.contains(&row), "docs/settings.md lacks the row: {row}");
    }
}
