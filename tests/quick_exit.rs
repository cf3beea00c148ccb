//! The quick exit, seen from outside: three strokes on any screen, two words at any prompt, and nothing is left to see.
#![cfg(unix)]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on says where"
)]

mod common;

use std::fs;
use std::process::Command;

use common::pty::Terminal;
use common::{Home, PROGRAM, SESSION, TO_THE_PLAN, first_screen};

const STROKE: &str = "\u{18}";
/// What somebody had on the screen before.
const BEFORE: &str = "something from before";

/// The program in a shell that said something first, as in anybody's terminal.
fn after_something(home: &Home, arguments: &str) -> Terminal {
    let mut command = Command::new("/bin/sh");
    let line = format!("echo {BEFORE}; \"$0\" {arguments}; echo code $?");
    command.args(["-c", &line, PROGRAM]);
    for (key, value) in home.command(&[]).get_envs() {
        match value {
            Some(value) => command.env(key, value),
            None => command.env_remove(key),
        };
    }
    Terminal::running(&command)
}

fn holds(bytes: &[u8], word: &str) -> bool {
    bytes.windows(word.len()).any(|at| at == word.as_bytes())
}

/// Home, an open field, a session, a pause, a stop, and each thing that can lie over them.
fn places() -> Vec<Vec<(&'static str, &'static str)>> {
    vec![
        vec![("", "What would you like to do?")],
        vec![
            ("\r", "Who is here today?"),
            ("3", "What is your name?"),
            ("Cle", "Cle"),
        ],
        vec![("c", "Phone the emergency number first.")],
        vec![("?", "Keys that work here")],
        vec![("q", "Leave?")],
        vec![
            ("\r", "Who is here"),
            ("\r", "The plan"),
            ("\r", first_screen()),
        ],
        vec![
            ("\r", "Who is here"),
            ("\r", "The plan"),
            ("\r", first_screen()),
            (" ", "Everything is paused."),
            ("?", "Keys that work here"),
        ],
        vec![
            ("\r", "Who is here"),
            ("\r", "The plan"),
            ("\r", first_screen()),
            ("s", "Nobody has to explain."),
            ("c", "Phone the emergency number first."),
        ],
    ]
}

#[test]
fn three_strokes_leave_nothing_to_see_on_any_screen() {
    for place in places() {
        let home = Home::known();
        let mut terminal = after_something(&home, "");
        terminal.until(&["What would you like to do?"], &[]);
        for (keys, words) in &place {
            terminal.press(keys, &[words]);
        }
        terminal.quick_exit(STROKE);
        let (code, shown) = terminal.end();
        // The shell's own line comes after the program is gone; nothing else is there, not even what was before.
        assert_eq!((code, shown.trim()), (0, "code 0"), "{place:?}");
        assert!(terminal.is_given_back());
        let stream = terminal.stream();
        // What others left in the scrollback is theirs, and a cleared screen would be pushed into it.
        assert!(!holds(&stream, "\u{1b}[3J"), "the scrollback was erased");
        let last = stream
            .windows(8)
            .rposition(|at| at == b"\x1b[?1049l")
            .unwrap();
        assert!(
            !holds(&stream[last..], "\u{1b}[2J"),
            "a screen was cleared as a whole"
        );
    }
}

#[test]
fn fewer_strokes_show_how_many_are_left_and_stay() {
    let home = Home::known();
    let mut terminal = Terminal::new(&home, &[], &[]);
    terminal.until(&["What would you like to do?"], &[]);
    terminal.press(STROKE, &["● · ·"]);
    terminal.press(STROKE, &["● ● ·"]);
    terminal.press("\r", &["Who is here today?"]);
    terminal.send("qy");
    assert_eq!(terminal.end().0, 0);
}

