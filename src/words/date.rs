//! How days are said.

told! {
    /// See `date.toml`.
    #[allow(
        missing_docs,
        reason = "each name is its key in date.toml, where the words explain themselves"
    )]
    pub struct DateWords {
        pub weekdays: [String; 7],
        pub weekdays_short: [String; 7],
        pub months: [String; 12],
        pub months_short: [String; 12],
        pub day: String,
        pub day_year: String,
        pub short: String,
        pub short_year: String,
        pub month_year: String,
        pub one: String,
        pub several: String,
        pub legend: String,
        pub said_one: String,
        pub said_several: String,
    }
}
