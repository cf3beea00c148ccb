//! What goes into somebody's notebook: the words pass through, and nothing of the session has them afterwards.

use super::*;
use crate::script::Ask;
use crate::session::intent::KeepChoice;
use crate::session::own_entry::{
    CheckBack, KeptNotes, NewPromise, NotesLifetime, OwnEntry, PromiseOutcome,
};
use crate::session::scene::InputField;
use crate::session::steps::own_notes::NotesWritten;

const WORDS: &str = "ZQCANARY of somebody";

fn with_notebooks(name: &str, notebooks: &[bool]) -> Told {
    let mut told = Told::begin(name, Length::Minutes(script(name).minutes));
    let begin = Begin {
        notebooks: notebooks.to_vec(),
        ..told.session.begun().clone()
    };
    told.session = Session::begin(script(name), begin).expect("it fits");
    told
}

fn write(told: &mut Told) -> Vec<Effect> {
    let intent = Intent::Write {
        words: WORDS.into(),
    };
    told.session.apply(intent, told.now).expect("it is asked")
}

/// To the promise at the end of somebody's turn.
fn until_vow(told: &mut Told, who: u8) {
    const YES: &str = "Yes, with a promise and a day";
    let asked = |told: &Told| {
        let mut choices = told.scene().choices.into_iter();
        choices.any(|choice| choice.says.as_str().contains(YES))
    };
    told.until_turn_of(who).until(asked).choose(YES);
    assert!(told.is_at("vow"));
}

/// To the page on which somebody writes for themselves.
fn until_page(told: &mut Told) {
    told.until(|told| matches!(told.scene().field, Some(InputField::Page { .. })));
}

#[test]
fn what_is_written_in_the_short_closing_is_in_no_log() {
    let mut script = Script::clone(script("solo-short"));
    let mut steps = script.mini_close.to_vec();
    steps.first_mut().expect("it has steps").ask = Ask::Note;
    script.mini_close = steps.into();
    let mut told = with_notebooks("solo-short", &[true]);
    let begin = told.session.begun().clone();
    told.session = Session::begin(&Arc::new(script), begin).expect("it fits");
    told.ask(Intent::Stop);
    until_page(&mut told);
    assert!(matches!(told.session.state, State::MiniClose { .. }));
    let typed = Intent::Write {
        words: WORDS.into(),
    };
    assert_eq!(told.session.to_log(&typed), Some(Intent::Sealed));
}

#[test]
fn what_is_written_alone_leaves_nothing_but_its_effect() {
    let mut told = with_notebooks("solo-short", &[true]);
    until_page(&mut told);
    assert!(told.session.writes_own());
    assert!(matches!(
        told.scene().field,
        Some(InputField::Page { hidden: false, .. })
    ));
    let before = told.session.clone();
    let effects = write(&mut told);
    let note = Effect::Own {
        who: Who(0),
        what: OwnEntry::Note(WORDS.into()),
    };
    assert_eq!(effects, [note]);
    assert!(!format!("{:?} {:?} {effects:?}", told.session, told.scene()).contains("ZQCANARY"));
    // The log has a word in its place that leads to the same session, and has no effect of its own.
    let mut again = before;
    assert_eq!(again.apply(Intent::Sealed, told.now), Ok(Vec::new()));
    assert_eq!(again, told.session);
    assert!(!told.session.writes_own());
}

#[test]
fn nothing_is_written_by_going_on_and_an_empty_page_is_not_taken() {
    let mut told = with_notebooks("solo-short", &[true]);
    until_page(&mut told);
    told.refused(Intent::Write {
        words: " \n".into(),
    });
    let place = told.session.place();
    let effects = told.session.apply(Intent::Pass, told.now);
    assert_eq!(effects, Ok(Vec::new()));
    assert_ne!(told.session.place(), place);
}

