//! The numbered house rules, which every act of moderation names.

use std::collections::BTreeMap;

use app::i18n::Words;
use axum::{
    Json,
    extract::{Path, State},
    response::IntoResponse as _,
};
use chrono::{DateTime, Utc};
use forum::{
    Error, Forum, Tx,
    site::{self, HouseRule, Language, RuleDraft, withdraw_rule},
};
use serde::Serialize;
use utoipa::ToSchema;

use crate::api::{
    caller::{Caller, number},
    listing::List,
    problem::{Answer, Denied, Missing, Outdated, Refused, Unauthenticated},
    repeat::{Made, once},
    sent::Sent,
};

/// A house rule.
#[derive(Debug, Serialize, ToSchema)]
pub struct Rule {
    /// Its number; it is never used for another rule.
    pub number: u32,
    /// Whether it is in force no longer. Acts that named it still do.
    pub withdrawn: bool,
    /// What it says, by the tag of the language.
    pub texts: BTreeMap<&'static str, String>,
    /// What it said before, oldest first.
    pub former: Vec<FormerWording>,
}

/// What a house rule said until a time.
#[derive(Debug, Serialize, ToSchema)]
pub struct FormerWording {
    /// Until when.
    pub until: DateTime<Utc>,
    /// What it said, by the tag of the language.
    pub texts: BTreeMap<&'static str, String>,
}

impl From<HouseRule> for Rule {
    fn from(rule: HouseRule) -> Self {
        let said = |rule: &HouseRule| {
            Language::ALL.into_iter().map(|language| (language.tag(), Words::of(language).house_rule(rule))).collect()
        };
        let former = rule.former.iter().map(|former| FormerWording {
            until: former.until,
            texts: said(&HouseRule { texts: former.texts.clone(), ..rule.clone() }),
        });
        Self { number: rule.number, withdrawn: rule.withdrawn, texts: said(&rule), former: former.collect() }
    }
}

/// A house rule to be made.
#[derive(Debug, ToSchema)]
#[schema(example = json!({ "texts": { "en": "No advertising.", "nl": "Geen reclame." } }))]
pub struct NewRule {
    /// What it says, by the tag of the language; a language that is missing shows another one's.
    pub texts: BTreeMap<String, String>,
}

/// A change to a house rule; what is missing stays.
#[derive(Debug, ToSchema)]
#[schema(example = json!({ "withdrawn": true }))]
pub struct RuleChange {
    /// What it says from now on, in place of all languages. What it said before stays readable.
    pub texts: Option<BTreeMap<String, String>>,
    /// Whether it is in force no longer.
    pub withdrawn: Option<bool>,
}

/// The rule of that number, as it stands in the middle of a command.
async fn whole(tx: &Tx, number: u32) -> Result<Rule, Error> {
    let rules = site::load(tx.conn()).await?.every_rule();
    rules.into_iter().find(|rule| rule.number == number).map(Rule::from).ok_or(Error::NotFound)
}

/// List the house rules
///
/// Those that are in force no longer as well.
#[utoipa::path(
    get, path = "/api/v1/rules", tag = "site",
    responses((status = 200, description = "The rules", body = List<Rule>)),
    extensions(("x-who" = json!("all"))), security((), ("bearer" = []))
)]
pub async fn list(State(forum): State<Forum>, _: Caller) -> Answer {
    Ok(Json(List::whole(forum.site().every_rule().into_iter().map(Rule::from).collect())).into_response())
}

/// Show a house rule
#[utoipa::path(
    get, path = "/api/v1/rules/{number}", tag = "site", params(("number" = u32, Path, description = "The rule")),
    responses((status = 200, description = "The rule", body = Rule), Missing),
    extensions(("x-who" = json!("all"))), security((), ("bearer" = []))
)]
pub async fn show(State(forum): State<Forum>, _: Caller, Path(rule): Path<String>) -> Answer {
    let rule = number(&rule)?;
    let found = forum.site().every_rule().into_iter().find(|known| i64::from(known.number) == rule);
    Ok(Json(found.map(Rule::from).ok_or(Error::NotFound)?).into_response())
}

/// Add a house rule
///
/// It gets the next number, and stands in the record.
#[utoipa::path(
    post, path = "/api/v1/rules", tag = "site", request_body = NewRule,
    params(("Idempotency-Key" = Option<String>, Header, description = "Makes a repeated request safe")),
    responses((status = 201, description = "The rule", body = Rule, headers(("Location" = String))), Unauthenticated, Denied, Refused),
    extensions(("x-who" = json!("admin"))), security(("bearer" = []))
)]
pub async fn create(State(forum): State<Forum>, caller: Caller, sent: Sent) -> Answer {
    site::may_change(&caller.actor)?;
    let mut fields = sent.fields()?;
    let draft = RuleDraft { texts: fields.names("texts").unwrap_or_default() };
    fields.finish()?;
    let answer = once(&forum, &caller, &sent, async |tx| {
        site::change(tx, |site| draft.add(site)).await?;
        let number = site::load(tx.conn()).await?.rules.iter().map(|rule| rule.number).max().unwrap_or_default();
        Ok(Made { location: format!("/api/v1/rules/{number}"), object: whole(tx, number).await? })
    });
    let answer = answer.await?;
    forum.refresh_site().await?;
    Ok(answer)
}

/// Change a house rule
///
/// What changes stands in the record, with what it said before.
#[utoipa::path(
    patch, path = "/api/v1/rules/{number}", tag = "site", request_body = RuleChange,
    params(
        ("number" = u32, Path, description = "The rule"),
        ("If-Match" = Option<String>, Header, description = "The `ETag` of the rule that it was written from"),
    ),
    responses(
        (status = 200, description = "The rule as it is now", body = Rule),
        Unauthenticated, Denied, Missing, Outdated, Refused,
    ),
    extensions(("x-who" = json!("admin"))), security(("bearer" = []))
)]
pub async fn update(State(forum): State<Forum>, caller: Caller, Path(rule): Path<String>, sent: Sent) -> Answer {
    site::may_change(&caller.actor)?;
    let rule = u32::try_from(number(&rule)?).map_err(|_| Error::NotFound)?;
    let mut fields = sent.fields()?;
    let (texts, withdrawn) = (fields.names("texts"), fields.optional_flag("withdrawn"));
    fields.finish()?;
    let change = async |tx: &mut Tx| {
        sent.unless_changed(async || whole(tx, rule).await).await?;
        let now = tx.now();
        site::change(tx, |site| {
            if let Some(texts) = texts {
                RuleDraft { texts }.apply(site, rule, now)?;
            }
            withdrawn.map_or(Ok(()), |withdrawn| withdraw_rule(site, rule, withdrawn))
        })
        .await?;
        whole(tx, rule).await
    };
    let changed = forum.write(&caller.actor, change).await?;
    forum.refresh_site().await?;
    Ok(Json(changed).into_response())
}
