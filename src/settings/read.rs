//! From text to settings, or every problem with its line.

use toml::de::{DeTable, DeValue};

use super::{
    BellSound, Binding, ClockSetting, FaceSetting, Guidance, PersonSettings, QuickExit, Settings,
};
use crate::script::format::reader::{
    FromKey, FromValue, KeyValue, Located, NamedValues, Reader, Report, Tabled, UnknownKey, Value,
    Wanted, table, tables,
};
use crate::script::format::spec::ValueKind::{Either, List, Named as Names, Text, Truth};
use crate::script::format::spec::{KeySpec, TableSpec, ValueKind, optional};
use crate::script::nearest;
use crate::script::source::Span;
use crate::text::safe_text::{SafeText, composed, forbidden};
use crate::text::sort::Arrange;
use crate::text::words::{Template, fill, words};

/// The settings of a text, and what is wrong with it.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(crate) struct CheckedSettings {
    /// What is set; where something is wrong, as it comes.
    pub(crate) settings: Settings,
    /// The line of the theme's name, counted from 1; 0 where it is not said.
    pub(crate) theme_line: usize,
    /// What is wrong, in the order of the lines.
    pub(crate) problems: Vec<SettingsProblem>,
}

/// Something that is wrong with a line.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct SettingsProblem {
    /// The line, counted from 1.
    pub(crate) line: usize,
    /// What is wrong, and what to write instead.
    pub(crate) says: SafeText,
}

/// The longest word or sentence in the file, in letters.
const MOST_LETTERS: usize = 200;
/// The most entries of a list.
const MOST_ENTRIES: usize = 20;
/// The most people.
const MOST_PEOPLE: usize = 24;

pub(super) const CLOCKS: [(&str, Option<ClockSetting>); 5] = [
    ("script", None),
    ("full", Some(ClockSetting::Full)),
    ("minutes", Some(ClockSetting::Minutes)),
    ("bar", Some(ClockSetting::Bar)),
    ("hidden", Some(ClockSetting::Hidden)),
];
pub(super) const FACES: [(&str, Option<FaceSetting>); 3] = [
    ("auto", None),
    ("screen", Some(FaceSetting::Screen)),
    ("lines", Some(FaceSetting::Lines)),
];
pub(super) const EXITS: [(&str, QuickExit); 2] =
    [("keep", QuickExit::Keep), ("discard", QuickExit::Discard)];
pub(super) const GUIDANCE: [(&str, Guidance); 3] = [
    ("high", Guidance::High),
    ("medium", Guidance::Medium),
    ("low", Guidance::Low),
];
pub(super) const HINTS: [(&str, Option<bool>); 3] =
    [("auto", None), ("full", Some(false)), ("brief", Some(true))];
pub(super) const AUTO: &str = "auto";
const TEXTS: ValueKind = List(&Text);

tables! { SettingsReading<'_>;
    /// The whole file.
    RawSettings = "settings" (|| "") {
        face: KeyValue<String> = optional("face", Text),
        guidance: KeyValue<String> = optional("guidance", Text),
        hints: KeyValue<String> = optional("hints", Text),
        prompt: KeyValue<String> = optional("prompt", Text),
        theme: KeyValue<String> = optional("theme", Text),
        bell: Option<BellSound> = optional("bell", Either(&[Text, TEXTS, RawTones::TABLE])),
        clock: KeyValue<String> = optional("clock", Text),
        reduced_motion: Option<bool> = optional("reduced-motion", Truth),
        ascii: Option<bool> = optional("ascii", Truth),
        mouse: Option<bool> = optional("mouse", Truth),
        thin_out: Option<bool> = optional("thin-out", Truth),
        quick_exit: KeyValue<String> = optional("quick-exit", Text),
        link: Option<BellCommand> = optional("link", TEXTS),
        keys: NamedValues<TextList> = optional("keys", Names(&TEXTS)),
        people: Vec<RawPerson> = optional("person", RawPerson::LIST),
    }

    /// What a bell can be heard for, where each has a program of its own.
    RawTones = "tones" (|| "") {
        warning: Option<BellCommand> = optional("warning", TEXTS),
        end: Option<BellCommand> = optional("end", TEXTS),
    }

    /// A person.
    RawPerson = "person" (|| "") {
        name: KeyValue<String> = optional("name", Text),
        region: KeyValue<String> = optional("region", Text),
        ring: KeyValue<String> = optional("ring", Text),
        lines: Option<TextList> = optional("lines", TEXTS),
    }; beside {
        /// Whether a name is missing, and that was not told yet.
        lacks_name: bool = lacks_name,
    }
}

fn lacks_name(reader: &mut Reader<'_, SettingsReading<'_>>) -> bool {
    let name = reader.get("name");
    name.is_none_or(|name| name.get_ref().is_str())
}

