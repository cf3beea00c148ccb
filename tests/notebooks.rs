//! Notebooks through the whole program: it is killed at any moment, the disk takes nothing, two want the same one,
//! and what is sealed lies open nowhere.
#![cfg(unix)]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on says where"
)]

mod common;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use alongside::notebook::{Keeping, OpenNotebook, Passphrase};
use common::desk::{ada, home};
use common::pty::Terminal;
use common::{Home, Talk, complaint};

/// How often it is killed; `ALONGSIDE_KILLS` asks for more.
const KILLS: usize = 100;
/// The words that open the notebooks here.
const WORDS: &str = "tea and toast and jam";
const CANARY: &str = "kanarienvogel-7351";

fn passphrase() -> Passphrase {
    Passphrase::new(WORDS.into())
}

fn sealed() -> Home {
    home(&Keeping::Sealed(passphrase()))
}

/// The notebook opens with nothing to say about damage.
fn opened(home: &Home) -> OpenNotebook {
    let mut open = ada(home).open(Some(&passphrase())).unwrap();
    assert_eq!(open.take_said(), []);
    open
}

/// Every note and promise that is in it, in order.
fn kept(home: &Home) -> Vec<String> {
    let open = opened(home);
    let notes = open.book().notes().iter().map(|note| note.words.clone());
    let promises = open
        .book()
        .promises()
        .iter()
        .map(|one| one.made.words.clone());
    let mut all: Vec<String> = notes.chain(promises).collect();
    all.sort();
    all
}

/// What is typed up to one answer of the program, and what the notebook holds more when that has come.
struct Step {
    lines: Vec<String>,
    writes: Option<String>,
    /// Everything that this session wrote is taken back.
    drops: bool,
}

fn step(lines: &[&str]) -> Step {
    Step {
        lines: lines.iter().map(|line| (*line).to_owned()).collect(),
        writes: None,
        drops: false,
    }
}

fn writes(lines: &[&str], words: &str) -> Step {
    let lines: Vec<String> = lines.iter().map(|line| line.replace("{}", words)).collect();
    Step {
        lines,
        writes: Some(words.into()),
        drops: false,
    }
}

/// Notes written on the pages of the notebook, one after the other.
fn pages(is_sealed: bool) -> Vec<Step> {
    let mut steps = vec![step(&["1"])];
    if is_sealed {
        steps.push(step(&[WORDS]));
    }
    for n in 0..6 {
        steps.push(step(&["2"]));
        steps.push(writes(
            &["{}", "and a second line", "."],
            &format!("page {n}"),
        ));
    }
    steps
}

/// A session from home to its closing, where all or nothing of the person's own words stays.
fn session(keeps: bool) -> Vec<Step> {
    let mut steps: Vec<Step> = (0..4).map(|_| step(&[""])).collect();
    steps.push(writes(&["{}", "."], "one of the session"));
    steps.push(writes(&["{}", "."], "another of the session"));
    // A promise: its days, whom it is for, a hint, and then the words.
    steps.push(step(&["1"]));
    steps.push(step(&["/pass"]));
    steps.push(step(&["/pass"]));
    steps.push(writes(&["{}", "."], "a promise of the session"));
    steps.push(step(&["1"]));
    steps.push(step(&["1"]));
    let last = steps.len() - 1;
    if !keeps && let Some(closing) = steps.get_mut(last) {
        closing.lines = vec!["4".into()];
        closing.drops = true;
    }
    steps
}

/// What a walk came to: what must be there, and what may be.
struct Walked {
    must: Vec<String>,
    may: Vec<String>,
}

fn killed(home: &Home, arguments: &[&str], steps: &[Step], chance: &mut fastrand::Rng) -> Walked {
    let mut talk = Talk::new(home.command(arguments));
    talk.hear_prompts(1);
    let before = talk.prompts();
    for step in steps {
        let lines: Vec<&str> = step.lines.iter().map(String::as_str).collect();
        talk.type_ahead(&lines);
    }
    talk.hear_prompts(before + chance.usize(0..=steps.len()));
    // Somewhere in the middle of what comes next.
    for _ in 0..chance.u32(..400_000) {
        std::hint::spin_loop();
    }
    talk.kill();
    let acknowledged = talk.prompts() - before;
    let (mut must, mut may) = (Vec::new(), Vec::new());
    for (n, step) in steps.iter().enumerate() {
        // One more than was answered may have been written.
        if n > acknowledged {
            break;
        }
        if step.drops {
            may.append(&mut must);
            if n < acknowledged {
                may.clear();
            }
        }
        match &step.writes {
            Some(words) if n < acknowledged => must.push(words.clone()),
            Some(words) => may.push(words.clone()),
            None => {}
        }
    }
    Walked { must, may }
}

