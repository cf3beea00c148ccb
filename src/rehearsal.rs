//! Rehearsal: a session on a fast clock with pretend answers.
//!
//! Owns: people who are not real, and the answers that chance gives for them.
//! Never does: IO; nothing of a rehearsal is ever written down.
//! May see: script, session, text, time.
//!
//! The same walks are the session's own test: what a rehearsal can do to a
//! script, the property tests do to every shipped one.

mod random_answers;
mod survey;

use std::sync::Arc;
use std::time::Duration;

use crate::script::{Ask, FirstClock, Script, Step, Target, Who};
use crate::session::Session;
use crate::session::intent::{BellRing, Effect, GateWord, Intent, Outline};
use crate::session::plan::TooShort;
use crate::session::scene::{Offer, Scene};
use crate::session::setup::{Begin, KnownBefore, Length};
use crate::text::safe_text::SafeText;
use crate::text::words::{fill, words};
use crate::time::moment::Moment;

pub(crate) use random_answers::Chance;
pub(crate) use survey::survey;

/// How long pretend people take.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) enum Pace {
    /// As chance has it: mostly little, now and then far too long.
    #[default]
    Chance,
    /// As long as it takes to read and to answer; what is only listened to or talked about takes its part of the time.
    Real,
}

/// How fast people read together, in words a minute.
const WORDS_A_MINUTE: u64 = 150;
/// How long an answer takes once it is known.
const ANSWER: Duration = Duration::from_secs(6);

/// How many letters of a question stand in a line.
const QUESTION: usize = 48;

/// The evening on which every rehearsal begins: the same seed gives the same lines on any day.
pub const EVENING: Moment = Moment {
    mono: Duration::ZERO,
    wall: 1_767_294_000_000,
    offset: 0,
    change: None,
};

/// What a pretend session begins with.
#[must_use]
pub fn pretend_begin(script: &Script, minutes: u16, seed: u64, at: Moment) -> Begin {
    let names = &words().rehearsal.names;
    // A script for several numbers of people is played with each of them.
    let span = u64::from(script.people.to - script.people.from) + 1;
    let count = u64::from(script.people.from) + seed % span;
    let packs = u64::try_from(script.packs.len()).unwrap_or(0);
    let pack = (packs > 0).then(|| usize::try_from(seed / 2 % packs).unwrap_or(0));
    let people: Vec<String> = names
        .iter()
        .take(usize::try_from(count).unwrap_or(2))
        .map(|name| (*name).to_owned())
        .collect();
    let first = usize::try_from(seed).unwrap_or(0) % people.len().max(1);
    Begin {
        script: script.name.clone(),
        hash: script.hash.clone(),
        file: None,
        first: Who::at(first),
        length: Length::Minutes(minutes),
        // Every other pair has an agreement from an earlier time.
        agreement: if seed.is_multiple_of(2) {
            Vec::new()
        } else {
            vec![words().rehearsal.pretend_line.to_owned()]
        },
        // Some have notebooks; nothing is written into them here.
        notebooks: vec![(seed / 2) % 2 == 1; people.len()],
        people,
        wording: pack
            .and_then(|pack| script.packs.get(pack))
            .map(|pack| pack.name.clone()),
        known: KnownBefore::default(),
        seed,
        at,
    }
}

/// How long it takes to read so many words.
fn reading(words: usize) -> Duration {
    let words = u64::try_from(words).unwrap_or(0);
    Duration::from_millis(words * 60_000 / WORDS_A_MINUTE)
}

/// A session that plays by itself.
#[derive(Clone, Debug)]
pub struct Play {
    /// The session as it stands.
    pub session: Session,
    /// What time it is in it.
    pub now: Moment,
    chance: Chance,
    pace: Pace,
    /// What was on the screen last, and for whom: nobody reads it twice in a row.
    read: (Vec<SafeText>, Vec<usize>),
    /// Whether somebody has read what stands before the questions of a gate.
    at_gate: bool,
}

/// One thing that happened.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Event {
    /// When.
    pub(crate) at: Moment,
    /// What was asked; `None` when time alone brought it about.
    pub(crate) intent: Option<Intent>,
    /// What a working log would hold of it.
    pub(crate) logged: Option<Intent>,
    /// What followed.
    pub(crate) effects: Vec<Effect>,
    /// Why it was refused, when it was.
    pub(crate) refused: Option<SafeText>,
    /// What was on the screen when it was asked.
    scene: Option<Scene>,
}

impl Event {
    /// It in words.
    #[must_use]
    pub(crate) fn line(&self) -> SafeText {
        let asked = self.scene.as_ref().zip(self.intent.as_ref());
        let said = asked.map(|(scene, intent)| said(scene, intent));
        let line = self.refused.clone().or(said);
        line.unwrap_or_else(|| rung(&self.effects))
    }
}

