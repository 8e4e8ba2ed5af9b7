//! What a visitor may not see is nowhere (rule 18): the forum looks the same to them whether or not it exists.

use std::fmt::Write as _;

use chrono::{Days, TimeDelta};
use forum::{
    Error,
    accountability::{self, Period},
    actor::{Actor, Role},
    again, answer, board, comment,
    common::{Kinds, Road},
    confirm,
    error::Problem,
    handover,
    id::PostId,
    level,
    post::{self, Draft, Edit, Filter, Kind, Sort},
    promise,
    status::Stage,
    tag,
    vote::{self, Stance},
};
use proptest::{collection::vec, prelude::*, sample::select};
use tests::{BOARD, TestForum, on_both, problems};

/// Words of the public posts, words of the private ones, and words of both.
const QUERIES: [&str; 12] = [
    "router",
    "roter",
    "zeppelin",
    "zepelin",
    "zep",
    "secret",
    "invoice",
    "invocie",
    "merger",
    "comment",
    "everywhere",
    "slot zeppelin",
];

/// All that somebody can see of the forum, put down in words.
pub(crate) async fn world(f: &TestForum, actor: &Actor, people: &[&Actor], posts: &[PostId]) -> String {
    let (db, now) = (f.read(), f.now());
    let mut seen = String::new();
    let mut note = |what: &str, value: &dyn std::fmt::Debug| writeln!(seen, "{what}: {value:?}").unwrap();
    note("boards", &board::list(db, actor).await.unwrap());
    note("tags", &tag::list(db, actor).await.unwrap());
    let mut stages: Vec<_> = post::count_by_stage(db, actor).await.unwrap().into_iter().collect();
    stages.sort_unstable();
    note("stages", &stages);
    note("waiting", &post::count_waiting(db, actor).await.unwrap());
    let common = f.common(actor, now).await.unwrap();
    note("around", &(&common.boards, &common.tags, &common.started, &common.delivered, &common.unseen));
    note("roadmap", &f.roadmap(actor, &Road { kinds: Kinds::All, ..Road::default() }, now).await.unwrap());
    note("scoreboard", &accountability::scoreboard(db, &f.site(), Period::All, now).await.unwrap());
    note("overdue", &accountability::overdue(db, 100, now).await.unwrap());
    note("promises", &promise::list(db, actor, &promise::Filter::default(), None, 100, now).await.unwrap());
    note("kept", &promise::counts(db, actor, None, now).await.unwrap());
    note("asked", &confirm::open_for(db, actor).await.unwrap());

    let mut filters: Vec<Filter> = Sort::ALL.into_iter().map(|sort| Filter { sort, ..Filter::default() }).collect();
    let new = || Filter { sort: Sort::New, ..Filter::default() };
    filters.extend(Kind::ALL.into_iter().map(|kind| Filter { kind: Some(kind), ..new() }));
    filters.extend(Stage::ALL.into_iter().map(|stage| Filter { stage: Some(stage), ..new() }));
    filters.extend(["received", "planned", "archived"].map(|status| Filter { status: Some(status.to_owned()), ..new() }));
    filters.extend([BOARD, "pilot", "no-such-board"].map(|board| Filter { board: Some(board.to_owned()), ..new() }));
    filters.extend(["doors", "zeppelin", "shared", "no-such-tag"].map(|tag| Filter { tag: Some(tag.to_owned()), ..new() }));
    for sort in [Sort::New, Sort::Fit] {
        filters.extend(QUERIES.map(|query| Filter { q: Some(query.to_owned()), sort, ..Filter::default() }));
    }
    for person in people {
        filters.push(Filter { author: person.id(), ..new() });
        filters.push(Filter { voter: person.id(), ..new() });
    }
    for filter in filters {
        let mut cursor = None;
        loop {
            let page =
                f.page(actor, &filter, cursor.as_deref(), if filter.board.is_none() && filter.q.is_none() { 4 } else { 100 }).await;
            note(&format!("{filter:?}"), &page);
            cursor = page.older;
            if cursor.is_none() {
                break;
            }
        }
    }
    for (title, body) in [
        ("Zeppelin over the harbour", "A secret zeppelin"),
        ("The router reboots", "at night"),
        ("Slot for letters", "in the door, and a zeppelin"),
    ] {
        note(title, &post::similar_to(db, actor, title, body, now).await.unwrap());
    }
    for id in posts {
        note("post", &f.look(actor, *id).await.unwrap());
        note("versions", &f.of(actor, *id, post::versions).await.unwrap());
        note("comments", &f.of(actor, *id, async |view, post| comment::page(view, post, None, 100).await).await.unwrap().items);
        note("votes", &f.of(actor, *id, async |view, post| vote::list(view, post, None, None, 100).await).await.unwrap());
        note("answers", &f.of(actor, *id, answer::list).await.unwrap());
        note("levels", &f.of(actor, *id, level::of_post).await.unwrap());
        note("handovers", &f.of(actor, *id, handover::of_post).await.unwrap());
        note("promises", &f.of(actor, *id, promise::of_post).await.unwrap());
        note("again", &f.of(actor, *id, again::of_post).await.unwrap());
        note("check", &f.of(actor, *id, confirm::of_post).await.unwrap());
    }
    seen
}

