//! Nobody is caught anywhere: at every moment that walks of every shipped script reach, STOP, the crisis card and the
//! quick exit work at once, by the keys and by the lines that people really type, whatever lies over the session.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use crate::app::{Controller, Program};
use crate::line_ui::{LineUiEnd, Voice};
use crate::rehearsal::{EVENING, Play};
use crate::script::{Script, shipped};
use crate::session::Session;
use crate::session::intent::Intent;
use crate::session::scene::{InputField, Scene, SceneChoice, SceneMood, Verb};
use crate::tests::parity::{Wanted, shape};
use crate::text::safe_text::SafeText;
use crate::text::words::{self, words};
use crate::time::clock::TestClock;
use crate::time::moment::Moment;
use crate::tui::{Appearance, Hands, exit_keys, keys_for, press_of, stop_keys};

/// How many walks there are of each script.
const SEEDS: u64 = 24;

/// The most bytes of one line, or of one paste.
const HELD: usize = 65_536;

/// What was on somebody's mind while they wrote.
pub(crate) const TYPED: &str = "wombat";

pub(crate) fn look() -> Appearance {
    Appearance {
        asks: false,
        ..Appearance::from_env(|_| None)
    }
}

/// Each moment that is of another shape than all before it.
fn moments(script: &Arc<Script>, mut look: impl FnMut(&Session, Moment)) -> usize {
    let mut seen = BTreeSet::new();
    for seed in 0..SEEDS {
        let mut play = Play::new(script, script.minutes, seed).unwrap();
        loop {
            let scene = play.session.scene(play.now);
            if !play.session.is_closed() && seen.insert(shape(&scene)) {
                look(&play.session, play.now);
            }
            if play.step().is_none() {
                break;
            }
        }
    }
    seen.len()
}

/// Whether there is something to stop. In the closing that follows a STOP there is nothing left.
pub(crate) fn stops(scene: &Scene) -> bool {
    scene.offers.iter().any(|offer| offer.verb == Verb::Stop)
}

/// The words of a question, as far as they would be known again.
fn words_of(scene: &Scene) -> Vec<String> {
    let prompt = scene.prompt.iter().map(SafeText::as_str);
    let choices = scene.choices.iter().map(|choice| choice.says.as_str());
    let all = prompt.chain(choices).map(str::to_owned);
    all.filter(|words| words.len() > 24).collect()
}

pub(crate) fn flat(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ")
}

/// Words are typed, where words can be typed.
pub(crate) fn begin_to_write(scene: &Scene, hands: &mut Hands<'_>) {
    if matches!(
        scene.field,
        Some(InputField::Line { .. } | InputField::Page { .. })
    ) {
        for letter in TYPED.chars() {
            hands.press(press_of(&letter.to_string()));
        }
    }
}

/// How STOP and the quick exit are really typed: in quotation marks, twice, behind an arrow key or half of one, wide.
pub(crate) const SPELLED: [(&str, &str); 6] = [
    ("\"stop\"", "exit-now"),
    ("stop stop", "exitnow"),
    ("\u{1b}[ASTOP!", "\u{1b}[D\u{1b}OHExit now."),
    ("\u{1b}[stop", "\u{1b}[exit now"),
    (
        "\u{ff53}\u{ff54}\u{ff4f}\u{ff50}",
        "\u{201c}exit now\u{201d} exit now",
    ),
    ("/stop", "/exit now"),
];

/// What lies over the session, as somebody brings it there.
pub(crate) const OVER: &[&[&str]] = &[&[], &["f1"], &["^c"], &["f2"]];

/// The screen that follows STOP has nothing of what was there, and is there with one picture.
fn assert_stopped(screen: &str, before: &[String], neutral: &Scene, about: &str) {
    let screen = flat(screen);
    for words in neutral.prompt.iter().take(1) {
        assert!(screen.contains(words.as_str()), "{about}\n{screen}");
    }
    let stays = words_of(neutral);
    for words in before.iter().filter(|words| !stays.contains(words)) {
        assert!(
            !screen.contains(words.as_str()),
            "{about}: {words}\n{screen}"
        );
    }
    assert!(!screen.contains(TYPED), "{about}\n{screen}");
}

