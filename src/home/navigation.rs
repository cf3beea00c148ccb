//! The lobby as a value that is told things.

use crate::home::home_data::{
    DuePromises, HomeData, HomeRequest, PlannedSession, Planner, SoloCount,
};
use crate::home::page::{HomeMove, HomePage, SetupDraft, SetupPeople, SetupPlan, SetupTime};
use crate::home::typed_values;
use crate::home::view::{counts, proposed_first, view};
use crate::menu::page::{PageAnswer, PageIntent, offer, refused};
use crate::safety::crisis_card::{CardOutcome, CrisisCard};
use crate::session::intent::{Intent, Refused};
use crate::session::scene::{InputField, Scene, Verb};
use crate::session::setup::Length;
use crate::text::safe_text::SafeText;
use crate::text::words::words;
use crate::time::moment::Moment;

/// What is there before and between sessions.
pub struct HomePages {
    shelf: HomeData,
    planner: Box<dyn Planner>,
    page: HomePage,
    /// The first of the choices that are shown, where there are more than nine.
    from: usize,
    wish: PendingRequest,
}

/// What was asked for from outside, and is not asked again.
#[derive(Clone, Default)]
struct PendingRequest {
    /// The name of a script.
    script: Option<String>,
    length: Option<Length>,
}

impl PendingRequest {
    fn is_some(&self) -> bool {
        self.script.is_some() || self.length.is_some()
    }
}

impl std::fmt::Debug for HomePages {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Lobby").finish_non_exhaustive()
    }
}

impl HomePage {
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

impl HomePages {
    /// Home, or the first-run notice when nobody has read it yet.
    #[must_use]
    pub fn new(shelf: HomeData, planner: Box<dyn Planner>) -> Self {
        let page = if shelf.notice_seen {
            HomePage::Home
        } else {
            HomePage::Notice
        };
        Self {
            shelf,
            planner,
            page,
            from: 0,
            wish: PendingRequest::default(),
        }
    }

    /// A new day has begun; nothing that was typed is lost.
    pub(crate) fn day_turned(&mut self, due: Vec<DuePromises>, alone: Vec<SoloCount>) {
        (self.shelf.due, self.shelf.alone) = (due, alone);
    }

    /// What was asked, and what others have to do about it.
    ///
    /// # Errors
    /// One kind sentence; nothing has changed, and nothing typed before is lost.
    pub fn apply(&mut self, intent: Intent, now: Moment) -> Result<Vec<HomeRequest>, Refused> {
        let says = &words().pages;
        if let (HomePage::Card { card, .. }, false) = (&self.page, intent == Intent::Leave) {
            return self.ask_card(*card, &intent);
        }
        match PageIntent::of(intent)? {
            PageIntent::GoOn => self.go_on(now),
            PageIntent::Back => {
                let before = self.page.back().ok_or_else(|| refused(&says.first))?;
                self.turn_to(before);
                Ok(Vec::new())
            }
            PageIntent::Answer(n) => self.answer(n, now),
            PageIntent::Write(words) => self.write(&words, now),
            PageIntent::Rate(_) => Err(refused(&says.not_here)),
            PageIntent::Leave => Ok(vec![HomeRequest::Leave]),
            PageIntent::Card => {
                let under = self.page.clone();
                self.page = HomePage::card(&self.shelf, under);
                Ok(Vec::new())
            }
        }
    }

