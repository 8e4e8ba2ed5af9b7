//! Shows posts that say much the same while somebody types a new one: a vote for one of them helps more than a second post.

use leptos::prelude::*;

/// The region under the title field. What stands in it at first comes from the server; while somebody types in the fields `title`
/// and `body` it follows. Once it has shown something, publishing is not asked about it again.
#[island]
pub fn SimilarPosts(
    /// What answers with the region's content.
    action: String,
    /// What the server found when it made the page.
    children: Children,
) -> impl IntoView {
    let region = NodeRef::<leptos::html::Div>::new();
    let count = NodeRef::<leptos::html::P>::new();
    #[cfg(feature = "hydrate")]
    wake::listen(action, region, count);
    #[cfg(not(feature = "hydrate"))]
    drop(action);
    view! {
        <div node_ref=region>{children()}</div>
        // how many there are is all that is said while somebody types
        <p class="sr" aria-live="polite" node_ref=count></p>
    }
}

#[cfg(feature = "hydrate")]
mod wake {
    use std::time::Duration;

    use leptos::{
        html::{Div, P},
        leptos_dom::helpers::TimeoutHandle,
        prelude::*,
    };
    use wasm_bindgen::JsCast as _;
    use web_sys::{AbortController, HtmlInputElement, HtmlTextAreaElement, UrlSearchParams};

    use super::super::fetch;

    /// How long the fingers have to rest.
    const REST: Duration = Duration::from_millis(300);
    /// So many characters of a title say something.
    const ENOUGH: usize = 4;
    /// Where they don't push anything off the screen.
    const ROOM: &str = "(min-width: 44.01rem)";
    /// The start of the text is what it is about, and addresses can't be endless.
    const START: usize = 300;

    pub(super) fn listen(action: String, region: NodeRef<Div>, count: NodeRef<P>) {
        let timer = StoredValue::new_local(None::<TimeoutHandle>);
        let running = StoredValue::new_local(None::<AbortController>);
        let handle = window_event_listener(leptos::ev::input, move |event| {
            let id = event.target().and_then(|t| t.dyn_into::<web_sys::Element>().ok()).map(|e| e.id());
            if !matches!(id.as_deref(), Some("title" | "body")) {
                return;
            }
            if let Some(timer) = timer.try_update_value(Option::take).flatten() {
                timer.clear();
            }
            let action = action.clone();
            let next = set_timeout_with_handle(
                move || {
                    if let Some(running) = running.try_update_value(Option::take).flatten() {
                        running.abort();
                    }
                    let controller = AbortController::new().ok();
                    running.set_value(controller.clone());
                    leptos::task::spawn_local(async move {
                        let _ = look(&action, region, count, controller).await;
                    });
                },
                REST,
            );
            timer.set_value(next.ok());
        });
        on_cleanup(move || handle.remove());
    }

    async fn look(action: &str, region: NodeRef<Div>, count: NodeRef<P>, controller: Option<AbortController>) -> Option<()> {
        let document = web_sys::window()?.document()?;
        let title = document.get_element_by_id("title")?.dyn_into::<HtmlInputElement>().ok()?.value();
        let body = document.get_element_by_id("body").and_then(|e| e.dyn_into::<HtmlTextAreaElement>().ok());
        let body: String = body.map(|b| b.value()).unwrap_or_default().chars().take(START).collect();
        let html = if title.trim().chars().count() < ENOUGH {
            String::new()
        } else {
            let query = UrlSearchParams::new().ok()?;
            query.append("title", &title);
            query.append("body", &body);
            let url = format!("{action}?{}", String::from(query.to_string()));
            let signal = controller.map(|c| c.signal());
            let answer = fetch::get(&url, "text/html", signal.as_ref()).await?;
            if !answer.ok() {
                return None;
            }
            fetch::text(&answer).await?
        };
        let region = region.get_untracked()?;
        let part = |name: &str| region.query_selector(name).ok().flatten();
        // whoever unfolded them wants to see those that come next, and where there is room nothing has to be folded
        let has_room = web_sys::window()?.match_media(ROOM).ok().flatten().is_some_and(|media| media.matches());
        let opens = has_room || part("details[open]").is_some();
        region.set_inner_html(&html);
        if opens && let Some(details) = part("details") {
            let _ = details.set_attribute("open", "");
        }
        let said = part("summary").and_then(|summary| summary.text_content()).unwrap_or_default();
        let count = count.get_untracked()?;
        if count.text_content().as_deref() != Some(said.as_str()) {
            count.set_text_content(Some(&said));
        }
        if !html.is_empty()
            && let Some(anyway) = document.get_element_by_id("anyway").and_then(|e| e.dyn_into::<HtmlInputElement>().ok())
        {
            anyway.set_value("1");
        }
        Some(())
    }
}
