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

/// What a hash costs whoever computes it, and whoever guesses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cost {
    /// Memory, in KiB.
    pub memory: u32,
    /// How often the memory is gone over.
    pub passes: u32,
}

impl Cost {
    /// As little as there can be, for tests: they sign in hundreds of people whom nobody wants to be.
    pub const LEAST: Self = Self { memory: 8, passes: 1 };
}

impl Default for Cost {
    /// What the OWASP Password Storage Cheat Sheet asks for.
    fn default() -> Self {
        Self { memory: 19_456, passes: 2 }
    }
}

/// Hashes and verifies passwords by argon2id, on one lane. A hash holds its own cost: what was hashed at another one is still verified.
#[derive(Clone)]
pub struct Hasher {
    argon: Argon2<'static>,
    /// As many at once as there are cores: each takes its memory, and a flood of sign-ins must not take the machine down.
    places: Arc<Semaphore>,
    /// What is verified when there is no such person, so that the answer takes as long.
    nobody: Arc<str>,
}

impl Hasher {
    /// A hasher for this machine.
    pub fn new(cost: Cost) -> Self {
        let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
        let params = Params::new(cost.memory, cost.passes, 1, None).unwrap_or_default();
        // a hash that no password is known to have: what it costs to verify is in its parameters
        let nobody =
            format!("$argon2id$v=19$m={},t={},p=1${}${}", params.m_cost(), params.t_cost(), "A".repeat(22), "A".repeat(43));
        let argon = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_is_unknown_takes_as_long_as_whoever_is_known() {
        for cost in [Cost::LEAST, Cost::default()] {
            let hasher = Hasher::new(cost);
            let known = hasher.argon.hash_password(b"bicycle lantern oyster quilt").unwrap().to_string();
            let (known, nobody) = (PasswordHash::new(&known).unwrap(), PasswordHash::new(&hasher.nobody).unwrap());
            assert_eq!((known.algorithm, known.version, &known.params), (nobody.algorithm, nobody.version, &nobody.params));
            let sizes = |hash: &PasswordHash| (hash.salt.unwrap().len(), hash.hash.unwrap().len());
            assert_eq!(sizes(&known), sizes(&nobody));
            assert!(hasher.argon.verify_password(b"bicycle lantern oyster quilt", &nobody).is_err());
        }
    }
}
