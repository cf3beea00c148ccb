//! Texts on the line between two links: four bytes of length, then so many of UTF-8.

/// The longest text, and the longest line to and from the program that started this one.
pub const LONGEST: usize = 64 * 1024;

/// What came is nothing that a link sends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Broken;

/// One text as it is sent.
pub fn frame(text: &str) -> Option<Vec<u8>> {
    let length = u32::try_from(text.len()).ok()?;
    if text.len() > LONGEST {
        return None;
    }
    let mut bytes = Vec::with_capacity(text.len().saturating_add(4));
    bytes.extend(length.to_be_bytes());
    bytes.extend(text.as_bytes());
    Some(bytes)
}

/// Puts together again what came in pieces.
#[derive(Debug)]
pub struct Frames {
    waiting: Vec<u8>,
    longest: usize,
}

impl Frames {
    /// With a limit for each text.
    pub fn new(longest: usize) -> Self {
        Self {
            waiting: Vec::new(),
            longest: longest.min(LONGEST),
        }
    }

    /// Takes what came. No more than one piece of it is kept beside a text that isn't whole.
    pub fn push(&mut self, bytes: &[u8]) {
        self.waiting.extend(bytes);
    }

    /// The next whole text.
    pub fn whole(&mut self) -> Result<Option<String>, Broken> {
        let Some((length, rest)) = self.waiting.split_first_chunk::<4>() else {
            return Ok(None);
        };
        let length = usize::try_from(u32::from_be_bytes(*length)).map_err(|_| Broken)?;
        if length > self.longest {
            return Err(Broken);
        }
        let Some(text) = rest.get(..length) else {
            return Ok(None);
        };
        let text = String::from_utf8(text.to_vec()).map_err(|_| Broken)?;
        self.waiting.drain(..length.saturating_add(4));
        Ok(Some(text))
    }

    /// Whether a text stands there half.
    pub fn is_empty(&self) -> bool {
        self.waiting.is_empty()
    }

    /// A new limit, once who speaks is known.
    pub fn allow(&mut self, longest: usize) {
        self.longest = longest.min(LONGEST);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(bytes: &[u8], piece: usize) -> Result<Vec<String>, Broken> {
        let mut frames = Frames::new(LONGEST);
        let mut texts = Vec::new();
        for bytes in bytes.chunks(piece) {
            frames.push(bytes);
            while let Some(text) = frames.whole()? {
                texts.push(text);
            }
        }
        assert!(frames.is_empty() || texts.len() < 4);
        Ok(texts)
    }

    #[test]
    fn however_it_is_cut_the_texts_are_the_same() {
        let texts = ["", "one", "two\nlines", "ü🙂"];
        let bytes: Vec<u8> = texts
            .iter()
            .flat_map(|text| frame(text).expect("short"))
            .collect();
        for piece in 1..bytes.len() {
            assert_eq!(all(&bytes, piece), Ok(texts.map(String::from).to_vec()));
        }
    }

    #[test]
    fn the_limit_holds_before_anything_is_kept() {
        assert!(frame(&"a".repeat(LONGEST)).is_some());
        assert!(frame(&"a".repeat(LONGEST + 1)).is_none());
        assert_eq!(all(&[0, 1, 0, 1], 4), Err(Broken));
        assert_eq!(all(&[255; 4], 4), Err(Broken));
        let mut small = Frames::new(10);
        small.push(&[0, 0, 0, 11]);
        assert_eq!(small.whole(), Err(Broken));
    }

    #[test]
    fn no_utf8_is_no_text() {
        assert_eq!(all(&[0, 0, 0, 2, 0xc3, 0x28], 6), Err(Broken));
    }
}
