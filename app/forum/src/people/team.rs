//! Who is there for what: teams, who is away, and who answers for a board on each level.

use chrono::NaiveDate;
use sea_orm::{ConnectionTrait, FromQueryResult};
use serde::Serialize;

use crate::{
    Error, Result, Tx,
    actor::{Actor, Me, Role},
    db::{Sql, all, exec, number, one, values},
    error::{Check, Problem},
    id::{BoardId, PersonId},
    person, text,
};

/// Staff people who share boards.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, FromQueryResult)]
pub struct Team {
    /// Its number, for us.
    #[serde(skip)]
    pub id: i64,
    /// Its name in the API.
    pub slug: String,
    /// Its name for people.
    pub name: String,
}

/// Who answers for a board on a level.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct Desk {
    /// Its number.
    pub id: i64,
    /// Which board; none means every board without a desk of its own on that level.
    pub board_id: Option<BoardId>,
    /// 1 desk, 2 lead, 3 director.
    pub level: i32,
    /// A named person.
    pub person_id: Option<PersonId>,
    /// Or a team, whose members take turns.
    pub team_id: Option<i64>,
}

/// Days on which somebody is away.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct Absence {
    /// Its number.
    pub id: i64,
    /// Who.
    pub person_id: PersonId,
    /// From this day on.
    pub first_day: NaiveDate,
    /// Up to this day, it included.
    pub last_day: NaiveDate,
}

/// Who may read who is there for what: the staff.
///
/// # Errors
/// As [`Actor::staff`].
pub fn may_read(actor: &Actor) -> Result<&Me> {
    actor.staff()
}

/// Who may say who is there for what: admins.
///
/// # Errors
/// As [`Actor::admin`].
pub fn may_arrange(actor: &Actor) -> Result<()> {
    actor.admin()
}

/// All teams, by name.
pub async fn list(db: &impl ConnectionTrait) -> Result<Vec<Team>> {
    all(db, "SELECT id, slug, name FROM teams ORDER BY lower(name), id", []).await
}

/// The team of that slug.
pub async fn by_slug(db: &impl ConnectionTrait, slug: &str) -> Result<Option<Team>> {
    one(db, "SELECT id, slug, name FROM teams WHERE slug = $1", values![slug]).await
}

/// Who is in which team.
pub async fn members(db: &impl ConnectionTrait) -> Result<Vec<(i64, PersonId)>> {
    #[derive(FromQueryResult)]
    struct Row {
        team_id: i64,
        person_id: PersonId,
    }
    let sql = "SELECT m.team_id, m.person_id FROM team_members m JOIN persons p ON p.id = m.person_id ORDER BY p.name, p.id";
    Ok(all::<Row>(db, sql, []).await?.into_iter().map(|row| (row.team_id, row.person_id)).collect())
}

/// All rules of assignment.
pub async fn desks(db: &impl ConnectionTrait) -> Result<Vec<Desk>> {
    all(db, "SELECT id, board_id, level, person_id, team_id FROM desks ORDER BY level, id", []).await
}

/// Absences that are not over on that day.
pub async fn absences(db: &impl ConnectionTrait, today: NaiveDate) -> Result<Vec<Absence>> {
    let sql = "SELECT id, person_id, first_day, last_day FROM absences WHERE last_day >= $1 ORDER BY first_day, id";
    all(db, sql, values![today]).await
}

/// Somebody who could be given a post.
#[derive(Debug, Clone, FromQueryResult)]
struct Candidate {
    id: PersonId,
    away: bool,
}

