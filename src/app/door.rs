//! Who comes from other terminals, at the host's: each with three words of their own, and a place that is theirs.

use std::time::Duration;

use crate::joined::Line;
use crate::joined::meeting::{Meeting, MeetingEnd, MeetingStage};
use crate::joined::message::OfferedSession;
use crate::script::{Script, Who};
use crate::session::intent::Intent;
use crate::session::scene::{ListItem, Scene};
use crate::text::safe_text::SafeText;
use crate::text::words::{fill, fill_lines, words};
use crate::time::moment::Moment;

/// What the other program calls it where somebody was put out.
pub(super) const REFUSED: &str = "refused";

/// Who comes, and what they are offered.
pub(super) struct Door {
    offer: OfferedSession,
    texts: String,
    coming: Vec<(u32, Meeting)>,
}

/// Somebody who said yes to everything.
pub(super) struct Arrived {
    pub(super) peer: u32,
    pub(super) who: usize,
    pub(super) line: Line,
    /// Whether there is a notebook of theirs.
    pub(super) notebook: bool,
}

impl Door {
    pub(super) fn new(
        script: &Script,
        people: &[String],
        first: Who,
        minutes: Option<u16>,
    ) -> Self {
        let texts = texts_of(script);
        let offer = OfferedSession {
            script: script.name.clone(),
            hash: script.hash.clone(),
            people: people.to_vec(),
            you: 0,
            first: first.index(),
            minutes,
            texts: texts.len(),
            goes_on: false,
        };
        let coming = Vec::new();
        Self {
            offer,
            texts,
            coming,
        }
    }

    /// The same for a session that goes on.
    pub(super) fn goes_on(mut self) -> Self {
        self.offer.goes_on = true;
        self
    }

    pub(super) fn people(&self) -> &[String] {
        &self.offer.people
    }

    /// Somebody is there.
    pub(super) fn meet(&mut self, peer: u32, proof: &str, random: &str, now: Moment) {
        let offer = (self.offer.clone(), self.texts.clone());
        let meeting = Meeting::host(proof, random, offer, now.mono);
        self.coming.push((peer, meeting));
    }

    /// Takes what they say; answers whether it is one of those who come.
    pub(super) fn hear(&mut self, peer: u32, text: &str, now: Moment) -> bool {
        let mut coming = self.coming.iter_mut();
        let Some((_, meeting)) = coming.find(|(known, _)| *known == peer) else {
            return false;
        };
        let _ = meeting.hear(text, now.mono);
        true
    }

    /// Whether this is one of those who come.
    pub(super) fn has(&self, peer: u32) -> bool {
        self.coming.iter().any(|(known, _)| *known == peer)
    }

    /// They are gone; answers whether it was one of those who come, and somebody else may come in their place.
    pub(super) fn gone(&mut self, peer: u32, why: &str) -> bool {
        if why == REFUSED {
            let theirs = self.coming.iter_mut().filter(|(known, _)| *known == peer);
            theirs.for_each(|(_, meeting)| meeting.is_put_out());
            return false;
        }
        let before = self.coming.len();
        self.coming.retain(|(known, _)| *known != peer);
        self.coming.len() != before
    }

    pub(super) fn is_back(&mut self, peer: u32) {
        for (known, meeting) in &mut self.coming {
            if *known == peer {
                meeting.is_back();
            }
        }
    }

    /// Those with whom nothing begins, and why; whether the ticket is spent with it.
    pub(super) fn take_ended(&mut self) -> Vec<(u32, SafeText, bool)> {
        let mut ended = Vec::new();
        self.coming.retain(|(peer, meeting)| match meeting.stage() {
            MeetingStage::Ended(why) => {
                let spent = matches!(why, MeetingEnd::SaidOthers | MeetingEnd::HeardOthers);
                ended.push((*peer, end_of(*why, meeting), spent));
                false
            }
            MeetingStage::Greeting
            | MeetingStage::Words { .. }
            | MeetingStage::Offering
            | MeetingStage::Offered
            | MeetingStage::Agreed { .. } => true,
        });
        ended
    }

