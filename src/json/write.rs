//! JSON text out: strings that every reader takes, and the members of an object with their commas.

/// Writes one object, member by member.
pub struct ObjectWriter {
    text: String,
}

impl Default for ObjectWriter {
    fn default() -> Self {
        Self::new()
    }
}

impl ObjectWriter {
    /// An object without members.
    pub fn new() -> Self {
        Self { text: String::from("{") }
    }

    /// A member whose value is text.
    pub fn text(&mut self, name: &str, value: &str) {
        self.name(name);
        push_string(&mut self.text, value);
    }

    /// A member whose value is JSON already.
    pub fn raw(&mut self, name: &str, value: &str) {
        self.name(name);
        self.text.push_str(value);
    }

    /// The object's text.
    pub fn finish(mut self) -> String {
        self.text.push('}');
        self.text
    }

    fn name(&mut self, name: &str) {
        if self.text.len() > 1 {
            self.text.push(',');
        }
        push_string(&mut self.text, name);
        self.text.push(':');
    }
}

/// Appends `value` as a JSON string.
pub fn push_string(text: &mut String, value: &str) {
    text.push('"');
    for found in value.chars() {
        match found {
            '"' => text.push_str("\\\""),
            '\\' => text.push_str("\\\\"),
            '\0'..=' ' if found != ' ' => {
                text.push_str("\\u00");
                for digit in [found as u32 >> 4, found as u32 & 15] {
                    text.push(char::from_digit(digit, 16).unwrap_or('0'));
                }
            }
            _ => text.push(found),
        }
    }
    text.push('"');
}

/// Appends a number's digits.
pub fn push_number(text: &mut String, value: u32) {
    if value >= 10 {
        push_number(text, value / 10);
    }
    text.push(char::from_digit(value % 10, 10).unwrap_or('0'));
}
