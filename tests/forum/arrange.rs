//! How a site is arranged: boards, statuses and tags, and that nothing of anybody's is lost with it.

use std::collections::BTreeMap;

use forum::{
    Error,
    actor::{Actor, Role},
    answer,
    board::{self, Way},
    error::{Conflict, Problem},
    post::{Filter, Kind},
    site::Language,
    status::{self, Hue, NewStatus},
    tag,
};
use tests::{BOARD, TestForum, on_both, problems};

async fn tagged(f: &TestForum, actor: &Actor, title: &str, tags: &[&str]) -> forum::id::PostId {
    let draft = forum::post::Draft {
        kind: "idea".to_owned(),
        title: title.to_owned(),
        body: "More of it.".to_owned(),
        board: BOARD.to_owned(),
        tags: tags.iter().map(|tag| (*tag).to_owned()).collect(),
        language: None,
    };
    f.submit(actor, &draft).await.unwrap()
}

async fn names_of(f: &TestForum, post: forum::id::PostId) -> Vec<String> {
    f.see(post).await.tags.into_iter().map(|tag| tag.name).collect()
}

async fn order(f: &TestForum) -> Vec<String> {
    board::list(f.read(), &Actor::Visitor).await.unwrap().into_iter().map(|board| board.slug).collect()
}

