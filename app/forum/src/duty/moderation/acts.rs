//! What moderators do.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::FromQueryResult;

use super::{
    Act, BAN_MAX, Moderation, Target, by_id, by_number, may_act,
    take_back::take_back,
    texts::{self, hide, redact},
};
use crate::{
    Error, Result, Tx,
    actor::Role,
    board, clock, comment,
    db::{number, one, values},
    error::{Check, Conflict, Denied, Problem},
    event::{self, Event},
    held::Held,
    id::{BoardId, CommentId, ModerationId, PersonId, PostId},
    person,
    post::{self, Kind},
    site::parse_day,
    text, vote,
};

/// An act, as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Draft {
    /// What to do.
    pub act: String,
    /// The house rule that it follows from.
    pub rule: Option<i32>,
    /// Why, in public.
    pub reason: String,
    /// When to look at it again: `2026-12-01`.
    pub review_on: Option<String>,
    /// The words to take out of the text, to the letter.
    pub passage: Option<String>,
    /// Slug of the board to move to.
    pub board: Option<String>,
    /// The new title of a post.
    pub title: Option<String>,
    /// The new text of a post or a comment.
    pub body: Option<String>,
    /// The last day of a ban: `2026-12-01`.
    pub until: Option<String>,
}

/// Why something is done.
#[derive(Debug, Clone)]
pub(super) struct Why {
    pub(super) rule: i32,
    pub(super) reason: String,
    pub(super) review_on: Option<NaiveDate>,
}

/// What is done, to what and whose it is.
#[derive(Debug, Clone)]
pub(super) struct Deed<'a> {
    pub(super) target: Target,
    pub(super) post: Option<PostId>,
    pub(super) whose: PersonId,
    pub(super) act: Act,
    pub(super) why: &'a Why,
    pub(super) more: More,
}

impl<'a> Deed<'a> {
    fn new(target: Target, post: Option<PostId>, whose: PersonId, act: Act, why: &'a Why) -> Self {
        Self { target, post, whose, act, why, more: More::default() }
    }
}

/// What single acts have besides.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct More {
    pub(super) last_day: Option<NaiveDate>,
    pub(super) version: Option<i32>,
    pub(super) boards: Option<(BoardId, BoardId)>,
    pub(super) undoes: Option<ModerationId>,
    /// Whether it is taken back because whoever objected was right, which is what they are told.
    pub(super) on_appeal: bool,
}

/// Who does it, in which role, and when.
pub(super) type By = (PersonId, Role, DateTime<Utc>);

impl Tx {
    pub(super) fn moderator(&self) -> Result<By> {
        let me = self.actor().staff()?;
        Ok((me.id, me.standing(), self.now()))
    }
}

/// Writes down what is done, before it is: what it changes names it.
pub(super) async fn note(tx: &mut Tx, (by, role, at): By, deed: &Deed<'_>) -> Result<ModerationId> {
    let Deed { target, post, whose, act, why, more } = deed;
    let (from, to) = more.boards.unzip();
    let id = number(
        tx.conn(),
        "INSERT INTO moderation_acts (target, post_id, comment_id, person_id, act, rule, reason, by_id, role, review_on, until_on, version,
            from_board_id, to_board_id, undoes_id, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16) RETURNING id AS n",
        values![
            target.sort(),
            *post,
            target.comment(),
            *whose,
            *act,
            why.rule,
            why.reason.clone(),
            by,
            role,
            why.review_on,
            more.last_day,
            more.version,
            from,
            to,
            more.undoes,
            at
        ],
    )
    .await?;
    let moderation = ModerationId(id.ok_or_else(|| Error::internal("no act came back"))?);
    let kind = event::Kind::Moderated { moderation, act: *act, comment: target.comment(), on_appeal: more.on_appeal };
    let event = tx.happened(*post, kind);
    (event.actor, event.role, event.at) = (Some(by), Some(role), at);
    (event.rule, event.reason) = (Some(why.rule), Some(why.reason.clone()));
    Ok(moderation)
}

