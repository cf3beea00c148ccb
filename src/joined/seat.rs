//! One person's own seat: what they have said so far that nobody else is to know, and what of an intent crosses.

use std::time::Duration;

use super::message::AloneAnswer;
use crate::script::Who;
use crate::session::Session;
use crate::session::intent::{GateWord, Intent, KeepChoice, Refused};
use crate::session::own_entry::KeptNotes;
use crate::session::scene::{InputField, Scene, SceneMood};
use crate::session::seat::EachAsked;
use crate::text::safe_text::SafeText;
use crate::text::words::{fill, words};
use crate::time::moment::Moment;

/// How often a clock is switched until it is as it was.
const CLOCK_WAYS: u8 = 4;

/// One person's own seat.
#[derive(Clone, Debug)]
pub(super) struct Seat {
    who: Who,
    /// What was said here and is in no log: it is a part of something that is said later, or never.
    ahead: Vec<Intent>,
    /// The answer to what each is asked alone.
    answer: Option<OwnAnswer>,
    /// How often the clock was switched here. Each looks at their own.
    clocks: u8,
    /// What each proposes for who goes first.
    pub(super) proposed: Vec<(Who, Intent)>,
    /// By whose key the screen came, in words, and when.
    came: Option<(SafeText, Duration)>,
}

/// How long it is said by whose key a screen came.
const CAME_FOR: Duration = Duration::from_secs(15);
/// How long a key may have been meant for the screen before.
const REPLACED_FOR: Duration = Duration::from_millis(1_500);

/// How many letters of an answer are said beside the next question.
const MOST_SAID: usize = 60;

/// What this person answered, alone.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum OwnAnswer {
    Gate(GateWord),
    Unseen(Option<usize>),
    Keep(KeepChoice),
}

/// What became of something that was asked here.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum SeatOutcome {
    /// It stays here.
    Stays,
    /// There is an answer now, or none any more.
    Answered(bool),
    /// The session is to be told: here all of it, elsewhere what a log may hold.
    Tell {
        here: Vec<Intent>,
        elsewhere: Intent,
    },
}

fn no<T>(sentence: &str) -> Result<T, Refused> {
    Err(Refused(SafeText::new(sentence)))
}

impl Seat {
    pub(super) fn of(who: Who) -> Self {
        Self {
            who,
            ahead: Vec::new(),
            answer: None,
            clocks: 0,
            proposed: Vec::new(),
            came: None,
        }
    }

    /// Something was accepted, by whose key is known or not: where another screen comes by somebody else's, that is said
    /// to whoever had something to do on the one before.
    pub(super) fn came(
        &mut self,
        (before, after): (&Session, &Session),
        (by, intent): (Option<Who>, &Intent),
        at: Moment,
    ) {
        if before.is_same_place(after) {
            return;
        }
        let w = &words().joined;
        let known = [
            (Intent::Stop, w.by_stop),
            (Intent::Pause, w.by_pause),
            (Intent::GoOn, w.by_go_on),
            (Intent::Back, w.by_back),
        ];
        let says = known.into_iter().find(|(known, _)| known == intent);
        let aside = matches!(intent, Intent::Asides | Intent::Aside { .. });
        let other = if aside { w.by_aside } else { w.by_other };
        let says = says.map_or(other, |(_, says)| says);
        let was = before.scene_at(self.who, at);
        let by =
            by.filter(|by| *by != self.who && (*intent == Intent::Stop || was.waits_for_a_key()));
        let name = by.and_then(|by| after.begun().people.get(by.index()));
        // What was asked of both was answered for both: whoever did not answer reads what was.
        let answer = answered_for_both(before, &was, intent).filter(|_| !aside);
        self.came = name.map(|name| {
            let says = match &answer {
                Some(answer) => fill(&w.so_far, &[("name", name), ("says", answer)]),
                None => fill(&says, &[("name", name)]),
            };
            (says, at.mono)
        });
    }

    /// Takes what somebody proposes for who goes first. Answers what everybody proposes, once they do.
    pub(super) fn propose(&mut self, who: Who, what: Intent, all: usize) -> bool {
        self.proposed.retain(|(known, _)| *known != who);
        let same = self.proposed.iter().filter(|(_, other)| *other == what);
        let agreed = same.count() + 1 == all;
        self.proposed.push((who, what));
        agreed
    }