impl Play {
    /// Begins to play a script as long as it is written.
    ///
    /// # Errors
    /// [`TooShort`] when it does not fit `minutes`.
    pub fn new(script: &Arc<Script>, minutes: u16, seed: u64) -> Result<Self, TooShort> {
        Self::begun(script, pretend_begin(script, minutes, seed, EVENING), seed)
    }

    /// Begins to play a script with all that it begins with.
    pub(crate) fn begun(script: &Arc<Script>, begin: Begin, seed: u64) -> Result<Self, TooShort> {
        let now = begin.at;
        Ok(Self {
            session: Session::begin(script, begin)?,
            now,
            chance: Chance::new(seed),
            pace: Pace::default(),
            read: Default::default(),
            at_gate: false,
        })
    }

    /// The same, as fast or as slow as this.
    pub(crate) fn at(self, pace: Pace) -> Self {
        Self { pace, ..self }
    }

    /// How long it takes until something is asked.
    fn wait(&mut self) -> Duration {
        let by_chance = self.chance.wait();
        match self.pace {
            Pace::Chance => by_chance,
            Pace::Real => self.honest_wait(),
        }
    }

    /// Reading aloud, and an answer. Where nothing is asked, they take a part of the time: that is what it is for.
    fn honest_wait(&mut self) -> Duration {
        let scene = self.session.asked(self.now);
        // What was read stays read while one after the other answers it.
        let (prompt, to) =
            std::mem::replace(&mut self.read, (scene.prompt.clone(), scene.to.clone()));
        let known = prompt == scene.prompt && !prompt.is_empty();
        let said = known && to == scene.to;
        let lines = scene.prompt.iter();
        let items = scene.list.iter().map(|item| &item.words);
        let choices = scene.choices.iter().map(|choice| &choice.says);
        let words = lines.chain(items).chain(choices);
        let words: usize = words
            .map(|line| line.as_str().split_whitespace().count())
            .sum();
        let read = reading(words);
        let read = if known { Duration::ZERO } else { read };
        let read = match self.session.step_here().map(|step| &step.ask) {
            Some(Ask::Gate(_)) => self.at_the_gate(&scene, read),
            Some(_) | None => read,
        };
        let aloud = self.session.aloud_here();
        let read = if said { read } else { read + aloud };
        let asks = !scene.choices.is_empty() || scene.field.is_some();
        let asks = asks && !self.session.is_apart();
        // A quiet time passes until its bell, or until the way goes on by itself.
        let read = read.max(self.session.quiet_left(self.now).unwrap_or_default());
        match self.session.time_to_fill(self.now) {
            _ if asks => read + ANSWER,
            Some(part) => read.max(part),
            None => read,
        }
    }

    /// Each reads the questions alone; what stands before them is the same for everybody, and is read once.
    fn at_the_gate(&mut self, scene: &Scene, read: Duration) -> Duration {
        if scene.list.is_empty() {
            let read = if self.at_gate { ANSWER } else { read + ANSWER };
            self.at_gate = true;
            return read;
        }
        let words = scene.list.iter().map(|item| item.words.as_str());
        reading(words.map(|line| line.split_whitespace().count()).sum())
    }

    /// Lets one thing happen; `None` once the session is closed.
    pub fn step(&mut self) -> Option<Event> {
        if self.session.is_closed() {
            return None;
        }
        let wait = self.wait();
        if let Some(due) = self.session.next_event(self.now)
            && due <= wait
        {
            self.now = self.now.later(due);
            return Some(self.ask(None));
        }
        self.now = self.now.later(wait);
        let scene = self.session.asked(self.now);
        let intent = self.chance.pick(&scene);
        let intent = self.fitting(intent, &scene);
        let intent = match self.pace {
            Pace::Chance => intent,
            Pace::Real => going_well(intent, &scene, self.session.step_here()),
        };
        Some(self.ask(Some((intent, scene))))
    }

    /// In place of a line of no meaning one that fits wherever it is said later: a name or a line that can be chosen, or
    /// what the script has for nobody writing one.
    fn fitting(&mut self, intent: Intent, scene: &Scene) -> Intent {
        let step = self.session.step_here();
        let writes = step.is_some_and(|step| matches!(step.ask, Ask::Write(_)));
        if !writes || !matches!(intent, Intent::Write { .. }) {
            return intent;
        }
        let choices = scene.choices.iter().map(|choice| &choice.intent);
        let lines = choices.filter(|intent| matches!(intent, Intent::Answer { .. }));
        let lines: Vec<&Intent> = lines.collect();
        let chosen = lines.get(self.chance.which(lines.len()));
        let otherwise = || {
            let words = self.session.otherwise_here()?.as_str().into();
            Some(Intent::Write { words })
        };
        let chosen = chosen.map(|intent| (*intent).clone());
        chosen.or_else(otherwise).unwrap_or(intent)
    }

