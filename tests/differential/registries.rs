//! The registries that cases are held against, and what is known of their types.

use kaireon_outcomes::Registry;
use kaireon_outcomes::checks::{Settings, load};

/// One type, as the model knows it.
#[derive(Debug)]
pub struct Type {
    pub key: &'static str,
    pub is_exposure: bool,
    /// When it was retired (ms since 1970).
    pub retired: Option<i64>,
    pub is_active: bool,
    pub is_listed: bool,
}

/// A registry, and the same in facts.
pub struct Known {
    pub registry: Registry,
    pub complete: bool,
    types: Vec<Type>,
}

impl Known {
    /// The type of a key.
    pub fn find(&self, key: &str) -> Option<&Type> {
        self.types.iter().find(|known| known.key == key)
    }
}

/// The keys of every type that a case may name.
pub const KEYS: [&str; 15] = [
    "click",
    "impression",
    "conversion",
    "not_interested",
    "opt_out",
    "defer",
    "dismiss",
    "share",
    "save",
    "complaint",
    "quote_requested",
    "seen",
    "old",
    "paused",
    "a_key_of_more_than_sixteen_bytes",
];
/// 2026-01-01T00:00:00Z.
const RETIRED: i64 = 1_767_225_600_000;

/// The ten alone; a list of others that leaves two of the ten out; the same where the server has more.
pub fn all() -> Vec<Known> {
    let own = r#"{"key":"quote_requested","name":"Q","classification":"positive","category":"response"},
        {"key":"seen","name":"Seen","classification":"neutral","category":"impression"},
        {"key":"old","name":"Old","classification":"neutral","category":"response","deletedAt":"2026-01-01T00:00:00Z"},
        {"key":"paused","name":"P","classification":"neutral","category":"response","status":"paused"},
        {"key":"a_key_of_more_than_sixteen_bytes","name":"L","classification":"negative","category":"response"}"#;
    let ten: Vec<String> =
        KEYS[..8].iter().map(|key| format!(r#"{{"key":"{key}","name":"{key}","isSystem":true}}"#)).collect();
    let list = |more| format!(r#"{{"data":[{},{own}],"hasMore":{more}}}"#, ten.join(","));
    let load = |text: String| {
        let loaded = Registry::load(text.as_bytes(), &load::Options::default(), &Settings::default());
        loaded.value.expect("a list")
    };
    let types = |count: usize, listed: usize| {
        let known = |(place, key): (usize, &&'static str)| Type {
            key,
            is_exposure: matches!(*key, "impression" | "seen"),
            retired: (*key == "old").then_some(RETIRED),
            is_active: *key != "paused",
            is_listed: place >= 10 || place < listed,
        };
        KEYS.iter().take(count).enumerate().map(known).collect()
    };
    vec![
        Known { registry: Registry::defaults(), complete: true, types: types(10, 10) },
        Known { registry: load(list(false)), complete: true, types: types(15, 8) },
        Known { registry: load(list(true)), complete: false, types: types(15, 8) },
    ]
}
