//! Two links on one machine, as the two programs beside them see it.

use std::process::Command;
use std::time::{Duration, Instant};

use crate::program::{Link, SOON, guest, host, meet, pair, talk};
use crate::ticket::Ticket;
use serde_json::{Value, json};

const MOMENT: Duration = Duration::from_millis(300);

#[test]
fn a_line_goes_there_and_back() {
    let (mut host, mut guest, _) = pair();
    talk(&mut host, &mut guest);
    // Whatever is in it, and as long as a line may be.
    for text in ["", "two\nlines", "\u{0}\u{1b}[31mü🙂", &"a".repeat(65_000)] {
        host.send(1, text);
        assert_eq!(guest.text(), text);
    }
}

#[test]
fn lines_keep_their_order_in_both_directions() {
    let (mut host, mut guest, _) = pair();
    for number in 0..2000 {
        host.send(1, &format!("h{number}"));
        guest.send(1, &format!("g{number}"));
    }
    for number in 0..2000 {
        assert_eq!(guest.text(), format!("h{number}"));
        assert_eq!(host.text(), format!("g{number}"));
    }
}

#[test]
fn a_ticket_may_come_on_stdin() {
    let (mut host, ticket) = host(&[]);
    let mut guest = guest("-", &[]);
    guest.say(json!({ "ticket": format!(" {}\n", ticket.to_uppercase()) }));
    meet(&mut host, &mut guest);
    talk(&mut host, &mut guest);
}

#[test]
fn with_a_wrong_secret_nobody_is_in_and_the_host_hears_nothing() {
    let (mut host, ticket) = host(&[]);
    let mut wrong = Ticket::parse(&ticket).expect("a ticket");
    wrong.secret[0] ^= 1;
    let mut stranger = guest(&wrong.encode(), &[]);
    assert_eq!(stranger.get("gone"), json!({ "id": 1, "why": "secret" }));
    // It ends although its stdin stands open.
    assert_eq!(stranger.code(), Some(3));
    host.quiet(MOMENT);
    let mut guest = guest(&ticket, &[]);
    meet(&mut host, &mut guest);
}

#[test]
fn one_place_is_for_one_guest() {
    let (mut host, ticket) = host(&["--guests", "1"]);
    let mut first = guest(&ticket, &[]);
    meet(&mut host, &mut first);
    let mut second = guest(&ticket, &[]);
    assert_eq!(second.get("gone"), json!({ "id": 1, "why": "used" }));
    assert_eq!(second.code(), Some(3));
    host.quiet(MOMENT);
    talk(&mut host, &mut first);
}

#[test]
fn a_door_that_was_shut_stays_shut_until_it_is_opened() {
    let (mut host, mut first, ticket) = pair();
    host.say(json!({ "shut": true }));
    let mut second = guest(&ticket, &[]);
    assert_eq!(second.get("gone")["why"], "used");
    host.say(json!({ "open": true }));
    let mut third = guest(&ticket, &[]);
    assert_eq!(host.get("peer")["id"], 2);
    third.get("peer");
    third.send(1, "from the third");
    assert_eq!(
        host.get("line"),
        json!({ "from": 2, "text": "from the third" })
    );
    host.send(2, "to the third");
    assert_eq!(third.text(), "to the third");
    talk(&mut host, &mut first);
    assert_eq!(guest(&ticket, &[]).get("gone")["why"], "used");
}

#[test]
fn two_who_come_at_once_are_not_both_in() {
    let (mut host, ticket) = host(&["--guests", "1"]);
    let mut guests = [guest(&ticket, &[]), guest(&ticket, &[])];
    host.get("peer");
    let lines: Vec<Value> = guests
        .iter_mut()
        .filter_map(|guest| guest.next(SOON))
        .collect();
    let seen = |kind: &str| lines.iter().filter(|line| !line[kind].is_null()).count();
    assert_eq!((seen("peer"), seen("gone")), (1, 1), "{lines:?}");
}

#[test]
fn who_is_refused_is_out_for_good() {
    let (mut host, mut guest, ticket) = pair();
    guest.send(1, "hello");
    host.text();
    host.say(json!({ "refuse": { "id": 1 } }));
    assert_eq!(host.get("gone"), json!({ "id": 1, "why": "refused" }));
    assert_eq!(guest.get("gone"), json!({ "id": 1, "why": "refused" }));
    assert_eq!(guest.code(), Some(3));
    let mut back = Link::start(&["join", &ticket, "--again"]);
    back.get("ready");
    back.say(json!({ "again": guest.again }));
    assert_eq!(back.get("gone")["why"], "refused");
    host.quiet(MOMENT);
}

