//! What the steps of a script or a module ask.

use super::stage_titles::{Braces, words_of};
use crate::script::{Ask, RoleSays, Rung, Step};
use crate::text::safe_text::SafeText;
use crate::text::words::{fill, words};

/// What these steps ask.
pub(crate) fn list_questions<'a>(
    braces: impl Into<Braces<'a>>,
    steps: &[Step],
    margin: &str,
    told: &mut Vec<SafeText>,
) {
    let (w, braces) = (&words().cli.author, braces.into());
    for step in steps.iter().filter(|step| step.ask != Ask::Read) {
        let question = prompt(braces, step);
        let what = asks(braces, step);
        let what = what.map_or_else(String::new, |what| format!(" ({what})"));
        let line = fill(&w.asked, &[("what", &format!("{question}{what}"))]);
        told.push(SafeText::new(&format!("{margin}{line}")));
        let answers = step.ask.answers();
        if !answers.is_empty() {
            let answers = answers.iter().map(|one| words_of(braces, &one.says));
            let answers: Vec<String> = answers.collect();
            let line = fill(&w.answers, &[("what", &answers.join(" · "))]);
            told.push(SafeText::new(&format!("{margin}  {line}")));
        }
        // Whether a gate or an agreement fits people is in its lines.
        let read = if let Ask::Gate(gate) = &step.ask {
            &gate.questions[..]
        } else if let Ask::Agreement(agreement) = &step.ask {
            &agreement.lines[..]
        } else {
            &[][..]
        };
        for one in read {
            let line = words_of(braces, one);
            told.push(SafeText::new(&format!("{margin}  · {line}")));
        }
    }
}

/// The first line of what a step says, to whomever it speaks first.
pub(crate) fn prompt<'a>(braces: impl Into<Braces<'a>>, step: &Step) -> String {
    let roles = step.says.roles.iter().map(|says| match says {
        RoleSays::Same(text) => text,
        RoleSays::ByRung(_) => says.on(Rung::Guide),
    });
    let texts = [&step.says.all].into_iter().chain(roles);
    let first = texts.into_iter().find(|text| !text.is_empty());
    first.map_or_else(String::new, |text| words_of(braces, text))
}

/// What a step asks, when it is more than one of several answers.
pub(crate) fn asks<'a>(braces: impl Into<Braces<'a>>, step: &Step) -> Option<String> {
    let round = step.round.then(|| words().format.ask.round.to_owned());
    let of = if let Ask::Consent(consent) = &step.ask {
        braces.into().roles_of(&consent.of)
    } else {
        String::new()
    };
    let label = match of.is_empty() {
        true => step.ask.label(),
        false => Some(fill(&words().format.ask.consent_of, &[("roles", &of)])),
    };
    let label = label.map(|says| says.to_string());
    let said: Vec<String> = round.into_iter().chain(label).collect();
    (!said.is_empty()).then(|| said.join("; "))
}
