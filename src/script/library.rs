//! Where the modules and scripts come from that a script names.

use super::source::Source;
use crate::text::safe_text::SafeText;

/// Why a module that is there can't be used.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Barred {
    /// A shipped one has its name; where it lies.
    Shipped(SafeText),
    /// It can't be read: the whole sentence that says why.
    Unreadable(SafeText),
}

/// Where modules come from. A module is named, never pathed.
pub trait Library {
    /// Why the module of this name can't be used, when one is there that can't be.
    fn barred(&self, _name: &str) -> Option<Barred> {
        None
    }
    /// The text of a module.
    fn module(&self, name: &str) -> Option<Source>;
    /// The names of all modules.
    fn modules(&self) -> Vec<&str>;
    /// The text of a script that another one names.
    fn script(&self, name: &str) -> Option<Source>;
    /// The names of all scripts.
    fn scripts(&self) -> Vec<&str>;
}
