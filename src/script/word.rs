//! Words of the format that each mean one of a few things.

/// One of a few things, each with its word in a script.
pub(crate) trait Word: Copy + 'static {
    /// Each of them by its word.
    const BY_WORD: &'static [(&'static str, Self)];
}

/// Makes an enum whose variants have words in scripts.
macro_rules! word_enum {
    ($(#[$doc:meta])* $vis:vis enum $name:ident { $($(#[$about:meta])* $variant:ident = $word:literal,)* }) => {
        $(#[$doc])*
        $vis enum $name {
            $($(#[$about])* $variant,)*
        }

        #[allow(dead_code, reason = "not each of them is counted, or said to people")]
        impl $name {
            /// Every one of them, in this order.
            pub(crate) const ALL: [Self; Self::WORDS.len()] = [$(Self::$variant),*];
            /// Their words in a script.
            pub(crate) const WORDS: [&'static str; [$($word),*].len()] = [$($word),*];

            /// Its word in a script.
            #[must_use]
            pub(crate) const fn word(self) -> &'static str {
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
pub(crate) fn is_id(word: &str) -> bool {
    let in_id = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    (1..=40).contains(&word.len()) && word.chars().all(in_id)
}
