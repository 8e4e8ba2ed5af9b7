//! Making a post one matter with another, both side by side; and taking it apart again.

use axum::{
    Router,
    extract::{Path, Query},
    response::Response,
    routing::get,
};
use forum::{
    Error,
    case::{self, Case},
    error::{Check, Problem},
    post::{self, Post, PostRow},
};
use leptos::prelude::*;
use serde::Deserialize;

use super::{Act, number};
use crate::{
    done,
    parts::{
        Head, Place,
        case::number as called,
        form::{Area, Choice, Line, Need, Sent, Sheet},
        icon,
        pill::pill,
        post_row::{path_of, post_path},
        respond,
        text::markdown,
        when,
    },
    t,
    web::{PageResult, Visit, Web, see_other},
};

/// The forms.
const MERGE: &str = "merge";
const UNMERGE: &str = "unmerge";

pub(super) fn routes() -> Router<Web> {
    Router::new().route("/triage/{id}/merge", get(show).post(merge)).route("/triage/{id}/unmerge", get(show).post(unmerge))
}

/// The post to compare with, by number or address.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct With {
    into: String,
}

async fn show(visit: Visit, Path(id): Path<String>, Query(with): Query<With>) -> PageResult {
    visit.require_staff()?;
    Ok(page(&visit, &Both::load(&visit, &id, &with.into).await?, None))
}

async fn merge(act: Act) -> PageResult {
    let (id, typed) = (act.post, &act.typed);
    let mut check = Check::new();
    let into = check.field("into", case::parse_post(typed.get("into")));
    let rule = check.field("rule", rule(typed.get("rule")));
    let merged = match check.finish((into, rule)) {
        Ok((into, rule)) => {
            let forum = act.visit.forum();
            forum.write(&act.visit.actor, async |tx| case::merge(tx, id, Some(into), rule, typed.get("reason")).await).await
        }
        Err(error) => Err(error),
    };
    finish(act, MERGE, merged.map(|_| done!("merged"))).await
}

async fn unmerge(act: Act) -> PageResult {
    let (id, typed) = (act.post, &act.typed);
    let taken = match rule(typed.get("rule")) {
        Ok(rule) => {
            let forum = act.visit.forum();
            forum.write(&act.visit.actor, async |tx| case::unmerge(tx, id, rule, typed.get("reason")).await).await
        }
        Err(problem) => Err(Error::invalid("rule", problem)),
    };
    finish(act, UNMERGE, taken.map(|()| done!("unmerged"))).await
}

fn rule(text: &str) -> Result<Option<i32>, Problem> {
    match text.trim() {
        "" => Ok(None),
        text => text.parse().map(Some).map_err(|_| Problem::UnknownChoice),
    }
}

/// To the page of the post, where the note is; or the same page again, with what was typed.
async fn finish(act: Act, key: &str, done: Result<&str, Error>) -> PageResult {
    match done {
        Ok(done) => {
            let row = post::row_by_id(act.visit.forum().read(), &act.visit.actor, act.post, act.visit.now).await?;
            Ok(see_other(&format!("{}?done={done}", post_path(&row))))
        }
        Err(error) => {
            let with = act.typed.text("into");
            let sent = Sent::refused(&act.visit, key, act.typed, error)?;
            let both = Both::load(&act.visit, &act.post.to_string(), &with).await?;
            Ok(page(&act.visit, &both, Some(&sent)))
        }
    }
}

/// The post, the other one if there is one, and those that are alike.
struct Both {
    post: Post,
    with: String,
    other: Option<Post>,
    alike: Vec<(PostRow, f64)>,
}

impl Both {
    async fn load(visit: &Visit, id: &str, with: &str) -> Result<Self, Error> {
        let view = visit.view().await?;
        let post = post::by_id(&view, number(id)?).await?;
        let mut other = None;
        if let Ok(id) = case::parse_post(with)
            && id != post.row.id
        {
            other = match post::by_id(&view, id).await {
                Err(Error::NotFound) => None,
                found => Some(found?),
            };
        }
        let mut alike = post::alike(&view, &post).await?;
        alike.retain(|(row, _)| row.head.unwrap_or(row.id) != post.row.head.unwrap_or(post.row.id));
        Ok(Self { post, with: with.to_owned(), other, alike })
    }

