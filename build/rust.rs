//! How keys, names and texts of a table are written in Rust.

/// Words that Rust keeps for itself and that a key may be tempted to be.
const KEPT: [&str; 38] = [
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "do", "dyn",
    "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let",
    "loop", "macro", "match", "mod", "move", "mut", "ref", "return", "static", "struct", "try",
    "type", "use", "where", "while",
];

/// The field of a key: `_` for each `-`.
pub fn field(key: &str) -> Result<String, String> {
    let usual = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    let begins = key.starts_with(|c: char| c.is_ascii_lowercase());
    if !begins || !key.chars().all(usual) {
        return Err(format!(
            "`{key}` can't be a key: write it in small letters, digits and `-`, a letter first"
        ));
    }
    if KEPT.contains(&key) {
        return Err(format!(
            "`{key}` is a word of Rust: give the key another name"
        ));
    }
    Ok(key.replace('-', "_"))
}

/// A type's or variant's name: a capital for each word of each piece.
pub fn camel(pieces: &[&str]) -> String {
    let words = pieces.iter().flat_map(|piece| piece.split(['-', '_']));
    words
        .flat_map(|word| {
            let mut letters = word.chars();
            let first = letters.next().map(|first| first.to_ascii_uppercase());
            first.into_iter().chain(letters)
        })
        .collect()
}

/// A text as a literal.
pub fn text(text: &str) -> String {
    format!("{text:?}")
}

/// Something that may be missing.
pub fn optional(literal: Option<String>) -> String {
    literal.map_or_else(|| "None".to_owned(), |literal| format!("Some({literal})"))
}
