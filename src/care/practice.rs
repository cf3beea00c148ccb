//! The grounding library as data (content.md 4.4), and where a pace stands after so long.

use std::sync::LazyLock;
use std::time::Duration;

use serde::Deserialize;

use crate::words::read;

/// Every way to come back, in the order in which they are offered.
#[derive(Deserialize, Debug)]
#[serde(deny_unknown_fields)]
struct Library {
    practice: Vec<Practice>,
}

/// One way to come back.
#[derive(Deserialize, Debug)]
#[serde(deny_unknown_fields)]
pub(super) struct Practice {
    #[allow(
        dead_code,
        reason = "it names the practice for those who write the file"
    )]
    pub(super) id: String,
    pub(super) kind: Kind,
    pub(super) title: String,
    pub(super) step: Vec<Step>,
}

/// What it turns to.
#[derive(Deserialize, Clone, Copy, PartialEq, Eq, Debug)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Kind {
    Orienting,
    Senses,
    Movement,
    Attention,
    /// Only when it is chosen: to attend to the breath can make panic worse.
    Breath,
}

/// One screen of it.
#[derive(Deserialize, Debug)]
#[serde(untagged, deny_unknown_fields)]
pub(super) enum Step {
    /// Words.
    Says {
        says: String,
        beneath: Option<String>,
        /// After so long it goes on by itself.
        seconds: Option<f64>,
    },
    /// Words that come and go by the clock.
    Pace { pace: Vec<Phase>, times: u32 },
}

/// A word and how long it stands.
#[derive(Deserialize, Debug)]
#[serde(deny_unknown_fields)]
pub(super) struct Phase {
    pub(super) word: String,
    pub(super) seconds: f64,
}

static LIBRARY: LazyLock<Library> = LazyLock::new(|| read(include_str!("grounding.toml")));

pub(super) fn library() -> &'static [Practice] {
    &LIBRARY.practice
}

/// Half a second is told as one; no phase is shorter than that, and none lasts an hour.
pub(super) fn duration(seconds: f64) -> Duration {
    Duration::try_from_secs_f64(seconds.clamp(0.5, 3_600.0)).unwrap_or(Duration::from_secs(1))
}

/// Which round and which phase it is after so long, and how long that phase still lasts.
pub(super) fn beat(pace: &[Phase], passed: Duration) -> (u32, usize, Duration) {
    let whole: Duration = pace.iter().map(|phase| duration(phase.seconds)).sum();
    if whole.is_zero() {
        return (u32::MAX, 0, Duration::ZERO);
    }
    let round = u32::try_from(passed.as_millis() / whole.as_millis().max(1)).unwrap_or(u32::MAX);
    let mut rest = passed.saturating_sub(whole.saturating_mul(round));
    for (n, phase) in pace.iter().enumerate() {
        let lasts = duration(phase.seconds);
        if rest < lasts {
            return (round, n, lasts - rest);
        }
        rest -= lasts;
    }
    (round, 0, Duration::ZERO)
}
