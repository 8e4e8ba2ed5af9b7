//! Promises: the only double-ruled box. What is promised as a sentence, the days that are left, by when, who, and what is owed.

use forum::{
    actor::Role,
    clock::local_day,
    promise::{Promise, State},
};
use leptos::prelude::*;

use super::{clock_chip::ahead, icon, text::tag_of, when, who::owner_name};
use crate::{
    i18n::{Words, names},
    t,
    web::Visit,
};

/// The address of a promise.
pub fn promise_path(promise: &Promise) -> String {
    format!("/promises/{}", promise.id)
}

/// Where a promise stands on the page of its post.
pub fn promise_on_post(promise: &Promise) -> String {
    format!("/p/{}/{}#promise-{}", promise.post, promise.post_slug, promise.id)
}

/// Which role allowed what was beyond the mandate of the one who wanted it.
pub fn decided_by(words: &Words, role: Role) -> String {
    words.name(names::DECIDED_BY, role)
}

/// A sum of money: `€ 1,250` or `€ 12.50`.
pub fn euros(words: &Words, cents: i64) -> String {
    let amount = if cents % 100 == 0 { words.number(cents / 100) } else { words.decimals(cents, 2) };
    format!("€\u{a0}{amount}")
}

/// How many days of the calendar are left until a promise is due; 0 on its last day.
fn days_left(visit: &Visit, promise: &Promise) -> i64 {
    (promise.due_on - visit.today()).num_days().max(0)
}

/// How a promise stands, as a chip: an open one by how long it has, the others by when they ended.
pub fn promise_chip(visit: &Visit, promise: &Promise) -> impl IntoView + use<> {
    let (class, glyph) = match promise.state {
        State::Open => ahead(promise.due_at, visit.now),
        State::Kept => ("clock clock--kept", "seal"),
        State::Broken => ("clock clock--over", "broken"),
        State::Withdrawn => ("clock", "s-withdrawn"),
    };
    view! { <span class=class>{icon(visit, glyph)}{promise_state(visit, promise)}</span> }
}

/// The same in words.
pub fn promise_state(visit: &Visit, promise: &Promise) -> String {
    let words = visit.words;
    let on = |at| words.short_date(local_day(&visit.site, at), visit.today());
    let ended = || on(promise.ended_at.unwrap_or(promise.due_at));
    match promise.state {
        State::Open => t!(words, "promise-open", n = days_left(visit, promise)),
        State::Kept => t!(words, "promise-kept-on", day = ended()),
        State::Broken => t!(words, "promise-broken-on", day = on(promise.due_at)),
        State::Withdrawn => t!(words, "promise-withdrawn-on", day = ended()),
    }
}

/// What is owed, and whether it was paid.
pub fn remedy(visit: &Visit, promise: &Promise) -> AnyView {
    let words = visit.words;
    let Some(text) = promise.remedy.clone() else {
        return view! { <span class="muted">{t!(words, "promise-no-remedy")}</span> }.into_any();
    };
    let lang = tag_of(visit, &text);
    match (promise.state, promise.paid_at) {
        (State::Broken, Some(at)) => view! {
            <span dir="auto" lang=lang>{text}</span>
            " "
            <span class="ok nowrap">{t!(words, "promise-paid")}" "{when::day(visit, at)}</span>
        }
        .into_any(),
        (State::Broken, None) => {
            view! { <b class="bad">{t!(words, "promise-owed")}</b>" "<span dir="auto" lang=lang>{text}</span> }.into_any()
        }
        _ => view! { <span dir="auto" lang=lang>{text}</span> }.into_any(),
    }
}

/// The promises of a post: what is still to come first, then the latest.
pub fn promise_boxes(visit: &Visit, promises: &[Promise]) -> Option<impl IntoView + use<>> {
    if promises.is_empty() {
        return None;
    }
    let mut sorted: Vec<&Promise> = promises.iter().collect();
    sorted.sort_by_key(|p| match p.state {
        State::Open => (0, p.due_at.timestamp(), p.id.0),
        _ => (1, -p.id.0, 0),
    });
    Some(sorted.into_iter().map(|promise| promise_box(visit, promise)).collect_view())
}

