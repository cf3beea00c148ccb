//! What people expect of a command: help, suggestions, what a shell completes, pages of the manual, a file for a name.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on says where"
)]

mod common;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use common::{Home, PROGRAM, complaint, run};

const PAIR: &str = include_str!("scripts/pair.toml");

fn has(text: &str, words: &str) {
    assert!(text.contains(words), "no {words:?} in {text}");
}

/// Every command, as it is typed.
fn commands() -> Vec<Vec<String>> {
    let mut program = alongside::cli::command();
    program.build();
    let mut open = vec![(Vec::new(), program)];
    let mut all = Vec::new();
    while let Some((typed, command)) = open.pop() {
        for inner in command.get_subcommands() {
            let mut typed: Vec<String> = typed.clone();
            typed.push(inner.get_name().to_owned());
            all.push(typed.clone());
            open.push((typed, inner.clone()));
        }
    }
    all
}

#[test]
fn help_says_of_each_command_what_it_says_itself() {
    let home = Home::new();
    assert!(commands().len() > 20);
    for command in commands().into_iter().chain([Vec::new()]) {
        let typed: Vec<&str> = command.iter().map(String::as_str).collect();
        let by_help = home.says(&[&["help"], &typed[..]].concat(), &[]);
        assert_eq!(by_help, home.says(&[&typed[..], &["--help"]].concat(), &[]));
        has(&by_help, "Usage: alongside");
    }
}

#[test]
fn help_begins_with_what_people_want_first() {
    let help = Home::new().says(&["--help"], &[]);
    let top: Vec<&str> = help.lines().take(6).map(str::trim_start).collect();
    for first in [
        "alongside  ",
        "alongside rehearse standard-pair  ",
        "alongside now  ",
    ] {
        assert!(top.iter().any(|line| line.starts_with(first)), "{help}");
    }
    assert!(
        help.lines().all(|line| line.chars().count() <= 100),
        "{help}"
    );
}

#[test]
fn what_is_misspelt_is_suggested() {
    let home = Home::new();
    for (typed, meant) in [
        (&["strat"][..], "'start'"),
        (&["help", "rehearze"], "'rehearse'"),
        (&["scripts", "lst"], "'list'"),
        (&["completions", "bsh"], "'bash'"),
        (&["start", "--minuets", "20"], "'--minutes'"),
        (&["start", "standart-pair"], "`standard-pair`"),
        (&["rehearse", "standart-pair"], "`standard-pair`"),
        (&["scripts", "map", "standart-pair"], "`standard-pair`"),
    ] {
        let output = home.run(typed, &[]);
        assert_eq!(output.status.code(), Some(2), "{typed:?}");
        has(&complaint(&output), meant);
    }
}

#[test]
fn what_is_no_option_is_answered_with_a_way_that_works() {
    for typed in [
        &["--plain", "--home", "x", "notebook"][..],
        &["--home", "x", "--plain"],
    ] {
        let output = Home::new().run(typed, &[]);
        assert_eq!(output.status.code(), Some(2), "{output:?}");
        has(&complaint(&output), "Usage: alongside [OPTIONS] [COMMAND]");
    }
    // What an option does it does before and behind the command.
    for typed in [
        ["--plain", "notebook", "list"],
        ["notebook", "list", "--plain"],
    ] {
        has(&Home::new().says(&typed, &[]), "There is no notebook yet.");
    }
}

/// A home with a script of somebody's own.
fn with_own() -> Home {
    let home = Home::known();
    let scripts = home.root().join("config/alongside/scripts");
    fs::create_dir_all(&scripts).unwrap();
    fs::write(scripts.join("my-evening.toml"), PAIR).unwrap();
    home
}

/// What a shell is answered that asks how this goes on.
fn completed(home: &Home, typed: &[&str]) -> Vec<String> {
    let mut command = home.command(&["--", "alongside"]);
    command.args(typed).current_dir(home.root());
    command.env("ALONGSIDE_COMPLETE", "fish");
    let output = run(command, &[]);
    assert!(output.status.success(), "{output:?}");
    let text = String::from_utf8(output.stdout).unwrap();
    let names = text
        .lines()
        .map(|line| line.split('\t').next().unwrap_or_default());
    names.map(str::to_owned).collect()
}

