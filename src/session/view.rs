//! The scene: what may be seen and asked now, built from the state and nothing else.

pub(super) mod clock;
pub(super) mod consequences;
pub(super) mod notice;
pub(super) mod states;
pub(super) mod turn_setup;
use super::consents::Consents;
use super::intent::Intent;
use super::plan::ActKind;
use super::roles::LIST_MARK;
use super::roles::Named;
use super::scene::{
    InputField, ListItem, PersonSeat, QuestionBeneath, Scene, SceneChoice, SceneMood, SegmentState,
    Verb, WaySegment, WitnessLine,
};
use super::state::{Notice, State, StepState};
use super::steps::kind_now;
use super::steps::step_kind::StepHere;
use super::{Session, StepList, roles};
use crate::script::{self, Ask, RoleSays, Rung, Stage, StageKind, Step, Text, TurnOrder, Who};
use crate::text::safe_text::SafeText;
use crate::text::sort::Arrange;
use crate::text::words::{fill, words};
use crate::time::moment::Moment;

impl Session {
    /// What may be seen and asked now. Two scenes are equal exactly when they look the same.
    #[must_use]
    pub fn scene(&self, now: Moment) -> Scene {
        let mut scene = self.scene_with_map(now);
        let stops = scene.offers.iter().any(|offer| offer.verb == Verb::Stop);
        scene.stop_word = self.stop_word().filter(|_| stops).unwrap_or_default();
        scene
    }

    fn scene_with_map(&self, now: Moment) -> Scene {
        let mut scene = self.asked(now);
        let bare = match &self.state {
            State::Walking => self.is_still(),
            State::Aside { aside, path } => self.is_bare(StepList::Aside(*aside), path),
            State::Stopped { .. } | State::MiniClose { .. } | State::Closed(_) => true,
            State::Asides
            | State::More(_)
            | State::Same { .. }
            | State::WhoNext { .. }
            | State::Skipping { .. }
            | State::Held { .. } => false,
        };
        if bare || self.is_empty_gate() {
            return scene;
        }
        scene.way = self.way(now);
        let stands_still = matches!(self.state, State::Held { .. });
        // Turns that won't come are on no map, and no end is told of what nobody has chosen yet.
        let goes_on = self.goes_on();
        if !goes_on {
            let ahead = |leg: &WaySegment| leg.state == SegmentState::Ahead;
            scene.way.retain(|leg| !ahead(leg));
        }
        let tells_end = self.is_timed() && !stands_still && goes_on;
        scene.ends = tells_end.then(|| self.ends(now));
        if scene.notice.is_none() {
            scene.notice = self.said_beside(&scene, now);
            scene.rare.gives_way = matches!(self.notice, None | Some(Notice::Over));
        }
        scene.costs = self.cost(now).filter(|_| !stands_still && goes_on);
        scene
    }

    /// Whether the way can lead on from here to what is planned. Where something lighter was chosen it does not.
    fn goes_on(&self) -> bool {
        let (act, at) = (self.walk.act, self.walk.path.step);
        let first = self.state != State::Walking || at == 0 || act + 1 == self.acts.len();
        let steps = self.steps_of(&self.script, StepList::Act(act));
        first || script::goes_on(steps, at)
    }

