//! The people: always in the same places, with a sign, a name and a word for what each does now.

use ratatui::layout::Rect;

use super::canvas::{Canvas, columns, wrap};
use super::plan::Plan;
use crate::session::scene::{LegState, Mood, Scene, Seat};
use crate::tui::theme::Palette;

/// A sign for each person of a session, told apart by shape alone.
const SIGNS: [&str; 6] = ["▌", "◆", "■", "▲", "▼", "●"];
/// The longest name that is drawn whole.
const LONGEST_NAME: usize = 24;

/// Whether the row of the one spoken to has anything in it.
#[must_use]
pub fn has_head(scene: &Scene) -> bool {
    scene.mood != Mood::Neutral && (seen(scene) || own_title(scene).is_some())
}

/// Whether the place of the other person has anything in it.
fn has_low(scene: &Scene) -> bool {
    !scene.whispers.is_empty()
        || (scene.mood != Mood::Neutral && scene.to.is_some() && others(scene).next().is_some())
}

/// How many rows the place of the other person would like: a row for who it is, and the quiet words whole.
/// On a large screen it is never less than `least`, so that it does not move about.
#[must_use]
pub fn low_rows(scene: &Scene, width: u16, least: u16) -> u16 {
    if !has_low(scene) {
        return 0;
    }
    let words: usize = scene
        .whispers
        .iter()
        .map(|whisper| wrap(whisper.words.as_str(), width).len())
        .sum();
    // Who it is, once for each of them.
    let names = scene.whispers.len().max(1);
    u16::try_from(names + words).unwrap_or(u16::MAX).max(least)
}

/// Whether people's names stand on the screen: while a session runs, or as soon as somebody has a role.
fn seen(scene: &Scene) -> bool {
    match scene.mood {
        Mood::Walking | Mood::Held | Mood::Closing => !scene.people.is_empty(),
        Mood::Home | Mood::Closed => scene.to.is_some() || gathers(scene),
        Mood::Neutral => false,
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
            .any(|leg| matches!(leg.state, LegState::Here(_)) && leg.title == scene.title);
    (!known && !scene.title.is_empty()).then(|| scene.title.as_str())
}

/// Those who are not spoken to and have something to be told or to do.
fn others(scene: &Scene) -> impl Iterator<Item = (usize, &Seat)> {
    scene.people.iter().enumerate().filter(move |(n, seat)| {
        let whispered = scene.whispers.iter().any(|whisper| whisper.to == Some(*n));
        Some(*n) != scene.to && (!seat.role.is_empty() || whispered)
    })
}

fn name(seat: &Seat) -> String {
    crate::shown::Shown::short(&seat.name.as_str().to_uppercase(), LONGEST_NAME)
        .as_str()
        .to_owned()
}

/// Puts a person's sign, name and role; answers the column after them.
fn seat(canvas: &mut Canvas<'_>, at: Rect, n: usize, seat: &Seat, colours: Palette) -> u16 {
    let end = at.right();
    let style = colours.person(n);
    let sign = SIGNS.get(n).copied().unwrap_or("●");
    canvas.put(at.x, at.y, sign, style, 1);
    let mut x = canvas.put(
        at.x + 2,
        at.y,
        &name(seat),
        style,
        end.saturating_sub(at.x + 2),
    );
    let mut before = " · ";
    for words in [&seat.role, &seat.rung] {
        if !words.is_empty() {
            x = canvas.put(x, at.y, before, colours.quiet(), end.saturating_sub(x));
            x = canvas.put(
                x,
                at.y,
                words.as_str(),
                colours.ink(),
                end.saturating_sub(x),
            );
            before = ", ";
        }
    }
    x
}

/// Draws the row of the one spoken to: the person, or everybody, and the title where it is a new one.
pub fn head(canvas: &mut Canvas<'_>, plan: &Plan, scene: &Scene, end: u16, colours: Palette) {
    let mut x = plan.sign;
    if seen(scene) {
        for (n, person) in scene.people.iter().enumerate() {
            if scene.to.is_none_or(|to| to == n) {
                let at = Rect::new(x, plan.head, end.saturating_sub(x), 1);
                x = seat(canvas, at, n, person, colours).saturating_add(3);
            }
        }
    }
    if let Some(title) = own_title(scene) {
        canvas.put(x, plan.head, title, colours.accent(), end.saturating_sub(x));
    }
}

/// Draws the place of the others: who accompanies, and the quiet words for them.
pub fn low(canvas: &mut Canvas<'_>, plan: &Plan, scene: &Scene, colours: Palette) {
    let mut y = plan.low.y;
    if scene.mood != Mood::Neutral {
        y = company(canvas, plan, scene, colours);
    }
    for (nth, whisper) in scene.whispers.iter().enumerate() {
        let named = whisper.to.and_then(|to| Some((to, scene.people.get(to)?)));
        let named = named.filter(|_| nth > 0);
        let lines = wrap(whisper.words.as_str(), plan.low.width);
        // Half a sentence helps nobody: where it has no room it waits for a larger screen.
        let needs = lines.len() + usize::from(named.is_some());
        if needs > usize::from(plan.low.bottom().saturating_sub(y)) {
            return;
        }
        if let Some((n, person)) = named {
            let width = plan.low.right().saturating_sub(plan.sign);
            let at = Rect::new(plan.sign, y, width, 1);
            seat(canvas, at, n, person, colours);
            y += 1;
        }
        for line in lines {
            canvas.put(plan.low.x, y, &line, colours.ink(), plan.low.width);
            y += 1;
        }
    }
}

/// Who accompanies: first the one the quiet words are for. One row, however many they are.
fn company(canvas: &mut Canvas<'_>, plan: &Plan, scene: &Scene, colours: Palette) -> u16 {
    if plan.low.height == 0 {
        return plan.low.y;
    }
    let whispered = scene.whispers.first().and_then(|whisper| whisper.to);
    let later: Vec<_> = scene.whispers.iter().skip(1).map(|w| w.to).collect();
    let mut people: Vec<_> = others(scene).collect();
    // Those with words of their own further down are named there.
    people.retain(|(n, _)| !later.contains(&Some(*n)));
    if scene.to.is_none() {
        people.retain(|(n, _)| Some(*n) == whispered);
    }
    people.sort_by_key(|(n, _)| Some(*n) != whispered);
    let mut x = plan.sign;
    for (n, person) in &people {
        let at = Rect::new(x, plan.low.y, plan.low.right().saturating_sub(x), 1);
        if columns(&name(person)) + 4 > at.width {
            break;
        }
        x = seat(canvas, at, *n, person, colours).saturating_add(3);
    }
    plan.low.y + u16::from(!people.is_empty())
}
