//! Posts without an account. The secret of a receipt is a bearer token that speaks for its guest: it reads as a visitor does and also what
//! is the guest's own, and says things on the one post.

use axum::{
    Json,
    extract::State,
    http::{StatusCode, header},
    response::IntoResponse as _,
};
use chrono::{DateTime, Utc};
use forum::{
    Error, Forum, Tx, challenge, claim,
    error::Problem,
    guest::{self, Guest},
    id::PostId,
    personal::{self, Texts},
    post::{self, Draft},
    receipt,
    secret::{self, Secret},
};
use serde::Serialize;
use utoipa::ToSchema;

use super::{
    objects::Show,
    posts::{KindName, Post},
};
use crate::api::{
    caller::Caller,
    problem::{Answer, Conflicting, Denied, Missing, Refused, TooOften, Unauthenticated},
    sent::Sent,
};

/// A post of somebody without an account.
#[derive(Debug, ToSchema)]
#[schema(example = json!({
    "kind": "complaint", "title": "The app signs me out every morning",
    "body": "Since the update of Monday, on two phones.", "board": "app", "email": "sanne@example.com"
}))]
pub struct GuestDraft {
    /// What sort of post it is.
    #[schema(value_type = KindName)]
    pub kind: String,
    /// One line.
    #[schema(min_length = 3, max_length = 120)]
    pub title: String,
    /// Markdown.
    #[schema(min_length = 1, max_length = 20000)]
    pub body: String,
    /// Slug of a board.
    pub board: String,
    /// Names of labels; those that are new are made.
    #[schema(max_items = 5)]
    pub tags: Option<Vec<String>>,
    /// Where to tell what comes of it. It is written to once, to ask whether its reader wants that.
    #[schema(format = Email)]
    pub email: Option<String>,
    /// The solution of a challenge. Without one the post is held back until the staff have looked at it, and fewer may come.
    pub altcha: Option<String>,
}

/// A post that was received, and the secret of its receipt.
#[derive(Debug, Serialize, ToSchema)]
pub struct NewReceipt {
    /// A bearer token that speaks for whoever wrote the post, on that post. It is shown once.
    pub secret: String,
    /// The page of the receipt.
    pub url: String,
    /// The post, as its author sees it.
    pub post: Post,
}

/// A receipt.
#[derive(Debug, Serialize, ToSchema)]
pub struct Receipt {
    /// The post that it speaks for.
    #[schema(value_type = i64)]
    pub post_id: PostId,
    /// When that came in.
    pub created_at: DateTime<Utc>,
    /// Where what comes of it is told; null for nowhere.
    pub email: Option<String>,
    /// Whether the reader of that address said that they want it: until then nothing is sent but the question.
    pub email_confirmed: bool,
    /// Since when mail does not reach it; null while it does.
    pub unreached_since: Option<DateTime<Utc>>,
}

/// Where to tell what comes of a post.
#[derive(Debug, ToSchema)]
#[schema(example = json!({ "email": "sanne@example.com" }))]
pub struct ReceiptAddress {
    /// The address.
    #[schema(format = Email)]
    pub email: String,
}

/// What is taken back with a receipt.
#[derive(Debug, ToSchema)]
#[schema(example = json!({ "texts": "erase" }))]
pub struct ReceiptErasure {
    /// What becomes of post and comments: `keep` leaves them under nobody's name, `erase` takes them back.
    pub texts: String,
}

/// A receipt to be claimed.
#[derive(Debug, ToSchema)]
#[schema(example = json!({ "secret": "0f3b…" }))]
pub struct Claim {
    /// Its secret.
    pub secret: String,
}

/// Post as a guest
///
/// No account is needed. The answer has the secret of a receipt: as a bearer token it comments on the post, says whether it is solved or
/// happened again, and objects to what the staff do to it, by the same calls as members. The very same body sent again within ten minutes
/// makes no second post when it has a proof of work or an `Idempotency-Key`; it gets another secret of the same receipt.
#[utoipa::path(
    post, path = "/api/v1/receipts", tag = "receipts", request_body = GuestDraft,
    params(("Idempotency-Key" = Option<String>, Header, description = "Makes a repeated request safe")),
    responses(
        (status = 201, description = "The post and its receipt", body = NewReceipt, headers(("Location" = String))),
        Denied, Refused, TooOften,
    ),
    extensions(("x-who" = json!("all"))), security(())
)]
pub async fn create(State(forum): State<Forum>, caller: Caller, sent: Sent) -> Answer {
    guest::may_submit(&forum.site())?;
    let mut fields = sent.fields()?;
    let draft = Draft {
        kind: fields.text("kind"),
        title: fields.text("title"),
        body: fields.text("body"),
        board: fields.text("board"),
        tags: fields.texts("tags").unwrap_or_default(),
        language: caller.language,
    };
    let (email, proof) = (fields.text("email"), fields.secret(challenge::FIELD));
    fields.finish()?;
    // what nobody else knows tells the same request from that of somebody who says the same
    let own = match &sent.key {
        Some(key) => key.to_str().unwrap_or_default().to_owned(),
        None if proof.is_empty() => Secret::fresh().reveal().to_owned(),
        None => String::new(),
    };
    let form = secret::hash(&format!("{own}\n{}\n{}", caller.client, String::from_utf8_lossy(&sent.body)));
    let asked = Guest { email: &email, proof: &proof, client: &caller.client, form: &form };
    let forum = forum.with_markdown(&draft.body).await?;
    let received = forum.write(&forum::actor::Actor::Visitor, async |tx| guest::submit(tx, &draft, &asked).await).await?;
    let secret = received.secret.reveal();
    let (_, author) = receipt::by_secret(forum.read(), secret).await?;
    let post = post::by_id(&forum.view(&author).await?, received.post).await?;
    let made = NewReceipt {
        url: format!("{}/receipt/{secret}", forum.address()),
        post: Post::of(post, &Show::to(&forum, &author)),
        secret: secret.to_owned(),
    };
    let headers = [(header::LOCATION, format!("/api/v1/posts/{}", received.post)), (header::CACHE_CONTROL, "no-store".to_owned())];
    Ok((StatusCode::CREATED, headers, Json(made)).into_response())
}

