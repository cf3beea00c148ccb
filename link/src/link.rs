//! The one place that decides: who is here, which connection counts, what is told to the program that started this one.

use std::collections::{BTreeMap, BTreeSet};
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use iroh::endpoint::Connection;
use iroh::{Endpoint, EndpointAddr, EndpointId, RelayUrl, SecretKey, TransportAddr};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, mpsc, oneshot};
use tokio::time::{Instant, MissedTickBehavior, interval, sleep, sleep_until, timeout};

use crate::door::{self, Door};
use crate::greet::{MOST_ADDRESSES, Proof, hex, sign};
use crate::greeting::{self, Answer, Call, Close, Mine, Settled, close};
use crate::keep::{Kept, KeptPeer};
use crate::net;
use crate::pipe::{self, End, Queue};
use crate::rule::{self, Claim, FIRST, SILENCE};
use crate::talk::{Code, Heard, Said, Tell, Why, line_of};
use crate::ticket::{Id, Secret, Ticket};

/// How often the line is looked at.
const TICK: Duration = Duration::from_secs(1);
/// A look that comes so late says nothing about the line: this program was stopped, or the machine slept.
const LATE: Duration = Duration::from_secs(5);
/// Connections that are being greeted at once.
const GREETINGS: usize = 16;
/// How long last words may take.
const BYE: Duration = Duration::from_secs(3);
/// How long after somebody's last word ours are still taken: both may be saying goodbye, and ours is under way.
const LINGER: Duration = Duration::from_millis(300);
/// How long the endpoint may take to close.
const CLOSING: Duration = Duration::from_secs(2);

/// What happens.
pub enum Event {
    /// Somebody says who they are; the door answers.
    Came {
        /// Who.
        id: Id,
        /// The secret that they have.
        secret: Secret,
        /// What both sides know of the connection.
        claim: Claim,
        /// For the answer.
        reply: oneshot::Sender<Answer>,
    },
    /// A connection is greeted.
    Settled(Box<Settled>),
    /// One that somebody else made came to nothing.
    Failed {
        /// Who.
        id: Id,
    },
    /// One of ours came to nothing.
    Unreached {
        /// Which peer.
        peer: u32,
        /// Which try.
        number: u64,
        /// What they closed with.
        why: Option<Close>,
    },
    /// A text came.
    Text {
        /// Over which connection.
        number: u64,
        /// The text.
        text: String,
        /// Its place in memory.
        permit: OwnedSemaphorePermit,
    },
    /// All texts have arrived after which there are no more.
    Sent {
        /// Over which connection.
        number: u64,
    },
    /// A connection ended.
    Ended {
        /// Which.
        number: u64,
        /// How.
        end: End,
    },
}

/// A line for the program that started this one, and its place in memory.
pub type Out = (String, Option<OwnedSemaphorePermit>);

/// How this program ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// As it should.
    Done,
    /// Something went wrong here.
    Failed,
    /// The other side is away for good.
    Gone,
}

struct Peer {
    id: Id,
    proof: Option<Proof>,
    /// Whether the other program knows of them in this run.
    told: bool,
    held: Option<Held>,
    at: BTreeSet<TransportAddr>,
    /// Where they were last.
    last: Option<SocketAddr>,
    /// A try that is under way.
    trying: Option<Trying>,
    /// When the next one is.
    next: Option<Instant>,
    failed: u32,
    /// The highest number of a try that was seen.
    highest: u64,
}

/// Dropped, it is given up, but for what both sides already reckon with.
struct Trying {
    number: u64,
    said: Arc<AtomicBool>,
    _enough: oneshot::Sender<()>,
}

struct Held {
    number: u64,
    claim: Claim,
    connection: Connection,
    queue: Option<Queue>,
    acks: u64,
    heard: Instant,
    finished: bool,
    sent: bool,
}

/// What the link begins with.
pub struct Start {
    /// The endpoint, open.
    pub endpoint: Endpoint,
    /// Our key.
    pub key: SecretKey,
    /// The ticket's secret.
    pub secret: Secret,
    /// For a guest: whom to reach. For a host: nobody.
    pub host: Option<EndpointAddr>,
    /// For a host: how many guests may come.
    pub guests: u32,
    /// What is known of an earlier run.
    pub kept: Option<Kept>,
}

