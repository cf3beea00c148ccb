//! How light the program is beside the least that a clock in a terminal can be: `cargo bench --bench feel`.
//!
//! That least is `examples/minimal-clock`. Both run in terminals of their own, by turns, so that whatever else the
//! machine does falls on both; what counts are the ratios, which are the last lines. `docs/speed.md` says how to read
//! them. It takes about eight minutes; `cargo bench --bench feel -- two-terminals` measures only a key of one's own there.
#![allow(
    clippy::print_stdout,
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a benchmark reads the clock, says what it found, and stops where it can't go on"
)]

#[cfg(target_os = "linux")]
mod run;

#[cfg(not(target_os = "linux"))]
fn main() {
    println!("What a program costs is read from /proc, which only Linux has.");
}

#[cfg(target_os = "linux")]
fn main() {
    linux::main();
}

#[cfg(target_os = "linux")]
fn parser() -> vt100::Parser {
    let size = |n| std::num::NonZeroU16::new(n).expect("it is not zero");
    vt100::Parser::new(size(24), size(80), 0)
}

#[cfg(target_os = "linux")]
mod linux {
    use std::fs;
    use std::path::{Path, PathBuf};
    use std::process::Command;
    use std::thread;
    use std::time::{Duration, Instant};

    use super::run::{Program, Run, has};

    const PROGRAM: &str = env!("CARGO_BIN_EXE_alongside");
    const SCRIPT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/benches/feel/measured.toml");
    /// How often both are started, and how often a key is pressed in both.
    const ROUNDS: usize = 25;
    /// The same key sooner may be one that is held down, which is waited out.
    const APART: Duration = Duration::from_millis(2_100);
    /// How long clocks are looked at.
    const WATCHED: Duration = Duration::from_secs(60);

    /// What was measured, and how it compares.
    struct Figures {
        ratios: Vec<String>,
    }

    impl Figures {
        /// A figure of both, and how many times as much it is at most to be.
        fn both(&mut self, name: &str, unit: &str, (least, ours): (f64, f64), most: f64) {
            let ratio = ours / least;
            let line = format!(
                "{name:<42} {least:>9.2} {ours:>9.2} {unit:<4} {ratio:>6.2} times (to reach: {most})"
            );
            self.ratios.push(line);
        }

        fn print(&self) {
            println!("\n{:<42} {:>9} {:>9}", "", "minimal", "alongside");
            for line in &self.ratios {
                println!("{line}");
            }
        }

        /// A figure of ours alone.
        fn ours(&mut self, name: &str, unit: &str, ours: f64, most: &str) {
            let line = format!(
                "{name:<42} {:>9} {ours:>9.2} {unit:<4} (to reach: {most})",
                ""
            );
            self.ratios.push(line);
        }
    }

    fn ms(time: Duration) -> f64 {
        time.as_secs_f64() * 1_000.0
    }

    fn middle(mut all: Vec<f64>) -> f64 {
        all.sort_by(f64::total_cmp);
        all.get(all.len() / 2).copied().unwrap_or_default()
    }

    pub fn main() {
        let homes = tempfile::tempdir().expect("a folder");
        let mut figures = Figures { ratios: Vec::new() };
        if std::env::args().any(|word| word == "two-terminals") {
            at_two_terminals(&mut figures, homes.path());
            return figures.print();
        }
        let Some(clock) = minimal_clock() else {
            println!("The minimal clock can't be built, so that there is nothing to compare with.");
            return;
        };
        let least = program(homes.path(), &[clock.to_string_lossy().as_ref()]);
        let ours = program(homes.path(), &[PROGRAM, "rehearse", SCRIPT, "--speed", "1"]);
        starts(&mut figures, &least, &ours);
        keys(&mut figures, &least, &ours);
        clocks(&mut figures, &least, &ours);
        let size = |path: &Path| fs::metadata(path).map_or(0.0, |of| of.len() as f64 / 1e6);
        let sizes = (size(&clock), size(Path::new(PROGRAM)));
        figures.ours("binary", "MB", sizes.1, "4.0");
        instructions(&mut figures, homes.path(), &least, &ours);
        at_two_terminals(&mut figures, homes.path());
        // Last, because it leaves a session that can be gone on with, which every start then looks at.
        logged(&mut figures, homes.path());
        figures.print();
    }

