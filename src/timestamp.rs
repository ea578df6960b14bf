//! A timestamp: its milliseconds, and whether every server reads it the same way.
//!
//! ```
//! use kaireon_outcomes::timestamp;
//! let read = timestamp::parse(b"2026-03-16T14:35:00Z");
//! assert_eq!(read.map(|time| (time.ms, time.clean)), Some((1_773_671_700_000, true)));
//! ```

/// A point in time as somebody wrote it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Timestamp {
    /// Milliseconds since 1970-01-01T00:00:00Z; digits beyond them are cut.
    pub ms: i64,
    /// Whether it is `YYYY-MM-DDThh:mm:ss[.f+](Z|±hh:mm)`; the other forms are read, but not by everybody.
    pub clean: bool,
}

/// The numbers of two digits in their order: the byte in front of each and the most it may be.
static PARTS: [(u8, u8); PART_COUNT] =
    [(0, 99), (0, 99), (b'-', 12), (b'-', 31), (b'T', 24), (b':', 59), (b':', 60), (b'+', 23), (b':', 59)];
const PART_COUNT: usize = 9;
const HOUR: usize = 4;
const SECOND: usize = 6;
/// The offset from UTC.
const ZONE: usize = 7;
const ZONE_MINUTE: usize = 8;

/// The timestamp that `text` stands for. Dates that do not exist stand for none.
pub fn parse(text: &[u8]) -> Option<Timestamp> {
    let mut rest = Rest { text, at: 0 };
    let mut parts = [0; PART_COUNT];
    // Reading goes on behind a fault and is judged once, at the end: that takes half the code of
    // leaving at each.
    let mut sound = true;
    let mut clean = true;
    let mut ms = 0;
    let mut west = false;
    let mut is_whole = true;
    for (place, (part, (before, most))) in parts.iter_mut().zip(&PARTS).enumerate() {
        let next = rest.peek();
        if next == *before {
            rest.at += 1;
        } else if *before != 0 {
            clean &= place == ZONE && matches!(next, b'-' | b'Z');
            match place {
                // The time may be missing, and the seconds of it, and the offset, and the minutes of that.
                HOUR.. if next == 0 && !matches!(place, 5 | 6) => break,
                SECOND => continue,
                HOUR => {
                    sound &= matches!(next, b't' | b' ');
                    rest.at += 1;
                }
                ZONE => {
                    rest.at += 1;
                    if next != b'-' {
                        sound &= next | 0x20 == b'z';
                        break;
                    }
                    west = true;
                }
                ZONE_MINUTE => {}
                _ => sound = false,
            }
        }
        let tens = rest.digit();
        let ones = rest.digit();
        *part = tens * 10 + ones;
        sound &= tens < 10 && ones < 10 && *part <= u32::from(*most);
        if place == SECOND && matches!(rest.peek(), b'.' | b',') {
            clean &= rest.peek() == b'.';
            rest.at += 1;
            sound &= rest.peek().is_ascii_digit();
            let mut unit = 100;
            while rest.peek().is_ascii_digit() {
                let digit = rest.digit();
                ms += digit * unit;
                unit /= 10;
                is_whole &= digit == 0;
            }
        }
    }
    let [century, year, month, day, hour, minute, second, zone_hour, zone_minute] = parts;
    sound &= is_date(century, year, month, day);
    // Of the hour 24 only the beginning.
    sound &= hour < 24 || (minute == 0 && second == 0 && is_whole);
    clean &= hour < 24 && second < 60;
    let zone = i64::from(zone_hour * 60 + zone_minute);
    let minutes = i64::from(hour * 60 + minute) + if west { zone } else { -zone };
    let minutes = minutes + i64::from(days_since_1970(century * 100 + year, month, day)) * (24 * 60);
    let ms = minutes * 60_000 + i64::from(second * 1000 + ms);
    if sound && rest.at == text.len() { Some(Timestamp { ms, clean }) } else { None }
}

/// Whether there is such a day; the month is at most 12.
#[inline(always)]
fn is_date(century: u32, year: u32, month: u32, day: u32) -> bool {
    let is_leap = if year == 0 { century } else { year } % 4 == 0;
    let days = if month == 2 { 28 + u32::from(is_leap) } else { 30 + ((month ^ (month >> 3)) & 1) };
    month > 0 && day > 0 && day <= days
}

