//! Walks through the shipped scripts, told in text files that need no programming to read or to add to.
//!
//! `tests/walks/SCRIPT/what-it-shows.txt`: a paragraph that says what it shows, then one line for each
//! thing that happens. `tests/walks/README.md` lists the lines there are.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a helper of a test fails as loudly as a test, and tells a table"
)]

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use alongside::rehearsal::{EVENING, pretend_begin};
use alongside::script::{Script, Who, shipped};
use alongside::session::Session;
use alongside::session::intent::{Effect, GateWord, Intent};
use alongside::session::scene::{Scene, SceneChoice, Verb};
use alongside::session::setup::Length;
use alongside::time::moment::Moment;

/// How long each thing takes.
const BREATH: Duration = Duration::from_secs(3);
/// How often a walk goes on to come to something.
const PATIENCE: usize = 400;

struct Walk {
    script: Arc<Script>,
    people: Vec<String>,
    minutes: u16,
    session: Option<Session>,
    now: Moment,
    /// Whether what was asked last brought the crisis card.
    card: bool,
    /// Words that never stand on a screen from here on.
    never: Vec<String>,
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/walks")
}

/// Every walk: the script of its folder, its path, its text.
fn walks() -> Vec<(String, PathBuf, String)> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder()).unwrap() {
        let place = entry.unwrap().path();
        if !place.is_dir() {
            continue;
        }
        let script = place.file_name().unwrap().to_str().unwrap().to_owned();
        for entry in fs::read_dir(&place).unwrap() {
            let path = entry.unwrap().path();
            let text = fs::read_to_string(&path).unwrap();
            found.push((script.clone(), path, text));
        }
    }
    found.sort();
    found
}

/// The lines of a walk with their numbers, without its first paragraph and without remarks.
fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let told = text.lines().position(|line| line.trim().is_empty());
    text.lines()
        .enumerate()
        .skip(told.unwrap_or(0))
        .map(|(at, line)| (at + 1, line.split(" #").next().unwrap_or("").trim()))
        .filter(|(_, line)| !line.is_empty() && !line.starts_with('#'))
}

/// The first word or two of a line, and the rest of it.
fn parts(line: &str) -> (&str, &str) {
    if let Some(rest) = line.strip_prefix("go on") {
        return ("go on", rest.trim());
    }
    let (verb, rest) = line.split_once(' ').unwrap_or((line, ""));
    (verb, rest.trim())
}

/// Everything that stands on a screen.
fn words(scene: &Scene) -> Vec<String> {
    let mut words: Vec<String> = scene.prompt.iter().map(ToString::to_string).collect();
    words.extend(
        scene
            .list
            .iter()
            .map(|item| format!("{} {}", item.lead, item.words)),
    );
    words.extend(
        scene
            .whispers
            .iter()
            .map(|whisper| whisper.words.to_string()),
    );
    words.extend(scene.choices.iter().map(|choice| choice.says.to_string()));
    words.extend(scene.notice.iter().map(ToString::to_string));
    words.push(scene.title.to_string());
    words
}

impl Walk {
    fn session(&mut self) -> &mut Session {
        let (script, people) = (&self.script, &self.people);
        let (minutes, now) = (self.minutes, self.now);
        self.session.get_or_insert_with(|| {
            let mut begin = pretend_begin(script, minutes, 0, now);
            begin.people.clone_from(people);
            begin.length = Length::Minutes(minutes);
            begin.first = Who(0);
            Session::begin(script, begin).unwrap()
        })
    }

    fn scene(&mut self) -> Scene {
        let now = self.now;
        self.session().scene(now)
    }

    fn ask(&mut self, intent: Intent) -> Result<(), String> {
        self.wait(BREATH)?;
        let now = self.now;
        let asked = self.session().apply(intent, now);
        let effects = asked.map_err(|refused| refused.0.to_string())?;
        self.card = effects.contains(&Effect::Card);
        let seen = self.never.clone().into_iter().find(|said| self.sees(said));
        seen.map_or(Ok(()), |said| Err(format!("here stands: {said}")))
    }

    /// Time goes by, with everything that it brings about.
    fn wait(&mut self, time: Duration) -> Result<(), String> {
        let until = self.now.later(time);
        let mut left = time;
        while let Some(event) = self.event().filter(|event| *event <= left) {
            left -= event;
            self.now = self.now.later(event);
            let now = self.now;
            let told = self.session().apply(Intent::TimePassed, now);
            told.map_err(|refused| refused.0.to_string())?;
        }
        self.now = until;
        if self
            .session
            .as_ref()
            .is_some_and(|session| !session.is_closed())
        {
            let told = self.session().apply(Intent::TimePassed, until);
            told.map_err(|refused| refused.0.to_string())?;
        }
        Ok(())
    }

    fn event(&mut self) -> Option<Duration> {
        let now = self.now;
        self.session().next_event(now)
    }

