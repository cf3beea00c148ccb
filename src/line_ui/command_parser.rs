//! What a typed line means on the screen that was told last.

use unicode_normalization::UnicodeNormalization;

use super::choice_spelled::folded;
pub(super) use super::choice_spelled::plain_word;
use crate::line_ui::{choice_spelled, command_words};
use crate::session::intent::Intent;
use crate::session::scene::{InputField, Offer, SafetyPage, Scene, SceneChoice, SceneMood, Verb};
use crate::text::safe_text::{SafeText, letters};
use crate::text::words::{LineUiWords, fill, too_long, words};

/// The meaning of a line.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum TypedCommand {
    /// It asks something.
    Ask(Intent),
    /// It asks to leave, which is asked about once more.
    Leave(Intent),
    /// It asks the face itself.
    Here(LocalCommand),
    /// It is one of several lines, and more may come.
    Taken,
    /// It has no meaning here; this says what has.
    Unclear(SafeText),
}

/// What the face answers by itself.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum LocalCommand {
    Time,
    Again,
    Map,
    Bell,
    Help,
    /// To the full screen.
    Screen,
    /// To lines, which this is.
    Lines,
    /// Words by ear and touch, or the usual ones.
    Ear,
}

/// Whether a line asks for the quick exit: on every screen, also where words are written, and never asked about.
pub(super) fn is_gone(line: &str) -> bool {
    let bare = bare(line);
    let mut gone = words().line_ui.here.gone.iter();
    gone.any(|word| is_only(word, &bare))
}

/// Whether a line is STOP's word, or the one that these people agreed on. With a second stroke before it, it is words.
pub(super) fn stops(line: &str, scene: &Scene) -> bool {
    let agreed = scene.stop_word.as_str();
    let bare = bare(line);
    let is_words = line.trim_start().starts_with("//");
    !is_words && (is_only(command_words::said(Verb::Stop), &bare) || is_only(agreed, &bare))
}

/// Whether a line is a word that protects, wherever it is typed.
pub(super) fn protects(line: &str) -> bool {
    is_gone(line) || stops(line, &Scene::default())
}

/// What STOP asks here.
pub(super) fn stop(scene: &Scene) -> Intent {
    let stop = scene.offers.iter().find(|offer| offer.verb == Verb::Stop);
    stop.map_or(Intent::Stop, |offer| offer.intent())
}

/// The letters and digits of a line, and nothing between them: whoever is shaken writes `Exit-now!!` or `"stop" stop`.
fn bare(line: &str) -> String {
    let small = line.nfkc().flat_map(char::to_lowercase);
    small.filter(|c| c.is_alphanumeric()).collect()
}

/// Whether bare letters are this word, once or several times. A number alone is no word.
fn is_only(word: &str, bare_line: &str) -> bool {
    let word = bare(word);
    let times = bare_line.len().checked_div(word.len()).unwrap_or(0);
    times > 0 && word.contains(char::is_alphabetic) && word.repeat(times) == bare_line
}

