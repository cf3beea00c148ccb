use super::*;

/// Two ends of a line, and what lies between them.
struct Pair {
    ends: [Line; 2],
    now: Duration,
    /// What is under way to each end.
    way: [VecDeque<String>; 2],
    /// What each end heard, in its order.
    heard: [Vec<u64>; 2],
    bytes: usize,
}

fn number(message: &Message) -> u64 {
    let Message::Give { after } = message else {
        panic!("{message:?}");
    };
    *after
}

impl Pair {
    fn new() -> Self {
        Self {
            ends: [Line::new(Duration::ZERO), Line::new(Duration::ZERO)],
            now: Duration::ZERO,
            way: Default::default(),
            heard: Default::default(),
            bytes: 0,
        }
    }

    /// Both ends look and send; what is sent passes through `fault`, which may do to it what it likes.
    fn round(&mut self, fault: &mut dyn FnMut(usize, &mut VecDeque<String>)) {
        for at in [0, 1] {
            self.ends[at].look(self.now).unwrap();
            let lines = self.ends[at].take(self.now);
            self.bytes += lines.iter().map(|line| line.len() + 1).sum::<usize>();
            self.way[1 - at].extend(lines);
        }
        for at in [0, 1] {
            fault(at, &mut self.way[at]);
            for line in std::mem::take(&mut self.way[at]) {
                if let Some(message) = self.ends[at].hear(&line, self.now).unwrap() {
                    self.heard[at].push(number(&message));
                }
            }
        }
    }

    fn wait(&mut self, seconds: u64, fault: &mut dyn FnMut(usize, &mut VecDeque<String>)) {
        for _ in 0..seconds * 4 {
            self.now += Duration::from_millis(250);
            self.round(fault);
        }
    }
}

fn clear(_: usize, _: &mut VecDeque<String>) {}

fn gone(_: usize, way: &mut VecDeque<String>) {
    way.clear();
}

#[test]
fn an_idle_line_says_little() {
    let mut pair = Pair::new();
    pair.wait(60, &mut clear);
    // Both directions together, with the ends of the lines.
    assert!(pair.bytes <= 60, "{} bytes", pair.bytes);
    assert_eq!(pair.ends[0].hearing(), Hearing::Clear);
    // And nobody wakes for more than that.
    assert!(pair.ends[0].next_wake(pair.now) > Duration::from_secs(1));
}

#[test]
fn silence_is_told_on_both_sides_by_the_same_rule() {
    let mut pair = Pair::new();
    pair.wait(7, &mut clear);
    let last = pair.ends[0].heard;
    pair.wait(5, &mut gone);
    for end in &pair.ends {
        assert_eq!(end.hearing(), Hearing::Clear);
    }
    pair.wait(4, &mut gone);
    for end in &pair.ends {
        assert_eq!(end.hearing(), Hearing::Quiet);
    }
    pair.wait(10, &mut gone);
    for end in &pair.ends {
        assert_eq!(end.hearing(), Hearing::Dropped { since: last });
    }
    pair.wait(6, &mut clear);
    for end in &pair.ends {
        assert_eq!(end.hearing(), Hearing::Clear);
    }
}

#[test]
fn who_is_not_heard_learns_it() {
    let mut pair = Pair::new();
    // Only the way to the second end is dead.
    let mut one_way = |at: usize, way: &mut VecDeque<String>| {
        if at == 1 {
            way.clear();
        }
    };
    pair.wait(27, &mut one_way);
    for end in &pair.ends {
        assert!(matches!(end.hearing(), Hearing::Dropped { .. }));
    }
    pair.wait(11, &mut clear);
    for end in &pair.ends {
        assert_eq!(end.hearing(), Hearing::Clear);
    }
}

#[test]
fn whatever_happens_on_the_way_everything_arrives_once_and_in_order() {
    let most = std::env::var("LINES").ok().and_then(|n| n.parse().ok());
    for seed in 0..most.unwrap_or(200) {
        let mut chance = fastrand::Rng::with_seed(seed);
        let mut pair = Pair::new();
        let mut said = [0, 0];
        for _ in 0..120 {
            for at in [0, 1] {
                for _ in 0..chance.u32(0..4) {
                    said[at] += 1;
                    pair.ends[at].say(Message::Give { after: said[at] });
                }
            }
            let mut dice = chance.fork();
            let mut fault = |_: usize, way: &mut VecDeque<String>| match dice.u32(0..8) {
                0 => way.clear(),
                1 => way.make_contiguous().reverse(),
                2 => {
                    let twice = way.clone();
                    way.extend(twice);
                }
                3 => {
                    if let Some(line) = way.front_mut() {
                        line.truncate(dice.usize(0..=line.len()));
                    }
                }
                _ => {}
            };
            pair.now += Duration::from_millis(chance.u64(1..3_000));
            for end in &mut pair.ends {
                // Strange lines are the fault of the way here, and not of a peer.
                end.strange = 0;
            }
            pair.round(&mut fault);
        }
        pair.wait(40, &mut clear);
        for at in [0, 1] {
            let all: Vec<u64> = (1..=said[1 - at]).collect();
            assert_eq!(pair.heard[at], all, "seed {seed}");
            assert!(pair.ends[at].is_told(), "seed {seed}");
        }
    }
}

#[test]
fn after_a_break_the_rest_is_said_again_at_once() {
    let mut pair = Pair::new();
    pair.ends[0].say(Message::Give { after: 1 });
    pair.round(&mut clear);
    for after in 2..=5 {
        pair.ends[0].say(Message::Give { after });
    }
    pair.round(&mut gone);
    for end in &mut pair.ends {
        end.is_back();
    }
    pair.round(&mut clear);
    pair.round(&mut clear);
    assert_eq!(pair.heard[1], [1, 2, 3, 4, 5]);
    pair.round(&mut clear);
    assert!(pair.ends[0].is_told());
}

