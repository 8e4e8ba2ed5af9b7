//! Passwords: argon2id, a bounded number at a time, away from the threads that answer requests.

use std::sync::Arc;

use argon2::{
    Algorithm, Argon2, Params, Version,
    password_hash::{PasswordHasher as _, PasswordVerifier as _, phc::PasswordHash},
};
use tokio::sync::Semaphore;
use unicode_normalization::UnicodeNormalization as _;

use crate::{Error, Result, error::Problem};

/// Characters of a password, at least.
pub const SHORTEST: usize = 8;
/// Characters of a password, at most: more would only be work for the hash.
pub const LONGEST: usize = 200;

/// A password in its normal form that was checked, not yet hashed.
#[derive(Clone)]
pub struct Password(String);

impl std::fmt::Debug for Password {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Password(…)")
    }
}

impl Password {
    /// A password that an attacker does not try first. `about` are what belongs to the site and the person, such as their names and
    /// the address: who attacks them tries that, too.
    ///
    /// # Errors
    /// [`Problem::TooShort`], [`Problem::TooLong`], [`Problem::GuessablePassword`].
    pub fn parse(text: &str, about: &[&str]) -> std::result::Result<Self, Problem> {
        let password = Self::published(text);
        let length = password.0.chars().count();
        if length == 0 {
            return Err(Problem::Required);
        }
        if length < SHORTEST {
            return Err(Problem::TooShort { min: SHORTEST });
        }
        if length > LONGEST {
            return Err(Problem::TooLong { max: LONGEST });
        }
        let words = words_of(about);
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        if zxcvbn::zxcvbn(&password.0, &words).score() <= zxcvbn::Score::One {
            return Err(Problem::GuessablePassword);
        }
        Ok(password)
    }

    /// A password that everybody knows, such as the one of the demo: there is nothing to judge about it.
    pub fn published(text: &str) -> Self {
        Self(normal(text))
    }
}

/// The form in which passwords are compared: the same keys give other characters on other machines. It is OpaqueString of RFC 8265
/// without its list of what may be typed, which has no room for emoji.
fn normal(text: &str) -> String {
    text.chars().map(|c| if c.is_whitespace() && !c.is_ascii() { ' ' } else { c }).nfc().collect()
}

/// The words of texts, and each text as one word: people write their names with and without the spaces.
fn words_of(texts: &[&str]) -> Vec<String> {
    let mut words = vec!["answerable".to_owned()];
    for text in texts {
        let text = normal(text);
        let parts: Vec<&str> = text.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty()).collect();
        words.extend([text.clone(), parts.concat()]);
        // a letter or two would make every other word look like a part of the name
        words.extend(parts.into_iter().filter(|part| part.chars().count() > 2).map(str::to_owned));
    }
    words.retain(|word| !word.is_empty());
    words
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
        let typed: String = password.chars().take(LONGEST + 1).collect();
        let mut forms = vec![normal(&typed)];
        if forms[0] != typed {
            // hashes of before there was a normal form
            forms.push(typed);
        }
        let right = self
            .run(move || match PasswordHash::new(&hash) {
                Ok(parsed) => forms.iter().any(|form| argon.verify_password(form.as_bytes(), &parsed).is_ok()),
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

    #[test]
    fn what_thieves_try_first_is_refused() {
        for guessable in
            ["Welcome1", "password1", "Football1", "12345678", "qwertyuiop", "iloveyou2", "P@ssw0rd", "Dragon123", "answerable1"]
        {
            let refused = Password::parse(guessable, &[]).err();
            assert_eq!(refused, Some(Problem::GuessablePassword), "{guessable}");
        }
        let about = ["Noordlicht Telecom", "j.vandermeer@post.example", "Joost van der Meer"];
        for own in
            ["noordlicht1", "NoordlichtTelecom", "joostvandermeer", "vandermeer1", "j.vandermeer@post.example", "Answerable2"]
        {
            let refused = Password::parse(own, &about).err();
            assert_eq!(refused, Some(Problem::GuessablePassword), "{own}");
        }
        for fine in ["bicycle lantern oyster quilt", "harbour pencil tundra violin", "correct horse battery", "Xk7#pq!vLm"] {
            assert!(Password::parse(fine, &about).is_ok(), "{fine}");
        }
    }

    #[tokio::test]
    async fn the_same_password_typed_on_another_machine_is_the_same() {
        let hasher = Hasher::new(Cost::LEAST);
        // é in one character and in two, and a space as some keyboards give it
        let (composed, apart) = ("caf\u{e9} lantern quilt", "cafe\u{301}\u{a0}lantern quilt");
        for (set, typed) in [(composed, apart), (apart, composed)] {
            let hash = hasher.hash(Password::parse(set, &[]).unwrap()).await.unwrap();
            assert!(hasher.verify(typed, Some(&hash)).await.unwrap());
            assert!(!hasher.verify("cafe lantern quilt", Some(&hash)).await.unwrap());
        }
        // hashed before there was a normal form
        let before = hasher.argon.hash_password(apart.as_bytes()).unwrap().to_string();
        assert!(hasher.verify(apart, Some(&before)).await.unwrap());
    }
}
