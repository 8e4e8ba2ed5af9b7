//! Tables of comma-separated values, read strictly (RFC 4180). Readers that forgive take what stands behind a stray quotation mark for
//! one long text, rows and all; here the row in which it stands is told, and the next one is read as if nothing had been.

use std::{collections::HashMap, ops::RangeInclusive, path::Path};

use chrono::{DateTime, Datelike as _, Utc};
use forum::text;

use super::ImportError;

const OPEN: &str = "a quotation mark opens a text that does not end: a mark inside of a text is written twice";
const STRAY: &str = "a quotation mark stands where none can: a text with one is put in marks, and the mark inside is written twice";

/// The rows of a file.
pub(super) struct Rows {
    bytes: Vec<u8>,
    separator: u8,
    at: usize,
    row: u64,
}

/// One row.
pub(super) struct Row {
    /// Its number as spreadsheets count: the first row is row 1, an empty one counts, and a text of several lines is in one row.
    pub(super) number: u64,
    /// What stands in it, or why that can't be told.
    fields: Result<Vec<Vec<u8>>, String>,
}

impl Rows {
    /// Reads a file: UTF-8 with or without a mark at its start, or UTF-16 with one.
    pub(super) fn of(path: &Path, file: &'static str) -> Result<Self, ImportError> {
        let bytes = std::fs::read(path).map_err(|source| ImportError::Unreadable { path: path.to_owned(), source })?;
        let bytes = decoded(bytes).ok_or(ImportError::NotText { file })?;
        // spreadsheets write what separates in the country of their reader; no name of a column has any of these in it
        let separator = bytes.iter().copied().find(|byte| b",;\t\r\n".contains(byte)).filter(|byte| b",;\t".contains(byte));
        Ok(Self { bytes, separator: separator.unwrap_or(b','), at: 0, row: 0 })
    }

    fn rest(&self) -> &[u8] {
        self.bytes.get(self.at..).unwrap_or_default()
    }

    fn fields(&mut self) -> Result<Vec<Vec<u8>>, &'static str> {
        let mut fields = Vec::new();
        loop {
            let field = if self.rest().first() == Some(&b'"') { self.quoted()? } else { self.bare()? };
            fields.push(field);
            if self.rest().first() != Some(&self.separator) {
                self.end_line();
                return Ok(fields);
            }
            self.at += 1;
        }
    }

    fn quoted(&mut self) -> Result<Vec<u8>, &'static str> {
        let mut field = Vec::new();
        self.at += 1;
        loop {
            let length = self.rest().iter().position(|byte| *byte == b'"').ok_or(OPEN)?;
            field.extend_from_slice(&self.rest()[..length]);
            self.at += length + 1;
            match self.rest().first() {
                Some(b'"') => field.push(b'"'),
                Some(byte) if *byte != self.separator && !b"\r\n".contains(byte) => return Err(STRAY),
                _ => return Ok(field),
            }
            self.at += 1;
        }
    }

    fn bare(&mut self) -> Result<Vec<u8>, &'static str> {
        let ends = |byte: &u8| *byte == self.separator || b"\r\n".contains(byte);
        let length = self.rest().iter().position(ends).unwrap_or(self.rest().len());
        let field = self.rest()[..length].to_vec();
        self.at += length;
        if field.contains(&b'"') { Err(STRAY) } else { Ok(field) }
    }

    fn end_line(&mut self) {
        self.at += if self.rest().starts_with(b"\r\n") { 2 } else { usize::from(!self.rest().is_empty()) };
    }
}

impl Iterator for Rows {
    type Item = Row;

    fn next(&mut self) -> Option<Row> {
        while !self.rest().is_empty() {
            self.row += 1;
            let start = self.at;
            let fields = self.fields().map_err(|reason| {
                self.at = start;
                self.at += self.rest().iter().position(|byte| b"\r\n".contains(byte)).unwrap_or(self.rest().len());
                self.end_line();
                reason.to_owned()
            });
            let is_empty = fields.as_ref().is_ok_and(|fields| fields.iter().all(Vec::is_empty));
            if !is_empty {
                return Some(Row { number: self.row, fields });
            }
        }
        None
    }
}

