mod faults;

use std::fs;
use std::io;
use std::path::Path;

use super::record::keep_on;
use super::*;
use crate::script::{CardLine, Who};
use crate::session::intent::{KeepChoice, Outline, Partnership};
use crate::session::setup::WitnessCard;
use crate::storage::pretend::{DiskFault, FakeDisk};
use crate::storage::{LineTail, checked, scan};

fn home(folder: &tempfile::TempDir) -> Folders {
    let root = folder.path().to_path_buf();
    Folders::find(|name| Some(root.join(name).into())).unwrap()
}

fn names(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

/// How much more each had than the one who had least.
fn more_than_least(turns: &[i64]) -> Vec<i64> {
    let least = turns.iter().copied().min().unwrap_or(0);
    let more = |turn: &i64| turn.saturating_sub(least);
    turns.iter().map(more).collect()
}

fn outline(people: &[&str], first: u8, turns: &[i64]) -> Outline {
    Outline {
        one_sided: false,
        kept: KeepChoice::Outline,
        began: 1_795_287_690_000,
        offset: 3_600,
        people: names(people),
        script: "pair".into(),
        minutes: 61,
        whole: true,
        first: Some(Who(first)),
        turns: turns.to_vec(),
        agreement: names(&["Stop means \"stop\"."]),
        forgiven: false,
        loan: more_than_least(turns),
        cards: Vec::new(),
        partnership: None,
        next: None,
        cut_short: false,
        felt: Vec::new(),
    }
}

fn loaded(home: &Folders) -> MemoryStore {
    let (people, notice) = MemoryStore::load(home);
    assert_eq!(notice, None);
    people
}

#[test]
fn what_was_saved_is_there_the_next_time() {
    let folder = tempfile::tempdir().unwrap();
    let home = home(&folder);
    let mut people = loaded(&home);
    assert!(!people.seen_notice() && people.circles().is_empty());
    people
        .change(|memory| {
            memory.remember_notice();
            memory.remember_begin(&names(&["Ada", "Ben"]), "pair", 60);
            memory.remember_begin(&names(&["Cem"]), "alone", 20);
            memory.remember_wording(&names(&["Cem"]), "plain");
            memory.remember_place("Ada", "Ireland");
            memory.remember_place("Ada", "Spain");
            memory.remember_outline(&outline(&["Ada", "Ben"], 1, &[1_080_000, 1_200_000]));
        })
        .unwrap();

    let again = loaded(&home);
    assert!(again.seen_notice());
    assert_eq!(again.place_of("Ada"), Some("Spain"));
    assert_eq!(again.placed().collect::<Vec<_>>(), ["Ada"]);
    assert_eq!(again.place_of("Ben"), None);
    assert_eq!(again.circles(), people.circles());
    let [pair, alone] = again.circles() else {
        panic!("two circles");
    };
    assert_eq!(pair.names, names(&["Ada", "Ben"]));
    assert_eq!((pair.minutes, pair.last_first), (60, Some(Who(1))));
    assert_eq!(pair.loan, [0, 120_000]);
    assert_eq!(pair.loan_of(Who(1)), 120_000);
    assert_eq!(pair.agreement, names(&["Stop means \"stop\"."]));
    assert_eq!((alone.script.as_str(), alone.minutes), ("alone", 20));
    let wording = |circle: &crate::memory::Circle| circle.wording.clone();
    assert_eq!([pair, alone].map(wording), [None, Some("plain".to_owned())]);
    let text = fs::read_to_string(home.people()).unwrap();
    assert!(text.starts_with("# What alongside remembers"));
    assert!(
        text.contains("\nformat = 1\nseen-notice = true\n"),
        "{text}"
    );
}

#[test]
fn with_nothing_kept_nothing_is_remembered() {
    let folder = tempfile::tempdir().unwrap();
    let home = home(&folder);
    let mut people = loaded(&home);
    let nothing = Outline {
        kept: KeepChoice::Nothing,
        ..outline(&["Ada", "Ben"], 1, &[1, 2])
    };
    people.memory.remember_outline(&nothing);
    assert!(people.circles().is_empty());
    assert_eq!(keep(&home.record(), &nothing), Ok(Vec::new()));
    assert!(!home.record().exists() && !home.people().exists());
}

#[test]
fn who_was_second_is_proposed_first() {
    let mut people = Memory::default();
    let (ab, ba) = (names(&["Ada", "Ben"]), names(&["Ben", "Ada"]));
    assert_eq!(people.proposed_first(&ab), Who(0));
    people.remember_outline(&outline(&["Ada", "Ben"], 0, &[5, 0]));
    assert_eq!(people.proposed_first(&ab), Who(1));
    // The same two, named the other way round: what belongs to a person goes along.
    assert_eq!(people.proposed_first(&ba), Who(0));
    people.remember_begin(&ba, "pair", 45);
    assert_eq!(people.circles().len(), 1);
    assert_eq!(people.circles()[0].loan, [0, 5]);
    assert_eq!(people.circles()[0].last_first, Some(Who(1)));
    assert_eq!(people.proposed_first(&ba), Who(0));
    let trio = ["Ada", "Ben", "Cem"];
    people.remember_outline(&outline(&trio, 2, &[1, 1, 1]));
    assert_eq!(people.proposed_first(&names(&trio)), Who(0));
    assert_eq!(people.circles().len(), 2);
}

#[test]
fn a_loan_adds_up_and_goes_when_it_is_even() {
    let mut people = Memory::default();
    let mut began = 0;
    let mut after = |turns: &[i64]| {
        began += 1;
        let outline = Outline {
            began,
            ..outline(&["Ada", "Ben"], 0, turns)
        };
        people.remember_outline(&outline);
        // After a crash before its log went, the same one comes again.
        people.remember_outline(&outline);
        people.circles()[0].loan.clone()
    };
    assert_eq!(after(&[10, 4]), [6, 0]);
    assert_eq!(after(&[4, 5]), [5, 0]);
    assert_eq!(after(&[0, 7]), [0, 2]);
    assert_eq!(after(&[2, 0]), Vec::<i64>::new());
    assert_eq!(after(&[i64::MAX, 0]), [i64::MAX, 0]);
    assert_eq!(after(&[i64::MAX, i64::MIN]), [i64::MAX, 0]);
    assert_eq!(after(&[]), [i64::MAX, 0]);
}

#[test]
fn what_is_not_understood_is_left_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let home = home(&folder);
    fs::create_dir_all(home.people().parent().unwrap()).unwrap();
    let cases: [(&[u8], &str); 9] = [
        (b"format = 999\nnew = [1]\n", "999"),
        (b"format = 0\n", "fixed"),
        (b"seen-notice = true\n", "fixed"),
        (b"format = 1\n\nnew = true\n", "line 3"),
        (
            b"format = 1\nseen-notice = \"\x1b]52;c;UFdORUQ=\x07\n",
            "line 2",
        ),
        (b"format = 1\n[[circle]]\nnames = 3\n", "line 3"),
        (b"\xff\xfe", "fixed"),
        (b"", "fixed"),
        (&[b' '; 2_000_000], "larger"),
    ];
    for (bytes, says) in cases {
        fs::write(home.people(), bytes).unwrap();
        let (mut people, notice) = MemoryStore::load(&home);
        let notice = notice.unwrap();
        assert!(notice.as_str().contains(says), "{notice}");
        assert!(notice.as_str().contains("people.toml"), "{notice}");
        let why = people.change(Memory::remember_notice).unwrap_err();
        assert!(why.as_str().contains(says), "{why}");
        assert_eq!(fs::read(home.people()).unwrap(), bytes);
    }
}

