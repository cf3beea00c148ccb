//! What is only said when somebody asks: the time, the stages, what can be typed.

use crate::plain::{clock, spelled, tell};
use crate::session::scene::{Field, LegState, Scene, Verb};
use crate::shown::Shown;
use crate::words::{fill, words};

/// Where we are, what the clock shows, when we end.
pub(super) fn time(scene: &Scene) -> Vec<Shown> {
    let mut lines: Vec<Shown> = tell::stage(scene).into_iter().collect();
    lines.push(match &scene.clock {
        Some(face) => clock::line(face),
        None => Shown::new(&words().plain.says.clock_none),
    });
    lines.extend(tell::ends(scene));
    lines.extend(scene.costs.clone());
    lines
}

/// Every stage with its time.
pub(super) fn map(scene: &Scene) -> Vec<Shown> {
    let says = &words().plain.says;
    if scene.way.is_empty() {
        return vec![Shown::new(&says.no_map)];
    }
    let legs = scene.way.iter().map(|leg| {
        let text = match leg.state {
            LegState::Done => &says.leg_done,
            LegState::Here(_) => &says.leg_here,
            LegState::Ahead => &says.leg_ahead,
        };
        let time = leg.at.to_string();
        fill(text, &[("time", &time), ("title", leg.title.as_str())])
    });
    legs.chain(tell::ends(scene)).collect()
}

/// Everything that can be typed here, and what it does.
pub(super) fn help(scene: &Scene) -> Vec<Shown> {
    let (says, here) = (&words().plain.says, &words().plain.here);
    let mut lines = Vec::new();
    if let Some(numbers) = spelled::numbers(scene) {
        lines.push(fill(&says.help_choice, &[("words", &numbers)]));
    }
    if scene.field == Some(Field::Rating) {
        let rate = spelled::own(here.rate, scene);
        lines.push(fill(&says.help_rating, &[("word", &rate)]));
    }
    for offer in &scene.offers {
        let what = ("says", tell::unstopped(&offer.says));
        lines.push(if offer.verb == Verb::GoOn {
            fill(&says.help_enter, &[what])
        } else {
            let word = spelled::verb(offer.verb, scene);
            // What is called what is typed explains nothing, so the word stands alone.
            let text = match word.eq_ignore_ascii_case(offer.says.as_str()) {
                true => &says.help_same,
                false => &says.help_word,
            };
            fill(text, &[("word", &word), what])
        });
        let agreed = scene.stop_word.as_str();
        if offer.verb == Verb::Stop && !agreed.is_empty() && agreed != spelled::said(Verb::Stop) {
            lines.push(fill(&says.help_agreed, &[("word", agreed)]));
        }
    }
    let mut own = vec![(&says.help_time, here.time), (&says.help_again, here.again)];
    if !scene.way.is_empty() {
        own.push((&says.help_map, here.map));
    }
    own.push((&says.help_bell, here.bell));
    own.push((&says.help_help, here.help));
    own.push((&says.help_gone, here.gone));
    for (text, known) in own {
        let word = spelled::own(known, scene);
        lines.push(fill(text, &[("word", &word)]));
    }
    if spelled::is_line(scene) {
        lines.push(Shown::new(&says.help_line));
    }
    lines
}
