//! Pictures and documents in a form. A form that has some comes as `multipart/form-data`; it is taken apart before anything else looks at
//! it, so that whatever is done with forms is done with this one too, and what was typed is kept as in any other.
//!
//! A file is taken as soon as it is there, and waits for its text: a form that comes back has it still. Without JavaScript a form takes
//! one file at a time, with the words for those who can't see it.

use std::{convert::Infallible, sync::Arc};

use axum::{
    body::{Body, Bytes, to_bytes},
    extract::{FromRequestParts, Request},
    http::{HeaderValue, StatusCode, header, request::Parts},
    middleware::Next,
    response::{IntoResponse as _, Response},
};
use forum::{
    Error,
    attachment::{self, ALT_MAX, Attachment, Chosen, MEGABYTES_MAX, MOST, Upload},
    error::{Denied, Problem},
    id::AttachmentId,
};
use leptos::prelude::*;
use sha2::{Digest as _, Sha256};

use super::{Sent, Sheet, Typed};
use crate::{
    islands::attach::Attach,
    parts::{files::small_picture, icon},
    t,
    web::Visit,
};

/// What a form with files is sent as.
pub const MULTIPART: &str = "multipart/form-data";
const FORM: HeaderValue = HeaderValue::from_static("application/x-www-form-urlencoded");
/// The kinds that a browser offers to choose.
const ACCEPTED: &str = "image/png,image/jpeg,image/webp,application/pdf";
/// Parts of a form, at most.
const PARTS_MAX: usize = 200;

/// The files that came with a form.
#[derive(Debug, Clone, Default)]
pub struct Uploads(Arc<Vec<(String, Bytes)>>);

impl<S: Send + Sync> FromRequestParts<S> for Uploads {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(parts.extensions.get::<Self>().cloned().unwrap_or_default())
    }
}

/// What stood in a body of several parts.
#[derive(Debug, Default)]
pub struct Taken {
    /// The fields.
    pub fields: Vec<(String, String)>,
    /// The files, by the names that they came with.
    pub files: Vec<(String, Bytes)>,
}

/// Takes a body of several parts apart.
///
/// # Errors
/// When it is not what it says.
pub async fn take_apart(kind: &str, body: Bytes) -> Result<Taken, StatusCode> {
    let wrong = |_: multer::Error| StatusCode::BAD_REQUEST;
    let boundary = multer::parse_boundary(kind).map_err(wrong)?;
    let mut parts = multer::Multipart::new(Body::from(body).into_data_stream(), boundary);
    let mut taken = Taken::default();
    while let Some(part) = parts.next_field().await.map_err(wrong)? {
        if taken.fields.len() + taken.files.len() >= PARTS_MAX {
            return Err(StatusCode::BAD_REQUEST);
        }
        let name = part.name().unwrap_or_default().to_owned();
        let file = part.file_name().map(str::to_owned);
        let content = part.bytes().await.map_err(wrong)?;
        match file {
            // a field in which no file was chosen comes too
            Some(file) if !file.is_empty() || !content.is_empty() => taken.files.push((file, content)),
            Some(_) => {}
            None => taken.fields.push((name, String::from_utf8_lossy(&content).into_owned())),
        }
    }
    Ok(taken)
}

/// Takes forms with files apart: what comes further in is a form like any other, and its files stand beside it. What is in the files
/// is a part of what the form says, so that two forms that differ in nothing else are two.
pub async fn unpack(request: Request, next: Next) -> Response {
    let kind = request.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default().to_owned();
    if !kind.starts_with(MULTIPART) {
        return next.run(request).await;
    }
    let (mut parts, body) = request.into_parts();
    let Ok(body) = to_bytes(body, usize::MAX).await else { return StatusCode::PAYLOAD_TOO_LARGE.into_response() };
    let Taken { fields, files } = match take_apart(&kind, body).await {
        Ok(taken) => taken,
        Err(status) => return status.into_response(),
    };
    let digests =
        files.iter().map(|(name, content)| ("file".to_owned(), format!("{} {name}", hex::encode(Sha256::digest(content)))));
    let pairs = fields.into_iter().chain(digests);
    let form = form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish();
    parts.headers.insert(header::CONTENT_TYPE, FORM);
    parts.headers.insert(header::CONTENT_LENGTH, HeaderValue::from(form.len()));
    parts.extensions.insert(Uploads(Arc::new(files)));
    next.run(Request::from_parts(parts, Body::from(form))).await
}