    fn sees(&mut self, wanted: &str) -> bool {
        words(&self.scene())
            .iter()
            .any(|said| said.contains(wanted))
    }

    fn who(&self, name: &str) -> Result<Who, String> {
        let at = self.people.iter().position(|known| known == name);
        at.map(Who::at).ok_or(format!("nobody is called {name}"))
    }

    fn choose(&mut self, fits: impl Fn(&SceneChoice) -> bool) -> Result<(), String> {
        let scene = self.scene();
        match scene.choices.into_iter().find(fits) {
            Some(choice) => self.ask(choice.intent),
            None => Err("there is no such choice".to_owned()),
        }
    }

    /// What Enter asks here.
    fn go_on(&mut self) -> Result<(), String> {
        self.ask(Intent::GoOn)
    }

    /// On where nothing is asked, and past where something is.
    fn on_or_past(&mut self) -> Result<(), String> {
        let mut offers = self.scene().offers.into_iter();
        let on = offers.find(|offer| matches!(offer.verb, Verb::GoOn | Verb::Pass));
        self.ask(on.map_or(Intent::GoOn, |offer| offer.intent()))
    }

    fn until(&mut self, mut done: impl FnMut(&mut Self) -> bool) -> Result<(), String> {
        for _ in 0..PATIENCE {
            if done(self) {
                return Ok(());
            }
            self.on_or_past()?;
        }
        Err("it never comes".to_owned())
    }

    #[allow(clippy::too_many_lines, reason = "one arm for each line there is")]
    fn line(&mut self, verb: &str, rest: &str) -> Result<(), String> {
        match (verb, rest) {
            ("people", names) => {
                self.people = names
                    .split(',')
                    .map(|name| name.trim().to_owned())
                    .collect();
                Ok(())
            }
            ("minutes", n) => {
                self.minutes = n.parse().map_err(|_| format!("{n} is no number"))?;
                Ok(())
            }
            ("script", name) if name == self.script.name => Ok(()),
            ("see", text) if self.sees(text) => Ok(()),
            ("see", _) => Err("that is not on the screen".to_owned()),
            ("never", text) => {
                self.never.push(text.to_owned());
                Ok(())
            }
            ("card", "") => (self.card.then_some(())).ok_or("the card did not open".to_owned()),
            ("until", text) => self.until(|walk| walk.sees(text)),
            ("stage", title) => {
                let at = self.scene().title;
                let starts = at.as_str().starts_with(title);
                starts.then_some(()).ok_or(format!("the stage is {at}"))
            }
            ("go on" | "resume", "") => self.go_on(),
            ("pass", "") => self.ask(Intent::Pass),
            ("answer", text) => self.choose(|choice| choice.says.as_str().starts_with(text)),
            ("rate", n) => {
                let value = n.parse().map_err(|_| format!("{n} is no number"))?;
                self.ask(Intent::Rate { value })
            }
            ("yes", name) => {
                let who = self.who(name)?;
                self.ask(Intent::Yes { who })
            }
            ("no", name) => {
                let who = self.who(name)?;
                let scene = self.scene();
                let says_no = scene
                    .choices
                    .iter()
                    .any(|choice| matches!(choice.intent, Intent::No { .. }));
                // Where a no has no place of its own, passing is the no.
                self.ask(if says_no {
                    Intent::No { who }
                } else {
                    Intent::Pass
                })
            }
            ("gate", word) => {
                let says = match word {
                    "go" => GateWord::Go,
                    "short" => GateWord::Short,
                    "not today" => GateWord::NotToday,
                    other => return Err(format!("{other} is no word of the gate")),
                };
                self.ask(Intent::Gate { says })
            }
            ("first", name) => {
                let who = self.who(name)?;
                self.ask(Intent::First { who })
            }
            ("write", text) => self.ask(Intent::Write { words: text.into() }),
            ("wait", text) => {
                let (n, unit) = text.split_once(' ').unwrap_or((text, "seconds"));
                let n: u64 = n.parse().map_err(|_| format!("{n} is no number"))?;
                let seconds = if unit.starts_with("minute") {
                    n * 60
                } else {
                    n
                };
                self.wait(Duration::from_secs(seconds))
            }
            ("aside", text) => {
                self.ask(Intent::Asides)?;
                self.choose(|choice| choice.says.as_str().starts_with(text))
            }
            ("more", n) => {
                let minutes = n.parse().map_err(|_| format!("{n} is no number"))?;
                self.ask(Intent::More)?;
                self.ask(Intent::MoreBy { minutes })
            }
            ("land", "") => self.ask(Intent::Land),
            ("back", "") => self.ask(Intent::Back),
            ("unsure", "") => self.ask(Intent::Unsure),
            ("pause", "") => self.ask(Intent::Pause),
            ("stop", "") => self.ask(Intent::Stop),
            ("skip", "") => {
                self.ask(Intent::Skip)?;
                (0..self.people.len()).try_for_each(|at| self.ask(Intent::Yes { who: Who::at(at) }))
            }
            ("end", how) => {
                self.until(|walk| walk.session().is_closed())?;
                let whole = self.session().outline().unwrap().whole;
                let was = if whole { "whole" } else { "early" };
                (was == how).then_some(()).ok_or(format!("it ended {was}"))
            }
            (_, _) => Err("there is no such line".to_owned()),
        }
    }
}

