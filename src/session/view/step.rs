//! What a step asks, as choices, a field and offers.

use super::{choice, item, offer};
use crate::script::{Ask, Pacer, Step, Who};
use crate::session::Session;
use crate::session::intent::{GateWord, Intent, KeepChoice};
use crate::session::scene::{BreathPace, InputField, ListItem, Scene, Verb};
use crate::session::state::{AgreementStage, Path, StepState};
use crate::session::steps::agreement;
use crate::text::safe_text::SafeText;
use crate::text::words::{fill, fill_lines, words};
use crate::time::moment::{Moment, signed_ms};

/// The letters of a line of the agreement where one is picked among many.
const PICKED_LETTERS: usize = 50;

impl Session {
    pub(in crate::session) fn put_ask(
        &self,
        scene: &mut Scene,
        step: &Step,
        path: &Path,
        floor: Option<Who>,
        now: Moment,
    ) {
        let w = &words().session;
        match (&path.doing, &step.ask) {
            (StepState::Choosing, Ask::Question(answers)) => {
                for (n, answer) in answers.iter().enumerate() {
                    let says = self.render(&answer.says, floor);
                    scene.choices.push(choice(says, Intent::Answer { n }));
                }
                scene.offers.push(offer(Verb::GoOn, &w.pass, Intent::GoOn));
                scene
                    .offers
                    .push(offer(Verb::Unsure, &w.unsure, Intent::Unsure));
            }
            (StepState::Accepting { asked, .. }, _) => self.put_accepting(scene, *asked),
            (StepState::Rating, _) => {
                scene.field = Some(InputField::Rating);
                scene.offers.push(offer(Verb::GoOn, &w.pass, Intent::GoOn));
            }
            (StepState::Unseen { said }, Ask::Unseen(answers)) => {
                self.put_unseen(scene, answers, said);
            }
            (StepState::Seen { said }, Ask::Unseen(answers)) => self.put_seen(scene, answers, said),
            (StepState::Writing, Ask::Write(write)) => self.put_writing(scene, write, floor),
            (StepState::Consenting { of, yes }, _) => {
                self.put_yes_of(scene, of, yes);
                scene
                    .offers
                    .push(offer(Verb::GoOn, &w.without_yes, Intent::GoOn));
            }
            (StepState::Gating { said, open: false }, Ask::Gate(_)) => {
                self.put_empty_gate(scene, said.len());
            }
            (StepState::Gating { said, open: true }, Ask::Gate(gate)) => {
                let questions = gate.questions.iter();
                let asked = questions.map(|question| item("", self.render(question, floor), false));
                scene.list = asked.collect();
                self.put_gate(scene, said.len());
            }
            (StepState::Agreeing(agreeing), _) => self.put_agreement(scene, agreeing, &self.lines),
            (StepState::Forgiving { yes }, _) => self.put_forgiving(scene, yes),
            (StepState::Ordering, _) => self.put_order(scene),
            (StepState::Supporting(supporting), Ask::Support(support)) => {
                self.put_support(scene, support, supporting);
            }
            (StepState::Keeping, _) => self.put_keep(scene),
            (StepState::KeepingOwn { who, stay }, _) => self.put_keep_own(scene, *who, *stay),
            (StepState::Staying { who, stay }, _) => self.put_staying(scene, *who, *stay),
            (doing @ (StepState::Noting | StepState::Promising(_)), _) => {
                self.put_own(scene, doing, floor);
            }
            (StepState::Resting { clock, pacer, .. }, ask) => {
                if let (Some(pacer), Ask::Rest { length, .. }) = (pacer, ask) {
                    let gone = signed_ms(*length).saturating_sub(clock.left(now));
                    scene.pacer = Some(pace(*pacer, gone));
                }
                let words = if clock.left(now) > 0 {
                    &w.resting
                } else {
                    &w.go_on
                };
                scene.offers.push(offer(Verb::GoOn, words, Intent::GoOn));
            }
            (_, ask) => {
                if *ask == Ask::Note {
                    scene.notice = Some(SafeText::new(&w.note));
                } else if *ask == Ask::Promise {
                    scene.notice = Some(SafeText::new(&w.promise));
                }
                scene.offers.push(offer(Verb::GoOn, &w.go_on, Intent::GoOn));
            }
        }
    }