    /// The clock is shown as the person here has set it for themselves.
    pub(super) fn switch_clock(&mut self, times: u8) {
        self.clocks = (self.clocks + times) % CLOCK_WAYS;
    }

    pub(super) fn who(&self) -> Who {
        self.who
    }

    /// The session with what was said here alone.
    fn own(&self, session: &Session, now: Moment) -> Session {
        let mut own = session.clone();
        for intent in &self.ahead {
            // It was accepted where the same was asked.
            let _ = own.apply(intent.clone(), now);
        }
        own
    }

    /// Takes what this person asks.
    pub(super) fn ask(
        &mut self,
        session: &Session,
        intent: Intent,
        now: Moment,
    ) -> Result<SeatOutcome, Refused> {
        let w = &words().session;
        if intent == Intent::Clock {
            self.clocks = (self.clocks + 1) % CLOCK_WAYS;
            return Ok(SeatOutcome::Stays);
        }
        if let Some(each) = session.each_asked() {
            if intent == Intent::Back && self.answer.take().is_some() {
                return Ok(SeatOutcome::Answered(false));
            }
            if each.takes(&intent) && self.answer.is_some() {
                return no(words().joined.answered_already);
            }
            if let Some(answer) = answer_of(each, &intent) {
                self.answer = Some(answer);
                return Ok(SeatOutcome::Answered(true));
            }
            if intent == Intent::GoOn {
                return no(w.choose_or_pass);
            }
        }
        let mut own = self.own(session, now);
        if self.ahead.last() == Some(&Intent::Asides) {
            // The list is open here alone.
            if matches!(intent, Intent::Pass | Intent::Back) {
                self.ahead.pop();
                return Ok(SeatOutcome::Stays);
            }
            if let Intent::Aside { .. } = intent {
                own.apply(intent.clone(), now)?;
                return Ok(SeatOutcome::Tell {
                    here: vec![intent.clone()],
                    elsewhere: intent,
                });
            }
        }
        if !session.may_say(self.who, &intent, now) {
            return no(words().joined.not_yours);
        }
        if intent == Intent::Asides {
            // Whoever looks for something does so unseen: the others hear of it once it is chosen.
            own.apply(intent.clone(), now)?;
            self.ahead.push(intent);
            return Ok(SeatOutcome::Stays);
        }
        let logged = own.to_log(&intent);
        own.apply(intent.clone(), now)?;
        let Some(logged) = logged else {
            self.ahead.push(intent);
            return Ok(SeatOutcome::Stays);
        };
        let mut here = self.ahead.clone();
        here.retain(|intent| *intent != Intent::Asides);
        here.push(intent);
        let elsewhere = for_others(logged);
        Ok(SeatOutcome::Tell { here, elsewhere })
    }

    /// What this person sees.
    pub(super) fn scene(&self, session: &Session, now: Moment) -> Scene {
        let mut own = self.own(session, now);
        for _ in 0..self.clocks {
            let _ = own.apply(Intent::Clock, now);
        }
        let mut scene = match self.answer {
            Some(_) if own.each_asked().is_some() => own.waiting_scene_at(self.who, now),
            Some(_) | None => own.scene_at(self.who, now),
        };
        if let Some(says) = own.proposed(&self.proposed, &scene) {
            scene.notice = Some(says);
        }
        if let Some((says, at)) = &self.came {
            let ago = now.mono.saturating_sub(*at);
            scene.rare.replaced = ago < REPLACED_FOR;
            let is_free = scene.notice.is_none() && scene.rare.elsewhere.is_none();
            if ago < CAME_FOR && is_free {
                scene.notice = Some(says.clone());
            }
        }
        scene
    }

    /// The session went on: what was begun here for a question that is not asked any more is gone.
    pub(super) fn follow(&mut self, asks_the_same: bool) {
        if !asks_the_same {
            self.ahead.clear();
            self.proposed.clear();
            self.answer = None;
        }
    }

    /// Whether this person has answered what each is asked alone.
    pub(super) fn has_answered(&self) -> bool {
        self.answer.is_some()
    }

