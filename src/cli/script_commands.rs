//! `alongside scripts`: looking at scripts, and beginning one.

use super::args::ScriptsCommand;
use super::output::{StandardOutput, lines};
use super::run_ui::is_spoken;
use super::script_questions::list_questions;
use super::stage_titles::{around, heading};
use super::toml_files::is_file;
use super::{
    CommandError, Exit, check, module_commands, script_files, script_map, script_mermaid, wrong,
};
use crate::app::Scripts;
use crate::script::{self, FirstClock, Head, Library, People, SHIPPED, Script, is_id};
use crate::storage::{self, Cause, Folders};
use crate::text::safe_text::SafeText;
use crate::text::words::{Template, fill, words};

/// What a new script begins with when nobody names another one.
const STARTER: &str = include_str!("../../scripts/starter/starter.toml");

/// How a script is written. The same text is a page of the project.
const REFERENCE: &str = include_str!("../../docs/scripts.md");

/// Does what was asked for.
pub(crate) fn asked(
    command: ScriptsCommand,
    home: &Folders,
    plain: bool,
) -> Result<Exit, CommandError> {
    let one = |asked: &str| script_files::one(asked, home);
    if let ScriptsCommand::Show { script, toml } = &command
        && let Some(source) = module_commands::source(script, home)
    {
        return match toml {
            true => raw(&source.text),
            false => module_commands::show(script, source, home),
        };
    }
    if let ScriptsCommand::Show { script, .. } = &command
        && let Some(sentence) = module_commands::unknown(script, home)
    {
        return Err(wrong(sentence));
    }
    match command {
        ScriptsCommand::Modules => lines(&module_commands::list(home)),
        ScriptsCommand::List => lines(&list(&script_files::all(home))),
        ScriptsCommand::Check { paths, format } => check::check(&paths, format, home),
        ScriptsCommand::Show { script, toml: true } => {
            let known = one(&script)?;
            let source = match SHIPPED.script(&known.name) {
                Some(source) if !is_file(&script) => source,
                Some(_) | None => script_files::file_of(&script, home).map_err(wrong)?,
            };
            raw(&source.text)
        }
        ScriptsCommand::Show { script, .. } => lines(&show(&*one(&script)?)),
        ScriptsCommand::New { script, from } => new(&script, from.as_deref(), home),
        ScriptsCommand::Map {
            script,
            mermaid: true,
            stop,
        } => lines(&script_mermaid::mermaid(&*one(&script)?, stop)),
        ScriptsCommand::Map { script, stop, .. } => {
            script_map::print(&*one(&script)?, stop, plain || is_spoken())
        }
        ScriptsCommand::Reference => printed(REFERENCE, StandardOutput::of_words()),
        ScriptsCommand::Schema => {
            let schema = serde_json::to_string_pretty(&script::schema());
            raw(&schema.unwrap_or_default())
        }
    }
}

/// A text that was looked at already, as it is.
fn raw(text: &str) -> Result<Exit, CommandError> {
    printed(text, StandardOutput::new())
}

fn printed(text: &str, mut out: StandardOutput) -> Result<Exit, CommandError> {
    for line in text.lines() {
        out.line(line);
    }
    out.end(Exit::Done)
}

/// One line for each script.
fn list(scripts: &Scripts) -> Vec<SafeText> {
    let w = &words().cli;
    let line = |script: &Head| {
        let people = people(script.people);
        let values = [
            ("name", &*script.name),
            ("minutes", &script.minutes.to_string()),
            ("people", people.as_str()),
            ("summary", script.summary.as_str()),
            ("marks", &marks(script)),
        ];
        fill(&w.script_line, &values)
    };
    // Whoever looks for one of their own that has errors finds it here, too, and how to see them.
    let notices = scripts.notices().iter().cloned();
    scripts.heads().map(line).chain(notices).collect()
}

/// For how many.
pub(crate) fn people(people: People) -> SafeText {
    let w = &words().cli;
    match (people.from, people.to) {
        (1, 1) => SafeText::new(w.alone),
        (from, to) if from == to => fill(&w.people, &[("n", &from.to_string())]),
        (from, to) => fill(&w.people, &[("n", &format!("{from}–{to}"))]),
    }
}

