//! The people: always in the same places, with a sign, a name and a word for what each does now.

use ratatui_core::layout::Rect;
use ratatui_core::style::Style;

use super::canvas::{Canvas, columns, wrap};
use super::layout::Layout;
use crate::session::scene::{PersonSeat, Scene, SceneMood, SegmentState, WitnessLine};
use crate::text::safe_text::capital;
use crate::text::sort::Arrange;
use crate::tui::theme::Palette;

/// A sign for each person of a session, told apart by shape alone.
const SIGNS: [&str; 6] = ["▌", "◆", "■", "▲", "▼", "●"];
/// The longest name that is drawn whole.
const LONGEST_NAME: usize = 24;

/// Whether the row of the one spoken to has anything in it.
#[must_use]
pub(crate) fn has_head(scene: &Scene) -> bool {
    scene.mood != SceneMood::Neutral && (seen(scene) || own_title(scene).is_some())
}

/// Whether the place of the other person has anything in it.
fn has_low(scene: &Scene) -> bool {
    !scene.whispers.is_empty()
        || (scene.mood != SceneMood::Neutral
            && !scene.to.is_empty()
            && others(scene).next().is_some())
}

/// How many rows the place of the others takes for the quiet words of this many of them, whole, each with a row for who
/// it is.
#[must_use]
pub(crate) fn low_rows(scene: &Scene, width: u16, most: usize) -> u16 {
    if !has_low(scene) {
        return 0;
    }
    let whispers = scene.whispers.iter().take(most);
    let words: usize = whispers
        .clone()
        .map(|whisper| wrap(whisper.words.as_str(), width).len())
        .sum();
    let names =
        (0..whispers.count()).filter(|nth| is_named_anew(scene, *nth) && !is_signed(scene, *nth));
    let mut names = names.count();
    if scene.whispers.is_empty() {
        names = 1;
    }
    u16::try_from(names + words).unwrap_or(u16::MAX)
}

/// Whether these quiet words are for somebody else than those before them.
fn is_named_anew(scene: &Scene, nth: usize) -> bool {
    let to = |nth: usize| scene.whispers.get(nth).map(|whisper| &whisper.to);
    let for_all = to(nth).is_some_and(Vec::is_empty);
    !for_all && (nth == 0 || to(nth) != to(nth - 1))
}

/// Whether a sign is enough for quiet words, because everybody's name stands above already.
fn is_signed(scene: &Scene, nth: usize) -> bool {
    let one = |whisper: &WitnessLine| whisper.to.len() == 1;
    scene.to.is_empty() && seen(scene) && scene.whispers.get(nth).is_some_and(one)
}

/// Whether people's names stand on the screen: while a session runs, or as soon as somebody has a role.
fn seen(scene: &Scene) -> bool {
    match scene.mood {
        SceneMood::Walking | SceneMood::Held | SceneMood::Closing => !scene.people.is_empty(),
        SceneMood::Home | SceneMood::Closed => !scene.to.is_empty() || gathers(scene),
        SceneMood::Neutral => false,
    }
}

fn gathers(scene: &Scene) -> bool {
    scene.people.iter().any(|seat| seat.yes.is_some())
}

/// The title, where the way does not say it already.
fn own_title(scene: &Scene) -> Option<&str> {
    let known = scene.way.is_empty()
        || scene
            .way
            .iter()
            .any(|leg| matches!(leg.state, SegmentState::Here(_)) && leg.title == scene.title);
    (!known && !scene.title.is_empty()).then(|| scene.title.as_str())
}

/// Those who are not spoken to and have something to be told or to do.
fn others(scene: &Scene) -> impl Iterator<Item = (usize, &PersonSeat)> {
    scene.people.iter().enumerate().filter(move |(n, seat)| {
        let whispered = scene.whispers.iter().any(|whisper| whisper.to.contains(n));
        !scene.to.contains(n) && (!seat.role.is_empty() || whispered)
    })
}

/// Several people in one row, as pieces of text beside each other.
type PeopleLine = Vec<(String, Style)>;