    /// How alike the other one is, in percent.
    fn score(&self, visit: &Visit, other: &PostRow) -> String {
        match self.alike.iter().find(|(row, _)| row.id == other.id) {
            Some((_, score)) => percent(visit, *score),
            None => t!(visit.words, "merge-score-low"),
        }
    }
}

/// How alike two posts are.
pub(super) fn percent(visit: &Visit, score: f64) -> String {
    t!(visit.words, "merge-alike-score", score = visit.words.fixed(score * 100.0, 0))
}

fn page(visit: &Visit, both: &Both, sent: Option<&Sent>) -> Response {
    let words = visit.words;
    let post = &both.post;
    let here = called(visit, post.row.id);
    let is_member = post.row.head.is_some();
    let title =
        if is_member { t!(words, "unmerge-go", number = here.as_str()) } else { t!(words, "merge-title", number = here.as_str()) };
    let head = Head { staff: true, ..Head::titled(title.clone()).at(Place::Triage).with_form(sent) };
    respond(visit, head, || {
        let case = post.case.as_ref();
        let body = if is_member {
            None
        } else {
            Some(view! {
                {choose(visit, both, sent)}
                {both.other.as_ref().map(|other| side_by_side(visit, both, other, sent))}
            })
        };
        view! {
            <div class="wrap page">
                <div class="stack gap-6">
                    {Sheet::plain(visit, MERGE, sent).summary()}
                    <header class="stack gap-2 measure">
                        <h1 class="h-page">{title}</h1>
                        <p class="lede" dir="auto" lang=post.row.language.clone()><a href=path_of(post)>{post.row.title.clone()}</a></p>
                        {(!is_member).then(|| view! { <p>{t!(words, "merge-lede")}</p> })}
                    </header>
                    {body}
                    {case.map(|case| apart(visit, post, case, sent))}
                </div>
            </div>
        }
    })
}

/// The field for the other post, and those that are most alike.
fn choose(visit: &Visit, both: &Both, sent: Option<&Sent>) -> AnyView {
    let words = visit.words;
    let id = both.post.row.id;
    let alike = both
        .alike
        .iter()
        .map(|(row, score)| {
            view! {
                <li class="between">
                    <a href=format!("/triage/{id}/merge?into={}#side", row.id)>
                        {called(visit, row.id)}" "<span dir="auto" lang=row.language.clone()>{row.title.clone()}</span>
                    </a>
                    <span class="meta">{percent(visit, *score)}</span>
                </li>
            }
        })
        .collect_view();
    let alike = if both.alike.is_empty() {
        view! { <p class="meta">{t!(words, "merge-alike-none")}</p> }.into_any()
    } else {
        view! { <ul class="minis">{alike}</ul> }.into_any()
    };
    let field = Sheet::plain(visit, MERGE, sent).line(Line {
        name: "into",
        label: t!(words, "merge-with"),
        value: &both.with,
        need: Need::Always,
        max: Some(300),
        ..Line::default()
    });
    view! {
        <section class="section measure" aria-labelledby="alike-title">
            <h2 class="h-section" id="alike-title">{t!(words, "merge-alike")}</h2>
            {alike}
            <form class="stack gap-3" method="get" novalidate=true action=format!("/triage/{id}/merge#side")>
                {field}
                <div class="cluster"><button class="btn">{t!(words, "merge-compare")}</button></div>
            </form>
        </section>
    }
    .into_any()
}

