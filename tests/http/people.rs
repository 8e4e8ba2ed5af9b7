//! Accounts by forms alone: sign up, verify, sign in, forget the password, change what one is called, end sessions, make tokens.

use tests::{answerable::PASSWORD, serving, serving_as_process};

use crate::world::World;

const OTHER_PASSWORD: &str = "harbour pencil tundra violin";

serving! {
    async fn signing_up_takes_a_form_a_mail_and_a_press_of_a_button(server: Answerable) {
        let visitor = server.visitor();
        let page = visitor
            .post("/sign-up", &[("name", "Sanne <b>K.</b>"), ("email", "sanne.example.com"), ("password", "password")])
            .await
            .is(422);
        assert_eq!(page.wrong_fields(), ["email", "password"]);
        assert_eq!(page.field("name").as_deref(), Some("Sanne <b>K.</b>"), "what was typed is kept");
        assert_eq!(page.field("email").as_deref(), Some("sanne.example.com"));
        assert_eq!(page.field("password").as_deref().unwrap_or_default(), "", "a password is never sent back");
        let page = visitor.post("/sign-up", &[]).await.is(422);
        assert_eq!(page.wrong_fields(), ["email", "name", "password"]);

        // what no person sees, no person fills in; who did all the same loses nothing
        let form = [("name", "Sanne"), ("email", "Sanne@Example.com"), ("password", PASSWORD), ("homepage", "https://pills.example")];
        let page = visitor.post("/sign-up", &form).await.is(422);
        page.must_show("as if a program had filled it in").must_not_show("pills.example");
        assert_eq!(page.field("email").as_deref(), Some("Sanne@Example.com"));
        assert_eq!(page.attribute("input[name=homepage]", "tabindex").as_deref(), Some("-1"));
        assert!(server.mails_to("sanne@example.com").is_empty());

        let form = [("name", "Sanne"), ("email", "Sanne@Example.com"), ("password", PASSWORD)];
        assert_eq!(visitor.post("/sign-up", &form).await.sees_other("/verify"), "/verify");
        let page = visitor.get("/verify").await.is(200);
        page.must_show("Look in your mail").must_show("sanne@example.com").must_show("Change it, or send it again");
        assert_eq!(page.header("cache-control"), "no-store");
        assert_eq!(visitor.get("/sign-up").await.field("email").as_deref(), Some("sanne@example.com"), "to be put right");
        server.visitor().get("/verify").await.is(200).must_not_show("sanne@example.com");
        let link = server.link_to("sanne@example.com", "/verify/").await;

        // until then one can sign in and read
        let early = server.visitor();
        early.post("/sign-in", &[("email", "sanne@example.com"), ("password", PASSWORD)]).await.sees_other("/");
        early.get("/me").await.is(200).must_show("verify your e-mail address");
        early.get("/new").await.is(403).must_show("One step left");
        early.post("/new", &[("title", "Too early")]).await.is(403);

        // programs that look through mail follow links: that verifies nothing
        for _ in 0..2 {
            visitor.get(&link).await.is(200).must_show("Verify my address");
        }
        early.get("/me").await.is(200).must_show("verify your e-mail address");
        visitor.post(&link, &[]).await.sees_other("/?done=verified");
        visitor.get("/me").await.is(200).must_show("Sanne").must_not_show("One step left");
        early.get("/new").await.is(200);
        // the link has done its work
        let stranger = server.visitor();
        stranger.get(&link).await.is(410).must_show("This link no longer works");
        stranger.post(&link, &[]).await.is(422);
        stranger.get("/me").await.sees_other("/sign-in");
    }

    async fn whether_an_address_is_known_is_not_told(server: Answerable) {
        let known = server.person("Mo", "member").await;
        let visitor = server.visitor();
        let mut answers = Vec::new();
        for email in [known.email.as_str(), "unknown@example.com"] {
            let page =
                visitor.post("/sign-up", &[("name", "Mallory"), ("email", email), ("password", OTHER_PASSWORD)]).await.is(303);
            // what they typed is theirs to read
            let cookie = page.header("set-cookie").replace(&email.replace('@', "%40"), "…");
            answers.push((page.header("location"), cookie, page.body));
        }
        assert_eq!(answers[0], answers[1]);
        let mail = server.mail_to(&known.email, |_| true).await;
        assert!(mail.subject.contains("already have an account"), "{}", mail.subject);
        assert!(mail.path("/verify/").is_none(), "{}", mail.text);
        // and the account is as it was
        server.signed_in(&known).await;

        let mut answers = Vec::new();
        for email in [known.email.as_str(), "nobody@example.com"] {
            let page = visitor.post("/reset", &[("email", email)]).await.is(303);
            answers.push((page.header("location"), page.body));
        }
        assert_eq!(answers[0], answers[1]);

        let mut answers = Vec::new();
        for email in [known.email.as_str(), "nobody@example.com"] {
            let page = visitor.post("/sign-in", &[("email", email), ("password", "wrong")]).await.is(422);
            assert!(page.header("set-cookie").is_empty());
            assert_eq!(page.field("email").as_deref(), Some(email));
            answers.push(page.body.replace(email, "…").replace(&page.header("x-request-id"), "…"));
        }
        assert_eq!(answers[0], answers[1]);
        // an account that is not verified yet is nobody's business either
        server.unverified("Una").await;
        let page = visitor.post("/sign-up", &[("name", "Una"), ("email", "una@example.com"), ("password", OTHER_PASSWORD)]).await;
        page.sees_other("/verify");
    }

    async fn a_letter_is_in_the_language_of_its_reader(server: Answerable) {
        let visitor = server.visitor().with("accept-language", "nl");
        visitor
            .post("/sign-up", &[("name", "Sanne"), ("email", "sanne@example.com"), ("password", PASSWORD)])
            .await
            .sees_other("/verify");
        let mail = server.mail_to("sanne@example.com", |_| true).await;
        assert!(mail.subject.contains("Bevestig je e-mailadres"), "{}", mail.subject);
        assert!(mail.text.contains("Hallo,"), "{}", mail.text);
    }

    async fn who_can_never_be_written_to_hears_so_at_once(server: Answerable) {
        let visitor = server.visitor();
        for email in ["jörg@post.example", "a..b@post.example"] {
            let page = visitor.post("/sign-up", &[("name", "Sanne"), ("email", email), ("password", PASSWORD)]).await.is(422);
            assert_eq!(page.wrong_fields(), ["email"], "{email}");
        }
        // a domain in other letters is one that mail can go to, typed either way
        let form = [("name", "Sanne"), ("email", "sanne@BÜCHER.example"), ("password", PASSWORD)];
        visitor.post("/sign-up", &form).await.sees_other("/verify");
        let link = server.link_to("sanne@xn--bcher-kva.example", "/verify/").await;
        visitor.post(&link, &[]).await.sees_other("/?done=verified");
        visitor.get("/me/settings").await.is(200).must_show("sanne@bücher.example");
        for email in ["sanne@bücher.example", "Sanne@xn--bcher-kva.example"] {
            server.visitor().post("/sign-in", &[("email", email), ("password", PASSWORD)]).await.sees_other("/");
        }
    }

    async fn nobody_has_words_of_their_own_mailed_to_a_stranger(server: Answerable) {
        let visitor = server.visitor();
        let name = "You won: https://prize.example/claim";
        visitor.post("/sign-up", &[("name", name), ("email", "victim@example.com"), ("password", PASSWORD)]).await.sees_other("/verify");
        visitor.post("/reset", &[("email", "victim@example.com")]).await.sees_other("/reset/sent");
        let body = serde_json::json!({ "email": "victim@example.com", "password": PASSWORD, "name": name });
        server.api().post("/api/v1/tokens", &body).await.is(201);
        let early = server.visitor();
        early.post("/sign-in", &[("email", "victim@example.com"), ("password", PASSWORD)]).await.sees_other("/");
        early.post("/me/password", &[("present_password", PASSWORD), ("password", OTHER_PASSWORD)]).await.sees_other("/me/settings");
        early.post("/verify/again", &[]).await.sees_other("/me");
        for start in ["/verify/", "/reset/"] {
            server.mail_to("victim@example.com", |mail| mail.path(start).is_some()).await;
        }
        for mail in server.mails_to("victim@example.com") {
            let all = format!("{} {}", mail.subject, mail.text);
            assert!(!all.contains("You won") && !all.contains("prize.example"), "{all}");
        }
    }

    async fn signing_in_leads_back_to_where_one_was_going(server: Answerable) {
        let member = server.person("Mo", "member").await;
        let visitor = server.visitor();
        let to = visitor.get("/me/settings?x=1").await.sees_other("/sign-in");
        assert_eq!(to, "/sign-in?next=%2Fme%2Fsettings%3Fx%3D1");
        let page = visitor.get(&to).await.is(200);
        assert_eq!(page.field("next").as_deref(), Some("/me/settings?x=1"));
        let page = visitor
            .post("/sign-in", &[("email", &member.email), ("password", "wrong"), ("next", "/me/settings?x=1")])
            .await
            .is(422);
        assert_eq!(page.field("next").as_deref(), Some("/me/settings?x=1"));
        page.must_show("do not belong together");
        let page = visitor
            .post("/sign-in", &[("email", " MO@example.com "), ("password", PASSWORD), ("next", "/me/settings?x=1")])
            .await
            .is(303);
        assert_eq!(page.header("location"), "/me/settings?x=1");
        let cookie = page.cookie("session");
        for part in ["HttpOnly", "Path=/", "SameSite=Lax"] {
            assert!(cookie.split("; ").any(|p| p == part), "{part} is missing in {cookie}");
        }
        assert!(cookie.starts_with("session=") && !cookie.contains("Secure"), "{cookie}");
        for next in ["https://evil.example/", "//evil.example", "/\\evil.example"] {
            let page = server
                .visitor()
                .post("/sign-in", &[("email", &member.email), ("password", PASSWORD), ("next", next)])
                .await
                .is(303);
            assert_eq!(page.header("location"), "/", "{next}");
        }
        // whoever is signed in already has nothing to sign in or up for
        visitor.get("/sign-in").await.sees_other("/me");
        visitor.get("/sign-up").await.sees_other("/me");
        visitor.post("/sign-out", &[]).await.sees_other("/?done=signed-out");
        visitor.get("/me").await.sees_other("/sign-in");
    }

    async fn a_forgotten_password_is_replaced_by_a_link_that_works_once(server: Answerable) {
        let member = server.person("Mo", "member").await;
        let before = server.signed_in(&member).await;
        let token = server.api_of(&member).await;
        let visitor = server.visitor();
        visitor.post("/reset", &[("email", &member.email)]).await.sees_other("/reset/sent");
        visitor.get("/reset/sent").await.is(200);
        let link = server.link_to(&member.email, "/reset/").await;
        visitor.get(&link).await.is(200);
        let page = visitor.post(&link, &[("password", "short")]).await.is(422);
        assert_eq!(page.wrong_fields(), ["password"]);
        visitor.post(&link, &[("password", OTHER_PASSWORD)]).await.sees_other("/me?done=password-reset");
        visitor.get("/me").await.is(200).must_show("Mo");

        before.get("/me").await.sees_other("/sign-in");
        token.get("/api/v1/me").await.is(401);
        visitor.get(&link).await.is(410);
        let stranger = server.visitor();
        stranger.post(&link, &[("password", "another harbour pencil tundra")]).await.is(422);
        stranger.post("/sign-in", &[("email", &member.email), ("password", PASSWORD)]).await.is(422);
        stranger.post("/sign-in", &[("email", &member.email), ("password", OTHER_PASSWORD)]).await.sees_other("/");
    }

    async fn one_decides_how_one_is_known_here(server: Answerable) {
        let member = server.person("Mo", "member").await;
        let (mo, elsewhere) = (server.signed_in(&member).await, server.signed_in(&member).await);
        let page = mo.post("/me/settings", &[("name", "  "), ("language", "nl")]).await.is(422);
        assert_eq!(page.wrong_fields(), ["name"]);
        assert_eq!(page.field("language").as_deref(), Some("nl"), "what was chosen is kept");
        mo.post("/me/settings", &[("name", "Mo de Wit"), ("language", "nl")]).await.sees_other("/me/settings?done=saved");
        let page = mo.get("/me/settings").await.is(200);
        assert_eq!((page.field("name").as_deref(), page.language().as_deref()), (Some("Mo de Wit"), Some("nl")));
        mo.post("/me/settings", &[("name", "Mo de Wit"), ("language", "en")]).await.sees_other("/me/settings");

        for (present, new, wrong) in [
            ("", "", vec!["password", "present_password"]),
            ("wrong", OTHER_PASSWORD, vec!["present_password"]),
            (PASSWORD, "12345678", vec!["password"]),
        ] {
            let page = mo.post("/me/password", &[("present_password", present), ("password", new)]).await.is(422);
            assert_eq!(page.wrong_fields(), wrong, "{present} {new}");
        }
        elsewhere.get("/me").await.is(200);
        let token = server.api_of(&member).await;
        let page = mo.post("/me/password", &[("present_password", PASSWORD), ("password", OTHER_PASSWORD)]).await;
        page.sees_other("/me/settings");
        assert!(!page.cookie("session").is_empty(), "this browser gets another secret");
        token.get("/api/v1/me").await.is(401);
        server.mail_to(&member.email, |mail| mail.subject.contains("was changed")).await;
        mo.get("/me").await.is(200);
        elsewhere.get("/me").await.sees_other("/sign-in");
        server.visitor().post("/sign-in", &[("email", &member.email), ("password", PASSWORD)]).await.is(422);
    }

    async fn the_cookie_lives_as_long_as_the_session(server: Answerable) {
        let lifetime = async |role: &str, form: &[(&str, &str)]| {
            let account = server.person(&format!("{role} {}", form.len()), role).await;
            let mut form = form.to_vec();
            form.extend([("email", account.email.as_str()), ("password", PASSWORD)]);
            let cookie = server.visitor().post("/sign-in", &form).await.is(303).cookie("session");
            let seconds = cookie.split("; ").find_map(|part| part.strip_prefix("Max-Age=")).expect("an end");
            seconds.parse::<i64>().expect("a number") / 3600
        };
        assert_eq!(lifetime("member", &[]).await, 60 * 24);
        assert_eq!(lifetime("agent", &[]).await, 12);
        assert_eq!(lifetime("agent", &[("stay", "on")]).await, 60 * 24);

        // being used makes both live longer, and whoever signs out is out
        let mo = server.signed_in(&server.person("Mo", "member").await).await;
        assert_eq!(mo.get("/").await.is(200).header("set-cookie"), "", "nothing has changed");
        server.leave_browsers_alone(7).await;
        let cookie = mo.get("/me").await.is(200).cookie("session");
        assert!(cookie.contains("Max-Age=5184000"), "{cookie}");
        server.leave_browsers_alone(7).await;
        let page = mo.post("/sign-out", &[]).await.is(303);
        let cookies: Vec<_> = page.headers.get_all("set-cookie").iter().filter(|c| c.as_bytes().starts_with(b"session=")).collect();
        assert!(matches!(cookies[..], [cookie] if cookie.as_bytes().starts_with(b"session=;")), "{cookies:?}");
    }

    async fn every_browser_can_be_signed_out(server: Answerable) {
        let member = server.person("Mo", "member").await;
        let (first, second, third) =
            (server.signed_in(&member).await, server.signed_in(&member).await, server.signed_in(&member).await);
        let page = first.get("/me/sessions").await.is(200);
        page.must_show("(this one)");
        let others: Vec<String> = page
            .body
            .split("<tr")
            .filter(|row| row.contains("/me/sessions/end") && !row.contains("(this one)"))
            .filter_map(|row| row.split("name=\"id\" value=\"").nth(1)?.split('"').next().map(str::to_owned))
            .collect();
        assert_eq!(others.len(), 2, "{others:?}");
        // nobody ends the sessions of others
        let stranger = server.person("Mallory", "member").await;
        server.signed_in(&stranger).await.post("/me/sessions/end", &[("id", &others[0])]).await;
        for browser in [&second, &third] {
            browser.get("/me").await.is(200);
        }
        first.post("/me/sessions/end", &[("id", &others[0])]).await.sees_other("/me/sessions");
        let statuses = [second.get("/me").await.status, third.get("/me").await.status];
        assert!(statuses.contains(&200) && statuses.contains(&303), "{statuses:?}");
        first.post("/me/sessions/end-all", &[]).await.sees_other("/sign-in?done=signed-out-everywhere");
        for browser in [&first, &second, &third] {
            browser.get("/me").await.sees_other("/sign-in");
        }
    }

    async fn tokens_are_made_shown_once_and_deleted(server: Answerable) {
        let member = server.person("Mo", "member").await;
        let mo = server.signed_in(&member).await;
        let page = mo.post("/me/tokens", &[("name", ""), ("scope", "read")]).await.is(422);
        assert_eq!(page.wrong_fields(), ["name"]);
        let page = mo.post("/me/tokens", &[("name", "Nightly report"), ("scope", "read"), ("days", "never")]).await.is(422);
        assert_eq!(page.wrong_fields(), ["days"]);
        let page = mo.post("/me/tokens", &[("name", "Nightly report"), ("scope", "read")]).await.is(200);
        let secret = page.texts("code").swap_remove(0);
        let api = server.api().with_token(&secret);
        assert_eq!(api.get("/api/v1/me").await.is(200).text("name"), "Mo");
        api.patch("/api/v1/me", &serde_json::json!({ "name": "Mallory" })).await.is_problem(403, &[]);
        let page = mo.get("/me/tokens").await.is(200);
        page.must_show("Nightly report").must_not_show(&secret);
        server.mail_to(&member.email, |mail| mail.text.contains("Nightly report")).await;
        let id = page.field("id").expect("its number");
        let stranger = server.person("Mallory", "member").await;
        server.signed_in(&stranger).await.post("/me/tokens/delete", &[("id", &id)]).await;
        api.get("/api/v1/me").await.is(200);
        mo.post("/me/tokens/delete", &[("id", &id)]).await.sees_other("/me/tokens");
        api.get("/api/v1/me").await.is_problem(401, &[]);
    }

    async fn somebody_takes_another_address(server: Answerable) {
        let (sanne, mo) = (server.person("Sanne", "member").await, server.person("Mo", "member").await);
        let browser = server.signed_in(&sanne).await;
        let wrong = browser.post("/me/address", &[("email", "nobody"), ("password", "")]).await.is(422);
        assert_eq!(wrong.wrong_fields(), ["email", "password"]);
        assert_eq!(wrong.field("email").as_deref(), Some("nobody"));
        let wrong = browser.post("/me/address", &[("email", "new@example.com"), ("password", "not this one")]).await.is(422);
        assert_eq!(wrong.wrong_fields(), ["password"]);
        browser.post("/me/address", &[("email", "New@example.com"), ("password", PASSWORD)]).await.sees_other("/me/settings?done=address-asked");
        let link = server.link_to("new@example.com", "/address/").await;
        // whoever asks hears the same of an address that is somebody's, and its owner alone hears more
        browser.post("/me/address", &[("email", &mo.email), ("password", PASSWORD)]).await.sees_other("/me/settings?done=address-asked");
        server.mail_to(&mo.email, |mail| mail.subject.contains("already")).await;
        // it may have gone to a stranger
        server.visitor().get(&link).await.sees_other("/sign-in");
        server.signed_in(&mo).await.post(&link, &[]).await.is(422);
        browser.get(&link).await.is(200).must_show("Is this your new address?");
        browser.post(&link, &[]).await.sees_other("/me/settings?done=address-changed");
        browser.get("/me/settings").await.is(200).must_show("new@example.com");
        browser.get(&link).await.is(410);
        server.mail_to(&sanne.email, |mail| mail.subject.contains("another address")).await;
        server.visitor().post("/sign-in", &[("email", "new@example.com"), ("password", PASSWORD)]).await.sees_other("/");

        let api = server.api_of(&mo).await;
        api.put("/api/v1/me/email", &serde_json::json!({ "email": "x", "password": "" })).await.is_problem(422, &["email", "password"]);
        api.put("/api/v1/me/email", &serde_json::json!({ "email": "mo@other.example", "password": "wrong" })).await.is_problem(422, &["password"]);
        api.put("/api/v1/me/email", &serde_json::json!({ "email": "mo@other.example", "password": PASSWORD })).await.is(204);
        let link = server.link_to("mo@other.example", "/address/").await;
        server.signed_in(&mo).await.post(&link, &[]).await.sees_other("/me/settings?done=address-changed");
        assert_eq!(api.get("/api/v1/me").await.is(200).text("email"), "mo@other.example");
    }

    async fn whoever_mail_does_not_reach_sees_that_and_what_to_do(server: Answerable) {
        let (sanne, admin) = (server.person("Sanne", "member").await, server.person("Ada", "admin").await);
        let said = "550 5.1.1 <b>no such user";
        let marked = format!(
            "UPDATE persons SET unreached_at = created_at, unreached_tried_at = '2026-01-01 00:00:00+00:00', unreached_cause = 'refused',
             unreached_said = '{said}' WHERE email = '{}'",
            sanne.email
        );
        server.sql(&marked).await;
        let (browser, office) = (server.signed_in(&sanne).await, server.signed_in(&admin).await);
        for path in ["/me", "/me/notices"] {
            let page = browser.get(path).await.is(200);
            page.must_show("We can't reach you at sanne@example.com").must_show(said);
            assert!(!page.body.contains("<b>no such user"), "what a server says is text");
        }
        browser.with("accept-language", "nl").get("/me").await.is(200).must_show("We kunnen je niet bereiken op sanne@example.com");
        browser.get("/me/settings").await.is(200).must_show("mail does not reach it");
        office.get("/admin/people").await.is(200).must_show("Mail does not reach it since");
        let api = server.api_of(&sanne).await;
        let unreached = api.get("/api/v1/me").await.is(200).json["unreached"].clone();
        assert_eq!((unreached["cause"].as_str(), unreached["said"].as_str()), (Some("refused"), Some(said)));
        let people = server.api_of(&admin).await.get("/api/v1/people?q=sanne").await.is(200);
        assert!(people.items()[0]["unreached_since"].is_string(), "{:?}", people.items());

        browser.post("/verify/again", &[]).await.sees_other("/me?done=link-sent");
        let link = server.link_to(&sanne.email, "/verify/").await;
        browser.post(&link, &[]).await.sees_other("/?done=verified");
        browser.get("/me").await.is(200).must_not_show("We can't reach you");
        assert_eq!(api.get("/api/v1/me").await.is(200).json["unreached"], serde_json::Value::Null);
        office.get("/admin/people").await.is(200).must_not_show("Mail does not reach it");
    }
}