#[test]
fn a_shell_completes_commands_scripts_of_both_kinds_and_files() {
    let home = with_own();
    fs::create_dir(home.root().join("given")).unwrap();
    fs::write(home.root().join("given/away.toml"), PAIR).unwrap();
    fs::write(home.root().join("given/away.txt"), "").unwrap();
    let holds = |typed: &[&str], names: &[&str]| {
        let all = completed(&home, typed);
        for name in names {
            assert!(
                all.iter().any(|one| one == name),
                "{typed:?}: {name} in {all:?}"
            );
        }
        all
    };
    holds(&["re"], &["resume", "rehearse"]);
    holds(&["scripts", "s"], &["show", "schema"]);
    holds(&["help", "fo"], &["forget"]);
    for command in [&["start"][..], &["rehearse"], &["scripts", "map"]] {
        let all = holds(&[command, &[""]].concat(), &["standard-pair", "my-evening"]);
        assert!(!all.iter().any(|one| one == "parts-turn"), "{all:?}");
        let files = holds(&[command, &["given/"]].concat(), &["given/away.toml"]);
        assert_eq!(files.len(), 1, "{files:?}");
    }
    holds(
        &["scripts", "show", ""],
        &["standard-pair", "my-evening", "parts-turn"],
    );
    let own = holds(&["scripts", "check", "my"], &["my-evening"]);
    assert_eq!(own.len(), 1, "{own:?}");
    let shipped = holds(&["scripts", "new", "x", "--from", ""], &["standard-pair"]);
    assert!(
        !shipped.iter().any(|one| one == "my-evening"),
        "{shipped:?}"
    );
    holds(&["crisis", "ire"], &["ireland"]);
    holds(
        &["scripts", "check", "--format", ""],
        &["long", "short", "json"],
    );
    // Names are personal: nobody completes them.
    let all: String = commands()
        .iter()
        .flat_map(|c| {
            let typed: Vec<&str> = c.iter().map(String::as_str).chain([""]).collect();
            completed(&home, &typed)
        })
        .collect();
    assert!(!all.contains("Ada") && !all.contains("Ben"), "{all}");
}

#[test]
fn what_a_shell_reads_names_the_program_and_no_place() {
    let home = Home::new();
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let text = home.says(&["completions", shell], &[]);
        has(&text, "ALONGSIDE_COMPLETE");
        has(&text, "alongside");
        let folder = Path::new(PROGRAM).parent().unwrap();
        assert!(!text.contains(&*folder.to_string_lossy()), "{text}");
    }
}

