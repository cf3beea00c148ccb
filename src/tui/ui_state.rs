//! The desk: what the screen holds of its own (a mark, a page, words being typed) and what a key does to it.

use std::time::Duration;

use super::held::protects;
use super::idle::IdleTime;
use super::key::{Code, Key, Press, PressKind};
use super::key_table::{self, Action, Context, chord, said, table};
use super::page_layout::PageWindow;
use super::text_field::{Rating, TextField};
use crate::session::intent::{GateWord, Intent};
use crate::session::scene::{self, ClockFace, Offer, Scene, SceneChoice, SceneMood, Verb};
use crate::text::safe_text::SafeText;
use crate::text::words::{Template, TuiWords, fill, words};

/// What the screen holds beside the scene.
#[derive(Clone, PartialEq, Debug, Default)]
pub(crate) struct UiState {
    /// What lies over the scene.
    pub(crate) over: Overlay,
    /// The choice that Enter takes, counted from 0.
    pub(crate) mark: Option<usize>,
    /// The digits that were pressed of a number above nine, as long as it is not clear which one.
    pub(super) digits: usize,
    /// The first row of a long page that is seen.
    pub(crate) scroll: usize,
    /// Whether the page goes where the mark, the typed words or the line spoken about are; turning it by hand ends that.
    pub(crate) follow: bool,
    /// How many rows of a long page are seen at once.
    pub(crate) page: usize,
    /// How far a long page was seen.
    pub(super) seen: PageSeen,
    /// The long page that was read to its end last: whoever comes back to it from STOP has read it.
    read: Option<QuestionPlace>,
    /// What is being typed.
    pub(crate) field: Option<TextField>,
    /// How large the window is through which several lines of words are seen.
    pub(crate) paper: PageWindow,
    /// One sentence until the next key.
    pub(crate) says: Option<SafeText>,
    /// Whether the last key may have been meant for the screen before.
    replaced: bool,
    /// How long no key came.
    pub(crate) rest: IdleTime,
    /// Whether the last key may act again while it is held down: it writes, takes out, or moves.
    repeats: bool,
    /// How many letters came in a row of the word that leads to lines, where letters are keys.
    spelled: usize,
    /// What the scene had to say last.
    notice: Option<SafeText>,
    /// What the mark, the page and the typed words belong to.
    pub(super) place: QuestionPlace,
    /// Words that were being typed when something came over them, and where they belong.
    pub(super) laid_by: Option<(QuestionPlace, TextField)>,
}

/// How far a page was seen that may be longer than the screen.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(super) enum PageSeen {
    /// It was not drawn yet.
    #[default]
    Unknown,
    /// Something is below that nobody has seen.
    Begun,
    /// To its end.
    Whole,
}

/// What lies over the scene.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) enum Overlay {
    /// Nothing.
    #[default]
    Nothing,
    /// The page of keys.
    Help,
    /// The question whether to leave.
    Leaving,
}

/// What a key asks of the face.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum KeyOutcome {
    /// Nothing beyond the desk.
    Nothing,
    /// This, of the program behind the face.
    Ask(Intent),
    /// To leave; when `anyway`, also where the scene does not offer it.
    Leave {
        /// Whether nothing may hold it back.
        anyway: bool,
    },
    /// To be set aside.
    Suspend,
    /// To draw everything anew.
    Repaint,
    /// To switch the bell.
    Bell,
    /// To take the next theme.
    Colours,
    /// To go on line by line.
    Lines,
}

/// As much of a scene as tells whether it is still the same question.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(super) struct QuestionPlace {
    title: SafeText,
    prompt: Vec<SafeText>,
    list: Vec<SafeText>,
    now: Option<usize>,
    choices: Vec<SafeText>,
    to: Vec<usize>,
    pub(super) field: Option<scene::InputField>,
}

impl QuestionPlace {
    pub(super) fn of(scene: &Scene) -> Self {
        Self {
            title: scene.title.clone(),
            prompt: scene.prompt.clone(),
            list: scene.list.iter().map(|item| item.words.clone()).collect(),
            now: scene.list.iter().position(|item| item.now),
            choices: scene
                .choices
                .iter()
                .map(|choice| choice.says.clone())
                .collect(),
            to: scene.to.clone(),
            field: scene.field.clone(),
        }
    }
}

