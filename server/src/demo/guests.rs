//! Posts of the demo forum whose authors have no account.

use forum::{
    Error, Tx,
    actor::Actor,
    guest::{self, Guest},
    id::PostId,
    post::Draft,
    receipt,
};

/// By their titles.
pub(super) const GUESTS: [&str; 6] = [
    "Staff advice in your shops is a flow chart with a smile",
    "Spreekuur voor ouderen op dinsdagochtend",
    "A loan phone during repair, however ugly",
    "Video call with someone in a shop, for those on an island",
    "Factuur op naam van twee bewoners",
    "Direct debit taken four days before the date on the invoice",
];

/// Posts as somebody without an account. Answers who that is from then on.
pub(super) async fn submit(tx: &mut Tx, post: usize, draft: &Draft) -> Result<(PostId, Actor), Error> {
    let guest = Guest { email: "", proof: "", client: "", form: &format!("demo:guest:{post}") };
    let received = guest::submit(tx, draft, &guest).await?;
    let (_, actor) = receipt::by_secret(tx.conn(), received.secret.reveal()).await?;
    Ok((received.post, actor))
}
