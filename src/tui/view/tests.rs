//! Every sample scene at every size: looked at in some, and never a panic in any.

use ratatui_core::buffer::{Buffer, Cell};
use ratatui_core::style::{Color, Modifier};

use super::drawn::{LOOK, cells, picture, text};
use super::*;
use crate::tui::appearance::{Colour, Theme};
use crate::tui::key::{Code, Key};
use crate::tui::samples;
use crate::tui::ui_state::Overlay;

fn scene(name: &str) -> Scene {
    let found = samples::all()
        .into_iter()
        .find(|(sample, _)| *sample == name);
    found
        .map(|(_, scene)| scene)
        .unwrap_or_else(|| panic!("no sample {name}"))
}

#[test]
fn ascii_only_is_ascii_only() {
    let look = Appearance {
        ascii: true,
        colour: Colour::None,
        ..LOOK
    };
    for (name, scene) in samples::all() {
        for (width, height) in [(60, 18), (80, 24), (120, 33)] {
            let text = text(&cells(&picture(scene.clone(), look), width, height));
            assert!(text.is_ascii(), "{name} {width}x{height}\n{text}");
        }
    }
}

#[test]
fn no_size_and_no_scene_panics() {
    let mut widths: Vec<u16> = [0, 1, 2, 7]
        .into_iter()
        .chain((8..200).step_by(48))
        .chain([59, 60, 61, 75, 76, 95, 96, 200])
        .collect();
    widths.dedup();
    let heights = [0, 1, 3, 9, 17, 18, 19, 21, 22, 27, 28, 29, 37, 38, 60];
    let looks = [
        LOOK,
        Appearance {
            theme: Theme::Day,
            colour: Colour::None,
            ascii: true,
            ..LOOK
        },
    ];
    for (n, (name, scene)) in samples::all().into_iter().enumerate() {
        let mut picture = picture(scene, looks[n % 2]);
        picture.standing = Some(SafeText::new(
            "The disk is full: nothing more can be kept until there is room.",
        ));
        for over in [Overlay::Nothing, Overlay::Help, Overlay::Leaving] {
            // Names are in every message that a panic in drawing would give.
            assert!(!name.is_empty());
            picture.desk.over = over;
            picture.desk.scroll = if n % 3 == 0 { usize::MAX } else { n };
            for width in &widths {
                for height in heights {
                    cells(&picture, *width, height);
                }
            }
        }
    }
}

#[test]
fn the_question_is_whole_and_the_clock_is_never_over_it() {
    for (width, height) in [(60, 18), (72, 20), (80, 24), (96, 22), (100, 30), (160, 45)] {
        let shown = text(&cells(&picture(scene("turn"), LOOK), width, height));
        let words = shown.split_whitespace().collect::<Vec<_>>().join(" ");
        for choice in [
            "1 Open: curious, calm, warm",
            "5 something else, or I don't know",
        ] {
            assert!(words.contains(choice), "{width}x{height}\n{shown}");
        }
        for part in [
            "How do you feel toward",
            "right now?",
            "Ada · processing",
            "Ben · witnessing, say back",
        ] {
            assert!(shown.contains(part), "{part} {width}x{height}\n{shown}");
        }
    }
}

#[test]
fn after_stop_nothing_of_the_session_is_on_the_screen() {
    for over in [Overlay::Nothing, Overlay::Help, Overlay::Leaving] {
        let mut picture = picture(scene("neutral"), LOOK);
        picture.desk.over = over;
        let shown = text(&cells(&picture, 100, 30)).to_lowercase();
        for word in ["ada", "ben", "turn", "ends", "▄"] {
            assert!(!shown.contains(word), "{word}\n{shown}");
        }
    }
}

