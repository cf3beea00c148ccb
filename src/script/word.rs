//! Words of the format that each mean one of a few things.

/// One of a few things, each with its word in a script.
pub(crate) trait Word: Copy + 'static {
    /// Each of them by its word.
    const BY_WORD: &'static [(&'static str, Self)];
}

/// Makes an enum whose variants have words in scripts.
macro_rules! word_enum {
    ($(#[$doc:meta])* pub enum $name:ident { $($(#[$about:meta])* $variant:ident = $word:literal,)* }) => {
        $(#[$doc])*
        pub enum $name {
            $($(#[$about])* $variant,)*
        }

        impl $name {
            /// Every one of them, in this order.
            pub const ALL: [Self; Self::WORDS.len()] = [$(Self::$variant),*];
            /// Their words in a script.
            pub const WORDS: [&'static str; [$($word),*].len()] = [$($word),*];

            /// Its word in a script.
            #[must_use]
            pub const fn word(self) -> &'static str {
                match self {
                    $(Self::$variant => $word,)*
                }
            }
        }

        impl crate::script::word::Word for $name {
            const BY_WORD: &'static [(&'static str, Self)] = &[$(($word, Self::$variant)),*];
        }
    };
}
pub(crate) use word_enum;

/// Whether a word can be an id, or the name of a module or a script: it is never a path.
#[must_use]
pub fn is_id(word: &str) -> bool {
    let in_id = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    (1..=40).contains(&word.len()) && word.chars().all(in_id)
}
