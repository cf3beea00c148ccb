//! Grounding, guided: one sentence at a time, from the first moment on, and nothing that has to be answered.
//!
//! A pure value that is told things, like home and the session. None of it is ever written down.

use std::time::Duration;

use crate::menu::page::{PageIntent, numbered, refused};
use crate::safety::exercises::{
    Exercise, ExerciseKind, ExerciseStep, beat, breath, duration, goes_on, is_breath, library,
    next_second, step_at,
};
use crate::session::intent::{Intent, Refused};
use crate::session::scene::{InputField, Offer, Scene, SceneMood, Verb, WitnessLine};
use crate::text::safe_text::{SafeText, capital, paragraphs};
use crate::text::words::{SafetyGroundWords, fill, words};
use crate::time::moment::Moment;

/// At this number it is too much for company alone (content.md 4.1).
const TOO_MUCH: u8 = 8;

/// Somebody who comes back to here and now.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Grounding {
    page: GroundingPage,
    /// Whether the words are for the ear and the hand.
    by_ear: bool,
    before: Option<u8>,
    after: Option<u8>,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum GroundingPage {
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
    /// Already stirred up, and alone: the body first, and then whether it is safe.
    Now(NowPage),
    /// The end.
    End {
        /// Whether it was stopped.
        stopped: bool,
    },
}

/// The pages of being stirred up right now, in their order.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum NowPage {
    /// One thing to hold.
    Hold,
    /// The feet.
    Feet,
    /// Whether it is safe here.
    Safe,
    /// Nothing was answered.
    Unsure,
    /// It is not safe.
    Unsafe,
    /// One sound.
    Listen,
    /// The last one.
    Close,
    /// The same, once it is to be asked tomorrow.
    Asked,
}

/// Whether it goes on.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum AfterGrounding {
    /// It does.
    Stay,
    /// It is over.
    Over,
    /// The crisis card is wanted.
    Card,
    /// A session in small steps is wanted.
    Steps,
    /// It is to be asked tomorrow how it is.
    Tomorrow,
}

/// What a choice leads to.
type GroundingChoice = (SafeText, GroundingPage);

impl Grounding {
    /// Begins with the first sentence.
    #[must_use]
    pub(crate) fn begin(now: Moment, by_ear: bool) -> Self {
        Self {
            page: at(0, now),
            by_ear,
            before: None,
            after: None,
        }
    }

    /// Begins where somebody is stirred up right now.
    #[must_use]
    pub(crate) fn begin_now(by_ear: bool) -> Self {
        Self {
            page: GroundingPage::Now(NowPage::Hold),
            by_ear,
            before: None,
            after: None,
        }
    }

    /// From now on words are for the ear and the hand, or the usual ones.
    pub(crate) fn use_words(&mut self, by_ear: bool) {
        self.by_ear = by_ear;
    }

    /// What may be seen and asked.
    #[must_use]
    pub(crate) fn scene(&self, now: Moment) -> Scene {
        let says = &words().safety.ground;
        let mut scene = Scene {
            mood: SceneMood::Neutral,
            title: SafeText::new(says.title),
            choices: numbered(self.ways(now).into_iter().map(|(says, _)| says)),
            offers: self.offers(),
            ..Scene::default()
        };
        match self.page {
            GroundingPage::Step { .. } => self.step_scene(&mut scene, now),
            GroundingPage::Next { .. } => {
                scene.prompt = paragraphs(says.next);
            }
            GroundingPage::Which => scene.prompt = vec![SafeText::new(says.which)],
            GroundingPage::Breath => {
                scene.prompt = paragraphs(says.breath);
            }
            GroundingPage::Rate => {
                scene.prompt = vec![SafeText::new(says.rate)];
                scene.field = Some(InputField::Rating);
            }
            GroundingPage::Now(page) => {
                scene.title = SafeText::default();
                scene.prompt = now_prompt(page);
            }
            GroundingPage::End { stopped } => scene.prompt = self.farewell(stopped, says),
        }
        scene
    }