#[test]
fn what_is_no_conversation_ends_the_line_and_crashes_nothing() {
    let new = || Line::new(Duration::ZERO);
    // Nobody has what was never said.
    assert!(new().hear(r#"{"a":7}"#, Duration::ZERO).is_err());
    let huge = format!(
        r#"{{"n":1,"m":{{"give":{{"after":{}}}}}}}"#,
        "1".repeat(1 << 20)
    );
    let deep = "[".repeat(100_000);
    for garbage in [
        "",
        "{",
        "null",
        "{\"n\":1}",
        "\u{1b}[2J",
        "..",
        &huge,
        &deep,
    ] {
        let mut line = new();
        let mut taken = 0;
        while line.hear(garbage, Duration::ZERO).is_ok() {
            taken += 1;
            // What is asked for again does not grow with what came.
            assert!(line.out.len() <= 1);
            assert!(taken <= MOST_STRANGE, "{garbage:.20}");
        }
    }
    // Who never takes anything is not waited for without an end.
    let mut line = new();
    for after in 0..=u64::try_from(MOST_KEPT).unwrap() {
        line.say(Message::Give { after });
    }
    assert!(line.look(Duration::ZERO).is_err());
    // Nor listened to: each answer would be one more that waits.
    let ask = r#"{"n":1,"m":{"ask":{"id":1,"after":0,"intent":"go-on"}}}"#;
    assert!(line.hear(ask, Duration::ZERO).is_err());
}

/// However often the other asks for what it missed, it is said once for each time that lines are taken.
#[test]
fn what_is_asked_for_again_and_again_is_said_once() {
    let mut line = Line::new(Duration::ZERO);
    for after in 0..100 {
        line.say(Message::Give { after });
    }
    assert_eq!(line.take(Duration::ZERO).len(), 100);
    for _ in 0..1_000 {
        assert!(line.hear("{\"again\":true}", Duration::ZERO).is_ok());
    }
    let said = line.take(Duration::ZERO);
    assert_eq!(said.len(), 100);
    assert!(said[0].starts_with("{\"n\":1,"), "{}", said[0]);
    assert_eq!(line.take(Duration::ZERO), Vec::<String>::new());
}

/// A program that was killed begins anew: what it said before is of another line, and the other learns that.
#[test]
fn who_begins_anew_is_met_anew_and_hears_nothing_of_before() {
    let mut pair = Pair::new();
    pair.ends[1].say(Message::Give { after: 1 });
    pair.wait(1, &mut clear);
    // Under way when the first end is killed.
    pair.ends[1].say(Message::Give { after: 2 });
    pair.ends[0] = Line::anew(pair.now, 5);
    pair.ends[0].say(Message::Give { after: 3 });
    assert!(matches!(pair.ends[0].hearing(), Hearing::Dropped { .. }));
    // Its first word is lost.
    pair.round(&mut gone);
    pair.wait(6, &mut clear);
    assert!(pair.ends[1].take_anew() && !pair.ends[1].take_anew());
    assert!(!pair.ends[0].take_anew());
    pair.ends[1].say(Message::Give { after: 4 });
    pair.wait(6, &mut clear);
    assert_eq!(pair.heard, [vec![1, 4], vec![3]]);
    assert!(pair.ends.iter().all(Line::is_told));
    assert_eq!(pair.ends[0].hearing(), Hearing::Clear);
    // Both at once.
    pair.ends = [Line::anew(pair.now, 6), Line::anew(pair.now, 7)];
    for end in &mut pair.ends {
        end.say(Message::Give { after: 5 });
    }
    pair.wait(11, &mut clear);
    assert_eq!(pair.heard, [vec![1, 4, 5], vec![3, 5]]);
    assert!(pair.ends.iter_mut().all(Line::take_anew));
    // Whoever begins anew all the time is not followed all the time.
    let mut line = Line::new(Duration::ZERO);
    let mut times = 0;
    for run in 0..1_000 {
        let now = Duration::from_millis(run);
        line.hear(&format!(r#"{{"new":{run}}}"#), now).unwrap();
        times += u32::from(line.take_anew());
    }
    assert_eq!(times, 1);
}

/// To whom nobody can say anything any more, nothing is said: whoever comes by the same number knows of no line.
#[test]
fn nothing_is_said_to_somebody_who_is_gone_until_they_are_back() {
    let mut line = Line::new(Duration::ZERO);
    line.say(Message::Differs);
    line.take(Duration::ZERO);
    line.give_up();
    let later = Duration::from_secs(30);
    line.look(later).expect("it waits");
    assert!(line.take(later).is_empty());
    assert!(line.next_wake(later) > Duration::from_secs(60));
    line.is_back();
    assert!(!line.take(later).is_empty(), "what waits is said again");
}

/// Who hears nothing says so with every word, so that the other does not take it again and again that all is well.
#[test]
fn who_hears_nothing_is_not_taken_for_well_because_they_speak() {
    let mut pair = Pair::new();
    // Only the way to the second end is dead, and that end has much to say.
    let mut one_way = |at: usize, way: &mut VecDeque<String>| {
        if at == 1 {
            way.clear();
        }
    };
    pair.wait(27, &mut one_way);
    for after in 1..=20 {
        pair.ends[1].say(Message::Give { after });
        for _ in 0..4 {
            pair.wait(1, &mut one_way);
            assert!(matches!(pair.ends[0].hearing(), Hearing::Dropped { .. }));
        }
    }
    pair.wait(11, &mut clear);
    for end in &pair.ends {
        assert_eq!(end.hearing(), Hearing::Clear);
    }
    assert_eq!(pair.heard[0], (1..=20).collect::<Vec<u64>>());
}
