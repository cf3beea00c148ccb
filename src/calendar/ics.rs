//! The next session as a file for a calendar (RFC 5545).
//!
//! A calendar may lie open on a shared screen or with a provider, so nothing in the file says what is done
//! then, with whom, or which program wrote it.

use crate::text::words::words;
use crate::time::date::Date;

/// The most octets of a line, without its end (RFC 5545, 3.1).
const MOST_OCTETS: usize = 75;

/// A time that is to be kept free.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Slot {
    /// When it begins, in milliseconds since 1970 UTC.
    pub(crate) begins: i64,
    /// Whether it is only there in case the other one falls through.
    pub(crate) reserve: bool,
}

/// These times as one file. `written` is the moment of writing, in milliseconds since 1970 UTC.
///
/// Times are moments in UTC: a time of a place needs that place's rules with it (a VTIMEZONE, RFC 5545, 3.6.5), and one
/// without any is another moment for whoever reads the file elsewhere. What calendars tell events apart by says when it
/// begins and nothing else: whoever takes the same session in twice, or from another's file, has it once.
#[must_use]
pub(crate) fn file(slots: &[Slot], minutes: u16, written: i64) -> String {
    let w = &words().calendar;
    let mut file = File::default();
    file.line("BEGIN", "VCALENDAR");
    file.line("VERSION", "2.0");
    file.line("PRODID", &text(w.maker));
    for slot in slots {
        let (summary, status) = if slot.reserve {
            (&w.reserve_name, "TENTATIVE")
        } else {
            (&w.name, "CONFIRMED")
        };
        let length = i64::from(minutes).saturating_mul(60_000);
        file.line("BEGIN", "VEVENT");
        file.line("UID", &format!("{}-appointment", utc(slot.begins)));
        file.line("DTSTAMP", &utc(written));
        file.line("DTSTART", &utc(slot.begins));
        file.line("DTEND", &utc(slot.begins.saturating_add(length)));
        file.line("SUMMARY", &text(summary));
        file.line("STATUS", status);
        file.line("CLASS", "PRIVATE");
        file.line("END", "VEVENT");
    }
    file.line("END", "VCALENDAR");
    file.text
}

/// A moment in UTC, form 2 of RFC 5545, 3.3.5.
fn utc(wall: i64) -> String {
    let day = Date::at(wall, 0);
    let second = wall.div_euclid(1000).rem_euclid(86_400);
    let (hour, minute, second) = (second / 3600, second / 60 % 60, second % 60);
    format!(
        "{:04}{:02}{:02}T{hour:02}{minute:02}{second:02}Z",
        day.year, day.month, day.day
    )
}

/// A value of type TEXT (RFC 5545, 3.3.11).
fn text(value: &str) -> String {
    let mut out = String::with_capacity(value.len());
    for c in value.chars() {
        match c {
            '\\' | ';' | ',' => {
                out.push('\\');
                out.push(c);
            }
            '\n' => out.push_str("\\n"),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}

#[derive(Default)]
struct File {
    text: String,
}

impl File {
    /// A content line, folded where it is long; never within a letter.
    fn line(&mut self, name: &str, value: &str) {
        let mut octets = 0;
        for c in name.chars().chain([':']).chain(value.chars()) {
            if octets + c.len_utf8() > MOST_OCTETS {
                self.text.push_str("\r\n ");
                octets = 1;
            }
            self.text.push(c);
            octets += c.len_utf8();
        }
        self.text.push_str("\r\n");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 12 March 2026, 19:00 UTC.
    const BEGINS: i64 = 1_773_342_000_000;

    fn file(slots: &[Slot]) -> String {
        super::file(slots, 90, 1_773_000_000_000)
    }

    fn two() -> [Slot; 2] {
        let slot = |begins, reserve| Slot { begins, reserve };
        [slot(BEGINS, false), slot(BEGINS + 7 * 86_400_000, true)]
    }

    #[test]
    fn a_session_and_a_reserve_are_two_events_with_all_that_the_standard_wants() {
        let file = file(&two());
        let lines: Vec<&str> = file.split("\r\n").collect();
        assert_eq!(
            lines[..3],
            [
                "BEGIN:VCALENDAR",
                "VERSION:2.0",
                "PRODID:-//calendar file//EN"
            ]
        );
        assert_eq!(lines[lines.len() - 2..], ["END:VCALENDAR", ""]);
        for wanted in [
            "DTSTAMP:20260308T200000Z",
            "DTSTART:20260312T190000Z",
            "DTEND:20260312T203000Z",
            "SUMMARY:Appointment",
            "DTSTART:20260319T190000Z",
            "STATUS:TENTATIVE",
        ] {
            assert!(lines.contains(&wanted), "{wanted}: {file}");
        }
        let uids: Vec<&&str> = lines
            .iter()
            .filter(|line| line.starts_with("UID:"))
            .collect();
        assert_eq!(uids.len(), 2);
        assert_ne!(uids[0], uids[1]);
        assert!(!file.replace("\r\n", "").contains(['\r', '\n']));
    }

    #[test]
    fn the_same_session_is_one_appointment_however_often_it_is_written() {
        let uids = |file: &str| -> Vec<String> {
            let lines = file.lines().filter(|line| line.starts_with("UID:"));
            lines.map(str::to_owned).collect()
        };
        let later = super::file(&two(), 60, 1_773_100_000_000);
        assert_eq!(uids(&file(&two())), uids(&later));
        // The day in reserve that comes to be the day is the same appointment, and another hour is another one.
        let [first, mut second] = two();
        second.reserve = false;
        assert_eq!(uids(&file(&[second])), uids(&later)[1..]);
        second.begins += 3_600_000;
        assert_ne!(uids(&file(&[second])), uids(&later)[1..]);
        assert_eq!(uids(&file(&[first])), ["UID:20260312T190000Z-appointment"]);
    }

    #[test]
    fn nothing_in_it_says_what_is_done_then() {
        let file = file(&two()).to_lowercase();
        for word in [
            "alongside",
            "part",
            "ifs",
            "session",
            "therap",
            "notebook",
            "witness",
        ] {
            assert!(!file.contains(word), "{word}: {file}");
        }
    }

    #[test]
    fn times_are_those_of_the_standard() {
        // RFC 5545, 3.3.5: 1998-01-19 07:00 UTC; and the last second before 1970.
        assert_eq!(utc(885_193_200_000), "19980119T070000Z");
        assert_eq!(utc(-1_000), "19691231T235959Z");
    }

    #[test]
    fn texts_are_escaped_as_in_the_standard() {
        // RFC 5545, 3.3.11: the example there.
        let plain = "Project XYZ Final Review\nConference Room - 3B\nCome Prepared.";
        let escaped = "Project XYZ Final Review\\nConference Room - 3B\\nCome Prepared.";
        assert_eq!(text(plain), escaped);
        assert_eq!(text("a;b,c\\d\re"), "a\\;b\\,c\\\\de");
    }

    #[test]
    fn long_lines_are_folded_and_unfold_to_what_they_were() {
        // RFC 5545, 3.1: 75 octets without the end, and a letter is never cut.
        for value in ["x".repeat(300), "ä日👍".repeat(60), String::new()] {
            let mut file = File::default();
            file.line("DESCRIPTION", &value);
            for line in file.text.strip_suffix("\r\n").unwrap().split("\r\n") {
                assert!(line.len() <= MOST_OCTETS, "{line}");
            }
            let unfolded = file.text.replace("\r\n ", "");
            assert_eq!(unfolded, format!("DESCRIPTION:{value}\r\n"));
        }
    }
}