/// Reads a line. What is not understood changes nothing.
pub(super) fn read(line: &str, scene: &Scene) -> TypedCommand {
    let trimmed = line.trim();
    if trimmed.is_empty() {
        return enter(scene);
    }
    // Never taken as words: whoever types it may not be able to look for another way.
    if stops(trimmed, scene) {
        return stopped(scene);
    }
    if let Some(InputField::Line { most, hidden, .. }) = &scene.field
        && !is_command(trimmed)
    {
        // Nor are these, which whoever is shaken may look for; with a full stop they are words.
        if let Some(typed) = alone(trimmed, scene, false) {
            return typed;
        }
        if let Some(typed) = at_a_name(trimmed, scene) {
            return typed;
        }
        // A number chooses here as everywhere, where there is something to choose; one as words has a full stop.
        if !hidden && !scene.choices.is_empty() {
            let digits = folded(trimmed);
            if let Some(choice) = nth(&digits, scene) {
                return TypedCommand::Ask(choice.intent.clone());
            }
            // One digit was meant for a list; several may be somebody's number.
            if digits.len() == 1 && digits.chars().all(|c| c.is_ascii_digit()) {
                return TypedCommand::Unclear(SafeText::new(words().line_ui.says.unclear_number));
            }
            // A yes is none of several answers; as the agreed word for stopping it would stop at each yes.
            if scene.choices.len() > 1 && words().line_ui.meant.yes.contains(&&*digits) {
                return yes_to_nothing(scene);
            }
        }
        // What nobody sees is taken as it was typed, blanks at its ends and all: it may be a passphrase.
        let typed = if *hidden { line } else { trimmed };
        let text = typed.strip_prefix("//").map_or(typed, |_| &typed[1..]);
        if let Some(sentence) = too_long(*most, letters(text)) {
            return TypedCommand::Unclear(sentence);
        }
        let words = text.into();
        return TypedCommand::Ask(Intent::Write { words });
    }
    let slashed = trimmed.starts_with('/');
    let word = plain_word(trimmed.trim_start_matches('/'));
    // What a choice says comes before a command that begins alike: at the gate `go` is not `go on`.
    let said = |choice: &&SceneChoice| plain_word(choice.says.as_str()) == word;
    if let Some(choice) = scene.choices.iter().find(said).filter(|_| !slashed) {
        return TypedCommand::Ask(choice.intent.clone());
    }
    // A word that begins one answer is that one: "two" is "Two of us", and no number.
    if let Some(choice) = choice_spelled::begun_by(&word, &scene.choices).filter(|_| !slashed)
        && choice_spelled::digits(&word).is_some()
    {
        return TypedCommand::Ask(choice.intent.clone());
    }
    // Where pages lie on each other, the first one is on the way back.
    let home = scene.mood == SceneMood::Home && word == words().home.home_title;
    if home && scene.offers.iter().any(|offer| offer.verb == Verb::Back) {
        return verb(Verb::Back, scene);
    }
    if let Some(typed) = number(&word, slashed, scene).or_else(|| works(&word, scene)) {
        return typed;
    }
    let meant = choice_spelled::meant(&word, &scene.choices).filter(|_| !slashed);
    match meant {
        Some(choice) => TypedCommand::Ask(choice.intent.clone()),
        None if words().line_ui.meant.yes.contains(&&*word) => open_yes(scene),
        None => as_said(&word, scene).unwrap_or_else(|| unknown(&word, scene)),
    }
}

/// What can be asked, in the words with which it is offered: `close` where Enter closes the card, `home` where the way
/// back leads there.
fn as_said(word: &str, scene: &Scene) -> Option<TypedCommand> {
    let mut offers = scene.offers.iter();
    let begins = |offer: &&Offer| choice_spelled::begins(&plain_word(offer.says.as_str()), word);
    offers.find(begins).map(|offer| verb(offer.verb, scene))
}

/// STOP's word; where words are written and nothing runs, what leaves the page and how the word itself is written.
pub(super) fn stopped(scene: &Scene) -> TypedCommand {
    let offered = scene.offers.iter().any(|offer| offer.verb == Verb::Stop);
    if offered || !command_words::is_line(scene) {
        return verb(Verb::Stop, scene);
    }
    let said = command_words::said;
    let values = [
        ("card", said(Verb::Card)),
        ("back", said(Verb::Back)),
        ("stop", said(Verb::Stop)),
    ];
    TypedCommand::Unclear(fill(&words().line_ui.says.stop_words, &values))
}

