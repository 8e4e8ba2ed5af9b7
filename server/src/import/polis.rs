//! Open Polis conversations (<https://github.com/compdemocracy/openData>): `summary.csv`, `comments.csv` and `votes.csv` in one
//! folder. Each accepted comment becomes an idea, each agreement a supporter, each disagreement a vote against it.

use std::{
    collections::{BTreeMap, HashMap, HashSet},
    ops::RangeInclusive,
    path::Path,
};

use chrono::{DateTime, Utc};
use forum::{
    Error, Forum, Tx,
    actor::{Actor, Role},
    board::{self, NewBoard},
    id::{BoardId, PersonId, PostId},
    person::{self, Arrival},
    post::{self, Kind, TITLE_MIN},
    text,
    vote::{self, Stance},
};

use super::{
    ImportError, NotTaken, Report,
    table::{Rows, Table, name_of},
};

const COMMENTS: &str = "comments.csv";
const VOTES: &str = "votes.csv";
const SUMMARY: &str = "summary.csv";

/// The first day of the year in which Polis began, in milliseconds since 1970: nothing was said before.
const BEGINNING: i64 = 1_325_376_000_000;

/// Characters of a title: short enough for one or two lines of a list.
const TITLE: usize = 80;
/// Characters of a board's name and description, at most.
const BOARD_NAME: usize = 80;
const BOARD_DESCRIPTION: usize = 500;

/// How much one transaction takes: others who write wait no longer than it.
const PEOPLE_AT_ONCE: usize = 2_000;
const POSTS_AT_ONCE: usize = 200;
const VOTES_AT_ONCE: usize = 20_000;

/// Brings in the conversation in a folder. With `dry_run` nothing is written, and the report says what would be.
///
/// # Errors
/// When a file is missing or can't be understood as a whole, or the database does not answer. A row that can't be taken is no
/// error: it stands in the report.
pub async fn run(forum: &Forum, dir: &Path, dry_run: bool) -> Result<Report, ImportError> {
    let (dir, now) = (dir.to_owned(), forum.now());
    let read = tokio::task::spawn_blocking(move || Conversation::read(&dir, now)).await.map_err(Error::internal)?;
    let (conversation, mut report) = read?;
    report.dry_run = dry_run;
    if dry_run {
        foresee(forum, &conversation, &mut report).await?;
    } else {
        bring_in(forum, &conversation, &mut report).await?;
    }
    Ok(report)
}

/// What comes in: checked, and in the order in which it was said.
struct Conversation {
    /// What the conversation is known by.
    id: String,
    topic: String,
    description: String,
    /// By the number of the participant: since when they take part.
    people: BTreeMap<i64, DateTime<Utc>>,
    statements: Vec<Statement>,
    /// By the number of the comment: by the voter's number what they said last, passes left out.
    votes: HashMap<i64, Vec<(i64, Stance, DateTime<Utc>)>>,
}

struct Statement {
    number: i64,
    author: i64,
    at: DateTime<Utc>,
    title: String,
    body: String,
}

impl Conversation {
    fn board_key(&self) -> String {
        format!("polis:{}", self.id)
    }

    fn person_key(&self, number: i64) -> String {
        format!("polis:{}:person:{number}", self.id)
    }

    fn comment_key(&self, number: i64) -> String {
        format!("polis:{}:comment:{number}", self.id)
    }

    fn board_name(&self) -> String {
        let name = text::cut_at_word(&self.topic, BOARD_NAME);
        if text::line(&name, 1, BOARD_NAME).is_ok() { name } else { format!("Polis {}", self.id) }
    }

    /// The topic as it stands in addresses; a topic in a script without Latin letters goes by the conversation's number.
    fn board_slug(&self) -> String {
        match text::slug(&self.topic).as_str() {
            "post" => text::slug(&format!("polis {}", self.id)),
            slug => slug.to_owned(),
        }
    }

