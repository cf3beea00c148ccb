//! Whose terminal this is, where each has one of their own: what one person sees, and what that person may say.
//!
//! The session is the same on every terminal. What differs is only how it is looked at: what each is asked alone stands
//! open on every terminal at once, what is whispered to a witness stands on the witness's, and nobody is offered what
//! somebody else answers.

use std::fmt::{self, Write as _};
use std::mem::discriminant;

use super::intent::{Intent, KeepChoice};
use super::scene::{InputField, Offer, Scene, SceneMood, Verb};
use super::state::{Hold, Path, State, StepState};
use super::{Session, StepList};
use crate::script::{Piece, Text, Who};
use crate::text::safe_text::SafeText;
use crate::text::words::{fill, words};
use crate::time::moment::{GapKind, Moment};

/// What everybody is asked for at the same time, each alone at their own terminal.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum EachAsked {
    /// A word at the gate.
    Gate,
    /// One of so many answers, unseen until all have answered.
    Unseen(usize),
    /// What stays of the session.
    Keep,
}

impl Session {
    /// How many people there are.
    #[must_use]
    pub(crate) fn seats_in_all(&self) -> usize {
        self.people.len()
    }

    /// What everybody is asked alone now; `None` where one after the other is asked, or all together.
    #[must_use]
    pub(crate) fn each_asked(&self) -> Option<EachAsked> {
        let (track, path) = self.asked_alone()?;
        if self.is_alone() {
            return None;
        }
        match (&path.doing, self.step_at(track, path).map(|step| &step.ask)) {
            (StepState::Gating { .. }, _) => Some(EachAsked::Gate),
            (StepState::Unseen { .. }, Some(crate::script::Ask::Unseen(question))) => {
                Some(EachAsked::Unseen(question.answers.len()))
            }
            (StepState::Keeping, _) => Some(EachAsked::Keep),
            (_, _) => None,
        }
    }

    /// Whether the same is asked in both: what somebody has begun to say for themselves belongs to it still.
    #[must_use]
    pub(crate) fn asks_the_same(&self, other: &Self) -> bool {
        let key = |session: &Self| -> Option<(StepList, Path)> {
            let (track, path) = session.asked_alone()?;
            Some((track, path.clone()))
        };
        self.is_same_place(other) && key(self) == key(other)
    }

    /// Whether the same question stands in both, whoever has answered it meanwhile.
    #[must_use]
    pub(crate) fn is_same_place(&self, other: &Self) -> bool {
        let place = |session: &Self| {
            let (track, path) = session.asked_alone()?;
            Some((track, path.step, path.go, discriminant(&path.doing)))
        };
        self.is_same_stage(other)
            && discriminant(&self.state) == discriminant(&other.state)
            && place(self) == place(other)
    }

    /// Whether the same stage is walked in both.
    #[must_use]
    pub(crate) fn is_same_stage(&self, other: &Self) -> bool {
        self.walk.act == other.walk.act
    }

    /// The session as this person's own terminal has it: where each is asked alone, it is asked of them.
    fn seated(&self, who: Who) -> Self {
        let mut own = self.clone();
        own.yes_told_aloud = true;
        for other in self.everybody() {
            if let Some(person) = own.person_mut(other) {
                // Nobody has to say aloud who has a keyboard.
                person.told_aloud = true;
            }
        }
        let nth = self.order.iter().position(|one| *one == who).unwrap_or(0);
        let Some((track, path)) = self.asked_alone() else {
            return own;
        };
        let doing = if matches!(path.doing, StepState::Gating { .. }) {
            let said = vec![super::intent::GateWord::Go; nth];
            StepState::Gating { said, open: true }
        } else if matches!(path.doing, StepState::Unseen { .. }) {
            let said = vec![None; nth];
            StepState::Unseen { said }
        } else {
            return own;
        };
        let path = Path {
            doing,
            ..path.clone()
        };
        own.put(track, path);
        own
    }

    /// What this person sees on a terminal of their own, and can ask there.
    #[must_use]
    pub(crate) fn scene_at(&self, who: Who, now: Moment) -> Scene {
        let own = self.seated(who);
        let mut scene = own.scene(now);
        let asked = own.asked_of(&scene);
        self.keep_to_one(&mut scene, who, &asked);
        scene
    }