/// A yes where several can be said: the one that is still open, or the question whose it is.
fn open_yes(scene: &Scene) -> TypedCommand {
    let yes = |choice: &&SceneChoice| matches!(choice.intent, Intent::Yes { .. });
    let mut open = scene
        .choices
        .iter()
        .filter(yes)
        .filter(|choice| choice.on == Some(false));
    match (open.next(), open.next()) {
        (Some(only), None) => TypedCommand::Ask(only.intent.clone()),
        (Some(_), Some(_)) => TypedCommand::Unclear(SafeText::new(words().line_ui.says.whose_yes)),
        (None, _) => yes_to_nothing(scene),
    }
}

/// A yes where none can be said. It may answer a question about dying: that is never a word that nobody knows.
fn yes_to_nothing(scene: &Scene) -> TypedCommand {
    let says = &words().line_ui.says;
    if let Some(sentence) = asks_about_danger(scene, true) {
        return TypedCommand::Unclear(sentence);
    }
    if scene.field == Some(InputField::Rating) {
        return not_a_rating();
    }
    let on = scene.offers.iter().find(|offer| offer.verb == Verb::GoOn);
    let numbers = command_words::numbers(scene);
    TypedCommand::Unclear(match (numbers, on) {
        (Some(numbers), _) => fill(&says.unclear_yes, &[("words", &numbers)]),
        (None, Some(on)) => fill(
            &says.unclear_yes_on,
            &[("says", command_words::unstopped(&on.says))],
        ),
        (None, None) => SafeText::new(says.unclear),
    })
}

/// What is answered to a yes or a no where questions stand that may be about dying, and have no answer of this kind.
fn asks_about_danger(scene: &Scene, yes: bool) -> Option<SafeText> {
    let says = &words().line_ui.says;
    let is_gate = scene.private && scene.choices.len() > 1 && scene.field.is_none();
    if is_gate {
        // Alike for every word: what stands in the window tells nothing of the answer.
        let answers: Vec<&str> = scene.choices.iter().map(|one| one.says.as_str()).collect();
        let answers = match answers.split_last() {
            Some((last, before)) if !before.is_empty() => {
                format!("{}{}{last}", before.join(says.comma), says.or)
            }
            _ => answers.join(says.comma),
        };
        return Some(fill(&says.yes_gate, &[("words", &answers)]));
    }
    Some(match (scene.rare.safety?, yes) {
        (SafetyPage::NotFor, true) => SafeText::new(says.yes_not_for),
        (SafetyPage::NotFor, false) => SafeText::new(says.no_not_for),
        (SafetyPage::Card, true) => {
            // Where a place was chosen its number is the answer, and nothing is left to type.
            let danger = words().safety.lead_danger;
            let mut list = scene.list.iter();
            match list.find(|item| item.lead.as_str() == danger) {
                Some(item) => fill(
                    &says.yes_card_here,
                    &[("numbers", command_words::unstopped(&item.words))],
                ),
                None => SafeText::new(says.yes_card),
            }
        }
        (SafetyPage::Card, false) => SafeText::new(says.no_card),
    })
}

fn not_a_rating() -> TypedCommand {
    let pass = command_words::said(Verb::Pass);
    let text = &words().line_ui.says.not_a_rating;
    TypedCommand::Unclear(fill(text, &[("pass", pass)]))
}

/// Where a name is asked, or a folder, none is called as what leads back or away, or as a call for help.
fn at_a_name(line: &str, scene: &Scene) -> Option<TypedCommand> {
    let hints = [
        words().home.name_hint,
        words().notebook_ui.make.name_hint,
        words().pages.file_hint,
    ];
    let Some(InputField::Line { hint, .. }) = &scene.field else {
        return None;
    };
    let word = folded(line);
    if !hints.contains(&hint.as_str()) || word.len() < 2 {
        return None;
    }
    let leads = verb_of(&word).filter(|known| matches!(known, Verb::Back | Verb::Leave));
    let danger = speaks_of_danger(&word).then_some(Verb::Card);
    leads.or(danger).map(|known| verb(known, scene))
}

