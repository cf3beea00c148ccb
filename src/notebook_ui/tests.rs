use std::time::Duration;

use super::*;
use crate::menu::page::PageIntent;
use crate::notebook::{
    Deletion, Meeting, Note, Part, PartRevision, Promise, SessionReview, WrittenAt,
};
use crate::session::intent::{Intent, Refused};
use crate::session::scene::{InputField, Scene, Verb};
use crate::test_support::back_walk::{Pages, assert_back_is_where_one_came_from};
use crate::text::words::{fill, words};

const NOW: Moment = Moment {
    mono: Duration::ZERO,
    wall: 1_795_287_690_000,
    offset: 3_600,
    change: None,
};

/// Pages over a notebook that does what they ask.
struct Sample {
    pages: NotebookPages,
    entries: Vec<NotebookEntry>,
    book: Book,
    open: bool,
    begun: Option<crate::notebook::PageDraft>,
    asked: Vec<NotebookRequest>,
}

impl Sample {
    fn with(entries: Vec<NotebookEntry>) -> Self {
        Self {
            pages: NotebookPages::new(),
            book: Book::of(entries.clone()),
            entries,
            open: false,
            begun: None,
            asked: Vec::new(),
        }
    }

    fn look<T>(&self, at: impl FnOnce(&NotebookPages, &NotebookData<'_>) -> T) -> T {
        let notebooks = [
            KnownNotebook {
                name: "Ada".into(),
                sealed: true,
                trouble: None,
            },
            KnownNotebook {
                name: "Ben".into(),
                sealed: false,
                trouble: None,
            },
        ];
        let titles = [("standard-pair".to_owned(), SafeText::new("Standard pair"))].into();
        let folder = SafeText::new("/a/folder");
        let data = NotebookData {
            place: None,
            replies: &[],
            notebooks: &notebooks,
            open: self.open.then_some(OpenPages {
                name: "Ada",
                sealed: true,
                book: &self.book,
                begun: self.begun.as_ref(),
                copied: None,
            }),
            titles: &titles,
            folder: &folder,
            now: NOW,
            walls: |shown| vec![shown],
        };
        at(&self.pages, &data)
    }

    fn scene(&self) -> Scene {
        self.look(NotebookPages::scene)
    }

    fn ask(&mut self, intent: Intent) -> Result<(), Refused> {
        let (next, requests) =
            self.look(|pages, data| pages.asked(PageIntent::of(intent)?, data))?;
        self.pages = next;
        for request in requests {
            match &request {
                NotebookRequest::Open { .. } | NotebookRequest::Make { .. } => self.open = true,
                NotebookRequest::Write(entries) => self.entries.extend(entries.iter().cloned()),
                NotebookRequest::Erase(id) => self.entries.push(NotebookEntry::Gone(Deletion {
                    id: Id::new(),
                    at: new_entries::at_of(NOW),
                    what: id.clone(),
                })),
                NotebookRequest::Lock
                | NotebookRequest::Forget
                | NotebookRequest::Home
                | NotebookRequest::Begin { .. } => {
                    self.open = false;
                    self.pages = NotebookPages::new();
                }
                NotebookRequest::LetGo => self.begun = None,
                NotebookRequest::Try(_)
                | NotebookRequest::Rekey { .. }
                | NotebookRequest::Seal(_)
                | NotebookRequest::Out { .. }
                | NotebookRequest::Appointment { .. }
                | NotebookRequest::Copies(_) => {}
            }
            self.asked.push(request);
        }
        self.book = Book::of(self.entries.clone());
        Ok(())
    }

    fn choose(&mut self, says: &str) {
        let scene = self.scene();
        let found = scene
            .choices
            .iter()
            .find(|choice| choice.says.as_str().contains(says));
        let all: Vec<&str> = scene
            .choices
            .iter()
            .map(|choice| choice.says.as_str())
            .collect();
        let choice = found.unwrap_or_else(|| panic!("{says} is not among {all:?}"));
        self.ask(choice.intent.clone()).unwrap();
    }

    fn write(&mut self, words: &str) {
        self.ask(Intent::Write {
            words: words.into(),
        })
        .unwrap();
    }

    fn opened(entries: Vec<NotebookEntry>) -> Self {
        let mut sample = Self::with(entries);
        sample.choose("Ada");
        sample.write("the right words for it");
        assert!(sample.open);
        sample
    }
}

fn at() -> WrittenAt {
    new_entries::at_of(NOW)
}

fn part(name: &str) -> (Id, NotebookEntry) {
    let id = Id::new();
    let part = Part {
        name: name.into(),
        ..Part::default()
    };
    (
        id.clone(),
        NotebookEntry::Part(PartRevision { id, at: at(), part }),
    )
}

fn some() -> Vec<NotebookEntry> {
    let (guard, one) = part("the guard");
    let (small, two) = part("the small one");
    let promise = Id::new();
    vec![
        one,
        two,
        NotebookEntry::Note(Note {
            part: Some(guard.clone()),
            session: Some("solo-sitting".into()),
            ..Note::new(at(), "First line.\nSecond line.".into())
        }),
        NotebookEntry::Promise(Promise {
            id: promise,
            at: at(),
            words: "sit with it on Sunday".into(),
            part: Some(guard.clone()),
            called: String::new(),
            cue: String::new(),
            on: vec![NOW.day(), NOW.day().after(7)],
            therapist: false,
        }),
        NotebookEntry::Met(Meeting {
            id: Id::new(),
            at: at(),
            part: guard,
            channel: None,
            apart: vec![small],
            script: None,
        }),
        NotebookEntry::Sitting(SessionReview {
            id: Id::new(),
            at: at(),
            script: "solo-sitting".into(),
            with: Vec::new(),
            minutes: 30,
            before: Some(7),
            after: Some(3),
            resourced_before: None,
            resourced_after: None,
        }),
    ]
}

#[test]
fn words_that_open_a_notebook_are_asked_twice_and_never_shown() {
    let mut sample = Sample::with(Vec::new());
    sample.choose("new notebook");
    assert!(sample.ask(Intent::Write { words: " ".into() }).is_err());
    let taken = sample
        .ask(Intent::Write {
            words: "Ada".into(),
        })
        .unwrap_err();
    assert!(taken.0.as_str().contains("Ada"));
    sample.write("Cleo");
    sample.choose(words().notebook_ui.make.sealed);
    let short = sample.ask(Intent::Write {
        words: "short".into(),
    });
    assert!(short.is_err());
    let scene = sample.scene();
    assert!(matches!(
        scene.field,
        Some(InputField::Line { hidden: true, .. })
    ));
    sample.write("four plain words here");
    let differs = sample.ask(Intent::Write {
        words: "four plain words hera".into(),
    });
    assert_eq!(
        differs.unwrap_err().0.as_str(),
        words().notebook_ui.make.differs
    );
    sample.write("four plain words here");
    let [NotebookRequest::Make { name, secret }] = sample.asked.as_slice() else {
        panic!("{:?}", sample.asked);
    };
    assert_eq!(name, "Cleo");
    assert!(secret.as_deref() == Some("four plain words here"));
    assert!(!format!("{:?} {:?}", sample.asked, sample.pages).contains("plain"));
}

#[test]
fn without_words_a_notebook_is_made_only_after_a_second_yes() {
    let mut sample = Sample::with(Vec::new());
    sample.choose("new notebook");
    sample.write("Cleo");
    sample.choose(words().notebook_ui.make.plain);
    assert!(
        sample.scene().prompt[1]
            .as_str()
            .contains("can read every word")
    );
    // Going on takes the safer way.
    sample.ask(Intent::GoOn).unwrap();
    assert_eq!(sample.asked, []);
    sample.choose(words().notebook_ui.make.plain);
    sample.choose(words().notebook_ui.make.sure_yes);
    let secret = None;
    let name = "Cleo".into();
    assert_eq!(sample.asked, [NotebookRequest::Make { name, secret }]);
}

#[test]
fn whoever_makes_a_notebook_on_the_way_gets_there() {
    let w = &words().notebook_ui;
    for (goal, title) in [
        (Goal::Out, w.out.title),
        (Goal::Parts, w.parts.title),
        (
            Goal::Rekey,
            fill(&w.front.title, &[("name", "Ada")]).as_str(),
        ),
    ] {
        let mut sample = Sample::with(Vec::new());
        sample.pages = NotebookPages::to(goal);
        sample.choose(w.door.new);
        sample.write("Eve");
        sample.choose(w.make.plain);
        sample.choose(w.make.sure_yes);
        assert_eq!(sample.scene().title.as_str(), title, "{goal:?}");
        assert_eq!(sample.scene().notice, Some(SafeText::new(w.make.made)));
    }
    // Without words there are none to change: it gets its first ones.
    let mut sample = Sample::with(Vec::new());
    sample.pages = NotebookPages::to(Goal::Rekey);
    sample.choose("Ben");
    assert_eq!(sample.scene().prompt[0].as_str(), w.manage.seal_is);
}

#[test]
fn a_note_a_part_and_a_promise_are_written_and_found_again() {
    let mut sample = Sample::opened(Vec::new());
    sample.choose(words().notebook_ui.front.write);
    assert!(sample.ask(Intent::Write { words: "\n".into() }).is_err());
    sample.write("It was loud\nand then it was not");
    assert_eq!(
        sample.scene().notice.unwrap().as_str(),
        words().notebook_ui.front.written
    );

    sample.choose(words().notebook_ui.front.parts);
    sample.choose(words().notebook_ui.parts.new);
    sample.write("the guard");
    sample.choose(words().notebook_ui.parts.change);
    sample.choose(words().notebook_ui.field.job);
    sample.write("keeps watch at night");
    sample.ask(Intent::Back).unwrap();
    assert!(
        sample
            .scene()
            .list
            .iter()
            .any(|item| item.words.as_str() == "keeps watch at night")
    );
    sample.choose(words().notebook_ui.parts.promise);
    sample.write("look in on Sunday");
    sample.choose(words().notebook_ui.promises.when_own);
    let past = sample.ask(Intent::Write {
        words: "2020-01-01".into(),
    });
    assert!(past.is_err());
    sample.write(&NOW.day().after(3).to_string());
    sample.write("the lamp");
    let promise = &sample.book.promises()[0];
    assert_eq!(promise.made.cue, "the lamp");
    assert_eq!(promise.on, [NOW.day().after(3)]);
    assert_eq!(promise.made.part.as_ref(), Some(&sample.book.parts()[0].id));
    assert_eq!(
        sample.book.notes()[0].words,
        "It was loud\nand then it was not"
    );

    sample.choose("look in on Sunday");
    sample.choose(words().notebook_ui.promises.release);
    assert!(!sample.book.promises()[0].is_open());
}

#[test]
fn parts_are_linked_split_and_made_one() {
    let mut sample = Sample::opened(some());
    let names = |sample: &Sample| -> Vec<String> {
        sample
            .book
            .parts()
            .iter()
            .map(|known| known.part.name.clone())
            .collect()
    };
    sample.choose(words().notebook_ui.front.parts);
    sample.choose("the guard");
    sample.choose(words().notebook_ui.parts.link);
    sample.choose(words().notebook_ui.parts.protects);
    sample.choose("the small one");
    let list = sample.scene().list;
    let lead = &words().notebook_ui.field.protects;
    assert!(
        list.iter()
            .any(|item| item.lead.as_str() == *lead && item.words.as_str() == "the small one")
    );
    sample.choose(words().notebook_ui.parts.link);
    sample.choose(words().notebook_ui.parts.split);
    sample.write("the door");
    assert_eq!(names(&sample).len(), 3);
    sample.choose(words().notebook_ui.parts.link);
    sample.choose(words().notebook_ui.parts.merge);
    sample.choose("the guard");
    sample.ask(Intent::GoOn).unwrap();
    assert_eq!(names(&sample).len(), 3, "going on changes nothing");
    sample.choose(words().notebook_ui.parts.link);
    sample.choose(words().notebook_ui.parts.merge);
    sample.choose("the guard");
    sample.choose(words().notebook_ui.parts.merge_yes);
    assert!(!names(&sample).contains(&"the door".to_owned()));
}

#[test]
fn what_waits_is_what_enter_leads_to_and_where_somebody_left_off_is_told() {
    let mut sample = Sample::opened(some());
    let offers = sample.scene().offers;
    assert_eq!(offers[0].verb, Verb::GoOn);
    assert_eq!(offers[0].says.as_str(), words().notebook_ui.front.promises);
    assert_eq!(
        sample.scene().prompt[1].as_str(),
        words().notebook_ui.front.due_one
    );
    sample.choose(words().notebook_ui.front.left);
    let list = sample.scene().list;
    let said: Vec<&str> = list.iter().map(|item| item.words.as_str()).collect();
    let said = said.join(" ");
    for word in [
        "the guard",
        "the small one",
        "First line.",
        "sit with it on Sunday",
    ] {
        assert!(said.contains(word), "{word} is not in {said}");
    }
    sample.choose(words().notebook_ui.left.short);
    let begun = NotebookRequest::Begin {
        script: "solo-short",
        promise: None,
    };
    assert_eq!(sample.asked.last(), Some(&begun));
}

#[test]
fn a_check_in_takes_what_is_said_and_passes_over_the_rest() {
    let mut sample = Sample::opened(Vec::new());
    sample.choose(words().notebook_ui.front.check_in);
    sample.write("tired");
    for _ in 1..words().notebook_ui.check_in.lines.len() {
        sample.ask(Intent::GoOn).unwrap();
    }
    assert!(sample.ask(Intent::Rate { value: 11 }).is_err());
    sample.ask(Intent::Rate { value: 4 }).unwrap();
    assert_eq!(sample.book.check_ins().len(), 0);
    assert!(sample.ask(Intent::Rate { value: 11 }).is_err());
    sample.ask(Intent::Back).unwrap();
    sample.ask(Intent::Rate { value: 3 }).unwrap();
    sample.ask(Intent::Rate { value: 7 }).unwrap();
    let check_in = &sample.book.check_ins()[0];
    assert_eq!(
        (
            check_in.lines[0].as_str(),
            check_in.stirred,
            check_in.resourced
        ),
        ("tired", Some(3), Some(7))
    );
    // With nothing said at all there is nothing to write.
    sample.choose(words().notebook_ui.front.check_in);
    for _ in 0..=words().notebook_ui.check_in.lines.len() {
        sample.ask(Intent::GoOn).unwrap();
    }
    assert_eq!(sample.book.check_ins().len(), 1);
}

#[test]
fn nothing_is_deleted_by_one_key() {
    let mut sample = Sample::opened(some());
    sample.choose(words().notebook_ui.front.notes);
    sample.choose("First line.");
    let list = sample.scene().list;
    let lines = ["First line.", "Second line."];
    assert!(
        list.iter()
            .zip(lines)
            .all(|(item, line)| item.words.as_str() == line)
    );
    sample.choose(words().notebook_ui.notes.erase);
    sample.ask(Intent::GoOn).unwrap();
    assert_eq!(sample.book.notes().len(), 1);
    sample.choose(words().notebook_ui.notes.erase);
    sample.choose(words().notebook_ui.manage.erase_yes);
    assert_eq!(sample.book.notes().len(), 0);
}

#[test]
fn a_page_for_a_therapist_is_chosen_and_seen_before_it_is_written() {
    let mut sample = Sample::opened(some());
    sample.choose(words().notebook_ui.front.out);
    sample.choose(words().notebook_ui.out.therapist);
    let nothing = sample.ask(Intent::GoOn).unwrap_err();
    assert_eq!(nothing.0.as_str(), words().notebook_ui.out.nothing);
    sample.choose("First line.");
    let on = |sample: &Sample| {
        let choices = sample.scene().choices;
        choices
            .iter()
            .filter(|choice| choice.on == Some(true))
            .count()
    };
    assert_eq!(on(&sample), 1);
    sample.choose("sit with it");
    assert_eq!(on(&sample), 2);
    sample.choose("sit with it");
    sample.ask(Intent::GoOn).unwrap();
    let list = sample.scene().list;
    let seen: Vec<&str> = list.iter().map(|item| item.words.as_str()).collect();
    let seen = seen.join(" ");
    assert!(
        seen.contains("Second line.") && !seen.contains("sit with it"),
        "{seen}"
    );
    let outs = |sample: &Sample| {
        let asked = sample.asked.iter();
        asked
            .filter(|request| matches!(request, NotebookRequest::Out { .. }))
            .count()
    };
    sample.choose(words().pages.file_yes);
    assert_eq!(outs(&sample), 0);
    sample.ask(Intent::GoOn).unwrap();
    let Some(NotebookRequest::Out { what, folder }) = sample.asked.last() else {
        panic!("{:?}", sample.asked);
    };
    assert_eq!(folder, "/a/folder");
    assert!(matches!(what, ExportKind::Therapist(chosen) if chosen.len() == 1));
}

#[test]
fn the_next_session_goes_into_a_calendar_with_a_day_in_reserve() {
    let mut sample = Sample::opened(some());
    sample.choose(words().notebook_ui.front.out);
    sample.choose(words().calendar.offer);
    for wrong in ["2020-01-01", "soon"] {
        assert!(
            sample
                .ask(Intent::Write {
                    words: wrong.into()
                })
                .is_err()
        );
    }
    sample.write("2030-01-05");
    assert!(
        sample
            .ask(Intent::Write {
                words: "24:00".into()
            })
            .is_err()
    );
    sample.write("19:30");
    sample.choose("75");
    sample.write("2030-01-12");
    let list = sample.scene().list;
    assert_eq!(
        list[0].words.as_str(),
        "Saturday, 5 January 2030 at 19:30, for 75 minutes"
    );
    assert_eq!(
        list[1].words.as_str(),
        "Saturday, 12 January 2030 at 19:30, in reserve"
    );
    sample.choose(words().pages.file_yes);
    sample.write("/tmp");
    let Some(NotebookRequest::Appointment { what, folder }) = sample.asked.last() else {
        panic!("{:?}", sample.asked);
    };
    assert_eq!(
        (what.days.len(), what.at, what.minutes, folder.as_str()),
        (2, (19, 30), 75, "/tmp")
    );
}

#[test]
fn one_note_goes_out_as_a_file() {
    let mut sample = Sample::opened(some());
    sample.choose(words().notebook_ui.front.notes);
    sample.choose("First line.");
    sample.choose(words().notebook_ui.notes.file);
    let list = sample.scene().list;
    assert!(
        list.iter()
            .any(|item| item.words.as_str() == "Second line.")
    );
    sample.choose(words().pages.file_yes);
    sample.ask(Intent::GoOn).unwrap();
    assert!(matches!(
        sample.asked.last(),
        Some(NotebookRequest::Out {
            what: ExportKind::Note(_),
            ..
        })
    ));
}

#[test]
fn what_takes_a_second_is_said_before() {
    let mut sample = Sample::with(some());
    let says = |sample: &Sample, words: &str| {
        let intent = Intent::Write {
            words: words.into(),
        };
        sample
            .pages
            .takes_a_while(&intent)
            .map(|says| says.as_str().to_owned())
    };
    assert_eq!(says(&sample, "x"), None);
    sample.choose("Ada");
    assert_eq!(
        says(&sample, "x"),
        Some(words().notebook_ui.pass.opening.to_owned())
    );
    assert!(sample.pages.takes_a_while(&Intent::Back).is_none());
    sample.write("the right words for it");
    sample.choose(words().notebook_ui.front.write);
    assert_eq!(says(&sample, "x"), None);
}

#[test]
fn the_map_is_a_picture_and_sentences() {
    let mut entries = some();
    let ids: Vec<Id> = entries
        .iter()
        .filter(|entry| matches!(entry, NotebookEntry::Part(_)))
        .map(|entry| entry.id().clone())
        .collect();
    if let Some(NotebookEntry::Part(PartRevision { part, .. })) = entries.first_mut() {
        part.protects = ids[1..].to_vec();
    }
    let mut sample = Sample::opened(entries);
    sample.choose(words().notebook_ui.front.parts);
    sample.choose(words().notebook_ui.parts.map);
    let scene = sample.scene();
    assert_eq!(scene.pictures.len(), 2);
    assert!(scene.list[0].words.as_str().contains("protects"));
}

/// Wherever chance leads, every page can be left, says what goes on, and refuses with a sentence.
#[test]
fn no_page_is_a_trap() {
    let mut chance = fastrand::Rng::with_seed(7);
    let mut pages = std::collections::BTreeSet::new();
    for _ in 0..300 {
        let mut sample = Sample::opened(some());
        for _ in 0..40 {
            let scene = sample.scene();
            pages.insert(scene.title.as_str().to_owned());
            assert!(scene.choices.len() <= 9);
            assert!(scene.offers.iter().any(|offer| offer.verb == Verb::Leave));
            let ways = scene.choices.len() + scene.offers.len();
            assert!(ways > 2, "{scene:?} has nowhere to go");
            let mut intents: Vec<Intent> = scene
                .choices
                .iter()
                .map(|choice| choice.intent.clone())
                .collect();
            intents.extend(scene.offers.iter().map(|offer| offer.intent()));
            match scene.field {
                Some(InputField::Rating) => intents.push(Intent::Rate { value: 5 }),
                Some(_) => intents.push(Intent::Write {
                    words: "2030-01-01".into(),
                }),
                None => {}
            }
            let at = chance.usize(..intents.len());
            let intent = intents.swap_remove(at);
            if let Err(refused) = sample.ask(intent) {
                assert!(!refused.0.is_empty());
            }
            if !sample.open {
                break;
            }
        }
    }
    assert!(pages.len() > 12, "only {pages:?}");
}

#[test]
fn a_page_that_was_begun_is_asked_about_before_another_is_written() {
    let mut sample = Sample::opened(some());
    sample.begun = Some(crate::notebook::PageDraft {
        at: at(),
        words: "two lines\nof mine".to_owned().into(),
        part: None,
        voices: false,
        bring: false,
        letter: None,
    });
    sample.choose("Write something");
    let scene = sample.scene();
    assert!(scene.field.is_none());
    let list: Vec<&str> = scene.list.iter().map(|item| item.words.as_str()).collect();
    assert_eq!(list, ["two lines", "of mine"]);
    sample.choose("Go on with it");
    let initial = |sample: &Sample| {
        let field = sample.scene().field;
        field.and_then(|field| field.initial().map(str::to_owned))
    };
    assert_eq!(initial(&sample).as_deref(), Some("two lines\nof mine"));
    // Nothing there keeps only what stood on the page before.
    let goes_on = |offer: &crate::session::scene::Offer| offer.verb == Verb::GoOn;
    assert!(!sample.scene().offers.iter().any(goes_on));
    // Which part it belongs to is asked; back from there the words are still on the page.
    sample.write("two lines\nand a third");
    sample.ask(Intent::Back).unwrap();
    assert_eq!(initial(&sample).as_deref(), Some("two lines\nand a third"));
    sample.ask(Intent::Back).unwrap();
    sample.choose("Write something");
    sample.choose("Delete it");
    assert_eq!(sample.begun, None);
    sample.choose("Write something");
    assert_eq!(initial(&sample).as_deref(), Some(""));
}

/// What stands in the field of a scene at first.
fn initial(scene: &Scene) -> Option<&str> {
    scene.field.as_ref().and_then(InputField::initial)
}

#[test]
fn back_from_a_note_leads_to_the_part_that_it_was_opened_from() {
    let mut sample = Sample::opened(some());
    let w = &words().notebook_ui;
    sample.choose(w.front.parts);
    sample.choose("the guard");
    let part = sample.scene();
    sample.choose(w.front.notes);
    let notes = sample.scene();
    sample.choose("First line.");
    let note = sample.scene();
    // The key that goes back and the choice that goes on both lead to the notes about this part.
    sample.ask(Intent::GoOn).unwrap();
    assert_eq!(sample.scene(), notes);
    sample.ask(Intent::Back).unwrap();
    assert_eq!(sample.scene(), part);
    sample.choose(w.front.notes);
    sample.choose("First line.");
    assert_eq!(sample.scene(), note);
    for page in [notes, part] {
        sample.ask(Intent::Back).unwrap();
        assert_eq!(sample.scene(), page);
    }
}

#[test]
fn the_words_of_a_promise_are_still_there_on_the_way_back_and_forward() {
    let w = &words().notebook_ui;
    let ways: [&[&str]; 2] = [&[w.front.promises], &[w.front.parts, "the guard"]];
    for way in ways {
        let mut sample = Sample::opened(some());
        for says in way {
            sample.choose(says);
        }
        let start = sample.scene();
        let promise = if way.len() > 1 {
            w.parts.promise
        } else {
            w.promises.new
        };
        sample.choose(promise);
        sample.write("bring it the lamp");
        if way.len() == 1 {
            sample.choose("the guard");
        }
        sample.choose(w.promises.when_own);
        sample.write(&NOW.day().after(3).to_string());
        for _ in 0..(if way.len() == 1 { 4 } else { 3 }) {
            sample.ask(Intent::Back).unwrap();
        }
        assert_eq!(initial(&sample.scene()), Some("bring it the lamp"));
        // Forward again with what stands there.
        sample.ask(Intent::GoOn).unwrap();
        if way.len() == 1 {
            sample.choose("the guard");
        }
        sample.choose(w.promises.when_week);
        sample.ask(Intent::GoOn).unwrap();
        let promises = sample.book.promises();
        let promise = promises
            .iter()
            .find(|one| one.made.words == "bring it the lamp");
        let guard = &sample.book.parts()[0];
        assert_eq!(promise.unwrap().made.part.as_ref(), Some(&guard.id));
        // What was asked on the way is over: back leads to where it began.
        if way.len() > 1 {
            sample.ask(Intent::Back).unwrap();
            assert_eq!(sample.scene().title, start.title);
        }
    }
}

impl Pages for Sample {
    fn scene(&self) -> Scene {
        Self::scene(self)
    }