/// The link while it runs.
pub struct Link {
    endpoint: Endpoint,
    key: SecretKey,
    mine: Mine,
    relay: Option<RelayUrl>,
    door: Door,
    peers: BTreeMap<u32, Peer>,
    events: mpsc::UnboundedSender<Event>,
    room: Arc<Semaphore>,
    out: std::sync::mpsc::Sender<Out>,
    connections: u64,
    ticket: Option<String>,
    kept: String,
    /// A guest who was not in yet has so long.
    first: Option<Instant>,
    leaving: Option<Instant>,
    looked: Instant,
    exit: Option<Exit>,
}

/// Runs until the other program, or the other side, ends it. `heard` comes from the other program, `out` goes to it.
pub async fn run(
    start: Start,
    mut heard: mpsc::Receiver<Heard>,
    out: std::sync::mpsc::Sender<Out>,
) -> Exit {
    let (events, mut happens) = mpsc::unbounded_channel();
    let mut run = [0; 8];
    if getrandom::fill(&mut run).is_err() {
        return Exit::Failed;
    }
    let mine = Mine {
        id: *start.key.public().as_bytes(),
        guest: start.host.is_some(),
        secret: start.secret,
        run: u64::from_le_bytes(run),
    };
    let mut link = Link {
        door: Door::host(start.secret, start.guests),
        relay: start
            .host
            .as_ref()
            .and_then(|host| host.relay_urls().next().cloned()),
        endpoint: start.endpoint,
        key: start.key,
        mine,
        peers: BTreeMap::new(),
        events,
        room: Arc::new(Semaphore::new(pipe::ROOM)),
        out,
        connections: 0,
        ticket: None,
        kept: String::new(),
        first: None,
        leaving: None,
        looked: Instant::now(),
        exit: None,
    };
    link.remember(start.kept);
    if let Some(host) = start.host {
        link.seek(host);
    } else {
        let (direct, relay) = net::found(&link.endpoint).await;
        link.relay = relay;
        if direct.is_empty() && link.relay.is_none() {
            link.tell(Tell::Error(Code::NoNetwork));
            link.exit = Some(Exit::Failed);
        }
        link.offer();
    }
    link.keep();
    tokio::spawn(welcome(
        link.endpoint.clone(),
        link.mine.clone(),
        link.events.clone(),
    ));
    let mut tick = interval(TICK);
    tick.set_missed_tick_behavior(MissedTickBehavior::Delay);
    while link.exit.is_none() {
        let next = link.next_try();
        tokio::select! {
            Some(event) = happens.recv() => link.happen(event),
            said = heard.recv(), if link.leaving.is_none() => link.hear(said.unwrap_or(Heard::End)),
            _ = tick.tick() => link.look(),
            () = sleep_until(next.unwrap_or_else(Instant::now)), if next.is_some() => link.try_now(),
        }
    }
    let _ = timeout(CLOSING, link.endpoint.close()).await;
    link.exit.unwrap_or(Exit::Done)
}

/// Takes everybody's connections; a few at once, so that nobody can fill the memory with greetings.
async fn welcome(endpoint: Endpoint, mine: Mine, events: mpsc::UnboundedSender<Event>) {
    let greetings = Arc::new(Semaphore::new(GREETINGS));
    while let Some(incoming) = endpoint.accept().await {
        let Ok(permit) = Arc::clone(&greetings).try_acquire_owned() else {
            incoming.refuse();
            continue;
        };
        let (mine, events) = (mine.clone(), events.clone());
        tokio::spawn(async move {
            greeting::answer(incoming, mine, events).await;
            drop(permit);
        });
    }
}

impl Link {
    fn tell(&self, message: Tell) {
        if let Some(line) = line_of(&message) {
            let _ = self.out.send((line, None));
        }
    }

    /// Takes over who was in during an earlier run.
    fn remember(&mut self, kept: Option<Kept>) {
        for kept in kept.into_iter().flat_map(|kept| kept.peers) {
            self.door.know(kept.id, kept.number);
            let mut peer = Peer::new(kept.id, Some(kept.proof));
            peer.last = kept.at;
            peer.at.extend(kept.at.map(TransportAddr::Ip));
            peer.next = Some(Instant::now());
            self.peers.insert(kept.number, peer);
        }
    }

