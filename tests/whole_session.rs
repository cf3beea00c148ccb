//! A whole session of two people in a terminal of 80 by 24, from the first run to the way home.
#![cfg(unix)]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on says where"
)]

mod common;

use std::path::PathBuf;

use common::Home;
use common::pty::Terminal;

/// A key, or several, and what is seen then.
type Step = (&'static str, &'static [&'static str]);

/// From the first page to the first step of the session.
const BEFORE: &[Step] = &[
    ("\r", &["Not for everybody"]),
    ("\r", &["What would you like to do?"]),
    ("1", &["Who is here today?"]),
    ("1", &["What is one of you called?"]),
    ("Ada\r", &["And the second one?"]),
    ("Ben\r", &["What do you need today?", "A session as usual"]),
    (
        "2",
        &[
            "The plan",
            "Ada goes first.",
            "Ada's turn, 18 minutes",
            "Ben's turn, 18 minutes",
        ],
    ),
    (
        "1",
        &[
            "● Arrive",
            "▌ Ada",
            "How much strength do you have",
            "left for this",
            "Ends ",
            "s STOP",
        ],
    ),
];

const ARRIVING: &[Step] = &[
    ("5\r", &["◆ Ben", "How much strength do you have"]),
    (
        "6\r",
        &[
            "▌ Ada",
            "Ada, when only you can see or hear this: press Enter.",
        ],
    ),
    (
        "\r",
        &[
            "Go, short, or not today?",
            "1 Go 2 Short 3 Not today",
            "This is for Ada alone",
        ],
    ),
    (
        "1",
        &[
            "◆ Ben",
            "Ben, when only you can see or hear this: press Enter.",
        ],
    ),
    ("\r", &["This is for Ben alone"]),
    ("1", &["▌ Ada", "How stirred up are you", "0 1 2 3"]),
    ("3", &["[3]"]),
    ("\r", &["◆ Ben", "How stirred"]),
    (
        "4\r",
        &[
            "● Check-in",
            "▌ Ada · speaking",
            "feels closest: a mood",
            "◆ Ben · listening",
            "min left",
        ],
    ),
    // Where words can be typed, a number marks, and Enter takes it.
    ("1", &["▌ Ada · speaking", "› 1"]),
    (
        "\r",
        &["◆ Ben · speaking", "▌ Ada · listening", "feels closest"],
    ),
];

const AGREEING: &[Step] = &[
    ("2\r", &["● Agreement", "off limits today?", "1 Nothing"]),
    (
        "\r",
        &["Choose by number (1), or type a few words. Ctrl-G passes."],
    ),
    ("1\r", &["◆ Ben", "off limits today?"]),
    (
        "1\r",
        &[
            "We are adults and equals.",
            "1 [ ] Ada says yes",
            "[ ] Ben says yes",
        ],
    ),
    // A yes waits until the agreement was seen to its end.
    ("\r", &["more above"]),
    ("1", &["1 [x] Ada says yes", "[ ] Ben says yes"]),
    (
        "2",
        &["● Order", "Who goes first?", "Ada goes first, as proposed"],
    ),
    ("1", &["▌ Ada", "How would you like the other person"]),
    ("2", &["◆ Ben", "How would you like the other person"]),
    ("1", &["Can you give that today?", "Ada say back"]),
    (
        "1",
        &[
            "▌ Ada",
            "How long before the end",
            "[x] 3 minutes before the end",
        ],
    ),
    ("1", &["[x] 1 minute before the end"]),
    // What somebody marked themselves is taken by Enter; what is only proposed has to be chosen.
    ("\r", &["◆ Ben", "[ ] 1 minute before the end"]),
    ("\r", &["1–5 choose. p: No signs."]),
    ("5", &["▌ Ada", "if tears come?"]),
    ("1\r", &["◆ Ben", "if tears come?"]),
    ("\x07", &["How far may a turn go today?"]),
];

const ADAS_TURN: &[Step] = &[
    (
        "3",
        &[
            "● Ada's turn",
            "▌ Ada · turned inward",
            "This time is yours.",
            "◆ Ben · keeping company, say back",
            "Agreed: say back; a sign 3 and 1 minute before the end;",
            "left in this turn",
            "Ada's turn: 18 minutes, the same as Ben's.",
        ],
    ),
    ("\r", &["What in you would like some attention?"]),
    ("1", &["Where do you notice it"]),
    ("\r", &["Is it all right to be with it"]),
    ("1", &["How does this part show itself"]),
    (
        "1",
        &[
            "How do you feel toward this part now?",
            "It feels like me: I am in the middle of it",
        ],
    ),
    (
        "7",
        &[
            "[x] It feels like me: I am in the middle of it",
            "Go on with these",
        ],
    ),
    ("\r", &["Notice what it is like to say: a part of me"]),
    ("\r", &["Would this part be willing", "2 No, it stays"]),
    (
        "2",
        &[
            "Would it be willing",
            "Yes, and there is a little more room",
        ],
    ),
    (
        "m",
        &[
            "Would it be willing",
            "Ada, how much more would you like?",
            "1 1 minute",
        ],
    ),
    (
        "1",
        &[
            "1 minute more for Ada, if everybody says yes.",
            "The session still ends at",
            "[ ] Ada says yes",
        ],
    ),
    ("1", &["[x] Ada says yes", "[ ] Ben says yes"]),
    (
        "2",
        &["Would it be willing", "1 minute more.", "left in this turn"],
    ),
    (" ", &["Everything is paused.", "paused"]),
    (" ", &["Would it be willing", "left in this turn"]),
];

const ON_THE_WAY_HOME: &[Step] = &[
    (
        "2",
        &[
            "● Ada's turn",
            "▌ Ada · turned inward",
            "Would it be willing",
        ],
    ),
    ("2", &["Then it stays close."]),
    ("d", &["Slowly begin to finish.", "left in this turn"]),
    ("\r", &["need to be heard"]),
    ("\r", &["like you to come back?"]),
    ("1", &["write the promise down"]),
    (
        "\r",
        &["If something in you stepped aside", "enter End this turn"],
    ),
    ("\r", &["● Swap", "Stand up if you like."]),
    ("\r", &["▌ Ada", "How stirred"]),
    ("4\r", &["◆ Ben", "How stirred"]),
    ("3\r", &["Are you ready to swap roles?"]),
    (
        "1",
        &[
            "● Ben's turn",
            "◆ Ben · turned inward",
            "▌ Ada · keeping company, silent",
            "Ben's turn: 18 minutes",
            "left in this turn",
        ],
    ),
    ("\r", &["What in you would like some attention?"]),
    ("d", &["Slowly begin to finish.", "left in this turn"]),
    ("\r", &["need to be heard"]),
    ("\r", &["like you to come back?"]),
    ("2", &["If something in you stepped aside"]),
    (
        "\r",
        &[
            "● Reflection",
            "▌ Ada · speaking",
            "What helped you",
            "min left",
        ],
    ),
    ("\r", &["◆ Ben · speaking", "What helped you"]),
    (
        "\r",
        &["● Close", "still needs to be said?", "left for this"],
    ),
    ("\r", &["▌ Ada", "How stirred"]),
    ("4\r", &["◆ Ben", "How stirred"]),
    ("2\r", &["When will you meet again"]),
    (
        "1\r",
        &["ordinary thing", "What was said here stays here, with"],
    ),
    (
        "\r",
        &[
            "What should be kept from this session?",
            "1 The outline: date, script",
            "2 Nothing from today",
        ],
    ),
    ("1", &["Closed", "The session is closed.", "enter Home"]),
];

/// Words that belong to the session and to no other place.
const ITS_WORDS: &[&str] = &[
    "Ada",
    "ADA",
    "feel toward",
    "Slowly",
    "STOP",
    "session is closed",
];

fn walk(terminal: &mut Terminal, steps: &[Step]) {
    for (keys, words) in steps {
        terminal.press(keys, words);
    }
}

#[test]
fn two_people_from_the_first_run_to_the_end_and_back_next_week() {
    let home = Home::new();
    let mut terminal = Terminal::new(&home, &[], &[]);
    terminal.until(&["Before you begin", "stop at any time"], &[]);
    walk(&mut terminal, BEFORE);
    assert_eq!(home.logs().len(), 1);
    walk(&mut terminal, ARRIVING);
    walk(&mut terminal, AGREEING);
    walk(&mut terminal, ADAS_TURN);

    // After STOP nothing of the session is on the screen.
    terminal.press("s", &["Nobody has to explain.", "3 Go back"]);
    terminal.until(
        &["Everything is paused."],
        &["Ada", "Ben", "turn", "willing", "Ends"],
    );
    terminal.press(
        "3",
        &["It needs a yes from each of you", "[ ] Ada says yes"],
    );
    terminal.press("1", &["[x] Ada says yes", "[ ] Ben says yes"]);
    walk(&mut terminal, ON_THE_WAY_HOME);

    terminal.press("\r", &["Home", "What would you like to do?"]);
    terminal.press("q", &["Leave?"]);
    terminal.send("y");
    let (code, shown) = terminal.end();
    assert_eq!(code, 0, "{shown}");
    assert!(terminal.is_given_back());
    for word in ITS_WORDS {
        assert!(!shown.contains(word), "{shown}");
    }
    assert_eq!(home.logs(), Vec::<PathBuf>::new());
    what_was_chosen_is_kept(&home);
    next_week(&home);
}

fn what_was_chosen_is_kept(home: &Home) {
    let people = std::fs::read_to_string(home.data().join("people.toml")).unwrap();
    for kept in [
        "seen-notice = true",
        "\"Ada\"",
        "\"Ben\"",
        "standard-pair",
        "last-first = 0",
        "We are adults",
    ] {
        assert!(people.contains(kept), "{kept} in {people}");
    }
    assert!(!people.contains("loan ="), "both had the same: {people}");
    let record = std::fs::read_to_string(home.data().join("record.jsonl")).unwrap();
    let [_, outline] = record.lines().collect::<Vec<_>>()[..] else {
        panic!("{record}");
    };
    for kept in [
        r#""people":["Ada","Ben"]"#,
        r#""whole":true"#,
        r#""first":0"#,
        r#""kept":"outline""#,
    ] {
        assert!(outline.contains(kept), "{kept} in {outline}");
    }
}

/// The same two people again: at most four keys from the start of the program to the first step.
fn next_week(home: &Home) {
    let mut terminal = Terminal::new(home, &[], &[]);
    terminal.until(&["What would you like to do?"], &[]);
    let steps: &[Step] = &[
        ("\r", &["Who is here today?", "1 Ada and Ben"]),
        ("\r", &["Ben goes first: Ada was first last time."]),
        ("\r", &["● Arrive", "How much strength", "Ben's turn"]),
    ];
    assert!(steps.len() <= 4);
    walk(&mut terminal, steps);
    terminal.press("q", &["Leave?"]);
    terminal.send("y");
    let (code, shown) = terminal.end();
    assert_eq!(code, 0);
    assert!(shown.contains("start the program again"), "{shown}");
    assert_eq!(home.logs().len(), 1);
}
