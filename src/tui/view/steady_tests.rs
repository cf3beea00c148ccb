//! What changes between two steps of one stage: the question's block, and nothing beside it. Whoever watches over a
//! call reads at once what stood still, and a screen that is all new only after seconds.

use std::collections::BTreeMap;
use std::ops::Range;

use ratatui_core::buffer::Buffer;
use ratatui_core::layout::Rect;

use super::drawn::{LOOK, cells, picture, text};
use super::walk_tests::with_card;
use super::*;
use crate::rehearsal::Play;
use crate::script::shipped;

/// How many walks go through each script.
const WALKS: u64 = 4;
const SIZE: (u16, u16) = (100, 30);
/// The most cells that change in half of all steps, in percent of the screen. It was 10.1 when every place moved with
/// what stood in the others (20.2 in the worst tenth).
const MOST_PERCENT: usize = 12;

/// A step as it was drawn.
struct DrawnStep {
    scene: Scene,
    cells: Buffer,
    plan: Layout,
    keys: Vec<Vec<FooterKey>>,
}

impl DrawnStep {
    fn of(scene: Scene) -> Self {
        let picture = picture(scene.clone(), LOOK);
        let keys = own_pages::footer(&picture.desk, &picture.scene);
        let page = PageContent {
            scene: &scene,
            size: SIZE,
            notices: u16::try_from(picture.notices(SIZE).len()).expect("few"),
            keys: &keys,
            colours: Palette::of(LOOK),
        };
        let ComposedPage { plan, keys, .. } = picture.compose(&page);
        Self {
            cells: cells(&picture, SIZE.0, SIZE.1),
            scene,
            plan,
            keys,
        }
    }

    /// Whether the question leaves the others their usual places.
    fn is_usual(&self) -> bool {
        // What lies over a question is one itself, and stands lower.
        let asks = self.scene.rare.beneath.is_none();
        // The bare page before an answer that nobody else sees has no way to show, and everything else in its place.
        let has_bar = self.plan.has_bar || self.scene.way.is_empty();
        asks && has_bar && self.plan.body.y == self.plan.head + 2
    }

