//! The schema of Answerable, for SQLite and PostgreSQL alike.
//!
//! One migration per concept, in the order in which they depend on each other; up only: a forum that lost data to a
//! down-migration can't be repaired, one that waits for a forward fix can. The statements are SQL, since a schema is read far
//! more often than written; the few words in which the two databases differ are the placeholders of [`dialect`].

pub use sea_orm_migration::MigratorTrait;
use sea_orm_migration::prelude::*;

mod dialect;
mod m20261121_000001_create_persons;
mod m20261121_000002_create_boards;
mod m20261121_000003_create_posts;
mod m20261121_000004_create_votes;
mod m20261121_000005_create_comments;
mod m20261121_000006_create_answers;
mod m20261121_000007_create_events;
mod m20261121_000008_create_search;
mod m20261121_000009_deadlines_bite;
mod m20261121_000010_create_teams;
mod m20261121_000011_create_promises;
mod m20261121_000012_ask_the_customers;
mod m20261126_000013_lists_that_grow;
mod m20261126_000014_one_history;
mod m20261126_000015_notices;
mod m20261126_000016_one_story;
mod m20261126_000017_count_the_queue;
mod m20261126_000018_drafts;
mod m20261126_000019_keys_end;
mod m20261126_000020_tags_of_all_scripts;
mod m20261126_000021_news;
mod m20261126_000025_rank_by_the_week;
mod m20261126_000026_search_by_fit;
mod m20261126_000030_names_in_every_language;
mod m20261126_000031_tags_merge;
mod m20261126_000032_invitations;
mod m20261126_000035_devices;
mod m20261127_000040_the_record;
mod m20261127_000041_the_key_of_the_record;
mod m20261127_000045_moderation;
mod m20261127_000046_flags;
mod m20261127_000050_cases;
mod m20261127_000055_erasure;
mod m20261127_000060_challenges;
mod m20261127_000061_guests;
mod m20261127_000063_account_looks;
mod m20261127_000065_screening;
mod m20261127_000066_rings;
mod m20261127_000067_prints;
mod m20261127_000070_comments_edited_by_staff;
mod m20261127_000090_follows;
mod m20261127_000095_hooks;
mod m20261128_000091_mailing;
mod m20261128_000092_follow_choices;
mod m20261128_000093_attachments;
mod m20261128_000098_changelog;
mod m20261128_000101_follow_people;
mod m20261128_000102_mentions;
mod m20261128_000103_feeds;
mod m20261128_000104_unreached;
mod m20261128_000105_mail_in;
mod m20261128_000106_other_address;
mod m20261128_000107_files_later;
mod m20261128_000109_push;
mod m20261128_000110_notices_by_event;
mod m20261128_000111_files_gone;

/// All migrations, oldest first.
#[derive(Debug)]
pub struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m20261121_000001_create_persons::Migration),
            Box::new(m20261121_000002_create_boards::Migration),
            Box::new(m20261121_000003_create_posts::Migration),
            Box::new(m20261121_000004_create_votes::Migration),
            Box::new(m20261121_000005_create_comments::Migration),
            Box::new(m20261121_000006_create_answers::Migration),
            Box::new(m20261121_000007_create_events::Migration),
            Box::new(m20261121_000008_create_search::Migration),
            Box::new(m20261121_000009_deadlines_bite::Migration),
            Box::new(m20261121_000010_create_teams::Migration),
            Box::new(m20261121_000011_create_promises::Migration),
            Box::new(m20261121_000012_ask_the_customers::Migration),
            Box::new(m20261126_000013_lists_that_grow::Migration),
            Box::new(m20261126_000014_one_history::Migration),
            Box::new(m20261126_000015_notices::Migration),
            Box::new(m20261126_000016_one_story::Migration),
            Box::new(m20261126_000017_count_the_queue::Migration),
            Box::new(m20261126_000018_drafts::Migration),
            Box::new(m20261126_000019_keys_end::Migration),
            Box::new(m20261126_000020_tags_of_all_scripts::Migration),
            Box::new(m20261126_000021_news::Migration),
            Box::new(m20261126_000025_rank_by_the_week::Migration),
            Box::new(m20261126_000035_devices::Migration),
            Box::new(m20261126_000030_names_in_every_language::Migration),
            Box::new(m20261126_000031_tags_merge::Migration),
            Box::new(m20261126_000032_invitations::Migration),
            Box::new(m20261126_000026_search_by_fit::Migration),
            Box::new(m20261127_000055_erasure::Migration),
            Box::new(m20261127_000040_the_record::Migration),
            Box::new(m20261127_000041_the_key_of_the_record::Migration),
            Box::new(m20261127_000045_moderation::Migration),
            Box::new(m20261127_000046_flags::Migration),
            Box::new(m20261127_000050_cases::Migration),
            Box::new(m20261127_000070_comments_edited_by_staff::Migration),
            Box::new(m20261127_000065_screening::Migration),
            Box::new(m20261127_000066_rings::Migration),
            Box::new(m20261127_000067_prints::Migration),
            Box::new(m20261127_000060_challenges::Migration),
            Box::new(m20261127_000095_hooks::Migration),
            Box::new(m20261128_000091_mailing::Migration),
            Box::new(m20261128_000092_follow_choices::Migration),
            Box::new(m20261128_000098_changelog::Migration),
            Box::new(m20261127_000061_guests::Migration),
            Box::new(m20261127_000063_account_looks::Migration),
            Box::new(m20261127_000090_follows::Migration),
            Box::new(m20261128_000093_attachments::Migration),
            Box::new(m20261128_000101_follow_people::Migration),
            Box::new(m20261128_000102_mentions::Migration),
            Box::new(m20261128_000103_feeds::Migration),
            Box::new(m20261128_000104_unreached::Migration),
            Box::new(m20261128_000105_mail_in::Migration),
            Box::new(m20261128_000109_push::Migration),
            Box::new(m20261128_000110_notices_by_event::Migration),
            Box::new(m20261128_000106_other_address::Migration),
            Box::new(m20261128_000107_files_later::Migration),
            Box::new(m20261128_000111_files_gone::Migration),
        ]
    }
}
