//! A coder of numbers of 4 bits, better than gzip's because it knows what stands around each: how likely every number is
//! follows from how often it came where the same came before, in two ways of looking at it. `unpack/` reads what is
//! written here and counts along in the same way.
//!
//! What is likely is a table of sixteen sums of shares, as asymmetric numeral systems (rANS) want them. It starts even
//! and moves towards each number that comes, by half at first and by a thirty-second in the end.

use numbers::{DIGIT, ESCAPE, LEAST, OFTEN, SHARES, SPREAD, STATE, TABLES};

#[path = "../../unpack/src/coder.rs"]
pub mod numbers;

/// What has been written so far.
pub struct Coder {
    /// How far every sum is from where it began; the last, which is always all, is how often the table moved.
    tables: Vec<[i16; 16]>,
    /// Of every number, what lies below its share, and the share.
    shares: Vec<(u32, u32)>,
}

impl Coder {
    pub fn new() -> Self {
        Self { tables: vec![[0; 16]; 1 << TABLES], shares: Vec::new() }
    }

    /// Writes a byte: one with a rank below 15 in 4 bits, any other behind a fifteen.
    pub fn byte(&mut self, ways: [u32; 2], rank: Option<u8>, byte: u8) {
        if let Some(rank) = rank {
            return self.number(ways, u32::from(rank));
        }
        let (high, low) = (u32::from(byte >> 4), u32::from(byte & 15));
        self.number(ways, u32::from(ESCAPE));
        self.number(ways.map(|way| way + (1 << 24)), high);
        self.number(lower(ways, high), low);
    }

    fn number(&mut self, ways: [u32; 2], number: u32) {
        let sums = self.sums(ways);
        let sum = |place: u32| sums.get(place as usize).copied().unwrap_or_default();
        self.shares.push((sum(number), sum(number + 1) - sum(number)));
        self.count(ways, number);
    }

    /// Where the share of each number begins, and the end of the last.
    fn sums(&self, ways: [u32; 2]) -> [u32; 17] {
        let mut sums = [0; 17];
        let ways = self.seen(ways);
        for (place, sum) in (1..16).zip(sums.iter_mut().skip(1)) {
            let moved = |way| self.tables.get(table(way)).and_then(|table| table.get(place - 1)).copied();
            let [one, other] = ways.map(|way| i32::from(moved(way).unwrap_or_default()));
            *sum = (one + other + ((place as i32) << (SHARES - 3))) as u32;
        }
        sums[16] = 2 << SHARES;
        sums
    }

    /// In place of a way that has seen nothing yet, the other.
    fn seen(&self, [one, other]: [u32; 2]) -> [u32; 2] {
        let is_new = |way| self.tables.get(table(way)).is_some_and(|[.., often]| *often == 0);
        [if is_new(one) { other } else { one }, if is_new(other) { one } else { other }]
    }

    /// Moves both tables towards a number that came.
    fn count(&mut self, ways: [u32; 2], number: u32) {
        for way in ways {
            let Some([sums @ .., often]) = self.tables.get_mut(table(way)) else { continue };
            let shift = (OFTEN - *often).leading_zeros() - 6;
            for (place, sum) in (1..).zip(sums) {
                let above = if place > number as i32 { (1 << SHARES) - 16 * LEAST } else { 0 };
                let target = above + place * (LEAST - (1 << (SHARES - 4)));
                *sum += ((target - i32::from(*sum)) >> shift) as i16;
            }
            *often += (OFTEN - *often) >> shift;
        }
    }

    /// All that was written, in digits of 6 bits: written from behind, as a state is read that grows.
    pub fn digits(self) -> Vec<u8> {
        let mut digits = Vec::new();
        let mut state = 1 << STATE;
        let digit = |state: &mut u32| {
            let digit = (*state & ((1 << DIGIT) - 1)) as u8;
            *state >>= DIGIT;
            digit
        };
        for (below, share) in self.shares.into_iter().rev() {
            while state >= share << (STATE + DIGIT - SHARES - 1) {
                digits.push(digit(&mut state));
            }
            state = ((state / share) << (SHARES + 1)) + state % share + below;
        }
        digits.extend((0..(STATE + DIGIT) / DIGIT).map(|_| digit(&mut state)));
        digits.reverse();
        digits
    }
}

