//! The module with like things together: gzip sees operations beside operations, places of variables beside places
//! of variables, and packs them tighter than in their turn. What follows from the rest is left out: how long the body of
//! a function is, and alignments, which are all 0. `unpack/` puts everything in its turn again.

use crate::Result;

/// The columns, in the order in which they are written: what is most of all text comes last, beside the JavaScript.
const COLUMNS: usize = 5;
const VARIABLES: usize = 0;
const OFFSETS: usize = 1;
const CONSTANTS: usize = 2;
/// Operations, and every number behind one that no other column takes.
const OPERATIONS: usize = 3;
/// What is no code: every section but that of the code, whole.
pub const REST: usize = 4;

/// The section that holds the code.
const CODE: u8 = 10;

/// The columns of a module.
pub fn of(module: &[u8]) -> Result<[Vec<u8>; COLUMNS]> {
    let mut reader = Reader { module, at: 0, columns: Default::default() };
    reader.read().ok_or_else(|| format!("the module is not read at byte {}: xtask/src/columns.rs", reader.at))?;
    Ok(reader.columns)
}

struct Reader<'m> {
    module: &'m [u8],
    at: usize,
    columns: [Vec<u8>; COLUMNS],
}

impl Reader<'_> {
    fn read(&mut self) -> Option<()> {
        self.bytes(8, REST)?;
        while self.at < self.module.len() {
            let id = self.byte(REST)?;
            let len = self.number(REST)?;
            if id != CODE {
                self.bytes(len, REST)?;
                continue;
            }
            for _ in 0..self.number(REST)? {
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
        for _ in 0..self.number(OPERATIONS)? {
            self.number(OPERATIONS)?;
            self.byte(OPERATIONS)?;
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
        let operation = self.byte(OPERATIONS)?;
        match operation {
            0x00 | 0x01 | 0x05 | 0x0b | 0x0f | 0x1a | 0x1b | 0x45..=0xc4 => {}
            0x02..=0x04 | 0x0c | 0x0d | 0x10 | 0x23..=0x26 | 0x3f | 0x40 => drop(self.number(OPERATIONS)?),
            0x20..=0x22 => drop(self.number(VARIABLES)?),
            0x28..=0x3e => self.memory()?,
            0x41 | 0x42 => drop(self.number(CONSTANTS)?),
            // What is rare or has many forms: the text says how many bytes belong to it.
            _ => {
                let rest = self.module.get(self.at..)?;
                let count = rest.len() - behind(operation, rest)?.len();
                self.columns.get_mut(OPERATIONS)?.push(u8::try_from(count).ok()?);
                self.bytes(count, OPERATIONS)?;
            }
        }
        Some(())
    }

    /// Where memory is meant: an alignment, which `--dealign` has made 0, and the offset.
    fn memory(&mut self) -> Option<()> {
        let aligned = *self.module.get(self.at)?;
        self.at += 1;
        self.number(OFFSETS)?;
        (aligned == 0).then_some(())
    }

    fn byte(&mut self, column: usize) -> Option<u8> {
        let byte = *self.module.get(self.at)?;
        self.at += 1;
        self.columns.get_mut(column)?.push(byte);
        Some(byte)
    }

    fn bytes(&mut self, count: usize, column: usize) -> Option<()> {
        for _ in 0..count {
            self.byte(column)?;
        }
        Some(())
    }

    /// A number of as many bytes as it takes, signed or not: only small ones are asked for their value.
    fn number(&mut self, column: usize) -> Option<usize> {
        let (value, digits) = self.peeked()?;
        self.bytes(digits, column)?;
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
