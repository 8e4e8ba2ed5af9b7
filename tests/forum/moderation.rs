//! Nothing disappears without a rule, a reason, a marker and a way to object (rules 10 and 11).

use std::fmt::Write as _;

use chrono::{Datelike as _, TimeDelta};
use forum::{
    Error, Result,
    actor::{Actor, Role},
    clock::Name,
    comment,
    error::{Conflict, Denied, Problem},
    event::Audience,
    flag,
    id::{CommentId, ModerationId, PersonId, PostId},
    moderation::{self, Act, Draft, Moderation, Ruling, Target},
    notice::{About, Content},
    post::{self, Edit, Filter, Kind, Sort},
    site::{BoardTerms, Terms},
    vote,
};
use tests::{BOARD, REASON, TestForum, on_both, problems};

fn draft(act: Act) -> Draft {
    Draft { act: act.as_str().to_owned(), rule: Some(2), reason: REASON.to_owned(), ..Draft::default() }
}

async fn act(f: &TestForum, actor: &Actor, target: Target, draft: &Draft) -> Result<Moderation> {
    f.write(actor, async |tx| moderation::act(tx, target, draft).await).await
}

async fn did(f: &TestForum, actor: &Actor, target: Target, what: Act) -> Moderation {
    act(f, actor, target, &draft(what)).await.unwrap_or_else(|error| panic!("{what:?} of {target:?}: {error}"))
}

async fn appeal(f: &TestForum, actor: &Actor, id: ModerationId) -> Result<Moderation> {
    f.write(actor, async |tx| moderation::appeal(tx, id, "It names nobody.").await).await
}

async fn decide(f: &TestForum, actor: &Actor, id: ModerationId, ruling: Ruling) -> Result<Moderation> {
    f.write(actor, async |tx| moderation::decide(tx, id, ruling.as_str(), REASON).await).await
}

fn conflict<T: std::fmt::Debug>(outcome: Result<T>) -> Conflict {
    match outcome {
        Err(Error::Conflict(conflict)) => conflict,
        other => panic!("expected a conflict, got {other:?}"),
    }
}

fn denied<T: std::fmt::Debug>(outcome: Result<T>) -> Denied {
    match outcome {
        Err(Error::Forbidden(denied)) => denied,
        other => panic!("expected a refusal, got {other:?}"),
    }
}

fn me(actor: &Actor) -> PersonId {
    actor.id().unwrap()
}

async fn comments(f: &TestForum, actor: &Actor, post: PostId) -> Vec<comment::Comment> {
    f.of(actor, post, async |view, seen| comment::page(view, seen, None, 100).await).await.unwrap().items
}

async fn first_comment(f: &TestForum, actor: &Actor, post: PostId) -> comment::Comment {
    comments(f, actor, post).await.remove(0)
}

/// All that lists, totals and searches say of the forum, and what stands on the post and under it.
async fn world(f: &TestForum, actor: &Actor, id: PostId) -> String {
    let mut all = String::new();
    let sorts = Sort::ALL.map(|sort| Filter { sort, ..Filter::default() });
    let words = ["zeppelin", "hangar"].map(Filter::words);
    for (n, filter) in sorts.into_iter().chain(words).enumerate() {
        let page = f.page(actor, &filter, None, 100).await;
        let rows: Vec<_> = page.items.iter().map(|row| (row.id, row.comment_count, &row.title)).collect();
        writeln!(all, "list {n}: {rows:?} of {}", page.total).unwrap();
    }
    let counts = post::Counts::read(f.read(), actor, None).await.unwrap();
    writeln!(all, "{:?} {}", counts.by_stage(), counts.waiting()).unwrap();
    let similar = post::similar_to(f.read(), actor, "A zeppelin over town", "", f.now()).await.unwrap();
    writeln!(all, "{:?}", similar.iter().map(|row| row.id).collect::<Vec<_>>()).unwrap();
    let post = f.look(actor, id).await.unwrap();
    writeln!(all, "{:?} {} {} {} {:?}", post.row.title, post.body, post.body_html, post.row.slug, post.tags).unwrap();
    writeln!(all, "{:?}", f.of(actor, id, post::versions).await.unwrap()).unwrap();
    all + &format!("{:?}\n", comments(f, actor, id).await)
}

