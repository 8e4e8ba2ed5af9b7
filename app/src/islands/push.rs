//! Lets the browser show news while no page is open.

use leptos::prelude::*;

/// The button by which this browser is pushed to. It is there where the browser can do it, and says so where it can't.
#[island]
pub fn PushHere(
    /// The public key of the site (base64url).
    key: String,
    /// The word on the button.
    label: String,
    /// What is said where the browser can't do it.
    unable: String,
    /// What is said when its user does not allow it.
    denied: String,
    /// What is said when it did not work.
    failed: String,
) -> impl IntoView {
    let (said, set_said) = signal(String::new());
    let is_able = RwSignal::new(false);
    let busy = RwSignal::new(false);
    #[cfg(feature = "hydrate")]
    {
        let unable = unable.clone();
        Effect::new(move |_| {
            if wake::is_able() {
                is_able.set(true);
            } else {
                set_said.set(unable.clone());
            }
        });
    }
    let press = move |_: leptos::ev::MouseEvent| {
        #[cfg(feature = "hydrate")]
        {
            if busy.get_untracked() {
                return;
            }
            busy.set(true);
            set_said.set(String::new());
            let (key, unable, denied, failed) = (key.clone(), unable.clone(), denied.clone(), failed.clone());
            leptos::task::spawn_local(async move {
                match wake::subscribe(&key).await {
                    Ok(()) => wake::show(),
                    Err(wake::Why::Unable) => set_said.set(unable),
                    Err(wake::Why::Denied) => set_said.set(denied),
                    Err(wake::Why::Failed) => set_said.set(failed),
                }
                busy.set(false);
            });
        }
        #[cfg(not(feature = "hydrate"))]
        let _ = (&key, &unable, &denied, &failed, &set_said);
    };
    view! {
        <div class="stack gap-1">
            <div>
                <button
                    class="btn" type="button" hidden=move || !is_able.get()
                    aria-busy=move || busy.get().then_some("true") on:click=press
                >
                    {label}
                </button>
            </div>
            <p class="hint" role="status">{said}</p>
        </div>
    }
}

#[cfg(feature = "hydrate")]
mod wake {
    use js_sys::{JSON, Reflect};
    use wasm_bindgen::{JsCast as _, JsValue};
    use wasm_bindgen_futures::JsFuture;
    use web_sys::{PushSubscriptionOptionsInit, ServiceWorkerContainer, ServiceWorkerRegistration};

    use super::super::fetch::{self, field};

    /// What shows what is pushed.
    const WORKER: &str = "/push.js";

    /// Why the browser is not pushed to.
    pub(super) enum Why {
        /// It can't be.
        Unable,
        /// Its user does not allow it.
        Denied,
        /// Something did not work.
        Failed,
    }

    /// Browsers have workers on safe pages only, and some can't be pushed to before the site is on the home screen.
    fn workers() -> Option<ServiceWorkerContainer> {
        let window = web_sys::window()?;
        let has = |name: &str| Reflect::has(&window, &JsValue::from_str(name)).unwrap_or(false);
        let workers = field(&window.navigator(), "serviceWorker");
        (has("PushManager") && has("Notification") && workers.is_object()).then(|| workers.unchecked_into())
    }

    pub(super) fn is_able() -> bool {
        workers().is_some()
    }

    fn why(error: &JsValue) -> Why {
        match field(error, "name").as_string().as_deref() {
            Some("NotAllowedError") => Why::Denied,
            _ => Why::Failed,
        }
    }

    /// Asks the service of the browser for an address, and tells it to the forum.
    pub(super) async fn subscribe(key: &str) -> Result<(), Why> {
        let workers = workers().ok_or(Why::Unable)?;
        JsFuture::from(workers.register(WORKER)).await.map_err(|error| why(&error))?;
        let ready = JsFuture::from(workers.ready().map_err(|error| why(&error))?).await.map_err(|error| why(&error))?;
        let push = ready.unchecked_into::<ServiceWorkerRegistration>().push_manager().map_err(|error| why(&error))?;
        let options = PushSubscriptionOptionsInit::new();
        options.set_user_visible_only(true);
        options.set_application_server_key(&JsValue::from_str(key));
        let asked = push.subscribe_with_options(&options).map_err(|error| why(&error))?;
        let subscription = JsFuture::from(asked).await.map_err(|error| why(&error))?;
        let said = JSON::stringify(&subscription).map_err(|error| why(&error))?;
        let said = JSON::parse(&String::from(said)).map_err(|error| why(&error))?;
        let keys = field(&said, "keys");
        let text = |object: &JsValue, name: &str| field(object, name).as_string().unwrap_or_default();
        let (endpoint, p256dh, auth) = (text(&said, "endpoint"), text(&keys, "p256dh"), text(&keys, "auth"));
        let fields = [("endpoint", endpoint.as_str()), ("p256dh", p256dh.as_str()), ("auth", auth.as_str())];
        match fetch::post("/me/push", &fields, "text/html").await {
            Some(answer) if answer.ok() => Ok(()),
            _ => Err(Why::Failed),
        }
    }

    /// The page with the new device.
    pub(super) fn show() {
        if let Some(window) = web_sys::window() {
            let location = window.location();
            let _ = location.set_hash("push");
            let _ = location.reload();
        }
    }
}
