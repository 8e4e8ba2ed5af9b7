//! The load set: a forum that has been lived in for five years, for benchmarks. Its texts are those of the demo forum, its numbers follow
//! what is known of real ones: how many votes a post gets falls by its rank as Zipf and Mandelbrot found of words, and how many votes a
//! person casts is log-normal. It is the same each time, but for the secrets of its tokens, which nothing may foresee.
//!
//! Millions of rows are too many to be told by commands, so they are written as they would stand there, in the order in which they
//! happened; what follows from them (the index of words, the record, what is overdue) is made by the forum itself.

use std::{collections::HashSet, fmt};

use chrono::{DateTime, Days, Utc};
use forum::{
    Error, Forum, Tx,
    actor::{Actor, Role},
    board::{self, NewBoard},
    clock,
    confirm::{ASKS_AGAIN_AFTER, CLOSES_AFTER},
    db::archive::{self, Row},
    event::{Event, Kind},
    id::{AnswerId, BoardId, CommentId, EventId, PersonId, PostId},
    markdown,
    person::{self, Arrival},
    post::{self, rank},
    site::{self, Language, Site},
    status::{self, Stage},
    text, token,
    vote::Stance,
    watch,
};
use serde_json::{Value, json};

use super::{
    BOARDS, DemoError, SIGN_INS,
    axis::{Axis, DAY, END, Place},
    chance::Chance,
    people::{self, STAFF},
    texts::{self, Post},
};

/// How much there is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Size {
    /// Posts.
    pub posts: usize,
    /// People, but for the staff.
    pub people: usize,
    /// Votes.
    pub votes: usize,
    /// Comments.
    pub comments: usize,
    /// Official answers, each of which sets a status.
    pub answers: usize,
    /// API tokens.
    pub tokens: usize,
}

impl Size {
    /// All of it.
    pub const WHOLE: Self =
        Self { posts: 20_000, people: 100_000, votes: 1_400_000, comments: 150_000, answers: 60_000, tokens: 500 };

    /// One part of so many, to be tried.
    #[must_use]
    pub fn part(of: usize) -> Self {
        let Self { posts, people, votes, comments, answers, tokens } = Self::WHOLE;
        let part = |whole: usize| (whole / of.max(1)).max(1);
        Self {
            posts: part(posts),
            people: part(people),
            votes: part(votes),
            comments: part(comments),
            answers: part(answers),
            tokens: part(tokens),
        }
    }
}

impl fmt::Display for Size {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { posts, people, votes, comments, answers, tokens } = self;
        write!(f, "{posts} posts, {people} people, {votes} votes, {comments} comments, {answers} answers, {tokens} tokens")
    }
}

/// Working days that it reaches back: five years.
const AGE: u32 = 1_300;
/// How the votes on a post fall by its rank: exponent and offset (B. Mandelbrot 1953).
const ZIPF: (f64, f64) = (0.88, 6.6);
/// The logarithm of how many votes a person casts: mean and standard deviation.
const VOTES: (f64, f64) = (1.39, 1.55);
/// Posts of so many working days ago have had their last word.
const SETTLED: i64 = 160;
/// Of posts of these ages (working days), one in so many waits too long for its first answer.
const NEGLECTED: (std::ops::Range<i64>, usize) = (7..22, 5);
/// Labels.
const TAGS: [&str; 24] = [
    "wifi",
    "router",
    "outage",
    "moving",
    "roaming",
    "coverage",
    "invoice",
    "price",
    "contract",
    "refund",
    "recording",
    "subtitles",
    "remote",
    "battery",
    "screen",
    "repair",
    "queue",
    "advice",
    "charger",
    "case",
    "login",
    "privacy",
    "accessibility",
    "speed",
];

/// Fills an empty forum. Answers the secrets of its tokens.
///
/// # Errors
/// When there is anybody or anything in it, or the database does not answer.
pub async fn fill(forum: &Forum, size: Size) -> Result<Vec<String>, DemoError> {
    let texts = texts::all().map_err(|(file, source)| DemoError::Texts { file, source })?;
    let accounts = super::accounts(forum).await?;
    let (people, tokens) = forum
        .write(&Actor::System, async |tx| {
            if !site::is_empty(tx.conn()).await? {
                return Ok(None);
            }
            site::save(tx, &site::Site { name: "Noordlicht".to_owned(), ..(*tx.site()).clone() }).await?;
            let loading = archive::Loading::begin(tx).await?;
            let made = Load::imagine(tx, &texts, size).write(tx).await?;
            loading.end(tx).await?;
            Ok(Some(made))
        })
        .await?
        .ok_or(DemoError::NotEmpty)?;
    forum.refresh_site().await?;
    forum.catch_up().await?;
    watch::run(forum).await?;
    // only now do people have addresses: what happened before is no news that anybody gets by mail
    forum
        .write(&Actor::System, async |tx| {
            for (who, account) in people.iter().zip(&accounts) {
                person::give_account(tx, *who, account).await?;
            }
            Ok(())
        })
        .await?;
    Ok(tokens)
}

