//! Signed notes (c2sp.org/signed-note) with Ed25519, and what the record signs in them: a checkpoint (c2sp.org/tlog-checkpoint), which says
//! how long the record is and what the root over it is.

use base64::prelude::{BASE64_STANDARD, Engine as _};
use ed25519_dalek::{Signature, Signer as _, SigningKey, VerifyingKey};
use sha2::{Digest as _, Sha256};

use super::tree::Hash;

/// Says that a key or a signature is of Ed25519.
const ED25519: u8 = 1;

/// A checkpoint that somebody kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Checkpoint {
    /// How many entries there were.
    pub size: u64,
    /// The root over them.
    pub root: Hash,
}

impl Checkpoint {
    /// What is signed.
    fn text(&self, origin: &str) -> String {
        format!("{origin}\n{}\n{}\n", self.size, BASE64_STANDARD.encode(self.root))
    }

    /// The checkpoint as a note that is signed by the key of the site, under its name.
    pub(super) fn signed(&self, origin: &str, key: &SigningKey) -> String {
        let text = self.text(origin);
        let mut signature = id(origin, &key.verifying_key()).to_vec();
        signature.extend(key.sign(text.as_bytes()).to_bytes());
        format!("{text}\n\u{2014} {origin} {}\n", BASE64_STANDARD.encode(signature))
    }

    /// Reads a note that the key has signed, under whichever name: the address of a site can change. Nothing when it is none.
    pub(super) fn read(note: &str, key: &VerifyingKey) -> Option<Self> {
        let text = opened(note, key)?;
        let mut lines = text.lines().skip(1);
        let size = lines.next()?.parse().ok()?;
        let root = BASE64_STANDARD.decode(lines.next()?).ok()?.try_into().ok()?;
        Some(Self { size, root })
    }
}

/// The text of a note, if one of its signatures is by this key.
fn opened<'a>(note: &'a str, key: &VerifyingKey) -> Option<&'a str> {
    let (text, signatures) = note.rsplit_once("\n\n")?;
    // the text includes the end of its last line
    let text = note.get(..=text.len())?;
    let is_ours = |line: &str| {
        let (name, signature) = line.strip_prefix("\u{2014} ")?.rsplit_once(' ')?;
        let signature = BASE64_STANDARD.decode(signature).ok()?;
        let (by, signature) = signature.split_first_chunk::<4>()?;
        let signature = Signature::from_slice(signature).ok()?;
        (*by == id(name, key) && key.verify_strict(text.as_bytes(), &signature).is_ok()).then_some(())
    };
    signatures.lines().any(|line| is_ours(line).is_some()).then_some(text)
}

/// What a key is known by in a signature.
fn id(name: &str, key: &VerifyingKey) -> [u8; 4] {
    let digest: Hash =
        Sha256::new().chain_update(name).chain_update([b'\n', ED25519]).chain_update(key.as_bytes()).finalize().into();
    [digest[0], digest[1], digest[2], digest[3]]
}

/// The key with its name, as programs that check notes take it.
pub(super) fn public(name: &str, key: &VerifyingKey) -> String {
    let encoded = [&[ED25519], &key.as_bytes()[..]].concat();
    format!("{name}+{}+{}", hex::encode(id(name, key)), BASE64_STANDARD.encode(encoded))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A note and the key that it is signed with, from the documentation of the first implementation (golang.org/x/mod/sumdb/note).
    const NOTE: &str = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n\n\
        \u{2014} PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";
    const KEY: &str = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";

    fn key_of(public: &str) -> VerifyingKey {
        let bytes = BASE64_STANDARD.decode(public.splitn(3, '+').nth(2).unwrap()).unwrap();
        VerifyingKey::from_bytes(bytes[1..].try_into().unwrap()).unwrap()
    }

    #[test]
    fn notes_of_others_are_read() {
        let key = key_of(KEY);
        assert_eq!(public("PeterNeumann", &key), KEY);
        let text = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n";
        assert_eq!(opened(NOTE, &key), Some(text));
        assert_eq!(opened(&NOTE.replace("problem is", "solution is"), &key), None);
        assert_eq!(Checkpoint::read(NOTE, &key), None, "it says nothing of a record");
    }

    #[test]
    fn a_checkpoint_is_believed_to_its_signer_only() {
        let key = SigningKey::from_bytes(&[7; 32]);
        let checkpoint = Checkpoint { size: 412, root: [9; 32] };
        let note = checkpoint.signed("forum.example/record/log", &key);
        assert!(note.starts_with("forum.example/record/log\n412\nCQkJCQ"), "{note}");
        assert_eq!(Checkpoint::read(&note, &key.verifying_key()), Some(checkpoint));
        // somebody saw it too
        let cosigned = format!("{note}\u{2014} witness.example AAAAAAAA\n");
        assert_eq!(Checkpoint::read(&cosigned, &key.verifying_key()), Some(checkpoint));
        let other = SigningKey::from_bytes(&[8; 32]).verifying_key();
        assert_eq!(Checkpoint::read(&note, &other), None);
        assert_eq!(Checkpoint::read(&note.replace("412", "413"), &key.verifying_key()), None);
        for broken in ["", "\n\n", "a\n\n\u{2014} b", "412"] {
            assert_eq!(Checkpoint::read(broken, &key.verifying_key()), None, "{broken:?}");
        }
    }
}
