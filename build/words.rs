//! The words: one struct for each table, with a field for each of its keys, and one value of them all.
//!
//! Nothing here knows a key. A key that the program asks for and nobody wrote has no field, which is a compile error;
//! one that nobody reads is dead code. A text with `{braces}` is a `Template`, which nothing shows before it is filled.

use std::collections::BTreeMap;

use toml::{Table, Value};

use crate::rust::{camel, field, optional, text};

/// Tables that are asked for by a key that is only known at run time. Braces in them are letters like others.
const MAPS: [&str; 6] = [
    "format.about",
    "format.keys",
    "format.needs",
    "home.need",
    "script.example",
    "script.wheres",
];

/// A type and a value of it.
struct Typed {
    kind: String,
    value: String,
}

/// All structs so far.
struct Structs {
    code: String,
}

/// The whole file of Rust for these tables, by the names of their files.
pub fn words(files: &BTreeMap<String, Table>) -> Result<String, String> {
    let mut structs = Structs {
        code: String::new(),
    };
    let mut fields = Vec::new();
    for (name, table) in files {
        let told = structs.table(&[name], table);
        let told = told.map_err(|why| format!("src/text/words/{name}.toml: {why}"))?;
        fields.push((field(name)?, told));
    }
    let all = structs.add("Words", fields);
    let code = structs.code;
    Ok(format!(
        "{code}\n/// All words.\npub(super) static WORDS: {} = {};\n",
        all.kind, all.value
    ))
}

impl Structs {
    /// Adds a struct with these fields.
    fn add(&mut self, name: &str, fields: Vec<(String, Typed)>) -> Typed {
        let mut kinds = String::new();
        let mut values = String::new();
        for (field, Typed { kind, value }) in fields {
            kinds.push_str(&format!("    pub(crate) {field}: {kind},\n"));
            values.push_str(&format!("{field}: {value},\n"));
        }
        self.code.push_str(&format!(
            "#[derive(Debug)]\npub(crate) struct {name} {{\n{kinds}}}\n\n"
        ));
        Typed {
            kind: name.to_owned(),
            value: format!("{name} {{\n{values}}}"),
        }
    }

    /// A table with keys of its own.
    fn table(&mut self, path: &[&str], table: &Table) -> Result<Typed, String> {
        if alike(table) {
            return self.entries_by_key(path, table);
        }
        let mut fields = Vec::new();
        for (key, value) in table {
            let path = [path, &[key]].concat();
            let told = self.value(&path, value);
            fields.push((field(key)?, told.map_err(|why| format!("{key}: {why}"))?));
        }
        Ok(self.add(&format!("{}Words", camel(path)), fields))
    }

    fn value(&mut self, path: &[&str], value: &Value) -> Result<Typed, String> {
        if let Some(table) = value.as_table() {
            return match MAPS.contains(&&*path.join(".")) {
                true => map(table),
                false => self.table(path, table),
            };
        }
        match value.as_array() {
            Some(all) if all.iter().any(Value::is_table) => self.entries(path, all),
            Some(_) | None => column(&[Some(value)], true).map(only),
        }
    }

    /// A table of tables that have the same keys: they have one type, and each knows its own key.
    fn entries_by_key(&mut self, path: &[&str], table: &Table) -> Result<Typed, String> {
        let tables: Vec<&Table> = table.values().filter_map(Value::as_table).collect();
        let (name, entries) = self.entry(path, &tables, &table.keys().collect::<Vec<_>>())?;
        let mut fields = Vec::new();
        for (key, value) in table.keys().zip(entries) {
            let kind = name.clone();
            fields.push((field(key)?, Typed { kind, value }));
        }
        Ok(self.add(&format!("{name}Words"), fields))
    }

    /// A list of tables: they have one type, and what one of them lacks may be missing.
    fn entries(&mut self, path: &[&str], all: &[Value]) -> Result<Typed, String> {
        let tables: Option<Vec<&Table>> = all.iter().map(Value::as_table).collect();
        let tables = tables.ok_or("tables must not stand beside something else in a list")?;
        let (name, entries) = self.entry(path, &tables, &[])?;
        Ok(Typed {
            kind: format!("&'static [{name}]"),
            value: format!("&[\n{},\n]", entries.join(",\n")),
        })
    }

