//! Which keys ask something, as the table has them; for the test that holds both faces together.

use super::event_loop::hands::Hands;
use super::key::{Code, Key};
use super::key_table::{Action, Context, table};
use super::ui_state::{KeyOutcome, UiState};
use crate::app::Controller;
use crate::session::intent::{BellRing, GateWord, Intent, Refused};
use crate::session::scene::{self, Scene, Verb};
use crate::tests::parity::Wanted;
use crate::text::safe_text::SafeText;

/// Every way that the table has, as keys.
pub(crate) fn keys_for(scene: &Scene, wanted: &Wanted) -> Vec<Vec<Key>> {
    match wanted {
        Wanted::Choice(n) => choose(*n, scene),
        Wanted::Offer(verb) => offer(*verb, scene),
        Wanted::Rate(value) => vec![typed(&value.to_string(), scene)],
        Wanted::Words(words) => vec![typed(words, scene)],
        Wanted::Keep => vec![vec![entering(scene)]],
    }
}

/// Every way that the table has, and what it asks.
pub(crate) fn ways(scene: &Scene, wanted: &Wanted) -> Vec<(String, Option<Intent>)> {
    keys_for(scene, wanted)
        .into_iter()
        .map(|mut keys| {
            let asked = press(&keys, scene).or_else(|| {
                // A number that only marks what it stands for is taken by Enter.
                let number = matches!(keys.last()?.code, Code::Char(c) if c.is_ascii_digit());
                let marks = number && matches!(wanted, Wanted::Choice(_));
                keys.extend(marks.then_some(Key::plain(Code::Enter)));
                press(&keys, scene)
            });
            (format!("{keys:?}"), asked)
        })
        .collect()
}

/// What the screen says after Enter, where it asks nothing.
pub(crate) fn enter_shows(scene: &Scene) -> Option<String> {
    let mut desk = UiState::default();
    desk.meet(scene);
    let outcome = desk.press(Key::plain(Code::Enter), scene);
    // Several lines are set aside by it and taken up again, and nothing of them is entered.
    let page = matches!(scene.field, Some(scene::InputField::Page { .. }));
    match outcome {
        KeyOutcome::Nothing if page => Some("pass".to_owned()),
        KeyOutcome::Nothing => desk.says.map(|says| says.to_string()),
        KeyOutcome::Ask(_)
        | KeyOutcome::Leave { .. }
        | KeyOutcome::Suspend
        | KeyOutcome::Repaint
        | KeyOutcome::Bell
        | KeyOutcome::Colours
        | KeyOutcome::Lines => None,
    }
}

/// A key of one letter, or with Ctrl where it stands behind `^`.
pub(crate) fn press_of(name: &str) -> Key {
    Key::named(&name.replace('^', "ctrl-")).expect("a key")
}

/// The keys of STOP where keys are pressed like this.
pub(crate) fn stop_keys(context: Context) -> Vec<Key> {
    keys_of(Action::Stop, context)
}

/// The keys of the quick exit where keys are pressed like this.
pub(crate) fn exit_keys(context: Context) -> Vec<Key> {
    keys_of(Action::QuickExit, context)
}

fn keys_of(does: Action, context: Context) -> Vec<Key> {
    let entry = table().0.iter().find(|entry| entry.does == does);
    entry
        .map(|entry| entry.keys_in(context))
        .unwrap_or_default()
}

fn context(scene: &Scene) -> Context {
    let mut desk = UiState::default();
    desk.meet(scene);
    desk.context()
}

/// Text, and Enter; what stands in the field goes first.
fn typed(text: &str, scene: &Scene) -> Vec<Key> {
    let initial = scene.field.as_ref().and_then(scene::InputField::initial);
    let most = initial.map_or(0, |initial| initial.chars().count());
    let mut keys = vec![Key::plain(Code::Backspace); most];
    if text.starts_with(|c: char| c.is_ascii_digit()) && !scene.choices.is_empty() {
        // A digit in an empty field chooses; behind a blank it is words.
        keys.push(Key::plain(Code::Char(' ')));
    }
    keys.extend(text.chars().map(|letter| Key::plain(Code::Char(letter))));
    keys.push(entering(scene));
    keys
}

/// The key that enters what is typed.
fn entering(scene: &Scene) -> Key {
    match context(scene) {
        Context::Writing => Key {
            code: Code::Char('d'),
            ctrl: true,
        },
        Context::Keys | Context::Typing | Context::Asking | Context::Rating => {
            Key::plain(Code::Enter)
        }
    }
}

