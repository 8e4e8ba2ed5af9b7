//! Texts that are hidden, and passages that are taken out of them. Both are kept apart, to be put back.

use sea_orm::FromQueryResult;

use super::{Target, acts::Why};
use crate::{
    Error, Result, Tx, case,
    db::{all, exec, number, one, values},
    held::{Held, Wording},
    id::{CommentId, ModerationId, PostId},
    mention,
    post::{self, Piece},
};

/// What stands in the place of a passage.
const BLOCK: &str = "▇▇▇";
/// The digits of the number of an act in a title.
const DIGITS: &str = "⁰¹²³⁴⁵⁶⁷⁸⁹";

#[derive(FromQueryResult)]
struct Text {
    title: String,
    body: String,
    body_html: String,
    language: String,
}

/// The title and the text of a post that is shown.
pub(super) async fn of_post(tx: &Tx, id: PostId) -> Result<String> {
    let text = text(tx, id).await?;
    Ok(format!("{}\n{}", text.title, text.body))
}

async fn text(tx: &Tx, id: PostId) -> Result<Text> {
    let sql = "SELECT title, body, body_html, language FROM posts WHERE id = $1";
    one::<Text>(tx.conn(), sql, values![id]).await?.ok_or(Error::NotFound)
}

/// Takes the text of a post away, and keeps it.
pub(super) async fn hide(tx: &Tx, post: &mut Held, act: ModerationId) -> Result<()> {
    let sql =
        "INSERT INTO hidden_texts (act_id, title, body, body_html) SELECT $2, title, body, body_html FROM posts WHERE id = $1";
    exec(tx.conn(), sql, values![post.id(), act]).await?;
    post.conceal(tx, act).await
}

/// Gives a post its text back, as it was.
pub(super) async fn show(tx: &Tx, post: &mut Held, act: ModerationId) -> Result<()> {
    let sql = "SELECT k.title, k.body, k.body_html, p.language FROM hidden_texts k, posts p WHERE k.act_id = $2 AND p.id = $1";
    let kept =
        one::<Text>(tx.conn(), sql, values![post.id(), act]).await?.ok_or_else(|| Error::internal("a hidden text is gone"))?;
    let wording = Wording {
        title: &kept.title,
        body: &kept.body,
        excerpt: tx.rendered().excerpt(&kept.body),
        slug: post::slug_of(&kept.title),
        body_html: kept.body_html,
        version: 0,
    };
    post.reveal(tx, &wording).await?;
    exec(tx.conn(), "DELETE FROM hidden_texts WHERE act_id = $1", values![act]).await?;
    Ok(())
}

/// Takes the text of a comment away and keeps it. Its place in the thread stays.
pub(super) async fn hide_comment(tx: &mut Tx, post: &mut Held, id: CommentId, act: ModerationId) -> Result<()> {
    let sql = "INSERT INTO hidden_texts (act_id, body, body_html) SELECT $2, body, body_html FROM comments WHERE id = $1";
    exec(tx.conn(), sql, values![id, act]).await?;
    let sql = "UPDATE comments SET hidden_by = $2, body = '', body_html = '' WHERE id = $1";
    exec(tx.conn(), sql, values![id, act]).await?;
    case::note_comments(tx, post, -1).await
}

/// Gives a comment its text back.
pub(super) async fn show_comment(tx: &mut Tx, post: &mut Held, id: CommentId, act: ModerationId) -> Result<()> {
    let sql = "UPDATE comments SET hidden_by = NULL, body = (SELECT body FROM hidden_texts WHERE act_id = $2),
            body_html = (SELECT body_html FROM hidden_texts WHERE act_id = $2) WHERE id = $1";
    exec(tx.conn(), sql, values![id, act]).await?;
    exec(tx.conn(), "DELETE FROM hidden_texts WHERE act_id = $1", values![act]).await?;
    case::note_comments(tx, post, 1).await
}

