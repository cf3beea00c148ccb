//! What is pasted into a chat, so that another program finds this one and is let in once.
//!
//! `alongside1` and the base32 of: key of the host, secret, addresses, relay, checksum.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use data_encoding::BASE32_NOPAD;

/// What every ticket begins with; the digit is its version.
const MARK: &str = "alongside";
const VERSION: &str = "1";
/// More addresses make a ticket that nobody wants to paste.
pub const MOST_ADDRESSES: usize = 8;
/// Longer text is no ticket; it is not looked into.
const LONGEST: usize = 2048;
const CHECKSUM: usize = 4;

/// The one-time secret of a ticket, 128 bits.
pub type Secret = [u8; 16];
/// A public key: who somebody is on the line.
pub type Id = [u8; 32];

/// Where a host is, and what lets a guest in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ticket {
    /// The host's key.
    pub id: Id,
    /// Whoever says it has the ticket.
    pub secret: Secret,
    /// Where the host can be reached directly.
    pub addresses: Vec<SocketAddr>,
    /// The address of a relay that the host can be reached through.
    pub relay: Option<String>,
}

/// Why a text is no ticket.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoTicket {
    /// It is something else.
    Other,
    /// It was cut or mistyped.
    Damaged,
    /// A newer program made it.
    Newer,
}

impl Ticket {
    /// As text to paste.
    pub fn encode(&self) -> String {
        let mut bytes = Vec::with_capacity(96);
        bytes.extend(self.id);
        bytes.extend(self.secret);
        let addresses = self.addresses.iter().take(MOST_ADDRESSES);
        bytes.push(u8::try_from(addresses.len()).unwrap_or_default());
        for address in addresses {
            put_address(&mut bytes, *address);
        }
        let relay = self.relay.as_deref().unwrap_or_default();
        let length = u8::try_from(relay.len()).unwrap_or_default();
        bytes.push(length);
        bytes.extend(&relay.as_bytes()[..usize::from(length)]);
        bytes.extend(checksum(&bytes));
        let mut text = BASE32_NOPAD.encode(&bytes);
        text.make_ascii_lowercase();
        format!("{MARK}{VERSION}{text}")
    }

    /// Reads what somebody pasted; spaces, line ends, quotes and capitals that a chat put in do not matter.
    pub fn parse(text: &str) -> Result<Ticket, NoTicket> {
        if text.len() > LONGEST {
            return Err(NoTicket::Other);
        }
        let text: String = text
            .chars()
            .filter(char::is_ascii_alphanumeric)
            .map(|letter| letter.to_ascii_lowercase())
            .collect();
        let rest = text.strip_prefix(MARK).ok_or(NoTicket::Other)?;
        let Some(rest) = rest.strip_prefix(VERSION) else {
            let newer = rest.starts_with(|letter: char| letter.is_ascii_digit() && letter != '0');
            return Err(if newer {
                NoTicket::Newer
            } else {
                NoTicket::Other
            });
        };
        let bytes = BASE32_NOPAD
            .decode(rest.to_ascii_uppercase().as_bytes())
            .map_err(|_| NoTicket::Damaged)?;
        let (body, sum) = bytes
            .split_last_chunk::<CHECKSUM>()
            .ok_or(NoTicket::Damaged)?;
        if checksum(body) != *sum {
            return Err(NoTicket::Damaged);
        }
        read(body).ok_or(NoTicket::Damaged)
    }
}

fn checksum(bytes: &[u8]) -> [u8; CHECKSUM] {
    let hash = blake3::hash(bytes);
    let mut sum = [0; CHECKSUM];
    sum.copy_from_slice(&hash.as_bytes()[..CHECKSUM]);
    sum
}

fn read(mut body: &[u8]) -> Option<Ticket> {
    let id = take(&mut body)?;
    let secret = take(&mut body)?;
    let [count] = take(&mut body)?;
    if usize::from(count) > MOST_ADDRESSES {
        return None;
    }
    let mut addresses = Vec::with_capacity(count.into());
    for _ in 0..count {
        addresses.push(take_address(&mut body)?);
    }
    let [length] = take(&mut body)?;
    if usize::from(length) != body.len() {
        return None;
    }
    let relay = String::from_utf8(body.to_vec()).ok()?;
    Some(Ticket {
        id,
        secret,
        addresses,
        relay: (!relay.is_empty()).then_some(relay),
    })
}