    /// The same once this person has answered what each is asked alone, and others have not.
    #[must_use]
    pub(crate) fn waiting_scene_at(&self, who: Who, now: Moment) -> Scene {
        let mut scene = self.scene_at(who, now);
        let w = &words().joined;
        scene.prompt = SafeText::lines(w.answered);
        (scene.to, scene.list, scene.field) = (vec![who.index()], Vec::new(), None);
        scene.choices.clear();
        scene.notice = None;
        scene
            .offers
            .retain(|offer| !matches!(offer.verb, Verb::Pass | Verb::Unsure | Verb::Back));
        scene.add_offer(Verb::Back, w.answer_anew);
        scene
    }

    /// Of whom something is asked in this scene; everybody, where nobody is named.
    fn asked_of(&self, scene: &Scene) -> Vec<Who> {
        if let Some(named) = self.named_in_aside(scene) {
            return named;
        }
        // Each group moves itself on, whoever of it has the floor.
        match scene.to.is_empty() || self.goes_apart(self.walk.act) {
            true => self.everybody().collect(),
            false => scene.to.iter().copied().map(Who::at).collect(),
        }
    }

    /// Whose it is what somebody stepped into: who is named at the beginning of what is said, else the only role that its
    /// first page names. `None` where it is everybody's.
    fn named_in_aside(&self, scene: &Scene) -> Option<Vec<Who>> {
        let State::Aside { aside, path } = &self.state else {
            return None;
        };
        let each_says = |choice: &super::scene::SceneChoice| {
            matches!(choice.intent, Intent::Yes { .. } | Intent::No { .. })
        };
        let bare = scene.mood != SceneMood::Walking;
        if bare || !scene.to.is_empty() || scene.choices.iter().any(each_says) {
            return None;
        }
        let track = StepList::Aside(*aside);
        let step = self.step_at(track, path)?;
        let role = addressed(&step.says.all)
            .or_else(|| only_role(&self.steps(track).first()?.says.all))?;
        let first = self
            .named_at(track, step, self.holder(track, step, path))
            .first;
        let places = self.places_having(role, first);
        let named: Vec<Who> = places.into_iter().map(Who::at).collect();
        (!named.is_empty()).then_some(named)
    }

    /// Whether this may be chosen now from what everybody may open.
    #[must_use]
    pub(crate) fn may_choose_aside(&self, n: usize) -> bool {
        matches!(self.state, State::Walking | State::Asides) && n < self.asides_here().len()
    }

    /// Leaves in a scene what is for this person.
    fn keep_to_one(&self, scene: &mut Scene, who: Who, asked: &[Who]) {
        let w = &words().joined;
        let place = who.index();
        let is_asked = asked.contains(&who);
        let asks = scene.field.is_some() || !scene.choices.is_empty();
        scene
            .whispers
            .retain(|line| line.to.is_empty() || line.to.contains(&place));
        let own_words = scene.field.as_ref().is_some_and(InputField::is_hidden);
        let alone = scene.private || own_words;
        if alone {
            // What the shared screen says of looking away and of who types is for a shared screen.
            scene.notice = Some(SafeText::new(match self.each_asked() {
                Some(EachAsked::Gate) => w.for_you_gate,
                Some(EachAsked::Unseen(_)) => w.for_you_unseen,
                Some(EachAsked::Keep) | None => w.for_you_alone,
            }));
        }
        if self.each_asked() == Some(EachAsked::Keep) {
            scene.notice = Some(SafeText::new(w.for_you_keep));
        }
        // Here everybody has a keyboard.
        let unheard = words().session.stop_unheard;
        scene.prompt.retain(|line| line.as_str() != unheard);
        scene.private = false;
        if let Some(InputField::Line { hidden, .. } | InputField::Page { hidden, .. }) =
            &mut scene.field
        {
            *hidden = false;
        }
        let yes = self.yes_so_far(scene);
        let may = |intent: &Intent| may_say(who, is_asked, asks, intent);
        scene
            .choices
            .retain(|choice| may(&choice.intent) && self.is_of_own_group(who, &choice.intent));
        let withheld = self.of_others(scene, who);
        scene
            .offers
            .retain(|offer| may(&offer.intent()) && !withheld.contains(&offer.verb));
        scene.rare.yours = is_asked && !scene.to.is_empty();
        scene.rare.apart = true;
        if !is_asked {
            scene.field = None;
            // What cannot be typed here is for whoever would have; what somebody answers alone, for them.
            let typed = [words().session.promise, words().session.note];
            let notice = scene.notice.take().filter(|_| !(asks && alone));
            scene.notice = notice.filter(|says| !typed.contains(&says.as_str()));
            if asks {
                let names = asked.iter().map(|who| self.name(*who).as_str().to_owned());
                let names: Vec<String> = names.collect();
                let says = fill(&w.answers_there, &[("name", &names.join(", "))]);
                scene.rare.elsewhere = Some(says);
            }
        }
        if let Some(yes) = yes {
            scene.notice = Some(yes);
            scene.rare.yes_told = true;
        } else if self.is_ordering() && scene.notice.is_none() {
            scene.notice = Some(SafeText::new(w.both_choose));
        }
    }

