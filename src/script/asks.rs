//! What a step can ask: for each kind its rows of the format, what becomes of them, and where its ways lead.
//!
//! To add a kind: its row in `asks!` below, with a table of its own where it has keys; its variant of [`Ask`] and how the
//! one becomes the other in `StepCompiler::ask`. What a session does at such a step is a file in `session/steps`, and
//! all its words for authors are in `words/format.toml`.

use std::time::Duration;

use super::card::CardLine;
use super::compile::lookup::{is_for, meant, word};
use super::format::reader::{
    Flag, FromKey, FromValue, KeyValue, Located, Reader, Report, Tabled, Value, table, tables,
};
use super::format::spec::ValueKind::{
    Bounds, Either, List, Name, Number, Short, Text as Words, True, Truth, Word as OneOf,
};
use super::format::spec::{KeySpec, TableSpec, ValueKind, needed, needed_later, optional};
use super::format::values::{Filled, RawRating, ScriptReading, TypedList, Yes};
use super::model::Whom;
use super::promise_answer::PromiseAnswer;
use super::source::Span;
use super::word::word_enum;
use super::{Depth, Rung, StepCompiler, StepPlace, Target, Text};
use crate::text::safe_text::SafeText;
use crate::text::sort::Arrange;
use crate::text::words::{fill, words};

const TEXTS: ValueKind = List(&Words);
const NAMES: ValueKind = List(&Name);
const ONLY: ValueKind = OneOf(&["alone", "together"]);
const WARNINGS: ValueKind = List(&Number(1, 30));

/// The longest title of what is written, in letters.
pub(crate) const LONG_NAME: u16 = 40;
/// Each answer is one key on the keyboard.
const MOST_ANSWERS: usize = 9;

tables! { pub(crate) ScriptReading<'_>;
    /// An answer.
    RawAnswer = "answer" (|| words().script.what.answer) {
        says: KeyValue<String> = needed("says", Words),
        to: KeyValue<String> = optional("to", Name),
        rung: KeyValue<String> = optional("rung", OneOf(&Rung::WORDS)),
        ceiling: KeyValue<String> = optional("ceiling", OneOf(&["notice", "meet", "know", "lower"])),
        promise: KeyValue<String> = optional("promise", OneOf(&PromiseAnswer::WORDS)),
        only: KeyValue<String> = optional("only", ONLY),
    }

    /// A yes from several people.
    RawConsent = "consent" (|| words().script.what.consent) {
        of: Filled = optional("of", NAMES),
        without: KeyValue<String> = optional("without", Name),
        means: KeyValue<String> = optional("means", OneOf(&Means::WORDS)),
    }

    /// The gate.
    RawGate = "gate" (|| words().script.what.gate) {
        questions: Filled = needed_later("questions", TEXTS),
        short: KeyValue<String> = needed("short", Name),
        not_today: KeyValue<String> = needed("not-today", Name),
    }

    /// The agreement.
    RawAgreement = "agreement" (|| words().script.what.agreement) {
        lines: Filled = needed_later("lines", TEXTS),
        unsigned: KeyValue<String> = needed("unsigned", Name),
        for_today: Flag = optional("for-today", Truth),
    }

    /// Company and warnings.
    RawSupport = "support" (|| words().script.what.support) {
        rungs: Vec<Located<String>> = optional("rungs", List(&OneOf(&Rung::WORDS))),
        warnings: Vec<Located<i64>> = optional("warnings", WARNINGS),
        usual: Vec<Located<i64>> = optional("usual", WARNINGS),
    }

    /// One line that everybody may see.
    RawWrite = "write" (|| words().script.what.write) {
        name: KeyValue<String> = needed("as", Name),
        otherwise: KeyValue<String> = needed("otherwise", Words),
        suggestions: Vec<Located<String>> = optional("suggestions", TEXTS),
        people: Flag = optional("people", Truth),
        lot: Flag = optional("lot", Truth),
        list: Flag = optional("list", Truth),
        fresh: Flag = optional("fresh", Truth),
        without: Vec<Located<String>> = optional("without", NAMES),
        title: KeyValue<String> = optional("title", Short(LONG_NAME)),
        card: KeyValue<String> = optional("card", OneOf(&CardLine::WORDS)),
    }

    /// A quiet while with a pacer.
    RawPacer = "rest" (|| words().script.what.rest) {
        seconds: KeyValue<i64> = needed("seconds", Number(10, 600)),
        breath_in: KeyValue<i64> = needed("in", Number(2, 10)),
        breath_out: KeyValue<i64> = needed("out", Number(2, 10)),
        hold: KeyValue<i64> = optional("hold", Number(1, 10)),
    }
}