pub(super) fn say() -> &'static TuiWords {
    &words().tui
}

/// What a scene offers of this kind.
#[must_use]
pub(crate) fn offered(scene: &Scene, verb: Verb) -> Option<&Offer> {
    scene.offers.iter().find(|offer| offer.verb == verb)
}

/// What pausing asks: to stand still, or, while all stands still, to go on.
fn pause(scene: &Scene) -> Option<&Offer> {
    offered(scene, Verb::Pause).or_else(|| {
        (scene.mood == SceneMood::Held)
            .then(|| offered(scene, Verb::GoOn))
            .flatten()
    })
}

impl UiState {
    /// Looks at the scene: where it asks something else than before, the desk is cleared.
    pub(crate) fn meet(&mut self, scene: &Scene) {
        let place = QuestionPlace::of(scene);
        // A sentence goes with the next thing that happens, and never stands over what a bell has to say.
        if place != self.place || scene.notice != self.notice && scene.notice.is_some() {
            self.says = None;
        }
        self.notice.clone_from(&scene.notice);
        if place != self.place {
            self.repeats = false;
            self.lay_by();
            self.place = place;
            self.stir();
            self.clear(scene);
            if self.read.as_ref() == Some(&self.place) {
                self.seen = PageSeen::Whole;
            }
            // Whoever comes back from the card or a pause finds the words as they were.
            let back = self.laid_by.take_if(|(place, _)| *place == self.place);
            self.field = back.map(|(_, field)| field).or(self.field.take());
            self.mark = self.numbered(scene);
        }
    }

    /// Clears the desk for a scene, also where it asks the same again.
    pub(crate) fn clear(&mut self, scene: &Scene) {
        (self.mark, self.digits) = (None, 0);
        (self.scroll, self.seen) = (0, PageSeen::Unknown);
        self.follow = true;
        self.field = scene.field.as_ref().map(TextField::of);
    }

    /// The choice that is seen as the one that Enter takes: what somebody marked, or, outside of a session, the one that
    /// is proposed.
    #[must_use]
    pub(crate) fn marked(&self, scene: &Scene) -> Option<usize> {
        let proposes = scene.mood == SceneMood::Home && self.field.is_none();
        let on = offered(scene, Verb::GoOn).filter(|_| proposes);
        let mut choices = scene.choices.iter();
        let proposed = on.and_then(|on| choices.position(|choice| choice.says == on.says));
        self.mark.or(proposed)
    }

    /// Where keys are pressed now.
    #[must_use]
    pub(crate) fn context(&self) -> Context {
        match (self.over, &self.field) {
            (Overlay::Leaving, _) => Context::Asking,
            (Overlay::Help, _) | (Overlay::Nothing, None) => Context::Keys,
            (Overlay::Nothing, Some(TextField::Line(_))) => Context::Typing,
            (Overlay::Nothing, Some(TextField::Page { aside: false, .. })) => Context::Writing,
            (Overlay::Nothing, Some(TextField::Page { aside: true, .. })) => Context::Keys,
            (Overlay::Nothing, Some(TextField::Rating(_))) => Context::Rating,
        }
    }

    /// Takes a key as it was told. What protects people is found in it whatever is held with it and whichever letters
    /// the keyboard writes; a key that is held down acts again only where it writes, takes out, or moves.
    pub(crate) fn takes(&mut self, press: Press, scene: &Scene) -> KeyOutcome {
        if press.kind == PressKind::Again && !self.repeats {
            self.stir();
            return KeyOutcome::Nothing;
        }
        // With Alt no letter is written.
        let here = if press.alt {
            Context::Keys
        } else {
            self.letters()
        };
        // Whoever hears the screen and knows the word, but no key, types it; its last letter would be STOP.
        if here == Context::Keys && self.spells_lines(press.key) {
            self.over = Overlay::Nothing;
            return KeyOutcome::Lines;
        }
        if let Some((does, key)) = protects(press, &[here]) {
            return self.protect(does, key, scene);
        }
        match press.plain() {
            Some(key) => self.press(key, scene),
            None if press.stray => KeyOutcome::Nothing,
            None => {
                self.stir();
                self.unknown(scene)
            }
        }
    }

