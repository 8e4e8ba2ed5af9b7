//! Ideas that real people wrote, brought in, and then voted on, talked about and answered like any other.

use std::path::{Path, PathBuf};

use tests::{Backend, answerable::Answerable};

use crate::{
    story::{counts, number},
    tab::{DESK, Scripts, Tab, browse},
    world::{World, soon},
};

/// The improvement ideas of the people of Bowling Green, where they are at hand; else a small conversation of the same form.
fn ideas() -> PathBuf {
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let real = workspace.join("../shared/data/polis/bg2050");
    if real.is_dir() {
        return real;
    }
    eprintln!("SKIPPED: the ideas of bg2050 are not here, so the story is told on a small conversation of the same form");
    workspace.join("tests/fixtures/polis")
}

async fn the_story_goes_on(server: Answerable, tab: Tab) {
    let world = World::open(server).await;
    let folder = ideas();
    let folder = folder.to_str().expect("a path that is text");
    let report = world.server.run(&["import", "polis", folder], "");
    assert!(!report.trim().is_empty(), "the import tells what it did");
    let ideas = world.api.get("/api/v1/posts?sort=top&limit=2").await.is(200);
    let idea = &ideas.items()[1];
    let (id, title) = (idea["id"].as_i64().expect("a number"), idea["title"].as_str().expect("a title").to_owned());
    let (support, oppose) = (idea["support_count"].as_i64().expect("a count"), idea["oppose_count"].as_i64().expect("a count"));
    assert!(support > 0, "{idea}");
    assert_eq!(
        (&idea["clocks"], &idea["owner"]),
        (&serde_json::json!([]), &serde_json::Value::Null),
        "nothing is owed on what came from elsewhere"
    );
    let path = world.path_of(id).await;

    // a visitor finds it by its words
    let words: Vec<&str> = title.split_whitespace().filter(|word| word.chars().all(char::is_alphanumeric)).take(4).collect();
    tab.open("/").await;
    tab.fill("#q", &words.join(" ")).await;
    tab.press(".finder__top button:not([type=button])").await;
    tab.must_have(&format!("a[href='{path}']")).await;
    tab.open(&path).await;
    assert_eq!(counts(&tab).await, (support.to_string(), oppose.to_string()));

    tab.sign_in(&world.other).await;
    tab.open(&path).await;
    tab.is_awake().await;
    tab.press(".votebar form > button").await;
    tab.must_have(".votebar form > button[aria-pressed=true]:not([aria-busy=true])").await;

    tab.sign_in(&world.member).await;
    tab.open(&path).await;
    tab.press(".oppose > summary").await;
    tab.fill("#reason", "There are more pressing matters in town.").await;
    tab.press(".oppose button[value=oppose]").await;
    tab.must_show("There are more pressing matters in town.").await;
    assert_eq!(counts(&tab).await, ((support + 1).to_string(), (oppose + 1).to_string()));
    tab.fill("#comment-form textarea", "Has this been tried elsewhere?").await;
    tab.press("#comment-form button.btn--primary").await;
    tab.must_show("Has this been tried elsewhere?").await;

    tab.sign_in(&world.agent).await;
    tab.open(&path).await;
    tab.press(&format!("a[href='/triage/{}']", number(&path))).await;
    tab.is_at("/triage/").await;
    tab.choose("#answer-status", "planned").await;
    tab.fill("#answer-what", "The town puts it into the plan of next year.").await;
    tab.fill("#answer-who", "Planning office").await;
    tab.choose_day("#answer-next_update_on", &soon().to_string()).await;
    tab.press("form[action*='/answer'] button.btn--primary").await;
    tab.is_at(&format!("/triage/{id}?done=answered")).await;

    tab.sign_out().await;
    tab.open(&path).await;
    tab.must_have(".pill[data-stage=planned]").await;
    tab.must_show("The town puts it into the plan of next year.").await;
    tab.must_show("Planning office").await;
    tab.open("/roadmap").await;
    tab.must_have(&format!("[data-stage=planned] a[href='{path}']")).await;

    // a second import adds nothing, and takes nothing of this back
    world.server.run(&["import", "polis", folder], "");
    let now = world.api.get(&format!("/api/v1/posts/{id}")).await.is(200);
    assert_eq!(
        (now.number("support_count"), now.number("oppose_count"), now.number("comment_count")),
        (support + 1, oppose + 1, 1)
    );
    assert_eq!(now.json["status"]["stage"], "planned");
    assert!(!world.server.logged().contains("ERROR"), "{}", world.server.logged());
}

#[test]
fn an_imported_idea_lives_on_sqlite() {
    browse(Backend::Sqlite, Scripts::On, DESK, the_story_goes_on);
}

#[test]
fn an_imported_idea_lives_on_postgres() {
    browse(Backend::Postgres, Scripts::On, DESK, the_story_goes_on);
}
