//! What the API answers with: public shapes, apart from the types of `forum`, so that a change there does not change the contract.

use std::{borrow::Cow, sync::Arc};

use chrono::{DateTime, Utc};
use forum::{
    Forum,
    actor::{Actor, Role, Scope},
    answer::{ReasonClass, Verdict},
    clock, confirm, handover,
    id::{PersonId, PostId},
    level,
    mandate::Beyond,
    person::{Account, Person},
    post::{self, PostRow, Sort},
    promise,
    provenance::Provenance,
    request,
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
    ClockName: "What is due.", clock::Name::ALL.map(clock::Name::as_str);
    /// The schema of [`clock::State`].
    ClockState: "`running`, `missed` (past due, still open), `met`, `late` (ended after it was due), `stopped` (waiting for the customer).",
        clock::State::ALL.map(clock::State::as_str);
    /// The schema of [`Verdict`].
    CauseName: "Why the forum itself answers.", Verdict::ALL.map(Verdict::as_str);
    /// The schema of [`ReasonClass`].
    ReasonClassName: "Why the company says no.", ReasonClass::ALL.map(ReasonClass::as_str);
    /// The schema of [`promise::State`].
    PromiseState: "`open`, `kept`, `broken` (its date is past and nobody said that it was done), `withdrawn`.",
        promise::State::ALL.map(promise::State::as_str);
    /// The schema of [`handover::State`].
    HandoverState: "`offered`, `accepted`, `declined`, `lapsed` (nobody answered in time), `assigned` (given without being asked).",
        handover::State::ALL.map(handover::State::as_str);
    /// The schema of [`level::Cause`].
    LevelCauseName: "Why a level changed.", level::Cause::ALL.map(level::Cause::as_str);
    /// The schema of [`confirm::Outcome`].
    ConfirmationOutcome: "`confirmed`, `reopened`, `unconfirmed` (nobody answered), `overtaken` (the company answered anew before).",
        confirm::Outcome::ALL.map(confirm::Outcome::as_str);
    /// The schema of what customers say to a delivery.
    YesOrNo: "Whether it is solved.", ["yes", "no"];
    /// The schema of [`Provenance`].
    ProvenanceName: "Whether customers had it, the company had planned it before, or both.", Provenance::ALL.map(Provenance::as_str);
    /// The schema of [`request::Act`].
    RequestAct: "What is asked for.", [request::Act::Answer, request::Act::Promise].map(request::Act::as_str);
    /// The schema of [`request::State`].
    RequestState: "How a request stands.", request::State::ALL.map(request::State::as_str);
    /// The schema of [`Beyond`].
    BeyondName: "What of an act is beyond a mandate: the stage, the date of a promise, the amount of a remedy.",
        [Beyond::Stage, Beyond::Days, Beyond::Amount].map(Beyond::as_str);
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

    /// Whether the site keeps from whoever looks who of the staff does what.
    pub fn hides_names(&self) -> bool {
        self.site.owner_shown == OwnerShown::Title && !self.to_staff
    }

    /// The page of a post.
    pub fn page(&self, post: PostId, slug: &str) -> String {
        format!("{}/p/{post}/{slug}", self.address)
    }

    /// A member of the staff, as the site shows owners: by name, or by title only, which then hides who it is from the public.
    pub fn owner(&self, person: Person) -> Owner {
        if self.hides_names() {
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

impl From<Account> for Author {
    fn from(account: Account) -> Self {
        Self { id: account.id, name: account.name }
    }
}

impl From<Person> for Author {
    fn from(person: Person) -> Self {
        Self { id: person.id, name: person.name }
    }
}

/// A member of the staff: the one who is accountable, or who acts in public.
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
    /// When it was due before it was extended; null if it was not.
    pub extended_from: Option<DateTime<Utc>>,
    /// How it stands at the moment of the answer.
    #[schema(value_type = ClockState)]
    pub state: clock::State,
}

impl From<clock::Clock> for Clock {
    fn from(clock: clock::Clock) -> Self {
        Self {
            name: clock.name,
            due_at: clock.due_at,
            ended_at: clock.ended_at,
            extended_from: clock.extended_from,
            state: clock.state,
        }
    }
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
            url: show.page(row.id, &row.slug),
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
            clocks: clocks.map(Clock::from).collect(),
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
    /// Whether customers had it, the company had planned it before, or both; null while nobody has said so.
    #[schema(value_type = Option<ProvenanceName>)]
    pub provenance: Option<Provenance>,
    /// Reports that it happened again; votes are none.
    pub again_count: i64,
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
            provenance: post.provenance,
            again_count: post.again_count,
        }
    }
}

/// Cents as an amount of euros with two decimals.
pub fn amount(cents: i64) -> String {
    format!("{}.{:02}", cents / 100, cents % 100)
}
