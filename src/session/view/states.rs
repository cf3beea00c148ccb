//! Screens that are no step of a script: stepping aside, more time, the same for the other, standing still, closed.

use crate::session::intent::{Intent, KeepChoice, Outline};
use crate::session::length_words::{away_words, clock_words, minutes_word};
use crate::session::scene::{Offer, PlannedEnd, Scene, SceneChoice, SceneMood, Verb};
use crate::session::state::{Hold, MoreTime};
use crate::session::{Session, Who};
use crate::text::safe_text::SafeText;
use crate::text::words::{Template, fill, fill_lines, words};
use crate::time::moment::{GapKind, Moment, millis};

impl Session {
    pub(in crate::session) fn asides_scene(&self, now: Moment) -> Scene {
        let w = &words().session;
        let mut scene = self.base_scene(self.act_title(self.walk.act), None);
        scene.prompt = SafeText::lines(w.asides_prompt);
        scene.clock = self.clock_face(now);
        scene.choices = self
            .asides_here()
            .iter()
            .enumerate()
            .filter_map(|(n, aside)| {
                let aside = self.script.asides.get(*aside)?;
                Some(SceneChoice::new(aside.offer.clone(), Intent::Aside { n }))
            })
            .collect();
        scene.add_offer(Verb::Pass, w.go_back_to_turn);
        scene.add_offer(Verb::Back, w.go_back_to_turn);
        scene
    }

    pub(in crate::session) fn more_scene(&self, more: &MoreTime, now: Moment) -> Scene {
        let w = &words().session;
        let nth = self.walk.turn.as_ref().map_or(0, |turn| turn.nth);
        let who = self.who(nth);
        let mut scene = self.base_scene(self.act_title(self.walk.act), Some(who));
        scene.clock = self.clock_face(now);
        let name = self.name(who);
        match more {
            MoreTime::HowMuch => {
                let words = self.by_number(w.more_how_much_alone.into(), w.more_how_much);
                scene.to = vec![who.index()];
                scene.prompt = fill_lines(&words, &[("name", name.as_str())]);
                scene.choices = self
                    .portions(now)
                    .into_iter()
                    .map(|n| {
                        SceneChoice::new(minutes_word(n.into()), Intent::MoreBy { minutes: n })
                    })
                    .collect();
                scene.add_offer(Verb::Pass, w.more_none);
                scene.add_offer(Verb::Back, w.back);
            }
            MoreTime::Asked { minutes: n, yes } => {
                let others = self.others(who);
                let count = minutes_word(u64::from(*n));
                // What is said here is what is said once everybody has said yes.
                let mut then = self.clone();
                then.add_minutes(*n, now);
                let ends = then.ends(now);
                scene.prompt = fill_lines(
                    if others.is_empty() {
                        &w.more_alone
                    } else {
                        &w.more_asked
                    },
                    &[
                        ("name", name.as_str()),
                        ("minutes", count.as_str()),
                        ("other", others.as_str()),
                    ],
                );
                scene.prompt.push(would_end(ends));
                self.put_yes(&mut scene, yes);
                scene.add_choice(SafeText::new(w.no_more_choice), Intent::No { who });
                scene.add_offer(Verb::Pass, w.no_more_go_on);
                scene.add_offer(Verb::Back, w.back);
            }
        }
        scene
    }

    /// The session as it would go on if somebody took the minutes that are offered to them; `None` where nothing is.
    pub(in crate::session) fn after_yes(&self, who: Who, now: Moment) -> Option<Self> {
        let mut then = self.clone();
        then.same(&Intent::Yes { who }, now).ok().map(|_| then)
    }

    pub(in crate::session) fn same_scene(
        &self,
        nth: usize,
        more: std::time::Duration,
        now: Moment,
    ) -> Scene {
        let w = &words().session;
        let who = self.who(nth);
        let mut scene = self.base_scene(self.act_title(self.walk.act), Some(who));
        scene.to = vec![who.index()];
        // The turn is over, and so are its roles.
        for seat in &mut scene.people {
            (seat.role, seat.rung) = (SafeText::default(), SafeText::default());
        }
        let (name, time) = (self.name(who), clock_words(more));
        let from_before = self.went_first.is_none();
        scene.prompt = fill_lines(
            if from_before {
                &w.lent_back
            } else {
                &w.same_offer
            },
            &[("name", name.as_str()), ("time", time.as_str())],
        );
        let then = self.after_yes(who, now);
        let ends = then.as_ref().unwrap_or(self).ends(now);
        scene.prompt.push(would_end(ends));
        let later = if from_before {
            &w.lent_later
        } else {
            &w.same_later
        };
        scene.choices = vec![
            SceneChoice::new(SafeText::new(w.same_yes), Intent::Yes { who }),
            SceneChoice::new(SafeText::new(later), Intent::Pass),
        ];
        if !from_before {
            let no = SceneChoice::new(SafeText::new(w.same_no), Intent::No { who });
            scene.choices.push(no);
        }
        scene.add_offer(Verb::Pass, w.same_go_on);
        scene
    }

