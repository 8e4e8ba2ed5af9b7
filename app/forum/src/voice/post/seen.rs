//! A post that a reader has seen.

use chrono::{DateTime, Utc};
use sea_orm::FromQueryResult;

use super::{
    Kind, Post,
    queries::{Row, owners, select},
};
use crate::{
    Error, Result, View,
    actor::Actor,
    attachment, board, case, clock,
    db::one,
    id::{PersonId, PostId},
    marker::{self, Marker},
    status::Stage,
    story, tag,
    values::Provenance,
    vote::Stance,
};

/// A post that its reader may know of, as [`View::post`] found it. Whoever reads something that belongs to a post takes one, so that
/// nothing of a post is told to those who may not know of it.
pub struct Seen {
    row: Row,
    rest: Rest,
    has: Has,
    hidden: Option<Marker>,
    locked: Option<Marker>,
    /// What is hidden, for those who may read it all the same: the author and the staff.
    kept: Option<Kept>,
}

/// A text that is hidden.
#[derive(FromQueryResult)]
struct Kept {
    title: Option<String>,
    body: String,
    body_html: String,
}

#[derive(FromQueryResult)]
struct Rest {
    body: String,
    body_html: String,
    version: i32,
    edited_at: Option<DateTime<Utc>>,
    imported_from: Option<String>,
    provenance: Option<Provenance>,
    again_count: i64,
    delivered_at: Option<DateTime<Utc>>,
    held_since: Option<DateTime<Utc>>,
    /// Whether its reader said that they do not want to hear of it, or that they do.
    muted: Option<bool>,
    /// Whether they follow it by what they did there.
    takes_part: bool,
}

/// The condition under which the person `y` follows the post `p` by what they did there: nothing is written for that when they do it. Who
/// follows it by their own word, or would rather not, says so in `follows`.
pub(crate) const TAKES_PART: &str =
    "(y.follows_supported AND EXISTS (SELECT 1 FROM votes v WHERE v.post_id = p.id AND v.person_id = y.id AND v.stance = 'support')
        OR y.follows_commented AND EXISTS (SELECT 1 FROM comments c WHERE c.author_id = y.id AND c.post_id = p.id AND c.removed_at IS NULL))";

/// What there is at all on a post: whoever reads a part of it that is empty need not ask the database.
#[derive(FromQueryResult)]
pub(crate) struct Has {
    #[sea_orm(from_alias = "has_owners")]
    pub(crate) owners: bool,
    #[sea_orm(from_alias = "has_answers")]
    pub(crate) answers: bool,
    #[sea_orm(from_alias = "has_story")]
    pub(crate) story: bool,
    #[sea_orm(from_alias = "has_promises")]
    pub(crate) promises: bool,
    #[sea_orm(from_alias = "has_handovers")]
    pub(crate) handovers: bool,
    #[sea_orm(from_alias = "has_contributors")]
    pub(crate) contributors: bool,
    #[sea_orm(from_alias = "has_agains")]
    pub(crate) agains: bool,
    #[sea_orm(from_alias = "has_checks")]
    pub(crate) checks: bool,
    #[sea_orm(from_alias = "has_rebuttals")]
    pub(crate) rebuttals: bool,
    #[sea_orm(from_alias = "has_requests")]
    pub(crate) requests: bool,
    #[sea_orm(from_alias = "has_comments")]
    pub(crate) comments: bool,
    #[sea_orm(from_alias = "has_moderation_acts")]
    pub(crate) moderation: bool,
    #[sea_orm(from_alias = "has_ring_posts")]
    pub(crate) ring_posts: bool,
    #[sea_orm(from_alias = "has_cases")]
    pub(crate) cases: bool,
    #[sea_orm(from_alias = "has_changelog")]
    pub(crate) changelog: bool,
    #[sea_orm(from_alias = "has_attachments")]
    pub(crate) attachments: bool,
}

impl View<'_> {
    /// The post.
    ///
    /// # Errors
    /// [`Error::NotFound`] when there is none, or the reader may not know of it.
    pub async fn post(&self, id: PostId) -> Result<Seen> {
        Seen::open(self, id).await?.ok_or(Error::NotFound)
    }
}

impl Seen {
    /// Asks all that is the post's own in one question.
    async fn open(view: &View<'_>, id: PostId) -> Result<Option<Self>> {
        let any = |table: &str| format!("EXISTS (SELECT 1 FROM {table} x WHERE x.post_id = p.id) AS has_{table}");
        let tables = ["owners", "promises", "handovers", "contributors", "agains", "checks"];
        let mut more: Vec<String> = tables.map(any).to_vec();
        more.extend(["rebuttals", "requests", "comments", "answers", "moderation_acts", "ring_posts", "attachments"].map(any));
        more.push(format!("EXISTS (SELECT 1 FROM events e WHERE e.post_id = p.id AND {}) AS has_story", story::in_story()));
        more.push(format!("EXISTS (SELECT 1 FROM events e WHERE {}) AS has_cases", story::OF_ITS_CASE));
        more.push(
            "EXISTS (SELECT 1 FROM changelog_posts x WHERE x.post_id IN (p.id, p.head_id) AND x.ended_by IS NULL) AS has_changelog"
                .to_owned(),
        );
        let more = format!(
            "p.body, p.body_html, p.version, p.edited_at, p.imported_from, p.provenance, p.again_count, p.delivered_at,
                (SELECT sc.created_at FROM screenings sc WHERE sc.id = p.screening_id) AS held_since, fo.muted,
                COALESCE({TAKES_PART}, FALSE) AS takes_part, {}, {}, {},
                k.title AS kept_title, k.body AS kept_body, k.body_html AS kept_body_html, ",
            more.join(", "),
            marker::columns("hm", "hidden_"),
            marker::columns("lm", "locked_"),
        );
        let mut sql = select(view.actor(), &more, "p.edited_at");
        sql.push(
            " LEFT JOIN moderation_acts hm ON hm.id = p.hidden_by LEFT JOIN hidden_texts k ON k.act_id = p.hidden_by
              LEFT JOIN moderation_acts lm ON lm.id = p.locked_by",
        );
        sql.push(" LEFT JOIN follows fo ON fo.subject = 'post' AND fo.subject_id = p.id AND fo.person_id = ")
            .bind(view.actor().id());
        sql.push(" LEFT JOIN persons y ON y.id = ").bind(view.actor().id());
        sql.push(" WHERE p.id = ").bind(id).push(" AND ");
        board::known(&mut sql, view.actor());
        let seen: Option<Self> = one(view.db(), &sql.text, sql.values).await?;
        Ok(seen.map(|seen| seen.for_reader(view.actor())))
    }

