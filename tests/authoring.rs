//! Writing scripts, seen from outside: modules of one's own, checking files and folders, what editors are told.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a helper of a test fails as loudly as a test"
)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use alongside::script::{Library, SHIPPED, check_any, check_module};

const PROGRAM: &str = env!("CARGO_BIN_EXE_alongside");
const MODULE: &str =
    "format = 1\ntitle = \"a breath\"\n\n[[step]]\nall = \"Look out of the window.\"\n";

struct Answer {
    code: i32,
    out: String,
    err: String,
}

/// A folder for scripts, and a home with nothing in it.
struct Desk(tempfile::TempDir);

impl Desk {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn write(&self, name: &str, text: &str) -> PathBuf {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, text).unwrap();
        path
    }

    fn run(&self, args: &[&str]) -> Answer {
        let mut command = Command::new(PROGRAM);
        for name in ["HOME", "XDG_STATE_HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME"] {
            command.env(name, self.path("home"));
        }
        let output = command.current_dir(self.0.path()).args(args).output();
        let output = output.unwrap();
        Answer {
            code: output.status.code().unwrap(),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }
}

/// A shipped script with this module in the place of one of its own.
fn script(module: &str) -> String {
    let text = SHIPPED.script("standard-pair").unwrap().text;
    let changed = text.replace("use = \"swap\"", &format!("use = \"{module}\""));
    assert_eq!(text == changed, module == "swap");
    changed
}

fn has(text: &str, part: &str) {
    assert!(text.contains(part), "`{part}` is not in\n{text}");
}

#[test]
fn a_module_beside_the_script_comes_before_the_persons_own() {
    let desk = Desk::new();
    desk.write("mine.toml", &script("breath"));
    let unknown = desk.run(&["scripts", "check", "mine.toml"]);
    assert_eq!(unknown.code, 2);
    has(&unknown.out, "there is no module `breath`");

    desk.write("home/alongside/scripts/modules/breath.toml", MODULE);
    assert_eq!(desk.run(&["scripts", "check", "mine.toml"]).code, 0);
    let played = desk.run(&["rehearse", "mine.toml", "--seed", "1"]);
    assert_eq!(played.code, 0, "{}", played.err);

    desk.write("modules/breath.toml", "format = 1\ntitle = \"x\"\n");
    let beside = desk.run(&["scripts", "check", "mine.toml"]);
    assert_eq!(beside.code, 2, "{}", beside.out);
}

#[test]
fn a_script_of_ones_own_is_offered_with_its_modules() {
    let desk = Desk::new();
    desk.write("home/alongside/scripts/mine.toml", &script("breath"));
    desk.write("home/alongside/scripts/modules/breath.toml", MODULE);
    has(&desk.run(&["scripts", "list"]).out, "mine ");
}

#[test]
fn nobody_takes_the_name_of_a_shipped_module() {
    let desk = Desk::new();
    desk.write("mine.toml", &script("swap"));
    desk.write("modules/swap.toml", MODULE);
    let taken = desk.run(&["scripts", "check", "mine.toml"]);
    assert_eq!(taken.code, 2);
    has(
        &taken.out,
        "your module `swap` has the name of a shipped one",
    );
    has(&taken.out, "give its file another name");
    let alone = desk.run(&["scripts", "check", "modules/swap.toml"]);
    assert_eq!(alone.code, 2);
    has(&alone.out, "a shipped module is also called `swap`");
    // A copy that says the same is the same.
    desk.write("modules/swap.toml", &SHIPPED.module("swap").unwrap().text);
    assert_eq!(desk.run(&["scripts", "check", "."]).code, 0);
}

#[cfg(unix)]
#[test]
fn no_link_leads_out_of_the_folder_of_modules() {
    use std::os::unix::fs::symlink;
    let desk = Desk::new();
    desk.write("mine.toml", &script("breath"));
    desk.write("elsewhere/breath.toml", MODULE);
    fs::create_dir(desk.path("modules")).unwrap();
    symlink(
        desk.path("elsewhere/breath.toml"),
        desk.path("modules/breath.toml"),
    )
    .unwrap();
    let linked = desk.run(&["scripts", "check", "mine.toml"]);
    assert_eq!(linked.code, 2);
    has(&linked.out, "the module `breath` can't be read");

    fs::remove_dir_all(desk.path("modules")).unwrap();
    symlink(desk.path("elsewhere"), desk.path("modules")).unwrap();
    let linked = desk.run(&["scripts", "check", "mine.toml"]);
    assert_eq!(linked.code, 2);
    has(&linked.out, "the module `breath` can't be read");

    // The name is a name, whatever lies where a path would lead.
    desk.write("mine.toml", &script("../elsewhere/breath"));
    has(
        &desk.run(&["scripts", "check", "mine.toml"]).out,
        "can't be the name of a module",
    );
}

