//! The record as a tiled transparency log (c2sp.org/tlog-tiles): tools that others wrote can follow it, and whoever kept a checkpoint can
//! prove a later change. The entries are the leaves, as the lines that their digests cover.

use std::fmt::Write as _;

use base64::prelude::{BASE64_STANDARD, Engine as _};
use ed25519_dalek::SigningKey;
use sea_orm::{ConnectionTrait, FromQueryResult};
use tokio::sync::Mutex;

use super::{
    entry::Entry,
    note::{self, Checkpoint},
    tree::{self, Hash},
    verify::ENTRY,
};
use crate::{
    Error, Forum, Result, Tx,
    db::{all, exec, number, one, values},
    secret::Secret,
};

/// Hashes of a tile.
pub const WIDTH: u64 = 256;

/// Tiles that are read at once.
const BATCH: u64 = 16;

/// The roots of the tiles that are full, as far as they were needed: they never change again.
#[derive(Debug, Default)]
pub(crate) struct Tiles(Mutex<Vec<Hash>>);

/// How long the record is.
async fn size(db: &impl ConnectionTrait) -> Result<u64> {
    let size = number(db, "SELECT seq AS n FROM record_head WHERE id = 1", []).await?.unwrap_or(0);
    u64::try_from(size).map_err(Error::internal)
}

/// The lines of so many entries from an index on; fewer where there are fewer.
async fn lines(db: &impl ConnectionTrait, from: u64, count: u64) -> Result<Vec<String>> {
    #[derive(FromQueryResult)]
    struct Row {
        #[sea_orm(nested(prefix = "r_"))]
        entry: Entry,
    }
    let (from, count) = (i64::try_from(from).map_err(Error::internal)?, i64::try_from(count).map_err(Error::internal)?);
    let sql = format!("SELECT {ENTRY} FROM record_entries r WHERE r.seq > $1 AND r.seq <= $2 ORDER BY r.seq");
    let rows = all::<Row>(db, &sql, values![from, from + count]).await?;
    rows.into_iter().map(|row| row.entry.line()).collect()
}

async fn leaves(db: &impl ConnectionTrait, from: u64, count: u64) -> Result<Vec<Hash>> {
    Ok(lines(db, from, count).await?.iter().map(|line| tree::leaf(line.as_bytes())).collect())
}

/// The roots of the full tiles of a record of this size.
async fn full(forum: &Forum, size: u64) -> Result<Vec<Hash>> {
    let (mut known, needed) = (forum.tiles().0.lock().await, to_usize(size / WIDTH)?);
    while known.len() < needed {
        let missing = (needed - known.len()) as u64;
        let hashes = leaves(forum.read(), known.len() as u64 * WIDTH, missing.min(BATCH) * WIDTH).await?;
        let tiles = hashes.chunks_exact(to_usize(WIDTH)?);
        if tiles.len() == 0 {
            return Err(Error::internal("entries of the record are missing"));
        }
        known.extend(tiles.map(tree::root));
    }
    Ok(known[..needed].to_vec())
}

fn to_usize(n: u64) -> Result<usize> {
    usize::try_from(n).map_err(Error::internal)
}

/// The roots of all tiles, the last of which may not be full, and the hashes of that.
async fn tiles(forum: &Forum, size: u64) -> Result<(Vec<Hash>, Vec<Hash>)> {
    let mut tiles = full(forum, size).await?;
    let last = leaves(forum.read(), size - size % WIDTH, size % WIDTH).await?;
    tiles.extend((!last.is_empty()).then(|| tree::root(&last)));
    Ok((tiles, last))
}

/// What the log is called: its address without the scheme.
fn origin(forum: &Forum) -> String {
    let address = forum.address();
    format!("{}/record/log", address.split_once("://").map_or(address, |(_, rest)| rest))
}

/// Makes the key of the site, once.
pub(super) async fn make_key(tx: &Tx) -> Result<()> {
    let sql = "INSERT INTO record_key (id, secret, created_at) VALUES (1, $1, $2) ON CONFLICT (id) DO NOTHING";
    exec(tx.conn(), sql, values![Secret::fresh().reveal(), tx.now()]).await?;
    Ok(())
}