/// Reads a text.
#[must_use]
pub(crate) fn check(text: &str) -> CheckedSettings {
    let mut reading = SettingsReading {
        text,
        problems: Vec::new(),
    };
    let mut checked = match DeTable::parse(text) {
        Ok(root) => {
            let spec = RawSettings::SPEC;
            let raw = RawSettings::read(&mut Reader::new(root.get_ref(), 0..0, spec, &mut reading));
            reading.checked(raw)
        }
        Err(error) => {
            let says = error.message().lines().next().unwrap_or_default();
            let span = error.span().unwrap_or(0..0);
            reading.problem(&span, words().settings.syntax, &[("says", says)]);
            CheckedSettings::default()
        }
    };
    checked.problems = reading.problems;
    checked.problems.arrange_by_key(|problem| problem.line);
    checked
}

/// The file while it is read.
struct SettingsReading<'t> {
    text: &'t str,
    problems: Vec<SettingsProblem>,
}

impl Report for SettingsReading<'_> {
    fn found(&self) -> usize {
        self.problems.len()
    }

    fn unknown_key(&mut self, unknown: &UnknownKey<'_>) {
        let w = &words().settings;
        let known = unknown.table.names();
        // Of two lines with nearly the same name, each is told on its own.
        let near = nearest(unknown.name, known.iter().copied());
        let sentence = match near {
            Some(_) => &w.unknown_near,
            None => &w.unknown,
        };
        let values = [
            ("name", unknown.name),
            ("near", near.unwrap_or_default()),
            ("known", &known.join(", ")),
        ];
        self.problem(&unknown.span, sentence, &values);
    }

    fn missing_key(&mut self, _: &KeySpec, _: &'static TableSpec, _: &Span) {}

    fn wrong_kind(&mut self, value: &Value, key: &KeySpec, wanted: Wanted) {
        let w = &words().settings;
        let sentence: Template = match wanted {
            _ if key.name == "person" => w.wants_people.into(),
            Wanted::Text | Wanted::Number => w.wants_text,
            Wanted::Truth => w.wants_yes_no,
            Wanted::List => w.wants_list,
            Wanted::Table => w.wants_table,
        };
        self.problem(&value.span(), sentence, &[("name", key.name)]);
    }

    fn text(&mut self, value: &Value, key: &KeySpec) -> KeyValue<String> {
        let w = &words().settings;
        let Some(text) = value.get_ref().as_str() else {
            self.wrong_kind(value, key, Wanted::Text);
            return None;
        };
        let bad =
            |c: char| forbidden(c).or_else(|| c.is_control().then_some("a line end or a tab"));
        if let Some(why) = text.chars().find_map(bad) {
            let values = [("name", key.name), ("why", why)];
            self.problem(&value.span(), w.hidden, &values);
            return None;
        }
        if text.chars().count() > MOST_LETTERS {
            let values = [("name", key.name), ("most", &*MOST_LETTERS.to_string())];
            self.problem(&value.span(), w.too_long, &values);
            return None;
        }
        let (it, span) = (text.trim().to_owned(), value.span());
        Some(Located { it, span })
    }

    fn takes(&mut self, list: &Value, length: usize, key: &KeySpec) -> bool {
        let most = match key.name {
            "person" => MOST_PEOPLE,
            _ => MOST_ENTRIES,
        };
        if length > most {
            let values = [("name", key.name), ("most", &*most.to_string())];
            self.problem(&list.span(), words().settings.too_many, &values);
        }
        length <= most
    }
}

