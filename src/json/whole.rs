//! `Whole`: a whole number of many words, for digits and doubles that have to be exact.

/// Enough for 800 digits and for the longest way to the right of the point.
const WORDS: usize = 160;
/// Up to here a double holds every whole number.
pub(super) const EXACT: u64 = 1 << 53;

/// A whole number of many words, the least first.
pub(super) struct Whole {
    words: [u32; WORDS],
    len: usize,
}

impl Whole {
    pub fn new(value: u64) -> Self {
        let mut whole = Self { words: [0; WORDS], len: 0 };
        whole.grow(value as u32);
        whole.grow((value >> 32) as u32);
        whole.trim();
        whole
    }

    fn grow(&mut self, word: u32) {
        if let Some(place) = self.words.get_mut(self.len) {
            *place = word;
            self.len += 1;
        }
    }

    fn trim(&mut self) {
        while self.len > 0 && self.word(self.len - 1) == 0 {
            self.len -= 1;
        }
    }

    pub fn is_zero(&self) -> bool {
        self.len == 0
    }

    fn word(&self, place: usize) -> u32 {
        self.words.get(place).copied().unwrap_or(0)
    }

    /// Multiplied, and something added.
    pub fn times(&mut self, factor: u32, plus: u32) {
        let mut carry = u64::from(plus);
        for word in self.words.iter_mut().take(self.len) {
            carry += u64::from(*word) * u64::from(factor);
            *word = carry as u32;
            carry >>= 32;
        }
        if carry > 0 {
            self.grow(carry as u32);
        }
    }

    /// Divided; what remains.
    pub fn over(&mut self, divisor: u32) -> u32 {
        // Nobody divides by 0, and what cannot be needs no panic.
        let divisor = u64::from(divisor.max(1));
        let mut rest = 0_u64;
        for word in self.words.iter_mut().take(self.len).rev() {
            rest = rest << 32 | u64::from(*word);
            let quotient = rest / divisor;
            *word = quotient as u32;
            rest -= quotient * divisor;
        }
        self.trim();
        rest as u32
    }

    pub fn times_ten(&mut self, mut power: u32) {
        while power > 0 {
            let step = power.min(9);
            self.times(10_u32.pow(step), 0);
            power -= step;
        }
    }

    /// Divided by a power of ten; whether anything remains.
    pub fn over_ten(&mut self, mut power: u32) -> bool {
        let mut rest = false;
        while power > 0 {
            let step = power.min(9);
            rest |= self.over(10_u32.pow(step)) > 0;
            power -= step;
        }
        rest
    }

    /// Multiplied by a power of two.
    pub fn shift(&mut self, mut bits: u32) {
        while bits > 0 {
            let step = bits.min(31);
            self.times(1 << step, 0);
            bits -= step;
        }
    }

    /// How many bits it has.
    pub fn bits(&self) -> u32 {
        match self.len {
            0 => 0,
            len => len as u32 * 32 - self.word(len - 1).leading_zeros(),
        }
    }

    /// The bits from a place on, as many as a number has.
    fn bits_from(&self, place: u32) -> u64 {
        let (word, bit) = ((place / 32) as usize, place % 32);
        let three = [0, 1, 2].map(|on| u128::from(self.word(word + on)));
        let [low, middle, high] = three;
        ((high << 64 | middle << 32 | low) >> bit) as u64
    }

    /// Whether any bit below a place is set.
    fn any_below(&self, place: u32) -> bool {
        let (word, bit) = ((place / 32) as usize, place % 32);
        let below = self.words.iter().take(word).any(|word| *word != 0);
        below || self.word(word) & ((1 << bit) - 1) != 0
    }

    /// The double nearest to this, with `more` behind it or not, over a power of two.
    pub fn to_double(&self, shift: u32, more: bool) -> Option<f64> {
        let bits = self.bits() as i32;
        // Where its highest bit stands.
        let high = bits - 1 - shift as i32;
        if high > 1023 {
            return None;
        }
        // A double has 53 bits; of those near 0 there are fewer.
        let kept = (high + 1075).min(53);
        if kept < 0 {
            return Some(0.0);
        }
        let dropped = bits - kept;
        let (mut mantissa, mut half, mut rest) = (self.bits_from(0), false, more);
        if dropped > 0 {
            let dropped = dropped as u32;
            mantissa = self.bits_from(dropped) & (EXACT - 1);
            half = self.bits_from(dropped - 1) & 1 == 1;
            rest |= self.any_below(dropped - 1);
        } else {
            mantissa <<= dropped.unsigned_abs();
        }
        mantissa += u64::from(half && (rest || mantissa & 1 == 1));
        if high >= -1022 {
            // The highest bit is not written; one that carries goes on into the exponent, as it should.
            mantissa = (((high + 1023) as u64) << 52) + mantissa - (EXACT >> 1);
        }
        let double = f64::from_bits(mantissa);
        if double.is_finite() { Some(double) } else { None }
    }
}
