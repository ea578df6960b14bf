//! `Writer`: JSON text out, one token after the other; it knows where commas go.

/// JSON as it is written.
#[derive(Default)]
pub struct Writer {
    text: String,
}

impl Writer {
    /// The text.
    pub fn finish(self) -> String {
        self.text
    }

    /// `{` or `[`.
    pub fn open(&mut self, bracket: char) {
        self.comma();
        self.text.push(bracket);
    }

    /// `}` or `]`.
    pub fn close(&mut self, bracket: char) {
        self.text.push(bracket);
    }

    /// A member's name and its colon.
    pub fn name(&mut self, name: &str) {
        self.text(name);
        self.text.push(':');
    }

    /// A string.
    pub fn text(&mut self, value: &str) {
        self.comma();
        self.text.push('"');
        for found in value.chars() {
            match found {
                '"' | '\\' => {
                    self.text.push('\\');
                    self.text.push(found);
                }
                '\0'..' ' => {
                    self.text.push_str("\\u00");
                    self.text.push(if found < '\u{10}' { '0' } else { '1' });
                    let low = found as u8 & 15;
                    self.text.push(char::from(low + if low < 10 { b'0' } else { b'a' - 10 }));
                }
                _ => self.text.push(found),
            }
        }
        self.text.push('"');
    }

    /// A whole number.
    pub fn number(&mut self, value: u64) {
        self.comma();
        push_number(&mut self.text, value);
    }

    /// What is JSON already.
    pub fn raw(&mut self, value: &str) {
        self.comma();
        self.text.push_str(value);
    }

    /// A member whose value is text.
    pub fn text_member(&mut self, name: &str, value: &str) {
        self.name(name);
        self.text(value);
    }

    /// A member whose value is a whole number.
    pub fn number_member(&mut self, name: &str, value: u64) {
        self.name(name);
        self.number(value);
    }

    /// A member whose value is JSON already.
    pub fn raw_member(&mut self, name: &str, value: &str) {
        self.name(name);
        self.raw(value);
    }

    /// A comma, unless something has just begun.
    fn comma(&mut self) {
        if !matches!(self.text.as_bytes().last(), None | Some(b'{' | b'[' | b':')) {
            self.text.push(',');
        }
    }
}

/// Appends a number's digits.
pub fn push_number(text: &mut String, value: u64) {
    if value >= 10 {
        push_number(text, value / 10);
    }
    text.push(char::from(b'0' + (value % 10) as u8));
}
