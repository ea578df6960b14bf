//! Doubles: the nearest one to a decimal number, and the digits of one. Both are exact, by whole numbers of many words,
//! and so the same in every runtime; the standard library's way has tables and panics.
//!
//! ```
//! use kaireon_outcomes::json::double;
//! let mut text = Vec::new();
//! double::push(&mut text, double::read(b"149.990").unwrap_or_default() * 2.0);
//! assert_eq!(text, b"299.98");
//! ```

use super::whole::{EXACT, Whole};
use super::write::{Writer, push_byte, push_bytes, push_number};
use crate::room::push as push_one;

/// Digits beyond these cannot decide which double is nearest; that there are some can.
const MOST_DIGITS: i32 = 800;
/// The powers of ten that a double holds exactly.
const POWERS: [f64; 23] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20,
    1e21, 1e22,
];
/// The largest power of ten that is a word.
const NINE: u32 = 1_000_000_000;

/// The double nearest to a number of JSON's grammar, that with an even last bit of two; none where it is infinite.
pub fn read(raw: &[u8]) -> Option<f64> {
    let decimal = Decimal::new(raw);
    let magnitude = if decimal.front == 0 {
        0.0
    } else if decimal.digits <= 19 && decimal.front <= EXACT && decimal.power.unsigned_abs() < POWERS.len() as u32 {
        // Both are exact, so the one operation rounds once.
        let power = POWERS.get(decimal.power.unsigned_abs() as usize).copied().unwrap_or(1.0);
        if decimal.power < 0 { decimal.front as f64 / power } else { decimal.front as f64 * power }
    } else {
        decimal.nearest(raw)?
    };
    Some(if decimal.negative { -magnitude } else { magnitude })
}

/// The digits of a number as it is written.
struct Decimal {
    negative: bool,
    /// How many digits there are from the first that is not 0.
    digits: i32,
    /// The first 19 of them, as a whole number.
    front: u64,
    /// The power of ten that all digits together are to be multiplied by.
    power: i32,
}

impl Decimal {
    fn new(raw: &[u8]) -> Self {
        let mut decimal = Self { negative: false, digits: 0, front: 0, power: 0 };
        let (mut behind_point, mut in_power, mut down) = (false, false, false);
        let mut power = 0_i32;
        for byte in raw {
            let digit = byte.wrapping_sub(b'0');
            match byte {
                b'-' if in_power => down = true,
                b'-' => decimal.negative = true,
                b'.' => behind_point = true,
                b'e' | b'E' => in_power = true,
                // Far enough out where it is enormous.
                b'0'..=b'9' if in_power && power >= 1 << 26 => {}
                b'0'..=b'9' if in_power => power = power * 10 + i32::from(digit),
                b'0'..=b'9' => {
                    decimal.power -= i32::from(behind_point);
                    if decimal.digits > 0 || digit > 0 {
                        decimal.digits += 1;
                        if decimal.digits <= 19 {
                            decimal.front = decimal.front * 10 + u64::from(digit);
                        }
                    }
                }
                _ => {}
            }
        }
        decimal.power += if down { -power } else { power };
        decimal
    }

    /// The nearest double to its size, by all of its digits.
    #[cold]
    fn nearest(&self, raw: &[u8]) -> Option<f64> {
        let tens = self.digits.saturating_add(self.power);
        if tens > 310 {
            return None;
        }
        if tens < -330 {
            return Some(0.0);
        }
        let mut whole = Whole::new(0);
        let mut left_out = false;
        let mut kept = 0;
        for byte in raw {
            match byte {
                b'e' | b'E' => break,
                b'0'..=b'9' if kept == MOST_DIGITS => left_out |= *byte != b'0',
                b'0'..=b'9' if kept > 0 || *byte != b'0' => {
                    kept += 1;
                    whole.times(10, u32::from(byte - b'0'));
                }
                _ => {}
            }
        }
        let power = self.power + (self.digits - kept);
        let mut shift = 0;
        if power >= 0 {
            whole.times_ten(power.unsigned_abs());
        } else {
            // So far to the left that what is left behind the division has more than 64 bits.
            let down = power.unsigned_abs();
            shift = (68 + down * 10 / 3 + 1).saturating_sub(whole.bits());
            whole.shift(shift);
            left_out |= whole.over_ten(down);
        }
        whole.to_double(shift, left_out)
    }
}

/// Appends a double as JSON: as few digits as lead back to it, of 15 to 17; `null` where it is none that JSON can say.
pub fn push(out: &mut Vec<u8>, value: f64) {
    if !value.is_finite() {
        return push_bytes(out, b"null");
    }
    if value < 0.0 {
        push_byte(out, b'-');
    }
    let size = value.abs();
    if size <= EXACT as f64 && (size as u64) as f64 == size {
        return push_number(out, size as u64);
    }
    let (digits, point) = exact(size);
    let start = out.len();
    for count in 15..17 {
        push_rounded(out, &digits, point, count);
        if read(out.get(start..).unwrap_or_default()) == Some(size) {
            return;
        }
        out.truncate(start);
    }
    push_rounded(out, &digits, point, 17);
}

/// Writes a member whose value is a double; `null` where there is none.
pub fn member(name: &[u8], value: Option<f64>, writer: &mut Writer) {
    writer.name(name);
    push(&mut writer.text, value.unwrap_or(f64::NAN));
}