/// What somebody posted.
struct Posted {
    place: Place,
    text: usize,
    /// Beside the text: what makes its title another one's.
    town: usize,
    author: usize,
    support: i64,
    oppose: i64,
    comments: i64,
    answers: Vec<Answered>,
    neglected: bool,
}

/// An answer: on which day, and how long until the next is promised.
struct Answered {
    place: Place,
    stage: Stage,
    next: Option<u32>,
}

/// A vote on a post.
struct Cast {
    place: Place,
    post: u32,
    person: u32,
    opposes: bool,
}

/// A comment.
struct Said {
    place: Place,
    post: u32,
    person: u32,
    text: u32,
    parent: Option<i64>,
}

/// All of it, before it is written.
struct Load<'a> {
    texts: &'a [Post],
    site: std::sync::Arc<Site>,
    axis: Axis,
    size: Size,
    /// By customer: since when they are here.
    since: Vec<Place>,
    posts: Vec<Posted>,
    /// By post, then by person.
    votes: Vec<Cast>,
    /// In the order in which they were said.
    comments: Vec<Said>,
    /// What was said under the texts, in either language.
    remarks: Vec<(&'a str, Language)>,
}

/// Something that happened, to be put in its place in the history.
enum Happened {
    Posted(usize),
    Owned(usize),
    Voted(usize),
    Commented(usize),
    /// The number of the answer, and its post.
    Answered(i64, usize),
    Asked(i64, usize, i32),
    Closed(i64, usize),
}

impl<'a> Load<'a> {
    fn imagine(tx: &Tx, texts: &'a [Post], size: Size) -> Self {
        let site = tx.site();
        let axis = Axis::new(&site, tx.now(), AGE + 1);
        let remarks = texts.iter().flat_map(|post| post.comments.iter().map(|comment| (comment.text.as_str(), post.language)));
        let mut load = Load {
            texts,
            site,
            axis,
            size,
            since: Vec::new(),
            posts: Vec::new(),
            votes: Vec::new(),
            comments: Vec::new(),
            remarks: remarks.collect(),
        };
        load.people();
        load.posts();
        load.answers();
        load.votes();
        load.comments();
        load
    }

    /// Since when people are here: one in twenty from the first day on, so that there is somebody to post and vote.
    fn people(&mut self) {
        let mut chance = Chance::of("load: people");
        let first = -i64::from(AGE) * DAY;
        let founders = self.size.people.div_ceil(20);
        self.since = (0..self.size.people)
            .map(|n| {
                if n < founders {
                    first + 6 * 3600
                } else {
                    chance.between(first, -DAY).div_euclid(DAY) * DAY + daytime(&mut chance)
                }
            })
            .collect();
    }

    fn posts(&mut self) {
        let mut chance = Chance::of("load: posts");
        let mut places: Vec<Place> =
            (0..self.size.posts).map(|_| -chance.between(0, i64::from(AGE)) * DAY + daytime(&mut chance)).collect();
        places.sort_unstable();
        for (n, place) in places.into_iter().enumerate() {
            let author = self.somebody(&mut chance, place);
            let age = -place.div_euclid(DAY);
            let neglected = NEGLECTED.0.contains(&age) && n.is_multiple_of(NEGLECTED.1);
            let (text, town) = (n % self.texts.len(), n / self.texts.len() + n);
            let posted = Posted { place, text, town, author, support: 0, oppose: 0, comments: 0, answers: Vec::new(), neglected };
            self.posts.push(posted);
        }
    }

    /// Somebody who was here by then.
    fn somebody(&self, chance: &mut Chance, place: Place) -> usize {
        let founders = self.size.people.div_ceil(20);
        (0..8)
            .map(|_| chance.place(self.size.people, 1.0))
            .find(|person| self.since[*person] < place)
            .unwrap_or_else(|| chance.place(founders, 1.0))
    }

    /// Three answers to most posts: a look at it, a plan, and what came of it; and one more to as many as make up the number.
    fn answers(&mut self) {
        let chains: Vec<usize> = (0..self.posts.len()).map(|n| [3, 2, 4][n % 3]).collect();
        let told = |load: &Self, chains: &[usize]| -> Vec<Vec<Answered>> {
            chains.iter().enumerate().map(|(n, length)| load.chain(n, *length)).collect()
        };
        let first = told(self, &chains);
        let (mut chains, mut count) = (chains, first.iter().map(Vec::len).sum::<usize>());
        let settled: Vec<usize> = (0..chains.len()).filter(|n| -self.posts[*n].place.div_euclid(DAY) > SETTLED).collect();
        for n in settled.iter().cycle().take(settled.len() * 3) {
            match count.cmp(&self.size.answers) {
                std::cmp::Ordering::Less if (3..6).contains(&chains[*n]) => (chains[*n], count) = (chains[*n] + 1, count + 1),
                std::cmp::Ordering::Greater if chains[*n] > 3 => (chains[*n], count) = (chains[*n] - 1, count - 1),
                std::cmp::Ordering::Equal => break,
                _ => {}
            }
        }
        for (post, answers) in told(self, &chains).into_iter().enumerate() {
            self.posts[post].answers = answers;
        }
    }

