//! What went wrong, told as pages in the reader's language and as problem documents; and what must not go wrong at all.

use reqwest::Method;
use serde_json::json;
use tests::{answerable::Page, serving};

use crate::world::World;

/// A page for an error: in its language, with the number that the log knows the request by.
fn is_error_page(page: &Page, language: &str) {
    assert!(page.header("content-type").starts_with("text/html"), "{}: {}", page.asked, page.header("content-type"));
    assert_eq!(page.language().as_deref(), Some(language), "{}", page.asked);
    let id = page.header("x-request-id");
    assert!(id.len() >= 16, "{}: {id}", page.asked);
    page.must_show(&id);
    page.must_show("<h1").must_show("href=\"/\"").must_show("noindex");
}

serving! {
    async fn errors_are_pages_in_the_readers_language(server: Answerable) {
        let large = "a".repeat(1_200_000);
        for (language, missing, method, too_large) in [
            ("en", "Nothing here", "That does not work here", "Too large"),
            ("nl", "Hier is niets", "Dat werkt hier niet", "Te groot"),
        ] {
            let visitor = server.visitor().with("accept-language", language);
            for path in [
                "/nothing",
                "/p/999999",
                "/p/abc",
                "/p/0/x",
                "/p/-1",
                "/p/99999999999999999999999",
                "/u/nobody",
                "/setup/guess",
                "/api/../nothing",
            ] {
                let page = visitor.get(path).await.is(404);
                assert!(page.has("main form[action='/'] input[name=q]"), "what is gone may be found by its words");
                is_error_page(&page, language);
                page.must_show(missing);
            }
            let page = visitor.send(Method::DELETE, "/roadmap", None).await.is(405);
            is_error_page(&page, language);
            page.must_show(method);
            assert!(page.header("allow").contains("GET"), "{}", page.header("allow"));
            let page = visitor.post("/sign-up", &[("name", &large)]).await.is(413);
            is_error_page(&page, language);
            page.must_show(too_large);
        }
    }

    async fn errors_of_the_api_are_problem_documents(server: Answerable) {
        let world = World::open(server).await;
        let (_, api) = world.somebody("Mo", "member").await;
        let nobody = world.server.api();
        for path in ["/api/v1/nothing", "/api/v1/posts/999999", "/api/v1/posts/abc", "/api/nothing", "/api/v1", "/api"] {
            nobody.get(path).await.is_problem(404, &[]);
        }
        let answer = nobody.delete("/api/v1/posts").await.is_problem(405, &[]);
        assert!(answer.header("allow").contains("POST"), "{}", answer.header("allow"));
        let answer = nobody.post("/api/v1/posts", &json!({})).await.is_problem(401, &[]);
        assert_eq!(answer.header("www-authenticate"), "Bearer");
        nobody.with_token("made-up").get("/api/v1/posts").await.is_problem(401, &[]);
        api.post("/api/v1/boards", &json!({})).await.is_problem(403, &[]);
        api.post("/api/v1/posts", &json!({})).await.is_problem(422, &["kind", "title", "body", "board"]);
        api.post("/api/v1/posts", &json!([1])).await.is_problem(422, &["$"]);
        api.post("/api/v1/posts", &json!({ "kind": 7, "title": [], "body": {}, "board": true, "tags": "a" }))
            .await
            .is_problem(422, &["kind", "title", "body", "board", "tags"]);
        let send = async |request: reqwest::RequestBuilder| {
            let answer = request.send().await.expect("an answer");
            let kind = answer.headers().get("content-type").and_then(|v| v.to_str().ok()).unwrap_or_default().to_owned();
            (answer.status().as_u16(), kind)
        };
        let problem = "application/problem+json".to_owned();
        let posts = || api.request(Method::POST, "/api/v1/posts");
        assert_eq!(send(posts().header("content-type", "application/json").body("{")).await, (400, problem.clone()));
        assert_eq!(send(posts().header("content-type", "application/json").body(vec![0xff, 0xfe])).await, (400, problem.clone()));
        assert_eq!(send(posts().body("kind=idea")).await, (415, problem.clone()));
        let large = json!({ "title": "a".repeat(1_200_000) });
        assert_eq!(send(posts().json(&large)).await, (413, problem.clone()));
        // what was too large was not read to its end, which ends the connection
        let api = api.reconnected();
        // in the language that the program asks for
        let answer = api.send(Method::GET, "/api/v1/posts/999999", None, &[("accept-language", "nl")]).await.is_problem(404, &[]);
        assert_eq!(answer.header("content-language"), "nl");
        assert!(answer.text("detail").contains("bestaat niet"), "{}", answer.json);
    }

    async fn nothing_that_strangers_send_breaks_anything(server: Answerable) {
        let world = World::open(server).await;
        let (member, api) = world.somebody("Mo", "member").await;
        let post = api.submit("idea", "general", "Bring back the paper bill", "Some of us file paper.").await;
        let mo = world.server.signed_in(&member).await;
        let odd = [
            "%00",
            "%ff%fe",
            "%F0%9F%92%A9",
            "%27%22%3B--",
            "%25%5F%5C",
            "a%00b",
            "%E2%80%AE",
            "%EF%BF%BD",
            "*",
            "\"",
            "AND OR NOT",
            "(",
            ":",
            "-",
        ];
        for text in odd {
            for path in [
                format!("/?q={text}"),
                format!("/?board={text}&kind={text}&status={text}&tag={text}&stage={text}&sort={text}"),
                format!("/?cursor={text}"),
                format!("/p/{post}/{text}"),
                format!("/p/{text}"),
                format!("/u/{text}"),
                format!("/verify/{text}"),
                format!("/reset/{text}"),
                format!("/setup/{text}"),
                format!("/sign-in?next={text}"),
                format!("/comments/{text}/versions"),
                format!("/p/{post}/versions?upto={text}"),
                format!("/p/{post}/x?comments={text}&reasons={text}"),
                format!("/roadmap?{text}={text}"),
                format!("/assets/{text}"),
                format!("/api/v1/posts?q={text}"),
                format!("/api/v1/posts?cursor={text}&limit={text}"),
                format!("/api/v1/posts?board={text}&status={text}&tag={text}"),
                format!("/api/v1/posts/similar?title={text}"),
                format!("/api/v1/posts/{text}"),
                format!("/api/v1/posts/{post}/comments?cursor={text}"),
                format!("/api/v1/posts/{post}/votes?cursor={text}"),
                format!("/{text}"),
            ] {
                let page = world.server.visitor().get(&path).await;
                assert!(page.status < 500, "{}: {}", page.asked, page.status);
            }
            for path in [
                format!("/new?title={text}&body={text}&board={text}&tags={text}&kind={text}"),
                format!("/new/similar?title=paper+{text}"),
                format!("/me?cursor={text}"),
                format!("/me/votes?cursor={text}"),
            ] {
                let page = mo.get(&path).await;
                assert!(page.status < 500, "{}: {}", page.asked, page.status);
            }
        }
        for text in ["\0", "a\0b with enough words", "\u{202e}turned around", "\u{feff}", "💩💩💩💩", "\r\n\r\n"] {
            let forms: [(&str, &[(&str, &str)]); 9] = [
                ("/new", &[("kind", text), ("title", text), ("body", text), ("board", text), ("tags", text), ("anyway", "1")]),
                (
                    "/new",
                    &[("kind", "idea"), ("title", text), ("body", text), ("board", "general"), ("tags", text), ("anyway", "1")],
                ),
                (&format!("/p/{post}/vote"), &[("stance", "oppose"), ("reason", text)]),
                (&format!("/p/{post}/comments"), &[("body", text)]),
                (&format!("/p/{post}/edit"), &[("title", text), ("body", text), ("tags", text)]),
                ("/me/settings", &[("name", text), ("language", text)]),
                ("/me/tokens", &[("name", text), ("scope", "read")]),
                ("/preview", &[("body", text)]),
                ("/preferences", &[("language", text), ("theme", text), ("back", text)]),
            ];
            for (path, fields) in forms {
                let page = mo.post(path, fields).await;
                assert!(page.status < 500, "{} with {text:?}: {}", page.asked, page.status);
            }
            let visitor = world.server.visitor();
            for path in ["/sign-in", "/sign-up", "/reset"] {
                let page = visitor.post(path, &[("email", text), ("password", text), ("name", text), ("next", text)]).await;
                assert!(page.status < 500, "{} with {text:?}: {}", page.asked, page.status);
            }
        }
        assert!(!world.server.logged().contains("ERROR"), "{}", world.server.logged());
    }

    async fn nothing_that_programs_send_breaks_anything(server: Answerable) {
        let world = World::open(server).await;
        let (mo, member) = world.somebody("Mo", "member").await;
        let admin = &world.admin_api;
        let post = member.submit("complaint", "general", "The bill came twice", "Two of them.").await;
        let delivered = json!({ "status": "delivered", "what": "Paid back.", "who": "Billing" });
        admin.post(&format!("/api/v1/posts/{post}/answers"), &delivered).await.is(201);
        let promise = json!({ "what": "It does not come twice again.", "due_on": "2099-01-02" });
        admin.post(&format!("/api/v1/posts/{post}/promises"), &promise).await.is_problem(422, &["due_on"]);

        for text in ["%00", "'%3B--", "-1", "9223372036854775807", "9223372036854775808", "m--1", "k-99", "%E2%80%AE", "1e9", "*"] {
            for path in [
                format!("/api/v1/promises?state={text}&board={text}&owed={text}"),
                format!("/api/v1/promises?board={text}&limit={text}"),
                format!("/api/v1/promises?cursor={text}"),
                format!("/api/v1/promises/{text}"),
                format!("/api/v1/posts/{post}/promises?cursor={text}"),
                format!("/api/v1/posts/{text}/confirmation"),
                format!("/api/v1/posts/{post}/handovers?cursor={text}"),
                format!("/api/v1/posts/{post}/clocks?cursor={text}"),
                format!("/api/v1/posts/{post}/levels?cursor={text}"),
                format!("/api/v1/posts/{post}/agains?limit={text}"),
                format!("/api/v1/requests/{text}"),
                format!("/api/v1/absences?cursor={text}"),
                format!("/api/v1/pledges?cursor={text}"),
            ] {
                let answer = admin.get(&path).await;
                assert!(answer.status < 500, "{}: {}", answer.asked, answer.status);
            }
            for path in [
                format!("/api/v1/posts/{post}/clocks/{text}/extend"),
                format!("/api/v1/handovers/{text}/accept"),
                format!("/api/v1/promises/{text}/keep"),
                format!("/api/v1/requests/{text}/approve"),
                format!("/api/v1/pledges/{text}/end"),
            ] {
                admin.post(&path, &json!({})).await.is_problem(404, &[]);
            }
            for path in [
                format!("/api/v1/posts/{post}/contributors/{text}"),
                format!("/api/v1/absences/{text}"),
                format!("/api/v1/teams/{text}/members/{}", mo.id),
            ] {
                admin.delete(&path).await.is_problem(404, &[]);
            }
        }

        let calls = [
            ("answers", None),
            ("promises", None),
            ("handover", None),
            ("contributors", None),
            ("provenance", Some(Method::PUT)),
            ("clocks/first_answer/extend", None),
            ("stop", None),
            ("resume", None),
            ("lower", None),
            ("again", None),
            ("confirmation", None),
            ("rebuttal", None),
        ];
        let names = [
            "status", "what", "who", "next_update_on", "reason_class", "reexamine_on", "final", "due_on", "remedy", "remedy_amount",
            "accountable", "to", "reason", "note", "person", "name", "task", "provenance", "until", "body", "solved",
        ];
        let values = [
            json!("\0"),
            json!("a\0b with enough words to be a reason"),
            json!("\u{202e}turned around, and long enough"),
            json!(""),
            json!(i64::MIN),
            json!(1e300),
            json!(true),
            json!([]),
            json!({ "a": [1] }),
            json!("-262143-01-01"),
            json!("+262142-12-31"),
            json!("12345-06-07"),
        ];
        for value in &values {
            let body = serde_json::Value::Object(names.iter().map(|name| ((*name).to_owned(), value.clone())).collect());
            for (call, method) in &calls {
                let path = format!("/api/v1/posts/{post}/{call}");
                let answer = admin.send(method.clone().unwrap_or(Method::POST), &path, Some(&body), &[]).await;
                assert!(answer.status < 500, "{} with {value}: {}", answer.asked, answer.json);
            }
            for (method, path) in [
                (Method::POST, "/api/v1/teams"),
                (Method::PUT, "/api/v1/desks"),
                (Method::POST, "/api/v1/absences"),
                (Method::POST, "/api/v1/pledges"),
            ] {
                let body = json!({
                    "slug": value, "name": value, "board": value, "level": value, "person": value, "team": value, "first_day": value,
                    "last_day": value, "kind": value, "days": value, "what": value, "remedy": value, "remedy_amount": value,
                });
                let answer = admin.send(method, path, Some(&body), &[]).await;
                assert!(answer.status < 500, "{} with {value}: {}", answer.asked, answer.json);
            }
        }
        // days that only calendars know
        let reason = "There is a reason, and it is long enough to be one.";
        for day in ["-262143-01-01", "0000-01-01", "9999-12-31", "12345-06-07", "+262142-12-31"] {
            let no = json!({ "status": "declined", "what": reason.repeat(3), "reason_class": "cost", "reexamine_on": day });
            for (method, path, body) in [
                (Method::POST, format!("/api/v1/posts/{post}/promises"), json!({ "what": reason, "due_on": day })),
                (Method::POST, format!("/api/v1/posts/{post}/answers"), no),
                (Method::POST, format!("/api/v1/posts/{post}/clocks/decision/extend"), json!({ "until": day, "reason": reason })),
                (Method::POST, "/api/v1/absences".to_owned(), json!({ "first_day": day, "last_day": day })),
                (Method::GET, format!("/api/v1/posts/{post}/clocks"), json!({})),
                (Method::GET, "/api/v1/absences".to_owned(), json!({})),
                (Method::GET, "/api/v1/queue".to_owned(), json!({})),
            ] {
                let answer = admin.send(method, &path, Some(&body), &[]).await;
                assert!(answer.status < 500, "{} with {day}: {}", answer.asked, answer.json);
            }
        }
        assert!(!world.server.logged().contains("ERROR"), "{}", world.server.logged());
    }
}
