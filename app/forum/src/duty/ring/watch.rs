//! Looks for groups that vote as one, a little at a time: at those who voted on what was voted on since the last look.

use std::collections::{BTreeMap, BTreeSet};

use sea_orm::{ConnectionTrait, FromQueryResult};

use super::{
    Outcome,
    detect::{self, Group, Voter},
};
use crate::{
    Error, Forum, Result, Tx,
    actor::Actor,
    db::{Sql, all, exec, number, values},
    event::Kind,
    id::{PersonId, PostId, RingId},
    trace,
};

/// Events that are looked through at once.
const EVENTS: u64 = 5000;
/// Posts that are looked at at once.
const POSTS: usize = 50;
/// People whose votes are looked at at once.
const PEOPLE: usize = 3000;
/// Votes of theirs that are looked at at once.
const VOTES: usize = 60_000;
/// Places of one statement.
const PLACES: usize = 500;

/// What was looked at: the voters with who they are, and how many accounts of the forum come from each of their networks.
#[derive(Default)]
struct Scene {
    people: Vec<PersonId>,
    voters: Vec<Voter>,
    on_network: BTreeMap<i64, usize>,
}

/// Looks at what was voted on since the last look; answers how many groups are new. What one call looks at has a bound.
///
/// # Errors
/// When the database does not answer.
pub async fn run(forum: &Forum) -> Result<usize> {
    let db = forum.read();
    let before = number(db, "SELECT checked_to AS n FROM ring_watch WHERE id = 1", []).await?.unwrap_or(0);
    let sql = format!("SELECT COALESCE(MAX(id), 0) AS n FROM (SELECT id FROM events WHERE id > $1 ORDER BY id LIMIT {EVENTS}) e");
    let Some(last) = number(db, &sql, values![before]).await?.filter(|last| *last > before) else { return Ok(0) };
    let (posts, last) = voted_on(db, before, last).await?;
    let scene = scene(forum, &posts).await?;
    let scene = tokio::task::spawn_blocking(move || {
        let groups = detect::groups(&scene.voters, &scene.on_network);
        (scene, groups)
    });
    let (scene, groups) = scene.await.map_err(Error::internal)?;
    let note = async |tx: &mut Tx| {
        // another instance may have looked meanwhile
        let sql = "UPDATE ring_watch SET checked_to = $2 WHERE id = 1 AND checked_to = $1";
        if exec(tx.conn(), sql, values![before, last]).await? == 0 {
            return Ok(0);
        }
        let mut new = 0;
        for group in &groups {
            new += usize::from(note(tx, &scene, group).await?);
        }
        Ok(new)
    };
    // where nothing was found nothing shows
    if groups.is_empty() { forum.write_aside(&Actor::System, note).await } else { forum.write(&Actor::System, note).await }
}

/// Which posts were voted on in a stretch of the history, and how far that was looked through.
async fn voted_on(db: &impl ConnectionTrait, after: i64, last: i64) -> Result<(Vec<PostId>, i64)> {
    #[derive(FromQueryResult)]
    struct Cast {
        id: i64,
        post_id: PostId,
    }
    let sql =
        "SELECT id, post_id FROM events WHERE id > $1 AND id <= $2 AND kind = 'vote_cast' AND post_id IS NOT NULL ORDER BY id";
    let mut posts = BTreeSet::new();
    for cast in all::<Cast>(db, sql, values![after, last]).await? {
        if posts.len() == POSTS && !posts.contains(&cast.post_id) {
            return Ok((posts.into_iter().collect(), cast.id - 1));
        }
        posts.insert(cast.post_id);
    }
    Ok((posts.into_iter().collect(), last))
}

