//! Grounding, guided: one sentence at a time, from the first moment on, and nothing that has to be answered.
//!
//! A pure value that is told things, like the lobby and the session. Nothing of it is ever written down.

use std::time::Duration;

use crate::care::practice::{
    Kind, Practice, Step, beat, breath, duration, goes_on, is_breath, library, next_second, step_at,
};
use crate::session::intent::{Intent, Refused};
use crate::session::scene::{Choice, Field, Mood, Offer, Scene, Verb, Whisper};
use crate::session::time::Moment;
use crate::shown::Shown;
use crate::words::{CareGroundWords, fill, words};

/// At this number it is too much for company alone (content.md 4.1).
const TOO_MUCH: u8 = 8;

/// Somebody who comes back to here and now.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Ground {
    page: Page,
    before: Option<u8>,
    after: Option<u8>,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Page {
    /// In a practice, at a step, since then.
    Step {
        practice: usize,
        step: usize,
        since: Moment,
    },
    /// After a practice.
    Next { practice: usize },
    /// The choice of a practice.
    Which,
    /// The choice of a way to breathe.
    Breath,
    /// How strong it is afterwards.
    Rate,
    /// The end.
    End {
        /// Whether it was stopped.
        stopped: bool,
    },
}

/// Whether it goes on.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Then {
    /// It does.
    Stay,
    /// It is over.
    Over,
}

/// What a choice leads to.
type Way = (Shown, Page);

impl Ground {
    /// Begins with the first sentence.
    #[must_use]
    pub fn begin(now: Moment) -> Self {
        Self {
            page: at(0, now),
            before: None,
            after: None,
        }
    }

    /// What may be seen and asked.
    #[must_use]
    pub fn scene(&self, now: Moment) -> Scene {
        let says = &words().care.ground;
        let mut scene = Scene {
            mood: Mood::Neutral,
            title: Shown::new(&says.title),
            choices: choices(&self.ways(now)),
            offers: self.offers(),
            ..Scene::default()
        };
        match self.page {
            Page::Step { .. } => self.step_scene(&mut scene, now),
            Page::Next { .. } => {
                scene.prompt = says.next.iter().map(|text| Shown::new(text)).collect();
            }
            Page::Which => scene.prompt = vec![Shown::new(&says.which)],
            Page::Breath => {
                scene.prompt = says.breath.iter().map(|text| Shown::new(text)).collect();
            }
            Page::Rate => {
                scene.prompt = vec![Shown::new(&says.rate)];
                scene.field = Some(Field::Rating);
            }
            Page::End { stopped } => scene.prompt = self.farewell(stopped, says),
        }
        scene
    }

    fn step_scene(&self, scene: &mut Scene, now: Moment) {
        let says = &words().care.ground;
        let Page::Step {
            practice,
            step,
            since,
        } = self.page
        else {
            return;
        };
        match step_at(practice, step) {
            Some(Step::Says {
                says: text,
                beneath,
                ..
            }) => {
                scene.prompt = vec![Shown::new(text)];
                scene.prompt.extend(beneath.as_deref().map(Shown::new));
            }
            Some(Step::Pace { pace, .. }) if is_breath(practice) => {
                scene.prompt = says.at_a_pace.iter().map(|text| Shown::new(text)).collect();
                scene.pacer = Some(breath(pace, elapsed(since, now)));
            }
            Some(Step::Pace { pace, times }) => {
                let (round, phase, _) = beat(pace, elapsed(since, now));
                let (n, of) = ((round + 1).min(*times).to_string(), times.to_string());
                let word = pace.get(phase).map_or("", |phase| phase.word);
                let values = [("n", n.as_str()), ("of", of.as_str())];
                scene.prompt = vec![Shown::new(word), fill(&says.count, &values)];
            }
            None => {}
        }
        if self.asks_before() {
            scene.field = Some(Field::Rating);
            scene.whispers.push(Whisper {
                to: Vec::new(),
                words: Shown::new(&says.before),
            });
        }
    }

    /// Whether the first sentence stands there, and no number has been given with it.
    fn asks_before(&self) -> bool {
        let first = matches!(
            self.page,
            Page::Step {
                practice: 0,
                step: 0,
                ..
            }
        );
        first && self.before.is_none()
    }