    /// Whether this key is the last letter of the word that leads to lines.
    fn spells_lines(&mut self, key: Key) -> bool {
        let word = words()
            .line_ui
            .here
            .lines
            .first()
            .copied()
            .unwrap_or_default();
        let is = |n: usize| {
            word.chars()
                .nth(n)
                .is_some_and(|c| key.folded() == Key::plain(Code::Char(c)))
        };
        self.spelled = match is(self.spelled) {
            true => self.spelled + 1,
            false => usize::from(is(0)),
        };
        self.spelled == word.len() && std::mem::take(&mut self.spelled) > 0
    }

    /// Takes a key.
    pub(crate) fn press(&mut self, key: Key, scene: &Scene) -> KeyOutcome {
        // STOP and the card come before everything, whatever lies over the scene.
        if let Some((does, key)) = protects(key.into(), &[self.letters()]) {
            return self.protect(does, key, scene);
        }
        self.press_other(key, scene)
    }

    /// Whether letters are words here, or keys.
    pub(super) fn letters(&self) -> Context {
        match self.context() {
            Context::Typing | Context::Writing => Context::Typing,
            Context::Keys | Context::Asking | Context::Rating => Context::Keys,
        }
    }

    /// Takes a key that protects people.
    fn protect(&mut self, does: Action, key: Key, scene: &Scene) -> KeyOutcome {
        if does == Action::Stop {
            (self.says, self.repeats) = (None, false);
            self.stir();
            return self.stop(scene);
        }
        let card = offered(scene, Verb::Card);
        if does == Action::Card && card.is_some() {
            // The numbers are one key away, whatever lies over the scene (content.md 4.2, 1).
            (self.says, self.repeats) = (None, false);
            self.stir();
            self.lay(Overlay::Nothing);
            return self.take(card);
        }
        self.press_other(key, scene)
    }

    fn press_other(&mut self, key: Key, scene: &Scene) -> KeyOutcome {
        (self.says, self.repeats) = (None, false);
        self.replaced = scene.rare.replaced;
        let thin = self.is_thin(scene);
        self.stir();
        if table().find(key, self.context()) == Some(Action::Lines) {
            // Whoever hears the screen cannot know what lies over it, or that it is thin.
            self.over = Overlay::Nothing;
            return KeyOutcome::Lines;
        }
        if thin && table().find(key, Context::Keys) != Some(Action::Pause) {
            // Nobody knows what a key would do that they do not see: this one only brings everything back.
            return KeyOutcome::Nothing;
        }
        match self.over {
            Overlay::Help => self.press_in_help(key),
            Overlay::Leaving => self.press_in_question(key),
            Overlay::Nothing => self.press_here(key, scene),
        }
    }

    fn stop(&mut self, scene: &Scene) -> KeyOutcome {
        let Some(offer) = offered(scene, Verb::Stop) else {
            if scene.mood == SceneMood::Neutral {
                // Who is frightened presses it again.
                self.says = Some(SafeText::new(say().still));
                return KeyOutcome::Nothing;
            }
            // Outside a session it leads away from what is there, too.
            return KeyOutcome::Ask(Intent::Stop);
        };
        // After STOP nothing that was being written comes back.
        self.laid_by = None;
        self.over = Overlay::Nothing;
        KeyOutcome::Ask(offer.intent())
    }

    fn press_in_help(&mut self, key: Key) -> KeyOutcome {
        let Some(does) = table().find(key, Context::Keys) else {
            return KeyOutcome::Nothing;
        };
        self.repeats = does.may_repeat();
        match does {
            Action::Up => self.scroll = self.scroll.saturating_sub(1),
            Action::Down => self.scroll = self.scroll.saturating_add(1),
            Action::PageUp | Action::PageDown | Action::Top | Action::Bottom => {
                self.turn_page(does)
            }
            Action::Help | Action::Close | Action::Enter | Action::Leave | Action::Back => {
                self.lay(Overlay::Nothing)
            }
            Action::Interrupt => self.lay(Overlay::Leaving),
            Action::Suspend => return KeyOutcome::Suspend,
            Action::Repaint => return KeyOutcome::Repaint,
            Action::Bell => return KeyOutcome::Bell,
            Action::Colours => return KeyOutcome::Colours,
            Action::Choose
            | Action::Rate
            | Action::Done
            | Action::GoOn
            | Action::Pass
            | Action::Unsure
            | Action::Pause
            | Action::More
            | Action::Land
            | Action::Asides
            | Action::ChangeLine
            | Action::ReadAloud
            | Action::InWriting
            | Action::Skip
            | Action::Stop
            | Action::QuickExit
            | Action::Card
            | Action::Clock
            | Action::Sure
            | Action::Stay
            | Action::Lines => {}
        }
        KeyOutcome::Nothing
    }

