//! Texts to and from one peer, over one connection. What waits here has a limit in both directions.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use iroh::endpoint::{Connection, RecvStream, SendStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, mpsc};

use crate::frames::{self, Frames};
use crate::greeting::{Close, closed};
use crate::link::Event;
use crate::talk::Why;

/// Bytes of all peers that may wait for the program that started this one.
pub const ROOM: usize = 256 * 1024;
/// Bytes that may wait for a peer who does not read; beyond it the connection is given up.
const QUEUE: usize = 1024 * 1024;
/// What a text weighs beside its letters.
const EACH: usize = 64;
/// Read at once.
const PIECE: usize = 16 * 1024;

/// Where texts for a peer wait.
pub struct Queue {
    texts: mpsc::UnboundedSender<Vec<u8>>,
    waiting: Arc<AtomicUsize>,
}

impl Queue {
    /// Puts a text behind the others; says whether there was room.
    pub fn put(&self, text: &str) -> bool {
        let Some(bytes) = frames::frame(text) else {
            return true;
        };
        let weight = bytes.len().saturating_add(EACH);
        let waiting = self.waiting.fetch_add(weight, Ordering::Relaxed);
        waiting.saturating_add(weight) <= QUEUE && self.texts.send(bytes).is_ok()
    }
}

/// Sends what is put into the queue, and says when everything has arrived after the queue is gone.
pub fn write(mut send: SendStream, number: u64, events: mpsc::UnboundedSender<Event>) -> Queue {
    let (texts, mut queue) = mpsc::unbounded_channel::<Vec<u8>>();
    let waiting = Arc::new(AtomicUsize::new(0));
    let left = Arc::clone(&waiting);
    tokio::spawn(async move {
        while let Some(bytes) = queue.recv().await {
            if send.write_all(&bytes).await.is_err() {
                return;
            }
            left.fetch_sub(bytes.len().saturating_add(EACH), Ordering::Relaxed);
        }
        let _ = send.finish();
        let _ = send.stopped().await;
        let _ = events.send(Event::Sent { number });
    });
    Queue { texts, waiting }
}

/// How a connection ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// The other side said everything that it wanted.
    Finished,
    /// The other side closed it.
    Closed(Close),
    /// It was lost.
    Lost,
}

/// Passes on what comes, as fast as it is taken.
pub async fn read(
    connection: Connection,
    mut receive: RecvStream,
    mut frames: Frames,
    number: u64,
    room: Arc<Semaphore>,
    events: mpsc::UnboundedSender<Event>,
) {
    frames.allow(frames::LONGEST);
    let end = loop {
        match frames.whole() {
            Ok(Some(text)) => {
                let Some(permit) = permit(&room, text.len()).await else {
                    return;
                };
                let _ = events.send(Event::Text {
                    number,
                    text,
                    permit,
                });
                continue;
            }
            Ok(None) => {}
            Err(frames::Broken) => break End::Closed(Close::Out(Why::Broken)),
        }
        match receive.read_chunk(PIECE).await {
            Ok(Some(bytes)) => frames.push(&bytes),
            Ok(None) if frames.is_empty() => break End::Finished,
            Ok(None) => break End::Closed(Close::Out(Why::Broken)),
            Err(_) => break closed(&connection).map_or(End::Lost, End::Closed),
        }
    };
    let _ = events.send(Event::Ended { number, end });
}

async fn permit(room: &Arc<Semaphore>, length: usize) -> Option<OwnedSemaphorePermit> {
    let weight = u32::try_from(length.saturating_add(EACH)).ok()?;
    Arc::clone(room).acquire_many_owned(weight).await.ok()
}
