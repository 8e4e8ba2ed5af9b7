//! Who follows what: by their own word or because they wrote it, told once of each event, and of nothing that they may not see.

use forum::{
    Error, Forum, Result,
    actor::{Actor, Role},
    answer::Outcome,
    follow::{self, Followed, Subject},
    post::{self, Draft, Kind},
    site::OwnerShown,
    tag,
};
use tests::{TestForum, days, get, on_both};

async fn start(f: &Forum, actor: &Actor, subject: Subject) -> Result<()> {
    f.write(actor, async |tx| follow::start(tx, subject).await).await
}

async fn stop(f: &Forum, actor: &Actor, subject: Subject) -> Result<()> {
    f.write(actor, async |tx| follow::stop(tx, subject).await).await
}

async fn list(f: &Forum, actor: &Actor) -> Vec<Followed> {
    follow::list(f.read(), actor, None, 100).await.unwrap()
}

/// Who was told of kinds of events, and why: names in order.
async fn told(f: &TestForum, kind: &str) -> Vec<(String, String)> {
    let sql = format!(
        "SELECT x.name, n.reason FROM notices n JOIN events e ON e.id = n.event_id JOIN persons x ON x.id = n.person_id
         WHERE e.kind = '{kind}' ORDER BY n.event_id, x.name"
    );
    f.rows(&sql).await.iter().map(|row| (get(row, "name"), get(row, "reason"))).collect()
}

fn pairs(names: &[(&str, &str)]) -> Vec<(String, String)> {
    names.iter().map(|(name, why)| ((*name).to_owned(), (*why).to_owned())).collect()
}

fn draft(board: &str, kind: Kind, title: &str) -> Draft {
    let (kind, title, board) = (kind.as_str().to_owned(), title.to_owned(), board.to_owned());
    Draft { kind, title, body: "It is *dark* in here.".to_owned(), board, ..Draft::default() }
}

