//! The pages as a value that is told things.

use crate::menu::page::{PageAnswer, PageIntent, offer, refused};
use crate::notebook::Id;
use crate::notebook_ui::new_entries::{at, check_in};
use crate::notebook_ui::page::{NewNotebook, NotebookMove, NotebookPage, PassphraseChange};
use crate::notebook_ui::view::{mark, view};
use crate::notebook_ui::{NotebookData, NotebookRequest};
use crate::safety::crisis_card::{CardOutcome, CrisisCard};
use crate::session::intent::{Intent, Refused};
use crate::session::scene::{InputField, Scene, Verb};
use crate::text::safe_text::SafeText;
use crate::text::words::words;

/// The most letters of a hint.
pub(super) const MOST_CUE: usize = 30;

/// One person's pages.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NotebookPages {
    pub(super) page: NotebookPage,
    /// The first of the choices that are shown, where there are more than nine.
    from: usize,
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
    Desk,
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
            Self::Rekey if makes => NotebookPage::Desk,
            // What has no words gets its first ones.
            Self::Rekey if plain => NotebookPage::Rekey(PassphraseChange::Seal),
            Self::Desk
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
            Self::Desk => NotebookPage::Desk,
            Self::Notes => NotebookPage::Notes { part: None },
            Self::Write => NotebookPage::empty(None),
            Self::Parts => NotebookPage::Parts,
            Self::Promises => NotebookPage::Promises,
            Self::Out => NotebookPage::Out,
            Self::Rekey => NotebookPage::Rekey(PassphraseChange::Old),
        }
    }
}

pub(super) type NotebookStep = Result<(NotebookPages, Vec<NotebookRequest>), Refused>;

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

    pub(super) fn at(page: NotebookPage) -> Self {
        Self {
            page,
            from: 0,
            says: None,
            goal: Goal::Desk,
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
        Self::at(NotebookPage::Begun)
    }

    /// Whether somebody writes a page now: then, the part that it is about.
    #[must_use]
    pub(crate) fn writes(&self) -> Option<Option<&Id>> {
        if let NotebookPage::Write { part, .. } = &self.page {
            Some(part.as_ref())
        } else {
            None
        }
    }

    /// Whether these pages need an open notebook.
    #[must_use]
    pub(crate) fn is_inside(&self) -> bool {
        is_inside(&self.page)
    }

    /// What is said before this is asked, where the answer takes longer than a moment: a passphrase is slow to try.
    #[must_use]
    pub(crate) fn takes_a_while(&self, intent: &Intent) -> Option<SafeText> {
        if !matches!(intent, Intent::Write { .. }) {
            return None;
        }
        let w = &words().notebook_ui.pass;
        let makes = matches!(
            &self.page,
            NotebookPage::Make(NewNotebook::Again { .. })
                | NotebookPage::Rekey(
                    PassphraseChange::Again { .. } | PassphraseChange::SealAgain { .. }
                )
        );
        if makes {
            Some(SafeText::new(&w.making))
        } else {
            let opens = matches!(&self.page, NotebookPage::Pass { .. }).then_some(&w.opening);
            let tries = matches!(&self.page, NotebookPage::Rekey(PassphraseChange::Old))
                .then_some(&w.trying);
            opens.or(tries).map(|says| SafeText::new(says))
        }
    }

    /// What was asked: where we are then, and what others have to do about it first.
    ///
    /// # Errors
    /// One kind sentence; nothing has changed.
    pub fn asked(&self, intent: Intent, shelf: &NotebookData<'_>) -> NotebookStep {
        let (mut next, requests) = self.answer(intent, shelf)?;
        let goes = |request: &NotebookRequest| self.goal.after(request);
        match requests.iter().find_map(goes) {
            Some(page) => next.page = page,
            None => next.goal = self.goal,
        }
        let begun = shelf.open.is_some_and(|open| open.begun.is_some());
        let from_card = matches!(self.page, NotebookPage::Card { .. });
        if begun && !from_card && next.page.is_empty_page() {
            next.page = NotebookPage::Begun;
        }
        Ok((next, requests))
    }

    fn answer(&self, intent: Intent, shelf: &NotebookData<'_>) -> NotebookStep {
        if let (NotebookPage::Card { card, under }, false) = (&self.page, intent == Intent::Leave) {
            return ask_card(*card, under, &intent, shelf);
        }
        match PageIntent::of(intent)? {
            PageIntent::GoOn => self.go_on(shelf),
            PageIntent::Back => Ok(match self.page.back() {
                Some(before) => (Self::at(before), Vec::new()),
                None => done(self.way_out()),
            }),
            PageIntent::Answer(n) => {
                match view(&self.page, self.from, shelf).chosen(self.from, n)? {
                    PageAnswer::Does(NotebookMove::Stay(page)) => Ok((
                        Self {
                            from: self.from,
                            ..Self::at(page)
                        },
                        Vec::new(),
                    )),
                    PageAnswer::Does(does) => Ok(done(does)),
                    PageAnswer::Turn(from) => Ok((
                        Self {
                            from,
                            ..self.clone()
                        },
                        Vec::new(),
                    )),
                }
            }
            PageIntent::Write(words) => self.write(words, shelf),
            PageIntent::Rate(value) => self.rate(value, shelf),
            PageIntent::Leave => Ok((self.clone(), vec![NotebookRequest::Leave])),
            PageIntent::Card => {
                let page = NotebookPage::Card {
                    card: CrisisCard::open(shelf.own),
                    under: Box::new(self.page.clone()),
                };
                Ok((Self::at(page), Vec::new()))
            }
        }
    }

    /// Where back leads from the first page of an open notebook, and from the door.
    fn way_out(&self) -> NotebookMove {
        if self.is_inside() {
            NotebookMove::Do(NotebookRequest::Lock, NotebookPage::Door, None)
        } else {
            NotebookMove::Do(NotebookRequest::Home, NotebookPage::Door, None)
        }
    }

    fn go_on(&self, shelf: &NotebookData<'_>) -> NotebookStep {
        let view = view(&self.page, self.from, shelf);
        // What goes on without a word (a field that may stay empty) says so with a pick of its own.
        if let (Some(field), None) = (&view.field, &view.on) {
            return match field {
                InputField::Line { initial, .. } | InputField::Page { initial, .. } => {
                    self.write(initial.as_str().into(), shelf)
                }
                InputField::Rating => Err(refused(&words().pages.nothing)),
            };
        }
        if matches!(&self.page, NotebookPage::Choose { chosen } if chosen.is_empty()) {
            return Err(refused(&words().notebook_ui.out.nothing));
        }
        let pick = view.go_on(self.from).cloned();
        let pick = pick.ok_or_else(|| refused(&words().pages.no_such))?;
        Ok(done(pick.does))
    }

    fn rate(&self, value: u8, shelf: &NotebookData<'_>) -> NotebookStep {
        let given = (value <= 10).then_some(value);
        let does = if let NotebookPage::Stirred { lines } = &self.page {
            let (lines, stirred) = (lines.clone(), given);
            NotebookMove::To(NotebookPage::Carry { lines, stirred })
        } else if let NotebookPage::Carry { lines, stirred } = &self.page {
            check_in(lines, (*stirred, given), at(shelf))
        } else {
            return Err(refused(&words().pages.nothing));
        };
        match given {
            Some(_) => Ok(done(does)),
            None => Err(refused(&words().session.zero_to_ten)),
        }
    }

    /// What may be seen and asked now.
    #[must_use]
    pub fn scene(&self, shelf: &NotebookData<'_>) -> Scene {
        if let NotebookPage::Card { card, .. } = &self.page {
            let mut scene = card.scene(shelf.own, shelf.today());
            let leave = &words().pages.leave;
            scene.offers.push(offer(Verb::Leave, leave, Intent::Leave));
            return scene;
        }
        let mut scene = view(&self.page, self.from, shelf).scene(self.from, true);
        if let NotebookPage::Choose { chosen } = &self.page {
            mark(&mut scene, &self.page, self.from, chosen, shelf);
        }
        scene.notice.clone_from(&self.says);
        scene
    }
}