fn hidden(told: &Told) -> bool {
    match told.scene().field {
        Some(InputField::Line { hidden, .. } | InputField::Page { hidden, .. }) => hidden,
        Some(InputField::Rating) | None => false,
    }
}

/// Ben's promise, from whom it is for to its words.
fn promised(told: &mut Told) {
    let first = told.session.clone();
    for typed in [" ZQCANARY the watcher", "ZQCANARY lamp"] {
        assert!(hidden(told));
        let words = typed.into();
        // The log stands at the first of these questions until all of it is kept.
        let intent = Intent::Write { words };
        assert_eq!(told.session.to_log(&intent), None);
        assert_eq!(told.session.apply(intent, told.now), Ok(Vec::new()));
    }
    assert!(hidden(told));
    assert_eq!(told.session.to_log(&Intent::Back), None);
    let last = told.session.clone();
    let effects = write(told);
    let promise = Effect::Own {
        who: Who(1),
        what: OwnEntry::Promise(NewPromise {
            words: WORDS.into(),
            again: CheckBack::Tomorrow,
            called: "ZQCANARY the watcher".into(),
            cue: "ZQCANARY lamp".into(),
        }),
    };
    assert_eq!(effects, [promise]);
    assert!(!format!("{effects:?}").contains("ZQCANARY"));
    for (mut live, intent) in [
        (
            last.clone(),
            Intent::Write {
                words: WORDS.into(),
            },
        ),
        (last, Intent::Pass),
    ] {
        let mut again = first.clone();
        let logged = live.to_log(&intent).expect("it is logged");
        live.apply(intent, told.now).expect("it is asked");
        again.apply(logged, told.now).expect("it is told");
        assert_eq!(again, live);
    }
}

#[test]
fn a_pair_writes_unseen_and_says_when_to_look_again() {
    let mut told = with_notebooks("standard-pair", &[false, true]);
    // Ada has no notebook here: for her it is words to read.
    until_vow(&mut told, 0);
    assert_eq!(told.scene().field, None);
    assert_eq!(
        told.scene().notice.unwrap().as_str(),
        words().session.promise
    );
    until_vow(&mut told, 1);
    assert!(!told.scene().choices.is_empty());
    told.refused(Intent::Sealed);
    told.ask(Intent::Again {
        when: CheckBack::Week,
    });
    // Whom it is for, a hint, the promise itself: none of it is drawn while it is typed.
    assert!(hidden(&told));
    told.ask(Intent::Back).ask(Intent::Again {
        when: CheckBack::Tomorrow,
    });
    promised(&mut told);
    assert!(!format!("{:?}", told.scene()).contains("ZQCANARY"));

    // At the end Ben, who wrote, says what of it stays; Ada is not asked.
    let keep = |told: &Told| {
        told.scene()
            .choices
            .iter()
            .any(|c| matches!(c.intent, Intent::KeepOwn { .. }))
    };
    told.until(keep);
    assert_eq!(told.scene().to, [1]);
    assert_eq!(told.scene().choices.len(), 2);
    told.ask(Intent::Back);
    assert!(!keep(&told));
    told.on();
    let what = KeptNotes::Nothing;
    let effects = told
        .session
        .apply(Intent::KeepOwn { what }, told.now)
        .unwrap();
    let nothing = Effect::Own {
        who: Who(1),
        what: OwnEntry::Keep {
            what,
            stay: NotesLifetime::Always,
        },
    };
    assert_eq!(effects.first(), Some(&nothing));
}

/// To what stays of one note and one promise of somebody who sits alone.
fn until_kept() -> Told {
    let mut told = with_notebooks("solo-short", &[true]);
    until_page(&mut told);
    write(&mut told);
    told.until(|told| {
        let mut choices = told.scene().choices.into_iter();
        choices.any(|choice| choice.says.as_str().contains("Yes, to one"))
    });
    told.choose("Yes, to one").until(|told| {
        let mut choices = told.scene().choices.into_iter();
        choices.any(|choice| matches!(choice.intent, Intent::Again { .. }))
    });
    told.ask(Intent::Again {
        when: CheckBack::Never,
    })
    .on();
    write(&mut told);
    told.until(asks_what_stays);
    told
}

