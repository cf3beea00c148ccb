//! From what was typed to what a session walks: ids become places, words become targets, modules stand where they are
//! named.

pub(super) mod lint;
pub(super) mod lone_module;
pub(super) mod lookup;
pub(super) mod modules;
pub(super) mod own;
pub(super) mod packs;
pub(super) mod scope;
pub(super) mod script;
pub(super) mod stage_names;
pub(super) mod stages;
pub(super) mod steps;
pub(super) mod targets;
pub(super) mod text;
