//! What the API answers with: public shapes, apart from the types of `forum`, so that a change there does not change the contract.
//! They stand beside their nouns; here is what all of them need.

use std::sync::Arc;

use forum::{
    Forum,
    actor::Actor,
    id::{ModerationId, PersonId, PostId},
    person::{Account, Person},
    site::{OwnerShown, Site},
};
use serde::Serialize;
use utoipa::ToSchema;

/// The schemas of choices, whose values can't drift from the enums that they are made from.
macro_rules! choices {
    ($($(#[$doc:meta])* $name:ident: $description:literal, $values:expr;)+) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy)]
        pub struct $name;

        impl utoipa::PartialSchema for $name {
            fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
                let schema = utoipa::openapi::ObjectBuilder::new().schema_type(utoipa::openapi::schema::Type::String);
                schema.description(Some($description)).enum_values(Some($values)).into()
            }
        }

        impl utoipa::ToSchema for $name {
            fn name() -> std::borrow::Cow<'static, str> {
                std::borrow::Cow::Borrowed(stringify!($name))
            }
        }
    )+};
}
pub(super) use choices;

/// What decides how things are shown: the settings of the site, and whether staff look.
#[derive(Debug, Clone)]
pub struct Show {
    address: String,
    site: Arc<Site>,
    to_staff: bool,
}

impl Show {
    /// As this actor sees it.
    pub fn to(forum: &Forum, actor: &Actor) -> Self {
        Self { address: forum.address().to_owned(), site: forum.site(), to_staff: actor.sees_all() }
    }

    /// Whether the site keeps from whoever looks who of the staff does what.
    pub fn hides_names(&self) -> bool {
        self.site.owner_shown == OwnerShown::Title && !self.to_staff
    }

    /// The page of a post.
    pub fn page(&self, post: PostId, slug: &str) -> String {
        format!("{}/p/{post}/{slug}", self.address)
    }

    /// The address of a page.
    pub fn absolute(&self, path: &str) -> String {
        format!("{}{path}", self.address)
    }

    /// The page of an act of moderation.
    pub fn act(&self, id: ModerationId) -> String {
        format!("{}/moderation/{id}", self.address)
    }

    /// A member of the staff, as the site shows owners: by name, or by title only, which then hides who it is from the public.
    pub fn owner(&self, person: Person) -> Owner {
        if self.hides_names() {
            return Owner { id: None, name: person.title.clone().unwrap_or_else(|| self.site.name.clone()), title: person.title };
        }
        Owner { id: Some(person.id), name: person.name, title: person.title }
    }
}

/// Somebody, as others see them.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Author {
    /// Who.
    #[schema(value_type = uuid::Uuid)]
    pub id: PersonId,
    /// What they are called.
    #[schema(example = "Sanne K.")]
    pub name: String,
}

impl From<Account> for Author {
    fn from(account: Account) -> Self {
        Self { id: account.id, name: account.name }
    }
}

impl From<Person> for Author {
    fn from(person: Person) -> Self {
        Self { id: person.id, name: person.name }
    }
}

/// A member of the staff: the one who is accountable, or who acts in public.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Owner {
    /// Who; null to the public of a site that shows owners by title.
    #[schema(value_type = Option<uuid::Uuid>)]
    pub id: Option<PersonId>,
    /// What they are called, or their title.
    #[schema(example = "Femke")]
    pub name: String,
    /// What they do for the company.
    #[schema(example = "Product owner, Billing")]
    pub title: Option<String>,
}
