//! How a table of words becomes a struct: each field is a key.
//!
//! `serde` could do this, and its code for twelve hundred texts takes a compiler ten minutes to make fast; these few
//! functions are made once for all of them.

use std::collections::BTreeMap;

use toml::{Table, Value};

/// What stands where something else must, for whoever changes words.
pub type Misfit = String;

/// Something that a value in a file of words says.
pub trait Told: Sized {
    /// Reads the value.
    fn told(value: Value) -> Result<Self, Misfit>;

    /// What is told where the key is missing.
    fn missing() -> Result<Self, Misfit> {
        Err("it is missing".to_owned())
    }
}

/// The keys of a table that are not yet read, and the first thing that did not fit.
///
/// A field is filled in its place and nothing is returned: a way out behind each of two hundred fields, with all that
/// is filled so far to be dropped there, would be more code than the whole program.
pub struct Keys {
    table: Table,
    misfit: Option<Misfit>,
}

impl Keys {
    /// All keys of a table.
    pub fn of(value: Value) -> Result<Self, Misfit> {
        let kind = value.type_str();
        let Value::Table(table) = value else {
            return Err(format!("a table must stand here and not: {kind}"));
        };
        let misfit = None;
        Ok(Self { table, misfit })
    }

    /// Fills a field with what stands under its key: `-` for each `_`.
    pub fn fill<T: Told>(&mut self, field: &mut T, name: &str) {
        let key = name.replace('_', "-");
        let told = match self.table.remove(&key) {
            Some(value) => T::told(value),
            None => T::missing(),
        };
        match told {
            Ok(told) => *field = told,
            Err(misfit) => self.misfits(&format!("{key}: {misfit}")),
        }
    }

    fn misfits(&mut self, misfit: &str) {
        self.misfit.get_or_insert_with(|| misfit.to_owned());
    }

    /// What was filled, if all of it fits and every key was read: one that nobody reads is a slip.
    pub fn done<T>(self, told: T) -> Result<T, Misfit> {
        match (self.misfit, self.table.keys().next()) {
            (Some(misfit), _) => Err(misfit),
            (None, Some(key)) => Err(format!("{key}: no such key")),
            (None, None) => Ok(told),
        }
    }
}

impl Told for String {
    fn told(value: Value) -> Result<Self, Misfit> {
        let kind = value.type_str();
        let Value::String(text) = value else {
            return Err(format!("a text must stand here and not: {kind}"));
        };
        Ok(text)
    }
}

impl<T: Told> Told for Option<T> {
    fn told(value: Value) -> Result<Self, Misfit> {
        T::told(value).map(Some)
    }

    fn missing() -> Result<Self, Misfit> {
        Ok(None)
    }
}

impl<T: Told> Told for Vec<T> {
    fn told(value: Value) -> Result<Self, Misfit> {
        let kind = value.type_str();
        let Value::Array(all) = value else {
            return Err(format!("a list must stand here and not: {kind}"));
        };
        all.into_iter().map(T::told).collect()
    }
}

impl<T: Told, const N: usize> Told for [T; N] {
    fn told(value: Value) -> Result<Self, Misfit> {
        let all = Vec::told(value)?;
        let found = all.len();
        let wanted = |_| format!("{N} of them must stand here and not {found}");
        all.try_into().map_err(wanted)
    }
}

impl<T: Told> Told for BTreeMap<String, T> {
    fn told(value: Value) -> Result<Self, Misfit> {
        let table = Keys::of(value)?.table;
        let named = |(key, value)| match T::told(value) {
            Ok(told) => Ok((key, told)),
            Err(misfit) => Err(format!("{key}: {misfit}")),
        };
        table.into_iter().map(named).collect()
    }
}

/// Declares a struct of words. A field that is not called like its key says the key behind a `=`.
macro_rules! told {
    (
        $(#[$about:meta])*
        pub struct $name:ident {
            $($(#[$what:meta])* pub $field:ident: $kind:ty $(= $key:literal)?,)*
        }
    ) => {
        $(#[$about])*
        #[derive(Debug, Default)]
        pub struct $name {
            $($(#[$what])* pub $field: $kind,)*
        }

        impl $crate::words::told::Told for $name {
            fn told(value: toml::Value) -> Result<Self, $crate::words::told::Misfit> {
                let mut keys = $crate::words::told::Keys::of(value)?;
                let mut told = Self::default();
                $(keys.fill(&mut told.$field, told!(@key $field $($key)?));)*
                keys.done(told)
            }
        }
    };
    (@key $field:ident) => {
        stringify!($field)
    };
    (@key $field:ident $key:literal) => {
        $key
    };
}

#[cfg(test)]
mod tests {
    use super::*;

    told! {
        #[derive(PartialEq)]
        pub struct Few {
            pub go_on: String,
            pub which: Option<String> = "where",
            pub two: [String; 2],
            pub more: BTreeMap<String, Vec<String>>,
        }
    }

    fn read(text: &str) -> Result<Few, Misfit> {
        let table: Table = text.parse().expect("it is TOML");
        Few::told(Value::Table(table))
    }

    #[test]
    fn a_table_is_read_by_its_keys() {
        let few = read("go-on = 'on'\nwhere = 'here'\ntwo = ['a', 'b']\nmore = { x = ['y'] }");
        let wanted = Few {
            go_on: "on".to_owned(),
            which: Some("here".to_owned()),
            two: ["a".to_owned(), "b".to_owned()],
            more: [("x".to_owned(), vec!["y".to_owned()])].into(),
        };
        assert_eq!(few, Ok(wanted));
    }

    #[test]
    fn what_does_not_fit_is_named_by_its_keys() {
        let rest = "two = ['a', 'b']\nmore = {}\n";
        for (text, misfit) in [
            ("", "go-on: it is missing"),
            ("go-on = 'on'\nother = 1", "other: no such key"),
            (
                "go-on = 1",
                "go-on: a text must stand here and not: integer",
            ),
        ] {
            assert_eq!(read(&format!("{text}\n{rest}")), Err(misfit.to_owned()));
        }
        for (text, misfit) in [
            (
                "two = ['a']\nmore = {}",
                "two: 2 of them must stand here and not 1",
            ),
            (
                "two = 'a'\nmore = {}",
                "two: a list must stand here and not: string",
            ),
            (
                "two = ['a', 'b']\nmore = { x = [1] }",
                "more: x: a text must stand here and not: integer",
            ),
        ] {
            assert_eq!(
                read(&format!("go-on = 'on'\n{text}")),
                Err(misfit.to_owned())
            );
        }
    }
}