    /// The scene without the map, the end and what is said beside the prompt: for pretend people, who read none of it.
    #[must_use]
    pub(crate) fn asked(&self, now: Moment) -> Scene {
        let mut scene = match &self.state {
            State::Walking if self.is_still() => {
                return self.bare_scene(StepList::Act(self.walk.act), &self.walk.path, now);
            }
            State::Walking => self.walking_scene(now),
            State::Asides => self.over_question(self.asides_scene(now)),
            State::Aside { aside, path } if self.is_bare(StepList::Aside(*aside), path) => {
                return self.bare_scene(StepList::Aside(*aside), path, now);
            }
            State::Aside { aside, path } => {
                let mut scene = self.step_scene(StepList::Aside(*aside), path, now);
                scene.clock = self.clock_face(now);
                self.over_question(scene)
            }
            State::More(more) => self.over_question(self.more_scene(more, now)),
            State::Same { nth, more } => self.same_scene(*nth, *more, now),
            State::WhoNext { nth, act } => self.who_next_scene(*nth, *act),
            State::Skipping { yes } => self.skipping_scene(yes, now),
            State::Held {
                reopened: Some(reopened),
                ..
            } => self.reopened_scene(reopened),
            State::Held { why, .. } => self.held_scene(*why, now),
            State::Stopped { path, .. } => return self.bare_scene(StepList::Stop, path, now),
            State::MiniClose { path } => {
                let mut scene = self.step_scene(StepList::MiniClose, path, now);
                scene.mood = SceneMood::Closing;
                scene.title = SafeText::new(words().session.mini_close);
                // The turn is over, and so are its roles.
                for seat in &mut scene.people {
                    seat.role = SafeText::default();
                    seat.rung = SafeText::default();
                }
                scene.add_offer(Verb::Stop, words().session.stop);
                return scene;
            }
            State::Closed(outline) => return self.closed_scene(outline),
        };
        if self.state == State::Walking && self.held_for(now).is_some() {
            // What no key does here is on no key.
            let w = &words().session;
            let ends = [&w.leads_turn, &w.leads_share].map(|says| &**says);
            let end = self.end_of_act();
            scene.offers.retain(|offer| {
                let ends = ends.contains(&offer.says.as_str()) || Some(&offer.says) == end.as_ref();
                offer.verb != Verb::Land && !(offer.verb == Verb::GoOn && ends)
            });
        }
        if self.is_empty_gate() {
            // Nothing but whose go it is, and the ways out.
            scene.clock = None;
        }
        self.add_common_offers(&mut scene);
        if matches!(scene.field, Some(InputField::Line { .. })) || self.is_beside_promise() {
            // A line is typed for a few seconds, and all letters are its own.
            let waits = [Verb::More, Verb::Asides, Verb::Skip, Verb::Land];
            scene.offers.retain(|offer| !waits.contains(&offer.verb));
        }
        scene
    }

    /// A step with nothing of the session beside it: after STOP, and where it is about somebody's safety.
    fn bare_scene(&self, track: StepList, path: &super::Path, now: Moment) -> Scene {
        let mut scene = self.step_scene(track, path, now);
        scene.mood = SceneMood::Neutral;
        scene.title = SafeText::default();
        scene.people.clear();
        scene.to.clear();
        let w = &words().session;
        if self.notice == Some(Notice::HighNumber) {
            scene.notice = Some(SafeText::new(w.high_number));
        }
        if track != StepList::Stop {
            scene.add_offer(Verb::Stop, w.stop);
        } else if path.step == 0 {
            if let Some(pass) = scene
                .offers
                .iter_mut()
                .find(|offer| offer.verb == Verb::Pass)
            {
                pass.says = SafeText::new(w.pass_stop);
            }
            // Whoever watches over a call reads a few large words first.
            scene.rare.banner = Some(SafeText::new(w.stop_banner));
            if !self.is_alone() {
                scene.prompt.push(SafeText::new(w.stop_unheard));
            }
        }
        scene
    }

    fn walking_scene(&self, now: Moment) -> Scene {
        let track = StepList::Act(self.walk.act);
        let mut scene = self.step_scene(track, &self.walk.path, now);
        scene.clock = self.clock_face(now);
        self.put_card(&mut scene);
        if self.walk.act + 1 == self.acts.len() {
            scene.mood = SceneMood::Closing;
        }
        let w = &words().session;
        if let Some(turn) = &self.walk.turn {
            if !turn.lands() && !turn.landing.is_zero() {
                scene.add_offer(Verb::Land, w.land);
            }
            if !self.portions(now).is_empty() {
                scene.add_offer(Verb::More, w.more);
            }
        }
        if self.can_skip() {
            scene.add_offer(Verb::Skip, w.skip);
        }
        if !self.asides_here().is_empty() {
            scene.add_offer(Verb::Asides, w.asides);
        }
        if self.takes_writing() {
            scene.add_offer(Verb::InWriting, w.in_writing);
        }
        scene
    }

    /// What comes over a question of somebody's turn leaves its words where they were.
    fn over_question(&self, mut scene: Scene) -> Scene {
        let track = StepList::Act(self.walk.act);
        let path = &self.walk.path;
        let step = self.step_at(track, path);
        if let Some(step) = step.filter(|_| self.walk.turn.is_some()) {
            let mut asked = Scene::default();
            let named = self.named_at(track, step, self.holder(track, step, path));
            self.put_step_words(&mut asked, step, path, named);
            scene.rare.beneath = Some(QuestionBeneath {
                to: asked.to,
                prompt: asked.prompt,
            });
        }
        scene
    }

    /// A scene with the people in their places.
    pub(super) fn base_scene(&self, title: SafeText, floor: Option<Who>) -> Scene {
        Scene {
            mood: SceneMood::Walking,
            title,
            people: self.seats(floor),
            ..Scene::default()
        }
    }

