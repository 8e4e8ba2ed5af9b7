//! One entry: what happened, and what makes it impossible to change unseen.

use axum::{extract::Path, response::Response};
use forum::{
    Error,
    record::{self, Shown},
};
use leptos::prelude::*;

use super::{changed::changed, told::told};
use crate::{
    parts::{Head, Place, icon, respond, text::tag_of},
    t,
    web::{PageResult, Visit},
};

pub(super) async fn show(visit: Visit, Path(seq): Path<String>) -> PageResult {
    let number = seq.parse().ok().filter(|_| seq.bytes().all(|byte| byte.is_ascii_digit()));
    let db = visit.forum().read();
    let shown = record::by_seq(db, &visit.actor, number.ok_or(Error::NotFound)?).await?;
    let last = record::count(db, &visit.actor, &record::Filter::default()).await?;
    let proof = record::proof(visit.forum(), shown.entry.seq).await?;
    Ok(page(&visit, &shown, shown.entry.line()?, proof, last))
}

fn page(visit: &Visit, shown: &Shown, line: String, proof: String, last: i64) -> Response {
    let (words, entry) = (visit.words, &shown.entry);
    let told = told(visit, shown);
    let title = t!(words, "record-entry", seq = entry.seq);
    let whole = told.whole(visit);
    let head = Head::titled(format!("{title}: {}", told.sentence)).at(Place::Accountability);
    let head = head.public(format!("/record/{}", entry.seq), whole);
    let crumb = title.clone();
    respond(visit, head, || {
        let fact = |name: String, value: AnyView| view! { <div><dt>{name}</dt><dd>{value}</dd></div> };
        let post = told.post.map(|post| {
            let link = view! { <a href=format!("/p/{post}")>{t!(words, "record-post", number = post)}</a> };
            fact(t!(words, "record-fact-post"), link.into_any())
        });
        let rule = told.rule.map(|rule| fact(t!(words, "edit-rule"), rule.into_any()));
        let reason = told.reason.map(|reason| {
            let lang = tag_of(visit, &reason);
            fact(t!(words, "record-fact-reason"), view! { <span dir="auto" lang=lang>{reason}</span> }.into_any())
        });
        let local = words.date_time(visit.local(told.at));
        let moment = view! { <time datetime=entry.at.clone()>{local}</time> }.into_any();
        let withheld = (entry.is_withheld()).then(|| {
            let text = if shown.open.is_some() { t!(words, "record-withheld-open") } else { t!(words, "record-withheld-text") };
            view! { <div class="flash">{icon(visit, "lock")}<p>{text}</p></div> }
        });
        let before = (entry.seq > 1).then(|| {
            view! { <a class="btn btn--sm" rel="prev" href=format!("/record/{}", entry.seq - 1)>{icon(visit, "chevl")}{t!(words, "record-before")}</a> }
        });
        let next = (entry.seq < last).then(|| {
            view! { <a class="btn btn--sm" rel="next" href=format!("/record/{}", entry.seq + 1)>{t!(words, "record-after")}{icon(visit, "chevr")}</a> }
        });
        view! {
            <div class="wrap page page--tight">
                <nav class="crumbs" aria-label=t!(words, "crumbs-label")>
                    <ol>
                        <li><a href="/record">{t!(words, "nav-record")}</a></li>
                        <li aria-current="page">{crumb}</li>
                    </ol>
                </nav>
                <div class="stack gap-8 measure mt-4">
                    <header class="stack gap-2">
                        <h1 class="h-page">{title}</h1>
                        <p class="lede">{told.sentence}</p>
                    </header>
                    {withheld}
                    <dl class="facts">
                        {fact(t!(words, "record-fact-at"), moment)}
                        {fact(t!(words, "record-fact-role"), told.role.into_any())}
                        {post}
                        {rule}
                        {reason}
                    </dl>
                    {changed(visit, shown.open.as_ref())}
                    <section class="section" aria-labelledby="sealed-title">
                        <h2 class="h-section" id="sealed-title">{t!(words, "record-sealed")}</h2>
                        <p class="ink-2">{t!(words, "record-sealed-text")}</p>
                        <pre class="hash record-line" tabindex="0" aria-label=t!(words, "record-line")>{line}</pre>
                        <dl class="facts">
                            {fact(t!(words, "record-digest"), view! { <code class="hash">{entry.digest.clone()}</code> }.into_any())}
                            {fact(t!(words, "record-prev"), view! { <code class="hash">{entry.prev.clone()}</code> }.into_any())}
                        </dl>
                    </section>
                    <section class="section" aria-labelledby="proof-title">
                        <h2 class="h-section" id="proof-title">{t!(words, "record-proof")}</h2>
                        <p class="ink-2">{t!(words, "record-proof-text")}</p>
                        <details class="data">
                            <summary>{icon(visit, "chev")}{t!(words, "record-proof-show")}</summary>
                            <pre class="hash record-line" tabindex="0" aria-labelledby="proof-title">{proof}</pre>
                        </details>
                        <p>
                            <a class="btn btn--sm btn--quiet" href=format!("/record/{}/proof", entry.seq) download=format!("record-{}.tlog-proof", entry.seq)>
                                {icon(visit, "download")}{t!(words, "record-proof-download")}
                            </a>
                        </p>
                    </section>
                    <nav class="cluster" aria-label=t!(words, "pager-label")>{before}{next}</nav>
                </div>
            </div>
        }
    })
}
