//! What people type, read strictly and refused kindly.

use crate::home::page::SetupTime;
use crate::menu::page;
use crate::session::intent::{PrivateText, Refused};
use crate::session::setup::Length;
use crate::text::safe_text::{SafeText, composed};
use crate::text::words::{fill, words};
use crate::time::moment::{Moment, TimeOfDay};

/// How every ticket begins.
const TICKET: &str = "alongside1";
/// Shorter ones are those of another program.
const SHORTEST_PART: usize = 40;

/// What was pasted before, with its rest; alone, where it is a ticket itself.
pub(super) fn ticket(begun: &str, typed: &PrivateText) -> PrivateText {
    match typed.contains(TICKET) {
        true => typed.clone(),
        false => PrivateText::from([begun, typed].concat()),
    }
}

/// Whether this is the first part of a ticket: who copies one from a screen that breaks it has its rest still to paste.
/// docs/link.md says what is in one, in this order: a key, a secret, addresses, a relay, a sum.
pub(super) fn is_first_of_ticket(text: &str) -> bool {
    let letters: String = text.chars().filter(char::is_ascii_alphanumeric).collect();
    let letters = letters.to_ascii_lowercase();
    let Some((_, body)) = letters.split_once(TICKET) else {
        return false;
    };
    let (mut bytes, mut bits, mut held) = (Vec::new(), 0_u32, 0);
    for letter in body.bytes() {
        let value = match letter {
            b'a'..=b'z' => letter - b'a',
            b'2'..=b'7' => letter - b'2' + 26,
            _ => return false,
        };
        (bits, held) = (bits << 5 | u32::from(value), held + 5);
        if held >= 8 {
            held -= 8;
            bytes.extend(u8::try_from(bits >> held & 0xFF));
        }
    }
    let whole = || {
        let (key, secret, sum) = (32, 16, 4);
        let mut at = key + secret;
        for _ in 0..*bytes.get(at)? {
            at += match bytes.get(at + 1)? {
                4 => 7,
                // It is damaged, and no part.
                kind if *kind != 6 => return Some(0),
                _ => 19,
            };
        }
        at += 1;
        Some(at + 1 + usize::from(*bytes.get(at)?) + sum)
    };
    body.len() >= SHORTEST_PART && whole().is_none_or(|whole| bytes.len() < whole)
}

/// The letters that a number of minutes or a time takes.
pub(super) const MOST_TIME: usize = 12;
/// How many minutes can be asked for.
pub(crate) const MINUTES: std::ops::RangeInclusive<u16> = 10..=480;
/// How far away an end on the clock can be: of a time that is farther away nobody knows which day is meant.
const UNTIL: std::ops::RangeInclusive<u16> = 10..=120;
const MINUTE_MS: i64 = 60_000;

/// A name; `others` are the names before it.
pub(super) fn name(typed: &str, others: &[String]) -> Result<String, Refused> {
    let name = page::name(typed)?;
    let same = |other: &&String| composed(other).to_lowercase() == name.to_lowercase();
    match others.iter().find(same) {
        Some(other) => Err(Refused(fill(&words().home.name_same, &[("name", other)]))),
        None => Ok(name),
    }
}

/// A number of minutes, with or without the word.
pub(super) fn minutes(typed: &str) -> Result<SetupTime, SafeText> {
    let typed = typed.trim();
    let small = typed.to_lowercase();
    let small = small.strip_suffix(" minutes").unwrap_or(&small);
    let said = words().home.minutes_said.iter();
    let mut said = said.filter_map(|pair| pair.rsplit_once(' '));
    let typed = said
        .find(|(said, _)| *said == small)
        .map_or(typed, |(_, digits)| digits);
    let end = typed.find(|c: char| !c.is_ascii_digit());
    let (digits, rest) = typed.split_at(end.unwrap_or(typed.len()));
    let plain = rest
        .chars()
        .all(|c| c.is_alphabetic() || c == ' ' || c == '.');
    match digits.parse() {
        Ok(minutes) if plain && MINUTES.contains(&minutes) => Ok(of_minutes(minutes)),
        Ok(_) | Err(_) => Err(SafeText::new(words().home.minutes_wrong)),
    }
}

