//! Short messages at the foot of the page, read out by screen readers.

use std::time::Duration;

use leptos::prelude::*;
use web_sys::Element;

/// How long a message stands.
const STANDS: Duration = Duration::from_secs(8);

/// The place of the messages. It has to be there before the first one, or nobody hears it.
pub(super) fn place() -> Option<Element> {
    let document = web_sys::window()?.document()?;
    if let Ok(Some(place)) = document.query_selector(".toasts") {
        return Some(place);
    }
    let place = document.create_element("div").ok()?;
    place.set_class_name("toasts");
    place.set_attribute("aria-live", "polite").ok()?;
    document.query_selector("body").ok()??.append_child(&place).ok()?;
    Some(place)
}

/// Shows a message for a while.
pub(super) fn show(message: &str) {
    let Some(place) = place() else { return };
    let Some(document) = place.owner_document() else { return };
    let Ok(toast) = document.create_element("p") else { return };
    toast.set_class_name("toast");
    toast.set_text_content(Some(message));
    if place.append_child(&toast).is_ok() {
        set_timeout(move || toast.remove(), STANDS);
    }
}