fn by_keys(session: &Session, now: Moment, over: &[&[&str]]) {
    let scene = session.scene(now);
    let before = words_of(&scene);
    let clock = TestClock::new(now);
    let program = || {
        clock.set(now);
        Program::seated(session.clone(), clock.clone())
    };
    for over in over {
        let about = format!("{} under {over:?}", scene.title);
        let laid = |hands: &mut Hands<'_>| {
            begin_to_write(&scene, hands);
            hands.press_all(&over.iter().map(|key| press_of(key)).collect::<Vec<_>>());
        };
        if stops(&scene) {
            let mut program = program();
            let mut hands = Hands::at(&mut program, look(), (80, 24));
            laid(&mut hands);
            let stop = stop_keys(hands.context())[0];
            hands.press(stop);
            let neutral = hands.talk().scene();
            assert_eq!(neutral.mood, SceneMood::Neutral, "{about}");
            assert_stopped(&hands.screen(), &before, &neutral, &about);
            if let Some(clock) = neutral.clock {
                assert!(clock.held, "{about}");
            }
        }
        let mut program = program();
        let mut hands = Hands::at(&mut program, look(), (80, 24));
        laid(&mut hands);
        let stroke = exit_keys(hands.context())[0];
        for _ in 0..2 {
            hands.press(stroke);
            clock.pass(Duration::from_millis(200));
        }
        assert!(!hands.over, "{about}: two strokes are an accident");
        hands.written();
        hands.press(stroke);
        assert!(hands.over, "{about}: three strokes");
        let gone = String::from_utf8(hands.written()).unwrap();
        assert!(
            gone.contains("\u{1b}[?1049l") && !gone.contains(TYPED),
            "{about}"
        );
        let told = flat(&gone);
        assert!(before.iter().all(|words| !told.contains(words)), "{about}");
    }
    let mut program = program();
    let mut hands = Hands::at(&mut program, look(), (80, 24));
    begin_to_write(&scene, &mut hands);
    hands.press(press_of("f2"));
    let screen = flat(&hands.screen());
    assert!(
        screen.contains(first_of_the_card()),
        "{}\n{screen}",
        scene.title
    );
    assert!(!screen.contains(TYPED), "{}", scene.title);
}

/// What may have come before a key: nothing, a paste without its end, halves of what terminals send.
const BEFORE: [&[u8]; 6] = [
    b"",
    b"\x1b[200~wom",
    b"\x1b[1;",
    b"\x1b]11;rgb:",
    b"\x1b[<0;3",
    b"\xd1",
];

/// The quick exit's key, STOP's and the card's, as keyboards and lines send them: each works where words are typed, too.
/// Behind Esc, with what locks or shifts letters, with Alt, from other layouts, as terminals tell keys apart (kitty, xterm).
const STROKES: [&str; 11] = [
    "\x18",
    "\x1b\x18",
    "\x1b[120;5u",
    "\x1b[27;5;120~",
    "\x1b[1095;5u",
    "\x1b[1095::120;5u",
    "\x1b[120;6u",
    "\x1b[120;69u",
    "\x1b[27;6;88~",
    "\x1b[19~",
    "\x1b[19;5~",
];
const STOPS: [&str; 10] = [
    "\x13",
    "\x1b\x13",
    "\x1b[115;5u",
    "\x1b[27;5;115~",
    "\x1b[1099;5u",
    "\x1b[1099::115;5u",
    "\x1b[115;6u",
    "\x1b[115;69u",
    "\x1b[27;6;83~",
    "\x1bs",
];
const CARDS: [&str; 7] = [
    "\x1bOQ",
    "\x1b[12~",
    "\x1b[1;5Q",
    "\x1bc",
    "\x1b[Q",
    "\x1b[[B",
    "\x1b[1;129Q",
];
/// The same where keys are keys.
const BARE_STOPS: [&str; 9] = [
    "S",
    "ы",
    "σ",
    "ｓ",
    "ד",
    "\x1b[115;65u",
    "\x1b[1099::115u",
    "\x1b[27;2;83~",
    "Ы",
];
const BARE_CARDS: [&str; 5] = ["с", "ｃ", "C", "\x1b[99;129u", "\x1b[1089::99u"];

