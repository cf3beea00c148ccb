//! Two whole programs or more but for their faces, each in its home, and between them the line of real processes: pipes
//! with names for two, or with `LINK=/path/to/alongside-link` the real one on the loopback, or with `LINKS` one command for
//! each, as a JSON list. `SEEDS=40` walks so many sessions of every script for two, and over the real one of every script for
//! three as well, from `SEED` on; `SCRIPT` names one of them, `RELAY` a relay.

use std::path::Path;
use std::process::Command;
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use super::*;
use crate::home::Setup;
use crate::joined::Desk;
use crate::rehearsal::{Chance, EVENING, pretend_begin};
use crate::script::{Script, Who, shipped};
use crate::session::scene::{Scene, SceneMood};
use crate::session::setup::{Begin, Length};
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
        let all: Vec<String> = serde_json::from_str(&both).expect("commands");
        return words(&all[at]);
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

struct Several {
    programs: Vec<Program>,
    clocks: Vec<TestClock>,
    chances: Vec<Chance>,
    woken: Receiver<()>,
    folder: tempfile::TempDir,
}

impl Several {
    fn met(script: &Script, seed: u64) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        for name in ["a", "b"] {
            let made = Command::new("mkfifo")
                .arg(folder.path().join(name))
                .status();
            assert!(made.expect("it runs").success());
        }
        let begin = pretend_begin(script, script.minutes, seed, EVENING);
        let many = begin.people.len().min(3);
        let later = |at: u64| EVENING.later(Duration::from_secs(77 * at));
        let clocks: Vec<TestClock> = (0..)
            .map(|at| TestClock::new(later(at)))
            .take(many)
            .collect();
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
        let programs = (0..many).map(program).collect();
        let chance = |at| Chance::new(seed.wrapping_mul(31).wrapping_add(at));
        let chances = (1..).map(chance).take(many).collect();
        let mut all = Self {
            programs,
            clocks,
            chances,
            woken,
            folder,
        };
        all.join(script, begin, seed);
        all
    }

    fn join(&mut self, script: &Script, begin: Begin, seed: u64) {
        let many = self.programs.len();
        let setup = Setup {
            script: script.name.clone(),
            people: begin.people.into_iter().take(many).collect(),
            length: Length::Minutes(script.minutes),
            first: Who(u8::try_from(seed % 2).expect("one of two")),
            wording: begin.wording,
        };
        let (host, guests) = self.programs.split_first_mut().expect("a host");
        let relay = std::env::var("RELAY").ok();
        host.host(setup, relay.as_deref())
            .expect("it can be hosted");
        let mut waited = 0;
        let ticket = loop {
            host.wake();
            let scene = host.scene();
            let lines = scene.list.iter().map(|item| &item.words);
            let mut lines = lines.chain(&scene.prompt).map(SafeText::as_str);
            if let Some(ticket) = lines.find(|line| line.starts_with("alongside1")) {
                break ticket.to_owned();
            }
            if !is_real() {
                break "alongside1test".to_owned();
            }
            waited += 1;
            assert!(waited < MOST_WAITS, "{scene:?}");
            let _ = self.woken.recv_timeout(Duration::from_millis(5));
        };
        for guest in guests {
            guest.join(&ticket).expect("it can join");
        }
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
            waited += 1;
            assert!(waited < MOST_WAITS, "{:?}", self.scenes());
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
            let sum = self.running(0).session().sum();
            let same = |at| self.running(at).is_told() && self.running(at).session().sum() == sum;
            if (0..self.programs.len()).all(same) {
                return;
            }
            let _ = self.woken.recv_timeout(Duration::from_millis(5));
        }
        panic!("{told}: {:?}", self.scenes());
    }

    fn scenes(&self) -> Vec<Scene> {
        self.programs.iter().map(Controller::scene).collect()
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

    /// All machines sleep for an hour: everybody is told, and nobody's time is used.
    fn sleep(&mut self, told: &str) {
        let timed = self.programs[0].scene().clock.is_some();
        for clock in &self.clocks {
            clock.pass(Duration::from_secs(3_600));
        }
        self.settle(told);
        for scene in self.scenes().into_iter().filter(|_| timed) {
            // Where it is about somebody's safety nothing comes between: the words stay, and the clock stands.
            let held = scene.clock.as_ref().is_some_and(|clock| clock.held);
            let stands = matches!(scene.mood, SceneMood::Held | SceneMood::Neutral);
            assert!(stands || held, "{told}: {scene:?}");
        }
    }

    fn are_closed(&self) -> bool {
        (0..self.programs.len()).all(|at| self.running(at).is_closed())
    }
}

fn walk(script: &Script, seed: u64) {
    let told = format!("{} seed {seed}", script.name);
    let mut all = Several::met(script, seed);
    let many = all.programs.len();
    let mut dice = fastrand::Rng::with_seed(seed);
    let mut steps = 0;
    while !all.are_closed() {
        steps += 1;
        assert!(steps < 30_000, "{told} does not end");
        all.act(dice.usize(0..many));
        all.settle(&told);
        let by = Duration::from_millis(dice.u64(50..4_000));
        for clock in &all.clocks {
            clock.pass(by);
        }
        all.settle(&told);
        if steps == 30 && !all.are_closed() {
            all.sleep(&told);
        }
    }
    let outline = |at| all.running(at).session().outline().expect("closed").clone();
    let host = outline(0);
    let hour = host.turns.iter().any(|turn| *turn >= 3_600_000);
    assert!(!hour, "{told}: {:?}", host.turns);
    for guest in (1..many).map(outline) {
        assert_eq!(
            (&host.turns, &host.loan, host.first, host.whole),
            (&guest.turns, &guest.loan, guest.first, guest.whole),
            "{told}"
        );
    }
    for at in 0..many {
        let sessions = all.folder.path().join(at.to_string());
        let sessions = sessions.join("state/alongside/sessions");
        let left = std::fs::read_dir(sessions).into_iter().flatten().flatten();
        let left: Vec<_> = left
            .map(|file| file.file_name())
            .filter(|name| name != "lock")
            .collect();
        assert!(left.is_empty(), "{told}: {left:?}");
    }
    println!(
        "{told}: {many} closed after {steps} steps, turns of {:?}",
        host.turns
    );
    all.programs.iter_mut().for_each(|program| {
        if let Activity::Session(running) = &mut program.activity {
            running.say_goodbye();
        }
    });
}

/// Whole sessions over a line between processes: all have the same after every entry, close, and keep the same of it.
#[test]
fn programs_walk_whole_sessions_over_a_line_between_processes() {
    let number = |name: &str| std::env::var(name).ok().and_then(|n| n.parse().ok());
    let (seeds, from) = (number("SEEDS"), number("SEED").unwrap_or(0));
    let only = std::env::var("SCRIPT").ok();
    // The pipes have two ends.
    let fits = |script: &&std::sync::Arc<Script>| {
        let named = only.as_ref().is_none_or(|only| *only == script.name);
        named && (script.people.takes(2) || (is_real() && script.people.takes(3)))
    };
    let few = ["standard-pair", "short-pair", "circle"];
    for seed in from..from + seeds.unwrap_or(1_u64) {
        for script in shipped().iter().filter(fits) {
            if seeds.is_none() && !few.contains(&script.name.as_str()) {
                continue;
            }
            walk(script, seed);
        }
    }
}
