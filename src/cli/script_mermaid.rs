//! The way through a script as Mermaid text (a flowchart), for a page that draws it.

use super::script_map::{Section, place, sections, ways};
use super::script_questions::prompt;
use crate::script::{Script, Target, step_label};
use crate::text::safe_text::SafeText;

/// The longest label, in letters. Mermaid refuses a text of more than 50,000 letters.
const LABEL: usize = 32;

/// The flowchart, line by line.
pub(crate) fn mermaid(script: &Script, stop: bool) -> Vec<SafeText> {
    let sections = sections(script, stop);
    let mut told = vec!["flowchart TD".to_owned()];
    for (at, section) in sections.iter().enumerate() {
        told.push(format!(
            "  subgraph g{at}[{}]",
            quoted(section.title.as_str())
        ));
        for (step, one) in section.steps.iter().enumerate() {
            let words = format!(
                "{}: {}",
                step_label(section.steps, step),
                prompt(script, one)
            );
            told.push(format!("    {}[{}]", node(at, step), quoted(&words)));
        }
        told.push("  end".to_owned());
    }
    let mut ends = Vec::new();
    for (at, section) in sections.iter().enumerate() {
        for (step, one) in section.steps.iter().enumerate() {
            let from = node(at, step);
            for way in ways(script, one) {
                let to = target(script, &sections, at, step, way.to, &mut ends);
                told.push(format!("  {from} -->|{}| {to}", quoted(&way.when)));
            }
            let to = target(script, &sections, at, step, one.to, &mut ends);
            told.push(format!("  {from} --> {to}"));
        }
        if let (Some(again), Some(last)) = (&section.again, section.steps.len().checked_sub(1)) {
            let (from, to) = (node(at, last), node(at, 0));
            let again = quoted(again.as_str());
            told.push(format!("  {from} -.->|{again}| {to}"));
        }
    }
    for (at, words) in ends.iter().enumerate() {
        told.push(format!("  e{at}([{}])", quoted(words)));
    }
    told.iter().map(|line| SafeText::new(line)).collect()
}

fn node(section: usize, step: usize) -> String {
    format!("s{section}x{step}")
}

/// The node that a way leads to; what is no step has a node of its own.
fn target(
    script: &Script,
    sections: &[Section<'_>],
    at: usize,
    step: usize,
    to: Target,
    ends: &mut Vec<String>,
) -> String {
    let here = sections.get(at);
    let steps = here.map(|section| section.steps).unwrap_or_default();
    let inside = match to {
        Target::Next => Some(step + 1),
        Target::Step(step) => Some(step),
        Target::Land => here.and_then(|section| section.lands),
        Target::Stage(_)
        | Target::Exit(_)
        | Target::Done
        | Target::NextPerson
        | Target::Close
        | Target::End
        | Target::Stop
        | Target::Back
        | Target::Shorter => None,
    };
    if let Some(step) = inside.filter(|step| *step < steps.len()) {
        return node(at, step);
    }
    let first = |stage: usize| {
        let mut all = sections.iter();
        let found = all.position(|section| section.stage == Some(stage));
        found.filter(|at| {
            sections
                .get(*at)
                .is_some_and(|section| !section.steps.is_empty())
        })
    };
    let stage = match to {
        Target::Stage(stage) => Some(stage),
        Target::Close => Some(script.closing()),
        Target::Next | Target::Step(_) | Target::Done => {
            let next = here
                .and_then(|section| section.stage)
                .map(|stage| stage + 1);
            next.filter(|stage| *stage < script.stages.len())
        }
        Target::Exit(_)
        | Target::NextPerson
        | Target::Land
        | Target::End
        | Target::Stop
        | Target::Back
        | Target::Shorter => None,
    };
    if let Some(at) = stage.and_then(first) {
        return node(at, 0);
    }
    // Behind the last step lies the end, by whatever word the way leads there.
    let to = match to {
        Target::Next | Target::Step(_) => Target::Done,
        Target::Stage(_)
        | Target::Exit(_)
        | Target::Done
        | Target::NextPerson
        | Target::Land
        | Target::Close
        | Target::End
        | Target::Stop
        | Target::Back
        | Target::Shorter => to,
    };
    let words = place(script, steps, step, to);
    let known = ends.iter().position(|end| *end == words);
    let at = known.unwrap_or_else(|| {
        ends.push(words);
        ends.len() - 1
    });
    format!("e{at}")
}

/// A label in quotes. What means something to Mermaid is written as a code.
fn quoted(text: &str) -> String {
    let mut label = String::from("\"");
    for c in SafeText::short(text, LABEL).as_str().chars() {
        match c {
            '"' | '#' | '<' | '>' | '`' | '&' | '|' | '{' | '}' | ';' => {
                label.push_str(&format!("#{};", u32::from(c)));
            }
            c => label.push(c),
        }
    }
    label.push('"');
    label
}
