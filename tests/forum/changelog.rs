//! What was delivered, and because of whom: told once to those whom it concerns, from its time on, and never changed unseen.

use chrono::{SecondsFormat, TimeDelta};
use forum::{
    Error, Forum, Result,
    actor::{Actor, Role},
    changelog::{self, Draft, Edit, Entry, Filter, Part, State},
    error::{Conflict, Denied, Problem},
    event::Audience,
    follow::{self, Subject},
    id::{ChangelogId, NoticeId, PostId},
    notice,
    post::Kind,
    record,
};
use tests::{REASON, TestForum, get, on_both, problems};

fn draft(title: &str, posts: &[PostId]) -> Draft {
    Draft {
        category: "new".to_owned(),
        title: title.to_owned(),
        body: "It is **there**.".to_owned(),
        posts: posts.iter().map(ToString::to_string).collect(),
        for_all: false,
        typed_in: None,
    }
}

async fn write(f: &Forum, actor: &Actor, draft: &Draft) -> Result<Entry> {
    f.write(actor, async |tx| changelog::write(tx, draft).await).await
}

async fn publish(f: &Forum, actor: &Actor, id: ChangelogId) -> Result<Entry> {
    f.write(actor, async |tx| changelog::publish(tx, id, None, None).await).await
}

async fn publish_at(f: &Forum, actor: &Actor, id: ChangelogId, at: &str) -> Result<Entry> {
    f.write(actor, async |tx| changelog::publish(tx, id, Some(at), None).await).await
}

async fn edit(f: &Forum, actor: &Actor, id: ChangelogId, edit: &Edit) -> Result<Entry> {
    f.write(actor, async |tx| changelog::edit(tx, id, edit).await).await
}

async fn withdraw(f: &Forum, actor: &Actor, id: ChangelogId, reason: &str) -> Result<Entry> {
    f.write(actor, async |tx| changelog::withdraw(tx, id, reason).await).await
}

async fn recall(f: &Forum, actor: &Actor, id: ChangelogId) -> Result<Entry> {
    f.write(actor, async |tx| changelog::recall(tx, id).await).await
}

async fn discard(f: &Forum, actor: &Actor, id: ChangelogId) -> Result<()> {
    f.write(actor, async |tx| changelog::discard(tx, id).await).await
}

/// An entry that is in public.
async fn told(f: &Forum, actor: &Actor, title: &str, posts: &[PostId]) -> Entry {
    let entry = write(f, actor, &draft(title, posts)).await.expect("a draft");
    publish(f, actor, entry.id).await.expect("an entry")
}

async fn read(f: &Forum, actor: &Actor, id: ChangelogId) -> Result<Entry> {
    changelog::by_id(f.read(), actor, id, f.now()).await
}

/// The titles that somebody reads, latest first.
async fn titles(f: &Forum, actor: &Actor, filter: Filter) -> Vec<String> {
    let (entries, _) = changelog::list(f.read(), actor, filter, None, 100, f.now()).await.unwrap();
    assert_eq!(changelog::count(f.read(), actor, filter, f.now()).await.unwrap(), i64::try_from(entries.len()).unwrap());
    entries.into_iter().map(|entry| entry.title).collect()
}

/// The numbers of the posts that an entry shows.
fn numbers(entry: &Entry) -> Vec<PostId> {
    entry.posts.iter().map(|credit| credit.post.id).collect()
}

/// Who was told of entries, and why: names in order.
async fn heard(f: &TestForum) -> Vec<(String, String)> {
    let sql = "SELECT x.name, n.reason FROM notices n JOIN events e ON e.id = n.event_id JOIN persons x ON x.id = n.person_id
               WHERE e.subject = 'changelog' ORDER BY n.event_id, x.name";
    f.rows(sql).await.iter().map(|row| (get(row, "name"), get(row, "reason"))).collect()
}

fn pairs(names: &[(&str, &str)]) -> Vec<(String, String)> {
    names.iter().map(|(name, why)| ((*name).to_owned(), (*why).to_owned())).collect()
}

