//! What an import of an open Polis conversation brings in, beside an expectation that is computed here from the same files
//! without any of the importer's code; and the demo forum.

#![expect(clippy::unwrap_used, reason = "a test that can't go on has failed")]

mod demo;
mod fit;
mod keep;
mod load;

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    path::{Path, PathBuf},
};

use forum::{
    Forum,
    actor::Actor,
    board,
    id::{PersonId, PostId},
    post::{self, Filter, Kind, Sort},
    vote::{self, Stance},
};
use server::import::{ImportError, Report, polis};
use tests::{TestForum, on_both};

fn fixture() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/polis")
}

/// A conversation of the folder that is shared between workplaces. It is not part of the project.
fn shared(name: &str) -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/data/polis").join(name);
    if !folder.is_dir() {
        println!("SKIPPED: there is no ../shared/data/polis/{name} beside the project, so its real votes were not tried");
        return None;
    }
    Some(folder)
}

/// The rows of a file of comma-separated values, by the names in its first row; a field that a row lacks is missing from it.
fn table(file: &Path) -> Vec<HashMap<String, String>> {
    let text = std::fs::read_to_string(file).unwrap();
    let mut rows: Vec<Vec<String>> = vec![vec![String::new()]];
    let mut quoted = false;
    let mut signs = text.chars().peekable();
    while let Some(sign) = signs.next() {
        let field = rows.last_mut().unwrap().last_mut().unwrap();
        match sign {
            '"' if quoted && signs.peek() == Some(&'"') => field.push(signs.next().unwrap()),
            '"' => quoted = !quoted,
            ',' if !quoted => rows.last_mut().unwrap().push(String::new()),
            '\r' if !quoted => {}
            '\n' if !quoted => rows.push(vec![String::new()]),
            sign => field.push(sign),
        }
    }
    rows.retain(|row| row.len() > 1 || !row[0].is_empty());
    let names = rows.remove(0);
    rows.into_iter().map(|row| names.iter().cloned().zip(row).collect()).collect()
}

#[derive(Debug, Default)]
struct Expected {
    /// By comment: author, words.
    statements: BTreeMap<i64, (i64, String)>,
    rejected: u64,
    /// By comment and voter: the vote and its time in milliseconds.
    votes: BTreeMap<(i64, i64), (i64, i64)>,
    passes: u64,
    people: BTreeSet<i64>,
}

impl Expected {
    fn of(folder: &Path) -> Self {
        let mut expected = Self::default();
        let number = |row: &HashMap<String, String>, name: &str| row.get(name).and_then(|field| field.trim().parse::<i64>().ok());
        for row in table(&folder.join("comments.csv")) {
            let Some(id) = number(&row, "comment-id") else { continue };
            let Some(moderated @ -1..=1) = number(&row, "moderated") else { continue };
            if moderated == -1 {
                expected.rejected += 1;
                continue;
            }
            let words = row["comment-body"].replace("\r\n", "\n").trim().to_owned();
            if let (Some(author), Some(_), false) = (number(&row, "author-id"), number(&row, "timestamp"), words.is_empty()) {
                expected.statements.entry(id).or_insert((author, words));
            }
        }
        let mut last: BTreeMap<(i64, i64), (i64, usize, i64)> = BTreeMap::new();
        for (place, row) in table(&folder.join("votes.csv")).into_iter().enumerate() {
            let fields = (number(&row, "timestamp"), number(&row, "comment-id"), number(&row, "voter-id"), number(&row, "vote"));
            let (Some(at), Some(comment), Some(voter), Some(vote @ -1..=1)) = fields else { continue };
            if at > 200_000_000_000_000 || !expected.statements.contains_key(&comment) {
                continue;
            }
            let vote = (at, place, vote);
            last.entry((comment, voter)).and_modify(|best| *best = vote.max(*best)).or_insert(vote);
        }
        expected.people.extend(expected.statements.values().map(|(author, _)| *author));
        expected.people.extend(last.keys().map(|(_, voter)| *voter));
        expected.passes = last.values().filter(|(_, _, vote)| *vote == 0).count() as u64;
        expected.votes = last.into_iter().filter(|(_, last)| last.2 != 0).map(|(key, (at, _, vote))| (key, (vote, at))).collect();
        expected
    }

    fn count(&self, comment: i64, stance: i64) -> i64 {
        self.votes.iter().filter(|((c, _), (vote, _))| *c == comment && *vote == stance).fold(0, |n, _| n + 1)
    }
}

