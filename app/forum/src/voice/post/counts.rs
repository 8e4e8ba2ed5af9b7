//! How many posts there are: kept by the database with each change of a post (see the migration), so that nobody counts posts to know.

use std::collections::HashMap;

use sea_orm::{ConnectionTrait, FromQueryResult};

use super::{Filter, Kind, Sort, Stages};
use crate::{
    Result, Tx,
    actor::Actor,
    board,
    db::{Sql, all, exec, skip_locked, values},
    id::{BoardId, StatusId},
    status::Stage,
};

/// Posts that somebody sees, by board, kind and status.
#[derive(Debug, Clone, Default)]
pub struct Counts(Vec<Cell>);

#[derive(Debug, Clone, FromQueryResult)]
struct Cell {
    board: String,
    kind: Kind,
    status: String,
    stage: Stage,
    waiting: bool,
    n: i64,
}

impl Counts {
    /// Those that the actor sees; of a tag, if there is one.
    pub async fn read(db: &impl ConnectionTrait, actor: &Actor, tag: Option<&str>) -> Result<Self> {
        let mut sql = Sql::new(
            "SELECT b.slug AS board, c.kind, s.slug AS status, s.stage, c.waiting, CAST(SUM(c.n) AS bigint) AS n
             FROM post_counts c JOIN boards b ON b.id = c.board_id JOIN statuses s ON s.id = c.status_id WHERE c.tag_id = ",
        );
        match tag {
            Some(slug) => sql.push("(SELECT id FROM tags WHERE slug = ").bind(slug).push(")"),
            None => sql.push("0"),
        };
        sql.push(" AND ");
        board::visible(&mut sql, actor);
        sql.push(" GROUP BY b.slug, c.kind, s.slug, s.stage, c.waiting");
        Ok(Self(all(db, &sql.text, sql.values).await?))
    }

    /// How many a filter lets through that [is counted](Filter::is_counted). Its tag was asked for before.
    pub fn total(&self, filter: &Filter) -> i64 {
        let is = |wanted: &Option<String>, slug: &str| wanted.as_deref().is_none_or(|wanted| wanted == slug);
        let lets_through = |cell: &&Cell| {
            let stage = match filter.stages() {
                Stages::One(stage) => cell.stage == stage,
                Stages::Delivered => matches!(cell.stage, Stage::Delivered | Stage::Confirmed),
                Stages::NotArchived => cell.stage != Stage::Archived,
                Stages::All => true,
            };
            stage
                && (cell.waiting || filter.sort != Sort::Waiting)
                && is(&filter.board, &cell.board)
                && is(&filter.status, &cell.status)
                && filter.kind.is_none_or(|kind| kind == cell.kind)
        };
        self.0.iter().filter(lets_through).map(|cell| cell.n).sum()
    }

    /// How many wait for a first answer.
    pub fn waiting(&self) -> i64 {
        self.total(&Filter { sort: Sort::Waiting, ..Filter::default() })
    }

    /// How many stand where; stages without posts are left out.
    pub fn by_stage(&self) -> HashMap<Stage, i64> {
        let mut stages = HashMap::new();
        for cell in self.0.iter().filter(|cell| cell.n > 0) {
            *stages.entry(cell.stage).or_insert(0) += cell.n;
        }
        stages
    }
}

/// How many posts stand where, as far as the actor sees them; stages without posts are left out.
pub async fn count_by_stage(db: &impl ConnectionTrait, actor: &Actor) -> Result<HashMap<Stage, i64>> {
    Ok(Counts::read(db, actor, None).await?.by_stage())
}

/// How many posts wait for a first answer, as far as the actor sees them.
pub async fn count_waiting(db: &impl ConnectionTrait, actor: &Actor) -> Result<i64> {
    Ok(Counts::read(db, actor, None).await?.waiting())
}

/// Puts together what connections have counted in rows of their own. What one is counting in right now is left for the next time.
pub async fn sweep(tx: &mut Tx) -> Result<()> {
    #[derive(FromQueryResult)]
    struct Apart {
        tag_id: i64,
        board_id: BoardId,
        kind: Kind,
        status_id: StatusId,
        waiting: bool,
        slot: i32,
        n: i64,
    }
    let sql = "SELECT tag_id, board_id, kind, status_id, waiting, slot, n FROM post_counts WHERE slot <> 0
               ORDER BY tag_id, board_id, kind, status_id, waiting, slot";
    for apart in all::<Apart>(tx.conn(), &format!("{sql}{}", skip_locked(tx.conn())), []).await? {
        let Apart { tag_id, board_id, kind, status_id, waiting, slot, n } = apart;
        let sql = "DELETE FROM post_counts WHERE tag_id = $1 AND board_id = $2 AND kind = $3 AND status_id = $4 AND waiting = $5 AND slot = $6";
        exec(tx.conn(), sql, values![tag_id, board_id, kind, status_id, waiting, slot]).await?;
        let sql = "INSERT INTO post_counts (tag_id, board_id, kind, status_id, waiting, slot, n) VALUES ($1, $2, $3, $4, $5, 0, $6)
            ON CONFLICT (tag_id, board_id, kind, status_id, waiting, slot) DO UPDATE SET n = post_counts.n + excluded.n";
        exec(tx.conn(), sql, values![tag_id, board_id, kind, status_id, waiting, n]).await?;
    }
    Ok(())
}