async fn key(db: &impl ConnectionTrait) -> Result<SigningKey> {
    #[derive(FromQueryResult)]
    struct Key {
        secret: String,
    }
    let key = one::<Key>(db, "SELECT secret FROM record_key WHERE id = 1", []).await?.ok_or(Error::internal("no key"))?;
    let secret = hex::decode(key.secret).map_err(Error::internal)?;
    Ok(SigningKey::from_bytes(&secret.try_into().map_err(|_| Error::internal("not a key"))?))
}

/// The public key of the site, by which others check what it signs.
pub async fn public_key(forum: &Forum) -> Result<String> {
    Ok(note::public(&origin(forum), &key(forum.read()).await?.verifying_key()))
}

/// A signed note of how long the record is and what it says.
pub async fn checkpoint(forum: &Forum) -> Result<String> {
    let size = size(forum.read()).await?;
    let root = tree::root(&tiles(forum, size).await?.0);
    Ok(Checkpoint { size, root }.signed(&origin(forum), &key(forum.read()).await?))
}

/// A checkpoint that somebody kept, if this site signed it.
pub async fn read_checkpoint(forum: &Forum, note: &str) -> Result<Option<Checkpoint>> {
    Ok(Checkpoint::read(note, &key(forum.read()).await?.verifying_key()))
}

/// So many hashes of a tile: on level 0 of entries, on level 1 of full tiles of level 0, and so on.
///
/// # Errors
/// [`Error::NotFound`] when the record is not that long.
pub async fn tile(forum: &Forum, level: u32, index: u64, width: u64) -> Result<Vec<u8>> {
    let size = size(forum.read()).await?;
    // how many entries a hash of it stands for; no record is longer than what does not fit
    let each = WIDTH.checked_pow(level).ok_or(Error::NotFound)?;
    let start = index.checked_mul(WIDTH).ok_or(Error::NotFound)?;
    if !(1..=WIDTH).contains(&width) || start.checked_add(width).is_none_or(|end| end > size / each) {
        return Err(Error::NotFound);
    }
    if level == 0 {
        return Ok(leaves(forum.read(), start, width).await?.concat());
    }
    let full = full(forum, size).await?;
    let (each, start, width) = (to_usize(each / WIDTH)?, to_usize(start)?, to_usize(width)?);
    Ok(full.chunks(each).skip(start).take(width).map(tree::root).collect::<Vec<_>>().concat())
}

/// So many entries of a tile, each with its length before it.
///
/// # Errors
/// As [`tile`].
pub async fn bundle(forum: &Forum, index: u64, width: u64) -> Result<Vec<u8>> {
    let size = size(forum.read()).await?;
    let start = index.checked_mul(WIDTH).ok_or(Error::NotFound)?;
    if !(1..=WIDTH).contains(&width) || start.checked_add(width).is_none_or(|end| end > size) {
        return Err(Error::NotFound);
    }
    let mut bundle = Vec::new();
    for line in lines(forum.read(), start, width).await? {
        bundle.extend(u16::try_from(line.len()).map_err(Error::internal)?.to_be_bytes());
        bundle.extend(line.as_bytes());
    }
    Ok(bundle)
}

/// That an entry is in the record, in a form that can be checked without it (c2sp.org/tlog-proof): the path from its hash to the root, and
/// the signed root.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn proof(forum: &Forum, seq: i64) -> Result<String> {
    let size = size(forum.read()).await?;
    let index = u64::try_from(seq).ok().and_then(|seq| seq.checked_sub(1)).filter(|index| *index < size).ok_or(Error::NotFound)?;
    let (roots, last) = tiles(forum, size).await?;
    let tile = index / WIDTH;
    let within = if tile == size / WIDTH { last } else { leaves(forum.read(), tile * WIDTH, WIDTH).await? };
    let mut proof = format!("c2sp.org/tlog-proof@v1\nindex {index}\n");
    let path = tree::path(to_usize(index % WIDTH)?, &within).into_iter().chain(tree::path(to_usize(tile)?, &roots));
    for hash in path {
        let _ = writeln!(proof, "{}", BASE64_STANDARD.encode(hash));
    }
    let checkpoint = Checkpoint { size, root: tree::root(&roots) }.signed(&origin(forum), &key(forum.read()).await?);
    Ok(proof + "\n" + &checkpoint)
}
