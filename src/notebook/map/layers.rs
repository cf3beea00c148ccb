//! In which row each part stands, and in which order: who protects stands above whom it protects.

use super::Graph;
use crate::text::sort::Arrange;

/// What stands in a row.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum MapSpot {
    /// A part.
    Part(usize),
    /// A line on its way to a row further down.
    Pass(usize),
}

/// A line or a bundle of lines that belong together, from above to below.
#[derive(Clone, Debug, Default)]
pub(super) struct Net {
    /// The part that it comes from.
    pub(super) from: usize,
    /// The parts that it leads to.
    pub(super) to: Vec<usize>,
    /// Two that are at odds.
    pub(super) dotted: bool,
    /// It points up: somebody below protects somebody above.
    pub(super) up: bool,
}

/// Rows from top to bottom, and what runs between them.
#[derive(Debug, Default)]
pub(super) struct MapRows {
    pub(super) rows: Vec<Vec<MapSpot>>,
    pub(super) nets: Vec<Net>,
    /// The row of each part.
    pub(super) row_of: Vec<usize>,
}

impl MapRows {
    /// At most `most` parts stand in a row.
    pub(super) fn of(graph: &Graph, most: usize) -> Self {
        let count = graph.names.len();
        let ranks = ranks(graph);
        let deepest = ranks.iter().copied().max().unwrap_or(0);
        let mut rows: Vec<Vec<MapSpot>> = Vec::new();
        for rank in 0..=deepest {
            let here: Vec<MapSpot> = (0..count)
                .filter(|part| ranks.get(*part) == Some(&rank))
                .map(MapSpot::Part)
                .collect();
            rows.extend(here.chunks(most.max(1)).map(<[MapSpot]>::to_vec));
        }
        let mut row_of = vec![0; count];
        for (row, spots) in rows.iter().enumerate() {
            for spot in spots {
                if let MapSpot::Part(part) = spot
                    && let Some(place) = row_of.get_mut(*part)
                {
                    *place = row;
                }
            }
        }
        let mut all = Self {
            rows,
            nets: Vec::new(),
            row_of,
        };
        all.tie(graph);
        all.let_pass();
        for _ in 0..4 {
            all.order();
        }
        all
    }

    pub(super) fn row(&self, part: usize) -> usize {
        self.row_of.get(part).copied().unwrap_or_default()
    }

    fn tie(&mut self, graph: &Graph) {
        for from in 0..graph.names.len() {
            let mine = graph.protects.iter().filter(|(one, _)| *one == from);
            let (down, up): (Vec<usize>, Vec<usize>) = mine
                .map(|(_, to)| *to)
                .partition(|to| self.row(*to) > self.row(from));
            if !down.is_empty() {
                self.nets.push(Net {
                    from,
                    to: down,
                    ..Net::default()
                });
            }
            self.nets.extend(up.into_iter().map(|above| Net {
                from: above,
                to: vec![from],
                up: true,
                dotted: false,
            }));
        }
        for (one, other) in &graph.against {
            let (from, to) = if self.row(*one) <= self.row(*other) {
                (*one, *other)
            } else {
                (*other, *one)
            };
            self.nets.push(Net {
                from,
                to: vec![to],
                dotted: true,
                up: false,
            });
        }
    }

    /// Gives every line that runs past a row a spot in it.
    fn let_pass(&mut self) {
        for (at, net) in self.nets.iter().enumerate() {
            let first = self.row_of.get(net.from).copied().unwrap_or_default();
            let rows_of = net.to.iter().filter_map(|part| self.row_of.get(*part));
            let last = rows_of.copied().max().unwrap_or(first);
            for row in first.saturating_add(1)..last {
                if let Some(spots) = self.rows.get_mut(row) {
                    spots.push(MapSpot::Pass(at));
                }
            }
        }
    }

    /// What a net meets in this row.
    pub(super) fn spots(&self, net: usize, row: usize) -> Vec<MapSpot> {
        let Some(found) = self.nets.get(net) else {
            return Vec::new();
        };
        let parts = std::iter::once(&found.from).chain(&found.to);
        let mut spots: Vec<MapSpot> = parts
            .filter(|part| self.row(**part) == row)
            .map(|part| MapSpot::Part(*part))
            .collect();
        let pass = MapSpot::Pass(net);
        if self
            .rows
            .get(row)
            .is_some_and(|spots| spots.contains(&pass))
        {
            spots.push(pass);
        }
        spots
    }

    /// Where a net comes from above, in this row.
    pub(super) fn above(&self, net: usize, row: usize) -> Vec<MapSpot> {
        let from = self.nets.get(net).map(|net| MapSpot::Part(net.from));
        let mut spots = self.spots(net, row);
        spots.retain(|spot| Some(*spot) == from || matches!(spot, MapSpot::Pass(_)));
        spots
    }

