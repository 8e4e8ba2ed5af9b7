//! Posts that are one matter, through pages without JavaScript and through the API.

use serde_json::{Value, json};
use tests::{
    answerable::{Api, Visitor},
    serving,
};

use crate::world::World;

const WHY: &str = "Both are about the mast that <b>fell</b> in October.";

struct Matter {
    world: World,
    author: Api,
    agent_api: Api,
    agent: Visitor,
    head: i64,
    member: i64,
}

async fn matter(server: tests::answerable::Answerable) -> Matter {
    let world = World::open(server).await;
    let (_, author) = world.somebody("Mo", "member").await;
    let (femke, agent_api) = world.somebody("Femke", "agent").await;
    let agent = world.server.signed_in(&femke).await;
    let head = author.submit("complaint", "general", "No signal at home", "Since the mast fell.").await;
    let member =
        author.submit("complaint", "general", "No signal, the phone is dead indoors", "Since the mast fell, no signal.").await;
    Matter { world, author, agent_api, agent, head, member }
}

impl Matter {
    async fn post(&self, id: i64) -> Value {
        self.author.get(&format!("/api/v1/posts/{id}")).await.is(200).json
    }

    async fn merge(&self, id: i64, into: i64) -> tests::answerable::Answer {
        self.agent_api.post(&format!("/api/v1/posts/{id}/merge"), &json!({ "into": into, "rule": 1, "reason": WHY })).await
    }

    async fn listed(&self, query: &str) -> Vec<i64> {
        let list = self.author.get(&format!("/api/v1/posts?{query}")).await.is(200);
        list.items().iter().filter_map(|post| post["id"].as_i64()).collect()
    }
}

