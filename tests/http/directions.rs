//! Texts that run from right to left keep that to themselves, whatever they stand beside.

use std::collections::BTreeSet;

use reqwest::header::CONTENT_TYPE;
use scraper::{Html, Node, Selector};
use serde_json::{Value, json};
use tests::{
    answerable::{Answerable, Visitor},
    serving,
};

use crate::world::{World, soon};

/// Pages that are looked at, at most.
const MOST_PAGES: usize = 150;

fn is_hebrew(c: char) -> bool {
    ('\u{590}'..='\u{5ff}').contains(&c)
}

/// Texts that stand in an element without a direction of its own, and fields that would write them from the wrong side.
fn astray(html: &str) -> Vec<String> {
    let html = Html::parse_document(html);
    let mut astray = Vec::new();
    for node in html.tree.nodes() {
        let Node::Text(text) = node.value() else { continue };
        if !text.contains(is_hebrew) || marked(text) {
            continue;
        }
        let mut above = node.ancestors().filter_map(|above| above.value().as_element());
        let stands_alone = above.any(|element| {
            matches!(element.name(), "bdi" | "title" | "script" | "option" | "textarea")
                || element.attr("dir") == Some("auto")
                || element.attr("aria-hidden") == Some("true")
        });
        if !stands_alone {
            let parent = node.parent().and_then(|parent| parent.value().as_element().map(|e| format!("{e:?}")));
            astray.push(format!("{} in {}", text.trim(), parent.unwrap_or_default()));
        }
    }
    let fields = "input:not([type]), input[type=text], input[type=search], textarea";
    let fields = Selector::parse(fields).expect("a selector");
    astray
        .extend(html.select(&fields).filter(|field| field.attr("dir") != Some("auto")).map(|field| format!("{:?}", field.value())));
    astray
}

/// Whether every such letter stands between the marks of an isolate.
fn marked(text: &str) -> bool {
    let mut depth = 0_i32;
    text.chars().all(|c| {
        depth += match c {
            '\u{2068}' => 1,
            '\u{2069}' => -1,
            _ => 0,
        };
        depth > 0 || !is_hebrew(c)
    })
}

