//! A scene in lines: all of it, or only what has changed.

use crate::line_ui::command_words::{self, unstopped};
use crate::line_ui::spoken_clock;
use crate::session::intent::{BellRing, Intent};
use crate::session::scene::{
    InputField, ListItem, Offer, PersonSeat, SafetyPage, Scene, SceneMood, SegmentState, Verb,
    WitnessLine,
};
use crate::text::safe_text::SafeText;
use crate::text::words::{LineUiSaysWords, Template, fill, words};

/// What whoever listens knows already.
#[derive(Clone, Copy, Default)]
pub(super) struct Known {
    /// What can be typed: it is said to whoever asks for help.
    pub(super) words: bool,
    /// How commands are typed where words are written.
    pub(super) commands: bool,
}

/// What is different in `new`. Without an `old`, or when the kind of screen is another, all of it.
///
/// The clock never makes a line by going on: only by appearing, or by showing itself differently.
///
/// What `known` names is not said again.
pub(super) fn changes(
    old: Option<&Scene>,
    new: &Scene,
    bells: &[BellRing],
    known: Known,
) -> Vec<SafeText> {
    let before = old;
    let old = old.filter(|old| old.mood == new.mood);
    let mut tell = SceneTeller {
        says: &words().line_ui.says,
        old,
        new,
        known,
        out: Vec::new(),
    };
    tell.line(before);
    tell.bells(before, bells);
    tell.stage();
    tell.ends();
    tell.costs();
    tell.agreed();
    tell.seats();
    // On the card the numbers come first, and behind them what else it says; at a place they are its lines.
    let numbers_first = new.choices.len() > 1
        && new.rare.safety == Some(SafetyPage::Card)
        && new.title.as_str() == words().safety.card_title;
    // What only names who speaks now stands before what is typed, behind what was said so far.
    let names = new
        .prompt
        .last()
        .is_some_and(|last| last.as_str().ends_with(':'));
    if names && new.field.is_some() {
        tell.list();
        tell.prompt();
    } else {
        tell.prompt();
        tell.pacer();
        if !numbers_first {
            tell.list();
        }
    }
    tell.behind();
    tell.whisper();
    tell.choices();
    if numbers_first {
        tell.list();
    }
    tell.private();
    tell.field();
    tell.clock();
    tell.offers();
    tell.out
}

/// Whether two scenes ask the same of the same people.
pub(super) fn asks_the_same(old: &Scene, new: &Scene) -> bool {
    let asked = |scene: &Scene| {
        let choices: Vec<SafeText> = scene.choices.iter().map(|one| one.says.clone()).collect();
        (
            scene.title.clone(),
            scene.prompt.clone(),
            scene.to.clone(),
            choices,
            scene.field.clone(),
        )
    };
    asked(old) == asked(new)
}

/// The same again after everything stood still: what it is about, and what is different now.
pub(super) fn taken_up(
    old: &Scene,
    new: &Scene,
    bells: &[BellRing],
    known: Known,
) -> Vec<SafeText> {
    // The clock is said behind the question, and what can be chosen and how one goes on with it.
    let mut was = old.clone();
    was.clock.clone_from(&new.clock);
    was.choices.clear();
    was.field.take_if(|field| *field == InputField::Rating);
    was.offers.retain(|offer| offer.verb != Verb::GoOn);
    let mut tell = SceneTeller {
        says: &words().line_ui.says,
        old: Some(&was),
        new,
        known,
        out: Vec::new(),
    };
    tell.bells(Some(old), bells);
    tell.stage();
    tell.ends();
    tell.costs();
    // What stands beside is not what changed, and is said again with it; so is who answers it.
    let same = new.notice.iter().filter(|_| new.notice == old.notice);
    tell.out.extend(same.map(sentence));
    let asked = new.prompt.iter().filter(|line| !line.is_empty());
    tell.out
        .extend(address(new).into_iter().chain(asked.cloned()));
    tell.out.extend(new.rare.elsewhere.as_ref().map(sentence));
    tell.choices();
    tell.field();
    tell.out.extend(new.clock.as_ref().map(spoken_clock::line));
    tell.offers();
    tell.out
}

