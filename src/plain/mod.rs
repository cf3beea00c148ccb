//! The line face: the whole program as lines, for screen readers, pipes and plain terminals.
//!
//! Owns: which words a typed line is, and how a change of the scene sounds as lines.
//! Never does: moving a cursor, colouring, drawing, repeating what has not changed;
//! it writes no control character but the end of a line, and knows nothing but the scene.
//! At a terminal it reads keys itself, and echoes them and takes them back as the terminal would.
//! May see: drive's `Talk`, session's scenes and intents, shown, words.

mod asked;
mod clock;
mod input;
#[cfg(unix)]
mod keyboard;
mod page;
mod rows;
mod spelled;
mod tell;
#[cfg(unix)]
mod terminal;
mod typed;
#[cfg(test)]
#[path = "../test_support/voice.rs"]
mod voice;
#[cfg(test)]
#[path = "../test_support/ways_by_line.rs"]
mod ways;

#[cfg(test)]
mod tests;

use std::io::{self, Write};
use std::sync::mpsc::{Receiver, RecvTimeoutError};

pub use input::{Line, listen};
pub use rows::Rows;
#[cfg(unix)]
pub use terminal::{Terminal, give_back};
#[cfg(test)]
pub(crate) use voice::Voice;
#[cfg(test)]
pub(crate) use ways::{lines_for, ways};

use zeroize::Zeroizing;

use crate::drive::Talk;
use crate::session::intent::{Bell, Intent, Refused};
use crate::session::scene::{Field, Scene, Verb};
use crate::shown::Shown;
use crate::words::{fill, words};
use page::Page;
use typed::{Here, Typed, plain_word};

/// Why the conversation is over.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Over {
    /// It was left in good order; these words are for whoever called, to print last.
    Left(Shown),
    /// There was no more input. That has been said.
    NoMoreInput,
    /// The quick exit was asked for: whoever called empties the terminal, and then asks [`Talk::exit_now`].
    Gone,
}

/// Talks by lines until it is over. `hide` is told before each line whether what is typed next must not be seen.
///
/// # Errors
/// When `out` cannot be written any more.
pub fn run(
    talk: &mut dyn Talk,
    input: &Receiver<Line>,
    out: &mut dyn Write,
    hide: &mut dyn FnMut(bool),
) -> io::Result<Over> {
    let over = converse(talk, input, out, hide);
    hide(false);
    over
}

fn converse(
    talk: &mut dyn Talk,
    input: &Receiver<Line>,
    out: &mut dyn Write,
    hide: &mut dyn FnMut(bool),
) -> io::Result<Over> {
    let mut face = Face::begin(talk, out, hide)?;
    loop {
        if let Some(words) = face.talk.farewell() {
            return Ok(Over::Left(words));
        }
        let line = match face.talk.next_wake() {
            Some(wake) => input.recv_timeout(wake),
            None => input.recv().map_err(|_| RecvTimeoutError::Disconnected),
        };
        let over = match line {
            Ok(line) => face.hear(&line)?,
            Err(RecvTimeoutError::Timeout) => {
                face.wake()?;
                None
            }
            Err(RecvTimeoutError::Disconnected) => face.hear(&Line::End)?,
        };
        if let Some(over) = over {
            return Ok(over);
        }
    }
}

/// Whether what is typed next must not be seen.
fn is_hidden(scene: &Scene) -> bool {
    scene.private || scene.field.as_ref().is_some_and(Field::is_hidden)
}

struct Face<'a> {
    talk: &'a mut dyn Talk,
    out: &'a mut dyn Write,
    /// The scene that was told last: what a typed line answers to.
    told: Scene,
    /// The standing notice that was told last.
    standing: Option<Shown>,
    /// `Some` while the question is open whether to leave, with what that asks.
    leaving: Option<Intent>,
    /// The lines that are being typed, where several are asked for.
    page: Page,
    /// Told whether what is typed next must not be seen.
    hide: &'a mut dyn FnMut(bool),
}

impl<'a> Face<'a> {
    /// Tells the first scene.
    fn begin(
        talk: &'a mut dyn Talk,
        out: &'a mut dyn Write,
        hide: &'a mut dyn FnMut(bool),
    ) -> io::Result<Self> {
        let told = talk.scene();
        // Hidden before it is asked for: whoever answers quickly is not seen either.
        hide(is_hidden(&told));
        let mut face = Self {
            told,
            standing: None,
            leaving: None,
            page: Page::default(),
            hide,
            talk,
            out,
        };
        face.again()?;
        Ok(face)
    }

    /// Takes what came in; answers why it is over, when it is.
    fn hear(&mut self, line: &Line) -> io::Result<Option<Over>> {
        match line {
            Line::Words(line) | Line::NotText(line) if typed::is_gone(line) => {
                return Ok(Some(Over::Gone));
            }
            Line::Words(line) => {
                self.talk.touched();
                self.take(line)?;
            }
            Line::Stop => {
                self.talk.touched();
                self.leaving = None;
                // What was begun stands in this line.
                writeln!(self.out)?;
                self.ask(typed::stop(&self.told))?;
            }
            Line::NotText(line) if typed::stops(line, &self.told) => {
                self.talk.touched();
                self.leaving = None;
                self.ask(typed::stop(&self.told))?;
            }
            Line::NotText(_) => {
                self.talk.touched();
                self.say(&[Shown::new(&words().plain.says.not_text)])?;
            }
            Line::TooLong(bytes) => {
                self.talk.touched();
                let (bytes, most) = (bytes.to_string(), input::MOST.to_string());
                let values = [("bytes", bytes.as_str()), ("most", &most)];
                self.say(&[fill(&words().plain.says.long_line, &values)])?;
            }
            Line::End => {
                self.end()?;
                return Ok(Some(Over::NoMoreInput));
            }
        }
        Ok(None)
    }