/// Types a page and waits until it is taken; the lines of a page have no answers of their own.
fn write_page(talk: &mut Talk, words: &str) {
    let before = talk.prompts();
    talk.type_ahead(&[words, "."]);
    talk.hear_prompts(before + 1);
}

fn kills() -> usize {
    let asked = std::env::var("ALONGSIDE_KILLS").ok();
    asked.and_then(|asked| asked.parse().ok()).unwrap_or(KILLS)
}

#[test]
fn whenever_it_is_killed_what_was_acknowledged_is_in_the_notebook() {
    let seed = std::env::var("ALONGSIDE_SEED").ok();
    let seed = seed
        .and_then(|seed| seed.parse().ok())
        .unwrap_or_else(|| fastrand::u64(..));
    println!("ALONGSIDE_SEED={seed}");
    let mut chance = fastrand::Rng::with_seed(seed);
    let (mut written, mut open_ended) = (0, 0);
    for kill in 0..kills() {
        let is_sealed = kill % 2 == 0;
        let home = if is_sealed {
            sealed()
        } else {
            home(&Keeping::Plain)
        };
        let (arguments, steps): (&[&str], _) = match kill % 3 {
            0 => (&["notebook", "--plain"], pages(is_sealed)),
            1 => (&["--plain"], session(true)),
            _ => (&["--plain"], session(false)),
        };
        let walked = killed(&home, arguments, &steps, &mut chance);
        let kept = kept(&home);
        let first = |words: &str| words.lines().next().unwrap_or_default().to_owned();
        let kept: Vec<String> = kept.iter().map(|words| first(words)).collect();
        for words in &walked.must {
            let times = kept.iter().filter(|kept| *kept == words).count();
            assert_eq!(times, 1, "kill {kill}: {words} in {kept:?}");
        }
        for words in &kept {
            let is_known = walked.must.contains(words) || walked.may.contains(words);
            assert!(is_known, "kill {kill}: {words} is not dropped");
        }
        // What is open still can be gone on with.
        home.says(&["resume", "--list"], &[]);
        written += walked.must.len();
        open_ended += usize::from(kept.len() > walked.must.len());
        println!("kill {kill}: {} kept", kept.len());
    }
    println!("{written} acknowledged entries, {open_ended} kills between the disk and the answer");
}

/// The log's disk failed after the first lines, the notebook's did not: what the resumed session writes stands beside
/// what was written before, and replaces none of it.
#[test]
fn a_note_that_the_log_never_heard_of_is_not_replaced_by_a_later_one() {
    for keeping in [Keeping::Plain, Keeping::Sealed(passphrase())] {
        let home = home(&keeping);
        let mut talk = Talk::new(home.command(&["--plain"]));
        talk.say_all(&["", "", "", ""]);
        write_page(&mut talk, "the first");
        write_page(&mut talk, "the second");
        talk.kill();
        // As if these lines had never reached the disk.
        let log = fs::read_to_string(home.log()).unwrap();
        let before = log.find("\"sealed\"").unwrap();
        let line = log[..before].rfind('\n').unwrap();
        fs::write(home.log(), &log[..=line]).unwrap();
        let mut talk = Talk::new(home.command(&["resume", "--plain"]));
        talk.say("");
        write_page(&mut talk, "the third");
        talk.kill();
        assert_eq!(kept(&home), ["the first", "the second", "the third"]);
    }
}

/// A disk on which no file takes a byte: the limit is on the size of files.
fn on_a_full_disk(home: &Home, arguments: &[&str]) -> Command {
    through("trap '' XFSZ; ulimit -f 0", &home.command(&[]), arguments)
}

/// The same program with these arguments, after a shell has changed its limits.
fn through(limits: &str, command: &Command, arguments: &[&str]) -> Command {
    let mut shell = Command::new("sh");
    shell.args(["-c", &format!("{limits}; exec \"$@\""), "sh"]);
    shell.arg(command.get_program()).args(arguments);
    for (key, value) in command.get_envs() {
        match value {
            Some(value) => shell.env(key, value),
            None => shell.env_remove(key),
        };
    }
    shell
}

