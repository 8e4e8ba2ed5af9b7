//! What is coming, and when.

use serde_json::json;
use tests::serving;

use crate::world::{World, soon};

serving! {
    async fn the_roadmap_shows_proposals_first_and_five_a_column(server: Answerable) {
        let world = World::open(server).await;
        let (_, mo) = world.somebody("Mo", "member").await;
        let (_, staff) = world.somebody("Femke", "agent").await;
        let plan = async |post: i64, day: &str| {
            let answer = json!({ "status": "planned", "what": "We make it.", "who": "Billing", "next_update_on": day });
            staff.post(&format!("/api/v1/posts/{post}/answers"), &answer).await.is(201);
        };
        for n in 1..=6 {
            let post = mo.submit(if n % 2 == 0 { "idea" } else { "wish" }, "general", &format!("Proposal {n}"), "Please.").await;
            plan(post, &soon()).await;
            if n == 6 {
                let promise = json!({ "what": "A new form", "due_on": soon() });
                staff.post(&format!("/api/v1/posts/{post}/promises"), &promise).await.is(201);
            }
        }
        let complaint = mo.submit("complaint", "general", "The line drops", "Every evening.").await;
        let near = (tests::answerable::today() + chrono::Days::new(4)).to_string();
        plan(complaint, &near).await;

        let visitor = world.server.visitor();
        let page = visitor.get("/roadmap").await.is(200);
        let cards = page.texts("#c-planned .rcard h3");
        assert_eq!(cards, ["Proposal 6", "Proposal 5", "Proposal 4", "Proposal 3", "Proposal 2"], "the latest, without the complaint");
        page.must_show("All 6").must_show("promised for");
        let all = page.attribute("#c-planned > a", "href").expect("a way to all of them");
        let page = visitor.get(&all).await.is(200);
        assert_eq!(page.texts(".rcard h3").len(), 6);
        assert!(!page.has("#c-started"), "one column stands alone");
        let page = visitor.get("/roadmap?kind=complaint").await.is(200);
        assert_eq!(page.texts(".rcard h3"), ["The line drops"]);
        let page = visitor.get("/roadmap?kind=all&stage=planned").await.is(200);
        assert_eq!(page.texts(".rcard h3").len(), 7);
        // what nobody knows is nothing, and no reason to break
        visitor.get("/roadmap?kind=nonsense&stage=received").await.is(200).must_show("Proposal 6");
    }
}
