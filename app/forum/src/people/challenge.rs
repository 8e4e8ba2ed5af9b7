//! Proof of work: a browser shows that it has spent some time on what it asks for. Nobody is told apart by it, and no third party hears of
//! it; who asks a thousand times pays a thousand times.
//!
//! The protocol is ALTCHA with SHA-256: find the number that, written after the salt, has the digest that the challenge names. What we hand
//! out is signed by a key of the site, so nothing is kept until somebody solves it; each solution counts once, and for an hour. The `&` at
//! the end of the salt keeps its expiry apart from the number: without it, digits could be moved from one to the other.
//!
//! A proof is never the only way in. Whoever brings one is counted by a wider limit than others at the same address, because the network of
//! a school or a train is many people.

use base64::prelude::{BASE64_STANDARD, Engine as _};
use chrono::{DateTime, TimeDelta, Utc};
use hmac::Mac as _;
use serde::Deserialize;
use sha2::{Digest as _, Sha256};

use crate::{
    Error, Forum, Result, Tx,
    db::{exec, values},
    error::Problem,
    limit::{self, Limit},
    secret::Secret,
    signing::Key,
};

/// The field in which a solution comes.
pub const FIELD: &str = "altcha";
/// The only algorithm.
pub const ALGORITHM: &str = "SHA-256";
/// How long somebody may take over a form.
pub const LIFETIME: TimeDelta = TimeDelta::hours(1);
/// No number is larger: half as many digests are tried in the middle.
pub const MOST: u64 = 100_000;
/// Longer solutions are not ours.
const LONGEST: usize = 1000;

/// Something to be solved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Challenge {
    /// The digest that is wanted, in hexadecimal digits.
    pub challenge: String,
    /// What stands before the number.
    pub salt: String,
    /// By which we know it again.
    pub signature: String,
}

impl Challenge {
    fn fresh(key: &Key, now: DateTime<Utc>) -> Self {
        let (salt, number) = (Secret::fresh(), Secret::fresh());
        // with the number it fits in one block of SHA-256
        let salt = format!("{}?expires={}&", &salt.reveal()[..24], (now + LIFETIME).timestamp());
        let number = u64::from_str_radix(&number.reveal()[..15], 16).unwrap_or_default() % (MOST + 1);
        let challenge = digest(&salt, number);
        let signature = hex::encode(key.signing(&challenge).finalize().into_bytes());
        Self { challenge, salt, signature }
    }
}

fn digest(salt: &str, number: u64) -> String {
    hex::encode(Sha256::digest(format!("{salt}{number}")))
}

/// What comes back.
#[derive(Debug, Deserialize)]
struct Solution {
    algorithm: String,
    challenge: String,
    number: u64,
    salt: String,
    signature: String,
}

impl Solution {
    fn read(text: &str) -> Option<Self> {
        let text = Some(text.trim()).filter(|text| text.len() <= LONGEST)?;
        serde_json::from_slice(&BASE64_STANDARD.decode(text).ok()?).ok()
    }

    /// Until when it counts, if it is right and ours.
    fn expires_at(&self, key: &Key) -> Option<DateTime<Utc>> {
        let signature = hex::decode(&self.signature).ok()?;
        key.signing(&self.challenge).verify_slice(&signature).ok()?;
        if self.algorithm != ALGORITHM || digest(&self.salt, self.number) != self.challenge {
            return None;
        }
        let seconds = self.salt.strip_suffix('&')?.split_once("?expires=")?.1.parse().ok()?;
        DateTime::from_timestamp(seconds, 0)
    }
}

/// Something new to be solved.
pub async fn issue(forum: &Forum) -> Result<Challenge> {
    Ok(Challenge::fresh(&Key::of(forum).await?, forum.now()))
}

