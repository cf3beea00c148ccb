//! What the broken scripts of `tests/broken` do not reach: limits, other libraries, the shipped files, the way.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::graph;
use super::*;
use crate::rehearse::Play;
use crate::session::scene::Scene;

const SOLO: &str = include_str!("../../scripts/solo-sitting.toml");

/// A library of texts by name, with the shipped modules where it has none of its own.
#[derive(Default)]
struct Mine {
    scripts: Vec<(&'static str, String)>,
    modules: Vec<(&'static str, String)>,
}

fn found(files: &[(&'static str, String)], name: &str) -> Option<Source> {
    let (_, text) = files.iter().find(|(known, _)| *known == name)?;
    Some(Source::new(name, text.as_str()))
}

impl Library for Mine {
    fn module(&self, name: &str) -> Option<Source> {
        found(&self.modules, name).or_else(|| SHIPPED.module(name))
    }

    fn modules(&self) -> Vec<&str> {
        let mine = self.modules.iter().map(|(name, _)| *name);
        mine.chain(SHIPPED.modules()).collect()
    }

    fn script(&self, name: &str) -> Option<Source> {
        found(&self.scripts, name)
    }

    fn scripts(&self) -> Vec<&str> {
        self.scripts.iter().map(|(name, _)| *name).collect()
    }
}

fn shorter(name: &str) -> String {
    SOLO.replacen(
        "minutes = 30",
        &format!("minutes = 30\nshorter = \"{name}\""),
        1,
    )
}

fn messages(checked: &Checked) -> Vec<&str> {
    let problems = checked.problems.iter();
    problems.map(|problem| problem.message.as_str()).collect()
}

#[test]
fn a_circle_of_shorter_scripts_is_told_and_a_chain_has_an_end() {
    let circle = Mine {
        scripts: vec![("one", shorter("two")), ("two", shorter("one"))],
        ..Mine::default()
    };
    let checked = check("one", Source::new("one", shorter("two")), &circle);
    assert!(checked.script.is_none());
    assert!(messages(&checked)[0].contains("`two` has problems of its own"));

    let chain = Mine {
        scripts: vec![("two", shorter("three")), ("three", SOLO.to_owned())],
        ..Mine::default()
    };
    let checked = check("one", Source::new("one", shorter("two")), &chain);
    let two = checked.script.unwrap().shorter.unwrap();
    assert_eq!(two.name, "two");
    assert_eq!(two.shorter.as_ref().unwrap().name, "three");
}

#[test]
fn a_module_can_name_no_module_not_even_itself() {
    let mine = Mine {
        modules: vec![(
            "mine",
            "format = 1\ntitle = \"x\"\nuse = \"mine\"\n[[step]]\nall = \"x\"\nuse = \"mine\"\n"
                .to_owned(),
        )],
        ..Mine::default()
    };
    let text = SOLO.replace("use      = \"parts-turn\"", "use      = \"mine\"");
    let checked = check("x", Source::new("x", text), &mine);
    assert!(checked.script.is_none());
    assert_eq!(messages(&checked), ["the module `mine` does not fit here"]);
}

#[test]
fn an_aside_says_what_the_clock_does() {
    let mine = Mine {
        modules: vec![(
            "mine",
            "format = 1\ntitle = \"x\"\noffer = \"x\"\n[[step]]\nall = \"x\"\nto = \"back\"\n"
                .to_owned(),
        )],
        ..Mine::default()
    };
    let text = SOLO.replace("landing  = 3", "landing  = 3\nasides = [\"mine\"]");
    let checked = check("x", Source::new("x", text), &mine);
    assert!(messages(&checked)[0].contains("does not say what the clock does"));
}

#[test]
fn what_is_too_large_is_said_before_it_is_read() {
    let many = "\n[[stage.step]]\nall = \"x\"\n".repeat(2_001);
    let checked = check("x", Source::new("x", format!("{SOLO}{many}")), &SHIPPED);
    assert_eq!(
        messages(&checked),
        ["this script has 2020 steps, and 2000 are the most"]
    );
    let large = format!("{SOLO}{}", "#".repeat(MOST_BYTES));
    let checked = check("x", Source::new("x", large), &SHIPPED);
    assert_eq!(messages(&checked), ["this file is larger than 1 MiB"]);
}

#[test]
fn deeper_answers_of_a_module_are_not_offered_where_the_script_goes_less_deep() {
    let text = SHIPPED.script("standard-pair").unwrap().text;
    let text = text.replace("ceiling = \"know\"", "ceiling = \"meet\"");
    let checked = check("x", Source::new("x", text), &SHIPPED);
    assert!(checked.problems.is_empty(), "{:?}", messages(&checked));
    let script = checked.script.unwrap();
    let answers = script.stages.iter().flat_map(|stage| &stage.steps);
    let deepest = answers
        .filter_map(|step| {
            let Ask::Question(answers) = &step.ask else {
                return None;
            };
            Some(answers)
        })
        .flatten()
        .filter_map(|answer| answer.ceiling)
        .collect::<Vec<_>>();
    assert!(deepest.contains(&NewCeiling::At(Depth::Meet)));
    assert!(!deepest.contains(&NewCeiling::At(Depth::Know)));
}

#[test]
fn what_leads_past_a_bounded_step_counts_for_circles() {
    let step = |to, depth, at_most| Step {
        id: None,
        says: Says::default(),
        ask: Ask::Read,
        to,
        round: false,
        depth,
        at_most,
        fresh: false,
        still: false,
    };
    let know = |to| Some((Depth::Know, Target::Step(to)));
    // 0 is bounded, but too deep it is passed over to 1, and from there the way comes back.
    let round = [
        step(Target::Done, know(1), Some((2, Target::Done))),
        step(Target::Step(0), None, None),
    ];
    assert!(graph::endless(&round).is_some());
    let bounded = [
        step(Target::Step(1), None, Some((2, Target::Done))),
        step(Target::Step(0), None, None),
    ];
    assert_eq!(graph::endless(&bounded), None);
    assert!(graph::begins(&round, Depth::Notice));
    assert!(!graph::begins(
        &[step(Target::Next, know(5), None)],
        Depth::Meet
    ));
    assert_eq!(graph::unreached(&bounded, &[]), Vec::<usize>::new());
    assert_eq!(
        graph::unreached(&[round[1].clone(), bounded[0].clone()], &[]),
        [1]
    );
}

#[test]
fn the_shipped_files_are_those_of_the_folder_and_have_no_problem() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("scripts");
    let names = |folder: &Path| -> BTreeSet<String> {
        std::fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .filter(|path| path.extension().is_some_and(|ending| ending == "toml"))
            .map(|path| path.file_stem().unwrap().to_str().unwrap().to_owned())
            .collect()
    };
    let owned = |names: Vec<&str>| {
        names
            .into_iter()
            .map(str::to_owned)
            .collect::<BTreeSet<_>>()
    };
    assert_eq!(names(&folder), owned(SHIPPED.scripts()));
    assert_eq!(names(&folder.join("modules")), owned(SHIPPED.modules()));
    for name in SHIPPED.scripts() {
        let checked = check(name, SHIPPED.script(name).unwrap(), &SHIPPED);
        let told: Vec<String> = checked.problems.iter().map(Problem::short).collect();
        assert!(checked.script.is_some() && told.is_empty(), "{told:#?}");
    }
    assert_eq!(shipped().len(), SHIPPED.scripts().len());
}

/// Every list of steps of a script, with a name for it, and where in it a landing begins.
fn lists(script: &Script) -> Vec<(String, &[Step], usize)> {
    let mut lists = Vec::new();
    for (at, stage) in script.stages.iter().enumerate() {
        let name = format!("stage {}", at + 1);
        match &stage.kind {
            Kind::Turns {
                between, lands_at, ..
            } => {
                lists.push((name.clone(), &stage.steps[..], *lands_at));
                let between = between.as_ref().map(|between| &between.steps[..]);
                lists.extend(between.map(|steps| (format!("between in {name}"), steps, 0)));
            }
            Kind::Together | Kind::Each | Kind::Closing => lists.push((name, &stage.steps[..], 0)),
        }
    }
    for (at, aside) in script.asides.iter().enumerate() {
        lists.push((format!("aside {}", at + 1), &aside.steps[..], 0));
    }
    lists.push(("stop".into(), &script.stop[..], 0));
    lists.push(("mini-close".into(), &script.mini_close[..], 0));
    lists
}

/// For each step, whether a way leads to it that goes no deeper than the script.
fn within_ceiling(steps: &[Step], lands_at: usize, ceiling: Depth) -> Vec<bool> {
    let too_deep = |step: &Step| step.depth.is_some_and(|(depth, _)| depth > ceiling);
    let shallow: Vec<Step> = steps
        .iter()
        .map(|step| match step.depth {
            Some((_, beyond)) if too_deep(step) => Step {
                ask: Ask::Read,
                to: beyond,
                at_most: None,
                ..step.clone()
            },
            _ => step.clone(),
        })
        .collect();
    let open = vec![0, lands_at];
    let reached = graph::reached(&shallow, open);
    let there = reached.iter().zip(steps);
    there
        .map(|(reached, step)| *reached && !too_deep(step))
        .collect()
}

/// The first paragraph of a step as it is on a screen, with anybody's name.
fn first_words(text: &Text, names: &[&str]) -> Vec<String> {
    let Some(pieces) = text.0.first() else {
        return Vec::new();
    };
    let people = if names.is_empty() { &[""][..] } else { names };
    people
        .iter()
        .flat_map(|one| people.iter().map(move |other| [*one, *other]))
        .map(|names| {
            pieces
                .iter()
                .map(|piece| match piece {
                    Piece::Words(words) => words.as_str(),
                    Piece::Role(role) => names[*role],
                })
                .collect()
        })
        .collect()
}

fn seen(scene: &Scene, screens: &mut BTreeMap<String, BTreeSet<String>>) {
    let Some(prompt) = scene.prompt.first() else {
        return;
    };
    let answers = screens.entry(prompt.to_string()).or_default();
    answers.extend(scene.choices.iter().map(|choice| choice.says.to_string()));
}

/// What no rehearsal has met so far: steps, and answers of those that were met.
fn unmet(script: &Script, screens: &BTreeMap<String, BTreeSet<String>>) -> Vec<String> {
    let names = &["Ada", "Ben"][..usize::from(script.people)];
    let mut unmet = Vec::new();
    for (list, steps, lands_at) in lists(script) {
        let there = within_ceiling(steps, lands_at, script.ceiling);
        for (step, _) in steps.iter().zip(&there).filter(|(_, there)| **there) {
            let says = if step.says.all.is_empty() {
                &step.says.first
            } else {
                &step.says.all
            };
            let prompts = first_words(says, names);
            let met: Vec<&BTreeSet<String>> = prompts
                .iter()
                .filter_map(|prompt| screens.get(prompt))
                .collect();
            let place = format!("{}, {list}", script.name);
            // Without company to choose, the session asks about warnings in words of its own.
            let own_words = matches!(&step.ask, Ask::Support(support) if support.rungs.is_empty());
            if met.is_empty() && !own_words {
                unmet.push(format!("{place}: {:?} {:?}", step.id, prompts.first()));
            }
            let Ask::Question(answers) = &step.ask else {
                continue;
            };
            for answer in answers {
                let says = first_words(&answer.says, names);
                if !met.is_empty()
                    && !says
                        .iter()
                        .any(|says| met.iter().any(|met| met.contains(says)))
                {
                    unmet.push(format!("{place}: the answer {:?}", says.first()));
                }
            }
        }
    }
    unmet
}

/// A step that nobody ever comes to, or an answer that is never offered, is a mistake in a script, or a
/// rehearsal that hides one. What is deeper than the script goes is there for other scripts.
#[test]
fn every_step_and_every_answer_of_what_is_shipped_is_met_in_a_rehearsal() {
    const SEEDS: u64 = 4_000;
    for script in shipped() {
        let mut screens = BTreeMap::new();
        for seed in 0..SEEDS {
            let mut play = Play::new(script, script.minutes, seed).unwrap();
            loop {
                seen(&play.session.scene(play.now), &mut screens);
                if play.step().is_none() {
                    break;
                }
            }
            if seed % 50 == 49 && unmet(script, &screens).is_empty() {
                break;
            }
        }
        let unmet = unmet(script, &screens);
        assert!(unmet.is_empty(), "{unmet:#?}");
    }
}
