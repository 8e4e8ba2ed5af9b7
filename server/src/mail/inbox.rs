//! Mail that comes in: a folder in the shape of a maildir, in which whatever receives mail for the site puts each letter as a file of its own.
//! Each is looked at once, and moved from what is new to what was seen. A process that dies in between loses nothing and says nothing twice:
//! what a letter became is written in one transaction with the fact that it came in.

use std::{
    io::ErrorKind,
    path::{Path, PathBuf},
};

use forum::{
    Forum,
    reply::{self, Outcome},
};

use super::arrived::{self, Arrived, LETTER_MAX, Mailbox};

/// Letters that are looked at in one go.
const AT_ONCE: usize = 100;

/// Where mail comes in.
#[derive(Debug, Clone)]
pub struct Inbox {
    folder: PathBuf,
    at: Mailbox,
    /// Where our own letters come from.
    host: String,
}

/// Why there is no such folder.
#[derive(Debug, thiserror::Error)]
pub enum InboxError {
    /// The setting is none.
    #[error("it takes maildir:FOLDER")]
    NoFolder,
    /// The folder is not one that mail is put into.
    #[error("{path}: {source}", path = path.display())]
    Folder {
        /// Which folder.
        path: PathBuf,
        /// Why not.
        source: std::io::Error,
    },
}

/// The folder of a setting such as `maildir:/var/mail/forum`.
///
/// # Errors
/// When it names none.
pub fn folder(setting: &str) -> Result<PathBuf, InboxError> {
    let folder = setting.trim().strip_prefix("maildir:").map(|folder| folder.strip_prefix("//").unwrap_or(folder));
    folder.filter(|folder| !folder.is_empty()).map(PathBuf::from).ok_or(InboxError::NoFolder)
}

impl Inbox {
    /// The folder of a setting, made where it is missing, for letters to that address. `host` is where our own letters come from.
    ///
    /// # Errors
    /// When the setting names no folder, or it can't be made.
    pub fn from_setting(setting: &str, at: Mailbox, host: &str) -> Result<Self, InboxError> {
        let folder = folder(setting)?;
        for part in ["new", "cur", "tmp"] {
            let path = folder.join(part);
            std::fs::create_dir_all(&path).map_err(|source| InboxError::Folder { path, source })?;
        }
        Ok(Self { folder, at, host: host.to_owned() })
    }

    /// Looks at the letters that are new, and answers how many there were. One that can't be taken now stays where it is.
    ///
    /// # Errors
    /// When the process is being stopped.
    pub async fn look(&self, forum: &Forum) -> forum::Result<usize> {
        let new = self.folder.join("new");
        let listed = tokio::task::spawn_blocking(move || list(&new)).await.map_err(forum::Error::internal)?;
        let names = match listed {
            Ok(names) => names,
            Err(error) => {
                tracing::error!(folder = %self.folder.display(), %error, "the folder of mail that comes in can't be read");
                return Ok(0);
            }
        };
        for name in &names {
            // what can't be said now is brought again, and keeps nothing else waiting
            if let Err(error) = self.take(forum, name).await {
                tracing::warn!(letter = name, %error, "mail that came in waits for another try");
            }
        }
        Ok(names.len())
    }

    async fn take(&self, forum: &Forum, name: &str) -> forum::Result<()> {
        let path = self.folder.join("new").join(name);
        let bytes = match read(&path).await {
            Ok(Some(bytes)) => bytes,
            Ok(None) => {
                tracing::warn!(letter = name, "mail came in that is too large to look at");
                self.seen(name).await;
                return Ok(());
            }
            // another instance was quicker
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
            Err(error) => {
                tracing::warn!(letter = name, %error, "mail came in that can't be read");
                return Ok(());
            }
        };
        let (at, host) = (self.at.clone(), self.host.clone());
        // whatever a stranger puts together keeps no other letter waiting
        let arrived = tokio::task::spawn_blocking(move || arrived::read(&bytes, &at, &host)).await;
        match arrived {
            Ok(Arrived::Answer(answer)) => self.answered(forum, name, answer).await?,
            Ok(Arrived::Returned(returned)) => {
                for (email, said) in &returned.not_there {
                    let is_ours = reply::returned(forum, &returned.token, email, said).await?;
                    tracing::info!(letter = name, is_ours, "a letter came back for good");
                }
            }
            Ok(Arrived::Nothing(why)) => tracing::info!(letter = name, why, "mail came in that is no answer"),
            Err(error) => tracing::warn!(letter = name, %error, "mail came in that can't be understood"),
        }
        self.seen(name).await;
        Ok(())
    }

    async fn answered(&self, forum: &Forum, name: &str, answer: reply::Answer) -> forum::Result<()> {
        match reply::take(forum, answer).await? {
            Outcome::Comment(comment) => tracing::info!(letter = name, %comment, "an answer by mail became a comment"),
            Outcome::Refused(why) => {
                tracing::info!(letter = name, why = why.as_str(), "an answer by mail did not become a comment");
            }
            Outcome::Known => tracing::info!(letter = name, "an answer by mail came in before"),
            Outcome::Nobody => {
                tracing::info!(letter = name, "an answer by mail went to an address that is none of ours, or is none any more");
            }
        }
        Ok(())
    }

    /// Moves a letter to what was seen. If that fails it is looked at again, which changes nothing.
    async fn seen(&self, name: &str) {
        let to = self.folder.join("cur").join(format!("{}:2,S", name.split(":2,").next().unwrap_or(name)));
        match tokio::fs::rename(self.folder.join("new").join(name), to).await {
            Ok(()) => {}
            Err(error) if error.kind() == ErrorKind::NotFound => {}
            Err(error) => tracing::warn!(letter = name, %error, "mail that was looked at can't be moved"),
        }
    }
}

/// The names of new letters, oldest first.
fn list(folder: &Path) -> std::io::Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        // what begins with a dot is not there yet
        let name = entry.file_name().into_string().ok().filter(|name| !name.starts_with('.'));
        if entry.file_type()?.is_file() {
            names.extend(name);
        }
    }
    names.sort();
    names.truncate(AT_ONCE);
    Ok(names)
}

/// What is in a file; nothing when that is too much.
async fn read(path: &Path) -> std::io::Result<Option<Vec<u8>>> {
    if tokio::fs::metadata(path).await?.len() > LETTER_MAX {
        return Ok(None);
    }
    tokio::fs::read(path).await.map(Some)
}
