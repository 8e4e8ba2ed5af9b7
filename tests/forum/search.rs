//! Finding posts: the same on both databases.

use forum::{
    actor::{Actor, Role},
    comment,
    id::PostId,
    post::{self, Draft, Edit, Filter, Sort},
    search::Marked,
};
use proptest::{collection::vec, prelude::*, sample::select};
use sea_orm::{ConnectionTrait as _, DbBackend, Statement};
use tests::{BOARD, TestForum, on_both, run_beside, utc};
use tokio::task::JoinSet;

/// Titles and texts as people write them.
const CORPUS: [(&str, &str); 19] = [
    ("Affordable plan for families", "Four phones in one house should not cost four times as much."),
    ("Cheaper roaming in Switzerland", "Every summer my bill doubles when I cross the border at Basel."),
    ("Router reboots every night at two", "The router restarts by itself. I lost a night of backups, twice."),
    ("Let me pause my contract", "I am abroad for half a year and pay for a line that nobody uses."),
    ("Facturen als één PDF", "Ik wil alle facturen van een jaar in één bestand kunnen opslaan."),
    ("Opzeggen duurt te lang", "Waarom moet ik drie weken wachten tot mijn abonnement stopt?"),
    ("Café Wi-Fi voor klanten", "Een gratis hotspot in elk café, zoals in Łódź en São Paulo."),
    ("Naïve résumé of my usage", "The overview says I used 3.5 GB; my phone says 12 GB."),
    ("Don't hide the cancel button", "It's on the 4th page. That isn't fair. C++ and C# users can find it, I can't."),
    ("計程車應該接受電子支付", "台北的計程車大多只收現金。"),
    ("配車アプリを日本語で", "アプリのメニューが英語だけです。"),
    ("Über-fast upload, bitte", "Größere Dateien (50 MB+) brauchen zu lange."),
    ("Ελληνικά στην εφαρμογή", "Θα ήθελα την εφαρμογή και στα ελληνικά."),
    ("Приложение на русском", "Добавьте, пожалуйста, русский язык."),
    ("AND OR NOT NEAR", "Words that some databases take for orders."),
    ("Invoice 2026-11 is wrong", "Number AB-12345 charges €50.00 twice: 100%!"),
    ("ตารางวันหยุดของร้าน", "อยากให้ติดประกาศล่วงหน้าทุกเดือน"),
    ("Internetabonnement zonder tv", "Mijn cœur ligt in Þorshavn, op de Pi-hole na."),
    ("ร้านเปิดทุกวัน", "หยุดรอคิวนาน"),
];