    /// The answers to a post, as far as their days have come. None of them is late.
    fn chain(&self, number: usize, length: usize) -> Vec<Answered> {
        let post = &self.posts[number];
        let mut chance = Chance::of(&format!("load: answers {number}"));
        let mut answers = Vec::new();
        if post.neglected {
            return answers;
        }
        let is_complaint = self.texts[post.text].kind == "complaint";
        let first = if is_complaint { 1 } else { chance.between(1, 5) };
        let mut day = post.place.div_euclid(DAY) + first;
        for nth in 0..length {
            if day > 0 {
                break;
            }
            let stage = match nth {
                0 => Stage::Review,
                1 if length == 2 => Stage::Declined,
                nth if nth + 1 == length => Stage::Delivered,
                1 => Stage::Planned,
                _ => Stage::Started,
            };
            let gap = match (is_complaint, nth) {
                (true, 0) => chance.between(1, 4),
                (true, _) => chance.between(1, 5),
                (false, 0) => chance.between(5, 19),
                (false, _) => chance.between(6, 20),
            };
            let place = day * DAY + chance.between(9 * 3600 + 2_400, 16 * 3600);
            let next = stage.owes_update().then(|| u32::try_from(gap).unwrap_or(1));
            answers.push(Answered { place, stage, next });
            day += gap;
        }
        answers
    }

    /// Who votes on what. The rank of a post has nothing to do with its age.
    fn votes(&mut self) {
        let mut chance = Chance::of("load: votes");
        let mut ranked: Vec<u32> = (0..u32::try_from(self.posts.len()).unwrap_or(u32::MAX)).collect();
        for n in (1..ranked.len()).rev() {
            ranked.swap(n, chance.place(n + 1, 1.0));
        }
        let popularity = Popularity::of(ranked);
        let drawn: Vec<f64> = (0..self.size.people).map(|_| (VOTES.0 + VOTES.1 * normal(&mut chance)).exp()).collect();
        let most = (self.posts.len() / 3).max(1);
        let mut votes = Vec::with_capacity(self.size.votes);
        for (person, count) in shares(&drawn, self.size.votes, most).into_iter().enumerate() {
            let mut taken = HashSet::with_capacity(count);
            while taken.len() < count {
                let post = popularity.draw(&mut chance);
                let posted = &self.posts[post as usize];
                if posted.author == person || !taken.insert(post) {
                    continue;
                }
                let can_oppose = self.texts[posted.text].kind != "complaint";
                let opposes = can_oppose && chance.percent(8);
                let start = posted.place.max(self.since[person]) + 60;
                let place = later(&mut chance, start);
                votes.push(Cast { place, post, person: u32::try_from(person).unwrap_or(0), opposes });
            }
        }
        votes.sort_unstable_by_key(|vote| (vote.post, vote.person));
        for vote in &votes {
            let post = &mut self.posts[vote.post as usize];
            *(if vote.opposes { &mut post.oppose } else { &mut post.support }) += 1;
        }
        self.votes = votes;

        for _ in 0..self.size.comments {
            let post = popularity.draw(&mut chance);
            let posted = &self.posts[post as usize];
            let start = posted.place + 60;
            let place = later(&mut chance, start);
            let person = self.somebody(&mut chance, place);
            let text = chance.place(self.remarks.len(), 1.0);
            let (person, text) = (u32::try_from(person).unwrap_or(0), u32::try_from(text).unwrap_or(0));
            self.comments.push(Said { place, post, person, text, parent: None });
        }
    }

    /// In their order, some as a reply to the last that was none.
    fn comments(&mut self) {
        let mut chance = Chance::of("load: replies");
        self.comments.sort_by_key(|comment| comment.place);
        let mut last: Vec<Option<i64>> = vec![None; self.posts.len()];
        for (number, comment) in (1..).zip(&mut self.comments) {
            let post = comment.post as usize;
            self.posts[post].comments += 1;
            comment.parent = last[post].filter(|_| chance.percent(30));
            if comment.parent.is_none() {
                last[post] = Some(number);
            }
        }
    }