/// Makes what a step can ask, one variant for each row.
macro_rules! asks {
    ($($name:ident($type:ty) = $row:expr,)*) => {
        /// What is asked.
        #[derive(Debug)]
        pub(crate) enum RawAsk {
            $($name($type),)*
        }

        impl RawAsk {
            /// Their rows.
            pub(crate) const KEYS: &'static [KeySpec<'static>] = &[$($row),*];

            /// Everything that this step asks, which is one thing at most where it is right.
            pub(crate) fn read_all(reader: &mut Reader<'_, ScriptReading<'_>>) -> Vec<Located<Self>> {
                let mut asked = Vec::new();
                $({
                    let key: &KeySpec = const { &$row };
                    let span = reader.key_span(key.name);
                    let it: Option<$type> = FromKey::from_key(key, reader);
                    asked.extend(it.map(|it| Located { it: Self::$name(it), span }));
                })*
                asked
            }

            /// Whether this is for everybody at once, so that nobody has a go of their own at it.
            pub(crate) fn asks_everybody(&self) -> bool {
                matches!(
                    self,
                    Self::Consent(_)
                        | Self::Gate(_)
                        | Self::Agreement(_)
                        | Self::Order(_)
                        | Self::Support(_)
                        | Self::Keep(_)
                )
            }
        }
    };
}

// What a step can ask. A step has one of these at most.
asks! {
    Answers(TypedList<RawAnswer>) = optional("answers", RawAnswer::LIST),
    Rating(RawRating) = optional("rating", Bounds(&Name)),
    Hands(RawRating) = optional("hands", Bounds(&Name)),
    Consent(RawConsent) = optional("consent", RawConsent::TABLE),
    Gate(RawGate) = optional("gate", RawGate::TABLE),
    Agreement(RawAgreement) = optional("agreement", RawAgreement::TABLE),
    Order(Yes) = optional("order", True),
    Support(RawSupport) = optional("support", RawSupport::TABLE),
    Write(RawWrite) = optional("write", RawWrite::TABLE),
    Note(Yes) = optional("note", True),
    Promise(Yes) = optional("promise", True),
    Rest(RawRest) = optional("rest", Either(&[Number(10, 600), RawPacer::TABLE])),
    Keep(Yes) = optional("keep", True),
}

/// Seconds of quiet, or seconds with a pacer.
#[derive(Debug)]
pub(crate) struct RawRest {
    pub(crate) seconds: i64,
    pub(crate) pacer: Option<Pacer>,
}

impl FromValue<ScriptReading<'_>> for RawRest {
    fn from_value(value: &Value, key: &KeySpec, report: &mut ScriptReading<'_>) -> Option<Self> {
        if !value.get_ref().is_table() {
            let seconds = Located::<i64>::from_value(value, key, report)?.it;
            let pacer = None;
            return Some(Self { seconds, pacer });
        }
        let paced = RawPacer::from_value(value, key, report)?;
        let small = |at: Located<i64>| u8::try_from(at.it).ok();
        Some(Self {
            seconds: paced.seconds?.it,
            pacer: Some(Pacer {
                breath_in: paced.breath_in.and_then(small)?,
                breath_out: paced.breath_out.and_then(small)?,
                hold: paced.hold.and_then(small).unwrap_or(0),
            }),
        })
    }
}