/// UTF-8, as far as it is said to be anything else; what is neither text can't be told by rows.
fn decoded(bytes: Vec<u8>) -> Option<Vec<u8>> {
    let wide = |unit: fn([u8; 2]) -> u16| {
        let (pairs, odd) = bytes[2..].as_chunks::<2>();
        let units: Vec<u16> = pairs.iter().map(|pair| unit(*pair)).collect();
        String::from_utf16(&units).ok().filter(|_| odd.is_empty()).map(String::into_bytes)
    };
    match bytes.as_slice() {
        [0xff, 0xfe, ..] => wide(u16::from_le_bytes),
        [0xfe, 0xff, ..] => wide(u16::from_be_bytes),
        [0xef, 0xbb, 0xbf, text @ ..] => Some(text.to_vec()),
        // UTF-16 without a mark, a workbook, a picture
        text if text.contains(&0) => None,
        _ => Some(bytes),
    }
}

/// A file whose columns go by the names in its first row: there may be others, in any order.
pub(super) struct Table {
    file: &'static str,
    columns: HashMap<String, usize>,
    rows: Rows,
}

impl Table {
    pub(super) fn open(path: &Path, file: &'static str) -> Result<Self, ImportError> {
        let mut rows = Rows::of(path, file)?;
        let first = rows.next().map_or(Ok(Vec::new()), |row| row.fields);
        let first = first.map_err(|reason| ImportError::NotATable { file, reason })?;
        let mut columns = HashMap::new();
        for (n, name) in first.iter().enumerate() {
            let name = name_of(&String::from_utf8_lossy(name));
            if columns.insert(name.clone(), n).is_some() && !name.is_empty() {
                return Err(ImportError::NotATable { file, reason: format!("two columns are called “{name}”") });
            }
        }
        Ok(Self { file, columns, rows })
    }

    /// The place of a column.
    pub(super) fn column(&self, column: &'static str) -> Result<usize, ImportError> {
        self.columns.get(column).copied().ok_or_else(|| {
            let mut found: Vec<_> = self.columns.iter().map(|(name, n)| (*n, name.as_str())).collect();
            found.sort_unstable();
            let found = found.into_iter().map(|(_, name)| format!("“{name}”")).collect::<Vec<_>>().join(", ");
            ImportError::NoColumn { file: self.file, column, found }
        })
    }
}

impl Iterator for Table {
    type Item = Row;

    fn next(&mut self) -> Option<Row> {
        let Row { number, fields } = self.rows.next()?;
        let width = self.columns.len();
        let fields = fields.and_then(|fields| match fields.iter().rposition(|field| !field.is_empty()) {
            // a text with what separates in it that is not in quotation marks would lose its end
            Some(last) if last >= width => Err(format!("there are {} fields in the row, and {width} columns", last + 1)),
            _ => Ok(fields),
        });
        Some(Row { number, fields })
    }
}

impl Row {
    /// The text in a column.
    pub(super) fn text(&self, column: usize) -> Result<&str, String> {
        let field = self.fields.as_ref().map_err(Clone::clone)?.get(column).ok_or("the row is too short")?;
        std::str::from_utf8(field).map_err(|_| "the row is not UTF-8".to_owned())
    }

    /// A whole number.
    pub(super) fn integer(&self, column: usize) -> Result<i64, String> {
        let text = self.text(column)?.trim();
        text.parse().map_err(|_| format!("“{}” is not a whole number", text::cut_at_word(text, 40)))
    }

