//! Switches between light and dark at once; the form that surrounds it keeps the choice.

use leptos::prelude::*;

/// The button in the header. Without JavaScript it posts the form around it.
#[island]
pub fn ThemeSwitch(
    /// Whether the next press means dark.
    dark_next: bool,
    /// What it is called.
    label: String,
    /// The address of its icon.
    icon: String,
) -> impl IntoView {
    let (dark_next, set_dark_next) = signal(dark_next);
    let press = move |event: leptos::ev::MouseEvent| {
        if switch(dark_next.get_untracked()) {
            event.prevent_default();
            set_dark_next.update(|next| *next = !*next);
        }
    };
    view! {
        <button
            class="btn btn--icon btn--quiet"
            name="theme"
            value=move || if dark_next.get() { "dark" } else { "light" }
            aria-label=label
            on:click=press
        >
            <svg class="icon" aria-hidden="true"><use href=icon></use></svg>
        </button>
    }
}

/// Shows the theme and keeps the choice in the cookie that the server reads. Answers whether it could.
#[cfg(feature = "hydrate")]
fn switch(dark: bool) -> bool {
    let Some(document) = web_sys::window().and_then(|w| w.document()) else { return false };
    let Some(root) = document.document_element() else { return false };
    let theme = if dark { "dark" } else { "light" };
    let secure = if document.location().and_then(|l| l.protocol().ok()).as_deref() == Some("https:") { "; Secure" } else { "" };
    let cookie = format!("theme={theme}; Path=/; Max-Age=31536000; SameSite=Lax{secure}");
    let kept = js_sys::Reflect::set(&document, &"cookie".into(), &cookie.into()).unwrap_or(false);
    kept && root.set_attribute("data-theme", theme).is_ok()
}

#[cfg(not(feature = "hydrate"))]
fn switch(_dark: bool) -> bool {
    false
}