/// What the n-th state is tried with: what came before, and one key of each kind.
#[derive(Debug)]
pub(crate) struct Odd {
    before: &'static [u8],
    stroke: &'static str,
    pub(crate) stop: &'static str,
    pub(crate) card: &'static str,
}

impl Odd {
    pub(crate) fn nth(n: usize, bare: bool) -> Self {
        let bare = bare && n % 2 == 1 && BEFORE[n % BEFORE.len()] != BEFORE[1];
        let of = |all: &[&'static str]| all[n / 2 % all.len()];
        Self {
            before: BEFORE[n % BEFORE.len()],
            stroke: of(&STROKES),
            stop: of(if bare { &BARE_STOPS } else { &STOPS }),
            card: of(if bare { &BARE_CARDS } else { &CARDS }),
        }
    }

    /// As many as it takes until every key was tried.
    pub(crate) const ALL: usize = 2 * STROKES.len();

    /// Enter that opens a notebook, and in the same breath, before anything can be drawn, the quick exit or the card.
    pub(crate) fn while_it_opens(&self, exits: bool, hands: &mut Hands<'_>) {
        let key = if exits {
            self.stroke.repeat(3)
        } else {
            self.card.to_owned()
        };
        // In pasted text Esc and a letter are no key.
        let in_paste =
            self.before == BEFORE[1] && self.card.starts_with('\x1b') && self.card.len() == 2;
        let before = if in_paste { BEFORE[0] } else { self.before };
        hands.sends(&[b"\r", before, key.as_bytes()].concat());
    }

    /// One key behind what came before it, at once or after a stall.
    pub(crate) fn sends(&self, n: usize, key: &str, hands: &mut Hands<'_>) {
        hands.sends(self.before);
        let stall = if n.is_multiple_of(3) { 1_500 } else { 100 };
        hands.passes(Duration::from_millis(stall));
        hands.sends(key.as_bytes());
    }

    /// Three strokes of the quick exit: one after the other, or all at once after a stall.
    pub(crate) fn exits(&self, n: usize, hands: &mut Hands<'_>) {
        let three = self.stroke.repeat(3);
        if n.is_multiple_of(3) {
            hands.sends(self.before);
            hands.passes(Duration::from_millis(1_500));
            hands.sends(three.as_bytes());
        } else if self.before == BEFORE[1] || n % 3 == 1 {
            hands.sends(self.before);
            for _ in 0..3 {
                hands.passes(Duration::from_millis(150));
                hands.sends(self.stroke.as_bytes());
            }
        } else {
            hands.sends(&[self.before, three.as_bytes()].concat());
        }
    }
}

/// Whether keys are keys here.
pub(crate) fn is_bare(hands: &Hands<'_>) -> bool {
    use crate::tui::Context;
    !matches!(hands.context(), Context::Typing | Context::Writing)
}

/// STOP, the card and the quick exit as other keyboards, slow links and broken terminals send them, with one thing after the
/// other over the session.
fn by_bytes(session: &Session, now: Moment, n: usize) {
    let over = OVER[n / 5 % OVER.len()];
    let scene = session.scene(now);
    let before = words_of(&scene);
    let with = |work: &dyn Fn(&mut Hands<'_>, Odd, &str)| {
        let mut program = Program::seated(session.clone(), TestClock::new(now));
        let mut hands = Hands::at(&mut program, look(), (80, 24));
        begin_to_write(&scene, &mut hands);
        hands.press_all(&over.iter().map(|key| press_of(key)).collect::<Vec<_>>());
        let odd = Odd::nth(n, is_bare(&hands));
        let about = format!("{} under {over:?}: {n} {odd:?}", scene.title);
        work(&mut hands, odd, &about);
    };
    if stops(&scene) {
        with(&|hands, odd, about| {
            odd.sends(n, odd.stop, hands);
            let neutral = hands.talk().scene();
            assert_eq!(neutral.mood, SceneMood::Neutral, "{about}");
            assert_stopped(&hands.screen(), &before, &neutral, about);
        });
    }
    with(&|hands, odd, about| {
        odd.sends(n, odd.card, hands);
        let screen = flat(&hands.screen());
        assert!(screen.contains(first_of_the_card()), "{about}\n{screen}");
    });
    with(&|hands, odd, about| {
        hands.written();
        odd.exits(n, hands);
        assert!(hands.over, "{about}");
        let gone = String::from_utf8(hands.written()).unwrap();
        let (_, gone) = gone.split_once("\u{1b}[?1049l").expect("the screen goes");
        let seen = before.iter().any(|words| flat(gone).contains(words));
        assert!(!seen, "{about}");
    });
}

pub(crate) fn first_of_the_card() -> &'static str {
    words().safety.card_intro[0]
}

