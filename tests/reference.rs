//! The reference of the format, `docs/scripts.md`, is true: its examples run, its tables name every key there is.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a helper of a test fails as loudly as a test"
)]

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;
use std::sync::LazyLock;

use alongside::script::{self, Checked, Library, SHIPPED, Source};

const REFERENCE: &str = include_str!("../docs/scripts.md");
/// What the program says, as it is written.
fn said(text: &str) -> toml::Table {
    text.parse().unwrap()
}

/// A script in which every kind of place can be filled in.
static FRAME: LazyLock<String> = LazyLock::new(|| include_str!("scripts/pair.toml").to_owned());

/// The shipped library, with one module more or in other words.
struct With<'a>(&'a str, &'a str);

impl Library for With<'_> {
    fn module(&self, name: &str) -> Option<Source> {
        if name == self.0 {
            return Some(Source::new(name, self.1));
        }
        SHIPPED.module(name)
    }

    fn modules(&self) -> Vec<&str> {
        SHIPPED.modules().into_iter().chain([self.0]).collect()
    }

    fn script(&self, name: &str) -> Option<Source> {
        SHIPPED.script(name)
    }

    fn scripts(&self) -> Vec<&str> {
        SHIPPED.scripts()
    }
}

fn check(text: &str, library: &dyn Library) -> Checked {
    script::check("example", Source::new("example.toml", text), library)
}

fn told(checked: &Checked) -> String {
    let told: Vec<String> = checked
        .problems
        .iter()
        .map(|problem| problem.long())
        .collect();
    told.join("\n")
}

fn changed(text: &str, from: &str, to: &str) -> String {
    assert!(text.contains(from), "{from}");
    text.replacen(from, to, 1)
}

/// The first chapter, which makes one script piece by piece, and all the others.
fn chapters() -> (&'static str, &'static str) {
    REFERENCE.split_once("\n## The commands\n").unwrap()
}

fn blocks(text: &'static str, fence: &str) -> Vec<&'static str> {
    let blocks = text.split(fence).skip(1);
    blocks
        .map(|block| block.split("```").next().unwrap())
        .collect()
}

fn examples() -> Vec<&'static str> {
    blocks(chapters().1, "```toml\n")
}

/// What the first chapter makes, by the hands of somebody who follows it.
#[test]
fn the_first_script_is_well_and_each_command_of_its_chapter_works() {
    let folder = tempfile::tempdir().unwrap();
    let text = blocks(chapters().0, "```toml\n").join("\n");
    let file = folder.path().join("alongside/scripts/looking-forward.toml");
    let commands = blocks(chapters().0, "```sh\n").join("");
    assert!(commands.lines().count() >= 4);
    for line in commands.lines() {
        let args = line.strip_prefix("alongside ").unwrap().split_whitespace();
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_alongside"));
        for name in ["HOME", "XDG_STATE_HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME"] {
            command.env(name, folder.path());
        }
        let output = command
            .current_dir(folder.path())
            .args(args)
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&output.stdout);
        let also = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{line}: {said}{also}");
        if line.starts_with("alongside scripts map ") {
            let shown = blocks(chapters().0, "```text\n");
            assert!(
                !shown.is_empty() && shown.iter().all(|part| said.contains(part)),
                "{said}"
            );
        }
        if line.starts_with("alongside scripts new ") {
            std::fs::write(&file, &text).unwrap();
        }
    }
}

