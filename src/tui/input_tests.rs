use super::*;
use crate::tui::key::{Code, Key};

fn ms(ms: u64) -> Duration {
    Duration::from_millis(ms)
}

const ALL: TerminalQuery = TerminalQuery {
    any: true,
    ground: true,
    width: true,
};

#[test]
fn answers_count_once_and_in_time_and_the_fence_ends_the_wait() {
    let mut input = Input::new(ALL, ms(0));
    let first = b"\x1b[2;2R\x1b]11;rgb:ffff/ffff/ffff\x1b\\\x1b[?0u\x1b[?62c";
    let told = [
        InputEvent::Ground(TerminalBackground::Light),
        InputEvent::Keyboard,
        InputEvent::Answered,
    ];
    assert_eq!(input.read(first, ms(9)), told);
    assert_eq!(input.patience(ms(9)), None);
    assert_eq!(input.read(first, ms(20)), []);
    // One that never answers: after two seconds nothing of it counts.
    let mut input = Input::new(ALL, ms(0));
    assert_eq!(input.patience(ms(500)), Some(ms(1_500)));
    assert_eq!(input.rest(ms(2_000)), [InputEvent::Answered]);
    assert_eq!(input.read(first, ms(2_100)), []);
    // Nobody was asked.
    assert_eq!(Input::default().read(first, ms(5)), []);
}

#[test]
fn a_sign_that_is_two_columns_wide_is_noticed_however_the_terminal_counts() {
    for (answer, wide) in [
        (&b"\x1b[2;2R"[..], false),
        (b"\x1b[2;3R", true),
        // dvtm counts from zero.
        (b"\x1b[1;1R", false),
        (b"\x1b[1;2R", true),
    ] {
        let mut input = Input::new(ALL, ms(0));
        let wakes = input.read(answer, ms(5));
        assert_eq!(wakes == [InputEvent::Wide], wide, "{answer:?}");
        assert!(wide || wakes.is_empty());
        // From then on it is F3 with Shift again.
        assert!(matches!(
            input.read(answer, ms(9))[..],
            [] | [InputEvent::Key(_)]
        ));
    }
}

#[test]
fn the_quick_exit_is_heard_in_every_form_and_through_an_open_paste() {
    for stroke in [
        "\x18",
        "\x1b\x18",
        "\x1b[120;5u",
        "\x1b[27;5;120~",
        "\x1b[120;7u",
        "\x1b[27;6;88~",
        "\x1b[1095::120;5u",
        "\x1b[1095;5u",
        "\x1b[120;69u",
    ] {
        let stroke = stroke.as_bytes();
        let mut input = Input::default();
        input.read(stroke, ms(0));
        input.read(stroke, ms(300));
        assert_eq!(
            input.read(stroke, ms(600)),
            [InputEvent::Exit],
            "{stroke:?}"
        );
        let together = Input::default().read(&stroke.repeat(3), ms(0));
        assert_eq!(together.last(), Some(&InputEvent::Exit), "{stroke:?}");
        let mut input = Input::default();
        input.read(b"\x1b[200~abc", ms(0));
        for n in 1..4 {
            let wakes = input.read(stroke, ms(n * 250));
            assert_eq!(
                wakes.last() == Some(&InputEvent::Exit),
                n == 3,
                "{stroke:?} {n}: {wakes:?}"
            );
        }
    }
}

#[test]
fn what_is_in_doubt_comes_before_what_follows_it() {
    let key = |code| InputEvent::Key(Key::plain(code).into());
    let mut input = Input::default();
    assert_eq!(input.read(b"\r", ms(0)), [key(Code::Enter)]);
    assert_eq!(input.read(b"\r", ms(500)), []);
    assert_eq!(input.patience(ms(500)), Some(ms(120)));
    let both = [key(Code::Enter), key(Code::Char('1'))];
    assert_eq!(input.read(b"1", ms(550)), both);
    assert_eq!(input.read(b"1", ms(1_000)), []);
    assert_eq!(input.rest(ms(1_120)), [key(Code::Char('1'))]);
}

#[test]
fn where_signs_are_two_columns_wide_only_ascii_is_drawn_and_no_answer_chooses() {
    let script = crate::script::shipped().first().expect("a script");
    let play = crate::rehearsal::Play::new(script, script.minutes, 1).expect("it fits");
    let clock = crate::time::clock::TestClock::new(play.now);
    let mut program = crate::app::Program::seated(play.session.clone(), clock);
    let look = crate::tui::Appearance {
        ascii: false,
        ..crate::tui::Appearance::from_env(|_| None)
    };
    let mut hands = crate::tui::Hands::at(&mut program, look, (80, 24));
    hands.asks();
    assert!(!hands.screen().is_ascii());
    let before = hands.talk().scene();
    hands.sends(b"\x1b[2;");
    hands.passes(ms(300));
    hands.sends(b"3R\x1b]11;rgb:11");
    hands.passes(ms(3_000));
    hands.sends(b"11/1111/1111\x1b\\\x1b[?62;");
    hands.sends(b"1;2c");
    assert!(hands.screen().is_ascii(), "{}", hands.screen());
    assert!(hands.talk().scene() == before);
}