    fn press_in_question(&mut self, key: Key) -> KeyOutcome {
        let does = table().find(key, Context::Asking);
        match does {
            Some(Action::Suspend) => return KeyOutcome::Suspend,
            Some(Action::Repaint) => return KeyOutcome::Repaint,
            Some(_) | None => self.lay(Overlay::Nothing),
        }
        match does {
            Some(Action::Sure) => KeyOutcome::Leave { anyway: false },
            Some(Action::Interrupt) => KeyOutcome::Leave { anyway: true },
            Some(_) | None => KeyOutcome::Nothing,
        }
    }

    fn press_here(&mut self, key: Key, scene: &Scene) -> KeyOutcome {
        let context = self.context();
        let known = table().find(key, context);
        match &mut self.field {
            Some(TextField::Line(_) | TextField::Page { aside: false, .. }) if known.is_none() => {
                self.repeats = self.type_key(key, scene);
                return match self.repeats {
                    true => KeyOutcome::Nothing,
                    false => self.unknown(scene),
                };
            }
            Some(TextField::Rating(rating)) => {
                let number = table()
                    .place(Action::Rate, key)
                    .and_then(|n| u8::try_from(n).ok());
                let was = rating.0;
                if rating.press(key.folded(), number) {
                    // Whoever types eleven is told, not given another number without a word.
                    if was == Some(1) && matches!(number, Some(1..=9)) {
                        self.says = Some(SafeText::new(say().not_a_number));
                    }
                    (self.follow, self.repeats) = (true, true);
                    return KeyOutcome::Nothing;
                }
            }
            Some(TextField::Line(_) | TextField::Page { .. }) | None => {}
        }
        match known {
            Some(does) => {
                self.repeats = does.may_repeat();
                self.act(does, key, scene)
            }
            None => self.unknown(scene),
        }
    }

    /// A key that is none here: it says which one always works. Somebody may sit at a keyboard with other letters.
    fn unknown(&mut self, scene: &Scene) -> KeyOutcome {
        if self.replaced {
            return self.not_here();
        }
        let w = say();
        let says = match offered(scene, Verb::Stop) {
            Some(_) => &w.no_key_stop,
            None => &w.no_key,
        };
        let values = [
            ("stop", &*chord(Action::Stop)),
            ("help", &*chord(Action::Help)),
        ];
        self.says = Some(fill(says, &values));
        KeyOutcome::Nothing
    }

    /// Says one sentence until the next key.
    pub(crate) fn says(&mut self, says: &str) {
        self.stir();
        self.says = Some(SafeText::new(says));
    }

