//! What a step can ask: one file for each kind, with all that a session does when such a step is entered, answered,
//! gone back in, shown and logged.
//!
//! A new kind is a file here, its line in [`kind_of`], and its way from the script's text to [`Ask`].

pub(super) mod agreement;
pub(super) mod apart;
pub(super) mod consent;
pub(super) mod gate;
pub(super) mod in_writing;
pub(super) mod keep_notes;
pub(super) mod loan;
pub(super) mod order;
pub(crate) mod own_notes;
pub(super) mod private_answers;
pub(super) mod promise;
pub(super) mod question;
pub(super) mod rating;
pub(super) mod read;
pub(super) mod rest;
pub(super) mod step_kind;
pub(super) mod turn_setup;
pub(super) mod unseen;
pub(super) mod writing;

use crate::script::Ask;
use crate::session::state::StepState;
use step_kind::StepKind;

/// The kind of what a step asks.
pub(in crate::session) fn kind_of(ask: &Ask) -> &dyn StepKind {
    match ask {
        Ask::Read => &read::ReadStep,
        Ask::Question(question) => question,
        Ask::Unseen(question) => question,
        Ask::Rating(question) => question,
        Ask::Consent(consent) => consent,
        Ask::Gate(gate) => gate,
        Ask::Agreement(agreement) => agreement,
        Ask::Order => &order::OrderStep,
        Ask::Support(support) => support,
        Ask::Write(write) => write,
        Ask::Note => &own_notes::NoteStep,
        Ask::Promise => &promise::PromiseStep,
        Ask::Rest(rest) => rest,
        Ask::Keep => &keep_notes::KeepStep,
    }
}

/// The kind of what is asked now: of the step, or of the page on which it is answered in writing.
pub(in crate::session) fn kind_now<'a>(ask: &'a Ask, doing: &StepState) -> &'a dyn StepKind {
    if matches!(doing, StepState::InWriting { .. }) {
        &in_writing::InWritingPage
    } else if matches!(doing, StepState::Apart { .. }) {
        &apart::ApartStage
    } else {
        kind_of(ask)
    }
}