/// A number of minutes as a length.
pub(super) fn of_minutes(minutes: u16) -> SetupTime {
    SetupTime {
        length: Length::Minutes(minutes),
        says: fill(&words().home.minutes, &[("minutes", &minutes.to_string())]),
    }
}

/// A length that is known already, with its words.
pub(super) fn of_length(length: Length, now: Moment) -> SetupTime {
    match length {
        Length::Minutes(minutes) => of_minutes(minutes),
        Length::Until(wall) => SetupTime {
            length,
            says: says_until(wall, now),
        },
    }
}

/// An end on the clock. Where more than one moment can be meant, it says which.
fn says_until(wall: i64, now: Moment) -> SafeText {
    let says = &words().home;
    let at = now.time_at(wall);
    let changed = now.change.is_some_and(|change| wall >= change.at);
    let here = Moment {
        offset: now.offset_at(wall),
        wall,
        ..now
    };
    let days = here.day().days_since(now.day());
    let text = match (now.walls_at(at, days).len(), changed, days) {
        (2.., false, _) => &says.until_first,
        (2.., true, _) => &says.until_second,
        (_, _, 1..) => &says.until_tomorrow,
        (_, _, _) => &says.until,
    };
    fill(text, &[("time", &at.to_string())])
}

/// A time of day at which a session can end: today's, or tomorrow's where that is as near as the longest session.
pub(super) fn until(typed: &str, now: Moment) -> Result<SetupTime, SafeText> {
    let says = &words().home;
    let at = time_of_day(typed.trim()).ok_or_else(|| SafeText::new(says.until_wrong))?;
    let (least, most) = (*UNTIL.start(), *UNTIL.end());
    let range = i64::from(least) * MINUTE_MS..=i64::from(most) * MINUTE_MS;
    let away = |wall: &i64| wall.saturating_sub(now.wall);
    let walls: Vec<i64> = (-1..=1).flat_map(|day| now.walls_at(at, day)).collect();
    if let Some(wall) = walls.iter().find(|wall| range.contains(&away(wall))) {
        return Ok(SetupTime {
            length: Length::Until(*wall),
            says: says_until(*wall, now),
        });
    }
    let nearest = walls.iter().map(away).min_by_key(|away| away.abs());
    let text = match nearest.unwrap_or(0) {
        _ if is_left_out(at, now) => &says.until_left_out,
        ..=0 => &says.until_past,
        near if near < *range.start() => &says.until_near,
        _ => &says.until_far,
    };
    // The whole minutes that lie within the range.
    let first = now.wall.saturating_add(*range.start() + MINUTE_MS - 1);
    let last = now.wall.saturating_add(*range.end());
    let whole = |wall: i64| {
        let here = wall.saturating_add(i64::from(now.offset_at(wall)) * 1000);
        now.time_at(wall.saturating_sub(here.rem_euclid(MINUTE_MS)))
            .to_string()
    };
    let values = [
        ("time", at.to_string()),
        ("now", whole(now.wall)),
        ("from", whole(first)),
        ("to", whole(last)),
        ("least", least.to_string()),
        ("most", most.to_string()),
    ];
    let values = values.each_ref().map(|(key, value)| (*key, value.as_str()));
    Err(fill(text, &values))
}

/// Whether the clocks are put forward over this time when they change next.
fn is_left_out(at: TimeOfDay, now: Moment) -> bool {
    let Some(change) = now.change else {
        return false;
    };
    let forward = i64::from(change.offset.saturating_sub(now.offset)) / 60;
    let begins = TimeOfDay::at(change.at, now.offset).minute_of_day();
    let into = (at.minute_of_day() - begins).rem_euclid(24 * 60);
    into < forward
}

