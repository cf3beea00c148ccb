//! Several machines in one process: each with its session and its log, and between them lines that a test can do with as
//! it likes.

use std::cell::Cell;
use std::collections::VecDeque;
use std::rc::Rc;
use std::sync::Arc;

mod alone;
mod faults;

use super::desk::Written;
use super::*;
use crate::rehearsal::{Chance, EVENING, pretend_begin};
use crate::script::{Script, shipped};
use crate::session::intent::{Effect, Outline};
use crate::session::own_entry::OwnEntry;
use crate::session::scene::{InputField, SceneChoice, SceneMood};

/// A machine's session and log, in memory.
struct TestDesk {
    who: Who,
    script: Arc<Script>,
    session: Session,
    log: Vec<(Moment, Intent)>,
    written: Vec<Written>,
    /// What went into the notebook of the person here.
    notebook: Vec<String>,
    outline: Option<Outline>,
}

impl Desk for TestDesk {
    fn session(&self) -> &Session {
        &self.session
    }

    fn tell(&mut self, intents: &[Intent], at: Moment) -> Result<(), Refused> {
        let mut next = self.session.clone();
        let mut entry = None;
        let mut followed = Vec::new();
        let before = next.clone();
        for intent in intents {
            entry = next.to_log(intent);
            followed.extend(next.apply(intent.clone(), at)?);
        }
        for effect in followed {
            match effect {
                Effect::Own { who, what } if who == self.who => match what {
                    OwnEntry::Note(words) | OwnEntry::Answer { words, .. } => {
                        self.notebook.push(words.to_string())
                    }
                    OwnEntry::Promise(promise) => self.notebook.push(promise.words.to_string()),
                    OwnEntry::Looked { .. } | OwnEntry::Keep { .. } => {}
                },
                Effect::Closed(outline) => self.outline = Some(outline),
                Effect::Own { .. } | Effect::Ring(_) | Effect::Card => {}
            }
        }
        let changed = intents != [Intent::TimePassed] || next != before;
        self.session = next;
        if let Some(intent) = entry.filter(|_| changed) {
            self.log.push((at, intent.clone()));
            let sum = self.session.sum();
            self.written.push(Written { at, intent, sum });
        }
        Ok(())
    }

    fn take_written(&mut self) -> Vec<Written> {
        std::mem::take(&mut self.written)
    }

    fn begin_anew(&mut self, begin: Begin) -> Result<Vec<(Moment, Intent)>, Refused> {
        self.session = Session::begin(&self.script, begin).expect("it fits");
        self.outline = None;
        Ok(std::mem::take(&mut self.log))
    }
}

/// A machine with a person at it.
struct Machine {
    desk: TestDesk,
    joined: Joined,
    chance: Chance,
    /// By how much its clocks are ahead of the test's.
    ahead: (u64, i64),
    canaries: Vec<String>,
}

impl Machine {
    fn here(&self, now: Moment) -> Moment {
        Moment {
            mono: now.mono + Duration::from_millis(self.ahead.0),
            wall: now.wall + self.ahead.1,
            ..now
        }
    }

    fn scene(&self, now: Moment) -> Scene {
        self.joined.scene(&self.desk.session, self.here(now))
    }

    fn ask(&mut self, intent: Intent, now: Moment) -> Result<(), Refused> {
        let here = self.here(now);
        self.joined.ask(&mut self.desk, intent, here)
    }

    fn look(&mut self, now: Moment) {
        let here = self.here(now);
        if self.joined.is_host() && !self.desk.session.is_closed() {
            self.desk
                .tell(&[Intent::TimePassed], here)
                .expect("time is never refused");
        }
        self.joined.publish(&mut self.desk);
        self.joined.look(&mut self.desk, here);
    }

    /// What a pretend person does here now. What they write for themselves is a word of its own.
    fn act(&mut self, now: Moment) {
        let scene = self.scene(now);
        let mut intent = self.chance.pick(&scene);
        if matches!(intent, Intent::Alone) {
            return;
        }
        let own = scene.notice.as_ref().map(SafeText::as_str) == Some(words().joined.for_you_alone);
        if let (Intent::Write { words }, true) = (&mut intent, own) {
            let canary = format!("canary{}of{}", self.canaries.len(), self.desk.who.index());
            self.canaries.push(canary.clone());
            *words = canary.as_str().into();
        }
        let _ = self.ask(intent, now);
    }
}

/// What may be done with what is under way.
type Fault<'a> = &'a mut dyn FnMut(&mut VecDeque<String>);

/// A host and its guests.
struct Room {
    machines: Vec<Machine>,
    now: Moment,
    /// Everything that crossed: who said it, and when.
    crossed: Vec<(usize, Moment, String)>,
    /// To whom the line is cut.
    cut: Option<usize>,
    /// Whose program stands still.
    frozen: Vec<usize>,
    /// Who takes nothing of what comes, though their program goes on.
    reads_nothing: Option<usize>,
    /// From whom to whom goes what is under way.
    under_way: Rc<Cell<(usize, usize)>>,
    /// What came meanwhile: to whom, by which number they know who said it, and what.
    waits: Vec<(usize, u32, String)>,
}

impl Room {
    fn new(script: &Arc<Script>, seed: u64) -> Self {
        Self::with_notebooks(script, seed, true)
    }

    fn with_notebooks(script: &Arc<Script>, seed: u64, notebooks: bool) -> Self {
        let mut begin = pretend_begin(script, script.minutes, seed, EVENING);
        begin.notebooks = vec![notebooks; begin.people.len()];
        let now = begin.at;
        let desk = |at: usize| TestDesk {
            who: Who::at(at),
            script: Arc::clone(script),
            session: Session::begin(script, begin.clone()).expect("it fits"),
            log: Vec::new(),
            written: Vec::new(),
            notebook: Vec::new(),
            outline: None,
        };
        let chance = |at: u64| Chance::new(seed.wrapping_mul(31).wrapping_add(at));
        let host = desk(0);
        let joined = Joined::host(Who(0), &host.session, Vec::new(), now);
        let mut machines = vec![Machine {
            desk: host,
            joined,
            chance: chance(0),
            ahead: (0, 0),
            canaries: Vec::new(),
        }];
        for at in 1..begin.people.len() {
            let peer = u32::try_from(at).expect("few");
            let ahead = (7_000 * u64::from(peer), 3_600_000 * i64::from(peer));
            let line = |by: u64| Line::new(now.mono + Duration::from_millis(by));
            machines[0].joined.welcome(peer, Who::at(at), line(0));
            machines.push(Machine {
                joined: Joined::guest(Who::at(at), &begin, 0, 0, line(ahead.0)),
                desk: desk(at),
                chance: chance(u64::from(peer)),
                ahead,
                canaries: Vec::new(),
            });
        }
        let mut room = Self {
            machines,
            now,
            crossed: Vec::new(),
            cut: None,
            frozen: Vec::new(),
            reads_nothing: None,
            under_way: Rc::default(),
            waits: Vec::new(),
        };
        room.settle(&mut |_| {});
        room
    }

