//! What happens while a page is open: the server tells it over a stream of events, and nothing moves under the reader. Numbers change where
//! they stand; that there is more to read is said at the foot of the page, with a button. A page that is in the background hears nothing:
//! browsers keep few connections to a site, and a reader has many tabs.

use leptos::prelude::*;

/// The event of the window by which the stream tells the islands of a post: its detail is what the server sent.
#[cfg(feature = "hydrate")]
pub(super) const POST: &str = "live-post";
/// The same for what its reader has not seen.
#[cfg(feature = "hydrate")]
const BELL: &str = "live-bell";

/// How many things are new, in words.
fn worded(n: i64, none: &str, some: &str) -> String {
    if n == 0 { none.to_owned() } else { some.replace('#', &shown(n)) }
}

/// As far as they are counted.
fn shown(n: i64) -> String {
    if n > 99 { "99+".to_owned() } else { n.to_string() }
}

/// The bell in the header.
#[island]
pub fn Bell(
    /// How much its reader has not seen.
    unread: i64,
    /// What it is called when that is nothing.
    none: String,
    /// What it is called otherwise, with `#` for the number.
    some: String,
    /// The address of its icon.
    icon: String,
) -> impl IntoView {
    let unread = RwSignal::new(unread);
    #[cfg(feature = "hydrate")]
    wake::on(BELL, move |detail| {
        if let Ok(now) = detail.parse() {
            unread.set(now);
        }
    });
    view! {
        <a class="btn btn--icon btn--quiet bell" href="/me/notices">
            <svg class="icon" aria-hidden="true"><use href=icon></use></svg>
            <span class="btn__count bell__n" aria-hidden="true" hidden=move || unread.get() == 0>{move || shown(unread.get())}</span>
            <span class="sr">{move || worded(unread.get(), &none, &some)}</span>
        </a>
    }
}

/// Listens as long as the page is in front, and says at its foot what there is to read.
#[island]
pub fn Live(
    /// The post that the page shows.
    post: Option<i64>,
    /// The comments that it shows.
    comments: i64,
    /// The latest answer that it shows; 0 for none.
    answer: i64,
    /// "The company has answered".
    answered: String,
    /// "1 new comment".
    one: String,
    /// "# new comments".
    many: String,
    /// "Show".
    show: String,
) -> impl IntoView {
    let news = RwSignal::new(String::new());
    #[cfg(feature = "hydrate")]
    {
        let words = (answered, one, many);
        wake::on(POST, move |detail| {
            let Some((now, latest)) = wake::counts(&detail) else { return };
            let more = now - comments;
            let mut said = Vec::new();
            if latest > answer {
                said.push(words.0.clone());
            }
            match more {
                1 => said.push(words.1.clone()),
                more if more > 1 => said.push(words.2.replace('#', &more.to_string())),
                _ => {}
            }
            news.set(said.join(" · "));
        });
        wake::listen(post);
    }
    #[cfg(not(feature = "hydrate"))]
    let _ = (post, comments, answer, answered, one, many);
    let press = move |_: leptos::ev::MouseEvent| {
        #[cfg(feature = "hydrate")]
        wake::reload();
    };
    view! {
        <div class="live" role="status">
            {move || (!news.get().is_empty()).then(|| view! {
                <p class="live__in">
                    <span>{news.get()}</span>
                    <button class="btn btn--sm" type="button" on:click=press>{show.clone()}</button>
                </p>
            })}
        </div>
    }
}

#[cfg(feature = "hydrate")]
pub(super) mod wake {
    use std::{cell::RefCell, rc::Rc, time::Duration};

    use leptos::prelude::window_event_listener_untyped;
    use wasm_bindgen::{JsCast as _, closure::Closure};
    use web_sys::{CustomEvent, CustomEventInit, EventSource, HtmlTextAreaElement, MessageEvent, VisibilityState};

    use super::{BELL, POST};
    use crate::islands::fetch::field;

    /// How soon a stream that the browser gave up is opened anew.
    const AGAIN: Duration = Duration::from_secs(60);

    /// Does something with what the stream tells under a name.
    pub(in crate::islands) fn on(name: &str, what: impl Fn(String) + 'static) {
        let handle = window_event_listener_untyped(name, move |event| {
            let detail = event.dyn_into::<CustomEvent>().ok().and_then(|event| event.detail().as_string());
            if let Some(detail) = detail {
                what(detail);
            }
        });
        leptos::prelude::on_cleanup(move || handle.remove());
    }

    /// A whole number of what the server sent.
    pub(in crate::islands) fn number(detail: &str, name: &str) -> Option<i64> {
        let object = js_sys::JSON::parse(detail).ok()?;
        #[expect(clippy::cast_possible_truncation, reason = "counts are far below 2^53")]
        field(&object, name).as_f64().map(|number| number as i64)
    }

    /// The comments, and the latest answer.
    pub(super) fn counts(detail: &str) -> Option<(i64, i64)> {
        Some((number(detail, "comments")?, number(detail, "answer")?))
    }

    /// Tells the islands of the page.
    fn pass_on(name: &str, event: &MessageEvent) {
        let init = CustomEventInit::new();
        init.set_detail(&event.data());
        let (Some(window), Ok(event)) = (web_sys::window(), CustomEvent::new_with_event_init_dict(name, &init)) else { return };
        let _ = window.dispatch_event(&event);
    }

    fn open(address: &str) -> Option<EventSource> {
        let source = EventSource::new(address).ok()?;
        for (kind, name) in [("post", POST), ("bell", BELL)] {
            let heard = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| pass_on(name, &event));
            let _ = source.add_event_listener_with_callback(kind, heard.as_ref().unchecked_ref());
            // as long as the page: a stream that is opened again is heard by closures of its own
            heard.forget();
        }
        Some(source)
    }

    /// Listens while the page is in front.
    pub(super) fn listen(post: Option<i64>) {
        let address = post.map_or_else(|| "/live".to_owned(), |post| format!("/live?post={post}"));
        let source: Rc<RefCell<Option<EventSource>>> = Rc::default();
        let look = move || {
            let in_front = web_sys::window()
                .and_then(|window| window.document())
                .is_some_and(|page| page.visibility_state() == VisibilityState::Visible);
            let mut source = source.borrow_mut();
            // what was answered with an error, by a proxy for instance while the forum starts anew, is given up by the browser
            if source.as_ref().is_some_and(|open| open.ready_state() == EventSource::CLOSED) {
                *source = None;
            }
            match (in_front, source.as_ref()) {
                (true, None) => *source = open(&address),
                (false, Some(open)) => {
                    open.close();
                    *source = None;
                }
                _ => {}
            }
        };
        look();
        leptos::prelude::set_interval(look.clone(), AGAIN);
        let Some(document) = web_sys::window().and_then(|window| window.document()) else { return };
        let changed = Closure::<dyn FnMut()>::new(look);
        let _ = document.add_event_listener_with_callback("visibilitychange", changed.as_ref().unchecked_ref());
        changed.forget();
    }

    /// Shows the page anew; beside it while somebody has written something in it.
    pub(super) fn reload() {
        let Some(window) = web_sys::window() else { return };
        let location = window.location();
        let written = window.document().and_then(|page| page.query_selector_all("textarea").ok()).is_some_and(|fields| {
            (0..fields.length())
                .filter_map(|n| fields.get(n)?.dyn_into::<HtmlTextAreaElement>().ok())
                .any(|field| field.default_value().is_ok_and(|before| before != field.value()))
        });
        if written {
            let _ = location.href().map(|address| window.open_with_url(&address));
        } else {
            let _ = location.reload();
        }
    }
}
