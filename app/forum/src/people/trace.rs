//! From which networks somebody came lately: a salted digest of a coarse network (IPv4 /24, IPv6 /48), never an address, and for a month at
//! most. It serves one purpose: to find accounts that vote as one ([`crate::ring`]).

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use chrono::TimeDelta;
use sea_orm::FromQueryResult;
use sha2::{Digest as _, Sha256};

use crate::{
    Error, Result, Tx,
    db::{exec, one, values},
    id::PersonId,
    secret::Secret,
};

/// How long it is kept from where somebody came.
pub const KEPT: TimeDelta = TimeDelta::days(30);

/// How much later somebody has to come again from the same network for that to be noted: a write for each vote would be too many.
const NOTED_EVERY: TimeDelta = TimeDelta::hours(12);

/// Notes that somebody came from the network of a client, as limits name it. From this machine comes nobody.
pub async fn note(tx: &mut Tx, person: PersonId, client: &str) -> Result<()> {
    let Some(network) = client.parse().ok().and_then(coarse) else { return Ok(()) };
    let network = digest(&key(tx).await?, network);
    let sql = "INSERT INTO traces (person_id, network, seen_at) VALUES ($1, $2, $3)
               ON CONFLICT (person_id, network) DO UPDATE SET seen_at = excluded.seen_at WHERE traces.seen_at < $4";
    exec(tx.conn(), sql, values![person, network, tx.now(), tx.now() - NOTED_EVERY]).await?;
    Ok(())
}

/// Forgets what is too old.
pub async fn sweep(tx: &mut Tx) -> Result<()> {
    exec(tx.conn(), "DELETE FROM traces WHERE seen_at <= $1", values![tx.now() - KEPT]).await?;
    Ok(())
}

/// The network that an address counts to.
fn coarse(ip: IpAddr) -> Option<IpAddr> {
    match ip.to_canonical() {
        ip if ip.is_loopback() || ip.is_unspecified() => None,
        IpAddr::V4(ip) => Some(Ipv4Addr::from_bits(ip.to_bits() & (u32::MAX << 8)).into()),
        IpAddr::V6(ip) => Some(Ipv6Addr::from_bits(ip.to_bits() & (u128::MAX << 80)).into()),
    }
}

fn digest(key: &str, network: IpAddr) -> i64 {
    let digest = Sha256::new().chain_update(key).chain_update(network.to_string()).finalize();
    // sixty-four bits tell the networks of a forum apart, and are too few to be sure of one
    digest.first_chunk().map_or(0, |bytes| i64::from_be_bytes(*bytes))
}

/// The salt: made when it is first needed, one for all instances.
async fn key(tx: &Tx) -> Result<String> {
    #[derive(FromQueryResult)]
    struct Key {
        secret: String,
    }
    let read = "SELECT secret FROM trace_key WHERE id = 1";
    if let Some(key) = one::<Key>(tx.conn(), read, []).await? {
        return Ok(key.secret);
    }
    let make = "INSERT INTO trace_key (id, secret, created_at) VALUES (1, $1, $2) ON CONFLICT (id) DO NOTHING";
    exec(tx.conn(), make, values![Secret::fresh().reveal(), tx.now()]).await?;
    one::<Key>(tx.conn(), read, []).await?.map(|key| key.secret).ok_or(Error::internal("no key"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbours_are_one_network() {
        let of = |ip: &str| coarse(ip.parse().unwrap()).map(|network| network.to_string());
        assert_eq!(of("203.0.113.7").as_deref(), Some("203.0.113.0"));
        assert_eq!(of("::ffff:203.0.113.9").as_deref(), Some("203.0.113.0"));
        assert_eq!(of("2001:db8:1:2::").as_deref(), Some("2001:db8:1::"));
        assert_eq!((of("127.0.0.1"), of("::1")), (None, None));
        let network = coarse("203.0.113.7".parse().unwrap()).unwrap();
        assert_ne!(digest("one", network), digest("other", network), "the salt tells forums apart");
    }
}
