//! What becomes of words that are typed on a page.

use crate::appointment::Typed;
use crate::date::Date;
use crate::notebook::{At, Entry, Id, Part};
use crate::pages::{self, refused};
use crate::session::intent::{Refused, Said};
use crate::shown::{is_same, letters};
use crate::study::entries::{after_line, at, note, tidy, vowed};
use crate::study::page::{Line, Make, Out, Page, Promised, Rekey, Vow};
use crate::study::view::part_of;
use crate::study::walk::{MOST_CUE, Next, Study, done};
use crate::study::{Request, Shelf};
use crate::words::{fill, too_long, words};

/// The fewest letters of the words that open a notebook.
const LEAST_SECRET: usize = 12;
impl Study {
    pub(super) fn write(&self, typed: Said, shelf: &Shelf<'_>) -> Next {
        let at = at(shelf);
        let to = |page| Ok((Self::at(page), Vec::new()));
        match &self.page {
            Page::Make(make) => write_make(make, typed, shelf),
            Page::Pass { name } => {
                let request = Request::Open {
                    name: name.clone(),
                    secret: Some(typed),
                };
                Ok((Self::at(Page::Desk), vec![request]))
            }
            Page::Write { part, .. } => {
                if typed.trim().is_empty() {
                    return Err(refused(&words().study.write.empty));
                }
                let has_parts = shelf.open.is_some_and(|open| !open.book.parts().is_empty());
                match part {
                    None if has_parts => to(Page::WriteTo { words: typed }),
                    part => Ok(done(note(&typed, part.clone(), at))),
                }
            }
            Page::Vow(vow) => write_vow(vow, &typed, shelf),
            Page::PartLine { id, line } => write_part(id.as_ref(), *line, &typed, shelf),
            Page::Split { id } => Ok(split(id, &typed, at)),
            Page::CheckIn { lines } => {
                let mut lines = lines.clone();
                lines.push(tidy(&typed));
                to(after_line(lines))
            }
            Page::Rekey(rekey) => write_rekey(rekey, typed),
            Page::Calendar(asking) => {
                Ok(match asking.typed(&typed, shelf.today(), shelf.walls)? {
                    Typed::To(asking) => (Self::at(Page::Calendar(asking)), Vec::new()),
                    Typed::File { what, folder } => {
                        let request = Request::Appointment { what, folder };
                        (Self::at(Page::Out), vec![request])
                    }
                })
            }
            Page::Place { what, back } => Ok(placed(what, back, &typed)),
            Page::Door
            | Page::Begun
            | Page::Desk
            | Page::Left
            | Page::WriteTo { .. }
            | Page::Notes { .. }
            | Page::Note { .. }
            | Page::Stay { .. }
            | Page::Promises
            | Page::Promise { .. }
            | Page::Parts
            | Page::Part { .. }
            | Page::Map
            | Page::PartLines { .. }
            | Page::Met { .. }
            | Page::MetApart { .. }
            | Page::Link { .. }
            | Page::LinkTo { .. }
            | Page::MergeSure { .. }
            | Page::Stirred { .. }
            | Page::Carry { .. }
            | Page::Back
            | Page::Month { .. }
            | Page::Out
            | Page::Choose { .. }
            | Page::Preview { .. }
            | Page::Manage
            | Page::Sure { .. }
            | Page::Card { .. } => Err(refused(&words().pages.nothing)),
        }
    }
}

fn write_make(make: &Make, typed: Said, shelf: &Shelf<'_>) -> Next {
    let w = &words().study.make;
    let to = |make| Ok((Study::at(Page::Make(make)), Vec::new()));
    match make {
        Make::Name => {
            let name = pages::name(&typed)?;
            if shelf
                .notebooks
                .iter()
                .any(|known| is_same(&known.name, &name))
            {
                return Err(Refused(fill(&w.name_taken, &[("name", &name)])));
            }
            to(Make::How { name })
        }
        Make::Pass { name } => {
            let first = long_enough(typed)?;
            let name = name.clone();
            to(Make::Again { name, first })
        }
        Make::Again { name, first } => {
            if !is_same(&typed, first) {
                return Err(refused(&w.differs));
            }
            let request = Request::Make {
                name: name.clone(),
                secret: Some(typed),
            };
            let next = Study::at(Page::Desk).and_says(&w.made);
            Ok((next, vec![request]))
        }
        Make::How { .. } | Make::Plain { .. } => Err(refused(&words().pages.nothing)),
    }
}

