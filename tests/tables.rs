//! The build takes the tables that people write as they are, and says in one sentence what is wrong with one.
#![allow(
    clippy::unwrap_used,
    reason = "a helper of a test fails as loudly as a test"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use toml::{Table, Value};

use shape::fields;

#[path = "../build/care.rs"]
mod care;
#[path = "../build/keys.rs"]
mod keys;
#[path = "../build/rust.rs"]
mod rust;
#[path = "../build/shape.rs"]
mod shape;
#[path = "../build/themes.rs"]
mod themes;
#[path = "../build/words.rs"]
mod words;

fn table(text: &str) -> Table {
    text.parse().unwrap()
}

fn words_of(text: &str) -> Result<String, String> {
    let files = [("room".to_owned(), table(text))];
    words::words(&BTreeMap::from(files))
}

#[test]
fn a_key_of_the_words_becomes_a_field_and_braces_a_template() {
    let made = words_of(
        "go-on = 'on'\nto = 'to {name}, {name}'\nlist = ['a', 'b']\nbrace = 'write `{ x = 1 }`'\n\
         [door]\ntitle = 'in'\n[cause]\nfull = { is = 'full', next = 'make room' }\n\
         link = { is = 'a link to {place}', next = 'none' }\n[[leaf]]\nword = 'one'\n\
         [[leaf]]\nword = 'two'\nunless = 'three'\n",
    );
    let made = made.unwrap();
    for line in [
        "pub(crate) struct RoomWords {",
        "pub(crate) go_on: &'static str,",
        "pub(crate) to: Template,",
        "to: Template { text: \"to {name}, {name}\", braces: &[\"name\"] },",
        "pub(crate) list: &'static [&'static str],",
        "pub(crate) brace: &'static str,",
        "pub(crate) door: RoomDoorWords,",
        // Tables with the same keys are of one type; it has templates as soon as one of them has.
        "pub(crate) full: RoomCause,",
        "link: RoomCause { key: \"link\", is: Template { text: \"a link to {place}\", braces: &[\"place\"] }, next: \"none\", },",
        "pub(crate) leaf: &'static [RoomLeaf],",
        "RoomLeaf { unless: None, word: \"one\", }",
    ] {
        assert!(made.contains(line), "{line}\n{made}");
    }
}

#[test]
fn what_does_not_fit_in_the_words_is_named_by_its_keys() {
    for (text, why) in [
        (
            "n = 1",
            "src/text/words/room.toml: n: a text must stand here and not: integer",
        ),
        (
            "door = { n = [1] }",
            "src/text/words/room.toml: door: n: a text must stand here and not: integer",
        ),
        (
            "type = 'x'",
            "src/text/words/room.toml: `type` is a word of Rust: give the key another name",
        ),
        (
            "Go = 'x'",
            "src/text/words/room.toml: `Go` can't be a key: write it in small letters, digits and `-`, a letter first",
        ),
        (
            "x = [{ a = 'b' }, 'c']",
            "src/text/words/room.toml: x: tables must not stand beside something else in a list",
        ),
        (
            "x = [{ a = 'b' }, { a = ['c'] }]",
            "src/text/words/room.toml: x: a: a text and a list can't stand for the same thing",
        ),
    ] {
        assert_eq!(words_of(text), Err(why.to_owned()));
    }
}

#[test]
fn a_key_that_nobody_has_or_that_would_do_two_things_is_told() {
    let row =
        |does: &str, keys: &str| format!("[[key]]\ndoes = '{does}'\nkeys = [{keys}]\nhelp = ''\n");
    let read = |rows: [String; 2]| keys::keys(&table(&rows.concat()));
    let clash = read([row("stop", "'s'"), row("card", "'c', 's'")]);
    let wanted = "the key `s` cannot do both `stop` and `card`; give one of them another key";
    assert_eq!(clash, Err(wanted.to_owned()));
    let hyper = read([row("stop", "'s'"), row("card", "'hyper'")]);
    assert_eq!(
        hyper,
        Err("key: 2: keys: 1: there is no key named `hyper`".to_owned())
    );
    // An answer is chosen where no number is typed.
    assert!(read([row("choose", "'1'"), row("rate", "'1'")]).is_ok());
    assert!(read([row("choose", "'1'"), row("choose", "'1'")]).is_err());
    let whole = include_str!("../src/tui/keys.toml");
    assert!(keys::keys(&table(whole)).is_ok());
    let slip = whole.replacen("footer = \"Choose\"", "foot = \"choose\"", 1);
    assert_eq!(
        keys::keys(&table(&slip)),
        Err("key: 1: there is no key `foot` here".to_owned())
    );
}