    fn ask_card(&mut self, card: CrisisCard, intent: &Intent) -> Result<Vec<HomeRequest>, Refused> {
        let after = card.ask(&self.shelf.own, intent)?;
        if let HomePage::Card { card, under } = &mut self.page {
            match after {
                CardOutcome::Open(other) => *card = other,
                CardOutcome::Closed => self.page = (**under).clone(),
                CardOutcome::Remember {
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

    fn turn_to(&mut self, page: HomePage) {
        self.page = page;
        self.from = 0;
    }

    /// Lays ready where the program's files are, and whether they are well.
    pub(crate) fn lay_files(&mut self, lines: Vec<SafeText>) {
        self.shelf.files = lines;
    }

    /// Where a session with this script and this length is set up: what was asked for from outside is not asked again.
    pub(crate) fn set_up(&mut self, script: Option<&str>, length: Option<Length>) {
        self.wish = PendingRequest {
            script: script.map(str::to_owned),
            length,
        };
        if self.page == HomePage::Home {
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
            [people] if script.is_some() && !known(people) => HomePage::Name {
                names: vec![String::new(); usize::from(people)],
                at: 0,
            },
            _ => HomePage::Who { script },
        };
        self.turn_to(page);
    }

    /// The script that was asked for from outside, where it is for as many people as sit at this page.
    fn wished_script(&self, page: &HomePage) -> Option<String> {
        let HomePage::Script { people } = page else {
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
    fn forward(&mut self, page: HomePage, now: Moment) {
        let page = match (&page, self.wished_script(&page)) {
            (HomePage::Script { people }, Some(script)) => HomePage::HowLong {
                draft: SetupDraft {
                    people: people.clone(),
                    script,
                },
            },
            (_, _) => page,
        };
        match (page, self.wish.length) {
            (HomePage::HowLong { draft }, Some(length)) => {
                let time = typed_values::of_length(length, now);
                self.plan_for(draft, time, now);
            }
            (page, _) => self.turn_to(page),
        }
    }

    fn go_on(&mut self, now: Moment) -> Result<Vec<HomeRequest>, Refused> {
        let view = view(&self.page, &self.shelf);
        if let Some(initial) = view.field.as_ref().and_then(InputField::initial) {
            return self.write(initial, now);
        }
        let pick = view.go_on(self.from).cloned();
        let pick = pick.ok_or_else(|| refused(&words().pages.no_such))?;
        Ok(self.take(pick.does, now))
    }

    fn answer(&mut self, n: usize, now: Moment) -> Result<Vec<HomeRequest>, Refused> {
        match view(&self.page, &self.shelf).chosen(self.from, n)? {
            PageAnswer::Does(does) => Ok(self.take(does, now)),
            PageAnswer::Turn(from) => {
                self.from = from;
                Ok(Vec::new())
            }
        }
    }

    fn take(&mut self, does: HomeMove, now: Moment) -> Vec<HomeRequest> {
        match does {
            HomeMove::To(page) => self.forward(page, now),
            HomeMove::Do(request, page) => {
                match &request {
                    HomeRequest::SawNotice => self.shelf.notice_seen = true,
                    HomeRequest::SetAside { id } => {
                        self.shelf.unfinished.retain(|one| one.id != *id)
                    }
                    HomeRequest::Begin(_)
                    | HomeRequest::Resume { .. }
                    | HomeRequest::Rehearse { .. }
                    | HomeRequest::Ground
                    | HomeRequest::Now
                    | HomeRequest::Files
                    | HomeRequest::Recall
                    | HomeRequest::Study
                    | HomeRequest::RememberPlace { .. }
                    | HomeRequest::Leave => {}
                }
                let begins = matches!(request, HomeRequest::SawNotice) && self.wish.is_some();
                if begins {
                    self.turn_to_wish();
                } else {
                    self.turn_to(page);
                }
                return vec![request];
            }
            HomeMove::Plan(plan) => self.plan(plan, now),
            HomeMove::Begin(plan) => {
                // Minutes may have gone since the plan was made, and a call ends when it ends.
                let setup = plan.setup();
                self.plan(plan, now);
                if let HomePage::Plan {
                    planned: PlannedSession::Fits { .. },
                    ..
                } = &self.page
                {
                    return vec![HomeRequest::Begin(setup)];
                }
            }
        }
        Vec::new()
    }

    fn plan(&mut self, plan: SetupPlan, now: Moment) {
        let planned = self.planner.plan(&plan.setup(), now);
        self.turn_to(HomePage::Plan { plan, planned });
    }

    fn write(&mut self, typed: &str, now: Moment) -> Result<Vec<HomeRequest>, Refused> {
        let says = &words().pages;
        match &self.page {
            HomePage::Name { names, at } => {
                let (mut names, at) = (names.clone(), *at);
                let name = typed_values::name(typed, names.get(..at).unwrap_or_default())?;
                if let Some(place) = names.get_mut(at) {
                    *place = name;
                }
                let next = if at + 1 < names.len() {
                    HomePage::Name { names, at: at + 1 }
                } else {
                    let people = SetupPeople {
                        names,
                        circle: None,
                    };
                    HomePage::Script { people }
                };
                self.forward(next, now);
            }
            HomePage::Minutes { draft } => {
                let (draft, time) = (
                    draft.clone(),
                    typed_values::minutes(typed).map_err(Refused)?,
                );
                self.plan_for(draft, time, now);
            }
            HomePage::Until { draft } => {
                let (draft, time) = (
                    draft.clone(),
                    typed_values::until(typed, now).map_err(Refused)?,
                );
                self.plan_for(draft, time, now);
            }
            HomePage::Notice
            | HomePage::NotFor
            | HomePage::Home
            | HomePage::Around
            | HomePage::Help { .. }
            | HomePage::Scripts
            | HomePage::Practise
            | HomePage::Files
            | HomePage::Card { .. }
            | HomePage::Resume
            | HomePage::SetAsideWhich
            | HomePage::SetAside { .. }
            | HomePage::Who { .. }
            | HomePage::Script { .. }
            | HomePage::ScriptFor { .. }
            | HomePage::HowLong { .. }
            | HomePage::Plan { .. } => return Err(refused(&says.nothing)),
        }
        Ok(Vec::new())
    }

    fn plan_for(&mut self, draft: SetupDraft, time: SetupTime, now: Moment) {
        let first = proposed_first(&draft.people, &self.shelf);
        let wording = None;
        let plan = SetupPlan {
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
        if let HomePage::Card { card, .. } = &self.page {
            let mut scene = card.scene(&self.shelf.own, now.day());
            scene
                .offers
                .push(offer(Verb::Leave, &words().pages.leave, Intent::Leave));
            return scene;
        }
        view(&self.page, &self.shelf).scene(self.from, self.page.back().is_some())
    }
}
