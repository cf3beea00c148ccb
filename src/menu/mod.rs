//! Pages outside of a session, and how they are walked.
//!
//! Owns: what is common to all such pages, so that they are read and answered alike.
//! Never does: knowing what a choice does.
//! May see: session, text.

pub(crate) mod history;
pub(crate) mod number_keys;
pub(crate) mod page;
