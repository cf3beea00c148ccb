//! What one program says to the other.

use serde::{Deserialize, Serialize};

use crate::session::intent::{GateWord, Intent};
use crate::session::setup::Begin;
use crate::time::moment::Moment;

/// The version of what is said here. Two programs that say different things do not begin.
pub(crate) const WIRE: u16 = 2;
/// The most bytes of a line, in either direction.
pub(crate) const MOST_BYTES: usize = 48 * 1024;

/// What one program says to the other. Nothing here is believed before it was checked.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) enum Message {
    /// Which program this is. It comes first, and says nothing of anybody.
    Hello {
        /// The version of the program.
        program: String,
        /// The version of what is said here.
        wire: u16,
        /// From a guest: what binds it to a number that it has drawn. From a host: the number that it has drawn.
        token: String,
    },
    /// The number that a guest was bound to.
    Reveal {
        /// The number.
        nonce: String,
    },
    /// Whether the person there says yes to the three words.
    Words {
        /// Yes, or no.
        yes: bool,
    },
    /// What the host would like to begin, or to go on with.
    Offer(Box<OfferedSession>),
    /// A piece of the script's texts.
    Text {
        /// The piece.
        piece: String,
    },
    /// Whether the guest says yes to what was offered, and whether there is a notebook of theirs.
    Accept {
        /// Yes, or no.
        yes: bool,
        /// Whether a notebook of theirs is there.
        notebook: bool,
    },
    /// The session begins, or is told anew from its beginning.
    Begin {
        /// With what.
        begin: Box<Begin>,
        /// How many entries follow that were accepted before.
        entries: u64,
    },
    /// What was accepted, in the order of the host's log.
    Entry(Box<SaidEntry>),
    /// Somebody at a guest's terminal asks something.
    Ask {
        /// Counted by the guest.
        id: u64,
        /// How many entries had come when it was asked.
        after: u64,
        /// What.
        intent: Box<Intent>,
    },
    /// The host did not take it.
    Refused {
        /// Which one.
        id: u64,
        /// Why, in a sentence.
        says: String,
    },
    /// Whether the person there has answered what each is asked alone. Not what.
    Answered {
        /// How many entries had come then.
        after: u64,
        /// Whether there is an answer.
        yes: bool,
    },
    /// Everybody has answered: now the answers are wanted.
    Give {
        /// How many entries there are.
        after: u64,
    },
    /// From a host: what each proposes for who goes first.
    Proposed {
        /// The guest's own number, where this guest proposed.
        asked: Option<u64>,
        /// Whose place, and what.
        all: Vec<(usize, Intent)>,
    },
    /// From a host: who of the others is not heard any more.
    Missing {
        /// Their places; none, where all are there.
        who: Vec<usize>,
    },
    /// The answer of the person there.
    Given {
        /// How many entries had come then.
        after: u64,
        /// The answer; `None` where it was taken back meanwhile.
        answer: Option<AloneAnswer>,
    },
    /// A guest's session is not the host's any more: it wants to be told anew.
    Differs,
    /// The program there ends in good order.
    Bye,
}

/// A session that a host offers.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct OfferedSession {
    /// The name of its script.
    pub(crate) script: String,
    /// The hash of its script.
    pub(crate) hash: String,
    /// The names of the people.
    pub(crate) people: Vec<String>,
    /// Which of them the guest is.
    pub(crate) you: usize,
    /// Who of them goes first, as it is planned.
    pub(crate) first: usize,
    /// How many minutes, where that is set.
    pub(crate) minutes: Option<u16>,
    /// How many bytes of texts follow; none where the script is one that comes with the program.
    pub(crate) texts: usize,
    /// Whether it is going on already.
    pub(crate) goes_on: bool,
}

/// What was accepted.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct SaidEntry {
    /// Which one, counted from 1.
    pub(crate) n: u64,
    /// When, by the host's clock.
    pub(crate) at: Moment,
    /// What.
    #[serde(rename = "do")]
    pub(crate) intent: Intent,
    /// The sum of the session after it.
    pub(crate) sum: u32,
    /// The guest's own number for it, where this guest asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) asked: Option<u64>,
    /// By whose key, where it was somebody's and comes right away.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) by: Option<usize>,
}

/// What somebody answered that each is asked alone.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum AloneAnswer {
    /// A word at the gate.
    Gate(GateWord),
    /// An answer by its number, counted from 0; `None` for whoever passed.
    Unseen(Option<usize>),
    /// What stays was chosen; what, stays on the machine where it was chosen.
    Chosen,
}