fn asks_what_stays(told: &Told) -> bool {
    let mut choices = told.scene().choices.into_iter();
    choices.any(|choice| matches!(choice.intent, Intent::KeepOwn { .. }))
}

#[test]
fn each_says_what_stays_and_enter_takes_all_of_it_without_an_end() {
    let told = until_kept();
    let asked = |told: &Told| -> Vec<Intent> {
        let choices = told.scene().choices.into_iter();
        choices.map(|choice| choice.intent).collect()
    };
    let keep = |what| Intent::KeepOwn { what };
    assert_eq!(
        asked(&told),
        [
            keep(KeptNotes::All),
            keep(KeptNotes::Promises),
            keep(KeptNotes::Notes),
            keep(KeptNotes::Nothing),
            Intent::HowLong,
        ]
    );
    let NotesWritten {
        notes, promises, ..
    } = told.session.written_own(Who(0));
    assert_eq!((notes.len(), promises.len()), (1, 1));
    let kept = |told: &Told, intent| {
        let effects = told.session.clone().apply(intent, told.now).unwrap();
        let first = effects.into_iter().next().unwrap();
        let Effect::Own {
            what: OwnEntry::Keep { what, stay },
            ..
        } = first
        else {
            panic!("{first:?}")
        };
        (what, stay)
    };
    assert_eq!(
        kept(&told, Intent::Pass),
        (KeptNotes::All, NotesLifetime::Always)
    );
    assert_eq!(
        kept(&told, keep(KeptNotes::Notes)),
        (KeptNotes::Notes, NotesLifetime::Always)
    );

    // One quiet screen more for whoever wants an end; going on or back leaves it as it was.
    let mut told = until_kept();
    told.refused(Intent::Stay {
        stay: NotesLifetime::Year,
    });
    told.ask(Intent::HowLong);
    let lengths = NotesLifetime::ALL.map(|stay| Intent::Stay { stay });
    assert_eq!(asked(&told), lengths);
    told.refused(keep(KeptNotes::All));
    for as_it_was in [Intent::Pass, Intent::Back] {
        let mut told = until_kept();
        told.ask(Intent::HowLong).ask(as_it_was);
        assert_eq!(
            kept(&told, Intent::Pass),
            (KeptNotes::All, NotesLifetime::Always)
        );
    }
    told.ask(Intent::Stay {
        stay: NotesLifetime::Month,
    });
    let says = told.scene().choices.last().unwrap().says.clone();
    assert!(says.as_str().contains("For a month"), "{says}");
    assert_eq!(
        kept(&told, Intent::Pass),
        (KeptNotes::All, NotesLifetime::Month)
    );
    assert_eq!(
        kept(&told, keep(KeptNotes::Notes)),
        (KeptNotes::Notes, NotesLifetime::Month)
    );
}

/// The last screen is true: what stays in a notebook is not "Nothing from today".
#[test]
fn the_last_screen_says_where_ones_own_words_are() {
    let closed = |keeps: KeepChoice, own: KeptNotes| {
        let mut told = with_notebooks("solo-short", &[true]);
        until_page(&mut told);
        write(&mut told);
        let keeping = |told: &Told| {
            let mut choices = told.scene().choices.into_iter();
            choices.any(|choice| matches!(choice.intent, Intent::Keep { .. }))
        };
        told.until(keeping).ask(Intent::Keep { what: keeps });
        told.until(asks_what_stays)
            .ask(Intent::KeepOwn { what: own });
        told.until(|told| told.session.is_closed());
        let prompt = told.scene().prompt.into_iter();
        prompt
            .map(|line| line.to_string())
            .collect::<Vec<_>>()
            .join(" ")
    };
    let own = &words().session.closed_own_alone;
    let all = closed(KeepChoice::Nothing, KeptNotes::All);
    assert!(
        all.contains(own) && all.contains("Nothing else from today is kept."),
        "{all}"
    );
    let none = closed(KeepChoice::Nothing, KeptNotes::Nothing);
    assert!(
        !none.contains(own) && none.ends_with("Nothing from today is kept."),
        "{none}"
    );
    assert!(closed(KeepChoice::Outline, KeptNotes::All).contains(own));
    assert!(!closed(KeepChoice::Outline, KeptNotes::Nothing).contains(own));
}

