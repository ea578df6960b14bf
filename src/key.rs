//! `Key`: the machine-readable name of an outcome type, its syntax, and making one from a name.
//!
//! ```
//! use kaireon_outcomes::key::{Key, to_key};
//! assert!(Key::new("quote_requested").is_some());
//! assert_eq!(to_key("Quote Requested!"), "quote_requested");
//! ```

use crate::room::push;

/// The most characters a key may have (A; counted in UTF-16 units, as forms count).
pub const MAX_KEY: usize = 255;

/// A text that keeps every rule of a key: `a`-`z`, `0`-`9` and `_`, 1 to 255 of them, a letter first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Key<'a>(&'a str);

impl<'a> Key<'a> {
    /// The text as a key, or nothing where it breaks a rule; [`faults`] says which.
    pub const fn new(text: &'a str) -> Option<Self> {
        if is_key(text.as_bytes()) { Some(Self(text)) } else { None }
    }

    /// The key's text.
    pub const fn as_str(self) -> &'a str {
        self.0
    }
}

impl Key<'static> {
    /// A key written in the source; a wrong one does not compile.
    pub const fn from_static(text: &'static str) -> Self {
        assert!(is_key(text.as_bytes()), "this is not a key");
        Self(text)
    }
}

pub(crate) const fn is_key(bytes: &[u8]) -> bool {
    let mut rest = bytes;
    let mut first = true;
    while let [byte, tail @ ..] = rest {
        if !is_allowed(*byte) || (first && !byte.is_ascii_lowercase()) {
            return false;
        }
        first = false;
        rest = tail;
    }
    !first && bytes.len() <= MAX_KEY
}

/// Whether a key may have the character.
pub(crate) const fn is_allowed(byte: u8) -> bool {
    byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_'
}

/// The rules of a key that a text breaks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct KeyFaults {
    /// Nothing there.
    pub empty: bool,
    /// A digit or `_` in front; any other wrong character there is a wrong character.
    pub start: bool,
    /// A character outside `a`-`z`, `0`-`9` and `_`.
    pub character: bool,
    /// More than [`MAX_KEY`] characters.
    pub too_long: bool,
    /// The UTF-16 units before the first wrong character,
    pub position: u32,
    /// and the bytes.
    pub at: u32,
}

/// Every rule of a key that `text` (UTF-8) breaks.
pub fn faults(text: &[u8]) -> KeyFaults {
    let mut faults = KeyFaults { empty: text.is_empty(), ..KeyFaults::default() };
    let mut units = 0;
    for (place, byte) in text.iter().enumerate() {
        let is_allowed = is_allowed(*byte);
        if place == 0 && is_allowed {
            faults.start = !byte.is_ascii_lowercase();
        }
        if !is_allowed && !faults.character {
            faults.character = true;
            faults.position = units;
            faults.at = place as u32;
        }
        // A UTF-16 unit for each character, a second one for those of four bytes.
        units += u32::from(*byte & 0xc0 != 0x80) + u32::from(*byte >= 0xf0);
    }
    faults.too_long = units > MAX_KEY as u32;
    faults
}

/// A key made from a display name; `""` when nothing of it can be used. Never fails.
///
/// ASCII is lower-cased, every run of other characters becomes one `_` (none at the end),
/// what may not lead is dropped, and the result is cut at 255.
pub fn to_key(text: &str) -> String {
    let mut key = Vec::new();
    push_key(text.as_bytes(), &mut key);
    key.into_iter().map(char::from).collect()
}

/// The same in bytes, onto an empty list.
pub fn push_key(text: &[u8], key: &mut Vec<u8>) {
    let mut gap = false;
    for byte in text {
        let byte = byte.to_ascii_lowercase();
        if !is_allowed(byte) {
            gap = !key.is_empty();
        } else if !key.is_empty() || byte.is_ascii_lowercase() {
            // A run is written only once something follows it: that is how none stays at the end.
            if key.len() + usize::from(gap) >= MAX_KEY {
                break;
            }
            if gap {
                push(key, b'_');
            }
            gap = false;
            push(key, byte);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_checked_at_compile_time() {
        const CLICK: Key<'static> = Key::from_static("click");
        assert_eq!(CLICK.as_str(), "click");
        assert_eq!(Key::new("Click"), None);
        assert_eq!(Key::new(""), None);
        assert_eq!(Key::new("_click"), None);
    }

    #[test]
    fn each_broken_rule_is_named_once() {
        let found = faults("9é Lives".as_bytes());
        assert!(found.character && found.start);
        assert_eq!((found.position, found.at), (1, 1));
        assert_eq!(faults("ü😀 ".as_bytes()), KeyFaults { character: true, ..KeyFaults::default() });
        assert!(!faults(b"Quote").start);
        assert_eq!(faults(b"quote_9"), KeyFaults::default());
    }

    #[test]
    fn a_made_key_is_a_key_or_nothing() {
        for name in ["Quote Requested!", "  9 lives", "__x", "Ünïcode", "日本", "", "a-b--c ", "a_ "] {
            let key = to_key(name);
            assert!(key.is_empty() || Key::new(&key).is_some(), "{name} gave {key}");
            assert_eq!(to_key(&key), key);
        }
        assert_eq!(to_key("a_ "), "a_");
        let long = to_key(&"word ".repeat(200));
        assert!(long.len() <= MAX_KEY && !long.ends_with('_'));
    }
}