/// Checks stages that are shown alone, inside of a script whose minutes come from the checker itself.
fn stages(example: &str) -> Checked {
    let head = "format  = 1\ntitle   = \"x\"\nsummary = \"x\"\npeople  = 2\nroles   = [\"speaker\", \"listener\"]\nceiling = \"know\"\nbuffer  = 4\n";
    let arrive =
        "[[stage]]\nkind = \"together\"\ntitle = \"a\"\nminutes = 4\nuse = \"arrive-short\"\n";
    let close = "[[stage]]\nkind = \"closing\"\ntitle = \"c\"\nminutes = 6\n[[stage.step]]\nall = \"x\"\nkeep = true\n";
    let whole = |minutes: &str| {
        check(
            &format!("{head}{minutes}\n{arrive}\n{example}\n{close}"),
            &SHIPPED,
        )
    };
    let without = whole("");
    let help = |problem: &script::Problem| problem.help.as_ref().map(ToString::to_string);
    let help = without
        .problems
        .iter()
        .filter_map(help)
        .find(|help| help.contains("add `minutes"));
    let help = help.unwrap_or_else(|| panic!("{}", told(&without)));
    whole(help.split('`').nth(1).unwrap())
}

#[test]
fn every_example_runs() {
    let (mut scripts, mut modules, mut pieces) = (0, 0, 0);
    for example in examples() {
        let checked = if !example.contains("format") && example.contains("[[stage]]") {
            pieces += 1;
            stages(example)
        } else if !example.contains("format") {
            // A piece of a script's head.
            let text = changed(&FRAME, "[[stage]]", &format!("{example}\n[[stage]]"));
            check(&text, &SHIPPED)
        } else if example.contains("[[stage]]") {
            scripts += 1;
            check(example, &SHIPPED)
        } else if example.contains("exits ") {
            modules += 1;
            let step = "[[stage]]\nkind = \"together\"\ntitle = \"a\"\nminutes = 3\n\n  [[stage.step]]\n  use = \"example\"\n  exits = { room = \"next\", rest = \"done\" }\n\n  [[stage.step]]\n  all = \"x\"\n";
            let text = changed(&FRAME, "[[stage]]", &format!("{step}\n[[stage]]"));
            let text = changed(&text, "minutes = 60", "minutes = 63");
            check(&text, &With("example", example))
        } else {
            modules += 1;
            let text = if example.contains("offer") {
                changed(&FRAME, "\"advice\"", "\"advice\", \"example\"")
            } else {
                changed(&FRAME, "use = \"swap\"", "use = \"example\"")
            };
            check(&text, &With("example", example))
        };
        assert!(
            checked.script.is_some() && checked.problems.is_empty(),
            "{}",
            told(&checked)
        );
    }
    assert!(scripts >= 1 && modules >= 2 && pieces >= 4);
}

#[test]
fn steps_of_its_own_between_turns_are_written_as_the_reference_says() {
    let text = changed(
        &FRAME,
        "between  = { title = \"swap\", minutes = 2, at-least = 1, use = \"swap\" }\n",
        "",
    );
    let own = "\n  [stage.between]\n  title = \"swap\"\n  minutes = 2\n\n  [[stage.between.step]]\n  all = \"Stand up.\"\n";
    let roles = "roles    = { processor = \"processing\", witness = \"witnessing\" }\n";
    let checked = check(&changed(&text, roles, &format!("{roles}{own}")), &SHIPPED);
    assert!(checked.problems.is_empty(), "{}", told(&checked));
}

/// The keys in the first column of the tables below a heading.
fn keys(heading: &str) -> BTreeSet<&'static str> {
    let part = REFERENCE
        .split(&format!("\n## {heading}\n"))
        .nth(1)
        .unwrap();
    let part = part.split("\n## ").next().unwrap();
    // The table of words that lead somewhere is another one.
    let part = part.split("| word |").next().unwrap();
    part.lines()
        .filter_map(|line| line.strip_prefix("| `")?.split_once('`'))
        .map(|(key, _)| key)
        .collect()
}

/// What the checker knows, by its own word for a key that it does not.
fn known(from: &str) -> BTreeSet<String> {
    let text = changed(&FRAME, from, &format!("{from}\nqwertyuiop = 1"));
    let checked = check(&text, &SHIPPED);
    let help = checked.problems[0].help.as_ref().unwrap().to_string();
    let list = help.split_once(" knows: ").unwrap().1.to_owned();
    list.split(", ").map(str::to_owned).collect()
}

