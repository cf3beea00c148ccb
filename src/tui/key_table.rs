//! The one table of keys and what they do.

use std::sync::{LazyLock, OnceLock};

pub(crate) use super::action::{Action, Context};
use super::key::{Code, Key};
use super::rows::{Row, rows};

/// One line of the table.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct KeyRow {
    /// What it does.
    pub(crate) does: Action,
    /// The same, as the table names it.
    pub(crate) name: &'static str,
    /// How the keys are named, first the one for the footer, for each context.
    names: [Vec<String>; 3],
    codes: [Vec<Key>; 3],
    shown: Option<&'static str>,
    /// Its word in the footer.
    pub(crate) footer: &'static str,
    /// The lower, the longer it stays in a narrow footer; `None`: never there.
    pub(crate) rank: Option<u8>,
    /// What the page of keys says.
    pub(crate) help: &'static str,
}

impl KeyRow {
    /// How the footer names its key in a context; `None` where it has none.
    #[must_use]
    pub(crate) fn first_name(&self, context: Context) -> Option<String> {
        let first = self.names(context).next()?;
        Some(self.shown.map_or(first, str::to_owned))
    }

    /// Gives places in their order these keys: the answers, or the numbers from 0 on. A place that gets none keeps its
    /// digit.
    pub(super) fn place(&mut self, keys: &[(String, Key)]) {
        let first = usize::from(self.does == Action::Choose);
        let places = if keys.is_empty() && first == 0 {
            1
        } else {
            self.does.places()
        };
        let digit = |n: usize| char::from_digit(u32::try_from(n).unwrap_or(0), 10).unwrap_or('0');
        let all = (0..places).map(|n| {
            let own = || {
                let digit = digit(n + first);
                let code = Code::Char(digit);
                (digit.to_string(), Key { code, ctrl: false })
            };
            keys.get(n).cloned().unwrap_or_else(own)
        });
        (self.names[0], self.codes[0]) = all.unzip();
    }

    /// The keys of places, as they are named on the screen.
    #[must_use]
    pub(crate) fn places(&self) -> Vec<String> {
        self.names(Context::Keys).collect()
    }

    /// Gives it these keys. Where words are typed only those count that write none of them, and without one of
    /// these it keeps those it had.
    pub(super) fn rebind(&mut self, keys: &[(String, Key)]) {
        if self.does.places() > 0 {
            self.place(keys);
            return;
        }
        let split =
            |keys: &[(String, Key)]| -> (Vec<String>, Vec<Key>) { keys.iter().cloned().unzip() };
        let chords: Vec<(String, Key)> = keys
            .iter()
            .filter(|(_, key)| !key.is_text())
            .cloned()
            .collect();
        let had = |slot: usize| -> Vec<(String, Key)> {
            let names = self.names[slot].iter().cloned();
            names.zip(self.codes[slot].iter().copied()).collect()
        };
        let typing = match (had(1), keys.is_empty()) {
            (had, false) if chords.is_empty() => had,
            (had, _) if had.is_empty() => had,
            (_, _) => chords,
        };
        let mut asking = if had(2).is_empty() {
            Vec::new()
        } else {
            keys.to_vec()
        };
        if !asking.is_empty() && !self.codes[0].is_empty() {
            asking.extend(typing.iter().filter(|key| !keys.contains(key)).cloned());
        }
        let here = if self.codes[0].is_empty() {
            Vec::new()
        } else {
            keys.to_vec()
        };
        for (slot, keys) in [here, typing, asking].iter().enumerate() {
            (self.names[slot], self.codes[slot]) = split(keys);
        }
        self.shown = None;
    }

    fn names(&self, context: Context) -> impl Iterator<Item = String> {
        let moves = move |name: &str| context == Context::Rating && matches!(name, "up" | "down");
        let counts = self.does.counts_in(context);
        self.names[context.slot()]
            .iter()
            .filter(move |name| counts && !moves(name))
            .map(|name| sign(name))
    }

