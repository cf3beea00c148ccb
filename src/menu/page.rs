//! Pages outside of a session: words, choices by number, something to type, and where each leads.
//!
//! Owns: what is common to all such pages, so that they are read and answered alike.
//! Never does: knowing what a choice does; remembering where anybody is.
//! May see: session, text.

use std::ops::Range;

use crate::menu::number_keys;
use crate::session::intent::{Intent, PrivateText, Refused};
use crate::session::scene::{
    InputField, ListItem, Offer, RareParts, SafetyPage, Scene, SceneChoice, SceneMood, Verb,
};
use crate::text::safe_text::{SafeText, composed, forbidden, letters};
use crate::text::words::{too_long, words};

/// The most letters of a name.
pub(crate) const MOST_NAME: usize = 40;
/// The most letters of a folder.
const MOST_FOLDER: usize = 1_000;

/// One page, ready to be shown and asked. `M` is what its choices do.
#[derive(Debug)]
pub(crate) struct PageView<M> {
    /// Where we are, in a few words.
    pub(crate) title: SafeText,
    /// The question or the words.
    pub(crate) prompt: Vec<SafeText>,
    /// A list that belongs to them.
    pub(crate) list: Vec<ListItem>,
    /// Rows above the list that are drawn as they stand, for whoever sees; the list says the same.
    pub(crate) grid: Vec<SafeText>,
    /// The list as a picture, at several widths, the widest first.
    pub(crate) pictures: Vec<Vec<SafeText>>,
    /// What can be chosen; of a long list perhaps only what is on the screen.
    pub(crate) picks: Vec<PageChoice<M>>,
    /// Where `picks` are only a part of a long list: how many there are in all, and the place of the first one here.
    pub(crate) of: Option<(usize, usize)>,
    /// Something to type.
    pub(crate) field: Option<InputField>,
    /// What going on does; the first pick where there is none.
    pub(crate) on: Option<PageChoice<M>>,
    /// Which page about safety it is, where it is one.
    pub(crate) safety: Option<SafetyPage>,
}

/// A choice and what it does.
#[derive(Clone, Debug)]
pub(crate) struct PageChoice<M> {
    /// The words.
    pub(crate) says: SafeText,
    /// What it does.
    pub(crate) does: M,
}

/// What a number stands for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum PageAnswer<M> {
    /// This choice.
    Does(M),
    /// The part of a long list that begins here.
    Turn(usize),
}

/// What people can ask of a page outside a session. The crisis card and leaving are asked of the program, wherever it is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum PageIntent {
    /// Go on.
    GoOn,
    /// Go back to the page before.
    Back,
    /// The choice with this place on the screen, from 0.
    Answer(usize),
    /// Words that were typed.
    Write(PrivateText),
    /// From 0 to 10.
    Rate(u8),
}

impl PageIntent {
    /// It, where a face asked it.
    ///
    /// # Errors
    /// What was asked belongs into a session.
    pub(crate) fn of(intent: Intent) -> Result<Self, Refused> {
        Ok(match intent {
            Intent::GoOn => Self::GoOn,
            Intent::Back => Self::Back,
            Intent::Answer { n } => Self::Answer(n),
            Intent::Write { words } => Self::Write(words),
            Intent::Rate { value } => Self::Rate(value),
            Intent::Stop => return Err(refused(words().pages.not_begun)),
            Intent::Pass
            | Intent::Leave
            | Intent::Alone
            | Intent::Card
            | Intent::Unsure
            | Intent::Rated { .. }
            | Intent::Gate { .. }
            | Intent::Gated { .. }
            | Intent::Answered { .. }
            | Intent::Yes { .. }
            | Intent::No { .. }
            | Intent::ReadAloud
            | Intent::ChangeLine
            | Intent::PickLine { .. }
            | Intent::First { .. }
            | Intent::Toss
            | Intent::Forgive
            | Intent::AnyOrder
            | Intent::Skip
            | Intent::Support { .. }
            | Intent::Accept
            | Intent::Warning { .. }
            | Intent::Pause
            | Intent::More
            | Intent::MoreBy { .. }
            | Intent::Land
            | Intent::Asides
            | Intent::Aside { .. }
            | Intent::Clock
            | Intent::Again { .. }
            | Intent::Sealed
            | Intent::InWriting
            | Intent::KeepOwn { .. }
            | Intent::HowLong
            | Intent::Stay { .. }
            | Intent::Keep { .. }
            | Intent::TimePassed
            | Intent::TimeJumped { .. } => return Err(refused(words().pages.not_here)),
        })
    }
}

