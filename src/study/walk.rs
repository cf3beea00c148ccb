//! The pages as a value that is told things.

use crate::care::card::{After, Card};
use crate::date::Date;
use crate::notebook::{At, Channel, Entry, Id, Part, dates};
use crate::pages::{Chosen, offer, refused};
use crate::session::intent::{Intent, Refused, Said};
use crate::session::scene::{Field, Scene, Verb};
use crate::session::time::Moment;
use crate::shown::Shown;
use crate::study::page::{Line, Link, Make, Move, Page, Promised, Rekey, Vow};
use crate::study::view::{part_of, view};
use crate::study::{Request, Shelf};
use crate::words::{fill, words};

/// The fewest letters of the words that open a notebook.
const LEAST_SECRET: usize = 12;
/// The most letters of a name.
pub(super) const MOST_NAME: usize = 40;
/// The most letters of a hint.
pub(super) const MOST_CUE: usize = 30;

/// One person's pages.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Study {
    pub(super) page: Page,
    /// The first of the choices that are shown, where there are more than nine.
    from: usize,
    /// What is said beside the page until the next one.
    says: Option<Shown>,
    /// Where somebody wants to go once a notebook is open.
    goal: Goal,
}

/// Where somebody wants to go once a notebook is open.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Goal {
    /// To all of it.
    #[default]
    Desk,
    /// To the notes.
    Notes,
    /// To an empty page.
    Write,
    /// To the parts.
    Parts,
    /// To the promises.
    Promises,
    /// To other words that open it.
    Rekey,
}

impl Goal {
    fn page(self) -> Page {
        match self {
            Self::Desk => Page::Desk,
            Self::Notes => Page::Notes { part: None },
            Self::Write => Page::Write { part: None },
            Self::Parts => Page::Parts,
            Self::Promises => Page::Promises,
            Self::Rekey => Page::Rekey(Rekey::Old),
        }
    }
}

type Next = Result<(Study, Vec<Request>), Refused>;

impl Study {
    /// The door.
    #[must_use]
    pub fn new() -> Self {
        Self::at(Page::Door)
    }

    /// The door, with a sentence about what has just happened.
    #[must_use]
    pub fn saying(says: &str) -> Self {
        Self {
            says: Some(Shown::new(says)),
            ..Self::new()
        }
    }

    fn at(page: Page) -> Self {
        Self {
            page,
            from: 0,
            says: None,
            goal: Goal::Desk,
        }
    }

    /// The door, on the way to something.
    #[must_use]
    pub fn to(goal: Goal) -> Self {
        Self {
            goal,
            ..Self::new()
        }
    }

    /// Whether these pages need an open notebook.
    #[must_use]
    pub fn is_inside(&self) -> bool {
        !matches!(self.page, Page::Door | Page::Make(_) | Page::Pass { .. })
    }

    /// What was asked: where we are then, and what others have to do about it first.
    ///
    /// # Errors
    /// One kind sentence; nothing has changed.
    pub fn asked(&self, intent: Intent, shelf: &Shelf<'_>) -> Next {
        let (mut next, requests) = self.answer(intent, shelf)?;
        let opens = |request: &Request| matches!(request, Request::Open { .. });
        if requests.iter().any(opens) {
            next.page = self.goal.page();
        } else {
            next.goal = self.goal;
        }
        Ok((next, requests))
    }

    fn answer(&self, intent: Intent, shelf: &Shelf<'_>) -> Next {
        if let (Page::Card { card, under }, false) = (&self.page, intent == Intent::Leave) {
            return ask_card(*card, under, &intent, shelf);
        }
        let says = &words().pages;
        match intent {
            Intent::GoOn => self.go_on(shelf),
            Intent::Back => {
                let before = self.page.back().ok_or_else(|| refused(&says.first))?;
                Ok((Self::at(before), Vec::new()))
            }
            Intent::Answer { n } => match view(&self.page, shelf).chosen(self.from, n)? {
                Chosen::Does(does) => Ok(done(does)),
                Chosen::Turn(from) => Ok((
                    Self {
                        from,
                        ..self.clone()
                    },
                    Vec::new(),
                )),
            },
            Intent::Write { words } => self.write(words, shelf),
            Intent::Rate { value } => self.rate(value, shelf),
            Intent::Leave => Ok((self.clone(), vec![Request::Leave])),
            Intent::Card => {
                let page = Page::Card {
                    card: Card::open(shelf.own),
                    under: Box::new(self.page.clone()),
                };
                Ok((Self::at(page), Vec::new()))
            }
            Intent::Unsure
            | Intent::Stop
            | Intent::Gate { .. }
            | Intent::Yes { .. }
            | Intent::No { .. }
            | Intent::ReadAloud
            | Intent::ChangeLine
            | Intent::PickLine { .. }
            | Intent::First { .. }
            | Intent::Toss
            | Intent::AnyOrder
            | Intent::Skip
            | Intent::Support { .. }
            | Intent::Accept
            | Intent::Warning { .. }
            | Intent::Pause
            | Intent::More
            | Intent::MoreBy { .. }
            | Intent::Land
            | Intent::Asides
            | Intent::Aside { .. }
            | Intent::Clock
            | Intent::Again { .. }
            | Intent::Sealed
            | Intent::Look
            | Intent::Gated { .. }
            | Intent::Answered { .. }
            | Intent::KeepOwn { .. }
            | Intent::Keep { .. }
            | Intent::TimePassed
            | Intent::TimeJumped { .. } => Err(refused(&says.not_here)),
        }
    }