/// Queries and the titles that they find, by their first word.
const QUERIES: &[(&str, &[&str])] = &[
    // words, beginnings of words, several words in any order
    ("router", &["Router"]),
    ("ROUTER night", &["Router"]),
    ("night router", &["Router"]),
    ("rout", &["Router"]),
    ("contract", &["Let"]),
    ("bill", &["Cheaper"]),
    ("the", &["Cheaper", "Router", "Naïve", "Don't"]),
    // but small words are never needed
    ("the router and the night of it", &["Router"]),
    // other endings, and words inside of longer ones
    ("phones", &["Affordable", "Naïve"]),
    ("rebooting", &["Router"]),
    ("factuur", &["Facturen"]),
    ("abonnement", &["Opzeggen", "Internetabonnement"]),
    ("abonnementen tv", &["Internetabonnement", "Opzeggen"]),
    ("netab", &["Internetabonnement"]),
    ("phone", &["Affordable", "Naïve"]),
    ("fact", &["Facturen"]),
    ("fac", &["Facturen"]),
    // two letters are a word, and the beginning of none
    ("fa", &[]),
    ("een jaar", &["Facturen"]),
    ("app", &[]),
    ("invoice 2026", &["Invoice"]),
    ("2026-11", &["Invoice"]),
    ("12345", &["Invoice"]),
    ("ab-12345", &["Invoice"]),
    ("50", &["Über-fast", "Invoice"]),
    ("100%", &["Invoice"]),
    ("€50.00", &["Invoice"]),
    // accents and signs make no difference
    ("cafe", &["Café"]),
    ("café", &["Café"]),
    ("CAFÉ", &["Café"]),
    ("cafe\u{301}", &["Café"]),
    ("één", &["Facturen", "Café"]),
    ("lodz", &["Café"]),
    ("sao paulo", &["Café"]),
    ("resume", &["Naïve"]),
    ("naive résumé", &["Naïve"]),
    ("uber", &["Über-fast"]),
    ("wi-fi", &["Café"]),
    ("wifi", &["Café"]),
    ("wi fi", &["Café"]),
    ("pihole", &["Internetabonnement"]),
    ("pi hole", &["Internetabonnement"]),
    ("hot-spot", &["Café"]),
    ("hot spot", &["Café"]),
    ("coeur", &["Internetabonnement"]),
    ("CŒUR thorshavn", &["Internetabonnement"]),
    ("grosere", &["Über-fast"]),
    ("dont", &["Don't"]),
    ("don’t", &["Don't"]),
    ("isn't fair", &["Don't"]),
    ("C++", &["Don't"]),
    // other scripts
    ("計程車", &["計程車應該接受電子支付"]),
    ("車", &["計程車應該接受電子支付", "配車アプリを日本語で"]),
    ("現金", &["計程車應該接受電子支付"]),
    ("アプリ", &["配車アプリを日本語で"]),
    ("金現", &[]),
    ("วันหยุด", &["ตารางวันหยุดของร้าน"]),
    ("วันหย", &["ตารางวันหยุดของร้าน"]),
    ("ร้าน ทุกวัน", &["ร้านเปิดทุกวัน"]),
    ("ελληνικά", &["Ελληνικά"]),
    ("ΕΦΑΡΜΟΓΗ", &["Ελληνικά"]),
    ("русский", &["Приложение"]),
    ("прил", &["Приложение"]),
    // one letter off
    ("afordable", &["Affordable"]),
    ("affordible", &["Affordable"]),
    ("afforadble", &["Affordable"]),
    ("roaminng", &["Cheaper"]),
    ("swizterland", &["Cheaper"]),
    ("contarct", &["Let"]),
    ("bestadn opslaan", &["Facturen"]),
    ("abonement stopt", &["Opzeggen"]),
    ("roter", &["Router"]),
    ("afrodabel", &[]),
    ("cta", &[]),
    // nothing but signs, and words that could be taken for orders
    ("", &[]),
    ("\"*() : - \\ '", &[]),
    ("AND", &["AND", "Don't", "Let"]),
    ("NEAR OR", &["AND"]),
    ("not near", &["AND"]),
    ("router NOT night", &["Router"]),
    // some of the words where no post has all
    ("router contract", &["Let", "Router"]),
    ("router contract periscope", &["Let", "Router"]),
];

/// Words, beginnings and slips, and what could be taken for an order to a database.
const PIECES: [&str; 40] = [
    "router",
    "rout",
    "roter",
    "the",
    "een",
    "één",
    "afordable",
    "plan",
    "cafe",
    "café",
    "wi-fi",
    "don't",
    "計程",
    "車",
    "アプリ",
    "русский",
    "ελληνικά",
    "50",
    "AND",
    "OR",
    "NOT",
    "NEAR",
    "NEAR/2",
    "\"",
    "'",
    "*",
    "(",
    ")",
    ":",
    "-x",
    "\\",
    "&",
    "|",
    "!",
    "<->",
    ":*",
    "^",
    "title:",
    "{a b}",
    "\0",
];

fn draft(title: &str, body: &str, board: &str) -> Draft {
    let [kind, title, body, board] = ["idea", title, body, board].map(ToOwned::to_owned);
    Draft { kind, title, body, board, ..Draft::default() }
}

async fn corpus(f: &TestForum) -> Vec<PostId> {
    let author = f.member("Author").await;
    let mut posts = Vec::new();
    for (title, body) in CORPUS {
        posts.push(f.write_post(&author, title, body).await);
    }
    posts
}