/// A walk before its first line.
fn begin(script: &str) -> Result<Walk, String> {
    let found = shipped().iter().find(|known| known.name == script);
    let script = found.ok_or(format!("there is no script {script}"))?;
    Ok(Walk {
        script: Arc::clone(script),
        people: Vec::new(),
        minutes: script.minutes,
        session: None,
        now: EVENING,
        card: false,
        never: Vec::new(),
    })
}

/// Walks one way; the problem, with its line.
fn walk(script: &str, text: &str) -> Result<(), String> {
    let mut walk = begin(script)?;
    for (at, line) in lines(text) {
        let (verb, rest) = parts(line);
        walk.line(verb, rest).map_err(|why| {
            let screen = words(&walk.scene()).join("\n    ");
            format!("line {at}, `{line}`: {why}\n    {screen}")
        })?;
    }
    let closed = walk.session().is_closed();
    closed.then_some(()).ok_or("the walk has no end".to_owned())
}

/// Whether a walk goes on a build whose words may be others, and where not: `see` and `until` that fail are words only,
/// any other line is what the program does there.
fn told_elsewhere(script: &str, text: &str) -> String {
    let mut walk = match begin(script) {
        Ok(walk) => walk,
        Err(why) => return format!("red, behaviour: {why}"),
    };
    let mut words_only = Vec::new();
    for (at, line) in lines(text) {
        let (verb, rest) = parts(line);
        let before = (walk.session.clone(), walk.now, walk.card);
        match (verb, walk.line(verb, rest)) {
            (_, Ok(())) => {}
            ("see" | "until", Err(_)) => {
                words_only.push(at.to_string());
                (walk.session, walk.now, walk.card) = before;
            }
            (_, Err(why)) => {
                let screen = words(&walk.scene()).join(" / ");
                (walk.session, walk.now, walk.card) = before;
                if comes_later(&mut walk, verb, rest) {
                    words_only.push(at.to_string());
                    continue;
                }
                return format!("red, behaviour: line {at}, `{line}`: {why}: {screen}");
            }
        }
    }
    match (words_only.is_empty(), walk.session().is_closed()) {
        (true, true) => "green".to_owned(),
        (false, true) => format!("red, words only: lines {}", words_only.join(", ")),
        (_, false) => "red, behaviour: it has no end".to_owned(),
    }
}

/// Whether this is possible some screens later, where another build asks it elsewhere.
fn comes_later(walk: &mut Walk, verb: &str, rest: &str) -> bool {
    if ["card", "never", "stage", "end"].contains(&verb) {
        return false;
    }
    (0..12).any(|_| {
        let here = (walk.session.clone(), walk.now);
        if walk.line(verb, rest).is_ok() {
            return true;
        }
        (walk.session, walk.now) = here;
        let _ = walk.on_or_past();
        false
    })
}

/// `.ci/walks-on REVISION` runs it on an earlier state of the program.
#[test]
fn walks_on_another_build_are_told() {
    if std::env::var_os("WALKS").is_none() {
        return;
    }
    for (script, path, text) in walks() {
        let name = path.file_stem().unwrap().to_str().unwrap();
        println!("{script}/{name}: {}", told_elsewhere(&script, &text));
    }
}

#[test]
fn every_walk_goes_as_it_is_told() {
    let wrong: Vec<String> = walks()
        .iter()
        .filter_map(|(script, path, text)| {
            let why = walk(script, text).err()?;
            let name = path.file_name().unwrap().to_str().unwrap();
            Some(format!("{script}/{name}, {why}"))
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

#[test]
fn every_script_has_two_walks_or_more() {
    let walks = walks();
    for script in shipped() {
        let count = walks.iter().filter(|(name, ..)| *name == script.name);
        assert!(count.count() >= 2, "{}", script.name);
    }
}

#[test]
fn a_walk_that_is_wrong_is_told() {
    let why =
        |lines: &str| walk("five-each", &format!("x\n\npeople Ada, Ben\n{lines}")).unwrap_err();
    assert!(why("see nobody says this").contains("not on the screen"));
    assert!(why("until nobody says this").contains("closed"));
    assert!(why("sing").contains("no such line"));
    assert!(why("answer nobody says this").contains("no such choice"));
    assert!(why("go on").contains("has no end"));
}
