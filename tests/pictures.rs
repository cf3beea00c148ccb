//! The README's pictures are what the screen shows.
#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot read the project has failed"
)]

use std::collections::BTreeSet;
use std::path::Path;

#[path = "../examples/pictures/screens.rs"]
mod screens;
#[path = "../examples/pictures/svg.rs"]
mod svg;
#[path = "../examples/pictures/walk.rs"]
mod walk;

#[test]
fn the_pictures_are_up_to_date_and_the_readme_shows_them_all() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = root.join("docs/pictures");
    let readme = std::fs::read_to_string(root.join("README.md")).unwrap();
    let mut names = BTreeSet::new();
    for (name, drawn) in screens::pictures().unwrap() {
        let kept = std::fs::read_to_string(folder.join(&name)).unwrap_or_default();
        assert!(
            kept.replace("\r\n", "\n") == drawn,
            "docs/pictures/{name} is another screen; look at what `cargo run --example pictures` makes of it"
        );
        assert!(readme.contains(&format!("docs/pictures/{name}")), "{name}");
        names.insert(name);
    }
    let kept: BTreeSet<String> = std::fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    assert_eq!(kept, names);
}

/// A number of an SVG's element.
fn number(line: &str, name: &str) -> f64 {
    let value = line.split(&format!(" {name}=\"")).nth(1).unwrap();
    value.split('"').next().unwrap().parse().unwrap()
}

/// In a video 640 pixels wide, a turn at 100 by 30 has a question that can be read: how many pixels its letters are. The
/// clock is a word in a row and stands aside.
#[test]
fn the_question_of_a_turn_is_large_enough_in_a_video_of_640_pixels() {
    let pictures = screens::pictures().unwrap();
    let turns: Vec<_> = pictures
        .iter()
        .filter(|(name, _)| name.starts_with("turn"))
        .collect();
    assert_eq!(turns.len(), 2);
    for (name, svg) in turns {
        let video = svg::in_video(svg);
        let head = video.lines().next().unwrap();
        let whole = head.split("viewBox=\"0 0 ").nth(1).unwrap();
        let mut whole = whole
            .split(['"', ' '])
            .map(|n| n.parse::<f64>().unwrap_or(0.0));
        let width = whole.next().unwrap();
        assert!((number(head, "width") - 640.0).abs() < 0.5, "{head}");
        let scale = number(head, "width") / width;
        // The question: bold, and its letters (of which a small one is about half the size of the font).
        let size = number(head, "font-size") * scale;
        assert!(size >= 10.0, "{name}: letters of {size:.1} pixels");
        let mut words = video.lines().filter(|line| line.contains("?</text>"));
        let bold = words.all(|line| line.contains("font-weight=\"bold\""));
        assert!(
            bold && video.contains("?</text>"),
            "{name}: the question is bold"
        );
    }
}
