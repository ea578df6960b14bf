//! `Number`: a JSON number by its decimal digits. What a check asks of one (whole? beyond a
//! double? at least 1?) is answered exactly and without the tables of a float parser.

use super::{Cursor, Expected};

/// The digits in front of the point of the first number beyond a double, 2^1024 - 2^970: from there
/// on the nearest double is infinity.
const EDGE_PLACES: i32 = 309;
/// Its first digits, as many as are kept.
const EDGE_FRONT: u64 = 17_976_931_348_623_158;

/// The largest whole number that every reader of JSON agrees on (2^53).
const MAX_WHOLE: u64 = 1 << 53;

/// The digits of a number that are kept: one more than 2^53 has.
const KEPT: i32 = 17;

/// Its size is beyond what a double can hold.
pub const BEYOND_DOUBLE: u8 = 1;
/// It has a fraction: `1.0` and `10e-1` have none.
pub const FRACTION: u8 = 2;
/// It is 0.
pub const ZERO: u8 = 4;
/// It is less than 0.
pub const NEGATIVE: u8 = 8;
/// While it is read: what stands behind its `e` is less than 0.
const NEGATIVE_POWER: u8 = 16;

/// A scanned number: 0, or ± 0.d₁d₂d₃… × 10^scale with d₁ not 0.
#[derive(Clone, Copy, Debug)]
pub struct Number {
    /// What there is to say of it.
    pub bits: u8,
    scale: i32,
    /// How many of its digits, or of the zeros behind them, stand in `front`.
    kept: i32,
    /// d₁ to d₁₇, or as many as there are, as a whole number.
    front: u64,
}

impl Cursor<'_> {
    /// Past a number; the cursor stands on its first byte.
    #[inline(never)]
    pub fn number(&mut self) {
        self.either(b'-', b'-');
        if !self.either(b'0', b'0') {
            self.digits();
        }
        if self.either(b'.', b'.') {
            self.digits();
        }
        if self.either(b'e', b'E') {
            self.either(b'+', b'-');
            self.digits();
        }
    }

    /// Past one of two bytes, where it stands there; whether it does.
    #[inline(always)]
    fn either(&mut self, one: u8, other: u8) -> bool {
        let byte = self.peek();
        let stands = byte == one || byte == other;
        if stands {
            self.step();
        }
        stands
    }

    /// Past digits, of which there has to be one.
    #[inline(never)]
    fn digits(&mut self) {
        let at = self.at;
        while self.peek().is_ascii_digit() {
            self.step();
        }
        if self.at == at {
            self.fail(Expected::Digit);
        }
    }
}

impl Number {
    /// The number that scanned text stands for.
    pub fn new(raw: &[u8]) -> Self {
        let mut number = Self { bits: 0, scale: 0, kept: 0, front: 0 };
        // How many digits there are, from the first that is not 0 to the last that is not 0.
        let (mut read, mut digits) = (0, 0);
        let mut behind_point = 0;
        let mut power = 0;
        let mut in_power = false;
        for byte in raw {
            let digit = u32::from(*byte).wrapping_sub(u32::from(b'0'));
            if digit > 9 {
                match byte {
                    b'-' if in_power => number.bits |= NEGATIVE_POWER,
                    b'-' => number.bits = NEGATIVE,
                    b'.' => behind_point = 1,
                    b'+' => {}
                    _ => in_power = true,
                }
            } else if in_power {
                // Far enough out where it is enormous.
                if power < 1 << 26 {
                    power = power * 10 + digit as i32;
                }
            } else if read == 0 && digit == 0 {
                // Zeros in front count only between the point and the first digit.
                number.scale -= behind_point;
            } else {
                read += 1;
                number.scale += 1 - behind_point;
                if digit != 0 {
                    digits = read;
                }
                if read <= KEPT {
                    number.kept = read;
                    number.front = number.front * 10 + u64::from(digit);
                }
            }
        }
        number.scale += if number.bits & NEGATIVE_POWER != 0 { -power } else { power };
        number.bits &= NEGATIVE;
        if digits == 0 {
            number.bits = ZERO;
        } else {
            if digits > number.scale {
                number.bits |= FRACTION;
            }
            if number.scale >= EDGE_PLACES && (number.scale > EDGE_PLACES || number.is_at_edge(raw)) {
                number.bits |= BEYOND_DOUBLE;
            }
        }
        number
    }

