//! What is handed to home, and what it asks for.

use std::time::Duration;

use crate::script::{Head, Pack, People, Who};
use crate::session::intent::PrivateText;
use crate::session::setup::Length;
use crate::text::safe_text::SafeText;
use crate::time::moment::{Moment, TimeOfDay};

/// What lies ready before a session.
#[derive(Clone, Debug, Default)]
pub(crate) struct HomeData {
    /// People who sat together before, the latest first.
    pub(crate) circles: Vec<KnownCircle>,
    /// The scripts, in the order in which they are offered.
    pub(crate) scripts: Vec<OfferedScript>,
    /// Sessions that were not closed, the latest first.
    pub(crate) unfinished: Vec<UnfinishedSession>,
    /// Whether the first-run notice was read.
    pub(crate) notice_seen: bool,
    /// Whether everybody who is here read in this run for whom this is not.
    pub(crate) just_read: bool,
    /// Whether whoever reads it is alone at this screen: they come with a ticket.
    pub(crate) one_here: bool,
    /// What has to be said at home (a file was set aside, a script has a problem).
    pub(crate) notices: Vec<SafeText>,
    /// Whether words are for the ear and the hand.
    pub(crate) by_ear: bool,
    /// Where working logs lie, for the notice.
    pub(crate) folder: SafeText,
    /// Promises whose day has come: how many of whom, and the hints that their owners wrote for this page.
    pub(crate) due: Vec<DuePromises>,
    /// When people meet again, the nearest first.
    pub(crate) next: Vec<SafeText>,
    /// Whether it is asked today how it is after the day before: once, and in one line.
    pub(crate) look_in: bool,
    /// Who sat alone in these last days, as far as they kept it.
    pub(crate) alone: Vec<SoloCount>,
    /// The key of the quick exit, as it is said.
    pub(crate) exit_key: String,
    /// Where the program's files are and whether they are well, once somebody asked for it.
    pub(crate) files: Vec<SafeText>,
    /// Whether everybody sits at a screen of their own, where that was chosen today.
    pub(crate) screens: Option<Screens>,
    /// Whether it was read what a public relay sees.
    pub(crate) relay_read: bool,
    /// The fewest minutes of the session whose length is asked for.
    pub(crate) least_minutes: u16,
}

/// At how many screens people sit.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(crate) enum Screens {
    /// At one that is shared.
    #[default]
    Shared,
    /// Each at their own; with a relay between them, where one is named.
    Own {
        /// Its address, or `public`.
        relay: Option<String>,
    },
}

/// The relays that anybody may use.
pub(crate) const PUBLIC_RELAY: &str = "public";

/// How often somebody sat alone lately: for one quiet sentence, and never for a score (features.md 57).
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct SoloCount {
    /// Who.
    pub(crate) name: String,
    /// How often today.
    pub(crate) today: usize,
    /// How often in the last seven days, with today.
    pub(crate) week: usize,
}

/// Promises whose day has come.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct DuePromises {
    /// Whose; nobody's where others may see the page, too.
    pub(crate) name: Option<String>,
    /// How many.
    pub(crate) count: usize,
    /// The hints that their owner wrote for them.
    pub(crate) cues: Vec<String>,
}

/// People who sat together before.
#[derive(Clone, Debug)]
pub(crate) struct KnownCircle {
    /// Their names, in the order they were entered.
    pub(crate) names: Vec<String>,
    /// The name of the script they followed last.
    pub(crate) script: Option<String>,
    /// The minutes they chose last.
    pub(crate) minutes: Option<u16>,
    /// The pack of words that they chose last.
    pub(crate) wording: Option<String>,
    /// Whether each sat at a screen of their own last time.
    pub(crate) apart: bool,
    /// Who is proposed to go first now.
    pub(crate) proposed_first: Who,
    /// Who was first last time.
    pub(crate) was_first: Option<Who>,
    /// Whether the day has come on which they wanted to look at their agreement anew.
    pub(crate) review_due: bool,
    /// Whether a trial of theirs is over, so that they ask each other again.
    pub(crate) trial_over: bool,
}

/// What a script for a first meeting says in its `needs`.
pub(crate) const FIRST_TIME: &str = "first-time";