fn owned(keys: BTreeSet<&str>, beside: &[&str]) -> BTreeSet<String> {
    keys.into_iter()
        .chain(beside.iter().copied())
        .map(str::to_owned)
        .collect()
}

#[test]
fn the_tables_name_every_key_and_no_other() {
    assert_eq!(owned(keys("The file"), &["stage"]), known("people  = 2"));
    assert_eq!(
        owned(keys("Stages"), &["step"]),
        known("kind    = \"closing\"")
    );
    let own =
        "kind    = \"closing\"\ntitle   = \"close\"\nminutes = 4\n[[stage.step]]\nall = \"x\"";
    let text = changed(
        &FRAME,
        "kind    = \"closing\"\ntitle   = \"close\"\nminutes = 4\nuse     = \"close\"",
        &format!("{own}\nqwertyuiop = 1"),
    );
    let checked = check(&text, &SHIPPED);
    let help = checked.problems[0].help.as_ref().unwrap().to_string();
    let known = help.split_once(" knows: ").unwrap().1;
    let known: BTreeSet<String> = known.split(", ").map(str::to_owned).collect();
    assert_eq!(owned(keys("Steps"), &["processor", "witness"]), known);
}

/// Whether a step may lead to `word` in a place.
fn leads(word: &str, place: &str) -> bool {
    // A step that everybody passes, and beside it an answer that leads to the word.
    let step = |header: &str, landing: &str| {
        format!(
            "{header}\nall = \"x\"\nanswers = [{{ says = \"x\", to = \"{word}\" }}, {{ says = \"y\" }}]\n{landing}\n"
        )
    };
    let module = format!(
        "format = 1\ntitle = \"x\"\noffer = \"x\"\nclock = \"held\"\n{}",
        step(
            "[[step]]",
            if place == "turn" {
                "landing = true"
            } else {
                ""
            }
        )
    );
    let (name, text) = match place {
        "stage" => (
            "mine",
            changed(
                &FRAME,
                "use      = \"order-support\"",
                "use      = \"mine\"",
            ),
        ),
        "each" => (
            "mine",
            changed(&FRAME, "use      = \"reflection\"", "use      = \"mine\""),
        ),
        "between" => ("mine", changed(&FRAME, "use = \"swap\"", "use = \"mine\"")),
        "turn" => (
            "mine",
            changed(&FRAME, "use      = \"parts-turn\"", "use      = \"mine\""),
        ),
        "closing" => (
            "mine",
            changed(&FRAME, "use     = \"close\"", "use     = \"mine\""),
        ),
        "aside" => ("mine", changed(&FRAME, "\"advice\"", "\"mine\"")),
        "stop" => ("stop", FRAME.clone()),
        "mini-close" => ("mini-close", FRAME.clone()),
        _ => panic!("{place}"),
    };
    check(&text, &With(name, &module)).script.is_some()
}

#[test]
fn the_table_of_words_tells_where_each_one_works() {
    let places = [
        "stage",
        "each",
        "between",
        "turn",
        "closing",
        "aside",
        "stop",
        "mini-close",
    ];
    let phrases = [
        ("everywhere", &places[..]),
        ("in turns and asides", &["turn", "aside"]),
        (
            "everywhere but in the closing and in `mini-close`",
            &["stage", "each", "between", "turn", "aside", "stop"],
        ),
        (
            "everywhere but in `mini-close`",
            &[
                "stage", "each", "between", "turn", "closing", "aside", "stop",
            ],
        ),
        (
            "everywhere but in `stop` and `mini-close`",
            &["stage", "each", "between", "turn", "closing", "aside"],
        ),
        ("in asides and in `stop`", &["aside", "stop"]),
        (
            "in stages other than turns and closing",
            &["stage", "each", "between"],
        ),
    ];
    let said = said(include_str!("../src/text/words/script.toml"));
    let wheres = said["wheres"].as_table().unwrap();
    let all = [
        "next", "done", "land", "close", "end", "stop", "back", "shorter",
    ];
    for word in all {
        let works: Vec<&str> = places
            .into_iter()
            .filter(|place| leads(word, place))
            .collect();
        let phrase = phrases.iter().find(|(_, places)| *places == works);
        let (phrase, _) = phrase.unwrap_or_else(|| panic!("`{word}` works in {works:?}"));
        let row = REFERENCE.lines().find(|line| {
            line.starts_with(&format!("| `{word}` |")) && line.ends_with(&format!("| {phrase} |"))
        });
        assert!(row.is_some(), "`{word}` works {phrase}");
        if let Some(told) = wheres.get(word) {
            assert_eq!(told.as_str(), Some(*phrase));
        }
    }
    assert!(
        all.iter()
            .filter(|word| wheres.contains_key(**word))
            .count()
            == 6
    );
}

