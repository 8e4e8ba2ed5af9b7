//! One post: what it says, how it stands, and what can be done.

use forum::{
    Error,
    again::{self, Again},
    answer::{self, Answer},
    clock::{self, Clock, MoreTime, Stop},
    comment::{self, Comment},
    contributor::{self, Contributor},
    handover::{self, Handover, State},
    id::PostId,
    level::{self, Change},
    person::{self, Account},
    post::{self, Post},
    promise::{self, Promise},
    provenance::{self, Statement},
    rebuttal::{self, Rebuttal},
    request::{self, Request},
    status::{self, Status},
    story,
};
use leptos::prelude::*;

use super::{Asked, Pane, about, answering, clocks, owners, promises, queue::Queue, requests, talk};
use crate::{
    parts::{
        case,
        clock_chip::{clock_chip, most_pressing},
        clock_list::clock_list,
        files::files,
        form::Sent,
        icon,
        ladder::why,
        marker::{Looker, hidden},
        pill::pill,
        post_row::{meta, path_of},
        text::{markdown, tag_of},
        timeline::provenance_name,
        update::updates,
        when,
        who::{owner_chip, person_link},
    },
    t,
    web::Visit,
};

/// Characters of a post that are shown at once; the rest opens on demand.
const SHORT: usize = 1_500;

/// What the right pane shows.
pub(super) struct Item {
    pub(super) post: Post,
    pub(super) answers: Vec<Answer>,
    pub(super) statuses: Vec<Status>,
    pub(super) staff: Vec<Account>,
    pub(super) clocks: Vec<Clock>,
    pub(super) extensions: Vec<MoreTime>,
    pub(super) stops: Vec<Stop>,
    pub(super) handovers: Vec<Handover>,
    pub(super) levels: Vec<Change>,
    pub(super) agains: Vec<Again>,
    pub(super) contributors: Vec<Contributor>,
    pub(super) requests: Vec<Request>,
    /// Each with whether the one who looks may speak about it.
    pub(super) promises: Vec<(Promise, bool)>,
    pub(super) rebuttals: Vec<Rebuttal>,
    pub(super) provenance: Vec<Statement>,
    /// The last of them.
    pub(super) comments: Vec<Comment>,
}

impl Item {
    pub(super) async fn load(visit: &Visit, id: PostId) -> Result<Self, Error> {
        let view = visit.view().await?;
        let (db, actor) = (view.db(), &visit.actor);
        let seen = view.post(id).await?;
        let post = post::whole(&view, &seen).await?;
        let mut statuses = status::list(db).await?;
        statuses.retain(|s| s.stage.is_for_staff());
        let story = story::of_post(&view, &seen).await?;
        let mut promises = Vec::new();
        for promise in promise::of_post(&view, &seen).await? {
            let may_speak = promise::may_speak(db, actor, &promise).await?;
            promises.push((promise, may_speak));
        }
        Ok(Self {
            answers: answer::list(&view, &seen).await?,
            statuses,
            staff: person::staff(db).await?,
            clocks: post.clocks.clone(),
            extensions: clock::extensions(&story),
            stops: clock::stops(&story, view.now()),
            handovers: handover::of_post(&view, &seen).await?,
            levels: level::changes(&story),
            agains: again::of_post(&view, &seen).await?,
            contributors: contributor::of_post(&view, &seen).await?,
            requests: request::of_post(&view, &seen).await?,
            promises,
            rebuttals: rebuttal::of_post(&view, &seen).await?,
            provenance: provenance::statements(&story),
            comments: comment::latest(&view, &seen, talk::SHOWN).await?,
            post,
        })
    }

    /// The offer that waits for an answer.
    pub(super) fn offer(&self) -> Option<&Handover> {
        self.handovers.iter().rev().find(|handover| handover.state == State::Offered)
    }
}

