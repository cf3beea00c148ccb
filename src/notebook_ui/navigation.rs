//! The pages as a value that is told things.

use crate::menu::history::History;
use crate::menu::page::{PageAnswer, PageIntent, refused};
use crate::notebook::{Id, Letter};
use crate::notebook_ui::new_entries::{at, check_in};
use crate::notebook_ui::page::{
    CopyPage, LetterDraft, NewNotebook, NotebookMove, NotebookPage, PassphraseChange,
};
use crate::notebook_ui::typed_text;
use crate::notebook_ui::view::{NotebookView, mark, view};
use crate::notebook_ui::{NotebookData, NotebookRequest};
use crate::session::intent::{Intent, PrivateText, Refused};
use crate::session::scene::Scene;
use crate::text::safe_text::SafeText;
use crate::text::words::words;

/// One person's pages.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NotebookPages {
    history: History<NotebookPage>,
    /// What is said beside the page until the next one.
    says: Option<SafeText>,
    /// Where somebody wants to go once a notebook is open.
    goal: Goal,
}

/// Where somebody wants to go once a notebook is open.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Goal {
    /// To all of it.
    #[default]
    Front,
    /// To the notes.
    Notes,
    /// To an empty page.
    Write,
    /// To the parts.
    Parts,
    /// To the promises.
    Promises,
    /// To what can be taken out.
    Out,
    /// To other words that open it.
    Rekey,
}

impl Goal {
    /// The page to which this request leads, where it opens a notebook.
    fn after(self, request: &NotebookRequest) -> Option<NotebookPage> {
        let makes = matches!(request, NotebookRequest::Make { .. });
        let plain = matches!(request, NotebookRequest::Open { secret: None, .. });
        let opens = matches!(request, NotebookRequest::Open { .. });
        (makes || opens).then(|| match self {
            // The words that open it were chosen a moment ago.
            Self::Rekey if makes => NotebookPage::Front,
            // What has no words gets its first ones.
            Self::Rekey if plain => NotebookPage::Rekey(PassphraseChange::Seal),
            Self::Front
            | Self::Notes
            | Self::Write
            | Self::Parts
            | Self::Promises
            | Self::Out
            | Self::Rekey => self.page(),
        })
    }

    fn page(self) -> NotebookPage {
        match self {
            Self::Front => NotebookPage::Front,
            Self::Notes => NotebookPage::Notes { part: None },
            Self::Write => NotebookPage::empty(None),
            Self::Parts => NotebookPage::Parts,
            Self::Promises => NotebookPage::Promises,
            Self::Out => NotebookPage::Out,
            Self::Rekey => NotebookPage::Rekey(PassphraseChange::Old),
        }
    }
}

/// A page that is being written.
#[derive(Clone, Copy, Debug)]
pub(crate) struct PageInHand<'a> {
    /// The part that it is about.
    pub(crate) part: Option<&'a Id>,
    /// Whether it is for a therapist.
    pub(crate) bring: bool,
    /// With whom it is exchanged, where it is a letter.
    pub(crate) letter: Option<&'a Letter>,
    /// What stands above the line that is being typed, where two voices speak in turn.
    pub(crate) said: Option<&'a str>,
}

type NotebookStep = Result<(NotebookPages, Vec<NotebookRequest>), Refused>;

impl NotebookPages {
    /// The door.
    #[must_use]
    pub(crate) fn new() -> Self {
        Self::at(NotebookPage::Door)
    }

    /// The door, with a sentence about what has just happened.
    #[must_use]
    pub(crate) fn saying(says: &str) -> Self {
        Self::new().and_says(says)
    }

    /// The same, with this said beside it.
    #[must_use]
    pub(crate) fn and_says(self, says: &str) -> Self {
        Self {
            says: Some(SafeText::new(says)),
            ..self
        }
    }

    fn at(page: NotebookPage) -> Self {
        Self {
            history: History::new(page),
            says: None,
            goal: Goal::Front,
        }
    }

    /// The door, on the way to something.
    #[must_use]
    pub fn to(goal: Goal) -> Self {
        Self {
            goal,
            ..Self::new()
        }
    }

