//! Who is accountable: offered to a colleague, taken, or given.

use axum::{Router, routing::post};
use forum::{handover, id::HandoverId, owner};
use leptos::prelude::*;

use super::{Act, Pane, panel};
use crate::{
    done,
    parts::{
        form::{Area, Choice, Line, Need},
        icon,
        text::tag_of,
        when,
    },
    t,
    web::{PageResult, Web},
};

pub(super) fn routes() -> Router<Web> {
    Router::new()
        .route("/triage/{id}/owner", post(assign))
        .route("/triage/{id}/take", post(take))
        .route("/triage/{id}/handover", post(offer))
        .route("/triage/{id}/handover/{what}/accept", post(accept))
        .route("/triage/{id}/handover/{what}/decline", post(decline))
}

async fn assign(act: Act) -> PageResult {
    let id = act.post;
    let given = match act.typed.somebody("person") {
        Ok(person) => {
            let given = act.visit.forum().write(&act.visit.actor, async |tx| owner::set(tx, id, person).await).await;
            given.map(|()| if act.visit.actor.id() == Some(person) { done!("taken") } else { done!("assigned") })
        }
        Err(error) => Err(error),
    };
    act.finish("owner", given).await
}

async fn take(act: Act) -> PageResult {
    let (id, reason) = (act.post, act.typed.get("reason"));
    let taken = act.visit.forum().write(&act.visit.actor, async |tx| owner::take(tx, id, reason).await).await;
    act.finish("take", taken.map(|()| done!("taken"))).await
}

async fn offer(act: Act) -> PageResult {
    let (id, typed) = (act.post, &act.typed);
    let offered = match typed.somebody("to") {
        Ok(to) => {
            act.visit.forum().write(&act.visit.actor, async |tx| handover::offer(tx, id, to, typed.get("reason")).await).await
        }
        Err(error) => Err(error),
    };
    act.finish("handover", offered.map(|_| done!("offered"))).await
}

async fn accept(act: Act) -> PageResult {
    let id = HandoverId(act.what);
    let accepted = act.visit.forum().write(&act.visit.actor, async |tx| handover::accept(tx, id).await).await;
    act.finish("offered", accepted.map(|_| done!("accepted"))).await
}

async fn decline(act: Act) -> PageResult {
    let (id, typed) = (HandoverId(act.what), &act.typed);
    let declined = act.visit.forum().write(&act.visit.actor, async |tx| handover::decline(tx, id, typed.get("note")).await).await;
    act.finish("offered", declined.map(|_| done!("declined"))).await
}

/// Taking the post: at once when nobody has it, with a reason when a colleague does.
pub(super) fn take_button(pane: &Pane<'_>) -> Option<AnyView> {
    let Pane { visit, me, item, .. } = *pane;
    let words = visit.words;
    let sheet = pane.sheet("take");
    let action = pane.action(&sheet, "take");
    // what is offered is accepted above: two ways to take a post would not be the same
    if item.offer().is_some_and(|offer| offer.to.id == me.id) {
        return None;
    }
    let Some(owner) = &item.post.row.owner else {
        return Some(
            view! {
                <form method="post" novalidate=true action=action>
                    <button class="btn btn--primary" data-key="o">{icon(visit, "hand")}{t!(words, "triage-take")}</button>
                </form>
            }
            .into_any(),
        );
    };
    if owner.id == me.id {
        return None;
    }
    let reason = sheet.area(Area {
        name: "reason",
        label: t!(words, "triage-take-reason"),
        need: Need::Always,
        max: Some(500),
        rows: 2,
        ..Area::default()
    });
    Some(
        view! {
            <details data-key="o" class="take" id=sheet.anchor() open=sheet.is_back()>
                <summary class="btn btn--quiet">{icon(visit, "hand")}{t!(words, "triage-take-over", who = owner.name.as_str())}</summary>
                <form class="panel stack gap-3 mt-2" method="post" novalidate=true action=action>
                    {sheet.summary()}
                    <p class="sm ink-2">{t!(words, "triage-take-text", who = owner.name.as_str())}</p>
                    {reason}
                    <div><button class="btn">{t!(words, "triage-take-go")}</button></div>
                </form>
            </details>
        }
        .into_any(),
    )
}

