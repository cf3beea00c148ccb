//! What reading scripts costs: `cargo bench`. One line for each, the middle of many runs.
//!
//! A script at the limits (1 MiB, 2,000 steps) should cost at most twice what parsing its TOML costs, and all
//! shipped scripts together a few milliseconds.
#![allow(
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a benchmark reads the clock and says what it found"
)]

use std::hint::black_box;
use std::time::{Duration, Instant};

use alongside::script::{self, Library, MOST_BYTES, SHIPPED, Source};

/// The middle of many runs.
fn middle(runs: usize, mut run: impl FnMut()) -> Duration {
    let mut times: Vec<Duration> = (0..runs)
        .map(|_| {
            let begun = Instant::now();
            run();
            begun.elapsed()
        })
        .collect();
    times.sort();
    times.get(runs / 2).copied().unwrap_or_default()
}

/// A script of one turn with so many steps, filled up with remarks or with words to the largest size.
fn at_the_limit(words: bool) -> String {
    // `stop` and `mini-close` count, too.
    let steps = 1_900;
    let head = "format = 1\ntitle = \"t\"\nsummary = \"s\"\npeople = 1\nroles = [\"me\"]\nminutes = 10\nceiling = \"notice\"\n";
    let end = "[[stage]]\nkind = \"closing\"\ntitle = \"c\"\nminutes = 5\n[[stage.step]]\nall = \"x\"\nkeep = true\n";
    let line = match words {
        true => "Look around, slowly, and see where there is a little room. ",
        false => "",
    };
    let step = |at: usize| {
        let room = match words {
            true => "\\n".to_owned() + &line.repeat(2),
            false => String::new(),
        };
        let all = format!("Look.{}", room.repeat(3));
        format!(
            "[[stage.step]]\nid = \"step-{at}\"\nall = \"{all}\"\nanswers = [{{ says = \"on\" }}, {{ says = \"out\", to = \"done\" }}]\n"
        )
    };
    let steps: String = (0..steps).map(step).collect();
    let mut text =
        format!("{head}[[stage]]\nkind = \"together\"\ntitle = \"a\"\nminutes = 5\n{steps}{end}");
    while !words && text.len() + 81 < MOST_BYTES {
        text.push_str(&format!("#{}\n", "-".repeat(79)));
    }
    text.truncate(MOST_BYTES);
    text
}

fn limit(name: &str, text: &str) {
    let parse = middle(31, || {
        black_box(toml::de::DeTable::parse(black_box(text)).is_ok());
    });
    let check = middle(31, || {
        let source = Source::new("limit.toml", text);
        black_box(script::check("limit", source, &SHIPPED));
    });
    let found = script::check("limit", Source::new("limit.toml", text), &SHIPPED);
    println!(
        "{name}: {} bytes, {} problems; parse {parse:?}, check {check:?}, {:.2} times",
        text.len(),
        found.problems.len(),
        check.as_secs_f64() / parse.as_secs_f64()
    );
}

fn main() {
    limit("2,000 steps and remarks", &at_the_limit(false));
    limit("2,000 steps of words", &at_the_limit(true));
    let begun = Instant::now();
    let found = script::shipped().len();
    println!("{found} shipped scripts at start-up: {:?}", begun.elapsed());
    let shipped: Vec<&str> = SHIPPED.scripts();
    let all = middle(31, || {
        for name in &shipped {
            if let Some(source) = SHIPPED.script(name) {
                black_box(script::check(name, source, &SHIPPED));
            }
        }
    });
    println!(
        "{} shipped scripts, each on its own: {all:?}",
        shipped.len()
    );
}