    fn ask(&mut self, asked: Option<(Intent, Scene)>) -> Event {
        let (intent, scene) = asked.unzip();
        let told = intent.clone().unwrap_or(Intent::TimePassed);
        let logged = self.session.to_log(&told);
        let (effects, refused) = match self.session.apply(told, self.now) {
            Ok(effects) => (effects, None),
            Err(refused) => (Vec::new(), Some(refused.0)),
        };
        Event {
            at: self.now,
            intent,
            logged,
            effects,
            refused,
            scene,
        }
    }
}

/// How strongly somebody is stirred up at most, where it goes well.
const CALM: u8 = 4;

/// A walk that is to say how long it takes is not ended early: nobody says STOP in it, everybody can go, and no answer
/// leads to a stop or an early end, nor to less than was agreed on: what somebody says who has had enough leads there too.
fn going_well(intent: Intent, scene: &Scene, step: Option<&Step>) -> Intent {
    let on = scene.leads_on().map_or(Intent::GoOn, Offer::intent);
    let go = Intent::Gate { says: GateWord::Go };
    let gates = scene.choices.iter().any(|choice| choice.intent == go);
    let ask = step.map(|step| &step.ask);
    let ends = |n: &usize| {
        let answer = ask.and_then(|ask| ask.answers().get(*n));
        answer.is_some_and(|answer| {
            matches!(answer.to, Target::Stop | Target::End) || answer.ceiling.is_some()
        })
    };
    let stirred = matches!(ask, Some(Ask::Rating(rating)) if !rating.hands);
    if gates {
        return go;
    }
    if intent == Intent::Stop || matches!(&intent, Intent::Answer { n } if ends(n)) {
        return on;
    }
    if let (Intent::Rate { value }, true) = (&intent, stirred) {
        let value = CALM.min(*value);
        return Intent::Rate { value };
    }
    intent
}

/// Who asked what, in words.
fn said(scene: &Scene, intent: &Intent) -> SafeText {
    let w = &words().rehearsal;
    let name = |at: &usize| Some(scene.people.get(*at)?.name.as_str());
    let names: Vec<&str> = scene.to.iter().filter_map(name).collect();
    let who = match names.is_empty() {
        true => w.everybody.to_owned(),
        false => names.join(", "),
    };
    let label = scene
        .choices
        .iter()
        .find(|choice| choice.intent == *intent)
        .map(|choice| &choice.says)
        .or_else(|| {
            scene
                .offers
                .iter()
                .find(|offer| offer.intent() == *intent)
                .map(|offer| &offer.says)
        });
    let what = match (label, intent) {
        (Some(says), _) => says.clone(),
        (None, Intent::Rate { value }) => fill(&w.rates, &[("n", &value.to_string())]),
        (None, Intent::Write { .. }) => SafeText::new(w.writes),
        (None, Intent::Stop) => SafeText::new("STOP"),
        (None, _) => SafeText::new(words().session.go_on),
    };
    let question = scene.prompt.first().map_or("", SafeText::as_str);
    let question = SafeText::short(question, QUESTION);
    fill(
        &w.says,
        &[
            ("who", who.as_str()),
            ("question", question.as_str()),
            ("what", what.as_str()),
        ],
    )
}

fn rung(effects: &[Effect]) -> SafeText {
    let w = &words().rehearsal;
    let bells: Vec<&str> = effects
        .iter()
        .filter_map(|effect| match effect {
            Effect::Ring(BellRing::Warning) => Some(w.bell_warning),
            Effect::Ring(BellRing::Landing) => Some(w.bell_landing),
            Effect::Ring(BellRing::Over) => Some(w.bell_over),
            Effect::Ring(BellRing::Rest) => Some(w.bell_rest),
            Effect::Own { .. } | Effect::Card | Effect::Closed(_) => None,
        })
        .collect();
    SafeText::new(&bells.join("; "))
}

