//! What the API answers with: public shapes, apart from the types of `forum`, so that a change there does not change the contract.

use std::{borrow::Cow, sync::Arc};

use chrono::{DateTime, Utc};
use forum::{
    Forum,
    actor::{Actor, Role, Scope},
    answer::ReasonClass,
    clock,
    id::{PersonId, PostId},
    person::Person,
    post::{self, PostRow, Sort},
    site::{Language, OwnerShown, Site},
    status::{self, Stage},
    vote::{self, Stance},
};
use serde::Serialize;
use utoipa::{
    PartialSchema, ToSchema,
    openapi::{ObjectBuilder, RefOr, schema::Schema, schema::Type},
};

macro_rules! choices {
    ($($(#[$doc:meta])* $name:ident: $description:literal, $values:expr;)+) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy)]
        pub struct $name;

        impl PartialSchema for $name {
            fn schema() -> RefOr<Schema> {
                ObjectBuilder::new().schema_type(Type::String).description(Some($description)).enum_values(Some($values)).into()
            }
        }

        impl ToSchema for $name {
            fn name() -> Cow<'static, str> {
                Cow::Borrowed(stringify!($name))
            }
        }
    )+};
}

choices! {
    /// The schema of [`post::Kind`], whose values can't drift from it.
    KindName: "What sort of post it is.", post::Kind::ALL.map(post::Kind::as_str);
    /// The schema of [`Sort`].
    SortName: "The order of a list.", Sort::ALL.map(Sort::as_str);
    /// The schema of [`Stage`].
    StageName: "The fixed step that a status belongs to.", Stage::ALL.map(Stage::as_str);
    /// The schema of [`Stance`].
    StanceName: "For or against.", [Stance::Support, Stance::Oppose].map(Stance::as_str);
    /// The schema of [`Role`].
    RoleName: "What a person may do; each role may do what the one before may.", Role::ALL.map(Role::as_str);
    /// The schema of [`Scope`].
    ScopeName: "What a token allows at most; each scope includes those before it.", Scope::ALL.map(Scope::as_str);
    /// The schema of [`Language`].
    LanguageName: "A language of the site (BCP 47).", Language::ALL.map(Language::tag);
    /// The schema of [`clock::Name`].
    ClockName: "What is due.", [clock::Name::FirstAnswer, clock::Name::NextUpdate, clock::Name::Decision].map(clock::Name::as_str);
    /// The schema of [`clock::State`].
    ClockState: "`running`, `missed` (past due, still open), `met`, `late` (ended after it was due).",
        [clock::State::Running, clock::State::Missed, clock::State::Met, clock::State::Late].map(clock::State::as_str);
    /// The schema of [`ReasonClass`].
    ReasonClassName: "Why the company says no.", ReasonClass::ALL.map(ReasonClass::as_str);
}

/// What decides how things are shown: the settings of the site, and whether staff look.
#[derive(Debug, Clone)]
pub struct Show {
    address: String,
    site: Arc<Site>,
    to_staff: bool,
}

impl Show {
    /// As this actor sees it.
    pub fn to(forum: &Forum, actor: &Actor) -> Self {
        Self { address: forum.address().to_owned(), site: forum.site(), to_staff: actor.sees_all() }
    }

    /// The accountable person, as the site shows owners: by name, or by title only, which then hides who it is from the public.
    fn owner(&self, person: Person) -> Owner {
        if self.site.owner_shown == OwnerShown::Title && !self.to_staff {
            return Owner { id: None, name: person.title.clone().unwrap_or_else(|| self.site.name.clone()), title: person.title };
        }
        Owner { id: Some(person.id), name: person.name, title: person.title }
    }
}

/// Somebody, as others see them.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Author {
    /// Who.
    #[schema(value_type = uuid::Uuid)]
    pub id: PersonId,
    /// What they are called.
    #[schema(example = "Sanne K.")]
    pub name: String,
}

impl From<Person> for Author {
    fn from(person: Person) -> Self {
        Self { id: person.id, name: person.name }
    }
}

/// The one member of the staff who is accountable.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Owner {
    /// Who; null to the public of a site that shows owners by title.
    #[schema(value_type = Option<uuid::Uuid>)]
    pub id: Option<PersonId>,
    /// What they are called, or their title.
    #[schema(example = "Femke")]
    pub name: String,
    /// What they do for the company.
    #[schema(example = "Product owner, Billing")]
    pub title: Option<String>,
}

/// Where a post stands: a name of the site's own, and the fixed step that it belongs to.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Status {
    /// Its name in the API.
    #[schema(example = "planned")]
    pub slug: String,
    /// Its name for people.
    #[schema(example = "Planned")]
    pub name: String,
    /// The step that it belongs to.
    #[schema(value_type = StageName)]
    pub stage: Stage,
}

impl From<status::Status> for Status {
    fn from(status: status::Status) -> Self {
        Self { slug: status.slug, name: status.name, stage: status.stage }
    }
}

