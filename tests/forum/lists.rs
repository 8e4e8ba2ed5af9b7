//! Lists page by page, while posts come and go.

use std::collections::HashMap;

use chrono::TimeDelta;
use forum::{
    actor::{Actor, Role},
    error::Problem,
    id::PostId,
    post::{self, Filter, Kind, Sort},
    status::Stage,
};
use proptest::sample::select;
use tests::{BOARD, TestForum, on_both, problems};

const PAGE: u64 = 4;

/// A list of posts of which several always tie, so that the number decides.
async fn fill(f: &TestForum, author: &Actor, lead: &Actor, voters: &[Actor], sort: Sort, board: &str) -> Vec<PostId> {
    let mut posts = Vec::new();
    for n in 0..15_usize {
        let kind = if n % 2 == 0 { Kind::Complaint } else { Kind::Idea };
        let post = f.post_on(author, board, kind, &format!("Post {n}")).await;
        if matches!(sort, Sort::Top | Sort::Trending) {
            for voter in &voters[..n / 2 % 4] {
                f.support(voter, post).await;
            }
        }
        if sort == Sort::Delivered {
            f.move_to(lead, post, "delivered").await;
        }
        if n % 3 == 0 {
            f.time.advance(TimeDelta::hours(1));
        }
        posts.push(post);
    }
    posts
}

/// Takes a post off the list.
async fn leave(f: &TestForum, lead: &Actor, post: PostId) {
    f.move_to(lead, post, "archived").await;
}