on_both! {
    async fn words_find_the_posts_that_have_them(f: TestForum) {
        corpus(&f).await;
        let mut wrong = Vec::new();
        for (query, expected) in QUERIES.iter().copied() {
            let found = f.find(&Actor::Visitor, query).await;
            let mut expected = expected.to_vec();
            expected.sort_unstable();
            let mut found: Vec<&str> = found.iter().map(|title| title.split(' ').next().unwrap()).collect();
            found.sort_unstable();
            if found != expected {
                wrong.push(format!("{query:?} found {found:?}, not {expected:?}"));
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }

    async fn orders_to_the_database_are_only_words(f: TestForum) {
        corpus(&f).await;
        for query in [
            "\"", "'", "*", "(", ")", "()", "\"*()", "OR", "OR OR", "AND AND", "NOT", "NEAR", "NEAR(", "NEAR(a b, 2)", "-x", "--", "- -", ":",
            "title:", "title: router", "body:router", "{title body}: x", "^router", "router*", "*router", "\\", "\\'", "'; DROP TABLE posts; --",
            "a:*", "a & b", "a | b", "a <-> b", "a <2> b", "!a", "!(a|b)", "'a':*", "\u{0}", "a\u{0}b", "%", "_", "\u{200b}", "\u{feff}",
            "\u{1f600}", "🅐🅑", "İstanbul", "ß", "ﬁ", "ª", "①", "Ⅷ", "\u{301}", "e\u{301}\u{301}",
        ] {
            for filter in [Filter::words(query), Filter { sort: Sort::New, ..Filter::words(query) }] {
                let page = post::list(f.read(), &Actor::Visitor, &filter, None, 10, f.now()).await;
                page.unwrap_or_else(|error| panic!("{query:?}: {error}"));
            }
            post::similar_to(f.read(), &Actor::Visitor, query, query, f.now()).await.unwrap_or_else(|error| panic!("{query:?}: {error}"));
        }
        let long = "router ".repeat(3_000);
        assert_eq!(f.find(&Actor::Visitor, &long).await, ["Router reboots every night at two"]);
        f.find(&Actor::Visitor, &"x".repeat(20_000)).await;
        assert_eq!(f.see(PostId(3)).await.row.title, "Router reboots every night at two", "and everything is still there");
    }

    async fn comments_are_found_too(f: TestForum) {
        let posts = corpus(&f).await;
        let sanne = f.member("Sanne").await;
        f.comment(&sanne, posts[0], "Mine has a periscope in Łódź.").await;
        assert_eq!(f.find(&Actor::Visitor, "periscope").await, ["Affordable plan for families"]);
        assert_eq!(f.find(&Actor::Visitor, "persicope").await, ["Affordable plan for families"]);
        assert_eq!(f.find(&Actor::Visitor, "peri").await, ["Affordable plan for families"]);
        let page = f.page(&Actor::Visitor, &Filter::words("periscope families"), None, 10).await;
        assert_eq!((page.items.len(), page.told.unwrap().with_all), (1, 1), "between them they have all of the words");
    }

    async fn a_search_keeps_to_the_order_and_the_filters(f: TestForum) {
        let posts = corpus(&f).await;
        let (sanne, lead) = (f.member("Sanne").await, f.staff("Ruth", Role::Lead).await);
        f.support(&sanne, posts[7]).await;
        let filter = Filter { q: Some("the".to_owned()), sort: Sort::Top, ..Filter::default() };
        let page = f.page(&sanne, &filter, None, 2).await;
        assert_eq!((page.total, page.items[0].id), (4, posts[7]));
        let rest = f.page(&sanne, &filter, page.older.as_deref(), 10).await;
        assert_eq!(rest.items.len(), 2);
        f.move_to(&lead, posts[7], "archived").await;
        assert_eq!(f.page(&sanne, &filter, None, 10).await.total, 3);
    }

    async fn the_best_match_comes_first(f: TestForum) {
        let author = f.member("Author").await;
        let write = async |title: &str, body: &str, tag: &str| {
            let draft = Draft { tags: vec![tag.to_owned()], ..draft(title, body, BOARD) };
            f.submit(&author, &draft).await.unwrap()
        };
        let title = write("A lantern for the shed", "It is dark.", "").await;
        let tag = write("More light", "It is dark.", "lantern").await;
        let text = write("Something else", "I lost my lantern.", "").await;
        let begun = write("Lanternfish in the canal", "They glow.", "").await;
        let longer = write("A lantern, or anything else that gives light in a shed at night", "It is dark.", "").await;
        let comment = write("Candles", "They drip.", "").await;
        let twin = write("A lantern for the barn", "It is dark.", "").await;
        let remark = f.comment(&author, comment, "Why not a lantern?").await;
        let page = f.page(&Actor::Visitor, &Filter::words("the lantern"), None, 100).await;
        let order: Vec<PostId> = page.items.iter().map(|row| row.id).collect();
        assert_eq!(order, [twin, title, longer, begun, tag, text, comment]);
        // page by page it is the same, there and back
        let (mut cursor, mut seen, mut back) = (None, Vec::new(), None);
        while seen.len() < order.len() {
            let page = f.page(&Actor::Visitor, &Filter::words("the lantern"), cursor.as_deref(), 3).await;
            seen.extend(page.items.iter().map(|row| row.id));
            (cursor, back) = (page.older, page.newer);
        }
        assert_eq!((seen, cursor), (order.clone(), None));
        let page = f.page(&Actor::Visitor, &Filter::words("the lantern"), back.as_deref(), 3).await;
        assert_eq!(page.items.iter().map(|row| row.id).collect::<Vec<_>>(), order[3..6]);
        // and each row says why
        let told = f.page(&Actor::Visitor, &Filter::words("the lantern"), None, 100).await.told.unwrap();
        let marks = |marked: &Marked| marked.0.iter().filter(|(_, is)| *is).map(|(text, _)| text.clone()).collect::<Vec<_>>();
        assert_eq!(marks(&told.lines[&title].title), ["lantern"]);
        assert_eq!((told.lines[&title].text.clone(), told.lines[&tag].text.clone()), (None, None));
        assert_eq!(told.lines[&text].text.as_ref().map(marks), Some(vec!["lantern".to_owned()]));
        assert_eq!(told.lines[&comment].comment.as_ref().map(|(id, _)| *id), Some(remark));
        assert_eq!(f.page(&Actor::Visitor, &Filter { sort: Sort::New, ..Filter::words("lantern") }, None, 1).await.items[0].id, twin);
    }

    async fn of_many_posts_the_best_match_is_found_however_old_it_is(f: TestForum) {
        let author = f.member("Author").await;
        let best = f.write_post(&author, "A periscope", "For the attic.").await;
        for n in 0..120 {
            f.write_post(&author, &format!("Wish {n}"), "It should have a periscope.").await;
        }
        let page = f.page(&Actor::Visitor, &Filter::words("periscope"), None, 10).await;
        assert_eq!(page.items[0].id, best);
        assert!(page.told.is_some_and(|told| told.is_part) && (100..121).contains(&page.total), "{}", page.total);
        let page = f.page(&Actor::Visitor, &Filter { sort: Sort::New, ..Filter::words("periscope") }, None, 10).await;
        assert_eq!((page.total, page.told.map(|told| (told.is_part, told.with_all))), (121, Some((false, 121))));
    }

    async fn a_new_label_is_found_at_once(f: TestForum) {
        let author = f.member("Author").await;
        let post = f.write_post(&author, "Something", "Else.").await;
        f.write(&author, async |tx| post::edit(tx, post, &Edit { tags: Some(vec!["Périscope".to_owned()]), ..Edit::default() }).await)
            .await
            .unwrap();
        assert_eq!(f.find(&Actor::Visitor, "periscope").await, ["Something"]);
    }

    async fn other_spellings_are_named_as_far_as_somebody_sees_them(f: TestForum) {
        let author = f.member("Author").await;
        f.private_board("pilot", &[&author]).await;
        f.submit(&author, &draft("The zeppelins", "They fly.", "pilot")).await.unwrap();
        f.write_post(&author, "The zeppelin of paper", "It flies.").await;
        f.write_post(&author, "Wifi", "Slow.").await;
        let told = async |actor: &Actor, query: &str| f.page(actor, &Filter::words(query), None, 10).await.told.unwrap();
        assert_eq!(told(&Actor::Visitor, "zepelin").await.spellings, ["zeppelin"]);
        assert_eq!(told(&Actor::Visitor, "zeppelims").await.spellings, [""; 0], "what is a letter off stands where nobody else looks");
        assert_eq!(told(&author, "zeppelims").await.spellings, ["zeppelins"]);
        assert_eq!(told(&Actor::Visitor, "wi-fi").await.spellings, ["wifi"]);
        assert!(told(&Actor::Visitor, "zeppelin").await.spellings.is_empty());
        assert_eq!(told(&Actor::Visitor, "wifi zeppelin").await.with_all, 0);
        assert_eq!(told(&Actor::Visitor, "paper zeppelin").await.with_all, 1);
    }

    async fn an_index_of_before_is_made_anew_once(f: TestForum) {
        corpus(&f).await;
        let sanne = f.member("Sanne").await;
        let kept = f.comment(&sanne, PostId(1), "A periscope.").await;
        let gone = f.comment(&sanne, PostId(2), "A submarine.").await;
        f.write(&sanne, async |tx| comment::remove(tx, gone).await).await.unwrap();
        for sql in [
            "UPDATE search_version SET version = 0",
            "DELETE FROM search_posts WHERE rowid > 3",
            "DELETE FROM search_comments",
            "DELETE FROM search_near",
            "INSERT INTO search_words (word) VALUES ('nobodys')",
        ] {
            f.sql(sql).await.unwrap();
        }
        let again = f.beside().await;
        for query in ["abonnement", "contarct", "wifi", "periscope"] {
            assert!(!again.find(&Actor::Visitor, query).await.is_empty(), "{query}");
        }
        assert!(again.find(&Actor::Visitor, "submarine").await.is_empty());
        assert_eq!(again.count("search_posts").await, i64::try_from(CORPUS.len()).unwrap());
        assert_eq!(again.count(&format!("search_comments WHERE rowid = {kept}")).await, 1);
        assert_eq!(again.count("search_words WHERE word = 'nobodys'").await, 0);
    }

    async fn what_says_the_same_is_found_first(f: TestForum) {
        let posts = corpus(&f).await;
        for (title, body, expected) in [
            ("My router restarts at night", "Every night it goes down.", posts[2]),
            ("Routers that reboot", "", posts[2]),
            ("Put a contract on hold", "Let people pause it while they are abroad.", posts[3]),
            ("A family plan that we can afford", "One house, four phones: an affordable price please.", posts[0]),
            ("Een PDF met alle facturen", "Ik wil mijn facturen opslaan.", posts[4]),
            ("Het opzeggen van een abonnement duurt lang", "", posts[5]),
            ("Roaming costs in Switzerland", "", posts[1]),
            ("計程車電子支付", "", posts[9]),
        ] {
            let similar = post::similar_to(f.read(), &Actor::Visitor, title, body, f.now()).await.unwrap();
            let titles: Vec<_> = similar.iter().map(|row| row.title.as_str()).collect();
            assert_eq!(similar.first().map(|row| row.id), Some(expected), "{title:?} gave {titles:?}");
            assert!(similar.len() <= 5);
        }
        for nothing in ["", "the and of", "Submarine periscope", "?!", "phone", "wifi", "車"] {
            let similar = post::similar_to(f.read(), &Actor::Visitor, nothing, "", f.now()).await.unwrap();
            assert!(similar.is_empty(), "{nothing:?}");
        }
    }

    async fn of_many_alike_five_are_shown(f: TestForum) {
        let author = f.member("Author").await;
        for n in 0..80 {
            f.write_post(&author, &format!("Router reboots at night {n}"), "It restarts by itself.").await;
        }
        let best = f.write_post(&author, "Router reboots during the thunderstorm", "Lightning and thunder.").await;
        for n in 0..20 {
            f.write_post(&author, &format!("Router reboots in the morning {n}"), "It restarts by itself.").await;
        }
        let similar = post::similar_to(f.read(), &Actor::Visitor, "Router reboots in a thunderstorm", "", f.now()).await.unwrap();
        assert_eq!(similar.first().map(|row| row.id), Some(best), "the rare word decides");
        let similar = post::similar_to(f.read(), &Actor::Visitor, "Router reboots at night", "", f.now()).await.unwrap();
        assert_eq!(similar.len(), 5);
        assert!(similar.iter().all(|row| row.title.contains("night")), "{similar:?}");
    }

    async fn no_search_takes_the_connections_of_others_or_as_long_as_it_likes(f: TestForum) {
        let (endless, slow) = ("WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c) SELECT MAX(n) FROM c", "SELECT pg_sleep(30)");
        let backend = f.search().get_database_backend();
        let sql = if backend == DbBackend::Postgres { slow } else { endless };
        let start = std::time::Instant::now();
        let mut searches = JoinSet::new();
        for _ in 0..30 {
            let f = f.clone();
            searches.spawn(async move {
                f.search().query_one_raw(Statement::from_string(backend, sql)).await.map(|_| ()).map_err(forum::Error::from)
            });
        }
        // pages are read meanwhile
        for _ in 0..20 {
            let page = tokio::time::timeout(std::time::Duration::from_secs(5), f.page(&Actor::Visitor, &Filter::default(), None, 10)).await;
            assert!(page.is_ok_and(|page| page.items.is_empty()));
        }
        while let Some(outcome) = searches.join_next().await {
            assert!(matches!(outcome, Ok(Err(forum::Error::Unavailable(_)))), "{outcome:?}");
        }
        assert!(start.elapsed() < std::time::Duration::from_secs(20), "{:?}", start.elapsed());
        let filter = Filter::words("router");
        let page = post::list(f.search(), &Actor::Visitor, &filter, None, 10, f.now()).await;
        assert_eq!(page.unwrap().total, 0, "and the next search is answered");
    }

    async fn an_imported_post_is_found(f: TestForum) {
        let author = f.member("Author").await;
        f.import("elsewhere:1", &author, "A periscope for the attic", utc("2025-01-01T00:00:00Z")).await;
        assert_eq!(f.find(&Actor::Visitor, "attic").await, ["A periscope for the attic"]);
    }
}

#[test]
fn both_databases_find_the_same() {
    run_beside(|sqlite, postgres| async move {
        let mut made = Vec::new();
        for f in [&sqlite, &postgres] {
            let posts = corpus(f).await;
            let sanne = f.member("Sanne").await;
            f.comment(&sanne, posts[3], "A router with a café inside, één voor allen.").await;
            f.comment(&sanne, posts[8], "AND so on: affordable OR not.").await;
            made.push(posts);
        }
        assert_eq!(made[0], made[1]);
        let words = vec(prop_oneof![4 => select(&PIECES[..]).prop_map(str::to_owned), 1 => ".{0,6}", 1 => "[a-zé]{3,8}"], 1..4);
        let texts = (words, select(&[" ", "", "\n"][..])).prop_map(|(words, glue)| words.join(glue));
        sqlite.for_all(vec(texts, 8), async |sqlite, queries| {
            for query in queries {
                let mut pages = Vec::new();
                for f in [sqlite, &postgres] {
                    let page = f.page(&Actor::Visitor, &Filter::words(&query), None, 100).await;
                    pages.push((page.items.iter().map(|row| row.id).collect::<Vec<_>>(), page.told));
                }
                assert_eq!(pages[0], pages[1], "{query:?}");
            }
        });
        for (title, body) in CORPUS {
            let mut lists = Vec::new();
            for f in [&sqlite, &postgres] {
                let similar = post::similar_to(f.read(), &Actor::Visitor, title, body, f.now()).await.unwrap();
                lists.push(similar.into_iter().map(|row| row.id).collect::<Vec<_>>());
            }
            assert_eq!(lists[0], lists[1], "{title:?}");
        }
    });
}
