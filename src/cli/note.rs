//! One line into a notebook, and nothing else: whoever has one thing to keep does not open anything for it.

use std::io;

use super::args::NoteArgs;
use super::forget::{Picked, pick};
use super::{CommandError, Exit, home, lines, output, wrong};
use crate::line_ui::{self, InputLine, speaks_of_danger};
use crate::notebook::{Listed, Note, Notebook, NotebookEntry, Notebooks, WrittenAt};
use crate::text::safe_text::SafeText;
use crate::text::words::words;
use crate::time::clock::{SystemClock, TimeSource};
use crate::tui;

/// Asks for a line and writes it; of a sealed notebook too, which can be added to without its passphrase.
pub(crate) fn ask(what: &NoteArgs) -> Result<Exit, CommandError> {
    let w = &words().cli;
    if !what.words.is_empty() {
        lines(&[SafeText::new(w.note_behind)])?;
    }
    let mut input = io::stdin().lock();
    let found = Notebooks::at(home()?.notebooks()).list();
    let found = found.map_err(|why| (why, Exit::Found))?;
    let here = found.into_iter().filter_map(|found| match found {
        Listed::Here(notebook) => Some(notebook),
        Listed::Unread { .. } => None,
    });
    let mut here: Vec<Notebook> = here.collect();
    let notebook = match (here.pop(), here.is_empty()) {
        (None, _) => return Err((SafeText::new(w.no_notebook), Exit::Found)),
        (Some(only), true) => only,
        (Some(last), false) => {
            here.push(last);
            match pick(&mut input, w.note_whose, here, |one| {
                SafeText::short(one.name(), 60)
            })? {
                Picked::This(notebook) => notebook,
                Picked::Nothing => return lines(&[SafeText::new(w.note_nothing)]),
                Picked::Wrong => return Err(wrong(SafeText::new(words().upkeep.no_such))),
            }
        }
    };
    let asks = if what.bring {
        w.note_ask_bring
    } else {
        w.note_ask
    };
    drop(input);
    lines(&[SafeText::new(asks)])?;
    let typed = match typed()? {
        InputLine::Words(typed) => SafeText::new(typed.trim()).as_str().to_owned(),
        InputLine::Gone => return gone(),
        InputLine::Interrupt | InputLine::Stop => {
            return lines(&[SafeText::new(w.note_left)]);
        }
        InputLine::NotText(_) | InputLine::TooLong(_) | InputLine::End | InputLine::News => {
            String::new()
        }
    };
    if words().line_ui.here.gone.contains(&&*typed.to_lowercase()) {
        return gone();
    }
    // The words that work alone wherever words are typed are no note, either.
    let word = typed.trim_start_matches('/').to_lowercase();
    let is = |known: &[&str]| word.len() > 1 && known.contains(&&*word);
    if is(words().line_ui.verbs.card) {
        return super::crisis::print("");
    }
    if typed.is_empty() || is(words().line_ui.here.help) {
        return lines(&[SafeText::new(w.note_nothing)]);
    }
    let added = notebook
        .add(&[entry(typed, what.bring)])
        .map_err(|why| (why, Exit::Found))?;
    let mut said = vec![SafeText::new(words().notebook_ui.front.written)];
    said.extend(added.trouble().cloned());
    if speaks_of_danger(&word) {
        said.push(SafeText::new(w.note_danger));
    }
    lines(&said)
}

fn gone() -> Result<Exit, CommandError> {
    output::vanish();
    Ok(Exit::Done)
}

/// One line, read as lines are everywhere: Ctrl-C leaves with a sentence, and the keys of the quick exit work.
fn typed() -> Result<InputLine, CommandError> {
    let (send, input) = line_ui::lines();
    #[cfg(unix)]
    let terminal = line_ui::Terminal::take();
    #[cfg(unix)]
    let listens = match &terminal {
        Some(terminal) => terminal.listen(output::vanish, tui::exit_bytes(), true, send),
        None => line_ui::listen(io::stdin(), send),
    };
    #[cfg(not(unix))]
    let listens = line_ui::listen(io::stdin(), send);
    listens.map_err(|error| (SafeText::new(&error.to_string()), Exit::Fault))?;
    Ok(input.recv().unwrap_or(InputLine::End))
}

fn entry(words: String, bring: bool) -> NotebookEntry {
    let now = SystemClock::new().now();
    let at = WrittenAt {
        wall: now.wall,
        offset: now.offset,
    };
    let note = Note::new(at, words);
    NotebookEntry::Note(Note { bring, ..note })
}
