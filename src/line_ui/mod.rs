//! The line face: the whole program as lines, for screen readers, pipes and plain terminals.
//!
//! Owns: which words a typed line is, and how a change of the scene sounds as lines.
//! Never does: moving a cursor, colouring, drawing, repeating what has not changed;
//! it writes no control character but the end of a line, and knows nothing but the scene.
//! At a terminal it reads keys itself, and echoes them and takes them back as the terminal would.
//! May see: app, session, text.

mod choice_spelled;
mod command_parser;
mod command_words;
mod information;
#[cfg(unix)]
mod keyboard;
mod line_reader;
mod page_entry;
mod scene_lines;
mod spoken_clock;
#[cfg(unix)]
mod terminal;
#[cfg(test)]
#[path = "../test_support/voice.rs"]
mod voice;
#[cfg(test)]
#[path = "../test_support/ways_by_line.rs"]
mod ways;
mod wrapped_writer;

#[cfg(test)]
mod tests;

use std::io::{self, Write};
use std::sync::mpsc::{Receiver, RecvTimeoutError};

pub(crate) use command_parser::speaks_of_danger;
pub use line_reader::InputLine;
pub(crate) use line_reader::{lines, listen};
#[cfg(unix)]
pub(crate) use terminal::{Terminal, UntilGone, give_back};
#[cfg(test)]
pub(crate) use voice::Voice;
#[cfg(test)]
pub(crate) use ways::{enter_says, lines_for, ways};
pub(crate) use wrapped_writer::WrappedWriter;

use zeroize::Zeroizing;

use crate::app::Controller;
use crate::session::intent::{BellRing, Intent, Refused};
use crate::session::scene::{InputField, Offer, SafetyPage, Scene, SceneMood, Verb};
use crate::text::safe_text::SafeText;
use crate::text::words::{fill, words};
use command_parser::{LocalCommand, TypedCommand, plain_word};
use page_entry::PageEntry;
use scene_lines::Known;

/// Why the conversation is over.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum LineUiEnd {
    /// It was left in good order; these words are for whoever called, to print last.
    Left(SafeText),
    /// There was no more input. That has been said.
    NoMoreInput,
    /// Somebody wants to go on in the full screen.
    Screen,
    /// The quick exit was asked for: whoever called empties the terminal, and then asks [`Controller::exit_now`].
    Gone,
}

/// How lines are said.
#[derive(Debug)]
pub(crate) struct Manner {
    /// Whether there is a full screen to change to.
    pub(crate) screen: bool,
    /// What stands where a line is typed; nothing, where it would be spoken.
    pub(crate) prompt: String,
    /// Whether what can be typed is only said to whoever asks.
    pub(crate) brief: bool,
    /// Whether somebody has come here from the full screen for the first time: words by ear and touch are offered once.
    pub(crate) new: bool,
}

impl Default for Manner {
    fn default() -> Self {
        Self {
            screen: false,
            prompt: PROMPT.to_owned(),
            brief: false,
            new: false,
        }
    }
}

/// What stands where a line is typed.
pub(crate) const PROMPT: &str = ">";

/// Talks by lines until it is over. `hide` is told before each line whether what is typed next must not be seen.
///
/// # Errors
/// When `out` cannot be written any more.
pub fn run(
    talk: &mut dyn Controller,
    input: &Receiver<InputLine>,
    out: &mut dyn Write,
    hide: &mut dyn FnMut(bool),
) -> io::Result<LineUiEnd> {
    run_in(talk, input, out, hide, Manner::default())
}

/// The same, in this manner.
///
/// # Errors
/// When `out` cannot be written any more.
pub(crate) fn run_in(
    talk: &mut dyn Controller,
    input: &Receiver<InputLine>,
    out: &mut dyn Write,
    hide: &mut dyn FnMut(bool),
    manner: Manner,
) -> io::Result<LineUiEnd> {
    let begun = LineUi::begin(talk, out, hide, manner);
    let over = begun.and_then(|face| converse(face, input));
    hide(false);
    over
}