/// What a staff edit is written down as: whoever edits, by whichever door, is a moderator then.
pub(crate) async fn follow(tx: &mut Tx, event: &Event) -> Result<()> {
    #[derive(FromQueryResult)]
    struct Author {
        author_id: PersonId,
    }
    let (Some(rule), Some(post)) = (event.rule, event.post) else { return Ok(()) };
    let (Some(by), Some(role)) = (event.actor, event.role) else { return Ok(()) };
    let (target, version) = match event.kind {
        event::Kind::PostEdited { version } => (Target::Post(post), version),
        event::Kind::CommentEdited { comment, version: Some(version) } => (Target::Comment(comment), version),
        _ => return Ok(()),
    };
    let author = match target {
        Target::Comment(id) => one::<Author>(tx.conn(), "SELECT author_id FROM comments WHERE id = $1", values![id]).await?,
        _ => one::<Author>(tx.conn(), "SELECT author_id FROM posts WHERE id = $1", values![post]).await?,
    };
    let author = author.ok_or(Error::NotFound)?.author_id;
    let why = Why { rule, reason: event.reason.clone().unwrap_or_default(), review_on: None };
    let more = More { version: Some(version), ..More::default() };
    let edited = note(tx, (by, role, event.at), &Deed { more, ..Deed::new(target, Some(post), author, Act::Edit, &why) }).await?;
    match target {
        Target::Comment(id) => comment::mark_edited(tx, id, edited).await,
        _ => Ok(()),
    }
}

/// Does something to what somebody wrote, or to what they may do.
///
/// # Errors
/// [`Error::Forbidden`] for those who may not; [`Error::NotFound`] when there is no such thing; [`Error::Conflict`] when it is so already,
/// or can't be now; [`Error::Invalid`] on `act`, `rule`, `reason`, `review_on` and what else the act needs.
pub async fn act(tx: &mut Tx, target: Target, draft: &Draft) -> Result<Moderation> {
    super::may_moderate(tx.actor())?;
    let act = Act::parse(&draft.act)
        .map_err(|problem| Error::invalid("act", if draft.act.is_empty() { Problem::Required } else { problem }))?;
    may_act(tx.actor(), act)?;
    if !target.sort().acts().contains(&act) {
        return Err(Error::invalid("act", Problem::UnknownChoice));
    }
    let id = match target {
        Target::Post(id) => on_post(tx, id, act, draft).await?,
        Target::Comment(id) => on_comment(tx, id, act, draft).await?,
        Target::Vote(post, person) => on_vote(tx, post, person, act, draft).await?,
        Target::Person(id) => on_person(tx, id, act, draft).await?,
    };
    by_id(&tx.view(), id).await
}

impl Draft {
    /// What every act needs.
    fn why(&self, tx: &Tx, check: &mut Check) -> Option<Why> {
        let rule = check.field("rule", post::parse_rule(&tx.site(), self.rule));
        let reason = check.field("reason", text::parse_reason(&self.reason));
        let review = self.review_on.as_deref().filter(|day| !day.trim().is_empty()).map(|day| day_ahead(tx, day)).transpose();
        let review_on = check.field("review_on", review);
        Some(Why { rule: rule?, reason: reason?, review_on: review_on? })
    }

    /// The same, for acts that need nothing else.
    fn only_why(&self, tx: &Tx) -> Result<Why> {
        let mut check = Check::new();
        let why = self.why(tx, &mut check);
        check.finish(why)
    }
}

/// A day after today.
fn day_ahead(tx: &Tx, day: &str) -> std::result::Result<NaiveDate, Problem> {
    let day = parse_day(day)?;
    if day > clock::local_day(&tx.site(), tx.now()) { Ok(day) } else { Err(Problem::NotInFuture) }
}

async fn on_post(tx: &mut Tx, id: PostId, act: Act, draft: &Draft) -> Result<ModerationId> {
    let by = tx.moderator()?;
    let mut held = tx.hold(id).await?;
    let (target, whose) = (Target::Post(id), held.author());
    match act {
        Act::Hide => {
            held.shown()?;
            if held.members() > 0 {
                // its members, which nobody hid, would be found in no list
                return Err(Error::Conflict(Conflict::HeadsCase));
            }
            let why = draft.only_why(tx)?;
            let hidden = note(tx, by, &Deed::new(target, Some(id), whose, act, &why)).await?;
            hide(tx, &mut held, hidden).await?;
            Ok(hidden)
        }
        Act::Show => {
            let why = draft.only_why(tx)?;
            let concealed = match held.hidden_by() {
                Some(hidden) => Some(hidden),
                None => texts::last_redaction(tx, target).await?,
            };
            undo(tx, concealed, &why).await
        }
        Act::Redact => {
            held.shown()?;
            let text = texts::of_post(tx, id).await?;
            let (why, passage) = removal(tx, draft, &text)?;
            let redacted = note(tx, by, &Deed::new(target, Some(id), whose, act, &why)).await?;
            redact(tx, &mut held, None, redacted, &why, &passage).await?;
            Ok(redacted)
        }
        Act::Lock => {
            if held.locked_by().is_some() {
                return Err(Error::Conflict(Conflict::Locked));
            }
            let answered = "SELECT id AS n FROM answers WHERE post_id = $1 AND author_id IS NOT NULL LIMIT 1";
            if held.kind() == Kind::Complaint && number(tx.conn(), answered, values![id]).await?.is_none() {
                return Err(Error::Conflict(Conflict::NotAnswered));
            }
            let why = draft.only_why(tx)?;
            let locked = note(tx, by, &Deed::new(target, Some(id), whose, act, &why)).await?;
            held.set_lock(tx, Some(locked)).await?;
            Ok(locked)
        }
        Act::Unlock => {
            let why = draft.only_why(tx)?;
            undo(tx, held.locked_by(), &why).await
        }
        Act::Move => move_to(tx, &mut held, by, draft).await,
        Act::Edit => edit(tx, target, draft).await,
        Act::Ban | Act::Unban | Act::ExcludeVote => Err(Error::invalid("act", Problem::UnknownChoice)),
    }
}

