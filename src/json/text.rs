//! `Text`: a JSON string in its document: scanned once, decoded only when somebody needs it.

use std::borrow::Cow;

use super::{Cursor, Expected, Fault, FaultKind, Span};

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
        if self.escaped { Cow::Owned(unescape(raw)) } else { String::from_utf8_lossy(raw) }
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
        match self.peek() {
            b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't' => {
                self.step();
                Ok(false)
            }
            b'u' => {
                self.step();
                let unit = self.hex()?;
                if !(0xd800..0xe000).contains(&unit) {
                    return Ok(false);
                }
                if unit < 0xdc00 && self.rest().starts_with(b"\\u") {
                    let mut next = *self;
                    next.skip_bytes(2);
                    // A first half followed by another first half: that one is looked at again.
                    if (0xdc00..0xe000).contains(&next.hex()?) {
                        *self = next;
                        return Ok(false);
                    }
                }
                Ok(true)
            }
            _ => Err(self.fault(Expected::Escape)),
        }
    }

    fn hex(&mut self) -> Result<u32, Fault> {
        let mut unit = 0;
        for _ in 0..4 {
            match char::from(self.peek()).to_digit(16) {
                Some(digit) => unit = unit * 16 + digit,
                None => return Err(self.fault(Expected::Hex)),
            }
            self.step();
        }
        Ok(unit)
    }
}

/// How many bytes the UTF-8 character in front has (two to four); 0 where it is none.
pub fn utf8_len(bytes: &[u8]) -> usize {
    let follows = |byte: &u8| (0x80..0xc0).contains(byte);
    match bytes {
        [0xc2..=0xdf, b, ..] if follows(b) => 2,
        [0xe0, 0xa0..=0xbf, c, ..] if follows(c) => 3,
        [0xe1..=0xec | 0xee | 0xef, b, c, ..] if follows(b) && follows(c) => 3,
        [0xed, 0x80..=0x9f, c, ..] if follows(c) => 3,
        [0xf0, 0x90..=0xbf, c, d, ..] if follows(c) && follows(d) => 4,
        [0xf1..=0xf3, b, c, d, ..] if follows(b) && follows(c) && follows(d) => 4,
        [0xf4, 0x80..=0x8f, c, d, ..] if follows(c) && follows(d) => 4,
        _ => 0,
    }
}

/// The text of a string that was scanned without a fault.
fn unescape(raw: &[u8]) -> String {
    let mut text = String::with_capacity(raw.len());
    let mut rest = raw;
    loop {
        let plain = rest.iter().position(|byte| *byte == b'\\').unwrap_or(rest.len());
        let (before, after) = rest.split_at(plain);
        text.push_str(&String::from_utf8_lossy(before));
        rest = match after {
            [_, b'u', tail @ ..] => unescape_unit(tail, &mut text),
            [_, byte, tail @ ..] => {
                text.push(match byte {
                    b'b' => '\u{8}',
                    b'f' => '\u{c}',
                    b'n' => '\n',
                    b'r' => '\r',
                    b't' => '\t',
                    other => char::from(*other),
                });
                tail
            }
            _ => return text,
        };
    }
}

/// Writes the character of a `\u` escape, given what follows the `u`; what follows the escape.
fn unescape_unit<'a>(tail: &'a [u8], text: &mut String) -> &'a [u8] {
    let (unit, rest) = unit(tail);
    if let (0xd800..0xdc00, [b'\\', b'u', next @ ..]) = (unit, rest) {
        let (low, behind) = self::unit(next);
        if (0xdc00..0xe000).contains(&low) {
            let point = 0x10000 + ((unit - 0xd800) << 10) + (low - 0xdc00);
            text.push(char::from_u32(point).unwrap_or(char::REPLACEMENT_CHARACTER));
            return behind;
        }
    }
    text.push(char::from_u32(unit).unwrap_or(char::REPLACEMENT_CHARACTER));
    rest
}

fn unit(digits: &[u8]) -> (u32, &[u8]) {
    let (four, rest) = digits.split_at_checked(4).unwrap_or((digits, &[]));
    let digit = |unit, byte: &u8| unit * 16 + char::from(*byte).to_digit(16).unwrap_or(0);
    (four.iter().fold(0, digit), rest)
}