/// What a step asks.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Ask {
    /// Nothing: words to read.
    Read,
    /// One of several answers.
    Question(Question),
    /// One of several answers from each person, unseen by the others until all have answered.
    Unseen(UnseenQuestion),
    /// A number from 0 to 10.
    Rating(RatingQuestion),
    /// A yes from several people.
    Consent(Consent),
    /// The gate.
    Gate(Gate),
    /// The agreement.
    Agreement(Agreement),
    /// Who goes first.
    Order,
    /// Company and warnings for each person's turn.
    Support(Support),
    /// One line that everybody may see.
    Write(Write),
    /// A moment to write for oneself, on a private page.
    Note,
    /// A promise to somebody inside, with a day to look at it again, in one's own notebook or on one's own page.
    Promise,
    /// A quiet while.
    Rest(Rest),
    /// What stays of the session.
    Keep,
}

/// When a way is taken that leads on from what a step asks.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum WayOn<'a> {
    /// With this answer.
    Answer(&'a Text),
    /// From this number on.
    From(u8),
    /// Without the yes of everybody who is asked.
    Without,
    /// At the gate, with *short*.
    Short,
    /// At the gate, with *not today*.
    NotToday,
    /// With an agreement that is not signed.
    Unsigned,
}

/// What is known of each kind of thing that can be asked, so that nobody else has to go through them all.
#[allow(
    clippy::wildcard_enum_match_arm,
    reason = "most of what can be asked has no ways, answers or texts of its own"
)]
impl Ask {
    /// The ways that lead on from here, beside the one that every step has, and when each is taken.
    pub(crate) fn ways(&self) -> Vec<(WayOn<'_>, Target)> {
        match self {
            Self::Question(Question { answers, .. }) | Self::Unseen(UnseenQuestion { answers }) => {
                let answers = answers.iter();
                answers
                    .map(|answer| (WayOn::Answer(&answer.says), answer.to))
                    .collect()
            }
            Self::Rating(RatingQuestion { bounds, .. }) => {
                let bounds = bounds.iter();
                bounds
                    .map(|(bound, to)| (WayOn::From(*bound), *to))
                    .collect()
            }
            Self::Consent(consent) => vec![(WayOn::Without, consent.without)],
            Self::Gate(gate) => {
                vec![
                    (WayOn::Short, gate.short),
                    (WayOn::NotToday, gate.not_today),
                ]
            }
            Self::Agreement(agreement) => vec![(WayOn::Unsigned, agreement.unsigned)],
            _ => Vec::new(),
        }
    }

    /// Where these ways lead, to be changed.
    pub(crate) fn targets_mut(&mut self) -> Vec<&mut Target> {
        match self {
            Self::Question(Question { answers, .. }) | Self::Unseen(UnseenQuestion { answers }) => {
                answers.iter_mut().map(|answer| &mut answer.to).collect()
            }
            Self::Rating(RatingQuestion { bounds, .. }) => {
                bounds.iter_mut().map(|(_, to)| to).collect()
            }
            Self::Consent(consent) => vec![&mut consent.without],
            Self::Gate(gate) => vec![&mut gate.short, &mut gate.not_today],
            Self::Agreement(agreement) => vec![&mut agreement.unsigned],
            _ => Vec::new(),
        }
    }

    /// The answers to choose from; none where it is no question.
    pub(crate) fn answers(&self) -> &[Answer] {
        match self {
            Self::Question(Question { answers, .. }) | Self::Unseen(UnseenQuestion { answers }) => {
                answers
            }
            _ => &[],
        }
    }

    /// Company and warnings, where it is those that are asked.
    pub(crate) fn support(&self) -> Option<&Support> {
        if let Self::Support(support) = self {
            return Some(support);
        }
        None
    }

    /// The kinds of company that somebody can come to have here.
    pub(crate) fn rungs(&self) -> Vec<Rung> {
        if let Self::Support(support) = self {
            return support.rungs.clone();
        }
        let rungs = self.answers().iter().filter_map(|answer| answer.rung);
        // Until such an answer is chosen, company is silent.
        rungs.flat_map(|rung| [Rung::Silent, rung]).collect()
    }