/// Where words are typed, a command begins with `/`. One more stroke in it makes it words: the way to a folder, or
/// words that begin with a stroke, which is doubled then.
fn is_command(trimmed: &str) -> bool {
    trimmed
        .strip_prefix('/')
        .is_some_and(|rest| !rest.contains('/'))
}

/// What works without a stroke where words are typed, in one line, in several, seen or not: help, the crisis card, and a
/// pause where there is one. Passing too, as at the question before, unless lines were `begun` that would be lost.
pub(super) fn alone(line: &str, scene: &Scene, begun: bool) -> Option<TypedCommand> {
    let word = folded(line);
    let is = |known: &[&str]| known.iter().any(|known| known.len() > 1 && *known == word);
    let offered = |known: Verb| scene.offers.iter().any(|offer| offer.verb == known);
    if is(words().line_ui.here.help) {
        Some(TypedCommand::Here(LocalCommand::Help))
    } else if is(command_words::known(Verb::Card)) {
        Some(verb(Verb::Card, scene))
    } else if offered(Verb::Pause) && is(command_words::known(Verb::Pause)) {
        Some(verb(Verb::Pause, scene))
    } else if !begun && offered(Verb::Pass) && is(&[command_words::said(Verb::Pass)]) {
        Some(verb(Verb::Pass, scene))
    } else {
        None
    }
}

/// An empty line goes on where nothing is asked, or keeps what stands in the field of a page outside of a session. At a
/// question it answers nothing for anybody, and says what can be typed.
fn enter(scene: &Scene) -> TypedCommand {
    let on = scene.offers.iter().find(|offer| offer.verb == Verb::GoOn);
    match (on, &scene.field) {
        (Some(offer), _) => TypedCommand::Ask(offer.intent()),
        (None, _) if passes(scene) => what_to_type(scene),
        (None, Some(InputField::Line { initial, .. })) => keep(initial),
        (None, Some(InputField::Rating | InputField::Page { .. }) | None) => elsewhere(scene)
            .unwrap_or_else(|| {
                TypedCommand::Unclear(SafeText::new(words().line_ui.says.nothing_on))
            }),
    }
}

/// What somebody else answers at their own terminal is said to whoever answers it here.
fn elsewhere(scene: &Scene) -> Option<TypedCommand> {
    let says = scene
        .rare
        .elsewhere
        .clone()
        .filter(|_| scene.choices.is_empty());
    says.map(TypedCommand::Unclear)
}

/// Nothing is answered by going on: these words do.
fn what_to_type(scene: &Scene) -> TypedCommand {
    let mut can = command_words::answers(scene);
    let pass = command_words::verb(Verb::Pass, scene);
    // At a list it is no passing: it ends the list.
    let done = words().session.list_done;
    let ends = scene.offers.iter().any(|offer| offer.says.as_str() == done);
    can.push(match ends {
        true => format!("{pass} ({done})"),
        false => pass,
    });
    let can = can.join(words().line_ui.says.comma);
    let text = &words().line_ui.says.press;
    TypedCommand::Unclear(fill(text, &[("words", &can)]))
}

fn passes(scene: &Scene) -> bool {
    scene.offers.iter().any(|offer| offer.verb == Verb::Pass)
}

fn keep(initial: &str) -> TypedCommand {
    let words = initial.into();
    TypedCommand::Ask(Intent::Write { words })
}

