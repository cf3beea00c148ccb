//! From the first run to a beginning, by lines: home and the line face together.

use std::sync::mpsc::channel;
use std::time::Duration;

use crate::app::Controller;
use crate::home::{
    HomeData, HomePages, HomeRequest, OfferedScript, PlannedSession, PlannedStage, Planner, Setup,
};
use crate::line_ui::{InputLine, LineUiEnd, run};
use crate::menu::page::PageIntent;
use crate::session::intent::{BellRing, Intent, Refused};
use crate::session::scene::Scene;
use crate::text::safe_text::SafeText;
use crate::time::moment::{Moment, minutes};

/// 19:30, UTC.
const NOW: Moment = Moment {
    mono: Duration::ZERO,
    wall: (19 * 60 + 30) * 60_000,
    offset: 0,
    change: None,
};

struct Always;

impl Planner for Always {
    fn plan(&self, setup: &Setup, now: Moment) -> PlannedSession {
        let turn = |after, who: usize| PlannedStage {
            at: now.time_of_day(minutes(after)),
            title: SafeText::new(&format!("{}'s turn", setup.people[who])),
            pieces: vec![minutes(20)],
        };
        let (first, second) = (setup.first.index(), 1 - setup.first.index());
        PlannedSession::Fits {
            legs: vec![turn(0, first), turn(20, second)],
            ends: now.time_of_day(minutes(40)),
            spare: None,
        }
    }
}

/// Only home; it ends when something is to be begun.
struct OnlyHome {
    home: HomePages,
    requests: Vec<HomeRequest>,
}

impl Controller for OnlyHome {
    fn scene(&self) -> Scene {
        self.home.scene()
    }

    fn ask(&mut self, intent: Intent) -> Result<(), Refused> {
        self.requests
            .extend(self.home.apply(PageIntent::of(intent)?, NOW)?);
        Ok(())
    }

    fn next_wake(&self) -> Option<Duration> {
        None
    }

    fn wake(&mut self) {}

    fn take_bells(&mut self) -> Vec<BellRing> {
        Vec::new()
    }

    fn standing(&self) -> Option<SafeText> {
        None
    }

    fn farewell(&self) -> Option<SafeText> {
        let last = matches!(self.requests.last(), Some(HomeRequest::Begin(_)));
        last.then(SafeText::default)
    }
}

fn talk(lines: &[&str]) -> (String, LineUiEnd, Vec<HomeRequest>) {
    let script = OfferedScript {
        name: "pair".to_owned(),
        title: SafeText::new("Standard pair"),
        summary: SafeText::new("Equal turns."),
        people: crate::script::People { from: 2, to: 2 },
        minutes: 60,
        needs: Vec::new(),
        packs: Vec::new(),
        one_sided: None,
        lengths: Vec::new(),
    };
    let data = HomeData {
        scripts: vec![script],
        folder: SafeText::new("/data"),
        ..HomeData::default()
    };
    let mut talk = OnlyHome {
        home: HomePages::new(data, Box::new(Always)),
        requests: Vec::new(),
    };
    let (send, receive) = channel();
    for line in lines {
        send.send(InputLine::Words((*line).to_owned())).unwrap();
    }
    drop(send);
    let mut out = Vec::new();
    let over = run(&mut talk, &receive, &mut out, &mut |_| {}).unwrap();
    (String::from_utf8(out).unwrap(), over, talk.requests)
}

#[test]
fn two_new_people_reach_a_beginning() {
    let lines = [
        "", "", "1", "1", "Ada", "ada", "Ben", "/back", "", "", "2", "2", "45", "4", "1",
    ];
    let (text, over, requests) = talk(&lines);
    assert!(matches!(over, LineUiEnd::Left(_)), "{text}");
    let Some(HomeRequest::Begin(setup)) = requests.last() else {
        panic!("nothing was begun:\n{text}");
    };
    assert_eq!(setup.people, ["Ada", "Ben"]);
    assert_eq!(setup.first.index(), 1);
    let (_, plan) = text.rsplit_once("> the plan.\n").unwrap();
    let expected = "\
Standard pair, Ada and Ben, 45 minutes.
Ada goes first.
Headphones on. Share only sound and this window; or a screen each.
19:30: Ada's turn, 20 minutes
19:50: Ben's turn, 20 minutes
20:10: the end
1  Begin
2  Another length
3  Another session
4  Ben goes first
5  Each at their own screen
Enter: Begin.
> Standard pair, Ada and Ben, 45 minutes.
Ben goes first, as you chose.
Headphones on. Share only sound and this window; or a screen each.
19:30: Ben's turn, 20 minutes
19:50: Ada's turn, 20 minutes
20:10: the end
1  Begin
2  Another length
3  Another session
4  Ada goes first
5  Each at their own screen
> ";
    assert_eq!(plan, expected);
    assert!(text.contains("Ada is here already."));
    assert!(text.chars().all(|c| c == '\n' || !c.is_control()));
}
