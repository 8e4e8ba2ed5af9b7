//! Whatever people write, it stays text: every field of every form gets what would run if it were not, and every page is looked at.

use serde_json::{Value, json};
use tests::{
    Backend,
    answerable::{PASSWORD, Visitor},
};

use crate::{
    story::number,
    tab::{DESK, Scripts, Tab, browse},
    world::{World, soon},
};

/// Ends every element that texts stand in, and then runs.
const BREAKS_OUT: &str = "</title></textarea></script><script>window.pwned=1</script>";
/// Ends an attribute, and then runs.
const QUOTES: &str = "\"'><img src=x onerror=window.pwned=1>";
/// The same, short enough for names.
const SHORT: &str = "\"><script>pwned=1</script>";
/// Markdown and HTML that run when they are shown, or when they are pressed.
const MARKDOWN: &str = "[press me](javascript:window.pwned=1) <javascript:window.pwned=1> ![](javascript:window.pwned=1) \
    [data](data:text/html,<script>window.pwned=1</script>) [split](java\nscript:window.pwned=1) [vb](vbscript:window.pwned=1)\n\n\
    <svg onload=window.pwned=1><a xlink:href=\"javascript:window.pwned=1\">svg</a></svg>\n\n\
    <a href=\"JaVaScRiPt:window.pwned=1\" onclick=\"window.pwned=1\">anchor</a> \
    <iframe srcdoc=\"<script>parent.pwned=1</script>\"></iframe>\n\n\
    <style>main { display: none }</style><div style=\"position:fixed;inset:0\" id=\"main\" class=\"skip\">cover</div>\n\n\
    <form action=\"https://evil.example/\"><input name=password><button>Sign in</button></form>\
    <base href=\"https://evil.example/\">\n\n\
    ![picture](https://example.com/track.png) <img src=\"https://example.com/track.png\"> <math><mi>x</mi></math>\n\n\
    </div></main></body><script>window.pwned=1</script> text that is read";

/// Looks for anything on the page that could run, load from elsewhere or send elsewhere; what is ours is known.
const WHAT_RUNS: &str = "
    const found = [];
    if (window.pwned !== undefined) found.push('something ran');
    const ours = location.origin;
    for (const element of document.querySelectorAll('*')) {
        for (const attribute of element.attributes) {
            const name = attribute.name.toLowerCase();
            const value = attribute.value.replace(/[\\s\\u0000-\\u001f]/g, '').toLowerCase();
            if (name.startsWith('on') || name === 'style' || name === 'srcdoc') found.push(element.outerHTML.slice(0, 200));
            const leads = ['href', 'src', 'action', 'formaction', 'xlink:href'].includes(name);
            if (leads && /^(javascript|vbscript|data):/.test(value)) {
                found.push(element.outerHTML.slice(0, 200));
            }
        }
        const tag = element.tagName.toLowerCase();
        const text = tag === 'script' && element.type === 'application/ld+json';
        const alien = (tag === 'script' && !text && !element.src.startsWith(ours + '/assets/'))
            || ['iframe', 'object', 'embed', 'base', 'math', 'style'].includes(tag);
        if (alien) found.push(element.outerHTML.slice(0, 200));
        if (tag === 'img' && !element.src.startsWith(ours)) found.push(element.outerHTML.slice(0, 200));
        if (tag === 'form' && !element.action.startsWith(ours)) found.push(element.outerHTML.slice(0, 200));
        if (text) JSON.parse(element.textContent);
    }
    if (document.querySelectorAll('main, #main').length !== 1) found.push('a second main');
    if (getComputedStyle(document.querySelector('main')).display === 'none') found.push('the page is hidden');
    return found;";

/// Everything on a page is text, and these texts can be read as they were written.
async fn is_text(tab: &Tab, texts: &[&str]) {
    let found = tab.script(WHAT_RUNS, vec![]).await;
    assert_eq!(found, json!([]), "{}", tab.path().await);
    let script = "
        const filled = [...document.querySelectorAll('input, textarea, option:checked')];
        const fields = filled.map(field => field.value ?? field.textContent);
        return [document.title, document.body.textContent, ...fields].join('\\n')";
    let read = tab.script(script, vec![]).await;
    let read = read.as_str().unwrap_or_default();
    for text in texts {
        assert!(read.contains(text), "{} does not show {text} as it was written: {read:.2000}", tab.path().await);
    }
    tab.is_clean().await;
}