    /// A guest's way to the host begins.
    fn seek(&mut self, host: EndpointAddr) {
        let id = *host.id.as_bytes();
        let number = self.door.let_in(id);
        self.door.shut();
        let peer = self
            .peers
            .entry(number)
            .or_insert_with(|| Peer::new(id, None));
        peer.at = host.addrs;
        peer.next = Some(Instant::now());
        // Who was in once looks for the host as long as it takes: it may be its program that was killed.
        self.first = peer.proof.is_none().then(|| Instant::now() + FIRST);
    }

    /// Tells the ticket, where it is new and somebody may still come in.
    fn offer(&mut self) {
        if self.mine.guest || self.door.left() == 0 {
            return;
        }
        let (addresses, relay) = net::places(&self.endpoint);
        let ticket = Ticket {
            id: self.mine.id,
            secret: self.mine.secret,
            addresses,
            relay: relay.or(self.relay.clone()).map(|url| url.to_string()),
        };
        if ticket.addresses.is_empty() && ticket.relay.is_none() {
            return;
        }
        let ticket = ticket.encode();
        if self.ticket.as_ref() != Some(&ticket) {
            self.tell(Tell::Ticket(ticket.clone()));
            self.ticket = Some(ticket);
        }
    }

    /// Tells what makes another run the same one, where that changed.
    fn keep(&mut self) {
        let peers = self.peers.iter();
        let kept = Kept {
            key: self.key.to_bytes(),
            secret: self.mine.secret,
            ports: net::ports(&self.endpoint),
            left: self.door.left(),
            peers: peers
                .filter_map(|(number, peer)| peer.keep(*number))
                .collect(),
        }
        .encode();
        if self.kept != kept {
            self.tell(Tell::Again(kept.clone()));
            self.kept = kept;
        }
    }

    fn happen(&mut self, event: Event) {
        match event {
            Event::Came {
                id,
                secret,
                claim,
                reply,
            } => {
                let _ = reply.send(self.ask(id, &secret, &claim));
            }
            Event::Settled(settled) => self.settle(settled),
            Event::Failed { id } => self.door.let_go(&id),
            Event::Unreached { peer, number, why } => self.unreached(peer, number, why),
            Event::Text {
                number,
                text,
                permit,
            } => self.pass(number, text, permit),
            Event::Sent { number } => {
                if let Some(peer) = self.find(number) {
                    self.sent(peer);
                }
            }
            Event::Ended { number, end } => {
                if let Some(peer) = self.find(number) {
                    self.ended(peer, end);
                }
            }
        }
    }

    /// What is said to somebody at the door.
    fn ask(&mut self, id: Id, secret: &Secret, claim: &Claim) -> Answer {
        match self.door.ask(&id, secret) {
            door::Answer::Out(why) => Answer::Out(Close::Out(why)),
            door::Answer::Stranger => {
                self.door.greet(id);
                Answer::In(String::new())
            }
            door::Answer::Known(number) => {
                let Some(peer) = self.peers.get_mut(&number) else {
                    return Answer::Out(Close::Out(Why::Used));
                };
                peer.highest = peer.highest.max(claim.number);
                if !rule::takes(peer.claim(), claim) || peer.tries_better(claim, self.mine.guest) {
                    return Answer::Out(Close::Double);
                }
                // Ours is given up, unless they heard of it already: then they turn it away by the same rule.
                peer.trying.take_if(|trying| !trying.is_said());
                Answer::In(sign(peer.proof.as_ref()))
            }
        }
    }

    /// A greeted connection takes its place, or makes way.
    fn settle(&mut self, settled: Box<Settled>) {
        let number = match self.door.ask(&settled.id, &self.mine.secret) {
            door::Answer::Known(number) => number,
            door::Answer::Stranger => {
                let number = self.door.let_in(settled.id);
                self.peers.insert(number, Peer::new(settled.id, None));
                number
            }
            door::Answer::Out(why) => return close(&settled.connection, Close::Out(why)),
        };
        let Some(peer) = self.peers.get_mut(&number) else {
            return;
        };
        peer.trying = None;
        peer.highest = peer.highest.max(settled.claim.number);
        if self.leaving.is_some() || !rule::takes(peer.claim(), &settled.claim) {
            return close(&settled.connection, Close::Double);
        }
        if let Some(old) = peer.held.take() {
            close(&old.connection, Close::Double);
            self.tell(Tell::Down { id: number });
        }
        self.first = None;
        self.hold(number, *settled);
    }