/// Takes a solution for what it is worth, once.
async fn spend(tx: &mut Tx, solution: &str) -> Result<()> {
    let unproven = || Error::invalid(FIELD, Problem::NotProven);
    let key = Key::present(tx.conn()).await?.ok_or_else(unproven)?;
    let solution = Solution::read(solution).ok_or_else(unproven)?;
    let expires_at = solution.expires_at(&key).filter(|at| *at > tx.now()).ok_or_else(unproven)?;
    let sql = "INSERT INTO spent_challenges (challenge, expires_at) VALUES ($1, $2) ON CONFLICT (challenge) DO NOTHING";
    match exec(tx.conn(), sql, values![solution.challenge, expires_at]).await? {
        0 => Err(unproven()),
        _ => Ok(()),
    }
}

/// Counts one more of what is limited by where it comes from: within `bare`, or within `proven` when somebody brings a solution. What
/// stands in their field is no solution when it is empty.
///
/// # Errors
/// [`Error::Limited`], and [`Problem::NotProven`] when the solution is not right, too old, or was used: it is then not counted.
pub async fn count(tx: &mut Tx, bare: Limit, proven: Limit, who: &str, solution: &str) -> Result<()> {
    if !tx.limits() {
        return Ok(());
    }
    if solution.trim().is_empty() {
        return limit::count(tx, bare, who).await;
    }
    spend(tx, solution).await?;
    limit::count(tx, proven, who).await
}

/// Forgets solutions that would count no longer anyway.
pub async fn sweep(tx: &mut Tx) -> Result<()> {
    exec(tx.conn(), "DELETE FROM spent_challenges WHERE expires_at <= $1", values![tx.now()]).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: Key = Key([7; 32]);

    fn now() -> DateTime<Utc> {
        DateTime::from_timestamp(1_795_800_000, 0).unwrap()
    }

    fn solve(challenge: &Challenge) -> Solution {
        let number = (0..=MOST).find(|number| digest(&challenge.salt, *number) == challenge.challenge).unwrap();
        let Challenge { challenge, salt, signature } = challenge.clone();
        Solution { algorithm: ALGORITHM.to_owned(), challenge, number, salt, signature }
    }

    #[test]
    fn what_we_hand_out_can_be_solved_by_hashing_one_block() {
        let challenge = Challenge::fresh(&KEY, now());
        // a block has room for 55 bytes
        assert!(challenge.salt.len() + MOST.to_string().len() <= 55, "{}", challenge.salt);
        assert_eq!(solve(&challenge).expires_at(&KEY), Some(now() + LIFETIME));
    }

    #[test]
    fn only_what_we_signed_counts() {
        let challenge = Challenge::fresh(&KEY, now());
        assert_eq!(solve(&challenge).expires_at(&Key([8; 32])), None, "by another key");
        let wrong: [fn(&mut Solution); 5] = [
            |s| s.number += 1,
            |s| s.algorithm = "SHA-1".to_owned(),
            |s| s.signature = s.signature.replace(|_: char| true, "0"),
            |s| s.signature.clear(),
            // an easy challenge of one's own
            |s| s.challenge = digest(&s.salt, 0),
        ];
        for (n, change) in wrong.iter().enumerate() {
            let mut solution = solve(&challenge);
            change(&mut solution);
            assert_eq!(solution.expires_at(&KEY), None, "change {n}");
        }
    }

    #[test]
    fn no_digit_of_the_number_prolongs_it() {
        let solution = solve(&Challenge::fresh(&KEY, now()));
        let whole = format!("{}{}", solution.salt, solution.number);
        for cut in 1..whole.len() {
            let (salt, number) = whole.split_at(cut);
            let Ok(number) = number.parse() else { continue };
            let moved = Solution {
                algorithm: ALGORITHM.to_owned(),
                challenge: solution.challenge.clone(),
                number,
                salt: salt.to_owned(),
                signature: solution.signature.clone(),
            };
            assert!(moved.expires_at(&KEY).is_none_or(|at| at == now() + LIFETIME), "{salt} and {number}");
        }
    }

    #[test]
    fn what_is_no_solution_is_not_read() {
        let json = |text: &str| BASE64_STANDARD.encode(text);
        for text in ["", "null", "{}", "\u{0}", &json("{}"), &json("[1]"), &json("{\"number\":-1}"), &"A".repeat(LONGEST + 4)] {
            assert!(Solution::read(text).is_none(), "{text}");
        }
    }
}
