#![allow(
    clippy::wildcard_enum_match_arm,
    reason = "whatever else is told is not what was asked for"
)]

use super::*;
use crate::tui::appearance::TerminalBackground;

fn ms(ms: u64) -> Duration {
    Duration::from_millis(ms)
}

fn plain(code: Code) -> TerminalEvent {
    TerminalEvent::Key(Key::plain(code).into())
}

fn typed(text: &str) -> Vec<TerminalEvent> {
    text.chars().map(|c| plain(Code::Char(c))).collect()
}

fn ctrl(c: char) -> TerminalEvent {
    let code = Code::Char(c);
    TerminalEvent::Key(Key { code, ctrl: true }.into())
}

/// Reads, each this long after the one before; and a second more at the end.
fn told(reads: &[(u64, &[u8])]) -> Vec<TerminalEvent> {
    let mut parser = Parser::default();
    let mut now = ms(10_000);
    let mut told = Vec::new();
    for (gap, bytes) in reads {
        let end = now + ms(*gap);
        while let Some(patience) = parser.patience(now).filter(|left| now + *left <= end) {
            now += patience;
            told.extend(parser.let_go(now));
        }
        now = end;
        told.extend(parser.take(bytes, now));
    }
    told.extend(parser.let_go(now + ms(1_000)));
    told
}

fn once(bytes: &[u8]) -> Vec<TerminalEvent> {
    told(&[(0, bytes)])
}

#[test]
fn keys_are_told_in_many_ways() {
    let f = |n| plain(Code::F(n));
    for (bytes, key) in [
        (&b"\r"[..], plain(Code::Enter)),
        (b"\x7f", plain(Code::Backspace)),
        (b"\t", plain(Code::Other)),
        (b"\x1b[Z", plain(Code::Other)),
        (b"\x1b", plain(Code::Esc)),
        (b"\x1b[27u", plain(Code::Esc)),
        (b"\x18", ctrl('x')),
        (b"\x00", ctrl(' ')),
        (b"\x1f", ctrl('_')),
        (b"\x1b[120;5u", ctrl('x')),
        (b"\x1b[27;5;120~", ctrl('x')),
        (b"\x1b[120;69u", ctrl('x')),
        (b"\x1b[A", plain(Code::Up)),
        (b"\x1bOA", plain(Code::Up)),
        (b"\x1b[1;2A", plain(Code::Up)),
        (b"\x1b[1;1:1A", plain(Code::Up)),
        (b"\x1b[3~", plain(Code::Delete)),
        (b"\x1b[3$", plain(Code::Delete)),
        (b"\x1b[7~", plain(Code::Home)),
        (b"\x1bOP", f(1)),
        (b"\x1b[[A", f(1)),
        (b"\x1b[11~", f(1)),
        (b"\x1b[P", f(1)),
        (b"\x1b[24~", f(12)),
        (b"\x1b[13~", f(3)),
        (b"\x1b[R", f(3)),
        (b"\x1b[1;2R", f(3)),
        (b"\x1b[57414u", plain(Code::Enter)),
        (b"\x1b[57401u", plain(Code::Char('2'))),
        ("ы".as_bytes(), plain(Code::Char('ы'))),
        ("\u{1f342}".as_bytes(), plain(Code::Char('\u{1f342}'))),
        (b"\x1b[<64;3;4M", TerminalEvent::Wheel { down: false }),
        (b"\x1b[<65;3;4M", TerminalEvent::Wheel { down: true }),
        (b"\x1b[<0;3;4M", TerminalEvent::Click(2, 3)),
    ] {
        assert_eq!(once(bytes), [key], "{:?}", String::from_utf8_lossy(bytes));
    }
    let alt = |bytes: &[u8]| match &once(bytes)[..] {
        [TerminalEvent::Key(press)] => (press.key, press.alt),
        other => panic!("{other:?}"),
    };
    let s = Key::plain(Code::Char('s'));
    for bytes in [
        &b"\x1bs"[..],
        b"\x1b[115;3u",
        b"\x1b[27;3;115~",
        b"\x1b[115;9u",
    ] {
        assert_eq!(alt(bytes), (s, true));
    }
    for bytes in [&b"\x1b\x18"[..], b"\x1b[120;7u"] {
        assert_eq!(
            alt(bytes).0,
            Key {
                code: Code::Char('x'),
                ctrl: true
            }
        );
    }
    assert_eq!(alt("\x1bы".as_bytes()), (Key::plain(Code::Char('ы')), true));
}

