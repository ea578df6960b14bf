//! The module in two: its code, coded with what is known about it, and the rest, which is text most of all and which
//! gzip packs beside the JavaScript. Of the code a coder knows what gzip cannot: which operation a number belongs to, and
//! which came before it. What follows from the rest is left out: how long the body of a function is, and alignments,
//! which are all 0. `unpack/` puts everything in its turn again.

use crate::Result;
use crate::chances::Coder;
use crate::chances::numbers::ESCAPE;

/// How many operations have a rank: those that are most common.
const COMMON: usize = ESCAPE as usize;
/// The section that holds the code.
const CODE: u8 = 10;

/// A module in parts.
pub struct Parts {
    /// What is no code: every section but that of the code, whole.
    pub rest: Vec<u8>,
    /// The most common operations, the most common first.
    pub common: Vec<u8>,
    /// The code, in digits of 6 bits.
    pub digits: Vec<u8>,
}

/// The parts of a module.
pub fn of(module: &[u8]) -> Result<Parts> {
    // Which operations are common is seen by reading it once.
    let mut counts = [0_usize; 256];
    let first = Reader::read(module, Vec::new())?;
    for operation in first.operations {
        if let Some(count) = counts.get_mut(usize::from(operation)) {
            *count += 1;
        }
    }
    let mut common: Vec<(usize, u8)> = counts.into_iter().zip(0..=255).collect();
    common.sort_by_key(|(count, _)| std::cmp::Reverse(*count));
    let common: Vec<u8> = common.into_iter().take(COMMON).map(|(_, operation)| operation).collect();
    let reader = Reader::read(module, common.clone())?;
    Ok(Parts { rest: reader.rest, common, digits: reader.coder.digits() })
}

struct Reader<'m> {
    module: &'m [u8],
    at: usize,
    rest: Vec<u8>,
    common: Vec<u8>,
    coder: Coder,
    operations: Vec<u8>,
    /// The operations that came last, the last one lowest.
    history: u32,
    /// The byte of the code that came last.
    before: u32,
    /// By operation on a variable or on memory, the number it had last.
    last: [u32; 256],
}

impl<'m> Reader<'m> {
    fn read(module: &'m [u8], common: Vec<u8>) -> Result<Self> {
        let mut reader = Self {
            module,
            at: 0,
            rest: Vec::new(),
            common,
            coder: Coder::new(),
            operations: Vec::new(),
            history: 0,
            before: 0,
            last: [0; 256],
        };
        reader
            .sections()
            .ok_or_else(|| format!("the module is not read at byte {}: xtask/src/parted.rs", reader.at))?;
        Ok(reader)
    }

    fn sections(&mut self) -> Option<()> {
        self.copied(8)?;
        while self.at < self.module.len() {
            let id = self.copied(1)?;
            let len = self.copied_number()?;
            if id != CODE as usize {
                self.copied(len)?;
                continue;
            }
            for _ in 0..self.copied_number()? {
                self.function()?;
            }
        }
        Some(())
    }

    /// A function's body, without its length: the end that no block has says where it ends.
    fn function(&mut self) -> Option<()> {
        let (len, digits) = self.peeked()?;
        self.at += digits;
        let end = self.at + len;
        self.past(0);
        for _ in 0..self.operand()? {
            self.past(1);
            self.operand()?;
            self.past(0);
            self.operand()?;
        }
        let mut depth = 1_usize;
        while depth > 0 {
            match self.module.get(self.at)? {
                0x02..=0x04 => depth += 1,
                0x0b => depth -= 1,
                _ => {}
            }
            self.operation()?;
        }
        // It is filled in where two bytes are left for it.
        (self.at == end && digits == 2).then_some(())
    }

    /// An operation and what belongs to it.
    fn operation(&mut self) -> Option<()> {
        let operation = *self.module.get(self.at)?;
        self.at += 1;
        self.operations.push(operation);
        let rank = (0..).zip(&self.common).find(|(_, common)| **common == operation).map(|(rank, _)| rank);
        let history = self.history & 0xffff;
        let ways = [1 << 16 | (history & 0xff) << 8 | self.before, 2 << 16 | history];
        self.coder.byte(ways, rank, operation);
        self.before = u32::from(operation);
        self.past(operation);
        match operation {
            0x00 | 0x01 | 0x05 | 0x0b | 0x0f | 0x1a | 0x1b | 0x45..=0xc4 => {}
            0x02..=0x04 | 0x0c | 0x0d | 0x10 | 0x23..=0x26 | 0x3f..=0x42 => drop(self.operand()?),
            0x20..=0x22 => self.near(0)?,
            0x28..=0x3e => self.memory()?,
            // What is rare or has many forms: the text says how many bytes belong to it.
            _ => {
                let rest = self.module.get(self.at..)?;
                let count = rest.len() - behind(operation, rest)?.len();
                let mut ways = self.ways();
                self.said(&mut ways, u8::try_from(count).ok()?);
                for _ in 0..count {
                    self.code(&mut ways)?;
                }
            }
        }
        Some(())
    }