/// Plays a script to its end and gives every line of it to `out`.
///
/// # Errors
/// What `out` fails with. The inner value is false when the script did not fit these minutes.
pub(crate) fn play(
    script: &Arc<Script>,
    minutes: u16,
    (seed, pace): (u64, Pace),
    out: &mut dyn FnMut(&str) -> std::io::Result<()>,
) -> std::io::Result<bool> {
    let w = &words().rehearsal;
    let mut play = match Play::new(script, minutes, seed) {
        Ok(play) => play.at(pace),
        Err(TooShort { shortest }) => {
            let minutes = minutes_of(u64::from(shortest));
            out(fill(&w.too_short, &[("minutes", minutes.as_str())]).as_str())?;
            return Ok(false);
        }
    };
    let mut stage = SafeText::default();
    let planned = play.session.planned_turns();
    let length = [("minutes", minutes_of(u64::from(minutes)))];
    let length = length.each_ref().map(|(key, value)| (*key, value.as_str()));
    out(&stamped(play.now, &fill(&w.planned, &length)))?;
    loop {
        let now_in = play.session.stage_title();
        if now_in != stage && !play.session.is_closed() {
            stage = now_in;
            out(&stamped(play.now, &stage_line(&play)))?;
        }
        let Some(event) = play.step() else { break };
        let line = event.line();
        if !line.is_empty() {
            out(&stamped(event.at, &line))?;
        }
        for effect in &event.effects {
            if let Effect::Closed(outline) = effect {
                let timed = script.clock != FirstClock::None;
                for line in closing_lines(outline, &turns_of(&play, outline, &planned), timed) {
                    out(&stamped(event.at, &line))?;
                }
            }
        }
    }
    Ok(true)
}

fn stamped(at: Moment, line: &SafeText) -> String {
    let (seconds, line) = (at.mono.as_secs(), SafeText::line(line.as_str()));
    format!(
        "{:02}:{:02}:{:02}  {line}",
        seconds / 3600,
        seconds / 60 % 60,
        seconds % 60
    )
}

fn stage_line(play: &Play) -> SafeText {
    let w = &words().rehearsal;
    let scene = play.session.scene(play.now);
    let floor = scene.people.iter().filter(|seat| seat.floor);
    let floor: Vec<&str> = floor.map(|seat| seat.name.as_str()).collect();
    let who = match floor.is_empty() {
        true => w.everybody.to_owned(),
        false => floor.join(", "),
    };
    let minutes = clock(play.session.planned_here());
    fill(
        &w.stage,
        &[
            ("title", play.session.stage_title().as_str()),
            ("minutes", minutes.as_str()),
            ("who", &who),
        ],
    )
}

/// Turn time of one person.
struct TurnTime {
    planned: Duration,
    /// How long their turns ran.
    had: Duration,
}

/// Turn time by person; `planned` is in the order in which they went.
fn turns_of(play: &Play, outline: &Outline, planned: &[Duration]) -> Vec<TurnTime> {
    let order = play.session.order();
    let people = 0..outline.people.len();
    let of = |at: usize| {
        let nth = order.iter().position(|who| who.index() == at);
        let had = outline.turns.get(at).copied().unwrap_or(0);
        TurnTime {
            planned: nth
                .and_then(|nth| planned.get(nth))
                .copied()
                .unwrap_or_default(),
            had: Duration::from_millis(u64::try_from(had).unwrap_or(0)),
        }
    };
    people.map(of).collect()
}

fn closing_lines(outline: &Outline, turns: &[TurnTime], timed: bool) -> Vec<SafeText> {
    let w = &words().rehearsal;
    let how = if outline.whole { &w.whole } else { &w.stopped };
    let mut lines = vec![fill(
        &w.closed,
        &[
            ("minutes", minutes_of(outline.minutes).as_str()),
            ("how", how),
        ],
    )];
    let timed = timed
        && turns
            .iter()
            .any(|turn| !(turn.planned + turn.had).is_zero());
    for (at, name) in outline.people.iter().enumerate() {
        if let Some(turn) = turns.get(at).filter(|_| timed) {
            let [planned, had] = [turn.planned, turn.had].map(clock);
            let values = [
                ("name", name.as_str()),
                ("planned", planned.as_str()),
                ("time", had.as_str()),
            ];
            lines.push(fill(&w.turn_time, &values));
        }
        let loan = outline.loan_of(at);
        if outline.whole && loan > 0 {
            let time = clock(Duration::from_millis(u64::try_from(loan).unwrap_or(0)));
            lines.push(fill(&w.loan, &[("name", name), ("time", time.as_str())]));
        }
    }
    lines
}

fn clock(length: Duration) -> SafeText {
    let seconds = length.as_secs();
    SafeText::new(&format!("{}:{:02}", seconds / 60, seconds % 60))
}

fn minutes_of(n: u64) -> SafeText {
    let w = &words().session;
    if n == 1 {
        SafeText::new(w.one_minute)
    } else {
        fill(&w.minutes, &[("n", &n.to_string())])
    }
}
