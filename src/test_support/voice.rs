//! The line face in the hands of a test: bytes as they are typed go in, bytes as they are written come out.

use std::cell::RefCell;
use std::io::{self, Cursor, Write};
use std::rc::Rc;

use super::{InputLine, LineUi, LineUiEnd, Manner, line_reader};
use crate::app::Controller;

/// What was written, for whoever holds a clone.
#[derive(Clone, Default)]
struct Out(Rc<RefCell<Vec<u8>>>);

impl Write for Out {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.borrow_mut().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Speaks with a face line by line, until `work` is done with it.
pub(crate) struct Voice<'a> {
    face: LineUi<'a>,
    out: Out,
    hidden: Rc<RefCell<bool>>,
    /// Why it is over, when it is.
    pub(crate) over: Option<LineUiEnd>,
}

impl Voice<'_> {
    /// Begins with what is said first.
    pub(crate) fn with<T>(talk: &mut dyn Controller, work: impl FnOnce(&mut Voice<'_>) -> T) -> T {
        let out = Out::default();
        let hidden = Rc::new(RefCell::new(false));
        let mut writes = out.clone();
        let mut hide = {
            let hidden = hidden.clone();
            move |now| *hidden.borrow_mut() = now
        };
        let face = LineUi::begin(talk, &mut writes, &mut hide, Manner::default())
            .expect("memory takes everything");
        let mut voice = Voice {
            face,
            out,
            hidden,
            over: None,
        };
        work(&mut voice)
    }

    /// Types a line as a keyboard sends it, read as the program reads it; answers what is said to it.
    pub(crate) fn types(&mut self, line: &str) -> String {
        self.said();
        let mut keyboard = Cursor::new(format!("{line}\n").into_bytes());
        while let Ok(Some(line)) = line_reader::next(&mut keyboard) {
            self.hears(&line);
        }
        self.said()
    }

    /// Presses the key of STOP.
    pub(crate) fn presses_stop(&mut self) -> String {
        self.said();
        self.hears(&InputLine::Stop);
        self.said()
    }

    fn hears(&mut self, line: &InputLine) {
        if self.over.is_none() {
            let heard = self.face.hear(line);
            self.over = heard.expect("memory takes everything");
        }
    }

    /// Lets the time that has passed be heard of.
    pub(crate) fn wakes(&mut self) -> String {
        self.said();
        self.face.wake().expect("memory takes everything");
        self.said()
    }

    /// What was said since the last look.
    pub(crate) fn said(&mut self) -> String {
        let bytes = std::mem::take(&mut *self.out.0.borrow_mut());
        String::from_utf8(bytes).expect("only UTF-8 is written")
    }

    /// Whether the terminal is asked not to show what is typed.
    pub(crate) fn is_hidden(&self) -> bool {
        *self.hidden.borrow()
    }

    /// What the face talks to.
    pub(crate) fn talk(&mut self) -> &mut dyn Controller {
        self.face.talk
    }
}
