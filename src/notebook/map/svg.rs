//! The map as a picture for a browser: who stands where is as in the window; each kind of tie has a line of its own, told
//! apart without a colour and named below, and all of it is said in words for whoever listens.

use std::cmp::Ordering;

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
<marker id=\"ring\" viewBox=\"0 0 10 10\" refX=\"9\" refY=\"5\" markerWidth=\"7\" markerHeight=\"7\">\
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
    for (at, kind) in kinds.iter().enumerate() {
        for (from, to) in kind.pairs {
            if let Some((from, to)) = places.get(*from).zip(places.get(*to)) {
                tie(&mut svg, (*from, *to), at, kind);
            }
        }
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

/// A line from box to box. Several between the same two lie beside each other.
fn tie(svg: &mut Svg, (from, to): (Place, Place), at: usize, kind: &Kind<'_>) {
    let beside = |place: Place| (place.middle() + 18 * at).saturating_sub(27);
    let (x1, x2) = (beside(from), beside(to));
    let (y1, y2) = match from.y.cmp(&to.y) {
        Ordering::Less => (from.y + HIGH, to.y),
        Ordering::Greater => (from.y, to.y + HIGH),
        Ordering::Equal => (from.y, to.y),
    };
    // Two of one row are tied above it, where no other line runs.
    let bend = if y1 == y2 {
        y1.saturating_sub(30 + 6 * at)
    } else {
        usize::midpoint(y1, y2)
    };
    let way = format!("M{x1} {y1}C{x1} {bend} {x2} {bend} {x2} {y2}");
    svg.shape(&line(kind, &way));
}
