//! A post as a command has it: seen by the actor, locked to the end of the transaction, and brought up to the present.
//!
//! Whoever wants to change something about a post holds it first, and holding it is the only way to get a [`Held`]; so no command can
//! forget to look whether the actor may know of the post, to lock it, or to draw what time brought before. The columns of `posts` are
//! changed here and nowhere else, each by the room whose column it is. What is read from a `Held` is therefore what stands in the
//! database, as long as the transaction lasts.

use chrono::{DateTime, Utc};
use sea_orm::FromQueryResult;

use crate::{
    Error, Result, Tx,
    actor::Actor,
    db::{Sql, exec, one, row_lock, values},
    error::Conflict,
    id::{BoardId, ModerationId, PersonId, PostId, ScreeningId, StatusId},
    marker::{HIDDEN_SLUG, HIDDEN_TITLE},
    site::{Site, Terms},
    text,
    values::{Kind, Provenance, Stage},
    view::known,
};

/// See the module.
#[derive(Debug)]
pub struct Held(Row);

#[derive(Debug, FromQueryResult)]
struct Row {
    id: PostId,
    kind: Kind,
    board_id: BoardId,
    board_slug: String,
    author_id: PersonId,
    owner_id: Option<PersonId>,
    status_id: StatusId,
    stage: Stage,
    level: i32,
    support_count: i64,
    oppose_count: i64,
    comment_count: i64,
    again_count: i64,
    handover_count: i32,
    provenance: Option<Provenance>,
    delivered_at: Option<DateTime<Utc>>,
    created_at: DateTime<Utc>,
    imported_from: Option<String>,
    hidden_by: Option<ModerationId>,
    locked_by: Option<ModerationId>,
    screening_id: Option<ScreeningId>,
    head_id: Option<PostId>,
    joined_id: Option<PostId>,
    member_count: i64,
    case_support: i64,
    case_comments: i64,
}

impl Tx {
    /// Holds a post: see [`Held`].
    ///
    /// # Errors
    /// [`Error::NotFound`] when there is none, or the actor may not know of it.
    pub async fn hold(&mut self, id: PostId) -> Result<Held> {
        let actor = self.actor().clone();
        self.hold_for(&actor, id).await
    }

    /// The same as somebody else sees it: a mailed link speaks for its person, whoever is signed in.
    pub(crate) async fn hold_for(&mut self, actor: &Actor, id: PostId) -> Result<Held> {
        let mut post = self.look(actor, id).await?;
        self.bring_up(&mut post).await?;
        Ok(post)
    }

    /// Draws what time brought to a post that is held as it is.
    pub(crate) async fn bring_up(&mut self, post: &mut Held) -> Result<()> {
        let catch_up = self.rules().catch_up;
        catch_up(self, post).await.map(drop)
    }

    /// The same without what time brings, for what no deadline depends on. Whoever calls this says why.
    ///
    /// # Errors
    /// As [`Tx::hold`].
    pub async fn hold_as_it_is(&mut self, id: PostId) -> Result<Held> {
        let actor = self.actor().clone();
        self.look(&actor, id).await
    }

    /// The same whoever acts, for what follows on one post from what somebody did to another of the same case.
    pub(crate) async fn hold_beside(&mut self, id: PostId) -> Result<Held> {
        self.look(&Actor::System, id).await
    }

    async fn look(&mut self, actor: &Actor, id: PostId) -> Result<Held> {
        let mut sql = Sql::new(
            "SELECT p.id, p.kind, p.board_id, b.slug AS board_slug, p.author_id, p.owner_id, p.status_id, p.stage, p.level,
                p.support_count, p.oppose_count, p.comment_count, p.again_count, p.handover_count, p.provenance, p.delivered_at,
                p.created_at, p.imported_from, p.hidden_by, p.locked_by, p.screening_id, p.head_id, p.joined_id, p.member_count, p.case_support,
                p.case_comments
             FROM posts p JOIN boards b ON b.id = p.board_id WHERE p.id = ",
        );
        sql.bind(id).push(" AND ");
        known(&mut sql, actor);
        // the post alone is locked: its board is shared by many
        sql.push(&row_lock(self.conn(), "p"));
        one::<Row>(self.conn(), &sql.text, sql.values).await?.map(Held).ok_or(Error::NotFound)
    }
}

impl Held {
    /// Its number.
    pub fn id(&self) -> PostId {
        self.0.id
    }

    /// What sort of post it is.
    pub fn kind(&self) -> Kind {
        self.0.kind
    }

    /// Where it belongs.
    pub fn board(&self) -> BoardId {
        self.0.board_id
    }

