//! What lies ready before a session: scripts, people, sessions that were not closed.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::iter::successors;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use super::kept_line::KeptLine;
use super::{Activity, Program, named, notebook_list};
use crate::home::{
    HomeData, KnownCircle, OfferedScript, PlannedSession, PlannedStage, Planner, Setup, SoloCount,
    UnfinishedSession,
};
use crate::memory::{self, Circle, Memory, MemoryStore};
use crate::notebook::Notebooks;
use crate::script::{Head, Script, nearest, shipped_heads, shipped_script};
use crate::session::Session;
use crate::session::intent::{Intent, Outline};
use crate::session::plan::in_half_minutes;
use crate::session::setup::{Begin, KnownBefore};
use crate::session_log::{self, RecordedSession};
use crate::storage::{self, Folders};
use crate::text::safe_text::{SafeText, composed};
use crate::text::sort::Arrange;
use crate::text::words::{fill, joined, words};
use crate::time::date::Date;
use crate::time::moment::{Moment, TimeOfDay};

/// What scripts for little time, and those without a call, say in their `needs`.
const LITTLE_TIME: &str = "little-time";
const NO_CALL: &str = "no-call";

/// The scripts that can be followed: the shipped ones and people's own.
#[derive(Clone, Debug)]
pub struct Scripts {
    all: Vec<ListedScript>,
    /// What is wrong with scripts that cannot be followed.
    notices: Vec<SafeText>,
    /// Those that are not offered because another one of their name is.
    behind: Vec<ListedScript>,
    /// Reads a script from a file that a log names.
    read: Option<ReadScript>,
}

/// What reads a script from a file, where there is one without errors.
pub(crate) type ReadScript = fn(&Path) -> Option<Arc<Script>>;

/// A script of which only the head is known until somebody follows it.
#[derive(Clone, Debug)]
struct ListedScript {
    head: Head,
    ready: OnceLock<Option<Arc<Script>>>,
}

impl ListedScript {
    fn read(script: Arc<Script>) -> Self {
        Self {
            head: Head::from(&*script),
            ready: OnceLock::from(Some(script)),
        }
    }

    fn ready(&self) -> Option<&Arc<Script>> {
        let shipped = || shipped_script(&self.head.name);
        self.ready.get_or_init(shipped).as_ref()
    }
}

impl Scripts {
    /// These scripts, and what there is to say about others.
    #[must_use]
    pub fn new(all: Vec<Arc<Script>>, notices: Vec<SafeText>) -> Self {
        let all = all.into_iter().map(ListedScript::read).collect();
        Self {
            all,
            notices,
            behind: Vec::new(),
            read: None,
        }
    }

    /// Sessions of scripts that lie elsewhere can be gone on with by this.
    #[must_use]
    pub(crate) fn reading_by(mut self, read: ReadScript) -> Self {
        self.read = Some(read);
        self
    }

    /// Offers a script that lies elsewhere, in the place of one with its name.
    pub(crate) fn offer(&mut self, script: Script) {
        let same = |known: &mut ListedScript| known.head.name == script.name;
        self.behind.extend(self.all.extract_if(.., same));
        self.all.push(ListedScript::read(Arc::new(script)));
    }

    /// The script that a session followed, exactly as it was.
    pub(super) fn followed(&self, begin: &Begin) -> Option<Arc<Script>> {
        let is_it =
            |script: &&Arc<Script>| script.name == begin.script && script.hash == begin.hash;
        let named = |listed: &&ListedScript| listed.head.name == begin.script;
        let known = self.all.iter().chain(&self.behind).filter(named);
        let here = known.filter_map(ListedScript::ready).find(is_it).cloned();
        here.or_else(|| {
            let read = self.read?(Path::new(begin.file.as_ref()?));
            read.filter(|script| is_it(&script))
        })
    }

    /// The shipped ones, each of which is read only when it is followed; then people's own, and what there is to say
    /// about others.
    #[must_use]
    pub(crate) fn with_shipped(own: Vec<Arc<Script>>, notices: Vec<SafeText>) -> Self {
        let ready = OnceLock::new;
        let shipped = shipped_heads().into_iter();
        let mut all: Vec<ListedScript> = shipped
            .map(|head| ListedScript {
                head,
                ready: ready(),
            })
            .collect();
        all.extend(own.into_iter().map(ListedScript::read));
        Self {
            all,
            notices,
            behind: Vec::new(),
            read: None,
        }
    }

    /// What is known of all of them without reading one, in the order in which they are offered.
    pub(crate) fn heads(&self) -> impl Iterator<Item = &Head> {
        self.all.iter().map(|listed| &listed.head)
    }

