//! The pages that belong to one person: notebook, parts, promises, looking back, taking out.
//!
//! Owns: these pages, as a pure value that is told things; what each choice asks of others.
//! Never does: IO, reading a clock, keeping a word of a notebook (it is lent the open book for each look);
//! opening by itself while people sit together.
//! May see: calendar, menu, notebook, safety, session, text, time.
//!
//! ```text
//! door ─┬─ make: name ─ how ─ words, twice
//!       └─ words ─ front ─┬─ left, write, check in
//!                        ├─ notes, promises, parts, map
//!                        └─ back, out, manage
//! ```

mod export_text;
mod navigation;
mod new_entries;
mod page;
mod typed_text;
mod view;

#[cfg(test)]
mod tests;

pub(crate) use export_text::text;
pub use navigation::{Goal, NotebookPages};
pub(crate) use new_entries::ANSWER_DAYS;
pub(crate) use page::ExportKind;
pub(crate) use view::left_off;

use std::collections::BTreeMap;

use crate::calendar::{Appointment, Walls};
use crate::notebook::{Book, Id, NotebookEntry, PageDraft};
use crate::session::intent::PrivateText;
use crate::text::safe_text::{SafeText, is_same};
use crate::time::date::Date;
use crate::time::moment::Moment;

/// What is lent to these pages for one look.
#[derive(Clone, Copy, Debug)]
pub struct NotebookData<'a> {
    /// The notebooks that are here.
    pub(crate) notebooks: &'a [KnownNotebook],
    /// The one that is open.
    pub(crate) open: Option<OpenPages<'a>>,
    /// What scripts are called, by their names.
    pub(crate) titles: &'a BTreeMap<String, SafeText>,
    /// The folder that the program was started in, for what is taken out.
    pub(crate) folder: &'a SafeText,
    /// What there is to say about the place where notebooks are made (it is copied to other computers, for one).
    pub(crate) place: Option<&'a SafeText>,
    /// Within how many days people answer each other.
    pub(crate) replies: &'a [ReplyTime],
    /// What time it is.
    pub(crate) now: Moment,
    /// The clocks of this place, for the next session.
    pub(crate) walls: Walls,
}

impl<'a> NotebookData<'a> {
    /// The pages of a notebook that is open, with nothing around it.
    #[must_use]
    pub fn of_open(
        notebooks: &'a [KnownNotebook],
        book: &'a Book,
        titles: &'a BTreeMap<String, SafeText>,
        folder: &'a SafeText,
        now: Moment,
    ) -> Self {
        let open = notebooks.first().map(|known| OpenPages {
            name: &known.name,
            sealed: known.sealed,
            book,
            begun: None,
            copied: None,
        });
        Self {
            notebooks,
            open,
            titles,
            folder,
            place: None,
            replies: &[],
            now,
            walls: |shown| vec![shown],
        }
    }
}

/// People who sit together, and within how many days they answer each other by their agreement.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct ReplyTime {
    /// Their names.
    pub(crate) names: Vec<String>,
    /// The days, where their agreement names some.
    pub(crate) days: Option<u32>,
}

impl ReplyTime {
    /// Whether this is one of them.
    fn knows(&self, name: &str) -> bool {
        self.names.iter().any(|known| is_same(known, name))
    }
}

impl KnownNotebook {
    /// Somebody's, without a passphrase.
    #[must_use]
    pub fn plain(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            sealed: false,
            trouble: None,
        }
    }
}

impl NotebookData<'_> {
    fn today(&self) -> Date {
        self.now.day()
    }

    /// What a script is called; one that is not here any more has only its name.
    fn title(&self, script: &str) -> SafeText {
        let known = self.titles.get(script).cloned();
        known.unwrap_or_else(|| SafeText::new(script))
    }
}

/// A notebook that is here.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct KnownNotebook {
    /// Whose it is.
    pub(crate) name: String,
    /// Whether it needs words to be opened.
    pub(crate) sealed: bool,
    /// Why it can't be opened, when that is so.
    pub(crate) trouble: Option<SafeText>,
}

/// The open notebook.
#[derive(Clone, Copy, Debug)]
pub(crate) struct OpenPages<'a> {
    /// Whose it is.
    pub(crate) name: &'a str,
    /// Whether it needs words to be opened.
    pub(crate) sealed: bool,
    /// What is in it.
    pub(crate) book: &'a Book,
    /// A page that was begun and is not kept yet.
    pub(crate) begun: Option<&'a PageDraft>,
    /// The day on which all of it was copied last.
    pub(crate) copied: Option<Date>,
}

/// What these pages ask of whoever holds them. When it can't be done, the page stays as it is and nothing typed is
/// lost.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum NotebookRequest {
    /// Make a notebook; without words it is not sealed.
    Make {
        /// Whose.
        name: String,
        /// The words that open it.
        secret: Option<PrivateText>,
    },
    /// Open a notebook.
    Open {
        /// Whose.
        name: String,
        /// The words that open it.
        secret: Option<PrivateText>,
    },
    /// Write into the open notebook.
    Write(Vec<NotebookEntry>),
    /// Let the page that was begun go.
    LetGo,
    /// Delete from the open notebook.
    Erase(Id),
    /// Try whether these are the words that open it now.
    Try(PrivateText),
    /// Other words to open it.
    Rekey {
        /// Those that open it now.
        old: PrivateText,
        /// Those that will.
        new: PrivateText,
    },
    /// Seal the open notebook, which was plain, with these words.
    Seal(PrivateText),
    /// Write something to a new file.
    Out {
        /// What.
        what: ExportKind,
        /// The folder, as it was typed.
        folder: String,
    },
    /// Write the next session to a new file, for a calendar.
    Appointment {
        /// When it is.
        what: Appointment,
        /// The folder, as it was typed.
        folder: String,
    },
    /// Something about a copy of a whole notebook.
    Copies(CopyRequest),
    /// Delete the open notebook.
    Forget,
    /// Close the open notebook.
    Lock,
    /// Begin a session alone with this script.
    Begin {
        /// The name of the script.
        script: &'static str,
        /// The promise that it comes back to.
        promise: Option<Id>,
    },
    /// Back to the first page.
    Home,
}

/// What is asked about a copy of a whole notebook. Folders are as they were typed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum CopyRequest {
    /// Copy the open one into a folder, as it is sealed.
    Out {
        /// The folder.
        folder: String,
    },
    /// Bring one to this machine.
    Bring {
        /// The folder.
        folder: String,
    },
    /// Take one into the open notebook.
    TakeIn {
        /// The folder.
        folder: String,
        /// The words that open it, where they are others.
        secret: Option<PrivateText>,
    },
}
