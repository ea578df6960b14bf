//! What a JSON number is, told from its digits: held against the core's `Number`.

/// Whether the nearest double is infinity.
pub fn is_beyond_double(raw: &str) -> bool {
    raw.parse::<f64>().is_ok_and(f64::is_infinite)
}

/// How a number stands to 0, and whether it has a fraction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sort {
    Fraction,
    Negative,
    Zero,
    Positive,
}

/// What sort of number a text is that JSON allows.
pub fn sort(raw: &str) -> Sort {
    let unsigned = raw.trim_start_matches('-');
    let (mantissa, power) = unsigned.split_once(['e', 'E']).unwrap_or((unsigned, "0"));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits = format!("{whole}{fraction}");
    let significant = digits.trim_end_matches('0');
    if significant.is_empty() {
        return Sort::Zero;
    }
    // What is too long for a number is far out on its side.
    let far = if power.starts_with('-') { i64::MIN / 2 } else { i64::MAX / 2 };
    let power = power.parse::<i64>().unwrap_or(far);
    // The place of the last digit that is not 0: below 1 it is a fraction.
    let last = power - fraction.len() as i64 + (digits.len() - significant.len()) as i64;
    match (last < 0, raw.starts_with('-')) {
        (true, _) => Sort::Fraction,
        (_, true) => Sort::Negative,
        _ => Sort::Positive,
    }
}

/// The value of a number that is whole, from 0 to 2^53.
pub fn whole(raw: &str) -> Option<u64> {
    match sort(raw) {
        Sort::Zero => return Some(0),
        Sort::Positive => {}
        _ => return None,
    }
    let (mantissa, power) = raw.split_once(['e', 'E']).unwrap_or((raw, "0"));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits = format!("{whole}{fraction}");
    let digits = digits.trim_start_matches('0');
    let zeros = power.parse::<i64>().ok()? - fraction.len() as i64;
    // Too long for 2^53, whatever the digits are; where zeros are to be taken away they are there.
    if digits.len() as i64 + zeros > 17 {
        return None;
    }
    let kept = (digits.len() as i64 + zeros.min(0)) as usize;
    let value: u64 = format!("{}{}", &digits[..kept], "0".repeat(zeros.max(0) as usize)).parse().ok()?;
    (value <= 1 << 53).then_some(value)
}
