//! Two links on networks of their own, with a wire between them that is slow, loses packets and can be cut, or with
//! nothing between them but a relay. Needs root, `ip` and Python on Linux; elsewhere each test says so and ends.

use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use crate::program::{Link, SOON, command, meet, talk};
use serde_json::Value;

static NUMBER: AtomicU32 = AtomicU32::new(0);

/// Some networks; they are gone with this.
struct Networks {
    name: String,
    made: Vec<String>,
}

fn ip(words: &str) -> bool {
    let output = Command::new("ip").args(words.split_whitespace()).output();
    output.is_ok_and(|output| output.status.success())
}

impl Networks {
    /// Nothing where they can't be made.
    fn new() -> Option<Self> {
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let name = format!("al{}n{number}", std::process::id() % 100_000);
        let mut networks = Self {
            name,
            made: Vec::new(),
        };
        let python = Command::new("python3").arg("--version").output();
        let can = python.is_ok() && networks.add("a") && networks.add("b") && networks.add("m");
        if !can {
            println!("Not tried: this needs root, `ip netns` and Python.");
        }
        can.then_some(networks)
    }

    fn of(&self, which: &str) -> String {
        format!("{}{which}", self.name)
    }

    fn add(&mut self, which: &str) -> bool {
        let name = self.of(which);
        let made = ip(&format!("netns add {name}"));
        if made {
            self.made.push(name.clone());
        }
        made && ip(&format!("-n {name} link set lo up"))
    }

    fn within(&self, which: &str, words: &str) {
        let name = self.of(which);
        assert!(ip(&format!("-n {name} {words}")), "ip -n {name} {words}");
    }

    /// A cable from one network, with an address, to an interface of that name in the middle.
    fn cable(&self, which: &str, address: &str, end: &str) {
        let (from, to) = (self.of(which), self.of("m"));
        let made = ip(&format!(
            "link add eth0 netns {from} type veth peer name {end} netns {to}"
        ));
        assert!(made, "a cable");
        self.within(which, &format!("addr add {address} dev eth0"));
        self.within(which, "link set eth0 up");
        self.within("m", &format!("link set {end} up"));
        let plain = Command::new("ip")
            .args(["netns", "exec", &from, "python3"])
            .arg(here("plain.py"))
            .arg("eth0")
            .status();
        assert!(plain.is_ok_and(|status| status.success()), "checksums");
    }
}

impl Drop for Networks {
    fn drop(&mut self) {
        for name in &self.made {
            ip(&format!("netns del {name}"));
        }
    }
}

fn here(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/link/wire")
        .join(name)
}

/// A wire between both networks.
struct Wire {
    child: Child,
    stdin: ChildStdin,
    stdout: BufReader<ChildStdout>,
}

impl Wire {
    fn between(networks: &Networks, delay: u32, loss: u32) -> Self {
        networks.cable("a", "10.77.0.1/24", "one");
        networks.cable("b", "10.77.0.2/24", "two");
        let mut child = Command::new("ip")
            .args(["netns", "exec", &networks.of("m"), "python3"])
            .arg(here("wire.py"))
            .args(["one", "two", &delay.to_string(), &loss.to_string()])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("a wire");
        let stdin = child.stdin.take().expect("its stdin");
        let mut stdout = BufReader::new(child.stdout.take().expect("its stdout"));
        let mut line = String::new();
        stdout.read_line(&mut line).expect("it is ready");
        Self {
            child,
            stdin,
            stdout,
        }
    }

    fn say(&mut self, line: &str) {
        let line = format!("{line}\n");
        self.stdin.write_all(line.as_bytes()).expect("it listens");
    }

    fn count(&mut self) -> Value {
        self.say("count");
        let mut line = String::new();
        self.stdout.read_line(&mut line).expect("an answer");
        serde_json::from_str(&line).expect("JSON")
    }
}