/// Those who answer for a board on a level, the one whose turn it is first: who is there before who is away, then whoever got
/// something longest ago.
async fn candidates(db: &impl ConnectionTrait, board: BoardId, level: i32, today: NaiveDate) -> Result<Vec<Candidate>> {
    let desk = one::<Desk>(
        db,
        "SELECT id, board_id, level, person_id, team_id FROM desks WHERE level = $1 AND (board_id = $2 OR board_id IS NULL)
         ORDER BY CASE WHEN board_id IS NULL THEN 1 ELSE 0 END LIMIT 1",
        values![level, board],
    )
    .await?;
    let mut sql = Sql::new("SELECT p.id, EXISTS (SELECT 1 FROM absences a WHERE a.person_id = p.id AND a.first_day <= ");
    sql.bind(today)
        .push(" AND a.last_day >= ")
        .bind(today)
        .push(") AS away FROM persons p WHERE ")
        .push(person::STAFF)
        .push(" AND ");
    match desk {
        Some(Desk { person_id: Some(person), .. }) => {
            sql.push("p.id = ").bind(person);
        }
        Some(Desk { team_id: Some(team), .. }) => {
            sql.push("EXISTS (SELECT 1 FROM team_members m WHERE m.person_id = p.id AND m.team_id = ").bind(team).push(")");
        }
        _ => {
            let role = match level {
                ..=1 => Role::Agent,
                2 => Role::Lead,
                3.. => Role::Director,
            };
            sql.push("p.role = ").bind(role);
        }
    }
    sql.push(" ORDER BY away, COALESCE((SELECT MAX(o.id) FROM owners o WHERE o.person_id = p.id), 0), p.id");
    all(db, &sql.text, sql.values).await
}

/// Those who answer for a board on a level.
pub(crate) async fn people(db: &impl ConnectionTrait, board: BoardId, level: i32, today: NaiveDate) -> Result<Vec<PersonId>> {
    Ok(candidates(db, board, level, today).await?.into_iter().map(|c| c.id).collect())
}

/// Whose turn it is to own a post of a board: by the rule of the board's first level; where nobody of it is there, by that of the
/// next, and so on; somebody who is away rather than nobody.
pub(crate) async fn whose_turn(db: &impl ConnectionTrait, board: BoardId, today: NaiveDate) -> Result<Option<PersonId>> {
    let mut away = None;
    for level in 1..=crate::values::HIGHEST {
        for candidate in candidates(db, board, level, today).await? {
            if !candidate.away {
                return Ok(Some(candidate.id));
            }
            away = away.or(Some(candidate.id));
        }
    }
    match away {
        Some(person) => Ok(Some(person)),
        // admins are staff too, and better one of them than nobody
        None => {
            #[derive(FromQueryResult)]
            struct Row {
                id: PersonId,
            }
            let sql = format!("SELECT p.id FROM persons p WHERE {} ORDER BY p.created_at, p.id LIMIT 1", person::STAFF);
            Ok(one::<Row>(db, &sql, []).await?.map(|row| row.id))
        }
    }
}

/// Whether a rule assigns the posts of a board as soon as they come in.
pub(crate) async fn assigns_at_once(db: &impl ConnectionTrait, board: BoardId) -> Result<bool> {
    let sql = "SELECT COUNT(*) AS n FROM desks WHERE level = 1 AND (board_id = $1 OR board_id IS NULL)";
    Ok(number(db, sql, values![board]).await?.unwrap_or(0) > 0)
}

/// Makes a team.
pub async fn create(tx: &mut Tx, slug: &str, name: &str) -> Result<Team> {
    may_arrange(tx.actor())?;
    let mut check = Check::new();
    let slug = check.field("slug", text::parse_slug(slug));
    let name = check.field("name", text::line(name, 1, 80));
    if let Some(slug) = &slug
        && by_slug(tx.conn(), slug).await?.is_some()
    {
        check.refuse("slug", Problem::Taken);
    }
    let (slug, name) = check.finish((slug, name))?;
    let sql = "INSERT INTO teams (slug, name) VALUES ($1, $2) RETURNING id, slug, name";
    let row = one::<Team>(tx.conn(), sql, values![slug, name]).await?;
    row.ok_or_else(|| Error::internal("no team came back"))
}