#[test]
fn what_is_no_ticket_is_said_in_a_word() {
    let (_host, ticket) = host(&[]);
    let cut = &ticket[..ticket.len() - 3];
    let cases = [
        ("hello", "bad-ticket"),
        (cut, "damaged-ticket"),
        ("alongside2aaaa", "newer-ticket"),
    ];
    for (text, code) in cases {
        let mut stranger = guest(text, &[]);
        assert_eq!(stranger.get("error"), code);
        assert_eq!(stranger.code(), Some(1));
    }
}

#[test]
fn what_can_not_be_used_is_said_in_a_word() {
    let mut link = Link::start(&["host", "--relay", "relay.example"]);
    link.get("ready");
    assert_eq!(link.get("error"), "bad-relay");
    assert_eq!(link.code(), Some(1));
    let mut link = Link::start(&["host", "--again"]);
    link.get("ready");
    link.say(json!({ "again": "nonsense" }));
    assert_eq!(link.get("error"), "bad-again");
    let mut command = crate::program::command(None);
    command.args(["host", "--bind", "192.0.2.1:1"]);
    let mut link = Link::run(command);
    link.get("ready");
    assert_eq!(link.get("error"), "bind");
    let wrong = Command::new(env!("CARGO_BIN_EXE_alongside-link"))
        .arg("hots")
        .output();
    assert_eq!(wrong.expect("it runs").status.code(), Some(2));
}

#[test]
fn a_relay_in_a_ticket_is_asked_about_before_anything_is_sent() {
    let (_host, ticket) = host(&[]);
    let mut other = Ticket::parse(&ticket).expect("a ticket");
    other.relay = Some("http://127.0.0.1:9/".into());
    let ticket = other.encode();
    let mut stranger = guest(&ticket, &[]);
    assert_eq!(stranger.get("relay"), "127.0.0.1");
    stranger.say(json!({ "dial": false }));
    assert_eq!(stranger.code(), Some(0));
    // Without a relay the addresses are tried.
    let mut guest = guest(&ticket, &["--relay", "none"]);
    guest.get("peer");
}

#[test]
fn last_words_arrive_and_both_end_at_once() {
    let (mut host, mut guest, _) = pair();
    for number in 0..500 {
        host.send(1, &format!("{number} {}", "a".repeat(200)));
    }
    let began = Instant::now();
    host.say(json!({ "bye": true }));
    for number in 0..500 {
        assert!(guest.text().starts_with(&format!("{number} ")));
    }
    assert_eq!(guest.get("gone"), json!({ "id": 1, "why": "closed" }));
    assert_eq!(guest.code(), Some(0));
    assert_eq!(host.code(), Some(0));
    // Less than the limit for a bye that nobody hears.
    assert!(
        began.elapsed() < Duration::from_secs(3),
        "{:?}",
        began.elapsed()
    );
}

#[test]
fn both_may_have_last_words() {
    let (mut host, mut guest, _) = pair();
    host.send(1, "last of the host");
    guest.send(1, "last of the guest");
    host.say(json!({ "bye": true }));
    guest.say(json!({ "bye": true }));
    assert_eq!(guest.text(), "last of the host");
    assert_eq!(host.text(), "last of the guest");
    assert_eq!((host.code(), guest.code()), (Some(0), Some(0)));
}

/// Whoever answers the last words at once has not heard yet that they were the last.
#[test]
fn what_answers_last_words_at_once_arrives() {
    let (mut host, mut guest, _) = pair();
    host.send(1, "last of the host");
    host.say(json!({ "bye": true }));
    assert_eq!(guest.text(), "last of the host");
    guest.send(1, "last of the guest");
    guest.say(json!({ "bye": true }));
    assert_eq!(host.text(), "last of the guest");
    assert_eq!((host.code(), guest.code()), (Some(0), Some(0)));
}

#[test]
fn a_bye_that_nobody_hears_has_a_limit() {
    let (mut host, guest, _) = pair();
    guest.signal("STOP");
    let began = Instant::now();
    host.say(json!({ "bye": true }));
    assert_eq!(host.code(), Some(0));
    assert!(
        began.elapsed() < Duration::from_secs(8),
        "{:?}",
        began.elapsed()
    );
    guest.signal("CONT");
}