/// The yes with which a question went away, so that it was heard like those before it.
pub(super) fn last_yes(intent: &Intent, old: &Scene, new: &Scene) -> Option<SafeText> {
    let Intent::Yes { who } = intent else {
        return None;
    };
    let yes = |scene: &Scene| scene.people.get(who.index()).and_then(|seat| seat.yes);
    let name = old.people.get(who.index())?.name.as_str();
    let went = yes(old) == Some(false) && yes(new).is_none();
    went.then(|| fill(&words().line_ui.says.says_yes, &[("name", name)]))
}

/// Where we are, in one line; `None` outside a session.
pub(super) fn stage(scene: &Scene) -> Option<SafeText> {
    let says = &words().line_ui.says;
    let here = here(scene)?;
    let leg = scene.way.get(here)?;
    let next = scene.way.get(here + 1).map(|next| next.at);
    let until = next.or(scene.ends.map(|ends| ends.at));
    let until = until.filter(|_| !command_words::is_untimed(scene));
    let title = ("title", leg.title.as_str());
    Some(match until {
        Some(at) => fill(&says.stage_until, &[title, ("time", &at.to_string())]),
        None => fill(&says.stage, &[title]),
    })
}

/// The stage that we are in.
fn leg(scene: &Scene) -> Option<(usize, SafeText)> {
    let here = here(scene)?;
    Some((here, scene.way.get(here)?.title.clone()))
}

/// When the session ends; `None` outside one.
pub(super) fn ends(scene: &Scene) -> Option<SafeText> {
    let says = &words().line_ui.says;
    let ends = scene.ends?;
    let (at, later) = (ends.at.to_string(), ends.later_words());
    let text = match ends.later {
        0 => &says.ends,
        _ => &says.ends_later,
    };
    Some(fill(text, &[("time", &at), ("later", later.as_str())]))
}

fn here(scene: &Scene) -> Option<usize> {
    let here = |leg: &crate::session::scene::WaySegment| matches!(leg.state, SegmentState::Here(_));
    scene.way.iter().position(here)
}

/// A person with role and rung, as far as they have them.
fn person(seat: &PersonSeat) -> String {
    let parts = [&seat.name, &seat.role, &seat.rung];
    let known: Vec<&str> = parts
        .iter()
        .map(|part| part.as_str())
        .filter(|part| !part.is_empty())
        .collect();
    known.join(words().line_ui.says.comma)
}

/// The people at these places: a role that all of them have is said once, behind their names.
fn several(scene: &Scene, to: &[usize]) -> Option<String> {
    let seats: Vec<&PersonSeat> = to.iter().filter_map(|at| scene.people.get(*at)).collect();
    let (last, before) = seats.split_last()?;
    let alike = |seat: &&PersonSeat| seat.role == last.role && seat.rung == last.rung;
    let told = before.iter().map(|seat| match alike(seat) {
        true => seat.name.as_str().to_owned(),
        false => person(seat),
    });
    let told: Vec<String> = told.chain([person(last)]).collect();
    Some(told.join(words().line_ui.says.comma))
}

/// To whom the prompt speaks, in words.
fn address(scene: &Scene) -> Option<SafeText> {
    let says = &words().line_ui.says;
    match several(scene, &scene.to) {
        Some(who) => Some(fill(&says.to, &[("who", &who)])),
        None if scene.people.len() > 2 => Some(SafeText::new(says.all)),
        None if scene.people.len() == 2 => Some(SafeText::new(says.both)),
        None => None,
    }
}

/// An entry of a list, as it is said in one breath.
fn entry(item: &ListItem) -> SafeText {
    let lead = item.lead.as_str();
    let between = match lead.chars().last() {
        None => "",
        Some(last) if last.is_alphanumeric() => ": ",
        Some(_) => " ",
    };
    SafeText::new(&format!("{lead}{between}{}", item.words))
}

