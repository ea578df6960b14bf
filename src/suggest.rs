//! The nearest known word to an unknown one, in bounded time.
//!
//! ```
//! assert_eq!(kaireon_outcomes::suggest::nearest("clik", ["impression", "click"]), Some("click"));
//! ```

/// Words that mean the same to people and are different keys. One line a meaning.
#[rustfmt::skip]
pub const SYNONYMS: &[&[&str]] = &[
    &["impression", "view", "viewed", "shown", "seen", "delivery"],
    &["click", "clicked", "tap"],
    &["conversion", "convert", "converted", "purchase", "purchased"],
    &["accept", "accepted"],
    &["not_interested", "no_interest", "uninterested"],
    &["opt_out", "optout", "unsubscribe", "unsubscribed"],
    &["defer", "deferred", "snooze", "later"],
    &["dismiss", "dismissed", "close", "closed", "reject", "rejected"],
    &["share", "shared"],
    &["save", "saved", "bookmark"],
    &["complaint", "complain", "complained"],
];

/// The longest word that is compared: a suggestion must never be what makes a check slow.
pub const MAX_WORD: usize = 64;

/// The word at the least distance: at most 2 changes, at most 1 for words below five letters;
/// the first of several.
pub fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let mut search = Search::new(word);
    for candidate in known {
        search.offer(candidate);
    }
    search.best
}

/// The search for the nearest word, a candidate at a time.
pub struct Search<'w, 'a> {
    word: &'w [u8],
    /// The nearest one so far.
    pub best: Option<&'a str>,
    /// How many changes the next best one may have and one more: 0 where none is left to be found.
    below: usize,
}

impl<'w, 'a> Search<'w, 'a> {
    /// A search for what `word` may have meant.
    pub const fn new(word: &'w str) -> Self {
        let below = match word.len() {
            0..5 => 2,
            5..=MAX_WORD => 3,
            _ => 0,
        };
        Self { word: word.as_bytes(), best: None, below }
    }

    /// Looks at a word.
    pub fn offer(&mut self, candidate: &'a str) {
        // The lengths alone may tell; only a nearer one replaces what was found.
        if candidate.len() <= MAX_WORD && candidate.len().abs_diff(self.word.len()) < self.below {
            let found = distance(self.word, candidate.as_bytes());
            if found < self.below {
                self.best = Some(candidate);
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
    for row in 0..=word.len() {
        for column in 0..=other.len() {
            let here = row * WIDTH + column;
            let at = |back: usize| usize::from(cells.get(here - back).copied().unwrap_or(0));
            let cell = if row == 0 || column == 0 {
                row + column
            } else {
                let letter = |back: usize| word.get(row - back);
                let found = |back: usize| other.get(column - back);
                let mut cell = (at(WIDTH).min(at(1)) + 1).min(at(WIDTH + 1) + usize::from(letter(1) != found(1)));
                if row > 1 && column > 1 && letter(2) == found(1) && letter(1) == found(2) {
                    cell = cell.min(at(2 * WIDTH + 2) + 1);
                }
                cell
            };
            if let Some(place) = cells.get_mut(here) {
                *place = cell as u8;
            }
        }
    }
    cells.get(word.len() * WIDTH + other.len()).copied().unwrap_or(u8::MAX).into()
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