#[test]
fn a_function_key_with_alt_is_that_key_alone_and_two_esc_are_two() {
    let esc = || plain(Code::Esc);
    let press = Key::plain(Code::F(2)).into();
    let card = [TerminalEvent::Key(Press { alt: true, ..press })];
    for keys in [&b"\x1b\x1bOQ"[..], b"\x1b\x1b[12~", b"\x1b\x1b[[B"] {
        assert_eq!(once(keys), card, "{keys:?}");
        let split: Vec<(u64, &[u8])> = keys.chunks(1).map(|byte| (9, byte)).collect();
        assert_eq!(told(&split), card, "{keys:?}");
        // Pressed one after the other they are two.
        let (escape, key) = keys.split_at(1);
        assert_eq!(told(&[(0, escape), (90, key)]).len(), 2, "{keys:?}");
    }
    assert_eq!(once(b"\x1b\x1b"), [esc(), esc()]);
    assert_eq!(once(b"\x1b\x1b\x1bOQ"), [&[esc()], &card[..]].concat());
    assert_eq!(once(b"\x1b\x1b[A"), [esc(), plain(Code::Up)]);
    assert_eq!(once(b"\x1b\x1b[")[0], esc());
    assert_eq!(once(b"\x1b\x1bs")[0], esc());
    assert_eq!(once(b"\x1b\x1b[200~abc\x1b[201~"), [esc(), paste("abc")]);
}

#[test]
fn presses_repeats_and_releases_are_told_apart_where_the_terminal_tells_them() {
    let mut parser = Parser::default();
    parser.take(b"\x1b[?1u", ms(0));
    parser.keyboard = true;
    let kinds = |bytes: &[u8], parser: &mut Parser| -> Vec<PressKind> {
        let told = parser.take(bytes, ms(1)).into_iter();
        told.map(|told| match told {
            TerminalEvent::Key(press) => press.kind,
            other => panic!("{other:?}"),
        })
        .collect()
    };
    let stream = b"\x1b[120;5u\x1b[120;5:1u\x1b[120;5:2u\x1b[120;5:3u";
    assert_eq!(
        kinds(stream, &mut parser),
        [PressKind::Press, PressKind::Press, PressKind::Again]
    );
    assert_eq!(
        kinds(b"\x1b[1;1:2B\x1b[1;1:3B", &mut parser),
        [PressKind::Again]
    );
    assert_eq!(kinds(b"\r", &mut parser), [PressKind::Untold]);
    let told = parser.take(b"\x1b[1099::115;5u", ms(2));
    assert!(matches!(&told[..], [TerminalEvent::Key(press)] if press.base == Some('s')));
}

/// What terminals answer, asked or not.
const ANSWERS: [&[u8]; 15] = [
    b"\x1b]11;rgb:1818/1111/2020\x1b\\",
    b"\x1b]11;rgb:cccc/ffff/1111\x07",
    b"\x1b]10;rgb:1111/1111/1111\x1b\\",
    b"\x1b]4;1;rgb:1111/1111/1111\x1b\\",
    b"\x1b]52;c;c3RvcA==\x07",
    b"\x1b[?62;1;2;4c",
    b"\x1b[>1;10;0c",
    b"\x1b[=1c",
    b"\x1b[3;1R",
    b"\x1b[?1u",
    b"\x1b[?2026;2$y",
    b"\x1b[8;24;80t",
    b"\x1bP>|stop 1.2\x1b\\",
    b"\x1bP1+r544e=787465726d\x1b\\",
    b"\x1b_Gi=31;OK\x1b\\",
];

fn is_key(told: &TerminalEvent) -> bool {
    // The last letter of an unknown sequence may be STOP, and only that.
    matches!(told, TerminalEvent::Key(press) if !press.stray)
        || matches!(told, TerminalEvent::Paste(_) | TerminalEvent::Broken)
}