    /// Writes it. Answers who signs in, and the secrets of the tokens.
    async fn write(&self, tx: &mut Tx) -> Result<(Vec<PersonId>, Vec<String>), Error> {
        let at = |place: Place| self.axis.at(place);
        let mut boards = Vec::new();
        for (slug, name, description) in BOARDS {
            let (slug, name, description) = (slug.to_owned(), name.to_owned(), description.to_owned());
            boards.push(board::create(tx, &NewBoard { slug, name, description, ..NewBoard::default() }).await?.id);
        }
        let people = self.write_people(tx).await?;
        let (staff, customers) = people.split_at(STAFF.len());
        let rows = (1..).zip(TAGS).map(|(n, tag)| vec![json!(n), tag.into(), tag.into(), true.into(), tag.into()]);
        archive::append(tx, "tags", &["id", "slug", "name", "offered", "key"], rows).await?;
        let statuses = status::list(tx.conn()).await?;
        let status = |stage: Stage| statuses.iter().find(|s| s.stage == stage).map_or(0, |s| s.id.0);

        // posts, with all that stands on them
        let owner = |post: &Posted| {
            let board = self.texts[post.text].board.as_str();
            let nth = STAFF.iter().position(|staff| staff.boards.contains(&board)).unwrap_or(1);
            (nth, staff[nth])
        };
        let board = |post: &Posted| {
            let slug = self.texts[post.text].board.as_str();
            let nth = BOARDS.iter().position(|(known, _, _)| *known == slug).unwrap_or(0);
            boards[nth]
        };
        let is_owned = |post: &Posted| post.place.div_euclid(DAY) < 0;
        let owned_at = |post: &Posted| (post.place.div_euclid(DAY) + 1) * DAY + 8 * 3600 + 40 * 60;
        let rows = self.posts.iter().enumerate().map(|(n, post)| {
            let text = &self.texts[post.text];
            let (title, created) = (self.title(post), at(post.place));
            let terms = self.site.terms(kind_of(text), &text.board);
            let last = post.answers.last();
            let stage = last.map_or(Stage::Received, |answer| answer.stage);
            let moment = |found: Option<&Answered>| found.map(|answer| at(answer.place));
            let entered = post.answers.iter().find(|answer| answer.stage == stage).map_or(created, |answer| at(answer.place));
            let first_due = clock::due(&self.site, created, terms.first_answer);
            let newcomer = at(self.since[post.author]) > created - Days::new(30);
            let trend = rank::trend(post.support, post.comments, created);
            vec![
                json!(n + 1),
                post::slug_of(&title).into(),
                text.kind.as_str().into(),
                title.into(),
                text.body.as_str().into(),
                markdown::markdown(&text.body).into(),
                markdown::excerpt(&text.body, 220).into(),
                text.language.tag().into(),
                board(post).0.into(),
                id(customers[post.author]),
                if is_owned(post) { id(owner(post).1) } else { Value::Null },
                status(stage).into(),
                stage.as_str().into(),
                time(entered),
                post.support.into(),
                post.oppose.into(),
                post.comments.into(),
                json!(trend),
                time(created),
                maybe(moment(post.answers.first())),
                if post.answers.is_empty() { Value::Null } else { time(first_due) },
                maybe(moment(post.answers.iter().find(|answer| answer.stage.is_decided()))),
                maybe(moment(post.answers.iter().rfind(|answer| answer.stage == Stage::Delivered))),
                newcomer.into(),
                post.support.into(),
                post.comments.into(),
            ]
        });
        let columns = [
            "id",
            "slug",
            "kind",
            "title",
            "body",
            "body_html",
            "excerpt",
            "language",
            "board_id",
            "author_id",
            "owner_id",
            "status_id",
            "stage",
            "stage_at",
            "support_count",
            "oppose_count",
            "comment_count",
            "trend",
            "created_at",
            "answered_at",
            "first_due_at",
            "decided_at",
            "delivered_at",
            "newcomer",
            "case_support",
            "case_comments",
        ];
        archive::append(tx, "posts", &columns, rows).await?;
        let rows = self.posts.iter().enumerate().map(|(n, post)| {
            let body = self.texts[post.text].body.as_str();
            vec![json!(n + 1), 1.into(), self.title(post).into(), body.into(), id(customers[post.author]), time(at(post.place))]
        });
        archive::append(tx, "post_versions", &["post_id", "number", "title", "body", "editor_id", "created_at"], rows).await?;
        let rows = (0..self.posts.len()).flat_map(|n| {
            let tags: &[usize] = match n % 4 {
                0 => &[1],
                1 | 2 => &[1, 7],
                _ => &[],
            };
            tags.iter().map(move |step| vec![json!(n + 1), json!(n * step / 3 % TAGS.len() + 1)])
        });
        archive::append(tx, "post_tags", &["post_id", "tag_id"], distinct(rows)).await?;
        let rows = self
            .posts
            .iter()
            .enumerate()
            .filter(|(_, post)| is_owned(post))
            .map(|(n, post)| vec![json!(n + 1), id(owner(post).1), id(staff[0]), time(at(owned_at(post)))]);
        archive::append(tx, "owners", &["post_id", "person_id", "by_id", "created_at"], rows).await?;

        // what was said
        let rows = self.votes.iter().map(|vote| {
            let person = id(customers[vote.person as usize]);
            let (stance, reason) = if vote.opposes { ("oppose", AGAINST.into()) } else { ("support", Value::Null) };
            vec![json!(vote.post + 1), person, stance.into(), reason, false.into(), time(at(vote.place))]
        });
        archive::append(tx, "votes", &["post_id", "person_id", "stance", "reason", "imported", "created_at"], rows).await?;
        let rendered: Vec<String> = self.remarks.iter().map(|(text, _)| markdown::markdown(text)).collect();
        let rows = (1..).zip(&self.comments).map(|(n, comment)| {
            let text = comment.text as usize;
            let (body, language) = self.remarks[text];
            vec![
                json!(n),
                json!(comment.post + 1),
                comment.parent.into(),
                id(customers[comment.person as usize]),
                body.into(),
                rendered[text].as_str().into(),
                language.tag().into(),
                time(at(comment.place)),
            ]
        });
        let columns = ["id", "post_id", "parent_id", "author_id", "body", "body_html", "language", "created_at"];
        archive::append(tx, "comments", &columns, rows).await?;

        // what was answered, in the order of its time
        let mut order: Vec<(Place, usize, usize)> = Vec::new();
        for (post, posted) in self.posts.iter().enumerate() {
            order.extend(posted.answers.iter().enumerate().map(|(nth, answer)| (answer.place, post, nth)));
        }
        order.sort_unstable();
        let rows = (1..)
            .zip(&order)
            .map(|(n, (_, number, nth))| self.answer_row(n, *number, *nth, id(owner(&self.posts[*number]).1), &status));
        let columns = [
            "id",
            "post_id",
            "author_id",
            "from_status_id",
            "status_id",
            "what",
            "what_html",
            "who",
            "next_update_on",
            "reason_class",
            "final",
            "language",
            "due_at",
            "created_at",
        ];
        archive::append(tx, "answers", &columns, rows).await?;
        let mut clocks: Vec<(DateTime<Utc>, Row)> = Vec::new();
        for (n, post) in self.posts.iter().enumerate() {
            self.clocks_of(n, post, &mut clocks);
        }
        clocks.sort_by_key(|(started, _)| *started);
        archive::append(
            tx,
            "clocks",
            &["post_id", "name", "started_at", "due_at", "ended_at"],
            clocks.into_iter().map(|(_, row)| row),
        )
        .await?;

        // what followed from it, and the history of all
        let mut history: Vec<(DateTime<Utc>, Happened)> =
            Vec::with_capacity(self.votes.len() + self.comments.len() + 4 * self.posts.len());
        let (mut checks, mut asks): (Vec<Row>, Vec<Row>) = (Vec::new(), Vec::new());
        for (n, post) in self.posts.iter().enumerate() {
            history.push((at(post.place), Happened::Posted(n)));
            if is_owned(post) {
                history.push((at(owned_at(post)), Happened::Owned(n)));
            }
        }
        for (n, (place, number, nth)) in (1_i64..).zip(&order) {
            history.push((at(*place), Happened::Answered(n, *number)));
            let post = &self.posts[*number];
            if post.answers[*nth].stage == Stage::Delivered {
                let (delivered, now) = (at(*place), tx.now());
                let author = customers[post.author];
                let closes = delivered + CLOSES_AFTER;
                let again = (self.texts[post.text].kind == "complaint").then(|| delivered + ASKS_AGAIN_AFTER);
                let (closed, asked_again) = (Some(closes).filter(|at| *at <= now), again.filter(|at| *at <= now));
                checks.push(vec![
                    n.into(),
                    json!(number + 1),
                    time(closes),
                    maybe(closed),
                    closed.map(|_| "unconfirmed").into(),
                    closed.map(|_| 0).into(),
                    closed.map(|_| 0).into(),
                    maybe(again),
                    maybe(asked_again),
                ]);
                asks.push(vec![json!(number + 1), n.into(), id(author), 1.into(), true.into(), time(delivered)]);
                history.push((delivered, Happened::Asked(n, *number, 1)));
                if let Some(closed) = closed {
                    history.push((closed, Happened::Closed(n, *number)));
                }
                if let Some(again) = asked_again {
                    asks.push(vec![json!(number + 1), n.into(), id(author), 2.into(), true.into(), time(again)]);
                    history.push((again, Happened::Asked(n, *number, 2)));
                }
            }
        }
        let columns = [
            "answer_id",
            "post_id",
            "closes_at",
            "closed_at",
            "outcome",
            "yes_count",
            "said_count",
            "asks_again_at",
            "asked_again_at",
        ];
        archive::append(tx, "checks", &columns, checks.into_iter()).await?;
        archive::append(tx, "asks", &["post_id", "answer_id", "person_id", "round", "author", "created_at"], asks.into_iter())
            .await?;
        history.extend(self.votes.iter().enumerate().map(|(n, vote)| (at(vote.place), Happened::Voted(n))));
        history.extend(self.comments.iter().enumerate().map(|(n, comment)| (at(comment.place), Happened::Commented(n))));
        // what happened at one moment stays in the order in which it was told
        history.sort_by_key(|(at, _)| *at);
        let events = history.iter().map(|(at, happened)| {
            let (post, kind, actor) = match happened {
                Happened::Posted(n) => (*n, Kind::PostSubmitted, Some((customers[self.posts[*n].author], Role::Member))),
                Happened::Owned(n) => (*n, Kind::OwnerSet { person: owner(&self.posts[*n]).1 }, Some((staff[0], STAFF[0].role))),
                Happened::Voted(n) => {
                    let vote = &self.votes[*n];
                    let stance = if vote.opposes { Stance::Oppose } else { Stance::Support };
                    (vote.post as usize, Kind::VoteCast { stance }, Some((customers[vote.person as usize], Role::Member)))
                }
                Happened::Commented(n) => {
                    let comment = &self.comments[*n];
                    let number = CommentId(i64::try_from(*n).unwrap_or(0) + 1);
                    let kind = Kind::CommentPosted { comment: number, parent: comment.parent.map(CommentId) };
                    (comment.post as usize, kind, Some((customers[comment.person as usize], Role::Member)))
                }
                Happened::Answered(answer, post) => {
                    let (nth, by) = owner(&self.posts[*post]);
                    (*post, Kind::AnswerPublished { answer: AnswerId(*answer) }, Some((by, STAFF[nth].role)))
                }
                Happened::Asked(answer, post, round) => {
                    let by = owner(&self.posts[*post]);
                    let actor = (*round == 1).then_some((by.1, STAFF[by.0].role));
                    (*post, Kind::CustomersAsked { answer: AnswerId(*answer), round: *round }, actor)
                }
                Happened::Closed(answer, post) => {
                    let kind = Kind::CheckClosed { answer: AnswerId(*answer), outcome: forum::confirm::Outcome::Unconfirmed };
                    (*post, kind, None)
                }
            };
            event_row(*at, post, board(&self.posts[post]), kind, actor)
        });
        let columns = ["kind", "subject", "subject_id", "actor_id", "role", "post_id", "board_id", "data", "created_at"];
        archive::append(tx, "events", &columns, events).await?;

        let mut secrets = Vec::new();
        let every = (customers.len() / self.size.tokens.max(1)).max(1);
        for person in customers.iter().skip(1).step_by(every).take(self.size.tokens) {
            let account = person::by_id(tx.conn(), *person).await?.ok_or(Error::NotFound)?;
            let (_, secret) = token::create(tx, &account, "load", &["write".to_owned()], 365).await?;
            secrets.push(secret.reveal().to_owned());
        }
        // the customer of the sign-ins is the first that there is
        let signs_in = |name: &str| STAFF.iter().position(|staff| staff.name == name).unwrap_or(STAFF.len());
        Ok((SIGN_INS.iter().map(|(_, _, name)| people[signs_in(name)]).collect(), secrets))
    }

