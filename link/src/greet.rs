//! What two links say to each other before the first text: three short texts, the dialler's first.
//!
//! The proof, of which people make words to compare, is made of both keys, the secret and a number of each side. Who
//! dials is bound to theirs before they see the other's: else somebody in the middle could try keys until the words fit.

use std::net::SocketAddr;

use data_encoding::HEXLOWER;
use serde::{Deserialize, Serialize};

use crate::ticket::{Id, Secret};

/// The version of what is said on the line.
pub const VERSION: u32 = 1;
/// The longest of the three texts.
pub const LONGEST: usize = 2048;
/// Addresses of a peer that are remembered.
pub const MOST_ADDRESSES: usize = 16;

/// A number that nobody could know.
pub type Nonce = [u8; 16];
/// What both sides compute alike.
pub type Proof = [u8; 16];

/// The dialler's first text.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Hello {
    /// Version of what is said.
    pub v: u32,
    /// The ticket's secret.
    #[serde(default)]
    pub secret: String,
    /// Which run of the dialling program this is.
    #[serde(default)]
    pub run: u64,
    /// The number of the try.
    #[serde(default)]
    pub number: u64,
    /// What binds the dialler to a number before they see the other's.
    #[serde(default)]
    pub bound: String,
    /// A sign of the proof that the dialler has of this peer.
    #[serde(default)]
    pub have: String,
    /// Where the dialler can be reached.
    #[serde(default)]
    pub at: Vec<SocketAddr>,
}

/// The answer of who was dialled, once the door said yes.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Welcome {
    /// Which run of the program this is.
    pub run: u64,
    /// Their number.
    pub nonce: String,
    /// A sign of the proof that they have of the dialler.
    pub have: String,
}

/// The dialler's second text.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Opened {
    /// What they were bound to.
    pub nonce: String,
}

/// What binds somebody to a number without telling it.
pub fn bind(nonce: &Nonce) -> String {
    let hash = blake3::derive_key("alongside-link 1 bound", nonce);
    HEXLOWER.encode(&hash)
}

/// What both sides have if nobody is in the middle. `host` and `guest` are each one's key and number.
pub fn prove(host: (&Id, &Nonce), guest: (&Id, &Nonce), secret: &Secret) -> Proof {
    let mut hash = blake3::Hasher::new_derive_key("alongside-link 1 proof");
    for part in [&host.0[..], &guest.0[..], secret, host.1, guest.1] {
        hash.update(part);
    }
    let mut proof = [0; 16];
    proof.copy_from_slice(&hash.finalize().as_bytes()[..16]);
    proof
}

/// A sign of a proof, to see whether both sides have the same; none where there is no proof.
pub fn sign(proof: Option<&Proof>) -> String {
    proof.map_or_else(String::new, |proof| {
        HEXLOWER.encode(&blake3::derive_key("alongside-link 1 have", proof)[..8])
    })
}

/// So many bytes of a text of hexadecimal digits.
pub fn unhex<const N: usize>(text: &str) -> Option<[u8; N]> {
    let bytes = HEXLOWER.decode(text.as_bytes()).ok()?;
    bytes.try_into().ok()
}

/// Bytes as a text of hexadecimal digits.
pub fn hex(bytes: &[u8]) -> String {
    HEXLOWER.encode(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOST: Id = [1; 32];
    const GUEST: Id = [2; 32];

    #[test]
    fn the_proof_hangs_on_every_part() {
        let proof = prove((&HOST, &[3; 16]), (&GUEST, &[4; 16]), &[5; 16]);
        assert_eq!(
            proof,
            prove((&HOST, &[3; 16]), (&GUEST, &[4; 16]), &[5; 16])
        );
        for other in [
            prove((&[9; 32], &[3; 16]), (&GUEST, &[4; 16]), &[5; 16]),
            prove((&HOST, &[9; 16]), (&GUEST, &[4; 16]), &[5; 16]),
            prove((&HOST, &[3; 16]), (&[9; 32], &[4; 16]), &[5; 16]),
            prove((&HOST, &[3; 16]), (&GUEST, &[9; 16]), &[5; 16]),
            prove((&HOST, &[3; 16]), (&GUEST, &[4; 16]), &[9; 16]),
            prove((&GUEST, &[4; 16]), (&HOST, &[3; 16]), &[5; 16]),
        ] {
            assert_ne!(proof, other);
        }
    }

    #[test]
    fn a_sign_tells_whether_there_is_the_same_proof() {
        assert_eq!(sign(None), "");
        assert_ne!(sign(Some(&[1; 16])), sign(Some(&[2; 16])));
        assert!(!sign(Some(&[1; 16])).contains(&hex(&[1; 8])));
    }

    #[test]
    fn an_older_or_newer_hello_still_says_its_version() {
        let hello: Hello =
            serde_json::from_str(r#"{"v":2,"else":[1]}"#).expect("the version alone is enough");
        assert_eq!(hello.v, 2);
    }

    #[test]
    fn hex_reads_back() {
        assert_eq!(unhex(&hex(&[1, 255])), Some([1, 255]));
        assert_eq!(unhex::<2>("01"), None);
        assert_eq!(unhex::<1>("zz"), None);
    }
}
