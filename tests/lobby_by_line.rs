//! From the first run to a beginning, by lines: the lobby and the line face together.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test stops where it cannot go on"
)]

use std::sync::mpsc::channel;
use std::time::Duration;

use alongside::drive::Talk;
use alongside::lobby::{Lobby, Offered, Planned, PlannedLeg, Planner, Request, Setup, Shelf};
use alongside::plain::{Line, Over, run};
use alongside::session::intent::{Bell, Intent, Refused};
use alongside::session::scene::Scene;
use alongside::session::time::{Moment, minutes};
use alongside::shown::Shown;

/// 19:30, UTC.
const NOW: Moment = Moment {
    mono: Duration::ZERO,
    wall: (19 * 60 + 30) * 60_000,
    offset: 0,
    change: None,
};

struct Always;

impl Planner for Always {
    fn plan(&self, setup: &Setup, now: Moment) -> Planned {
        let turn = |after, who: usize| PlannedLeg {
            at: now.time_of_day(minutes(after)),
            title: Shown::new(&format!("{}'s turn", setup.people[who])),
            length: minutes(20),
        };
        let (first, second) = (setup.first.index(), 1 - setup.first.index());
        Planned::Fits {
            legs: vec![turn(0, first), turn(20, second)],
            ends: now.time_of_day(minutes(40)),
            spare: None,
        }
    }
}

/// Only the lobby; it ends when something is to be begun or left.
struct OnlyLobby {
    lobby: Lobby,
    requests: Vec<Request>,
}

impl Talk for OnlyLobby {
    fn scene(&self) -> Scene {
        self.lobby.scene(NOW)
    }

    fn ask(&mut self, intent: Intent) -> Result<(), Refused> {
        self.requests.extend(self.lobby.apply(intent, NOW)?);
        Ok(())
    }

    fn next_wake(&self) -> Option<Duration> {
        None
    }

    fn wake(&mut self) {}

    fn take_bells(&mut self) -> Vec<Bell> {
        Vec::new()
    }

    fn standing(&self) -> Option<Shown> {
        None
    }

    fn farewell(&self) -> Option<Shown> {
        let last = matches!(
            self.requests.last(),
            Some(Request::Begin(_) | Request::Leave)
        );
        last.then(Shown::default)
    }
}

fn talk(lines: &[&str]) -> (String, Over, Vec<Request>) {
    let script = Offered {
        name: "pair".to_owned(),
        title: Shown::new("Standard pair"),
        summary: Shown::new("Equal turns."),
        people: alongside::script::People { from: 2, to: 2 },
        minutes: 60,
        needs: Vec::new(),
        packs: Vec::new(),
        one_sided: None,
    };
    let shelf = Shelf {
        scripts: vec![script],
        folder: Shown::new("/data"),
        ..Shelf::default()
    };
    let mut talk = OnlyLobby {
        lobby: Lobby::new(shelf, Box::new(Always)),
        requests: Vec::new(),
    };
    let (send, receive) = channel();
    for line in lines {
        send.send(Line::Words((*line).to_owned())).unwrap();
    }
    drop(send);
    let mut out = Vec::new();
    let over = run(&mut talk, &receive, &mut out, &mut |_| {}).unwrap();
    (String::from_utf8(out).unwrap(), over, talk.requests)
}

#[test]
fn two_new_people_reach_a_beginning() {
    let lines = [
        "", "", "1", "1", "Ada", "ada", "Ben", "/back", "", "", "2", "45", "3", "1",
    ];
    let (text, over, requests) = talk(&lines);
    assert!(matches!(over, Over::Left(_)), "{text}");
    let Some(Request::Begin(setup)) = requests.last() else {
        panic!("nothing was begun:\n{text}");
    };
    assert_eq!(setup.people, ["Ada", "Ben"]);
    assert_eq!(setup.first.index(), 1);
    let (_, plan) = text.split_once("> the plan.\n").unwrap();
    let expected = "\
Standard pair, Ada and Ben, 45 minutes.
Ada goes first.
19:30: Ada's turn, 20 minutes
19:50: Ben's turn, 20 minutes
20:10: the end
1  begin
2  another length
3  Ben goes first
Enter: begin.
> Standard pair, Ada and Ben, 45 minutes.
Ben goes first, as you chose.
19:30: Ben's turn, 20 minutes
19:50: Ada's turn, 20 minutes
20:10: the end
1  begin
2  another length
3  Ada goes first
> ";
    assert_eq!(plan, expected);
    assert!(text.contains("Ada is here already."));
    assert!(text.chars().all(|c| c == '\n' || !c.is_control()));
}

#[test]
fn the_crisis_card_is_one_word_away_even_in_a_field() {
    let (text, over, requests) = talk(&[
        "", "", "1", "1", "Ada", "/crisis", "3", "", "leave", "leave",
    ]);
    assert!(text.contains("United Kingdom: 999 or 112"), "{text}");
    assert!(
        text.contains("A human voice: Samaritans. Call 116 123."),
        "{text}"
    );
    assert!(text.contains("And the second one?"));
    // The last `leave` lines were names: in a field only a stroke makes a command.
    assert_eq!((over, requests.len()), (Over::NoMoreInput, 1));
}