fn converse(mut face: LineUi<'_>, input: &Receiver<InputLine>) -> io::Result<LineUiEnd> {
    loop {
        if let Some(said) = face.talk.farewell() {
            // Who listens hears that it is over.
            let left = || SafeText::new(words().line_ui.says.left);
            let said = Some(said).filter(|said| !said.is_empty());
            return Ok(LineUiEnd::Left(said.unwrap_or_else(left)));
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
            Err(RecvTimeoutError::Disconnected) => face.hear(&InputLine::End)?,
        };
        if let Some(over) = over {
            return Ok(over);
        }
    }
}

/// Whether what is typed next must not be seen.
fn is_hidden(scene: &Scene) -> bool {
    scene.private || scene.field.as_ref().is_some_and(InputField::is_hidden)
}

struct LineUi<'a> {
    talk: &'a mut dyn Controller,
    out: &'a mut dyn Write,
    /// The scene that was told last: what a typed line answers to.
    told: Scene,
    /// What was told before everything stood still, or the card lay over it: whoever comes back to the same hears only
    /// what it was about.
    before_hold: Option<Scene>,
    /// What can be typed, as far as it was told.
    heard: Vec<Offer>,
    /// What was told before one person was asked alone.
    before_gate: Option<Scene>,
    /// How commands are typed where words are written, as it was told last.
    commands: Option<SafeText>,
    /// The standing notice that was told last.
    standing: Option<SafeText>,
    /// `Some` while the question is open whether to leave, with what that asks.
    leaving: Option<Intent>,
    /// Whether somebody said that this is not for them, and nobody has taken it back.
    not_for_us: bool,
    manner: Manner,
    /// The lines that are being typed, where several are asked for.
    page: PageEntry,
    /// Told whether what is typed next must not be seen.
    hide: &'a mut dyn FnMut(bool),
}

impl<'a> LineUi<'a> {
    /// Tells the first scene.
    fn begin(
        talk: &'a mut dyn Controller,
        out: &'a mut dyn Write,
        hide: &'a mut dyn FnMut(bool),
        manner: Manner,
    ) -> io::Result<Self> {
        let told = talk.scene();
        // Hidden before it is asked for: whoever answers quickly is not seen either.
        hide(is_hidden(&told));
        let mut face = Self {
            told,
            before_hold: None,
            before_gate: None,
            heard: Vec::new(),
            commands: None,
            standing: None,
            leaving: None,
            not_for_us: false,
            manner,
            page: PageEntry::default(),
            hide,
            talk,
            out,
        };
        if std::mem::take(&mut face.manner.new) {
            let word = words().line_ui.here.ear.first().copied();
            let values = [("word", word.unwrap_or_default())];
            writeln!(face.out, "{}", fill(&words().line_ui.says.ear_ask, &values))?;
        }
        face.again()?;
        Ok(face)
    }

    /// Takes what came in; answers why it is over, when it is.
    fn hear(&mut self, line: &InputLine) -> io::Result<Option<LineUiEnd>> {
        match line {
            InputLine::Words(line) | InputLine::NotText(line) if command_parser::is_gone(line) => {
                return Ok(Some(LineUiEnd::Gone));
            }
            InputLine::Words(line) => {
                self.talk.touched();
                return self.take(line);
            }
            InputLine::Gone => return Ok(Some(LineUiEnd::Gone)),
            InputLine::Interrupt => {
                self.talk.touched();
                return self.interrupt();
            }
            InputLine::Stop => {
                self.talk.touched();
                self.leaving = None;
                self.new_row()?;
                self.ask(command_parser::stop(&self.told))?;
            }
            InputLine::NotText(line) if command_parser::stops(line, &self.told) => {
                self.talk.touched();
                self.leaving = None;
                self.ask(command_parser::stop(&self.told))?;
            }
            InputLine::NotText(_) => {
                self.talk.touched();
                self.say(&[SafeText::new(words().line_ui.says.not_text)])?;
            }
            InputLine::TooLong(bytes) => {
                self.talk.touched();
                let (bytes, most) = (bytes.to_string(), line_reader::MOST.to_string());
                let values = [("bytes", bytes.as_str()), ("most", &most)];
                self.say(&[fill(&words().line_ui.says.long_line, &values)])?;
            }
            InputLine::News => self.wake()?,
            InputLine::End => {
                self.end()?;
                return Ok(Some(LineUiEnd::NoMoreInput));
            }
        }
        Ok(None)
    }