#[test]
fn a_page_over_a_question_for_a_number_has_no_numbers() {
    let mut picture = picture(scene("rating"), LOOK);
    let numbers = "7   8   9   10";
    assert!(text(&cells(&picture, 100, 30)).contains(numbers));
    for over in [Overlay::Help, Overlay::Leaving] {
        picture.desk.over = over;
        assert!(!text(&cells(&picture, 100, 30)).contains(numbers));
    }
}

#[test]
fn what_is_marked_or_typed_is_always_seen() {
    let mut picture = picture(scene("crowded"), LOOK);
    for n in 0..picture.scene.choices.len() {
        picture
            .desk
            .press(Key::plain(Code::Down), &picture.scene.clone());
        for (width, height) in [(60, 18), (80, 24), (120, 40)] {
            let shown = text(&cells(&picture, width, height));
            let sign = format!("› {}", n + 1);
            assert!(shown.contains(&sign), "{sign} {width}x{height}\n{shown}");
        }
    }
}

#[test]
fn a_long_page_says_so_and_every_row_of_it_can_be_reached() {
    let mut long = scene("gate");
    long.list.extend(long.list.clone());
    let mut picture = picture(long, LOOK);
    let say = &words().tui;
    let mut all = String::new();
    for turn in 0..12 {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 60, 18));
        let drawn = picture.draw(&mut buffer);
        (picture.desk.scroll, picture.desk.page) = (drawn.scroll, drawn.page);
        let shown = text(&buffer);
        assert!(turn > 0 || shown.contains(say.more_below), "{shown}");
        all.push_str(&shown);
        picture
            .desk
            .press(Key::plain(Code::PageDown), &picture.scene.clone());
    }
    assert!(all.contains(say.more_above));
    for part in [
        "Read these for yourself",
        "losing time?",
        "no to?",
        "3  not today",
    ] {
        assert!(all.contains(part), "{part}\n{all}");
    }
}

/// A window may be too small for a session; a question is never hidden by that.
#[test]
fn the_question_whether_to_leave_is_read_in_a_window_of_any_size() {
    let scene = samples::turn();
    let say = &words().tui;
    for (width, height) in [(59, 18), (40, 10), (24, 8), (20, 5)] {
        let mut picture = picture(scene.clone(), LOOK);
        picture.desk.over = Overlay::Leaving;
        let screen = text(&cells(&picture, width, height));
        assert!(screen.contains(say.leave_question), "{screen}");
        assert!(screen.contains("y:"), "{screen}");
    }
}

/// A sentence that people agree on is seen whole while it is typed.
#[test]
fn a_long_line_that_is_typed_is_broken_and_not_moved_sideways() {
    let line =
        "What I hear I tell nobody. Afterwards I bring it up only if you do, and not before.";
    let mut scene = samples::turn();
    scene.choices.clear();
    scene.field = Some(crate::session::scene::InputField::line(
        line.into(),
        "the line",
        140,
    ));
    for (width, height) in [(60, 18), (80, 24), (100, 30)] {
        let screen = text(&cells(&picture(scene.clone(), LOOK), width, height));
        for word in line.split(' ') {
            assert!(screen.contains(word), "{word} at {width}: {screen}");
        }
    }
}

#[test]
fn a_small_window_says_what_is_missing() {
    let turn = picture(scene("turn"), LOOK);
    let shown = text(&cells(&turn, 50, 12));
    assert!(
        shown.contains("More needed: columns 10, rows 6."),
        "{shown}"
    );
    assert!(text(&cells(&turn, 59, 40)).contains("More columns needed: 1."));
    assert!(!shown.contains("feel toward"));
}

#[test]
fn every_cell_has_the_ground_of_its_theme() {
    for theme in Theme::ALL
        .into_iter()
        .filter(|theme| *theme != Theme::Plain)
    {
        let buffer = cells(
            &picture(scene("turn"), Appearance { theme, ..LOOK }),
            100,
            30,
        );
        assert!(buffer.content.iter().all(|cell| cell.bg != Color::Reset));
    }
}