fn by_lines(session: &Session, now: Moment, most: usize) {
    let scene = session.scene(now);
    let about = scene.title.as_str();
    let before = words_of(&scene);
    let is_written = matches!(
        scene.field,
        Some(InputField::Line { .. } | InputField::Page { .. })
    );
    let slash = if is_written { "/" } else { "" };
    // With something begun, with the question whether to leave open, with the card over it.
    let over: [&[&str]; 4] = [
        &[],
        if matches!(scene.field, Some(InputField::Page { .. })) {
            &[TYPED]
        } else {
            &["help"]
        },
        if is_written { &["/leave"] } else { &["leave"] },
        if is_written {
            &["/crisis"]
        } else {
            &["crisis"]
        },
    ];
    for over in over.into_iter().take(most) {
        let with = |work: &dyn Fn(&mut Voice<'_>)| {
            let mut program = Program::seated(session.clone(), TestClock::new(now));
            Voice::with(&mut program, |voice| {
                for line in over {
                    voice.types(line);
                }
                work(voice);
            });
        };
        if stops(&scene) {
            with(&|voice| {
                let said = flat(&voice.types("stop"));
                let neutral = voice.talk().scene();
                assert_eq!(neutral.mood, SceneMood::Neutral, "{about}: {said}");
                assert_stopped(&said, &before, &neutral, about);
            });
        }
        with(&|voice| {
            let said = voice.types("exit now");
            assert_eq!(voice.over, Some(LineUiEnd::Gone), "{about}");
            assert_eq!(said, "", "{about}");
        });
    }
    as_it_is_spelled(session, now);
    let mut program = Program::seated(session.clone(), TestClock::new(now));
    Voice::with(&mut program, |voice| {
        let said = flat(&voice.types(&format!("\u{1b}[C{slash}crisis")));
        assert!(said.contains(first_of_the_card()), "{about}: {said}");
    });
}

/// STOP and the quick exit as people spell them, STOP's key, and the word that these people agreed on.
fn as_it_is_spelled(session: &Session, now: Moment) {
    let scene = session.scene(now);
    let about = scene.title.as_str();
    let with = |work: &dyn Fn(&mut Voice<'_>)| {
        let mut program = Program::seated(session.clone(), TestClock::new(now));
        Voice::with(&mut program, |voice| work(voice));
    };
    let (stop, exit) = SPELLED[about.len() % SPELLED.len()];
    let stopped = |typed: &str, voice: &mut Voice<'_>| {
        let said = flat(&if typed.is_empty() {
            voice.presses_stop()
        } else {
            voice.types(typed)
        });
        let neutral = voice.talk().scene();
        assert_eq!(
            neutral.mood,
            SceneMood::Neutral,
            "{about}: {typed:?} {said}"
        );
        assert_stopped(&said, &words_of(&scene), &neutral, about);
    };
    if stops(&scene) {
        with(&|voice| stopped(stop, voice));
        with(&|voice| stopped("", voice));
        with(&|voice| stopped(scene.stop_word.as_str(), voice));
    }
    with(&|voice| {
        assert_eq!(voice.types(exit), "", "{about}: {exit:?}");
        assert_eq!(voice.over, Some(LineUiEnd::Gone), "{about}: {exit:?}");
    });
}

