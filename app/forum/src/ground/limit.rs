//! How often something may be done: the generic cell rate algorithm (ITU-T I.371), one row a key, in the database so that all
//! instances count together.

use std::net::{IpAddr, Ipv6Addr};

use sea_orm::FromQueryResult;

use crate::{
    Error, Result, Tx,
    db::{one, values},
};

/// So many at once, and one more every so many seconds.
#[derive(Debug, Clone, Copy)]
pub struct Limit {
    /// What is limited.
    pub name: &'static str,
    /// How many may come at once.
    pub burst: i64,
    /// Seconds after which one more may come.
    pub seconds: i64,
}

impl Limit {
    /// What its row is known by.
    fn key(self, who: &str) -> String {
        format!("{}:{who}", self.name).chars().take(120).collect()
    }
}

/// Wrong passwords, by address of the caller.
pub const GUESS_FROM: Limit = Limit { name: "guess-from", burst: 20, seconds: 15 };
/// Wrong passwords from anybody, by e-mail address.
pub const GUESS_AT: Limit = Limit { name: "guess-at", burst: 10, seconds: 60 };
/// Wrong passwords of an account, by a browser in which its owner signed in before.
pub const GUESS_OF_DEVICE: Limit = Limit { name: "guess-of-device", burst: 10, seconds: 60 };
/// Wrong passwords of an account, by a session or a token of its owner.
pub const GUESS_OF_KEY: Limit = Limit { name: "guess-of-key", burst: 10, seconds: 60 };
/// New accounts, by address of the caller.
pub const SIGN_UP: Limit = Limit { name: "sign-up", burst: 10, seconds: 120 };
/// The same for those who bring a proof of work ([`crate::challenge`]): of a school or a train, many may come at once.
pub const SIGN_UP_PROVEN: Limit = Limit { name: "sign-up-proven", burst: 60, seconds: 30 };
/// Posts of guests, by address of the caller.
pub const GUEST: Limit = Limit { name: "guest", burst: 3, seconds: 3600 };
/// The same for those who bring a proof of work.
pub const GUEST_PROVEN: Limit = Limit { name: "guest-proven", burst: 10, seconds: 300 };
/// Questions for a new password, by address of the caller or by browser.
pub const RESET: Limit = Limit { name: "reset", burst: 10, seconds: 60 };
/// Mails with a link for a new password, by e-mail address.
pub const RESET_MAIL: Limit = Limit { name: "reset-mail", burst: 3, seconds: 600 };
/// Mails with a link that verifies, by e-mail address and where they were asked for: a stranger uses up none of its owner's.
pub const LINK: Limit = Limit { name: "link", burst: 3, seconds: 600 };
/// The same by e-mail address alone, wherever they were asked for: nobody's mailbox is filled.
pub const LINK_AT: Limit = Limit { name: "link-at", burst: 20, seconds: 1800 };
/// Mails with a link that verifies to an address that mail did not reach: as often as one is tried ([`crate::mailbox::REST`]).
pub const UNREACHED: Limit = Limit { name: "unreached", burst: 1, seconds: 86_400 };
/// Letters that say that an answer by mail did not become a comment, by whom the answer is for: one an hour.
pub const ANSWER_REFUSED: Limit = Limit { name: "answer-refused", burst: 1, seconds: 3600 };
/// Questions whether news of a guest's post are wanted, by e-mail address.
pub const RECEIPT_MAIL: Limit = Limit { name: "receipt-mail", burst: 3, seconds: 14_400 };
/// Posts of a person.
pub const POST: Limit = Limit { name: "post", burst: 10, seconds: 120 };
/// Comments of a person.
pub const COMMENT: Limit = Limit { name: "comment", burst: 20, seconds: 15 };
/// Proposals of a person that two posts are one matter: ten a day.
pub const PROPOSAL: Limit = Limit { name: "proposal", burst: 10, seconds: 8640 };
/// Files that a person sends: thirty an hour.
pub const UPLOAD: Limit = Limit { name: "upload", burst: 30, seconds: 120 };
/// Votes of a person, changes of mind included.
pub const VOTE: Limit = Limit { name: "vote", burst: 60, seconds: 2 };
/// Flags of a person: twenty a day.
pub const FLAG: Limit = Limit { name: "flag", burst: 20, seconds: 4320 };
/// Looks at similar posts, previews: by address of the caller.
pub const LOOK: Limit = Limit { name: "look", burst: 120, seconds: 1 };
/// Searches, by address of the caller. Apart from looks, which fire while somebody types.
pub const SEARCH: Limit = Limit { name: "search", burst: 120, seconds: 1 };