/// The whole rows of the tables below a heading, by key.
fn rows(heading: &str) -> Vec<(&'static str, &'static str)> {
    let part = REFERENCE
        .split(&format!("\n## {heading}\n"))
        .nth(1)
        .unwrap();
    let part = part.split("\n## ").next().unwrap();
    let part = part.split("| word |").next().unwrap();
    let rows = part
        .lines()
        .filter_map(|line| line.strip_prefix("| `")?.strip_suffix(" |"));
    rows.filter_map(|row| row.split_once("` | ")).collect()
}

#[test]
fn the_tables_say_what_an_editor_says() {
    let said = said(include_str!("../src/text/words/format.toml"));
    let told = &said["keys"];
    for (heading, table, headings) in [
        ("The file", "script", 1),
        ("Stages", "stage", 1),
        ("Steps", "step", 0),
        ("Modules", "module", 1),
    ] {
        let rows = rows(heading);
        // What is written as a heading, `[[stage]]` or `[[step]]`, has no row.
        assert_eq!(
            rows.len() + headings,
            told[table].as_table().unwrap().len(),
            "{heading}"
        );
        for (key, said) in rows {
            assert_eq!(Some(said), told[table][key].as_str(), "{heading}, `{key}`");
        }
    }
}

fn as_json(text: &str) -> Option<serde_json::Value> {
    let value: toml::Value = toml::from_str(text).ok()?;
    serde_json::to_value(value).ok()
}

/// What editors complete, they find in `anyOf`, and not behind `if`; there everything that `if` chooses from stands beside
/// `true`, which refuses nothing.
fn completes(schema: &serde_json::Value) {
    // What a table needs is no choice, and what stands in an `else` is part of the choice around it.
    let choice = schema.get("properties").is_none() && schema.get("anyOf").is_some();
    if let Some(then) = schema.get("then").filter(|_| choice) {
        let all = schema["anyOf"].as_array().unwrap();
        assert!(all[0] == true && all.contains(then), "{schema}");
    }
    let (keys, all) = (schema.as_object(), schema.as_array());
    let within = keys.into_iter().flat_map(|keys| keys.values());
    within.chain(all.into_iter().flatten()).for_each(completes);
}

