//! `Number`: a JSON number by its decimal digits. What a check asks of one (whole? beyond a
//! double? at least 1?) is answered exactly and without the tables of a float parser.

use super::{Cursor, Expected};

/// The decimal digits of 2^1024 - 2^970: from here on the nearest double is infinity.
const EDGE: &[u8] = b"179769313486231580793728971405303415079934132710037826936173778980444968292764750946649017977587207096330286416692887910946555547851940402630657488671505820681908902000708383676273854845817711531764475730270069855571366959622842914819860834936475292719074168444365510704342711559699508093042880177904174497792";

/// The largest whole number that every reader of JSON agrees on (2^53).
const MAX_WHOLE: u64 = 1 << 53;

/// The digits of a number that [`Number::whole`] can need: one more than 2^53 has.
const KEPT: i64 = 17;

/// Its size is beyond what a double can hold.
pub const BEYOND_DOUBLE: u8 = 1;
/// It has a fraction: `1.0` and `10e-1` have none.
pub const FRACTION: u8 = 2;
/// It is 0.
pub const ZERO: u8 = 4;
/// It is less than 0.
pub const NEGATIVE: u8 = 8;

/// A scanned number: 0, or ± 0.d₁d₂d₃… × 10^scale with d₁ not 0.
#[derive(Clone, Copy, Debug)]
pub struct Number {
    /// Whether a minus stands in front.
    pub negative: bool,
    /// How many digits there are from d₁ to the last that is not 0.
    digits: i64,
    /// How many of them, or of the zeros behind them, stand in `front`.
    kept: i64,
    /// d₁ to d₁₇, or as many as there are, as a whole number.
    front: u64,
    /// Whether 0.d₁d₂d₃… is at least that of the first number beyond a double.
    beyond: bool,
    scale: i64,
}

impl Cursor<'_> {
    /// Past a number; the cursor stands on its first byte.
    #[inline(never)]
    pub fn number(&mut self) {
        if self.peek() == b'-' {
            self.step();
        }
        if self.peek() == b'0' {
            self.step();
        } else {
            self.digits();
        }
        if self.peek() == b'.' {
            self.step();
            self.digits();
        }
        if self.peek() | 0x20 == b'e' {
            self.step();
            if matches!(self.peek(), b'+' | b'-') {
                self.step();
            }
            self.digits();
        }
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
        let mut number = Self { negative: false, digits: 0, kept: 0, front: 0, beyond: false, scale: 0 };
        let mut read = 0;
        let mut behind_point = false;
        let mut equal = true;
        for (place, byte) in raw.iter().enumerate() {
            match byte {
                b'-' => number.negative = true,
                b'.' => behind_point = true,
                b'0'..=b'9' => {
                    // Zeros in front count only between the point and the first digit.
                    if read == 0 && *byte == b'0' {
                        number.scale -= i64::from(behind_point);
                        continue;
                    }
                    let edge = EDGE.get(read as usize).copied().unwrap_or(b'0');
                    read += 1;
                    number.scale += i64::from(!behind_point);
                    if *byte != b'0' {
                        number.digits = read;
                    }
                    if equal && *byte != edge {
                        equal = false;
                        number.beyond = *byte > edge;
                    }
                    if read <= KEPT {
                        number.kept = read;
                        number.front = number.front * 10 + u64::from(byte - b'0');
                    }
                }
                _ => {
                    number.scale += power_of_ten(raw.get(place + 1..).unwrap_or_default());
                    break;
                }
            }
        }
        number.beyond |= equal && read >= EDGE.len() as i64;
        number
    }

    /// What there is to say of it, as bits.
    pub const fn bits(&self) -> u8 {
        let mut bits = 0;
        if self.is_beyond_double() {
            bits |= BEYOND_DOUBLE;
        }
        if !self.is_whole() {
            bits |= FRACTION;
        }
        if self.is_zero() {
            bits |= ZERO;
        } else if self.negative {
            bits |= NEGATIVE;
        }
        bits
    }

    /// Whether it is 0.
    pub const fn is_zero(&self) -> bool {
        self.digits == 0
    }

    /// Whether its value has no fraction: `1`, `1.0` and `10e-1` do not.
    pub const fn is_whole(&self) -> bool {
        self.digits == 0 || self.digits <= self.scale
    }

    /// Whether its size is beyond what a double can hold.
    pub const fn is_beyond_double(&self) -> bool {
        let threshold = EDGE.len() as i64;
        self.digits > 0 && (self.scale > threshold || (self.scale == threshold && self.beyond))
    }

    /// Its value where that is a whole number from 0 to 2^53.
    pub const fn whole(&self) -> Option<u64> {
        if self.digits == 0 {
            return Some(0);
        }
        if self.negative || self.digits > self.scale || self.scale >= KEPT {
            return None;
        }
        let mut value = self.front;
        let mut places = self.kept;
        while places > self.scale {
            value /= 10;
            places -= 1;
        }
        while places < self.scale {
            value *= 10;
            places += 1;
        }
        if value <= MAX_WHOLE { Some(value) } else { None }
    }
}

/// The value of `+12`, what stands behind an `e`; far enough out where it is enormous.
fn power_of_ten(exponent: &[u8]) -> i64 {
    let mut negative = false;
    let mut power: i64 = 0;
    for byte in exponent {
        match byte {
            b'-' => negative = true,
            b'+' => {}
            digit => power = (power * 10 + i64::from(digit.wrapping_sub(b'0'))).min(1 << 40),
        }
    }
    if negative { -power } else { power }
}

#[cfg(test)]
mod tests {
    use super::*;

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
        ] {
            assert_eq!(Number::new(raw.as_bytes()).is_beyond_double(), beyond, "{raw}");
            assert_eq!(raw.parse::<f64>().is_ok_and(f64::is_infinite), beyond, "{raw}");
        }
        let edge = String::from_utf8_lossy(EDGE);
        assert!(Number::new(edge.as_bytes()).is_beyond_double());
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
        assert!(Number::new(b"1e300").is_whole());
        assert!(!Number::new(b"1.0000000000000000000001").is_whole());
    }
}
