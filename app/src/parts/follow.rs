//! The button with which somebody follows what a page shows, or stops. Visitors have feeds for that.

use forum::follow::Subject;
use leptos::prelude::*;

use super::icon;
use crate::{
    t,
    web::{Visit, local_path},
};

/// The button, for those who are signed in.
pub fn follow_button(visit: &Visit, subject: Subject, following: bool, back: &str) -> Option<impl IntoView + use<>> {
    visit.account.as_ref()?;
    let words = visit.words;
    let (glyph, label) = if following { ("tick", t!(words, "follow-stop")) } else { ("bell", t!(words, "follow-start")) };
    let title = following.then(|| t!(words, "follow-on"));
    Some(view! {
        <form method="post" novalidate=true action="/me/follows">
            <input type="hidden" name="subject" value=subject.sort().as_str() />
            <input type="hidden" name="id" value=subject.key() />
            <input type="hidden" name="follow" value=if following { "no" } else { "yes" } />
            <input type="hidden" name="back" value=local_path(back).to_owned() />
            <button class="btn btn--quiet btn--sm" title=title>{icon(visit, glyph)}{label}</button>
        </form>
    })
}