    fn step_scene(&self, scene: &mut Scene, now: Moment) {
        let says = &words().safety.ground;
        let GroundingPage::Step {
            practice,
            step,
            since,
        } = self.page
        else {
            return;
        };
        match step_at(practice, step) {
            Some(ExerciseStep::Says {
                says: text,
                beneath,
                heard,
                heard_beneath,
                ..
            }) => {
                let (text, beneath) = match heard {
                    Some(heard) if self.by_ear => (heard, heard_beneath),
                    _ => (text, beneath),
                };
                scene.prompt = vec![SafeText::new(text)];
                scene.prompt.extend(beneath.as_deref().map(SafeText::new));
            }
            Some(ExerciseStep::Pace { pace, .. }) if is_breath(practice) => {
                scene.prompt = paragraphs(says.at_a_pace);
                scene.pacer = Some(breath(pace, elapsed(since, now)));
            }
            Some(ExerciseStep::Pace { pace, times }) => {
                let (round, phase, _) = beat(pace, elapsed(since, now));
                let (n, of) = ((round + 1).min(*times).to_string(), times.to_string());
                let word = pace.get(phase).map_or("", |phase| phase.word);
                let values = [("n", n.as_str()), ("of", of.as_str())];
                scene.prompt = vec![SafeText::new(word), fill(&says.count, &values)];
            }
            None => {}
        }
        if self.asks_before() {
            scene.field = Some(InputField::Rating);
            scene.whispers.push(WitnessLine {
                to: Vec::new(),
                words: SafeText::new(says.before),
            });
        }
    }

    /// Whether the first sentence stands there, and no number has been given with it.
    fn asks_before(&self) -> bool {
        let first = matches!(
            self.page,
            GroundingPage::Step {
                practice: 0,
                step: 0,
                ..
            }
        );
        first && self.before.is_none()
    }

