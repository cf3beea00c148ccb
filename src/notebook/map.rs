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
mod svg;
mod tracks;
mod wires;

use std::collections::{HashMap, HashSet, VecDeque};

use unicode_width::UnicodeWidthStr;

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
    /// Who fears whom.
    fears: Vec<(usize, usize)>,
    /// Who wants something of whom.
    wants: Vec<(usize, usize)>,
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
    } else if graph.protects.is_empty() && !graph.against.is_empty() {
        lines.push(format!("╌╌ {}", w.against));
    } else if !graph.protects.is_empty() {
        lines.push(format!("─▼ {}   ╌╌ {}", w.protects, w.against));
    }
    if graph.left_out > 0 {
        let n = graph.left_out.to_string();
        lines.push(fill(&w.more, &[("n", &n)]).as_str().to_owned());
    }
    // Only two kinds of line are told apart in a window; the others are said.
    for (text, pairs) in [(&w.one_fears, &graph.fears), (&w.one_wants, &graph.wants)] {
        for (one, other) in pairs {
            let names = graph.names.get(*one).zip(graph.names.get(*other));
            if let Some((one, other)) = names {
                let said = fill(text, &[("one", one), ("others", other)]);
                if said.as_str().width() <= width {
                    lines.push(said.as_str().to_owned());
                } else {
                    let rest = fill(text, &[("one", ""), ("others", other)]);
                    lines.extend([one.clone(), format!("  {}", rest.as_str().trim())]);
                }
            }
        }
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
        let fears: Vec<&Id> = part.afraid_of.iter().collect();
        let wants: Vec<&Id> = part.wants_of.iter().collect();
        for (text, others) in [
            (&w.both, protects),
            (&w.odds, against),
            (&w.one_fears, fears),
            (&w.one_wants, wants),
        ] {
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
        for (others, word) in [
            (&known.part.afraid_of, w.fears),
            (&known.part.wants_of, w.wants),
        ] {
            for to in others.iter().filter_map(|id| places.get(id)) {
                text.push_str(&format!("    p{from} -.->|{}| p{to}\n", label(word)));
            }
        }
        for other in &known.part.against {
            if let (Some(to), true) = (places.get(other), odds.insert(pair(&known.id, other))) {
                text.push_str(&format!("    p{from} -.-|{}| p{to}\n", label(w.against)));
            }
        }
    }
    text
}

/// Signs of Mermaid, of Markdown and of HTML, which labels are read as, each with a letter that looks like it: codes show
/// raw where labels are drawn as SVG text.
const SIGNS: [(char, char); 12] = [
    ('"', '”'),
    ('`', '’'),
    ('<', '‹'),
    ('>', '›'),
    ('&', '＆'),
    ('#', '＃'),
    ('*', '∗'),
    ('_', 'ˍ'),
    ('~', '∼'),
    ('|', '¦'),
    ('\\', '∖'),
    ('%', '％'),
];

/// A text that Mermaid reads as these letters, as near as may be; nothing in it begins a list or a heading.
fn label(text: &str) -> String {
    let shown = SafeText::new(text.trim());
    let sign = |c: char| {
        SIGNS
            .iter()
            .find(|(sign, _)| *sign == c)
            .map_or(c, |(_, near)| *near)
    };
    let letters: String = shown.as_str().chars().map(sign).collect();
    let rest = letters.trim_start_matches(|c: char| c.is_ascii_digit());
    let digits = letters.len() - rest.len();
    let mut signs = rest.chars();
    // "1." and "-" begin lists in Markdown.
    let first = match signs.next() {
        Some('.') if digits > 0 => '․',
        Some(')') if digits > 0 => '❩',
        Some('-') if digits == 0 => '–',
        Some('+') if digits == 0 => '＋',
        Some('=') if digits == 0 => '＝',
        _ => return letters,
    };
    [
        letters.get(..digits).unwrap_or_default(),
        &first.to_string(),
        signs.as_str(),
    ]
    .concat()
}

/// The map as a picture for a browser.
#[must_use]
pub(crate) fn svg(book: &Book) -> String {
    let graph = Graph::of(book, MOST_DRAWN);
    svg::drawn(&graph, words().export.map.title, &told(book))
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
        for other in known.part.ties() {
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
            for other in known.part.ties() {
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
            let there = |ids: &[Id]| -> Vec<usize> {
                ids.iter()
                    .filter_map(|id| places.get(id).copied())
                    .collect()
            };
            let (protects, against): (Vec<usize>, Vec<usize>) =
                (there(&known.part.protects), there(&known.part.against));
            let others = |ids: &[Id]| there(ids).into_iter().map(move |to| (place, to));
            graph.fears.extend(others(&known.part.afraid_of));
            graph.wants.extend(others(&known.part.wants_of));
            graph
                .protects
                .extend(protects.into_iter().map(|to| (place, to)));
            let new = against.into_iter().map(|to| (place.min(to), place.max(to)));
            graph.against.extend(new.filter(|pair| odds.insert(*pair)));
        }
        graph
    }
}
