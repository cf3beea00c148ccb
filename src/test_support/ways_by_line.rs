//! How something is typed, as this face tells it; for the test that holds both faces together.

use super::page::Page;
use super::spelled;
use super::typed::{self, Typed};
use crate::session::intent::Intent;
use crate::session::scene::{Field, Scene, Verb};
use crate::tests::parity::Wanted;
use crate::words::words;

/// Every way that is told.
pub(crate) fn lines_for(scene: &Scene, wanted: &Wanted) -> Vec<String> {
    let here = &words().plain.here;
    match wanted {
        Wanted::Choice(n) => vec![spelled::number(*n, scene)],
        Wanted::Offer(verb) => offer(*verb, scene),
        Wanted::Rate(value) => {
            let long = format!("{} {value}", spelled::own(&here.rate, scene));
            vec![value.to_string(), long]
        }
        // `stop` alone is the one word that is never words, and a stroke is doubled.
        Wanted::Words(words) => vec![(*words).to_owned()],
        // What stands on a page stays there, and its end enters it.
        Wanted::Keep if matches!(scene.field, Some(Field::Page { .. })) => vec![".".to_owned()],
        Wanted::Keep => vec![spelled::own(&here.keep, scene)],
    }
}

/// Every way that is told, and what it asks.
pub(crate) fn ways(scene: &Scene, wanted: &Wanted) -> Vec<(String, Option<Intent>)> {
    let lines = lines_for(scene, wanted);
    let several = matches!(scene.field, Some(Field::Page { .. }));
    lines
        .into_iter()
        .map(|line| {
            let mut page = Page::default();
            page.meet(scene);
            let mut read = |line: &str| {
                let of_page = page.take(line, scene);
                match of_page.unwrap_or_else(|| typed::read(line, scene)) {
                    Typed::Ask(intent) | Typed::Leave(intent) => Some(intent),
                    Typed::Here(_) | Typed::Unclear(_) | Typed::Taken => None,
                }
            };
            let mut asked = None;
            if several && matches!(wanted, Wanted::Words(_)) {
                // What stands there goes first, and a full stop ends the lines.
                let initial = scene.field.as_ref().and_then(Field::initial);
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

fn offer(verb: Verb, scene: &Scene) -> Vec<String> {
    let mut lines: Vec<String> = spelled::known(verb)
        .iter()
        .map(|word| spelled::command(word, scene))
        .collect();
    if verb == Verb::GoOn {
        lines.push(String::new());
    }
    if verb == Verb::Stop && spelled::is_line(scene) {
        lines.push(spelled::said(verb).to_owned());
    }
    let told = spelled::all(scene);
    let enter = verb == Verb::GoOn
        && told
            .iter()
            .any(|word| word == words().plain.says.enter_word);
    assert!(enter || told.contains(&lines[0]), "{verb:?} is not told");
    lines
}
