use super::*;

fn problems(text: &str) -> Vec<String> {
    let checked = check(text);
    let say = |problem: &SettingsProblem| format!("{}: {}", problem.line, problem.says);
    checked.problems.iter().map(say).collect()
}

#[test]
fn the_sample_sets_what_is_set_without_it() {
    let checked = check(SAMPLE);
    assert_eq!(checked.problems, []);
    assert_eq!(checked.settings, Settings::default());
    // Each setting stands in it, so that nobody has to guess a name.
    for line in Settings::default().told() {
        assert!(SAMPLE.lines().any(|sample| sample == line), "{line}");
    }
}

#[test]
fn one_word_says_how_much_is_said_and_each_face_can_be_told_otherwise() {
    for (text, brief) in [
        ("", None),
        ("guidance = \"high\"", Some(false)),
        ("guidance = \"medium\"", None),
        ("guidance = \"low\"", Some(true)),
        ("guidance = \"low\"\nhints = \"auto\"", Some(true)),
        ("guidance = \"low\"\nhints = \"full\"", Some(false)),
        ("guidance = \"high\"\nhints = \"brief\"", Some(true)),
    ] {
        let checked = check(text);
        assert_eq!(checked.problems, [], "{text}");
        assert_eq!(checked.settings.is_brief(), brief, "{text}");
    }
    assert!(problems("guidance = \"much\"")[0].contains("can be \"high\", \"medium\", \"low\""));
}

/// The person in the sample is commented out; uncommented it has to be right too.
#[test]
fn the_samples_person_can_be_taken_as_it_stands() {
    let (before, person) = SAMPLE.split_once("# [[person]]").unwrap();
    let person = person.replace("\n# ", "\n");
    let checked = check(&format!("{before}[[person]]{person}"));
    assert_eq!(checked.problems, []);
    let [ada] = checked.settings.people.as_slice() else {
        panic!("one person");
    };
    assert_eq!(ada.region.as_deref(), Some("Netherlands"));
    assert_eq!(ada.lines.len(), 1);
    assert!(ada.ring.is_some());
}

#[test]
fn what_is_told_sets_the_same() {
    let text = "theme = \"day\"\nbell = [\"play\", \"a \\\"b\\\" c.ogg\"]\nclock = \"bar\"\nreduced-motion = true\n\
                ascii = true\nmouse = true\nthin-out = false\nquick-exit = \"discard\"\n[keys]\nstop = [\"z\", \"ctrl-s\"]\n\
                [[person]]\nname = \"Zoë\"\nregion = \"Ireland\"\nring = \"Mo\"\nlines = [\"a\", \"b\"]\n";
    let once = check(text);
    assert_eq!(once.problems, []);
    assert_ne!(once.settings, Settings::default());
    let again = check(&once.settings.told().join("\n")).settings;
    let bare = |settings: &Settings| {
        let mut settings = settings.clone();
        settings
            .keys
            .iter_mut()
            .for_each(|binding| binding.line = 0);
        settings
            .people
            .iter_mut()
            .for_each(|person| person.line = 0);
        settings
    };
    assert_eq!(bare(&again), bare(&once.settings));
}

#[test]
fn every_problem_names_its_line_and_the_nearest_name() {
    let found = problems(
        "clok = \"bar\"\nbell = \"loud\"\nmouse = \"yes\"\nclock = \"digital\"\nquick-exit = 3\nzzz = 1\n\
         [keys]\nstop = \"s\"\n[[person]]\nnam = \"Ada\"\n[[person]]\nname = \"Ben\"\n[[person]]\nname = \" ben \"\n",
    );
    let expected = [
        "1: there is no setting `clok` here; did you mean `clock`?",
        "2: `bell` can be",
        "3: `mouse` needs true or false",
        "4: `clock` can be \"script\", \"full\", \"minutes\", \"bar\", \"hidden\"; `digital` is none of these",
        "5: `quick-exit` needs words in quotes",
        "6: there is no setting `zzz` here; there are: face, guidance, hints, prompt, theme",
        "8: `stop` needs a list of words in quotes",
        "9: a person here needs a name",
        "10: there is no setting `nam` here; did you mean `name`?",
        "13: `ben` has a heading here already",
    ];
    assert_eq!(found.len(), expected.len(), "{found:#?}");
    for (found, expected) in found.iter().zip(expected) {
        assert!(found.starts_with(expected), "{found}\nis not\n{expected}");
    }
}