    fn act(&mut self, does: Action, key: Key, scene: &Scene) -> KeyOutcome {
        let elsewhere = scene.rare.elsewhere.as_ref();
        if let Some(says) = elsewhere.filter(|_| does.answers() && scene.choices.is_empty())
            && !self.replaced
        {
            self.says = Some(says.clone());
            return KeyOutcome::Nothing;
        }
        match does {
            Action::Choose => self.choose(key, scene),
            Action::Rate if self.digits > 0 => self.choose(key, scene),
            Action::Enter => self.enter(scene),
            Action::Done if matches!(self.field, Some(TextField::Page { .. })) => self.write(scene),
            Action::Close if self.context() == Context::Writing => self.set_aside(true),
            Action::Up | Action::Down => self.step(does, scene),
            Action::PageUp | Action::PageDown | Action::Top | Action::Bottom => {
                self.mark = None;
                self.turn_page(does);
                KeyOutcome::Nothing
            }
            Action::Help => {
                self.lay(Overlay::Help);
                KeyOutcome::Nothing
            }
            Action::Close if self.mark.is_some() => {
                self.leave_number(scene);
                (self.mark, self.digits) = (None, 0);
                KeyOutcome::Nothing
            }
            Action::Close => self.take(offered(scene, Verb::Back)),
            Action::Leave if offered(scene, Verb::Leave).is_none() => self.not_here(),
            Action::Leave | Action::Interrupt => {
                self.lay(Overlay::Leaving);
                KeyOutcome::Nothing
            }
            Action::Suspend => KeyOutcome::Suspend,
            Action::Repaint => KeyOutcome::Repaint,
            Action::Bell => KeyOutcome::Bell,
            Action::Colours => KeyOutcome::Colours,
            Action::Pause => self.take(pause(scene)),
            // What is marked is what going on takes, whichever key does it.
            Action::GoOn if self.mark.is_some() => self.enter(scene),
            Action::GoOn => self.go_on(scene),
            Action::Pass
            | Action::Back
            | Action::Unsure
            | Action::More
            | Action::Land
            | Action::Asides
            | Action::ChangeLine
            | Action::ReadAloud
            | Action::InWriting
            | Action::Skip
            | Action::Stop
            | Action::Card
            | Action::Clock => {
                let verb = self.verb_of(does, scene);
                self.take(verb.and_then(|verb| offered(scene, verb)))
            }
            // Its strokes are counted where keys are read.
            Action::QuickExit => KeyOutcome::Nothing,
            Action::Lines => KeyOutcome::Lines,
            Action::Rate | Action::Done | Action::Sure | Action::Stay => self.not_here(),
        }
    }

    /// What a key of the table asks here. Where words are typed and nothing is asked that could be passed, the key
    /// that passes goes on.
    pub(super) fn verb_of(&self, does: Action, scene: &Scene) -> Option<Verb> {
        let typing = self.context() != Context::Keys;
        if does == Action::Pass && typing && offered(scene, Verb::Pass).is_none() {
            return Some(Verb::GoOn);
        }
        does.verb()
    }

    fn take(&mut self, offer: Option<&Offer>) -> KeyOutcome {
        match offer {
            Some(offer) => KeyOutcome::Ask(offer.intent()),
            None => self.not_here(),
        }
    }

    /// Takes the choice of a key. In a list longer than the keys, digits gather: a number is taken at once where no longer
    /// one begins with it; otherwise it is marked, and Enter takes it. Nothing waits for a time.
    fn choose(&mut self, key: Key, scene: &Scene) -> KeyOutcome {
        let begun = std::mem::take(&mut self.digits);
        let count = scene.choices.len();
        let digit = table().place(Action::Choose, key).map(|n| n + 1);
        let zero = || (begun > 0).then_some(0).filter(|_| is_zero(key));
        let Some(digit) = digit.or_else(zero) else {
            return self.not_here();
        };
        // Who goes on typing after a number that is none begins a new one.
        let number = match begun * 10 + digit {
            longer if longer <= count => longer,
            _ if begun > 0 => {
                self.mark = None;
                return self.what_to_press(scene);
            }
            _ => digit,
        };
        let Some(choice) = number.checked_sub(1).and_then(|n| scene.choices.get(n)) else {
            return self.not_here();
        };
        // Nobody can take it back for the others, so a slip is met here, while only one person sees it.
        let short = Intent::Gate {
            says: GateWord::Short,
        };
        let slips = choice.intent == short && self.mark != Some(number - 1);
        if slips {
            self.says = Some(SafeText::new(say().short_twice));
        }
        if slips || number * 10 <= count {
            let begun = if slips { 0 } else { number };
            (self.mark, self.digits, self.follow) = (Some(number - 1), begun, true);
            return KeyOutcome::Nothing;
        }
        self.take_choice(choice, scene)
    }

    /// Takes a choice. Nobody says yes to lines that nobody has seen: those come first, with the same key.
    pub(super) fn take_choice(&mut self, choice: &SceneChoice, scene: &Scene) -> KeyOutcome {
        let agrees = matches!(
            choice.intent,
            Intent::Yes { .. } | Intent::Gate { says: GateWord::Go }
        );
        if !agrees || choice.on == Some(true) || !self.has_more(scene) {
            return KeyOutcome::Ask(choice.intent.clone());
        }
        self.read_on();
        self.says = Some(SafeText::new(say().read_first));
        KeyOutcome::Nothing
    }

