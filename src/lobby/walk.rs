//! The lobby as a value that is told things.

use crate::care::card::{After, Card};
use crate::lobby::entry;
use crate::lobby::page::{Draft, Move, Page, People, Plan, Time};
use crate::lobby::shelf::{Alone, Due, Planned, Planner, Request, Shelf};
use crate::lobby::view::{counts, proposed_first, view};
use crate::pages::{Asked, Chosen, offer, refused};
use crate::session::begin::Length;
use crate::session::intent::{Intent, Refused};
use crate::session::scene::{Field, Scene, Verb};
use crate::session::time::Moment;
use crate::shown::Shown;
use crate::words::words;

/// What is there before and between sessions.
pub struct Lobby {
    shelf: Shelf,
    planner: Box<dyn Planner>,
    page: Page,
    /// The first of the choices that are shown, where there are more than nine.
    from: usize,
    wish: Wish,
}

/// What was asked for from outside, and is not asked again.
#[derive(Clone, Default)]
struct Wish {
    /// The name of a script.
    script: Option<String>,
    length: Option<Length>,
}

impl Wish {
    fn is_some(&self) -> bool {
        self.script.is_some() || self.length.is_some()
    }
}

impl std::fmt::Debug for Lobby {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Lobby").finish_non_exhaustive()
    }
}

impl Page {
    /// The page before this one.
    fn back(&self) -> Option<Self> {
        Some(match self {
            Self::Notice | Self::Home => return None,
            Self::NotFor => Self::Notice,
            Self::Help { leaf } if *leaf > 0 => Self::Help { leaf: leaf - 1 },
            Self::Help { .. } | Self::Scripts | Self::Practise | Self::Files => Self::Around,
            Self::Around | Self::Resume | Self::Who { .. } => Self::Home,
            Self::Card { under, .. } => (**under).clone(),
            Self::SetAsideWhich | Self::SetAside { .. } => Self::Resume,
            Self::Name { at: 0, .. } => Self::Who { script: None },
            Self::Name { names, at } => Self::Name {
                names: names.clone(),
                at: at - 1,
            },
            Self::Script { people } => people.before_script(),
            Self::ScriptFor { people, .. } => Self::Script {
                people: people.clone(),
            },
            Self::HowLong { draft } => Self::Script {
                people: draft.people.clone(),
            },
            Self::Minutes { draft } | Self::Until { draft } => Self::HowLong {
                draft: draft.clone(),
            },
            Self::Plan { plan, .. } => Self::HowLong {
                draft: plan.draft.clone(),
            },
        })
    }
}

impl Lobby {
    /// Home, or the first-run notice when nobody has read it yet.
    #[must_use]
    pub fn new(shelf: Shelf, planner: Box<dyn Planner>) -> Self {
        let page = if shelf.notice_seen {
            Page::Home
        } else {
            Page::Notice
        };
        Self {
            shelf,
            planner,
            page,
            from: 0,
            wish: Wish::default(),
        }
    }

    /// A new day has begun; nothing that was typed is lost.
    pub fn day_turned(&mut self, due: Vec<Due>, alone: Vec<Alone>) {
        (self.shelf.due, self.shelf.alone) = (due, alone);
    }

    /// What was asked, and what others have to do about it.
    ///
    /// # Errors
    /// One kind sentence; nothing has changed, and nothing typed before is lost.
    pub fn apply(&mut self, intent: Intent, now: Moment) -> Result<Vec<Request>, Refused> {
        let says = &words().pages;
        if let (Page::Card { card, .. }, false) = (&self.page, intent == Intent::Leave) {
            return self.ask_card(*card, &intent);
        }
        match Asked::of(intent)? {
            Asked::GoOn => self.go_on(now),
            Asked::Back => {
                let before = self.page.back().ok_or_else(|| refused(&says.first))?;
                self.turn_to(before);
                Ok(Vec::new())
            }
            Asked::Answer(n) => self.answer(n, now),
            Asked::Write(words) => self.write(&words, now),
            Asked::Rate(_) => Err(refused(&says.not_here)),
            Asked::Leave => Ok(vec![Request::Leave]),
            Asked::Card => {
                let under = self.page.clone();
                self.page = Page::card(&self.shelf, under);
                Ok(Vec::new())
            }
        }
    }