    /// The minimal clock, built as the program is.
    fn minimal_clock() -> Option<PathBuf> {
        let folder = Path::new(PROGRAM).parent()?;
        let profile = match folder.file_name()?.to_str()? {
            "debug" => "dev",
            other => other,
        };
        let build = ["build", "--quiet", "--locked", "--example", "minimal-clock"];
        let mut cargo = Command::new(env!("CARGO"));
        cargo.args(build).args(["--profile", profile]);
        let built = cargo.current_dir(env!("CARGO_MANIFEST_DIR")).status();
        let clock = folder.join("examples/minimal-clock");
        (built.is_ok_and(|status| status.success()) && clock.exists()).then_some(clock)
    }

    /// A program in a home in which the first page was read.
    fn program(homes: &Path, words: &[&str]) -> Program {
        let home = homes.join("home");
        let data = home.join("XDG_DATA_HOME/alongside");
        fs::create_dir_all(home.join("HOME")).expect("a folder");
        fs::create_dir_all(&data).expect("a folder");
        let people = data.join("people.toml");
        if !people.exists() {
            fs::write(people, "format = 1\nseen-notice = true\n").expect("a file");
        }
        Program {
            words: words.iter().map(|word| (*word).to_owned()).collect(),
            home,
        }
    }

    fn starts(figures: &mut Figures, least: &Program, ours: &Program) {
        let (mut frames, mut spent) = ([Vec::new(), Vec::new()], [Vec::new(), Vec::new()]);
        for _ in 0..ROUNDS {
            for (n, program) in [least, ours].into_iter().enumerate() {
                let mut run = Run::of(program);
                frames[n].push(ms(run.first_frame()));
                spent[n].push(ms(run.cpu()));
                run.end();
            }
        }
        figures.both("first frame", "ms", pair(frames), 1.5);
        figures.both("CPU until the first frame", "ms", pair(spent), 1.8);
    }

    fn pair([least, ours]: [Vec<f64>; 2]) -> (f64, f64) {
        (middle(least), middle(ours))
    }

    fn keys(figures: &mut Figures, least: &Program, ours: &Program) {
        let (mut frames, mut spent) = ([Vec::new(), Vec::new()], [Vec::new(), Vec::new()]);
        let mut runs = [(Run::of(least), "n"), (Run::of(ours), "t")];
        for (run, _) in &mut runs {
            run.first_frame();
        }
        // Twice through all four ways of showing the clock before it counts.
        for round in 0..ROUNDS + 8 {
            for (n, (run, key)) in runs.iter_mut().enumerate() {
                let (frame, cpu) = run.key(key);
                if round >= 8 {
                    frames[n].push(ms(frame));
                    spent[n].push(ms(cpu));
                }
            }
            thread::sleep(APART);
        }
        runs.into_iter().for_each(|(run, _)| run.end());
        figures.both(
            "key to frame, a key that is not logged",
            "ms",
            pair(frames),
            1.1,
        );
        figures.both("CPU for a key", "ms", pair(spent), 1.2);
    }

    /// What carries the line in place of the link: two pipes with names.
    const PIPES: &str = r#"
printf '{"ready":{"v":1}}\n{"again":"same"}\n'
[ "$3" = host ] && printf '{"ticket":"alongside1test"}\n'
printf '{"peer":{"id":1,"proof":"00112233445566778899aabbccddeeff"}}\n'
cat "$1/$2" &
[ "$2" = a ] && out=b || out=a
exec sed -un 's/^{"line":{"to":/{"line":{"from":/p' >"$1/$out"
"#;

