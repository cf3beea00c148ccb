//! What each is asked alone: nothing of an answer is on the line before everybody has one, and when it was given shows
//! nothing of it either.

use super::*;
use crate::session::intent::{GateWord, KeepChoice};
use crate::session::seat::EachAsked;

/// What each was asked, and what a person can say to it.
fn answers(each: EachAsked) -> Vec<Intent> {
    match each {
        EachAsked::Gate => [GateWord::Go, GateWord::Short, GateWord::NotToday]
            .map(|says| Intent::Gate { says })
            .to_vec(),
        EachAsked::Unseen(most) => (0..most)
            .map(|n| Intent::Answer { n })
            .chain([Intent::Pass])
            .collect(),
        EachAsked::Keep => [KeepChoice::Outline, KeepChoice::Nothing, KeepChoice::Forget]
            .map(|what| Intent::Keep { what })
            .to_vec(),
    }
}

/// The same session up to the first question of this kind, if there is one.
fn asked(script: &Arc<Script>, seed: u64, kind: EachAsked) -> Option<(Room, EachAsked)> {
    let same = |each: EachAsked| std::mem::discriminant(&each) == std::mem::discriminant(&kind);
    let mut room = Room::new(script, seed);
    let mut dice = fastrand::Rng::with_seed(seed);
    for _ in 0..3_000 {
        if room.are_closed() {
            return None;
        }
        let each = room.machines[0].desk.session.each_asked();
        if let Some(each) = each.filter(|each| same(*each)) {
            room.crossed.clear();
            return Some((room, each));
        }
        let (who, now) = (dice.usize(0..room.machines.len()), room.now);
        room.machines[who].act(now);
        room.settle(&mut |_| {});
        room.pass(Duration::from_millis(dice.u64(50..4_000)));
        room.settle(&mut |_| {});
    }
    None
}

/// What crossed while everybody answered, one after the other; before the last had, and after.
struct Recorded {
    before: Vec<(usize, Moment, String)>,
    after: Vec<(usize, Moment, String)>,
    last: Moment,
}

fn record(mut room: Room, last: usize, says: impl Fn(usize) -> Intent) -> Recorded {
    let others = (0..room.machines.len()).filter(|who| *who != last);
    for who in others {
        let now = room.now;
        room.machines[who].ask(says(who), now).expect("it is asked");
        room.settle(&mut |_| {});
        room.pass(Duration::from_millis(2_300));
        room.settle(&mut |_| {});
    }
    let before = std::mem::take(&mut room.crossed);
    let now = room.now;
    room.machines[last]
        .ask(says(last), now)
        .expect("it is asked");
    room.settle(&mut |_| {});
    Recorded {
        before,
        after: room.crossed,
        last: now,
    }
}

/// Whatever anybody answers, and whoever is the last: up to then the line holds the same bytes at the same moments. Then
/// all answers are asked for and cross at once.
#[test]
fn an_answer_crosses_when_everybody_has_one_and_its_moment_tells_nothing() {
    let mut compared = [0; 3];
    let kinds = [EachAsked::Gate, EachAsked::Unseen(0), EachAsked::Keep];
    for script in ["standard-pair", "repair", "triad"] {
        let script = crate::script::shipped_script(script).expect("it is shipped");
        for (kind, count) in kinds.into_iter().zip(&mut compared) {
            let people = Room::new(&script, 3).machines.len();
            for last in 0..people {
                let Some((room, each)) = asked(&script, 3, kind) else {
                    continue;
                };
                let all = answers(each);
                let told = format!("{} {each:?} last {last}", script.name);
                let first = record(room, last, |_| all[0].clone());
                check(&first, kind, &told);
                for who in 0..people {
                    for other in &all[1..] {
                        let (room, _) = asked(&script, 3, kind).expect("as before");
                        let says = |at: usize| match at == who {
                            true => other.clone(),
                            false => all[0].clone(),
                        };
                        let recorded = record(room, last, says);
                        assert_eq!(recorded.before, first.before, "{told}: {who} {other:?}");
                        check(&recorded, kind, &told);
                        *count += 1;
                    }
                }
            }
        }
    }
    assert!(compared.iter().all(|count| *count > 3), "{compared:?}");
}

fn check(recorded: &Recorded, kind: EachAsked, told: &str) {
    let answers = [
        "\"given\"",
        "\"gate\"",
        "\"unseen\"",
        "\"gated\"",
        "\"keep\"",
    ];
    for (who, _, text) in &recorded.before {
        assert!(
            !answers.iter().any(|word| text.contains(word)),
            "{told}: {text}"
        );
        // Of the host nobody hears that there is an answer; of a guest the host does, and no more.
        let of_answers = text.contains("\"give\"") || text.contains("\"answered\"");
        assert!(*who > 0 || !of_answers, "{told}: {text}");
    }
    let given: Vec<_> = recorded
        .after
        .iter()
        .filter(|(_, _, text)| text.contains("\"given\""))
        .collect();
    assert!(!given.is_empty(), "{told}");
    for (who, at, _) in given {
        assert!(*who > 0 && *at == recorded.last, "{told}");
    }
    if matches!(kind, EachAsked::Keep) {
        // What stays is nobody else's business, not even afterwards.
        let words = ["outline", "nothing", "forget"];
        for (_, _, text) in &recorded.after {
            let said = text.contains("\"given\"") && words.iter().any(|word| text.contains(word));
            assert!(!said, "{told}: {text}");
        }
    }
}