    /// The question what becomes of the page that was begun.
    #[must_use]
    pub(crate) fn begun() -> Self {
        let mut pages = Self::at(NotebookPage::Front);
        pages.history.go_to(NotebookPage::Begun);
        pages
    }

    /// The page that somebody writes now, as a note without what is being typed.
    #[must_use]
    pub(crate) fn writes(&self) -> Option<PageInHand<'_>> {
        let none = PageInHand {
            part: None,
            bring: false,
            letter: None,
            said: None,
        };
        let page = self.history.page();
        if let NotebookPage::Write { part, bring, .. } = page {
            let (part, bring) = (part.as_ref(), *bring);
            Some(PageInHand {
                part,
                bring,
                ..none
            })
        } else if let NotebookPage::Talk { part, said, .. } = page {
            Some(PageInHand {
                part: Some(part),
                said: Some(said),
                ..none
            })
        } else if let NotebookPage::Letter(LetterDraft::Words { letter, .. }) = page {
            let letter = Some(letter);
            Some(PageInHand { letter, ..none })
        } else {
            None
        }
    }

    /// Whether these pages need an open notebook.
    #[must_use]
    pub(crate) fn is_inside(&self) -> bool {
        !matches!(
            self.history.page(),
            NotebookPage::Door
                | NotebookPage::Make(_)
                | NotebookPage::Pass { .. }
                | NotebookPage::Copies(CopyPage::Bring)
        )
    }

    /// What is said before this is asked, where the answer takes longer than a moment: a passphrase is slow to try.
    #[must_use]
    pub(crate) fn takes_a_while(&self, intent: &Intent) -> Option<SafeText> {
        if !matches!(intent, Intent::Write { .. }) {
            return None;
        }
        let w = &words().notebook_ui.pass;
        let makes = matches!(
            self.history.page(),
            NotebookPage::Make(NewNotebook::Again { .. })
                | NotebookPage::Rekey(
                    PassphraseChange::Again { .. } | PassphraseChange::SealAgain { .. }
                )
        );
        if makes {
            Some(SafeText::new(w.making))
        } else {
            let opens = matches!(
                self.history.page(),
                NotebookPage::Pass { .. }
                    | NotebookPage::Copies(CopyPage::TakeIn { folder: Some(_) })
            )
            .then_some(&w.opening);
            let tries = matches!(
                self.history.page(),
                NotebookPage::Rekey(PassphraseChange::Old)
            )
            .then_some(&w.trying);
            opens.or(tries).map(|says| SafeText::new(says))
        }
    }

    /// What was asked: where we are then, and what others have to do about it first.
    ///
    /// # Errors
    /// One kind sentence; nothing has changed.
    pub(crate) fn asked(&self, intent: PageIntent, data: &NotebookData<'_>) -> NotebookStep {
        let mut next = self.clone();
        let requests = next.answer(intent, data)?;
        Ok((next, requests))
    }

    /// The choice with this place on the screen.
    ///
    /// # Errors
    /// One kind sentence; nothing has changed.
    pub fn choose(&self, n: usize, data: &NotebookData<'_>) -> NotebookStep {
        self.asked(PageIntent::Answer(n), data)
    }

    fn answer(
        &mut self,
        intent: PageIntent,
        data: &NotebookData<'_>,
    ) -> Result<Vec<NotebookRequest>, Refused> {
        match intent {
            PageIntent::GoOn => self.go_on(data),
            PageIntent::Back => Ok(self.take(NotebookMove::Back, data)),
            PageIntent::Answer(n) => match self.view(data).chosen(self.history.from(), n)? {
                PageAnswer::Does(does) => Ok(self.take(does, data)),
                PageAnswer::Turn(from) => {
                    self.history.turn(from);
                    Ok(Vec::new())
                }
            },
            PageIntent::Write(words) => self.write(words, data),
            PageIntent::Rate(value) => self.rate(value, data),
        }
    }

    /// The page as it is seen: with what was typed on it before.
    fn view(&self, data: &NotebookData<'_>) -> NotebookView {
        let view = view(self.history.page(), self.history.from(), data);
        view.with_typed(self.history.typed())
    }

    /// Goes where this leads; answers what others have to do about it.
    fn take(&mut self, does: NotebookMove, data: &NotebookData<'_>) -> Vec<NotebookRequest> {
        self.says = None;
        match does {
            NotebookMove::To(page) => {
                let begun = data.open.is_some_and(|open| open.begun.is_some());
                self.history.go_to(if begun && page.is_empty_page() {
                    NotebookPage::Begun
                } else {
                    page
                });
            }
            NotebookMove::Stay(page) => self.history.replace(page),
            NotebookMove::Back => {
                if !self.history.back() {
                    // Back from the first page of an open notebook locks it, and from the door leads home.
                    let request = if self.is_inside() {
                        NotebookRequest::Lock
                    } else {
                        NotebookRequest::Home
                    };
                    self.history = History::new(NotebookPage::Door);
                    return vec![request];
                }
            }
            NotebookMove::Do(request, page, says) => {
                self.follow(&request, page);
                self.says = says.map(SafeText::new);
                return vec![request];
            }
        }
        Vec::new()
    }

    /// To the page that follows when this is done.
    fn follow(&mut self, request: &NotebookRequest, page: NotebookPage) {
        if let Some(goal) = self.goal.after(request) {
            self.history = History::new(NotebookPage::Front);
            self.history.go_to(goal);
            self.goal = Goal::Front;
        } else if page == NotebookPage::Door {
            self.history = History::new(page);
        } else if page.asks() {
            self.history.go_to(page);
        } else {
            // Of two parts that are one now, the first is no longer there.
            let gone = if let NotebookPage::MergeSure { id, .. } = self.history.page() {
                Some(NotebookPage::Part { id: id.clone() })
            } else {
                None
            };
            let over = |page: &NotebookPage| page.asks() || gone.as_ref() == Some(page);
            self.history.finish(page, over);
        }
    }

    fn go_on(&mut self, data: &NotebookData<'_>) -> Result<Vec<NotebookRequest>, Refused> {
        let view = self.view(data);
        // What goes on without a word (a field that may stay empty) says so with a pick of its own.
        if let (Some(field), None) = (&view.field, &view.on) {
            return match field.initial() {
                Some(initial) => self.write(initial.into(), data),
                None => Err(refused(words().pages.nothing)),
            };
        }
        if matches!(self.history.page(), NotebookPage::Choose { chosen } if chosen.is_empty()) {
            return Err(refused(words().notebook_ui.out.nothing));
        }
        let pick = view.go_on(self.history.from()).cloned();
        let pick = pick.ok_or_else(|| refused(words().pages.no_such))?;
        Ok(self.take(pick.does, data))
    }

    fn write(
        &mut self,
        typed: PrivateText,
        data: &NotebookData<'_>,
    ) -> Result<Vec<NotebookRequest>, Refused> {
        let does = typed_text::write(self.history.page(), typed.clone(), data)?;
        if !self.view(data).is_hidden() {
            self.history.keep_typed(typed);
        }
        Ok(self.take(does, data))
    }

    fn rate(
        &mut self,
        value: u8,
        data: &NotebookData<'_>,
    ) -> Result<Vec<NotebookRequest>, Refused> {
        let given = (value <= 10).then_some(value);
        let does = if let NotebookPage::Stirred { lines } = self.history.page() {
            let (lines, stirred) = (lines.clone(), given);
            NotebookMove::To(NotebookPage::Carry { lines, stirred })
        } else if let NotebookPage::Carry { lines, stirred } = self.history.page() {
            check_in(lines, (*stirred, given), at(data))
        } else {
            return Err(refused(words().pages.nothing));
        };
        match given {
            Some(_) => Ok(self.take(does, data)),
            None => Err(refused(words().session.zero_to_ten)),
        }
    }

    /// What may be seen and asked now.
    #[must_use]
    pub fn scene(&self, data: &NotebookData<'_>) -> Scene {
        let page = self.history.page();
        let from = self.history.from();
        let mut scene = self.view(data).scene(from, true);
        if let NotebookPage::Choose { chosen } = page {
            mark(&mut scene, page, from, chosen, data);
        }
        scene.notice.clone_from(&self.says);
        scene
    }
}

impl Default for NotebookPages {
    fn default() -> Self {
        Self::new()
    }
}
