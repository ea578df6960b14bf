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

const DAY: i64 = 24 * 60 * 60 * 1000;

/// The numbers of two digits in their order: the byte in front of each and the most it may be.
static PARTS: [(u8, i32); 7] = [(0, 99), (0, 99), (b'-', 12), (b'-', 31), (b'T', 24), (b':', 59), (b':', 60)];
const HOUR: usize = 4;
const SECOND: usize = 6;

/// The timestamp that `text` stands for. Dates that do not exist stand for none.
pub fn parse(text: &str) -> Option<Timestamp> {
    let mut rest = Rest { bytes: text.as_bytes(), sound: true, clean: true };
    let mut parts = [0; 7];
    let mut fraction = (0, false);
    for (place, (part, (before, most))) in parts.iter_mut().zip(&PARTS).enumerate() {
        // The time may be missing, and the seconds of it.
        if (place == HOUR && rest.bytes.is_empty()) || (place == SECOND && rest.peek() != b':') {
            rest.clean = false;
            break;
        }
        if *before != 0 {
            let found = rest.next();
            rest.clean &= found == *before;
            rest.sound &= found == *before || (place == HOUR && matches!(found, b't' | b' '));
        }
        *part = rest.within(*most);
        if place == SECOND {
            fraction = rest.fraction();
        }
    }
    let [century, year, month, day, hour, minute, second] = parts;
    let year = century * 100 + year;
    rest.sound &= month > 0 && day > 0 && day <= days_in(year, month);
    // Of the hour 24 only the beginning.
    rest.sound &= hour < 24 || (minute == 0 && second == 0 && !fraction.1);
    rest.clean &= hour < 24 && second < 60;
    let minutes = hour * 60 + minute - rest.offset();
    let seconds = minutes * 60 + second;
    let ms = i64::from(days_since_1970(year, month, day)) * DAY + i64::from(seconds) * 1000 + i64::from(fraction.0);
    if rest.sound && rest.bytes.is_empty() { Some(Timestamp { ms, clean: rest.clean }) } else { None }
}

/// What of the text is still to be read. Reading goes on behind a fault and is judged once, at the
/// end: that takes half the code of leaving at each.
struct Rest<'a> {
    bytes: &'a [u8],
    /// Whether all before it can be read at all,
    sound: bool,
    /// and by everybody.
    clean: bool,
}

impl Rest<'_> {
    /// The next byte; NUL behind the end.
    fn peek(&self) -> u8 {
        self.bytes.first().copied().unwrap_or(0)
    }

    fn next(&mut self) -> u8 {
        let byte = self.peek();
        self.bytes = self.bytes.get(1..).unwrap_or_default();
        byte
    }

    /// A number of two digits.
    fn within(&mut self, most: i32) -> i32 {
        let tens = self.next().wrapping_sub(b'0');
        let ones = self.next().wrapping_sub(b'0');
        let value = i32::from(tens) * 10 + i32::from(ones);
        self.sound &= tens < 10 && ones < 10 && value <= most;
        value
    }

    /// The milliseconds behind a decimal point, where there is one: then at least one digit. Beside
    /// them whether any digit is not 0.
    fn fraction(&mut self) -> (i32, bool) {
        let mut ms = 0;
        let mut some = false;
        if matches!(self.peek(), b'.' | b',') {
            self.clean &= self.next() == b'.';
            self.sound &= self.peek().is_ascii_digit();
            let mut unit = 100;
            while self.peek().is_ascii_digit() {
                let digit = i32::from(self.next() - b'0');
                ms += digit * unit;
                unit /= 10;
                some |= digit > 0;
            }
        }
        (ms, some)
    }

    /// The offset from UTC in minutes; none written is UTC.
    fn offset(&mut self) -> i32 {
        if self.bytes.is_empty() {
            self.clean = false;
            return 0;
        }
        let first = self.next();
        match first {
            b'+' | b'-' => {}
            _ => {
                self.sound &= first | 0x20 == b'z';
                self.clean &= first == b'Z';
                return 0;
            }
        }
        let mut minutes = self.within(23) * 60;
        if self.peek() == b':' {
            self.next();
            minutes += self.within(59);
        } else {
            self.clean = false;
            if !self.bytes.is_empty() {
                minutes += self.within(59);
            }
        }
        if first == b'-' { -minutes } else { minutes }
    }
}

const fn days_in(year: i32, month: i32) -> i32 {
    match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Days of the proleptic Gregorian calendar, counted in years that begin in March so that the
/// leap day comes last.
const fn days_since_1970(year: i32, month: i32, day: i32) -> i32 {
    // From 400 years before year 0, so that every division is of something positive.
    let year = year + 400 - (month < 3) as i32;
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    year * 365 + year / 4 - year / 100 + year / 400 + day_of_year - 719_468 - 146_097
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
