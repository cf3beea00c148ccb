//! What tests stand on: people at both faces, disks and shelves that are only pretended, a home that was lived in.
//!
//! What needs to see inside a room is declared by that room with `#[path]`; it lies here all the same, so that all of
//! it is in one place.
//!
//! ```text
//! hands           keys go in, drawn bytes come out           (tui)
//! voice           lines go in, said bytes come out           (plain)
//! ways_by_key     every key that asks something              (tui)
//! ways_by_line    every line that asks something             (plain)
//! drawn           a picture as rows of text and as a frame   (tui::view)
//! screen_name     a session's screen by its step             (session)
//! people_by_line  people who find answers by what they say   (drive)
//! seated          the program in the middle of a session     (drive)
//! pretend_disk    a disk that fails and forgets              (files)
//! pretend_home    data and a planner for home                (home)
//! pretend_talk    somebody to talk to by lines               (plain)
//! back_walk       walks on which every way back is tried    (menu)
//! lived_in        a home in which people have lived
//! ```

pub(crate) mod back_walk;
pub(crate) mod lived_in;