#[test]
fn a_line_that_is_too_long_ends_who_said_it_and_the_other_may_wait() {
    let (mut host, mut guest, _) = pair();
    guest.raw(&vec![b'a'; 1 << 20]);
    assert_eq!(guest.get("error"), "too-long");
    assert_eq!(guest.code(), Some(1));
    assert_eq!(host.get("down"), json!({ "id": 1 }));
}

#[test]
fn nonsense_is_said_and_passed_over() {
    let (mut host, mut guest, _) = pair();
    host.raw(b"nonsense\n{\"line\":7}\n\xff\xfe\n{\"dial\":true}\n");
    for _ in 0..4 {
        assert_eq!(host.get("error"), "bad-line");
    }
    host.send(7, "to nobody");
    talk(&mut host, &mut guest);
}

#[test]
fn who_ends_without_a_bye_may_come_back() {
    let (mut host, mut guest, ticket) = pair();
    guest.hang_up();
    assert_eq!(guest.code(), Some(0));
    assert_eq!(host.get("down"), json!({ "id": 1 }));
    let mut back = Link::start(&["join", &ticket, "--again"]);
    back.get("ready");
    back.say(json!({ "again": guest.again }));
    assert_eq!(host.get("up"), json!({ "id": 1 }));
    back.get("peer");
    talk(&mut host, &mut back);
}

#[test]
fn a_guest_that_is_killed_is_back_as_the_same() {
    let (mut host, ticket) = host(&["--guests", "1"]);
    let mut guest = guest(&ticket, &[]);
    let proof = meet(&mut host, &mut guest);
    talk(&mut host, &mut guest);
    guest.signal("KILL");
    guest.code();
    // Nobody waits for the silence: who was started anew is known by that.
    let mut back = Link::start(&["join", &ticket, "--again"]);
    back.get("ready");
    back.say(json!({ "again": guest.again }));
    assert_eq!(back.get("peer"), json!({ "id": 1, "proof": proof }));
    assert_eq!(host.get("down"), json!({ "id": 1 }));
    assert_eq!(host.get("up"), json!({ "id": 1 }));
    talk(&mut host, &mut back);
}

/// Where guest and host were killed together, each finds the other only where it was: a place that an earlier run still has
/// is waited for.
#[test]
fn a_place_that_is_still_taken_is_waited_for() {
    let (mut first, ticket) = host(&["--guests", "1"]);
    let mut guest = guest(&ticket, &[]);
    meet(&mut first, &mut guest);
    talk(&mut first, &mut guest);
    let (_, kept) = (first.next(MOMENT), first.again.clone());
    let mut command = crate::program::command(None);
    command.args(["host", "--guests", "1", "--again", "--bind", "127.0.0.1:0"]);
    let mut back = Link::run(command);
    back.get("ready");
    back.say(json!({ "again": kept }));
    std::thread::sleep(Duration::from_secs(1));
    first.signal("KILL");
    first.code();
    back.find("peer", Duration::from_secs(10));
    let place = Ticket::parse(&ticket).expect("a ticket").addresses[0];
    let free = std::net::UdpSocket::bind(place).is_ok();
    assert!(!free, "it listens somewhere else");
}

#[test]
fn a_host_that_is_killed_is_back_with_the_same_ticket() {
    let (mut first, ticket) = host(&["--guests", "1"]);
    let mut guest = guest(&ticket, &[]);
    let proof = meet(&mut first, &mut guest);
    talk(&mut first, &mut guest);
    let (_, kept) = (first.next(MOMENT), first.again.clone());
    first.signal("KILL");
    first.code();
    let port = Ticket::parse(&ticket).expect("a ticket").addresses[0].to_string();
    let mut command = crate::program::command(None);
    command.args(["host", "--again", "--bind", &port]);
    let mut back = Link::run(command);
    back.get("ready");
    back.say(json!({ "again": kept }));
    // The guest has not even noticed the silence: the host looks for it where it was.
    let began = Instant::now();
    assert_eq!(guest.get("down"), json!({ "id": 1 }));
    assert_eq!(guest.get("up"), json!({ "id": 1 }));
    assert!(
        began.elapsed() < Duration::from_secs(10),
        "{:?}",
        began.elapsed()
    );
    assert_eq!(back.get("peer"), json!({ "id": 1, "proof": proof }));
    talk(&mut back, &mut guest);
}

