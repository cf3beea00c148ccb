//! The line face against scripted conversations.

mod asking;
#[path = "../test_support/pretend_talk.rs"]
mod fake;

use std::sync::mpsc::channel;

use super::{InputLine, LineUiEnd, run};
use crate::session::intent::{BellRing, Intent};
use crate::session::scene::{BreathPace, InputField, Scene};
use fake::{
    By, Fake, Out, Step, answered, check_in, closed, converse, s, step, stopped, turn, with_notice,
};

#[test]
fn a_conversation_reads_like_this() {
    let steps = vec![
        step(By::Asked(Intent::GoOn), turn(720), vec![]),
        step(By::Time, turn(719), vec![]),
        Step {
            by: By::Time,
            scene: with_notice(180),
            bells: vec![BellRing::Warning],
            types: vec!["time", "land", "7", "leave", "no", "1"],
        },
        step(
            By::Asked(Intent::Answer { n: 0 }),
            answered(),
            vec!["STOP!"],
        ),
        step(By::Asked(Intent::Stop), stopped(), vec!["1."]),
        step(By::Asked(Intent::Answer { n: 0 }), closed(), vec![]),
    ];
    let (text, over, _) = converse(check_in(), &[""], steps);
    assert_eq!(over, LineUiEnd::Left(s("Be well.")));
    let expected = "\
Stage: check-in, until 20:12.
Both of you:
What went well this week?
One thing is enough.
Enter: go on.
You can type: pause, stop, leave, time, map, again, help.
> Stage: Ada's turn, until 20:30.
Ada, processing:
How do you feel toward this part, right now?
For Ben, witnessing, say back: Her words, or none.
1  warm, curious
2  annoyed
12 minutes until the landing.
pass: leaves it open.
Now also: land.
> 
A soft bell: 3 minutes left.
> Stage: Ada's turn, until 20:30.
3 minutes until the landing.
The session ends at 20:35.
> The landing comes by itself soon.
> That number is not there. Type help.
> Leave now? Type leave again, or Enter to stay.
> You are still here.
> Let it know that.
Enter: go on.
> You stopped. That is all right.
1  end here
Enter: stay here.
You can type: again, help.
> ";
    assert_eq!(text, expected);
}

#[test]
fn a_ticking_clock_says_nothing_and_a_repeated_scene_says_that_it_was_heard() {
    let steps = vec![
        step(By::Time, turn(119), vec![]),
        step(By::Time, turn(118), vec!["p"]),
        step(By::Asked(Intent::Pass), turn(117), vec![]),
    ];
    let (text, over, _) = converse(turn(120), &[], steps);
    assert_eq!(over, LineUiEnd::NoMoreInput);
    let (_, after) = text.split_once("\n> ").unwrap();
    assert_eq!(
        after,
        "Noted.\n> \nThere is no more input, so this ends here. Everything that was accepted is kept.\n"
    );
}

#[test]
fn a_breath_tells_its_pattern_once_and_its_seconds_never() {
    let breath = |says, second| Scene {
        pacer: Some(BreathPace {
            says: s(says),
            second,
            of: 4,
            pattern: s("In for 4 seconds, out for 6."),
        }),
        choices: Vec::new(),
        offers: check_in().offers,
        ..turn(300)
    };
    let steps = vec![
        step(By::Time, breath("in", 2), vec![]),
        step(By::Time, breath("out", 1), vec![""]),
        step(By::Asked(Intent::GoOn), answered(), vec![]),
    ];
    let (text, _, _) = converse(breath("in", 1), &[], steps);
    assert_eq!(text.matches("In for 4 seconds").count(), 1, "{text}");
    assert!(
        !text.contains("\nin\n") && !text.contains("\nout\n"),
        "{text}"
    );
}

#[test]
fn leaving_is_asked_once_more_and_then_done() {
    for yes in ["leave", "Quit", "yes"] {
        let steps = vec![step(By::Asked(Intent::Leave), closed(), vec![])];
        let (_, over, asked) = converse(check_in(), &["leave", yes], steps);
        assert_eq!(
            (over, asked),
            (LineUiEnd::Left(s("Be well.")), vec![Intent::Leave])
        );
    }
    let (text, _, asked) = converse(check_in(), &["leave", ""], Vec::new());
    assert!(text.contains("You are still here.") && asked.is_empty());
}

#[test]
fn a_number_that_was_meant_after_the_question_of_leaving_is_taken() {
    let steps = vec![step(By::Asked(Intent::Answer { n: 1 }), answered(), vec![])];
    let (_, _, asked) = converse(turn(9), &["leave", "2"], steps);
    assert_eq!(asked, [Intent::Answer { n: 1 }]);
}

#[test]
fn hostile_text_is_never_written_raw() {
    let hostile = "a\u{1b}[2J\u{9b}31m\u{7}\u{202e}b\rc\nd";
    let mut scene = turn(60);
    scene.title = s(hostile);
    scene.prompt = vec![s(hostile)];
    scene.people[0].name = s(hostile);
    scene.choices[0].says = s(hostile);
    scene.offers[0].says = s(hostile);
    scene.notice = Some(s(hostile));
    // The initial words of a field are the one text of a scene that is not clean by its type.
    scene.field = Some(InputField::Line {
        hidden: false,
        initial: hostile.to_owned(),
        hint: s(hostile),
        most: 5,
    });
    let (text, _, _) = converse(
        scene,
        &["/help", "/again", "/time", "/map", hostile],
        Vec::new(),
    );
    assert!(text.contains("a\u{fffd}[2J"));
    assert!(
        text.chars()
            .all(|c| crate::text::safe_text::forbidden(c).is_none())
    );
}

#[test]
fn a_standing_notice_is_told_once_and_promises_nothing_at_the_end() {
    let (send, receive) = channel();
    let out = Out::default();
    let mut fake = Fake {
        scene: check_in(),
        steps: vec![step(By::Asked(Intent::GoOn), turn(9), vec![])].into_iter(),
        keyboard: None,
        bells: Vec::new(),
        due: 0,
        rung: 0,
        standing: Some(s("The disk is full.")),
        out: out.clone(),
        asked: Vec::new(),
    };
    send.send(InputLine::Words(String::new())).unwrap();
    drop(send);
    assert_eq!(
        run(&mut fake, &receive, &mut out.clone(), &mut |_| {}).unwrap(),
        LineUiEnd::NoMoreInput
    );
    let text = out.text();
    assert_eq!(text.matches("Please note: The disk is full.").count(), 1);
    assert!(!text.contains("is kept"));
}
