//! One letter of each kind, and of each choice in it.

use chrono::{DateTime, NaiveDate, Utc};
use forum::{
    actor::Role,
    again::Again,
    answer::Answer,
    case::{Named, Proposal, Standing},
    changelog::{self, Category, Entry},
    clock,
    comment::Comment,
    confirm::Outcome,
    event::{Audience, Event, Kind, Part, Subject},
    handover::{self, Handover},
    id::{
        AgainId, AnswerId, BoardId, ChangelogId, CommentId, EventId, HandoverId, HookId, ModerationId, NoticeId, PersonId, PostId,
        PromiseId, ProposalId, RequestId, RingId, StatusId,
    },
    level,
    moderation::{Act, Appeal, Moderation, Ruling, Target},
    names::Names,
    notice::{About, Content, Notice, PostSummary},
    outbox::{Collected, NotTaken},
    person::Person,
    post::BoardRef,
    promise::{self, Promise},
    provenance::Provenance,
    rebuttal::Rebuttal,
    request::{self, Request},
    status::{Stage, Status},
    vote::Stance,
};

const NUMBER: i64 = 1;

fn noon() -> DateTime<Utc> {
    "2026-12-03T11:00:00Z".parse().unwrap()
}

fn person(name: &str) -> Person {
    Person { id: id(), handle: name.to_lowercase(), name: name.to_owned(), title: None, role: Role::Agent }
}

fn id() -> PersonId {
    PersonId("018f0000-0000-7000-8000-000000000001".parse().unwrap())
}

fn post() -> PostId {
    PostId(31)
}

