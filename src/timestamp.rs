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
    read(text, true)
}

/// The parts of a timestamp in the form that nearly all have, in UTC to the second or the millisecond, eight
/// characters at a time, and its milliseconds; more than those where it has another form.
#[inline(always)]
fn usual(text: &[u8], parts: &mut [u32; PART_COUNT]) -> u32 {
    let date = digits(text, 0, b"0000-00-", 0x7f76_767f_7676_7676);
    let days = digits(text, 3, b"0-00-00T", 0x7f76_767f_7676_7f76);
    let time = digits(text, 11, b"00:00:00", 0x7676_7f76_767f_7676);
    let mut thousandths = 0;
    if text.len() == 24 {
        thousandths = digits(text, 15, b"0:00.000", 0x7676_767f_7676_7f76);
    } else if text.len() != 20 {
        return UNUSUAL;
    }
    if (date | days | time | thousandths) >> 63 != 0 || !matches!(text, [.., b'Z']) {
        return UNUSUAL;
    }
    let digit = |word: u64, at: u32| (word >> (at * 8)) as u32 & 15;
    let pair = |word: u64, at: u32| digit(word, at) * 10 + digit(word, at + 1);
    let (hour, minute, second) = (pair(time, 0), pair(time, 3), pair(time, 6));
    if hour > 23 || minute > 59 || second > 59 {
        return UNUSUAL;
    }
    *parts = [pair(date, 0), pair(date, 2), pair(date, 5), pair(days, 5), hour, minute, second, 0, 0];
    digit(thousandths, 5) * 100 + pair(thousandths, 6)
}

/// What [`usual`] says of every other form.
const UNUSUAL: u32 = 1000;

/// Eight characters, less what they would be if every digit were 0. Added to what is left, `slack` reaches the high
/// bit of each byte that is more than 9, or more than 0 where there is to be no digit: then every bit is set.
#[inline(never)]
fn digits(text: &[u8], at: usize, zero: &[u8; 8], slack: u64) -> u64 {
    let word = match text.get(at..at + 8).map(<[u8]>::as_chunks) {
        Some(([word], _)) => u64::from_le_bytes(*word) ^ u64::from_le_bytes(*zero),
        _ => u64::MAX,
    };
    if (word | word.wrapping_add(slack)) & 0x8080_8080_8080_8080 == 0 { word } else { u64::MAX }
}

/// The timestamp, the usual form read the short way where that is allowed.
#[inline(always)]
fn read(text: &[u8], short: bool) -> Option<Timestamp> {
    let mut rest = Rest { text, at: 0 };
    let mut parts = [0; PART_COUNT];
    // Reading goes on behind a fault and is judged once, at the end: that takes half the code of
    // leaving at each.
    let mut sound = true;
    let mut clean = true;
    let mut ms = if short { usual(text, &mut parts) } else { UNUSUAL };
    let mut west = false;
    let mut is_whole = true;
    if ms < UNUSUAL {
        rest.at = text.len();
    } else {
        ms = 0;
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
    }
    let [century, year, month, day, hour, minute, second, zone_hour, zone_minute] = parts;
    let is_leap = if year == 0 { century } else { year } % 4 == 0;
    let days = if month == 2 { 28 + u32::from(is_leap) } else { 30 + ((month ^ (month >> 3)) & 1) };
    sound &= month > 0 && month <= 12 && day > 0 && day <= days;
    // Of the hour 24 only the beginning.
    sound &= hour < 24 || (minute == 0 && second == 0 && is_whole);
    clean &= hour < 24 && second < 60;
    let zone = i64::from(zone_hour * 60 + zone_minute);
    let minutes = i64::from(hour * 60 + minute) + if west { zone } else { -zone };
    let minutes = minutes + i64::from(days_since_1970(century * 100 + year, month, day)) * (24 * 60);
    let ms = minutes * 60_000 + i64::from(second * 1000 + ms);
    if sound && rest.at == text.len() { Some(Timestamp { ms, clean }) } else { None }
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
    fn the_usual_form_is_read_as_any_other() {
        for usual in
            ["2026-03-16T14:35:09Z", "2024-02-29T23:59:59.987Z", "0000-01-01T00:00:00Z", "1900-02-28T09:10:00.001Z"]
        {
            for at in 0..usual.len() {
                for byte in 0..=255 {
                    let mut text = usual.as_bytes().to_vec();
                    if let Some(place) = text.get_mut(at) {
                        *place = byte;
                    }
                    assert_eq!(parse(&text), read(&text, false), "{}", String::from_utf8_lossy(&text));
                }
            }
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
            assert_eq!(parse(text.as_bytes()), None, "{text}");
        }
    }
}
