//! Lists: a page of items, and where the next one starts.

use app::web::query_value;
use axum::{extract::FromRequestParts, http::Uri, http::request::Parts};
use forum::{
    Error,
    error::{Check, Problem},
};
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};

use super::sent::storable;

/// Items of one page, at most; more are not refused but not given either.
pub const MOST: u64 = 100;
/// Items of one page, unless asked for otherwise.
pub const USUAL: u64 = 30;

/// A page of a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct List<T> {
    /// The items.
    pub items: Vec<T>,
    /// What to send as `cursor` for the next page; null on the last one. It means nothing but that.
    pub next_cursor: Option<String>,
}

impl<T> List<T> {
    /// A whole list on one page.
    pub fn whole(items: Vec<T>) -> Self {
        Self { items, next_cursor: None }
    }

    /// A page from one item more than fit on it, if there are so many; `cursor` names the place after an item.
    pub fn page(mut items: Vec<T>, size: u64, cursor: impl FnOnce(&T) -> String) -> Self {
        let size = usize::try_from(size).unwrap_or(usize::MAX);
        let more = items.len() > size;
        items.truncate(size);
        let next_cursor = items.last().filter(|_| more).map(cursor);
        Self { items, next_cursor }
    }

    /// A page of a list that is whole in memory; `key` is unique among the items, and the cursor is the key of the last one seen.
    ///
    /// # Errors
    /// [`Error::Invalid`] on `cursor` when no item has that key.
    pub fn cut(items: Vec<T>, asked: &Asked, usual: u64, key: impl Fn(&T) -> String) -> Result<Self, Error> {
        let size = asked.limit(usual)?;
        let start = match asked.cursor() {
            None => 0,
            Some(cursor) => {
                let place = cursor.strip_prefix("k-").and_then(|cursor| items.iter().position(|item| key(item) == cursor));
                place.ok_or(Error::invalid("cursor", Problem::NotACursor))? + 1
            }
        };
        Ok(Self::page(items.into_iter().skip(start).collect(), size, |item| format!("k-{}", key(item))))
    }
}

/// The parameters of every list, for the document; [`Asked`] reads them.
#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Paging {
    /// Items of one page; more than 100 count as 100.
    #[param(minimum = 1, maximum = 100)]
    pub limit: Option<u64>,
    /// `next_cursor` of the page before.
    pub cursor: Option<String>,
}

/// The query of a request. Of a parameter that stands twice the first counts, and an empty one counts as missing.
#[derive(Debug, Clone)]
pub struct Asked(Uri);

impl<S: Sync> FromRequestParts<S> for Asked {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        Ok(Self(parts.uri.clone()))
    }
}

impl Asked {
    /// A parameter.
    pub fn text(&self, name: &str) -> Option<String> {
        query_value(&self.0, name).map(|value| storable(&value)).filter(|value| !value.trim().is_empty())
    }

    /// A parameter that is one of several choices; any other value is noted.
    pub fn choice<T>(&self, check: &mut Check, name: &'static str, parse: impl FnOnce(&str) -> Result<T, Problem>) -> Option<T> {
        self.text(name).and_then(|value| check.field(name, parse(&value)))
    }

    /// A parameter that is `true` or `false`; any other value is noted.
    pub fn flag(&self, check: &mut Check, name: &'static str) -> Option<bool> {
        self.choice(check, name, |text| text.parse().map_err(|_| Problem::UnknownChoice))
    }

    /// Where the page starts.
    pub fn cursor(&self) -> Option<String> {
        self.text("cursor")
    }

    /// How many items the page has.
    ///
    /// # Errors
    /// [`Error::Invalid`] on `limit` unless it is a whole number from 1 on.
    pub fn limit(&self, usual: u64) -> Result<u64, Error> {
        let Some(text) = self.text("limit") else { return Ok(usual) };
        match text.parse::<u64>() {
            Ok(n) if n > 0 => Ok(n.min(MOST)),
            // more digits than fit are still a number above the most
            Err(_) if text.len() > 19 && text.bytes().all(|b| b.is_ascii_digit()) => Ok(MOST),
            _ => Err(Error::invalid("limit", Problem::Malformed)),
        }
    }

    /// [`Asked::limit`] with its mistake noted among others.
    pub fn noted_limit(&self, check: &mut Check) -> u64 {
        match self.limit(USUAL) {
            Ok(limit) => limit,
            Err(_) => {
                check.refuse("limit", Problem::Malformed);
                USUAL
            }
        }
    }
}