#[test]
fn no_byte_of_an_answer_becomes_a_key_whole_or_in_pieces_or_in_two_reads_far_apart() {
    for answer in ANSWERS {
        let about = String::from_utf8_lossy(answer).into_owned();
        let whole = once(answer);
        assert!(!whole.iter().any(is_key), "{about:?}: {whole:?}");
        let bytes: Vec<(u64, &[u8])> = answer.chunks(1).map(|byte| (20, byte)).collect();
        let pieces = told(&bytes);
        assert!(!pieces.iter().any(is_key), "{about:?}: {pieces:?}");
        for cut in 2..answer.len() {
            let (one, two) = answer.split_at(cut);
            let halves = told(&[(0, one), (400, two), (5_000, b"2")]);
            let keys: Vec<&TerminalEvent> = halves.iter().filter(|told| is_key(told)).collect();
            assert_eq!(keys, [&typed("2")[0]], "{about:?} at {cut}");
        }
    }
    // The rest of an answer about a colour, or of numbers, comes when nobody waits for it any more.
    for (one, two) in [
        (&b"\x1b]11;rgb:11"[..], &b"11/1111/1111\x1b\\"[..]),
        (b"\x1b]11;rgb:11", b"11/1111/1111\x07"),
        (b"\x1b[", b"3;1R"),
        (b"\x1b[?6", b"2;1c"),
    ] {
        let late = told(&[(0, one), (3_000, two), (500, b"1")]);
        assert_eq!(late, typed("1"), "{one:?}");
    }
    // Esc alone in its read: it goes back at most, and the rest is no key.
    let late = told(&[
        (0, b"\x1b"),
        (300, b"]11;rgb:11/11/11\x07"),
        (9, b"\x1b"),
        (90, b"[3;1R"),
    ]);
    let keys: Vec<&TerminalEvent> = late.iter().filter(|told| is_key(told)).collect();
    assert_eq!(keys, [&plain(Code::Esc), &plain(Code::Esc)]);
}

#[test]
fn answers_are_understood() {
    assert_eq!(
        once(ANSWERS[0]),
        [TerminalEvent::Ground(TerminalBackground::Dark)]
    );
    assert_eq!(once(ANSWERS[5]), [TerminalEvent::Fence]);
    assert_eq!(once(ANSWERS[9]), [TerminalEvent::Keyboard]);
    let mut parser = Parser {
        awaits_cursor: true,
        ..Parser::default()
    };
    let cursor = TerminalEvent::Cursor { row: 2, column: 3 };
    assert_eq!(parser.take(b"\x1b[2;3R", ms(0)), [cursor]);
}

/// What begins, and never ends.
const HALVES: [&[u8]; 17] = [
    b"\x1b",
    b"\x1b[",
    b"\x1b[1",
    b"\x1b[1;",
    b"\x1b[<0;3",
    b"\x1b[?",
    b"\x1b[M",
    b"\x1bO",
    b"\x1b]",
    b"\x1b]11;rgb:",
    b"\x1b]11;rgb:11/11",
    b"\x1bP",
    b"\x1bP>|x",
    b"\x1b_",
    b"\xc3",
    b"\xe2\x82",
    b"\xf0\x9f\x8d",
];

#[test]
fn nothing_half_swallows_what_protects_people() {
    for half in HALVES {
        let about = String::from_utf8_lossy(half).into_owned();
        // After a second everything is as if it had not been.
        let late = told(&[(0, half), (1_050, b"s")]);
        assert_eq!(late.last(), Some(&typed("s")[0]), "{about:?}");
        // Chords, Enter and function keys at once, in the same read too.
        for (key, is) in [
            (&b"\x18"[..], ctrl('x')),
            (b"\x13", ctrl('s')),
            (b"\x1bOQ", plain(Code::F(2))),
        ] {
            // Esc and a chord are that chord with Alt.
            let same = |told: Option<&TerminalEvent>| match (told, &is) {
                (Some(TerminalEvent::Key(press)), TerminalEvent::Key(wanted)) => {
                    press.key == wanted.key
                }
                (_, _) => false,
            };
            let apart = told(&[(0, half), (90, key)]);
            assert!(same(apart.last()), "{about:?} {key:?}: {apart:?}");
            let together = once(&[half, key].concat());
            assert!(same(together.last()), "{about:?} {key:?}: {together:?}");
        }
    }
    // `s` is found behind most of them at once; where it may be a part of what was begun, within a second.
    let found = |half: &[u8], gap| {
        let all = told(&[(0, half), (gap, b"s")]);
        all.iter().any(
            |told| matches!(told, TerminalEvent::Key(press) if press.key == Key::plain(Code::Char('s'))),
        )
    };
    for half in HALVES {
        let swallows = [&b"\x1b[M"[..], b"\x1bP>|x"].contains(&half);
        assert!(swallows || found(half, 100), "{half:?}");
        assert!(swallows || found(half, 0), "{half:?}");
    }
    // Pressed again and again, it gets through words that never end, however fast.
    let mut reads: Vec<(u64, &[u8])> = vec![(0, b"\x1bP>|x")];
    reads.extend([(100, &b"s"[..]); 12]);
    assert!(told(&reads).contains(&typed("s")[0]));
}

fn paste(text: &str) -> TerminalEvent {
    TerminalEvent::Paste(text.to_owned())
}

