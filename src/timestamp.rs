//! A timestamp: its milliseconds, and whether every server reads it the same way.
//!
//! ```
//! use kaireon_outcomes::timestamp;
//! let read = timestamp::parse("2026-03-16T14:35:00Z");
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

const MINUTE: i64 = 60_000;
const DAY: i64 = 24 * 60 * MINUTE;

/// The timestamp that `text` stands for. Dates that do not exist stand for none.
pub fn parse(text: &str) -> Option<Timestamp> {
    let mut rest = Rest { bytes: text.as_bytes(), clean: true };
    let year = rest.two_digits()? * 100 + rest.two_digits()?;
    rest.byte(b"-")?;
    let month = rest.within(1, 12)?;
    rest.byte(b"-")?;
    let day = rest.within(1, days_in(year, month))?;
    let mut ms = days_since_1970(year, month, day) * DAY;
    if rest.bytes.is_empty() {
        return Some(Timestamp { ms, clean: false });
    }
    rest.byte(b"Tt ")?;
    let hour = rest.within(0, 24)?;
    rest.byte(b":")?;
    let minute = rest.within(0, 59)?;
    let mut second = 0;
    let mut fraction: &[u8] = &[];
    if rest.bytes.first() == Some(&b':') {
        rest.byte(b":")?;
        second = rest.within(0, 60)?;
        fraction = rest.fraction()?;
    } else {
        rest.clean = false;
    }
    if hour == 24 && (minute > 0 || second > 0 || fraction.iter().any(|digit| *digit != b'0')) {
        return None;
    }
    rest.clean &= hour < 24 && second < 60;
    ms += hour * 60 * MINUTE + minute * MINUTE + second * 1000;
    for (digit, unit) in fraction.iter().zip([100, 10, 1]) {
        ms += i64::from(digit - b'0') * unit;
    }
    ms -= rest.offset()? * MINUTE;
    rest.bytes.is_empty().then_some(Timestamp { ms, clean: rest.clean })
}

/// What of the text is still to be read, and whether all before it was clean.
struct Rest<'a> {
    bytes: &'a [u8],
    clean: bool,
}

impl<'a> Rest<'a> {
    /// Past one of the bytes; the first of them is the clean one.
    fn byte(&mut self, allowed: &[u8]) -> Option<u8> {
        let (byte, rest) = self.bytes.split_first()?;
        let place = allowed.iter().position(|known| known == byte)?;
        self.clean &= place == 0;
        self.bytes = rest;
        Some(*byte)
    }

    fn two_digits(&mut self) -> Option<i64> {
        let (digits, rest) = self.bytes.split_first_chunk::<2>()?;
        let [tens, ones] = digits.map(|digit| i64::from(digit.wrapping_sub(b'0')));
        self.bytes = rest;
        (tens < 10 && ones < 10).then_some(tens * 10 + ones)
    }

    fn within(&mut self, least: i64, most: i64) -> Option<i64> {
        self.two_digits().filter(|value| (least..=most).contains(value))
    }

    /// The digits behind a decimal point, where there is one: then at least one digit.
    fn fraction(&mut self) -> Option<&'a [u8]> {
        if !matches!(self.bytes.first(), Some(b'.' | b',')) {
            return Some(&[]);
        }
        self.byte(b".,")?;
        let count = self.bytes.iter().take_while(|byte| byte.is_ascii_digit()).count();
        let (digits, rest) = self.bytes.split_at_checked(count)?;
        self.bytes = rest;
        (count > 0).then_some(digits)
    }

    /// The offset from UTC in minutes; none written is UTC.
    fn offset(&mut self) -> Option<i64> {
        if self.bytes.is_empty() {
            self.clean = false;
            return Some(0);
        }
        let (first, rest) = self.bytes.split_first()?;
        self.bytes = rest;
        let sign = match first {
            b'+' => 1,
            b'-' => -1,
            b'Z' => return Some(0),
            b'z' => {
                self.clean = false;
                return Some(0);
            }
            _ => return None,
        };
        let hours = self.within(0, 23)?;
        let minutes = match self.bytes {
            [b':', ..] => {
                self.byte(b":")?;
                self.within(0, 59)?
            }
            rest => {
                self.clean = false;
                if rest.is_empty() { 0 } else { self.within(0, 59)? }
            }
        };
        Some(sign * (hours * 60 + minutes))
    }
}

fn days_in(year: i64, month: i64) -> i64 {
    match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Days of the proleptic Gregorian calendar, counted in years that begin in March so that the
/// leap day comes last.
fn days_since_1970(year: i64, month: i64, day: i64) -> i64 {
    let year = if month > 2 { year } else { year - 1 };
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    year * 365 + year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400) + day_of_year - 719_468
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
            assert_eq!(parse(text), Some(Timestamp { ms, clean }), "{text}");
        }
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
            assert_eq!(parse(text), None, "{text}");
        }
    }
}
