//! The map as a picture for a browser: who stands where is as in the window; each kind of tie has a line of its own, told
//! apart without a colour and named below, and all of it is said in words for whoever listens.

use super::Graph;
use super::layers::{MapRows, MapSpot};
use crate::notebook::svg::{Svg, escaped};
use crate::text::safe_text::SafeText;
use crate::text::words::{fill, words};

/// What lines end in: a full arrow, an open one, a ring.
const ENDS: &str = "<defs>\
<marker id=\"full\" viewBox=\"0 0 10 10\" refX=\"9\" refY=\"5\" markerWidth=\"7\" markerHeight=\"7\" orient=\"auto\">\
<path class=\"ink\" d=\"M0 0L10 5L0 10z\"/></marker>\
<marker id=\"open\" viewBox=\"0 0 10 10\" refX=\"9\" refY=\"5\" markerWidth=\"9\" markerHeight=\"9\" orient=\"auto\">\
<path class=\"line\" d=\"M1 1L9 5L1 9\"/></marker>\
<marker id=\"ring\" viewBox=\"0 0 10 10\" refX=\"9\" refY=\"5\" markerWidth=\"7\" markerHeight=\"7\" orient=\"auto\">\
<circle class=\"box\" cx=\"5\" cy=\"5\" r=\"4\"/></marker></defs>";

/// Between boxes, and from one row to the next.
const GAP: usize = 48;
const ROW: usize = 140;
const HIGH: usize = 44;
const EDGE: usize = 48;
/// The most parts beside each other.
const BESIDE: usize = 4;
/// How wide a letter is, at most.
const LETTER: usize = 9;

/// Where a box stands: its left side, its top, its width.
#[derive(Clone, Copy, Default)]
struct Place {
    x: usize,
    y: usize,
    wide: usize,
}

impl Place {
    fn middle(self) -> usize {
        self.x + self.wide / 2
    }
}

/// A kind of tie: how its line is dashed, whether it points, and what it is in words.
struct Kind<'a> {
    pairs: &'a [(usize, usize)],
    dash: &'static str,
    end: &'static str,
    word: &'static str,
}

pub(super) fn drawn(graph: &Graph, title: &str, told: &[SafeText]) -> String {
    let w = &words().export.map;
    let (places, wide) = placed(graph);
    let mut svg = Svg::new();
    let told: Vec<&str> = told.iter().map(SafeText::as_str).collect();
    svg.shape(&format!("<desc>{}</desc>", escaped(&told.join(". "))));
    svg.shape(ENDS);
    let kind = |pairs, dash, end, word| Kind {
        pairs,
        dash,
        end,
        word,
    };
    let kinds = [
        kind(&graph.protects, "", "url(#full)", w.protects),
        kind(&graph.against, "8 6", "none", w.against),
        kind(&graph.fears, "2 5", "url(#open)", w.fears),
        kind(&graph.wants, "12 4 2 4", "url(#ring)", w.wants),
    ];
    for (kind, way) in ways(&kinds, &places) {
        svg.shape(&line(kind, &way));
    }
    for (name, place) in graph.names.iter().zip(&places) {
        let Place { x, y, wide } = *place;
        svg.shape(&format!(
            "<rect class=\"box\" stroke-width=\"2\" x=\"{x}\" y=\"{y}\" width=\"{wide}\" height=\"{HIGH}\" rx=\"10\"/>"
        ));
        svg.text((place.middle(), y + 27), "middle", name);
    }
    let mut low = places.iter().map(|place| place.y).max().unwrap_or(0) + HIGH + 2 * EDGE;
    for kind in kinds.iter().filter(|kind| !kind.pairs.is_empty()) {
        let end = EDGE + 60;
        svg.shape(&line(kind, &format!("M{EDGE} {low}H{end}")));
        svg.text((end + 16, low + 5), "start", kind.word);
        low += 28;
    }
    if graph.left_out > 0 {
        let more = fill(&w.more, &[("n", &graph.left_out.to_string())]);
        svg.text((EDGE, low), "start", more.as_str());
    }
    svg.file((wide.max(300), low + 20), title)
}

fn line(kind: &Kind<'_>, way: &str) -> String {
    let Kind { dash, end, .. } = kind;
    format!("<path class=\"line\" stroke-dasharray=\"{dash}\" marker-end=\"{end}\" d=\"{way}\"/>")
}

/// Every box in its row, each row in the middle; and how wide all of it is.
fn placed(graph: &Graph) -> (Vec<Place>, usize) {
    let rows = MapRows::of(graph, BESIDE);
    let width = |part: usize| {
        let name = graph.names.get(part).map_or(0, |name| name.chars().count());
        (name * LETTER + 28).max(80)
    };
    let of_row = |row: &Vec<MapSpot>| -> Vec<usize> {
        let parts = row.iter().filter_map(|spot| match spot {
            MapSpot::Part(part) => Some(*part),
            MapSpot::Pass(_) => None,
        });
        parts.collect()
    };
    let wide = |parts: &[usize]| parts.iter().map(|part| width(*part) + GAP).sum::<usize>();
    let parts: Vec<Vec<usize>> = rows.rows.iter().map(of_row).collect();
    let widest = parts.iter().map(|parts| wide(parts)).max().unwrap_or(0) + 2 * EDGE;
    let mut places = vec![Place::default(); graph.names.len()];
    for (row, parts) in parts.iter().enumerate() {
        let mut x = (widest - wide(parts)) / 2 + GAP / 2;
        for part in parts {
            let place = Place {
                x,
                // Not quite beside each other, so that a line between two does not run through a third.
                y: EDGE + row * ROW,
                wide: width(*part),
            };
            x += place.wide + GAP;
            if let Some(at) = places.get_mut(*part) {
                *at = place;
            }
        }
    }
    (places, widest)
}

