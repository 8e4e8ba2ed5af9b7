//! Type first, sign in last: what was written before is neither lost, nor sent unasked, nor anybody else's.

use tests::{
    answerable::{Account, PASSWORD, Visitor},
    serving,
};

use crate::world::World;

/// Signs a browser in that was sent to do so, and opens where that leads.
async fn sign_in(visitor: &Visitor, account: &Account, to: &str) -> String {
    let next = visitor.get(to).await.is(200).field("next").expect("the sign-in page knows where to go on");
    visitor.post("/sign-in", &[("email", &account.email), ("password", PASSWORD), ("next", &next)]).await.sees_other("/")
}

serving! {
    async fn a_post_waits_for_its_author_to_sign_in(server: Answerable) {
        let world = World::open(server).await;
        let (sanne, api) = world.somebody("Sanne", "member").await;
        let visitor = world.server.visitor();
        visitor.get("/new").await.is(200).must_show("You sign in or create an account in the next step");
        // as long as a post can be, in a script that forms encode nine to one
        let body: String = "電池は一晩で空になります。".chars().cycle().take(20_000).collect();
        let form = [("kind", "wish"), ("title", "A battery & <b>more</b>"), ("body", &body), ("board", "general"), ("tags", "battery, night")];
        let to = visitor.post("/new", &form).await.sees_other("/sign-in?next=%2Fdraft");
        assert!(to.len() < 60, "nothing of it is in the address: {to}");
        visitor.get(&to).await.must_show("Sign in to post “A battery & <b>more</b>”").must_show("What you wrote is kept for a week");
        assert_eq!(api.get("/api/v1/posts").await.is(200).items().len(), 0, "nothing is posted for somebody unknown");

        // a wrong password in between changes nothing
        visitor.post("/sign-in", &[("email", &sanne.email), ("password", "wrong")]).await.is(422).must_show("Sign in to post");
        assert_eq!(sign_in(&visitor, &sanne, &to).await, "/draft");
        for _ in 0..2 {
            let page = visitor.get("/draft").await.is(200);
            page.must_show("It has not been sent yet").must_not_show("There is a problem");
            assert_eq!(page.field("body").as_deref(), Some(body.as_str()));
            assert_eq!(page.field("title").as_deref(), Some("A battery & <b>more</b>"));
            assert_eq!(page.field("tags").as_deref(), Some("battery, night"));
            assert_eq!(page.attributes("input[name=kind][checked]", "value"), ["wish"]);
        }
        assert_eq!(api.get("/api/v1/posts").await.is(200).items().len(), 0, "nothing is posted unasked");
        visitor.post("/new", &form).await.sees_other("/p/");
        assert_eq!(api.get("/api/v1/posts").await.is(200).items().len(), 1);
        // once it was sent, nothing waits any more
        visitor.get("/draft").await.sees_other("/");
    }

    async fn a_comment_and_an_edit_outlive_a_session_that_ended(server: Answerable) {
        let world = World::open(server).await;
        let (sanne, api) = world.somebody("Sanne", "member").await;
        let post = api.submit("idea", "general", "Bring back the paper bill", "Some of us file paper.").await;
        let path = world.path_of(post).await;
        let (here, there) = (world.server.signed_in(&sanne).await, world.server.signed_in(&sanne).await);
        there.post("/me/sessions/end-all", &[]).await.sees_other("/sign-in");

        let long = "A long comment that nobody wants to write twice. ".repeat(200);
        let to = here.post(&format!("/p/{post}/comments"), &[("body", &long)]).await.sees_other("/sign-in?next=%2Fdraft%23comment-form");
        here.get(&to).await.must_show("Sign in to comment on “Bring back the paper bill”");
        assert_eq!(sign_in(&here, &sanne, &to).await, "/draft#comment-form");
        let page = here.get("/draft").await.is(200);
        assert_eq!(page.field("body").as_deref(), Some(long.as_str()));
        page.must_show("Bring back the paper bill").must_show("It has not been sent yet");
        // the page opens at the form, far below what stands on top
        assert_eq!(page.texts("#comment-form p.sm"), ["This is what you wrote. It has not been sent yet."]);
        here.post(&format!("/p/{post}/comments"), &[("body", &long)]).await.sees_other(&path);

        let comment = here.get(&path).await.is(200).field("parent").expect("a comment that can be replied to");
        let visitor = world.server.visitor();
        visitor.get(&path).await.must_show("You sign in or create an account in the next step");
        let reply = [("body", "Nobody files paper any more."), ("parent", comment.as_str())];
        let to = visitor.post(&format!("/p/{post}/comments"), &reply).await.sees_other("/sign-in?next=");
        assert_eq!(sign_in(&visitor, &sanne, &to).await, format!("/draft#comment-{comment}"));
        let page = visitor.get("/draft").await.is(200);
        let form = format!("#comment-{comment} details[open]");
        assert_eq!(page.texts(&format!("{form} textarea")), ["Nobody files paper any more."]);
        page.must_show("It has not been sent yet");
        visitor.post(&format!("/p/{post}/comments"), &reply).await.sees_other(&path);

        there.post("/sign-in", &[("email", &sanne.email), ("password", PASSWORD)]).await.sees_other("/");
        there.post("/me/sessions/end-all", &[]).await.sees_other("/sign-in");
        let edit = [("title", "Bring back paper"), ("body", "Another wording."), ("tags", "")];
        let to = here.post(&format!("/p/{post}/edit"), &edit).await.sees_other("/sign-in?next=%2Fdraft");
        sign_in(&here, &sanne, &to).await;
        let page = here.get("/draft").await.is(200);
        assert_eq!(page.field("title").as_deref(), Some("Bring back paper"));
        assert_eq!(page.field("body").as_deref(), Some("Another wording."));
        here.get(&path).await.must_show("Some of us file paper.");
    }

    async fn a_vote_is_cast_once_its_voter_has_signed_in(server: Answerable) {
        let world = World::open(server).await;
        let (sanne, api) = world.somebody("Sanne", "member").await;
        let post = api.submit("idea", "general", "Bring back the paper bill", "Some of us file paper.").await;
        let path = world.path_of(post).await;
        let count = async || {
            let post = api.get(&format!("/api/v1/posts/{post}")).await.is(200);
            (post.number("support_count"), post.number("oppose_count"))
        };
        let visitor = world.server.visitor();
        let vote = format!("/p/{post}/vote");
        let to = visitor.post(&vote, &[("stance", "support"), ("back", &path)]).await.sees_other("/sign-in?next=");
        visitor.get(&to).await.must_show("Sign in to support “Bring back the paper bill”").must_not_show("What you wrote");
        assert_eq!(count().await, (0, 0));
        assert_eq!(sign_in(&visitor, &sanne, &to).await, "/draft");
        assert_eq!(visitor.get("/draft").await.sees_other("/p/"), path);
        assert_eq!(count().await, (1, 0));
        visitor.get("/draft").await.sees_other("/");

        // a reason is written before, too; one that is too short comes back to be mended
        let (other, _) = world.somebody("Noor", "member").await;
        let visitor = world.server.visitor();
        let to = visitor.post(&vote, &[("stance", "oppose"), ("reason", "No."), ("back", &path)]).await.sees_other("/sign-in?next=");
        visitor.get(&to).await.must_show("Sign in to say that you are against");
        sign_in(&visitor, &other, &to).await;
        let page = visitor.get("/draft").await.is(422);
        assert_eq!(page.wrong_fields(), ["reason"]);
        assert_eq!(page.field("reason").as_deref(), Some("No."));
        visitor.post(&vote, &[("stance", "oppose"), ("reason", "Paper costs trees and money."), ("back", &path)]).await.sees_other(&path);
        assert_eq!(count().await, (1, 1));
    }

    async fn a_mailed_link_brings_back_what_was_written_in_another_browser(server: Answerable) {
        let world = World::open(server).await;
        let (_, api) = world.somebody("Sanne", "member").await;
        let post = api.submit("idea", "general", "Bring back the paper bill", "Some of us file paper.").await;
        let sign_up = async |visitor: &Visitor, email: &str, to: &str| {
            let up = visitor.get(to).await.is(200).attribute("a[href^='/sign-up']", "href").expect("the way to an account");
            let next = visitor.get(&up).await.is(200).field("next").expect("it is still known where to go on");
            visitor.post("/sign-up", &[("name", "Iris"), ("email", email), ("password", PASSWORD), ("next", &next)]).await.sees_other("/verify");
            let link = world.server.link_to(email, "/verify/").await;
            assert!(!link.contains("draft") && !link.contains('?'), "{link}");
            link
        };

        let desktop = world.server.visitor();
        let to = desktop.post(&format!("/p/{post}/comments"), &[("body", "Paper is for ever.")]).await.sees_other("/sign-in?next=");
        let link = sign_up(&desktop, "iris@example.com", &to).await;
        // before the address is shown to be theirs, it can't be sent, and still nothing is lost
        let early = desktop.clone();
        early.post("/sign-in", &[("email", "iris@example.com"), ("password", PASSWORD), ("next", "/draft")]).await.sees_other("/draft");
        assert_eq!(early.get("/draft").await.is(200).field("body").as_deref(), Some("Paper is for ever."));
        early.post(&format!("/p/{post}/comments"), &[("body", "Paper is for ever and ever.")]).await.is(403).must_show("One step left");

        let phone = world.server.visitor();
        assert_eq!(phone.post(&link, &[]).await.sees_other("/draft"), "/draft");
        assert_eq!(phone.get("/draft").await.is(200).field("body").as_deref(), Some("Paper is for ever."));
        // what was tried in the meantime is still where it was written
        assert_eq!(desktop.get("/draft").await.is(200).field("body").as_deref(), Some("Paper is for ever and ever."));

        // a vote that came from elsewhere is not cast: whoever asked for the link need not be who uses it
        let desktop = world.server.visitor();
        let to = desktop.post(&format!("/p/{post}/vote"), &[("stance", "support")]).await.sees_other("/sign-in?next=");
        let link = sign_up(&desktop, "bram@example.com", &to).await;
        let phone = world.server.visitor();
        phone.post(&link, &[]).await.sees_other("/draft");
        assert_eq!(phone.get("/draft").await.sees_other("/p/"), format!("/p/{post}"));
        assert_eq!(api.get(&format!("/api/v1/posts/{post}")).await.is(200).number("support_count"), 0);

        // the browser that wrote it has it still, and its vote is its own
        let desktop = world.server.visitor();
        let to = desktop.post("/new", &[("title", "Written first"), ("body", "Signed up last.")]).await.sees_other("/sign-in?next=");
        let link = sign_up(&desktop, "finn@example.com", &to).await;
        desktop.post(&link, &[]).await.sees_other("/draft");
        assert_eq!(desktop.get("/draft").await.is(200).field("title").as_deref(), Some("Written first"));
        let desktop = world.server.visitor();
        let to = desktop.post(&format!("/p/{post}/vote"), &[("stance", "support")]).await.sees_other("/sign-in?next=");
        let link = sign_up(&desktop, "guus@example.com", &to).await;
        desktop.post(&link, &[]).await.sees_other("/draft");
        desktop.get("/draft").await.sees_other("/p/");
        assert_eq!(api.get(&format!("/api/v1/posts/{post}")).await.is(200).number("support_count"), 1);

        // and where somebody wanted to go survives all of it
        let visitor = world.server.visitor();
        let to = visitor.get("/me/settings").await.sees_other("/sign-in?next=%2Fme%2Fsettings");
        let link = sign_up(&visitor, "joost@example.com", &to).await;
        assert_eq!(world.server.visitor().post(&link, &[]).await.sees_other("/me"), "/me/settings");
    }

    async fn a_draft_is_for_its_own_browser_and_keeps_no_password(server: Answerable) {
        let world = World::open(server).await;
        let (sanne, _) = world.somebody("Sanne", "member").await;
        let writer = world.server.visitor();
        writer.post("/new", &[("title", "A secret thought"), ("body", "Nobody else's.")]).await.sees_other("/sign-in?next=");
        let other = world.server.signed_in(&sanne).await;
        other.get("/draft").await.sees_other("/");
        world.server.visitor().get("/draft").await.sees_other("/sign-in");
        for made_up in ["", "x", "0000000000000000000000000000000000000000000000000000000000000000"] {
            other.with("cookie", &format!("draft={made_up}")).get("/draft").await.is(303).must_not_show("A secret thought");
        }
        // whoever signs out leaves nothing behind
        sign_in(&writer, &sanne, "/sign-in?next=%2Fdraft").await;
        writer.post("/sign-out", &[]).await.sees_other("/");
        writer.post("/sign-in", &[("email", &sanne.email), ("password", PASSWORD)]).await.sees_other("/");
        writer.get("/draft").await.sees_other("/");

        let (here, there) = (world.server.signed_in(&sanne).await, world.server.signed_in(&sanne).await);
        there.post("/me/sessions/end-all", &[]).await.sees_other("/sign-in");
        let passwords = [("present_password", PASSWORD), ("password", "another long password")];
        here.post("/me/password", &passwords).await.is(303);
        sign_in(&here, &sanne, "/sign-in").await;
        let page = here.get("/draft").await;
        page.must_not_show(PASSWORD).must_not_show("another long password");
    }
}
