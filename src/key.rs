//! `Key`: the machine-readable name of an outcome type, its syntax, and making one from a name.
//!
//! ```
//! use kaireon_outcomes::key::{Key, to_key};
//! assert!(Key::new("quote_requested").is_some());
//! assert_eq!(to_key("Quote Requested!"), "quote_requested");
//! ```

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

const fn is_key(bytes: &[u8]) -> bool {
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

/// The rules of a key that a text breaks, each at the first place where it is broken.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct KeyFaults {
    /// Nothing there.
    pub empty: bool,
    /// The first character outside `a`-`z`, `0`-`9` and `_`, and the UTF-16 units before it.
    pub character: Option<(u32, char)>,
    /// A digit or `_` in front (another wrong character there is named by `character`).
    pub start: Option<char>,
    /// More than [`MAX_KEY`] characters.
    pub too_long: bool,
}

/// Every rule of a key that `text` breaks.
pub fn faults(text: &str) -> KeyFaults {
    let mut faults = KeyFaults { empty: text.is_empty(), ..KeyFaults::default() };
    let mut units = 0;
    for found in text.chars() {
        let allowed = u8::try_from(found).is_ok_and(is_allowed);
        if !allowed && faults.character.is_none() {
            faults.character = Some((units, found));
        }
        if units == 0 && allowed && !found.is_ascii_lowercase() {
            faults.start = Some(found);
        }
        units += found.len_utf16() as u32;
    }
    faults.too_long = units as usize > MAX_KEY;
    faults
}

/// A key made from a display name; `""` when nothing of it can be used. Never fails.
///
/// ASCII is lower-cased, every run of other characters becomes one `_` (none at the end),
/// what may not lead is dropped, and the result is cut at 255.
pub fn to_key(text: &str) -> String {
    let mut key = String::new();
    let mut gap = false;
    for found in text.chars() {
        let lower = found.to_ascii_lowercase();
        match u8::try_from(lower) {
            Ok(byte) if is_allowed(byte) => {
                if key.is_empty() && !byte.is_ascii_lowercase() {
                    continue;
                }
                // A run is written only once something follows it: that is how none stays at the end.
                let room = MAX_KEY - key.len();
                if room < 1 + usize::from(gap) {
                    break;
                }
                if gap {
                    key.push('_');
                }
                gap = false;
                key.push(lower);
            }
            _ => gap = !key.is_empty(),
        }
    }
    key
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
        let found = faults("9 Lives");
        assert_eq!(found.character, Some((1, ' ')));
        assert_eq!(found.start, Some('9'));
        assert_eq!(faults("Quote").start, None);
        assert_eq!(faults("quote_9"), KeyFaults::default());
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
