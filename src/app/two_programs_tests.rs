//! Two whole programs but for their faces, each in its home, and between them the line of two real processes: pipes with
//! names, or with `LINK=/path/to/alongside-link` the real one on the loopback, or with `LINKS` one command for each side,
//! as a JSON list of two. `SEEDS=40` walks so many sessions of every script for two, from `SEED` on; `RELAY` names a relay.

use std::path::Path;
use std::process::Command;
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use super::*;
use crate::home::Setup;
use crate::joined::Desk;
use crate::rehearsal::{Chance, EVENING, pretend_begin};
use crate::script::{Script, Who, shipped};
use crate::session::setup::Length;
use crate::time::clock::TestClock;

/// What carries the line in place of the link.
const PIPES: &str = r#"
printf '{"ready":{"v":1}}\n{"again":"same"}\n'
[ "$3" = host ] && printf '{"ticket":"alongside1test"}\n'
printf '{"peer":{"id":1,"proof":"00112233445566778899aabbccddeeff"}}\n'
cat "$1/$2" &
[ "$2" = a ] && out=b || out=a
exec sed -un 's/^{"line":{"to":/{"line":{"from":/p' >"$1/$out"
"#;

/// How often something is waited for, 5 ms each time.
const MOST_WAITS: u32 = 12_000;

fn is_real() -> bool {
    std::env::var("LINK").or(std::env::var("LINKS")).is_ok()
}

fn link(at: usize, folder: &Path) -> Vec<String> {
    let words = |text: &str| text.split_whitespace().map(str::to_owned).collect();
    if let Ok(both) = std::env::var("LINKS") {
        let both: [String; 2] = serde_json::from_str(&both).expect("two commands");
        return words(&both[at]);
    }
    match std::env::var("LINK") {
        Ok(link) => ["sh", "-c", "exec \"$0\" \"$@\" --bind 127.0.0.1:0", &link]
            .map(str::to_owned)
            .to_vec(),
        Err(_) => {
            let script = folder.join("pipes.sh");
            std::fs::write(&script, PIPES).expect("a file");
            let own = if at == 0 { "a" } else { "b" };
            let (script, folder) = (script.to_string_lossy(), folder.to_string_lossy());
            ["sh", &script, &folder, own].map(str::to_owned).to_vec()
        }
    }
}

struct Two {
    programs: [Program; 2],
    clocks: [TestClock; 2],
    chances: [Chance; 2],
    woken: Receiver<()>,
    folder: tempfile::TempDir,
}

