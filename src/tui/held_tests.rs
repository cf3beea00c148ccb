use super::*;
use crate::tui::key::Code;

fn ms(ms: u64) -> Duration {
    Duration::from_millis(ms)
}

/// Presses at these moments; how many strokes are missing in the end, and the fewest that ever were.
fn strokes(at: &[u64]) -> (u8, u8) {
    let mut strokes = Strokes::default();
    let (mut left, mut least) = (3, 3);
    for (n, now) in at.iter().enumerate() {
        let mut heard = strokes.take(PressKind::Untold, ms(10_000 + now));
        let next = at.get(n + 1).copied().unwrap_or(u64::MAX / 2);
        if strokes
            .patience(ms(10_000 + now))
            .is_some_and(|left| *now + left.as_millis() as u64 <= next)
        {
            heard = strokes.settle().or(heard);
        }
        left = heard.unwrap_or(left);
        least = least.min(left);
    }
    (left, least)
}

#[test]
fn three_within_five_seconds_and_not_otherwise() {
    for (at, left) in [
        (&[0, 1_000, 2_000][..], 0),
        (&[0, 2_000, 5_000], 0),
        (&[0, 2_000, 6_000], 1),
        (&[0, 2_000, 6_000, 7_000], 0),
        (&[0, 6_000, 12_000, 18_000], 2),
        (&[0, 300], 1),
    ] {
        assert_eq!(strokes(at).0, left, "{at:?}");
    }
}

#[test]
fn presses_count_however_they_arrive() {
    for at in [
        // In one write; after a stall; with an uneven line; as fast as anybody can.
        &[0, 0, 0][..],
        &[0, 3, 3],
        &[0, 40, 70],
        &[0, 100, 200],
        &[0, 90, 180, 270, 360],
        &[0, 500, 500],
        &[0, 500, 540],
        &[0, 400, 800],
    ] {
        assert_eq!(strokes(at).0, 0, "{at:?}");
    }
}

#[test]
fn a_key_that_is_held_down_is_one_stroke_however_long() {
    // The delay until it repeats, and the time between two repeats: X11, macOS, Windows, and others.
    for (first, every) in [
        (500, 33),
        (660, 40),
        (375, 90),
        (250, 33),
        (1_000, 30),
        (225, 25),
    ] {
        let at: Vec<u64> = [0]
            .into_iter()
            .chain((0..300).map(|n| first + n * every))
            .collect();
        let (left, least) = strokes(&at);
        assert!(left == 2 && least > 0, "{first} {every}: {left} {least}");
        // Let go, and pressed twice more: gone.
        let end = at.last().copied().unwrap();
        let gone: Vec<u64> = at[..20].to_vec();
        let end = gone.last().copied().unwrap().min(end);
        let gone = [gone, vec![end + 600, end + 1_200]].concat();
        assert_eq!(strokes(&gone).0, 0, "{first} {every}");
    }
}

#[test]
fn where_the_terminal_tells_them_repeats_never_count_and_presses_always_do() {
    let mut strokes = Strokes::default();
    assert_eq!(strokes.take(PressKind::Press, ms(0)), Some(2));
    for n in 0..100 {
        assert_eq!(strokes.take(PressKind::Again, ms(500 + n * 33)), None);
    }
    assert_eq!(strokes.take(PressKind::Press, ms(4_000)), Some(1));
    assert_eq!(strokes.take(PressKind::Press, ms(4_050)), Some(0));
}

/// How many presses and repeats a key makes that comes at these moments.
fn held(key: Key, at: &[u64]) -> (usize, usize) {
    let mut holds = Holds::default();
    let mut all = Vec::new();
    for now in at {
        if holds.patience(ms(*now)) == Some(Duration::ZERO) {
            all.extend(holds.settle());
        }
        all.extend(holds.take(key.into(), ms(*now)));
    }
    all.extend(holds.settle());
    assert_eq!(all.len(), at.len(), "none is lost");
    let again = all
        .iter()
        .filter(|press| press.kind == PressKind::Again)
        .count();
    (all.len() - again, again)
}

#[test]
fn a_held_key_is_pressed_once() {
    let enter = Key::plain(Code::Enter);
    for (first, every) in [(500, 33), (660, 40), (375, 90), (250, 33), (1_800, 30)] {
        let at: Vec<u64> = [0]
            .into_iter()
            .chain((0..90).map(|n| first + n * every))
            .collect();
        assert_eq!(held(enter, &at), (1, 90), "{first} {every}");
    }
    // After a stall of the line all of it comes at once.
    let at: Vec<u64> = [0]
        .into_iter()
        .chain([1_500; 30])
        .chain((0..9).map(|n| 1_533 + n * 33))
        .collect();
    assert_eq!(held(enter, &at), (1, 39));
    // Pressed one after the other, each counts.
    for at in [&[0, 500, 1_000][..], &[0, 150, 300], &[0, 3_000, 6_000]] {
        assert_eq!(held(enter, at), (3, 0), "{at:?}");
    }
}

#[test]
fn stop_and_the_card_wait_for_nothing_and_two_ctrl_c_in_a_stall_are_two() {
    for code in [Code::Char('s'), Code::Char('ы'), Code::F(2)] {
        let mut holds = Holds::default();
        for now in [0, 500, 1_000] {
            assert_eq!(holds.take(Key::plain(code).into(), ms(now)).len(), 1);
        }
    }
    let ctrl_c = Key {
        code: Code::Char('c'),
        ctrl: true,
    };
    assert_eq!(held(ctrl_c, &[0, 0]), (2, 0));
    assert_eq!(held(ctrl_c, &[0, 500, 533, 566]), (1, 3));
}
