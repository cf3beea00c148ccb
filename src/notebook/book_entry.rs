//! Entries as what they are in a book.

use super::book::{CheckIn, Note, Promise, SessionReview};
use super::book_builder::sorted;
use super::entry::NotebookEntry;

impl Note {
    pub(super) fn of(entry: NotebookEntry) -> Option<Self> {
        let NotebookEntry::Note {
            id,
            at,
            words,
            part,
            session,
            until,
        } = entry
        else {
            return None;
        };
        Some(Self {
            id,
            at,
            words,
            part,
            session,
            until,
        })
    }
}

impl Promise {
    pub(super) fn of(entry: NotebookEntry) -> Option<Self> {
        let NotebookEntry::Promise {
            id,
            at,
            words,
            part,
            called,
            cue,
            on,
            therapist,
        } = entry
        else {
            return None;
        };
        let (on, looked) = (sorted(on), Vec::new());
        Some(Self {
            id,
            at,
            words,
            part,
            called,
            cue,
            on,
            done: false,
            therapist,
            looked,
        })
    }
}

impl CheckIn {
    pub(super) fn of(entry: NotebookEntry) -> Option<Self> {
        let NotebookEntry::CheckIn {
            id,
            at,
            lines,
            stirred,
            resourced,
        } = entry
        else {
            return None;
        };
        Some(Self {
            id,
            at,
            lines,
            stirred,
            resourced,
        })
    }
}

impl SessionReview {
    pub(super) fn of(entry: NotebookEntry) -> Option<Self> {
        let NotebookEntry::Sitting {
            id,
            at,
            script,
            with,
            minutes,
            before,
            after,
            resourced_before,
            resourced_after,
        } = entry
        else {
            return None;
        };
        Some(Self {
            id,
            at,
            script,
            with,
            minutes,
            before,
            after,
            resourced_before,
            resourced_after,
        })
    }
}
