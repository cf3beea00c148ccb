//! The pages as a value that is told things.

use crate::care::card::{After, Card};
use crate::notebook::Id;
use crate::pages::{Asked, Chosen, offer, refused};
use crate::session::intent::{Intent, Refused};
use crate::session::scene::{Field, Scene, Verb};
use crate::shown::Shown;
use crate::study::entries::{at, check_in};
use crate::study::page::{Make, Move, Page, Rekey};
use crate::study::view::{mark, view};
use crate::study::{Request, Shelf};
use crate::words::words;

/// The most letters of a hint.
pub(super) const MOST_CUE: usize = 30;

/// One person's pages.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Study {
    pub(super) page: Page,
    /// The first of the choices that are shown, where there are more than nine.
    from: usize,
    /// What is said beside the page until the next one.
    says: Option<Shown>,
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
    fn after(self, request: &Request) -> Option<Page> {
        let makes = matches!(request, Request::Make { .. });
        let plain = matches!(request, Request::Open { secret: None, .. });
        let opens = matches!(request, Request::Open { .. });
        (makes || opens).then(|| match self {
            // The words that open it were chosen a moment ago.
            Self::Rekey if makes => Page::Desk,
            // What has no words gets its first ones.
            Self::Rekey if plain => Page::Rekey(Rekey::Seal),
            Self::Desk
            | Self::Notes
            | Self::Write
            | Self::Parts
            | Self::Promises
            | Self::Out
            | Self::Rekey => self.page(),
        })
    }

    fn page(self) -> Page {
        match self {
            Self::Desk => Page::Desk,
            Self::Notes => Page::Notes { part: None },
            Self::Write => Page::empty(None),
            Self::Parts => Page::Parts,
            Self::Promises => Page::Promises,
            Self::Out => Page::Out,
            Self::Rekey => Page::Rekey(Rekey::Old),
        }
    }
}

pub(super) type Next = Result<(Study, Vec<Request>), Refused>;

impl Study {
    /// The door.
    #[must_use]
    pub fn new() -> Self {
        Self::at(Page::Door)
    }

    /// The door, with a sentence about what has just happened.
    #[must_use]
    pub fn saying(says: &str) -> Self {
        Self::new().and_says(says)
    }

    /// The same, with this said beside it.
    #[must_use]
    pub fn and_says(self, says: &str) -> Self {
        Self {
            says: Some(Shown::new(says)),
            ..self
        }
    }