/// Whether these are the first characters of a timestamp in the form that nearly all have: `2026-03-16T14:35:00Z`, 20
/// characters long, or `2026-03-16T14:35:00.000Z`, 24. [`parse`] takes it and finds it clean.
#[inline(always)]
pub fn is_usual(words: [u64; 3], len: u32) -> bool {
    let [date, time, mut rest] = words;
    let date = Eight::DATE.less(date);
    let time = Eight::TIME.less(time);
    let mut last = &Eight::THOUSANDTHS;
    if len == 20 {
        rest &= 0xffff_ffff;
        last = &Eight::SECONDS;
    } else if len != 24 {
        return false;
    }
    if (date | time | last.less(rest)) >> 63 != 0 {
        return false;
    }
    let pair = |word: u64, at: u32| ((word >> (at * 8)) as u32 & 15) * 10 + ((word >> (at * 8 + 8)) as u32 & 15);
    let (month, day) = (pair(date, 5), pair(time, 0));
    // The date itself is looked at as every other is.
    month <= 12 && pair(time, 3) < 24 && is_date(pair(date, 0), pair(date, 2), month, day)
}

/// Eight characters as they may be: what they are if every digit is 0, and for each what, added to what is more than
/// that, reaches the high bit where it is too much.
struct Eight {
    zero: u64,
    slack: u64,
}

impl Eight {
    const DATE: Self = Self::new(b"9999-19-");
    const TIME: Self = Self::new(b"39T29:59");
    const SECONDS: Self = Self::new(b":59Z\0\0\0\0");
    const THOUSANDTHS: Self = Self::new(b":59.999Z");

    /// The most that each character may be; a digit may be less.
    #[allow(clippy::indexing_slicing, reason = "runs at compile time, where a wrong index is a compile error")]
    const fn new(most: &[u8; 8]) -> Self {
        let (mut zero, mut slack) = (*most, [0x7f; 8]);
        let mut at = 0;
        while at < most.len() {
            if most[at].is_ascii_digit() {
                zero[at] = b'0';
                slack[at] -= most[at] - b'0';
            }
            at += 1;
        }
        Self { zero: u64::from_le_bytes(zero), slack: u64::from_le_bytes(slack) }
    }

    /// The characters less what they are with digits of 0; the highest bit is set where one is too much.
    #[inline(always)]
    const fn less(&self, word: u64) -> u64 {
        let word = word ^ self.zero;
        if (word | word.wrapping_add(self.slack)) & 0x8080_8080_8080_8080 == 0 { word } else { u64::MAX }
    }
}

/// What of the text is still to be read.
struct Rest<'a> {
    text: &'a [u8],
    at: usize,
}

impl Rest<'_> {
    /// The next byte; NUL behind the end.
    #[inline(never)]
    fn peek(&self) -> u8 {
        match self.text.get(self.at) {
            Some(byte) => *byte,
            None => 0,
        }
    }

    /// The value of a digit; more than 9 where it is none.
    fn digit(&mut self) -> u32 {
        let byte = self.peek();
        self.at += 1;
        u32::from(byte.wrapping_sub(b'0'))
    }
}

/// The milliseconds of a text that [`parse`] takes, where it has the form that nearly all have; what it is not asks
/// [`parse`].
#[cfg(any(feature = "interactions", not(target_arch = "wasm32")))]
#[inline(always)]
pub(crate) fn usual_ms(text: &[u8]) -> Option<i64> {
    let (date, rest) = text.split_first_chunk::<20>()?;
    let pair = |at: usize| match date.get(at..at + 2) {
        Some(&[tens, ones]) => u32::from(tens & 15) * 10 + u32::from(ones & 15),
        _ => 0,
    };
    let mut ms = 0;
    match (date.last(), rest) {
        (Some(b'Z'), []) => {}
        (Some(b'.'), &[hundreds, tens, ones, b'Z']) => {
            ms = u32::from(hundreds & 15) * 100 + u32::from(tens & 15) * 10 + u32::from(ones & 15);
        }
        _ => return None,
    }
    let days = days_since_1970(pair(0) * 100 + pair(2), pair(5), pair(8));
    let seconds = pair(11) * 3600 + pair(14) * 60 + pair(17);
    Some(i64::from(days) * 86_400_000 + i64::from(seconds) * 1000 + i64::from(ms))
}

