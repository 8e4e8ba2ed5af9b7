//! Every page for everybody: no violation that axe-core knows of (WCAG 2.2 A and AA, and good practice), light at a desk and dark on
//! a phone; nothing wider than the screen, down to 320 pixels.

use image::ImageFormat;
use serde_json::{Value, json};
use tests::{
    Backend,
    answerable::{Account, PASSWORD},
    pictures::{PDF, picture},
};

use crate::{
    tab::{DESK, PHONE, Scripts, Tab, browse},
    world::{REFUSAL, World, soon},
};

/// axe-core, which looks for barriers. Its licence (MPL-2.0) lies beside it.
const AXE: &str = include_str!("axe/axe.min.js");

/// The narrowest screen that pages have to fit on.
const NARROW: u32 = 320;

/// A page to look at: its address, or a form whose answer is looked at.
#[derive(Debug, Clone)]
enum Place {
    At(String),
    After(String, Vec<(&'static str, String)>),
}

impl Place {
    fn at(path: impl Into<String>) -> Self {
        Self::At(path.into())
    }

    fn after(path: impl Into<String>, fields: &[(&'static str, &str)]) -> Self {
        Self::After(path.into(), fields.iter().map(|(name, value)| (*name, (*value).to_owned())).collect())
    }
}

/// A forum in which there is one of everything.
struct Full {
    world: World,
    idea: String,
    member: String,
    complaint: String,
    declined: String,
    /// Of the changelog.
    entry: String,
    comment: i64,
    removed: i64,
    handle: String,
}

impl Full {
    async fn of(world: World) -> Self {
        let (mo, noor, femke) = (&world.api, &world.other_api, &world.agent_api);
        let long = "We pay for **two** houses.\n\n- one here\n- one there\n\n> and nobody asked\n\n\
            `code` and [a link](https://example.com/).\n\n\
            Averylongwordwithoutanyspaceinitthatnoscreenisevergoingtobewideenoughforhoweverhardittriestobe.";
        let picture =
            mo.send_file("/api/v1/attachments?name=bills&alt=Two%20bills", "image/png", picture(900, 400, ImageFormat::Png)).await;
        let document = mo.send_file("/api/v1/attachments?name=bill", "application/pdf", PDF.to_vec()).await;
        let draft = json!({
            "kind": "idea", "board": "billing", "title": "One bill for two addresses", "body": long,
            "tags": ["bills", "moving house"], "attachments": [picture.number("id"), document.number("id")],
        });
        let idea = world.put(mo, "/posts", &draft).await["id"].as_i64().expect("a number");
        let complaint =
            mo.submit("complaint", "billing", "Billed twice in March", "Both bills were paid, and nobody said sorry.").await;
        let declined = mo.submit("wish", "billing", "A bill on paper, as it once was", "Some of us file paper.").await;
        let unbroken = "A".repeat(120);
        mo.submit("criticism", "billing", &unbroken, "One long word.").await;
        let pilot = json!({ "slug": "pilot", "name": "Pilot customers" });
        world.put(&world.admin_api, "/groups", &pilot).await;
        let member = format!("/api/v1/groups/pilot/members/{}", world.member.id);
        world.admin_api.put(&member, &json!({})).await.is(204);
        world.put(noor, &format!("/posts/{idea}/vote"), &json!({ "stance": "support" })).await;
        world
            .put(
                femke,
                &format!("/posts/{idea}/vote"),
                &json!({ "stance": "oppose", "reason": "Two bills keep the two houses apart." }),
            )
            .await;
        world.put(noor, &format!("/posts/{complaint}/vote"), &json!({ "stance": "support" })).await;
        let comments = format!("/posts/{idea}/comments");
        let comment = world.put(noor, &comments, &json!({ "body": "With us it is *three* addresses." })).await["id"]
            .as_i64()
            .expect("a number");
        let mut parent = comment;
        for n in 0..5 {
            let who = if n % 2 == 0 { femke } else { noor };
            parent = world.put(who, &comments, &json!({ "body": "And with us?", "parent_id": parent })).await["id"]
                .as_i64()
                .expect("a number");
        }
        let removed = world.put(noor, &comments, &json!({ "body": "Said in anger." })).await["id"].as_i64().expect("a number");
        noor.delete(&format!("/api/v1/comments/{removed}")).await.is(204);
        noor.patch(&format!("/api/v1/comments/{comment}"), &json!({ "body": "With us it is *four* addresses." })).await.is(200);
        mo.patch(&format!("/api/v1/posts/{idea}"), &json!({ "title": "One bill for all addresses" })).await.is(200);
        let body = long.replace("nobody", "no one");
        let change = json!({ "tags": ["bills"], "rule": 4, "reason": "A street number was in it.", "body": body });
        femke.patch(&format!("/api/v1/posts/{idea}"), &change).await.is(200);
        let what = "All addresses on **one** bill.";
        let planned = json!({ "status": "planned", "what": what, "who": "Team Billing", "next_update_on": soon() });
        world.put(femke, &format!("/posts/{idea}/answers"), &planned).await;
        let refused = json!({ "status": "declined", "what": REFUSAL, "reason_class": "cost", "final": true });
        world.put(femke, &format!("/posts/{declined}/answers"), &refused).await;
        let delivered = mo.submit("wish", "billing", "Show the date on the bill", "It is missing.").await;
        world
            .put(
                femke,
                &format!("/posts/{delivered}/answers"),
                &json!({ "status": "delivered", "what": "It is there.", "who": "Team Billing" }),
            )
            .await;
        // told, corrected since, and a draft beside it
        let told = json!({ "category": "new", "title": "The date stands on the bill", "body": long, "posts": [delivered] });
        let entry = world.put(femke, "/changelog", &told).await["id"].as_i64().expect("a number");
        femke.post(&format!("/api/v1/changelog/{entry}/publish"), &json!({})).await.is(200);
        let better = json!({ "category": "improved", "title": "Each bill has its date", "reason": "The first bills had none." });
        femke.patch(&format!("/api/v1/changelog/{entry}"), &better).await.is(200);
        world.put(femke, "/changelog", &json!({ "category": "fixed", "title": "A draft", "body": "To come." })).await;
        let entry = format!("/changelog/{entry}");
        // one matter with the idea, and two of which somebody thinks that they are
        let member = mo.submit("wish", "billing", "Send me one bill, not two", "We have two addresses.").await;
        world.put(noor, &format!("/posts/{member}/comments"), &json!({ "body": "Three would be worse." })).await;
        let merge = json!({ "into": idea, "rule": 6, "reason": "Both want one bill for several addresses." });
        world.put(femke, &format!("/posts/{member}/merge"), &merge).await;
        let same = json!({ "other": complaint, "words": "Both are about March." });
        world.put(noor, &format!("/posts/{declined}/proposals"), &same).await;
        let member = world.path_of(member).await;
        let idea = world.path_of(idea).await;
        let page = world.server.visitor().get(&idea).await.is(200);
        let handle = page.body.split("href=\"/u/").nth(1).and_then(|rest| rest.split('"').next()).expect("the author").to_owned();
        let (complaint, declined) = (world.path_of(complaint).await, world.path_of(declined).await);
        Self { world, idea, member, complaint, declined, entry, comment, removed, handle }
    }

    fn number(&self) -> &str {
        crate::story::number(&self.idea)
    }

    /// The pages that everybody sees.
    fn public(&self) -> Vec<Place> {
        let (number, comment) = (self.number(), self.comment);
        [
            "/",
            "/?sort=waiting",
            "/?sort=delivered",
            "/?q=bill&kind=idea",
            "/?q=zzzz",
            "/roadmap",
            "/changelog",
            "/changelog?category=fixed",
            "/embed/list?limit=20",
            "/embed/roadmap",
            "/embed/counter",
            "/embed/submit",
            "/feeds",
            "/record",
            "/record?act=promise_paid",
            "/record/1",
            "/rules",
            "/how-we-sort",
            "/clocks",
            "/privacy",
            "/accessibility",
            "/nothing-here",
        ]
        .into_iter()
        .map(Place::at)
        .chain([
            Place::at(&self.idea),
            Place::at(&self.member),
            Place::at(&self.complaint),
            Place::at(&self.declined),
            Place::at(&self.entry),
            Place::at(format!("/embed/posts/{number}")),
            Place::at(format!("/p/{number}/versions")),
            Place::at(format!("/comments/{comment}/versions")),
            Place::at(format!("/u/{}", self.handle)),
            Place::at(format!("{}?reasons=all", self.idea)),
        ])
        .collect()
    }

    fn of_visitors(&self) -> Vec<Place> {
        let mut places = self.public();
        places.extend(
            [
                "/sign-in",
                "/sign-up",
                "/verify",
                "/verify/dead",
                "/reset",
                "/reset/sent",
                "/reset/dead",
                "/api/docs",
                "/?done=signed-out",
            ]
            .map(Place::at),
        );
        places.extend([
            Place::after("/sign-in", &[("email", "mo@example.com"), ("password", "wrong")]),
            Place::after("/sign-up", &[("email", "nobody"), ("password", "short")]),
            Place::after("/reset", &[("email", "nobody")]),
            Place::after("/roadmap", &[]),
        ]);
        places
    }

    fn of_members(&self) -> Vec<Place> {
        let (number, comment) = (self.number(), self.comment);
        let mut places: Vec<_> = [&self.idea, &self.complaint, &format!("/u/{}", self.handle)].map(Place::at).into();
        places.extend(
            [
                "/",
                "/roadmap",
                "/nothing-here",
                "/new",
                "/new?title=One+bill+for+all&body=Two+houses",
                "/me",
                "/me/clocks",
                "/me/votes",
                "/me/follows",
                "/me/notices",
                "/me/delivered",
                "/me/moderation",
                "/me/settings",
                "/me/sessions",
                "/me/tokens",
                "/triage",
            ]
            .map(Place::at),
        );
        places.extend([
            Place::at(format!("/p/{number}/flag")),
            Place::after(format!("/p/{number}/flag"), &[("rule", "")]),
            Place::at(format!("/comments/{comment}/edit")),
            Place::at(format!("/p/{number}/edit")),
            Place::at(format!("/p/{number}/same")),
            Place::after(format!("/p/{number}/same"), &[("other", "that one")]),
            Place::at(format!("/comments/{}/edit", self.removed)),
            Place::after("/new", &[("kind", "idea"), ("title", "ab"), ("tags", "a, b, c, d, e, f")]),
            Place::after(
                "/new",
                &[("kind", "idea"), ("title", "One bill for all"), ("body", "Two **houses**"), ("board", "billing")],
            ),
            Place::after("/new", &[("act", "preview"), ("body", "# A look\n\n- at **it**")]),
            Place::after(format!("/p/{number}/vote"), &[("stance", "oppose"), ("reason", "no")]),
            Place::after(format!("/p/{number}/comments"), &[("body", "")]),
            Place::after(format!("/p/{number}/comments"), &[("body", ""), ("parent", &comment.to_string())]),
            Place::after(format!("/comments/{comment}/edit"), &[("body", "")]),
            Place::after("/me/settings", &[("name", "")]),
            Place::after("/me/password", &[("password", "short")]),
            Place::after("/me/address", &[("email", "nobody")]),
            Place::at("/address/dead"),
            Place::after("/me/tokens", &[("name", ""), ("scope", "read")]),
            Place::after("/me/tokens", &[("name", "Nightly report"), ("scope", "read")]),
        ]);
        places
    }

    fn of_staff(&self) -> Vec<Place> {
        let number = self.number();
        let complaint = crate::story::number(&self.complaint);
        vec![
            Place::at("/"),
            Place::at(&self.idea),
            Place::at("/me"),
            Place::at("/me/clocks"),
            Place::at("/triage"),
            Place::at("/triage/moderation"),
            Place::at(format!("/p/{number}/moderate")),
            Place::after(format!("/p/{number}/moderate"), &[("act", "redact")]),
            Place::at("/triage?part=mine"),
            Place::at("/triage?part=nobody"),
            Place::at("/triage?part=requests"),
            Place::at(format!("/triage/{number}")),
            Place::at(format!("/triage/{complaint}?done=answered")),
            Place::at("/triage/999999"),
            Place::at("/triage/proposals"),
            Place::at(format!("/triage/{number}/merge")),
            Place::at(format!("/triage/{complaint}/merge?into={number}")),
            Place::after(format!("/triage/{complaint}/merge"), &[("into", number), ("reason", "No")]),
            Place::after(format!("/triage/{number}/unmerge"), &[("reason", "No")]),
            Place::at(format!("/p/{number}/edit")),
            Place::after(format!("/p/{number}/edit"), &[("title", "")]),
            Place::after(format!("/triage/{complaint}/answer"), &[("status", "planned")]),
            Place::after(
                format!("/triage/{complaint}/answer"),
                &[("status", "declined"), ("what", "No."), ("reason_class", "cost")],
            ),
            Place::after(format!("/triage/{complaint}/owner"), &[("person", "")]),
            Place::after(format!("/triage/{complaint}/extend"), &[("until", "2020-01-02"), ("reason", "No")]),
            Place::after(format!("/triage/{complaint}/promises"), &[("what", "x"), ("remedy_amount", "much")]),
            Place::after(format!("/triage/{complaint}/contributors"), &[("task", "")]),
            Place::after("/triage/away", &[("first_day", ""), ("last_day", "soon")]),
            Place::at("/changelog/new"),
            Place::at("/changelog/drafts"),
            Place::at(format!("{}/edit", self.entry)),
            Place::after(format!("{}/edit", self.entry), &[("title", "")]),
            Place::after(format!("{}/withdraw", self.entry), &[("reason", "no")]),
            Place::after(
                "/changelog/new",
                &[("title", "ab"), ("posts", "x"), ("act", "publish"), ("published_at", "2020-01-01T09:00")],
            ),
        ]
    }

    fn of_admins(&self) -> Vec<Place> {
        vec![
            Place::at("/admin"),
            Place::at("/admin/boards"),
            Place::at("/admin/groups/pilot"),
            Place::at("/admin/rules"),
            Place::at("/admin/site"),
            Place::at("/admin/start"),
            Place::after("/admin/rules", &[("text_en", "")]),
            Place::after("/admin/site", &[("name", ""), ("own_accent", "on"), ("accent", "#ffcc00")]),
            Place::after("/admin/start", &[("time_zone", "Mars"), ("colleagues", "nobody")]),
            Place::at("/admin/people"),
            Place::at("/admin/statuses"),
            Place::at("/admin/tags"),
            Place::at(format!("/admin/people/{}", self.world.agent.id)),
            Place::after("/admin/boards", &[("name", ""), ("slug", "B!")]),
            Place::after("/admin/groups", &[("name", "")]),
            Place::after("/admin/groups/pilot/members", &[("person", "nobody")]),
            Place::after("/admin/people/invitations", &[("email", "nobody")]),
            Place::after("/admin/statuses", &[("name", ""), ("colour", "red")]),
            Place::after("/admin/tags", &[("name", "")]),
            Place::at("/admin/calendar"),
            Place::at("/admin/clocks"),
            Place::at("/admin/mandates"),
            Place::at("/admin/teams"),
            Place::at("/admin/pledges"),
            Place::after("/admin/calendar", &[("time_zone", "Mars")]),
            Place::after("/admin/calendar/days-off", &[("day", "soon")]),
            Place::after("/admin/clocks", &[("triage_days", "0")]),
            Place::after("/admin/clocks/billing", &[("complaint_decision", "0")]),
            Place::after("/admin/mandates", &[("agent_euros", "much"), ("lead_days", "many")]),
            Place::after("/admin/teams", &[("name", "The people who answer for bills"), ("slug", "bills")]),
            Place::after("/admin/teams", &[("name", ""), ("slug", "B!")]),
            Place::after("/admin/teams/bills/members", &[("person", &self.world.agent.id)]),
            Place::after("/admin/teams/desks", &[("board", "billing"), ("level_1", "team:none")]),
            Place::after("/admin/teams/absences", &[("first_day", "soon")]),
            Place::after("/admin/pledges", &[("what", ""), ("days", "a week")]),
            Place::at("/admin/embeds"),
            Place::after("/admin/embeds", &[("embed_origins", "http://nobody.invalid/x")]),
            Place::at("/admin/hooks"),
            Place::after("/admin/hooks", &[("url", "http://localhost/"), ("shape", "slack"), ("language", "en")]),
            Place::after("/admin/hooks", &[("url", "https://hooks.invalid/"), ("shape", "slack"), ("language", "en")]),
            Place::at("/admin/hooks/1"),
        ]
    }
}

async fn go(tab: &Tab, place: &Place) {
    match place {
        Place::At(path) => tab.open(path).await,
        Place::After(path, fields) => {
            tab.send_form(path, fields).await;
            tab.is_clean().await;
        }
    }
}

/// Looks at one page from all sides, and tells of all that is wrong with it.
async fn look_at(tab: &Tab, place: &Place, found: &mut Vec<String>) {
    go(tab, place).await;
    tab.script(AXE, vec![]).await;
    // each theme once, each width once: what a rule looks at depends on one of them, on both hardly ever
    for (width, theme) in [(DESK, "light"), (PHONE, "dark")] {
        tab.width(width).await;
        let run = "
            const done = arguments[arguments.length - 1];
            const [theme] = arguments;
            document.documentElement.dataset.theme = theme;
            // a form that came back has the focus on what is wrong with it, and the page stands there
            scrollTo(0, 0);
            for (const fold of document.querySelectorAll('details')) fold.open = true;
            const standards = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
            const only = { type: 'tag', values: standards };
            const settled = Promise.allSettled(document.getAnimations().map(animation => animation.finished));
            settled.then(() => axe.run(document, { runOnly: only, resultTypes: ['violations'] })).then(
                result => done(result.violations.flatMap(violation => violation.nodes.map(node =>
                    violation.id + ': ' + node.html.slice(0, 200) + ' (' + node.target.join(' ').slice(0, 120) + ') '
                    + [...node.any, ...node.all, ...node.none].map(check => check.message).join('; ').slice(0, 260)))),
                error => done(['axe failed: ' + error]),
            );";
        let violations =
            tab.client.execute_async(run, vec![json!(theme)]).await.unwrap_or_else(|error| panic!("{place:?}: {error}"));
        note(found, place, &format!("{width} px, {theme}"), &violations);
    }
    for width in [NARROW, PHONE, DESK] {
        tab.width(width).await;
        let script = "
            const room = document.documentElement.clientWidth;
            const wide = document.documentElement.scrollWidth;
            if (wide <= room && innerWidth <= arguments[0]) return [];
            const sticksOut = element => element.getClientRects().length && element.getBoundingClientRect().right > room + 1;
            const out = [...document.querySelectorAll('body *')].filter(sticksOut);
            return [wide + ' px wide: ' + out.slice(0, 4).map(e => e.outerHTML.slice(0, 160)).join(' | ')];";
        let overflow = tab.script(script, vec![json!(width)]).await;
        note(found, place, &format!("{width} px"), &overflow);
    }
}

fn note(found: &mut Vec<String>, place: &Place, how: &str, wrong: &Value) {
    let name = match place {
        Place::At(path) => path.clone(),
        Place::After(path, fields) => format!("POST {path} {fields:?}"),
    };
    for line in wrong.as_array().into_iter().flatten() {
        found.push(format!("{name} ({how}): {}", line.as_str().unwrap_or_default()));
    }
}

fn look_at_all(who: impl Fn(&World) -> Option<Account>, places: impl Fn(&Full) -> Vec<Place>) {
    browse(Backend::Sqlite, Scripts::On, DESK, async |server, tab| {
        let full = Full::of(World::open(server).await).await;
        if let Some(account) = who(&full.world) {
            tab.sign_in(&account).await;
        } else {
            tab.open("/rules").await;
        }
        let mut found = Vec::new();
        for place in places(&full) {
            look_at(&tab, &place, &mut found).await;
        }
        assert!(found.is_empty(), "{} barriers:\n{}", found.len(), found.join("\n"));
    });
}

#[test]
fn pages_have_no_barriers_for_visitors() {
    look_at_all(|_| None, Full::of_visitors);
}

#[test]
fn pages_have_no_barriers_for_members() {
    look_at_all(|world| Some(world.other.clone()), Full::of_members);
}

#[test]
fn pages_have_no_barriers_for_staff() {
    look_at_all(|world| Some(world.agent.clone()), Full::of_staff);
}

#[test]
fn pages_have_no_barriers_for_admins() {
    look_at_all(|world| Some(world.admin.clone()), Full::of_admins);
}

#[test]
fn pages_that_one_meets_on_the_way_in_have_no_barriers() {
    browse(Backend::Sqlite, Scripts::On, DESK, async |server, tab| {
        let mut found = Vec::new();
        let setup = server.set_up();
        look_at(&tab, &Place::At(setup.clone()), &mut found).await;
        look_at(&tab, &Place::after(setup, &[("site", "")]), &mut found).await;
        // a forum in which nothing happened yet
        look_at(&tab, &Place::at("/"), &mut found).await;
        look_at(&tab, &Place::at("/roadmap"), &mut found).await;
        let una = server.unverified("Una").await;
        let visitor = server.visitor();
        let admin = server.person("Ada", "admin").await;
        let ada = server.signed_in(&admin).await;
        let invited = [("email", "femke@example.com"), ("role", "agent")];
        ada.post("/admin/people/invitations", &invited).await.sees_other("/admin/people");
        let invite = server.link_to("femke@example.com", "/invite/").await;
        look_at(&tab, &Place::At(invite.clone()), &mut found).await;
        look_at(&tab, &Place::after(invite, &[("name", "")]), &mut found).await;
        look_at(&tab, &Place::at("/invite/dead"), &mut found).await;
        visitor
            .post("/sign-up", &[("name", "Una"), ("email", "una@example.com"), ("password", PASSWORD)])
            .await
            .sees_other("/verify");
        let verify = server.link_to("una@example.com", "/verify/").await;
        visitor.post("/reset", &[("email", "una@example.com")]).await.sees_other("/reset/sent");
        let reset = server.link_to("una@example.com", "/reset/").await;
        look_at(&tab, &Place::At(verify), &mut found).await;
        look_at(&tab, &Place::At(reset.clone()), &mut found).await;
        look_at(&tab, &Place::after(reset, &[("password", "short")]), &mut found).await;
        tab.sign_in(&una).await;
        for path in ["/me", "/new", "/verify", "/me/votes", "/me/clocks", "/me/tokens"] {
            look_at(&tab, &Place::at(path), &mut found).await;
        }
        assert!(found.is_empty(), "{} barriers:\n{}", found.len(), found.join("\n"));
    });
}
