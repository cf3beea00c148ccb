//! Which notebooks are here, and whose promises wait today.

use crate::home::DuePromises;
use crate::memory::Memory;
use crate::notebook::{Listed, Notebooks};
use crate::notebook_ui::KnownNotebook;
use crate::text::safe_text::SafeText;
use crate::time::date::Date;

pub(super) fn known(notebooks: &Notebooks) -> Vec<KnownNotebook> {
    let unread = |why| KnownNotebook {
        name: String::new(),
        sealed: false,
        trouble: Some(why),
    };
    let list = match notebooks.list() {
        Ok(list) => list,
        Err(why) => return vec![unread(why)],
    };
    list.into_iter()
        .map(|listed| match listed {
            Listed::Here(notebook) => KnownNotebook {
                name: notebook.name().to_owned(),
                sealed: notebook.is_sealed(),
                trouble: None,
            },
            Listed::Unread { why, .. } => unread(why),
        })
        .collect()
}

/// Why the days of promises can't be told, where they can't.
pub(super) fn untold(notebooks: &Notebooks) -> Vec<SafeText> {
    let here = notebooks.list().unwrap_or_default().into_iter();
    let why = here.filter_map(|listed| match listed {
        Listed::Here(notebook) => notebook.due().err(),
        // What can't be read at all is told where notebooks are opened.
        Listed::Unread { .. } => None,
    });
    why.collect()
}

/// Whose promises wait today; how many, and what their owners wrote for the first page. Where several people sat last,
/// the first page is shared, and has only how many there are of all.
pub(super) fn due(notebooks: &Notebooks, people: &Memory, today: Date) -> Vec<DuePromises> {
    let shared = people
        .circles()
        .first()
        .is_some_and(|circle| circle.names.len() > 1);
    let mut due: Vec<DuePromises> = Vec::new();
    for listed in notebooks.list().unwrap_or_default() {
        // What can't be read is told where notebooks are opened.
        let Listed::Here(notebook) = listed else {
            continue;
        };
        let mut waiting = notebook.due().unwrap_or_default();
        waiting.retain(|promise| promise.on.first().is_some_and(|on| *on <= today));
        if !waiting.is_empty() {
            let cues = waiting.iter().map(|promise| promise.cue.clone());
            due.push(DuePromises {
                name: Some(notebook.name().to_owned()),
                count: waiting.len(),
                cues: cues.filter(|cue| !cue.is_empty()).collect(),
            });
        }
    }
    if shared && !due.is_empty() {
        return vec![DuePromises {
            name: None,
            count: due.iter().map(|due| due.count).sum(),
            cues: Vec::new(),
        }];
    }
    due
}
