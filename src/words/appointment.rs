//! The next session, for a calendar.

told! {
    /// See `appointment.toml`.
    #[allow(
        missing_docs,
        reason = "each name is its key in appointment.toml, where the words explain themselves"
    )]
    pub struct AppointmentWords {
        pub title: String,
        pub offer: String,
        pub day_ask: String,
        pub day_hint: String,
        pub day_wrong: String,
        pub time_ask: String,
        pub time_hint: String,
        pub time_wrong: String,
        pub time_left_out: String,
        pub long_ask: String,
        pub long: String,
        pub reserve_ask: String,
        pub reserve_none: String,
        pub session: String,
        pub session_first: String,
        pub reserve: String,
        pub reserve_first: String,
        pub neutral: String,
        pub maker: String,
        pub name: String,
        pub reserve_name: String,
    }
}
