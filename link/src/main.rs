//! The line between two people who use alongside. Everything that it is told and tells is one JSON line on stdin and
//! stdout; it keeps no file, writes no log, and looks into no text that it carries.

mod ask;
mod door;
mod frames;
mod greet;
mod greeting;
mod keep;
mod link;
mod net;
mod pipe;
mod rule;
mod talk;
mod ticket;

use std::io::{self, BufReader, Write};
use std::process::ExitCode;
use std::sync::mpsc as threads;
use std::thread;

use iroh::{EndpointAddr, EndpointId, RelayUrl, SecretKey};
use tokio::runtime;
use tokio::sync::mpsc;

use ask::{Asked, Options};
use keep::Kept;
use link::{Exit, Out, Start};
use net::{Relay, Way};
use talk::{Code, Heard, Said, Tell, line_of};
use ticket::{NoTicket, Secret, Ticket};

/// Lines that may wait until they are looked at.
const WAITING: usize = 64;

fn main() -> ExitCode {
    let asked = match ask::parse(std::env::args().skip(1)) {
        Ok(asked) => asked,
        Err(ask::Wrong) => {
            let _ = io::stderr().write_all(ask::HELP.as_bytes());
            return ExitCode::from(2);
        }
    };
    let about = match asked {
        Asked::Help => ask::HELP.to_string(),
        Asked::Version => format!("alongside-link {}\n", env!("CARGO_PKG_VERSION")),
        Asked::Host(_) | Asked::Join(..) => String::new(),
    };
    if !about.is_empty() {
        let _ = io::stdout().write_all(about.as_bytes());
        return ExitCode::SUCCESS;
    }
    let (out, lines) = threads::channel();
    let writer = thread::spawn(move || write_lines(&lines));
    let exit = begin(asked, out);
    // The last lines are written; what reads may stand for ever, and ends with this process.
    let _ = writer.join();
    ExitCode::from(match exit {
        Exit::Done => 0,
        Exit::Failed => 1,
        Exit::Gone => 3,
    })
}

fn write_lines(lines: &threads::Receiver<Out>) {
    let mut stdout = io::stdout().lock();
    for (line, permit) in lines {
        if stdout
            .write_all(line.as_bytes())
            .and_then(|()| stdout.flush())
            .is_err()
        {
            return;
        }
        drop(permit);
    }
}

fn read_lines(heard: &mpsc::Sender<Heard>) {
    let mut stdin = BufReader::new(io::stdin());
    loop {
        let line = talk::hear(&mut stdin);
        let last = matches!(line, Heard::End | Heard::TooLong);
        if heard.blocking_send(line).is_err() || last {
            return;
        }
    }
}

fn begin(asked: Asked, out: threads::Sender<Out>) -> Exit {
    let Ok(runtime) = runtime::Builder::new_current_thread().enable_all().build() else {
        return Exit::Failed;
    };
    let (said, heard) = mpsc::channel(WAITING);
    thread::spawn(move || read_lines(&said));
    let exit = runtime.block_on(async {
        let mut side = Side { heard, out };
        side.tell(Tell::Ready { v: talk::VERSION });
        match side.prepare(asked).await {
            Ok(start) => link::run(start, side.heard, side.out).await,
            Err(Stop::Code(code)) => {
                side.tell(Tell::Error(code));
                Exit::Failed
            }
            Err(Stop::Quiet) => Exit::Done,
        }
    });
    runtime.shutdown_background();
    exit
}

/// Why nothing begins.
enum Stop {
    /// Something is wrong.
    Code(Code),
    /// The other program does not want to.
    Quiet,
}

impl From<Code> for Stop {
    fn from(code: Code) -> Self {
        Self::Code(code)
    }
}

/// The other program's side.
struct Side {
    heard: mpsc::Receiver<Heard>,
    out: threads::Sender<Out>,
}

impl Side {
    fn tell(&self, message: Tell) {
        if let Some(line) = line_of(&message) {
            let _ = self.out.send((line, None));
        }
    }

    async fn said(&mut self) -> Result<Said, Stop> {
        loop {
            match self.heard.recv().await {
                Some(Heard::Said(Said::Bye(_))) | Some(Heard::End) | None => {
                    return Err(Stop::Quiet);
                }
                Some(Heard::Said(said)) => return Ok(said),
                Some(Heard::TooLong) => return Err(Code::TooLong.into()),
                Some(Heard::Unknown) => self.tell(Tell::Error(Code::BadLine)),
            }
        }
    }

