//! The names in the stages of a script, and the words that lead somewhere without being one: what a writer may mean who
//! names something of another stage.

use crate::script::format::tables::{RawStage, parts_around};
use crate::script::model::Target;
use crate::script::word::is_id;

/// The words that lead somewhere without being an id.
const WORDS: [(&str, Target); 9] = [
    ("next", Target::Next),
    ("done", Target::Done),
    ("next-person", Target::NextPerson),
    ("land", Target::Land),
    ("close", Target::Close),
    ("end", Target::End),
    ("stop", Target::Stop),
    ("back", Target::Back),
    ("shorter", Target::Shorter),
];

/// The words that lead somewhere.
pub(crate) fn target_words() -> impl Iterator<Item = (&'static str, Target)> {
    WORDS.into_iter()
}

/// Where this word leads, if it is one of them.
pub(crate) fn target_of(word: &str) -> Option<Target> {
    let found = WORDS.iter().find(|(known, _)| *known == word);
    found.map(|(_, target)| *target)
}

/// Whether somebody who writes `name` may mean the word: `landing` is `land`.
pub(crate) fn alike(word: &str, name: &str) -> bool {
    let root: String = word.chars().take(4).collect();
    name.starts_with(&root) && name.chars().count() <= word.chars().count() + 4
}

/// A name as people say it.
pub(crate) fn plain(name: &str) -> String {
    let name = name.trim().to_lowercase();
    name.strip_prefix("the ").unwrap_or(&name).to_owned()
}

/// The names in one stage.
#[derive(Debug)]
pub(crate) struct StageNames {
    pub(crate) id: Option<String>,
    pub(crate) title: String,
    pub(crate) closing: bool,
    /// The ids of its steps, and of those around its turns.
    pub(crate) steps: Vec<String>,
}

impl StageNames {
    /// The names in this stage.
    pub(crate) fn of(stage: &RawStage) -> Self {
        let steps = parts_around(stage).flat_map(|part| &part.steps);
        let ids = steps
            .chain(&*stage.steps)
            .filter_map(|step| step.id.as_ref());
        Self {
            id: stage.id.as_ref().map(|at| at.it.clone()),
            title: stage.title.as_ref().map_or("", |at| &at.it).to_owned(),
            closing: stage.kind.as_ref().is_some_and(|at| at.it == "closing"),
            steps: ids.map(|at| at.it.clone()).collect(),
        }
    }

    /// Whether this is its title, as people say it.
    pub(crate) fn is_called(&self, name: &str) -> bool {
        let called = plain(name);
        called == plain(&self.title) || self.closing && alike("close", &called)
    }

    /// A name for it: its own, or one that could become its own.
    pub(crate) fn name(&self) -> Option<String> {
        let letters = self.title.to_lowercase().replace("'s ", " ");
        let words = letters.split(|c: char| !c.is_ascii_alphanumeric());
        let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
        let fits = |name: &String| is_id(name) && target_of(name).is_none();
        let made = Some(words.join("-")).filter(fits);
        self.id.clone().or(made)
    }
}
