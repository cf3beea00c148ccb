//! The pages that belong to one person: notebook, parts, promises, looking back, taking out.
//!
//! Owns: these pages, as a pure value that is told things; what each choice asks of others.
//! Never does: IO, reading a clock, keeping a word of a notebook (it is lent the open book for each look);
//! opening by itself while people sit together.
//! May see: appointment, care's card, date, notebook, pages, session's intents, scenes and times, shown, words.
//!
//! ```text
//! door ─┬─ make: name ─ how ─ words, twice
//!       └─ words ─ desk ─┬─ left, write, check in
//!                        ├─ notes, promises, parts, map
//!                        └─ back, out, manage
//! ```

mod entries;
mod out;
mod page;
mod typed;
mod view;
mod walk;

#[cfg(test)]
mod tests;

pub use out::text;
pub use page::Out;
pub use view::left_off;
pub use walk::{Goal, Study};

use std::collections::BTreeMap;

use crate::appointment::{Appointment, Walls};
use crate::care::own::Own;
use crate::date::Date;
use crate::notebook::{Book, Draft, Entry, Id};
use crate::session::intent::Said;
use crate::session::time::Moment;
use crate::shown::Shown;

/// What is lent to these pages for one look.
#[derive(Clone, Copy, Debug)]
pub struct Shelf<'a> {
    /// The notebooks that are here.
    pub notebooks: &'a [Known],
    /// The one that is open.
    pub open: Option<Open<'a>>,
    /// What the crisis card knows of people.
    pub own: &'a [Own],
    /// What scripts are called, by their names.
    pub titles: &'a BTreeMap<String, Shown>,
    /// The folder that the program was started in, for what is taken out.
    pub folder: &'a Shown,
    /// What there is to say about the place where notebooks are made (it is copied to other computers, for one).
    pub place: Option<&'a Shown>,
    /// What time it is.
    pub now: Moment,
    /// The clocks of this place, for the next session.
    pub walls: Walls,
}

impl Shelf<'_> {
    fn today(&self) -> Date {
        self.now.day()
    }

    /// What a script is called; one that is not here any more has only its name.
    fn title(&self, script: &str) -> Shown {
        let known = self.titles.get(script).cloned();
        known.unwrap_or_else(|| Shown::new(script))
    }
}

/// A notebook that is here.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Known {
    /// Whose it is.
    pub name: String,
    /// Whether it needs words to be opened.
    pub sealed: bool,
    /// Why it can't be opened, when that is so.
    pub trouble: Option<Shown>,
}

/// The open notebook.
#[derive(Clone, Copy, Debug)]
pub struct Open<'a> {
    /// Whose it is.
    pub name: &'a str,
    /// Whether it needs words to be opened.
    pub sealed: bool,
    /// What is in it.
    pub book: &'a Book,
    /// A page that was begun and is not kept yet.
    pub begun: Option<&'a Draft>,
}

/// What these pages ask of whoever holds them. When it can't be done, the page stays as it is and nothing typed is
/// lost.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Request {
    /// Make a notebook; without words it is not sealed.
    Make {
        /// Whose.
        name: String,
        /// The words that open it.
        secret: Option<Said>,
    },
    /// Open a notebook.
    Open {
        /// Whose.
        name: String,
        /// The words that open it.
        secret: Option<Said>,
    },
    /// Write into the open notebook.
    Write(Vec<Entry>),
    /// Let the page that was begun go.
    LetGo,
    /// Delete from the open notebook.
    Erase(Id),
    /// Try whether these are the words that open it now.
    Try(Said),
    /// Other words to open it.
    Rekey {
        /// Those that open it now.
        old: Said,
        /// Those that will.
        new: Said,
    },
    /// Seal the open notebook, which was plain, with these words.
    Seal(Said),
    /// Write something to a new file.
    Out {
        /// What.
        what: Out,
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
    /// Remember where somebody is, for the crisis card.
    RememberPlace {
        /// Who.
        name: String,
        /// The place's name on the card.
        region: String,
    },
    /// Back to the first page.
    Home,
    /// Leave the program.
    Leave,
}
