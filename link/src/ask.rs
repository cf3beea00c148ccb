//! What is asked for on the command line.

use std::net::SocketAddr;

use crate::door::MOST_GUESTS;
use crate::net::Relay;

/// What `--help` says.
pub const HELP: &str = "\
alongside-link carries lines between two people who use alongside. It is started by alongside, not by hand.

  alongside-link host [OPTIONS]           waits for guests; the first lines on stdout say how they find it
  alongside-link join TICKET [OPTIONS]    reaches a host; with - the ticket comes on stdin

  --relay none|public|URL   none (the default): both can reach each other directly
                            public: the relays of those who make iroh, for trying it out
                            URL: one's own relay (iroh-relay)
  --bind ADDRESS:PORT       listen there only; may be said once for IPv4 and once for IPv6
  --guests N                host: how many may come (until it is told to shut the door)
  --again                   goes on as an earlier run, with what that told to keep, from stdin

It speaks one JSON line a message over stdin and stdout: docs/link.md.
";

/// A wrong use.
#[derive(Debug, PartialEq, Eq)]
pub struct Wrong;

/// What is asked for.
#[derive(Debug, PartialEq, Eq)]
pub enum Asked {
    /// To be the host.
    Host(Options),
    /// To be a guest; without a ticket where it comes on stdin.
    Join(Option<String>, Options),
    /// How it is used.
    Help,
    /// Which version it is.
    Version,
}

/// The options of both.
#[derive(Debug, PartialEq, Eq)]
pub struct Options {
    /// The relay as it was said; nothing for the default.
    pub relay: Option<String>,
    /// Where to listen.
    pub bind: Vec<SocketAddr>,
    /// How many guests may come.
    pub guests: u32,
    /// Whether it goes on as an earlier run.
    pub again: bool,
}

/// Reads the arguments.
pub fn parse(mut words: impl Iterator<Item = String>) -> Result<Asked, Wrong> {
    match words.next().as_deref() {
        Some("host") => Ok(Asked::Host(options(words)?)),
        Some("join") => {
            let ticket = words.next().ok_or(Wrong)?;
            let ticket = (ticket != "-").then_some(ticket);
            Ok(Asked::Join(ticket, options(words)?))
        }
        Some("--help" | "-h") => Ok(Asked::Help),
        Some("--version" | "-V") => Ok(Asked::Version),
        _ => Err(Wrong),
    }
}

fn options(mut words: impl Iterator<Item = String>) -> Result<Options, Wrong> {
    let mut options = Options {
        relay: None,
        bind: Vec::new(),
        guests: MOST_GUESTS,
        again: false,
    };
    while let Some(word) = words.next() {
        match word.as_str() {
            "--relay" => options.relay = Some(words.next().ok_or(Wrong)?),
            "--bind" => {
                let address = words.next().and_then(|address| address.parse().ok());
                options.bind.push(address.ok_or(Wrong)?);
            }
            "--guests" => {
                let guests = words.next().and_then(|guests| guests.parse().ok());
                options.guests = guests.filter(|guests| *guests > 0).ok_or(Wrong)?;
            }
            "--again" => options.again = true,
            _ => return Err(Wrong),
        }
    }
    Ok(options)
}

/// The relay that was said.
pub fn relay(said: Option<&str>) -> Option<Relay> {
    match said {
        None | Some("none") => Some(Relay::None),
        Some("public") => Some(Relay::Public),
        Some(url) if url.starts_with("https://") || url.starts_with("http://") => {
            Some(Relay::Own(url.parse().ok()?))
        }
        Some(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(line: &str) -> Result<Asked, Wrong> {
        parse(line.split_whitespace().map(String::from))
    }

    #[test]
    fn what_is_said_is_understood() {
        let plain = || Options {
            relay: None,
            bind: Vec::new(),
            guests: MOST_GUESTS,
            again: false,
        };
        assert_eq!(asked("host"), Ok(Asked::Host(plain())));
        assert_eq!(asked("join -"), Ok(Asked::Join(None, plain())));
        let all = Options {
            relay: Some("none".into()),
            bind: vec!["127.0.0.1:0".parse().expect("an address")],
            guests: 2,
            again: true,
        };
        assert_eq!(
            asked("join alongside1a --relay none --bind 127.0.0.1:0 --guests 2 --again"),
            Ok(Asked::Join(Some("alongside1a".into()), all))
        );
    }

    #[test]
    fn what_is_wrong_is_refused() {
        for line in [
            "",
            "hosts",
            "join",
            "host --relay",
            "host --bind here",
            "host --guests 0",
            "host more",
        ] {
            assert_eq!(asked(line), Err(Wrong), "{line}");
        }
    }

    #[test]
    fn a_relay_is_none_public_or_an_address() {
        assert_eq!(relay(None), Some(Relay::None));
        assert_eq!(relay(Some("public")), Some(Relay::Public));
        let url = "https://relay.example/".parse().expect("an address");
        assert_eq!(relay(Some("https://relay.example")), Some(Relay::Own(url)));
        assert_eq!(relay(Some("relay.example")), None);
        assert_eq!(relay(Some("ftp://relay.example")), None);
    }
}
