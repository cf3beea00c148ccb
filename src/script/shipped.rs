//! The scripts and modules that are shipped inside the program.

use std::rc::Rc;
use std::sync::{Arc, LazyLock};

use super::source::Source;
use super::{Head, Library, Pack, People, ReadBefore, Script, read};
use crate::text::safe_text::SafeText;

/// A shipped script: what lists and the first page need of it, and its text.
struct ShippedScript {
    name: &'static str,
    title: &'static str,
    summary: &'static str,
    language: &'static str,
    needs: &'static [&'static str],
    people: People,
    minutes: u16,
    packs: &'static [(&'static str, &'static str, Option<&'static str>)],
    one_sided: Option<&'static str>,
    text: &'static str,
}

include!(concat!(env!("OUT_DIR"), "/scripts.rs"));

/// The shipped library.
#[derive(Clone, Copy, Debug)]
pub struct Shipped;

/// The shipped library.
pub const SHIPPED: Shipped = Shipped;

impl Library for Shipped {
    fn module(&self, name: &str) -> Option<Source> {
        let (_, text) = MODULES.iter().find(|(known, _)| *known == name)?;
        Some(Source::shipped(
            &format!("scripts/modules/{name}.toml"),
            text,
        ))
    }

    fn modules(&self) -> Vec<&str> {
        MODULES.iter().map(|(name, _)| *name).collect()
    }

    fn scripts(&self) -> Vec<&str> {
        SCRIPTS.iter().map(|script| script.name).collect()
    }

    fn script(&self, name: &str) -> Option<Source> {
        let script = SCRIPTS.iter().find(|script| script.name == name)?;
        Some(Source::shipped(
            &format!("scripts/{name}.toml"),
            script.text,
        ))
    }
}

impl From<&ShippedScript> for Head {
    fn from(script: &ShippedScript) -> Self {
        let pack = |(name, title, a_part): &(&str, &str, Option<&str>)| Pack {
            name: (*name).to_owned(),
            title: SafeText::new(title),
            a_part: a_part.map(SafeText::new),
        };
        Self {
            name: script.name.to_owned(),
            title: SafeText::new(script.title),
            summary: SafeText::new(script.summary),
            language: script.language.to_owned(),
            needs: script.needs.to_vec(),
            people: script.people,
            minutes: script.minutes,
            lengths: Vec::new(),
            packs: script.packs.iter().map(pack).collect(),
            one_sided: script.one_sided.map(SafeText::new),
        }
    }
}

/// What lists and the first page need of every shipped script. None of them is read for it.
#[must_use]
pub(crate) fn shipped_heads() -> Vec<Head> {
    SCRIPTS.iter().map(Head::from).collect()
}

/// The shipped script of this name, made ready to run, with the modules that it uses.
#[must_use]
pub(crate) fn shipped_script(name: &str) -> Option<Arc<Script>> {
    read(name, SHIPPED.script(name)?, &SHIPPED, &Rc::default(), 0)
}

/// Every shipped script, ready to run. Tests hold that each of them is.
#[must_use]
pub fn shipped() -> &'static [Arc<Script>] {
    static ALL: LazyLock<Vec<Arc<Script>>> = LazyLock::new(|| {
        let before: Rc<ReadBefore> = Rc::default();
        let script = |name: &str| {
            // A script that was read because a longer one names it is there already.
            if let Some(known) = before.shorter.borrow().get(name) {
                return Some(Arc::clone(known));
            }
            read(name, SHIPPED.script(name)?, &SHIPPED, &before, 0)
        };
        SCRIPTS
            .iter()
            .filter_map(|known| script(known.name))
            .collect()
    });
    &ALL
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_known_of_a_script_that_is_not_read_is_what_it_says() {
        let read: Vec<Head> = shipped()
            .iter()
            .map(|script| Head::from(&**script))
            .collect();
        assert_eq!(shipped_heads(), read);
    }

    #[test]
    fn a_script_that_is_made_ready_alone_is_the_same() {
        for script in shipped() {
            assert_eq!(shipped_script(&script.name).as_ref(), Some(script));
        }
    }
}