/// A choice with these words.
#[must_use]
pub(crate) fn pick<M>(says: &str, does: M) -> PageChoice<M> {
    let says = SafeText::new(says);
    PageChoice { says, does }
}

/// A prompt of one paragraph.
#[must_use]
pub(crate) fn ask(text: &str) -> Vec<SafeText> {
    vec![SafeText::new(text)]
}

/// An entry of a list.
#[must_use]
pub(crate) fn item(lead: &str, words: &SafeText) -> ListItem {
    ListItem {
        lead: SafeText::new(lead),
        words: words.clone(),
        now: false,
    }
}

/// One line to type.
#[must_use]
pub(crate) fn line(initial: &str, hint: &str, most: usize) -> InputField {
    InputField::line(initial.to_owned(), hint, most)
}

/// Words that nobody may see while they are typed.
#[must_use]
pub(crate) fn secret(hint: &str) -> InputField {
    InputField::Line {
        initial: String::new(),
        hint: SafeText::new(hint),
        most: 200,
        hidden: true,
    }
}

/// Several lines of one's own.
#[must_use]
pub(crate) fn page(initial: &str, hint: &str, most: usize) -> InputField {
    InputField::Page {
        initial: initial.to_owned(),
        hint: SafeText::new(hint),
        most,
        hidden: false,
    }
}

/// A name as it is kept: in one form, without anything that acts on a terminal or hides.
///
/// # Errors
/// It is none, or a number that was meant to choose something.
pub(crate) fn name(typed: &str) -> Result<String, Refused> {
    let says = &words().pages;
    let visible = typed.chars().filter(|c| forbidden(*c).is_none());
    let visible: String = visible.collect();
    let spaced: Vec<&str> = visible.split_whitespace().collect();
    let name = SafeText::new(&composed(&spaced.join(" ")));
    let name = name.as_str();
    if let Some(sentence) = too_long(MOST_NAME, letters(name)) {
        return Err(Refused(sentence));
    }
    match name.chars().find(|c| c.is_alphanumeric()) {
        Some(first) if first.is_alphabetic() => Ok(name.to_owned()),
        Some(_) => Err(refused(says.name_number)),
        None => Err(refused(says.name_empty)),
    }
}

/// In which folder something is written.
#[must_use]
pub(crate) fn place<M: Clone>(title: &str, folder: &SafeText) -> PageView<M> {
    let w = &words().pages;
    let mut prompt = ask(w.file_where);
    prompt.push(SafeText::new(w.file_is));
    PageView {
        field: Some(line(folder.as_str(), w.file_hint, MOST_FOLDER)),
        ..PageView::new(title, prompt)
    }
}

/// Choices by number, in this order.
pub(crate) fn numbered(says: impl IntoIterator<Item = SafeText>) -> Vec<SceneChoice> {
    let choice = |(n, says)| SceneChoice {
        says,
        on: None,
        intent: Intent::Answer { n },
    };
    says.into_iter().enumerate().map(choice).collect()
}

/// A refusal with this sentence.
#[must_use]
pub(crate) fn refused(says: &str) -> Refused {
    Refused(SafeText::new(says))
}

impl<M> Default for PageView<M> {
    fn default() -> Self {
        Self {
            title: SafeText::default(),
            prompt: Vec::new(),
            list: Vec::new(),
            grid: Vec::new(),
            pictures: Vec::new(),
            picks: Vec::new(),
            of: None,
            field: None,
            on: None,
            safety: None,
        }
    }
}

