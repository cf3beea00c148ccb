//! What goes out of a notebook, as plain text: a page with chosen entries, or everything of it.
//!
//! The last line of each page says what the program is and is not (content.md 4.8), and that it is not sealed.
//! The words of a person are never markup: what Markdown would read as such is escaped.

use std::collections::BTreeMap;

use super::book::{Book, PartNow, PromiseNow};
use super::entry::{
    CheckIn, How, Id, Meeting, Note, PartChannel, PromiseCheck, SessionReview, WrittenAt,
    voice_lines,
};
use crate::text::safe_text::SafeText;
use crate::text::words::{fill, words};
use crate::time::date::Date;

/// A page with these entries of the book, in the book's order, for somebody whom the person trusts.
///
/// `chosen` names parts, notes, promises, check-ins and sittings. What is not chosen is not on it: a chosen note
/// names the part that it is about, and says nothing else of it.
#[must_use]
pub(crate) fn therapist_page(
    book: &Book,
    chosen: &[Id],
    name: &str,
    day: Date,
    titles: &BTreeMap<String, SafeText>,
) -> String {
    let title = fill(
        &words().export.therapist_title,
        &[("name", &one_line(name))],
    );
    let wanted = |id: &Id| chosen.contains(id);
    let page = ExportPage::new(title.as_str());
    page.with(book, titles, wanted).end(day)
}

/// One note by itself, to be handed to somebody (features.md row 62: a note travels as a file, and the
/// program sends nothing).
#[must_use]
pub(crate) fn note_page(book: &Book, note: &Note, name: &str, day: Date) -> String {
    let title = fill(&words().export.note_title, &[("name", &one_line(name))]);
    let mut page = ExportPage::new(title.as_str());
    page.words_of(note, book);
    page.end(day)
}

/// Everything in the book, to be read by people.
#[must_use]
pub(crate) fn everything_markdown(
    book: &Book,
    name: &str,
    day: Date,
    titles: &BTreeMap<String, SafeText>,
) -> String {
    let title = fill(
        &words().export.everything_title,
        &[("name", &one_line(name))],
    );
    let page = ExportPage::new(title.as_str());
    page.with(book, titles, |_| true).end(day)
}

/// The beginning of the same, at least so many lines where there are more, and how many entries are left out.
#[must_use]
pub(crate) fn everything_begins(
    book: &Book,
    name: &str,
    titles: &BTreeMap<String, SafeText>,
    lines: usize,
) -> (String, usize) {
    let title = fill(
        &words().export.everything_title,
        &[("name", &one_line(name))],
    );
    let page = ExportPage {
        // A line has a blank one after it at most.
        most: lines * 2,
        ..ExportPage::new(title.as_str())
    };
    let page = page.with(book, titles, |_| true);
    (page.text, page.left)
}

struct ExportPage {
    text: String,
    /// So many lines are enough.
    most: usize,
    /// How many entries were left out then.
    left: usize,
}

impl ExportPage {
    fn new(title: &str) -> Self {
        Self {
            text: format!("# {title}\n\n"),
            most: usize::MAX,
            left: 0,
        }
    }

    /// The page with its last line: when it was written, who may read it, and what this is not.
    fn end(mut self, day: Date) -> String {
        let w = &words().export;
        let written = fill(&w.written, &[("day", day.said_whole().as_str())]);
        let about = words().safety.about.join(" ");
        self.text.truncate(self.text.trim_end().len());
        let last = format!("\n\n{written} {} {about}\n", w.private);
        self.text.push_str(&last);
        self.text
    }

    /// A line, and a blank one after it.
    fn line(&mut self, line: &str) {
        self.text.push_str(line);
        self.text.push_str("\n\n");
    }

    /// The words of a note; of two voices each line with whose it is.
    fn words_of(&mut self, note: &Note, book: &Book) {
        if !note.voices {
            return self.paragraphs(&note.words);
        }
        let w = &words().export;
        let known = note.part.as_ref().and_then(|id| book.part(id));
        let it = known.map_or_else(|| w.nameless.to_owned(), PartNow::called);
        for line in voice_lines(&note.words) {
            let who = if line.own { w.me } else { &it };
            let said = fill(&w.spoken, &[("who", who), ("words", line.words)]);
            self.line(&one_line(said.as_str()));
        }
    }

    /// Words of a person, line by line as they were written.
    fn paragraphs(&mut self, typed: &str) {
        let lines: Vec<String> = typed.trim().lines().map(one_line).collect();
        let mut text = String::new();
        for (n, line) in lines.iter().enumerate() {
            text.push_str(line);
            let goes_on = lines.get(n + 1).is_some_and(|next| !next.is_empty());
            // Two spaces at its end keep a line apart from the next one.
            text.push_str(if goes_on && !line.is_empty() {
                "  \n"
            } else {
                "\n"
            });
        }
        self.line(text.trim_end());
    }

