//! How many screens there are: two people walk through every script for two on the shortest honest way, in which each
//! answer is given and nothing is passed, from the first page of a first evening, and again a week later.

use std::path::Path;
use std::time::Duration;

use crate::app::{Controller, Program};
use crate::rehearsal::EVENING;
use crate::script::{Script, StageKind, shipped};
use crate::session::intent::{GateWord, Intent, KeepChoice};
use crate::session::scene::{InputField, Scene, SceneChoice, SceneMood};
use crate::text::words::words;
use crate::time::clock::TestClock;

/// The screens of one evening.
#[derive(Default, Debug)]
struct Counted {
    before: usize,
    turns: usize,
    after: usize,
    /// Those of `after` that are the closing.
    closing: usize,
}

impl Counted {
    fn whole(&self) -> usize {
        self.before + self.turns + self.after
    }
}

/// What makes a screen another one. Whose go it is on it, a tick and a row that fills are no new page.
fn shape(scene: &Scene) -> impl PartialEq + use<> {
    let prompt = scene.prompt.clone();
    let choices = scene.choices.iter().map(|choice| choice.says.clone());
    let rating = scene.field == Some(InputField::Rating);
    let choices: Vec<_> = choices.collect();
    (scene.title.clone(), prompt, choices, rating, scene.mood)
}

/// What is chosen on a page before a session.
pub(super) fn chosen(scene: &Scene, script: &Script, met: bool) -> Option<Intent> {
    let w = &words().home;
    let need = w.need.get(script.needs[0]).map(|says| says[1]);
    let title = format!("{},", script.title);
    // Who met before is offered what they had last.
    let planned = scene
        .prompt
        .first()
        .is_some_and(|line| line.as_str().starts_with(&title));
    let wanted = [
        Some("Ada and Ben").filter(|_| met),
        Some(w.plan_begin).filter(|_| planned),
        Some(w.plan_script).filter(|_| !planned),
        Some(w.begin),
        Some(w.who_two),
        Some(&*title),
        need,
        Some(words().pages.more),
    ];
    wanted.into_iter().flatten().find_map(|wanted| {
        let mut choices = scene.choices.iter();
        let found = choices.find(|choice| choice.says.as_str().starts_with(wanted));
        found.map(|choice| choice.intent.clone())
    })
}

/// The honest answer: everybody is well, says yes, and answers.
pub(super) fn answer(scene: &Scene) -> Intent {
    let find = |fits: &dyn Fn(&SceneChoice) -> bool| {
        let found = scene.choices.iter().find(|choice| fits(choice));
        found.map(|choice| choice.intent.clone())
    };
    if scene.field == Some(InputField::Rating) {
        return Intent::Rate { value: 4 };
    }
    let go = Intent::Gate { says: GateWord::Go };
    let keep = Intent::Keep {
        what: KeepChoice::Outline,
    };
    let wanted = find(&|choice| choice.intent == go || choice.intent == keep)
        .or_else(|| find(&|choice| choice.on == Some(false) && is_yes(choice)))
        .or_else(|| find(&|choice| choice.says.as_str().contains("only noticing")))
        .or_else(|| find(&|choice| choice.intent == Intent::Accept))
        .or_else(|| find(&|choice| choice.on.is_none()))
        .or_else(|| {
            let chosen = scene.choices.iter().any(|choice| choice.on == Some(true));
            let answers = |choice: &SceneChoice| matches!(choice.intent, Intent::Answer { .. });
            find(&|choice| !chosen && answers(choice))
        });
    match (&scene.field, wanted) {
        (Some(InputField::Line { .. } | InputField::Page { .. }), _) => Intent::Write {
            words: "3 minutes before".into(),
        },
        (_, Some(intent)) => intent,
        (_, None) => Intent::GoOn,
    }
}

fn is_yes(choice: &SceneChoice) -> bool {
    matches!(choice.intent, Intent::Yes { .. })
}

