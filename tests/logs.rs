//! Logs that cannot be written, or are not as this program would have written them; and two programs at once.
#![cfg(unix)]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on says where"
)]

mod common;

use std::fs;
use std::path::PathBuf;

use common::{Home, SESSION, TO_THE_PLAN, complaint, is_plain};

/// A home with the log of a session that was cut off after some answers.
fn cut_off() -> (Home, PathBuf, String) {
    let home = Home::new();
    let mut talk = home.begun();
    talk.say_all(&SESSION[..11]);
    drop(talk);
    let log = home.log();
    let text = fs::read_to_string(&log).unwrap();
    (home, log, text)
}

/// A line of a log with another value in it, its checksum made right.
fn changed(line: &str, from: &str, to: &str) -> String {
    let value = line.split_once("\"line\":").unwrap().1;
    let value = value.strip_suffix('}').unwrap();
    assert!(value.contains(from), "{value}");
    let value = value.replace(from, to);
    let sum = crc32fast::hash(value.as_bytes());
    format!("{{\"sum\":\"{sum:08x}\",\"line\":{value}}}")
}

/// Whoever resumes is told why not, with these words, and nothing in the home has changed but the lock.
fn refused(home: &Home, words: &[&str]) {
    let files = |home: &Home| -> Vec<_> {
        let files = home.files().into_iter();
        files.filter(|(path, _)| !path.ends_with("lock")).collect()
    };
    let before = files(home);
    let output = home.run(&["resume", "--plain"], &["", "", "leave", "leave"]);
    let said = complaint(&output);
    assert_eq!(output.status.code(), Some(1), "{said}");
    let listed = home.says(&["resume", "--list"], &[]);
    for word in words {
        assert!(said.contains(word), "{word} in {said}");
        assert!(listed.contains(word), "{word} in {listed}");
    }
    assert!(is_plain(&said));
    assert_eq!(files(home), before);
}

#[test]
fn a_log_of_a_newer_format_is_left_as_it_is() {
    let (home, log, text) = cut_off();
    let (first, rest) = text.split_once('\n').unwrap();
    let newer = changed(first, "\"format\":[1,4]", "\"format\":[2,0]");
    fs::write(&log, format!("{newer}\n{rest}")).unwrap();
    refused(&home, &["newer `alongside`", "format 2.0", "reads 1.4"]);
}

/// An earlier build did something else with the same keys: what it wrote is text, and never told again wrongly.
#[test]
fn a_log_of_an_earlier_format_is_not_replayed() {
    let (home, log, text) = cut_off();
    let (first, rest) = text.split_once('\n').unwrap();
    let earlier = changed(first, "\"format\":[1,4]", "\"format\":[1,2]");
    fs::write(&log, format!("{earlier}\n{rest}")).unwrap();
    refused(&home, &["an earlier `alongside`", "plain text"]);
}

#[test]
fn a_damaged_log_is_left_as_it_is_and_the_line_is_named() {
    let (home, log, text) = cut_off();
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    lines[2] = lines[2].replacen("least", "lease", 1);
    assert!(lines[2].contains("lease"));
    fs::write(&log, lines.join("\n") + "\n").unwrap();
    refused(&home, &["damaged at line 3"]);
}

#[test]
fn a_log_of_another_script_is_not_replayed() {
    let (home, log, text) = cut_off();
    let (first, rest) = text.split_once('\n').unwrap();
    let other = changed(first, "\"hash\":\"", "\"hash\":\"0");
    fs::write(&log, format!("{other}\n{rest}")).unwrap();
    refused(&home, &["another version of `standard-pair`"]);
}

#[test]
fn a_log_that_does_not_fit_its_script_is_not_replayed() {
    let (home, log, text) = cut_off();
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    lines[1] = changed(
        &lines[1],
        "{\"rated\":{\"least\":4}}",
        "{\"answer\":{\"n\":77}}",
    );
    fs::write(&log, lines.join("\n") + "\n").unwrap();
    refused(&home, &["does not fit the script"]);
}

