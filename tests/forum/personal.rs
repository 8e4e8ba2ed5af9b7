//! What is held of a person: taken along whole, and erased without a trace, and without taking anything from others.

use forum::{
    Error, Forum, Result,
    actor::{Actor, Role},
    error::Conflict,
    flag,
    link::Onward,
    moderation::{self, Target},
    outbox, person,
    personal::{self, BY_ADDRESS, ERASED, Fate, NOBODYS, PARTS, THEIRS, Texts},
    post::{Edit, Kind},
    repeat::{self, Given},
    session, token,
    vote::Stance,
};
use tests::{Backend, REASON, TestForum, get, on_both};

const NAME: &str = "Zebedeus Quackenbush";
const EMAIL: &str = "zebedeus.q@post.example";
/// Words that stand in nobody else's texts.
const THEIR_WORDS: [&str; 10] =
    ["xylorimba", "wobbegong", "quokkas", "zarzuela", "theorbo", "sackbut", "balalaika", "ocarina", "didgeridoo", "cimbalom"];

/// A column of the schema.
struct Column {
    table: String,
    name: String,
    is_text: bool,
    refers_to_a_person: bool,
}

async fn columns(f: &TestForum) -> Vec<Column> {
    let sql = match f.backend() {
        Backend::Sqlite => {
            "SELECT m.name AS tab, c.name AS col, lower(c.type) AS kind,
                EXISTS (SELECT 1 FROM pragma_foreign_key_list(m.name) k WHERE k.\"from\" = c.name AND k.\"table\" = 'persons') AS refers
             FROM sqlite_master m JOIN pragma_table_info(m.name) c
             WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%' AND m.name NOT LIKE 'search_posts_%'
                AND m.name NOT LIKE 'search_comments_%' AND m.name <> 'seaql_migrations'"
        }
        Backend::Postgres => {
            "SELECT CAST(c.table_name AS text) AS tab, CAST(c.column_name AS text) AS col, CAST(c.data_type AS text) AS kind,
                CASE WHEN EXISTS (SELECT 1 FROM information_schema.key_column_usage k
                    JOIN information_schema.constraint_column_usage u ON u.constraint_name = k.constraint_name
                    JOIN information_schema.table_constraints t ON t.constraint_name = k.constraint_name
                    WHERE t.constraint_type = 'FOREIGN KEY' AND k.table_name = c.table_name AND k.column_name = c.column_name
                        AND u.table_name = 'persons') THEN 1 ELSE 0 END AS refers
             FROM information_schema.columns c WHERE c.table_schema = 'public' AND c.table_name <> 'seaql_migrations'"
        }
    };
    let column = |row: &_| {
        let (table, kind): (String, String) = (get(row, "tab"), get(row, "kind"));
        // a virtual table of SQLite says no types: what is indexed is text
        let is_text = ["char", "clob", "text", "json"].iter().any(|part| kind.contains(part))
            && !["uuid", "time", "date"].iter().any(|part| kind.contains(part))
            || (kind.is_empty() && table.starts_with("search_"));
        let refers: i32 = get(row, "refers");
        Column { table, name: get(row, "col"), is_text, refers_to_a_person: refers == 1 }
    };
    f.rows(sql).await.iter().map(column).collect()
}

fn has(list: &[(&str, &[&str])], column: &Column) -> bool {
    list.iter().any(|(table, columns)| *table == column.table && columns.contains(&column.name.as_str()))
}

/// Where in the database something stands.
pub(crate) async fn found(f: &TestForum, needle: &str) -> Vec<String> {
    let mut places = Vec::new();
    for Column { table, name, .. } in columns(f).await {
        let sql = format!("SELECT COUNT(*) AS n FROM {table} WHERE lower(CAST({name} AS text)) LIKE '%{}%'", needle.to_lowercase());
        if get::<i64>(&f.rows(&sql).await[0], "n") > 0 {
            places.push(format!("{table}.{name}"));
        }
    }
    places
}

async fn erase(f: &Forum, actor: &Actor, texts: Texts) -> Result<()> {
    f.write(actor, async |tx| personal::erase(tx, texts).await).await
}

on_both! {
    async fn every_column_is_in_one_of_the_lists(f: TestForum) {
        let columns = columns(&f).await;
        assert!(columns.len() > 200, "{} columns", columns.len());
        for column in &columns {
            let Column { table, name, is_text, refers_to_a_person } = column;
            if *refers_to_a_person {
                let listed = PARTS.iter().any(|part| part.table == table && part.person == name);
                assert!(listed, "{table}.{name} refers to a person: say in `personal` what becomes of it when they are erased");
            } else if *is_text {
                let listed = has(THEIRS, column) || has(NOBODYS, column);
                assert!(listed, "{table}.{name} holds text: say in `personal` whether it can be a person's");
                assert!(!(has(THEIRS, column) && has(NOBODYS, column)), "{table}.{name} is somebody's and nobody's");
            }
        }
        let there = |table: &str, name: &str| columns.iter().any(|column| column.table == table && column.name == name);
        for (table, name) in THEIRS.iter().chain(NOBODYS).flat_map(|(table, names)| names.iter().map(move |name| (table, name))) {
            assert!(there(table, name), "there is no {table}.{name} any more");
        }
        for part in PARTS {
            assert!(there(part.table, part.person), "there is no {}.{} any more", part.table, part.person);
        }
        assert!(BY_ADDRESS.iter().all(|(table, name)| there(table, name)));
        // what goes as a whole needs no more words
        assert!(PARTS.iter().any(|part| part.fate == Fate::Gone && part.table == "sessions"));
    }

    async fn whoever_is_erased_leaves_no_trace_and_takes_nothing_along(f: TestForum) {
        let (zeb, noor, femke) = (
            f.member_with_mail(NAME, EMAIL).await,
            f.member("Noor").await,
            f.staff("Femke", Role::Agent).await,
        );
        let me = zeb.id().unwrap();
        let post = f.write_post(&zeb, "A xylorimba in the hall", "A wobbegong for each of us.").await;
        let (title, body) = (Some("A xylorimba".to_owned()), Some("A wobbegong, and two quokkas.".to_owned()));
        let edit = Edit { title, body, ..Edit::default() };
        f.edit(&zeb, post, &edit).await.unwrap();
        let theirs = f.comment(&zeb, post, "I played in a zarzuela.").await;
        let reply = f.reply(&noor, post, theirs, "So did I.").await;
        let other = f.post(&noor, Kind::Idea, "Bring back the paper bill").await;
        f.vote(&zeb, other, Stance::Oppose, Some("A theorbo is better.")).await.unwrap();
        let complaint = f.post(&noor, Kind::Complaint, "The bill is wrong").await;
        f.support(&zeb, complaint).await;
        f.write(&zeb, async |tx| forum::again::report(tx, complaint, "Again, as my sackbut.", None).await).await.unwrap();
        f.move_to(&femke, post, "planned").await;
        // what moderators took away, and what was said to it
        let moderate = async |target: Target, act: &str, passage: Option<&str>| {
            let (act, passage) = (act.to_owned(), passage.map(str::to_owned));
            let draft = moderation::Draft { act, rule: Some(1), reason: REASON.to_owned(), passage, ..moderation::Draft::default() };
            f.write(&femke, async |tx| moderation::act(tx, target, &draft).await).await.unwrap().id
        };
        let hidden = f.comment(&zeb, other, "Nobody needs a balalaika.").await;
        let act = moderate(Target::Comment(hidden), "hide", None).await;
        f.write(&zeb, async |tx| moderation::appeal(tx, act, "My ocarina says otherwise.").await).await.unwrap();
        moderate(Target::Comment(theirs), "redact", Some("zarzuela")).await;
        let idea = f.write_post(&zeb, "Hang a didgeridoo", "In the hall.").await;
        moderate(Target::Post(idea), "hide", None).await;
        f.write(&zeb, async |tx| flag::raise(tx, Target::Post(other), Some(1), "It mocks the cimbalom.").await).await.unwrap();
        // keys, letters, limits, and an answer that is kept for somebody else
        f.write(&Actor::Visitor, async |tx| session::create(tx, me, "Firefox on the phone of Zebedeus Quackenbush", false).await).await.unwrap();
        let account = person::by_id(f.read(), me).await.unwrap().unwrap();
        f.write(&zeb, async |tx| token::create(tx, &account, "Zebedeus Quackenbush's script", &["read".to_owned()], 30).await).await.unwrap();
        let g = f.limited().await;
        g.write(&Actor::Visitor, async |tx| person::forgot_password(tx, EMAIL, "203.0.113.1", None).await).await.unwrap();
        g.write(&zeb, async |tx| forum::comment::submit(tx, other, None, "Counted.", None).await).await.unwrap();
        let body = format!(r#"{{"id":1,"title":"A xylorimba","body":"A wobbegong","author":{{"id":"{me}","name":"{NAME}"}}}}"#);
        let femke_id = femke.id().unwrap();
        let kept = Given { status: 201, location: None, body };
        f.write(&femke, async |tx| {
            repeat::claim(tx, femke_id, "a key", "a print").await?;
            repeat::settle(tx, femke_id, "a key", Some(&kept)).await
        }).await.unwrap();
        assert!(outbox::unsent(f.read()).await.unwrap() > 0 && !found(&f, NAME).await.is_empty() && !found(&f, EMAIL).await.is_empty());
        for word in THEIR_WORDS {
            assert!(!found(&f, word).await.is_empty(), "{word}");
        }
        let counts = async || (f.count("votes").await, f.count("comments").await, f.count("posts").await, f.count("events").await);
        let before = counts().await;
        let handle = account.handle.clone();

        erase(&f, &zeb, Texts::TakenBack).await.unwrap();

        for needle in [NAME, "Zebedeus", EMAIL, &handle].into_iter().chain(THEIR_WORDS) {
            assert_eq!(found(&f, needle).await, Vec::<String>::new(), "{needle}");
        }
        assert_eq!(counts().await, (before.0, before.1, before.2, before.3 + 1));
        let seen = f.see(post).await;
        assert_eq!((seen.row.title.as_str(), seen.body.as_str(), seen.row.comment_count), (ERASED, ERASED, 2));
        assert!(seen.row.author.is_erased() && seen.row.author.name == ERASED);
        assert_eq!(f.see(other).await.row.oppose_count, 1, "a vote goes on counting");
        let kept = format!("comments WHERE id = {reply} AND parent_id = {theirs} AND body = 'So did I.'");
        assert_eq!(f.count(&kept).await, 1, "a reply keeps what it replies to");
        assert!(f.find(&noor, "xylorimba").await.is_empty());
        assert_eq!(person::by_handle(f.read(), &handle).await.unwrap(), None);
        assert!(found(&f, "a key").await.contains(&"repeats.key".to_owned()), "the other's answer is kept, without the name");
        // and nothing of it stands between the lines
        personal::scrub(&f, f.now() - chrono::TimeDelta::hours(1)).await.unwrap();
        if let Some(file) = f.url().strip_prefix("sqlite://") {
            for file in [file.to_owned(), format!("{file}-wal")] {
                let bytes = std::fs::read(&file).unwrap_or_default();
                for needle in [NAME, EMAIL, &handle].into_iter().chain(THEIR_WORDS) {
                    assert!(!bytes.windows(needle.len()).any(|window| window == needle.as_bytes()), "{needle} in {file}");
                }
            }
        }
        // the address is free again
        let new = person::SignUp { email: EMAIL.to_owned(), password: "correct horse battery".to_owned(), name: "Z".to_owned(), language: None };
        let new = new.prepare(&f).await.unwrap();
        f.write(&Actor::Visitor, async |tx| person::sign_up(tx, new, &Onward::default()).await).await.unwrap();
    }

    async fn what_somebody_wrote_can_stay_without_their_name(f: TestForum) {
        let zeb = f.member_with_mail(NAME, EMAIL).await;
        let post = f.write_post(&zeb, "A xylorimba in the hall", "A wobbegong for each of us.").await;
        erase(&f, &zeb, Texts::Kept).await.unwrap();
        let seen = f.see(post).await;
        assert_eq!((seen.row.title.as_str(), seen.row.author.name.as_str()), ("A xylorimba in the hall", ERASED));
        assert_eq!(f.find(&Actor::Visitor, "wobbegong").await, ["A xylorimba in the hall"]);
        assert_eq!(found(&f, "zebedeus").await, Vec::<String>::new());
        assert!(matches!(erase(&f, &f.again(&zeb).await, Texts::Kept).await, Ok(())), "once more changes nothing");
    }

    async fn the_staff_hand_over_first_and_visitors_are_nobody(f: TestForum) {
        let femke = f.staff("Femke", Role::Agent).await;
        assert!(matches!(erase(&f, &femke, Texts::Kept).await, Err(Error::Conflict(Conflict::StillStaff))));
        assert!(matches!(erase(&f, &Actor::Visitor, Texts::Kept).await, Err(Error::Unauthenticated)));
        // a role that came after the page was opened counts
        let noor = f.member("Noor").await;
        let id = noor.id().unwrap();
        f.write(&Actor::System, async |tx| person::set_role(tx, id, Role::Agent).await).await.unwrap();
        assert!(matches!(erase(&f, &noor, Texts::Kept).await, Err(Error::Conflict(Conflict::StillStaff))));
        assert_eq!(person::by_id(f.read(), id).await.unwrap().unwrap().name, "Noor");
    }

    async fn everything_of_somebody_is_in_what_they_take_along_and_nothing_of_others(f: TestForum) {
        let (zeb, noor) = (f.member_with_mail(NAME, EMAIL).await, f.member("Noor").await);
        let post = f.write_post(&zeb, "A xylorimba in the hall", "A wobbegong for each of us.").await;
        let theirs = f.comment(&zeb, post, "I played in a zarzuela.").await;
        f.reply(&noor, post, theirs, "My own business.").await;
        f.support(&zeb, post).await;
        // also what nobody else may read any more
        let femke = f.staff("Femke", Role::Agent).await;
        let hide = moderation::Draft { act: "hide".to_owned(), rule: Some(1), reason: REASON.to_owned(), ..moderation::Draft::default() };
        for target in [Target::Comment(theirs), Target::Post(post)] {
            f.write(&femke, async |tx| moderation::act(tx, target, &hide).await).await.unwrap();
        }
        let export = personal::of(&f, &zeb).await.unwrap();
        assert_eq!((export.account["name"].as_str(), export.account["email"].as_str()), (Some(NAME), Some(EMAIL)));
        assert_eq!(export.part("posts")[0]["title"], "A xylorimba in the hall");
        assert_eq!(export.part("posts")[0]["body"], "A wobbegong for each of us.");
        assert_eq!(export.part("comments")[0]["body"], "I played in a zarzuela.");
        assert_eq!(export.part("votes")[0]["stance"], "support");
        assert!(!export.part("notices").is_empty(), "they were told of the reply");
        let all = format!("{export:?}");
        assert!(!all.contains("My own business") && !all.contains("password") && !all.contains("secret"), "{all}");
        assert!(matches!(personal::of(&f, &Actor::Visitor).await, Err(Error::Unauthenticated)));
    }
}
