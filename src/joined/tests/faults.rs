//! Every fault that a line can have, at every tenth message of whole sessions: nothing that was accepted is lost,
//! everybody is told, and the session goes on, or each closes it alone.

use super::*;
use crate::time::moment::{Gap, GapKind};

/// What goes wrong.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Fault {
    /// Nothing crosses for so many seconds.
    Cut(u64),
    /// Nothing crosses any more.
    CutForGood,
    /// One program stands still for a minute; what is said to it waits.
    StandsStill,
    /// All machines sleep for an hour.
    AllSleep,
    /// One program takes nothing of what comes for half a minute, and speaks on.
    ReadsNothing,
    /// A message comes after the next one.
    Reordered,
    Doubled,
    Truncated,
    /// A line of a megabyte comes before it.
    Huge,
    Garbage,
    /// Thousands of lines that can be read.
    Flooded,
    /// So much that can't be read that it is no conversation.
    FloodedWithGarbage,
}

const FAULTS: [Fault; 14] = [
    Fault::Cut(1),
    Fault::Cut(10),
    Fault::Cut(40),
    Fault::CutForGood,
    Fault::StandsStill,
    Fault::AllSleep,
    Fault::ReadsNothing,
    Fault::Reordered,
    Fault::Doubled,
    Fault::Truncated,
    Fault::Huge,
    Fault::Garbage,
    Fault::Flooded,
    Fault::FloodedWithGarbage,
];

/// Looks at what crosses, and does to every tenth line what is done to lines.
struct Way {
    fault: Fault,
    seen: usize,
    /// Whether a tenth line has crossed since this was asked last.
    due: bool,
    /// From whom to whom goes what is under way.
    under_way: Rc<Cell<(usize, usize)>>,
    /// What is kept back until the next that goes there has passed.
    back: Option<((usize, usize), String)>,
}

impl Way {
    fn pass(&mut self, lines: &mut VecDeque<String>) {
        let mut passed = VecDeque::new();
        for line in lines.drain(..) {
            self.seen += 1;
            let tenth = self.seen.is_multiple_of(10);
            self.due |= tenth;
            let here = self.under_way.get();
            let before = self.back.take_if(|(way, _)| *way == here);
            let before = before.map(|(_, line)| line);
            if !tenth {
                passed.push_back(line);
                passed.extend(before);
                continue;
            }
            match self.fault {
                Fault::Reordered => self.back = Some((here, line)),
                Fault::Doubled => passed.extend([line.clone(), line]),
                Fault::Truncated => passed.push_back(line[..line.len() / 2].to_owned()),
                Fault::Huge => passed.extend(["x".repeat(1 << 20), line]),
                Fault::Garbage => passed.push_back("{\"n\":null,\u{1b}[2J".to_owned()),
                Fault::Flooded => {
                    passed.extend(std::iter::repeat_n(".".to_owned(), 2_000));
                    passed.extend(std::iter::repeat_n(line, 200));
                }
                Fault::FloodedWithGarbage
                | Fault::Cut(_)
                | Fault::CutForGood
                | Fault::StandsStill
                | Fault::AllSleep
                | Fault::ReadsNothing => passed.push_back(line),
            }
            passed.extend(before);
        }
        *lines = passed;
    }
}

impl Room {
    /// So many seconds, in which people go on trying.
    fn live(&mut self, seconds: u64, dice: &mut fastrand::Rng) {
        for _ in 0..seconds {
            let (who, now) = (dice.usize(0..self.machines.len()), self.now);
            if !self.frozen.contains(&who) {
                self.machines[who].act(now);
            }
            self.settle(&mut |_| {});
            self.pass(Duration::from_secs(1));
            self.settle(&mut |_| {});
        }
    }

    /// Until all hear each other again, by themselves.
    fn mend(&mut self, told: &str) {
        for _ in 0..14 {
            self.pass(Duration::from_secs(1));
            self.settle(&mut |_| {});
        }
        for machine in &self.machines {
            assert!(!machine.joined.is_dropped(), "{told}");
        }
        self.agree(told);
    }

