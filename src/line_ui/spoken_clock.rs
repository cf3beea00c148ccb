//! A clock in words.

use crate::line_ui::command_words;
use crate::session::scene::{ClockFace, ClockShows, Verb};
use crate::text::safe_text::SafeText;
use crate::text::words::{Template, fill, words};

/// How the clock shows itself, without the time on it: what has to be told when it changes.
pub(super) fn way(clock: &ClockFace) -> (u8, bool, SafeText) {
    let (kind, over) = match clock.shows {
        ClockShows::Full { over, .. } => (0, over),
        ClockShows::Minutes { over, .. } => (1, over),
        ClockShows::Bar { left } => (2, left == 0),
        ClockShows::Hidden => (3, false),
    };
    (kind, over, clock.label.clone())
}

/// What the clock shows, in a sentence.
pub(super) fn line(clock: &ClockFace) -> SafeText {
    let says = &words().line_ui.says;
    if let ClockShows::Full {
        seconds: 0,
        over: true,
    }
    | ClockShows::Minutes {
        minutes: 0,
        over: true,
    } = clock.shows
    {
        return held(says.over_now, clock);
    }
    let (time, over) = match clock.shows {
        ClockShows::Full { seconds, over } => (span(seconds / 60, seconds % 60), over),
        ClockShows::Minutes { minutes, over } => (span(minutes, 0), over),
        ClockShows::Bar { left } => return held(bar(left).as_str(), clock),
        ClockShows::Hidden => {
            let word = command_words::said(Verb::Clock);
            return fill(&says.clock_hidden, &[("word", word)]);
        }
    };
    let time = if over {
        fill(&says.over, &[("time", time.as_str())])
    } else {
        time
    };
    let label = clock.label.as_str();
    // What says already that it is over says it once.
    let says_over =
        over && !label.is_empty() && time.as_str().trim_end_matches(',').ends_with(label);
    let label = if says_over { "" } else { label };
    let values = [("time", time.as_str()), ("label", label)];
    let line = fill(&says.clock, &values);
    // A clock without a label would leave a blank before the full stop.
    let line = line.as_str().replace(" .", ".").replace(",.", ".");
    held(&line, clock)
}

/// A sentence about a clock, and that it stands still where it does.
fn held(line: &str, clock: &ClockFace) -> SafeText {
    let says = &words().line_ui.says;
    if clock.held {
        return SafeText::new(&format!("{line} {}", says.clock_held));
    }
    SafeText::new(line)
}

fn span(minutes: u64, seconds: u64) -> SafeText {
    let says = &words().line_ui.says;
    let text: Template = match (minutes, seconds) {
        (0, 1) => says.second.into(),
        (0, _) => says.seconds,
        (1, 0) => says.minute.into(),
        (1, _) => says.minute_seconds,
        (_, 0) => says.minutes,
        (_, _) => says.minutes_seconds,
    };
    let (m, s) = (minutes.to_string(), seconds.to_string());
    fill(&text, &[("m", &m), ("s", &s)])
}

/// Fortieths as a sentence: whoever chose a bar chose not to have numbers.
fn bar(left: u8) -> SafeText {
    let bar = &words().line_ui.says.bar;
    let step = match left {
        0 => 0,
        1..=6 => 1,
        7..=15 => 2,
        16..=25 => 3,
        26..=35 => 4,
        36.. => 5,
    };
    SafeText::new(bar.get(step).copied().unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(shows: ClockShows, label: &str, held: bool) -> String {
        let label = SafeText::new(label);
        let clock = ClockFace {
            shows,
            large: true,
            held,
            label,
        };
        line(&clock).as_str().to_owned()
    }

    #[test]
    fn every_way_to_show_time_is_a_sentence() {
        let full = |seconds, over| ClockShows::Full { seconds, over };
        let until = "until the landing";
        assert_eq!(
            said(full(760, false), until, false),
            "12 minutes 40 until the landing."
        );
        assert_eq!(
            said(full(60, false), until, true),
            "1 minute until the landing. It is paused."
        );
        assert_eq!(
            said(full(130, true), "a little over", false),
            "2 minutes 10 over, a little over."
        );
        assert_eq!(said(full(5, true), "", false), "5 seconds over.");
        assert_eq!(said(full(1, false), "left", false), "1 second left.");
        assert_eq!(
            said(full(0, true), "over", false),
            "The planned time has passed."
        );
        assert_eq!(said(full(5, true), "over", false), "5 seconds over.");
        let minutes = ClockShows::Minutes {
            minutes: 3,
            over: false,
        };
        assert_eq!(said(minutes, until, false), "3 minutes until the landing.");
        let bar = ClockShows::Bar { left: 20 };
        assert_eq!(said(bar, until, false), "About half of the time is left.");
        assert!(said(ClockShows::Hidden, until, false).contains("clock"));
        assert!(words().line_ui.says.bar.len() == 6);
    }
}