/// Whether a page needs an open notebook. The crisis card needs what lies under it, and opens at the door, too.
fn is_inside(page: &NotebookPage) -> bool {
    if let NotebookPage::Card { under, .. } = page {
        return is_inside(under);
    }
    !matches!(
        page,
        NotebookPage::Door | NotebookPage::Make(_) | NotebookPage::Pass { .. }
    )
}

impl Default for NotebookPages {
    fn default() -> Self {
        Self::new()
    }
}

pub(super) fn done(does: NotebookMove) -> (NotebookPages, Vec<NotebookRequest>) {
    match does {
        NotebookMove::To(page) | NotebookMove::Stay(page) => (NotebookPages::at(page), Vec::new()),
        NotebookMove::Do(request, page, says) => {
            let next = NotebookPages {
                says: says.map(SafeText::new),
                ..NotebookPages::at(page)
            };
            (next, vec![request])
        }
    }
}

fn ask_card(
    card: CrisisCard,
    under: &NotebookPage,
    intent: &Intent,
    shelf: &NotebookData<'_>,
) -> NotebookStep {
    let under = || Box::new(under.clone());
    Ok(match card.ask(shelf.own, intent)? {
        CardOutcome::Open(card) => {
            let page = NotebookPage::Card {
                card,
                under: under(),
            };
            (NotebookPages::at(page), Vec::new())
        }
        CardOutcome::Closed => (NotebookPages::at(*under()), Vec::new()),
        CardOutcome::Remember { card, who, region } => {
            let own = shelf.own.get(who);
            let request = own.map(|own| NotebookRequest::RememberPlace {
                name: own.name.clone(),
                region,
            });
            let page = NotebookPage::Card {
                card,
                under: under(),
            };
            (NotebookPages::at(page), request.into_iter().collect())
        }
    })
}
