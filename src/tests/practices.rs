//! Practices that nobody here had in mind (`tests/practices`): what holds for every shipped script holds for them, in both
//! faces, whatever people answer.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use super::pace::answer;
use super::parity::{missing, shape};
use crate::rehearsal::{EVENING, Pace, Play};
use crate::script::{Library, SHIPPED, Script, Source, check, shipped};
use crate::session::Session;
use crate::session::intent::{BellRing, Effect, Intent};
use crate::session::scene::{SceneMood, Verb};
use crate::text::words::words;

/// How many walks there are of each; `PRACTICES=1000` for more.
const SEEDS: u64 = 12;

/// The shipped modules, and those of the folder.
struct Practices;

impl Library for Practices {
    fn module(&self, name: &str) -> Option<Source> {
        let file = folder().join(format!("modules/{name}.toml"));
        let own = std::fs::read_to_string(file).ok();
        own.map(|text| Source::new(name, text))
            .or_else(|| SHIPPED.module(name))
    }

    fn modules(&self) -> Vec<&str> {
        SHIPPED.modules()
    }

    fn script(&self, name: &str) -> Option<Source> {
        SHIPPED.script(name)
    }

    fn scripts(&self) -> Vec<&str> {
        SHIPPED.scripts()
    }
}

fn folder() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/practices")
}

/// Every practice of the folder.
fn practices() -> Vec<Arc<Script>> {
    let mut paths: Vec<_> = std::fs::read_dir(folder())
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "toml"))
        .collect();
    paths.sort();
    paths.iter().map(|path| read(path)).collect()
}

fn practice(name: &str) -> Arc<Script> {
    read(&folder().join(format!("{name}.toml")))
}

/// A practice that has no problem.
fn read(path: &Path) -> Arc<Script> {
    let name = path.file_stem().unwrap().to_str().unwrap();
    let text = std::fs::read_to_string(path).unwrap();
    let checked = check(name, Source::new(name, text), &Practices);
    let told: Vec<String> = checked.problems.iter().map(|one| one.long()).collect();
    assert!(told.is_empty(), "{}", told.join("\n"));
    Arc::new(checked.script.unwrap())
}

/// Every script at hand, for the fewest and the most people, in each of its lengths.
fn each_length() -> Vec<Script> {
    let all = shipped().iter().cloned().chain(practices());
    let all = all.flat_map(|script| {
        let others = script.others.clone();
        [script].into_iter().chain(others)
    });
    all.flat_map(|script| {
        let numbers = BTreeSet::from([script.people.from, script.people.to]);
        let numbers = numbers.into_iter();
        numbers.map(move |people| script.with_people(people))
    })
    .collect()
}

/// With a minute less nearly everything was once half as long, and half an hour was left over.
#[test]
fn a_shorter_plan_is_short_of_what_is_missing_and_of_no_more() {
    use crate::session::plan::lay;
    use crate::time::moment::minutes;
    use std::time::Duration;
    for script in &each_length() {
        let whole = u64::from(script.minutes);
        let written = lay(script, minutes(whole)).expect("as it is written").acts;
        let mut before = written.clone();
        for m in (2..whole).rev() {
            let Ok(laid) = lay(script, minutes(m)) else {
                break;
            };
            let about = format!("{} for {:?} at {m}", script.name, script.people);
            let sum: Duration = laid.acts.iter().map(|act| act.length).sum();
            assert_eq!(sum + laid.buffer, minutes(m), "{about}");
            assert!(
                laid.acts.iter().all(|act| act.length >= act.at_least),
                "{about}"
            );
            // What could still be given back is too little for any stage that is shorter than written.
            let kept = Duration::from_secs(script.buffer.as_secs() * m / whole);
            for act in &laid.acts {
                let own = |other: &&crate::session::plan::Act| other.what == act.what;
                let wanted = written.iter().find(own).expect("it is written").length;
                let alike = laid.acts.iter().filter(|other| {
                    other.what.stage() == act.what.stage() && other.length == act.length
                });
                let alike = u32::try_from(alike.count()).unwrap();
                let spare = laid.buffer.saturating_sub(kept);
                if act.length + Duration::from_secs(30) <= wanted {
                    assert!(spare < Duration::from_secs(30) * alike, "{about}: {act:?}");
                }
            }
            // What each has gives for all of them at once: so much may come back to something else.
            let people = u32::from(script.people.to);
            let most = Duration::from_secs(60) + Duration::from_secs(30) * people;
            if laid.acts.len() == before.len() {
                for (act, before) in laid.acts.iter().zip(&before) {
                    assert!(before.length <= act.length + most, "{about}: {act:?}");
                }
            }
            before = laid.acts;
        }
    }
}

/// STOP leads to a neutral screen from here, and from there to an end.
fn stops(session: &Session, now: crate::time::moment::Moment, about: &str) {
    let mut session = session.clone();
    session.apply(Intent::Stop, now).expect(about);
    assert_eq!(session.scene(now).mood, SceneMood::Neutral, "{about}");
    for _ in 0..400 {
        if session.is_closed() {
            return;
        }
        let scene = session.asked(now);
        let on = scene.leads_on().map(|offer| offer.intent());
        let on = on.unwrap_or(Intent::GoOn);
        if session.apply(on, now).is_err() {
            session.apply(Intent::Pass, now).expect(about);
        }
    }
    panic!("{about}: STOP does not end");
}

