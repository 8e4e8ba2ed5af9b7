//! The line of a text that has what somebody searched for, with its words marked.

use std::collections::{BTreeMap, HashSet};

use sea_orm::{ConnectionTrait, FromQueryResult};

use super::{find::Hit, fit::Matcher, question::Question};
use crate::{
    Result,
    db::{Sql, all},
    id::{CommentId, PostId},
    markdown::excerpt,
    text::cut_at_word,
    words::pieces,
};

/// Characters of a line, at most.
const LONGEST: usize = 200;
/// Characters before the first word that is marked, at most.
const BEFORE: usize = 60;

/// A text in parts, of which some are marked.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Marked(pub Vec<(String, bool)>);

/// What a result shows of why it was found.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Line {
    /// The title.
    pub title: Marked,
    /// The line of the text, or of the comment; nothing where the title says it all.
    pub text: Option<Marked>,
    /// Which comment it is of, and its language.
    pub comment: Option<(CommentId, String)>,
}

#[derive(FromQueryResult)]
struct Source {
    id: PostId,
    title: String,
    body: String,
    comment: Option<CommentId>,
    language: Option<String>,
    remark: Option<String>,
}

/// The lines of results.
pub(crate) async fn lines(db: &impl ConnectionTrait, question: &Question, hits: &[Hit]) -> Result<BTreeMap<PostId, Line>> {
    if hits.is_empty() {
        return Ok(BTreeMap::new());
    }
    let mut sql = Sql::new(
        "SELECT p.id, p.title, p.body, k.id AS comment, k.language, k.body AS remark
         FROM posts p LEFT JOIN comments k ON k.post_id = p.id AND k.removed_at IS NULL AND k.id IN ",
    );
    sql.bind_list(hits.iter().filter_map(|hit| hit.comment)).push(" WHERE p.id IN ").bind_list(hits.iter().map(|hit| hit.post));
    let sources = all::<Source>(db, &sql.text, sql.values).await?;
    let matcher = Matcher::new(question);
    Ok(sources.into_iter().map(|source| (source.id, line(&matcher, source))).collect())
}

fn line(matcher: &Matcher<'_>, source: Source) -> Line {
    let title = marked(matcher, &source.title);
    let (text, comment) = match (source.comment, source.remark) {
        (Some(comment), Some(remark)) => (best_line(matcher, &remark), Some((comment, source.language.unwrap_or_default()))),
        _ => (best_line(matcher, &source.body), None),
    };
    Line { title, comment: comment.filter(|_| text.is_some()), text }
}

/// The line of a Markdown text that has most of what was asked for; the first of several.
fn best_line(matcher: &Matcher<'_>, text: &str) -> Option<Marked> {
    let mut best: (usize, &str) = (0, "");
    for line in text.lines() {
        let units = places(matcher, line).into_iter().map(|place| place.unit).collect::<HashSet<_>>().len();
        if units > best.0 {
            best = (units, line);
        }
    }
    (best.0 > 0).then(|| marked(matcher, &excerpt(best.1, best.1.chars().count().max(1)))).map(shortened)
}

/// A place in a text where a unit stands.
struct Spot {
    unit: usize,
    start: usize,
    end: usize,
}

fn places(matcher: &Matcher<'_>, text: &str) -> Vec<Spot> {
    let pieces: Vec<_> = pieces(text).collect();
    let words: Vec<&str> = pieces.iter().map(|piece| piece.word.as_str()).collect();
    let mut spots = Vec::new();
    for place in 0..words.len() {
        for met in matcher.at(&words, place) {
            spots.push(Spot { unit: met.unit, start: pieces[place].at.start, end: pieces[place + met.length - 1].at.end });
        }
        // what is one word without its hyphen stands in the index, but not in the text
        if let [first, second, ..] = &pieces[place..]
            && second.is_joined
        {
            let joined = format!("{}{}", first.word, second.word);
            let found = matcher.at(&[&joined], 0);
            spots.extend(found.into_iter().map(|met| Spot { unit: met.unit, start: first.at.start, end: second.at.end }));
        }
    }
    spots
}

/// A text with what was asked for marked.
fn marked(matcher: &Matcher<'_>, text: &str) -> Marked {
    let mut spots = places(matcher, text);
    spots.sort_by_key(|spot| (spot.start, std::cmp::Reverse(spot.end)));
    let (mut parts, mut done) = (Vec::new(), 0);
    for spot in spots {
        if spot.start < done {
            continue;
        }
        if spot.start > done {
            parts.push((text[done..spot.start].to_owned(), false));
        }
        parts.push((text[spot.start..spot.end].to_owned(), true));
        done = spot.end;
    }
    if done < text.len() {
        parts.push((text[done..].to_owned(), false));
    }
    Marked(parts)
}

/// The stretch of a line around the first word that is marked.
fn shortened(Marked(mut parts): Marked) -> Marked {
    let length = |text: &str| text.chars().count();
    if parts.iter().map(|(text, _)| length(text)).sum::<usize>() <= LONGEST {
        return Marked(parts);
    }
    if let Some((first, false)) = parts.first_mut()
        && length(first) > BEFORE
    {
        let from = first.char_indices().nth(length(first) - BEFORE).map_or(0, |(at, _)| at);
        let from = first[from..].find(' ').map_or(from, |space| from + space + 1);
        *first = format!("…{}", &first[from..]);
    }
    let mut left = LONGEST;
    let mut kept = Vec::new();
    for (text, is_marked) in parts {
        if length(&text) > left {
            if !is_marked && left > 1 {
                let space = if text.starts_with(' ') { " " } else { "" };
                kept.push((format!("{space}{}", cut_at_word(&text, left)), false));
            } else {
                kept.push(("…".to_owned(), false));
            }
            break;
        }
        left -= length(&text);
        kept.push((text, is_marked));
    }
    Marked(kept)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(query: &str, text: &str) -> String {
        let question = Question::parse(query);
        let Marked(parts) = best_line(&Matcher::new(&question), text).unwrap_or_default();
        parts.into_iter().map(|(text, is_marked)| if is_marked { format!("[{text}]") } else { text }).collect()
    }

    #[test]
    fn words_are_marked_where_they_stand() {
        assert_eq!(shown("wifi", "# Hello\n\nThe **Wi-Fi** is slow, café."), "The [Wi-Fi] is slow, café.");
        assert_eq!(shown("cafe slow", "The Wi-Fi is slow, Café\u{301}s too."), "The Wi-Fi is [slow], [Café\u{301}s] too.");
        assert_eq!(shown("วันหยุด", "ในวันหยุดยาว"), "ใน[วันหยุด]ยาว");
        assert_eq!(shown("nothing", "Some text"), "");
        assert_eq!(shown("b", "<b> & b"), "<[b]> & [b]");
    }

    #[test]
    fn the_line_that_has_most_is_shown_and_cut_around_its_words() {
        assert_eq!(
            shown("router night", "The router.\nAt night the router restarts.\nNight."),
            "At [night] the [router] restarts."
        );
        let long = format!("{}router {}", "before ".repeat(40), "after ".repeat(40));
        let line = shown("router", &long);
        assert!(line.starts_with("…before") && line.contains(" [router] after") && line.ends_with("after…"), "{line}");
        assert!(line.chars().count() <= LONGEST + 3, "{line}");
    }
}
