//! What was kept as a calendar, to be read by people.

use std::collections::BTreeMap;

use super::drawn::{LOOK, frame, picture};
use crate::memory::Memory;
use crate::menu::page::PageIntent;
use crate::records::{HistoryView, RecordPages};
use crate::script::Who;
use crate::session::intent::{Intent, KeepChoice, Outline};
use crate::session::scene::Scene;
use crate::text::safe_text::SafeText;
use crate::text::words::words;
use crate::time::moment::Moment;

/// 2026-11-21 18:30, one hour east of UTC.
const NOW: Moment = Moment {
    mono: std::time::Duration::ZERO,
    wall: 1_795_282_200_000,
    offset: 3_600,
    change: None,
};

fn outline(people: &[&str], script: &str, days: i64) -> Outline {
    let turns = match people {
        [_] => vec![0],
        _ => vec![1_080_000, 1_110_000],
    };
    Outline {
        one_sided: false,
        kept: KeepChoice::Outline,
        began: NOW.wall - days * 86_400_000,
        offset: NOW.offset,
        people: people.iter().map(|name| (*name).to_owned()).collect(),
        script: script.into(),
        minutes: if people.len() > 1 { 61 } else { 10 },
        whole: days != 14,
        first: Some(Who(u8::from(days % 2 == 0))),
        turns,
        agreement: Vec::new(),
        forgiven: false,
        loan: Vec::new(),
        cards: Vec::new(),
        partnership: None,
        next: None,
        cut_short: false,
        felt: Vec::new(),
    }
}

/// A year and a month of two people, and of one of them alone.
fn kept() -> HistoryView {
    let pair = [0, 7, 14, 21, 49, 400];
    let pair = pair.map(|days| outline(&["Ada", "Ben"], "standard-pair", days));
    let solo = [6, 7, 40].map(|days| outline(&["Ada"], "solo-short", days));
    let titles = [
        ("standard-pair", "Standard pair"),
        ("solo-short", "Solo short"),
    ];
    let titles = titles.map(|(name, title)| (name.to_owned(), SafeText::new(title)));
    HistoryView::new(
        pair.into_iter().chain(solo).collect(),
        BTreeMap::from(titles),
    )
}

/// The page that these choices lead to from the latest month.
fn page(ways: &[&str]) -> Scene {
    let memory = Memory::default();
    let mut pages = RecordPages::new();
    let w = &words().records;
    let choose = |pages: &mut RecordPages, way: &str| {
        let scene = pages.scene(&memory, NOW);
        let found = scene
            .choices
            .iter()
            .find(|choice| choice.says.as_str().contains(way));
        let intent = found.map_or(Intent::GoOn, |choice| choice.intent.clone());
        let intent = PageIntent::of(intent).unwrap();
        pages.apply(intent, &memory, NOW).unwrap();
    };
    choose(&mut pages, w.to_history);
    pages.lay(kept());
    for way in ways {
        choose(&mut pages, way);
    }
    pages.scene(&memory, NOW)
}

#[test]
fn what_was_kept_as_a_calendar() {
    let w = &words().records;
    let pages: [(&str, &[&str]); 4] = [
        ("history-month", &[]),
        ("history-before", &["October 2026"]),
        ("history-years", &[w.month_others]),
        ("history-year", &[w.month_others, "2026"]),
    ];
    for (name, ways) in pages {
        let scene = page(ways);
        insta::assert_snapshot!(name, frame(&picture(scene, LOOK)));
    }
}