on_both! {
    async fn a_board_is_called_differently_in_each_language(f: TestForum) {
        let ada = f.staff("Ada", Role::Admin).await;
        let edit = board::Edit {
            name: Some("Bills".to_owned()),
            names: Some(BTreeMap::from([(Language::Nl, "Rekeningen".to_owned())])),
            ..board::Edit::default()
        };
        let board = f.write(&ada, async |tx| board::edit(tx, BOARD, &edit).await).await.unwrap();
        assert_eq!((board.called(Language::Nl), board.called(Language::En)), ("Rekeningen", "Bills"));
        let author = f.member("Sanne").await;
        let post = f.post(&author, Kind::Idea, "One bill for all").await;
        assert_eq!(f.see(post).await.row.board.called(Language::Nl), "Rekeningen");
        assert_eq!(f.common(&author, f.now()).await.unwrap().boards[0].called(Language::Nl), "Rekeningen");
        let long = board::Edit { names: Some(BTreeMap::from([(Language::En, "x".repeat(81))])), ..board::Edit::default() };
        let refused = f.write(&ada, async |tx| board::edit(tx, BOARD, &long).await).await;
        assert_eq!(problems(refused), [("name_en", Problem::TooLong { max: 80 })]);
        let refused = f.write(&author, async |tx| board::edit(tx, BOARD, &edit).await).await;
        assert!(matches!(refused, Err(Error::Forbidden(_))), "{refused:?}");
    }

    async fn of_two_who_change_a_board_the_second_is_told(f: TestForum) {
        let ada = f.staff("Ada", Role::Admin).await;
        let version = board::by_slug(f.read(), &ada, BOARD).await.unwrap().unwrap().version;
        let edit = |name: &str| board::Edit { name: Some(name.to_owned()), version: Some(version), ..board::Edit::default() };
        f.write(&ada, async |tx| board::edit(tx, BOARD, &edit("First")).await).await.unwrap();
        let second = f.write(&ada, async |tx| board::edit(tx, BOARD, &edit("Second")).await).await;
        assert!(matches!(second, Err(Error::Conflict(Conflict::Changed))), "{second:?}");
        assert_eq!(board::by_slug(f.read(), &ada, BOARD).await.unwrap().unwrap().name, "First");
    }

    async fn a_closed_board_keeps_its_posts_and_takes_no_more(f: TestForum) {
        let (ada, author) = (f.staff("Ada", Role::Admin).await, f.member("Sanne").await);
        let post = f.post(&author, Kind::Complaint, "The bill came twice").await;
        let closed = |closed| board::Edit { closed: Some(closed), ..board::Edit::default() };
        f.write(&ada, async |tx| board::edit(tx, BOARD, &closed(true)).await).await.unwrap();
        let draft = forum::post::Draft {
            kind: "idea".to_owned(), title: "One more".to_owned(), body: "Please.".to_owned(), board: BOARD.to_owned(),
            ..forum::post::Draft::default()
        };
        assert_eq!(problems(f.submit(&author, &draft).await), [("board", Problem::BoardClosed)]);
        assert_eq!(f.page(&author, &Filter::default(), None, 10).await.total, 1);
        f.move_to(&ada, post, "planned").await;
        f.comment(&author, post, "Thank you.").await;
        f.write(&ada, async |tx| board::edit(tx, BOARD, &closed(false)).await).await.unwrap();
        f.submit(&author, &draft).await.unwrap();
    }

    async fn boards_stand_by_name_until_they_are_put_in_an_order(f: TestForum) {
        let ada = f.staff("Ada", Role::Admin).await;
        f.board("zebra").await;
        f.board("apple").await;
        assert_eq!(order(&f).await, ["apple", BOARD, "zebra"]);
        f.write(&ada, async |tx| board::put(tx, "zebra", Way::Up).await).await.unwrap();
        assert_eq!(order(&f).await, ["apple", "zebra", BOARD]);
        f.write(&ada, async |tx| board::put(tx, "apple", Way::Up).await).await.unwrap();
        f.board("aardvark").await;
        assert_eq!(order(&f).await, ["apple", "zebra", BOARD, "aardvark"], "a new one stands behind the others");
    }

    async fn a_board_that_becomes_private_is_gone_for_everybody_else(f: TestForum) {
        let (ada, author) = (f.staff("Ada", Role::Admin).await, f.member("Sanne").await);
        f.private_board("pilots", &[&author]).await;
        let post = f.post(&author, Kind::Complaint, "The bill came twice").await;
        f.scoreboard(forum::accountability::Period::Days90).await.unwrap();
        let edit = board::Edit { private: Some(true), groups: Some(vec!["pilots".to_owned()]), ..board::Edit::default() };
        f.write(&ada, async |tx| board::edit(tx, BOARD, &edit).await).await.unwrap();
        assert!(f.look(&Actor::Visitor, post).await.is_err());
        assert!(f.look(&author, post).await.is_ok(), "a group that it is open to sees it");
        let scores = f.scoreboard(forum::accountability::Period::Days90).await.unwrap();
        assert_eq!(scores.coverage.received, 0, "the figures know of it at once");
        let unknown = board::Edit { groups: Some(vec!["nobody".to_owned()]), ..board::Edit::default() };
        let refused = f.write(&ada, async |tx| board::edit(tx, BOARD, &unknown).await).await;
        assert_eq!(problems(refused), [("groups", Problem::UnknownChoice)]);
    }

    async fn a_new_status_stands_with_its_stage_and_goes_while_it_is_unused(f: TestForum) {
        let ada = f.staff("Ada", Role::Admin).await;
        let beta = NewStatus {
            slug: "beta".to_owned(), name: "In beta".to_owned(), stage: "started".to_owned(), colour: "violet".to_owned(),
            names: BTreeMap::from([(Language::Nl, "In proef".to_owned())]),
        };
        let made = f.write(&ada, async |tx| status::create(tx, &beta).await).await.unwrap();
        assert_eq!((made.colour, made.names.called(Language::Nl, &made.name)), (Some(Hue::Violet), "In proef"));
        let slugs = async || status::list(f.read()).await.unwrap().into_iter().map(|status| status.slug).collect::<Vec<_>>();
        assert_eq!(slugs().await[3..5], ["started", "beta"]);
        f.write(&ada, async |tx| status::put(tx, "beta", Way::Up).await).await.unwrap();
        f.write(&ada, async |tx| status::put(tx, "beta", Way::Up).await).await.unwrap();
        assert_eq!(slugs().await[2..5], ["planned", "beta", "started"], "it leaves its stage on no side");

        let red = NewStatus { slug: "red".to_owned(), colour: "red".to_owned(), stage: "none".to_owned(), ..beta.clone() };
        let refused = f.write(&ada, async |tx| status::create(tx, &red).await).await;
        assert_eq!(problems(refused), [("stage", Problem::UnknownChoice), ("colour", Problem::UnknownChoice)]);

        f.write(&ada, async |tx| status::remove(tx, "beta").await).await.unwrap();
        let last = f.write(&ada, async |tx| status::remove(tx, "started").await).await;
        assert!(matches!(last, Err(Error::Conflict(Conflict::LastOfStage))), "{last:?}");
    }

    async fn a_status_that_was_used_can_be_renamed_only(f: TestForum) {
        let (ada, author) = (f.staff("Ada", Role::Admin).await, f.member("Sanne").await);
        let beta = NewStatus { slug: "beta".to_owned(), name: "Beta".to_owned(), stage: "delivered".to_owned(), ..NewStatus::default() };
        f.write(&ada, async |tx| status::create(tx, &beta).await).await.unwrap();
        let post = f.post(&author, Kind::Idea, "One bill for all").await;
        f.move_to(&ada, post, "beta").await;
        f.move_to(&ada, post, "archived").await;
        let gone = f.write(&ada, async |tx| status::remove(tx, "beta").await).await;
        assert!(matches!(gone, Err(Error::Conflict(Conflict::InUse))), "an answer tells of it: {gone:?}");
        let edit = status::Edit { name: Some("In proof".to_owned()), colour: Some(String::new()), ..status::Edit::default() };
        f.write(&ada, async |tx| status::edit(tx, "beta", &edit).await).await.unwrap();
        let told = f.of(&author, post, answer::list).await.unwrap();
        assert_eq!(told[0].status.name, "In proof");

        // an answer that waits for a lead keeps its status too
        let away = NewStatus { slug: "away".to_owned(), name: "Away".to_owned(), stage: "archived".to_owned(), ..NewStatus::default() };
        f.write(&ada, async |tx| status::create(tx, &away).await).await.unwrap();
        let femke = f.staff("Femke", Role::Agent).await;
        let asked = f.post(&author, Kind::Idea, "Another one").await;
        let draft = answer::Draft { status: "away".to_owned(), what: "Put away.".to_owned(), ..answer::Draft::default() };
        f.write(&femke, async |tx| answer::give(tx, asked, &draft).await).await.unwrap();
        let gone = f.write(&ada, async |tx| status::remove(tx, "away").await).await;
        assert!(matches!(gone, Err(Error::Conflict(Conflict::InUse))), "{gone:?}");
    }

    async fn tags_that_mean_the_same_become_one_and_no_post_loses_it(f: TestForum) {
        let (ada, author) = (f.staff("Ada", Role::Admin).await, f.member("Sanne").await);
        let one = tagged(&f, &author, "One bill for all", &["bills"]).await;
        let both = tagged(&f, &author, "Two bills for one", &["bills", "invoices"]).await;
        tagged(&f, &author, "Bills by mail", &["invoice"]).await;
        f.write(&ada, async |tx| tag::merge(tx, "invoice", "bills").await).await.unwrap();
        f.write(&ada, async |tx| tag::merge(tx, "bills", "invoices").await).await.unwrap();
        assert_eq!((names_of(&f, one).await, names_of(&f, both).await), (vec!["invoices".to_owned()], vec!["invoices".to_owned()]));
        let with = |slug: &str| Filter { tag: Some(slug.to_owned()), ..Filter::default() };
        assert_eq!(f.page(&author, &with("invoices"), None, 10).await.total, 3);
        assert_eq!(f.list(&author, &with("invoices"), None, 10, f.now()).await.unwrap().total, 3, "the totals that are kept too");
        // whoever types the old name gets the tag that it became, and both old addresses lead there
        let later = tagged(&f, &author, "Bills again", &["Bills", "invoices"]).await;
        assert_eq!(names_of(&f, later).await, ["invoices"]);
        for old in ["bills", "invoice"] {
            assert_eq!(tag::became(f.read(), old).await.unwrap().unwrap().slug, "invoices");
        }
        let listed = tag::all_of(f.read(), &ada, "bil", 10).await.unwrap();
        assert_eq!((listed[0].became.as_deref(), listed[0].merged_by.as_deref()), (Some("invoices"), Some("Ada")));
        let slugs: Vec<_> = tag::list(f.read(), &author).await.unwrap().into_iter().map(|tag| tag.slug).collect();
        assert_eq!(slugs, ["invoices"]);

        for (from, into, problem) in [
            ("invoices", "invoices", Problem::UnknownChoice), ("invoices", "bills", Problem::UnknownChoice),
            ("invoices", "", Problem::Required),
        ] {
            let refused = f.write(&ada, async |tx| tag::merge(tx, from, into).await).await;
            assert_eq!(problems(refused), [("into", problem)], "{from} into {into}");
        }
        let gone = f.write(&ada, async |tx| tag::merge(tx, "bills", "invoices").await).await;
        assert!(matches!(gone, Err(Error::NotFound)), "{gone:?}");
        let refused = f.write(&author, async |tx| tag::merge(tx, "invoices", "bills").await).await;
        assert!(matches!(refused, Err(Error::Forbidden(_))), "{refused:?}");
    }

    async fn a_tag_is_renamed_and_taken_out_of_the_offer(f: TestForum) {
        let (ada, author) = (f.staff("Ada", Role::Admin).await, f.member("Sanne").await);
        f.write(&ada, async |tx| tag::create(tx, "solar", "solar").await).await.unwrap();
        f.write(&ada, async |tx| tag::rename(tx, "solar", "Solar power").await).await.unwrap();
        let post = tagged(&f, &author, "Panels on every roof", &["solar"]).await;
        assert_eq!(names_of(&f, post).await, ["Solar power"]);
        f.write(&ada, async |tx| tag::create(tx, "wind", "wind").await).await.unwrap();
        for slug in ["solar", "wind"] {
            f.write(&ada, async |tx| tag::offer(tx, slug, false).await).await.unwrap();
        }
        let slugs: Vec<_> = tag::list(f.read(), &author).await.unwrap().into_iter().map(|tag| tag.slug).collect();
        assert_eq!(slugs, ["solar"], "a post has it");
        assert_eq!(problems(f.write(&ada, async |tx| tag::rename(tx, "solar", " ").await).await), [("name", Problem::Required)]);
        f.write(&ada, async |tx| tag::rename(tx, "solar", "Sunshine").await).await.unwrap();
        assert_eq!(f.find(&author, "sunshine").await, ["Panels on every roof"], "the search knows what it is called now");
        f.write(&ada, async |tx| tag::merge(tx, "solar", "wind").await).await.unwrap();
        assert!(f.find(&author, "sunshine").await.is_empty());
        assert_eq!(f.find(&author, "wind").await, ["Panels on every roof"]);
    }
}