    /// What is said reaches the others, until nobody has more to say.
    fn settle(&mut self, fault: Fault<'_>) {
        for _ in 0..200 {
            let mut moved = self.hear_what_waits();
            for at in 0..self.machines.len() {
                if self.frozen.contains(&at) {
                    continue;
                }
                let here = self.machines[at].here(self.now);
                let lines = self.machines[at].joined.take(here);
                moved |= !lines.is_empty();
                let mut by_peer: Vec<(u32, VecDeque<String>)> = Vec::new();
                for (peer, text) in lines {
                    self.crossed.push((at, self.now, text.clone()));
                    match by_peer.iter_mut().find(|(known, _)| *known == peer) {
                        Some((_, way)) => way.push_back(text),
                        None => by_peer.push((peer, VecDeque::from([text]))),
                    }
                }
                for (peer, mut way) in by_peer {
                    let (to, from) = if at == 0 {
                        (usize::try_from(peer).expect("few"), 0)
                    } else {
                        (0, u32::try_from(at).expect("few"))
                    };
                    self.under_way.set((at, to));
                    fault(&mut way);
                    let cut = self.cut.is_some_and(|cut| cut == at || cut == to);
                    for text in way.into_iter().filter(|_| !cut) {
                        self.waits.push((to, from, text));
                    }
                    self.hear_what_waits();
                }
            }
            if !moved {
                return;
            }
        }
        panic!("they never stop talking");
    }

    /// What has come is heard by whoever hears; answers whether something was.
    fn hear_what_waits(&mut self) -> bool {
        let mut heard = false;
        for (to, from, text) in std::mem::take(&mut self.waits) {
            if self.frozen.contains(&to) || self.reads_nothing == Some(to) {
                self.waits.push((to, from, text));
                continue;
            }
            heard = true;
            let machine = &mut self.machines[to];
            let here = machine.here(self.now);
            machine.joined.hear(&mut machine.desk, from, &text, here);
        }
        heard
    }

    fn pass(&mut self, by: Duration) {
        self.now = self.now.later(by);
        for (at, machine) in self.machines.iter_mut().enumerate() {
            if !self.frozen.contains(&at) {
                machine.look(self.now);
            }
        }
    }

    fn are_closed(&self) -> bool {
        self.machines
            .iter()
            .all(|machine| machine.desk.session.is_closed())
    }

    fn agree(&self, told: &str) {
        let sum = self.machines[0].desk.session.sum();
        for machine in &self.machines[1..] {
            assert_eq!(machine.desk.session.sum(), sum, "{told}");
        }
    }
}

impl Room {
    /// The program at one machine is killed at once, and started again: it knows what its log holds, and no more.
    fn kill(&mut self, at: usize, run: u64) {
        let now = self.now;
        let peers = self.machines.len();
        let machine = &mut self.machines[at];
        let here = machine.here(now);
        let begin = machine.desk.session.begun().clone();
        let mut session = Session::begin(&machine.desk.script, begin.clone()).expect("it fits");
        let mut last = begin.at;
        for (at, intent) in &machine.desk.log {
            session.apply(intent.clone(), *at).expect("a log replays");
            last = *at;
        }
        machine.desk.session = session;
        machine.desk.written.clear();
        if machine.desk.session.is_closed() {
            return;
        }
        let line = |by: usize| Line::anew(here.mono, run * 10 + u64::try_from(by).expect("few"));
        if at > 0 {
            machine.joined = Joined::guest_again(machine.desk.who, last, 0, line(0));
            return;
        }
        let gap = crate::time::moment::Gap {
            before: last,
            kind: crate::time::moment::GapKind::Crashed,
        };
        machine
            .desk
            .tell(&[Intent::TimeJumped { gap }], here)
            .expect("never refused");
        machine.desk.written.clear();
        let entries = machine.desk.log.clone();
        machine.joined = Joined::host(Who(0), &machine.desk.session, entries, here);
        for guest in 1..peers {
            let peer = u32::try_from(guest).expect("few");
            machine
                .joined
                .welcome_again(peer, Who::at(guest), line(guest));
        }
    }
}

fn for_several() -> Vec<Arc<Script>> {
    let several = |script: &&Arc<Script>| script.people.to > 1;
    shipped().iter().filter(several).cloned().collect()
}

fn seeds(usual: u64) -> u64 {
    let set = std::env::var("SEEDS").ok().and_then(|n| n.parse().ok());
    set.unwrap_or(usual)
}

/// Whole sessions at several terminals.
#[test]
fn every_session_closes_with_the_same_ledger_and_nothing_private_crosses() {
    for script in for_several() {
        let only = std::env::var("SCRIPT").ok();
        if only.is_some_and(|name| name != script.name) {
            continue;
        }
        let from = std::env::var("SEED").ok().and_then(|n| n.parse().ok());
        let from = from.unwrap_or(0);
        for seed in from..from + seeds(2) {
            let told = format!("{} seed {seed}", script.name);
            let mut room = Room::new(&script, seed);
            if room.machines.len() < 2 {
                continue;
            }
            let mut dice = fastrand::Rng::with_seed(seed);
            let mut steps = 0;
            while !room.are_closed() {
                steps += 1;
                assert!(
                    steps < 30_000,
                    "{told} does not end: {:?}",
                    room.machines[0].scene(room.now)
                );
                let who = dice.usize(0..room.machines.len());
                let now = room.now;
                room.machines[who].act(now);
                room.settle(&mut |_| {});
                room.agree(&told);
                let by = Duration::from_millis(dice.u64(50..4_000));
                room.pass(by);
                room.settle(&mut |_| {});
                room.agree(&told);
            }
            check_closed(&room, &told);
            // STOP is for afterwards, too.
            let now = room.now;
            let _ = room.machines[0].ask(Intent::Stop, now);
            room.settle(&mut |_| {});
            room.agree(&told);
        }
    }
}

