//! The full screen in the hands of a test: keys as a terminal tells them go in, bytes as they are written come out.

use crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers};

use super::*;
use crate::tui::key::{Code, Key};
use crate::tui::term::Paper;

/// Presses keys, and sees what is drawn.
pub(crate) struct Hands<'a> {
    face: Face<'a>,
    paper: Paper,
    sees: bool,
    /// Whether the face has ended.
    pub(crate) over: bool,
}

impl<'a> Hands<'a> {
    /// At a screen of this size; the first picture is drawn.
    pub(crate) fn at(talk: &'a mut dyn Talk, look: Look, size: (u16, u16)) -> Self {
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
    pub(crate) fn unseen(talk: &'a mut dyn Talk, look: Look) -> Self {
        Self::blind(talk, look, Paper::default())
    }

    fn blind(talk: &'a mut dyn Talk, look: Look, paper: Paper) -> Self {
        let screen = Screen::on(&paper, look.mouse);
        Self {
            face: Face {
                talk,
                look,
                screen,
                desk: Desk::default(),
                last: None,
                size: (0, 0),
            },
            paper,
            sees: false,
            over: false,
        }
    }

    /// A key, and one picture after it.
    pub(crate) fn press(&mut self, key: Key) {
        self.happens(Event::Key(event(key)));
    }

    /// Several keys, each with its picture.
    pub(crate) fn press_all(&mut self, keys: &[Key]) {
        for key in keys {
            self.press(*key);
        }
    }

    /// Something that a terminal tells, and one picture after it.
    pub(crate) fn happens(&mut self, event: Event) {
        if self.over {
            return;
        }
        if let Some(wake) = input::of(event) {
            let next = self.face.take(wake).expect("paper takes everything");
            self.over = matches!(next, Next::End) || self.face.talk.farewell().is_some();
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
        let row = |row: &[ratatui::buffer::Cell]| -> String {
            let line: String = row.iter().map(ratatui::buffer::Cell::symbol).collect();
            format!("{}\n", line.trim_end())
        };
        rows.map(row).collect()
    }

    /// Where keys are pressed now.
    pub(crate) fn context(&self) -> super::super::keys::Context {
        self.face.desk.context()
    }

    /// What a panic, or a failed test, would print of the face.
    pub(crate) fn printed(&self) -> String {
        format!("{:?} {:?}", self.face.desk, self.face.last)
    }

    /// What the face talks to.
    pub(crate) fn talk(&mut self) -> &mut dyn Talk {
        self.face.talk
    }
}

/// The key as a terminal tells it.
fn event(key: Key) -> KeyEvent {
    let code = match key.code {
        Code::Char(c) => KeyCode::Char(c),
        Code::Enter => KeyCode::Enter,
        Code::Esc => KeyCode::Esc,
        Code::Backspace => KeyCode::Backspace,
        Code::Delete => KeyCode::Delete,
        Code::Left => KeyCode::Left,
        Code::Right => KeyCode::Right,
        Code::Up => KeyCode::Up,
        Code::Down => KeyCode::Down,
        Code::Home => KeyCode::Home,
        Code::End => KeyCode::End,
        Code::PageUp => KeyCode::PageUp,
        Code::PageDown => KeyCode::PageDown,
        Code::F(n) => KeyCode::F(n),
    };
    let modifiers = if key.ctrl {
        KeyModifiers::CONTROL
    } else {
        KeyModifiers::NONE
    };
    KeyEvent::new(code, modifiers)
}