impl SettingsReading<'_> {
    fn line(&self, span: &Span) -> usize {
        let before = self.text.as_bytes().get(..span.start).unwrap_or_default();
        before.iter().filter(|byte| **byte == b'\n').count() + 1
    }

    fn problem(&mut self, span: &Span, text: impl Into<Template>, values: &[(&str, &str)]) {
        let line = self.line(span);
        // What was typed may be anything; a message has room for a name, not for a page.
        let short: Vec<(&str, SafeText)> = values
            .iter()
            .map(|(key, value)| (*key, SafeText::short(value, 120)))
            .collect();
        let values: Vec<(&str, &str)> = short.iter().map(|(k, v)| (*k, v.as_str())).collect();
        let says = fill(&text.into(), &values);
        self.problems.push(SettingsProblem { line, says });
    }

    /// What is set, and the usual where nothing is.
    fn checked(&mut self, raw: RawSettings) -> CheckedSettings {
        let usual = Settings::default();
        let theme = raw.theme;
        let theme_line = theme.as_ref().map_or(0, |at| self.line(&at.span));
        let keys = raw.keys.0.into_iter().map(|(at, keys)| Binding {
            line: self.line(&at.span),
            does: at.it,
            keys: keys.0,
        });
        let mut keys: Vec<Binding> = keys.collect();
        keys.arrange_by_key(|binding| binding.line);
        let mut people = Vec::new();
        for person in raw.people {
            let person = self.person(person, &people);
            people.extend(person);
        }
        let settings = Settings {
            face: self.one_of("face", raw.face, &FACES, usual.face),
            guidance: self.one_of("guidance", raw.guidance, &GUIDANCE, usual.guidance),
            hints: self.one_of("hints", raw.hints, &HINTS, usual.hints),
            prompt: raw.prompt.map(|at| at.it).filter(|word| word != AUTO),
            theme: theme.map_or(usual.theme, |at| at.it),
            bell: raw.bell.unwrap_or(usual.bell),
            clock: self.one_of("clock", raw.clock, &CLOCKS, usual.clock),
            reduced_motion: raw.reduced_motion.unwrap_or(usual.reduced_motion),
            ascii: raw.ascii.unwrap_or(usual.ascii),
            mouse: raw.mouse.unwrap_or(usual.mouse),
            thin_out: raw.thin_out.unwrap_or(usual.thin_out),
            quick_exit: self.one_of("quick-exit", raw.quick_exit, &EXITS, usual.quick_exit),
            link: raw.link.map_or(usual.link, |program| program.0),
            keys,
            people,
        };
        CheckedSettings {
            settings,
            theme_line,
            problems: Vec::new(),
        }
    }

    fn person(&mut self, raw: RawPerson, known: &[PersonSettings]) -> Option<PersonSettings> {
        let w = &words().settings;
        let line = raw.region.as_ref().map_or(0, |at| self.line(&at.span));
        let filled = |at: KeyValue<String>| at.map(|at| at.it).filter(|text| !text.is_empty());
        let Some(name) = filled(raw.name) else {
            if raw.lacks_name {
                self.problem(&raw.span, w.wants_name, &[]);
            }
            return None;
        };
        if known.iter().any(|other| same_name(&other.name, &name)) {
            self.problem(&raw.span, w.name_twice, &[("name", &name)]);
            return None;
        }
        Some(PersonSettings {
            name,
            region: filled(raw.region),
            ring: filled(raw.ring),
            lines: raw.lines.map_or(Vec::new(), |lines| lines.0),
            line,
        })
    }

    /// What one of a few words means; the usual where it is not said, or means nothing.
    fn one_of<T: Copy>(
        &mut self,
        name: &str,
        typed: KeyValue<String>,
        known: &[(&str, T)],
        usual: T,
    ) -> T {
        let Some(at) = typed else { return usual };
        if let Some((_, it)) = known.iter().find(|(word, _)| *word == at.it) {
            return *it;
        }
        let all = known.iter().map(|(word, _)| format!("\"{word}\""));
        let all = all.collect::<Vec<_>>().join(", ");
        let values = [("name", name), ("known", &all), ("word", &at.it)];
        self.problem(&at.span, words().settings.wants_word, &values);
        usual
    }
}

/// A list of texts, all of which could be read.
#[derive(Debug)]
struct TextList(Vec<String>);

impl FromValue<SettingsReading<'_>> for TextList {
    fn from_value(value: &Value, key: &KeySpec, report: &mut SettingsReading<'_>) -> Option<Self> {
        let typed = value.get_ref().as_array().map_or(0, |list| list.len());
        let texts: Vec<Located<String>> = Vec::from_value(value, key, report)?;
        let texts = (texts.len() == typed).then_some(texts)?.into_iter();
        Some(Self(texts.map(|at| at.it).collect()))
    }
}

/// A program and its arguments.
#[derive(Debug)]
struct BellCommand(Vec<String>);

impl FromValue<SettingsReading<'_>> for BellCommand {
    fn from_value(value: &Value, key: &KeySpec, report: &mut SettingsReading<'_>) -> Option<Self> {
        let TextList(command) = TextList::from_value(value, key, report)?;
        if command.first().is_none_or(String::is_empty) {
            report.problem(&value.span(), words().settings.wants_bell, &[]);
            return None;
        }
        Some(Self(command))
    }
}

impl FromValue<SettingsReading<'_>> for BellSound {
    fn from_value(value: &Value, key: &KeySpec, report: &mut SettingsReading<'_>) -> Option<Self> {
        let read = match value.get_ref() {
            DeValue::String(word) if word == "off" => Some(Self::Off),
            DeValue::String(word) if word == "bell" => Some(Self::Terminal),
            DeValue::String(word) if word == "double" => Some(Self::Double),
            DeValue::Array(_) => {
                let program = BellCommand::from_value(value, key, report)?;
                Some(Self::command(program.0))
            }
            DeValue::Table(_) => {
                let tones = RawTones::from_value(value, key, report)?;
                if tones.broken {
                    return None;
                }
                let program = |tone: Option<BellCommand>| tone.map_or(Vec::new(), |tone| tone.0);
                let (warning, end) = (program(tones.warning), program(tones.end));
                let any = !(warning.is_empty() && end.is_empty());
                any.then_some(Self::Command { warning, end })
            }
            DeValue::String(_)
            | DeValue::Integer(_)
            | DeValue::Float(_)
            | DeValue::Boolean(_)
            | DeValue::Datetime(_) => None,
        };
        if read.is_none() {
            report.problem(&value.span(), words().settings.wants_bell, &[]);
        }
        read
    }
}

/// Whether two names are the same person's: as people type them, not letter for letter.
#[must_use]
pub(crate) fn same_name(one: &str, other: &str) -> bool {
    let folded = |name: &str| composed(name.trim()).to_lowercase();
    folded(one) == folded(other)
}
