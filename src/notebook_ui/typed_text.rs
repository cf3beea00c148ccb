//! What becomes of words that are typed on a page.

use crate::calendar::{AppointmentInput, Asking};
use crate::menu::page::{self, refused};
use crate::notebook::{Id, NotebookEntry, Part, PartRevision, WrittenAt};
use crate::notebook_ui::new_entries;
use crate::notebook_ui::new_entries::{after_line, at, note, tidy, to_bring, vowed};
use crate::notebook_ui::page::{
    CopyPage, ExportKind, LetterDraft, MOST_CUE, NewNotebook, NotebookMove, NotebookPage,
    PartField, PassphraseChange, PromiseDraft, Promised,
};
use crate::notebook_ui::view::part_of;
use crate::notebook_ui::{CopyRequest, NotebookData, NotebookRequest};
use crate::session::intent::{PrivateText, Refused};
use crate::text::safe_text::{is_same, letters};
use crate::text::words::{fill, too_long, words};
use crate::time::date::Date;

/// The fewest letters of the words that open a notebook.
const LEAST_SECRET: usize = 12;

/// What follows from words that are typed on this page.
///
/// # Errors
/// The sentence that says why they can't be taken.
pub(super) fn write(
    page: &NotebookPage,
    typed: PrivateText,
    data: &NotebookData<'_>,
) -> Result<NotebookMove, Refused> {
    let at = at(data);
    let to = |page| Ok(NotebookMove::To(page));
    match page {
        NotebookPage::Make(make) => write_make(make, typed, data),
        NotebookPage::Pass { name } => Ok(opened(name, typed)),
        NotebookPage::Talk { part, said, .. } => {
            let line = tidy(&typed);
            if line.is_empty() {
                return Err(refused(words().notebook_ui.write.empty));
            }
            let said = PrivateText::from([said, &*line, "\n"].concat());
            to(NotebookPage::next_voice(part.clone(), said))
        }
        NotebookPage::Write { part, bring, .. } => {
            if typed.trim().is_empty() {
                return Err(refused(words().notebook_ui.write.empty));
            }
            if *bring {
                return Ok(to_bring(&typed, at));
            }
            let has_parts = data.open.is_some_and(|open| !open.book.parts().is_empty());
            match part {
                None if has_parts => to(NotebookPage::WriteTo { words: typed }),
                part => Ok(note(&typed, part.clone(), at)),
            }
        }
        NotebookPage::Vow(vow) => write_vow(vow, &typed, data),
        NotebookPage::PartLine { id, line } => write_part(id.as_ref(), *line, &typed, data),
        NotebookPage::Letter(draft) => write_letter(draft, &typed, data),
        NotebookPage::Split { id } => Ok(split(id, &typed, at)),
        NotebookPage::CheckIn { lines } => {
            to(after_line([lines.as_slice(), &[tidy(&typed)]].concat()))
        }
        NotebookPage::Rekey(rekey) => write_rekey(rekey, typed),
        NotebookPage::Calendar(asking) => write_calendar(asking, &typed, data),
        NotebookPage::Place { what } => Ok(placed(what, &typed)),
        NotebookPage::Copies(page) => Ok(write_copies(page, typed)),
        NotebookPage::Door
        | NotebookPage::Begun
        | NotebookPage::Front
        | NotebookPage::Left
        | NotebookPage::WriteTo { .. }
        | NotebookPage::Notes { .. }
        | NotebookPage::Bring
        | NotebookPage::Note { .. }
        | NotebookPage::Letters
        | NotebookPage::Stay { .. }
        | NotebookPage::NoteOf { .. }
        | NotebookPage::Promises
        | NotebookPage::Promise { .. }
        | NotebookPage::Parts
        | NotebookPage::Part { .. }
        | NotebookPage::Map
        | NotebookPage::PartLines { .. }
        | NotebookPage::Met { .. }
        | NotebookPage::MetApart { .. }
        | NotebookPage::Link { .. }
        | NotebookPage::LinkTo { .. }
        | NotebookPage::MergeSure { .. }
        | NotebookPage::Stirred { .. }
        | NotebookPage::Carry { .. }
        | NotebookPage::Back
        | NotebookPage::Weeks
        | NotebookPage::Month { .. }
        | NotebookPage::Out
        | NotebookPage::Choose { .. }
        | NotebookPage::Preview { .. }
        | NotebookPage::Manage
        | NotebookPage::Sure { .. } => Err(refused(words().pages.nothing)),
    }
}