    pub(super) fn at(page: Page) -> Self {
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
    pub fn begun() -> Self {
        Self::at(Page::Begun)
    }

    /// Whether somebody writes a page now: then, the part that it is about.
    #[must_use]
    pub fn writes(&self) -> Option<Option<&Id>> {
        if let Page::Write { part, .. } = &self.page {
            Some(part.as_ref())
        } else {
            None
        }
    }

    /// Whether these pages need an open notebook.
    #[must_use]
    pub fn is_inside(&self) -> bool {
        is_inside(&self.page)
    }

    /// What is said before this is asked, where the answer takes longer than a moment: a passphrase is slow to try.
    #[must_use]
    pub fn takes_a_while(&self, intent: &Intent) -> Option<Shown> {
        if !matches!(intent, Intent::Write { .. }) {
            return None;
        }
        let w = &words().study.pass;
        let makes = matches!(
            &self.page,
            Page::Make(Make::Again { .. })
                | Page::Rekey(Rekey::Again { .. } | Rekey::SealAgain { .. })
        );
        if makes {
            Some(Shown::new(&w.making))
        } else {
            let opens = matches!(&self.page, Page::Pass { .. }).then_some(&w.opening);
            let tries = matches!(&self.page, Page::Rekey(Rekey::Old)).then_some(&w.trying);
            opens.or(tries).map(|says| Shown::new(says))
        }
    }

    /// What was asked: where we are then, and what others have to do about it first.
    ///
    /// # Errors
    /// One kind sentence; nothing has changed.
    pub fn asked(&self, intent: Intent, shelf: &Shelf<'_>) -> Next {
        let (mut next, requests) = self.answer(intent, shelf)?;
        let goes = |request: &Request| self.goal.after(request);
        match requests.iter().find_map(goes) {
            Some(page) => next.page = page,
            None => next.goal = self.goal,
        }
        let begun = shelf.open.is_some_and(|open| open.begun.is_some());
        let from_card = matches!(self.page, Page::Card { .. });
        if begun && !from_card && next.page.is_empty_page() {
            next.page = Page::Begun;
        }
        Ok((next, requests))
    }

    fn answer(&self, intent: Intent, shelf: &Shelf<'_>) -> Next {
        if let (Page::Card { card, under }, false) = (&self.page, intent == Intent::Leave) {
            return ask_card(*card, under, &intent, shelf);
        }
        match Asked::of(intent)? {
            Asked::GoOn => self.go_on(shelf),
            Asked::Back => Ok(match self.page.back() {
                Some(before) => (Self::at(before), Vec::new()),
                None => done(self.way_out()),
            }),
            Asked::Answer(n) => match view(&self.page, self.from, shelf).chosen(self.from, n)? {
                Chosen::Does(Move::Stay(page)) => Ok((
                    Self {
                        from: self.from,
                        ..Self::at(page)
                    },
                    Vec::new(),
                )),
                Chosen::Does(does) => Ok(done(does)),
                Chosen::Turn(from) => Ok((
                    Self {
                        from,
                        ..self.clone()
                    },
                    Vec::new(),
                )),
            },
            Asked::Write(words) => self.write(words, shelf),
            Asked::Rate(value) => self.rate(value, shelf),
            Asked::Leave => Ok((self.clone(), vec![Request::Leave])),
            Asked::Card => {
                let page = Page::Card {
                    card: Card::open(shelf.own),
                    under: Box::new(self.page.clone()),
                };
                Ok((Self::at(page), Vec::new()))
            }
        }
    }

    /// Where back leads from the first page of an open notebook, and from the door.
    fn way_out(&self) -> Move {
        if self.is_inside() {
            Move::Do(Request::Lock, Page::Door, None)
        } else {
            Move::Do(Request::Home, Page::Door, None)
        }
    }

    fn go_on(&self, shelf: &Shelf<'_>) -> Next {
        let view = view(&self.page, self.from, shelf);
        // What goes on without a word (a field that may stay empty) says so with a pick of its own.
        if let (Some(field), None) = (&view.field, &view.on) {
            return match field {
                Field::Line { initial, .. } | Field::Page { initial, .. } => {
                    self.write(initial.as_str().into(), shelf)
                }
                Field::Rating => Err(refused(&words().pages.nothing)),
            };
        }
        if matches!(&self.page, Page::Choose { chosen } if chosen.is_empty()) {
            return Err(refused(&words().study.out.nothing));
        }
        let pick = view.go_on(self.from).cloned();
        let pick = pick.ok_or_else(|| refused(&words().pages.no_such))?;
        Ok(done(pick.does))
    }

    fn rate(&self, value: u8, shelf: &Shelf<'_>) -> Next {
        let given = (value <= 10).then_some(value);
        let does = if let Page::Stirred { lines } = &self.page {
            let (lines, stirred) = (lines.clone(), given);
            Move::To(Page::Carry { lines, stirred })
        } else if let Page::Carry { lines, stirred } = &self.page {
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
    pub fn scene(&self, shelf: &Shelf<'_>) -> Scene {
        if let Page::Card { card, .. } = &self.page {
            let mut scene = card.scene(shelf.own, shelf.today());
            let leave = &words().pages.leave;
            scene.offers.push(offer(Verb::Leave, leave, Intent::Leave));
            return scene;
        }
        let mut scene = view(&self.page, self.from, shelf).scene(self.from, true);
        if let Page::Choose { chosen } = &self.page {
            mark(&mut scene, &self.page, self.from, chosen, shelf);
        }
        scene.notice.clone_from(&self.says);
        scene
    }
}

/// Whether a page needs an open notebook. The crisis card needs what lies under it, and opens at the door, too.
fn is_inside(page: &Page) -> bool {
    if let Page::Card { under, .. } = page {
        return is_inside(under);
    }
    !matches!(page, Page::Door | Page::Make(_) | Page::Pass { .. })
}

impl Default for Study {
    fn default() -> Self {
        Self::new()
    }
}

pub(super) fn done(does: Move) -> (Study, Vec<Request>) {
    match does {
        Move::To(page) | Move::Stay(page) => (Study::at(page), Vec::new()),
        Move::Do(request, page, says) => {
            let next = Study {
                says: says.map(Shown::new),
                ..Study::at(page)
            };
            (next, vec![request])
        }
    }
}

fn ask_card(card: Card, under: &Page, intent: &Intent, shelf: &Shelf<'_>) -> Next {
    let under = || Box::new(under.clone());
    Ok(match card.ask(shelf.own, intent)? {
        After::Open(card) => {
            let page = Page::Card {
                card,
                under: under(),
            };
            (Study::at(page), Vec::new())
        }
        After::Closed => (Study::at(*under()), Vec::new()),
        After::Remember { card, who, region } => {
            let own = shelf.own.get(who);
            let request = own.map(|own| Request::RememberPlace {
                name: own.name.clone(),
                region,
            });
            let page = Page::Card {
                card,
                under: under(),
            };
            (Study::at(page), request.into_iter().collect())
        }
    })
}