    /// Each whose line has dropped is told, with phone numbers, and may go on alone.
    fn are_told(&self, told: &str) {
        for machine in &self.machines {
            if machine.desk.session.is_closed() {
                continue;
            }
            let scene = machine.scene(self.now);
            assert!(scene.notice.is_some() && scene.rare.numbers, "{told}");
            let mut choices = scene.choices.iter();
            let alone = choices.any(|choice| choice.intent == Intent::Alone);
            assert!(alone == machine.joined.is_dropped(), "{told}: {scene:?}");
        }
        assert!(self.machines[0].joined.is_dropped(), "{told}");
    }

    /// Somebody's program had not looked since then: the host's tells the session of the hole, as it does after any.
    fn wakes_up(&mut self, at: usize, before: Moment, kind: GapKind) {
        let now = self.now;
        let machine = &mut self.machines[at];
        if at == 0 && !machine.desk.session.is_closed() {
            let gap = Gap { before, kind };
            let told = machine.desk.tell(&[Intent::TimeJumped { gap }], now);
            told.expect("a hole is never refused");
        }
        machine.look(now);
    }

    /// What this fault does beside what it does to lines.
    fn suffer(&mut self, fault: Fault, dice: &mut fastrand::Rng, told: &str) {
        let victim = dice.usize(0..self.machines.len());
        let held = self.machines[0].desk.log.len();
        match fault {
            Fault::Cut(seconds) => {
                self.cut = Some(victim);
                self.live(seconds, dice);
                if seconds >= 26 {
                    self.are_told(told);
                } else if seconds >= 10 {
                    let mut hearing = self.machines.iter().flat_map(|one| &one.joined.lines);
                    assert!(hearing.any(|(_, line)| line.hearing() == Hearing::Quiet));
                }
                self.cut = None;
            }
            Fault::StandsStill => {
                let before = self.now;
                self.frozen = vec![victim];
                self.live(60, dice);
                let others = (0..self.machines.len()).filter(|at| *at != victim);
                for machine in others.map(|at| &self.machines[at]) {
                    let heard = victim == 0 || machine.desk.who == Who(0);
                    assert!(!heard || machine.joined.is_dropped(), "{told}");
                }
                self.frozen.clear();
                self.wakes_up(victim, before, GapKind::Stopped);
            }
            Fault::AllSleep => {
                let before = self.now;
                self.now = before.later(Duration::from_secs(3_600));
                for at in 0..self.machines.len() {
                    self.wakes_up(at, before, GapKind::Slept);
                }
                self.are_told(told);
            }
            Fault::ReadsNothing => {
                self.reads_nothing = Some(victim);
                self.live(30, dice);
                assert!(self.machines[0].joined.is_dropped(), "{told}");
                assert!(self.machines[victim].joined.is_dropped(), "{told}");
                self.reads_nothing = None;
            }
            Fault::CutForGood
            | Fault::Reordered
            | Fault::Doubled
            | Fault::Truncated
            | Fault::Huge
            | Fault::Garbage
            | Fault::Flooded
            | Fault::FloodedWithGarbage => {}
        }
        self.settle(&mut |_| {});
        self.mend(told);
        assert!(self.machines[0].desk.log.len() >= held, "{told}");
    }
}

/// A whole session with this fault at every tenth line; how often that was.
fn walk(script: &Arc<Script>, seed: u64, fault: Fault) -> u32 {
    let told = format!("{} seed {seed} {fault:?}", script.name);
    let mut room = Room::new(script, seed);
    let mut dice = fastrand::Rng::with_seed(seed);
    let mut way = Way {
        fault,
        seen: 0,
        due: false,
        under_way: Rc::clone(&room.under_way),
        back: None,
    };
    let mut times = 0;
    for step in 0.. {
        assert!(step < 20_000, "{told} does not end");
        if room.are_closed() {
            break;
        }
        let (who, now) = (dice.usize(0..room.machines.len()), room.now);
        room.machines[who].act(now);
        room.settle(&mut |lines| way.pass(lines));
        room.pass(Duration::from_millis(dice.u64(50..4_000)));
        room.settle(&mut |lines| way.pass(lines));
        if std::mem::take(&mut way.due) {
            times += 1;
            room.suffer(fault, &mut dice, &told);
        }
        for machine in &mut room.machines {
            assert!(machine.joined.take_put_out().is_empty(), "{told}");
        }
    }
    room.mend(&told);
    check_closed(&room, &told);
    times
}