fn write_letter(
    draft: &LetterDraft,
    typed: &PrivateText,
    data: &NotebookData<'_>,
) -> Result<NotebookMove, Refused> {
    match draft {
        LetterDraft::With { came } => {
            let letter = new_entries::letter_with(*came, &page::name(typed)?, data);
            Ok(NotebookMove::To(NotebookPage::letter(letter)))
        }
        LetterDraft::Words { .. } if typed.trim().is_empty() => {
            Err(refused(words().notebook_ui.write.empty))
        }
        LetterDraft::Words { letter, .. } => Ok(new_entries::letter(typed, letter, data)),
    }
}

fn opened(name: &str, secret: PrivateText) -> NotebookMove {
    let request = NotebookRequest::Open {
        name: name.to_owned(),
        secret: Some(secret),
    };
    NotebookMove::Do(request, NotebookPage::Front, None)
}

fn write_calendar(
    asking: &Asking,
    typed: &str,
    data: &NotebookData<'_>,
) -> Result<NotebookMove, Refused> {
    Ok(match asking.typed(typed, data.today(), data.walls)? {
        AppointmentInput::To(asking) => NotebookMove::To(NotebookPage::Calendar(asking)),
        AppointmentInput::File { what, folder } => {
            let request = NotebookRequest::Appointment { what, folder };
            NotebookMove::Do(request, NotebookPage::Out, None)
        }
    })
}

fn write_copies(page: &CopyPage, typed: PrivateText) -> NotebookMove {
    let folder = typed.trim().to_owned();
    let (request, next) = match page {
        CopyPage::Out => (CopyRequest::Out { folder }, NotebookPage::Out),
        CopyPage::Bring => (CopyRequest::Bring { folder }, NotebookPage::Door),
        CopyPage::TakeIn { folder: None } => {
            let folder = Some(folder);
            return NotebookMove::To(NotebookPage::Copies(CopyPage::TakeIn { folder }));
        }
        CopyPage::TakeIn {
            folder: Some(folder),
        } => {
            let (folder, secret) = (folder.clone(), Some(typed));
            (CopyRequest::TakeIn { folder, secret }, NotebookPage::Manage)
        }
    };
    NotebookMove::Do(NotebookRequest::Copies(request), next, None)
}

fn write_make(
    make: &NewNotebook,
    typed: PrivateText,
    data: &NotebookData<'_>,
) -> Result<NotebookMove, Refused> {
    let w = &words().notebook_ui.make;
    let to = |make| Ok(NotebookMove::To(NotebookPage::Make(make)));
    match make {
        NewNotebook::Name => {
            let name = page::name(&typed)?;
            if data
                .notebooks
                .iter()
                .any(|known| is_same(&known.name, &name))
            {
                return Err(Refused(fill(&w.name_taken, &[("name", &name)])));
            }
            to(NewNotebook::How { name })
        }
        NewNotebook::Pass { name } => {
            let first = long_enough(typed)?;
            let name = name.clone();
            to(NewNotebook::Again { name, first })
        }
        NewNotebook::Again { name, first } => {
            if !is_same(&typed, first) {
                return Err(refused(w.differs));
            }
            let request = NotebookRequest::Make {
                name: name.clone(),
                secret: Some(typed),
            };
            Ok(NotebookMove::Do(request, NotebookPage::Front, Some(w.made)))
        }
        NewNotebook::How { .. } | NewNotebook::Plain { .. } => Err(refused(words().pages.nothing)),
    }
}

fn long_enough(typed: PrivateText) -> Result<PrivateText, Refused> {
    if letters(&typed) < LEAST_SECRET {
        let least = LEAST_SECRET.to_string();
        let short = &words().notebook_ui.make.pass_short;
        return Err(Refused(fill(short, &[("least", &least)])));
    }
    Ok(typed)
}