    /// Ctrl-C: once it asks whether to leave, twice it leaves.
    fn interrupt(&mut self) -> io::Result<Option<LineUiEnd>> {
        self.new_row()?;
        let says = &words().line_ui.says;
        let offers = self.talk.scene().offers;
        let offer = offers.into_iter().find(|offer| offer.verb == Verb::Leave);
        if self.leaving.is_none() {
            self.leaving = Some(offer.map_or(Intent::Leave, |offer| offer.intent()));
            self.say(&[SafeText::new(says.interrupt_ask)])?;
            return Ok(None);
        }
        // Where it is not offered (on the crisis card), whoever said twice that they leave is let go.
        if let Some(offer) = offer {
            let _ = self.talk.ask(offer.intent());
        }
        let farewell = self.talk.farewell().filter(|words| !words.is_empty());
        let left = || SafeText::new(says.left);
        Ok(Some(LineUiEnd::Left(farewell.unwrap_or_else(left))))
    }

    fn take(&mut self, line: &str) -> io::Result<Option<LineUiEnd>> {
        if let Some(intent) = self.leaving.take() {
            let (known, word) = (&words().line_ui, plain_word(line.trim_start_matches('/')));
            let is = |words: &[&str]| words.contains(&&*word);
            if is(command_words::known(Verb::Leave)) || is(known.here.yes) {
                self.ask(intent)?;
                return Ok(None);
            }
            if is(known.here.no) {
                self.say(&[SafeText::new(known.says.leave_not)])?;
                return Ok(None);
            }
        }
        let of_page = self.page.take(line, &self.told);
        let seen = !is_hidden(&self.told);
        if seen
            && matches!(
                of_page,
                Some(TypedCommand::Taken | TypedCommand::Unclear(_))
            )
        {
            self.talk.written(&Zeroizing::new(self.page.words()), true);
        }
        let typed = of_page.unwrap_or_else(|| command_parser::read(line, &self.told));
        let typed = self.keep_out(line, typed);
        if self.manner.screen && typed == TypedCommand::Here(LocalCommand::Screen) {
            return Ok(Some(LineUiEnd::Screen));
        }
        self.follow(typed).map(|()| None)
    }

    /// Whoever said that this is not for them is not led on by Enter, until that is taken back.
    fn keep_out(&mut self, line: &str, typed: TypedCommand) -> TypedCommand {
        if self.told.rare.safety != Some(SafetyPage::NotFor) {
            return typed;
        }
        if self.not_for_us && line.trim().is_empty() {
            return command_parser::stays(&self.told);
        }
        let says = &words().line_ui.says;
        match &typed {
            TypedCommand::Unclear(said) if said.as_str() == says.yes_not_for => {
                self.not_for_us = true;
            }
            TypedCommand::Unclear(said) if said.as_str() == says.no_not_for => {
                self.not_for_us = false;
            }
            TypedCommand::Ask(intent) if *intent != Intent::Card => self.not_for_us = false,
            TypedCommand::Ask(_)
            | TypedCommand::Leave(_)
            | TypedCommand::Here(_)
            | TypedCommand::Taken
            | TypedCommand::Unclear(_) => {}
        }
        typed
    }

