//! What a stage is called and how long it is, for those who look at scripts.

use crate::script::{
    GroupSize, MOST_PEOPLE, Module, Piece, Script, Stage, StageKind, Text, Written, in_minutes,
};
use crate::text::safe_text::SafeText;
use crate::text::words::{CliAuthorWords, Template, fill, words};

/// What braces in a text stand for.
#[derive(Clone, Copy)]
pub(crate) struct Braces<'a> {
    roles: &'a [String],
    written: &'a [Written],
}

impl Braces<'_> {
    /// The words for some of the roles.
    pub(crate) fn roles_of(self, some: &[usize]) -> String {
        let words = some.iter().filter_map(|role| self.roles.get(*role));
        let words: Vec<&str> = words.map(String::as_str).collect();
        words.join(", ")
    }
}

impl<'a> From<&'a Script> for Braces<'a> {
    fn from(script: &'a Script) -> Self {
        Self {
            roles: &script.roles,
            written: &script.written,
        }
    }
}

impl<'a> From<&'a Module> for Braces<'a> {
    fn from(module: &'a Module) -> Self {
        Self {
            roles: &module.roles,
            written: &module.written,
        }
    }
}

/// The first paragraph of a text; what is filled in later stands in braces.
pub(crate) fn words_of<'a>(braces: impl Into<Braces<'a>>, text: &Text) -> String {
    let Braces { roles, written } = braces.into();
    let braces = |name: Option<&str>| format!("{{{}}}", name.unwrap_or_default());
    said(text, |piece| match piece {
        Piece::Words(words) | Piece::BySense([words, _]) => words.to_string(),
        Piece::Role(role) => braces(roles.get(*role).map(String::as_str)),
        Piece::Written(at) => braces(written.get(*at).map(|one| one.name.as_str())),
        Piece::Packed(packs) => packs.first().map(ToString::to_string).unwrap_or_default(),
    })
}

/// The title of a stage with nothing left to fill in: the words for the roles in place of names.
pub(crate) fn title_of(script: &Script, stage: &Stage) -> String {
    said(&stage.title, |piece| match piece {
        Piece::Words(words) | Piece::BySense([words, _]) => words.to_string(),
        Piece::Role(role) => script.roles.get(*role).cloned().unwrap_or_default(),
        Piece::Written(at) => {
            let written = script.written.get(*at);
            written
                .map(|one| one.otherwise.to_string())
                .unwrap_or_default()
        }
        Piece::Packed(packs) => packs.first().map(ToString::to_string).unwrap_or_default(),
    })
}

fn said(text: &Text, piece: impl FnMut(&Piece) -> String) -> String {
    let pieces = text.0.first().map(Vec::as_slice).unwrap_or_default();
    pieces.iter().map(piece).collect()
}

fn w() -> &'static CliAuthorWords {
    &words().cli.author
}

/// The title of a stage, its minutes and for whom they are.
pub(crate) fn heading(script: &Script, stage: &Stage) -> SafeText {
    let alone = script.people.to == 1 || script.one_sided.is_some();
    let (text, times) = match &stage.kind {
        StageKind::Turns { times, .. } if *times > 1 && alone => (&w().stage_again, *times),
        StageKind::Turns { times, .. } if *times > 1 => (&w().stage_times, *times),
        StageKind::Turns { .. } if alone => (&w().stage, 1),
        StageKind::Turns { .. } if stage.shared => (&w().stage_shared, 1),
        StageKind::Turns { .. } | StageKind::Each if stage.some == Some(1) => (&w().stage_one, 1),
        StageKind::Turns { .. } | StageKind::Each if stage.some.is_some_and(is_number) => {
            (&w().stage_some, stage.some.unwrap_or(1))
        }
        StageKind::Turns { .. } | StageKind::Each if stage.some.is_some() => (&w().stage_wanted, 1),
        StageKind::Turns { .. } | StageKind::Each => (&w().stage_each, 1),
        StageKind::Together | StageKind::Closing => (&w().stage, 1),
    };
    let times = times.to_string();
    titled(script, stage, text, &times)
}

/// Whether it is said how many have a turn at most.
fn is_number(some: u8) -> bool {
    some < MOST_PEOPLE
}

/// What stands before, after and between the turns of a stage, each with its heading.
pub(crate) fn around<'a>(script: &Script, stage: &'a Stage) -> Vec<(SafeText, &'a Stage)> {
    let StageKind::Turns {
        before,
        after,
        between,
        ..
    } = &stage.kind
    else {
        return Vec::new();
    };
    let lists = [
        (&before[..], &w().part_before),
        (&after[..], &w().part_after),
        (
            between
                .as_deref()
                .map(std::slice::from_ref)
                .unwrap_or_default(),
            &w().part_between,
        ),
    ];
    let parts = lists.into_iter().flat_map(|(parts, text)| {
        let titled = move |part| (titled(script, part, text, ""), part);
        parts.iter().map(titled)
    });
    parts.collect()
}

fn titled(script: &Script, stage: &Stage, text: &Template, times: &str) -> SafeText {
    let minutes = minutes(script, stage);
    let values = [
        ("title", &*title_of(script, stage)),
        ("minutes", minutes.as_str()),
        ("times", times),
    ];
    let heading = fill(text, &values);
    let heading = match stage.groups {
        None => heading,
        Some(GroupSize::Halves) => fill(&w().in_halves, &[("heading", heading.as_str())]),
        Some(GroupSize::Of(size)) => {
            let size = size.to_string();
            let values = [("heading", heading.as_str()), ("n", &*size)];
            fill(&w().in_groups, &values)
        }
    };
    match script.roles.get(stage.floor).filter(|_| stage.floor > 0) {
        None => heading,
        Some(role) => {
            let values = [("heading", heading.as_str()), ("role", role)];
            fill(&w().with_floor, &values)
        }
    }
}

/// How long a stage is. What gets the rest is longest with the fewest people.
fn minutes(script: &Script, stage: &Stage) -> SafeText {
    let at = script.stages.iter().position(|one| one == stage);
    let with = |people: u8| {
        let fixed = script.with_people(people);
        let stage = at.and_then(|at| fixed.stages.get(at)).unwrap_or(stage);
        in_minutes(stage.length)
    };
    let (few, many) = (with(script.people.from), with(script.people.to));
    if few == many {
        return fill(&w().minutes, &[("n", &few)]);
    }
    let values = [
        ("n", &*few),
        ("from", &script.people.from.to_string()),
        ("m", &*many),
        ("to", &script.people.to.to_string()),
    ];
    fill(&w().minutes_range, &values)
}
