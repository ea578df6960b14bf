//! Text: a JSON string in its document: scanned once, decoded only when somebody needs it.

use super::{Cursor, Expected, FaultKind, Span};
use crate::room::push;

/// The text (UTF-8) of a string that was scanned, `span` with its quotes; half a surrogate pair
/// becomes U+FFFD. Where it has escapes it is made in `made`.
#[inline(never)]
pub fn text<'t>(document: &'t [u8], span: Span, made: &'t mut Vec<u8>) -> &'t [u8] {
    let raw = Span { at: span.at + 1, len: span.len.saturating_sub(2) }.of(document);
    for byte in raw {
        if *byte == b'\\' {
            made.clear();
            push_text(document, span.at, made);
            return made;
        }
    }
    raw
}

/// Whether two strings of one document say the same; both are made in `made`.
pub fn same(document: &[u8], one: Span, other: Span, made: &mut Vec<u8>) -> bool {
    made.clear();
    push_text(document, one.at, made);
    let len = made.len();
    push_text(document, other.at, made);
    made.get(..len) == made.get(len..)
}

impl Cursor<'_> {
    /// Past a string; the cursor stands on its opening quote.
    #[inline(never)]
    pub fn string(&mut self) {
        self.escaped = false;
        self.lone_surrogate = false;
        let document = self.document();
        let mut at = self.at + 1;
        loop {
            let byte = match document.get(at) {
                Some(byte) => *byte,
                None => 0,
            };
            if matches!(byte, b' '..0x80) && byte != b'"' && byte != b'\\' {
                at += 1;
                continue;
            }
            self.at = at;
            match byte {
                b'"' => return self.step(),
                b'\\' => self.escape(),
                0..0x20 => {
                    let expected = if at >= document.len() { Expected::Quote } else { Expected::Control };
                    return self.fail(expected);
                }
                _ => match utf8_len(document, at) {
                    0 => return self.fail_at(self.at(), FaultKind::Utf8),
                    len => self.at += len,
                },
            }
            at = self.at;
        }
    }

    /// Past an escape.
    #[cold]
    #[inline(never)]
    fn escape(&mut self) {
        self.escaped = true;
        self.step();
        let meant = meant(self.peek());
        if meant == 0 {
            return self.fail(Expected::Escape);
        }
        self.step();
        if meant == b'u' {
            self.lone_surrogate |= matches!(self.unit(), 0xd800..0xe000);
        }
    }

    /// Past the digits of a `\u` escape, and past the other half where they are the first one of a
    /// pair; the character's number.
    #[inline(never)]
    fn unit(&mut self) -> u32 {
        let unit = self.hex();
        if matches!(unit, 0xd800..0xdc00) && self.rest().starts_with(b"\\u") {
            let at = self.at;
            self.at += 2;
            let low = self.hex();
            if matches!(low, 0xdc00..0xe000) {
                return 0x10000 + ((unit - 0xd800) << 10) + (low - 0xdc00);
            }
            // A first half followed by another first half: that one is looked at again.
            if !self.failed() {
                self.at = at;
            }
        }
        unit
    }

    #[inline(never)]
    fn hex(&mut self) -> u32 {
        let mut unit = 0;
        for _ in 0..4 {
            let digit = digit(self.peek());
            if digit > 15 {
                self.fail(Expected::Hex);
            }
            unit = unit * 16 + digit;
            self.step();
        }
        unit
    }
}

/// The value of a hexadecimal digit; 16 where it is none.
const fn digit(byte: u8) -> u32 {
    let digit = (byte as u32).wrapping_sub(b'0' as u32);
    let letter = (byte as u32 | 0x20).wrapping_sub(b'a' as u32);
    if digit < 10 {
        digit
    } else if letter < 6 {
        letter + 10
    } else {
        16
    }
}

/// The byte that stands for what an escape means, by the byte behind its backslash; `u` for the
/// number of a character, 0 where it is no escape.
#[inline(never)]
const fn meant(escape: u8) -> u8 {
    match escape {
        b'"' | b'\\' | b'/' | b'u' => escape,
        b'b' => 8,
        b'f' => 12,
        b'n' => b'\n',
        b'r' => b'\r',
        b't' => b'\t',
        _ => 0,
    }
}

/// How many UTF-16 units a text (UTF-8) has: one for each character, a second one for those of four bytes.
pub fn units(text: &[u8]) -> u32 {
    let mut units = 0;
    for byte in text {
        units += u32::from(*byte & 0xc0 != 0x80) + u32::from(*byte >= 0xf0);
    }
    units
}

/// How many bytes the UTF-8 character at a place has (two to four); 0 where it is none.
pub fn utf8_len(bytes: &[u8], at: usize) -> usize {
    len_of(character(bytes, at))
}

/// How many bytes a character of [`character`] has.
const fn len_of(point: u32) -> usize {
    match point {
        0..0x80 => 0,
        0x80..0x800 => 2,
        0x800..0x10000 => 3,
        _ => 4,
    }
}

/// The number of the UTF-8 character at a place, which is not ASCII; 0 where it is none.
#[inline(never)]
fn character(bytes: &[u8], at: usize) -> u32 {
    let Some(first) = bytes.get(at) else { return 0 };
    let len = first.leading_ones();
    let mut point = u32::from(*first) & (0x7f >> len);
    for place in 1..len as usize {
        match bytes.get(at + place) {
            Some(byte @ 0x80..0xc0) => point = point << 6 | u32::from(byte & 0x3f),
            _ => return 0,
        }
    }
    // Written in more bytes than it needs, it is none either.
    if len_of(point) == len as usize && char::from_u32(point).is_some() { point } else { 0 }
}

/// Appends the text (UTF-8) of the string whose opening quote stands at a place, and that was
/// scanned before.
#[inline(never)]
pub fn push_text(document: &[u8], at: u32, out: &mut Vec<u8>) {
    let mut cursor = Cursor::new(document);
    cursor.at = at as usize + 1;
    loop {
        let mut byte = cursor.peek();
        cursor.step();
        if byte == b'"' || byte == 0 {
            return;
        }
        if byte == b'\\' {
            byte = meant(cursor.peek());
            cursor.step();
            if byte == b'u' {
                let mut point = cursor.unit();
                if matches!(point, 0xd800..0xe000) {
                    // Half a pair is no character.
                    point = 0xfffd;
                }
                byte = point as u8;
                let len = len_of(point) as u32;
                if len > 0 {
                    // The first byte has as many ones in front as there are bytes, the others have six bits each.
                    let mut shift = len * 6 - 6;
                    byte = (0xf00 >> len) as u8 | (point >> shift) as u8;
                    while shift > 0 {
                        push(out, byte);
                        shift -= 6;
                        byte = 0x80 | (point >> shift) as u8 & 0x3f;
                    }
                }
            }
        }
        push(out, byte);
    }
}

/// Whether a text has nothing but white space, as Unicode has it.
#[inline(never)]
pub fn is_blank(text: &[u8]) -> bool {
    let mut at = 0;
    while let Some(first) = text.get(at) {
        let mut point = u32::from(*first);
        let mut len = 1;
        if point >= 0x80 {
            point = character(text, at);
            len = len_of(point);
        }
        if !matches!(point, 9..=13 | 0x20 | 0x85 | 0xa0 | 0x1680 | 0x2000..=0x200a | 0x2028 | 0x2029 | 0x202f | 0x205f | 0x3000)
        {
            return false;
        }
        at += len;
    }
    true
}
