//! The scripts and modules that are shipped inside the program.

use std::rc::Rc;
use std::sync::{Arc, LazyLock};

use super::source::Source;
use super::{Library, ReadBefore, Script, read};

macro_rules! files {
    ($folder:literal: $($name:literal),* $(,)?) => {
        &[$(($name, include_str!(concat!("../../scripts/", $folder, $name, ".toml")))),*]
    };
}

/// Name and text of every script. A test holds this equal to the folder.
const SCRIPTS: &[(&str, &str)] = files!("":
    "after-a-trigger",
    "after-a-trigger-together",
    "check-back",
    "circle",
    "conversation",
    "deep-pair",
    "dyad",
    "ending",
    "first-meeting",
    "five-each",
    "focusing-exchange",
    "note-exchange",
    "repair",
    "short-pair",
    "solo-short",
    "solo-sitting",
    "standard-pair",
    "triad",
    "triad-rotation",
);

/// Name and text of every module. A test holds this equal to the folder.
const MODULES: &[(&str, &str)] = files!("modules/":
    "advice",
    "agreement",
    "arrive-alone",
    "arrive-gate",
    "arrive-short",
    "call-drops",
    "ceiling",
    "check-in",
    "close",
    "close-short",
    "crossed-agreement",
    "feel-toward",
    "good-news",
    "group-arrive",
    "half-way",
    "hurt",
    "kind-thing",
    "leave",
    "leave-or-help",
    "lighter",
    "little-room",
    "look-round",
    "mini-close",
    "not-today",
    "nothing-comes",
    "number-now",
    "observer-speaks",
    "off-limits",
    "order-support",
    "parts-turn",
    "processor-last",
    "reflection",
    "rests-here",
    "risk",
    "side-room",
    "signs",
    "silence",
    "steady",
    "stirred",
    "stop",
    "swap",
    "tears",
    "thanks",
    "triad-open",
    "triad-roles",
    "unsigned",
    "what-could-i-say",
    "without-yes",
    "witness-speaks",
    "witness-stirred",
);

/// The shipped library.
#[derive(Clone, Copy, Debug)]
pub struct Shipped;

/// The shipped library.
pub const SHIPPED: Shipped = Shipped;

impl Library for Shipped {
    fn module(&self, name: &str) -> Option<Source> {
        find(MODULES, name).map(|text| Source::new(&format!("scripts/modules/{name}.toml"), text))
    }

    fn modules(&self) -> Vec<&str> {
        MODULES.iter().map(|(name, _)| *name).collect()
    }

    fn scripts(&self) -> Vec<&str> {
        SCRIPTS.iter().map(|(name, _)| *name).collect()
    }

    fn script(&self, name: &str) -> Option<Source> {
        find(SCRIPTS, name).map(|text| Source::new(&format!("scripts/{name}.toml"), text))
    }
}

fn find(files: &[(&'static str, &'static str)], name: &str) -> Option<&'static str> {
    files
        .iter()
        .find(|(known, _)| *known == name)
        .map(|(_, text)| *text)
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
            let source = SHIPPED.script(name)?;
            read(name, source, &SHIPPED, &before, 0)
        };
        SCRIPTS
            .iter()
            .filter_map(|(name, _)| script(name))
            .collect()
    });
    &ALL
}
