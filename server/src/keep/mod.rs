//! Keeping all of the forum: back-ups, exports, and bringing them back.
//!
//! A back-up of SQLite is a file of SQLite, copied beside a running server; one of PostgreSQL is an archive in one file
//! ([`forum::db::archive`]), and so is what an export writes into a folder. Each holds every write that was answered before it began, is looked
//! through before it gets its name, and takes the name of no other. All of them hold secrets: hashes of passwords, addresses, the key with which
//! the record is signed. So only their owner may read them.

mod file;
mod pack;

pub(crate) use self::file::Draft;

use std::{
    fmt,
    io::Read as _,
    path::{Path, PathBuf},
};

use app::i18n::{Words, names};
use forum::{
    db::{
        Db,
        archive::{Manifest, Snapshot, Unpack},
    },
    record,
    site::Language,
    time::{SystemTime, Time as _},
};

use self::{
    file::DraftFolder,
    pack::{Folder, Zip, Zipped},
};
use crate::{Failure, config::Config};

/// What a file of SQLite begins with.
const SQLITE: &[u8] = b"SQLite format 3\0";

/// What is kept, or was brought back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holding {
    /// Tables with something in them.
    pub tables: usize,
    /// Rows of all of them.
    pub rows: i64,
    /// Posts.
    pub posts: i64,
    /// People.
    pub people: i64,
    /// Votes.
    pub votes: i64,
    /// Comments.
    pub comments: i64,
    /// How many entries of the record are whole, and the digest of the last; nothing where its tables are of an earlier version.
    pub record: Option<(i64, String)>,
}

impl fmt::Display for Holding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { tables, rows, posts, people, votes, comments, record } = self;
        writeln!(f, "{posts} posts, {people} people, {votes} votes, {comments} comments: {rows} rows of {tables} tables")?;
        match record {
            Some((entries, head)) => write!(f, "the record is whole: entries {entries}, head {head}"),
            None => write!(
                f,
                "the record was not looked at: the tables are of an earlier version, and become those of today when served"
            ),
        }
    }
}

/// Looks at what there is, and at the record.
async fn holding(all: &Snapshot) -> Result<Holding, Failure> {
    let counts = all.counts().await?;
    let of = |table: &str| counts.get(table).copied().unwrap_or(0);
    let record = if all.is_current().await? {
        let report = record::verify(&all.view(SystemTime.now()), None).await?;
        if let Some(broken) = report.broken {
            return Err(Failure::Refused(broken_record(&broken)));
        }
        Some((report.entries, report.head))
    } else {
        None
    };
    Ok(Holding {
        tables: counts.values().filter(|rows| **rows > 0).count(),
        rows: counts.values().sum(),
        posts: of("posts"),
        people: of("persons"),
        votes: of("votes"),
        comments: of("comments"),
        record,
    })
}

/// Where the record is broken, in words.
pub fn broken_record(broken: &record::Broken) -> String {
    let words = Words::of(Language::En);
    format!("the record is broken at entry {}: {}", broken.seq, words.name(names::FAULT, broken.fault))
}

/// Writes a back-up. It holds every write that was answered before.
///
/// # Errors
/// When there is a file of that name, or it can't be written; also when the record is broken, of which the back-up is made all the same.
pub async fn backup(config: &Config, file: &Path) -> Result<Holding, Failure> {
    let db = Db::open_as_it_is(&config.existing_database()?).await?;
    let draft = Draft::of(file)?;
    let held = if db.is_embedded() {
        db.copy_into(draft.path()).await?;
        let copy = Db::look_at(draft.path()).await?;
        copy.check().await?;
        holding(&copy).await
    } else {
        let all = db.all_of_it().await?;
        let mut zip = Zip::new(draft.open()?);
        let manifest = all.pack(&mut zip).await?;
        zip.finish().map_err(Failure::io(format!("can't write {}", file.display())))?;
        manifest.check(&mut Zipped::open(draft.path())?)?;
        holding(&all).await
    };
    // a record that is broken is the more reason to have a copy
    draft.keep()?;
    db.close().await?;
    held
}

/// Writes all of the forum into a folder, a file a table.
///
/// # Errors
/// When there is something in the folder, or it can't be written; also when the record is broken.
pub async fn export(config: &Config, dir: &Path) -> Result<Holding, Failure> {
    let db = Db::open_as_it_is(&config.existing_database()?).await?;
    let draft = DraftFolder::of(dir)?;
    let all = db.all_of_it().await?;
    let mut folder = Folder::new(draft.path());
    let manifest = all.pack(&mut folder).await?;
    folder.finish().map_err(Failure::io(format!("can't write into {}", dir.display())))?;
    manifest.check(&mut Folder::new(draft.path()))?;
    let held = holding(&all).await;
    draft.keep()?;
    drop(all);
    db.close().await?;
    held
}

/// Brings a back-up back, into a database that holds nothing yet.
///
/// # Errors
/// When there is something in the database, the file is no back-up, or it is damaged: nothing of it is in the database then.
pub async fn restore(config: &Config, file: &Path) -> Result<Holding, Failure> {
    if !is_sqlite(file).map_err(Failure::io(format!("can't read {}", file.display())))? {
        let mut zipped = Zipped::open(file)?;
        return bring_in(config, &mut zipped).await;
    }
    let target = config.embedded_file().ok_or_else(|| {
        Failure::Refused(
            "this is a back-up of SQLite, and DATABASE_URL leads elsewhere: restore it into SQLite, export that, and import the export"
                .to_owned(),
        )
    })?;
    for end in ["", "-wal", "-shm", "-journal"] {
        let beside = PathBuf::from(format!("{}{end}", target.display()));
        if std::fs::metadata(&beside).is_ok_and(|found| found.len() > 0 || !end.is_empty()) {
            return Err(Failure::Refused(format!("{} is there already: move it away, and restore again", beside.display())));
        }
    }
    config.make_data_folder()?;
    let draft = Draft::beside(&target)?;
    std::fs::copy(file, draft.path()).map_err(Failure::io(format!("can't copy {}", file.display())))?;
    let copy = Db::look_at(draft.path()).await?;
    copy.check().await?;
    drop(copy);
    draft.keep_over_nothing()?;
    come_back(config).await
}

fn is_sqlite(file: &Path) -> std::io::Result<bool> {
    let mut start = Vec::new();
    std::fs::File::open(file)?.take(SQLITE.len() as u64).read_to_end(&mut start)?;
    Ok(start == SQLITE)
}

/// Brings in what [`export`] wrote, into a database that holds nothing yet.
///
/// # Errors
/// As [`restore`].
pub async fn import(config: &Config, dir: &Path) -> Result<Holding, Failure> {
    bring_in(config, &mut Folder::new(dir)).await
}

async fn bring_in(config: &Config, unpack: &mut dyn Unpack) -> Result<Holding, Failure> {
    let db = Db::open_as_it_is(&config.database()?).await?;
    let _: Manifest = db.bring_in(unpack).await?;
    db.close().await?;
    come_back(config).await
}

/// Looks at what came back. The forum itself is not opened yet: it would go on where it stopped, and what came back would not be what was
/// kept any more.
async fn come_back(config: &Config) -> Result<Holding, Failure> {
    let db = Db::open(&config.database()?).await?;
    let all = db.all_of_it().await?;
    all.check().await?;
    let held = holding(&all).await;
    drop(all);
    db.close().await?;
    held
}