/// `20:05`, `20.05` or `2005`, on a clock of 24 hours.
fn time_of_day(typed: &str) -> Option<TimeOfDay> {
    let (hour, minute) = match typed.split_once([':', '.']) {
        Some(parts) => parts,
        None if typed.len() == 4 && typed.is_ascii() => typed.split_at(2),
        None => return None,
    };
    let digits = |part: &str, most: usize| {
        (1..=most).contains(&part.len()) && part.chars().all(|c| c.is_ascii_digit())
    };
    if !digits(hour, 2) || !digits(minute, 2) || minute.len() != 2 {
        return None;
    }
    let (hour, minute) = (hour.parse().ok()?, minute.parse().ok()?);
    (hour < 24 && minute < 60).then_some(TimeOfDay { hour, minute })
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::time::moment::Change;

    #[test]
    fn names_are_cleaned_and_told_apart() {
        assert_eq!(name("  Ada \t Lovelace ", &[]).unwrap(), "Ada Lovelace");
        assert_eq!(name("A\u{1b}d\u{202e}a\u{200b}\u{0}", &[]).unwrap(), "Ada");
        assert_eq!(name("नमिता", &[]).unwrap(), "नमिता");
        assert!(name(" \u{200b}\u{1b}\t ", &[]).is_err());
        assert!(name(&"é".repeat(page::MOST_NAME), &[]).is_ok());
        assert!(name(&"é".repeat(page::MOST_NAME + 1), &[]).is_err());
        assert!(name("ADA ", &["Ada".to_owned()]).is_err());
        let stacked = format!("e{}", "\u{301}".repeat(900));
        let kept = name(&stacked, &[]).unwrap();
        assert_eq!(SafeText::new(&kept).as_str(), kept);
        assert!(kept.chars().count() < 10);
    }

    #[test]
    fn a_name_has_one_form_and_begins_with_a_letter() {
        assert_eq!(name("Zoe\u{308}", &[]).unwrap(), "Zo\u{eb}");
        assert!(name("Zoe\u{308}", &["Zo\u{eb}".to_owned()]).is_err());
        assert!(name("Zo\u{eb}", &["zoe\u{308}".to_owned()]).is_err());
        for answer in ["2", "2Ada", " 2. ", "\u{ff12}", "(2)", "12", "-", "!", "👍"] {
            assert!(name(answer, &[]).is_err(), "{answer}");
        }
        for fine in ["Ada 2", "Ж", "'t Hooft", "(Ada)", "Ada2"] {
            assert!(name(fine, &[]).is_ok(), "{fine}");
        }
    }

    #[test]
    fn minutes_are_whole_and_in_range() {
        for right in ["45", " 45 ", "45 minutes", "45min."] {
            assert_eq!(
                minutes(right).unwrap().length,
                Length::Minutes(45),
                "{right}"
            );
        }
        for (said, long) in [
            ("ten", 10),
            ("Half an hour", 30),
            ("forty-five minutes", 45),
        ] {
            assert_eq!(
                minutes(said).unwrap().length,
                Length::Minutes(long),
                "{said}"
            );
        }
        for wrong in [
            "", "9", "481", "4 5", "-45", "45:00", "+45", "sometime", "99999999",
        ] {
            assert!(minutes(wrong).is_err(), "{wrong}");
        }
    }

    /// The clock shows this, and is put forward or back by so much after so many minutes.
    fn at(hour: i64, minute: i64, change: Option<(i64, i32)>) -> Moment {
        let wall = (hour * 60 + minute - 60) * 60_000 + 20_000;
        Moment {
            mono: Duration::ZERO,
            wall,
            offset: 3600,
            change: change.map(|(after, by)| Change {
                at: wall - 20_000 + after * 60_000,
                offset: 3600 + by,
            }),
        }
    }

    /// In how many minutes that is, to the minute, and how it is said.
    fn meant(typed: &str, now: Moment) -> Result<(i64, String), String> {
        match until(typed, now) {
            Ok(SetupTime {
                length: Length::Until(wall),
                says,
            }) => Ok(((wall - now.wall + 20_000) / 60_000, says.to_string())),
            Ok(_) => panic!("{typed}"),
            Err(why) => Err(why.to_string()),
        }
    }

    #[test]
    fn an_end_has_the_range_of_minutes_and_says_what_that_is() {
        let now = at(19, 30, None);
        for typed in ["20:05", "2005", "20.05"] {
            assert_eq!(meant(typed, now), Ok((35, "until 20:05".to_owned())));
        }
        assert_eq!(meant("19:41", now).map(|(minutes, _)| minutes), Ok(11));
        assert_eq!(meant("21:30", now).map(|(minutes, _)| minutes), Ok(120));
        // Ten minutes from a little after half past are not there at forty past.
        for (typed, why) in [
            ("19:40", "less than 10 minutes"),
            ("19:31", "less than 10 minutes"),
            ("21:31", "more than 120 minutes"),
            ("0:15", "more than 120 minutes"),
            ("19:30", "has passed"),
            ("19:24", "has passed"),
            ("08:00", "has passed"),
        ] {
            let said = meant(typed, now).unwrap_err();
            assert!(said.contains(why), "{typed}: {said}");
            assert!(said.contains("between 19:41 and 21:30"), "{said}");
        }
        for wrong in [
            "24:00", "20:60", "20", "8pm", "20:5", "+1:20", "20:05:00", "é05",
        ] {
            assert!(meant(wrong, now).is_err(), "{wrong}");
        }
    }

    #[test]
    fn an_end_that_has_passed_is_tomorrows_only_where_tomorrow_is_near() {
        let said = meant("00:56", at(1, 2, None)).unwrap_err();
        assert!(
            said.contains("0:56 has passed") && said.contains("01:02"),
            "{said}"
        );
        assert!(said.contains("between 01:13 and 03:02"), "{said}");
        assert_eq!(
            meant("0:56", at(23, 2, None)),
            Ok((114, "until 0:56 tomorrow".to_owned()))
        );
        let said = meant("23:50", at(0, 10, None)).unwrap_err();
        assert!(said.contains("has passed"), "{said}");
    }

    #[test]
    fn an_end_knows_that_the_clocks_are_put_forward() {
        // At 02:00 it is 03:00.
        let now = at(1, 30, Some((30, 3600)));
        assert_eq!(meant("03:15", now), Ok((45, "until 03:15".to_owned())));
        assert_eq!(meant("04:29", now).map(|(minutes, _)| minutes), Ok(119));
        for typed in ["02:00", "02:30", "02:59"] {
            let said = meant(typed, now).unwrap_err();
            assert!(said.contains("clocks skip it"), "{typed}: {said}");
            assert!(said.contains("between 01:41 and 04:30"), "{said}");
        }
        // In a zone where midnight is left out.
        let said = meant("00:20", at(23, 15, Some((45, 3600)))).unwrap_err();
        assert!(said.contains("clocks skip it"), "{said}");
        assert_eq!(
            meant("01:20", at(23, 15, Some((45, 3600)))),
            Ok((65, "until 01:20 tomorrow".to_owned()))
        );
    }

    #[test]
    fn an_end_that_comes_twice_is_the_first_that_is_long_enough_and_says_which() {
        // At 03:00 it is 02:00.
        let now = at(1, 30, Some((90, -3600)));
        let first = "until 02:15, before the clocks go back";
        assert_eq!(meant("02:15", now), Ok((45, first.to_owned())));
        let later = at(2, 10, Some((50, -3600)));
        let second = "until 02:15, after the clocks have gone back";
        assert_eq!(meant("02:15", later), Ok((65, second.to_owned())));
        assert_eq!(meant("02:05", later).map(|(minutes, _)| minutes), Ok(55));
        assert_eq!(meant("03:05", later), Ok((115, "until 03:05".to_owned())));
        // A length that is known already is said in the same words.
        let known = Length::Until(later.wall - 20_000 + 65 * 60_000);
        assert_eq!(of_length(known, later).says.as_str(), second);
    }
}
