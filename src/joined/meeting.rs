//! How two programs meet: before anything of a person crosses, both people have said yes to the same three words.
//!
//! The words come from what the link knows of both ends and from a number that each side draws. The guest commits to its
//! number before it hears the host's, so that whoever stands between the two has one try, and a chance of one in many
//! millions that the words are the same on both screens.

use sha2::{Digest, Sha256};
use std::time::Duration;

use super::line::{Line, LineBroken};
use super::message::{MOST_BYTES, Message, OfferedSession, WIRE};
use crate::text::words::words;

/// How many words there are to say aloud.
const SAID: usize = 3;
/// How long a piece of a script's text is, in bytes; on the line it may take several times as many.
const PIECE: usize = 6 * 1024;
/// The most bytes of a script's texts.
pub(crate) const MOST_TEXTS: usize = 2 * 1024 * 1024;
/// The most people, and the most letters of a name or a title in an offer.
const MOST_NAMES: usize = 12;
const MOST_LETTERS: usize = 200;
/// The most letters of a version.
const MOST_VERSION: usize = 20;

/// Why nothing begins.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum MeetingEnd {
    /// The other program is of another version.
    Version,
    /// The person here said no.
    SaidNo,
    /// The person there said no.
    HeardNo,
    /// The person here said that the words are others.
    SaidOthers,
    /// The person there said that the words are others.
    HeardOthers,
    /// What came over the line was no conversation.
    Broken,
}

/// Where two programs stand with each other.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum MeetingStage {
    /// They are telling each other what they are.
    Greeting,
    /// The three words are on both screens; whether the person here said yes to them.
    Words { yes: bool },
    /// Both said yes; at the guest's, the offer has not come whole.
    Offering,
    /// At the guest's: the offer is there, and waits for a yes.
    Offered,
    /// The guest said yes; whether a notebook is there.
    Agreed { notebook: bool },
    /// Nothing begins.
    Ended(MeetingEnd),
}

/// Two programs that meet, at one of them.
#[derive(Debug)]
pub(crate) struct Meeting {
    line: Line,
    /// What is offered, with the texts of its script; at the host's.
    offer: Option<(OfferedSession, String)>,
    /// What was offered; at the guest's.
    offered: Option<(OfferedSession, String)>,
    proof: String,
    nonce: String,
    /// Which version the other program is.
    program: String,
    /// What the other committed to, or the number that it drew.
    token: String,
    words: Vec<&'static str>,
    mine: bool,
    theirs: bool,
    stage: MeetingStage,
}

/// A number over these texts, as text.
fn hash(parts: &[&str]) -> String {
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update(part.len().to_le_bytes());
        hasher.update(part.as_bytes());
    }
    let digest = hasher.finalize();
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The words that a number over these texts is said by.
fn words_of(parts: &[&str]) -> Vec<&'static str> {
    let list: Vec<&'static str> = words().joined.spoken.split_whitespace().collect();
    let digest = hash(parts);
    let most = u64::try_from(list.len()).unwrap_or(1).max(1);
    let word = |nth: usize| {
        let digits = digest.get(nth * 16..(nth + 1) * 16)?;
        let number = u64::from_str_radix(digits, 16).ok()?;
        list.get(usize::try_from(number % most).ok()?).copied()
    };
    (0..SAID).filter_map(word).collect()
}

impl Meeting {
    /// Somebody has come to the host. `random` is a text that nobody can foresee.
    pub(crate) fn host(
        proof: &str,
        random: &str,
        offer: (OfferedSession, String),
        now: Duration,
    ) -> Self {
        Self::new(proof, random, Some(offer), now)
    }

    /// The host is reached.
    pub(crate) fn guest(proof: &str, random: &str, now: Duration) -> Self {
        let mut meeting = Self::new(proof, random, None, now);
        let token = hash(&["commit", &meeting.nonce]);
        meeting.greet(token);
        meeting
    }

    fn new(
        proof: &str,
        random: &str,
        offer: Option<(OfferedSession, String)>,
        now: Duration,
    ) -> Self {
        Self {
            line: Line::new(now),
            offer,
            offered: None,
            proof: proof.to_owned(),
            nonce: hash(&["nonce", random]),
            program: String::new(),
            token: String::new(),
            words: Vec::new(),
            mine: false,
            theirs: false,
            stage: MeetingStage::Greeting,
        }
    }

