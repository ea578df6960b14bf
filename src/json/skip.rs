//! Past a whole value, its grammar and text checked, without recursion and to a limited depth.

use super::{Cursor, Expected, FaultKind, Span, text};

/// The most levels that can be read: one bit each.
pub const MAX_DEPTH: u32 = 1000;

impl Cursor<'_> {
    /// Past a value that may nest `room` levels; the cursor stands on its first byte.
    #[inline(never)]
    pub fn skip(&mut self, room: u32) {
        self.search(room, &[], Span { at: u32::MAX, len: 0 });
    }

    /// Past a value; where an object in it has the first member `name` that is `true`, and 0 where
    /// none has. One value, read before, is left out.
    #[inline(never)]
    pub fn search(&mut self, room: u32, name: &[u8], without: Span) -> u32 {
        // A bit for each level: whether what is around it is an object.
        let mut around = [0_u32; MAX_DEPTH.div_ceil(32) as usize];
        let mut count = 0;
        let mut in_object = false;
        let mut found = 0;
        let mut expected = Expected::Value;
        loop {
            // At the first byte of a value.
            let first = self.past_space();
            if self.at() == without.at {
                self.at += without.len as usize;
            } else if first == b'{' || first == b'[' {
                if count >= room.min(MAX_DEPTH) {
                    self.fail_at(self.at(), FaultKind::Depth);
                    return 0;
                }
                if let Some(word) = around.get_mut((count / 32) as usize) {
                    *word = *word & !(1 << (count % 32)) | u32::from(in_object) << (count % 32);
                }
                count += 1;
                in_object = first == b'{';
                self.step();
                // What is empty is closed below, as everything else.
                if self.past_space() != close(in_object) {
                    expected = Expected::ValueOrClose;
                    if in_object {
                        self.member(Expected::NameOrClose, name, &mut found);
                        expected = Expected::Value;
                    }
                    continue;
                }
            } else {
                self.scalar(first, expected);
            }
            expected = Expected::Value;
            // Behind a value: up to the next one, or out.
            loop {
                if count == 0 {
                    return found;
                }
                if self.take(b',') {
                    if in_object {
                        self.member(Expected::Name, name, &mut found);
                    }
                    break;
                }
                if !self.take(close(in_object)) {
                    self.fail(if in_object { Expected::CommaOrBrace } else { Expected::CommaOrBracket });
                    return 0;
                }
                count -= 1;
                in_object = around.get((count / 32) as usize).is_some_and(|word| word >> (count % 32) & 1 == 1);
            }
        }
    }

    /// Past a value without levels.
    fn scalar(&mut self, first: u8, expected: Expected) {
        let word: &[u8] = match first {
            b'"' => return self.string(),
            b'-' | b'0'..=b'9' => return self.number(),
            b't' => b"true",
            b'f' => b"false",
            b'n' => b"null",
            _ => return self.fail(expected),
        };
        if self.rest().starts_with(word) {
            self.at += word.len();
        } else {
            self.fail(Expected::Value);
        }
    }

    /// Past a member's name and colon; its place goes to `found` if it is the first that is `name`
    /// and its value `true`.
    fn member(&mut self, expected: Expected, name: &[u8], found: &mut u32) {
        if self.past_space() != b'"' {
            return self.fail(expected);
        }
        let at = self.at();
        self.string();
        let span = self.since(at);
        let value = self.colon();
        if value == b't' && *found == 0 && !name.is_empty() && self.rest().starts_with(b"true") {
            let is_it = text(self.document(), span, &mut Vec::new()) == name;
            *found = if is_it { at } else { 0 };
        }
    }
}

/// What closes an object or an array.
const fn close(is_object: bool) -> u8 {
    if is_object { b'}' } else { b']' }
}
