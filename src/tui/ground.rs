//! The terminal's own ground: how it is asked for, and how its answer is told apart from keys.
//!
//! The answer comes through the same door as the keys, and the library behind that door takes it for keys: Alt-],
//! two ones, a few letters. Some of those would choose an answer in a session. So every event passes a sieve
//! that holds back whatever may become such an answer until it is one, or surely is none.

use std::time::Duration;

use crossterm::event::{Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers};

use super::look::Ground;

/// The question (xterm's control sequences, "Change VT100 text background color", with `?`).
pub const QUESTION: &[u8] = b"\x1b]11;?\x1b\\";

/// How an answer begins.
const BEGINS: &str = "\x1b]11;";
/// No answer is longer: `rgba:` and four numbers of four digits, and its end.
const LONGEST: usize = 40;
/// How long an answer is waited for; one that comes later is swallowed and changes nothing.
const AWAITED: Duration = Duration::from_secs(2);
/// How long Esc waits to be the beginning of an answer, as long as one is awaited.
const ESCAPE: Duration = Duration::from_millis(30);
/// How long the beginning of an answer waits for the rest.
const BEGUN: Duration = Duration::from_millis(500);

/// What came through.
#[derive(Default, Debug, PartialEq)]
pub struct Passed {
    /// Events that are no answer, in their order.
    pub events: Vec<Event>,
    /// What the terminal says its ground is.
    pub ground: Option<Ground>,
}

/// Holds answers back from the keys.
#[derive(Debug)]
pub struct Sieve {
    /// Whether an answer may still come in time.
    awaited: bool,
    /// What may be the beginning of an answer, as events and as the text that they spell.
    held: Vec<Event>,
    spelt: String,
}

/// What a text is to an answer.
enum Fits {
    /// It cannot become one.
    Not,
    /// It may.
    Begun,
    /// It is one; the ground where it can be told.
    Whole(Option<Ground>),
}

impl Sieve {
    /// A sieve; `asked` when a question goes out.
    #[must_use]
    pub fn new(asked: bool) -> Self {
        Self {
            awaited: asked,
            held: Vec::new(),
            spelt: String::new(),
        }
    }

    /// Whether an answer is still waited for, or one is coming in.
    #[must_use]
    pub fn awaits(&self) -> bool {
        self.awaited || !self.spelt.is_empty()
    }

    /// How long to wait for the next event; `None`: as long as it takes.
    #[must_use]
    pub fn patience(&self) -> Option<Duration> {
        match self.spelt.as_str() {
            "" => self.awaited.then_some(AWAITED),
            "\x1b" => Some(ESCAPE),
            spelt if spelt.len() < BEGINS.len() => Some(BEGUN),
            // Nobody types this much of an answer; its rest must never become keys, however late it comes.
            _ => None,
        }
    }

    /// Takes an event; answers what passes.
    pub fn take(&mut self, event: Event) -> Passed {
        let mut spelt = self.spelt.clone();
        let piece = piece(&event).filter(|piece| {
            // Esc is a key of its own, unless an answer is under way.
            *piece != "\x1b" || self.awaited || !spelt.is_empty()
        });
        let Some(piece) = piece else {
            return self.release(Some(event));
        };
        spelt.push_str(&piece);
        match fits(&spelt) {
            Fits::Not if self.held.is_empty() => Passed {
                events: vec![event],
                ground: None,
            },
            // What has come is set free, and this may be a beginning itself.
            Fits::Not => {
                let mut passed = self.release(None);
                let again = self.take(event);
                passed.events.extend(again.events);
                passed
            }
            Fits::Begun => {
                self.spelt = spelt;
                self.held.push(event);
                Passed::default()
            }
            Fits::Whole(ground) => {
                self.forget();
                let ground = ground.filter(|_| self.awaited);
                self.awaited = false;
                Passed {
                    events: Vec::new(),
                    ground,
                }
            }
        }
    }

    /// Nothing came for a while: what was held is keys after all, or the answer will not come in time.
    pub fn let_go(&mut self) -> Passed {
        if self.held.is_empty() {
            self.awaited = false;
        }
        self.release(None)
    }

    fn release(&mut self, event: Option<Event>) -> Passed {
        // The beginning of a real answer is dropped, also where its end is missing.
        let real = self.spelt.len() >= BEGINS.len();
        let held = std::mem::take(&mut self.held);
        self.forget();
        let kept = held.into_iter().filter(|_| !real);
        Passed {
            events: kept.chain(event).collect(),
            ground: None,
        }
    }

    fn forget(&mut self) {
        self.held.clear();
        self.spelt.clear();
    }
}

