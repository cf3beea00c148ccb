//! A data, a planner, and ways to ask.

use std::time::Duration;

use crate::home::{
    HomeData, HomePages, HomeRequest, KnownCircle, OfferedScript, PlannedSession, PlannedStage,
    Planner, Setup, UnfinishedSession,
};
use crate::menu::page::PageIntent;
use crate::script::Who;
use crate::session::intent::Intent;
use crate::session::setup::Length;
use crate::text::safe_text::SafeText;
use crate::time::moment::{Moment, minutes};

/// 19:30 in a place one hour east of UTC.
pub(super) const NOW: Moment = Moment {
    mono: Duration::from_secs(5),
    wall: (18 * 60 + 30) * 60_000,
    offset: 3600,
    change: None,
};

/// The standard pair needs 40 minutes, the short one 10.
pub(super) struct Plans;

impl Planner for Plans {
    fn plan(&self, setup: &Setup, now: Moment) -> PlannedSession {
        let have = match setup.length {
            Length::Minutes(minutes) => i64::from(minutes) * 60_000,
            Length::Until(at) => at - now.wall,
        };
        let least = if setup.script == "short-pair" { 10 } else { 40 };
        if have < least * 60_000 {
            return PlannedSession::TooShort {
                shortest_minutes: 40,
                fits: Some("short-pair".to_owned()),
            };
        }
        let leg = |after, title: &str, length| PlannedStage {
            at: now.time_of_day(minutes(after)),
            title: SafeText::new(title),
            pieces: match setup.script.as_str() {
                "untimed" => Vec::new(),
                _ => vec![length],
            },
        };
        let first = &setup.people[setup.first.index()];
        let legs = vec![
            leg(0, "arrive", minutes(3)),
            leg(3, &format!("{first}'s turn"), Duration::from_secs(990)),
        ];
        let ends = now.time_at(now.wall + have);
        let left = u64::try_from(have / 60_000).unwrap_or(0).saturating_sub(20);
        let spare = (left > 0).then(|| (now.time_of_day(minutes(20)), minutes(left)));
        PlannedSession::Fits { legs, ends, spare }
    }
}

pub(super) fn offered(name: &str, title: &str, people: u8, minutes: u16) -> OfferedScript {
    OfferedScript {
        name: name.to_owned(),
        title: SafeText::new(title),
        summary: SafeText::new("Equal turns."),
        people: crate::script::People {
            from: people,
            to: people,
        },
        minutes,
        lengths: Vec::new(),
        needs: Vec::new(),
        packs: Vec::new(),
        one_sided: None,
    }
}

pub(super) fn unfinished(id: &str, can: Result<(), SafeText>) -> UnfinishedSession {
    UnfinishedSession {
        id: id.to_owned(),
        when: SafeText::new("20 Nov, 19:30"),
        stage: SafeText::new(if can.is_ok() { "Ada's turn" } else { "" }),
        title: SafeText::new("Standard pair"),
        can,
    }
}

pub(super) fn data() -> HomeData {
    HomeData {
        circles: vec![KnownCircle {
            names: vec!["Ada".to_owned(), "Ben".to_owned()],
            script: Some("pair".to_owned()),
            minutes: Some(50),
            wording: None,
            apart: false,
            proposed_first: Who(0),
            was_first: Some(Who(1)),
            review_due: false,
            trial_over: false,
        }],
        scripts: vec![
            offered("solo", "Alone", 1, 30),
            offered("short-pair", "Short pair", 2, 30),
            offered("pair", "Standard pair", 2, 60),
            offered("triad", "Triad", 3, 90),
        ],
        notice_seen: true,
        just_read: false,
        folder: SafeText::new("/data/alongside"),
        ..HomeData::default()
    }
}

pub(super) fn home(data: HomeData) -> HomePages {
    HomePages::new(data, Box::new(Plans))
}

pub(super) fn ask(home: &mut HomePages, intent: Intent) -> Vec<HomeRequest> {
    home.apply(PageIntent::of(intent).unwrap(), NOW).unwrap()
}

pub(super) fn write(home: &mut HomePages, typed: &str) -> Vec<HomeRequest> {
    let words = typed.to_owned();
    ask(
        home,
        Intent::Write {
            words: words.into(),
        },
    )
}

/// Chooses by what the choice says.
pub(super) fn choose(home: &mut HomePages, says: &str) -> Vec<HomeRequest> {
    let scene = home.scene();
    let found = scene
        .choices
        .iter()
        .find(|c| c.says.as_str().contains(says));
    let all: Vec<&str> = scene.choices.iter().map(|c| c.says.as_str()).collect();
    let choice = found.unwrap_or_else(|| panic!("{says} is not among {all:?}"));
    ask(home, choice.intent.clone())
}

pub(super) fn title(home: &HomePages) -> String {
    home.scene().title.as_str().to_owned()
}

pub(super) fn prompt(home: &HomePages) -> String {
    let scene = home.scene();
    let lines: Vec<&str> = scene.prompt.iter().map(SafeText::as_str).collect();
    lines.join(" ")
}

pub(super) fn setup(script: &str, people: &[&str], length: Length, first: u8) -> HomeRequest {
    HomeRequest::Begin(Setup {
        wording: None,
        script: script.to_owned(),
        people: people.iter().map(|name| (*name).to_owned()).collect(),
        length,
        first: Who(first),
    })
}