#[test]
fn strange_numbers_in_the_file_are_no_surprise() {
    let folder = tempfile::tempdir().unwrap();
    let home = home(&folder);
    fs::create_dir_all(home.people().parent().unwrap()).unwrap();
    let text = "format = 1\n[[circle]]\nnames = [\"Ada\", \"Ada\"]\nscript = \"\"\nminutes = 0\n\
                last-first = 255\nloan = [9223372036854775807]\n\
                [[circle]]\nnames = []\nscript = \"\"\nminutes = 1\nlast-first = 0\n";
    fs::write(home.people(), text).unwrap();
    let mut people = loaded(&home);
    for who in [&["Ada", "Ada"][..], &[]] {
        let _ = people.proposed_first(&names(who));
        let change = people.change(move |memory| {
            memory.remember_begin(&names(who), "pair", u16::MAX);
            memory.remember_outline(&outline(who, 9, &[i64::MIN, i64::MAX]));
        });
        change.unwrap();
    }
    assert_eq!(loaded(&home).circles(), people.circles());
}

#[test]
fn the_record_grows_by_a_checked_line_for_each_kept_outline() {
    let folder = tempfile::tempdir().unwrap();
    let path = home(&folder).record();
    let kept = [
        outline(&["Ada"], 0, &[1]),
        outline(&["Ada", "Ben"], 1, &[1, 2]),
    ];
    for one in &kept {
        assert_eq!(keep(&path, one), Ok(Vec::new()));
    }
    let bytes = fs::read(&path).unwrap();
    let lines = scan(&bytes);
    assert_eq!(lines.rest, LineTail::Nothing);
    assert!(lines.good[0].contains(r#""kind":"alongside-record","format":[1,1]"#));
    for (line, one) in lines.good[1..].iter().zip(&kept) {
        assert_eq!(&serde_json::from_str::<Outline>(line).unwrap(), one);
    }
    assert_eq!(lines.good.len(), 3);
}

#[test]
fn a_torn_or_damaged_record_is_put_aside_and_said() {
    let folder = tempfile::tempdir().unwrap();
    let path = home(&folder).record();
    let one = outline(&["Ada"], 0, &[1]);
    keep(&path, &one).unwrap();
    keep(&path, &outline(&["Ada"], 0, &[2])).unwrap();
    let bytes = fs::read(&path).unwrap();

    fs::write(&path, &bytes[..bytes.len() - 5]).unwrap();
    let other = outline(&["Ben"], 0, &[1]);
    let said = keep(&path, &other).unwrap();
    assert!(said[0].as_str().contains("record.torn"), "{said:?}");
    let mended = fs::read(&path).unwrap();
    let lines = scan(&mended);
    assert_eq!((lines.good.len(), lines.rest), (3, LineTail::Nothing));
    assert_eq!(
        serde_json::from_str::<Outline>(lines.good[2]).unwrap(),
        other
    );
    let torn = fs::read(path.with_extension("torn")).unwrap();
    assert!(bytes[..bytes.len() - 5].ends_with(&torn));

    let mut damaged = bytes.clone();
    damaged[3] = b'?';
    fs::write(&path, &damaged).unwrap();
    let said = keep(&path, &one).unwrap();
    assert!(said[0].as_str().contains("record.set-aside"), "{said:?}");
    assert_eq!(fs::read(path.with_extension("set-aside")).unwrap(), damaged);
    assert_eq!(scan(&fs::read(&path).unwrap()).good.len(), 2);

    fs::write(&path, "").unwrap();
    assert_eq!(keep(&path, &one), Ok(Vec::new()));
    assert_eq!(scan(&fs::read(&path).unwrap()).good.len(), 2);
}

#[test]
fn a_newer_or_foreign_record_is_not_added_to() {
    let folder = tempfile::tempdir().unwrap();
    let path = home(&folder).record();
    let one = outline(&["Ada"], 0, &[1]);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    let head = |kind: &str, format: [u32; 2]| {
        checked(&serde_json::json!({"kind": kind, "format": format})).unwrap()
    };
    for (bytes, says) in [
        (
            head("alongside-record", [2, 0]),
            "format 2.0; this one writes 1.1",
        ),
        (head("alongside-log", [1, 0]), "not a record"),
        (b"my diary\nof a summer\n".to_vec(), "not a record"),
    ] {
        fs::write(&path, &bytes).unwrap();
        let refused = keep(&path, &one).unwrap_err();
        assert!(refused.as_str().contains(says), "{refused}");
        assert_eq!(fs::read(&path).unwrap(), bytes);
    }
    fs::write(&path, head("alongside-record", [1, 4])).unwrap();
    assert_eq!(keep(&path, &one), Ok(Vec::new()));
}

#[test]
fn a_failing_disk_is_tried_twice_and_then_told() {
    let path = Path::new("/nowhere/at/all/record.jsonl");
    let one = outline(&["Ada"], 0, &[1]);
    for times in [1, 2] {
        for at in 1..6 {
            let disk = FakeDisk::default();
            let kind = io::ErrorKind::StorageFull;
            disk.fails(DiskFault {
                at,
                times,
                half: true,
                kind,
            });
            match keep_on(path, &one, Box::new(disk.clone())) {
                Ok(said) => {
                    assert_eq!(said, []);
                    assert_eq!(scan(&disk.0.borrow().logs()[0]).good.len(), 2);
                }
                Err(why) => assert!(times == 2 && why.as_str().contains("full"), "{why}"),
            }
        }
    }
}

/// A file of the first version of the format, word for word.
const OF_BEFORE: &str = r#"
# What alongside remembers between sessions: who sat together and when, with which
format = 1
seen-notice = true

[[person]]
name = "Ada"
region = "Ireland"

[[circle]]
names = ["Ada", "Ben"]
script = "standard-pair"
minutes = 60
last-began = 1795287690000
last-first = 1
agreement = ["Stop means \"stop\".", "What I hear I tell nobody."]
loan = [0, 120000]
"#;

#[test]
fn a_file_of_before_is_read_and_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    let home = home(&folder);
    fs::create_dir_all(home.people().parent().unwrap()).unwrap();
    fs::write(home.people(), OF_BEFORE).unwrap();
    let mut people = loaded(&home);
    let pair = names(&["Ada", "Ben"]);
    assert_eq!(people.place_of("Ada"), Some("Ireland"));
    let circle = people.circle(&pair).unwrap().clone();
    assert_eq!(
        (circle.sessions, circle.since, circle.agreed),
        (0, None, None)
    );
    assert_eq!(circle.loan_of(Who(1)), 120_000);
    let next = Outline {
        began: 1_795_287_690_000 + 7 * 86_400_000,
        ..outline(&["Ada", "Ben"], 0, &[1, 1])
    };
    people
        .change(move |memory| memory.remember_outline(&next))
        .unwrap();
    let again = loaded(&home);
    let circle = again.circle(&pair).unwrap();
    assert_eq!(
        (circle.sessions, circle.loan.as_slice()),
        (1, &[0, 120_000][..])
    );
    assert_eq!(circle.before.len(), 1);
    assert_eq!(circle.before[0].agreed, None);
    assert_eq!(circle.before[0].lines.len(), 2);
    assert_eq!(circle.agreed.unwrap().to_string(), "2026-11-28");
}

#[test]
fn every_other_set_of_lines_is_a_version_with_its_day() {
    let day = 86_400_000;
    let mut circle = Circle {
        names: names(&["Ada", "Ben"]),
        ..Circle::default()
    };
    let mut sits = |n: i64, lines: &[&str]| {
        circle.went(&Outline {
            began: n * day,
            offset: 0,
            agreement: names(lines),
            ..outline(&["Ada", "Ben"], 0, &[1, 1])
        });
        circle.clone()
    };
    let first = sits(0, &["a", "b"]);
    assert_eq!(first.agreed.unwrap().to_string(), "1970-01-01");
    assert_eq!(first.review.unwrap().to_string(), "1970-06-30");
    assert_eq!(sits(7, &["a", "b"]).agreed, first.agreed);
    let changed = sits(14, &["a", "c"]);
    assert_eq!(changed.agreed.unwrap().to_string(), "1970-01-15");
    assert_eq!(
        changed.before,
        [AgreementVersion {
            agreed: first.agreed,
            lines: names(&["a", "b"])
        }]
    );
    // Without everybody's yes nothing is agreed, and nothing changes.
    let unsigned = sits(21, &[]);
    assert_eq!(
        (unsigned.agreement, unsigned.before.len()),
        (names(&["a", "c"]), 1)
    );
    assert_eq!(changed.review, first.review);
    assert_eq!(
        sits(200, &["a", "c"]).review.unwrap().to_string(),
        "1971-01-16"
    );
    for n in 201..240 {
        sits(n, &[&n.to_string()]);
    }
    assert_eq!(sits(240, &["z"]).before.len(), 20);
}

#[test]
fn a_session_that_did_not_begin_is_none_of_a_trial_and_an_ending_leaves_nothing_to_ask() {
    let mut circle = Circle {
        names: names(&["Ada", "Ben"]),
        ..Circle::default()
    };
    let mut sits = |n: i64, turns: &[i64], partnership| {
        circle.went(&Outline {
            began: n,
            partnership,
            whole: turns != [0, 0],
            agreement: vec!["No advice.".into()],
            loan: vec![90_000, 0],
            ..outline(&["Ada", "Ben"], 0, turns)
        });
        circle.clone()
    };
    let begun = sits(0, &[1, 1], Some(Partnership::Trial));
    assert_eq!(begun.trial_so_far(), Some((0, 3)));
    assert_eq!(sits(1, &[0, 0], None).trial_so_far(), Some((0, 3)));
    assert_eq!(sits(2, &[1, 1], None).trial_so_far(), Some((1, 3)));
    let ended = sits(3, &[1, 1], Some(Partnership::Goodbye));
    assert_eq!((ended.sessions, ended.ended.is_some()), (4, true));
    let day = crate::time::date::Date::parse("2030-01-01").unwrap();
    assert!(ended.agreement.is_empty() && ended.before.is_empty() && ended.loan.is_empty());
    assert!(!ended.is_review_due(day) && !ended.trial_is_over() && ended.next.is_none());
}

#[test]
fn a_trial_has_three_sessions_and_a_goodbye_is_a_day() {
    let mut circle = Circle {
        names: names(&["Ada", "Ben"]),
        ..Circle::default()
    };
    let mut sits = |n: i64, partnership| {
        let outline = Outline {
            began: n,
            partnership,
            ..outline(&["Ada", "Ben"], 0, &[1, 1])
        };
        circle.went(&outline);
        circle.went(&outline);
        circle.clone()
    };
    assert_eq!(
        sits(0, Some(Partnership::Trial)).trial_so_far(),
        Some((0, 3))
    );
    assert_eq!(sits(1, None).trial_so_far(), Some((1, 3)));
    assert!(!sits(2, None).trial_is_over());
    let over = sits(3, None);
    assert!(over.trial_is_over());
    assert_eq!((over.sessions, over.trial_so_far()), (4, Some((3, 3))));
    let ended = sits(4, Some(Partnership::Goodbye));
    assert_eq!((ended.trial, ended.ended.is_some()), (None, true));
    assert_eq!(sits(5, None).ended, None);
}

#[test]
fn a_loan_is_forgiven_by_a_yes_and_forgotten_in_a_quarter_of_a_year() {
    let day = 86_400_000;
    let mut circle = Circle {
        names: names(&["Ada", "Ben"]),
        ..Circle::default()
    };
    let mut sits = |n: i64, turns: &[i64], forgiven, one_sided| {
        let mut outline = Outline {
            began: n * day,
            forgiven,
            one_sided,
            ..outline(&["Ada", "Ben"], 0, turns)
        };
        if one_sided {
            outline.loan.clear();
        }
        circle.went(&outline);
        circle.clone()
    };
    let lent = sits(0, &[300, 0], false, false);
    assert_eq!(lent.loan_at(90 * day), [300, 0]);
    assert!(lent.loan_at(90 * day + 1).is_empty());
    // Care that was only for one is nothing lent.
    assert_eq!(sits(1, &[0, 900], false, true).loan, [300, 0]);
    assert_eq!(sits(2, &[0, 100], true, false).loan, [0, 100]);
    assert_eq!(sits(92, &[7, 0], false, false).loan, [0, 93]);
    assert_eq!(sits(300, &[7, 0], false, false).loan, [7, 0]);
}

#[test]
fn a_card_is_written_line_by_line_and_goes_with_its_person() {
    let mut people = Memory::default();
    let tears = PersonLine::Card(CardLine::Tears);
    people.write_line("Ada", tears, "just stay");
    people.write_line("Ada", PersonLine::Ring, "Mira");
    people.write_line("Ada", PersonLine::Number, "06 1");
    assert_eq!(
        people.person("Ada").unwrap().to_ring().as_deref(),
        Some("Mira, 06 1")
    );
    let said = WitnessCard {
        silence: "leave it".into(),
        ..WitnessCard::default()
    };
    people.remember_outline(&Outline {
        cards: vec![said, WitnessCard::default()],
        ..outline(&["Ada", "Ben"], 0, &[1, 1])
    });
    let ada = &people.person("Ada").unwrap().card;
    assert_eq!(
        (ada.tears.as_str(), ada.silence.as_str()),
        ("just stay", "leave it")
    );
    assert_eq!(people.person("Ben"), None);
    let today = crate::time::date::Date::at(1_795_287_690_000, 0);
    let known = people.known(&names(&["Ben", "Ada"]), 0, today);
    assert_eq!(
        (known.cards[0].is_empty(), known.cards[1].silence.as_str()),
        (true, "leave it")
    );
    assert_eq!(people.everybody(), ["Ada", "Ben"]);
    people.write_line("Ada", tears, "");
    assert_eq!(people.person("Ada").unwrap().card.tears, "");
    people.forget_person("Ada");
    assert!(people.everybody().is_empty() && people.circles().is_empty());
}

#[test]
fn two_programs_lose_nothing_of_each_other() {
    let folder = tempfile::tempdir().unwrap();
    let home = home(&folder);
    let (mut one, mut other) = (loaded(&home), loaded(&home));
    one.change(|memory| memory.remember_begin(&names(&["Ada", "Ben"]), "pair", 60))
        .unwrap();
    other
        .change(|memory| memory.remember_begin(&names(&["Cem"]), "alone", 20))
        .unwrap();
    one.change(|memory| memory.remember_place("Ada", "Spain"))
        .unwrap();
    assert_eq!(loaded(&home).circles().len(), 2);
    assert_eq!(one.circles().len(), 2);
    // Many at once: each waits for the other's lock.
    std::thread::scope(|scope| {
        for n in 0..8 {
            let home = &home;
            scope.spawn(move || {
                let mut people = loaded(home);
                let name = names(&[&format!("P{n}")]);
                people
                    .change(move |memory| memory.remember_begin(&name, "alone", 20))
                    .unwrap();
            });
        }
    });
    let all = loaded(&home);
    assert_eq!(all.circles().len(), 10);
    assert_eq!(all.place_of("Ada"), Some("Spain"));
}

#[test]
fn what_could_not_be_written_is_written_with_the_next_change() {
    let folder = tempfile::tempdir().unwrap();
    let home = home(&folder);
    let mut people = loaded(&home);
    let parent = home.people().parent().unwrap().to_path_buf();
    fs::create_dir_all(parent.parent().unwrap()).unwrap();
    fs::write(&parent, "in the way").unwrap();
    assert!(
        people
            .change(|memory| memory.remember_place("Ada", "Spain"))
            .is_err()
    );
    assert_eq!(people.place_of("Ada"), Some("Spain"));
    fs::remove_file(&parent).unwrap();
    people.change(Memory::remember_notice).unwrap();
    let again = loaded(&home);
    assert!(again.seen_notice());
    assert_eq!(again.place_of("Ada"), Some("Spain"));
}

#[test]
fn a_name_with_an_accent_is_one_person_in_whatever_form_an_older_file_has_it() {
    let folder = tempfile::tempdir().unwrap();
    let home = home(&folder);
    let (one, apart) = ("Jos\u{e9}", "Jose\u{301}");
    let text = format!(
        "format = 1\nseen-notice = true\n\n[[person]]\nname = \"{apart}\"\nring = \"Mia\"\n\n\
         [[person]]\nname = \"{one}\"\nnumber = \"1\"\nring = \"Noa\"\n\n\
         [[circle]]\nnames = [\"{apart}\", \"Ben\"]\nscript = \"pair\"\nminutes = 60\n"
    );
    fs::create_dir_all(home.people().parent().unwrap()).unwrap();
    fs::write(home.people(), text).unwrap();
    let people = loaded(&home);
    assert_eq!(people.everybody(), [one, "Ben"]);
    assert_eq!(
        people.person(one).unwrap().to_ring().as_deref(),
        Some("Mia, 1")
    );
    assert!(people.circle(&names(&["Ben", one])).is_some());
    // The record, too.
    keep(&home.record(), &outline(&[apart, "Ben"], 0, &[0, 0])).unwrap();
    let (outlines, _) = outlines(&home.record()).unwrap();
    assert_eq!(outlines[0].people, [one, "Ben"]);
    forget_with(&home.record(), one).unwrap();
    assert!(super::outlines(&home.record()).unwrap().0.is_empty());
}

/// What is remembered and the record, as an earlier build wrote them, are read and written the same to the byte.
#[test]
fn the_files_of_an_earlier_build_are_written_as_they_were_read() {
    const MEMORY: &str = include_str!("../../tests/earlier/data/alongside/people.toml");
    const RECORD: &[u8] = include_bytes!("../../tests/earlier/data/alongside/record.jsonl");
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("people.toml");
    fs::write(&path, MEMORY).unwrap();
    let memory = memory_file::load(&path, &mut RealFileSystem::default()).unwrap();
    // But for one word of what people are told of the file at its top.
    let as_now = MEMORY.replace("whom to ring", "who to phone");
    assert_eq!(memory_file::text(&memory).unwrap(), as_now);
    let pair = memory.circle(&names(&["Ben", "Ada"])).unwrap();
    assert_eq!((&*pair.loan, pair.agreement.len()), (&[60_000, 0][..], 2));

    let scanned = scan(RECORD);
    assert_eq!((scanned.rest, scanned.good.len()), (LineTail::Nothing, 3));
    for said in &scanned.good[1..] {
        let outline: Outline = serde_json::from_str(said).unwrap();
        assert_eq!(serde_json::to_string(&outline).unwrap(), **said);
    }
}

/// Where people sat apart the file is one that an earlier program calls newer, and never damaged; else it is as it was.
#[test]
fn a_file_with_something_new_in_it_says_so_and_every_other_is_as_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("people.toml");
    let names = ["Ada".to_owned(), "Ben".to_owned()];
    let mut memory = Memory::default();
    memory.remember_begin(&names, "standard-pair", 60);
    let disk = &mut RealFileSystem::default();
    for (apart, format) in [(false, 1), (true, 2), (false, 1)] {
        memory.remember_screens(&names, apart);
        let text = memory_file::text(&memory).unwrap();
        assert!(text.contains(&format!("\nformat = {format}\n")), "{text}");
        fs::write(&path, text).unwrap();
        assert_eq!(memory_file::load(&path, disk), Ok(memory.clone()));
    }
    fs::write(&path, "format = 3\nstrange = 1\n").unwrap();
    let Err(memory_file::UnreadableMemory::Strange(says)) = memory_file::load(&path, disk) else {
        panic!("it is of another format");
    };
    assert!(says.as_str().contains("newer"), "{}", says.as_str());
}