async fn on_comment(tx: &mut Tx, id: CommentId, act: Act, draft: &Draft) -> Result<ModerationId> {
    if act == Act::Edit {
        return edit(tx, Target::Comment(id), draft).await;
    }
    let by = tx.moderator()?;
    let post = comment::visible(&tx.view(), id).await?.post;
    // no deadline depends on what a comment says
    let mut held = tx.hold_as_it_is(post).await?;
    let found = comment::by_id(tx.conn(), id).await?.ok_or(Error::NotFound)?;
    if found.removed_at.is_some() {
        return Err(Error::Conflict(Conflict::Removed));
    }
    if found.hidden.is_some() && act != Act::Show {
        return Err(Error::Conflict(Conflict::Hidden));
    }
    let target = Target::Comment(id);
    let whose = found.author.id;
    match act {
        Act::Hide => {
            let why = draft.only_why(tx)?;
            let hidden = note(tx, by, &Deed::new(target, Some(post), whose, act, &why)).await?;
            texts::hide_comment(tx, &mut held, id, hidden).await?;
            Ok(hidden)
        }
        Act::Redact => {
            let (why, passage) = removal(tx, draft, &found.body)?;
            let redacted = note(tx, by, &Deed::new(target, Some(post), whose, act, &why)).await?;
            redact(tx, &mut held, Some((id, found.language.as_str())), redacted, &why, &passage).await?;
            Ok(redacted)
        }
        _ => {
            let why = draft.only_why(tx)?;
            let concealed = match &found.hidden {
                Some(marker) => Some(marker.id),
                None => texts::last_redaction(tx, target).await?,
            };
            undo(tx, concealed, &why).await
        }
    }
}

async fn on_vote(tx: &mut Tx, post: PostId, person: PersonId, act: Act, draft: &Draft) -> Result<ModerationId> {
    let by = tx.moderator()?;
    // no deadline depends on votes
    let mut held = tx.hold_as_it_is(post).await?;
    let excluded = vote::excluded(tx, post, person).await?;
    if act == Act::Show {
        let why = draft.only_why(tx)?;
        return undo(tx, excluded, &why).await;
    }
    if excluded.is_some() {
        return Err(Error::Conflict(Conflict::Excluded));
    }
    let why = draft.only_why(tx)?;
    let excluded = note(tx, by, &Deed::new(Target::Vote(post, person), Some(post), person, act, &why)).await?;
    vote::exclude(tx, &mut held, person, Some(excluded)).await?;
    Ok(excluded)
}

async fn on_person(tx: &mut Tx, id: PersonId, act: Act, draft: &Draft) -> Result<ModerationId> {
    let by = tx.moderator()?;
    let account = person::by_id(tx.conn(), id).await?.ok_or(Error::NotFound)?;
    let present = account.ban.as_ref().filter(|ban| ban.holds(tx.now())).map(|ban| ban.act);
    if act == Act::Unban {
        let why = draft.only_why(tx)?;
        return undo(tx, present, &why).await;
    }
    if account.standing().is_staff() {
        return Err(Error::Conflict(Conflict::OfStaff));
    }
    if present.is_some() {
        return Err(Error::Conflict(Conflict::Exists));
    }
    let mut check = Check::new();
    let why = draft.why(tx, &mut check);
    let latest = clock::local_day(&tx.site(), tx.now()) + chrono::Days::new(BAN_MAX);
    let until = day_ahead(tx, draft.until.as_deref().unwrap_or_default());
    let until =
        until.and_then(|day| if day <= latest { Ok(day) } else { Err(Problem::TooFarAhead { latest: latest.to_string() }) });
    let last_day = check.field("until", until);
    let (why, last_day) = check.finish((why, last_day))?;
    let more = More { last_day: Some(last_day), ..More::default() };
    let banned = note(tx, by, &Deed { more, ..Deed::new(Target::Person(id), None, id, act, &why) }).await?;
    let until = clock::start_of_day(tx.site().time_zone, last_day.succ_opt().unwrap_or(last_day));
    person::set_ban(tx, id, Some((banned, until))).await?;
    Ok(banned)
}