    pub(in crate::session) fn held_scene(&self, why: Hold, now: Moment) -> Scene {
        let w = &words().session;
        let mut scene = self.base_scene(self.act_title(self.walk.act), None);
        scene.mood = SceneMood::Held;
        let kind = match why {
            Hold::Asked => None,
            Hold::Gap { kind, .. } => Some(kind),
        };
        let (together, by_oneself): (Template, Template) = match kind {
            None => (w.paused, w.paused_alone.into()),
            Some(GapKind::Slept) => (w.gap_slept, w.gap_slept_alone),
            Some(GapKind::ClockSet) => (w.gap_clock_set, w.gap_clock_set_alone),
            Some(GapKind::Stopped) => (w.gap_stopped, w.gap_stopped_alone),
            Some(GapKind::Crashed) => (w.gap_crashed, w.gap_crashed_alone),
            // Who is alone has no line to anybody.
            Some(GapKind::Dropped) => (w.gap_dropped, w.gap_crashed_alone),
        };
        let words = self.by_number(by_oneself, together);
        let away = match why {
            Hold::Asked => 0,
            Hold::Gap { away, .. } => u64::try_from(away).unwrap_or(0) / 1_000,
        };
        // To the second, rounded up as the clock with seconds is.
        let left = self.walk.clock.left(now).max(0).saturating_add(999) / 1000 * 1000;
        let left = clock_words(millis(left));
        scene.prompt = fill_lines(
            &words,
            &[
                ("away", away_words(away).as_str()),
                ("left", left.as_str()),
                ("all", self.all_word()),
            ],
        );
        scene.rare.says_left = kind.is_some();
        scene.clock = self.clock_face(now);
        let resume = self.by_number(&w.resume_alone, &w.resume);
        scene.add_offer(Verb::GoOn, resume);
        if self.can_reopen() {
            scene.add_offer(Verb::ChangeLine, w.reopen);
        }
        scene
    }

    /// What one of two people had more today, where it is a minute or more.
    fn lent_today(&self, outline: &Outline) -> Option<SafeText> {
        let mut people = self.everybody();
        let who = people.find(|who| outline.loan_of(who.index()) >= 60_000)?;
        let time = millis(outline.loan_of(who.index()) / 60_000 * 60_000);
        let (name, other, time) = (self.name(who), self.others(who), clock_words(time));
        let values = [
            ("name", name.as_str()),
            ("other", other.as_str()),
            ("time", time.as_str()),
        ];
        (self.people.len() == 2).then(|| fill(&words().session.closed_lent, &values))
    }

    pub(in crate::session) fn closed_scene(&self, outline: &Outline) -> Scene {
        let w = &words().session;
        let own = self.own_words_stay();
        let kept = match outline.kept {
            KeepChoice::Outline => &w.closed_kept,
            KeepChoice::Nothing if own => &w.closed_nothing_else,
            KeepChoice::Nothing => &w.closed_nothing,
            KeepChoice::Forget => &w.closed_forgotten,
        };
        let closed = match outline.people.len() {
            1 => &w.closed_alone,
            2 => &w.closed,
            _ => &w.closed_many,
        };
        let mut prompt = SafeText::lines(closed);
        if outline.minutes > 0 {
            let minutes = minutes_word(outline.minutes);
            prompt.push(fill(&w.closed_minutes, &[("minutes", minutes.as_str())]));
        }
        prompt.extend(self.lent_today(outline));
        prompt.extend(self.next_date());
        if own {
            let alone = outline.people.len() == 1;
            let says = if alone {
                &w.closed_own_alone
            } else {
                &w.closed_own
            };
            prompt.push(SafeText::new(says));
        }
        // What became of their choice stays the last line; whoever keeps it may have to say it otherwise.
        prompt.push(SafeText::new(kept));
        Scene {
            mood: SceneMood::Closed,
            title: SafeText::new(w.closed_title),
            prompt,
            offers: vec![Offer::new(Verb::Leave, w.leave_closed)],
            ..Scene::default()
        }
    }
}

/// When the session would end after a yes, or that nothing moves.
fn would_end(ends: PlannedEnd) -> SafeText {
    let w = &words().session;
    let (time, later) = (ends.at.to_string(), ends.later_words());
    let text = match ends.later {
        0 => &w.ends_same,
        _ => &w.ends_later,
    };
    fill(text, &[("time", &time), ("later", later.as_str())])
}
