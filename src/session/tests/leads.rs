//! No key ends anything that it did not name before.

use super::*;
use crate::rehearsal::Play;
use crate::session::scene::Verb;
use crate::session::state::State;

/// What is going on: which act, or which ending.
fn going_on(session: &Session) -> (usize, u8) {
    let kind = match session.state {
        State::MiniClose { .. } => 1,
        State::Stopped { .. } => 2,
        State::Closed(_) => 3,
        State::Aside { .. } => 4,
        State::Walking
        | State::Asides
        | State::More(_)
        | State::Same { .. }
        | State::WhoNext { .. }
        | State::Skipping { .. }
        | State::Held { .. } => 0,
    };
    (session.walk.act, kind)
}

#[test]
fn enter_says_beforehand_what_it_ends() {
    let w = &words().session;
    let bare = [
        &w.go_on,
        &w.pass,
        &w.resting,
        &w.leave_unsigned,
        &w.without_yes,
    ];
    let mut named = 0;
    for script in &scripts() {
        for seed in 0..60 {
            let mut play = Play::new(script, script.minutes, seed).expect("it fits");
            loop {
                let scene = play.session.scene(play.now);
                let offer = scene.leads_on().cloned();
                if let Some(offer) = offer
                    && matches!(play.session.state, State::Walking | State::Aside { .. })
                {
                    let mut next = play.session.clone();
                    let gone = next.apply(offer.intent(), play.now).is_ok();
                    if gone && going_on(&next) != going_on(&play.session) {
                        let plain = bare.iter().any(|word| offer.says.as_str() == **word);
                        let asked = scene.prompt.first().map_or("", |words| words.as_str());
                        assert!(!plain, "{}: {asked} ({})", script.name, offer.says);
                        named += 1;
                    }
                }
                if play.step().is_none() {
                    break;
                }
            }
        }
    }
    assert!(named > 1_000, "{named}");
}

/// Whether somebody marked something here themselves, so that Enter takes what is marked.
fn takes_marks(session: &Session) -> bool {
    let asked = session.asked_alone();
    asked.is_some_and(|(_, path)| {
        let several = StepState::ChoosingSeveral { on: Vec::new() };
        let asks = std::mem::discriminant(&path.doing) == std::mem::discriminant(&several);
        let marked = matches!(&path.doing, StepState::Supporting(setup) if setup.marked);
        marked || (asks && path.doing != several)
    })
}

/// Where something is asked, Enter answers, passes and ends nothing for anybody; the screen and the line face say what to
/// press. Where nothing is asked it goes on.
#[test]
fn enter_alone_answers_nothing_in_either_face() {
    use crate::line_ui::enter_says;
    use crate::tui::enter_shows;
    let mut asked = 0;
    for script in &scripts() {
        for seed in 0..6 {
            let mut play = Play::new(script, script.minutes, seed).expect("it fits");
            while !play.session.is_closed() {
                let scene = play.session.scene(play.now);
                let asks = !scene.choices.is_empty() || scene.field.is_some();
                // What somebody marked themselves is the one answer that Enter takes.
                let marked = asks && scene.offers.iter().any(|o| o.verb == Verb::GoOn);
                let can_mark = scene.choices.iter().any(|choice| choice.on.is_some());
                assert!(!marked || can_mark, "{}: {:?}", script.name, scene.prompt);
                let asks = asks && !marked;
                let before = play.session.clone();
                let gone = play.session.clone().apply(Intent::GoOn, play.now);
                if asks && takes_marks(&play.session) {
                    assert!(gone.is_ok(), "{}: {:?}", script.name, scene.prompt);
                } else if asks {
                    assert!(gone.is_err(), "{}: {:?}", script.name, scene.prompt);
                    let passes = scene.offers.iter().any(|o| o.verb == Verb::Pass);
                    assert!(passes, "{}: {:?}", script.name, scene.prompt);
                    // Words that stand in a field are what is marked there.
                    let field = scene.field.as_ref();
                    let stands = field.and_then(scene::InputField::initial).unwrap_or("");
                    let shown = Some("pass".to_owned()).filter(|_| !stands.is_empty());
                    let pass = scene.offers.iter().find(|o| o.verb == Verb::Pass);
                    let pass = pass.map_or("pass", |offer| offer.says.as_str());
                    for says in [shown.or_else(|| enter_shows(&scene)), enter_says(&scene)] {
                        let says = says.expect("it says what to press");
                        let told = says.contains("pass") || says.contains(pass);
                        assert!(told, "{}: {says}", script.name);
                    }
                    asked += 1;
                } else if !matches!(before.state, State::Closed(_)) {
                    assert!(gone.is_ok(), "{}: {:?}", script.name, scene.prompt);
                }
                if play.step().is_none() {
                    break;
                }
            }
        }
    }
    assert!(asked > 1_000, "{asked}");
}

