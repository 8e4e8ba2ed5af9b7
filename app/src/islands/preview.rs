//! Shows what a text in Markdown will look like, without leaving the form.

use leptos::prelude::*;

/// The button under a text field, and the region in which the preview appears. Without JavaScript the button sends the form,
/// and the page comes back with the preview.
#[island]
pub fn Preview(
    /// What turns the text into HTML.
    action: String,
    /// The id of the text field.
    field: String,
    /// The word on the button.
    label: String,
    /// The address of its icon.
    icon: String,
    /// What is said when there is no answer.
    failed: String,
    /// The preview that the server made with the page, if it was asked for.
    children: Children,
) -> impl IntoView {
    let region = NodeRef::<leptos::html::Div>::new();
    let busy = RwSignal::new(false);
    let press = move |event: leptos::ev::MouseEvent| {
        #[cfg(feature = "hydrate")]
        {
            event.prevent_default();
            let (action, field, failed) = (action.clone(), field.clone(), failed.clone());
            busy.set(true);
            leptos::task::spawn_local(async move {
                if show(&action, &field, region).await.is_none() {
                    super::toast::show(&failed);
                }
                busy.set(false);
            });
        }
        #[cfg(not(feature = "hydrate"))]
        let _ = (&event, &action, &field, &failed);
    };
    view! {
        <div class="stack gap-2">
            <button
                class="btn btn--sm start"
                name="act"
                value="preview"
                formnovalidate=true
                aria-busy=move || busy.get().then_some("true")
                on:click=press
            >
                <svg class="icon" aria-hidden="true"><use href=icon></use></svg>
                {label}
            </button>
            <div aria-live="polite" node_ref=region>{children()}</div>
        </div>
    }
}

#[cfg(feature = "hydrate")]
async fn show(action: &str, field: &str, region: NodeRef<leptos::html::Div>) -> Option<()> {
    use wasm_bindgen::JsCast as _;

    use super::fetch;
    let document = web_sys::window()?.document()?;
    let text = document.get_element_by_id(field)?.dyn_into::<web_sys::HtmlTextAreaElement>().ok()?.value();
    let answer = fetch::post(action, &[("body", &text)], "text/html").await?;
    if !answer.ok() {
        return None;
    }
    let html = fetch::text(&answer).await?;
    region.get_untracked()?.set_inner_html(&html);
    Some(())
}