#[test]
fn whatever_happens_to_every_tenth_message_the_session_goes_on_where_it_was() {
    let only = std::env::var("FAULT").ok();
    let names: &[&str] = match std::env::var_os("SEEDS") {
        Some(_) => &["standard-pair", "repair", "triad", "circle"],
        None => &["standard-pair", "triad"],
    };
    for fault in FAULTS {
        let ends = matches!(fault, Fault::CutForGood | Fault::FloodedWithGarbage);
        if ends || (only.as_ref()).is_some_and(|only| !format!("{fault:?}").starts_with(only)) {
            continue;
        }
        let mut times = 0;
        for name in names {
            let script = crate::script::shipped_script(name).expect("it is shipped");
            for seed in 0..seeds(1) {
                times += walk(&script, seed, fault);
            }
        }
        println!("{fault:?}: {times} times");
        assert!(times > 8, "{fault:?}: {times}");
    }
}

/// At every tenth message of a session in its turn the line is gone for good, because it is cut or because what comes is no
/// conversation any more: both are told, and each goes on alone up to the end of a closing.
#[test]
fn a_line_that_is_gone_for_good_lets_each_close_alone() {
    for (name, fault) in [
        ("short-pair", Fault::CutForGood),
        ("short-pair", Fault::FloodedWithGarbage),
        ("triad", Fault::CutForGood),
    ] {
        let script = crate::script::shipped_script(name).expect("it is shipped");
        let most = std::env::var_os("SEEDS").map_or(12, |_| 10_000);
        let mut ended = 0;
        for tenth in 1..most {
            // Few of them, and from all over the session.
            let tenth = if most == 12 { tenth * 2 } else { tenth };
            if !cut_at(&script, tenth * 10, fault) {
                break;
            }
            ended += 1;
        }
        println!("{name} {fault:?}: {ended} times");
        assert!(ended > 4, "{name} {fault:?}: {ended}");
    }
}

/// Answers whether the session was still going on then.
fn cut_at(script: &Arc<Script>, lines: usize, fault: Fault) -> bool {
    let told = format!("{} {fault:?} at {lines}", script.name);
    let mut room = Room::new(script, 1);
    let mut dice = fastrand::Rng::with_seed(1);
    while room.crossed.len() < lines {
        if room.are_closed() {
            return false;
        }
        let (who, now) = (dice.usize(0..room.machines.len()), room.now);
        room.machines[who].act(now);
        room.settle(&mut |_| {});
        room.pass(Duration::from_millis(dice.u64(50..4_000)));
        room.settle(&mut |_| {});
    }
    if fault == Fault::FloodedWithGarbage {
        let victim = dice.usize(0..2);
        let now = room.now;
        let machine = &mut room.machines[victim];
        let here = machine.here(now);
        for _ in 0..5_000 {
            let from = u32::from(victim == 0);
            machine.joined.hear(&mut machine.desk, from, "{}}", here);
        }
        assert!(!machine.joined.take_put_out().is_empty(), "{told}");
        assert!(machine.joined.is_dropped() || machine.desk.session.is_closed());
    }
    room.cut = Some(0);
    room.live(26, &mut dice);
    if room.machines.iter().any(|one| one.desk.session.is_closed()) {
        return true;
    }
    room.are_told(&told);
    for at in 0..room.machines.len() {
        room.close_alone(at, &told);
    }
    true
}

impl Room {
    /// Whoever sits there goes on alone on one screen, as the program around it does it.
    fn close_alone(&mut self, at: usize, told: &str) {
        let machine = &mut self.machines[at];
        let here = machine.here(self.now);
        let mut time = machine.joined.time(here);
        let gap = Gap {
            before: machine.joined.heard(here),
            kind: GapKind::Dropped,
        };
        let stopped = machine.joined.has_stopped();
        let mut session = machine.desk.session.clone();
        session
            .apply(Intent::TimeJumped { gap }, time)
            .expect("a hole is never refused");
        if stopped {
            session.apply(Intent::Stop, time).expect("never refused");
        }
        for step in 0.. {
            assert!(step < 20_000, "{told} at {at} does not end");
            if session.is_closed() {
                return;
            }
            let intent = machine.chance.pick(&session.scene(time));
            let _ = session.apply(intent, time);
            time = time.later(Duration::from_secs(2));
            let _ = session.apply(Intent::TimePassed, time);
        }
    }
}