    /// Whether something of a session's page is below that nobody has seen yet. Where one line after the other is read
    /// aloud, the page goes with it.
    #[must_use]
    pub(crate) fn has_more(&self, scene: &Scene) -> bool {
        let walks = matches!(scene.mood, SceneMood::Walking | SceneMood::Closing);
        let by_line = scene.list.iter().any(|item| item.now);
        let seen = self.seen == PageSeen::Begun && self.over == Overlay::Nothing;
        walks && seen && !by_line && self.field.is_none()
    }

    fn read_on(&mut self) -> KeyOutcome {
        self.turn_page(Action::PageDown);
        KeyOutcome::Nothing
    }

    /// What was drawn of a page: whether there is more below.
    pub(crate) fn has_drawn(&mut self, below: bool) {
        if !below && self.seen == PageSeen::Begun {
            self.read = Some(self.place.clone());
        }
        self.seen = match (below, self.seen) {
            (true, PageSeen::Unknown | PageSeen::Begun) => PageSeen::Begun,
            (false, _) | (true, PageSeen::Whole) => PageSeen::Whole,
        };
    }

    fn enter(&mut self, scene: &Scene) -> KeyOutcome {
        let marked = self.mark.or_else(|| self.numbered(scene));
        if let Some(choice) = marked.and_then(|mark| scene.choices.get(mark)) {
            return self.take_choice(choice, scene);
        }
        match &self.field {
            Some(TextField::Rating(Rating(Some(value)))) => {
                KeyOutcome::Ask(Intent::Rate { value: *value })
            }
            Some(TextField::Line(_)) => self.write(scene),
            Some(TextField::Page { .. }) => self.set_aside(false),
            Some(TextField::Rating(_)) | None => self.go_on(scene),
        }
    }

    /// Goes on where there is nothing to answer. At a question nothing is answered for anybody: it says what to press.
    pub(super) fn go_on(&mut self, scene: &Scene) -> KeyOutcome {
        if self.has_more(scene) {
            return self.read_on();
        }
        match offered(scene, Verb::GoOn) {
            Some(on) => KeyOutcome::Ask(on.intent()),
            None => self.what_to_press(scene),
        }
    }

    fn what_to_press(&mut self, scene: &Scene) -> KeyOutcome {
        let w = say();
        let typing = match &self.field {
            Some(TextField::Line(_) | TextField::Page { .. }) => Context::Typing,
            Some(TextField::Rating(_)) | None => Context::Keys,
        };
        let choices = key_table::places_named(scene.choices.len());
        let with = |text: &Template| fill(text, &[("keys", choices.as_str())]);
        let press = match (&self.field, scene.choices.len()) {
            (Some(TextField::Rating(_)), _) => Some(SafeText::new(w.not_a_number)),
            (Some(TextField::Line(_)), 0) => Some(SafeText::new(w.press_words)),
            (Some(TextField::Line(_)), _) => Some(with(&w.press_either)),
            (_, 0) => None,
            (_, 1) => Some(with(&w.press_one)),
            (_, _) => Some(with(&w.press_choice)),
        };
        // What passing does is said in the words of its key.
        let pass = offered(scene, Verb::Pass).map(|pass| {
            let key = key_table::said_in(Action::Pass, typing);
            let (says, s) = (pass.says.as_str(), &words().session);
            let around = s.pass_to.around("where");
            let to = around.and_then(|(before, _)| says.strip_prefix(before));
            let (text, what) = match to {
                _ if says == s.pass => (&w.press_passes, ""),
                Some(to) => (&w.press_passes_to, to),
                None => (&w.press_pass, says),
            };
            fill(text, &[("pass", key.as_str()), ("what", what)])
        });
        let said: Vec<SafeText> = press.into_iter().chain(pass).collect();
        if said.is_empty() {
            return self.not_here();
        }
        let said: Vec<&str> = said.iter().map(SafeText::as_str).collect();
        self.says = Some(SafeText::new(&said.join(" ")));
        KeyOutcome::Nothing
    }

