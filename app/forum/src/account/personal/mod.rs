//! What the forum holds of a person: handed to them, and erased when they ask.
//!
//! One list says of every column that refers to a person whose row it is, what of it is theirs to take along, and what becomes of it when
//! they are erased; a second one says which columns hold text that is nobody's personal data. A test goes through the schema of both
//! databases: a new column that refers to a person or holds text, and stands in neither list, fails it.
//!
//! Whoever is erased stays as a row without a name, since votes, threads and answers hang on it: counts do not change, nobody's replies
//! lose what they reply to, and the history stays as long as it was. What they wrote stays under that row unless they take it back.

mod erase;
mod export;

pub use erase::{ERASED, Texts, erase, may_erase, scrub};
pub use export::{Export, of};

/// What becomes of rows when their person is erased.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// They go.
    Gone,
    /// They stay, for counts, threads and the public record of acts; what of their texts somebody wrote is taken back if they ask for it.
    Stays,
}

/// Rows of a table that are about a person.
#[derive(Debug)]
pub struct Part {
    /// The table.
    pub table: &'static str,
    /// The column that refers to the person.
    pub person: &'static str,
    /// What they take along of it: columns, or expressions with a name.
    pub columns: &'static [&'static str],
    /// What becomes of it.
    pub fate: Fate,
}

const fn part(table: &'static str, person: &'static str, fate: Fate, columns: &'static [&'static str]) -> Part {
    Part { table, person, columns, fate }
}

