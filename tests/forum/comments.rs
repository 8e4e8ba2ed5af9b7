//! Replies in threads: edited in the open, taken back with a marker.

use forum::{
    Error,
    actor::{Actor, Role},
    comment::{self, Thread},
    error::{Conflict, Denied, Problem},
    event::Audience,
    id::{CommentId, PostId},
    notice::{About, Content},
    post::{Kind, rank},
};
use tests::{TestForum, on_both, problems};
use tokio::task::JoinSet;

async fn edit(f: &TestForum, actor: &Actor, id: CommentId, body: &str) -> forum::Result<comment::Comment> {
    f.write(actor, async |tx| comment::edit(tx, id, &comment::Edit::of(body)).await).await
}

async fn remove(f: &TestForum, actor: &Actor, id: CommentId) -> forum::Result<()> {
    f.write(actor, async |tx| comment::remove(tx, id).await).await
}

async fn listed(f: &TestForum, post: PostId) -> Vec<comment::Comment> {
    f.of(&Actor::Visitor, post, async |view, post| comment::page(view, post, None, 100).await).await.unwrap().items
}

fn shape(threads: &[Thread]) -> String {
    threads.iter().flat_map(|t| [t.comment.body.clone(), "[".to_owned(), shape(&t.replies), "]".to_owned()]).collect()
}

