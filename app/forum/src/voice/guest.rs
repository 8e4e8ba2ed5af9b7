//! Posts of people without an account. They have the same clocks as any other; of whoever wrote them nothing is known, so that how many
//! there may be is counted by where they come from, and what was sent without a proof of work is looked at before all can read it.

use crate::{
    Error, Result, Tx,
    actor::Actor,
    board, challenge,
    error::{Check, Denied},
    id::PostId,
    limit,
    newcomer::Suspicion,
    person,
    post::{self, Draft},
    receipt,
    secret::Secret,
    site::Site,
};

/// What comes with the draft of a guest.
#[derive(Debug, Clone, Copy)]
pub struct Guest<'a> {
    /// Where to tell what comes of it; empty for nowhere.
    pub email: &'a str,
    /// The solution of a [challenge]; empty for none.
    pub proof: &'a str,
    /// Where it comes from.
    pub client: &'a str,
    /// The digest of all that was sent, with something in it that nobody else knows.
    pub form: &'a str,
}

/// A post of a guest, with the link of its receipt.
#[derive(Debug)]
pub struct Received {
    /// Its number.
    pub post: PostId,
    /// Speaks for whoever wrote it.
    pub secret: Secret,
}

/// Whether people without an account may post here.
///
/// # Errors
/// [`Denied::NoGuests`].
pub fn may_submit(site: &Site) -> Result<()> {
    if site.guests { Ok(()) } else { Err(Error::Forbidden(Denied::NoGuests)) }
}

/// Posts a draft of somebody without an account. The same form sent twice within minutes makes one post, and another link to it.
///
/// # Errors
/// As [`may_submit`]; [`Error::Invalid`] with everything that is wrong with it, and when the proof is worth nothing;
/// [`Error::Limited`].
pub async fn submit(tx: &mut Tx, draft: &Draft, guest: &Guest<'_>) -> Result<Received> {
    may_submit(&tx.site())?;
    let board = board::by_slug(tx.conn(), &Actor::Visitor, &draft.board).await?;
    let email = receipt::parse_email(guest.email);
    let (checked, board, email) = match (draft.check(board), email) {
        (Ok((checked, board)), Ok(email)) => (checked, board, email),
        (outcome, email) => {
            let mut check = Check::new();
            if let Err(error) = outcome {
                check.take(error)?;
            }
            check.field("email", email);
            check.finish(())?;
            return Err(Error::internal("what was refused is not"));
        }
    };
    if let Some((person, post)) = receipt::just_made(tx, guest.form).await? {
        return Ok(Received { post, secret: receipt::link(tx, person, false).await? });
    }
    challenge::count(tx, limit::GUEST, limit::GUEST_PROVEN, guest.client, guest.proof).await?;
    let doubt = (tx.limits() && guest.proof.trim().is_empty()).then_some(Suspicion::Unproven);
    let author = person::create_guest(tx, guest.form, draft.language).await?.actor(None);
    let me = author.person()?.clone();
    let write = async |tx: &mut Tx| post::receive(tx, &me, &checked, &board, draft.language, (&[], doubt)).await;
    let post = tx.speaking_for(author, write).await?;
    let secret = receipt::issue(tx, me.id, post, guest.form).await?;
    if let Some(email) = email {
        match receipt::ask_for_mail(tx, me.id, &email).await {
            // whoever reads it was asked too often already: that is no reason to refuse a post
            Ok(()) | Err(Error::Limited { .. }) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(Received { post, secret })
}