/// Who voted on these posts lately, with all that is looked at of them. The staff is no ring.
async fn scene(forum: &Forum, posts: &[PostId]) -> Result<Scene> {
    #[derive(FromQueryResult)]
    struct Who {
        id: PersonId,
        made: chrono::DateTime<chrono::Utc>,
    }
    #[derive(FromQueryResult)]
    struct Cast {
        post_id: PostId,
        person_id: PersonId,
        opposes: bool,
        created_at: chrono::DateTime<chrono::Utc>,
    }
    #[derive(FromQueryResult)]
    struct Network {
        person_id: PersonId,
        network: i64,
    }
    #[derive(FromQueryResult)]
    struct Device {
        person_id: PersonId,
        secret_hash: String,
    }
    #[derive(FromQueryResult)]
    struct Size {
        network: i64,
        n: i64,
    }
    let (db, since) = (forum.read(), forum.now() - trace::KEPT);
    let mut scene = Scene::default();
    if posts.is_empty() {
        return Ok(scene);
    }
    let mut sql = Sql::new(
        "SELECT p.id, p.created_at AS made FROM persons p WHERE p.role = 'member' AND p.id IN (SELECT v.person_id FROM votes v
            WHERE NOT v.imported AND v.excluded_by IS NULL AND v.created_at > ",
    );
    sql.bind(since).push(" AND v.post_id IN ").bind_list(posts.iter().copied());
    sql.push(") AND (EXISTS (SELECT 1 FROM traces t WHERE t.person_id = p.id) OR EXISTS (SELECT 1 FROM devices d WHERE d.person_id = p.id))");
    sql.push(&format!(" ORDER BY p.created_at DESC, p.id LIMIT {PEOPLE}"));
    let mut places: BTreeMap<PersonId, usize> = BTreeMap::new();
    for who in all::<Who>(db, &sql.text, sql.values).await? {
        places.insert(who.id, scene.people.len());
        scene.people.push(who.id);
        scene.voters.push(Voter { made: who.made.timestamp(), ..Voter::default() });
    }
    let mut votes = 0;
    for people in scene.people.clone().chunks(PLACES) {
        let mut sql = Sql::new(
            "SELECT post_id, person_id, stance = 'oppose' AS opposes, created_at FROM votes WHERE NOT imported AND excluded_by IS NULL AND created_at > ",
        );
        sql.bind(since).push(" AND person_id IN ").bind_list(people.iter().copied());
        sql.push(&format!(" LIMIT {}", VOTES.saturating_sub(votes)));
        for cast in all::<Cast>(db, &sql.text, sql.values).await? {
            votes += 1;
            if let Some(place) = places.get(&cast.person_id) {
                // for and against one post are two things to vote alike on
                scene.voters[*place].votes.insert(cast.post_id.0 * 2 + i64::from(cast.opposes), cast.created_at.timestamp());
            }
        }
        let mut sql = Sql::new("SELECT person_id, network FROM traces WHERE seen_at > ");
        sql.bind(since).push(" AND person_id IN ").bind_list(people.iter().copied());
        for trace in all::<Network>(db, &sql.text, sql.values).await? {
            if let Some(place) = places.get(&trace.person_id) {
                scene.voters[*place].networks.push(trace.network);
                scene.on_network.insert(trace.network, 0);
            }
        }
        let mut sql = Sql::new("SELECT person_id, secret_hash FROM devices WHERE created_at > ");
        sql.bind(since).push(" AND person_id IN ").bind_list(people.iter().copied());
        for device in all::<Device>(db, &sql.text, sql.values).await? {
            if let Some(place) = places.get(&device.person_id) {
                scene.voters[*place].devices.push(short(&device.secret_hash));
            }
        }
    }
    let networks: Vec<i64> = scene.on_network.keys().copied().collect();
    for networks in networks.chunks(PLACES) {
        let mut sql = Sql::new("SELECT network, COUNT(*) AS n FROM traces WHERE network IN ");
        sql.bind_list(networks.iter().copied()).push(" GROUP BY network");
        for size in all::<Size>(db, &sql.text, sql.values).await? {
            scene.on_network.insert(size.network, usize::try_from(size.n).unwrap_or(usize::MAX));
        }
    }
    Ok(scene)
}

/// The start of a digest, which tells devices apart as well as all of it.
fn short(hash: &str) -> i64 {
    i64::from_str_radix(hash.get(..15).unwrap_or_default(), 16).unwrap_or(0)
}

/// Writes a group down, unless it is known; answers whether it is new.
async fn note(tx: &mut Tx, scene: &Scene, group: &Group) -> Result<bool> {
    #[derive(FromQueryResult)]
    struct Known {
        ring_id: RingId,
        outcome: Option<Outcome>,
        shared: i64,
        members: i64,
    }
    let people: Vec<PersonId> = group.members.iter().map(|place| scene.people[*place]).collect();
    let mut sql = Sql::new(
        "SELECT m.ring_id, r.outcome, COUNT(*) AS shared, (SELECT COUNT(*) FROM ring_members a WHERE a.ring_id = m.ring_id) AS members
         FROM ring_members m JOIN rings r ON r.id = m.ring_id WHERE m.person_id IN ",
    );
    sql.bind_list(people.iter().copied()).push(" GROUP BY m.ring_id, r.outcome ORDER BY m.ring_id DESC");
    let size = i64::try_from(people.len()).unwrap_or(i64::MAX);
    let known = all::<Known>(tx.conn(), &sql.text, sql.values).await?.into_iter().find(|known| known.shared * 2 >= size);
    match known {
        Some(known) if known.outcome.is_none() => {
            put(tx, known.ring_id, scene, group, &people).await?;
            return Ok(false);
        }
        // what was looked at is looked at again only when it has become another thing
        Some(known) if known.outcome == Some(Outcome::Dismissed) && size * 2 < known.members * 3 => return Ok(false),
        _ => {}
    }
    let signs = group.signs;
    let id = number(
        tx.conn(),
        "INSERT INTO rings (found_at, alike, devices, networks, made, at_once) VALUES ($1, $2, $3, $4, $5, $6) RETURNING id AS n",
        values![tx.now(), signs.alike, signs.devices, signs.networks, signs.made, signs.at_once],
    )
    .await?;
    let id = RingId(id.ok_or_else(|| Error::internal("no ring came back"))?);
    put(tx, id, scene, group, &people).await?;
    Ok(true)
}

/// Writes down who is in a group and what it votes on; each post that is new among them gets its note.
async fn put(tx: &mut Tx, id: RingId, scene: &Scene, group: &Group, people: &[PersonId]) -> Result<()> {
    for person in people {
        let sql = "INSERT INTO ring_members (ring_id, person_id) VALUES ($1, $2) ON CONFLICT DO NOTHING";
        exec(tx.conn(), sql, values![id, *person]).await?;
    }
    for thing in &group.posts {
        let post = PostId(thing / 2);
        let votes = group.members.iter().filter(|place| scene.voters[**place].votes.contains_key(thing)).count();
        let sql = "INSERT INTO ring_posts (ring_id, post_id, votes) VALUES ($1, $2, $3)
                   ON CONFLICT (ring_id, post_id) DO UPDATE SET votes = excluded.votes WHERE ring_posts.votes < excluded.votes";
        let known = "SELECT COUNT(*) AS n FROM ring_posts WHERE ring_id = $1 AND post_id = $2";
        let is_new = number(tx.conn(), known, values![id, post]).await?.unwrap_or(0) == 0;
        exec(tx.conn(), sql, values![id, post, i64::try_from(votes).unwrap_or(i64::MAX)]).await?;
        if is_new {
            tx.happened(Some(post), Kind::VotesDoubted { ring: id });
        }
    }
    Ok(())
}