fn choose(n: usize, scene: &Scene) -> Vec<Vec<Key>> {
    let mut desk = UiState::default();
    desk.meet(scene);
    // From the row that Enter would take, where one is marked.
    let mut marked = match desk.marked(scene) {
        // Enter alone goes on, which is the same; here and back marks it.
        Some(at) if n == at && at > 0 => vec![Key::plain(Code::Up), Key::plain(Code::Down)],
        Some(at) if n == at => vec![Key::plain(Code::Down), Key::plain(Code::Up)],
        Some(at) if n < at => vec![Key::plain(Code::Up); at - n],
        Some(at) => vec![Key::plain(Code::Down); n - at],
        None => vec![Key::plain(Code::Down); n + 1],
    };
    marked.push(Key::plain(Code::Enter));
    if context(scene) == Context::Writing {
        // Several lines are set aside first.
        marked.insert(0, Key::plain(Code::Esc));
    }
    let mut ways = vec![marked];
    let mut digits: Vec<Key> = (n + 1)
        .to_string()
        .chars()
        .map(|digit| Key::plain(Code::Char(digit)))
        .collect();
    let beside_words = matches!(scene.field, Some(scene::InputField::Line { .. }));
    let short = Intent::Gate {
        says: GateWord::Short,
    };
    let slips = scene
        .choices
        .get(n)
        .is_some_and(|choice| choice.intent == short);
    if (n + 1) * 10 <= scene.choices.len() || beside_words || slips {
        // A longer number could follow, or words; or a slip would take everybody's turns.
        digits.push(Key::plain(Code::Enter));
    }
    let free = match &scene.field {
        None => true,
        Some(scene::InputField::Line {
            initial, hidden, ..
        }) => initial.is_empty() && !hidden,
        Some(scene::InputField::Page { .. } | scene::InputField::Rating) => false,
    };
    if free && (n < 9 || scene.field.is_none()) {
        ways.push(digits);
    }
    ways
}

/// Each key of the table for this kind of offer.
fn offer(verb: Verb, scene: &Scene) -> Vec<Vec<Key>> {
    let mut desk = UiState::default();
    desk.meet(scene);
    let context = desk.context();
    let here = |context| -> Vec<Key> {
        let entries = table().0.iter();
        let asks = entries.filter(|entry| desk.verb_of(entry.does, scene) == Some(verb));
        asks.flat_map(|entry| entry.keys_in(context)).collect()
    };
    let mut ways: Vec<Vec<Key>> = here(context).into_iter().map(|key| vec![key]).collect();
    if context == Context::Writing {
        // Set aside, several lines leave every key its own.
        let aside = here(Context::Keys).into_iter();
        ways.extend(aside.map(|key| vec![Key::plain(Code::Esc), key]));
    }
    if verb == Verb::Leave {
        // Leaving asks once; Ctrl-C asks it everywhere.
        let interrupt = Key {
            code: Code::Char('c'),
            ctrl: true,
        };
        ways.push(vec![interrupt]);
        for way in &mut ways {
            way.push(Key::plain(Code::Char('y')));
        }
    }
    if verb == Verb::Back {
        let times = if context == Context::Writing { 2 } else { 1 };
        ways.push(vec![Key::plain(Code::Esc); times]);
    }
    let initial = scene.field.as_ref().and_then(scene::InputField::initial);
    let kept = initial.is_some_and(|initial| !initial.is_empty());
    if verb == Verb::GoOn && !kept {
        ways.push(vec![entering(scene)]);
    }
    ways
}

/// What is asked in the end of whom the face talks to, through its own loop.
fn press(keys: &[Key], scene: &Scene) -> Option<Intent> {
    let mut ear = Ear {
        scene: scene.clone(),
        asked: Vec::new(),
    };
    let look = super::appearance::Appearance {
        asks: false,
        ..super::appearance::Appearance::from_env(|_| None)
    };
    Hands::unseen(&mut ear, look).press_all(keys);
    ear.asked.pop()
}

/// Hears what is asked, and stays as it is.
struct Ear {
    scene: Scene,
    asked: Vec<Intent>,
}

impl Controller for Ear {
    fn scene(&self) -> Scene {
        self.scene.clone()
    }

    fn ask(&mut self, intent: Intent) -> Result<(), Refused> {
        self.asked.push(intent);
        Err(Refused(SafeText::default()))
    }

    fn next_wake(&self) -> Option<std::time::Duration> {
        None
    }

    fn wake(&mut self) {}

    fn take_bells(&mut self) -> Vec<BellRing> {
        Vec::new()
    }

    fn standing(&self) -> Option<SafeText> {
        None
    }

    fn farewell(&self) -> Option<SafeText> {
        None
    }
}
