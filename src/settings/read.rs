//! From text to settings, or every problem with its line.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::{Bell, Binding, Clock, Person, QuickExit, Settings};
use crate::script::nearest;
use crate::shown::{Shown, composed, forbidden};
use crate::words::{Template, fill, words};

/// The settings of a text, and what is wrong with it.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Checked {
    /// What is set; where something is wrong, as it comes.
    pub settings: Settings,
    /// The line of the theme's name, counted from 1; 0 where it is not said.
    pub theme_line: usize,
    /// What is wrong, in the order of the lines.
    pub problems: Vec<Problem>,
}

/// Something that is wrong with a line.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Problem {
    /// The line, counted from 1.
    pub line: usize,
    /// What is wrong, and what to write instead.
    pub says: Shown,
}

/// The longest word or sentence in the file, in letters.
const MOST_LETTERS: usize = 200;
/// The most entries of a list.
const MOST_ENTRIES: usize = 20;
/// The most people.
const MOST_PEOPLE: usize = 24;

const KNOWN: [&str; 10] = [
    "theme",
    "bell",
    "clock",
    "reduced-motion",
    "ascii",
    "mouse",
    "thin-out",
    "quick-exit",
    "keys",
    "person",
];
/// What a bell can be heard for, where each has a program of its own.
pub(super) const TONES: [&str; 2] = ["warning", "end"];
const PERSON: [&str; 4] = ["name", "region", "ring", "lines"];

pub(super) const CLOCKS: [(&str, Option<Clock>); 5] = [
    ("script", None),
    ("full", Some(Clock::Full)),
    ("minutes", Some(Clock::Minutes)),
    ("bar", Some(Clock::Bar)),
    ("hidden", Some(Clock::Hidden)),
];
pub(super) const EXITS: [(&str, QuickExit); 2] =
    [("keep", QuickExit::Keep), ("discard", QuickExit::Discard)];

type Value<'i> = Spanned<DeValue<'i>>;

/// Reads a text.
#[must_use]
pub fn check(text: &str) -> Checked {
    let mut reading = Reading {
        text,
        checked: Checked::default(),
    };
    match DeTable::parse(text) {
        Ok(root) => reading.whole(root.get_ref()),
        Err(error) => {
            let says = error
                .message()
                .lines()
                .next()
                .unwrap_or_default()
                .to_owned();
            let span = error.span().unwrap_or(0..0);
            reading.problem(&span, &words().settings.syntax, &[("says", &says)]);
        }
    }
    let mut checked = reading.checked;
    checked.problems.sort_by_key(|problem| problem.line);
    checked
}

struct Reading<'t> {
    text: &'t str,
    checked: Checked,
}

