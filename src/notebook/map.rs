//! The parts of a notebook and how they stand to each other: as a picture, as sentences, as Mermaid text.
//!
//! ```text
//! ╭───────────╮    ╭────────────╮
//! │ the guard ├╌╌╌╌┤ the critic │      ─▼ protects   ╌╌ at odds with
//! ╰─────┬─────╯    ╰──────┬─────╯
//!       └────────┬────────┘
//! ```

mod layers;
mod picture;
mod tracks;
mod wires;

use std::collections::{HashMap, HashSet, VecDeque};

use super::book::{Book, PartNow};
use super::entry::Id;
use crate::text::safe_text::SafeText;
use crate::text::words::{fill, words};

/// The most parts that one picture holds; more of them are only a thicket.
const MOST_DRAWN: usize = 24;
/// The most graphemes of a name in a picture.
const NAME: usize = 20;
/// The most sentences that are said of the ties between parts.
const MOST_SAID: usize = 60;
/// The most names that are said of parts without a tie.
const MOST_ALONE: usize = 12;

/// Some parts and their ties, by their places.
#[derive(Default)]
struct Graph {
    names: Vec<String>,
    /// Who protects whom.
    protects: Vec<(usize, usize)>,
    /// Who is at odds; each pair once.
    against: Vec<(usize, usize)>,
    /// How many tied parts are not among them.
    left_out: usize,
}

/// The map of a book at most `width` columns wide, line by line; nothing when no part is tied to another, or when it
/// does not fit. It is drawn with lines; [`crate::text::safe_text::ascii`] has a near letter for each of its signs.
#[must_use]
pub fn picture(book: &Book, width: usize) -> Option<Vec<SafeText>> {
    let graph = Graph::of(book, MOST_DRAWN);
    if graph.names.is_empty() {
        return None;
    }
    let mut lines = picture::drawn(&graph, width)?;
    let w = &words().export.map;
    lines.push(String::new());
    if !graph.protects.is_empty() && graph.against.is_empty() {
        lines.push(format!("─▼ {}", w.protects));
    } else if graph.protects.is_empty() {
        lines.push(format!("╌╌ {}", w.against));
    } else {
        lines.push(format!("─▼ {}   ╌╌ {}", w.protects, w.against));
    }
    if graph.left_out > 0 {
        let n = graph.left_out.to_string();
        lines.push(fill(&w.more, &[("n", &n)]).as_str().to_owned());
    }
    Some(lines.iter().map(|line| SafeText::new(line)).collect())
}

/// The same in sentences, for whoever listens: one for each part that has ties.
#[must_use]
pub(crate) fn told(book: &Book) -> Vec<SafeText> {
    let w = &words().export.map;
    let mut said = Vec::new();
    let mut more = 0_usize;
    let mut odds: HashSet<(&Id, &Id)> = HashSet::new();
    for known in book.parts() {
        let part = &known.part;
        let against: Vec<&Id> = part
            .against
            .iter()
            .filter(|other| odds.insert(pair(&known.id, other)))
            .collect();
        let protects: Vec<&Id> = part.protects.iter().collect();
        for (text, others) in [(&w.both, protects), (&w.odds, against)] {
            let known_others = others.into_iter().filter_map(|id| book.part(id));
            let others: Vec<String> = known_others.map(PartNow::called).collect();
            if others.is_empty() {
                continue;
            }
            if said.len() == MOST_SAID {
                more = more.saturating_add(1);
                continue;
            }
            let (one, others) = (known.called(), others.join(", "));
            said.push(fill(text, &[("one", &one), ("others", &others)]));
        }
    }
    if more > 0 {
        said.push(fill(&w.more, &[("n", &more.to_string())]));
    }
    said.extend(alone(book));
    said
}

/// Who is not tied to anybody, in one sentence.
#[must_use]
pub(crate) fn alone(book: &Book) -> Option<SafeText> {
    let w = &words().export.map;
    let tied = tied(book);
    let alone: Vec<&PartNow> = book
        .parts()
        .iter()
        .filter(|known| !tied.contains(&known.id))
        .collect();
    if alone.is_empty() {
        return None;
    }
    let names = alone.iter().take(MOST_ALONE);
    let mut names: Vec<String> = names.map(|known| short(known)).collect();
    let rest = alone.len().saturating_sub(MOST_ALONE);
    if rest > 0 {
        names.push(
            fill(&w.more, &[("n", &rest.to_string())])
                .as_str()
                .to_owned(),
        );
    }
    Some(fill(&w.alone, &[("names", &names.join(", "))]))
}