    /// What it is, for whoever writes a script; nothing where its words and its answers say it.
    pub(crate) fn label(&self) -> Option<SafeText> {
        let w = &words().format.ask;
        let says = match self {
            Self::Read | Self::Question(_) => return None,
            Self::Unseen(_) => &w.unseen,
            Self::Rating(RatingQuestion { hands: true, .. }) => &w.hands,
            Self::Rating(_) => &w.rating,
            Self::Consent(_) => &w.consent,
            Self::Gate(_) => &w.gate,
            Self::Agreement(_) => &w.agreement,
            Self::Order => &w.order,
            Self::Support(_) => &w.support,
            Self::Write(_) => &w.write,
            Self::Note => &w.note,
            Self::Promise => &w.promise,
            Self::Keep => &w.keep,
            Self::Rest(rest) => {
                let seconds = rest.length.as_secs().to_string();
                return Some(fill(&w.rest, &[("n", &seconds)]));
            }
        };
        Some(SafeText::new(says))
    }

    #[cfg(test)]
    /// Every text in it, to be changed.
    pub(crate) fn texts_mut(&mut self) -> Vec<&mut Text> {
        match self {
            Self::Question(Question { answers, .. }) | Self::Unseen(UnseenQuestion { answers }) => {
                answers.iter_mut().map(|answer| &mut answer.says).collect()
            }
            Self::Gate(gate) => gate.questions.iter_mut().collect(),
            Self::Agreement(agreement) => agreement.lines.iter_mut().collect(),
            Self::Write(write) => write.suggestions.iter_mut().collect(),
            _ => Vec::new(),
        }
    }
}

/// A question.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Question {
    /// What can be answered.
    pub(crate) answers: Vec<Answer>,
    /// Whether several can be chosen; the last of them leads on.
    pub(crate) several: bool,
}

/// A question that each answers unseen.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct UnseenQuestion {
    /// What can be answered; the last is the most careful.
    pub(crate) answers: Vec<Answer>,
}

/// A question that a number answers.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct RatingQuestion {
    /// The first bound that a number reaches leads on, from the highest.
    pub(crate) bounds: Vec<(u8, Target)>,
    /// Whether raised hands are counted: that is nobody's own number.
    pub(crate) hands: bool,
}

/// A quiet while.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Rest {
    /// How long.
    pub(crate) length: Duration,
    /// A pace for the breath, when somebody chose one.
    pub(crate) pacer: Option<Pacer>,
}

/// A yes from several people.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Consent {
    /// From whom, as indices into [`Script::roles`]; from everybody when it is empty.
    pub(crate) of: Vec<usize>,
    /// Where the way goes on without.
    pub(crate) without: Target,
    /// What the yes brings about beside the way.
    pub(crate) means: Option<Means>,
}

word_enum! {
    /// What a yes brings about.
    #[derive(Clone, Copy, PartialEq, Eq, Debug)]
    pub(crate) enum Means {
        /// The minutes of a one-sided session are a loan after all.
        Loan = "loan",
        /// What the program has kept of these people is deleted at the end.
        Forget = "forget",
        /// They try three sessions, and then ask each other again.
        Trial = "trial",
        /// They stop meeting.
        Goodbye = "goodbye",
        /// What they wrote as `new-line` stands in their agreement.
        NewLine = "new-line",
    }
}

/// One line that everybody may see.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Write {
    /// Under which name, as an index into [`Script::written`].
    pub(crate) name: usize,
    /// Lines to choose from.
    pub(crate) suggestions: Vec<Text>,
    /// Whether the names of everybody here can be chosen, before those.
    pub(crate) people: bool,
    /// Whether chance can be asked for one of these names.
    pub(crate) lot: bool,
    /// Whether lines are added to a list, until people go on.
    pub(crate) list: bool,
    /// Whether what was written before is gone when people come here again.
    pub(crate) fresh: bool,
    /// Whose names are neither chosen nor drawn.
    pub(crate) without: Vec<Whom>,
    /// The line of the writer's card that it becomes when the outline is kept.
    pub(crate) card: Option<CardLine>,
}