#[cfg(unix)]
#[test]
fn folders_are_walked_and_a_circle_of_links_ends() {
    use std::os::unix::fs::symlink;
    let desk = Desk::new();
    desk.write("a/one.toml", &script("breath"));
    desk.write("a/modules/breath.toml", MODULE);
    desk.write("a/deep/er/two.toml", &script("swap"));
    desk.write("a/.hidden/three.toml", "nonsense");
    symlink(desk.path("a"), desk.path("a/deep/round")).unwrap();
    symlink(desk.path("a"), desk.path("a/deep/round.toml")).unwrap();
    let checked = desk.run(&["scripts", "check", "a"]);
    assert_eq!(checked.code, 0, "{}{}", checked.out, checked.err);
    assert_eq!(checked.out.lines().count(), 3, "{}", checked.out);
}

#[test]
fn each_shipped_module_is_well_on_its_own() {
    for name in SHIPPED.modules() {
        let problems = check_module(name, SHIPPED.module(name).unwrap(), &SHIPPED);
        let told: Vec<String> = problems.iter().map(|problem| problem.long()).collect();
        assert!(told.is_empty(), "{}", told.join("\n"));
    }
}

#[test]
fn a_module_on_its_own_tells_what_is_wrong_with_it() {
    let said = |steps: &str| -> Vec<&'static str> {
        let text = format!("format = 1\ntitle = \"x\"\n{steps}");
        let source = alongside::script::Source::new("x.toml", text);
        let problems = check_any("x", source, &SHIPPED);
        problems.iter().map(|problem| problem.code).collect()
    };
    assert!(said("[[step]]\nwitness = \"x\"\nto = \"back\"").is_empty());
    assert_eq!(
        said("[[step]]\nall = \"x\"\nto = \"nowhere\""),
        ["unknown-target"]
    );
    assert_eq!(
        said("[[step]]\nall = \"x\"\nto = \"done\"\n[[step]]\nall = \"y\""),
        ["unreached"]
    );
    // Made for both, so what is wrong alone counts.
    let both = "[[step]]\nall = \"x\"\nonly = \"together\"\n[[step]]\nall = \"{witness}\"";
    assert_eq!(said(both), ["brace-nobody"]);
    assert_eq!(said("[[step]]\nuse = \"x\""), ["module-in-itself"]);
    let aside = "offer = \"x\"\n[[step]]\nall = \"x\"\ndepth = \"meet\"";
    assert_eq!(said(aside), ["no-clock", "depth-outside"]);
}

#[test]
fn editors_are_told_one_object_on_a_line() {
    let desk = Desk::new();
    let text = script("swap").replace("ceiling = \"know\"", "ceiling = \"knoww\"");
    desk.write("mine.toml", &text);
    let checked = desk.run(&[
        "scripts",
        "check",
        "mine.toml",
        "missing.toml",
        "--format",
        "json",
    ]);
    assert_eq!(checked.code, 2);
    assert_eq!(checked.err, "");
    let told: Vec<serde_json::Value> = checked
        .out
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(told.len(), 2);
    let line = text
        .lines()
        .position(|line| line.contains("knoww"))
        .unwrap();
    assert_eq!(told[0]["path"], "mine.toml");
    assert_eq!(told[0]["line"], line + 1);
    assert_eq!(told[0]["column"], 11);
    assert_eq!(told[0]["end_line"], line + 1);
    assert_eq!(told[0]["end_column"], 18);
    assert_eq!(told[0]["severity"], "error");
    assert_eq!(told[0]["code"], "not-a-depth");
    assert_eq!(told[0]["help"], "did you mean `know`?");
    assert_eq!(told[1]["code"], "not-read");
    let short = desk.run(&["scripts", "check", "mine.toml", "--format", "short"]);
    assert_eq!(
        short.out,
        format!("mine.toml:{}:11: error: `knoww` is not a depth\n", line + 1)
    );
    let clean = desk.run(&[
        "scripts",
        "check",
        "--format",
        "json",
        &shipped_path("dyad"),
    ]);
    assert_eq!((clean.code, clean.out.as_str()), (0, ""));
}

fn shipped_path(name: &str) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("scripts");
    folder
        .join(format!("{name}.toml"))
        .to_string_lossy()
        .into_owned()
}

