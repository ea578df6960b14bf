//! `Registry`: the ten system types and the customer's own, immutable, looked up by key.
//!
//! A registry is an *image*: one run of bytes (header, text, slots, rows) that can be kept, copied
//! and looked up in where it lies. [`Image`] borrows one, [`Registry`] owns one.
//!
//! ```
//! use kaireon_outcomes::Registry;
//! let registry = Registry::defaults();
//! assert!(registry.has("click") && !registry.has("constructor"));
//! assert_eq!(registry.image().suggest("clik"), Some("click"));
//! ```

mod build;
mod image;
pub(crate) mod record;

use std::fmt;

use crate::outcome::{Category, Classification, OutcomeType, Status};
pub(crate) use build::{Builder, NONE};
pub use image::Image;
pub(crate) use record::Record;

/// The most types a registry can hold: what a verdict has bits for.
pub const MAX_TYPES: u32 = (1 << 20) - 2;

/// A registry's own bytes. Two are equal that say the same of the same types in the same order.
#[derive(Clone)]
pub struct Registry {
    bytes: Vec<u8>,
}

/// What a lookup tells of a type without reading its texts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Facts(u32);

/// A found type: its place in the list, and its facts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Found {
    /// Its place in the registry's order.
    pub row: u32,
    /// What is known without reading its texts.
    pub facts: Facts,
}

/// Which types a list has: those that pass every filter given.
#[derive(Clone, Copy, Debug, Default)]
pub struct Filter {
    /// Of this classification.
    pub classification: Option<Classification>,
    /// Of this category.
    pub category: Option<Category>,
    /// Built in or not.
    pub system: Option<bool>,
    /// Retired or live; both where nothing is said.
    pub retired: Option<bool>,
    /// In the loaded list or not.
    pub listed: Option<bool>,
}

impl Facts {
    const SYSTEM: u32 = 1 << 3;
    const RETIRED: u32 = 1 << 4;
    const LISTED: u32 = 1 << 5;
    /// Of the bits of the status, whose places count from 1.
    const ACTIVE: u32 = Status::Active as u32 + 1;

    /// Positive, negative or neutral.
    pub fn classification(self) -> Classification {
        Classification::at((self.0 & 3) as usize).unwrap_or(Classification::Neutral)
    }

    /// Impression or response.
    pub fn category(self) -> Category {
        Category::at((self.0 >> 2 & 1) as usize).unwrap_or(Category::Response)
    }

    /// Whether it is built in.
    pub const fn is_system(self) -> bool {
        self.0 & Self::SYSTEM != 0
    }

    /// Whether it was deleted on the server.
    pub const fn is_retired(self) -> bool {
        self.0 & Self::RETIRED != 0
    }

    /// Whether the loaded list had it.
    pub const fn is_listed(self) -> bool {
        self.0 & Self::LISTED != 0
    }

    /// Its status, where one was sent.
    pub fn status(self) -> Option<Status> {
        Status::at(((self.0 >> 6 & 7) as usize).wrapping_sub(1))
    }

    /// Whether its status is one other than active.
    #[inline(always)]
    pub const fn is_inactive(self) -> bool {
        !matches!(self.0 >> 6 & 7, 0 | Self::ACTIVE)
    }

    /// Whether there is nothing to say of a call that names it: it is live, active and in the list.
    #[inline(always)]
    pub const fn is_usual(self) -> bool {
        self.0 & (Self::RETIRED | Self::LISTED) == Self::LISTED && !self.is_inactive()
    }
}

impl Filter {
    fn takes(&self, facts: Facts) -> bool {
        self.classification.is_none_or(|wanted| wanted == facts.classification())
            && self.category.is_none_or(|wanted| wanted == facts.category())
            && self.system.is_none_or(|wanted| wanted == facts.is_system())
            && self.retired.is_none_or(|wanted| wanted == facts.is_retired())
            && self.listed.is_none_or(|wanted| wanted == facts.is_listed())
    }
}

impl Registry {
    /// The ten system types alone.
    pub fn defaults() -> Self {
        let mut builder = Builder::default();
        builder.take_defaults(true);
        Self::made(&mut builder)
    }

    /// The registry that a builder has gathered.
    pub(crate) fn made(builder: &mut Builder) -> Self {
        let mut bytes = builder.finish();
        build::seal(&mut bytes);
        Self { bytes }
    }

    /// An image that was kept; nothing where its version or its checksum is another.
    pub fn from_image(bytes: Vec<u8>) -> Option<Self> {
        build::is_sound(&bytes).then_some(Self { bytes })
    }

