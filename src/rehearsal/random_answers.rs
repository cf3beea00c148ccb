//! What chance answers for people who are not real.

use std::time::Duration;

use fastrand::Rng;

use crate::session::intent::{GateWord, Intent};
use crate::session::scene::{InputField, Offer, Scene, SceneChoice, Verb};
use crate::text::words::words;

/// After this many intents a pretend pair only goes on, so that every rehearsal ends.
const PATIENCE: usize = 4_000;

/// What chance answers for people who are not real.
#[derive(Clone, Debug)]
pub(crate) struct Chance {
    rng: Rng,
    /// For the yes that is not given: a chance of its own, so that all the others stay what they are.
    refusals: Rng,
    /// For the line that is chosen, alike.
    lines: Rng,
    asked: usize,
}

impl Chance {
    /// The same answers for the same seed.
    pub(crate) fn new(seed: u64) -> Self {
        Self {
            rng: Rng::with_seed(seed),
            refusals: Rng::with_seed(!seed),
            lines: Rng::with_seed(seed.rotate_left(32)),
            asked: 0,
        }
    }

    /// How long the pretend people take: mostly little, now and then far too long.
    pub(crate) fn wait(&mut self) -> Duration {
        let seconds = match self.rng.u32(0..60) {
            0 => self.rng.u64(60..900),
            1..=8 => self.rng.u64(20..120),
            _ => self.rng.u64(1..20),
        };
        Duration::from_secs(seconds)
    }

    /// Something that the scene offers.
    pub(crate) fn pick(&mut self, scene: &Scene) -> Intent {
        self.asked += 1;
        let on = scene.leads_on();
        if self.asked > PATIENCE + 1 {
            // Whoever has no patience left passes, and does not look at the gate's questions first.
            let looks = |on: &Offer| on.says.as_str() == words().session.gate_look;
            return match on.is_some_and(looks) {
                true => Intent::Unsure,
                false => on.map_or(Intent::GoOn, Offer::intent),
            };
        }
        if self.rng.u32(0..200) == 0 {
            return Intent::Stop;
        }
        if let Some(offer) = on.filter(|offer| self.leaves_yes(offer)) {
            return offer.intent();
        }
        match &scene.field {
            Some(InputField::Rating) if self.rng.u32(0..10) > 0 => {
                // Most are calm enough to go on; some are not, and each bound of a script is worth a visit.
                let value = match self.rng.u32(0..40) {
                    0 => self.rng.u8(8..=10),
                    1..=8 => self.rng.u8(5..=7),
                    _ => self.rng.u8(0..=4),
                };
                return Intent::Rate { value };
            }
            Some(InputField::Line { .. } | InputField::Page { .. }) if self.rng.bool() => {
                return Intent::Write {
                    words: words().rehearsal.pretend_line.into(),
                };
            }
            Some(_) | None => {}
        }
        // Most pretend people are fit to work today, or hardly a rehearsal would see a turn.
        if self.rng.u32(0..20) > 0
            && let Some(choice) = scene.choices.iter().find(|choice| {
                let go = Intent::Gate { says: GateWord::Go };
                let yes = matches!(choice.intent, Intent::Yes { .. }) && choice.on == Some(false);
                choice.intent == go || yes
            })
        {
            return choice.intent.clone();
        }
        // Where several answers can be chosen, most choose one.
        let answers = |choice: &SceneChoice| matches!(choice.intent, Intent::Answer { .. });
        let mut choices = scene.choices.iter().filter(|choice| answers(choice));
        if choices.any(|choice| choice.on == Some(true)) && self.rng.u32(0..4) > 0 {
            return Intent::GoOn;
        }
        if !scene.choices.is_empty() && self.rng.u32(0..10) < 8 {
            // The first answer is mostly the one with which it goes well. With chance alone hardly
            // anybody would get far into a turn, and its later steps would never be heard.
            let at = match self.rng.u32(0..10) {
                0..=4 => 0,
                _ => self.rng.usize(0..scene.choices.len()),
            };
            let choice = scene.choices.get(at);
            if let Some(choice) = choice.filter(|choice| self.is_there(choice)) {
                return choice.intent.clone();
            }
        }
        let offers: Vec<Intent> = scene
            .offers
            .iter()
            .filter(|offer| !takes_back_a_slip(offer))
            // STOP has a chance of its own: as one offer among six, hardly a rehearsal would see a turn.
            .filter(|offer| !matches!(offer.verb, Verb::Leave | Verb::Card | Verb::Stop))
            .map(Offer::intent)
            .collect();
        if !offers.is_empty()
            && self.rng.u32(0..6) == 0
            && let Some(intent) = offers.get(self.rng.usize(0..offers.len()))
        {
            return intent.clone();
        }
        on.map_or(Intent::GoOn, Offer::intent)
    }

    /// One of so many.
    pub(super) fn which(&mut self, most: usize) -> usize {
        self.lines.usize(0..most.max(1))
    }

    /// Most are there for each other, too.
    fn is_there(&mut self, choice: &SceneChoice) -> bool {
        let not_today = Intent::Gate {
            says: GateWord::NotToday,
        };
        choice.intent != not_today || self.rng.u32(0..8) == 0
    }

    /// A yes that people may do without is now and then not given, so that what follows then is seen, too.
    fn leaves_yes(&mut self, offer: &Offer) -> bool {
        let without = words().session.without_yes;
        offer.says.as_str() == without && self.refusals.u32(0..8) == 0
    }
}

/// Whether this takes back a slip: people do that, and here it would only make walks longer.
fn takes_back_a_slip(offer: &Offer) -> bool {
    let w = &words().session;
    [w.back_stage, w.back_aside].contains(&offer.says.as_str())
}