    fn farewell(&self, stopped: bool, says: &SafetyGroundWords) -> Vec<SafeText> {
        let mut prompt = Vec::new();
        let strong = self.after.or(self.before.filter(|_| stopped));
        if strong.is_some_and(|n| n >= TOO_MUCH) {
            prompt.extend(paragraphs(says.too_much));
        } else if stopped {
            prompt.extend(paragraphs(says.stopped));
        } else {
            prompt.extend(paragraphs(says.end));
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

    fn ways(&self, now: Moment) -> Vec<GroundingChoice> {
        let says = &words().safety.ground;
        let titled = |(n, practice): (usize, &Exercise)| {
            (SafeText::new(&capital(practice.title)), at(n, now))
        };
        let all = || library().iter().enumerate();
        match self.page {
            GroundingPage::Step { .. } | GroundingPage::Rate => Vec::new(),
            GroundingPage::Next { practice } => {
                let next = all().nth(practice + 1);
                let mut ways = Vec::new();
                if let Some((n, next)) = next.filter(|_| goes_on(practice)) {
                    ways.push((fill(&says.go_on_to, &[("title", next.title)]), at(n, now)));
                }
                ways.push((SafeText::new(says.enough), GroundingPage::Rate));
                ways.push((SafeText::new(says.again), at(practice, now)));
                ways.push((SafeText::new(says.other), GroundingPage::Which));
                ways
            }
            GroundingPage::Which => {
                let others = all().filter(|(_, practice)| practice.kind != ExerciseKind::Breath);
                let mut ways: Vec<GroundingChoice> = others.map(titled).collect();
                ways.push((SafeText::new(says.to_breath), GroundingPage::Breath));
                ways
            }
            GroundingPage::Breath => {
                let breaths = all().filter(|(_, practice)| practice.kind == ExerciseKind::Breath);
                breaths.map(titled).collect()
            }
            GroundingPage::Now(page) => now_ways(page, now),
            GroundingPage::End { .. } => vec![
                (SafeText::new(says.once_more), at(0, now)),
                (SafeText::new(says.other), GroundingPage::Which),
            ],
        }
    }

    fn offers(&self) -> Vec<Offer> {
        let says = &words().safety.ground;
        let on = match self.page {
            GroundingPage::Step { .. } => Some(SafeText::new(says.go_on)),
            GroundingPage::Next { practice } if goes_on(practice) => {
                let next = library().get(practice + 1).map_or("", |next| next.title);
                Some(fill(&says.go_on_to, &[("title", next)]))
            }
            GroundingPage::Next { .. } => Some(SafeText::new(says.enough)),
            GroundingPage::Which | GroundingPage::Breath => None,
            GroundingPage::Rate => Some(SafeText::new(says.leave_out)),
            GroundingPage::Now(NowPage::Close | NowPage::Asked) => {
                Some(SafeText::new(words().safety.now.close))
            }
            GroundingPage::Now(NowPage::Safe) => Some(SafeText::new(words().safety.now.leave_open)),
            GroundingPage::Now(_) => Some(SafeText::new(says.go_on)),
            GroundingPage::End { .. } => Some(SafeText::new(says.close)),
        };
        let mut offers = Vec::new();
        offers.extend(on.map(|says| Offer::new(Verb::GoOn, says.as_str())));
        // Before the first page is where it was opened.
        let back = self.back(self.since()).map_or(says.close, |_| says.back);
        offers.push(Offer::new(Verb::Back, back));
        if !matches!(self.page, GroundingPage::End { .. }) {
            offers.push(Offer::new(Verb::Stop, says.stop));
        }
        offers
    }

    /// Any moment will do where only the page matters.
    fn since(&self) -> Moment {
        match self.page {
            GroundingPage::Step { since, .. } => since,
            GroundingPage::Next { .. }
            | GroundingPage::Which
            | GroundingPage::Breath
            | GroundingPage::Rate
            | GroundingPage::Now(_)
            | GroundingPage::End { .. } => ZERO,
        }
    }

    fn back(&self, now: Moment) -> Option<GroundingPage> {
        match self.page {
            GroundingPage::Step {
                step: 0,
                practice: 0,
                ..
            } => None,
            GroundingPage::Step { step: 0, .. } | GroundingPage::Breath => {
                Some(GroundingPage::Which)
            }
            GroundingPage::Step { practice, step, .. } => Some(GroundingPage::Step {
                practice,
                step: step - 1,
                since: now,
            }),
            GroundingPage::Next { practice } => Some(last_of(practice, now)),
            GroundingPage::Which => Some(at(0, now)),
            GroundingPage::Now(page) => now_back(page).map(GroundingPage::Now),
            GroundingPage::Rate | GroundingPage::End { .. } => Some(GroundingPage::Which),
        }
    }

    /// What was asked.
    ///
    /// # Errors
    /// One kind sentence; nothing has changed.
    pub(crate) fn ask(&mut self, intent: Intent, now: Moment) -> Result<AfterGrounding, Refused> {
        let says = &words().safety.ground;
        if intent == Intent::Stop {
            self.page = GroundingPage::End { stopped: true };
            return Ok(AfterGrounding::Stay);
        }
        self.page = match PageIntent::of(intent).map_err(|_| refused(says.not_here))? {
            PageIntent::GoOn => return self.go_on(now),
            PageIntent::Back => match self.back(now) {
                Some(page) => page,
                None => return Ok(AfterGrounding::Over),
            },
            PageIntent::Answer(0) if self.page == GroundingPage::Now(NowPage::Unsafe) => {
                return Ok(AfterGrounding::Card);
            }
            PageIntent::Answer(1) if self.page == GroundingPage::Now(NowPage::Close) => {
                return Ok(AfterGrounding::Steps);
            }
            PageIntent::Answer(2) if self.page == GroundingPage::Now(NowPage::Close) => {
                self.page = GroundingPage::Now(NowPage::Asked);
                return Ok(AfterGrounding::Tomorrow);
            }
            PageIntent::Answer(n) => {
                let way = self.ways(now).into_iter().nth(n);
                way.ok_or_else(|| refused(says.no_such))?.1
            }
            PageIntent::Rate(value @ 0..=10) if self.page == GroundingPage::Rate => {
                self.after = Some(value);
                GroundingPage::End { stopped: false }
            }
            PageIntent::Rate(value @ 0..=10) if self.asks_before() => {
                self.before = Some(value);
                self.page
            }
            PageIntent::Rate(_) | PageIntent::Write(_) => return Err(refused(says.not_here)),
        };
        Ok(AfterGrounding::Stay)
    }

    fn go_on(&mut self, now: Moment) -> Result<AfterGrounding, Refused> {
        self.page = match self.page {
            GroundingPage::Step { practice, step, .. } => after(practice, step, now),
            GroundingPage::Next { practice } if goes_on(practice) => at(practice + 1, now),
            GroundingPage::Next { .. } => GroundingPage::Rate,
            GroundingPage::Which | GroundingPage::Breath => {
                return Err(refused(words().safety.ground.no_such));
            }
            GroundingPage::Rate => GroundingPage::End { stopped: false },
            GroundingPage::Now(NowPage::Close | NowPage::Asked) => return Ok(AfterGrounding::Over),
            GroundingPage::Now(page) => GroundingPage::Now(now_next(page)),
            GroundingPage::End { .. } => return Ok(AfterGrounding::Over),
        };
        Ok(AfterGrounding::Stay)
    }

    /// How long until something changes by itself.
    #[must_use]
    pub(crate) fn next_wake(&self, now: Moment) -> Option<Duration> {
        let GroundingPage::Step {
            practice,
            step,
            since,
        } = self.page
        else {
            return None;
        };
        let passed = elapsed(since, now);
        match step_at(practice, step)? {
            ExerciseStep::Says { seconds, .. } => {
                Some(duration((*seconds)?).saturating_sub(passed))
            }
            ExerciseStep::Pace { pace, .. } if is_breath(practice) => {
                Some(next_second(pace, passed))
            }
            ExerciseStep::Pace { pace, .. } => Some(beat(pace, passed).2),
        }
    }

    /// One step at most: after a hole in time nothing has been missed.
    pub(crate) fn let_time_pass(&mut self, now: Moment) {
        let GroundingPage::Step {
            practice,
            step,
            since,
        } = self.page
        else {
            return;
        };
        let passed = elapsed(since, now);
        let over = match step_at(practice, step) {
            Some(ExerciseStep::Says { seconds, .. }) => {
                seconds.is_some_and(|s| passed >= duration(s))
            }
            Some(ExerciseStep::Pace { pace, times }) => beat(pace, passed).0 >= *times,
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

fn now_prompt(page: NowPage) -> Vec<SafeText> {
    let says = &words().safety.now;
    paragraphs(match page {
        NowPage::Hold => says.hold,
        NowPage::Feet => says.feet,
        NowPage::Safe => says.safe,
        NowPage::Unsure => says.unsure,
        NowPage::Unsafe => says.not_safe,
        NowPage::Listen => says.listen,
        NowPage::Close => says.enough,
        NowPage::Asked => says.asked,
    })
}

/// The choices of a page. Those that lead out of here stay where they are.
fn now_ways(page: NowPage, now: Moment) -> Vec<GroundingChoice> {
    let says = &words().safety.now;
    let to = |words: &str, page| (SafeText::new(words), GroundingPage::Now(page));
    match page {
        NowPage::Safe => vec![to(says.yes, NowPage::Listen), to(says.no, NowPage::Unsafe)],
        NowPage::Unsafe => vec![to(says.card, page), to(says.safer, NowPage::Listen)],
        NowPage::Close => vec![
            (SafeText::new(says.more), at(0, now)),
            to(says.steps, page),
            to(words().cli.ask_tomorrow, page),
        ],
        NowPage::Hold | NowPage::Feet | NowPage::Unsure | NowPage::Listen | NowPage::Asked => {
            Vec::new()
        }
    }
}

/// Where Enter leads: whoever can only press Enter is met all the same.
fn now_next(page: NowPage) -> NowPage {
    match page {
        NowPage::Hold => NowPage::Feet,
        NowPage::Feet => NowPage::Safe,
        NowPage::Safe => NowPage::Unsure,
        NowPage::Unsure | NowPage::Unsafe => NowPage::Listen,
        NowPage::Listen | NowPage::Close | NowPage::Asked => NowPage::Close,
    }
}

fn now_back(page: NowPage) -> Option<NowPage> {
    match page {
        NowPage::Hold => None,
        NowPage::Feet => Some(NowPage::Hold),
        NowPage::Safe => Some(NowPage::Feet),
        NowPage::Unsure | NowPage::Unsafe | NowPage::Listen => Some(NowPage::Safe),
        NowPage::Close => Some(NowPage::Listen),
        NowPage::Asked => Some(NowPage::Close),
    }
}

/// The first step of a practice.
fn at(practice: usize, since: Moment) -> GroundingPage {
    GroundingPage::Step {
        practice,
        step: 0,
        since,
    }
}

fn last_of(practice: usize, since: Moment) -> GroundingPage {
    let steps = library()
        .get(practice)
        .map_or(0, |practice| practice.step.len());
    GroundingPage::Step {
        practice,
        step: steps.saturating_sub(1),
        since,
    }
}

/// What comes after a step.
fn after(practice: usize, step: usize, now: Moment) -> GroundingPage {
    match step_at(practice, step + 1) {
        Some(_) => GroundingPage::Step {
            practice,
            step: step + 1,
            since: now,
        },
        None => GroundingPage::Next { practice },
    }
}

#[cfg(test)]
#[path = "ground_tests.rs"]
mod tests;
