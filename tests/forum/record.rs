//! The public record: every official act, in order, and nobody can change it unseen.

use std::collections::BTreeSet;

use chrono::{Days, TimeDelta, Weekday};
use forum::{
    Error, Result,
    actor::{Actor, Role},
    board, case,
    clock::Name,
    event,
    id::PostId,
    moderation::{self, Target},
    person,
    post::{Edit, Kind},
    promise,
    record::{self, Entry, Fault, Filter, GENESIS, Hash, Report, Shown, WIDTH, WITHHELD},
    site::{self, BoardTerms, Site, Terms},
};
use sea_orm::ConnectionTrait as _;
use tests::{BOARD, Backend, REASON, TestForum, day, get, on_both, unguarded};

/// The whole record as somebody sees it, oldest first.
async fn all(f: &TestForum, actor: &Actor) -> Vec<Shown> {
    let mut entries: Vec<Shown> = Vec::new();
    loop {
        let after = entries.last().map_or(0, |last| last.entry.seq);
        let (page, next) = record::after(f.read(), actor, after, None, 100).await.unwrap();
        entries.extend(page);
        if next.is_none() {
            return entries;
        }
    }
}

async fn acts(f: &TestForum, actor: &Actor) -> Vec<String> {
    all(f, actor).await.into_iter().map(|shown| shown.entry.act).collect()
}

async fn verify(f: &TestForum) -> Report {
    record::verify(&f.view(&Actor::System).await, None).await.unwrap()
}

/// What is official and what the record says of it, by the numbers of events.
async fn matches_history(f: &TestForum) {
    let official: Vec<&str> =
        record::acts().map(<&str>::from).filter(|kind| !["post_edited", "comment_edited"].contains(kind)).collect();
    let kinds = official.join("', '");
    // a staff edit stands there as the edit, and not once more as an act of moderation
    let twice = "kind = 'moderated' AND REPLACE(CAST(data AS text), ' ', '') LIKE '%\"act\":\"edit\"%'";
    let sql = format!("SELECT id FROM events WHERE (kind IN ('{kinds}') OR rule IS NOT NULL) AND NOT ({twice}) ORDER BY id");
    let events: BTreeSet<i64> = f.rows(&sql).await.iter().map(|row| get(row, "id")).collect();
    let entered: Vec<i64> =
        f.rows("SELECT event_id FROM record_openings ORDER BY seq").await.iter().map(|row| get(row, "event_id")).collect();
    assert_eq!(entered.len(), events.len(), "as many entries as acts");
    assert_eq!(entered.into_iter().collect::<BTreeSet<_>>(), events);
}

/// Whatever happened: each official act has its entry, and the chain is whole.
pub(crate) async fn is_whole(f: &TestForum) {
    matches_history(f).await;
    let report = verify(f).await;
    assert_eq!((report.broken, report.entries), (None, f.count("record_entries").await));
}

/// Takes the guards of the record and the history away.
async fn unguard(f: &TestForum) {
    for table in ["record_entries", "events"] {
        f.sql(&unguarded(f.backend(), table)).await.unwrap();
    }
}

/// Some life: answers, a promise that is broken, clocks, a handover, a staff edit, roles and settings.
async fn live(f: &TestForum) -> (Actor, Actor, PostId) {
    let (author, agent, lead) = (f.member("Sanne").await, f.staff("Femke", Role::Agent).await, f.staff("Ruth", Role::Lead).await);
    let post = f.post(&author, Kind::Complaint, "The line drops").await;
    let other = f.post(&author, Kind::Idea, "A slot for letters").await;
    f.support(&lead, other).await;
    f.comment(&author, other, "Wider, please").await;
    f.move_to(&agent, post, "review").await;
    f.time.advance(TimeDelta::days(1));
    f.extend(&agent, post, Name::Decision, day("2026-11-26")).await.unwrap();
    f.stop(&agent, post).await.unwrap();
    f.resume(&agent, post).await.unwrap();
    let offer = f.offer(&agent, post, &lead).await.unwrap();
    f.accept(&lead, offer.id).await.unwrap();
    f.promise(&lead, post, day("2026-11-24"), Some("€ 25")).await.unwrap();
    let edit =
        Edit { title: Some("The line goes dead".to_owned()), rule: Some(4), reason: Some(REASON.to_owned()), ..Edit::default() };
    f.edit(&agent, other, &edit).await.unwrap();
    f.edit(&author, other, &Edit { title: Some("A slot for long letters".to_owned()), ..Edit::default() }).await.unwrap();
    f.write(&Actor::System, async |tx| person::set_role(tx, agent.id().unwrap(), Role::Lead).await).await.unwrap();
    f.settings(|site| site.complaint_terms = Terms { first_answer: 1, decision: 5, next_update: 5 }).await;
    let later = f.now() + TimeDelta::days(30);
    f.run_at(later).await;
    f.move_to(&lead, post, "delivered").await;
    f.move_to(&lead, other, "declined").await;
    (author, lead, post)
}