    fn farewell(&self, stopped: bool, says: &CareGroundWords) -> Vec<Shown> {
        let mut prompt = Vec::new();
        let strong = self.after.or(self.before.filter(|_| stopped));
        if strong.is_some_and(|n| n >= TOO_MUCH) {
            prompt.extend(says.too_much.iter().map(|text| Shown::new(text)));
        } else if stopped {
            prompt.extend(says.stopped.iter().map(|text| Shown::new(text)));
        } else {
            prompt.extend(says.end.iter().map(|text| Shown::new(text)));
        }
        if let (Some(before), Some(after)) = (self.before, self.after) {
            let (before, after) = (before.to_string(), after.to_string());
            prompt.push(fill(
                &says.numbers,
                &[("before", &before), ("after", &after)],
            ));
        }
        prompt
    }

    fn ways(&self, now: Moment) -> Vec<Way> {
        let says = &words().care.ground;
        let titled = |(n, practice): (usize, &Practice)| (Shown::new(&practice.title), at(n, now));
        let all = || library().iter().enumerate();
        match self.page {
            Page::Step { .. } | Page::Rate => Vec::new(),
            Page::Next { practice } => {
                let next = all().nth(practice + 1);
                let mut ways = Vec::new();
                if let Some((n, next)) = next.filter(|_| goes_on(practice)) {
                    ways.push((fill(&says.go_on_to, &[("title", &next.title)]), at(n, now)));
                }
                ways.push((Shown::new(&says.enough), Page::Rate));
                ways.push((Shown::new(&says.again), at(practice, now)));
                ways.push((Shown::new(&says.other), Page::Which));
                ways
            }
            Page::Which => {
                let others = all().filter(|(_, practice)| practice.kind != Kind::Breath);
                let mut ways: Vec<Way> = others.map(titled).collect();
                ways.push((Shown::new(&says.to_breath), Page::Breath));
                ways
            }
            Page::Breath => {
                let breaths = all().filter(|(_, practice)| practice.kind == Kind::Breath);
                breaths.map(titled).collect()
            }
            Page::End { .. } => vec![
                (Shown::new(&says.once_more), at(0, now)),
                (Shown::new(&says.other), Page::Which),
            ],
        }
    }

    fn offers(&self) -> Vec<Offer> {
        let says = &words().care.ground;
        let on = match self.page {
            Page::Step { .. } => Some(Shown::new(says.go_on)),
            Page::Next { practice } if goes_on(practice) => {
                let next = library().get(practice + 1).map_or("", |next| &next.title);
                Some(fill(&says.go_on_to, &[("title", next)]))
            }
            Page::Next { .. } => Some(Shown::new(says.enough)),
            Page::Which | Page::Breath => None,
            Page::Rate => Some(Shown::new(says.leave_out)),
            Page::End { .. } => Some(Shown::new(says.close)),
        };
        let offer = |verb, says: &str, intent| Offer {
            verb,
            says: Shown::new(says),
            intent,
        };
        let mut offers = Vec::new();
        offers.extend(on.map(|says| offer(Verb::GoOn, says.as_str(), Intent::GoOn)));
        if self.back(self.since()).is_some() {
            offers.push(offer(Verb::Back, &says.back, Intent::Back));
        }
        if !matches!(self.page, Page::End { .. }) {
            offers.push(offer(Verb::Stop, &says.stop, Intent::Stop));
        }
        offers
    }

    /// Any moment will do where only the page matters.
    fn since(&self) -> Moment {
        match self.page {
            Page::Step { since, .. } => since,
            Page::Next { .. } | Page::Which | Page::Breath | Page::Rate | Page::End { .. } => ZERO,
        }
    }

    fn back(&self, now: Moment) -> Option<Page> {
        match self.page {
            Page::Step {
                step: 0,
                practice: 0,
                ..
            } => None,
            Page::Step { step: 0, .. } | Page::Breath => Some(Page::Which),
            Page::Step { practice, step, .. } => Some(Page::Step {
                practice,
                step: step - 1,
                since: now,
            }),
            Page::Next { practice } => Some(last_of(practice, now)),
            Page::Which => Some(at(0, now)),
            Page::Rate | Page::End { .. } => Some(Page::Which),
        }
    }

