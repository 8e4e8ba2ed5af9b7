//! Moderation by page and by program: what is hidden is nowhere for everybody else, and nothing else is lost.

use serde_json::{Value, json};
use tests::{
    answerable::{Answerable, Api, Visitor},
    serving,
};

use crate::world::World;

const REASON: &str = "It names somebody who has nothing to do with it.";
/// Words that stand in nothing else.
const RARE: [&str; 3] = ["quokkatrumpet", "wombatflute", "numbatfiddle"];

fn act(target_type: &str, target_id: impl Into<Value>, act: &str) -> Value {
    json!({ "target_type": target_type, "target_id": target_id.into(), "act": act, "rule": 4, "reason": REASON })
}

/// Every page that somebody can read without saying what of, and those of a post.
fn pages(post: i64, author: &str) -> Vec<String> {
    let lists = [
        "",
        "sort=new",
        "sort=top",
        "sort=waiting",
        "sort=delivered",
        "board=general",
        "kind=idea",
        "status=received",
        "tag=music",
    ];
    let mut pages: Vec<String> = lists.iter().map(|query| format!("/?{query}")).collect();
    pages.extend(
        ["/roadmap", "/accountability", "/promises", "/rules", "/me", "/me/votes", "/me/clocks", "/me/moderation", author]
            .map(str::to_owned),
    );
    pages.extend(["", "/versions", "/deadline.ics", "?comments=0"].map(|rest| format!("/p/{post}{rest}")));
    pages.extend(RARE.map(|word| format!("/new/similar?title={word}")));
    pages
}

/// The same of the API.
fn calls(post: i64, comment: i64) -> Vec<String> {
    let lists = ["", "sort=new", "sort=top", "sort=waiting", "kind=idea", "tag=music"];
    let mut calls: Vec<String> = lists.iter().map(|query| format!("/api/v1/posts?{query}")).collect();
    let of_post = ["", "/comments", "/versions", "/votes", "/answers", "/clocks", "/levels"];
    calls.extend(of_post.map(|rest| format!("/api/v1/posts/{post}{rest}")));
    calls.extend([format!("/api/v1/comments/{comment}"), "/api/v1/tags".to_owned(), "/api/v1/promises".to_owned()]);
    calls.extend(["/api/v1/accountability"].map(str::to_owned));
    calls
}

/// A post and a comment with rare words, answered by the company.
struct Stage {
    world: World,
    sanne: Api,
    sanne_visits: Visitor,
    agent: Api,
    agent_visits: Visitor,
    post: i64,
    comment: i64,
    reply: i64,
}

impl Stage {
    async fn set(server: Answerable) -> Self {
        let world = World::open(server).await;
        let (account, sanne) = world.somebody("Sanne", "member").await;
        let sanne_visits = world.server.signed_in(&account).await;
        let (account, agent) = world.somebody("Femke", "agent").await;
        let agent_visits = world.server.signed_in(&account).await;
        let draft = json!({
            "kind": "idea", "title": format!("A {} for all", RARE[0]), "body": format!("With a **{}** in it.", RARE[1]),
            "board": "general", "tags": ["music"]
        });
        let post = sanne.post("/api/v1/posts", &draft).await.is(201).number("id");
        let comments = format!("/api/v1/posts/{post}/comments");
        let comment = sanne.post(&comments, &json!({ "body": format!("Or a {}.", RARE[2]) })).await.is(201).number("id");
        let (_, mo) = world.somebody("Mo", "member").await;
        let reply = mo.post(&comments, &json!({ "body": "Rather not.", "parent_id": comment })).await.is(201).number("id");
        Self { world, sanne, sanne_visits, agent, agent_visits, post, comment, reply }
    }

    async fn moderate(&self, act: &Value) -> Value {
        self.agent.post("/api/v1/moderation", act).await.is(201).json
    }
}

