//! The settings as a file would say them.

use super::read::{AUTO, CLOCKS, EXITS, FACES, GUIDANCE, HINTS};
use super::{BellSound, Settings};

impl Settings {
    /// Every setting as it is, as a file that sets the same.
    #[must_use]
    pub(crate) fn told(&self) -> Vec<String> {
        let word = |known: Option<&str>| quoted(known.unwrap_or_default());
        let clock = CLOCKS.iter().find(|(_, clock)| *clock == self.clock);
        let face = FACES.iter().find(|(_, face)| *face == self.face);
        let guidance = GUIDANCE.iter().find(|(_, it)| *it == self.guidance);
        let hints = HINTS.iter().find(|(_, brief)| *brief == self.hints);
        let prompt = self.prompt.as_deref().unwrap_or(AUTO);
        let exit = EXITS.iter().find(|(_, exit)| *exit == self.quick_exit);
        let bell = match &self.bell {
            BellSound::Off => quoted("off"),
            BellSound::Terminal => quoted("bell"),
            BellSound::Double => quoted("double"),
            BellSound::Command { warning, end } if warning == end => list(warning),
            BellSound::Command { warning, end } => {
                let tones = ["warning", "end"].into_iter().zip([warning, end]);
                let said = tones.filter(|(_, command)| !command.is_empty());
                let said = said.map(|(tone, command)| format!("{tone} = {}", list(command)));
                format!("{{ {} }}", said.collect::<Vec<_>>().join(", "))
            }
        };
        let mut lines = vec![
            format!("face = {}", word(face.map(|(word, _)| *word))),
            format!("guidance = {}", word(guidance.map(|(word, _)| *word))),
            format!("hints = {}", word(hints.map(|(word, _)| *word))),
            format!("prompt = {}", quoted(prompt)),
            format!("theme = {}", quoted(&self.theme)),
            format!("bell = {bell}"),
            format!("clock = {}", word(clock.map(|(word, _)| *word))),
            format!("reduced-motion = {}", self.reduced_motion),
            format!("ascii = {}", self.ascii),
            format!("mouse = {}", self.mouse),
            format!("thin-out = {}", self.thin_out),
            format!("quick-exit = {}", word(exit.map(|(word, _)| *word))),
            String::new(),
            "[keys]".to_owned(),
        ];
        let keys = self.keys.iter();
        lines.extend(
            keys.map(|binding| format!("{} = {}", quoted(&binding.does), list(&binding.keys))),
        );
        for person in &self.people {
            lines.extend([String::new(), "[[person]]".to_owned()]);
            lines.push(format!("name = {}", quoted(&person.name)));
            let mut said = |key: &str, value: &Option<String>| {
                lines.extend(
                    value
                        .iter()
                        .map(|value| format!("{key} = {}", quoted(value))),
                );
            };
            said("region", &person.region);
            said("ring", &person.ring);
            if !person.lines.is_empty() {
                lines.push(format!("lines = {}", list(&person.lines)));
            }
        }
        lines
    }
}

fn quoted(text: &str) -> String {
    toml::Value::from(text).to_string()
}

fn list(words: &[String]) -> String {
    let words: Vec<String> = words.iter().map(|word| quoted(word)).collect();
    format!("[{}]", words.join(", "))
}