/// The lines from box to box. Each begins and ends at a place of its own, in the order of where it leads; one that goes
/// past other rows goes between their boxes, never behind one.
fn ways<'a>(kinds: &'a [Kind<'a>], places: &[Place]) -> Vec<(&'a Kind<'a>, String)> {
    let ties: Vec<(&Kind<'_>, [usize; 2])> = kinds
        .iter()
        .flat_map(|kind| {
            kind.pairs
                .iter()
                .map(move |(from, to)| (kind, [*from, *to]))
        })
        .filter(|(_, ends)| ends.iter().all(|part| *part < places.len()))
        .collect();
    let of = |part: usize| places.get(part).copied().unwrap_or_default();
    // Where a line leaves a box: two of one row are tied above it, where no other line runs.
    let is_below = |part: usize, other: usize| of(other).y > of(part).y;
    let mut ends: Vec<(usize, bool, usize, usize, usize)> = Vec::new();
    for (n, (_, [from, to])) in ties.iter().enumerate() {
        for (at, (part, other)) in [(*from, *to), (*to, *from)].into_iter().enumerate() {
            ends.push((part, is_below(part, other), of(other).middle(), n, at));
        }
    }
    ends.sort_unstable();
    let mut found = vec![[0; 2]; ties.len()];
    for side in ends.chunk_by(|one, other| (one.0, one.1) == (other.0, other.1)) {
        for (k, (part, _, _, n, at)) in side.iter().enumerate() {
            let place = of(*part);
            let x = place.x + place.wide * (k + 1) / (side.len() + 1);
            if let Some(x_of) = found.get_mut(*n).and_then(|ends| ends.get_mut(*at)) {
                *x_of = x;
            }
        }
    }
    let mut gaps = Gaps::of(places);
    let ways = ties
        .iter()
        .zip(found)
        .map(|((kind, [from, to]), [x1, x2])| (*kind, gaps.way((of(*from), x1), (of(*to), x2))));
    ways.collect()
}

/// Where lines can pass a row, and how many do.
struct Gaps {
    rows: Vec<(usize, Vec<(usize, usize)>)>,
}

impl Gaps {
    fn of(places: &[Place]) -> Self {
        let mut boxes: Vec<(usize, usize, usize)> = places
            .iter()
            .map(|place| (place.y, place.x, place.wide))
            .collect();
        boxes.sort_unstable();
        let row = |row: &[(usize, usize, usize)]| {
            let (y, left, _) = row.first().copied().unwrap_or_default();
            let behind = row.iter().map(|(_, x, wide)| x + wide + GAP / 2);
            let gaps = std::iter::once(left.saturating_sub(GAP / 2)).chain(behind);
            (y, gaps.map(|x| (x, 0)).collect())
        };
        let rows = boxes.chunk_by(|one, other| one.0 == other.0).map(row);
        Self {
            rows: rows.collect(),
        }
    }

    /// A line from here to there.
    fn way(&mut self, (from, x1): (Place, usize), (to, x2): (Place, usize)) -> String {
        let mut way = format!("M{x1} ");
        if from.y == to.y {
            let bend = from.y.saturating_sub(36);
            way.push_str(&format!("{0}C{x1} {bend} {x2} {bend} {x2} {0}", from.y));
            return way;
        }
        let down = from.y < to.y;
        let sides = |y: usize| if down { [y, y + HIGH] } else { [y + HIGH, y] };
        let [_, mut y] = sides(from.y);
        way.push_str(&y.to_string());
        let mut x = x1;
        let mut past = |x2: usize, y2: usize| {
            let bend = usize::midpoint(y, y2);
            let piece = format!("C{x} {bend} {x2} {bend} {x2} {y2}");
            (x, y) = (x2, y2);
            piece
        };
        let (high, low) = (from.y.min(to.y), from.y.max(to.y));
        let mut rows: Vec<_> = self.rows.iter_mut().collect();
        if !down {
            rows.reverse();
        }
        let mut from_y = from.y;
        let mut from_x = x1;
        for (row, gaps) in rows
            .into_iter()
            .filter(|(y, _)| (high + 1..low).contains(y))
        {
            // Where the straight line would pass.
            let (part, whole) = (row.abs_diff(from_y), to.y.abs_diff(from_y).max(1));
            let straight = (from_x * (whole - part) + x2 * part) / whole;
            let Some((gap, lines)) = gaps.iter_mut().min_by_key(|(x, _)| x.abs_diff(straight))
            else {
                continue;
            };
            // Several in one gap lie beside each other.
            let aside = lines.div_ceil(2) * 7 % (GAP / 2);
            let x = if *lines % 2 == 0 {
                *gap + aside
            } else {
                gap.saturating_sub(aside)
            };
            *lines += 1;
            let [near, far] = sides(*row);
            way.push_str(&past(x, near));
            way.push_str(&past(x, far));
            (from_x, from_y) = (x, *row);
        }
        let [near, _] = sides(to.y);
        way.push_str(&past(x2, near));
        way
    }
}
