//! What the forum holds of somebody as a file to take along: a ZIP of JSON, and each text and each file by itself, for people.

use std::io::{Cursor, Write as _};

use forum::{Error, personal::Export};
use serde_json::Value;
use zip::{ZipWriter, write::SimpleFileOptions};

use crate::{i18n::Words, t};

/// The media type of such a file.
pub const ZIP: &str = "application/zip";

/// Packs it. `site` is whose forum it is from.
///
/// # Errors
/// [`Error::Internal`] when it can't be packed.
pub fn archive(words: &Words, site: &str, export: &Export) -> Result<Vec<u8>, Error> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let mut add = |name: String, content: &[u8]| {
        zip.start_file(name, SimpleFileOptions::default()).map_err(Error::internal)?;
        zip.write_all(content).map_err(Error::internal)
    };
    add("readme.txt".to_owned(), t!(words, "export-readme", site = site).as_bytes())?;
    add("account.json".to_owned(), pretty(&export.account)?.as_bytes())?;
    for (part, rows) in &export.parts {
        add(format!("{part}.json"), pretty(&Value::from(rows.clone()))?.as_bytes())?;
    }
    for post in export.part("posts") {
        let text = |field: &str| post[field].as_str().unwrap_or_default();
        add(format!("posts/{}.md", post["id"]), format!("# {}\n\n{}\n", text("title"), text("body")).as_bytes())?;
    }
    for comment in export.part("comments") {
        let body = comment["body"].as_str().unwrap_or_default();
        add(format!("comments/{}.md", comment["id"]), format!("{body}\n").as_bytes())?;
    }
    for (name, content) in &export.files {
        add(format!("attachments/{name}"), content)?;
    }
    Ok(zip.finish().map_err(Error::internal)?.into_inner())
}

fn pretty(value: &Value) -> Result<String, Error> {
    serde_json::to_string_pretty(value).map_err(Error::internal)
}
