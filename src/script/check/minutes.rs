//! Whether minutes add up, and whether enough of them are kept for the end and for nobody.

use std::time::Duration;

use super::limits::needs_no_landing;
use super::reading::check_reading;
use crate::script::format::reader::Located;
use crate::script::format::tables::{RawScript, RawStage, parts_around};
use crate::script::head::FirstClock;
use crate::script::lengths::Lengths;
use crate::script::model::{Script, StageKind};
use crate::script::problem::Problems;
use crate::script::source::Span;
use crate::script::{LONGEST, MOST_PEOPLE};
use crate::text::safe_text::SafeText;
use crate::text::words::{fill, words};

/// The minutes add up for every number of people, and enough of them are kept for the end.
///
/// Slack that whole minutes leave beside the stage that gets the rest becomes buffer.
pub(crate) fn check_minutes(raw: &RawScript, script: &mut Script, problems: &mut Problems) {
    // For as many people as nobody may have, every sum would be told wrong.
    let people = raw
        .people
        .as_ref()
        .filter(|people| people.to <= MOST_PEOPLE);
    let Some(people) = people else { return };
    let w = &words().script.sentence;
    let mut rests = raw.stages.iter().filter(|stage| stage.gets_the_rest());
    let rest = rests.next();
    if let Some(second) = rests.next() {
        problems.error(&second.span, &w.two_rests, &[]);
        return;
    }
    if raw.is_for_several() && rest.is_none() {
        // Alone it is as long as its stages are.
        return;
    }
    let Some(minutes) = &*raw.minutes else {
        if rest.is_none() && !raw.minutes.typed {
            let sum = sum(script, people.from);
            if sum > LONGEST {
                above(&raw.span, (people.from, sum), problems);
            } else {
                missing(raw, &format!("minutes = {sum}"), problems);
            }
        }
        return;
    };
    for count in people.from..=people.to {
        let sum = sum(script, count);
        let values = [
            ("people", &*count.to_string()),
            ("sum", &*sum.to_string()),
            ("minutes", &*minutes.it.to_string()),
        ];
        if rest.is_some() {
            let rest = script.lengths(count).rest;
            let stage = rest.and_then(|rest| Some((script.stages.get(rest.at)?, rest)));
            let enough = stage.is_some_and(|(stage, rest)| {
                let least = match &stage.kind {
                    StageKind::Turns { landing, .. } => *landing,
                    StageKind::Together | StageKind::Each | StageKind::Closing => Duration::ZERO,
                };
                rest.length > least && rest.length >= stage.at_least
            });
            if !enough {
                problems.error(&minutes.span, &w.no_rest, &values);
                return;
            }
        } else if sum > LONGEST {
            above(&minutes.span, (count, sum), problems);
            return;
        } else if i64::try_from(sum) != Ok(minutes.it) {
            let mut counts = people.from..=people.to;
            let sentence = match counts.all(|other| self::sum(script, other) == sum) {
                true => &w.minutes_sum,
                false => &w.minutes_sum_many,
            };
            problems.error(&minutes.span, sentence, &values);
            return;
        }
    }
    // Without a clock nobody is short of minutes.
    if script.clock == FirstClock::None {
        return;
    }
    check_reading(raw, script, problems);
    // That the closing can't get the rest is told where it stands.
    let gets = raw.stages.last().is_some_and(RawStage::gets_the_rest);
    if raw.stages.iter().all(lands) && !gets {
        check_ends(raw, script, people.from, problems);
    }
}

/// Says that a session is longer than any may be: no number at the top of the file mends that.
fn above(at: &Span, (people, sum): (u8, u64), problems: &mut Problems) {
    let (people, total, most) = (people.to_string(), sum.to_string(), LONGEST.to_string());
    let over = sum.saturating_sub(LONGEST).to_string();
    let values = [
        ("people", &*people),
        ("sum", &*total),
        ("most", &*most),
        ("over", &*over),
    ];
    problems.error(at, &words().script.sentence.minutes_above, &values);
}

