//! The first three texts of a connection, on both sides, with a limit of time for each step.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use iroh::endpoint::{Connection, ConnectionError, Incoming, RecvStream, SendStream};
use iroh::{Endpoint, EndpointAddr};
use serde::Serialize;
use serde::de::DeserializeOwned;
use tokio::sync::oneshot::error::TryRecvError;
use tokio::sync::{mpsc, oneshot};
use tokio::time::timeout;

use crate::frames::{self, Frames};
use crate::greet::{self, Hello, LONGEST, Nonce, Opened, Proof, Welcome, bind, hex, unhex};
use crate::link::Event;
use crate::net::ALPN;
use crate::rule::{Claim, TRY};
use crate::talk::Why;
use crate::ticket::{Id, Secret};

/// Why a connection is closed; both sides know these numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Close {
    /// Goodbye.
    Bye,
    /// It was silent; another one is tried.
    Again,
    /// Another one to the same peer is kept.
    Double,
    /// The program that started the link ended; it may come back.
    Away,
    /// For good.
    Out(Why),
}

const CLOSES: [(Close, u32, &str); 10] = [
    (Close::Bye, 1, "bye"),
    (Close::Again, 2, "again"),
    (Close::Double, 3, "double"),
    (Close::Away, 4, "away"),
    (Close::Out(Why::Refused), 5, "refused"),
    (Close::Out(Why::Used), 6, "used"),
    (Close::Out(Why::Version), 7, "version"),
    (Close::Out(Why::Secret), 8, "secret"),
    (Close::Out(Why::Broken), 9, "broken"),
    (Close::Out(Why::Closed), 10, "closed"),
];

/// Closes with a reason that the other side can tell.
pub fn close(connection: &Connection, why: Close) {
    if let Some((_, code, word)) = CLOSES.iter().find(|(one, _, _)| *one == why) {
        connection.close((*code).into(), word.as_bytes());
    }
}

/// What the other side closed with; nothing if the connection was lost.
pub fn closed(connection: &Connection) -> Option<Close> {
    let Some(ConnectionError::ApplicationClosed(close)) = connection.close_reason() else {
        return None;
    };
    let code = close.error_code.into_inner();
    CLOSES
        .iter()
        .find(|(_, one, _)| u64::from(*one) == code)
        .map(|(close, _, _)| *close)
}

/// What one side brings into a greeting.
#[derive(Clone)]
pub struct Mine {
    /// Our key.
    pub id: Id,
    /// Whether we are the guest.
    pub guest: bool,
    /// The ticket's secret.
    pub secret: Secret,
    /// Which run of this program it is.
    pub run: u64,
}

/// A connection after its greeting.
pub struct Settled {
    /// Who it is.
    pub id: Id,
    /// What both sides know of it.
    pub claim: Claim,
    /// The connection.
    pub connection: Connection,
    /// Texts go here.
    pub send: SendStream,
    /// Texts come from here.
    pub receive: RecvStream,
    /// What came with the greeting already.
    pub frames: Frames,
    /// What both sides computed alike this time.
    pub proof: Proof,
    /// Whether both have the same proof of an earlier time.
    pub same: bool,
    /// Where the other can be reached.
    pub at: Vec<SocketAddr>,
}

/// What the door says to a hello.
pub enum Answer {
    /// In; with a sign of the proof that is known of them.
    In(String),
    /// Out.
    Out(Close),
}

/// A number that nobody could know.
fn nonce() -> Option<Nonce> {
    let mut nonce = Nonce::default();
    getrandom::fill(&mut nonce).ok()?;
    Some(nonce)
}

async fn say(send: &mut SendStream, text: &impl Serialize) -> Option<()> {
    let text = serde_json::to_string(text).ok()?;
    send.write_all(&frames::frame(&text)?).await.ok()
}

async fn listen<T: DeserializeOwned>(receive: &mut RecvStream, frames: &mut Frames) -> Option<T> {
    loop {
        if let Some(text) = frames.whole().ok()? {
            return serde_json::from_str(&text).ok();
        }
        frames.push(&receive.read_chunk(LONGEST).await.ok()??);
    }
}

/// The proof, whichever side we are.
fn prove(mine: &Mine, ours: &Nonce, theirs: (&Id, &Nonce)) -> Proof {
    let us = (&mine.id, ours);
    if mine.guest {
        greet::prove(theirs, us, &mine.secret)
    } else {
        greet::prove(us, theirs, &mine.secret)
    }
}

/// What a try to reach somebody is made of.
pub struct Call {
    /// Our side.
    pub mine: Mine,
    /// Whom, and where.
    pub to: EndpointAddr,
    /// The number of the try.
    pub number: u64,
    /// How long it may take.
    pub limit: Duration,
    /// A sign of the proof that we have.
    pub have: String,
    /// Where we can be reached.
    pub at: Vec<SocketAddr>,
    /// Says that they are here by another way. It is heard until the hello is said; afterwards both sides reckon with
    /// this try.
    pub enough: oneshot::Receiver<()>,
    /// Whether the hello is said.
    pub said: Arc<AtomicBool>,
}

