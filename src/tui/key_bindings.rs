//! People's own keys, put over the table.

use super::key::{Code, Key};
#[cfg(unix)]
use super::key_table::Context;
use super::key_table::{self, Action, Clash, KeyTable, usual};
use crate::script::nearest;
use crate::settings::{Binding, SettingsProblem};
use crate::text::words::{Template, fill, words};

/// What is never left without a key: nobody may be caught, and what is written has to be sent off.
const NEEDED: [Action; 5] = [
    Action::Stop,
    Action::Card,
    Action::QuickExit,
    Action::Enter,
    Action::Done,
];

/// Uses these keys from now on; everything else stays as it comes.
///
/// # Errors
/// Every problem with its line; then nothing is changed.
pub(crate) fn bind(bindings: &[Binding]) -> Result<(), Vec<SettingsProblem>> {
    if !bindings.is_empty() {
        key_table::choose(rebound(usual(), bindings)?);
    }
    Ok(())
}

/// The keys of the quick exit, as they are said to people: some screen readers keep Ctrl-X for themselves.
#[must_use]
pub(crate) fn exit_key() -> String {
    let mut keys = key_table::all_said(Action::QuickExit);
    keys.reverse();
    keys.join(words().tui.or)
}

/// What terminals send for the keys of the quick exit.
#[cfg(unix)]
#[must_use]
pub(crate) fn exit_bytes() -> Vec<Vec<u8>> {
    let entry = key_table::table().0.iter();
    let exit = entry.filter(|entry| entry.does == Action::QuickExit);
    exit.flat_map(|entry| entry.keys_in(Context::Typing))
        .flat_map(Key::sent)
        .collect()
}

/// The table with these keys.
fn rebound(usual: &KeyTable, bindings: &[Binding]) -> Result<KeyTable, Vec<SettingsProblem>> {
    let mut table = usual.clone();
    let mut problems: Vec<SettingsProblem> = bindings
        .iter()
        .flat_map(|binding| put(&mut table, binding))
        .collect();
    if problems.is_empty()
        && let Some(Clash { key, first, second }) = table.clash()
    {
        let at = |name: &str| bindings.iter().find(|binding| binding.does == *name);
        let line = at(second).or_else(|| at(first)).map_or(1, |at| at.line);
        let values = [("key", key.as_str()), ("first", first), ("second", second)];
        let says = fill(&words().settings.key_clash, &values);
        problems.push(SettingsProblem { line, says });
    }
    if problems.is_empty() {
        Ok(table)
    } else {
        Err(problems)
    }
}

fn is_digit(key: Key) -> bool {
    matches!(key.code, Code::Char('0'..='9')) && !key.ctrl
}

/// Puts one binding into the table, or says everything that is wrong with it.
fn put(table: &mut KeyTable, binding: &Binding) -> Vec<SettingsProblem> {
    let w = &words().settings;
    let problem = |text: &Template, values: &[(&str, &str)]| SettingsProblem {
        line: binding.line,
        says: fill(text, values),
    };
    let name = ("name", binding.does.as_str());
    let names = || table.0.iter().map(|entry| entry.name);
    if !names().any(|known| known == binding.does) {
        return vec![match nearest(&binding.does, names()) {
            Some(near) => problem(&w.no_does_near, &[name, ("near", near)]),
            None => problem(&w.no_does, &[name]),
        }];
    }
    let Some(entry) = table.0.iter_mut().find(|entry| entry.name == binding.does) else {
        return Vec::new();
    };
    let places = entry.does.places();
    if places > 0 && binding.keys.len() > places {
        let most = places.to_string();
        return vec![problem(&w.key_places, &[name, ("most", &most)])];
    }
    if binding.keys.is_empty() && NEEDED.contains(&entry.does) {
        return vec![problem(&w.key_needed, &[name])];
    }
    let mut problems = Vec::new();
    let mut known = Vec::new();
    for key in &binding.keys {
        let named = key.to_lowercase();
        match Key::named(&named).filter(|key| key.is_told()) {
            // A digit is a number's, whatever else it should do, and where answers have other keys too.
            Some(key) if is_digit(key) && places == 0 => {
                let first = if key.code == Code::Char('0') {
                    "rate"
                } else {
                    "choose"
                };
                let values = [
                    ("key", &*named),
                    ("first", first),
                    ("second", &binding.does),
                ];
                problems.push(problem(&w.key_clash, &values));
            }
            Some(found) if entry.does == Action::QuickExit && !found.is_chord() => {
                problems.push(problem(&w.key_chord, &[name]));
            }
            Some(found) => known.push((named, found)),
            None => problems.push(problem(&w.no_key, &[("key", key)])),
        }
    }
    if problems.is_empty() {
        entry.rebind(&known);
    }
    problems
}

#[cfg(test)]
mod tests {
    use super::*;

    fn binding(does: &str, keys: &[&str], line: usize) -> Binding {
        Binding {
            does: does.to_owned(),
            keys: keys.iter().map(|key| (*key).to_owned()).collect(),
            line,
        }
    }

    fn problems(bindings: &[Binding]) -> Vec<String> {
        let problems = rebound(usual(), bindings).err().unwrap_or_default();
        let say = |problem: &SettingsProblem| format!("{}: {}", problem.line, problem.says);
        problems.iter().map(say).collect()
    }

    fn key(name: &str) -> Key {
        Key::named(name).unwrap()
    }