#[test]
fn a_new_script_is_well_and_nothing_is_written_over() {
    let desk = Desk::new();
    let made = desk.run(&["scripts", "new", "mine"]);
    assert_eq!(made.code, 0, "{}", made.err);
    let path = desk.path("home/alongside/scripts/mine.toml");
    let place = path.to_string_lossy().into_owned();
    for line in [
        format!("Your script is at {place}"),
        format!("alongside scripts check {place}"),
        format!("alongside rehearse {place}"),
    ] {
        has(&made.out, &line);
    }
    let checked = desk.run(&["scripts", "check", &place]);
    assert_eq!(checked.code, 0, "{}", checked.out);
    assert_eq!(desk.run(&["rehearse", &place, "--seed", "3"]).code, 0);
    let begun = fs::read_to_string(&path).unwrap();
    has(&begun, "title   = \"Mine\"");
    // The answer that is not "more" comes to the end of the turn.
    // Whoever listens hears the way, and no line of a picture; nothing is cut.
    let said = desk.run(&["scripts", "map", "mine", "--plain"]).out;
    has(&said, "That is all for now: on to the landing.");
    has(&said, "listener: Just listen. The silence is theirs.");
    assert!(!said.contains(['├', '└', '│', '●', '→', '…']), "{said}");
    let map = desk.run(&["scripts", "map", "mine"]).out;
    has(&map, "├─ That is all for now → the landing");
    has(&map, "├─ Yes, a little → more");
    has(&map, "listener: Just listen. The silence is theirs.");

    fs::write(&path, "mine").unwrap();
    let again = desk.run(&["scripts", "new", "mine", "--from", "dyad"]);
    assert_eq!(again.code, 2);
    has(&again.err, "stays as it is");
    assert_eq!(fs::read_to_string(&path).unwrap(), "mine");

    let copied = desk.run(&["scripts", "new", "five", "--from", "dyad"]);
    assert_eq!(copied.code, 0, "{}", copied.err);
    let copy = fs::read_to_string(desk.path("home/alongside/scripts/five.toml")).unwrap();
    let shipped = SHIPPED.script("dyad").unwrap().text;
    let named = shipped.replacen("\"Dyad\"", "\"Five\"", 1);
    assert_eq!(copy, named, "a copy with a title of its own");
    has(
        &desk.run(&["scripts", "list"]).out,
        "five  52 min  2 people",
    );

    for (name, part) in [
        ("../mine", "can't be the name of a script"),
        ("dyad", "`my-dyad`"),
    ] {
        let refused = desk.run(&["scripts", "new", name]);
        assert_eq!(refused.code, 2);
        has(&refused.err, part);
    }
    let unknown = desk.run(&["scripts", "new", "six", "--from", "nothing"]);
    has(&unknown.err, "no shipped script `nothing`");
}

#[test]
fn the_reference_is_at_hand_and_a_name_that_is_not_there_is_told_with_the_nearest() {
    let desk = Desk::new();
    let told = desk.run(&["scripts", "reference"]);
    assert_eq!(told.code, 0);
    assert_eq!(told.out, include_str!("../docs/scripts.md"));

    desk.write("home/alongside/scripts/co-counselling.toml", "x");
    let unread = desk.run(&["scripts", "check", "co-councelling"]);
    assert_eq!(unread.code, 2);
    has(&unread.err, "Did you mean `co-counselling`?");
    let file = desk.run(&["scripts", "check", "mien.toml"]);
    has(&file.err, "There is no file and no folder `mien.toml`");
    assert!(!file.err.contains("Did you mean"), "{}", file.err);
    desk.write("mine.toml", "x");
    for args in [
        ["scripts", "check", "mien.toml"],
        ["scripts", "map", "mien.toml"],
    ] {
        has(&desk.run(&args).err, "Did you mean `mine.toml`?");
    }
    // Its problems are told, and not that it is not there.
    let broken = desk.run(&["rehearse", "co-counselling", "--seed", "1"]);
    assert_eq!(broken.code, 2);
    has(&broken.out, "this line has no `=`");
    let near = desk.run(&["rehearse", "co-councelling"]);
    has(&near.err, "Did you mean `co-counselling`?");
}

#[test]
fn a_name_is_found_wherever_it_is_and_a_script_with_errors_is_there() {
    let desk = Desk::new();
    desk.write("home/alongside/scripts/mine.toml", "x");
    desk.write(
        "home/alongside/scripts/modules/my-part.toml",
        &"x\n\n\n".repeat(9),
    );
    let list = desk.run(&["scripts", "list"]);
    has(&list.out, "Your script `mine` has errors");
    has(&list.out, "alongside scripts check");
    for args in [
        &["start", "mine"][..],
        &["rehearse", "mine", "--seed", "1"],
        &["scripts", "map", "mine"],
        &["scripts", "show", "mine"],
    ] {
        let told = desk.run(args);
        has(&told.out, "this line has no `=`");
        assert!(!told.err.contains("There is no script"), "{}", told.err);
    }
    for name in ["swap", "standard-pair"] {
        assert_eq!(desk.run(&["scripts", "check", name]).code, 0, "{name}");
    }
    let module = desk.run(&["scripts", "check", "my-part"]);
    assert_eq!(module.code, 2);
    has(&module.out, "this line has no `=`");
    // Five problems and forty lines at most, and the others counted.
    let lines = module.out.lines().count() + module.err.lines().count();
    assert!(lines <= 40, "{lines} lines");
    assert_eq!(module.out.matches("error:").count(), 5);
    has(&module.err, "Errors: 9. Warnings: 0. There are 4 more");
    let six = desk.write("six.toml", &"x\n\n\n".repeat(6));
    let six = desk.run(&["scripts", "check", six.to_str().unwrap()]);
    has(&six.err, "There is 1 more than these");
}