/// Days of the proleptic Gregorian calendar, counted in years that begin in March so that the
/// leap day comes last.
const fn days_since_1970(year: u32, month: u32, day: u32) -> i32 {
    // From 400 years before year 0, so that every division is of something positive.
    let (year, month) = if month > 2 { (year + 400, month - 3) } else { (year + 399, month + 9) };
    let days = year * 365 + year / 4 - year / 100 + year / 400 + (153 * month + 2) / 5 + day;
    days as i32 - 719_469 - 146_097
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_points_in_time() {
        for (text, ms, clean) in [
            ("1970-01-01T00:00:00Z", 0, true),
            ("2026-03-16T14:35:00.000Z", 1_773_671_700_000, true),
            ("2026-03-16T14:35:00.1239+01:30", 1_773_666_300_123, true),
            ("2024-02-29", 1_709_164_800_000, false),
            ("2026-03-16 14:35z", 1_773_671_700_000, false),
            ("2026-03-16T24:00:00Z", 1_773_705_600_000, false),
            ("2016-12-31T23:59:60Z", 1_483_228_800_000, false),
            ("0000-01-01T00:00:00Z", -62_167_219_200_000, true),
            ("9999-12-31T23:59:59.999Z", 253_402_300_799_999, true),
            ("2026-03-16T14:35:00-0130", 1_773_677_100_000, false),
            ("2026-03-16T14:35:00,5+01", 1_773_668_100_500, false),
        ] {
            assert_eq!(parse(text.as_bytes()), Some(Timestamp { ms, clean }), "{text}");
        }
    }

    #[test]
    fn what_has_the_usual_form_is_what_is_parsed() {
        for text in
            ["2026-03-16T14:35:00Z", "2024-02-29T24:00:00Z", "2016-12-31T23:59:60.999Z", "0000-01-01t00:00:00.001Z"]
        {
            assert_eq!(usual_ms(text.as_bytes()), parse(text.as_bytes()).map(|time| time.ms), "{text}");
        }
        for other in [
            "2026-03-16",
            "2026-03-16T14:35:00+01:00",
            "2026-03-16T14:35:00.1Z",
            "2026-03-16T14:35:00,123Z",
            "2026-03-16T14:35:00z",
        ] {
            assert_eq!(usual_ms(other.as_bytes()), None, "{other}");
        }
    }

    #[test]
    fn what_is_usual_is_clean() {
        for usual in
            ["2026-03-16T14:35:09Z", "2024-02-29T23:59:59.987Z", "0000-01-01T00:00:00Z", "1900-02-28T09:10:00.001Z"]
        {
            for at in 0..usual.len() {
                for byte in 0..=255 {
                    let mut text = usual.as_bytes().to_vec();
                    if let Some(place) = text.get_mut(at) {
                        *place = byte;
                    }
                    let mut padded = text.clone();
                    padded.resize(24, b'0');
                    let mut words = [0; 3];
                    for (word, bytes) in words.iter_mut().zip(padded.as_chunks().0) {
                        *word = u64::from_le_bytes(*bytes);
                    }
                    let shown = String::from_utf8_lossy(&text);
                    let is_clean = parse(&text).is_some_and(|time| time.clean);
                    // Digits and separators in the same places, and no time zone but UTC.
                    let has_form = usual
                        .bytes()
                        .zip(&text)
                        .all(|(one, other)| one == *other || one.is_ascii_digit() && other.is_ascii_digit());
                    assert_eq!(is_usual(words, text.len() as u32), is_clean && has_form, "{shown}");
                }
            }
        }
        assert!(!is_usual([0; 3], 0) && !is_usual([u64::MAX; 3], 24));
    }

    #[test]
    fn what_is_no_timestamp() {
        for text in [
            "",
            "2026",
            "2026-3-16",
            "2026-02-29",
            "2026-13-01",
            "2026-03-16T",
            "2026-03-16T25:00:00Z",
            "2026-03-16T24:00:01Z",
            "2026-03-16T14:35:00.Z",
            "2026-03-16T14:35:61Z",
            "2026-03-16Z",
            "2026-03-16T14:35:00Z ",
            " 2026-03-16",
            "1710590400",
            "2026-03-16T14:35:00+1:00",
            "2026-03-16T24:00:00.1Z",
        ] {
            assert_eq!(parse(text.as_bytes()), None, "{text}");
        }
    }
}