/// The field with the words for a file that was taken.
fn alt_of(id: AttachmentId) -> String {
    format!("alt-{id}")
}

impl Typed {
    /// The files that were taken with the form so far.
    fn files(&self) -> Vec<AttachmentId> {
        self.get("files").split(',').filter_map(|id| id.parse().ok().map(AttachmentId)).take(2 * MOST).collect()
    }

    /// The same with what was said of them, for the text that they become part of.
    pub fn chosen(&self) -> Vec<Chosen> {
        let alt = |id| self.0.get(&alt_of(id)).cloned();
        self.files().into_iter().map(|id| Chosen { id, alt: alt(id) }).collect()
    }

    fn set_files(&mut self, ids: &[AttachmentId]) {
        let ids: Vec<String> = ids.iter().map(ToString::to_string).collect();
        self.0.insert("files".to_owned(), ids.join(","));
    }
}

/// A form whose files were taken.
pub struct Gathered {
    /// What was typed, with the files in it.
    pub typed: Typed,
    /// Why one of them could not be taken, if that is to be said beside it.
    pub error: Option<Error>,
    /// Whether the form was sent for that alone.
    pub is_for_files: bool,
}

/// Takes the files of a form, and takes away the one that is not wanted any more. Whoever tells a form from one that was sent before asks
/// for its digest first.
///
/// # Errors
/// What is no business of the form.
pub async fn gather(visit: &Visit, mut typed: Typed, uploads: Uploads) -> Result<Gathered, Error> {
    let is_for_files = typed.get("act") == "attach" || typed.has("drop");
    let mut ids = typed.files();
    let mut error = None;
    if let Ok(id) = typed.get("drop").parse().map(AttachmentId)
        && !visit.forum().holds_back()
    {
        ids.retain(|known| *known != id);
        match visit.forum().write_aside(&visit.actor, async |tx| attachment::remove(tx, id).await).await {
            Ok(()) | Err(Error::NotFound) => {}
            Err(other) => return Err(other),
        }
    }
    if uploads.0.is_empty() && typed.get("act") == "attach" {
        error = Some(Error::invalid("file", Problem::Required));
    }
    for (name, content) in uploads.0.iter() {
        if ids.len() >= MOST {
            error = Some(Error::invalid("file", Problem::TooMany { max: MOST }));
            break;
        }
        let upload = Upload { name: name.clone(), content: content.to_vec(), alt: typed.text("alt") };
        match attachment::take(visit.forum(), &visit.actor, upload).await {
            Ok(file) => {
                let alt = typed.0.remove("alt").unwrap_or_default();
                typed.0.insert(alt_of(file.id), alt);
                ids.push(file.id);
            }
            // who is not signed in, or not known yet, does that first, and finds the form as it was
            Err(other @ (Error::Unauthenticated | Error::Forbidden(Denied::Unverified))) => return Err(other),
            Err(wrong) => error = Some(wrong),
        }
    }
    typed.set_files(&ids);
    typed.0.remove("file");
    typed.0.remove("drop");
    if is_for_files {
        typed.0.remove("act");
    }
    Ok(Gathered { typed, error, is_for_files })
}

impl Sent {
    /// With the files that were taken with it.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn with_files(mut self, visit: &Visit) -> Result<Self, Error> {
        self.files = attachment::loose(visit.forum().read(), &visit.actor, &self.typed.files()).await?;
        Ok(self)
    }
}

/// A file that waits for its text: what it looks like, the words for it, and how it goes.
pub fn waiting(visit: &Visit, file: &Attachment, alt: String) -> impl IntoView + use<> {
    let words = visit.words;
    let (id, name) = (alt_of(file.id), file.name.clone());
    let label = if file.media.is_picture() { t!(words, "files-alt") } else { t!(words, "files-about") };
    view! {
        <li class="files__row" data-file=file.id.to_string()>
            {small_picture(visit, file)}
            <div class="field">
                <label for=id.clone()>{label}" "<bdi class="field__opt">{name}</bdi></label>
                <input class="input" id=id.clone() name=id dir="auto" value=alt maxlength=ALT_MAX autocomplete="off" />
            </div>
            <button class="btn btn--quiet btn--sm" name="drop" value=file.id.to_string() formnovalidate=true>
                {icon(visit, "trash")}{t!(words, "files-drop")}
            </button>
        </li>
    }
}

