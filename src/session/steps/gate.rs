//! The gate: each answers alone and inwardly; only go, short or not today is ever given (content.md T2.1 G).
#![allow(
    clippy::wildcard_enum_match_arm,
    reason = "an intent that the gate does not ask for is refused with a sentence, never ignored"
)]

use super::step_kind::{GoingOn, StepAnswered, StepHere, StepKind, put_go_on, put_pass};
use crate::script::{Ask, Gate, Step};
use crate::session::intent::{GateWord, Intent};
use crate::session::plan::ActKind;
use crate::session::scene::{ListItem, Scene};
use crate::session::state::StepState;
use crate::session::{Applied, Session, no};
use crate::text::safe_text::SafeText;
use crate::text::words::{fill, fill_lines, words};

impl StepKind for Gate {
    fn enter(&self, session: &mut Session, _here: StepHere<'_>) -> StepState {
        unanswered(session)
    }

    /// Takes one person's word. When everybody has given one, the most careful of them leads on,
    /// and nothing on the screen tells whose it was.
    fn apply(&self, session: &mut Session, mut here: StepAnswered<'_>, intent: Intent) -> Applied {
        let StepState::Gating { mut said, open } = here.path.doing.clone() else {
            return no(words().session.not_here);
        };
        let given = match intent {
            // Only I see the screen now: the questions may come.
            Intent::GoOn if !open => {
                return here.ask(session, StepState::Gating { said, open: true });
            }
            Intent::Gated { says } => says,
            intent => {
                let Some(word) = word_of(&intent) else {
                    return no(words().session.not_here);
                };
                said.push(word);
                if said.len() < session.people.len() {
                    return here.ask(session, StepState::Gating { said, open: false });
                }
                said.iter().copied().fold(word, GateWord::max)
            }
        };
        let target = match given {
            GateWord::Go => here.step.to,
            GateWord::Short => self.short,
            GateWord::NotToday => self.not_today,
        };
        here.path.doing = unanswered(session);
        let effects = here.go(session, target)?;
        if given != GateWord::Go && target == self.not_today {
            session.not_today = true;
        }
        if given != GateWord::Go {
            // Whoever said no is not asked again by the one because of whom they may have said it.
            session.close_off();
        }
        Ok(effects)
    }

    /// The questions go, or the one before answers anew.
    fn back(&self, session: &Session, doing: &StepState) -> Option<StepState> {
        let StepState::Gating { said, open } = doing else {
            return None;
        };
        let mut said = said.clone();
        if !*open || session.is_alone() {
            said.pop()?;
        }
        Some(StepState::Gating { said, open: false })
    }

    fn show(&self, session: &Session, scene: &mut Scene, here: StepHere<'_>) {
        let StepState::Gating { said, open } = &here.path.doing else {
            return;
        };
        if !open {
            session.put_empty_gate(scene, said.len(), self.has_two_words());
            return;
        }
        let questions = self.questions.iter();
        let asked = questions.map(|one| ListItem::new("", session.render(one, here.holder), false));
        scene.list = asked.collect();
        session.put_gate(scene, said.len(), self.has_two_words());
    }

    fn going_on(&self, _step: &Step, _doing: &StepState) -> GoingOn {
        GoingOn::Next
    }

    fn to_log(&self, session: &Session, doing: &StepState, intent: &Intent) -> Option<Intent> {
        let StepState::Gating { said, open } = doing else {
            return Some(intent.as_logged());
        };
        let last = said.len() + 1 >= session.people.len();
        match (intent, word_of(intent)) {
            (Intent::GoOn, _) if !open => None,
            (Intent::Back, _) if self.back(session, doing).is_some() => None,
            (_, Some(says)) => last.then(|| Intent::Gated {
                says: said.iter().copied().fold(says, GateWord::max),
            }),
            (intent, None) => Some(intent.as_logged()),
        }
    }

    fn forgotten(&self, session: &Session, _doing: &StepState) -> Option<StepState> {
        Some(unanswered(session))
    }
}

impl Gate {
    /// Whether there is nothing shorter here: what is not right today is not right at all.
    fn has_two_words(&self) -> bool {
        self.short == self.not_today
    }
}

/// A gate that nobody has answered. Who is alone needs no empty screen first.
fn unanswered(session: &Session) -> StepState {
    StepState::Gating {
        said: Vec::new(),
        open: session.is_alone(),
    }
}

/// The word that an intent gives at the gate. Who passes has not said that they are fit to work.
fn word_of(intent: &Intent) -> Option<GateWord> {
    match intent {
        Intent::Gate { says } => Some(*says),
        Intent::Pass | Intent::Unsure => Some(GateWord::NotToday),
        _ => None,
    }
}

impl Session {
    /// Whether the screen is empty because one person is to be alone with it first.
    pub(in crate::session) fn is_empty_gate(&self) -> bool {
        let doing = self.asked_alone().map(|(_, path)| &path.doing);
        matches!(doing, Some(StepState::Gating { open: false, .. }))
    }

    /// Before each one's questions the screen is empty, until only that person sees it.
    fn put_empty_gate(&self, scene: &mut Scene, said: usize, two: bool) {
        let w = &words().session;
        let who = self.who(said);
        let others = self.others(who);
        let name = self.name(who);
        let words = match two {
            true => w.gate_words_two,
            false => w.gate_words,
        };
        let values = [
            ("name", name.as_str()),
            ("others", others.as_str()),
            ("words", words),
        ];
        scene.to = vec![who.index()];
        let text = match (self.by_ear(self.everybody()), self.knows_the_gate()) {
            (true, _) => &w.gate_empty_heard,
            (false, true) => &w.gate_empty_again,
            (false, false) => &w.gate_empty,
        };
        scene.prompt = fill_lines(text, &values);
        scene.whispers.clear();
        put_go_on(
            scene,
            match self.by_ear(self.everybody()) {
                true => w.gate_hear,
                false => w.gate_look,
            },
        );
    }

    /// Whether everybody has answered such questions alone today.
    fn knows_the_gate(&self) -> bool {
        let here = self.act_kind(self.walk.act).map_or(0, ActKind::stage);
        let before = self.script.stages.iter().take(here);
        let mut steps = before.flat_map(|stage| &stage.steps);
        steps.any(|step| matches!(step.ask, Ask::Gate(_)))
    }

    fn put_gate(&self, scene: &mut Scene, said: usize, two: bool) {
        let w = &words().session;
        let who = self.who(said);
        scene.to = vec![who.index()];
        let alone = self.is_alone();
        let name = self.name(who);
        let words = if alone { w.gate_alone.into() } else { w.gate };
        scene.notice = Some(fill(&words, &[("name", name.as_str())]));
        scene.private = !alone;
        let no = if two {
            w.gate_not_this
        } else {
            w.gate_not_today
        };
        for (says, word) in [
            (w.gate_go, GateWord::Go),
            (w.gate_short, GateWord::Short),
            (no, GateWord::NotToday),
        ] {
            if !(two && word == GateWord::Short) {
                scene.add_choice(SafeText::new(says), Intent::Gate { says: word });
            }
        }
        put_pass(scene, no);
    }
}
