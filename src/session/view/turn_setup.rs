//! The screens of company and warnings: what somebody wants for their turn, and whether it can be given.

use crate::script::{CardLine, Rung, Support, Who};
use crate::session::Session;
use crate::session::intent::Intent;
use crate::session::length_words::minutes_word;
use crate::session::scene::{ListItem, Scene, SceneChoice, Verb};
use crate::session::state::{TurnSetup, TurnSetupQuestion};
use crate::session::steps::turn_setup::NOT_AVAILABLE;
use crate::text::safe_text::{SafeText, capital};
use crate::text::sort::Arrange;
use crate::text::words::{fill, fill_lines, words};

impl Session {
    /// Whoever would give this company is asked whether they can.
    fn put_can_you_give(&self, scene: &mut Scene, holder: Who, asked: Rung, less: &str) {
        let w = &words().session;
        let givers = self.having(1, holder);
        let (name, others) = (self.name(holder), self.names(&givers));
        let asked = self.rung_word(asked);
        let values = [
            ("name", name.as_str()),
            ("other", others.as_str()),
            ("rung", asked.as_str()),
        ];
        scene.to = self.places_having(1, Some(holder));
        scene.prompt = fill_lines(&w.can_you_give, &values);
        let who = givers.first().copied().unwrap_or(Who(0));
        scene.choices = vec![
            SceneChoice::new(SafeText::new(w.give_yes), Intent::Accept),
            SceneChoice::new(SafeText::new(less), Intent::No { who }),
        ];
    }

    /// An answer asks for more company: without a yes it stays as it was.
    pub(in crate::session) fn put_accepting(&self, scene: &mut Scene, asked: Rung) {
        let w = &words().session;
        scene.whispers.clear();
        let holder = self.holder_here().unwrap_or(Who(0));
        self.put_can_you_give(scene, holder, asked, w.give_not_now);
        let says = &w.company_stays;
        scene.add_offer(Verb::Pass, says);
    }

    pub(in crate::session) fn put_support(
        &self,
        scene: &mut Scene,
        support: &Support,
        supporting: &TurnSetup,
    ) {
        let w = &words().session;
        let processor = self.who(supporting.nth);
        let name = self.name(processor);
        let others = self.names(&self.having(1, processor));
        let values = [("name", name.as_str()), ("other", others.as_str())];
        let least = self.rung_word(crate::session::steps::turn_setup::least(support));
        let least = fill(&w.pass_to, &[("where", least.as_str())]);
        scene.whispers.clear();
        match &supporting.phase {
            TurnSetupQuestion::Rung => {
                scene.to = vec![processor.index()];
                scene.notice = self.card_says(processor, CardLine::Company);
                let proposed = self.proposed_rung(support, processor);
                let mut rungs = support.rungs.clone();
                rungs.arrange_by_key(|rung| *rung != proposed);
                for rung in &rungs {
                    scene.add_choice(self.rung_says(*rung), Intent::Support { rung: *rung });
                }
                scene.add_offer(Verb::Pass, least.as_str());
            }
            TurnSetupQuestion::Accept => {
                self.put_can_you_give(scene, processor, self.rung_of(processor), w.give_less);
                scene.prompt = SafeText::lines(w.can_all_give);
                scene.add_choice(SafeText::new(w.give_nothing), NOT_AVAILABLE);
                scene.add_offer(Verb::Pass, least.as_str());
            }
            TurnSetupQuestion::Offer => {
                scene.to = self.places_having(1, Some(processor));
                scene.prompt = fill_lines(&w.what_can_you_give, &values);
                let asked = self.rung_of(processor);
                for rung in support.rungs.iter().filter(|rung| **rung < asked) {
                    scene.add_choice(self.rung_says(*rung), Intent::Support { rung: *rung });
                }
                scene.add_choice(SafeText::new(w.give_nothing), NOT_AVAILABLE);
                scene.add_offer(Verb::Pass, least.as_str());
            }
            TurnSetupQuestion::Warnings => {
                self.put_warnings(scene, support, processor);
                // What somebody marked is taken by going on; what is only proposed has to be chosen.
                if supporting.marked {
                    scene.add_offer(Verb::GoOn, w.warnings_take);
                }
            }
        }
        self.put_everybodys_setup(scene, supporting);
    }

    /// Everybody's company or warnings, so that one screen holds what all of them choose.
    fn put_everybodys_setup(&self, scene: &mut Scene, supporting: &TurnSetup) {
        if self.turners() < 2 || self.holder_here().is_some() {
            return;
        }
        let entry = |nth: usize| {
            let who = self.who(nth);
            let before = nth < supporting.nth;
            let rung = || self.rung_word(self.rung_of(who));
            let said = match supporting.phase {
                TurnSetupQuestion::Rung => before.then(rung),
                TurnSetupQuestion::Accept | TurnSetupQuestion::Offer => Some(rung()),
                TurnSetupQuestion::Warnings => before.then(|| self.sign_words(who)),
            };
            let (name, now) = (self.name(who), nth == supporting.nth);
            match said {
                Some(said) => ListItem::new(name.as_str(), said, now),
                None => ListItem::unsaid(name, now),
            }
        };
        // Whoever chose signs has just said them.
        scene.rare.list_heard = supporting.phase == TurnSetupQuestion::Warnings;
        scene.list = (0..self.turners()).map(entry).collect();
    }

    fn put_warnings(&self, scene: &mut Scene, support: &Support, processor: Who) {
        let w = &words().session;
        scene.to = vec![processor.index()];
        scene.notice = self.card_says(processor, CardLine::Sign);
        // Where company comes first, the script's own words were about that; alone they are about this.
        if !support.rungs.is_empty() {
            scene.prompt = SafeText::lines(w.which_warnings);
        }
        let on = self.warnings_of(processor);
        let nth = self
            .order
            .iter()
            .position(|who| *who == processor)
            .unwrap_or(0);
        let ring = support
            .warnings
            .iter()
            .filter(|n| self.rings_in_turn(nth, **n));
        for n in ring {
            let time = minutes_word(u64::from(*n));
            scene.choices.push(SceneChoice {
                says: fill(&w.before_the_end, &[("minutes", time.as_str())]),
                on: Some(on.contains(n)),
                intent: Intent::Warning { minutes: *n },
            });
        }
        scene.add_choice(SafeText::new(w.warnings_take), Intent::Accept);
        scene.add_offer(Verb::Pass, w.warnings_none);
    }

    /// The word for a rung: the script's own, or the usual one.
    pub(in crate::session) fn rung_word(&self, rung: Rung) -> SafeText {
        self.own_rung_word(rung)
            .unwrap_or_else(|| SafeText::new(rung.said()))
    }

    /// A rung with what it means; the script's own word says it where there is one.
    fn rung_says(&self, rung: Rung) -> SafeText {
        let own = self.own_rung_word(rung);
        let own = own.map(|word| SafeText::new(&capital(word.as_str())));
        own.unwrap_or_else(|| SafeText::new(rung.explained()))
    }

    fn own_rung_word(&self, rung: Rung) -> Option<SafeText> {
        self.script.rungs.get(rung as usize).cloned().flatten()
    }
}