/// Whatever somebody comes to from the home page, and what they find astray there.
async fn walk(who: &Visitor, starts: &[&str]) -> (usize, BTreeSet<String>) {
    let mut to_do: Vec<String> = starts.iter().map(|start| (*start).to_owned()).collect();
    let (mut known, mut found): (BTreeSet<String>, _) = (to_do.iter().cloned().collect(), BTreeSet::new());
    let mut pages = 0;
    while let Some(path) = to_do.pop() {
        if pages == MOST_PAGES {
            break;
        }
        let page = who.get(&path).await;
        let is_page = page.headers.get(CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"));
        if page.status != 200 || !is_page {
            continue;
        }
        pages += 1;
        found.extend(astray(&page.body).into_iter().map(|text| format!("{path}: {text}")));
        for link in page.attributes("a[href^='/']", "href") {
            let link = link.split('#').next().unwrap_or_default().to_owned();
            let is_new = !link.contains('?') && !link.starts_with("/api/") && known.insert(link.clone());
            if is_new {
                to_do.push(link);
            }
        }
    }
    (pages, found)
}

/// A forum in which everything that people can write runs from right to left.
async fn in_hebrew(server: Answerable) -> (World, Vec<(Visitor, Vec<String>)>) {
    let world = World::open(server).await;
    let (mo, mo_api) = world.somebody("משה לוי", "member").await;
    let (noa, noa_api) = world.somebody("נועה", "member").await;
    let (femke, femke_api) = world.somebody("פמקה", "agent").await;
    let (lead, lead_api) = world.somebody("ליאת", "lead").await;
    let put = async |api: &tests::answerable::Api, path: &str, body: Value| {
        let method = if path.ends_with("/vote") { reqwest::Method::PUT } else { reqwest::Method::POST };
        let answer = api.send(method, &format!("/api/v1{path}"), Some(&body), &[]).await;
        assert!(answer.status < 300, "{path}: {}", answer.json);
        answer.json
    };
    let admin = &world.admin_api;
    put(admin, "/boards", json!({ "slug": "bills", "name": "חשבונות", "description": "כל החשבונות" })).await;
    put(admin, "/statuses", json!({ "slug": "soon", "name": "בקרוב", "stage": "planned" })).await;
    put(admin, "/teams", json!({ "slug": "network", "name": "הרשת" })).await;
    let draft = json!({ "kind": "idea", "board": "bills", "title": "חשבון אחד", "body": "עבור שני בתים.\n\n- אחד\n- שניים", "tags": ["חשבון"] });
    let idea = put(&mo_api, "/posts", draft).await["id"].as_i64().expect("a number");
    let draft = json!({ "kind": "complaint", "board": "bills", "title": "הקו נופל", "body": "כל ערב." });
    let complaint = put(&mo_api, "/posts", draft).await["id"].as_i64().expect("a number");
    let vote = json!({ "stance": "oppose", "reason": "שני חשבונות מפרידים בין הבתים." });
    put(&noa_api, &format!("/posts/{idea}/vote"), vote).await;
    let comment = put(&noa_api, &format!("/posts/{idea}/comments"), json!({ "body": "אצלנו שלושה." })).await["id"].clone();
    put(&mo_api, &format!("/posts/{idea}/comments"), json!({ "body": "גם אצלי.", "parent_id": comment })).await;
    let answer = json!({ "status": "soon", "what": "נעשה את זה.", "who": "הרשת, פמקה", "next_update_on": soon() });
    put(&femke_api, &format!("/posts/{idea}/answers"), answer).await;
    let promise = json!({ "what": "טופס חדש", "due_on": soon(), "remedy": "חודש חינם" });
    let promise = put(&femke_api, &format!("/posts/{idea}/promises"), promise).await["id"].clone();
    let lead_id = json!({ "to": lead.id, "reason": "היא יודעת יותר על זה." });
    put(&femke_api, &format!("/posts/{idea}/handover"), lead_id).await;
    let refused =
        json!({ "status": "declined", "what": "לא נעשה את זה. ".repeat(8), "who": "הרשת", "reason_class": "cost", "final": true });
    put(&lead_api, &format!("/posts/{complaint}/answers"), refused).await;
    put(&femke_api, &format!("/promises/{promise}/withdraw"), json!({ "reason": "הטופס הישן מספיק לכולם." })).await;

    let paths = vec![
        format!("/p/{idea}"),
        format!("/p/{complaint}"),
        format!("/p/{idea}/edit"),
        "/new".to_owned(),
        "/me/settings".to_owned(),
    ];
    let staff = [paths.clone(), vec![format!("/triage/{idea}"), format!("/triage/{complaint}"), "/admin".to_owned()]].concat();
    let all = vec![
        (world.server.visitor(), paths.clone()),
        (world.server.signed_in(&mo).await, paths.clone()),
        (world.server.signed_in(&noa).await, paths),
        (world.server.signed_in(&femke).await, staff.clone()),
        (world.server.signed_in(&lead).await, staff.clone()),
        (world.server.signed_in(&world.admin).await, staff),
    ];
    (world, all)
}

serving! {
    async fn what_people_write_stands_apart_from_what_we_write(server: Answerable) {
        let (world, everybody) = in_hebrew(server).await;
        let (mut found, mut seen) = (BTreeSet::new(), 0);
        for (who, paths) in &everybody {
            let starts: Vec<&str> = std::iter::once("/").chain(paths.iter().map(String::as_str)).collect();
            let (pages, astray) = walk(who, &starts).await;
            seen += pages;
            found.extend(astray);
        }
        assert!(seen > 100, "{seen} pages only");
        let list: Vec<_> = found.into_iter().collect();
        assert!(list.is_empty(), "{} texts are astray: {list:#?}", list.len());
        // and so do names in letters
        for mail in world.server.mails_to("").iter().filter(|mail| mail.text.contains(is_hebrew)) {
            assert!(!mail.text.contains('\u{202e}'));
        }
    }

    async fn nobody_turns_the_words_beside_their_name_around(server: Answerable) {
        let world = World::open(server).await;
        let (_, mo) = world.somebody("\u{202e}Mo\u{2067}", "member").await;
        let post = mo.submit("idea", "general", "A \u{202d}title\u{200f}", "A text.").await;
        assert_eq!(world.admin_api.get(&format!("/api/v1/posts/{post}")).await.is(200).text("title"), "A title");
        let page = world.server.visitor().get(&world.path_of(post).await).await.is(200);
        page.must_show("A title").must_show("Mo").must_not_show("\u{202e}").must_not_show("\u{2067}");
    }
}
