//! What a program is told that shows a post where somebody pasted its address (oembed.com): a frame, where the site may be shown in
//! frames at all, and its picture.

use axum::{
    extract::Query,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse as _, Response},
};
use forum::{
    Error,
    actor::Actor,
    id::PostId,
    post::{self, PostRow},
};
use serde::Deserialize;
use serde_json::json;

use crate::{
    parts::{post_row::post_path, text::escape, who::public_name},
    share::{self, Card},
    t,
    web::{PageResult, Theme, Visit},
};

/// Pixels of a frame, if there is room.
const WIDTH: u32 = 640;
const HEIGHT: u32 = 320;
/// Seconds for which the answer may be kept.
const KEPT: u32 = 3600;

/// What the address asks for.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    url: String,
    maxwidth: String,
    maxheight: String,
    format: String,
}

/// The addresses under which a public post can be asked for, with the type of each.
pub(in crate::pages) fn discovery(visit: &Visit, post: &PostRow) -> [(&'static str, String); 2] {
    let address = visit.absolute(&post_path(post));
    let of = |format: &str| {
        let query =
            form_urlencoded::Serializer::new(String::new()).append_pair("url", &address).append_pair("format", format).finish();
        visit.absolute(&format!("/oembed?{query}"))
    };
    [("application/json+oembed", of("json")), ("text/xml+oembed", of("xml"))]
}

/// The post of an address of ours.
fn post_at(visit: &Visit, url: &str) -> Option<PostId> {
    let path = url.strip_prefix(visit.forum().address())?.strip_prefix("/p/")?;
    path.split(['/', '?', '#']).next()?.parse().ok().map(PostId)
}

/// What there is room for, of what we would take: nothing said is enough, and nonsense is nothing said.
fn within(most: &str, wanted: u32) -> u32 {
    most.parse::<u32>().ok().filter(|most| *most > 0).map_or(wanted, |most| wanted.min(most))
}

pub(super) async fn answer(visit: Visit, Query(asked): Query<Asked>) -> PageResult {
    let is_xml = match asked.format.as_str() {
        "" | "json" => false,
        "xml" => true,
        // so the specification says it
        _ => return Ok(StatusCode::NOT_IMPLEMENTED.into_response()),
    };
    let id = post_at(&visit, &asked.url).ok_or(Error::NotFound)?;
    let row = post::row_by_id(visit.forum().read(), &Actor::Visitor, id, visit.now).await?;
    let visit = &visit.for_everybody(visit.site.language, Theme::default());
    let words = visit.words;
    let card = Card::of_post(words, &visit.site, &row).ok_or(Error::NotFound)?;
    let mut said = json!({
        "version": "1.0",
        "type": "link",
        "title": row.title,
        "author_name": public_name(visit, &row.author),
        "provider_name": visit.site.name,
        "provider_url": visit.absolute("/"),
        "cache_age": KEPT,
    });
    if (within(&asked.maxwidth, share::WIDTH), within(&asked.maxheight, share::HEIGHT)) == (share::WIDTH, share::HEIGHT) {
        said["thumbnail_url"] = json!(visit.absolute(&card.address()));
        said["thumbnail_width"] = json!(share::WIDTH);
        said["thumbnail_height"] = json!(share::HEIGHT);
    }
    if visit.site.is_embedded() {
        let (width, height) = (within(&asked.maxwidth, WIDTH), within(&asked.maxheight, HEIGHT));
        let title = t!(words, "embed-title-post", site = visit.site.name.as_str(), number = row.id.0);
        said["type"] = json!("rich");
        said["width"] = json!(width);
        said["height"] = json!(height);
        said["html"] = json!(format!(
            "<iframe src=\"{}\" width=\"{width}\" height=\"{height}\" title=\"{}\" loading=\"lazy\" \
             referrerpolicy=\"no-referrer\" style=\"border:0\" sandbox=\"allow-same-origin allow-popups \
             allow-popups-to-escape-sandbox\"></iframe>",
            escape(&visit.absolute(&format!("/embed/posts/{}", row.id))),
            escape(&title),
        ));
    }
    Ok(respond(is_xml, &said))
}

fn respond(is_xml: bool, said: &serde_json::Value) -> Response {
    let (kind, body) = if is_xml { ("text/xml; charset=utf-8", xml(said)) } else { ("application/json", said.to_string()) };
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(kind)),
        // it says nothing that not everybody may read, to nobody in particular
        (header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*")),
    ];
    (headers, body).into_response()
}

fn xml(said: &serde_json::Value) -> String {
    let fields = said.as_object().into_iter().flatten().map(|(name, value)| {
        let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        // what people write may hold what no XML may
        let text: String = text.chars().filter(|c| !c.is_control() && !matches!(c, '\u{fffe}' | '\u{ffff}')).collect();
        format!("<{name}>{}</{name}>", escape(&text))
    });
    format!("<?xml version=\"1.0\" encoding=\"utf-8\" standalone=\"yes\"?>\n<oembed>{}</oembed>\n", fields.collect::<String>())
}
