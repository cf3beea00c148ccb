//! The table of keys as the build made it of `keys.toml`: every name is a key, and no key does two things.

use super::action::Action;
use super::key::{Code, Key};

/// All rows, in the order of the footer and of the page of keys.
struct Rows {
    key: &'static [Row],
}

/// One row.
pub(super) struct Row {
    pub(super) does: (Action, &'static str),
    pub(super) keys: Keys,
    pub(super) typing: Keys,
    pub(super) asking: Keys,
    pub(super) shown: Option<&'static str>,
    pub(super) footer: &'static str,
    pub(super) rank: Option<u8>,
    pub(super) help: &'static str,
}

/// Keys and what they are called.
type Keys = &'static [(&'static str, Key)];

include!(concat!(env!("OUT_DIR"), "/keys.rs"));

/// The rows of the table.
pub(super) fn rows() -> &'static [Row] {
    MADE.key
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_build_and_the_program_mean_the_same_keys_by_their_names() {
        for row in rows() {
            for (name, key) in [row.keys, row.typing, row.asking].concat() {
                assert_eq!(Key::named(name), Some(key), "{name}");
            }
        }
    }
}
