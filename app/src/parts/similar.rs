//! Posts that say much the same as the one that is being written.

use forum::post::PostRow;
use leptos::prelude::*;

use super::{icon, pill::pill, post_row::post_path};
use crate::{t, web::Visit};

/// The posts, each with a button that adds a vote to it instead. The buttons stand inside the form of the new post, and send it to
/// another address; what the vote does not need is left unread there.
pub fn similar(visit: &Visit, posts: &[PostRow]) -> Option<AnyView> {
    let words = visit.words;
    if posts.is_empty() {
        return None;
    }
    let items = posts
        .iter()
        .map(|post| {
            let complaint = !post.kind.can_be_opposed();
            let count = if complaint {
                t!(words, "similar-me-too", n = post.support_count, count = words.number(post.support_count))
            } else {
                t!(words, "similar-support", n = post.support_count, count = words.number(post.support_count))
            };
            let vote = if post.my_vote.is_some() {
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
            <section class="similar" aria-labelledby="similar-title">
                <h2 id="similar-title">{t!(words, "similar-title")}</h2>
                <ul>{items}</ul>
            </section>
        }
        .into_any(),
    )
}
