//! Solves a challenge while somebody types, so that nobody waits for it.

use leptos::prelude::*;

/// The hidden field in which the solution goes with its form. Without JavaScript, or until it is solved, it is empty, and the form is
/// counted as one without. Nothing is asked for before somebody types.
#[island]
pub fn ProofOfWork(
    /// What gives a challenge.
    action: String,
) -> impl IntoView {
    let field = NodeRef::<leptos::html::Input>::new();
    #[cfg(feature = "hydrate")]
    wake::listen(action, field);
    #[cfg(not(feature = "hydrate"))]
    drop(action);
    view! { <input type="hidden" name="altcha" node_ref=field /> }
}

#[cfg(feature = "hydrate")]
mod wake {
    use std::fmt::Write as _;

    use js_sys::{JSON, Promise, Reflect};
    use leptos::{html::Input, prelude::*};
    use sha2::{Digest as _, Sha256};
    use wasm_bindgen::JsValue;
    use wasm_bindgen_futures::JsFuture;

    use super::super::fetch;

    /// Digests that are tried before whoever types gets the next turn: some milliseconds on a phone.
    const SLICE: u32 = 1000;

    pub(super) fn listen(action: String, field: NodeRef<Input>) {
        let begun = StoredValue::new(false);
        let handle = window_event_listener(leptos::ev::input, move |_| {
            if begun.try_update_value(|begun| std::mem::replace(begun, true)) == Some(false) {
                let action = action.clone();
                leptos::task::spawn_local(async move {
                    match (solved(&action).await, field.get_untracked()) {
                        (Some(solution), Some(field)) => field.set_value(&solution),
                        // whoever goes on typing tries again
                        _ => begun.set_value(false),
                    }
                });
            }
        });
        on_cleanup(move || handle.remove());
    }

    async fn solved(action: &str) -> Option<String> {
        let answer = fetch::get(action, "application/json", None).await?;
        if !answer.ok() {
            return None;
        }
        let given = fetch::json(&answer).await;
        let text = |name: &str| fetch::field(&given, name).as_string();
        let (salt, mut wanted) = (text("salt")?, [0; 32]);
        hex::decode_to_slice(text("challenge")?, &mut wanted).ok()?;
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a number out of range is none of ours")]
        let most = fetch::field(&given, "maxnumber").as_f64()? as u32;
        let (start, mut tried) = (Sha256::new_with_prefix(&salt), String::new());
        for number in 0..=most {
            tried.clear();
            write!(tried, "{number}").ok()?;
            if start.clone().chain_update(&tried).finalize()[..] == wanted {
                Reflect::set(&given, &JsValue::from_str("number"), &JsValue::from(number)).ok()?;
                let solution: String = JSON::stringify(&given).ok()?.into();
                return web_sys::window()?.btoa(&solution).ok();
            }
            if number % SLICE == SLICE - 1 {
                turn().await?;
            }
        }
        None
    }

    /// Lets the page have its turn.
    async fn turn() -> Option<()> {
        let mut asked = false;
        let wait = Promise::new(&mut |resolve, _| {
            asked = web_sys::window().is_some_and(|window| window.set_timeout_with_callback(&resolve).is_ok());
        });
        // a promise that nobody keeps is waited for in vain
        if asked { JsFuture::from(wait).await.ok().map(drop) } else { None }
    }
}