/// The forum holds exactly what was expected, no more and no less.
async fn compare(f: &TestForum, folder: &Path, conversation: &str, report: &Report) {
    let expected = Expected::of(folder);
    let comment_key = |comment: i64| format!("polis:{conversation}:comment:{comment}");
    let keys: Vec<String> = expected.statements.keys().map(|comment| comment_key(*comment)).collect();
    let posts = post::imported(f.read(), &keys).await.unwrap();
    assert_eq!(posts.len(), expected.statements.len(), "every statement is a post");
    assert_eq!(f.count("posts").await, i64::try_from(posts.len()).unwrap(), "and there is no other post");

    let keys: Vec<String> = expected.people.iter().map(|person| format!("polis:{conversation}:person:{person}")).collect();
    let people = forum::person::imported(f.read(), &keys).await.unwrap();
    assert_eq!(people.len(), keys.len(), "authors and voters are people of one numbering");
    assert_eq!(f.count("persons").await, i64::try_from(keys.len()).unwrap());
    let number_of: HashMap<PersonId, i64> = expected.people.iter().zip(&keys).map(|(number, key)| (people[key], *number)).collect();

    for (comment, (author, words)) in &expected.statements {
        let id: PostId = posts[&comment_key(*comment)];
        let post = f.see(id).await;
        assert_eq!(&post.body, words, "word for word");
        assert_eq!((number_of[&post.row.author.id], post.row.kind), (*author, Kind::Idea));
        assert_eq!(post.row.author.name, format!("Participant {author}"));
        assert!(post.imported && post.row.clocks.is_empty() && post.row.owner.is_none(), "nothing is owed until staff take it up");
        assert_title(&post.row.title, words);
        let counts = (post.row.support_count, post.row.oppose_count);
        assert_eq!(counts, (expected.count(*comment, 1), expected.count(*comment, -1)), "support and against on comment {comment}");
        for (person, stance, at) in vote::imported(f.read(), id).await.unwrap() {
            let vote = if stance == Stance::Support { 1 } else { -1 };
            assert_eq!(expected.votes[&(*comment, number_of[&person])], (vote, at.timestamp_millis()));
        }
    }
    assert_eq!(f.count("votes").await, i64::try_from(expected.votes.len()).unwrap(), "one vote per voter and statement");
    assert_eq!(f.count("votes WHERE NOT imported OR reason IS NOT NULL").await, 0, "marked as brought in, without a reason");
    for table in ["events", "outbox", "clocks", "owners"] {
        assert_eq!(f.count(table).await, 0, "{table} after an import");
    }

    assert_eq!((report.posts_new, report.posts_known), (posts.len() as u64, 0));
    assert_eq!((report.people_new, report.people_known), (keys.len() as u64, 0));
    assert_eq!((report.votes_taken, report.votes_changed), (expected.votes.len() as u64, expected.votes.len() as u64));
    assert_eq!(report.support + report.oppose, report.votes_taken);
    assert_eq!((report.passes, report.rejected), (expected.passes, expected.rejected));
}

/// A title is the beginning of the words, perhaps cut, or has all of the words at its end.
fn assert_title(title: &str, words: &str) {
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    let start = title.trim_end_matches('…');
    assert!(words.starts_with(start) || title.ends_with(&words), "the title {title:?} of {words:?}");
    assert!((3..=120).contains(&title.chars().count()), "{title:?}");
    if let Some(rest) = words.strip_prefix(start)
        && title.ends_with('…')
        && words.contains(' ')
    {
        assert!(rest.starts_with([' ', ',', '.', ';', ':']) || !start.contains(' '), "{title:?} is cut inside a word of {words:?}");
    }
}

async fn import(forum: &Forum, folder: &Path) -> Report {
    polis::run(forum, folder, false).await.unwrap()
}

/// A copy of the fixture in which something else stands.
fn altered(file: &str, alter: impl FnOnce(String) -> String) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for name in ["summary.csv", "comments.csv", "votes.csv"] {
        let text = std::fs::read_to_string(fixture().join(name)).unwrap();
        std::fs::write(folder.path().join(name), text).unwrap();
    }
    let path = folder.path().join(file);
    let text = alter(std::fs::read_to_string(&path).unwrap());
    std::fs::write(path, text).unwrap();
    folder
}