/// What it is for, its language when that is another one, and whose it is.
fn marks(script: &Head) -> String {
    let w = &words().cli.author;
    let mut marks = Vec::new();
    let needs = script.needs.iter();
    let needs: Vec<&str> = needs
        .filter_map(|need| words().format.needs.get(need))
        .collect();
    if !needs.is_empty() {
        let values = [("needs", &*needs.join(", "))];
        marks.push(fill(&w.for_what, &values).to_string());
    }
    if script.language != "en" && !script.language.starts_with("en-") {
        marks.push(script.language.clone());
    }
    let shipped = SHIPPED.scripts().contains(&script.name.as_str());
    marks.push(if shipped { w.shipped } else { w.own }.to_owned());
    marks.join("; ")
}

/// What a script is, its stages, and what it asks.
fn show(script: &Script) -> Vec<SafeText> {
    let w = &words().cli.author;
    let known = Head::from(script);
    let lengths = [script.minutes].into_iter().chain(known.lengths.clone());
    let lengths: Vec<String> = lengths.map(|minutes| minutes.to_string()).collect();
    let head = fill(
        &w.head,
        &[
            ("name", &*script.name),
            ("minutes", &lengths.join(", ")),
            ("people", people(script.people).as_str()),
            ("ceiling", script.ceiling.word()),
        ],
    );
    let mut told = vec![script.title.clone(), script.summary.clone()];
    told.extend([head, SafeText::new(&marks(&known))]);
    told.extend((script.clock == FirstClock::None).then(|| SafeText::new(w.untimed)));
    told.push(SafeText::default());
    for stage in &script.stages {
        told.push(heading(script, stage));
        for (title, part) in around(script, stage) {
            told.push(SafeText::new(&format!("  {title}")));
            list_questions(script, &part.steps, "    ", &mut told);
        }
        list_questions(script, &stage.steps, "  ", &mut told);
    }
    told
}

/// A new script in the person's own folder.
fn new(name: &str, from: Option<&str>, home: &Folders) -> Result<Exit, CommandError> {
    let w = &words().cli.author;
    let said = SafeText::short(name, 60);
    let refused = |text: &Template| Err(wrong(fill(text, &[("name", said.as_str())])));
    if !is_id(name) {
        return refused(&w.new_bad);
    }
    if SHIPPED.scripts().contains(&name) {
        return refused(&w.new_taken);
    }
    let text = match from {
        None => STARTER.to_owned(),
        Some(from) => match SHIPPED.script(from) {
            Some(source) => source.text,
            None => {
                let from = SafeText::short(from, 60);
                return Err(wrong(fill(&w.from_unknown, &[("name", from.as_str())])));
            }
        },
    };
    let text = titled(&text, name);
    let path = home.scripts().join(format!("{name}.toml"));
    let place = path.to_string_lossy();
    let values = [("place", &*place)];
    match storage::create(&path, text.as_bytes()) {
        Ok(()) => {
            let typed = script_files::as_typed(&place);
            let made = fill(&w.new_made, &values);
            let told: [Template; 3] = [w.new_learn.into(), w.new_next, w.new_walk];
            let told = told.map(|text| fill(&text, &[("place", &typed)]));
            lines(&[&[made], &told[..]].concat())
        }
        Err(trouble) if trouble.cause == Cause::Exists => Err(wrong(fill(&w.new_exists, &values))),
        Err(trouble) => Err((trouble.sentence(), Exit::Found)),
    }
}

/// The text of a script with a title made of its name: two scripts of one title can't be told apart in a list.
fn titled(text: &str, name: &str) -> String {
    let spaced = name.replace('-', " ");
    let mut letters = spaced.trim().chars();
    let first = letters.next().map(|first| first.to_ascii_uppercase());
    let title: String = first.into_iter().chain(letters).collect();
    let mut changed = String::with_capacity(text.len());
    let mut done = title.is_empty();
    for line in text.split_inclusive('\n') {
        match line.split_once('=') {
            Some((key, _)) if !done && key.trim() == "title" => {
                changed.push_str(&format!("{key}= \"{title}\"\n"));
                done = true;
            }
            Some(_) | None => changed.push_str(line),
        }
    }
    changed
}