    /// The name of its board in addresses.
    pub fn board_slug(&self) -> &str {
        &self.0.board_slug
    }

    /// Who wrote it.
    pub fn author(&self) -> PersonId {
        self.0.author_id
    }

    /// Who is accountable.
    pub fn owner(&self) -> Option<PersonId> {
        self.0.owner_id
    }

    /// Its status.
    pub fn status(&self) -> StatusId {
        self.0.status_id
    }

    /// Where it stands.
    pub fn stage(&self) -> Stage {
        self.0.stage
    }

    /// Its deadlines.
    pub fn terms(&self, site: &Site) -> Terms {
        site.terms(self.0.kind, &self.0.board_slug)
    }

    /// Escalation, from 1.
    pub fn level(&self) -> i32 {
        self.0.level
    }

    /// People for it, and people against it.
    pub fn votes(&self) -> (i64, i64) {
        (self.0.support_count, self.0.oppose_count)
    }

    /// Comments that stand.
    pub fn comments(&self) -> i64 {
        self.0.comment_count
    }

    /// The post that heads its case, if it is a member of one.
    pub fn head(&self) -> Option<PostId> {
        self.0.head_id
    }

    /// The post that it was merged into; its head may have changed since.
    pub(crate) fn joined(&self) -> Option<PostId> {
        self.0.joined_id
    }

    /// How many members the case has that it heads.
    pub fn members(&self) -> i64 {
        self.0.member_count
    }

    /// People for any post of the case that it heads, each once, and the comments on all of them; its own when it heads none.
    pub fn in_case(&self) -> (i64, i64) {
        (self.0.case_support, self.0.case_comments)
    }

    /// What the company does about a member it does to its head.
    ///
    /// # Errors
    /// [`Conflict::Merged`] for a member.
    pub(crate) fn leads(&self) -> Result<()> {
        if self.0.head_id.is_some() { Err(Error::Conflict(Conflict::Merged)) } else { Ok(()) }
    }

    /// When it was last delivered.
    pub fn delivered_at(&self) -> Option<DateTime<Utc>> {
        self.0.delivered_at
    }

    /// When it was posted.
    pub fn created_at(&self) -> DateTime<Utc> {
        self.0.created_at
    }

    /// Whether it was brought in from elsewhere.
    pub fn imported(&self) -> bool {
        self.0.imported_from.is_some()
    }

    /// Where it comes from, once somebody said so.
    pub fn provenance(&self) -> Option<Provenance> {
        self.0.provenance
    }

    /// The act by which it is hidden, if it is.
    pub fn hidden_by(&self) -> Option<ModerationId> {
        self.0.hidden_by
    }

    /// The act by which it is locked, if it is.
    pub fn locked_by(&self) -> Option<ModerationId> {
        self.0.locked_by
    }

    /// What holds it back, if something does.
    pub fn screening(&self) -> Option<ScreeningId> {
        self.0.screening_id
    }

    /// Whether something can be said to it, or about it.
    ///
    /// # Errors
    /// [`Conflict::Hidden`], [`Conflict::HeldBack`], [`Conflict::Locked`].
    pub fn open(&self) -> Result<()> {
        self.shown()?;
        if self.0.locked_by.is_some() { Err(Error::Conflict(Conflict::Locked)) } else { Ok(()) }
    }

    /// Whether people can read it.
    ///
    /// # Errors
    /// [`Conflict::Hidden`], [`Conflict::HeldBack`].
    pub fn shown(&self) -> Result<()> {
        if self.0.screening_id.is_some() {
            return Err(Error::Conflict(Conflict::HeldBack));
        }
        if self.0.hidden_by.is_some() { Err(Error::Conflict(Conflict::Hidden)) } else { Ok(()) }
    }

    /// For `owner`: who is accountable from now on.
    pub(crate) async fn set_owner(&mut self, tx: &Tx, owner: Option<PersonId>) -> Result<()> {
        exec(tx.conn(), "UPDATE posts SET owner_id = $2 WHERE id = $1", values![self.0.id, owner]).await?;
        self.0.owner_id = owner;
        Ok(())
    }

    /// For `level`.
    pub(crate) async fn set_level(&mut self, tx: &Tx, level: i32) -> Result<()> {
        exec(tx.conn(), "UPDATE posts SET level = $2 WHERE id = $1", values![self.0.id, level]).await?;
        self.0.level = level;
        Ok(())
    }