/// Every column that refers to a person.
pub const PARTS: &[Part] = {
    use Fate::{Gone, Stays};
    &[
        part(
            "posts",
            "author_id",
            Stays,
            &[
                "id",
                "kind",
                "COALESCE((SELECT title FROM hidden_texts WHERE act_id = hidden_by), title) AS title",
                "COALESCE((SELECT body FROM hidden_texts WHERE act_id = hidden_by), body) AS body",
                "language",
                "(SELECT slug FROM boards WHERE id = board_id) AS board",
                "(SELECT name FROM statuses WHERE id = status_id) AS status",
                "support_count",
                "oppose_count",
                "comment_count",
                "created_at",
                "edited_at",
            ],
        ),
        part("post_versions", "editor_id", Stays, &["post_id", "number", "title", "body", "rule", "reason", "created_at"]),
        part("comment_versions", "editor_id", Stays, &["comment_id", "number", "body", "rule", "reason", "created_at"]),
        part(
            "comments",
            "author_id",
            Stays,
            &[
                "id",
                "post_id",
                "parent_id",
                "COALESCE((SELECT body FROM hidden_texts WHERE act_id = hidden_by), body) AS body",
                "language",
                "created_at",
                "edited_at",
                "removed_at",
            ],
        ),
        // those of answers are the company's and stay; all others go with their content
        part(
            "attachments",
            "person_id",
            Stays,
            &["id", "post_id", "comment_id", "answer_id", "name", "media", "bytes", "alt", "created_at"],
        ),
        part("votes", "person_id", Stays, &["post_id", "stance", "reason", "created_at"]),
        part("agains", "person_id", Stays, &["post_id", "body", "language", "created_at"]),
        part("rebuttals", "person_id", Stays, &["post_id", "answer_id", "body", "language", "created_at"]),
        part("asks", "person_id", Stays, &["post_id", "answer_id", "round", "said", "note", "created_at", "said_at"]),
        part(
            "moderation_acts",
            "person_id",
            Stays,
            &[
                "post_id",
                "comment_id",
                "act",
                "rule",
                "reason",
                "created_at",
                "(SELECT body FROM appeals WHERE act_id = moderation_acts.id) AS appeal",
                "(SELECT passage FROM redactions WHERE act_id = moderation_acts.id) AS removed",
            ],
        ),
        part("flags", "person_id", Stays, &["post_id", "comment_id", "rule", "note", "created_at", "outcome"]),
        part("merge_proposals", "by_id", Stays, &["post_id", "other_id", "words", "created_at", "outcome", "reason"]),
        part(
            "notices",
            "person_id",
            Gone,
            &[
                "(SELECT kind FROM events WHERE id = event_id) AS event",
                "(SELECT post_id FROM events WHERE id = event_id) AS post_id",
                "reason",
                "created_at",
                "read_at",
                "mailed_at",
            ],
        ),
        part("mail_choices", "person_id", Gone, &["topic", "pace"]),
        part("push_devices", "person_id", Gone, &["endpoint", "created_at"]),
        part("push_silences", "person_id", Gone, &["topic"]),
        part("follows", "person_id", Gone, &["subject", "subject_id", "created_at", "muted"]),
        part("person_follows", "person_id", Gone, &["(SELECT name FROM persons WHERE id = followed_id) AS person", "created_at"]),
        part("mentions", "person_id", Gone, &["sort", "text_id", "created_at"]),
        // who they are is theirs
        part("person_follows", "followed_id", Gone, &["created_at"]),
        part("sessions", "person_id", Gone, &["device", "created_at", "seen_at", "expires_at"]),
        part("devices", "person_id", Gone, &["created_at", "expires_at"]),
        part("traces", "person_id", Gone, &["seen_at"]),
        part("prints", "person_id", Gone, &["post_id", "comment_id", "created_at"]),
        part("ring_members", "person_id", Gone, &["(SELECT found_at FROM rings WHERE id = ring_id) AS found_at"]),
        part("tokens", "person_id", Gone, &["name", "scopes", "created_at", "used_at", "expires_at"]),
        part("links", "person_id", Gone, &["purpose", "name", "email", "created_at", "expires_at", "used_at"]),
        part("account_looks", "person_id", Gone, &["looked_at"]),
        part("account_looks", "by_id", Stays, &["looked_at"]),
        part("receipts", "person_id", Gone, &["post_id", "created_at", "email", "confirmed_at", "unreached_at", "unreached_said"]),
        part("group_members", "person_id", Gone, &["(SELECT name FROM groups WHERE id = group_id) AS group_name"]),
        part("repeats", "person_id", Gone, &["created_at"]),
        // what the staff does is the company's, and stays where it was done
        part("posts", "owner_id", Stays, &["id", "title"]),
        part("owners", "person_id", Stays, &["post_id", "created_at"]),
        part("owners", "by_id", Stays, &["post_id", "created_at"]),
        part("answers", "author_id", Stays, &["id", "post_id", "what", "who", "created_at"]),
        part("events", "actor_id", Stays, &["kind", "post_id", "role", "rule", "reason", "created_at"]),
        part("stops", "by_id", Stays, &["post_id", "reason", "created_at"]),
        part("stops", "ended_by", Stays, &["post_id", "ended_at"]),
        part("handovers", "from_id", Stays, &["post_id", "reason", "created_at"]),
        part("handovers", "to_id", Stays, &["post_id", "note", "created_at"]),
        part("contributors", "person_id", Stays, &["post_id", "name", "task", "created_at", "ended_at"]),
        part("contributors", "by_id", Stays, &["post_id", "task", "created_at"]),
        part("pledges", "by_id", Stays, &["what", "remedy", "created_at"]),
        part("promises", "by_id", Stays, &["id", "post_id", "created_at"]),
        part("promise_versions", "accountable_id", Stays, &["promise_id", "what", "due_on"]),
        part("promise_versions", "by_id", Stays, &["promise_id", "what", "reason", "created_at"]),
        part("promise_acts", "by_id", Stays, &["promise_id", "act", "note", "created_at"]),
        part("changelog_entries", "author_id", Stays, &["id", "title", "created_at"]),
        part("changelog_entries", "published_by", Stays, &["id", "title", "published_at"]),
        part("changelog_corrections", "by_id", Stays, &["entry_id", "number", "reason", "created_at"]),
        part("requests", "by_id", Stays, &["post_id", "act", "created_at"]),
        part("requests", "decided_by", Stays, &["post_id", "act", "note", "decided_at"]),
        part("moderation_acts", "by_id", Stays, &["post_id", "comment_id", "act", "rule", "reason", "created_at"]),
        part("rings", "decided_by", Stays, &["id", "outcome", "reason", "decided_at"]),
        part("screenings", "decided_by", Stays, &["post_id", "comment_id", "outcome", "decided_at"]),
        part("appeals", "decided_by", Stays, &["act_id", "outcome", "reason", "decided_at"]),
        part("flags", "closed_by", Stays, &["post_id", "outcome", "reason", "closed_at"]),
        part("merge_proposals", "decided_by", Stays, &["post_id", "other_id", "outcome", "reason", "decided_at"]),
        part("tags", "merged_by", Stays, &["name", "merged_at"]),
        part("hooks", "created_by", Stays, &["shape", "created_at"]),
        part("invitations", "invited_by", Stays, &["role", "created_at"]),
        part("team_members", "person_id", Gone, &["(SELECT name FROM teams WHERE id = team_id) AS team"]),
        part("desks", "person_id", Gone, &["level"]),
        part("absences", "person_id", Gone, &["first_day", "last_day"]),
    ]
};

/// Tables whose rows are found by an address, since they name nobody: what waits to be sent, invitations, and who asked how often.
pub const BY_ADDRESS: &[(&str, &str)] = &[("outbox", "recipient"), ("invitations", "email"), ("limits", "key")];