#[test]
fn where_the_disk_takes_nothing_a_sentence_says_so_and_nothing_is_lost() {
    for keeping in [Keeping::Plain, Keeping::Sealed(passphrase())] {
        let home = home(&keeping);
        let is_sealed = matches!(keeping, Keeping::Sealed(_));
        ada(&home).add(&[]).unwrap();
        let mut lines = vec!["1"];
        if is_sealed {
            lines.push(WORDS);
        }
        lines.extend(["2", "what I wrote", "."]);
        let before = home.files();
        let output = common::run(on_a_full_disk(&home, &["notebook", "--plain"]), &lines);
        let said = String::from_utf8(output.stdout.clone()).unwrap();
        let place = home.data().join("notebooks").to_string_lossy().into_owned();
        assert!(said.contains(&place), "{said} {}", complaint(&output));
        assert!(!said.contains("It is in your notebook."), "{said}");
        assert!(output.status.success(), "{output:?}");
        let is_lock = |path: &Path| path.ends_with("lock");
        let after: Vec<_> = home
            .files()
            .into_iter()
            .filter(|(path, _)| !is_lock(path))
            .collect();
        let before: Vec<_> = before
            .into_iter()
            .filter(|(path, _)| !is_lock(path))
            .collect();
        assert_eq!(before, after);
        assert_eq!(kept(&home), Vec::<String>::new());
    }
}

#[test]
fn a_closing_on_a_full_disk_says_what_is_not_kept_and_harms_nothing() {
    let home = home(&Keeping::Plain);
    // The record and the people of a session before.
    home.says(
        &["--plain"],
        &["", "", "", "", "/pass", "/pass", "pass", "1", ""],
    );
    let files = ["people.toml", "record.jsonl"].map(|name| home.data().join(name));
    let read = || files.each_ref().map(|path| fs::read(path).unwrap());
    let before = read();
    let output = common::run(
        on_a_full_disk(&home, &["--plain"]),
        &["", "", "", "", "/pass", "/pass", "pass", "1", ""],
    );
    let said = String::from_utf8(output.stdout.clone()).unwrap();
    assert!(output.status.success(), "{output:?}");
    assert!(said.contains("this session is not being saved"), "{said}");
    let closed = said.split("The session is closed.").nth(1).unwrap();
    let place = files[0].to_string_lossy().into_owned();
    let at = closed.find(&place).unwrap_or_else(|| panic!("{said}"));
    let first = closed.find("What would you like to do?");
    assert!(first.is_none_or(|first| at < first), "{said}");
    assert_eq!(read(), before);
    let names: Vec<PathBuf> = fs::read_dir(home.data())
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_file() && !files.contains(path) && !path.ends_with("people.lock"))
        .collect();
    assert_eq!(names, Vec::<PathBuf>::new());
}

#[test]
fn two_programs_want_the_same_notebook() {
    let home = home(&Keeping::Plain);
    let mut first = home.talk(&["notebook", "--plain"]);
    first.say("1");
    let mut second = home.talk(&["notebook", "--plain"]);
    let said = second.say("1");
    let pid = first.pid().to_string();
    assert!(
        said.contains("is open in another window") && said.contains(&pid),
        "{said}"
    );
    // Another session adds to it all the same.
    let mut third = home.talk(&["--plain"]);
    let _ = third.say_all(&["", "", "", ""]);
    write_page(&mut third, "meanwhile");
    first.say("2");
    write_page(&mut first, "at the desk");
    first.kill();
    let said = second.say("1");
    assert!(said.contains("Ada's pages"), "{said}");
    second.kill();
    third.kill();
    assert_eq!(kept(&home), ["at the desk", "meanwhile"]);
}

/// The files of a sealed notebook in which a canary was written on every way there is.
fn with_a_canary() -> Home {
    let home = sealed();
    let temp = home.root().join("tmp");
    fs::create_dir_all(&temp).unwrap();
    let mut command = through(
        "ulimit -c unlimited",
        &home.command(&[]),
        &["notebook", "--plain"],
    );
    command.env("TMPDIR", &temp).current_dir(home.root());
    let mut talk = Talk::new(command);
    talk.say_all(&["1", WORDS, "2"]);
    write_page(&mut talk, CANARY);
    talk.say_all(&["5", "1", CANARY, "1", "3", CANARY]);
    // It dies as a fault lets it die, where the limit of the system allows a core of any size.
    let pid = rustix::process::Pid::from_raw(i32::try_from(talk.pid()).unwrap()).unwrap();
    rustix::process::kill_process(pid, rustix::process::Signal::SEGV).unwrap();
    talk.kill();
    let mut command = home.command(&["--plain"]);
    command.env("TMPDIR", &temp).current_dir(home.root());
    let mut talk = Talk::new(command);
    talk.say_all(&["", "", "", ""]);
    write_page(&mut talk, CANARY);
    talk.kill();
    home
}

