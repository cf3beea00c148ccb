//! The seal: a key of one's own in the age format, wrapped with a passphrase.
//!
//! Writing needs the recipient only, which is no secret; reading needs the identity, which is in
//! `identity.age`, sealed with the passphrase (<https://age-encryption.org/v1>).

use std::fmt;
use std::io::Read;
use std::iter;

use age::secrecy::{ExposeSecret, SecretString};
use age::{DecryptError, Decryptor, scrypt, x25519};
use unicode_normalization::UnicodeNormalization;
use zeroize::Zeroizing;

use crate::text::safe_text::SafeText;
use crate::text::words::words;

/// How hard a passphrase is to guess: 2^18 rounds of scrypt, about a second and 267 MB (reliability.md 7).
/// Set here, so that a slow machine does not write weak files.
pub(super) const FACTOR: u8 = 18;
/// The most that is done for a file that asks for more: a hostile one must not stop the machine.
pub(super) const MOST_FACTOR: u8 = 22;

/// What opens a notebook. It is wiped from memory when it is dropped, and Debug does not tell it.
#[derive(Clone)]
pub struct Passphrase(SecretString);

impl Passphrase {
    /// A passphrase as it was typed.
    #[must_use]
    pub fn new(typed: String) -> Self {
        Self(typed.into())
    }

    /// The form in which it seals: a letter and its accent are one character, whatever the keyboard sends.
    fn sealing(&self) -> SecretString {
        let typed = self.0.expose_secret();
        secret(typed.len(), typed.nfc())
    }

    /// What it may have been when something was sealed: before there was one form for it, each keyboard had its own.
    fn ways(&self) -> Vec<SecretString> {
        let typed = self.0.expose_secret();
        let apart = secret(typed.len(), typed.nfd());
        let mut ways: Vec<SecretString> = vec![self.sealing()];
        for way in [apart, self.0.clone()] {
            let known = |one: &SecretString| one.expose_secret() == way.expose_secret();
            if !ways.iter().any(known) {
                ways.push(way);
            }
        }
        ways
    }

    /// Whether nothing was typed.
    #[must_use]
    pub(crate) fn is_empty(&self) -> bool {
        self.0.expose_secret().is_empty()
    }
}

impl fmt::Debug for Passphrase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Passphrase(..)")
    }
}

fn secret(typed: usize, letters: impl Iterator<Item = char>) -> SecretString {
    // With its room from the beginning it is never moved, and nothing of it stays behind.
    let mut text = Zeroizing::new(String::with_capacity(typed.saturating_mul(4)));
    text.extend(letters);
    text.as_str().into()
}

/// How a new notebook is kept.
#[derive(Debug)]
pub enum Keeping {
    /// Sealed with a passphrase.
    Sealed(Passphrase),
    /// As plain files that whoever can use the account can read.
    Plain,
}

/// What is needed to write.
#[derive(Clone)]
pub(super) enum Seal {
    Plain,
    To(x25519::Recipient),
}

/// What is needed to read.
pub(super) enum NotebookKey {
    Plain,
    Own(x25519::Identity),
}

/// Why a wrapped identity can't be had.
pub(super) enum UnwrapError {
    Wrong,
    Damaged,
}

/// A new key of one's own, and its recipient.
pub(super) fn generate() -> (x25519::Identity, x25519::Recipient) {
    let identity = x25519::Identity::generate();
    let recipient = identity.to_public();
    (identity, recipient)
}

/// The identity as an age file that a passphrase opens.
pub(super) fn wrap(
    identity: &x25519::Identity,
    passphrase: &Passphrase,
    factor: u8,
) -> Result<Vec<u8>, SafeText> {
    let mut recipient = scrypt::Recipient::new(passphrase.sealing());
    recipient.set_work_factor(factor.clamp(1, MOST_FACTOR));
    let text = identity.to_string();
    let line = Zeroizing::new([text.expose_secret(), "\n"].concat());
    age::encrypt(&recipient, line.as_bytes()).map_err(|_| cannot_seal())
}

/// The identity in an age file whose bytes are known to be those that were written: what does not
/// open then is a wrong passphrase.
pub(super) fn unwrap(
    bytes: &[u8],
    passphrase: &Passphrase,
) -> Result<x25519::Identity, UnwrapError> {
    let mut why = UnwrapError::Wrong;
    for way in passphrase.ways() {
        match unwrap_by(bytes, way) {
            Err(UnwrapError::Wrong) => {}
            Err(UnwrapError::Damaged) => why = UnwrapError::Damaged,
            Ok(identity) => return Ok(identity),
        }
    }
    Err(why)
}

