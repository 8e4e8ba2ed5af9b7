//! Checks the public record in the browser: whoever does not take our word for it downloads the entries and computes the chain.

use leptos::prelude::*;

/// The button in the banner of the record. Without JavaScript, or where the browser has no hashes to offer, the server checks.
#[island]
pub fn RecordCheck(
    /// The word on the button.
    label: String,
    /// How many entries there are.
    size: u32,
    /// The digest of the last, as the page says it.
    head: String,
    /// What is said while it goes on.
    working: String,
    /// What is said when the chain is whole.
    whole: String,
    /// What is said before the number of the entry at which it breaks.
    broken: String,
    /// What is said when entries could not be downloaded.
    failed: String,
) -> impl IntoView {
    let (said, set_said) = signal(String::new());
    let busy = RwSignal::new(false);
    let press = move |event: leptos::ev::MouseEvent| {
        #[cfg(feature = "hydrate")]
        {
            let Some(hashes) = web_sys::window().and_then(|window| window.crypto().ok()).map(|crypto| crypto.subtle()) else {
                return;
            };
            // only pages from a safe place have it
            if hashes.is_undefined() {
                return;
            }
            event.prevent_default();
            if busy.get_untracked() {
                return;
            }
            busy.set(true);
            set_said.set(working.clone());
            let (head, whole, broken, failed) = (head.clone(), whole.clone(), broken.clone(), failed.clone());
            leptos::task::spawn_local(async move {
                set_said.set(match chain::check(&hashes, size, &head).await {
                    Some(Ok(())) => whole,
                    Some(Err(seq)) => format!("{broken} {seq}"),
                    None => failed,
                });
                busy.set(false);
            });
        }
        #[cfg(not(feature = "hydrate"))]
        let _ = (&event, size, &head, &working, &whole, &broken, &failed, &set_said);
    };
    view! {
        <button class="btn" aria-busy=move || busy.get().then_some("true") on:click=press>{label}</button>
        <p class="chain__said" role="status">{said}</p>
    }
}

#[cfg(feature = "hydrate")]
mod chain {
    use js_sys::{JSON, Uint8Array};
    use wasm_bindgen_futures::JsFuture;
    use web_sys::SubtleCrypto;

    use super::super::fetch;

    /// Entries of one download (c2sp.org/tlog-tiles).
    const WIDTH: u32 = 256;

    /// Downloads so many entries and computes the chain, up to the digest that the last should have. Answers at which entry it breaks;
    /// nothing when the server does not give them.
    pub(super) async fn check(hashes: &SubtleCrypto, size: u32, head: &str) -> Option<Result<(), u32>> {
        let (mut seq, mut prev) = (0, "0".repeat(64));
        for index in 0..size.div_ceil(WIDTH) {
            let bundle = download(index, (size - index * WIDTH).min(WIDTH)).await?;
            let mut rest = &bundle[..];
            while let Some((length, after)) = rest.split_first_chunk::<2>() {
                let (line, after) = after.split_at_checked(usize::from(u16::from_be_bytes(*length)))?;
                (rest, seq) = (after, seq + 1);
                let entry = JSON::parse(std::str::from_utf8(line).ok()?).ok()?;
                let follows = fetch::field(&entry, "prev").as_string().is_some_and(|said| said == prev);
                if !follows || fetch::field(&entry, "seq").as_f64() != Some(f64::from(seq)) {
                    return Some(Err(seq));
                }
                prev = sha256(hashes, line).await?;
            }
        }
        Some(if seq == size && prev == head { Ok(()) } else { Err(seq) })
    }

    async fn download(index: u32, width: u32) -> Option<Vec<u8>> {
        let mut path = format!("{:03}", index % 1000);
        let mut above = index / 1000;
        while above > 0 {
            path = format!("x{:03}/{path}", above % 1000);
            above /= 1000;
        }
        let partial = if width < WIDTH { format!(".p/{width}") } else { String::new() };
        let answer = fetch::get(&format!("/record/log/tile/entries/{path}{partial}"), "application/octet-stream", None).await?;
        if !answer.ok() {
            return None;
        }
        Some(Uint8Array::new(&JsFuture::from(answer.array_buffer().ok()?).await.ok()?).to_vec())
    }

    async fn sha256(hashes: &SubtleCrypto, line: &[u8]) -> Option<String> {
        let digest = hashes.digest_with_str_and_buffer_source("SHA-256", &Uint8Array::from(line)).ok()?;
        let digest = Uint8Array::new(&JsFuture::from(digest).await.ok()?).to_vec();
        Some(digest.iter().map(|byte| format!("{byte:02x}")).collect())
    }
}