/// Columns with the words of a person: all of them change hands by [`PARTS`], and are emptied when those are taken back or their rows go.
pub const THEIRS: &[(&str, &[&str])] = &[
    (
        "persons",
        &["handle", "name", "title", "email", "password_hash", "role", "language", "time_zone", "imported_from", "unreached_said"],
    ),
    ("posts", &["title", "slug", "body", "body_html", "excerpt"]),
    ("post_versions", &["title", "body"]),
    ("comments", &["body", "body_html"]),
    ("comment_versions", &["body"]),
    ("attachments", &["name", "alt"]),
    ("votes", &["reason"]),
    ("agains", &["body", "body_html"]),
    ("rebuttals", &["body", "body_html"]),
    ("asks", &["note"]),
    ("contributors", &["name"]),
    ("hidden_texts", &["title", "body", "body_html"]),
    ("redactions", &["passage"]),
    ("appeals", &["body"]),
    ("flags", &["note"]),
    ("merge_proposals", &["words"]),
    ("push_devices", &["endpoint", "p256dh", "auth"]),
    ("sessions", &["device"]),
    ("tokens", &["name"]),
    ("links", &["name", "password_hash", "next", "email"]),
    ("outbox", &["recipient", "letter", "last_error"]),
    ("invitations", &["email"]),
    ("receipts", &["email", "unreached_said"]),
    ("limits", &["key"]),
    ("repeats", &["key", "location", "body"]),
    ("search_posts", &["title", "tags", "body"]),
    ("search_comments", &["body"]),
    ("search_words", &["word"]),
    ("search_near", &["form", "word"]),
];

/// Columns with text that tells of nobody: words of the site and of the company, choices, digests, and what goes by itself within days.
pub const NOBODYS: &[(&str, &[&str])] = &[
    ("absences", &[]),
    ("agains", &["language"]),
    ("appeals", &["outcome", "reason", "role"]),
    ("answers", &["what", "what_html", "who", "reason_class", "language", "cause", "decided_role"]),
    ("asks", &["secret_hash", "said"]),
    ("attachments", &["media", "digest", "small_digest"]),
    ("boards", &["slug", "name", "description", "imported_from", "names"]),
    ("challenge_key", &["secret"]),
    ("changelog_corrections", &["category", "title", "body", "body_html", "language", "reason", "role"]),
    ("changelog_entries", &["category", "title", "body", "body_html", "language", "published_role", "withdrawn_reason"]),
    ("checks", &["outcome"]),
    ("clocks", &["name"]),
    ("comment_versions", &["reason"]),
    ("comments", &["language"]),
    ("contributors", &["task"]),
    ("devices", &["secret_hash"]),
    // found by the secret of a browser alone; they go within a week
    ("drafts", &["secret_hash", "path", "body"]),
    ("events", &["kind", "data", "subject", "subject_id", "role", "reason"]),
    ("files", &["digest"]),
    ("flags", &["outcome", "reason"]),
    ("follows", &["subject"]),
    ("groups", &["slug", "name"]),
    ("handovers", &["reason", "outcome", "note"]),
    // what the others answered when it went wrong; emptied whenever somebody is erased, and gone within a month
    ("hook_deliveries", &["trouble", "answer"]),
    ("hooks", &["url", "kinds", "shape", "language", "secret", "former_secret", "disabled_reason"]),
    ("invitations", &["secret_hash", "role"]),
    ("links", &["secret_hash", "purpose", "draft"]),
    ("mail_choices", &["topic", "pace"]),
    // digests of what letters are called by those who send them
    ("mail_in", &["digest"]),
    ("mentions", &["sort"]),
    ("merge_proposals", &["outcome", "reason"]),
    ("moderation_acts", &["target", "act", "reason", "role"]),
    ("notices", &["reason"]),
    ("outbox", &["language"]),
    ("persons", &["unreached_cause"]),
    ("pledges", &["kind", "what", "remedy"]),
    ("post_counts", &["kind"]),
    ("post_versions", &["reason"]),
    ("posts", &["kind", "language", "stage", "imported_from", "provenance"]),
    ("promise_acts", &["act", "note"]),
    ("promise_versions", &["what", "remedy", "reason"]),
    ("promises", &["decided_role"]),
    ("push_key", &["secret", "public"]),
    ("push_silences", &["topic"]),
    ("rebuttals", &["language"]),
    // digests, and the salts that erasing takes away
    ("record_entries", &["at", "act", "subject", "role", "reason", "contents", "prev", "digest"]),
    ("record_head", &["digest"]),
    ("record_key", &["secret"]),
    ("record_openings", &["salt"]),
    ("repeats", &["fingerprint"]),
    ("requests", &["act", "draft", "beyond", "outcome", "note"]),
    ("receipts", &["form", "unreached_cause"]),
    ("receipt_keys", &["secret_hash"]),
    ("rings", &["outcome", "reason"]),
    ("prints", &["digest"]),
    ("screenings", &["cause", "outcome"]),
    ("sessions", &["secret_hash"]),
    ("settings", &["key", "value"]),
    ("spent_challenges", &["challenge"]),
    ("statuses", &["slug", "name", "stage", "colour", "names"]),
    ("stops", &["reason"]),
    ("tags", &["slug", "name", "key"]),
    ("teams", &["slug", "name"]),
    ("tokens", &["secret_hash", "scopes"]),
    ("trace_key", &["secret"]),
    ("votes", &["stance"]),
];
