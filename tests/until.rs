//! When a session ends by the clock on the wall, on days on which clocks are put forward or back: the program by lines,
//! in zones that are made so that it is just that time there.
#![cfg(unix)]
#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test stops where it cannot go on, and asks what time it is"
)]

mod common;

use std::time::SystemTime;

use chrono::{DateTime, Datelike};
use common::way::Way;
use common::{Home, complaint, run};

const DAY: i64 = 86_400;

/// What clocks do on this day.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Clocks {
    Stay,
    /// At 02:00 it is 03:00.
    Forward,
    /// At 03:00 it is 02:00.
    Back,
}

/// A zone in which it is a little after this hour and minute now (POSIX `TZ`).
fn zone(hour: i64, minute: i64, clocks: Clocks) -> String {
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
    let now = i64::try_from(now.unwrap().as_secs()).unwrap();
    let wanted = hour * 3600 + minute * 60 + 1;
    // Seconds east of UTC, no more than half a day.
    let east = (wanted - now).rem_euclid(DAY);
    let east = if east > DAY / 2 { east - DAY } else { east };
    let said = |east: i64| {
        let (sign, west) = if east > 0 { ("-", east) } else { ("", -east) };
        format!(
            "{sign}{}:{:02}:{:02}",
            west / 3600,
            west / 60 % 60,
            west % 60
        )
    };
    let today = DateTime::from_timestamp(now + east, 0).unwrap();
    let n = i64::from(today.ordinal0());
    let other = (n + 180) % 360;
    match clocks {
        Clocks::Stay => format!("AAA{}", said(east)),
        Clocks::Forward => {
            let (winter, summer) = (said(east), said(east + 3600));
            format!("AAA{winter}BBB{summer},{n}/2,{other}/3")
        }
        Clocks::Back => {
            let (winter, summer) = (said(east - 3600), said(east));
            format!("AAA{winter}BBB{summer},{other}/2,{n}/3")
        }
    }
}

/// What is said where nothing begins.
fn refused(zone: &str, length: &[&str]) -> String {
    let home = Home::known();
    let mut command = home.command(&[&["start"], length].concat());
    command.env("TZ", zone);
    let output = run(command, &[]);
    assert_eq!(output.status.code(), Some(2), "{zone} {output:?}");
    complaint(&output)
}

/// The plan with this length.
fn plan(zone: &str, length: &[&str]) -> String {
    let home = Home::known();
    let arguments = [&["start", "standard-pair"], length, &["--plain"]].concat();
    let mut way = Way::new(&home, &arguments, zone);
    way.until("Ada goes first", &[]);
    let all = std::mem::take(&mut way.all);
    way.leave();
    all
}

#[test]
fn an_end_that_has_passed_is_said_and_the_range_is_that_of_minutes() {
    let said = refused(&zone(1, 2, Clocks::Stay), &["--until", "00:56"]);
    assert!(said.contains("0:56 has passed: it is 01:02 now"), "{said}");
    assert!(said.contains("between 01:13 and 03:02"), "{said}");
    for (until, why) in [("03:40", "more than 120"), ("01:05", "less than 10")] {
        let said = refused(&zone(1, 2, Clocks::Stay), &["--until", until]);
        assert!(said.contains(why), "{said}");
    }
    let all = plan(&zone(23, 30, Clocks::Stay), &["--until", "00:30"]);
    assert!(all.contains("until 0:30 tomorrow"), "{all}");
}

#[test]
fn on_a_day_on_which_clocks_change_minutes_are_minutes() {
    let forward = || zone(1, 30, Clocks::Forward);
    let said = refused(&forward(), &["--until", "02:30"]);
    assert!(
        said.contains("no 02:30") && said.contains("clocks skip it"),
        "{said}"
    );
    // An hour from half past one is half past three.
    for length in [&["--minutes", "60"], &["--until", "03:31"]] {
        let all = plan(&forward(), length);
        assert!(
            all.contains("03:30: the end") || all.contains("03:31: the end"),
            "{all}"
        );
        assert!(all.contains("Ada's turn, 18 minutes"), "{all}");
    }
    // And an hour from half past two is half past two, the second time.
    let back = || zone(2, 30, Clocks::Back);
    let all = plan(&back(), &["--minutes", "60"]);
    assert!(all.contains("02:30: the end"), "{all}");
    let all = plan(&back(), &["--until", "02:31"]);
    assert!(
        all.contains("until 02:31, after the clocks have gone back"),
        "{all}"
    );
}
