//! Tables whose types the program has already: what may stand in them, and the same as a literal of Rust.

use toml::{Table, Value};

use crate::rust::{camel, field, optional, text};

/// What a value has to be.
pub enum Shape {
    /// A text.
    Text,
    /// A day alone.
    Day,
    /// A whole number.
    Whole,
    /// A number of seconds, with or without a point.
    Seconds,
    /// The name of a variant of this type, in small letters.
    Word(&'static str),
    /// Something that knows by itself how it is written in Rust.
    Made(fn(&Value) -> Result<String, String>),
    /// A list.
    List(&'static Shape),
    /// A table with these keys.
    Struct(Struct),
    /// A table of one of these kinds: each is known by its first key.
    OneOf(&'static [Struct]),
}

/// A type, or a variant with fields, and its keys in the order in which they are written.
pub struct Struct {
    /// Its name in Rust.
    pub name: &'static str,
    /// Its keys, whether they have to be there, and what stands behind them.
    pub keys: &'static [(&'static str, Need, Shape)],
}

/// Whether a key has to be there.
pub enum Need {
    /// It must be there.
    Must,
    /// Without it there is nothing.
    May,
    /// Without it there is this.
    Or(&'static str),
}

/// A value as a literal.
pub fn literal(value: &Value, shape: &Shape) -> Result<String, String> {
    match (shape, value) {
        (Shape::Text, Value::String(said)) => Ok(text(said)),
        (Shape::Word(kind), Value::String(word)) => Ok(format!("{kind}::{}", camel(&[word]))),
        (Shape::Whole, Value::Integer(number)) => Ok(number.to_string()),
        (Shape::Seconds, Value::Integer(number)) => Ok(format!("{number}.0")),
        (Shape::Seconds, Value::Float(number)) => Ok(format!("{number:?}")),
        (Shape::Day, Value::Datetime(at)) => match (at.date, at.time) {
            (Some(day), None) => Ok(format!(
                "Date {{ year: {}, month: {}, day: {} }}",
                day.year, day.month, day.day
            )),
            _ => Err("a day alone is expected here, like 2026-03-01".to_owned()),
        },
        (Shape::Made(make), _) => make(value),
        (Shape::List(shape), Value::Array(all)) => {
            let one = |(n, value): (usize, &Value)| {
                literal(value, shape).map_err(|why| format!("{}: {why}", n + 1))
            };
            let all: Vec<String> = all.iter().enumerate().map(one).collect::<Result<_, _>>()?;
            Ok(format!("&[{}]", all.join(", ")))
        }
        (Shape::Struct(kind), Value::Table(table)) => fields(table, kind),
        (Shape::OneOf(kinds), Value::Table(table)) => {
            let is = |kind: &&Struct| {
                kind.keys
                    .first()
                    .is_some_and(|key| table.contains_key(key.0))
            };
            let kind = kinds
                .iter()
                .find(is)
                .ok_or("this is none of what can stand here")?;
            fields(table, kind)
        }
        (_, other) => Err(format!("this can't be of the kind: {}", other.type_str())),
    }
}

/// A table as a literal. Every key has to be known, and those that must be there are there.
pub fn fields(table: &Table, kind: &Struct) -> Result<String, String> {
    let known = |key: &String| kind.keys.iter().any(|(known, ..)| known == key);
    if let Some(key) = table.keys().find(|key| !known(key)) {
        return Err(format!("there is no key `{key}` here"));
    }
    let mut out = String::new();
    for (key, need, shape) in kind.keys {
        let found = table
            .get(*key)
            .map(|value| literal(value, shape))
            .transpose();
        let found = found.map_err(|why| format!("{key}: {why}"))?;
        let value = match (need, found) {
            (Need::Must, None) => return Err(format!("the key `{key}` is missing")),
            (Need::May, found) => optional(found),
            (Need::Or(default), found) => found.unwrap_or_else(|| (*default).to_owned()),
            (Need::Must, Some(found)) => found,
        };
        out.push_str(&format!("{}: {value}, ", field(key)?));
    }
    Ok(format!("{} {{ {out}}}", kind.name))
}
