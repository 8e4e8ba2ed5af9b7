//! How the site shows itself, and who may post there.

use std::collections::BTreeMap;

use axum::{Json, extract::State, response::IntoResponse as _};
use forum::{
    Error, Forum, Tx,
    site::{self, EmbedDraft, FaceDraft, Language},
};
use serde::Serialize;
use utoipa::ToSchema;

use super::me::LanguageName;
use crate::api::{
    caller::Caller,
    problem::{Answer, Denied, Outdated, Refused, Unauthenticated},
    sent::Sent,
};

/// The site.
#[derive(Debug, Serialize, ToSchema)]
pub struct Face {
    /// The company.
    pub name: String,
    /// Who it is and what this is, in one sentence, by the tag of the language; a language that is missing has the words of the forum.
    pub about: BTreeMap<&'static str, String>,
    /// The colour of the site, when it has one of its own.
    #[schema(example = "#0b5f70")]
    pub accent: Option<String>,
    /// What a visitor reads when no other language is asked for.
    #[schema(value_type = LanguageName)]
    pub language: &'static str,
    /// The languages that are on offer.
    #[schema(value_type = Vec<LanguageName>)]
    pub languages: Vec<&'static str>,
    /// IANA name of the zone in which deadlines end.
    pub time_zone: &'static str,
    /// Whether people without an account may post.
    pub guests: bool,
    /// The sites on whose pages the forum may be shown in a frame.
    #[schema(example = json!(["https://www.example.org"]))]
    pub embed_origins: Vec<String>,
}

impl From<&site::Site> for Face {
    fn from(site: &site::Site) -> Self {
        Self {
            name: site.name.clone(),
            about: site.about.iter().map(|(language, text)| (language.tag(), text.clone())).collect(),
            accent: site.accent.map(|accent| accent.colour().hex()),
            language: site.language.tag(),
            languages: site.on_offer().map(Language::tag).collect(),
            time_zone: site.time_zone.name(),
            guests: site.guests,
            embed_origins: site.embed_origins.clone(),
        }
    }
}

/// A change to the site; what is missing stays.
#[derive(Debug, ToSchema)]
#[schema(example = json!({ "name": "Noordlicht", "accent": "#0b5f70" }))]
pub struct FaceChange {
    /// The company.
    #[schema(min_length = 1, max_length = 40)]
    pub name: Option<String>,
    /// Who it is, by the tag of the language, in place of all languages.
    pub about: Option<BTreeMap<String, String>>,
    /// The colour; null is the one that the forum comes with.
    pub accent: Option<String>,
    /// What a visitor reads when no other language is asked for.
    #[schema(value_type = Option<LanguageName>)]
    pub language: Option<String>,
    /// The languages that are on offer.
    #[schema(value_type = Option<Vec<LanguageName>>)]
    pub languages: Option<Vec<String>>,
    /// Whether people without an account may post.
    pub guests: Option<bool>,
    /// The sites on whose pages the forum may be shown in a frame, each as scheme, host and port, in place of all: with `https`, or this
    /// machine.
    pub embed_origins: Option<Vec<String>>,
}

/// Show the site
#[utoipa::path(
    get, path = "/api/v1/site", tag = "site", responses((status = 200, description = "The site", body = Face)),
    extensions(("x-who" = json!("all"))), security((), ("bearer" = []))
)]
pub async fn show(State(forum): State<Forum>, _: Caller) -> Answer {
    Ok(Json(Face::from(&*forum.site())).into_response())
}

/// Change the site
#[utoipa::path(
    patch, path = "/api/v1/site", tag = "site", request_body = FaceChange,
    params(("If-Match" = Option<String>, Header, description = "The `ETag` of the site that it was written from")),
    responses((status = 200, description = "The site as it is now", body = Face), Unauthenticated, Denied, Outdated, Refused),
    extensions(("x-who" = json!("admin"))), security(("bearer" = []))
)]
pub async fn update(State(forum): State<Forum>, caller: Caller, sent: Sent) -> Answer {
    site::may_change(&caller.actor)?;
    let mut fields = sent.fields()?;
    let (name, about, accent) = (fields.optional_text("name"), fields.names("about"), fields.changed_text("accent"));
    let (language, languages) = (fields.optional_text("language"), fields.texts("languages"));
    let (guests, embed_origins) = (fields.optional_flag("guests"), fields.texts("embed_origins"));
    fields.finish()?;
    let change = async |tx: &mut Tx| {
        sent.unless_changed(async || Ok::<_, Error>(Face::from(&site::load(tx.conn()).await?))).await?;
        site::change(tx, |site| {
            let present = Face::from(&*site);
            let owned = |tags: Vec<&'static str>| tags.into_iter().map(str::to_owned).collect();
            let draft = FaceDraft {
                name: name.unwrap_or(present.name),
                about: about.unwrap_or_else(|| site.about.clone()),
                accent: accent.unwrap_or_else(|| present.accent.unwrap_or_default()),
                language: language.unwrap_or_else(|| present.language.to_owned()),
                languages: languages.unwrap_or_else(|| owned(present.languages)),
                guests: guests.unwrap_or(present.guests),
            };
            if let Some(origins) = embed_origins {
                EmbedDraft { origins }.apply(site)?;
            }
            draft.apply(site)
        })
        .await?;
        Ok(Face::from(&site::load(tx.conn()).await?))
    };
    let face = forum.write(&caller.actor, change).await?;
    forum.refresh_site().await?;
    Ok(Json(face).into_response())
}