fn long_enough(typed: Said) -> Result<Said, Refused> {
    if letters(&typed) < LEAST_SECRET {
        let least = LEAST_SECRET.to_string();
        let short = &words().study.make.pass_short;
        return Err(Refused(fill(short, &[("least", &least)])));
    }
    Ok(typed)
}

fn write_rekey(rekey: &Rekey, typed: Said) -> Next {
    let page = match rekey {
        Rekey::Old => {
            // Wrong words are said where they were typed: there they are typed again, or left.
            let old = typed.clone();
            let next = Study::at(Page::Rekey(Rekey::New { old }));
            return Ok((next, vec![Request::Try(typed)]));
        }
        Rekey::New { old } => Rekey::Again {
            old: old.clone(),
            new: long_enough(typed)?,
        },
        Rekey::Again { old, new } => {
            if !is_same(&typed, new) {
                return Err(refused(&words().study.make.differs));
            }
            let request = Request::Rekey {
                old: old.clone(),
                new: typed,
            };
            let next = Study::at(Page::Manage).and_says(&words().study.manage.changed);
            return Ok((next, vec![request]));
        }
        Rekey::Seal => Rekey::SealAgain {
            new: long_enough(typed)?,
        },
        Rekey::SealAgain { new } => {
            if !is_same(&typed, new) {
                return Err(refused(&words().study.make.differs));
            }
            let next = Study::at(Page::Manage).and_says(&words().study.manage.is_sealed);
            return Ok((next, vec![Request::Seal(typed)]));
        }
    };
    Ok((Study::at(Page::Rekey(page)), Vec::new()))
}

fn write_vow(vow: &Vow, typed: &Said, shelf: &Shelf<'_>) -> Next {
    let w = &words().study.promises;
    let to = |vow| Ok((Study::at(Page::Vow(vow)), Vec::new()));
    match vow {
        Vow::Words { part } => {
            if typed.trim().is_empty() {
                return Err(refused(&words().study.write.empty));
            }
            let has_parts = shelf.open.is_some_and(|open| !open.book.parts().is_empty());
            let words = typed.clone();
            match part {
                None if has_parts => to(Vow::To { words }),
                part => {
                    let part = part.clone();
                    let what = Promised::New { words, part };
                    to(Vow::When { what })
                }
            }
        }
        Vow::Day { what } => {
            let day = Date::parse(typed).filter(|day| *day > shelf.today());
            let day = day.ok_or_else(|| {
                let example = shelf.today().after(10).to_string();
                Refused(fill(&w.own_wrong, &[("day", &example)]))
            })?;
            let on = vec![day];
            match what {
                Promised::New { .. } => {
                    let what = what.clone();
                    to(Vow::Cue { what, on })
                }
                Promised::Again { .. } => Ok(done(vowed(what, on, "", at(shelf)))),
            }
        }
        Vow::Cue { what, on } => {
            if let Some(sentence) = too_long(MOST_CUE, letters(typed.trim())) {
                return Err(Refused(sentence));
            }
            Ok(done(vowed(what, on.clone(), &tidy(typed), at(shelf))))
        }
        Vow::To { .. } | Vow::When { .. } => Err(refused(&words().pages.nothing)),
    }
}

fn write_part(id: Option<&Id>, line: Line, typed: &Said, shelf: &Shelf<'_>) -> Next {
    let known = id.and_then(|id| part_of(shelf, id));
    let mut part = known.map(|known| known.part.clone()).unwrap_or_default();
    line.put(&mut part, tidy(typed));
    let Some(id) = id else {
        return Ok(new_part(part, at(shelf)));
    };
    let entry = Entry::Part {
        id: id.clone(),
        at: at(shelf),
        part,
    };
    let page = Page::PartLines { id: id.clone() };
    Ok((Study::at(page), vec![Request::Write(vec![entry])]))
}

fn split(from: &Id, typed: &Said, at: At) -> (Study, Vec<Request>) {
    let part = Part {
        name: tidy(typed),
        from: Some(from.clone()),
        ..Part::default()
    };
    new_part(part, at)
}

fn new_part(part: Part, at: At) -> (Study, Vec<Request>) {
    let id = Id::new();
    let entry = Entry::Part {
        id: id.clone(),
        at,
        part,
    };
    let page = Page::Part { id };
    (Study::at(page), vec![Request::Write(vec![entry])])
}

fn placed(what: &Out, back: &Page, typed: &Said) -> (Study, Vec<Request>) {
    let request = Request::Out {
        what: what.clone(),
        folder: typed.trim().to_owned(),
    };
    let next = match what {
        Out::Note(_) => back.clone(),
        Out::Therapist(_) | Out::Markdown | Out::Data | Out::Map => Page::Out,
    };
    (Study::at(next), vec![request])
}