#[test]
fn a_script_is_there_whatever_letters_its_name_has() {
    let desk = Desk::new();
    let starter = include_str!("../scripts/starter/starter.toml");
    desk.write("home/alongside/scripts/Clean_One.toml", starter);
    for name in ["BadUpper", "bad sum", "a_b", "\u{e9}clair"] {
        desk.write(&format!("home/alongside/scripts/{name}.toml"), "x");
    }
    desk.write("home/alongside/scripts/modules/bad-part.toml", "x");
    desk.write("home/alongside/scripts/modules/good-part.toml", MODULE);
    for name in ["BadUpper", "bad sum", "a_b", "\u{e9}clair"] {
        for args in [
            &["start", name][..],
            &["rehearse", name, "--seed", "1"],
            &["scripts", "map", name],
            &["scripts", "show", name],
            &["scripts", "check", name],
        ] {
            let told = desk.run(args);
            assert_eq!(told.code, 2, "{args:?}: {}", told.err);
            has(&told.out, "this line has no `=`");
        }
    }
    assert_eq!(desk.run(&["scripts", "check", "Clean_One"]).code, 0);
    assert_eq!(desk.run(&["rehearse", "Clean_One", "--seed", "1"]).code, 0);
    #[cfg(unix)]
    {
        let link = desk.path("home/alongside/scripts/dangling.toml");
        std::os::unix::fs::symlink(desk.path("nowhere"), link).unwrap();
        for args in [
            &["start", "dangling"][..],
            &["scripts", "check", "dangling"],
        ] {
            let told = desk.run(args);
            assert_eq!(told.code, 2, "{args:?}");
            assert!(!told.err.contains("There is no script"), "{}", told.err);
            assert!(!told.err.contains("Did you mean"), "{}", told.err);
        }
    }
    // A module is named as one, and how to see its problem is a command that works.
    let module = desk.run(&["scripts", "map", "good-part"]);
    has(&module.err, "`good-part` is a module");
    let broken = desk.run(&["scripts", "show", "bad-part"]);
    has(&broken.err, "`alongside scripts check bad-part`");
    let near = desk.run(&["scripts", "check", "good-parr"]);
    has(&near.err, "Did you mean `good-part`?");
}

#[test]
fn a_byte_that_is_no_text_is_told_with_its_place() {
    let desk = Desk::new();
    fs::write(desk.path("mine.toml"), b"format = 1\ntitle = \"a\xFF\"\n").unwrap();
    let told = desk.run(&["scripts", "check", "mine.toml"]);
    has(&told.err, "line 2, column 11");
}

#[test]
fn many_walks_say_how_long_they_took_and_what_nobody_came_to() {
    let desk = Desk::new();
    let few = desk.run(&["rehearse", "short-pair", "--seeds", "3"]);
    has(&few.out, "planned: 30 minutes");
    has(&few.out, "walks: 3; ");
    has(&few.out, "nobody ");
    let real = desk.run(&["rehearse", "short-pair", "--seed", "5", "--pace", "real"]);
    assert_eq!(real.code, 0);
    has(&real.out, "planned: 30 minutes");
}

#[test]
fn a_document_of_a_word_processor_is_called_one() {
    let desk = Desk::new();
    for (name, bytes) in [
        ("new.toml", &b"PK\x03\x04\x14\0\x06"[..]),
        ("old.toml", &[0xD0, 0xCF, 0x11, 0xE0, 0xA1][..]),
    ] {
        fs::write(desk.path(name), bytes).unwrap();
        let told = desk.run(&["scripts", "check", name]);
        assert_eq!(told.code, 2);
        has(&told.err, "Save it as plain text");
    }
}

#[test]
fn a_list_says_what_each_script_is_for_and_whose_it_is() {
    let desk = Desk::new();
    let text = script("swap").replacen("people ", "language = \"pt-BR\"\npeople ", 1);
    desk.write("home/alongside/scripts/mine.toml", &text);
    let list = desk.run(&["scripts", "list"]).out;
    has(&list, "standard-pair  60 min  2 people");
    has(&list, "[for the usual; shipped]");
    has(&list, "[for the usual; pt-BR; your own]");
    assert_eq!(list.lines().count(), SHIPPED.scripts().len() + 1);
}