/// A number rates where a rating is open, chooses where there is something to choose, and otherwise goes on.
fn number(word: &str, slashed: bool, scene: &Scene) -> Option<TypedCommand> {
    let says = &words().line_ui;
    let rating = scene.field == Some(InputField::Rating);
    let rated = says
        .here
        .rate
        .iter()
        .find_map(|rate| word.strip_prefix(rate))
        .filter(|_| rating);
    let digits = choice_spelled::digits(rated.unwrap_or(word).trim())?;
    if rating && (rated.is_some() || !slashed) {
        return Some(match digits.parse() {
            Ok(value @ 0..=10) => TypedCommand::Ask(Intent::Rate { value }),
            Ok(_) | Err(_) => not_a_rating(),
        });
    }
    // A number that was meant for a list of before ends nobody's time.
    let session = &words().session;
    let ends = |says: &str| [session.leads_turn, session.leads_share].contains(&says);
    let on = |offer: &&Offer| offer.verb == Verb::GoOn && !ends(offer.says.as_str());
    let on = scene.offers.iter().find(on);
    // Heard one after the other, the lines of a page are numbers to whoever listens: none of them goes on.
    let listed = scene.mood == SceneMood::Home && !scene.list.is_empty();
    let goes = scene.choices.is_empty() && !listed;
    Some(match (nth(&digits, scene), on) {
        (Some(choice), _) => TypedCommand::Ask(choice.intent.clone()),
        // The list may have gone by somebody else's key, and what stands here may be theirs.
        (None, Some(_)) if goes && scene.rare.apart => {
            TypedCommand::Unclear(SafeText::new(says.says.unclear_number_on))
        }
        (None, Some(on)) if goes => TypedCommand::Ask(on.intent()),
        (None, _) => elsewhere(scene).unwrap_or_else(|| {
            TypedCommand::Unclear(match is_true_of_us(&digits, scene) {
                true => SafeText::new(says.says.yes_not_for),
                false => SafeText::new(says.says.unclear_number),
            })
        }),
    })
}

/// Whether a number is that of a line that may be true, where none may be.
fn is_true_of_us(digits: &str, scene: &Scene) -> bool {
    let lines = 1..=scene.list.len();
    scene.rare.safety == Some(SafetyPage::NotFor)
        && digits.parse().is_ok_and(|n| lines.contains(&n))
}

/// What Enter is answered where somebody said that one of the lines is true: it leads nobody on.
pub(super) fn stays(scene: &Scene) -> TypedCommand {
    let no = words().line_ui.meant.no.first().copied();
    let can = [
        no.unwrap_or_default().to_owned(),
        command_words::verb(Verb::Card, scene),
        command_words::verb(Verb::Leave, scene),
    ];
    let says = &words().line_ui.says;
    TypedCommand::Unclear(fill(&says.press, &[("words", &can.join(says.comma))]))
}

/// The choice of this number.
fn nth<'a>(digits: &str, scene: &'a Scene) -> Option<&'a SceneChoice> {
    let n = digits.parse::<usize>().ok()?.checked_sub(1)?;
    scene.choices.get(n)
}

/// The command that a word is here.
fn works(word: &str, scene: &Scene) -> Option<TypedCommand> {
    let says: &LineUiWords = &words().line_ui;
    let is = |words: &[&str]| words.contains(&word);
    let offered = |known: &Verb| scene.offers.iter().any(|offer| offer.verb == *known);
    let protects = |known: &Verb| matches!(known, Verb::Stop | Verb::Card);
    if let Some(known) = verb_of(word).filter(|known| offered(known) || protects(known)) {
        return Some(verb(known, scene));
    }
    if let Some(initial) = scene.field.as_ref().and_then(InputField::initial)
        && is(says.here.keep)
        && !initial.is_empty()
    {
        return Some(keep(initial));
    }
    let here = [
        (says.here.time, LocalCommand::Time),
        (says.here.again, LocalCommand::Again),
        (says.here.map, LocalCommand::Map),
        (says.here.bell, LocalCommand::Bell),
        (says.here.help, LocalCommand::Help),
        (says.here.screen, LocalCommand::Screen),
        (says.here.lines, LocalCommand::Lines),
        (says.here.ear, LocalCommand::Ear),
    ];
    let here = here.into_iter().find(|(words, _)| is(words));
    here.map(|(_, here)| TypedCommand::Here(here))
}