/// A terminal that can tell presses from repeats is asked to, and is left as it was.
#[test]
fn where_the_terminal_tells_them_apart_repeats_are_no_strokes() {
    let home = Home::known();
    let mut terminal = Terminal::new(&home, &[], &[("TERM", "xterm-kitty")]);
    // What it is asked it answers at once.
    let asks = |terminal: &Terminal| holds(&terminal.stream(), "\u{1b}[?u\u{1b}[c");
    terminal.until_true(asks);
    terminal.send("\u{1b}[?0u\u{1b}[?62;22c");
    terminal.until_true(|terminal| holds(&terminal.stream(), "\u{1b}[>7u"));
    let held = "\u{1b}[120;5:2u".repeat(9);
    terminal.press(&format!("\u{1b}[120;5u{held}\u{1b}[120;5:3u"), &["● · ·"]);
    terminal.quick_exit("\u{1b}[120;5u");
    assert_eq!(terminal.end().0, 0);
    let stream = terminal.stream();
    let at = |what: &str| {
        stream
            .windows(what.len())
            .rposition(|at| at == what.as_bytes())
    };
    assert!(at("\u{1b}[<u").unwrap() < at("\u{1b}[?1049l").unwrap());
}

/// While something keeps the face busy, and whatever else is in the way.
#[test]
fn nothing_stands_between_the_key_and_the_exit() {
    const WORDS: &str = "four plain words here";
    let home = with_pages(&["1", WORDS, WORDS]);
    // While a notebook is being opened.
    let mut terminal = after_something(&home, "notebook");
    terminal.until(&["Whose pages?"], &[]);
    terminal.press("1", &["Which words open"]);
    terminal.send(WORDS);
    terminal.press("\r", &["Opening it"]);
    terminal.quick_exit(STROKE);
    let (code, shown) = terminal.end();
    assert_eq!((code, shown.trim()), (0, "code 0"));
    assert!(terminal.is_given_back());
    let stream = terminal.stream();
    let end = b"\x1b[?1049l";
    let gone = stream.windows(end.len()).position(|at| at == end).unwrap();
    assert!(!holds(&stream, "Ada's pages") && !holds(&stream, CANARY));
    assert!(!holds(&stream[gone + end.len()..], "Which words"));
    // By lines it is the same: what was opened meanwhile is never said.
    let mut terminal = Terminal::new(&home, &["notebook", "--plain"], &[]);
    terminal.until(&["Whose pages?"], &[]);
    terminal.press("1\r", &["Which words open"]);
    terminal.press(&format!("{WORDS}\r"), &["Opening it"]);
    terminal.send("exit now\r");
    let (code, shown) = terminal.end();
    assert_eq!((code, shown.trim()), (0, ""));
    let stream = terminal.stream();
    assert!(!holds(&stream, "Ada's pages") && !holds(&stream, CANARY));
    // A paste without its end, and a program that was stopped while it was pressed.
    let mut terminal = after_something(&home, "notebook");
    terminal.until(&["Whose pages?"], &[]);
    terminal.press("1", &["Which words open"]);
    terminal.send("\u{1b}[200~abc");
    terminal.quick_exit(STROKE);
    assert_eq!(terminal.end().1.trim(), "code 0");
}

#[test]
fn a_session_can_be_gone_on_with_or_is_discarded_as_it_was_set() {
    for (setting, logs) in [
        ("", 1),
        ("quick-exit = \"keep\"\n", 1),
        ("quick-exit = \"discard\"\n", 0),
    ] {
        let home = Home::known();
        home.settings(setting);
        let mut terminal = Terminal::new(&home, &[], &[]);
        terminal.until(&["What would you like to do?"], &[]);
        for (keys, words) in &places()[5] {
            terminal.press(keys, &[words]);
        }
        terminal.quick_exit(STROKE);
        let (code, shown) = terminal.end();
        assert_eq!((code, shown.trim()), (0, ""), "{setting}");
        assert_eq!(home.logs().len(), logs, "{setting}");
        let listed = home.says(&["resume", "--list"], &[]);
        assert_eq!(
            listed.contains("no unfinished session"),
            logs == 0,
            "{listed}"
        );
    }
}