    fn go_on(&self, shelf: &Shelf<'_>) -> Next {
        let view = view(&self.page, shelf);
        // What goes on without a word (a field that may stay empty) says so with a pick of its own.
        if let (Some(field), None) = (&view.field, &view.on) {
            return match field {
                Field::Line { initial, .. } | Field::Page { initial, .. } => {
                    self.write(initial.as_str().into(), shelf)
                }
                Field::Rating => Err(refused(&words().pages.nothing)),
            };
        }
        let pick = view.go_on(self.from).cloned();
        let pick = pick.ok_or_else(|| refused(&words().pages.no_such))?;
        Ok(done(pick.does))
    }

    fn write(&self, typed: Said, shelf: &Shelf<'_>) -> Next {
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
            Page::Write { part } => {
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
            Page::Split { id } => {
                let part = Part {
                    name: tidy(&typed),
                    from: Some(id.clone()),
                    ..Part::default()
                };
                Ok(new_part(part, at))
            }
            Page::CheckIn { lines } => {
                let mut lines = lines.clone();
                lines.push(tidy(&typed));
                to(after_line(lines))
            }
            Page::Rekey(rekey) => write_rekey(rekey, typed),
            Page::Door
            | Page::Desk
            | Page::Left
            | Page::WriteTo { .. }
            | Page::Notes { .. }
            | Page::Note { .. }
            | Page::Promises
            | Page::Promise { .. }
            | Page::Parts
            | Page::Part { .. }
            | Page::PartLines { .. }
            | Page::Met { .. }
            | Page::MetApart { .. }
            | Page::Link { .. }
            | Page::LinkTo { .. }
            | Page::MergeSure { .. }
            | Page::Stirred { .. }
            | Page::Back
            | Page::Manage
            | Page::Sure { .. }
            | Page::Card { .. } => Err(refused(&words().pages.nothing)),
        }
    }

    fn rate(&self, value: u8, shelf: &Shelf<'_>) -> Next {
        let Page::Stirred { lines } = &self.page else {
            return Err(refused(&words().pages.nothing));
        };
        if value > 10 {
            return Err(refused(&words().session.zero_to_ten));
        }
        Ok(done(check_in(lines, Some(value), at(shelf))))
    }

    /// What may be seen and asked now.
    #[must_use]
    pub fn scene(&self, shelf: &Shelf<'_>) -> Scene {
        if let Page::Card { card, .. } = &self.page {
            let mut scene = card.scene(shelf.own, shelf.today());
            let leave = &words().pages.leave;
            scene.offers.push(offer(Verb::Leave, leave, Intent::Leave));
            return scene;
        }
        let mut scene = view(&self.page, shelf).scene(self.from, self.page.back().is_some());
        scene.notice.clone_from(&self.says);
        scene
    }
}

impl Default for Study {
    fn default() -> Self {
        Self::new()
    }
}

fn done(does: Move) -> (Study, Vec<Request>) {
    match does {
        Move::To(page) => (Study::at(page), Vec::new()),
        Move::Do(request, page, says) => {
            let next = Study {
                says: says.map(Shown::new),
                ..Study::at(page)
            };
            (next, vec![request])
        }
    }
}

pub(super) fn at(shelf: &Shelf<'_>) -> At {
    at_of(shelf.now)
}

pub(super) fn at_of(now: Moment) -> At {
    At {
        wall: now.wall,
        offset: now.offset,
    }
}

fn tidy(typed: &str) -> String {
    Shown::new(typed.trim()).as_str().to_owned()
}

fn ask_card(card: Card, under: &Page, intent: &Intent, shelf: &Shelf<'_>) -> Next {
    let under = || Box::new(under.clone());
    Ok(match card.ask(shelf.own, intent)? {
        After::Open(card) => {
            let page = Page::Card {
                card,
                under: under(),
            };
            (Study::at(page), Vec::new())
        }
        After::Closed => (Study::at(*under()), Vec::new()),
        After::Remember { card, who, region } => {
            let own = shelf.own.get(who);
            let request = own.map(|own| Request::RememberPlace {
                name: own.name.clone(),
                region,
            });
            let page = Page::Card {
                card,
                under: under(),
            };
            (Study::at(page), request.into_iter().collect())
        }
    })
}