    fn take(&mut self, line: &str) -> io::Result<()> {
        if let Some(intent) = self.leaving.take() {
            let (known, word) = (&words().plain, plain_word(line.trim_start_matches('/')));
            let is = |words: &[&str]| words.contains(&&*word);
            if is(spelled::known(Verb::Leave)) || is(known.here.yes) {
                return self.ask(intent);
            }
            if is(known.here.no) {
                return self.say(&[Shown::new(&known.says.leave_not)]);
            }
        }
        let of_page = self.page.take(line, &self.told);
        let seen = !is_hidden(&self.told);
        if seen && matches!(of_page, Some(Typed::Taken | Typed::Unclear(_))) {
            self.talk.written(&Zeroizing::new(self.page.words()), true);
        }
        match of_page.unwrap_or_else(|| typed::read(line, &self.told)) {
            Typed::Taken => self.say(&[]),
            Typed::Ask(intent) => self.ask(intent),
            Typed::Leave(intent) => {
                self.leaving = Some(intent);
                let word = spelled::verb(Verb::Leave, &self.told);
                let ask = fill(&words().plain.says.leave_ask, &[("word", &word)]);
                self.say(&[ask])
            }
            Typed::Here(Here::Again) => self.again(),
            Typed::Here(Here::Time) => self.say(&asked::time(&self.talk.scene())),
            Typed::Here(Here::Map) => self.say(&asked::map(&self.talk.scene())),
            Typed::Here(Here::Bell) => {
                let says = self.talk.switch_bell();
                self.say(&[says])
            }
            Typed::Here(Here::Help) => self.say(&asked::help(&self.told)),
            Typed::Unclear(sentence) => self.say(&[sentence]),
        }
    }

    /// Asks first and tells afterwards: what is told has been accepted and kept.
    fn ask(&mut self, intent: Intent) -> io::Result<()> {
        if let Some(says) = self.talk.takes_a_while(&intent) {
            writeln!(self.out, "{says}")?;
            self.out.flush()?;
        }
        let answer = self.talk.ask(intent.clone());
        if answer.is_ok() {
            self.page.follow_up(&intent, &self.told, &self.talk.scene());
        }
        let mut lines = self.news();
        match answer {
            Err(Refused(sentence)) => lines.push(sentence),
            Ok(()) if lines.is_empty() && self.talk.farewell().is_none() => {
                lines.push(Shown::new(&words().plain.says.taken));
            }
            Ok(()) => {}
        }
        self.say(&lines)
    }

    fn wake(&mut self) -> io::Result<()> {
        self.talk.wake();
        let lines = self.news();
        if lines.is_empty() && self.talk.farewell().is_none() {
            return Ok(());
        }
        // The prompt stands at the beginning of this line already.
        writeln!(self.out)?;
        self.say(&lines)
    }

    fn again(&mut self) -> io::Result<()> {
        self.told = self.talk.scene();
        let waits = self.meet_field();
        let bells = self.bells();
        let mut lines = tell::changes(None, &self.told, &bells);
        lines.extend(waits);
        self.standing = self.talk.standing();
        lines.extend(self.standing.as_ref().map(standing));
        self.say(&lines)
    }

    /// What is different from what was told last.
    fn news(&mut self) -> Vec<Shown> {
        let mut new = self.talk.scene();
        if self.talk.farewell().is_some() {
            // Nobody will be asked again: what could be asked is not told any more.
            new.choices.clear();
            new.offers.clear();
            new.field = None;
        }
        let bells = self.bells();
        let mut lines = tell::changes(Some(&self.told), &new, &bells);
        self.told = new;
        lines.extend(self.meet_field());
        let now = self.talk.standing();
        if now != self.standing {
            lines.push(match &now {
                Some(words) => standing(words),
                None => Shown::new(&words().plain.says.standing_gone),
            });
            self.standing = now;
        }
        lines
    }

    /// Looks at what is to be typed now; answers what there is to say about lines that have waited.
    fn meet_field(&mut self) -> Option<Shown> {
        (self.hide)(is_hidden(&self.told));
        self.page.meet(&self.told)
    }

    /// The bells that are due. They are told in words; what is heard is a program that was chosen, and nothing else.
    fn bells(&mut self) -> Vec<Bell> {
        let bells = self.talk.take_bells();
        // This face has no bell of its own but its words.
        let _ = self.talk.ring();
        bells
    }

    fn end(&mut self) -> io::Result<()> {
        let says = &words().plain.says;
        // A standing notice may be that nothing can be kept now: then nothing is promised.
        let sentence = match self.talk.standing() {
            Some(_) => &says.ended,
            None => &says.ended_kept,
        };
        writeln!(self.out, "\n{}", Shown::new(sentence))?;
        self.out.flush()
    }

    /// Writes lines and the prompt. Lines are [`Shown`], so that no other text can get out here.
    fn say(&mut self, lines: &[Shown]) -> io::Result<()> {
        for line in lines {
            writeln!(self.out, "{line}")?;
        }
        if self.talk.farewell().is_none() {
            self.out.write_all(b"> ")?;
        }
        self.out.flush()
    }
}

fn standing(words_now: &Shown) -> Shown {
    fill(
        &words().plain.says.standing,
        &[("words", words_now.as_str())],
    )
}