    /// The staff, and after them the customers.
    async fn write_people(&self, tx: &mut Tx) -> Result<Vec<PersonId>, Error> {
        let first = self.axis.at(-i64::from(AGE) * DAY + 5 * 3600);
        let known = people::customers();
        let part = |n: usize, last: bool| {
            let name = known[n % known.len()].name.as_str();
            let (start, end) = name.split_once(' ').unwrap_or((name, name));
            if last { end } else { start }
        };
        let staff = STAFF.iter().enumerate().map(|(n, staff)| Arrival {
            from: format!("load:staff:{}", n + 1),
            name: staff.name.to_owned(),
            title: Some(staff.title.to_owned()),
            role: staff.role,
            language: None,
            at: first,
        });
        let customers = self.since.iter().enumerate().map(|(n, since)| Arrival {
            from: format!("load:customer:{}", n + 1),
            name: format!("{} {}", part(n, false), part(n * 31 + n / known.len(), true)),
            title: None,
            role: Role::Member,
            language: Some(known[n % known.len()].language),
            at: self.axis.at(*since),
        });
        let arrivals: Vec<Arrival> = staff.chain(customers).collect();
        Ok(person::import(tx, &arrivals).await?.into_iter().map(|(id, _)| id).collect())
    }

    fn title(&self, post: &Posted) -> String {
        let place = TOWNS[post.town % TOWNS.len()];
        let room = post::TITLE_MAX - place.chars().count() - 2;
        format!("{}, {place}", text::cut_at_word(&self.texts[post.text].title, room))
    }