fn unwrap_by(bytes: &[u8], passphrase: SecretString) -> Result<x25519::Identity, UnwrapError> {
    let mut identity = scrypt::Identity::new(passphrase);
    identity.set_max_work_factor(MOST_FACTOR);
    let plain = opened(bytes, &identity).map_err(|error| match error {
        DecryptError::DecryptionFailed
        | DecryptError::KeyDecryptionFailed
        | DecryptError::NoMatchingKeys => UnwrapError::Wrong,
        DecryptError::ExcessiveWork { .. }
        | DecryptError::InvalidHeader
        | DecryptError::InvalidMac
        | DecryptError::Io(_)
        | DecryptError::UnknownFormat
        | _ => UnwrapError::Damaged,
    })?;
    let text = std::str::from_utf8(&plain).map_err(|_| UnwrapError::Damaged)?;
    text.trim().parse().map_err(|_| UnwrapError::Damaged)
}

fn opened(bytes: &[u8], identity: &dyn age::Identity) -> Result<Zeroizing<Vec<u8>>, DecryptError> {
    // Room for all of it from the beginning: a vector that grows leaves copies behind.
    let mut plain = Zeroizing::new(Vec::with_capacity(bytes.len()));
    let decryptor = Decryptor::new_buffered(bytes)?;
    decryptor
        .decrypt(iter::once(identity))?
        .read_to_end(&mut plain)?;
    Ok(plain)
}

fn cannot_seal() -> SafeText {
    SafeText::new(words().notebook.cannot_seal)
}

impl Seal {
    /// The bytes as they go into a file.
    pub(super) fn close(&self, plain: Zeroizing<Vec<u8>>) -> Result<Vec<u8>, SafeText> {
        match self {
            Self::Plain => Ok(plain.to_vec()),
            Self::To(recipient) => age::encrypt(recipient, &plain).map_err(|_| cannot_seal()),
        }
    }

    /// How the names of its files end.
    pub(super) const fn ending(&self) -> &'static str {
        match self {
            Self::Plain => "jsonl",
            Self::To(_) => "age",
        }
    }
}

impl NotebookKey {
    /// What a file of these bytes holds; nothing when a byte of it is not as it was written.
    pub(super) fn open(&self, bytes: Vec<u8>) -> Option<Zeroizing<Vec<u8>>> {
        match self {
            Self::Plain => Some(Zeroizing::new(bytes)),
            Self::Own(identity) => opened(&bytes, identity).ok(),
        }
    }

    /// Whether it opens what this seal closes.
    pub(super) fn fits(&self, seal: &Seal) -> bool {
        match (self, seal) {
            (Self::Plain, Seal::Plain) => true,
            (Self::Own(identity), Seal::To(recipient)) => {
                identity.to_public().to_string() == recipient.to_string()
            }
            (Self::Plain, Seal::To(_)) | (Self::Own(_), Seal::Plain) => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Composed, decomposed, and half of each, as an older program sealed it: just as it was typed.
    const FORMS: [&str; 3] = [
        "gr\u{fc}n V\u{f6}gel",
        "gru\u{308}n Vo\u{308}gel",
        "gr\u{fc}n Vo\u{308}gel",
    ];

    #[test]
    fn words_with_accents_open_however_they_are_typed() {
        let (identity, _) = generate();
        let opens =
            |bytes: &[u8], typed: &str| unwrap(bytes, &Passphrase::new(typed.to_owned())).is_ok();
        for sealed in FORMS {
            let ours = wrap(&identity, &Passphrase::new(sealed.to_owned()), 2).unwrap();
            for typed in FORMS {
                assert!(opens(&ours, typed), "{sealed:?} by {typed:?}");
            }
            let mut older = scrypt::Recipient::new(sealed.to_owned().into());
            older.set_work_factor(2);
            let line = identity.to_string();
            let older = age::encrypt(&older, line.expose_secret().as_bytes()).unwrap();
            assert!(opens(&older, sealed), "{sealed:?}");
            assert_eq!(opens(&older, FORMS[0]), sealed != FORMS[2], "{sealed:?}");
            assert!(!opens(&ours, "grun Vogel") && !opens(&older, "grun Vogel"));
        }
        assert_eq!(Passphrase::new("plain words".to_owned()).ways().len(), 1);
    }
}