    fn ask_card(&mut self, card: Card, intent: &Intent) -> Result<Vec<Request>, Refused> {
        let after = card.ask(&self.shelf.own, intent)?;
        if let Page::Card { card, under } = &mut self.page {
            match after {
                After::Open(other) => *card = other,
                After::Closed => self.page = (**under).clone(),
                After::Remember {
                    card: other,
                    who,
                    region,
                } => {
                    *card = other;
                    return Ok(self.shelf.remember_place(who, region));
                }
            }
        }
        Ok(Vec::new())
    }

    fn turn_to(&mut self, page: Page) {
        self.page = page;
        self.from = 0;
    }

    /// Lays ready where the program's files are, and whether they are well.
    pub fn lay_files(&mut self, lines: Vec<Shown>) {
        self.shelf.files = lines;
    }

    /// Where a session with this script and this length is set up: what was asked for from outside is not asked again.
    pub fn set_up(&mut self, script: Option<&str>, length: Option<Length>) {
        self.wish = Wish {
            script: script.map(str::to_owned),
            length,
        };
        if self.page == Page::Home {
            self.turn_to_wish();
        }
    }

    /// To who is here; or to their names, when the script that was asked for is for so many and nobody is known.
    fn turn_to_wish(&mut self) {
        let script = self.wish.script.clone();
        let counts = counts(&self.shelf, script.as_deref());
        let known = |n: u8| {
            let mut circles = self.shelf.circles.iter();
            circles.any(|circle| circle.names.len() == usize::from(n))
        };
        let page = match counts[..] {
            [people] if script.is_some() && !known(people) => Page::Name {
                names: vec![String::new(); usize::from(people)],
                at: 0,
            },
            _ => Page::Who { script },
        };
        self.turn_to(page);
    }

    /// The script that was asked for from outside, where it is for as many people as sit at this page.
    fn wished_script(&self, page: &Page) -> Option<String> {
        let Page::Script { people } = page else {
            return None;
        };
        let wished = self.wish.script.as_ref()?;
        let fits = self
            .shelf
            .scripts
            .iter()
            .any(|script| script.name == *wished && script.takes(people.names.len()));
        fits.then(|| wished.clone())
    }

    /// Forward to a page, past those whose question was answered from outside.
    fn forward(&mut self, page: Page, now: Moment) {
        let page = match (&page, self.wished_script(&page)) {
            (Page::Script { people }, Some(script)) => Page::HowLong {
                draft: Draft {
                    people: people.clone(),
                    script,
                },
            },
            (_, _) => page,
        };
        match (page, self.wish.length) {
            (Page::HowLong { draft }, Some(length)) => {
                let time = entry::of_length(length, now);
                self.plan_for(draft, time, now);
            }
            (page, _) => self.turn_to(page),
        }
    }

    fn go_on(&mut self, now: Moment) -> Result<Vec<Request>, Refused> {
        let view = view(&self.page, &self.shelf);
        if let Some(initial) = view.field.as_ref().and_then(Field::initial) {
            return self.write(initial, now);
        }
        let pick = view.go_on(self.from).cloned();
        let pick = pick.ok_or_else(|| refused(&words().pages.no_such))?;
        Ok(self.take(pick.does, now))
    }

    fn answer(&mut self, n: usize, now: Moment) -> Result<Vec<Request>, Refused> {
        match view(&self.page, &self.shelf).chosen(self.from, n)? {
            Chosen::Does(does) => Ok(self.take(does, now)),
            Chosen::Turn(from) => {
                self.from = from;
                Ok(Vec::new())
            }
        }
    }