    /// What was asked.
    ///
    /// # Errors
    /// One kind sentence; nothing has changed.
    pub fn apply(&mut self, intent: &Intent, now: Moment) -> Result<Then, Refused> {
        let says = &words().care.ground;
        let refused = |text: &str| Err(Refused(Shown::new(text)));
        if *intent == Intent::TimePassed {
            self.let_time_pass(now);
            return Ok(Then::Stay);
        }
        if *intent == Intent::Stop {
            self.page = Page::End { stopped: true };
            return Ok(Then::Stay);
        }
        if *intent == Intent::Back {
            let Some(page) = self.back(now) else {
                return refused(&says.first);
            };
            self.page = page;
            return Ok(Then::Stay);
        }
        if *intent == Intent::GoOn {
            return self.go_on(now);
        }
        if let Intent::Answer { n } = intent {
            let Some((_, page)) = self.ways(now).into_iter().nth(*n) else {
                return refused(&says.no_such);
            };
            self.page = page;
            return Ok(Then::Stay);
        }
        if let Intent::Rate { value } = intent
            && *value <= 10
            && (self.asks_before() || self.page == Page::Rate)
        {
            if self.page == Page::Rate {
                self.after = Some(*value);
                self.page = Page::End { stopped: false };
            } else {
                self.before = Some(*value);
            }
            return Ok(Then::Stay);
        }
        refused(&says.not_here)
    }

    fn go_on(&mut self, now: Moment) -> Result<Then, Refused> {
        self.page = match self.page {
            Page::Step { practice, step, .. } => after(practice, step, now),
            Page::Next { practice } if goes_on(practice) => at(practice + 1, now),
            Page::Next { .. } => Page::Rate,
            Page::Which | Page::Breath => {
                return Err(Refused(Shown::new(&words().care.ground.no_such)));
            }
            Page::Rate => Page::End { stopped: false },
            Page::End { .. } => return Ok(Then::Over),
        };
        Ok(Then::Stay)
    }

    /// How long until something changes by itself.
    #[must_use]
    pub fn next_wake(&self, now: Moment) -> Option<Duration> {
        let Page::Step {
            practice,
            step,
            since,
        } = self.page
        else {
            return None;
        };
        let passed = elapsed(since, now);
        match step_at(practice, step)? {
            Step::Says { seconds, .. } => Some(duration((*seconds)?).saturating_sub(passed)),
            Step::Pace { pace, .. } if is_breath(practice) => Some(next_second(pace, passed)),
            Step::Pace { pace, .. } => Some(beat(pace, passed).2),
        }
    }

    /// One step at most: after a hole in time nothing has been missed.
    fn let_time_pass(&mut self, now: Moment) {
        let Page::Step {
            practice,
            step,
            since,
        } = self.page
        else {
            return;
        };
        let passed = elapsed(since, now);
        let over = match step_at(practice, step) {
            Some(Step::Says { seconds, .. }) => seconds.is_some_and(|s| passed >= duration(s)),
            Some(Step::Pace { pace, times }) => beat(pace, passed).0 >= *times,
            None => true,
        };
        if over {
            self.page = after(practice, step, now);
        }
    }
}

const ZERO: Moment = Moment {
    mono: Duration::ZERO,
    wall: 0,
    offset: 0,
    change: None,
};

fn elapsed(since: Moment, now: Moment) -> Duration {
    now.mono.saturating_sub(since.mono)
}

/// The first step of a practice.
fn at(practice: usize, since: Moment) -> Page {
    Page::Step {
        practice,
        step: 0,
        since,
    }
}

fn last_of(practice: usize, since: Moment) -> Page {
    let steps = library()
        .get(practice)
        .map_or(0, |practice| practice.step.len());
    Page::Step {
        practice,
        step: steps.saturating_sub(1),
        since,
    }
}

/// What comes after a step.
fn after(practice: usize, step: usize, now: Moment) -> Page {
    match step_at(practice, step + 1) {
        Some(_) => Page::Step {
            practice,
            step: step + 1,
            since: now,
        },
        None => Page::Next { practice },
    }
}

fn choices(ways: &[Way]) -> Vec<Choice> {
    let choice = |(n, (says, _)): (usize, &Way)| Choice {
        says: says.clone(),
        on: None,
        intent: Intent::Answer { n },
    };
    ways.iter().enumerate().map(choice).collect()
}

#[cfg(test)]
#[path = "ground_tests.rs"]
mod tests;
