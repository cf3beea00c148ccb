//! What a stranger might put into a file.

use alongside::script::MOST_BYTES;

/// A script without a mistake.
pub const GOOD: &str = include_str!("../scripts/solo.toml");

/// What a terminal would act on, raw and as TOML may write it.
pub const PAYLOADS: [&str; 30] = [
    "\u{1b}[31m",
    "\u{1b}]0;title\u{7}",
    "\u{1b}]52;c;UFdORUQ=\u{7}",
    "\u{1b}P+q\u{1b}\\",
    "\u{9b}31m",
    "\u{9d}0;x\u{9c}",
    "\u{7}",
    "\u{8}\u{8}\u{8}",
    "\u{0}",
    "\u{7f}",
    "\u{b}\u{c}",
    "\u{e}\u{f}",
    "\r",
    "a\rb",
    "\u{202e}abc\u{202c}",
    "\u{2066}\u{2069}",
    "\u{200e}\u{200f}\u{61c}",
    "\u{200b}\u{2060}\u{feff}",
    "\u{2028}\u{2029}",
    "\u{e0041}\u{e0042}",
    "\u{ad}\u{34f}\u{180e}\u{3164}",
    "\\u001b[31m",
    "\\e]0;x\\u0007",
    "\\x1b[2J",
    "\\u0000",
    "\\u009b31m",
    "\\u202e",
    "\\U000E0041",
    "\\r\\u000b",
    "\\u200b",
];

/// Where text of a stranger can stand, with `@` for it. In each of them the rest is as it should be.
#[allow(clippy::too_many_lines, reason = "a list of places")]
pub fn places() -> Vec<String> {
    let texts = [
        "title   = \"Solo sitting\"",
        "summary = \"One person alone, 30 minutes: time with one part that protects.\"",
        "roles   = [\"processor\"]",
        "ceiling = \"know\"",
        "kind     = \"together\"",
        "title    = \"arrive\"",
        "says = \"Some ground under my feet first\"",
        "short = \"short\"",
        "id  = \"stirred\"",
        "rating = { 7 = \"too-stirred\" }",
        "to     = \"done\"",
        "then = \"end\"",
        "use      = \"parts-turn\"",
        "\"Have I slept or eaten too little?\"",
        "\"This is not therapy, and I am an adult.\"",
    ];
    let mut places: Vec<String> = texts
        .iter()
        .map(|text| {
            let at = text.rfind('"').unwrap();
            assert!(GOOD.contains(text), "{text}");
            GOOD.replacen(text, &format!("{}@{}", &text[..at], &text[at..]), 1)
        })
        .collect();
    let all = "  Look around the room, slowly";
    assert!(GOOD.contains(all));
    places.push(GOOD.replacen(all, "  @Look {@} around", 1));
    for line in [
        "\"@\" = 1",
        "@ = 1",
        "key@ = \"x\"",
        "buffer = @",
        "# @",
        "[@]",
        "shorter = \"@\"",
        "buffer = [\"@\"",
        "buffer = { \"@\" = 1 }",
        "buffer = '@'",
        "buffer = \"\"\"@",
        "language = \"@\"",
        "needs = [\"@\"]",
        "clock = \"@\"",
        "one-sided = \"@\"",
        "rungs = { \"@\" = \"@\" }",
        "wording = [{ name = \"@\", title = \"@\", words = { \"@\" = \"@\" } }]",
    ] {
        places.push(GOOD.replacen("people  = 1", &format!("people  = 1\n{line}"), 1));
    }
    for (from, to) in [
        (
            "title    = \"arrive\"",
            "title    = \"arrive\"\n\"@\" = 3\nasides = [\"@\"]",
        ),
        (
            "rest = 60",
            "rest = 60\n\"@\" = \"@\"\nonly = \"@\"\ndepth = \"@\"",
        ),
        (
            "minutes  = 3",
            "minutes  = 3\nroles = { \"@\" = \"@\" }\nat-most = { \"@\" = 3 }",
        ),
        (
            "landing  = 3",
            "landing  = 3\nid = \"@\"\nfloor = \"@\"\nhalf-way = \"@\"\nbefore = [{ title = \"@\", use = \"@\" }]",
        ),
        (
            "rest = 60",
            "write = { as = \"@\", otherwise = \"@\", suggestions = [\"@\"] }",
        ),
        (
            "rest = 60",
            "consent = { of = [\"@\"], without = \"@\", means = \"@\" }\nuse = \"@\"\nexits = { \"@\" = \"@\" }",
        ),
        (
            "landing  = 3",
            "landing  = 3\nbetween = { \"@\" = \"@\", title = \"@\", use = \"@\" }",
        ),
        ("rating = {}", "rating = { \"@\" = \"@\" }"),
        ("rungs = []", "rungs = [\"@\"], \"@\" = 3"),
    ] {
        assert!(GOOD.contains(from), "{from}");
        places.push(GOOD.replacen(from, to, 1));
    }
    places
}

