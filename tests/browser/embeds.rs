//! The forum on a page of somebody else's, as a browser shows it there.

use fantoccini::Locator;
use serde_json::json;
use tests::{Backend, answerable::Answerable};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpListener,
};

use crate::{
    tab::{DESK, PHONE, Scripts, Tab, browse},
    world::World,
};

/// Another site, with one page. Its host is another one than the forum's, so that browsers hold the two apart.
async fn another_site(page: String) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let port = listener.local_addr().expect("an address").port();
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let page = page.clone();
            tokio::spawn(async move {
                let mut asked = [0; 4096];
                let _ = stream.read(&mut asked).await;
                let head = "HTTP/1.1 200 OK\r\ncontent-type: text/html; charset=utf-8\r\nconnection: close\r\ncontent-length: ";
                let _ = stream.write_all(format!("{head}{}\r\n\r\n{page}", page.len()).as_bytes()).await;
            });
        }
    });
    format!("http://localhost:{port}")
}

/// What stands on the other site: three parts of the forum, one of them without anything but the script.
fn page_of(server: &Answerable) -> String {
    let script = server.url("/embed.js");
    format!(
        "<!doctype html><html lang=\"en\"><meta name=\"viewport\" content=\"width=device-width\"><title>Elsewhere</title><link rel=\"icon\" href=\"data:,\"><h1>Elsewhere</h1>\
         <script src=\"{script}\" data-show=\"list\" data-sort=\"new\" data-limit=\"1\" async></script>\
         <noscript><a id=\"plain\" href=\"{}\">What customers say</a></noscript>\
         <script src=\"{script}\" data-show=\"counter\" data-lang=\"nl\" data-theme=\"dark\"></script>\
         <script src=\"{script}\" data-show=\"submit\" data-board=\"billing\" async></script></html>",
        server.url("/")
    )
}

/// Whether every frame of the page is as tall as what stands in it, and its link is gone.
async fn frames_fit(tab: &Tab, frames: u64) -> bool {
    let script = "return [...document.querySelectorAll('.answerable-embed')]
        .filter((part) => part.querySelector('iframe').offsetHeight > 60 && !part.querySelector('a')).length";
    let script = script.to_owned();
    tab.until(async || tab.script(&script, vec![]).await == json!(frames)).await
}

/// Goes into the frame of a part.
async fn enter(tab: &Tab, part: &str) {
    let frame = tab.find(&format!("iframe[src*='/embed/{part}']")).await;
    frame.enter_frame().await.expect("a frame");
}

async fn leave(tab: &Tab) {
    tab.client.enter_parent_frame().await.expect("the page around it");
}

/// Goes on in the tab that was opened last.
async fn next_tab(tab: &Tab) {
    let here = tab.client.window().await.expect("a tab");
    let windows = async || tab.client.windows().await.expect("tabs");
    assert!(tab.until(async || windows().await.len() > 1).await, "no tab was opened");
    let other = windows().await.into_iter().find(|window| *window != here).expect("another tab");
    tab.client.close_window().await.expect("one tab less");
    tab.client.switch_to_window(other).await.expect("the other tab");
}

async fn a_customer_says_it_elsewhere(server: Answerable, tab: Tab) {
    let world = World::open(server).await;
    world.api.submit("idea", "billing", "One bill for two addresses", "We pay for two houses.").await;
    world.api.submit("wish", "billing", "A bill in large print", "My eyes.").await;
    let elsewhere = another_site(page_of(&world.server)).await;
    tab.sign_in(&world.member).await;

    // nobody named that site: the browser shows nothing of the forum there, and what leads to it stays
    let goto = async || tab.client.goto(&elsewhere).await.unwrap_or_else(|error| panic!("{error}"));
    goto().await;
    tab.must_have(".answerable-embed > a[href$='/?board=billing'], .answerable-embed > a[href$='/new?board=billing']").await;
    tokio::time::sleep(std::time::Duration::from_millis(500)).await;
    assert_eq!(tab.client.find_all(Locator::Css(".answerable-embed > a")).await.expect("links").len(), 3);
    assert_eq!(tab.script("return document.querySelector('iframe').offsetHeight", vec![]).await, json!(0));
    tab.forget_errors().await;

    world.admin_api.patch("/api/v1/site", &json!({ "embed_origins": [elsewhere] })).await.is(200);
    goto().await;
    assert!(frames_fit(&tab, 3).await, "{}", tab.script("return document.body.innerHTML", vec![]).await);
    tab.is_clean().await;
    let titles = "return [...document.querySelectorAll('iframe')].map((frame) => frame.title).sort()";
    let titles = tab.script(titles, vec![]).await;
    assert_eq!(titles, json!(["Say it to Answerable", "Wat Answerable ermee deed", "What customers of Answerable say"]));
    enter(&tab, "list").await;
    tab.must_show("A bill in large print").await;
    assert_eq!(tab.client.find_all(Locator::Css("li h2")).await.expect("rows").len(), 1);
    // nothing of whoever looks is in it
    assert!(!tab.text().await.contains("Mo de Wit"));
    leave(&tab).await;
    enter(&tab, "counter").await;
    tab.must_have("html[lang=nl][data-theme=dark]").await;
    leave(&tab).await;

    // a page that speaks of heights is not heard, only the frame is
    let shout = "const before = document.querySelector('iframe').style.height;
        window.postMessage({ answerable: 'height', height: 19000 }, '*');
        return new Promise((done) => setTimeout(() => done(before === document.querySelector('iframe').style.height), 200))";
    assert_eq!(tab.script(shout, vec![]).await, json!(true));

    enter(&tab, "submit").await;
    tab.choose("#kind", "complaint").await;
    tab.fill("#title", "Lights & modems <blinking>").await;
    tab.fill("#body", "They do it all night.").await;
    tab.press(".btn--primary").await;
    leave(&tab).await;
    next_tab(&tab).await;
    tab.is_at("/new").await;
    assert_eq!(tab.value("#title").await, "Lights & modems <blinking>");
    assert_eq!(tab.value("#body").await, "They do it all night.");
    assert_eq!(tab.value("#board").await, "billing");
    assert!(tab.has("#kind-complaint:checked").await);
    assert_eq!(world.api.get("/api/v1/posts").await.items().len(), 2, "nothing was sent by that");
    assert!(tab.script("return window.opener === null", vec![]).await == json!(true));
    tab.press("main form .btn--primary.btn--lg").await;
    tab.is_at("/p/3/").await;
    tab.must_show("Lights & modems <blinking>").await;
    let post = world.server.api().get("/api/v1/posts/3").await.is(200);
    assert_eq!((post.json["kind"].as_str(), post.json["author"]["name"].as_str()), (Some("complaint"), Some("Mo de Wit")));
}

#[test]
fn a_customer_goes_on_from_another_site() {
    browse(Backend::Sqlite, Scripts::On, DESK, a_customer_says_it_elsewhere);
}

#[test]
fn a_customer_goes_on_from_another_site_on_a_phone_on_postgres() {
    browse(Backend::Postgres, Scripts::On, PHONE, a_customer_says_it_elsewhere);
}

#[test]
fn without_scripts_a_link_leads_to_the_forum() {
    browse(Backend::Sqlite, Scripts::Off, DESK, async |server: Answerable, tab: Tab| {
        let elsewhere = another_site(page_of(&server)).await;
        tab.client.goto(&elsewhere).await.unwrap_or_else(|error| panic!("{error}"));
        tab.press("#plain").await;
        tab.is_at("/").await;
        tab.must_have("header.site-head").await;
    });
}