on_both! {
    async fn every_page_follows_the_one_before_while_posts_come_and_go(f: TestForum) {
        let (author, lead) = (f.member("Author").await, f.staff("Ruth", Role::Lead).await);
        let voters = f.members(4).await;
        for sort in Sort::ALL {
            let board = format!("board-{}", sort.as_str());
            f.board(&board).await;
            let filter = Filter { sort, board: Some(board.clone()), ..Filter::default() };
            let old = fill(&f, &author, &lead, &voters, sort, &board).await;
            // the order that a whole page shows
            let whole: Vec<PostId> = f.page(&Actor::Visitor, &filter, None, 100).await.items.iter().map(|row| row.id).collect();
            assert_eq!(whole.len(), old.len(), "{sort:?}");

            let (mut cursor, mut seen, mut gone, mut cursors) = (None, Vec::new(), Vec::new(), Vec::new());
            for turn in 0.. {
                let page = f.page(&Actor::Visitor, &filter, cursor.as_deref(), PAGE).await;
                seen.extend(page.items.iter().map(|row| row.id));
                assert_eq!(page.newer.is_some(), turn > 0, "{sort:?}: only the first page has none before it");
                cursors.push(page.newer);
                cursor = page.older;
                if cursor.is_none() {
                    break;
                }
                // one comes in; one that was seen and one that was not yet go
                let arrived = f.post_on(&author, &board, Kind::Idea, "Arrived").await;
                if sort == Sort::Delivered {
                    f.move_to(&lead, arrived, "delivered").await;
                }
                let waiting: Vec<PostId> = whole.iter().copied().filter(|id| !seen.contains(id)).collect();
                for leaver in [seen.iter().copied().find(|id| whole.contains(id) && !gone.contains(id)), waiting.last().copied()] {
                    if let Some(leaver) = leaver.filter(|id| !gone.contains(id)) {
                        leave(&f, &lead, leaver).await;
                        gone.push(leaver);
                    }
                }
                assert!(turn < 20, "{sort:?}: no end");
            }
            let seen_old: Vec<PostId> = seen.iter().copied().filter(|id| whole.contains(id)).collect();
            let mut once = seen_old.clone();
            once.sort_unstable();
            once.dedup();
            assert_eq!(once.len(), seen_old.len(), "{sort:?}: no post stands on two pages");
            for id in &whole {
                assert!(seen.contains(id) || gone.contains(id), "{sort:?}: post {id} was skipped");
            }
            let in_order: Vec<PostId> = whole.iter().copied().filter(|id| seen.contains(id)).collect();
            assert_eq!(seen_old, in_order, "{sort:?}: page by page it is the same order");

            // and back again, on what is there now
            let now: Vec<PostId> = f.page(&Actor::Visitor, &filter, None, 100).await.items.iter().map(|row| row.id).collect();
            let mut back = Vec::new();
            let mut cursor = cursors.pop().flatten();
            while let Some(newer) = cursor {
                let page = f.page(&Actor::Visitor, &filter, Some(&newer), PAGE).await;
                assert!(page.older.is_some(), "{sort:?}: from before there is a way onwards");
                let mut ids: Vec<PostId> = page.items.iter().map(|row| row.id).collect();
                ids.append(&mut back);
                back = ids;
                cursor = page.newer;
            }
            assert_eq!(back, now[..back.len()], "{sort:?}: `newer` leads back to the beginning");
            assert!(back.len() + usize::try_from(PAGE).unwrap() >= now.len(), "{sort:?}");
        }
    }

    async fn pages_of_any_size_show_the_whole_list_once(f: TestForum) {
        let (author, lead) = (f.member("Author").await, f.staff("Ruth", Role::Lead).await);
        let voters = f.members(4).await;
        fill(&f, &author, &lead, &voters, Sort::Top, BOARD).await;
        fill(&f, &author, &lead, &voters, Sort::Delivered, BOARD).await;
        f.for_all((select(&Sort::ALL[..]), 1..12_u64), async |f, (sort, size)| {
            let filter = Filter { sort, ..Filter::default() };
            let whole = f.page(&Actor::Visitor, &filter, None, 100).await;
            let mut forwards = Vec::new();
            let mut pages = Vec::new();
            let mut cursor = None;
            loop {
                let page = f.page(&Actor::Visitor, &filter, cursor.as_deref(), size).await;
                assert_eq!(page.total, whole.total, "the total is that of the list, not of the page");
                cursor.clone_from(&page.older);
                forwards.extend(page.items.iter().map(|row| row.id));
                pages.push(page);
                if cursor.is_none() {
                    break;
                }
            }
            assert_eq!(forwards, whole.items.iter().map(|row| row.id).collect::<Vec<_>>());
            assert_eq!(i64::try_from(forwards.len()).unwrap(), whole.total);
            // each page leads back to the one before it
            for pair in pages.windows(2) {
                let back = f.page(&Actor::Visitor, &filter, pair[1].newer.as_deref(), size).await;
                assert_eq!(back.items, pair[0].items);
            }
        });
    }

    async fn each_order_is_what_it_says(f: TestForum) {
        let (author, lead) = (f.member("Author").await, f.staff("Ruth", Role::Lead).await);
        let voters = f.members(4).await;
        fill(&f, &author, &lead, &voters, Sort::Top, BOARD).await;
        fill(&f, &author, &lead, &voters, Sort::Delivered, BOARD).await;
        for sort in Sort::ALL {
            let rows = f.page(&Actor::Visitor, &Filter { sort, ..Filter::default() }, None, 100).await.items;
            let due = |row: &post::PostRow| row.clocks.iter().find(|c| c.name == forum::clock::Name::FirstAnswer).map(|c| c.due_at);
            for pair in rows.windows(2) {
                let (a, b) = (&pair[0], &pair[1]);
                let right = match sort {
                    Sort::Fit | Sort::Trending => (a.trend, a.id) > (b.trend, b.id),
                    Sort::New => a.id > b.id,
                    Sort::Top => (a.support_count, a.id) > (b.support_count, b.id),
                    Sort::Waiting => (due(a), a.id) < (due(b), b.id),
                    Sort::Delivered => (a.stage_at, a.id) > (b.stage_at, b.id),
                };
                assert!(right, "{sort:?}: {} before {}", a.id, b.id);
            }
            let expected = if matches!(sort, Sort::Waiting | Sort::Delivered) { 15 } else { 30 };
            assert_eq!(rows.len(), expected, "{sort:?}");
        }
    }

    async fn filters_narrow_a_list(f: TestForum) {
        let (sanne, joost, lead) = (f.member("Sanne").await, f.member("Joost").await, f.staff("Ruth", Role::Lead).await);
        f.board("billing").await;
        let idea = f.post(&sanne, Kind::Idea, "Idea").await;
        let wish = f.post_on(&joost, "billing", Kind::Wish, "Wish").await;
        let complaint = f.post_on(&sanne, "billing", Kind::Complaint, "Complaint").await;
        let archived = f.post(&sanne, Kind::Idea, "Archived").await;
        f.support(&joost, idea).await;
        f.move_to(&lead, wish, "planned").await;
        f.move_to(&lead, archived, "archived").await;
        let filter = || Filter { sort: Sort::New, ..Filter::default() };
        for (filter, expected) in [
            (filter(), vec![complaint, wish, idea]),
            (Filter { board: Some("billing".to_owned()), ..filter() }, vec![complaint, wish]),
            (Filter { board: Some("nowhere".to_owned()), ..filter() }, vec![]),
            (Filter { kind: Some(Kind::Idea), ..filter() }, vec![idea]),
            (Filter { status: Some("planned".to_owned()), ..filter() }, vec![wish]),
            (Filter { status: Some("archived".to_owned()), ..filter() }, vec![archived]),
            (Filter { stage: Some(Stage::Archived), ..filter() }, vec![archived]),
            (Filter { stage: Some(Stage::Received), ..filter() }, vec![complaint, idea]),
            (Filter { author: sanne.id(), ..filter() }, vec![archived, complaint, idea]),
            (Filter { voter: joost.id(), ..filter() }, vec![idea]),
            (Filter { tag: Some("nothing".to_owned()), ..filter() }, vec![]),
            (Filter { q: Some("wish".to_owned()), ..filter() }, vec![wish]),
            (Filter { q: Some("wish".to_owned()), kind: Some(Kind::Idea), ..filter() }, vec![]),
        ] {
            let page = f.page(&Actor::Visitor, &filter, None, 10).await;
            assert_eq!(page.items.iter().map(|row| row.id).collect::<Vec<_>>(), expected, "{filter:?}");
            assert_eq!(page.total, i64::try_from(expected.len()).unwrap(), "{filter:?}");
        }
        let expected = HashMap::from([(Stage::Received, 2), (Stage::Planned, 1), (Stage::Archived, 1)]);
        assert_eq!(post::count_by_stage(f.read(), &Actor::Visitor).await.unwrap(), expected);
        assert_eq!(post::count_waiting(f.read(), &Actor::Visitor).await.unwrap(), 2);
    }

    async fn nothing_that_is_typed_into_an_address_breaks_a_list(f: TestForum) {
        let sanne = f.member("Sanne").await;
        f.post(&sanne, Kind::Idea, "A slot for letters").await;
        for text in ["\0", "a\0b", "'", "\"", "%", "\\", "\u{fffd}", "é", "general\0", &"x".repeat(5_000)] {
            let some = || Some(text.to_owned());
            for filter in [
                Filter { board: some(), ..Filter::default() },
                Filter { status: some(), ..Filter::default() },
                Filter { tag: some(), ..Filter::default() },
            ] {
                assert_eq!(f.page(&Actor::Visitor, &filter, None, 10).await.total, 0, "{filter:?}");
            }
            f.page(&Actor::Visitor, &Filter { q: some(), ..Filter::default() }, None, 10).await;
            assert_eq!(forum::person::by_handle(f.read(), text).await.unwrap(), None);
            assert_eq!(forum::person::by_email(f.read(), text).await.unwrap(), None);
            assert_eq!(forum::board::by_slug(f.read(), &sanne, text).await.unwrap(), None);
        }
    }

    async fn a_cursor_of_another_list_is_refused(f: TestForum) {
        let author = f.member("Author").await;
        for n in 0..3 {
            f.post(&author, Kind::Idea, &format!("Post {n}")).await;
        }
        let older = f.page(&author, &Filter { sort: Sort::New, ..Filter::default() }, None, 1).await.older.unwrap();
        let list = async |sort: Sort, cursor: &str| {
            post::list(f.read(), &author, &Filter { sort, ..Filter::default() }, Some(cursor), 10, f.now()).await
        };
        assert!(list(Sort::New, &older).await.is_ok());
        assert_eq!(problems(list(Sort::Top, &older).await), [("cursor", Problem::NotACursor)]);
        f.for_all(("[on]?-?(fit|new|top|trending|waiting|delivered|x)?-?.{0,24}", select(&Sort::ALL[..])), async |_, (cursor, sort)| {
            match list(sort, &cursor).await {
                Ok(_) => {}
                wrong => assert_eq!(problems(wrong), [("cursor", Problem::NotACursor)], "{cursor:?}"),
            }
        });
        for cursor in ["", "-", "o-new--", "o-new--x", "o-top-9223372036854775808-1", "o-trending-7ff0000000000000-1", "o-trending-7ff8000000000000-1", "o-waiting-9223372036854775807-1", "o-new--99999999999999999999"] {
            for sort in Sort::ALL {
                assert_eq!(problems(list(sort, cursor).await), [("cursor", Problem::NotACursor)], "{cursor:?}");
            }
        }
        for (sort, cursor) in [(Sort::Top, "o-top--9223372036854775808-1"), (Sort::New, "n-new---5"), (Sort::Waiting, "o-waiting--8334601228800000000-1"), (Sort::Trending, "o-trending-fff0000000000001-1"), (Sort::Delivered, "n-delivered-8210266876799000000-1")] {
            // far out, but a place in a list: whatever is answered, it is no error of ours
            match list(sort, cursor).await {
                Ok(_) => {}
                wrong => drop(problems(wrong)),
            }
        }
    }
}