/// All stages and the buffer, in minutes; half a one counts as a whole one, as it does alone.
fn sum(script: &Script, people: u8) -> u64 {
    let lengths = script.lengths(people);
    (lengths.stages + lengths.buffer).as_secs().div_ceil(60)
}

/// Whether it is known how many minutes a turn keeps for coming to an end.
fn lands(stage: &RawStage) -> bool {
    let turns = stage.kind.as_ref().is_some_and(|at| at.it == "turns");
    !turns || needs_no_landing(stage) || stage.landing.is_some()
}

/// The whole length is missing, and what to write was not told yet.
pub(crate) fn missing_minutes(raw: &RawScript, problems: &mut Problems) {
    let code = words().script.sentence.missing_key.key;
    let told = |problems: &Problems| {
        let mut all = problems.all.iter();
        all.any(|one| one.code == code && one.message.as_str().starts_with("`minutes`"))
    };
    if raw.minutes.is_none() && !raw.minutes.typed && !told(problems) {
        let example = words().script.example.get("minutes");
        missing(raw, example.unwrap_or("minutes = …"), problems);
    }
}

fn missing(raw: &RawScript, example: &str, problems: &mut Problems) {
    let w = &words().script;
    let values = [
        ("key", "minutes"),
        ("what", w.what.script),
        ("example", example),
    ];
    problems.error(&raw.span, &w.sentence.missing_key, &values);
}

/// Bells that can't ring: where nothing is timed, or where a shorter plan leaves fewer minutes than a sign is early.
pub(crate) fn check_signs(raw: &RawScript, script: &Script, problems: &mut Problems) {
    let w = &words().script.sentence;
    let untimed = script.clock == FirstClock::None;
    let stages = raw.stages.iter().map(|stage| {
        let marks = [&stage.moves_on, &stage.hold];
        (&stage.warnings, marks, &stage.at_least, &stage.minutes)
    });
    let parts = raw.stages.iter().flat_map(parts_around).map(|part| {
        let marks = [&part.moves_on, &part.hold];
        (&part.warnings, marks, &part.at_least, &part.minutes)
    });
    for (warnings, [moves_on, hold], at_least, minutes) in stages.chain(parts) {
        let warned = warnings.first().map(|at| ("warnings", &at.span));
        let moves_on = moves_on.0.as_ref().map(|span| ("moves-on", span));
        let hold = hold.0.as_ref().map(|span| ("hold", span));
        let keys = [warned, moves_on, hold].into_iter().flatten();
        for (key, span) in keys.filter(|_| untimed) {
            problems.warning(span, &w.no_clock_here, &[("key", key)]);
        }
        let minutes = minutes.as_ref().and_then(|at| at.minutes);
        // What is held has all of its minutes in every plan.
        let shortest = at_least.as_ref().map(|at| at.it);
        let least = shortest.filter(|_| hold.is_none()).or(minutes);
        let least = least.map(|length| length.as_secs() / 60);
        let (Some(least), false) = (least.filter(|least| *least > 0), untimed) else {
            continue;
        };
        let late = |at: &&Located<i64>| u64::try_from(at.it).is_ok_and(|n| n >= least);
        if let Some(at) = warnings.iter().find(late) {
            let most = u64::try_from(at.it).unwrap_or(0) + 1;
            // Only where the bell fits the whole length does it help that no plan makes it shorter.
            let fits = minutes.is_some_and(|length| length.as_secs() / 60 >= most);
            let most = most.to_string();
            let or = match fits {
                true => fill(&words().script.or_never_so_short, &[("most", &most)]),
                false => SafeText::default(),
            };
            let [n, warning] = [least.to_string(), at.it.to_string()];
            let values = [("n", &*n), ("warning", &*warning), ("or", or.as_str())];
            problems.warning(&at.span, &w.long_signs, &values);
        }
    }
}

/// Minutes that are kept for something, and how many would be enough.
struct KeptMinutes {
    closing: u64,
    /// Landings, and the check-out of each.
    others: u64,
    buffer: u64,
    whole: u64,
}

impl KeptMinutes {
    /// A twelfth for coming to an end, as content.md T2.6 has it: 8 parts of a hundred.
    fn small_closing(&self) -> bool {
        self.closing < 2 || (self.closing + self.others) * 100 < self.whole * 8
    }

