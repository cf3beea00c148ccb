//! Two programs with a line between them that is this test, and does to every tenth message what lines do: it is cut,
//! messages come late, twice, in halves, with a megabyte or garbage before them; a program stands still; one end takes nothing,
//! or floods the other. Both are told, nothing that was accepted is lost, and the session closes.
//!
//! By itself a few of it run. `FAULT=cut-1,cut-10,cut-40,stands-still,reads-nothing` walks a whole session for each of
//! these at once; `TIMES=20` lets each strike so often, and not at every tenth message.
#![cfg(target_os = "linux")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a test that fails says so by panicking, a long one says what it did, and this one measures"
)]

mod common;

use std::fs;
use std::io::{BufRead, BufReader};
use std::process::Command;
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use common::Home;
use common::player::{Player, ledger};
use common::shuttle::{End, PEER, Shuttle, strangers_home};
use serde_json::{Value, json};

/// What is done to a line by itself.
const QUICK: [&str; 5] = ["reordered", "doubled", "truncated", "huge", "garbage"];
/// After so long without a word both are told; and a beat more.
const TOLD: Duration = Duration::from_secs(26);

/// The line of the test.
#[derive(Default)]
struct Wire {
    ends: Mutex<Vec<Arc<End>>>,
    /// What is done to every tenth line; one after the other.
    faults: Vec<String>,
    /// Whether anything is done to lines.
    ill: AtomicBool,
    seen: AtomicUsize,
    /// How often something was done.
    times: AtomicUsize,
    /// Whether a tenth line has passed since this was asked last.
    due: AtomicBool,
    cut: AtomicBool,
    /// Whose words are not taken from them.
    untaken: [AtomicBool; 2],
    /// What comes after the next one.
    back: [Mutex<Option<Value>>; 2],
    /// What was said last by each, and by which number.
    last: [AtomicU64; 2],
    orders: Mutex<Vec<(usize, String)>>,
}

impl Wire {
    fn pump(&self, at: usize, end: &End) {
        let from = end.from.lock().unwrap().take().unwrap();
        for line in BufReader::new(from).lines() {
            while self.untaken[at].load(Ordering::SeqCst) {
                thread::sleep(Duration::from_millis(20));
            }
            let Ok(line) = line else { return };
            let told: Value = serde_json::from_str(&line).unwrap();
            let Some(text) = told.get("line").map(|line| line["text"].clone()) else {
                self.orders.lock().unwrap().push((at, line));
                continue;
            };
            let said: Value = serde_json::from_str(text.as_str().unwrap()).unwrap_or_default();
            if let Some(n) = said["n"].as_u64() {
                self.last[at].store(n, Ordering::SeqCst);
            }
            if !self.cut.load(Ordering::SeqCst) {
                self.pass(at, text);
            }
        }
    }

    fn pass(&self, at: usize, text: Value) {
        let before = self.back[at].lock().unwrap().take();
        let seen = self.seen.fetch_add(1, Ordering::SeqCst);
        let tenth = seen % 10 == 9;
        if tenth {
            self.due.store(true, Ordering::SeqCst);
        }
        if !tenth || !self.ill.load(Ordering::SeqCst) {
            self.say(at, &text);
        } else {
            let which = self.times.fetch_add(1, Ordering::SeqCst) % self.faults.len();
            let whole = text.as_str().unwrap();
            match self.faults[which].as_str() {
                "reordered" => *self.back[at].lock().unwrap() = Some(text),
                "doubled" => {
                    self.say(at, &text);
                    self.say(at, &text);
                }
                "truncated" => self.say(at, &json!(whole[..whole.len() / 2])),
                // What is longer than a line may be ends the link that says it: a text of this length is the most.
                "huge" => {
                    self.say(at, &json!("x".repeat(60_000)));
                    self.say(at, &text);
                }
                "garbage" => self.say(at, &json!("{\"n\":null,\u{1b}[2J")),
                lasting => panic!("{lasting}"),
            }
        }
        if let Some(before) = before {
            self.say(at, &before);
        }
    }

    fn say(&self, at: usize, text: &Value) {
        let other = self.ends.lock().unwrap().get(1 - at).cloned();
        if let Some(other) = other {
            other.tell(&json!({"line": {"from": 1, "text": text}}).to_string());
        }
    }
}

/// Ada hosts, Ben is her guest.
struct Two {
    both: [Player; 2],
    wire: Arc<Wire>,
    _kept: ([tempfile::TempDir; 2], [Shuttle; 2]),
}

