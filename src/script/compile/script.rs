//! From what was typed to a script that is always valid: its head, its stages, its shorter script.

use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;

use super::lint::Lint;
use super::lookup::word;
use super::modules::{Modules, ReadBefore};
use super::packs::packs;
use super::scope::{Scope, Unit};
use super::stage_names::StageNames;
use super::stages::StageCompiler;
use super::text::{Names, text};
use crate::script::check::company::check_company;
use crate::script::check::limits::{MOST_STEPS, is_in_limits, too_many_steps};
use crate::script::check::minutes::{check_minutes, check_signs, missing_minutes};
use crate::script::check::ways::{check_needed, every_step_is_read};
use crate::script::format::reader::{KeyValue, Located};
use crate::script::format::tables::{
    KINDS, LONG_SUMMARY, LONG_TITLE, RawScript, RawStage, is_role,
};
use crate::script::format::values::Variant;
use crate::script::head::{NEEDS, People};
use crate::script::library::Library;
use crate::script::model::{Depth, Rung, Script, Sentences, Stage, Text};
use crate::script::parse::{self, Variants};
use crate::script::problem::{Problem, Problems, Severity, short};
use crate::script::source::{Source, Span, hash, texts};
use crate::script::word::is_id;
use crate::text::safe_text::SafeText;
use crate::text::words::words;

/// Reads, resolves, checks. The script is there unless something can't run.
pub(crate) fn compile(
    name: &str,
    source: Source,
    (library, before, lint): (&dyn Library, Rc<ReadBefore>, Lint),
    of: Variant,
    shorter: impl FnOnce(&str) -> Option<Arc<Script>>,
) -> (Option<Script>, Vec<Problem>, Option<Variants>) {
    let source = Arc::new(source);
    let mut compiler = StageCompiler {
        modules: Modules::new(library, before),
        unit: Unit::new(Arc::clone(&source), lint),
        asides: Vec::new(),
    };
    let raw = parse::script(&source, of, &mut compiler.unit.problems);
    compiler.modules.read.push(source);
    let variants = raw.as_ref().map(|(_, variants)| *variants);
    let script = raw.and_then(|(raw, _)| {
        let script = compiler.script(name, &raw, shorter);
        missing_minutes(&raw, &mut compiler.unit.problems);
        script
    });
    let mut problems = compiler.unit.problems.all;
    problems.extend(compiler.modules.warnings);
    let is_error = |problem: &Problem| problem.severity == Severity::Error;
    let runs = !problems.iter().any(is_error);
    (script.filter(|_| runs), problems, variants)
}