    fn seats(&self, speaker: Option<Who>) -> Vec<PersonSeat> {
        let what = self.act_kind(self.walk.act);
        let shared = match what {
            Some(
                ActKind::Share { .. }
                | ActKind::Turn { .. }
                | ActKind::Before { .. }
                | ActKind::After { .. },
            ) => true,
            Some(ActKind::Whole { .. } | ActKind::Between { .. }) | None => false,
        };
        let apart = self.role_apart(self.walk.act, 0, 1).is_some();
        let holder = self.holder_here().filter(|_| shared);
        let holder = holder.or_else(|| apart.then_some(Who(0)));
        // In groups, one of each has a turn.
        let turn = matches!(what, Some(ActKind::Turn { .. })) || apart;
        let at_once = turn && !self.groups_here().is_empty();
        let role_words = self.act_stage(self.walk.act).map(|stage| &stage.roles);
        let rung = |holder: Who| {
            let chosen = self.person(holder).map(|person| &person.chosen);
            let chosen = chosen.filter(|chosen| chosen.asked);
            chosen.map(|chosen| self.rung_word(chosen.rung))
        };
        let seat = |who: Who| {
            let role = holder.map(|holder| self.role_of(who, holder));
            let word = role.and_then(|role| role_words.and_then(|words| words.get(role)));
            // Only the second role accompanies on a rung, and only where the script lets people choose one.
            let accompanies = self.walk.turn.is_some() && role == Some(1);
            PersonSeat {
                name: self.name(who),
                role: word.cloned().unwrap_or_default(),
                rung: holder
                    .filter(|_| accompanies)
                    .and_then(rung)
                    .unwrap_or_default(),
                floor: speaker == Some(who) || at_once && role == Some(0),
                yes: None,
            }
        };
        self.everybody().map(seat).collect()
    }

    /// The scene of a step: its words, then what it asks.
    pub(super) fn step_scene(&self, track: StepList, path: &super::Path, now: Moment) -> Scene {
        let Some(step) = self.step_at(track, path) else {
            return Scene::default();
        };
        let holder = self.holder(track, step, path);
        // In a round everybody has the floor once.
        let speaker = match step.floor {
            _ if step.round => holder,
            Some(floor) => holder.and_then(|holder| self.having(floor, holder).first().copied()),
            None => self.speaker(holder),
        };
        let named = self.named_at(track, step, holder);
        let title = match track {
            StepList::Act(act) => self.act_title(act),
            StepList::Aside(_) | StepList::Stop | StepList::MiniClose => {
                self.act_title(self.walk.act)
            }
        };
        let mut scene = self.base_scene(title, speaker);
        let reads = path.doing == StepState::Reading;
        self.put_step_words(&mut scene, step, path, named);
        if matches!(track, StepList::Act(act) if !self.goes_apart(act)) {
            self.put_groups(&mut scene);
        }
        if step.together && !reads {
            self.put_everybodys_go(&mut scene, track, step, path);
        }
        if step.recall {
            self.put_cards(&mut scene);
        }
        scene.rare.left_off = step.left_off && self.is_alone();
        scene.rare.numbers = step.numbers;
        let kind = kind_now(&step.ask, &path.doing);
        let here = StepHere {
            track,
            step,
            path,
            holder,
            now,
        };
        kind.show(self, &mut scene, here);
        self.put_shown(&mut scene, step, holder);
        self.name_the_end(&mut scene, here);
        let w = &words().session;
        if !path.trail.is_empty() || kind.back(self, &path.doing).is_some() {
            scene.add_offer(Verb::Back, w.back);
        } else if self.can_return(track, path) {
            scene.add_offer(Verb::Back, w.not_finished);
        } else if self.can_take_back_act(track, path) {
            // From one share to the next it is the same stage.
            let stage = |act: usize| self.act_kind(act).map(ActKind::stage);
            let same = stage(self.walk.act) == self.walk.act.checked_sub(1).and_then(stage);
            let says = if same { w.back } else { w.back_stage };
            scene.add_offer(Verb::Back, says);
        } else if self.is_chosen_aside(track, path) {
            scene.add_offer(Verb::Back, w.back_aside);
        }
        scene
    }