/// What the caller's receipt opens. Whoever calls with anything else has none.
async fn own(forum: &Forum, caller: &Caller) -> Result<(String, receipt::Receipt), Error> {
    let secret = caller.secret.clone().ok_or(Error::Unauthenticated)?;
    let (receipt, _) = receipt::by_secret(forum.read(), &secret).await?;
    Ok((secret, receipt))
}

/// Show the receipt
#[utoipa::path(
    get, path = "/api/v1/receipt", tag = "receipts",
    responses((status = 200, description = "The receipt", body = Receipt), Unauthenticated, Missing),
    extensions(("x-who" = json!("receipt"))), security(("bearer" = []))
)]
pub async fn show(State(forum): State<Forum>, caller: Caller) -> Answer {
    let (_, receipt) = own(&forum, &caller).await?;
    let receipt = Receipt {
        post_id: receipt.post,
        created_at: receipt.created_at,
        email: receipt.email,
        email_confirmed: receipt.confirmed,
        unreached_since: receipt.unreached.map(|unreached| unreached.since),
    };
    Ok(Json(receipt).into_response())
}

/// Ask for news by mail
///
/// A mail goes to the address; its link says that news are wanted there. Links that went to another address end.
#[utoipa::path(
    put, path = "/api/v1/receipt/email", tag = "receipts", request_body = ReceiptAddress,
    responses((status = 204, description = "A mail is on its way"), Unauthenticated, Missing, Conflicting, Refused, TooOften),
    extensions(("x-who" = json!("receipt"))), security(("bearer" = []))
)]
pub async fn set_email(State(forum): State<Forum>, caller: Caller, sent: Sent) -> Answer {
    let (secret, _) = own(&forum, &caller).await?;
    let mut fields = sent.fields()?;
    let email = fields.text("email");
    fields.finish()?;
    forum.write(&caller.actor, async |tx| receipt::set_email(tx, &secret, &email).await).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// Stop news by mail
///
/// The address is forgotten.
#[utoipa::path(
    delete, path = "/api/v1/receipt/email", tag = "receipts",
    responses((status = 204, description = "The address is forgotten"), Unauthenticated, Missing),
    extensions(("x-who" = json!("receipt"))), security(("bearer" = []))
)]
pub async fn forget_email(State(forum): State<Forum>, caller: Caller) -> Answer {
    let (secret, _) = own(&forum, &caller).await?;
    forum.write(&caller.actor, async |tx| receipt::forget_email(tx, &secret).await).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// Say that news by mail are wanted
///
/// With a secret that was mailed: any other says nothing of who reads the address.
#[utoipa::path(
    post, path = "/api/v1/receipt/email/confirm", tag = "receipts",
    responses((status = 204, description = "News are sent from now on"), Unauthenticated, Missing),
    extensions(("x-who" = json!("receipt"))), security(("bearer" = []))
)]
pub async fn confirm_email(State(forum): State<Forum>, caller: Caller) -> Answer {
    let (secret, _) = own(&forum, &caller).await?;
    forum.write(&caller.actor, async |tx| receipt::confirm_email(tx, &secret).await).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// Take back a guest's post
///
/// The receipt and the address go, and the texts if they are taken back too.
#[utoipa::path(
    delete, path = "/api/v1/receipt", tag = "receipts", request_body = ReceiptErasure,
    responses((status = 204, description = "It is erased"), Unauthenticated, Missing, Refused),
    extensions(("x-who" = json!("receipt"))), security(("bearer" = []))
)]
pub async fn erase(State(forum): State<Forum>, caller: Caller, sent: Sent) -> Answer {
    own(&forum, &caller).await?;
    let mut fields = sent.fields()?;
    let texts = fields.text("texts");
    let texts = Texts::parse(&texts).map_err(|problem| fields.refuse("texts", problem)).ok();
    fields.finish()?;
    let texts = texts.ok_or_else(|| Error::internal("what was refused is not"))?;
    let now = forum.now();
    forum.write(&caller.actor, async |tx| personal::erase(tx, texts).await).await?;
    if let Err(error) = personal::scrub(&forum, now).await {
        tracing::info!(%error, "the log of the database is emptied later");
    }
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// Claim a guest's post
///
/// Post and comments are the caller's from then on, and the receipt is used up.
#[utoipa::path(
    post, path = "/api/v1/receipts/claim", tag = "receipts", request_body = Claim,
    responses((status = 200, description = "The post", body = Post), Unauthenticated, Denied, Missing, Refused),
    extensions(("x-who" = json!("member, scope write"))), security(("bearer" = []))
)]
pub async fn take_over(State(forum): State<Forum>, caller: Caller, sent: Sent) -> Answer {
    claim::may_claim(&caller.actor)?;
    let mut fields = sent.fields()?;
    let secret = fields.secret("secret");
    if secret.is_empty() {
        fields.refuse("secret", Problem::Required);
    }
    fields.finish()?;
    let show = Show::to(&forum, &caller.actor);
    let take = async |tx: &mut Tx| {
        let id = claim::claim(tx, &secret).await?;
        post::by_id(&tx.view(), id).await
    };
    let post = forum.write(&caller.actor, take).await?;
    Ok(Json(Post::of(post, &show)).into_response())
}