/// Whatever field is open here takes as many letters as it takes, and says it of one more, in both faces, and so of more
/// bytes than are held; nothing of that is cut off or entered.
pub(crate) fn assert_nothing_is_cut(talk: &mut dyn Controller) {
    let scene = talk.scene();
    let (Some(InputField::Line { most, .. }) | Some(InputField::Page { most, .. })) = scene.field
    else {
        return;
    };
    let typed = "\u{436}".repeat(most + 1);
    let long = "x".repeat(HELD + 1);
    let in_bytes = |said: &str| {
        let [most, bytes] = [HELD, HELD + 1].map(|n| n.to_string());
        flat(said).contains(&format!("{most} bytes")) && said.contains(&bytes)
    };
    // A line is added to the lines that stand on a page.
    let stands = match &scene.field {
        Some(InputField::Page { initial, .. }) if !initial.is_empty() => {
            initial.chars().count() + 1
        }
        Some(_) | None => 0,
    };
    let with_line = (stands + most + 1).to_string();
    let (most, letters) = (most.to_string(), (most + 1).to_string());
    Voice::with(talk, |voice| {
        let said = flat(&voice.types(&typed));
        assert!(
            said.contains(&most) && said.contains(&with_line),
            "{}: {said}",
            scene.title
        );
        let said = voice.types(&long);
        assert!(in_bytes(&said), "{}: {said}", scene.title);
        assert_eq!(voice.talk().scene(), scene);
    });
    let mut hands = Hands::at(talk, look(), (80, 30));
    let enter = match scene.field {
        Some(InputField::Page { .. }) => "^d",
        Some(InputField::Line { .. } | InputField::Rating) | None => "enter",
    };
    // What stands there already goes first.
    hands.press(press_of("^u"));
    hands.pastes(&long);
    assert!(
        in_bytes(&hands.screen()),
        "{}: {}",
        scene.title,
        hands.screen()
    );
    hands.pastes(&typed);
    for enters in [false, true] {
        if enters {
            hands.press(press_of(enter));
        }
        let screen = flat(&hands.screen());
        let says = words::too_long(most.parse().unwrap(), letters.parse().unwrap()).unwrap();
        assert!(screen.contains(says.as_str()), "{}: {screen}", scene.title);
    }
    assert_eq!(hands.talk().scene(), scene);
}

#[test]
fn every_limit_of_typed_text_in_a_session_is_a_sentence_in_both_faces() {
    let mut fields = BTreeSet::new();
    for script in shipped() {
        moments(script, |session, now| {
            let Some(InputField::Line { most, hidden, .. } | InputField::Page { most, hidden, .. }) =
                session.scene(now).field
            else {
                return;
            };
            fields.insert((most, hidden));
            assert_nothing_is_cut(&mut Program::seated(session.clone(), TestClock::new(now)));
        });
    }
    // A line of an agreement, and what is said again on later screens.
    assert!(
        fields.contains(&(140, false)) && fields.contains(&(100, false)),
        "{fields:?}"
    );
}

/// From every moment of every fourth script, beginning with this one.
fn from_every_moment(first: usize) {
    let mut shapes = BTreeSet::new();
    for script in shipped().iter().skip(first).step_by(QUARTERS) {
        let mut agreed = false;
        let looked = moments(script, |session, now| {
            let scene = session.scene(now);
            agreed |= !matches!(scene.stop_word.as_str(), "" | "stop");
            let past = matches!(scene.mood, SceneMood::Neutral | SceneMood::Closing);
            assert!(stops(&scene) || past, "{}: no STOP", scene.title);
            // What lies over a moment is looked at once for each shape, whichever script brings it first.
            let is_new = shapes.insert(shape(&scene));
            by_keys(session, now, if is_new { OVER } else { &OVER[..1] });
            by_lines(session, now, if is_new { OVER.len() } else { 1 });
            if is_new {
                by_bytes(session, now, shapes.len());
            }
        });
        assert!(looked > 10, "{}: {looked} moments", script.name);
        let agrees = script.name == "first-meeting";
        assert!(agreed || !agrees, "nobody agreed on a word of their own");
    }
}

