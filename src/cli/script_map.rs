//! The way through a script as a picture in the terminal.
//!
//! ```text
//! arrive  3 min
//!   ● look-round    Look around the room once, slowly.
//!   │
//!   ● gate          Each of you looks at these alone. (the gate, each alone)
//!   ├─ short → not-now
//! ```

use std::io::IsTerminal;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use super::output::lines;
use super::script_questions::asks;
use super::stage_titles::{around, heading, title_of, words_of};
use super::{CommandError, Exit};
use crate::script::{
    Ask, RoleSays, Rung, Script, Stage, StageKind, Step, Target, Text, WayOn, step_label,
};
use crate::text::safe_text::{SafeText, ascii};
use crate::text::words::{Template, fill, words};
use crate::tui::Appearance;

/// No line is wider, in columns.
const WIDTH: usize = 80;
/// The column in which the words of a step begin.
const WORDS: usize = 20;

/// One way that leads on from a step.
pub(crate) struct MapArrow {
    /// When it is taken; nothing when it is taken anyway.
    pub(crate) when: String,
    /// Where it leads.
    pub(crate) to: Target,
}

/// Steps that belong together, and where they stand.
pub(crate) struct Section<'a> {
    /// Its title and its minutes.
    pub(crate) title: SafeText,
    /// Its steps.
    pub(crate) steps: &'a [Step],
    /// Whether it stands around the turns of another one.
    pub(crate) inner: bool,
    /// The place among the stages; none for what is beside them.
    pub(crate) stage: Option<usize>,
    /// The step with which the landing begins.
    pub(crate) lands: Option<usize>,
    /// That it is walked again, and for whom; nothing when it is walked once.
    pub(crate) again: Option<SafeText>,
}

/// Prints the picture, or for whoever listens what it says in sentences; in ASCII where the terminal knows nothing else.
///
/// # Errors
/// It could not be printed.
pub(crate) fn print(script: &Script, stop: bool, spoken: bool) -> Result<Exit, CommandError> {
    if spoken {
        let told = picture(script, stop, usize::MAX);
        let told: Vec<SafeText> = told
            .iter()
            .filter_map(|line| said_line(line.as_str()))
            .collect();
        return lines(&told);
    }
    let look = Appearance::from_env(|name| std::env::var(name).ok());
    let told = picture(script, stop, WIDTH);
    if !look.ascii || !std::io::stdout().is_terminal() {
        return lines(&told);
    }
    let near = |c: char| if c.is_ascii() { c } else { ascii(c) };
    let told = told
        .iter()
        .map(|line| line.as_str().chars().map(near).collect::<String>());
    let told: Vec<SafeText> = told.map(|line| SafeText::new(&line)).collect();
    lines(&told)
}

/// A line of the picture in words; nothing where only a line is drawn.
fn said_line(line: &str) -> Option<SafeText> {
    let w = words_of_ways();
    let line = line.trim();
    let to = |text: &Template, when: &str, to: &str| fill(text, &[("when", when), ("to", to)]);
    let way = |rest: &str| match rest.split_once("→") {
        Some((when, there)) if when.trim().is_empty() => to(&w.said_then, "", there.trim()),
        Some((when, there)) => to(&w.said_when, when.trim(), there.trim()),
        None => SafeText::new(rest),
    };
    if let Some(rest) = line.strip_prefix("├─").or_else(|| line.strip_prefix("└─")) {
        return Some(way(rest));
    }
    if let Some(step) = line.strip_prefix('●') {
        let (name, words) = step.trim().split_once("  ").unwrap_or((step.trim(), ""));
        return Some(fill(&w.says, &[("who", name), ("words", words.trim())]));
    }
    let rest = line.trim_start_matches('│').trim();
    (!rest.is_empty()).then(|| SafeText::new(rest))
}