/// What holds once everybody has closed.
fn check_closed(room: &Room, told: &str) {
    let outline = |machine: &Machine| machine.desk.outline.clone().expect("closed");
    let host = outline(&room.machines[0]);
    for machine in &room.machines {
        let own = outline(machine);
        assert_eq!(
            (&own.turns, &own.loan, own.first),
            (&host.turns, &host.loan, host.first),
            "{told}"
        );
        // Its own log tells the same session.
        let begin = machine.desk.session.begun().clone();
        let mut again = Session::begin(&machine.desk.script, begin).expect("it fits");
        for (at, intent) in &machine.desk.log {
            let _ = again.apply(intent.clone(), *at);
        }
        assert_eq!(again.sum(), machine.desk.session.sum(), "{told}");
        for other in &room.machines {
            if other.desk.who == machine.desk.who {
                continue;
            }
            let log = format!("{:?}", other.desk.log);
            let log_text = serde_json::to_string(
                &other
                    .desk
                    .log
                    .iter()
                    .map(|(_, intent)| intent)
                    .collect::<Vec<_>>(),
            )
            .unwrap();
            for canary in &machine.canaries {
                assert!(
                    !log.contains(canary) && !log_text.contains(canary),
                    "{told}: {canary}"
                );
                assert!(!other.desk.notebook.contains(canary), "{told}: {canary}");
            }
        }
    }
    let canaries = room.machines.iter().flat_map(|machine| &machine.canaries);
    for canary in canaries {
        assert!(
            !room
                .crossed
                .iter()
                .any(|(_, _, text)| text.contains(canary)),
            "{told}: {canary}"
        );
    }
    assert!(
        !room
            .crossed
            .iter()
            .any(|(_, _, text)| text.contains("\"rate\"")),
        "{told}"
    );
}

#[test]
fn scenes_offer_nobody_what_they_may_not_say() {
    for script in for_several() {
        let mut room = Room::new(&script, 1);
        let mut dice = fastrand::Rng::with_seed(5);
        for _ in 0..400 {
            let now = room.now;
            for machine in &mut room.machines {
                let scene = machine.scene(now);
                assert!(!scene.private);
                assert!(!scene.field.as_ref().is_some_and(InputField::is_hidden));
                let me = machine.desk.who;
                for line in &scene.whispers {
                    assert!(line.to.is_empty() || line.to.contains(&me.index()));
                }
                for choice in &scene.choices {
                    if let Intent::Yes { who } | Intent::No { who } = choice.intent {
                        assert_eq!(who, me);
                    }
                }
            }
            let who = dice.usize(0..room.machines.len());
            room.machines[who].act(now);
            room.settle(&mut |_| {});
            room.pass(Duration::from_millis(dice.u64(50..4_000)));
            room.settle(&mut |_| {});
            if room.are_closed() {
                break;
            }
        }
    }
}

/// Programs are killed again and again, one or several at once, with whatever was under way: they are back without new
/// words, nothing that was accepted is lost, and the session closes.
#[test]
fn whoever_is_killed_is_back_and_the_session_goes_on() {
    let kills = std::env::var("KILLS").ok().and_then(|n| n.parse().ok());
    let mut left = kills.unwrap_or(20_u64);
    for seed in 0.. {
        if left == 0 {
            break;
        }
        let name = match seed % 4 {
            1 => "triad",
            3 => "circle",
            _ => "standard-pair",
        };
        let script = crate::script::shipped_script(name).expect("it is shipped");
        let mut room = Room::new(&script, seed);
        let mut dice = fastrand::Rng::with_seed(seed);
        let told = format!("{} seed {seed}", script.name);
        for step in 0.. {
            assert!(step < 20_000, "{told} does not end");
            if room.are_closed() {
                break;
            }
            if left > 0 && dice.u32(0..25) == 0 {
                let now = room.now;
                let who = dice.usize(0..room.machines.len());
                room.machines[who].act(now);
                // What was under way may be lost with it.
                if dice.bool() {
                    room.settle(&mut VecDeque::clear);
                }
                for at in 0..room.machines.len() {
                    if at == who || dice.u32(0..4) == 0 {
                        left = left.saturating_sub(1);
                        room.kill(at, u64::from(dice.u32(..)));
                        assert!(
                            room.machines[at].joined.is_dropped()
                                || room.machines[at].desk.session.is_closed(),
                            "{told}"
                        );
                    }
                }
                for at in 0..room.machines.len() {
                    let now = room.now;
                    for peer in 0..u32::try_from(room.machines.len()).expect("few") {
                        room.machines[at].joined.is_back(peer);
                    }
                    room.machines[at].look(now);
                }
                for _ in 0..14 {
                    room.pass(Duration::from_secs(1));
                    room.settle(&mut |_| {});
                }
                assert!(!room.machines[0].joined.is_dropped(), "{told}");
                room.agree(&told);
            }
            let now = room.now;
            let who = dice.usize(0..room.machines.len());
            room.machines[who].act(now);
            room.settle(&mut |_| {});
            room.agree(&told);
            room.pass(Duration::from_millis(dice.u64(50..4_000)));
            room.settle(&mut |_| {});
        }
        for _ in 0..14 {
            room.pass(Duration::from_secs(1));
            room.settle(&mut |_| {});
        }
        room.agree(&told);
        check_closed(&room, &told);
    }
}

/// A STOP that the host never heard stands at the guest's while the host's program is killed, and on both once it is back.
#[test]
fn a_stop_outlasts_a_host_that_is_killed() {
    let mut room = pair(3);
    let now = room.now;
    room.machines[1]
        .ask(Intent::Stop, now)
        .expect("never refused");
    room.settle(&mut VecDeque::clear);
    room.kill(0, 7);
    let neutral = |room: &Room, at: usize| {
        room.machines[at].scene(room.now).mood == crate::session::scene::SceneMood::Neutral
    };
    assert!(neutral(&room, 1) && !neutral(&room, 0));
    room.settle(&mut |_| {});
    assert!(neutral(&room, 0) && neutral(&room, 1));
    room.agree("after STOP");
}

fn pair(seed: u64) -> Room {
    let pair = crate::script::shipped_script("standard-pair").expect("it is shipped");
    Room::new(&pair, seed)
}

#[test]
fn stop_holds_here_before_it_is_on_its_way_and_then_on_both() {
    for who in [0, 1] {
        let mut room = pair(3);
        let now = room.now;
        room.machines[who]
            .ask(Intent::Stop, now)
            .expect("never refused");
        let neutral = |room: &Room, at: usize| {
            room.machines[at].scene(room.now).mood == crate::session::scene::SceneMood::Neutral
        };
        assert!(neutral(&room, who), "here at once");
        assert!(!neutral(&room, 1 - who));
        room.settle(&mut |_| {});
        assert!(neutral(&room, 0) && neutral(&room, 1));
        room.agree("after STOP");
    }
}