/// An offer to whoever sits here, on top of everything: accept it or turn it down. What went wrong with an answer to one that is over
/// stands there too.
pub(super) fn offered(pane: &Pane<'_>) -> Option<AnyView> {
    let Pane { visit, me, item, .. } = *pane;
    let words = visit.words;
    let sheet = pane.sheet("offered");
    let Some(offer) = item.offer().filter(|offer| offer.to.id == me.id) else {
        return sheet.is_back().then(|| view! { <div id=sheet.anchor()>{sheet.summary()}</div> }.into_any());
    };
    let said = offer.reason.clone().map(|reason| {
        let lang = tag_of(visit, &reason);
        view! { <blockquote class="note" dir="auto" lang=lang>{reason}</blockquote> }
    });
    let until = when::deadline_text(visit, offer.lapses_at);
    let accept = pane.action(&sheet, &format!("handover/{}/accept", offer.id));
    let decline = pane.action(&sheet, &format!("handover/{}/decline", offer.id));
    Some(
        view! {
            <section class="panel stack gap-3 offer" id=sheet.anchor() aria-labelledby="offer-title">
                <h3 class="h-block" id="offer-title">{icon(visit, "share")}{t!(words, "triage-offer-to-me", who = offer.from.name.clone())}</h3>
                {said}
                <p class="meta">{t!(words, "triage-offer-until", until = until)}</p>
                {sheet.summary()}
                <form method="post" novalidate=true action=accept><button class="btn btn--primary">{t!(words, "triage-accept")}</button></form>
                <form class="stack gap-3" method="post" novalidate=true action=decline>
                    {sheet.line(Line {
                        name: "note",
                        label: t!(words, "triage-decline-note"),
                        max: Some(500),
                        ..Line::default()
                    })}
                    <div><button class="btn">{t!(words, "triage-decline")}</button></div>
                </form>
            </section>
        }
        .into_any(),
    )
}

pub(super) fn hand_over_panel(pane: &Pane<'_>) -> AnyView {
    let Pane { visit, me, item, .. } = *pane;
    let words = visit.words;
    let sheet = pane.sheet("handover");
    let is_mine = item.post.row.owner.as_ref().is_some_and(|owner| owner.id == me.id);
    let open = item.offer().map(|offer| {
        let until = when::deadline_text(visit, offer.lapses_at);
        let text = t!(words, "triage-offer-open", from = offer.from.name.clone(), to = offer.to.name.clone(), until = until);
        let said = offer.reason.clone().map(|reason| {
            let lang = tag_of(visit, &reason);
            view! { <blockquote class="note" dir="auto" lang=lang>{reason}</blockquote> }
        });
        view! { <div class="act__in"><p>{text}</p>{said}</div> }.into_any()
    });
    let inside = match open {
        Some(open) if !sheet.is_back() => open,
        None if !is_mine && !sheet.is_back() => {
            view! { <p class="act__in ink-2">{t!(words, "triage-handover-not-mine")}</p> }.into_any()
        }
        open => {
            let fields = view! {
                {sheet.choice(Choice {
                    name: "to",
                    label: t!(words, "triage-handover-to"),
                    options: pane.staff(t!(words, "triage-owner-choose"), Some(me.id)),
                    need: Need::Always,
                    ..Choice::default()
                })}
                {sheet.area(Area {
                    name: "reason",
                    label: t!(words, "triage-handover-reason"),
                    hint: Some(t!(words, "triage-handover-reason-hint")),
                    max: Some(500),
                    rows: 2,
                    ..Area::default()
                })}
            }
            .into_any();
            let button = view! {
                <div class="between">
                    <p class="meta">{t!(words, "triage-handover-rule")}</p>
                    <button class="btn btn--primary">{t!(words, "triage-handover-go")}</button>
                </div>
            }
            .into_any();
            let form = pane.form(&sheet, "handover", fields, button);
            view! { {open}{form} }.into_any()
        }
    };
    panel(visit, &sheet, "share", t!(words, "triage-handover"), t!(words, "triage-handover-hint"), false, inside)
}

pub(super) fn assign_panel(pane: &Pane<'_>) -> AnyView {
    let visit = pane.visit;
    let words = visit.words;
    let sheet = pane.sheet("owner");
    let owner = pane.item.post.row.owner.as_ref().map(|owner| owner.id.to_string()).unwrap_or_default();
    let fields = sheet.choice(Choice {
        name: "person",
        label: t!(words, "triage-owner"),
        options: pane.staff(t!(words, "triage-owner-choose"), None),
        value: &owner,
        need: Need::Always,
        ..Choice::default()
    });
    let button = view! {
        <div class="between">
            <p class="meta">{t!(words, "triage-assign-rule")}</p>
            <button class="btn">{t!(words, "triage-assign-go")}</button>
        </div>
    }
    .into_any();
    let form = pane.form(&sheet, "owner", fields, button);
    panel(visit, &sheet, "hand", t!(words, "triage-assign"), t!(words, "triage-assign-hint"), false, form)
}