on_both! {
    async fn every_official_act_becomes_an_entry_and_nothing_else(f: TestForum) {
        let (author, lead, post) = live(&f).await;
        let idea = f.post(&author, Kind::Idea, "A slot for parcels").await;
        let comment = f.comment(&author, idea, "Wide ones").await;
        let hide = moderation::Draft { act: "hide".to_owned(), rule: Some(1), reason: REASON.to_owned(), ..moderation::Draft::default() };
        f.write(&lead, async |tx| moderation::act(tx, Target::Comment(comment), &hide).await).await.unwrap();
        f.write(&lead, async |tx| case::merge(tx, idea, Some(post), Some(1), REASON).await).await.unwrap();
        matches_history(&f).await;
        let acts: BTreeSet<String> = acts(&f, &Actor::Visitor).await.into_iter().collect();
        let expected = [
            "answer_published", "clock_extended", "clocks_stopped", "clocks_resumed", "handover_offered", "handover_accepted", "owner_set",
            "promise_made", "promise_broken", "post_edited", "role_set", "settings_changed", "moderated", "post_merged", "clock_missed", "level_changed", "customers_asked",
        ];
        for act in expected {
            assert!(acts.contains(act), "{act} is not in {acts:?}");
        }
        for voice in ["post_submitted", "vote_cast", "comment_posted", "person_signed_up"] {
            assert!(!acts.contains(voice), "{voice}");
        }
        let report = verify(&f).await;
        assert_eq!((report.broken, report.entries), (None, f.count("record_entries").await));
    }

    async fn each_entry_covers_the_one_before_it(f: TestForum) {
        live(&f).await;
        let mut prev = GENESIS.to_owned();
        for (n, shown) in all(&f, &Actor::Visitor).await.into_iter().enumerate() {
            let entry = shown.entry;
            assert_eq!((entry.seq, &entry.prev), (i64::try_from(n).unwrap() + 1, &prev));
            assert_eq!(entry.computed().unwrap(), entry.digest, "{entry:?}");
            prev = entry.digest;
        }
        assert_eq!(verify(&f).await.head, prev);
    }

    async fn settings_say_what_they_were_and_are(f: TestForum) {
        let (admin, insider) = (f.staff("Ada", Role::Admin).await, f.member("Ilse").await);
        f.private_board("pilot", &[&insider]).await;
        f.board("parcels").await;
        let before = f.count("record_entries").await;
        let three = Terms { first_answer: 1, decision: 3, next_update: 5 };
        let edit = |site: &mut Site| {
            site.complaint_terms.decision = 7;
            site.work_week.push(Weekday::Sat);
            site.mandates.agent.cents = None;
            for board in ["pilot", "parcels"] {
                site.board_terms.insert(board.to_owned(), BoardTerms { complaint: Some(three), idea: None });
            }
            Ok(())
        };
        f.write(&admin, async |tx| site::change(tx, edit).await).await.unwrap();
        let edit = board::Edit { description: Some("What comes in a box.".to_owned()), ..board::Edit::default() };
        f.write(&admin, async |tx| board::edit(tx, "parcels", &edit).await).await.unwrap();
        let edit = board::Edit { name: Some("Secret zeppelins".to_owned()), ..board::Edit::default() };
        f.write(&admin, async |tx| board::edit(tx, "pilot", &edit).await).await.unwrap();
        // to write what stands there already changes nothing
        f.write(&admin, async |tx| board::edit(tx, "pilot", &edit).await).await.unwrap();
        matches_history(&f).await;
        assert_eq!(verify(&f).await.broken, None);

        let told = async |reader: &Actor| -> Vec<String> {
            let mut told = Vec::new();
            for shown in all(&f, reader).await.into_iter().filter(|shown| shown.entry.seq > before) {
                let Some(event::Kind::SettingsChanged { changes, .. }) = shown.open.map(|open| open.event.kind) else { continue };
                told.extend(changes.into_iter().map(|event::Change { key, from, to }| format!("{key}: {from} -> {to}")));
            }
            told
        };
        let open = [
            r#"work_week: ["Mon","Tue","Wed","Thu","Fri"] -> ["Mon","Tue","Wed","Thu","Fri","Sat"]"#,
            "complaint_terms.decision: 5 -> 7",
            "board_terms.parcels.complaint.decision: null -> 3",
            "board_terms.parcels.complaint.first_answer: null -> 1",
            "board_terms.parcels.complaint.next_update: null -> 5",
            "mandates.agent.cents: 5000 -> null",
            r#"board.description: "" -> "What comes in a box.""#,
        ];
        assert_eq!(told(&Actor::Visitor).await, open);
        // of a private board nobody else hears
        for reader in [&insider, &admin] {
            let all = told(reader).await;
            assert!(all.len() == open.len() + 4 && all.iter().any(|told| told.contains("Secret zeppelins")), "{all:?}");
        }
        // what it was called before everybody could know of it stays untold
        let edit = board::Edit { private: Some(false), name: Some("Balloons".to_owned()), ..board::Edit::default() };
        f.write(&admin, async |tx| board::edit(tx, "pilot", &edit).await).await.unwrap();
        let opened = told(&Actor::Visitor).await;
        assert!(opened.contains(&r#"board.name: null -> "Balloons""#.to_owned()) && opened.contains(&"board.private: true -> false".to_owned()), "{opened:?}");
    }

    async fn an_entry_names_nobody_and_opens_to_its_readers(f: TestForum) {
        let (author, lead, post) = live(&f).await;
        f.pledge("idea", 3).await;
        f.post(&author, Kind::Idea, "A slot for parcels").await;
        let entries = all(&f, &Actor::Visitor).await;
        let lines: String = entries.iter().map(|shown| shown.entry.line().unwrap()).collect();
        for own in ["Femke", "Ruth", "Sanne", REASON, &lead.id().unwrap().to_string()] {
            assert!(!lines.contains(own), "{own} stands in the open");
        }
        let extended = entries.iter().find(|shown| shown.entry.act == "clock_extended").unwrap();
        let (entry, open) = (&extended.entry, extended.open.as_ref().unwrap());
        assert_eq!((entry.subject.as_deref(), entry.post, entry.role.as_deref()), (Some(&*format!("post:{post}")), Some(post.0), Some("agent")));
        assert_eq!((open.by.as_ref().unwrap().name.as_str(), open.event.reason.as_deref()), ("Femke", Some(REASON)));
        let pledged = entries.iter().rev().find(|shown| shown.entry.act == "promise_made").unwrap();
        assert_eq!((&pledged.entry.role, &pledged.open.as_ref().unwrap().by), (&None, &None), "what follows from a post is no act of its author");
        let role = entries.iter().find(|shown| shown.entry.act == "role_set").unwrap();
        assert_eq!(role.entry.subject.as_deref(), Some("person"), "not whose");
        assert_eq!(role.open.as_ref().unwrap().person.as_ref().unwrap().name, "Femke");
        let edited = entries.iter().find(|shown| shown.entry.act == "post_edited").unwrap();
        assert_eq!(edited.entry.rule, Some(4));
        assert_eq!(entries.iter().filter(|shown| shown.entry.act == "post_edited").count(), 1, "what authors do is theirs");
    }

    async fn what_is_not_for_everybody_is_withheld_from_the_others(f: TestForum) {
        let (insider, outsider) = (f.member("Ilse").await, f.member("Otto").await);
        let (agent, admin) = (f.staff("Femke", Role::Agent).await, f.staff("Ada", Role::Admin).await);
        f.private_board("pilot", &[&insider]).await;
        let secret = f.post_on(&insider, "pilot", Kind::Idea, "A secret zeppelin").await;
        f.move_to(&agent, secret, "review").await;
        f.stop(&agent, secret).await.unwrap();
        let open = f.post(&outsider, Kind::Idea, "A slot").await;
        // beyond the mandate of an agent: the staff talks about it among itself
        f.promise(&agent, open, day("2027-03-01"), None).await.unwrap();
        let requested = f.count("events WHERE kind = 'request_made'").await;
        assert_eq!(requested, 1);
        matches_history(&f).await;

        for stranger in [&Actor::Visitor, &outsider] {
            for shown in all(&f, stranger).await {
                let entry = &shown.entry;
                if entry.act == WITHHELD {
                    assert_eq!((entry.post, &entry.subject, &entry.role, entry.rule, &entry.reason), (None, &None, &None, None, &None));
                    assert_eq!(shown.open, None);
                }
                assert_ne!(entry.post, Some(secret.0));
            }
            for filter in [
                Filter { board: Some("pilot".to_owned()), ..Filter::default() },
                Filter { act: Some("request_made".to_owned()), ..Filter::default() },
                Filter { act: Some("clocks_stopped".to_owned()), ..Filter::default() },
            ] {
                assert_eq!(record::list(f.read(), stranger, &filter, None, 100).await.unwrap(), (Vec::new(), None), "{filter:?}");
                assert_eq!(record::count(f.read(), stranger, &filter).await.unwrap(), 0, "{filter:?}");
            }
        }
        let opened = async |actor: &Actor| -> BTreeSet<&'static str> {
            let withheld = all(&f, actor).await.into_iter().filter(|shown| shown.entry.act == WITHHELD);
            withheld.filter_map(|shown| Some(shown.open?.event.kind.name())).collect()
        };
        assert!(opened(&insider).await.contains("clocks_stopped") && !opened(&insider).await.contains("request_made"));
        assert!(opened(&admin).await.is_superset(&BTreeSet::from(["clocks_stopped", "request_made"])));
        let board = Filter { board: Some("pilot".to_owned()), act: Some("clocks_stopped".to_owned()), ..Filter::default() };
        assert_eq!(record::count(f.read(), &insider, &board).await.unwrap(), 1);
        // one chain, the same for all
        let digests = async |actor: &Actor| all(&f, actor).await.into_iter().map(|shown| shown.entry).collect::<Vec<Entry>>();
        assert_eq!(digests(&Actor::Visitor).await, digests(&admin).await);
        assert_eq!(verify(&f).await.broken, None);
    }

    async fn what_lies_on_a_board_that_closed_is_opened_to_nobody_outside(f: TestForum) {
        let (author, agent) = (f.member("Sanne").await, f.staff("Femke", Role::Agent).await);
        let post = f.post(&author, Kind::Complaint, "The line drops").await;
        f.stop(&agent, post).await.unwrap();
        let stopped = async |actor: &Actor| all(&f, actor).await.into_iter().find(|shown| shown.entry.act == "clocks_stopped").unwrap();
        let before = stopped(&Actor::Visitor).await;
        assert!(before.open.is_some());
        f.sql(&format!("UPDATE boards SET private = TRUE WHERE slug = '{BOARD}'")).await.unwrap();
        let after = stopped(&Actor::Visitor).await;
        assert_eq!((after.open, after.entry), (None, before.entry), "what was published stays, and says no more");
        assert!(stopped(&agent).await.open.is_some());
        // a post that moved behind a door
        f.sql(&format!("UPDATE boards SET private = FALSE WHERE slug = '{BOARD}'")).await.unwrap();
        f.private_board("pilot", &[]).await;
        f.sql(&format!("UPDATE posts SET board_id = (SELECT id FROM boards WHERE slug = 'pilot') WHERE id = {post}")).await.unwrap();
        assert_eq!(stopped(&Actor::Visitor).await.open, None);
    }

    async fn the_database_refuses_to_change_an_entry(f: TestForum) {
        live(&f).await;
        for sql in ["UPDATE record_entries SET act = 'x' WHERE seq = 1", "DELETE FROM record_entries WHERE seq = 1"] {
            assert!(f.sql(sql).await.is_err(), "{sql}");
        }
        let other = match f.backend() {
            Backend::Sqlite => "INSERT OR REPLACE INTO record_entries SELECT * FROM record_entries WHERE seq = 1",
            Backend::Postgres => "TRUNCATE record_entries",
        };
        assert!(f.sql(other).await.is_err(), "{other}");
        assert_eq!(verify(&f).await.broken, None);
    }

    async fn whatever_is_done_to_the_rows_is_found(f: TestForum) {
        live(&f).await;
        unguard(&f).await;
        let entries = all(&f, &Actor::Visitor).await;
        let n = entries.len();
        assert!(n > 20, "{n}");
        f.sql("CREATE TABLE kept AS SELECT * FROM record_entries").await.unwrap();
        f.sql("CREATE TABLE kept_openings AS SELECT * FROM record_openings").await.unwrap();
        let columns = ["at", "act", "subject", "post", "role", "rule", "reason", "contents", "prev", "digest", "seq"];
        let mut found = 0;
        for round in 0..100_usize {
            // every sort of change, at places that move through the chain
            let (a, b) = (round * 7 % n + 1, (round * 11 + 3) % n + 1);
            let (a, b) = (a, if a == b { b % n + 1 } else { b });
            let what = match round % 5 {
                0 => {
                    let column = columns[round / 5 % columns.len()];
                    let value = match column {
                        "post" | "rule" => format!("COALESCE({column}, 0) + 1"),
                        "seq" => "seq + 1000".to_owned(),
                        "digest" | "prev" | "contents" => {
                            format!("(CASE WHEN substr({column}, 1, 1) = '0' THEN '1' ELSE '0' END) || substr({column}, 2)")
                        }
                        "at" => "'1' || substr(at, 2)".to_owned(),
                        _ => format!("COALESCE({column}, '') || 'x'"),
                    };
                    format!("UPDATE record_entries SET {column} = {value} WHERE seq = {a}")
                }
                1 => format!("DELETE FROM record_entries WHERE seq = {a}"),
                2 => {
                    let end = n + 1;
                    format!(
                        "INSERT INTO record_entries SELECT {end}, at, act, subject, post, role, rule, reason, contents, prev, digest
                         FROM record_entries WHERE seq = {a}"
                    )
                }
                3 => format!(
                    "UPDATE record_entries SET seq = -seq WHERE seq IN ({a}, {b});
                     UPDATE record_entries SET seq = CASE WHEN seq = -{a} THEN {b} ELSE {a} END WHERE seq < 0"
                ),
                _ => format!("DELETE FROM record_entries WHERE seq > {}", n - 1 - round / 5 % (n / 2)),
            };
            f.sql(&what).await.unwrap();
            if verify(&f).await.broken.is_some() {
                found += 1;
            } else {
                panic!("not found: {what}");
            }
            f.sql("DELETE FROM record_entries; INSERT INTO record_entries SELECT * FROM kept;").await.unwrap();
        }
        assert_eq!(found, 100);
        assert_eq!(verify(&f).await.broken, None, "all is as it was");
    }

    async fn what_the_history_says_otherwise_is_found(f: TestForum) {
        live(&f).await;
        unguard(&f).await;
        let seq = all(&f, &Actor::Visitor).await.into_iter().find(|shown| shown.entry.act == "clock_extended").unwrap().entry.seq;
        let event: i64 = get(&f.rows(&format!("SELECT event_id FROM record_openings WHERE seq = {seq}")).await[0], "event_id");
        f.sql(&format!("UPDATE events SET reason = 'Because we say so, and that is all.' WHERE id = {event}")).await.unwrap();
        let report = verify(&f).await;
        assert_eq!(report.broken.map(|broken| (broken.seq, broken.fault)), Some((seq, Fault::History)));
        assert_eq!(report.entries, seq - 1);
        f.sql(&format!("UPDATE events SET reason = '{REASON}' WHERE id = {event}")).await.unwrap();
        assert_eq!(verify(&f).await.broken, None);
        // who did it is covered as well
        f.sql(&format!("UPDATE events SET actor_id = (SELECT id FROM persons WHERE name = 'Ruth') WHERE id = {event}")).await.unwrap();
        assert_eq!(verify(&f).await.broken.map(|broken| broken.seq), Some(seq));
    }

    async fn a_tail_that_was_cut_off_is_found_by_the_head(f: TestForum) {
        live(&f).await;
        unguard(&f).await;
        let n = f.count("record_entries").await;
        f.sql(&format!("DELETE FROM record_entries WHERE seq > {}", n - 3)).await.unwrap();
        let report = verify(&f).await;
        assert_eq!(report.broken.map(|broken| (broken.seq, broken.fault)), Some((n - 2, Fault::Missing)));
    }

    async fn a_person_is_forgotten_without_breaking_the_chain(f: TestForum) {
        let (_, lead, _) = live(&f).await;
        let femke = f.rows("SELECT id FROM persons WHERE name = 'Femke'").await;
        let femke = forum::id::PersonId(get(&femke[0], "id"));
        let before = verify(&f).await;
        let refused = f.write(&lead, async |tx| record::forget(tx, femke).await).await;
        assert!(matches!(refused, Err(Error::Forbidden(_))), "{refused:?}");
        let entries = f.write(&Actor::System, async |tx| record::forget(tx, femke).await).await.unwrap();
        assert!(entries > 3, "{entries}");
        assert_eq!(verify(&f).await, before);
        assert_eq!(f.count("record_openings WHERE salt IS NULL").await, i64::try_from(entries).unwrap());
        let of_femke = "record_openings o JOIN events e ON e.id = o.event_id JOIN persons p ON p.id = e.actor_id WHERE p.name = 'Femke'";
        assert_eq!(f.count(&format!("{of_femke} AND o.salt IS NOT NULL")).await, 0);
        let extended = all(&f, &Actor::Visitor).await.into_iter().find(|shown| shown.entry.act == "clock_extended").unwrap();
        assert_eq!(extended.open.unwrap().reason_salt, None, "nobody can try reasons any more");
        // what of the history is erased then breaks nothing either
        unguard(&f).await;
        f.sql("UPDATE events SET actor_id = NULL, reason = NULL WHERE actor_id = (SELECT id FROM persons WHERE name = 'Femke')").await.unwrap();
        assert_eq!(verify(&f).await, before);
    }

    async fn settings_by_which_the_company_works_are_official(f: TestForum) {
        f.settings(|site| "Noordlicht".clone_into(&mut site.name)).await;
        assert_eq!(f.count("record_entries").await, 0, "how it looks is not");
        f.settings(|site| site.dutch_holidays = false).await;
        f.settings(|site| {
            site.triage_days = 2;
            site.target_on_time = 95;
            site.mandates.agent.days = Some(3);
            site.rules = site.every_rule();
        })
        .await;
        let subjects: Vec<_> = all(&f, &Actor::Visitor).await.into_iter().filter_map(|shown| shown.entry.subject).collect();
        assert_eq!(subjects, ["site:calendar", "site:clocks", "site:mandates", "site:rules"]);
        f.settings(|site| site.triage_days = 2).await;
        assert_eq!(f.count("record_entries").await, 4, "what is the same did not change");
    }

    async fn another_formula_stands_in_the_record(f: TestForum) {
        assert_eq!(f.count("record_entries").await, 0);
        f.sql("UPDATE record_head SET ranking = 1").await.unwrap();
        f.beside().await;
        f.beside().await;
        assert_eq!(acts(&f, &Actor::Visitor).await, ["ranking_changed"]);
        assert_eq!(verify(&f).await.broken, None);
    }

    async fn a_forum_without_a_record_gets_one_of_all_that_happened(f: TestForum) {
        live(&f).await;
        let before = acts(&f, &Actor::Visitor).await;
        let back = "DROP TABLE record_entries; DROP TABLE record_openings; DROP TABLE record_head;
                    DELETE FROM seaql_migrations WHERE version = 'm20261127_000040_the_record';";
        let function = if f.backend() == Backend::Postgres { "DROP FUNCTION record_entries_append_only;" } else { "" };
        f.sql(back).await.unwrap();
        f.sql(if function.is_empty() { "SELECT 1" } else { function }).await.unwrap();
        let g = f.beside().await;
        matches_history(&g).await;
        assert_eq!(verify(&g).await.broken, None);
        assert_eq!(acts(&g, &Actor::Visitor).await.len(), before.len());
        let events: Vec<i64> = g.rows("SELECT event_id FROM record_openings ORDER BY seq").await.iter().map(|row| get(row, "event_id")).collect();
        assert!(events.is_sorted(), "in the order of the history");
        // and goes on from there, once
        let n = g.count("record_entries").await;
        g.beside().await;
        assert_eq!(g.count("record_entries").await, n);
    }

    async fn a_list_is_narrowed_and_goes_by_pages(f: TestForum) {
        let (_, lead, _) = live(&f).await;
        let visitor = Actor::Visitor;
        let count = async |filter: Filter| {
            let n = record::count(f.read(), &visitor, &filter).await.unwrap();
            let (page, _) = record::list(f.read(), &visitor, &filter, None, 100).await.unwrap();
            assert_eq!(page.len(), usize::try_from(n).unwrap(), "{filter:?}");
            assert!(page.is_sorted_by(|a, b| a.entry.seq > b.entry.seq), "newest first");
            n
        };
        let total = count(Filter::default()).await;
        assert_eq!(count(Filter { act: Some("clock_extended".to_owned()), ..Filter::default() }).await, 1);
        assert_eq!(count(Filter { rule: Some(4), ..Filter::default() }).await, 1);
        assert_eq!(count(Filter { rule: Some(5), ..Filter::default() }).await, 0);
        assert!((1..total).contains(&count(Filter { role: Some(Role::Lead), ..Filter::default() }).await));
        assert!((1..total).contains(&count(Filter { board: Some(BOARD.to_owned()), ..Filter::default() }).await));
        assert_eq!(count(Filter { board: Some("no-such".to_owned()), ..Filter::default() }).await, 0);
        let middle = f.now() - Days::new(20);
        let (early, late) = (Filter { until: Some(middle), ..Filter::default() }, Filter { from: Some(middle), ..Filter::default() });
        let (early, late) = (count(early).await, count(late).await);
        assert!(early > 0 && late > 0 && early + late == total, "{early} and {late}");
        // page by page, there and back
        let (mut seen, mut cursor) = (Vec::new(), None);
        loop {
            let (page, next) = record::list(f.read(), &visitor, &Filter::default(), cursor.as_deref(), 7).await.unwrap();
            let back = record::newer(f.read(), &visitor, &Filter::default(), page[0].entry.seq, 7).await.unwrap();
            let expected = match seen.len() {
                0 => record::Newer::None,
                7 => record::Newer::First,
                n => record::Newer::After(format!("r-{}", seen[n - 8])),
            };
            assert_eq!(back, expected);
            seen.extend(page.into_iter().map(|shown| shown.entry.seq));
            cursor = next;
            if cursor.is_none() {
                break;
            }
        }
        assert_eq!(seen, (1..=total).rev().collect::<Vec<_>>());
        assert_eq!(record::by_seq(f.read(), &visitor, 1).await.unwrap().entry.seq, 1);
        assert!(matches!(record::by_seq(f.read(), &visitor, total + 1).await, Err(Error::NotFound)));
        assert!(record::list(f.read(), &lead, &Filter::default(), Some("x"), 7).await.is_err());
    }

    async fn many_who_act_at_once_make_one_chain(f: TestForum) {
        let beside = f.beside().await;
        let (author, lead) = (f.member("Sanne").await, f.staff("Ruth", Role::Lead).await);
        let mut posts = Vec::new();
        for n in 0..24 {
            posts.push(f.post(&author, Kind::Idea, &format!("Idea {n}")).await);
        }
        let tasks: Vec<_> = posts
            .into_iter()
            .enumerate()
            .map(|(n, post)| {
                let (g, lead, author) = (if n % 2 == 0 { f.clone() } else { beside.clone() }, lead.clone(), author.clone());
                tokio::spawn(async move {
                    g.move_to(&lead, post, "review").await;
                    // what fails leaves no gap
                    let failed: Result<()> = g
                        .write(&lead, async |tx| {
                            let draft = promise::Draft { what: "A new form".to_owned(), due_on: "2026-12-01".to_owned(), ..promise::Draft::default() };
                            promise::make(tx, post, &draft).await?;
                            tx.view().post(PostId(1_000_000)).await.map(drop)
                        })
                        .await;
                    assert!(matches!(failed, Err(Error::NotFound)), "{failed:?}");
                    g.comment(&author, post, "Thank you").await;
                    g.stop(&lead, post).await.unwrap();
                    g.resume(&lead, post).await.unwrap();
                })
            })
            .collect();
        for task in tasks {
            task.await.unwrap();
        }
        matches_history(&f).await;
        let report = verify(&f).await;
        assert_eq!((report.broken, report.entries), (None, f.count("record_entries").await));
        assert!(report.entries >= 24 * 3, "{}", report.entries);
    }

    async fn a_chain_that_was_written_anew_is_found_by_who_kept_a_checkpoint(f: TestForum) {
        live(&f).await;
        let note = record::checkpoint(&f).await.unwrap();
        let kept = record::read_checkpoint(&f, &note).await.unwrap().unwrap();
        assert_eq!(record::read_checkpoint(&f, &note.replace("forum", "other")).await.unwrap(), None, "not what was signed");
        let against = async |g: &TestForum| record::verify(&g.view(&Actor::System).await, Some(&kept)).await.unwrap().broken;
        assert_eq!(against(&f).await, None);
        f.settings(|site| site.triage_days = 3).await;
        assert_eq!(against(&f).await, None, "what comes later breaks nothing");
        let n = i64::try_from(kept.size).unwrap();
        // the end is cut off, and the head that is kept beside it knows of nothing
        unguard(&f).await;
        f.sql("CREATE TABLE kept AS SELECT * FROM record_entries; CREATE TABLE kept_head AS SELECT * FROM record_head;").await.unwrap();
        f.sql(&format!("DELETE FROM record_entries WHERE seq >= {n}")).await.unwrap();
        let head = format!("UPDATE record_head SET seq = {n} - 1, digest = (SELECT digest FROM record_entries WHERE seq = {n} - 1)");
        f.sql(&head).await.unwrap();
        assert_eq!(verify(&f).await.broken, None, "nothing in the database knows");
        assert_eq!(against(&f).await.map(|broken| (broken.seq, broken.fault)), Some((n, Fault::Missing)));
        // all of it is made anew, with another history
        f.sql("DELETE FROM record_entries; DELETE FROM record_openings;").await.unwrap();
        f.sql(&format!("UPDATE record_head SET seq = 0, digest = '{GENESIS}', checked_to = 0")).await.unwrap();
        f.sql("UPDATE events SET reason = 'We say so now, and say we always did.' WHERE kind = 'clock_extended'").await.unwrap();
        let g = f.beside().await;
        assert_eq!(verify(&g).await.broken, None);
        assert_eq!(against(&g).await.map(|broken| (broken.seq, broken.fault)), Some((n, Fault::Checkpoint)));
    }

    async fn the_record_is_a_log_of_tiles(f: TestForum) {
        let (ada, n) = (f.staff("Ada", Role::Lead).await.id().unwrap(), 600);
        f.write(&Actor::System, async |tx| {
            for round in 0..n {
                person::set_role(tx, ada, if round % 2 == 0 { Role::Agent } else { Role::Lead }).await?;
            }
            Ok(())
        })
        .await
        .unwrap();
        let leaves: Vec<Hash> =
            all(&f, &Actor::Visitor).await.iter().map(|shown| record::leaf(shown.entry.line().unwrap().as_bytes())).collect();
        let width = usize::try_from(WIDTH).unwrap();
        assert_eq!(record::tile(&f, 0, 0, WIDTH).await.unwrap(), leaves[..width].concat());
        assert_eq!(record::tile(&f, 0, 2, 88).await.unwrap(), leaves[2 * width..].concat(), "the last is not full");
        assert_eq!(record::tile(&f, 0, 2, 3).await.unwrap(), leaves[2 * width..2 * width + 3].concat());
        let roots: Vec<Hash> = leaves.chunks_exact(width).map(record::root).collect();
        assert_eq!(record::tile(&f, 1, 0, 2).await.unwrap(), roots.concat());
        for (level, index, count) in [(0, 2, 89), (0, 3, 1), (1, 0, 3), (1, 1, 1), (2, 0, 1), (63, 0, 1), (0, u64::MAX, 1), (0, 0, 0)] {
            let missing = record::tile(&f, level, index, count).await;
            assert!(matches!(missing, Err(Error::NotFound)), "{level}/{index}: {missing:?}");
        }
        let checkpoint = record::checkpoint(&f).await.unwrap();
        let read = record::read_checkpoint(&f, &checkpoint).await.unwrap().unwrap();
        assert_eq!((read.size, read.root), (n, record::root(&leaves)));
        assert!(checkpoint.starts_with("forum.example/record/log\n600\n"), "{checkpoint}");
        // another instance says and signs the same
        assert_eq!(record::checkpoint(&*f.beside().await).await.unwrap(), checkpoint);
        for index in [0, 1, 255, 256, 511, 512, 599] {
            let proof = record::proof(&f, i64::try_from(index).unwrap() + 1).await.unwrap();
            let (lines, signed) = proof.split_once("\n\n").unwrap();
            let mut lines = lines.lines();
            assert_eq!((lines.next(), lines.next()), (Some("c2sp.org/tlog-proof@v1"), Some(&*format!("index {index}"))));
            assert_eq!((lines.count(), signed), (record::path(index, &leaves).len(), &*checkpoint));
        }
        assert!(matches!(record::proof(&f, 601).await, Err(Error::NotFound)));
        assert!(matches!(record::proof(&f, 0).await, Err(Error::NotFound)));
        // and it grows
        f.settings(|site| site.triage_days = 3).await;
        assert_eq!(record::read_checkpoint(&f, &record::checkpoint(&f).await.unwrap()).await.unwrap().unwrap().size, 601);
    }

    async fn the_key_of_the_site_is_made_once(f: TestForum) {
        let key = record::public_key(&f).await.unwrap();
        assert!(key.starts_with("forum.example/record/log+"), "{key}");
        assert_eq!(record::public_key(&*f.beside().await).await.unwrap(), key);
        let secret: String = get(&f.rows("SELECT secret FROM record_key").await[0], "secret");
        assert!(!key.contains(&secret) && secret.len() == 64);
    }

    async fn a_vote_does_not_wait_for_the_record(f: TestForum) {
        let (author, voter, lead) = (f.member("Sanne").await, f.member("Mo").await, f.staff("Ruth", Role::Lead).await);
        let post = f.post(&author, Kind::Idea, "A slot").await;
        let before = f.rows("SELECT seq, digest FROM record_head").await;
        let before: (i64, String) = (get(&before[0], "seq"), get(&before[0], "digest"));
        if f.backend() == Backend::Postgres {
            // somebody holds the end of the chain for as long as they like
            let db = sea_orm::Database::connect(f.url()).await.unwrap();
            let holder = sea_orm::TransactionTrait::begin(&db).await.unwrap();
            holder.execute_unprepared("SELECT * FROM record_head FOR UPDATE").await.unwrap();
            tokio::time::timeout(std::time::Duration::from_secs(20), f.support(&voter, post)).await.expect("a vote goes through");
            tokio::time::timeout(std::time::Duration::from_secs(20), f.comment(&voter, post, "Me too")).await.expect("a comment too");
            let waits = tokio::time::timeout(std::time::Duration::from_millis(300), f.stop(&lead, post)).await;
            assert!(waits.is_err(), "an act of the company waits");
            holder.rollback().await.unwrap();
            db.close().await.unwrap();
        } else {
            f.support(&voter, post).await;
            let after = f.rows("SELECT seq, digest FROM record_head").await;
            assert_eq!((get(&after[0], "seq"), get(&after[0], "digest")), before);
        }
    }
}