    /// What was written before and stays on the screen of this step.
    fn put_shown(&self, scene: &mut Scene, step: &Step, holder: Option<Who>) {
        // Where one of its lines is chosen, they have numbers already.
        let chosen = |name: usize| {
            let chooses = matches!(&step.ask, Ask::Write(write) if write.chooses(self, step));
            chooses && !self.lines_of_list(name, holder).is_empty()
        };
        // What is shown stands before the lines that are written here.
        let writes = matches!(step.ask, Ask::Write(_));
        let lines = writes.then(|| std::mem::take(&mut scene.list));
        for name in step.shows.iter().filter(|name| !chosen(**name)) {
            // Of several lists each says which one it is; one with a title always does.
            let written = self.script.written.get(*name);
            let several = step.shows.len() > 1;
            let mark = match written {
                Some(written) if !written.title.is_empty() => written.title.as_str(),
                Some(written) if several => &*written.name,
                Some(_) | None => "·",
            };
            // In a list it is what everybody wrote.
            let holder = holder.filter(|_| !step.only_shows);
            self.put_written(scene, (*name, mark), holder);
        }
        scene.list.extend(lines.into_iter().flatten());
    }

    /// The words of a step where it stands: whoever comes to it once more is asked as the script has it for that.
    pub(in crate::session) fn put_step_words(
        &self,
        scene: &mut Scene,
        step: &Step,
        path: &super::Path,
        named: Named,
    ) {
        self.put_words(scene, step, named, path.doing == StepState::Reading);
        let visits = path.visits.get(path.step).copied().unwrap_or(0);
        if visits > 1 && !step.again.is_empty() {
            scene.prompt = self.paragraphs(&step.again, named);
        }
    }

    /// Who works with whom, where several groups do at the same time.
    fn put_groups(&self, scene: &mut Scene) {
        let groups = self.groups_here();
        let stage = self.act_stage(self.walk.act);
        let whole = |stage: &&Stage| matches!(stage.kind, StageKind::Together);
        let stage = stage.filter(whole);
        let moves = stage.is_some_and(|stage| stage.order == Some(TurnOrder::Ring));
        let item = |(at, group): (usize, &Vec<Who>)| {
            let number = (at + 1).to_string();
            let names = self.names(group);
            let stays = group.first().filter(|_| moves);
            let names = stays.map_or(names.clone(), |who| {
                let name = self.name(*who);
                let values = [("names", names.as_str()), ("name", name.as_str())];
                fill(&words().session.group_stays, &values)
            });
            ListItem::new(&number, names, false)
        };
        scene.list.extend(groups.iter().enumerate().map(item));
    }

    /// A text of a step where it stands.
    pub(super) fn render_at(&self, text: &Text, here: StepHere<'_>) -> SafeText {
        let named = self.named_at(here.track, here.step, here.holder);
        roles::join(&self.paragraphs(text, named))
    }

    /// The words of a step: those for everybody and for whoever has the floor are the prompt, the rest is whispered.
    ///
    /// `reads` says that nobody enters anything.
    fn put_words(&self, scene: &mut Scene, step: &Step, named: Named, reads: bool) {
        scene.prompt = self.paragraphs(&step.says.all, named);
        let goes = step.round && !self.is_alone() && !(step.together && reads);
        if goes {
            // One after the other answers the words.
            scene.to = named.holder.map(Who::index).into_iter().collect();
        }
        // Before anybody has the floor, the words to a role are for whoever will have it first.
        let spoken = |text: &Text| !text.is_empty();
        let to_roles = step
            .says
            .roles
            .iter()
            .any(|says| spoken(says.on(Rung::Silent)));
        let first = named.first.or_else(|| to_roles.then(|| self.who(0)));
        let named = Named { first, ..named };
        let rung = first.map_or(Rung::Silent, |who| self.rung_of(who));
        let floor = self.floor_of(step);
        let mut roles: Vec<(usize, &Text)> = step
            .says
            .roles
            .iter()
            .map(|says| says.on(rung))
            .enumerate()
            .filter(|(_, text)| !text.is_empty())
            .collect();
        roles.arrange_by_key(|(role, _)| *role != floor);
        let mut roles = roles.into_iter().peekable();
        let prompted = roles.next_if(|(role, _)| *role == floor || scene.prompt.is_empty());
        if let Some((role, text)) = prompted {
            scene.prompt.extend(self.said_to(role, text, named));
            if !goes {
                scene.to = self.places_having(role, first);
            }
        }
        // What somebody asked for in words of their own holds, and nothing else is said about it.
        let own = first.and_then(|who| self.company_words(who));
        for (role, text) in roles {
            let by_rung = matches!(step.says.roles.get(role), Some(RoleSays::ByRung(_)));
            let words = match own.clone().filter(|_| by_rung) {
                Some(own) => own,
                None => roles::join(&self.said_to(role, text, named)),
            };
            let to = self.places_having(role, first);
            scene.whispers.push(WitnessLine { to, words });
        }
    }