#[test]
fn the_themes_are_read_strictly() {
    let whole = include_str!("../src/tui/themes.toml");
    assert!(fields(&table(whole), &themes::THEMES).is_ok());
    for (was, is, why) in [
        ("\"#181820\"", "\"#18182\"", "write it as #rrggbb"),
        ("\"#181820\"", "\"#+8182a\"", "write it as #rrggbb"),
        ("\"#181820\"", "\"181820\"", "write it as #rrggbb"),
        ("234, \"black\"", "9, \"black\"", "no fixed value"),
        ("234, \"black\"", "256, \"black\"", "256"),
        ("234, \"black\"", "234, \"grey\"", "one of the 16"),
        ("234, \"black\"", "234", "write a colour as"),
        ("[night]", "[nigth]", "nigth"),
        ("second = [\"#ffdc8c\"", "third = [\"#ffdc8c\"", "third"),
        (
            "second = [\"#ffdc8c\", 222, \"bright-yellow\"]",
            "",
            "the key `second` is missing",
        ),
    ] {
        assert!(whole.contains(was), "{was}");
        let error = fields(&table(&whole.replacen(was, is, 1)), &themes::THEMES);
        let error = error.err().unwrap_or_default();
        assert!(error.contains(why), "{is}: {error}");
    }
}

#[test]
fn the_signposts_are_read_strictly() {
    let text = |extra: &str| {
        format!(
            "directory = {{ name = 'd.example', verified-on = 2026-10-01 }}\n[[region]]\nname = 'X'\n\
             emergency = [{{ number = '1' }}]\n\
             line = [{{ kind = 'talk', channel = 'call', number = '2'{extra} }}]"
        )
    };
    let read = |extra: &str| fields(&table(&text(extra)), &care::SIGNPOSTS);
    let made = read(", published-on = 2025-11-21").unwrap();
    for piece in [
        "verified_on: Some(Date { year: 2026, month: 10, day: 1 })",
        "kind: LineKind::Talk",
        "hours: None",
        "also: &[]",
        "published_on: Some(Date { year: 2025, month: 11, day: 21 })",
    ] {
        assert!(made.contains(piece), "{piece}\n{made}");
    }
    for (wrong, why) in [
        (", verified = true", "there is no key `verified` here"),
        (
            ", verified-on = 'soon'",
            "verified-on: this can't be of the kind: string",
        ),
        (
            ", verified-on = 2026-01-01T10:00:00",
            "verified-on: a day alone is expected here",
        ),
    ] {
        let error = read(wrong).err().unwrap_or_default();
        assert!(
            error.starts_with("region: 1: line: 1: ") && error.contains(why),
            "{error}"
        );
    }
}

#[test]
fn the_practices_are_read_strictly() {
    let read = |step: &str| {
        let text = format!("[[practice]]\nid = 'x'\nkind = 'breath'\ntitle = 'x'\nstep = [{step}]");
        fields(&table(&text), &care::GROUNDING)
    };
    let made =
        read("{ says = 'x', seconds = 2.5 }, { pace = [{ word = 'in', seconds = 4 }], times = 3 }");
    let made = made.unwrap();
    assert!(
        made.contains("Step::Says { says: \"x\", beneath: None, heard: None, heard_beneath: None, seconds: Some(2.5), }"),
        "{made}"
    );
    assert!(
        made.contains("pace: &[Phase { word: \"in\", seconds: 4.0, }], times: 3"),
        "{made}"
    );
    assert!(read("{ says = 'x', times = 3 }").is_err());
    assert!(read("{ hint = 'x' }").is_err());
}

/// Every text with braces, as the last piece of its path and the names in it.
fn templates() -> BTreeSet<(String, BTreeSet<String>)> {
    fn walk(key: &str, value: &Value, found: &mut BTreeSet<(String, BTreeSet<String>)>) {
        if let Some(text) = value.as_str() {
            let names = words::braces(text).into_iter().map(str::to_owned);
            found.insert((key.replace('-', "_"), names.collect()));
        }
        let list = value.as_array().into_iter().flatten();
        list.for_each(|value| walk(key, value, found));
        let table = value.as_table().into_iter().flatten();
        table.for_each(|(key, value)| walk(key, value, found));
    }
    let mut found = BTreeSet::new();
    for path in files(Path::new("src/text/words"), "toml") {
        let words = table(&fs::read_to_string(path).unwrap());
        walk("", &Value::Table(words), &mut found);
    }
    found
}

fn files(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path, ending));
        } else if path.extension().is_some_and(|known| known == ending) {
            found.push(path);
        }
    }
    found
}