/// Both texts, and the form that makes them one matter.
fn side_by_side(visit: &Visit, both: &Both, other: &Post, sent: Option<&Sent>) -> AnyView {
    let words = visit.words;
    let post = &both.post;
    let (from, into) = (post.row.id, other.row.id);
    // the words of the label say which becomes what; where the other is a member its head is the one
    let head = other.row.head.unwrap_or(into);
    let go = t!(words, "merge-go", from = called(visit, from), into = called(visit, head));
    let sheet = Sheet::plain(visit, MERGE, sent);
    view! {
        <section class="section" id="side" aria-labelledby="side-title">
            <div class="section__head">
                <h2 class="h-section" id="side-title">{t!(words, "merge-side")}</h2>
                <a class="btn btn--sm" href=format!("/triage/{into}/merge?into={from}#side")>{icon(visit, "again")}{t!(words, "merge-swap")}</a>
            </div>
            <p class="meta">{both.score(visit, &other.row)}</p>
            <div class="cols-2 sides">
                {column(visit, post, t!(words, "merge-becomes-member"))}
                {column(visit, other, t!(words, "merge-becomes-head"))}
            </div>
            <form class="form measure" method="post" novalidate=true action=format!("/triage/{from}/merge#main")>
                <input type="hidden" name="into" value=into.to_string() />
                {why(visit, &sheet)}
                <p class="hint">{t!(words, "merge-deadlines")}</p>
                <div class="cluster"><button class="btn btn--primary">{icon(visit, "merge")}{go}</button></div>
            </form>
        </section>
    }
    .into_any()
}

/// A post as it is compared.
fn column(visit: &Visit, post: &Post, role: String) -> impl IntoView + use<> {
    let words = visit.words;
    let row = &post.row;
    let fact = |name: String, value: AnyView| view! { <div><dt>{name}</dt><dd>{value}</dd></div> };
    view! {
        <article class="panel stack gap-3">
            <p class="meta">{role}</p>
            <h3 class="h-block">
                <a href=path_of(post)>
                    {called(visit, row.id)}" "<span dir="auto" lang=row.language.clone()>{row.title.clone()}</span>
                </a>
            </h3>
            <p>{pill(visit, &row.status)}</p>
            {markdown(&post.body_html, &row.language)}
            <dl class="facts">
                {fact(t!(words, "merge-posted"), when::day(visit, row.created_at).into_any())}
                {fact(t!(words, "merge-support"), words.number(row.case_support).into_any())}
                {fact(t!(words, "merge-comments"), words.number(row.case_comments).into_any())}
            </dl>
        </article>
    }
}

/// The rule and the reason of an act.
fn why(visit: &Visit, sheet: &Sheet<'_>) -> impl IntoView + use<> {
    let words = visit.words;
    let rules = std::iter::once((String::new(), t!(words, "merge-rule-choose")))
        .chain(visit.house_rules().into_iter().map(|(number, text)| (number.to_string(), format!("{number}. {text}"))))
        .collect();
    let rule = sheet.choice(Choice {
        name: "rule",
        label: t!(words, "merge-rule"),
        options: rules,
        need: Need::Always,
        ..Choice::default()
    });
    let reason = sheet.area(Area {
        name: "reason",
        label: t!(words, "merge-reason"),
        hint: Some(t!(words, "merge-reason-hint")),
        need: Need::Always,
        min: Some(10),
        max: Some(500),
        rows: 3,
        ..Area::default()
    });
    view! { {rule}{reason} }
}

/// The form that takes a member out of its case, or a case apart.
fn apart(visit: &Visit, post: &Post, case: &Case, sent: Option<&Sent>) -> AnyView {
    let words = visit.words;
    let id = post.row.id;
    let here = called(visit, id);
    let (text, members) = if post.row.head.is_some() {
        (t!(words, "unmerge-text-member", number = here.as_str()), None)
    } else {
        let links = case.members.iter().map(|member| {
            view! { " "<a href=format!("/triage/{}/merge", member.post.id)>{called(visit, member.post.id)}</a> }
        });
        let links = links.collect_view();
        (t!(words, "unmerge-text-head"), Some(view! { <p class="meta">{t!(words, "unmerge-members")}{links}</p> }))
    };
    let sheet = Sheet::new(visit, UNMERGE, sent);
    view! {
        <section class="section measure" id="apart" aria-labelledby="apart-title">
            <h2 class="h-section" id="apart-title">{t!(words, "unmerge-title")}</h2>
            <p>{text}</p>
            {members}
            <form class="form" method="post" novalidate=true action=format!("/triage/{id}/unmerge#main")>
                {sheet.summary()}
                {why(visit, &sheet)}
                <div class="cluster"><button class="btn">{t!(words, "unmerge-go", number = here.as_str())}</button></div>
            </form>
        </section>
    }
    .into_any()
}
