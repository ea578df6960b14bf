//! `Plain`: past what nearly every document is made of, at full speed: names without escapes, text, numbers without an
//! exponent, whole values. It says *done* or *not plain*; what is not plain the [`Cursor`] reads again from where it
//! stood, and says what there is to say.
//!
//! It reads only documents that have room behind them ([`Document`](super::Document)): the byte that stands there ends
//! everything that is read here, so that no place needs to be held against the end, and chunks may reach beyond it.

#![allow(unsafe_code, reason = "what is read is known to be there")]

use super::Cursor;
use super::simd::{CHUNK, Chunk};
use super::text::utf8_len;

/// How many levels are plain: a bit for each, and one in front.
const LEVELS: u32 = 31;

/// A place in a document with room behind it; never behind its end.
#[derive(Clone, Copy)]
pub struct Plain<'a> {
    memory: &'a [u8],
    len: usize,
    at: usize,
    /// Whether the last string has escapes: otherwise its bytes are its text.
    pub escaped: bool,
}

impl<'a> Plain<'a> {
    /// The place where a cursor stands, if its document has room.
    #[inline(always)]
    pub fn of(cursor: &Cursor<'a>) -> Option<Self> {
        let (len, at) = (cursor.document().len(), cursor.at);
        let memory = cursor.room?;
        if at <= len { Some(Self { memory, len, at, escaped: false }) } else { None }
    }

    /// How many bytes lie before it.
    #[inline(always)]
    pub fn at(&self) -> usize {
        self.at
    }

    /// The byte at a place that is not behind the end.
    #[inline(always)]
    fn byte_at(&self, at: usize) -> u8 {
        debug_assert!(at <= self.len);
        // SAFETY: no place that this asks for lies behind the document's end, and there is room behind it.
        unsafe { *self.memory.get_unchecked(at) }
    }

    /// The sixteen bytes from a place on that is at most one byte behind the end.
    #[inline(always)]
    fn chunk_at(&self, at: usize) -> Chunk {
        debug_assert!(at <= self.len + 1);
        // SAFETY: as above, and the room is longer than what is loaded.
        unsafe { Chunk::load(self.memory.as_ptr().add(at)) }
    }

    /// Eight bytes as a number, from a place that is at most 17 bytes behind the end.
    #[inline(always)]
    fn word_at(&self, at: usize) -> u64 {
        debug_assert!(at <= self.len + 17);
        // SAFETY: as above.
        unsafe { u64::from_le_bytes(self.memory.as_ptr().add(at).cast::<[u8; 8]>().read()) }
    }

    /// The byte there.
    #[inline(always)]
    pub fn byte(&self) -> u8 {
        self.byte_at(self.at)
    }

    /// The sixteen bytes behind the one there.
    #[inline(always)]
    pub fn behind(&self) -> Chunk {
        self.chunk_at(self.at + 1)
    }

    /// The first 24 of the bytes behind the one there, as numbers.
    #[inline(always)]
    pub fn words_behind(&self) -> [u64; 3] {
        [self.word_at(self.at + 1), self.word_at(self.at + 9), self.word_at(self.at + 17)]
    }

    /// Past white space.
    #[inline(always)]
    pub fn past_space(&mut self) {
        if self.byte() <= b' ' {
            self.at = past_space(*self);
        }
    }

    /// Past a byte that no document ends before, and white space in front of it; whether it stands there.
    #[inline(always)]
    pub fn take(&mut self, byte: u8) -> bool {
        debug_assert!(byte > b' ');
        self.past_space();
        let stands = self.byte() == byte;
        self.at += usize::from(stands);
        stands
    }

    /// Past a name, its colon and the white space around it: the first sixteen of its bytes and how many it has, where
    /// these are no more and a quote and a colon follow. Whether its letters are letters is not looked at.
    #[inline(always)]
    pub fn name(&mut self) -> Option<(Chunk, u32)> {
        self.past_space();
        if self.byte() != b'"' {
            return None;
        }
        let chunk = self.behind();
        let len = chunk.quote();
        // Bytes that are looked at but not there: behind the end of a document that ends in the name.
        let end = self.at + 1 + len as usize;
        if end >= self.len || self.word_at(end) as u16 != u16::from_le_bytes(*b"\":") {
            return None;
        }
        self.at = end + 2;
        self.past_space();
        Some((chunk, len))
    }

    /// Past a string that stands there, escapes of a character's number aside; whether it does.
    #[inline(always)]
    pub fn string(&mut self) -> bool {
        if self.byte() != b'"' {
            return false;
        }
        self.escaped = false;
        let mut at = self.at + 1;
        loop {
            let ends = self.chunk_at(at).ends();
            if ends == 0 {
                at += CHUNK;
                continue;
            }
            at += ends.trailing_zeros() as usize;
            if self.byte_at(at) == b'"' {
                self.at = at + 1;
                return true;
            }
            self.escaped |= self.byte_at(at) == b'\\';
            at = past_odd(*self, at);
            if at == 0 {
                return false;
            }
        }
    }

    /// Past digits; how many there are.
    #[inline(always)]
    fn digits(&mut self) -> usize {
        let start = self.at;
        loop {
            let digits = self.chunk_at(self.at).digits();
            self.at += digits;
            if digits < CHUNK {
                return self.at - start;
            }
        }
    }

