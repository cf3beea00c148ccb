//! Texts of a script: paragraphs, with roles and what was written in braces.

use crate::script::format::reader::Located;
use crate::script::model::{Piece, Text};
use crate::script::problem::{Problems, nearest, short};
use crate::text::safe_text::SafeText;
use crate::text::words::words;

/// What may stand in braces.
#[derive(Clone, Debug, Default)]
pub(crate) struct Names {
    /// The words for the roles.
    pub(crate) roles: Vec<String>,
    /// How many of them somebody has.
    pub(crate) held: usize,
    /// What people write at some step up to here.
    pub(crate) written: Vec<String>,
    /// The words of the packs, each in the order of the script's packs.
    pub(crate) packed: Vec<(String, Vec<SafeText>)>,
}

impl Names {
    /// What a name in braces stands for.
    fn piece(&self, name: &str) -> Option<Piece> {
        let role = self.roles.iter().position(|role| role == name);
        let written = || self.written.iter().position(|known| known == name);
        let packed = || self.packed.iter().find(|(known, _)| known == name);
        role.map(Piece::Role)
            .or_else(|| written().map(Piece::Written))
            .or_else(|| packed().map(|(_, words)| Piece::Packed(words.clone())))
    }

    /// Every name there is.
    pub(crate) fn all(&self) -> impl Iterator<Item = &str> {
        let packed = self.packed.iter().map(|(name, _)| name);
        let names = self.roles.iter().chain(&self.written).chain(packed);
        names.map(String::as_str)
    }
}

/// Reads a text; `names` may stand in braces.
pub(crate) fn text(at: &Located<String>, names: &Names, problems: &mut Problems) -> Text {
    let paragraphs: Vec<Vec<Piece>> = at
        .it
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .map(|line| pieces(line, at, names, problems))
        .collect();
    if paragraphs.is_empty() {
        problems.error(&at.span, &words().script.sentence.empty_text, &[]);
    }
    Text(paragraphs)
}

fn pieces(line: &str, at: &Located<String>, names: &Names, problems: &mut Problems) -> Vec<Piece> {
    let w = &words().script.sentence;
    let mut found = Vec::new();
    let mut rest = line;
    while let Some((before, tail)) = rest.split_once('{') {
        let Some((name, after)) = tail.split_once('}') else {
            problems.error(&problems.within(&at.span, line), &w.open_brace, &[]);
            break;
        };
        if !before.is_empty() {
            found.push(Piece::Words(SafeText::new(before)));
        }
        rest = after;
        if name.contains('|') {
            found.extend(by_sense(name, at, problems));
            continue;
        }
        let piece = names.piece(name);
        let nobody = matches!(piece, Some(Piece::Role(role)) if role >= names.held);
        if let (Some(piece), false) = (piece, nobody) {
            found.push(piece);
            continue;
        }
        let known: Vec<&str> = names.all().collect();
        let values = [("name", &*short(name)), ("known", &*known.join(", "))];
        let span = problems.within(&at.span, &format!("{{{name}}}"));
        if nobody {
            problems.error(&span, &w.brace_nobody, &values);
        } else {
            let near = nearest(name, known.iter().copied());
            problems.error_near(&span, &w.brace_unknown, &values, near);
        }
    }
    if !rest.is_empty() {
        found.push(Piece::Words(SafeText::new(rest)));
    }
    found
}

/// Words for who looks and for who hears, with a bar between them: both, or it is refused.
fn by_sense(typed: &str, at: &Located<String>, problems: &mut Problems) -> Option<Piece> {
    let both: Vec<&str> = typed.split('|').map(str::trim).collect();
    if let [seen, heard] = both[..]
        && !seen.is_empty()
        && !heard.is_empty()
    {
        return Some(Piece::BySense([SafeText::new(seen), SafeText::new(heard)]));
    }
    let span = problems.within(&at.span, &format!("{{{typed}}}"));
    problems.error(&span, &words().script.sentence.by_sense, &[]);
    None
}

/// A text as it is said to who looks, and to who hears; once where that is the same.
pub(crate) fn senses(text: &str) -> Vec<String> {
    let said = |nth: usize| {
        let mut out = String::new();
        let mut rest = text;
        while let Some((before, tail)) = rest.split_once('{') {
            let (name, after) = tail.split_once('}').unwrap_or((tail, ""));
            out.push_str(before);
            match name.split('|').nth(nth).filter(|_| name.contains('|')) {
                Some(words) => out.push_str(words.trim()),
                None => out.extend(["{", name, "}"]),
            }
            rest = after;
        }
        out + rest
    };
    let mut all = vec![said(0), said(1)];
    all.dedup();
    all
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::script::source::Source;

    #[test]
    fn names_stand_where_the_braces_are() {
        let at = Located {
            it: "{processor} speaks,\n{witness} listens.".to_owned(),
            span: 0..1,
        };
        let mut problems = Problems::of(Arc::new(Source::new("x", "x")));
        let names = Names {
            roles: vec!["processor".into(), "witness".into()],
            held: 2,
            ..Names::default()
        };
        let text = text(&at, &names, &mut problems);
        assert_eq!(text.0.len(), 2);
        assert_eq!(text.0[0][0], Piece::Role(0));
        assert_eq!(
            text.0[1],
            [Piece::Role(1), Piece::Words(SafeText::new(" listens."))]
        );
        assert!(problems.all.is_empty());
    }

    #[test]
    fn words_by_ear_are_complete_or_refused() {
        let read = |typed: &str| {
            let at = Located {
                it: typed.to_owned(),
                span: 0..1,
            };
            let mut problems = Problems::of(Arc::new(Source::new("x", "x")));
            let text = text(&at, &Names::default(), &mut problems);
            (text.0.into_iter().flatten().nth(1), problems.all.len())
        };
        let both = ["look", "listen"].map(SafeText::new);
        let read_well = read("Then {look|listen} around.");
        assert_eq!(read_well, (Some(Piece::BySense(both)), 0));
        for typed in [
            "A {look|}.",
            "A {|listen}.",
            "A {look|listen|touch}.",
            "A { | }.",
        ] {
            assert_eq!(read(typed).1, 1, "{typed}");
        }
        let said = senses("Then {look|listen} around, {name}.");
        assert_eq!(
            said,
            ["Then look around, {name}.", "Then listen around, {name}."]
        );
        assert_eq!(senses("Sit, {name}."), ["Sit, {name}."]);
    }
}