/// All digits of a double that is more than 0, and how many of them stand in front of the point.
fn exact(size: f64) -> (Vec<u8>, i32) {
    let bits = size.to_bits();
    let exponent = (bits >> 52) as i32;
    let mut mantissa = bits & ((EXACT >> 1) - 1);
    let mut power = -1074;
    if exponent > 0 {
        mantissa |= EXACT >> 1;
        power = exponent - 1075;
    }
    let even = mantissa.trailing_zeros();
    mantissa >>= even;
    power += even as i32;
    let mut whole = Whole::new(mantissa);
    let mut behind = 0;
    if power > 0 {
        whole.shift(power.unsigned_abs());
    } else {
        // Halves are fives of tenths.
        behind = -power;
        let mut left = power.unsigned_abs();
        while left > 0 {
            let step = left.min(13);
            whole.times(5_u32.pow(step), 0);
            left -= step;
        }
    }
    let mut digits = Vec::new();
    while !whole.is_zero() {
        let mut nine = whole.over(NINE);
        for _ in 0..9 {
            push_one(&mut digits, (nine % 10) as u8);
            nine /= 10;
        }
    }
    while digits.last() == Some(&0) {
        digits.pop();
    }
    digits.reverse();
    let point = digits.len() as i32 - behind;
    (digits, point)
}

/// Appends so many of the digits, rounded to the nearest, to an even one of two.
fn push_rounded(out: &mut Vec<u8>, digits: &[u8], mut point: i32, count: usize) {
    let mut kept = [0_u8; 17];
    for (place, digit) in kept.iter_mut().zip(digits).take(count) {
        *place = *digit;
    }
    let behind = digits.get(count..).unwrap_or_default();
    let last = kept.get(count - 1).copied().unwrap_or(0);
    let up = match behind.split_first() {
        Some((5, rest)) => last % 2 == 1 || rest.iter().any(|digit| *digit > 0),
        Some((first, _)) => *first > 5,
        None => false,
    };
    if up {
        let mut carries = true;
        for place in kept.iter_mut().take(count).rev() {
            if *place < 9 {
                *place += 1;
                carries = false;
                break;
            }
            *place = 0;
        }
        if carries {
            // All were nines.
            kept = [0; 17];
            if let Some(first) = kept.first_mut() {
                *first = 1;
            }
            point += 1;
        }
    }
    let mut len = kept.len();
    while len > 1 && kept.get(len - 1) == Some(&0) {
        len -= 1;
    }
    let digit = |place: i32| b'0' + kept.get(place as usize).copied().unwrap_or(0);
    let (first, len) = (if (-5..=21).contains(&point) { point.min(0) } else { 0 }, len as i32);
    let end = if (-5..=21).contains(&point) { point } else { 1 };
    for place in first..len.max(end) {
        if place == end || place == first && end <= first {
            if place == first {
                push_byte(out, b'0');
            }
            push_byte(out, b'.');
        }
        push_byte(out, if place < 0 { b'0' } else { digit(place) });
    }
    if end != point {
        push_bytes(out, if point > 0 { b"e" } else { b"e-" });
        push_number(out, u64::from((point - 1).unsigned_abs()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn next(state: &mut u64) -> u64 {
        *state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        *state ^ *state >> 29
    }

    #[test]
    fn reads_like_the_standard_library() {
        let long = format!("1{}1e-900", "0".repeat(899));
        let halfway = "9007199254740993.00000000000000000000000000000000000000000000000000000000000000000001";
        for raw in [
            "0",
            "-0",
            "1",
            "0.1",
            "149.99",
            "1e22",
            "1e23",
            "9007199254740993",
            halfway,
            "5e-324",
            "2.4703282292062327e-324",
            "2.4703282292062328e-324",
            "2.2250738585072011e-308",
            "2.2250738585072014e-308",
            "1.7976931348623157e308",
            "1e-400",
            "0.000000000000000000000000000000000000000000000001e-300",
            "123456789012345678901234567890",
            &long,
            "1E+2",
            "12.50e-1",
        ] {
            assert_eq!(read(raw.as_bytes()).map(f64::to_bits), raw.parse().ok().map(f64::to_bits), "{raw}");
        }
        assert_eq!(read(b"1.7976931348623159e308"), None);
        assert_eq!(read(b"-1e999999999999"), None);
        let mut state = 1;
        for _ in 0..20_000 {
            let (digits, power) = (next(&mut state) >> (next(&mut state) % 60), next(&mut state) % 700);
            let raw = format!("{digits}.{}e{}", next(&mut state), power as i64 - 360);
            let wanted = raw.parse::<f64>().ok().filter(|value| value.is_finite());
            assert_eq!(read(raw.as_bytes()).map(f64::to_bits), wanted.map(f64::to_bits), "{raw}");
        }
    }

    #[test]
    fn what_is_written_leads_back() {
        let mut state = 7;
        let doubles = (0..20_000).map(|_| f64::from_bits(next(&mut state)));
        let round =
            [0.1, 1.5, 0.3, 2.0 / 3.0, 1e21, 1e22, 123456.789, 1e-6, 1e-7, 5e-324, f64::MAX, 9.5, 0.049999, 99.99];
        for value in doubles.chain(round).filter(|value| value.is_finite()) {
            let mut text = Vec::new();
            push(&mut text, value);
            let text = String::from_utf8_lossy(&text);
            assert_eq!(text.parse::<f64>().ok().map(f64::to_bits), Some(value.to_bits()), "{text}");
            assert!(serde_json::from_str::<serde_json::Value>(&text).is_ok(), "{text}");
        }
        let written = |value| {
            let mut text = Vec::new();
            push(&mut text, value);
            String::from_utf8_lossy(&text).into_owned()
        };
        assert_eq!(
            [0.1, 299.98, -0.5, 1e22, 1.5e-7, 0.05].map(written),
            ["0.1", "299.98", "-0.5", "1e22", "1.5e-7", "0.05"]
        );
        assert_eq!([f64::NAN, f64::INFINITY, 3.0].map(written), ["null", "null", "3"]);
    }
}