/// One evening, from the first page to the last.
fn evening(root: &Path, script: &Script, weeks: u64) -> Counted {
    let clock = TestClock::new(EVENING.later(Duration::from_secs(weeks * 7 * 86_400)));
    let mut program = Program::at_the_door(root, clock);
    // A goodbye has no turns: there it counts when somebody has time of their own first.
    let has_turns = script.stages.iter().any(is_turns);
    let counts = |stage: &&crate::script::Stage| match has_turns {
        true => is_turns(stage),
        false => matches!(stage.kind, StageKind::Each),
    };
    let stages = script.stages.iter().filter(counts);
    let titles = stages.flat_map(|stage| ["Ada", "Ben"].map(|name| title_of(stage, name)));
    let titles: Vec<String> = titles.collect();
    let (mut counted, mut last, mut names) = (Counted::default(), None, ["Ada", "Ben"].iter());
    for _ in 0..400 {
        let scene = program.scene();
        let shape = shape(&scene);
        if last.as_ref() != Some(&shape) {
            let closes = matches!(scene.mood, SceneMood::Closing | SceneMood::Closed);
            counted.closing += usize::from(closes);
            let in_turn = titles.iter().any(|title| scene.title.as_str() == title);
            match (in_turn, counted.turns) {
                (true, _) => counted.turns += 1 + std::mem::take(&mut counted.after),
                (false, 0) => counted.before += 1,
                (false, _) => counted.after += 1,
            }
            if std::env::var_os("PACE").is_some() {
                println!(
                    "  {:?} {} | {:?}",
                    scene.mood,
                    scene.title,
                    scene
                        .prompt
                        .iter()
                        .map(|line| line.as_str())
                        .collect::<Vec<_>>()
                        .join(" | ")
                        .chars()
                        .take(90)
                        .collect::<String>()
                );
            }
            last = Some(shape);
        }
        let intent = match (scene.mood, &scene.field) {
            (SceneMood::Closed, _) => return counted,
            (SceneMood::Home, Some(_)) => Intent::Write {
                words: (*names.next().unwrap()).into(),
            },
            (SceneMood::Home, None) => chosen(&scene, script, weeks > 0).unwrap_or(Intent::GoOn),
            (_, _) => answer(&scene),
        };
        program
            .ask(intent.clone())
            .unwrap_or_else(|why| panic!("{}: {intent:?} on {:?}: {}", script.name, scene, why.0));
    }
    panic!("{} does not end: {:?}", script.name, program.scene());
}

fn is_turns(stage: &crate::script::Stage) -> bool {
    matches!(stage.kind, StageKind::Turns { .. })
}

/// The title of a stage of turns, in which the first role is this person's.
fn title_of(stage: &crate::script::Stage, name: &str) -> String {
    let pieces = stage.title.0.iter().flatten();
    let says = pieces.map(|piece| {
        if let crate::script::Piece::Words(words) = piece {
            words.as_str().to_owned()
        } else {
            name.to_owned()
        }
    });
    says.collect()
}

#[test]
fn a_pair_comes_to_its_first_turn_and_home_again_in_few_screens() {
    let mut table = Vec::new();
    for script in shipped().iter().filter(|script| script.people.to == 2) {
        let home = tempfile::tempdir().unwrap();
        let first = evening(home.path(), script, 0);
        // Nobody meets for the first time twice, and who said goodbye met in another way before.
        let again = !script.needs.contains(&"first-time");
        let parted = script.needs.contains(&"ending");
        let met = tempfile::tempdir().unwrap();
        let usual = shipped()
            .iter()
            .find(|script| &*script.name == "standard-pair");
        if parted {
            evening(met.path(), usual.unwrap(), 0);
        }
        let place = if parted { &met } else { &home };
        let later = again.then(|| evening(place.path(), script, 1));
        table.push((script, first, later));
    }
    println!("script                      first night (before + turns + after)    a week later");
    for (script, first, later) in &table {
        let row = |one: &Counted| {
            let (before, turns, after) = (one.before, one.turns, one.after);
            format!("{:3} = {before:2} + {turns:2} + {after:2}", one.whole())
        };
        let later = later.as_ref().map_or_else(String::new, row);
        println!("{:26}  {:38}  {later}", script.name, row(first));
    }
    for (script, first, later) in &table {
        let name = &*script.name;
        assert!(first.turns > 0, "{name}: {first:?}");
        assert!(first.before <= 24, "{name}: {first:?}");
        if let Some(later) = later {
            assert!(later.before <= 14, "{name}: {later:?}");
        }
        for one in later.iter().chain([first]) {
            assert!(one.whole() <= 65, "{name}: {one:?}");
            // Where something else follows the turns, such as answers, requests or care, that is no closing.
            assert!(one.closing <= 10, "{name}: {one:?}");
        }
    }
}