    /// A key of one's own in a session at two terminals, at each of them, beside the same key in one without a line.
    fn at_two_terminals(figures: &mut Figures, homes: &Path) {
        let script = homes.join("pipes.sh");
        fs::write(&script, PIPES).expect("a file");
        for name in ["a", "b"] {
            let made = Command::new("mkfifo").arg(homes.join(name)).status();
            assert!(made.expect("it runs").success());
        }
        let seat = |end: &str, words: &[&str]| {
            let seat = program(&homes.join(format!("seat-{end}")), words);
            let config = seat.home.join("XDG_CONFIG_HOME/alongside");
            fs::create_dir_all(&config).expect("a folder");
            let (script, homes) = (script.display(), homes.display());
            let link = format!("link = [\"sh\", \"{script}\", \"{homes}\", \"{end}\"]\n");
            fs::write(config.join("settings.toml"), link).expect("a file");
            seat
        };
        let host = seat("a", &[PROGRAM, "host", "standard-pair"]);
        let people = host.home.join("XDG_DATA_HOME/alongside/people.toml");
        let circle = "format = 1\nseen-notice = true\n\n[[circle]]\nnames = [\"Ada\", \"Ben\"]\n";
        let circle = format!("{circle}script = \"standard-pair\"\nminutes = 60\n");
        fs::write(people, circle).expect("a file");
        let guest = seat("b", &[PROGRAM, "join", "alongside1test"]);
        let alone = program(
            homes,
            &[PROGRAM, "rehearse", "standard-pair", "--speed", "1"],
        );
        let mut host = Run::of(&host);
        host.until("Ada and Ben");
        host.send("1");
        host.until("make a ticket");
        host.send("\r");
        let mut guest = Run::of(&guest);
        for run in [&mut host, &mut guest] {
            run.until("different");
            run.send("1");
        }
        guest.until("Begin?");
        // What is a yes waits until its page was seen to the end: it reads on first.
        guest.settle();
        guest.send("\r");
        guest.settle();
        guest.send("1");
        let mut runs = [Run::of(&alone), host, guest];
        for run in &mut runs {
            run.until("How much strength");
        }
        let mut frames = [Vec::new(), Vec::new(), Vec::new()];
        for round in 0..ROUNDS + 8 {
            // Whoever is first after a pause has the cold of the machine: by turns.
            for n in (0..3).map(|at| (at + round) % 3) {
                let (frame, _) = runs[n].key("t");
                if round >= 8 {
                    frames[n].push(ms(frame));
                }
            }
            thread::sleep(APART);
        }
        runs.into_iter().for_each(Run::end);
        let [alone, host, guest] = frames.map(middle);
        figures.both(
            "own key to frame, a host (no line: left)",
            "ms",
            (alone, host),
            1.2,
        );
        figures.both(
            "own key to frame, a guest (no line: left)",
            "ms",
            (alone, guest),
            1.2,
        );
    }

    /// What is pressed before a clock is looked at, what is seen then, and what it is called.
    const CLOCKS: [(&str, &[&str]); 6] = [
        ("seconds", &[]),
        ("big digits", &["\r", "\r"]),
        ("a bar", &["t"]),
        ("hidden", &["t", "t"]),
        ("minutes", &["t", "t", "t"]),
        ("paused", &[" "]),
    ];

    struct Watched {
        cpu: f64,
        wakes: f64,
        bytes: f64,
        memory: f64,
    }

    /// Looks at all of them during the same time.
    fn clocks(figures: &mut Figures, least: &Program, ours: &Program) {
        let mut watched = vec![thread::spawn({
            let least = least.clone();
            move || watch(&least, &[])
        })];
        for (_, keys) in CLOCKS {
            let ours = ours.clone();
            watched.push(thread::spawn(move || watch(&ours, keys)));
        }
        let mut all = watched
            .into_iter()
            .map(|one| one.join().expect("it was watched"));
        let least = all.next().expect("the minimal clock");
        for ((name, _), ours) in CLOCKS.into_iter().zip(all) {
            let (bytes, wakes) = match name {
                "seconds" => (1.0, "1"),
                "big digits" => (1.5, "1"),
                "minutes" => (0.0, "0.02"),
                "a bar" => (0.0, "as often as it moves"),
                _ => (0.0, "0"),
            };
            if bytes > 0.0 {
                let cpu = format!("CPU for a second, {name}");
                figures.both(&cpu, "ms", (least.cpu, ours.cpu), 1.0);
                let written = format!("bytes for a second, {name}");
                figures.both(&written, "B", (least.bytes, ours.bytes), bytes);
            }
            figures.ours(
                &format!("wake-ups for a second, {name}"),
                "",
                ours.wakes,
                wakes,
            );
            if name == "seconds" {
                figures.both("memory", "MB", (least.memory, ours.memory), 2.0);
            }
        }
    }

    fn watch(program: &Program, keys: &[&str]) -> Watched {
        let mut run = Run::of(program);
        run.first_frame();
        for key in keys {
            thread::sleep(APART);
            run.key(key);
        }
        run.watch(Duration::from_secs(1));
        let (cpu, wakes, begun) = (run.cpu(), run.wakes(), Instant::now());
        let bytes = run.watch(WATCHED);
        let seconds = begun.elapsed().as_secs_f64();
        let watched = Watched {
            cpu: ms(run.cpu().saturating_sub(cpu)) / seconds,
            wakes: (run.wakes() - wakes) as f64 / seconds,
            bytes: bytes as f64 / seconds,
            memory: run.memory() as f64 / 1_000.0,
        };
        run.end();
        watched
    }