    /// The registry's image.
    pub fn image(&self) -> Image<'_> {
        Image::new(&self.bytes)
    }

    /// The image's bytes, to keep or to copy; [`Registry::from_image`] takes them back.
    pub fn into_bytes(self) -> Vec<u8> {
        self.bytes
    }

    /// Whether the key is registered, retired types included.
    pub fn has(&self, key: &str) -> bool {
        self.image().find(key.as_bytes()).is_some()
    }

    /// The type of the key, retired types included.
    pub fn get(&self, key: &str) -> Option<OutcomeType<'_>> {
        let image = self.image();
        image.outcome(image.find(key.as_bytes())?.row)
    }

    /// The live types, in order.
    pub fn iter(&self) -> impl Iterator<Item = OutcomeType<'_>> {
        let live = Filter { retired: Some(false), ..Filter::default() };
        self.image().list(live).filter_map(|row| self.image().outcome(row))
    }
}

impl PartialEq for Registry {
    fn eq(&self, other: &Self) -> bool {
        let (one, other) = (self.image(), other.image());
        one.rows() == other.rows()
            && one.is_complete() == other.is_complete()
            && (0..one.rows()).all(|row| one.facts(row) == other.facts(row) && one.outcome(row) == other.outcome(row))
    }
}

impl Eq for Registry {}

impl fmt::Debug for Registry {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_list().entries(self.iter().map(|outcome| outcome.key)).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::defaults::DEFAULTS;
    use crate::json::simd::Chunk;
    use crate::order;

    #[test]
    fn the_defaults_are_all_there() {
        let registry = Registry::defaults();
        assert_eq!(registry.iter().collect::<Vec<_>>(), DEFAULTS);
        assert_eq!(registry.image().size(), 10);
        assert!(registry.image().is_complete());
    }

    #[test]
    fn an_image_comes_back_whole_or_not_at_all() {
        let bytes = Registry::defaults().into_bytes();
        assert_eq!(Registry::from_image(bytes.clone()), Some(Registry::defaults()));
        for at in 0..bytes.len() {
            let mut damaged = bytes.clone();
            if let Some(byte) = damaged.get_mut(at) {
                *byte ^= 1;
            }
            assert_eq!(Registry::from_image(damaged), None, "byte {at}");
        }
        assert_eq!(Registry::from_image(Vec::new()), None);
    }

    #[test]
    fn long_keys_and_many_keys_are_found() {
        let names: Vec<String> = (0..5000).map(|number| format!("a_rather_long_key_number_{number}")).collect();
        let registry = of_keys(&names);
        assert!(names.iter().all(|key| registry.has(key)));
        assert!(!registry.has("a_rather_long_key_number_5000") && !registry.has("a_rather_long_ke"));
    }

    /// A registry of these keys and the ten.
    fn of_keys(keys: &[String]) -> Registry {
        let mut builder = Builder::default();
        builder.take_defaults(true);
        let blank = builder.records.pop().unwrap_or(Record::new());
        for key in keys {
            let mut record = blank;
            record.set(record::KEY, builder.take_document(key.as_bytes()), key.len() as u32);
            builder.records.push(record);
        }
        Registry::made(&mut builder)
    }

    #[test]
    fn no_key_is_far_from_where_its_hash_says() {
        let image_of = |keys: &[String]| of_keys(keys).into_bytes();
        for keys in [
            (0..100_000).map(|number| format!("k{number}")).collect::<Vec<_>>(),
            (0..100_000).map(|number| format!("a_rather_long_key_number_{number}_requested")).collect(),
            (0..100_000_u32).map(|number| format!("k_{:x}_{:x}", number.wrapping_mul(0x9e37_79b1), number)).collect(),
        ] {
            // Far away a key is looked for in vain: then the slots are salted.
            assert_eq!(Image::unchecked(&image_of(&keys)).word(32), 0);
        }
    }

    #[test]
    fn keys_that_were_made_to_meet_do_not() {
        const KEYS: usize = 400;
        let home = |key: &String| {
            let first = Chunk::at(key.as_bytes(), 0);
            order::home(first, key.as_bytes(), order::FACTOR, (KEYS + DEFAULTS.len()) * 3 / 2)
        };
        let keys: Vec<_> = (0..).map(|number| format!("k{number}")).filter(|key| home(key) == 7).take(KEYS).collect();
        let registry = of_keys(&keys);
        assert!(keys.iter().all(|key| registry.has(key)) && registry.has("click"));
        assert!(registry.image().word(32) > 0);
    }

    #[test]
    fn a_proposed_key_is_free() {
        let image = Registry::defaults();
        assert_eq!(image.image().propose_key("Click"), "click_2");
        assert_eq!(image.image().propose_key("Quote Requested"), "quote_requested");
        assert_eq!(image.image().propose_key("日本"), "");
    }
}