/// A promise.
pub fn promise_box(visit: &Visit, promise: &Promise) -> impl IntoView + use<> {
    let words = visit.words;
    let title = format!("promise-{}-title", promise.id);
    let made = if promise.version > 1 {
        let version = t!(words, "promise-version", n = i64::from(promise.version));
        view! { <span><a href=format!("{}#wordings", promise_path(promise))>{version}</a></span> }.into_any()
    } else {
        view! { <span>{t!(words, "promise-made")}" "{when::day(visit, promise.created_at)}</span> }.into_any()
    };
    let pledged = promise.pledge.map(|_| view! { <span>{t!(words, "promise-by-pledge")}</span> });
    let decided = promise.decided_by.map(|role| view! { <span>{decided_by(words, role)}</span> });
    let state = (promise.state != State::Open).then(|| promise_chip(visit, promise));
    let accountable = match &promise.accountable {
        Some(person) => owner_name(visit, person),
        None => t!(words, "owner-none"),
    };
    let missed = if promise.state == State::Broken { t!(words, "promise-remedy") } else { t!(words, "promise-if-missed") };
    let note = promise.note.clone().map(|note| {
        let name =
            if promise.state == State::Withdrawn { t!(words, "promise-why-withdrawn") } else { t!(words, "promise-kept-note") };
        let lang = tag_of(visit, &note);
        view! { <div><dt>{name}</dt><dd dir="auto" lang=lang>{note}</dd></div> }
    });
    view! {
        <section class="promise" id=format!("promise-{}", promise.id) data-state=promise.state.as_str() aria-labelledby=title.clone()>
            <div class="promise__in">
                <div>
                    <div class="promise__head">
                        <h2 id=title.clone()>
                            {icon(visit, if promise.state == State::Broken { "broken" } else { "seal" })}
                            <a href=promise_path(promise)>{t!(words, "promise-number", n = promise.id.0)}</a>
                        </h2>
                        {made}
                        {pledged}
                        {decided}
                    </div>
                    <p class="promise__what" dir="auto" lang=tag_of(visit, &promise.what)>{promise.what.clone()}</p>
                    {state.map(|chip| view! { <p class="mt-2">{chip}</p> })}
                </div>
                {(promise.state == State::Open).then(|| ring(visit, promise))}
                <dl class="promise__terms">
                    <div><dt>{t!(words, "answer-by-when")}</dt><dd>{when::deadline(visit, promise.due_at)}</dd></div>
                    <div><dt>{t!(words, "promise-accountable")}</dt><dd><bdi>{accountable}</bdi></dd></div>
                    <div><dt>{missed}</dt><dd>{remedy(visit, promise)}</dd></div>
                    {note}
                </dl>
            </div>
        </section>
    }
}

/// The days that are left, in a ring that empties.
fn ring(visit: &Visit, promise: &Promise) -> impl IntoView + use<> {
    let days = days_left(visit, promise);
    let whole = (promise.due_at - promise.created_at).num_seconds().max(1);
    let left = (promise.due_at - visit.now).num_seconds().clamp(0, whole);
    // a round end of a stroke shows even when nothing is left
    let share = (left * 100 / whole).max(1);
    view! {
        <div class="promise__count">
            <svg viewBox="0 0 100 100" aria-hidden="true">
                <circle class="ring-bg" cx="50" cy="50" r="44"></circle>
                <circle class="ring-fg" cx="50" cy="50" r="44" pathLength="100" stroke-dasharray=format!("{share} 100")></circle>
            </svg>
            <div><b>{days}</b><span>{t!(visit.words, "promise-days-left", n = days)}</span></div>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use forum::site::Language;

    use super::*;

    #[test]
    fn sums_are_written_as_the_language_writes_them() {
        assert_eq!(euros(Words::of(Language::En), 1_421_000), "€\u{a0}14,210");
        assert_eq!(euros(Words::of(Language::Nl), 1_250), "€\u{a0}12,50");
        assert_eq!(euros(Words::of(Language::En), 5), "€\u{a0}0.05");
    }
}
