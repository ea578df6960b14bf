//! `Value`: what a [`Writer`](super::write::Writer) wrote, read back: how native Rust has answers as structures.

use super::{Cursor, push_text};

/// A JSON value as a tree.
pub(crate) enum Value {
    /// A string.
    Text(String),
    /// A whole number.
    Number(u64),
    /// A list.
    List(Vec<Value>),
    /// An object's members, in order.
    Object(Vec<(String, Value)>),
    /// `true` or `false`, which nobody asks for.
    Flag,
}

impl Value {
    /// The tree of a text that a writer wrote.
    pub fn read(text: &[u8]) -> Self {
        next(&mut Cursor::new(text))
    }

    /// A member of an object.
    pub fn get(&self, name: &str) -> Option<&Value> {
        match self {
            Value::Object(members) => members.iter().find(|(known, _)| known == name).map(|(_, value)| value),
            _ => None,
        }
    }

    /// The elements of a list.
    pub fn elements(&self) -> &[Value] {
        match self {
            Value::List(elements) => elements,
            _ => &[],
        }
    }

    /// The elements of a list that is a member.
    pub fn list(&self, name: &str) -> &[Value] {
        self.get(name).map_or(&[], Value::elements)
    }

    /// A text that is a member.
    pub fn text(&self, name: &str) -> &str {
        match self.get(name) {
            Some(Value::Text(text)) => text,
            _ => "",
        }
    }

    /// A number that is a member.
    pub fn number(&self, name: &str) -> Option<u64> {
        self.get(name).and_then(Value::as_number)
    }

    /// The number that it is.
    pub fn as_number(&self) -> Option<u64> {
        match self {
            Value::Number(number) => Some(*number),
            _ => None,
        }
    }
}

fn next(cursor: &mut Cursor) -> Value {
    match cursor.peek() {
        b'"' => Value::Text(text(cursor)),
        b'[' => {
            let mut elements = Vec::new();
            while more(cursor, b']') {
                elements.push(next(cursor));
            }
            Value::List(elements)
        }
        b'{' => {
            let mut members = Vec::new();
            while more(cursor, b'}') {
                let name = text(cursor);
                cursor.step();
                members.push((name, next(cursor)));
            }
            Value::Object(members)
        }
        b'0'..=b'9' => {
            let mut number = 0;
            while cursor.peek().is_ascii_digit() {
                number = number * 10 + u64::from(cursor.peek() - b'0');
                cursor.step();
            }
            Value::Number(number)
        }
        _ => {
            while cursor.peek().is_ascii_lowercase() {
                cursor.step();
            }
            Value::Flag
        }
    }
}

/// Past the opening bracket or a comma; otherwise past the closing one.
fn more(cursor: &mut Cursor, close: u8) -> bool {
    let is_first = matches!(cursor.peek(), b'[' | b'{');
    if is_first || cursor.peek() == b',' {
        cursor.step();
        if !is_first || cursor.peek() != close {
            return true;
        }
    }
    cursor.step();
    false
}

fn text(cursor: &mut Cursor) -> String {
    let mut text = Vec::new();
    push_text(cursor.document(), cursor.at(), &mut text);
    cursor.string();
    String::from_utf8_lossy(&text).into_owned()
}