    /// The keys that do it in a context.
    pub(super) fn keys_in(&self, context: Context) -> Vec<Key> {
        let moves =
            |key: &&Key| context == Context::Rating && matches!(key.code, Code::Up | Code::Down);
        let keys = self.codes[context.slot()].iter();
        let counts = self.does.counts_in(context);
        keys.filter(|key| counts && !moves(key)).copied().collect()
    }

    /// All its keys in a context, as the page of keys names them.
    #[must_use]
    pub(crate) fn all_names(&self, context: Context) -> String {
        match self.shown {
            Some(shown) => shown.to_owned(),
            None => self.names(context).collect::<Vec<_>>().join(" "),
        }
    }
}

/// How a key's name looks on the screen.
fn sign(name: &str) -> String {
    match name {
        "left" => "←".to_owned(),
        "right" => "→".to_owned(),
        "up" => "↑".to_owned(),
        "down" => "↓".to_owned(),
        "pageup" => "PgUp".to_owned(),
        "pagedown" => "PgDn".to_owned(),
        other => other.to_owned(),
    }
}

/// The table.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct KeyTable(pub(crate) Vec<KeyRow>);

/// One key that would do two things.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Clash {
    /// The key.
    pub(crate) key: String,
    /// What it does already.
    pub(crate) first: &'static str,
    /// What it should do as well.
    pub(crate) second: &'static str,
}

impl KeyTable {
    /// The first key that would do two things, if there is one.
    pub(super) fn clash(&self) -> Option<Clash> {
        for slot in 0..3 {
            let mut known: Vec<(Key, &KeyRow)> = Vec::new();
            for entry in &self.0 {
                for (key, name) in entry.codes[slot].iter().zip(&entry.names[slot]) {
                    let same = |(other, first): &&(Key, &KeyRow)| {
                        other == key && !first.does.shares(entry.does)
                    };
                    if let Some((_, first)) = known.iter().find(same) {
                        return Some(Clash {
                            key: name.clone(),
                            first: first.name,
                            second: entry.name,
                        });
                    }
                    known.push((*key, entry));
                }
            }
        }
        None
    }

    /// Which place of something a key stands for, counted from 0.
    #[must_use]
    pub(crate) fn place(&self, does: Action, key: Key) -> Option<usize> {
        let entry = self.0.iter().find(|entry| entry.does == does)?;
        let key = key.folded();
        entry.codes[0].iter().position(|known| *known == key)
    }

    /// What a key does in a context.
    #[must_use]
    pub(crate) fn find(&self, key: Key, context: Context) -> Option<Action> {
        let key = key.folded();
        self.0
            .iter()
            .find(|entry| {
                entry.does.counts_in(context) && entry.codes[context.slot()].contains(&key)
            })
            .map(|entry| entry.does)
    }
}

static TABLE: LazyLock<KeyTable> = LazyLock::new(|| KeyTable(rows().iter().map(entry).collect()));
/// The table with people's own keys; set before the screen is taken, once.
static CHOSEN: OnceLock<KeyTable> = OnceLock::new();

/// A row as it is before people give it keys of their own.
fn entry(row: &Row) -> KeyRow {
    let keys = [row.keys, row.typing, row.asking];
    let (does, name) = row.does;
    KeyRow {
        does,
        name,
        names: keys.map(|keys| keys.iter().map(|(name, _)| (*name).to_owned()).collect()),
        codes: keys.map(|keys| keys.iter().map(|(_, key)| *key).collect()),
        shown: row.shown,
        footer: row.footer,
        rank: row.rank,
        help: row.help,
    }
}

/// The table of this program.
#[must_use]
pub(crate) fn table() -> &'static KeyTable {
    CHOSEN.get().unwrap_or(&TABLE)
}

/// The table as it comes.
pub(super) fn usual() -> &'static KeyTable {
    &TABLE
}

/// Uses this table from now on. Only the first one counts, so that no key changes under anybody's hands.
pub(super) fn choose(table: KeyTable) {
    // A second one is not asked for by anybody.
    let _ = CHOSEN.set(table);
}