    fn put_keep(&self, scene: &mut Scene) {
        let w = &words().session;
        let (outline, nothing) = (&w.keep_outline, &w.keep_nothing);
        for (says, what) in [
            (outline, KeepChoice::Outline),
            (nothing, KeepChoice::Nothing),
        ] {
            let says = SafeText::new(says);
            scene.choices.push(choice(says, Intent::Keep { what }));
        }
        scene
            .offers
            .push(offer(Verb::GoOn, &w.keep_go_on, Intent::GoOn));
    }

    /// Before each one's questions the screen is empty, until only that person sees it.
    fn put_empty_gate(&self, scene: &mut Scene, said: usize) {
        let w = &words().session;
        let who = self.who(said);
        let others = self.others(who);
        let name = self.name(who);
        let values = [("name", name.as_str()), ("others", others.as_str())];
        scene.to = vec![who.index()];
        scene.prompt = fill_lines(&w.gate_empty, &values);
        scene.whispers.clear();
        let says = &w.gate_look;
        scene.offers.push(offer(Verb::GoOn, says, Intent::Look));
    }

    fn put_gate(&self, scene: &mut Scene, said: usize) {
        let w = &words().session;
        let who = self.who(said);
        scene.to = vec![who.index()];
        let alone = self.begin.people.len() == 1;
        let name = self.name(who);
        let words = if alone { w.gate_alone.into() } else { w.gate };
        scene.notice = Some(fill(&words, &[("name", name.as_str())]));
        scene.private = !alone;
        for (says, word) in [
            (&w.gate_go, GateWord::Go),
            (&w.gate_short, GateWord::Short),
            (&w.gate_not_today, GateWord::NotToday),
        ] {
            scene
                .choices
                .push(choice(SafeText::new(says), Intent::Gate { says: word }));
        }
        scene
            .offers
            .push(offer(Verb::GoOn, &w.gate_pass, Intent::GoOn));
    }

    /// The lines as a list, those that are new marked. Without numbers: those are for what can be chosen.
    fn agreement_list(&self, lines: &[SafeText], current: Option<usize>) -> Vec<ListItem> {
        let entry = |(at, line): (usize, &SafeText)| {
            let lead = if self.is_new(line) {
                words().session.line_new
            } else {
                ""
            };
            item(lead, line.clone(), current == Some(at))
        };
        lines.iter().enumerate().map(entry).collect()
    }