/// Pressed by rhythm from the beginning, for an hour and more, Enter reaches no turn, no STOP, no closing, and keeps
/// nothing.
#[test]
fn enter_alone_comes_to_no_turn_no_stop_and_no_closing() {
    for script in &scripts() {
        let mut play = Play::new(script, script.minutes, 0).expect("it fits");
        for _ in 0..500 {
            play.now = play.now.later(Duration::from_secs(20));
            let _ = play.session.apply(Intent::TimePassed, play.now);
            let _ = play.session.apply(Intent::GoOn, play.now);
            let session = &play.session;
            assert_eq!(session.state, State::Walking, "{}", script.name);
            assert!(session.walk.turn.is_none(), "{}", script.name);
            assert!(session.walk.act + 1 < session.acts.len(), "{}", script.name);
            assert_eq!(going_on(session).1, 0, "{}", script.name);
            assert!(!session.signed, "{}", script.name);
        }
    }
}

/// Whoever is here alone is not spoken to as if there were others.
#[test]
fn a_pause_and_its_way_on_speak_to_one_person_where_there_is_one() {
    for script in &scripts() {
        let mut play = Play::new(script, script.minutes, 0).expect("it fits");
        while !play.session.can_pause() {
            assert!(play.step().is_some(), "{}", script.name);
        }
        play.session.apply(Intent::Pause, play.now).expect("pauses");
        let scene = play.session.scene(play.now);
        let all: Vec<_> = scene.prompt.iter().map(|words| words.as_str()).collect();
        let on = scene.leads_on();
        let said = format!("{} {}", all.join(" "), on.expect("a way on").says);
        let many = said.contains("together")
            && ["you are all", "you are both"]
                .iter()
                .any(|all| said.contains(all));
        assert_eq!(many, scene.people.len() > 1, "{}: {said}", script.name);
    }
}

/// Where it is about somebody's safety, nothing of the session stands beside it, in an aside no more than elsewhere.
#[test]
fn a_still_step_is_bare_wherever_it_is_asked() {
    let (mut walked, mut aside) = (0, 0);
    for script in &scripts() {
        for seed in 0..500 {
            let mut play = Play::new(script, script.minutes, seed).expect("it fits");
            while play.step().is_some() {
                let session = &play.session;
                let here = match &session.state {
                    State::Walking => Some((StepList::Act(session.walk.act), &session.walk.path)),
                    State::Aside { aside, path } => Some((StepList::Aside(*aside), path)),
                    State::Asides
                    | State::More(_)
                    | State::Same { .. }
                    | State::WhoNext { .. }
                    | State::Skipping { .. }
                    | State::Held { .. }
                    | State::Stopped { .. }
                    | State::MiniClose { .. }
                    | State::Closed(_) => None,
                };
                let Some((track, _)) = here.filter(|(track, path)| session.is_bare(*track, path))
                else {
                    continue;
                };
                let scene = session.scene(play.now);
                assert_eq!(scene.mood, scene::SceneMood::Neutral, "{}", script.name);
                assert!(scene.way.is_empty() && scene.people.is_empty() && scene.clock.is_none());
                assert!(scene.offers.iter().any(|offer| offer.verb == Verb::Stop));
                if matches!(track, StepList::Act(_)) {
                    walked += 1;
                } else {
                    aside += 1;
                }
            }
        }
    }
    assert!(walked > 20 && aside > 5, "{walked} and {aside}");
}