/// At every prompt from the first page to the end of a session: gone, with nothing more said, and resumable.
#[test]
fn two_words_are_enough_at_every_prompt() {
    let mut typed: Vec<&str> = TO_THE_PLAN.to_vec();
    typed.push("");
    typed.extend(SESSION);
    // Every prompt of setting up, where words are typed, and some of the session.
    let prompts = (0..14).chain((14..typed.len()).step_by(9));
    for n in prompts {
        let home = Home::new();
        let mut lines = typed[..n].to_vec();
        lines.push(if n % 2 == 0 { "exit now" } else { "/Exit now." });
        let all = home.says(&["--plain"], &lines);
        let without = home.run(&["resume", "--list"], &[]);
        assert_eq!(without.status.code(), Some(0));
        // After the last prompt there is not a word, and whoever reads a pipe gets no escape.
        assert!(
            all.ends_with("> "),
            "{n}: {}",
            &all[all.len().saturating_sub(200)..]
        );
        assert!(!all.contains('\u{1b}'));
    }
}

#[test]
fn by_lines_in_a_terminal_what_was_said_is_erased() {
    let home = Home::known();
    let mut terminal = after_something(&home, "--plain");
    terminal.until(&["What would you like to do?"], &[]);
    terminal.send("leave\n");
    terminal.until(&["Leave now?"], &[]);
    // Not even an open question is in the way.
    terminal.send("exit now\n");
    let (code, shown) = terminal.end();
    assert_eq!((code, shown.trim()), (0, "code 0"));
    assert!(holds(&terminal.stream(), "\u{1b}[3J"));

    let mut dumb = Terminal::new(&home, &[], &[("TERM", "dumb")]);
    dumb.until(&["What would you like to do?"], &[]);
    dumb.send("exit now\n");
    let (code, shown) = dumb.end();
    assert_eq!((code, shown.trim()), (0, ""));
    assert!(!holds(&dumb.stream(), "\u{1b}"));
}

/// The first page names the key that people gave it, and that is the key, in both faces.
#[test]
fn by_lines_too_the_quick_exit_has_the_key_that_people_gave_it() {
    let home = Home::new();
    home.settings("[keys]\nquick-exit = [\"f12\"]\n");
    for arguments in [&["--plain"][..], &[]] {
        let mut terminal = Terminal::new(&home, arguments, &[]);
        terminal.until(&["F12 three times"], &[]);
        terminal.quick_exit("\u{1b}[24~");
        assert_eq!(terminal.end(), (0, String::new()), "{arguments:?}");
    }
    let mut terminal = Terminal::new(&home, &["--plain"], &[]);
    terminal.until(&["F12 three times"], &[]);
    // Another key is no longer it.
    terminal.quick_exit(STROKE);
    terminal.press("leave\r", &["Leave now?"]);
}

/// What somebody wrote for themselves.
const CANARY: &str = "ZQCANARY of Ada";

/// Ada's pages with one note, sealed or not.
fn with_pages(words: &[&str]) -> Home {
    let home = Home::new();
    let note = ["2", CANARY, ".", "/exit now"];
    let typed = [&["", "Ada"], words, &note].concat();
    let said = home.says(&["notebook", "--plain"], &typed);
    assert!(said.contains("Your notebook is made."), "{said}");
    home
}

/// The keys that lead from the program's first page to the note, and what is seen on the way.
fn to_the_note(is_sealed: bool, enter: &str) -> Vec<(String, &'static str)> {
    const WORDS: &str = "four plain words here";
    let mut way = vec![(
        "1",
        if is_sealed {
            "Which words open"
        } else {
            "Ada's pages"
        },
    )];
    if is_sealed {
        way.push((WORDS, "Ada's pages"));
    }
    way.push(("1", CANARY));
    let typed = |(keys, seen): (&str, &'static str)| {
        // A number alone is a key of the full screen.
        let alone = keys.len() == 1 && enter == "\r";
        let keys = if alone {
            keys.to_owned()
        } else {
            format!("{keys}{enter}")
        };
        (keys, seen)
    };
    way.into_iter().map(typed).collect()
}

