//! How letters leave: by SMTP, or into a folder.

use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use forum::outbox::Leased;
use lettre::{AsyncSmtpTransport, AsyncTransport as _, Message, Tokio1Executor};
use tokio::io::AsyncWriteExt as _;

use super::MailError;

/// Seconds that a mail server has for each step.
const PATIENCE: std::time::Duration = std::time::Duration::from_secs(20);

pub(super) enum Transport {
    Folder(PathBuf),
    Smtp(Box<AsyncSmtpTransport<Tokio1Executor>>),
}

impl Transport {
    pub(super) fn parse(setting: &str) -> Result<Self, MailError> {
        let setting = setting.trim();
        if let Some(folder) = setting.strip_prefix("file:") {
            let folder = PathBuf::from(folder.strip_prefix("//").unwrap_or(folder));
            std::fs::create_dir_all(&folder).map_err(|source| MailError::Folder { path: folder.clone(), source })?;
            return Ok(Self::Folder(folder));
        }
        let url = match setting.split_once(':') {
            Some(("smtps", _)) => setting.to_owned(),
            Some(("smtp", _)) if setting.contains("tls=") => setting.to_owned(),
            Some(("smtp", _)) => format!("{setting}{}tls=opportunistic", if setting.contains('?') { '&' } else { '?' }),
            _ => return Err(MailError::UnknownTransport),
        };
        Ok(Self::Smtp(Box::new(AsyncSmtpTransport::<Tokio1Executor>::from_url(&url)?.timeout(Some(PATIENCE)).build())))
    }

    pub(super) async fn send(&self, leased: &Leased, message: Message, now: DateTime<Utc>) -> Result<(), MailError> {
        match self {
            Self::Smtp(server) => {
                server.send(message).await?;
                Ok(())
            }
            Self::Folder(folder) => {
                let name = file_name(leased, now);
                let unfinished = folder.join(format!(".{name}.part"));
                let problem = |source| MailError::Folder { path: unfinished.clone(), source };
                write(&unfinished, &message.formatted()).await.map_err(problem)?;
                // whoever looks into the folder finds whole letters only
                tokio::fs::rename(&unfinished, folder.join(&name)).await.map_err(problem)
            }
        }
    }
}

/// Sorts by time, and tells to whom.
pub(super) fn file_name(leased: &Leased, now: DateTime<Utc>) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '@' | '.' | '+' | '-' | '_');
    let recipient: String = leased.recipient.to_lowercase().chars().map(|c| if is_plain(c) { c } else { '_' }).take(150).collect();
    format!("{}-{:06}-{recipient}.eml", now.format("%Y%m%dT%H%M%S%.6fZ"), leased.id)
}

/// Readable by its owner only: letters have links in them that open accounts.
async fn write(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let mut options = tokio::fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    options.mode(0o600);
    let mut file = options.open(path).await?;
    file.write_all(bytes).await?;
    file.sync_all().await
}
