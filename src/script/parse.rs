//! From text to what is typed, every value with its place, nothing resolved yet.

use std::sync::Arc;

use toml::Spanned;
use toml::de::DeTable;

use super::format::reader::{Located, Reader, Tabled};
use super::format::tables::{MODULE_ROLES, RawModule, RawScript, every_table, is_role};
use super::format::values::{ScriptReading, Variant};
use super::problem::Problems;
use super::source::{Source, Span};
use super::syntax;
use crate::text::sort::Arrange;
use crate::text::words::words;

/// The first letters of a file, so that a problem of the whole file has a place.
const TOP: Span = 0..1;

/// Reads a script, unless its format can't be read at all.
pub(crate) fn script(
    source: &Source,
    of: Variant,
    problems: &mut Problems,
) -> Option<(RawScript, Variants)> {
    let root = syntax::parse(source, problems)?;
    if let Some(step) = module_step(&root) {
        problems.error(&step, &words().script.sentence.is_a_module, &[]);
        return None;
    }
    let mut reading = ScriptReading::new(&[], every_table(), problems);
    reading.of = of;
    // How many lengths there are stands at the top, wherever in the file that is.
    reading.lengths = lengths(&root);
    let mut reader = Reader::new(root.get_ref(), TOP, RawScript::SPEC, &mut reading);
    format(&mut reader)?;
    let roles: Vec<Located<String>> = reader.first("roles").unwrap_or_default();
    let mut words: Vec<&str> = roles.iter().map(|role| role.it.as_str()).collect();
    words.arrange();
    let differ = words.windows(2).all(|pair| pair[0] != pair[1]);
    if differ && words.into_iter().all(is_role) {
        reader.report.roles = roles.iter().map(|role| role.it.clone()).collect();
    }
    reader.report.typed_roles = roles;
    let raw = RawScript::read(&mut reader);
    let variants = Variants {
        lengths: reading.lengths.max(1),
        alone: reading.alone,
    };
    Some((raw, variants))
}

/// In how many ways a file is read.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Variants {
    /// For so many lengths.
    pub(crate) lengths: usize,
    /// And for one person beside several.
    pub(crate) alone: bool,
}

impl Variants {
    /// All but the first length for several people, which is read first.
    pub(crate) fn others(&self) -> impl Iterator<Item = Variant> {
        let people = [false, true].into_iter().take(1 + usize::from(self.alone));
        let lengths = self.lengths;
        let all =
            people.flat_map(move |alone| (0..lengths).map(move |length| Variant { length, alone }));
        all.skip(1)
    }
}

/// How many lengths the top of a script lists.
fn lengths(root: &Spanned<DeTable<'_>>) -> usize {
    let minutes = root.get_ref().get("minutes");
    let list = minutes.and_then(|minutes| minutes.get_ref().as_array());
    list.map_or(0, |list| list.len())
}

/// Reads a module.
pub(crate) fn module(source: &Source, problems: &mut Problems) -> Option<RawModule> {
    let root = syntax::parse(source, problems)?;
    let mut reading = ScriptReading::new(&MODULE_ROLES, every_table(), problems);
    let mut reader = Reader::new(root.get_ref(), TOP, RawModule::SPEC, &mut reading);
    format(&mut reader)?;
    Some(RawModule::read(&mut reader))
}

/// Whether a text is a module: whether it has steps of its own and no stages.
#[must_use]
pub(crate) fn is_module(source: &Source) -> bool {
    let mut problems = Problems::of(Arc::new(source.clone()));
    let root = syntax::parse(source, &mut problems);
    root.is_some_and(|root| module_step(&root).is_some())
}

/// Where the steps of a module stand; nothing where it is none.
fn module_step(root: &Spanned<DeTable<'_>>) -> Option<Span> {
    let (step, _) = root.get_ref().get_key_value("step")?;
    let stages = root.get_ref().contains_key("stage");
    (!stages).then(|| step.span())
}

/// Only this format is read: what a newer one means cannot be guessed.
fn format(reader: &mut Reader<'_, ScriptReading<'_>>) -> Option<()> {
    let format: Located<i64> = reader.first::<Option<_>>("format").flatten()?;
    if format.it == 1 {
        return Some(());
    }
    let values = [("n", &*format.it.to_string())];
    let sentence = &words().script.sentence.other_format;
    reader
        .report
        .problems
        .error(&format.span, sentence, &values);
    None
}