/// What has several lengths says all of them, and what is not timed says that.
#[test]
fn a_script_that_is_shown_says_its_lengths_and_whether_it_is_timed() {
    let desk = Desk::new();
    let file = |name: &str| format!("{}/tests/practices/{name}.toml", env!("CARGO_MANIFEST_DIR"));
    let shown = |name: &str| desk.run(&["scripts", "show", &file(name)]).out;
    has(&shown("conversation-cafe"), "90, 60 minutes");
    let untimed = "Nothing is timed: the minutes are a guess.";
    has(&shown("integrative-decision"), untimed);
    assert!(!shown("conversation-cafe").contains(untimed));
    let map = desk.run(&["scripts", "map", &file("peer-consulting")]).out;
    has(&map, "for one who wants it: 8 min");
    let told = desk.run(&["scripts", "map", &file("samoan-circle")]).out;
    assert!(!told.contains("for each, one after"), "{told}");
}

#[test]
fn every_script_can_be_shown_and_mapped() {
    let desk = Desk::new();
    for name in SHIPPED.scripts() {
        let shown = desk.run(&["scripts", "show", name]);
        assert_eq!(shown.code, 0, "{}", shown.err);
        has(&shown.out, "asked: ");
        let toml = desk.run(&["scripts", "show", name, "--toml"]);
        assert_eq!(toml.out, SHIPPED.script(name).unwrap().text);
        let map = desk.run(&["scripts", "map", name]);
        for line in map.out.lines() {
            let wide = unicode_width::UnicodeWidthStr::width(line);
            assert!(wide <= 80, "{name}: {line}");
        }
        let drawn = desk.run(&["scripts", "map", name, "--mermaid"]).out;
        assert!(drawn.starts_with("flowchart TD\n"));
        // Mermaid draws no more than that.
        assert!(
            drawn.len() < 50_000 && drawn.matches("--").count() < 500,
            "{name}"
        );
        every_node_of_a_way_is_drawn(&drawn);
    }
    let unknown = desk.run(&["scripts", "show", "standart-pair"]);
    assert_eq!(unknown.code, 2);
    has(&unknown.err, "standard-pair");
    for args in [
        &["scripts", "show", "parts-trn"][..],
        &["scripts", "show", "parts-trn", "--toml"],
    ] {
        let unknown = desk.run(args);
        assert_eq!(unknown.code, 2);
        has(&unknown.err, "Did you mean `parts-turn`?");
    }
}

fn every_node_of_a_way_is_drawn(drawn: &str) {
    let told = |line: &str| {
        let name = line.trim().split(['[', '(']).next().unwrap();
        name.to_owned()
    };
    let nodes: Vec<String> = drawn
        .lines()
        .filter(|line| !line.contains("->") && line.contains('"'))
        .map(told)
        .collect();
    for line in drawn.lines().filter(|line| line.contains("->")) {
        let to = line.split_whitespace().last().unwrap().to_owned();
        assert!(nodes.contains(&to), "{line} leads nowhere");
    }
}

#[test]
fn a_map_says_where_each_answer_leads() {
    let desk = Desk::new();
    let map = desk.run(&["scripts", "map", "standard-pair"]).out;
    has(&map, "  ├─ short → lighter\n");
    has(&map, "  │  the landing begins here\n");
    let drawn = desk
        .run(&["scripts", "map", "standard-pair", "--mermaid"])
        .out;
    has(&drawn, "-->|\"short\"|");
}

#[test]
fn a_map_names_nobody_and_says_for_whom_the_minutes_are() {
    let desk = Desk::new();
    for name in SHIPPED.scripts() {
        for args in [["scripts", "map", name], ["scripts", "show", name]] {
            let told = desk.run(&args).out;
            let titles = told.lines().filter(|line| line.contains(" min"));
            for title in titles.filter(|line| !line.contains(['●', '├', '└'])) {
                assert!(!title.contains('{'), "{name}: {title}");
            }
        }
    }
    let circle = desk.run(&["scripts", "map", "circle"]).out;
    has(
        &circle,
        "speaker's share  for each, one after the other: 12 min with 3 people, 4 with 6\n",
    );
    let dyad = desk.run(&["scripts", "map", "dyad"]).out;
    has(&dyad, "for each, one after the other, 4 times: 5 min");
    has(&dyad, "└─ then for the next one; everybody 4 times → 1");
    let triad = desk.run(&["scripts", "map", "triad"]).out;
    has(
        &triad,
        "after each turn: observer speaks  4 min; here the floor is with: observer",
    );
    let drawn = desk.run(&["scripts", "map", "dyad", "--mermaid"]).out;
    has(&drawn, " -.->|");
}