#[test]
fn from_a_page_of_a_notebook_not_a_word_of_it_stays() {
    const WORDS: &str = "four plain words here";
    for (is_sealed, words) in [(true, &["1", WORDS, WORDS][..]), (false, &["2", "2"])] {
        let home = with_pages(words);
        let mut terminal = after_something(&home, "notebook");
        terminal.until(&["Whose pages?"], &[]);
        for (keys, seen) in to_the_note(is_sealed, "\r") {
            terminal.press(&keys, &[seen]);
        }
        terminal.quick_exit(STROKE);
        let (code, shown) = terminal.end();
        assert_eq!((code, shown.trim()), (0, "code 0"));
        // It was drawn on the second screen alone, which has no scrollback and is gone.
        let stream = String::from_utf8_lossy(&terminal.stream()).into_owned();
        let (before, second) = stream.split_once("\u{1b}[?1049h").unwrap();
        let (_, after) = second.rsplit_once("\u{1b}[?1049l").unwrap();
        assert!(!before.contains(CANARY) && !after.contains(CANARY));

        let mut terminal = after_something(&home, "notebook --plain");
        terminal.until(&["Whose pages?"], &[]);
        for (keys, seen) in to_the_note(is_sealed, "\n") {
            terminal.press(&keys, &[seen]);
        }
        terminal.send("exit now\n");
        let (code, shown) = terminal.end();
        assert_eq!((code, shown.trim()), (0, "code 0"));
        let stream = String::from_utf8_lossy(&terminal.stream()).into_owned();
        let (_, after) = stream.rsplit_once("\u{1b}[3J").expect("the scrollback");
        assert!(!after.contains(CANARY));
        let sealed = home.holding(CANARY).is_empty();
        assert_eq!(sealed, is_sealed);
    }
}

#[test]
fn from_a_card_over_a_session_it_is_kept_or_discarded_in_both_faces() {
    for (setting, logs) in [("", 1), ("quick-exit = \"discard\"\n", 0)] {
        let home = Home::known();
        home.settings(setting);
        let mut terminal = Terminal::new(&home, &[], &[]);
        terminal.until(&["What would you like to do?"], &[]);
        for (keys, words) in &places()[5] {
            terminal.press(keys, &[words]);
        }
        assert_eq!(home.logs().len(), 1);
        terminal.press("c", &["Phone the emergency number first."]);
        terminal.quick_exit(STROKE);
        let (code, shown) = terminal.end();
        assert_eq!((code, shown.trim()), (0, ""), "{setting}");
        assert_eq!(home.logs().len(), logs, "{setting}");

        let home = Home::new();
        home.settings(setting);
        let mut talk = home.begun();
        assert_eq!(home.logs().len(), 1);
        talk.say_all(&["", "crisis"]);
        talk.type_ahead(&["exit now"]);
        assert!(talk.end().1.success());
        assert_eq!(home.logs().len(), logs, "{setting}");
    }
}

/// A program that rings for ten minutes when a quiet time is over; a rehearsal is there at once.
#[test]
fn what_rings_is_ended_with_it_and_with_all_that_it_began() {
    for plain in [false, true] {
        let home = Home::known();
        let rings = home.root().join("rings");
        let made = Command::new("mkfifo").arg(&rings).status().unwrap();
        assert!(made.success());
        let line = "sleep 600 >\\\"$0\\\" & wait";
        let (rings_as, line) = (rings.display(), line);
        home.settings(&format!(
            "bell = [\"sh\", \"-c\", \"{line}\", \"{rings_as}\"]\n"
        ));
        let face = if plain { "--plain" } else { "--speed=1000" };
        let arguments = ["rehearse", "standard-pair", "--speed=1000", face];
        let arguments = if plain {
            &arguments[..]
        } else {
            &arguments[..3]
        };
        let mut terminal = Terminal::new(&home, arguments, &[]);
        terminal.until(&[first_screen()], &[]);
        let (stop, quiet) = if plain { ("stop\n", "2\n") } else { ("s", "2") };
        terminal.press(stop, &["Nobody has to explain."]);
        terminal.press(quiet, &["Quiet, with your eyes open."]);
        // Opened once it rings, and at its end once nobody rings any more.
        let mut heard = fs::File::open(&rings).unwrap();
        if plain {
            terminal.send("exit now\n");
        } else {
            terminal.quick_exit(STROKE);
        }
        assert_eq!(terminal.end().0, 0);
        let mut rest = Vec::new();
        assert_eq!(
            std::io::Read::read_to_end(&mut heard, &mut rest).unwrap(),
            0
        );
    }
}