/// A deadline.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Clock {
    /// What is due.
    #[schema(value_type = ClockName)]
    pub name: clock::Name,
    /// When it is due.
    pub due_at: DateTime<Utc>,
    /// When it came; null while it has not.
    pub ended_at: Option<DateTime<Utc>>,
    /// How it stands at the moment of the answer.
    #[schema(value_type = ClockState)]
    pub state: clock::State,
}

/// A vote of the caller's own.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct MyVote {
    /// For or against.
    #[schema(value_type = StanceName)]
    pub stance: Stance,
    /// Why.
    pub reason: Option<String>,
}

impl From<vote::MyVote> for MyVote {
    fn from(vote: vote::MyVote) -> Self {
        Self { stance: vote.stance, reason: vote.reason }
    }
}

/// A post in a list.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct PostSummary {
    /// Its number.
    #[schema(value_type = i64, example = 812)]
    pub id: PostId,
    /// Its name in addresses.
    #[schema(example = "one-bill-for-two-addresses")]
    pub slug: String,
    /// Its page.
    #[schema(example = "https://forum.example/p/812/one-bill-for-two-addresses")]
    pub url: String,
    /// What sort of post it is.
    #[schema(value_type = KindName)]
    pub kind: post::Kind,
    /// Its title.
    #[schema(example = "One bill for two addresses")]
    pub title: String,
    /// Its first words, without markup.
    pub excerpt: String,
    /// The language that it is written in (BCP 47).
    #[schema(example = "en")]
    pub language: String,
    /// Slug of the board.
    #[schema(example = "billing")]
    pub board: String,
    /// Where it stands.
    pub status: Status,
    /// Since when it stands in its stage.
    pub stage_since: DateTime<Utc>,
    /// People for it.
    pub support_count: i64,
    /// People against it; never subtracted from those for it.
    pub oppose_count: i64,
    /// Comments that stand.
    pub comment_count: i64,
    /// Who wrote it.
    pub author: Author,
    /// Who is accountable; null while nobody is.
    pub owner: Option<Owner>,
    /// Escalation: 1 desk, 2 lead, 3 director.
    #[schema(minimum = 1, maximum = 3)]
    pub level: i32,
    /// Its deadlines, the latest of each name.
    pub clocks: Vec<Clock>,
    /// Its rank by the public formula of `/how-we-sort`.
    pub trend: f64,
    /// When it was posted.
    pub created_at: DateTime<Utc>,
}

impl PostSummary {
    /// A row of a list.
    pub fn of(row: PostRow, show: &Show) -> Self {
        let clocks = row.clocks.into_iter();
        Self {
            id: row.id,
            url: format!("{}/p/{}/{}", show.address, row.id, row.slug),
            slug: row.slug,
            kind: row.kind,
            title: row.title,
            excerpt: row.excerpt,
            language: row.language,
            board: row.board.slug,
            status: row.status.into(),
            stage_since: row.stage_at,
            support_count: row.support_count,
            oppose_count: row.oppose_count,
            comment_count: row.comment_count,
            author: row.author.into(),
            owner: row.owner.map(|owner| show.owner(owner)),
            level: row.level,
            clocks: clocks.map(|c| Clock { name: c.name, due_at: c.due_at, ended_at: c.ended_at, state: c.state }).collect(),
            trend: row.trend,
            created_at: row.created_at,
        }
    }
}

/// A whole post.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Post {
    /// What stands in lists.
    #[serde(flatten)]
    pub summary: PostSummary,
    /// The text as written, in Markdown.
    pub body: String,
    /// The text as safe HTML.
    pub body_html: String,
    /// Slugs of its labels.
    pub tags: Vec<String>,
    /// The case that it belongs to; null while it stands alone.
    #[schema(value_type = Option<Object>)]
    pub case: Option<serde_json::Value>,
    /// Comments that were accepted into it.
    #[schema(value_type = Vec<Object>)]
    pub extensions: Vec<serde_json::Value>,
    /// What the caller has said; null for a visitor.
    pub my_vote: Option<MyVote>,
    /// The number of the present wording, from 1.
    pub version: i32,
    /// When it got the present wording; null for the first.
    pub edited_at: Option<DateTime<Utc>>,
    /// Whether it was brought in from elsewhere.
    pub imported: bool,
}

impl Post {
    /// A whole post, as the actor sees it.
    pub fn of(mut post: post::Post, show: &Show) -> Self {
        Self {
            my_vote: post.row.my_vote.take().map(MyVote::from),
            summary: PostSummary::of(post.row, show),
            body: post.body,
            body_html: post.body_html,
            tags: post.tags.into_iter().map(|tag| tag.slug).collect(),
            case: None,
            extensions: Vec::new(),
            version: post.version,
            edited_at: post.edited_at,
            imported: post.imported,
        }
    }
}
