//! Claiming: who wrote a post as a guest and has an account by now says that it is theirs. All that the receipt spoke for is theirs from
//! then on, and the receipt is used up; of the guest nothing stays but a row without a name, on which the history of then hangs.

use crate::{
    Result, Tx,
    actor::{Actor, Me},
    db::{exec, values},
    id::{PersonId, PostId},
    person,
    personal::{Fate, PARTS},
    receipt, record,
};

/// Who may take a guest's post over: members.
///
/// # Errors
/// As [`Actor::member`].
pub fn may_claim(actor: &Actor) -> Result<&Me> {
    actor.member()
}

/// Takes a guest's post over.
///
/// # Errors
/// As [`may_claim`]; [`Error::NotFound`](crate::Error::NotFound) when the link opens nothing, or nothing any more, or the member may not know of the post.
pub async fn claim(tx: &mut Tx, secret: &str) -> Result<PostId> {
    let me = may_claim(tx.actor())?.id;
    let (receipt, _) = receipt::by_secret(tx.conn(), secret).await?;
    // no deadline depends on who its author is
    let mut held = tx.hold_beside(receipt.post).await?;
    // of two who claim at once the second finds it claimed
    let (receipt, _) = receipt::by_secret(tx.conn(), secret).await?;
    let guest = receipt.person;
    // the record has salted digests of the guest: nobody is to find that they are this member
    let now = tx.now();
    tx.as_system(now, async |tx| record::forget(tx, guest).await.map(drop)).await?;
    ask_once(tx, guest, me).await?;
    receipt::unsend(tx, &receipt).await?;
    held.set_author(tx, me).await?;
    for part in PARTS {
        let sql = match (part.table, part.fate) {
            // what was done stands in the history as a guest's, which it was
            ("events", _) => continue,
            (table, Fate::Gone) => format!("DELETE FROM {table} WHERE {} = $1", part.person),
            (table, Fate::Stays) => format!("UPDATE {table} SET {0} = $2 WHERE {0} = $1", part.person),
        };
        let values = if part.fate == Fate::Gone { values![guest].to_vec() } else { values![guest, me].to_vec() };
        exec(tx.conn(), &sql, values).await?;
    }
    person::forget_guest(tx, guest).await?;
    // nobody gets hold of what they may not know of
    tx.view().post(receipt.post).await.map(drop)?;
    // pages that are kept name somebody else
    tx.rearrange();
    Ok(receipt.post)
}

/// One person is asked once: whoever supported the post before it was theirs was asked as a supporter, and is the author now.
async fn ask_once(tx: &Tx, guest: PersonId, me: PersonId) -> Result<()> {
    let both = "answer_id IN (SELECT a.answer_id FROM asks a WHERE a.person_id = $1 AND a.round = asks.round)";
    // what the author said counts as the author's, also where they said it as a supporter
    let sql = format!("UPDATE asks SET author = TRUE WHERE person_id = $2 AND said IS NOT NULL AND {both}");
    exec(tx.conn(), &sql, values![guest, me]).await?;
    let sql = format!("DELETE FROM asks WHERE person_id = $2 AND said IS NULL AND {both}");
    exec(tx.conn(), &sql, values![guest, me]).await?;
    let sql = "DELETE FROM asks WHERE person_id = $1
               AND EXISTS (SELECT 1 FROM asks o WHERE o.person_id = $2 AND o.answer_id = asks.answer_id AND o.round = asks.round)";
    exec(tx.conn(), sql, values![guest, me]).await?;
    Ok(())
}
