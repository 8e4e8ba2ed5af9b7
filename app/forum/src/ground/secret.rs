//! Secrets: 256 random bits, handed out once and kept as SHA-256 only.

use sha2::{Digest as _, Sha256};

/// A fresh secret: 64 hexadecimal digits.
#[derive(Clone)]
pub struct Secret(String);

impl Secret {
    /// 256 bits of the operating system's randomness.
    #[expect(clippy::disallowed_methods, reason = "secrets are the one thing that no test may foresee")]
    pub fn fresh() -> Self {
        let bytes: [u8; 32] = rand::random();
        Self(hex::encode(bytes))
    }

    /// The secret itself, to be shown or set once.
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// What is kept of it.
    pub fn hash(&self) -> String {
        hash(&self.0)
    }
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// What is kept of a secret: its SHA-256 in hexadecimal digits. The secret has 256 random bits, so it needs neither salt nor
/// stretching, and the look-up by an indexed hash tells an attacker nothing that helps.
pub fn hash(secret: &str) -> String {
    hex::encode(Sha256::digest(secret.as_bytes()))
}