fn write_make(make: &Make, typed: Said, shelf: &Shelf<'_>) -> Next {
    let w = &words().study.make;
    let to = |make| Ok((Study::at(Page::Make(make)), Vec::new()));
    match make {
        Make::Name => {
            let name = tidy(&typed);
            if name.is_empty() {
                return Err(refused(&w.name_empty));
            }
            if name.chars().count() > MOST_NAME {
                let most = MOST_NAME.to_string();
                return Err(Refused(fill(&w.name_long, &[("most", &most)])));
            }
            if shelf.notebooks.iter().any(|known| known.name == name) {
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
            if typed != *first {
                return Err(refused(&w.differs));
            }
            let request = Request::Make {
                name: name.clone(),
                secret: Some(typed),
            };
            let next = Study {
                says: Some(Shown::new(&w.made)),
                ..Study::at(Page::Desk)
            };
            Ok((next, vec![request]))
        }
        Make::How { .. } | Make::Plain { .. } => Err(refused(&words().pages.nothing)),
    }
}

fn long_enough(typed: Said) -> Result<Said, Refused> {
    if typed.chars().count() < LEAST_SECRET {
        let least = LEAST_SECRET.to_string();
        let short = &words().study.make.pass_short;
        return Err(Refused(fill(short, &[("least", &least)])));
    }
    Ok(typed)
}

fn write_rekey(rekey: &Rekey, typed: Said) -> Next {
    let page = match rekey {
        Rekey::Old => Rekey::New { old: typed },
        Rekey::New { old } => Rekey::Again {
            old: old.clone(),
            new: long_enough(typed)?,
        },
        Rekey::Again { old, new } => {
            if typed != *new {
                return Err(refused(&words().study.make.differs));
            }
            let request = Request::Rekey {
                old: old.clone(),
                new: typed,
            };
            let next = Study {
                says: Some(Shown::new(&words().study.manage.changed)),
                ..Study::at(Page::Manage)
            };
            return Ok((next, vec![request]));
        }
    };
    Ok((Study::at(Page::Rekey(page)), Vec::new()))
}

/// Writes a note and goes back to the desk.
pub(super) fn note(words_: &Said, part: Option<Id>, at: At) -> Move {
    let entry = Entry::Note {
        id: Id::new(),
        at,
        words: words_.trim_end().to_owned(),
        part,
        session: None,
        until: None,
    };
    Move::Do(
        Request::Write(vec![entry]),
        Page::Desk,
        Some(&words().study.desk.written),
    )
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
            if typed.trim().chars().count() > MOST_CUE {
                return Err(refused(&w.cue_long));
            }
            Ok(done(vowed(what, on.clone(), &tidy(typed), at(shelf))))
        }
        Vow::To { .. } | Vow::When { .. } => Err(refused(&words().pages.nothing)),
    }
}

/// Writes a promise down.
pub(super) fn vowed(what: &Promised, on: Vec<Date>, cue: &str, at: At) -> Move {
    let entry = match what {
        Promised::New { words, part } => Entry::Promise {
            id: Id::new(),
            at,
            words: tidy(words),
            part: part.clone(),
            cue: cue.to_owned(),
            on,
            therapist: false,
        },
        Promised::Again { id, how } => Entry::Checked {
            id: Id::new(),
            at,
            promise: id.clone(),
            how: *how,
            on: Some(on),
        },
    };
    let says = Some(words().study.desk.kept.as_str());
    Move::Do(Request::Write(vec![entry]), Page::Promises, says)
}

/// The usual days, from today on.
pub(super) fn usual_days(shelf: &Shelf<'_>) -> Vec<Date> {
    dates::proposed(shelf.today())
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

/// A part as it is after it was linked to another.
pub(super) fn linked(mut part: Part, other: &Id, how: Link) -> Part {
    part.protects.retain(|one| one != other);
    part.against.retain(|one| one != other);
    match how {
        Link::Protects => part.protects.push(other.clone()),
        Link::Against => part.against.push(other.clone()),
        Link::Neither | Link::Same => {}
    }
    part
}

/// That a part was met just now.
pub(super) fn met(id: &Id, channel: Option<Channel>, apart: Vec<Id>, at: At) -> Move {
    let entry = Entry::Met {
        id: Id::new(),
        at,
        part: id.clone(),
        channel,
        apart,
        script: None,
    };
    Move::Do(
        Request::Write(vec![entry]),
        Page::Part { id: id.clone() },
        Some(&words().study.desk.kept),
    )
}

/// The page after these lines of a check-in.
pub(super) fn after_line(lines: Vec<String>) -> Page {
    if lines.len() < words().study.check_in.lines.len() {
        Page::CheckIn { lines }
    } else {
        Page::Stirred { lines }
    }
}

/// Writes a check-in, unless nothing was said at all.
pub(super) fn check_in(lines: &[String], stirred: Option<u8>, at: At) -> Move {
    if stirred.is_none() && lines.iter().all(String::is_empty) {
        return Move::To(Page::Desk);
    }
    let entry = Entry::CheckIn {
        id: Id::new(),
        at,
        lines: lines.to_vec(),
        stirred,
        resourced: None,
    };
    Move::Do(
        Request::Write(vec![entry]),
        Page::Desk,
        Some(&words().study.desk.kept),
    )
}
