//! Adds pictures and documents to a form without leaving it: chosen, dropped on it or pasted into it, several at once.

use leptos::prelude::*;

/// What surrounds the fields for files of a form. Each file goes at once to where the form would take it; what comes back stands in the
/// list, with a field for what there is to see. Without JavaScript the form takes one file at a time.
#[island]
pub fn Attach(
    /// What takes a file.
    action: String,
    /// That dropping and pasting do it too.
    hint: String,
    /// What is said while a file is on its way.
    busy: String,
    /// What is said when it has arrived.
    added: String,
    /// What is said when there is no answer.
    failed: String,
    /// What is said to a file too many.
    full: String,
    /// So many files, at most.
    most: usize,
    /// The fields.
    children: Children,
) -> impl IntoView {
    let root = NodeRef::<leptos::html::Div>::new();
    let said = NodeRef::<leptos::html::P>::new();
    let is_awake = RwSignal::new(false);
    #[cfg(feature = "hydrate")]
    {
        let says = wake::Says { action, busy, added, failed, full, most };
        Effect::new(move |_| {
            if let Some(root) = root.get() {
                wake::make_ready(&root);
                is_awake.set(true);
            }
        });
        wake::listen(root, said, says);
    }
    #[cfg(not(feature = "hydrate"))]
    drop((action, busy, added, failed, full, most));
    view! {
        <div class="stack gap-3" node_ref=root>
            {children()}
            <p class="hint" hidden=move || !is_awake.get()>{hint}</p>
            <p class="hint" aria-live="polite" node_ref=said></p>
        </div>
    }
}

#[cfg(feature = "hydrate")]
mod wake {
    use leptos::{
        html::{Div, P},
        prelude::*,
    };
    use wasm_bindgen::{JsCast as _, JsValue, closure::Closure};
    use web_sys::{
        Element, Event, FileList, FormData, HtmlDivElement, HtmlElement, HtmlInputElement, HtmlProgressElement, ProgressEvent,
        XmlHttpRequest,
    };

    use super::super::{fetch, toast};

    /// What is said, and where files go.
    #[derive(Clone)]
    pub(super) struct Says {
        pub(super) action: String,
        pub(super) busy: String,
        pub(super) added: String,
        pub(super) failed: String,
        pub(super) full: String,
        pub(super) most: usize,
    }

    /// All that the work is done with.
    #[derive(Clone)]
    struct Work {
        root: HtmlDivElement,
        said: NodeRef<P>,
        says: Says,
        /// Files on their way.
        going: StoredValue<usize>,
    }

    /// Several files can be chosen, and nobody has to press a button for them.
    pub(super) fn make_ready(root: &HtmlDivElement) {
        if let Some(input) = part(root, "input[type=file]") {
            let _ = input.set_attribute("multiple", "");
        }
        for selector in [".files__new > .btn", ".files__alt"] {
            if let Some(unused) = part(root, selector) {
                unused.remove();
            }
        }
    }

    fn part(root: &Element, selector: &str) -> Option<Element> {
        root.query_selector(selector).ok().flatten()
    }

    /// Whether something happened in the form of these fields.
    fn is_ours(root: &Element, event: &Event) -> bool {
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        let form = target.and_then(|target| target.closest("form").ok().flatten());
        form.is_some_and(|form| form.contains(Some(root)))
    }

    pub(super) fn listen(root: NodeRef<Div>, said: NodeRef<P>, says: Says) {
        let going = StoredValue::new(0);
        let work = move |event: &Event| {
            let root: HtmlDivElement = root.get_untracked()?;
            is_ours(&root, event).then(|| Work { root, said, says: says.clone(), going })
        };
        let (chosen, pasted, over, left, dropped, sent, pressed) =
            (work.clone(), work.clone(), work.clone(), work.clone(), work.clone(), work.clone(), work);
        let handles = [
            window_event_listener(leptos::ev::change, move |event| {
                let Some(work) = chosen(&event) else { return };
                let input = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
                let Some(input) = input.filter(|input| input.type_() == "file" && work.root.contains(Some(input))) else { return };
                work.send_all(input.files());
                // the form does not send them once more
                input.set_value("");
            }),
            window_event_listener(leptos::ev::paste, move |event| {
                let Some(work) = pasted(&event) else { return };
                if work.send_all(event.clipboard_data().and_then(|data| data.files())) {
                    event.prevent_default();
                }
            }),
            window_event_listener(leptos::ev::dragover, move |event| {
                if let Some(work) = over(&event) {
                    event.prevent_default();
                    work.mark(true);
                }
            }),
            window_event_listener(leptos::ev::dragleave, move |event| {
                if let Some(work) = left(&event) {
                    work.mark(false);
                }
            }),
            window_event_listener(leptos::ev::drop, move |event| {
                let Some(work) = dropped(&event) else { return };
                work.mark(false);
                if work.send_all(event.data_transfer().and_then(|data| data.files())) {
                    event.prevent_default();
                }
            }),
            window_event_listener(leptos::ev::submit, move |event| {
                let Some(work) = sent(&event) else { return };
                // a text without the picture that it talks of would be sent
                if work.going.get_value() > 0 {
                    event.prevent_default();
                    toast::show(&work.says.busy);
                }
            }),
            window_event_listener(leptos::ev::click, move |event| {
                let Some(work) = pressed(&event) else { return };
                let button = event.target().and_then(|target| target.dyn_into::<Element>().ok());
                let button = button.and_then(|button| button.closest("button[name=drop]").ok().flatten());
                if let Some(button) = button.filter(|button| work.root.contains(Some(button)))
                    && work.take_away(&button).is_some()
                {
                    event.prevent_default();
                }
            }),
        ];
        on_cleanup(move || handles.into_iter().for_each(WindowListenerHandle::remove));
    }

