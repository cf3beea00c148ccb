//! The program that carries what several terminals say to each other. It is started, spoken to over its input and
//! output, one line of JSON a message, and ended; whatever network there is, is its own.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, TrySendError, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use std::time::Duration;

use process_wrap::std::{ChildWrapper, CommandWrap};
use serde::{Deserialize, Serialize};

/// The most bytes of a line, with all that is around what was said.
const MOST_LINE: usize = 64 * 1024;
/// How many lines may wait, in either direction: then the other end waits, and not our memory.
const MOST_WAITING: usize = 256;
/// How many lines are taken before somebody's key is looked at again.
const AT_ONCE: usize = 32;
/// How often it is started again in vain, and how long is waited before the first time; each time twice as long.
const MOST_TRIES: u32 = 10;
const FIRST_WAIT: Duration = Duration::from_millis(500);
/// The longest of these waits.
const LONGEST_WAIT: Duration = Duration::from_secs(30);
/// What it says at most of what makes another run the same one.
const MOST_AGAIN: usize = 4 * 1024;

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
    /// What it takes to be the same one after a kill. It does not come further than here.
    Again(String),
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
    /// What an earlier run said it takes to be the same one.
    Again(&'a str),
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

/// What makes another run of the other program the same one for everybody. All of it is this session's secret.
#[derive(Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) struct SameLink {
    arguments: Vec<String>,
    /// With what it joined.
    ticket: Option<String>,
    /// Whether the ticket's relay may be used.
    dial: bool,
    /// What it said itself.
    again: String,
    /// Who was there, and by which proof.
    peers: Vec<(u32, String)>,
}

impl SameLink {
    /// Whether it joined somebody.
    pub(super) fn joins(&self) -> bool {
        self.arguments.first().is_some_and(|first| first == "join")
    }
}

/// One run of the other program.
struct LinkRun {
    child: Box<dyn ChildWrapper>,
    inbox: Receiver<LinkNews>,
    outbox: Option<SyncSender<Vec<u8>>>,
}

