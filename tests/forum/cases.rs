//! Posts that are one matter: nothing moves, one count, and all of it can be taken apart again (rules 1, 10 and 12).

use chrono::TimeDelta;
use forum::{
    Error,
    actor::{Actor, Role},
    case,
    clock::{self, Name},
    comment,
    error::{Conflict, Denied, Problem},
    event::Audience,
    id::PostId,
    notice::{self, About, Content},
    post::{self, Filter, Kind, Sort, rank},
    promise,
    status::Stage,
    vote::Stance,
};
use tests::{REASON, TestForum, get, on_both, problems};
use tokio::task::JoinSet;

/// A complaint of this author, and somebody of the staff.
async fn two(f: &TestForum) -> (Actor, Actor, PostId, PostId) {
    let (author, agent) = (f.member("Author").await, f.staff("Femke", Role::Agent).await);
    let head = f.post(&author, Kind::Complaint, "No signal at home").await;
    let member = f.post(&author, Kind::Complaint, "The phone is dead indoors").await;
    (author, agent, head, member)
}

async fn listed(f: &TestForum, sort: Sort) -> Vec<PostId> {
    let filter = Filter { sort, ..Filter::default() };
    let page = f.page(&Actor::Visitor, &filter, None, 100).await;
    assert_eq!(page.total, i64::try_from(page.items.len()).unwrap(), "the total of {sort:?}");
    page.items.into_iter().map(|row| row.id).collect()
}

/// People for the case of a post, as it is kept and as one would count them.
async fn supporters(f: &TestForum, head: PostId) -> (i64, i64) {
    let counted = format!(
        "(SELECT DISTINCT v.person_id FROM votes v JOIN posts p ON p.id = v.post_id
          WHERE v.stance = 'support' AND (p.id = {head} OR p.head_id = {head})) x"
    );
    (f.see(head).await.row.case_support, f.count(&counted).await)
}

fn name_of(actor: &Actor) -> &str {
    let Actor::Person(me) = actor else { panic!("{actor:?} has no name") };
    &me.name
}

