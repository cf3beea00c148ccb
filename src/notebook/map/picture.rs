//! The rows of a map on a sheet: boxes, and between two rows the lines, each on a track of its own.

use std::collections::HashMap;

use unicode_width::UnicodeWidthStr;

use super::Graph;
use super::layers::{MapRows, MapSpot, mean};
use super::tracks::{Run, tracks};
use super::wires::Sheet;
use crate::text::sort::Arrange;

/// Columns between two boxes.
const GAP: usize = 4;
/// Rows of a box.
const BOX: usize = 3;
/// The most parts beside each other.
const BESIDE: usize = 4;
/// The most lines that run beside each other between two rows: with more, nobody follows one with the eye.
const TRACKS: usize = 10;

/// The picture, as wide as it must be; nothing when no arrangement fits.
pub(super) fn drawn(graph: &Graph, width: usize) -> Option<Vec<String>> {
    (1..=BESIDE).rev().find_map(|beside| {
        let rows = MapRows::of(graph, beside);
        Placed::of(graph, rows, width)?.draw()
    })
}

/// Columns from..to of a spot.
#[derive(Clone, Copy)]
struct SpotColumns {
    x: usize,
    wide: usize,
}

impl SpotColumns {
    fn end(self) -> usize {
        self.x.saturating_add(self.wide)
    }

    fn middle(self) -> usize {
        self.x.saturating_add(self.wide / 2)
    }
}

struct Placed<'a> {
    graph: &'a Graph,
    rows: MapRows,
    places: HashMap<(usize, usize), SpotColumns>,
}

/// How many columns are free behind a spot; a line needs less room than a box.
fn gap(spots: &[MapSpot], at: usize) -> usize {
    match (spots.get(at), spots.get(at.saturating_add(1))) {
        (_, None) => 0,
        (Some(MapSpot::Part(_)), Some(MapSpot::Part(_))) => GAP,
        (_, Some(_)) => GAP / 2,
    }
}

/// A key for what stands where: parts and passing lines have numbers of their own.
fn key(row: usize, spot: MapSpot) -> (usize, usize) {
    match spot {
        MapSpot::Part(part) => (usize::MAX, part),
        MapSpot::Pass(net) => (row, net),
    }
}

impl<'a> Placed<'a> {
    fn of(graph: &'a Graph, rows: MapRows, width: usize) -> Option<Self> {
        let mut placed = Self {
            graph,
            rows,
            places: HashMap::new(),
        };
        for row in 0..placed.rows.rows.len() {
            if !placed.pack(row, width, None) {
                return None;
            }
        }
        let count = placed.rows.rows.len();
        for _ in 0..3 {
            let down = (1..count).map(|row| (row, row.saturating_sub(1)));
            let up = (0..count.saturating_sub(1))
                .rev()
                .map(|row| (row, row.saturating_add(1)));
            for (row, beside) in down.chain(up).collect::<Vec<_>>() {
                placed.pack(row, width, Some(beside));
            }
        }
        let left = placed
            .places
            .values()
            .map(|place| place.x)
            .min()
            .unwrap_or(0);
        for place in placed.places.values_mut() {
            place.x = place.x.saturating_sub(left);
        }
        Some(placed)
    }

    fn wide(&self, spot: MapSpot) -> usize {
        match spot {
            MapSpot::Pass(_) => 1,
            MapSpot::Part(part) => {
                let name = self.graph.names.get(part).map_or(0, |name| name.width());
                name.saturating_add(4)
            }
        }
    }

    fn place(&self, row: usize, spot: MapSpot) -> SpotColumns {
        let place = self.places.get(&key(row, spot)).copied();
        place.unwrap_or(SpotColumns { x: 0, wide: 1 })
    }