/// How much is said of each person where several stand in one row.
#[derive(Clone, Copy)]
struct Say {
    /// The longest name that is drawn whole.
    name: usize,
    /// Whose role is told.
    roles: Roles,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Roles {
    /// Everybody's, and how they accompany.
    Whole,
    /// Everybody's.
    Each,
    /// One for all, where all have the same.
    Once,
    /// Nobody's.
    Nobody,
}

/// From the fullest to the shortest.
const WAYS: [Say; 6] = [
    Say {
        name: LONGEST_NAME,
        roles: Roles::Whole,
    },
    Say {
        name: LONGEST_NAME,
        roles: Roles::Each,
    },
    Say {
        name: LONGEST_NAME,
        roles: Roles::Once,
    },
    Say {
        name: LONGEST_NAME,
        roles: Roles::Nobody,
    },
    Say {
        name: 8,
        roles: Roles::Nobody,
    },
    Say {
        name: 4,
        roles: Roles::Nobody,
    },
];

fn width(line: &PeopleLine) -> u16 {
    line.iter()
        .fold(0, |sum, (text, _)| sum.saturating_add(columns(text)))
}

/// A person's sign and name; quietly, where nothing is said to them.
fn named(n: usize, seat: &PersonSeat, longest: usize, loud: bool, colours: Palette) -> PeopleLine {
    let sign = SIGNS.get(n).copied().unwrap_or("●");
    let style = if loud {
        colours.person(n)
    } else {
        colours.quiet()
    };
    let name = crate::text::safe_text::SafeText::short(seat.name.as_str(), longest);
    vec![
        (format!("{sign} "), colours.person(n)),
        (name.as_str().to_owned(), style),
    ]
}

/// A role, and, when it is told whole, how this person accompanies.
fn role(seat: &PersonSeat, whole: bool, loud: bool, colours: Palette) -> PeopleLine {
    let style = if loud { colours.ink() } else { colours.quiet() };
    let mut line = PeopleLine::new();
    let mut before = " · ";
    let words = [&seat.role, &seat.rung];
    for words in words.into_iter().take(if whole { 2 } else { 1 }) {
        if !words.is_empty() {
            line.push((before.to_owned(), colours.quiet()));
            line.push((words.as_str().to_owned(), style));
            before = ", ";
        }
    }
    line
}

fn told(people: &[(usize, &PersonSeat)], say: Say, loud: bool, colours: Palette) -> PeopleLine {
    let mut line = PeopleLine::new();
    for (at, (n, seat)) in people.iter().enumerate() {
        if at > 0 {
            line.push(("   ".to_owned(), colours.quiet()));
        }
        line.extend(named(*n, seat, say.name, loud, colours));
        let last = at + 1 == people.len();
        let whole = match say.roles {
            Roles::Whole => Some(true),
            Roles::Each => Some(false),
            Roles::Once => last.then_some(true),
            Roles::Nobody => None,
        };
        line.extend(whole.map_or_else(PeopleLine::new, |whole| role(seat, whole, loud, colours)));
    }
    line
}

/// The fullest way to say who is there that fits; where not even names fit, as many as do, and how many more.
fn line(people: &[(usize, &PersonSeat)], room: u16, loud: bool, colours: Palette) -> PeopleLine {
    let alike = people
        .windows(2)
        .all(|two| two[0].1.role == two[1].1.role && two[0].1.rung == two[1].1.rung);
    let fullest = told(people, WAYS[0], loud, colours);
    if people.len() < 2 {
        // One person is never left out; what does not fit is cut where it is drawn.
        return fullest;
    }
    for say in WAYS
        .into_iter()
        .filter(|way| way.roles != Roles::Once || alike)
    {
        let line = told(people, say, loud, colours);
        if width(&line) <= room {
            return line;
        }
    }
    for shown in (1..people.len()).rev() {
        let mut line = told(&people[..shown], WAYS[4], loud, colours);
        line.push((format!("   +{}", people.len() - shown), colours.ink()));
        if width(&line) <= room {
            return line;
        }
    }
    told(&people[..1], WAYS[5], loud, colours)
}

fn put(canvas: &mut Canvas<'_>, at: Rect, line: &PeopleLine) -> u16 {
    let mut x = at.x;
    for (text, style) in line {
        x = canvas.put(x, at.y, text, *style, at.right().saturating_sub(x));
    }
    x
}

/// Draws the row of the one spoken to: the person, or everybody, and the title where it is a new one.
pub(crate) fn head(
    canvas: &mut Canvas<'_>,
    plan: &Layout,
    scene: &Scene,
    end: u16,
    colours: Palette,
) {
    let mut at = Rect::new(plan.sign, plan.head, end.saturating_sub(plan.sign), 1);
    let title = own_title(scene);
    if seen(scene) {
        let people: Vec<_> = scene
            .people
            .iter()
            .enumerate()
            .filter(|(n, _)| scene.to.is_empty() || scene.to.contains(n))
            .collect();
        // A word such as "Paused" says more than a role.
        let kept = title.map_or(0, |title| columns(title) + 3);
        let line = line(&people, at.width.saturating_sub(kept), true, colours);
        let x = put(canvas, at, &line).saturating_add(3);
        at = Rect::new(x, plan.head, end.saturating_sub(x), 1);
    }
    if let Some(title) = title {
        canvas.put(at.x, at.y, &capital(title), colours.accent(), at.width);
    }
}

/// Draws the place of the others: who accompanies, and the quiet words for them.
pub(crate) fn low(canvas: &mut Canvas<'_>, plan: &Layout, scene: &Scene, colours: Palette) {
    let mut y = plan.low.y;
    if scene.mood != SceneMood::Neutral {
        y = company(canvas, plan, scene, colours);
    }
    for (nth, whisper) in scene.whispers.iter().enumerate() {
        let signed = is_signed(scene, nth);
        let anew = nth > 0 && is_named_anew(scene, nth) && !signed;
        let named = whisper.to.iter().filter(|_| anew);
        let named = named.filter_map(|to| Some((*to, scene.people.get(*to)?)));
        let named: Vec<_> = named.collect();
        let lines = wrap(whisper.words.as_str(), plan.low.width);
        // Half a sentence helps nobody: where it has no room it waits for a larger screen.
        let needs = lines.len() + usize::from(!named.is_empty());
        if needs > usize::from(plan.low.bottom().saturating_sub(y)) {
            return;
        }
        if !named.is_empty() {
            let at = row_of_names(plan, y);
            put(canvas, at, &line(&named, at.width, true, colours));
            y += 1;
        }
        if let Some(n) = whisper.to.first().filter(|_| signed) {
            let sign = SIGNS.get(*n).copied().unwrap_or("●");
            canvas.put(plan.sign, y, sign, colours.person(*n), 1);
        }
        for line in lines {
            canvas.put(plan.low.x, y, &line, colours.ink(), plan.low.width);
            y += 1;
        }
    }
}

/// Those in the row above what lies over a question: whoever it speaks to, or quietly those whom it does not ask.
fn people_above(scene: &Scene) -> (Vec<(usize, &PersonSeat)>, bool) {
    let beneath = scene.rare.beneath.as_ref().map(|beneath| &beneath.to);
    let asked = |n: &usize| beneath.is_some_and(|to| to.contains(n));
    let people = scene.people.iter().enumerate();
    let loud = !scene.to.is_empty();
    // Above words for everybody a name would be a heading; it stands above that person's own, or beside a yes.
    let quiet = scene.whispers.is_empty() && !gathers(scene);
    let people = people.filter(|(n, seat)| {
        // Whoever was asked has their name above the question already.
        !asked(n)
            && if loud {
                scene.to.contains(n)
            } else {
                quiet && !seat.role.is_empty()
            }
    });
    (people.collect(), loud)
}

/// How many rows there are above what lies over a question.
#[must_use]
pub(crate) fn rows_above(scene: &Scene) -> u16 {
    u16::from(!people_above(scene).0.is_empty())
}

/// Draws the row above what lies over a question; answers how many rows that took.
pub(crate) fn above(
    canvas: &mut Canvas<'_>,
    plan: &Layout,
    scene: &Scene,
    colours: Palette,
) -> u16 {
    let (people, loud) = people_above(scene);
    if people.is_empty() {
        return 0;
    }
    let at = row_of_names(plan, plan.low.y);
    put(canvas, at, &line(&people, at.width, loud, colours));
    1
}

/// A row of the low place that begins where people's signs stand.
fn row_of_names(plan: &Layout, y: u16) -> Rect {
    let width = plan.low.right().saturating_sub(plan.sign);
    Rect::new(plan.sign, y, width, 1)
}

/// Who accompanies: first the one the quiet words are for. One row, however many they are. Where there are no words
/// for them, they stand there quietly: a name in capitals would be the heading of nothing.
fn company(canvas: &mut Canvas<'_>, plan: &Layout, scene: &Scene, colours: Palette) -> u16 {
    // Above words for everybody a name would be a heading.
    let all = |whisper: &WitnessLine| whisper.to.is_empty();
    let for_all = !scene.whispers.is_empty() && scene.whispers.iter().all(all);
    if plan.low.height == 0 || for_all {
        return plan.low.y;
    }
    let mut whispers = scene.whispers.iter().map(|whisper| &whisper.to);
    let whispered: &[usize] = whispers.next().map_or(&[], |to| to);
    let later: Vec<usize> = whispers.flatten().copied().collect();
    let mut people: Vec<_> = others(scene).collect();
    // Those with words of their own further down are named there.
    people.retain(|(n, _)| whispered.contains(n) || !later.contains(n));
    if scene.to.is_empty() {
        people.retain(|(n, _)| whispered.contains(n) && !is_signed(scene, 0));
    }
    people.arrange_by_key(|(n, _)| !whispered.contains(n));
    if people.is_empty() {
        return plan.low.y;
    }
    let at = row_of_names(plan, plan.low.y);
    // With a row for them and no room for their words, the words wait and the name is no heading either.
    let loud = !scene.whispers.is_empty() && plan.low.height > 1;
    put(canvas, at, &line(&people, at.width, loud, colours));
    plan.low.y + 1
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::safe_text::SafeText;
    use crate::tui::appearance::Appearance;

    const NAMES: [&str; 6] = [
        "Wilhelmina",
        "Ben",
        "李小龍",
        "Zoë",
        "Featherstonehaugh",
        "D",
    ];

    fn seats(count: usize, role: &str) -> Vec<PersonSeat> {
        NAMES[..count]
            .iter()
            .map(|name| PersonSeat {
                name: SafeText::new(name),
                role: SafeText::new(role),
                rung: SafeText::default(),
                floor: false,
                yes: None,
            })
            .collect()
    }

    fn said(seats: &[PersonSeat], room: u16) -> String {
        let colours = Palette::of(Appearance::USUAL);
        let people: Vec<_> = seats.iter().enumerate().collect();
        let line = line(&people, room, true, colours);
        line.iter().map(|(text, _)| text.as_str()).collect()
    }

    #[test]
    fn a_row_of_people_says_as_much_as_fits_and_never_loses_one_in_silence() {
        for count in 2..=6 {
            let seats = seats(count, "listening");
            let mut before = u16::MAX;
            for room in (12..140).rev() {
                let said = said(&seats, room);
                assert!(columns(&said) <= room, "{count} in {room}: {said}");
                assert!(columns(&said) <= before, "{count} in {room}: {said}");
                before = columns(&said);
                let signs = SIGNS.iter().filter(|sign| said.contains(**sign)).count();
                let more = said
                    .rsplit_once('+')
                    .and_then(|(_, more)| more.trim().parse::<usize>().ok())
                    .unwrap_or(0);
                assert!(
                    signs + more == count || room < 20,
                    "{count} in {room}: {said}"
                );
            }
        }
    }

    #[test]
    fn with_room_everybody_has_name_and_role_and_a_common_role_is_said_once() {
        let three = seats(3, "listening");
        assert_eq!(
            said(&three, 100),
            "▌ Wilhelmina · listening   ◆ Ben · listening   ■ 李小龍 · listening"
        );
        assert_eq!(
            said(&three, 50),
            "▌ Wilhelmina   ◆ Ben   ■ 李小龍 · listening"
        );
        assert_eq!(said(&three, 34), "▌ Wilhelmina   ◆ Ben   ■ 李小龍");
        let mut mixed = seats(3, "listening");
        mixed[0].role = SafeText::new("speaking");
        mixed[1].rung = SafeText::new("gently guide");
        assert_eq!(
            said(&mixed, 70),
            "▌ Wilhelmina · speaking   ◆ Ben · listening   ■ 李小龍 · listening"
        );
        assert_eq!(said(&mixed, 50), "▌ Wilhelmina   ◆ Ben   ■ 李小龍");
    }

    #[test]
    fn signs_are_told_apart_by_shape_alone_in_ascii_too() {
        for (n, one) in SIGNS.iter().enumerate() {
            for other in &SIGNS[n + 1..] {
                assert_ne!(one, other);
                let ascii = |sign: &str| sign.chars().next().map(crate::text::safe_text::ascii);
                assert_ne!(ascii(one), ascii(other), "{one} {other}");
            }
        }
    }
}
