//! Who is told of what: once for a person and an event, and nothing that was taken back or may not be seen any more.

use forum::{
    actor::{Actor, Role},
    comment,
    event::Audience,
    id::NoticeId,
    notice::{self, About},
    outbox::{self, Letter},
    post::Kind,
};
use tests::{TestForum, get, on_both};

async fn letters(f: &TestForum) -> Vec<Letter> {
    let leased = f.write(&Actor::System, async |tx| outbox::lease(tx, 100).await).await.unwrap();
    leased.into_iter().map(|leased| leased.letter).collect()
}

on_both! {
    async fn a_person_is_told_once_for_the_first_reason(f: TestForum) {
        let sanne = f.member_with_mail("Sanne", "sanne@example.org").await;
        let joost = f.member("Joost").await;
        let post = f.post(&sanne, Kind::Idea, "A slot for letters").await;
        let own = f.comment(&sanne, post, "Or a box").await;
        f.reply(&joost, post, own, "Yes?").await;
        let rows = f.rows("SELECT n.id, n.reason, e.kind FROM notices n JOIN events e ON e.id = n.event_id").await;
        assert_eq!(rows.len(), 1, "author and replied to are one person");
        assert_eq!((get::<String>(&rows[0], "reason"), get::<String>(&rows[0], "kind")), ("replied_to".into(), "comment_posted".into()));
        let told = notice::open(&f, NoticeId(get(&rows[0], "id"))).await.unwrap().unwrap();
        assert_eq!((told.name.as_deref(), told.reason, told.post.id), (Some("Sanne"), Audience::RepliedTo, post));
        assert!(matches!(&told.about, About::Comment(comment) if comment.body == "Yes?"), "{told:?}");
        // the same event once more tells nobody twice
        let again = f.sql("INSERT INTO notices (person_id, event_id, reason, created_at) SELECT person_id, event_id, 'author', created_at FROM notices").await;
        assert!(again.is_err(), "{again:?}");
    }

    async fn who_has_no_address_has_a_notice_and_no_letter(f: TestForum) {
        let author = f.member("Author").await;
        let agent = f.staff("Femke", Role::Agent).await;
        let post = f.post(&author, Kind::Idea, "A slot for letters").await;
        f.move_to(&agent, post, "planned").await;
        assert_eq!((f.count("notices").await, f.count("outbox").await), (1, 0));
    }

    async fn what_was_taken_back_before_the_letter_went_is_not_told(f: TestForum) {
        let sanne = f.member_with_mail("Sanne", "sanne@example.org").await;
        let joost = f.member("Joost").await;
        let post = f.post(&sanne, Kind::Idea, "A slot for letters").await;
        let comment = f.comment(&joost, post, "Never mind").await;
        f.write(&joost, async |tx| comment::remove(tx, comment).await).await.unwrap();
        let letters = letters(&f).await;
        assert_eq!(letters.len(), 1);
        assert_eq!(notice::content(&f, letters[0].clone()).await.unwrap(), None);
    }

    async fn who_lost_sight_of_a_board_is_not_told_either(f: TestForum) {
        let sanne = f.member_with_mail("Sanne", "sanne@example.org").await;
        let joost = f.member("Joost").await;
        f.private_board("club", &[&sanne, &joost]).await;
        let post = f.post_on(&sanne, "club", Kind::Idea, "A slot in the club").await;
        f.comment(&joost, post, "Between us").await;
        let letters = letters(&f).await;
        assert!(notice::content(&f, letters[0].clone()).await.unwrap().is_some());
        f.expel("club", &sanne).await;
        assert_eq!(notice::content(&f, letters[0].clone()).await.unwrap(), None);
        assert_eq!(f.count("events e JOIN posts p ON p.id = e.post_id WHERE e.board_id <> p.board_id").await, 0, "an event knows its board");
    }

    async fn an_event_says_who_did_it_in_which_role_and_why(f: TestForum) {
        let author = f.member("Author").await;
        let agent = f.staff("Femke", Role::Agent).await;
        let post = f.post(&author, Kind::Complaint, "No letters").await;
        f.write(&agent, async |tx| forum::clock::stop(tx, post, "We need your address.").await).await.unwrap();
        let rows = f.rows("SELECT kind, subject, subject_id, role, reason FROM events ORDER BY id").await;
        let told = |row| -> (String, Option<String>, Option<String>) { (get(row, "kind"), get(row, "role"), get(row, "reason")) };
        let stopped = rows.iter().map(told).find(|(kind, _, _)| kind == "clocks_stopped").unwrap();
        assert_eq!(stopped, ("clocks_stopped".into(), Some("agent".into()), Some("We need your address.".into())));
        assert_eq!(get::<String>(&rows[0], "subject_id"), post.to_string());
    }
}
