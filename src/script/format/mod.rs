//! The format of scripts: one table of its keys, and what follows from it.
//!
//! `tables` is the table: a row is a key, what may stand behind it, and the field in which it is read. The structs of
//! what is typed, the reader, the schema (`schema`) and, by a test, the reference (`docs/scripts.md`) follow from the
//! rows; people's settings are read by rows of their own. `spec` says what a row can say, `reader` how a row is read, `values` what a script says of a value
//! that is wrong. To add a key to a step: a row in `tables`, its words in `words/format.toml`, its use in `compile`.

pub(crate) mod reader;
pub(crate) mod schema;
pub(crate) mod spec;
pub(crate) mod tables;
pub(crate) mod values;