    /// Those who said yes to everything.
    pub(super) fn take_arrived(&mut self) -> Vec<Arrived> {
        let arrived = self.coming.extract_if(.., |one| has_agreed(one));
        let arrived = arrived.map(|(peer, meeting)| Arrived {
            peer,
            who: meeting.person(),
            notebook: matches!(meeting.stage(), MeetingStage::Agreed { notebook: true }),
            line: meeting.into_line(),
        });
        arrived.collect()
    }

    /// How many said yes to everything.
    pub(super) fn arrived(&self) -> usize {
        self.coming.iter().filter(|one| has_agreed(one)).count()
    }

    /// Looks at the clock; answers what is to be said, and to whom.
    pub(super) fn take(&mut self, now: Moment) -> Vec<(u32, String)> {
        let mut said = Vec::new();
        for (peer, meeting) in &mut self.coming {
            meeting.look(now.mono);
            let texts = meeting.take(now.mono).into_iter();
            said.extend(texts.map(|text| (*peer, text)));
        }
        said
    }

    pub(super) fn next_wake(&self, now: Moment) -> Option<Duration> {
        let coming = self.coming.iter();
        coming.map(|(_, meeting)| meeting.next_wake(now.mono)).min()
    }

    /// Whether somebody's words wait for a yes here.
    pub(super) fn asks(&self) -> bool {
        self.asked().is_some()
    }

    /// How far this person is.
    pub(super) fn told(&self, who: usize) -> &'static str {
        let w = &words().joined;
        let mut coming = self.coming.iter();
        let theirs = coming.find(|(_, meeting)| meeting.person() == who);
        match theirs.map(|(_, meeting)| meeting.stage()) {
            Some(MeetingStage::Agreed { .. }) => w.is_here,
            Some(_) => w.is_coming,
            None => w.is_missing,
        }
    }

    /// Nobody of those who come is let in; answers who they are.
    pub(super) fn put_all_out(&mut self) -> Vec<u32> {
        self.coming.drain(..).map(|(peer, _)| peer).collect()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.coming.is_empty()
    }

    /// Of these people, those whose words nobody has said yes to yet.
    fn open(&self, missing: &[usize]) -> Vec<usize> {
        let taken = |who: &usize| self.coming.iter().any(|(_, known)| known.person() == *who);
        missing.iter().copied().filter(|who| !taken(who)).collect()
    }

    /// Whose words are asked for now.
    fn asked(&self) -> Option<&Meeting> {
        let asks = |meeting: &&Meeting| *meeting.stage() == MeetingStage::Words { yes: false };
        self.coming.iter().map(|(_, meeting)| meeting).find(asks)
    }

    /// Takes an answer to the words that are asked for: that they are this person's, or nobody's. Answers who is to be
    /// put out, where that is so; `None` where nothing is asked.
    pub(super) fn answer(&mut self, n: usize, missing: &[usize]) -> Option<Option<u32>> {
        let open = self.open(missing);
        let mut coming = self.coming.iter_mut();
        let (peer, meeting) =
            coming.find(|(_, meeting)| *meeting.stage() == MeetingStage::Words { yes: false })?;
        let who = open.get(n).copied();
        if n > open.len() {
            return None;
        }
        if let Some(who) = who {
            meeting.is_person(who);
        }
        meeting.say(who.is_some());
        Some(who.is_none().then_some(*peer))
    }

    /// What is asked and told because somebody comes.
    pub(super) fn put(&self, scene: &mut Scene, missing: &[usize]) {
        let w = &words().joined;
        let open = self.open(missing);
        if let Some(meeting) = self.asked() {
            put_words(scene, meeting, false);
            match open.as_slice() {
                [_] => scene.add_choice(SafeText::new(w.words_same), Intent::Answer { n: 0 }),
                several => {
                    for (n, who) in several.iter().enumerate() {
                        let name = self.offer.people.get(*who).map_or("", String::as_str);
                        let says = fill(&w.words_whose, &[("name", name)]);
                        scene.add_choice(says, Intent::Answer { n });
                    }
                }
            }
            let n = open.len();
            scene.add_choice(SafeText::new(w.words_other), Intent::Answer { n });
            return;
        }
        for (_, meeting) in &self.coming {
            match meeting.stage() {
                MeetingStage::Words { .. } => put_words(scene, meeting, true),
                MeetingStage::Greeting => scene.prompt = vec![SafeText::new(w.greeting)],
                MeetingStage::Offering
                | MeetingStage::Offered
                | MeetingStage::Agreed { .. }
                | MeetingStage::Ended(_) => scene.prompt = vec![SafeText::new(w.waits_for_yes)],
            }
        }
    }
}

