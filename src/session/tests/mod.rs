//! State walks: single ones of what matters most, then seeded random ones over every shipped script.

mod before;
mod company;
mod invariants;
mod leads;
mod own;
mod parts;
mod protected;
mod stop;
mod times;
mod undo;
mod ways;

use super::*;
use crate::rehearsal::EVENING;
use crate::script::{Rung, shipped};
use crate::time::moment;
use intent::GateWord;
use scene::Scene;

/// A session that is told things, and a clock.
#[derive(Clone)]
struct Told {
    session: Session,
    now: Moment,
    bells: Vec<intent::BellRing>,
}

/// The shipped scripts, and one that uses what they may not.
fn scripts() -> Vec<Arc<Script>> {
    let everything = include_str!("../../../tests/scripts/everything.toml");
    let source = crate::script::Source::new("everything.toml", everything);
    let checked = crate::script::check("everything", source, &crate::script::SHIPPED);
    let everything = checked.script.expect("it has no problem");
    shipped()
        .iter()
        .cloned()
        .chain([Arc::new(everything)])
        .collect()
}

/// What leads on here without an answer.
fn on(session: &Session, now: Moment) -> Intent {
    let scene = session.asked(now);
    let on = scene.leads_on().map(|offer| offer.intent());
    on.unwrap_or(Intent::GoOn)
}

/// Whether people have turns in it.
fn has_turns(script: &Script) -> bool {
    let is_turns =
        |stage: &crate::script::Stage| matches!(stage.kind, crate::script::StageKind::Turns { .. });
    script.stages.iter().any(is_turns)
}

fn script(name: &str) -> &'static Arc<Script> {
    shipped()
        .iter()
        .find(|script| script.name == name)
        .expect("it is shipped")
}

impl Told {
    fn begin(name: &str, length: Length) -> Self {
        Self::begin_with(script(name), length)
    }

    fn begin_with(script: &Arc<Script>, length: Length) -> Self {
        let names = ["Ada", "Ben", "Cleo", "Dan", "Eve", "Finn"];
        let begin = Begin {
            script: script.name.clone(),
            hash: script.hash.clone(),
            file: None,
            people: names[..usize::from(script.people.from)]
                .iter()
                .map(ToString::to_string)
                .collect(),
            length,
            first: Who(0),
            agreement: Vec::new(),
            wording: None,
            known: Default::default(),
            notebooks: Vec::new(),
            seed: 1,
            at: EVENING,
        };
        Self {
            session: Session::begin(script, begin).expect("it fits"),
            now: EVENING,
            bells: Vec::new(),
        }
    }

    fn pair() -> Self {
        Self::begin("standard-pair", Length::Minutes(60))
    }

    fn ask(&mut self, intent: Intent) -> &mut Self {
        let effects = self
            .session
            .apply(intent.clone(), self.now)
            .unwrap_or_else(|refused| panic!("{intent:?} refused: {}", refused.0));
        for effect in effects {
            if let Effect::Ring(bell) = effect {
                self.bells.push(bell);
            }
        }
        self
    }

    /// On where nothing is asked, and past where something is.
    fn on(&mut self) -> &mut Self {
        let on = self.scene().leads_on().map(|offer| offer.intent());
        self.ask(on.unwrap_or(Intent::GoOn))
    }

    fn refused(&mut self, intent: Intent) -> String {
        let before = self.session.clone();
        let refused = self.session.apply(intent, self.now).expect_err("refused");
        assert_eq!(self.session, before, "a refusal changes nothing");
        refused.0.to_string()
    }

    /// Lets time go by, waking when the session asks for it.
    fn wait(&mut self, time: Duration) -> &mut Self {
        let until = self.now.later(time);
        while let Some(due) = self.session.next_event(self.now) {
            if self.now.later(due).mono > until.mono {
                break;
            }
            self.now = self.now.later(due);
            self.ask(Intent::TimePassed);
        }
        self.now = Moment {
            mono: until.mono.max(self.now.mono),
            wall: until.wall.max(self.now.wall),
            ..until
        };
        self.ask(Intent::TimePassed)
    }

    fn scene(&self) -> Scene {
        self.session.scene(self.now)
    }

    /// Chooses what says this.
    fn choose(&mut self, words: &str) -> &mut Self {
        let scene = self.scene();
        let choice = scene
            .choices
            .iter()
            .find(|choice| choice.says.as_str().contains(words))
            .unwrap_or_else(|| panic!("no choice says {words:?}: {}", self.told()));
        let (intent, on) = (choice.intent.clone(), choice.on);
        let several = matches!(intent, Intent::Answer { .. }) && on == Some(false);
        self.ask(intent);
        // Where several can be chosen, this one alone is taken.
        match several {
            true => self.ask(Intent::GoOn),
            false => self,
        }
    }

    /// The screen in words, for a failing test.
    fn told(&self) -> String {
        let scene = self.scene();
        let prompt: Vec<_> = scene.prompt.iter().map(ToString::to_string).collect();
        let choices: Vec<_> = scene.choices.iter().map(|c| c.says.to_string()).collect();
        format!("{} | {} | {choices:?}", scene.title, prompt.join(" / "))
    }

    /// Goes on until something holds, saying go and yes where that is asked, as far as it may go, with the signs that are
    /// marked.
    fn until(&mut self, done: impl Fn(&Self) -> bool) -> &mut Self {
        for _ in 0..500 {
            if done(self) {
                return self;
            }
            let scene = self.scene();
            let go = scene.choices.iter().find(|choice| {
                let deepest = choice.says.as_str().starts_with("Get to know it:");
                deepest
                    || choice.intent == Intent::Gate { says: GateWord::Go }
                    || (choice.intent == Intent::Accept && choice.says.as_str() == "As marked")
                    || (matches!(choice.intent, Intent::Yes { .. }) && choice.on == Some(false))
            });
            let on = scene.leads_on();
            let on = on.map_or(Intent::GoOn, |offer| offer.intent());
            let intent = go.map_or(on, |choice| choice.intent.clone());
            self.ask(intent);
        }
        panic!("it never came: {}", self.told());
    }

    fn until_turn_of(&mut self, who: u8) -> &mut Self {
        self.until(|told| told.session.turn_of() == Some(Who(who)))
    }

    /// From the beginning of a turn to the question of how one feels toward it.
    fn until_feel_toward(&mut self) -> &mut Self {
        self.until_step("wants").choose("Something is here");
        self.until_step("find").on().choose("Yes");
        self.until_step("feel-toward")
    }

    fn until_step(&mut self, id: &'static str) -> &mut Self {
        self.until(|told| told.is_at(id))
    }

    fn is_at(&self, id: &str) -> bool {
        let track = StepList::Act(self.session.walk.act);
        self.session
            .step_at(track, &self.session.walk.path)
            .is_some_and(|step| step.id.as_deref() == Some(id))
    }

    fn left(&self) -> Duration {
        moment::millis(self.session.walk.clock.left(self.now))
    }
}