/// Drafts of those who are not signed in, by address of the caller.
pub const DRAFT: Limit = Limit { name: "draft", burst: 30, seconds: 60 };

/// Copies of all that is held of a person, by person: each reads much.
pub const EXPORT: Limit = Limit { name: "export", burst: 10, seconds: 600 };

/// Whom an address counts as: itself; of IPv6 its network, because whoever has one address has all 2⁶⁴ of the same network.
pub fn network_of(ip: IpAddr) -> IpAddr {
    match ip.to_canonical() {
        IpAddr::V6(ip) if !ip.is_loopback() => Ipv6Addr::from_bits(ip.to_bits() & (u128::MAX << 64)).into(),
        ip => ip,
    }
}

/// Counts one more.
///
/// # Errors
/// [`Error::Limited`] when it comes too soon; it is then not counted.
pub async fn count(tx: &mut Tx, limit: Limit, who: &str) -> Result<()> {
    #[derive(FromQueryResult)]
    struct Row {
        arrival_us: i64,
    }
    if !tx.limits() {
        return Ok(());
    }
    let now = tx.now().timestamp_micros();
    let step = limit.seconds * 1_000_000;
    let tolerance = step * (limit.burst - 1);
    let key = limit.key(who);
    // one statement decides: the row moves on only if the request conforms
    let conforms = one::<Row>(
        tx.conn(),
        "INSERT INTO limits (key, arrival_us) VALUES ($1, $2 + $3)
         ON CONFLICT (key) DO UPDATE
            SET arrival_us = CASE WHEN limits.arrival_us > $2 THEN limits.arrival_us ELSE $2 END + $3
            WHERE limits.arrival_us <= $2 + $4
         RETURNING arrival_us",
        values![key.clone(), now, step, tolerance],
    )
    .await?;
    if conforms.is_some() {
        return Ok(());
    }
    let row = one::<Row>(tx.conn(), "SELECT arrival_us FROM limits WHERE key = $1", values![key]).await?;
    let wait = row.map_or(step, |row| row.arrival_us - tolerance - now);
    let retry_after = u64::try_from(wait.div_euclid(1_000_000) + 1).unwrap_or(1);
    Err(Error::Limited { retry_after })
}

/// Keeps everybody else who wants the same waiting until the transaction has ended, and counts nothing.
pub(crate) async fn wait_for(tx: &Tx, what: &str) -> Result<()> {
    // it limits nobody: its time of arrival is the present one
    let sql =
        "INSERT INTO limits (key, arrival_us) VALUES ($1, $2) ON CONFLICT (key) DO UPDATE SET arrival_us = excluded.arrival_us";
    crate::db::exec(tx.conn(), sql, values![what, tx.now().timestamp_micros()]).await?;
    Ok(())
}

/// Counts one less: what was counted before it was known has not come to pass.
pub(crate) async fn take_back(tx: &mut Tx, limit: Limit, who: &str) -> Result<()> {
    if tx.limits() {
        let sql = "UPDATE limits SET arrival_us = arrival_us - $2 WHERE key = $1";
        crate::db::exec(tx.conn(), sql, values![limit.key(who), limit.seconds * 1_000_000]).await?;
    }
    Ok(())
}

/// Forgets what no longer limits anybody.
pub async fn sweep(tx: &mut Tx) -> Result<()> {
    let now = tx.now().timestamp_micros();
    crate::db::exec(tx.conn(), "DELETE FROM limits WHERE arrival_us < $1", values![now]).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_has_one_address_counts_as_one() {
        for (ip, key) in [
            ("203.0.113.7", "203.0.113.7"),
            ("::ffff:203.0.113.7", "203.0.113.7"),
            ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
            ("2001:db8:1:2::", "2001:db8:1:2::"),
            ("2001:db8:1:3::1", "2001:db8:1:3::"),
            ("::1", "::1"),
        ] {
            assert_eq!(network_of(ip.parse().unwrap()).to_string(), key, "{ip}");
        }
    }
}