/// Every script has the same steps after STOP; a map of one shows them when somebody asks.
#[test]
fn a_map_has_the_steps_of_stop_when_asked() {
    let desk = Desk::new();
    let short = desk.run(&["scripts", "map", "five-each"]).out;
    has(&short, "`--stop` shows them");
    let long = desk.run(&["scripts", "map", "five-each", "--stop"]).out;
    assert!(!long.contains("--stop"), "{long}");
    assert_eq!(long.lines().filter(|line| *line == "STOP").count(), 1);
    assert!(long.lines().count() > short.lines().count() + 30);
    every_node_of_a_way_is_drawn(
        &desk
            .run(&["scripts", "map", "five-each", "--mermaid", "--stop"])
            .out,
    );
}

#[test]
fn a_module_is_shown_as_one() {
    let desk = Desk::new();
    let shown = desk.run(&["scripts", "show", "risk"]);
    assert_eq!(shown.code, 0, "{}", shown.err);
    has(
        &shown.out,
        "risk: a module, to be used in a script; shipped\n",
    );
    has(&shown.out, "only in the place of a step\n");
    has(&shown.out, "ways out: neither\n");
    has(&shown.out, "asked: Might you end your life today");
    let stirred = desk.run(&["scripts", "show", "witness-stirred"]).out;
    has(&stirred, "for: a detour from a stage");
    has(&stirred, "the choice says: Something in me is loud\n");
    let text = desk.run(&["scripts", "show", "swap", "--toml"]).out;
    assert_eq!(text, SHIPPED.module("swap").unwrap().text);

    let path = desk.write("home/alongside/scripts/modules/breath.toml", MODULE);
    for asked in ["breath", path.to_str().unwrap()] {
        let shown = desk.run(&["scripts", "show", asked]).out;
        has(
            &shown,
            "a breath\nbreath: a module, to be used in a script; your own\n",
        );
    }
    desk.write(
        "home/alongside/scripts/modules/odd.toml",
        "format = 1\ntitle = \"x\"\n",
    );
    let odd = desk.run(&["scripts", "show", "odd"]);
    assert_eq!(odd.code, 2);
    has(&odd.err, "`alongside scripts check odd` says which");

    let list = desk.run(&["scripts", "modules"]).out;
    assert_eq!(list.lines().count(), SHIPPED.modules().len() + 2);
    has(
        &list,
        "feel-toward  how you feel toward it. For: a turn, only in the place of a step. Ways out: open,",
    );
    has(
        &list,
        "breath  a breath. For: a stage of everybody or of each",
    );
    has(
        &list,
        "mini-close  a short closing. For: every script, without being named.",
    );
    has(&list, "(your own)");
}

#[test]
fn a_rehearsal_has_as_many_people_as_asked_and_says_what_they_used() {
    let desk = Desk::new();
    for people in 3..=6_usize {
        let n = people.to_string();
        let played = desk.run(&["rehearse", "circle", "--people", &n, "--seed", "5"]);
        assert_eq!(played.code, 0, "{}", played.err);
        let times = played
            .out
            .lines()
            .filter(|line| line.contains("turn time of"));
        let times: Vec<&str> = times.collect();
        assert_eq!(times.len(), people, "{}", played.out);
        let planned = ["12:00", "8:00", "6:00", "4:00"][people - 3];
        for line in times {
            has(line, &format!(": {planned} planned, "));
            has(line, " used");
        }
    }
    let wrong = desk.run(&["rehearse", "circle", "--people", "2", "--seed", "5"]);
    assert_eq!(wrong.code, 2);
    has(&wrong.err, "3–6 people. Try `--people 3`");
}

#[test]
fn the_map_says_whose_yes_it_is_and_where_it_leads_and_modules_say_what_they_bring() {
    let desk = Desk::new();
    let asks = "\n  [[stage.step]]\n  id      = \"wish\"\n  all     = \"Can you give that?\"\n  consent = { of = [\"companion\"], without = \"close\" }\n";
    let text = SHIPPED.script("focusing-exchange").unwrap().text;
    let closing = text.rfind("[[stage]]").unwrap();
    let stage =
        format!("[[stage]]\nkind    = \"together\"\ntitle   = \"a wish\"\nminutes = 2\n{asks}\n");
    let text = format!("{}{stage}{}", &text[..closing], &text[closing..]);
    let text = text.replace("\nminutes = 60\n", "\nminutes = 62\n");
    desk.write("mine.toml", &text);
    let map = desk.run(&["scripts", "map", "mine.toml"]).out;
    has(&map, "(a yes from companion)");
    has(&map, "└─ with the yes →");
    let modules = desk.run(&["scripts", "modules"]).out;
    let line = |name: &str| modules.lines().find(|line| line.starts_with(name)).unwrap();
    has(line("group-arrive"), "with the gate");
    assert!(
        !line("group-arrive").contains("agreement"),
        "{}",
        line("group-arrive")
    );
    has(line("arrive-short"), "with the agreement");
}