    /// For `answer`: where it stands from now on, with the facts that figures are computed from.
    pub(crate) async fn set_status(&mut self, tx: &Tx, (status, stage): (StatusId, Stage)) -> Result<()> {
        exec(
            tx.conn(),
            "UPDATE posts SET status_id = $2, stage = $3, stage_at = CASE WHEN stage = $3 THEN stage_at ELSE $4 END,
                answered_at = COALESCE(answered_at, $4),
                decided_at = CASE WHEN $5 THEN COALESCE(decided_at, $4) ELSE decided_at END,
                delivered_at = CASE WHEN $6 THEN $4 ELSE delivered_at END,
                confirmed_at = CASE WHEN $7 THEN $4 WHEN $8 THEN NULL ELSE confirmed_at END
             WHERE id = $1",
            values![
                self.0.id,
                status,
                stage,
                tx.now(),
                stage.is_decided(),
                stage == Stage::Delivered,
                stage == Stage::Confirmed,
                !stage.is_final() && stage != Stage::Delivered
            ],
        )
        .await?;
        self.0.status_id = status;
        self.0.stage = stage;
        if stage == Stage::Delivered {
            self.0.delivered_at = Some(tx.now());
        }
        Ok(())
    }

    /// For `answer`: of the first answer, when it was due, and whether it decided at first contact.
    pub(crate) async fn note_first_answer(&mut self, tx: &Tx, due_at: Option<DateTime<Utc>>, decided: bool) -> Result<()> {
        let sql = "UPDATE posts SET first_due_at = $2, first_contact = $3
                   WHERE id = $1 AND first_due_at IS NULL AND answered_at = $4";
        let first_contact = decided && self.0.handover_count == 0;
        exec(tx.conn(), sql, values![self.0.id, due_at, first_contact, tx.now()]).await?;
        Ok(())
    }

    /// For `vote`: how many are for it and against it, how many are for its case, and how it ranks then.
    pub(crate) async fn set_votes(&mut self, tx: &Tx, (support, oppose): (i64, i64), of_case: i64, trend: f64) -> Result<()> {
        let sql = "UPDATE posts SET support_count = $2, oppose_count = $3, case_support = $4, trend = $5 WHERE id = $1";
        exec(tx.conn(), sql, values![self.0.id, support, oppose, of_case, trend]).await?;
        (self.0.support_count, self.0.oppose_count, self.0.case_support) = (support, oppose, of_case);
        Ok(())
    }

    /// For `comment`: how many stand, how many in its case, and how it ranks then.
    pub(crate) async fn set_comments(&mut self, tx: &Tx, comments: i64, of_case: i64, trend: f64) -> Result<()> {
        let sql = "UPDATE posts SET comment_count = $2, case_comments = $3, trend = $4 WHERE id = $1";
        exec(tx.conn(), sql, values![self.0.id, comments, of_case, trend]).await?;
        (self.0.comment_count, self.0.case_comments) = (comments, of_case);
        Ok(())
    }

    /// For `case`: how many people and comments the case has, and how it ranks then.
    pub(crate) async fn set_case(&mut self, tx: &Tx, members: i64, (support, comments): (i64, i64), trend: f64) -> Result<()> {
        let sql = "UPDATE posts SET member_count = $2, case_support = $3, case_comments = $4, trend = $5 WHERE id = $1";
        exec(tx.conn(), sql, values![self.0.id, members, support, comments, trend]).await?;
        (self.0.member_count, self.0.case_support, self.0.case_comments) = (members, support, comments);
        Ok(())
    }

    /// For `case`: under which head it stands, and into which post it was merged.
    pub(crate) async fn set_head(&mut self, tx: &Tx, head: Option<PostId>, joined: Option<PostId>) -> Result<()> {
        exec(tx.conn(), "UPDATE posts SET head_id = $2, joined_id = $3 WHERE id = $1", values![self.0.id, head, joined]).await?;
        (self.0.head_id, self.0.joined_id) = (head, joined);
        Ok(())
    }

    /// For `again`: one more report.
    pub(crate) async fn count_again(&mut self, tx: &Tx) -> Result<()> {
        self.0.again_count += 1;
        exec(tx.conn(), "UPDATE posts SET again_count = $2 WHERE id = $1", values![self.0.id, self.0.again_count]).await?;
        Ok(())
    }

    /// For `handover`: one more, and how many there are then.
    pub(crate) async fn count_handover(&mut self, tx: &Tx) -> Result<i32> {
        self.0.handover_count += 1;
        exec(tx.conn(), "UPDATE posts SET handover_count = $2 WHERE id = $1", values![self.0.id, self.0.handover_count]).await?;
        Ok(self.0.handover_count)
    }

