//! `Document`: the bytes to be read. Most lie in memory that goes on behind them, and then whoever reads need not
//! ask at every byte where they end.

use crate::room::resize;

/// How many bytes behind a document may be looked at where it has room.
pub const ROOM: usize = 64;

/// The bytes to be read.
#[derive(Clone, Copy, Debug)]
pub struct Document<'a> {
    memory: &'a [u8],
    len: usize,
}

impl<'a> Document<'a> {
    /// Bytes that nothing can be read behind of.
    pub const fn new(bytes: &'a [u8]) -> Self {
        Self { memory: bytes, len: bytes.len() }
    }

    /// The first `len` bytes of memory that goes on. What stands behind them is not read for what it says.
    pub fn within(memory: &'a [u8], len: usize) -> Self {
        Self { memory, len: len.min(memory.len()) }
    }

    /// A part of it, which has as room what follows in the memory.
    pub fn part(self, at: usize, len: usize) -> Self {
        Self::within(self.memory.get(at..).unwrap_or_default(), len)
    }

    /// Its bytes.
    #[inline(always)]
    pub fn bytes(self) -> &'a [u8] {
        self.memory.get(..self.len).unwrap_or_default()
    }

    /// Its memory, where it has room: [`ROOM`] bytes behind it, the first of them one that ends every string, number and
    /// word, so that whoever reads on stops there by itself.
    #[inline(always)]
    pub fn room(self) -> Option<&'a [u8]> {
        let behind = self.memory.get(self.len).copied().unwrap_or(b' ');
        if behind < b' ' && self.memory.len() - self.len >= ROOM { Some(self.memory) } else { None }
    }
}

impl<'a> From<&'a [u8]> for Document<'a> {
    fn from(bytes: &'a [u8]) -> Self {
        Self::new(bytes)
    }
}

/// A copy of a document that has room behind it.
#[derive(Clone, Debug)]
pub struct Padded {
    memory: Vec<u8>,
    len: usize,
}

impl Padded {
    /// A copy of these bytes.
    pub fn new(bytes: &[u8]) -> Self {
        let mut memory = Vec::with_capacity(bytes.len() + ROOM);
        memory.extend_from_slice(bytes);
        resize(&mut memory, bytes.len() + ROOM);
        Self { memory, len: bytes.len() }
    }

    /// The copy.
    pub fn document(&self) -> Document<'_> {
        Document::within(&self.memory, self.len)
    }
}