#[test]
fn whoever_wrote_only_promises_is_not_asked_how_long() {
    let mut told = with_notebooks("standard-pair", &[false, true]);
    until_vow(&mut told, 1);
    told.ask(Intent::Again {
        when: CheckBack::Never,
    })
    .on();
    write(&mut told);
    told.until(asks_what_stays);
    assert_eq!(told.scene().choices.len(), 2);
    told.refused(Intent::HowLong);
}

#[test]
fn a_log_of_an_older_program_says_the_same_as_before() {
    let told = |text: &str| serde_json::from_str::<Intent>(text).unwrap();
    for (text, what) in [("all", KeptNotes::All), ("promises", KeptNotes::Promises)] {
        let text = format!("{{\"keep-own\":{{\"what\":\"{text}\"}}}}");
        assert_eq!(told(&text), Intent::KeepOwn { what });
    }
    // Told with the length left out, as it was when there was none to choose, it is the same session.
    let (mut live, mut older) = (until_kept(), until_kept());
    live.ask(Intent::HowLong).on().on();
    let all = r#"{"keep-own":{"what":"all"}}"#;
    older.ask(told(all));
    assert_eq!(live.session, older.session);
}

/// A session that comes back to a promise of Ada's, up to the question which day is next.
fn came_back(kept: Option<&str>) -> Told {
    let mut told = with_notebooks("check-back", &[true]);
    let mut begin = told.session.begun().clone();
    begin.known.promise = Some("of-ada".into());
    told.session = Session::begin(script("check-back"), begin).expect("it fits");
    told.until(asks("Which one did you promise"))
        .choose("I know which one");
    told.until(asks("Is it here?")).choose("Yes, it is here");
    told.until(asks("Did you keep your promise?"));
    match kept {
        Some(says) => told.choose(says),
        None => told.on(),
    };
    told.until(asks("When will you come back"));
    told
}

fn asks(question: &str) -> impl Fn(&Told) -> bool {
    move |told| {
        let scene = told.scene();
        scene
            .prompt
            .iter()
            .any(|line| line.as_str().starts_with(question))
    }
}

/// What is noted of the promise from here to the end, when everything is passed.
fn noted(told: &mut Told) -> Vec<OwnEntry> {
    let mut all = Vec::new();
    while !told.session.is_closed() {
        let scene = told.scene();
        let on = scene.leads_on();
        let on = on.expect("there is a way on").intent();
        let effects = told.session.apply(on, told.now).expect("it is offered");
        all.extend(effects.into_iter().filter_map(|effect| match effect {
            Effect::Own { what, .. } => Some(what),
            Effect::Ring(_) | Effect::Card | Effect::Closed(_) => None,
        }));
    }
    all
}

#[test]
fn who_says_how_it_went_and_no_next_day_has_looked_at_the_promise() {
    let looked = |became| OwnEntry::Looked {
        promise: "of-ada".into(),
        became,
        after: None,
    };
    for (says, became) in [
        ("Yes", PromiseOutcome::Kept),
        ("Partly, or no", PromiseOutcome::Missed),
    ] {
        let mut told = came_back(Some(says));
        assert_eq!(noted(&mut told), [looked(became)]);
        // A STOP leads to the same note, and a day that was said is the only one.
        let mut told = came_back(Some(says));
        told.ask(Intent::Stop);
        told.choose("Finish for today");
        assert_eq!(noted(&mut told), [looked(became)]);
        let mut told = came_back(Some(says));
        told.choose("In a week");
        assert_eq!(noted(&mut told), []);
    }
    // Who said nothing of it did not look.
    assert_eq!(noted(&mut came_back(None)), []);
}