    fn answer_row(&self, number: i64, post: usize, nth: usize, owner: Value, status: &impl Fn(Stage) -> i64) -> Row {
        let posted = &self.posts[post];
        let (text, answer) = (&self.texts[posted.text], &posted.answers[nth]);
        let before = nth.checked_sub(1).and_then(|before| posted.answers.get(before));
        let terms = self.site.terms(kind_of(text), &text.board);
        let due = match before {
            None => Some(clock::due(&self.site, self.axis.at(posted.place), terms.first_answer)),
            Some(before) => self.promised(before).map(|day| clock::end_of_day(self.site.time_zone, day)),
        };
        let declined = answer.stage == Stage::Declined;
        let what = words(answer.stage, text.language);
        vec![
            number.into(),
            json!(post + 1),
            owner,
            status(before.map_or(Stage::Received, |before| before.stage)).into(),
            status(answer.stage).into(),
            what.into(),
            markdown::markdown(what).into(),
            STAFF.iter().find(|staff| staff.boards.contains(&text.board.as_str())).map_or("Femke", |staff| staff.name).into(),
            self.promised(answer).map(|day| day.to_string()).into(),
            declined.then_some("infeasible").into(),
            declined.into(),
            text.language.tag().into(),
            maybe(due),
            time(self.axis.at(answer.place)),
        ]
    }

    /// The day by which the next word was promised.
    fn promised(&self, answer: &Answered) -> Option<chrono::NaiveDate> {
        let day = self.axis.day(answer.place);
        answer.next.map(|days| self.site.calendar().nth_working_day_after(day, days))
    }

