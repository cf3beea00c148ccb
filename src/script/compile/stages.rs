//! Stages, compiled: their kinds and minutes, their own steps or those of a module, what can be stepped into.

use std::rc::Rc;
use std::time::Duration;

use super::lookup::{meant as word_of, role};
use super::modules::{Modules, ParsedModule};
use super::scope::{Compiled, StepPlace, Unit};
use super::text;
use crate::script::MOST_PEOPLE;
use crate::script::asks::Ask;
use crate::script::check::graph;
use crate::script::check::limits::needs_no_landing;
use crate::script::check::ways::check_way;
use crate::script::format::reader::{KeyValue, Located, NamedValues};
use crate::script::format::tables::{KINDS, LONG_TITLE, RawPart, RawStage, RawStep};
use crate::script::format::values::StageLength;
use crate::script::lengths::usual_least;
use crate::script::model::{Aside, Stage, StageKind, Step, Target, Text, TurnOrder};
use crate::script::problem::{nearest, short};
use crate::script::source::Span;
use crate::text::safe_text::SafeText;
use crate::text::sort::Arrange;
use crate::text::words::{ScriptSentence, words};

/// The stages of a script while they are compiled.
pub(crate) struct StageCompiler<'a> {
    pub(crate) modules: Modules<'a>,
    /// The script's own text.
    pub(crate) unit: Unit,
    pub(crate) asides: Vec<(String, Aside)>,
}