#[test]
fn a_canary_sings_in_no_file() {
    let home = with_a_canary();
    assert_eq!(home.holding(CANARY), Vec::<PathBuf>::new());
    let is_core = |path: &Path| {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        name == "core" || name.starts_with("core.")
    };
    assert!(!home.files().iter().any(|(path, _)| is_core(path)));
    let open = opened(&home);
    let notes = open.book().notes().iter();
    assert_eq!(notes.filter(|note| note.words == CANARY).count(), 2);
    let known = open.book().parts().first().unwrap();
    assert_eq!(
        (known.part.name.as_str(), known.part.job.as_str()),
        (CANARY, CANARY)
    );
}

/// A tool of the age format that asks for the passphrase on its terminal: the one that `.ci/run` installs, or one that
/// is here.
fn tool() -> Option<PathBuf> {
    let asked = std::env::var_os("ALONGSIDE_AGE").map(PathBuf::from);
    let path = std::env::var_os("PATH").unwrap_or_default();
    let found = std::env::split_paths(&path)
        .flat_map(|folder| [folder.join("rage"), folder.join("age")])
        .find(|path| path.is_file());
    asked.or(found)
}

#[test]
fn another_tool_opens_a_sealed_notebook() {
    let Some(tool) = tool() else {
        println!("neither age nor rage is here; ALONGSIDE_AGE names one");
        return;
    };
    let home = sealed();
    ada(&home).add(&[note("what I wrote")]).unwrap();
    drop(opened(&home));
    ada(&home).add(&[note("and later")]).unwrap();
    let folder = ada(&home).folder().to_path_buf();
    let new = fs::read_dir(folder.join("new")).unwrap().next().unwrap();
    for (file, words) in [
        (folder.join("book.age"), "what I wrote"),
        (new.unwrap().path(), "and later"),
    ] {
        let plain = home.root().join("plain");
        let mut command = Command::new(&tool);
        command.arg("-d").arg("-i").arg(folder.join("identity.age"));
        command
            .arg("-o")
            .arg(&plain)
            .arg(&file)
            .env("PINENTRY_PROGRAM", "");
        let mut terminal = Terminal::running(&command);
        terminal.until(&["assphrase"], &[]);
        terminal.send(&format!("{WORDS}\r"));
        let (code, shown) = terminal.end();
        assert_eq!(code, 0, "{shown}");
        let text = fs::read_to_string(&plain).unwrap();
        assert!(text.contains(words), "{text}");
        fs::remove_file(&plain).unwrap();
    }
}

fn note(words: &str) -> alongside::notebook::NotebookEntry {
    common::desk::entry(&serde_json::json!({"entry": "note", "words": words}))
}

#[test]
fn what_is_taken_out_is_seen_first_and_written_where_one_says() {
    use std::os::unix::fs::PermissionsExt;
    let home = sealed();
    ada(&home)
        .add(&[note("for you alone"), note("for my therapist")])
        .unwrap();
    let folder = home.root().join("out");
    fs::create_dir_all(&folder).unwrap();
    let place = folder.to_string_lossy().into_owned();
    let mut talk = home.talk(&["export", "--plain"]);
    let said = talk.say_all(&["1", WORDS, "1"]);
    let line = said
        .lines()
        .rev()
        .find(|line| line.contains("for my therapist"));
    let number = line.unwrap().split_whitespace().next().unwrap().to_owned();
    let said = talk.say_all(&[&number, ""]);
    assert!(
        said.contains("Not therapy") && said.contains("for my therapist"),
        "{said}"
    );
    assert_eq!(fs::read_dir(&folder).unwrap().count(), 0);
    let said = talk.say_all(&["1", "/no/such/folder"]);
    assert!(said.contains("is not an existing folder"), "{said}");
    let said = talk.say(&place);
    assert!(said.contains("It is plain text"), "{said}");
    // Everything, twice, and the next session.
    for _ in 0..2 {
        talk.say_all(&["2", "1", &place]);
    }
    talk.kill();
    let mut names: Vec<PathBuf> = fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    names.sort();
    assert_eq!(names.len(), 3, "{names:?}");
    for path in &names {
        let mode = fs::metadata(path).unwrap().permissions().mode() & 0o7777;
        assert_eq!(mode, 0o600, "{}", path.display());
    }
    let texts: Vec<String> = names
        .iter()
        .map(|path| fs::read_to_string(path).unwrap())
        .collect();
    let holding = |words: &str| texts.iter().filter(|text| text.contains(words)).count();
    assert_eq!(
        (holding("for my therapist"), holding("for you alone")),
        (3, 2)
    );
}
