//! What is on the screen of a session, in names that stay when a sentence is worded anew: the list of steps, the
//! step's id in the script, and what is asked. Tests find screens by it.

use super::own_entry::PromiseQuestion;
use super::plan::ActKind;
use super::state::{AgreementStage, Hold, MoreTime, State, StepState, TurnSetupQuestion};
use super::{Session, StepList};

impl Session {
    /// For instance `turn feel-toward choosing`, `stop stopped choosing` or `paused`.
    pub(crate) fn screen_name(&self) -> String {
        let Some((track, path)) = self.asked_alone() else {
            return over_the_steps(&self.state).to_owned();
        };
        let list = match track {
            StepList::Act(act) => match self.act_kind(act) {
                Some(ActKind::Whole { .. }) => "stage",
                Some(ActKind::Share { .. }) => "share",
                Some(ActKind::Turn { .. }) => "turn",
                Some(ActKind::Between { .. }) => "between",
                Some(ActKind::Before { .. }) => "before",
                Some(ActKind::After { .. }) => "after",
                None => "nowhere",
            },
            StepList::Aside(_) => "aside",
            StepList::Stop => "stop",
            StepList::MiniClose => "mini-close",
        };
        let steps = self.steps(track).iter().take(path.step + 1).rev();
        // A step that nothing leads to has no id; it is counted from the last one that has.
        let mut past = 0;
        let mut named = None;
        for step in steps {
            named = step.id.as_deref();
            if named.is_some() {
                break;
            }
            past += 1;
        }
        let id = match (named, past) {
            (Some(id), 0) => id.to_owned(),
            (Some(id), past) => format!("{id}+{past}"),
            (None, past) => format!("{}+{past}", self.list_name(track)),
        };
        format!("{list} {id} {}", asked(&path.doing))
    }

    /// Where a list's first step has no id: its number.
    fn list_name(&self, track: StepList) -> String {
        match track {
            StepList::Act(act) => match self.act_kind(act) {
                Some(
                    ActKind::Whole { stage }
                    | ActKind::Share { stage, .. }
                    | ActKind::Turn { stage, .. }
                    | ActKind::Between { stage, .. }
                    | ActKind::Before { stage, .. }
                    | ActKind::After { stage, .. },
                ) => format!("#{stage}"),
                None => String::new(),
            },
            StepList::Aside(aside) => format!("#{aside}"),
            StepList::Stop | StepList::MiniClose => String::new(),
        }
    }
}

fn over_the_steps(state: &State) -> &'static str {
    match state {
        State::Asides => "asides",
        State::More(MoreTime::HowMuch) => "more",
        State::More(MoreTime::Asked { .. }) => "more asked",
        State::Same { .. } => "same for the other",
        State::WhoNext { .. } => "who next",
        State::Skipping { .. } => "skipping",
        State::Held {
            reopened: Some(_), ..
        } => "agreement reopened",
        State::Held { why, .. } => match why {
            Hold::Asked => "paused",
            Hold::Gap { .. } => "gap",
        },
        State::Closed(_) => "closed",
        State::Walking | State::Aside { .. } | State::Stopped { .. } | State::MiniClose { .. } => {
            "nowhere"
        }
    }
}

fn asked(doing: &StepState) -> &'static str {
    match doing {
        StepState::Reading => "reading",
        StepState::Choosing => "choosing",
        StepState::ChoosingSeveral { .. } => "choosing-several",
        StepState::Accepting { .. } => "accepting",
        StepState::TypingDay { .. } => "typing day",
        StepState::Rating => "rating",
        StepState::Keeping => "keeping",
        StepState::Ordering => "ordering",
        StepState::Forgiving { .. } => "forgiving",
        StepState::Consenting { .. } => "consenting",
        StepState::Unseen { .. } => "unseen",
        StepState::Seen { .. } => "seen",
        StepState::Writing => "writing",
        StepState::Noting => "noting",
        StepState::InWriting { .. } => "in writing",
        StepState::Promising(PromiseQuestion::When) => "promising when",
        StepState::Promising(PromiseQuestion::For { .. }) => "promising for",
        StepState::Promising(PromiseQuestion::Cue { .. }) => "promising cue",
        StepState::Promising(PromiseQuestion::Words { .. }) => "promising words",
        StepState::KeepingOwn { .. } => "keeping-own",
        StepState::Staying { .. } => "staying",
        StepState::Gating { open: true, .. } => "gating open",
        StepState::Gating { .. } => "gating",
        StepState::Agreeing(AgreementStage::Reading { .. }) => "agreeing reading",
        StepState::Agreeing(AgreementStage::Signing { .. }) => "agreeing signing",
        StepState::Agreeing(AgreementStage::Picking) => "agreeing picking",
        StepState::Agreeing(AgreementStage::Writing { .. }) => "agreeing writing",
        StepState::Supporting(supporting) => match supporting.phase {
            TurnSetupQuestion::Rung => "supporting rung",
            TurnSetupQuestion::Accept => "supporting accept",
            TurnSetupQuestion::Offer => "supporting offer",
            TurnSetupQuestion::Warnings => "supporting warnings",
        },
        StepState::Resting { .. } => "resting",
        StepState::Apart { .. } => "apart",
    }
}