serving_as_process! {
    async fn the_command_line_verifies_only_when_it_is_told_to(server: Answerable) {
        let una = server.unverified_as("Una", "admin").await;
        let api = server.api_of(&una).await;
        api.get("/api/v1/groups").await.is_problem(403, &[]);
        let said = server.run(&["person", "role", &una.email, "agent"], "");
        assert!(said.contains("is agent now") && said.contains("not verified: the role agent does nothing"), "{said}");
        // with the wider role went what was made under it
        api.get("/api/v1/queue").await.is_problem(401, &[]);
        server.api_of(&una).await.get("/api/v1/queue").await.is_problem(403, &[]);
        let said = server.run(&["person", "role", &una.email, "member"], "");
        assert!(!said.contains("not verified"), "members need no role: {said}");
        let said = server.run(&["person", "role", &una.email, "agent", "--verified"], "");
        assert!(!said.contains("not verified"), "{said}");
        let api = server.api_of(&una).await;
        api.get("/api/v1/queue").await.is(200);
        let said = server.run(&["person", "role", &una.email, "lead"], "");
        assert!(!said.contains("not verified"), "{said}");
        api.get("/api/v1/queue").await.is(200);
    }

    async fn a_fresh_forum_is_set_up_once_by_the_link_that_it_prints(server: Answerable) {
        let printed = server.printed();
        let link =
            printed.split_whitespace().find_map(|word| word.find("/setup/").map(|at| word[at..].to_owned())).expect("a link");
        let visitor = server.visitor();
        visitor.get("/setup/guess").await.is(404);
        visitor.get(&link).await.is(200);
        let page = visitor
            .post(&link, &[("site", ""), ("language", "nl"), ("name", "Ada"), ("email", "ada"), ("password", "x")])
            .await
            .is(422);
        assert_eq!(page.wrong_fields(), ["email", "password", "site"]);
        assert_eq!((page.field("name").as_deref(), page.field("language").as_deref()), (Some("Ada"), Some("nl")));
        let form = [
            ("site", "Noordlicht & Co"),
            ("language", "nl"),
            ("name", "Ada"),
            ("email", "ada@example.com"),
            ("password", PASSWORD),
        ];
        visitor.post(&link, &form).await.sees_other("/admin/start?done=set-up");
        visitor.get("/triage").await.is(200).must_show("Noordlicht & Co");
        let other = server.visitor().with("accept-language", "de");
        let page = other.get("/").await.is(200);
        assert_eq!(page.language().as_deref(), Some("nl"), "the language of the site");
        page.must_show("Noordlicht & Co");
        other.get(&link).await.is(404);
        other.post(&link, &form).await.is(404);
    }
}

#[test]
fn somebody_with_a_session_of_long_ago_is_a_visitor() {
    tests::answerable::serve(tests::Backend::Sqlite, &[], async |server| {
        let world = World::open(server).await;
        let visitor = world.server.visitor().with("cookie", "session=0123456789abcdef");
        visitor.get("/").await.is(200).must_show("Sign in");
        visitor.get("/me").await.sees_other("/sign-in");
    });
}