    fn arrivals(&self) -> Vec<Arrival> {
        let arrival = |(number, at): (&i64, &DateTime<Utc>)| Arrival {
            from: self.person_key(*number),
            name: format!("Participant {number}"),
            title: None,
            role: Role::Member,
            language: None,
            at: *at,
        };
        self.people.iter().map(arrival).collect()
    }

    fn read(dir: &Path, now: DateTime<Utc>) -> Result<(Self, Report), ImportError> {
        let mut report = Report::default();
        let summary = Summary::read(&dir.join(SUMMARY), &mut report)?;
        report.source.clone_from(&summary.url);
        let times = DateTime::from_timestamp_millis(BEGINNING).unwrap_or_default()..=now;
        let table = |file| Table::open(&dir.join(file), file);
        let (statements, rejected) = read_comments(table(COMMENTS)?, &times, &summary.topic, &mut report)?;
        let last = read_votes(table(VOTES)?, &times, &statements, &rejected, &mut report)?;

        let mut people = BTreeMap::new();
        let mut take_part = |person: i64, at: DateTime<Utc>| {
            let since = people.entry(person).or_insert(at);
            *since = at.min(*since);
        };
        for statement in &statements {
            take_part(statement.author, statement.at);
        }
        let mut votes: HashMap<i64, Vec<_>> = HashMap::new();
        for ((comment, voter), Last { at, stance, .. }) in last {
            take_part(voter, at);
            match stance {
                None => report.passes += 1,
                Some(stance) => {
                    report.votes_taken += 1;
                    match stance {
                        Stance::Support => report.support += 1,
                        Stance::Oppose => report.oppose += 1,
                    }
                    votes.entry(comment).or_default().push((voter, stance, at));
                }
            }
        }
        for votes in votes.values_mut() {
            votes.sort_unstable_by_key(|(voter, _, at)| (*at, *voter));
        }
        let conversation =
            Self { id: summary.conversation, topic: summary.topic, description: summary.description, people, statements, votes };
        Ok((conversation, report))
    }
}

/// What the conversation says of itself, one line a fact.
struct Summary {
    url: String,
    conversation: String,
    topic: String,
    description: String,
}

impl Summary {
    fn read(path: &Path, report: &mut Report) -> Result<Self, ImportError> {
        let mut facts = HashMap::new();
        for row in Rows::of(path, SUMMARY)? {
            match row.text(0).and_then(|name| Ok((name, row.text(1)?))) {
                Ok((name, fact)) => {
                    facts.insert(name_of(name), fact.trim().to_owned());
                }
                Err(reason) => report.not_taken.push(NotTaken { file: SUMMARY, row: row.number, reason }),
            }
        }
        let url = facts.remove("url").unwrap_or_default();
        let path = url.split(['?', '#']).next().unwrap_or_default();
        let (_, path) = path.split_once("://").unwrap_or(("", path));
        let conversation = match path.rsplit('/').find(|part| !part.is_empty()) {
            Some(id) if id.len() <= 60 => id.to_owned(),
            _ => return Err(ImportError::NoConversation),
        };
        let topic = facts.remove("topic").unwrap_or_default();
        let description = facts.remove("conversation-description").unwrap_or_default();
        Ok(Self { url, conversation, topic, description })
    }
}