    /// With what is hidden put in its place, or forgotten.
    fn for_reader(mut self, actor: &Actor) -> Self {
        if !actor.sees_all() && actor.id() != Some(self.row.author.id) {
            self.kept = None;
        }
        if let Some(kept) = &mut self.kept {
            self.row.title = kept.title.take().unwrap_or_default();
            self.rest.body = std::mem::take(&mut kept.body);
            self.rest.body_html = std::mem::take(&mut kept.body_html);
        }
        self
    }

    /// Why it is hidden, if it is.
    pub fn hidden(&self) -> Option<&Marker> {
        self.hidden.as_ref()
    }

    /// Whether anything on it was ever moderated.
    pub fn is_moderated(&self) -> bool {
        self.has.moderation
    }

    /// Whether its reader may read its text.
    pub fn is_readable(&self) -> bool {
        self.hidden.is_none() || self.kept.is_some()
    }

    /// Its number.
    pub fn id(&self) -> PostId {
        self.row.id
    }

    /// Its name in addresses.
    pub fn slug(&self) -> &str {
        &self.row.slug
    }

    /// Its title.
    pub fn title(&self) -> &str {
        &self.row.title
    }

    /// What sort of post it is.
    pub fn kind(&self) -> Kind {
        self.row.kind
    }

    /// Where it stands.
    pub fn stage(&self) -> Stage {
        self.row.status.stage
    }

    /// Who wrote it.
    pub fn author(&self) -> PersonId {
        self.row.author.id
    }

    /// The post that heads its case, if it is a member of one.
    pub fn head(&self) -> Option<PostId> {
        self.row.head_id
    }

    /// The post that heads the case which it belongs to, itself perhaps; nothing while it stands alone.
    pub fn case(&self) -> Option<PostId> {
        self.row.head_id.or_else(|| (self.row.member_count > 0).then_some(self.row.id))
    }

    /// When it was last delivered.
    pub fn delivered_at(&self) -> Option<DateTime<Utc>> {
        self.rest.delivered_at
    }

    /// Whether its reader supports it.
    pub(crate) fn is_supported(&self) -> bool {
        self.row.my_stance == Some(Stance::Support)
    }

    pub(crate) fn has(&self) -> &Has {
        &self.has
    }
}

impl FromQueryResult for Seen {
    fn from_query_result(row: &sea_orm::QueryResult, prefix: &str) -> std::result::Result<Self, sea_orm::DbErr> {
        Ok(Self {
            row: Row::from_query_result(row, prefix)?,
            rest: Rest::from_query_result(row, prefix)?,
            has: Has::from_query_result(row, prefix)?,
            hidden: Marker::from_query_result_optional(row, &format!("{prefix}hidden_"))?,
            locked: Marker::from_query_result_optional(row, &format!("{prefix}locked_"))?,
            kept: Kept::from_query_result_optional(row, &format!("{prefix}kept_"))?,
        })
    }
}

/// The whole of a post that was seen.
pub async fn whole(view: &View<'_>, post: &Seen) -> Result<Post> {
    let id = post.id();
    let clocks = clock::history(view, post).await?;
    // the labels are the author's words too
    let tags = if post.is_readable() { tag::of_post(view.db(), id).await? } else { Vec::new() };
    let owners = if post.has.owners { owners(view.db(), id).await? } else { Vec::new() };
    Ok(Post {
        row: post.row.clone().into_row(clock::standing(&clocks), post.hidden.clone()),
        body: post.rest.body.clone(),
        body_html: post.rest.body_html.clone(),
        tags,
        version: post.rest.version,
        edited_at: post.rest.edited_at,
        imported: post.rest.imported_from.is_some(),
        provenance: post.rest.provenance,
        held_since: post.rest.held_since,
        following: post.rest.muted.map_or(post.rest.takes_part || view.actor().id() == Some(post.row.author.id), |muted| !muted),
        locked: post.locked.clone(),
        is_readable: post.is_readable(),
        again_count: post.rest.again_count,
        files: attachment::of_post(view, post).await?,
        owners,
        clocks,
        case: case::of_post(view, post).await?,
    })
}

/// A whole post.
///
/// # Errors
/// [`Error::NotFound`] when there is none, or the reader may not know of it.
pub async fn by_id(view: &View<'_>, id: PostId) -> Result<Post> {
    let post = view.post(id).await?;
    whole(view, &post).await
}