    /// Who has said yes and who has not, in words, where each says their own; nothing where nobody has. After STOP no
    /// person has a place on the screen, and the yes is waited for all the same.
    fn yes_so_far(&self, scene: &Scene) -> Option<SafeText> {
        let w = &words().joined;
        let each = scene.choices.iter().filter_map(|choice| {
            let Intent::Yes { who } = choice.intent else {
                return None;
            };
            let says = if choice.on? { w.said_yes } else { w.not_yet };
            Some((self.name(who), says))
        });
        let each: Vec<(SafeText, &str)> = each.collect();
        let each: Vec<(&str, &str)> = each
            .iter()
            .map(|(name, yes)| (name.as_str(), *yes))
            .collect();
        let some = each.iter().any(|(_, says)| *says == w.said_yes);
        some.then(|| so_far(&each))
    }

    /// Whether it is asked who goes first.
    #[must_use]
    pub(crate) fn is_ordering(&self) -> bool {
        let asked = self.asked_alone();
        !self.is_alone() && asked.is_some_and(|(_, path)| path.doing == StepState::Ordering)
    }

    /// What each proposes for who goes first, in words; nothing where nobody has.
    #[must_use]
    pub(crate) fn proposed(&self, all: &[(Who, Intent)], scene: &Scene) -> Option<SafeText> {
        let w = &words().joined;
        if all.is_empty() || !self.is_ordering() {
            return None;
        }
        let says = |who: Who| {
            let (_, what) = all.iter().find(|(known, _)| *known == who)?;
            let mut choices = scene.choices.iter();
            let choice = choices.find(|choice| choice.intent == *what)?;
            Some(choice.says.as_str())
        };
        let people: Vec<(SafeText, &str)> = self
            .everybody()
            .map(|who| (self.name(who), says(who).unwrap_or(w.not_yet)))
            .collect();
        let people: Vec<(&str, &str)> = people
            .iter()
            .map(|(name, says)| (name.as_str(), *says))
            .collect();
        Some(so_far(&people))
    }

    /// What somebody proposes for who goes first; `None` where it is no such thing.
    #[must_use]
    pub(crate) fn proposes(&self, intent: &Intent) -> Option<Intent> {
        if !self.is_ordering() {
            None
        } else if *intent == Intent::Pass {
            // As proposed.
            Some(Intent::First { who: self.who(0) })
        } else {
            let orders = matches!(
                intent,
                Intent::First { .. } | Intent::Toss | Intent::AnyOrder
            );
            orders.then(|| intent.clone())
        }
    }

    /// Whether this person may say this here. What each is asked alone is not said by this way.
    #[must_use]
    pub(crate) fn may_say(&self, who: Who, intent: &Intent, now: Moment) -> bool {
        let each = self.each_asked();
        if who.index() >= self.people.len() || each.is_some_and(|each| each.takes(intent)) {
            return false;
        }
        if !self.is_of_own_group(who, intent) {
            return false;
        }
        if each.is_some() {
            return may_say(who, true, false, intent) && *intent != Intent::GoOn;
        }
        let scene = self.asked(now);
        let asked = self.asked_of(&scene);
        let asks = scene.field.is_some() || !scene.choices.is_empty();
        let withheld = self.of_others(&scene, who);
        let is_withheld = *intent == Intent::Land && withheld.contains(&Verb::Land)
            || *intent == Intent::GoOn && withheld.contains(&Verb::GoOn);
        may_say(who, asked.contains(&who), asks, intent) && !is_withheld
    }

