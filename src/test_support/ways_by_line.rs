//! How something is typed, as this face tells it; for the test that holds both faces together.

use super::command_parser::{self, TypedCommand};
use super::command_words;
use super::page_entry::PageEntry;
use crate::session::intent::Intent;
use crate::session::scene::{InputField, Scene, Verb};
use crate::tests::parity::Wanted;
use crate::text::words::words;

/// Every way that is told.
pub(crate) fn lines_for(scene: &Scene, wanted: &Wanted) -> Vec<String> {
    let here = &words().line_ui.here;
    match wanted {
        Wanted::Choice(n) => vec![command_words::number(*n, scene)],
        Wanted::Offer(verb) => offer(*verb, scene),
        Wanted::Rate(value) => {
            let long = format!("{} {value}", command_words::own(here.rate, scene));
            vec![value.to_string(), long]
        }
        // `stop` alone is the one word that is never words, and a stroke is doubled.
        Wanted::Words(words) => vec![(*words).to_owned()],
        // What stands on a page stays there, and its end enters it.
        Wanted::Keep if matches!(scene.field, Some(InputField::Page { .. })) => {
            vec![".".to_owned()]
        }
        Wanted::Keep => vec![command_words::own(here.keep, scene)],
    }
}

/// Every way that is told, and what it asks.
pub(crate) fn ways(scene: &Scene, wanted: &Wanted) -> Vec<(String, Option<Intent>)> {
    let lines = lines_for(scene, wanted);
    let several = matches!(scene.field, Some(InputField::Page { .. }));
    lines
        .into_iter()
        .map(|line| {
            let mut page = PageEntry::default();
            page.meet(scene);
            let mut read = |line: &str| {
                let of_page = page.take(line, scene);
                match of_page.unwrap_or_else(|| command_parser::read(line, scene)) {
                    TypedCommand::Ask(intent) | TypedCommand::Leave(intent) => Some(intent),
                    TypedCommand::Here(_) | TypedCommand::Unclear(_) | TypedCommand::Taken => None,
                }
            };
            let mut asked = None;
            if several && matches!(wanted, Wanted::Words(_)) {
                // What stands there goes first, and a full stop ends the lines.
                let initial = scene.field.as_ref().and_then(InputField::initial);
                for _ in initial.unwrap_or_default().lines() {
                    read("undo");
                }
                asked = read(&line).or(read("."));
            } else {
                asked = asked.or(read(&line));
            }
            (line, asked)
        })
        .collect()
}

/// What is said after an empty line, where it asks nothing.
pub(crate) fn enter_says(scene: &Scene) -> Option<String> {
    if let TypedCommand::Unclear(says) = command_parser::read("", scene) {
        return Some(says.to_string());
    }
    None
}

fn offer(verb: Verb, scene: &Scene) -> Vec<String> {
    let mut lines: Vec<String> = command_words::known(verb)
        .iter()
        .map(|word| command_words::command(word, scene))
        .collect();
    if verb == Verb::GoOn {
        lines.push(String::new());
    }
    if verb == Verb::Stop && command_words::is_line(scene) {
        lines.push(command_words::said(verb).to_owned());
    }
    let told = super::information::help(scene);
    let told = told.iter().any(|told| told.as_str().starts_with(&lines[0]));
    assert!(verb == Verb::GoOn || told, "{verb:?} is not told");
    lines
}