    fn point(&mut self, lead: &str, text: &str) {
        if !text.trim().is_empty() {
            let text = text.trim().replace(['\n', '\r'], " ");
            self.text
                .push_str(&format!("- {lead}: {}\n", one_line(&text)));
        }
    }

    fn is_enough(&self) -> bool {
        self.left > 0 || self.most < usize::MAX && self.text.matches('\n').count() > self.most
    }

    fn section<T>(&mut self, title: &str, all: &[&T], one: impl Fn(&mut Self, &T)) {
        if !all.is_empty() && !self.is_enough() {
            self.line(&format!("## {title}"));
        }
        for it in all {
            if self.is_enough() {
                self.left += 1;
            } else {
                one(self, it);
            }
        }
    }

    fn with(
        mut self,
        book: &Book,
        titles: &BTreeMap<String, SafeText>,
        wanted: impl Fn(&Id) -> bool,
    ) -> Self {
        // A script that is not here any more has only its name.
        let title = |script: &str| {
            let known = titles.get(script).map_or(script, SafeText::as_str);
            one_line(known)
        };
        let w = &words().export;
        let parts: Vec<&PartNow> = book.parts().iter().filter(|it| wanted(&it.id)).collect();
        let notes = book.notes().iter().filter(|it| wanted(&it.id));
        let (bring, notes): (Vec<&Note>, Vec<&Note>) = notes.partition(|note| note.bring);
        // Gathered one after the other, they are read so.
        let bring: Vec<&Note> = bring.into_iter().rev().collect();
        let promises = book.promises().iter();
        let promises: Vec<&PromiseNow> = promises.filter(|it| wanted(&it.made.id)).collect();
        let looks = book.check_ins().iter();
        let looks: Vec<&CheckIn> = looks.filter(|it| wanted(&it.id)).collect();
        let sittings = book.sittings().iter();
        let sittings: Vec<&SessionReview> = sittings.filter(|it| wanted(&it.id)).collect();
        self.section(w.bring, &bring, |page, it| page.note(it, book, &title));
        self.section(w.parts, &parts, |page, it| page.part(it, book));
        self.section(w.notes, &notes, |page, it| page.note(it, book, &title));
        self.section(w.promises, &promises, |page, it| page.promise(it, book));
        self.section(w.check_ins, &looks, |page, it| page.check_in(it));
        self.section(w.sittings, &sittings, |page, it| {
            page.sitting(it, &title);
        });
        self
    }

    fn part(&mut self, known: &PartNow, book: &Book) {
        let w = &words().export;
        let part = &known.part;
        self.line(&format!("### {}", one_line(&known.called())));
        self.point(w.shows, &part.shows);
        self.point(w.job, &part.job);
        self.point(w.fears, &part.fears);
        self.point(w.wants, &part.wants);
        let names = |ids: &[Id]| {
            let known = ids.iter().filter_map(|id| book.part(id));
            known.map(PartNow::called).collect::<Vec<_>>().join(", ")
        };
        self.point(w.protects, &names(&part.protects));
        self.point(w.against, &names(&part.against));
        self.point(w.afraid_of, &names(&part.afraid_of));
        self.point(w.wants_of, &names(&part.wants_of));
        self.point(w.from, &names(part.from.as_slice()));
        self.point(w.channel, part.channel.map_or("", PartChannel::word));
        self.point(w.met, &known.met.first().map(meeting).unwrap_or_default());
        if !self.text.ends_with("\n\n") {
            self.text.push('\n');
        }
    }

    fn note(&mut self, note: &Note, book: &Book, title: &dyn Fn(&str) -> String) {
        let w = &words().export;
        self.line(&format!("### {}", note.at.day().said_whole()));
        self.words_of(note, book);
        if let Some(known) = note.part.as_ref().and_then(|id| book.part(id)) {
            let part = one_line(&known.called());
            self.line(fill(&w.about, &[("part", &part)]).as_str());
        }
        if let Some(script) = &note.session {
            let script = title(script);
            self.line(fill(&w.session, &[("script", &script)]).as_str());
        }
        if let Some(until) = note.until {
            self.line(fill(&w.until, &[("day", until.said_whole().as_str())]).as_str());
        }
    }