/// The picture, line by line, no line wider than this.
pub(crate) fn picture(script: &Script, stop: bool, width: usize) -> Vec<SafeText> {
    let fitted = |front: &str, behind: &str| fitted(front, behind, width);
    let mut told = vec![script.title.clone(), SafeText::default()];
    for section in sections(script, stop) {
        let margin = if section.inner { "    " } else { "  " };
        let outer = if section.inner { "  " } else { "" };
        told.push(fitted(&format!("{outer}{}", section.title), ""));
        let last = section.steps.len().saturating_sub(1);
        for (at, step) in section.steps.iter().enumerate() {
            let mut said = said(script, step).into_iter();
            let words = said.next().unwrap_or_default();
            let words = match asks(script, step) {
                Some(what) => format!("{words} ({what})"),
                None => words,
            };
            let name = format!("{margin}● {}", step_label(section.steps, at));
            let gap = WORDS.saturating_sub(name.width()).max(2);
            told.push(fitted(&format!("{name}{}{words}", " ".repeat(gap)), ""));
            let column = name.width() + gap - margin.width() - 1;
            for words in said {
                told.push(fitted(
                    &format!("{margin}│{}{words}", " ".repeat(column)),
                    "",
                ));
            }
            if section.lands == Some(at) {
                let lands = &words_of_ways().lands;
                told.push(fitted(&format!("{margin}│  {lands}"), ""));
            }
            for way in ways(script, step) {
                let to = place(script, section.steps, at, way.to);
                told.push(fitted(
                    &format!("{margin}├─ {}", way.when),
                    &format!(" → {to}"),
                ));
            }
            // Where other ways lead away, the one that is taken otherwise is said, too.
            let yes = matches!(step.ask, Ask::Consent(_));
            if step.to != Target::Next || yes {
                let to = place(script, section.steps, at, step.to);
                let when = if yes { words_of_ways().with_yes } else { "" };
                told.push(fitted(&format!("{margin}└─{when}"), &format!(" → {to}")));
            } else if at < last {
                told.push(SafeText::new(&format!("{margin}│")));
            }
        }
        if let Some(again) = &section.again {
            let to = step_label(section.steps, 0);
            told.push(fitted(&format!("{margin}└─ {again}"), &format!(" → {to}")));
        }
        told.push(SafeText::default());
    }
    if !stop {
        told.push(SafeText::new(words_of_ways().stop_left_out));
    }
    told
}

/// For whom a stage is walked again after its last step.
fn again(script: &Script, stage: &Stage) -> Option<SafeText> {
    let w = words_of_ways();
    let alone = script.people.to == 1 || script.one_sided.is_some();
    match &stage.kind {
        StageKind::Together | StageKind::Closing => None,
        StageKind::Turns { times, .. } if *times > 1 => {
            let text = if alone {
                &w.again_alone
            } else {
                &w.again_times
            };
            Some(fill(text, &[("times", &times.to_string())]))
        }
        StageKind::Turns { .. } | StageKind::Each => {
            let once = alone || stage.some == Some(1);
            (!once).then(|| SafeText::new(w.again))
        }
    }
}

/// A line that fits: what stands in front is cut, what stands behind it stays.
fn fitted(front: &str, behind: &str, width: usize) -> SafeText {
    let behind = first_columns(behind, width / 2);
    let room = width.saturating_sub(behind.width());
    if front.width() <= room {
        return bounded(&format!("{front}{behind}"), width);
    }
    let front = first_columns(front, room.saturating_sub(1));
    bounded(&format!("{front}…{behind}"), width)
}

/// A line that is drawn is bounded in bytes as well; one that is heard is as long as it is.
fn bounded(line: &str, width: usize) -> SafeText {
    match width {
        usize::MAX => SafeText::new(line),
        _ => SafeText::line(line),
    }
}

fn first_columns(text: &str, most: usize) -> &str {
    let mut columns = 0;
    for (at, letter) in text.grapheme_indices(true) {
        columns += letter.width();
        if columns > most {
            return text.get(..at).unwrap_or_default();
        }
    }
    text
}

fn words_of_ways() -> &'static crate::text::words::CliAuthorWayWords {
    &words().cli.author.way
}