    fn greet(&mut self, token: String) {
        let program = env!("CARGO_PKG_VERSION").to_owned();
        self.line.say(Message::Hello {
            program,
            wire: WIRE,
            token,
        });
    }

    /// Whether this is the host's side.
    fn hosts(&self) -> bool {
        self.offer.is_some()
    }

    /// Takes a line from the other program; answers what is not of the meeting any more, but of the session after it.
    pub(crate) fn hear(&mut self, text: &str, now: Duration) -> Option<Message> {
        let message = match self.line.hear(text, now) {
            Ok(message) => message?,
            Err(LineBroken) => return self.end(MeetingEnd::Broken),
        };
        match (&self.stage, message) {
            (MeetingStage::Ended(_), _) => {}
            (MeetingStage::Agreed { .. }, message) => return Some(message),
            (_, Message::Bye) => return self.end(MeetingEnd::HeardNo),
            (
                MeetingStage::Greeting,
                Message::Hello {
                    program,
                    wire,
                    token,
                },
            ) if self.token.is_empty() => {
                return self.is_greeted(&program, wire, token);
            }
            (MeetingStage::Greeting, Message::Reveal { nonce })
                if self.hosts() && hash(&["commit", &nonce]) == self.token =>
            {
                let own = self.nonce.clone();
                self.show_words(&own, &nonce);
            }
            (MeetingStage::Words { .. }, Message::Words { yes: true }) if !self.theirs => {
                self.theirs = true;
                self.both_said();
            }
            (MeetingStage::Words { .. }, Message::Words { yes: false }) => self.is_put_out(),
            // The other may be a step ahead: it has our yes already.
            (MeetingStage::Offering, Message::Offer(offer))
                if !self.hosts() && self.offered.is_none() =>
            {
                if !is_sane(&offer) {
                    return self.end(MeetingEnd::Broken);
                }
                self.offered = Some((*offer, String::new()));
                self.is_offered();
            }
            (MeetingStage::Offering, Message::Text { piece }) if !self.hosts() => {
                let Some((offer, texts)) = &mut self.offered else {
                    return self.end(MeetingEnd::Broken);
                };
                texts.push_str(&piece);
                if texts.len() > offer.texts {
                    return self.end(MeetingEnd::Broken);
                }
                self.is_offered();
            }
            (MeetingStage::Offering, Message::Accept { yes, notebook }) if self.hosts() => {
                if !yes {
                    return self.end(MeetingEnd::HeardNo);
                }
                self.stage = MeetingStage::Agreed { notebook };
            }
            (_, _) => return self.end(MeetingEnd::Broken),
        }
        None
    }

    fn end(&mut self, why: MeetingEnd) -> Option<Message> {
        self.stage = MeetingStage::Ended(why);
        None
    }

    fn is_greeted(&mut self, program: &str, wire: u16, token: String) -> Option<Message> {
        let same = wire == WIRE && program == env!("CARGO_PKG_VERSION");
        self.token = token;
        self.program = program.chars().take(MOST_VERSION).collect();
        if self.hosts() {
            // Only now that the guest is bound to its number does it hear this one.
            let nonce = self.nonce.clone();
            self.greet(nonce);
        } else if same {
            let nonce = self.nonce.clone();
            self.line.say(Message::Reveal {
                nonce: nonce.clone(),
            });
            let theirs = self.token.clone();
            self.show_words(&theirs, &nonce);
        }
        match same {
            true => None,
            false => self.end(MeetingEnd::Version),
        }
    }

    fn show_words(&mut self, host: &str, guest: &str) {
        self.words = words_of(&[&self.proof, host, guest]);
        self.stage = MeetingStage::Words { yes: false };
    }

    /// At the host's: whoever is there is this person.
    pub(crate) fn is_person(&mut self, who: usize) {
        if let Some((offer, _)) = &mut self.offer {
            offer.you = who;
        }
    }

    /// Which person the one at the other end is, at the host's; the first, as long as that is not known.
    #[must_use]
    pub(crate) fn person(&self) -> usize {
        self.offer.as_ref().map_or(0, |(offer, _)| offer.you)
    }