fn write_rekey(rekey: &PassphraseChange, typed: PrivateText) -> Result<NotebookMove, Refused> {
    let page = match rekey {
        PassphraseChange::Old => {
            // Wrong words are said where they were typed: there they are typed again, or left.
            let old = typed.clone();
            let next = NotebookPage::Rekey(PassphraseChange::New { old });
            return Ok(NotebookMove::Do(NotebookRequest::Try(typed), next, None));
        }
        PassphraseChange::New { old } => PassphraseChange::Again {
            old: old.clone(),
            new: long_enough(typed)?,
        },
        PassphraseChange::Again { old, new } => {
            if !is_same(&typed, new) {
                return Err(refused(words().notebook_ui.make.differs));
            }
            let request = NotebookRequest::Rekey {
                old: old.clone(),
                new: typed,
            };
            let says = Some(words().notebook_ui.manage.changed);
            return Ok(NotebookMove::Do(request, NotebookPage::Manage, says));
        }
        PassphraseChange::Seal => PassphraseChange::SealAgain {
            new: long_enough(typed)?,
        },
        PassphraseChange::SealAgain { new } => {
            if !is_same(&typed, new) {
                return Err(refused(words().notebook_ui.make.differs));
            }
            let says = Some(words().notebook_ui.manage.is_sealed);
            let request = NotebookRequest::Seal(typed);
            return Ok(NotebookMove::Do(request, NotebookPage::Manage, says));
        }
    };
    Ok(NotebookMove::To(NotebookPage::Rekey(page)))
}

fn write_vow(
    vow: &PromiseDraft,
    typed: &PrivateText,
    data: &NotebookData<'_>,
) -> Result<NotebookMove, Refused> {
    let w = &words().notebook_ui.promises;
    let to = |vow| Ok(NotebookMove::To(NotebookPage::Vow(vow)));
    match vow {
        PromiseDraft::Words { part } => {
            if typed.trim().is_empty() {
                return Err(refused(words().notebook_ui.write.empty));
            }
            let has_parts = data.open.is_some_and(|open| !open.book.parts().is_empty());
            let words = typed.clone();
            match part {
                None if has_parts => to(PromiseDraft::To { words }),
                part => {
                    let part = part.clone();
                    let what = Promised::New { words, part };
                    to(PromiseDraft::When { what })
                }
            }
        }
        PromiseDraft::Day { what } => {
            let day = Date::typed(typed, data.today()).map_err(Refused)?;
            if day == data.today() {
                return Err(refused(w.own_today));
            }
            let on = vec![day];
            match what {
                Promised::New { .. } => {
                    let what = what.clone();
                    to(PromiseDraft::Cue { what, on })
                }
                Promised::Again { .. } => Ok(vowed(what, on, "", at(data))),
            }
        }
        PromiseDraft::Cue { what, on } => {
            if let Some(sentence) = too_long(MOST_CUE, letters(typed.trim())) {
                return Err(Refused(sentence));
            }
            Ok(vowed(what, on.clone(), &tidy(typed), at(data)))
        }
        PromiseDraft::To { .. } | PromiseDraft::When { .. } => Err(refused(words().pages.nothing)),
    }
}

fn write_part(
    id: Option<&Id>,
    line: PartField,
    typed: &PrivateText,
    data: &NotebookData<'_>,
) -> Result<NotebookMove, Refused> {
    let known = id.and_then(|id| part_of(data, id));
    let mut part = known.map(|known| known.part.clone()).unwrap_or_default();
    line.put(&mut part, tidy(typed));
    let Some(id) = id else {
        return Ok(new_part(part, at(data)));
    };
    let entry = NotebookEntry::Part(PartRevision {
        id: id.clone(),
        at: at(data),
        part,
    });
    let page = NotebookPage::PartLines { id: id.clone() };
    Ok(NotebookMove::Do(
        NotebookRequest::Write(vec![entry]),
        page,
        None,
    ))
}

fn split(from: &Id, typed: &PrivateText, at: WrittenAt) -> NotebookMove {
    let part = Part {
        name: tidy(typed),
        from: Some(from.clone()),
        ..Part::default()
    };
    new_part(part, at)
}

fn new_part(part: Part, at: WrittenAt) -> NotebookMove {
    let id = Id::new();
    let entry = NotebookEntry::Part(PartRevision {
        id: id.clone(),
        at,
        part,
    });
    let page = NotebookPage::Part { id };
    NotebookMove::Do(NotebookRequest::Write(vec![entry]), page, None)
}

fn placed(what: &ExportKind, typed: &PrivateText) -> NotebookMove {
    let request = NotebookRequest::Out {
        what: what.clone(),
        folder: typed.trim().to_owned(),
    };
    let next = match what {
        ExportKind::Note(id) => NotebookPage::Note { id: id.clone() },
        ExportKind::Weeks | ExportKind::Numbers => NotebookPage::Weeks,
        ExportKind::MapPicture => NotebookPage::Map,
        ExportKind::Therapist(_)
        | ExportKind::Html(_)
        | ExportKind::Markdown
        | ExportKind::Data
        | ExportKind::Map => NotebookPage::Out,
    };
    NotebookMove::Do(request, next, None)
}