    fn ask(&mut self, intent: Intent) -> Result<bool, Refused> {
        let asked = self.asked.len();
        Self::ask(self, intent)?;
        let done = self.asked.get(asked..).unwrap_or_default();
        // Words that were tried change nothing.
        let tries = |request: &NotebookRequest| matches!(request, NotebookRequest::Try(_));
        Ok(!done.iter().all(tries))
    }
}

#[test]
fn back_is_always_where_one_came_from() {
    let writes = ["2030-01-05", "19:30", "four plain words here"];
    let met = assert_back_is_where_one_came_from(|| Sample::opened(some()), &writes);
    assert!(met.len() > 30, "only {met:?}");
    assert!(met.values().any(|from| from.len() > 1), "{met:?}");
    let met = assert_back_is_where_one_came_from(|| Sample::with(Vec::new()), &writes);
    assert!(met.len() > 4, "only {met:?}");
}

#[test]
fn back_never_leads_to_a_part_that_is_another_one_now_or_to_words_that_open_a_notebook() {
    let mut sample = Sample::opened(some());
    let w = &words().notebook_ui;
    sample.choose(w.front.parts);
    sample.choose("the guard");
    sample.choose(w.parts.link);
    sample.choose(w.parts.merge);
    sample.choose("the small one");
    sample.choose(w.parts.merge_yes);
    sample.ask(Intent::Back).unwrap();
    assert_eq!(sample.scene().title.as_str(), w.parts.title);

    let mut sample = Sample::with(Vec::new());
    sample.choose(w.door.new);
    sample.write("Cleo");
    sample.choose(w.make.sealed);
    sample.write("four plain words here");
    sample.ask(Intent::Back).unwrap();
    assert_eq!(initial(&sample.scene()), Some(""));
    for _ in 0..2 {
        sample.ask(Intent::Back).unwrap();
    }
    assert_eq!(initial(&sample.scene()), Some("Cleo"));
}
