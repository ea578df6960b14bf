//! Past a whole value, its grammar and text checked, without recursion and to a limited depth.

use super::{Cursor, Expected, Fault, FaultKind};

/// The most levels that can be read: one bit each.
pub const MAX_DEPTH: u32 = 1000;

/// The open objects (1) and arrays (0) around the cursor.
struct Levels {
    bits: [u64; MAX_DEPTH.div_ceil(64) as usize],
    count: u32,
}

impl Levels {
    fn push(&mut self, is_object: bool) {
        if let Some(word) = self.bits.get_mut((self.count / 64) as usize) {
            let bit = 1 << (self.count % 64);
            *word = if is_object { *word | bit } else { *word & !bit };
        }
        self.count += 1;
    }

    fn in_object(&self) -> bool {
        let top = self.count.wrapping_sub(1);
        self.bits.get((top / 64) as usize).is_some_and(|word| word >> (top % 64) & 1 == 1)
    }
}

impl Cursor<'_> {
    /// Past a value that may nest `room` levels; the cursor stands on its first byte.
    pub fn skip(&mut self, room: u32) -> Result<(), Fault> {
        self.search(room, None).map(drop)
    }

    /// Past a value; where an object in it has a member `name` that is `true`.
    pub fn search(&mut self, room: u32, name: Option<&[u8]>) -> Result<Option<u32>, Fault> {
        let mut levels = Levels { bits: [0; _], count: 0 };
        let mut found = None;
        loop {
            // At the first byte of a value.
            let first = self.past_space();
            let is_object = first == b'{';
            if is_object || first == b'[' {
                if levels.count >= room.min(MAX_DEPTH) {
                    return Err(self.fault_of(FaultKind::Depth));
                }
                levels.push(is_object);
                self.step();
                let next = self.past_space();
                // What is empty is closed below, as everything else.
                if next != close(is_object) {
                    if is_object {
                        found = found.or(self.member(Expected::NameOrClose, name)?);
                    } else if super::Kind::of(next).is_none() {
                        return Err(self.fault(Expected::ValueOrClose));
                    }
                    continue;
                }
            } else {
                self.scalar(first)?;
            }
            // Behind a value: up to the next one, or out.
            loop {
                if levels.count == 0 {
                    return Ok(found);
                }
                let in_object = levels.in_object();
                let next = self.past_space();
                if next == b',' {
                    self.step();
                    if in_object {
                        self.past_space();
                        found = found.or(self.member(Expected::Name, name)?);
                    }
                    break;
                }
                if next != close(in_object) {
                    let expected = if in_object { Expected::CommaOrBrace } else { Expected::CommaOrBracket };
                    return Err(self.fault(expected));
                }
                levels.count -= 1;
                self.step();
            }
        }
    }

    /// Past a value without levels.
    fn scalar(&mut self, first: u8) -> Result<(), Fault> {
        match first {
            b'"' => self.string().map(drop),
            b'-' | b'0'..=b'9' => self.number().map(drop),
            b't' => self.literal(b"true"),
            b'f' => self.literal(b"false"),
            _ => self.literal(b"null"),
        }
    }

    /// Past a member's name and colon; where it stands if it is `name` and its value `true`.
    fn member(&mut self, expected: Expected, name: Option<&[u8]>) -> Result<Option<u32>, Fault> {
        if self.peek() != b'"' {
            return Err(self.fault(expected));
        }
        let at = self.at();
        let text = self.string()?;
        self.past_space();
        self.expect(b':', Expected::Colon)?;
        let Some(name) = name else { return Ok(None) };
        self.past_space();
        let is_it = self.rest().starts_with(b"true") && text.decode(self.document()).as_bytes() == name;
        Ok(is_it.then_some(at))
    }

    /// Past `true`, `false` or `null`.
    pub fn literal(&mut self, word: &[u8]) -> Result<(), Fault> {
        if self.rest().starts_with(word) {
            self.skip_bytes(word.len());
            Ok(())
        } else {
            Err(self.fault(Expected::Value))
        }
    }
}

/// What closes an object or an array.
const fn close(is_object: bool) -> u8 {
    if is_object { b'}' } else { b']' }
}
