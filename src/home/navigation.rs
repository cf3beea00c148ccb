//! The pages as a value that is told things.

use crate::home::home_data::{
    HomeData, HomeRequest, OfferedScript, PUBLIC_RELAY, PlannedSession, Planner, Screens, Setup,
};
use crate::home::page::{HomeMove, HomePage, SetupDraft, SetupPeople, SetupPlan, SetupTime};
use crate::home::typed_values;
use crate::home::view::{
    HomeView, after_names, counts, proposed_first, usual_plan, usual_screens, usual_words, view,
};
use crate::menu::history::History;
use crate::menu::page::{PageAnswer, PageIntent, refused};
use crate::script::shipped_heads;
use crate::session::intent::{PrivateText, Refused};
use crate::session::scene::{InputField, Scene};
use crate::session::setup::Length;
use crate::text::safe_text::SafeText;
use crate::text::words::words;
use crate::time::moment::Moment;

/// What is there before and between sessions.
pub struct HomePages {
    data: HomeData,
    planner: Box<dyn Planner>,
    history: History<HomePage>,
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
        f.debug_struct("HomePages").finish_non_exhaustive()
    }
}

/// Nobody asks for a plan on a page that is only looked at.
struct NoPlans;

impl Planner for NoPlans {
    fn plan(&self, _: &Setup, _: Moment) -> PlannedSession {
        PlannedSession::TooShort {
            shortest_minutes: 0,
            fits: None,
        }
    }
}

/// What a plan begins: a session here, or one that others join.
fn begins(plan: &SetupPlan) -> HomeRequest {
    match &plan.screens {
        Screens::Own { relay } if plan.draft.people.names.len() > 1 => {
            HomeRequest::Host(plan.setup(), relay.clone())
        }
        Screens::Own { .. } | Screens::Shared => HomeRequest::Begin(plan.setup()),
    }
}

impl HomePages {
    /// Home, or the first-run notice when nobody has read it yet.
    #[must_use]
    pub(crate) fn new(data: HomeData, planner: Box<dyn Planner>) -> Self {
        let page = if data.notice_seen {
            HomePage::Home
        } else {
            HomePage::Notice
        };
        Self {
            data,
            planner,
            history: History::new(page),
            wish: PendingRequest::default(),
        }
    }

    /// Home with the shipped scripts and nothing kept, to be looked at: no session is planned from there.
    #[must_use]
    pub fn to_look_at() -> Self {
        let data = HomeData {
            notice_seen: true,
            scripts: shipped_heads().iter().map(OfferedScript::of).collect(),
            ..HomeData::default()
        };
        Self::new(data, Box::new(NoPlans))
    }

    /// A new day has begun; nothing that was typed is lost.
    pub(crate) fn day_turned(&mut self, today: HomeData) {
        (self.data.due, self.data.alone) = (today.due, today.alone);
        (self.data.next, self.data.look_in) = (today.next, today.look_in);
    }

    /// Whether the question how it is today stands there.
    #[must_use]
    pub(crate) fn looks_in(&self) -> bool {
        self.data.look_in && *self.history.page() == HomePage::Home
    }

    /// What was asked, and what others have to do about it.
    ///
    /// # Errors
    /// One kind sentence; nothing has changed, and nothing typed before is lost.
    pub(crate) fn apply(
        &mut self,
        intent: PageIntent,
        now: Moment,
    ) -> Result<Vec<HomeRequest>, Refused> {
        let looks_in = self.looks_in();
        let mut requests = self.follow(intent, now)?;
        if looks_in && !requests.contains(&HomeRequest::LookedIn) {
            // Whatever was chosen instead lets it go.
            self.data.look_in = false;
            requests.insert(0, HomeRequest::LookedIn);
        }
        Ok(requests)
    }

    fn follow(&mut self, intent: PageIntent, now: Moment) -> Result<Vec<HomeRequest>, Refused> {
        let says = &words().pages;
        match intent {
            PageIntent::GoOn => self.go_on(now),
            PageIntent::Back => {
                let was = self.go_back();
                was.then(Vec::new).ok_or_else(|| refused(says.first))
            }
            PageIntent::Answer(n) => self.answer(n, now),
            PageIntent::Write(words) => self.write(words, now),
            PageIntent::Rate(_) => Err(refused(says.not_here)),
        }
    }

