//! Choices that have names: one word for each value of an enum, the same in the database, the API, addresses and the keys of messages.
//! It is spelled where the enum is declared, by `strum`.

/// Names the values of an enum that derives `IntoStaticStr` and `VariantArray`: `ALL`, `as_str`, `parse`, and the same words in JSON.
macro_rules! named {
    ($name:ident) => { crate::word::named!(pub $name); };
    ($vis:vis $name:ident) => {
        impl $name {
            /// All there are, in the order in which they are offered.
            $vis const ALL: [Self; <Self as strum::VariantArray>::VARIANTS.len()] =
                *<Self as strum::VariantArray>::VARIANTS.first_chunk().expect("as many as there are");

            /// Its name.
            $vis fn as_str(self) -> &'static str {
                self.into()
            }

            /// The one of that name.
            ///
            /// # Errors
            /// [`UnknownChoice`](crate::error::Problem::UnknownChoice).
            $vis fn parse(text: &str) -> std::result::Result<Self, crate::error::Problem> {
                Self::ALL.into_iter().find(|known| known.as_str() == text).ok_or(crate::error::Problem::UnknownChoice)
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> std::result::Result<Self, D::Error> {
                let word = <std::borrow::Cow<'de, str> as serde::Deserialize>::deserialize(deserializer)?;
                Self::parse(&word).map_err(|_| serde::de::Error::custom(format_args!("{word} is no {}", stringify!($name))))
            }
        }
    };
}
pub(crate) use named;

/// Names the values of an enum, and keeps them by their names: rows have them as they are, and whatever is no such word is an error of
/// the database.
macro_rules! kept_as_words {
    ($name:ident) => { crate::word::kept_as_words!(pub $name); };
    ($vis:vis $name:ident) => {
        crate::word::named!($vis $name);

        impl sea_orm::TryGetable for $name {
            fn try_get_by<I: sea_orm::ColIdx>(
                row: &sea_orm::QueryResult,
                at: I,
            ) -> std::result::Result<Self, sea_orm::TryGetError> {
                let word = String::try_get_by(row, at)?;
                Self::parse(&word).map_err(|_| sea_orm::DbErr::Type(format!("{word} is no {}", stringify!($name))).into())
            }
        }

        impl From<$name> for sea_orm::Value {
            fn from(kept: $name) -> Self {
                kept.as_str().into()
            }
        }

        impl sea_orm::sea_query::Nullable for $name {
            fn null() -> sea_orm::Value {
                sea_orm::Value::String(None)
            }
        }
    };
}
pub(crate) use kept_as_words;