/// What goes on behind the door.
#[derive(Debug, Clone)]
enum Act {
    Post(Kind, u8, Vec<&'static str>),
    Vote(usize, Stance),
    Withdraw(usize),
    Comment(usize, &'static str),
    TakeBack,
    Answer(&'static str),
    Retitle(&'static str),
    Retag(Vec<&'static str>),
    Tag,
    Promise,
    Report,
}

fn acts() -> impl Strategy<Value = Vec<Act>> {
    let tags = || vec(select(&["zeppelin", "Doors", "shared", "SHARED", "offered", "harbour"][..]), 0..4);
    let words = || select(&["a secret zeppelin", "router and invoice everywhere", "slot", "merger comment"][..]);
    let act = prop_oneof![
        3 => (select(&Kind::ALL[..]), 0..48_u8, tags()).prop_map(|(kind, hours, tags)| Act::Post(kind, hours, tags)),
        2 => (0..2_usize, select(&[Stance::Support, Stance::Oppose][..])).prop_map(|(person, stance)| Act::Vote(person, stance)),
        1 => (0..2_usize).prop_map(Act::Withdraw),
        2 => (0..2_usize, words()).prop_map(|(person, words)| Act::Comment(person, words)),
        1 => Just(Act::TakeBack),
        2 => select(&["review", "planned", "delivered", "declined", "archived"][..]).prop_map(Act::Answer),
        1 => words().prop_map(Act::Retitle),
        2 => tags().prop_map(Act::Retag),
        1 => Just(Act::Tag),
        1 => Just(Act::Promise),
        1 => Just(Act::Report),
    ];
    vec(act, 1..8)
}

struct Scene {
    insiders: [Actor; 2],
    outsider: Actor,
    agent: Actor,
    lead: Actor,
    open: Vec<PostId>,
}

/// A forum with some life in public, and a private board on which nothing has happened yet.
async fn scene(f: &TestForum) -> Scene {
    let insiders = [f.member_with_mail("Ilse", "ilse@example.org").await, f.member_with_mail("Ivo", "ivo@example.org").await];
    let outsider = f.member_with_mail("Otto", "otto@example.org").await;
    let (agent, lead) = (f.staff("Femke", Role::Agent).await, f.staff("Ruth", Role::Lead).await);
    f.private_board("pilot", &[&insiders[0], &insiders[1]]).await;
    let admin = f.staff("Ada", Role::Admin).await;
    f.write(&admin, async |tx| tag::create(tx, "offered", "Offered").await).await.unwrap();
    let mut open = Vec::new();
    for (n, (title, body, tags)) in [
        ("The router reboots", "Every night, everywhere.", ["Doors"]),
        ("A slot for letters", "In the door, with an invoice.", ["shared"]),
        ("A comment on prices", "They rise.", ["Doors"]),
        ("Invoice by e-mail", "No paper.", ["offered"]),
        ("A slot for parcels", "Wider.", ["shared"]),
        ("Router with a handle", "To carry it.", ["Doors"]),
    ]
    .into_iter()
    .enumerate()
    {
        let draft = Draft {
            kind: Kind::ALL[n % 4].as_str().to_owned(),
            title: title.to_owned(),
            body: body.to_owned(),
            board: BOARD.to_owned(),
            tags: tags.iter().map(|t| (*t).to_owned()).collect(),
            language: None,
        };
        let author = if n % 2 == 0 { &outsider } else { &insiders[0] };
        let post = f.submit(author, &draft).await.unwrap();
        f.support(&insiders[1], post).await;
        f.comment(&insiders[n % 2], post, "A comment of mine.").await;
        open.push(post);
        f.time.advance(TimeDelta::hours(7));
    }
    f.move_to(&agent, open[0], "planned").await;
    f.move_to(&agent, open[1], "delivered").await;
    f.forget_letters().await;
    Scene { insiders, outsider, agent, lead, open }
}

async fn play(f: &TestForum, s: &Scene, post: &mut Option<PostId>, act: Act) {
    let author = &s.insiders[0];
    let names = |tags: Vec<&str>| tags.into_iter().map(str::to_owned).collect::<Vec<_>>();
    match (act, *post) {
        (Act::Post(kind, hours, tags), _) => {
            // among the public posts by time, so that it would stand between them
            let now = f.now();
            f.time.set(now - TimeDelta::hours(i64::from(hours)));
            let draft = Draft {
                kind: kind.as_str().to_owned(),
                title: "A secret zeppelin everywhere".to_owned(),
                body: "The merger: router, invoice, slot.".to_owned(),
                board: "pilot".to_owned(),
                tags: names(tags),
                language: None,
            };
            *post = Some(f.submit(author, &draft).await.unwrap());
            f.time.set(now);
        }
        (Act::Vote(person, stance), Some(post)) => {
            drop(f.vote(&s.insiders[person], post, stance, Some("I have my reasons.")).await);
        }
        (Act::Withdraw(person), Some(post)) => drop(f.withdraw(&s.insiders[person], post).await.unwrap()),
        (Act::Comment(person, words), Some(post)) => drop(f.comment(&s.insiders[person], post, words).await),
        (Act::TakeBack, Some(post)) => {
            let mine = f.of(author, post, async |view, post| comment::page(view, post, None, 100).await).await.unwrap().items;
            if let Some(mine) = mine.iter().find(|c| Some(c.author.id) == author.id()) {
                f.write(author, async |tx| comment::remove(tx, mine.id).await).await.unwrap();
            }
        }
        (Act::Answer(status), Some(post)) => drop(f.move_to(&s.lead, post, status).await),
        (Act::Retitle(title), Some(post)) => {
            let edit = Edit { title: Some(title.to_owned()), ..Edit::default() };
            f.edit(author, post, &edit).await.unwrap();
        }
        (Act::Retag(tags), Some(post)) => {
            f.edit(author, post, &Edit { tags: Some(names(tags)), ..Edit::default() }).await.unwrap();
        }
        (Act::Tag, Some(post)) => {
            f.edit(author, post, &Edit { tags: Some(names(vec!["gone by tomorrow"])), ..Edit::default() }).await.unwrap();
            f.edit(author, post, &Edit { tags: Some(Vec::new()), ..Edit::default() }).await.unwrap();
        }
        (Act::Promise, Some(post)) => drop(f.promise(&s.lead, post, f.now().date_naive() + Days::new(1), Some("€ 5")).await),
        (Act::Report, Some(post)) => drop(f.report(author, post).await),
        (_, None) => {}
    }
}

on_both! {
    async fn a_private_board_leaves_no_trace_in_the_visible_world(f: TestForum) {
        let s = scene(&f).await;
        let people = [&s.insiders[0], &s.insiders[1], &s.outsider, &s.agent];
        let visitors_world = world(&f, &Actor::Visitor, &people, &s.open).await;
        let outsiders_world = world(&f, &s.outsider, &people, &s.open).await;
        let insiders_world = world(&f, &s.insiders[0], &people, &s.open).await;
        let now = f.now();
        f.for_all(acts(), async |f, acts| {
            f.time.set(now);
            let mut post = None;
            for act in acts {
                play(f, &s, &mut post, act).await;
            }
            assert_eq!(world(f, &Actor::Visitor, &people, &s.open).await, visitors_world);
            assert_eq!(world(f, &s.outsider, &people, &s.open).await, outsiders_world);
            if let Some(post) = post {
                assert!(!f.view(&s.outsider).await.sees(post).await.unwrap());
            }
            for letter in f.outbox().await {
                assert_ne!(letter.to, "otto@example.org", "an outsider hears nothing of it");
            }
        });
        // lest the test be blind: those who may see it do
        let hidden = f.post_on(&s.insiders[0], "pilot", Kind::Idea, "A zeppelin at last").await;
        for actor in [&s.insiders[0], &s.insiders[1], &s.agent] {
            let world = world(&f, actor, &people, &s.open).await;
            assert!(world.contains("A zeppelin at last") && world.contains("\"pilot\""));
            assert_eq!(f.look(actor, hidden).await.unwrap().row.id, hidden);
        }
        assert_ne!(world(&f, &s.insiders[0], &people, &s.open).await, insiders_world);
    }

    async fn a_private_post_does_not_exist_for_those_outside(f: TestForum) {
        let s = scene(&f).await;
        let [ilse, ivo] = &s.insiders;
        let hidden = f.post_on(ilse, "pilot", Kind::Idea, "A secret zeppelin").await;
        f.support(ivo, hidden).await;
        let remark = f.comment(ivo, hidden, "Over the harbour").await;
        f.move_to(&s.agent, hidden, "planned").await;
        let db = f.read();
        let nowhere = PostId(4711);
        for actor in [Actor::Visitor, s.outsider.clone()] {
            // the same answer as for what does not exist at all
            for post in [hidden, nowhere] {
                assert!(matches!(f.look(&actor, post).await, Err(Error::NotFound)));
                assert!(matches!(post::row_by_id(db, &actor, post, f.now()).await, Err(Error::NotFound)));
                assert!(!f.view(&actor).await.sees(post).await.unwrap());
                assert!(matches!(f.of(&actor, post, post::versions).await, Err(Error::NotFound)));
                assert!(matches!(f.of(&actor, post, async |view, post| comment::page(view, post, None, 10).await).await, Err(Error::NotFound)));
                assert!(matches!(f.of(&actor, post, async |view, post| vote::list(view, post, None, None, 10).await).await, Err(Error::NotFound)));
                assert!(matches!(f.of(&actor, post, answer::list).await, Err(Error::NotFound)));
            }
            assert!(matches!(comment::visible(&f.view(&actor).await, remark).await, Err(Error::NotFound)));
            assert!(matches!(comment::versions(&f.view(&actor).await, remark).await, Err(Error::NotFound)));
            assert_eq!(board::by_slug(db, &actor, "pilot").await.unwrap(), None);
        }
        let before = (f.see(hidden).await, f.count("events").await);
        for post in [hidden, nowhere] {
            assert!(matches!(f.vote(&s.outsider, post, Stance::Support, None).await, Err(Error::NotFound)));
            assert!(matches!(f.vote(&s.outsider, post, Stance::Oppose, Some("x")).await, Err(Error::NotFound)));
            assert!(matches!(f.withdraw(&s.outsider, post).await, Err(Error::NotFound)));
            assert!(matches!(f.edit(&s.outsider, post, &Edit::default()).await, Err(Error::NotFound)));
            for body in ["Hello?", ""] {
                let outcome = f.write(&s.outsider, async |tx| comment::submit(tx, post, None, body, None).await).await;
                assert!(matches!(outcome, Err(Error::NotFound)));
            }
        }
        for body in ["Mine", ""] {
            let outcome = f.write(&s.outsider, async |tx| comment::edit(tx, remark, &comment::Edit::of(body)).await).await;
            assert!(matches!(outcome, Err(Error::NotFound)));
        }
        assert!(matches!(f.write(&s.outsider, async |tx| comment::remove(tx, remark).await).await, Err(Error::NotFound)));
        // a parent that one may not see is no parent, like one that does not exist
        for parent in [remark, forum::id::CommentId(4711)] {
            let outcome = f.write(&s.outsider, async |tx| comment::submit(tx, s.open[0], Some(parent), "Hello?", None).await).await;
            assert_eq!(problems(outcome), [("parent_id", Problem::NotOnThisPost)]);
        }
        for board in ["pilot", "no-such-board"] {
            let draft = Draft { kind: "idea".to_owned(), title: "Let me in".to_owned(), body: "Please.".to_owned(), board: board.to_owned(), ..Draft::default() };
            assert_eq!(problems(f.submit(&s.outsider, &draft).await), [("board", Problem::UnknownChoice)]);
        }
        assert_eq!((f.see(hidden).await, f.count("events").await), before);
    }

    async fn who_leaves_the_group_hears_nothing_more(f: TestForum) {
        let s = scene(&f).await;
        let [ilse, ivo] = &s.insiders;
        let hidden = f.post_on(ilse, "pilot", Kind::Idea, "A secret zeppelin").await;
        let own = f.comment(ilse, hidden, "Over the harbour").await;
        f.reply(ivo, hidden, own, "When?").await;
        f.move_to(&s.agent, hidden, "planned").await;
        let told: Vec<_> = f.outbox().await.into_iter().map(|sent| sent.to).collect();
        let heard = ["ilse@example.org", "ilse@example.org", "ivo@example.org"];
        assert_eq!(told, heard, "a member hears of the reply and of the answer, and who took part of the answer");
        f.forget_letters().await;

        f.expel("pilot", ilse).await;
        f.reply(ivo, hidden, own, "Hello?").await;
        f.move_to(&s.agent, hidden, "started").await;
        let told: Vec<_> = f.outbox().await.into_iter().map(|sent| sent.to).collect();
        assert_eq!(told, ["ivo@example.org"], "who is in the group hears of the answer, and nobody else");
        assert!(matches!(f.look(ilse, hidden).await, Err(Error::NotFound)), "not even the author");
        assert!(matches!(f.edit(ilse, hidden, &Edit::default()).await, Err(Error::NotFound)));
        assert!(matches!(f.write(ilse, async |tx| comment::edit(tx, own, &comment::Edit::of("Mine")).await).await, Err(Error::NotFound)));
        let mine = Filter { author: ilse.id(), sort: Sort::New, ..Filter::default() };
        assert_eq!(f.page(ilse, &mine, None, 10).await.total, 3, "her public posts");
    }

    async fn a_board_of_another_group_is_not_ones_own(f: TestForum) {
        let (ilse, otto) = (f.member("Ilse").await, f.member("Otto").await);
        f.private_board("pilot", &[&ilse]).await;
        f.private_board("other", &[&otto]).await;
        let hidden = f.post_on(&ilse, "pilot", Kind::Idea, "A secret zeppelin").await;
        f.post_on(&otto, "other", Kind::Idea, "A submarine").await;
        assert!(matches!(f.look(&otto, hidden).await, Err(Error::NotFound)));
        assert_eq!(f.find(&otto, "a").await, ["A submarine"]);
        assert_eq!(f.find(&ilse, "a").await, ["A secret zeppelin"]);
        let slugs: Vec<_> = board::list(f.read(), &otto).await.unwrap().into_iter().map(|b| b.slug).collect();
        assert_eq!(slugs, [BOARD, "other"]);
        f.private_board("empty", &[]).await;
        assert_eq!(board::by_slug(f.read(), &otto, "empty").await.unwrap(), None, "a private board without a group is for staff only");
        let agent = f.staff("Femke", Role::Agent).await;
        assert!(board::by_slug(f.read(), &agent, "empty").await.unwrap().is_some());
        assert_eq!(f.queue(&agent).await.len(), 2);
    }

    async fn a_tag_is_called_what_the_public_calls_it(f: TestForum) {
        let (ilse, otto) = (f.member("Ilse").await, f.member("Otto").await);
        f.private_board("pilot", &[&ilse]).await;
        let tagged = |board: &str, tag: &str| Draft {
            kind: "idea".to_owned(),
            title: "Something".to_owned(),
            body: "More.".to_owned(),
            board: board.to_owned(),
            tags: vec![tag.to_owned()],
            language: None,
        };
        let names = async || tag::list(f.read(), &Actor::Visitor).await.unwrap().into_iter().map(|t| t.name).collect::<Vec<_>>();
        f.submit(&ilse, &tagged("pilot", "Big MERGER!")).await.unwrap();
        assert!(names().await.is_empty());
        f.submit(&otto, &tagged(BOARD, "big merger")).await.unwrap();
        assert_eq!(names().await, ["big merger"], "not as the private board spelt it");
        f.submit(&ilse, &tagged("pilot", "BIG merger")).await.unwrap();
        assert_eq!(names().await, ["big merger"]);
        let admin = f.staff("Ada", Role::Admin).await;
        let offer = async |name: &str| f.write(&admin, async |tx| tag::create(tx, "big-merger", name).await).await;
        offer("The merger").await.unwrap();
        assert_eq!(names().await, ["The merger"], "what the site offers is called as the site says");
        assert_eq!(problems(offer("Again").await), [("slug", Problem::Taken)]);
    }

    async fn a_slip_finds_its_word_among_many_private_ones(f: TestForum) {
        let (ilse, otto) = (f.member("Ilse").await, f.member("Otto").await);
        f.private_board("pilot", &[&ilse]).await;
        f.write_post(&otto, "The zeppelin", "Over the harbour.").await;
        assert_eq!(f.find(&otto, "zepppelin").await, ["The zeppelin"]);
        let crowd: Vec<String> = ('a'..='z').chain('0'..='9').map(|c| format!("zeppp{c}lin zep{c}pelin")).collect();
        for words in crowd.chunks(6) {
            f.submit(&ilse, &Draft {
                kind: "idea".to_owned(),
                title: "Secret".to_owned(),
                body: words.join(" "),
                board: "pilot".to_owned(),
                ..Draft::default()
            })
            .await
            .unwrap();
        }
        assert_eq!(f.find(&otto, "zepppelin").await, ["The zeppelin"]);
    }
}