#[test]
fn a_part_that_waits_for_a_professional_is_only_greeted() {
    let mut told = with_notebooks("standard-pair", &[true, false]);
    until_vow(&mut told, 0);
    told.ask(Intent::Again {
        when: CheckBack::Professional,
    })
    .on()
    .on();
    let effects = write(&mut told);
    let waits = |effect: &Effect| matches!(effect, Effect::Own { what: OwnEntry::Promise(vow), .. } if vow.again == CheckBack::Professional);
    assert!(effects.iter().any(waits), "{effects:?}");

    let mut told = with_notebooks("check-back", &[true]);
    let mut begin = told.session.begun().clone();
    begin.known.promise = Some("of-ada".into());
    begin.known.only_greets = true;
    told.session = Session::begin(script("check-back"), begin).expect("it fits");
    told.until(asks("Which one did you promise"))
        .choose("I know which one");
    told.until(asks("Is it here?")).choose("Yes, it is here");
    assert!(
        asks("Then say hello from here, without going nearer")(&told),
        "{}",
        told.told()
    );
}

#[test]
fn a_note_for_somebody_else_is_written_in_ones_own_notebook() {
    let mut told = with_notebooks("note-exchange", &[true]);
    told.until(asks("Speak or write it now"));
    let effects = write(&mut told);
    let noted = |effect: &Effect| {
        matches!(
            effect,
            Effect::Own {
                what: OwnEntry::Note(_),
                ..
            }
        )
    };
    assert!(effects.iter().any(noted), "{effects:?}");
}

/// To the day of the next visit, in a session that comes back to a promise, or to none.
fn until_other_day(promise: Option<&str>) -> Told {
    let mut told = with_notebooks("check-back", &[true]);
    let mut begin = told.session.begun().clone();
    begin.known.promise = promise.map(Into::into);
    told.session = Session::begin(script("check-back"), begin).expect("it fits");
    let object = asks("Does anything in you object");
    told.until(object).choose("No");
    told.until(asks("When will you come back to it"))
        .choose("On another day");
    told
}

#[test]
fn a_day_of_ones_own_is_typed_and_counted_from_today() {
    let day = |after: u32| {
        let told = until_other_day(Some("of-ada"));
        told.now.day().after(after).to_string()
    };
    for (typed, wanted) in [("10", 10), (&*day(10), 10), (" 1 ", 1), (&*day(366), 366)] {
        let mut told = until_other_day(Some("of-ada"));
        assert!(asks("On which day will you come back")(&told));
        for wrong in ["", "0", "soon", "2020-01-01", "367", &*day(0)] {
            told.refused(Intent::Write {
                words: wrong.into(),
            });
        }
        let words = typed.into();
        let effects = told.session.apply(Intent::Write { words }, told.now);
        let looked = Effect::Own {
            who: Who(0),
            what: OwnEntry::Looked {
                promise: "of-ada".into(),
                became: PromiseOutcome::Missed,
                after: Some(wanted),
            },
        };
        assert_eq!(effects, Ok(vec![looked]), "{typed}");
        assert!(!asks("On which day")(&told));
    }
    // One step back is the list of days, and nobody has to name one.
    let mut told = until_other_day(Some("of-ada"));
    told.ask(Intent::Back);
    assert!(asks("When will you come back")(&told));
    // Without a promise in a notebook there is nothing to write the day to.
    let told = until_other_day(None);
    assert!(!asks("On which day")(&told), "{}", told.told());
}