    fn small_buffer(&self) -> bool {
        self.whole >= 30 && self.buffer * 100 < self.whole * 3
    }

    /// The same with enough of what there is too little of. Whatever grows makes the whole longer, too, and of the
    /// longer one a part is more; unless one stage gives what the others take.
    fn enough(&self, closing: bool, buffer: bool, gives: bool) -> Self {
        let mut to = Self { ..*self };
        for _ in 0..LONGEST {
            if closing && to.small_closing() {
                to.closing += 1;
            } else if buffer && to.small_buffer() {
                to.buffer += 1;
            } else {
                break;
            }
            let more = to.closing + to.buffer - self.closing - self.buffer;
            to.whole = if gives { self.whole } else { self.whole + more };
        }
        to
    }
}

/// Enough is kept for the landing, and for nobody.
fn check_ends(raw: &RawScript, script: &Script, people: u8, problems: &mut Problems) {
    let w = &words().script;
    let Some(minutes) = &*raw.minutes else { return };
    let Some(closing) = script.stages.last() else {
        return;
    };
    let lengths = script.lengths(people);
    let whole_minutes = |length: Duration| length.as_secs() / 60;
    let ends = KeptMinutes {
        closing: whole_minutes(lengths.of(script.closing(), closing)),
        others: whole_minutes(landings(script, people) + check_out(script, &lengths, people)),
        buffer: whole_minutes(lengths.buffer),
        whole: u64::from(script.minutes),
    };
    let mut kinds = script.stages.iter().map(|stage| &stage.kind);
    let turns = kinds.any(|kind| matches!(kind, StageKind::Turns { .. }));
    let clocked = !matches!(script.clock, FirstClock::None | FirstClock::Hidden);
    let buffered = turns && clocked && people > 1;
    let small_closing = ends.small_closing();
    let small_buffer = buffered && ends.small_buffer();
    let gives = raw.stages.iter().any(RawStage::gets_the_rest);
    let to = ends.enough(small_closing, small_buffer, gives);
    let sum = to.whole.to_string();
    let also = if gives {
        SafeText::default()
    } else if to.whole > LONGEST {
        SafeText::new(w.also_fewer)
    } else {
        fill(&w.also_minutes, &[("sum", &sum)])
    };
    if small_closing {
        let values = [
            ("minutes", &*(ends.closing + ends.others).to_string()),
            ("whole", &*ends.whole.to_string()),
            ("enough", &*to.closing.to_string()),
            ("also", also.as_str()),
        ];
        let span = raw.stages.last().and_then(|stage| stage.minutes.as_ref());
        let span = span.map_or(minutes.span.clone(), |at| at.span.clone());
        problems.warning(&span, &w.sentence.small_closing, &values);
    }
    if small_buffer {
        let span = raw.buffer.as_ref().map_or(&minutes.span, |at| &at.span);
        let verb = raw.buffer.as_ref().map_or(w.add, |_| w.write);
        let values = [
            ("do", verb),
            ("buffer", &*to.buffer.to_string()),
            ("also", also.as_str()),
        ];
        problems.warning(span, &w.sentence.small_buffer, &values);
    }
}

/// What all turns keep for coming to their end.
fn landings(script: &Script, people: u8) -> Duration {
    let landing = script.stages.iter().map(|stage| match stage.kind {
        StageKind::Turns { landing, .. } => {
            landing * stage.shares(usize::from(people), script.one_sided.is_some())
        }
        StageKind::Together | StageKind::Each | StageKind::Closing => Duration::ZERO,
    });
    landing.sum()
}

/// The stage of each just before the closing.
fn check_out(script: &Script, lengths: &Lengths, people: u8) -> Duration {
    let before = script.closing().checked_sub(1);
    let stage = before.and_then(|at| Some((at, script.stages.get(at)?)));
    let stage = stage.filter(|(_, stage)| matches!(stage.kind, StageKind::Each));
    stage.map_or(Duration::ZERO, |(at, stage)| {
        lengths.of(at, stage) * stage.shares(usize::from(people), false)
    })
}
