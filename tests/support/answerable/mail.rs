//! The mails that the program wrote.

use std::{
    fmt::Write as _,
    time::{Duration, Instant},
};

use super::{Answerable, PATIENCE};

/// A mail as it was written.
#[derive(Debug, Clone)]
pub struct Mail {
    /// What it is about.
    pub subject: String,
    /// Everything in it, with its encodings taken off.
    pub text: String,
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
        files
            .into_iter()
            .filter_map(|path| std::fs::read_to_string(path).ok())
            .filter(|raw| header_of(raw, "To").is_some_and(|to| to.to_lowercase().contains(&email.to_lowercase())))
            .map(|raw| Mail { subject: header_of(&raw, "Subject").unwrap_or_default(), text: decoded(&raw) })
            .collect()
    }
}

impl Mail {
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

/// A header of a mail, its folded lines joined.
fn header_of(raw: &str, name: &str) -> Option<String> {
    let raw = raw.replace("\r\n", "\n");
    let head = raw.split("\n\n").next()?.replace("\n ", " ").replace("\n\t", " ");
    let line = head.lines().find(|line| line.to_lowercase().starts_with(&format!("{}:", name.to_lowercase())))?;
    Some(words_of(line.split_once(':')?.1.trim()))
}

/// A header with its encoded words (RFC 2047) resolved.
fn words_of(value: &str) -> String {
    let mut out = String::new();
    let mut rest = value;
    while let Some((before, after)) = rest.split_once("=?") {
        let mut parts = after.splitn(4, '?');
        let (Some(_charset), Some(coding), Some(text), Some(tail)) = (parts.next(), parts.next(), parts.next(), parts.next())
        else {
            break;
        };
        out.push_str(before.trim_matches(' '));
        let bytes = if coding.eq_ignore_ascii_case("b") { base64(text) } else { quoted_printable(&text.replace('_', " ")) };
        out.push_str(&String::from_utf8_lossy(&bytes));
        rest = tail.strip_prefix('=').unwrap_or(tail);
    }
    out + rest
}

/// All parts of a mail, each with its transfer encoding taken off.
fn decoded(raw: &str) -> String {
    let raw = raw.replace("\r\n", "\n");
    let mut text = String::new();
    let boundary = raw
        .find("boundary=\"")
        .map(|at| &raw[at + 10..])
        .and_then(|rest| rest.split('"').next())
        .map_or_else(|| "\u{0}".to_owned(), |boundary| format!("--{boundary}"));
    for part in raw.split(&boundary) {
        let Some((head, body)) = part.split_once("\n\n") else { continue };
        let head = head.to_lowercase();
        let bytes = if head.contains("content-transfer-encoding: base64") {
            base64(body)
        } else if head.contains("content-transfer-encoding: quoted-printable") {
            quoted_printable(body)
        } else {
            body.as_bytes().to_vec()
        };
        let _ = writeln!(text, "{}", String::from_utf8_lossy(&bytes));
    }
    text
}

fn quoted_printable(text: &str) -> Vec<u8> {
    let text = text.replace("=\n", "");
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let coded =
            (bytes[at] == b'=').then(|| text.get(at + 1..at + 3)).flatten().and_then(|hex| u8::from_str_radix(hex, 16).ok());
        if let Some(byte) = coded {
            out.push(byte);
            at += 3;
        } else {
            out.push(bytes[at]);
            at += 1;
        }
    }
    out
}

fn base64(text: &str) -> Vec<u8> {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = Vec::new();
    let (mut bits, mut kept) = (0_u32, 0);
    for byte in text.bytes() {
        let Some(value) = ALPHABET.iter().position(|b| *b == byte) else { continue };
        bits = (bits << 6) | u32::try_from(value).unwrap_or(0);
        kept += 6;
        if kept >= 8 {
            kept -= 8;
            out.push(u8::try_from((bits >> kept) & 0xff).unwrap_or(0));
        }
    }
    out
}
