//! `Text`: a JSON string in its document: scanned once, decoded only when somebody needs it.

use std::borrow::Cow;

use super::{Cursor, Expected, Fault, FaultKind, Span};
use crate::room::{extend, push};

/// A scanned string: where it stands, and what decoding it would meet.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Text {
    /// The bytes between the quotes.
    pub span: Span,
    /// Whether it has escapes: otherwise its bytes are its text.
    pub escaped: bool,
    /// Whether it has half a surrogate pair, which is no character.
    pub lone_surrogate: bool,
}

impl Text {
    /// The string's text; half a surrogate pair becomes U+FFFD.
    pub fn decode<'a>(&self, document: &'a [u8]) -> Cow<'a, str> {
        let raw = self.span.of(document);
        if self.escaped {
            let mut text = Vec::new();
            unescape(raw, &mut text);
            return Cow::Owned(plain(&text).unwrap_or_default().into());
        }
        Cow::Borrowed(plain(raw).unwrap_or_default())
    }

    /// Appends the string's text (UTF-8); half a surrogate pair becomes U+FFFD.
    pub fn push_to(&self, document: &[u8], out: &mut Vec<u8>) {
        let raw = self.span.of(document);
        if self.escaped { unescape(raw, out) } else { extend(out, raw) }
    }

    /// Whether two strings of one document say the same; half pairs are the same as nothing.
    pub fn same(&self, other: &Text, document: &[u8]) -> bool {
        if self.lone_surrogate || other.lone_surrogate {
            return false;
        }
        if self.escaped || other.escaped {
            return self.decode(document) == other.decode(document);
        }
        self.span.of(document) == other.span.of(document)
    }
}

impl Cursor<'_> {
    /// Past a string; the cursor stands on its opening quote.
    pub fn string(&mut self) -> Result<Text, Fault> {
        self.step();
        let at = self.at();
        let mut text = Text::default();
        loop {
            match self.peek() {
                b'"' => break,
                b'\\' => {
                    text.escaped = true;
                    text.lone_surrogate |= self.escape()?;
                }
                0..0x20 => return Err(self.control()),
                0x20..0x80 => self.step(),
                _ => match utf8_len(self.rest()) {
                    0 => return Err(self.fault_of(FaultKind::Utf8)),
                    len => self.skip_bytes(len),
                },
            }
        }
        text.span = Span { at, len: self.at() - at };
        self.step();
        Ok(text)
    }

    /// The fault of a string that ends too early or holds a raw control character.
    #[cold]
    fn control(&self) -> Fault {
        self.fault(if self.rest().is_empty() { Expected::Quote } else { Expected::Control })
    }

    /// Past an escape; whether it was half a surrogate pair.
    #[cold]
    fn escape(&mut self) -> Result<bool, Fault> {
        self.step();
        let escape = self.peek();
        if !matches!(escape, b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't' | b'u') {
            return Err(self.fault(Expected::Escape));
        }
        self.step();
        Ok(escape == b'u' && matches!(self.unit()?, 0xd800..0xe000))
    }

    /// Past the digits of a `\u` escape, and past the other half where they are the first one of a
    /// pair; the character's number.
    fn unit(&mut self) -> Result<u32, Fault> {
        let unit = self.hex()?;
        if matches!(unit, 0xd800..0xdc00) && self.rest().starts_with(b"\\u") {
            let mut next = *self;
            next.skip_bytes(2);
            // A first half followed by another first half: that one is looked at again.
            let low = next.hex()?;
            if matches!(low, 0xdc00..0xe000) {
                *self = next;
                return Ok(0x10000 + ((unit - 0xd800) << 10) + (low - 0xdc00));
            }
        }
        Ok(unit)
    }

    fn hex(&mut self) -> Result<u32, Fault> {
        let mut unit = 0;
        for _ in 0..4 {
            let digit = digit(self.peek());
            if digit > 15 {
                return Err(self.fault(Expected::Hex));
            }
            unit = unit * 16 + digit;
            self.step();
        }
        Ok(unit)
    }
}

/// The value of a hexadecimal digit; 16 where it is none.
const fn digit(byte: u8) -> u32 {
    match byte {
        b'0'..=b'9' => (byte - b'0') as u32,
        b'a'..=b'f' | b'A'..=b'F' => (byte | 0x20) as u32 - 87,
        _ => 16,
    }
}

/// Bytes as the text that they are; nothing where they are none.
#[inline(never)]
pub fn plain(bytes: &[u8]) -> Option<&str> {
    // `from_utf8` would come on top of this one.
    match String::from_utf8_lossy(bytes) {
        Cow::Borrowed(text) => Some(text),
        Cow::Owned(_) => None,
    }
}

/// How many bytes the UTF-8 character in front has (two to four); 0 where it is none.
pub fn utf8_len(bytes: &[u8]) -> usize {
    let Some(first) = bytes.first() else { return 0 };
    let len = first.leading_ones() as usize;
    if !(2..=4).contains(&len) {
        return 0;
    }
    let mut point = u32::from(first & (0x7f >> len));
    for place in 1..len {
        match bytes.get(place) {
            Some(byte @ 0x80..0xc0) => point = point << 6 | u32::from(byte & 0x3f),
            _ => return 0,
        }
    }
    // Written in more bytes than it needs, it is none either.
    match char::from_u32(point) {
        Some(found) if found.len_utf8() == len => len,
        _ => 0,
    }
}

/// Appends the text of a string that was scanned without a fault.
fn unescape(raw: &[u8], text: &mut Vec<u8>) {
    let mut cursor = Cursor::new(raw);
    while cursor.at() < raw.len() as u32 {
        let mut byte = cursor.peek();
        cursor.step();
        if byte == b'\\' {
            byte = cursor.peek();
            cursor.step();
            byte = match byte {
                b'b' => 8,
                b'f' => 12,
                b'n' => b'\n',
                b'r' => b'\r',
                b't' => b'\t',
                b'u' => {
                    let point = cursor.unit().unwrap_or(0);
                    // Half a pair is no character.
                    let found = char::from_u32(point).unwrap_or(char::REPLACEMENT_CHARACTER);
                    extend(text, found.encode_utf8(&mut [0; 4]).as_bytes());
                    continue;
                }
                other => other,
            };
        }
        push(text, byte);
    }
}
