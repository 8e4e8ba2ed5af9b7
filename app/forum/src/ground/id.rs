//! Identifiers: integers for what is public and counted, UUIDv7 for persons. None of them is a secret.

use std::fmt;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

macro_rules! id {
    ($(#[$doc:meta])* $name:ident($inner:ty)) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[derive(sea_orm::DeriveValueType)]
        #[serde(transparent)]
        pub struct $name(pub $inner);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
    };
}

id!(
    /// A post; its number is what people call it by.
    PostId(i64)
);
id!(
    /// A comment.
    CommentId(i64)
);
id!(
    /// An official answer.
    AnswerId(i64)
);
id!(
    /// A picture or a document that somebody added to what they wrote.
    AttachmentId(i64)
);
id!(
    /// A board.
    BoardId(i64)
);
id!(
    /// A tag.
    TagId(i64)
);
id!(
    /// A status.
    StatusId(i64)
);
id!(
    /// An offer of ownership.
    HandoverId(i64)
);
id!(
    /// A promise.
    PromiseId(i64)
);
id!(
    /// A text that is held back until somebody of the staff has looked at it.
    ScreeningId(i64)
);
id!(
    /// A group of accounts that vote as one.
    RingId(i64)
);
id!(
    /// An entry of the changelog.
    ChangelogId(i64)
);
id!(
    /// A pledge, which makes promises.
    PledgeId(i64)
);
id!(
    /// An act that waits for somebody with a wider mandate.
    RequestId(i64)
);
id!(
    /// A report that it happened again.
    AgainId(i64)
);
id!(
    /// A proposal that two posts are one matter.
    ProposalId(i64)
);
id!(
    /// Something that happened; numbers rise with time.
    EventId(i64)
);
id!(
    /// A notice to a person.
    NoticeId(i64)
);
id!(
    /// An act of moderation.
    ModerationId(i64)
);
id!(
    /// A word of a member on what should not stand there.
    FlagId(i64)
);
id!(
    /// A web-hook.
    HookId(i64)
);
id!(
    /// A message to a web-hook.
    DeliveryId(i64)
);
id!(
    /// A browser or a program that news are pushed to.
    PushDeviceId(i64)
);
id!(
    /// Something that is pushed.
    PushId(i64)
);
id!(
    /// A person.
    PersonId(Uuid)
);