    /// Its value where that is a whole number from 0 to 2^53.
    pub fn whole(&self) -> Option<u64> {
        if self.bits & ZERO != 0 {
            return Some(0);
        }
        if self.bits != 0 || self.scale >= KEPT {
            return None;
        }
        let value = self.front(self.scale);
        if value <= MAX_WHOLE { Some(value) } else { None }
    }

    /// Its first digits, filled up with zeros, as a whole number.
    fn front(&self, digits: i32) -> u64 {
        let mut front = self.front;
        let mut kept = self.kept;
        while kept > digits {
            front /= 10;
            kept -= 1;
        }
        while kept < digits {
            front *= 10;
            kept += 1;
        }
        front
    }

    /// Whether a number with as many digits in front of the point as the edge has is beyond it.
    #[cold]
    fn is_at_edge(&self, raw: &[u8]) -> bool {
        let front = self.front(KEPT);
        if front != EDGE_FRONT {
            return front > EDGE_FRONT;
        }
        // Its whole part in binary: beyond are those of 1024 bits whose first 54 are ones.
        let mut words = [0_u32; 33];
        let mut at = 0;
        let mut left = EDGE_PLACES;
        while left > 0 {
            let mut digit = u32::from(raw.get(at).copied().unwrap_or(b'e')).wrapping_sub(u32::from(b'0'));
            at += 1;
            if digit | 0x20 == u32::from(b'e' - b'0') {
                // Zeros without end stand behind the digits that are written.
                (at, digit) = (at - 1, 0);
            }
            if digit <= 9 && (digit > 0 || left < EDGE_PLACES) {
                left -= 1;
                let mut carry = u64::from(digit);
                for word in &mut words {
                    carry += u64::from(*word) * 10;
                    *word = carry as u32;
                    carry >>= 32;
                }
            }
        }
        words[32] > 0 || (words[31] == u32::MAX && words[30] >= u32::MAX << 10)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 2^1024 - 2^970.
    const EDGE: &[u8] = b"179769313486231580793728971405303415079934132710037826936173778980444968292764750946649017977587207096330286416692887910946555547851940402630657488671505820681908902000708383676273854845817711531764475730270069855571366959622842914819860834936475292719074168444365510704342711559699508093042880177904174497792";

    fn is_beyond(raw: &[u8]) -> bool {
        Number::new(raw).bits & BEYOND_DOUBLE != 0
    }

    #[test]
    fn the_edge_of_a_double_is_exact() {
        let just_below = "179769313486231580793728971405303415079934132710037826936173778980444968292764750946649017977587207096330286416692887910946555547851940402630657488671505820681908902000708383676273854845817711531764475730270069855571366959622842914819860834936475292719074168444365510704342711559699508093042880177904174497791";
        for (raw, beyond) in [
            ("1e308", false),
            ("1e309", true),
            ("-1e400", true),
            ("1.7976931348623157e308", false),
            ("1.7976931348623159e308", true),
            (just_below, false),
            ("0e999999999999999999999", false),
            ("1e-999999999999999999999", false),
            ("0.00001e313", false),
            ("0.00001e314", true),
            ("-0.0017976931348623158e311", false),
            ("1797693134862315807937289714053034e275", false),
            ("17976931348623158079372897140530342.00e274", true),
            ("179769313486231580793728971405303415079934e267", false),
            ("179769313486231580793728971405303415079935E267", true),
        ] {
            assert_eq!(is_beyond(raw.as_bytes()), beyond, "{raw}");
            assert_eq!(raw.parse::<f64>().is_ok_and(f64::is_infinite), beyond, "{raw}");
        }
        let edge = String::from_utf8_lossy(EDGE);
        assert!(is_beyond(edge.as_bytes()));
        assert!(edge.parse::<f64>().is_ok_and(f64::is_infinite));
    }

    #[test]
    fn whole_numbers_are_told_by_their_value() {
        for (raw, value) in [
            ("1", Some(1)),
            ("1.0", Some(1)),
            ("10e-1", Some(1)),
            ("0.1e1", Some(1)),
            ("1.5", None),
            ("-0", Some(0)),
            ("-1", None),
            ("120.50e1", Some(1205)),
            ("9007199254740992", Some(1 << 53)),
            ("9007199254740993", None),
            ("1e300", None),
        ] {
            assert_eq!(Number::new(raw.as_bytes()).whole(), value, "{raw}");
        }
        assert_eq!(Number::new(b"1e300").bits, 0);
        assert_eq!(Number::new(b"1.0000000000000000000001").bits, FRACTION);
    }
}