    /// For `provenance`.
    pub(crate) async fn set_provenance(&mut self, tx: &Tx, provenance: Provenance) -> Result<()> {
        exec(tx.conn(), "UPDATE posts SET provenance = $2 WHERE id = $1", values![self.0.id, provenance]).await?;
        self.0.provenance = Some(provenance);
        Ok(())
    }

    /// For `post`: how it is worded from now on.
    pub(crate) async fn set_wording(&mut self, tx: &Tx, wording: &Wording<'_>) -> Result<()> {
        exec(
            tx.conn(),
            "UPDATE posts SET title = $2, body = $3, body_html = $4, excerpt = $5, slug = $6, version = $7, edited_at = $8 WHERE id = $1",
            values![
                self.0.id,
                wording.title,
                wording.body,
                wording.body_html.as_str(),
                wording.excerpt.as_str(),
                wording.slug.as_str(),
                wording.version,
                tx.now()
            ],
        )
        .await?;
        Ok(())
    }

    /// For `personal`: its author takes all of its text back, and `sign` stands in its place.
    pub(crate) async fn erase_wording(&mut self, tx: &Tx, sign: &str, html: &str) -> Result<()> {
        let sql = "UPDATE posts SET title = $2, body = $2, body_html = $3, excerpt = $2, slug = $4 WHERE id = $1";
        exec(tx.conn(), sql, values![self.0.id, sign, html, text::slug(sign)]).await?;
        Ok(())
    }

    /// For `moderation`: takes its text away. Whoever calls this keeps it.
    pub(crate) async fn conceal(&mut self, tx: &Tx, act: ModerationId) -> Result<()> {
        let sql = "UPDATE posts SET hidden_by = $2, title = $3, slug = $4, body = '', body_html = '', excerpt = '' WHERE id = $1";
        exec(tx.conn(), sql, values![self.0.id, act, HIDDEN_TITLE, HIDDEN_SLUG]).await?;
        self.0.hidden_by = Some(act);
        Ok(())
    }

    /// For `moderation`: gives its text back.
    pub(crate) async fn reveal(&mut self, tx: &Tx, text: &Wording<'_>) -> Result<()> {
        exec(tx.conn(), "UPDATE posts SET hidden_by = NULL WHERE id = $1", values![self.0.id]).await?;
        self.0.hidden_by = None;
        self.set_text(tx, text).await
    }

    /// For `post`: what of its present wording everybody reads; the wording stays the same one.
    pub(crate) async fn set_text(&mut self, tx: &Tx, text: &Wording<'_>) -> Result<()> {
        exec(
            tx.conn(),
            "UPDATE posts SET title = $2, body = $3, body_html = $4, excerpt = $5, slug = $6 WHERE id = $1",
            values![self.0.id, text.title, text.body, text.body_html.as_str(), text.excerpt.as_str(), text.slug.as_str()],
        )
        .await?;
        Ok(())
    }

    /// For `newcomer` and `screening`: holds it back, or does not any more.
    pub(crate) async fn set_screening(&mut self, tx: &Tx, screening: Option<ScreeningId>) -> Result<()> {
        exec(tx.conn(), "UPDATE posts SET screening_id = $2 WHERE id = $1", values![self.0.id, screening]).await?;
        self.0.screening_id = screening;
        Ok(())
    }

    /// For `claim`: who wrote it, now that they say who they are.
    pub(crate) async fn set_author(&mut self, tx: &Tx, author: PersonId) -> Result<()> {
        exec(tx.conn(), "UPDATE posts SET author_id = $2 WHERE id = $1", values![self.0.id, author]).await?;
        self.0.author_id = author;
        Ok(())
    }

    /// For `moderation`: locks it, or unlocks it.
    pub(crate) async fn set_lock(&mut self, tx: &Tx, act: Option<ModerationId>) -> Result<()> {
        exec(tx.conn(), "UPDATE posts SET locked_by = $2 WHERE id = $1", values![self.0.id, act]).await?;
        self.0.locked_by = act;
        Ok(())
    }

    /// For `moderation`: where it belongs from now on.
    pub(crate) async fn set_board(&mut self, tx: &Tx, board: BoardId, slug: &str) -> Result<()> {
        exec(tx.conn(), "UPDATE posts SET board_id = $2 WHERE id = $1", values![self.0.id, board]).await?;
        self.0.board_id = board;
        slug.clone_into(&mut self.0.board_slug);
        Ok(())
    }
}

/// The wording of a post, and what follows from it.
pub(crate) struct Wording<'a> {
    pub(crate) title: &'a str,
    pub(crate) body: &'a str,
    pub(crate) body_html: String,
    pub(crate) excerpt: String,
    pub(crate) slug: String,
    pub(crate) version: i32,
}
