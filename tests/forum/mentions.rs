//! Who is called by `@handle`, and hears of it: once, where they may be called, and of nothing that they may not see.

use forum::{
    Forum,
    actor::{Actor, Role},
    comment,
    id::PostId,
    mailing::{self, Pace, Topic},
    mention, person,
    post::{Edit, Kind},
    screening,
};
use tests::{TestForum, get, on_both};

/// How somebody is called.
async fn at(f: &Forum, who: &Actor) -> String {
    format!("@{}", person::by_id(f.read(), who.id().unwrap()).await.unwrap().unwrap().handle)
}

/// Who heard that they are named, and by which kind of event: in order.
async fn called(f: &TestForum) -> Vec<(String, String)> {
    let sql = "SELECT x.name, e.kind FROM notices n JOIN events e ON e.id = n.event_id JOIN persons x ON x.id = n.person_id
               WHERE n.reason = 'mentioned' ORDER BY n.event_id, x.name";
    f.rows(sql).await.iter().map(|row| (get(row, "name"), get(row, "kind"))).collect()
}

fn pairs(names: &[(&str, &str)]) -> Vec<(String, String)> {
    names.iter().map(|(name, kind)| ((*name).to_owned(), (*kind).to_owned())).collect()
}

async fn html(f: &TestForum, post: PostId) -> String {
    f.see(post).await.body_html
}