/// An address as bytes: its kind, itself, its port.
pub fn put_address(bytes: &mut Vec<u8>, address: SocketAddr) {
    match address.ip() {
        IpAddr::V4(ip) => {
            bytes.push(4);
            bytes.extend(ip.octets());
        }
        IpAddr::V6(ip) => {
            bytes.push(6);
            bytes.extend(ip.octets());
        }
    }
    bytes.extend(address.port().to_be_bytes());
}

/// The next bytes as an address.
pub fn take_address(bytes: &mut &[u8]) -> Option<SocketAddr> {
    let ip: IpAddr = match take(bytes)? {
        [4] => Ipv4Addr::from(take::<4>(bytes)?).into(),
        [6] => Ipv6Addr::from(take::<16>(bytes)?).into(),
        _ => return None,
    };
    let port = u16::from_be_bytes(take(bytes)?);
    Some(SocketAddr::new(ip, port))
}

/// The next bytes, if there are as many.
pub fn take<const N: usize>(bytes: &mut &[u8]) -> Option<[u8; N]> {
    let (first, rest) = bytes.split_first_chunk::<N>()?;
    *bytes = rest;
    Some(*first)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ticket() -> Ticket {
        Ticket {
            id: [7; 32],
            secret: [9; 16],
            addresses: vec![
                "192.0.2.7:40000".parse().expect("an address"),
                "[2001:db8::1]:40001".parse().expect("an address"),
            ],
            relay: Some("https://relay.example/".into()),
        }
    }

    #[test]
    fn a_ticket_reads_back() {
        for relay in [None, ticket().relay] {
            let ticket = Ticket { relay, ..ticket() };
            let text = ticket.encode();
            assert!(text.starts_with("alongside1"));
            assert!(text.bytes().all(|byte| byte.is_ascii_alphanumeric()));
            assert_eq!(Ticket::parse(&text), Ok(ticket));
        }
    }

    #[test]
    fn a_small_ticket_is_short() {
        let one = Ticket {
            addresses: ticket().addresses[..1].to_vec(),
            relay: None,
            ..ticket()
        };
        assert!(one.encode().len() <= 120, "{}", one.encode().len());
    }

    #[test]
    fn what_a_chat_does_to_it_is_undone() {
        let text = ticket().encode();
        let (first, second) = text.split_at(40);
        let pasted = format!(
            " \u{201c}{}\n  {}\u{201d}\u{200b} ",
            first.to_uppercase(),
            second
        );
        assert_eq!(Ticket::parse(&pasted), Ok(ticket()));
    }

    #[test]
    fn every_wrong_or_missing_letter_is_noticed() {
        let text = ticket().encode();
        for at in 10..text.len() {
            let mut wrong = text.clone();
            let other = if &text[at..=at] == "a" { "b" } else { "a" };
            wrong.replace_range(at..=at, other);
            assert_eq!(Ticket::parse(&wrong), Err(NoTicket::Damaged), "{at}");
            assert_eq!(
                Ticket::parse(&text[..at]),
                Err(NoTicket::Damaged),
                "cut {at}"
            );
        }
    }

    #[test]
    fn what_is_no_ticket_says_which() {
        assert_eq!(Ticket::parse(""), Err(NoTicket::Other));
        assert_eq!(Ticket::parse("hello"), Err(NoTicket::Other));
        assert_eq!(Ticket::parse("alongside"), Err(NoTicket::Other));
        assert_eq!(Ticket::parse("alongside1"), Err(NoTicket::Damaged));
        assert_eq!(Ticket::parse("alongside2aaaa"), Err(NoTicket::Newer));
        assert_eq!(Ticket::parse(&"a".repeat(3000)), Err(NoTicket::Other));
    }

    #[test]
    fn no_bytes_break_the_reader() {
        // With a right checksum, so that it is the reader that is tried.
        for length in 0..200_usize {
            for fill in [0_u8, 1, 4, 6, 255] {
                let mut bytes = vec![fill; length];
                bytes.extend(checksum(&bytes));
                let text = format!("alongside1{}", BASE32_NOPAD.encode(&bytes));
                if let Ok(ticket) = Ticket::parse(&text) {
                    assert!(ticket.addresses.len() <= MOST_ADDRESSES);
                }
            }
        }
    }
}
