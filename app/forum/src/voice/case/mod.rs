//! Posts that are one matter: a head and its members. Nothing moves; what they have in common is computed.
//!
//! Each member keeps its address, its votes, its comments, its status and its deadlines. It says that it is one matter with its head, leaves
//! the lists and the queue, and time stands still for it: what the company owes, it owes at the head, which has its own deadlines and those
//! that it [took over](clocks). When a post leaves its case again, all of it is as if it had never been in one, and whatever fell due meanwhile
//! has its consequences then.
//!
//! Posts of different kinds can be one matter: a complaint that something is missing, and the idea to add it. Posts that different people see
//! can't: nothing of a private board may be heard of under a public post.

mod clocks;
mod commands;
mod count;
mod proposal;

pub use commands::*;
pub(crate) use count::*;
pub use proposal::*;

use chrono::{DateTime, Utc};
use sea_orm::{ConnectionTrait, FromQueryResult};

use crate::{
    Result, View,
    actor::{Actor, Me},
    board,
    db::{Sql, all, number, values},
    event::Kind,
    id::{PersonId, PostId},
    marker::{self, Marker},
    person::Person,
    post::{self, Seen},
    story::Told,
};

/// A case, as far as its reader sees it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Case {
    /// The post that stands for all of them.
    pub head: Part,
    /// The others, by number.
    pub members: Vec<Member>,
    /// People who support any of them, each once.
    pub support_count: i64,
    /// Comments on all of them.
    pub comment_count: i64,
}

/// A post of a case.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Part {
    /// Its number.
    pub id: PostId,
    /// Its name in addresses.
    pub slug: String,
    /// Its title.
    pub title: String,
    /// The language that it is written in (BCP 47).
    pub language: String,
    /// What sort of post it is.
    pub kind: post::Kind,
    /// Its first words.
    pub excerpt: String,
    /// Why its text is hidden, if it is.
    pub hidden: Option<Marker>,
    /// People for this post.
    pub support_count: i64,
    /// Comments on this post.
    pub comment_count: i64,
    /// When it was posted.
    pub created_at: DateTime<Utc>,
}

/// A member of a case, and why it is one.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Member {
    /// The post.
    pub post: Part,
    /// The house rule that it was merged under.
    pub rule: Option<i32>,
    /// The reason that was given.
    pub reason: Option<String>,
    /// Who merged it.
    pub by: Option<Person>,
    /// When.
    pub at: Option<DateTime<Utc>>,
}

impl Case {
    /// How many posts it has.
    pub fn size(&self) -> usize {
        self.members.len() + 1
    }

    /// The member of that number.
    pub fn member(&self, id: PostId) -> Option<&Member> {
        self.members.iter().find(|member| member.post.id == id)
    }
}

#[derive(FromQueryResult)]
struct Row {
    id: PostId,
    slug: String,
    post_title: String,
    language: String,
    kind: post::Kind,
    excerpt: String,
    #[sea_orm(nested(prefix = "hidden_"))]
    hidden: Option<Marker>,
    support_count: i64,
    comment_count: i64,
    created_at: DateTime<Utc>,
    case_support: i64,
    case_comments: i64,
    rule: Option<i32>,
    reason: Option<String>,
    merged_at: Option<DateTime<Utc>>,
    #[sea_orm(nested(prefix = "by_"))]
    by: Option<Person>,
}

/// That a post became a member of a case, or is one no more.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Change {
    /// The post.
    pub post: PostId,
    /// The head of the case.
    pub head: PostId,
    /// Whether it became a member.
    pub merged: bool,
    /// The house rule.
    pub rule: Option<i32>,
    /// The reason that was given.
    pub reason: Option<String>,
    /// Who did it.
    pub by: Option<Person>,
    /// When.
    pub at: DateTime<Utc>,
}