/// Takes a member of the staff into a team.
pub async fn add(tx: &mut Tx, team: i64, person: PersonId) -> Result<()> {
    may_arrange(tx.actor())?;
    staff(tx, "person", person).await?;
    let sql = "INSERT INTO team_members (team_id, person_id) VALUES ($1, $2) ON CONFLICT DO NOTHING";
    exec(tx.conn(), sql, values![team, person]).await?;
    Ok(())
}

/// Takes somebody out of a team.
pub async fn remove(tx: &mut Tx, team: i64, person: PersonId) -> Result<()> {
    may_arrange(tx.actor())?;
    exec(tx.conn(), "DELETE FROM team_members WHERE team_id = $1 AND person_id = $2", values![team, person]).await?;
    Ok(())
}

/// Who answers for a board on a level.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answering {
    /// A named person.
    Person(PersonId),
    /// The members of a team, in turns.
    Team(i64),
}

/// Sets who answers for a board on a level; for every board without a rule of its own when none is named. `None` takes the rule
/// away.
pub async fn set_desk(tx: &mut Tx, board: Option<BoardId>, level: i32, answering: Option<Answering>) -> Result<()> {
    may_arrange(tx.actor())?;
    if !(1..=crate::values::HIGHEST).contains(&level) {
        return Err(Error::invalid("level", Problem::UnknownChoice));
    }
    let sql = "DELETE FROM desks WHERE level = $1 AND (board_id = $2 OR (board_id IS NULL AND $3))";
    exec(tx.conn(), sql, values![level, board, board.is_none()]).await?;
    let (person, team) = match answering {
        None => return Ok(()),
        Some(Answering::Person(person)) => {
            staff(tx, "person", person).await?;
            (Some(person.0), None)
        }
        Some(Answering::Team(team)) => (None, Some(team)),
    };
    exec(
        tx.conn(),
        "INSERT INTO desks (board_id, level, person_id, team_id) VALUES ($1, $2, $3, $4)",
        values![board, level, person, team],
    )
    .await?;
    Ok(())
}

/// Who may say of anybody that they are away: the staff, of themselves at least.
///
/// # Errors
/// As [`Actor::staff`].
pub fn may_be_away(actor: &Actor) -> Result<&Me> {
    actor.staff()
}

/// Who may say that this person is away, or back: they themselves, and admins.
///
/// # Errors
/// As [`Actor::admin`].
pub fn may_tell_away(actor: &Actor, person: PersonId) -> Result<()> {
    if may_be_away(actor).is_ok_and(|me| me.id == person) { Ok(()) } else { actor.admin() }
}

/// Notes that somebody is away.
pub async fn be_away(tx: &mut Tx, person: PersonId, first_day: NaiveDate, last_day: NaiveDate) -> Result<()> {
    may_tell_away(tx.actor(), person)?;
    staff(tx, "person", person).await?;
    if last_day < first_day {
        return Err(Error::invalid("last_day", Problem::EndsBeforeStart));
    }
    let sql = "INSERT INTO absences (person_id, first_day, last_day) VALUES ($1, $2, $3)";
    exec(tx.conn(), sql, values![person, first_day, last_day]).await?;
    Ok(())
}

/// Takes an absence back.
pub async fn be_back(tx: &mut Tx, absence: i64) -> Result<()> {
    let sql = "SELECT id, person_id, first_day, last_day FROM absences WHERE id = $1";
    let found = one::<Absence>(tx.conn(), sql, values![absence]).await?.ok_or(Error::NotFound)?;
    may_tell_away(tx.actor(), found.person_id)?;
    exec(tx.conn(), "DELETE FROM absences WHERE id = $1", values![absence]).await?;
    Ok(())
}

async fn staff(tx: &Tx, field: &'static str, person: PersonId) -> Result<()> {
    let account = person::by_id(tx.conn(), person).await?.ok_or(Error::invalid(field, Problem::UnknownChoice))?;
    if account.standing().is_staff() { Ok(()) } else { Err(Error::invalid(field, Problem::NotStaff)) }
}