    fn follow(&mut self, typed: TypedCommand) -> io::Result<()> {
        match typed {
            TypedCommand::Taken => self.say(&[]),
            TypedCommand::Ask(intent) => self.ask(intent),
            TypedCommand::Leave(intent) => {
                self.leaving = Some(intent);
                let word = command_words::verb(Verb::Leave, &self.told);
                let ask = fill(&words().line_ui.says.leave_ask, &[("word", &word)]);
                self.say(&[ask])
            }
            TypedCommand::Here(LocalCommand::Again) => self.again(),
            TypedCommand::Here(LocalCommand::Time) => {
                self.say(&information::time(&self.talk.scene()))
            }
            TypedCommand::Here(LocalCommand::Map) => {
                self.say(&information::map(&self.talk.scene()))
            }
            TypedCommand::Here(LocalCommand::Bell) => {
                let says = self.talk.switch_bell();
                self.say(&[says])
            }
            TypedCommand::Here(LocalCommand::Screen) => {
                self.say(&[SafeText::new(words().line_ui.says.no_screen)])
            }
            TypedCommand::Here(LocalCommand::Lines) => {
                self.say(&[SafeText::new(words().line_ui.says.is_lines)])
            }
            TypedCommand::Here(LocalCommand::Ear) => {
                let mut lines = vec![self.talk.switch_words()];
                lines.extend(self.news());
                self.say(&lines)
            }
            TypedCommand::Here(LocalCommand::Help) => self.say(&information::help(&self.told)),
            TypedCommand::Unclear(sentence) => {
                // What was meant for the screen before is no mistake.
                let replaced = self.talk.scene().rare.replaced;
                let meant = || SafeText::new(words().joined.too_late);
                self.say(&[if replaced { meant() } else { sentence }])
            }
        }
    }