    /// Past a whole number that is no more than 15 digits, the first of them 0 only where it is alone and that is
    /// allowed; whether one stands there.
    #[inline(always)]
    pub fn whole(&mut self, allows_zero: bool) -> bool {
        let first = self.byte();
        let digits = self.chunk_at(self.at).digits();
        self.at += digits;
        let is_whole = if first == b'0' { allows_zero && digits == 1 } else { digits > 0 && digits < CHUNK };
        is_whole && self.byte() != b'.' && self.byte() | 0x20 != b'e'
    }

    /// Past a number without an exponent and too short to be beyond a double; whether one stands there.
    #[inline(always)]
    pub fn number(&mut self) -> bool {
        let end = past_number(self.memory, self.len, self.at);
        if end > 0 {
            self.at = end;
        }
        end > 0
    }

    /// Past `true`, `false` or `null`; whether one stands there.
    #[inline(always)]
    pub fn word(&mut self) -> bool {
        let word = self.word_at(self.at);
        let len = match word as u32 {
            TRUE | NULL => 4,
            _ if word & 0xff_ffff_ffff == FALSE => 5,
            _ => 0,
        };
        self.at += len;
        len > 0
    }

    /// Past an object or an array of not too many levels, of which there may be `room`; whether one stands there.
    #[inline(always)]
    pub fn value(&mut self, room: u32) -> bool {
        if room < LEVELS || !matches!(self.byte(), b'{' | b'[') {
            return false;
        }
        let end = past_value(self.memory, self.len, self.at);
        if end > 0 {
            self.at = end;
        }
        end > 0
    }
}

const TRUE: u32 = u32::from_le_bytes(*b"true");
const NULL: u32 = u32::from_le_bytes(*b"null");
const FALSE: u64 = u64::from_le_bytes(*b"false\0\0\0");

/// Behind white space; not behind the end, where a control character may stand that is white space too.
#[cold]
#[inline(never)]
fn past_space(plain: Plain) -> usize {
    let mut at = plain.at;
    while at < plain.len && matches!(plain.byte_at(at), b' ' | b'\n' | b'\r' | b'\t') {
        at += 1;
    }
    at
}

/// In a string behind a character beyond ASCII or an escape of two characters; 0 where neither stands there.
#[cold]
#[inline(never)]
fn past_odd(plain: Plain, at: usize) -> usize {
    let len = if plain.byte_at(at) != b'\\' {
        utf8_len(plain.memory.get(..plain.len).unwrap_or_default(), at)
    } else if matches!(plain.byte_at(at + 1), b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') {
        2
    } else {
        0
    };
    if len == 0 { 0 } else { at + len }
}

/// Behind a number; 0 where it is not plain.
#[inline(never)]
fn past_number(memory: &[u8], len: usize, at: usize) -> usize {
    let mut plain = Plain { memory, len, at, escaped: false };
    plain.at += usize::from(plain.byte() == b'-');
    let first = plain.byte();
    let mut is_whole = true;
    loop {
        let digits = plain.digits();
        // Zeros may stand in front only of a point; so many digits may be beyond a double.
        if digits == 0 || is_whole && (digits > 300 || first == b'0' && digits > 1) {
            return 0;
        }
        if !is_whole || plain.byte() != b'.' {
            break;
        }
        is_whole = false;
        plain.at += 1;
    }
    if plain.byte() | 0x20 == b'e' { 0 } else { plain.at }
}

/// Behind an object or an array; 0 where it is not plain.
#[inline(never)]
fn past_value(memory: &[u8], len: usize, at: usize) -> usize {
    let mut plain = Plain { memory, len, at, escaped: false };
    // A bit for each level, the innermost one lowest: whether it is an object.
    let mut levels = 1_u32;
    let mut is_name = false;
    loop {
        // In front of a value, or of a name.
        let first = plain.byte();
        if first == b'"' {
            if !plain.string() {
                return 0;
            }
            if is_name {
                is_name = false;
                if !plain.take(b':') {
                    return 0;
                }
                plain.past_space();
                continue;
            }
        } else if is_name {
            return 0;
        } else if first | 0x20 == b'{' {
            // Or `[`, which is the same but for that bit.
            if levels >> LEVELS != 0 {
                return 0;
            }
            is_name = first == b'{';
            levels = levels << 1 | u32::from(is_name);
            plain.at += 1;
            plain.past_space();
            if plain.byte() != close(is_name) {
                continue;
            }
            // What is empty is closed below, as every other.
        } else if !(plain.word() || plain.number()) {
            return 0;
        }
        // Behind a value: up to the next one, or out.
        loop {
            plain.past_space();
            let next = plain.byte();
            is_name = levels & 1 == 1;
            if next == b',' {
                plain.at += 1;
                plain.past_space();
                break;
            }
            if next != close(is_name) {
                return 0;
            }
            plain.at += 1;
            levels >>= 1;
            if levels == 1 {
                return plain.at;
            }
        }
    }
}

/// What closes an object or an array.
#[inline(always)]
const fn close(is_object: bool) -> u8 {
    if is_object { b'}' } else { b']' }
}