    /// The number that somebody or something is known by.
    pub(super) fn id(&self, column: usize) -> Result<i64, String> {
        let number = self.integer(column)?;
        if number < 0 { Err(format!("{number} is less than any number that is given")) } else { Ok(number) }
    }

    /// A moment in milliseconds since 1970, from a time in which it can have been. In seconds or microseconds it would lie in another
    /// century.
    pub(super) fn time(&self, column: usize, times: &RangeInclusive<DateTime<Utc>>) -> Result<DateTime<Utc>, String> {
        let (millis, first) = (self.integer(column)?, times.start());
        let time = DateTime::from_timestamp_millis(millis).filter(|time| time >= first && time.year() <= 9999);
        let time = time.ok_or_else(|| format!("{millis} is not a time since {} in milliseconds", first.year()))?;
        if time > *times.end() { Err(format!("{} has not come yet", time.format("%Y-%m-%d %H:%M"))) } else { Ok(time) }
    }
}

/// A name in a first row or a first column, as it is looked for.
pub(super) fn name_of(name: &str) -> String {
    name.trim().to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(bytes: &[u8]) -> Vec<(u64, Result<Vec<String>, String>)> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("table.csv");
        std::fs::write(&path, bytes).unwrap();
        let text = |fields: Vec<Vec<u8>>| fields.into_iter().map(|field| String::from_utf8(field).unwrap()).collect();
        Rows::of(&path, "table.csv").unwrap().map(|row| (row.number, row.fields.map(text))).collect()
    }

    fn row(number: u64, fields: &[&str]) -> (u64, Result<Vec<String>, String>) {
        (number, Ok(fields.iter().map(|field| (*field).to_owned()).collect()))
    }

    #[test]
    fn rows_are_numbered_as_spreadsheets_do() {
        let text = "a,b\r\n\r\n\"two\nlines\",\"with \"\"marks\"\"\"\r\n,\nlast,";
        let expected = [row(1, &["a", "b"]), row(3, &["two\nlines", "with \"marks\""]), row(5, &["last", ""])];
        assert_eq!(rows(text.as_bytes()), expected);
    }

    #[test]
    fn a_stray_mark_takes_its_own_row_only() {
        let text = "a,b\n1,\"open\n2,fine\n3,\"quoted\"\n4,12\" wide\n5,\"x\" y\n6,fine";
        let found = rows(text.as_bytes());
        let wrong = |number: u64, reason: &str| (number, Err(reason.to_owned()));
        let expected = [
            row(1, &["a", "b"]),
            wrong(2, STRAY),
            row(3, &["2", "fine"]),
            row(4, &["3", "quoted"]),
            wrong(5, STRAY),
            wrong(6, STRAY),
            row(7, &["6", "fine"]),
        ];
        assert_eq!(found, expected);
        assert_eq!(rows(b"a\n\"open\n2"), [row(1, &["a"]), wrong(2, OPEN), row(3, &["2"])]);
    }

    #[test]
    fn files_of_spreadsheets_are_read_as_they_were_saved() {
        let expected = [row(1, &["naam", "stad"]), row(2, &["Zoë", "Łódź, 1"])];
        let wide = |text: &str, unit: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(unit).collect::<Vec<u8>>();
        assert_eq!(rows("\u{feff}naam,stad\nZoë,\"Łódź, 1\"\n".as_bytes()), expected);
        assert_eq!(rows("naam;stad\nZoë;Łódź, 1\n".as_bytes()), expected);
        assert_eq!(rows(&wide("\u{feff}naam\tstad\r\nZoë\tŁódź, 1\r\n", u16::to_le_bytes)), expected);
        assert_eq!(rows(&wide("\u{feff}naam;stad\nZoë;Łódź, 1", u16::to_be_bytes)), expected);
        let unmarked = wide("naam,stad", u16::to_le_bytes);
        assert_eq!(decoded(unmarked), None);
        assert_eq!(decoded(vec![0xff, 0xfe, b'a']), None, "half a character");
    }
}
