//! How a site shows itself, what holds there, and its first hour: by forms alone, seen at once.

use tests::serving;

use crate::world::World;

/// The form as it stands, with some of it changed.
fn face(changed: &[(&'static str, &'static str)]) -> Vec<(&'static str, &'static str)> {
    let mut fields = vec![("name", "Noordlicht"), ("language", "en"), ("language-en", "on"), ("language-nl", "on")];
    for (name, value) in changed {
        fields.retain(|field| field.0 != *name);
        fields.push((name, value));
    }
    fields
}

serving! {
    async fn a_site_says_who_it_is_and_has_a_colour_of_its_own(server: Answerable) {
        let world = World::open(server).await;
        let ada = world.server.signed_in(&world.admin).await;
        let visitor = world.server.visitor();
        let before = visitor.get("/").await.is(200);
        before.must_show("Answerable listens to its customers here");
        assert_eq!(before.attributes("link[rel=stylesheet]", "href").len(), 1);

        let wrong = face(&[("name", ""), ("about_nl", "Wij & jullie"), ("own_accent", "on"), ("accent", "#ffcc00"), ("language", "xx")]);
        let page = ada.post("/admin/site", &wrong).await.is(422);
        assert_eq!(page.wrong_fields(), ["accent", "language", "name"]);
        page.must_show("Wij & jullie").must_show("too pale");
        let page = ada.post("/admin/site", &face(&[("own_accent", "on"), ("accent", "red")])).await.is(422);
        assert_eq!((page.wrong_fields(), page.field("accent").as_deref()), (vec!["accent".to_owned()], Some("red")));

        let right = face(&[
            ("about_en", "We are <Noordlicht>, and listen."), ("about_nl", "Wij zijn Noordlicht."), ("own_accent", "on"),
            ("accent", "#6b21a8"),
        ]);
        ada.post("/admin/site", &right).await.sees_other("/admin/site?done=settings");
        let page = visitor.get("/").await.is(200);
        page.must_show("We are <Noordlicht>, and listen.").must_show("Noordlicht");
        assert!(!page.body.contains("<Noordlicht>"), "it is text");
        visitor.with("accept-language", "nl").get("/").await.must_show("Wij zijn Noordlicht.");
        let sheets = page.attributes("link[rel=stylesheet]", "href");
        let sheet = visitor.get(&sheets[1]).await.is(200);
        assert_eq!((sheet.header("content-type").as_str(), sheet.header("x-content-type-options").as_str()), ("text/css; charset=utf-8", "nosniff"));
        assert!(sheet.header("cache-control").contains("immutable") && sheet.body.contains("--accent:light-dark(#6b21a8,#"), "{}", sheet.body);
        ada.post("/admin/site", &face(&[("own_accent", "on"), ("accent", "#0b5f70")])).await.sees_other("/admin/site?done=settings");
        let old = visitor.get(&sheets[1]).await.is(200);
        assert!(old.header("cache-control") == "no-cache" && old.body.contains("#0b5f70"), "whoever asks for an old one gets the present one");
        ada.post("/admin/site", &face(&[("accent", "#0b5f70")])).await.sees_other("/admin/site?done=settings");
        assert_eq!(visitor.get("/").await.attributes("link[rel=stylesheet]", "href").len(), 1);
        visitor.get(&sheets[1]).await.is(404);
    }

    async fn a_language_that_is_not_on_offer_is_not_spoken(server: Answerable) {
        let world = World::open(server).await;
        let ada = world.server.signed_in(&world.admin).await;
        let reader = world.server.visitor();
        reader.post("/preferences", &[("language", "nl"), ("back", "/")]).await.sees_other("/");
        let page = reader.get("/rules").await;
        assert!(page.language().as_deref() == Some("nl") && page.has("header .lang-switch"));
        let only = [("name", "Noordlicht"), ("language", "nl"), ("language-en", "on")];
        assert_eq!(ada.post("/admin/site", &only).await.is(422).wrong_fields(), ["language"]);
        let none = [("name", "Noordlicht"), ("language", "en")];
        assert_eq!(ada.post("/admin/site", &none).await.is(422).wrong_fields(), ["language-en"]);
        let only = [("name", "Noordlicht"), ("language", "en"), ("language-en", "on")];
        ada.post("/admin/site", &only).await.sees_other("/admin/site?done=settings");
        for page in [reader.get("/rules").await, world.server.visitor().with("accept-language", "nl").get("/rules").await] {
            assert!(page.language().as_deref() == Some("en") && !page.has("header .lang-switch"));
        }
        // nor does the API
        let problem = world.server.visitor().with("accept-language", "nl").get("/api/v1/nothing").await.is(404);
        assert!(problem.body.contains("Nothing"), "{}", problem.body);
    }

    async fn house_rules_are_worded_added_and_withdrawn(server: Answerable) {
        let world = World::open(server).await;
        let (_, mo) = world.somebody("Mo", "member").await;
        let post = mo.submit("idea", "general", "One bill for all", "Two houses.").await;
        let ada = world.server.signed_in(&world.admin).await;
        let visitor = world.server.visitor();
        let rule = |number: u32| format!("#rule-{number}");
        ada.post("/admin/rules/2", &[("text_en", "Be & stay kind."), ("text_nl", "Wees aardig.")]).await.sees_other("/admin/rules?done");
        assert_eq!(visitor.get("/rules").await.texts(&rule(2)), ["Be & stay kind."]);
        assert_eq!(visitor.with("accept-language", "nl").get("/rules").await.texts(&rule(2)), ["Wees aardig."]);
        let page = ada.post("/admin/rules", &[("text_en", " "), ("text_nl", "")]).await.is(422);
        assert_eq!(page.wrong_fields(), ["text_en"]);
        for _ in 0..2 {
            ada.post("/admin/rules", &[("text_en", "No riddles.")]).await.sees_other("/admin/rules?done=settings");
        }
        let page = visitor.with("accept-language", "nl").get("/rules").await.is(200);
        assert_eq!((page.texts(&rule(7)), page.has(&rule(8))), (vec!["No riddles.".to_owned()], false), "sent twice it is one rule");
        assert_eq!(page.attribute(&rule(7), "lang").as_deref(), Some("en"));

        let path = format!("/p/{post}/edit");
        ada.post("/admin/rules/7/force", &[("withdrawn", "yes")]).await.sees_other("/admin/rules?done=settings");
        visitor.get("/rules").await.must_show("(withdrawn)");
        ada.get(&path).await.must_not_show("No riddles.");
        let edit = [("title", "One bill"), ("body", "Two houses."), ("rule", "7"), ("reason", "It is a riddle, and not a clear one.")];
        assert_eq!(ada.post(&path, &edit).await.is(422).wrong_fields(), ["rule"]);
        ada.post("/admin/rules/7/force", &[("withdrawn", "no")]).await.sees_other("/admin/rules?done=settings");
        ada.post(&path, &edit).await.sees_other("/p/");
        ada.post("/admin/rules/99", &[("text_en", "x")]).await.is(404);
    }

    async fn of_two_who_change_the_settings_the_second_is_told(server: Answerable) {
        let world = World::open(server).await;
        let ada = world.server.signed_in(&world.admin).await;
        let seen = ada.get("/admin/site").await.field("seen").expect("what it is written from");
        let with = |name: &'static str| {
            let mut fields = face(&[("name", name)]);
            fields.push(("seen", ""));
            fields
        };
        let mut first = with("First of two");
        first.retain(|(field, _)| *field != "seen");
        first.push(("seen", seen.as_str()));
        ada.post("/admin/site", &first).await.sees_other("/admin/site?done=settings");
        let mut second = with("Second of two");
        second.retain(|(field, _)| *field != "seen");
        second.push(("seen", seen.as_str()));
        let page = ada.post("/admin/site", &second).await.is(412);
        page.must_show("Somebody else changed this").must_show("Second of two");
        let seen = page.attribute("[name=seen]", "value").expect("the present one");
        second.retain(|(field, _)| *field != "seen");
        second.push(("seen", seen.as_str()));
        ada.post("/admin/site", &second).await.sees_other("/admin/site?done=settings");
        // somebody who changes something else is in nobody's way
        let calendar = ada.get("/admin/calendar").await.field("seen").expect("what it is written from");
        ada.post("/admin/site", &face(&[])).await.sees_other("/admin/site?done=settings");
        let week = [("time_zone", "Europe/Paris"), ("work-mon", "on"), ("seen", calendar.as_str())];
        ada.post("/admin/calendar", &week).await.sees_other("/admin/calendar?done=settings");
        ada.post("/admin/calendar", &week).await.is(412);
    }

    async fn the_first_hour_fits_on_one_page(server: Answerable) {
        let visitor = server.visitor();
        let set_up = [
            ("site", "Noordlicht"), ("language", "en"), ("name", "Ada"), ("email", "ada@example.com"),
            ("password", "bicycle lantern oyster quilt"),
        ];
        visitor.post(&server.set_up(), &set_up).await.sees_other("/admin/start?done=set-up");
        visitor.get("/admin/start?done=set-up").await.is(200).must_show("Your forum is open").must_show("Skip for now");
        visitor.get("/admin").await.is(200).must_show("Before you open").must_show("Make a board");
        let typed = [
            ("about_en", "We are Noordlicht."), ("time_zone", "Mars/Base"), ("boards", "Bills & more\n\n Moving house "),
            ("colleagues", "femke@example.com\nnobody"), ("role", "agent"),
        ];
        let page = visitor.post("/admin/start", &typed).await.is(422);
        assert_eq!(page.wrong_fields(), ["time_zone"]);
        let typed = typed.map(|(name, value)| (name, if name == "time_zone" { "Europe/Paris" } else { value }));
        let page = visitor.post("/admin/start", &typed).await.is(422);
        assert_eq!(page.wrong_fields(), ["colleagues"]);
        page.must_show("Bills & more").must_show("femke@example.com");
        assert!(server.mails_to("femke@example.com").is_empty(), "nothing of a form that is wrong takes effect");
        let typed = typed.map(|(name, value)| (name, if name == "colleagues" { "femke@example.com" } else { value }));
        for _ in 0..2 {
            visitor.post("/admin/start", &typed).await.sees_other("/admin?done=started");
        }
        server.link_to("femke@example.com", "/invite/").await;
        let boards = visitor.get("/new").await.texts("select[name=board] option");
        assert_eq!(boards[1..], ["Bills & more", "Moving house"]);
        visitor.get("/").await.must_show("We are Noordlicht.");
        let left = visitor.get("/admin").await.is(200);
        assert_eq!(left.texts(".todo a"), ["Say who answers"]);
        server.visitor().get("/admin/start").await.sees_other("/sign-in");
    }
}