    /// Puts a row where what it is tied to in the row `beside` stands; false when it is too wide.
    fn pack(&mut self, row: usize, width: usize, beside: Option<usize>) -> bool {
        let spots = self.rows.rows.get(row).cloned().unwrap_or_default();
        let wides: Vec<usize> = spots.iter().map(|spot| self.wide(*spot)).collect();
        let gaps: Vec<usize> = (0..spots.len()).map(|at| gap(&spots, at)).collect();
        let all: usize = wides
            .iter()
            .sum::<usize>()
            .saturating_add(gaps.iter().sum());
        let Some(room) = width.checked_sub(all) else {
            return false;
        };
        let mut from = room / 2;
        let mut wanted: Vec<usize> = Vec::new();
        for ((spot, wide), gap) in spots.iter().zip(&wides).zip(&gaps) {
            let pull = beside.and_then(|beside| self.pull(*spot, beside));
            wanted.push(pull.map_or(from, |middle| middle.saturating_sub(wide / 2)));
            from = from.saturating_add(wide + gap);
        }
        // From the left each stands where it wants to, or behind the one before; then nobody stands beyond the edge.
        let mut least = 0;
        for ((x, wide), gap) in wanted.iter_mut().zip(&wides).zip(&gaps) {
            *x = least.max(*x);
            least = x.saturating_add(wide + gap);
        }
        let mut most = width;
        for (at, (x, wide)) in wanted.iter_mut().zip(&wides).enumerate().rev() {
            *x = most.saturating_sub(*wide).min(*x);
            let gap = at.checked_sub(1).and_then(|before| gaps.get(before));
            most = x.saturating_sub(gap.copied().unwrap_or(0));
        }
        for ((spot, wide), x) in spots.iter().zip(wides).zip(wanted) {
            self.places.insert(key(row, *spot), SpotColumns { x, wide });
        }
        true
    }