/// How the keys of the answers are named on the screen, in their order.
#[must_use]
pub(crate) fn answers() -> Vec<String> {
    let entry = table().0.iter().find(|entry| entry.does == Action::Choose);
    entry.map(KeyRow::places).unwrap_or_default()
}

/// How the first key of something is said to people ("Ctrl-X").
#[must_use]
pub(crate) fn said(does: Action) -> String {
    say_first(does, &[Context::Keys, Context::Typing, Context::Asking])
}

/// The keys of so many choices; behind the last key there are numbers, whose digits are pressed one after the other.
pub(super) fn names_of_places(entry: &KeyRow, count: usize) -> Vec<String> {
    let names = entry.places();
    let more = (names.len()..count).map(|n| (n + 1).to_string());
    let mut all = names.iter().take(count.max(1)).cloned().collect::<Vec<_>>();
    all.extend(more);
    all
}

/// How the keys of so many choices are said in a sentence.
pub(crate) fn places_named(count: usize) -> String {
    let entry = table().0.iter().find(|entry| entry.does == Action::Choose);
    entry.map_or_else(String::new, |entry| {
        of_places(&names_of_places(entry, count), false)
    })
}

/// The keys of places: digits from the first to the last, others by name, and in the footer not all of many.
pub(super) fn of_places(names: &[String], all: bool) -> String {
    let digits = names
        .iter()
        .enumerate()
        .all(|(n, name)| *name == (n + 1).to_string());
    match names {
        [first, .., last] if digits => format!("{first}–{last}"),
        [first, second, _, .., last] if !all => format!("{first} {second} … {last}"),
        _ => names.join(" "),
    }
}

/// How the key is said that does something also where words are typed, and so on every keyboard.
#[must_use]
pub(crate) fn chord(does: Action) -> String {
    say_first(does, &[Context::Typing, Context::Keys])
}

/// How all keys of something are said to people.
#[must_use]
pub(crate) fn all_said(does: Action) -> Vec<String> {
    let entry = table().0.iter().find(|entry| entry.does == does);
    let names = entry.map(|entry| entry.names[Context::Keys.slot()].iter());
    names.into_iter().flatten().map(|name| say(name)).collect()
}

/// How the first key of something is said in one place.
#[must_use]
pub(crate) fn said_in(does: Action, context: Context) -> String {
    say_first(does, &[context])
}

fn say_first(does: Action, contexts: &[Context]) -> String {
    let entry = table().0.iter().find(|entry| entry.does == does);
    let first = |entry: &'static KeyRow| {
        let slots = contexts.iter().map(|context| &entry.names[context.slot()]);
        slots.flatten().next()
    };
    say(entry.and_then(first).map_or("", String::as_str))
}

/// How a key is said to people ("Ctrl-X").
fn say(name: &str) -> String {
    match name.strip_prefix("ctrl-") {
        Some(letter) => format!("Ctrl-{}", letter.to_uppercase()),
        None if name.len() > 1 => name.to_uppercase(),
        None => name.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session::scene::Verb;

    #[test]
    fn the_table_is_sound_and_every_kind_of_offer_has_a_key() {
        let verbs: Vec<_> = table()
            .0
            .iter()
            .filter_map(|entry| entry.does.verb())
            .collect();
        for verb in Verb::ALL {
            assert_eq!(verbs.iter().filter(|v| **v == verb).count(), 1, "{verb:?}");
        }
        assert!(
            table()
                .0
                .iter()
                .all(|e| e.rank.is_none() || !e.footer.is_empty())
        );
    }

    #[test]
    fn letters_are_text_while_typing() {
        for letter in ('a'..='z').chain('0'..='9').chain("?! ".chars()) {
            let key = Key::plain(Code::Char(letter));
            assert_eq!(table().find(key, Context::Typing), None, "{letter}");
        }
        let stop = Key {
            code: Code::Char('s'),
            ctrl: true,
        };
        assert_eq!(table().find(stop, Context::Typing), Some(Action::Stop));
        assert_eq!(table().find(stop, Context::Keys), Some(Action::Stop));
    }
}