    fn clocks_of(&self, number: usize, post: &Posted, clocks: &mut Vec<(DateTime<Utc>, Row)>) {
        let text = &self.texts[post.text];
        let terms = self.site.terms(kind_of(text), &text.board);
        let created = self.axis.at(post.place);
        let mut start = |name: &str, from: DateTime<Utc>, due: DateTime<Utc>, ended: Option<&Answered>| {
            let ended = ended.map(|answer| self.axis.at(answer.place));
            clocks.push((from, vec![json!(number + 1), name.into(), time(from), time(due), maybe(ended)]));
        };
        start("first_answer", created, clock::due(&self.site, created, terms.first_answer), post.answers.first());
        let decided = post.answers.iter().find(|answer| answer.stage.is_decided());
        start("decision", created, clock::due(&self.site, created, terms.decision), decided);
        for (nth, answer) in post.answers.iter().enumerate() {
            if let Some(day) = self.promised(answer) {
                let due = clock::end_of_day(self.site.time_zone, day);
                start("next_update", self.axis.at(answer.place), due, post.answers.get(nth + 1));
            }
        }
    }
}

fn event_row(at: DateTime<Utc>, post: usize, board: BoardId, kind: Kind, actor: Option<(PersonId, Role)>) -> Row {
    let number = PostId(i64::try_from(post).unwrap_or(0) + 1);
    let event = Event {
        id: EventId(0),
        actor: actor.map(|(who, _)| who),
        role: actor.map(|(_, role)| role),
        at,
        post: Some(number),
        board: Some(board),
        kind,
        rule: None,
        reason: None,
    };
    let (subject, of) = event.columns();
    vec![
        event.kind.name().into(),
        subject.into(),
        of.into(),
        event.actor.map_or(Value::Null, id),
        event.role.map(Role::as_str).into(),
        number.0.into(),
        board.0.into(),
        serde_json::to_string(&event.kind).unwrap_or_default().into(),
        time(at),
    ]
}

/// Posts by their rank, to be drawn.
struct Popularity {
    ranked: Vec<u32>,
    /// Up to each rank, the sum of all weights.
    sums: Vec<f64>,
}

impl Popularity {
    fn of(ranked: Vec<u32>) -> Self {
        let mut sum = 0.0;
        let sums = (1..=ranked.len())
            .map(|rank| {
                sum += (rank as f64 + ZIPF.1).powf(-ZIPF.0);
                sum
            })
            .collect();
        Self { ranked, sums }
    }

    fn draw(&self, chance: &mut Chance) -> u32 {
        let at = chance.unit() * self.sums.last().copied().unwrap_or(0.0);
        let rank = self.sums.partition_point(|sum| *sum <= at).min(self.ranked.len().saturating_sub(1));
        self.ranked[rank]
    }
}

/// What was drawn, as whole numbers that come to a total: in the same proportion, as far as none is much above a limit.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "counts that are neither large nor negative")]
fn shares(drawn: &[f64], total: usize, most: usize) -> Vec<usize> {
    let share = |drawn: f64, factor: f64| (drawn * factor).min(most as f64);
    let come_to = |factor: f64| drawn.iter().map(|drawn| share(*drawn, factor)).sum::<f64>();
    // halved until it is found: the more that is capped, the more the others have
    let (mut low, mut high) = (0.0, 1_000.0);
    for _ in 0..100 {
        let middle = f64::midpoint(low, high);
        *(if come_to(middle) < total as f64 { &mut low } else { &mut high }) = middle;
    }
    let (mut sum, mut given) = (0.0, 0_usize);
    let mut shares: Vec<usize> = drawn
        .iter()
        .map(|drawn| {
            sum += share(*drawn, high);
            let count = (sum.round() as usize).saturating_sub(given);
            given += count;
            count
        })
        .collect();
    // what rounding left, where even the limit leaves too few
    if let Some(last) = shares.last_mut() {
        *last += total.saturating_sub(given).min(most);
    }
    shares
}

/// A number of the standard normal distribution (G. Box, M. Muller 1958).
fn normal(chance: &mut Chance) -> f64 {
    let (a, b) = (1.0 - chance.unit(), chance.unit());
    (-2.0 * a.ln()).sqrt() * (std::f64::consts::TAU * b).cos()
}

/// Some time of the day at which people write.
fn daytime(chance: &mut Chance) -> i64 {
    chance.between(7 * 3600, 23 * 3600)
}

/// Some time after a place: soon, more often than late.
#[expect(clippy::cast_possible_truncation, reason = "seconds of five years")]
fn later(chance: &mut Chance, start: Place) -> Place {
    let start = start.min(END);
    let room = (END - start) as f64;
    let place = start + (room * chance.unit().powi(4)) as i64;
    // nobody writes at night
    let time = place.rem_euclid(DAY).clamp(6 * 3600 + 600, END);
    (place.div_euclid(DAY) * DAY + time).clamp(start, END)
}

fn kind_of(text: &Post) -> post::Kind {
    post::Kind::parse(&text.kind).unwrap_or(post::Kind::Idea)
}

fn id(person: PersonId) -> Value {
    person.0.to_string().into()
}