#[test]
fn what_is_read_at_a_gate_and_agreed_on_is_shown() {
    let told = Desk::new().run(&["scripts", "show", "arrive-short"]).out;
    has(&told, "(the gate, each alone)\n  · ");
    has(&told, "(the agreement)\n  · ");
    has(&told, "would it be hard to say no today?");
}

#[test]
fn a_map_says_of_a_round_that_it_is_one_and_of_shared_time_whose_it_is() {
    let desk = Desk::new();
    let shared = format!(
        "{}/tests/practices/samoan-circle.toml",
        env!("CARGO_MANIFEST_DIR")
    );
    let told = desk.run(&["scripts", "map", &shared]).out;
    has(&told, "one after the other, for all together: ");
    let round = r#"
format = 1
title = "Names"
summary = "Two people name somebody."
people = 2
roles = ["one", "other"]
minutes = 10
ceiling = "notice"
[[stage]]
kind = "together"
title = "names"
minutes = 5
[[stage.step]]
all = "Whom do you name?"
round = true
write = { as = "named", otherwise = "nobody" }
[[stage]]
kind = "closing"
title = "close"
minutes = 5
[[stage.step]]
all = "What should be kept?"
keep = true
"#;
    let file = desk.write("names.toml", round);
    let told = desk.run(&["scripts", "map", file.to_str().unwrap()]).out;
    has(&told, "Whom do you name? (each, one after the other; a ");
}

/// When a line of a rehearsal says this, in seconds from its beginning.
fn second_of(walk: &str, says: &str) -> u64 {
    let line = walk.lines().find(|line| line.contains(says));
    let line = line.unwrap_or_else(|| panic!("`{says}` is not in\n{walk}"));
    let parts = line.split_whitespace().next().unwrap().split(':');
    parts.fold(0, |sum, part| sum * 60 + part.parse::<u64>().unwrap())
}

#[test]
fn half_minutes_are_shown_as_they_are_typed() {
    let desk = Desk::new();
    let here = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/practices/thinking-pair.toml");
    for asked in ["map", "show"] {
        has(
            &desk.run(&["scripts", asked, here.to_str().unwrap()]).out,
            "7.5 min",
        );
    }
}

#[test]
fn at_a_real_pace_a_quiet_time_passes() {
    let desk = Desk::new();
    let here = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/practices/nominal-group.toml");
    for seed in ["1", "2", "3"] {
        let asked = ["rehearse", here.to_str().unwrap(), "--pace", "real"];
        let walk = desk.run(&[&asked[..], &["--seed", seed]].concat());
        let out = &walk.out;
        let (begins, ends) = (second_of(out, "silence: 6:00"), second_of(out, "one idea"));
        assert!(ends - begins >= 300, "seed {seed}\n{out}");
    }
}

#[test]
fn no_line_is_longer_than_most_programs_take() {
    let desk = Desk::new();
    let starter = include_str!("../scripts/starter/starter.toml");
    let joined = "\u{1F469}\u{200D}".repeat(300);
    let is_words = |line: &&str| line.trim_start().starts_with("all ") && line.ends_with("\"");
    let mut text = starter.to_owned();
    for line in starter
        .lines()
        .filter(is_words)
        .filter(|line| !line.contains("\"\"\""))
    {
        text = text.replace(line, &format!("all = \"{joined}\""));
    }
    assert_ne!(text, starter);
    desk.write("joined.toml", &text);
    for args in [
        &["scripts", "map", "joined.toml"][..],
        &["scripts", "map", "joined.toml", "--mermaid"],
        &["rehearse", "joined.toml", "--seed", "1"],
        &["rehearse", "joined.toml", "--seeds", "2"],
        &["scripts", "check", "joined.toml"],
        &["scripts", "check", "joined.toml", "--format", "json"],
        &["scripts", "check", "joined.toml", "--format", "short"],
    ] {
        let told = desk.run(args);
        assert!(told.code < 2, "{args:?}: {}{}", told.out, told.err);
        let lines = told.out.lines().chain(told.err.lines());
        let longest = lines.map(str::len).max().unwrap_or(0);
        assert!(longest <= 500, "{args:?}: {longest}");
    }
    // What is wrong is said behind a word of any length.
    let ceiling = format!("ceiling = \"{}\" #", "\u{1100}".repeat(900));
    let text = starter.replace("ceiling = \"notice\"", &ceiling);
    assert_ne!(text, starter);
    desk.write("ceiling.toml", &text);
    let told = desk.run(&["scripts", "check", "ceiling.toml", "--format", "short"]);
    has(&told.out, "error: `\u{2026}` ");
}

