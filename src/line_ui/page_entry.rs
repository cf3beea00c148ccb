//! Several lines of words, typed one after the other until one holds only a full stop.

use zeroize::Zeroizing;

use super::command_parser::{self, TypedCommand, plain_word};
use crate::session::intent::Intent;
use crate::session::scene::{InputField, Scene, Verb};
use crate::text::safe_text::{SafeText, letters};
use crate::text::words::{fill, words};

/// The line that ends a page.
const END: &str = ".";

/// What a page belongs to.
type Place = (SafeText, Vec<SafeText>, Vec<usize>, InputField);

/// The lines so far, and the question that they answer. They wait while something else lies over it.
#[derive(Default)]
pub(super) struct PageEntry {
    place: Option<Place>,
    lines: Vec<Zeroizing<String>>,
    /// Whether a line has come to them, or gone.
    begun: bool,
    /// Whether something else lies over it.
    away: bool,
}

fn place(scene: &Scene) -> Option<Place> {
    let field = scene.field.clone()?;
    matches!(field, InputField::Page { .. }).then(|| {
        (
            scene.title.clone(),
            scene.prompt.clone(),
            scene.to.clone(),
            field,
        )
    })
}

impl PageEntry {
    /// Looks at what was told: where another page is asked for, it begins with what stands there. Lines that have
    /// waited are told.
    pub(super) fn meet(&mut self, scene: &Scene) -> Option<SafeText> {
        let place = place(scene);
        if place.is_none() {
            self.away = true;
            return None;
        }
        let back = std::mem::take(&mut self.away) && place == self.place;
        if place != self.place {
            let initial = scene.field.as_ref().and_then(InputField::initial);
            let lines = initial.unwrap_or_default().lines();
            self.lines = lines.map(|line| line.to_owned().into()).collect();
            self.place = place;
            self.begun = false;
        }
        let n = self.lines.len().to_string();
        (back && self.begun).then(|| fill(&words().line_ui.says.page_waits, &[("n", &n)]))
    }

    /// Something was taken while this scene was told: lines that were begun wait behind the card and a pause, and
    /// nowhere else.
    pub(super) fn follow_up(&mut self, asked: &Intent, told: &Scene, new: &Scene) {
        let comes_back = matches!(asked, Intent::Card | Intent::Pause);
        let entered = matches!(asked, Intent::Write { .. });
        let was = place(told);
        if was.is_some() && (entered || !comes_back && was != place(new)) {
            *self = Self::default();
        }
    }

    /// Takes a typed line; `None` where no page is asked for, or the line is a command.
    pub(super) fn take(&mut self, line: &str, scene: &Scene) -> Option<TypedCommand> {
        let Some(InputField::Page { most, hidden, .. }) = &scene.field else {
            return None;
        };
        let (here, says) = (&words().line_ui.here, &words().line_ui.says);
        let line = line.trim_end();
        let passes = || {
            scene
                .offers
                .iter()
                .any(|offer| matches!(offer.verb, Verb::GoOn | Verb::Pass))
        };
        let word = plain_word(line);
        let keeps = |command: &str| here.keep.contains(&&*plain_word(command));
        if line.strip_prefix('/').is_some_and(keeps) {
            // With what was added to it: nothing of that is left out.
            return Some(TypedCommand::Ask(self.written()));
        }
        if line.is_empty() && !self.begun && passes()
            || line.starts_with('/') && !line.starts_with("//")
        {
            return None;
        }
        if command_parser::stops(line, scene) {
            return Some(command_parser::stopped(scene));
        }
        if let Some(typed) = command_parser::alone(line, scene, self.begun) {
            return Some(typed);
        }
        if line == END {
            return Some(TypedCommand::Ask(self.written()));
        }
        if here.undo.contains(&&*word) && !line.starts_with(' ') {
            self.begun = true;
            return Some(TypedCommand::Unclear(match self.lines.pop() {
                None => SafeText::new(says.page_no_undo),
                Some(_) if *hidden => SafeText::new(says.page_undone_hidden),
                Some(line) => fill(&says.page_undone, &[("line", &line)]),
            }));
        }
        let text = line.strip_prefix("//").map_or(line, |_| &line[1..]);
        let before: usize = self.lines.iter().map(|line| letters(line) + 1).sum();
        let with = before + letters(text);
        if with > *most {
            let (most, letters) = (most.to_string(), with.to_string());
            let values = [("most", most.as_str()), ("letters", &letters)];
            return Some(TypedCommand::Unclear(fill(&says.page_too_long, &values)));
        }
        self.begun = true;
        self.lines.push(text.to_owned().into());
        Some(TypedCommand::Taken)
    }

    /// What was typed so far, to be heard again; nothing of what must not be seen.
    pub(super) fn so_far(&self, scene: &Scene) -> Vec<SafeText> {
        let hidden = scene.field.as_ref().is_some_and(InputField::is_hidden);
        if !self.begun || hidden || place(scene) != self.place {
            return Vec::new();
        }
        let first = SafeText::new(words().line_ui.says.page_now);
        let lines = self.lines.iter().map(|line| SafeText::new(line));
        std::iter::once(first).chain(lines).collect()
    }

    /// All the lines, entered.
    fn written(&self) -> Intent {
        let words = self.words().into();
        Intent::Write { words }
    }

    /// All the lines, as they stand there.
    pub(super) fn words(&self) -> String {
        let room = self.lines.iter().map(|line| line.len() + 1).sum();
        // With its room from the beginning it is never moved, and nothing of it stays behind.
        let mut all = String::with_capacity(room);
        for (n, line) in self.lines.iter().enumerate() {
            if n > 0 {
                all.push('\n');
            }
            all.push_str(line);
        }
        all
    }
}
