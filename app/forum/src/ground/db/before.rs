//! A copy of the file of SQLite from before its schema changes, beside it: a migration is the one thing that an operator can't take back by
//! starting the program of before.

use std::{
    fs::{self, File, OpenOptions},
    path::{Path, PathBuf},
};

use chrono::{DateTime, NaiveDateTime, TimeDelta, Utc};
use migrations::{Migrator, MigratorTrait as _};
use sea_orm::{ConnectionTrait, DatabaseConnection};

use super::{exec, number, values};
use crate::{
    Error, Result,
    time::{SystemTime, Time as _},
};

/// What stands between the name of the file and the time of the copy.
const MARK: &str = ".before-";
/// The time of a copy, as its name says it: by name is by time.
const TIME: &str = "%Y%m%dT%H%M%S%.6fZ";
/// How many are kept.
const MOST: usize = 3;
/// For how long: whoever had themselves erased is still in them.
const KEPT: TimeDelta = TimeDelta::days(30);

/// The first migration that waits, where some have run.
pub(super) async fn pending(db: &DatabaseConnection) -> Result<Option<String>> {
    if Migrator::get_applied_migrations(db).await?.is_empty() {
        return Ok(None);
    }
    Ok(Migrator::get_pending_migrations(db).await?.first().map(|migration| migration.name().to_owned()))
}

/// Copies the file of a forum in which there is somebody, if its schema is about to change; and lets go of copies that have had their time.
pub(super) async fn keep(db: &DatabaseConnection, file: &Path) -> Result<()> {
    let now = SystemTime.now();
    if let Some(first) = pending(db).await?
        && number(db, "SELECT CAST(1 AS bigint) AS n WHERE EXISTS (SELECT 1 FROM persons)", []).await?.is_some()
    {
        let copy = beside(file, &format!("{MARK}{}", now.format(TIME)));
        write(db, &copy).await?;
        tracing::info!(first, copy = %copy.display(), "the schema changes; what was before is kept");
    }
    sweep(file, now).map_err(Error::internal)
}

fn beside(file: &Path, end: &str) -> PathBuf {
    let mut name = file.file_name().unwrap_or_default().to_owned();
    name.push(end);
    file.with_file_name(name)
}

/// It gets its name when it is whole, and nobody but the owner of the file may read it.
async fn write(db: &impl ConnectionTrait, copy: &Path) -> Result<()> {
    let part = beside(copy, ".part");
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(&part).map_err(Error::unavailable)?;
    let path = part.to_str().ok_or_else(|| Error::internal("SQLite takes no path that is not UTF-8"))?;
    let written = exec(db, "VACUUM INTO $1", values![path]).await;
    let kept = written.and_then(|_| File::open(&part).and_then(|file| file.sync_all()).map_err(Error::unavailable));
    let kept = kept.and_then(|()| fs::rename(&part, copy).map_err(Error::unavailable));
    if kept.is_err() {
        // whatever was written of it is no copy
        let _ = fs::remove_file(&part);
    }
    kept
}

/// Of several copies the last ones stay, and none for ever.
fn sweep(file: &Path, now: DateTime<Utc>) -> std::io::Result<()> {
    let Some(name) = file.file_name().and_then(|name| name.to_str()) else { return Ok(()) };
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let Ok(files) = fs::read_dir(folder) else { return Ok(()) };
    let mut copies: Vec<(NaiveDateTime, PathBuf)> = Vec::new();
    for other in files {
        let path = other?.path();
        let time = path.file_name().and_then(|other| other.to_str()).and_then(|other| other.strip_prefix(name)?.strip_prefix(MARK));
        if let Some(time) = time.and_then(|time| NaiveDateTime::parse_from_str(time, TIME).ok()) {
            copies.push((time, path));
        }
    }
    copies.sort_unstable();
    copies.reverse();
    for (nth, (time, path)) in copies.into_iter().enumerate() {
        if nth >= MOST || time.and_utc() < now - KEPT {
            fs::remove_file(path)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_copies_stay_for_a_while() {
        let folder = tempfile::tempdir().unwrap();
        let (file, now) = (folder.path().join("answerable.db"), SystemTime.now());
        let copy = |days: i64| beside(&file, &format!("{MARK}{}", (now - TimeDelta::days(days)).format(TIME)));
        let others =
            ["answerable.db", "answerable.db-wal", "answerable.db.before-the-move", "other.db.before-20200101T000000.000000Z"];
        for other in others {
            fs::write(folder.path().join(other), "").unwrap();
        }
        for days in [1, 5, 29, 31, 400] {
            fs::write(copy(days), "").unwrap();
        }
        sweep(&file, now).unwrap();
        assert_eq!([1, 5, 29, 31, 400].map(|days| copy(days).exists()), [true, true, true, false, false]);
        fs::write(copy(0), "").unwrap();
        sweep(&file, now).unwrap();
        assert_eq!([0, 1, 5, 29].map(|days| copy(days).exists()), [true, true, true, false]);
        assert!(others.iter().all(|other| folder.path().join(other).exists()), "what is no copy is left alone");
    }
}