/// A script that can be followed.
#[derive(Clone, Debug)]
pub(crate) struct OfferedScript {
    /// The name it is called by.
    pub(crate) name: String,
    /// What people call it.
    pub(crate) title: SafeText,
    /// For whom, how long.
    pub(crate) summary: SafeText,
    /// For how many people it is.
    pub(crate) people: People,
    /// Its length as written.
    pub(crate) minutes: u16,
    /// Its other lengths.
    pub(crate) lengths: Vec<u16>,
    /// What people may need when they choose it, from [`crate::script::NEEDS`].
    pub(crate) needs: Vec<&'static str>,
    /// Its packs of words.
    pub(crate) packs: Vec<Pack>,
    /// Why only one person has turns, where that is so.
    pub(crate) one_sided: Option<SafeText>,
}

impl OfferedScript {
    /// Whether it is for people who meet for the first time.
    pub(crate) fn is_first_time(&self) -> bool {
        self.needs.contains(&FIRST_TIME)
    }

    /// What a list says of it.
    #[must_use]
    pub(crate) fn of(head: &Head) -> Self {
        Self {
            name: head.name.clone(),
            title: head.title.clone(),
            summary: head.summary.clone(),
            people: head.people,
            minutes: head.minutes,
            lengths: head.lengths.clone(),
            needs: head.needs.clone(),
            packs: head.packs.clone(),
            one_sided: head.one_sided.clone(),
        }
    }

    /// Whether so many people can follow it.
    #[must_use]
    pub(crate) fn takes(&self, people: usize) -> bool {
        u8::try_from(people).is_ok_and(|people| self.people.takes(people))
    }
}

/// A session that was not closed.
#[derive(Clone, Debug)]
pub(crate) struct UnfinishedSession {
    /// How its log is found.
    pub(crate) id: String,
    /// When it began, in words.
    pub(crate) when: SafeText,
    /// The stage it stands in; empty when that cannot be read.
    pub(crate) stage: SafeText,
    /// Its script's title; empty when that cannot be read.
    pub(crate) title: SafeText,
    /// Whether it can be resumed, or the sentence that says why not.
    pub(crate) can: Result<(), SafeText>,
}

/// What a session is to begin with.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Setup {
    /// The name of the script.
    pub(crate) script: String,
    /// The names: clean, trimmed and all different.
    pub(crate) people: Vec<String>,
    /// How long.
    pub(crate) length: Length,
    /// Who goes first.
    pub(crate) first: Who,
    /// Which pack of the script's words.
    pub(crate) wording: Option<String>,
}

/// What home asks of whoever holds it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum HomeRequest {
    /// The first-run notice was read.
    SawNotice {
        /// Whether everybody who is here read for whom this is not.
        by_all: bool,
    },
    /// Words for the ear and the hand from now on, or the usual ones.
    ByEar(bool),
    /// How it is today was asked: it was answered, or let go.
    LookedIn,
    /// Begin a session.
    Begin(Setup),
    /// Begin one that others join from their own screens, with this relay.
    Host(Setup, Option<String>),
    /// Join one with this ticket.
    Join(PrivateText),
    /// Go on with a session that was not closed.
    Resume {
        /// Which one.
        id: String,
    },
    /// Put a session that was not closed out of the way.
    SetAside {
        /// Which one.
        id: String,
    },
    /// Walk a script without anything being kept.
    Rehearse {
        /// The name of the script.
        script: String,
    },
    /// Come back to here and now.
    Grounding,
    /// Already shaken: the first sentence that steadies, of a session alone.
    Now,
    /// Lay ready where the program's files are, and whether they are well.
    Files,
    /// Look at what is remembered.
    Records,
    /// Open the pages that belong to one person.
    Notebook,
    /// Open the crisis card.
    Card,
}

/// Shares out the minutes before a session begins.
pub(crate) trait Planner {
    /// What the session would look like if it began now.
    fn plan(&self, setup: &Setup, now: Moment) -> PlannedSession;
}

/// What a session would look like.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum PlannedSession {
    /// It fits.
    Fits {
        /// The stages, in order, each turn as its own.
        legs: Vec<PlannedStage>,
        /// When it ends.
        ends: TimeOfDay,
        /// The time before that which belongs to nobody, and when it begins.
        spare: Option<(TimeOfDay, Duration)>,
    },
    /// The time is too short for this script.
    TooShort {
        /// The fewest minutes that this script can do with.
        shortest_minutes: u16,
        /// The name of a script that fits.
        fits: Option<String>,
    },
}

/// One stage of a plan.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct PlannedStage {
    /// When it begins.
    pub(crate) at: TimeOfDay,
    /// Its name, with people's names where the script has roles.
    pub(crate) title: SafeText,
    /// How long each piece of it is that has a clock of its own.
    pub(crate) pieces: Vec<Duration>,
}