/// What bash, which took a line apart into these words, completes at its end.
#[cfg(unix)]
fn bash_completes(home: &Home, line: &str, words: &[&str]) -> String {
    let typed = r#"source <(alongside completions bash)
        COMP_LINE=$1; shift
        COMP_WORDS=("$@") COMP_CWORD=$(($# - 1)) COMP_TYPE=9
        _clap_complete_alongside alongside "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD - 1]}"
        printf '%s\n' "${COMPREPLY[@]}""#;
    let mut command = Command::new("bash");
    command.args(["--norc", "-c", typed, "bash", line]);
    command.args(words);
    for (key, value) in home.command(&[]).get_envs() {
        match value {
            Some(value) => command.env(key, value),
            None => command.env_remove(key),
        };
    }
    let folder = Path::new(PROGRAM).parent().unwrap();
    let paths = std::env::var("PATH").unwrap();
    command.env("PATH", format!("{}:{paths}", folder.display()));
    let output = run(command, &[]);
    assert!(output.stderr.is_empty(), "{output:?}");
    String::from_utf8(output.stdout).unwrap()
}

#[test]
#[cfg(unix)]
fn bash_completes_by_what_it_was_given() {
    let home = with_own();
    let line = "alongside start my";
    let found = bash_completes(&home, line, &["alongside", "start", "my"]);
    assert_eq!(found, "my-evening\n");
    // It takes words apart at these signs, and puts its answer in the place of the last piece.
    let until = ["alongside", "start", "--until", "19", ":", "30", "my"];
    let found = bash_completes(&home, "alongside start --until 19:30 my", &until);
    assert_eq!(found, "my-evening\n");
    let minutes = ["alongside", "start", "--minutes", "=", "60", "my"];
    let found = bash_completes(&home, "alongside start --minutes=60 my", &minutes);
    assert_eq!(found, "my-evening\n");
    let pace = ["alongside", "rehearse", "--pace", "=", "r"];
    let found = bash_completes(&home, "alongside rehearse --pace=r", &pace);
    assert_eq!(found, "real\n");
}

#[test]
fn each_command_has_a_page_of_the_manual() {
    let folder = tempfile::tempdir().unwrap();
    clap_mangen::generate_to(alongside::cli::command(), folder.path()).unwrap();
    for command in commands() {
        let page = format!("alongside-{}.1", command.join("-"));
        let text = fs::read_to_string(folder.path().join(&page));
        let text = text.unwrap_or_else(|why| panic!("{page}: {why}"));
        has(&text, ".SH DESCRIPTION");
    }
    has(
        &fs::read_to_string(folder.path().join("alongside.1")).unwrap(),
        "alongside\\-start(1)",
    );
}

/// A script that somebody was given, somewhere.
fn given(home: &Home, name: &str) -> PathBuf {
    let folder = home.root().join("given");
    fs::create_dir_all(&folder).unwrap();
    let file = folder.join(name);
    fs::write(&file, PAIR).unwrap();
    file
}

/// Begins a session from a file, and leaves it open.
fn begun_from(home: &Home, file: &str) {
    let mut command = home.command(&["start", file, "--plain"]);
    command.current_dir(home.root());
    let mut talk = common::Talk::new(command);
    let said = talk.say_all(&["", "", ""]);
    assert_eq!(home.logs().len(), 1, "{said}");
    talk.say("leave");
    talk.type_ahead(&["leave"]);
    assert!(talk.end().1.success());
}

#[test]
fn a_session_begins_from_a_file_and_is_gone_on_with() {
    // The second is called like a shipped script, and is another one.
    for name in ["looking-forward.toml", "standard-pair.toml"] {
        let home = Home::known();
        let file = given(&home, name);
        begun_from(&home, &format!("given/{name}"));
        let list = home.says(&["resume", "--list"], &[]);
        has(&list, "entries: ");
        let resumed = home.says(&["resume", "--plain"], &["leave", "leave"]);
        has(&resumed, "paused");
        // Changed or gone, it is not the script of this session any more; put back, it is.
        let place = file.to_string_lossy().into_owned();
        for change in [Some(format!("{PAIR}\n# more\n")), None] {
            match &change {
                Some(text) => fs::write(&file, text).unwrap(),
                None => fs::remove_file(&file).unwrap(),
            }
            let output = home.run(&["resume", "--plain"], &[]);
            assert_eq!(output.status.code(), Some(1), "{output:?}");
            has(&complaint(&output), &place);
        }
        fs::write(&file, PAIR).unwrap();
        home.says(&["resume", "--plain"], &["leave", "leave"]);
    }
}

#[test]
fn a_file_that_cannot_be_followed_says_why() {
    let home = Home::known();
    let file = given(&home, "broken.toml");
    fs::write(&file, "format = 1\n").unwrap();
    let file = file.to_string_lossy();
    let output = home.run(&["start", &file], &[]);
    assert_eq!(output.status.code(), Some(2));
    has(&String::from_utf8_lossy(&output.stdout), "broken.toml");
    let output = home.run(&["start", "given/nothing.toml"], &[]);
    assert_eq!(output.status.code(), Some(2));
    has(&complaint(&output), "given/nothing.toml");
    assert!(home.logs().is_empty());
}
