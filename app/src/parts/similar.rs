//! Posts that say much the same as the one that is being written.

use forum::{post::PostRow, search::MOST_SHOWN, status::Stage};
use leptos::prelude::*;

use super::{icon, pill::pill, post_row::post_path};
use crate::{t, web::Visit};

/// The posts, each with a button that adds a vote to it instead. The buttons stand inside the form of the new post, and send it to
/// another address; what the vote does not need is left unread there. On phones they are folded, so that they don't push the next field
/// away; `open` says that they are what the page is about.
pub fn similar(visit: &Visit, posts: &[PostRow], open: bool) -> Option<AnyView> {
    let words = visit.words;
    if posts.is_empty() {
        return None;
    }
    let shown = &posts[..posts.len().min(MOST_SHOWN)];
    let count = t!(words, "similar-count", n = i64::try_from(shown.len()).unwrap_or(i64::MAX));
    let items = shown
        .iter()
        .map(|post| {
            let complaint = !post.kind.can_be_opposed();
            let count = if complaint {
                t!(words, "similar-me-too", n = post.case_support, count = words.number(post.case_support))
            } else {
                t!(words, "similar-support", n = post.case_support, count = words.number(post.case_support))
            };
            // what is there already needs no more votes, but to be found
            let is_there = matches!(post.status.stage, Stage::Delivered | Stage::Confirmed);
            let vote = if is_there {
                let label = t!(words, "similar-see-how");
                let full = format!("{label}: {}", post.title);
                view! { <a class="btn btn--sm" href=post_path(post) target="_blank" aria-label=full>{label}</a> }.into_any()
            } else if post.my_vote.is_some() {
                view! { <span class="clock clock--kept">{icon(visit, "tick")}{t!(words, "similar-voted")}</span> }.into_any()
            } else {
                let label = if complaint { t!(words, "vote-me-too") } else { t!(words, "similar-vote") };
                let full = format!("{label}: {}", post.title);
                view! {
                    <button
                        class="btn btn--sm"
                        name="stance"
                        value="support"
                        formmethod="post"
                        formaction=format!("/p/{}/vote", post.id)
                        formnovalidate=true
                        aria-label=full
                    >
                        {icon(visit, "up")}{label}
                    </button>
                }
                .into_any()
            };
            view! {
                <li>
                    <div>
                        <a href=post_path(post) dir="auto" lang=post.language.clone() target="_blank">{post.title.clone()}</a>
                        <div class="cluster">{pill(visit, &post.status)}<span class="meta">{count}</span></div>
                    </div>
                    {vote}
                </li>
            }
        })
        .collect_view();
    Some(
        view! {
            <details class="similar" open=open>
                <summary>{count}{icon(visit, "chev")}</summary>
                <p>{t!(words, "similar-title")}</p>
                <ul>{items}</ul>
            </details>
        }
        .into_any(),
    )
}
