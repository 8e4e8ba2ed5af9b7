//! The first version of the API: one noun a file.

pub mod absences;
pub mod accountability;
pub mod accounts;
pub mod again;
pub mod answers;
pub mod attachments;
pub mod boards;
pub mod cases;
pub mod challenge;
pub mod changelog;
pub mod clocks;
pub mod comments;
pub mod confirmation;
pub mod contributors;
pub mod desks;
pub mod feeds;
pub mod flags;
pub mod follows;
pub mod groups;
pub mod handovers;
pub mod held;
pub mod hooks;
pub mod levels;
pub mod mailing;
pub mod me;
pub mod moderation;
pub mod newcomers;
pub mod notices;
pub mod objects;
pub mod owner;
pub mod people;
pub mod pledges;
pub mod posts;
pub mod promises;
pub mod provenance;
pub mod push;
pub mod queue;
pub mod rebuttals;
pub mod receipts;
pub mod record;
pub mod requests;
pub mod rings;
pub mod rules;
pub mod site;
pub mod statuses;
pub mod tags;
pub mod teams;
pub mod tokens;
pub mod versions;
pub mod votes;

use axum::{Router, routing::any};
use forum::Forum;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::problem;

/// Every endpoint, and what the annotations beside them say.
pub fn endpoints() -> OpenApiRouter<Forum> {
    OpenApiRouter::default()
        .routes(routes!(accountability::show))
        .routes(routes!(accountability::posts))
        .routes(routes!(accountability::promises))
        .routes(routes!(accountability::queries))
        .routes(routes!(accounts::create))
        .routes(routes!(challenge::show))
        .routes(routes!(tokens::list, tokens::create, tokens::delete_used))
        .routes(routes!(tokens::delete))
        .routes(routes!(me::show, me::update, me::erase))
        .routes(routes!(me::ask_for_email))
        .routes(routes!(me::export))
        .routes(routes!(boards::list, boards::create))
        .routes(routes!(boards::show, boards::update))
        .routes(routes!(follows::start_board, follows::stop_board))
        .routes(routes!(follows::start_post, follows::stop_post))
        .routes(routes!(follows::start_promise, follows::stop_promise))
        .routes(routes!(follows::start_tag, follows::stop_tag))
        .routes(routes!(follows::start_person, follows::stop_person))
        .routes(routes!(feeds::show, feeds::make, feeds::stop))
        .routes(routes!(follows::list))
        .routes(routes!(follows::show_unasked, follows::update_unasked))
        .routes(routes!(mailing::show, mailing::update))
        .routes(routes!(push::show, push::update, push::create))
        .routes(routes!(push::delete))
        .routes(routes!(notices::list))
        .routes(routes!(notices::read))
        .routes(routes!(statuses::list, statuses::create))
        .routes(routes!(statuses::update, statuses::delete))
        .routes(routes!(tags::list, tags::create))
        .routes(routes!(tags::show, tags::update))
        .routes(routes!(tags::merge))
        .routes(routes!(people::list))
        .routes(routes!(people::show, people::update))
        .routes(routes!(rules::list, rules::create))
        .routes(routes!(rules::show, rules::update))
        .routes(routes!(site::show, site::update))
        .routes(routes!(groups::show, groups::update))
        .routes(routes!(groups::list, groups::create))
        .routes(routes!(groups::add, groups::remove))
        .routes(routes!(posts::list, posts::create))
        .routes(routes!(posts::similar))
        .routes(routes!(receipts::create))
        .routes(routes!(receipts::take_over))
        .routes(routes!(receipts::show, receipts::erase))
        .routes(routes!(receipts::set_email, receipts::forget_email))
        .routes(routes!(receipts::confirm_email))
        .routes(routes!(posts::show, posts::update))
        .routes(routes!(versions::list))
        .routes(routes!(versions::of_comment))
        .routes(routes!(cases::merge))
        .routes(routes!(cases::unmerge))
        .routes(routes!(cases::propose))
        .routes(routes!(cases::proposals))
        .routes(routes!(cases::proposal))
        .routes(routes!(cases::decline))
        .routes(routes!(votes::cast, votes::withdraw))
        .routes(routes!(votes::list))
        .routes(routes!(comments::list, comments::create))
        .routes(routes!(comments::show, comments::update, comments::delete))
        .routes(routes!(attachments::create))
        .routes(routes!(attachments::show, attachments::delete))
        .routes(routes!(attachments::content))
        .routes(routes!(owner::set))
        .routes(routes!(answers::list, answers::create))
        .routes(routes!(handovers::offer))
        .routes(routes!(handovers::list))
        .routes(routes!(handovers::accept))
        .routes(routes!(handovers::decline))
        .routes(routes!(contributors::list, contributors::create))
        .routes(routes!(contributors::end))
        .routes(routes!(provenance::list, provenance::set))
        .routes(routes!(clocks::list))
        .routes(routes!(clocks::extend))
        .routes(routes!(clocks::stop))
        .routes(routes!(clocks::resume))
        .routes(routes!(levels::list))
        .routes(routes!(levels::lower))
        .routes(routes!(promises::of_post, promises::create))
        .routes(routes!(promises::list))
        .routes(routes!(promises::show))
        .routes(routes!(promises::keep))
        .routes(routes!(promises::withdraw))
        .routes(routes!(promises::pay))
        .routes(routes!(promises::change))
        .routes(routes!(pledges::show))
        .routes(routes!(pledges::list, pledges::create))
        .routes(routes!(pledges::end))
        .routes(routes!(requests::list))
        .routes(routes!(requests::show))
        .routes(routes!(requests::approve))
        .routes(routes!(requests::refuse))
        .routes(routes!(again::report))
        .routes(routes!(again::list))
        .routes(routes!(confirmation::show, confirmation::say))
        .routes(routes!(rebuttals::create))
        .routes(routes!(rebuttals::list))
        .routes(routes!(changelog::list, changelog::create))
        .routes(routes!(changelog::show, changelog::update, changelog::discard))
        .routes(routes!(changelog::publish, changelog::recall))
        .routes(routes!(changelog::withdraw))
        .routes(routes!(changelog::delivered))
        .routes(routes!(record::list))
        .routes(routes!(queue::list))
        .routes(routes!(teams::show))
        .routes(routes!(teams::list, teams::create))
        .routes(routes!(teams::add, teams::remove))
        .routes(routes!(desks::list, desks::set))
        .routes(routes!(absences::list, absences::create))
        .routes(routes!(absences::delete))
        .routes(routes!(moderation::create))
        .routes(routes!(moderation::show))
        .routes(routes!(moderation::appeal))
        .routes(routes!(moderation::decide))
        .routes(routes!(flags::list, flags::create))
        .routes(routes!(flags::dismiss))
        .routes(routes!(rings::list))
        .routes(routes!(rings::dismiss))
        .routes(routes!(rings::exclude))
        .routes(routes!(newcomers::list))
        .routes(routes!(newcomers::look))
        .routes(routes!(held::list))
        .routes(routes!(held::release))
        .routes(routes!(held::hide))
        .routes(routes!(hooks::list, hooks::create))
        .routes(routes!(hooks::show, hooks::update, hooks::delete))
        .routes(routes!(hooks::test))
        .routes(routes!(hooks::rotate))
        .routes(routes!(hooks::deliveries))
        .routes(routes!(hooks::resend))
}

/// What answers under `/api/v1`.
pub fn routes() -> Router<Forum> {
    Router::from(endpoints()).route("/api/v1", any(problem::missing)).route("/api/v1/{*rest}", any(problem::missing))
}
