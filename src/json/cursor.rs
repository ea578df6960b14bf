//! `Cursor`: a place in the bytes of a document. Behind the end it reads NUL, which JSON allows
//! nowhere, so that every loop ends without a test of its own.

use super::{Expected, Fault, FaultKind};

/// A place in a document.
#[derive(Clone, Copy, Debug)]
pub struct Cursor<'a> {
    document: &'a [u8],
    at: usize,
}

impl<'a> Cursor<'a> {
    /// The beginning of a document.
    pub const fn new(document: &'a [u8]) -> Self {
        Self { document, at: 0 }
    }

    /// The whole document.
    pub const fn document(&self) -> &'a [u8] {
        self.document
    }

    /// How many bytes lie before the cursor.
    pub const fn at(&self) -> u32 {
        self.at as u32
    }

    /// The byte under the cursor; NUL behind the end.
    pub fn peek(&self) -> u8 {
        match self.document.get(self.at) {
            Some(byte) => *byte,
            None => 0,
        }
    }

    /// One byte on.
    pub fn step(&mut self) {
        self.at += 1;
    }

    /// Some bytes on.
    pub fn skip_bytes(&mut self, count: usize) {
        self.at += count;
    }

    /// The bytes from the cursor on.
    pub fn rest(&self) -> &'a [u8] {
        self.document.get(self.at..).unwrap_or_default()
    }

    /// Past white space, to the byte behind it.
    pub fn past_space(&mut self) -> u8 {
        loop {
            let byte = self.peek();
            if byte > b' ' || !matches!(byte, b' ' | b'\n' | b'\r' | b'\t') {
                return byte;
            }
            self.step();
        }
    }

    /// Past one byte that has to be there.
    pub fn expect(&mut self, byte: u8, expected: Expected) -> Result<(), Fault> {
        if self.peek() == byte {
            self.step();
            Ok(())
        } else {
            Err(self.fault(expected))
        }
    }

    /// Past the white space that may end a document, to its end.
    pub fn finish(&mut self) -> Result<(), Fault> {
        self.past_space();
        if self.at < self.document.len() {
            return Err(self.fault(Expected::End));
        }
        Ok(())
    }

    /// The fault at the cursor: bytes that are no text are that before anything else.
    #[cold]
    pub fn fault(&self, expected: Expected) -> Fault {
        let kind = if self.peek() >= 0x80 && super::text::utf8_len(self.rest()) == 0 {
            FaultKind::Utf8
        } else {
            FaultKind::Syntax(expected)
        };
        Fault::new(self.at(), kind)
    }

    /// A fault of another kind at the cursor.
    #[cold]
    pub fn fault_of(&self, kind: FaultKind) -> Fault {
        Fault::new(self.at(), kind)
    }
}