/// The comments that come in, oldest first, and the numbers of those that were rejected.
fn read_comments(
    table: Table,
    times: &RangeInclusive<DateTime<Utc>>,
    topic: &str,
    report: &mut Report,
) -> Result<(Vec<Statement>, HashSet<i64>), ImportError> {
    let (at, number, author) = (table.column("timestamp")?, table.column("comment-id")?, table.column("author-id")?);
    let (moderated, body) = (table.column("moderated")?, table.column("comment-body")?);
    let mut statements = Vec::new();
    let mut rejected = HashSet::new();
    let mut seen = HashSet::new();
    for row in table {
        let taken = (|| {
            let number = row.id(number)?;
            if seen.contains(&number) {
                return Err(format!("comment {number} stands twice"));
            }
            match row.integer(moderated)? {
                0 | 1 => {}
                -1 => {
                    seen.insert(number);
                    rejected.insert(number);
                    return Ok(None);
                }
                other => return Err(format!("{other} is not a state of moderation")),
            }
            let (at, author) = (row.time(at, times)?, row.id(author)?);
            let body = post::parse_body(row.text(body)?).map_err(|_| "the comment is empty or too long".to_owned())?;
            let title = title_of(&body, topic).ok_or("no title can be made from the comment")?;
            seen.insert(number);
            Ok(Some(Statement { number, author, at, title, body }))
        })();
        match taken {
            Ok(Some(statement)) => statements.push(statement),
            Ok(None) => report.rejected += 1,
            Err(reason) => report.not_taken.push(NotTaken { file: COMMENTS, row: row.number, reason }),
        }
    }
    statements.sort_by_key(|statement| (statement.at, statement.number));
    Ok((statements, rejected))
}

/// The beginning of a statement, cut at a word. What is too short for a title stands behind the topic.
fn title_of(body: &str, topic: &str) -> Option<String> {
    let start = text::cut_at_word(body, TITLE);
    let parsed = match post::parse_title(&start) {
        Ok(title) => Ok(title),
        Err(_) if start.chars().count() < TITLE_MIN => {
            let topic = text::cut_at_word(topic, TITLE - TITLE_MIN);
            let topic = topic.trim_end_matches(['.', ',', ':', ';', '?', '!']);
            post::parse_title(&format!("{}: {start}", if topic.is_empty() { "Polis" } else { topic }))
        }
        Err(problem) => Err(problem),
    };
    parsed.ok()
}

/// What a voter said last about a comment.
struct Last {
    at: DateTime<Utc>,
    row: u64,
    stance: Option<Stance>,
}

fn read_votes(
    table: Table,
    times: &RangeInclusive<DateTime<Utc>>,
    statements: &[Statement],
    rejected: &HashSet<i64>,
    report: &mut Report,
) -> Result<BTreeMap<(i64, i64), Last>, ImportError> {
    let (at, comment) = (table.column("timestamp")?, table.column("comment-id")?);
    let (voter, vote) = (table.column("voter-id")?, table.column("vote")?);
    let known: HashSet<i64> = statements.iter().map(|statement| statement.number).collect();
    let mut last: BTreeMap<(i64, i64), Last> = BTreeMap::new();
    for row in table {
        let taken = (|| {
            let (at, comment, voter) = (row.time(at, times)?, row.id(comment)?, row.id(voter)?);
            let stance = match row.integer(vote)? {
                1 => Some(Stance::Support),
                -1 => Some(Stance::Oppose),
                0 => None,
                other => return Err(format!("{other} is not a vote")),
            };
            Ok((comment, voter, Last { at, row: row.number, stance }))
        })();
        match taken {
            Err(reason) => report.not_taken.push(NotTaken { file: VOTES, row: row.number, reason }),
            Ok((comment, _, _)) if rejected.contains(&comment) => report.votes_on_rejected += 1,
            Ok((comment, _, _)) if !known.contains(&comment) => {
                report.votes_on_unknown += 1;
                let reason = format!("comment {comment} did not come in");
                report.not_taken.push(NotTaken { file: VOTES, row: row.number, reason });
            }
            Ok((comment, voter, vote)) => match last.get_mut(&(comment, voter)) {
                None => {
                    last.insert((comment, voter), vote);
                }
                Some(before) => {
                    report.votes_replaced += 1;
                    if (before.at, before.row) < (vote.at, vote.row) {
                        *before = vote;
                    }
                }
            },
        }
    }
    Ok(last)
}