#[test]
fn a_torn_tail_is_said_and_set_aside_and_the_session_goes_on() {
    let (home, log, text) = cut_off();
    let torn = "{\"sum\":\"1c291ca3\",\"line\":{\"seq\":2";
    fs::write(&log, format!("{text}{torn}")).unwrap();
    let mut talk = home.talk(&["resume", "--plain"]);
    let said = String::from_utf8(talk.heard.clone()).unwrap();
    assert!(
        said.contains("was not whole; it was set aside in"),
        "{said}"
    );
    assert!(said.contains("Stage: agreement"), "{said}");
    assert_eq!(
        fs::read_to_string(log.with_extension("torn")).unwrap(),
        torn
    );
    talk.say("");
    talk.say_all(&SESSION[11..]);
    assert!(talk.end().1.success());
    assert_eq!(home.logs(), Vec::<PathBuf>::new());
    assert!(
        !log.with_extension("torn").exists(),
        "nothing is kept uninvited"
    );
}

#[test]
fn a_log_that_cannot_be_resumed_is_not_in_the_way_of_one_that_can() {
    let (home, log, text) = cut_off();
    let later = log.with_file_name("2999-12-31-2359.jsonl");
    fs::write(
        &later,
        text.replace("check", "kcehc").replacen("go-on", "go-no", 1),
    )
    .unwrap();
    let said = home.says(&["resume", "--plain"], &["", "leave", "leave"]);
    assert!(said.contains("This is where you were."), "{said}");
    assert_eq!(home.logs().len(), 2);
}

#[test]
fn two_programs_never_write_the_same_place() {
    let home = Home::new();
    let mut first = home.begun();
    let pid = format!("process {}", first.pid());
    // The first one goes on, and knows what time it is.
    let files = || -> Vec<_> {
        let files = home.files().into_iter();
        files.filter(|(path, _)| !path.ends_with("beat")).collect()
    };
    let before = files();

    let output = home.run(&["resume", "--plain"], &[]);
    assert_eq!(output.status.code(), Some(75));
    assert!(complaint(&output).contains(&pid), "{output:?}");

    // Beginning another one and putting the running one aside are refused as well; both pages stay.
    let said = home.says(
        &["--plain"],
        &["1", "1", "Cem", "Dan", "", "", "", "", "leave", "leave"],
    );
    assert!(said.contains(&pid), "{said}");
    let said = home.says(&["--plain"], &["resume", "2", "2", "leave", "leave"]);
    assert!(said.contains(&pid), "{said}");
    assert_eq!(files(), before);

    let said = first.say_all(SESSION);
    assert!(said.contains("The session is closed."), "{said}");
}

/// The folder of the logs cannot be made: something that is no folder stands above it.
#[test]
fn a_session_that_cannot_be_saved_goes_on_and_says_so() {
    let home = Home::new();
    fs::write(home.root().join("state"), "").unwrap();
    let (_, session) = SESSION.split_last().unwrap();
    let typed = [TO_THE_PLAN, &["1"], session, &["2", "leave", "leave"]].concat();
    let said = home.says(&["--plain"], &typed);
    assert!(
        said.contains("Please note: this session is not being saved:"),
        "{said}"
    );
    assert!(said.contains("/state") && said.contains("The session goes on meanwhile"));
    assert!(said.contains("The session is closed."), "{said}");
    assert!(
        !said.contains("Everything that was accepted is kept"),
        "nothing is promised: {said}"
    );
}

/// What people chose to keep cannot be kept: it is said, and the log stays so that it can be kept later.
#[test]
fn an_outline_that_cannot_be_kept_now_is_kept_later() {
    let home = Home::new();
    fs::write(home.root().join("data"), "").unwrap();
    let mut talk = home.begun();
    let said = talk.say_all(SESSION);
    assert!(said.contains("The session is closed."), "{said}");
    assert!(
        String::from_utf8_lossy(&talk.heard).contains("/data"),
        "{said}"
    );
    drop(talk);
    assert_eq!(home.logs().len(), 1);

    fs::remove_file(home.root().join("data")).unwrap();
    let said = home.says(&["resume", "--plain"], &["leave", "leave"]);
    assert!(said.contains("The session is closed."), "{said}");
    assert_eq!(home.logs(), Vec::<PathBuf>::new());
    let record = fs::read_to_string(home.data().join("record.jsonl")).unwrap();
    assert_eq!(record.lines().count(), 2);
}