on_both! {
    async fn authors_find_their_hidden_posts_among_their_own(f: TestForum) {
        let (sanne, bram) = (f.member("Sanne").await, f.member("Bram").await);
        let femke = f.staff("Femke", Role::Agent).await;
        let hers = f.write_post(&sanne, "A zeppelin over town", "It casts a **shadow** here.").await;
        let his = f.write_post(&bram, "More trams", "At night too.").await;
        let shown = f.write_post(&sanne, "Fewer buses", "They are empty.").await;
        for post in [hers, his] {
            f.support(&sanne, post).await;
            did(&f, &femke, Target::Post(post), Act::Hide).await;
        }
        let written = |whose: &Actor| Filter { sort: Sort::New, author: whose.id(), with_own_hidden: true, ..Filter::default() };
        let own = f.page(&sanne, &written(&sanne), None, 100).await;
        assert_eq!((own.items.iter().map(|row| row.id).collect::<Vec<_>>(), own.total), (vec![shown, hers], 2));
        let (there, gone) = (&own.items[0], &own.items[1]);
        assert!(there.hidden.is_none());
        assert_eq!((gone.title.as_str(), gone.excerpt.as_str()), ("A zeppelin over town", "It casts a shadow here."));
        assert_eq!(gone.hidden.as_ref().map(|marker| (marker.rule, marker.role)), Some((2, Role::Agent)));
        // what they voted on is there as far as it is their own
        let voted = Filter { sort: Sort::New, voter: sanne.id(), with_own_hidden: true, ..Filter::default() };
        let voted = f.page(&sanne, &voted, None, 100).await;
        assert_eq!((voted.items.iter().map(|row| row.id).collect::<Vec<_>>(), voted.total), (vec![hers], 1));
        // and nobody else has them in a list, whoever asks for them
        for reader in [&bram, &femke, &Actor::Visitor] {
            let page = f.page(reader, &written(&sanne), None, 100).await;
            assert_eq!((page.items.iter().map(|row| row.id).collect::<Vec<_>>(), page.total), (vec![shown], 1), "{reader:?}");
        }
        let plain = f.page(&sanne, &Filter { author: sanne.id(), ..Filter::default() }, None, 100).await;
        assert_eq!(plain.total, 1, "what they show others is without it");
    }

    async fn acts_say_which_text_it_was_to_those_who_may_know(f: TestForum) {
        let (sanne, bram) = (f.member("Sanne").await, f.member("Bram").await);
        let femke = f.staff("Femke", Role::Agent).await;
        let id = f.write_post(&sanne, "A zeppelin over town", "It casts a shadow.").await;
        let comment = f.comment(&bram, id, "Next to the **hangar** please.").await;
        f.support(&bram, id).await;
        let moved = did(&f, &femke, Target::Vote(id, me(&bram)), Act::ExcludeVote).await;
        let hushed = did(&f, &femke, Target::Comment(comment), Act::Hide).await;
        let hidden = did(&f, &femke, Target::Post(id), Act::Hide).await;
        let until = (f.now() + TimeDelta::days(9)).date_naive().to_string();
        let lea = f.staff("Lea", Role::Lead).await;
        let banned = act(&f, &lea, Target::Person(me(&bram)), &Draft { until: Some(until), ..draft(Act::Ban) }).await.unwrap();
        let told = async |reader: &Actor, id: ModerationId| {
            let view = f.view(reader).await;
            moderation::by_id(&view, id).await.unwrap().words.map(|words| words.text)
        };
        let (title, words) = (Some("A zeppelin over town".to_owned()), Some("Next to the hangar please.".to_owned()));
        for (reader, of_post, of_comment) in [
            (&femke, &title, &words),
            (&sanne, &title, &None),
            (&bram, &None, &words),
            (&Actor::Visitor, &None, &None),
        ] {
            assert_eq!((&told(reader, hidden.id).await, &told(reader, hushed.id).await), (of_post, of_comment), "{reader:?}");
            assert_eq!(&told(reader, moved.id).await, of_post, "a vote is told of by the title of its post");
            assert_eq!(told(reader, banned.id).await, None);
        }
        let own = moderation::of_own(f.read(), &sanne).await.unwrap();
        assert_eq!(own.iter().map(|act| act.words.as_ref().map(|words| words.text.clone())).collect::<Vec<_>>(), std::slice::from_ref(&title));
        let latest = moderation::latest(f.read(), &femke, 10).await.unwrap();
        assert_eq!(latest.iter().filter(|act| act.words.is_some()).count(), 3);
        // once all is shown again everybody may know
        f.write(&lea, async |tx| moderation::act(tx, Target::Post(id), &draft(Act::Show)).await).await.unwrap();
        did(&f, &femke, Target::Comment(comment), Act::Show).await;
        assert_eq!((told(&Actor::Visitor, hidden.id).await, told(&sanne, hushed.id).await), (title, words));
        // what its author took back is told to nobody
        f.write(&lea, async |tx| moderation::act(tx, Target::Person(me(&bram)), &draft(Act::Unban)).await).await.unwrap();
        f.write(&bram, async |tx| comment::remove(tx, comment).await).await.unwrap();
        assert_eq!(told(&femke, hushed.id).await, None);
    }

    async fn what_is_hidden_is_nowhere_and_comes_back_as_it_was(f: TestForum) {
        let (sanne, bram) = (f.member("Sanne").await, f.member("Bram").await);
        let femke = f.staff("Femke", Role::Agent).await;
        let id = f.write_post(&sanne, "A zeppelin over town", "It casts a **shadow** on the harbour.").await;
        let tags = Edit { tags: Some(vec!["zeppelin".to_owned()]), ..Edit::default() };
        f.edit(&sanne, id, &tags).await.unwrap();
        f.edit(&sanne, id, &Edit { body: Some("It casts a *long* shadow.".to_owned()), ..Edit::default() }).await.unwrap();
        let other = f.write_post(&bram, "More trams", "At night too.").await;
        let comment = f.comment(&bram, other, "Next to the hangar, please.").await;
        f.support(&bram, id).await;
        let before = (world(&f, &bram, id).await, world(&f, &bram, other).await);
        assert!(before.0.contains("zeppelin"), "{}", before.0);

        let hidden = did(&f, &femke, Target::Post(id), Act::Hide).await;
        did(&f, &femke, Target::Comment(comment), Act::Hide).await;
        let mo = f.member("Mo").await;
        for reader in [&Actor::Visitor, &mo] {
            let now = world(&f, reader, id).await + &world(&f, reader, other).await;
            for word in ["eppelin", "shadow", "angar"] {
                assert!(!now.contains(word), "{word} in {now}");
            }
        }
        let seen = f.look(&Actor::Visitor, id).await.unwrap();
        let marker = seen.row.hidden.as_ref().unwrap();
        assert_eq!((marker.id, marker.rule, marker.reason.as_str(), marker.role), (hidden.id, 2, REASON, Role::Agent));
        assert!(!seen.is_readable && seen.body.is_empty() && seen.tags.is_empty());
        assert_eq!(f.page(&bram, &Filter::default(), None, 100).await.total, 1);
        // the author and the staff read it all the same, in its place
        for reader in [&sanne, &femke] {
            let post = f.look(reader, id).await.unwrap();
            assert_eq!((post.row.title.as_str(), post.body.as_str()), ("A zeppelin over town", "It casts a *long* shadow."));
            assert_eq!(f.of(reader, id, post::versions).await.unwrap().len(), 2);
        }
        assert_eq!(first_comment(&f, &bram, other).await.body, "Next to the hangar, please.", "it is Bram's own");
        assert_eq!((first_comment(&f, &sanne, other).await.body.as_str(), f.see(other).await.row.comment_count), ("", 0));
        // nothing can be said to it, and it is hidden once
        assert_eq!(conflict(f.write(&bram, async |tx| comment::submit(tx, id, None, "Why?", None).await).await), Conflict::Hidden);
        assert_eq!(conflict(f.vote(&femke, id, vote::Stance::Support, None).await), Conflict::Hidden);
        assert_eq!(conflict(f.edit(&sanne, id, &Edit { title: Some("Another".to_owned()), ..Edit::default() }).await), Conflict::Hidden);
        assert_eq!(conflict(act(&f, &femke, Target::Post(id), &draft(Act::Hide)).await), Conflict::Hidden);
        // no deadline stops because of it
        assert_eq!(f.queue(&femke).await.len(), 2);

        let shown = did(&f, &femke, Target::Post(id), Act::Show).await;
        assert_eq!((shown.undoes, shown.act), (Some(hidden.id), Act::Show));
        did(&f, &femke, Target::Comment(comment), Act::Show).await;
        assert_eq!((world(&f, &bram, id).await, world(&f, &bram, other).await), before);
        assert_eq!(f.count("hidden_texts").await, 0);
        assert_eq!(conflict(act(&f, &femke, Target::Post(id), &draft(Act::Show)).await), Conflict::NothingDone);
    }

    async fn each_act_needs_a_rule_a_reason_and_the_role(f: TestForum) {
        let (sanne, femke) = (f.member("Sanne").await, f.staff("Femke", Role::Agent).await);
        let id = f.post(&sanne, Kind::Idea, "A zeppelin").await;
        let target = Target::Post(id);
        assert!(matches!(act(&f, &Actor::Visitor, target, &draft(Act::Hide)).await, Err(Error::Unauthenticated)));
        assert_eq!(denied(act(&f, &sanne, target, &draft(Act::Hide)).await), Denied::Role);
        assert_eq!(denied(act(&f, &femke, Target::Person(me(&sanne)), &draft(Act::Ban)).await), Denied::Role, "leads ban");
        let wrong = Draft { rule: Some(99), reason: "short".to_owned(), review_on: Some("2020-01-01".to_owned()), ..draft(Act::Hide) };
        let wrong = problems(act(&f, &femke, target, &wrong).await);
        assert_eq!(wrong.iter().map(|(field, _)| *field).collect::<Vec<_>>(), ["rule", "reason", "review_on"]);
        f.settings(|site| forum::site::withdraw_rule(site, 2, true).unwrap()).await;
        assert_eq!(problems(act(&f, &femke, target, &draft(Act::Hide)).await), [("rule", Problem::UnknownChoice)], "withdrawn");
        for (what, problem) in [("", Problem::Required), ("delete", Problem::UnknownChoice), ("ban", Problem::UnknownChoice)] {
            let lead = f.staff("Lea", Role::Lead).await;
            let draft = Draft { act: what.to_owned(), rule: Some(1), ..draft(Act::Hide) };
            assert_eq!(problems(act(&f, &lead, target, &draft).await), [("act", problem)], "{what}");
        }
        assert!(matches!(act(&f, &femke, Target::Post(PostId(999)), &draft(Act::Hide)).await, Err(Error::NotFound)));
        assert_eq!(f.count("moderation_acts").await, 0);
    }

    async fn whoever_it_is_done_to_is_told_and_it_stands_in_the_history(f: TestForum) {
        let sanne = f.member_with_mail("Sanne", "sanne@noordlicht.example").await;
        let (bram, femke) = (f.member("Bram").await, f.staff("Femke", Role::Agent).await);
        let id = f.post(&bram, Kind::Idea, "A zeppelin").await;
        let comment = f.comment(&sanne, id, "Call Piet, 06 12.").await;
        f.forget_letters().await;
        let redact = Draft { passage: Some("Piet, 06 12".to_owned()), ..draft(Act::Redact) };
        let done = act(&f, &femke, Target::Comment(comment), &redact).await.unwrap();
        let letters = f.outbox().await;
        let [letter] = letters.as_slice() else { panic!("{letters:?}") };
        let Content::Notice { notice, .. } = &letter.content else { panic!("{letter:?}") };
        assert_eq!((letter.to.as_str(), notice.reason), ("sanne@noordlicht.example", Audience::Moderated));
        assert!(matches!(&notice.about, About::Moderation(act) if act.id == done.id), "{notice:?}");
        assert_eq!((notice.event.rule, notice.event.reason.as_deref(), notice.event.role), (Some(2), Some(REASON), Some(Role::Agent)));
        let about = notice.event.kind.about();
        assert!(about.official && about.public, "the record follows it");
        assert_eq!(f.count("events WHERE kind = 'moderated' AND rule = 2 AND role = 'agent' AND subject = 'moderation'").await, 1);
    }

    async fn a_passage_is_gone_from_every_wording_and_comes_back(f: TestForum) {
        let (sanne, femke, lea) = (f.member("Sanne").await, f.staff("Femke", Role::Agent).await, f.staff("Lea", Role::Lead).await);
        let id = f.write_post(&sanne, "Piet Puk is rude", "Ask Piet Puk, or **Piet Puk** again.").await;
        f.edit(&sanne, id, &Edit { body: Some("Piet Puk was rude on Monday.".to_owned()), ..Edit::default() }).await.unwrap();
        let before = (f.see(id).await, f.of(&sanne, id, post::versions).await.unwrap());
        let redact = |passage: &str| Draft { passage: Some(passage.to_owned()), ..draft(Act::Redact) };
        assert_eq!(problems(act(&f, &femke, Target::Post(id), &redact("Jan")).await), [("passage", Problem::NotInText)]);
        assert_eq!(problems(act(&f, &femke, Target::Post(id), &redact("")).await), [("passage", Problem::Required)]);
        let done = act(&f, &femke, Target::Post(id), &redact("Piet Puk")).await.unwrap();
        let post = f.look(&sanne, id).await.unwrap();
        assert_eq!(post.body, format!("[▇▇▇ removed 2](/moderation/{}) was rude on Monday.", done.id));
        assert!(post.body_html.contains(&format!("href=\"/moderation/{}\"", done.id)), "{}", post.body_html);
        assert!(post.row.title.starts_with('▇') && post.row.title.ends_with("▇ is rude"), "{}", post.row.title);
        let all = format!("{post:?} {:?}", f.of(&femke, id, post::versions).await.unwrap());
        assert!(!all.contains("Piet") && !all.to_lowercase().contains("piet-puk"), "{all}");
        assert!(f.find(&sanne, "puk").await.is_empty());
        assert_eq!((post.version, post.edited_at), (before.0.version, before.0.edited_at), "nobody changed the wording");
        // the author goes on writing around it, and is right in the end
        let more = format!("{} And on Tuesday.", post.body);
        f.edit(&sanne, id, &Edit { body: Some(more), ..Edit::default() }).await.unwrap();
        appeal(&f, &sanne, done.id).await.unwrap();
        decide(&f, &lea, done.id, Ruling::Upheld).await.unwrap();
        let after = f.see(id).await;
        assert_eq!(after.body, "Piet Puk was rude on Monday. And on Tuesday.");
        assert_eq!((after.row.title, after.row.slug), (before.0.row.title, before.0.row.slug));
        let versions = f.of(&sanne, id, post::versions).await.unwrap();
        assert_eq!(versions[1..], before.1);
        assert_eq!((f.find(&sanne, "puk").await.len(), f.count("redactions").await), (1, 0));
    }

    async fn the_staff_edit_a_comment_and_its_author_can_object(f: TestForum) {
        let (sanne, bram) = (f.member("Sanne").await, f.member_with_mail("Bram", "bram@example.org").await);
        let (femke, lea) = (f.staff("Femke", Role::Agent).await, f.staff("Lea", Role::Lead).await);
        let id = f.post(&sanne, Kind::Complaint, "No light").await;
        let comment = f.comment(&bram, id, "It is dark, call Piet.").await;
        f.write(&sanne, async |tx| flag::raise(tx, Target::Comment(comment), Some(2), "It names Piet.").await).await.unwrap();
        let edit = async |actor: &Actor, edit: comment::Edit| f.write(actor, async |tx| comment::edit(tx, comment, &edit).await).await;
        let new = || comment::Edit { rule: Some(2), reason: Some(REASON.to_owned()), ..comment::Edit::of("It is dark.") };
        assert_eq!(denied(edit(&sanne, new()).await), Denied::NotAuthor);
        assert!(matches!(edit(&Actor::Visitor, new()).await, Err(Error::Unauthenticated)));
        let bare = edit(&femke, comment::Edit::of("")).await;
        assert_eq!(problems(bare), [("body", Problem::Required), ("rule", Problem::Required), ("reason", Problem::Required)]);
        let old = comment::Edit { version: Some(7), ..new() };
        assert_eq!(conflict(edit(&femke, old).await), Conflict::Changed);

        let edited = edit(&femke, new()).await.unwrap();
        assert_eq!((edited.body.as_str(), edited.version, edited.author.name.as_str()), ("It is dark.", 2, "Bram"));
        // it stands there for everybody, with the rule and the reason
        let shown = first_comment(&f, &Actor::Visitor, id).await;
        let marker = shown.staff_edit.clone().unwrap();
        assert_eq!((marker.act, marker.rule, marker.reason.as_str(), marker.role), (Act::Edit, 2, REASON, Role::Agent));
        let view = f.view(&Actor::Visitor).await;
        let versions = comment::versions(&view, comment).await.unwrap();
        let told: Vec<_> = versions.iter().map(|v| (v.body.as_str(), v.editor.name.as_str(), v.rule, v.reason.as_deref())).collect();
        assert_eq!(told, [("It is dark.", "Femke", Some(2), Some(REASON)), ("It is dark, call Piet.", "Bram", None, None)]);
        drop(view);
        // its author is told, whoever pointed it out was right, and the record has it once
        let told = "notices n JOIN events e ON e.id = n.event_id WHERE e.kind = 'moderated' AND n.reason = 'moderated'";
        assert_eq!((f.count(told).await, f.count("flags WHERE outcome = 'right'").await), (1, 1));
        assert_eq!(f.count("record_entries WHERE act IN ('comment_edited', 'moderated')").await, 1);
        assert_eq!(f.count("record_entries WHERE act = 'comment_edited' AND rule = 2 AND reason IS NOT NULL").await, 1);

        // the author writes on, and is right in the end
        edit(&bram, comment::Edit::of("It is dark. Very.")).await.unwrap();
        assert_eq!(first_comment(&f, &bram, id).await.staff_edit, Some(marker.clone()), "that it happened stays to be seen");
        appeal(&f, &bram, marker.id).await.unwrap();
        assert_eq!(denied(decide(&f, &femke, marker.id, Ruling::Upheld).await), Denied::Role);
        assert!(decide(&f, &lea, marker.id, Ruling::Upheld).await.unwrap().is_undone());
        assert_eq!(first_comment(&f, &sanne, id).await.body, "It is dark, call Piet.");
        // moderators do the same by the same verb
        let again = Draft { body: Some("It is dark, call Jan.".to_owned()), ..draft(Act::Edit) };
        let act = act(&f, &femke, Target::Comment(comment), &again).await.unwrap();
        assert_eq!((act.act, act.target, act.version), (Act::Edit, Target::Comment(comment), Some(5)));
        assert_eq!(first_comment(&f, &sanne, id).await.staff_edit.map(|marker| marker.id), Some(act.id));
        // what is hidden or was taken back is not edited
        did(&f, &femke, Target::Comment(comment), Act::Hide).await;
        assert_eq!(conflict(edit(&femke, new()).await), Conflict::Hidden);
        did(&f, &femke, Target::Comment(comment), Act::Show).await;
        f.write(&bram, async |tx| comment::remove(tx, comment).await).await.unwrap();
        assert_eq!(conflict(edit(&femke, new()).await), Conflict::Removed);
    }

    async fn a_locked_post_takes_votes_and_nothing_else(f: TestForum) {
        let (sanne, bram, femke) = (f.member("Sanne").await, f.member("Bram").await, f.staff("Femke", Role::Agent).await);
        let id = f.post(&sanne, Kind::Complaint, "No light").await;
        let comment = f.comment(&bram, id, "Here too.").await;
        assert_eq!(conflict(act(&f, &femke, Target::Post(id), &draft(Act::Lock)).await), Conflict::NotAnswered);
        f.move_to(&femke, id, "review").await;
        did(&f, &femke, Target::Post(id), Act::Lock).await;
        assert_eq!(conflict(f.write(&bram, async |tx| comment::submit(tx, id, None, "Still.", None).await).await), Conflict::Locked);
        assert_eq!(conflict(f.write(&femke, async |tx| comment::submit(tx, id, None, "Still.", None).await).await), Conflict::Locked);
        assert_eq!(conflict(f.write(&bram, async |tx| comment::edit(tx, comment, &comment::Edit::of("Still.")).await).await), Conflict::Locked);
        assert_eq!(conflict(f.edit(&sanne, id, &Edit { title: Some("Dark".to_owned()), ..Edit::default() }).await), Conflict::Locked);
        assert_eq!(f.support(&bram, id).await.support_count, 1, "voting stays open");
        f.move_to(&femke, id, "planned").await;
        assert!(f.look(&Actor::Visitor, id).await.unwrap().locked.is_some());
        assert_eq!(conflict(act(&f, &femke, Target::Post(id), &draft(Act::Lock)).await), Conflict::Locked);
        did(&f, &femke, Target::Post(id), Act::Unlock).await;
        f.comment(&bram, id, "Thanks.").await;
        assert_eq!(conflict(act(&f, &femke, Target::Post(id), &draft(Act::Unlock)).await), Conflict::NothingDone);
        // an idea can be locked at once
        let idea = f.post(&sanne, Kind::Idea, "More light").await;
        did(&f, &femke, Target::Post(idea), Act::Lock).await;
    }

    async fn a_moved_post_follows_the_terms_of_its_board(f: TestForum) {
        let (sanne, femke) = (f.member("Sanne").await, f.staff("Femke", Role::Agent).await);
        f.board("quick").await;
        f.board("slow").await;
        f.private_board("pilot", &[&sanne]).await;
        let terms = |first_answer, decision| BoardTerms { complaint: Some(Terms { first_answer, decision, next_update: 5 }), idea: None };
        f.settings(|site| {
            site.board_terms.insert("quick".to_owned(), terms(1, 3));
            site.board_terms.insert("slow".to_owned(), terms(4, 9));
        })
        .await;
        let id = f.post(&sanne, Kind::Complaint, "No light").await;
        let plain = f.clocks(id).await;
        let move_to = |board: &str| Draft { board: Some(board.to_owned()), ..draft(Act::Move) };
        for (board, problem) in [("", Problem::Required), ("nowhere", Problem::UnknownChoice), (BOARD, Problem::Taken), ("pilot", Problem::OtherReaders)] {
            assert_eq!(problems(act(&f, &femke, Target::Post(id), &move_to(board)).await), [("board", problem)], "{board}");
        }
        let day = |clocks: &[forum::clock::Clock], name| clocks.iter().rev().find(|clock| clock.name == name).map(|clock| clock.due_at.day()).unwrap();
        let first = |clocks: &[forum::clock::Clock]| (day(clocks, Name::FirstAnswer), day(clocks, Name::Decision));
        assert_eq!(first(&plain), (20, 25), "from Wednesday the 18th");
        act(&f, &femke, Target::Post(id), &move_to("quick")).await.unwrap();
        assert_eq!(first(&f.clocks(id).await), (19, 23));
        assert!(f.clocks(id).await.iter().all(|clock| clock.extended_from.is_none()));
        let moved = act(&f, &femke, Target::Post(id), &move_to("slow")).await.unwrap();
        assert_eq!(moved.boards, Some(("quick".to_owned(), "slow".to_owned())));
        assert_eq!((f.see(id).await.row.board.slug.as_str(), first(&f.clocks(id).await)), ("slow", (24, 1)));
        let extended = f.of(&Actor::Visitor, id, forum::story::of_post).await.unwrap();
        assert_eq!(forum::clock::extensions(&extended).len(), 2, "more time has its reason in public");
        // back, as it was
        appeal(&f, &sanne, moved.id).await.unwrap();
        decide(&f, &f.staff("Lea", Role::Lead).await, moved.id, Ruling::Upheld).await.unwrap();
        assert_eq!((f.see(id).await.row.board.slug.as_str(), first(&f.clocks(id).await)), ("quick", (19, 23)));
        // nobody is late because of a move
        f.time.advance(TimeDelta::hours(7));
        let late = f.post(&sanne, Kind::Complaint, "Still no light").await;
        f.time.advance(TimeDelta::days(1));
        act(&f, &femke, Target::Post(late), &move_to("quick")).await.unwrap();
        assert!(f.clock(late, Name::FirstAnswer).await.unwrap().0 > f.now());
        assert_eq!(f.page(&sanne, &Filter { board: Some("quick".to_owned()), ..Filter::default() }, None, 10).await.total, 2);
    }

    async fn whoever_is_banned_reads_and_objects_and_writes_nothing(f: TestForum) {
        let sanne = f.member_with_mail("Sanne", "sanne@noordlicht.example").await;
        let (lea, dirk) = (f.staff("Lea", Role::Lead).await, f.staff("Dirk", Role::Director).await);
        let id = f.post(&sanne, Kind::Idea, "A zeppelin").await;
        f.forget_letters().await;
        let target = Target::Person(me(&sanne));
        let until = |days: u64| Draft { until: Some(f.in_days(days)), ..draft(Act::Ban) };
        assert_eq!(problems(act(&f, &lea, target, &draft(Act::Ban)).await), [("until", Problem::Required)]);
        assert_eq!(problems(act(&f, &lea, target, &until(0)).await), [("until", Problem::NotInFuture)]);
        assert!(matches!(problems(act(&f, &lea, target, &until(400)).await).as_slice(), [("until", Problem::TooFarAhead { .. })]));
        assert_eq!(conflict(act(&f, &lea, Target::Person(me(&dirk)), &until(3)).await), Conflict::OfStaff);
        let banned = act(&f, &lea, target, &until(3)).await.unwrap();
        assert_eq!(conflict(act(&f, &lea, target, &until(4)).await), Conflict::Exists);
        let letters = f.outbox().await;
        assert!(matches!(&letters[0].content, Content::Banned { act, decided: false, .. } if act.id == banned.id), "{letters:?}");

        let sanne = f.again(&sanne).await;
        let refused = f.vote(&sanne, id, vote::Stance::Support, None).await;
        let Err(Error::Banned(ban)) = refused else { panic!("{refused:?}") };
        assert_eq!((ban.act, ban.rule, ban.reason.as_str(), ban.last_day.to_string()), (banned.id, 2, REASON, f.in_days(3)));
        assert!(matches!(f.write(&sanne, async |tx| comment::submit(tx, id, None, "Hm", None).await).await, Err(Error::Banned(_))));
        assert!(f.look(&sanne, id).await.is_ok());
        appeal(&f, &sanne, banned.id).await.unwrap();
        assert_eq!(denied(decide(&f, &lea, banned.id, Ruling::Upheld).await), Denied::OwnAct);
        decide(&f, &dirk, banned.id, Ruling::Upheld).await.unwrap();
        f.support(&f.again(&sanne).await, id).await;

        // a ban ends by itself, after its last day
        act(&f, &lea, target, &until(1)).await.unwrap();
        let sanne = f.again(&sanne).await;
        f.time.advance(TimeDelta::days(1));
        assert!(f.withdraw(&sanne, id).await.is_err());
        f.time.advance(TimeDelta::days(1));
        f.withdraw(&sanne, id).await.unwrap();
        let again = act(&f, &lea, target, &until(5)).await.unwrap();
        let lifted = did(&f, &lea, target, Act::Unban).await;
        assert_eq!(lifted.undoes, Some(again.id));
        f.support(&f.again(&sanne).await, id).await;
        assert_eq!(conflict(act(&f, &lea, target, &draft(Act::Unban)).await), Conflict::NothingDone);
    }

    async fn an_excluded_vote_does_not_count_and_stays_to_be_seen(f: TestForum) {
        let (sanne, bram, femke) = (f.member("Sanne").await, f.member("Bram").await, f.staff("Femke", Role::Agent).await);
        let id = f.post(&sanne, Kind::Idea, "A zeppelin").await;
        f.support(&bram, id).await;
        f.support(&sanne, id).await;
        let trend = f.see(id).await.row.trend;
        let target = Target::Vote(id, me(&bram));
        let done = did(&f, &femke, target, Act::ExcludeVote).await;
        let row = f.see(id).await.row;
        assert!(row.support_count == 1 && row.trend < trend);
        let votes = f.of(&Actor::Visitor, id, async |view, seen| vote::list(view, seen, None, None, 10).await).await.unwrap();
        let excluded: Vec<_> = votes.iter().map(|vote| (vote.person.name.as_str(), vote.excluded.as_ref().map(|m| m.id))).collect();
        assert!(excluded.contains(&("Bram", Some(done.id))) && excluded.contains(&("Sanne", None)), "{excluded:?}");
        // it can't be cast anew, nor made undone by taking it back
        assert_eq!(conflict(f.vote(&bram, id, vote::Stance::Oppose, Some(REASON)).await), Conflict::Excluded);
        assert_eq!(conflict(f.withdraw(&bram, id).await), Conflict::Excluded);
        assert_eq!(conflict(act(&f, &femke, target, &draft(Act::ExcludeVote)).await), Conflict::Excluded);
        assert!(matches!(act(&f, &femke, Target::Vote(id, me(&femke)), &draft(Act::ExcludeVote)).await, Err(Error::NotFound)));
        did(&f, &femke, target, Act::Show).await;
        assert_eq!((f.see(id).await.row.support_count, f.see(id).await.row.trend), (2, trend));
        f.withdraw(&bram, id).await.unwrap();
    }

    async fn a_staff_edit_is_an_act_by_whichever_door(f: TestForum) {
        let (sanne, femke, lea) = (f.member("Sanne").await, f.staff("Femke", Role::Agent).await, f.staff("Lea", Role::Lead).await);
        let id = f.write_post(&sanne, "A zepelin", "Over town.").await;
        let fix = Edit { title: Some("A zeppelin".to_owned()), rule: Some(1), reason: Some(REASON.to_owned()), ..Edit::default() };
        f.edit(&femke, id, &fix).await.unwrap();
        let acts = f.of(&Actor::Visitor, id, moderation::of_post).await.unwrap();
        let [edited] = acts.as_slice() else { panic!("{acts:?}") };
        assert_eq!((edited.act, edited.version, edited.rule, edited.role, edited.by.id), (Act::Edit, Some(2), 1, Role::Agent, me(&femke)));
        let by_act = Draft { title: Some("The zeppelin".to_owned()), ..draft(Act::Edit) };
        let fresh = f.write_post(&sanne, "A baloon", "Over town.").await;
        let first = act(&f, &femke, Target::Post(fresh), &by_act).await.unwrap();
        assert_eq!((first.version, first.rule), (Some(2), 2), "the first edit of a post");
        let second = act(&f, &femke, Target::Post(id), &by_act).await.unwrap();
        assert_eq!((second.act, second.version, f.see(id).await.row.title.as_str()), (Act::Edit, Some(3), "The zeppelin"));
        assert_eq!(conflict(act(&f, &femke, Target::Post(id), &by_act).await), Conflict::NothingDone, "it says so already");
        // the author's own edits are none
        f.edit(&sanne, id, &Edit { body: Some("Over the harbour.".to_owned()), ..Edit::default() }).await.unwrap();
        assert_eq!(f.count("moderation_acts").await, 3);
        appeal(&f, &sanne, second.id).await.unwrap();
        decide(&f, &lea, second.id, Ruling::Upheld).await.unwrap();
        assert_eq!(f.see(id).await.row.title, "A zeppelin");
    }

    async fn an_objection_is_lodged_once_in_time_and_decided_by_somebody_else(f: TestForum) {
        let (sanne, bram) = (f.member("Sanne").await, f.member("Bram").await);
        let (femke, lea, lars) = (f.staff("Femke", Role::Agent).await, f.staff("Lea", Role::Lead).await, f.staff("Lars", Role::Lead).await);
        let id = f.post(&sanne, Kind::Idea, "A zeppelin").await;
        let hidden = did(&f, &lea, Target::Post(id), Act::Hide).await;
        assert_eq!(denied(appeal(&f, &bram, hidden.id).await), Denied::NotAuthor);
        assert!(matches!(appeal(&f, &Actor::Visitor, hidden.id).await, Err(Error::Unauthenticated)));
        assert_eq!(conflict(decide(&f, &lars, hidden.id, Ruling::Upheld).await), Conflict::NothingDone, "nobody objects");
        let lodged = appeal(&f, &sanne, hidden.id).await.unwrap().appeal.unwrap();
        assert_eq!(lodged.due_at.to_rfc3339(), "2026-11-25T16:00:00+00:00", "17:00 on the fifth working day after Wednesday");
        assert_eq!(conflict(appeal(&f, &sanne, hidden.id).await), Conflict::Over);
        let open = moderation::open_appeals(f.read(), &femke).await.unwrap();
        assert_eq!(open.iter().map(|act| act.id).collect::<Vec<_>>(), [hidden.id]);
        f.time.advance(TimeDelta::days(8));
        assert!(moderation::open_appeals(f.read(), &femke).await.unwrap()[0].appeal.as_ref().unwrap().is_overdue(f.now()));
        assert_eq!(denied(decide(&f, &femke, hidden.id, Ruling::Upheld).await), Denied::Role);
        assert_eq!(denied(decide(&f, &lea, hidden.id, Ruling::Upheld).await), Denied::OwnAct);
        let wrong = f.write(&lars, async |tx| moderation::decide(tx, hidden.id, "maybe", "no").await).await;
        assert_eq!(problems(wrong).iter().map(|(field, _)| *field).collect::<Vec<_>>(), ["outcome", "reason"]);
        let rejected = decide(&f, &lars, hidden.id, Ruling::Rejected).await.unwrap();
        let decision = rejected.appeal.as_ref().unwrap();
        assert_eq!((decision.outcome, decision.reason.as_deref(), decision.role), (Some(Ruling::Rejected), Some(REASON), Some(Role::Lead)));
        assert!(!rejected.is_undone() && f.look(&bram, id).await.unwrap().row.hidden.is_some());
        assert_eq!(conflict(decide(&f, &lars, hidden.id, Ruling::Upheld).await), Conflict::Over);
        assert_eq!(f.count("events WHERE kind IN ('appealed', 'appeal_decided') AND rule = 2").await, 2);

        // upheld takes it back
        let comment = f.comment(&bram, f.post(&bram, Kind::Idea, "More trams").await, "At night.").await;
        let hidden = did(&f, &femke, Target::Comment(comment), Act::Hide).await;
        appeal(&f, &bram, hidden.id).await.unwrap();
        let upheld = decide(&f, &lea, hidden.id, Ruling::Upheld).await.unwrap();
        assert!(upheld.is_undone() && upheld.undone_by.is_some());
        assert_eq!(comment::visible(&f.view(&sanne).await, comment).await.unwrap().body, "At night.");
        // there is nothing to object to in what gives something back, and not for ever to anything else
        assert_eq!(conflict(appeal(&f, &bram, upheld.undone_by.unwrap()).await), Conflict::NothingDone);
        let late = did(&f, &femke, Target::Comment(comment), Act::Hide).await;
        f.time.advance(TimeDelta::days(181));
        assert_eq!(conflict(appeal(&f, &bram, late.id).await), Conflict::Over);
    }

    async fn nobody_takes_back_what_was_done_to_their_own(f: TestForum) {
        let (sanne, femke, ruth) = (f.member("Sanne").await, f.staff("Femke", Role::Lead).await, f.staff("Ruth", Role::Lead).await);
        let post = f.post(&sanne, Kind::Idea, "A slot for letters").await;
        let comment = f.comment(&femke, post, "We shall see.").await;
        let hidden = did(&f, &ruth, Target::Comment(comment), Act::Hide).await;
        assert_eq!(denied(act(&f, &femke, Target::Comment(comment), &draft(Act::Show)).await), Denied::OwnAct);
        appeal(&f, &femke, hidden.id).await.unwrap();
        assert_eq!(denied(act(&f, &femke, Target::Comment(comment), &draft(Act::Show)).await), Denied::OwnAct);
        // once it is taken back, it can't be said that it stands
        did(&f, &ruth, Target::Comment(comment), Act::Show).await;
        let joost = f.staff("Joost", Role::Director).await;
        assert_eq!(conflict(decide(&f, &joost, hidden.id, Ruling::Rejected).await), Conflict::NothingDone);
        decide(&f, &joost, hidden.id, Ruling::Upheld).await.unwrap();
    }

    async fn what_is_hidden_heads_no_case(f: TestForum) {
        let (sanne, femke) = (f.member("Sanne").await, f.staff("Femke", Role::Agent).await);
        let (head, member) = (f.post(&sanne, Kind::Idea, "A slot").await, f.post(&sanne, Kind::Complaint, "No slot").await);
        did(&f, &femke, Target::Post(head), Act::Hide).await;
        assert_eq!(conflict(f.merge(&femke, member, head).await), Conflict::Hidden);
        assert_eq!(conflict(f.merge(&femke, head, member).await), Conflict::Hidden);
        did(&f, &femke, Target::Post(head), Act::Show).await;
        f.merge(&femke, member, head).await.unwrap();
        assert_eq!(conflict(act(&f, &femke, Target::Post(head), &draft(Act::Hide)).await), Conflict::HeadsCase);
        did(&f, &femke, Target::Post(member), Act::Hide).await;
        assert_eq!(f.page(&Actor::Visitor, &Filter { sort: Sort::New, ..Filter::default() }, None, 10).await.items.len(), 1);
    }

    async fn what_was_removed_first_is_no_text_to_remove_from(f: TestForum) {
        let (sanne, femke) = (f.member("Sanne").await, f.staff("Femke", Role::Agent).await);
        let post = f.write_post(&sanne, "A slot for letters", "Call me with words.").await;
        let redact = |passage: &str| Draft { passage: Some(passage.to_owned()), ..draft(Act::Redact) };
        act(&f, &femke, Target::Post(post), &redact("with")).await.unwrap();
        let refused = problems(act(&f, &femke, Target::Post(post), &redact("removed")).await);
        assert_eq!(refused, [("passage", Problem::NotInText)]);
        act(&f, &femke, Target::Post(post), &redact("words")).await.unwrap();
        did(&f, &femke, Target::Post(post), Act::Show).await;
        did(&f, &femke, Target::Post(post), Act::Show).await;
        assert_eq!(f.see(post).await.body, "Call me with words.");
    }

    async fn an_author_who_takes_a_hidden_comment_back_leaves_nothing(f: TestForum) {
        let (sanne, femke, lea) = (f.member("Sanne").await, f.staff("Femke", Role::Agent).await, f.staff("Lea", Role::Lead).await);
        let id = f.post(&sanne, Kind::Idea, "A zeppelin").await;
        let comment = f.comment(&sanne, id, "Over the hangar.").await;
        let hidden = did(&f, &femke, Target::Comment(comment), Act::Hide).await;
        f.write(&sanne, async |tx| comment::remove(tx, comment).await).await.unwrap();
        assert_eq!((f.see(id).await.row.comment_count, f.count("hidden_texts").await), (0, 0));
        assert_eq!(conflict(act(&f, &femke, Target::Comment(comment), &draft(Act::Show)).await), Conflict::Removed);
        appeal(&f, &sanne, hidden.id).await.unwrap();
        decide(&f, &lea, hidden.id, Ruling::Upheld).await.unwrap();
        assert!(first_comment(&f, &sanne, id).await.removed_at.is_some());
    }

    async fn flags_weigh_by_how_often_they_proved_right(f: TestForum) {
        let (sanne, bram, mo) = (f.member("Sanne").await, f.member("Bram").await, f.member("Mo").await);
        let femke = f.staff("Femke", Role::Agent).await;
        let raise = async |who: &Actor, target: Target| f.write(who, async |tx| flag::raise(tx, target, Some(2), "Rude.").await).await;
        let dismiss = async |target: Target| f.write(&femke, async |tx| flag::dismiss(tx, target, REASON).await).await;
        let id = f.post(&sanne, Kind::Idea, "A zeppelin").await;
        let mut texts: Vec<CommentId> = Vec::new();
        for n in 0..6 {
            texts.push(f.comment(&sanne, id, &format!("Comment {n}")).await);
        }
        let [right, wrong, first, second, ..] = texts.as_slice() else { panic!() };
        raise(&bram, Target::Comment(*right)).await.unwrap();
        raise(&mo, Target::Comment(*wrong)).await.unwrap();
        assert_eq!(conflict(raise(&mo, Target::Comment(*wrong)).await), Conflict::Exists);
        assert_eq!(denied(raise(&sanne, Target::Post(id)).await), Denied::OwnAct);
        assert_eq!(denied(flag::queue(f.read(), &sanne).await), Denied::Role);
        let done = did(&f, &femke, Target::Comment(*right), Act::Hide).await;
        assert!(done.act.is_against());
        dismiss(Target::Comment(*wrong)).await.unwrap();
        assert!(matches!(dismiss(Target::Comment(*wrong)).await, Err(Error::NotFound)), "it was looked at");
        assert!(flag::queue(f.read(), &femke).await.unwrap().is_empty());
        // Mo is first, and Bram was right before
        raise(&mo, Target::Comment(*first)).await.unwrap();
        f.time.advance(TimeDelta::hours(1));
        raise(&bram, Target::Comment(*second)).await.unwrap();
        raise(&bram, Target::Post(id)).await.unwrap();
        let queue = flag::queue(f.read(), &femke).await.unwrap();
        let order: Vec<_> = queue.iter().map(forum::flag::Flagged::target).collect();
        assert_eq!(order, [Target::Comment(*second), Target::Post(id), Target::Comment(*first)]);
        assert_eq!((queue[0].rules.as_slice(), queue[0].notes.as_slice()), (&[(2, 1)][..], &["Rude.".to_owned()][..]));
        assert_eq!(flag::count(f.read(), &femke).await.unwrap(), 3);
        assert_eq!(conflict(raise(&mo, Target::Comment(*right)).await), Conflict::Hidden);
        // no more than so many a day
        let limited = f.limited().await;
        let mut refused = 0;
        for n in 0..30 {
            let id = f.post(&sanne, Kind::Idea, &format!("Number {n}")).await;
            let raised = limited.write(&mo, async |tx| flag::raise(tx, Target::Post(id), Some(1), "").await).await;
            refused += i32::from(matches!(raised, Err(Error::Limited { .. })));
        }
        assert_eq!(refused, 10);
    }
}