/// Says what an import would do, by reading only.
async fn foresee(forum: &Forum, conversation: &Conversation, report: &mut Report) -> Result<(), ImportError> {
    let db = forum.read();
    if let Some(board) = board::imported(db, &conversation.board_key()).await? {
        (report.board, report.board_slug) = (board.name, board.slug);
    } else {
        report.board_new = true;
        report.board = conversation.board_name();
        let slugs: HashSet<String> = board::list(db, &Actor::System).await?.into_iter().map(|board| board.slug).collect();
        report.board_slug = free_slug(&conversation.board_slug(), |slug| slugs.contains(slug));
    }
    let people = conversation.arrivals();
    let keys: Vec<String> = people.iter().map(|person| person.from.clone()).collect();
    let people = person::imported(db, &keys).await?;
    report.people_known = count(people.len());
    report.people_new = count(keys.len() - people.len());

    let keys: Vec<String> = conversation.statements.iter().map(|s| conversation.comment_key(s.number)).collect();
    let posts = post::imported(db, &keys).await?;
    report.posts_known = count(posts.len());
    report.posts_new = count(keys.len() - posts.len());

    for (statement, key) in conversation.statements.iter().zip(&keys) {
        let votes = conversation.votes.get(&statement.number).map(Vec::as_slice).unwrap_or_default();
        let Some(post) = posts.get(key) else {
            report.votes_changed += count(votes.len());
            continue;
        };
        let (known, unknown): (Vec<_>, Vec<_>) = votes
            .iter()
            .map(|(voter, stance, at)| (people.get(&conversation.person_key(*voter)), *stance, *at))
            .partition(|(voter, _, _)| voter.is_some());
        let known: Vec<vote::Import> = known.into_iter().filter_map(|(voter, stance, at)| Some((*voter?, stance, at))).collect();
        let (fresh, gone) = vote::changes(&vote::imported(db, *post).await?, &known);
        report.votes_changed += count(fresh.len() + gone.len() + unknown.len());
    }
    Ok(())
}

async fn bring_in(forum: &Forum, conversation: &Conversation, report: &mut Report) -> Result<(), ImportError> {
    let (board, is_new) = forum.write(&Actor::System, async |tx| make_board(tx, conversation).await).await?;
    (report.board, report.board_slug, report.board_new) = (board.name, board.slug, is_new);

    let mut people = HashMap::new();
    let (numbers, arrivals): (Vec<i64>, _) = (conversation.people.keys().copied().collect(), conversation.arrivals());
    for (numbers, arrivals) in numbers.chunks(PEOPLE_AT_ONCE).zip(arrivals.chunks(PEOPLE_AT_ONCE)) {
        let ids = forum.write(&Actor::System, async |tx| person::import(tx, arrivals).await).await?;
        for (number, (id, is_new)) in numbers.iter().zip(ids) {
            people.insert(*number, id);
            *(if is_new { &mut report.people_new } else { &mut report.people_known }) += 1;
        }
    }

    let mut posts = Vec::new();
    for statements in conversation.statements.chunks(POSTS_AT_ONCE) {
        let ids = forum
            .write(&Actor::System, async |tx| {
                let mut ids = Vec::new();
                for statement in statements {
                    ids.push(make_post(tx, conversation, board.id, &people, statement).await?);
                }
                Ok(ids)
            })
            .await?;
        for (id, is_new) in ids {
            posts.push(id);
            *(if is_new { &mut report.posts_new } else { &mut report.posts_known }) += 1;
        }
    }

    // every post in turn, those without a vote too: what was brought in before may have been passed on since
    let mut votes: Vec<(PostId, Vec<vote::Import>)> = Vec::new();
    for (post, statement) in posts.into_iter().zip(&conversation.statements) {
        let of_post = conversation.votes.get(&statement.number).map(Vec::as_slice).unwrap_or_default();
        let known = of_post.iter().map(|(voter, stance, at)| Ok((person(&people, *voter)?, *stance, *at)));
        votes.push((post, known.collect::<Result<_, Error>>()?));
    }
    let mut rest = votes.as_slice();
    while !rest.is_empty() {
        let mut size = 0;
        let fits = rest.iter().take_while(|(_, votes)| {
            size += votes.len();
            size <= VOTES_AT_ONCE
        });
        let (batch, others) = rest.split_at(fits.count().max(1));
        report.votes_changed += forum
            .write(&Actor::System, async |tx| {
                let mut changed = 0;
                for (post, votes) in batch {
                    changed += vote::import(tx, *post, votes).await?;
                }
                Ok(changed)
            })
            .await?;
        rest = others;
    }
    Ok(())
}

