//! Deleting what is remembered, asked for on the terminal: names are personal, so they are never arguments.

use std::io::{self, BufRead, Read};

use super::{CommandError, Exit, home, lines, wrong};
use crate::app::{DeletionScope, ResumeError, purge};
use crate::memory::{self, Memory, MemoryStore};
use crate::notebook::{Listed, Notebooks};
use crate::storage::Folders;
use crate::text::safe_text::SafeText;
use crate::text::words::{Template, fill, joined, words};

/// The most letters of an answer.
const MOST: u64 = 200;

/// What was chosen.
#[derive(Clone, PartialEq, Eq, Debug)]
enum Forget {
    Circle(Vec<String>),
    Person(String),
    Circles,
    Cards,
    Files(DeletionScope),
}

/// A choice: its words, what it deletes, and what is said about that.
#[derive(Clone)]
struct ForgetChoice {
    what: SafeText,
    forget: Forget,
    says: SafeText,
}

/// What somebody typed at a list.
pub(super) enum Picked<T> {
    /// Nothing, or the input has ended.
    Nothing,
    /// A number that is not there, or no number.
    Wrong,
    /// This one.
    This(T),
}

/// Asks what to delete, and deletes it after a yes that is typed out.
pub(crate) fn ask() -> Result<Exit, CommandError> {
    let home = home()?;
    let mut input = io::stdin().lock();
    let w = &words().upkeep;
    let (mut people, sealed) = MemoryStore::load(&home);
    if let Some(sentence) = &sealed {
        super::problem(sentence);
    }
    if !home.state().exists() && !home.data().exists() {
        return lines(&[SafeText::new(w.nothing)]);
    }
    let choice = match chosen(&mut input, &people)? {
        Picked::Nothing => return lines(&[SafeText::new(w.kept)]),
        Picked::Wrong => return Err(wrong(SafeText::new(w.no_such))),
        Picked::This(choice) => choice,
    };
    let mut said = vec![choice.says];
    if choice.forget == Forget::Files(DeletionScope::All) {
        let folders = [home.state(), home.data()];
        said.extend(
            folders
                .iter()
                .map(|at| SafeText::new(&at.to_string_lossy())),
        );
        said.extend(notebooks(&home));
    }
    said.extend([SafeText::new(w.promise), SafeText::new(w.sure)]);
    // Nobody says yes to what they could not read.
    lines(&said)?;
    if answer(&mut input).to_lowercase() != w.yes {
        return lines(&[SafeText::new(w.kept)]);
    }
    delete(&mut people, &home, choice.forget)?;
    lines(&[SafeText::new(w.gone)])
}

/// Whose notebooks go too: nobody deletes somebody's pages without having read whose they are.
fn notebooks(home: &Folders) -> Option<SafeText> {
    let all = Notebooks::at(home.notebooks()).list().unwrap_or_default();
    let names = all.iter().map(|one| match one {
        Listed::Here(notebook) => SafeText::short(notebook.name(), 60),
        Listed::Unread { folder, .. } => SafeText::new(&folder.to_string_lossy()),
    });
    let names: Vec<String> = names.map(|name| name.as_str().to_owned()).collect();
    let says = &words().upkeep.says_notebooks;
    (!names.is_empty()).then(|| fill(says, &[("names", &*names.join(", "))]))
}

/// One line; nothing when there are no more.
fn answer(input: &mut impl BufRead) -> String {
    let mut line = String::new();
    // Whatever can't be read is no yes.
    match input.take(MOST).read_line(&mut line) {
        Ok(_) => line.trim().to_owned(),
        Err(_) => String::new(),
    }
}

/// Asks for one of these by its number.
pub(super) fn pick<T>(
    input: &mut impl BufRead,
    title: &str,
    choices: Vec<T>,
    says: impl Fn(&T) -> SafeText,
) -> Result<Picked<T>, CommandError> {
    let w = &words().upkeep;
    let mut said = vec![SafeText::new(title)];
    for (n, choice) in choices.iter().enumerate() {
        let (n, what) = ((n + 1).to_string(), says(choice));
        said.push(fill(&w.choice, &[("n", &n), ("what", what.as_str())]));
    }
    said.push(SafeText::new(w.number));
    lines(&said)?;
    let typed = answer(input);
    if typed.is_empty() {
        return Ok(Picked::Nothing);
    }
    let n = typed.parse::<usize>().ok().and_then(|n| n.checked_sub(1));
    Ok(match n.and_then(|n| choices.into_iter().nth(n)) {
        Some(choice) => Picked::This(choice),
        None => Picked::Wrong,
    })
}