    /// Moves the mark, or the page where there is nothing to mark.
    fn step(&mut self, does: Action, scene: &Scene) -> KeyOutcome {
        let down = does == Action::Down;
        let last = scene.choices.len().checked_sub(1);
        self.leave_number(scene);
        if last.is_some() && self.has_typed(scene) {
            self.says = Some(SafeText::new(say().typed_counts));
            return KeyOutcome::Nothing;
        }
        self.follow = last.is_some();
        let Some(last) = last else {
            self.scroll = if down {
                self.scroll.saturating_add(1)
            } else {
                self.scroll.saturating_sub(1)
            };
            return KeyOutcome::Nothing;
        };
        self.digits = 0;
        self.mark = Some(match (self.marked(scene), down) {
            (None, true) => 0,
            (None, false) => last,
            (Some(mark), true) => (mark + 1).min(last),
            (Some(mark), false) => mark.saturating_sub(1),
        });
        KeyOutcome::Nothing
    }

    fn turn_page(&mut self, does: Action) {
        // One row stays, so that the eye finds its place again.
        let page = self.page.saturating_sub(2).max(1);
        self.follow = false;
        if does == Action::PageUp {
            self.scroll = self.scroll.saturating_sub(page);
        } else if does == Action::PageDown {
            self.scroll = self.scroll.saturating_add(page);
        } else if does == Action::Top {
            self.scroll = 0;
        } else {
            self.scroll = usize::MAX;
        }
    }

    fn lay(&mut self, over: Overlay) {
        self.over = over;
        self.scroll = 0;
    }

    fn not_here(&mut self) -> KeyOutcome {
        // What was meant for the screen before is no mistake.
        self.says = Some(match self.replaced {
            true => SafeText::new(words().joined.too_late),
            false => fill(&say().not_here, &[("key", &said(Action::Help))]),
        });
        KeyOutcome::Nothing
    }

    /// Whether a screen may thin out: never where something is typed or read line by line, never before and after a
    /// session, on the card, in a pause or after STOP, and never under a page of the face's own. Whoever comes back
    /// to a pause sees how to go on.
    fn may_thin_out(&self, scene: &Scene) -> bool {
        // Once the time is over, whoever looks up sees how to go on.
        let over = scene.clock.as_ref().is_some_and(ClockFace::is_over);
        let walks = match scene.mood {
            _ if over => false,
            SceneMood::Walking | SceneMood::Closing => true,
            SceneMood::Home | SceneMood::Held | SceneMood::Neutral | SceneMood::Closed => false,
        };
        walks && self.over == Overlay::Nothing && self.field.is_none() && scene.list.is_empty()
    }

    /// Whether only the name, the question and the clock are seen.
    #[must_use]
    pub(crate) fn is_thin(&self, scene: &Scene) -> bool {
        self.rest.is_long() && self.may_thin_out(scene)
    }

    /// How long until the screen thins out, if no key comes; `None` when it will not.
    #[must_use]
    pub(crate) fn thins_in(&self, scene: &Scene) -> Option<Duration> {
        let left = self.rest.left();
        (self.may_thin_out(scene) && !left.is_zero()).then_some(left)
    }

    /// This much time went by without a key.
    pub(crate) fn pass(&mut self, time: Duration, scene: &Scene) {
        if self.may_thin_out(scene) {
            self.rest.pass(time);
        }
        if self.is_thin(scene) {
            // What a key did is no longer news.
            self.says = None;
        }
        if self.gives_way_in(scene).is_some() && self.rest.has_said(time) {
            self.says = None;
        }
    }

    /// How long until what a key did is no longer said, where it stands in the place of something else.
    #[must_use]
    pub(crate) fn gives_way_in(&self, scene: &Scene) -> Option<Duration> {
        let beside = [&scene.notice, &scene.costs, &scene.rare.elsewhere];
        let hides = beside.into_iter().any(Option::is_some);
        (hides && self.says.is_some()).then(|| self.rest.still_says())
    }

    /// Somebody is there: everything is seen again.
    pub(crate) fn stir(&mut self) {
        self.rest.begin_anew();
    }
}

/// Whether a key is the digit of nothing.
fn is_zero(key: Key) -> bool {
    table().place(Action::Rate, key) == Some(0)
}

#[cfg(test)]
#[path = "desk_tests.rs"]
mod tests;