impl Reading<'_> {
    fn line(&self, span: &Range<usize>) -> usize {
        let before = self.text.as_bytes().get(..span.start).unwrap_or_default();
        before.iter().filter(|byte| **byte == b'\n').count() + 1
    }

    fn problem(&mut self, span: &Range<usize>, text: impl Into<Template>, values: &[(&str, &str)]) {
        let line = self.line(span);
        // What was typed may be anything; a message has room for a name, not for a page.
        let short: Vec<(&str, Shown)> = values
            .iter()
            .map(|(key, value)| (*key, Shown::short(value, 120)))
            .collect();
        let values: Vec<(&str, &str)> = short.iter().map(|(k, v)| (*k, v.as_str())).collect();
        let says = fill(&text.into(), &values);
        self.checked.problems.push(Problem { line, says });
    }

    /// Every key that is not known is a problem.
    fn strict(&mut self, table: &DeTable<'_>, known: &[&str]) {
        let w = &words().settings;
        for key in table.keys() {
            let name: &str = key.get_ref();
            if known.contains(&name) {
                continue;
            }
            let all = known.join(", ");
            match nearest(name, known.iter().copied()) {
                Some(near) => {
                    self.problem(
                        &key.span(),
                        &w.unknown_near,
                        &[("name", name), ("near", near)],
                    );
                }
                None => self.problem(&key.span(), &w.unknown, &[("name", name), ("known", &all)]),
            }
        }
    }

    fn whole(&mut self, root: &DeTable<'_>) {
        self.strict(root, &KNOWN);
        if let Some(value) = root.get("theme")
            && let Some(theme) = self.text("theme", value)
        {
            self.checked.theme_line = self.line(&value.span());
            self.checked.settings.theme = theme;
        }
        if let Some(bell) = root.get("bell").and_then(|value| self.bell(value)) {
            self.checked.settings.bell = bell;
        }
        if let Some(clock) = self.one_of("clock", root, &CLOCKS) {
            self.checked.settings.clock = clock;
        }
        if let Some(exit) = self.one_of("quick-exit", root, &EXITS) {
            self.checked.settings.quick_exit = exit;
        }
        let usual = Settings::default();
        let motion = self.yes_no("reduced-motion", root, usual.reduced_motion);
        let ascii = self.yes_no("ascii", root, usual.ascii);
        let mouse = self.yes_no("mouse", root, usual.mouse);
        let thin = self.yes_no("thin-out", root, usual.thin_out);
        let settings = &mut self.checked.settings;
        (settings.reduced_motion, settings.ascii) = (motion, ascii);
        (settings.mouse, settings.thin_out) = (mouse, thin);
        if let Some(keys) = root.get("keys") {
            self.keys(keys);
        }
        if let Some(people) = root.get("person") {
            self.people(people);
        }
    }

    /// A text that may be shown; a problem when it is none.
    fn text(&mut self, name: &str, value: &Value<'_>) -> Option<String> {
        let w = &words().settings;
        let DeValue::String(text) = value.get_ref() else {
            self.problem(&value.span(), &w.wants_text, &[("name", name)]);
            return None;
        };
        let bad =
            |c: char| forbidden(c).or_else(|| c.is_control().then_some("a line end or a tab"));
        if let Some(why) = text.chars().find_map(bad) {
            self.problem(&value.span(), &w.hidden, &[("name", name), ("why", why)]);
            return None;
        }
        if text.chars().count() > MOST_LETTERS {
            let most = MOST_LETTERS.to_string();
            self.problem(
                &value.span(),
                &w.too_long,
                &[("name", name), ("most", &most)],
            );
            return None;
        }
        Some(text.trim().to_owned())
    }

    /// A list of texts; a problem when it is none.
    fn list(&mut self, name: &str, value: &Value<'_>) -> Option<Vec<String>> {
        let w = &words().settings;
        let DeValue::Array(entries) = value.get_ref() else {
            self.problem(&value.span(), &w.wants_list, &[("name", name)]);
            return None;
        };
        if entries.len() > MOST_ENTRIES {
            let most = MOST_ENTRIES.to_string();
            self.problem(
                &value.span(),
                &w.too_many,
                &[("name", name), ("most", &most)],
            );
            return None;
        }
        entries.iter().map(|entry| self.text(name, entry)).collect()
    }

    fn bell(&mut self, value: &Value<'_>) -> Option<Bell> {
        let read = match value.get_ref() {
            DeValue::String(word) if word == "off" => Some(Bell::Off),
            DeValue::String(word) if word == "bell" => Some(Bell::Terminal),
            DeValue::String(word) if word == "double" => Some(Bell::Double),
            DeValue::Array(_) => Some(Bell::command(self.program("bell", value)?)),
            DeValue::Table(table) => {
                self.strict(table, &TONES);
                let mut of = |tone| match table.get(tone) {
                    None => Some(Vec::new()),
                    Some(value) => self.program(tone, value),
                };
                let (warning, end) = (of(TONES[0])?, of(TONES[1])?);
                let any = !(warning.is_empty() && end.is_empty());
                any.then_some(Bell::Command { warning, end })
            }
            DeValue::String(_)
            | DeValue::Integer(_)
            | DeValue::Float(_)
            | DeValue::Boolean(_)
            | DeValue::Datetime(_) => None,
        };
        if read.is_none() {
            self.problem(&value.span(), &words().settings.wants_bell, &[]);
        }
        read
    }

    /// A program and its arguments; a problem when it is none.
    fn program(&mut self, name: &str, value: &Value<'_>) -> Option<Vec<String>> {
        let command = self.list(name, value)?;
        if command.first().is_none_or(String::is_empty) {
            self.problem(&value.span(), &words().settings.wants_bell, &[]);
            return None;
        }
        Some(command)
    }

    fn one_of<T: Copy>(
        &mut self,
        name: &str,
        root: &DeTable<'_>,
        known: &[(&str, T)],
    ) -> Option<T> {
        let value = root.get(name)?;
        let text = self.text(name, value)?;
        let found = known.iter().find(|(word, _)| *word == text);
        if found.is_none() {
            let all: Vec<String> = known
                .iter()
                .map(|(word, _)| format!("\"{word}\""))
                .collect();
            let all = all.join(", ");
            let values = [("name", name), ("known", &all), ("word", &text)];
            self.problem(&value.span(), &words().settings.wants_word, &values);
        }
        found.map(|(_, it)| *it)
    }

    fn yes_no(&mut self, name: &str, root: &DeTable<'_>, usual: bool) -> bool {
        let Some(value) = root.get(name) else {
            return usual;
        };
        if let DeValue::Boolean(set) = value.get_ref() {
            return *set;
        }
        self.problem(
            &value.span(),
            &words().settings.wants_yes_no,
            &[("name", name)],
        );
        usual
    }

    fn keys(&mut self, value: &Value<'_>) {
        let DeValue::Table(table) = value.get_ref() else {
            self.problem(
                &value.span(),
                &words().settings.wants_table,
                &[("name", "keys")],
            );
            return;
        };
        for (does, value) in table {
            if let Some(keys) = self.list(does.get_ref(), value) {
                let line = self.line(&does.span());
                self.checked.settings.keys.push(Binding {
                    does: does.get_ref().to_string(),
                    keys,
                    line,
                });
            }
        }
        let keys = &mut self.checked.settings.keys;
        keys.sort_by_key(|binding| binding.line);
    }

    fn people(&mut self, value: &Value<'_>) {
        let w = &words().settings;
        let DeValue::Array(people) = value.get_ref() else {
            self.problem(&value.span(), &w.wants_people, &[]);
            return;
        };
        if people.len() > MOST_PEOPLE {
            let most = MOST_PEOPLE.to_string();
            self.problem(
                &value.span(),
                &w.too_many,
                &[("name", "person"), ("most", &most)],
            );
            return;
        }
        for person in people {
            match person.get_ref() {
                DeValue::Table(table) => self.person(table, &person.span()),
                DeValue::String(_)
                | DeValue::Integer(_)
                | DeValue::Float(_)
                | DeValue::Boolean(_)
                | DeValue::Datetime(_)
                | DeValue::Array(_) => self.problem(&person.span(), &w.wants_people, &[]),
            }
        }
    }

    fn person(&mut self, table: &DeTable<'_>, span: &Range<usize>) {
        let w = &words().settings;
        self.strict(table, &PERSON);
        let mut text = |name: &str| table.get(name).and_then(|value| self.text(name, value));
        let (name, region, ring) = (text("name"), text("region"), text("ring"));
        let filled = |text: &String| !text.is_empty();
        let lines = table
            .get("lines")
            .and_then(|value| self.list("lines", value));
        let place = table.get("region").map(Spanned::span);
        let Some(name) = name.filter(filled) else {
            if table.get("name").is_none_or(|name| name.get_ref().is_str()) {
                self.problem(span, &w.wants_name, &[]);
            }
            return;
        };
        let known = &self.checked.settings.people;
        if known.iter().any(|other| same_name(&other.name, &name)) {
            self.problem(span, &w.name_twice, &[("name", &name)]);
            return;
        }
        let line = place.map_or(0, |place| self.line(&place));
        self.checked.settings.people.push(Person {
            name,
            region: region.filter(filled),
            ring: ring.filter(filled),
            lines: lines.unwrap_or_default(),
            line,
        });
    }
}

/// Whether two names are the same person's: as people type them, not letter for letter.
#[must_use]
pub fn same_name(one: &str, other: &str) -> bool {
    let folded = |name: &str| composed(name.trim()).to_lowercase();
    folded(one) == folded(other)
}