    impl Work {
        fn ids(&self) -> Option<(HtmlInputElement, Vec<String>)> {
            let field = part(&self.root, "input[name=files]")?.dyn_into::<HtmlInputElement>().ok()?;
            let ids = field.value().split(',').filter(|id| !id.is_empty()).map(str::to_owned).collect();
            Some((field, ids))
        }

        fn mark(&self, is_over: bool) {
            let Ok(Some(details)) = self.root.closest("details") else { return };
            let _ = if is_over { details.set_attribute("data-over", "") } else { details.remove_attribute("data-over") };
        }

        /// Sends each of these; whether there are any.
        fn send_all(&self, files: Option<FileList>) -> bool {
            let Some(files) = files.filter(|files| files.length() > 0) else { return false };
            if let Ok(Some(details)) = self.root.closest("details") {
                let _ = details.set_attribute("open", "");
            }
            for n in 0..files.length() {
                let taken = self.ids().map_or(0, |(_, ids)| ids.len()) + self.going.get_value();
                if taken >= self.says.most {
                    toast::show(&self.says.full);
                    break;
                }
                if let Some(file) = files.get(n)
                    && self.send(&file).is_none()
                {
                    toast::show(&self.says.failed);
                }
            }
            true
        }

        fn send(&self, file: &web_sys::File) -> Option<()> {
            let document = web_sys::window()?.document()?;
            let form = FormData::new().ok()?;
            form.append_with_blob_and_filename("file", file, &file.name()).ok()?;
            let bar = document.create_element("progress").ok()?.dyn_into::<HtmlProgressElement>().ok()?;
            bar.set_max(1.0);
            bar.set_attribute("aria-label", &format!("{} {}", self.says.busy, file.name())).ok()?;
            part(&self.root, ".files__list")?.after_with_node_1(&bar).ok()?;
            let request = XmlHttpRequest::new().ok()?;
            request.open("POST", &self.says.action).ok()?;
            request.set_request_header("Accept", "application/json").ok()?;
            let shown = bar.clone();
            let moved = Closure::<dyn FnMut(ProgressEvent)>::new(move |event: ProgressEvent| {
                if event.length_computable() && event.total() > 0.0 {
                    shown.set_value(event.loaded() / event.total());
                }
            });
            request.upload().ok()?.set_onprogress(Some(moved.as_ref().unchecked_ref()));
            let (work, answered, name) = (self.clone(), request.clone(), file.name());
            let ended = Closure::once_into_js(move || {
                drop(moved);
                bar.remove();
                work.going.update_value(|going| *going -= 1);
                if work.arrived(&answered, &name).is_none() {
                    let said = answered.response_text().ok().flatten().and_then(|text| js_sys::JSON::parse(&text).ok());
                    let said = said.and_then(|said| fetch::field(&said, "message").as_string());
                    let said = said.unwrap_or_else(|| work.says.failed.clone());
                    toast::show(&format!("{name}: {said}"));
                }
            });
            request.set_onloadend(Some(ended.unchecked_ref()));
            request.send_with_opt_form_data(Some(&form)).ok()?;
            self.going.update_value(|going| *going += 1);
            Some(())
        }

        /// Puts what was taken in its place.
        fn arrived(&self, request: &XmlHttpRequest, name: &str) -> Option<()> {
            if request.status().ok()? != 201 {
                return None;
            }
            let answer: JsValue = js_sys::JSON::parse(&request.response_text().ok()??).ok()?;
            #[expect(clippy::cast_possible_truncation, reason = "a number that is none of ours is no file")]
            let id = fetch::field(&answer, "id").as_f64()? as i64;
            let html = fetch::field(&answer, "html").as_string()?;
            part(&self.root, ".files__list")?.insert_adjacent_html("beforeend", &html).ok()?;
            let (field, mut ids) = self.ids()?;
            ids.push(id.to_string());
            field.set_value(&ids.join(","));
            self.said.get_untracked()?.set_text_content(Some(&format!("{} {name}", self.says.added)));
            Some(())
        }

        fn take_away(&self, button: &Element) -> Option<()> {
            let id = button.get_attribute("value")?;
            let (field, mut ids) = self.ids()?;
            ids.retain(|known| *known != id);
            field.set_value(&ids.join(","));
            button.closest("li").ok()??.remove();
            if let Some(input) = part(&self.root, "input[type=file]").and_then(|input| input.dyn_into::<HtmlElement>().ok()) {
                let _ = input.focus();
            }
            let action = format!("{}/{id}/remove", self.says.action);
            leptos::task::spawn_local(async move {
                // what stays behind goes by itself within a day
                let _ = fetch::post(&action, &[], "application/json").await;
            });
            Some(())
        }
    }
}