impl<M: Clone> PageView<M> {
    /// A page with nothing to choose yet.
    #[must_use]
    pub(crate) fn new(title: &str, prompt: Vec<SafeText>) -> Self {
        Self {
            title: SafeText::new(title),
            prompt,
            ..Self::default()
        }
    }

    /// The same page with these choices.
    #[must_use]
    pub(crate) fn with(self, picks: Vec<PageChoice<M>>) -> Self {
        Self { picks, ..self }
    }

    /// The same page with so many choices, of which only those that are shown from `from` on are made: a notebook of
    /// years has thousands.
    #[must_use]
    pub(crate) fn with_part(
        self,
        all: usize,
        from: usize,
        make: impl FnOnce(Range<usize>) -> Vec<PageChoice<M>>,
    ) -> Self {
        let part = number_keys::part(all, from);
        Self {
            of: Some((all, part.start)),
            picks: make(part),
            ..self
        }
    }

    /// The same page, where what was typed stands in its field. What nobody may see is typed anew.
    #[must_use]
    pub(crate) fn with_typed(mut self, typed: Option<&PrivateText>) -> Self {
        if let (Some(typed), false) = (typed, self.is_hidden()) {
            match &mut self.field {
                Some(InputField::Line { initial, .. } | InputField::Page { initial, .. }) => {
                    (**typed).clone_into(initial);
                }
                Some(InputField::Rating) | None => {}
            }
        }
        self
    }

    /// Whether nobody may see what is typed here.
    #[must_use]
    pub(crate) fn is_hidden(&self) -> bool {
        match self.field {
            Some(InputField::Line { hidden, .. } | InputField::Page { hidden, .. }) => hidden,
            Some(InputField::Rating) | None => false,
        }
    }

    /// The same page, where each choice does something else.
    #[must_use]
    pub(crate) fn map<N>(self, does: impl Fn(M) -> N) -> PageView<N> {
        let pick = |pick: PageChoice<M>| PageChoice {
            says: pick.says,
            does: does(pick.does),
        };
        PageView {
            title: self.title,
            prompt: self.prompt,
            list: self.list,
            grid: self.grid,
            pictures: self.pictures,
            picks: self.picks.into_iter().map(pick).collect(),
            of: self.of,
            field: self.field,
            safety: self.safety,
            on: self.on.map(pick),
        }
    }

    /// How many choices there are, on the screen or not.
    fn all(&self) -> usize {
        self.of.map_or(self.picks.len(), |(all, _)| all)
    }

    /// The choices that are on the screen from `from` on.
    #[must_use]
    pub(crate) fn shown(&self, from: usize) -> &[PageChoice<M>] {
        let first = self.of.map_or(0, |(_, first)| first);
        let part = number_keys::part(self.all(), from);
        let part = part.start.saturating_sub(first)..part.end.saturating_sub(first);
        self.picks.get(part).unwrap_or_default()
    }

    /// What going on does here, if anything; `from` is the first pick that is shown.
    #[must_use]
    pub(crate) fn go_on(&self, from: usize) -> Option<&PageChoice<M>> {
        self.on.as_ref().or_else(|| self.shown(from).first())
    }

    /// What the number `n` (counted from 0) stands for, where the picks are shown from `from` on.
    ///
    /// # Errors
    /// A sentence, when nothing has this number.
    pub(crate) fn chosen(&self, from: usize, n: usize) -> Result<PageAnswer<M>, Refused> {
        let shown = self.shown(from);
        if let Some(pick) = shown.get(n) {
            return Ok(PageAnswer::Does(pick.does.clone()));
        }
        match number_keys::next(self.all(), from) {
            Some(next) if n == shown.len() => Ok(PageAnswer::Turn(next)),
            Some(_) | None => Err(refused(words().pages.no_such)),
        }
    }

    /// The scene of this page; `back` says whether there is a page before it.
    #[must_use]
    pub(crate) fn scene(self, from: usize, back: bool) -> Scene {
        Scene {
            mood: SceneMood::Home,
            choices: self.choices(from),
            offers: self.offers(from, back),
            title: self.title,
            prompt: self.prompt,
            list: self.list,
            grid: self.grid,
            pictures: self.pictures,
            field: self.field,
            rare: RareParts {
                safety: self.safety,
                ..RareParts::default()
            },
            ..Scene::default()
        }
    }