on_both! {
    async fn replies_stand_in_threads(f: TestForum) {
        let (sanne, joost) = (f.member("Sanne").await, f.member("Joost").await);
        let post = f.post(&sanne, Kind::Idea, "A slot for letters").await;
        let a = f.comment(&joost, post, "a").await;
        let b = f.comment(&sanne, post, "b").await;
        let a1 = f.reply(&sanne, post, a, "a1").await;
        f.reply(&joost, post, b, "b1").await;
        f.reply(&joost, post, a1, "a1x").await;
        f.reply(&joost, post, a, "a2").await;
        assert_eq!(shape(&comment::threads(listed(&f, post).await)), "a[a1[a1x[]]a2[]]b[b1[]]");
        let row = f.see(post).await.row;
        assert_eq!(row.comment_count, 6);
        assert!((row.trend - rank::trend(0, 6, row.created_at)).abs() < 1e-9);

        let later = f.of(&Actor::Visitor, post, async |view, post| comment::page(view, post, Some(a1), 2).await).await.unwrap().items;
        assert_eq!(later.iter().map(|c| c.body.as_str()).collect::<Vec<_>>(), ["b1", "a1x"], "a page after a comment");
    }

    async fn a_page_of_long_comments_has_fewer(f: TestForum) {
        let (sanne, joost) = (f.member("Sanne").await, f.member("Joost").await);
        let post = f.post(&sanne, Kind::Idea, "A slot for letters").await;
        let mut ids = Vec::new();
        for n in 0..12 {
            // four bytes each, and the last ones are short
            let body = if n < 9 { "🐦".repeat(comment::BODY_MAX) } else { "Short.".to_owned() };
            ids.push(f.comment(&joost, post, &body).await);
        }
        let (mut after, mut pages) = (None, Vec::new());
        loop {
            let page = f.of(&Actor::Visitor, post, async |view, post| comment::page(view, post, after, 100).await).await.unwrap();
            let size: usize = page.items.iter().map(|comment| comment.body_html.len()).sum();
            assert!(size < 256 * 1024 + 50_000, "{size} bytes on a page");
            for comment in &page.items {
                let on_first = comment::is_on_first_page(f.read(), comment, comment.post, 100).await.unwrap();
                assert_eq!(on_first, pages.is_empty(), "{}", comment.id);
            }
            after = page.items.last().map(|comment| comment.id);
            pages.push(page.items.len());
            if !page.more {
                break;
            }
        }
        assert_eq!(pages, [7, 5]);
        assert_eq!(after, ids.last().copied());
        let one = f.of(&Actor::Visitor, post, async |view, post| comment::page(view, post, None, 1).await).await.unwrap();
        assert_eq!((one.items.len(), one.more), (1, true));
        let last = f.of(&Actor::Visitor, post, async |view, post| comment::page(view, post, Some(ids[10]), 1).await).await.unwrap();
        assert_eq!((last.items.len(), last.more), (1, false));
    }

    async fn a_reply_belongs_to_the_post_of_its_parent(f: TestForum) {
        let sanne = f.member("Sanne").await;
        let one = f.post(&sanne, Kind::Idea, "One").await;
        let other = f.post(&sanne, Kind::Idea, "Other").await;
        let elsewhere = f.comment(&sanne, other, "Elsewhere").await;
        for parent in [elsewhere, CommentId(4711)] {
            let outcome = f.write(&sanne, async |tx| comment::submit(tx, one, Some(parent), "Here", None).await).await;
            assert_eq!(problems(outcome), [("parent_id", Problem::NotOnThisPost)]);
        }
        assert_eq!(f.see(one).await.row.comment_count, 0);
    }

    async fn a_comment_needs_words_a_person_and_a_post(f: TestForum) {
        let (sanne, unverified) = (f.member("Sanne").await, f.unverified("Joost").await);
        let post = f.post(&sanne, Kind::Idea, "A slot for letters").await;
        let submit = async |actor: &Actor, post: PostId, body: &str| {
            f.write(actor, async |tx| comment::submit(tx, post, None, body, None).await).await
        };
        assert_eq!(problems(submit(&sanne, post, " \n ").await), [("body", Problem::Required)]);
        assert_eq!(problems(submit(&sanne, post, &"é".repeat(10_001)).await), [("body", Problem::TooLong { max: 10_000 })]);
        assert!(matches!(submit(&Actor::Visitor, post, "Hello").await, Err(Error::Unauthenticated)));
        assert!(matches!(submit(&unverified, post, "Hello").await, Err(Error::Forbidden(Denied::Unverified))));
        assert!(matches!(submit(&sanne, PostId(4711), "Hello").await, Err(Error::NotFound)));
        submit(&sanne, post, &"é".repeat(10_000)).await.unwrap();
        assert_eq!(f.count("comments").await, 1);
    }

    async fn an_edit_keeps_every_wording(f: TestForum) {
        let (sanne, joost, lead) = (f.member("Sanne").await, f.member("Joost").await, f.staff("Ruth", Role::Lead).await);
        let post = f.post(&sanne, Kind::Idea, "A slot for letters").await;
        let id = f.comment(&joost, post, "First zebra").await;
        f.time.advance(chrono::TimeDelta::minutes(5));
        let edited = edit(&f, &joost, id, "Second **giraffe**").await.unwrap();
        assert_eq!((edited.version, edited.edited_at), (2, Some(f.now())));
        assert_eq!(edited.body_html, "<p>Second <strong>giraffe</strong></p>\n");
        edit(&f, &joost, id, "Second **giraffe**").await.unwrap();
        let wordings = comment::versions(&f.view(&Actor::Visitor).await, id).await.unwrap();
        let wordings: Vec<_> = wordings.iter().map(|v| (v.number, v.body.as_str())).collect();
        assert_eq!(wordings, [(2, "Second **giraffe**"), (1, "First zebra")], "the same wording again is no new version");

        assert_eq!(f.find(&Actor::Visitor, "giraffe").await, ["A slot for letters"]);
        assert!(f.find(&Actor::Visitor, "zebra").await.is_empty(), "what it said before is not found any more");
        assert!(matches!(edit(&f, &sanne, id, "Mine now").await, Err(Error::Forbidden(Denied::NotAuthor))));
        let bare = problems(edit(&f, &lead, id, "Ours now").await).into_iter().map(|(field, _)| field).collect::<Vec<_>>();
        assert_eq!(bare, ["rule", "reason"], "the staff names a rule and a reason");
        assert!(matches!(edit(&f, &Actor::Visitor, id, "Mine now").await, Err(Error::Unauthenticated)));
        assert!(matches!(edit(&f, &joost, CommentId(4711), "Mine now").await, Err(Error::NotFound)));
        assert_eq!(problems(edit(&f, &joost, id, "").await), [("body", Problem::Required)]);
        assert_eq!(f.see(post).await.row.comment_count, 1);
    }

    async fn what_its_author_takes_back_leaves_a_marker_only(f: TestForum) {
        let (sanne, joost, lead) = (f.member("Sanne").await, f.member("Joost").await, f.staff("Ruth", Role::Lead).await);
        let post = f.post(&sanne, Kind::Idea, "A slot for letters").await;
        let id = f.comment(&joost, post, "Something about zebras").await;
        edit(&f, &joost, id, "Something about giraffes").await.unwrap();
        f.reply(&sanne, post, id, "I see").await;
        for other in [&sanne, &lead] {
            assert!(matches!(remove(&f, other, id).await, Err(Error::Forbidden(Denied::NotAuthor))));
        }
        for _ in 0..2 {
            remove(&f, &joost, id).await.unwrap();
            let row = f.see(post).await.row;
            assert_eq!(row.comment_count, 1, "counted once less, whenever it is asked for");
            assert!((row.trend - rank::trend(0, 1, row.created_at)).abs() < 1e-9);
        }
        let comments = listed(&f, post).await;
        assert_eq!(shape(&comment::threads(comments.clone())), "[I see[]]", "the marker and the reply stay");
        assert_eq!((comments[0].id, comments[0].removed_at, comments[0].body_html.as_str()), (id, Some(f.now()), ""));
        assert!(comment::versions(&f.view(&lead).await, id).await.unwrap().is_empty());
        for word in ["giraffes", "zebras"] {
            assert!(f.find(&Actor::Visitor, word).await.is_empty(), "{word} is gone from the search");
        }
        for table in ["comments", "comment_versions"] {
            assert_eq!(f.count(&format!("{table} WHERE body LIKE '%giraffe%' OR body LIKE '%zebra%'")).await, 0, "{table}");
        }
        assert!(matches!(edit(&f, &joost, id, "Back again").await, Err(Error::Conflict(Conflict::Removed))));
        assert_eq!(f.count("events WHERE kind = 'comment_removed'").await, 1);
    }

    async fn two_windows_of_one_author_do_not_trip_over_each_other(f: TestForum) {
        let joost = f.member("Joost").await;
        let post = f.post(&joost, Kind::Idea, "A slot for letters").await;
        for round in 0..6 {
            let id = f.comment(&joost, post, "First").await;
            let mut writers = JoinSet::new();
            for n in 0..6 {
                let (f, joost) = (f.clone(), joost.clone());
                writers.spawn(async move {
                    match n % 3 {
                        0 => f.write(&joost, async |tx| comment::submit(tx, post, Some(id), "A reply", None).await).await.map(drop),
                        1 => edit(&f, &joost, id, &format!("Wording zebra{round} {n}")).await.map(drop),
                        _ if n == 5 => remove(&f, &joost, id).await,
                        _ => edit(&f, &joost, id, &format!("Wording {n}")).await.map(drop),
                    }
                });
            }
            for outcome in writers.join_all().await {
                assert!(matches!(outcome, Ok(()) | Err(Error::Conflict(Conflict::Removed))), "{outcome:?}");
            }
            let comment = comment::visible(&f.view(&joost).await, id).await.unwrap();
            assert!(comment.removed_at.is_some());
            assert_eq!(f.count(&format!("comments WHERE id = {id} AND body <> ''")).await, 0, "what was taken back stays away");
            assert_eq!(f.count(&format!("comment_versions WHERE comment_id = {id}")).await, 0);
            assert!(f.find(&joost, &format!("zebra{round}")).await.is_empty());
        }
        assert_eq!(f.see(post).await.row.comment_count, f.count("comments WHERE removed_at IS NULL").await);
    }

    async fn sixty_four_comments_at_once_are_counted_exactly(f: TestForum) {
        let people = f.members(64).await;
        let post = f.post(&people[0], Kind::Idea, "A slot for letters").await;
        let mut writers = JoinSet::new();
        for (n, person) in people.into_iter().enumerate() {
            let f = f.clone();
            writers.spawn(async move {
                // the same new words in another order: who learns them first must not lock out who learns them last
                let body = if n % 2 == 0 { "quokka wombat numbat" } else { "numbat wombat quokka" };
                let id = f.write(&person, async |tx| comment::submit(tx, post, None, body, None).await).await?;
                if n % 4 == 0 { remove(&f, &person, id).await } else { f.vote(&person, post, forum::vote::Stance::Support, None).await.map(drop) }
            });
        }
        for outcome in writers.join_all().await {
            outcome.expect("a comment in a crowd");
        }
        let row = f.see(post).await.row;
        assert_eq!((row.comment_count, row.support_count), (48, 48));
        assert!((row.trend - rank::trend(48, 48, row.created_at)).abs() < 1e-9);
    }

    async fn each_person_concerned_hears_once_of_a_comment(f: TestForum) {
        let sanne = f.member_with_mail("Sanne", "sanne@example.org").await;
        let joost = f.member_with_mail("Joost", "joost@example.org").await;
        let post = f.post(&sanne, Kind::Idea, "A slot for letters").await;
        f.comment(&sanne, post, "To myself").await;
        assert!(f.outbox().await.is_empty(), "nobody writes to themselves");

        let question = f.comment(&joost, post, "Why not a box?").await;
        let told = |sent: &tests::Sent| match &sent.content {
            Content::Notice { notice, .. } => match &notice.about {
                About::Comment(comment) => (sent.to.clone(), comment.author.name.clone(), notice.reason == Audience::RepliedTo),
                other => panic!("{other:?}"),
            },
            other => panic!("{other:?}"),
        };
        let letters: Vec<_> = f.outbox().await.iter().map(told).collect();
        assert_eq!(letters, [("sanne@example.org".to_owned(), "Joost".to_owned(), false)]);
        f.forget_letters().await;

        f.reply(&sanne, post, question, "A box is too big.").await;
        let letters: Vec<_> = f.outbox().await.iter().map(told).collect();
        assert_eq!(letters, [("joost@example.org".to_owned(), "Sanne".to_owned(), true)]);
        f.forget_letters().await;

        // within the hour it would wait for others
        f.time.advance(chrono::TimeDelta::hours(2));
        let own = f.comment(&sanne, post, "One more thing").await;
        f.reply(&joost, post, own, "Yes?").await;
        let letters: Vec<_> = f.outbox().await.iter().map(told).collect();
        assert_eq!(letters, [("sanne@example.org".to_owned(), "Joost".to_owned(), true)], "author and replied to, told once");
    }
}