/// What a guest's program says that is not ours: it changes nothing but what its person may change.
#[test]
fn a_guest_answers_for_nobody_else_and_tells_no_time() {
    use message::{AloneAnswer, Message};
    let mut room = pair(0);
    let before = room.machines[0].desk.session.clone();
    let gap = crate::time::moment::Gap {
        before: room.now,
        kind: crate::time::moment::GapKind::Slept,
    };
    let intents = [
        // The first question is the host's own.
        Intent::Rated { least: 0 },
        Intent::Rate { value: 9 },
        Intent::Pass,
        Intent::Unsure,
        Intent::Write { words: "x".into() },
        Intent::Yes { who: Who(0) },
        Intent::Gated {
            says: crate::session::intent::GateWord::Go,
        },
        Intent::Answered {
            said: vec![None; 2],
        },
        Intent::TimePassed,
        Intent::TimeJumped { gap },
        Intent::Keep {
            what: crate::session::intent::KeepChoice::Forget,
        },
        Intent::Land,
        Intent::Card,
        Intent::Leave,
        Intent::Alone,
    ];
    let messages = intents
        .into_iter()
        .zip(1..)
        .map(|(intent, id)| Message::Ask {
            id,
            after: 0,
            intent: Box::new(intent),
        });
    let others = [
        Message::Given {
            after: 0,
            answer: Some(AloneAnswer::Gate(crate::session::intent::GateWord::Go)),
        },
        Message::Answered {
            after: u64::MAX,
            yes: true,
        },
        Message::Begin {
            begin: Box::new(before.begun().clone()),
            entries: 3,
        },
        Message::Refused {
            id: 1,
            says: "\u{1b}[2J".into(),
        },
    ];
    let mut line = Line::new(room.now.mono);
    room.machines[0]
        .joined
        .welcome(1, Who(1), Line::new(room.now.mono));
    for message in messages.chain(others) {
        line.say(message);
    }
    let now = room.now;
    for text in line.take(now.mono) {
        let host = &mut room.machines[0];
        host.joined.hear(&mut host.desk, 1, &text, now);
    }
    assert_eq!(room.machines[0].desk.session, before);
    assert!(room.machines[0].desk.log.is_empty());
}

/// What a host's program says that is not ours: a guest's program ends the line, and its session stands.
#[test]
fn a_guest_believes_no_impossible_entry() {
    use message::{Message, SaidEntry};
    let room = pair(0);
    let at = room.now;
    let far = Moment {
        mono: Duration::from_secs(1 << 40),
        ..at
    };
    let walls = [i64::MIN, i64::MAX, 0].map(|wall| Moment { wall, ..at });
    let east = Moment {
        offset: i32::MIN,
        ..at
    };
    for at in walls.into_iter().chain([far, east]) {
        let mut room = pair(0);
        let begin = room.machines[1].desk.session.begun().clone();
        let mut line = Line::new(Duration::ZERO);
        line.say(Message::Entry(Box::new(SaidEntry {
            n: 1,
            at,
            intent: Intent::Stop,
            sum: 0,
            asked: None,
            by: None,
        })));
        let here = room.machines[1].here(room.now);
        let guest = &mut room.machines[1];
        guest.joined = Joined::guest(Who(1), &begin, 0, 0, Line::new(here.mono));
        let before = guest.desk.session.clone();
        for text in line.take(Duration::ZERO) {
            guest.joined.hear(&mut guest.desk, 0, &text, here);
        }
        assert_eq!(guest.desk.session, before, "{at:?}");
        assert_eq!(guest.joined.take_put_out(), [0]);
        assert!(guest.joined.is_dropped());
    }
}

/// Two yeses at the same moment are two yeses.
#[test]
fn a_yes_counts_that_was_under_way_when_the_other_was_said() {
    let pair = crate::script::shipped_script("standard-pair").expect("it is shipped");
    let mut met = 0;
    for seed in 0..6 {
        let mut room = Room::new(&pair, seed);
        for _ in 0..2_000 {
            if room.are_closed() {
                break;
            }
            let now = room.now;
            let yes = |room: &Room, at: usize| {
                let scene = room.machines[at].scene(now);
                let mut choices = scene.choices.into_iter();
                let own = Intent::Yes { who: Who::at(at) };
                choices.find(|choice| choice.intent == own && choice.on == Some(false))
            };
            if let (Some(ada), Some(ben)) = (yes(&room, 0), yes(&room, 1)) {
                met += 1;
                let before = room.machines[0].desk.session.clone();
                // Neither knows of the other's.
                room.machines[1].ask(ben.intent, now).expect("taken");
                room.machines[0].ask(ada.intent, now).expect("taken");
                room.settle(&mut |_| {});
                assert!(
                    !room.machines[0].desk.session.is_same_place(&before),
                    "seed {seed}"
                );
            }
            room.machines[0].act(now);
            room.settle(&mut |_| {});
            room.machines[1].act(now);
            room.settle(&mut |_| {});
            room.pass(Duration::from_secs(2));
            room.settle(&mut |_| {});
        }
    }
    assert!(met > 3, "{met}");
}

/// What every screen of two terminals says.
fn said_in(scene: &Scene) -> Vec<String> {
    let mut said: Vec<&SafeText> = vec![&scene.title];
    said.extend(&scene.prompt);
    said.extend(&scene.notice);
    said.extend(scene.whispers.iter().map(|line| &line.words));
    said.extend(scene.list.iter().map(|item| &item.words));
    said.extend(scene.choices.iter().map(|choice| &choice.says));
    said.extend(scene.offers.iter().map(|offer| &offer.says));
    said.into_iter()
        .map(|text| text.as_str().to_owned())
        .collect()
}

/// No sentence at two terminals takes it that people look at one screen. `LINES=1` prints all of them.
#[test]
fn no_sentence_takes_it_that_one_screen_is_shared() {
    let mut all = std::collections::BTreeSet::new();
    for script in for_several() {
        for seed in 0..3 {
            let mut room = Room::new(&script, seed);
            let mut dice = fastrand::Rng::with_seed(seed);
            for _ in 0..600 {
                let now = room.now;
                for machine in &room.machines {
                    let said = said_in(&machine.scene(now));
                    all.extend(said.into_iter().map(|text| (text, script.name.clone())));
                }
                let who = dice.usize(0..room.machines.len());
                room.machines[who].act(now);
                room.settle(&mut |_| {});
                room.pass(Duration::from_millis(dice.u64(50..4_000)));
                room.settle(&mut |_| {});
                if room.are_closed() {
                    break;
                }
            }
        }
    }
    if std::env::var_os("LINES").is_some() {
        for (text, script) in &all {
            println!("{script}: {text}");
        }
    }
    let shared = [
        "look away",
        "looks away",
        "stop sharing",
        "keyboard,",
        "has the keyboard",
        "this window",
        "No keyboard",
        "when only you can",
    ];
    for (text, script) in &all {
        assert!(
            !shared.iter().any(|word| text.contains(word)),
            "{script}: {text}"
        );
    }
}

