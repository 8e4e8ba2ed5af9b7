//! What there is room for when somebody has only just come.

use chrono::TimeDelta;
use forum::{
    Error, Tx,
    actor::{Actor, Role},
    comment,
    id::PostId,
    newcomer::{FIRST, FIRST_COMMENTS, FIRST_POSTS, NEW},
    post::{Draft, Kind},
};
use tests::{TestForum, on_both};

fn draft(title: &str) -> Draft {
    Draft {
        kind: "idea".to_owned(),
        title: title.to_owned(),
        body: "More.".to_owned(),
        board: tests::BOARD.to_owned(),
        ..Draft::default()
    }
}

/// Seconds to wait before a post is taken; 0 when it was.
async fn post(f: &TestForum, who: &Actor, title: &str) -> i64 {
    match f.submit(who, &draft(title)).await {
        Ok(_) => 0,
        Err(Error::Limited { retry_after }) => i64::try_from(retry_after).unwrap(),
        Err(error) => panic!("{error}"),
    }
}

/// The same of a comment.
async fn say(f: &TestForum, who: &Actor, on: PostId, text: &str) -> i64 {
    match f.write(who, async |tx: &mut Tx| comment::submit(tx, on, None, text, None).await).await {
        Ok(_) => 0,
        Err(Error::Limited { retry_after }) => i64::try_from(retry_after).unwrap(),
        Err(error) => panic!("{error}"),
    }
}

on_both! {
    async fn the_first_day_has_room_for_three_posts_and_ten_comments(f: TestForum) {
        let f = f.limited().await;
        let (old, new) = (f.member("Joost").await, f.newcomer("Sanne").await);
        let on = f.post(&old, Kind::Idea, "A slot for letters").await;
        f.time.advance(TimeDelta::hours(2));
        for n in 0..FIRST_POSTS {
            assert_eq!(post(&f, &new, &format!("Post {n}")).await, 0);
            f.time.advance(TimeDelta::hours(3));
        }
        let left = (FIRST - TimeDelta::hours(2 + 3 * FIRST_POSTS)).num_seconds();
        assert_eq!(post(&f, &new, "One too many").await, left + 1);
        assert_eq!(post(&f, &new, "Impatient").await, left + 1, "to ask again neither helps nor costs anything");
        for n in 0..FIRST_COMMENTS {
            assert_eq!(say(&f, &new, on, &format!("Comment {n}")).await, 0, "comments have room of their own");
        }
        assert_eq!(say(&f, &new, on, "One too many").await, left + 1);
        assert_eq!(post(&f, &old, "Of somebody else").await, 0);

        f.time.advance(TimeDelta::seconds(left + 1));
        assert_eq!(post(&f, &new, "On the next day").await, 0);
        assert_eq!(say(&f, &new, on, "On the next day").await, 0);
    }

    async fn what_comes_after_the_first_day_comes_slower_for_a_week(f: TestForum) {
        let f = f.limited().await;
        let new = f.newcomer("Sanne").await;
        let burst = async |start: &str| {
            let mut taken = 0;
            while post(&f, &new, &format!("{start} {taken}")).await == 0 {
                taken += 1;
            }
            taken
        };
        f.time.advance(FIRST);
        assert_eq!(burst("Tuesday").await, 3);
        f.time.advance(TimeDelta::minutes(30));
        assert_eq!(burst("Half an hour later").await, 1);
        f.time.advance(NEW);
        assert_eq!(burst("As everybody").await, forum::limit::POST.burst);
    }

    async fn neither_staff_nor_who_was_brought_in_counts_as_new(f: TestForum) {
        let f = f.limited().await;
        let agent = f.staff("Anna", Role::Agent).await;
        f.sql("UPDATE persons SET imported_from = NULL WHERE name = 'Anna'").await.unwrap();
        let brought = f.member("Joost").await;
        for who in [&agent, &brought] {
            for n in 0..=FIRST_POSTS {
                assert_eq!(post(&f, who, &format!("Post {n}")).await, 0);
            }
        }
    }

    async fn without_limits_nobody_is_new(f: TestForum) {
        let new = f.newcomer("Sanne").await;
        for n in 0..=FIRST_POSTS {
            assert_eq!(post(&f, &new, &format!("Post {n}")).await, 0);
        }
    }

    async fn of_two_at_once_the_second_counts_the_first(f: TestForum) {
        let f = f.limited().await;
        let new = f.newcomer("Sanne").await;
        let mut all = tokio::task::JoinSet::new();
        for n in 0..8 {
            let (f, new) = (f.clone(), new.clone());
            all.spawn(async move { post(&f, &new, &format!("At once {n}")).await });
        }
        let taken = all.join_all().await.into_iter().filter(|wait| *wait == 0).count();
        assert_eq!(i64::try_from(taken).unwrap(), FIRST_POSTS);
    }
}
