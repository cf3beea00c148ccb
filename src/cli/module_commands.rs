//! Modules, looked at by those who look for one to use.

use super::module_library::ModuleLibrary;
use super::output::lines;
use super::script_files;
use super::script_questions::list_questions;
use super::toml_files::{is_file, read, stem};
use super::{CommandError, Exit, wrong};
use crate::script::{self, Ask, Library, Module, ModulePlace, SHIPPED, Source};
use crate::storage::Folders;
use crate::text::safe_text::SafeText;
use crate::text::sort::Arrange;
use crate::text::words::{fill, words};

/// One line for each module: what it is, where it fits, its ways out, whose it is.
pub(crate) fn list(home: &Folders) -> Vec<SafeText> {
    let w = &words().cli.author.module;
    let library = ModuleLibrary::own(home);
    let mut names = library.modules();
    names.arrange();
    let mut told = Vec::new();
    for name in names {
        let Some(module) = library.module(name).and_then(|source| {
            // What is wrong with one of somebody's own is for `check` to say.
            script::module(name, source, &library)
        }) else {
            let typed = script_files::as_typed(name);
            told.push(fill(&w.broken, &[("name", name), ("place", &*typed)]));
            continue;
        };
        let values = [
            ("name", name),
            ("title", module.title.as_str()),
            ("fits", &fits(&module)),
            ("exits", &exits(&module)),
            ("whose", whose(name)),
        ];
        told.push(fill(&w.line, &values));
    }
    told
}

/// The text of a module, by its file or its name; nothing when no module is meant.
pub(crate) fn source(asked: &str, home: &Folders) -> Option<Source> {
    if is_file(asked) {
        let source = read(asked.as_ref()).ok()?;
        let is_module = script::is_module(&source);
        return is_module.then_some(source);
    }
    // A script of this name is meant first.
    if is_script(asked, home) {
        None
    } else {
        ModuleLibrary::own(home).module(asked)
    }
}

fn is_script(asked: &str, home: &Folders) -> bool {
    SHIPPED.scripts().contains(&asked) || script_files::own_file(asked, home).is_some()
}

/// The sentence for a name that nothing has, when a module comes nearest to it.
pub(crate) fn unknown(asked: &str, home: &Folders) -> Option<SafeText> {
    if is_file(asked) || is_script(asked, home) {
        return None;
    }
    let library = ModuleLibrary::own(home);
    let modules = library.modules();
    let names = SHIPPED.scripts().into_iter().chain(modules.iter().copied());
    let near = script::nearest(asked, names).filter(|near| modules.contains(near))?;
    let name = SafeText::short(asked, 60);
    let values = [("name", name.as_str()), ("near", near)];
    Some(fill(&words().cli.unknown_name_near, &values))
}

/// What a module is, where it fits, its ways out and what it asks.
pub(crate) fn show(asked: &str, source: Source, home: &Folders) -> Result<Exit, CommandError> {
    let w = &words().cli.author;
    let name = if is_file(asked) {
        stem(asked.as_ref())
    } else {
        asked.to_owned()
    };
    let library = match is_file(asked) {
        true => ModuleLibrary::beside(asked.as_ref(), home),
        false => ModuleLibrary::own(home),
    };
    let name = SafeText::short(&name, 60);
    let typed = script_files::as_typed(asked);
    let values = [("name", name.as_str()), ("place", &*typed)];
    let Some(module) = script::module(name.as_str(), source, &library) else {
        return Err(wrong(fill(&w.module.broken, &values)));
    };
    let mut told = vec![module.title.clone()];
    if !module.summary.is_empty() {
        told.push(module.summary.clone());
    }
    told.push(fill(
        &w.module.head,
        &[values[0], ("whose", whose(name.as_str()))],
    ));
    told.push(fill(&w.module.fits, &[("fits", &fits(&module))]));
    if let Some(offer) = &module.offer {
        told.push(fill(&w.module.offer, &[("offer", offer.as_str())]));
    }
    told.push(fill(&w.module.exits, &[("exits", &exits(&module))]));
    told.push(SafeText::default());
    list_questions(&module, &module.steps, "", &mut told);
    lines(&told)
}

fn whose(name: &str) -> &'static str {
    let w = &words().cli.author;
    if SHIPPED.modules().contains(&name) {
        w.shipped
    } else {
        w.own
    }
}

fn fits(module: &Module) -> String {
    let w = &words().cli.author.module;
    let word = |fits: &ModulePlace| match fits {
        ModulePlace::Stage => w.stage,
        ModulePlace::Turn => w.turn,
        ModulePlace::Closing => w.closing,
        ModulePlace::Aside => w.aside,
        ModulePlace::Everywhere => w.everywhere,
    };
    let mut told: Vec<&str> = module.fits.iter().map(word).collect();
    match module.company {
        [true, false] => told.push(w.alone),
        [false, true] => told.push(w.together),
        [true, true] | [false, false] => {}
    }
    if !module.exits.is_empty() {
        told.push(w.step);
    }
    // A session with turns needs both before them: whoever uses a module need not write what it brings.
    let asks = |wanted: fn(&Ask) -> bool| module.steps.iter().any(|step| wanted(&step.ask));
    if asks(|ask| matches!(ask, Ask::Gate(_))) {
        told.push(w.gate);
    }
    if asks(|ask| matches!(ask, Ask::Agreement(_))) {
        told.push(w.agreement);
    }
    told.join(", ")
}

fn exits(module: &Module) -> String {
    if module.exits.is_empty() {
        words().cli.author.module.no_exits.to_owned()
    } else {
        module.exits.join(", ")
    }
}
