//! The program as people start it wrongly, or where there is less than it would like.
#![cfg(unix)]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on says where"
)]

mod common;

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Output};
use std::thread;
use std::time::Duration;

use common::pty::Terminal;
use common::{Home, PROGRAM, SESSION, complaint, first_screen, is_plain};

const NO_SCREEN: &str = "There is no full screen here, so the program speaks line by line.";
const FIRST_PAGE: &str = "before you begin";
/// Copies to the clipboard, where a terminal gets it raw.
const HOSTILE: &str = "\u{1b}]52;c;x\u{7}\u{202e}";

/// The program in a terminal, but for what the shell takes away from it.
fn in_a_shell(home: &Home, line: &str) -> Terminal {
    let mut command = Command::new("/bin/sh");
    command.args(["-c", line, PROGRAM]);
    command.arg(home.root().join("out"));
    let surroundings = home.command(&[]);
    for (key, value) in surroundings.get_envs() {
        match value {
            Some(value) => command.env(key, value),
            None => command.env_remove(key),
        };
    }
    Terminal::running(&command)
}

fn has_escape(bytes: &[u8]) -> bool {
    bytes.contains(&0x1b)
}

#[test]
fn without_a_terminal_to_write_to_it_speaks_by_lines() {
    let home = Home::new();
    let mut terminal = in_a_shell(&home, r#""$0" >"$1""#);
    terminal.until(&[NO_SCREEN], &[]);
    terminal.send("leave\nleave\n");
    assert_eq!(terminal.end().0, 0);
    let out = fs::read_to_string(home.root().join("out")).unwrap();
    assert!(out.contains(FIRST_PAGE) && is_plain(&out), "{out:?}");
    assert!(!has_escape(&terminal.stream()));
}

#[test]
fn without_a_terminal_to_read_from_it_speaks_by_lines() {
    let home = Home::new();
    let mut terminal = in_a_shell(&home, r#""$0" </dev/null"#);
    let (code, shown) = terminal.end();
    assert_eq!(code, 0);
    for words in [NO_SCREEN, FIRST_PAGE, "There is no more input"] {
        let flat = shown.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(flat.contains(words), "{words} in {shown}");
    }
    assert!(!has_escape(&terminal.stream()));
}

#[test]
fn a_terminal_that_can_do_little_gets_lines() {
    for term in ["dumb", ""] {
        let home = Home::new();
        let mut terminal = Terminal::new(&home, &[], &[("TERM", term)]);
        terminal.until(&[NO_SCREEN, "You can type:"], &[]);
        terminal.send("leave\nleave\n");
        assert_eq!(terminal.end().0, 0);
        assert!(!has_escape(&terminal.stream()));
    }
}

/// The full screen, from home over some steps of a session to its help and the way out.
fn some_screens(env: &[(&str, &str)]) -> Vec<u8> {
    let home = Home::known();
    let mut terminal = Terminal::new(&home, &[], env);
    terminal.until(&["What would you like to do?"], &[]);
    for (key, words) in [
        ("\r", "Who is here today?"),
        ("\r", "The plan"),
        ("\r", first_screen()),
        (" ", "Everything is paused."),
        ("?", "Keys that work here"),
        ("\u{1b}", "Everything is paused."),
        ("c", "Phone the emergency number first."),
        // STOP goes through whatever lies over the session.
        ("s", "Nobody has to explain."),
        ("q", "Leave?"),
    ] {
        terminal.press(key, &[words]);
    }
    terminal.send("y");
    assert_eq!(terminal.end().0, 0);
    assert!(terminal.is_given_back());
    terminal.stream()
}

#[test]
fn where_only_ascii_is_understood_there_is_only_ascii() {
    for locale in [&[("LC_ALL", "C")][..], &[("LC_ALL", ""), ("LANG", "C")]] {
        let stream = some_screens(locale);
        assert!(stream.is_ascii(), "{}", String::from_utf8_lossy(&stream));
    }
}

#[test]
fn lines_too_are_only_ascii_where_nothing_else_is_understood() {
    let home = Home::known();
    let mut terminal = Terminal::new(&home, &["--plain"], &[("LC_ALL", "C")]);
    terminal.until(&["You can type:"], &[]);
    // Typed where the program waits: else what the terminal echoes stands in the middle of what is said.
    terminal.send("1\n2\n");
    terminal.until(&["Type here: a name."], &[]);
    terminal.send("Zo\u{eb} \u{2026}\n");
    terminal.until(&["And the second one?"], &[]);
    terminal.send("Ben\n\n2\n");
    let shown = terminal.until(&["the end"], &[]);
    assert!(shown.contains("Zoe . goes first."), "{shown}");
    // What the terminal itself echoes is the typed words as they are.
    let stream = String::from_utf8(terminal.stream()).unwrap();
    let said: Vec<&str> = stream
        .lines()
        .filter(|line| !line.contains("Zo\u{eb}"))
        .collect();
    assert!(said.iter().all(|line| line.is_ascii()), "{said:?}");
}

/// The numbers of every `ESC [ … m`.
fn looks(stream: &[u8]) -> Vec<u16> {
    let text = String::from_utf8_lossy(stream);
    let pieces = text.split("\u{1b}[").skip(1);
    let ends = pieces.filter_map(|piece| {
        let end = piece.find(|c: char| !c.is_ascii_digit() && !matches!(c, ';' | ':'))?;
        piece[end..]
            .starts_with('m')
            .then(|| piece[..end].to_owned())
    });
    ends.flat_map(|numbers| {
        numbers
            .split([';', ':'])
            .map(|n| n.parse().unwrap_or(0))
            .collect::<Vec<u16>>()
    })
    .collect()
}

#[test]
fn without_colours_there_is_still_weight() {
    let colour = |n: &u16| matches!(n, 30..=38 | 40..=48 | 90..=97 | 100..=107);
    let plain = looks(&some_screens(&[("NO_COLOR", "1")]));
    assert!(!plain.iter().any(colour), "{plain:?}");
    assert!(plain.contains(&1), "bold stays");
    assert!(looks(&some_screens(&[])).iter().any(colour));
}

fn nothing_raw(output: &Output) {
    let out = String::from_utf8(output.stdout.clone()).unwrap();
    for text in [out, complaint(output)] {
        assert!(is_plain(&text) && !text.contains('\u{202e}'), "{text:?}");
    }
}

#[test]
fn wrong_arguments_are_answered_with_2_and_no_raw_escape() {
    let home = Home::new();
    let file = format!("{HOSTILE}.toml");
    for arguments in [
        &["--frobnicate"][..],
        &["strat"],
        &[HOSTILE],
        &["start", HOSTILE],
        &["start", "nope"],
        &["start", "--minutes", HOSTILE],
        &["start", "--minutes", "5"],
        &["start", "--until", HOSTILE],
        &["start", "--minutes", "40", "--until", "20:00"],
        &["rehearse"],
        &["rehearse", HOSTILE],
        &["rehearse", &file],
        &["rehearse", "standard-pair", "--speed", "0"],
        &["rehearse", "standard-pair", "--seed", HOSTILE],
        &["scripts"],
        &["scripts", "check"],
        &["scripts", "check", &file],
        &["scripts", "check", HOSTILE],
    ] {
        let output = home.run(arguments, &[]);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {output:?}");
        assert!(!complaint(&output).is_empty(), "{arguments:?}");
        nothing_raw(&output);
    }
    let help = home.says(&["--help"], &[]);
    assert!(help.contains("rehearse standard-pair") && is_plain(&help));
    // Nothing of this made a file or a folder.
    assert_eq!(home.files().len(), 1, "{:?}", home.files());
}

#[test]
fn a_script_is_checked_with_0_1_or_2() {
    let home = Home::new();
    let scripts = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("scripts");
    let script = fs::read_to_string(scripts.join("solo-sitting.toml")).unwrap();
    let check = |name: &str, text: &str| {
        let path = home.root().join(name);
        fs::write(&path, text).unwrap();
        let output = home.run(&["scripts", "check", &path.to_string_lossy()], &[]);
        nothing_raw(&output);
        let said = String::from_utf8(output.stdout.clone()).unwrap();
        (output.status.code(), said, complaint(&output))
    };
    let (code, said, _) = check("clean.toml", &script);
    assert_eq!(code, Some(0));
    assert!(said.contains("clean.toml: no problems"), "{said}");

    let pushing = "\n[[stage.step]]\nall = \"Why is that so?\"\n";
    let closing = script.rfind("\n[[stage.step]]").unwrap_or(script.len());
    let (before, after) = script.split_at(closing);
    let (code, said, sum) = check("pushing.toml", &format!("{before}{pushing}{after}"));
    assert_eq!(code, Some(1), "{said}{sum}");
    assert!(said.contains("ask what, how or where"), "{said}");
    assert!(sum.contains("Errors: 0. Warnings: 1."), "{sum}");

    let broken = format!("{HOSTILE}{script}").replace("minutes", "minuets");
    let (code, said, sum) = check("broken.toml", &broken);
    assert_eq!(code, Some(2));
    assert!(said.contains("broken.toml:1:"), "{said}");
    assert!(sum.contains("Errors:"), "{sum}");
}

#[test]
fn a_rehearsal_is_the_same_each_time_and_leaves_nothing() {
    let home = Home::known();
    let before = home.files();
    let seeded = ["rehearse", "standard-pair", "--seed", "7", "--plain"];
    let first = home.says(&seeded, &[]);
    assert!(first.lines().count() > 15 && is_plain(&first), "{first}");
    assert_eq!(home.says(&seeded, &[]), first);
    assert_ne!(
        home.says(&["rehearse", "standard-pair", "--seed", "8"], &[]),
        first
    );

    let by_hand = ["rehearse", "standard-pair", "--plain"];
    let said = home.says(&by_hand, &SESSION[..20]);
    assert!(said.contains("nothing is kept"), "{said}");
    assert_eq!(home.files(), before);
}

#[test]
#[cfg(target_os = "linux")]
fn no_name_stands_where_other_accounts_can_read_it() {
    let home = Home::new();
    let talk = home.begun();
    for place in ["cmdline", "comm"] {
        let text = fs::read(format!("/proc/{}/{place}", talk.pid())).unwrap();
        let text = String::from_utf8_lossy(&text).into_owned();
        assert!(!text.contains("Ada") && !text.contains("Ben"), "{text}");
    }
    drop(talk);
    assert!(!home.holding("Ada").is_empty(), "the log has the names");
}

/// By lines in a terminal, rows break at words where it ends; in a pipe each line is whole.
#[test]
fn by_lines_rows_break_at_words_in_a_terminal_and_nowhere_in_a_pipe() {
    let home = Home::new();
    let whole = home.says(&["--plain"], &["1", "leave", "yes"]);
    let flat = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    // Where a home lies is another place each time.
    let lines = whole.lines().filter(|line| !line.contains('/'));
    let longest = lines.max_by_key(|line| line.chars().count());
    let longest = longest.unwrap();
    assert!(longest.chars().count() > 80, "{whole}");
    for columns in [40, 64, 120] {
        let home = Home::new();
        let mut terminal = Terminal::sized(&home, &["--plain"], (columns, 60));
        terminal.until(&["You can type:"], &[]);
        terminal.send("1\r");
        terminal.until(&[&flat(longest)], &[]);
        let stream = String::from_utf8(terminal.stream()).unwrap();
        for row in stream.lines().map(|row| row.trim_end_matches('\r')) {
            // Where a home lies is one word, however long.
            let one = row.trim_start_matches("> ").split(' ').count() == 1;
            let most = usize::from(columns).min(80);
            assert!(one || row.chars().count() <= most, "{columns}: {row}");
        }
        terminal.send("exit now\r");
        assert_eq!(terminal.end().0, 0);
    }
}

/// Only ASCII by choice, whatever the locale: on the screen and by lines, in a pipe too.
#[test]
fn ascii_is_a_choice_of_the_environment_or_of_the_settings_in_both_faces() {
    let home = Home::known();
    let typed = ["1", "2", "Zo\u{eb}", "Ben", "", "2", "", ""];
    assert!(home.says(&["--plain"], &typed).contains("Zo\u{eb} "));
    let by_env = |arguments: &[&str]| {
        let mut command = home.command(arguments);
        command.env("ALONGSIDE_ASCII", "1");
        command
    };
    let said = common::run(by_env(&["--plain"]), &typed).stdout;
    assert!(said.is_ascii(), "{}", String::from_utf8_lossy(&said));
    let terminal = Terminal::new(&home, &[], &[("ALONGSIDE_ASCII", "1")]);
    terminal.until(&["What would you like to do?", "1-"], &[]);
    assert!(terminal.shows().is_ascii(), "{}", terminal.shows());
    drop(terminal);
    home.settings("ascii = true\n");
    assert!(home.says(&["--plain"], &typed).is_ascii());
    let terminal = Terminal::new(&home, &[], &[]);
    terminal.until(&["What would you like to do?", "1-"], &[]);
    assert!(terminal.shows().is_ascii(), "{}", terminal.shows());
}

/// How often one of its threads went to sleep by itself, which is how often one was woken.
#[cfg(target_os = "linux")]
fn wakes(terminal: &Terminal) -> u64 {
    let tasks = fs::read_dir(format!("/proc/{}/task", terminal.pid())).unwrap();
    let of = |task: PathBuf| {
        let status = fs::read_to_string(task.join("status")).unwrap();
        let line = status
            .lines()
            .find_map(|line| line.strip_prefix("voluntary_ctxt_switches:"));
        line.unwrap().trim().parse::<u64>().unwrap()
    };
    tasks.map(|task| of(task.unwrap().path())).sum()
}

#[test]
#[cfg(target_os = "linux")]
fn where_nothing_changes_by_itself_it_sleeps_until_a_key() {
    let watched = ["rehearse", "benches/feel/measured.toml", "--speed", "1"];
    // Paused; the clock shown as a bar, and then not at all.
    for (keys, seen, not) in [
        (" ", "No time is running", "Look"),
        ("tt", "Look", "left for this"),
    ] {
        let home = Home::known();
        let mut terminal = Terminal::new(&home, &watched, &[]);
        terminal.until(&["Look around the room", "19:5"], &[]);
        // What a terminal says of itself is not waited for any more.
        terminal.send("\x1b[?62;22c");
        for (n, key) in keys.chars().enumerate() {
            if n > 0 {
                terminal.until(&["left for this"], &[]);
            }
            terminal.send(&key.to_string());
        }
        terminal.until(&[seen], &[not]);
        // Of the keys something may still be waited out; afterwards there is nothing.
        let still = (0..3).any(|_| {
            let before = wakes(&terminal);
            thread::sleep(Duration::from_secs(3));
            wakes(&terminal) == before
        });
        assert!(still, "{}", terminal.shows());
    }
}

/// What is printed to be read fits a narrow terminal, a braille line for one, and is ASCII where the terminal asks for it.
#[cfg(unix)]
#[test]
fn what_is_printed_wraps_like_the_lines_of_a_session() {
    let home = Home::new();
    let scripts = ["scripts", "show", "standard-pair"];
    for arguments in [
        &["crisis"][..],
        &scripts,
        &["scripts", "list"],
        &["history"],
    ] {
        let mut command = home.command(arguments);
        command.env("LANG", "C").env_remove("LC_ALL");
        let mut terminal = Terminal::running_in(&command, (40, 24));
        terminal.end();
        let said = String::from_utf8(terminal.stream()).unwrap();
        assert!(!said.trim().is_empty() && said.is_ascii(), "{said}");
        for line in said.lines() {
            let whole = !line.trim().contains(' ');
            assert!(line.len() <= 40 || whole, "{line:?}");
        }
    }
    let whole = home.says(&scripts, &[]);
    let long = |line: &str| line.chars().count() > 80;
    assert!(whole.lines().any(long), "a pipe gets whole lines");
}