    fn promise(&mut self, promise: &PromiseNow, book: &Book) {
        let (w, made) = (&words().export, &promise.made);
        self.line(&format!("### {}", made.at.day().said_whole()));
        self.paragraphs(&made.words);
        if let Some(known) = made.part.as_ref().and_then(|id| book.part(id)) {
            let part = one_line(&known.called());
            self.line(fill(&w.to, &[("part", &part)]).as_str());
        }
        if made.therapist {
            self.line(w.with_therapist);
        }
        if promise.is_open() {
            let days: Vec<SafeText> = promise.on.iter().map(|on| on.said_whole()).collect();
            let days: Vec<&str> = days.iter().map(SafeText::as_str).collect();
            self.line(fill(&w.on, &[("days", &days.join("; "))]).as_str());
        } else {
            self.line(w.done);
        }
        for looked in &promise.looked {
            self.text.push_str(&format!("- {}\n", look(looked)));
        }
        self.text.push('\n');
    }

    fn check_in(&mut self, look: &CheckIn) {
        let w = &words().export;
        self.line(&format!("### {}", look.at.day().said_whole()));
        let asked = asked(look.lines.len());
        for (asked, said) in asked.iter().zip(&look.lines) {
            self.point(asked, said);
        }
        self.text.push('\n');
        for (text, number) in [(&w.stirred, look.stirred), (&w.resourced, look.resourced)] {
            if let Some(n) = number {
                self.line(fill(text, &[("n", &n.to_string())]).as_str());
            }
        }
    }

    fn sitting(&mut self, sitting: &SessionReview, title: &dyn Fn(&str) -> String) {
        let w = &words().export;
        self.line(&format!("### {}", sitting.at.day().said_whole()));
        let minutes = sitting.minutes.to_string();
        let (script, names) = (title(&sitting.script), one_line(&sitting.with.join(", ")));
        let values = [
            ("script", script.as_str()),
            ("minutes", &minutes),
            ("names", &names),
        ];
        let text = if names.is_empty() {
            &w.sitting
        } else {
            &w.sitting_with
        };
        let mut line = fill(text, &values).as_str().to_owned();
        for (text, number) in [
            (&w.before, sitting.before),
            (&w.after, sitting.after),
            (&w.resourced_before, sitting.resourced_before),
            (&w.resourced_after, sitting.resourced_after),
        ] {
            if let Some(n) = number {
                line.push_str("; ");
                line.push_str(fill(text, &[("n", &n.to_string())]).as_str());
            }
        }
        self.line(&line);
    }
}

/// The questions of a check-in with so many lines: they were more once.
fn asked(lines: usize) -> &'static [&'static str] {
    let w = &words().notebook_ui.check_in;
    if lines == w.former.len() {
        w.former
    } else {
        w.lines
    }
}

fn meeting(met: &Meeting) -> String {
    let day = met.at.day().said_whole();
    match met.channel {
        None => day.to_string(),
        Some(by) => {
            let values = [("day", day.as_str()), ("channel", by.word())];
            fill(&words().export.met_by, &values).as_str().to_owned()
        }
    }
}

fn look(looked: &PromiseCheck) -> SafeText {
    let w = &words().export;
    let how = match looked.how {
        How::Kept => &w.how.kept,
        How::Missed => &w.how.missed,
        How::Released => &w.how.released,
    };
    let day = looked.at.day().said_whole();
    fill(&w.looked, &[("day", day.as_str()), ("how", how)])
}

/// What Markdown takes for a sign wherever it stands, and what it does at the beginning of a line.
const ANYWHERE: &[u8] = br"\`*_[]<>&|~";
const FIRST: [char; 4] = ['#', '+', '-', '='];

/// One line of somebody's words, so that Markdown shows these very letters (`CommonMark` 0.31, 2.4 and 4).
fn one_line(typed: &str) -> String {
    let shown = SafeText::new(typed.trim());
    let text = shown.as_str();
    let marker = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let numbered = marker.len() < text.len() && marker.starts_with(['.', ')']);
    // Most lines are shown as they are: years of them are looked at by bytes, and copied whole.
    if !numbered && !text.starts_with(FIRST) && !text.bytes().any(|b| ANYWHERE.contains(&b)) {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    for (n, c) in text.chars().enumerate() {
        let anywhere = u8::try_from(c).is_ok_and(|byte| ANYWHERE.contains(&byte));
        let first = n == 0 && FIRST.contains(&c);
        let after_number = numbered && n == text.len() - marker.len();
        if anywhere || first || after_number {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// A moment as files of data have it (RFC 3339), where the person was.
pub(super) fn written(at: WrittenAt) -> String {
    let local = at
        .wall
        .saturating_add(i64::from(at.offset).saturating_mul(1000));
    let second = local.div_euclid(1000).rem_euclid(86_400);
    let (hour, minute, second) = (second / 3600, second / 60 % 60, second % 60);
    let sign = if at.offset < 0 { '-' } else { '+' };
    let away = at.offset.unsigned_abs() / 60;
    let (hours, minutes) = (away / 60, away % 60);
    let day = at.day();
    format!("{day}T{hour:02}:{minute:02}:{second:02}{sign}{hours:02}:{minutes:02}")
}
