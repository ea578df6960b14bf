//! `Cursor`: a place in the bytes of a document. Behind the end it reads NUL, which JSON allows
//! nowhere, so that every loop ends without a test of its own; a fault takes it there.

use super::text::utf8_len;
use super::{Document, Expected, FaultKind, Span};

/// A place in a document, and the first fault on the way there.
#[derive(Clone, Copy, Debug)]
pub struct Cursor<'a> {
    document: &'a [u8],
    /// The memory that the document is the beginning of, where it has room behind it; otherwise nothing.
    room: Option<&'a [u8]>,
    pub(super) at: usize,
    fault_at: u32,
    fault: Option<FaultKind>,
    /// Whether the last string has escapes: otherwise its bytes are its text.
    pub escaped: bool,
    /// Whether the last string has half a surrogate pair, which is no character.
    pub lone_surrogate: bool,
}

impl<'a> Cursor<'a> {
    /// The beginning of a document.
    pub const fn new(document: &'a [u8]) -> Self {
        Self { document, room: None, at: 0, fault_at: 0, fault: None, escaped: false, lone_surrogate: false }
    }

    /// The beginning of a document that may have room behind it.
    #[inline(always)]
    pub fn of(document: Document<'a>) -> Self {
        let mut cursor = Self::new(document.bytes());
        cursor.room = document.room();
        cursor
    }

    /// The memory of a document with room behind it.
    #[inline(always)]
    pub const fn room(&self) -> Option<&'a [u8]> {
        self.room
    }

    /// The whole document.
    pub const fn document(&self) -> &'a [u8] {
        self.document
    }

    /// How many bytes lie before the cursor.
    pub const fn at(&self) -> u32 {
        self.at as u32
    }

    /// What lies between an earlier place and the cursor.
    pub const fn since(&self, at: u32) -> Span {
        Span { at, len: self.at as u32 - at }
    }

    /// The byte under the cursor; NUL behind the end.
    #[inline(always)]
    pub fn peek(&self) -> u8 {
        match self.document.get(self.at) {
            Some(byte) => *byte,
            None => 0,
        }
    }

    /// One byte on.
    #[inline(always)]
    pub fn step(&mut self) {
        self.at += 1;
    }

    /// To a place.
    #[inline(always)]
    pub fn go(&mut self, at: usize) {
        self.at = at;
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
    #[inline(never)]
    pub fn past_space(&mut self) -> u8 {
        loop {
            let byte = self.peek();
            if byte > b' ' || !matches!(byte, b' ' | b'\n' | b'\r' | b'\t') {
                return byte;
            }
            self.step();
        }
    }

    /// The same in place, for the loops that most bytes go through: most documents have no white space.
    #[inline(always)]
    pub fn past_space_here(&mut self) -> u8 {
        let byte = self.peek();
        if byte > b' ' { byte } else { self.past_space() }
    }

    /// Past white space, and past a byte where it stands there; whether it does.
    #[inline(never)]
    pub fn take(&mut self, byte: u8) -> bool {
        self.take_here(byte)
    }

    /// The same in place.
    #[inline(always)]
    pub fn take_here(&mut self, byte: u8) -> bool {
        let stands = self.past_space_here() == byte;
        if stands {
            self.step();
        }
        stands
    }

    /// Past the colon behind a name, to the value.
    pub fn colon(&mut self) -> u8 {
        if !self.take(b':') {
            self.fail(Expected::Colon);
        }
        self.past_space()
    }

    /// To an element of an array, where there is one: to the first (`place` 0) from the `[`, to
    /// another from behind the one before. Otherwise past the `]`.
    pub fn element(&mut self, place: u32) -> bool {
        if place == 0 {
            self.step();
        }
        if self.take(b']') {
            return false;
        }
        if place > 0 && !self.take(b',') {
            self.fail(Expected::CommaOrBracket);
        }
        let first = self.past_space();
        if place == 0 && super::Kind::of(first).is_none() {
            self.fail(Expected::ValueOrClose);
        }
        !self.failed()
    }

    /// Past the white space that may end a document, to its end.
    #[inline(always)]
    pub fn finish(&mut self) {
        if self.at < self.document.len() {
            self.past_space();
            if self.at < self.document.len() {
                self.fail(Expected::End);
            }
        }
    }

    /// Notes that something else is expected under the cursor: bytes that are no text are that
    /// before anything else.
    #[cold]
    #[inline(never)]
    pub fn fail(&mut self, expected: Expected) {
        let is_text = self.peek() < 0x80 || utf8_len(self.document, self.at) > 0;
        self.fail_at(self.at(), if is_text { FaultKind::Syntax(expected) } else { FaultKind::Utf8 });
    }

    /// Notes a fault, unless there is one already, and goes to the end: whoever reads on finds
    /// nothing there, and asks once, when it matters, whether the cursor failed.
    #[cold]
    #[inline(never)]
    pub fn fail_at(&mut self, at: u32, kind: FaultKind) {
        if self.fault.is_none() {
            self.fault = Some(kind);
            self.fault_at = at;
            self.at = self.document.len();
        }
    }

    /// Whether there was a fault.
    pub const fn failed(&self) -> bool {
        self.fault.is_some()
    }

    /// The first fault.
    pub const fn fault(&self) -> Option<FaultKind> {
        self.fault
    }

    /// Where it is.
    pub const fn fault_at(&self) -> u32 {
        self.fault_at
    }
}
