//! The format as a JSON Schema (2020-12), so that editors complete and explain. It says what a file may hold, and
//! not what only the checker knows: whether minutes add up, where a name leads.

use serde_json::{Map, Value, json};

use super::reader::Tabled;
use super::spec::{KeySpec, Presence, TableSpec, ValueKind};
use super::tables::{MODULE_ROLES, RawByRung, RawModule, RawScript, RawStep, every_table};
use super::values::MOST_LETTERS;
use crate::text::words::{Template, fill, words};

/// The name of the steps of a module, whose roles are known.
const MODULE_STEP: &str = "module-step";

/// The schema of scripts and modules.
#[must_use]
pub fn schema() -> Value {
    let about = &words().format.about;
    let mut tables: Map<String, Value> = every_table()
        .map(|table| (table.name.to_owned(), object(table)))
        .collect();
    tables.insert(MODULE_STEP.to_owned(), module_step());
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": about.get("file"),
        // Which one is meant, as the reader sees it.
        "if": { "required": ["step"], "not": { "required": ["stage"] } },
        "then": to(RawModule::SPEC.name),
        "else": to(RawScript::SPEC.name),
        "anyOf": to_complete([to(RawScript::SPEC.name), to(RawModule::SPEC.name)]),
        "$defs": tables,
    })
}

/// Of `anyOf` an editor tells everything that speaks against the one and against the other, at each key of it; so `if`
/// says which one is meant. But what can be completed editors find in `anyOf` alone: there it stands once more, beside
/// `true`, which lets everything through. Editors read drafts from 7 on: nothing here means another thing in one of them.
fn to_complete(either: impl IntoIterator<Item = Value>) -> Value {
    let all = [json!(true)].into_iter().chain(either);
    all.collect::<Vec<_>>().into()
}

/// Lets nothing through, and is told where it stands: for a key that is not known, a problem of that key alone, where
/// `false` would be one of each key beside it.
fn nothing(why: &Template, what: &str) -> Value {
    let why = fill(why, &[("what", what)]);
    json!({ "not": { "title": why.as_str() } })
}

fn to(name: &str) -> Value {
    json!({ "$ref": format!("#/$defs/{name}") })
}

/// A table with these keys and no others.
fn object(table: &TableSpec) -> Value {
    let mut properties = Map::new();
    for key in table.all() {
        properties.insert(key.name.to_owned(), property(table, key));
    }
    let needed = table.all().filter(|key| key.presence != Presence::Optional);
    let needed: Vec<&str> = needed.map(|key| key.name).collect();
    let mut told = json!({
        "type": "object",
        "description": words().format.about.get(table.name),
        "properties": properties,
        "additionalProperties": unknown(table),
    });
    if !needed.is_empty() {
        // What is misspelt is told, and so it is not missing as well: of what is missing an editor tells at every line of
        // the table.
        set(
            &mut told,
            "if",
            json!({ "propertyNames": { "enum": table.names() } }),
        );
        set(&mut told, "then", json!({ "required": needed }));
    }
    if table.roles {
        // Nobody knows here which words the script has for its roles.
        let role = role(nothing(&words().format.no_role, (table.what)()));
        set(&mut told, "additionalProperties", role);
        set(
            &mut told,
            "propertyNames",
            json!({ "pattern": "^[a-z-]{1,20}$" }),
        );
    }
    told
}

/// A step whose roles have the names that they have in every module.
fn module_step() -> Value {
    let mut step = object(RawStep::SPEC);
    let about = words().format.about.get(MODULE_STEP);
    set(&mut step, "description", json!(about));
    set(&mut step, "additionalProperties", unknown(RawStep::SPEC));
    let properties = step.get_mut("properties").and_then(Value::as_object_mut);
    if let Some(properties) = properties {
        for name in MODULE_ROLES {
            properties.insert(name.to_owned(), role(value(ValueKind::Text)));
        }
    }
    step
}

/// What stands behind a key that a table does not know.
fn unknown(table: &TableSpec) -> Value {
    nothing(&words().format.no_key, (table.what)())
}

/// Words for one role; what is neither a text nor a table is `other`.
fn role(other: Value) -> Value {
    let (text, table) = (value(ValueKind::Text), to(RawByRung::SPEC.name));
    json!({
        "description": words().format.role,
        "if": { "type": "object" },
        "then": table,
        "else": { "if": { "type": "string" }, "then": text, "else": other },
        "anyOf": to_complete([text, table]),
    })
}

fn property(table: &TableSpec, key: &KeySpec) -> Value {
    let mut told = value(key.kind);
    // Every other number is told as that of a newer format, so the reader takes more of them than an editor should.
    if key.name == "format" {
        told = json!({ "const": 1 });
    }
    if table.name == RawModule::SPEC.name && key.name == "step" {
        set(&mut told, "items", to(MODULE_STEP));
    }
    let words = words().format.keys.get(table.name);
    let about = words.and_then(|words| words.get(key.name));
    set(&mut told, "description", json!(about));
    told
}

fn set(told: &mut Value, key: &str, value: Value) {
    if let Some(told) = told.as_object_mut() {
        told.insert(key.to_owned(), value);
    }
}

fn value(kind: ValueKind) -> Value {
    match kind {
        ValueKind::Text => json!({ "type": "string", "maxLength": MOST_LETTERS }),
        ValueKind::Short(most) => json!({ "type": "string", "minLength": 1, "maxLength": most }),
        ValueKind::Name => json!({ "type": "string", "pattern": "^[a-z0-9-]{1,40}$" }),
        ValueKind::Word(words) => json!({ "enum": words }),
        ValueKind::Number(least, most) => {
            json!({ "type": "integer", "minimum": least, "maximum": most })
        }
        ValueKind::Minutes(least, most) => {
            json!({ "type": "number", "minimum": least, "maximum": most, "multipleOf": 0.5 })
        }
        ValueKind::Truth => json!({ "type": "boolean" }),
        ValueKind::True => json!({ "const": true }),
        ValueKind::Table(table) => to(table.name),
        ValueKind::Named(inner) => {
            json!({ "type": "object", "additionalProperties": value(*inner) })
        }
        ValueKind::Bounds(inner) => json!({
            "type": "object",
            "patternProperties": { "^([0-9]|10)$": value(*inner) },
            "additionalProperties": false,
        }),
        ValueKind::List(inner) => json!({ "type": "array", "items": value(*inner) }),
        ValueKind::Either(kinds) => {
            let of_another = |otherwise: Option<Value>, kind: &ValueKind| {
                let told = value(*kind);
                Some(match otherwise {
                    None => told,
                    Some(otherwise) => {
                        json!({ "if": { "type": type_of(*kind) }, "then": told, "else": otherwise })
                    }
                })
            };
            let mut told = kinds.iter().fold(None, of_another).unwrap_or_default();
            let kinds = kinds.iter().map(|kind| value(*kind));
            set(&mut told, "anyOf", to_complete(kinds));
            told
        }
    }
}

/// By what a value is told apart from others that can stand in its place.
fn type_of(kind: ValueKind) -> &'static str {
    match kind {
        ValueKind::Text | ValueKind::Short(_) | ValueKind::Name | ValueKind::Word(_) => "string",
        ValueKind::Number(..) | ValueKind::Minutes(..) => "number",
        ValueKind::Truth | ValueKind::True => "boolean",
        ValueKind::Table(_) | ValueKind::Named(_) | ValueKind::Bounds(_) => "object",
        ValueKind::List(_) => "array",
        ValueKind::Either(kinds) => kinds.first().map_or("object", |first| type_of(*first)),
    }
}
