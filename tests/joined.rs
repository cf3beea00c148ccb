//! Two programs or three, a home for each, and a line between them that is this test: it can be cut, and it remembers all that crosses.
#![cfg(unix)]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that fails says so by panicking"
)]

mod common;

use std::fs;
use std::io::{BufRead, BufReader};
use std::os::unix::fs::PermissionsExt;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use common::shuttle::{End, PEER, Shuttle, strangers_home};
use common::{Home, Talk, complaint};

/// The line of the test.
#[derive(Default)]
struct Wire {
    /// The host's first.
    ends: Mutex<[Option<Arc<End>>; 3]>,
    cut: AtomicBool,
    /// What crossed, by who said it.
    crossed: Mutex<Vec<(usize, String)>>,
    /// What the host's program told its link beside that.
    orders: Mutex<Vec<String>>,
}

impl Wire {
    /// Passes on what one end says, until it is gone.
    fn pump(self: Arc<Self>, at: usize, end: &End) {
        let from = end.from.lock().unwrap().take().unwrap();
        for line in BufReader::new(from).lines() {
            let Ok(line) = line else { return };
            let told: serde_json::Value = serde_json::from_str(&line).unwrap();
            let Some((to, text)) = told
                .get("line")
                .map(|line| (&line["to"], line["text"].clone()))
            else {
                self.orders.lock().unwrap().push(line);
                continue;
            };
            self.crossed
                .lock()
                .unwrap()
                .push((at, text.as_str().unwrap().to_owned()));
            if self.cut.load(Ordering::SeqCst) {
                continue;
            }
            // The host knows its guests by 1 and 2, a guest the host by 1.
            let (to, from) = match at {
                0 => (usize::try_from(to.as_u64().unwrap()).unwrap(), 1),
                at => (0, at),
            };
            let other = self.ends.lock().unwrap()[to].clone();
            if let Some(other) = other {
                other.tell(&serde_json::json!({"line": {"from": from, "text": text}}).to_string());
            }
        }
    }

    /// Tells both that the other is there. Nothing crosses before both know: a link tells who is there before what they say.
    fn joins(&self, host: &End, guest: &End) {
        let _nothing_crosses = self.ends.lock().unwrap();
        host.tell(PEER);
        guest.tell(PEER);
    }

    /// The same for a second guest.
    fn joins_too(&self, host: &End, guest: &End) {
        let _nothing_crosses = self.ends.lock().unwrap();
        host.tell(&PEER.replace("\"id\":1", "\"id\":2").replace("0011", "1100"));
        guest.tell(&PEER.replace("0011", "1100"));
    }

    /// Waits until the host's program told its link this.
    fn hear_order(&self, wanted: &str) {
        let told = || {
            self.orders
                .lock()
                .unwrap()
                .iter()
                .any(|order| order == wanted)
        };
        for _ in 0..400 {
            if told() {
                return;
            }
            thread::sleep(Duration::from_millis(10));
        }
        panic!("{:?}", self.orders.lock().unwrap());
    }

    fn said(&self) -> String {
        let crossed = self.crossed.lock().unwrap();
        crossed
            .iter()
            .map(|(_, text)| format!("{text}\n"))
            .collect()
    }
}

/// A terminal of somebody, and its end of the line.
struct Seat {
    home: Home,
    shuttle: Shuttle,
}

impl Seat {
    fn new(home: Home) -> Self {
        let shuttle = Shuttle::new(&home);
        Self { home, shuttle }
    }

    fn end(&self) -> Arc<End> {
        self.shuttle.end()
    }
}

