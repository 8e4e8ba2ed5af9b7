//! A field that no person sees or reaches: programs that fill in whatever there is give themselves away by it.

use forum::error::{Error, Problem};
use leptos::prelude::*;

use super::Typed;
use crate::{t, web::Visit};

/// Its name is one that such programs know what to write into, and that browsers don't.
const FIELD: &str = "homepage";

/// The field, for the forms of visitors.
pub fn trap(visit: &Visit) -> impl IntoView + use<> {
    view! {
        <div class="sr" aria-hidden="true">
            <label>
                {t!(visit.words, "trap-label")}
                <input name=FIELD dir="auto" tabindex="-1" autocomplete="off" />
            </label>
        </div>
    }
}

/// That nothing is in it. Whoever filled it in all the same finds the form as it was, with the field empty, and can send it again.
///
/// # Errors
/// [`Problem::Trapped`].
pub fn untrapped(typed: &Typed) -> Result<(), Error> {
    if typed.get(FIELD).is_empty() { Ok(()) } else { Err(Error::invalid("", Problem::Trapped)) }
}