async fn delivered(f: &TestForum, agent: &Actor, author: &Actor, title: &str) -> PostId {
    let post = f.post(author, Kind::Idea, title).await;
    f.move_to(agent, post, "delivered").await;
    post
}

const NOBODY: Actor = Actor::Visitor;

on_both! {
    async fn those_because_of_whom_it_came_are_told_once_and_thanked(f: TestForum) {
        let (author, agent) = (f.member_with_mail("Author", "author@example.org").await, f.staff("Femke", Role::Agent).await);
        let (sanne, joost) = (f.member_with_mail("Sanne", "sanne@example.org").await, f.member_with_mail("Joost", "joost@example.org").await);
        let (against, follower) = (f.member("Against").await, f.member("Follower").await);
        let one = f.post(&author, Kind::Idea, "A slot for letters").await;
        let other = f.post(&sanne, Kind::Idea, "A lid on the slot").await;
        // each of them has several reasons
        for (who, post) in [(&sanne, one), (&joost, one), (&joost, other), (&agent, one)] {
            f.support(who, post).await;
        }
        f.oppose(&against, one, REASON).await;
        for (who, post) in [(&joost, one), (&follower, one), (&follower, other)] {
            f.write(who, async |tx| follow::start(tx, Subject::Post(post)).await).await.unwrap();
        }
        for post in [one, other] {
            f.move_to(&agent, post, "delivered").await;
        }
        f.forget_letters().await;
        let entry = write(&f, &agent, &draft("Letters have a slot", &[one, other])).await.unwrap();
        assert_eq!(heard(&f).await, [], "a draft concerns nobody");
        let entry = publish(&f, &agent, entry.id).await.unwrap();
        assert_eq!((entry.state, entry.slug().as_str()), (State::Published, "letters-have-a-slot"));
        let all = [("Author", "author"), ("Follower", "follower"), ("Joost", "supporter"), ("Sanne", "author")];
        assert_eq!(heard(&f).await, pairs(&all), "each once, for what they did, and not whoever published it or was against it");
        assert_eq!(f.outbox().await.len(), 3, "who has an address gets one mail");

        // what a letter tells is the post that they had a part in
        let sql = "SELECT n.id, x.name FROM notices n JOIN events e ON e.id = n.event_id JOIN persons x ON x.id = n.person_id
                   WHERE e.subject = 'changelog' ORDER BY x.name";
        let mut about = Vec::new();
        for row in f.rows(sql).await {
            let notice = notice::open(&f, NoticeId(get(&row, "id"))).await.unwrap().expect("something to tell");
            about.push((notice.name.unwrap(), notice.reason, notice.post.id));
        }
        let (a, s, d) = (Audience::Author, Audience::Supporter, Audience::Follower);
        let named = |name: &str, why, post| (name.to_owned(), why, post);
        assert_eq!(about, [named("Author", a, one), named("Follower", d, one), named("Joost", s, one), named("Sanne", a, other)]);

        let mine = async |who: &Actor| read(&f, who, entry.id).await.unwrap().mine().map(|mine| (mine.part, mine.post.id));
        assert_eq!(mine(&sanne).await, Some((Part::Proposed, other)));
        assert_eq!(mine(&joost).await, Some((Part::Supported, one)));
        assert_eq!((mine(&against).await, mine(&NOBODY).await), (None, None));
        let shown = read(&f, &NOBODY, entry.id).await.unwrap();
        assert_eq!((numbers(&shown), shown.posts[0].supporters, shown.posts[0].authors[0].name.as_str()), (vec![one, other], 3, "Author"));
        assert!(shown.body_html.contains("<strong>there</strong>") && shown.links.is_empty(), "{shown:?}");

        // what they have seen is no news
        let untold = async |who: &Actor, entry| notice::is_untold(f.read(), who, entry).await.unwrap();
        assert!(untold(&sanne, None).await && untold(&sanne, Some(entry.id)).await && !untold(&sanne, Some(ChangelogId(4711))).await);
        assert!(!untold(&against, None).await && !untold(&NOBODY, None).await);
        f.write(&sanne, async |tx| notice::read_changelog(tx, Some(entry.id)).await).await.unwrap();
        assert!(!untold(&sanne, None).await && untold(&joost, None).await);

        // once it is withdrawn there is nothing to tell any more
        withdraw(&f, &agent, entry.id, REASON).await.unwrap();
        let row = &f.rows("SELECT MIN(n.id) AS id FROM notices n JOIN events e ON e.id = n.event_id WHERE e.subject = 'changelog'").await[0];
        assert!(notice::open(&f, NoticeId(get(row, "id"))).await.unwrap().is_none());
    }

    async fn only_the_staff_writes_and_sees_what_is_not_published(f: TestForum) {
        let (member, agent) = (f.member("Sanne").await, f.staff("Femke", Role::Agent).await);
        let post = delivered(&f, &agent, &member, "A slot for letters").await;
        let new = draft("Letters have a slot", &[post]);
        assert!(matches!(write(&f, &member, &new).await, Err(Error::Forbidden(Denied::Role))));
        assert!(matches!(write(&f, &NOBODY, &new).await, Err(Error::Unauthenticated)));
        let id = write(&f, &agent, &new).await.unwrap().id;
        for who in [&member, &NOBODY] {
            assert!(matches!(read(&f, who, id).await, Err(Error::NotFound)));
            for state in [State::Draft, State::Scheduled] {
                assert_eq!(titles(&f, who, Filter { state: Some(state), ..Filter::default() }).await, [""; 0]);
            }
            assert!(publish(&f, who, id).await.is_err() && edit(&f, who, id, &Edit::default()).await.is_err());
            assert!(withdraw(&f, who, id, REASON).await.is_err() && recall(&f, who, id).await.is_err() && discard(&f, who, id).await.is_err());
        }
        assert_eq!(titles(&f, &agent, Filter { state: Some(State::Draft), ..Filter::default() }).await, ["Letters have a slot"]);
        assert!(changelog::proposals(f.read(), &member, 9).await.is_err());
        assert_eq!(f.count("events WHERE subject = 'changelog'").await, 0, "a draft is no act");
        assert_eq!(f.of(&NOBODY, post, changelog::of_post).await.unwrap(), []);
        discard(&f, &agent, id).await.unwrap();
        assert!(matches!(read(&f, &agent, id).await, Err(Error::NotFound)));
        assert_eq!(f.count("changelog_posts").await, 0);
    }

    async fn what_is_wrong_is_told_by_its_field(f: TestForum) {
        let (member, agent) = (f.member("Sanne").await, f.staff("Femke", Role::Agent).await);
        let post = f.post(&member, Kind::Idea, "A slot for letters").await;
        let bad = Draft { posts: vec!["12a".to_owned()], ..Draft::default() };
        let found = problems(write(&f, &agent, &bad).await);
        let expected = [("category", Problem::Required), ("title", Problem::Required), ("body", Problem::Required), ("posts", Problem::NotAPost)];
        assert_eq!(found, expected);
        assert_eq!(problems(write(&f, &agent, &draft("A title", &[PostId(4711)])).await), [("posts", Problem::NotAPost)]);
        let many = Draft { posts: (1..=31).map(|n| n.to_string()).collect(), ..draft("A title", &[]) };
        assert_eq!(problems(write(&f, &agent, &many).await), [("posts", Problem::TooMany { max: 30 })]);

        // the company has to say first that it is delivered
        let id = write(&f, &agent, &draft("Letters have a slot", &[post, post])).await.unwrap().id;
        assert_eq!(problems(publish(&f, &agent, id).await), [("posts", Problem::NotDelivered { post: post.0 })]);
        f.move_to(&agent, post, "delivered").await;
        for (at, problem) in [("yesterday", Problem::NotADate), ("2020-01-01T00:00:00Z", Problem::NotInFuture)] {
            assert_eq!(problems(publish_at(&f, &agent, id, at).await), [("published_at", problem)]);
        }
        let far = (f.now() + TimeDelta::days(400)).to_rfc3339();
        assert!(matches!(problems(publish_at(&f, &agent, id, &far).await)[0], ("published_at", Problem::TooFarAhead { .. })));
        // one without posts is for everybody, or for nobody
        let bare = write(&f, &agent, &draft("Open on Sunday", &[])).await.unwrap().id;
        assert_eq!(problems(publish(&f, &agent, bare).await), [("for_all", Problem::ForNobody)]);
        edit(&f, &agent, bare, &Edit { for_all: Some(true), ..Edit::default() }).await.unwrap();
        publish(&f, &agent, bare).await.unwrap();
        f.time.set(f.now() + TimeDelta::minutes(1));
        publish(&f, &agent, id).await.unwrap();
        assert!(matches!(publish(&f, &agent, id).await, Err(Error::Conflict(Conflict::Over))), "once");
        assert_eq!(titles(&f, &NOBODY, Filter::default()).await, ["Letters have a slot", "Open on Sunday"]);
    }

    async fn an_entry_is_in_public_from_its_time_on_whatever_the_job_does(f: TestForum) {
        let (author, agent) = (f.member("Author").await, f.staff("Femke", Role::Agent).await);
        let post = delivered(&f, &agent, &author, "A slot for letters").await;
        let id = write(&f, &agent, &draft("Letters have a slot", &[post])).await.unwrap().id;
        let time = f.now() + TimeDelta::days(2);
        let entry = publish_at(&f, &agent, id, &time.to_rfc3339_opts(SecondsFormat::Secs, true)).await.unwrap();
        assert_eq!(entry.state, State::Scheduled);
        changelog::run(&f).await.unwrap();
        assert!(matches!(read(&f, &author, id).await, Err(Error::NotFound)));
        assert_eq!((f.count("events WHERE subject = 'changelog'").await, heard(&f).await), (0, Vec::new()));

        // until then it is a draft like any other
        assert_eq!(recall(&f, &agent, id).await.unwrap().state, State::Draft);
        edit(&f, &agent, id, &Edit { title: Some("Letters go in".to_owned()), ..Edit::default() }).await.unwrap();
        // at the site it is an hour later than in UTC
        let local = (time + TimeDelta::hours(1)).format("%Y-%m-%dT%H:%M").to_string();
        assert_eq!(publish_at(&f, &agent, id, &local).await.unwrap().published_at, Some(time));

        f.time.set(time - TimeDelta::seconds(1));
        assert_eq!(titles(&f, &NOBODY, Filter::default()).await, [""; 0]);
        f.time.set(time + TimeDelta::hours(5));
        assert_eq!(titles(&f, &NOBODY, Filter::default()).await, ["Letters go in"], "nobody has done anything yet");
        assert_eq!(f.of(&NOBODY, post, changelog::of_post).await.unwrap()[0].id, id);
        assert!(matches!(recall(&f, &agent, id).await, Err(Error::Conflict(Conflict::Over))));
        assert_eq!(changelog::run(&f).await.unwrap(), 1);
        assert_eq!(changelog::run(&f).await.unwrap(), 0, "once");
        let rows = f.rows("SELECT kind, role, created_at FROM events WHERE subject = 'changelog'").await;
        assert_eq!(rows.len(), 1);
        assert_eq!((get::<String>(&rows[0], "kind"), get::<String>(&rows[0], "role")), ("changelog_published".to_owned(), "agent".to_owned()));
        assert_eq!(get::<chrono::DateTime<chrono::Utc>>(&rows[0], "created_at"), time, "as of its time");
        assert_eq!(heard(&f).await, pairs(&[("Author", "author")]));
    }

    async fn a_command_after_its_time_draws_what_the_job_did_not(f: TestForum) {
        let (author, agent) = (f.member("Author").await, f.staff("Femke", Role::Agent).await);
        let post = delivered(&f, &agent, &author, "A slot for letters").await;
        let id = write(&f, &agent, &draft("Letters have a slot", &[post])).await.unwrap().id;
        publish_at(&f, &agent, id, &(f.now() + TimeDelta::hours(1)).to_rfc3339()).await.unwrap();
        f.time.set(f.now() + TimeDelta::hours(2));
        withdraw(&f, &agent, id, REASON).await.unwrap();
        let kinds: Vec<String> = f.rows("SELECT kind FROM events WHERE subject = 'changelog' ORDER BY id").await.iter().map(|row| get(row, "kind")).collect();
        assert_eq!(kinds, ["changelog_published", "changelog_withdrawn"]);
        assert_eq!(changelog::run(&f).await.unwrap(), 0);
    }

    async fn what_is_published_is_corrected_in_sight_of_all(f: TestForum) {
        let (author, agent) = (f.member("Author").await, f.staff("Femke", Role::Agent).await);
        let (late, again) = (f.member("Late").await, f.member("Again").await);
        let one = delivered(&f, &agent, &author, "A slot for letters").await;
        let other = f.post(&late, Kind::Idea, "A lid on the slot").await;
        f.support(&author, other).await;
        f.support(&again, other).await;
        let id = told(&f, &agent, "Letters have a slot", &[one]).await.id;

        let fix = |reason: &str| Edit { body: Some("It is there, **with a lid**.".to_owned()), reason: Some(reason.to_owned()), ..Edit::default() };
        assert_eq!(problems(edit(&f, &agent, id, &fix("")).await), [("reason", Problem::Required)]);
        f.time.set(f.now() + TimeDelta::hours(1));
        let entry = edit(&f, &agent, id, &fix(REASON)).await.unwrap();
        assert_eq!(entry.corrected_at, Some(f.now()));
        f.time.set(f.now() + TimeDelta::hours(1));
        let both = Edit { posts: Some(vec![one.to_string(), format!("#{other}")]), reason: Some(REASON.to_owned()), ..Edit::default() };
        assert_eq!(problems(edit(&f, &agent, id, &both).await), [("posts", Problem::NotDelivered { post: other.0 })]);
        f.move_to(&agent, other, "delivered").await;
        edit(&f, &agent, id, &both).await.unwrap();
        // those who hear of it by the new post only; nobody twice
        let all = [("Author", "author"), ("Again", "supporter"), ("Late", "author")];
        assert_eq!(heard(&f).await, pairs(&all));

        let corrections = changelog::corrections(f.read(), &NOBODY, &read(&f, &NOBODY, id).await.unwrap()).await.unwrap();
        let said: Vec<_> = corrections.iter().map(|c| (c.number, c.body.as_str(), c.reason.as_str(), c.added.len(), c.removed.len())).collect();
        assert_eq!(said, [(2, "It is there, **with a lid**.", REASON, 1, 0), (1, "It is **there**.", REASON, 0, 0)]);
        for statement in ["UPDATE changelog_corrections SET body = 'x'", "DELETE FROM changelog_corrections"] {
            assert!(f.sql(statement).await.is_err(), "{statement}");
        }
        // what changes nothing is no correction
        edit(&f, &agent, id, &both).await.unwrap();
        assert_eq!(f.count("changelog_corrections").await, 2);
        assert!(matches!(discard(&f, &agent, id).await, Err(Error::Conflict(Conflict::Over))));

        let entry = withdraw(&f, &agent, id, REASON).await.unwrap();
        assert_eq!((entry.state, entry.withdrawn_reason.as_deref()), (State::Withdrawn, Some(REASON)));
        assert!(matches!(withdraw(&f, &agent, id, REASON).await, Err(Error::Conflict(Conflict::Over))));
        assert!(matches!(edit(&f, &agent, id, &fix(REASON)).await, Err(Error::Conflict(Conflict::Over))));
        assert_eq!(titles(&f, &NOBODY, Filter::default()).await, ["Letters have a slot"], "it says that it does not hold");
        assert_eq!(f.of(&NOBODY, one, changelog::of_post).await.unwrap(), [], "the post does not point to it");
        let (acts, _) = record::list(f.read(), &NOBODY, &record::Filter::default(), None, 4).await.unwrap();
        let acts: Vec<_> = acts.iter().map(|shown| (shown.entry.act.as_str(), shown.entry.subject.clone().unwrap())).collect();
        let subject = format!("changelog:{id}");
        assert_eq!(acts[0], ("changelog_withdrawn", subject.clone()));
        assert_eq!(acts[1], ("changelog_corrected", subject));
    }

    async fn nobody_is_thanked_for_what_was_sent_back_meanwhile(f: TestForum) {
        let (author, agent) = (f.member("Author").await, f.staff("Femke", Role::Agent).await);
        let mo = f.member("Mo").await;
        let (back, stays) = (delivered(&f, &agent, &author, "A slot for letters").await, delivered(&f, &agent, &mo, "A lid").await);
        let id = write(&f, &agent, &draft("Letters have a slot", &[back, stays])).await.unwrap().id;
        publish_at(&f, &agent, id, &(f.now() + TimeDelta::hours(1)).to_rfc3339()).await.unwrap();
        f.move_to(&agent, back, "started").await;
        f.time.set(f.now() + TimeDelta::hours(2));
        changelog::run(&f).await.unwrap();
        assert_eq!(heard(&f).await, pairs(&[("Mo", "author")]));
    }

    async fn an_author_who_wants_to_hear_no_more_is_left_alone(f: TestForum) {
        let (author, agent) = (f.member("Author").await, f.staff("Femke", Role::Agent).await);
        let post = delivered(&f, &agent, &author, "A slot for letters").await;
        f.write(&author, async |tx| follow::stop(tx, Subject::Post(post)).await).await.unwrap();
        told(&f, &agent, "Letters have a slot", &[post]).await;
        assert_eq!(heard(&f).await, []);
    }

    async fn the_second_of_two_savers_is_told(f: TestForum) {
        let agent = f.staff("Femke", Role::Agent).await;
        let entry = write(&f, &agent, &draft("Letters have a slot", &[])).await.unwrap();
        let of = |version, title: &str| Edit { version: Some(version), title: Some(title.to_owned()), ..Edit::default() };
        edit(&f, &agent, entry.id, &of(entry.version, "One")).await.unwrap();
        assert!(matches!(edit(&f, &agent, entry.id, &of(entry.version, "Two")).await, Err(Error::Conflict(Conflict::Changed))));
    }

    async fn who_may_not_see_its_posts_does_not_know_of_an_entry(f: TestForum) {
        let (author, agent) = (f.member("Author").await, f.staff("Femke", Role::Agent).await);
        let (inside, outside) = (f.member("Inside").await, f.member("Outside").await);
        f.private_board("club", &[&author, &inside]).await;
        f.private_board("crew", &[&author, &outside]).await;
        let secret = f.post_on(&author, "club", Kind::Idea, "A bar in the club").await;
        f.support(&inside, secret).await;
        let open = f.post(&outside, Kind::Idea, "A bar in the street").await;
        for post in [secret, open] {
            f.move_to(&agent, post, "delivered").await;
        }
        let closed = told(&f, &agent, "The club has a bar", &[secret]).await.id;
        let mixed = told(&f, &agent, "There are bars", &[secret, open]).await.id;
        let all = Draft { for_all: true, ..draft("Cheers to all", &[secret]) };
        let all = write(&f, &agent, &all).await.unwrap().id;
        publish(&f, &agent, all).await.unwrap();

        let everything = ["Cheers to all", "There are bars", "The club has a bar"];
        assert_eq!(titles(&f, &inside, Filter::default()).await, everything);
        assert_eq!(titles(&f, &agent, Filter::default()).await, everything);
        for who in [&outside, &NOBODY] {
            assert_eq!(titles(&f, who, Filter::default()).await, everything[..2]);
            assert!(matches!(read(&f, who, closed).await, Err(Error::NotFound)));
            assert_eq!(numbers(&read(&f, who, mixed).await.unwrap()), [open], "not even that there is another post");
            assert_eq!(numbers(&read(&f, who, all).await.unwrap()), []);
            // nor by asking which entries name it
            assert_eq!(titles(&f, who, Filter { post: Some(secret), ..Filter::default() }).await, [""; 0]);
        }
        assert_eq!(titles(&f, &inside, Filter { post: Some(secret), ..Filter::default() }).await, everything);
        let names: Vec<_> = heard(&f).await.into_iter().map(|(name, _)| name).collect();
        assert_eq!(names, ["Author", "Inside", "Author", "Inside", "Outside", "Author", "Inside"]);

        // the record says to everybody that something happened, and to its readers what
        let shown = async |who: &Actor| {
            let filter = record::Filter { act: Some("changelog_published".to_owned()), ..record::Filter::default() };
            let (acts, _) = record::list(f.read(), who, &filter, None, 9).await.unwrap();
            acts.into_iter().filter_map(|shown| shown.open?.subject()).collect::<Vec<_>>()
        };
        assert_eq!(shown(&outside).await, [all, mixed].map(|id| format!("changelog:{id}")));
        assert_eq!(shown(&inside).await, [all, mixed, closed].map(|id| format!("changelog:{id}")));

        // a correction takes it from nobody
        let reason = Some(REASON.to_owned());
        let less = Edit { posts: Some(vec![secret.to_string()]), reason: reason.clone(), ..Edit::default() };
        assert_eq!(problems(edit(&f, &agent, mixed, &less).await), [("posts", Problem::WouldVanish)]);
        let narrow = Edit { for_all: Some(false), reason: reason.clone(), ..Edit::default() };
        assert_eq!(problems(edit(&f, &agent, all, &narrow).await), [("posts", Problem::WouldVanish)]);
        let crew = f.post_on(&author, "crew", Kind::Idea, "A bar for the crew").await;
        f.move_to(&agent, crew, "delivered").await;
        let other = Edit { posts: Some(vec![crew.to_string()]), reason: reason.clone(), ..Edit::default() };
        assert_eq!(problems(edit(&f, &agent, closed, &other).await), [("posts", Problem::WouldVanish)]);
        let more = Edit { posts: Some(vec![secret.to_string(), crew.to_string()]), reason, ..Edit::default() };
        edit(&f, &agent, closed, &more).await.unwrap();
        let shown = read(&f, &outside, closed).await.unwrap();
        assert_eq!(numbers(&shown), [crew]);
        let corrections = changelog::corrections(f.read(), &outside, &shown).await.unwrap();
        assert_eq!(corrections[0].added.iter().map(|post| post.id).collect::<Vec<_>>(), [crew]);
        assert_eq!(changelog::corrections(f.read(), &inside, &read(&f, &inside, closed).await.unwrap()).await.unwrap()[0].added, []);

        // whoever leaves loses it from sight
        f.expel("club", &inside).await;
        assert_eq!(titles(&f, &inside, Filter::default()).await, everything[..2]);
    }

    async fn the_members_of_a_case_are_thanked_with_its_head(f: TestForum) {
        let (author, agent) = (f.member("Author").await, f.staff("Femke", Role::Agent).await);
        let (mo, joost) = (f.member("Mo").await, f.member("Joost").await);
        let head = f.post(&author, Kind::Complaint, "No phone for a week").await;
        let member = f.post(&mo, Kind::Complaint, "The phone is dead").await;
        f.support(&joost, member).await;
        f.merge(&agent, member, head).await.unwrap();
        f.move_to(&agent, head, "delivered").await;
        let entry = told(&f, &agent, "Phones ring again", &[head]).await;
        assert_eq!(heard(&f).await, pairs(&[("Author", "author"), ("Joost", "supporter"), ("Mo", "author")]));
        let credit = &read(&f, &NOBODY, entry.id).await.unwrap().posts[0];
        let names: Vec<_> = credit.authors.iter().map(|author| author.name.as_str()).collect();
        assert_eq!((credit.post.id, names), (head, vec!["Author", "Mo"]));
        assert_eq!(read(&f, &mo, entry.id).await.unwrap().mine().map(|mine| mine.post.id), Some(member));
        assert_eq!(f.of(&NOBODY, member, changelog::of_post).await.unwrap()[0].id, entry.id);
        let own = changelog::delivered(f.read(), &joost, None, 9, f.now()).await.unwrap();
        assert_eq!(own.iter().map(|own| (own.post.id, own.part, own.entry.as_ref().map(|e| e.id))).collect::<Vec<_>>(), [(member, Part::Supported, Some(entry.id))]);
    }

    async fn what_was_delivered_because_of_somebody_is_theirs_to_see(f: TestForum) {
        let (sanne, agent) = (f.member("Sanne").await, f.staff("Femke", Role::Agent).await);
        let other = f.member("Other").await;
        let own = delivered(&f, &agent, &sanne, "A slot for letters").await;
        f.time.set(f.now() + TimeDelta::minutes(1));
        let supported = f.post(&other, Kind::Idea, "A lid on the slot").await;
        f.support(&sanne, supported).await;
        f.move_to(&agent, supported, "delivered").await;
        let open = f.post(&sanne, Kind::Idea, "Not done yet").await;
        f.oppose(&sanne, delivered(&f, &agent, &other, "A bell").await, REASON).await;
        let entry = told(&f, &agent, "Letters have a slot", &[own]).await.id;
        let mine = async |after: Option<&str>, limit| changelog::delivered(f.read(), &sanne, after, limit, f.now()).await.unwrap();
        let all = mine(None, 9).await;
        let said: Vec<_> = all.iter().map(|item| (item.post.id, item.part, item.entry.as_ref().map(|entry| entry.id))).collect();
        assert_eq!(said, [(supported, Part::Supported, None), (own, Part::Proposed, Some(entry))]);
        assert!(said.iter().all(|(post, ..)| *post != open));
        // page by page
        let first = mine(None, 1).await;
        assert_eq!((first.len(), first[0].post.id), (2, supported));
        assert_eq!(mine(Some(&first[0].cursor()), 1).await.iter().map(|item| item.post.id).collect::<Vec<_>>(), [own]);
        assert!(changelog::delivered(f.read(), &sanne, Some("x"), 1, f.now()).await.is_err());
        assert!(matches!(changelog::delivered(f.read(), &NOBODY, None, 1, f.now()).await, Err(Error::Unauthenticated)));
        // offered to whoever writes: what no entry tells of
        let offered = async || changelog::proposals(f.read(), &agent, 9).await.unwrap().into_iter().map(|post| post.id).collect::<Vec<_>>();
        assert!(offered().await.contains(&supported) && !offered().await.contains(&own));
        withdraw(&f, &agent, entry, REASON).await.unwrap();
        assert!(offered().await.contains(&own), "what does not hold tells of nothing");
        assert_eq!(mine(None, 9).await[1].entry, None);
    }

    async fn the_list_is_read_page_by_page(f: TestForum) {
        let agent = f.staff("Femke", Role::Agent).await;
        for n in 0..5 {
            let entry = Draft { for_all: true, category: if n % 2 == 0 { "fixed" } else { "new" }.to_owned(), ..draft(&format!("Entry {n}"), &[]) };
            let id = write(&f, &agent, &entry).await.unwrap().id;
            publish(&f, &agent, id).await.unwrap();
            if n > 1 {
                f.time.set(f.now() + TimeDelta::minutes(1));
            }
        }
        let (mut seen, mut after, mut pages) = (Vec::new(), None, Vec::new());
        loop {
            let (entries, next) = changelog::list(f.read(), &NOBODY, Filter::default(), after.as_deref(), 2, f.now()).await.unwrap();
            seen.extend(entries.iter().map(|entry| entry.title.clone()));
            pages.push((entries[0].clone(), after));
            let Some(next) = next else { break };
            after = Some(next);
        }
        assert_eq!(seen, ["Entry 4", "Entry 3", "Entry 2", "Entry 1", "Entry 0"]);
        let newer = async |n: usize| changelog::newer(f.read(), &NOBODY, Filter::default(), &pages[n].0, 2, f.now()).await.unwrap();
        assert_eq!(newer(0).await, forum::promise::Newer::None);
        assert_eq!(newer(1).await, forum::promise::Newer::First);
        assert_eq!(newer(2).await, forum::promise::Newer::After(pages[1].1.clone().unwrap()));
        assert!(changelog::list(f.read(), &NOBODY, Filter::default(), Some("e-x-1"), 2, f.now()).await.is_err());
        let fixed = Filter { category: Some(changelog::Category::Fixed), ..Filter::default() };
        assert_eq!(titles(&f, &NOBODY, fixed).await, ["Entry 4", "Entry 2", "Entry 0"]);
    }
}