    /// What is known of the script of this name without reading it.
    #[must_use]
    pub(crate) fn head(&self, name: &str) -> Option<&Head> {
        self.heads().find(|head| head.name == name)
    }

    /// What is wrong with scripts that cannot be followed.
    #[must_use]
    pub(crate) fn notices(&self) -> &[SafeText] {
        &self.notices
    }

    /// The script of this name.
    #[must_use]
    pub(crate) fn find(&self, name: &str) -> Option<&Arc<Script>> {
        let mut all = self.all.iter();
        all.find(|listed| listed.head.name == name)?.ready()
    }

    /// Whether this is a line of an agreement of any of them, and not in people's own words.
    pub(super) fn has_agreement_line(&self, line: &str) -> bool {
        let scripts = self.all.iter().filter_map(ListedScript::ready);
        let mut lines = scripts.flat_map(|script| script.agreement_lines());
        lines.any(|known| known.as_str() == line) || words().session.former_lines.contains(&line)
    }

    /// What each of them is called, by its name.
    #[must_use]
    pub(crate) fn titles(&self) -> BTreeMap<String, SafeText> {
        let called = |head: &Head| (head.name.clone(), head.title.clone());
        self.heads().map(called).collect()
    }

    /// The sentence for a name that no script has.
    #[must_use]
    pub(crate) fn unknown(&self, name: &str) -> SafeText {
        self.unknown_beside(name, &[])
    }

    /// The same, where a name of `others` may be meant, too.
    #[must_use]
    pub(crate) fn unknown_beside(&self, name: &str, others: &[String]) -> SafeText {
        let names = self.heads().map(|head| head.name.as_str());
        let names = names.chain(others.iter().map(String::as_str));
        match nearest(name, names) {
            Some(near) => {
                let name = SafeText::short(name, 60);
                fill(
                    &words().cli.unknown_script_near,
                    &[("name", name.as_str()), ("near", near)],
                )
            }
            None => named(&words().cli.unknown_script, name),
        }
    }

    /// What fits this length instead: the shorter one that the script itself names, or the one that that names; else the
    /// longest of those that are for little time. A goodbye or a repair is no shorter hour.
    fn fitting(&self, setup: &Setup, now: Moment) -> Option<String> {
        let people = u8::try_from(setup.people.len()).unwrap_or(u8::MAX);
        let fits = |script: &&Arc<Script>| {
            script.people.takes(people)
                && Session::begin(script, planned_begin(script, setup, now)).is_ok()
        };
        let shorter = successors(self.find(&setup.script), |script| script.shorter.as_ref());
        let mut for_little_time: Vec<&Arc<Script>> = self
            .all
            .iter()
            .filter(|ListedScript { head, .. }| {
                head.name != setup.script
                    && head.people.takes(people)
                    && head.needs.contains(&LITTLE_TIME)
                    && !head.needs.contains(&NO_CALL)
            })
            .filter_map(ListedScript::ready)
            .collect();
        for_little_time.arrange_by_key(|script| Reverse(script.minutes));
        let mut all = shorter.skip(1).chain(for_little_time);
        all.find(fits).map(|script| script.name.clone())
    }
}

pub(super) fn planned_begin(script: &Script, setup: &Setup, now: Moment) -> Begin {
    Begin {
        script: script.name.clone(),
        hash: script.hash.clone(),
        file: script.file.clone(),
        people: setup.people.clone(),
        length: setup.length,
        first: setup.first,
        agreement: Vec::new(),
        wording: setup.wording.clone(),
        known: KnownBefore::default(),
        notebooks: Vec::new(),
        seed: 0,
        at: now,
    }
}

impl Planner for Scripts {
    fn plan(&self, setup: &Setup, now: Moment) -> PlannedSession {
        let Some(script) = self.find(&setup.script) else {
            return PlannedSession::TooShort {
                shortest_minutes: u16::MAX,
                fits: None,
            };
        };
        match Session::begin(script, planned_begin(script, setup, now)) {
            Err(short) => PlannedSession::TooShort {
                shortest_minutes: short.shortest,
                fits: self.fitting(setup, now),
            },
            Ok(session) => {
                let legs = session.way(now).into_iter().zip(session.pieces());
                let legs = legs.map(|(leg, pieces)| PlannedStage {
                    at: leg.at,
                    title: leg.title,
                    pieces,
                });
                let legs: Vec<PlannedStage> = legs.collect();
                let planned = legs.iter().flat_map(|leg| &leg.pieces).sum();
                let spare = in_half_minutes(session.slack(now));
                PlannedSession::Fits {
                    legs,
                    ends: session.ends(now).at,
                    spare: (!spare.is_zero()).then(|| (now.time_of_day(planned), spare)),
                }
            }
        }
    }
}