    /// The person here says whether the words are the same.
    pub(crate) fn say(&mut self, yes: bool) {
        if !matches!(self.stage, MeetingStage::Words { .. }) {
            return;
        }
        self.line.say(Message::Words { yes });
        if !yes {
            self.end(MeetingEnd::SaidOthers);
            return;
        }
        (self.mine, self.stage) = (true, MeetingStage::Words { yes: true });
        self.both_said();
    }

    /// The other side has closed the line: what it said before may have been lost on the way.
    pub(crate) fn is_put_out(&mut self) {
        let why = match self.stage {
            MeetingStage::Ended(why) => why,
            MeetingStage::Words { .. } => MeetingEnd::HeardOthers,
            MeetingStage::Greeting
            | MeetingStage::Offering
            | MeetingStage::Offered
            | MeetingStage::Agreed { .. } => MeetingEnd::HeardNo,
        };
        self.end(why);
    }

    /// Once both have said yes, the host offers; not before.
    fn both_said(&mut self) {
        if !(self.mine && self.theirs) {
            return;
        }
        self.stage = MeetingStage::Offering;
        if let Some((offer, texts)) = self.offer.clone() {
            self.line.say(Message::Offer(Box::new(offer)));
            let mut rest = texts.as_str();
            while !rest.is_empty() {
                let mut end = PIECE.min(rest.len());
                while !rest.is_char_boundary(end) {
                    end -= 1;
                }
                let (piece, behind) = rest.split_at(end);
                self.line.say(Message::Text {
                    piece: piece.to_owned(),
                });
                rest = behind;
            }
        }
    }

    fn is_offered(&mut self) {
        if let Some((offer, texts)) = &self.offered
            && offer.texts == texts.len()
        {
            self.stage = MeetingStage::Offered;
        }
    }

    /// The guest says yes or no to what was offered.
    pub(crate) fn accept(&mut self, yes: bool, notebook: bool) {
        if self.stage != MeetingStage::Offered {
            return;
        }
        self.line.say(Message::Accept { yes, notebook });
        self.stage = match yes {
            true => MeetingStage::Agreed { notebook },
            false => MeetingStage::Ended(MeetingEnd::SaidNo),
        };
    }

    /// Where they stand.
    #[must_use]
    pub(crate) fn stage(&self) -> &MeetingStage {
        &self.stage
    }

    /// Which version the other program says it is.
    #[must_use]
    pub(crate) fn program(&self) -> &str {
        &self.program
    }

    /// The three words.
    #[must_use]
    pub(crate) fn words(&self) -> &[&'static str] {
        &self.words
    }

    /// What was offered, with the texts of its script.
    #[must_use]
    pub(crate) fn offered(&self) -> Option<&(OfferedSession, String)> {
        self.offered.as_ref()
    }

    /// The line, for the session that begins.
    #[must_use]
    pub(crate) fn into_line(self) -> Line {
        self.line
    }

    /// Looks at the clock.
    pub(crate) fn look(&mut self, now: Duration) {
        if self.line.look(now).is_err() {
            self.end(MeetingEnd::Broken);
        }
    }

    /// The lines that are to be sent now.
    pub(crate) fn take(&mut self, now: Duration) -> Vec<String> {
        self.line.take(now)
    }

    /// The way under the line is there again.
    pub(crate) fn is_back(&mut self) {
        self.line.is_back();
    }

    /// How long until something is to be said.
    #[must_use]
    pub(crate) fn next_wake(&self, now: Duration) -> Duration {
        self.line.next_wake(now)
    }
}

/// Whether an offer can be one at all.
fn is_sane(offer: &OfferedSession) -> bool {
    let short = |text: &String| text.chars().count() <= MOST_LETTERS && text.len() <= MOST_BYTES;
    offer.people.len() <= MOST_NAMES
        && offer.you < offer.people.len()
        && offer.first < offer.people.len()
        && offer.texts <= MOST_TEXTS
        && offer.people.iter().all(short)
        && short(&offer.script)
        && short(&offer.hash)
}

#[cfg(test)]
#[path = "tests/meeting.rs"]
mod tests;