/// Of three, one drops: the others are told who, nobody's time goes by, and nobody goes on without them.
#[test]
fn of_three_the_others_are_told_who_is_missing() {
    let triad = crate::script::shipped_script("triad").expect("it is shipped");
    let mut room = Room::new(&triad, 1);
    let name = room.machines[2].desk.session.begun().people[2].clone();
    room.cut = Some(2);
    for _ in 0..25 {
        room.pass(Duration::from_secs(1));
        room.settle(&mut |_| {});
    }
    let told = |room: &Room, at: usize| {
        let scene = room.machines[at].scene(room.now);
        let names = scene
            .notice
            .as_ref()
            .is_some_and(|notice| notice.as_str().contains(&name));
        names && scene.rare.numbers
    };
    assert!(told(&room, 0) && told(&room, 1));
    for at in [0, 1] {
        assert!(room.machines[at].desk.session.is_held());
        let now = room.now;
        let _ = room.machines[at].ask(Intent::GoOn, now);
        room.settle(&mut |_| {});
        assert!(room.machines[0].desk.session.is_held(), "{at}");
    }
    // Only whoever is cut off is offered to go on alone, and the host.
    let alone = |room: &Room, at: usize| {
        let scene = room.machines[at].scene(room.now);
        scene
            .choices
            .iter()
            .any(|choice| choice.intent == Intent::Alone)
    };
    assert!(alone(&room, 0) && !alone(&room, 1) && alone(&room, 2));
    room.cut = None;
    for _ in 0..14 {
        room.pass(Duration::from_secs(1));
        room.settle(&mut |_| {});
    }
    assert!(!told(&room, 0) && !told(&room, 1));
    let now = room.now;
    room.machines[1]
        .ask(Intent::GoOn, now)
        .expect("all are back");
    room.settle(&mut |_| {});
    assert!(!room.machines[0].desk.session.is_held());
    room.agree("all are back");
}

/// Whoever works may close their eyes: where a key only leads on, that of whoever accompanies leads on for both; where
/// something is asked of the other, no key of theirs answers it.
#[test]
fn whoever_accompanies_leads_on_and_answers_nothing() {
    let (mut led, mut refused) = (0, 0);
    for seed in 0..4 {
        let mut room = pair(seed);
        let mut dice = fastrand::Rng::with_seed(seed);
        for _ in 0..1_500 {
            if room.are_closed() {
                break;
            }
            let now = room.now;
            let turn =
                |machine: &Machine| machine.scene(now).people.iter().position(|seat| seat.floor);
            let witness = turn(&room.machines[0]).map(|floor| 1 - floor);
            if let Some(witness) = witness {
                let before = room.machines[0].desk.session.clone();
                let scene = room.machines[witness].scene(now);
                let common = before.scene(now);
                let asks = common.field.is_some() || !common.choices.is_empty();
                let theirs = common.to.contains(&(1 - witness)) && !common.to.contains(&witness);
                let leads = scene
                    .offers
                    .iter()
                    .any(|offer| offer.verb == crate::session::scene::Verb::GoOn);
                let list = |choice: &SceneChoice| matches!(choice.intent, Intent::Aside { .. });
                // Where their own list is open, it is that which they leave.
                let listed = scene.choices.iter().any(list);
                if asks && theirs && !listed && before.each_asked().is_none() {
                    let answers = [
                        Intent::Answer { n: 0 },
                        Intent::Pass,
                        Intent::Rate { value: 3 },
                        Intent::GoOn,
                    ];
                    for intent in answers {
                        assert!(room.machines[witness].ask(intent, now).is_err());
                        room.settle(&mut |_| {});
                    }
                    assert_eq!(room.machines[0].desk.session.sum(), before.sum());
                    refused += 1;
                } else if leads && !asks {
                    room.machines[witness]
                        .ask(Intent::GoOn, now)
                        .expect("it is offered");
                    room.settle(&mut |_| {});
                    room.agree("led on");
                    led += usize::from(room.machines[0].desk.session.sum() != before.sum());
                }
            }
            let who = dice.usize(0..2);
            let now = room.now;
            room.machines[who].act(now);
            room.settle(&mut |_| {});
            room.pass(Duration::from_millis(dice.u64(50..4_000)));
            room.settle(&mut |_| {});
        }
    }
    assert!(led > 10 && refused > 10, "{led} {refused}");
}

/// A guest that hears the host again does not take it that time goes on, before the host has said what became of it.
#[test]
fn a_guest_that_hears_again_waits_for_what_became_of_the_time() {
    use crate::session::scene::{SceneMood, Verb};
    let mut room = pair(2);
    room.cut = Some(1);
    for _ in 0..25 {
        room.pass(Duration::from_secs(1));
        room.settle(&mut |_| {});
    }
    let held = |room: &Room| {
        let scene = room.machines[1].scene(room.now);
        let goes_on = scene.offers.iter().any(|offer| offer.verb == Verb::GoOn);
        (scene.mood == SceneMood::Held, goes_on)
    };
    assert!(held(&room).0);
    // Nobody is offered to go on together who can't.
    let host = room.machines[0].scene(room.now);
    assert!(!host.offers.iter().any(|offer| offer.verb == Verb::GoOn));
    let now = room.now;
    let here = room.machines[1].here(now);
    let guest = &mut room.machines[1];
    guest.joined.hear(&mut guest.desk, 0, ".", here);
    assert!(!guest.joined.is_dropped());
    assert!(held(&room).0, "it is as it was");
    room.cut = None;
    for _ in 0..14 {
        room.pass(Duration::from_secs(1));
        room.settle(&mut |_| {});
    }
    assert_eq!(held(&room), (true, true), "and now both may go on");
}

/// What ends a turn, and what leads on in its landing, is whoever's turn it is; the other is offered none of it.
#[test]
fn nobody_ends_the_turn_of_somebody_else() {
    use crate::session::scene::Verb;
    let mut kept = 0;
    for seed in 0..12 {
        let mut room = pair(seed);
        let mut dice = fastrand::Rng::with_seed(seed);
        for _ in 0..1_500 {
            if room.are_closed() {
                break;
            }
            let now = room.now;
            let common = room.machines[0].desk.session.scene(now);
            let ends = common.offers.iter().any(|offer| {
                let ends = offer.says.as_str() == words().session.leads_turn;
                offer.verb == Verb::GoOn && ends
            });
            let floor = common.people.iter().position(|seat| seat.floor);
            if let (true, Some(speaker)) = (ends, floor) {
                let other = 1 - speaker;
                let leads = |scene: Scene| scene.offers.iter().any(|one| one.verb == Verb::GoOn);
                assert!(leads(room.machines[speaker].scene(now)));
                assert!(!leads(room.machines[other].scene(now)));
                let before = room.machines[0].desk.session.sum();
                assert!(room.machines[other].ask(Intent::GoOn, now).is_err());
                room.settle(&mut |_| {});
                assert_eq!(room.machines[0].desk.session.sum(), before);
                kept += 1;
            }
            let who = dice.usize(0..2);
            room.machines[who].act(now);
            room.settle(&mut |_| {});
            room.pass(Duration::from_millis(dice.u64(50..4_000)));
            room.settle(&mut |_| {});
        }
    }
    assert!(kept > 4, "{kept}");
}