#[test]
fn the_schema_is_one_and_everything_that_is_shipped_fits_it() {
    let schema = script::schema();
    assert!(jsonschema::meta::is_valid(&schema));
    completes(&schema);
    let schema = jsonschema::draft202012::new(&schema).unwrap();
    let fits = |text: &str, name: &str| {
        let value = as_json(text).unwrap();
        let why: Vec<String> = schema
            .iter_errors(&value)
            .map(|error| format!("{:?}", error.kind()))
            .collect();
        assert!(why.is_empty(), "{name}: {why:#?}");
    };
    for name in SHIPPED.scripts() {
        fits(&SHIPPED.script(name).unwrap().text, name);
    }
    for name in SHIPPED.modules() {
        fits(&SHIPPED.module(name).unwrap().text, name);
    }
    fits(include_str!("../scripts/starter/starter.toml"), "starter");
    fits(include_str!("scripts/everything.toml"), "everything");
    for example in examples()
        .into_iter()
        .filter(|text| text.contains("format"))
    {
        fits(example, example);
    }
    // Whatever the reader itself refuses, an editor refuses, too; but for a key of a step, which may be a role.
    let refused = [
        "unknown-key",
        "missing-key",
        "wrong-kind",
        "out-of-range",
        "not-true",
        "unknown-kind",
        "other-format",
        "no-point",
        "rating-bound",
    ];
    let mut tried = 0;
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/broken");
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let Ok(text) = std::fs::read_to_string(&path) else {
            continue;
        };
        let Some(value) = as_json(&text).filter(|_| path.extension().unwrap() == "toml") else {
            continue;
        };
        let said = check(&text, &SHIPPED).problems;
        let said = said.iter().find(|problem| {
            let of_a_step = problem.message.as_str().ends_with("of a step");
            refused.contains(&problem.code) && !of_a_step
        });
        if let Some(problem) = said {
            tried += 1;
            assert!(
                !schema.is_valid(&value),
                "{}: {}",
                path.display(),
                problem.long()
            );
        }
    }
    assert!(tried >= 8, "{tried}");
}

/// Taplo is what most editors ask about TOML. It reads every schema as draft 7, and of an `anyOf` it tells everything that
/// speaks against either side, with the whole file at each of it.
#[test]
fn taplo_takes_everything_that_is_shipped_and_names_a_key_that_is_wrong() {
    let folder = tempfile::tempdir().unwrap();
    let schema = folder.path().join("schema.json");
    std::fs::write(&schema, script::schema().to_string()).unwrap();
    let lint = |path: &Path| {
        let url = format!("file://{}", schema.display());
        let mut taplo = Command::new("taplo");
        taplo.args(["lint", "--schema", &url]).arg(path);
        taplo.output()
    };
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let shipped = ["scripts", "scripts/modules", "tests/practices"];
    for entry in shipped.map(|of| std::fs::read_dir(root.join(of)).unwrap()) {
        let paths = entry.map(|entry| entry.unwrap().path());
        for path in paths.filter(|path| path.extension().is_some_and(|of| of == "toml")) {
            let Ok(said) = lint(&path) else {
                println!(
                    "`taplo` is not installed here, so nobody asked it. `pip install taplo` has it."
                );
                return;
            };
            assert!(said.status.success(), "{}: {said:?}", path.display());
        }
    }
    let wrong = folder.path().join("wrong.toml");
    let whole = examples()
        .into_iter()
        .find(|text| text.contains("format") && text.contains("[[stage]]"));
    for (typed, slip, what, most) in [
        ("\nbuffer ", "\nbufer ", "a script", 1),
        ("\nkind ", "\nkinde ", "a stage", 1),
        ("keep = true", "kepe = true", "a step", 1),
        (
            "people  = 2",
            "people  = { from = 2, to = 3, too = 4 }",
            "`people`",
            1,
        ),
        ("questions =", "quesions =", "`gate`", 2),
        ("unsigned =", "today = true, unsigned =", "`agreement`", 1),
        (
            "listener = \"Just listen. The silence is theirs.\"",
            "listener = { silnt = \"x\" }",
            "words by company",
            1,
        ),
    ] {
        let text = changed(whole.unwrap(), typed, slip);
        std::fs::write(&wrong, text).unwrap();
        let said = lint(&wrong).unwrap();
        assert!(!said.status.success(), "{slip}");
        let told = String::from_utf8_lossy(&said.stderr).into_owned();
        // One error is of this key alone, and shows its line.
        let key = slip.trim().split([' ', '{']).next().unwrap();
        let of_key = format!("{what} knows no such key");
        assert!(told.contains(&of_key) && told.contains(key), "{told}");
        let errors = told.lines().filter(|line| line.starts_with("error"));
        let errors = errors.count();
        assert!(errors <= most, "{slip}: {errors} errors:\n{told}");
    }
}
