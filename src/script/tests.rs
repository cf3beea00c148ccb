//! What the broken scripts of `tests/broken` do not reach: limits, other libraries, the shipped files, the way.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::check::graph;
use super::*;
use crate::rehearsal::{EVENING, Play, pretend_begin};
use crate::session::intent::Intent;
use crate::session::scene::{InputField, Scene, Verb};
use crate::session::setup::WitnessCard;
use crate::session::{Session, VisitedSteps};
use crate::time::moment::Moment;

const SOLO: &str = include_str!("../../tests/scripts/solo.toml");

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
    assert_eq!(
        messages(&checked),
        ["the module `mine` has a problem of its own"]
    );
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
    let many = "\n[[stage]]\nkind = \"together\"\n".repeat(100);
    let checked = check("x", Source::new("x", format!("{SOLO}{many}")), &SHIPPED);
    let told = messages(&checked);
    assert!(
        told.contains(&"this script has 104 stages, and 100 are the most"),
        "{told:?}"
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
            let Ask::Question(question) = &step.ask else {
                return None;
            };
            Some(&question.answers)
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
        together: false,
        depth,
        at_most,
        goes: Default::default(),
        fresh: false,
        still: false,
        crisis_card: false,
        again: Text::default(),
        left_off: false,
        numbers: false,
        carry: false,
        recall: false,
        moves_on: false,
        floor: None,
        shows: Vec::new(),
        only_shows: false,
        aloud: 0,
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

/// A script that uses modules of this name in these words.
fn with_modules(step: &str, modules: Vec<(&'static str, String)>) -> Checked {
    let mine = Mine {
        modules,
        ..Mine::default()
    };
    let text = format!(
        "format = 1\ntitle = \"t\"\nsummary = \"s\"\npeople = 1\nroles = [\"me\"]\nminutes = 10\nceiling = \"notice\"\n\
         [[stage]]\nkind = \"together\"\ntitle = \"a\"\nminutes = 5\n{step}\n\
         [[stage]]\nkind = \"closing\"\ntitle = \"c\"\nminutes = 5\n[[stage.step]]\nall = \"x\"\nkeep = true\n"
    );
    check("mine", Source::new("mine.toml", text), &mine)
}

fn module(steps: &str) -> String {
    format!("format = 1\ntitle = \"m\"\nexits = [\"far\", \"near\"]\n{steps}")
}

const TWO_WAYS: &str = "[[step]]\nprocessor = \"Far or near?\"\nanswers = [{ says = \"far\", to = \"far\" }, { says = \"near\", to = \"near\" }, { says = \"stay\" }]\nto = \"near\"\n[[step]]\nprocessor = \"Stay.\"\n";

fn says(checked: &Checked) -> Vec<String> {
    checked.problems.iter().map(Problem::long).collect()
}

fn one_says(checked: &Checked, part: &str) {
    let says = says(checked);
    assert!(says.len() == 1 && says[0].contains(part), "{says:?}");
}

#[test]
fn a_module_stands_where_it_is_named_and_its_ways_out_lead_on() {
    let step = "[[stage.step]]\nid = \"first\"\nall = \"1\"\nto = \"choose\"\n\
                [[stage.step]]\nid = \"beside\"\nall = \"2\"\nto = \"last\"\n\
                [[stage.step]]\nid = \"choose\"\nuse = \"ways\"\nexits = { far = \"beside\", near = \"next\" }\nto = \"beside\"\n\
                [[stage.step]]\nid = \"behind\"\nall = \"3\"\n\
                [[stage.step]]\nid = \"last\"\nall = \"4\"\n";
    let checked = with_modules(step, vec![("ways", module(TWO_WAYS))]);
    assert!(says(&checked).is_empty(), "{:?}", says(&checked));
    let script = checked.script.unwrap();
    let steps = &script.stages[0].steps;
    // first, beside, the module's two, behind, last
    assert_eq!(steps.len(), 6);
    assert_eq!(steps[0].to, Target::Step(2));
    assert_eq!(steps[1].to, Target::Step(5));
    let Ask::Question(question) = &steps[2].ask else {
        panic!("{:?}", steps[2].ask);
    };
    let leads: Vec<Target> = question.answers.iter().map(|answer| answer.to).collect();
    assert_eq!(leads, [Target::Step(1), Target::Step(4), Target::Next]);
    assert_eq!(steps[2].to, Target::Step(4));
    assert_eq!(steps[3].to, Target::Step(1));
}

#[test]
fn two_modules_in_one_list_keep_their_places() {
    let step = "[[stage.step]]\nuse = \"ways\"\nexits = { far = \"second\", near = \"last\" }\n\
                [[stage.step]]\nid = \"second\"\nuse = \"ways\"\nexits = { far = \"last\", near = \"next\" }\n\
                [[stage.step]]\nid = \"last\"\nall = \"4\"\n";
    let checked = with_modules(step, vec![("ways", module(TWO_WAYS))]);
    assert!(says(&checked).is_empty(), "{:?}", says(&checked));
    let script = checked.script.unwrap();
    let lead = |at: usize| -> Vec<Target> {
        let Ask::Question(question) = &script.stages[0].steps[at].ask else {
            panic!("no question at {at}");
        };
        question.answers.iter().map(|answer| answer.to).collect()
    };
    assert_eq!(lead(0), [Target::Step(2), Target::Step(4), Target::Next]);
    assert_eq!(lead(2), [Target::Step(4), Target::Step(4), Target::Next]);
}

#[test]
fn what_a_module_needs_is_said_where_it_is_named() {
    let whole = with_modules("use = \"ways\"", vec![("ways", module(TWO_WAYS))]);
    one_says(&whole, "`ways` has several ways out");
    let step =
        "[[stage.step]]\nuse = \"ways\"\nexits = { far = \"next\" }\n[[stage.step]]\nall = \"x\"";
    let missing = with_modules(step, vec![("ways", module(TWO_WAYS))]);
    one_says(&missing, "it is not said where the way out `near` leads");
    let packs =
        "[[wording]]\nname = \"plain\"\nwords = { it = \"it\" }\n[[step]]\nprocessor = \"{it}\"";
    let text = format!("format = 1\ntitle = \"m\"\n{packs}");
    let step = "use = \"ways\"\n[[wording]]\nname = \"other\"\nwords = { it = \"x\" }";
    let other = with_modules(step, vec![("ways", text.clone())]);
    assert!(
        says(&other)[0].contains("this module lacks a pack that the script has"),
        "{:?}",
        says(&other)
    );
    // A script that speaks in one way takes the first.
    let first = with_modules("use = \"ways\"", vec![("ways", text)]);
    assert!(says(&first).is_empty(), "{:?}", says(&first));
}

#[test]
fn modules_inside_of_modules_have_an_end() {
    let uses = |name: &str| format!("format = 1\ntitle = \"m\"\n[[step]]\nuse = \"{name}\"\n");
    let round = vec![("ping", uses("pong")), ("pong", uses("ping"))];
    let told = with_modules("use = \"ping\"", round);
    assert!(
        says(&told)[0].contains("the module `ping` is used inside itself"),
        "{:?}",
        says(&told)
    );
    let names = ["m0", "m1", "m2", "m3", "m4", "m5", "m6", "m7", "m8", "m9"];
    let deep: Vec<_> = names
        .iter()
        .zip(names.iter().skip(1))
        .map(|(name, next)| (*name, uses(next)))
        .collect();
    let told = with_modules("use = \"m0\"", deep);
    assert!(
        says(&told)[0].contains("too many modules are nested here"),
        "{:?}",
        says(&told)
    );
    // Each of these names the next one eight times: without a limit that would be eight to the seventh.
    let many: Vec<_> = names
        .iter()
        .take(7)
        .zip(names.iter().skip(1))
        .map(|(name, next)| {
            let step = format!("[[step]]\nuse = \"{next}\"\n");
            let text = format!("format = 1\ntitle = \"m\"\n{}", step.repeat(8));
            (*name, text)
        })
        .chain([(
            "m7",
            "format = 1\ntitle = \"m\"\n[[step]]\nall = \"x\"\n".to_owned(),
        )])
        .collect();
    let told = with_modules("use = \"m0\"", many);
    assert!(
        says(&told)
            .iter()
            .any(|says| says.contains("modules are used too often")),
        "{:?}",
        says(&told)
    );
}

#[test]
fn of_two_modules_that_do_not_fit_each_is_told_with_its_own_reason() {
    let step = |text: &str| format!("format = 1\ntitle = \"m\"\n[[step]]\n{text}\n");
    let mine = Mine {
        modules: vec![
            ("first", step("processor = \"x\"\nto = \"nowhere\"")),
            ("second", step("processor = \"{nobody}\"")),
        ],
        ..Mine::default()
    };
    let outer = step("use = \"first\"\n[[step]]\nuse = \"second\"");
    let told = check_module("outer", Source::new("outer", outer), &mine);
    let told: Vec<String> = told.iter().map(Problem::long).collect();
    assert_eq!(told.len(), 2, "{told:?}");
    assert!(told[0].contains("is called `nowhere`"), "{}", told[0]);
    assert!(told[1].contains("is called `nobody`"), "{}", told[1]);
}

/// Every list of steps of a script, and where in it a landing begins.
fn lists(script: &Script) -> Vec<(VisitedSteps, &[Step], Option<usize>)> {
    let mut lists = Vec::new();
    for (at, stage) in script.stages.iter().enumerate() {
        let mut lands = None;
        if let StageKind::Turns {
            between,
            before,
            after,
            lands_at,
            ..
        } = &stage.kind
        {
            lands = *lands_at;
            let between = between.as_ref().map(|between| &between.steps[..]);
            lists.extend(between.map(|steps| (VisitedSteps::Between(at), steps, None)));
            for (part, stage) in before.iter().enumerate() {
                lists.push((VisitedSteps::Before(at, part), &stage.steps[..], None));
            }
            for (part, stage) in after.iter().enumerate() {
                lists.push((VisitedSteps::After(at, part), &stage.steps[..], None));
            }
        }
        lists.push((VisitedSteps::Stage(at), &stage.steps[..], lands));
    }
    for (at, aside) in script.asides.iter().enumerate() {
        lists.push((VisitedSteps::Aside(at), &aside.steps[..], None));
    }
    lists.push((VisitedSteps::Stop, &script.stop[..], None));
    lists.push((VisitedSteps::MiniClose, &script.mini_close[..], None));
    lists
}

/// For each step, whether a way leads to it that goes no deeper than the script.
fn within_ceiling(steps: &[Step], lands_at: Option<usize>, ceiling: Depth) -> Vec<bool> {
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
    let open = lands_at.into_iter().chain([0]).collect();
    let reached = graph::reached(&shallow, open);
    let there = reached.iter().zip(steps);
    there
        .map(|(reached, step)| *reached && !too_deep(step))
        .collect()
}

/// What rehearsals have met: steps, and the answers that were taken at them.
type Met = BTreeMap<(VisitedSteps, usize), BTreeSet<usize>>;

/// How each step was come to, so that others can go on from there.
type Ways = BTreeMap<(VisitedSteps, usize), (Session, Moment)>;

/// Plays once and notes what is met. Pretend people mostly do what is likely; these ones are curious,
/// too: they like answers that nobody gave before.
fn play_through(script: &Arc<Script>, seed: u64, met: &mut Met, ways: &mut Ways) {
    let mut begin = pretend_begin(script, script.minutes, seed, EVENING);
    if seed % 8 < 4 {
        // They have met before: of everybody it is known how they like to be accompanied.
        let card = WitnessCard {
            company: "Say back what you hear.".to_owned(),
            ..WitnessCard::default()
        };
        begin.known.cards = vec![card; begin.people.len()];
    }
    let mut play = Play::begun(script, begin, seed).unwrap();
    let mut rng = fastrand::Rng::with_seed(seed);
    if !seed.is_multiple_of(4) && !ways.is_empty() {
        // Now and then from where an answer was never taken.
        let open = |place: &(VisitedSteps, usize)| {
            let taken = met.get(place).map_or(0, BTreeSet::len);
            answers_at(script, *place) > taken
        };
        let open: Vec<_> = ways.iter().filter(|(place, _)| open(place)).collect();
        let (session, now) = if open.is_empty() || seed.is_multiple_of(2) {
            let way = rng.usize(0..ways.len());
            ways.values().nth(way).unwrap()
        } else {
            open[rng.usize(0..open.len())].1
        };
        (play.session, play.now) = (session.clone(), *now);
    }
    while !play.session.is_closed() {
        let place = play.session.place();
        // Of the ways to a step, one that may lead deeper is kept, and of two that are alike now this one, now that one.
        let better = |(known, _): &(Session, Moment)| {
            let (new, old) = (play.session.ceiling(), known.ceiling());
            new > old || new == old && rng.u32(0..8) == 0
        };
        if let Some(place) = place
            && ways.get(&place).is_none_or(better)
        {
            ways.insert(place, (play.session.clone(), play.now));
        }
        let taken = place.map(|place| met.entry(place).or_default());
        let scene = play.session.scene(play.now);
        let step = place.map_or(0, |(_, step)| step);
        let answers = scene.choices.iter().map(|choice| &choice.intent);
        let answers = answers.filter(|intent| is_answer(intent));
        // Some stay with the same answer as often as they are asked.
        let stubborn = usize::try_from(seed / 3).unwrap() + step;
        let same = answers.clone().nth(stubborn % answers.count().max(1));
        // What is answered unseen follows the most careful one: mostly everybody is fine.
        let unseen = place.is_some_and(|place| asks_unseen(script, place));
        let chosen = match same {
            Some(_) if unseen && rng.u32(0..10) > 0 => Some(Intent::Answer { n: 0 }),
            Some(same) if seed.is_multiple_of(3) && rng.u32(0..10) > 0 => Some(same.clone()),
            _ => curious(&scene, taken.as_deref(), &mut rng),
        };
        let intent = match chosen {
            Some(intent) => {
                play.now = play
                    .now
                    .later(std::time::Duration::from_secs(rng.u64(1..20)));
                let several = scene.choices.iter();
                let mut several = several.filter(|choice| choice.on == Some(false));
                let several = several.any(|choice| choice.intent == intent);
                play.session.apply(intent.clone(), play.now).unwrap();
                // At half of a long turn its own question comes first.
                if several && is_answer(&intent) && play.session.place() == place {
                    play.session.apply(Intent::GoOn, play.now).unwrap();
                }
                Some(intent)
            }
            None => play.step().and_then(|event| event.intent),
        };
        match (taken, intent) {
            (Some(taken), Some(Intent::Answer { n })) => _ = taken.insert(n),
            (Some(taken), Some(Intent::Rate { value })) => _ = taken.insert(value.into()),
            _ => {}
        }
    }
}

fn is_answer(intent: &Intent) -> bool {
    matches!(intent, Intent::Answer { .. })
}

fn answers_at(script: &Script, (steps, at): (VisitedSteps, usize)) -> usize {
    let found = lists(script).into_iter().find(|(list, ..)| *list == steps);
    let step = found.and_then(|(_, steps, _)| steps.get(at));
    step.map_or(0, |step| {
        if matches!(step.ask, Ask::Rating(_)) {
            11
        } else {
            step.ask.answers().len()
        }
    })
}

fn asks_unseen(script: &Script, (steps, at): (VisitedSteps, usize)) -> bool {
    let found = lists(script).into_iter().find(|(list, ..)| *list == steps);
    let step = found.and_then(|(_, steps, _)| steps.get(at));
    step.is_some_and(|step| matches!(step.ask, Ask::Unseen(_)))
}

/// Something that was not done yet, now and then.
fn curious(
    scene: &Scene,
    taken: Option<&BTreeSet<usize>>,
    rng: &mut fastrand::Rng,
) -> Option<Intent> {
    let intents = || scene.choices.iter().map(|choice| &choice.intent);
    let fresh: Vec<&Intent> = intents()
        .filter(|intent| {
            let answer = if let Intent::Answer { n } = intent {
                taken.is_some_and(|taken| !taken.contains(n))
            } else {
                false
            };
            answer || matches!(intent, Intent::Aside { .. })
        })
        .collect();
    if !fresh.is_empty() && rng.u32(0..3) > 0 {
        return fresh.get(rng.usize(0..fresh.len())).copied().cloned();
    }
    let asks_yes = intents().any(|intent| matches!(intent, Intent::Yes { .. }));
    if asks_yes && rng.u32(0..30) == 0 {
        return Some(Intent::Pass);
    }
    if scene.field == Some(InputField::Rating) && rng.u32(0..3) > 0 {
        let new = |value: &u8| taken.is_some_and(|taken| !taken.contains(&usize::from(*value)));
        let value = (0..=10).find(new).unwrap_or(rng.u8(0..=10));
        return Some(Intent::Rate { value });
    }
    let offered = |verb| scene.offers.iter().find(|offer| offer.verb == verb);
    let wanted = match rng.u32(0..30) {
        0..=5 => offered(Verb::Asides),
        6 => offered(Verb::Stop),
        _ => None,
    };
    wanted.map(|offer| offer.intent())
}

/// What no rehearsal has met so far.
fn unmet(script: &Script, met: &Met) -> Vec<String> {
    let mut unmet = Vec::new();
    for (list, steps, lands_at) in lists(script) {
        let there = within_ceiling(steps, lands_at, script.ceiling);
        for (at, (step, there)) in steps.iter().zip(there).enumerate() {
            let place = format!("{}, {list:?}, step {at} {:?}", script.name, step.id);
            let answers = step.ask.answers().len();
            match met.get(&(list, at)) {
                None if there => unmet.push(place),
                None => {}
                Some(taken) => {
                    let open = (0..answers).filter(|n| there && !taken.contains(n));
                    unmet.extend(open.map(|n| format!("{place}: answer {}", n + 1)));
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
        let mut met = Met::new();
        let mut ways = Ways::new();
        for seed in 0..SEEDS {
            play_through(script, seed, &mut met, &mut ways);
            if seed % 50 == 49 && unmet(script, &met).is_empty() {
                break;
            }
        }
        let unmet = unmet(script, &met);
        assert!(unmet.is_empty(), "{unmet:#?}");
    }
}

/// What is said by ear and touch names nothing that has to be looked at.
#[test]
fn no_words_by_ear_tell_anybody_to_look() {
    // What an inner part sees, or a look into the past, is nobody's eyes.
    const SIGHT: [&str; 17] = [
        "look around",
        "look slowly",
        "look at them",
        "look at something",
        "look at one",
        "look away",
        "look out",
        "look:",
        "eyes",
        "things you can see",
        "that you see?",
        "something blue",
        "warm look",
        "soft eyes",
        "look at it.",
        "look around.",
        "watch the",
    ];
    let mut both = 0;
    for script in shipped() {
        let mut texts = Vec::new();
        for list in every_list(script) {
            for step in list {
                texts.extend(every_text(step));
            }
        }
        for text in texts {
            let line = |pieces: &Vec<Piece>| {
                let said = pieces.iter().map(|piece| match piece {
                    Piece::BySense([_, heard]) => heard.to_string(),
                    Piece::Words(words) => words.to_string(),
                    Piece::Packed(words) => {
                        words.first().map(ToString::to_string).unwrap_or_default()
                    }
                    Piece::Role(_) | Piece::Written(_) => "…".to_owned(),
                });
                said.collect::<String>()
            };
            both += text
                .0
                .iter()
                .flatten()
                .filter(|piece| matches!(piece, Piece::BySense(_)))
                .count();
            for said in text.0.iter().map(line) {
                let small = said.to_lowercase();
                let named = SIGHT.iter().find(|sight| small.contains(*sight));
                assert_eq!(named, None, "{}: {said}", script.name);
            }
        }
    }
    assert!(both > 60, "{both}");
}

/// Every list of steps of a script.
fn every_list(script: &Script) -> Vec<&[Step]> {
    let mut lists: Vec<&[Step]> = vec![&script.stop, &script.mini_close];
    lists.extend(script.asides.iter().map(|aside| &aside.steps[..]));
    for stage in &script.stages {
        lists.push(&stage.steps);
        if let StageKind::Turns {
            before,
            after,
            between,
            ..
        } = &stage.kind
        {
            let around = before.iter().chain(after).chain(between.as_deref());
            lists.extend(around.map(|part| &part.steps[..]));
        }
    }
    lists
}

/// Every text of a step.
fn every_text(step: &Step) -> Vec<&Text> {
    let mut texts = vec![&step.says.all, &step.again];
    for says in &step.says.roles {
        match says {
            RoleSays::Same(text) => texts.push(text),
            RoleSays::ByRung(by) => texts.extend(by),
        }
    }
    texts.extend(step.ask.answers().iter().map(|answer| &answer.says));
    if let Ask::Gate(gate) = &step.ask {
        texts.extend(&gate.questions);
    }
    texts
}