impl StageCompiler<'_> {
    /// One stage; `part` is the part of the text that is its own.
    pub(crate) fn stage(&mut self, raw: &RawStage, part: &Span, last: bool) -> Stage {
        let word = self.kind_word(raw, last);
        let floor = self.floor(&raw.floor);
        self.unit.scope.floor = floor;
        let asides: Vec<usize> = raw.asides.iter().filter_map(|at| self.aside(at)).collect();
        // Without a kind nobody knows what its steps may do.
        let (kind, steps) = match word {
            Some(word) => {
                let place = match word {
                    "turns" => StepPlace::Turn,
                    "closing" => StepPlace::Closing,
                    _ => StepPlace::Stage,
                };
                let mut found = self.steps_of(&raw.uses, &raw.steps, (&raw.span, ""), place, part);
                if !found.steps.is_empty() {
                    self.smaller_bounds(raw, &mut found.steps);
                }
                self.fits_kind(raw, word);
                let kind = self.kind(raw, word, &found, part, &asides);
                self.fits_groups(raw, &kind, &found.steps);
                (kind, found.steps)
            }
            None => (StageKind::Together, Vec::new()),
        };
        Stage {
            title: self.stage_title(&raw.title),
            asides,
            roles: self.role_words(&raw.roles),
            floor,
            moves_on: raw.moves_on.is_set() || raw.shared.is_set(),
            rings: raw.bell.unwrap_or(matches!(word, Some("turns" | "each")))
                || raw.moves_on.is_set(),
            warnings: warnings(&raw.warnings),
            open: raw.open.is_set(),
            hold: raw.hold.is_set(),
            order: raw.order.as_ref().and_then(|at| word_of(&at.it)),
            begins: raw.order.as_ref().and_then(|at| self.begins(at)),
            some: raw.some.as_ref().map(|at| at.most),
            shared: raw.shared.is_set(),
            groups: raw.groups.as_ref().map(|at| at.size),
            may_skip: raw.may_skip.is_set(),
            rest: raw.gets_the_rest(),
            at_least: match raw.hold.is_set() {
                true => length(raw.minutes.as_ref()),
                false => self.at_least(&raw.at_least, raw.minutes.as_ref(), &kind),
            },
            kind,
            length: length(raw.minutes.as_ref()),
            steps,
        }
    }

    /// Whoever was chosen or drawn at an earlier step comes first.
    fn begins(&mut self, at: &Located<String>) -> Option<usize> {
        if word_of::<TurnOrder>(&at.it).is_some() {
            return None;
        }
        let names = &self.unit.scope.names.written;
        let found = names.iter().position(|name| *name == at.it);
        if found.is_none() {
            let known = names.iter().map(String::as_str);
            let known: Vec<&str> = TurnOrder::WORDS.into_iter().chain(known).collect();
            let values = [("name", &*short(&at.it)), ("known", &*known.join(", "))];
            let sentence = &words().script.sentence.unknown_order;
            let problems = &mut self.unit.problems;
            problems.warning(&at.span, sentence, &values);
        }
        found
    }

    /// A part that takes the time it takes has no end by itself.
    fn open_part(&mut self, raw: &RawPart) {
        for (key, at) in [("moves-on", &raw.moves_on), ("hold", &raw.hold)] {
            if let (Some(span), true) = (&at.0, raw.open.is_set()) {
                let sentence = &words().script.sentence.open_and_end;
                self.unit.problems.error(span, sentence, &[("key", key)]);
            }
        }
    }

    /// What comes before, after or between turns. From the first two, what the turn names can be stepped into, too.
    fn part(&mut self, raw: &RawPart, key: &'static str, part: &Span, asides: &[usize]) -> Stage {
        let floor = self.floor(&raw.floor);
        self.unit.scope.floor = floor;
        let found = self.steps_of(
            &raw.uses,
            &raw.steps,
            (&raw.span, key),
            StepPlace::Stage,
            part,
        );
        self.open_part(raw);
        let minutes = raw.minutes.as_ref();
        if let Some(StageLength {
            minutes: None,
            span,
        }) = minutes
        {
            self.error(span, &words().script.sentence.part_minutes);
        }
        Stage {
            at_least: match raw.hold.is_set() {
                true => length(minutes),
                false => self.at_least(&raw.at_least, minutes, &StageKind::Together),
            },
            title: self.stage_title(&raw.title),
            asides: asides.to_vec(),
            roles: self.role_words(&raw.roles),
            floor,
            moves_on: raw.moves_on.is_set(),
            rings: raw.bell.unwrap_or(false) || raw.moves_on.is_set(),
            warnings: warnings(&raw.warnings),
            open: raw.open.is_set(),
            hold: raw.hold.is_set(),
            order: None,
            begins: None,
            some: None,
            shared: false,
            groups: None,
            may_skip: false,
            rest: false,
            kind: StageKind::Together,
            length: length(minutes),
            steps: found.steps,
        }
    }

    /// Keys that only make sense in some kinds of stages.
    fn fits_kind(&mut self, raw: &RawStage, word: &str) {
        let w = &words().script.sentence;
        let mut wrong = |sentence: &'static ScriptSentence, key: &str, span: &Span| {
            let problems = &mut self.unit.problems;
            problems.error(span, sentence, &[("key", key)]);
        };
        if word != "turns" {
            let landing = raw.landing.as_ref().map(|at| ("landing", &at.span));
            let between = raw.between.as_ref().map(|raw| ("between", &raw.span));
            let before = raw.before.first().map(|raw| ("before", &raw.span));
            let after = raw.after.first().map(|raw| ("after", &raw.span));
            let times = raw.times.as_ref().map(|at| ("times", &at.span));
            let half_way = raw.half_way.as_ref().map(|at| ("half-way", &at.span));
            let keys = [landing, between, before, after, times, half_way];
            for (key, span) in keys.into_iter().flatten() {
                wrong(&w.only_in_turns, key, span);
            }
        }
        let all = raw.some.as_ref().filter(|some| some.most >= MOST_PEOPLE);
        let drawn = raw.order.as_ref().filter(|order| order.it == "lot");
        if let (Some(_), Some(order)) = (all, drawn) {
            wrong(&w.lot_of_some, "order", &order.span);
        }
        if !matches!(word, "turns" | "each") {
            let order = raw.order.as_ref().map(|at| ("order", &at.span));
            let order = order.filter(|_| word != "together" || raw.groups.is_none());
            let some = raw.some.as_ref().map(|at| ("some", &at.span));
            for (key, span) in order.into_iter().chain(some) {
                wrong(&w.only_in_turns, key, span);
            }
        }
        if let (Some(span), true) = (&raw.shared.0, word != "turns") {
            wrong(&w.only_in_turns, "shared", span);
        }
        if raw.shared.is_set() {
            let landing = raw.landing.as_ref().map(|at| ("landing", &at.span));
            let before = raw.before.first().map(|raw| ("before", &raw.span));
            let after = raw.after.first().map(|raw| ("after", &raw.span));
            let between = raw.between.as_ref().map(|raw| ("between", &raw.span));
            let times = raw.times.as_ref().map(|at| ("times", &at.span));
            let open = raw.open.0.as_ref().map(|span| ("open", span));
            let keys = [landing, before, after, between, times, open];
            for (key, span) in keys.into_iter().flatten() {
                wrong(&w.shared_and_own, key, span);
            }
        }
        let closes = word == "closing";
        for (key, at) in [
            ("moves-on", &raw.moves_on),
            ("hold", &raw.hold),
            ("open", &raw.open),
        ] {
            if let (Some(span), true) = (&at.0, closes) {
                wrong(&w.moves_on_outside, key, span);
            }
        }
        for (key, at) in [("moves-on", &raw.moves_on), ("hold", &raw.hold)] {
            if let (Some(span), true) = (&at.0, raw.open.is_set()) {
                wrong(&w.open_and_end, key, span);
            }
        }
        if let (Some(at), true) = (&*raw.landing, raw.open.is_set()) {
            wrong(&w.open_and_end, "landing", &at.span);
        }
        if let (Some(span), false) = (&raw.may_skip.0, matches!(word, "together" | "each")) {
            wrong(&w.may_skip_outside, "may-skip", span);
        }
        if let (true, "closing", Some(at)) = (raw.gets_the_rest(), word, &raw.minutes) {
            wrong(&w.closing_minutes, "minutes", &at.span);
        }
    }

    /// Groups work at the same time before one screen: nothing is asked there, and all turns begin and end together.
    fn fits_groups(&mut self, raw: &RawStage, kind: &StageKind, steps: &[Step]) {
        let w = &words().script.sentence;
        let ring = raw.order.as_ref().filter(|at| at.it == "ring");
        let Some(groups) = &raw.groups else {
            if let Some(at) = ring {
                self.error(&at.span, &w.ring_without);
            }
            return;
        };
        let around = match kind {
            StageKind::Turns { before, after, .. } => [&before[..], after],
            StageKind::Together => [&[][..]; 2],
            StageKind::Each | StageKind::Closing => {
                return self.error(&groups.span, &w.groups_outside);
            }
        };
        let around = around.into_iter().flatten().flat_map(|part| &part.steps);
        let apart = raw.order.as_ref().is_some_and(|at| at.it == "ready");
        let reads = |step: &Step| {
            matches!(step.ask, Ask::Read) || matches!(step.ask, Ask::Rest(_)) && !apart
        };
        if !around.chain(steps).all(reads) {
            self.error(&groups.span, &w.groups_ask);
        }
        let named = raw
            .order
            .as_ref()
            .filter(|at| !matches!(&*at.it, "ring" | "lot" | "ready"));
        let order = named.map(|at| ("order", &at.span));
        let some = raw.some.as_ref().map(|at| ("some", &at.span));
        let shared = raw.shared.0.as_ref().map(|span| ("shared", span));
        for (key, span) in [order, some, shared].into_iter().flatten() {
            let values = [("key", key)];
            let problems = &mut self.unit.problems;
            problems.error(span, &w.groups_and_own, &values);
        }
        if apart {
            self.fits_own_pace(raw, &groups.span, steps);
        }
        let people = self.unit.scope.people;
        let uneven = |people: &u8| {
            let size = groups.size.of(usize::from(*people));
            *people > 1 && usize::from(*people) % size != 0
        };
        let uneven = (people.from..=people.to).find(uneven);
        if let (Some(people), true) = (uneven, matches!(kind, StageKind::Turns { .. })) {
            let people = people.to_string();
            let values = [("people", &*people)];
            let problems = &mut self.unit.problems;
            problems.error(&groups.span, &w.groups_uneven, &values);
        }
    }

    /// Where each group goes at its own pace, its way is one step after the other, and a key of its own moves it on.
    fn fits_own_pace(&mut self, raw: &RawStage, groups: &Span, steps: &[Step]) {
        let some = |is: fn(&Step) -> bool| steps.iter().any(is).then_some(groups);
        let landing = raw.landing.as_ref().filter(|at| !at.it.is_zero());
        let keys = [
            ("landing", landing.map(|at| &at.span)),
            ("before", raw.before.first().map(|part| &part.span)),
            ("after", raw.after.first().map(|part| &part.span)),
            ("between", raw.between.as_ref().map(|part| &part.span)),
            ("half-way", raw.half_way.as_ref().map(|at| &at.span)),
            ("open", raw.open.0.as_ref()),
            ("hold", raw.hold.0.as_ref()),
            ("at-most", some(|step| step.at_most.is_some())),
            ("depth", some(|step| step.depth.is_some())),
            ("round", some(|step| step.round)),
            ("still", some(|step| step.still)),
            (
                "to",
                some(|step| !matches!(step.to, Target::Next | Target::Done)),
            ),
        ];
        for (key, span) in keys {
            if let Some(span) = span {
                let sentence = &words().script.sentence.groups_at_own_pace;
                self.unit.problems.error(span, sentence, &[("key", key)]);
            }
        }
    }

    fn floor(&mut self, raw: &KeyValue<String>) -> usize {
        let roles = &self.unit.scope.names.roles;
        let found = raw
            .as_ref()
            .and_then(|at| role(at, roles, &mut self.unit.problems));
        found.unwrap_or(0)
    }

    fn error(&mut self, span: &Span, sentence: &'static ScriptSentence) {
        self.unit.problems.error(span, sentence, &[]);
    }

    fn kind_word(&mut self, raw: &RawStage, last: bool) -> Option<&'static str> {
        let w = &words().script.sentence;
        let Some(at) = &*raw.kind else {
            // A kind that is there and could not be read was told already.
            if !raw.kind.typed {
                self.error(&raw.span, &w.no_kind);
            }
            return None;
        };
        let word = KINDS.into_iter().find(|word| *word == at.it);
        match word {
            None => {
                let problems = &mut self.unit.problems;
                problems.unknown(&at.span, &w.unknown_kind, &at.it, &KINDS);
            }
            Some("closing") if !last => self.error(&at.span, &w.early_closing),
            Some(_) => {}
        }
        word
    }

    fn kind(
        &mut self,
        raw: &RawStage,
        word: &str,
        found: &Compiled,
        part: &Span,
        asides: &[usize],
    ) -> StageKind {
        match word {
            "each" => StageKind::Each,
            "closing" => StageKind::Closing,
            "turns" => {
                let mut parts = |key, parts: &[RawPart]| {
                    let parts = parts.iter().map(|raw| self.part(raw, key, part, asides));
                    parts.collect::<Vec<Stage>>()
                };
                let before = parts("before", &raw.before);
                let after = parts("after", &raw.after);
                let between = raw.between.as_ref();
                let between = between.map(|raw| Box::new(self.part(raw, "between", part, &[])));
                let half_way = raw.half_way.as_ref().and_then(|at| self.aside(at));
                let landing = self.landing(raw);
                // Time without an end keeps none for a landing; that is told where it is typed.
                if found.sound && !raw.open.is_set() {
                    self.landing_steps(raw, found, landing);
                }
                let lands_at = found.landings.first().copied();
                let times = raw.times.as_ref().map_or(1, |at| at.it);
                StageKind::Turns {
                    landing,
                    lands_at,
                    lands: graph::reached(&found.steps, lands_at.into_iter().collect()),
                    times: u8::try_from(times).unwrap_or(1),
                    before,
                    after,
                    between,
                    half_way,
                }
            }
            _ => StageKind::Together,
        }
    }

    /// A landing begins at one step, and only where minutes are kept for it.
    fn landing_steps(&mut self, raw: &RawStage, found: &Compiled, landing: Duration) {
        let w = &words().script.sentence;
        let at = |step: usize| found.spans.get(step).cloned().unwrap_or(raw.span.clone());
        match found.landings[..] {
            [] if landing.is_zero() => {}
            [] => self.error(&raw.span, &w.no_landing_step),
            // That the minutes are missing is told already where they must be there.
            [_] if landing.is_zero() && !needs_no_landing(raw) => {}
            [step] if landing.is_zero() => self.error(&at(step), &w.no_landing_minutes),
            [_] => {}
            [_, second, ..] => self.error(&at(second), &w.two_landing_steps),
        }
    }

    fn landing(&mut self, raw: &RawStage) -> Duration {
        let w = &words().script.sentence;
        let minutes = raw.minutes.as_ref().and_then(|at| at.minutes);
        match &*raw.landing {
            None if raw.landing.typed => {}
            None if !needs_no_landing(raw) => self.error(&raw.span, &w.no_landing),
            None => {}
            Some(at) if minutes.is_some_and(|length| at.it >= length) => {
                self.error(&at.span, &w.landing_length);
            }
            Some(_) => {}
        }
        raw.landing.as_ref().map_or(Duration::ZERO, |at| at.it)
    }

    fn stage_title(&mut self, raw: &KeyValue<String>) -> Text {
        let Some(at) = raw else {
            return Text::default();
        };
        if at.it.chars().count() > usize::from(LONG_TITLE) {
            self.error(&at.span, &words().script.sentence.long_stage_title);
        }
        text::text(at, &self.unit.scope.names, &mut self.unit.problems)
    }

    fn at_least(
        &mut self,
        raw: &KeyValue<Duration>,
        minutes: Option<&StageLength>,
        kind: &StageKind,
    ) -> Duration {
        let length = length(minutes);
        let (at, minutes) = match (raw, minutes) {
            (Some(at), Some(minutes)) => (at, minutes),
            (None, Some(StageLength { minutes: None, .. })) => return Duration::ZERO,
            (None | Some(_), _) => return usual_least(kind, length),
        };
        if minutes.minutes.is_none() {
            return at.it;
        }
        let w = &words().script.sentence;
        let wrong = match kind {
            StageKind::Closing if at.it != length => Some((&w.at_least_closing, length)),
            _ if at.it > length => Some((&w.at_least_large, length)),
            StageKind::Turns { landing, .. } if at.it <= *landing && !at.it.is_zero() => {
                Some((&w.at_least_landing, *landing))
            }
            StageKind::Turns { .. } if at.it.is_zero() => Some((&w.at_least_turn, length)),
            StageKind::Turns { .. }
            | StageKind::Closing
            | StageKind::Together
            | StageKind::Each => None,
        };
        if let Some((sentence, bound)) = wrong {
            let bound = (bound.as_secs() / 60).to_string();
            let values = [("minutes", &*bound), ("landing", &*bound)];
            let problems = &mut self.unit.problems;
            problems.error(&at.span, sentence, &values);
        }
        at.it
    }

    fn role_words(&mut self, raw: &NamedValues<Located<String>>) -> Vec<SafeText> {
        let roles = &self.unit.scope.names.roles;
        for (name, _) in raw.iter() {
            role(name, roles, &mut self.unit.problems);
        }
        let word = |role: &String| {
            let word = raw.iter().find(|(name, _)| name.it == *role);
            SafeText::short(word.map_or(role, |(_, word)| &word.it), 24)
        };
        roles.iter().map(word).collect()
    }

    /// The steps of a stage, or of a part under this `key`: its own, or those of the module that it uses.
    fn steps_of(
        &mut self,
        uses: &KeyValue<String>,
        steps: &[RawStep],
        (span, key): (&Span, &'static str),
        place: StepPlace,
        part: &Span,
    ) -> Compiled {
        let w = &words().script.sentence;
        let found = match (uses, steps.is_empty()) {
            (Some(at), true) => {
                let placed = self.whole_module(at, place);
                placed.map(|(found, _)| found).unwrap_or_default()
            }
            (None, false) => {
                let unit = &mut self.unit;
                let mut found = self.modules.list(steps, place, unit);
                found.sound = !unit.problems.touch(part);
                if found.sound || !unit.problems.touch_ways(part) {
                    check_way(&found, place, true, unit.scope.ceiling, &mut unit.problems);
                }
                found
            }
            (Some(at), false) => {
                self.modules.lost = true;
                self.error(&at.span, &w.module_and_steps);
                Compiled::default()
            }
            (None, true) => {
                self.modules.lost = true;
                let problems = &mut self.unit.problems;
                if !problems.touch(part) {
                    // What stands around a turn has them under a heading of its own.
                    let sentence = match key {
                        "" => &w.no_steps,
                        _ => &w.no_part_steps,
                    };
                    problems.error(span, sentence, &[("key", key)]);
                }
                Compiled::default()
            }
        };
        self.modules.steps += found.steps.len();
        found
    }

    /// A module that is a whole stage or an aside: there is nothing that its ways out could lead to.
    fn whole_module(
        &mut self,
        at: &Located<String>,
        place: StepPlace,
    ) -> Option<(Compiled, Rc<ParsedModule>)> {
        let unit = &mut self.unit;
        let (found, module) = self.modules.place(&at.it, &at.span, place, unit)?;
        if !found.exits.is_empty() {
            unit.problems
                .named(&at.span, &words().script.sentence.exits_outside, &at.it);
        }
        Some((found, module))
    }

    /// A stage may make a bound of its module smaller, and never larger.
    fn smaller_bounds(&mut self, raw: &RawStage, steps: &mut [Step]) {
        let w = &words().script.sentence;
        let problems = &mut self.unit.problems;
        for (id, most) in raw.at_most.iter() {
            let name = short(&id.it);
            let by_id = |step: &Step| step.id.as_ref() == Some(&id.it);
            let Some(at) = steps.iter().position(by_id) else {
                let known = steps.iter().filter(|step| step.at_most.is_some());
                let near = nearest(&id.it, known.filter_map(|step| step.id.as_deref()));
                let values = [("name", &*name)];
                problems.error_near(&id.span, &w.no_such_step, &values, near);
                continue;
            };
            match steps.get_mut(at).and_then(|step| step.at_most.as_mut()) {
                Some(bound) if most.it <= i64::from(bound.0) => {
                    bound.0 = u8::try_from(most.it).unwrap_or(1);
                }
                Some(bound) => {
                    let visits = bound.0.to_string();
                    let values = [("name", &*name), ("visits", &*visits)];
                    problems.error(&most.span, &w.no_larger_bound, &values);
                }
                None => problems.error(&id.span, &w.no_bound, &[("name", &name)]),
            }
        }
    }

    fn aside(&mut self, at: &Located<String>) -> Option<usize> {
        if let Some(known) = self.asides.iter().position(|(name, _)| *name == at.it) {
            return Some(known);
        }
        let (found, module) = self.whole_module(at, StepPlace::Aside)?;
        let w = &words().script.sentence;
        let values = [("name", &*short(&at.it))];
        let problems = &mut self.unit.problems;
        let raw = module.raw.as_ref();
        let Some(offer) = raw.and_then(|raw| raw.offer.as_ref()) else {
            if found.sound {
                problems.error(&at.span, &w.no_offer, &values);
            }
            return None;
        };
        let clock = raw.and_then(|raw| raw.clock.as_ref());
        let clock = clock.map(|at| at.it.as_str());
        if !matches!(clock, Some("held" | "runs")) {
            problems.error(&at.span, &w.no_clock, &values);
        }
        let aside = Aside {
            offer: SafeText::short(&offer.it, 60),
            holds: clock != Some("runs"),
            steps: found.steps,
        };
        self.asides.push((at.it.clone(), aside));
        Some(self.asides.len() - 1)
    }
}

/// The signs that a stage gives by itself, the last one first.
fn warnings(raw: &[Located<i64>]) -> Vec<u8> {
    let mut found: Vec<u8> = raw
        .iter()
        .filter_map(|at| u8::try_from(at.it).ok())
        .collect();
    found.arrange();
    found
}

/// A length as it is typed; nothing where it is not known yet.
fn length(minutes: Option<&StageLength>) -> Duration {
    let minutes = minutes.and_then(|at| at.minutes);
    minutes.unwrap_or(Duration::ZERO)
}