    /// To the page before; says whether there was one.
    fn go_back(&mut self) -> bool {
        let names = self.history.page().typed_names();
        let was = self.history.back();
        // Whatever was typed after this name stands there again, too.
        if let (Some(names), HomePage::Name { at, .. }) = (names, self.history.page()) {
            let at = *at;
            self.history.replace(HomePage::Name { names, at });
        }
        was
    }

    /// Something to say on the first page.
    pub(crate) fn say(&mut self, says: SafeText) {
        self.data.notices.push(says);
    }

    /// From now on words are for the ear and the hand, or the usual ones.
    pub(crate) fn use_words(&mut self, by_ear: bool) {
        self.data.by_ear = by_ear;
    }

    /// Lays ready where the program's files are, and whether they are well.
    pub(crate) fn lay_files(&mut self, lines: Vec<SafeText>) {
        self.data.files = lines;
    }

    /// Where a session with this script and this length is set up: what was asked for from outside is not asked again.
    pub(crate) fn set_up(&mut self, script: Option<&str>, length: Option<Length>) {
        self.wish = PendingRequest {
            script: script.map(str::to_owned),
            length,
        };
        if *self.history.page() == HomePage::Home {
            self.turn_to_wish();
        }
    }

    /// Everybody is to sit at a screen of their own.
    pub(crate) fn sit_apart(&mut self, relay: Option<String>) {
        self.data.screens = Some(Screens::Own { relay });
    }

    /// Where a ticket is asked for; again, where what was pasted is none.
    pub(crate) fn ask_ticket(&mut self, torn: bool) {
        let begun = PrivateText::from("");
        self.history.go_to(HomePage::Ticket { torn, begun });
    }

    /// Whoever is here is alone at this screen, and comes with a ticket.
    pub(crate) fn is_one_here(&mut self) {
        self.data.one_here = true;
    }

    /// To who is here, over the page where everybody can be chosen; or to their names, when the script that was asked for is for so many and nobody is known.
    fn turn_to_wish(&mut self) {
        let script = self.wish.script.clone();
        let counts = counts(&self.data, script.as_deref());
        let known = |n: u8| {
            let mut circles = self.data.circles.iter();
            circles.any(|circle| circle.names.len() == usize::from(n))
        };
        let page = match counts[..] {
            [people] if script.is_some() && !known(people) => HomePage::Name {
                names: vec![String::new(); usize::from(people)],
                at: 0,
            },
            _ => HomePage::Who { script },
        };
        self.history.go_to(HomePage::Who { script: None });
        self.history.go_to(page);
    }

    /// The plan of the script that was asked for from outside, where it is for as many people as sit at this page.
    fn wished_plan(&self, page: &HomePage) -> Option<SetupPlan> {
        let HomePage::Script { people } = page else {
            return None;
        };
        let wished = self.wish.script.as_ref()?;
        let mut scripts = self.data.scripts.iter();
        let script = scripts.find(|script| script.name == *wished)?;
        let fits = script.takes(people.names.len());
        fits.then(|| usual_plan(people, script, &self.data))
    }

    /// Forward to a page, past those whose question was answered from outside: they lie on the way back.
    fn forward(&mut self, page: HomePage, now: Moment) {
        let wished = self.wished_plan(&page);
        if let HomePage::Minutes { draft } = &page {
            self.data.least_minutes = self.least_minutes(draft.clone(), now);
        }
        self.history.go_to(page);
        if let Some(plan) = wished {
            self.plan(plan, now);
        }
    }

    fn go_on(&mut self, now: Moment) -> Result<Vec<HomeRequest>, Refused> {
        let view = self.view();
        if let Some(initial) = view.field.as_ref().and_then(InputField::initial) {
            return self.write(initial.into(), now);
        }
        let pick = view.go_on(self.history.from()).cloned();
        let pick = pick.ok_or_else(|| refused(words().pages.no_such))?;
        Ok(self.take(pick.does, now))
    }

