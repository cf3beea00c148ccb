//! The loop: a key or the time, what it asks, and a new picture where something changed.

use std::collections::VecDeque;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::Duration;

use super::appearance::{Appearance, Colour, Theme};
use super::held::protects;
use super::input::InputEvent;
use super::key_table::Action;
use super::terminal::{self, Screen, TerminalError, is_over};
use super::terminal_query::TerminalQuery;
use super::ui_state::{KeyOutcome, Overlay, UiState};
use super::view::Picture;
#[cfg(unix)]
use super::{input, signals};
use crate::app::Controller;
use crate::session::intent::Intent;
use crate::session::scene::Verb;
use crate::text::safe_text::SafeText;
use crate::text::words::words;

/// A wake that is asked for sooner comes no sooner: whatever is behind the face cannot make it spin.
const SOONEST: Duration = Duration::from_millis(5);
/// Nobody presses so many keys while one is being taken.
const FLOOD: usize = 64;

/// How the full screen ended.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum ScreenEnd {
    /// The program is to end; the words are printed after it.
    Left(Option<SafeText>),
    /// Somebody wants to go on line by line.
    Lines,
}

/// Shows the full screen until the program is to end; answers the words to print after it.
///
/// # Errors
/// When there is no terminal to take, or it went away.
pub fn run(talk: &mut dyn Controller, look: Appearance) -> Result<Option<SafeText>, TerminalError> {
    Ok(match show(talk, look)? {
        ScreenEnd::Left(farewell) => farewell,
        ScreenEnd::Lines => None,
    })
}

/// Shows the full screen until the program is to end, or somebody wants to go on line by line: then the terminal is
/// given back, and nothing here listens any more.
///
/// # Errors
/// When there is no terminal to take, or it went away.
pub(crate) fn show(
    talk: &mut dyn Controller,
    look: Appearance,
) -> Result<ScreenEnd, TerminalError> {
    let (wakes, inbox) = channel();
    let screen = Screen::take(look.mouse)?;
    let asked = TerminalQuery {
        any: look.answers,
        ground: look.answers && look.asks,
        width: look.answers && !look.ascii,
    };
    // Before the first picture, which covers the sign that is among the questions.
    screen.ask(asked);
    let mut desk = UiState::default();
    desk.rest.soon = look.fades;
    let mut face = EventLoop {
        talk,
        look,
        screen,
        desk,
        last: None,
        size: (0, 0),
    };
    #[cfg(unix)]
    let signals = signals::listen()?;
    // What people see comes first, and then whoever waits for them.
    if face.talk.farewell().is_none() {
        face.show()?;
    }
    let news = wakes.clone();
    let wake = move || drop(news.send(InputEvent::News));
    face.talk.wakes_by(Some(Box::new(wake)));
    #[cfg(unix)]
    let _watch = signals::start(signals, wakes.clone())?;
    #[cfg(unix)]
    let reader = input::start(wakes, asked)?;
    let end = face.walk(&inbox);
    face.talk.wakes_by(None);
    drop(face);
    #[cfg(unix)]
    drop(reader);
    if end == Ok(ScreenEnd::Lines) {
        terminal::leave_the_hook();
    }
    end
}

/// How soon Enter comes behind a word that was typed.
const WORD_ENDS: Duration = Duration::from_millis(800);

struct EventLoop<'a> {
    talk: &'a mut dyn Controller,
    look: Appearance,
    screen: Screen,
    desk: UiState,
    /// What stands on the screen.
    last: Option<Picture>,
    size: (u16, u16),
}

/// Whether the loop goes on.
enum LoopNext {
    Stay,
    End,
    Lines,
}

