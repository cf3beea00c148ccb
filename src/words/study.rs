//! What the pages say that belong to one person.

told! {
    /// See `study.toml`.
    #[allow(
        missing_docs,
        reason = "each name is its key in study.toml, where the words explain themselves"
    )]
    pub struct StudyWords {
        pub door: StudyDoor,
        pub make: StudyMake,
        pub pass: StudyPass,
        pub desk: StudyDesk,
        pub left: StudyLeft,
        pub write: StudyWrite,
        pub notes: StudyNotes,
        pub promises: StudyPromises,
        pub parts: StudyParts,
        pub field: StudyField,
        pub check_in: StudyCheckIn,
        pub back: StudyBack,
        pub manage: StudyManage,
        pub idle: StudyIdle,
        pub out: StudyOut,
    }
}

told! {
    /// See `[door]` in `study.toml`.
    #[allow(
        missing_docs,
        reason = "each name is its key in study.toml, where the words explain themselves"
    )]
    pub struct StudyDoor {
        pub title: String,
        pub ask: String,
        pub alone: String,
        pub lines: String,
        pub none: String,
        pub open: String,
        pub broken: String,
        pub new: String,
        pub home: String,
    }
}

told! {
    /// See `[make]` in `study.toml`.
    #[allow(
        missing_docs,
        reason = "each name is its key in study.toml, where the words explain themselves"
    )]
    pub struct StudyMake {
        pub title: String,
        pub name: String,
        pub name_hint: String,
        pub name_empty: String,
        pub name_long: String,
        pub name_taken: String,
        pub how: String,
        pub sealed: String,
        pub plain: String,
        pub sealed_is: String,
        pub plain_is: String,
        pub pass: String,
        pub pass_hint: String,
        pub pass_short: String,
        pub again: String,
        pub again_hint: String,
        pub differs: String,
        pub sure_plain: String,
        pub sure_yes: String,
        pub made: String,
    }
}

told! {
    /// See `[pass]` in `study.toml`.
    #[allow(
        missing_docs,
        reason = "each name is its key in study.toml, where the words explain themselves"
    )]
    pub struct StudyPass {
        pub title: String,
        pub ask: String,
        pub hint: String,
        pub opening: String,
        pub trying: String,
        pub making: String,
    }
}

told! {
    /// See `[desk]` in `study.toml`.
    #[allow(
        missing_docs,
        reason = "each name is its key in study.toml, where the words explain themselves"
    )]
    pub struct StudyDesk {
        pub title: String,
        pub ask: String,
        pub due_one: String,
        pub due: String,
        pub begun: String,
        pub left: String,
        pub write: String,
        pub check_in: String,
        pub promises: String,
        pub parts: String,
        pub notes: String,
        pub back: String,
        pub out: String,
        pub manage: String,
        pub lock: String,
        pub written: String,
        pub gone: String,
        pub kept: String,
    }
}

told! {
    /// See `[left]` in `study.toml`.
    #[allow(
        missing_docs,
        reason = "each name is its key in study.toml, where the words explain themselves"
    )]
    pub struct StudyLeft {
        pub title: String,
        pub none: String,
        pub met: String,
        pub last: String,
        pub last_by: String,
        pub beside: String,
        pub apart: String,
        pub note: String,
        pub promise: String,
        pub sit: String,
        pub short: String,
        pub visit: String,
    }
}

told! {
    /// See `[write]` in `study.toml`.
    #[allow(
        missing_docs,
        reason = "each name is its key in study.toml, where the words explain themselves"
    )]
    pub struct StudyWrite {
        pub title: String,
        pub begun_ask: String,
        pub begun_sealed: String,
        pub begun_plain: String,
        pub begun_on: String,
        pub begun_go: String,
        pub begun_gone: String,
        pub ask: String,
        pub hint: String,
        pub part: String,
        pub no_part: String,
        pub empty: String,
    }
}

told! {
    /// See `[notes]` in `study.toml`.
    #[allow(
        missing_docs,
        reason = "each name is its key in study.toml, where the words explain themselves"
    )]
    pub struct StudyNotes {
        pub title: String,
        pub ask: String,
        pub none: String,
        pub line: String,
        pub of: String,
        pub script: String,
        pub until: String,
        pub stay: String,
        pub stay_ask: String,
        pub erase: String,
        pub file: String,
    }
}

