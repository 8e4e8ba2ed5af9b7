//! A reasoned no can be answered by the author, for seven days, once.

use chrono::TimeDelta;
use forum::{
    Error, Result,
    actor::{Actor, Role},
    answer::Draft,
    error::{Conflict, Denied, Problem},
    id::PostId,
    post::Kind,
    rebuttal::{self, Rebuttal},
};
use tests::{TestForum, on_both, problems};

async fn rebut(f: &TestForum, actor: &Actor, post: PostId, body: &str) -> Result<Rebuttal> {
    f.write(actor, async |tx| rebuttal::write(tx, post, body, None).await).await
}

on_both! {
    async fn the_author_has_seven_days(f: TestForum) {
        let (author, agent) = (f.member("Author").await, f.staff("Femke", Role::Agent).await);
        let other = f.member("Somebody else").await;
        for (after, open) in [(TimeDelta::zero(), true), (TimeDelta::days(7), true), (TimeDelta::days(7) + TimeDelta::microseconds(1), false)] {
            let post = f.post(&author, Kind::Idea, "A slot").await;
            assert!(matches!(rebut(&f, &author, post, "But why?").await, Err(Error::Conflict(Conflict::Over))), "nothing was refused");
            f.answer(&agent, post, &f.answer_into("declined")).await.unwrap();
            let until = f.now() + TimeDelta::days(7);
            f.time.advance(after);
            let open_until = async |actor: &Actor| f.of(actor, post, rebuttal::open_until).await.unwrap();
            assert_eq!((open_until(&author).await, open_until(&other).await), (open.then_some(until), None));
            assert!(matches!(rebut(&f, &other, post, "But why?").await, Err(Error::Forbidden(Denied::NotAuthor))));
            assert!(matches!(rebut(&f, &agent, post, "But why?").await, Err(Error::Forbidden(Denied::NotAuthor))));
            assert!(matches!(rebut(&f, &Actor::Visitor, post, "But why?").await, Err(Error::Unauthenticated)));
            let written = rebut(&f, &author, post, "**But** why?").await;
            if !open {
                assert!(matches!(written, Err(Error::Conflict(Conflict::Over))), "{written:?}");
                continue;
            }
            assert!(written.unwrap().body_html.contains("<strong>But</strong>"));
            assert!(matches!(rebut(&f, &author, post, "And why?").await, Err(Error::Conflict(Conflict::Exists))), "once");
            assert_eq!(open_until(&author).await, None);
            let shown = f.of(&Actor::Visitor, post, rebuttal::of_post).await.unwrap();
            let refusal = f.of(&Actor::Visitor, post, forum::answer::list).await.unwrap().pop().unwrap();
            assert_eq!((shown.len(), shown[0].answer_id, shown[0].read_at), (1, refusal.id, None), "beside the answer, for everybody");
        }
    }

    async fn it_needs_words(f: TestForum) {
        let (author, agent) = (f.member("Author").await, f.staff("Femke", Role::Agent).await);
        let post = f.post(&author, Kind::Idea, "A slot").await;
        f.answer(&agent, post, &f.answer_into("declined")).await.unwrap();
        assert_eq!(problems(rebut(&f, &author, post, " \n ").await), [("body", Problem::Required)]);
        let long = "x".repeat(10_001);
        assert_eq!(problems(rebut(&f, &author, post, &long).await), [("body", Problem::TooLong { max: 10_000 })]);
        let unverified = f.unverified("Not sure").await;
        assert!(matches!(rebut(&f, &unverified, post, "But why?").await, Err(Error::Forbidden(Denied::Unverified))));
    }

    async fn each_refusal_has_its_own(f: TestForum) {
        let (author, agent) = (f.member("Author").await, f.staff("Femke", Role::Agent).await);
        let post = f.post(&author, Kind::Idea, "A slot").await;
        let soft = Draft { is_final: false, reexamine_on: Some("2027-05-18".to_owned()), ..f.answer_into("declined") };
        f.answer(&agent, post, &soft).await.unwrap();
        rebut(&f, &author, post, "But why?").await.unwrap();
        assert_eq!(rebuttal::unread(f.read(), &agent).await.unwrap().len(), 1);
        assert!(rebuttal::unread(f.read(), &author).await.is_err(), "for staff");
        f.move_to(&agent, post, "review").await;
        assert!(rebuttal::unread(f.read(), &agent).await.unwrap().is_empty(), "who answers anew has read it");
        assert!(matches!(rebut(&f, &author, post, "But why?").await, Err(Error::Conflict(Conflict::Over))), "it is refused no more");
        f.answer(&agent, post, &f.answer_into("declined")).await.unwrap();
        rebut(&f, &author, post, "But why, once more?").await.unwrap();
        f.time.advance(TimeDelta::hours(1));
        f.write(&agent, async |tx| rebuttal::mark_read(tx, post).await).await.unwrap();
        let read = f.now();
        f.time.advance(TimeDelta::hours(1));
        f.write(&agent, async |tx| rebuttal::mark_read(tx, post).await).await.unwrap();
        let shown = f.of(&Actor::Visitor, post, rebuttal::of_post).await.unwrap();
        assert_eq!((shown.len(), shown[1].read_at), (2, Some(read)), "read once");
        assert!(matches!(f.write(&author, async |tx| rebuttal::mark_read(tx, post).await).await, Err(Error::Forbidden(Denied::Role))));
    }

    async fn what_one_may_not_see_has_no_rebuttals(f: TestForum) {
        let (author, agent) = (f.member("Author").await, f.staff("Femke", Role::Agent).await);
        let other = f.member("Somebody else").await;
        f.private_board("secret", &[&author]).await;
        let post = f.post_on(&author, "secret", Kind::Idea, "A secret slot").await;
        f.answer(&agent, post, &f.answer_into("declined")).await.unwrap();
        rebut(&f, &author, post, "But why?").await.unwrap();
        assert!(matches!(f.of(&other, post, rebuttal::of_post).await, Err(Error::NotFound)));
        assert!(matches!(rebut(&f, &other, post, "But why?").await, Err(Error::NotFound)));
        f.expel("secret", &author).await;
        assert!(matches!(rebut(&f, &author, post, "But why?").await, Err(Error::NotFound)));
    }
}
