//! One line into a notebook, and nothing else: whoever has one thing to keep does not open anything for it.

use std::io::{self, BufRead, Read};

use super::args::NoteArgs;
use super::forget::{Picked, pick};
use super::{CommandError, Exit, home, lines, output, wrong};
use crate::line_ui::speaks_of_danger;
use crate::notebook::{Listed, Note, Notebook, NotebookEntry, Notebooks, WrittenAt};
use crate::text::safe_text::SafeText;
use crate::text::words::words;
use crate::time::clock::{SystemClock, TimeSource};

/// The most bytes of a line.
const MOST: u64 = 16 * 1024;

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
    lines(&[SafeText::new(asks)])?;
    let typed = line(&mut input);
    if words().line_ui.here.gone.contains(&&*typed.to_lowercase()) {
        output::vanish();
        return Ok(Exit::Done);
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

/// One line, without what cannot be shown; nothing when there is none.
fn line(input: &mut impl BufRead) -> String {
    let mut line = String::new();
    match input.take(MOST).read_line(&mut line) {
        Ok(_) => SafeText::new(line.trim()).as_str().to_owned(),
        Err(_) => String::new(),
    }
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