on_both! {
    async fn staff_is_called_anywhere_and_members_where_they_wrote(f: TestForum) {
        let (author, agent) = (f.member("Author").await, f.staff("Femke", Role::Agent).await);
        let (joost, noor) = (f.member("Joost").await, f.member("Noor").await);
        let [femke_at, joost_at, author_at] = [at(&f, &agent).await, at(&f, &joost).await, at(&f, &author).await];
        let post = f.write_post(&author, "Dead", &format!("{femke_at} and {joost_at}, I am {author_at}. {femke_at}!")).await;
        assert_eq!(called(&f).await, pairs(&[("Femke", "post_submitted")]), "nobody calls strangers, or themselves");
        f.comment(&joost, post, "Here too.").await;
        f.comment(&noor, post, &format!("As {joost_at} says, {author_at} and {femke_at}")).await;
        let heard = [("Femke", "post_submitted"), ("Author", "comment_posted"), ("Femke", "comment_posted"), ("Joost", "comment_posted")];
        assert_eq!(called(&f).await, pairs(&heard));
        assert_eq!(f.count("notices n JOIN events e ON e.id = n.event_id WHERE e.kind = 'comment_posted'").await, 4, "one each, for one reason");

        // whoever takes back what they wrote takes part no more
        let other = f.post(&author, Kind::Idea, "A slot for letters").await;
        let comment = f.comment(&joost, other, "Mine").await;
        f.write(&joost, async |tx| comment::remove(tx, comment).await).await.unwrap();
        f.comment(&noor, other, &joost_at).await;
        let mut draft = f.answer_into("planned");
        draft.what = format!("We look at it with {joost_at}, and {author_at} helps. {}", at(&f, &noor).await);
        f.answer(&agent, other, &draft).await.unwrap();
        assert_eq!(called(&f).await.split_off(4), pairs(&[("Noor", "answer_published")]), "its author hears that it is answered");
    }

    async fn a_text_calls_once_however_often_it_is_edited(f: TestForum) {
        let (author, agent, ruth) = (f.member("Author").await, f.staff("Femke", Role::Agent).await, f.staff("Ruth", Role::Lead).await);
        let [femke_at, ruth_at] = [at(&f, &agent).await, at(&f, &ruth).await];
        let post = f.write_post(&author, "Dead", &format!("{femke_at}?")).await;
        let edit = async |body: String| f.edit(&author, post, &Edit { body: Some(body), ..Edit::default() }).await.unwrap();
        edit(format!("Please, {femke_at}!")).await;
        edit("Nobody.".to_owned()).await;
        edit(format!("{femke_at} and {ruth_at}")).await;
        assert_eq!(called(&f).await, pairs(&[("Femke", "post_submitted"), ("Ruth", "post_edited")]));
        let comment = f.comment(&author, post, &ruth_at).await;
        for body in [format!("{ruth_at}!"), format!("{ruth_at} and {femke_at}!")] {
            f.write(&author, async |tx| comment::edit(tx, comment, &comment::Edit::of(&body)).await).await.unwrap();
        }
        assert_eq!(called(&f).await.split_off(2), pairs(&[("Ruth", "comment_posted"), ("Femke", "comment_edited")]));
    }

    async fn one_text_calls_a_few_people_at_most(f: TestForum) {
        let author = f.member("Author").await;
        let mut names = Vec::new();
        for n in 0..mention::MOST + 3 {
            names.push(at(&f, &f.staff(&format!("Agent {n}"), Role::Agent).await).await);
        }
        let post = f.write_post(&author, "All of you", &names.join(" ")).await;
        assert_eq!(called(&f).await.len(), mention::MOST);
        names.reverse();
        f.edit(&author, post, &Edit { body: Some(names.join(" ")), ..Edit::default() }).await.unwrap();
        assert_eq!(called(&f).await.len(), mention::MOST, "nor others by and by");
        assert_eq!(html(&f, post).await.matches("<a href=\"/u/").count(), names.len(), "but all of them are linked to");
    }

    async fn who_may_not_see_it_is_not_called(f: TestForum) {
        let (author, inside, outside) = (f.member("Author").await, f.member("Inside").await, f.member("Outside").await);
        f.private_board("club", &[&author, &inside, &outside]).await;
        let post = f.post_on(&author, "club", Kind::Idea, "A slot in the club").await;
        f.comment(&outside, post, "Mine").await;
        f.comment(&inside, post, "Mine too").await;
        f.expel("club", &outside).await;
        f.comment(&author, post, &format!("{} {}", at(&f, &inside).await, at(&f, &outside).await)).await;
        assert_eq!(called(&f).await, pairs(&[("Inside", "comment_posted")]));
    }

    async fn whoever_wrote_on_a_post_of_the_case_takes_part(f: TestForum) {
        let (author, joost, agent) = (f.member("Author").await, f.member("Joost").await, f.staff("Femke", Role::Agent).await);
        let head = f.post(&author, Kind::Idea, "A slot for letters").await;
        let member = f.post(&joost, Kind::Idea, "A slit for letters").await;
        let joost_at = at(&f, &joost).await;
        f.comment(&author, head, &joost_at).await;
        assert_eq!(called(&f).await, []);
        f.merge(&agent, member, head).await.unwrap();
        f.comment(&author, head, &format!("Now you are here, {joost_at}")).await;
        assert_eq!(called(&f).await, pairs(&[("Joost", "comment_posted")]));
        f.unmerge(&agent, member).await.unwrap();
        f.comment(&author, head, &format!("And gone, {joost_at}")).await;
        assert_eq!(called(&f).await.len(), 1);
    }

    async fn what_is_held_back_calls_when_it_is_released(f: TestForum) {
        let (author, agent, ruth) = (f.member("Author").await, f.staff("Femke", Role::Agent).await, f.staff("Ruth", Role::Lead).await);
        let open = f.post(&author, Kind::Idea, "A slot for letters").await;
        let f = f.limited().await;
        let newcomer = f.newcomer("Sam").await;
        let text = format!("{} see https://pills.example/cheap and nowhere else.", at(&f, &agent).await);
        f.write_post(&newcomer, "Pills, cheap", &text).await;
        f.comment(&newcomer, open, &text).await;
        assert_eq!(called(&f).await, []);
        for waiting in screening::queue(f.read(), &ruth).await.unwrap() {
            f.write(&ruth, async |tx| screening::release(tx, waiting.id).await).await.unwrap();
        }
        assert_eq!(called(&f).await, pairs(&[("Femke", "released"), ("Femke", "comment_posted")]));
        // who waits to be looked at is not known to be there
        let other = f.newcomer("Tom").await;
        f.comment(&other, open, "All at https://pills.example/cheap").await;
        f.comment(&author, open, &at(&f, &other).await).await;
        assert_eq!(called(&f).await.len(), 2);
    }

    async fn mail_about_it_is_a_choice_of_its_own(f: TestForum) {
        let author = f.member("Author").await;
        let joost = f.member_with_mail("Joost", "joost@example.org").await;
        let post = f.post(&author, Kind::Idea, "A slot for letters").await;
        f.comment(&joost, post, "Mine").await;
        let call = async || f.comment(&author, post, &at(&f, &joost).await).await;
        f.forget_letters().await;
        call().await;
        call().await;
        assert_eq!(f.outbox().await.len(), 2, "each at once");
        f.forget_letters().await;
        let draft = mailing::Draft { paces: [(Topic::Mentions, Pace::Never.as_str().to_owned())].into(), ..mailing::Draft::default() };
        f.write(&joost, async |tx| mailing::choose(tx, &draft).await).await.unwrap();
        call().await;
        assert!(f.outbox().await.is_empty());
        assert_eq!(called(&f).await.len(), 3);
        // and of a post of which they do not want to hear they are not told
        f.write(&joost, async |tx| forum::follow::stop(tx, forum::follow::Subject::Post(post)).await).await.unwrap();
        call().await;
        assert_eq!(called(&f).await.len(), 3);
    }

    async fn who_is_here_is_linked_to_and_nobody_else(f: TestForum) {
        let (author, joost) = (f.member("Author").await, f.member("Joost").await);
        let joost_at = at(&f, &joost).await;
        let handle = joost_at.trim_start_matches('@');
        let text = format!("{joost_at}, `{joost_at}`, mail{joost_at}, [{joost_at}](https://a.example) and @nobody-0123abcd.");
        let post = f.write_post(&author, "Where is he?", &text).await;
        let link = format!("<a href=\"/u/{handle}\" rel=\"nofollow ugc noopener\">{joost_at}</a>");
        let shown = html(&f, post).await;
        assert!(shown.starts_with(&format!("<p>{link}, <code>{joost_at}</code>, mail{joost_at}, <a href=\"https://a.example\"")), "{shown}");
        assert!(shown.contains("and @nobody-0123abcd.") && shown.matches("<a").count() == 2, "{shown}");
        assert_eq!(f.preview(&text).await.unwrap(), shown, "as the preview said");
    }
}