/// The text that an event may be a piece of.
#[allow(
    clippy::wildcard_enum_match_arm,
    reason = "no answer is spelt with any other key, whichever a library adds"
)]
fn piece(event: &Event) -> Option<String> {
    let Event::Key(KeyEvent {
        code,
        modifiers,
        kind: KeyEventKind::Press,
        ..
    }) = event
    else {
        return None;
    };
    let (alt, ctrl) = (
        modifiers.contains(KeyModifiers::ALT),
        modifiers.contains(KeyModifiers::CONTROL),
    );
    match code {
        KeyCode::Esc if !alt && !ctrl => Some("\x1b".to_owned()),
        KeyCode::Char('g') if ctrl && !alt => Some("\x07".to_owned()),
        KeyCode::Char(letter) if alt && !ctrl => Some(format!("\x1b{letter}")),
        KeyCode::Char(letter) if !ctrl => Some(letter.to_string()),
        _ => None,
    }
}

fn fits(spelt: &str) -> Fits {
    if spelt.len() < BEGINS.len() {
        return if BEGINS.starts_with(spelt) {
            Fits::Begun
        } else {
            Fits::Not
        };
    }
    let Some(body) = spelt.strip_prefix(BEGINS) else {
        return Fits::Not;
    };
    if let Some(colour) = body.strip_suffix('\x07').or(body.strip_suffix("\x1b\\")) {
        return Fits::Whole(ground(colour));
    }
    let colour = body.strip_suffix('\x1b').unwrap_or(body);
    let may = colour
        .chars()
        .all(|c| c.is_ascii_hexdigit() || "rgba:/#".contains(c));
    if may && body.len() <= LONGEST {
        Fits::Begun
    } else {
        Fits::Not
    }
}

/// Dark or light, from `rgb:R/G/B` or `rgba:R/G/B/A` with one to four digits each (X11's `XParseColor`), or `#RRGGBB`.
fn ground(colour: &str) -> Option<Ground> {
    let parts: Vec<&str> = match colour.strip_prefix('#') {
        Some(digits) if digits.len().is_multiple_of(3) => {
            let each = digits.len() / 3;
            (0..3)
                .filter_map(|n| digits.get(n * each..(n + 1) * each))
                .collect()
        }
        Some(_) => return None,
        None => colour
            .strip_prefix("rgb:")
            .or(colour.strip_prefix("rgba:"))?
            .split('/')
            .collect(),
    };
    let [red, green, blue] = [0, 1, 2].map(|n| parts.get(n).and_then(|part| thousandths(part)));
    // As bright as an eye finds it (Rec. 601), near enough to tell dark from light.
    let bright = (299 * red? + 587 * green? + 114 * blue?) / 1000;
    Some(if bright >= 500 {
        Ground::Light
    } else {
        Ground::Dark
    })
}

