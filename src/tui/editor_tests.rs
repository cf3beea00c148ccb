//! Every way to change words, with letters that are more than one character.

use super::*;

fn line(initial: &str, most: usize) -> TextEditor {
    TextEditor::line(initial, most, false)
}

fn page(initial: &str) -> TextEditor {
    TextEditor::page(initial, 10_000, false)
}

fn press(editor: &mut TextEditor, key: Key) -> bool {
    editor.press(
        key,
        PageWindow {
            columns: 10,
            rows: 4,
        },
    )
}

fn keys(editor: &mut TextEditor, codes: &[Code]) {
    for code in codes {
        assert!(press(editor, Key::plain(*code)), "{code:?}");
    }
}

fn ctrl(letter: char) -> Key {
    Key {
        code: Code::Char(letter),
        ctrl: true,
    }
}

fn types(editor: &mut TextEditor, text: &str) {
    for letter in text.chars() {
        let code = if letter == '\n' {
            Code::Enter
        } else {
            Code::Char(letter)
        };
        press(editor, Key::plain(code));
    }
}

#[test]
fn backspace_takes_a_letter_as_a_reader_counts_them() {
    for mut editor in [line("a👩‍👩‍👧é", 40), page("a👩‍👩‍👧é")] {
        keys(&mut editor, &[Code::Backspace]);
        assert_eq!(editor.words(), "a👩‍👩‍👧");
        keys(&mut editor, &[Code::Backspace]);
        assert_eq!(editor.words(), "a");
        keys(&mut editor, &[Code::Home, Code::Delete, Code::Delete]);
        assert_eq!(editor.words(), "");
    }
}

#[test]
fn a_mark_that_is_typed_joins_its_letter() {
    let mut editor = page("");
    types(&mut editor, "e\u{301}x");
    keys(&mut editor, &[Code::Left, Code::Left]);
    assert_eq!(editor.caret(), 0);
    types(&mut editor, "🇫");
    // A flag has two halves: with the second one the caret stands behind the flag, not within it.
    types(&mut editor, "🇷");
    keys(&mut editor, &[Code::Left]);
    assert_eq!(editor.caret(), 0);
}

#[test]
fn what_was_typed_deleted_or_pasted_can_be_taken_back_and_made_again() {
    let mut editor = line("as before", 80);
    types(&mut editor, " and now");
    press(&mut editor, ctrl('u'));
    assert_eq!(editor.words(), "");
    assert!(editor.paste("pasted words"));
    let states = [
        "pasted words",
        "",
        "as before and now",
        "as before and",
        "as before",
    ];
    for state in &states[1..] {
        press(&mut editor, ctrl('7'));
        assert_eq!(editor.words(), *state);
    }
    // What stood there at first stays.
    press(&mut editor, ctrl('_'));
    assert_eq!(editor.words(), "as before");
    for state in states[..4].iter().rev() {
        press(&mut editor, ctrl('y'));
        assert_eq!(editor.words(), *state);
    }
    press(&mut editor, ctrl('7'));
    types(&mut editor, "x");
    press(&mut editor, ctrl('y'));
    assert_eq!(editor.words(), "x", "a new change ends what was taken back");
}

#[test]
fn what_can_be_taken_back_is_bounded() {
    let mut editor = line("", 20);
    for _ in 0..MOST_CHANGES * 2 {
        types(&mut editor, "a");
        press(&mut editor, Key::plain(Code::Backspace));
    }
    assert_eq!(editor.before.len(), MOST_CHANGES);
    for _ in 0..MOST_CHANGES * 2 {
        press(&mut editor, ctrl('7'));
    }
    assert!(editor.before.is_empty());
    let mut editor = TextEditor::page("", MOST_BYTES, false);
    assert!(editor.paste(&"x".repeat(MOST_HELD / 2)));
    let fit = MOST_BYTES / (MOST_HELD / 2);
    for _ in 0..fit {
        assert!(editor.paste("y"));
        press(&mut editor, Key::plain(Code::Backspace));
    }
    assert!(editor.before.len() <= fit, "{}", editor.before.len());
    assert!(!editor.paste(&"y".repeat(MOST_HELD)), "more than is held");
    assert_eq!(editor.words().len(), MOST_HELD / 2);
}

#[test]
fn a_paste_into_a_line_becomes_one_clean_line_and_into_a_page_clean_lines() {
    let hostile = "a\r\nb\u{1b}[31m\u{202e}c\td\re";
    let mut one = line("", 40);
    assert!(one.paste(hostile));
    assert_eq!(one.words(), "a b\u{fffd}[31m\u{fffd}c d e");
    let mut many = page("");
    assert!(many.paste(hostile));
    assert_eq!(many.words(), "a\nb\u{fffd}[31m\u{fffd}c d\ne");
    for wrong in ['\u{7}', '\u{1b}', '\u{202e}', '\t', '\r'] {
        types(&mut many, &wrong.to_string());
    }
    assert_eq!(many.words(), "a\nb\u{fffd}[31m\u{fffd}c d\ne");
}

