//! Colleagues who are asked to join, by mail.

use axum::{Form, Router, extract::Path, routing::post};
use forum::{
    Error,
    actor::Role,
    invitation::{self, Invitation},
    site::Language,
};
use leptos::prelude::*;

use super::{HERE, admin, render};
use crate::{
    i18n::names,
    pages::admin::refused,
    parts::{
        form::{Choice, Line, Need, Sent, Sheet, Typed},
        when,
    },
    t,
    web::{PageResult, Visit, Web, see_other},
};

pub(super) fn routes() -> Router<Web> {
    Router::new().route("/admin/people/invitations", post(invite)).route("/admin/people/invitations/{id}/remove", post(take_back))
}

async fn invite(visit: Visit, Form(typed): Form<Typed>) -> PageResult {
    admin(&visit)?;
    let language = Language::parse(typed.get("language")).unwrap_or(visit.site.language);
    let (email, role) = (typed.get("email"), typed.get("role"));
    let invited = visit.forum().write(&visit.actor, async |tx| invitation::invite(tx, email, role, language).await).await;
    match invited {
        Ok(()) => Ok(see_other("/admin/people?done=invited#main")),
        Err(error) => {
            let sent = refused(&visit, "invite", typed, error)?;
            render(&visit, &Typed::default(), Some(&sent)).await
        }
    }
}

async fn take_back(visit: Visit, Path(id): Path<String>) -> PageResult {
    admin(&visit)?;
    let id: i64 = id.parse().map_err(|_| Error::NotFound)?;
    visit.forum().write(&visit.actor, async |tx| invitation::take_back(tx, id).await).await?;
    Ok(see_other("/admin/people?done=settings#main"))
}

/// The roles that somebody can be invited to.
pub(in crate::pages::admin) fn roles(visit: &Visit) -> Vec<(String, String)> {
    let staff = Role::ALL.into_iter().filter(|role| role.is_staff());
    staff.map(|role| (role.as_str().to_owned(), visit.words.name(names::ROLE, role))).collect()
}

pub(super) fn section(visit: &Visit, open: &[Invitation], refused: Option<&Sent>) -> AnyView {
    let words = visit.words;
    let sheet = Sheet::new(visit, "invite", refused);
    let rows = open
        .iter()
        .map(|invitation| {
            let email = forum::person::shown_email(&invitation.email);
            let label = t!(words, "admin-invite-take-back-named", email = email.as_str());
            view! {
                <li class="between">
                    <span><b>{email}</b>", "{words.name(names::ROLE, invitation.role)}", "{t!(words, "admin-invite-until")}" "{when::day(visit, invitation.expires_at)}</span>
                    <form method="post" novalidate=true action=format!("{HERE}/invitations/{}/remove", invitation.id)>
                        <button class="btn btn--sm" aria-label=label>{t!(words, "admin-invite-take-back")}</button>
                    </form>
                </li>
            }
        })
        .collect_view();
    let list = (!open.is_empty()).then(|| view! { <ul class="entries">{rows}</ul> });
    let languages = visit.site.on_offer().map(|language| (language.tag().to_owned(), language.name().to_owned())).collect();
    view! {
        <section class="section" id="invitations">
            <h2 class="h-section">{t!(words, "admin-invite")}</h2>
            <p class="ink-2 measure">{t!(words, "admin-invite-text")}</p>
            {list}
            <form class="stack" method="post" novalidate=true action=format!("{HERE}/invitations#{}", sheet.anchor()) id=sheet.anchor()>
                {sheet.summary()}
                <div class="grid-3">
                    {sheet.line(Line { name: "email", label: t!(words, "field-email"), kind: "email", need: Need::Always, max: Some(254), ..Line::default() })}
                    {sheet.choice(Choice { name: "role", label: t!(words, "admin-people-role"), options: roles(visit), need: Need::Always, ..Choice::default() })}
                    {sheet.choice(Choice {
                        name: "language",
                        label: t!(words, "field-name-language"),
                        options: languages,
                        value: visit.site.language.tag(),
                        need: Need::Always,
                        ..Choice::default()
                    })}
                </div>
                <div><button class="btn btn--primary">{t!(words, "admin-invite-go")}</button></div>
            </form>
        </section>
    }
    .into_any()
}