impl Drop for Wire {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn host_in(networks: &Networks, words: &[&str]) -> (Link, String) {
    let mut command = command(Some(&networks.of("a")));
    command.arg("host").args(words);
    let mut host = Link::run(command);
    host.get("ready");
    let ticket = host.get("ticket").as_str().expect("a ticket").to_string();
    (host, ticket)
}

fn guest_in(networks: &Networks, ticket: &str, words: &[&str]) -> Link {
    let mut command = command(Some(&networks.of("b")));
    command.args(["join", ticket]).args(words);
    let mut guest = Link::run(command);
    guest.get("ready");
    guest
}

fn pair_in(networks: &Networks) -> (Link, Link, String) {
    let (mut host, ticket) = host_in(networks, &[]);
    let mut guest = guest_in(networks, &ticket, &[]);
    meet(&mut host, &mut guest);
    (host, guest, ticket)
}

/// How long a line takes, several times, in order of size.
fn delays(from: &mut Link, to: &mut Link, times: u32, pause: Duration) -> Vec<Duration> {
    let mut all = Vec::new();
    for number in 0..times {
        let began = Instant::now();
        from.send(1, &format!("STOP {number}"));
        assert_eq!(to.text(), format!("STOP {number}"));
        all.push(to.at - began);
        std::thread::sleep(pause);
    }
    all.sort();
    all
}

/// `TIMES=200`: how many lines are measured.
#[test]
fn a_line_is_as_late_as_the_wire_and_a_lost_packet() {
    let Some(networks) = Networks::new() else {
        return;
    };
    let mut wire = Wire::between(&networks, 150, 2);
    let (mut host, mut guest, _) = pair_in(&networks);
    let times = std::env::var("TIMES").map_or(10, |times| times.parse().expect("a number"));
    let pause = Duration::from_millis(if times > 10 { 400 } else { 20 });
    wire.count();
    let late = delays(&mut guest, &mut host, times, pause);
    let (middle, last) = (late[late.len() / 2], late[late.len() - 1]);
    println!("with 150 ms and 2 %: half within {middle:?}, the slowest of {times} {last:?}");
    assert!(middle < Duration::from_millis(250), "{middle:?}");
    // A lost packet is sent again: once, or twice in a row.
    assert!(last < Duration::from_millis(2500), "{last:?}");
}

#[test]
fn a_cut_of_ten_seconds_is_nothing_but_late() {
    let Some(networks) = Networks::new() else {
        return;
    };
    let mut wire = Wire::between(&networks, 5, 0);
    let (mut host, mut guest, _) = pair_in(&networks);
    for pause in [1, 8] {
        wire.say("cut");
        host.send(1, "into the gap");
        guest.quiet(Duration::from_secs(pause));
        wire.say("mend");
        assert_eq!(guest.text(), "into the gap");
        talk(&mut host, &mut guest);
    }
}

/// `CUT=40`: cuts for so long.
#[test]
fn a_long_cut_is_said_on_both_sides_and_mends_itself() {
    let Some(networks) = Networks::new() else {
        return;
    };
    let mut wire = Wire::between(&networks, 5, 0);
    let (mut host, mut guest, _) = pair_in(&networks);
    let cut = std::env::var("CUT").map_or(26, |cut| cut.parse().expect("seconds"));
    let began = Instant::now();
    wire.say("cut");
    for link in [&mut host, &mut guest] {
        link.get_within("down", SOON);
        let after = link.at - began;
        println!("down after {after:?}");
        assert!(after > Duration::from_secs(15) && after < Duration::from_secs(24));
    }
    std::thread::sleep(Duration::from_secs(cut).saturating_sub(began.elapsed()));
    let began = Instant::now();
    wire.say("mend");
    for link in [&mut host, &mut guest] {
        link.get_within("up", SOON);
        println!("up {:?} after the end of a cut of {cut} s", link.at - began);
    }
    talk(&mut host, &mut guest);
}

#[test]
fn a_guest_who_moves_is_hardly_missed_and_a_host_who_moves_is_found_again() {
    let Some(networks) = Networks::new() else {
        return;
    };
    let _wire = Wire::between(&networks, 5, 0);
    let (mut host, mut guest, _) = pair_in(&networks);
    for (which, old, new) in [("b", 2, 12), ("a", 1, 11)] {
        networks.within(which, &format!("addr add 10.77.0.{new}/24 dev eth0"));
        networks.within(which, &format!("addr del 10.77.0.{old}/24 dev eth0"));
        // Deleting the first address of a network may take the others with it.
        let _ = ip(&format!(
            "-n {} addr add 10.77.0.{new}/24 dev eth0",
            networks.of(which)
        ));
        let began = Instant::now();
        let mut known = [false, false];
        host.send(1, "after the move");
        loop {
            let line = guest.next(Duration::from_secs(60)).expect("it goes on");
            if !line["down"].is_null() {
                println!("{which} moved: down after {:?}", began.elapsed());
                known[0] = true;
            }
            if line["line"]["text"] == "after the move" {
                break;
            }
            // Whoever is down says it again after the line is up: here the test does.
            if !line["up"].is_null() {
                known[1] = true;
                host.find("up", SOON);
                host.send(1, "after the move");
            }
        }
        println!(
            "{which} moved: {:?}, down and up: {known:?}",
            began.elapsed()
        );
        guest.send(1, "and back");
        loop {
            let line = host.next(SOON).expect("it goes on");
            if line["line"]["text"] == "and back" {
                break;
            }
        }
    }
}

/// `MINUTES=2`: how long nobody says anything but the heartbeat of the programs.
#[test]
fn while_nobody_presses_a_key_little_is_on_the_wire() {
    let Some(networks) = Networks::new() else {
        return;
    };
    let Ok(minutes) = std::env::var("MINUTES") else {
        println!("Not measured: MINUTES=1 says for how long.");
        return;
    };
    let minutes: u32 = minutes.parse().expect("minutes");
    let mut wire = Wire::between(&networks, 5, 0);
    let (mut host, mut guest, _) = pair_in(&networks);
    std::thread::sleep(Duration::from_secs(20));
    for beats in [false, true] {
        wire.count();
        let end = Instant::now() + Duration::from_secs(60) * minutes;
        while Instant::now() < end {
            if beats {
                host.send(1, "{\"n\":1}");
                guest.send(1, "{\"n\":1}");
                host.text();
                guest.text();
            }
            std::thread::sleep(Duration::from_secs(5));
        }
        let count = wire.count();
        println!("{minutes} minutes, a line each way every 5 s: {beats}: {count}");
    }
}

#[cfg(feature = "relay")]
mod relay {
    use serde_json::json;