    fn past(&mut self, operation: u8) {
        self.history = self.history << 8 | u32::from(operation);
    }

    /// What stands around a number that belongs to the last operation.
    fn ways(&self) -> [u32; 2] {
        [5 << 16 | self.history & 0xff, 6 << 16 | self.history & 0xffff]
    }

    /// A number that belongs to an operation, signed or not: only small ones are asked for their value.
    fn operand(&mut self) -> Option<usize> {
        self.number(self.ways())
    }

    /// The number that belongs to an operation on a variable or on memory: often near the one that it had before.
    fn near(&mut self, around: u32) -> Option<()> {
        let operation = self.history as usize & 0xff;
        let last = *self.last.get(operation)?;
        self.number([(3 << 16) + last + around, (4 << 16) + around])?;
        *self.last.get_mut(operation)? = self.before;
        Some(())
    }

    /// Where memory is meant: an alignment, which `--dealign` has made 0, and the offset.
    fn memory(&mut self) -> Option<()> {
        let aligned = *self.module.get(self.at)?;
        self.at += 1;
        self.near(4 << 16)?;
        (aligned == 0).then_some(())
    }

    fn number(&mut self, mut ways: [u32; 2]) -> Option<usize> {
        let (value, digits) = self.peeked()?;
        for _ in 0..digits {
            self.code(&mut ways)?;
        }
        Some(value)
    }

    /// A byte of the code, and what stands around the next one of the same number.
    fn code(&mut self, ways: &mut [u32; 2]) -> Option<()> {
        let byte = *self.module.get(self.at)?;
        self.at += 1;
        self.said(ways, byte);
        Some(())
    }

    fn said(&mut self, ways: &mut [u32; 2], byte: u8) {
        self.coder.byte(*ways, (byte < ESCAPE).then_some(byte), byte);
        self.before = u32::from(byte);
        let [one, other] = *ways;
        *ways = [one + (self.before << 8) + (1 << 19), other + (1 << 19)];
    }

    /// So many bytes of the rest; the last of them.
    fn copied(&mut self, count: usize) -> Option<usize> {
        let bytes = self.module.get(self.at..self.at + count)?;
        self.at += count;
        self.rest.extend(bytes);
        bytes.last().copied().map_or(Some(0), |byte| Some(usize::from(byte)))
    }

    /// A number of the rest.
    fn copied_number(&mut self) -> Option<usize> {
        let (value, digits) = self.peeked()?;
        self.copied(digits)?;
        Some(value)
    }

    /// The number that comes next, and how many bytes it takes.
    fn peeked(&self) -> Option<(usize, usize)> {
        let rest = self.module.get(self.at..)?;
        number(rest).map(|(value, behind)| (value, rest.len() - behind.len()))
    }
}

/// What stands behind an operation and all that belongs to it.
fn behind(operation: u8, rest: &[u8]) -> Option<&[u8]> {
    let (kind, behind) = if operation == 0x44 { (0, rest) } else { number(rest)? };
    match (operation, kind) {
        // A table of targets, and the one for all else.
        (0x0e, count) => numbers(count + 1, behind),
        // A fraction; the null of a type.
        (0x44, _) => behind.get(8..),
        (0xd0, _) => Some(behind),
        // Cutting fractions off; copying memory, filling it, growing a table and asking for its size.
        (0xfc, 0..=7) => Some(behind),
        (0xfc, 10) => numbers(2, behind),
        (0xfc, 11 | 15 | 16) => numbers(1, behind),
        // Loading and storing a vector: an alignment and an offset, some with a lane.
        (0xfd, 0..=11 | 92 | 93) => numbers(2, behind),
        (0xfd, 84..=91) => numbers(3, behind),
        // A vector, or the lanes that are taken of two; a lane.
        (0xfd, 12 | 13) => behind.get(16..),
        (0xfd, 21..=34) => behind.get(1..),
        (0xfd, 14..=20 | 35..=83 | 94..=255) => Some(behind),
        _ => None,
    }
}

fn numbers(count: usize, mut rest: &[u8]) -> Option<&[u8]> {
    for _ in 0..count {
        rest = number(rest)?.1;
    }
    Some(rest)
}

fn number(bytes: &[u8]) -> Option<(usize, &[u8])> {
    let last = bytes.iter().position(|byte| *byte < 0x80)?;
    let (digits, rest) = bytes.split_at_checked(last + 1)?;
    let value = |value: usize, byte: &u8| value.wrapping_shl(7) | usize::from(byte & 0x7f);
    Some((digits.iter().rev().fold(0, value), rest))
}
