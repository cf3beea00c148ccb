//! The format as a JSON Schema (2020-12), so that editors complete and explain. It says what a file may hold, and
//! not what only the checker knows: whether minutes add up, where a name leads.

use serde_json::{Map, Value, json};

use super::reader::Tabled;
use super::spec::{KeySpec, Presence, TableSpec, ValueKind};
use super::tables::{MODULE_ROLES, RawByRung, RawModule, RawScript, RawStep, every_table};
use super::values::MOST_LETTERS;
use crate::text::words::words;

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
        // Of `anyOf` an editor tells everything that speaks against the one and against the other; so it says which one
        // is meant, as the reader does. Editors read drafts from 7 on: nothing here means another thing in one of them.
        "if": { "required": ["step"], "not": { "required": ["stage"] } },
        "then": to(RawModule::SPEC.name),
        "else": to(RawScript::SPEC.name),
        "$defs": tables,
    })
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
        "required": needed,
        "additionalProperties": false,
    });
    if table.roles {
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
    let mut step = object(RawStep::SPEC);
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
        "anyOf": [value(ValueKind::Text), to(RawByRung::SPEC.name)],
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
            let kinds: Vec<Value> = kinds.iter().map(|kind| value(*kind)).collect();
            json!({ "anyOf": kinds })
        }
    }
}
