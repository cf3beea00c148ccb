//! The link as a program: on the loopback, with strangers, and on networks of its own.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test that can't go on has failed, and says what it measured"
)]

mod loopback;
mod namespaces;
mod program;
mod strangers;
#[allow(dead_code, reason = "the program uses all of it")]
#[path = "../../src/ticket.rs"]
mod ticket;
