use super::*;

fn offer() -> (OfferedSession, String) {
    let offer = OfferedSession {
        script: "secret-script".into(),
        hash: "00".into(),
        people: vec!["Ada".into(), "Ben".into()],
        you: 1,
        first: 0,
        minutes: Some(60),
        texts: 20_000,
        goes_on: false,
    };
    (offer, "ж".repeat(10_000))
}

/// A host and a guest, and all that crossed.
struct Two {
    host: Meeting,
    guest: Meeting,
    crossed: Vec<String>,
}

impl Two {
    fn met(proofs: [&str; 2]) -> Self {
        let mut two = Self {
            host: Meeting::host(proofs[0], "random one", offer(), Duration::ZERO),
            guest: Meeting::guest(proofs[1], "random two", Duration::ZERO),
            crossed: Vec::new(),
        };
        two.talk();
        two
    }

    fn talk(&mut self) {
        for _ in 0..8 {
            for text in self.guest.take(Duration::ZERO) {
                self.host.hear(&text, Duration::ZERO);
                self.crossed.push(text);
            }
            for text in self.host.take(Duration::ZERO) {
                self.guest.hear(&text, Duration::ZERO);
                self.crossed.push(text);
            }
        }
    }

    /// Whether anything of the session has crossed.
    fn told_something(&self) -> bool {
        let secrets = ["secret", "Ada", "Ben", "60"];
        let told = |text: &String| secrets.iter().any(|secret| text.contains(secret));
        let plain: Vec<&String> = self
            .crossed
            .iter()
            .filter(|text| !text.contains("token") && !text.contains("nonce"))
            .collect();
        plain.into_iter().any(told)
    }
}

#[test]
fn nothing_crosses_before_both_said_yes_to_the_same_words() {
    let mut two = Two::met(["proof", "proof"]);
    assert_eq!(two.host.words(), two.guest.words());
    assert_eq!(two.host.words().len(), 3);
    two.guest.say(true);
    two.talk();
    assert!(!two.told_something());
    assert_eq!(*two.host.stage(), MeetingStage::Words { yes: false });
    two.host.say(true);
    two.talk();
    assert_eq!(*two.guest.stage(), MeetingStage::Offered);
    assert_eq!(two.guest.offered(), Some(&offer()));
    two.guest.accept(true, true);
    two.talk();
    assert_eq!(*two.host.stage(), MeetingStage::Agreed { notebook: true });
}

#[test]
fn whoever_stands_between_shows_other_words() {
    let two = Two::met(["one way", "another way"]);
    assert_ne!(two.host.words(), two.guest.words());
}

#[test]
fn a_no_ends_it_on_both_sides_and_nothing_has_crossed() {
    for host in [true, false] {
        let mut two = Two::met(["proof", "proof"]);
        let (says, hears) = match host {
            true => (&mut two.host, &mut two.guest),
            false => (&mut two.guest, &mut two.host),
        };
        hears.say(true);
        says.say(false);
        two.talk();
        let (said, heard) = if host {
            (&two.host, &two.guest)
        } else {
            (&two.guest, &two.host)
        };
        assert_eq!(*said.stage(), MeetingStage::Ended(MeetingEnd::SaidOthers));
        assert_eq!(*heard.stage(), MeetingStage::Ended(MeetingEnd::HeardOthers));
        assert!(!two.told_something());
    }
}

/// The line may be closed before the no has crossed: both know the same, and nobody's own no becomes the other's.
#[test]
fn a_no_that_is_lost_on_the_way_is_a_no() {
    let mut two = Two::met(["proof", "proof"]);
    two.guest.say(false);
    for meeting in [&mut two.guest, &mut two.host] {
        meeting.is_put_out();
    }
    assert_eq!(
        *two.guest.stage(),
        MeetingStage::Ended(MeetingEnd::SaidOthers)
    );
    assert_eq!(
        *two.host.stage(),
        MeetingStage::Ended(MeetingEnd::HeardOthers)
    );
}