/// What is said for a moment gives way to the sign of a quiet line, and is not said again once the line is back.
#[test]
fn a_notice_gives_way_to_the_quiet_sign_and_does_not_come_back() {
    let notice = |room: &Room, at: usize| {
        let notice = room.machines[at].scene(room.now).notice;
        notice.map(|notice| notice.as_str().to_owned())
    };
    let turn = |room: &Room, at: usize| {
        notice(room, at)
            .is_some_and(|said| said.contains("'s turn: ") || said.contains("’s turn: "))
    };
    let walked = |seed: u64| {
        let mut room = pair(seed);
        let mut dice = fastrand::Rng::with_seed(seed);
        while !(room.are_closed() || turn(&room, 0) && turn(&room, 1)) {
            let (who, now) = (dice.usize(0..2), room.now);
            room.machines[who].act(now);
            room.settle(&mut |_| {});
            room.pass(Duration::from_millis(500));
            room.settle(&mut |_| {});
        }
        (!room.are_closed()).then_some(room)
    };
    let mut room = (0..20).find_map(walked).expect("a turn begins");
    room.cut = Some(1);
    for _ in 0..14 {
        room.pass(Duration::from_secs(1));
        room.settle(&mut |_| {});
    }
    for at in [0, 1] {
        assert_eq!(notice(&room, at).as_deref(), Some(words().joined.quiet));
    }
    for _ in 0..10 {
        room.pass(Duration::from_secs(1));
        room.settle(&mut |_| {});
    }
    room.cut = None;
    for _ in 0..14 {
        room.pass(Duration::from_secs(1));
        room.settle(&mut |_| {});
    }
    for at in [0, 1] {
        assert_eq!(notice(&room, at).as_deref(), Some(words().joined.line_back));
    }
    let now = room.now;
    room.machines[1].ask(Intent::GoOn, now).expect("it is back");
    room.settle(&mut |_| {});
    assert!(!room.machines[0].desk.session.is_held() && !room.machines[1].desk.session.is_held());
    let name = &room.machines[0].desk.session.begun().people[1];
    let by = fill(&words().joined.by_go_on, &[("name", name)]);
    assert_eq!(notice(&room, 0).as_deref(), Some(by.as_str()));
    assert_eq!(notice(&room, 1), None);
}

/// That something else came first is said for a while only.
#[test]
fn what_came_too_late_is_not_told_for_long() {
    use crate::session::scene::Verb;
    let mut room = pair(1);
    let mut dice = fastrand::Rng::with_seed(1);
    let told = |room: &Room| {
        let notice = room.machines[1].scene(room.now).notice;
        notice.is_some_and(|notice| notice.as_str() == words().joined.too_late)
    };
    loop {
        assert!(!room.are_closed());
        let now = room.now;
        let leads = |at: usize| {
            let scene = room.machines[at].scene(now);
            let asks = scene.field.is_some() || !scene.choices.is_empty();
            !asks && scene.offers.iter().any(|offer| offer.verb == Verb::GoOn)
        };
        if leads(0) && leads(1) {
            for at in [1, 0] {
                let _ = room.machines[at].ask(Intent::GoOn, now);
            }
            room.settle(&mut |_| {});
            if told(&room) {
                break;
            }
        }
        let who = dice.usize(0..2);
        room.machines[who].act(now);
        room.settle(&mut |_| {});
        room.pass(Duration::from_millis(500));
        room.settle(&mut |_| {});
    }
    for _ in 0..16 {
        room.pass(Duration::from_secs(1));
        room.settle(&mut |_| {});
    }
    assert!(!told(&room));
}

/// Walks sessions of two, and looks at both at every step; answers how often something was found.
fn looked_at(seeds: u64, steps: u32, look: &mut dyn FnMut(&mut Room) -> bool) -> usize {
    looked_at_in(&pair, seeds, steps, look)
}

fn looked_at_in(
    room: &dyn Fn(u64) -> Room,
    seeds: u64,
    steps: u32,
    look: &mut dyn FnMut(&mut Room) -> bool,
) -> usize {
    let mut found = 0;
    for seed in 0..seeds {
        let mut room = room(seed);
        let mut dice = fastrand::Rng::with_seed(seed);
        for _ in 0..steps {
            if room.are_closed() {
                break;
            }
            found += usize::from(look(&mut room));
            let (who, now) = (dice.usize(0..2), room.now);
            room.machines[who].act(now);
            room.settle(&mut |_| {});
            room.pass(Duration::from_millis(dice.u64(50..4_000)));
            room.settle(&mut |_| {});
        }
    }
    found
}

fn notice(room: &Room, at: usize) -> String {
    let scene = room.machines[at].scene(room.now);
    scene
        .notice
        .map_or_else(String::new, |says| says.as_str().to_owned())
}

/// One of them proposes, the other sees it, and it goes on once both chose the same.
#[test]
fn who_goes_first_needs_both() {
    let found = looked_at(2, 300, &mut |room| {
        if !room.machines[0].desk.session.is_ordering() || notice(room, 0).contains(": ") {
            return false;
        }
        let now = room.now;
        let stands = |room: &Room| (0..2).all(|at| room.machines[at].desk.session.is_ordering());
        let first = |who: usize| Intent::First { who: Who::at(who) };
        for (at, what) in [(1, first(0)), (0, first(1)), (1, Intent::Toss)] {
            room.machines[at].ask(what, now).expect("it is proposed");
            room.settle(&mut |_| {});
            room.agree("a proposal");
            assert!(stands(room));
            assert!(notice(room, 0).contains("Ada") && notice(room, 0) == notice(room, 1));
        }
        room.machines[0].ask(Intent::Toss, now).expect("both");
        room.settle(&mut |_| {});
        room.agree("both chose");
        assert!(!stands(room));
        true
    });
    assert!(found > 0);
}

/// Where a yes of both is asked for, each sees who has said it and who has not; also after STOP, where no person has a
/// place on the screen.
#[test]
fn who_has_said_yes_and_who_is_waited_for_is_said_to_both() {
    let w = &words().joined;
    let mut after_stop = 0;
    let found = looked_at(8, 300, &mut |room| {
        let common = room.machines[0].desk.session.scene(room.now);
        let yes = |choice: &SceneChoice| matches!(choice.intent, Intent::Yes { .. });
        let mut yeses = common.choices.iter().filter(|choice| yes(choice));
        if !yeses.any(|choice| choice.on == Some(true)) {
            return false;
        }
        after_stop += usize::from(common.mood == SceneMood::Neutral);
        for at in [0, 1] {
            let says = notice(room, at);
            assert!(
                says.contains(w.said_yes) && says.contains(w.not_yet),
                "{says}"
            );
        }
        true
    });
    assert!(found > 1 && after_stop > 0, "{found} {after_stop}");
}