/// A pace for the breath, in seconds (content.md 4.4).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Pacer {
    /// In.
    pub(crate) breath_in: u8,
    /// Out.
    pub(crate) breath_out: u8,
    /// A hold after both; 0 is none.
    pub(crate) hold: u8,
}

/// An answer to a question.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Answer {
    /// Its words.
    pub(crate) says: Text,
    /// Where it leads.
    pub(crate) to: Target,
    /// The rung it sets for this turn.
    pub(crate) rung: Option<Rung>,
    /// The ceiling it sets for today.
    pub(crate) ceiling: Option<NewCeiling>,
    /// What it says about the promise that this session comes back to.
    pub(crate) promise: Option<PromiseAnswer>,
}

/// A ceiling that an answer sets; it never rises above the script's.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum NewCeiling {
    /// This one.
    At(Depth),
    /// One step lower than it is.
    Lower,
}

/// The gate: questions that are read and answered inwardly, and never typed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Gate {
    /// The questions.
    pub(crate) questions: Vec<Text>,
    /// Where *short* leads.
    pub(crate) short: Target,
    /// Where *not today* leads.
    pub(crate) not_today: Target,
}

/// The agreement.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Agreement {
    /// Its lines, when the people have none of their own yet.
    pub(crate) lines: Vec<Text>,
    /// Whether they are for this session alone: read aloud each time, while what the people agreed on before stands.
    pub(crate) for_today: bool,
    /// Where the way goes without everybody's yes.
    pub(crate) unsigned: Target,
}

/// Company and warnings.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Support {
    /// Which rungs there are; none alone.
    pub(crate) rungs: Vec<Rung>,
    /// Which warnings can be chosen, in minutes before the end.
    pub(crate) warnings: Vec<u8>,
    /// Which are switched on at first.
    pub(crate) usual: Vec<u8>,
}