#[test]
fn a_folder_is_told_in_forty_lines_and_the_rest_with_its_files() {
    let desk = Desk::new();
    for n in 10..22 {
        desk.write(&format!("many/bad-{n}.toml"), &"x\n\n\n".repeat(6));
    }
    fs::write(desk.path("many/no-text.toml"), b"title = \"\xE9\"").unwrap();
    let told = desk.run(&["scripts", "check", "many"]);
    assert_eq!(told.code, 2);
    let lines = told.out.lines().count() + told.err.lines().count();
    assert!(lines <= 40, "{lines} lines\n{}{}", told.out, told.err);
    assert_eq!(told.out.matches("error:").count(), 4);
    has(&told.err, "There are 2 more than these");
    has(&told.err, "67 more, in: many/bad-11.toml");
    has(&told.err, "and 7 more files");
}

/// A line of JSON is as short as others; only a path is whole, and a few words stand beside a path of any length.
#[test]
fn a_problem_for_an_editor_fits_on_a_line() {
    let desk = Desk::new();
    let starter = include_str!("../scripts/starter/starter.toml");
    let long = "s\u{1E55}\\\"".repeat(100);
    let text = format!("{starter}\n[[stage.step]]\nall = \"x\"\nto = \"{long}\"\n\"{long}\" = 1\n");
    desk.write("long.toml", &text);
    let deep = ["deep"; 50].join("/") + "/long.toml";
    desk.write(&deep, &text);
    let away = ["deep"; 50].join("/") + "/away.toml";
    for (path, most) in [("long.toml", 500), (&*deep, 820), (&*away, 820)] {
        for format in ["json", "short"] {
            let told = desk.run(&["scripts", "check", path, "--format", format]);
            assert_eq!(told.code, 2, "{}{}", told.out, told.err);
            for line in told.out.lines() {
                assert!(line.len() <= most, "{}: {line}", line.len());
                assert!(line.contains(path), "{line}");
                let json: serde_json::Value = match format {
                    "json" => serde_json::from_str(line).unwrap(),
                    _ => continue,
                };
                assert!(json["message"].as_str().unwrap().len() > 20, "{line}");
            }
        }
    }
}

/// What people talk about takes the minutes that it has, in each length of a file.
#[test]
fn at_a_real_pace_talk_takes_its_minutes_in_every_length() {
    let desk = Desk::new();
    for name in ["fishbowl", "conversation-cafe"] {
        let text = fs::read_to_string(format!("tests/practices/{name}.toml")).unwrap();
        desk.write(&format!("{name}.toml"), &text);
    }
    for seed in ["1", "2", "3"] {
        let real = ["--seed", seed, "--pace", "real"];
        let walk = desk.run(&[&["rehearse", "fishbowl.toml"][..], &real].concat());
        let (begins, ends) = (
            second_of(&walk.out, "from outside: 5:00"),
            second_of(&walk.out, "the second half"),
        );
        assert!((290..=300).contains(&(ends - begins)), "{}", walk.out);
    }
    let asked = ["rehearse", "conversation-cafe.toml", "--minutes"];
    let walk = desk.run(&[&asked[..], &["60", "--seed", "1"]].concat());
    has(&walk.out, "planned: 60 minutes");
    has(&walk.out, "first round: 1:30");
    let walks = ["60", "--seeds", "3", "--pace", "real"];
    let walks = desk.run(&[&asked[..], &walks].concat());
    has(&walks.out, "planned: 60 minutes\nwalks: 3");
    // A length that is not among them is made from the next longer one, and told where it can't be.
    let short = desk.run(&[&asked[..], &["5", "--seed", "1"]].concat());
    assert_eq!(short.code, 2, "{}{}", short.out, short.err);
    has(&short.out, "needs at least");
    let longest = desk.run(&[&asked[..], &["481", "--seed", "1"]].concat());
    assert_eq!(longest.code, 2);
    has(&longest.err, "480");
}

/// A command that is told works as it is typed, whatever the folder and the file are called.
#[cfg(unix)]
#[test]
fn a_command_that_is_told_can_be_typed() {
    let desk = Desk::new();
    let name = "it's me";
    let file = format!("home/alongside/scripts/{name}.toml");
    let starter = include_str!("../scripts/starter/starter.toml");
    desk.write(&file, &starter.replace("ceiling =", "celing ="));
    let told = desk.run(&["scripts", "list"]).out + &desk.run(&["scripts", "list"]).err;
    let command = told.split('`').find(|part| part.starts_with("alongside "));
    let command = command.unwrap().replacen("alongside", PROGRAM, 1);
    let output = Command::new("sh").args(["-c", &command]).output().unwrap();
    let said = String::from_utf8(output.stdout).unwrap();
    assert_eq!(output.status.code(), Some(2), "{command}");
    has(&said, "did you mean `ceiling`?");
}