/// Every kind of event. Each names the samples of the next one, so that a new kind does not compile without some.
pub(super) fn kinds() -> Vec<Kind> {
    let (answer, promise, request) = (AnswerId(NUMBER), PromiseId(NUMBER), RequestId(NUMBER));
    let (comment, handover, person, again) = (CommentId(NUMBER), HandoverId(NUMBER), id(), AgainId(NUMBER));
    let (from, to) = (Role::Agent, Role::Lead);
    let mut all = vec![Kind::PostSubmitted];
    loop {
        let next = match all.last().unwrap() {
            Kind::PostSubmitted => vec![Kind::PostEdited { version: 2 }],
            Kind::PostEdited { .. } => vec![Kind::VoteCast { stance: Stance::Support }],
            Kind::VoteCast { .. } => vec![Kind::VoteWithdrawn],
            Kind::VoteWithdrawn => vec![Kind::CommentPosted { comment, parent: Some(comment) }],
            Kind::CommentPosted { .. } => vec![Kind::CommentEdited { comment, version: Some(2) }],
            Kind::CommentEdited { .. } => vec![Kind::CommentRemoved { comment }],
            Kind::CommentRemoved { .. } => vec![Kind::AnswerPublished { answer }],
            Kind::AnswerPublished { .. } => vec![Kind::OwnerSet { person }],
            Kind::OwnerSet { .. } => vec![Kind::OwnerReleased { person }],
            Kind::OwnerReleased { .. } => {
                clock::Name::ALL.map(|clock| Kind::ClockMissed { clock, due_at: noon(), level: 1 }).into()
            }
            Kind::ClockMissed { .. } => {
                clock::Name::ALL.map(|clock| Kind::ClockExtended { clock, old_due_at: noon(), new_due_at: noon() }).into()
            }
            Kind::ClockExtended { .. } => vec![Kind::ClocksStopped { until_at: noon() }],
            Kind::ClocksStopped { .. } => vec![Kind::ClocksResumed],
            Kind::ClocksResumed => {
                let causes = level::Cause::ALL.into_iter();
                causes
                    .flat_map(|cause| (2..=3).map(move |to| Kind::LevelChanged { from: to - 1, to, cause, clock: None }))
                    .collect()
            }
            Kind::LevelChanged { .. } => vec![Kind::HandoverOffered { handover }],
            Kind::HandoverOffered { .. } => vec![Kind::HandoverAccepted { handover }],
            Kind::HandoverAccepted { .. } => vec![Kind::HandoverDeclined { handover }],
            Kind::HandoverDeclined { .. } => vec![Kind::HandoverLapsed { handover }],
            Kind::HandoverLapsed { .. } => vec![Kind::RequestMade { request }],
            Kind::RequestMade { .. } => vec![Kind::RequestPassedUp { request }],
            Kind::RequestPassedUp { .. } => vec![Kind::RequestDecided { request }],
            Kind::RequestDecided { .. } => vec![Kind::PromiseMade { promise }],
            Kind::PromiseMade { .. } => vec![Kind::PromiseChanged { promise }],
            Kind::PromiseChanged { .. } => vec![Kind::PromiseKept { promise }],
            Kind::PromiseKept { .. } => vec![Kind::PromiseWithdrawn { promise }],
            Kind::PromiseWithdrawn { .. } => vec![Kind::PromiseBroken { promise }],
            Kind::PromiseBroken { .. } => vec![Kind::PromisePaid { promise }],
            Kind::PromisePaid { .. } => vec![Kind::HappenedAgain { again }],
            Kind::HappenedAgain { .. } => [1, 2].map(|round| Kind::CustomersAsked { answer, round }).into(),
            Kind::CustomersAsked { .. } => vec![Kind::SolvedSaid { answer, solved: true }],
            Kind::SolvedSaid { .. } => vec![Kind::CheckClosed { answer, outcome: Outcome::Confirmed }],
            Kind::CheckClosed { .. } => vec![Kind::Rebutted { answer }],
            Kind::Rebutted { .. } => vec![Kind::ProvenanceSet { provenance: Provenance::Both }],
            Kind::ProvenanceSet { .. } => Part::ALL.map(|part| Kind::SettingsChanged { part, changes: Vec::new() }).into(),
            Kind::SettingsChanged { .. } => vec![Kind::RankingChanged { version: 2, from: Some(1) }],
            Kind::RankingChanged { .. } => vec![Kind::RoleSet { person, from, to }],
            Kind::RoleSet { .. } => vec![Kind::PersonSignedUp { person }],
            Kind::PersonSignedUp { .. } => vec![Kind::PersonVerified { person }],
            Kind::PersonVerified { .. } => vec![Kind::PersonErased { person }],
            Kind::PersonErased { .. } => {
                Act::ALL.map(|act| Kind::Moderated { moderation: act_id(), act, comment: Some(comment), on_appeal: false }).into()
            }
            Kind::Moderated { .. } => vec![Kind::Appealed { moderation: act_id() }],
            Kind::Appealed { .. } => [true, false].map(|upheld| Kind::AppealDecided { moderation: act_id(), upheld }).into(),
            Kind::AppealDecided { .. } => vec![Kind::PostMerged { into: PostId(NUMBER) }],
            Kind::PostMerged { .. } => vec![Kind::PostUnmerged { from: PostId(NUMBER) }],
            Kind::PostUnmerged { .. } => [None, Some(comment)].map(|comment| Kind::HeldBack { comment }).into(),
            Kind::HeldBack { .. } => [None, Some(comment)].map(|comment| Kind::Released { comment }).into(),
            Kind::Released { .. } => vec![Kind::VotesDoubted { ring: RingId(NUMBER) }],
            Kind::VotesDoubted { .. } => vec![Kind::VotesCleared { ring: RingId(NUMBER) }],
            Kind::VotesCleared { .. } => vec![Kind::MergeProposed { proposal: ProposalId(NUMBER) }],
            Kind::MergeProposed { .. } => {
                [true, false].map(|merged| Kind::ProposalDecided { proposal: ProposalId(NUMBER), merged }).into()
            }
            Kind::ProposalDecided { .. } => vec![Kind::ChangelogPublished { entry: ChangelogId(NUMBER) }],
            Kind::ChangelogPublished { .. } => vec![Kind::ChangelogCorrected { entry: ChangelogId(NUMBER), correction: 1 }],
            Kind::ChangelogCorrected { .. } => vec![Kind::ChangelogWithdrawn { entry: ChangelogId(NUMBER) }],
            Kind::ChangelogWithdrawn { .. } => return all,
        };
        all.extend(next);
    }
}

fn act_id() -> ModerationId {
    ModerationId(NUMBER)
}

