//! What a release must not go out with. In everyday builds this says nothing; `RELEASE=1` makes it strict.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on says where")]

use alongside::safety::signposts::signposts;
use alongside::time::clock::{SystemClock, TimeSource};

/// Whoever ships an unverified or an old number may send somebody in danger to a line that is dead.
#[test]
fn every_crisis_number_was_verified_within_twelve_months() {
    let today = SystemClock::new().now().day();
    let unfit = signposts().unfit(today);
    let strict = std::env::var("RELEASE").is_ok_and(|value| value == "1");
    assert!(
        !strict || unfit.is_empty(),
        "not verified within twelve months (docs/releasing.md says how):\n{}",
        unfit.join("\n")
    );
}