serving! {
    async fn programs_merge_and_take_apart(server: Answerable) {
        let matter = matter(server).await;
        let (head, member) = (matter.head, matter.member);
        let (_, sanne) = matter.world.somebody("Sanne", "member").await;
        for post in [head, member] {
            sanne.put(&format!("/api/v1/posts/{post}/vote"), &json!({ "stance": "support" })).await.is(200);
        }
        assert_eq!(matter.post(head).await["case"], Value::Null);
        let before = (matter.post(head).await, matter.post(member).await);

        let merged = matter.merge(member, head).await.is(200).json;
        assert_eq!(merged["case"]["head"]["id"], head);
        let told = &merged["case"]["members"][0];
        assert!(told["rule"] == 1 && told["reason"] == WHY && told["merged_at"].is_string(), "{told}");
        let case = &matter.post(head).await["case"];
        assert_eq!((case["support_count"].as_i64(), case["members"].as_array().expect("it is there").len()), (Some(1), 1), "{case}");
        assert_eq!((&case["members"][0]["id"], &case["members"][0]["rule"], &case["members"][0]["reason"]), (&json!(member), &json!(1), &json!(WHY)));
        assert_eq!(*case, matter.post(member).await["case"], "head and members tell the same");
        assert_eq!(matter.listed("sort=new").await, [head]);
        assert_eq!(matter.listed("q=dead+indoors").await, [member]);
        let found = matter.author.get("/api/v1/posts?q=dead+indoors").await.is(200);
        assert_eq!(found.items()[0]["head_id"], head);
        let again = matter.merge(member, head).await.is_problem(409, &[]);
        assert!(again.text("detail").contains("one matter already"), "{}", again.json);
        matter.merge(head, head).await.is_problem(422, &["into"]);
        matter.merge(4711, head).await.is_problem(404, &[]);
        let answer = json!({ "status": "delivered", "what": "There is a new mast.", "who": "Network" });
        matter.agent_api.post(&format!("/api/v1/posts/{member}/answers"), &answer).await.is_problem(409, &[]);
        matter.agent_api.post(&format!("/api/v1/posts/{head}/answers"), &answer).await.is(201);
        assert_eq!(matter.post(member).await["status"]["stage"], "delivered", "a member stands where its head does");

        let why = json!({ "rule": 1, "reason": WHY });
        let key = [("Idempotency-Key", "once")];
        for _ in 0..2 {
            let path = format!("/api/v1/posts/{member}/unmerge");
            let apart = matter.agent_api.send(reqwest::Method::POST, &path, Some(&why), &key).await.is(200).json;
            assert_eq!(apart["case"], Value::Null);
        }
        matter.agent_api.post(&format!("/api/v1/posts/{member}/unmerge"), &why).await.is_problem(409, &[]);
        let mut after = matter.post(member).await;
        assert_eq!(after["status"]["stage"], "received");
        after["clocks"] = before.1["clocks"].clone();
        assert_eq!(after, before.1, "all but the time on its clocks");
        assert_eq!(matter.post(head).await["support_count"], before.0["support_count"]);
    }

    async fn the_order_of_trending_follows_from_public_figures(server: Answerable) {
        let matter = matter(server).await;
        let other = matter.author.submit("idea", "general", "A quieter tone", "It wakes the cat.").await;
        for (n, post) in [matter.head, matter.member, other, other].into_iter().enumerate() {
            let (_, api) = matter.world.somebody(&format!("Voter {n}"), "member").await;
            api.put(&format!("/api/v1/posts/{post}/vote"), &json!({ "stance": "support" })).await.is(200);
            api.post(&format!("/api/v1/posts/{post}/comments"), &json!({ "body": "Yes." })).await.is(201);
        }
        matter.merge(matter.member, matter.head).await.is(200);
        let list = matter.author.get("/api/v1/posts").await.is(200);
        for post in list.items() {
            let n = |name: &str| post[name].as_f64().expect("it is there");
            let at = chrono::DateTime::parse_from_rfc3339(post["created_at"].as_str().expect("it is there")).expect("it is there");
            let hours = (at.timestamp() - 1_577_836_800) as f64 / 3600.0;
            let rank = (1.0 + n("case_support_count") + 0.5 * n("case_comment_count")).log2() + hours / 168.0;
            assert!((rank - n("trend")).abs() < 1e-9, "{post}");
        }
        let head = list.items().iter().find(|post| post["id"] == matter.head).expect("it is there");
        assert_eq!((&head["support_count"], &head["case_support_count"], &head["case_comment_count"]), (&json!(1), &json!(2), &json!(2)));
    }

    async fn staff_compare_merge_and_take_apart_by_forms(server: Answerable) {
        let matter = matter(server).await;
        let (head, member) = (matter.head, matter.member);
        let said = matter.author.post(&format!("/api/v1/posts/{member}/comments"), &json!({ "body": "Upstairs it works." })).await;
        let comment = said.is(201).number("id");
        let page = matter.agent.get(&format!("/triage/{member}")).await.is(200);
        assert!(page.has(&format!("a[href='/triage/{member}/merge']")));
        let page = matter.agent.get(&format!("/triage/{member}/merge")).await.is(200);
        page.must_show("No signal at home").must_show("% alike");
        let both = matter.agent.get(&format!("/triage/{member}/merge?into=%23{head}")).await.is(200);
        both.must_show("Since the mast fell, no signal.").must_show("Becomes a member").must_show("Stays the head");
        let path = format!("/triage/{member}/merge");
        let into = head.to_string();
        let refused = matter.agent.post(&path, &[("into", &into), ("rule", ""), ("reason", "short")]).await.is(422);
        assert_eq!(refused.wrong_fields(), ["reason", "rule"]);
        refused.must_show("short");
        let to = matter.agent.post(&path, &[("into", &into), ("rule", "1"), ("reason", WHY)]).await.sees_other(&format!("/p/{member}/"));
        let there = matter.agent.get(&to).await.is(200);
        there.must_show("The posts are one matter now");

        // everybody reads where the answers are, and why
        let visitor = matter.world.server.visitor();
        let note = visitor.get(&matter.world.path_of(member).await).await.is(200);
        note.must_show(&format!("This is one matter with No. {head}")).must_show(WHY).must_show("rule 1").must_show("Upstairs it works.");
        assert!(note.has(&format!("#case a[href^='/p/{head}/']")) && !note.body.contains("<b>fell</b>"));
        let canonical = note.attribute("link[rel=canonical]", "href").expect("it is there");
        assert!(canonical.contains(&format!("/p/{member}/")), "a text of its own is found at its own address: {canonical}");
        let all = visitor.get(&matter.world.path_of(head).await).await.is(200);
        all.must_show("0 people support this matter, in 2 posts.").must_show("the phone is dead indoors").must_show("Upstairs it works.");
        assert!(all.has(&format!("#comment-{comment} a[href='/p/{member}']")), "a line says where a comment comes from");
        all.must_show(&format!("No. {member} became one matter with this post"));
        assert!(!visitor.get("/").await.is(200).has(&format!("#post-{member}")), "it left the list");
        let found = visitor.get("/?q=dead+indoors").await.is(200);
        found.must_show("One matter with");
        let dutch = visitor.with("accept-language", "nl").get(&matter.world.path_of(member).await).await.is(200);
        dutch.must_show(&format!("Dit is één zaak met Nr. {head}"));

        let page = matter.agent.get(&format!("/triage/{member}")).await.is(200);
        assert!(!page.has(&format!("form[action^='/triage/{member}/answer']")), "it is answered at the head");
        let path = format!("/triage/{member}/unmerge");
        let refused = matter.agent.post(&path, &[("rule", "1"), ("reason", "")]).await.is(422);
        assert_eq!(refused.wrong_fields(), ["reason"]);
        matter.agent.post(&path, &[("rule", "1"), ("reason", WHY)]).await.sees_other(&format!("/p/{member}/"));
        let own = visitor.get(&matter.world.path_of(member).await).await.is(200);
        own.must_not_show("This is one matter with").must_show("A matter of its own again");
        assert!(visitor.get("/?sort=new").await.is(200).has(&format!("#post-{member}")));
    }

    async fn members_propose_by_a_form(server: Answerable) {
        let matter = matter(server).await;
        let (head, member) = (matter.head, matter.member);
        let (account, _) = matter.world.somebody("Sanne", "member").await;
        let sanne = matter.world.server.signed_in(&account).await;
        let page = sanne.get(&matter.world.path_of(member).await).await.is(200);
        assert!(page.has(&format!("a[href='/p/{member}/same']")) && !page.has(&format!("a[href='/triage/{member}/merge']")));
        for path in [format!("/triage/{member}/merge"), "/triage/proposals".to_owned()] {
            sanne.get(&path).await.is(404);
            matter.world.server.visitor().get(&path).await.sees_other("/sign-in");
        }
        let path = format!("/p/{member}/same");
        sanne.get(&path).await.is(200).must_show("the same as another post?");
        let refused = sanne.post(&path, &[("other", "that one"), ("words", "It is <i>so</i>.")]).await.is(422);
        assert_eq!(refused.wrong_fields(), ["other"]);
        refused.must_show("It is <i>so</i>.");
        let other = format!("https://forum.example/p/{head}/no-signal-at-home");
        let fields = [("other", other.as_str()), ("words", "It is <i>so</i>.")];
        // sent twice it is one proposal
        for _ in 0..2 {
            let to = sanne.post(&path, &fields).await.sees_other(&format!("/p/{member}/"));
            sanne.get(&to).await.is(200).must_show("The staff look at both posts");
        }
        sanne.post(&path, &[("other", &head.to_string())]).await.is(409).must_show("Somebody proposed this before.");

        matter.agent.get("/triage").await.is(200).must_show("One proposal to merge");
        let page = matter.agent.get("/triage/proposals").await.is(200);
        page.must_show("No signal at home").must_show("the phone is dead indoors").must_show("It is <i>so</i>.").must_show("% alike");
        let open = matter.agent_api.get("/api/v1/proposals").await.is(200);
        let id = open.items()[0]["id"].as_i64().expect("it is there");
        assert_eq!(open.items()[0]["posts"], json!([head, member]));
        let decline = format!("/triage/proposals/{id}/decline");
        let refused = matter.agent.post(&decline, &[("reason", "no")]).await.is(422);
        assert_eq!(refused.wrong_fields(), ["reason"]);
        matter.agent.post(&decline, &[("reason", "The one is about the mast only.")]).await.sees_other("/triage/proposals");
        matter.agent.get("/triage/proposals").await.is(200).must_show("Nobody proposes anything");
        let told = matter.world.server.api_of(&account).await.get(&format!("/api/v1/proposals/{id}")).await.is(200);
        assert_eq!((told.text("state"), told.text("reason")), ("declined".to_owned(), "The one is about the mast only.".to_owned()));
    }
}
