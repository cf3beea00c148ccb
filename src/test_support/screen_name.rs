//! What is on the screen of a session, in names that stay when a sentence is worded anew: the list of steps, the
//! step's id in the script, and what is asked. Tests find screens by it.

use super::plan::ActKind;
use super::promise::Promising;
use super::state::{Agreeing, Doing, Hold, More, State, SupportPhase};
use super::{Session, Track};

impl Session {
    /// For instance `turn feel-toward choosing`, `stop stopped choosing` or `paused`.
    pub(crate) fn screen_name(&self) -> String {
        let Some((track, path)) = self.asked_alone() else {
            return over_the_steps(&self.state).to_owned();
        };
        let list = match track {
            Track::Act(act) => match self.act_kind(act) {
                Some(ActKind::Whole { .. }) => "stage",
                Some(ActKind::Share { .. }) => "share",
                Some(ActKind::Turn { .. }) => "turn",
                Some(ActKind::Between { .. }) => "between",
                Some(ActKind::Before { .. }) => "before",
                Some(ActKind::After { .. }) => "after",
                None => "nowhere",
            },
            Track::Aside(_) => "aside",
            Track::Stop => "stop",
            Track::MiniClose => "mini-close",
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
    fn list_name(&self, track: Track) -> String {
        match track {
            Track::Act(act) => match self.act_kind(act) {
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
            Track::Aside(aside) => format!("#{aside}"),
            Track::Stop | Track::MiniClose => String::new(),
        }
    }
}

fn over_the_steps(state: &State) -> &'static str {
    match state {
        State::Asides => "asides",
        State::More(More::HowMuch) => "more",
        State::More(More::Asked { .. }) => "more asked",
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

fn asked(doing: &Doing) -> &'static str {
    match doing {
        Doing::Reading => "reading",
        Doing::Choosing => "choosing",
        Doing::Accepting { .. } => "accepting",
        Doing::Rating => "rating",
        Doing::Keeping => "keeping",
        Doing::Ordering => "ordering",
        Doing::Forgiving { .. } => "forgiving",
        Doing::Consenting { .. } => "consenting",
        Doing::Unseen { .. } => "unseen",
        Doing::Seen { .. } => "seen",
        Doing::Writing => "writing",
        Doing::Noting => "noting",
        Doing::Promising(Promising::When) => "promising when",
        Doing::Promising(Promising::For { .. }) => "promising for",
        Doing::Promising(Promising::Cue { .. }) => "promising cue",
        Doing::Promising(Promising::Words { .. }) => "promising words",
        Doing::KeepingOwn { .. } => "keeping-own",
        Doing::Staying { .. } => "staying",
        Doing::Gating { open: true, .. } => "gating open",
        Doing::Gating { .. } => "gating",
        Doing::Agreeing(Agreeing::Reading { .. }) => "agreeing reading",
        Doing::Agreeing(Agreeing::Signing { .. }) => "agreeing signing",
        Doing::Agreeing(Agreeing::Picking) => "agreeing picking",
        Doing::Agreeing(Agreeing::Writing { .. }) => "agreeing writing",
        Doing::Supporting(supporting) => match supporting.phase {
            SupportPhase::Rung => "supporting rung",
            SupportPhase::Accept { .. } => "supporting accept",
            SupportPhase::Offer { .. } => "supporting offer",
            SupportPhase::Warnings => "supporting warnings",
        },
        Doing::Resting { .. } => "resting",
    }
}