    /// What is left to others here. Outside of a turn, whoever is spoken to leads on.
    fn of_others(&self, scene: &Scene, who: Who) -> &'static [Verb] {
        let aside = self.named_in_aside(scene);
        if aside.is_some_and(|named| !named.contains(&who)) {
            return &[Verb::Land, Verb::GoOn];
        }
        let named = !scene.to.is_empty() && !scene.to.contains(&who.index());
        let together = self.groups_here().is_empty() && !self.goes_apart(self.walk.act);
        // After STOP nobody's turn is walked any more.
        let in_turn = self.walk.turn.is_some() && scene.mood == SceneMood::Walking;
        match named && together && !in_turn {
            true => &[Verb::Land, Verb::GoOn],
            false => self.of_the_floor(scene, who),
        }
    }

    /// What is left to whoever has the floor, where that is somebody else: the landing, every step of it, and the end of
    /// a turn. What is said to this person, they lead on from.
    fn of_the_floor(&self, scene: &Scene, who: Who) -> &'static [Verb] {
        let floor = scene.people.iter().position(|seat| seat.floor);
        if floor.is_none_or(|floor| floor == who.index()) {
            return &[];
        }
        let Some(turn) = self
            .walk
            .turn
            .as_ref()
            .filter(|_| self.groups_here().is_empty())
        else {
            return &[Verb::Land];
        };
        let ends = |offer: &Offer| {
            offer.verb == Verb::GoOn && offer.says.as_str() == words().session.leads_turn
        };
        let leads = turn.lands() || scene.offers.iter().any(ends);
        match leads && self.state == State::Walking && !scene.to.contains(&who.index()) {
            true => &[Verb::Land, Verb::GoOn],
            false => &[Verb::Land],
        }
    }

    /// Whether it stands still because the line to somebody was away.
    #[must_use]
    pub(crate) fn waited_for_line(&self) -> bool {
        matches!(
            &self.state,
            State::Held {
                why: Hold::Gap {
                    kind: GapKind::Dropped,
                    ..
                },
                ..
            }
        )
    }

    /// A number that is the same on every terminal as long as their sessions are: over all of it but what is each one's
    /// own, which is what stays and how it was.
    #[must_use]
    pub(crate) fn sum(&self) -> u32 {
        let mut common = self.clone();
        common.kept = KeepChoice::default();
        for person in std::sync::Arc::make_mut(&mut common.people) {
            person.felt = super::intent::FeltNumbers::default();
            person.let_go = false;
        }
        forget_own(&mut common.state);
        if let Some(left) = &mut common.left {
            forget_own(&mut std::sync::Arc::make_mut(left).state);
        }
        let Self {
            script: _,
            begin: _,
            people,
            acts,
            buffer,
            target,
            order,
            any_order,
            written,
            pack,
            loan,
            forgiven,
            partnership,
            lines,
            lines_of,
            added,
            signed,
            stood,
            ceiling,
            turns_ended,
            returns,
            passed,
            went_first,
            kept: _,
            not_today,
            became,
            looked,
            clock_mode,
            notice,
            yes_told_aloud,
            walk,
            state,
            left,
            act_left: _,
        } = &common;
        let mut sum = Sum(crc32fast::Hasher::new());
        let first = (people, acts, buffer, target, order, any_order, written);
        let then = (
            loan,
            forgiven,
            partnership,
            lines,
            lines_of,
            added,
            signed,
            stood,
        );
        let more = (
            ceiling,
            turns_ended,
            returns,
            went_first,
            not_today,
            became,
            looked,
        );
        let last = (clock_mode, notice, yes_told_aloud, walk, state, left);
        // It writes into a number, which never fails.
        let _ = write!(sum, "{first:?}{pack:?}{then:?}{more:?}{last:?}{passed:?}");
        sum.0.finalize()
    }
}