/// What is to be deleted: first of which sort, then which one.
fn chosen(input: &mut impl BufRead, memory: &Memory) -> Result<Picked<ForgetChoice>, CommandError> {
    let w = &words().upkeep;
    let sorts = [
        (&w.what_circle, &w.which_circle, circles(memory)),
        (&w.what_person, &w.which_person, persons(memory)),
        (&w.what_kind, &w.which_kind, kinds()),
        (&w.what_all, &w.what_all, Vec::new()),
    ];
    let offered = sorts.into_iter().filter(|(sort, _, choices)| {
        let all = *sort == &w.what_all;
        all || !choices.is_empty()
    });
    let sort = pick(input, w.what, offered.collect(), |(sort, _, _)| {
        SafeText::new(sort)
    })?;
    let (which, choices) = match sort {
        Picked::Nothing => return Ok(Picked::Nothing),
        Picked::Wrong => return Ok(Picked::Wrong),
        Picked::This((_, which, choices)) => (which, choices),
    };
    if choices.is_empty() {
        return Ok(Picked::This(ForgetChoice {
            what: SafeText::new(w.what_all),
            forget: Forget::Files(DeletionScope::All),
            says: SafeText::new(w.says_all),
        }));
    }
    pick(input, which, choices, |choice| choice.what.clone())
}

fn choice(what: &str, forget: Forget, says: &Template) -> ForgetChoice {
    ForgetChoice {
        says: fill(says, &[("what", what)]),
        what: SafeText::new(what),
        forget,
    }
}

fn circles(memory: &Memory) -> Vec<ForgetChoice> {
    let says = &words().upkeep.says_circle;
    let of = |names: &[String]| choice(&joined(names), Forget::Circle(names.to_vec()), says);
    let circles = memory.circles().iter();
    circles.map(|circle| of(&circle.names)).collect()
}

fn persons(memory: &Memory) -> Vec<ForgetChoice> {
    let says = &words().upkeep.says_person;
    let names = memory.everybody().into_iter();
    names
        .map(|name| choice(name, Forget::Person(name.to_owned()), says))
        .collect()
}

fn kinds() -> Vec<ForgetChoice> {
    let w = &words().upkeep;
    let kinds = [
        (&w.kind_circles, Forget::Circles),
        (&w.kind_cards, Forget::Cards),
        (&w.kind_record, Forget::Files(DeletionScope::Record)),
        (&w.kind_logs, Forget::Files(DeletionScope::Logs)),
    ];
    kinds
        .map(|(what, forget)| choice(what, forget, &w.says_kind))
        .to_vec()
}

fn delete(people: &mut MemoryStore, home: &Folders, forget: Forget) -> Result<(), CommandError> {
    let found = |sentence: SafeText| (sentence, Exit::Found);
    let not = |why: ResumeError| match why {
        ResumeError::Busy(sentence) => (sentence, Exit::Busy),
        ResumeError::Cannot(sentence) => (sentence, Exit::Found),
    };
    match forget {
        Forget::Circle(names) => {
            let gone = names.clone();
            let changed = people.change(move |memory| memory.forget(&gone));
            changed.map_err(found)?;
            memory::forget(&home.record(), &names).map_err(found)
        }
        Forget::Person(name) => {
            let gone = name.clone();
            let changed = people.change(move |memory| memory.forget_person(&gone));
            changed.map_err(found)?;
            memory::forget_with(&home.record(), &name).map_err(found)
        }
        Forget::Circles => people.change(Memory::forget_circles).map_err(found),
        Forget::Cards => people.change(Memory::forget_persons).map_err(found),
        Forget::Files(what) => purge(home, what).map_err(not),
    }
}