/// The tags of some HTML that could run, load from elsewhere or send elsewhere.
fn what_runs(html: &str) -> Vec<&str> {
    const RUN: [&str; 13] =
        ["script", "img", "svg", "iframe", "object", "embed", "form", "input", "button", "base", "math", "link", "video"];
    let tags = html.split('<').skip(1).filter_map(|rest| rest.split('>').next());
    tags.filter(|tag| {
        let tag = tag.to_lowercase();
        let name = tag.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
        let leads_astray = ["href=\"", "src=\""]
            .iter()
            .filter_map(|attribute| Some(tag.split_once(attribute)?.1))
            .any(|to| !(to.starts_with("http://") || to.starts_with("https://") || to.starts_with("mailto:")));
        let attributes = tag.split_whitespace().skip(1);
        RUN.contains(&name)
            || leads_astray
            || attributes.into_iter().any(|attribute| attribute.starts_with("on") && attribute.contains('='))
    })
    .collect()
}

async fn location(visitor: &Visitor, path: &str, fields: &[(&str, &str)]) -> String {
    visitor.post(path, fields).await.sees_other("/")
}

#[test]
fn nothing_that_people_write_ever_runs() {
    browse(Backend::Sqlite, Scripts::On, DESK, async |server, tab| {
        // the forum itself and its admin
        let setup = server.set_up();
        tab.open(&setup).await;
        let refused =
            [("site", BREAKS_OUT), ("language", QUOTES), ("name", QUOTES), ("email", BREAKS_OUT), ("password", BREAKS_OUT)];
        tab.send_form(&setup, &refused.map(|(name, value)| (name, value.to_owned()))).await;
        is_text(&tab, &[QUOTES, BREAKS_OUT]).await;
        let form = [("site", SHORT), ("language", "en"), ("name", QUOTES), ("email", "root@example.com"), ("password", PASSWORD)];
        location(&server.visitor(), &setup, &form).await;

        let world = World::open(server).await;
        let board = json!({ "slug": "hostile", "name": BREAKS_OUT, "description": QUOTES });
        world.put(&world.admin_api, "/boards", &board).await;
        world.put(&world.admin_api, "/statuses", &json!({ "slug": "odd", "name": SHORT, "stage": "planned" })).await;

        // a customer who writes nothing else, in a browser that says so too
        let visitor = world.server.visitor().with("user-agent", QUOTES);
        location(&visitor, "/sign-up", &[("name", BREAKS_OUT), ("email", "eve@example.com"), ("password", PASSWORD)]).await;
        let link = world.server.link_to("eve@example.com", "/verify/").await;
        location(&visitor, &link, &[]).await;
        let draft =
            [("kind", "idea"), ("title", BREAKS_OUT), ("body", MARKDOWN), ("board", "hostile"), ("tags", SHORT), ("anyway", "1")];
        let post = location(&visitor, "/new", &draft).await.split('?').next().unwrap_or_default().to_owned();
        let id = number(&post).to_owned();
        let again = [("title", QUOTES), ("body", MARKDOWN), ("tags", SHORT)];
        let post = location(&visitor, &format!("/p/{id}/edit"), &again).await.split('?').next().map_or(post, str::to_owned);
        location(&visitor, &format!("/p/{id}/vote"), &[("stance", "oppose"), ("reason", BREAKS_OUT)]).await;
        let comment = location(&visitor, &format!("/p/{id}/comments"), &[("body", MARKDOWN)]).await;
        let comment = comment.split("#comment-").nth(1).expect("a comment").to_owned();
        location(&visitor, &format!("/comments/{comment}/edit"), &[("body", BREAKS_OUT)]).await;
        let token = [("name", BREAKS_OUT), ("scope", "read")];
        visitor.post("/me/tokens", &token).await.is(200);
        location(&visitor, "/me/settings", &[("name", QUOTES), ("language", "en")]).await;
        // and staff who answer in kind
        let staff = world.server.signed_in(&world.agent).await;
        let day = soon().to_string();
        let answer = [("status", "odd"), ("what", MARKDOWN), ("who", QUOTES), ("next_update_on", &day)];
        location(&staff, &format!("/triage/{id}/answer"), &answer).await;
        let change = [("title", QUOTES), ("body", MARKDOWN), ("tags", SHORT), ("rule", "4"), ("reason", BREAKS_OUT)];
        location(&staff, &format!("/p/{id}/edit"), &change).await;
        // what the letters say
        let letters = world.server.mails_to("eve@example.com");
        assert!(!letters.is_empty());
        world.server.mail_to("eve@example.com", |mail| mail.text.contains("text that is read")).await;
        for letter in world.server.mails_to("eve@example.com") {
            let html = letter.text.find("<html").map(|at| &letter.text[at..]).unwrap_or_default();
            let found = what_runs(html);
            assert!(found.is_empty(), "{found:?} in {}", letter.text);
        }

        let versions = format!("/p/{id}/versions");
        let query =
            "%3C/title%3E%3C/textarea%3E%3Cscript%3Ewindow.pwned=1%3C/script%3E%22'%3E%3Cimg%20src=x%20onerror=window.pwned=1%3E";
        let asked = "</title></textarea><script>window.pwned=1</script>\"'><img src=x onerror=window.pwned=1>";
        let comments = format!("/comments/{comment}/versions");
        let everybody: Vec<(String, Vec<&str>)> = vec![
            ("/".to_owned(), vec![QUOTES, SHORT, BREAKS_OUT]),
            (post.clone(), vec![QUOTES, SHORT, BREAKS_OUT, "text that is read", "press me"]),
            (versions, vec![QUOTES, BREAKS_OUT, MARKDOWN.lines().last().unwrap_or_default()]),
            (comments, vec![BREAKS_OUT]),
            (format!("/?q={query}"), vec![asked]),
            (format!("/?board={query}&tag={query}&kind={query}&status={query}&sort={query}"), vec![]),
            ("/?board=hostile".to_owned(), vec![BREAKS_OUT]),
            ("/roadmap".to_owned(), vec![QUOTES]),
            (format!("/roadmap?board={query}"), vec![]),
            (format!("/{query}"), vec![]),
            (format!("/sign-in?next={query}"), vec![]),
            ("/api/docs".to_owned(), vec![]),
        ];
        tab.open("/rules").await;
        for (path, texts) in &everybody {
            tab.open(path).await;
            is_text(&tab, texts).await;
        }
        let profile = world.server.visitor().get(&post).await.body;
        let profile = profile.split("href=\"/u/").nth(1).and_then(|rest| rest.split('"').next()).expect("the author").to_owned();
        tab.open(&format!("/u/{profile}")).await;
        is_text(&tab, &[QUOTES]).await;

        // as the one who wrote it
        tab.open("/sign-in").await;
        tab.fill("#email", "eve@example.com").await;
        tab.fill("#password", PASSWORD).await;
        tab.press("main form button.btn--primary").await;
        tab.is_at("/").await;
        for (path, texts) in [
            (post.as_str(), vec![QUOTES, BREAKS_OUT]),
            ("/", vec![QUOTES]),
            ("/me", vec![QUOTES]),
            ("/me/votes", vec![BREAKS_OUT]),
            ("/me/clocks", vec![]),
            ("/me/settings", vec![QUOTES]),
            ("/me/sessions", vec![]),
            ("/me/tokens", vec![BREAKS_OUT]),
            (&format!("/p/{id}/edit"), vec![QUOTES, SHORT, MARKDOWN.lines().last().unwrap_or_default()]),
            (&format!("/comments/{comment}/edit"), vec![BREAKS_OUT]),
            (&format!("/new?kind={query}&title={query}&body={query}&board={query}&tags={query}&anyway={query}"), vec![asked]),
        ] {
            tab.open(path).await;
            if tab.has("leptos-island").await {
                tab.is_awake().await;
            }
            is_text(&tab, &texts).await;
        }
        // sent back with what was typed
        let fields = |names: &[&'static str]| names.iter().map(|name| (*name, BREAKS_OUT.repeat(3))).collect::<Vec<_>>();
        for (path, names) in [
            ("/new".to_owned(), vec!["kind", "title", "body", "board", "tags"]),
            (format!("/p/{id}/edit"), vec!["title", "body", "tags"]),
            (format!("/p/{id}/vote"), vec!["stance", "reason", "back"]),
            ("/me/settings".to_owned(), vec!["name", "language"]),
            ("/me/tokens".to_owned(), vec!["name", "scope"]),
            ("/me/password".to_owned(), vec!["present_password", "password"]),
        ] {
            tab.send_form(&path, &fields(&names)).await;
            is_text(&tab, &[]).await;
        }
        let preview = vec![
            ("act", "preview".to_owned()),
            ("title", BREAKS_OUT.to_owned()),
            ("body", MARKDOWN.to_owned()),
            ("tags", QUOTES.to_owned()),
        ];
        tab.send_form("/new", &preview).await;
        is_text(&tab, &[BREAKS_OUT, QUOTES, "text that is read"]).await;
        let oppose = vec![("stance", "oppose".to_owned()), ("reason", QUOTES.repeat(20))];
        tab.send_form(&format!("/p/{id}/vote"), &oppose).await;
        is_text(&tab, &[QUOTES]).await;
        let long = vec![("body", BREAKS_OUT.repeat(200))];
        tab.send_form(&format!("/p/{id}/comments"), &long).await;
        is_text(&tab, &[BREAKS_OUT]).await;
        // what the islands put into a page
        tab.open("/new").await;
        tab.is_awake().await;
        tab.fill("#title", "title textarea script window pwned img src onerror").await;
        tab.must_have(".similar a").await;
        is_text(&tab, &[QUOTES]).await;
        let element = serde_json::to_value(tab.find("#body").await).expect("an element");
        tab.script("arguments[0].value = arguments[1]", vec![element, json!(MARKDOWN)]).await;
        tab.press("button[name=act][value=preview]").await;
        tab.must_have(".panel .prose").await;
        is_text(&tab, &["text that is read"]).await;

        // as staff
        tab.sign_in(&world.agent).await;
        let triage = format!("/triage/{id}");
        for (path, texts) in [("/triage", vec![QUOTES]), (&triage, vec![QUOTES, SHORT]), (&format!("/p/{id}/edit"), vec![QUOTES])] {
            tab.open(path).await;
            is_text(&tab, &texts).await;
        }
        tab.send_form(
            &format!("{triage}/answer"),
            &fields(&["status", "what", "who", "next_update_on", "reason_class", "reexamine_on"]),
        )
        .await;
        is_text(&tab, &[BREAKS_OUT]).await;
        tab.send_form(&format!("{triage}/owner"), &fields(&["person"])).await;
        is_text(&tab, &[]).await;
        tab.send_form(&format!("/p/{id}/edit"), &fields(&["title", "body", "tags", "rule", "reason"])).await;
        is_text(&tab, &[BREAKS_OUT]).await;
        tab.sign_out().await;
        tab.open("/sign-in").await;
        for (path, names) in [
            ("/sign-in", vec!["email", "password", "next"]),
            ("/sign-up", vec!["name", "email", "password"]),
            ("/reset", vec!["email"]),
        ] {
            tab.send_form(path, &fields(&names)).await;
            is_text(&tab, &[]).await;
        }
        assert!(!world.server.logged().contains("ERROR"), "{}", world.server.logged());
    });
}

/// The API hands out the same safe HTML.
#[test]
fn the_html_of_the_api_is_safe_too() {
    tests::answerable::serve(Backend::Sqlite, &[], async |server| {
        let world = World::open(server).await;
        let post = world
            .put(&world.api, "/posts", &json!({ "kind": "idea", "board": "billing", "title": BREAKS_OUT, "body": MARKDOWN }))
            .await;
        let comment = world.put(&world.api, &format!("/posts/{}/comments", post["id"]), &json!({ "body": MARKDOWN })).await;
        let answer = json!({ "status": "planned", "what": MARKDOWN, "who": QUOTES, "next_update_on": soon() });
        let answer = world.put(&world.agent_api, &format!("/posts/{}/answers", post["id"]), &answer).await;
        for html in [&post["body_html"], &comment["body_html"], &answer["what_html"]] {
            let html = html.as_str().unwrap_or_default();
            assert!(html.contains("text that is read"), "{html}");
            let found = what_runs(html);
            assert!(found.is_empty(), "{found:?} in {html}");
        }
        assert_eq!(post["title"], Value::from(BREAKS_OUT));
    });
}