/// Forgets what is each one's own in what is over, also where a STOP came after it.
fn forget_own(state: &mut State) {
    if let State::Closed(outline) = state {
        outline.kept = KeepChoice::default();
        outline.felt.clear();
    } else if let State::Held { from, .. } | State::Stopped { from, .. } = state {
        forget_own(std::sync::Arc::make_mut(from));
    }
}

/// A number over what is written into it.
struct Sum(crc32fast::Hasher);

impl fmt::Write for Sum {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.0.update(text.as_bytes());
        Ok(())
    }
}

impl EachAsked {
    /// Whether this is an answer to what each is asked alone.
    #[must_use]
    pub(crate) fn takes(self, intent: &Intent) -> bool {
        let passes = matches!(intent, Intent::Pass | Intent::Unsure);
        match self {
            Self::Gate => passes || matches!(intent, Intent::Gate { .. } | Intent::Gated { .. }),
            Self::Unseen(_) => {
                passes || matches!(intent, Intent::Answer { .. } | Intent::Answered { .. })
            }
            Self::Keep => passes || matches!(intent, Intent::Keep { .. }),
        }
    }
}

/// The role that a text speaks to at its beginning: "Ada, what …".
fn addressed(text: &Text) -> Option<usize> {
    match text.0.first()?.as_slice() {
        [Piece::Role(role), Piece::Words(words), ..] if words.as_str().starts_with(',') => {
            Some(*role)
        }
        _ => None,
    }
}

/// The role that a text names, where it names one alone.
fn only_role(text: &Text) -> Option<usize> {
    let mut roles = text.0.iter().flatten().filter_map(|piece| match piece {
        Piece::Role(role) => Some(*role),
        Piece::Words(_) | Piece::Written(_) | Piece::Packed(_) | Piece::BySense(_) => None,
    });
    let first = roles.next()?;
    roles.all(|role| role == first).then_some(first)
}

/// What each has said so far, in one line.
fn so_far(all: &[(&str, &str)]) -> SafeText {
    let w = &words().joined;
    let each = |(name, says): &(&str, &str)| {
        let says = fill(&w.so_far, &[("name", name), ("says", says)]);
        says.as_str().to_owned()
    };
    let each: Vec<String> = all.iter().map(each).collect();
    SafeText::new(&each.join(" "))
}

/// Whether somebody may say this, of whom something is asked here or not.
fn may_say(who: Who, is_asked: bool, asks: bool, intent: &Intent) -> bool {
    match intent {
        Intent::Yes { who: whose } | Intent::No { who: whose } => *whose == who,
        // For everybody, always: nobody waits for anybody's leave to stop, to rest, to see what can be done.
        Intent::Stop
        | Intent::Pause
        | Intent::More
        | Intent::Asides
        | Intent::Skip
        | Intent::Clock
        | Intent::Card
        | Intent::Leave
        | Intent::Alone => true,
        // Where something is answered, what leads on is an answer, and what leads back takes one back.
        Intent::GoOn | Intent::Back => is_asked || !asks,
        Intent::Pass
        | Intent::Unsure
        | Intent::Answer { .. }
        | Intent::Rate { .. }
        | Intent::Rated { .. }
        | Intent::Gate { .. }
        | Intent::ReadAloud
        | Intent::InWriting
        | Intent::ChangeLine
        | Intent::PickLine { .. }
        | Intent::Write { .. }
        | Intent::First { .. }
        | Intent::Toss
        | Intent::Forgive
        | Intent::AnyOrder
        | Intent::Support { .. }
        | Intent::Accept
        | Intent::Warning { .. }
        | Intent::MoreBy { .. }
        | Intent::Land
        | Intent::Aside { .. }
        | Intent::Again { .. }
        | Intent::Sealed
        | Intent::KeepOwn { .. }
        | Intent::HowLong
        | Intent::Stay { .. }
        | Intent::Keep { .. } => is_asked,
        // What stands for several people's answers, and what a clock says, no person says.
        Intent::Gated { .. }
        | Intent::Answered { .. }
        | Intent::TimePassed
        | Intent::TimeJumped { .. } => false,
    }
}