fn attach(wire: &Arc<Wire>, at: usize, end: &Arc<End>) {
    end.tell(r#"{"ready":{"v":1}}"#);
    end.tell(r#"{"again":"same"}"#);
    wire.ends.lock().unwrap().push(Arc::clone(end));
    let (wire, end) = (Arc::clone(wire), Arc::clone(end));
    thread::spawn(move || wire.pump(at, &end));
}

fn begun(faults: &[&str]) -> Two {
    let wire = Arc::new(Wire {
        faults: faults.iter().map(|&fault| fault.to_owned()).collect(),
        ..Wire::default()
    });
    let folders = [tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap()];
    let player = |home: Home, at: usize, arguments: &[&str]| {
        let shuttle = Shuttle::new(&home);
        let said = folders[at].path().join("said");
        (Player::new(home, said, arguments), shuttle)
    };
    let (mut ada, ada_end) = player(Home::known(), 0, &["--plain", "host", "standard-pair"]);
    for line in ["1", ""] {
        ada.type_line(line);
    }
    let host = ada_end.end();
    attach(&wire, 0, &host);
    host.tell(r#"{"ticket":"alongside1test"}"#);
    let (mut ben, ben_end) = player(strangers_home(), 1, &["--plain", "join", "alongside1test"]);
    let guest = ben_end.end();
    attach(&wire, 1, &guest);
    {
        let _nothing_crosses = wire.ends.lock().unwrap();
        host.tell(PEER);
        guest.tell(PEER);
    }
    for player in [&mut ada, &mut ben] {
        player.hear_until("they are different");
        player.type_line("1");
    }
    ben.hear_until("Begin?");
    ben.type_line("1");
    for player in [&ada, &ben] {
        player.hear_until("How much strength");
    }
    Two {
        both: [ada, ben],
        wire,
        _kept: (folders, [ada_end, ben_end]),
    }
}

impl Two {
    fn heard(&self) -> String {
        let both = self.both.each_ref().map(Player::heard);
        both.join("\n==========\n")
    }

    fn signal(&self, at: usize, name: &str) {
        let pid = self.both[at].child.id().to_string();
        let sent = Command::new("kill").args([name, &pid]).status();
        assert!(sent.unwrap().success());
    }

    /// How often each was told that the line has dropped.
    fn told(&self) -> [usize; 2] {
        let times = |player: &Player| player.heard().matches("The line dropped").count();
        self.both.each_ref().map(times)
    }

    /// Something that lasts strikes, and is over when this returns.
    fn suffer(&self, fault: &str, at: usize) {
        let before = self.told();
        let lasts = match fault {
            "cut-1" => Duration::from_secs(1),
            "cut-10" => Duration::from_secs(10),
            "cut-40" => Duration::from_secs(40),
            "stands-still" => Duration::from_secs(60),
            "reads-nothing" => Duration::from_secs(30),
            quick => panic!("{quick}"),
        };
        match fault {
            "stands-still" => self.signal(at, "-STOP"),
            "reads-nothing" => self.wire.untaken[at].store(true, Ordering::SeqCst),
            _ => self.wire.cut.store(true, Ordering::SeqCst),
        }
        thread::sleep(lasts);
        // Where a key was under way that closed it, there is nothing to be told any more.
        let open = self.both.iter().all(|player| !player.is_closed());
        if lasts >= TOLD && open {
            let now = self.told();
            for who in [0, 1] {
                // Who stands still is told afterwards.
                let can = fault != "stands-still" || who != at;
                assert!(!can || now[who] > before[who], "{fault}: {}", self.heard());
            }
        }
        match fault {
            "stands-still" => self.signal(at, "-CONT"),
            "reads-nothing" => self.wire.untaken[at].store(false, Ordering::SeqCst),
            _ => self.wire.cut.store(false, Ordering::SeqCst),
        }
        // Until both hear each other again, by themselves.
        thread::sleep(Duration::from_secs(12));
        self.wire.due.store(false, Ordering::SeqCst);
    }
}

/// A whole session, and what was done to it.
fn walk(faults: &[&str], seed: u64) {
    let mut two = begun(faults);
    let lasting = faults.iter().all(|fault| !QUICK.contains(fault));
    two.wire.ill.store(!lasting, Ordering::SeqCst);
    let most = std::env::var("TIMES").ok().and_then(|n| n.parse().ok());
    let most = most.unwrap_or(usize::MAX);
    let mut dice = fastrand::Rng::with_seed(seed);
    let (began, mut struck) = (Instant::now(), 0);
    while two.both.iter().any(|player| !player.is_closed()) {
        assert!(
            began.elapsed() < Duration::from_secs(7_200),
            "{faults:?}: {}",
            two.heard()
        );
        let at = dice.usize(0..2);
        let alone = two.both[1 - at].is_closed();
        if !two.both[at].is_closed() {
            let key = two.both[at].key(&mut dice, alone);
            two.both[at].type_line(key);
        }
        thread::sleep(Duration::from_millis(dice.u64(5..60)));
        if two.wire.due.swap(false, Ordering::SeqCst) && lasting && struck < most {
            let held = two.both[0].log();
            two.suffer(faults[struck % faults.len()], at);
            struck += 1;
            let now = two.both[0].log();
            assert!(now.is_empty() || now.starts_with(&held), "{faults:?}");
        }
    }
    for player in &mut two.both {
        player.type_line("");
    }
    let [ada, ben] = two.both.each_ref().map(|player| ledger(&player.home));
    assert!(
        ada.is_empty() || ben.is_empty() || ada == ben,
        "{faults:?}: {ada:?} {ben:?}"
    );
    let times = two.wire.times.load(Ordering::SeqCst).max(struck);
    println!(
        "{faults:?}: {times} times, closed after {:?}",
        began.elapsed()
    );
    assert!(times > 3, "{times}: {}", two.heard());
}

#[test]
fn whatever_happens_to_every_tenth_message_two_programs_close_the_same_session() {
    let Ok(faults) = std::env::var("FAULT") else {
        return walk(&QUICK, 1);
    };
    let walks = faults.split(',').map(|fault| {
        let fault = fault.to_owned();
        thread::spawn(move || walk(&[&fault], 2))
    });
    let walks: Vec<_> = walks.collect();
    for one in walks {
        one.join().unwrap();
    }
}

/// How much memory a program holds, in kB.
fn memory(player: &Player) -> u64 {
    let status = fs::read_to_string(format!("/proc/{}/status", player.child.id())).unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let words = line.unwrap().split_whitespace().next().unwrap();
    words.parse().unwrap()
}

/// From a line that is typed to its whole answer; the middle of several.
fn answered(player: &mut Player) -> Duration {
    let mut all: Vec<Duration> = (0..9)
        .map(|_| {
            let ends = |player: &Player| player.heard().matches("You can type: ").count();
            let before = ends(player);
            let began = Instant::now();
            player.type_line("again");
            while ends(player) == before {
                assert!(
                    began.elapsed() < Duration::from_secs(20),
                    "{}",
                    player.heard()
                );
                thread::sleep(Duration::from_millis(1));
            }
            began.elapsed()
        })
        .collect();
    all.sort();
    all[4]
}

/// The other end says as much as the line takes, whatever it is: keys are answered as before, and memory stays.
#[test]
fn who_floods_the_other_slows_no_key_and_fills_no_memory() {
    let mut two = begun(&[]);
    // Ben's program is heard no more: what the host hears as his is this.
    two.wire.cut.store(true, Ordering::SeqCst);
    thread::sleep(Duration::from_millis(300));
    let before = (answered(&mut two.both[0]), memory(&two.both[0]));
    let next = two.wire.last[1].load(Ordering::SeqCst) + 1;
    type Says = Box<dyn Fn(u64) -> String + Send>;
    let floods: [(&str, Says); 4] = [
        ("signs of life", Box::new(|_| ".".to_owned())),
        (
            "“say it again”",
            Box::new(|_| r#"{"again":true}"#.to_owned()),
        ),
        (
            "questions that are refused",
            Box::new(move |n| {
                let ask = json!({"ask": {"id": n + 1, "after": 0, "intent": "go-on"}});
                json!({"n": next + n, "m": ask}).to_string()
            }),
        ),
        ("garbage", Box::new(|n| format!("{{{n}"))),
    ];
    for (name, says) in floods {
        let over = Arc::new(AtomicBool::new(false));
        let said = Arc::new(AtomicU64::new(0));
        let (wire, end, count) = (Arc::clone(&two.wire), Arc::clone(&over), Arc::clone(&said));
        let flood = thread::spawn(move || {
            while !end.load(Ordering::SeqCst) {
                let n = count.fetch_add(1, Ordering::SeqCst);
                wire.say(1, &json!(says(n)));
            }
        });
        thread::sleep(Duration::from_millis(500));
        let key = answered(&mut two.both[0]);
        let most = (0..10).map(|_| {
            thread::sleep(Duration::from_millis(100));
            memory(&two.both[0])
        });
        let most = most.max().unwrap();
        over.store(true, Ordering::SeqCst);
        flood.join().unwrap();
        println!(
            "{} {name}: a key after {key:?} ({:?} without), {most} kB ({} before)",
            said.load(Ordering::SeqCst),
            before.0,
            before.1
        );
        assert!(most < before.1 + 8_000, "{name}: {most} kB");
        assert!(
            key < before.0 + Duration::from_millis(100),
            "{name}: {key:?}"
        );
    }
    // Who says nothing that can be read is put out, and that is told.
    let orders = || two.wire.orders.lock().unwrap().clone();
    let refused = (0, r#"{"refuse":{"id":1}}"#.to_owned());
    assert!(orders().contains(&refused), "{:?}", orders());
    two.both[0].hear_until("The line dropped");
}
