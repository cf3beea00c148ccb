//! What people type, read strictly and refused kindly.

use crate::lobby::page::Time;
use crate::pages;
use crate::session::begin::Length;
use crate::session::intent::Refused;
use crate::session::time::{Moment, TimeOfDay};
use crate::shown::{Shown, composed};
use crate::words::{fill, words};

/// The letters that a number of minutes or a time takes.
pub(super) const MOST_TIME: usize = 12;
/// How many minutes can be asked for.
const MINUTES: std::ops::RangeInclusive<u16> = 10..=120;
const DAY_MS: i64 = 24 * 60 * 60 * 1000;

/// A name; `others` are the names before it.
pub(super) fn name(typed: &str, others: &[String]) -> Result<String, Refused> {
    let name = pages::name(typed)?;
    let same = |other: &&String| composed(other).to_lowercase() == name.to_lowercase();
    match others.iter().find(same) {
        Some(other) => Err(Refused(fill(&words().lobby.name_same, &[("name", other)]))),
        None => Ok(name),
    }
}

/// A number of minutes, with or without the word.
pub(super) fn minutes(typed: &str) -> Result<Time, Shown> {
    let typed = typed.trim();
    let end = typed.find(|c: char| !c.is_ascii_digit());
    let (digits, rest) = typed.split_at(end.unwrap_or(typed.len()));
    let plain = rest
        .chars()
        .all(|c| c.is_alphabetic() || c == ' ' || c == '.');
    match digits.parse() {
        Ok(minutes) if plain && MINUTES.contains(&minutes) => Ok(of_minutes(minutes)),
        Ok(_) | Err(_) => Err(Shown::new(&words().lobby.minutes_wrong)),
    }
}

/// A number of minutes as a length.
pub(super) fn of_minutes(minutes: u16) -> Time {
    Time {
        length: Length::Minutes(minutes),
        says: fill(&words().lobby.minutes, &[("minutes", &minutes.to_string())]),
    }
}

/// A length that is known already, with its words.
pub(super) fn of_length(length: Length, now: Moment) -> Time {
    match length {
        Length::Minutes(minutes) => of_minutes(minutes),
        Length::Until(wall) => {
            let at = TimeOfDay::at(wall, now.offset);
            Time {
                length,
                says: fill(&words().lobby.until, &[("time", &at.to_string())]),
            }
        }
    }
}

/// A time of day: the next one, which may be tomorrow's.
pub(super) fn until(typed: &str, now: Moment) -> Result<Time, Shown> {
    let says = &words().lobby;
    let wrong = || Shown::new(&says.until_wrong);
    let at = time_of_day(typed.trim()).ok_or_else(wrong)?;
    let offset_ms = i64::from(now.offset).saturating_mul(1000);
    let local = now.wall.saturating_add(offset_ms);
    let today = local.saturating_sub(local.rem_euclid(DAY_MS));
    let in_day = (i64::from(at.hour) * 60 + i64::from(at.minute)) * 60_000;
    let wall = today.saturating_add(in_day).saturating_sub(offset_ms);
    let (wall, text) = if wall > now.wall {
        (wall, &says.until)
    } else {
        (wall.saturating_add(DAY_MS), &says.until_tomorrow)
    };
    Ok(Time {
        length: Length::Until(wall),
        says: fill(text, &[("time", &at.to_string())]),
    })
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

    #[test]
    fn names_are_cleaned_and_told_apart() {
        assert_eq!(name("  Ada \t Lovelace ", &[]).unwrap(), "Ada Lovelace");
        assert_eq!(name("A\u{1b}d\u{202e}a\u{200b}\u{0}", &[]).unwrap(), "Ada");
        assert_eq!(name("नमिता", &[]).unwrap(), "नमिता");
        assert!(name(" \u{200b}\u{1b}\t ", &[]).is_err());
        assert!(name(&"é".repeat(pages::MOST_NAME), &[]).is_ok());
        assert!(name(&"é".repeat(pages::MOST_NAME + 1), &[]).is_err());
        assert!(name("ADA ", &["Ada".to_owned()]).is_err());
        let stacked = format!("e{}", "\u{301}".repeat(900));
        let kept = name(&stacked, &[]).unwrap();
        assert_eq!(Shown::new(&kept).as_str(), kept);
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
        for wrong in [
            "", "9", "121", "4 5", "-45", "45:00", "+45", "fifty", "99999999",
        ] {
            assert!(minutes(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_time_that_is_past_is_tomorrows() {
        // 19:30:20 at an offset of one hour.
        let now = Moment {
            mono: Duration::ZERO,
            wall: (18 * 60 + 30) * 60_000 + 20_000,
            offset: 3600,
        };
        let after = |typed| match until(typed, now).map(|time| time.length) {
            Ok(Length::Until(wall)) => Some((wall - now.wall + 20_000) / 60_000),
            Ok(Length::Minutes(_)) | Err(_) => None,
        };
        assert_eq!(after("20:05"), Some(35));
        assert_eq!(after("2005"), Some(35));
        assert_eq!(after("20.05"), Some(35));
        assert_eq!(after("0:15"), Some(4 * 60 + 45));
        assert_eq!(after("19:30"), Some(24 * 60));
        for wrong in [
            "24:00", "20:60", "20", "8pm", "20:5", "+1:20", "20:05:00", "é05",
        ] {
            assert_eq!(after(wrong), None, "{wrong}");
        }
    }
}
