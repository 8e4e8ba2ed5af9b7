//! Nothing disappears: what is taken away leaves a marker and can be objected to, what is made one matter can be taken apart, and whoever
//! leaves takes along what is theirs.

use std::{path::Path, time::Duration};

use tests::{
    Backend,
    answerable::{Account, Answerable, PASSWORD},
};

use crate::{
    story::counts,
    tab::{DESK, PHONE, Scripts, Tab, browse},
    world::World,
};

const TITLE: &str = "The bill counts the same call twice";
const RUDE: &str = "Blockheads";
const COMMENT: &str = "Blockheads, all of them: the call of the fourth stands there twice.";
const REASON: &str = "It is about people, not about the bill.";
const RIGHT: &str = "Rule 3 is about advertising, and this is none.";
const APART: &str = "One is about the fourth, the other about the fifth.";
const WHY: &str = "Both are about the bill of October.";

/// Fills in rule and reason, which every act needs.
async fn because(tab: &Tab, form: &str, rule: &str, reason: &str) {
    tab.choose(&format!("{form} select[name=rule]"), rule).await;
    tab.fill(&format!("{form} textarea[name=reason]"), reason).await;
}

async fn a_rude_comment(server: Answerable, tab: Tab) {
    let world = World::open(server).await;
    let lead = world.server.person("Lea Smit", "lead").await;
    let post = world.other_api.submit("complaint", "billing", TITLE, "Look at the bill of October.").await;
    let path = world.path_of(post).await;
    let said = world.put(&world.api, &format!("/posts/{post}/comments"), &serde_json::json!({ "body": COMMENT })).await;
    let comment = said["id"].as_i64().expect("a number");

    // a member points it out
    tab.sign_in(&world.other).await;
    tab.open(&path).await;
    tab.press(&format!("#comment-{comment} a[href='/comments/{comment}/flag']")).await;
    tab.is_at(&format!("/comments/{comment}/flag")).await;
    tab.press(&format!("form[action='/comments/{comment}/flag'] button.btn--primary")).await;
    tab.must_have("#rule[aria-invalid=true]").await;
    tab.choose("#rule", "2").await;
    tab.fill("#note", "We can say this kindly.").await;
    tab.press(&format!("form[action='/comments/{comment}/flag'] button.btn--primary")).await;
    tab.is_at(&path).await;
    tab.must_have(".flash--ok").await;
    tab.must_show(COMMENT).await;

    // an agent takes the words out, and nothing else
    tab.sign_in(&world.agent).await;
    tab.open("/triage/moderation").await;
    tab.must_show("We can say this kindly.").await;
    let form = format!("form[action='/comments/{comment}/moderate']");
    tab.press(&format!("a[href='/comments/{comment}/moderate']")).await;
    tab.is_at(&format!("/comments/{comment}/moderate")).await;
    tab.choose("#act", "redact").await;
    because(&tab, &form, "3", REASON).await;
    tab.fill("#passage", "Boneheads").await;
    tab.press(&format!("{form} button.btn--primary")).await;
    tab.must_have("#passage[aria-invalid=true]").await;
    assert_eq!(tab.value("#reason").await, REASON, "what was typed is kept");
    tab.fill("#passage", RUDE).await;
    tab.press(&format!("{form} button.btn--primary")).await;
    tab.is_at("/moderation/").await;
    let act = tab.path().await.split('?').next().unwrap_or_default().to_owned();
    tab.sign_out().await;
    tab.open(&path).await;
    tab.must_show("removed under rule 3").await;
    tab.must_show("the call of the fourth stands there twice").await;
    assert!(!tab.text().await.contains(RUDE));
    tab.press(&format!("#comment-{comment} a[href='{act}']")).await;
    tab.is_at(&act).await;
    for text in [REASON, "No advertising and no spam", "Nobody has objected"] {
        tab.must_show(text).await;
    }
    assert!(!tab.has("main form").await, "a visitor neither objects nor decides");

    // its author objects
    let told = world.server.mail_to(&world.member.email, |mail| mail.text.contains(&act)).await;
    assert!(told.text.contains(REASON), "{}", told.text);
    tab.sign_in(&world.member).await;
    tab.open("/me/moderation").await;
    tab.press(&format!("a[href='{act}']")).await;
    tab.is_at(&act).await;
    tab.fill("#body", "It says nothing about a product.").await;
    tab.press(&format!("form[action='{act}/appeal'] button")).await;
    tab.is_at(&format!("{act}?done=appealed")).await;

    // not decided by whoever did it, but by somebody else
    tab.sign_in(&world.agent).await;
    tab.open(&act).await;
    assert!(!tab.has(&format!("form[action='{act}/decide']")).await);
    tab.sign_in(&lead).await;
    tab.open("/triage/moderation").await;
    tab.press(&format!("section[aria-labelledby=appeals] a[href='{act}']")).await;
    tab.is_at(&act).await;
    tab.must_show("It says nothing about a product.").await;
    tab.choose("#outcome", "upheld").await;
    tab.fill("#reason", RIGHT).await;
    tab.press(&format!("form[action='{act}/decide'] button")).await;
    tab.is_at(&format!("{act}?done=decided")).await;

    // which everybody reads, where it was and in the record
    tab.sign_out().await;
    tab.open(&act).await;
    for text in ["Upheld: the author was right", RIGHT] {
        tab.must_show(text).await;
    }
    assert!(!tab.text().await.contains("It says nothing about a product."), "what the author says is for them and the staff");
    tab.open(&path).await;
    tab.must_show(COMMENT).await;
    tab.open("/record").await;
    for text in ["removed a part of a text", "objected to an act of moderation", "decided an objection", REASON, RIGHT] {
        tab.must_show(text).await;
    }
    tab.must_have(&format!("a[href='/p/{post}']")).await;
    world.is_sound(&tab).await;
}

