//! What is held of somebody, through pages and the API: to take along, and to have erased.

use reqwest::Method;
use serde_json::json;
use tests::{
    answerable::{Api, PASSWORD},
    serving,
};

use crate::world::World;

serving! {
    async fn the_ages_of_what_is_kept_stand_on_the_page(server: Answerable) {
        let page = server.visitor().get("/privacy").await.is(200);
        for age in [
            "after 60 days without use, and after 180 days in any case", "a token after 365 days at most",
            "a link in a mail after 24 hours", "one to set a new password after 30 minutes", "an invitation after 7 days",
            "was sent 30 days later", "only as long as the limit needs it", "requests of programs, for 24 hours",
            "The software keeps none of it", "for 365 days from when you last signed in", "before you were signed in, for 7 days",
        ] {
            page.must_show(age);
        }
    }

    async fn somebody_takes_their_data_along_and_leaves(server: Answerable) {
        let world = World::open(server).await;
        let (zeb, api) = world.somebody("Zebedeus Quackenbush", "member").await;
        let post = api.submit("idea", "general", "A xylorimba in the hall", "A wobbegong for each of us.").await;
        let path = world.path_of(post).await;
        let (here, visitor) = (world.server.signed_in(&zeb).await, world.server.visitor());
        visitor.get("/me/data").await.sees_other("/sign-in?next=%2Fme%2Fdata");
        visitor.get("/me/export").await.sees_other("/sign-in?next=%2Fme%2Fexport");
        let page = here.get("/me/data").await.is(200);
        page.must_show("Take it along").must_show("Erase my account");
        let file = here.get("/me/export").await.is(200);
        assert_eq!((file.header("content-type").as_str(), file.header("cache-control").as_str()), ("application/zip", "no-store"));
        assert!(file.header("content-disposition").starts_with("attachment; filename=\"answerable-"));
        let all = api.get("/api/v1/me/export").await.is(200);
        assert_eq!(all.json["account"]["email"], json!(zeb.email));
        assert_eq!(all.json["parts"]["posts"][0]["title"], "A xylorimba in the hall");

        // not without the password, and not without saying what becomes of the texts
        let page = here.post("/me/erase", &[("texts", ""), ("present_password", "")]).await.is(422);
        assert_eq!(page.wrong_fields(), ["present_password", "texts"]);
        let page = here.post("/me/erase", &[("texts", "keep"), ("present_password", "not the password")]).await.is(422);
        assert_eq!(page.wrong_fields(), ["present_password"]);
        visitor.get(&path).await.must_show("Zebedeus Quackenbush");

        here.post("/me/erase", &[("texts", "keep"), ("present_password", PASSWORD)]).await.sees_other("/?done=erased");
        let page = visitor.get(&path).await.is(200);
        page.must_show("A wobbegong for each of us").must_show("Former member").must_not_show("Zebedeus").must_not_show("/u/~");
        here.get("/me").await.sees_other("/sign-in");
        api.get("/api/v1/me").await.is(401);
        let signed_in = visitor.post("/sign-in", &[("email", &zeb.email), ("password", PASSWORD)]).await;
        signed_in.is(422).must_not_show("Zebedeus");
        let post = world.server.api().get(&format!("/api/v1/posts/{post}")).await.is(200);
        assert_eq!(post.json["author"]["name"], "[…]");
    }

    async fn a_program_erases_its_person_by_their_password_only(server: Answerable) {
        let world = World::open(server).await;
        let (_, api) = world.somebody("Noor", "member").await;
        let erase = async |api: &Api, password: &str, texts: &str| {
            api.send(Method::DELETE, "/api/v1/me", Some(&json!({ "password": password, "texts": texts })), &[]).await
        };
        erase(&api, "not the password", "keep").await.is_problem(422, &["password"]);
        erase(&api, PASSWORD, "burn").await.is_problem(422, &["texts"]);
        let (_, agent) = world.somebody("Femke", "agent").await;
        erase(&agent, PASSWORD, "keep").await.is(409);
        erase(&api, PASSWORD, "erase").await.is(204);
        api.get("/api/v1/me").await.is(401);
    }
}
