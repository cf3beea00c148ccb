//! What is only said when somebody asks: the time, the stages, what can be typed.

use crate::line_ui::{command_words, scene_lines, spoken_clock};
use crate::session::scene::{InputField, Scene, SegmentState, Verb};
use crate::text::safe_text::SafeText;
use crate::text::words::{fill, words};

/// Where we are, what the clock shows, when we end.
pub(super) fn time(scene: &Scene) -> Vec<SafeText> {
    let mut lines: Vec<SafeText> = scene_lines::stage(scene).into_iter().collect();
    lines.push(match &scene.clock {
        Some(face) => spoken_clock::line(face),
        None => SafeText::new(words().line_ui.says.clock_none),
    });
    let left = scene.list.iter().zip(&scene.rare.left);
    let left = left.filter(|(_, left)| !left.is_empty());
    lines.extend(left.map(|(item, left)| SafeText::new(&format!("{}: {left}.", item.lead))));
    lines.extend(scene_lines::ends(scene));
    lines.extend(scene.costs.clone());
    lines
}

/// Every stage with its time.
pub(super) fn map(scene: &Scene) -> Vec<SafeText> {
    let says = &words().line_ui.says;
    if scene.way.is_empty() {
        return vec![SafeText::new(says.no_map)];
    }
    let untimed = command_words::is_untimed(scene);
    let legs = scene.way.iter().map(|leg| {
        let text = match (leg.state, untimed) {
            (SegmentState::Done, _) => says.leg_done,
            (SegmentState::Here(_), false) => says.leg_here,
            (SegmentState::Here(_), true) => says.leg_here_untimed,
            (SegmentState::Ahead, false) => says.leg_ahead,
            (SegmentState::Ahead, true) => says.leg_ahead_untimed,
        };
        let time = leg.at.to_string();
        fill(&text, &[("time", &time), ("title", leg.title.as_str())])
    });
    legs.chain(scene_lines::ends(scene)).collect()
}

/// Everything that can be typed here, and what it does.
pub(super) fn help(scene: &Scene) -> Vec<SafeText> {
    let (says, here) = (&words().line_ui.says, &words().line_ui.here);
    let mut lines = Vec::new();
    if let Some(numbers) = command_words::numbers(scene) {
        lines.push(fill(&says.help_choice, &[("words", &numbers)]));
    }
    if scene.field == Some(InputField::Rating) {
        let rate = command_words::own(here.rate, scene);
        lines.push(fill(&says.help_rating, &[("word", &rate)]));
    }
    for offer in &scene.offers {
        let what = ("says", command_words::unstopped(&offer.says));
        let word = command_words::verb(offer.verb, scene);
        lines.push(if offer.verb == Verb::GoOn {
            fill(&says.help_enter, &[what])
        } else if offer.verb == Verb::Clock {
            fill(&says.help_clock, &[("word", &word)])
        } else {
            command_words::explained(&word, &scene_lines::answered(offer, scene))
        });
        let agreed = scene.stop_word.as_str();
        if offer.verb == Verb::Stop
            && !agreed.is_empty()
            && agreed != command_words::said(Verb::Stop)
        {
            lines.push(fill(&says.help_agreed, &[("word", agreed)]));
        }
    }
    let mut own = vec![(&says.help_again, here.again)];
    if !command_words::is_untimed(scene) {
        own.insert(0, (&says.help_time, here.time));
    }
    if !scene.way.is_empty() {
        own.push((&says.help_map, here.map));
    }
    own.push((&says.help_bell, here.bell));
    own.push((&says.help_help, here.help));
    own.push((&says.help_ear, here.ear));
    own.push((&says.help_screen, here.screen));
    own.push((&says.help_gone, here.gone));
    for (text, known) in own {
        let word = command_words::own(known, scene);
        lines.push(fill(text, &[("word", &word)]));
    }
    if let Some(InputField::Page { .. }) = scene.field {
        let undo = here.undo.first().copied().unwrap_or_default();
        lines.push(fill(&says.help_page, &[("undo", undo)]));
    }
    if command_words::is_line(scene) {
        lines.push(SafeText::new(says.help_line));
    }
    lines
}
