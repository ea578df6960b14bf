//! `Number`: a JSON number by its decimal digits. What a check asks of one (whole? beyond a
//! double? at least 1?) is answered exactly and without the tables of a float parser.

use super::{Cursor, Expected, Fault, Span};

/// The decimal digits of 2^1024 - 2^970: from here on the nearest double is infinity.
const BEYOND_DOUBLE: &[u8] = b"179769313486231580793728971405303415079934132710037826936173778980444968292764750946649017977587207096330286416692887910946555547851940402630657488671505820681908902000708383676273854845817711531764475730270069855571366959622842914819860834936475292719074168444365510704342711559699508093042880177904174497792";

/// The largest whole number that every reader of JSON agrees on (2^53).
const MAX_WHOLE: u64 = 1 << 53;

/// A scanned number: 0, or ± 0.d₁d₂d₃… × 10^scale with d₁ not 0.
#[derive(Clone, Copy, Debug)]
pub struct Number<'a> {
    /// Whether a minus stands in front.
    pub negative: bool,
    /// Whole part and fraction from the first digit that is not 0 to the last; a `.` may stand in it.
    digits: &'a [u8],
    scale: i64,
}

impl Cursor<'_> {
    /// Past a number; the cursor stands on its first byte.
    pub fn number(&mut self) -> Result<Span, Fault> {
        let at = self.at();
        if self.peek() == b'-' {
            self.step();
        }
        if self.peek() == b'0' {
            self.step();
        } else {
            self.digits()?;
        }
        if self.peek() == b'.' {
            self.step();
            self.digits()?;
        }
        if matches!(self.peek(), b'e' | b'E') {
            self.step();
            if matches!(self.peek(), b'+' | b'-') {
                self.step();
            }
            self.digits()?;
        }
        Ok(Span { at, len: self.at() - at })
    }

    fn digits(&mut self) -> Result<(), Fault> {
        if !self.peek().is_ascii_digit() {
            return Err(self.fault(Expected::Digit));
        }
        while self.peek().is_ascii_digit() {
            self.step();
        }
        Ok(())
    }
}

impl<'a> Number<'a> {
    /// The number that scanned text stands for.
    pub fn new(raw: &'a [u8]) -> Self {
        let (negative, unsigned) = match raw {
            [b'-', rest @ ..] => (true, rest),
            _ => (false, raw),
        };
        let power = unsigned.iter().position(|byte| matches!(byte, b'e' | b'E'));
        let (mantissa, exponent) = unsigned.split_at(power.unwrap_or(unsigned.len()));
        let point = mantissa.iter().position(|byte| *byte == b'.').unwrap_or(mantissa.len());
        let is_significant = |byte: &u8| matches!(byte, b'1'..=b'9');
        let (Some(first), Some(last)) =
            (mantissa.iter().position(is_significant), mantissa.iter().rposition(is_significant))
        else {
            return Self { negative, digits: &[], scale: 0 };
        };
        // Digits before the point, or minus the zeros between the point and the first digit.
        let before = point as i64 - first as i64 + i64::from(first > point);
        Self {
            negative,
            digits: mantissa.get(first..=last).unwrap_or_default(),
            scale: before.saturating_add(power_of_ten(exponent)),
        }
    }

    fn digits(&self) -> impl Iterator<Item = u8> + use<'a> {
        self.digits.iter().copied().filter(|byte| *byte != b'.')
    }

    /// Whether it is 0.
    pub const fn is_zero(&self) -> bool {
        self.digits.is_empty()
    }

    /// Whether its value has no fraction: `1`, `1.0` and `10e-1` do not.
    pub fn is_whole(&self) -> bool {
        self.digits().count() as i64 <= self.scale.max(0)
    }

    /// Whether its size is beyond what a double can hold.
    pub fn is_beyond_double(&self) -> bool {
        let threshold = BEYOND_DOUBLE.len() as i64;
        !self.is_zero()
            && (self.scale > threshold || (self.scale == threshold && self.digits().ge(BEYOND_DOUBLE.iter().copied())))
    }

    /// Its value where that is a whole number from 0 to 2^53.
    pub fn whole(&self) -> Option<u64> {
        if (self.negative && !self.is_zero()) || !self.is_whole() || self.scale > 16 {
            return None;
        }
        let mut digits = self.digits();
        let mut value = 0;
        for _ in 0..self.scale.max(0) {
            value = value * 10 + u64::from(digits.next().unwrap_or(b'0') - b'0');
        }
        (value <= MAX_WHOLE).then_some(value)
    }
}

/// The value of `e+12`; far enough out where it is enormous.
fn power_of_ten(exponent: &[u8]) -> i64 {
    let (sign, digits) = match exponent {
        [_, b'-', digits @ ..] => (-1, digits),
        [_, b'+', digits @ ..] | [_, digits @ ..] => (1, digits),
        [] => return 0,
    };
    let mut power: i64 = 0;
    for digit in digits {
        power = (power * 10 + i64::from(digit.wrapping_sub(b'0'))).min(1 << 40);
    }
    sign * power
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
        let edge = String::from_utf8_lossy(BEYOND_DOUBLE);
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
