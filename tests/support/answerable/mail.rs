//! The mails that the program wrote.

use std::time::{Duration, Instant};

use mail_parser::{Addr, MessageParser, MessagePart};

use super::{Answerable, PATIENCE};

/// A mail as it was written.
#[derive(Debug, Clone)]
pub struct Mail {
    /// What it is about.
    pub subject: String,
    /// Everything in it, with its encodings taken off.
    pub text: String,
    /// Its headers, as they were written but on one line each: name in small letters, value.
    pub headers: Vec<(String, String)>,
}

impl Answerable {
    /// The latest mail to an address, once there is one that `wanted` accepts.
    ///
    /// # Panics
    /// When none comes.
    pub async fn mail_to(&self, email: &str, wanted: impl Fn(&Mail) -> bool) -> Mail {
        let start = Instant::now();
        loop {
            if let Some(mail) = self.mails_to(email).into_iter().rev().find(&wanted) {
                return mail;
            }
            assert!(start.elapsed() < PATIENCE, "no mail to {email}; the log: {}", self.logged());
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    }

    /// The link in the latest mail to an address that has one with this start, such as `/verify/`.
    ///
    /// # Panics
    /// When none comes.
    pub async fn link_to(&self, email: &str, start: &str) -> String {
        let mail = self.mail_to(email, |mail| mail.path(start).is_some()).await;
        mail.path(start).expect("a mail with the link")
    }

    /// All mails to an address, oldest first.
    ///
    /// # Panics
    /// When the folder can't be read.
    pub fn mails_to(&self, email: &str) -> Vec<Mail> {
        let mut files: Vec<_> = std::fs::read_dir(self.folder.path().join("mail"))
            .expect("the folder with mail")
            .filter_map(Result::ok)
            .map(|entry| entry.path())
            .filter(|path| path.extension().is_some_and(|extension| extension == "eml"))
            .collect();
        // their names begin with the time
        files.sort();
        files.into_iter().filter_map(|path| std::fs::read(path).ok()).filter_map(|raw| Mail::read(&raw, email)).collect()
    }
}

impl Mail {
    /// A mail, if it is one to that address.
    fn read(raw: &[u8], email: &str) -> Option<Self> {
        let mail = MessageParser::default().parse(raw)?;
        let to = |address: &Addr<'_>| address.address().is_some_and(|address| address.eq_ignore_ascii_case(email));
        let parts = || mail.parts.iter().filter_map(MessagePart::text_contents);
        let whole =
            |(name, value): (&str, &str)| (name.to_ascii_lowercase(), value.split_whitespace().collect::<Vec<_>>().join(" "));
        let read = || Self {
            subject: mail.subject().unwrap_or_default().to_owned(),
            text: parts().collect::<Vec<_>>().join("\n"),
            headers: mail.headers_raw().map(whole).collect(),
        };
        mail.to()?.iter().any(to).then(read)
    }

    /// What a header says.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// The path of the first link in it that starts so.
    pub fn path(&self, start: &str) -> Option<String> {
        let mut rest = self.text.as_str();
        while let Some((_, after)) = rest.split_once("://") {
            let link: String = after.chars().take_while(|c| !c.is_whitespace() && !"\"<>')]".contains(*c)).collect();
            if let Some(path) = link.find('/').map(|slash| &link[slash..])
                && path.starts_with(start)
                && path.len() > start.len()
            {
                return Some(path.to_owned());
            }
            rest = after;
        }
        None
    }
}