    #[test]
    fn a_key_is_moved_and_typing_keeps_one_that_is_no_letter() {
        let own = [
            binding("stop", &["Z"], 1),
            binding("quick-exit", &["f12"], 2),
        ];
        let table = rebound(usual(), &own).unwrap();
        let find = |name: &str, context| table.find(key(name), context);
        assert_eq!(find("z", Context::Keys), Some(Action::Stop));
        assert_eq!(find("s", Context::Keys), None);
        assert_eq!(find("z", Context::Typing), None);
        assert_eq!(find("z", Context::Asking), Some(Action::Stop));
        assert_eq!(find("ctrl-s", Context::Typing), Some(Action::Stop));
        for context in [Context::Keys, Context::Typing, Context::Asking] {
            assert_eq!(find("f12", context), Some(Action::QuickExit));
            assert_eq!(find("ctrl-x", context), None);
        }
    }

    #[test]
    fn two_things_can_change_places() {
        let own = [binding("stop", &["c"], 1), binding("card", &["s"], 2)];
        let table = rebound(usual(), &own).unwrap();
        assert_eq!(table.find(key("c"), Context::Keys), Some(Action::Stop));
        assert_eq!(table.find(key("s"), Context::Keys), Some(Action::Card));
    }

    #[test]
    fn a_clash_names_both_and_the_line() {
        let found = problems(&[binding("clock", &["s"], 7)]);
        assert_eq!(
            found,
            ["7: the key `s` can't do both `stop` and `clock`; give one of them another"]
        );
        let typing = problems(&[binding("help", &["ctrl-s"], 3)]);
        assert!(
            typing[0].starts_with("3: ") && typing[0].contains("`stop` and `help`"),
            "{typing:?}"
        );
        let digit = problems(&[binding("clock", &["3"], 4)]);
        assert!(digit[0].contains("`choose` and `clock`"), "{digit:?}");
    }

    #[test]
    fn answers_can_have_other_keys_in_their_order_and_the_rest_keeps_its_digits() {
        let own = [binding("choose", &["a", "F", "f5"], 1)];
        let table = rebound(usual(), &own).unwrap();
        let place = |name: &str| table.place(Action::Choose, key(name));
        assert_eq!(
            ["a", "f", "f5", "4", "9"].map(place),
            [0, 1, 2, 3, 8].map(Some)
        );
        assert_eq!(["1", "2", "3"].map(place), [None; 3]);
        assert_eq!(table.find(key("a"), Context::Keys), Some(Action::Choose));
        // Letters stay letters where words are typed.
        assert_eq!(table.find(key("a"), Context::Typing), None);
        // None of one's own are the digits.
        let table = rebound(usual(), &[binding("choose", &[], 1)]).unwrap();
        assert_eq!(table, *usual());
    }

    #[test]
    fn numbers_can_have_the_keys_of_the_answers_and_no_others() {
        // The row of a French keyboard, which has its digits behind Shift.
        let row = ["&", "é", "\"", "'", "(", "-", "è", "_", "ç"];
        let numbers: Vec<&str> = ["à"].into_iter().chain(row).collect();
        let own = [binding("choose", &row, 1), binding("rate", &numbers, 2)];
        let table = rebound(usual(), &own).unwrap();
        assert_eq!(table.place(Action::Rate, key("à")), Some(0));
        assert_eq!(table.place(Action::Rate, key("ç")), Some(9));
        assert_eq!(table.place(Action::Choose, key("ç")), Some(8));
        for (does, keys) in [("choose", ["s", "x"]), ("rate", ["s", "x"])] {
            let found = problems(&[binding(does, &keys, 4)]);
            let named = format!("4: the key `s` can't do both `{does}` and `stop`");
            assert!(found[0].starts_with(&named), "{found:?}");
        }
        let twice = problems(&[binding("choose", &["a", "a"], 4)]);
        assert!(twice[0].contains("`choose` and `choose`"), "{twice:?}");
        let many = problems(&[binding("choose", &numbers, 4)]);
        assert!(many[0].contains("`choose` has 9 places"), "{many:?}");
        // A digit is never anything else: it types a number, too.
        let own = [binding("choose", &row, 1), binding("clock", &["1"], 2)];
        assert!(problems(&own)[0].starts_with("2: the key `1`"));
    }

    #[test]
    fn what_protects_people_is_never_left_without_a_key() {
        for does in ["stop", "card", "quick-exit", "enter"] {
            assert!(
                problems(&[binding(does, &[], 1)])[0].contains("needs a key"),
                "{does}"
            );
        }
        assert_eq!(problems(&[binding("bell", &[], 1)]), Vec::<String>::new());
        // Whatever is moved, each of them has a key in every place that is no letter where letters are text.
        for moved in ["z", "f9", "ctrl-y"] {
            for does in ["stop", "card"] {
                let table = rebound(usual(), &[binding(does, &[moved], 1)]).unwrap();
                let entry = table.0.iter().find(|entry| entry.name == does).unwrap();
                for context in [Context::Keys, Context::Typing] {
                    assert!(!entry.keys_in(context).is_empty(), "{does} {moved}");
                }
                assert!(
                    entry
                        .keys_in(Context::Typing)
                        .iter()
                        .all(|key| !key.is_text())
                );
            }
        }
    }

    #[test]
    fn the_quick_exit_is_never_a_key_that_is_typed() {
        for wrong in ["z", "esc", "enter", "space", "up"] {
            assert!(
                problems(&[binding("quick-exit", &[wrong], 1)])[0].contains("by accident"),
                "{wrong}"
            );
        }
    }

    #[test]
    fn names_that_nothing_has_are_told_with_the_nearest() {
        assert!(problems(&[binding("stopp", &["z"], 5)])[0].contains("did you mean `stop`?"));
        for wrong in ["hyper", "ctrl-i", "ctrl-1", "ctrl-up", "f13", ""] {
            assert!(
                problems(&[binding("clock", &[wrong], 5)])[0].contains("there is no key named"),
                "{wrong}"
            );
        }
        assert_eq!(key("f12").code, Code::F(12));
    }
}
