//! Statistics by the textbook: two proportions held against each other, and the interval of one. By `+ - * /` and the
//! square root alone, which every runtime rounds alike: the digits are the same natively and in WebAssembly.
//!
//! ```
//! use kaireon_outcomes::interactions::statistics::{compare, wilson};
//! let found = compare((30, 240), (50, 612)).unwrap_or_default();
//! assert!((found.z - 1.949_135_078_073_2).abs() < 1e-12 && (found.p - 0.051_279_295_550_6).abs() < 1e-12);
//! assert!(wilson(0, 10).is_some_and(|interval| interval.low == 0.0));
//! ```

/// The standard normal distribution has 97.5 % below this.
const Z_95: f64 = 1.959_963_984_540_054;
/// ln 2, the part that its products keep exact, and the rest.
const LN_2_HIGH: f64 = 0.693_147_180_369_123_8;
const LN_2_LOW: f64 = 1.908_214_929_270_587_7e-10;
const SQRT_PI: f64 = 1.772_453_850_905_516;
const SQRT_2: f64 = std::f64::consts::SQRT_2;
/// From here on the tail is a continued fraction; up to here a series has lost two digits of sixteen.
const TAIL: f64 = 2.0;
/// As many steps as either takes to be exact at [`TAIL`], and some.
const STEPS: u32 = 200;

/// Successes of trials.
pub type Share = (u64, u64);

/// Two proportions: what one has that the other has not.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Comparison {
    /// The pooled two-proportion z.
    pub z: f64,
    /// How likely so much is where there is no difference, either way.
    pub p: f64,
}

/// Where a proportion lies.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Interval {
    /// From.
    pub low: f64,
    /// To.
    pub high: f64,
}

/// The pooled two-proportion z of one share against another, and its two-sided p; none where the textbook has none:
/// without trials, with more successes than trials, or where all or none succeed.
pub fn compare(one: Share, other: Share) -> Option<Comparison> {
    let ((x1, n1), (x2, n2)) = (one, other);
    if x1 > n1 || x2 > n2 || n1 == 0 || n2 == 0 || x1 + x2 == 0 || x1 + x2 == n1 + n2 {
        return None;
    }
    let successes = (x1 + x2) as f64;
    let failures = (n1 - x1 + (n2 - x2)) as f64;
    let spread = successes * failures / (n1 + n2) as f64 * n1 as f64 * n2 as f64;
    // The difference of the rates over the pooled error, multiplied by both sizes: so it is taken of whole numbers.
    let z = difference(one, other) / spread.sqrt();
    Some(Comparison { z, p: erfc(z.abs() / SQRT_2) })
}

/// The difference of two rates times both numbers of trials, exact but for its last rounding.
fn difference((x1, n1): Share, (x2, n2): Share) -> f64 {
    let [x1, n1, x2, n2] = [x1, n1, x2, n2].map(i128::from);
    (x1.saturating_mul(n2) - x2.saturating_mul(n1)) as f64
}

/// How much one rate is above another: in points, and as a part of the other; none where a rate does not exist.
pub fn uplift(one: Share, other: Share) -> (Option<f64>, Option<f64>) {
    let difference = difference(one, other);
    let over = |what: f64| if what > 0.0 { Some(difference / what) } else { None };
    let absolute = over(one.1 as f64 * other.1 as f64);
    (absolute, absolute.and_then(|_| over(other.0 as f64 * one.1 as f64)))
}

/// A rate; none without trials.
pub fn rate((successes, trials): Share) -> Option<f64> {
    if trials > 0 { Some(successes as f64 / trials as f64) } else { None }
}

/// Wilson's interval of a proportion, at 95 %; none without trials or with more successes than trials.
pub fn wilson(successes: u64, trials: u64) -> Option<Interval> {
    if trials == 0 || successes > trials {
        return None;
    }
    let (n, share) = (trials as f64, successes as f64 / trials as f64);
    let square = Z_95 * Z_95;
    let around = |share: f64, other: f64| {
        let middle = share + square / (2.0 * n);
        let half = Z_95 * (share * other / n + square / (4.0 * n * n)).sqrt();
        (middle + half) / (1.0 + square / n)
    };
    let rest = (trials - successes) as f64 / n;
    // Either end by the sum, never by the difference, which loses digits: the lower is what the upper leaves of the rest.
    let product = share * share / (1.0 + square / n);
    let high = around(share, rest);
    let low = if successes == 0 { 0.0 } else { product / high };
    Some(Interval { low, high: if successes == trials { 1.0 } else { high } })
}

/// The complement of the error function, for what is not less than 0.
pub fn erfc(x: f64) -> f64 {
    if x < TAIL {
        // erf x = 2/√π e^(−x²) Σ (2x²)ⁿ x / (1·3·5…(2n+1)): every term is positive.
        let square = x * x;
        let (mut term, mut sum) = (x, x);
        let mut odd = 1.0;
        for _ in 0..STEPS {
            odd += 2.0;
            term *= 2.0 * square / odd;
            sum += term;
        }
        return 1.0 - 2.0 / SQRT_PI * exp_of_minus_square(x) * sum;
    }
    // e^(−x²)/√π over x + (1/2)/(x + (2/2)/(x + (3/2)/(x + …))), from the inside out.
    let mut inner = x;
    let mut step = STEPS;
    while step > 0 {
        inner = x + f64::from(step) / 2.0 / inner;
        step -= 1;
    }
    exp_of_minus_square(x) / (SQRT_PI * inner)
}

/// e^(−x²): of a large square the rounding would be seen, so x is split in two whose squares are exact enough.
fn exp_of_minus_square(x: f64) -> f64 {
    let front = f64::from_bits(x.to_bits() & !0x07ff_ffff);
    exp_of_minus(front * front) * exp_of_minus((x - front) * (x + front))
}

/// e^(−x), for what is not less than 0.
fn exp_of_minus(x: f64) -> f64 {
    // Below the least double.
    if x > 745.2 {
        return 0.0;
    }
    let halvings = (x / std::f64::consts::LN_2 + 0.5) as i64;
    let rest = (x - halvings as f64 * LN_2_HIGH) - halvings as f64 * LN_2_LOW;
    // Horner, from a term that is nothing any more.
    let mut sum = 1.0;
    let mut step = 18;
    while step > 0 {
        sum = 1.0 - rest / f64::from(step) * sum;
        step -= 1;
    }
    // In two steps: the power alone may be below the least double.
    let half = halvings / 2;
    sum * power_of_half(half) * power_of_half(halvings - half)
}

fn power_of_half(power: i64) -> f64 {
    f64::from_bits(((1023 - power) as u64) << 52)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_leaves_that_is_no_number() {
        let counts = [0, 1, 2, 50, 1 << 20, u32::MAX as u64];
        for x1 in counts {
            for n1 in counts {
                for x2 in counts {
                    for n2 in counts {
                        let found = compare((x1, n1), (x2, n2));
                        assert!(found.is_none_or(|found| found.z.is_finite() && (0.0..=1.0).contains(&found.p)));
                        let (absolute, relative) = uplift((x1, n1), (x2, n2));
                        assert!([absolute, relative, rate((x1, n1))].iter().flatten().all(|figure| figure.is_finite()));
                    }
                }
                let interval = wilson(x1, n1);
                assert!(interval.is_none_or(|found| 0.0 <= found.low && found.low <= found.high && found.high <= 1.0));
            }
        }
    }
}