async fn make_board(tx: &mut Tx, conversation: &Conversation) -> Result<(board::Board, bool), Error> {
    if let Some(board) = board::imported(tx.conn(), &conversation.board_key()).await? {
        return Ok((board, false));
    }
    let slugs: HashSet<String> = board::list(tx.conn(), &Actor::System).await?.into_iter().map(|board| board.slug).collect();
    let new = NewBoard {
        slug: free_slug(&conversation.board_slug(), |slug| slugs.contains(slug)),
        name: conversation.board_name(),
        description: text::cut_at_word(&conversation.description, BOARD_DESCRIPTION),
        imported_from: Some(conversation.board_key()),
        ..NewBoard::default()
    };
    Ok((board::create(tx, &new).await?, true))
}

async fn make_post(
    tx: &mut Tx,
    conversation: &Conversation,
    board: BoardId,
    people: &HashMap<i64, PersonId>,
    statement: &Statement,
) -> Result<(PostId, bool), Error> {
    let author = person(people, statement.author)?;
    let from = conversation.comment_key(statement.number);
    post::import(tx, &from, board, author, Kind::Idea, &statement.title, &statement.body, statement.at).await
}

fn person(people: &HashMap<i64, PersonId>, number: i64) -> Result<PersonId, Error> {
    people.get(&number).copied().ok_or_else(|| Error::internal("a participant did not come in"))
}

/// The slug itself, or with the first number behind it that makes it free.
fn free_slug(slug: &str, is_taken: impl Fn(&str) -> bool) -> String {
    if !is_taken(slug) {
        return slug.to_owned();
    }
    let numbered = (2_u32..).map(|n| {
        let number = format!("-{n}");
        let head: String = slug.chars().take(60 - number.len()).collect();
        format!("{}{number}", head.trim_end_matches('-'))
    });
    numbered.into_iter().find(|slug| !is_taken(slug)).unwrap_or_default()
}

fn count(n: usize) -> u64 {
    u64::try_from(n).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_is_the_beginning_of_the_statement() {
        let body = "Put a clock on the town hall.";
        assert_eq!(title_of(body, "Lindenveld").as_deref(), Some(body));
        let long =
            "The ferry should run after eleven in the evening, because the last train comes at ten past eleven and we all swim.";
        let title = title_of(long, "Lindenveld").unwrap();
        assert!(title.chars().count() <= TITLE && long.starts_with(title.trim_end_matches('…')), "{title}");
    }

    #[test]
    fn a_statement_that_is_too_short_stands_behind_the_topic() {
        assert_eq!(title_of("No", "What does Lindenveld need?").as_deref(), Some("What does Lindenveld need: No"));
        assert_eq!(title_of("好", "").as_deref(), Some("Polis: 好"));
        assert!(title_of("好", &"word ".repeat(60)).unwrap().ends_with("…: 好"));
    }

    #[test]
    fn slugs_make_room_for_each_other() {
        assert_eq!(free_slug("parks", |_| false), "parks");
        assert_eq!(free_slug("parks", |slug| slug == "parks" || slug == "parks-2"), "parks-3");
        let long = "a".repeat(60);
        assert_eq!(free_slug(&long, |slug| slug == long).len(), 60);
    }
}