/// The sentence for less time than a script needs.
pub(super) fn too_short(minutes: u16) -> SafeText {
    fill(&words().cli.too_short, &[("minutes", &minutes.to_string())])
}

/// A session that began so many days ago has been over for a week, also where it waited for long in between.
const LONG_AGO: i64 = 366;

/// Who sat alone in the last seven days, as the record has it; nothing where it can't be read.
pub(super) fn sat_alone(folders: &Folders, today: Date) -> Vec<SoloCount> {
    let lately = |outline: &Outline| today.days_since(outline.day()) < LONG_AGO;
    let mut alone: Vec<SoloCount> = Vec::new();
    for outline in memory::latest(&folders.record(), lately) {
        let ([name], ago) = (outline.people.as_slice(), today.days_since(outline.day())) else {
            continue;
        };
        if !(0..7).contains(&ago) {
            continue;
        }
        let at = alone.iter().position(|sat| sat.name == *name);
        let at = at.unwrap_or_else(|| {
            alone.push(SoloCount {
                name: name.clone(),
                today: 0,
                week: 0,
            });
            alone.len() - 1
        });
        if let Some(sat) = alone.get_mut(at) {
            sat.week += 1;
            sat.today += usize::from(ago == 0);
        }
    }
    alone
}

/// What home shows on this day.
pub(super) fn at_home(
    folders: &Folders,
    people: &MemoryStore,
    scripts: &Scripts,
    today: Date,
) -> HomeData {
    let mut notices: Vec<SafeText> = scripts.notices.clone();
    let unfinished = match standing(folders, scripts) {
        Ok(found) => found,
        Err(sentence) => {
            notices.push(sentence);
            Vec::new()
        }
    };
    if !folders.people().exists() && !folders.record().exists() {
        // Before anything is kept there, and once.
        notices.extend(storage::synced(&folders.data()));
    }
    let notebooks = Notebooks::at(folders.notebooks());
    notices.extend(notebook_list::untold(&notebooks));
    HomeData {
        files: Vec::new(),
        circles: people
            .circles()
            .iter()
            // Who has stopped meeting is not proposed any more.
            .filter(|circle| circle.ended.is_none())
            .map(|circle| KnownCircle {
                review_due: circle.is_review_due(today),
                trial_over: circle.trial_is_over(),
                names: circle.names.clone(),
                script: Some(circle.script.clone()),
                minutes: Some(circle.minutes),
                wording: circle.wording.clone(),
                apart: circle.apart,
                proposed_first: people.proposed_first(&circle.names),
                was_first: circle.last_first,
            })
            .collect(),
        scripts: scripts.heads().map(OfferedScript::of).collect(),
        unfinished: unfinished
            .into_iter()
            .map(|standing| UnfinishedSession {
                id: standing.id,
                when: standing.when,
                stage: standing.stage,
                title: standing.title,
                can: standing.can,
            })
            .collect(),
        notice_seen: people.seen_notice(),
        just_read: false,
        by_ear: people.by_ear(None),
        notices,
        folder: SafeText::new(&folders.sessions().to_string_lossy()),
        exit_key: String::new(),
        ..of_the_day(folders, people, today)
    }
}

/// What home shows on this day and no other.
fn of_the_day(folders: &Folders, people: &MemoryStore, today: Date) -> HomeData {
    HomeData {
        due: notebook_list::due(&Notebooks::at(folders.notebooks()), people, today),
        next: next_sessions(people, today),
        look_in: people.looks_in(today),
        alone: sat_alone(folders, today),
        ..HomeData::default()
    }
}

/// When people meet again, the nearest first. What was missed is not spoken of.
fn next_sessions(people: &Memory, today: Date) -> Vec<SafeText> {
    let says = |circle: &Circle| {
        let next = circle.next.filter(|_| circle.ended.is_none())?;
        let (day, when) = (next.coming(today)?, next.said(today)?);
        let names = joined(&circle.names);
        let values = [("people", names.as_str()), ("when", when.as_str())];
        Some((day, fill(&words().home.next, &values)))
    };
    let mut all: Vec<(Date, SafeText)> = people.circles().iter().filter_map(says).collect();
    all.arrange_by_key(|(day, _)| *day);
    all.into_iter().map(|(_, says)| says).collect()
}

impl Program {
    /// The first page stayed open while a new day began: what waits today is not what waited yesterday.
    pub(super) fn look_at_the_day(&mut self) {
        let today = self.clock.now().day();
        if today == self.day || !matches!(self.activity, Activity::Home(_)) {
            return;
        }
        let turned = of_the_day(&self.folders, &self.people, today);
        if let Activity::Home(home) = &mut self.activity {
            home.day_turned(turned);
            self.day = today;
        }
    }
}

