//! Pictures and documents that belong to a text.

use forum::attachment::Attachment;
use leptos::prelude::*;

use super::icon;
use crate::{i18n::Words, t, web::Visit};

/// Where a file is.
pub fn file_path(file: &Attachment) -> String {
    format!("/files/{}/{}", file.id, file.name)
}

/// Where its small picture is.
pub fn small_path(file: &Attachment) -> String {
    format!("/files/{}/small/{}", file.id, file.name)
}

/// How large a file is, in words.
fn size(words: &Words, bytes: i64) -> String {
    let tenths = (bytes * 10 + 512 * 1024) / (1024 * 1024);
    if tenths == 0 {
        t!(words, "files-kilobytes", size = words.number((bytes + 1023) / 1024))
    } else {
        t!(words, "files-megabytes", size = words.decimal(tenths))
    }
}

/// The small picture of a file; the sign of a document.
pub fn small_picture(visit: &Visit, file: &Attachment) -> AnyView {
    if !file.media.is_picture() {
        return view! { <span class="files__sign">{icon(visit, "clip")}</span> }.into_any();
    }
    view! {
        <img class="files__small" src=small_path(file) alt=file.alt.clone() width=file.width height=file.height loading="lazy" decoding="async" />
    }
    .into_any()
}

/// The files of a text, below it: pictures to be looked at, documents to be downloaded.
pub fn files(visit: &Visit, files: &[Attachment]) -> Option<AnyView> {
    if files.is_empty() {
        return None;
    }
    let words = visit.words;
    let items = files
        .iter()
        .map(|file| {
            let path = file_path(file);
            if file.media.is_picture() {
                // a link has to say where it leads
                let label = if file.alt.is_empty() { t!(words, "files-picture", name = file.name.as_str()) } else { file.alt.clone() };
                view! {
                    <li>
                        <a class="files__picture" href=path>
                            <img src=small_path(file) alt=label width=file.width height=file.height loading="lazy" decoding="async" />
                        </a>
                    </li>
                }
                .into_any()
            } else {
                let about = (!file.alt.is_empty()).then(|| view! { <span dir="auto" class="meta">{file.alt.clone()}</span> });
                view! {
                    <li class="files__document">
                        <a class="btn btn--sm" href=path download=true>
                            {icon(visit, "download")}<bdi>{file.name.clone()}</bdi>" "<span class="meta">{size(words, file.bytes)}</span>
                        </a>
                        {about}
                    </li>
                }
                .into_any()
            }
        })
        .collect_view();
    Some(view! { <ul class="files__shown" aria-label=t!(words, "files-of-text")>{items}</ul> }.into_any())
}

/// To whoever sent them, where they change the text: how single files go.
pub fn own_files(visit: &Visit, files: &[Attachment]) -> Option<AnyView> {
    let me = visit.account.as_ref()?.id;
    let words = visit.words;
    let items: Vec<AnyView> = files
        .iter()
        .filter(|file| file.person_id == me)
        .map(|file| {
            view! {
                <li class="files__row">
                    {small_picture(visit, file)}
                    <bdi>{file.name.clone()}</bdi>
                    <form method="post" action=format!("/files/{}/remove", file.id)>
                        <button class="btn btn--quiet btn--sm">
                            {icon(visit, "trash")}{t!(words, "files-drop")}<span class="sr">" "<bdi>{file.name.clone()}</bdi></span>
                        </button>
                    </form>
                </li>
            }
            .into_any()
        })
        .collect();
    if items.is_empty() {
        return None;
    }
    Some(
        view! {
            <section class="stack gap-3 measure mt-6" aria-labelledby="own-files">
                <h2 class="h-block" id="own-files">{t!(words, "files-own")}</h2>
                <p class="hint">{t!(words, "files-own-hint")}</p>
                <ul class="files__list">{items}</ul>
            </section>
        }
        .into_any(),
    )
}