    use super::*;

    const URL: &str = "http://10.78.9.9:3340";

    /// Two networks that see nothing of each other; a relay that both see.
    fn relayed() -> Option<(Networks, Child)> {
        let networks = Networks::new()?;
        for (which, net, end) in [("a", 1, "one"), ("b", 2, "two")] {
            networks.cable(which, &format!("10.78.{net}.2/24"), end);
            networks.within("m", &format!("addr add 10.78.{net}.1/24 dev {end}"));
            networks.within(which, &format!("route add default via 10.78.{net}.1"));
        }
        networks.within("m", "addr add 10.78.9.9/32 dev lo");
        let name = networks.of("m");
        let program = Path::new(env!("CARGO_BIN_EXE_alongside-link"));
        let program = program.with_file_name("examples").join("relay");
        let mut relay = Command::new("ip")
            .args(["netns", "exec", &name])
            .arg(program)
            .arg("0.0.0.0:3340")
            .stdout(Stdio::piped())
            .spawn()
            .expect("a relay");
        let mut line = String::new();
        let stdout = relay.stdout.take().expect("its stdout");
        BufReader::new(stdout)
            .read_line(&mut line)
            .expect("it listens");
        Some((networks, relay))
    }

    #[test]
    fn two_who_do_not_see_each_other_meet_through_a_relay() {
        let Some((networks, mut relay)) = relayed() else {
            return;
        };
        let (mut host, ticket) = host_in(&networks, &["--relay", URL]);
        let mut stranger = guest_in(&networks, &ticket, &["--relay", "none"]);
        let mut guest = guest_in(&networks, &ticket, &[]);
        assert_eq!(guest.get("relay"), "10.78.9.9");
        guest.say(json!({ "dial": true }));
        meet(&mut host, &mut guest);
        talk(&mut host, &mut guest);
        let late = delays(&mut guest, &mut host, 20, Duration::ZERO);
        println!(
            "through a relay, without a delay of its own: half within {:?}",
            late[10]
        );
        // The relay goes away and comes back.
        let _ = relay.kill();
        let _ = relay.wait();
        host.send(1, "into the gap");
        guest.quiet(Duration::from_secs(2));
        // Without it the other guest never got anywhere.
        let gone = stranger.get_within("gone", Duration::from_secs(60));
        assert_eq!(gone["why"], "unreachable");
        assert_eq!(stranger.code(), Some(3));
    }

    #[test]
    fn a_relay_that_does_not_answer_is_said() {
        let Some((networks, mut relay)) = relayed() else {
            return;
        };
        let _ = relay.kill();
        let _ = relay.wait();
        let mut command = command(Some(&networks.of("a")));
        command.args(["host", "--relay", URL]);
        let mut host = Link::run(command);
        host.get("ready");
        assert_eq!(host.get("error"), "relay");
        assert_eq!(host.code(), Some(1));
    }
}