    /// The answer as it may cross.
    pub(super) fn answer(&self) -> Option<AloneAnswer> {
        self.answer.map(|answer| match answer {
            OwnAnswer::Gate(word) => AloneAnswer::Gate(word),
            OwnAnswer::Unseen(n) => AloneAnswer::Unseen(n),
            OwnAnswer::Keep(_) => AloneAnswer::Chosen,
        })
    }

    /// What was accepted, as this person's own session is told it.
    pub(super) fn own_form(&self, intent: Intent) -> Intent {
        match (intent, self.answer) {
            (Intent::Keep { .. }, Some(OwnAnswer::Keep(what))) => Intent::Keep { what },
            // Nothing is kept uninvited.
            (Intent::Keep { .. }, _) => Intent::Keep {
                what: KeepChoice::Nothing,
            },
            (intent, _) => intent,
        }
    }
}

/// The words of an answer that this person could have given as well. After STOP nobody's answers are named.
fn answered_for_both(before: &Session, was: &Scene, intent: &Intent) -> Option<String> {
    if was.mood == SceneMood::Neutral || before.each_asked().is_some() {
        return None;
    }
    let said = match (intent, &was.field) {
        (Intent::Write { words }, Some(InputField::Line { .. })) => words.to_string(),
        (_, _) => {
            let mut choices = was.choices.iter();
            let choice = choices.find(|choice| choice.intent == *intent)?;
            choice.says.as_str().to_owned()
        }
    };
    (said.chars().count() <= MOST_SAID).then(|| said.trim_end_matches('.').to_owned())
}

fn answer_of(each: EachAsked, intent: &Intent) -> Option<OwnAnswer> {
    let passes = matches!(intent, Intent::Pass | Intent::Unsure);
    match (each, intent) {
        (EachAsked::Gate, Intent::Gate { says }) => Some(OwnAnswer::Gate(*says)),
        // Who passes has not said that they are fit to work.
        (EachAsked::Gate, _) if passes => Some(OwnAnswer::Gate(GateWord::NotToday)),
        (EachAsked::Unseen(most), Intent::Answer { n }) if *n < most => {
            Some(OwnAnswer::Unseen(Some(*n)))
        }
        (EachAsked::Unseen(_), _) if passes => Some(OwnAnswer::Unseen(None)),
        (EachAsked::Keep, Intent::Keep { what }) => Some(OwnAnswer::Keep(*what)),
        (EachAsked::Keep, _) if passes => Some(OwnAnswer::Keep(KeepChoice::Nothing)),
        (_, _) => None,
    }
}

/// What others may hear of what a log holds: what stays, each chooses for themselves.
pub(super) fn for_others(logged: Intent) -> Intent {
    if matches!(logged, Intent::Keep { .. }) {
        let what = KeepChoice::default();
        return Intent::Keep { what };
    }
    if matches!(logged, Intent::KeepOwn { .. }) {
        let what = KeptNotes::All;
        return Intent::KeepOwn { what };
    }
    logged
}

/// What all answers come to that were given alone, in the order of the turns; `None` where they are not what was asked.
pub(super) fn merged(each: EachAsked, answers: &[AloneAnswer]) -> Option<Intent> {
    match each {
        EachAsked::Gate => {
            let words = answers.iter().map(|answer| match answer {
                AloneAnswer::Gate(word) => Some(*word),
                AloneAnswer::Unseen(_) | AloneAnswer::Chosen => None,
            });
            let words: Vec<GateWord> = words.collect::<Option<_>>()?;
            let says = words.into_iter().max()?;
            Some(Intent::Gated { says })
        }
        EachAsked::Unseen(most) => {
            let said = answers.iter().map(|answer| match answer {
                AloneAnswer::Unseen(n) if n.is_none_or(|n| n < most) => Some(*n),
                AloneAnswer::Unseen(_) | AloneAnswer::Gate(_) | AloneAnswer::Chosen => None,
            });
            let said = said.collect::<Option<_>>()?;
            Some(Intent::Answered { said })
        }
        EachAsked::Keep => {
            let chosen = answers.iter().all(|answer| *answer == AloneAnswer::Chosen);
            chosen.then_some(Intent::Keep {
                what: KeepChoice::default(),
            })
        }
    }
}