on_both! {
    async fn the_counts_are_those_of_each_voters_last_vote(f: TestForum) {
        let report = import(&f, &fixture()).await;
        println!("{report}");
        compare(&f, &fixture(), "7lindenveld", &report).await;
    }

    async fn the_ideas_of_bowling_green_come_in(f: TestForum) {
        let Some(folder) = shared("bg2050") else { return };
        let report = import(&f, &folder).await;
        compare(&f, &folder, "3nemnipcrc", &report).await;
    }

    async fn the_votes_of_vtaiwan_come_in(f: TestForum) {
        let Some(folder) = shared("vtaiwan") else { return };
        let started = std::time::Instant::now();
        let report = import(&f, &folder).await;
        println!("{} votes in {:?}", report.votes_taken, started.elapsed());
        compare(&f, &folder, "3phdex2kjf", &report).await;
    }

    async fn a_second_run_adds_nothing(f: TestForum) {
        let first = import(&f, &fixture()).await;
        let second = import(&f, &fixture()).await;
        assert_eq!((second.board_new, second.posts_new, second.people_new, second.votes_changed), (false, 0, 0, 0));
        assert_eq!((second.posts_known, second.people_known, second.votes_taken), (first.posts_new, first.people_new, first.votes_taken));
        assert_eq!((second.board_slug, f.count("boards").await), (first.board_slug, 2), "one board beside the one of the test");
        assert_eq!(f.count("votes").await, i64::try_from(first.votes_taken).unwrap());
    }

    async fn a_dry_run_foretells_and_touches_nothing(f: TestForum) {
        let foretold = polis::run(&f, &fixture(), true).await.unwrap();
        for table in ["persons", "posts", "votes"] {
            assert_eq!(f.count(table).await, 0, "{table} after a dry run");
        }
        assert_eq!(f.count("boards").await, 1);
        assert!(foretold.to_string().starts_with("Nothing was written."));
        let done = import(&f, &fixture()).await;
        assert_eq!(Report { dry_run: false, ..foretold }, done);
        let again = polis::run(&f, &fixture(), true).await.unwrap();
        assert_eq!(Report { dry_run: false, ..again }, import(&f, &fixture()).await);
    }

    async fn rows_that_can_not_be_taken_are_named(f: TestForum) {
        let report = import(&f, &fixture()).await;
        let of = |file: &str| -> Vec<(u64, &str)> {
            report.not_taken.iter().filter(|row| row.file == file).map(|row| (row.row, row.reason.as_str())).collect()
        };
        assert_eq!(
            of("comments.csv"),
            [
                (10, "the comment is empty or too long"),
                (11, "the comment is empty or too long"),
                (12, "“last Tuesday” is not a whole number"),
                (14, "comment 11 stands twice"),
                (15, "“anonymous” is not a whole number"),
                (16, "“maybe” is not a whole number"),
                (21, "the row is too short"),
            ]
        );
        let votes = of("votes.csv");
        for reason in [
            "2 is not a vote",
            "“” is not a whole number",
            "“agree” is not a whole number",
            "“soon” is not a whole number",
            "the row is too short",
            "99999999999999999 is not a time since 2012 in milliseconds",
            "comment 99 did not come in",
            "comment 10 did not come in",
            "comment 8 did not come in",
        ] {
            assert!(votes.iter().any(|(_, found)| *found == reason), "{reason:?} is not in {votes:?}");
        }
        assert_eq!((votes.len(), report.votes_on_unknown, report.rejected), (9, 3, 2));
        assert!(report.votes_on_rejected > 2);
    }

    async fn what_can_not_be_read_takes_nothing_along(f: TestForum) {
        let before = import(&f, &fixture()).await;
        // row 2 gets a mark that opens a text, and the ones after it come in as they did
        let folder = altered("comments.csv", |text| text.replacen("Plane trees.", "\"Plane trees.", 1));
        let report = polis::run(&f, folder.path(), true).await.unwrap();
        let told = report.not_taken.iter().find(|row| row.file == "comments.csv").unwrap();
        assert!(told.row == 2 && told.reason.starts_with("a quotation mark"), "{told:?}");
        assert_eq!(report.posts_new + report.posts_known, before.posts_new - 1, "one row is missing");
        // its votes are told as well
        assert!(report.votes_on_unknown > before.votes_on_unknown);

        for (row, reason) in [
            ("1,1,,41,1771200000", "1771200000 is not a time since 2012 in milliseconds"),
            ("1,1,,41,1771200000000000", "1771200000000000 is not a time since 2012 in milliseconds"),
            ("1,1,,41,4102444800000", "2100-01-01 00:00 has not come yet"),
            ("1,1,,-41,1771200000000", "-41 is less than any number that is given"),
            ("1,1,,4.1,1771200000000", "“4.1” is not a whole number"),
            ("7,1,,41,1771200000000", "7 is not a vote"),
            ("1,1,Mon, Feb 16,41,1771200000000", "there are 6 fields in the row, and 5 columns"),
            ("1,1,\"Mon,41,1771200000000", "a quotation mark opens a text that does not end"),
            ("1,1,5\" wide,41,1771200000000", "a quotation mark stands where none can"),
        ] {
            let folder = altered("votes.csv", |text| format!("{text}\n\n{row}\n1,1,,42,1771200000000\n"));
            let report = polis::run(&f, folder.path(), true).await.unwrap();
            let last = report.not_taken.last().unwrap();
            assert!(last.reason.starts_with(reason), "{row}: {last:?}");
            let lines = std::fs::read_to_string(fixture().join("votes.csv")).unwrap().lines().count();
            assert_eq!(last.row, lines as u64 + 2, "an empty row counts: {row}");
            assert_eq!(report.votes_taken, before.votes_taken + 1, "the row after it comes in: {row}");
        }
    }

    async fn what_spreadsheets_save_is_read(f: TestForum) {
        let as_it_is = polis::run(&f, &fixture(), true).await.unwrap();
        let semicolons = |text: &str| {
            // no text of the votes has either in it but one, in marks
            text.replace("2026, by hand", "2026; by hand").replace(',', ";")
        };
        let wide = |text: &str| "\u{feff}".encode_utf16().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
        let text = std::fs::read_to_string(fixture().join("votes.csv")).unwrap();
        for bytes in [format!("\u{feff}{text}").into_bytes(), semicolons(&text).into_bytes(), wide(&text), wide(&semicolons(&text))] {
            let folder = altered("votes.csv", |text| text);
            std::fs::write(folder.path().join("votes.csv"), bytes).unwrap();
            assert_eq!(polis::run(&f, folder.path(), true).await.unwrap(), as_it_is);
        }
        let folder = altered("votes.csv", |text| text);
        std::fs::write(folder.path().join("votes.csv"), b"v\0o\0t\0e\0").unwrap();
        let error = polis::run(&f, folder.path(), true).await.unwrap_err();
        assert!(matches!(error, ImportError::NotText { file: "votes.csv" }) && error.to_string().contains("CSV UTF-8"), "{error}");
    }

    async fn a_later_export_changes_minds_and_adds_statements(f: TestForum) {
        let first = import(&f, &fixture()).await;
        let later = altered("votes.csv", |text| {
            // voter 40 thinks again, voter 36 takes the vote back, and somebody new comes
            format!("{text}\n1,1,,40,1790000000000\n0,17,,36,1790000000001\n1,0,,50,1790000000002\n")
        });
        let second = import(&f, later.path()).await;
        assert_eq!((second.posts_new, second.people_new, second.votes_changed), (0, 1, 3));
        assert_eq!(second.votes_taken, first.votes_taken, "one more, and one less");
        let expected = Expected::of(later.path());
        let posts = post::imported(f.read(), &["polis:7lindenveld:comment:17".to_owned()]).await.unwrap();
        let post = f.see(posts["polis:7lindenveld:comment:17"]).await;
        assert_eq!(post.row.support_count, expected.count(17, 1));
    }

    async fn what_was_imported_is_read_as_any_other_post(f: TestForum) {
        import(&f, &fixture()).await;
        let board = board::list(f.read(), &Actor::Visitor).await.unwrap().into_iter().find(|b| b.slug != "general").unwrap();
        assert_eq!(board.slug, "lindenveld-what-should-the-square-become");
        assert_eq!(board.name, "Lindenveld, what should the square become?");
        let filter = Filter { sort: Sort::Top, board: Some(board.slug), ..Filter::default() };
        let page = f.page(&Actor::Visitor, &filter, None, 100).await;
        assert_eq!(page.total, 11);
        assert!(page.items.is_sorted_by(|a, b| a.support_count >= b.support_count));
        assert_eq!(f.find(&Actor::Visitor, "plane tres").await, ["Plane trees. The square is 40 degrees in July."]);
        let short = f.find(&Actor::Visitor, "lindenveld").await;
        assert_eq!(short, ["Lindenveld, what should the square become: Wi"], "too short for a title of its own");
    }

    async fn two_boards_of_one_name_have_two_addresses(f: TestForum) {
        f.board("lindenveld-what-should-the-square-become").await;
        let report = import(&f, &fixture()).await;
        assert_eq!(report.board_slug, "lindenveld-what-should-the-square-become-2");
    }

    async fn a_folder_that_is_no_conversation_says_what_it_lacks(f: TestForum) {
        let empty = tempfile::tempdir().unwrap();
        let error = polis::run(&f, empty.path(), false).await.unwrap_err();
        assert!(matches!(error, ImportError::Unreadable { .. }), "{error}");
        let error = polis::run(&f, altered("summary.csv", |text| text.replace("url,", "web,")).path(), false).await.unwrap_err();
        assert!(matches!(error, ImportError::NoConversation), "{error}");
        let error = polis::run(&f, altered("votes.csv", |text| text.replacen("voter-id", "who", 1)).path(), false).await.unwrap_err();
        assert!(matches!(error, ImportError::NoColumn { file: "votes.csv", column: "voter-id", .. }), "{error}");
        assert!(error.to_string().ends_with("only “vote”, “comment-id”, “datetime”, “who”, “timestamp”"), "{error}");
        assert_eq!((f.count("boards").await, f.count("posts").await), (1, 0));
    }
}
