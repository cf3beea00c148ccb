//! The full screen in the hands of a test: bytes as a terminal sends them go in, with the moments at which they came,
//! and bytes as they are written come out.

use super::*;
use crate::tui::input::Input;
use crate::tui::key::{Code, Key};
use crate::tui::key_table::Context;
use crate::tui::terminal::Paper;

/// Presses keys, and sees what is drawn.
pub(crate) struct Hands<'a> {
    face: EventLoop<'a>,
    input: Input,
    now: Duration,
    paper: Paper,
    sees: bool,
    /// Whether the face has ended.
    pub(crate) over: bool,
}

/// Two presses of one key that are so far from each other are surely two; three of them are a quick exit still.
const APART: Duration = Duration::from_millis(2_100);

impl<'a> Hands<'a> {
    /// At a screen of this size; the first picture is drawn.
    pub(crate) fn at(talk: &'a mut dyn Controller, look: Appearance, size: (u16, u16)) -> Self {
        let paper = Paper {
            size,
            ..Paper::default()
        };
        let mut hands = Self::blind(talk, look, paper);
        hands.sees = true;
        hands.draws();
        hands
    }

    /// Keys alone: nothing is drawn after them.
    pub(crate) fn unseen(talk: &'a mut dyn Controller, look: Appearance) -> Self {
        Self::blind(talk, look, Paper::default())
    }

    fn blind(talk: &'a mut dyn Controller, look: Appearance, paper: Paper) -> Self {
        let screen = Screen::on(&paper, look.mouse);
        Self {
            face: EventLoop {
                talk,
                look,
                screen,
                desk: UiState::default(),
                last: None,
                size: (0, 0),
            },
            input: Input::default(),
            now: Duration::ZERO,
            paper,
            sees: false,
            over: false,
        }
    }

    /// The terminal is asked everything that it ever is, now.
    pub(crate) fn asks(&mut self) {
        let (any, ground, width) = (true, true, true);
        self.input = Input::new(TerminalQuery { any, ground, width }, self.now);
    }

    /// A key, surely pressed, and one picture after it.
    pub(crate) fn press(&mut self, key: Key) {
        self.now += APART;
        self.sends(&bytes_of(key));
        // Esc may be the beginning of something for a moment.
        self.passes(Duration::from_millis(100));
    }

    /// Several keys, each with its picture.
    pub(crate) fn press_all(&mut self, keys: &[Key]) {
        for key in keys {
            self.press(*key);
        }
    }

    /// Text is pasted.
    pub(crate) fn pastes(&mut self, text: &str) {
        self.sends(format!("\x1b[200~{text}\x1b[201~").as_bytes());
    }

    /// One read with these bytes, now, and one picture after it.
    pub(crate) fn sends(&mut self, bytes: &[u8]) {
        let wakes = self.input.read(bytes, self.now);
        self.woken(wakes);
    }

    /// So much time goes by, in which nothing is read.
    pub(crate) fn passes(&mut self, time: Duration) {
        let end = self.now + time;
        while let Some(patience) = self.input.patience(self.now) {
            if self.now + patience > end {
                break;
            }
            self.now += patience;
            let wakes = self.input.rest(self.now);
            self.woken(wakes);
        }
        self.now = end;
    }

    fn woken(&mut self, wakes: Vec<InputEvent>) {
        for wake in wakes {
            if self.over {
                return;
            }
            let next = self.face.take(wake).expect("paper takes everything");
            self.over = matches!(next, LoopNext::End) || self.face.talk.farewell().is_some();
        }
        if !self.over && self.sees {
            self.draws();
        }
    }

    /// Time went by, and one picture after it.
    pub(crate) fn wakes(&mut self) {
        self.face.talk.wake();
        self.face.ring();
        self.draws();
    }

    fn draws(&mut self) {
        self.face.show().expect("paper takes everything");
    }

    /// Every byte that was written since the last look.
    pub(crate) fn written(&self) -> Vec<u8> {
        std::mem::take(&mut *self.paper.bytes.borrow_mut())
    }

    /// The words on the screen, row by row.
    pub(crate) fn screen(&self) -> String {
        let Some(cells) = self.face.screen.cells() else {
            return String::new();
        };
        let rows = cells.content.chunks(usize::from(cells.area.width));
        let row = |row: &[ratatui_core::buffer::Cell]| -> String {
            let line: String = row.iter().map(ratatui_core::buffer::Cell::symbol).collect();
            format!("{}\n", line.trim_end())
        };
        rows.map(row).collect()
    }

    /// Where keys are pressed now.
    pub(crate) fn context(&self) -> Context {
        self.face.desk.context()
    }

    /// What a panic, or a failed test, would print of the face.
    pub(crate) fn printed(&self) -> String {
        format!("{:?} {:?}", self.face.desk, self.face.last)
    }

    /// What the face talks to.
    pub(crate) fn talk(&mut self) -> &mut dyn Controller {
        self.face.talk
    }
}

/// The key as most terminals tell it.
pub(crate) fn bytes_of(key: Key) -> Vec<u8> {
    let numbered = |n: u8| match key.ctrl {
        true => format!("\x1b[{n};5~"),
        false => format!("\x1b[{n}~"),
    };
    let lettered = |c: char| match key.ctrl {
        true => format!("\x1b[1;5{c}"),
        false => format!("\x1b[{c}"),
    };
    let told = match key.code {
        Code::Char(c @ ('a'..='z' | '_')) if key.ctrl => {
            return vec![u8::try_from(c).expect("ASCII") & 0x1f];
        }
        Code::Char(c) if key.ctrl => format!("\x1b[{};5u", u32::from(c)),
        Code::Char(c) => c.to_string(),
        Code::Enter => "\r".to_owned(),
        Code::Esc => "\x1b".to_owned(),
        Code::Backspace if key.ctrl => "\x1b[127;5u".to_owned(),
        Code::Backspace => "\x7f".to_owned(),
        Code::Delete => numbered(3),
        Code::Left => lettered('D'),
        Code::Right => lettered('C'),
        Code::Up => lettered('A'),
        Code::Down => lettered('B'),
        Code::Home => lettered('H'),
        Code::End => lettered('F'),
        Code::PageUp => numbered(5),
        Code::PageDown => numbered(6),
        Code::F(n @ 1..=4) => format!("\x1bO{}", char::from(b'P' + n - 1)),
        Code::F(5) => numbered(15),
        Code::F(n @ 6..=10) => numbered(n + 11),
        Code::F(n) => numbered(n + 12),
        Code::Other => "\t".to_owned(),
    };
    told.into_bytes()
}