/// An objection to an act of moderation, and what became of it.
fn appeal(outcome: Option<Ruling>) -> Appeal {
    Appeal {
        body: String::new(),
        created_at: noon(),
        due_at: noon(),
        outcome,
        reason: outcome.map(|_| "The number stands on the page of the shop.".to_owned()),
        role: outcome.map(|_| Role::Lead),
        decided_at: outcome.map(|_| noon()),
    }
}

/// An act of moderation, and what was said to it.
fn moderation(act: Act, appeal: Option<Appeal>) -> Moderation {
    let reason = "It names somebody who has nothing to do with it.".to_owned();
    Moderation {
        words: None,
        id: act_id(),
        target: Target::Post(post()),
        post: Some(post()),
        whose: person("Sanne"),
        act,
        rule: 4,
        reason,
        by: person("Femke"),
        role: Role::Agent,
        at: noon(),
        review_on: None,
        last_day: (act == Act::Ban).then(|| noon().date_naive()),
        version: None,
        boards: None,
        undoes: None,
        undone_by: None,
        appeal,
    }
}

fn status(stage: Stage) -> Status {
    Status {
        id: StatusId(NUMBER),
        slug: stage.as_str().to_owned(),
        name: stage.as_str().to_owned(),
        names: Names::default(),
        stage,
        colour: None,
        version: 1,
    }
}

fn answer(stage: Stage, who: Option<&str>, next_update_on: Option<NaiveDate>) -> Answer {
    Answer {
        id: AnswerId(NUMBER),
        post: post(),
        author: Some(person("Femke")),
        cause: None,
        decided_by: None,
        from: status(Stage::Received),
        status: status(stage),
        what: "We check **2,000** addresses.".to_owned(),
        what_html: forum::markdown::markdown("We check **2,000** addresses."),
        who: who.map(str::to_owned),
        next_update_on,
        reason_class: None,
        reexamine_on: None,
        is_final: false,
        language: "en".to_owned(),
        due_at: None,
        created_at: noon(),
        files: Vec::new(),
    }
}

fn comment(by: &str, body: &str) -> Comment {
    Comment {
        id: CommentId(NUMBER),
        post: post(),
        parent: None,
        author: person(by),
        body: body.to_owned(),
        body_html: String::new(),
        language: "en".to_owned(),
        version: 1,
        created_at: noon(),
        edited_at: None,
        removed_at: None,
        hidden: None,
        staff_edit: None,
        held_since: None,
        files: Vec::new(),
    }
}

fn promise(remedy: Option<String>) -> Promise {
    Promise {
        id: PromiseId(NUMBER),
        post: post(),
        post_slug: String::new(),
        post_title: String::new(),
        post_language: "en".to_owned(),
        board: BoardRef { id: BoardId(NUMBER), slug: String::new(), name: String::new(), names: Names::default(), private: false },
        pledge: None,
        what: "A socket".to_owned(),
        accountable: None,
        due_on: noon().date_naive(),
        due_at: noon(),
        remedy,
        remedy_cents: None,
        version: 1,
        decided_by: None,
        created_at: noon(),
        ended_at: None,
        note: None,
        paid_at: None,
        state: promise::State::Open,
    }
}

fn request(state: request::State, note: Option<String>) -> Request {
    Request {
        id: RequestId(NUMBER),
        post: post(),
        title: String::new(),
        act: request::Act::Answer,
        draft: serde_json::Value::Null,
        beyond: Vec::new(),
        by: person("Bram"),
        level: 2,
        due_at: noon(),
        created_at: noon(),
        state,
        decided_by: None,
        decided_at: None,
        note,
        result: None,
    }
}

