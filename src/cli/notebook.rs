//! The pages that belong to one person, from the command line. No word of them is ever an argument.

use super::args::NotebookCommand;
use super::output::lines;
use super::{CommandError, Exit, home, run_ui, script_files, settings};
use crate::app::Program;
use crate::notebook::{Listed, Notebooks};
use crate::notebook_ui::Goal;
use crate::text::safe_text::SafeText;
use crate::text::words::{fill, words};
use crate::tui;

pub(crate) fn asked(what: Option<NotebookCommand>, plain: bool) -> Result<Exit, CommandError> {
    match what {
        None => open(Goal::Front, plain),
        Some(NotebookCommand::List) => list(),
        Some(NotebookCommand::Read) => open(Goal::Notes, plain),
        Some(NotebookCommand::Write) => open(Goal::Write, plain),
        Some(NotebookCommand::Passphrase) => open(Goal::Rekey, plain),
        Some(NotebookCommand::Lock) => lock(),
    }
}

/// Opens the pages, on the way to something.
pub(crate) fn open(goal: Goal, plain: bool) -> Result<Exit, CommandError> {
    let settings = settings::settings()?;
    let home = home()?;
    let scripts = script_files::all(&home);
    let mut program = Program::new(home, scripts, settings.clone(), &tui::exit_key());
    program.tell_files_by(super::doctor::files);
    program.open_notebook(goal);
    run_ui::talk(&mut program, plain, &settings)
}

/// What is open closes with the program that opened it: another one can only be pointed at.
fn lock() -> Result<Exit, CommandError> {
    let w = &words().cli;
    let found = Notebooks::at(home()?.notebooks())
        .list()
        .map_err(|why| (why, Exit::Found))?;
    let open = found.iter().filter_map(|found| {
        let Listed::Here(notebook) = found else {
            return None;
        };
        let name = notebook.name();
        Some(match notebook.is_open()? {
            Some(pid) => {
                let values = [("name", name), ("pid", &*pid.to_string())];
                fill(&w.open_elsewhere, &values)
            }
            None => fill(&w.open_elsewhere_unnamed, &[("name", name)]),
        })
    });
    let open: Vec<SafeText> = open.collect();
    if open.is_empty() {
        return lines(&[SafeText::new(w.locked)]);
    }
    lines(&open)?;
    Ok(Exit::Found)
}

fn list() -> Result<Exit, CommandError> {
    let w = &words().cli;
    let found = Notebooks::at(home()?.notebooks())
        .list()
        .map_err(|why| (why, Exit::Found))?;
    let mut said: Vec<SafeText> = found
        .iter()
        .map(|found| match found {
            Listed::Here(notebook) => {
                let text = if notebook.is_sealed() {
                    &w.notebook_sealed
                } else {
                    &w.notebook_plain
                };
                fill(text, &[("name", notebook.name())])
            }
            Listed::Unread { why, .. } => why.clone(),
        })
        .collect();
    if said.is_empty() {
        said.push(SafeText::new(w.no_notebook));
    }
    let all_well = found.iter().all(|listed| matches!(listed, Listed::Here(_)));
    let printed = lines(&said)?;
    Ok(if all_well { printed } else { Exit::Found })
}
