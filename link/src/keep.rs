//! What makes another run of this program the same one for the others: after a kill nobody needs a new ticket or new
//! words. The program that started this one keeps it beside its own unfinished session, and erases it with that.

use std::net::SocketAddr;

use data_encoding::BASE32_NOPAD;

use crate::door::MOST_GUESTS;
use crate::greet::Proof;
use crate::ticket::{Id, Secret, put_address, take, take_address};

const VERSION: u8 = 1;

/// The key of this session and who was in.
#[derive(Clone, PartialEq, Eq)]
pub struct Kept {
    /// The secret half of the key.
    pub key: [u8; 32],
    /// The ticket's secret.
    pub secret: Secret,
    /// Where it listened, by the old and the new kind of address; 0 for nowhere.
    pub ports: [u16; 2],
    /// How many more strangers may come in.
    pub left: u32,
    /// Who was in.
    pub peers: Vec<KeptPeer>,
}

/// Somebody who was in.
#[derive(Clone, PartialEq, Eq)]
pub struct KeptPeer {
    /// Their key.
    pub id: Id,
    /// Their number.
    pub number: u32,
    /// What the words were made of.
    pub proof: Proof,
    /// Where they were: who comes back looks for them there, and need not wait until they notice a silence.
    pub at: Option<SocketAddr>,
}

impl Kept {
    /// As text.
    pub fn encode(&self) -> String {
        let mut bytes = vec![VERSION];
        bytes.extend(self.key);
        bytes.extend(self.secret);
        for port in self.ports {
            bytes.extend(port.to_be_bytes());
        }
        bytes.extend(self.left.to_be_bytes());
        for peer in &self.peers {
            bytes.extend(peer.id);
            bytes.extend(peer.number.to_be_bytes());
            bytes.extend(peer.proof);
            match peer.at {
                Some(at) => put_address(&mut bytes, at),
                None => bytes.push(0),
            }
        }
        BASE32_NOPAD.encode(&bytes)
    }

    /// Reads what was kept.
    pub fn parse(text: &str) -> Option<Kept> {
        let bytes = BASE32_NOPAD.decode(text.trim().as_bytes()).ok()?;
        let mut rest = &bytes[..];
        let [version] = take(&mut rest)?;
        if version != VERSION {
            return None;
        }
        let mut kept = Kept {
            key: take(&mut rest)?,
            secret: take(&mut rest)?,
            ports: [
                u16::from_be_bytes(take(&mut rest)?),
                u16::from_be_bytes(take(&mut rest)?),
            ],
            left: u32::from_be_bytes(take(&mut rest)?),
            peers: Vec::new(),
        };
        while !rest.is_empty() {
            if kept.peers.len() >= usize::try_from(MOST_GUESTS).unwrap_or_default() {
                return None;
            }
            kept.peers.push(KeptPeer {
                id: take(&mut rest)?,
                number: u32::from_be_bytes(take(&mut rest)?),
                proof: take(&mut rest)?,
                at: match rest {
                    [0, after @ ..] => {
                        rest = after;
                        None
                    }
                    _ => Some(take_address(&mut rest)?),
                },
            });
        }
        Some(kept)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn peer(number: usize, at: bool) -> KeptPeer {
        let address = "[2001:db8::1]:40000".parse().expect("an address");
        KeptPeer {
            id: [9; 32],
            number: u32::try_from(number).expect("a small number"),
            proof: [4; 16],
            at: at.then_some(address),
        }
    }

    #[test]
    fn what_is_kept_reads_back_and_is_short() {
        let most = usize::try_from(MOST_GUESTS).expect("a small number");
        let mut kept = Kept {
            key: [1; 32],
            secret: [2; 16],
            ports: [40000, 0],
            left: 3,
            peers: Vec::new(),
        };
        for number in 0..=most {
            assert!(Kept::parse(&kept.encode()).is_some_and(|read| read == kept));
            assert!(kept.encode().len() <= 2048);
            kept.peers.push(peer(number, number % 2 == 0));
        }
        assert!(
            Kept::parse(&kept.encode()).is_none(),
            "more than can be there"
        );
    }

    #[test]
    fn what_was_cut_or_is_another_is_refused() {
        let kept = Kept {
            key: [1; 32],
            secret: [2; 16],
            ports: [1, 2],
            left: 0,
            peers: vec![peer(1, true)],
        };
        let text = kept.encode();
        for end in (0..text.len()).step_by(8) {
            let read = Kept::parse(&text[..end]);
            assert!(read.is_none_or(|read| read.peers.is_empty()), "{end}");
        }
        assert!(Kept::parse("hello").is_none());
    }
}
