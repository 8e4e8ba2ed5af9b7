//! Asks the server what a form would ask it.

use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortSignal, Headers, RequestInit, Response, UrlSearchParams};

/// Posts fields as a form does. `None` when the server can't be reached.
pub(super) async fn post(url: &str, fields: &[(&str, &str)], accept: &str) -> Option<Response> {
    let body = UrlSearchParams::new().ok()?;
    for (name, value) in fields {
        body.append(name, value);
    }
    let init = RequestInit::new();
    init.set_method("POST");
    init.set_body(body.as_ref());
    send(url, &init, accept).await
}

/// Asks for a page. `None` when the server can't be reached, or the signal said to stop.
pub(super) async fn get(url: &str, accept: &str, signal: Option<&AbortSignal>) -> Option<Response> {
    let init = RequestInit::new();
    init.set_signal(signal);
    send(url, &init, accept).await
}

async fn send(url: &str, init: &RequestInit, accept: &str) -> Option<Response> {
    let headers = Headers::new().ok()?;
    headers.set("Accept", accept).ok()?;
    init.set_headers(headers.as_ref());
    let answer = JsFuture::from(web_sys::window()?.fetch_with_str_and_init(url, init)).await.ok()?;
    answer.dyn_into().ok()
}

/// The body as text.
pub(super) async fn text(response: &Response) -> Option<String> {
    JsFuture::from(response.text().ok()?).await.ok()?.as_string()
}

/// The body as an object; null when it is none.
pub(super) async fn json(response: &Response) -> JsValue {
    match response.json() {
        Ok(body) => JsFuture::from(body).await.unwrap_or(JsValue::NULL),
        Err(_) => JsValue::NULL,
    }
}

/// A field of an object.
pub(super) fn field(object: &JsValue, name: &str) -> JsValue {
    js_sys::Reflect::get(object, &JsValue::from_str(name)).unwrap_or(JsValue::NULL)
}