    fn choices(&self, from: usize) -> Vec<SceneChoice> {
        let picks = self.shown(from).iter();
        let mut shown: Vec<SafeText> = picks.map(|pick| pick.says.clone()).collect();
        if let Some(next) = number_keys::next(self.all(), from) {
            let w = &words().pages;
            let says = if next > from { &w.more } else { &w.anew };
            shown.push(SafeText::new(says));
        }
        numbered(shown)
    }

    fn offers(&self, from: usize, back: bool) -> Vec<Offer> {
        let says = &words().pages;
        let on = match (&self.field, &self.on) {
            // A field that may stay empty says what going on is then.
            (_, Some(on)) => Some(on.says.clone()),
            (Some(field), None) if field.initial() == Some("") => None,
            // What was added to a page would be lost with that.
            (Some(InputField::Page { .. }), None) => None,
            (Some(_), None) => Some(SafeText::new(says.keep)),
            (None, None) => self.go_on(from).map(|pick| pick.says.clone()),
        };
        let mut offers = Vec::new();
        offers.extend(on.map(|says| Offer::new(Verb::GoOn, says.as_str())));
        if back {
            offers.push(Offer::new(Verb::Back, says.back));
        }
        offers.push(Offer::new(Verb::Card, says.card));
        offers.push(Offer::new(Verb::Leave, says.leave));
        offers
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn view(picks: usize) -> PageView<usize> {
        let picks = (0..picks).map(|n| pick(&format!("choice {n}"), n));
        PageView::new("title", ask("Which one?")).with(picks.collect())
    }

    #[test]
    fn every_choice_of_a_long_page_is_reached_by_a_number() {
        for many in [1, 9, 10, 30] {
            let (mut from, mut met) = (0, Vec::new());
            loop {
                let shown = view(many).scene(from, true).choices;
                let mut next = None;
                for (n, choice) in shown.iter().enumerate() {
                    match view(many).chosen(from, n).unwrap() {
                        PageAnswer::Does(meant) => {
                            assert_eq!(choice.says.as_str(), format!("choice {meant}"));
                            met.push(meant);
                        }
                        PageAnswer::Turn(part) => next = Some(part),
                    }
                }
                assert!(view(many).chosen(from, shown.len()).is_err());
                match next {
                    Some(part) if part > 0 => from = part,
                    Some(_) | None => break,
                }
            }
            assert_eq!(met, (0..many).collect::<Vec<_>>());
        }
    }

    #[test]
    fn a_part_of_a_long_page_is_the_page() {
        for many in [0, 1, 9, 10, 30] {
            for from in 0..many + 3 {
                let whole = view(many);
                let part =
                    PageView::new("title", ask("Which one?")).with_part(many, from, |part| {
                        part.map(|n| pick(&format!("choice {n}"), n)).collect()
                    });
                for n in 0..11 {
                    assert_eq!(part.chosen(from, n).ok(), whole.chosen(from, n).ok());
                }
                let on = |view: &PageView<usize>| view.go_on(from).map(|pick| pick.does);
                assert_eq!(on(&part), on(&whole));
                assert_eq!(part.scene(from, true), whole.scene(from, true));
            }
        }
    }

    #[test]
    fn going_on_is_offered_where_it_does_something() {
        let goes_on = |view: PageView<usize>| {
            let scene = view.scene(0, false);
            scene.offers.iter().any(|offer| offer.verb == Verb::GoOn)
        };
        assert!(goes_on(view(2)));
        assert!(!goes_on(view(0)));
        let typed = |initial| PageView {
            field: Some(line(initial, "", 10)),
            ..view(0)
        };
        assert!(!goes_on(typed("")));
        let passes = PageView {
            on: Some(pick("pass", 0)),
            ..typed("")
        };
        assert!(goes_on(passes));
        assert!(goes_on(typed("Ada")));
    }
}