/// So many tests share the scripts, so that each processor has something to do.
const QUARTERS: usize = 4;

#[test]
fn from_every_moment_stop_the_card_and_the_quick_exit_work_at_once_in_both_faces() {
    from_every_moment(0);
}

#[test]
fn from_every_moment_of_the_second_quarter_of_the_scripts_they_work_too() {
    from_every_moment(1);
}

#[test]
fn from_every_moment_of_the_third_quarter_of_the_scripts_they_work_too() {
    from_every_moment(2);
}

#[test]
fn from_every_moment_of_the_last_quarter_of_the_scripts_they_work_too() {
    from_every_moment(3);
}

/// Neither the people in a rehearsal nor the seed matters here: the first question with answers of a session is answered
/// by a digit, and the session behind the program has moved on.
#[test]
fn what_is_pressed_reaches_the_session() {
    let script = shipped()
        .iter()
        .find(|script| script.name == "standard-pair");
    let mut play = Play::new(script.unwrap(), 60, 2).unwrap();
    let answers = |choice: &SceneChoice| matches!(choice.intent, Intent::Answer { .. });
    while !play.session.scene(play.now).choices.iter().any(answers) {
        play.step().expect("a question with answers");
    }
    let clock = TestClock::new(play.now);
    let mut program = Program::seated(play.session.clone(), clock);
    let mut hands = Hands::at(&mut program, look(), (80, 24));
    let before = hands.talk().scene();
    let choice = Wanted::Choice(before.choices.iter().position(answers).unwrap());
    hands.press_all(&keys_for(&before, &choice)[0]);
    assert!(hands.talk().scene().prompt != before.prompt);
}

/// Outside of a session too: on every page on the way to and into a notebook, and back where it was opened.
#[test]
fn the_card_opens_on_the_pages_before_a_notebook_is_open_and_closes_to_them() {
    let card = words().safety.card_title;
    let home = tempfile::tempdir().unwrap();
    let mut program = Program::at_the_door(home.path(), TestClock::new(EVENING));
    Voice::with(&mut program, |voice| {
        for line in [
            "",
            "",
            "3",
            "1",
            "Ada",
            "1",
            "four plain words here",
            "four plain words here",
        ] {
            let before = voice.talk().scene();
            voice
                .talk()
                .ask(Intent::Card)
                .expect("one word from anywhere");
            assert_eq!(
                voice.talk().scene().title.as_str(),
                card,
                "{}",
                before.title
            );
            voice.talk().ask(Intent::GoOn).expect("closes");
            assert_eq!(voice.talk().scene(), before);
            voice.types(line);
        }
        assert_eq!(voice.talk().scene().title.as_str(), "Ada's pages");
    });
}

/// A minute of everything that a held key sends, in a session that has begun: what goes on goes on once.
#[test]
fn a_held_key_goes_on_once() {
    let script = shipped()
        .iter()
        .find(|script| script.name == "standard-pair");
    for (key, seed) in [("\r", 2), ("\x1b[C", 2), ("1", 2), (" ", 3)] {
        let play = Play::new(script.unwrap(), 60, seed).unwrap();
        let program = || Program::seated(play.session.clone(), TestClock::new(play.now));
        let (mut once, mut held) = (program(), program());
        let mut hands = Hands::at(&mut once, look(), (80, 24));
        hands.sends(key.as_bytes());
        let after = hands.talk().scene();
        let mut hands = Hands::at(&mut held, look(), (80, 24));
        hands.sends(key.as_bytes());
        hands.passes(Duration::from_millis(500));
        for n in 0..90 {
            // The line stands still for a while, and then all comes at once.
            let stall = if n == 30 { 1_500 } else { 33 };
            hands.sends(key.repeat(if n == 31 { 45 } else { 1 }).as_bytes());
            hands.passes(Duration::from_millis(stall));
        }
        hands.passes(Duration::from_millis(500));
        assert!(hands.talk().scene() == after, "{key:?}: {}", hands.screen());
    }
}