    /// Whether a session goes on: it can be paused.
    fn goes_on(run: &Run) -> bool {
        run.shows().to_lowercase().contains("space pause")
    }

    /// A session that is going on, in which going on and back is logged.
    fn begun(program: &Program) -> Run {
        let mut run = Run::of(program);
        run.first_frame();
        for keys in ["Ada\r", "\r", "\r", "\r", "\r", "\r"] {
            if goes_on(&run) {
                break;
            }
            thread::sleep(APART);
            run.key(keys);
        }
        assert!(goes_on(&run), "{}", run.shows());
        run
    }

    /// A key that is logged: from the key over the disk to the frame.
    fn logged(figures: &mut Figures, homes: &Path) {
        let ours = program(homes, &[PROGRAM, "start", SCRIPT]);
        let mut run = begun(&ours);
        let times = (0..ROUNDS).map(|_| {
            thread::sleep(APART);
            ms(run.key("t").0)
        });
        let time = middle(times.collect());
        run.end();
        figures.ours(
            "key to disk to frame",
            "ms",
            time,
            "1.0 beside a disk's own time",
        );
        if !has("strace") {
            println!("Without strace nobody counts how often a key waits for the disk.");
            return;
        }
        let trace = homes.join("trace");
        let words = ["strace", "-f", "-T", "-e", "trace=fdatasync,fsync", "-o"];
        let mut words: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
        words.push(trace.to_string_lossy().into_owned());
        fs::remove_dir_all(ours.home.join("XDG_STATE_HOME")).expect("a folder");
        let mut run = begun(&ours.under(&words));
        let before = syncs(&trace).len();
        for _ in 0..10 {
            thread::sleep(APART);
            run.key("t");
        }
        let waits = syncs(&trace).split_off(before);
        run.end();
        figures.ours(
            "waits for the disk for a logged key",
            "",
            waits.len() as f64 / 10.0,
            "1",
        );
        figures.ours("such a wait", "ms", middle(waits), "a disk's own time");
    }

    /// How long each wait for the disk took, in milliseconds.
    fn syncs(trace: &Path) -> Vec<f64> {
        let text = fs::read_to_string(trace).unwrap_or_default();
        let took = |line: &str| {
            let (_, took) = line.rsplit_once('<')?;
            Some(took.trim_end_matches('>').parse::<f64>().ok()? * 1_000.0)
        };
        let lines = text
            .lines()
            .filter(|line| line.contains("sync(") || line.contains("resumed"));
        lines.filter_map(took).collect()
    }

    fn instructions(figures: &mut Figures, homes: &Path, least: &Program, ours: &Program) {
        if !has("valgrind") {
            println!("Without valgrind no instructions are counted; times alone wobble.");
            return;
        }
        let count = |program: &Program, key: &str, keys: usize, time: Duration| {
            let file = homes.join("counted");
            let under = ["valgrind", "--tool=callgrind", "--quiet"].map(str::to_owned);
            let out = format!("--callgrind-out-file={}", file.display());
            let words = under.into_iter().chain([out]).collect::<Vec<_>>();
            let mut run = Run::of(&program.under(&words));
            run.first_frame();
            for _ in 0..keys {
                thread::sleep(APART);
                run.key(key);
            }
            run.watch(time);
            run.end();
            let text = fs::read_to_string(&file).unwrap_or_default();
            let total = text.lines().find_map(|line| line.strip_prefix("totals: "));
            total
                .and_then(|n| n.trim().parse::<f64>().ok())
                .unwrap_or(f64::NAN)
                / 1e6
        };
        let (still, ten) = (Duration::ZERO, Duration::from_secs(10));
        let each = [(least, "n"), (ours, "t")].map(|(program, key)| {
            let start = count(program, key, 0, still);
            let pressed = count(program, key, 12, still);
            let passed = count(program, key, 0, ten);
            [start, (pressed - start) / 12.0, (passed - start) / 10.0]
        });
        for (n, name) in ["a start", "a key", "a second"].into_iter().enumerate() {
            let name = format!("instructions for {name}");
            figures.both(&name, "M", (each[0][n], each[1][n]), 1.0);
        }
    }
}
