//! The customers' side of deadlines and promises, by forms alone.

use serde_json::json;
use tests::{
    answerable::{Account, Api, Page, today},
    serving,
};

use crate::world::{World, soon};

const FIXED: &str = "The box in the street has two more lines since this morning.";

/// A complaint of Mo's, with its page, and somebody of the staff to answer it.
struct Case {
    world: World,
    author: Account,
    staff: Api,
    post: i64,
    path: String,
}

impl Case {
    async fn open(server: tests::answerable::Answerable) -> Self {
        let world = World::open(server).await;
        let (author, api) = world.somebody("Mo", "member").await;
        let (_, staff) = world.somebody("Femke", "agent").await;
        let post = api.submit("complaint", "general", "The line drops every evening", "From eight to ten.").await;
        let path = world.path_of(post).await;
        Self { world, author, staff, post, path }
    }

    async fn delivered(&self) {
        let answer = json!({ "status": "delivered", "what": FIXED, "who": "Network" });
        self.staff.post(&format!("/api/v1/posts/{}/answers", self.post), &answer).await.is(201);
    }

    async fn stage(&self) -> String {
        let post = self.staff.get(&format!("/api/v1/posts/{}", self.post)).await.is(200);
        post.json["status"]["stage"].as_str().unwrap_or_default().to_owned()
    }

    /// The link of the mail that asks whether it is solved.
    async fn link(&self) -> String {
        let mail = self.world.server.mail_to(&self.author.email, |mail| mail.path("/confirm/").is_some()).await;
        mail.path("/confirm/").expect("a link")
    }
}