on_both! {
    async fn followers_hear_what_the_company_says_once(f: TestForum) {
        let (author, agent) = (f.member("Author").await, f.staff("Femke", Role::Agent).await);
        let joost = f.member_with_mail("Joost", "joost@example.org").await;
        let post = f.post(&author, Kind::Idea, "A slot for letters").await;
        let board = f.board_id("general").await;
        // two reasons, and one of them twice
        for subject in [Subject::Post(post), Subject::Post(post), Subject::Board(board)] {
            start(&f, &joost, subject).await.unwrap();
        }
        start(&f, &author, Subject::Board(board)).await.unwrap();
        start(&f, &agent, Subject::Post(post)).await.unwrap();
        f.forget_letters().await;
        f.move_to(&agent, post, "planned").await;
        assert_eq!(told(&f, "answer_published").await, pairs(&[("Author", "author"), ("Joost", "follower")]), "nobody hears of their own act");
        assert_eq!(f.outbox().await.len(), 1, "who has an address gets one mail");

        stop(&f, &joost, Subject::Board(board)).await.unwrap();
        f.move_to(&agent, post, "started").await;
        assert_eq!(told(&f, "answer_published").await.len(), 4);
        stop(&f, &joost, Subject::Post(post)).await.unwrap();
        stop(&f, &joost, Subject::Post(post)).await.unwrap();
        f.move_to(&agent, post, "started").await;
        assert_eq!(told(&f, "answer_published").await.len(), 5, "only the author is told");
        assert_eq!(list(&f, &joost).await, []);
    }

    async fn who_supports_or_comments_follows_without_asking(f: TestForum) {
        let (author, agent) = (f.member("Author").await, f.staff("Femke", Role::Agent).await);
        let [joost, noor, bram, lies] = [f.member("Joost").await, f.member("Noor").await, f.member("Bram").await, f.member("Lies").await];
        let post = f.post(&author, Kind::Idea, "A slot for letters").await;
        let following = async |who: &Actor| forum::post::by_id(&f.view(who).await, post).await.unwrap().following;
        f.support(&joost, post).await;
        f.oppose(&noor, post, "It lets the cold in.").await;
        f.comment(&bram, post, "Or a box").await;
        let taken_back = f.comment(&lies, post, "Never mind").await;
        f.write(&lies, async |tx| forum::comment::remove(tx, taken_back).await).await.unwrap();
        for (who, is) in [(&joost, true), (&noor, false), (&bram, true), (&lies, false)] {
            assert_eq!(following(who).await, is);
        }
        f.move_to(&agent, post, "planned").await;
        let heard = |names: &[&str]| {
            let mut all: Vec<(&str, &str)> = vec![("Author", "author")];
            all.extend(names.iter().map(|name| (*name, "follower")));
            pairs(&all)
        };
        assert_eq!(told(&f, "answer_published").await, heard(&["Bram", "Joost"]));

        // of one post no more, or of none that is supported; following it by one's own word goes before that
        stop(&f, &bram, Subject::Post(post)).await.unwrap();
        f.write(&joost, async |tx| follow::choose(tx, Some(false), None).await).await.unwrap();
        assert!(!following(&bram).await && !following(&joost).await);
        let last = async |from: usize| told(&f, "answer_published").await.split_off(from);
        f.move_to(&agent, post, "started").await;
        assert_eq!(last(3).await, heard(&[]));
        start(&f, &joost, Subject::Post(post)).await.unwrap();
        start(&f, &bram, Subject::Post(post)).await.unwrap();
        f.move_to(&agent, post, "started").await;
        assert_eq!(last(4).await, heard(&["Bram", "Joost"]));
        // to take back the support is to stop following
        f.write(&joost, async |tx| follow::choose(tx, Some(true), None).await).await.unwrap();
        stop(&f, &joost, Subject::Post(post)).await.unwrap();
        f.withdraw(&joost, post).await.unwrap();
        start(&f, &joost, Subject::Post(post)).await.unwrap();
        stop(&f, &joost, Subject::Post(post)).await.unwrap();
        assert!(!following(&joost).await);
        f.support(&joost, post).await;
        assert!(following(&joost).await, "nothing is kept of whoever takes no part");
    }

    async fn a_supporter_of_several_members_of_a_case_hears_once(f: TestForum) {
        let (author, agent) = (f.member("Author").await, f.staff("Femke", Role::Agent).await);
        let joost = f.member_with_mail("Joost", "joost@example.org").await;
        let head = f.post(&author, Kind::Idea, "A slot for letters").await;
        let member = f.post(&author, Kind::Idea, "A slit for letters").await;
        for post in [head, member] {
            f.support(&joost, post).await;
        }
        f.merge(&agent, member, head).await.unwrap();
        f.forget_letters().await;
        f.move_to(&agent, head, "planned").await;
        assert_eq!(told(&f, "answer_published").await, pairs(&[("Author", "author"), ("Joost", "follower")]));
        assert_eq!(f.outbox().await.len(), 1);
    }

    async fn who_is_asked_gets_one_letter_of_what_was_delivered(f: TestForum) {
        let sanne = f.member_with_mail("Sanne", "sanne@example.org").await;
        let joost = f.member_with_mail("Joost", "joost@example.org").await;
        let noor = f.member_with_mail("Noor", "noor@example.org").await;
        let agent = f.staff("Femke", Role::Agent).await;
        let post = f.post(&sanne, Kind::Complaint, "Dead").await;
        f.support(&joost, post).await;
        start(&f, &noor, Subject::Post(post)).await.unwrap();
        f.forget_letters().await;
        f.move_to(&agent, post, "delivered").await;
        let letters = f.outbox().await;
        let mut said: Vec<(&str, &str)> = letters
            .iter()
            .map(|sent| match &sent.content {
                forum::notice::Content::Notice { notice, .. } => (sent.to.as_str(), notice.event.kind.name()),
                other => panic!("{other:?}"),
            })
            .collect();
        said.sort_unstable();
        assert_eq!(said, [
            ("joost@example.org", "customers_asked"),
            ("noor@example.org", "answer_published"),
            ("sanne@example.org", "customers_asked"),
        ]);
        assert_eq!(told(&f, "answer_published").await.len(), 3, "on the page stand both");
    }

    async fn an_author_can_ask_to_hear_no_more(f: TestForum) {
        let (author, agent) = (f.member("Author").await, f.staff("Femke", Role::Agent).await);
        let post = f.post(&author, Kind::Complaint, "Dead").await;
        let following = async || forum::post::by_id(&f.view(&author).await, post).await.unwrap().following;
        assert!(following().await, "whoever wrote it hears of it");
        stop(&f, &author, Subject::Post(post)).await.unwrap();
        assert!(!following().await);
        f.move_to(&agent, post, "started").await;
        assert_eq!(told(&f, "answer_published").await, []);
        // what is asked of them is asked all the same
        f.move_to(&agent, post, "delivered").await;
        assert_eq!(told(&f, "customers_asked").await, pairs(&[("Author", "asked")]));
        start(&f, &author, Subject::Post(post)).await.unwrap();
        assert!(following().await);
        f.move_to(&agent, post, "started").await;
        assert_eq!(told(&f, "answer_published").await, pairs(&[("Author", "author")]));
    }

    async fn who_may_not_see_a_board_hears_nothing_of_it(f: TestForum) {
        let (author, agent) = (f.member("Author").await, f.staff("Femke", Role::Agent).await);
        let (inside, outside) = (f.member("Inside").await, f.member("Outside").await);
        f.private_board("club", &[&author, &inside]).await;
        let post = f.post_on(&author, "club", Kind::Idea, "A slot in the club").await;
        let board = f.board_id("club").await;
        for subject in [Subject::Post(post), Subject::Board(board), Subject::Post(forum::id::PostId(4711))] {
            assert!(matches!(start(&f, &outside, subject).await, Err(Error::NotFound)), "{subject:?}");
            assert!(matches!(stop(&f, &outside, subject).await, Err(Error::NotFound)), "{subject:?}");
        }
        assert!(matches!(start(&f, &Actor::Visitor, Subject::Post(post)).await, Err(Error::Unauthenticated)));
        start(&f, &inside, Subject::Post(post)).await.unwrap();
        start(&f, &inside, Subject::Board(board)).await.unwrap();
        let named: Vec<_> = list(&f, &inside).await.into_iter().map(|item| item.subject).collect();
        assert!(named.len() == 2 && named.contains(&Subject::Post(post)) && named.contains(&Subject::Board(board)), "{named:?}");
        f.move_to(&agent, post, "planned").await;
        assert_eq!(told(&f, "answer_published").await, pairs(&[("Author", "author"), ("Inside", "follower")]));
        f.expel("club", &inside).await;
        assert_eq!(list(&f, &inside).await, [], "not even what it was called");
        f.move_to(&agent, post, "started").await;
        assert_eq!(told(&f, "answer_published").await.len(), 3, "only the author is told");
    }

    async fn a_promise_is_followed_for_itself(f: TestForum) {
        let (author, lead, joost) = (f.member("Author").await, f.staff("Ruth", Role::Lead).await, f.member("Joost").await);
        let post = f.post(&author, Kind::Complaint, "Dead").await;
        let until = days::nth_after(days::day_of(f.now()), 3);
        let promise = async || match f.promise(&lead, post, until, Some("A month free")).await.unwrap() {
            Outcome::Done(promise) => promise.id,
            Outcome::Requested(request) => panic!("{request:?}"),
        };
        let (one, other) = (promise().await, promise().await);
        start(&f, &joost, Subject::Promise(one)).await.unwrap();
        let items = list(&f, &joost).await;
        assert!(items.len() == 1 && !items[0].title.is_empty() && items[0].subject == Subject::Promise(one), "{items:?}");
        f.keep(&lead, other).await.unwrap();
        assert_eq!(told(&f, "promise_kept").await, pairs(&[("Author", "author")]));
        f.keep(&lead, one).await.unwrap();
        assert_eq!(told(&f, "promise_kept").await, pairs(&[("Author", "author"), ("Author", "author"), ("Joost", "follower")]));
    }

    async fn followers_of_a_member_hear_of_the_head_until_they_are_apart(f: TestForum) {
        let (author, agent) = (f.member("Author").await, f.staff("Femke", Role::Agent).await);
        let joost = f.member("Joost").await;
        let head = f.post(&author, Kind::Complaint, "No phone for a week").await;
        let member = f.post(&author, Kind::Complaint, "The phone is dead").await;
        start(&f, &joost, Subject::Post(member)).await.unwrap();
        f.merge(&agent, member, head).await.unwrap();
        start(&f, &joost, Subject::Post(head)).await.unwrap();
        f.move_to(&agent, head, "planned").await;
        assert_eq!(told(&f, "answer_published").await, pairs(&[("Author", "author"), ("Joost", "follower")]));
        stop(&f, &joost, Subject::Post(head)).await.unwrap();
        f.move_to(&agent, head, "started").await;
        assert_eq!(told(&f, "answer_published").await.len(), 4, "by the member alone as well");
        f.unmerge(&agent, member).await.unwrap();
        f.move_to(&agent, head, "started").await;
        assert_eq!(told(&f, "answer_published").await.len(), 5, "the head is not theirs any more");
        f.move_to(&agent, member, "planned").await;
        assert_eq!(told(&f, "answer_published").await.len(), 7, "the member still is");
    }

    async fn a_tag_tells_of_new_posts_that_one_may_see(f: TestForum) {
        let (author, agent, admin) = (f.member("Author").await, f.staff("Femke", Role::Agent).await, f.staff("Ada", Role::Admin).await);
        let (joost, inside) = (f.member_with_mail("Joost", "joost@example.org").await, f.member("Inside").await);
        f.private_board("club", &[&author, &inside]).await;
        let tagged = async |board: &str, title: &str, tag: &str| {
            let draft = Draft { tags: vec![tag.to_owned()], ..draft(board, Kind::Idea, title) };
            f.write(&author, async |tx| post::submit(tx, &draft).await).await.unwrap()
        };
        let id = async |who: &Actor, slug: &str| tag::id_of(f.read(), who, slug).await.unwrap();
        tagged("general", "First", "Solar").await;
        tagged("club", "Secret", "Hush").await;
        let solar = Subject::Tag(id(&joost, "solar").await.unwrap());
        assert_eq!(id(&joost, "hush").await, None, "what stands on private boards only is not there");
        let hush = Subject::Tag(id(&inside, "hush").await.unwrap());
        assert!(matches!(start(&f, &joost, hush).await, Err(Error::NotFound)));
        for who in [&joost, &inside, &author, &agent] {
            start(&f, who, solar).await.unwrap();
        }
        start(&f, &inside, hush).await.unwrap();
        f.forget_letters().await;
        assert_eq!(told(&f, "post_submitted").await, [], "what was there before is no news");

        tagged("general", "Second", "SOLAR").await;
        let all = [("Femke", "tag"), ("Inside", "tag"), ("Joost", "tag")];
        assert_eq!(told(&f, "post_submitted").await, pairs(&all), "nobody hears of their own post");
        let letters = f.outbox().await;
        assert_eq!(letters.len(), 1);
        match &letters[0].content {
            forum::notice::Content::Notice { notice, .. } => assert_eq!(notice.cause.as_deref(), Some("Solar")),
            other => panic!("{other:?}"),
        }
        let mut both = draft("club", Kind::Idea, "Third");
        both.tags = vec!["Solar".to_owned(), "Hush".to_owned()];
        f.write(&author, async |tx| post::submit(tx, &both).await).await.unwrap();
        assert_eq!(told(&f, "post_submitted").await.split_off(3), pairs(&[("Femke", "tag"), ("Inside", "tag")]), "once, and not outside");

        // whoever followed what became another tag follows that
        tagged("general", "Fourth", "Sun").await;
        let sun = Subject::Tag(id(&joost, "sun").await.unwrap());
        start(&f, &joost, sun).await.unwrap();
        f.write(&admin, async |tx| tag::merge(tx, "solar", "sun").await).await.unwrap();
        assert!(matches!(start(&f, &joost, solar).await, Err(Error::NotFound)));
        assert_eq!(list(&f, &joost).await.into_iter().map(|item| item.title).collect::<Vec<_>>(), ["Sun"]);
        stop(&f, &agent, sun).await.unwrap();
        tagged("general", "Fifth", "Sun").await;
        assert_eq!(told(&f, "post_submitted").await.split_off(5), pairs(&[("Inside", "tag"), ("Joost", "tag")]));
        f.expel("club", &inside).await;
        assert_eq!(list(&f, &inside).await.len(), 1, "the tag of a board that one does not see is not named");
    }

    async fn what_is_held_back_is_told_when_it_is_released(f: TestForum) {
        let (agent, joost) = (f.staff("Femke", Role::Agent).await, f.member("Joost").await);
        let known = f.member("Author").await;
        let mut first = draft("general", Kind::Idea, "A panel on every roof");
        first.tags = vec!["Solar".to_owned()];
        f.write(&known, async |tx| post::submit(tx, &first).await).await.unwrap();
        let solar = Subject::Tag(tag::id_of(f.read(), &joost, "solar").await.unwrap().unwrap());
        for who in [&joost, &agent] {
            start(&f, who, solar).await.unwrap();
        }
        let before = told(&f, "post_submitted").await;
        let f = f.limited().await;
        let mut new = draft("general", Kind::Idea, "Panels, cheap");
        (new.tags, new.body) = (vec!["Solar".to_owned()], "All of it stands at https://pills.example/cheap and nowhere else.".to_owned());
        let newcomer = f.newcomer("Sam").await;
        let post = f.write(&newcomer, async |tx| post::submit(tx, &new).await).await.unwrap();
        let screening = forum::screening::queue(f.read(), &agent).await.unwrap()[0].id;
        assert_eq!(told(&f, "post_submitted").await, before, "not even to the staff, who would hear twice");
        f.write(&f.staff("Ruth", Role::Agent).await, async |tx| forum::screening::release(tx, screening).await).await.unwrap();
        let heard = told(&f, "released").await;
        assert!(heard.contains(&("Joost".to_owned(), "tag".to_owned())) && heard.contains(&("Femke".to_owned(), "tag".to_owned())), "{heard:?}");
        assert!(f.view(&joost).await.post(post).await.is_ok());
    }

    async fn the_official_acts_of_the_staff_are_followed_and_nobody_elses(f: TestForum) {
        let (author, agent, lead) = (f.member("Author").await, f.staff("Femke", Role::Agent).await, f.staff("Ruth", Role::Lead).await);
        let (joost, inside) = (f.member_with_mail("Joost", "joost@example.org").await, f.member("Inside").await);
        f.private_board("club", &[&author, &inside]).await;
        let whom = |who: &Actor| Subject::Person(who.id().unwrap());
        assert!(matches!(start(&f, &joost, whom(&author)).await, Err(Error::NotFound)), "members have a private life");
        assert!(matches!(stop(&f, &joost, whom(&author)).await, Err(Error::NotFound)));
        for who in [&joost, &inside, &lead] {
            start(&f, who, whom(&lead)).await.unwrap();
            start(&f, who, whom(&lead)).await.unwrap();
        }
        let post = f.post(&author, Kind::Complaint, "Dead").await;
        let secret = f.post_on(&author, "club", Kind::Complaint, "Dead in the club").await;
        f.forget_letters().await;
        f.comment(&lead, f.post(&author, Kind::Idea, "A slot for letters").await, "Let me see.").await;
        f.move_to(&agent, post, "planned").await;
        assert_eq!(told(&f, "answer_published").await, pairs(&[("Author", "author")]), "by somebody else");
        start(&f, &joost, Subject::Post(post)).await.unwrap();
        f.move_to(&lead, post, "started").await;
        let heard = [("Author", "author"), ("Inside", "actor"), ("Joost", "follower")];
        assert_eq!(told(&f, "answer_published").await.split_off(1), pairs(&heard), "once, for the first reason");
        assert_eq!(f.outbox().await.len(), 1);
        f.move_to(&lead, secret, "started").await;
        assert_eq!(told(&f, "answer_published").await.split_off(4), pairs(&[("Author", "author"), ("Inside", "actor")]));
        let until = days::nth_after(days::day_of(f.now()), 3);
        f.promise(&lead, secret, until, None).await.unwrap();
        assert_eq!(told(&f, "promise_made").await, pairs(&[("Author", "author"), ("Inside", "actor")]));

        let listed = list(&f, &inside).await;
        assert!(listed.len() == 1 && listed[0].title == "Ruth" && listed[0].subject == whom(&lead), "{listed:?}");
        // where the site does not say who answers, nobody hears it by the way
        f.settings(|site| site.owner_shown = OwnerShown::Title).await;
        f.move_to(&lead, secret, "started").await;
        assert_eq!(told(&f, "answer_published").await.split_off(6), pairs(&[("Author", "author")]));
        assert!(matches!(start(&f, &joost, whom(&agent)).await, Err(Error::NotFound)));
        stop(&f, &inside, whom(&lead)).await.unwrap();
        assert_eq!(list(&f, &inside).await, []);
    }

    async fn followed_things_are_listed_page_by_page(f: TestForum) {
        let (author, lead, joost) = (f.member("Author").await, f.staff("Ruth", Role::Lead).await, f.member("Joost").await);
        let mut new = draft("general", Kind::Idea, "A panel");
        new.tags = vec!["Solar".to_owned()];
        let post = f.write(&author, async |tx| post::submit(tx, &new).await).await.unwrap();
        let tag = tag::id_of(f.read(), &joost, "solar").await.unwrap().unwrap();
        let all = [
            Subject::Post(post),
            Subject::Board(f.board_id("general").await),
            Subject::Tag(tag),
            Subject::Person(lead.id().unwrap()),
        ];
        for subject in all {
            start(&f, &joost, subject).await.unwrap();
        }
        let (mut seen, mut cursor) = (Vec::new(), None);
        loop {
            let items = follow::list(f.read(), &joost, cursor.as_deref(), 1).await.unwrap();
            let Some(first) = items.first() else { break };
            seen.push(first.subject);
            cursor = Some(follow::cursor(first));
        }
        assert!(seen.len() == 4 && all.iter().all(|subject| seen.contains(subject)), "{seen:?}");
        for wrong in ["f-1-nothing-7", "f-1-post-x", "f-1-post", "x"] {
            assert!(follow::list(f.read(), &joost, Some(wrong), 1).await.is_err(), "{wrong}");
        }
    }
}