fn attach(wire: &Arc<Wire>, at: usize, end: &Arc<End>) -> JoinHandle<()> {
    wire.ends.lock().unwrap()[at] = Some(Arc::clone(end));
    end.tell(r#"{"ready":{"v":1}}"#);
    end.tell(r#"{"again":"what makes it the same"}"#);
    let (wire, end) = (Arc::clone(wire), Arc::clone(end));
    thread::spawn(move || wire.pump(at, &end))
}

/// Ada at the host's terminal, Ben at the guest's, at the first question of a session.
struct Two {
    ada: Talk,
    ben: Talk,
    seats: [Seat; 2],
    wire: Arc<Wire>,
    /// What reads each end, until the link there is gone.
    pumps: [Option<JoinHandle<()>>; 2],
}

/// The three words that were said.
fn words(heard: &str) -> String {
    let line = heard.lines().find(|line| line.starts_with("Now: "));
    line.unwrap_or_else(|| panic!("{heard}")).to_owned()
}

impl Two {
    fn met() -> Self {
        Self::met_over(Home::known(), "standard-pair", "1")
    }

    /// Over this script, and as those who are chosen on the host's first page.
    fn met_over(host: Home, script: &str, who: &str) -> Self {
        let seats = [Seat::new(host), Seat::new(strangers_home())];
        let wire = Arc::new(Wire::default());
        let mut ada = seats[0].home.talk(&["--plain", "host", script]);
        ada.say(who);
        ada.type_ahead(&[""]);
        let host = seats[0].end();
        let first = attach(&wire, 0, &host);
        host.tell(r#"{"ticket":"alongside1test"}"#);
        ada.hear_until("alongside1test");
        let ben = Talk::silent(
            seats[1]
                .home
                .command(&["--plain", "join", "alongside1", "test"]),
        );
        let guest = seats[1].end();
        let second = attach(&wire, 1, &guest);
        wire.joins(&host, &guest);
        Self {
            ada,
            ben,
            seats,
            wire,
            pumps: [Some(first), Some(second)],
        }
    }

    fn begun() -> Self {
        let mut two = Self::met();
        two.agree();
        let first = two.ada.hear_until("Type a number from 0 to 10.");
        assert!(first.contains("How much strength"), "{first}");
        let first = two.ben.hear_until("Ada answers this");
        assert!(!first.contains("0 to 10."), "{first}");
        two
    }

    /// Both say yes to the words, and Ben to what is offered.
    fn agree(&mut self) {
        let ada = words(&self.ada.hear_until("they are different"));
        let ben = words(&self.ben.hear_until("they are different"));
        assert_eq!(ada, ben);
        assert_eq!(ada.matches('·').count(), 2, "{ada}");
        self.ben.type_ahead(&["1"]);
        self.ben.hear_until("You said yes.");
        let said = self.wire.said();
        assert!(
            !said.contains("Ada") && !said.contains("standard"),
            "{said}"
        );
        self.ada.type_ahead(&["1"]);
        let offered = self.ben.hear_until("Begin?");
        assert!(
            offered.contains("Standard pair") && offered.contains("You are Ben, with Ada."),
            "{offered}"
        );
        self.ben.type_ahead(&["1"]);
    }

    /// The link at this end is there no more. Its program may be gone, too, or starts it again.
    fn lose_link(&mut self, at: usize) {
        let old = self.wire.ends.lock().unwrap()[at].take();
        old.unwrap().to.lock().unwrap().take();
    }

    /// A new link at this end, which is the same one for everybody.
    fn renew_link(&mut self, at: usize) {
        // The old one lets go of what lies in the folder first.
        self.pumps[at].take().unwrap().join().unwrap();
        let end = self.seats[at].end();
        self.wire.orders.lock().unwrap().clear();
        self.pumps[at] = Some(attach(&self.wire, at, &end));
        self.wire
            .hear_order(r#"{"again":"what makes it the same"}"#);
        end.tell(PEER);
        let other = self.wire.ends.lock().unwrap()[1 - at].clone().unwrap();
        other.tell(r#"{"up":{"id":1}}"#);
    }

    /// Whether a home holds what makes a killed program the same one.
    fn keeps_line(&self, at: usize) -> bool {
        let folder = self.seats[at].home.sessions();
        let mut files = fs::read_dir(folder)
            .unwrap()
            .map(|file| file.unwrap().path());
        let line = files.find(|path| path.extension().is_some_and(|ending| ending == "line"));
        if let Some(path) = &line {
            let mode = fs::metadata(path).unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o600);
            assert!(
                fs::read_to_string(path)
                    .unwrap()
                    .contains("what makes it the same")
            );
        }
        line.is_some()
    }

    /// Up to the question how stirred up Ben is after a short closing: each answers what is theirs.
    fn close_shortly(&mut self) {
        self.ada.type_ahead(&["", "", ""]);
        self.ada.hear_until("Ben:");
        self.ben.hear_until("Ben:");
        self.ben.type_ahead(&[""]);
        self.ada.hear_until("Enter: Go on.");
        self.ada.type_ahead(&["", "pass"]);
    }

    /// Both numbers, and both words at the gate, in any order.
    fn through_the_gate(&mut self, ada: &str, ben: &str) {
        self.ada.type_ahead(&["5"]);
        self.ben.hear_until("Type a number from 0 to 10.");
        self.ben.type_ahead(&["6"]);
        self.ben.hear_until("Only you see this.");
        self.ada.hear_until("Only you see this.");
        self.ben.type_ahead(&[ben]);
        self.ben.hear_until("You have answered.");
        self.ada.type_ahead(&[ada]);
    }
}

#[test]
fn two_people_sit_at_two_terminals_and_stop_is_for_both() {
    let mut two = Two::begun();
    two.through_the_gate("1", "1");
    // How stirred up each is: one after the other, and only the lowest number that leads the same way crosses.
    two.ada.hear_until("0 to 10");
    two.ada.type_ahead(&["3"]);
    two.ben.hear_until("Type a number from 0 to 10.");
    two.ben.type_ahead(&["stop"]);
    two.ben.hear_until("Everything is paused.");
    let ada = two.ada.hear_until("Finish for today");
    assert!(ada.contains("Everything is paused."), "{ada}");
    assert!(!ada.contains("No keyboard?"), "{ada}");
    two.ada.type_ahead(&["4"]);
    // The short closing is the same on both.
    two.ben.hear_until("a short closing");
    two.close_shortly();
    // In one: what is heard up to a question may hold the line behind it already.
    let asked = two.ben.hear_until("Type a number from 0 to 10.");
    assert!(asked.contains("How stirred up are you now"), "{asked}");
    two.ben.type_ahead(&["pass"]);
    for talk in [&mut two.ada, &mut two.ben] {
        // Only one's own yes is there to be said.
        let own = talk.hear_until("says yes, not chosen");
        assert!(own.contains("1  ") && !own.contains("2  "), "{own}");
        talk.type_ahead(&["1"]);
    }
    // What stays, each chooses for themselves; the session closes once both have.
    for (talk, choice) in [(&mut two.ada, "1"), (&mut two.ben, "2")] {
        talk.hear_until("2  Nothing from today");
        talk.type_ahead(&[choice]);
    }
    two.ada.hear_until("The outline is kept.");
    two.ben.hear_until("Nothing from today is kept.");
    let homes = two.seats.each_ref().map(|seat| &seat.home);
    assert!(homes.iter().all(|home| home.logs().is_empty()));
    assert!(!homes[0].holding("Ben").is_empty());
    assert!(homes[1].holding("Ada").is_empty());
    let said = two.wire.said();
    // The numbers that they gave: 5 and 6 lead the same way as 0 does or the bound below them.
    assert!(!said.contains(r#""rate""#), "{said}");
    assert!(said.contains(r#"{"gate":"go"}"#), "{said}");
    let gates = said.matches(r#""gated""#).count();
    assert!(gates >= 1, "{said}");
}

/// A no is told to both, whoever said it and whether or not it crossed before the line was closed; nobody comes in with
/// that ticket any more.
#[test]
fn the_words_that_differ_let_nobody_in_and_spend_the_ticket() {
    for (says, lost) in [(0, false), (0, true), (1, false), (1, true)] {
        let mut two = Two::met();
        two.ada.hear_until("they are different");
        two.ben.hear_until("they are different");
        let (no, other) = match says {
            0 => (&mut two.ada, &mut two.ben),
            _ => (&mut two.ben, &mut two.ada),
        };
        other.type_ahead(&["1"]);
        other.hear_until("You said yes.");
        two.wire.cut.store(lost, Ordering::SeqCst);
        no.type_ahead(&["2"]);
        let said = no.hear_until("a new ticket is enough.");
        let told = "You said no. Nothing has begun, and this ticket is spent.";
        assert!(said.contains(told), "{said}");
        two.wire.hear_order(r#"{"refuse":{"id":1}}"#);
        let ends = two.wire.ends.lock().unwrap().clone();
        for end in ends.iter().flatten() {
            end.tell(r#"{"gone":{"id":1,"why":"refused"}}"#);
        }
        let heard = other.hear_until("a new ticket is enough.");
        let told =
            "The other person said no to the words. Nothing has begun, and this ticket is spent.";
        assert!(heard.contains(told), "{heard}");
        // Whoever comes with the ticket now is not let in.
        two.wire.orders.lock().unwrap().clear();
        ends[0]
            .as_ref()
            .unwrap()
            .tell(&PEER.replace("\"id\":1", "\"id\":2"));
        two.wire.hear_order(r#"{"refuse":{"id":2}}"#);
        let opened = r#"{"open":true}"#.to_owned();
        assert!(!two.wire.orders.lock().unwrap().contains(&opened));
        // What was said of it stays until they go home.
        no.type_ahead(&[""]);
        let home = no.hear_until("Begin a session");
        assert!(!home.contains("The other"), "{home}");
        let said = two.wire.said();
        for secret in ["Ada", "Ben", "standard"] {
            assert!(!said.contains(secret), "{said}");
        }
        assert!(two.seats.iter().all(|seat| seat.home.logs().is_empty()));
    }
}

/// What is no ticket is asked for again, where it was pasted.
#[test]
fn a_torn_ticket_is_asked_for_again() {
    let seat = Seat::new(strangers_home());
    let mut ben = Talk::silent(seat.home.command(&["--plain", "join", "alongside1torn"]));
    let end = seat.end();
    end.tell(r#"{"ready":{"v":1}}"#);
    end.tell(r#"{"error":"bad-ticket"}"#);
    let told = ben.hear_until("Copy it again from the chat.");
    assert!(
        told.contains("That is not the whole ticket, or a letter"),
        "{told}"
    );
    ben.type_ahead(&["alongside1whole"]);
    let wire = Arc::new(Wire::default());
    attach(&wire, 1, &seat.end());
    wire.hear_order(r#"{"ticket":"alongside1whole"}"#);
}

/// By lines, too, one that a screen broke into two rows is whole.
#[test]
fn a_ticket_in_two_rows_is_whole_with_its_rest() {
    let seat = Seat::new(strangers_home());
    let mut ben = Talk::silent(seat.home.command(&["--plain", "join"]));
    ben.hear_until("Type here: The ticket.");
    let whole = format!("alongside1{}", "a".repeat(87));
    let (first, rest) = whole.split_at(70);
    ben.type_ahead(&[first, rest]);
    let wire = Arc::new(Wire::default());
    attach(&wire, 1, &seat.end());
    wire.hear_order(&format!("{{\"ticket\":\"{whole}\"}}"));
}

#[test]
fn who_was_killed_is_back_and_a_line_that_is_gone_lets_both_go_on() {
    let mut two = Two::begun();
    two.ben.kill();
    // What it held of the line is let go of first.
    two.lose_link(1);
    two.pumps[1].take().unwrap().join().unwrap();
    // The link tells that nobody is there any more.
    let host = two.wire.ends.lock().unwrap()[0].clone().unwrap();
    host.tell(r#"{"gone":{"id":1,"why":"closed"}}"#);
    let told = two.ada.hear_until("Go on here, on this one screen");
    assert!(told.contains("Nobody's time was used."), "{told}");
    // With the same ticket, once more: the host's program has opened the door for it.
    two.wire.hear_order(r#"{"open":true}"#);
    let seat = &two.seats[1];
    two.ben = Talk::silent(seat.home.command(&["--plain", "join", "alongside1test"]));
    let guest = seat.end();
    attach(&two.wire, 1, &guest);
    two.wire.joins(&host, &guest);
    two.wire.crossed.lock().unwrap().clear();
    let ada = words(&two.ada.hear_until("they are different"));
    let ben = words(&two.ben.hear_until("they are different"));
    assert_eq!(ada, ben);
    two.ada.type_ahead(&["1"]);
    two.ben.type_ahead(&["1"]);
    two.ben.hear_until("Go on there?");
    two.ben.type_ahead(&["1"]);
    two.ben.hear_until("The line dropped. Are you both here?");
    two.ben.type_ahead(&[""]);
    two.ben.hear_until("How much strength");
    two.ada.hear_until("How much strength");
    // What the killed program left is not offered as another session.
    assert_eq!(two.seats[1].home.logs().len(), 1);
    // And for good: either goes on alone, on one screen.
    two.wire.cut.store(true, Ordering::SeqCst);
    host.tell(r#"{"gone":{"id":1,"why":"closed"}}"#);
    guest.tell(r#"{"gone":{"id":1,"why":"closed"}}"#);
    for talk in [&mut two.ada, &mut two.ben] {
        talk.hear_until("Go on here, on this one screen");
        talk.type_ahead(&["1"]);
        // What that means for the other is said first.
        let asked = talk.hear_until("2  Wait for the line");
        assert!(
            asked.contains("can’t come back into this session"),
            "{asked}"
        );
        talk.type_ahead(&["1", "", "stop"]);
        let on = talk.hear_until("Everything is paused.");
        assert!(on.contains("How much strength"), "{on}");
    }
}

/// Who comes back with the ticket, and whose words are others, is not let in, and nobody after them.
#[test]
fn a_no_while_a_session_goes_on_closes_its_door() {
    let mut two = Two::begun();
    two.ben.kill();
    two.lose_link(1);
    two.pumps[1].take().unwrap().join().unwrap();
    let host = two.wire.ends.lock().unwrap()[0].clone().unwrap();
    host.tell(r#"{"gone":{"id":1,"why":"closed"}}"#);
    two.ada.hear_until("Go on here, on this one screen");
    let opened = r#"{"open":true}"#;
    two.wire.hear_order(opened);
    let seat = &two.seats[1];
    two.ben = Talk::silent(seat.home.command(&["--plain", "join", "alongside1test"]));
    let guest = seat.end();
    attach(&two.wire, 1, &guest);
    two.wire.joins(&host, &guest);
    two.ada.hear_until("they are different");
    two.ben.hear_until("they are different");
    two.wire.orders.lock().unwrap().clear();
    two.ada.type_ahead(&["2"]);
    two.ada.hear_until("so nobody was let in");
    two.ben.hear_until("a new ticket is enough.");
    host.tell(&PEER.replace("\"id\":1", "\"id\":2"));
    two.wire.hear_order(r#"{"refuse":{"id":2}}"#);
    let orders = two.wire.orders.lock().unwrap().clone();
    assert!(!orders.iter().any(|order| order == opened), "{orders:?}");
}

/// The host's own script goes along, is shown with what it is, and runs after a yes; nothing of it stays, so that a guest
/// whose program was killed is told to join again.
#[test]
fn a_script_of_ones_own_is_sent_and_is_not_kept() {
    let host = Home::known();
    let scripts = host
        .places()
        .into_iter()
        .find(|(name, _)| *name == "XDG_CONFIG_HOME");
    let scripts = scripts.unwrap().1.join("alongside/scripts");
    fs::create_dir_all(scripts.join("modules")).unwrap();
    let ours = include_str!("../scripts/short-pair.toml").replace("title ", "# ours\ntitle ");
    fs::write(scripts.join("our-own-hour.toml"), ours).unwrap();
    let mut two = Two::met_over(host, "our-own-hour", "1");
    for talk in [&mut two.ada, &mut two.ben] {
        talk.hear_until("they are different");
        talk.type_ahead(&["1"]);
    }
    let offered = two.ben.hear_until("Begin?");
    assert!(offered.contains("You are Ben, with Ada."), "{offered}");
    let sent = "This script doesn't come with alongside.";
    assert!(
        offered.contains(sent) && offered.contains("is not kept here."),
        "{offered}"
    );
    two.ben.type_ahead(&["1"]);
    two.ben.hear_until("Ada answers this");
    two.ada.hear_until("0 to 10");
    assert!(two.seats[1].home.holding("# ours").is_empty());
    let said = two.wire.said();
    assert!(
        !said.contains(two.seats[0].home.root().to_str().unwrap()),
        "a path crossed"
    );
    // Ben's program is killed: nothing of the script is left there, and that is said with the next step.
    two.ben.kill();
    two.lose_link(1);
    two.pumps[1].take().unwrap().join().unwrap();
    let host = two.wire.ends.lock().unwrap()[0].clone().unwrap();
    host.tell(r#"{"gone":{"id":1,"why":"closed"}}"#);
    let resumed = two.seats[1].home.run(&["resume", "--plain"], &[]);
    let told = complaint(&resumed);
    assert_eq!(resumed.status.code(), Some(1), "{told}");
    assert!(told.contains("join again with the same ticket"), "{told}");
    two.wire.hear_order(r#"{"open":true}"#);
    let seat = &two.seats[1];
    two.ben = Talk::silent(seat.home.command(&["--plain", "join", "alongside1test"]));
    let guest = seat.end();
    attach(&two.wire, 1, &guest);
    two.wire.joins(&host, &guest);
    for talk in [&mut two.ada, &mut two.ben] {
        talk.hear_until("they are different");
        talk.type_ahead(&["1"]);
    }
    let offered = two.ben.hear_until("Go on there?");
    assert!(offered.contains("is not kept here."), "{offered}");
    two.ben.type_ahead(&["1"]);
    two.ben.hear_until("Are you both here?");
    two.ben.type_ahead(&[""]);
    two.ben.hear_until("Ada answers this");
    assert_eq!(seat.home.logs().len(), 1);
    // The host's program has the script: after a kill it goes on, and so does the guest.
    two.ada.kill();
    two.lose_link(0);
    two.ada = Talk::silent(two.seats[0].home.command(&["--plain", "resume"]));
    two.ada.hear_until("Go on here, on this one screen");
    two.renew_link(0);
    two.ben.hear_until("Are you both here?");
    two.ben.type_ahead(&[""]);
    two.ada.hear_until("0 to 10");
}

/// Three terminals: each guest has words of their own, the host says whose they are, and it begins once all are there.
#[test]
fn three_people_sit_at_three_terminals() {
    let wire = Arc::new(Wire::default());
    let seats = [Home::known(), strangers_home(), strangers_home()].map(Seat::new);
    let mut ada = seats[0].home.talk(&["--plain", "host", "triad"]);
    ada.type_ahead(&["Ada", "Ben", "Cleo", "", "1"]);
    let host = seats[0].end();
    attach(&wire, 0, &host);
    host.tell(r#"{"ticket":"alongside1test"}"#);
    let told = ada.hear_until("Cleo: ");
    assert!(told.contains("is not here yet"), "{told}");
    // Both paste the ticket on a page: no list of processes shows it.
    let guests = [1, 2].map(|at| {
        let mut talk = seats[at].home.talk(&["--plain", "join", "-"]);
        talk.type_ahead(&["alongside join alongside1 test"]);
        let end = seats[at].end();
        attach(&wire, at, &end);
        (talk, end)
    });
    let [(mut ben, ben_end), (mut cleo, cleo_end)] = guests;
    wire.joins(&host, &ben_end);
    let words_here = words(&ada.hear_until("they are different"));
    assert_eq!(words_here, words(&ben.hear_until("they are different")));
    // Whose words they are, the host's person says.
    ben.type_ahead(&["1"]);
    ben.hear_until("You said yes.");
    ada.type_ahead(&["1"]);
    let offered = ben.hear_until("Begin?");
    assert!(
        offered.contains("You are Ben, with Ada, Cleo."),
        "{offered}"
    );
    ben.type_ahead(&["1"]);
    ben.hear_until("when everybody has");
    wire.joins_too(&host, &cleo_end);
    let asked = ada.hear_until("they are different");
    assert_ne!(words_here, words(&asked));
    assert!(asked.contains("1  Yes, both screens show them"), "{asked}");
    cleo.hear_until("they are different");
    cleo.type_ahead(&["1"]);
    ada.type_ahead(&["1"]);
    let offered = cleo.hear_until("Begin?");
    assert!(
        offered.contains("You are Cleo, with Ada, Ben."),
        "{offered}"
    );
    cleo.type_ahead(&["1"]);
    for talk in [&mut ada, &mut ben, &mut cleo] {
        talk.hear_until("Feel the chair under you");
    }
    // STOP of one is everybody's.
    cleo.type_ahead(&["stop"]);
    for talk in [&mut ada, &mut ben, &mut cleo] {
        talk.hear_until("Everything is paused.");
    }
    // One is gone: both others are told who, and the host offers what can be done.
    cleo.kill();
    host.tell(r#"{"gone":{"id":2,"why":"closed"}}"#);
    let told = ada.hear_until("Go on here, on this one screen");
    assert!(told.contains("The line to Cleo dropped."), "{told}");
    ben.hear_until("The line to Cleo dropped.");
}

#[test]
fn a_link_that_died_is_started_again_and_nobody_has_to_do_anything() {
    let mut two = Two::begun();
    for at in [1, 0] {
        two.lose_link(at);
        let talk = if at == 0 { &mut two.ada } else { &mut two.ben };
        talk.hear_until("It is starting again by itself.");
        two.renew_link(at);
        let ticket = r#"{"ticket":"alongside1test"}"#.to_owned();
        let told = two.wire.orders.lock().unwrap().contains(&ticket);
        assert_eq!(told, at == 1, "the guest's needs its ticket");
        let talk = if at == 0 { &mut two.ada } else { &mut two.ben };
        talk.hear_until("The line is back.");
    }
    two.ada.type_ahead(&["5"]);
    two.ben.hear_until("Type a number from 0 to 10.");
    two.ben.type_ahead(&["stop"]);
    two.ada.hear_until("Everything is paused.");
}

#[test]
fn a_host_or_a_guest_that_was_killed_is_back_without_new_words() {
    let mut two = Two::begun();
    two.ada.type_ahead(&["5"]);
    two.ben.hear_until("Type a number from 0 to 10.");
    for at in [0, 1] {
        assert!(two.keeps_line(at));
        let talk = if at == 0 { &mut two.ada } else { &mut two.ben };
        talk.kill();
        // Nobody holds the program's end any more.
        two.lose_link(at);
        let again = Talk::silent(two.seats[at].home.command(&["--plain", "resume"]));
        if at == 0 {
            two.ada = again;
            two.ada.hear_until("Go on here, on this one screen");
            two.renew_link(at);
            two.ben.hear_until("Are you both here?");
            two.ben.type_ahead(&[""]);
            two.ben.hear_until("How much strength");
            two.ada.hear_until("Ben answers this");
        } else {
            two.ben = again;
            two.ben.hear_until("Go on here, on this one screen");
            two.renew_link(at);
            two.ben.hear_until("How much strength");
        }
    }
    let said = two.wire.said();
    assert_eq!(said.matches(r#""hello""#).count(), 2, "{said}");
    // What was accepted before stands.
    two.ben.type_ahead(&["6"]);
    two.ben.hear_until("Only you see this.");
    two.ada.hear_until("Only you see this.");
    two.ben.type_ahead(&["stop"]);
    two.ada.hear_until("Finish for today");
    two.ada.type_ahead(&["4"]);
    two.ben.hear_until("a short closing");
    two.close_shortly();
    // Ben's own question, and not the one that Ada answers.
    two.ben.hear_until("Type a number from 0 to 10.");
    two.ben.type_ahead(&["pass"]);
    for talk in [&mut two.ada, &mut two.ben] {
        talk.hear_until("says yes, not chosen");
        talk.type_ahead(&["1"]);
    }
    for talk in [&mut two.ada, &mut two.ben] {
        talk.hear_until("2  Nothing from today");
        talk.type_ahead(&["1"]);
    }
    for talk in [&mut two.ada, &mut two.ben] {
        talk.hear_until("The outline is kept.");
    }
    for at in [0, 1] {
        assert!(!two.keeps_line(at), "it goes with the session");
    }
}