    fn take(&mut self, does: Move, now: Moment) -> Vec<Request> {
        match does {
            Move::To(page) => self.forward(page, now),
            Move::Do(request, page) => {
                match &request {
                    Request::SawNotice => self.shelf.notice_seen = true,
                    Request::SetAside { id } => self.shelf.unfinished.retain(|one| one.id != *id),
                    Request::Begin(_)
                    | Request::Resume { .. }
                    | Request::Rehearse { .. }
                    | Request::Ground
                    | Request::Now
                    | Request::Files
                    | Request::Recall
                    | Request::Study
                    | Request::RememberPlace { .. }
                    | Request::Leave => {}
                }
                let begins = matches!(request, Request::SawNotice) && self.wish.is_some();
                if begins {
                    self.turn_to_wish();
                } else {
                    self.turn_to(page);
                }
                return vec![request];
            }
            Move::Plan(plan) => self.plan(plan, now),
            Move::Begin(plan) => {
                // Minutes may have gone since the plan was made, and a call ends when it ends.
                let setup = plan.setup();
                self.plan(plan, now);
                if let Page::Plan {
                    planned: Planned::Fits { .. },
                    ..
                } = &self.page
                {
                    return vec![Request::Begin(setup)];
                }
            }
        }
        Vec::new()
    }

    fn plan(&mut self, plan: Plan, now: Moment) {
        let planned = self.planner.plan(&plan.setup(), now);
        self.turn_to(Page::Plan { plan, planned });
    }

    fn write(&mut self, typed: &str, now: Moment) -> Result<Vec<Request>, Refused> {
        let says = &words().pages;
        match &self.page {
            Page::Name { names, at } => {
                let (mut names, at) = (names.clone(), *at);
                let name = entry::name(typed, names.get(..at).unwrap_or_default())?;
                if let Some(place) = names.get_mut(at) {
                    *place = name;
                }
                let next = if at + 1 < names.len() {
                    Page::Name { names, at: at + 1 }
                } else {
                    let people = People {
                        names,
                        circle: None,
                    };
                    Page::Script { people }
                };
                self.forward(next, now);
            }
            Page::Minutes { draft } => {
                let (draft, time) = (draft.clone(), entry::minutes(typed).map_err(Refused)?);
                self.plan_for(draft, time, now);
            }
            Page::Until { draft } => {
                let (draft, time) = (draft.clone(), entry::until(typed, now).map_err(Refused)?);
                self.plan_for(draft, time, now);
            }
            Page::Notice
            | Page::NotFor
            | Page::Home
            | Page::Around
            | Page::Help { .. }
            | Page::Scripts
            | Page::Practise
            | Page::Files
            | Page::Card { .. }
            | Page::Resume
            | Page::SetAsideWhich
            | Page::SetAside { .. }
            | Page::Who { .. }
            | Page::Script { .. }
            | Page::ScriptFor { .. }
            | Page::HowLong { .. }
            | Page::Plan { .. } => return Err(refused(&says.nothing)),
        }
        Ok(Vec::new())
    }

    fn plan_for(&mut self, draft: Draft, time: Time, now: Moment) {
        let first = proposed_first(&draft.people, &self.shelf);
        let wording = None;
        let plan = Plan {
            draft,
            time,
            first,
            wording,
        };
        self.plan(plan, now);
    }

    /// What may be seen and asked now.
    #[must_use]
    pub fn scene(&self, now: Moment) -> Scene {
        if let Page::Card { card, .. } = &self.page {
            let mut scene = card.scene(&self.shelf.own, now.day());
            scene
                .offers
                .push(offer(Verb::Leave, &words().pages.leave, Intent::Leave));
            return scene;
        }
        view(&self.page, &self.shelf).scene(self.from, self.page.back().is_some())
    }
}