/// All parts and ties as Mermaid text, which other programs draw.
#[must_use]
pub(crate) fn mermaid(book: &Book) -> String {
    let w = &words().export.map;
    let places: HashMap<&Id, usize> = book
        .parts()
        .iter()
        .enumerate()
        .map(|(place, known)| (&known.id, place.saturating_add(1)))
        .collect();
    let mut text = String::from("graph TD\n");
    for (place, known) in book.parts().iter().enumerate() {
        let label = label(&known.called());
        text.push_str(&format!("    p{}[\"{label}\"]\n", place.saturating_add(1)));
    }
    let mut odds: HashSet<(&Id, &Id)> = HashSet::new();
    for known in book.parts() {
        let from = places.get(&known.id).copied().unwrap_or_default();
        for to in known.part.protects.iter().filter_map(|id| places.get(id)) {
            text.push_str(&format!("    p{from} -->|{}| p{to}\n", label(w.protects)));
        }
        for other in &known.part.against {
            if let (Some(to), true) = (places.get(other), odds.insert(pair(&known.id, other))) {
                text.push_str(&format!("    p{from} -.-|{}| p{to}\n", label(w.against)));
            }
        }
    }
    text
}

/// A text that Mermaid reads as these letters: what is a sign to it is written as its number.
fn label(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in SafeText::new(text).as_str().chars() {
        if c.is_alphanumeric()
            || matches!(c, ' ' | '.' | ',' | '\'' | '-' | '(' | ')' | '!' | '?')
            || !c.is_ascii()
        {
            out.push(c);
        } else {
            out.push_str(&format!("#{};", u32::from(c)));
        }
    }
    out
}

fn short(known: &PartNow) -> String {
    SafeText::short(&known.called(), NAME).as_str().to_owned()
}

/// Two parts in an order of their own, so that a tie between them is met once.
fn pair<'a>(one: &'a Id, other: &'a Id) -> (&'a Id, &'a Id) {
    if one <= other {
        (one, other)
    } else {
        (other, one)
    }
}

fn tied(book: &Book) -> HashSet<&Id> {
    let mut tied = HashSet::new();
    for known in book.parts() {
        for other in known.part.protects.iter().chain(&known.part.against) {
            tied.insert(&known.id);
            tied.insert(other);
        }
    }
    tied
}

impl Graph {
    /// The parts that are tied to each other, beginning with the one that was met last; neighbours before strangers.
    fn of(book: &Book, most: usize) -> Self {
        let mut ties: HashMap<&Id, Vec<&Id>> = HashMap::new();
        for known in book.parts() {
            for other in known.part.protects.iter().chain(&known.part.against) {
                ties.entry(&known.id).or_default().push(other);
                ties.entry(other).or_default().push(&known.id);
            }
        }
        let mut places: HashMap<&Id, usize> = HashMap::new();
        let mut order: Vec<&PartNow> = Vec::new();
        for known in book.parts() {
            let mut waiting = VecDeque::from([&known.id]);
            while let Some(id) = waiting.pop_front() {
                let (Some(ties), Some(known)) = (ties.get(id), book.part(id)) else {
                    continue;
                };
                if order.len() == most || places.contains_key(id) {
                    continue;
                }
                places.insert(id, order.len());
                order.push(known);
                waiting.extend(ties.iter());
            }
        }
        let mut graph = Self {
            names: order.iter().map(|known| short(known)).collect(),
            left_out: ties.len().saturating_sub(order.len()),
            ..Self::default()
        };
        let mut odds = HashSet::new();
        for (place, known) in order.iter().enumerate() {
            let there = |ids: &[Id]| {
                ids.iter()
                    .filter_map(|id| places.get(id).copied())
                    .collect()
            };
            let (protects, against): (Vec<usize>, Vec<usize>) =
                (there(&known.part.protects), there(&known.part.against));
            graph
                .protects
                .extend(protects.into_iter().map(|to| (place, to)));
            let new = against.into_iter().map(|to| (place.min(to), place.max(to)));
            graph.against.extend(new.filter(|pair| odds.insert(*pair)));
        }
        graph
    }
}