    fn answer(&mut self, n: usize, now: Moment) -> Result<Vec<HomeRequest>, Refused> {
        match self.view().chosen(self.history.from(), n)? {
            PageAnswer::Does(does) => Ok(self.take(does, now)),
            PageAnswer::Turn(from) => {
                self.history.turn(from);
                Ok(Vec::new())
            }
        }
    }

    fn take(&mut self, does: HomeMove, now: Moment) -> Vec<HomeRequest> {
        match does {
            // Whoever wants something else than what was asked for from outside is not led back to it.
            HomeMove::To(page) if matches!(self.history.page(), HomePage::Plan { .. }) => {
                self.wish = PendingRequest::default();
                self.history.go_to(page);
            }
            HomeMove::To(page) => self.forward(page, now),
            HomeMove::Do(request, page) => {
                match &request {
                    HomeRequest::SawNotice { by_all } => {
                        self.data.notice_seen = true;
                        self.data.just_read = *by_all;
                        if !by_all {
                            self.say(SafeText::new(words().home.not_for_later));
                        }
                    }
                    HomeRequest::ByEar(by_ear) => {
                        self.data.by_ear = *by_ear;
                        return vec![request];
                    }
                    HomeRequest::LookedIn => {
                        self.data.look_in = false;
                        self.say(SafeText::new(words().home.look_in_thanks));
                    }
                    HomeRequest::SetAside { id } => {
                        self.data.unfinished.retain(|one| one.id != *id)
                    }
                    HomeRequest::Begin(_)
                    | HomeRequest::Host(..)
                    | HomeRequest::Join(_)
                    | HomeRequest::Resume { .. }
                    | HomeRequest::Rehearse { .. }
                    | HomeRequest::Grounding
                    | HomeRequest::Now
                    | HomeRequest::Files
                    | HomeRequest::Records
                    | HomeRequest::Notebook
                    | HomeRequest::Card => {}
                }
                if request == HomeRequest::LookedIn {
                    return vec![request];
                }
                if matches!(request, HomeRequest::SawNotice { .. }) {
                    // Home is the first page from now on.
                    self.history = History::new(page);
                    if self.wish.is_some() {
                        self.turn_to_wish();
                    }
                } else {
                    self.history.go_to(page);
                }
                return vec![request];
            }
            HomeMove::Plan(plan) => self.plan(plan, now),
            HomeMove::Screens(plan) => self.sit_at(plan, now),
            HomeMove::AskRelay(plan) => self.history.replace(HomePage::Relay { plan }),
            HomeMove::Begin(plan) if self.is_relay_unread(&plan.screens) => {
                self.history.replace(HomePage::Relay { plan });
            }
            HomeMove::Begin(plan) => {
                // Minutes may have gone since the plan was made, and a call ends when it ends.
                let begins = begins(&plan);
                self.plan(plan, now);
                if let HomePage::Plan {
                    planned: PlannedSession::Fits { .. },
                    ..
                } = self.history.page()
                {
                    return vec![begins];
                }
            }
        }
        Vec::new()
    }

    /// They sit at as many screens as this plan says.
    fn sit_at(&mut self, plan: SetupPlan, now: Moment) {
        self.data.screens = Some(plan.screens.clone());
        self.data.relay_read |= matches!(self.history.page(), HomePage::Relay { .. });
        self.plan(plan, now);
    }

    /// Nobody uses a public relay who was not told what it sees.
    fn is_relay_unread(&self, screens: &Screens) -> bool {
        let relay = Some(PUBLIC_RELAY.to_owned());
        !self.data.relay_read && *screens == Screens::Own { relay }
    }