impl StepCompiler<'_> {
    /// What a step asks.
    pub(crate) fn ask(&mut self, asks: &[Located<RawAsk>], unseen: bool, several: bool) -> Ask {
        let w = &words().script.sentence;
        if let Some(second) = asks.get(1) {
            self.problems.error(&second.span, &w.two_asks, &[]);
        }
        let Some(at) = asks.first() else {
            return Ask::Read;
        };
        match &at.it {
            RawAsk::Answers(answers) => {
                let answers = self.answers(answers, &at.span);
                match unseen {
                    true => Ask::Unseen(UnseenQuestion { answers }),
                    false => Ask::Question(Question { answers, several }),
                }
            }
            RawAsk::Rating(rating) => {
                let bounds = rating.0.iter();
                let bounds = bounds.map(|(from, to)| (*from, self.target(to))).collect();
                Ask::Rating(RatingQuestion {
                    bounds,
                    hands: false,
                })
            }
            RawAsk::Hands(hands) => {
                let bounds = hands.0.iter();
                let bounds = bounds.map(|(from, to)| (*from, self.target(to))).collect();
                Ask::Rating(RatingQuestion {
                    bounds,
                    hands: true,
                })
            }
            RawAsk::Consent(consent) => {
                let of = consent.of.iter();
                Ask::Consent(Consent {
                    of: of.filter_map(|at| self.role(at)).collect(),
                    without: self.target_or_next(&consent.without),
                    means: self.word(&consent.means, &w.unknown_meaning),
                })
            }
            RawAsk::Gate(gate) => Ask::Gate(Gate {
                questions: self.texts(&gate.questions),
                short: self.target_or_next(&gate.short),
                not_today: self.target_or_next(&gate.not_today),
            }),
            RawAsk::Agreement(agreement) => Ask::Agreement(Agreement {
                lines: self.texts(&agreement.lines),
                unsigned: self.target_or_next(&agreement.unsigned),
                for_today: agreement.for_today.is_set(),
            }),
            RawAsk::Order(_) => Ask::Order,
            RawAsk::Support(support) => self.support(support),
            RawAsk::Write(write) => Ask::Write(Write {
                card: self.word::<CardLine>(&write.card, &w.unknown_card_line),
                name: write.name.as_ref().map_or(0, |at| self.written(&at.it)),
                suggestions: self.texts(&write.suggestions),
                people: write.people.is_set(),
                lot: write.lot.is_set(),
                list: write.list.is_set(),
                fresh: write.fresh.is_set(),
                without: self.whom(&write.without),
            }),
            RawAsk::Note(_) => Ask::Note,
            RawAsk::Promise(_) => Ask::Promise,
            RawAsk::Rest(rest) => Ask::Rest(Rest {
                length: Duration::from_secs(u64::try_from(rest.seconds).unwrap_or(60)),
                pacer: rest.pacer,
            }),
            RawAsk::Keep(_) => Ask::Keep,
        }
    }

    fn answers(&mut self, raw: &TypedList<RawAnswer>, span: &Span) -> Vec<Answer> {
        let w = &words().script.sentence;
        let mut answers = Vec::new();
        for answer in raw.iter() {
            let to_shorter = answer.to.as_ref().is_some_and(|to| to.it == "shorter");
            if !is_for(answer.only.as_ref(), self.scope.people, self.problems)
                || (to_shorter && !self.scope.shorter)
            {
                continue;
            }
            let Some(says) = &answer.says else { continue };
            // A module serves scripts that go less deep: there its deeper answers are not offered.
            if self.scope.module && self.is_above(&answer.ceiling) {
                continue;
            }
            if let (Some(at), StepPlace::Stage | StepPlace::Closing | StepPlace::MiniClose) =
                (&answer.rung, self.place)
            {
                self.problems.error(&at.span, &w.rung_outside, &[]);
            }
            answers.push(Answer {
                says: self.text(says),
                to: self.target_or_next(&answer.to),
                rung: self.word(&answer.rung, &w.not_a_rung),
                ceiling: answer.ceiling.as_ref().and_then(|at| self.ceiling(at)),
                promise: self.word::<PromiseAnswer>(&answer.promise, &w.unknown_look),
            });
        }
        if raw.is_empty() && raw.complete {
            self.problems.error(span, &w.no_answers, &[]);
        } else if answers.len() > MOST_ANSWERS {
            let values = [("n", &*answers.len().to_string())];
            self.problems.error(span, &w.many_answers, &values);
        }
        answers
    }

    fn ceiling(&mut self, at: &Located<String>) -> Option<NewCeiling> {
        if at.it == "lower" {
            return Some(NewCeiling::Lower);
        }
        let w = &words().script.sentence;
        let depth: Depth = word(at, &w.not_a_depth, self.problems)?;
        if depth > self.scope.ceiling {
            let values = [("name", depth.word())];
            self.problems.error(&at.span, &w.above_ceiling, &values);
        }
        Some(NewCeiling::At(depth))
    }

    fn is_above(&self, at: &KeyValue<String>) -> bool {
        let depth = at.as_ref().and_then(|at| meant::<Depth>(&at.it));
        depth.is_some_and(|depth| depth > self.scope.ceiling)
    }

    fn support(&mut self, raw: &RawSupport) -> Ask {
        let w = &words().script.sentence;
        for at in &raw.usual {
            if !raw.warnings.iter().any(|warning| warning.it == at.it) {
                let values = [("n", &*at.it.to_string())];
                self.problems.error(&at.span, &w.usual_warning, &values);
            }
        }
        let numbers = |list: &[Located<i64>]| {
            let mut numbers: Vec<u8> = list.iter().filter_map(|at| at.it.try_into().ok()).collect();
            numbers.arrange();
            numbers.dedup();
            numbers
        };
        let rungs = raw.rungs.iter();
        let rungs = rungs.filter_map(|at| word(at, &w.not_a_rung_here, self.problems));
        Ask::Support(Support {
            rungs: match self.scope.people.to {
                0..=1 => Vec::new(),
                2.. => rungs.collect(),
            },
            warnings: numbers(&raw.warnings),
            usual: numbers(&raw.usual),
        })
    }
}