/// What the story of a post tells of its case, oldest first.
pub fn changes(story: &[Told]) -> Vec<Change> {
    let change = |told: &Told| {
        let (head, merged) = match told.event.kind {
            Kind::PostMerged { into } => (into, true),
            Kind::PostUnmerged { from } => (from, false),
            _ => return None,
        };
        let (rule, reason) = (told.event.rule, told.event.reason.clone());
        Some(Change { post: told.event.post?, head, merged, rule, reason, by: told.by.clone(), at: told.event.at })
    };
    story.iter().filter_map(change).collect()
}

/// Who may merge posts and take them apart, and decide what is proposed: the staff.
///
/// # Errors
/// As [`Actor::staff`].
pub fn may_merge(actor: &Actor) -> Result<&Me> {
    actor.staff()
}

/// Appends the posts of the case that a post heads, as a list to look in; of one that heads none, itself.
pub(crate) fn push_posts(sql: &mut Sql, head: PostId) {
    sql.push("(SELECT id FROM posts WHERE id = ")
        .bind(head)
        .push(" UNION ALL SELECT id FROM posts WHERE head_id = ")
        .bind(head)
        .push(")");
}

/// The case that a post belongs to. One that stands alone costs no question.
pub async fn of_post(view: &View<'_>, post: &Seen) -> Result<Option<Case>> {
    let Some(head) = post.case() else { return Ok(None) };
    let mut sql = Sql::new(&format!(
        "SELECT p.id, p.slug, p.title AS post_title, p.language, p.kind, p.excerpt, p.support_count, p.comment_count, p.created_at,
            p.case_support, p.case_comments, e.rule, e.reason, e.created_at AS merged_at,
            w.id AS by_id, w.handle AS by_handle, w.name AS by_name, w.title AS by_title, w.role AS by_role, {}
         FROM posts p JOIN boards b ON b.id = p.board_id LEFT JOIN moderation_acts hm ON hm.id = p.hidden_by
            LEFT JOIN events e ON e.id = (SELECT MAX(x.id) FROM events x WHERE x.post_id = p.id AND x.kind = 'post_merged'
                AND x.subject_id = CAST(p.head_id AS varchar(20)))
            LEFT JOIN persons w ON w.id = e.actor_id
         WHERE p.id IN ",
        marker::columns("hm", "hidden_")
    ));
    push_posts(&mut sql, head);
    sql.push(" AND ");
    board::known(&mut sql, view.actor());
    sql.push(" ORDER BY CASE WHEN p.head_id IS NULL THEN 0 ELSE 1 END, p.id");
    let mut rows = all::<Row>(view.db(), &sql.text, sql.values).await?.into_iter();
    let Some(first) = rows.next().filter(|row| row.id == head) else { return Ok(None) };
    let (support_count, comment_count) = (first.case_support, first.case_comments);
    let members: Vec<Member> = rows.map(Member::from).collect();
    Ok((!members.is_empty()).then(|| Case { head: Member::from(first).post, members, support_count, comment_count }))
}

impl From<Row> for Member {
    fn from(row: Row) -> Self {
        let post = Part {
            id: row.id,
            slug: row.slug,
            title: row.post_title,
            language: row.language,
            kind: row.kind,
            excerpt: row.excerpt,
            hidden: row.hidden,
            support_count: row.support_count,
            comment_count: row.comment_count,
            created_at: row.created_at,
        };
        Self { post, rule: row.rule, reason: row.reason, by: row.by, at: row.merged_at }
    }
}

/// The post at which something about a post is done: its head, or itself.
pub(crate) async fn head_of(db: &impl ConnectionTrait, post: PostId) -> Result<PostId> {
    let sql = "SELECT head_id AS n FROM posts WHERE id = $1 AND head_id IS NOT NULL";
    Ok(number(db, sql, values![post]).await?.map_or(post, PostId))
}

/// Who wrote the members of the case that a post heads: its own author is told as such.
pub(crate) async fn authors_beside(db: &impl ConnectionTrait, head: PostId) -> Result<Vec<PersonId>> {
    #[derive(FromQueryResult)]
    struct Author {
        author_id: PersonId,
    }
    let sql = "SELECT author_id FROM posts WHERE head_id = $1 ORDER BY id";
    Ok(all::<Author>(db, sql, values![head]).await?.into_iter().map(|row| row.author_id).collect())
}
