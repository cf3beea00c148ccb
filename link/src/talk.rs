//! What this program and the one that started it say to each other: one JSON line a message over stdin and stdout.

use std::io::{self, BufRead, Read};

use serde::{Deserialize, Serialize};

use crate::frames::LONGEST;

/// The version of this talk, said first.
pub const VERSION: u32 = 1;

/// What comes from the program that started this one.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum Said {
    /// Whether the relay that a ticket names may be asked.
    Dial(bool),
    /// The ticket, where it isn't an argument.
    Ticket(String),
    /// What was kept of an earlier run.
    Again(String),
    /// A text for a peer.
    Line {
        /// The peer's number.
        to: u32,
        /// Never looked into.
        text: String,
    },
    /// A peer is put out.
    Refuse {
        /// The peer's number.
        id: u32,
    },
    /// No new guests.
    Shut(bool),
    /// One more guest.
    Open(bool),
    /// The end.
    Bye(bool),
}

/// What is told to the program that started this one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Tell {
    /// The first line.
    Ready {
        /// The version of this talk.
        v: u32,
    },
    /// What a guest needs.
    Ticket(String),
    /// The relay that a ticket names; nothing is sent before the answer.
    Relay(String),
    /// What makes another run of this program the same one. A secret.
    Again(String),
    /// Somebody is in.
    Peer {
        /// Their number.
        id: u32,
        /// The same on both sides, if nobody is in the middle.
        proof: String,
    },
    /// A text of a peer.
    Line {
        /// The peer's number.
        from: u32,
        /// What it said.
        text: String,
    },
    /// The way to a peer is away.
    Down {
        /// Their number.
        id: u32,
    },
    /// It is back.
    Up {
        /// Their number.
        id: u32,
    },
    /// A peer is away for good.
    Gone {
        /// Their number.
        id: u32,
        /// How it ended.
        why: Why,
    },
    /// What went wrong here.
    Error(Code),
}

/// How it ended with a peer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Why {
    /// They said goodbye.
    Closed,
    /// They, or we, were put out.
    Refused,
    /// The ticket let somebody else in.
    Used,
    /// The other program speaks otherwise.
    Version,
    /// The ticket's secret was wrong.
    Secret,
    /// Nobody is there.
    Unreachable,
    /// What they sent is nothing that a link sends.
    Broken,
}

/// What went wrong here. The words for it are the other program's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Code {
    /// This is no ticket.
    BadTicket,
    /// A ticket that was cut or mistyped.
    DamagedTicket,
    /// A ticket of a newer program.
    NewerTicket,
    /// What was kept of an earlier run can't be read.
    BadAgain,
    /// This is no address of a relay.
    BadRelay,
    /// The relay does not answer.
    Relay,
    /// There is no address that anybody could reach.
    NoNetwork,
    /// The address can't be listened on.
    Bind,
    /// A line was longer than a line may be.
    TooLong,
    /// A line is none of those above.
    BadLine,
}

/// A message as its line, if it may be one.
pub fn line_of(message: &Tell) -> Option<String> {
    let mut line = serde_json::to_string(message).ok()?;
    line.push('\n');
    (line.len() <= LONGEST).then_some(line)
}

/// What a line from the other program is.
#[derive(Debug, PartialEq, Eq)]
pub enum Heard {
    /// A message.
    Said(Said),
    /// None that is known here.
    Unknown,
    /// Longer than a line may be.
    TooLong,
    /// There will be no more.
    End,
}

/// Reads one line, and no more of it than a line may have.
pub fn hear(from: &mut impl BufRead) -> Heard {
    let mut line = Vec::new();
    let most = u64::try_from(LONGEST).unwrap_or_default();
    let read = retry(|| from.by_ref().take(most).read_until(b'\n', &mut line));
    if read.is_err() || line.is_empty() {
        return Heard::End;
    }
    if line.pop() != Some(b'\n') {
        return if line.len() >= LONGEST.saturating_sub(1) {
            Heard::TooLong
        } else {
            Heard::End
        };
    }
    serde_json::from_slice(&line).map_or(Heard::Unknown, Heard::Said)
}

fn retry(mut read: impl FnMut() -> io::Result<usize>) -> io::Result<usize> {
    loop {
        match read() {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            result => return result,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn heard(text: &str) -> Vec<Heard> {
        let mut from = text.as_bytes();
        let mut all = Vec::new();
        loop {
            let next = hear(&mut from);
            let last = matches!(next, Heard::End | Heard::TooLong);
            all.push(next);
            if last {
                return all;
            }
        }
    }

    #[test]
    fn every_message_is_known() {
        let all = heard(concat!(
            r#"{"dial":true}"#,
            "\n",
            r#"{"line":{"to":1,"text":"a\nb"}}"#,
            "\n",
            r#"{"refuse":{"id":2}}"#,
            "\n",
            r#"{"shut":true}"#,
            "\n",
            r#"{"bye":true}"#,
            "\n",
        ));
        assert_eq!(
            all,
            [
                Heard::Said(Said::Dial(true)),
                Heard::Said(Said::Line {
                    to: 1,
                    text: "a\nb".into()
                }),
                Heard::Said(Said::Refuse { id: 2 }),
                Heard::Said(Said::Shut(true)),
                Heard::Said(Said::Bye(true)),
                Heard::End,
            ]
        );
    }

    #[test]
    fn what_is_unknown_is_passed_over() {
        let all = heard("\n{}\nnonsense\n{\"later\":1}\n{\"bye\":true}\nhalf");
        let unknown = || Heard::Unknown;
        assert_eq!(
            all,
            [
                unknown(),
                unknown(),
                unknown(),
                unknown(),
                Heard::Said(Said::Bye(true)),
                Heard::End
            ]
        );
    }

    #[test]
    fn a_line_without_an_end_stops_at_the_limit() {
        assert_eq!(heard(&"a".repeat(1 << 20)), [Heard::TooLong]);
        let longest = format!("{}\n", "a".repeat(LONGEST - 1));
        assert_eq!(heard(&longest), [Heard::Unknown, Heard::End]);
    }

    #[test]
    fn what_is_told_is_as_the_other_program_expects() {
        let line = |message| line_of(&message).expect("a short line");
        assert_eq!(line(Tell::Ready { v: 1 }), "{\"ready\":{\"v\":1}}\n");
        assert_eq!(
            line(Tell::Gone {
                id: 2,
                why: Why::Unreachable
            }),
            "{\"gone\":{\"id\":2,\"why\":\"unreachable\"}}\n"
        );
        assert_eq!(
            line(Tell::Error(Code::NoNetwork)),
            "{\"error\":\"no-network\"}\n"
        );
        let text = "\u{1}".repeat(LONGEST / 4);
        assert_eq!(line_of(&Tell::Line { from: 1, text }), None);
    }
}