/// Reaches somebody and greets them.
pub async fn call(endpoint: Endpoint, mut call: Call) -> Result<Box<Settled>, Option<Close>> {
    let connection = tokio::select! {
        connection = timeout(call.limit, endpoint.connect(call.to.clone(), ALPN)) => connection,
        _ = &mut call.enough => return Err(None),
    };
    let Ok(Ok(connection)) = connection else {
        return Err(None);
    };
    match timeout(TRY, greet_first(&mut call, &connection)).await {
        Ok(Some(settled)) => Ok(settled),
        Ok(None) => {
            // The reason comes with the close, which may be behind what failed.
            let _ = timeout(TRY / 7, connection.closed()).await;
            let why = closed(&connection);
            close(&connection, Close::Again);
            Err(why)
        }
        Err(_) => {
            close(&connection, Close::Again);
            Err(closed(&connection))
        }
    }
}

async fn greet_first(call: &mut Call, connection: &Connection) -> Option<Box<Settled>> {
    let (mut send, mut receive) = connection.open_bi().await.ok()?;
    let mut frames = Frames::new(LONGEST);
    let ours = nonce()?;
    if call.enough.try_recv() != Err(TryRecvError::Empty) {
        return None;
    }
    call.said.store(true, Ordering::Relaxed);
    let hello = Hello {
        v: greet::VERSION,
        secret: hex(&call.mine.secret),
        run: call.mine.run,
        number: call.number,
        bound: bind(&ours),
        have: call.have.clone(),
        at: call.at.clone(),
    };
    say(&mut send, &hello).await?;
    let welcome: Welcome = listen(&mut receive, &mut frames).await?;
    let theirs: Nonce = unhex(&welcome.nonce)?;
    say(&mut send, &Opened { nonce: hex(&ours) }).await?;
    let id = *connection.remote_id().as_bytes();
    Some(Box::new(Settled {
        id,
        claim: Claim {
            run: welcome.run,
            number: call.number,
            by_guest: call.mine.guest,
        },
        proof: prove(&call.mine, &ours, (&id, &theirs)),
        same: !hello.have.is_empty() && hello.have == welcome.have,
        connection: connection.clone(),
        send,
        receive,
        frames,
        at: Vec::new(),
    }))
}

/// Takes somebody's connection, hears who they are, asks the door and greets them.
pub async fn answer(incoming: Incoming, mine: Mine, events: mpsc::UnboundedSender<Event>) {
    let Ok(Ok(connection)) = timeout(TRY, incoming).await else {
        return;
    };
    let id = *connection.remote_id().as_bytes();
    let greeted = timeout(TRY, greet_second(&mine, &connection, id, &events)).await;
    match greeted.unwrap_or(Err(Close::Again)) {
        Ok(settled) => {
            let _ = events.send(Event::Settled(settled));
        }
        Err(why) => {
            let _ = events.send(Event::Failed { id });
            close(&connection, why);
            // The reason has to arrive before the connection is forgotten.
            let _ = timeout(TRY, connection.closed()).await;
        }
    }
}

async fn greet_second(
    mine: &Mine,
    connection: &Connection,
    id: Id,
    events: &mpsc::UnboundedSender<Event>,
) -> Result<Box<Settled>, Close> {
    const BROKEN: Close = Close::Out(Why::Broken);
    let (mut send, mut receive) = connection.accept_bi().await.map_err(|_| Close::Again)?;
    let mut frames = Frames::new(LONGEST);
    let hello: Hello = listen(&mut receive, &mut frames).await.ok_or(BROKEN)?;
    if hello.v != greet::VERSION {
        return Err(Close::Out(Why::Version));
    }
    let claim = Claim {
        run: hello.run,
        number: hello.number,
        by_guest: !mine.guest,
    };
    let (reply, verdict) = oneshot::channel();
    let secret = unhex::<16>(&hello.secret).unwrap_or_default();
    let _ = events.send(Event::Came {
        id,
        secret,
        claim,
        reply,
    });
    let have = match verdict.await {
        Ok(Answer::In(have)) => have,
        Ok(Answer::Out(why)) => return Err(why),
        Err(_) => return Err(Close::Again),
    };
    let ours = nonce().ok_or(Close::Again)?;
    let same = !have.is_empty() && have == hello.have;
    let welcome = Welcome {
        run: mine.run,
        nonce: hex(&ours),
        have,
    };
    say(&mut send, &welcome).await.ok_or(Close::Again)?;
    let opened: Opened = listen(&mut receive, &mut frames)
        .await
        .ok_or(Close::Again)?;
    let theirs: Nonce = unhex(&opened.nonce).ok_or(BROKEN)?;
    if bind(&theirs) != hello.bound {
        return Err(BROKEN);
    }
    Ok(Box::new(Settled {
        id,
        claim,
        proof: prove(mine, &ours, (&id, &theirs)),
        same,
        connection: connection.clone(),
        send,
        receive,
        frames,
        at: hello.at.into_iter().take(greet::MOST_ADDRESSES).collect(),
    }))
}