/// What an event can be about, with and without what may be missing.
fn subjects(kind: &Kind) -> Vec<About> {
    let some = |text: &str| [None, Some(text.to_owned())];
    let (created_at, language, body_html) = (noon(), "en".to_owned(), String::new());
    match kind.about().subject {
        Subject::Post | Subject::Person(_) | Subject::Site(_) => vec![About::Post],
        Subject::Comment(_) => vec![About::Comment(Box::new(comment("Bram", "Mine has one.")))],
        Subject::Answer(answer_id) if matches!(kind, Kind::Rebutted { .. }) => {
            let body = "The cost was counted twice.".to_owned();
            let rebuttal = Rebuttal { id: NUMBER, answer_id, body, body_html, language, created_at, read_at: None };
            vec![About::Rebuttal(Box::new(rebuttal))]
        }
        Subject::Answer(_) => {
            let bare = Stage::ALL.map(|stage| About::Answer(Box::new(answer(stage, None, None))));
            bare.into_iter().chain([About::Answer(Box::new(whole_answer()))]).collect()
        }
        Subject::Handover(id) => {
            let offer = |text: Option<String>| Handover {
                id,
                post: post(),
                from: person("Femke"),
                to: person("Bram"),
                reason: text.clone(),
                created_at,
                lapses_at: created_at,
                ended_at: None,
                note: text,
                state: handover::State::Offered,
            };
            some("She knows the contract.").map(|text| About::Handover(Box::new(offer(text)))).into()
        }
        Subject::Request(_) => {
            let states = [request::State::Approved, request::State::Refused];
            let with = |state| some("Do it.").map(|note| About::Request(Box::new(request(state, note))));
            states.into_iter().flat_map(with).collect()
        }
        Subject::Promise(_) => some("€ 25").map(|remedy| About::Promise(Box::new(promise(remedy)))).into(),
        Subject::Moderation(_) => {
            let outcomes = [None, Some(appeal(None)), Some(appeal(Some(Ruling::Upheld)))];
            outcomes.map(|outcome| About::Moderation(Box::new(moderation(Act::Hide, outcome)))).into()
        }
        Subject::Case(id) => {
            let head = PostSummary { id, slug: "no-phone".to_owned(), title: "No phone for a week".to_owned() };
            vec![About::Case(head)]
        }
        Subject::Proposal(id) => {
            let named = |title: &str| Named { id: post(), slug: String::new(), title: title.to_owned(), language: "en".to_owned() };
            let proposal = |reason: Option<String>| Proposal {
                id,
                posts: [named("A live socket"), named("No phone for a week")],
                by: person("Sanne"),
                words: None,
                created_at,
                standing: Standing::Open,
                reason,
                decided_at: None,
            };
            some("The one is about the line.").map(|reason| About::Proposal(Box::new(proposal(reason)))).into()
        }
        Subject::Changelog(id) => vec![About::Changelog(Box::new(Entry {
            id,
            category: Category::New,
            title: "A live socket in every room".to_owned(),
            body: "From **December** on.".to_owned(),
            body_html,
            language,
            for_all: true,
            author: person("Femke"),
            version: 1,
            created_at,
            updated_at: created_at,
            published_at: Some(created_at),
            corrected_at: None,
            withdrawn_at: None,
            withdrawn_reason: None,
            state: changelog::State::Published,
            posts: Vec::new(),
            links: Vec::new(),
        }))],
        Subject::Again(id) => {
            let body = "It went dead.".to_owned();
            let (person, post) = (person("Bram"), post());
            vec![About::Again(Box::new(Again {
                id,
                post,
                person,
                body,
                body_html,
                language,
                solved_at: None,
                raised: false,
                created_at,
            }))]
        }
    }
}

fn whole_answer() -> Answer {
    answer(Stage::Planned, Some("Femke, product owner Moving"), NaiveDate::from_ymd_opt(2026, 12, 3))
}

fn notice(kind: Kind, about: About, reason: Audience, why: Option<&str>, title: &str) -> Content {
    let event = Event {
        id: EventId(NUMBER),
        actor: None,
        role: None,
        at: noon(),
        post: Some(post()),
        board: None,
        kind,
        rule: None,
        reason: why.map(str::to_owned),
    };
    let post = PostSummary { id: post(), slug: "a-live-socket".to_owned(), title: title.to_owned() };
    let path = matches!(event.kind, Kind::CustomersAsked { .. }).then(|| "/confirm/0123".to_owned());
    let stop = "/unsubscribe/0123-answers-0123".to_owned();
    let cause = matches!(reason, Audience::Tag | Audience::Actor).then(|| "Solar".to_owned());
    let notice = Notice { id: NoticeId(NUMBER), to: id(), name: Some("Sanne".to_owned()), reason, cause, event, post, about };
    let answer = matches!(notice.event.kind, Kind::AnswerPublished { .. } | Kind::CommentPosted { .. }).then(|| "0123".to_owned());
    Content::Notice { notice: Box::new(notice), path, stop, answer }
}

