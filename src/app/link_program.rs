//! The program that carries what several terminals say to each other. It is started, spoken to over its input and
//! output, one line of JSON a message, and ended; whatever network there is, is its own.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, TrySendError, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use process_wrap::std::{ChildWrapper, CommandWrap};
use serde::{Deserialize, Serialize};

/// The most bytes of a line, with all that is around what was said.
const MOST_LINE: usize = 64 * 1024;
/// How many lines may wait, in either direction: then the other end waits, and not our memory.
const MOST_WAITING: usize = 256;
/// How many lines are taken before somebody's key is looked at again.
const AT_ONCE: usize = 32;

/// What the other program tells.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum LinkNews {
    /// It is there, and speaks this version.
    Ready { v: u32 },
    /// What the others join with.
    Ticket(String),
    /// A ticket names this relay: is it to be used?
    Relay(String),
    /// Somebody is there.
    Peer { id: u32, proof: String },
    /// What they said.
    Line { from: u32, text: String },
    /// The way to them is away: silence tells it, too.
    Down(serde::de::IgnoredAny),
    /// The way to them is there again.
    Up { id: u32 },
    /// They are gone.
    Gone { id: u32, why: String },
    /// Something went wrong, by a short name.
    Error(String),
    /// What it takes to be the same one after a kill. It is not used here.
    Again(serde::de::IgnoredAny),
    /// It has ended, or said what can't be read.
    #[serde(skip)]
    Ended,
}

/// What it is told.
#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum LinkOrder<'a> {
    /// A relay may be used, or not.
    Dial(bool),
    /// Say this.
    Line { to: u32, text: &'a str },
    /// Put them out.
    Refuse { id: u32 },
    /// One more may come with the same ticket.
    Open(bool),
    /// With what it joins.
    Ticket(&'a str),
    /// End in good order.
    Bye(bool),
}

/// A text that nobody can foresee.
pub(super) fn random() -> String {
    // A key that was drawn for nothing else.
    age::x25519::Identity::generate().to_public().to_string()
}

/// Wakes the face: something has come.
pub(crate) type WakeFace = Box<dyn Fn() + Send>;

/// Who is woken when something comes. It may change while the other program runs: the face does.
#[derive(Clone, Default)]
pub(super) struct Waker {
    wake: Arc<Mutex<Option<WakeFace>>>,
    /// Whether it was woken, and has not looked yet.
    waits: Arc<AtomicBool>,
}

impl std::fmt::Debug for Waker {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Waker")
    }
}

impl Waker {
    pub(super) fn set(&self, wake: Option<WakeFace>) {
        *self.wake.lock().unwrap_or_else(PoisonError::into_inner) = wake;
        self.waits.store(false, Ordering::SeqCst);
        self.wake();
    }

    /// The face is awake and looks.
    pub(super) fn looks(&self) {
        self.waits.store(false, Ordering::SeqCst);
    }

    fn wake(&self) {
        if self.waits.swap(true, Ordering::SeqCst) {
            return;
        }
        if let Some(wake) = &*self.wake.lock().unwrap_or_else(PoisonError::into_inner) {
            wake();
        }
    }
}

/// The other program, while it runs.
pub(super) struct LinkProgram {
    child: Box<dyn ChildWrapper>,
    inbox: Receiver<LinkNews>,
    outbox: Option<SyncSender<Vec<u8>>>,
    waker: Waker,
}

impl std::fmt::Debug for LinkProgram {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("LinkProgram")
    }
}

impl LinkProgram {
    /// Starts it with these arguments.
    ///
    /// # Errors
    /// Why it can't be started.
    pub(super) fn start(command: &[String], arguments: &[&str], waker: &Waker) -> io::Result<Self> {
        let Some((program, own)) = command.split_first() else {
            return Err(io::ErrorKind::NotFound.into());
        };
        let mut command = Command::new(program);
        command
            .args(own)
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null());
        let mut command = CommandWrap::from(command);
        // Ctrl-C and a closed terminal are ours to take; it gets its goodbye.
        #[cfg(unix)]
        command.wrap(process_wrap::std::ProcessSession);
        let mut child = command.spawn()?;
        let (to, from) = (child.stdin().take(), child.stdout().take());
        let (Some(to), Some(from)) = (to, from) else {
            return Err(io::ErrorKind::BrokenPipe.into());
        };
        let (news, inbox) = sync_channel(MOST_WAITING);
        let (outbox, orders) = sync_channel::<Vec<u8>>(MOST_WAITING);
        let wakes = waker.clone();
        let read = thread::Builder::new().name("link-in".to_owned());
        read.spawn(move || read_all(from, &news, &wakes))?;
        let write = thread::Builder::new().name("link-out".to_owned());
        write.spawn(move || write_all(to, &orders))?;
        Ok(Self {
            child,
            inbox,
            outbox: Some(outbox),
            waker: waker.clone(),
        })
    }

    /// What has come. Where there is more than is taken at once, the face is woken again.
    pub(super) fn take(&self) -> Vec<LinkNews> {
        self.waker.looks();
        let news: Vec<LinkNews> = self.inbox.try_iter().take(AT_ONCE).collect();
        if news.len() == AT_ONCE {
            self.waker.wake();
        }
        news
    }

    /// Tells it something. Where it does not listen, what was said is said again later, by whoever said it.
    pub(super) fn tell(&self, order: &LinkOrder<'_>) {
        let Ok(mut line) = serde_json::to_vec(order) else {
            return;
        };
        line.push(b'\n');
        if let Some(outbox) = self.outbox.as_ref().filter(|_| line.len() <= MOST_LINE) {
            match outbox.try_send(line) {
                Ok(()) | Err(TrySendError::Full(_) | TrySendError::Disconnected(_)) => {}
            }
        }
    }

    /// Ends in good order: what was said is still sent.
    pub(super) fn say_bye(&mut self) {
        self.tell(&LinkOrder::Bye(true));
        self.outbox = None;
    }
}

impl Drop for LinkProgram {
    fn drop(&mut self) {
        if self.outbox.take().is_some() {
            // Nobody said goodbye: it may end by itself when its input does, and is made to where it does not.
            let _ = self.child.start_kill();
        }
        let _ = self.child.try_wait();
    }
}

fn read_all(from: impl Read, news: &SyncSender<LinkNews>, wakes: &Waker) {
    let mut from = BufReader::new(from);
    let most = u64::try_from(MOST_LINE).unwrap_or(u64::MAX);
    loop {
        let mut line = Vec::new();
        let read = from.by_ref().take(most).read_until(b'\n', &mut line);
        let told = match read {
            Ok(_) if line.ends_with(b"\n") => serde_json::from_slice(&line).ok(),
            Ok(_) | Err(_) => None,
        };
        let over = told.is_none();
        // Where nobody takes it, the other program waits.
        if news.send(told.unwrap_or(LinkNews::Ended)).is_err() || over {
            wakes.wake();
            return;
        }
        wakes.wake();
    }
}

fn write_all(mut to: impl Write, orders: &Receiver<Vec<u8>>) {
    while let Ok(line) = orders.recv() {
        if to.write_all(&line).and_then(|()| to.flush()).is_err() {
            return;
        }
    }
}
