//! What people do by lines, from the first page to the last, to be counted and listened to.

use super::Home;
use super::way::{TODAY, Way};

/// Something that people do by lines, and all that is said in it.
pub struct Walk {
    pub name: &'static str,
    pub said: String,
    /// Each run of the program in it: how it was called, and what was typed.
    pub runs: Vec<(Vec<&'static str>, Vec<String>)>,
}

impl Walk {
    /// One run, with these arguments and by lines.
    fn of(name: &'static str, arguments: &[&'static str], go: impl FnOnce(&mut Way)) -> Self {
        let mut walk = Self {
            name,
            said: String::new(),
            runs: Vec::new(),
        };
        walk.run(&Home::new(), arguments, go);
        walk
    }

    fn run(&mut self, home: &Home, arguments: &[&'static str], go: impl FnOnce(&mut Way)) {
        let plain: Vec<&str> = arguments.iter().copied().chain(["--plain"]).collect();
        let mut way = Way::new(home, &plain, &TODAY);
        go(&mut way);
        self.said.push_str(&way.all);
        self.runs.push((arguments.to_vec(), way.typed().to_vec()));
        way.leave();
    }

    /// How many words; a prompt is none, which is not there inside a screen reader.
    pub fn words(&self) -> usize {
        let words = self.said.split_whitespace();
        words.filter(|word| *word != ">").count()
    }

    /// How many lines are typed.
    pub fn steps(&self) -> usize {
        self.said
            .lines()
            .filter(|line| line.starts_with('>'))
            .count()
    }
}

/// The last thing that is said before a session begins.
const BEGINS: &str = "Enter: Begin.";
/// The most words of a standard session, from its first screen to its last.
pub const MOST_IN_SESSION: usize = 3_000;

/// The most words of the pages before that.
pub const MOST_BEFORE_NAMES: usize = 120;

/// How many words are said on a first run before names are asked for.
pub fn before_names(said: &str) -> usize {
    let pages = said.split_once(" names.").map_or("", |(pages, _)| pages);
    let words = pages.split_whitespace();
    words.filter(|word| *word != ">").count()
}

/// How many words are said once a session has begun.
pub fn in_session(said: &str) -> usize {
    let session = said.split_once(BEGINS).map_or("", |(_, session)| session);
    let words = session.split_whitespace();
    words.filter(|word| *word != ">").count()
}

/// A whole session of two who are ready when they are asked, from the first page to the last.
fn standard_session() -> Walk {
    Walk::of("Standard pair", &["start", "standard-pair"], |way| {
        way.lines(&["", "", "Ada", "Ben"]);
        way.until("goes first.", &["as written"]).choose("Begin");
        let answers = &["Go", "Something is here", "Ready"];
        way.until("The session is closed", answers);
    })
}

fn solo_sitting() -> Walk {
    Walk::of("Solo sitting", &["start", "solo-sitting"], |way| {
        way.lines(&["", "", "Ada"]);
        way.until("the end", &["as written"]).choose("Begin");
        way.until("The session is closed", &["Go", "Something is here"]);
    })
}

fn shaken() -> Walk {
    Walk::of("`now`", &["now"], |way| {
        for _ in 0..30 {
            if way.hears("This is enough for now") || way.hears("The session is closed") {
                break;
            }
            way.say(if way.hears("safe right now") { "1" } else { "" });
        }
    })
}

fn steadying() -> Walk {
    Walk::of("Steadying", &["ground"], |way| {
        way.until("do one ordinary thing", &["That is enough"]);
    })
}

/// A notebook is made; on each day of a week it is opened, with a check-in and a note.
fn notebook_week() -> Walk {
    let home = Home::new();
    let mut walk = Walk {
        name: "A notebook, a week",
        said: String::new(),
        runs: Vec::new(),
    };
    for day in 0..7 {
        walk.run(&home, &[], |way| {
            if day == 0 {
                way.lines(&["", ""]).choose("Your own pages");
                way.choose("A new notebook").say("Ada");
                way.choose("Without one").choose("Yes, without one");
            } else {
                way.choose("Your own pages").choose("Ada");
            }
            way.choose("A short check-in").say("calm");
            while !way.hears("It is noted") {
                way.say(if way.hears("from 0 to 10") { "4" } else { "" });
            }
            way.choose("Write something").lines(&["A tired one.", "."]);
            way.see("It is in your notebook");
        });
    }
    walk
}

/// The five of them.
pub fn all() -> Vec<Walk> {
    vec![
        standard_session(),
        solo_sitting(),
        shaken(),
        steadying(),
        notebook_week(),
    ]
}
