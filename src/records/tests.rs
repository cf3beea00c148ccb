use std::collections::BTreeMap;
use std::time::Duration;

use super::*;
use crate::memory::TRIAL;
use crate::script::{CardLine, Who};
use crate::session::intent::Intent;
use crate::session::intent::{KeepChoice, Outline, Partnership};
use crate::test_support::back_walk::{Pages, assert_back_is_where_one_came_from};

/// 2026-11-21 18:30, one hour east of UTC.
const NOW: Moment = Moment {
    mono: Duration::ZERO,
    wall: 1_795_282_200_000,
    offset: 3_600,
    change: None,
};
const DAY: i64 = 86_400_000;

fn names(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

/// How much more each had than the one who had least.
fn more_than_least(turns: &[i64]) -> Vec<i64> {
    let least = turns.iter().copied().min().unwrap_or(0);
    let more = |turn: &i64| turn.saturating_sub(least);
    turns.iter().map(more).collect()
}

fn outline(people: &[&str], began: i64, turns: &[i64]) -> Outline {
    Outline {
        one_sided: false,
        kept: KeepChoice::Outline,
        began,
        offset: 3_600,
        people: names(people),
        script: "standard-pair".into(),
        minutes: 61,
        whole: true,
        first: Some(Who(0)),
        turns: turns.to_vec(),
        agreement: names(&["Stop.", "Listen."]),
        forgiven: false,
        loan: more_than_least(turns),
        cards: Vec::new(),
        partnership: None,
        next: None,
        cut_short: false,
        felt: Vec::new(),
    }
}

fn memory() -> Memory {
    let mut memory = Memory::default();
    memory.remember_outline(&Outline {
        agreement: names(&["Stop.", "Old."]),
        ..outline(
            &["Ada", "Ben"],
            NOW.wall - 14 * DAY,
            &[1_200_000, 1_080_000],
        )
    });
    memory.remember_outline(&Outline {
        partnership: Some(Partnership::Trial),
        ..outline(&["Ada", "Ben"], NOW.wall - 7 * DAY, &[1, 1])
    });
    memory.write_line("Ada", PersonLine::Card(CardLine::Tears), "just stay");
    memory.remember_place("Ada", "Ireland");
    memory
}

/// The pages, with what is remembered behind them.
struct Table {
    pages: RecordPages,
    memory: Memory,
}

impl Table {
    fn new() -> Self {
        Self {
            pages: RecordPages::new(),
            memory: memory(),
        }
    }

    fn scene(&self) -> Scene {
        self.pages.scene(&self.memory, NOW)
    }

    fn told(&self) -> String {
        let scene = self.scene();
        let list = scene
            .list
            .iter()
            .map(|item| format!("{}: {}", item.lead, item.words));
        let prompt = scene.prompt.iter().map(ToString::to_string);
        let choices = scene.choices.iter().map(|choice| choice.says.to_string());
        let all: Vec<String> = prompt.chain(list).chain(choices).collect();
        format!("{}\n{}", scene.title, all.join("\n"))
    }

    fn ask(&mut self, intent: &Intent) -> Option<RecordRequest> {
        let done = self
            .pages
            .apply(PageIntent::of(intent.clone()).unwrap(), &self.memory, NOW);
        done.unwrap_or_else(|refused| panic!("{}\n{}", refused.0, self.told()))
    }

    fn choose(&mut self, says: &str) -> Option<RecordRequest> {
        let at = |table: &Self, says: &str| {
            let choices = table.scene().choices;
            choices
                .iter()
                .position(|one| one.says.as_str().contains(says))
        };
        let more = words().pages.more;
        if at(self, says).is_none() && at(self, more).is_some() {
            self.choose(more);
        }
        let n = at(self, says).unwrap_or_else(|| panic!("{says}\n{}", self.told()));
        self.ask(&Intent::Answer { n })
    }
}

#[test]
fn a_card_is_seen_and_changed_line_by_line() {
    let mut table = Table::new();
    assert_eq!(table.choose("cards"), None);
    assert!(table.told().contains("Ben"));
    table.choose("Ada");
    assert!(
        table
            .told()
            .contains("When tears come: just stay\nPlace: Ireland")
    );
    assert!(table.told().contains("shared screen"));
    table.choose("Change: When tears");
    let Some(InputField::Line { initial, .. }) = table.scene().field else {
        panic!("a line")
    };
    assert_eq!(initial, "just stay");
    let wish = table.ask(&Intent::Write {
        words: " look away\u{1b}[2J ".into(),
    });
    let Some(RecordRequest::Line { name, words, .. }) = wish else {
        panic!("a line")
    };
    assert_eq!(name, "Ada");
    assert!(words.starts_with("look away") && !words.contains('\u{1b}'));
    table.choose("Somebody to phone");
    let gone = table.ask(&Intent::Write { words: "-".into() });
    let (name, line) = ("Ada".to_owned(), PersonLine::Ring);
    let words = String::new();
    assert_eq!(gone, Some(RecordRequest::Line { name, line, words }));
    let long = PageIntent::Write("x".repeat(101).into());
    table.choose("Their number");
    assert!(table.pages.apply(long, &table.memory, NOW).is_err());
}

#[test]
fn what_is_deleted_is_said_and_asked_once_more() {
    let mut table = Table::new();
    table.choose("cards");
    table.choose("Ada");
    let name = "Ada".to_owned();
    let by_ear = RecordRequest::ByEar { name, by_ear: true };
    assert_eq!(
        table.choose("For Ada: words by ear and touch"),
        Some(by_ear)
    );
    table.choose("Delete what is remembered");
    assert!(table.told().contains("Ada and Ben"));
    // Going on changes nothing.
    assert_eq!(table.ask(&Intent::GoOn), None);
    table.choose("Delete what is remembered");
    let name = "Ada".to_owned();
    assert_eq!(
        table.choose("Delete it"),
        Some(RecordRequest::ForgetPerson { name })
    );
    let mut table = Table::new();
    table.choose("Who meets together");
    table.choose("Ada and Ben");
    table.choose("Delete what");
    assert!(table.told().contains("can't be brought back"));
    let names = names(&["Ada", "Ben"]);
    assert_eq!(
        table.choose("Delete it"),
        Some(RecordRequest::ForgetCircle { names })
    );
}

#[test]
fn a_circle_has_its_facts_and_each_can_be_changed() {
    let mut table = Table::new();
    table.choose("Who meets together");
    table.choose("Ada and Ben");
    let told = table.told();
    for says in [
        "Since: Saturday, 7 November, 2 sessions kept",
        "Trial: 0 of 3 sessions",
        "Agreement: read aloud again from Thursday, 6 May 2027 on",
        "Open minutes: Ada has had 2 minutes more",
    ] {
        assert!(told.contains(says), "{says}\n{told}");
    }
    table.choose("Read your agreement");
    assert!(
        table
            .told()
            .contains("Saturday, 14 November.\n: Stop.\nnew: Listen.\nno longer: Old.")
    );
    table.ask(&Intent::GoOn);
    assert!(table.told().contains("as it was") && table.told().contains("Old."));
    table.ask(&Intent::Back);
    table.ask(&Intent::Back);
    let names = || names(&["Ada", "Ben"]);
    let change = |what| {
        Some(RecordRequest::Circle {
            names: names(),
            what,
        })
    };
    table.choose("Let go of the open");
    assert_eq!(table.choose("Yes, all"), change(CircleChange::Forgive));
    assert_eq!(
        table.choose("without a trial"),
        change(CircleChange::NoTrial)
    );
    table.choose("Stop meeting");
    assert!(table.told().contains("No reason needed"));
    let today = NOW.day();
    assert_eq!(table.choose("We stop"), change(CircleChange::End(today)));
    table.choose("another day");
    for (typed, right) in [("2026-11-20", false), ("soon", false), ("2026-11-21", true)] {
        let write = PageIntent::Write(typed.into());
        let done = table.pages.apply(write, &table.memory, NOW);
        assert_eq!(done.is_ok(), right, "{typed}");
    }
    let circle = table.memory.circle_mut(&names()).unwrap();
    circle.trial = Some(circle.sessions);
    assert!(table.told().contains("Ask each other again"));
    assert_eq!(
        table.choose("and will go on"),
        change(CircleChange::NoTrial)
    );
    // Whoever has stopped meeting is asked nothing more.
    table.memory.circle_mut(&names()).unwrap().ended = Some(today);
    let told = table.told();
    assert!(!told.contains("Ask each other again") && !told.contains("three sessions"));
    assert_eq!(
        table.choose("meeting again"),
        change(CircleChange::MeetAgain)
    );
    assert_eq!(TRIAL, 3);
}

#[test]
fn what_was_kept_is_a_calendar_and_sentences() {
    let mut table = Table::new();
    assert_eq!(
        table.choose("Sessions that were kept"),
        Some(RecordRequest::History)
    );
    assert!(table.told().contains("No session was kept yet"));
    let solo = Outline {
        first: None,
        whole: false,
        ..outline(&["Ada"], NOW.wall - 400 * DAY, &[600_000])
    };
    let sat = |days: i64| {
        outline(
            &["Ada", "Ben"],
            NOW.wall - days * DAY,
            &[1_110_000, 1_080_000],
        )
    };
    let title = SafeText::new("Standard pair");
    let titles = BTreeMap::from([("standard-pair".to_owned(), title)]);
    let history = HistoryView::new(vec![solo, sat(14), sat(7), sat(7)], titles);
    table.pages.lay(history);
    // The latest month with a session is there at once, as a grid and in sentences.
    let scene = table.scene();
    assert_eq!(scene.title.as_str(), "November 2026");
    let grid: Vec<&str> = scene.grid.iter().map(SafeText::as_str).collect();
    assert!(
        grid.iter().any(|row| row.contains("[ 7]     8")),
        "{grid:?}"
    );
    assert!(
        grid.iter().any(|row| row.contains("[14]x2  15")),
        "{grid:?}"
    );
    assert!(
        table.told().contains(
            "7 November, 18:30: Ada and Ben.\n: Standard pair, 61 minutes.\n\
             : Turns: Ada 18 minutes 30, Ben 18 minutes.\n: Ada went first.\n"
        ),
        "{}",
        table.told()
    );
    table.choose("October 2025, before this one");
    assert!(
        table
            .told()
            .contains("Ada.\n: Standard pair, 61 minutes.\n: It ended early.")
    );
    table.choose("November 2026, after this one");
    table.choose("Another month");
    assert!(table.told().contains("2026\n2025"));
    table.choose("2026");
    assert!(table.told().contains("November: 7, 14 (2 times)\n"));
    table.choose("November");
    assert_eq!(table.ask(&Intent::Back), None);
    assert_eq!(table.ask(&Intent::Back), Some(RecordRequest::Home));
}

/// The sessions whose minutes add up to what is open, and no earlier ones; each with who had more, and why.
#[test]
fn open_minutes_are_told_with_their_reasons() {
    let mut table = Table::new();
    let sat = |days: i64, turns: [i64; 2], whole: bool| Outline {
        whole,
        ..outline(&["Ada", "Ben"], NOW.wall - days * DAY, &turns)
    };
    // Let go of since: what is open came after it.
    let old = sat(40, [1_800_000, 600_000], false);
    let sessions = [
        sat(14, [1_260_000, 1_080_000], true),
        sat(8, [1_080_000, 1_080_000], true),
        sat(7, [1_020_000, 1_080_000], false),
    ];
    table.memory = Memory::default();
    for outline in &sessions {
        table.memory.remember_outline(outline);
    }
    table.choose("Who meets together");
    table.choose("Ada and Ben");
    assert!(
        table
            .told()
            .contains("Open minutes: Ada has had 2 minutes more")
    );
    assert_eq!(
        table.choose("Where the open minutes come from"),
        Some(RecordRequest::History)
    );
    assert!(table.told().contains("doesn't say"));
    let titles = BTreeMap::from([("standard-pair".to_owned(), SafeText::new("Standard pair"))]);
    let all = std::iter::once(old).chain(sessions).collect();
    table.pages.lay(HistoryView::new(all, titles));
    let told = table.told();
    assert!(
        told.contains(
            "Where the open minutes come from\n\
             7 November: Standard pair\n: Ada had 3 minutes more.\n: Everybody said yes to more time.\n\
             14 November: Standard pair\n: Ben had 1 minute more.\n: It ended early."
        ),
        "{told}"
    );
    table.ask(&Intent::GoOn);
    assert!(table.told().contains("Open minutes"));
}

/// A circle in pairs goes round: everybody meets everybody, whoever has met least comes first, and whoever said goodbye
/// is not proposed together.
#[test]
fn a_circle_is_proposed_in_pairs_that_go_round() {
    let four = ["Ada", "Ben", "Cem", "Dee"];
    let mut table = Table::new();
    table.memory = Memory::default();
    table
        .memory
        .remember_outline(&outline(&four, NOW.wall - 9 * DAY, &[1, 1, 1, 1]));
    let mut met = std::collections::BTreeSet::new();
    for week in 0..3 {
        let pairs = table.memory.next_pairs(&names(&four));
        assert_eq!(pairs.len(), 2, "{pairs:?}");
        for pair in &pairs {
            let two = [pair[0].as_str(), pair[1].as_str()];
            let sat = outline(&two, NOW.wall + week * DAY, &[1, 1]);
            table.memory.remember_outline(&sat);
            assert!(met.insert(pair.clone()), "{pair:?} twice");
        }
    }
    assert_eq!(met.len(), 6);
    let pair = table.memory.next_pairs(&names(&four))[0].clone();
    table.memory.circle_mut(&pair).unwrap().end(NOW.day());
    let pairs = table.memory.next_pairs(&names(&four));
    assert!(pairs.len() == 2 && !pairs.contains(&pair), "{pairs:?}");
    // Of three one rests.
    assert_eq!(table.memory.next_pairs(&names(&four[..3])).len(), 1);
    assert!(table.memory.next_pairs(&names(&four[..2])).is_empty());
    table.choose("Who meets together");
    table.choose("Ada, Ben, Cem and Dee");
    let told = table.told();
    assert!(told.contains("Next, in pairs: ") && told.contains("they have met least"));
}

/// "0 min" would say nothing to anybody.
#[test]
fn a_session_of_seconds_is_said_as_one() {
    let mut table = Table::new();
    table.choose("kept");
    let titles = BTreeMap::from([("standard-pair".to_owned(), SafeText::new("Standard pair"))]);
    let short = Outline {
        minutes: 0,
        whole: false,
        ..outline(&["Ada", "Ben"], NOW.wall - DAY, &[20_000, 0])
    };
    table.pages.lay(HistoryView::new(vec![short], titles));
    let told = table.told();
    assert!(
        told.contains("Standard pair, less than a minute.\n: Ada went first.\n: It ended early."),
        "{told}"
    );
    assert!(!told.contains("0 min"), "{told}");
}

#[test]
fn with_nothing_remembered_there_is_little_to_choose_and_nothing_breaks() {
    let mut pages = RecordPages::new();
    let memory = Memory::default();
    assert_eq!(pages.scene(&memory, NOW).choices.len(), 1);
    for n in 0..12 {
        let _ = pages.apply(PageIntent::Answer(n), &memory, NOW);
        let _ = pages.scene(&memory, NOW);
    }
    assert!(pages.apply(PageIntent::Rate(5), &memory, NOW).is_err());
    // A circle that another program has deleted in the meantime.
    let mut table = Table::new();
    table.choose("Who meets together");
    table.choose("Ada and Ben");
    table.memory = Memory::default();
    assert!(table.told().contains("nothing here any more"));
    assert_eq!(table.ask(&Intent::GoOn), None);
}

impl Pages for Table {
    fn scene(&self) -> Scene {
        Self::scene(self)
    }

    fn ask(&mut self, intent: Intent) -> Result<bool, Refused> {
        let wish = self
            .pages
            .apply(PageIntent::of(intent)?, &self.memory, NOW)?;
        if wish == Some(RecordRequest::History) {
            let sat = |days: i64| outline(&["Ada", "Ben"], NOW.wall - days * DAY, &[1, 1]);
            let days = [7, 14, 50, 400, 430];
            let history = HistoryView::new(days.map(sat).to_vec(), BTreeMap::new());
            self.pages.lay(history);
            return Ok(false);
        }
        Ok(wish.is_some())
    }
}

#[test]
fn back_is_always_where_one_came_from() {
    let writes = ["2030-01-05", "19:30", "/a/folder"];
    let met = assert_back_is_where_one_came_from(Table::new, &writes);
    assert!(met.len() > 15, "only {met:?}");
    assert!(met.values().any(|from| from.len() > 1), "{met:?}");
}