/// The words of a list that are news to whoever listens.
fn texts(scene: &Scene) -> Vec<(SafeText, SafeText)> {
    let news = |item: &ListItem| match scene.rare.list_heard {
        true => SafeText::default(),
        false => item.words.clone(),
    };
    let text = |item: &ListItem| (item.lead.clone(), news(item));
    scene.list.iter().map(text).collect()
}

fn sentence(text: &SafeText) -> SafeText {
    if text.as_str().ends_with(['.', '!', '?', ':', '…']) {
        return text.clone();
    }
    SafeText::new(&format!("{text}."))
}

/// More words than these are not said twice in a row.
const LONG: usize = 5;

/// The first words of a choice, as far as they tell it from the others; nothing of what a colon explains.
fn few(says: &SafeText) -> String {
    let says = says.as_str().split(": ").next().unwrap_or_default();
    let words: Vec<&str> = says.split_whitespace().take(LONG).collect();
    let few = words.join(" ");
    few.trim_end_matches(['.', ',', ':', ';', '?']).to_owned()
}

/// What an offer does; where it is the same as a choice, that choice's words: its number was heard long ago.
pub(super) fn answered(offer: &Offer, scene: &Scene) -> SafeText {
    let same = |n: &usize| {
        let n = (n + 1).to_string();
        fill(&words().session.pass_as, &[("n", &n)]) == offer.says
    };
    let n = (0..scene.choices.len()).find(same);
    let choice = n.and_then(|n| scene.choices.get(n));
    // Half of a long one would say less than its number.
    let short = choice.filter(|choice| choice.says.as_str().split_whitespace().count() <= LONG);
    short.map_or_else(|| offer.says.clone(), |choice| choice.says.clone())
}

struct SceneTeller<'a> {
    says: &'static LineUiSaysWords,
    old: Option<&'a Scene>,
    new: &'a Scene,
    known: Known,
    out: Vec<SafeText>,
}