/// Files as a stranger might make them.
pub fn files() -> Vec<(String, Vec<u8>)> {
    let mut files: Vec<(String, Vec<u8>)> = Vec::new();
    for (payload, text) in PAYLOADS.iter().enumerate() {
        // Every payload once in a place of its own; all of them in all places are tried without a process.
        let places = places();
        let place = &places[payload % places.len()];
        files.push((
            format!("payload-{payload:02}"),
            place.replace('@', text).into(),
        ));
    }
    let mut add = |name: &str, bytes: Vec<u8>| files.push((name.to_owned(), bytes));
    add(
        "bad-utf8",
        [GOOD.as_bytes(), b"# \xff\xfe\xc3\x28"].concat(),
    );
    add(
        "utf16",
        GOOD.encode_utf16().flat_map(u16::to_le_bytes).collect(),
    );
    add("lone-returns", GOOD.replace('\n', "\r").into());
    add("nul", vec![0; 1000]);
    add("empty", Vec::new());
    for (name, number) in [
        ("huge", "99999999999999999999"),
        ("nan", "nan"),
        ("inf", "-inf"),
        ("float", "1e300"),
        ("least", "-9223372036854775808"),
        ("hexadecimal", "0xFFFFFFFFFFFFFFFF"),
    ] {
        let text = GOOD.replace("minutes  = 3", &format!("minutes  = {number}"));
        add(
            name,
            text.replace("people  = 1", &format!("people  = {number}"))
                .into(),
        );
    }
    files.extend(large_files());
    files
}

/// Files as large as they may be, or a little larger.
fn large_files() -> Vec<(String, Vec<u8>)> {
    let mut files: Vec<(String, Vec<u8>)> = Vec::new();
    let mut add = |name: &str, bytes: Vec<u8>| files.push((name.to_owned(), bytes));
    add("many-lines", "\n".repeat(MOST_BYTES).into());
    add("larger", vec![b'#'; MOST_BYTES + 1]);
    let steps = |n: usize| format!("{GOOD}\n{}", "[[stage.step]]\nall=\"x\"\n".repeat(n));
    add("too-many-steps", steps(40_000).into());
    let ids = (0..25_000).map(|n| format!("[[stage.step]]\nid=\"s{n}\"\nall=\"x\"\n"));
    add(
        "too-many-ids",
        format!("{GOOD}\n{}", ids.collect::<String>()).into(),
    );
    add(
        "too-many-stages",
        format!("{GOOD}\n{}", "[[stage]]\n".repeat(90_000)).into(),
    );
    let stage = "[[stage]]\nkind=\"each\"\nid=\"x\"\ntitle=\"x\"\nminutes=1\nuse=\"swap\"\n";
    add(
        "too-many-whole-stages",
        format!("{GOOD}\n{}", stage.repeat(15_000)).into(),
    );
    let keys = (0..90_000).map(|n| format!("k{n}=1\n"));
    add("too-many-keys", keys.collect::<String>().into());
    for (name, piece) in [
        ("assignments", "="),
        ("open-quotes", "\"\"\""),
        ("letters", "a\n\n"),
        ("half-truths", "a=tru\n\n"),
        ("headings", "[a]\n[[a]]\n\n"),
        ("open-texts", "a=\"\"\"\nx\n"),
    ] {
        add(name, piece.repeat(MOST_BYTES / piece.len()).into());
    }
    add("twice-for-ever", "a=1\n".repeat(200_000).into());
    add(
        "one-long-line",
        format!("format = 1 {}", "x".repeat(MOST_BYTES - 100)).into(),
    );
    add(
        "one-long-key",
        format!("{} = 1", "k".repeat(MOST_BYTES - 100)).into(),
    );
    add(
        "one-long-text",
        format!("title = \"{}\"", "t".repeat(MOST_BYTES - 100)).into(),
    );
    add(
        "one-long-list",
        format!("roles = [{}1]", "1,".repeat(500_000)).into(),
    );
    add(
        "marks",
        format!("title = \"e{}\"", "\u{301}".repeat(500_000)).into(),
    );
    add(
        "deep-lists",
        format!("a = {}", "[".repeat(1_000_000)).into(),
    );
    add(
        "deep-tables",
        format!("a = {}", "{a=".repeat(300_000)).into(),
    );
    add("deep-keys", format!("a{} = 1", ".a".repeat(500_000)).into());
    add(
        "deep-headings",
        format!("[a{}]", ".a".repeat(500_000)).into(),
    );
    files
}