    /// Asks first and tells afterwards: what is told has been accepted and kept.
    fn ask(&mut self, intent: Intent) -> io::Result<()> {
        if let Some(says) = self.talk.takes_a_while(&intent) {
            writeln!(self.out, "{says}")?;
            self.out.flush()?;
        }
        let (stops, back) = (intent == Intent::Stop, intent == Intent::Back);
        let answer = self.talk.ask(intent.clone());
        let mut lines = Vec::new();
        if answer.is_ok() {
            let scene = self.talk.scene();
            self.page.follow_up(&intent, &self.told, &scene);
            lines.extend(scene_lines::last_yes(&intent, &self.told, &scene));
        }
        if back && answer.is_ok() {
            // Whoever goes back hears what goes on from there, as on the way there.
            let on = |offer: &Offer| matches!(offer.verb, Verb::GoOn | Verb::Pass);
            self.told.offers.retain(|offer| !on(offer));
        }
        lines.extend(self.news());
        match answer {
            Err(Refused(sentence)) => lines.push(sentence),
            Ok(()) if lines.is_empty() && self.talk.farewell().is_none() => {
                lines.push(SafeText::new(match stops {
                    true => words().session.stands_still,
                    false => words().line_ui.says.taken,
                }));
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
        self.new_row()?;
        self.say(&lines)
    }

    /// Leaves the row that is typed in: the prompt stands in it, or what was begun. One with nothing in it stays.
    fn new_row(&mut self) -> io::Result<()> {
        #[cfg(unix)]
        let typed = keyboard::ends_row();
        #[cfg(not(unix))]
        let typed = true;
        match typed || !self.manner.prompt.is_empty() {
            true => writeln!(self.out),
            false => Ok(()),
        }
    }

    fn again(&mut self) -> io::Result<()> {
        self.told = self.talk.scene();
        let waits = self.meet_field();
        let bells = self.bells();
        self.commands = None;
        let known = self.known(&self.told.clone());
        let mut lines = scene_lines::changes(None, &self.told, &bells, known);
        lines.extend(waits);
        lines.extend(self.page.so_far(&self.told));
        self.standing = self.talk.standing();
        lines.extend(self.standing.as_ref().map(standing));
        self.say(&lines)
    }

    /// What whoever listens knows when this is told.
    fn known(&mut self, new: &Scene) -> Known {
        let words = self.manner.brief;
        if words || !command_words::is_line(new) {
            let commands = words;
            return Known { words, commands };
        }
        let now = Some(command_words::works_alone(new));
        let commands = self.commands == now;
        self.commands = now;
        Known { words, commands }
    }

    /// What can be typed beside going on is told once.
    fn hear_offers(&mut self, new: &Scene) {
        if new.mood == SceneMood::Home {
            return;
        }
        for offer in &new.offers {
            let beside = !matches!(offer.verb, Verb::GoOn | Verb::Pass);
            if beside && !self.heard.iter().any(|heard| heard.verb == offer.verb) {
                self.heard.push(offer.clone());
            }
        }
    }

    /// Where one person is asked alone, nothing of the session stands: what was told before it is known behind it.
    fn pass_gate(&mut self, new: &Scene) {
        if self.told.way.is_empty() {
            if let Some(was) = self.before_gate.take_if(|_| !new.way.is_empty()) {
                (self.told.way, self.told.clock) = (was.way, was.clock);
                self.told.offers.extend(was.offers);
            }
        } else if new.way.is_empty() {
            self.before_gate = Some(self.told.clone());
        }
    }

    /// What is different from what was told last.
    fn news(&mut self) -> Vec<SafeText> {
        let mut new = self.talk.scene();
        if self.talk.farewell().is_some() {
            // Nobody will be asked again: what could be asked is not told any more.
            new.choices.clear();
            new.offers.clear();
            new.field = None;
        }
        let bells = self.bells();
        match new.mood {
            SceneMood::Held | SceneMood::Home if self.told.mood == SceneMood::Walking => {
                self.before_hold = Some(self.told.clone());
            }
            SceneMood::Held | SceneMood::Home | SceneMood::Walking => {}
            // After STOP all of it is said.
            SceneMood::Neutral | SceneMood::Closing | SceneMood::Closed => self.before_hold = None,
        }
        self.pass_gate(&new);
        self.told.offers.extend(self.heard.iter().cloned());
        self.hear_offers(&new);
        let known = self.known(&new);
        let was = self.before_hold.take_if(|_| new.mood == SceneMood::Walking);
        let mut lines = match was.filter(|was| scene_lines::asks_the_same(was, &new)) {
            Some(was) => scene_lines::taken_up(&was, &new, &bells, known),
            None => scene_lines::changes(Some(&self.told), &new, &bells, known),
        };
        self.told = new;
        lines.extend(self.meet_field());
        let now = self.talk.standing();
        if now != self.standing {
            lines.push(match &now {
                Some(words) => standing(words),
                None => SafeText::new(words().line_ui.says.standing_gone),
            });
            self.standing = now;
        }
        lines
    }

    /// Looks at what is to be typed now; answers what there is to say about lines that have waited.
    fn meet_field(&mut self) -> Option<SafeText> {
        (self.hide)(is_hidden(&self.told));
        self.page.meet(&self.told)
    }

    /// The bells that are due. They are told in words; what is heard is a program that was chosen, and nothing else.
    fn bells(&mut self) -> Vec<BellRing> {
        let bells = self.talk.take_bells();
        // This face has no bell of its own but its words.
        let _ = self.talk.ring();
        bells
    }

    fn end(&mut self) -> io::Result<()> {
        let says = &words().line_ui.says;
        // A standing notice may be that nothing can be kept now: then nothing is promised.
        let sentence = match self.talk.standing() {
            Some(_) => &says.ended,
            None => &says.ended_kept,
        };
        writeln!(self.out, "\n{}", SafeText::new(sentence))?;
        self.out.flush()
    }

    /// Writes lines and the prompt. Lines are [`SafeText`], so that no other text can get out here.
    fn say(&mut self, lines: &[SafeText]) -> io::Result<()> {
        for line in lines {
            writeln!(self.out, "{line}")?;
        }
        if self.talk.farewell().is_none() && !self.manner.prompt.is_empty() {
            write!(self.out, "{} ", SafeText::new(&self.manner.prompt))?;
        }
        self.out.flush()
    }
}

fn standing(words_now: &SafeText) -> SafeText {
    fill(
        &words().line_ui.says.standing,
        &[("words", command_words::unstopped(words_now))],
    )
}