serving! {
    async fn a_customer_reports_that_it_happened_again(server: Answerable) {
        let case = Case::open(server).await;
        let (visitor, mo) = (case.world.server.visitor(), case.world.server.signed_in(&case.author).await);
        let again = format!("/p/{}/again", case.post);
        visitor.post(&again, &[("body", "It dropped.")]).await.sees_other("/sign-in?next=%2Fdraft");
        visitor.get(&case.path).await.is(200).must_not_show("It happened to me again");
        // to somebody else nothing can have happened again before it was ever solved
        let (other, _) = case.world.somebody("Noor", "member").await;
        let noor = case.world.server.signed_in(&other).await;
        noor.get(&case.path).await.is(200).must_not_show("It happened to me again");
        noor.post(&again, &[("body", "It dropped.")]).await.is(409);

        case.delivered().await;
        visitor.get(&case.path).await.must_show("It happened to me again: sign in");
        mo.get(&case.path).await.must_show("It happened to me again").must_not_show("reported that it happened again");
        let page = mo.post(&again, &[("body", "  ")]).await.is(422);
        assert_eq!(page.wrong_fields(), ["body"]);
        let long = "It dropped again. ".repeat(600);
        let page = mo.post(&again, &[("body", &long)]).await.is(422);
        assert_eq!(page.wrong_fields(), ["body"]);
        assert_eq!(page.field("body").as_deref(), Some(long.as_str()), "what was typed is lost");
        let ids = page.body.matches(" id=\"body\"").count();
        assert_eq!(ids, 1, "the error leads to one field");
        assert_eq!(case.stage().await, "delivered");

        let to = mo.post(&again, &[("body", "It dropped at **nine**.")]).await.sees_other(&case.path);
        assert!(to.contains("done=again#again-"), "{to}");
        let page = visitor.get(&case.path).await.is(200);
        page.must_show("One customer reported that it happened again.").must_show("It dropped at <strong>nine</strong>.");
        page.must_show("To level 2: Lead").must_show("Level 2").must_show("went one level up");
        page.must_show("It happened again to the same customer within 90 days of the solution.");
        assert_eq!(case.stage().await, "started");
        visitor.get("/").await.is(200).must_show("Level 2");
        // an idea can't happen again
        let idea = case.staff.submit("idea", "general", "One bill for two addresses", "Please.").await;
        let idea_path = case.world.path_of(idea).await;
        mo.get(&idea_path).await.must_not_show("It happened to me again");
        mo.post(&format!("/p/{idea}/again"), &[("body", "It dropped.")]).await.is(422);
    }

    async fn a_mailed_link_answers_only_by_its_buttons(server: Answerable) {
        let case = Case::open(server).await;
        case.delivered().await;
        let link = case.link().await;
        let scanner = case.world.server.visitor();
        for _ in 0..2 {
            let page = scanner.get(&link).await.is(200);
            page.must_show("Is it really solved?").must_show("The line drops every evening").must_show(FIXED);
            assert_eq!(page.header("cache-control"), "no-store");
            assert_eq!(page.header("referrer-policy"), "same-origin");
            assert!(page.has("meta[content=noindex]"));
        }
        scanner.send(reqwest::Method::HEAD, &link, None).await.is(200);
        scanner.get(&case.path).await.must_show("No answer yet").must_not_show("said yes so far");

        let page = scanner.post(&link, &[("note", "It holds.")]).await.is(422);
        page.must_show("Fill this in.");
        assert_eq!(page.field("note").as_deref(), Some("It holds."), "the note is lost");
        let page = scanner.post(&link, &[("said", "yes"), ("note", &"x".repeat(501))]).await.is(422);
        assert_eq!(page.wrong_fields(), ["note"]);
        scanner.get(&case.path).await.must_show("No answer yet");

        scanner.post(&link, &[("said", "yes"), ("note", "It holds.")]).await.sees_other(&link);
        scanner.get(&link).await.is(200).must_show("You said: yes, it is solved").must_show("Change my answer").must_show("To the post");
        scanner.get(&case.path).await.must_show("1 of 1 said yes so far").must_not_show("It holds.");
        case.world.server.signed_in(&case.world.admin).await.get(&case.path).await.must_show("It holds.");

        // the author's no counts at once, and closes the question
        scanner.post(&link, &[("said", "no")]).await.sees_other(&link);
        assert_eq!(case.stage().await, "started");
        let page = scanner.get(&link).await.is(200);
        page.must_show("You said: no, it is not solved").must_not_show("Change my answer");
        scanner.post(&link, &[("said", "yes")]).await.is(409).must_show("The answers are closed now.");
        assert_eq!(case.stage().await, "started");
        scanner.get(&case.path).await.must_show("The author says that it is not solved.").must_show("Sent back: 0 of 1");
        let dead = scanner.get("/confirm/nothing-like-it").await.is(410);
        dead.must_show("To my file");
        scanner.post("/confirm/nothing-like-it", &[("said", "yes")]).await.is(410);
    }

    async fn who_is_signed_in_answers_on_the_page(server: Answerable) {
        let case = Case::open(server).await;
        let mo = case.world.server.signed_in(&case.author).await;
        let solved = format!("/p/{}/solved", case.post);
        mo.post(&solved, &[("said", "yes")]).await.is(404);
        mo.get("/me").await.is(200).must_not_show("Is it really solved?");
        case.delivered().await;
        mo.get("/me").await.is(200).must_show("Is it really solved?").must_show("The line drops every evening");
        mo.get(&case.path).await.is(200).must_show("Is it really solved?");
        case.world.server.visitor().get(&case.path).await.is(200).must_not_show("Is it really solved?");
        case.world.server.visitor().post(&solved, &[("said", "yes")]).await.sees_other("/sign-in");
        let page = mo.post(&solved, &[("said", "perhaps"), ("note", "Half of the time.")]).await.is(422);
        page.must_show("Choose one of the options.");
        assert_eq!(page.field("note").as_deref(), Some("Half of the time."));
        mo.post(&solved, &[("said", "yes"), ("note", "")]).await.sees_other(&format!("{}?done=solved-yes", case.path));
        mo.get(&case.path).await.must_show("You said: yes, it is solved").must_show("Change my answer").must_show("You can change it until");
        mo.get("/me").await.must_not_show("Is it really solved?");
        // somebody who was not asked has nothing to say
        let (other, _) = case.world.somebody("Noor", "member").await;
        case.world.server.signed_in(&other).await.post(&solved, &[("said", "no")]).await.is(404);
    }

    async fn the_author_answers_a_refusal_once(server: Answerable) {
        let case = Case::open(server).await;
        let mo = case.world.server.signed_in(&case.author).await;
        let rebuttal = format!("/p/{}/rebuttal", case.post);
        mo.get(&case.path).await.is(200).must_not_show("You do not agree");
        let refusal = json!({
            "status": "declined", "reason_class": "cost", "final": true,
            "what": "A second line to the street costs more than all its customers pay in ten years, so we will not lay one.",
        });
        case.staff.post(&format!("/api/v1/posts/{}/answers", case.post), &refusal).await.is(201);
        mo.get(&case.path).await.must_show("You do not agree with this answer?");
        let (other, _) = case.world.somebody("Noor", "member").await;
        let noor = case.world.server.signed_in(&other).await;
        noor.get(&case.path).await.must_not_show("You do not agree");
        noor.post(&rebuttal, &[("body", "Shame.")]).await.is(403);
        case.world.server.visitor().post(&rebuttal, &[("body", "Shame.")]).await.sees_other("/sign-in");

        let page = mo.post(&rebuttal, &[("body", "")]).await.is(422);
        assert_eq!(page.wrong_fields(), ["body"]);
        let to = mo.post(&rebuttal, &[("body", "My neighbour has one.\n\nSince May.")]).await.sees_other(&case.path);
        assert!(to.contains("done=rebuttal#rebuttal-"), "{to}");
        let page = case.world.server.visitor().get(&case.path).await.is(200);
        page.must_show("What the author says to this").must_show("My neighbour has one.").must_show("have not read this yet");
        mo.get(&case.path).await.must_not_show("You do not agree");
        mo.post(&rebuttal, &[("body", "And another thing.")]).await.is(409);
    }

    async fn promises_are_listed_by_state_and_board(server: Answerable) {
        let case = Case::open(server).await;
        let visitor = case.world.server.visitor();
        visitor.get("/promises").await.is(200).must_show("Nothing was promised yet");
        case.world.admin_api.post("/api/v1/boards", &json!({ "slug": "tv", "name": "Television" })).await.is(201);
        case.world.admin_api.post("/api/v1/boards", &json!({ "slug": "lab", "name": "Laboratory", "private": true })).await.is(201);
        let idea = case.staff.submit("idea", "tv", "Record two shows at once", "Please.").await;
        let secret = case.world.admin_api.submit("idea", "lab", "A secret", "Hush.").await;
        let promise = async |post: i64, what: &str| {
            let draft = json!({ "what": what, "due_on": soon(), "remedy": "One month free" });
            case.world.admin_api.post(&format!("/api/v1/posts/{post}/promises"), &draft).await.is(201).number("id")
        };
        let open = promise(case.post, "Eighty megabits in the evening").await;
        let kept = promise(idea, "Two tuners for everybody").await;
        let withdrawn = promise(case.post, "A call within the hour").await;
        let hidden = promise(secret, "Nobody hears of this").await;
        let done = |id: i64, act: &str| format!("/api/v1/promises/{id}/{act}");
        case.world.admin_api.post(&done(kept, "keep"), &json!({})).await.is(200);
        let why = json!({ "reason": "The line is restored, so nobody has to call." });
        case.world.admin_api.post(&done(withdrawn, "withdraw"), &why).await.is(200);

        let page = visitor.get("/promises").await.is(200);
        page.must_show("Eighty megabits in the evening").must_show("Two tuners for everybody").must_show("A call within the hour");
        page.must_show("3 promises").must_show("One month free").must_not_show("Nobody hears of this").must_not_show("Laboratory");
        let page = visitor.get("/promises?state=open").await.is(200);
        page.must_show("Eighty megabits").must_not_show("Two tuners").must_not_show("A call within");
        visitor.get("/promises?state=kept&board=tv").await.is(200).must_show("Two tuners").must_not_show("Eighty megabits");
        visitor.get("/promises?board=general").await.is(200).must_show("Eighty megabits").must_not_show("Two tuners");
        visitor.get("/promises?board=lab").await.is(200).must_show("No such promise").must_not_show("Nobody hears of this");
        for nothing in ["state=broken", "state=fulfilled", "owed=yes"] {
            visitor.get(&format!("/promises?{nothing}")).await.is(200).must_show("No such promise");
        }
        visitor.get("/promises?cursor=nonsense").await.is(422);

        let page = visitor.get(&case.path).await.is(200);
        page.must_show("Eighty megabits in the evening").must_show("days left").must_show("The line is restored");
        let page = visitor.get(&format!("/promises/{open}")).await.is(200);
        page.must_show("Eighty megabits in the evening").must_show("The line drops every evening");
        visitor.get(&format!("/promises/{kept}")).await.is(200).must_show("Kept");
        visitor.get(&format!("/promises/{hidden}")).await.is(404);
        visitor.get("/promises/first").await.is(404);
        let (year, day) = (chrono::Datelike::year(&today()), soon());
        assert!(visitor.get("/promises").await.body.contains(&format!("datetime=\"{day}\"")), "{year}");
    }

    async fn a_long_list_of_promises_goes_both_ways(server: Answerable) {
        let case = Case::open(server).await;
        for n in 0..65 {
            let draft = json!({ "what": format!("Promise of line {n:02}."), "due_on": soon() });
            case.world.admin_api.post(&format!("/api/v1/posts/{}/promises", case.post), &draft).await.is(201);
        }
        let visitor = case.world.server.visitor();
        let next = |page: &Page, rel: &str| page.attribute(&format!("a[rel={rel}]"), "href");
        let first = visitor.get("/promises").await.is(200);
        first.must_show("line 64.").must_show("line 35.").must_not_show("line 34.");
        assert_eq!(next(&first, "prev"), None);
        let second = visitor.get(&next(&first, "next").expect("older")).await.is(200);
        second.must_show("line 34.").must_show("line 05.").must_not_show("line 35.");
        let third = visitor.get(&next(&second, "next").expect("older")).await.is(200);
        third.must_show("line 04.").must_show("line 00.");
        assert_eq!(next(&third, "next"), None);
        let back = visitor.get(&next(&third, "prev").expect("newer")).await.is(200);
        back.must_show("line 34.").must_show("line 05.").must_not_show("line 35.");
        assert_eq!(next(&back, "prev").as_deref(), Some("/promises"));
    }

    async fn the_page_of_deadlines_says_what_follows(server: Answerable) {
        let world = World::open(server).await;
        let page = world.server.visitor().get("/clocks").await.is(200);
        page.must_show("When a deadline is missed").must_show("Level 3, Director").must_show("up to €\u{a0}50");
        page.must_show("up to 60 working days ahead").must_show("all but: Archived");
        world.server.visitor().with("accept-language", "nl").get("/clocks").await.is(200).must_show("Als een termijn wordt gemist");
    }
}
