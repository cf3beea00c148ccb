//! The format as a JSON Schema (2020-12), so that editors complete and explain. It says what a file may hold, and
//! not what only the checker knows: whether minutes add up, where a name leads.

use serde_json::{Map, Value, json};

use super::keys::{ALL, Key, Keys, Kind, MODULE, SCRIPT, STEP};
use super::modules::MODULE_ROLES;
use super::reader::MOST_LETTERS;
use crate::words::words;

/// The name of the steps of a module, whose roles are known.
const MODULE_STEP: &str = "module-step";

/// The schema of scripts and modules.
#[must_use]
pub fn schema() -> Value {
    let about = &words().format.about;
    let mut tables: Map<String, Value> = ALL
        .iter()
        .map(|keys| (keys.name.to_owned(), object(keys)))
        .collect();
    tables.insert(MODULE_STEP.to_owned(), module_step());
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": about.get("file"),
        "anyOf": [to(SCRIPT.name), to(MODULE.name)],
        "$defs": tables,
    })
}

fn to(name: &str) -> Value {
    json!({ "$ref": format!("#/$defs/{name}") })
}

/// A table with these keys and no others.
fn object(keys: &Keys) -> Value {
    let mut properties = Map::new();
    for key in keys.keys {
        properties.insert(key.name.to_owned(), property(keys, key));
    }
    let needed = keys.keys.iter().filter(|key| key.needed);
    let needed: Vec<&str> = needed.map(|key| key.name).collect();
    let mut told = json!({
        "type": "object",
        "description": words().format.about.get(keys.name),
        "properties": properties,
        "required": needed,
        "additionalProperties": false,
    });
    if keys.roles {
        // Nobody knows here which words the script has for its roles.
        set(&mut told, "additionalProperties", role());
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
    let mut step = object(&STEP);
    let about = words().format.about.get(MODULE_STEP);
    set(&mut step, "description", json!(about));
    set(&mut step, "additionalProperties", json!(false));
    let properties = step.get_mut("properties").and_then(Value::as_object_mut);
    if let Some(properties) = properties {
        for name in MODULE_ROLES {
            properties.insert(name.to_owned(), role());
        }
    }
    step
}

/// Words for one role.
fn role() -> Value {
    json!({
        "description": words().format.role,
        "anyOf": [value(Kind::Text), to("by-rung")],
    })
}

fn property(keys: &Keys, key: &Key) -> Value {
    let mut told = value(key.kind);
    if keys.name == MODULE.name && key.name == "step" {
        set(&mut told, "items", to(MODULE_STEP));
    }
    let words = words().format.keys.get(keys.name);
    let about = words.and_then(|words| words.get(key.name));
    set(&mut told, "description", json!(about));
    told
}

fn set(told: &mut Value, key: &str, value: Value) {
    if let Some(told) = told.as_object_mut() {
        told.insert(key.to_owned(), value);
    }
}

fn value(kind: Kind) -> Value {
    match kind {
        Kind::Text => json!({ "type": "string", "maxLength": MOST_LETTERS }),
        Kind::Short(most) => json!({ "type": "string", "minLength": 1, "maxLength": most }),
        Kind::Name => json!({ "type": "string", "pattern": "^[a-z0-9-]{1,40}$" }),
        Kind::Word(words) => json!({ "enum": words }),
        Kind::Number(least, most) => {
            json!({ "type": "integer", "minimum": least, "maximum": most })
        }
        Kind::Truth => json!({ "type": "boolean" }),
        Kind::True => json!({ "const": true }),
        Kind::Table(keys) => to(keys.name),
        Kind::Named(inner) => json!({ "type": "object", "additionalProperties": value(*inner) }),
        Kind::Bounds(inner) => json!({
            "type": "object",
            "patternProperties": { "^([0-9]|10)$": value(*inner) },
            "additionalProperties": false,
        }),
        Kind::List(inner) => json!({ "type": "array", "items": value(*inner) }),
        Kind::Either(kinds) => {
            let kinds: Vec<Value> = kinds.iter().map(|kind| value(*kind)).collect();
            json!({ "anyOf": kinds })
        }
    }
}