#[test]
fn a_paste_ends_at_its_mark_however_it_is_cut() {
    let whole = "\x1b[200~a\u{e4}1s\u{18}c\r\n\x1b[201~2".as_bytes();
    let is = [paste("a\u{e4}1s\u{18}c\r\n"), typed("2").remove(0)];
    assert_eq!(once(whole), is);
    for cut in 6..whole.len() {
        let (one, two) = whole.split_at(cut);
        assert_eq!(told(&[(0, one), (300, two)]), is, "{cut}");
    }
    // A letter of several bytes, and the mark, on the edge of a piece.
    let long = "\u{e4}".repeat(100_000);
    let mut bytes = b"\x1b[200~".to_vec();
    bytes.extend(long.as_bytes());
    bytes.extend(b"\x1b[201~s");
    let reads: Vec<(u64, &[u8])> = bytes.chunks(4_093).map(|read| (1, read)).collect();
    let all = told(&reads);
    assert_eq!(all.last(), Some(&typed("s")[0]));
    let text: String = all
        .iter()
        .filter_map(|told| match told {
            TerminalEvent::Paste(text) => Some(text.as_str()),
            _ => None,
        })
        .collect();
    assert!(text == long, "{} of {}", text.len(), long.len());
}

#[test]
fn a_paste_without_its_end_ends_by_itself_and_lets_chords_through_before() {
    let open = &b"\x1b[200~abc"[..];
    assert_eq!(
        told(&[(0, open), (800, b"s")]),
        [paste("abc"), typed("s").remove(0)]
    );
    // Somebody who presses STOP again and again is heard within a second.
    let mut reads = vec![(0, open)];
    reads.extend([(200, &b"s"[..]); 5]);
    assert_eq!(told(&reads)[1], typed("s").remove(0));
    for (key, is) in [
        (&b"\x18"[..], ctrl('x')),
        (b"\x13", ctrl('s')),
        (b"\x03", ctrl('c')),
        (b"\x1b[120;5u", ctrl('x')),
        (b"\x1b[27;5;120~", ctrl('x')),
        (b"\x1bOQ", plain(Code::F(2))),
    ] {
        assert_eq!(told(&[(0, open), (30, key)]), [paste("abc"), is]);
    }
    let three = [paste("abcdef"), ctrl('x'), ctrl('x'), ctrl('x')];
    assert_eq!(told(&[(0, open), (30, b"def\x18\x18\x18")]), three);
    // After a stall the rest of the paste and the key come together. What only edits or leaves stays text there.
    let stop = [paste("abcdef"), ctrl('s')];
    assert_eq!(told(&[(0, open), (30, b"def\x13")]), stop);
    let card = [paste("abcdef"), plain(Code::F(2))];
    assert_eq!(told(&[(0, open), (30, b"def\x1bOQ")]), card);
    let strokes = b"def\x1b[120;5u\x1b[120;5u\x1b[120;5u";
    assert_eq!(told(&[(0, open), (30, strokes)]), three);
    for text in ["def\x15", "def\x03", "def\x18", "\x13def"] {
        let whole = paste(&format!("abc{text}"));
        let reads = [(0, open), (30, text.as_bytes()), (30, b"\x1b[201~")];
        assert_eq!(told(&reads), [whole], "{text:?}");
    }
}

#[test]
fn a_long_paste_that_comes_slowly_stays_text_whatever_is_in_it() {
    let lines: [&[u8]; 6] = [
        b"\x1b[200~sc1\r",
        b"s1",
        b"c\rq",
        b"y11",
        b"sssc",
        b"12\x1b[201~1",
    ];
    for gap in [10, 300, 690, 1_500, 20_000] {
        let reads: Vec<(u64, &[u8])> = lines.into_iter().map(|line| (gap, line)).collect();
        let all = told(&reads);
        let keys: Vec<&TerminalEvent> = all
            .iter()
            .filter(|told| matches!(told, TerminalEvent::Key(_)))
            .collect();
        // Two letters alone, after a paste was let go, look like keys.
        let most = if gap > 700 { 3 } else { 1 };
        assert!(keys.len() <= most, "{gap}: {all:?}");
        assert_eq!(keys.last(), Some(&&typed("1")[0]));
    }
}

#[test]
fn noise_of_any_kind_leaves_no_key_deaf() {
    let mut chance = fastrand::Rng::with_seed(7);
    for _ in 0..2_000 {
        let noise: Vec<u8> = (0..chance.usize(0..60)).map(|_| chance.u8(..)).collect();
        let mut parser = Parser::default();
        let mut now = ms(0);
        for read in noise.chunks(chance.usize(1..20)) {
            now += ms(chance.u64(0..200));
            parser.take(read, now);
        }
        now += ms(1_100);
        parser.let_go(now);
        assert_eq!(parser.take(b"s", now), typed("s"), "{noise:?}");
    }
}
