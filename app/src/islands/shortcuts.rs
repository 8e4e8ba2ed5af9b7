//! Keys for those who sit at a page all day. What a key does stands in the page: `data-key` on a link or a button presses it, on a panel
//! opens it and goes to its first field; `data-step` on a list walks its links. Ctrl or ⌘ with Enter sends the form in which one writes.

use leptos::prelude::*;

/// What the keys are, and the box that turns them off (WCAG 2.1.4: single letters can come by themselves where somebody dictates). It is
/// hidden without JavaScript, where there are no keys.
#[island]
pub fn Shortcuts(
    /// What opens the list.
    label: String,
    /// The word beside the box.
    on: String,
    /// Each key with what it does.
    keys: Vec<(String, String)>,
) -> impl IntoView {
    let enabled = RwSignal::new(true);
    #[cfg(feature = "hydrate")]
    wake::listen(enabled);
    let toggle = move |_: leptos::ev::Event| {
        enabled.update(|enabled| *enabled = !*enabled);
        #[cfg(feature = "hydrate")]
        wake::keep(enabled.get_untracked());
    };
    let rows = keys.into_iter().map(|(key, does)| view! { <div><dt><kbd>{key}</kbd></dt><dd>{does}</dd></div> }).collect_view();
    view! {
        <details class="keys" data-key="?">
            <summary class="btn btn--sm">{label}</summary>
            <div class="stack gap-3 mt-4">
                <dl class="keys__list">{rows}</dl>
                <label class="check"><input type="checkbox" prop:checked=enabled on:change=toggle /><span>{on}</span></label>
            </div>
        </details>
    }
}

#[cfg(feature = "hydrate")]
mod wake {
    use leptos::prelude::*;
    use wasm_bindgen::JsCast as _;
    use web_sys::{Element, HtmlElement, KeyboardEvent, Storage};

    /// Where this browser keeps that somebody wants no keys.
    const OFF: &str = "shortcuts-off";
    /// What can be written into: there a letter is a letter.
    const FIELDS: &str = "input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]";

    fn storage() -> Option<Storage> {
        web_sys::window()?.local_storage().ok()?
    }

    pub(super) fn keep(enabled: bool) {
        // a browser that keeps nothing asks again on the next page
        let Some(storage) = storage() else { return };
        let _ = if enabled { storage.remove_item(OFF) } else { storage.set_item(OFF, "1") };
    }

    pub(super) fn listen(enabled: RwSignal<bool>) {
        if storage().and_then(|storage| storage.get_item(OFF).ok()?).is_some() {
            enabled.set(false);
        }
        let handle = window_event_listener(leptos::ev::keydown, move |event| {
            if event.is_composing() || event.alt_key() || event.repeat() {
                return;
            }
            let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
            if event.key() == "Enter" && (event.ctrl_key() || event.meta_key()) {
                if target.and_then(|target| send(&target)).is_some() {
                    event.prevent_default();
                }
                return;
            }
            let writes = target.is_some_and(|target| target.closest(FIELDS).is_ok_and(|field| field.is_some()));
            if event.ctrl_key() || event.meta_key() || writes || !enabled.get_untracked() {
                return;
            }
            if press(&event).is_some() {
                event.prevent_default();
            }
        });
        on_cleanup(move || handle.remove());
    }

    /// Sends the form of a field, by the button for those who go on, if it has one.
    fn send(field: &Element) -> Option<()> {
        let form = field.closest("form[data-send]").ok()??;
        let button =
            form.query_selector("button[data-go-on]").ok()?.or(form.query_selector("button:not([type=button])").ok()?)?;
        button.dyn_into::<HtmlElement>().ok()?.click();
        Some(())
    }

    fn press(event: &KeyboardEvent) -> Option<()> {
        let document = web_sys::window()?.document()?;
        let key = event.key();
        match key.as_str() {
            "j" => step(&document, 1),
            "k" => step(&document, -1),
            key if key.chars().count() == 1 && key.chars().all(|sign| sign.is_ascii_alphabetic() || sign == '?') => {
                let element = document.query_selector(&format!("[data-key='{key}']")).ok()??.dyn_into::<HtmlElement>().ok()?;
                if element.tag_name() == "DETAILS" {
                    open(&element);
                } else {
                    element.click();
                }
                Some(())
            }
            _ => None,
        }
    }

    /// Opens a panel at its first field; an open list of keys is closed again.
    fn open(panel: &HtmlElement) {
        if panel.has_attribute("open") && panel.class_list().contains("keys") {
            let _ = panel.remove_attribute("open");
            return;
        }
        let _ = panel.set_attribute("open", "");
        panel.scroll_into_view();
        let first = panel.query_selector("form select, form textarea, form input:not([type=hidden])").ok().flatten();
        let first = first.or_else(|| panel.query_selector("summary").ok().flatten());
        if let Some(first) = first.and_then(|first| first.dyn_into::<HtmlElement>().ok()) {
            let _ = first.focus();
        }
    }

    /// Goes to the link beside the present one of the list.
    fn step(document: &web_sys::Document, by: i32) -> Option<()> {
        let links = document.query_selector_all("[data-step] a").ok()?;
        let here = (0..links.length()).find(|n| {
            let link = links.get(*n).and_then(|link| link.dyn_into::<Element>().ok());
            link.is_some_and(|link| link.closest("[aria-current]").is_ok_and(|current| current.is_some()))
        });
        let next = match here {
            Some(here) => here.checked_add_signed(by)?,
            None => 0,
        };
        links.get(next)?.dyn_into::<HtmlElement>().ok()?.click();
        Some(())
    }
}