impl Sheet<'_> {
    /// Where pictures and documents are added, for those who may: a form that has it is sent as [`MULTIPART`]. It moves on a form that its
    /// page has once.
    pub fn files(&self) -> AnyView {
        let words = self.visit.words;
        let fields = self.file_fields();
        let inside = view! {
            <Attach
                action="/files".to_owned()
                hint=t!(words, "files-drag")
                busy=t!(words, "files-busy")
                added=t!(words, "files-added")
                failed=t!(words, "files-failed")
                full=self.visit.words.problem(&Problem::TooMany { max: MOST })
                most=MOST
            >
                {fields}
            </Attach>
        };
        self.file_box(inside.into_any())
    }

    /// The same as it is without JavaScript.
    pub fn plain_files(&self) -> AnyView {
        let fields = self.file_fields();
        self.file_box(view! { <div class="stack gap-3">{fields}</div> }.into_any())
    }

    fn file_box(&self, inside: AnyView) -> AnyView {
        let waits = self.sent.is_some_and(|sent| !sent.files.is_empty());
        let is_open = waits || ["file", "alt", "attachments"].iter().any(|name| self.wrong(name).is_some());
        let visit = self.visit;
        view! {
            <details class="files" open=is_open>
                <summary class="btn btn--sm">{icon(visit, "clip")}{t!(visit.words, "files-title")}</summary>
                {inside}
            </details>
        }
        .into_any()
    }

    fn file_fields(&self) -> AnyView {
        let (visit, words) = (self.visit, self.visit.words);
        // several forms of a page have one: only in one that came back are its fields what the errors lead to
        let id = |name: &str| if self.is_back() { self.id(name) } else { format!("{}-{name}", self.key) };
        let (file, alt, hint) = (id("file"), id("alt"), format!("{}-files-hint", self.key));
        let waiting_files = self.sent.map(|sent| sent.files.as_slice()).unwrap_or_default();
        let ids: Vec<String> = waiting_files.iter().map(|file| file.id.to_string()).collect();
        let items = waiting_files.iter().map(|file| waiting(visit, file, self.value(&alt_of(file.id), &file.alt))).collect_view();
        let wrong = ["file", "alt", "attachments"].map(|name| self.error(&id(name), name));
        let is_wrong = |name: &str| self.wrong(name).map(|_| "true");
        let described_by = |name: &str| match self.wrong(name) {
            Some(_) => format!("{hint} {}-error", id(name)),
            None => hint.clone(),
        };
        let most = i64::try_from(MOST).unwrap_or(i64::MAX);
        let megabytes = i64::try_from(MEGABYTES_MAX).unwrap_or(i64::MAX);
        view! {
                    <p class="hint" id=hint.clone()>{t!(words, "files-hint", most = most, max = megabytes)}</p>
                    <input type="hidden" name="files" value=ids.join(",") />
                    <ul class="files__list">{items}</ul>
                    <div class="files__new" id=id("attachments")>
                        <div class="field">
                            <label for=file.clone()>{t!(words, "files-file")}</label>
                            <input class="input" type="file" id=file name="file" accept=ACCEPTED aria-invalid=is_wrong("file") aria-describedby=described_by("file") />
                        </div>
                        <div class="field files__alt">
                            <label for=alt.clone()>{t!(words, "files-alt")}</label>
                            <input class="input" id=alt name="alt" dir="auto" value=self.value("alt", "") maxlength=ALT_MAX autocomplete="off" aria-invalid=is_wrong("alt") />
                        </div>
                        <button class="btn btn--sm" name="act" value="attach" formnovalidate=true>{icon(visit, "upload")}{t!(words, "files-add")}</button>
                    </div>
                    {wrong.into_iter().collect_view()}
        }
        .into_any()
    }
}