/// The present wording of a comment, and every one before it, with other words in some places.
async fn reword(tx: &Tx, comment: CommentId, change: impl Fn(&str) -> String) -> Result<()> {
    #[derive(FromQueryResult)]
    struct Wording {
        number: i32,
        body: String,
    }
    let sql = "SELECT number, body FROM comment_versions WHERE comment_id = $1 ORDER BY number DESC";
    let versions = all::<Wording>(tx.conn(), sql, values![comment]).await?;
    let newest = versions.first().map_or(0, |version| version.number);
    for Wording { number, body } in versions {
        let new = change(&body);
        if new == body {
            continue;
        }
        if number == newest {
            let sql = "UPDATE comments SET body = $2, body_html = $3 WHERE id = $1";
            exec(tx.conn(), sql, values![comment, new.clone(), mention::html(tx, &new).await?]).await?;
        }
        let sql = "UPDATE comment_versions SET body = $3 WHERE comment_id = $1 AND number = $2";
        exec(tx.conn(), sql, values![comment, number, new]).await?;
    }
    Ok(())
}

/// The last passage that was taken out of a text and is not back.
pub(super) async fn last_redaction(tx: &Tx, target: Target) -> Result<Option<ModerationId>> {
    let (column, id) = match target {
        Target::Comment(id) => ("comment_id", id.0),
        Target::Post(id) | Target::Vote(id, _) => ("post_id", id.0),
        Target::Person(_) => return Ok(None),
    };
    let sql = format!(
        "SELECT m.id AS n FROM moderation_acts m JOIN redactions r ON r.act_id = m.id WHERE m.{column} = $1 AND m.target = $2
         ORDER BY m.id DESC LIMIT 1"
    );
    Ok(number(tx.conn(), &sql, values![id, target.sort()]).await?.map(ModerationId))
}

/// Takes a passage out of a post, or of a comment on it, wherever it stands in any wording: what takes its place leads to the act.
pub(super) async fn redact(
    tx: &Tx,
    post: &mut Held,
    comment: Option<(CommentId, &str)>,
    act: ModerationId,
    why: &Why,
    passage: &str,
) -> Result<()> {
    exec(tx.conn(), "INSERT INTO redactions (act_id, passage) VALUES ($1, $2)", values![act, passage]).await?;
    match comment {
        Some((comment, language)) => {
            let block = in_text(act, &tx.says_removed(why.rule, language));
            reword(tx, comment, |body| outside(body, |part| part.replace(passage, &block))).await?;
        }
        None => {
            let block = in_text(act, &tx.says_removed(why.rule, &text(tx, post.id()).await?.language));
            let title = in_title(act);
            post::reword(tx, post, |text, part| match part {
                Piece::Title => outside(text, |part| part.replace(passage, &title)),
                Piece::Body => outside(text, |part| part.replace(passage, &block)),
            })
            .await?;
        }
    }
    Ok(())
}

/// Puts a passage back.
pub(super) async fn restore(tx: &Tx, post: &mut Held, comment: Option<CommentId>, act: ModerationId) -> Result<()> {
    #[derive(FromQueryResult)]
    struct Kept {
        passage: String,
    }
    let sql = "DELETE FROM redactions WHERE act_id = $1 RETURNING passage";
    let Some(Kept { passage }) = one::<Kept>(tx.conn(), sql, values![act]).await? else { return Ok(()) };
    match comment {
        Some(comment) => reword(tx, comment, |body| put_back(body, act, &passage)).await?,
        None => {
            let title = in_title(act);
            let back = |text: &str, part| match part {
                Piece::Title => text.replace(&title, &passage),
                Piece::Body => put_back(text, act, &passage),
            };
            post::reword(tx, post, back).await?;
        }
    }
    Ok(())
}

/// Whether a text has a passage, beside what was taken out of it before.
pub(super) fn has(text: &str, passage: &str) -> bool {
    outside(text, |part| part.replace(passage, "")) != text
}

/// A text with something done to all of it but the marks that stand for what was taken out of it before: those are ours.
fn outside(text: &str, change: impl Fn(&str) -> String) -> String {
    let (mut whole, mut rest) = (String::with_capacity(text.len()), text);
    while let Some((from, to)) = mark(rest) {
        whole.push_str(&change(&rest[..from]));
        whole.push_str(&rest[from..to]);
        rest = &rest[to..];
    }
    whole + &change(rest)
}

