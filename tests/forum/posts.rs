//! What customers submit, and how it changes.

use std::collections::HashSet;

use forum::{
    Error,
    actor::{Actor, Role},
    error::{Denied, Problem},
    id::PostId,
    post::{self, Draft, Edit, Kind},
    status::Stage,
    tag,
};
use tests::{BOARD, on_both, problems};
use tokio::task::JoinSet;

fn draft() -> Draft {
    Draft {
        kind: "idea".to_owned(),
        title: "A slot for letters".to_owned(),
        body: "In the *front* door.".to_owned(),
        board: BOARD.to_owned(),
        tags: vec!["Doors".to_owned()],
        language: None,
    }
}

fn retitled(title: &str) -> Edit {
    Edit { title: Some(title.to_owned()), ..Edit::default() }
}

on_both! {
    async fn a_post_stands_as_it_was_submitted(f: TestForum) {
        let sanne = f.member("Sanne").await;
        let id = f.submit(&sanne, &draft()).await.unwrap();
        let post = f.look(&Actor::Visitor, id).await.unwrap();
        assert_eq!((post.row.id, post.row.kind, post.row.slug.as_str()), (id, Kind::Idea, "a-slot-for-letters"));
        assert_eq!((post.body.as_str(), post.body_html.as_str()), ("In the *front* door.", "<p>In the <em>front</em> door.</p>\n"));
        assert_eq!(post.row.excerpt, "In the front door.");
        assert_eq!((post.row.status.stage, post.row.level, post.version), (Stage::Received, 1, 1));
        assert_eq!((post.row.created_at, post.row.stage_at, post.edited_at), (f.now(), f.now(), None));
        assert_eq!(post.row.author.id, sanne.id().unwrap());
        assert_eq!((post.row.support_count, post.row.oppose_count, post.row.comment_count), (0, 0, 0));
        assert_eq!(post.tags.iter().map(|t| (t.slug.as_str(), t.name.as_str())).collect::<Vec<_>>(), [("doors", "Doors")]);
        assert_eq!(post.row.language, "en");
        assert_eq!((post.row.owner.is_some(), post.imported), (false, false));
    }

    async fn a_forum_that_holds_back_does_nothing(f: TestForum) {
        let author = f.member("Sanne").await;
        let held = f.holding_back();
        let shown = f.shown();
        let refused = held.write(&author, async |tx| post::submit(tx, &draft()).await).await;
        assert_eq!(problems(refused), [("", Problem::NotSent)]);
        let aside = held.write_aside(&author, async |tx| post::submit(tx, &draft()).await).await;
        assert_eq!(problems(aside), [("", Problem::NotSent)]);
        held.count(&author, forum::limit::LOOK, "somewhere").await.unwrap();
        let listed = post::list(f.read(), &author, &post::Filter::default(), None, 10, f.now()).await.unwrap();
        assert_eq!((listed.total, f.shown()), (0, shown));
    }

    async fn the_bounds_of_a_draft_are_where_the_blueprint_puts_them(f: TestForum) {
        let sanne = f.member("Sanne").await;
        for (wrong, field, problem) in [
            (Draft { kind: String::new(), ..draft() }, "kind", Problem::Required),
            (Draft { kind: "rant".to_owned(), ..draft() }, "kind", Problem::UnknownChoice),
            (Draft { title: "  ".to_owned(), ..draft() }, "title", Problem::Required),
            (Draft { title: "ab".to_owned(), ..draft() }, "title", Problem::TooShort { min: 3 }),
            (Draft { title: "é".repeat(121), ..draft() }, "title", Problem::TooLong { max: 120 }),
            (Draft { body: "\u{200b}\n".to_owned(), ..draft() }, "body", Problem::Required),
            (Draft { body: "é".repeat(20_001), ..draft() }, "body", Problem::TooLong { max: 20_000 }),
            (Draft { board: String::new(), ..draft() }, "board", Problem::Required),
            (Draft { board: "nowhere".to_owned(), ..draft() }, "board", Problem::UnknownChoice),
            (Draft { tags: (1..=6).map(|n| format!("tag {n}")).collect(), ..draft() }, "tags", Problem::TooMany { max: 5 }),
            (Draft { tags: vec!["x".repeat(41)], ..draft() }, "tags", Problem::TooLong { max: 40 }),
        ] {
            assert_eq!(problems(f.submit(&sanne, &wrong).await), [(field, problem)], "{field} {:?}", wrong.title);
        }
        let nothing: Vec<_> = problems(f.submit(&sanne, &Draft::default()).await).into_iter().map(|(field, _)| field).collect();
        assert_eq!(nothing, ["kind", "title", "body", "board"], "a form hears of all at once");
        assert_eq!((f.count("posts").await, f.count("events").await, f.count("clocks").await), (0, 0, 0));

        for right in [
            Draft { title: "é計x".to_owned(), ..draft() },
            Draft { title: "é".repeat(120), body: "é".repeat(20_000), ..draft() },
            Draft { title: "\u{1f600}".repeat(120), tags: vec!["x".repeat(40), " ".to_owned()], ..draft() },
            Draft { title: "\u{2f804}\u{fdfa}\u{fb03} ﷺ".to_owned(), body: "\u{fdfa}".repeat(2_000), ..draft() },
            Draft { title: "nul\0l".to_owned(), body: "a\0b\u{7}c".to_owned(), tags: vec!["x\0y".to_owned()], ..draft() },
        ] {
            f.submit(&sanne, &right).await.unwrap_or_else(|error| panic!("{:?}: {error}", right.title));
        }
    }

    async fn who_may_not_write_may_not_post(f: TestForum) {
        let unverified = f.unverified("Joost").await;
        assert!(matches!(f.submit(&Actor::Visitor, &draft()).await, Err(Error::Unauthenticated)));
        assert!(matches!(f.submit(&unverified, &draft()).await, Err(Error::Forbidden(Denied::Unverified))));
        assert!(matches!(f.submit(&unverified, &Draft::default()).await, Err(Error::Forbidden(Denied::Unverified))));
        assert_eq!(f.count("posts").await, 0);
    }

    async fn an_author_edits_and_every_wording_stays(f: TestForum) {
        let sanne = f.member("Sanne").await;
        let id = f.submit(&sanne, &draft()).await.unwrap();
        f.time.advance(chrono::TimeDelta::hours(1));
        let edited = f.edit(&sanne, id, &retitled("A hatch for parcels")).await.unwrap();
        assert_eq!((edited.version, edited.edited_at), (2, Some(f.now())));
        assert_eq!((edited.row.title.as_str(), edited.row.slug.as_str()), ("A hatch for parcels", "a-hatch-for-parcels"));
        assert_eq!(edited.body, "In the *front* door.", "what was not given stays");
        let body = Edit { body: Some("In the **back** door.".to_owned()), ..Edit::default() };
        f.edit(&sanne, id, &body).await.unwrap();
        f.edit(&sanne, id, &body).await.unwrap();
        let versions = f.of(&Actor::Visitor, id, post::versions).await.unwrap();
        let told: Vec<_> = versions.iter().map(|v| (v.number, v.title.as_str(), v.body.as_str(), v.rule)).collect();
        assert_eq!(
            told,
            [
                (3, "A hatch for parcels", "In the **back** door.", None),
                (2, "A hatch for parcels", "In the *front* door.", None),
                (1, "A slot for letters", "In the *front* door.", None),
            ]
        );
        assert_eq!(f.find(&sanne, "hatch back").await, ["A hatch for parcels"]);
        assert!(f.find(&sanne, "letters").await.is_empty(), "the search knows the present wording");
        assert_eq!(f.count("events WHERE kind = 'post_edited'").await, 2);
        assert_eq!(problems(f.edit(&sanne, id, &retitled("ab")).await), [("title", Problem::TooShort { min: 3 })]);
    }

    async fn tags_are_set_as_given(f: TestForum) {
        let sanne = f.member("Sanne").await;
        let id = f.submit(&sanne, &draft()).await.unwrap();
        let tags = |names: &[&str]| Edit { tags: Some(names.iter().map(|n| (*n).to_owned()).collect()), ..Edit::default() };
        let post = f.edit(&sanne, id, &tags(&["Post", "doors", "Häuser", "post "])).await.unwrap();
        let slugs: Vec<_> = post.tags.iter().map(|t| t.slug.as_str()).collect();
        assert_eq!(slugs.len(), 3);
        assert!(slugs.contains(&"post") && slugs.contains(&"doors") && slugs.contains(&"häuser"), "{slugs:?}");
        assert_eq!(post.version, 1, "labels are no wording");
        let tagged = post::Filter { tag: Some("häuser".to_owned()), ..post::Filter::default() };
        assert_eq!(f.page(&Actor::Visitor, &tagged, None, 10).await.total, 1);
        assert!(f.edit(&sanne, id, &tags(&[])).await.unwrap().tags.is_empty());
        assert_eq!(f.page(&Actor::Visitor, &tagged, None, 10).await.total, 0);
    }

    async fn tags_of_all_scripts_are_told_apart(f: TestForum) {
        let sanne = f.member("Sanne").await;
        let tagged = |tags: &[&str]| Draft { tags: tags.iter().map(|tag| (*tag).to_owned()).collect(), ..draft() };
        let names = ["電池", "отопление", "🔥", "C++", "C#"];
        let first = f.submit(&sanne, &tagged(&names)).await.unwrap();
        let second = f.submit(&sanne, &tagged(&["🔥\u{fe0f}", "Отопление", "c"])).await.unwrap();
        let shown = async |id| f.see(id).await.tags.into_iter().map(|tag| tag.name).collect::<HashSet<_>>();
        assert_eq!(shown(first).await, names.map(str::to_owned).into());
        assert_eq!(shown(second).await, ["🔥", "отопление", "c"].map(str::to_owned).into(), "as they were spelt first");
        for (tag, posts) in [("電池", 1), ("отопление", 2), ("🔥", 2), ("c++", 1), ("c#", 1), ("c", 1)] {
            let filter = post::Filter { tag: Some(tag.to_owned()), ..post::Filter::default() };
            assert_eq!(f.page(&Actor::Visitor, &filter, None, 10).await.total, posts, "{tag}");
        }
        let admin = f.staff("Anke", Role::Admin).await;
        let made = f.write(&admin, async |tx| tag::create(tx, "heating", "Отопление").await).await.unwrap();
        assert_eq!((made.slug.as_str(), made.name.as_str()), ("heating", "Отопление"));
        assert_eq!(shown(second).await, ["🔥", "Отопление", "c"].map(str::to_owned).into(), "the site offers what people made");
        let third = f.submit(&sanne, &tagged(&["отопление", "heating"])).await.unwrap();
        assert_eq!(f.see(third).await.tags, [made], "by its name and by its address");
        assert_eq!(problems(f.submit(&sanne, &tagged(&[&"ﷺ".repeat(3)])).await), [("tags", Problem::TooLong { max: 40 })]);
    }

    async fn what_nobody_can_see_is_no_post(f: TestForum) {
        let sanne = f.member("Sanne").await;
        for nothing in ["\u{3164}\u{3164}\u{3164}", "\u{2800}\u{2800}\u{2800}", "\u{ad}\u{34f}\u{17b4}\u{e0100}"] {
            let draft = Draft { title: nothing.to_owned(), body: nothing.to_owned(), ..draft() };
            assert_eq!(problems(f.submit(&sanne, &draft).await), [("title", Problem::Required), ("body", Problem::Required)]);
        }
    }

    async fn staff_edit_under_a_rule_and_for_a_reason(f: TestForum) {
        let (sanne, joost, agent) = (f.member("Sanne").await, f.member("Joost").await, f.staff("Femke", Role::Agent).await);
        let id = f.submit(&sanne, &draft()).await.unwrap();
        let bare = retitled("A slot for parcels");
        assert!(matches!(f.edit(&joost, id, &bare).await, Err(Error::Forbidden(Denied::NotAuthor))));
        assert!(matches!(f.edit(&Actor::Visitor, id, &bare).await, Err(Error::Unauthenticated)));
        assert!(matches!(f.edit(&joost, PostId(4711), &bare).await, Err(Error::NotFound)));
        let unverified = f.unverified("Piet").await;
        assert!(matches!(f.edit(&unverified, id, &bare).await, Err(Error::Forbidden(Denied::Unverified))));
        let with = |rule: Option<i32>, reason: &str| Edit { rule, reason: Some(reason.to_owned()), ..bare.clone() };
        assert_eq!(problems(f.edit(&agent, id, &bare).await), [("rule", Problem::Required), ("reason", Problem::Required)]);
        assert_eq!(problems(f.edit(&agent, id, &with(Some(99), "The title was wrong.")).await), [("rule", Problem::UnknownChoice)]);
        assert_eq!(problems(f.edit(&agent, id, &with(Some(-1), "The title was wrong.")).await), [("rule", Problem::UnknownChoice)]);
        assert_eq!(problems(f.edit(&agent, id, &with(Some(4), "Wrong.")).await), [("reason", Problem::TooShort { min: 10 })]);
        assert_eq!(f.see(id).await.version, 1);

        f.edit(&agent, id, &with(Some(4), "It named a neighbour.")).await.unwrap();
        let versions = f.of(&Actor::Visitor, id, post::versions).await.unwrap();
        let latest = &versions[0];
        assert_eq!((latest.number, latest.editor.id, latest.rule), (2, agent.id().unwrap(), Some(4)));
        assert_eq!(latest.reason.as_deref(), Some("It named a neighbour."));
        assert_eq!((versions[1].title.as_str(), versions[1].rule), ("A slot for letters", None), "the author's words stay readable");
        assert_eq!(f.see(id).await.row.author.id, sanne.id().unwrap());
    }

    async fn staff_edit_their_own_posts_like_anybody(f: TestForum) {
        let agent = f.staff("Femke", Role::Agent).await;
        let id = f.submit(&agent, &draft()).await.unwrap();
        assert_eq!(f.edit(&agent, id, &retitled("A slot for parcels")).await.unwrap().version, 2);
    }

    async fn edits_at_once_come_one_after_the_other(f: TestForum) {
        let sanne = f.member("Sanne").await;
        let id = f.submit(&sanne, &draft()).await.unwrap();
        let mut writers = JoinSet::new();
        for n in 0..24 {
            let (f, sanne) = (f.clone(), sanne.clone());
            writers.spawn(async move { f.edit(&sanne, id, &retitled(&format!("Title number {n}"))).await });
        }
        for outcome in writers.join_all().await {
            outcome.expect("an edit in a crowd");
        }
        let versions = f.of(&sanne, id, post::versions).await.unwrap();
        assert_eq!(versions.iter().map(|v| v.number).collect::<Vec<_>>(), (1..=25).rev().collect::<Vec<_>>());
        assert_eq!(versions[0].title, f.see(id).await.row.title);
    }

    async fn posts_at_once_share_new_words_and_tags(f: TestForum) {
        let people = f.members(16).await;
        let mut writers = JoinSet::new();
        for (n, person) in people.into_iter().enumerate() {
            let f = f.clone();
            writers.spawn(async move {
                let mut tags = vec!["quokka".to_owned(), "wombat".to_owned(), "numbat".to_owned(), "bilby".to_owned()];
                let words = if n % 2 == 0 {
                    "marsupial quoll potoroo"
                } else {
                    tags.reverse();
                    "potoroo quoll marsupial"
                };
                f.submit(&person, &Draft { title: words.to_owned(), body: words.to_owned(), tags, ..draft() }).await
            });
        }
        for outcome in writers.join_all().await {
            outcome.expect("a post in a crowd");
        }
        assert_eq!(f.find(&Actor::Visitor, "potoroo marsupial").await.len(), 16);
        assert_eq!(tag::list(f.read(), &Actor::Visitor).await.unwrap().len(), 4);
    }

    async fn a_post_tells_its_history(f: TestForum) {
        let (sanne, agent) = (f.member("Sanne").await, f.staff("Femke", Role::Agent).await);
        let mut news = f.listen();
        let id = f.submit(&sanne, &draft()).await.unwrap();
        f.support(&sanne, id).await;
        f.move_to(&agent, id, "planned").await;
        f.withdraw(&sanne, id).await.unwrap();
        let kept: Vec<String> = f
            .rows("SELECT kind FROM events ORDER BY id")
            .await
            .iter()
            .map(|row| row.try_get("", "kind").unwrap())
            .collect();
        assert_eq!(kept, ["post_submitted", "vote_cast", "owner_set", "answer_published", "vote_withdrawn"]);
        let mut heard = Vec::new();
        while let Ok(event) = news.try_recv() {
            assert_eq!(event.post, Some(id));
            heard.push(event.kind.name().to_owned());
        }
        assert_eq!(heard, kept, "listeners hear what was kept, in that order");
    }
}