#[test]
fn no_more_letters_than_asked_for() {
    let mut editor = line("xxxxx", 5);
    keys(&mut editor, &[Code::Home, Code::Char('y')]);
    assert_eq!(editor.words(), "xxxxx");
    keys(&mut editor, &[Code::Delete, Code::Char('y')]);
    assert_eq!(editor.words(), "yxxxx");
    let mut editor = TextEditor::page("", 4, false);
    types(&mut editor, "ab\ncd");
    assert_eq!(editor.words(), "ab\nc");
    assert_eq!(editor.wanted(), 5, "what was not taken is told once");
    assert_eq!(editor.wanted(), 4);
}

#[test]
fn what_stands_there_and_what_is_pasted_is_never_cut() {
    let long = "ж".repeat(163);
    let mut editor = line(&long, 140);
    assert_eq!((editor.wanted(), editor.words()), (163, long.as_str()));
    let mut editor = line("", 140);
    assert!(editor.paste(&long));
    assert_eq!((editor.wanted(), editor.words()), (163, long.as_str()));
}

#[test]
fn the_caret_stays_in_the_window() {
    for hidden in [false, true] {
        let mut editor = TextEditor::line(&"wörd ".repeat(20), 200, hidden);
        let (shown, caret) = editor.window(20);
        assert!(caret < 20 && shown.width() < 20, "{caret} {shown}");
        keys(&mut editor, &[Code::Home]);
        assert_eq!(editor.window(20).1, 0);
        assert_eq!(editor.window(20).0.contains('w'), !hidden);
    }
}

#[test]
fn a_hidden_line_shows_as_many_marks_as_it_has_letters() {
    let mut editor = TextEditor::line("", 80, true);
    types(&mut editor, "é👩‍👩‍👧日");
    assert_eq!(editor.window(20), (MARK.repeat(3), 3));
    assert_eq!(format!("{editor:?}"), "Editor(23 bytes)");
}

#[test]
fn up_and_down_go_over_the_rows_that_are_seen_and_keep_their_column() {
    let mut editor = page("one two three\nx\nfour five six");
    // Rows of ten columns: "one two", "three", "x", "four five", "six".
    keys(&mut editor, &[Code::Up, Code::Up]);
    types(&mut editor, "|");
    assert_eq!(editor.words(), "one two three\nx|\nfour five six");
    keys(
        &mut editor,
        &[Code::Backspace, Code::Up, Code::End, Code::Up],
    );
    types(&mut editor, "|");
    assert_eq!(editor.words(), "one t|wo three\nx\nfour five six");
    keys(
        &mut editor,
        &[Code::Backspace, Code::Down, Code::Down, Code::Down],
    );
    types(&mut editor, "|");
    assert_eq!(editor.words(), "one two three\nx\nfour |five six");
    keys(&mut editor, &[Code::Backspace, Code::PageUp, Code::Home]);
    assert_eq!(editor.caret(), 0);
    keys(
        &mut editor,
        &[Code::PageDown, Code::PageDown, Code::Down, Code::End],
    );
    assert_eq!(editor.caret(), editor.words().len());
    keys(
        &mut editor,
        &[Code::Up, Code::Up, Code::Up, Code::Up, Code::Up],
    );
    assert_eq!(editor.caret(), 0);
}

#[test]
fn a_word_and_a_line_are_taken_out_whole() {
    let mut editor = page("first line\nsecond, a longer one\nlast");
    keys(&mut editor, &[Code::Up]);
    press(&mut editor, ctrl('e'));
    press(&mut editor, ctrl('w'));
    assert_eq!(editor.words(), "first line\nsecond, a longer \nlast");
    press(&mut editor, ctrl('u'));
    assert_eq!(editor.words(), "first line\n\nlast");
    keys(&mut editor, &[Code::Backspace]);
    press(&mut editor, ctrl('a'));
    press(&mut editor, ctrl('k'));
    assert_eq!(editor.words(), "\nlast");
}

#[test]
fn any_keys_in_any_order_leave_the_caret_between_two_letters() {
    let mut random = fastrand::Rng::with_seed(4);
    let codes = [
        Code::Left,
        Code::Right,
        Code::Up,
        Code::Down,
        Code::Home,
        Code::End,
        Code::PageUp,
        Code::PageDown,
        Code::Backspace,
        Code::Delete,
        Code::Enter,
        Code::Esc,
    ];
    let letters: Vec<char> = "ab ,é日👩\u{200d}\u{301}🇫🇷न\u{94d}".chars().collect();
    for seed in 0..40 {
        let mut editor = if seed % 2 == 0 {
            page("")
        } else {
            line("", 30)
        };
        for _ in 0..400 {
            let code = if random.bool() {
                Code::Char(letters[random.usize(..letters.len())])
            } else {
                codes[random.usize(..codes.len())]
            };
            let mut key = Key {
                code,
                ctrl: random.u8(0..6) == 0,
            };
            if key.ctrl && matches!(code, Code::Char(_)) {
                key = ctrl(char::from(random.u8(b'a'..=b'z')));
            }
            press(&mut editor, key);
            let mut ends = editor.words().grapheme_indices(true).map(|(at, _)| at);
            let end = editor.words().len();
            assert!(
                editor.caret() == end || ends.any(|at| at == editor.caret()),
                "{key:?}"
            );
        }
    }
}
