//! Choosing a script: by what people need today, or by its name.

use super::setup::{circle, usual_plan};
use super::{
    HomeChoice, HomeData, HomeMove, HomePage, HomeView, OfferedScript, SetupPeople, ask, pick,
    script_line,
};
use crate::home::home_data::FIRST_TIME;
use crate::script::NEEDS;
use crate::text::safe_text::SafeText;
use crate::text::sort::Arrange;
use crate::text::words::words;

/// What scripts say for those who can't talk at the same time.
const NO_CALL: &str = "no-call";

/// The scripts that so many people can follow, the last one they followed first.
fn fitting<'a>(people: &SetupPeople, data: &'a HomeData) -> Vec<&'a OfferedScript> {
    let last = circle(people, data).and_then(|circle| circle.script.as_deref());
    let fits = |script: &&OfferedScript| script.takes(people.names.len());
    let mut scripts: Vec<&OfferedScript> = data.scripts.iter().filter(fits).collect();
    scripts.arrange_by_key(|script| Some(script.name.as_str()) != last);
    scripts
}

fn take(script: &OfferedScript, people: &SetupPeople, data: &HomeData) -> HomeChoice {
    let says = &words().home;
    let last = circle(people, data).and_then(|circle| circle.script.as_deref());
    let text = if Some(script.name.as_str()) == last {
        &says.script_last
    } else {
        &says.script_line
    };
    HomeChoice {
        says: script_line(text, script),
        does: HomeMove::Plan(usual_plan(people, script, data)),
    }
}

/// What they need, and first of all the same as last time; where no script says what it is for, their names.
pub(super) fn script(people: &SetupPeople, data: &HomeData) -> HomeView {
    let says = &words().home;
    let scripts = fitting(people, data);
    let needs = |script: &&OfferedScript| !script.needs.is_empty();
    if !scripts.iter().any(needs) {
        return of(people, None, data);
    }
    let last = circle(people, data).and_then(|circle| circle.script.as_deref());
    let same = scripts
        .iter()
        .find(|script| Some(script.name.as_str()) == last);
    let mut picks: Vec<HomeChoice> = same
        .filter(|script| !script.is_first_time())
        .map(|script| take(script, people, data))
        .into_iter()
        .collect();
    let to = |need| {
        let people = people.clone();
        HomeMove::To(HomePage::ScriptFor { people, need })
    };
    // Who has sat together before needs no first time.
    let known = same.is_some();
    for need in NEEDS {
        let fits = scripts.iter().filter(|script| script.needs.contains(&need));
        let fits: Vec<&&OfferedScript> = fits.collect();
        let alone = people.names.len() == 1;
        let words = says
            .need
            .get(need)
            .and_then(|says| says.get(usize::from(!alone)));
        if known && need == FIRST_TIME {
            continue;
        }
        // One that is the only one needs no page to be chosen on.
        let does = match fits[..] {
            [] => continue,
            [only] => HomeMove::Plan(usual_plan(people, only, data)),
            _ => to(Some(need)),
        };
        picks.extend(words.map(|words| pick(words, does)));
    }
    picks.push(pick(says.script_by_name, to(None)));
    HomeView::new(says.script_title, ask(says.need_ask)).with(picks)
}

/// The scripts for a need, each with what it is; of all, by their names.
pub(super) fn of(people: &SetupPeople, need: Option<&'static str>, data: &HomeData) -> HomeView {
    let says = &words().home;
    let mut scripts = fitting(people, data);
    scripts.retain(|script| need.is_none_or(|need| script.needs.contains(&need)));
    if need.is_some_and(|need| need != NO_CALL) {
        // What takes somebody's letter comes last where nobody asked for one.
        let last = circle(people, data).and_then(|circle| circle.script.as_deref());
        scripts.arrange_by_key(|script| {
            let known = Some(script.name.as_str()) == last;
            (!known, script.needs.contains(&NO_CALL))
        });
    }
    let picks = scripts.iter().map(|script| take(script, people, data));
    let picks = picks.collect();
    let mut view = HomeView::new(says.script_title, ask(says.script_ask)).with(picks);
    if need.is_some() {
        view.list = scripts
            .iter()
            .map(|script| super::item("", &SafeText::new(script.summary.as_str())))
            .collect();
    }
    view
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::script::shipped;

    #[test]
    fn every_need_has_words_and_a_shipped_script() {
        let says = &words().home.need;
        assert_eq!(says.keys().count(), NEEDS.len());
        for need in NEEDS {
            assert!(
                says.get(need).is_some_and(|says| says.len() == 2),
                "{need} has no words"
            );
            let met = shipped().iter().any(|script| script.needs.contains(&need));
            assert!(met, "no shipped script is for {need}");
        }
        for script in shipped() {
            assert!(!script.needs.is_empty(), "{} is for nothing", script.name);
        }
    }
}
