//! Walks over pages outside a session, by which every way back is tried.

use std::collections::{BTreeMap, BTreeSet};

use crate::session::intent::{Intent, Refused};
use crate::session::scene::{InputField, Scene, Verb};

/// Pages that can be walked over.
pub(crate) trait Pages {
    /// What may be seen and asked now.
    fn scene(&self) -> Scene;

    /// Asks; answers whether others were asked to do something about it.
    fn ask(&mut self, intent: Intent) -> Result<bool, Refused>;
}

/// How many walks there are, and how far each goes at most.
const WALKS: (u64, usize) = (400, 30);

/// A scene without what is said beside it and what stands in its field.
fn bare(mut scene: Scene) -> Scene {
    scene.notice = None;
    match &mut scene.field {
        Some(InputField::Line { initial, .. } | InputField::Page { initial, .. }) => {
            initial.clear();
            scene.offers.retain(|offer| offer.verb != Verb::GoOn);
        }
        Some(InputField::Rating) | None => {}
    }
    scene
}

/// What can be asked here to go forward.
fn ways(scene: &Scene, writes: &[&str]) -> Vec<Intent> {
    let choices = scene.choices.iter().map(|choice| choice.intent.clone());
    let mut ways: Vec<Intent> = choices.chain([Intent::GoOn]).collect();
    match scene.field {
        Some(InputField::Rating) => ways.push(Intent::Rate { value: 5 }),
        Some(_) => ways.extend(writes.iter().map(|words| Intent::Write {
            words: (*words).into(),
        })),
        None => {}
    }
    ways
}

/// Whether both may be the same page, on which something was switched, turned or changed.
fn may_be_changed(one: &Scene, other: &Scene) -> bool {
    !one.choices.is_empty() && one.field.is_none() && one.title == other.title
}

/// Wherever chance leads and by whichever way, back is the page that one came from, with what was typed there, and the
/// same way leads forward again. Where a page lies on the way already, it is gone back to. Answers from which pages
/// each was reached.
pub(crate) fn assert_back_is_where_one_came_from<P: Pages>(
    start: impl Fn() -> P,
    writes: &[&str],
) -> BTreeMap<String, BTreeSet<String>> {
    let mut met = BTreeMap::<String, BTreeSet<String>>::new();
    let title = |scene: &Scene| {
        format!(
            "{} {:?}",
            scene.title,
            scene.prompt.first().map(ToString::to_string)
        )
    };
    for seed in 0..WALKS.0 {
        let mut chance = fastrand::Rng::with_seed(seed);
        let mut pages = start();
        let mut trail = vec![bare(pages.scene())];
        for _ in 0..WALKS.1 {
            let before = pages.scene();
            let mut ways = ways(&before, writes);
            let way = ways.swap_remove(chance.usize(..ways.len()));
            match pages.ask(way.clone()) {
                Err(_) => continue,
                // What the pages stand on is another one now.
                Ok(true) => break,
                Ok(false) => {}
            }
            let there = pages.scene();
            let (from, to) = (bare(before), bare(there.clone()));
            if let Some(known) = trail.iter().position(|page| *page == to) {
                trail.truncate(known + 1);
                continue;
            }
            pages.ask(Intent::Back).expect("back");
            let back = pages.scene();
            let earlier = trail.len().checked_sub(2).and_then(|at| trail.get(at));
            if may_be_changed(&from, &to) && earlier == Some(&bare(back.clone())) {
                trail.pop();
                continue;
            }
            assert_eq!(bare(back.clone()), from, "{way:?} had led to {to:?}");
            if let (Intent::Write { words }, Some(InputField::Line { hidden: false, .. })) =
                (&way, &back.field)
            {
                let initial = back.field.as_ref().and_then(InputField::initial);
                assert_eq!(initial, Some(&**words), "{}", back.title);
            }
            pages.ask(way.clone()).expect("forward again");
            assert_eq!(bare(pages.scene()), to, "{way:?} led elsewhere");
            met.entry(title(&to)).or_default().insert(title(&from));
            trail.push(to);
        }
    }
    met
}
