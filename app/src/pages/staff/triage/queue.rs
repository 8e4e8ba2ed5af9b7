//! The queue: in the one fixed order, whichever part of it is looked at.

use chrono::{DateTime, Utc};
use forum::{
    Error, case,
    id::PostId,
    person::Account,
    post::{self, PartCounts, PostRow},
    team::{self, Absence},
};
use leptos::prelude::*;

use super::{Asked, away::away_panel, shortcuts};
use crate::{
    parts::{
        clock_chip::{clock_chip, most_pressing},
        form::Sent,
        icon,
        kept::What,
        kind::kind_label,
        ladder::level_chip,
    },
    t,
    web::Visit,
};

/// Posts of the queue on one page.
const PAGE: u64 = 50;

/// The queue as the left pane shows it.
pub(super) struct Queue {
    rows: Vec<(PostRow, DateTime<Utc>)>,
    next: Option<String>,
    counts: PartCounts,
    /// When the one who looks is away.
    away: Vec<Absence>,
    /// Proposals to merge that nobody has decided.
    proposals: i64,
}

impl Queue {
    pub(super) async fn load(visit: &Visit, me: &Account, asked: &Asked) -> Result<Self, Error> {
        let (db, actor) = (visit.forum().read(), &visit.actor);
        let (rows, next) = post::queue_slice(db, actor, asked.part(visit, me.id), asked.after.as_deref(), PAGE, visit.now).await?;
        let mut away = team::absences(db, visit.today()).await?;
        away.retain(|absence| absence.person_id == me.id);
        let proposals = case::count_open(db, actor).await?;
        Ok(Self { rows, next, counts: visit.forum().workload(actor, visit.now).await?, away, proposals })
    }

    /// The post to go on with: the most urgent one that is not this.
    pub(super) fn after(&self, id: PostId) -> Option<&PostRow> {
        self.rows.iter().map(|(row, _)| row).find(|row| row.id != id)
    }

    fn count(&self, part: &str) -> i64 {
        let counts = &self.counts;
        match part {
            "overdue" => counts.overdue,
            "today" => counts.due,
            "nobody" => counts.nobody,
            "mine" => counts.mine,
            "raised" => counts.raised,
            "rebuttals" => counts.rebuttals,
            "requests" => counts.requests,
            "offered" => counts.offered,
            _ => counts.everything,
        }
    }
}

pub(super) fn queue_pane(visit: &Visit, asked: &Asked, queue: &Queue, here: Option<PostId>, refused: Option<&Sent>) -> AnyView {
    let words = visit.words;
    let chips = Asked::PARTS
        .into_iter()
        .map(|(name, key)| {
            let part = Asked { part: name.to_owned(), after: None };
            let current = (asked.name() == name).then_some("true");
            let count = queue.count(name);
            let class = if name == "overdue" && count > 0 { "chip chip--alert" } else { "chip" };
            view! { <a class=class href=part.link("/triage", None) aria-current=current>{words.t(key)}<b>{words.number(count)}</b></a> }
        })
        .collect_view();
    let mut rows = String::new();
    for (row, since) in &queue.rows {
        let (href, here) = (asked.link(&format!("/triage/{}", row.id), None), here == Some(row.id));
        rows += &visit.kept(What::Queued(row.id, href.clone(), here), |visit| entry(visit, href, row, *since, here));
    }
    let list = if queue.rows.is_empty() {
        let text = if asked.name().is_empty() { t!(words, "triage-empty") } else { t!(words, "triage-empty-part") };
        view! { <div class="empty">{icon(visit, "answered")}<p>{text}</p></div> }.into_any()
    } else {
        view! { <ol class="queue" data-step="" tabindex="0" aria-label=t!(words, "triage-queue") inner_html=rows></ol> }.into_any()
    };
    let first = asked.after.is_some().then(|| {
        let part = Asked { after: None, ..asked.clone() };
        view! { <a class="btn btn--sm" href=part.link("/triage", None)>{icon(visit, "chevl")}{t!(words, "triage-first")}</a> }
    });
    let more = queue.next.clone().map(|next| {
        let part = Asked { after: Some(next), ..asked.clone() };
        view! { <a class="btn btn--sm" href=part.link("/triage", None)>{t!(words, "triage-more")}{icon(visit, "chevr")}</a> }
    });
    let around = (first.is_some() || more.is_some())
        .then(|| view! { <nav class="triage__more cluster" aria-label=t!(words, "triage-pages")>{first}{more}</nav> });
    view! {
        <section class="triage__list" aria-labelledby="queue">
            <div class="triage__top">
                <h2 class="h-block" id="queue">
                    <span>{t!(words, "triage-queue")}" "<span class="muted num">{words.number(queue.counts.everything)}</span></span>
                    <a class="xs" href="/triage/moderation">{t!(words, "triage-moderation")}</a>
                    <a class="xs" href="/how-we-sort#queue">{t!(words, "triage-order")}</a>
                </h2>
                <nav class="chips" aria-label=t!(words, "triage-filter")>{chips}</nav>
            </div>
            {list}
            <div class="triage__end">
                {shortcuts(visit)}
                {around}
                <a class="btn btn--sm" href="/triage/proposals">{icon(visit, "merge")}{t!(words, "proposals-link", n = queue.proposals)}</a>
                {away_panel(visit, &queue.away, refused)}
                {visit.is_admin().then(|| view! { <a class="btn only-narrow" href="/admin">{icon(visit, "gear")}{t!(words, "admin-title")}</a> })}
            </div>
        </section>
    }
    .into_any()
}

fn entry(visit: &Visit, href: String, row: &PostRow, since: DateTime<Utc>, here: bool) -> AnyView {
    let owner = row.owner.as_ref().map_or_else(
        || view! { <span class="who who--none">{t!(visit.words, "triage-no-owner")}</span> }.into_any(),
        |owner| view! { <bdi>{owner.name.clone()}</bdi> }.into_any(),
    );
    view! {
        <li class="q" aria-current=here.then_some("true")>
            <a class="q__t" href=href dir="auto" lang=row.language.clone()>{row.title.clone()}</a>
            <span class="q__w">{waits(visit, since)}</span>
            <span class="q__m">
                {row.hidden.as_ref().map(|marker| t!(visit.words, "row-hidden", rule = i64::from(marker.rule)))}
                {most_pressing(&row.clocks).map(|clock| clock_chip(visit, clock))}
                {level_chip(visit, row.level)}
                {kind_label(visit, row.kind)}
                <bdi>{row.board.called(visit.language()).to_owned()}</bdi>
                {owner}
            </span>
        </li>
    }
    .into_any()
}

/// Since when a post waits: hours on the first day, then days.
pub(super) fn waits(visit: &Visit, since: DateTime<Utc>) -> impl IntoView + use<> {
    let waited = visit.now - since;
    let text = if waited.num_hours() < 24 {
        t!(visit.words, "triage-hours", n = waited.num_hours().max(0))
    } else {
        t!(visit.words, "triage-days", n = waited.num_days())
    };
    let exact = visit.words.date_time(visit.local(since));
    view! {
        <span class="sr">{t!(visit.words, "triage-waiting")}" "</span>
        <time datetime=since.to_rfc3339() title=exact>{text}</time>
    }
}