/// The other program. When it dies, it is started again, and is the same one for the others.
pub(super) struct LinkProgram {
    command: Vec<String>,
    same: SameLink,
    run: Option<LinkRun>,
    waker: Waker,
    /// How often it was started since it did its work.
    tries: u32,
    /// When it is started again.
    next: Option<Duration>,
    /// The door was to be opened while it did not run.
    open: bool,
    /// It has ended for good.
    over: bool,
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
        let same = SameLink {
            arguments: arguments.iter().map(|&one| one.to_owned()).collect(),
            ..SameLink::default()
        };
        let mut link = Self::new(command, same, waker);
        link.run = Some(LinkRun::start(command, arguments, waker)?);
        Ok(link)
    }

    /// Starts it as the one that it was before this program ended.
    ///
    /// # Errors
    /// Why it can't be started.
    pub(super) fn start_again(
        command: &[String],
        same: SameLink,
        waker: &Waker,
    ) -> io::Result<Self> {
        let mut link = Self::new(command, same, waker);
        link.begin_again()?;
        link.tries = 1;
        Ok(link)
    }

    fn new(command: &[String], same: SameLink, waker: &Waker) -> Self {
        Self {
            command: command.to_vec(),
            same,
            run: None,
            waker: waker.clone(),
            tries: 0,
            next: None,
            open: false,
            over: false,
        }
    }

    fn begin_again(&mut self) -> io::Result<()> {
        let mut arguments: Vec<&str> = self.same.arguments.iter().map(String::as_str).collect();
        arguments.push("--again");
        self.run = Some(LinkRun::start(&self.command, &arguments, &self.waker)?);
        if let Some(ticket) = &self.same.ticket {
            self.say(&LinkOrder::Ticket(ticket));
        }
        self.say(&LinkOrder::Again(&self.same.again));
        if std::mem::take(&mut self.open) {
            self.say(&LinkOrder::Open(true));
        }
        Ok(())
    }

    /// What has come. Where there is more than is taken at once, the face is woken again.
    pub(super) fn take(&mut self, now: Duration) -> Vec<LinkNews> {
        self.waker.looks();
        let mut news = Vec::new();
        if self.next.take_if(|next| *next <= now).is_some() && self.begin_again().is_err() {
            news.extend(self.ended(now));
        }
        let Some(run) = &self.run else {
            return news;
        };
        let heard: Vec<LinkNews> = run.inbox.try_iter().take(AT_ONCE).collect();
        if heard.len() == AT_ONCE {
            self.waker.wake();
        }
        news.extend(heard.into_iter().filter_map(|one| self.look_at(one, now)));
        news
    }

    /// What of it is told further.
    fn look_at(&mut self, news: LinkNews, now: Duration) -> Option<LinkNews> {
        let lasts = !self.same.again.is_empty();
        match news {
            LinkNews::Again(again) if again.len() <= MOST_AGAIN => {
                self.same.again = again;
                None
            }
            LinkNews::Again(_) => None,
            LinkNews::Relay(_) if self.same.dial => {
                self.say(&LinkOrder::Dial(true));
                None
            }
            LinkNews::Peer { id, proof } => {
                self.tries = 0;
                if self.same.peers.contains(&(id, proof.clone())) {
                    return Some(LinkNews::Up { id });
                }
                self.same.peers.retain(|(known, _)| *known != id);
                self.same.peers.push((id, proof.clone()));
                Some(LinkNews::Peer { id, proof })
            }
            LinkNews::Up { .. } => {
                self.tries = 0;
                Some(news)
            }
            LinkNews::Gone { id, .. } => {
                self.same.peers.retain(|(known, _)| *known != id);
                self.over |= self.same.joins();
                Some(news)
            }
            // It ends by itself now, and is started again.
            LinkNews::Error(_) if lasts => None,
            LinkNews::Ended => self.ended(now),
            LinkNews::Ready { .. }
            | LinkNews::Ticket(_)
            | LinkNews::Relay(_)
            | LinkNews::Line { .. }
            | LinkNews::Down(_)
            | LinkNews::Error(_) => Some(news),
        }
    }

    /// It does not run: it is started again after a while, a few times.
    fn ended(&mut self, now: Duration) -> Option<LinkNews> {
        self.run = None;
        if self.over || self.same.again.is_empty() || self.tries >= MOST_TRIES {
            self.over = true;
            return Some(LinkNews::Ended);
        }
        let wait = FIRST_WAIT.saturating_mul(1 << self.tries.min(16));
        self.tries += 1;
        self.next = Some(now.saturating_add(wait.min(LONGEST_WAIT)));
        None
    }

    /// Whether it was started again, or is to be, and has reached nobody yet.
    pub(super) fn is_mending(&self) -> bool {
        self.tries > 0 && !self.over
    }

    /// Whether it has ended for good.
    pub(super) fn is_over(&self) -> bool {
        self.over
    }

    /// What makes another run the same one; nothing where it has not said that, or has ended for good.
    pub(super) fn same(&self) -> Option<&SameLink> {
        let same = Some(&self.same);
        same.filter(|same| !self.over && !same.again.is_empty())
    }

    /// How long until it is started again, where it is to be.
    pub(super) fn next_wake(&self, now: Duration) -> Option<Duration> {
        Some(self.next?.saturating_sub(now))
    }

    /// Tells it something. Where it does not listen, what was said is said again later, by whoever said it.
    pub(super) fn tell(&mut self, order: &LinkOrder<'_>) {
        match order {
            LinkOrder::Ticket(ticket) => self.same.ticket = Some((*ticket).to_owned()),
            LinkOrder::Dial(yes) => self.same.dial = *yes,
            LinkOrder::Refuse { id } => self.same.peers.retain(|(known, _)| known != id),
            LinkOrder::Open(_) => self.open = self.run.is_none(),
            LinkOrder::Line { .. } | LinkOrder::Again(_) | LinkOrder::Bye(_) => {}
        }
        self.say(order);
    }

    fn say(&self, order: &LinkOrder<'_>) {
        let Ok(mut line) = serde_json::to_vec(order) else {
            return;
        };
        line.push(b'\n');
        let outbox = self.run.as_ref().and_then(|run| run.outbox.as_ref());
        if let Some(outbox) = outbox.filter(|_| line.len() <= MOST_LINE) {
            match outbox.try_send(line) {
                Ok(()) | Err(TrySendError::Full(_) | TrySendError::Disconnected(_)) => {}
            }
        }
    }

    /// Ends in good order: what was said is still sent.
    pub(super) fn say_bye(&mut self) {
        self.say(&LinkOrder::Bye(true));
        self.hang_up();
    }

    /// Ends so that it can be gone on with later.
    pub(super) fn hang_up(&mut self) {
        (self.over, self.next) = (true, None);
        if let Some(run) = &mut self.run {
            run.outbox = None;
        }
    }
}

impl LinkRun {
    fn start(command: &[String], arguments: &[&str], waker: &Waker) -> io::Result<Self> {
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
        let outbox = Some(outbox);
        Ok(Self {
            child,
            inbox,
            outbox,
        })
    }
}

impl Drop for LinkRun {
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
