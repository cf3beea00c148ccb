//! The end of a session: what of it is handed out.

use super::acts::stage_of;
use crate::script::Stage;
use crate::session::Session;
use crate::session::intent::{Effect, KeepChoice, Outline};
use crate::session::plan::{Act, ActKind};
use crate::session::state::State;
use crate::time::moment::Moment;

impl Session {
    /// Nobody was asked what is kept, so no record is. What everybody wanted forgotten stays so.
    pub(in crate::session) fn keep_no_record(&mut self) {
        if self.kept != KeepChoice::Forget {
            self.kept = KeepChoice::Nothing;
        }
    }

    /// The session is over.
    pub(in crate::session) fn close(&mut self, to_the_end: bool, now: Moment) -> Vec<Effect> {
        self.take_turn_time(false, now);
        let is_planned = |act: &&Act| matches!(act.what, ActKind::Turn { extra: false, .. });
        let even = |act: &&Act| stage_of(&self.script, act.what).is_none_or(Stage::is_even);
        let planned = self.acts.iter().filter(is_planned).filter(even).count();
        let lasted = now.wall.saturating_sub(self.begin.at.wall).max(0);
        let outline = Outline {
            kept: self.kept,
            began: self.begin.at.wall,
            offset: self.begin.at.offset,
            people: self.begin.people.clone(),
            script: self.script.name.clone(),
            minutes: u64::try_from((lasted + 30_000) / 60_000).unwrap_or(0),
            whole: to_the_end && self.turns_ended >= planned,
            first: self.went_first,
            one_sided: self.one_sided() && !self.loan,
            turns: self.of_each(|person| person.turns.had),
            agreement: self.agreed(),
            forgiven: self.forgiven,
            loan: self.loan_today(),
            next: self.next_session(),
            cut_short: !to_the_end,
            cards: self.of_each(|person| person.card.clone()),
            partnership: self.partnership,
            felt: self.of_each(|person| person.felt),
        };
        self.state = State::Closed(outline.clone());
        let looked = self.looked_without_a_day();
        looked
            .into_iter()
            .chain([Effect::Closed(outline)])
            .collect()
    }
}