    pub(in crate::session) fn put_agreement(
        &self,
        scene: &mut Scene,
        agreeing: &AgreementStage,
        lines: &[SafeText],
    ) {
        let w = &words().session;
        let list = |current| self.agreement_list(lines, current);
        match agreeing {
            AgreementStage::Reading { line } => {
                let reader = self.who(line % self.begin.people.len().max(1));
                let name = self.name(reader);
                scene.list = list(Some(*line));
                scene.to = vec![reader.index()];
                let key = if self.begin.people.len() > 1 {
                    w.read_line
                } else {
                    w.read_alone.into()
                };
                scene.notice = Some(fill(&key, &[("name", name.as_str())]));
                let on = if line + 1 < lines.len() {
                    &w.next_line
                } else {
                    &w.to_yes
                };
                scene.offers.push(offer(Verb::GoOn, on, Intent::GoOn));
                scene
                    .offers
                    .push(offer(Verb::ChangeLine, &w.change_this, Intent::ChangeLine));
            }
            AgreementStage::Signing { yes } => {
                scene.list = list(None);
                if self.notice.is_none() {
                    scene.notice = self.still_true(lines);
                }
                self.put_yes(scene, yes);
                scene
                    .offers
                    .push(offer(Verb::GoOn, &w.leave_unsigned, Intent::GoOn));
                scene
                    .offers
                    .push(offer(Verb::ChangeLine, &w.change_line, Intent::ChangeLine));
                scene
                    .offers
                    .push(offer(Verb::ReadAloud, &w.read_aloud, Intent::ReadAloud));
            }
            AgreementStage::Picking => {
                scene.prompt = SafeText::lines(&w.which_line);
                scene.choices = lines
                    .iter()
                    .enumerate()
                    .map(|(line, words)| {
                        // One row each, so that many lines can be seen at once; whoever picks one sees it whole.
                        let says = SafeText::short(words.as_str(), PICKED_LETTERS);
                        choice(says, Intent::PickLine { line })
                    })
                    .collect();
                scene
                    .offers
                    .push(offer(Verb::GoOn, &w.leave_as_is, Intent::GoOn));
            }
            AgreementStage::Writing { line, .. } => {
                let initial = lines.get(*line).map_or("", SafeText::as_str).to_owned();
                let words = self.by_number(&w.new_line_alone, &w.new_line);
                scene.prompt = SafeText::lines(words);
                scene.field = Some(InputField::line(
                    initial,
                    &w.new_line_hint,
                    agreement::MOST_LETTERS,
                ));
                scene
                    .offers
                    .push(offer(Verb::GoOn, &w.leave_as_is, Intent::GoOn));
            }
        }
    }

    fn put_order(&self, scene: &mut Scene) {
        let w = &words().session;
        for nth in 0..self.begin.people.len() {
            let who = self.who(nth);
            let name = self.name(who);
            let key = if nth == 0 {
                &w.first_proposed
            } else {
                &w.first
            };
            scene.choices.push(choice(
                fill(key, &[("name", name.as_str())]),
                Intent::First { who },
            ));
        }
        scene
            .choices
            .push(choice(SafeText::new(&w.toss), Intent::Toss));
        if self.begin.people.len() > 2 && !self.one_sided() {
            let says = SafeText::new(&w.any_order);
            scene.choices.push(choice(says, Intent::AnyOrder));
        }
        self.put_lent(scene);
        let proposed = self.name(self.who(0));
        let says = fill(&w.order_go_on, &[("name", proposed.as_str())]);
        scene
            .offers
            .push(offer(Verb::GoOn, says.as_str(), Intent::GoOn));
    }
}

/// Where a pace for the breath stands after `gone` milliseconds.
fn pace(pacer: Pacer, gone: i64) -> BreathPace {
    let w = &words().session;
    let parts = [
        (&w.pace_in, pacer.breath_in),
        (&w.pace_hold, pacer.hold),
        (&w.pace_out, pacer.breath_out),
        (&w.pace_hold, pacer.hold),
    ];
    let whole: i64 = parts.iter().map(|(_, seconds)| i64::from(*seconds)).sum();
    let mut second = (gone.max(0) / 1000) % whole.max(1);
    let numbers = [pacer.breath_in, pacer.breath_out, pacer.hold].map(|n| n.to_string());
    let values = [
        ("in", numbers[0].as_str()),
        ("out", numbers[1].as_str()),
        ("hold", numbers[2].as_str()),
    ];
    let pattern = if pacer.hold > 0 {
        fill(&w.pace_pattern_hold, &values)
    } else {
        fill(&w.pace_pattern, &values)
    };
    let mut now = BreathPace {
        says: SafeText::new(&w.pace_in),
        second: 1,
        of: pacer.breath_in,
        pattern,
    };
    for (says, seconds) in parts {
        if second < i64::from(seconds) {
            now.says = SafeText::new(says);
            now.second = u8::try_from(second).unwrap_or(0) + 1;
            now.of = seconds;
            break;
        }
        second -= i64::from(seconds);
    }
    now
}