impl SceneTeller<'_> {
    /// Whether this part of the scene is not what it was.
    fn changed<T: PartialEq>(&self, part: impl Fn(&Scene) -> T) -> bool {
        self.old.is_none_or(|old| part(old) != part(self.new))
    }

    /// Whether something new is asked, so that what belongs to it is told with it.
    fn anew(&self) -> bool {
        self.changed(|scene| (scene.title.clone(), scene.prompt.clone(), scene.to.clone()))
    }

    /// Whether only the next line of the same list is spoken about, by whomever.
    fn reads_on(&self) -> bool {
        // That somebody has answered meanwhile makes no other list of it.
        let open = |(lead, said): (SafeText, SafeText)| {
            let done = said.as_str() == words().session.apart_is_done;
            (lead, if done { SafeText::default() } else { said })
        };
        let asked = |scene: &Scene| {
            let list: Vec<_> = texts(scene).into_iter().map(open).collect();
            (scene.title.clone(), scene.prompt.clone(), list)
        };
        let points = self.new.list.iter().any(|item| item.now);
        points && !self.changed(asked)
    }

    fn push(&mut self, text: impl Into<Template>, values: &[(&str, &str)]) {
        self.out.push(fill(&text.into(), values));
    }

    /// A sign of the line is gone from a screen when the line is back; whoever listens hears that it is.
    fn line(&mut self, before: Option<&Scene>) {
        let was = before.is_some_and(|scene| scene.rare.line_sign);
        let goes_on = self.new.rare.apart && self.new.mood != SceneMood::Closed;
        // Where everybody was told, it is said with how to go on.
        let told = self.new.notice.as_ref().map(SafeText::as_str) == Some(words().joined.line_back);
        if was && goes_on && !told && !self.new.rare.line_sign {
            self.push(self.says.line_back, &[]);
        }
    }

    fn bells(&mut self, before: Option<&Scene>, bells: &[BellRing]) {
        let was = before.and_then(|scene| scene.notice.as_ref());
        let notice = self.new.notice.as_ref().filter(|new| Some(*new) != was);
        match (bells.is_empty(), notice) {
            (true, Some(notice)) => self.out.push(sentence(notice)),
            (false, Some(notice)) => {
                let notice = sentence(notice);
                self.push(self.says.bell_notice, &[("notice", notice.as_str())]);
            }
            (false, None) => {
                self.push(self.says.bell, &[]);
                self.out
                    .extend(self.new.clock.as_ref().map(spoken_clock::line));
            }
            (true, None) => {}
        }
    }

    /// Who answers it is heard behind what is asked.
    fn behind(&mut self) {
        if self.anew() || self.changed(|scene| scene.rare.elsewhere.clone()) {
            self.out
                .extend(self.new.rare.elsewhere.as_ref().map(sentence));
        }
    }

    fn stage(&mut self) {
        if self.changed(leg) {
            self.out.extend(stage(self.new));
        }
        let said = leg(self.new).is_some_and(|(_, title)| title == self.new.title);
        if self.changed(|scene| scene.title.clone()) && !self.new.title.is_empty() && !said {
            self.out.push(sentence(&self.new.title));
        }
    }

    /// The end creeps while something runs over; only that it begins or ends to be late is told by itself.
    fn ends(&mut self) {
        let late = |scene: &Scene| scene.ends.is_some_and(|ends| ends.later > 0);
        if self.changed(late) && late(self.new) {
            self.out.extend(ends(self.new));
        }
    }

    /// What running over costs is told when it begins; after that it creeps, and is told to whoever asks.
    fn costs(&mut self) {
        let costs = |scene: &Scene| scene.costs.is_some();
        if self.changed(costs) || self.changed(here) {
            self.out.extend(self.new.costs.clone());
        }
    }

    fn agreed(&mut self) {
        if self.changed(|scene| scene.rare.agreed.clone()) {
            self.out.extend(self.new.rare.agreed.clone());
        }
    }

    fn seats(&mut self) {
        let (says, new) = (self.says, self.new);
        let addressed = |n: usize| {
            let prompted = new.to.contains(&n) && !new.prompt.is_empty();
            prompted || new.whispers.iter().any(|w| w.to.contains(&n))
        };
        for (n, seat) in new.people.iter().enumerate() {
            let was = self.old.and_then(|old| old.people.get(n));
            if was.map(person) != Some(person(seat)) && !seat.role.is_empty() && !addressed(n) {
                self.out.push(sentence(&SafeText::new(&person(seat))));
            }
            let name = [("name", seat.name.as_str())];
            match (was.and_then(|was| was.yes), seat.yes) {
                // Who has, and who has not, was just said in one line.
                (Some(false) | None, Some(true)) if new.rare.yes_told => {}
                (Some(false) | None, Some(true)) => self.push(says.says_yes, &name),
                (Some(true), Some(false)) => self.push(says.takes_back, &name),
                (Some(_) | None, Some(_) | None) => {}
            }
        }
    }

    fn prompt(&mut self) {
        if !self.anew() || self.new.prompt.is_empty() {
            return;
        }
        if self.changed(address) {
            self.out.extend(address(self.new));
        }
        if self.reads_on() {
            // Who answers now has to hear what is asked; who reads aloud does not.
            let answers = self.new.field.is_some() || !self.new.choices.is_empty();
            let asked = self
                .new
                .prompt
                .first()
                .filter(|_| answers && self.changed(address));
            self.out.extend(asked.cloned());
            return;
        }
        self.out
            .extend(self.new.prompt.iter().filter(|p| !p.is_empty()).cloned());
    }

    /// The breath has its pattern, once: a line for each second would be a drill.
    fn pacer(&mut self) {
        if self.anew()
            || self.changed(|scene| scene.pacer.as_ref().map(|pace| pace.pattern.clone()))
        {
            let pattern = self.new.pacer.as_ref().map(|pace| pace.pattern.clone());
            self.out.extend(pattern);
        }
    }

    /// How many entries of a list were told that only grows, as what two voices say in turn.
    fn told(&self) -> usize {
        let same = self.old.filter(|old| old.title == self.new.title);
        let (was, now) = (same.map(texts).unwrap_or_default(), texts(self.new));
        let grew = now.len() > was.len() && now.starts_with(&was);
        if grew { was.len() } else { 0 }
    }

    fn list(&mut self) {
        let whole = (self.anew() || self.changed(texts)) && !self.reads_on();
        let (new, told) = (self.new, self.told());
        for (n, item) in new.list.iter().enumerate() {
            let was = self.old.and_then(|old| old.list.get(n));
            let came = item.now && was.is_some_and(|was| !was.now);
            // Who has not said anything so far is spoken to when it is their turn to.
            if !(came || whole && n >= told) || item.words.is_empty() {
                continue;
            }
            let text = entry(item);
            if item.now {
                self.push(self.says.now, &[("item", text.as_str())]);
            } else {
                self.out.push(text);
            }
        }
    }

    fn whisper(&mut self) {
        let new = self.new;
        if !self.changed(|scene| scene.whispers.clone()) {
            return;
        }
        for WitnessLine { to, words } in &new.whispers {
            match several(new, to) {
                Some(who) => {
                    let values = [("who", who.as_str()), ("words", words.as_str())];
                    self.push(self.says.whisper, &values);
                }
                None => self.out.push(words.clone()),
            }
        }
    }

    fn choices(&mut self) {
        let texts = |scene: &Scene| -> Vec<SafeText> {
            scene
                .choices
                .iter()
                .map(|choice| choice.says.clone())
                .collect()
        };
        let numbered = |scene: &Scene| scene.field.is_some();
        let whole = self.anew() || self.changed(texts) || self.changed(numbered);
        let new = self.new;
        for (n, choice) in new.choices.iter().enumerate() {
            let was = self.old.and_then(|old| old.choices.get(n));
            if !whole && was.map(|was| was.on) == Some(choice.on) {
                continue;
            }
            let text = match choice.on {
                Some(true) => &self.says.choice_on,
                Some(false) => &self.says.choice_off,
                None => &self.says.choice,
            };
            let number = command_words::number(n, new);
            let says = match choice.on {
                Some(_) => unstopped(&choice.says),
                None => choice.says.as_str(),
            };
            self.push(text, &[("n", &number), ("says", says)]);
        }
    }

    fn private(&mut self) {
        if self.new.private && (self.anew() || self.changed(|scene| scene.private)) {
            self.push(self.says.hidden, &[]);
        }
    }

    fn field(&mut self) {
        if !self.anew() && !self.changed(|scene| scene.field.clone()) {
            return;
        }
        let (says, new) = (self.says, self.new);
        // How it is typed is said once, and again where it is another field.
        let known = self.old.and_then(|old| old.field.as_ref());
        match &new.field {
            Some(field) if known.is_some_and(|known| known.asks_as(field)) => {}
            None => {}
            Some(InputField::Rating) => self.push(says.rating, &[]),
            Some(InputField::Line { hint, .. }) => self.push(says.line, &[("hint", hint.as_str())]),
            Some(InputField::Page { hint, .. }) => {
                let undo = words()
                    .line_ui
                    .here
                    .undo
                    .first()
                    .copied()
                    .unwrap_or_default();
                self.push(says.page, &[("hint", hint.as_str()), ("undo", undo)]);
            }
        }
        self.initial();
        if command_words::is_line(new)
            && !self.known.commands
            && self.old.is_none_or(|old| !command_words::is_line(old))
        {
            let again = words().line_ui.here.again.first().copied();
            let values = [
                ("word", command_words::said(Verb::Back)),
                ("again", again.unwrap_or_default()),
            ];
            self.push(says.line_commands, &values);
            self.out.push(command_words::works_alone(new));
        }
    }

    /// What stands in the field already. Of hidden words only that there are some.
    fn initial(&mut self) {
        let (says, new) = (self.says, self.new);
        let Some(field) = &new.field else {
            return;
        };
        if field.is_hidden() {
            self.push(says.hidden, &[]);
        }
        let initial = field.initial().unwrap_or_default();
        match initial {
            "" => return,
            _ if field.is_hidden() => self.push(says.hidden_now, &[]),
            line if !line.contains('\n') => self.push(says.line_now, &[("words", line)]),
            lines => {
                self.push(says.page_now, &[]);
                self.out.extend(SafeText::lines(lines));
            }
        }
        self.push(says.line_keep, &[]);
    }

    fn clock(&mut self) {
        if self.new.rare.says_left {
            return;
        }
        // How long a stage takes is heard with its name.
        let small = self.new.clock.as_ref().is_none_or(|clock| !clock.large);
        if small && self.changed(leg) && stage(self.new).is_some() {
            return;
        }
        // The next person's share begins with its time, too.
        let own = self.new.clock.as_ref().is_some_and(|clock| clock.large);
        let next = own && self.changed(|scene| scene.to.clone());
        if next || self.changed(|scene| scene.clock.as_ref().map(spoken_clock::way)) {
            self.out
                .extend(self.new.clock.as_ref().map(spoken_clock::line));
        }
    }

    /// What Enter does; where a choice says the same in many words, its number.
    fn enter(&mut self, on: &SafeText) {
        let long = on.as_str().split_whitespace().count() > LONG;
        let mut choices = self.new.choices.iter();
        let same = choices
            .position(|choice| choice.says == *on)
            .filter(|_| long);
        match same {
            Some(n) => {
                let (n, says) = (command_words::number(n, self.new), few(on));
                self.push(self.says.enter_same, &[("n", &n), ("says", &says)]);
            }
            None => self.push(self.says.enter, &[("says", unstopped(on))]),
        }
    }

    fn offers(&mut self) {
        let (says, new) = (self.says, self.new);
        if new.offers.is_empty() && new.choices.is_empty() && new.field.is_none() {
            return;
        }
        let on = |scene: &Scene| {
            let offer = scene.offers.iter().find(|offer| offer.verb == Verb::GoOn);
            offer.map(|offer| offer.says.clone())
        };
        // Where nothing can be chosen any more, Enter is what is left.
        let alone = |scene: &Scene| scene.choices.is_empty();
        let left = self.anew() && alone(new) && self.changed(alone);
        // One's own question waits for nobody else.
        let yours = new.rare.yours && alone(new) && new.field.is_none() && self.anew();
        // What closes the card is said on each page of it.
        let closes = |on: &SafeText| on.as_str() == words().safety.card_close && self.anew();
        if let Some(on) = on(new).filter(|says| self.changed(on) || left || yours || closes(says)) {
            self.enter(&on);
        }
        let pass = |scene: &Scene| {
            let offer = scene.offers.iter().find(|offer| offer.verb == Verb::Pass);
            offer.map(|offer| {
                (
                    command_words::verb(Verb::Pass, scene),
                    answered(offer, scene),
                )
            })
        };
        if let (true, Some((word, passes))) = (self.changed(pass), pass(new)) {
            self.out.push(command_words::explained(&word, &passes));
        }
        let had = |verb: Verb| {
            let old = self
                .old
                .map(|old| old.offers.as_slice())
                .unwrap_or_default();
            old.iter().any(|offer| offer.verb == verb)
        };
        let first = self.old.is_none();
        // Outside of a session there are few words, which are the same everywhere.
        let home = new.mood == SceneMood::Home;
        let said = |verb: Verb| {
            let beside = !matches!(verb, Verb::GoOn | Verb::Pass);
            beside && (!home || first && verb == Verb::Card)
        };
        // The time is told to whoever asks for it; how a clock looks is no matter here.
        let came = new
            .offers
            .iter()
            .filter(|offer| offer.verb != Verb::Clock && said(offer.verb) && !had(offer.verb))
            // What protects is named to whoever knows the rest.
            .filter(|offer| !self.known.words || matches!(offer.verb, Verb::Stop | Verb::Card));
        let mut can: Vec<String> = came
            .map(|offer| command_words::verb(offer.verb, new))
            .collect();
        let text = if first {
            can.extend(command_words::own_words(new, home || self.known.words));
            &says.type_all
        } else {
            &says.type_also
        };
        if !can.is_empty() {
            self.push(text, &[("words", &can.join(says.comma))]);
        }
    }
}