fn verb_of(word: &str) -> Option<Verb> {
    let mut all = Verb::ALL.into_iter();
    all.find(|known| command_words::known(*known).contains(&word))
}

/// Whether these words, which are nothing else here, speak of danger.
pub(crate) fn speaks_of_danger(word: &str) -> bool {
    has_one_of(words().line_ui.meant.danger, word)
}

fn has_one_of(known: &[&str], word: &str) -> bool {
    let line = format!(" {word} ");
    known.iter().any(|said| line.contains(&format!(" {said} ")))
}

/// What has no meaning here: the crisis card where it speaks of danger, else a few words, and kinder ones where somebody
/// comes back to here and now.
fn unknown(word: &str, scene: &Scene) -> TypedCommand {
    let (says, meant) = (&words().line_ui.says, &words().line_ui.meant);
    let goes_on = scene.offers.iter().any(|offer| offer.verb == Verb::GoOn);
    let (steadies, no) = (scene.mood == SceneMood::Neutral, meant.no.contains(&word));
    let unclear = match verb_of(word) {
        Some(known) => return verb(known, scene),
        None if speaks_of_danger(word) => return verb(Verb::Card, scene),
        // To a question about safety of before, while somebody steadies.
        None if steadies && goes_on && no => return verb(Verb::Card, scene),
        None if steadies && has_one_of(meant.worse, word) => says.unclear_worse,
        None if steadies && goes_on => says.unclear_kind,
        None if no || scene.private => {
            let asked = asks_about_danger(scene, false);
            return TypedCommand::Unclear(asked.unwrap_or_else(|| SafeText::new(says.unclear)));
        }
        None if scene.field == Some(InputField::Rating) => return not_a_rating(),
        None if scene.mood == SceneMood::Walking => says.unclear_aloud,
        None => says.unclear,
    };
    TypedCommand::Unclear(SafeText::new(unclear))
}

/// Why this can't be asked here.
fn why(verb: Verb, scene: &Scene) -> SafeText {
    let (why, session) = (&words().line_ui.why, &words().session);
    SafeText::new(match verb {
        Verb::Pause | Verb::More | Verb::Land if scene.mood == SceneMood::Held => {
            session.stands_still
        }
        Verb::GoOn | Verb::Stop | Verb::Card => words().line_ui.says.nothing_on,
        Verb::Pass => why.pass,
        Verb::Back => why.back,
        Verb::Unsure => why.unsure,
        Verb::Pause => why.pause,
        Verb::More => why.more,
        Verb::Land => why.land,
        Verb::Asides => why.asides,
        Verb::ChangeLine => why.change_line,
        Verb::ReadAloud => why.read_aloud,
        Verb::InWriting => why.in_writing,
        Verb::Skip => why.skip,
        Verb::Clock => why.clock,
        Verb::Leave => why.leave,
    })
}

fn verb(verb: Verb, scene: &Scene) -> TypedCommand {
    let says = &words().line_ui;
    let offered = scene.offers.iter().find(|offer| offer.verb == verb);
    match (offered, verb) {
        (Some(offer), Verb::Leave) => TypedCommand::Leave(offer.intent()),
        (Some(offer), _) => TypedCommand::Ask(offer.intent()),
        // These two are asked even where no screen offers them: the answer is better than ours.
        (None, Verb::Stop) => TypedCommand::Ask(Intent::Stop),
        (None, Verb::Card) => TypedCommand::Ask(Intent::Card),
        (None, Verb::GoOn) if passes(scene) => what_to_type(scene),
        (None, _) => {
            let answers = matches!(verb, Verb::GoOn | Verb::Pass | Verb::Back | Verb::Unsure);
            let theirs = elsewhere(scene).filter(|_| answers);
            theirs.unwrap_or_else(|| {
                let why = why(verb, scene);
                TypedCommand::Unclear(fill(&says.says.not_offered, &[("why", why.as_str())]))
            })
        }
    }
}
