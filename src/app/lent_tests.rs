//! Minutes that were lent in one session are offered back first in the next one: by lines, with a clock that a test
//! moves.

use super::by_line::ByLine;

const USUAL: &[&str] = &["Go", "Yes, as planned", "The outline"];

fn looks_at_their_page(two: &mut ByLine<'_, '_>) {
    two.choose("People, agreements")
        .choose("Who meets together");
    two.choose("Ada and Ben");
}

#[test]
fn what_was_lent_is_offered_back_first_next_time() {
    let root = tempfile::tempdir().unwrap();
    ByLine::at(root.path(), |two| {
        two.lines(&["", "", "1", "1", "Ada", "Ben", "2", "", "", ""]);
        // Ada's turn runs four minutes longer; Ben does not want them today.
        two.until("This time is yours", USUAL);
        two.passes(22);
        two.until("would you like", USUAL);
        two.see("Ben, would you like 4 minutes more");
        two.until("This time is yours", &["No, thank you"]);
        two.passes(18);
        two.until("The session is closed", &["No, thank you", "The outline"]);
        two.say("");

        // A week later Ben goes first, and they are his before anything else.
        two.days(7);
        looks_at_their_page(two);
        two.see(
            "Ada has had 4 minutes more. Next time, as much is offered to whoever has had less.",
        );
        two.home().choose("Begin a session").choose("Ada and Ben");
        two.until("Ben goes first: Ada was first last time", &[]);
        two.until("Who goes first?", USUAL);
        two.until("Ben, would you like", &[]);
        two.see("left from an earlier session");
        assert!(
            !two.scene()
                .people
                .iter()
                .any(|seat| seat.role.as_str() == "turned inward")
        );
        two.choose("Yes");
        two.until("This time is yours", &[]);
        two.see("Ben's turn: 22 minutes");
        two.passes(22);
        // It is given back: nobody is offered anything more.
        two.until("This time is yours", &["Yes, as planned"]);
        two.see("Ada's turn: 18");
        two.passes(18);
        two.until("The session is closed", &["The outline"]);
        two.see("The outline is kept");
        two.say("");
        looks_at_their_page(two);
        two.see("2 sessions kept");
        assert!(!two.heard.contains("more"), "{}", two.heard);
    });
}