impl EventLoop<'_> {
    fn walk(&mut self, inbox: &Receiver<InputEvent>) -> Result<ScreenEnd, TerminalError> {
        // First the picture, in the colours that are likely; the terminal's answer may change them.
        loop {
            if is_over() {
                self.talk.exit_now();
                return Ok(ScreenEnd::Left(self.talk.farewell()));
            }
            if let Some(farewell) = self.talk.farewell() {
                return Ok(ScreenEnd::Left(Some(farewell)));
            }
            self.show()?;
            let Some(first) = self.wait(inbox)? else {
                self.talk.wake();
                self.ring();
                continue;
            };
            // Keys that have come meanwhile are all taken before the next picture.
            let mut waiting = VecDeque::from([first]);
            self.gather(inbox, &mut waiting);
            while let Some(wake) = waiting.pop_front() {
                let typed = matches!(&wake, InputEvent::Key(press) if press.key.is_letter());
                match self.take(wake)? {
                    LoopNext::Stay => {}
                    LoopNext::End => return Ok(ScreenEnd::Left(self.talk.farewell())),
                    LoopNext::Lines => {
                        if typed && waiting.is_empty() {
                            // Whoever typed the word ends it with Enter, which asks nothing more.
                            let _ = inbox.recv_timeout(WORD_ENDS);
                        }
                        return Ok(ScreenEnd::Lines);
                    }
                }
                if self.talk.farewell().is_some() || is_over() {
                    break;
                }
                self.gather(inbox, &mut waiting);
            }
        }
    }

    /// Adds what has come. In a flood, each key of which may have to reach the disk, STOP and the card wait for nothing:
    /// whoever presses them does not want what was pressed before.
    fn gather(&mut self, inbox: &Receiver<InputEvent>, waiting: &mut VecDeque<InputEvent>) {
        let known = waiting.len();
        waiting.extend(inbox.try_iter());
        if waiting.len() == known || waiting.len() <= FLOOD {
            return;
        }
        self.desk.meet(&self.talk.scene());
        let context = self.desk.letters();
        let is_urgent = |wake: &InputEvent| {
            let InputEvent::Key(press) = wake else {
                return false;
            };
            let does = protects(*press, &[context]).map(|(does, _)| does);
            matches!(does, Some(Action::Stop | Action::Card))
        };
        if let Some(new) = waiting.range(known..).rposition(is_urgent) {
            let behind = waiting.split_off(known + new);
            waiting.retain(|wake| !wake.is_pressed());
            waiting.extend(behind);
        }
    }

    /// Waits for something to happen; `None` when it is time to look at the clocks.
    fn wait(&mut self, inbox: &Receiver<InputEvent>) -> Result<Option<InputEvent>, TerminalError> {
        // What thins out is what stands on the screen.
        let seen = self.last.as_ref().filter(|_| self.look.thins);
        let thins = seen.and_then(|seen| self.desk.thins_in(&seen.scene));
        let gives_way = seen.and_then(|seen| self.desk.gives_way_in(&seen.scene));
        let due = [self.talk.next_wake(), thins, gives_way];
        let Some(sooner) = due.into_iter().flatten().min() else {
            return inbox.recv().map(Some).map_err(|_| TerminalError::Gone);
        };
        let sooner = sooner.max(SOONEST);
        match inbox.recv_timeout(sooner) {
            Ok(wake) => Ok(Some(wake)),
            Err(RecvTimeoutError::Timeout) => {
                if let Some(seen) = seen {
                    self.desk.pass(sooner, &seen.scene);
                }
                Ok(None)
            }
            Err(RecvTimeoutError::Disconnected) => Err(TerminalError::Gone),
        }
    }

    fn take(&mut self, wake: InputEvent) -> Result<LoopNext, TerminalError> {
        if wake.is_pressed() {
            self.talk.touched();
        }
        match wake {
            InputEvent::Key(press) => {
                let scene = self.talk.scene();
                self.desk.meet(&scene);
                let outcome = self.desk.takes(press, &scene);
                self.tell_page();
                return self.follow(outcome);
            }
            InputEvent::Paste(text) => {
                let scene = self.talk.scene();
                self.desk.meet(&scene);
                self.desk.paste(&text, &scene);
                self.tell_page();
            }
            InputEvent::Wheel { down } => self.desk.wheel(down),
            InputEvent::Click(x, y) => {
                // It was meant for what stood there.
                let seen = self.last.as_ref();
                let spot = seen.and_then(|seen| seen.spot_at(self.size, (x, y)));
                let scene = self.talk.scene();
                self.desk.meet(&scene);
                let outcome = self.desk.click(spot, &scene);
                return self.follow(outcome);
            }
            InputEvent::Broken => self.desk.says(words().tui.not_utf8),
            InputEvent::Strokes(left) => {
                let dots = words().tui.strokes.get(usize::from(left) - 1);
                self.desk.says(dots.copied().unwrap_or_default());
            }
            InputEvent::Exit => return Ok(self.exit()),
            // The reader answers these itself.
            InputEvent::Keyboard | InputEvent::Answered => {}
            InputEvent::Resized => self.screen.forget_size(),
            InputEvent::News => {
                self.talk.wake();
                self.ring();
            }
            InputEvent::Continued => {
                self.screen.enter_again()?;
                self.last = None;
                self.desk.stir();
                self.talk.wake();
                self.ring();
            }
            InputEvent::Ground(ground) => {
                if self.look.asks {
                    self.look.theme = Theme::on(ground);
                }
            }
            InputEvent::Wide => self.look.ascii = true,
        }
        Ok(LoopNext::Stay)
    }

    /// Whoever keeps what is begun learns what stands on the page that is being written.
    fn tell_page(&mut self) {
        if let Some(words) = self.desk.page_words() {
            self.talk.written(words, false);
        }
    }

    fn follow(&mut self, outcome: KeyOutcome) -> Result<LoopNext, TerminalError> {
        match outcome {
            KeyOutcome::Nothing => {}
            KeyOutcome::Ask(intent) => self.ask(intent)?,
            KeyOutcome::Leave { anyway } => {
                let leave = Verb::Leave;
                let offer = self
                    .talk
                    .scene()
                    .offers
                    .into_iter()
                    .find(|offer| offer.verb == leave);
                // Where it is not offered (on the crisis card), whoever said twice that they leave is let go.
                let anyway = anyway || offer.is_none();
                if let Some(offer) = offer {
                    self.ask(offer.intent())?;
                }
                if anyway {
                    return Ok(LoopNext::End);
                }
            }
            KeyOutcome::Suspend => {
                self.talk.stand_aside();
                terminal::set_aside();
            }
            KeyOutcome::Bell => {
                self.desk.says = Some(self.talk.switch_bell());
            }
            KeyOutcome::Colours => self.take_other_colours(),
            KeyOutcome::Lines => return Ok(LoopNext::Lines),
            KeyOutcome::Repaint => {
                self.screen.forget();
                self.last = None;
            }
        }
        Ok(LoopNext::Stay)
    }

    fn take_other_colours(&mut self) {
        // From here on the people have chosen; a late answer of the terminal changes nothing.
        self.look.asks = false;
        let say = &words().tui;
        let says = if self.look.colour == Colour::None {
            &say.theme_none
        } else {
            self.look.theme = self.look.theme.next();
            match self.look.theme {
                Theme::Night => &say.theme_night,
                Theme::Ember => &say.theme_ember,
                Theme::Day => &say.theme_day,
                Theme::Paper => &say.theme_paper,
                Theme::Contrast => &say.theme_contrast,
                Theme::Plain => &say.theme_plain,
            }
        };
        self.desk.says = Some(SafeText::new(says));
    }

    /// The quick exit. Whoever read its key has emptied the screen already.
    fn exit(&mut self) -> LoopNext {
        #[cfg(test)]
        self.screen.vanish();
        self.talk.exit_now();
        LoopNext::End
    }

    fn ask(&mut self, intent: Intent) -> Result<(), TerminalError> {
        if let Some(says) = self.talk.takes_a_while(&intent) {
            // A screen that stands still says why.
            self.desk.says = Some(says);
            self.show()?;
            self.desk.says = None;
        }
        match self.talk.ask(intent.clone()) {
            Ok(()) => self.desk.follow_up(&intent, &self.talk.scene()),
            Err(refused) => self.desk.is_refused(refused.0, &self.talk.scene()),
        }
        self.ring();
        Ok(())
    }

    fn ring(&mut self) {
        // What they say stands on the screen.
        self.talk.take_bells();
        if self.talk.ring() {
            self.screen.ring();
        }
    }

    /// Draws, where something that is seen has changed.
    fn show(&mut self) -> Result<(), TerminalError> {
        let scene = self.look.calm(self.talk.scene());
        self.desk.meet(&scene);
        let picture = Picture {
            scene,
            desk: self.desk.clone(),
            standing: self.talk.standing(),
            look: self.look,
        };
        let size = self.screen.size();
        if self.last.as_ref() == Some(&picture) && self.size == size {
            return Ok(());
        }
        let last = self.last.as_ref().filter(|_| self.size == size);
        if self.look.heard && last.is_some_and(|last| picture.only_ticks(last)) {
            return Ok(());
        }
        let drawn = self.screen.draw(size, |buffer| picture.draw(buffer))?;
        // What was drawn decides how far a long page can go.
        let knew = self.desk.has_more(&picture.scene);
        if self.desk.over != Overlay::Leaving {
            (self.desk.scroll, self.desk.page) = (drawn.scroll, drawn.page);
            self.desk.paper = drawn.paper.unwrap_or(self.desk.paper);
        }
        if self.desk.over == Overlay::Nothing && !self.desk.is_thin(&picture.scene) {
            self.desk.has_drawn(drawn.below);
        }
        let anew = self.desk.has_more(&picture.scene) != knew;
        self.last = Some(Picture {
            desk: self.desk.clone(),
            ..picture
        });
        self.size = size;
        if anew {
            // Its keys are others now that it is known how long it is.
            self.last = None;
            return self.show();
        }
        Ok(())
    }
}

#[cfg(test)]
#[path = "../test_support/hands.rs"]
pub(crate) mod hands;