told! {
    /// See `[promises]` in `study.toml`.
    #[allow(
        missing_docs,
        reason = "each name is its key in study.toml, where the words explain themselves"
    )]
    pub struct StudyPromises {
        pub title: String,
        pub ask: String,
        pub none: String,
        pub new: String,
        pub line: String,
        pub line_due: String,
        pub line_open: String,
        pub to: String,
        pub days: String,
        pub no_days: String,
        pub therapist: String,
        pub words_ask: String,
        pub words_hint: String,
        pub to_ask: String,
        pub when_ask: String,
        pub when_usual: String,
        pub when_day: String,
        pub when_week: String,
        pub when_own: String,
        pub when_none: String,
        pub own_ask: String,
        pub own_hint: String,
        pub own_wrong: String,
        pub cue_ask: String,
        pub cue_hint: String,
        pub cue_long: String,
        pub kept: String,
        pub missed: String,
        pub release: String,
        pub again: String,
        pub visit: String,
        pub missed_is: String,
        pub erase: String,
    }
}

told! {
    /// See `[parts]` in `study.toml`.
    #[allow(
        missing_docs,
        reason = "each name is its key in study.toml, where the words explain themselves"
    )]
    pub struct StudyParts {
        pub title: String,
        pub ask: String,
        pub none: String,
        pub new: String,
        pub map: String,
        pub map_title: String,
        pub map_none: String,
        pub name_ask: String,
        pub name_hint: String,
        pub line: String,
        pub met: String,
        pub met_by: String,
        pub change: String,
        pub meet: String,
        pub link: String,
        pub merge: String,
        pub split: String,
        pub promise: String,
        pub note: String,
        pub erase: String,
        pub field_ask: String,
        pub word_hint: String,
        pub meet_ask: String,
        pub other: String,
        pub apart_ask: String,
        pub apart_no: String,
        pub link_ask: String,
        pub protects: String,
        pub against: String,
        pub neither: String,
        pub with_ask: String,
        pub merge_ask: String,
        pub merge_sure: String,
        pub merge_yes: String,
        pub split_ask: String,
        pub merged: String,
    }
}

told! {
    /// See `[field]` in `study.toml`.
    #[allow(
        missing_docs,
        reason = "each name is its key in study.toml, where the words explain themselves"
    )]
    pub struct StudyField {
        pub name: String,
        pub shows: String,
        pub job: String,
        pub fears: String,
        pub wants: String,
        pub protects: String,
        pub against: String,
        pub from: String,
    }
}

told! {
    /// See `[check-in]` in `study.toml`.
    #[allow(
        missing_docs,
        reason = "each name is its key in study.toml, where the words explain themselves"
    )]
    pub struct StudyCheckIn {
        pub title: String,
        pub lines: Vec<String>,
        pub hint: String,
        pub stirred: String,
        pub carry: String,
    }
}

told! {
    /// See `[back]` in `study.toml`.
    #[allow(
        missing_docs,
        reason = "each name is its key in study.toml, where the words explain themselves"
    )]
    pub struct StudyBack {
        pub title: String,
        pub none: String,
        pub ask: String,
        pub ended: String,
        pub line: String,
        pub by_month: String,
        pub month_before: String,
        pub month_after: String,
        pub before: String,
        pub after: String,
        pub stirred: String,
        pub carry: String,
        pub carry_after: String,
        pub more: String,
    }
}

told! {
    /// See `[manage]` in `study.toml`.
    #[allow(
        missing_docs,
        reason = "each name is its key in study.toml, where the words explain themselves"
    )]
    pub struct StudyManage {
        pub title: String,
        pub ask: String,
        pub lock: String,
        pub pass: String,
        pub seal: String,
        pub seal_is: String,
        pub is_sealed: String,
        pub old: String,
        pub new: String,
        pub again: String,
        pub changed: String,
        pub forget: String,
        pub sure: String,
        pub yes: String,
        pub deleted: String,
        pub no: String,
        pub erase_sure: String,
        pub erase_yes: String,
        pub cannot: String,
    }
}

told! {
    /// See `[idle]` in `study.toml`.
    #[allow(
        missing_docs,
        reason = "each name is its key in study.toml, where the words explain themselves"
    )]
    pub struct StudyIdle {
        pub locked: String,
        pub begun: String,
    }
}

told! {
    /// See `[out]` in `study.toml`.
    #[allow(
        missing_docs,
        reason = "each name is its key in study.toml, where the words explain themselves"
    )]
    pub struct StudyOut {
        pub title: String,
        pub ask: String,
        pub therapist: String,
        pub markdown: String,
        pub data: String,
        pub map: String,
        pub choose: String,
        pub none: String,
        pub nothing: String,
        pub chosen_none: String,
        pub chosen_one: String,
        pub chosen: String,
        pub check_in: String,
        pub sitting: String,
        pub more: String,
    }
}