    /// Where a net arrives or passes, in this row.
    pub(super) fn below(&self, net: usize, row: usize) -> Vec<MapSpot> {
        let from = self.nets.get(net).map(|net| MapSpot::Part(net.from));
        let mut spots = self.spots(net, row);
        spots.retain(|spot| Some(*spot) != from);
        spots
    }

    /// Whether both ends of a net stand in this row.
    pub(super) fn is_flat(&self, net: usize, row: usize) -> bool {
        self.nets.get(net).is_some_and(|net| {
            let ends = std::iter::once(&net.from).chain(&net.to);
            net.dotted && { ends }.all(|part| self.row(*part) == row)
        })
    }

    /// Lets everything stand near what it is tied to, row by row down and up again.
    fn order(&mut self) {
        let count = self.rows.len();
        let down = (1..count).map(|row| (row, row.saturating_sub(1)));
        let up = (0..count.saturating_sub(1))
            .rev()
            .map(|row| (row, row.saturating_add(1)));
        for (row, beside) in down.chain(up) {
            let Some(spots) = self.rows.get(row).cloned() else {
                continue;
            };
            let mut keyed: Vec<(f64, MapSpot)> = spots
                .iter()
                .enumerate()
                .map(|(place, spot)| {
                    let own = middle(place, spots.len());
                    (self.pull(*spot, beside).unwrap_or(own), *spot)
                })
                .collect();
            keyed.arrange_by(|one, other| one.0.total_cmp(&other.0));
            if let Some(spots) = self.rows.get_mut(row) {
                *spots = keyed.into_iter().map(|(_, spot)| spot).collect();
            }
        }
    }

    /// Where the neighbours of a spot stand in a row beside, from 0 to 1.
    fn pull(&self, spot: MapSpot, beside: usize) -> Option<f64> {
        let row = self.rows.get(beside)?;
        let mut all = Vec::new();
        for net in self.nets_of(spot) {
            for other in self.spots(net, beside) {
                let place = row.iter().position(|there| *there == other)?;
                all.push(middle(place, row.len()));
            }
        }
        mean(&all)
    }

    pub(super) fn nets_of(&self, spot: MapSpot) -> Vec<usize> {
        match spot {
            MapSpot::Pass(net) => vec![net],
            MapSpot::Part(part) => {
                let nets = self.nets.iter().enumerate();
                nets.filter(|(_, net)| net.from == part || net.to.contains(&part))
                    .map(|(at, _)| at)
                    .collect()
            }
        }
    }
}

#[allow(
    clippy::cast_precision_loss,
    reason = "a few dozen places have a mean, whatever is rounded"
)]
pub(super) fn mean(all: &[f64]) -> Option<f64> {
    (!all.is_empty()).then(|| all.iter().sum::<f64>() / all.len() as f64)
}

#[allow(
    clippy::cast_precision_loss,
    reason = "a few dozen places are exact in a float"
)]
fn middle(place: usize, count: usize) -> f64 {
    (place as f64 + 0.5) / count.max(1) as f64
}

/// How many rows each part stands below the first: one more than whoever protects it.
fn ranks(graph: &Graph) -> Vec<usize> {
    let count = graph.names.len();
    // A circle of protectors is opened where it closes.
    let mut down: Vec<(usize, usize)> = Vec::new();
    for (from, to) in &graph.protects {
        if !reaches(&down, *to, *from) {
            down.push((*from, *to));
        }
    }
    let mut ranks = vec![0_usize; count];
    for _ in 0..count {
        for (from, to) in &down {
            let below = ranks.get(*from).map_or(1, |rank| rank.saturating_add(1));
            if let Some(rank) = ranks.get_mut(*to) {
                *rank = below.max(*rank);
            }
        }
    }
    let is_below = |part: usize| down.iter().any(|(_, to)| *to == part);
    for part in (0..count).filter(|part| !is_below(*part)) {
        // Whom nobody protects stands right above the first one it protects.
        let mine = down.iter().filter(|(from, _)| *from == part);
        let nearest = mine.filter_map(|(_, to)| ranks.get(*to)).min().copied();
        // Who protects nobody either stands beside one it is at odds with.
        let beside = || {
            let other = graph.against.iter().find_map(|(one, other)| match part {
                part if part == *one => Some(*other),
                part if part == *other => Some(*one),
                _ => None,
            });
            other.and_then(|other| ranks.get(other)).copied()
        };
        let rank = nearest.map(|below| below.saturating_sub(1)).or_else(beside);
        if let (Some(new), Some(rank)) = (rank, ranks.get_mut(part)) {
            *rank = new;
        }
    }
    ranks
}

fn reaches(ties: &[(usize, usize)], from: usize, to: usize) -> bool {
    let mut waiting = vec![from];
    let mut met = Vec::new();
    while let Some(at) = waiting.pop() {
        if at == to {
            return true;
        }
        if !met.contains(&at) {
            met.push(at);
            let next = ties.iter().filter(|(one, _)| *one == at);
            waiting.extend(next.map(|(_, other)| *other));
        }
    }
    false
}
