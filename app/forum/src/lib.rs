//! What the forum is: one room per word of its vocabulary. It knows no HTTP, no pages and no browser.
//!
//! A room reads from top to bottom: types, rules, queries, commands. Lists take a connection and the
//! [`actor::Actor`] who asks, what belongs to a post takes a [`View`] and the post as it was [seen](post::Seen); what the reader may not
//! see is not in the answer. Commands take a [`Tx`], which carries the actor, the time and the events, and check the policy in their
//! first lines: pages, REST and jobs all come through the same door. What they change about a post they change on a post that is
//! [held](held::Held).
//!
//! The rooms stand in wings, whose arrows go one way: `news → account → duty → voice → people → ground`. The folders are the map; a room is
//! called by its own name, whichever wing it is in. [`Forum`] is the roof, which knows them all.

pub mod forum;

mod account;
mod duty;
mod ground;
mod news;
mod people;
mod voice;

pub use account::{accountability, claim, common, personal, record};
pub use duty::{
    again, agenda, answer, changelog, confirm, contributor, flag, handover, level, lookout, moderation, owner, pledge, promise,
    provenance, rebuttal, request, ring, screening, watch,
};
pub use ground::{
    actor, db, error, event, held, id, limit, mandate, markdown, marker, names, outbox, password, repeat, secret, site, text, time,
    view,
};
use ground::{signing, tx, values, word, words};
pub use news::{follow, hook, live, mailing, notice, push, reply, unsubscribe};
pub use people::{
    challenge, device, draft, feed, group, invitation, link, mailbox, mention, person, proof, receipt, roster, session, team,
    token, trace,
};
pub use voice::{attachment, board, case, clock, comment, guest, newcomer, post, search, status, story, tag, vote};

pub use error::{Error, Result};
pub use forum::Forum;
pub use tx::Tx;
pub use view::View;