/// A session that was not closed, as it can be told without a word of it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct SessionStanding {
    /// How its log is found.
    pub(crate) id: String,
    /// When it began.
    pub(crate) when: SafeText,
    /// The stage it stands in.
    pub(crate) stage: SafeText,
    /// Its script's title.
    pub(crate) title: SafeText,
    /// How many intents its log holds.
    pub(crate) intents: usize,
    /// Whether it can be resumed, or the sentence that says why not.
    pub(crate) can: Result<(), SafeText>,
}

/// The sessions that were not closed, the latest first.
///
/// # Errors
/// A sentence, when their folder cannot be read.
pub(crate) fn standing(
    folders: &Folders,
    scripts: &Scripts,
) -> Result<Vec<SessionStanding>, SafeText> {
    let found = session_log::list(&folders.sessions()).map_err(|trouble| trouble.sentence())?;
    Ok(found
        .into_iter()
        .map(|unfinished| {
            let mut standing = SessionStanding {
                when: SafeText::new(&unfinished.id),
                id: unfinished.id,
                stage: SafeText::default(),
                title: SafeText::default(),
                intents: 0,
                can: Ok(()),
            };
            match unfinished.story {
                Err(damage) => standing.can = Err(damage.sentence(&unfinished.path)),
                Ok(story) => {
                    standing.intents = story.entries.len();
                    standing.when = when(&story.begin);
                    match replay(&story, scripts) {
                        Err(sentence) => standing.can = Err(sentence),
                        Ok((session, _)) => {
                            standing.stage = session.stage_title();
                            standing.title = session.script().title.clone();
                            if let Some(line) = KeptLine::beside(&unfinished.path) {
                                standing.title = line.with(&standing.title, &story.begin.people);
                            }
                        }
                    }
                }
            }
            standing
        })
        .collect())
}

fn when(begin: &Begin) -> SafeText {
    let day = begin.at.day().said_whole();
    SafeText::new(&format!(
        "{day}, {}",
        TimeOfDay::at(begin.at.wall, begin.at.offset)
    ))
}

/// The session that a log tells of, and its last moment.
///
/// # Errors
/// A sentence, when the log follows a script that is not here as it was, or does not fit it.
pub(super) fn replay(
    story: &RecordedSession,
    scripts: &Scripts,
) -> Result<(Session, Moment), SafeText> {
    let begin = &story.begin;
    if story.earlier {
        return Err(SafeText::new(words().cli.earlier_build));
    }
    let Some(script) = &scripts.followed(begin) else {
        let w = &words().cli;
        return Err(match &begin.file {
            Some(file) => fill(&w.other_file, &[("place", file)]),
            // One that was sent from another machine is kept nowhere here.
            None if scripts.find(&begin.script).is_none() => named(&w.gone_script, &begin.script),
            None => named(&w.other_script, &begin.script),
        });
    };
    let people = u8::try_from(begin.people.len()).unwrap_or(u8::MAX);
    let fits = script.people.takes(people) && begin.first.index() < begin.people.len();
    let unfit = || named(&words().cli.does_not_fit, &begin.script);
    if !fits {
        return Err(unfit());
    }
    let mut begin = begin.clone();
    for name in &mut begin.people {
        *name = composed(name);
    }
    let mut last = begin.at;
    let mut session = Session::begin(script, begin).map_err(|_| unfit())?;
    for (at, intent) in &story.entries {
        if matches!(intent, Intent::Card | Intent::Leave | Intent::Alone) {
            return Err(unfit());
        }
        session.apply(intent.clone(), *at).map_err(|_| unfit())?;
        last = *at;
    }
    Ok((session, last))
}

/// Where the log of a session lies: the one with this id, or the latest that can be resumed.
pub(super) fn log_path(
    folders: &Folders,
    scripts: &Scripts,
    id: Option<&str>,
) -> Result<PathBuf, SafeText> {
    let mut found = session_log::list(&folders.sessions()).map_err(|trouble| trouble.sentence())?;
    let at = match id {
        Some(id) => found.iter().position(|unfinished| unfinished.id == id),
        None => {
            let fits = |story: &RecordedSession| replay(story, scripts).is_ok();
            let can = |unfinished: &session_log::OpenLog| unfinished.story.as_ref().is_ok_and(fits);
            // When none can be resumed, the latest one says why.
            let latest = (!found.is_empty()).then_some(0);
            found.iter().position(can).or(latest)
        }
    };
    match (at, id) {
        (Some(at), _) => Ok(found.swap_remove(at).path),
        (None, Some(id)) => Err(named(&words().cli.no_such_session, id)),
        (None, None) => Err(SafeText::new(words().cli.nothing_to_resume)),
    }
}