    /// What a place holds; where that is the same in two steps, none of its cells changes.
    fn holds(&self, place: Place) -> Vec<String> {
        let scene = &self.scene;
        let people = scene.people.iter();
        let mut names: Vec<String> = people
            .map(|seat| format!("{} {} {}", seat.name, seat.role, seat.rung))
            .collect();
        names.push(format!("{:?}", scene.to));
        let words = |words: &Option<SafeText>| words.as_ref().map(ToString::to_string);
        match place {
            Place::Names => names,
            Place::Others => {
                let whispers = scene.whispers.iter();
                names.extend(whispers.map(|whisper| format!("{:?} {}", whisper.to, whisper.words)));
                names
            }
            Place::Notices => [&scene.notice, &scene.costs, &scene.rare.agreed]
                .into_iter()
                .filter_map(words)
                .collect(),
            Place::Keys => vec![format!("{:?}", self.keys)],
            Place::Way | Place::Clock | Place::Question => Vec::new(),
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum Place {
    Way,
    Clock,
    Names,
    Question,
    Others,
    Notices,
    Keys,
}

fn place_of((x, y): (u16, u16), plan: &Layout, others: &Range<u16>) -> Place {
    let beside = x >= plan.body.x + plan.body.width.max(plan.list);
    match y {
        _ if y <= plan.top || (y == plan.bar && plan.has_bar) => Place::Way,
        _ if y >= plan.foot => Place::Keys,
        _ if others.contains(&y) => Place::Others,
        _ if y + 4 > plan.notice && y <= plan.notice && y >= others.end => Place::Notices,
        _ if y == plan.head && x < 60 => Place::Names,
        _ if y == plan.head || (beside && y < plan.head + 8) => Place::Clock,
        _ => Place::Question,
    }
}

fn changed(before: &DrawnStep, after: &DrawnStep) -> BTreeMap<Place, usize> {
    let mut counts = BTreeMap::new();
    let plans = [&before.plan, &after.plan];
    let end = |place: fn(&Layout) -> Rect| plans.map(|plan| place(plan).bottom()).into_iter().max();
    let others = match plans.iter().all(|plan| plan.low.height == 0) {
        true => end(|plan| plan.body).map(|end| end..end),
        false => end(|plan| plan.low).map(|end| after.plan.low.y..end),
    };
    let others = others.unwrap_or_default();
    for y in 0..SIZE.1 {
        for x in 0..SIZE.0 {
            if before.cells[(x, y)] != after.cells[(x, y)] {
                *counts
                    .entry(place_of((x, y), &after.plan, &others))
                    .or_default() += 1;
            }
        }
    }
    counts
}

/// Every two steps of one stage that follow each other in walks.
fn pairs(mut look: impl FnMut(&DrawnStep, &DrawnStep)) {
    for script in shipped() {
        for seed in 0..WALKS {
            let mut play = Play::new(script, script.minutes, seed).expect("fits");
            let mut before: Option<(_, usize, DrawnStep)> = None;
            loop {
                let place = play.session.place();
                let scene = with_card(play.session.scene(play.now));
                before = place
                    .filter(|_| scene.mood == SceneMood::Walking)
                    .map(|(steps, step)| {
                        let drawn = DrawnStep::of(scene);
                        let key = (steps, play.session.stage_title());
                        if let Some((last, was, earlier)) = &before
                            && *last == key
                            && *was != step
                        {
                            look(earlier, &drawn);
                        }
                        (key, step, drawn)
                    });
                if play.step().is_none() {
                    break;
                }
            }
        }
    }
}

#[test]
fn between_two_steps_of_a_stage_only_the_question_changes_and_little_of_the_screen() {
    let mut all: Vec<usize> = Vec::new();
    let mut usual = 0;
    pairs(|before, after| {
        let counts = changed(before, after);
        all.push(counts.values().sum());
        // The way, the names and the clock never move, whatever is asked.
        assert_eq!(
            (before.plan.top, before.plan.head),
            (after.plan.top, after.plan.head)
        );
        assert_eq!(before.plan.page, after.plan.page);
        // Where nothing stands in the place of the others, a longer question moves nothing of it.
        let lows = [before.plan.low, after.plan.low];
        let alone = lows.iter().all(|low| low.height == 0);
        let in_place = lows.iter().all(|low| low.y <= 19);
        if !before.is_usual() || !after.is_usual() || !(alone || in_place) {
            return;
        }
        usual += 1;
        for place in [Place::Names, Place::Others, Place::Notices, Place::Keys] {
            let moved = counts.get(&place).copied().unwrap_or(0);
            assert!(
                moved == 0 || before.holds(place) != after.holds(place),
                "{moved} cells of {place:?}\n{}\n{}",
                text(&before.cells),
                text(&after.cells)
            );
        }
    });
    all.sort_unstable();
    let whole = usize::from(SIZE.0) * usize::from(SIZE.1);
    let median = all[all.len() / 2];
    assert!(all.len() > 900, "only {}", all.len());
    println!(
        "{usual} of {} steps leave everything where it stood",
        all.len()
    );
    assert!(usual * 5 > all.len() * 4, "{usual} of {}", all.len());
    assert!(median * 100 <= whole * MOST_PERCENT, "{median} of {whole}");
}

/// What somebody opens beside a question leaves it where it was, on every usual screen.
#[test]
fn what_lies_over_a_question_of_a_turn_leaves_it_where_it_was() {
    let mut seen = 0;
    for script in shipped().iter().filter(|script| script.people.from == 2) {
        for seed in 0..WALKS * 4 {
            let mut play = Play::new(script, script.minutes, seed).expect("fits");
            let mut before: Option<Scene> = None;
            while play.step().is_some() {
                let scene = with_card(play.session.scene(play.now));
                let Some(beneath) = &scene.rare.beneath else {
                    before = Some(scene).filter(|scene| scene.mood == SceneMood::Walking);
                    continue;
                };
                let Some(asked) = before.take().filter(|asked| asked.prompt == beneath.prompt)
                else {
                    continue;
                };
                for (width, height) in [SIZE, (160, 45)] {
                    let drawn = |scene: &Scene| cells(&picture(scene.clone(), LOOK), width, height);
                    let (was, is) = (drawn(&asked), drawn(&scene));
                    let question = beneath.prompt.first().map_or("", SafeText::as_str);
                    let start: String = question.chars().take(30).collect();
                    let row =
                        |cells: &Buffer| text(cells).lines().position(|row| row.contains(&start));
                    let whole = || format!("{}\n{}", text(&was), text(&is));
                    assert_eq!(row(&was), row(&is), "{}", whole());
                    assert!(row(&is).is_some(), "{}", whole());
                    seen += 1;
                }
            }
        }
    }
    assert!(seen > 20, "only {seen}");
}
