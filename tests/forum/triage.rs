//! The parts of the work queue: each is what it says, in the one order of all of them (rule 9).

use chrono::TimeDelta;
use forum::{
    actor::Role,
    answer, clock, handover,
    id::PostId,
    owner,
    post::{self, Kind, Part, PartCounts, Whose},
    rebuttal,
};
use tests::{TestForum, on_both};

/// The posts of a part, and what the count of it says.
async fn part(f: &TestForum, actor: &forum::actor::Actor, part: Part) -> Vec<PostId> {
    let (items, next, total) = post::queue(f.read(), actor, part, None, 100, f.now()).await.unwrap();
    assert_eq!((items.len(), next), (usize::try_from(total).unwrap(), None), "{part:?}");
    assert_eq!(post::count_queue(f.read(), actor, part, f.now()).await.unwrap(), total, "{part:?}");
    items.into_iter().map(|(row, _)| row.id).collect()
}

on_both! {
    async fn every_part_is_what_it_says_in_the_order_of_all(f: TestForum) {
        let author = f.member("Sanne").await;
        let (femke, luuk) = (f.staff("Femke", Role::Agent).await, f.staff("Luuk", Role::Lead).await);
        let (me, other) = (femke.id().unwrap(), luuk.id().unwrap());
        let late = f.post(&author, Kind::Complaint, "Late").await;
        let wish = f.post(&author, Kind::Wish, "A wish").await;
        let no = f.post(&author, Kind::Idea, "Refused").await;
        f.time.advance(TimeDelta::days(5));
        let today = f.post(&author, Kind::Complaint, "Due today").await;
        let asked = f.post(&author, Kind::Idea, "Asked for").await;
        f.time.advance(TimeDelta::days(2));
        let fresh = f.post(&author, Kind::Complaint, "Fresh").await;

        f.move_to(&luuk, no, "declined").await;
        f.write(&author, async |tx| rebuttal::write(tx, no, "It is not so.", None).await).await.unwrap();
        let away = answer::Draft { status: "archived".to_owned(), what: "Put away.".to_owned(), ..answer::Draft::default() };
        let outcome = f.write(&femke, async |tx| answer::give(tx, asked, &away).await).await.unwrap();
        assert!(matches!(outcome, answer::Outcome::Requested(_)), "{outcome:?}");
        f.write(&femke, async |tx| owner::set(tx, fresh, me).await).await.unwrap();
        f.write(&femke, async |tx| handover::offer(tx, fresh, other, "").await).await.unwrap();

        let all = part(&f, &femke, Part::Whose(Whose::All)).await;
        assert_eq!(all, [late, wish, today, fresh, asked]);
        let tonight = clock::end_of_day(f.site().time_zone, clock::local_day(&f.site(), f.now()));
        let parts = [
            (Part::Overdue, vec![late]),
            (Part::DueUntil(tonight), vec![wish, today]),
            (Part::Whose(Whose::Nobody), vec![late, wish, today]),
            (Part::Whose(Whose::Of(me)), vec![fresh, asked]),
            (Part::Rebuttals, vec![no]),
            (Part::Requests, vec![asked]),
            (Part::OfferedTo(other), vec![fresh]),
            (Part::OfferedTo(me), vec![]),
        ];
        for (name, expected) in &parts {
            assert_eq!(part(&f, &femke, *name).await, *expected, "{name:?}");
        }
        let counts = f.workload(&luuk, f.now()).await.unwrap();
        let expected =
            PartCounts { everything: 5, overdue: 1, due: 2, nobody: 3, mine: 0, raised: 0, rebuttals: 1, requests: 1, offered: 1 };
        assert_eq!(counts, expected);

        // page by page it is the same, and time alone moves posts from part to part
        let (first, next, _) = post::queue(f.read(), &femke, Part::Whose(Whose::Nobody), None, 1, f.now()).await.unwrap();
        let (rest, ..) = post::queue(f.read(), &femke, Part::Whose(Whose::Nobody), next.as_deref(), 5, f.now()).await.unwrap();
        assert_eq!(first.iter().chain(&rest).map(|(row, _)| row.id).collect::<Vec<_>>(), [late, wish, today]);
        f.time.advance(TimeDelta::days(1));
        assert_eq!(part(&f, &femke, Part::Overdue).await, [late, wish, today]);
        f.time.advance(TimeDelta::days(30));
        assert_eq!(part(&f, &femke, Part::OfferedTo(other)).await, Vec::<PostId>::new(), "an offer falls back");
        assert!(f.workload(&author, f.now()).await.is_err(), "for staff only");
    }
}