/// More time that both agreed on is said to both, also to the one who is not asked what comes next.
#[test]
fn more_time_is_said_to_both() {
    let found = looked_at(8, 900, &mut |room| {
        let session = &room.machines[0].desk.session;
        let now = room.now;
        let Some(turn) = session.turn_of() else {
            return false;
        };
        let (own, other) = (turn.index(), 1 - turn.index());
        let theirs = room.machines[other].scene(now);
        if theirs.rare.elsewhere.is_none() || theirs.mood != SceneMood::Walking {
            return false;
        }
        for intent in [Intent::More, Intent::MoreBy { minutes: 2 }] {
            if room.machines[own].ask(intent, now).is_err() {
                return false;
            }
            room.settle(&mut |_| {});
        }
        for at in [other, own] {
            let yes = Intent::Yes { who: Who::at(at) };
            room.machines[at].ask(yes, now).expect("asked");
            room.settle(&mut |_| {});
        }
        let says = notice(room, own);
        assert!(
            says.contains("2 minutes more") && notice(room, other) == says,
            "{says}"
        );
        true
    });
    assert!(found > 0);
}

/// Who has no notebook at a terminal of their own is told where a promise can stand; the other is not.
#[test]
fn what_cannot_be_typed_is_said_to_whose_it_would_be() {
    let pair = crate::script::shipped_script("standard-pair").expect("it is shipped");
    let typed = [words().session.promise, words().session.note];
    let bare = |seed| Room::with_notebooks(&pair, seed, false);
    let found = looked_at_in(&bare, 8, 900, &mut |room| {
        let common = room.machines[0].desk.session.scene(room.now);
        let says = common
            .notice
            .as_ref()
            .is_some_and(|says| typed.contains(&says.as_str()));
        if let ([one], true) = (common.to.as_slice(), says) {
            assert!(typed.contains(&notice(room, *one).as_str()));
            assert!(!typed.contains(&notice(room, 1 - one).as_str()));
        }
        says
    });
    assert!(found > 0);
}

/// What one of them answers for both, the other reads.
#[test]
fn an_answer_for_both_is_read_by_the_other() {
    let mut asked = 0;
    let read = looked_at(24, 900, &mut |room| {
        let now = room.now;
        let session = &room.machines[0].desk.session;
        let mood = session.scene(now).mood;
        let [ada, ben] = [0, 1].map(|at| room.machines[at].scene(now).choices);
        let choice = ben.into_iter().find(|choice| ada.contains(choice));
        let alone = session.each_asked().is_some() || session.is_ordering();
        if alone || mood == SceneMood::Neutral {
            return false;
        }
        let (Some(choice), before) = (choice, session.clone()) else {
            return false;
        };
        room.machines[1].ask(choice.intent, now).expect("offered");
        room.settle(&mut |_| {});
        let session = &room.machines[0].desk.session;
        let waits = room.machines[0].scene(now).notice.is_none();
        if session.is_same_place(&before) || waits {
            return false;
        }
        asked += 1;
        let name = session.begun().people[1].as_str();
        let says = choice.says.as_str().trim_end_matches('.');
        let says = fill(&words().joined.so_far, &[("name", name), ("says", says)]);
        notice(room, 0) == says.as_str()
    });
    assert!(read > 3, "{read} of {asked}");
}

/// Outside of a turn, where one of them is spoken to, only that one goes on; and whoever had something to do on a screen
/// that goes by the other's key is told whose it was.
#[test]
fn whoever_is_named_goes_on_and_a_screen_says_by_whose_key_it_came() {
    use crate::session::scene::Verb;
    let mut told = 0;
    let named = looked_at(2, 900, &mut |room| {
        let now = room.now;
        let common = room.machines[0].desk.session.scene(now);
        let leads = |room: &Room, at: usize| {
            let scene = room.machines[at].scene(now);
            scene.offers.iter().any(|one| one.verb == Verb::GoOn)
        };
        let plain = common.choices.is_empty() && common.field.is_none();
        let turn = room.machines[0].desk.session.turn_of().is_some();
        if let ([one], true, false) = (common.to.as_slice(), plain, turn) {
            if !leads(room, *one) {
                return false;
            }
            assert!(!leads(room, 1 - one), "{common:?}");
            return room.machines[1 - one].ask(Intent::GoOn, now).is_err();
        }
        if common.to.is_empty() && plain && leads(room, 0) && leads(room, 1) {
            let before = room.machines[0].desk.session.clone();
            let _ = room.machines[0].ask(Intent::GoOn, now);
            room.settle(&mut |_| {});
            if !before.is_same_place(&room.machines[0].desk.session) {
                let ben = room.machines[1].scene(now);
                let ada = room.machines[0].scene(now);
                assert!(ben.rare.replaced && !ada.rare.replaced, "{ben:?} {ada:?}");
                let name = &before.begun().people[0];
                let says = fill(&words().joined.by_go_on, &[("name", name)]);
                told += usize::from(notice(room, 1) == says.as_str());
            }
        }
        false
    });
    assert!(named > 2 && told > 2, "{named} {told}");
    // Whose STOP it was, is always said.
    let mut room = pair(0);
    let now = room.now;
    room.machines[1].ask(Intent::Stop, now).expect("always");
    room.settle(&mut |_| {});
    let name = room.machines[1].desk.session.begun().people[1].clone();
    assert!(notice(&room, 0).starts_with(&name), "{}", notice(&room, 0));
    assert!(!notice(&room, 1).starts_with(&name));
}

