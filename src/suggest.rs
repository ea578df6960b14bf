//! The nearest known word to an unknown one, in bounded time.
//!
//! ```
//! assert_eq!(kaireon_outcomes::suggest::nearest("clik", ["impression", "click"]), Some("click"));
//! ```

use std::str::from_utf8;

/// Words that mean the same to people and are different keys: one line a meaning, one blank or end
/// of line behind each word.
pub const SYNONYMS: &[u8] = b"\
impression view viewed shown seen delivery
click clicked tap
conversion convert converted purchase purchased
accept accepted
not_interested no_interest uninterested
opt_out optout unsubscribe unsubscribed
defer deferred snooze later
dismiss dismissed close closed reject rejected
share shared
save saved bookmark
complaint complain complained
";

/// The longest word that is compared: a suggestion must never be what makes a check slow.
pub const MAX_WORD: usize = 64;

/// The word at the least distance: at most 2 changes, at most 1 for words below five letters;
/// the first of several.
pub fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let mut search = Search::new(word.as_bytes());
    for candidate in known {
        search.offer(candidate.as_bytes());
    }
    if search.best.is_empty() { None } else { from_utf8(search.best).ok() }
}

/// The search for the nearest word, a candidate at a time.
pub struct Search<'w, 'a> {
    word: &'w [u8],
    /// The nearest one so far; empty where there is none.
    pub best: &'a [u8],
    /// How many changes the next best one may have and one more: 0 where none is left to be found.
    below: u32,
}

impl<'w, 'a> Search<'w, 'a> {
    /// A search for what `word` may have meant.
    pub const fn new(word: &'w [u8]) -> Self {
        let below = match word.len() {
            0..5 => 2,
            5..=MAX_WORD => 3,
            _ => 0,
        };
        Self { word, best: &[], below }
    }

    /// Looks at a word: only a nearer one replaces what was found.
    pub fn offer(&mut self, candidate: &'a [u8]) {
        while candidate.len() <= MAX_WORD && self.below > 0 && is_near(self.word, 0, candidate, 0, self.below - 1) {
            self.best = candidate;
            self.below -= 1;
        }
    }
}

/// Whether so few changes make one word the other, each from a place on: the Damerau-Levenshtein
/// distance, where neighbours swapped count once.
fn is_near(word: &[u8], mut at: usize, other: &[u8], mut there: usize, changes: u32) -> bool {
    // What begins alike needs no change.
    while letter(word, at) == letter(other, there) {
        if letter(word, at) == END {
            return true;
        }
        at += 1;
        there += 1;
    }
    if changes == 0 {
        return false;
    }
    let changes = changes - 1;
    let is_swapped = letter(word, at) == letter(other, there + 1) && letter(word, at + 1) == letter(other, there);
    is_near(word, at + 1, other, there + 1, changes)
        || is_near(word, at + 1, other, there, changes)
        || is_near(word, at, other, there + 1, changes)
        || (is_swapped && is_near(word, at + 2, other, there + 2, changes))
}

/// What stands behind a word.
const END: u32 = u32::MAX;

fn letter(word: &[u8], place: usize) -> u32 {
    match word.get(place) {
        Some(letter) => u32::from(*letter),
        None => END,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances() {
        for (word, other, expected) in [
            ("", "", 0),
            ("clik", "click", 1),
            ("lcick", "click", 1),
            ("klick", "click", 1),
            ("conversoin", "conversion", 1),
            ("abc", "xyz", 3),
            ("", "abc", 3),
        ] {
            let is_near = |changes: &u32| is_near(word.as_bytes(), 0, other.as_bytes(), 0, *changes);
            assert_eq!((0..4).find(is_near), Some(expected), "{word} {other}");
        }
    }

    #[test]
    fn short_words_bear_one_change_only() {
        assert_eq!(nearest("svae", ["share", "save"]), Some("save"));
        assert_eq!(nearest("shar", ["save"]), None);
        assert_eq!(nearest("clickx", ["clicks", "click"]), Some("clicks"));
    }
}