    /// The middle of what a spot is tied to in the row beside.
    fn pull(&self, spot: MapSpot, beside: usize) -> Option<usize> {
        let mut all = Vec::new();
        for net in self.rows.nets_of(spot) {
            for other in self.rows.spots(net, beside) {
                let middle = self.place(beside, other).middle();
                all.push(f64::from(u32::try_from(middle).unwrap_or(u32::MAX)));
            }
        }
        #[allow(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a mean of columns is a column"
        )]
        mean(&all).map(|mean| mean.round() as usize)
    }

    /// What runs in the space below a row.
    fn runs(&self, row: usize) -> Vec<Run> {
        let below = row.saturating_add(1);
        let mut runs = Vec::new();
        for net in 0..self.rows.nets.len() {
            let (tops, bottoms) = if self.rows.is_flat(net, row) {
                if self.neighbours(net, row) {
                    continue;
                }
                (self.rows.spots(net, row), Vec::new())
            } else {
                let (tops, bottoms) = (self.rows.above(net, row), self.rows.below(net, below));
                if tops.is_empty() || bottoms.is_empty() {
                    continue;
                }
                (tops, bottoms)
            };
            let at = |row: usize, spots: Vec<MapSpot>| {
                let at = |spot| (self.place(row, spot).middle(), spot);
                spots.into_iter().map(at).collect()
            };
            runs.push(Run {
                net,
                tops: at(row, tops),
                bottoms: at(below, bottoms),
                track: None,
            });
        }
        self.spread(&mut runs, row, true);
        self.spread(&mut runs, below, false);
        runs
    }

    /// Whether the two ends of a net in this row stand side by side.
    fn neighbours(&self, net: usize, row: usize) -> bool {
        let spots = self.rows.spots(net, row);
        let ([one, other], Some(all)) = (spots.as_slice(), self.rows.rows.get(row)) else {
            return false;
        };
        all.windows(2)
            .any(|pair| pair == [*one, *other] || pair == [*other, *one])
    }

    /// Gives the lines that end at the same box columns of their own.
    fn spread(&self, runs: &mut [Run], row: usize, top: bool) {
        for spot in self.rows.rows.get(row).cloned().unwrap_or_default() {
            let place = self.place(row, spot);
            let ends = |run: &Run| {
                if top {
                    run.tops.clone()
                } else {
                    run.bottoms.clone()
                }
            };
            let mut here: Vec<(usize, usize)> = Vec::new();
            for (at, run) in runs.iter().enumerate() {
                if ends(run).iter().any(|(_, there)| *there == spot) {
                    let others = if top { &run.bottoms } else { &run.tops };
                    let all = others.iter().chain(&run.tops).map(|(x, _)| *x);
                    let far: Vec<usize> = all.filter(|x| *x != place.middle()).collect();
                    let sum: usize = far.iter().sum();
                    here.push((sum.checked_div(far.len()).unwrap_or(place.middle()), at));
                }
            }
            here.arrange();
            let count = here.len();
            for (n, (far, at)) in here.into_iter().enumerate() {
                let share = place.wide.saturating_mul(n + 1) / (count + 1);
                let mut x = place.x.saturating_add(share);
                // A line that is almost straight is straight.
                if count == 1 && far.abs_diff(x) <= 2 && place.wide > 4 {
                    x = far;
                }
                let run = runs.get_mut(at);
                let ends = run.map(|run| if top { &mut run.tops } else { &mut run.bottoms });
                let end = ends.and_then(|ends| ends.iter_mut().find(|(_, there)| *there == spot));
                if let Some(end) = end {
                    end.0 = x;
                }
            }
        }
    }

    fn draw(&self) -> Option<Vec<String>> {
        let mut sheet = Sheet::default();
        let mut y = 0;
        for row in 0..self.rows.rows.len() {
            self.boxes(&mut sheet, row, y);
            let under = y.saturating_add(BOX);
            let mut runs = self.runs(row);
            let tracks = tracks(&mut runs);
            if tracks > TRACKS {
                return None;
            }
            let is_last = row.saturating_add(1) == self.rows.rows.len();
            let points_up = runs.iter().any(|run| self.points_up(run, row));
            let lead = usize::from(points_up);
            let high = if is_last {
                tracks
            } else {
                lead + tracks.max(1) + 1
            };
            for run in &runs {
                self.run(&mut sheet, run, row, (under, lead, high));
            }
            y = under.saturating_add(high);
        }
        Some(sheet.lines())
    }

    fn points_up(&self, run: &Run, row: usize) -> bool {
        let net = self.rows.nets.get(run.net);
        net.is_some_and(|net| net.up && self.rows.row(net.from) == row)
    }

    fn boxes(&self, sheet: &mut Sheet, row: usize, y: usize) {
        for spot in self.rows.rows.get(row).into_iter().flatten() {
            let place = self.place(row, *spot);
            match spot {
                MapSpot::Pass(net) => {
                    let dotted = self.rows.nets.get(*net).is_some_and(|net| net.dotted);
                    sheet.down(place.x, (y, y + BOX - 1), (true, true), *net, dotted);
                }
                MapSpot::Part(part) => {
                    let name = self.graph.names.get(*part).map_or("", String::as_str);
                    let inner = place.wide.saturating_sub(2);
                    let edge = "─".repeat(inner);
                    sheet.put(place.x, y, &format!("╭{edge}╮"));
                    let after = inner.saturating_sub(name.width() + 1);
                    sheet.put(place.x, y + 1, &format!("│ {name}{}│", " ".repeat(after)));
                    sheet.put(place.x, y + 2, &format!("╰{edge}╯"));
                }
            }
        }
        for net in 0..self.rows.nets.len() {
            if !(self.rows.is_flat(net, row) && self.neighbours(net, row)) {
                continue;
            }
            let spots = self.rows.spots(net, row);
            let mut places: Vec<SpotColumns> =
                spots.iter().map(|spot| self.place(row, *spot)).collect();
            places.arrange_by_key(|place| place.x);
            if let [left, right] = places.as_slice() {
                let gap = right.x.saturating_sub(left.end());
                sheet.put(
                    left.end().saturating_sub(1),
                    y + 1,
                    &format!("├{}┤", "╌".repeat(gap)),
                );
            }
        }
    }

    fn run(
        &self,
        sheet: &mut Sheet,
        run: &Run,
        row: usize,
        (under, lead, high): (usize, usize, usize),
    ) {
        let Some(net) = self.rows.nets.get(run.net) else {
            return;
        };
        let last = (under + high).saturating_sub(1);
        let track = run.track.map(|track| under + lead + track);
        if let Some(y) = track {
            sheet.across(run.span(), y, run.net, net.dotted);
        }
        for (x, spot) in &run.tops {
            let to = track.unwrap_or(last);
            let open = track.is_none();
            sheet.down(*x, (under, to), (true, open), run.net, net.dotted);
            if let MapSpot::Part(_) = spot {
                sheet.put(*x, under.saturating_sub(1), "┬");
                if self.points_up(run, row) {
                    sheet.put(*x, under, "▲");
                }
            }
        }
        for (x, spot) in &run.bottoms {
            let from = track.unwrap_or(under);
            sheet.down(
                *x,
                (from, last),
                (track.is_none(), true),
                run.net,
                net.dotted,
            );
            if let MapSpot::Part(_) = spot {
                if net.dotted || net.up {
                    sheet.put(*x, last + 1, "┴");
                } else {
                    sheet.put(*x, last, "▼");
                }
            }
        }
    }
}