on_both! {
    async fn who_supports_several_posts_of_a_case_counts_once(f: TestForum) {
        let (_, agent, head, member) = two(&f).await;
        let people = f.members(5).await;
        for (n, person) in people.iter().enumerate() {
            if n < 3 { f.support(person, head).await; }
            if n >= 2 { f.support(person, member).await; }
        }
        f.merge(&agent, member, head).await.unwrap();
        let case = f.case(head).await.unwrap();
        assert_eq!((case.support_count, case.size(), f.case(member).await), (5, 2, Some(case.clone())));
        let (row, other) = (f.see(head).await.row, f.see(member).await.row);
        assert_eq!((row.support_count, row.case_support, other.support_count, other.case_support), (3, 5, 3, 3));
        assert!((row.trend - rank::trend(5, 0, row.created_at)).abs() < 1e-9, "it ranks by the people of the case");

        // the one who supports both counts until the last of both is taken back
        f.withdraw(&people[2], member).await.unwrap();
        assert_eq!(supporters(&f, head).await, (5, 5));
        f.withdraw(&people[2], head).await.unwrap();
        assert_eq!(supporters(&f, head).await, (4, 4));
        f.support(&people[0], member).await;
        f.support(&people[2], member).await;
        assert_eq!(supporters(&f, head).await, (5, 5));
        f.unmerge(&agent, member).await.unwrap();
        let (row, other) = (f.see(head).await, f.see(member).await);
        assert_eq!((row.row.case_support, row.row.members, row.case, other.row.case_support, other.case), (2, 0, None, 4, None));
    }

    async fn the_count_is_right_when_many_vote_at_once(f: TestForum) {
        let (author, agent, head, first) = two(&f).await;
        let second = f.post(&author, Kind::Idea, "A mast in our street").await;
        f.merge(&agent, first, head).await.unwrap();
        f.merge(&agent, second, head).await.unwrap();
        let people = f.members(24).await;
        let mut writers = JoinSet::new();
        for (n, person) in people.iter().enumerate() {
            for post in [head, first, second] {
                let (f, person) = (f.clone(), person.clone());
                writers.spawn(async move {
                    f.vote(&person, post, Stance::Support, None).await?;
                    if n % 3 == 0 {
                        f.withdraw(&person, post).await?;
                    }
                    if n % 4 == 0 && post == second {
                        f.vote(&person, post, Stance::Oppose, Some("It would stand in my view.")).await?;
                    }
                    Ok::<_, Error>(())
                });
            }
        }
        // and while they do, a member leaves and comes back
        let (g, lead) = (f.clone(), agent.clone());
        writers.spawn(async move {
            g.unmerge(&lead, second).await?;
            g.merge(&lead, second, head).await.map(drop)
        });
        for outcome in writers.join_all().await {
            outcome.expect("a vote in a crowd");
        }
        let (kept, counted) = supporters(&f, head).await;
        assert_eq!(kept, counted);
        assert_eq!(counted, 16, "all but those who took every vote back");
        let row = f.see(head).await.row;
        assert!((row.trend - rank::trend(kept, 0, row.created_at)).abs() < 1e-9);
    }

    async fn a_member_leaves_the_lists_and_is_found_by_its_words(f: TestForum) {
        let (author, agent, head, member) = two(&f).await;
        f.support(&author, member).await;
        f.merge(&agent, member, head).await.unwrap();
        for sort in [Sort::Trending, Sort::New, Sort::Top, Sort::Waiting] {
            assert_eq!(listed(&f, sort).await, [head], "{sort:?}");
        }
        assert_eq!(f.queue(&agent).await.iter().map(|row| row.id).collect::<Vec<_>>(), [head]);
        assert!(post::unseen(f.read(), &Actor::Visitor, 3, f.now()).await.unwrap().is_empty(), "the head has a supporter");
        let found = f.page(&Actor::Visitor, &Filter::words("dead indoors"), None, 10).await;
        assert_eq!(found.items.iter().map(|row| (row.id, row.head)).collect::<Vec<_>>(), [(member, Some(head))]);
        let own = Filter { author: author.id(), ..Filter::default() };
        assert_eq!(f.page(&author, &own, None, 10).await.items.len(), 2, "it stays among what its author wrote");
        let alike = post::similar_to(f.read(), &author, "The phone is dead indoors", "", f.now()).await.unwrap();
        assert_eq!(alike.first().map(|row| row.id), Some(head), "who is about to say the same is led to the head");
        f.unmerge(&agent, head).await.unwrap();
        for sort in [Sort::New, Sort::Waiting] {
            let mut all = listed(&f, sort).await;
            all.sort_unstable();
            assert_eq!(all, [head, member], "{sort:?}");
        }
        assert_eq!(f.queue(&agent).await.len(), 2);
    }

    async fn comments_of_all_posts_are_read_at_the_head(f: TestForum) {
        let (author, agent, head, member) = two(&f).await;
        let joost = f.member("Joost").await;
        let there = f.comment(&author, member, "Upstairs it works").await;
        let silent = f.post(&author, Kind::Complaint, "Not a word").await;
        f.merge(&agent, member, silent).await.unwrap();
        let page = f.of(&joost, silent, async |view, post| comment::page(view, post, None, 100).await).await.unwrap();
        assert_eq!(page.items.len(), 1, "under a head without comments of its own");
        f.unmerge(&agent, member).await.unwrap();
        let here = f.comment(&author, head, "In the whole street").await;
        f.merge(&agent, member, head).await.unwrap();
        let under = async |post: PostId| {
            let page = f.of(&joost, post, async |view, post| comment::page(view, post, None, 100).await).await.unwrap();
            page.items.into_iter().map(|comment| (comment.id, comment.post)).collect::<Vec<_>>()
        };
        assert_eq!(under(head).await, [(there, member), (here, head)]);
        assert_eq!(under(member).await, [(there, member)]);
        // a reply that is given at the head stands where that stands which it replies to
        let reply = f.reply(&joost, head, there, "With us too").await;
        assert_eq!(under(member).await, [(there, member), (reply, member)]);
        let (row, other) = (f.see(head).await.row, f.see(member).await.row);
        assert_eq!((row.comment_count, row.case_comments, other.comment_count), (1, 3, 2));
        assert!((row.trend - rank::trend(0, 3, row.created_at)).abs() < 1e-9);
        f.write(&joost, async |tx| comment::remove(tx, reply).await).await.unwrap();
        assert_eq!(f.see(head).await.row.case_comments, 2);
        let wrong = f.write(&joost, async |tx| comment::submit(tx, member, Some(here), "No", None).await).await;
        assert_eq!(problems(wrong), [("parent_id", Problem::NotOnThisPost)]);
        f.unmerge(&agent, member).await.unwrap();
        assert_eq!((under(head).await.len(), under(member).await.len()), (1, 2));
        assert_eq!((f.see(head).await.row.case_comments, f.see(member).await.row.case_comments), (1, 1));
    }

    async fn no_overdue_deadline_is_hidden_and_none_is_won(f: TestForum) {
        let (author, agent) = (f.member("Author").await, f.staff("Femke", Role::Agent).await);
        let old = f.post(&author, Kind::Complaint, "No signal at home").await;
        f.time.advance(TimeDelta::days(1));
        let head = f.post(&author, Kind::Complaint, "The phone is dead indoors").await;
        let due = f.clock(old, Name::FirstAnswer).await.unwrap().0;
        let own = f.clock(head, Name::FirstAnswer).await.unwrap().0;
        assert!(due < own);
        f.merge(&agent, old, head).await.unwrap();
        // the head takes over what is due before its own, and says whose it was
        let clocks = f.clocks(head).await;
        let taken: Vec<_> = clocks.iter().filter(|clock| clock.taken_from == Some(old)).map(|clock| (clock.name, clock.due_at)).collect();
        assert!(taken.contains(&(Name::FirstAnswer, due)), "{clocks:?}");
        assert!(f.clocks(old).await.is_empty(), "its own deadlines rest");
        assert_eq!(f.queue(&agent).await[0].clocks.iter().map(|clock| clock.due_at).min(), Some(due));
        // missed there, it raises the head, and the member stays as it was
        f.run_at(due + TimeDelta::minutes(1)).await;
        assert_eq!((f.level(head).await, f.level(old).await), (2, 1));
        assert_eq!(forum::accountability::count_overdue(f.read(), f.now()).await.unwrap(), 1);
        // apart again it is missed on the member, as of the day on which it was due, and the head keeps only its own
        f.unmerge(&agent, old).await.unwrap();
        assert_eq!(f.level(old).await, 2);
        assert!(f.clock(old, Name::FirstAnswer).await.is_some());
        let open = f.clocks(head).await.into_iter().filter(|clock| clock.is_open() && clock.taken_from.is_some()).count();
        assert_eq!(open, 0);
        assert_eq!(f.clocks(head).await.iter().filter(|clock| clock.name == Name::FirstAnswer && clock.is_open()).map(|clock| clock.due_at).min(), Some(own));

        // what is past due already comes along, also to a head that was answered
        f.move_to(&agent, head, "planned").await;
        f.merge(&agent, old, head).await.unwrap();
        assert!(f.clocks(head).await.iter().any(|clock| clock.is_open() && clock.name == Name::NextUpdate && clock.state == clock::State::Missed && clock.due_at == due));
        f.move_to(&agent, head, "started").await;
        assert!(f.clocks(head).await.iter().all(|clock| clock.state != clock::State::Missed), "answered for both");
        assert_eq!(f.see(old).await.row.status.stage, Stage::Started, "a member stands where its head does");
        let kept = f.count(&format!("posts WHERE id = {old} AND stage = 'received'")).await;
        assert_eq!(kept, 1, "and nothing of it is rewritten");
    }

    async fn answers_at_the_head_reach_everybody_once(f: TestForum) {
        let sanne = f.member_with_mail("Sanne", "sanne@example.org").await;
        let joost = f.member_with_mail("Joost", "joost@example.org").await;
        let both = f.member_with_mail("Both", "both@example.org").await;
        let agent = f.staff("Femke", Role::Agent).await;
        let head = f.post(&sanne, Kind::Complaint, "No signal at home").await;
        let member = f.post(&joost, Kind::Complaint, "The phone is dead indoors").await;
        f.support(&both, head).await;
        f.support(&both, member).await;
        f.support(&joost, head).await;
        f.merge(&agent, member, head).await.unwrap();
        let told = f.outbox().await;
        assert_eq!(told.len(), 1, "the author of the member is told");
        assert_eq!(told[0].to, "joost@example.org");
        let Content::Notice { notice, .. } = &told[0].content else { panic!("{told:?}") };
        assert!(matches!(&notice.about, About::Case(case) if case.id == head), "{notice:?}");
        assert_eq!((notice.event.rule, notice.event.reason.as_deref()), (Some(1), Some(REASON)));

        f.forget_letters().await;
        f.move_to(&agent, head, "planned").await;
        let mut told: Vec<_> = f.outbox().await.into_iter().map(|sent| sent.to).collect();
        told.sort();
        assert_eq!(told, ["both@example.org", "joost@example.org", "sanne@example.org"], "one letter for who supports both");
        let reasons = f.rows("SELECT n.reason FROM notices n JOIN events e ON e.id = n.event_id WHERE e.kind = 'answer_published' ORDER BY n.id").await;
        let reasons: Vec<String> = reasons.iter().map(|row| get(row, "reason")).collect();
        assert_eq!(reasons, [Audience::Author, Audience::CaseAuthor, Audience::Follower].map(Audience::as_str));

        f.forget_letters().await;
        f.move_to(&agent, head, "delivered").await;
        let asked = f.outbox().await.into_iter().filter(|sent| matches!(&sent.content, Content::Notice { path: Some(_), .. }));
        let mut asked: Vec<_> = asked.map(|sent| sent.to).collect();
        asked.sort();
        assert_eq!(asked, ["both@example.org", "joost@example.org", "sanne@example.org"]);
        // an author is an author, whichever of the posts is theirs
        f.say(&joost, head, false).await.unwrap();
        assert_eq!(f.see(head).await.row.status.stage, Stage::Started);
    }

    async fn who_merges_names_a_rule_and_a_reason(f: TestForum) {
        let (author, agent, head, member) = two(&f).await;
        let merge = async |actor: &Actor, into: Option<PostId>, rule: Option<i32>, reason: &str| {
            f.write(actor, async |tx| case::merge(tx, member, into, rule, reason).await).await
        };
        assert!(matches!(merge(&author, Some(head), Some(1), REASON).await, Err(Error::Forbidden(Denied::Role))));
        assert!(matches!(merge(&Actor::Visitor, Some(head), Some(1), REASON).await, Err(Error::Unauthenticated)));
        assert_eq!(
            problems(merge(&agent, None, None, "too short").await),
            [("into", Problem::Required), ("rule", Problem::Required), ("reason", Problem::TooShort { min: 10 })]
        );
        assert_eq!(problems(merge(&agent, Some(member), Some(1), REASON).await), [("into", Problem::SamePost)]);
        assert_eq!(problems(merge(&agent, Some(PostId(4711)), Some(99), REASON).await), [("into", Problem::NotAPost), ("rule", Problem::UnknownChoice)]);
        let nowhere = f.write(&agent, async |tx| case::merge(tx, PostId(4711), Some(head), Some(1), REASON).await).await;
        assert!(matches!(nowhere, Err(Error::NotFound)));
        assert!(matches!(f.unmerge(&agent, member).await, Err(Error::Conflict(Conflict::NoCase))));
        merge(&agent, Some(head), Some(1), REASON).await.unwrap();
        let shown = f.case(member).await.unwrap();
        assert_eq!((shown.head.id, shown.members[0].rule, shown.members[0].reason.as_deref()), (head, Some(1), Some(REASON)));
        assert_eq!(shown.members[0].by.as_ref().map(|by| by.id), agent.id());
        for (post, into) in [(member, head), (head, member)] {
            assert!(matches!(f.merge(&agent, post, into).await, Err(Error::Conflict(Conflict::OneCase))));
        }
        let other = f.post(&author, Kind::Complaint, "Another one").await;
        assert!(matches!(f.merge(&agent, member, other).await, Err(Error::Conflict(Conflict::Merged))));
        // what the company does, it does at the head
        assert!(matches!(f.answer(&agent, member, &f.answer_into("planned")).await, Err(Error::Conflict(Conflict::Merged))));
        assert!(matches!(f.stop(&agent, member).await, Err(Error::Conflict(Conflict::Merged))));
        assert!(matches!(f.promise(&agent, member, f.now().date_naive() + TimeDelta::days(3), None).await, Err(Error::Conflict(Conflict::Merged))));
        assert!(matches!(f.unmerge(&author, member).await, Err(Error::Forbidden(Denied::Role))));
        let unmerge = f.write(&agent, async |tx| case::unmerge(tx, member, None, "").await).await;
        assert_eq!(problems(unmerge), [("rule", Problem::Required), ("reason", Problem::Required)]);
        f.unmerge(&agent, member).await.unwrap();
        let story = case::changes(&f.story(member).await);
        assert_eq!(story.iter().map(|change| change.merged).collect::<Vec<_>>(), [true, false]);
        assert_eq!(case::changes(&f.story(head).await), story, "the head tells of it too");
        assert_eq!(f.count("events WHERE kind IN ('post_merged', 'post_unmerged') AND rule = 1 AND reason IS NOT NULL AND role = 'agent'").await, 2);
    }

    async fn chains_are_flattened_and_come_apart_where_they_were_joined(f: TestForum) {
        let (author, agent, a, b) = two(&f).await;
        let c = f.post(&author, Kind::Idea, "A mast in our street").await;
        let d = f.post(&author, Kind::Wish, "Calls over the router").await;
        let people = f.members(3).await;
        for (person, post) in people.iter().zip([a, b, c]) {
            f.support(person, post).await;
        }
        f.merge(&agent, a, b).await.unwrap();
        f.merge(&agent, b, c).await.unwrap();
        // into a member is into its head
        assert_eq!(f.merge(&agent, d, a).await.unwrap(), c);
        let case = f.case(a).await.unwrap();
        assert_eq!((case.head.id, case.members.iter().map(|member| member.post.id).collect::<Vec<_>>()), (c, vec![a, b, d]));
        assert_eq!(case.support_count, 3);
        f.unmerge(&agent, b).await.unwrap();
        let (one, other) = (f.case(a).await.unwrap(), f.case(c).await.unwrap());
        assert_eq!((one.head.id, one.size(), one.support_count), (b, 2, 2));
        assert_eq!((other.head.id, other.size(), other.support_count, other.members[0].post.id), (c, 2, 1, d));
        f.unmerge(&agent, c).await.unwrap();
        f.unmerge(&agent, b).await.unwrap();
        for post in [a, b, c, d] {
            assert_eq!(f.case(post).await, None);
        }
    }

    async fn posts_that_other_people_see_can_not_be_one_matter(f: TestForum) {
        let (author, agent) = (f.member("Author").await, f.staff("Femke", Role::Agent).await);
        f.private_board("secret", &[&author]).await;
        f.board("second").await;
        let public = f.post(&author, Kind::Idea, "A slot for letters").await;
        let second = f.post_on(&author, "second", Kind::Idea, "A slot for post").await;
        let hidden = f.post_on(&author, "secret", Kind::Idea, "A secret slot").await;
        let beside = f.post_on(&author, "secret", Kind::Idea, "Another secret slot").await;
        for (post, into) in [(public, hidden), (hidden, public)] {
            assert_eq!(problems(f.merge(&agent, post, into).await), [("into", Problem::OtherAudience)]);
        }
        f.merge(&agent, hidden, beside).await.unwrap();
        f.merge(&agent, public, second).await.unwrap();
        let edit = forum::board::Edit { private: Some(true), ..forum::board::Edit::default() };
        let closed = f.write(&Actor::System, async |tx| forum::board::edit(tx, "second", &edit).await).await;
        assert!(matches!(closed, Err(Error::Conflict(Conflict::CaseAcross))), "{closed:?}");
        f.unmerge(&agent, public).await.unwrap();
        f.write(&Actor::System, async |tx| forum::board::edit(tx, "second", &edit).await).await.unwrap();
    }

    async fn those_who_answer_for_both_posts_are_told_of_the_end_of_a_case(f: TestForum) {
        let (author, lead) = (f.member("Sanne").await, f.staff("Lea", Role::Lead).await);
        let (femke, ruth) = (f.staff("Femke", Role::Agent).await, f.staff("Ruth", Role::Agent).await);
        let head = f.post(&author, Kind::Idea, "A mast in our street").await;
        let member = f.post(&author, Kind::Idea, "The phone is dead indoors").await;
        // the first to act on a post owns it
        f.move_to(&femke, head, "review").await;
        f.move_to(&ruth, member, "review").await;
        f.merge(&lead, member, head).await.unwrap();
        f.unmerge(&lead, member).await.unwrap();
        for kind in ["post_merged", "post_unmerged"] {
            for person in [&author, &femke, &ruth] {
                let told = format!(
                    "notices n JOIN events e ON e.id = n.event_id WHERE e.kind = '{kind}' AND n.person_id IN
                        (SELECT id FROM persons WHERE name = '{}')",
                    name_of(person)
                );
                assert_eq!(f.count(&told).await, 1, "{kind}: {}", name_of(person));
            }
        }
    }

    async fn a_member_proposes_and_is_told(f: TestForum) {
        let (author, agent, head, member) = two(&f).await;
        let sanne = f.member_with_mail("Sanne", "sanne@example.org").await;
        let propose = async |actor: &Actor, post: PostId, other: Option<PostId>| {
            f.write(actor, async |tx| case::propose(tx, post, other, Some("Both are about the mast.")).await).await
        };
        assert!(matches!(propose(&Actor::Visitor, member, Some(head)).await, Err(Error::Unauthenticated)));
        assert_eq!(problems(propose(&sanne, member, None).await), [("other", Problem::Required)]);
        assert_eq!(problems(propose(&sanne, member, Some(member)).await), [("other", Problem::SamePost)]);
        assert_eq!(problems(propose(&sanne, member, Some(PostId(4711))).await), [("other", Problem::NotAPost)]);
        let first = propose(&sanne, member, Some(head)).await.unwrap();
        for (who, post, other) in [(&author, head, member), (&sanne, member, head)] {
            assert!(matches!(propose(who, post, Some(other)).await, Err(Error::Conflict(Conflict::Proposed))), "once for a pair");
        }
        assert!(matches!(case::open_proposals(f.read(), &sanne, 10).await, Err(Error::Forbidden(Denied::Role))));
        let open = case::open_proposals(f.read(), &agent, 10).await.unwrap();
        assert_eq!((open.len(), open[0].posts[0].id, open[0].posts[1].id, case::count_open(f.read(), &agent).await.unwrap()), (1, head, member, 1));
        assert!(matches!(case::proposal(f.read(), &author, first).await, Err(Error::NotFound)), "for the staff and who made it");

        let decline = async |actor: &Actor, reason: &str| f.write(actor, async |tx| case::decline(tx, first, reason).await).await;
        assert!(matches!(decline(&sanne, REASON).await, Err(Error::Forbidden(Denied::Role))));
        assert_eq!(problems(decline(&agent, "no").await), [("reason", Problem::TooShort { min: 10 })]);
        assert_eq!(decline(&agent, REASON).await.unwrap().standing, case::Standing::Declined);
        assert!(matches!(decline(&agent, REASON).await, Err(Error::Conflict(Conflict::Over))));
        let told = f.outbox().await;
        assert!(matches!(&told[0].content, Content::Notice { notice, .. } if notice.event.reason.as_deref() == Some(REASON)), "{told:?}");

        f.forget_letters().await;
        let third = f.post(&author, Kind::Complaint, "No bars in the kitchen").await;
        let second = propose(&sanne, third, Some(head)).await.unwrap();
        f.merge(&agent, third, head).await.unwrap();
        assert_eq!(case::proposal(f.read(), &sanne, second).await.unwrap().standing, case::Standing::Merged);
        assert_eq!(f.outbox().await.len(), 1, "whoever proposed it is told that it was done");
        assert!(matches!(propose(&sanne, third, Some(head)).await, Err(Error::Conflict(Conflict::OneCase))));
    }

    async fn a_member_proposes_ten_a_day(f: TestForum) {
        let sanne = f.member("Sanne").await;
        let mut posts = Vec::new();
        for n in 0..12 {
            posts.push(f.post(&sanne, Kind::Idea, &format!("Idea {n}")).await);
        }
        let limited = f.limited().await;
        for (n, post) in posts[1..].iter().enumerate() {
            let outcome = limited.write(&sanne, async |tx| case::propose(tx, *post, Some(posts[0]), None).await).await;
            assert_eq!(outcome.is_ok(), n < 10, "{outcome:?}");
        }
    }

    async fn the_figures_of_a_member_tell_what_it_was_given_and_when(f: TestForum) {
        let (_, agent, head, member) = two(&f).await;
        let late = f.post(&agent, Kind::Complaint, "No bars in the kitchen").await;
        let fact = async |post: PostId| {
            let facts = forum::accountability::facts(f.read(), None).await.unwrap();
            facts.into_iter().find(|fact| fact.post == post).unwrap()
        };
        let due = fact(late).await.due_at.unwrap();
        f.time.advance(TimeDelta::hours(1));
        f.move_to(&agent, head, "planned").await;
        let answered = f.now();
        f.time.advance(TimeDelta::hours(1));
        f.merge(&agent, member, head).await.unwrap();
        assert_eq!((fact(member).await.answered_at, fact(member).await.stage), (Some(f.now()), Stage::Planned));
        assert_eq!(fact(head).await.answered_at, Some(answered));
        // merged when it was late already, it is late
        f.run_at(due + TimeDelta::hours(1)).await;
        f.merge(&agent, late, head).await.unwrap();
        let told = fact(late).await;
        assert_eq!((told.due_at, told.answered_at), (Some(due), Some(f.now())));
        assert!(f.clocks(head).await.iter().any(|clock| clock.taken_from == Some(late)));
        f.unmerge(&agent, head).await.unwrap();
        assert_eq!((fact(member).await.answered_at, fact(member).await.stage), (None, Stage::Received));
    }

    async fn what_was_pledged_is_kept_by_what_the_head_delivers(f: TestForum) {
        f.pledge("complaint", 5).await;
        let (_, agent, head, member) = two(&f).await;
        let state = async |post: PostId| f.promises(post).await[0].state;
        f.merge(&agent, member, head).await.unwrap();
        f.move_to(&agent, head, "delivered").await;
        assert_eq!((state(head).await, state(member).await), (promise::State::Kept, promise::State::Kept));
        f.move_to(&agent, head, "started").await;
        assert_eq!(state(member).await, promise::State::Open);
        f.unmerge(&agent, member).await.unwrap();
        f.move_to(&agent, head, "delivered").await;
        assert_eq!((state(head).await, state(member).await), (promise::State::Kept, promise::State::Open));
        f.merge(&agent, member, head).await.unwrap();
        assert_eq!(state(member).await, promise::State::Kept, "a head that was delivered already");
        f.unmerge(&agent, member).await.unwrap();
        assert_eq!(state(member).await, promise::State::Open);
    }

    async fn it_happens_again_to_the_matter(f: TestForum) {
        let (author, agent, head, member) = two(&f).await;
        let joost = f.member("Joost").await;
        f.support(&joost, member).await;
        f.merge(&agent, member, head).await.unwrap();
        f.move_to(&agent, head, "delivered").await;
        let again = f.report(&joost, member).await.unwrap();
        assert_eq!((again.post, again.raised), (head, true), "a supporter of the member is one of the matter");
        assert_eq!(f.see(head).await.row.status.stage, Stage::Started);
        let told = notice::is_unread(f.read(), &author, head).await.unwrap();
        assert!(told);
    }
}