/// What stands around the lower half of a byte: one way sees little, so that tables are soon full of what comes often.
fn lower([one, other]: [u32; 2], high: u32) -> [u32; 2] {
    [one >> 16, other].map(|way| way + ((high + 2) << 24))
}

/// The place of the table for what stands around.
fn table(way: u32) -> usize {
    (way.wrapping_mul(SPREAD) >> (32 - TABLES)) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Reads what was written, as `unpack/` does.
    struct Reader {
        coder: Coder,
        digits: std::vec::IntoIter<u8>,
        state: u32,
    }

    impl Reader {
        fn new(digits: Vec<u8>) -> Self {
            let mut reader = Self { coder: Coder::new(), digits: digits.into_iter(), state: 0 };
            reader.fill();
            reader
        }

        fn fill(&mut self) {
            while self.state < 1 << STATE {
                self.state = self.state << DIGIT | u32::from(self.digits.next().unwrap_or_default());
            }
        }

        fn number(&mut self, ways: [u32; 2]) -> u32 {
            let sums = self.coder.sums(ways);
            let place = self.state % (2 << SHARES);
            let number = sums.iter().filter(|sum| **sum <= place).count() - 1;
            let [below, above] = [number, number + 1].map(|at| sums.get(at).copied().unwrap_or_default());
            self.state = (above - below) * (self.state >> (SHARES + 1)) + place - below;
            self.fill();
            self.coder.count(ways, number as u32);
            number as u32
        }

        fn byte(&mut self, ways: [u32; 2]) -> u8 {
            let number = self.number(ways);
            if number < u32::from(ESCAPE) {
                return number as u8;
            }
            let high = self.number(ways.map(|way| way + (1 << 24)));
            (high << 4 | self.number(lower(ways, high))) as u8
        }
    }

    fn rank(byte: u8) -> Option<u8> {
        (byte < 15).then_some(byte)
    }

    /// Bytes that are alike, bytes in no order, and the same one for long: no share may ever be nothing.
    fn samples() -> Vec<Vec<u8>> {
        let mut seed = 1_u32;
        let mut chance = move || {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (seed >> 24) as u8
        };
        let random: Vec<u8> = (0..20_000).map(|_| chance()).collect();
        let small = random.iter().map(|byte| byte & 3).collect();
        let long = [vec![0; 3000], vec![255; 3000], vec![14; 3000], vec![0, 255, 15]].concat();
        vec![Vec::new(), vec![7], random, small, long]
    }

    /// The byte before, and the two before.
    fn after([last, _]: [u32; 2], byte: u8) -> [u32; 2] {
        [u32::from(byte), last << 8 | u32::from(byte)]
    }

    #[test]
    fn what_is_written_is_read() {
        for sample in samples() {
            let mut coder = Coder::new();
            let mut before = [0; 2];
            for byte in &sample {
                coder.byte(before, rank(*byte), *byte);
                before = after(before, *byte);
            }
            let digits = coder.digits();
            assert!(digits.iter().all(|digit| *digit < 64));
            let mut reader = Reader::new(digits);
            let mut before = [0; 2];
            for byte in &sample {
                assert_eq!(reader.byte(before), *byte);
                before = after(before, *byte);
            }
            assert_eq!(reader.digits.next(), None);
        }
    }

    #[test]
    fn what_is_alike_takes_less() {
        let digits = |sample: &[u8]| {
            let mut coder = Coder::new();
            sample.iter().for_each(|byte| coder.byte([0, 1], rank(*byte), *byte));
            coder.digits().len()
        };
        let sizes: Vec<usize> = samples().iter().map(|sample| digits(sample)).collect();
        assert!(matches!(sizes[..], [5, 5..7, 25_000..30_000, 6600..7000, 5..100]), "{sizes:?}");
    }
}
