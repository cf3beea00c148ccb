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
