//! Lists in the order of how well posts fit the words of a search.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use sea_orm::ConnectionTrait;

use super::{
    Filter, PAGE_MAX, Page, PostRow, Slice, Told,
    queries::{Cursor, Key, Row, complete, conditions, select},
};
use crate::{
    Result,
    actor::Actor,
    board,
    db::{Sql, all},
    id::PostId,
    search::{self, Extent, Found, Hit, Question},
};

/// A page of what fits best.
pub(super) async fn page(
    db: &impl ConnectionTrait,
    actor: &Actor,
    filter: &Filter,
    cursor: Option<&Cursor>,
    limit: u64,
    now: DateTime<Utc>,
) -> Result<Page> {
    let (Slice { items, older, newer }, found) = slice(db, actor, filter, cursor, limit, now).await?;
    let told = Told { with_all: found.with_all, is_part: found.is_part, ..told(db, &found, &items).await? };
    let total = i64::try_from(found.hits.len()).unwrap_or(i64::MAX);
    Ok(Page { items, total, older, newer, told: Some(told) })
}

/// What is to be said of a search of which these posts are shown.
pub(super) async fn told(db: &impl ConnectionTrait, found: &Found, shown: &[PostRow]) -> Result<Told> {
    let hits: HashMap<PostId, &Hit> = found.hits.iter().map(|hit| (hit.post, hit)).collect();
    let hits: Vec<Hit> = shown
        .iter()
        .map(|post| hits.get(&post.id).map_or(Hit { post: post.id, fit: 0, comment: None }, |hit| (*hit).clone()))
        .collect();
    let lines = search::lines(db, &found.question, &hits).await?;
    Ok(Told { spellings: found.spellings.clone(), lines, ..Told::default() })
}

/// The same without what a page says of it; and all that was found.
pub(super) async fn slice(
    db: &impl ConnectionTrait,
    actor: &Actor,
    filter: &Filter,
    cursor: Option<&Cursor>,
    limit: u64,
    now: DateTime<Utc>,
) -> Result<(Slice, Found)> {
    let (backend, question) = (db.get_database_backend(), Question::parse(filter.q.as_deref().unwrap_or_default()));
    let narrow = |sql: &mut Sql| conditions(sql, backend, actor, filter, None);
    let place = cursor.and_then(|cursor| match cursor.key {
        Key::Fit(steps, fit) => Some((steps, (fit, cursor.id))),
        _ => None,
    });
    let extent = place.map_or(Extent::Enough, |(steps, _)| Extent::As(steps));
    let found = search::find(db, question, extent, &narrow).await?;
    let size = usize::try_from(limit.clamp(1, PAGE_MAX)).unwrap_or(usize::MAX);
    let backwards = cursor.is_some_and(|cursor| cursor.backwards);
    let at = |hit: &Hit| (hit.fit, hit.post);
    let (from, to) = match place {
        None => (0, size),
        Some((_, place)) if backwards => {
            let to = found.hits.partition_point(|hit| at(hit) > place);
            (to.saturating_sub(size), to)
        }
        Some((_, place)) => {
            let from = found.hits.partition_point(|hit| at(hit) >= place);
            (from, from.saturating_add(size))
        }
    };
    let shown = &found.hits[from..to.min(found.hits.len())];
    let cursor = |hit: &Hit, backwards| Cursor::of_hit(found.steps, hit.fit, hit.post, backwards);
    let older = shown.last().filter(|_| to < found.hits.len()).map(|hit| cursor(hit, false));
    let newer = shown.first().filter(|_| from > 0).map(|hit| cursor(hit, true));
    let items = rows(db, actor, shown, now).await?;
    Ok((Slice { items, older, newer }, found))
}

async fn rows(db: &impl ConnectionTrait, actor: &Actor, hits: &[Hit], now: DateTime<Utc>) -> Result<Vec<PostRow>> {
    if hits.is_empty() {
        return Ok(Vec::new());
    }
    let places: HashMap<PostId, usize> = hits.iter().enumerate().map(|(place, hit)| (hit.post, place)).collect();
    let mut sql = select(actor, "", "p.edited_at");
    sql.push(" WHERE p.id IN ").bind_list(hits.iter().map(|hit| hit.post)).push(" AND ");
    board::listed(&mut sql, actor);
    let rows = all::<Row>(db, &sql.text, sql.values).await?;
    let mut rows = complete(db, actor, rows, now).await?;
    rows.sort_by_key(|row| places.get(&row.id).copied());
    Ok(rows)
}
