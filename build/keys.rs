//! The table of keys: every name is a key, and no key does two things.

use toml::{Table, Value};

use crate::rust::{camel, text};
use crate::shape::{Need, Shape, Struct, fields};

/// Keys that have a name and no letter.
const NAMED: [&str; 10] = [
    "enter",
    "esc",
    "backspace",
    "delete",
    "left",
    "right",
    "up",
    "down",
    "home",
    "end",
];

/// What may share its keys with each other: an answer is chosen where no number is typed.
const SHARED: [&str; 2] = ["choose", "rate"];

const TABLE: Struct = Struct {
    name: "Rows",
    keys: &[("key", Need::Must, Shape::List(&Shape::Struct(ROW)))],
};

const ROW: Struct = Struct {
    name: "Row",
    keys: &[
        ("does", Need::Must, Shape::Made(does)),
        ("keys", Need::Or("&[]"), Shape::List(&Shape::Made(key))),
        ("typing", Need::Or("&[]"), Shape::List(&Shape::Made(key))),
        ("asking", Need::Or("&[]"), Shape::List(&Shape::Made(key))),
        ("shown", Need::May, Shape::Text),
        ("footer", Need::Or("\"\""), Shape::Text),
        ("rank", Need::May, Shape::Whole),
        ("help", Need::Must, Shape::Text),
    ],
};

/// `src/tui/keys.toml`.
pub fn keys(table: &Table) -> Result<String, String> {
    let rows = fields(table, &TABLE)?;
    let list = table.get("key").and_then(Value::as_array);
    match clash(list.map(Vec::as_slice).unwrap_or_default()) {
        Some(clash) => Err(clash),
        None => Ok(rows),
    }
}

/// The first key that would do two things, if there is one.
fn clash(rows: &[Value]) -> Option<String> {
    for place in ["keys", "typing", "asking"] {
        let mut known: Vec<(&str, &str)> = Vec::new();
        for row in rows {
            let second = row.get("does")?.as_str()?;
            let keys = row
                .get(place)
                .and_then(Value::as_array)
                .into_iter()
                .flatten();
            for key in keys.filter_map(Value::as_str) {
                let both = |first: &str| {
                    first != second && SHARED.contains(&first) && SHARED.contains(&second)
                };
                let taken = |(known, first): &&(&str, &str)| *known == key && !both(first);
                if let Some((_, first)) = known.iter().find(taken) {
                    return Some(format!(
                        "the key `{key}` cannot do both `{first}` and `{second}`; give one of them another key"
                    ));
                }
                known.push((key, second));
            }
        }
    }
    None
}

/// What a key does, and its name.
fn does(value: &Value) -> Result<String, String> {
    let name = value.as_str().ok_or("a name must stand here")?;
    Ok(format!("(Action::{}, {})", camel(&[name]), text(name)))
}

/// A key, and its name.
fn key(value: &Value) -> Result<String, String> {
    let name = value.as_str().ok_or("the name of a key must stand here")?;
    let (ctrl, plain) = match name.strip_prefix("ctrl-") {
        Some(plain) => (true, plain),
        None => (false, name),
    };
    let code = code(plain).ok_or_else(|| format!("there is no key named `{name}`"))?;
    Ok(format!(
        "({}, Key {{ code: Code::{code}, ctrl: {ctrl} }})",
        text(name)
    ))
}

fn code(name: &str) -> Option<String> {
    let mut letters = name.chars();
    if let (Some(letter), None) = (letters.next(), letters.next()) {
        return Some(format!("Char({letter:?})"));
    }
    match name {
        "space" => Some("Char(' ')".to_owned()),
        "pageup" => Some("PageUp".to_owned()),
        "pagedown" => Some("PageDown".to_owned()),
        _ if NAMED.contains(&name) => Some(camel(&[name])),
        _ => {
            let n: u8 = name.strip_prefix('f')?.parse().ok()?;
            (1..=12).contains(&n).then(|| format!("F({n})"))
        }
    }
}