fn time(at: DateTime<Utc>) -> Value {
    at.to_rfc3339_opts(chrono::SecondsFormat::Micros, true).into()
}

fn maybe(at: Option<DateTime<Utc>>) -> Value {
    at.map_or(Value::Null, time)
}

/// Rows that are not the same as the one before.
fn distinct(rows: impl Iterator<Item = Row>) -> impl Iterator<Item = Row> {
    let mut before = Row::new();
    rows.filter(move |row| std::mem::replace(&mut before, row.clone()) != *row)
}

/// Why people are against something.
const AGAINST: &str = "It would cost all of us more than it helps a few.";

/// What the company says, at least 80 characters where it refuses.
fn words(stage: Stage, language: Language) -> &'static str {
    let (english, dutch) = match stage {
        Stage::Review => {
            ("We are looking into this with the people who build it.", "We zoeken dit uit met de mensen die het maken.")
        }
        Stage::Planned => {
            ("We will do this. It is on the plan of this quarter.", "We gaan dit doen. Het staat in het plan van dit kwartaal.")
        }
        Stage::Started => ("We are at it, and it goes well.", "We zijn ermee bezig, en het gaat goed."),
        Stage::Delivered => ("It is there. Tell us whether it helps.", "Het is er. Laat ons weten of het helpt."),
        _ => (
            "We looked at it closely, and it can't be done without making things worse for most of those who use it today.",
            "We hebben er goed naar gekeken, en het kan niet zonder het slechter te maken voor de meesten die het nu gebruiken.",
        ),
    };
    if language == Language::Nl { dutch } else { english }
}

/// Where people live: what tells apart posts on one matter.
const TOWNS: [&str; 73] = [
    "Alkmaar",
    "Almelo",
    "Almere",
    "Amersfoort",
    "Amstelveen",
    "Amsterdam",
    "Apeldoorn",
    "Arnhem",
    "Assen",
    "Bergen op Zoom",
    "Breda",
    "Bussum",
    "Capelle",
    "Delft",
    "Den Bosch",
    "Den Haag",
    "Den Helder",
    "Deventer",
    "Doetinchem",
    "Dordrecht",
    "Drachten",
    "Ede",
    "Eindhoven",
    "Emmen",
    "Enkhuizen",
    "Enschede",
    "Gouda",
    "Groningen",
    "Haarlem",
    "Harderwijk",
    "Harlingen",
    "Heerenveen",
    "Heerlen",
    "Helmond",
    "Hengelo",
    "Hilversum",
    "Hoorn",
    "Kampen",
    "Katwijk",
    "Leeuwarden",
    "Leiden",
    "Lelystad",
    "Maastricht",
    "Meppel",
    "Middelburg",
    "Naarden",
    "Nijmegen",
    "Oss",
    "Purmerend",
    "Roermond",
    "Roosendaal",
    "Rotterdam",
    "Schiedam",
    "Sittard",
    "Sneek",
    "Steenwijk",
    "Terneuzen",
    "Texel",
    "Tiel",
    "Tilburg",
    "Utrecht",
    "Veendam",
    "Venlo",
    "Vlaardingen",
    "Vlissingen",
    "Wageningen",
    "Weert",
    "Winterswijk",
    "Woerden",
    "Zaandam",
    "Zeist",
    "Zutphen",
    "Zwolle",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_come_to_the_total_and_stay_in_proportion() {
        let mut chance = Chance::of("shares");
        let drawn: Vec<f64> = (0..10_000).map(|_| (VOTES.0 + VOTES.1 * normal(&mut chance)).exp()).collect();
        let logs: Vec<f64> = drawn.iter().map(|drawn| drawn.ln()).collect();
        let mean = logs.iter().sum::<f64>() / logs.len() as f64;
        let deviation = (logs.iter().map(|log| (log - mean).powi(2)).sum::<f64>() / logs.len() as f64).sqrt();
        assert!((mean - VOTES.0).abs() < 0.05 && (deviation - VOTES.1).abs() < 0.05, "{mean} ± {deviation}");
        let shares = shares(&drawn, 140_000, 500);
        assert_eq!(shares.iter().sum::<usize>(), 140_000);
        assert!(shares.iter().all(|share| *share <= 501));
        let mut sorted = shares.clone();
        sorted.sort_unstable();
        assert!((3..=5).contains(&sorted[5_000]), "half of them cast {} or fewer", sorted[5_000]);
    }

    #[test]
    fn posts_are_drawn_by_their_rank() {
        let mut chance = Chance::of("ranks");
        let popularity = Popularity::of((0..1_000).collect());
        let mut counts = vec![0_f64; 1_000];
        for _ in 0..400_000 {
            counts[popularity.draw(&mut chance) as usize] += 1.0;
        }
        let whole = popularity.sums[999];
        for rank in [1, 2, 5, 10, 50, 200, 1_000_usize] {
            let expected = 400_000.0 * (rank as f64 + ZIPF.1).powf(-ZIPF.0) / whole;
            assert!(
                (counts[rank - 1] - expected).abs() < 5.0 * expected.sqrt(),
                "rank {rank}: {} for {expected}",
                counts[rank - 1]
            );
        }
    }
}