/// A number of one to four hexadecimal digits as thousandths of the largest of its length.
fn thousandths(digits: &str) -> Option<u32> {
    let value = u32::from_str_radix(digits, 16).ok()?;
    let most = match digits.len() {
        1 => 0xf,
        2 => 0xff,
        3 => 0xfff,
        4 => 0xffff,
        _ => return None,
    };
    Some(value * 1000 / most)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Bytes as crossterm's parser turns them into events.
    fn events(bytes: &str) -> Vec<Event> {
        let mut out = Vec::new();
        let mut letters = bytes.chars().peekable();
        while let Some(letter) = letters.next() {
            let key = match letter {
                '\x1b' => match letters.next_if(|next| *next != '\x1b') {
                    Some(next) => KeyEvent::new(KeyCode::Char(next), KeyModifiers::ALT),
                    None => KeyEvent::new(KeyCode::Esc, KeyModifiers::NONE),
                },
                '\x07' => KeyEvent::new(KeyCode::Char('g'), KeyModifiers::CONTROL),
                letter => KeyEvent::new(KeyCode::Char(letter), KeyModifiers::NONE),
            };
            out.push(Event::Key(key));
        }
        out
    }

    fn all(sieve: &mut Sieve, events: Vec<Event>) -> (Vec<Event>, Option<Ground>) {
        let mut out = (Vec::new(), None);
        for event in events {
            let passed = sieve.take(event);
            out.0.extend(passed.events);
            out.1 = out.1.or(passed.ground);
        }
        out
    }

    #[test]
    fn an_answer_tells_the_ground_and_no_byte_of_it_becomes_a_key() {
        for (answer, ground) in [
            ("\x1b]11;rgb:1818/1818/2020\x1b\\", Some(Ground::Dark)),
            ("\x1b]11;rgb:ffff/ffff/ffff\x07", Some(Ground::Light)),
            ("\x1b]11;rgb:fa/f8/f3\x1b\\", Some(Ground::Light)),
            ("\x1b]11;rgb:0/0/0\x1b\\", Some(Ground::Dark)),
            ("\x1b]11;rgba:0000/0000/0000/ffff\x1b\\", Some(Ground::Dark)),
            ("\x1b]11;#fafafa\x1b\\", Some(Ground::Light)),
            ("\x1b]11;#12345\x1b\\", None),
            ("\x1b]11;rgb:1/2\x1b\\", None),
        ] {
            let mut sieve = Sieve::new(true);
            assert_eq!(
                all(&mut sieve, events(answer)),
                (vec![], ground),
                "{answer:?}"
            );
            assert_eq!(sieve.patience(), None, "nothing is awaited any more");
        }
    }

    #[test]
    fn keys_before_within_and_after_an_answer_stay_keys() {
        let mut sieve = Sieve::new(true);
        let answer = "\x1b]11;rgb:ffff/ffff/ffff\x1b\\";
        let mut typed = events("1");
        typed.extend(events(answer));
        typed.extend(events("2s"));
        let (keys, ground) = all(&mut sieve, typed);
        assert_eq!((keys, ground), (events("12s"), Some(Ground::Light)));
    }

    #[test]
    fn an_answer_that_comes_late_is_swallowed_and_changes_nothing() {
        for asked in [true, false] {
            let mut sieve = Sieve::new(asked);
            assert_eq!(sieve.let_go(), Passed::default());
            let answer = events("\x1b]11;rgb:ffff/ffff/ffff\x1b\\");
            assert_eq!(all(&mut sieve, answer), (vec![], None));
        }
    }

    #[test]
    fn an_answer_in_two_pieces_is_one_answer() {
        let mut sieve = Sieve::new(true);
        let esc = events("\x1b").remove(0);
        assert_eq!(sieve.take(esc.clone()), Passed::default());
        assert_eq!(sieve.patience(), Some(ESCAPE));
        let (keys, ground) = all(&mut sieve, events("]11;rgb:00/00"));
        assert_eq!((keys, ground), (vec![], None));
        assert_eq!(sieve.patience(), None, "the rest is waited for");
        let (keys, _) = all(&mut sieve, events("/00"));
        assert!(keys.is_empty() && sieve.take(esc).events.is_empty());
        let (keys, ground) = all(&mut sieve, events("\\s"));
        assert_eq!((keys, ground), (events("s"), Some(Ground::Dark)));
    }

    #[test]
    fn what_only_looks_like_the_beginning_is_set_free() {
        // Esc waits a moment, and only while an answer is awaited.
        let mut sieve = Sieve::new(true);
        assert_eq!(sieve.take(events("\x1b").remove(0)), Passed::default());
        assert_eq!(sieve.let_go().events, events("\x1b"));
        let mut sieve = Sieve::new(false);
        assert_eq!(sieve.take(events("\x1b").remove(0)).events, events("\x1b"));
        // Alt-] and a one, typed: nothing is lost.
        let (keys, _) = all(&mut sieve, events("\x1b]1"));
        assert!(keys.is_empty());
        assert_eq!(sieve.patience(), Some(BEGUN));
        assert_eq!(sieve.let_go().events, events("\x1b]1"));
        let (keys, _) = all(&mut sieve, events("\x1b]1s"));
        assert_eq!(keys, events("\x1b]1s"));
    }

    #[test]
    fn a_broken_answer_is_dropped_and_the_key_after_it_counts() {
        let mut sieve = Sieve::new(true);
        let (keys, _) = all(&mut sieve, events("\x1b]11;rgb:12/s"));
        assert_eq!(keys, events("s"));
        let long = format!("\x1b]11;{}", "1".repeat(LONGEST));
        let (keys, _) = all(&mut sieve, events(&long));
        assert!(keys.is_empty());
        let mut sieve = Sieve::new(true);
        let (_, ground) = all(&mut sieve, events("\x1b]11;nonsense\x1b\\"));
        assert_eq!(ground, None);
    }

    #[test]
    fn everything_else_passes_at_once_and_in_order() {
        let mut sieve = Sieve::new(true);
        let others = vec![
            Event::Paste("\x1b]11;rgb:0/0/0\x07".to_owned()),
            Event::Resize(80, 24),
            Event::FocusGained,
            Event::Key(KeyEvent::new(KeyCode::Char(']'), KeyModifiers::NONE)),
            Event::Key(KeyEvent::new(KeyCode::Enter, KeyModifiers::NONE)),
        ];
        assert_eq!(all(&mut sieve, others.clone()), (others, None));
        let mut held = events("\x1b]1");
        held.push(Event::Resize(80, 24));
        assert_eq!(all(&mut sieve, held.clone()).0, held);
    }
}