#[test]
fn without_colours_there_are_none_and_weight_tells_what_they_would() {
    let look = Appearance {
        colour: Colour::None,
        ..LOOK
    };
    let mut picture = picture(scene("turn"), look);
    picture
        .desk
        .press(Key::plain(Code::Down), &picture.scene.clone());
    let buffer = cells(&picture, 100, 30);
    assert!(
        buffer
            .content
            .iter()
            .all(|cell| cell.fg == Color::Reset && cell.bg == Color::Reset)
    );
    let with = |modifier: Modifier| -> String {
        let has = |cell: &&Cell| cell.modifier.contains(modifier);
        buffer
            .content
            .iter()
            .filter(has)
            .map(Cell::symbol)
            .collect()
    };
    assert!(with(Modifier::BOLD).contains("How do you feel"));
    assert!(with(Modifier::BOLD).contains("● Ada's turn"));
    assert!(with(Modifier::REVERSED).contains("Open: curious"));
    // The part of the bar that is ahead has a sign of its own.
    assert!(text(&buffer).contains('▁'));
}

/// A reader that says each row that changed says the time of one that counts seconds, and nothing else.
#[test]
fn for_whoever_listens_the_digits_stand_alone_in_their_row() {
    let heard = LOOK.to_be_heard();
    let mut looked = 0;
    for (name, mut scene) in samples::all() {
        let Some(clock) = &mut scene.clock else {
            continue;
        };
        let shows = |seconds| ClockShows::Full {
            seconds,
            over: false,
        };
        let drawn = |scene: &Scene| text(&cells(&picture(scene.clone(), heard), 100, 30));
        clock.shows = shows(1_079);
        let before = drawn(&scene);
        scene.clock.as_mut().expect("a clock").shows = shows(1_078);
        let after = drawn(&scene);
        for (one, other) in before.lines().zip(after.lines()).filter(|(a, b)| a != b) {
            // Where a question needs that row, the time stands beside the names.
            let crowded = name == "crowded" && one.contains("▌");
            let alone = (one.trim(), other.trim()) == ("17:59", "17:58");
            assert!(alone || crowded, "{name}\n{after}");
            looked += 1;
        }
    }
    assert!(looked > 3, "{looked}");
}

#[test]
fn a_minute_that_passes_is_nothing_new_to_whoever_listens() {
    let picture = |minutes, title: &str| {
        let clock = crate::session::scene::ClockFace {
            shows: ClockShows::Minutes {
                minutes,
                over: false,
            },
            large: true,
            held: false,
            label: SafeText::default(),
        };
        Picture {
            scene: Scene {
                title: SafeText::new(title),
                clock: Some(clock),
                ..Scene::default()
            },
            desk: UiState::default(),
            standing: None,
            look: Appearance::USUAL,
        }
    };
    assert!(picture(17, "a").only_ticks(&picture(18, "a")));
    assert!(!picture(17, "a").only_ticks(&picture(18, "b")));
    let mut seconds = picture(17, "a");
    let shows = ClockShows::Full {
        seconds: 1_000,
        over: false,
    };
    seconds.scene.clock.as_mut().unwrap().shows = shows;
    assert!(!seconds.only_ticks(&picture(18, "a")));
}

/// What two terminals are refused with stands whole on the smallest screen: a notice has four rows, and the rest is cut.
#[test]
fn what_two_terminals_are_refused_with_is_not_cut() {
    let w = &words().joined;
    let name = [("name", "alongside-link")];
    let filled = [&w.no_link, &w.link_fails].map(|text| fill(text, &name).as_str().to_owned());
    let plain = [
        w.not_back,
        w.answered_already,
        w.too_late,
        w.not_yours,
        w.one_moment,
        words().session.no_notebook_here,
    ];
    for says in filled.iter().map(String::as_str).chain(plain) {
        assert!(wrap(says, 52).len() <= MOST_NOTICES, "{says}");
    }
}