async fn one_matter_and_two_again(server: Answerable, tab: Tab) {
    let world = World::open(server).await;
    let head = world.api.submit("complaint", "billing", TITLE, "Look at the bill of October.").await;
    let member = world.other_api.submit("complaint", "billing", "Calls twice on my bill", "The fourth of October.").await;
    for (api, post) in [(&world.other_api, head), (&world.admin_api, head), (&world.admin_api, member)] {
        world.put(api, &format!("/posts/{post}/vote"), &serde_json::json!({ "stance": "support" })).await;
    }
    let said = serde_json::json!({ "body": "On mine it is the fifth." });
    world.put(&world.api, &format!("/posts/{member}/comments"), &said).await;
    let paths = [world.path_of(head).await, world.path_of(member).await];

    tab.sign_in(&world.agent).await;
    tab.open(&paths[1]).await;
    tab.press(&format!("a[href='/triage/{member}/merge']")).await;
    tab.is_at(&format!("/triage/{member}/merge")).await;
    tab.fill("#into", &head.to_string()).await;
    tab.press(&format!("form[method=get][action^='/triage/{member}/merge'] button")).await;
    tab.must_have("#side").await;
    let merge = format!("form[action='/triage/{member}/merge#main']");
    because(&tab, &merge, "6", WHY).await;
    tab.press(&format!("{merge} button")).await;
    tab.is_at(&format!("{}?done=merged", paths[1])).await;

    // everybody reads both, each at its own address, and the people of both are counted once
    tab.sign_out().await;
    tab.open(&paths[1]).await;
    tab.must_show(&format!("This is one matter with No. {head}")).await;
    for text in [WHY, "The fourth of October.", "On mine it is the fifth."] {
        tab.must_show(text).await;
    }
    assert_eq!(counts(&tab).await.0, "1");
    tab.press(&format!("#case a.btn[href='{}']", paths[0])).await;
    tab.is_at(&paths[0]).await;
    tab.must_show("2 people support this matter, in 2 posts.").await;
    tab.must_show("On mine it is the fifth.").await;
    assert_eq!(counts(&tab).await.0, "2", "its own votes are its own");
    tab.open("/?sort=new").await;
    tab.must_have(&format!("#post-{head}")).await;
    assert!(!tab.has(&format!("#post-{member}")).await);

    tab.sign_in(&world.agent).await;
    tab.open(&format!("/triage/{member}/merge")).await;
    let unmerge = format!("form[action='/triage/{member}/unmerge#main']");
    because(&tab, &unmerge, "1", APART).await;
    tab.press(&format!("{unmerge} button")).await;
    tab.is_at(&format!("{}?done=unmerged", paths[1])).await;

    tab.sign_out().await;
    for (path, votes, theirs) in [(&paths[0], "2", false), (&paths[1], "1", true)] {
        tab.open(path).await;
        assert!(!tab.has("#case").await, "{path} is a matter of its own");
        assert_eq!(counts(&tab).await.0, votes, "{path}");
        assert_eq!(tab.text().await.contains("On mine it is the fifth."), theirs, "{path}: a comment stands where it was made");
        tab.must_show(APART).await;
    }
    tab.open("/?sort=new").await;
    for post in [head, member] {
        tab.must_have(&format!("#post-{post}")).await;
    }
    tab.open("/record").await;
    for text in ["made two posts one matter", "took two posts apart", WHY] {
        tab.must_show(text).await;
    }
    world.is_sound(&tab).await;
}

