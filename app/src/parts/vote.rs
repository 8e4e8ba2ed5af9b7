//! Votes: two sides, two numbers. A box in lists, a bar on the page of a post; both are forms first.

use forum::{
    post::{Kind, PostRow},
    vote::{REASON_MAX, REASON_MIN, Stance},
};
use leptos::prelude::*;

use super::{
    form::{Area, Need, Sent, Sheet},
    icon,
    icon::icon_of,
};
use crate::{
    islands::vote_box::{VoteBar, VoteBox},
    parts::post_row::{my_stance, post_path},
    t,
    web::{Visit, local_path},
};

/// The form.
pub const KEY: &str = "vote";

/// As the islands spell it: `support`, `oppose` or nothing.
fn spelled(stance: Option<Stance>) -> String {
    stance.map_or("", Stance::as_str).to_owned()
}

fn is_supporter(post: &PostRow) -> bool {
    my_stance(post) == Some(Stance::Support)
}

/// What sets thousands apart in the reader's language, for counts that change in the browser.
fn separator(visit: &Visit) -> String {
    visit.words.number(1000).chars().filter(|c| !c.is_ascii_digit()).collect()
}

/// The word under the number: support, or "me too" on a complaint.
pub fn support_word(visit: &Visit, kind: Kind) -> String {
    if kind.can_be_opposed() { t!(visit.words, "vote-support-word") } else { t!(visit.words, "vote-me-too-word") }
}

/// Who sees a vote box: all of the reader that it depends on.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Voter {
    /// What they have said; `None` for a visitor, for whom the plain form leads to signing in.
    pub stance: Option<Option<Stance>>,
    /// Where they read it, to come back to.
    pub path: String,
}

/// The vote box of a row.
pub fn vote_box(visit: &Visit, post: &PostRow, voter: &Voter) -> impl IntoView + use<> {
    let words = visit.words;
    let action = format!("/p/{}/vote", post.id);
    let back = format!("{}#post-{}", local_path(&voter.path), post.id);
    let label = t!(words, "vote-on-number", number = post.id.0);
    let word = support_word(visit, post.kind);
    if let Some(stance) = voter.stance {
        return view! {
            <VoteBox
                action=action
                back=back
                support=post.case_support
                oppose=post.oppose_count
                stance=spelled(stance)
                opposable=post.kind.can_be_opposed()
                label=label
                word=word
                counted=t!(words, "vote-voted-word")
                against=t!(words, "vote-against", n = "#")
                failed=t!(words, "vote-failed")
                icons=visit.web.assets.icons.clone()
                separator=separator(visit)
            />
        }
        .into_any();
    }
    view! {
        <form class="vote" method="post" novalidate=true action=action>
            <input type="hidden" name="back" value=back />
            <button class="vote__up" name="stance" value="support">
                {icon_of(visit, "up", "icon icon--off")}
                <span class="vote__n">{words.number(post.case_support)}</span>
                " "
                <span class="vote__l">{word}</span>
                <span class="sr">" "{label}</span>
            </button>
            {post.kind.can_be_opposed().then(|| {
                view! { <span class="vote__against">{t!(words, "vote-against", n = words.number(post.oppose_count))}</span> }
            })}
        </form>
    }
    .into_any()
}

/// The vote bar of a post.
pub fn vote_bar(visit: &Visit, post: &PostRow, sent: Option<&Sent>) -> impl IntoView + use<> {
    let words = visit.words;
    let action = format!("/p/{}/vote", post.id);
    let back = format!("{}#votes", post_path(post));
    let opposable = post.kind.can_be_opposed();
    let support = if opposable { t!(words, "vote-support") } else { t!(words, "vote-me-too") };
    let sheet = Sheet::plain(visit, KEY, sent);
    let oppose_form = opposable.then(|| oppose_form(&sheet, visit, post, &action, &back));
    let bar = if visit.account.is_some() {
        view! {
            <VoteBar
                action=action
                back=back
                support=post.case_support
                oppose=post.oppose_count
                stance=spelled(my_stance(post))
                opposable=opposable
                open=sheet.is_back()
                label=support
                oppose_label=t!(words, "vote-oppose")
                failed=t!(words, "vote-failed")
                icons=visit.web.assets.icons.clone()
                separator=separator(visit)
            >
                {oppose_form}
            </VoteBar>
        }
        .into_any()
    } else {
        let pressed = if is_supporter(post) { "true" } else { "false" };
        view! {
            <div class="votebar__in">
                <form method="post" novalidate=true action=action>
                    <input type="hidden" name="back" value=back />
                    <button class="votebar__b" name="stance" value="support" aria-pressed=pressed>
                        {icon_of(visit, "up", "icon icon--off")}<span>{support}</span><b>{words.number(post.case_support)}</b>
                    </button>
                </form>
                {oppose_form.map(|form| view! {
                    <details class="oppose">
                        <summary class="votebar__b votebar__b--against">
                            {icon(visit, "down")}<span>{t!(words, "vote-oppose")}</span><b>{words.number(post.oppose_count)}</b>
                        </summary>
                        {form}
                    </details>
                })}
            </div>
        }
        .into_any()
    };
    let note = if opposable {
        let reasons = (post.oppose_count > 0).then(|| {
            view! { " "<a href="#against">{t!(words, "vote-read-reasons")}</a> }
        });
        view! { <p class="meta">{t!(words, "vote-note")}{reasons}</p> }.into_any()
    } else {
        view! { <p class="meta">{t!(words, "vote-note-complaint")}</p> }.into_any()
    };
    view! { <section class="votebar" id="votes" aria-label=t!(words, "votes-label")>{bar}{note}</section> }
}

fn oppose_form(sheet: &Sheet<'_>, visit: &Visit, post: &PostRow, action: &str, back: &str) -> AnyView {
    let words = visit.words;
    let mine = post.my_vote.as_ref().filter(|vote| vote.stance == Stance::Oppose);
    let opposing = mine.is_some();
    let field = sheet.area(Area {
        name: "reason",
        label: t!(words, "vote-why"),
        hint: Some(t!(words, "vote-why-hint")),
        value: mine.and_then(|vote| vote.reason.as_deref()).unwrap_or_default(),
        need: Need::Always,
        min: Some(REASON_MIN),
        max: Some(REASON_MAX),
        rows: 3,
        ..Area::default()
    });
    let withdraw = opposing.then(|| {
        view! {
            <button class="btn btn--quiet" name="stance" value="withdraw" formnovalidate=true>{t!(words, "vote-withdraw")}</button>
        }
    });
    let act = if opposing { t!(words, "vote-oppose-change") } else { t!(words, "vote-oppose-with") };
    view! {
        <form class="oppose__form" method="post" novalidate=true action=action.to_owned()>
            <input type="hidden" name="back" value=back.to_owned() />
            {field}
            {visit.account.is_none().then(|| view! { <p class="sm">{t!(words, "draft-sign-in-after")}</p> })}
            <div class="cluster"><button class="btn btn--primary" name="stance" value="oppose">{act}</button>{withdraw}</div>
        </form>
    }
    .into_any()
}