    /// From here on this is the connection to a peer.
    fn hold(&mut self, number: u32, settled: Settled) {
        self.connections = self.connections.saturating_add(1);
        let connection = self.connections;
        let queue = pipe::write(settled.send, connection, self.events.clone());
        let Some(peer) = self.peers.get_mut(&number) else {
            return;
        };
        peer.failed = 0;
        peer.next = None;
        peer.learn(settled.at.into_iter().map(TransportAddr::Ip));
        if !settled.same || peer.proof.is_none() {
            peer.proof = Some(settled.proof);
            peer.told = false;
        }
        let proof = hex(&peer.proof.unwrap_or_default());
        let known = std::mem::replace(&mut peer.told, true);
        peer.held = Some(Held {
            number: connection,
            claim: settled.claim,
            connection: settled.connection.clone(),
            queue: Some(queue),
            acks: 0,
            heard: Instant::now(),
            finished: false,
            sent: false,
        });
        peer.follow();
        // Whoever hears of a peer has what makes them the same one later; and both are told before the first text is.
        self.keep();
        self.tell(if known {
            Tell::Up { id: number }
        } else {
            Tell::Peer { id: number, proof }
        });
        tokio::spawn(pipe::read(
            settled.connection,
            settled.receive,
            settled.frames,
            connection,
            Arc::clone(&self.room),
            self.events.clone(),
        ));
    }

    /// Whose connection this is, if it still counts.
    fn find(&self, connection: u64) -> Option<u32> {
        let holds = |peer: &Peer| {
            let held = peer.held.as_ref();
            held.is_some_and(|held| held.number == connection)
        };
        let found = self.peers.iter().find(|(_, peer)| holds(peer));
        found.map(|(number, _)| *number)
    }

    fn held(&mut self, peer: u32) -> Option<&mut Held> {
        self.peers.get_mut(&peer)?.held.as_mut()
    }

    /// Passes a text on to the other program, which has a limit for its lines.
    fn pass(&mut self, connection: u64, text: String, permit: OwnedSemaphorePermit) {
        let Some(from) = self.find(connection) else {
            return;
        };
        match line_of(&Tell::Line { from, text }) {
            Some(line) => {
                let _ = self.out.send((line, Some(permit)));
            }
            None => self.put_out(from, Why::Broken),
        }
    }

    /// Our last word has arrived, or never will.
    fn sent(&mut self, number: u32) {
        let Some(held) = self.held(number) else {
            return;
        };
        held.sent = true;
        if held.finished && self.leaving.is_none() {
            self.part(number);
        }
        self.leave_if_done();
    }

    /// They said goodbye, and heard what we still had to say.
    fn part(&mut self, number: u32) {
        self.release(number, Close::Bye);
        self.gone(number, Why::Closed);
    }

    /// The connection to a peer ended.
    fn ended(&mut self, number: u32, end: End) {
        let leaving = self.leaving.is_some();
        if let (End::Finished, Some(held)) = (end, self.held(number)) {
            let known = std::mem::replace(&mut held.finished, true);
            if known || leaving {
                held.queue = None;
                return self.leave_if_done();
            }
            let number = held.number;
            let events = self.events.clone();
            tokio::spawn(async move {
                sleep(LINGER).await;
                let _ = events.send(Event::Ended { number, end });
            });
            return;
        }
        if self.leaving.is_some() {
            self.release(number, Close::Bye);
            return self.leave_if_done();
        }
        match end {
            End::Finished | End::Closed(Close::Bye) => self.part(number),
            End::Closed(Close::Out(why)) => self.put_out(number, why),
            End::Closed(Close::Again | Close::Double | Close::Away) | End::Lost => {
                self.lose(number);
            }
        }
    }

    fn release(&mut self, number: u32, why: Close) {
        let held = self
            .peers
            .get_mut(&number)
            .and_then(|peer| peer.held.take());
        if let Some(held) = held {
            close(&held.connection, why);
        }
    }

    /// The way to a peer is away: the old one is closed first, then both sides try.
    fn lose(&mut self, number: u32) {
        if self.held(number).is_some_and(|held| held.finished) {
            return self.part(number);
        }
        self.release(number, Close::Again);
        if let Some(peer) = self.peers.get_mut(&number) {
            peer.failed = 0;
            peer.next = Some(Instant::now());
            self.tell(Tell::Down { id: number });
        }
    }