serving! {
    async fn what_is_hidden_leaks_nowhere(server: Answerable) {
        let stage = Stage::set(server).await;
        let Stage { world, post, comment, .. } = &stage;
        let (mo, _) = world.somebody("Mo again", "member").await;
        let member = world.server.signed_in(&mo).await;
        let member_api = world.server.api_of(&mo).await;
        let visitor = world.server.visitor();
        let before = visitor.get(&world.path_of(*post).await).await.is(200);
        before.must_show(RARE[0]).must_show(RARE[1]).must_show(RARE[2]);
        let author = before.attribute(".idea__by a[href^='/u/']", "href").expect("the page of the author");
        visitor.get(&author).await.is(200).must_show(RARE[0]);
        let hidden = stage.moderate(&act("post", *post, "hide")).await;
        stage.moderate(&act("comment", *comment, "hide")).await;
        for reader in [&visitor, &member] {
            for path in pages(*post, &author) {
                let mut page = reader.get(&path).await;
                let mut seen = String::new();
                while page.status == 308 || page.status == 303 {
                    let to = page.header("location");
                    seen += &to;
                    page = reader.get(to.trim_start_matches(world.server.address())).await;
                }
                seen += &page.body;
                let seen = seen.to_lowercase().replace(&path, "");
                for word in RARE {
                    assert!(!seen.contains(word) || path.contains("similar"), "{word} at {path}");
                }
            }
        }
        for reader in [&visitor, &member] {
            let page = reader.get(&format!("/moderation/{}", hidden["id"])).await.is(200);
            page.must_show(&format!("A post, No. {post}"));
            for word in RARE {
                page.must_not_show(word);
            }
        }
        assert_eq!(world.server.api().get(&format!("/api/v1/moderation/{}", hidden["id"])).await.is(200).json["words"], Value::Null);
        // its author finds it among their own, and so does whoever looks into what moderators did
        let mine = stage.sanne_visits.get("/me").await.is(200);
        mine.must_show(&format!("A {} for all", RARE[0])).must_show("Hidden under house rule 4");
        stage.sanne_visits.get("/me/moderation").await.is(200).must_show(&format!("A {} for all", RARE[0])).must_show(RARE[2]);
        stage.sanne_visits.get(&author).await.is(200).must_not_show(RARE[0]);
        let acts = stage.agent_visits.get("/triage/moderation").await.is(200);
        acts.must_show(&format!("A {} for all", RARE[0])).must_show(RARE[2]);
        stage.agent_visits.get("/triage").await.is(200).must_show("Hidden under house rule 4");
        let known = stage.sanne.get(&format!("/api/v1/moderation/{}", hidden["id"])).await.is(200).json;
        assert_eq!(known["words"], json!(format!("A {} for all", RARE[0])));
        for word in RARE {
            assert!(!visitor.get(&format!("/?q={word}")).await.is(200).has("ol.rows > li"), "{word} is found");
            assert!(!visitor.get(&format!("/new/similar?title={word}")).await.body.contains(&format!("/p/{post}")), "{word} is alike");
        }
        for api in [world.server.api(), member_api] {
            for path in calls(*post, *comment) {
                let answer = api.get(&path).await;
                let text = answer.json.to_string();
                for word in RARE {
                    assert!(!text.to_lowercase().contains(word), "{word} at {path}: {text}");
                }
            }
            for word in RARE {
                assert!(api.get(&format!("/api/v1/posts?q={word}")).await.is(200).items().is_empty());
                assert!(api.get(&format!("/api/v1/posts/similar?title={word}")).await.is(200).items().is_empty());
            }
            let whole = api.get(&format!("/api/v1/posts/{post}")).await.is(200).json;
            assert_eq!((&whole["body"], &whole["body_html"], &whole["title"]), (&Value::Null, &Value::Null, &json!("▇▇▇")));
            let marker = &whole["hidden"];
            assert_eq!((&marker["id"], &marker["act"], &marker["rule"]), (&hidden["id"], &json!("hide"), &json!(4)));
            assert_eq!((&marker["reason"], &marker["role"]), (&json!(REASON), &json!("agent")));
        }
        // its own address says why; the reply keeps its place
        let page = visitor.get(&format!("/p/{post}/hidden")).await.is(200);
        page.must_show("This post is hidden").must_show("Under house rule 4: No personal details of others.").must_show(REASON);
        page.must_show("Agent, ").must_show("This comment is hidden").must_show("Rather not.").must_show("so nobody can comment");
        assert!(page.has("meta[name=robots]") && !page.has("script[type='application/ld+json']"));
        assert_eq!(page.texts("title"), ["Hidden post · Answerable"]);
        // hidden or not, it is still to be answered
        let item = stage.agent_visits.get(&format!("/triage/{post}")).await.is(200);
        item.must_show("This post is hidden").must_show(RARE[1]);
        // the author and the staff read it in its place
        for reader in [&stage.sanne_visits, &stage.agent_visits] {
            let page = reader.get(&format!("/p/{post}/hidden")).await.is(200);
            page.must_show(RARE[0]).must_show(RARE[1]).must_show(RARE[2]);
        }
        for api in [&stage.sanne, &stage.agent] {
            assert!(api.get(&format!("/api/v1/posts/{post}")).await.is(200).text("body").contains(RARE[1]));
            assert!(api.get(&format!("/api/v1/comments/{comment}")).await.is(200).text("body").contains(RARE[2]));
        }
        let own = stage.sanne_visits.get(&format!("/p/{post}/hidden")).await;
        own.must_show("Only you and the staff can read it").must_show("Object");
        // and back
        stage.moderate(&act("post", *post, "show")).await;
        stage.moderate(&act("comment", *comment, "show")).await;
        let after = visitor.get(&world.path_of(*post).await).await.is(200);
        after.must_show(RARE[0]).must_show(RARE[1]).must_show(RARE[2]).must_not_show("This post is hidden");
        assert!(visitor.get(&format!("/?q={}", RARE[1])).await.is(200).has("ol.rows > li"));
    }

    async fn a_program_moderates_objects_and_decides(server: Answerable) {
        let stage = Stage::set(server).await;
        let Stage { world, post, comment, .. } = &stage;
        let (_, lead) = world.somebody("Lea", "lead").await;
        let (_, mo) = world.somebody("Mo again", "member").await;
        let at = "/api/v1/moderation";
        mo.post(at, &act("post", *post, "hide")).await.is_problem(403, &[]);
        world.server.api().post(at, &act("post", *post, "hide")).await.is_problem(401, &[]);
        stage.agent.post(at, &json!({})).await.is_problem(422, &["target_type"]);
        stage.agent.post(at, &json!({ "target_type": "post" })).await.is_problem(422, &["target_id"]);
        stage.agent.post(at, &json!({ "target_type": "post", "target_id": post })).await.is_problem(422, &["act"]);
        stage.agent.post(at, &json!({ "target_type": "post", "target_id": post, "act": "hide" })).await.is_problem(422, &["reason", "rule"]);
        stage.agent.post(at, &act("post", 999, "hide")).await.is_problem(404, &[]);
        let complaint = stage.sanne.submit("complaint", "general", "No light", "In the hall.").await;
        stage.agent.post(at, &act("post", complaint, "lock")).await.is_problem(409, &[]);

        let mut redact = act("comment", *comment, "redact");
        redact["passage"] = json!(RARE[2]);
        redact["review_on"] = json!("2040-01-02");
        let made = stage.agent.post(at, &redact).await.is(201);
        let id = made.number("id");
        assert_eq!(made.location(), format!("{at}/{id}"));
        for (name, value) in [
            ("target_type", json!("comment")),
            ("target_id", json!(comment)),
            ("act", json!("redact")),
            ("rule", json!(4)),
            ("reason", json!(REASON)),
            ("role", json!("agent")),
            ("review_on", json!("2040-01-02")),
            ("appeal", Value::Null),
        ] {
            assert_eq!(made.json[name], value, "{name}");
        }
        let body = world.server.api().get(&format!("/api/v1/comments/{comment}")).await.is(200).text("body");
        assert_eq!(body, format!("Or a [▇▇▇ removed under rule 4](/moderation/{id})."));
        let path = format!("{at}/{id}");
        mo.post(&format!("{path}/appeal"), &json!({})).await.is_problem(403, &[]);
        lead.post(&format!("{path}/decide"), &json!({ "outcome": "upheld", "reason": REASON })).await.is_problem(409, &[]);
        let lodged = stage.sanne.post(&format!("{path}/appeal"), &json!({ "body": "It is an instrument." })).await.is(200);
        assert_eq!(lodged.json["appeal"]["body"], "It is an instrument.");
        stage.sanne.post(&format!("{path}/appeal"), &json!({})).await.is_problem(409, &[]);
        stage.agent.post(&format!("{path}/decide"), &json!({})).await.is_problem(403, &[]);
        lead.post(&format!("{path}/decide"), &json!({})).await.is_problem(422, &["outcome", "reason"]);
        let decided = lead.post(&format!("{path}/decide"), &json!({ "outcome": "upheld", "reason": REASON })).await.is(200);
        assert_eq!((&decided.json["undone"], &decided.json["appeal"]["outcome"]), (&json!(true), &json!("upheld")));
        let public = world.server.api().get(&path).await.is(200).json;
        assert_eq!((&public["appeal"]["outcome"], &public["appeal"]["body"]), (&json!("upheld"), &Value::Null));
        let body = world.server.api().get(&format!("/api/v1/comments/{comment}")).await.is(200).text("body");
        assert!(body.contains(RARE[2]), "{body}");
    }

    async fn staff_edit_comments_in_public(server: Answerable) {
        let stage = Stage::set(server).await;
        let Stage { world, comment, post, .. } = &stage;
        let path = format!("/comments/{comment}/edit");
        let form = stage.agent_visits.get(&format!("/comments/{comment}/moderate")).await.is(200);
        assert!(form.has(&format!("a[href='{path}']")));
        stage.agent_visits.get(&path).await.is(200).must_show("You edit somebody else's comment.");
        stage.sanne_visits.get(&path).await.is(200).must_not_show("You edit somebody else");
        let (mo, _) = world.somebody("Mo again", "member").await;
        world.server.signed_in(&mo).await.get(&path).await.is(403);
        let refused = stage.agent_visits.post(&path, &[("body", "Or a flute."), ("rule", ""), ("reason", "no")]).await.is(422);
        assert_eq!(refused.wrong_fields(), ["reason", "rule"]);
        assert_eq!(refused.field("body").as_deref(), Some("Or a flute."), "what was typed is kept");
        let fields = [("body", "Or a flute."), ("rule", "4"), ("reason", REASON), ("version", "1")];
        stage.agent_visits.post(&path, &fields).await.sees_other(&format!("/p/{post}/"));
        let page = world.server.visitor().get(&world.path_of(*post).await).await.is(200);
        page.must_show("Or a flute.").must_show("Edited by staff").must_show(REASON).must_show("Under house rule 4");
        let page_of_act = page.attribute(&format!("#comment-{comment} .tombstone a[href^='/moderation/']"), "href").expect("its page");
        let versions = world.server.visitor().get(&format!("/comments/{comment}/versions")).await.is(200);
        versions.must_show("Femke").must_show("Sanne").must_show("House rule 4:").must_show(REASON);
        assert!(versions.has(".versions__diff del") && versions.has(".versions__diff ins"), "what changed is marked");
        world.server.visitor().get("/record").await.is(200).must_show("edited the comment of somebody else").must_show(REASON);
        stage.sanne_visits.get("/me/moderation").await.is(200).must_show("Or a flute.");
        stage.sanne_visits.post(&format!("{page_of_act}/appeal"), &[("body", "")]).await.sees_other(&page_of_act);
        // the same by a program
        let edit = json!({ "body": "Or a lute." });
        stage.agent.patch(&format!("/api/v1/comments/{comment}"), &edit).await.is_problem(422, &["rule", "reason"]);
        let edit = json!({ "body": "Or a lute.", "rule": 4, "reason": REASON });
        let edited = stage.agent.patch(&format!("/api/v1/comments/{comment}"), &edit).await.is(200).json;
        assert_eq!((&edited["body"], &edited["staff_edit"]["rule"], &edited["author"]["name"]), (&json!("Or a lute."), &json!(4), &json!("Sanne")));
        let versions = world.server.api().get(&format!("/api/v1/comments/{comment}/versions")).await.is(200);
        let told: Vec<_> = versions.items().iter().map(|v| (&v["number"], &v["rule"], &v["editor"]["name"])).collect();
        assert_eq!(told, [(&json!(3), &json!(4), &json!("Femke")), (&json!(2), &json!(4), &json!("Femke")), (&json!(1), &Value::Null, &json!("Sanne"))]);
        let other = json!({ "target_type": "comment", "target_id": comment, "act": "edit", "body": "Or a harp.", "rule": 4, "reason": REASON });
        assert_eq!(stage.agent.post("/api/v1/moderation", &other).await.is(201).json["words"], "Or a harp.");
        // while it is hidden, nobody else reads a wording of it
        stage.moderate(&act("comment", *comment, "hide")).await;
        assert!(world.server.api().get(&format!("/api/v1/comments/{comment}/versions")).await.is(200).items().is_empty());
    }

    async fn whoever_is_banned_hears_why_and_until_when(server: Answerable) {
        let world = World::open(server).await;
        let (sanne, api) = world.somebody("Sanne", "member").await;
        let visits = world.server.signed_in(&sanne).await;
        let (_, lead) = world.somebody("Lea", "lead").await;
        let (_, agent) = world.somebody("Femke", "agent").await;
        let post = api.submit("idea", "general", "More trams", "At night.").await;
        let mut ban = act("person", sanne.id.clone(), "ban");
        ban["until"] = json!("2020-01-01");
        agent.post("/api/v1/moderation", &ban).await.is_problem(403, &[]);
        lead.post("/api/v1/moderation", &ban).await.is_problem(422, &["until"]);
        let last = tests::answerable::today() + chrono::Days::new(3);
        ban["until"] = json!(last);
        let banned = lead.post("/api/v1/moderation", &ban).await.is(201).number("id");
        let refused = api.put(&format!("/api/v1/posts/{post}/vote"), &json!({ "stance": "support" })).await.is_problem(403, &[]);
        let detail = refused.text("detail");
        assert!(detail.contains(REASON) && detail.contains("house rule 4") && detail.contains(&chrono::Datelike::day(&last).to_string()), "{detail}");
        let page = visits.post(&format!("/p/{post}/comments"), &[("body", "Still here.")]).await.is(403);
        page.must_show(REASON);
        assert_eq!(page.field("body").as_deref(), Some("Still here."), "what was typed is not lost");
        visits.post(&format!("/p/{post}/vote"), &[("stance", "support")]).await.is(403).must_show(REASON).must_show("See it and object");
        visits.get("/me").await.is(200).must_show(REASON);
        visits.get(&world.path_of(post).await).await.is(200);
        // who it is is told to nobody else
        let public = world.server.api().get(&format!("/api/v1/moderation/{banned}")).await.is(200).json;
        assert_eq!((&public["target_type"], &public["target_id"]), (&json!("person"), &Value::Null));
        world.server.visitor().get(&format!("/moderation/{banned}")).await.is(200).must_not_show("Sanne");
        let act_page = visits.get(&format!("/moderation/{banned}")).await.is(200);
        assert!(act_page.has(&format!("form[action='/moderation/{banned}/appeal']")));
        visits.post(&format!("/moderation/{banned}/appeal"), &[("body", "")]).await.sees_other(&format!("/moderation/{banned}"));
    }

    async fn the_staff_moderate_by_forms_alone(server: Answerable) {
        let stage = Stage::set(server).await;
        let Stage { world, post, comment, sanne_visits, agent_visits, .. } = &stage;
        let (lea, _) = world.somebody("Lea", "lead").await;
        let lead = world.server.signed_in(&lea).await;
        let path = world.path_of(*post).await;
        let page = agent_visits.get(&path).await.is(200);
        assert!(page.has(&format!("a[href='/p/{post}/moderate']")) && page.has(&format!("a[href='/comments/{comment}/moderate']")));
        let page = sanne_visits.get(&path).await.is(200);
        assert!(!page.body.contains("/moderate") && !page.has(&format!("a[href='/comments/{comment}/flag']")), "one's own is not reported");
        assert!(page.has(&format!("a[href='/comments/{}/flag']", stage.reply)));
        sanne_visits.get(&format!("/p/{post}/moderate")).await.is(404);
        let form = agent_visits.get(&format!("/comments/{comment}/moderate")).await.is(200);
        form.must_show(RARE[2]);
        let page = agent_visits.post(&format!("/comments/{comment}/moderate"), &[("act", "redact"), ("rule", ""), ("reason", "no")]).await.is(422);
        assert_eq!(page.wrong_fields(), ["passage", "reason", "rule"]);
        assert_eq!(page.field("reason").as_deref(), Some("no"), "what was typed is not lost");
        let typed = [("act", "hide"), ("rule", "4"), ("reason", REASON)];
        let to = agent_visits.post(&format!("/comments/{comment}/moderate"), &typed).await.sees_other("/moderation/");
        // sent twice it is one act
        assert_eq!(agent_visits.post(&format!("/comments/{comment}/moderate"), &typed).await.sees_other("/moderation/"), to);
        let act_path = to.split('?').next().unwrap_or_default().to_owned();
        let public = world.server.visitor().get(&act_path).await.is(200);
        public.must_show("A comment").must_show(REASON).must_show("No personal details of others.").must_not_show(RARE[2]);
        assert!(!public.has("form[action$='/appeal']") && !public.has("form[action$='/decide']"));

        let marker = sanne_visits.get(&path).await.is(200);
        assert!(marker.has(&format!("form[action='{act_path}/appeal'] button")), "one click");
        assert!(!agent_visits.get(&path).await.has("form[action$='/appeal']"));
        sanne_visits.get("/me/moderation").await.is(200).must_show("Hidden").must_show(REASON);
        sanne_visits.post(&format!("{act_path}/appeal"), &[("body", "It is an instrument.")]).await.sees_other(&act_path);
        let waiting = agent_visits.get("/triage/moderation").await.is(200);
        assert!(waiting.has(&format!("a[href='{act_path}']")) && waiting.shows("due "));
        sanne_visits.get("/triage/moderation").await.is(404);
        assert!(!agent_visits.get(&act_path).await.has("form[action$='/decide']"), "not the moderator");
        let page = lead.post(&format!("{act_path}/decide"), &[("outcome", ""), ("reason", "")]).await.is(422);
        assert_eq!(page.wrong_fields(), ["outcome", "reason"]);
        lead.post(&format!("{act_path}/decide"), &[("outcome", "rejected"), ("reason", REASON)]).await.sees_other(&act_path);
        let public = world.server.visitor().get(&act_path).await.is(200);
        public.must_show("Rejected: the act stands").must_not_show("It is an instrument.");

        // a lock and a move stand under the text
        let lock = [("act", "lock"), ("rule", "2"), ("reason", REASON)];
        agent_visits.post(&format!("/p/{post}/moderate"), &lock).await.sees_other("/moderation/");
        let locked = world.server.visitor().get(&path).await.is(200);
        locked.must_show("This post is locked").must_show("nobody can comment").must_show("Attack the problem, never the person.");
        assert!(!locked.has("#comment-form") && locked.has(".votebar"), "voting stays open");
        assert!(sanne_visits.get(&path).await.has("form[action^='/moderation/'] button") && !locked.has("form[action^='/moderation/']"));
        let page = sanne_visits.post(&format!("/p/{post}/comments"), &[("body", "Still.")]).await.is(409);
        page.must_show("This post is locked");
        assert_eq!(page.field("body").as_deref(), Some("Still."), "what was typed is not lost");

        // an excluded vote stays among the votes, marked; what was said with it is for its author and the staff
        let (mo, api) = world.somebody("Mo again", "member").await;
        let vote = json!({ "stance": "oppose", "reason": "A quokkatrumpet is no instrument." });
        api.put(&format!("/api/v1/posts/{post}/vote"), &vote).await.is(200);
        let exclude = [("act", "exclude_vote"), ("rule", "2"), ("reason", REASON)];
        agent_visits.post(&format!("/p/{post}/votes/{}/moderate", mo.id), &exclude).await.sees_other("/moderation/");
        let public = world.server.visitor().get(&path).await.is(200);
        public.must_show("Vote excluded").must_show("Mo again").must_not_show("is no instrument");
        agent_visits.get(&path).await.is(200).must_show("is no instrument");
        let votes = world.server.api().get(&format!("/api/v1/posts/{post}/votes?stance=oppose")).await.is(200);
        let vote = &votes.items()[0];
        assert_eq!((&vote["excluded"]["act"], &vote["reason"]), (&json!("exclude_vote"), &Value::Null));
        let whole = world.server.api().get(&format!("/api/v1/posts/{post}")).await.is(200).json;
        assert_eq!(whole["oppose_count"], json!(0));
    }

    async fn members_report_and_the_staff_say_what_came_of_it(server: Answerable) {
        let stage = Stage::set(server).await;
        let Stage { world, post, comment, agent_visits, .. } = &stage;
        let (mo, api) = world.somebody("Mo again", "member").await;
        let visits = world.server.signed_in(&mo).await;
        world.server.visitor().get(&format!("/p/{post}/flag")).await.sees_other("/sign-in");
        let page = visits.post(&format!("/comments/{comment}/flag"), &[("rule", "")]).await.is(422);
        assert_eq!(page.wrong_fields(), ["rule"]);
        let to = visits.post(&format!("/comments/{comment}/flag"), &[("rule", "2"), ("note", "It mocks the driver.")]).await.sees_other("/p/");
        visits.get(&to).await.is(200).must_show("The staff will look at it");
        visits.post(&format!("/comments/{comment}/flag"), &[("rule", "2")]).await.is(409);
        let flag = json!({ "target_type": "post", "target_id": post, "rule": 3, "note": null });
        api.post("/api/v1/flags", &flag).await.is(201);
        api.post("/api/v1/flags", &flag).await.is_problem(409, &[]);
        stage.sanne.post("/api/v1/flags", &flag).await.is_problem(403, &[]);
        api.get("/api/v1/flags").await.is_problem(403, &[]);
        let queue = stage.agent.get("/api/v1/flags").await.is(200);
        let things: Vec<_> = queue.items().iter().map(|item| (item["target_type"].clone(), item["target_id"].clone())).collect();
        assert_eq!(things, [(json!("comment"), json!(comment)), (json!("post"), json!(post))]);
        let page = agent_visits.get("/triage/moderation").await.is(200);
        page.must_show("It mocks the driver.").must_show("rule 3").must_not_show("Mo again");
        let dismiss = [("target_type", "comment"), ("target_id", &comment.to_string()), ("reason", "no")];
        agent_visits.post("/triage/moderation/dismiss", &dismiss).await.is(422).must_show("Write at least 10 characters.");
        let dismiss = [("target_type", "comment"), ("target_id", &comment.to_string()), ("reason", REASON)];
        agent_visits.post("/triage/moderation/dismiss", &dismiss).await.sees_other("/triage/moderation");
        stage.moderate(&act("post", *post, "hide")).await;
        assert!(stage.agent.get("/api/v1/flags").await.is(200).items().is_empty(), "something was done about it");
    }

    async fn earlier_wordings_of_house_rules_stay_readable(server: Answerable) {
        let stage = Stage::set(server).await;
        let hidden = stage.moderate(&act("comment", stage.comment, "hide")).await;
        let admin = stage.world.server.signed_in(&stage.world.admin).await;
        let form = admin.get("/admin/rules").await.is(200);
        let seen = form.attribute("#at-rule-4 input[name=seen]", "value").unwrap_or_default();
        let typed = [("seen", seen.as_str()), ("text_en", "Keep the names of others out of it."), ("text_nl", "Laat namen van anderen weg.")];
        admin.post("/admin/rules/4", &typed).await.sees_other("/admin/rules");
        let visitor = stage.world.server.visitor();
        let rules = visitor.get("/rules").await.is(200);
        rules.must_show("Keep the names of others out of it.").must_show("An earlier wording").must_show("No personal details of others.");
        // an act is judged by what was said when it was done
        let id = hidden["id"].as_i64().unwrap_or_default();
        let page = visitor.get(&format!("/moderation/{id}")).await.is(200);
        page.must_show("No personal details of others.").must_not_show("Keep the names of others");
    }
}
