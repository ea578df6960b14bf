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
        match self.byte(OPERATIONS)? {
            0x00 | 0x01 | 0x05 | 0x0b | 0x0f | 0x1a | 0x1b | 0x45..=0xc4 => {}
            0x02..=0x04 | 0x0c | 0x0d | 0x10 | 0x23..=0x26 | 0x3f | 0x40 | 0xd0 => drop(self.number(OPERATIONS)?),
            // A table of targets, and the one for all else.
            0x0e => {
                for _ in 0..=self.number(OPERATIONS)? {
                    self.number(OPERATIONS)?;
                }
            }
            0x20..=0x22 => drop(self.number(VARIABLES)?),
            0x28..=0x3e => self.memory()?,
            0x41 | 0x42 => drop(self.number(CONSTANTS)?),
            0x44 => self.bytes(8, CONSTANTS)?,
            0xfc => match self.number(OPERATIONS)? {
                0..=7 => {}
                // Copying memory; filling it, growing a table and asking for its size.
                10 => self.bytes(2, OPERATIONS)?,
                11 | 15 | 16 => self.bytes(1, OPERATIONS)?,
                _ => return None,
            },
            0xfd => match self.number(OPERATIONS)? {
                // Loading and storing a vector.
                0..=11 | 92 | 93 => self.memory()?,
                // A vector, or the lanes that are taken of two.
                12 | 13 => self.bytes(16, CONSTANTS)?,
                // A lane.
                21..=34 => self.bytes(1, OPERATIONS)?,
                84..=91 => {
                    self.memory()?;
                    self.bytes(1, OPERATIONS)?;
                }
                14..=20 | 35..=83 | 94..=255 => {}
                _ => return None,
            },
            _ => return None,
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
        let mut value = 0;
        let mut shift = 0;
        for (place, byte) in self.module.get(self.at..)?.iter().enumerate() {
            value |= usize::from(byte & 0x7f).checked_shl(shift).unwrap_or(0);
            shift += 7;
            if *byte < 0x80 {
                return Some((value, place + 1));
            }
        }
        None
    }
}