#[test]
fn what_is_no_toml_is_told_with_its_line() {
    let found = problems("theme = \"dark\"\nbell = [\"a\"\n\nclock = \"bar\"");
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].contains("can't be understood"), "{found:?}");
    assert!(
        problems("a = \"\u{1b}[2J\"")
            .iter()
            .all(|says| !says.contains('\u{1b}'))
    );
    assert!(problems("theme = \"\\u001b[2J\"")[0].contains("which nobody could see"));
    assert!(problems("theme = \"a\\nb\"")[0].contains("which nobody could see"));
}

#[test]
fn bells_are_nothing_the_terminals_or_a_list_of_words() {
    let bell = |text: &str| check(text).settings.bell;
    assert_eq!(bell("bell = \"off\""), BellSound::Off);
    assert_eq!(bell("bell = \"double\""), BellSound::Double);
    let command = vec!["play".to_owned(), "x; rm".to_owned()];
    let one = BellSound::command(command.clone());
    assert_eq!(bell("bell = [\"play\", \"x; rm\"]"), one);
    let two = "bell = { warning = [\"play\", \"x; rm\"], end = [\"play\", \"y\"] }";
    let (warning, end) = (command, vec!["play".to_owned(), "y".to_owned()]);
    assert_eq!(bell(two), BellSound::Command { warning, end });
    let last = "[bell]\nend = [\"play\"]";
    let (warning, end) = (Vec::new(), vec!["play".to_owned()]);
    assert_eq!(bell(last), BellSound::Command { warning, end });
    // What is told of it sets the same.
    for text in ["bell = \"double\"", "bell = [\"a\"]", two, last] {
        let told = check(text).settings.told().join("\n");
        assert_eq!(bell(&told), bell(text), "{told}");
    }
    for wrong in [
        "bell = []",
        "bell = [\"\"]",
        "bell = [1]",
        "bell = 1",
        "bell = {}",
        "bell = { end = [] }",
    ] {
        assert_eq!(problems(wrong).len(), 1, "{wrong}");
        assert_eq!(bell(wrong), BellSound::Terminal);
    }
    let near = "bell = { ende = [\"a\"], warning = [\"b\"] }";
    assert!(problems(near)[0].contains("did you mean `end`?"));
}

#[test]
fn sizes_are_bounded() {
    let long = "x".repeat(300);
    assert!(problems(&format!("theme = \"{long}\""))[0].contains("longer than 200"));
    let many = "\"a\",".repeat(30);
    assert!(problems(&format!("[keys]\nstop = [{many}]"))[0].contains("more than 20"));
    let people = "[[person]]\nname = \"a\"\n".repeat(30);
    assert!(problems(&people)[0].contains("more than 24"));
}

#[test]
fn a_file_that_is_not_there_sets_nothing_and_a_bad_one_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("settings.toml");
    assert_eq!(load(&path).unwrap(), CheckedSettings::default());
    std::fs::write(&path, b"theme = \"dark\"\n\xff").unwrap();
    let checked = load(&path).unwrap();
    assert_eq!(checked.problems[0].line, 2);
    assert_eq!(std::fs::read(&path).unwrap(), b"theme = \"dark\"\n\xff");
    std::fs::write(&path, b"\xEF\xBB\xBFtheme = \"dark\"\n").unwrap();
    assert_eq!(load(&path).unwrap().settings.theme, "dark");
    std::fs::remove_file(&path).unwrap();
    std::fs::create_dir(&path).unwrap();
    assert!(load(&path).unwrap_err().as_str().contains("settings.toml"));
}

#[test]
fn names_are_told_apart_as_people_do() {
    assert!(same_name("Ada ", "ada"));
    assert!(!same_name("Ada", "Ad"));
}