    /// What was written under a name, line by line, as it stays on the screen.
    pub(super) fn put_written(
        &self,
        scene: &mut Scene,
        (name, mark): (usize, &str),
        holder: Option<Who>,
    ) {
        let lines = self.wrote(name, holder);
        let lines = lines.as_str().split(LIST_MARK);
        let lines = lines.map(|line| ListItem::new(mark, SafeText::new(line), false));
        scene.list.extend(lines);
    }

    /// The lines of a list that people filled; none before there is one.
    pub(super) fn lines_of_list(&self, name: usize, holder: Option<Who>) -> Vec<SafeText> {
        let all = self.written_by(name, holder).unwrap_or_default();
        let lines = all.as_str().split(LIST_MARK);
        let lines = lines.filter(|line| !line.is_empty());
        lines.map(SafeText::new).collect()
    }

    /// The words for those who have a role, in the way in which they want to hear them.
    fn said_to(&self, role: usize, text: &Text, named: Named) -> Vec<SafeText> {
        let first = named.first;
        let having = first.map_or_else(Vec::new, |first| self.having(role, first));
        self.paragraphs_for(text, named, self.by_ear(having))
    }

    /// Everybody whose go is on this screen, in the order in which they have it, the one whose it is now marked.
    /// A line that somebody wrote for all to see stands beside their name.
    fn put_everybodys_go(
        &self,
        scene: &mut Scene,
        track: StepList,
        step: &Step,
        path: &super::Path,
    ) {
        let go = path.go;
        let has_said = |nth: usize| nth < go || (path.anew.is_some() && nth != go);
        if self.is_alone() {
            return;
        }
        let goes = self.goes(track, step);
        let entry = |(nth, who): (usize, Who)| {
            let wrote = if let (Ask::Write(write), true) = (&step.ask, has_said(nth)) {
                let written = self.person(who).map(|person| &person.written);
                written.and_then(|written| written.get(write.name)?.as_ref())
            } else {
                None
            };
            let name = self.name(who);
            match wrote {
                Some(line) => ListItem::new(name.as_str(), line.clone(), false),
                None if has_said(nth) => {
                    let done = SafeText::new(words().session.apart_is_done);
                    ListItem::new(name.as_str(), done, false)
                }
                None => ListItem::unsaid(name, nth == go),
            }
        };
        scene.list = goes.into_iter().enumerate().map(entry).collect();
    }

    /// The places of those who have a role; none where that is everybody.
    pub(super) fn places_having(&self, role: usize, holder: Option<Who>) -> Vec<usize> {
        let having = holder.map_or_else(Vec::new, |holder| self.having(role, holder));
        if having.len() == self.people.len() && having.len() > 1 {
            return Vec::new();
        }
        having.into_iter().map(Who::index).collect()
    }

    /// The title of an act, with the name of the one it belongs to.
    pub(super) fn act_title(&self, act: usize) -> SafeText {
        let holder = self
            .act_kind(act)
            .and_then(ActKind::nth)
            .map(|nth| self.who(nth));
        let extra = matches!(self.act_kind(act), Some(ActKind::Turn { extra: true, .. }));
        let named = Named {
            act,
            ..self.named(holder)
        };
        let title = self
            .act_stage(act)
            .map(|stage| roles::join(&self.paragraphs(&stage.title, named)))
            .unwrap_or_default();
        if extra {
            return fill(&words().session.extra_turn, &[("title", title.as_str())]);
        }
        title
    }

    /// What is possible on nearly every screen, and STOP on every one.
    fn add_common_offers(&self, scene: &mut Scene) {
        let w = &words().session;
        if self.can_pause() {
            scene.add_offer(Verb::Pause, w.pause);
        }
        scene.add_offer(Verb::Stop, w.stop);
        if scene.clock.is_some() {
            scene.add_offer(Verb::Clock, w.clock);
        }
    }

    /// A yes of several people as places and as choices.
    pub(super) fn put_yes(&self, scene: &mut Scene, yes: &Consents) {
        let w = &words().session;
        let says = self.by_number(w.says_yes_alone.into(), w.says_yes);
        for (who, said) in yes.iter() {
            if let Some(seat) = scene.people.get_mut(who.index()) {
                seat.yes = Some(said);
            }
            scene.choices.push(SceneChoice {
                says: fill(&says, &[("name", self.name(who).as_str())]),
                on: Some(said),
                intent: Intent::Yes { who },
            });
        }
    }
}