/// Where the first mark of a text begins and ends.
fn mark(text: &str) -> Option<(usize, usize)> {
    let starts = text.char_indices().filter(|(_, sign)| matches!(sign, '[' | '▇'));
    starts.map(|(from, _)| from).find_map(|from| Some((from, from + length_of_mark(&text[from..])?)))
}

/// How long the mark is that a text begins with.
fn length_of_mark(text: &str) -> Option<usize> {
    if let Some(inside) = text.strip_prefix(&format!("[{BLOCK} ")) {
        let (words, link) = inside.split_once("](/moderation/")?;
        let digits = link.bytes().take_while(u8::is_ascii_digit).count();
        let is_ours = !words.contains(['[', ']']) && digits > 0 && link[digits..].starts_with(')');
        return is_ours.then(|| text.len() - link.len() + digits + 1);
    }
    let inside = text.strip_prefix('▇')?;
    let digits: usize = inside.chars().take_while(|sign| DIGITS.contains(*sign)).map(char::len_utf8).sum();
    (digits > 0 && inside[digits..].starts_with('▇')).then(|| 2 * '▇'.len_utf8() + digits)
}

/// What stands in the place of a passage of a text: a link to the act.
fn in_text(act: ModerationId, removed: &str) -> String {
    format!("[{BLOCK} {removed}](/moderation/{act})")
}

/// What stands in the place of a passage of a title, where no link can be: the number of the act.
fn in_title(act: ModerationId) -> String {
    let digits: String = act.to_string().chars().filter_map(|digit| DIGITS.chars().nth(digit.to_digit(10)? as usize)).collect();
    format!("▇{digits}▇")
}

/// A text with a passage in its place again.
fn put_back(text: &str, act: ModerationId, passage: &str) -> String {
    let (start, end) = (format!("[{BLOCK} "), format!("](/moderation/{act})"));
    let mut rest = text;
    let mut whole = String::with_capacity(text.len() + passage.len());
    while let Some(to) = rest.find(&end) {
        let Some(from) = rest[..to].rfind(&start) else { break };
        whole.push_str(&rest[..from]);
        whole.push_str(passage);
        rest = &rest[to + end.len()..];
    }
    whole.push_str(rest);
    whole
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_passage_comes_back_wherever_it_stood() {
        let (one, other) = (ModerationId(3), ModerationId(31));
        let text = "Call Piet on 06 12, or Piet at home.";
        let without = text.replace("Piet", &in_text(one, "removed under rule 3"));
        let less = without.replace("06 12", &in_text(other, "removed under rule 4"));
        assert!(!less.contains("Piet") && !less.contains("06 12"), "{less}");
        assert_eq!(put_back(&put_back(&less, one, "Piet"), other, "06 12"), text);
        assert_eq!(put_back(&put_back(&less, other, "06 12"), one, "Piet"), text);
        assert_eq!(in_title(other), "▇³¹▇");
    }

    #[test]
    fn what_stands_for_a_passage_is_no_passage() {
        let (one, other) = (ModerationId(31), ModerationId(32));
        let text = "Call 31 with words.";
        let without = outside(text, |part| part.replace("with", &in_text(one, "removed under rule 3")));
        for passage in ["removed", "31", "(/moderation", "▇▇▇ removed", "rule 3](/mod"] {
            assert_eq!(has(&without, passage), passage == "31", "{passage}");
        }
        let less = outside(&without, |part| part.replace("31", &in_text(other, "removed under rule 4")));
        assert_eq!(put_back(&put_back(&less, one, "with"), other, "31"), text);
        let title = outside("Call ³ 31", |part| part.replace("Call", &in_title(one)));
        assert_eq!(outside(&title, |part| part.replace('³', "x")), format!("{} x 31", in_title(one)));
        assert_eq!(
            outside("[▇▇▇ a](/moderation/x) ▇", |part| part.replace('a', "b")),
            "[▇▇▇ b](/moderbtion/x) ▇",
            "no mark of ours"
        );
    }
}