    /// A peer is away for good.
    fn gone(&mut self, number: u32, why: Why) {
        if let Some(peer) = self.peers.get_mut(&number) {
            (peer.trying, peer.next, peer.told) = (None, None, false);
            self.tell(Tell::Gone { id: number, why });
            if self.mine.guest {
                self.exit = Some(if why == Why::Closed {
                    Exit::Done
                } else {
                    Exit::Gone
                });
            }
        }
    }

    /// A peer is put out, or put us out.
    fn put_out(&mut self, number: u32, why: Why) {
        self.release(number, Close::Out(why));
        if let Some(peer) = self.peers.get(&number) {
            self.door.refuse(peer.id);
            self.gone(number, why);
            self.peers.remove(&number);
            self.keep();
        }
    }

    /// A try came to nothing.
    fn unreached(&mut self, number: u32, try_number: u64, why: Option<Close>) {
        let over = self.first.is_some_and(|first| first < Instant::now());
        let guest = self.mine.guest;
        let Some(peer) = self.peers.get_mut(&number) else {
            return;
        };
        peer.trying.take_if(|trying| trying.number == try_number);
        if peer.held.is_some() || peer.trying.is_some() || self.leaving.is_some() {
            return;
        }
        match why {
            Some(Close::Out(why)) if guest || why == Why::Refused => self.put_out(number, why),
            _ if over => self.gone(number, Why::Unreachable),
            _ => {
                peer.failed = peer.failed.saturating_add(1);
                peer.next = Some(Instant::now() + rule::pause(peer.failed));
            }
        }
    }

    /// When something is due that nobody else wakes us for.
    fn next_try(&self) -> Option<Instant> {
        let tries = self.peers.values().filter_map(|peer| peer.next);
        tries.chain(self.leaving).min()
    }

    /// Tries to reach those who are due.
    fn try_now(&mut self) {
        let now = Instant::now();
        if self.leaving.is_some_and(|end| end <= now) {
            return self.leave();
        }
        let (at, _) = net::places(&self.endpoint);
        for (number, peer) in &mut self.peers {
            if peer.next.is_none_or(|next| next > now) {
                continue;
            }
            peer.next = None;
            let Ok(id) = EndpointId::from_bytes(&peer.id) else {
                continue;
            };
            let mut ways = peer.at.clone();
            ways.extend(self.relay.clone().map(TransportAddr::Relay));
            if ways.is_empty() {
                continue;
            }
            peer.highest = peer.highest.saturating_add(1);
            let (tell_enough, enough) = oneshot::channel();
            let said = Arc::new(AtomicBool::new(false));
            peer.trying = Some(Trying {
                number: peer.highest,
                said: Arc::clone(&said),
                _enough: tell_enough,
            });
            let call = Call {
                mine: self.mine.clone(),
                to: EndpointAddr::from_parts(id, ways),
                number: peer.highest,
                limit: rule::limit(peer.failed),
                have: sign(peer.proof.as_ref()),
                at: at.clone(),
                enough,
                said,
            };
            let (endpoint, events) = (self.endpoint.clone(), self.events.clone());
            let (peer, number) = (*number, call.number);
            tokio::spawn(async move {
                let _ = events.send(match greeting::call(endpoint, call).await {
                    Ok(settled) => Event::Settled(settled),
                    Err(why) => Event::Unreached { peer, number, why },
                });
            });
        }
    }

    /// Once a second: is there still somebody at the other end of each connection?
    fn look(&mut self) {
        let now = Instant::now();
        let late = now.duration_since(self.looked) > LATE;
        self.looked = now;
        let mut silent = Vec::new();
        for (number, peer) in &mut self.peers {
            let Some(held) = peer.held.as_mut() else {
                continue;
            };
            // What they heard of us. Packets alone may come from where nothing can be answered to.
            let frames = held.connection.stats().frame_rx;
            let acks = frames.acks.saturating_add(frames.path_acks);
            if late || acks != held.acks {
                (held.acks, held.heard) = (acks, now);
            } else if now.duration_since(held.heard) >= SILENCE {
                silent.push(*number);
            }
            peer.follow();
        }
        for number in silent {
            self.lose(number);
        }
        self.offer();
        self.keep();
    }