/// Takes back what holds now.
async fn undo(tx: &mut Tx, present: Option<ModerationId>, why: &Why) -> Result<ModerationId> {
    let present = present.ok_or(Error::Conflict(Conflict::NothingDone))?;
    let present = by_number(tx.conn(), present).await?;
    // whose own thing it is objects, and somebody else decides
    if tx.actor().id() == Some(present.whose.id) {
        return Err(Error::Forbidden(Denied::OwnAct));
    }
    take_back(tx, &present, why, false).await
}

/// What is to be taken out of a text, and why.
fn removal(tx: &Tx, draft: &Draft, text: &str) -> Result<(Why, String)> {
    let mut check = Check::new();
    let why = draft.why(tx, &mut check);
    let passage = text::block(draft.passage.as_deref().unwrap_or_default(), super::PASSAGE_MIN, post::BODY_MAX);
    let passage = passage.and_then(|passage| if texts::has(text, &passage) { Ok(passage) } else { Err(Problem::NotInText) });
    let passage = check.field("passage", passage);
    check.finish((why, passage))
}

/// Puts a post on another board that the same people read. Clocks that run follow its terms, where they differ.
async fn move_to(tx: &mut Tx, held: &mut Held, by: By, draft: &Draft) -> Result<ModerationId> {
    let mut check = Check::new();
    let why = draft.why(tx, &mut check);
    let wanted = draft.board.as_deref().map(str::trim).filter(|slug| !slug.is_empty());
    let board = match wanted {
        None => Err(Problem::Required),
        Some(slug) => match board::by_slug(tx.conn(), tx.actor(), slug).await? {
            None => Err(Problem::UnknownChoice),
            Some(board) if board.id == held.board() => Err(Problem::Taken),
            Some(board) if !board.is_open() => Err(Problem::BoardClosed),
            Some(board) if !board::same_readers(tx.conn(), held.board(), board.id).await? => Err(Problem::OtherReaders),
            Some(board) => Ok(board),
        },
    };
    let board = check.field("board", board);
    let (why, board) = check.finish((why, board))?;
    let more = More { boards: Some((held.board(), board.id)), ..More::default() };
    let deed = Deed { more, ..Deed::new(Target::Post(held.id()), Some(held.id()), held.author(), Act::Move, &why) };
    let moved = note(tx, by, &deed).await?;
    let before = held.terms(&tx.site());
    held.set_board(tx, board.id, &board.slug).await?;
    clock::follow_terms(tx, held, before, &why.reason).await?;
    Ok(moved)
}

/// Gives a post or a comment another wording, as every door does that lets the staff do so.
async fn edit(tx: &mut Tx, target: Target, draft: &Draft) -> Result<ModerationId> {
    if let Some(review) = draft.review_on.as_deref().filter(|day| !day.trim().is_empty()) {
        day_ahead(tx, review).map_err(|problem| Error::invalid("review_on", problem))?;
    }
    let before = latest_edit(tx, target).await?;
    let (rule, reason) = (draft.rule, Some(draft.reason.clone()));
    match target {
        Target::Comment(id) => {
            let body = draft.body.clone().unwrap_or_default();
            comment::edit(tx, id, &comment::Edit { body, rule, reason, ..comment::Edit::default() }).await?;
        }
        Target::Post(id) | Target::Vote(id, _) => {
            let (title, body) = (draft.title.clone(), draft.body.clone());
            post::edit(tx, id, &post::Edit { title, body, rule, reason, ..post::Edit::default() }).await?;
        }
        Target::Person(_) => return Err(Error::invalid("act", Problem::UnknownChoice)),
    }
    // the act is written down as what follows from the edit
    tx.draw().await?;
    latest_edit(tx, target).await?.filter(|made| Some(*made) != before).ok_or(Error::Conflict(Conflict::NothingDone))
}

async fn latest_edit(tx: &Tx, target: Target) -> Result<Option<ModerationId>> {
    let (column, id) = match target {
        Target::Comment(id) => ("comment_id", id.0),
        Target::Post(id) | Target::Vote(id, _) => ("post_id", id.0),
        Target::Person(_) => return Ok(None),
    };
    let sql = format!(
        "SELECT id AS n FROM moderation_acts WHERE {column} = $1 AND target = $2 AND act = 'edit' ORDER BY id DESC LIMIT 1"
    );
    Ok(number(tx.conn(), &sql, values![id, target.sort()]).await?.map(ModerationId))
}