    /// The type of such tables, and the value of each.
    fn entry(
        &mut self,
        path: &[&str],
        tables: &[&Table],
        names: &[&String],
    ) -> Result<(String, Vec<String>), String> {
        let name = camel(path);
        let mut keys: Vec<&String> = tables.iter().flat_map(|table| table.keys()).collect();
        keys.sort();
        keys.dedup();
        let mut kinds = String::new();
        let mut values = vec![String::new(); tables.len()];
        if !names.is_empty() {
            kinds.push_str(
                "    #[allow(dead_code, reason = \"a name, and no sentence\")]\n    pub(crate) key: &'static str,\n",
            );
            for (value, key) in values.iter_mut().zip(names) {
                value.push_str(&format!("key: {}, ", text(key)));
            }
        }
        for key in keys {
            let cells: Vec<Option<&Value>> = tables.iter().map(|table| table.get(key)).collect();
            let column = column(&cells, true).map_err(|why| format!("{key}: {why}"))?;
            let field = field(key)?;
            for (value, told) in values.iter_mut().zip(&column) {
                value.push_str(&format!("{field}: {}, ", told.value));
            }
            let kind = column.first().map_or("", |told| &told.kind);
            kinds.push_str(&format!("    pub(crate) {field}: {kind},\n"));
        }
        self.code.push_str(&format!(
            "#[derive(Debug)]\npub(crate) struct {name} {{\n{kinds}}}\n\n"
        ));
        let values = values.iter().map(|value| format!("{name} {{ {value}}}"));
        Ok((name.clone(), values.collect()))
    }
}

/// Whether a table holds nothing but tables with the same keys.
fn alike(table: &Table) -> bool {
    let keys = |value: &Value| Some(value.as_table()?.keys().cloned().collect::<Vec<_>>());
    let all: Vec<_> = table.values().map(keys).collect();
    all.len() > 1 && all.iter().all(|keys| keys.is_some() && *keys == all[0])
}

/// A table that is asked for by a key known at run time only.
fn map(table: &Table) -> Result<Typed, String> {
    let cells: Vec<Option<&Value>> = table.values().map(Some).collect();
    let inner = if table.values().all(Value::is_table) {
        let maps = table.values().filter_map(Value::as_table).map(map);
        maps.collect::<Result<Vec<_>, _>>()?
    } else {
        column(&cells, false)?
    };
    let kind = inner.first().map_or("()", |told| &told.kind);
    let pair = |(key, told): (&String, &Typed)| format!("({}, {})", text(key), told.value);
    let pairs: Vec<String> = table.keys().zip(&inner).map(pair).collect();
    Ok(Typed {
        kind: format!("Map<{kind}>"),
        value: format!("Map(&[\n{},\n])", pairs.join(",\n")),
    })
}

/// Values that have one type: all texts or all lists of texts; templates as soon as one of them is one.
fn column(cells: &[Option<&Value>], templates: bool) -> Result<Vec<Typed>, String> {
    let there = || cells.iter().flatten();
    let list = there().any(|value| value.is_array());
    let lists = there().map(|value| match value.as_array() {
        Some(all) => all.iter().map(one).collect(),
        None => one(value).map(|text| vec![text]),
    });
    let lists = lists.collect::<Result<Vec<Vec<&str>>, String>>()?;
    if list && !there().all(|value| value.is_array()) {
        return Err("a text and a list can't stand for the same thing".to_owned());
    }
    let template = templates && lists.iter().flatten().any(|text| !braces(text).is_empty());
    let literal = |said: &&str| match template {
        true => {
            let braces = braces(said)
                .iter()
                .map(|name| text(name))
                .collect::<Vec<_>>();
            format!(
                "Template {{ text: {}, braces: &[{}] }}",
                text(said),
                braces.join(", ")
            )
        }
        false => text(said),
    };
    let whole = |value: &Value| match value.as_array() {
        Some(all) => {
            let texts = all.iter().filter_map(Value::as_str);
            let all: Vec<String> = texts.map(|text| literal(&text)).collect();
            format!("&[{}]", all.join(", "))
        }
        None => literal(&value.as_str().unwrap_or_default()),
    };
    let kind = if template { "Template" } else { "&'static str" };
    let kind = if list {
        format!("&'static [{kind}]")
    } else {
        kind.to_owned()
    };
    let missing = cells.iter().any(Option::is_none);
    let told = |cell: &Option<&Value>| match missing {
        true => Typed {
            kind: format!("Option<{kind}>"),
            value: optional(cell.map(whole)),
        },
        false => Typed {
            kind: kind.clone(),
            value: cell.map(whole).unwrap_or_default(),
        },
    };
    Ok(cells.iter().map(told).collect())
}

/// The one of a column of one.
fn only(mut column: Vec<Typed>) -> Typed {
    column.swap_remove(0)
}

fn one(value: &Value) -> Result<&str, String> {
    let kind = value.type_str();
    let misfit = || format!("a text must stand here and not: {kind}");
    value.as_str().ok_or_else(misfit)
}

/// The names in braces that have to be filled, each once. A brace with anything else behind it is only a brace.
pub fn braces(text: &str) -> Vec<&str> {
    let usual = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    let mut found: Vec<&str> = Vec::new();
    for tail in text.split('{').skip(1) {
        if let Some((name, _)) = tail.split_once('}')
            && !name.is_empty()
            && name.chars().all(usual)
            && !found.contains(&name)
        {
            found.push(name);
        }
    }
    found
}