    /// The other program said something.
    fn hear(&mut self, heard: Heard) {
        match heard {
            Heard::Said(Said::Line { to, text }) => {
                let queue = self.held(to).and_then(|held| held.queue.as_ref());
                if queue.is_some_and(|queue| !queue.put(&text)) {
                    self.lose(to);
                }
            }
            Heard::Said(Said::Refuse { id }) => self.put_out(id, Why::Refused),
            Heard::Said(Said::Shut(_)) => {
                self.door.shut();
                self.keep();
            }
            Heard::Said(Said::Open(_)) => {
                self.door.open();
                self.offer();
                self.keep();
            }
            Heard::Said(Said::Bye(_)) => self.say_bye(),
            Heard::Said(Said::Dial(_) | Said::Ticket(_) | Said::Again(_)) | Heard::Unknown => {
                self.tell(Tell::Error(Code::BadLine));
            }
            Heard::TooLong => {
                self.tell(Tell::Error(Code::TooLong));
                self.end(Exit::Failed, Close::Away);
            }
            Heard::End => self.end(Exit::Done, Close::Away),
        }
    }

    fn end(&mut self, exit: Exit, why: Close) {
        let numbers: Vec<u32> = self.peers.keys().copied().collect();
        for number in numbers {
            self.release(number, why);
        }
        self.exit = Some(exit);
    }

    /// Last words: everything that waits is sent, then nothing more.
    fn say_bye(&mut self) {
        self.leaving = Some(Instant::now() + BYE);
        for peer in self.peers.values_mut() {
            (peer.trying, peer.next) = (None, None);
            if let Some(held) = peer.held.as_mut() {
                held.queue = None;
            }
        }
        self.leave_if_done();
    }

    /// Who receives the last text closes; where both had last words, both have to arrive.
    fn leave_if_done(&mut self) {
        if self.leaving.is_none() {
            return;
        }
        for peer in self.peers.values_mut() {
            if let Some(held) = peer.held.take_if(|held| held.finished && held.sent) {
                close(&held.connection, Close::Bye);
            }
        }
        if self.peers.values().all(|peer| peer.held.is_none()) {
            self.leave();
        }
    }

    fn leave(&mut self) {
        self.end(Exit::Done, Close::Bye);
    }
}

impl Trying {
    fn is_said(&self) -> bool {
        self.said.load(Ordering::Relaxed)
    }
}

impl Peer {
    /// Whether a try of ours, of which they will have heard, goes before theirs.
    fn tries_better(&self, theirs: &Claim, by_guest: bool) -> bool {
        self.trying.as_ref().is_some_and(|trying| {
            let ours = Claim {
                number: trying.number,
                by_guest,
                ..*theirs
            };
            trying.is_said() && !rule::takes(Some(&ours), theirs)
        })
    }

    fn new(id: Id, proof: Option<Proof>) -> Self {
        Self {
            id,
            proof,
            told: false,
            held: None,
            at: BTreeSet::new(),
            last: None,
            trying: None,
            next: None,
            failed: 0,
            highest: 0,
        }
    }

    fn keep(&self, number: u32) -> Option<KeptPeer> {
        Some(KeptPeer {
            id: self.id,
            number,
            proof: self.proof?,
            at: self.last,
        })
    }

    /// Sees where they are now.
    fn follow(&mut self) {
        let Some(held) = &self.held else {
            return;
        };
        let paths = held.connection.paths();
        let at: Vec<_> = (&paths)
            .into_iter()
            .map(|path| (path.remote_addr().clone(), path.is_selected()))
            .collect();
        for (address, selected) in &at {
            if let (TransportAddr::Ip(address), true) = (address, selected) {
                self.last = Some(*address);
            }
        }
        self.learn(at.into_iter().map(|(address, _)| address));
    }

    fn claim(&self) -> Option<&Claim> {
        self.held.as_ref().map(|held| &held.claim)
    }

    /// Remembers where they can be reached, and not more than a few places.
    fn learn(&mut self, at: impl Iterator<Item = TransportAddr>) {
        for address in at.take(MOST_ADDRESSES) {
            if self.at.len() >= MOST_ADDRESSES && !self.at.contains(&address) {
                self.at.clear();
            }
            self.at.insert(address);
        }
    }
}
