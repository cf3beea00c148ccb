//! Words to read: all of it is what every step does.

use super::step_kind::StepKind;

/// Words to read.
pub(in crate::session) struct ReadStep;

impl StepKind for ReadStep {}