impl StageCompiler<'_> {
    fn script(
        &mut self,
        name: &str,
        raw: &RawScript,
        shorter: impl FnOnce(&str) -> Option<Arc<Script>>,
    ) -> Option<Script> {
        let w = &words().script.sentence;
        let problems = &mut self.unit.problems;
        let people = roles(raw, problems)?;
        let ceiling = raw.ceiling.as_ref();
        let ceiling: Option<Depth> = ceiling.and_then(|at| word(at, &w.not_a_depth, problems));
        let language = language(&raw.language, problems);
        let (packs, packed) = packs(&raw.wording, None, problems);
        self.modules.packs = packs.iter().map(|pack| pack.name.clone()).collect();
        let roles = &raw.roles.0;
        self.unit.scope = Scope {
            names: Names {
                roles: roles.iter().map(|role| role.it.clone()).collect(),
                held: roles.len().min(usize::from(people.to)),
                packed,
                written: Vec::new(),
            },
            people,
            // Without one, nothing is called too deep.
            ceiling: ceiling.unwrap_or(Depth::Know),
            shorter: raw.shorter.is_some(),
            lint: self.unit.scope.lint.of(&language),
            ..self.unit.scope.clone()
        };
        let at = raw.shorter.as_ref();
        let shorter = at.and_then(|at| self.shorter(name, at, people, shorter));
        if !is_in_limits(raw, &mut self.unit.problems) {
            return None;
        }
        let (stages, sound) = self.stages(raw);
        let (stop, mini_close) = self.own_modules();
        let problems = &mut self.unit.problems;
        let sentences = sentences(raw, &self.unit.scope.names, problems);
        let minutes = raw.minutes.as_ref().map(|at| at.it);
        let alone = people.to == 1 && roles.len() > 1;
        let asides = std::mem::take(&mut self.asides).into_iter();
        let clock = raw.clock.as_ref();
        let mut script = Script {
            name: name.to_owned(),
            hash: hash(&self.modules.read),
            texts: texts(&self.modules.read),
            file: None,
            title: title(&raw.title, "title", LONG_TITLE, problems),
            summary: title(&raw.summary, "summary", LONG_SUMMARY, problems),
            needs: needs(&raw.needs, problems),
            language,
            people,
            roles: self.unit.scope.names.roles.clone(),
            minutes: minutes.and_then(|n| u16::try_from(n).ok()).unwrap_or(0),
            asides: asides.map(|(_, aside)| aside).collect(),
            ceiling: self.unit.scope.ceiling,
            buffer: raw.buffer.as_ref().map_or(Duration::ZERO, |at| at.it),
            clock: clock
                .and_then(|at| word(at, &w.unknown_clock, problems))
                .unwrap_or_default(),
            one_sided: raw.one_sided.as_ref().map(|at| SafeText::new(&at.it)),
            rungs: rung_words(raw, problems),
            sentences,
            packs,
            written: std::mem::take(&mut self.modules.written),
            stages,
            stop,
            mini_close,
            shorter,
            others: Vec::new(),
        };
        if alone && !raw.stages.iter().any(RawStage::gets_the_rest) {
            last_as_long_as_stages(&mut script);
        }
        self.check_whole(raw, &mut script, sound);
        (raw.minutes.is_some() && raw.ceiling.is_some()).then_some(script)
    }

    /// What can be known only of a whole.
    fn check_whole(&mut self, raw: &RawScript, script: &mut Script, sound: bool) {
        let problems = &mut self.unit.problems;
        let timed = raw.is_timed();
        if sound || timed {
            check_minutes(raw, script, problems);
        }
        check_signs(raw, script, problems);
        // What all stages give is known only when each is sound.
        if sound {
            check_company(raw, script, problems);
        }
        if sound || (timed && !self.modules.lost && every_step_is_read(raw)) {
            check_needed(&script.stages, &raw.stages, &raw.span, problems);
        }
        if self.modules.steps > MOST_STEPS {
            too_many_steps(&raw.span, self.modules.steps, problems);
        }
    }

    /// The stages, and whether nothing in them stands in the way of looking at the whole.
    fn stages(&mut self, raw: &RawScript) -> (Vec<Stage>, bool) {
        let starts = raw.stages.iter().map(|stage| stage.span.start);
        let ends = starts.clone().skip(1);
        let end = self.unit.problems.source().text.len();
        let parts: Vec<Span> = starts
            .zip(ends.chain([end]))
            .map(|(start, end)| start..end)
            .collect();
        self.unit.scope.stages = Rc::new(raw.stages.iter().map(StageNames::of).collect());
        let last = raw.stages.len().saturating_sub(1);
        let stages = raw.stages.iter().zip(&parts).enumerate();
        let stages = stages.map(|(at, (stage, part))| {
            self.unit.scope.later = later(&raw.stages, at);
            self.unit.scope.at = at;
            self.stage(stage, part, at == last)
        });
        let stages = stages.collect();
        self.unit.scope.later.clear();
        // Where a heading is misspelt, the last stage of those that were read may not be the last one.
        let kind = raw.stages.last().and_then(|stage| stage.kind.as_ref());
        let ends = kind.filter(|at| at.it != "closing" && KINDS.contains(&&*at.it));
        if let (Some(at), true) = (ends, raw.stages.complete) {
            let sentence = &words().script.sentence.no_closing;
            self.unit.problems.error(&at.span, sentence, &[]);
        }
        check_stage_ids(&raw.stages, &mut self.unit.problems);
        let first = parts.first().map_or(end, |part| part.start);
        (stages, !self.unit.problems.touch(&(first..end)))
    }

    fn shorter(
        &mut self,
        name: &str,
        at: &Located<String>,
        people: People,
        find: impl FnOnce(&str) -> Option<Arc<Script>>,
    ) -> Option<Arc<Script>> {
        let w = &words().script.sentence;
        let problems = &mut self.unit.problems;
        let span = at.span.clone();
        if at.it == name {
            problems.error(&span, &w.shorter_itself, &[]);
            return None;
        }
        let scripts = self.modules.library.scripts();
        if !scripts.contains(&at.it.as_str()) {
            problems.unknown(&span, &w.unknown_shorter, &at.it, &scripts);
            return None;
        }
        let found = find(&at.it);
        let fits = |script: &Arc<Script>| {
            script.people.takes(people.from) && script.people.takes(people.to)
        };
        let sentence = match &found {
            None => &w.shorter_broken,
            Some(script) if !fits(script) => &w.shorter_people,
            Some(_) => return found,
        };
        problems.error(&span, sentence, &[("name", &short(&at.it))]);
        None
    }
}

/// Alone there are fewer turns: it is as long as its stages are.
fn last_as_long_as_stages(script: &mut Script) {
    let lengths = script.lengths(1);
    let whole = (lengths.stages + lengths.buffer).as_secs().div_ceil(60);
    script.minutes = u16::try_from(whole).unwrap_or(0);
    script.buffer = Duration::from_secs(whole * 60).saturating_sub(lengths.stages);
}