/// Everything there is, in the order in which people meet it; what is beside the way comes last. STOP and the
/// short closing are the same in every script, so they are there only when `stop` asks for them.
pub(crate) fn sections(script: &Script, stop: bool) -> Vec<Section<'_>> {
    let w = words_of_ways();
    let mut found = Vec::new();
    let beside = |title: SafeText, steps| Section {
        title,
        steps,
        inner: false,
        stage: None,
        lands: None,
        again: None,
    };
    for (at, stage) in script.stages.iter().enumerate() {
        let lands = match &stage.kind {
            StageKind::Turns { lands_at, .. } => *lands_at,
            StageKind::Together | StageKind::Each | StageKind::Closing => None,
        };
        found.push(Section {
            stage: Some(at),
            lands,
            again: again(script, stage),
            ..beside(heading(script, stage), &stage.steps)
        });
        for (title, part) in around(script, stage) {
            found.push(Section {
                inner: true,
                ..beside(title, &part.steps)
            });
        }
    }
    for aside in &script.asides {
        let title = fill(&w.aside, &[("title", aside.offer.as_str())]);
        found.push(beside(title, &aside.steps));
    }
    if stop {
        found.push(beside(SafeText::new(w.stop_title), &script.stop));
        found.push(beside(SafeText::new(w.end_title), &script.mini_close));
    }
    found
}

/// The first line of what a step says to everybody and to each role, with the role where it speaks to several.
fn said(script: &Script, step: &Step) -> Vec<String> {
    let w = words_of_ways();
    let roles = step.says.roles.iter().map(|says| match says {
        RoleSays::Same(text) => text,
        RoleSays::ByRung(_) => says.on(Rung::Guide),
    });
    let texts = [(w.all, &step.says.all)].into_iter();
    let texts = texts.chain(script.roles.iter().map(String::as_str).zip(roles));
    let texts: Vec<_> = texts.filter(|(_, text)| !text.is_empty()).collect();
    let line = |(who, text): &(&str, &Text)| {
        let words = words_of(script, text);
        match texts.len() {
            1 => words,
            _ => fill(&w.says, &[("who", who), ("words", &words)]).to_string(),
        }
    };
    texts.iter().map(line).collect()
}

/// The ways that lead on from a step, beside the one that is taken anyway.
pub(crate) fn ways(script: &Script, step: &Step) -> Vec<MapArrow> {
    let w = words_of_ways();
    let way = |when: &str, to| MapArrow {
        when: when.to_owned(),
        to,
    };
    let asked = step.ask.ways().into_iter().map(|(when, to)| match when {
        WayOn::Answer(says) => way(&words_of(script, says), to),
        WayOn::From(bound) => {
            let when = fill(&w.rating, &[("n", &bound.to_string())]);
            way(when.as_str(), to)
        }
        WayOn::Without => way(w.without, to),
        WayOn::Short => way(w.short, to),
        WayOn::NotToday => way(w.not_today, to),
        WayOn::Unsigned => way(w.unsigned, to),
    });
    let mut found: Vec<MapArrow> = asked.collect();
    if let Some((visits, then)) = step.at_most {
        let when = fill(&w.visits, &[("n", &visits.to_string())]);
        found.push(way(when.as_str(), then));
    }
    if let Some((depth, beyond)) = step.depth {
        let when = fill(&w.beyond, &[("depth", depth.word())]);
        found.push(way(when.as_str(), beyond));
    }
    found
}

/// Where a way leads from the step `at`, in words.
pub(crate) fn place(script: &Script, steps: &[Step], at: usize, to: Target) -> String {
    let w = words_of_ways();
    if to == Target::Next && at + 1 < steps.len() {
        let next = step_label(steps, at + 1);
        return fill(&w.on_to, &[("step", &next)]).to_string();
    }
    let said = match to {
        Target::Step(step) if step >= steps.len() => &w.done,
        Target::Step(step) => return step_label(steps, step),
        Target::Stage(stage) => {
            let stage = script.stages.get(stage);
            let title = stage.map(|stage| title_of(script, stage));
            let title = title.unwrap_or_default();
            return fill(&w.stage, &[("title", &title)]).to_string();
        }
        // Behind the last step, the list ends.
        Target::Next => &w.done,
        // A script has none left.
        Target::Exit(_) => &w.next,
        Target::Done => &w.done,
        Target::NextPerson => &w.next_person,
        Target::Land => &w.land,
        Target::Close => &w.close,
        Target::End => &w.end,
        Target::Stop => &w.stop,
        Target::Back => &w.back,
        Target::Shorter => &w.shorter,
    };
    said.to_owned().to_owned()
}