#[test]
fn what_holds_for_every_script_holds_for_every_practice_in_both_faces() {
    let more = std::env::var("PRACTICES").ok();
    let seeds = more.and_then(|n| n.parse().ok()).unwrap_or(SEEDS);
    let mut wrong = BTreeSet::new();
    let all = practices();
    assert!(all.len() >= 12, "{}", all.len());
    for script in &all {
        let mut seen = BTreeSet::new();
        for seed in 0..seeds {
            let about = format!("{} seed {seed}", script.name);
            let mut play = Play::new(script, script.minutes, seed).expect(&about);
            let mut log = Vec::new();
            loop {
                let session = &play.session;
                assert!(
                    session.turn_of().is_none() || session.is_signed(),
                    "{about}"
                );
                if !session.is_closed() && log.len() % 5 == 0 {
                    stops(session, play.now, &about);
                }
                let mut scene = session.scene(play.now);
                let last = if session.is_closed() {
                    Verb::GoOn
                } else {
                    Verb::Leave
                };
                scene.add_offer(Verb::Card, "…");
                scene.add_offer(last, "…");
                if seen.insert(shape(&scene)) {
                    wrong.extend(missing(&scene));
                }
                let Some(event) = play.step() else { break };
                log.extend(event.logged.map(|intent| (intent, event.at)));
            }
            let mut again = Session::begin(script, play.session.begun().clone()).unwrap();
            for (intent, at) in log {
                // Refused live is refused again.
                _ = again.apply(intent, at);
            }
            assert!(again.is_closed(), "{about}: its log does not replay");
            assert_eq!(again.turns(), play.session.turns(), "{about}");
        }
    }
    let wrong: Vec<String> = wrong.into_iter().collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A play of a practice in which everybody only reads, says yes and goes on, and everything takes the time it is given.
fn at_ease(script: &Arc<Script>, minutes: u16) -> Play {
    Play::new(script, minutes, 0).unwrap()
}

/// Lets time pass up to what happens next by itself; what rang.
fn event(play: &mut Play) -> Vec<Effect> {
    let due = play.session.next_event(play.now).expect("a bell to come");
    play.now = play.now.later(due);
    play.session.apply(Intent::TimePassed, play.now).unwrap()
}

fn go_on(play: &mut Play) {
    let intent = answer(&play.session.asked(play.now));
    let asked = play.session.apply(intent.clone(), play.now);
    asked.unwrap_or_else(|why| panic!("{intent:?}: {}", why.0));
}

fn title(play: &Play) -> String {
    play.session.stage_title().to_string()
}

fn to_stage(play: &mut Play, wanted: &str) {
    for _ in 0..200 {
        if title(play).starts_with(wanted) {
            return;
        }
        go_on(play);
    }
    panic!("{wanted} does not come: {}", title(play));
}

#[test]
fn a_stage_moves_on_by_itself_in_the_middle_of_its_list() {
    let mut play = at_ease(&practice("thirty-six-questions"), 60);
    to_stage(&mut play, "list 1");
    let begun = play.now;
    go_on(&mut play);
    let rang = event(&mut play);
    assert_eq!(rang, [Effect::Ring(BellRing::Over)]);
    assert_eq!(title(&play), "list 2");
    let took = play.now.mono - begun.mono;
    assert!((900..902).contains(&took.as_secs()), "{took:?}");
}

#[test]
fn what_is_held_ends_with_its_time_and_by_no_key_and_half_minutes_count() {
    let mut play = at_ease(&practice("thinking-pair"), 30);
    to_stage(&mut play, "Ada thinks");
    let begun = play.now;
    let scene = play.session.asked(play.now);
    let on = scene.offers.iter().map(|offer| offer.verb);
    assert!(
        !on.clone()
            .any(|verb| matches!(verb, Verb::GoOn | Verb::Land)),
        "{:?}",
        scene.offers
    );
    let refused = play.session.apply(Intent::GoOn, play.now).unwrap_err();
    assert!(refused.0.as_str().contains("8 minutes"), "{}", refused.0);
    event(&mut play);
    assert_eq!(title(&play), "Ben thinks");
    let took = play.now.mono - begun.mono;
    assert!((450..452).contains(&took.as_secs()), "{took:?}");
    // A plan for less time does not make it shorter, and STOP is there as always.
    assert!(Play::new(&practice("thinking-pair"), 18, 1).is_err());
    stops(&play.session, play.now, "held");
}

#[test]
fn a_sign_is_no_end_and_nobody_owes_minutes_for_it() {
    let mut play = at_ease(&practice("formation-group"), 120);
    event(&mut play);
    to_stage(&mut play, "Ada's time");
    assert!(play.session.scene(play.now).clock.is_none());
    // After a while the words for whoever listens to a silence come first.
    let rang = [event(&mut play), event(&mut play)].concat();
    assert_eq!(rang, [Effect::Ring(BellRing::Warning)]);
    let notice = play.session.scene(play.now).notice;
    assert!(notice.is_some_and(|says| says.as_str().contains("not over")));
    play.now = play.now.later(std::time::Duration::from_secs(3_000));
    play.session.apply(Intent::TimePassed, play.now).unwrap();
    assert!(title(&play).ends_with("time"));
    assert!(
        play.session
            .asked(play.now)
            .offers
            .iter()
            .all(|offer| offer.verb != Verb::More)
    );
    for name in ["formation-group", "worship-sharing"] {
        let script = practice(name);
        for seed in 0..20 {
            let mut play = Play::new(&script, script.minutes, seed).unwrap();
            while play.step().is_some() {}
            let outline = play.session.outline().unwrap();
            assert!(
                outline.loan.is_empty(),
                "{name} seed {seed}: {:?}",
                outline.loan
            );
        }
    }
}

#[test]
fn a_stage_for_everybody_warns_rings_and_takes_hours() {
    let mut play = at_ease(&practice("council-day"), 480);
    to_stage(&mut play, "walk alone");
    for minutes in ["15 minutes", "5 minutes"] {
        assert_eq!(event(&mut play), [Effect::Ring(BellRing::Warning)]);
        let notice = play.session.scene(play.now).notice;
        assert!(notice.is_some_and(|says| says.as_str().starts_with(minutes)));
    }
    assert_eq!(event(&mut play), [Effect::Ring(BellRing::Over)]);
    assert_eq!(title(&play), "meal");
    assert!(play.now.mono.as_secs() >= 90 * 60);
}

#[test]
fn one_file_has_several_lengths_and_one_practice_is_for_one_and_for_two() {
    let cafe = practice("conversation-cafe");
    for (minutes, share) in [(90, 120), (60, 90), (75, 90)] {
        let mut play = at_ease(&cafe, minutes);
        to_stage(&mut play, "first round");
        assert_eq!(play.session.planned_here().as_secs(), share, "{minutes}");
    }
    let examen = practice("examen");
    assert_eq!((examen.people.from, examen.people.to), (1, 2));
    let begin = |names: &[&str], minutes| {
        let mut begin = crate::rehearsal::pretend_begin(&examen, minutes, 0, EVENING);
        begin.people = names.iter().map(ToString::to_string).collect();
        begin.notebooks = vec![false; names.len()];
        Play::begun(&examen, begin, 1).unwrap()
    };
    let prompt = |play: &mut Play| {
        event(play);
        play.session.scene(play.now).prompt[0].to_string()
    };
    let mut alone = begin(&["Ada"], 16);
    assert!(prompt(&mut alone).starts_with("What are you thankful"));
    // As a rehearsal for one has it.
    assert_eq!(examen.with_people(1).minutes, 16);
    let mut two = begin(&["Ada", "Ben"], 24);
    assert!(prompt(&mut two).starts_with("What is each of you"));
}

/// Chooses what begins so.
fn choose(play: &mut Play, says: &str) {
    let scene = play.session.asked(play.now);
    let mut choices = scene.choices.iter();
    let found = choices.find(|choice| choice.says.as_str().starts_with(says));
    let found = found.unwrap_or_else(|| panic!("{says}: {scene:?}"));
    play.session.apply(found.intent.clone(), play.now).unwrap();
}

fn choices(play: &Play) -> Vec<String> {
    let scene = play.session.asked(play.now);
    let choices = scene.choices.iter();
    choices.map(|choice| choice.says.to_string()).collect()
}

fn prompt(play: &Play) -> String {
    let scene = play.session.asked(play.now);
    scene
        .prompt
        .first()
        .map(ToString::to_string)
        .unwrap_or_default()
}

fn later(play: &mut Play, seconds: u64) {
    play.now = play.now.later(std::time::Duration::from_secs(seconds));
    play.session.apply(Intent::TimePassed, play.now).unwrap();
}

fn floor(play: &Play) -> String {
    let scene = play.session.scene(play.now);
    let seat = scene.people.into_iter().find(|seat| seat.floor);
    seat.map(|seat| seat.name.to_string()).unwrap_or_default()
}

#[test]
fn without_an_order_whoever_is_ready_speaks_on_one_clock_for_all() {
    let mut play = at_ease(&practice("samoan-circle"), 60);
    for _ in 0..60 {
        if prompt(&play).starts_with("Who goes into") {
            break;
        }
        go_on(&mut play);
    }
    let begun = play.now;
    assert_eq!(
        choices(&play),
        ["Ada", "Ben", "Cleo", "Dan", "Nobody: we go on"]
    );
    choose(&mut play, "Cleo");
    assert_eq!(floor(&play), "Cleo");
    later(&mut play, 600);
    go_on(&mut play);
    // Nobody speaks twice before everybody had the choice.
    assert_eq!(
        choices(&play),
        ["Ben", "Ada", "Dan", "Nobody else in this round"]
    );
    choose(&mut play, "Nobody else");
    assert_eq!(choices(&play).len(), 5);
    choose(&mut play, "Cleo");
    assert_eq!(play.session.planned_here().as_secs(), 31 * 60);
    assert!(event(&mut play).is_empty() || !prompt(&play).is_empty());
    while title(&play) == "the circle" {
        event(&mut play);
    }
    let took = (play.now.mono - begun.mono).as_secs();
    assert!((41 * 60..41 * 60 + 3).contains(&took), "{took}");
    assert_eq!(title(&play), "close");
    while !play.session.is_closed() {
        go_on(&mut play);
    }
    let outline = play.session.outline().unwrap();
    assert!(outline.whole && outline.loan.is_empty(), "{outline:?}");
}

#[test]
fn whoever_wants_no_turn_has_none_and_the_stage_ends() {
    let mut play = at_ease(&practice("samoan-circle"), 60);
    for _ in 0..60 {
        if prompt(&play).starts_with("Who goes into") {
            break;
        }
        go_on(&mut play);
    }
    choose(&mut play, "Nobody");
    assert_eq!(title(&play), "close");
}

#[test]
fn a_way_leads_back_to_an_earlier_stage_with_its_minutes_and_has_an_end() {
    let mut play = at_ease(&practice("lean-coffee"), 30);
    for line in ["Tea", "Rain"] {
        let words = line.into();
        play.session
            .apply(Intent::Write { words }, play.now)
            .unwrap();
    }
    play.session.apply(Intent::Pass, play.now).unwrap();
    let scene = play.session.scene(play.now);
    let listed = scene.choices.iter().map(|choice| choice.says.to_string());
    assert_eq!(
        listed.collect::<Vec<_>>(),
        ["Tea", "Rain"],
        "the list stays"
    );
    let words = "Tea".into();
    play.session
        .apply(Intent::Write { words }, play.now)
        .unwrap();
    assert_eq!(title(&play), "talk");
    let mut rounds = 0;
    let planned = play.session.ends(play.now).at.minute_of_day();
    loop {
        event(&mut play);
        assert_eq!(title(&play), "go on?");
        let ends = play.session.ends(play.now).at;
        play.session
            .apply(Intent::Rate { value: 3 }, play.now)
            .unwrap();
        if !prompt(&play).starts_with("Once more") {
            break;
        }
        go_on(&mut play);
        assert_eq!(title(&play), "talk");
        assert_eq!(play.session.planned_here().as_secs(), 300);
        let later = play.session.ends(play.now).at.minute_of_day();
        assert!(later >= ends.minute_of_day());
        rounds += 1;
    }
    assert_eq!(rounds, 12);
    // What was left before is taken first: of these hours the list left a few minutes.
    let later = play.session.ends(play.now).at.minute_of_day() - planned;
    assert!((40..12 * 6).contains(&later), "{later}");
    // Fewer hands go on to the next topic.
    assert!(
        prompt(&play).starts_with("Is there another"),
        "{}",
        prompt(&play)
    );
    choose(&mut play, "No");
    assert_eq!(title(&play), "close");
}

#[test]
fn lots_are_drawn_and_a_list_is_filled() {
    let mut recorders = BTreeSet::new();
    let mut firsts = BTreeSet::new();
    for seed in 0..12 {
        let mut play = Play::new(&practice("nominal-group"), 60, seed * 5).unwrap();
        choose(&mut play, "Draw lots");
        recorders.insert(prompt(&play));
        while title(&play) != "one idea" {
            match title(&play).as_str() {
                "silence" => _ = event(&mut play),
                _ => go_on(&mut play),
            }
        }
        firsts.insert(floor(&play));
    }
    assert!(
        recorders.len() > 2 && firsts.len() > 2,
        "{recorders:?} {firsts:?}"
    );
}

#[test]
fn who_reads_and_who_answers_are_on_one_screen_and_the_parts_after_can_be_passed() {
    let mut play = at_ease(&practice("mirroring"), 40);
    to_stage(&mut play, "Ada sends");
    go_on(&mut play);
    let scene = play.session.scene(play.now);
    assert_eq!(scene.to, [1]);
    assert!(scene.prompt[0].as_str().starts_with("Say it back"));
    assert_eq!(scene.whispers[0].to, [0]);
    for _ in 0..15 {
        choose(&mut play, "Yes, and there is more");
        go_on(&mut play);
    }
    choose(&mut play, "Yes, that was all");
    choose(&mut play, "Leave it");
    assert_eq!(title(&play), "Ben sends");
}

#[test]
fn who_speaks_chooses_who_listens_and_who_listened_is_next() {
    let mut play = at_ease(&practice("listening-chain"), 57);
    for _ in 0..80 {
        if prompt(&play).starts_with("Ada, who") {
            break;
        }
        go_on(&mut play);
    }
    choose(&mut play, "Dan");
    assert_eq!(title(&play), "Ada speaks to Dan");
    go_on(&mut play);
    assert!(prompt(&play).starts_with("Dan, who"), "{}", prompt(&play));
    choose(&mut play, "Cleo");
    assert_eq!(title(&play), "Dan speaks to Cleo");
    go_on(&mut play);
    assert_eq!(title(&play), "Cleo speaks to Ben");
    go_on(&mut play);
    assert_eq!(title(&play), "Ben speaks to Ada");
    go_on(&mut play);
    // A second contribution only after everybody who wants has had one.
    choose(&mut play, "Ben");
    go_on(&mut play);
    assert!(
        !choices(&play).contains(&"Ben".to_owned()),
        "{:?}",
        choices(&play)
    );
    choose(&mut play, "Nobody else");
    assert!(choices(&play).contains(&"Ben".to_owned()));
    choose(&mut play, "Nobody: we go on");
    assert!(title(&play).starts_with("thanks"), "{}", title(&play));
}

/// A play with so many people, who are called as in every rehearsal.
fn with_people(script: &Arc<Script>, people: usize, minutes: u16) -> Play {
    let mut begin = crate::rehearsal::pretend_begin(script, minutes, 0, EVENING);
    let names = &words().rehearsal.names[..people];
    begin.people = names.iter().map(ToString::to_string).collect();
    begin.notebooks = vec![false; people];
    Play::begun(script, begin, 1).unwrap()
}

/// Whom the screen speaks to, by their places.
fn to(play: &Play) -> Vec<usize> {
    play.session.asked(play.now).to
}

/// Who works with whom.
fn groups(play: &Play) -> Vec<String> {
    let scene = play.session.scene(play.now);
    let items = scene.list.iter();
    items.map(|item| item.words.to_string()).collect()
}

#[test]
fn in_a_round_all_the_others_answer_the_one_whose_turn_it_is() {
    let mut play = at_ease(&practice("final-word"), 56);
    to_stage(&mut play, "Ada's sentence");
    go_on(&mut play);
    for nth in 1..5 {
        assert_eq!(title(&play), "the others answer");
        let scene = play.session.scene(play.now);
        assert_eq!(scene.to, [nth], "{:?}", scene.prompt);
        assert!(prompt(&play).starts_with("A minute: what do you make of what Ada read?"));
        assert_eq!(scene.whispers.len(), 1);
        assert_eq!(scene.whispers[0].to, [0]);
        go_on(&mut play);
    }
    assert_eq!(
        (title(&play).as_str(), to(&play)),
        ("the final word", vec![0])
    );
    go_on(&mut play);
    assert_eq!(title(&play), "Ben's sentence");
    go_on(&mut play);
    let others: Vec<_> = (0..4)
        .map(|_| {
            let to = to(&play);
            go_on(&mut play);
            to[0]
        })
        .collect();
    assert_eq!(others, [2, 3, 4, 0]);
}

#[test]
fn nobody_is_told_what_was_agreed_where_nobody_was_asked() {
    let beside = |name: &str, minutes, turn: &str| {
        let mut play = at_ease(&practice(name), minutes);
        to_stage(&mut play, turn);
        let agreed = play.session.scene(play.now).rare.agreed;
        agreed.map(|says| says.to_string()).unwrap_or_default()
    };
    let told = beside("final-word", 56, "Ada's sentence");
    assert!(!told.contains("Agreed"), "{told}");
    let told = beside("focusing", 60, "Ada focuses");
    assert!(told.contains("as far as meeting it"), "{told}");
}

#[test]
fn an_honest_walk_fills_the_time_of_what_stands_around_a_turn() {
    let script = practice("final-word");
    for seed in 0..40 {
        let mut play = Play::new(&script, 56, seed).unwrap().at(Pace::Real);
        let (mut here, mut begun) = (String::new(), play.now);
        while play.step().is_some() {
            let now = title(&play);
            if now == here {
                continue;
            }
            let took = (play.now.mono - begun.mono).as_secs();
            if here == "the others answer" && now == "the final word" && took > 200 {
                return;
            }
            (here, begun) = (now, play.now);
        }
    }
    panic!("nobody took four minutes to answer");
}

#[test]
fn pairs_and_fours_work_at_the_same_time_and_come_together_again() {
    let mut play = with_people(&practice("one-two-four-all"), 8, 19);
    to_stage(&mut play, "alone");
    let begun = play.now;
    assert!(groups(&play).is_empty());
    let held = play.session.asked(play.now).leads_on().is_none();
    assert!(held, "no key says that it ends what no key ends");
    event(&mut play);
    assert_eq!(title(&play), "in pairs");
    let names = &words().rehearsal.names;
    let pair = |at: usize| format!("{} and {}", names[at], names[at + 1]);
    assert_eq!(groups(&play), [pair(0), pair(2), pair(4), pair(6)]);
    event(&mut play);
    assert_eq!(title(&play), "in fours");
    assert_eq!(groups(&play).len(), 2);
    assert_eq!(event(&mut play), [Effect::Ring(BellRing::Warning)]);
    let notice = play.session.scene(play.now).notice.unwrap();
    assert!(
        !notice.as_str().contains("Ben"),
        "it is for everybody: {notice}"
    );
    event(&mut play);
    assert_eq!(title(&play), "all");
    assert!(groups(&play).is_empty());
    let took = (play.now.mono - begun.mono).as_secs();
    assert!((7 * 60..7 * 60 + 2).contains(&took), "{took}");
    // Where it does not come out even, nobody is left alone.
    let mut seven = with_people(&practice("one-two-four-all"), 7, 19);
    to_stage(&mut seven, "alone");
    event(&mut seven);
    let sizes: Vec<usize> = groups(&seven)
        .iter()
        .map(|group| {
            group
                .split([',', ' '])
                .filter(|word| names.contains(word))
                .count()
        })
        .collect();
    assert_eq!(sizes, [3, 2, 2]);
}

#[test]
fn each_half_has_words_of_its_own_at_the_same_time() {
    let mut play = with_people(&practice("fishbowl"), 7, 60);
    to_stage(&mut play, "the first half");
    let scene = play.session.scene(play.now);
    assert_eq!(groups(&play).len(), 2);
    let (inner, outer) = (scene.to, scene.whispers[0].to.clone());
    assert_eq!((inner.len(), outer.len()), (4, 3));
    assert!(inner.iter().all(|who| !outer.contains(who)));
    assert_eq!(event(&mut play), [Effect::Ring(BellRing::Warning)]);
    event(&mut play);
    assert_eq!(
        (title(&play).as_str(), groups(&play).len()),
        ("from outside", 0)
    );
    to_stage(&mut play, "the second half");
    let scene = play.session.scene(play.now);
    assert_eq!((scene.to, scene.whispers[0].to.clone()), (inner, outer));
    assert!(scene.prompt[0].as_str().starts_with("Now only listen"));
}

#[test]
fn a_name_in_a_round_stays_the_one_whose_turn_it_is() {
    let text = std::fs::read_to_string(folder().join("final-word.toml")).unwrap();
    let all = text
        .replace("  responder = \"A minute", "  all = \"A minute")
        .replace(
            "  presenter = \"Only listen. The final word is yours.\"\n",
            "",
        );
    assert_ne!(all, text);
    let checked = check("final-word", Source::new("final-word", all), &Practices);
    let mut play = at_ease(&Arc::new(checked.script.unwrap()), 56);
    to_stage(&mut play, "Ada's sentence");
    go_on(&mut play);
    for who in [1, 2, 3, 4, 0] {
        assert_eq!(to(&play), [who]);
        assert!(
            prompt(&play).ends_with("what Ada read?"),
            "{}",
            prompt(&play)
        );
        go_on(&mut play);
    }
}

#[test]
fn in_groups_one_of_each_has_a_turn_at_once() {
    let mut play = at_ease(&practice("troika"), 46);
    to_stage(&mut play, "think");
    event(&mut play);
    let mut clients: Vec<usize> = Vec::new();
    for _ in 0..3 {
        assert_eq!(groups(&play).len(), 2);
        let scene = play.session.scene(play.now);
        assert!(title(&play).ends_with(": the question"), "{}", title(&play));
        assert_eq!(scene.people.iter().filter(|seat| seat.floor).count(), 2);
        assert_eq!((scene.to.len(), scene.whispers[0].to.len()), (2, 4));
        clients.extend(scene.to);
        let begun = play.now;
        event(&mut play);
        assert_eq!(
            (title(&play).as_str(), to(&play).len()),
            ("make it clear", 4)
        );
        event(&mut play);
        assert_eq!(title(&play), "behind your back");
        event(&mut play);
        event(&mut play);
        assert_eq!(
            (title(&play).as_str(), to(&play).len()),
            ("of most value", 2)
        );
        event(&mut play);
        let took = (play.now.mono - begun.mono).as_secs();
        assert!((600..604).contains(&took), "{took}");
    }
    clients.sort_unstable();
    assert_eq!(clients, [0, 1, 2, 3, 4, 5]);
    assert_eq!(title(&play), "close");
    while !play.session.is_closed() {
        go_on(&mut play);
    }
    let outline = play.session.outline().unwrap();
    assert!(outline.whole && outline.loan.is_empty(), "{outline:?}");
    assert!(
        outline.turns.iter().all(|had| had / 1_000 == 120),
        "{:?}",
        outline.turns
    );
}

#[test]
fn a_ring_moves_on_by_itself_and_everybody_speaks_in_each_pair() {
    let mut play = at_ease(&practice("concentric-circles"), 34);
    to_stage(&mut play, "in pairs");
    let mut met = BTreeSet::new();
    for _ in 0..4 {
        let pairs = groups(&play);
        assert_eq!(pairs.len(), 4);
        let first = to(&play);
        event(&mut play);
        assert_eq!(
            groups(&play),
            pairs,
            "the pairs stay until both have spoken"
        );
        assert!(to(&play).iter().all(|who| !first.contains(who)));
        met.extend(pairs);
        event(&mut play);
    }
    assert_eq!(met.len(), 16, "nobody meets anybody twice");
    assert_eq!(title(&play), "close");
}

#[test]
fn whoever_passes_for_now_is_asked_again_at_the_end() {
    let mut play = with_people(&practice("mutual-invitation"), 5, 60);
    while !prompt(&play).ends_with("whom do you invite?") {
        go_on(&mut play);
    }
    let mut invited = Vec::new();
    let mut invite = |play: &mut Play, name: &str| {
        choose(play, name);
        invited.push(name.to_owned());
        assert!(
            prompt(play).starts_with("You are invited"),
            "{}",
            prompt(play)
        );
    };
    let speak = |play: &mut Play| {
        choose(play, "Yes");
        go_on(play);
        go_on(play);
    };
    invite(&mut play, "Cleo");
    choose(&mut play, "I pass");
    assert!(
        choices(&play).contains(&"Cleo".to_owned()),
        "{:?}",
        choices(&play)
    );
    for name in ["Ada", "Ben", "Dan", "Eve"] {
        invite(&mut play, name);
        speak(&mut play);
    }
    assert_eq!(choices(&play)[0], "Cleo");
    invite(&mut play, "Cleo");
    choose(&mut play, "I pass");
    assert_eq!(title(&play), "close", "a second pass is one");
    assert_eq!(invited, ["Cleo", "Ada", "Ben", "Dan", "Eve", "Cleo"]);
}

#[test]
fn either_passes_the_floor_as_often_as_they_like_until_the_time_is_over() {
    let mut play = at_ease(&practice("speaker-listener"), 34);
    while title(&play) != "the floor" {
        go_on(&mut play);
    }
    let begun = play.now;
    for nth in 0..30 {
        assert_eq!(floor(&play), ["Ada", "Ben"][nth % 2]);
        later(&mut play, if nth % 2 == 0 { 50 } else { 10 });
        go_on(&mut play);
    }
    while title(&play) == "the floor" {
        event(&mut play);
    }
    let took = (play.now.mono - begun.mono).as_secs();
    assert!((22 * 60..22 * 60 + 3).contains(&took), "{took}");
    while !play.session.is_closed() {
        go_on(&mut play);
    }
    let outline = play.session.outline().unwrap();
    assert!(
        outline.loan.is_empty(),
        "unequal shares are meant: {outline:?}"
    );
    assert!(outline.turns[0] > outline.turns[1] + 600_000);
}

#[test]
fn answers_are_given_unseen_and_shown_together_as_often_as_wanted() {
    let mut play = with_people(&practice("planning-poker"), 3, 20);
    to_stage(&mut play, "guess");
    for again in 0..3 {
        for nth in 0..3 {
            let scene = play.session.scene(play.now);
            assert!(scene.private && scene.list.is_empty());
            assert_eq!(scene.to, [nth]);
            choose(&mut play, ["1", "8", "13"][nth]);
        }
        let scene = play.session.scene(play.now);
        let shown = scene.list.iter().map(|item| item.words.to_string());
        assert_eq!(shown.collect::<Vec<_>>(), ["1", "8", "13"]);
        go_on(&mut play);
        if again == 0 {
            go_on(&mut play);
            choose(&mut play, "Yes");
        } else {
            choose(&mut play, "Once more");
        }
    }
}

#[test]
fn a_second_time_comes_only_after_everybody_had_the_chance_and_nothing_is_timed() {
    let mut play = with_people(&practice("worship-sharing"), 4, 75);
    let said = |play: &Play| {
        let scene = play.session.scene(play.now);
        assert!(scene.clock.is_none() && scene.ends.is_none());
    };
    let mut key = String::new();
    while !prompt(&play).starts_with("Who is ready") {
        said(&play);
        let scene = play.session.scene(play.now);
        let on = scene.leads_on().map(|offer| offer.says.to_string());
        key = on.unwrap_or_default();
        go_on(&mut play);
    }
    assert!(
        key.ends_with("whoever is next"),
        "nobody is named before it is asked: {key}"
    );
    choose(&mut play, "Dan");
    go_on(&mut play);
    go_on(&mut play);
    assert!(!choices(&play).contains(&"Dan".to_owned()));
    choose(&mut play, "Nobody else");
    assert_eq!(title(&play), "once more?");
    choose(&mut play, "Yes");
    assert!(
        choices(&play).contains(&"Dan".to_owned()),
        "{:?}",
        choices(&play)
    );
    choose(&mut play, "Nobody");
    choose(&mut play, "No");
    assert_eq!(title(&play), "close");
    assert!(
        play.session.pieces().iter().all(Vec::is_empty),
        "a plan without times"
    );
}

#[test]
fn a_line_of_a_list_is_chosen_by_its_number() {
    let mut play = at_ease(&practice("lean-coffee"), 30);
    for line in ["Tea", "Rain"] {
        let words = line.into();
        let write = Intent::Write { words };
        play.session.apply(write, play.now).unwrap();
    }
    play.session.apply(Intent::Pass, play.now).unwrap();
    assert_eq!(choices(&play), ["Tea", "Rain"]);
    assert!(
        play.session.scene(play.now).list.is_empty(),
        "not a second time"
    );
    choose(&mut play, "Rain");
    assert_eq!(
        (title(&play).as_str(), prompt(&play).as_str()),
        ("talk", "Rain")
    );
}

#[test]
fn the_facilitator_rotates_and_each_chooses_the_shape_of_their_time() {
    let mut play = at_ease(&practice("formation-group"), 120);
    event(&mut play);
    to_stage(&mut play, "Ada's time");
    assert_eq!(play.session.scene(play.now).whispers[0].to, [1]);
    choose(&mut play, "Reflections");
    go_on(&mut play);
    assert!(
        prompt(&play).starts_with("Ben and Cleo and Dan")
            || prompt(&play).contains("what did you hear")
    );
    go_on(&mut play);
    event(&mut play);
    assert_eq!(title(&play), "Ben's time");
    assert_eq!(play.session.scene(play.now).whispers[0].to, [2]);
    choose(&mut play, "Only");
    assert!(prompt(&play).starts_with("What would you like"));
}

#[test]
fn every_number_of_people_has_its_words_and_names_to_rehearse_with() {
    let most = usize::from(crate::script::MOST_PEOPLE);
    assert_eq!(words().home.who_more.len() + 2, most);
    assert_eq!(words().rehearsal.names.len(), most);
}

fn at_each(play: &Play) -> Vec<String> {
    let scene = play.session.scene(play.now);
    let rows = scene.list.iter().zip(&scene.rare.left);
    rows.map(|(item, left)| format!("{}: {}, {left}", item.lead, item.words))
        .collect()
}

fn noticed(play: &Play) -> String {
    let scene = play.session.scene(play.now);
    scene
        .notice
        .map(|says| says.to_string())
        .unwrap_or_default()
}

#[test]
fn each_group_has_a_clock_and_a_way_of_its_own_and_everybody_comes_back_together() {
    let script = practice("heard-seen-respected");
    let mut play = at_ease(&script, script.minutes);
    to_stage(&mut play, "in pairs");
    let pairs = at_each(&play);
    assert_eq!(pairs[0], "Ada and Ben: Ada, 7 minutes");
    assert_eq!(pairs.len(), 4);
    assert_eq!(play.session.planned_here().as_secs(), 14 * 60);
    // Two minutes later the second pair changes over: its clock begins anew, and no other one does.
    later(&mut play, 120);
    choose(&mut play, "Cleo and Dan: on to Dan");
    let pairs = at_each(&play);
    assert_eq!(pairs[0], "Ada and Ben: Ada, 5 minutes");
    assert_eq!(pairs[1], "Cleo and Dan: Dan, 7 minutes");
    let scene = play.session.scene(play.now);
    let floor = scene.people.iter().map(|seat| seat.floor);
    assert_eq!(
        floor.collect::<Vec<_>>(),
        [true, false, false, true, true, false, true, false]
    );
    // A bell says for whom it rings; the others go on.
    assert_eq!(event(&mut play), [Effect::Ring(BellRing::Warning)]);
    assert_eq!(
        noticed(&play),
        "Ada, Ben, Eve, Finn, Gwen and Hal: 1 minute left."
    );
    assert_eq!(event(&mut play), [Effect::Ring(BellRing::Over)]);
    assert!(
        noticed(&play).ends_with("Hal: the time is over."),
        "{}",
        noticed(&play)
    );
    assert_eq!(at_each(&play)[0], "Ada and Ben: Ada, over");
    // What stands still stands still for each.
    play.session.apply(Intent::Pause, play.now).unwrap();
    later(&mut play, 600);
    play.session.apply(Intent::GoOn, play.now).unwrap();
    assert_eq!(at_each(&play)[1], "Cleo and Dan: Dan, 2 minutes");
    // A wrong number is taken back, with the clock that it had.
    choose(&mut play, "Cleo and Dan: done");
    assert_eq!(at_each(&play)[1], "Cleo and Dan: done, ");
    play.session.apply(Intent::Back, play.now).unwrap();
    assert_eq!(at_each(&play)[1], "Cleo and Dan: Dan, 2 minutes");
    choose(&mut play, "Cleo and Dan: done");
    for (n, names) in [(0, "Ada and Ben"), (2, "Eve and Finn"), (3, "Gwen and Hal")] {
        choose(&mut play, &format!("{names}: on to"));
        choose(&mut play, &format!("{names}: done"));
        assert!(choices(&play)[n].ends_with("not done yet"));
    }
    let scene = play.session.scene(play.now);
    assert!(
        scene
            .prompt
            .iter()
            .any(|says| says.as_str().contains("back together"))
    );
    play.session.apply(Intent::GoOn, play.now).unwrap();
    assert_eq!(title(&play), "the same pairs");
    // Each has its own way through several questions.
    let script = practice("appreciative-interviews");
    let mut play = at_ease(&script, script.minutes);
    to_stage(&mut play, "interviews");
    choose(&mut play, "Cleo and Dan: on");
    let pairs = at_each(&play);
    assert!(pairs[0].contains("Ada: Tell of a time"), "{pairs:?}");
    assert!(
        pairs[1].contains("Cleo: What made it possible?"),
        "{pairs:?}"
    );
}

#[test]
fn groups_that_move_on_by_themselves_do_so_by_their_own_clocks() {
    let text = std::fs::read_to_string(folder().join("heard-seen-respected.toml")).unwrap();
    let text = text.replacen(
        "order    = \"ready\"",
        "order    = \"ready\"\nmoves-on = true",
        1,
    );
    let script = Arc::new(
        check("own", Source::new("own", text), &Practices)
            .script
            .unwrap(),
    );
    let mut play = at_ease(&script, script.minutes);
    to_stage(&mut play, "in pairs");
    let begun = play.now;
    later(&mut play, 60);
    choose(&mut play, "Cleo and Dan: on to Dan");
    let mut changed = Vec::new();
    while title(&play) == "in pairs" {
        event(&mut play);
        let gone = (play.now.mono - begun.mono).as_secs();
        changed.push((gone, noticed(&play)));
    }
    let second: Vec<u64> = changed
        .iter()
        .filter(|(_, says)| says.starts_with("Cleo"))
        .map(|(at, _)| *at)
        .collect();
    assert_eq!(second, [480], "{changed:?}");
    assert_eq!(changed.last().map(|(at, _)| *at), Some(840), "{changed:?}");
    assert_eq!(title(&play), "the same pairs");
}

#[test]
fn at_their_own_screens_people_move_their_own_group_on_and_no_other() {
    let script = practice("heard-seen-respected");
    let mut play = at_ease(&script, script.minutes);
    to_stage(&mut play, "in pairs");
    let who = crate::script::Who::at;
    let scene = play.session.scene_at(who(1), play.now);
    let says: Vec<&str> = scene.choices.iter().map(|one| one.says.as_str()).collect();
    assert_eq!(says, ["Ada and Ben: on to Ben"]);
    let other = Intent::Answer { n: 1 };
    assert!(!play.session.may_say(who(1), &other, play.now));
    assert!(play.session.may_say(who(2), &other, play.now));
}

#[test]
fn as_many_tell_as_the_script_has() {
    let script = practice("balint");
    let mut play = at_ease(&script, script.minutes);
    to_stage(&mut play, "who tells");
    let mut told = Vec::new();
    for _ in 0..60 {
        if choices(&play)
            .last()
            .is_some_and(|says| says.starts_with("Nobody"))
        {
            let name = choices(&play)[0].clone();
            choose(&mut play, &name);
            told.push(name);
        }
        if title(&play) == "close" {
            break;
        }
        go_on(&mut play);
    }
    assert_eq!(told.len(), 2, "{told:?}");
    assert_eq!(title(&play), "close");
}

/// A script for five with these stages before its closing.
fn five(minutes: u16, stages: &str) -> Arc<Script> {
    let text = format!(
        "format = 1\ntitle = \"Five\"\nsummary = \"Five people and what is tried.\"\npeople = 5\n\
         roles = [\"reader\", \"other\"]\nminutes = {minutes}\nceiling = \"notice\"\n{stages}\n\
         [[stage]]\nkind = \"closing\"\ntitle = \"close\"\nminutes = 5\n\
         [[stage.step]]\nall = \"What should be kept?\"\nkeep = true\n"
    );
    let checked = check("five", Source::new("five", text), &Practices);
    let told: Vec<String> = checked.problems.iter().map(|one| one.long()).collect();
    assert!(told.is_empty(), "{}", told.join("\n"));
    Arc::new(checked.script.unwrap())
}

/// What is said beside the prompt.
fn notice(play: &Play) -> String {
    let notice = play.session.scene(play.now).notice;
    notice.map_or_else(String::new, |notice| notice.to_string())
}

#[test]
fn a_lot_says_whom_it_drew_and_draws_nobody_twice() {
    let stages = r#"
[[stage]]
kind = "together"
title = "who"
minutes = 5
[[stage.step]]
all = "Who reads first?"
write = { as = "a", otherwise = "nobody", lot = true }
[[stage.step]]
all = "Who reads second?"
write = { as = "b", otherwise = "nobody", lot = true, people = true }
[[stage.step]]
all = "{a}, {b}"
"#;
    let script = five(10, stages);
    for seed in 0..20 {
        let mut play = Play::new(&script, 10, seed).unwrap();
        choose(&mut play, "Draw lots");
        let first = notice(&play);
        let names = choices(&play);
        assert_eq!(names.len(), 6, "{names:?}");
        choose(&mut play, "Draw lots");
        let drawn = prompt(&play);
        let (a, b) = drawn.split_once(", ").unwrap();
        assert_ne!(a, b);
        assert_eq!(first, format!("Chance says: {a}."));
        assert_eq!(notice(&play), format!("Chance says: {b}."));
        play.session.apply(Intent::Back, play.now).unwrap();
        assert_eq!(notice(&play), format!("So far it is: {b}."));
        choose(&mut play, a);
        assert_eq!(prompt(&play), format!("{a}, {a}"));
    }
}

#[test]
fn an_order_by_lot_is_drawn_in_the_first_stage_and_for_some() {
    let each = |some: &str| {
        format!(
            "[[stage]]\nkind = \"each\"\norder = \"lot\"\n{some}title = \"{{reader}} reads\"\nminutes = 3\n\
             [[stage.step]]\nreader = \"Read.\"\nother = \"Listen.\"\n"
        )
    };
    let mut orders = BTreeSet::new();
    for (script, minutes, goes) in [
        (five(20, &each("")), 20, 5),
        (five(14, &each("some = 3\n")), 14, 3),
    ] {
        for seed in 0..8 {
            let mut play = Play::new(&script, minutes, seed * 5).unwrap();
            let mut who = Vec::new();
            while title(&play) != "close" {
                assert!(title(&play).ends_with(" reads"), "{}", prompt(&play));
                who.push(title(&play));
                go_on(&mut play);
            }
            assert_eq!(who.len(), goes);
            orders.insert(who);
        }
    }
    assert!(orders.len() > 8, "{orders:?}");
}

#[test]
fn an_order_of_whoever_is_ready_is_asked_in_the_first_stage_too() {
    let stages = "[[stage]]\nkind = \"each\"\norder = \"ready\"\ntitle = \"{reader} reads\"\nminutes = 3\n\
                  [[stage.step]]\nreader = \"Read.\"\nother = \"Listen.\"\n";
    let mut play = Play::new(&five(20, stages), 20, 0).unwrap();
    choose(&mut play, "Dan");
    assert_eq!(title(&play), "Dan reads");
}

#[test]
fn what_each_wrote_in_a_round_is_everybodys_later() {
    let stages = r#"
[[stage]]
kind = "together"
title = "names"
minutes = 10
[[stage.step]]
all = "Whom do you name?"
round = true
write = { as = "named", otherwise = "nobody", people = true }
[[stage.step]]
all = "It is: {named}"
[[stage.step]]
all = "Look at it."
shows = "named"
[[stage.step]]
all = "You said {named}."
round = true
"#;
    let mut play = Play::new(&five(15, stages), 15, 0).unwrap();
    for name in ["Ben", "Ben", "Dan"] {
        choose(&mut play, name);
    }
    play.session.apply(Intent::Pass, play.now).unwrap();
    choose(&mut play, "Ada");
    let said = prompt(&play);
    let lines: Vec<&str> = said.trim_start_matches("It is: ").split(" · ").collect();
    assert_eq!(lines.len(), 4, "{said}");
    assert!(
        lines[0].ends_with(": Ben") && lines[3].ends_with(": Ada"),
        "{said}"
    );
    go_on(&mut play);
    let scene = play.session.scene(play.now);
    let shown: Vec<String> = scene
        .list
        .iter()
        .map(|item| item.words.to_string())
        .collect();
    assert_eq!(shown, lines);
    go_on(&mut play);
    assert_eq!(prompt(&play), "You said Ben.");
}

#[test]
fn time_that_is_shared_is_left_for_everybody() {
    let mut play = at_ease(
        &practice("speaker-listener"),
        practice("speaker-listener").minutes,
    );
    let mut labels = BTreeSet::new();
    for _ in 0..60 {
        if play.session.is_closed() {
            break;
        }
        let clock = play.session.scene(play.now).clock;
        labels.extend(clock.map(|clock| clock.label.to_string()));
        go_on(&mut play);
    }
    assert!(labels.contains("left for everybody"), "{labels:?}");
    assert!(!labels.contains("left in this turn"), "{labels:?}");
}

/// Lists that are named in a list stay in sight, and a number is never a line of theirs.
#[test]
fn lists_are_only_shown_where_their_names_are_a_list() {
    let stages = |shows: &str| {
        format!(
            r#"
[[stage]]
kind = "together"
title = "names"
minutes = 10
[[stage.step]]
all = "What is on the board?"
write = {{ as = "board", otherwise = "nothing", list = true }}
[[stage.step]]
all = "What changes?"
shows = {shows}
write = {{ as = "changes", otherwise = "no change", list = true }}
[[stage.step]]
all = "Who is it, then?"
shows = ["board", "changes"]
write = {{ as = "who", otherwise = "nobody", people = true }}
"#
        )
    };
    let write = |play: &mut Play, words: &str| {
        let words = words.into();
        play.session
            .apply(Intent::Write { words }, play.now)
            .unwrap();
    };
    let list = |play: &Play| {
        let scene = play.session.scene(play.now);
        let list = scene.list.iter();
        let list = list.map(|item| format!("{} {}", item.lead, item.words));
        list.collect::<Vec<_>>()
    };
    for (shows, seen, numbers) in [
        ("\"board\"", &[][..], &["tea", "cake"][..]),
        ("[\"board\"]", &["· tea", "· cake"][..], &[][..]),
    ] {
        let mut play = Play::new(&five(15, &stages(shows)), 15, 0).unwrap();
        write(&mut play, "tea");
        write(&mut play, "cake");
        play.session.apply(Intent::Pass, play.now).unwrap();
        assert_eq!(prompt(&play), "What changes?");
        assert_eq!(list(&play), seen);
        assert_eq!(choices(&play), numbers);
        write(&mut play, "no cake");
        play.session.apply(Intent::Pass, play.now).unwrap();
        assert_eq!(prompt(&play), "Who is it, then?");
        let all = ["board tea", "board cake", "changes no cake"];
        assert_eq!(list(&play), all);
        assert_eq!(choices(&play), ["Ada", "Ben", "Cleo", "Dan", "Eve"]);
    }
}

/// Pretend people choose a name where names are asked, and write what fits where it is said.
#[test]
fn what_pretend_people_write_fits_where_it_is_said() {
    let stages = r#"
[[stage]]
kind = "together"
title = "names"
minutes = 10
[[stage.step]]
all = "Who leads?"
write = { as = "leader", otherwise = "one of you", people = true }
[[stage.step]]
all = "For how long?"
write = { as = "term", otherwise = "one year" }
[[stage.step]]
all = "{leader} leads for {term}."
"#;
    let script = five(15, stages);
    let mut leads = BTreeSet::new();
    for seed in 0..60 {
        let mut play = Play::new(&script, 15, seed).unwrap();
        loop {
            if prompt(&play).contains(" leads for ") {
                leads.insert(prompt(&play));
            }
            if play.step().is_none() {
                break;
            }
        }
    }
    let fits = |said: &String| said.ends_with(" leads for one year.") && !said.contains("speak");
    assert!(leads.iter().all(fits) && leads.len() == 6, "{leads:?}");
}

/// Tables that are not all full move on as well, and nobody but the first one stays.
#[test]
fn in_a_ring_of_tables_everybody_but_the_first_moves_on() {
    let text = |people: usize| {
        let round = |n: usize| {
            format!(
                "[[stage]]\nkind = \"together\"\ntitle = \"round {n}\"\nminutes = 5\ngroups = 4\norder = \"ring\"\n\
                 [[stage.step]]\nall = \"Talk.\"\n"
            )
        };
        let stages = [round(1), round(2), round(3)].concat();
        format!(
            "format = 1\ntitle = \"Tables\"\nsummary = \"Tables of four.\"\npeople = {people}\n\
             roles = [\"host\", \"guest\"]\nminutes = 20\nceiling = \"notice\"\n{stages}\n\
             [[stage]]\nkind = \"closing\"\ntitle = \"close\"\nminutes = 5\n\
             [[stage.step]]\nall = \"What should be kept?\"\nkeep = true\n"
        )
    };
    for people in 8..=12 {
        let checked = check("tables", Source::new("tables", text(people)), &Practices);
        let script = Arc::new(checked.script.unwrap());
        let mut play = Play::new(&script, 20, 0).unwrap();
        let mut last: Vec<Vec<String>> = Vec::new();
        for round in 1..=3 {
            to_stage(&mut play, &format!("round {round}"));
            let tables = groups(&play);
            let people_at = |table: &String| {
                let (names, host) = table.split_once(" (").unwrap();
                assert_eq!(
                    host,
                    format!("{} stays)", names.split([',', ' ']).next().unwrap())
                );
                let names = names.replace(" and ", ", ");
                names.split(", ").map(str::to_owned).collect::<Vec<_>>()
            };
            let now: Vec<Vec<String>> = tables.iter().map(people_at).collect();
            assert_eq!(now.iter().map(Vec::len).sum::<usize>(), people, "{now:?}");
            for (was, is) in last.iter().zip(&now) {
                assert_eq!(was[0], is[0]);
                let stayed = was[1..].iter().filter(|who| is.contains(who)).count();
                // Of the fourth seats there may be one alone: nobody is there to change with.
                assert!(
                    stayed == 0 || was.len() > now.iter().map(Vec::len).min().unwrap(),
                    "{people}: {last:?} {now:?}"
                );
            }
            last = now;
        }
    }
}

/// Where each draws, everybody is drawn once, and nobody by themselves.
#[test]
fn where_each_draws_nobody_draws_themselves() {
    let stages = r#"
[[stage]]
kind = "together"
title = "names"
minutes = 10
[[stage.step]]
all = "Draw a name."
round = true
write = { as = "friend", otherwise = "nobody", lot = true }
[[stage.step]]
all = "Look."
shows = "friend"
"#;
    for seed in 0..10 {
        let mut play = Play::new(&five(15, stages), 15, seed).unwrap();
        for _ in 0..5 {
            choose(&mut play, "Draw lots");
        }
        let scene = play.session.scene(play.now);
        let lines: Vec<String> = scene
            .list
            .iter()
            .map(|item| item.words.to_string())
            .collect();
        let drawn: BTreeSet<&str> = lines
            .iter()
            .map(|line| line.split(": ").nth(1).unwrap())
            .collect();
        assert_eq!(drawn.len(), 5, "{lines:?}");
        let alone = |line: &String| line.split(": ").nth(1) == line.split(": ").next();
        assert!(!lines.iter().any(alone), "{lines:?}");
    }
}

/// A line is a name where a name is asked, and what each wrote in a round is seen by all of them in a later one.
#[test]
fn lines_that_are_shown_are_no_names_and_a_list_shows_everybodys() {
    let stages = r#"
[[stage]]
kind = "together"
title = "names"
minutes = 10
[[stage.step]]
all = "Whom do you name?"
round = true
write = { as = "named", otherwise = "nobody", people = true }
[[stage.step]]
all = "Do you change?"
round = true
shows = ["named"]
write = { as = "changed", otherwise = "no change", people = true }
[[stage.step]]
all = "Who is proposed?"
shows = "named"
write = { as = "proposed", otherwise = "nobody", people = true }
"#;
    let mut play = Play::new(&five(15, stages), 15, 0).unwrap();
    for _ in 0..5 {
        choose(&mut play, "Cleo");
    }
    for _ in 0..5 {
        assert_eq!(prompt(&play), "Do you change?");
        assert_eq!(play.session.scene(play.now).list.len(), 5);
        play.session.apply(Intent::Pass, play.now).unwrap();
    }
    assert_eq!(prompt(&play), "Who is proposed?");
    assert_eq!(choices(&play).len(), 5, "{:?}", choices(&play));
    assert_eq!(play.session.scene(play.now).list.len(), 5);
}

/// An answer with which a round goes on may name the step to which it leads, or leave that out.
#[test]
fn an_answer_that_leads_where_the_step_does_goes_on_with_the_round() {
    for (own, step) in [
        ("", ""),
        (", to = \"then\"", ""),
        ("", "to = \"then\"\n"),
        (", to = \"then\"", "to = \"then\"\n"),
    ] {
        let stages = format!(
            "[[stage]]\nkind = \"together\"\ntitle = \"x\"\nminutes = 10\n\
             [[stage.step]]\nall = \"Is it all right?\"\nround = true\n{step}\
             answers = [{{ says = \"Yes\"{own} }}, {{ says = \"No\", to = \"close\" }}]\n\
             [[stage.step]]\nid = \"then\"\nall = \"All said yes.\"\n"
        );
        let mut play = Play::new(&five(15, &stages), 15, 0).unwrap();
        for _ in 0..5 {
            assert_eq!(prompt(&play), "Is it all right?");
            choose(&mut play, "Yes");
        }
        assert_eq!(prompt(&play), "All said yes.");
    }
}

/// At a real pace everybody comes to the end, and what stands before a gate is read once.
#[test]
fn at_a_real_pace_nobody_ends_early() {
    for name in ["circle", "short-pair"] {
        let text = SHIPPED.script(name).unwrap();
        let script = Arc::new(check(name, text, &SHIPPED).script.unwrap());
        for seed in 0..12 {
            let mut play = Play::new(&script, script.minutes, seed)
                .unwrap()
                .at(Pace::Real);
            while play.step().is_some() {
                assert!(
                    play.session.scene(play.now).mood != SceneMood::Neutral,
                    "{name} seed {seed}"
                );
            }
        }
    }
}

fn write(play: &mut Play, words: &str) {
    let words = words.into();
    let told = play.session.apply(Intent::Write { words }, play.now);
    told.unwrap_or_else(|why| panic!("{}", why.0));
}

fn pass(play: &mut Play) {
    play.session.apply(Intent::Pass, play.now).unwrap();
}

fn passes(play: &Play) -> String {
    let scene = play.session.asked(play.now);
    let mut offers = scene.offers.iter();
    let pass = offers.find(|offer| offer.verb == Verb::Pass);
    pass.map(|offer| offer.says.to_string()).unwrap_or_default()
}

fn listed(play: &Play) -> Vec<String> {
    let scene = play.session.scene(play.now);
    let item = |item: &crate::session::scene::ListItem| format!("{} {}", item.lead, item.words);
    scene.list.iter().map(item).collect()
}

fn asked(play: &Play) -> Vec<String> {
    let scene = play.session.scene(play.now);
    let name = |at: &usize| scene.people[*at].name.to_string();
    scene.to.iter().map(name).collect()
}

/// What one of them wrote in their turn is what all the others answer, without those who have no go, in the order of the
/// script; and whoever was chosen for the case has the turn.
#[test]
fn all_the_others_answer_what_the_one_whose_turn_it_is_wrote() {
    let mut play = at_ease(&practice("peer-consulting"), 56);
    to_stage(&mut play, "casting");
    for _ in 0..5 {
        pass(&mut play);
    }
    assert_eq!(prompt(&play), "Whose case is it today?");
    choose(&mut play, "Dan");
    // Whoever has the case neither moderates nor writes.
    let names = |play: &Play| choices(play).join(" ");
    assert_eq!(names(&play), "Draw lots Ada Ben Cleo Eve");
    choose(&mut play, "Ben");
    assert_eq!(names(&play), "Draw lots Ada Cleo Eve");
    choose(&mut play, "Ada");
    assert_eq!(title(&play), "Dan tells", "nobody is asked who is ready");
    to_stage(&mut play, "key question");
    write(&mut play, "How do I say no?");
    choose(&mut play, "What is your headline");
    assert_eq!(title(&play), "consulting");
    let mut order = Vec::new();
    while prompt(&play) == "What is your headline for it?" {
        order.extend(asked(&play));
        assert_eq!(listed(&play), ["The question How do I say no?"]);
        go_on(&mut play);
    }
    assert_eq!(order, ["Cleo", "Eve", "Ada"], "the one who writes is last");
    write(&mut play, "Say it early");
    pass(&mut play);
    assert_eq!(title(&play), "what it was worth");
    let shown = ["The question How do I say no?", "An idea Say it early"];
    assert_eq!(listed(&play), shown);
    // In a later stage the same people are spoken to.
    assert_eq!(asked(&play), ["Dan"]);
}

/// Where the floor is another role's in a stage for everybody, a round is for those in that role, too.
#[test]
fn a_round_of_a_role_is_for_that_role_in_a_stage_for_everybody() {
    let stages = "[[stage]]\nkind = \"together\"\ntitle = \"x\"\nminutes = 10\nfloor = \"other\"\n\
                  [[stage.step]]\nother = \"What would you try, {reader}?\"\nreader = \"Only listen.\"\nround = true\n";
    let mut play = Play::new(&five(15, stages), 15, 0).unwrap();
    let mut order = Vec::new();
    while prompt(&play).starts_with("What would") {
        assert_eq!(prompt(&play), "What would you try, Ada?");
        let scene = play.session.scene(play.now);
        assert_eq!(scene.whispers.len(), 1);
        assert_eq!(scene.whispers[0].to, [0], "only the first one listens");
        order.extend(asked(&play));
        go_on(&mut play);
    }
    assert_eq!(order, ["Ben", "Cleo", "Dan", "Eve"]);
}

/// Where everybody answers on one screen, the role whose words these are answers, and nobody else.
#[test]
fn on_one_screen_the_role_that_has_the_floor_answers() {
    let stages = "[[stage]]\nkind = \"together\"\ntitle = \"x\"\nminutes = 10\n[[stage.step]]\nfloor = \"other\"\n\
                  other = \"What would you try, {reader}?\"\nreader = \"Only listen.\"\nround = true\ntogether = true\n\
                  write = { as = \"idea\", otherwise = \"nothing\" }\n[[stage.step]]\nall = \"Tried: {idea}\"\n";
    let mut play = Play::new(&five(15, stages), 15, 0).unwrap();
    let mut order = Vec::new();
    while prompt(&play).starts_with("What would") {
        assert_eq!(prompt(&play), "What would you try, Ada?");
        order.extend(asked(&play));
        write(&mut play, "a walk");
    }
    assert_eq!(order, ["Ben", "Cleo", "Dan", "Eve"]);
    let said = prompt(&play);
    assert_eq!(said.matches("a walk").count(), 4, "{said}");
    assert!(!said.contains("Ada: a walk"), "{said}");
}

/// Back at an earlier stage nothing old stands as an answer, and what is there can be kept or taken away.
#[test]
fn what_is_written_anew_begins_empty_and_what_is_there_can_be_taken_out() {
    let mut play = at_ease(&practice("integrative-decision"), 65);
    choose(&mut play, "Ben");
    choose(&mut play, "Cleo");
    write(&mut play, "Meet on Thursdays");
    let mut reacts = Vec::new();
    while !prompt(&play).starts_with("Ben, how would") {
        reacts.extend(asked(&play));
        go_on(&mut play);
    }
    assert_eq!(
        reacts,
        ["Ada", "Cleo", "Dan", "Ada", "Cleo", "Dan"],
        "not Ben"
    );
    assert_eq!(passes(&play), "It stays: on to Objections");
    choose(&mut play, "Take it out");
    assert_eq!(passes(&play), "Pass: on to Objections");
    write(&mut play, "Meet on Fridays");
    for name in ["Ada", "Cleo", "Dan", "Ben"] {
        assert_eq!(asked(&play), [name]);
        // The proposal is there to be read, and is no answer.
        assert_eq!(listed(&play), ["The proposal Meet on Fridays"]);
        assert!(choices(&play).is_empty(), "{:?}", choices(&play));
        match name {
            "Dan" => write(&mut play, "Fridays are bad"),
            _ => pass(&mut play),
        }
    }
    let both = [
        "The proposal Meet on Fridays",
        "An objection Dan: Fridays are bad",
    ];
    assert_eq!(listed(&play), both);
    choose(&mut play, "There is one");
    go_on(&mut play);
    write(&mut play, "Meet on Mondays");
    assert_eq!(title(&play), "objections");
    for _ in 0..4 {
        assert_eq!(passes(&play), "Pass");
        pass(&mut play);
    }
    assert_eq!(listed(&play)[1], "An objection none");
    choose(&mut play, "There is none");
    assert_eq!(listed(&play), ["The proposal Meet on Mondays"]);
}

/// What was left of earlier stages is there first when people go back; only the rest moves the end, as the map has it.
#[test]
fn going_back_moves_the_end_by_what_is_not_left() {
    let stages = "[[stage]]\nid = \"talk\"\nkind = \"together\"\ntitle = \"talk\"\nminutes = 20\n\
                  [[stage.step]]\nall = \"Talk.\"\n\
                  [[stage]]\nkind = \"together\"\ntitle = \"more\"\nminutes = 5\n\
                  [[stage.step]]\nall = \"One more round?\"\nto = \"done\"\n\
                  answers = [{ says = \"Yes\", to = \"talk\" }, { says = \"No\", to = \"done\" }]\n\
                  at-most = { visits = 9, then = \"done\" }\n";
    let mut play = Play::new(&five(30, stages), 30, 0).unwrap();
    let set = play.session.ends(play.now);
    later(&mut play, 300);
    go_on(&mut play);
    later(&mut play, 60);
    choose(&mut play, "Yes");
    // 15 minutes of the talk and 4 of the question were left; going back takes 25.
    let ends = play.session.ends(play.now);
    assert_eq!((set.later, ends.later), (0, 6));
    let way = play.session.way(play.now);
    let last = way.last().unwrap();
    let closes = u64::from(last.seconds / 60);
    let closes = i64::try_from(closes).unwrap();
    let begins = last.at.minute_of_day();
    assert_eq!(begins + closes, ends.at.minute_of_day(), "{last:?}");
}

/// In a round of consent a pass need be no yes: it goes on as the last answer does that goes on.
#[test]
fn whoever_passes_in_a_round_stands_aside_where_that_can_be_said() {
    let stages = "[[stage]]\nkind = \"together\"\ntitle = \"x\"\nminutes = 10\n\
                  [[stage.step]]\nall = \"Do you consent?\"\nround = true\n\
                  answers = [{ says = \"Yes\" }, { says = \"I object\", to = \"close\" }, { says = \"I stand aside\" }]\n\
                  [[stage.step]]\nall = \"So it is.\"\n";
    let mut play = Play::new(&five(15, stages), 15, 0).unwrap();
    for _ in 0..5 {
        assert_eq!(passes(&play), "Pass: same as 3");
        pass(&mut play);
    }
    assert_eq!(prompt(&play), "So it is.");
}

/// What is held after a turn is not made shorter by any plan.
#[test]
fn what_is_held_around_a_turn_keeps_its_minutes_in_every_plan() {
    let path = folder().join("peer-consulting.toml");
    let text = std::fs::read_to_string(path).unwrap();
    let held = text.replace("minutes  = 12\n", "minutes  = 12\nhold     = true\n");
    for (text, seconds) in [(text, 570), (held, 720)] {
        let checked = check("peer", Source::new("peer", text), &Practices);
        let script = Arc::new(checked.script.unwrap());
        let mut play = at_ease(&script, 45);
        to_stage(&mut play, "consulting");
        assert_eq!(play.session.planned_here().as_secs(), seconds);
    }
}