/// The key and the names of a call that says both where it stands: `(&w.line, &[("day", …), …])`.
fn filled(call: &str) -> Option<(String, BTreeSet<String>)> {
    let (path, values) = call.trim_start().strip_prefix('&')?.split_once(',')?;
    let key = path.rsplit('.').next()?;
    let named = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let values = values.trim_start().strip_prefix("&[")?;
    if !path.contains('.') || !key.chars().all(named) {
        return None;
    }
    let mut names = BTreeSet::new();
    let (mut depth, mut rest) = (0_i32, values);
    while let Some(at) = rest.find(['[', ']', '(', ')', '"']) {
        // A pair with a name of its own says elsewhere what it fills.
        if depth == 0
            && rest
                .get(..at)?
                .contains(|c: char| !c.is_whitespace() && c != ',')
        {
            return None;
        }
        let sign = rest.get(at..=at)?;
        let behind = rest.get(at + 1..)?;
        rest = behind;
        match sign {
            "\"" => {
                let (text, after) = behind.split_once('"')?;
                if depth == 1 && after.trim_start().starts_with(',') {
                    names.insert(text.to_owned());
                }
                rest = after;
            }
            "]" if depth == 0 => return Some((key.to_owned(), names)),
            "[" | "(" => depth += 1,
            _ => depth -= 1,
        }
    }
    None
}

