//! What a session begins with. The first line of its log holds this.

use serde::{Deserialize, Serialize};

use crate::script::{CardLine, Rung, Who};
use crate::text::sort::Arrange;
use crate::text::words::words;
use crate::time::date::Date;
use crate::time::moment::Moment;

/// Everything that a session has to know before its first step.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Begin {
    /// The name of the script.
    pub(crate) script: String,
    /// The hash of the script's text and its modules.
    pub(crate) hash: String,
    /// The file of the script, where it is neither shipped nor among people's own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) file: Option<String>,
    /// The names, in the order they were entered.
    pub people: Vec<String>,
    /// How long.
    pub length: Length,
    /// Who is proposed to go first.
    pub first: Who,
    /// The agreement's lines from last time; empty when there was none.
    pub(crate) agreement: Vec<String>,
    /// Which of the script's packs of words, by its name; the first when it is not said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) wording: Option<String>,
    /// What is known of these people from before, beside the agreement.
    #[serde(default, skip_serializing_if = "KnownBefore::is_nothing")]
    pub(crate) known: KnownBefore,
    /// Who has a notebook here, in the order of `people`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) notebooks: Vec<bool>,
    /// What chance is made from (the coin), so that a replay tosses the same.
    pub(crate) seed: u64,
    /// When it begins.
    pub(crate) at: Moment,
}

/// How long a session may be.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Length {
    /// This many minutes from the beginning; the end may move when everybody says yes.
    Minutes(u16),
    /// Until the wall shows this (milliseconds since 1970 UTC): then the call ends, and nothing may go past it unasked.
    Until(i64),
}

/// What is known of the people from before. Logs of before have nothing of it.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", default, deny_unknown_fields)]
pub(crate) struct KnownBefore {
    /// How each would like to be accompanied, in the order of the names; empty when nobody has said so.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) cards: Vec<WitnessCard>,
    /// The day on which everybody said yes to the agreement as it stands.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) agreed: Option<Date>,
    /// The agreement's lines before they were changed the last time; empty when they never were.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) before: Vec<String>,
    /// Those of the agreement's lines that are in their own words, and in no script.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) own_lines: Vec<String>,
    /// Whether the day has come on which people wanted to read their agreement aloud again.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub(crate) reread: bool,
    /// How many milliseconds of turn time more each one had before than the one who had least.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) loan: Vec<i64>,
    /// The promise that this session comes back to: what its owner's notebook calls it, which says nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) promise: Option<String>,
    /// Whether that promise is to a part that waits for a professional: it is greeted, and nobody goes in.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub(crate) only_greets: bool,
    /// Who has words by ear and touch, in the order of the names; empty when nobody has.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) by_ear: Vec<bool>,
    /// The hour and the minute that were agreed on for today.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) time: Option<(u8, u8)>,
}

impl KnownBefore {
    /// Whether nothing is known.
    #[must_use]
    pub(crate) fn is_nothing(&self) -> bool {
        *self == Self::default()
    }
}

/// How somebody would like to be accompanied: short lines of their own, which the shared screen shows
/// (content.md S1, features row 16). A line that is empty was not said.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", default, deny_unknown_fields)]
pub(crate) struct WitnessCard {
    /// What company.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(crate) company: String,
    /// When they want to hear that the end is near.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(crate) sign: String,
    /// What to do when tears come.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(crate) tears: String,
    /// What to do in a long silence.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(crate) silence: String,
    /// Words they would rather not hear.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(crate) words: String,
    /// How they switched the clock in their turn the last time.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) clock: Option<ClockMode>,
}

/// How the clock is shown.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum ClockMode {
    /// Whole minutes, in a row.
    Minutes,
    /// Minutes and seconds, in tall digits where there is room.
    Full,
    /// A bar without numbers.
    Bar,
    /// Not at all.
    Hidden,
}

impl WitnessCard {
    /// The most letters of a line.
    pub(crate) const MOST_LETTERS: usize = 100;

    /// One line; empty when it was not said.
    #[must_use]
    pub(crate) fn line(&self, line: CardLine) -> &str {
        match line {
            CardLine::Company => &self.company,
            CardLine::Sign => &self.sign,
            CardLine::Tears => &self.tears,
            CardLine::Silence => &self.silence,
            CardLine::Words => &self.words,
        }
    }

