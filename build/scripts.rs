//! The shipped scripts and modules: their texts, and of scripts what lists and the first page need, so that neither
//! reads one. Whether they can run is checked by a test, with the checker itself.

use std::collections::BTreeMap;

use toml::{Table, Value};

use crate::rust::{optional, text};

/// The lists of both, by the names of their files.
pub fn scripts(
    scripts: &BTreeMap<String, Table>,
    modules: &BTreeMap<String, Table>,
) -> Result<String, String> {
    let mut out = "static SCRIPTS: &[ShippedScript] = &[\n".to_owned();
    for (name, table) in scripts {
        let head = head(table).map_err(|why| format!("scripts/{name}.toml: {why}"))?;
        let included = included(&format!("scripts/{name}.toml"));
        out.push_str(&format!(
            "ShippedScript {{ name: {}, {head}, text: {included} }},\n",
            text(name)
        ));
    }
    out.push_str("];\n\nstatic MODULES: &[(&str, &str)] = &[\n");
    for name in modules.keys() {
        let included = included(&format!("scripts/modules/{name}.toml"));
        out.push_str(&format!("({}, {included}),\n", text(name)));
    }
    out.push_str("];\n");
    Ok(out)
}

fn included(place: &str) -> String {
    format!("include_str!(concat!(env!(\"CARGO_MANIFEST_DIR\"), \"/{place}\"))")
}

/// What stands above the stages.
fn head(table: &Table) -> Result<String, String> {
    let said = |table: &Table, key: &str| match table.get(key) {
        Some(Value::String(said)) => Ok(text(said)),
        _ => Err(format!("there is no text `{key}`")),
    };
    let number = |value: Option<&Value>, key: &str| match value {
        Some(Value::Integer(number)) => Ok(*number),
        _ => Err(format!("there is no number `{key}`")),
    };
    let (from, to) = match table.get("people") {
        Some(Value::Table(range)) => (
            number(range.get("from"), "from")?,
            number(range.get("to"), "to")?,
        ),
        other => (number(other, "people")?, number(other, "people")?),
    };
    let list = |key: &str| {
        table
            .get(key)
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
    };
    let needs: Vec<String> = list("needs").filter_map(Value::as_str).map(text).collect();
    let packs: Vec<String> = list("wording")
        .filter_map(Value::as_table)
        .map(|pack| {
            let words = pack.get("words").and_then(Value::as_table);
            let a_part = words.and_then(|words| said(words, "a-part").ok());
            Ok(format!(
                "({}, {}, {})",
                said(pack, "name")?,
                said(pack, "title")?,
                optional(a_part)
            ))
        })
        .collect::<Result<_, String>>()?;
    let language = said(table, "language").unwrap_or_else(|_| text("en"));
    Ok(format!(
        "title: {}, summary: {}, language: {language}, needs: &[{}], people: People {{ from: {from}, to: {to} }}, \
         minutes: {}, packs: &[{}], one_sided: {}",
        said(table, "title")?,
        said(table, "summary")?,
        needs.join(", "),
        number(table.get("minutes"), "minutes")?,
        packs.join(", "),
        optional(said(table, "one-sided").ok()),
    ))
}