#[test]
fn it_is_explained_before_it_is_needed() {
    let home = Home::new();
    let first = home.says(&["--plain"], &[]);
    assert!(
        first.contains("F8 or Ctrl-X three times") && first.contains("exit now"),
        "{first}"
    );
    let help = home.says(&["--plain"], &["help"]);
    assert!(help.contains("exit now: "), "{help}");
    let mut terminal = Terminal::new(&home, &[], &[]);
    terminal.until(&["Before you begin"], &[]);
    terminal.press("?", &["quick exit"]);
    home.settings("[keys]\nquick-exit = [\"f12\"]\n");
    let moved = home.says(&["--plain"], &[]);
    assert!(moved.contains("F12 three times"), "{moved}");
    let known = Home::known();
    known.settings("[keys]\nquick-exit = [\"f12\"]\n");
    let mut terminal = Terminal::new(&known, &[], &[]);
    terminal.until(&["What would you like to do?"], &[]);
    terminal.press(&STROKE.repeat(4), &["F1 shows all"]);
    terminal.quick_exit("\u{1b}[24~");
    assert_eq!(terminal.end().0, 0);
}

/// No window's title, no notification, nothing for the clipboard: none of our sequences begins with `ESC ]`.
#[test]
fn nothing_is_said_beside_the_screen() {
    for arguments in [&[][..], &["ground"], &["--plain"]] {
        let home = Home::known();
        let mut terminal = Terminal::new(&home, arguments, &[]);
        let plain = arguments == ["--plain"];
        let first = if arguments == ["ground"] {
            "Hold one plain thing"
        } else {
            "What would you like to do?"
        };
        terminal.until(&[first], &[]);
        if plain {
            terminal.send("2\n1\n\n\nexit now\n");
        } else {
            for (keys, words) in places()[6].iter().filter(|_| arguments.is_empty()) {
                terminal.press(keys, &[words]);
            }
            terminal.quick_exit(STROKE);
        }
        assert_eq!(terminal.end().0, 0);
        // A terminal may be asked for its colours; nothing else is between us and it.
        let stream = String::from_utf8_lossy(&terminal.stream()).into_owned();
        let stream = ["\u{1b}]10;?", "\u{1b}]11;?"]
            .iter()
            .fold(stream, |s, ask| s.replace(ask, ""))
            .replace("\u{1b}\\", "");
        let stream = stream.into_bytes();
        for beside in ["\u{1b}]", "\u{1b}P", "\u{1b}_", "\u{1b}^", "\u{9d}"] {
            assert!(!holds(&stream, beside), "{beside:?}");
        }
    }
}

#[test]
#[cfg(target_os = "linux")]
fn the_process_has_a_name_that_says_nothing() {
    let home = Home::known();
    let talk = home.begun();
    let threads = format!("/proc/{}/task", talk.pid());
    for thread in fs::read_dir(threads).unwrap() {
        let name = fs::read_to_string(thread.unwrap().path().join("comm")).unwrap();
        for word in ["ifs", "part", "therapy", "session", "inner"] {
            assert!(!name.to_lowercase().contains(word), "{name}");
        }
    }
}