fn title(raw: &KeyValue<String>, key: &str, most: u16, problems: &mut Problems) -> SafeText {
    let Some(at) = raw else {
        return SafeText::default();
    };
    let letters = at.it.trim().chars().count();
    if letters == 0 || letters > usize::from(most) {
        let (letters, most) = (letters.to_string(), most.to_string());
        let values = [("key", key), ("letters", &*letters), ("most", &*most)];
        problems.error(&at.span, &words().script.sentence.wrong_length, &values);
    }
    SafeText::new(&at.it)
}

/// Checks the roles and says for how many people the session is; without roles nothing more can be read.
fn roles(raw: &RawScript, problems: &mut Problems) -> Option<People> {
    let w = &words().script.sentence;
    let roles = &raw.roles.0;
    let last = roles.last()?;
    let guess = u8::try_from(roles.len()).unwrap_or(1).clamp(1, 2);
    let people = raw.people.unwrap_or(People {
        from: guess,
        to: guess,
    });
    let sentence = match people.from {
        // Where a script is for several, too, the others have words for their roles.
        1 if roles.len() != 1 && !raw.is_for_several() => Some(&w.roles_alone),
        1 => None,
        _ if roles.len() < 2 => Some(&w.roles_together),
        from if roles.len() > usize::from(from) => Some(&w.roles_many),
        _ => None,
    };
    if let Some(sentence) = sentence {
        let values = [("people", &*people.from.to_string())];
        problems.error(&last.span, sentence, &values);
    }
    for (at, role) in roles.iter().enumerate() {
        let sentence = if !is_role(&role.it) {
            &w.bad_role
        } else if roles.iter().take(at).any(|other| other.it == role.it) {
            &w.role_twice
        } else {
            continue;
        };
        problems.named(&role.span, sentence, &role.it);
    }
    Some(people)
}

/// The language tag: letters and digits in pieces, the first of two or three letters (BCP 47, well-formed).
fn language(raw: &KeyValue<String>, problems: &mut Problems) -> String {
    let Some(at) = raw else {
        return "en".to_owned();
    };
    let mut pieces = at.it.split('-');
    let first = pieces.next().unwrap_or_default();
    let well_formed = matches!(first.len(), 2..=3)
        && first.chars().all(|c| c.is_ascii_lowercase())
        && pieces.all(|piece| {
            (1..=8).contains(&piece.len()) && piece.chars().all(|c| c.is_ascii_alphanumeric())
        });
    if !well_formed {
        problems.named(&at.span, &words().script.sentence.bad_language, &at.it);
    }
    at.it.clone()
}

fn needs(raw: &[Located<String>], problems: &mut Problems) -> Vec<&'static str> {
    let mut found = Vec::new();
    for at in raw {
        let need = NEEDS.into_iter().find(|need| *need == at.it);
        if need.is_none() {
            problems.unknown(
                &at.span,
                &words().script.sentence.unknown_need,
                &at.it,
                &NEEDS,
            );
        }
        found.extend(need);
    }
    found
}

/// What is said in the script's own words; an empty text leaves it out.
fn sentences(raw: &RawScript, names: &Names, problems: &mut Problems) -> Sentences {
    let mut own = |at: &KeyValue<String>| {
        let at = at.as_ref()?;
        let empty = at.it.trim().is_empty();
        Some(match empty {
            true => Text::default(),
            false => text(at, names, problems),
        })
    };
    let Some(raw) = &raw.sentences else {
        return Sentences::default();
    };
    Sentences {
        silence: own(&raw.silence),
        landing: own(&raw.landing),
        over: own(&raw.over),
        sign: own(&raw.sign),
        next: own(&raw.next),
    }
}

fn rung_words(raw: &RawScript, problems: &mut Problems) -> [Option<SafeText>; Rung::COUNT] {
    let mut found = [const { None }; Rung::COUNT];
    for (name, said) in raw.rungs.iter() {
        let rung: Option<Rung> = word(name, &words().script.sentence.not_a_rung, problems);
        if let Some(place) = rung.and_then(|rung| found.get_mut(rung as usize)) {
            *place = Some(SafeText::short(&said.it, 40));
        }
    }
    found
}

/// Ids of stages are well-formed and there once.
fn check_stage_ids(stages: &[RawStage], problems: &mut Problems) {
    let w = &words().script.sentence;
    let mut seen: Vec<&str> = Vec::new();
    for id in stages.iter().filter_map(|stage| stage.id.as_ref()) {
        let sentence = if !is_id(&id.it) {
            Some(&w.bad_id)
        } else if seen.contains(&id.it.as_str()) {
            Some(&w.id_twice)
        } else {
            None
        };
        if let Some(sentence) = sentence {
            problems.named(&id.span, sentence, &id.it);
        }
        seen.push(&id.it);
    }
}

/// The ids of the stages behind this one.
fn later(stages: &[RawStage], at: usize) -> Vec<(String, usize)> {
    let stages = stages.iter().enumerate().skip(at + 1);
    stages
        .filter_map(|(at, stage)| Some((stage.id.as_ref()?.it.clone(), at)))
        .collect()
}