    fn plan(&mut self, mut plan: SetupPlan, now: Moment) {
        let first = !matches!(
            self.history.page(),
            HomePage::Plan { .. } | HomePage::Relay { .. } | HomePage::HowLong { .. }
        );
        if let (true, Some(length)) = (first, self.wish.length) {
            plan.time = typed_values::of_length(length, now);
        }
        let planned = self.planner.plan(&plan.setup(), now);
        let page = HomePage::Plan { plan, planned };
        // Whatever is changed about a plan, it is the same page.
        if let HomePage::Plan { .. } | HomePage::Relay { .. } = self.history.page() {
            self.history.replace(page);
        } else {
            self.history.go_to(page);
        }
    }

    fn write(&mut self, typed: PrivateText, now: Moment) -> Result<Vec<HomeRequest>, Refused> {
        let says = &words().pages;
        match self.history.page() {
            HomePage::Name { names, at } => {
                let (mut names, at) = (names.clone(), *at);
                let name = typed_values::name(&typed, names.get(..at).unwrap_or_default())?;
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
                    after_names(people, &self.data)
                };
                self.history.keep_typed(typed);
                self.forward(next, now);
            }
            HomePage::Minutes { draft } => {
                let (draft, time) = (
                    draft.clone(),
                    typed_values::minutes(&typed).map_err(Refused)?,
                );
                self.history.keep_typed(typed);
                self.plan_for(draft, time, now);
            }
            HomePage::Until { draft } => {
                let (draft, time) = (
                    draft.clone(),
                    typed_values::until(&typed, now).map_err(Refused)?,
                );
                self.history.keep_typed(typed);
                self.plan_for(draft, time, now);
            }
            // It is used once, and kept nowhere.
            HomePage::Ticket { begun, .. } => {
                let whole = typed_values::ticket(begun, &typed);
                if !typed_values::is_first_of_ticket(&whole) {
                    return Ok(vec![HomeRequest::Join(whole)]);
                }
                let (torn, begun) = (false, whole);
                self.history.replace(HomePage::Ticket { torn, begun });
            }
            HomePage::Notice
            | HomePage::NoticeRest
            | HomePage::NotFor
            | HomePage::NotForInFull
            | HomePage::Home
            | HomePage::Unsettled
            | HomePage::Around
            | HomePage::Help { .. }
            | HomePage::Scripts
            | HomePage::Practise
            | HomePage::Files
            | HomePage::Resume
            | HomePage::SetAsideWhich
            | HomePage::SetAside { .. }
            | HomePage::Relay { .. }
            | HomePage::Who { .. }
            | HomePage::ReadByEach { .. }
            | HomePage::Script { .. }
            | HomePage::ScriptFor { .. }
            | HomePage::HowLong { .. }
            | HomePage::Plan { .. } => return Err(refused(says.nothing)),
        }
        Ok(Vec::new())
    }

    /// The fewest minutes that this session takes.
    fn least_minutes(&self, draft: SetupDraft, now: Moment) -> u16 {
        let least = *typed_values::MINUTES.start();
        let plan = self.plan_of(draft, typed_values::of_minutes(least));
        match self.planner.plan(&plan.setup(), now) {
            PlannedSession::TooShort {
                shortest_minutes, ..
            } => shortest_minutes,
            PlannedSession::Fits { .. } => least,
        }
    }

    fn plan_for(&mut self, draft: SetupDraft, time: SetupTime, now: Moment) {
        self.plan(self.plan_of(draft, time), now);
    }

    fn plan_of(&self, draft: SetupDraft, time: SetupTime) -> SetupPlan {
        let first = proposed_first(&draft.people, &self.data);
        let script = self
            .data
            .scripts
            .iter()
            .find(|script| script.name == draft.script);
        let wording = script.and_then(|script| usual_words(&draft.people, script, &self.data));
        let screens = usual_screens(&draft.people, &self.data);
        SetupPlan {
            draft,
            time,
            first,
            wording,
            screens,
        }
    }

    /// What may be seen and asked now.
    #[must_use]
    pub fn scene(&self) -> Scene {
        let back = self.history.before().is_some();
        self.view().scene(self.history.from(), back)
    }

    /// The page as it is seen: with what was typed on it before.
    fn view(&self) -> HomeView {
        view(self.history.page(), &self.data).with_typed(self.history.typed())
    }
}