    /// The same where it wishes for something: that there are no such words is no wish.
    #[must_use]
    pub(crate) fn wish(&self, line: CardLine) -> &str {
        let says = self.line(line);
        let none =
            line == CardLine::Words && says.trim_end_matches('.').eq_ignore_ascii_case("none");
        if none { "" } else { says }
    }

    /// The same, to be changed.
    pub(crate) fn line_mut(&mut self, line: CardLine) -> &mut String {
        match line {
            CardLine::Company => &mut self.company,
            CardLine::Sign => &mut self.sign,
            CardLine::Tears => &mut self.tears,
            CardLine::Silence => &mut self.silence,
            CardLine::Words => &mut self.words,
        }
    }

    /// Whether nothing stands on it.
    #[must_use]
    pub(crate) fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// The kind of company that the line begins with, where it begins with the program's word for one.
    #[must_use]
    pub(crate) fn rung(&self) -> Option<Rung> {
        let says = self.company.trim().to_lowercase();
        let begins = |rung: &Rung| says.starts_with(&rung.said().to_lowercase());
        Rung::ALL.into_iter().find(begins)
    }

    /// The minutes before the end at which they want to hear it: the whole numbers in the line.
    #[must_use]
    pub(crate) fn warnings(&self) -> Vec<u8> {
        minutes_in(&self.sign)
    }

    /// Whether the clock can follow these words for a sign: they have minutes in them, or say that there is to be none,
    /// and nothing else that may have been meant for something else.
    #[must_use]
    pub(crate) fn is_sign(words_of_it: &str) -> bool {
        let (w, lower) = (&words().session, words_of_it.to_lowercase());
        let all = || {
            lower
                .split(|c: char| !c.is_alphabetic())
                .filter(|word| !word.is_empty())
        };
        let known =
            |word: &str| w.sign_words.contains(&word) || words().date.numbers.contains(&word);
        let says_no = || all().next().is_some_and(|word| word.starts_with("no"));
        all().all(known) && (says_no() || !minutes_in(words_of_it).is_empty())
    }
}

/// The most minutes before the end at which a sign comes.
const MOST_BEFORE: u8 = 30;

/// The whole numbers in a line, in figures or in words, that can be minutes before the end.
fn minutes_in(line: &str) -> Vec<u8> {
    let figures = line.split(|c: char| !c.is_ascii_digit());
    let said = words().date.numbers;
    let in_words = line.split(|c: char| !c.is_alphabetic()).filter_map(|word| {
        let number = said
            .iter()
            .position(|said| said.eq_ignore_ascii_case(word))?;
        u8::try_from(number + 1).ok()
    });
    let figures = figures.filter_map(|number| number.parse().ok());
    let mut minutes: Vec<u8> = figures.chain(in_words).collect();
    minutes.retain(|minutes| (1..=MOST_BEFORE).contains(minutes));
    minutes.arrange();
    minutes.dedup();
    minutes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sign_is_in_minutes_or_is_none() {
        for words in [
            "3 minutes before",
            "at 5, and at 1",
            "two minutes, please",
            "No sign",
            "none, please",
        ] {
            assert!(WitnessCard::is_sign(words), "{words}");
        }
        for words in [
            "softly",
            "",
            "at 10000",
            "0 minutes",
            "sentences at most, and no advice please1 minute of quiet",
            "2 sentences at most, and no advice please",
            "not too loud, 2 minutes",
            "now and then",
        ] {
            assert!(!WitnessCard::is_sign(words), "{words}");
        }
    }

    #[test]
    fn a_card_says_its_company_and_its_warnings() {
        let card = |company: &str, sign: &str| WitnessCard {
            company: company.to_owned(),
            sign: sign.to_owned(),
            ..WitnessCard::default()
        };
        let says = card(" Say back a few of my words", "5 minutes before, and 1");
        assert_eq!(says.rung(), Some(Rung::SayBack));
        assert_eq!(says.warnings(), [1, 5]);
        assert_eq!(card("silent", "").rung(), Some(Rung::Silent));
        assert_eq!(card("a hand to hold", "No sign").rung(), None);
        assert!(card("", "no sign, or 900").warnings().is_empty());
        assert_eq!(card("", "Two minutes before, and one").warnings(), [1, 2]);
    }

    #[test]
    fn what_is_not_known_is_not_written() {
        assert_eq!(
            serde_json::to_string(&KnownBefore::default()).unwrap(),
            "{}"
        );
        let read: KnownBefore = serde_json::from_str("{}").unwrap();
        assert!(read.is_nothing());
    }
}