pub(super) fn item_pane(visit: &Visit, me: &Account, asked: &Asked, queue: &Queue, item: &Item, refused: Option<&Sent>) -> AnyView {
    let words = visit.words;
    let pane = Pane { visit, me, asked, item, refused };
    let post = &item.post;
    let row = &post.row;
    let id = row.id;
    let next = queue.after(id).map(|next| {
        let href = asked.link(&format!("/triage/{}", next.id), None);
        view! { <a class="btn" href=href>{t!(words, "triage-next")}{icon(visit, "chevr")}</a> }
    });
    let is_member = row.head.is_some();
    let merge = if is_member { t!(words, "case-unmerge") } else { t!(words, "case-merge") };
    // what is done about a member of a case is done at its head
    let acts = (!is_member).then(|| {
        view! {
            {answering::panel_of(&pane)}
            {clocks::extend_panel(&pane)}
            {clocks::stop_panel(&pane)}
            {owners::hand_over_panel(&pane)}
            {owners::assign_panel(&pane)}
            {promises::make_panel(&pane)}
        }
    });
    let place = words.ta("triage-item", &[("number", id.0.into())]);
    view! {
        <section class="detail" id="item" tabindex="-1">
            <div class="detail__scroll" tabindex="0" role="region" aria-label=place>
                <a class="btn btn--sm only-narrow start" href=asked.link("/triage", None)>{icon(visit, "left")}{t!(words, "triage-queue")}</a>
                <header class="stack gap-2">
                    {meta(visit, row)}
                    <h2 class="h-section" dir="auto" lang=row.language.clone()>{row.title.clone()}</h2>
                    <p class="cluster gap-3">{pill(visit, &row.status)}{most_pressing(&row.clocks).map(|clock| clock_chip(visit, clock))}</p>
                </header>
                {post.case.as_ref().and_then(|case| case::note(visit, case, id))}
                {post.case.as_ref().and_then(|case| case::matter(visit, case, id))}
                {owners::offered(&pane)}
                <div class="actions" role="group" aria-label=t!(words, "triage-actions")>
                    {owners::take_button(&pane)}
                    <a class="btn" href=path_of(post)>{icon(visit, "eye")}{t!(words, "triage-open")}</a>
                    <a class="btn" href=format!("/triage/{id}/merge") data-key="m">{icon(visit, "merge")}{merge}</a>
                    <a class="btn" href=format!("/p/{id}/moderate")>{icon(visit, "shield")}{t!(words, "moderate")}</a>
                    {next}
                </div>
                {post.row.hidden.as_ref().map(|marker| hidden(visit, t!(words, "marker-post"), marker, Looker::Staff, None))}
                {body(visit, post)}
                {talk::talk(&pane)}
                {facts(visit, item)}
                <div class="acts">
                    {about::rebuttal_panel(&pane)}
                    {requests::panels(&pane)}
                    {acts}
                    {promises::panels(&pane)}
                    {about::lower_panel(&pane)}
                    {about::provenance_panel(&pane)}
                    {about::contributors_panel(&pane)}
                </div>
                <section class="section">
                    <h3 class="h-block">{t!(words, "triage-history")}</h3>
                    {updates(visit, post, &item.answers)}
                </section>
            </div>
        </section>
    }
    .into_any()
}

/// The text of the post: whole when it is short, else its start and the rest on demand.
fn body(visit: &Visit, post: &Post) -> AnyView {
    let whole = markdown(&post.body_html, &post.row.language);
    let files = files(visit, &post.files);
    if post.body.chars().count() <= SHORT {
        return view! { {whole}{files} }.into_any();
    }
    view! {
        <p dir="auto" lang=post.row.language.clone()>{post.row.excerpt.clone()}</p>
        <details class="act">
            <summary>{t!(visit.words, "triage-whole")}</summary>
            <div class="act__in">{whole}</div>
        </details>
        {files}
    }
    .into_any()
}

/// How the post stands, in two columns: who and how often, and the deadlines.
fn facts(visit: &Visit, item: &Item) -> AnyView {
    let words = visit.words;
    let row = &item.post.row;
    let votes = if row.kind.can_be_opposed() {
        t!(words, "triage-votes", support = words.number(row.case_support), oppose = words.number(row.oppose_count))
    } else {
        t!(words, "triage-votes-complaint", n = row.case_support, shown = words.number(row.case_support))
    };
    let count = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    let handovers = t!(words, "triage-handovers-count", n = count(item.handovers.len()));
    let agains = (!item.agains.is_empty()).then(|| {
        view! { <div><dt>{t!(words, "triage-again")}</dt><dd>{t!(words, "triage-again-count", n = count(item.agains.len()))}</dd></div> }
    });
    let provenance = item.provenance.last().map(|said| {
        view! { <div><dt>{t!(words, "triage-provenance")}</dt><dd>{provenance_name(words, said.provenance)}</dd></div> }
    });
    let levels = item
        .levels
        .iter()
        .map(|change| {
            let said = change.reason.clone().map(|reason| {
                let lang = tag_of(visit, &reason);
                view! { " "<q dir="auto" lang=lang>{reason}</q> }
            });
            let steps = t!(words, "triage-level-step", from = i64::from(change.from), to = i64::from(change.to));
            view! { <li><b>{steps}</b>" "{when::moment(visit, change.at)}". "{why(visit, change)}{said}</li> }
        })
        .collect_view();
    let levels = (!item.levels.is_empty()).then(|| {
        view! {
            <div><dt>{t!(words, "triage-level")}</dt><dd><ol class="stack gap-1">{levels}</ol></dd></div>
        }
    });
    view! {
        <div class="cols-2">
            <dl class="facts">
                <div><dt>{t!(words, "triage-author")}</dt><dd>{person_link(visit, &row.author)}</dd></div>
                <div><dt>{t!(words, "triage-since")}</dt><dd>{when::moment(visit, row.created_at)}</dd></div>
                <div><dt>{t!(words, "triage-owner")}</dt><dd>{owner_chip(visit, row.owner.as_ref())}</dd></div>
                <div><dt>{t!(words, "triage-handovers")}</dt><dd>{handovers}</dd></div>
                <div><dt>{t!(words, "triage-voices")}</dt><dd>{votes}</dd></div>
                {agains}
                {provenance}
                {levels}
            </dl>
            <div class="stack gap-3">{clock_list(visit, &item.post, &item.clocks, &item.extensions, &item.stops)}</div>
        </div>
    }
    .into_any()
}