    /// What an earlier run told to keep.
    async fn kept(&mut self, options: &Options) -> Result<Option<Kept>, Stop> {
        if !options.again {
            return Ok(None);
        }
        let Said::Again(kept) = self.said().await? else {
            return Err(Code::BadAgain.into());
        };
        Kept::parse(&kept).map(Some).ok_or(Code::BadAgain.into())
    }

    async fn prepare(&mut self, asked: Asked) -> Result<Start, Stop> {
        match asked {
            Asked::Host(options) => self.host(options).await,
            Asked::Join(ticket, options) => self.join(ticket, options).await,
            Asked::Help | Asked::Version => Err(Stop::Quiet),
        }
    }

    async fn host(&mut self, options: Options) -> Result<Start, Stop> {
        let kept = self.kept(&options).await?;
        let relay = ask::relay(options.relay.as_deref()).ok_or(Code::BadRelay)?;
        let secret = match &kept {
            Some(kept) => kept.secret,
            None => fresh().ok_or(Code::Bind)?,
        };
        let guests = kept.as_ref().map_or(options.guests, |kept| kept.left);
        self.open(options.bind, relay, secret, None, guests, kept)
            .await
    }

    async fn join(&mut self, ticket: Option<String>, options: Options) -> Result<Start, Stop> {
        let ticket = match ticket {
            Some(ticket) => ticket,
            None => {
                let Said::Ticket(ticket) = self.said().await? else {
                    return Err(Code::BadTicket.into());
                };
                ticket
            }
        };
        let kept = self.kept(&options).await?;
        let ticket = Ticket::parse(&ticket).map_err(|error| match error {
            NoTicket::Other => Code::BadTicket,
            NoTicket::Damaged => Code::DamagedTicket,
            NoTicket::Newer => Code::NewerTicket,
        })?;
        let id = EndpointId::from_bytes(&ticket.id).map_err(|_| Code::DamagedTicket)?;
        let named = self.relay(&ticket, &options).await?;
        let ways = net::ways(&ticket.addresses, named.as_ref());
        let relay = named.map_or(Relay::None, Relay::Own);
        let host = Some(EndpointAddr::from_parts(id, ways));
        self.open(options.bind, relay, ticket.secret, host, 1, kept)
            .await
    }

    /// The relay that a ticket names. A stranger could name any: it is asked only after a yes.
    async fn relay(
        &mut self,
        ticket: &Ticket,
        options: &Options,
    ) -> Result<Option<RelayUrl>, Stop> {
        let chosen = ask::relay(options.relay.as_deref()).ok_or(Code::BadRelay)?;
        let Some(named) = &ticket.relay else {
            return Ok(None);
        };
        if options.relay.is_some() && chosen == Relay::None {
            return Ok(None);
        }
        let Some(Relay::Own(url)) = ask::relay(Some(named)) else {
            return Err(Code::BadRelay.into());
        };
        if !net::chosen(&chosen, &url) {
            let host = url.host_str().unwrap_or_default().to_string();
            self.tell(Tell::Relay(host));
            let Said::Dial(true) = self.said().await? else {
                return Err(Stop::Quiet);
            };
        }
        Ok(Some(url))
    }

    async fn open(
        &mut self,
        bind: Vec<std::net::SocketAddr>,
        relay: Relay,
        secret: Secret,
        host: Option<EndpointAddr>,
        guests: u32,
        kept: Option<Kept>,
    ) -> Result<Start, Stop> {
        let key = kept
            .as_ref()
            .map_or_else(SecretKey::generate, |kept| SecretKey::from_bytes(&kept.key));
        let ports = kept.as_ref().map_or([0; 2], |kept| kept.ports);
        let endpoint = net::open(&key, &Way { relay, bind, ports }).await?;
        Ok(Start {
            endpoint,
            key,
            secret,
            host,
            guests,
            kept,
        })
    }
}

fn fresh() -> Option<Secret> {
    let mut secret = Secret::default();
    getrandom::fill(&mut secret).ok()?;
    Some(secret)
}