/// What somebody needs they look for unseen, with the other's answers left as they are; and what comes of it is answered
/// by the one it is about.
#[test]
fn what_somebody_needs_is_their_own_page_and_their_own_question() {
    use crate::session::scene::Verb;
    let offers = |scene: &Scene, verb| scene.offers.iter().any(|offer| offer.verb == verb);
    let found = looked_at(3, 400, &mut |room| {
        let now = room.now;
        let Some(speaker) = room.machines[0].desk.session.turn_of().map(Who::index) else {
            return false;
        };
        let witness = 1 - speaker;
        let before = room.machines[speaker].scene(now);
        let list = |choice: &SceneChoice| matches!(choice.intent, Intent::Aside { .. });
        let listed = before.choices.iter().any(list);
        if listed || !offers(&room.machines[witness].scene(now), Verb::Asides) {
            return false;
        }
        room.machines[witness]
            .ask(Intent::Asides, now)
            .expect("always");
        room.settle(&mut |_| {});
        assert_eq!(room.machines[speaker].scene(now).choices, before.choices);
        let list = room.machines[witness].scene(now);
        let loud = |choice: &SceneChoice| choice.says.as_str() == "Something in me is loud";
        let Some(n) = list.choices.iter().position(loud) else {
            return false;
        };
        // Back closes it here, and a digit of the speaker is none of the list's.
        room.machines[witness]
            .ask(Intent::Back, now)
            .expect("it is open");
        assert_ne!(room.machines[witness].scene(now).choices, list.choices);
        assert!(
            room.machines[speaker]
                .ask(Intent::Aside { n }, now)
                .is_err()
        );
        room.machines[witness]
            .ask(Intent::Asides, now)
            .expect("again");
        room.machines[witness]
            .ask(Intent::Aside { n }, now)
            .expect("it is there");
        room.settle(&mut |_| {});
        room.agree("chosen");
        let name = room.machines[0].desk.session.begun().people[witness].clone();
        let says = fill(&words().joined.by_aside, &[("name", &name)]);
        assert_eq!(notice(room, speaker), says.as_str());
        leads_through_alone(room, (speaker, witness), &name);
        true
    });
    assert!(found > 0);
}

/// What is kept, each decides for the machine that they sit at, and is told so.
#[test]
fn what_is_kept_is_said_to_be_of_this_machine() {
    use crate::session::seat::EachAsked;
    let found = looked_at(3, 900, &mut |room| {
        let keeps = room.machines[0].desk.session.each_asked() == Some(EachAsked::Keep);
        keeps && {
            // Whoever has answered waits, and reads that.
            let says = words().joined.for_you_keep;
            (0..2).any(|at| notice(room, at) == says)
        }
    });
    assert!(found > 0);
}

/// Whoever waits long is told that the other may have gone on at one screen.
#[test]
fn whoever_finds_nobody_is_told_why_after_a_while() {
    let mut room = pair(1);
    let w = &words().joined;
    let mut told = Vec::new();
    for _ in 0..40 {
        room.pass(Duration::from_secs(3));
        for machine in &mut room.machines {
            let now = room.now;
            machine.look(now);
            let _ = machine.joined.take(machine.here(now));
        }
        told.push(notice(&room, 0));
    }
    let first = |says: &str| told.iter().position(|told| told == says);
    let (short, long) = (first(w.dropped), first(w.dropped_long));
    assert!(short.is_some() && short < long, "{told:?}");
}

/// Until the host has told where the session is, no other place is shown or spoken.
#[test]
fn whoever_is_being_told_where_they_are_is_told_no_other_place() {
    use crate::session::scene::Verb;
    let room = pair(1);
    let session = &room.machines[1].desk.session;
    let line = Line::new(room.now.mono);
    let joined = Joined::guest(Who::at(1), session.begun(), 5, 1, line);
    let scene = joined.scene(session, room.now);
    assert_eq!(scene.prompt, [SafeText::new(words().joined.catching_up)]);
    assert!(scene.people.is_empty() && scene.list.is_empty() && scene.way.is_empty());
    assert!(scene.title.as_str().is_empty() && scene.clock.is_none());
    let stays = |verb: Verb| matches!(verb, Verb::Stop | Verb::Card | Verb::Leave);
    assert!(scene.offers.iter().all(|offer| stays(offer.verb)));
}

/// Through the quiet minute, up to the question: all of it by the key of the one it is about.
fn leads_through_alone(room: &mut Room, (speaker, witness): (usize, usize), name: &str) {
    use crate::session::scene::Verb;
    let offers = |scene: &Scene, verb| scene.offers.iter().any(|offer| offer.verb == verb);
    for _ in 0..4 {
        let now = room.now;
        let theirs = room.machines[speaker].scene(now);
        assert!(
            theirs.choices.is_empty() && !offers(&theirs, Verb::GoOn),
            "{theirs:?}"
        );
        assert!(room.machines[speaker].ask(Intent::GoOn, now).is_err());
        assert!(
            room.machines[speaker]
                .ask(Intent::Answer { n: 3 }, now)
                .is_err()
        );
        room.settle(&mut |_| {});
        let own = room.machines[witness].scene(now);
        if !own.choices.is_empty() {
            let says = fill(&words().joined.answers_there, &[("name", name)]);
            assert_eq!(theirs.rare.elsewhere, Some(says));
            room.machines[witness]
                .ask(Intent::Answer { n: 0 }, now)
                .expect("theirs");
            room.settle(&mut |_| {});
            room.agree("answered");
            return;
        }
        let _ = room.machines[witness].ask(Intent::GoOn, now);
        room.settle(&mut |_| {});
        for _ in 0..20 {
            room.pass(Duration::from_secs(4));
            room.settle(&mut |_| {});
        }
    }
    panic!("the question did not come");
}

/// While nobody presses a key, hardly anything crosses, and the line wakes a machine for nothing but what it says: an hour,
/// at the beginning and in a turn.
#[test]
fn while_nobody_presses_a_key_little_crosses_and_no_wake_is_for_nothing() {
    let in_a_turn = (0..).find_map(|seed| {
        let (mut room, mut dice) = (pair(seed), fastrand::Rng::with_seed(seed));
        while !room.are_closed() && room.machines[0].desk.session.turn_of().is_none() {
            let now = room.now;
            room.machines[dice.usize(0..2)].act(now);
            room.settle(&mut |_| {});
            room.pass(Duration::from_secs(2));
            room.settle(&mut |_| {});
        }
        (!room.are_closed()).then_some(room)
    });
    for mut room in [pair(0), in_a_turn.expect("a seed leads there")] {
        room.crossed.clear();
        let (began, mut wakes) = (room.now, 0);
        let hour = Duration::from_secs(3_600);
        while room.now.mono < began.mono + hour {
            let next = |machine: &Machine| machine.joined.next_wake(machine.here(room.now));
            let step = room.machines.iter().filter_map(next).min();
            let said = room.crossed.len();
            room.pass(step.expect("they keep in touch"));
            room.settle(&mut |_| {});
            assert!(room.crossed.len() > said, "woken for nothing: {step:?}");
            wakes += 1;
        }
        // Both say that they are there every five seconds.
        assert!(wakes <= 2 * 12 * 60, "{wakes}");
        for minute in 0..60 {
            let minute = began.mono + Duration::from_secs(60) * minute;
            let is_in =
                |at: &Moment| at.mono > minute && at.mono <= minute + Duration::from_secs(60);
            let lines = room.crossed.iter().filter(|(_, at, _)| is_in(at));
            let bytes: usize = lines.map(|(_, _, text)| text.len() + 1).sum();
            assert!((1..=200).contains(&bytes), "{bytes}: {:?}", room.crossed);
        }
    }
}
