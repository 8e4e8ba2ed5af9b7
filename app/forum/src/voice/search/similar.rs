//! Posts that say much the same as one that is about to be posted.

use sea_orm::{ConnectionTrait, DbBackend, FromQueryResult};

use super::{
    Place,
    find::{join, matches},
    fit::Matcher,
    postgres,
    question::{Question, Unit, matter},
    sqlite,
};
use crate::{
    Result,
    actor::Actor,
    board,
    db::{Sql, all},
    id::PostId,
};

/// Posts that are looked at closely for likeness.
const CANDIDATES: usize = 60;
/// Words of the new post that count for likeness, the longest; and of these, those of its text.
const MOST_ASKED: usize = 16;
const MOST_OF_BODY: usize = 12;
/// Characters of a text that count for likeness: who has something to say says it first.
const READ: usize = 3000;
/// A word that stands alone says something from so many letters on.
const SHORTEST_ALONE: usize = 6;
/// Likeness from which a post is worth showing, from 0 to 1.
pub const LIKE_ENOUGH: f64 = 0.2;

/// Posts that are named as alike, at most.
pub const MOST_ALIKE: usize = 5;
/// Of these, those that a page shows, at most.
pub const MOST_SHOWN: usize = 3;

/// A post that may say the same, in words.
#[derive(FromQueryResult)]
struct Candidate {
    id: PostId,
    title: String,
    tags: String,
    body: String,
}

/// The words of a new post: first those of its title, then those that its text adds.
struct Asked {
    question: Question,
    of_title: usize,
}

impl Asked {
    fn parse(title: &str, body: &str) -> Self {
        let longest = |units: &mut Vec<Unit>, most| {
            units.sort_by_key(|unit| std::cmp::Reverse(unit.letters()));
            units.truncate(most);
        };
        let mut units = matter(start(title));
        longest(&mut units, MOST_ASKED);
        let of_title = units.len();
        let mut more = matter(start(body));
        more.retain(|unit| !units.contains(unit));
        longest(&mut more, MOST_OF_BODY.min(MOST_ASKED - of_title));
        units.extend(more);
        if let [alone] = units.as_slice()
            && alone.letters() < SHORTEST_ALONE
        {
            units.clear();
        }
        Self { question: Question { units }, of_title }
    }

    /// What a word counts for by where it stands in the new post.
    fn times(&self, unit: usize) -> f64 {
        if unit < self.of_title { 3.0 } else { 1.0 }
    }
}

fn start(text: &str) -> &str {
    text.char_indices().nth(READ).map_or(text, |(end, _)| &text[..end])
}

/// At most five posts that say much the same, best first, each with how alike it is, from 0 to 1.
pub(crate) async fn similar(db: &impl ConnectionTrait, actor: &Actor, title: &str, body: &str) -> Result<Vec<(PostId, f64)>> {
    let mut asked = Asked::parse(title, body);
    if asked.question.units.is_empty() {
        return Ok(Vec::new());
    }
    asked.question.widen(db).await?;
    let sql = candidates(db.get_database_backend(), actor, &asked.question);
    let found = all::<Candidate>(db, &sql.text, sql.values).await?;
    tokio::task::spawn_blocking(move || alike(&asked, &found)).await.map_err(crate::Error::internal)
}

/// Asks for the posts that may say the same: which they are, and then for the words of these alone.
pub(super) fn candidates(backend: DbBackend, actor: &Actor, question: &Question) -> Sql {
    let join = join(backend);
    let mut sql = Sql::new(&format!(
        "SELECT t.rowid AS id, t.title, t.tags, substr(t.body, 1, {READ}) AS body FROM search_posts t WHERE t.rowid IN (
            SELECT p.id FROM search_posts x{join}posts p ON p.id = x.rowid{join}boards b ON b.id = p.board_id WHERE "
    ));
    let asked = question.any();
    matches(&mut sql, backend, Place::Post, &asked);
    sql.push(" AND ");
    board::known(&mut sql, actor);
    sql.push(" ORDER BY ");
    if backend == DbBackend::Postgres {
        postgres::by_share(&mut sql, &asked);
    } else {
        sql.push(sqlite::BY_RARITY);
    }
    sql.push(&format!(", p.id DESC LIMIT {CANDIDATES})"));
    sql
}

/// The candidates that are like enough. Likeness is the share of the weight of the words of the new post that the other one has too,
/// where a word weighs more the fewer of the candidates have it, and the title weighs three times.
fn alike(asked: &Asked, candidates: &[Candidate]) -> Vec<(PostId, f64)> {
    let matcher = Matcher::new(&asked.question);
    let found: Vec<(PostId, Vec<f64>)> = candidates
        .iter()
        .map(|c| {
            let (title, tags, body) = (matcher.closeness(&c.title), matcher.closeness(&c.tags), matcher.closeness(&c.body));
            let best = title.iter().zip(&tags).zip(&body).map(|((title, tags), body)| title.max(tags.max(*body) * 0.6));
            (c.id, best.collect())
        })
        .collect();
    let weights: Vec<f64> = (0..asked.question.units.len())
        .map(|unit| {
            let with = found.iter().filter(|(_, closeness)| closeness[unit] > 0.0).count();
            (((1.0 + CANDIDATES as f64) / (1.0 + with as f64)).ln() + 0.3) * asked.times(unit)
        })
        .collect();
    let whole: f64 = weights.iter().sum();
    let share =
        |closeness: &[f64]| closeness.iter().zip(&weights).map(|(closeness, weight)| closeness * weight).sum::<f64>() / whole;
    let mut scored: Vec<(f64, PostId)> = found.iter().map(|(id, closeness)| (share(closeness), *id)).collect();
    scored.retain(|(score, _)| *score >= LIKE_ENOUGH);
    scored.sort_by(|a, b| b.0.total_cmp(&a.0).then(b.1.cmp(&a.1)));
    scored.into_iter().take(MOST_ALIKE).map(|(score, id)| (id, score)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_words_count_and_one_short_word_says_nothing() {
        let alphabet: String = ('a'..='z').map(|letter| format!("{letter}{letter} ")).collect();
        let asked = Asked::parse(&alphabet, "the routers of the house");
        assert_eq!((asked.question.units.len(), asked.of_title), (MOST_ASKED, MOST_ASKED));
        for (title, body, count) in
            [("wifi", "", 0), ("router", "", 1), ("wifi", "slow", 2), ("the and of", "", 0), ("計程車", "", 2)]
        {
            assert_eq!(Asked::parse(title, body).question.units.len(), count, "{title}");
        }
    }
}
