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
    below: usize,
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

    /// Looks at a word.
    pub fn offer(&mut self, candidate: &'a [u8]) {
        // The lengths alone may tell; only a nearer one replaces what was found.
        if candidate.len() <= MAX_WORD && candidate.len().abs_diff(self.word.len()) < self.below {
            let found = distance(self.word, candidate);
            if found < self.below {
                self.best = candidate;
                self.below = found;
            }
        }
    }
}

/// The Damerau-Levenshtein distance (neighbours swapped count once) of words up to [`MAX_WORD`] bytes.
fn distance(word: &[u8], other: &[u8]) -> usize {
    /// A row has a column for each letter and one before them.
    const WIDTH: usize = MAX_WORD + 1;
    // Row by row; no distance is larger than a word is long.
    let mut cells = [0_u8; WIDTH * WIDTH];
    let mut distance = 0;
    for row in 0..=word.len() {
        for column in 0..=other.len() {
            let here = row * WIDTH + column;
            let cell = |back: usize| match cells.get(here - back) {
                Some(cell) => usize::from(*cell),
                None => 0,
            };
            distance = row + column;
            if row > 0 && column > 0 {
                let (letter, found) = (letter(word, row), self::letter(other, column));
                distance = cell(WIDTH).min(cell(1)) + 1;
                distance = distance.min(cell(WIDTH + 1) + usize::from(letter != found));
                if self::letter(word, row - 1) == found && letter == self::letter(other, column - 1) {
                    distance = distance.min(cell(2 * WIDTH + 2) + 1);
                }
            }
            if let Some(place) = cells.get_mut(here) {
                *place = distance as u8;
            }
        }
    }
    distance
}

/// A letter of a word, from 1; none of any word where it has none there.
fn letter(word: &[u8], place: usize) -> u32 {
    match word.get(place.wrapping_sub(1)) {
        Some(letter) => u32::from(*letter),
        None => u32::MAX,
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
            assert_eq!(distance(word.as_bytes(), other.as_bytes()), expected, "{word} {other}");
        }
    }

    #[test]
    fn short_words_bear_one_change_only() {
        assert_eq!(nearest("svae", ["share", "save"]), Some("save"));
        assert_eq!(nearest("shar", ["save"]), None);
        assert_eq!(nearest("clickx", ["clicks", "click"]), Some("clicks"));
    }
}
