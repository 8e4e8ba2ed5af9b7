//! The key of the site. What we hand out and want to know again, without keeping it, is signed by it: who sees a signature learns nothing of
//! the key, and what was signed for one purpose counts for no other.

use hmac::{Hmac, KeyInit as _, Mac as _};
use sea_orm::{ConnectionTrait, FromQueryResult};
use sha2::Sha256;

use crate::{
    Error, Forum, Result, Tx,
    actor::Actor,
    db::{exec, one, values},
    secret::Secret,
};

/// 256 bits.
#[derive(Clone)]
pub(crate) struct Key(pub(crate) [u8; 32]);

impl Key {
    /// The key, if there is one yet.
    pub(crate) async fn present(db: &impl ConnectionTrait) -> Result<Option<Self>> {
        #[derive(FromQueryResult)]
        struct Row {
            secret: String,
        }
        let row = one::<Row>(db, "SELECT secret FROM challenge_key WHERE id = 1", []).await?;
        let read = |row: Row| {
            let mut secret = [0; 32];
            hex::decode_to_slice(row.secret, &mut secret).map_err(Error::internal)?;
            Ok(Self(secret))
        };
        row.map(read).transpose()
    }

    /// The key; made when it is asked for the first time.
    pub(crate) async fn of(forum: &Forum) -> Result<Self> {
        match Self::present(forum.read()).await? {
            Some(key) => Ok(key),
            None => forum.write_aside(&Actor::Visitor, Self::make).await,
        }
    }

    async fn make(tx: &mut Tx) -> Result<Self> {
        let sql = "INSERT INTO challenge_key (id, secret, created_at) VALUES (1, $1, $2) ON CONFLICT (id) DO NOTHING";
        exec(tx.conn(), sql, values![Secret::fresh().reveal(), tx.now()]).await?;
        Self::present(tx.conn()).await?.ok_or_else(|| Error::internal("no key"))
    }

    /// What signs a text, or knows its signature again.
    pub(crate) fn signing(&self, text: &str) -> Hmac<Sha256> {
        // a key that is shorter than a block ends in zeros (RFC 2104)
        let mut block = [0; 64];
        block[..self.0.len()].copy_from_slice(&self.0);
        Hmac::new(&block.into()).chain_update(text)
    }
}
