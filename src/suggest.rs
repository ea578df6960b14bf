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

/// The words of the same meaning.
pub fn synonyms(word: &str) -> impl Iterator<Item = &'static str> {
    SYNONYMS.iter().filter(move |row| row.contains(&word)).flat_map(|row| row.iter().copied())
}

/// The word at the least distance: at most 2 changes, at most 1 for words below five letters;
/// the first of several.
pub fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let letters = word.len();
    if letters > MAX_WORD {
        return None;
    }
    let mut best = None;
    let mut most = if letters < 5 { 1 } else { 2 };
    for candidate in known {
        if candidate.len() > MAX_WORD || candidate.len().abs_diff(letters) > most {
            continue;
        }
        let found = distance(word.as_bytes(), candidate.as_bytes());
        if found <= most {
            best = Some(candidate);
            // Only a nearer one can follow.
            match found.checked_sub(1) {
                Some(nearer) => most = nearer,
                None => return best,
            }
        }
    }
    best
}

/// The Damerau-Levenshtein distance (neighbours swapped count once) of words up to [`MAX_WORD`] bytes.
fn distance(word: &[u8], other: &[u8]) -> usize {
    const WIDTH: usize = MAX_WORD + 1;
    let mut before_last = [0_usize; WIDTH];
    let mut last = [0_usize; WIDTH];
    for (cell, value) in last.iter_mut().zip(0..) {
        *cell = value;
    }
    for (row, letter) in word.iter().enumerate() {
        let mut current = [row + 1; WIDTH];
        for (column, found) in other.iter().enumerate() {
            let at = |cells: &[usize; WIDTH], place: usize| cells.get(place).copied().unwrap_or(WIDTH);
            let mut cell = (at(&last, column + 1) + 1)
                .min(at(&current, column) + 1)
                .min(at(&last, column) + usize::from(letter != found));
            let swapped =
                row > 0 && column > 0 && word.get(row - 1) == Some(found) && other.get(column - 1) == Some(letter);
            if swapped {
                cell = cell.min(at(&before_last, column - 1) + 1);
            }
            if let Some(place) = current.get_mut(column + 1) {
                *place = cell;
            }
        }
        before_last = last;
        last = current;
    }
    last.get(other.len()).copied().unwrap_or(WIDTH)
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