/// A comment on a post.
pub(super) fn commented(by: &str, title: &str, body: &str) -> Content {
    let kind = Kind::CommentPosted { comment: CommentId(NUMBER), parent: None };
    notice(kind, About::Comment(Box::new(comment(by, body))), Audience::Author, None, title)
}

/// An answer that says all that one can.
pub(super) fn answered() -> Content {
    let kind = Kind::AnswerPublished { answer: AnswerId(NUMBER) };
    notice(kind, About::Answer(Box::new(whole_answer())), Audience::Author, None, "A live socket")
}

/// Several things at once: on one post, or on two.
fn digests() -> Vec<Content> {
    let told = |title: &str, content: Content| match content {
        Content::Notice { mut notice, .. } => {
            notice.post.title = title.to_owned();
            *notice
        }
        _ => unreachable!("a notice"),
    };
    let comments = |title: &str| told(title, commented("Bram", "A live socket", "It is *loose*."));
    let mut other = told("A paper bill", answered());
    other.post.id = PostId(32);
    let (one, two) = (vec![comments("A live socket"), comments("A live socket")], vec![comments("A live socket"), other]);
    [(vec![comments("A live socket")], Collected::Asked), (one, Collected::Burst), (two, Collected::Asked)]
        .map(|(notices, collected)| {
            let answer = (collected == Collected::Burst).then(|| "0123".to_owned());
            Content::Digest { notices, collected, stop: "/unsubscribe/0123-all-0123".to_owned(), answer }
        })
        .into()
}

/// All of them.
pub(super) fn contents() -> Vec<Content> {
    let name = || "Sanne".to_owned();
    let mut all = vec![Content::Verify { path: "/verify/0123".to_owned() }];
    loop {
        let next = match all.last().unwrap() {
            Content::Verify { .. } => vec![Content::AlreadyRegistered { name: name() }],
            Content::AlreadyRegistered { .. } => {
                [Some(name()), None].map(|name| Content::Reset { name, path: "/reset/0123".to_owned() }).into()
            }
            Content::Reset { .. } => vec![Content::Invited { path: "/invite/0123".to_owned() }],
            Content::Invited { .. } => vec![Content::Receipt { path: "/receipt/0123".to_owned() }],
            Content::Receipt { .. } => vec![Content::NewAddress { path: "/address/0123".to_owned() }],
            Content::NewAddress { .. } => vec![Content::AddressChanged { name: name() }],
            Content::AddressChanged { .. } => vec![Content::TokenMade { name: name(), token: "Nightly report".to_owned() }],
            Content::TokenMade { .. } => [true, false]
                .map(|gone| Content::HookDisabled {
                    name: name(),
                    hook: HookId(NUMBER),
                    host: "hooks.example.com".to_owned(),
                    gone,
                })
                .into(),
            Content::HookDisabled { .. } => vec![Content::PasswordChanged { name: name() }],
            Content::PasswordChanged { .. } => {
                let banned =
                    |act, appeal, decided| Content::Banned { name: name(), act: Box::new(moderation(act, appeal)), decided };
                let decided = [Ruling::Upheld, Ruling::Rejected].map(|ruling| banned(Act::Ban, Some(appeal(Some(ruling))), true));
                [banned(Act::Unban, None, false), banned(Act::Ban, None, false)].into_iter().chain(decided).collect()
            }
            Content::Banned { .. } => {
                let post = || PostSummary { id: post(), slug: "a-live-socket".to_owned(), title: "A live socket".to_owned() };
                let text = |why| if why == NotTaken::Sender { String::new() } else { "In two rooms.\n\nSince May.".to_owned() };
                let not_taken =
                    |why| Content::NotTaken { name: Some(name()), post: (why != NotTaken::Gone).then(post), why, text: text(why) };
                NotTaken::ALL.map(not_taken).into()
            }
            Content::NotTaken { .. } => break,
            Content::Notice { .. } | Content::Digest { .. } => Vec::new(),
        };
        all.extend(next);
    }
    all.extend(digests());
    for kind in kinds() {
        for about in subjects(&kind) {
            for reason in kind.about().told {
                for why in [None, Some("The supplier is late.")] {
                    all.push(notice(kind.clone(), about.clone(), *reason, why, "A live socket"));
                }
            }
        }
    }
    all
}
