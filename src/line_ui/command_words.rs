//! How what can be asked is typed on a screen.

use crate::session::scene::{InputField, Scene, Verb};
use crate::text::safe_text::SafeText;
use crate::text::words::{fill, words};

/// The words of one kind of offer; the first is the one that is said.
pub(super) fn known(verb: Verb) -> &'static [&'static str] {
    let verbs = &words().line_ui.verbs;
    match verb {
        Verb::GoOn => verbs.go_on,
        Verb::Pass => verbs.pass,
        Verb::Back => verbs.back,
        Verb::Unsure => verbs.unsure,
        Verb::Pause => verbs.pause,
        Verb::Stop => verbs.stop,
        Verb::More => verbs.more,
        Verb::Land => verbs.land,
        Verb::Asides => verbs.asides,
        Verb::ChangeLine => verbs.change_line,
        Verb::ReadAloud => verbs.read_aloud,
        Verb::InWriting => verbs.in_writing,
        Verb::Skip => verbs.skip,
        Verb::Clock => verbs.clock,
        Verb::Card => verbs.card,
        Verb::Leave => verbs.leave,
    }
}

/// The word of one kind of offer that is said.
pub(super) fn said(verb: Verb) -> &'static str {
    known(verb).first().copied().unwrap_or_default()
}

/// Whether typed lines are words here, and commands begin with a stroke.
pub(super) fn is_line(scene: &Scene) -> bool {
    matches!(
        scene.field,
        Some(InputField::Line { .. } | InputField::Page { .. })
    )
}

/// What works without a stroke where words are typed, in a sentence.
pub(super) fn works_alone(scene: &Scene) -> SafeText {
    let (here, says) = (&words().line_ui.here, &words().line_ui.says);
    let first = |known: &[&'static str]| known.first().copied().unwrap_or_default();
    let values = [
        ("stop", said(Verb::Stop)),
        ("help", first(here.help)),
        ("card", said(Verb::Card)),
        ("gone", first(here.gone)),
    ];
    let stops = scene.offers.iter().any(|offer| offer.verb == Verb::Stop);
    let text = match stops {
        true => &says.line_stop,
        false => &says.line_gone,
    };
    fill(text, &values)
}

/// A command as it is typed here.
pub(super) fn command(word: &str, scene: &Scene) -> String {
    let stroke = if is_line(scene) { "/" } else { "" };
    format!("{stroke}{word}")
}

/// A kind of offer as it is typed here.
pub(super) fn verb(verb: Verb, scene: &Scene) -> String {
    command(said(verb), scene)
}

/// What somebody wrote without the full stop at its end, where the sentence around it has one.
pub(super) fn unstopped(says: &SafeText) -> &str {
    let says = says.as_str();
    says.strip_suffix('.').unwrap_or(says)
}

/// What is typed, and what it does. What begins with what is typed says that once, and what is only that stands alone.
pub(super) fn explained(word: &str, does: &SafeText) -> SafeText {
    let says = &words().line_ui.says;
    let does = unstopped(does);
    let bare = word.trim_start_matches('/');
    let begins = does
        .get(..bare.len())
        .filter(|begins| begins.eq_ignore_ascii_case(bare));
    let rest = begins.map_or(Some(does), |begins| {
        let rest = does.get(begins.len()..).unwrap_or_default();
        let after = rest.strip_prefix([',', ':']).map(str::trim_start);
        if rest.is_empty() {
            None
        } else {
            Some(after.unwrap_or(does))
        }
    });
    match rest {
        // Passing where it leads to nothing else.
        None if known(Verb::Pass).contains(&bare) => {
            fill(&says.help_word, &[("word", word), ("says", says.pass_open)])
        }
        None => fill(&says.help_same, &[("word", word)]),
        Some(rest) => fill(&says.help_word, &[("word", word), ("says", rest)]),
    }
}

/// One of the face's own words as it is typed here.
pub(super) fn own(known: &[&str], scene: &Scene) -> String {
    command(known.first().copied().unwrap_or_default(), scene)
}

/// The number of a choice as it is typed here: where numbers are words nobody sees, lines of a page, or rate, it has a
/// stroke.
pub(super) fn number(n: usize, scene: &Scene) -> String {
    let chooses = matches!(
        scene.field,
        None | Some(InputField::Line { hidden: false, .. })
    );
    let stroke = if chooses { "" } else { "/" };
    format!("{stroke}{}", n.saturating_add(1))
}

/// The numbers of all choices, in a few words.
pub(super) fn numbers(scene: &Scene) -> Option<String> {
    let first = number(0, scene);
    match scene.choices.len() {
        0 => None,
        1 => Some(first),
        len => {
            let last = number(len - 1, scene);
            let values = [("first", first.as_str()), ("last", last.as_str())];
            Some(
                fill(&words().line_ui.says.numbers, &values)
                    .as_str()
                    .to_owned(),
            )
        }
    }
}

/// Whether nothing here is timed: then no time is said either.
pub(super) fn is_untimed(scene: &Scene) -> bool {
    scene.ends.is_none() && scene.clock.is_none()
}

/// The face's own words; with `few`, only the one that says the others.
pub(super) fn own_words(scene: &Scene, few: bool) -> Vec<String> {
    let here = &words().line_ui.here;
    if few {
        return vec![own(here.help, scene)];
    }
    let mut known = vec![here.again, here.help];
    if !scene.way.is_empty() {
        known.insert(0, here.map);
    }
    // Where nothing is timed there is no time to ask for.
    if !is_untimed(scene) {
        known.insert(0, here.time);
    }
    known.iter().map(|words| own(words, scene)).collect()
}

/// What answers here, by number.
pub(super) fn answers(scene: &Scene) -> Vec<String> {
    let mut out: Vec<String> = numbers(scene).into_iter().collect();
    if scene.field == Some(InputField::Rating) {
        let range = [("first", "0"), ("last", "10")];
        let range = fill(&words().line_ui.says.numbers, &range);
        out.push(range.as_str().to_owned());
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed_is_not_said_twice() {
        for (word, does, said) in [
            ("pass", "Pass", "pass: leaves it open."),
            ("/pass", "Pass", "/pass: leaves it open."),
            ("leave", "Leave", "leave."),
            ("pass", "Pass, as 2", "pass: as 2."),
            ("pass", "Pass: on to Check-in", "pass: on to Check-in."),
            ("pass", "Not today", "pass: Not today."),
            ("pass", "Passed on", "pass: Passed on."),
            ("map", "the way.", "map: the way."),
        ] {
            assert_eq!(explained(word, &SafeText::new(does)).as_str(), said);
        }
    }
}
