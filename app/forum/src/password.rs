//! Passwords: argon2id, a bounded number at a time, away from the threads that answer requests.

use std::sync::Arc;

use argon2::{
    Algorithm, Argon2, Params, Version,
    password_hash::{PasswordHasher as _, PasswordVerifier as _, phc::PasswordHash},
};
use tokio::sync::Semaphore;

use crate::{Error, Result, error::Problem};

/// Characters of a password, at least.
pub const SHORTEST: usize = 8;
/// Characters of a password, at most: more would only be work for the hash.
pub const LONGEST: usize = 200;

/// A password that was checked, not yet hashed.
#[derive(Clone)]
pub struct Password(String);

impl std::fmt::Debug for Password {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Password(…)")
    }
}

impl Password {
    /// A password that an attacker does not try first. `inputs` are words that belong to the person, such as the name.
    ///
    /// # Errors
    /// [`Problem::TooShort`], [`Problem::TooLong`], [`Problem::GuessablePassword`].
    pub fn parse(text: &str, inputs: &[&str]) -> std::result::Result<Self, Problem> {
        let length = text.chars().count();
        if length == 0 {
            return Err(Problem::Required);
        }
        if length < SHORTEST {
            return Err(Problem::TooShort { min: SHORTEST });
        }
        if length > LONGEST {
            return Err(Problem::TooLong { max: LONGEST });
        }
        if zxcvbn::zxcvbn(text, inputs).score() == zxcvbn::Score::Zero {
            return Err(Problem::GuessablePassword);
        }
        Ok(Self(text.to_owned()))
    }
}

/// Hashes and verifies passwords: argon2id with m = 19,456 KiB, t = 2, p = 1 (OWASP Password Storage Cheat Sheet).
#[derive(Clone)]
pub struct Hasher {
    argon: Argon2<'static>,
    /// As many at once as there are cores: each takes 19 MiB, and a flood of sign-ins must not take the machine down.
    places: Arc<Semaphore>,
    /// What is verified when there is no such person, so that the answer takes as long.
    nobody: Arc<str>,
}

impl Hasher {
    /// A hasher for this machine.
    pub fn new() -> Self {
        let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
        let params = Params::new(19_456, 2, 1, None).unwrap_or_default();
        let argon = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
        let nobody = argon.hash_password(b"nobody's password").map(|h| h.to_string()).unwrap_or_default();
        Self { argon, places: Arc::new(Semaphore::new(cores)), nobody: nobody.into() }
    }

    /// The hash of a password, with its salt and parameters (PHC string).
    ///
    /// # Errors
    /// [`Error::Internal`] only.
    pub async fn hash(&self, password: Password) -> Result<String> {
        let argon = self.argon.clone();
        self.run(move || {
            argon.hash_password(password.0.as_bytes()).map(|hash| hash.to_string()).map_err(|e| Error::internal(e.to_string()))
        })
        .await?
    }

    /// Whether it is the password; without a hash the answer is no, after the same work.
    ///
    /// # Errors
    /// [`Error::Internal`] only.
    pub async fn verify(&self, password: &str, hash: Option<&str>) -> Result<bool> {
        let known = hash.is_some();
        let (argon, hash) = (self.argon.clone(), hash.unwrap_or(&self.nobody).to_owned());
        let password: String = password.chars().take(LONGEST + 1).collect();
        let right = self
            .run(move || match PasswordHash::new(&hash) {
                Ok(parsed) => argon.verify_password(password.as_bytes(), &parsed).is_ok(),
                Err(_) => false,
            })
            .await?;
        Ok(right && known)
    }

    async fn run<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T> {
        let permit = self.places.clone().acquire_owned().await.map_err(Error::internal)?;
        tokio::task::spawn_blocking(move || {
            let done = work();
            // given back only now: a caller who went away must not let another one in on top
            drop(permit);
            done
        })
        .await
        .map_err(Error::internal)
    }
}

impl Default for Hasher {
    fn default() -> Self {
        Self::new()
    }
}