#[test]
fn who_does_not_read_holds_little_memory_and_stops_nobody() {
    let (mut host, ticket) = host(&[]);
    let mut reader = guest(&ticket, &[]);
    meet(&mut host, &mut reader);
    let mut sleeper = guest(&ticket, &[]);
    host.get("peer");
    sleeper.get("peer");
    sleeper.signal("STOP");
    let text = "a".repeat(10_000);
    // 20 MB for one who is stopped; the connection is given up at 1 MB, and the others hear everything.
    for _ in 0..2000 {
        host.send(2, &text);
    }
    assert_eq!(host.get("down"), json!({ "id": 2 }));
    talk(&mut host, &mut reader);
    assert!(host.memory() < 80, "{} MB", host.memory());
    sleeper.signal("CONT");
    host.find("up", SOON);
    sleeper.find("up", SOON);
    host.send(2, "awake");
    loop {
        if sleeper.text() == "awake" {
            break;
        }
    }
}

/// `STOPPED=60`: how long the other link stands still; a short time is tried by itself.
#[test]
fn a_link_that_stands_still_is_away_and_comes_back() {
    let stopped = std::env::var("STOPPED").map_or(3, |time| time.parse().expect("seconds"));
    let (mut host, mut guest, _) = pair();
    guest.signal("STOP");
    host.send(1, "said meanwhile");
    if stopped >= 25 {
        host.get_within("down", Duration::from_secs(24));
        std::thread::sleep(Duration::from_secs(stopped - 21));
    } else {
        std::thread::sleep(Duration::from_secs(stopped));
    }
    guest.signal("CONT");
    if stopped >= 25 {
        host.get("up");
        guest.find("up", SOON);
    } else {
        assert_eq!(guest.text(), "said meanwhile");
    }
    talk(&mut host, &mut guest);
}

/// `KILLS=200`: how often one of two links is killed, at moments that are never the same.
#[test]
fn links_that_are_killed_at_any_moment_meet_again_as_the_same() {
    let kills = std::env::var("KILLS").map_or(4, |kills| kills.parse().expect("a number"));
    let (mut first, ticket) = host(&["--guests", "1"]);
    let mut second = guest(&ticket, &[]);
    let proof = meet(&mut first, &mut second);
    let _ = (first.next(MOMENT), second.next(MOMENT));
    let port = Ticket::parse(&ticket).expect("a ticket").addresses[0].to_string();
    let mut chance = 7_u64;
    let (mut slowest, mut kept) = (Duration::ZERO, [first.again.clone(), second.again.clone()]);
    for kill in 0..kills {
        chance = chance
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        let moment = Duration::from_micros((chance >> 40) % 400_000);
        let killed = usize::from(chance >> 63 == 1);
        first.send(1, "on the way");
        second.send(1, "on the way");
        std::thread::sleep(moment);
        let (which, words): (&mut Link, &[&str]) = if killed == 0 {
            (&mut first, &["host", "--again", "--bind", &port])
        } else {
            (
                &mut second,
                &["join", &ticket, "--again", "--bind", "127.0.0.1:0"],
            )
        };
        which.signal("KILL");
        which.code();
        let mut command = crate::program::command(None);
        command.args(words);
        *which = Link::run(command);
        let began = Instant::now();
        which.say(json!({ "again": kept[killed] }));
        // Whatever comes in between: they hear each other, and it is the same other.
        let peer = which.find("peer", Duration::from_secs(40));
        assert_eq!(peer["proof"], proof, "kill {kill}");
        let token = format!("after {kill}");
        hear(&mut first, &mut second, &token);
        hear(&mut second, &mut first, &token);
        slowest = slowest.max(began.elapsed());
        for (at, link) in [&first, &second].into_iter().enumerate() {
            if !link.again.is_empty() {
                kept[at].clone_from(&link.again);
            }
        }
    }
    println!("{kills} kills: the slowest took {slowest:?}");
}

/// Says it until it is heard: what was said while the way was away is lost.
fn hear(from: &mut Link, to: &mut Link, token: &str) {
    let end = Instant::now() + Duration::from_secs(40);
    while Instant::now() < end {
        from.send(1, token);
        let until = Instant::now() + MOMENT;
        while let Some(line) = to.next(until.saturating_duration_since(Instant::now())) {
            if line["line"]["text"] == token {
                return;
            }
        }
    }
    panic!("{token} is not heard");
}
