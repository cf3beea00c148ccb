//! What lies beside the log of a session at several terminals, so that a program that was killed is back without a new
//! ticket or new words. It goes with the log, or when somebody goes on alone.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::link_program::{LinkProgram, SameLink};
use crate::session_log;
use crate::storage::{self, FileHeader, RealFileSystem, checked, scan};
use crate::text::safe_text::SafeText;
use crate::text::words::{fill, joined, words};

const HEADER: FileHeader = FileHeader::new("alongside-line", [1, 0]);
/// More than any line of it takes.
const MOST_BYTES: u64 = 64 * 1024;

/// How the others are reached.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct KeptLine {
    /// Who sits here, by their place.
    pub(super) who: usize,
    /// Who sits elsewhere, by their number and their place.
    pub(super) seats: Vec<(u32, usize)>,
    pub(super) link: SameLink,
}

#[derive(Serialize, Deserialize)]
struct KeptFile<Line> {
    #[serde(flatten)]
    header: FileHeader,
    line: Line,
}

/// How the others of a session that was cut off are reached again.
pub(super) struct LineAgain {
    pub(super) kept: KeptLine,
    pub(super) link: LinkProgram,
}

impl KeptLine {
    /// What lies beside this log, where it can be used.
    pub(super) fn beside(log: &Path) -> Option<Self> {
        let bytes = storage::read_own(&path(log), MOST_BYTES).ok()?;
        let line = *scan(&bytes).good.first()?;
        let header: FileHeader = serde_json::from_str(line).ok()?;
        HEADER.check(&header).ok()?;
        Some(serde_json::from_str::<KeptFile<Self>>(line).ok()?.line)
    }

    /// What is called so, and with whom it is at other terminals.
    pub(super) fn with(&self, title: &SafeText, people: &[String]) -> SafeText {
        let others = people.iter().enumerate();
        let others = others.filter(|(at, _)| *at != self.who);
        let others: Vec<String> = others.map(|(_, name)| name.clone()).collect();
        let values = [("title", title.as_str()), ("others", &*joined(&others))];
        fill(&words().joined.left_with, &values)
    }

    /// Lays it beside this log. Where that can't be done, the log's own trouble is told, and the others need a new ticket
    /// after a crash.
    pub(super) fn lay(&self, log: &Path) {
        let file = KeptFile {
            header: HEADER,
            line: self,
        };
        if let Ok(bytes) = checked(&file) {
            let _ = storage::replace_alone(&mut RealFileSystem::default(), &path(log), &bytes);
        }
    }
}

fn path(log: &Path) -> PathBuf {
    session_log::line_of(log)
}