impl Two {
    fn met(script: &Script, seed: u64) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        for name in ["a", "b"] {
            let made = Command::new("mkfifo")
                .arg(folder.path().join(name))
                .status();
            assert!(made.expect("it runs").success());
        }
        let later = EVENING.later(Duration::from_secs(77));
        let clocks = [TestClock::new(EVENING), TestClock::new(later)];
        let (wakes, woken) = channel();
        let program = |at: usize| {
            let root = folder.path().join(at.to_string());
            let mut program = Program::at_the_door(&root, clocks[at].clone());
            program.settings.link = link(at, folder.path());
            program.remember(Memory::remember_notice);
            let wakes = wakes.clone();
            program.wakes_by(Some(Box::new(move || {
                let _ = wakes.send(());
            })));
            program
        };
        let programs = [program(0), program(1)];
        let chances = [1, 2].map(|at| Chance::new(seed.wrapping_mul(31).wrapping_add(at)));
        let mut two = Self {
            programs,
            clocks,
            chances,
            woken,
            folder,
        };
        two.join(script, seed);
        two
    }

    fn join(&mut self, script: &Script, seed: u64) {
        let begin = pretend_begin(script, script.minutes, seed, EVENING);
        let setup = Setup {
            script: script.name.clone(),
            people: begin.people.into_iter().take(2).collect(),
            length: Length::Minutes(script.minutes),
            first: Who(u8::try_from(seed % 2).expect("one of two")),
            wording: begin.wording,
        };
        let [host, guest] = &mut self.programs;
        let relay = std::env::var("RELAY").ok();
        host.host(setup, relay.as_deref())
            .expect("it can be hosted");
        let mut waited = 0;
        let ticket = loop {
            host.wake();
            let scene = host.scene();
            if let Some(ticket) = scene.list.first() {
                break ticket.words.as_str().to_owned();
            }
            if !is_real() {
                break "alongside1test".to_owned();
            }
            waited += 1;
            assert!(waited < MOST_WAITS, "{scene:?}");
            let _ = self.woken.recv_timeout(Duration::from_millis(5));
        };
        guest.join(&ticket).expect("it can join");
        while !self
            .programs
            .iter()
            .all(|one| matches!(one.activity, Activity::Session(_)))
        {
            for program in &mut self.programs {
                program.wake();
                let scene = program.scene();
                if matches!(program.activity, Activity::Joining(_))
                    && let Some(yes) = scene.choices.first()
                {
                    program.ask(yes.intent.clone()).expect("a yes");
                }
            }
            let scenes = self.programs.each_ref().map(Controller::scene);
            waited += 1;
            assert!(waited < MOST_WAITS, "{scenes:?}");
            let _ = self.woken.recv_timeout(Duration::from_millis(5));
        }
        self.settle("at the beginning");
    }

    fn running(&self, at: usize) -> &RunningSession {
        match &self.programs[at].activity {
            Activity::Session(running) => running,
            Activity::Home(_)
            | Activity::Grounding(_)
            | Activity::Records(_)
            | Activity::Notebook(_)
            | Activity::Joining(_) => panic!("no session"),
        }
    }

    /// Until nobody has more to say, and both have the same.
    fn settle(&mut self, told: &str) {
        for _ in 0..MOST_WAITS {
            for program in &mut self.programs {
                program.wake();
            }
            let sums = [0, 1].map(|at| self.running(at).session().sum());
            let quiet = [0, 1].iter().all(|at| self.running(*at).is_told());
            if quiet && sums[0] == sums[1] {
                return;
            }
            let _ = self.woken.recv_timeout(Duration::from_millis(5));
        }
        panic!(
            "{told}: {:?}",
            self.programs.each_ref().map(Controller::scene)
        );
    }

    fn act(&mut self, who: usize) {
        let scene = self.programs[who].scene();
        let intent = self.chances[who].pick(&scene);
        if !matches!(intent, Intent::Alone | Intent::Leave | Intent::Card) {
            let _ = self.programs[who].ask(intent);
        }
        // What lies over it is for other tests.
        self.programs[who].card = None;
    }

    fn are_closed(&self) -> bool {
        [0, 1].iter().all(|at| self.running(*at).is_closed())
    }
}

fn walk(script: &Script, seed: u64) {
    let told = format!("{} seed {seed}", script.name);
    let mut two = Two::met(script, seed);
    let mut dice = fastrand::Rng::with_seed(seed);
    let mut steps = 0;
    while !two.are_closed() {
        steps += 1;
        assert!(steps < 30_000, "{told} does not end");
        two.act(dice.usize(0..2));
        two.settle(&told);
        let by = Duration::from_millis(dice.u64(50..4_000));
        for clock in &two.clocks {
            clock.pass(by);
        }
        two.settle(&told);
    }
    let outlines = [0, 1].map(|at| two.running(at).session().outline().expect("closed").clone());
    let [host, guest] = &outlines;
    assert_eq!(
        (&host.turns, &host.loan, host.first, host.whole),
        (&guest.turns, &guest.loan, guest.first, guest.whole),
        "{told}"
    );
    for at in ["0", "1"] {
        let sessions = two.folder.path().join(at).join("state/alongside/sessions");
        let left = std::fs::read_dir(sessions).into_iter().flatten().flatten();
        let left: Vec<_> = left
            .map(|file| file.file_name())
            .filter(|name| name != "lock")
            .collect();
        assert!(left.is_empty(), "{told}: {left:?}");
    }
    println!(
        "{told}: closed after {steps} steps, turns of {:?}",
        host.turns
    );
    two.programs.iter_mut().for_each(|program| {
        if let Activity::Session(running) = &mut program.activity {
            running.say_goodbye();
        }
    });
}

/// Whole sessions over a line between processes: both have the same after every entry, close, and keep the same of it.
#[test]
fn two_programs_walk_whole_sessions_over_a_line_between_processes() {
    let seeds = std::env::var("SEEDS").ok().and_then(|n| n.parse().ok());
    let from = std::env::var("SEED")
        .ok()
        .and_then(|n| n.parse().ok())
        .unwrap_or(0);
    let pairs = |script: &&std::sync::Arc<Script>| script.people.takes(2);
    let few = ["standard-pair", "short-pair", "circle"];
    for seed in from..from + seeds.unwrap_or(1_u64) {
        for script in shipped().iter().filter(pairs) {
            if seeds.is_none() && !few.contains(&script.name.as_str()) {
                continue;
            }
            walk(script, seed);
        }
    }
}