/// Where both stand in one place, a call fills exactly what its sentence has: no name is misspelled, none is left over.
/// Where a sentence was chosen before, `fill` itself looks for what is missing whenever it runs in a test.
#[test]
fn every_call_fills_what_its_sentence_has() {
    let known = templates();
    let (mut wrong, mut seen) = (Vec::new(), 0);
    for path in files(Path::new("src"), "rs") {
        let text = fs::read_to_string(&path).unwrap();
        for call in text
            .split("fill(")
            .skip(1)
            .chain(text.split("fill_lines(").skip(1))
        {
            let Some(call) = filled(call) else {
                continue;
            };
            seen += 1;
            if !known.contains(&call) {
                wrong.push(format!("{}: {} with {:?}", path.display(), call.0, call.1));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(seen > 100, "only {seen} calls were understood");
}

#[test]
fn a_call_is_understood_whatever_its_values_are() {
    let call = "\n    &w.line,\n    &[\n        (\"day\", &day(\"x\", [1])),\n        (\"n\", \"1\"),\n    ],\n)";
    let names = ["day", "n"].map(str::to_owned);
    assert_eq!(filled(call), Some(("line".to_owned(), names.into())));
    assert_eq!(filled("text, &[(\"day\", day)])"), None);
    assert_eq!(filled("&w.line, &values)"), None);
}

/// What people never read: what stands between ticks in the second column of the list.
fn unsaid() -> Vec<String> {
    let list = include_str!("../docs/word-list.md");
    let rows = list.lines().filter(|line| line.starts_with("| "));
    let cells = rows.filter_map(|row| row.split('|').nth(2));
    let ticked = cells.flat_map(|cell| cell.split('`').skip(1).step_by(2));
    ticked.map(str::to_owned).collect()
}

/// Every text of a table but the agreements of before.
fn texts(value: &Value, put: &mut Vec<String>) {
    match value {
        Value::String(text) => put.push(text.to_lowercase()),
        Value::Array(list) => list.iter().for_each(|one| texts(one, put)),
        Value::Table(table) => {
            let said = table.iter().filter(|(key, _)| *key != "former-lines");
            said.for_each(|(_, one)| texts(one, put));
        }
        Value::Integer(_) | Value::Float(_) | Value::Boolean(_) | Value::Datetime(_) => {}
    }
}

/// Whether these words stand in a text as words, in whatever lines.
fn says(text: &str, words: &str) -> bool {
    let one_line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let ends = |side: Option<char>| !side.is_some_and(char::is_alphanumeric);
    one_line.match_indices(words).any(|(at, _)| {
        let (before, after) = (&one_line[..at], &one_line[at + words.len()..]);
        ends(before.chars().next_back()) && ends(after.chars().next())
    })
}

/// Every text that people are shown, in small letters, and the file it is in.
fn shipped() -> Vec<(PathBuf, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folders = ["scripts", "src/text/words", "src/safety"];
    let paths = folders
        .iter()
        .flat_map(|folder| files(&root.join(folder), "toml"));
    let mut put = Vec::new();
    for path in paths {
        let mut said = Vec::new();
        let words = table(&fs::read_to_string(&path).unwrap());
        texts(&Value::Table(words), &mut said);
        put.extend(said.into_iter().map(|text| (path.clone(), text)));
    }
    put
}

#[test]
fn one_thing_has_one_word() {
    assert!(says("Who rings\nsomebody?", "rings somebody"));
    assert!(!says("It brings somebody.", "rings somebody"));
    let unsaid = unsaid();
    assert!(unsaid.len() > 40, "{unsaid:?}");
    for (path, text) in shipped() {
        let found = unsaid.iter().find(|words| says(&text, words));
        assert_eq!(found, None, "{}: {text}", path.display());
    }
}

/// Half of what it was when every sentence was read for it: said once where it matters, comfort is believed.
#[test]
fn comfort_is_said_at_half_its_number() {
    let comforts: [(&[&str], usize); 4] = [
        (&["has to ", "have to "], 50),
        (&[", too"], 37),
        (&["is fine"], 23),
        (&["is an answer", "is a good answer"], 12),
    ];
    let said = shipped();
    for (words, most) in comforts {
        let times = |text: &String| {
            words
                .iter()
                .map(|one| text.matches(one).count())
                .sum::<usize>()
        };
        let sum: usize = said.iter().map(|(_, text)| times(text)).sum();
        assert!(sum <= most, "{words:?}: {sum}");
    }
}

/// How many syllables a word has, by its groups of vowels; a silent end is none.
fn syllables(word: &str) -> usize {
    let word: String = word.chars().filter(char::is_ascii_alphabetic).collect();
    let word = word.to_lowercase();
    let vowel = |letter: char| "aeiouy".contains(letter);
    let groups = word.split(|letter| !vowel(letter));
    let groups = groups.filter(|group| !group.is_empty()).count();
    let silent_e = word.ends_with('e') && !word.ends_with("le");
    let sounds = |ends: &[&str]| ends.iter().any(|end| word.ends_with(end));
    let silent_d = word.ends_with("ed") && !sounds(&["ted", "ded"]);
    let hissed = ["ses", "xes", "zes", "ches", "shes", "ges", "ces"];
    let silent_s = word.ends_with("es") && !sounds(&hissed);
    let silent = usize::from(silent_e || silent_d || silent_s);
    groups.saturating_sub(silent).max(1)
}

/// The school grade that reads a text (Flesch and Kincaid); a line is a sentence of its own, and a name has two syllables.
fn grade(text: &str) -> f64 {
    let mut text = text.to_owned();
    while let Some((before, rest)) = text.split_once('{') {
        let (name, after) = rest.split_once('}').unwrap_or((rest, ""));
        let said = name.split_once('|').map_or("Ada", |(seen, _)| seen);
        text = format!("{before}{said}{after}");
    }
    let letters = |text: &&str| text.contains(|letter: char| letter.is_ascii_alphabetic());
    let ends = ['.', '?', '!', ':', ';', '…', '\n'];
    let (mut sentences, mut words, mut parts) = (0.0, 0.0, 0.0);
    for sentence in text.split(ends).filter(letters) {
        sentences += 1.0;
        for word in sentence.split_whitespace().filter(letters) {
            words += 1.0;
            parts += f64::from(u8::try_from(syllables(word)).unwrap());
        }
    }
    0.39 * words / sentences + 11.8 * parts / words - 15.59
}

/// A text with the words by ear in place of the usual ones.
fn heard(text: &str) -> String {
    let Some((before, rest)) = text.split_once('{') else {
        return text.to_owned();
    };
    let (name, after) = rest.split_once('}').unwrap_or((rest, ""));
    let said = name.split_once('|').map_or("Ada", |(_, heard)| heard);
    format!("{before}{said}{}", heard(after))
}

/// What people are asked and told in steps, wherever these stand.
fn prompts(value: &Value, in_step: bool, put: &mut Vec<String>) {
    const NO_WORDS: [&str; 6] = ["id", "to", "use", "beyond", "depth", "only"];
    if let Some(list) = value.as_array() {
        list.iter().for_each(|one| prompts(one, in_step, put));
    }
    for (key, one) in value.as_table().into_iter().flatten() {
        if !in_step {
            prompts(one, key == "step", put);
        } else if !NO_WORDS.contains(&key.as_str()) {
            // Words by company are a table.
            let company = one.as_table().filter(|table| table.contains_key("silent"));
            let texts = company.into_iter().flat_map(|table| table.values());
            let texts = texts.chain([one]).filter_map(Value::as_str);
            put.extend(texts.map(str::to_owned));
        }
    }
}

/// Prompts are read aloud by somebody who may be stirred up, in what may be their second language.
#[test]
fn prompts_are_easy_to_read() {
    assert_eq!(
        ["hello", "named", "noticed", "one"].map(syllables),
        [2, 1, 2, 1]
    );
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut grades = Vec::new();
    for path in files(&root.join("scripts"), "toml") {
        let mut said = Vec::new();
        let script = table(&fs::read_to_string(&path).unwrap());
        prompts(&Value::Table(script), false, &mut said);
        // Both ways of saying a thing, by eye and by ear.
        let by_ear = said.clone().into_iter().map(|text| heard(&text));
        let said = said.into_iter().chain(by_ear);
        grades.extend(said.map(|text| (grade(&text), text)));
    }
    assert!(grades.len() > 600, "{}", grades.len());
    let hard: Vec<_> = grades.iter().filter(|(grade, _)| *grade > 5.0).collect();
    assert!(hard.is_empty(), "{hard:#?}");
    let sum: f64 = grades.iter().map(|(grade, _)| grade).sum();
    let mean = sum / f64::from(u16::try_from(grades.len()).unwrap());
    println!("{} prompts, a mean grade of {mean:.1}", grades.len());
    assert!(mean <= 2.0, "{mean}");
}

/// The lists of lines that people promise each other, wherever these stand.
fn agreements(value: &Value, put: &mut Vec<String>) {
    if let Some(list) = value.as_array() {
        list.iter().for_each(|one| agreements(one, put));
    }
    for (key, one) in value.as_table().into_iter().flatten() {
        match one.get("lines").filter(|_| key == "agreement") {
            Some(lines) => put.push(lines.to_string()),
            None => agreements(one, put),
        }
    }
}

/// Nobody is promised more silence than there can be (content.md 4.8).
#[test]
fn whoever_promises_to_tell_nobody_names_the_exceptions() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut promised = Vec::new();
    for path in files(&root.join("scripts"), "toml") {
        let script = table(&fs::read_to_string(&path).unwrap());
        agreements(&Value::Table(script), &mut promised);
    }
    let private = |lines: &&String| {
        ["tell nobody", "stays here"]
            .iter()
            .any(|it| lines.contains(it))
    };
    let private: Vec<&String> = promised.iter().filter(private).collect();
    assert!(private.len() > 10, "{}", private.len());
    for lines in private {
        for exception in [
            "a life in danger",
            "harm to a child or an adult at risk",
            "the law",
        ] {
            assert!(lines.contains(exception), "{exception}: {lines}");
        }
    }
}

/// In every turn somebody can say that something very hurt is here, or thoughts of dying; and where a dropped call is
/// spoken of, people have given each other a number.
#[test]
fn every_turn_has_its_ways_to_help_and_every_call_its_number() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("scripts");
    let shipped = files(&root, "toml").into_iter();
    for path in shipped.filter(|path| path.parent() == Some(&*root)) {
        let text = fs::read_to_string(&path).unwrap();
        let script = table(&text);
        let name = path.display();
        let stages = script.get("stage").and_then(Value::as_array);
        for stage in stages.into_iter().flatten() {
            let asides = stage.get("asides").map(Value::to_string);
            if stage.get("kind").and_then(Value::as_str) == Some("turns") {
                let asides = asides.unwrap_or_default();
                assert!(asides.contains("thoughts-of-dying"), "{name}: {asides}");
                assert!(asides.contains("very-hurt"), "{name}: {asides}");
            }
        }
        if stages.is_some() && text.contains("call-drops") {
            let used = text
                .lines()
                .filter_map(|line| line.trim().strip_prefix("use"));
            let used = used.filter_map(|line| line.split('"').nth(1));
            let module = |name| fs::read_to_string(root.join(format!("modules/{name}.toml")));
            let used: Vec<String> = used.filter_map(|name| module(name).ok()).collect();
            // A module of a group opens with another one.
            let arrives =
                |text: &String| text.contains("phone number") || text.contains("group-arrive");
            assert!(
                text.contains("phone number") || used.iter().any(arrives),
                "{name}"
            );
        }
    }
}

/// What each script keeps of its practice is said of every script.
#[test]
fn every_script_has_its_row_in_the_table_of_practices() {
    let page = include_str!("../docs/practice.md");
    let first = page.lines().filter_map(|line| line.split('|').nth(1));
    let titles: BTreeSet<&str> = first
        .flat_map(|cell| cell.split(';').map(str::trim))
        .collect();
    for entry in fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("scripts")).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|end| end == "toml") {
            let script = table(&fs::read_to_string(&path).unwrap());
            let title = script["title"].as_str().unwrap();
            assert!(titles.contains(title), "{title}");
        }
    }
}