/// Whether this one said yes to everything.
fn has_agreed((_, meeting): &(u32, Meeting)) -> bool {
    matches!(meeting.stage(), MeetingStage::Agreed { .. })
}

/// The three words of one of them.
pub(super) fn put_words(scene: &mut Scene, meeting: &Meeting, said: bool) {
    let w = &words().joined;
    scene.prompt = SafeText::lines(if said { w.words_said } else { w.words });
    let spoken = meeting.words().join("  ·  ");
    scene.list.push(ListItem {
        lead: SafeText::default(),
        words: SafeText::new(&spoken),
        now: true,
    });
}

/// What is wrong, where nothing begins.
pub(super) fn end_of(why: MeetingEnd, meeting: &Meeting) -> SafeText {
    let w = &words().joined;
    SafeText::new(match why {
        MeetingEnd::Version => {
            let theirs = SafeText::new(meeting.program());
            let own = env!("CARGO_PKG_VERSION");
            if theirs.as_str() == own {
                // Two builds of the same version.
                return SafeText::new(w.end_version);
            }
            return fill(
                &w.end_versions,
                &[("theirs", theirs.as_str()), ("own", own)],
            );
        }
        MeetingEnd::SaidNo => w.end_said_no,
        MeetingEnd::HeardNo => w.end_heard_no,
        MeetingEnd::SaidOthers => w.end_said_others,
        MeetingEnd::HeardOthers => w.end_heard_others,
        MeetingEnd::Broken => w.end_broken,
    })
}

/// What a script needs elsewhere: its text and those of its own modules, each under its name. Nothing, where it comes with
/// the program.
fn texts_of(script: &Script) -> String {
    match script.texts.is_empty() {
        true => String::new(),
        false => serde_json::to_string(&script.texts).unwrap_or_default(),
    }
}

/// What is asked of a guest once they know what is to begin.
pub(super) fn put_offer(
    scene: &mut Scene,
    offer: &OfferedSession,
    script: &Script,
    each: Option<&SafeText>,
) {
    let w = &words().joined;
    let name = |who: usize| offer.people.get(who).map_or("", String::as_str);
    let others = (0..offer.people.len()).filter(|who| *who != offer.you);
    let others: Vec<&str> = others.map(name).collect();
    let minutes = offer.minutes.unwrap_or(script.minutes).to_string();
    let values = [
        ("title", script.title.as_str()),
        ("summary", script.summary.as_str()),
        ("you", name(offer.you)),
        ("others", &others.join(", ")),
        ("minutes", &minutes),
    ];
    scene.prompt = match offer.goes_on {
        true => fill_lines(&w.offered_on, &values),
        false => fill_lines(&w.offered, &values),
    };
    if offer
        .minutes
        .is_some_and(|minutes| minutes != script.minutes)
        && !offer.goes_on
    {
        // What it says of its length is of another one.
        scene.prompt.remove(1);
    }
    if let Some(each) = each.filter(|_| !offer.goes_on) {
        let values = [("first", name(offer.first)), ("each", each.as_str())];
        let before = scene.prompt.len().saturating_sub(2);
        scene.prompt.insert(before, fill(&w.offered_plan, &values));
    }
    if offer.texts > 0 {
        let before = scene.prompt.len().min(2);
        scene.prompt.insert(before, SafeText::new(w.offered_sent));
    }
    scene.add_choice(SafeText::new(w.offered_yes), Intent::Answer { n: 0 });
    scene.add_choice(SafeText::new(w.offered_no), Intent::Answer { n: 1 });
}