#[test]
fn another_version_is_told_before_anything_begins() {
    let own = env!("CARGO_PKG_VERSION");
    // Of the same version, but what is said over the line was another then.
    for (program, wire) in [("0.0.1", WIRE), (own, 1), (own, WIRE + 1)] {
        let mut host = Meeting::host("proof", "random", offer(), Duration::ZERO);
        let hello = format!(
            r#"{{"n":1,"m":{{"hello":{{"program":"{program}","wire":{wire},"token":"x"}}}}}}"#
        );
        host.hear(&hello, Duration::ZERO);
        assert_eq!(*host.stage(), MeetingStage::Ended(MeetingEnd::Version));
        // The other learns it, too.
        let said = host.take(Duration::ZERO);
        assert!(said.iter().any(|text| text.contains("hello")));
    }
}

#[test]
fn a_guest_that_changes_its_number_is_out() {
    let mut host = Meeting::host("proof", "random", offer(), Duration::ZERO);
    let program = env!("CARGO_PKG_VERSION");
    let hello =
        format!(r#"{{"n":1,"m":{{"hello":{{"program":"{program}","wire":{WIRE},"token":"x"}}}}}}"#);
    host.hear(&hello, Duration::ZERO);
    host.hear(r#"{"n":2,"m":{"reveal":{"nonce":"y"}}}"#, Duration::ZERO);
    assert_eq!(*host.stage(), MeetingStage::Ended(MeetingEnd::Broken));
}

#[test]
fn whatever_a_stranger_says_first_learns_nothing() {
    for words in [
        r#"{"words":{"yes":true}}"#,
        r#"{"accept":{"yes":true,"notebook":false}}"#,
        r#"{"ask":{"id":1,"after":0,"intent":"stop"}}"#,
        r#""differs""#,
        r#""bye""#,
    ] {
        let mut host = Meeting::host("proof", "random", offer(), Duration::ZERO);
        host.hear(&format!(r#"{{"n":1,"m":{words}}}"#), Duration::ZERO);
        assert!(matches!(host.stage(), MeetingStage::Ended(_)), "{words}");
        let said = host.take(Duration::ZERO).concat();
        assert!(!said.contains("secret") && !said.contains("Ada"), "{said}");
    }
}

/// What a word sounds like, roughly.
fn sound(word: &str) -> Vec<char> {
    let alike = [
        ("ck", "k"),
        ("ph", "f"),
        ("c", "k"),
        ("oo", "u"),
        ("ee", "i"),
        ("ea", "i"),
        ("y", "i"),
        ("z", "s"),
    ];
    let said = alike
        .iter()
        .fold(word.to_owned(), |said, (as_written, as_said)| {
            said.replace(as_written, as_said)
        });
    let mut said: Vec<char> = said.trim_end_matches('e').chars().collect();
    said.dedup();
    said
}

/// Whether one sound at most has to be changed, left out or put in.
fn sounds_alike(one: &[char], other: &[char]) -> bool {
    let same = one.iter().zip(other).take_while(|(a, b)| a == b).count();
    let (one, other) = (&one[same..], &other[same..]);
    let behind = |of: &[char]| of.get(1..).unwrap_or_default().to_vec();
    behind(one) == behind(other) || one == behind(other) || behind(one) == other
}

/// There are so many that a chance of one in fifty millions is left to whoever stands between, and no two of them are
/// mistaken for each other by ear.
#[test]
fn the_words_that_are_said_aloud_are_many_and_distinct() {
    let list: Vec<&str> = words().joined.spoken.split_whitespace().collect();
    let ways = list.len().pow(3);
    assert!(ways >= 50_000_000, "{} words", list.len());
    for (at, one) in list.iter().enumerate() {
        assert!(one.chars().all(|c| c.is_ascii_lowercase()), "{one}");
        assert!((3..=11).contains(&one.len()), "{one}");
        for other in &list[at + 1..] {
            assert!(
                !sounds_alike(&sound(one), &sound(other)),
                "{one} and {other}"
            );
        }
    }
}
