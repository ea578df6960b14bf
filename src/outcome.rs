//! `OutcomeType`: one word of the vocabulary, with its classification and category.
//!
//! ```
//! use kaireon_outcomes::{Registry, outcome::Classification};
//! let registry = Registry::defaults();
//! assert_eq!(registry.get("click").map(|found| found.classification), Some(Classification::Positive));
//! ```

use serde::Serialize;

/// What an outcome says of the customer's interest (S).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Classification {
    /// Interest, or a desired action.
    Positive,
    /// Explicit rejection, or a bad experience.
    Negative,
    /// Informational.
    Neutral,
}

/// Whether the customer was exposed to a recommendation or acted on it (S).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Category {
    /// The customer was exposed to it.
    Impression,
    /// The customer acted on it.
    Response,
}

/// Where an outcome type stands in its life (A).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// Being written.
    Draft,
    /// In use.
    Active,
    /// Set aside for now.
    Paused,
    /// Set aside for good.
    Archived,
}

/// A value that has a fixed set of words.
macro_rules! words {
    ($type:ident: $($variant:ident $word:literal),+) => {
        impl $type {
            /// Every word of the set, in the order of the documentation.
            pub const WORDS: &'static [&'static str] = &[$($word),+];
            /// Every value, in the order of [`Self::WORDS`].
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The value's word, as JSON carries it.
            pub const fn word(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }

            /// The value at a place of [`Self::WORDS`].
            pub fn at(index: usize) -> Option<Self> {
                Self::ALL.get(index).copied()
            }
        }
    };
}

words!(Classification: Positive "positive", Negative "negative", Neutral "neutral");
words!(Category: Impression "impression", Response "response");
words!(Status: Draft "draft", Active "active", Paused "paused", Archived "archived");

/// One outcome type. Members that only some servers send are carried when they were sent.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct OutcomeType<'a> {
    /// Unique machine-readable identifier.
    pub key: &'a str,
    /// Display name.
    pub name: &'a str,
    /// When it is recorded.
    pub description: &'a str,
    /// Positive, negative or neutral.
    pub classification: Classification,
    /// Impression or response.
    pub category: Category,
    /// Whether it is built in: neither to be changed nor deleted.
    pub is_system: bool,
    /// The server's id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<&'a str>,
    /// The tenant's id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tenant_id: Option<&'a str>,
    /// Place in lists; 99 where it is missing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ordinal: Option<f64>,
    /// Where it stands in its life.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<Status>,
    /// How often it was changed, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub version: Option<f64>,
    /// When it was made (ISO 8601, as sent).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub created_at: Option<&'a str>,
    /// When it was last changed (ISO 8601, as sent).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub updated_at: Option<&'a str>,
    /// When it was retired (ISO 8601, as sent); a retired type resolves in reports and takes no new calls.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub deleted_at: Option<&'a str>,
}

impl OutcomeType<'_> {
    /// Whether it was deleted on the server: its history stays, new calls may not name it.
    pub const fn is_retired(&self) -> bool {
        self.deleted_at.is_some()
    }

    /// Whether its status is one other than active.
    pub fn is_inactive(&self) -> bool {
        self.status.is_some_and(|status| status != Status::Active)
    }
}