async fn somebody_leaves(server: Answerable, tab: Tab) {
    let world = World::open(server).await;
    let post = world.api.submit("idea", "billing", "A bill on one page", "Mine has nine, of which seven are empty.").await;
    let path = world.path_of(post).await;

    tab.sign_in(&world.member).await;
    tab.open(&path).await;
    tab.must_show(&world.member.name).await;
    tab.open("/me").await;
    tab.press("a[href='/me/data']").await;
    tab.is_at("/me/data").await;
    let folder = tempfile::tempdir().expect("a folder for what is downloaded");
    let into = serde_json::json!({ "behavior": "allow", "downloadPath": folder.path() });
    tab.protocol("Browser.setDownloadBehavior", into).await;
    tab.press("a[href='/me/export']").await;
    let archive = downloaded(folder.path()).await;
    assert!(archive.starts_with(b"PK"), "an archive");
    let has = |name: &str| archive.windows(name.len()).any(|part| part == name.as_bytes());
    assert!(has("account.json") && has("posts.json"), "with a file of each part");

    // not by mistake: the password is asked for
    tab.press("form[action='/me/erase'] button").await;
    tab.must_have("#present_password[aria-invalid=true]").await;
    tab.choose("#texts", "keep").await;
    tab.fill("#present_password", PASSWORD).await;
    tab.press("form[action='/me/erase'] button").await;
    tab.is_at("/?done=erased").await;
    tab.must_have(".flash--ok").await;

    tab.open(&path).await;
    tab.must_show("Mine has nine, of which seven are empty.").await;
    tab.must_show("Former member").await;
    assert!(!tab.text().await.contains(&world.member.name));
    tab.open("/me").await;
    tab.is_at("/sign-in").await;
    refused(&tab, &world.member).await;
    world.api.get("/api/v1/me").await.is(401);
    world.is_sound(&tab).await;
}

/// What the browser has saved, as soon as all of it is there.
async fn downloaded(folder: &Path) -> Vec<u8> {
    for _ in 0..200 {
        let files: Vec<_> = std::fs::read_dir(folder).expect("the folder").map(|file| file.expect("a file").path()).collect();
        if let [file] = &files[..]
            && file.extension().is_some_and(|kind| kind == "zip")
        {
            return std::fs::read(file).expect("what was saved");
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("nothing was saved");
}

/// Nobody signs in with what was an account.
async fn refused(tab: &Tab, account: &Account) {
    tab.open("/sign-in").await;
    tab.fill("#email", &account.email).await;
    tab.fill("#password", PASSWORD).await;
    tab.press("main form button.btn--primary").await;
    tab.must_have("#error-summary").await;
    tab.open("/me").await;
    tab.is_at("/sign-in").await;
}

impl World {
    /// The record verifies, by the page that everybody has, and the program logged no error.
    pub(crate) async fn is_sound(&self, tab: &Tab) {
        tab.open("/record").await;
        tab.must_have(".chain.banner--ok").await;
        assert!(!self.server.logged().contains("ERROR"), "{}", self.server.logged());
    }
}

#[test]
fn a_rude_comment_is_judged_in_public() {
    browse(Backend::Sqlite, Scripts::On, PHONE, a_rude_comment);
}

#[test]
fn a_rude_comment_is_judged_without_javascript_on_postgres() {
    browse(Backend::Postgres, Scripts::Off, DESK, a_rude_comment);
}

#[test]
fn complaints_are_merged_and_taken_apart() {
    browse(Backend::Postgres, Scripts::On, DESK, one_matter_and_two_again);
}

#[test]
fn complaints_are_merged_and_taken_apart_without_javascript() {
    browse(Backend::Sqlite, Scripts::Off, PHONE, one_matter_and_two_again);
}

#[test]
fn somebody_takes_their_data_and_leaves() {
    browse(Backend::Sqlite, Scripts::On, PHONE, somebody_leaves);
}

#[test]
fn somebody_leaves_without_javascript_on_postgres() {
    browse(Backend::Postgres, Scripts::Off, DESK, somebody_leaves);
}
