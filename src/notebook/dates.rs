//! The days on which a promise is looked at again.

use crate::time::date::Date;

/// How many days after the promise: the first days close together, then every week for three weeks
/// (content.md S15; design.md, "promise").
pub(crate) const AFTER: [u32; 5] = [1, 3, 7, 14, 21];

/// The proposed days for a promise that was made on this one. People may change them.
#[must_use]
pub(crate) fn proposed(made: Date) -> Vec<Date> {
    AFTER.into_iter().map(|days| made.after(days)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_promise_is_looked_at_again_soon_and_then_weekly() {
        let made = Date::parse("2024-02-27").unwrap();
        let days: Vec<String> = proposed(made).iter().map(Date::to_string).collect();
        let hoped = [
            "2024-02-28",
            "2024-03-01",
            "2024-03-05",
            "2024-03-12",
            "2024-03-19",
        ];
        assert_eq!(days, hoped);
    }
}
