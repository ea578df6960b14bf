//! `Writer`: JSON text out, one token after the other; it knows where commas go.

use crate::room::{extend, push};

/// JSON as it is written: UTF-8, as long as what is put in is.
#[derive(Default)]
pub struct Writer {
    /// The text so far.
    pub text: Vec<u8>,
}

impl Writer {
    /// `{` or `[`.
    pub fn open(&mut self, bracket: u8) {
        self.comma();
        push_byte(&mut self.text, bracket);
    }

    /// `}` or `]`.
    pub fn close(&mut self, bracket: u8) {
        push_byte(&mut self.text, bracket);
    }

    /// A member's name and its colon.
    pub fn name(&mut self, name: &[u8]) {
        self.string(name);
        push_byte(&mut self.text, b':');
    }

    /// A string.
    pub fn string(&mut self, value: &[u8]) {
        self.comma();
        push_byte(&mut self.text, b'"');
        push_escaped(&mut self.text, value, usize::MAX, false);
        push_byte(&mut self.text, b'"');
    }

    /// A whole number.
    pub fn number(&mut self, value: u64) {
        self.comma();
        push_number(&mut self.text, value);
    }

    /// What is JSON already.
    pub fn raw(&mut self, value: &[u8]) {
        self.comma();
        push_bytes(&mut self.text, value);
    }

    /// A member whose value is text.
    pub fn string_member(&mut self, name: &[u8], value: &[u8]) {
        self.name(name);
        self.string(value);
    }

    /// A member whose value is a whole number.
    pub fn number_member(&mut self, name: &[u8], value: u64) {
        self.name(name);
        self.number(value);
    }

    /// A member whose value is JSON already.
    pub fn raw_member(&mut self, name: &[u8], value: &[u8]) {
        self.name(name);
        self.raw(value);
    }

    /// A comma, unless something has just begun.
    pub fn comma(&mut self) {
        let last = self.text.last().copied().unwrap_or(b'[');
        if !matches!(last, b'{' | b'[' | b':') {
            push_byte(&mut self.text, b',');
        }
    }
}

impl From<Writer> for String {
    fn from(writer: Writer) -> Self {
        String::from_utf8_lossy(&writer.text).into_owned()
    }
}

/// Appends a byte; every byte of an answer goes through here.
#[inline(never)]
pub fn push_byte(text: &mut Vec<u8>, byte: u8) {
    push(text, byte);
}

/// Appends bytes; every run of an answer goes through here.
#[inline(never)]
pub fn push_bytes(text: &mut Vec<u8>, bytes: &[u8]) {
    extend(text, bytes);
}

/// Appends a number's digits.
pub fn push_number(text: &mut Vec<u8>, value: u64) {
    if value >= 10 {
        push_number(text, value / 10);
    }
    push_byte(text, b'0' + (value % 10) as u8);
}

/// Appends text as it stands between the quotes of a JSON string, up to `most` characters of it.
///
/// With `shown` it is for people to read: on one line, without backticks, and with `…` for the last
/// character where it is cut.
pub fn push_escaped(out: &mut Vec<u8>, text: &[u8], most: usize, shown: bool) {
    let mut count = 0;
    let mut last = 0;
    let mut before = 0_u32;
    for byte in text {
        let mut byte = *byte;
        if byte & 0xc0 != 0x80 {
            if count == most {
                if shown {
                    out.truncate(last);
                    push_bytes(out, "…".as_bytes());
                }
                return;
            }
            count += 1;
            last = out.len();
        }
        before = before << 8 | u32::from(byte);
        if shown {
            // Control characters of one byte and of two, and the line breaks of three.
            let is_control = byte < b' ' || byte == 0x7f || before & 0xffe0 == 0xc280;
            if is_control || before & 0xff_fffe == 0xe2_80a8 {
                out.truncate(last);
                byte = b' ';
            } else if byte == b'`' {
                byte = b'\'';
            }
        }
        if byte < b' ' {
            push_bytes(out, if byte < 16 { b"\\u000" } else { b"\\u001" });
            byte &= 15;
            byte += if byte < 10 { b'0' } else { b'a' - 10 };
        } else if matches!(byte, b'"' | b'\\') {
            push_byte(out, b'\\');
        }
        push_byte(out, byte);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_escaped_and_cut_by_characters() {
        let escaped = |text: &str, most, shown| {
            let mut out = Vec::from(*b"`");
            push_escaped(&mut out, text.as_bytes(), most, shown);
            String::from_utf8(out).unwrap_or_default()
        };
        assert_eq!(escaped("a\"\\\n\u{1f}ü", 9, false), "`a\\\"\\\\\\u000a\\u001fü");
        assert_eq!(escaped("日本語", 2, false), "`日本");
        assert_eq!(escaped("日本語", 2, true), "`日…");
        assert_eq!(escaped("日本語", 3, true), "`日本語");
        assert_eq!(
            escaped("a`\n\u{7f}\u{80}\u{9f}\u{a0}\u{2028}\u{2029}\u{202a}", 99, true),
            "`a'    \u{a0}  \u{202a}"
        );
    }
}
