//! `Tree`: a whole document, value by value: for those that are small and nest, where a table of members does not do.
//!
//! ```
//! use kaireon_outcomes::json::{Cursor, tree::Tree};
//! let document = br#"{"config":{"outcomeType":"complaint"}}"#;
//! let tree = Tree::read(&mut Cursor::new(document), 10);
//! let config = tree.member(0, "config").unwrap_or_default();
//! assert_eq!(tree.member(config, "outcomeType").map(|place| tree.text(place)), Some("complaint".into()));
//! ```

use super::write::Writer;
use super::{Cursor, Expected, FaultKind, Kind, Span, push_text};
use crate::room::push;

/// The place around the outermost value.
const NOWHERE: u32 = u32::MAX;

/// One value.
#[derive(Clone, Copy, Debug)]
pub struct Node {
    /// What it is.
    pub kind: Kind,
    /// All its bytes.
    pub span: Span,
    /// The name of the member that it is, with its quotes; empty for the elements of a list.
    pub name: Span,
    /// Whether it is a text with half a character.
    pub lone_surrogate: bool,
    /// Its place among the values around it, from 0.
    pub index: u32,
    /// The value around it.
    parent: u32,
    /// The place behind the last value in it.
    end: u32,
}

/// The values of a document in its order: what is in a value follows it.
#[derive(Debug)]
pub struct Tree<'a> {
    document: &'a [u8],
    nodes: Vec<Node>,
}

impl<'a> Tree<'a> {
    /// Reads the value under the cursor, which may nest `room` levels; what is wrong with it the cursor says.
    pub fn read(cursor: &mut Cursor<'a>, room: u32) -> Self {
        let mut tree = Self { document: cursor.document(), nodes: Vec::new() };
        tree.values(cursor, room);
        tree
    }

    fn values(&mut self, cursor: &mut Cursor, room: u32) {
        let (mut parent, mut depth, mut index) = (NOWHERE, 0, 0);
        let mut name = Span::default();
        let mut expected = Expected::Value;
        loop {
            let first = cursor.past_space();
            let at = cursor.at();
            let Some(kind) = Kind::of(first) else { return cursor.fail(expected) };
            let place = self.nodes.len() as u32;
            let span = Span { at, len: 0 };
            push(&mut self.nodes, Node { kind, span, name, lone_surrogate: false, index, parent, end: place + 1 });
            expected = Expected::Value;
            let mut is_open = false;
            if matches!(kind, Kind::Object | Kind::Array) {
                if depth == room {
                    return cursor.fail_at(at, FaultKind::Depth);
                }
                depth += 1;
                (parent, index) = (place, 0);
                cursor.step();
                is_open = cursor.past_space() != close(kind);
                if is_open && kind == Kind::Object {
                    name = member(cursor, Expected::NameOrClose);
                } else {
                    name = Span::default();
                    expected = if is_open { Expected::ValueOrClose } else { expected };
                }
            } else {
                cursor.skip(0);
                let text = kind == Kind::String && cursor.lone_surrogate;
                if let Some(node) = self.nodes.last_mut() {
                    node.span = cursor.since(at);
                    node.lone_surrogate = text;
                }
            }
            // Behind a value: up to the next one, or out.
            while !is_open {
                let count = self.nodes.len() as u32;
                let Some(around) = self.nodes.get_mut(parent as usize) else { return };
                if cursor.failed() {
                    return;
                }
                let in_object = around.kind == Kind::Object;
                // What is empty has no comma in it.
                if count > parent + 1 {
                    is_open = cursor.take(b',');
                }
                if is_open {
                    index += 1;
                    name = if in_object { member(cursor, Expected::Name) } else { Span::default() };
                    break;
                }
                if !cursor.take(close(around.kind)) {
                    return cursor.fail(if in_object { Expected::CommaOrBrace } else { Expected::CommaOrBracket });
                }
                around.span = cursor.since(around.span.at);
                around.end = count;
                (parent, index) = (around.parent, around.index);
                depth -= 1;
            }
            if cursor.failed() {
                return;
            }
        }
    }

    /// The bytes that it was read from.
    pub fn document(&self) -> &'a [u8] {
        self.document
    }

    /// A value.
    pub fn node(&self, place: u32) -> Option<&Node> {
        self.nodes.get(place as usize)
    }

    /// Whether a value is of a kind.
    pub fn is(&self, place: u32, kind: Kind) -> bool {
        self.node(place).is_some_and(|node| node.kind == kind)
    }

    /// The members or elements of a value.
    pub fn children(&self, place: u32) -> impl Iterator<Item = u32> + '_ {
        let end = self.end(place);
        let mut next = place.saturating_add(1);
        std::iter::from_fn(move || {
            let child = next;
            next = self.node(child).filter(|_| child < end)?.end;
            Some(child)
        })
    }

    /// The place behind a value and all in it.
    pub fn end(&self, place: u32) -> u32 {
        self.node(place).map_or(0, |node| node.end)
    }

    /// The values in a value, at whatever level.
    pub fn inside(&self, place: u32) -> impl Iterator<Item = u32> + '_ {
        place.saturating_add(1)..self.end(place)
    }

    /// The first member of an object with a name.
    pub fn member(&self, place: u32, name: &str) -> Option<u32> {
        self.children(place).find(|child| self.is(place, Kind::Object) && self.is_named(*child, name))
    }

    /// Whether a value is the member of a name.
    pub fn is_named(&self, place: u32, name: &str) -> bool {
        let Some(node) = self.node(place) else { return false };
        node.name.len > 0 && super::text(self.document, node.name, &mut Vec::new()) == name.as_bytes()
    }

    /// Whether a value is this text.
    pub fn says(&self, place: u32, text: &str) -> bool {
        self.is_text(place, text.as_bytes())
    }

    /// The same of a text in bytes.
    pub fn is_text(&self, place: u32, text: &[u8]) -> bool {
        let Some(node) = self.node(place) else { return false };
        node.kind == Kind::String && super::text(self.document, node.span, &mut Vec::new()) == text
    }

    /// Appends the text of a value; other values as they are written.
    pub fn push_text(&self, place: u32, text: &mut Vec<u8>) {
        let Some(node) = self.node(place) else { return };
        if node.kind == Kind::String {
            push_text(self.document, node.span.at, text);
        } else {
            crate::room::extend(text, node.span.of(self.document));
        }
    }

    /// The same on its own.
    pub fn text(&self, place: u32) -> String {
        let mut text = Vec::new();
        self.push_text(place, &mut text);
        String::from_utf8_lossy(&text).into_owned()
    }

    /// How many bytes the names on the way to a value have.
    pub fn way(&self, mut place: u32) -> usize {
        let mut bytes = 0;
        while let Some(node) = self.node(place) {
            bytes += node.name.len as usize;
            place = node.parent;
        }
        bytes
    }

    /// Writes the way to a value: names of members and numbers of elements.
    pub fn path(&self, place: u32, writer: &mut Writer) {
        let mut steps = Vec::new();
        let mut place = place;
        while let Some(node) = self.node(place) {
            push(&mut steps, *node);
            place = node.parent;
        }
        // The outermost value is no step.
        steps.pop();
        while let Some(node) = steps.pop() {
            if node.name.len > 0 {
                let mut name = Vec::new();
                push_text(self.document, node.name.at, &mut name);
                writer.string(&name);
            } else {
                writer.number(u64::from(node.index));
            }
        }
    }
}

/// Past a member's name and colon: the name.
fn member(cursor: &mut Cursor, expected: Expected) -> Span {
    if cursor.past_space() != b'"' {
        cursor.fail(expected);
        return Span::default();
    }
    let at = cursor.at();
    cursor.string();
    let name = cursor.since(at);
    cursor.colon();
    name
}

/// What closes a value.
const fn close(kind: Kind) -> u8 {
    if matches!(kind, Kind::Object) { b'}' } else { b']' }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The value that a tree says, written again.
    fn written(tree: &Tree, place: u32) -> serde_json::Value {
        let Some(node) = tree.node(place) else { return serde_json::Value::Null };
        match node.kind {
            Kind::Object => {
                let name = |child: u32| {
                    let mut text = Vec::new();
                    push_text(tree.document, tree.node(child).map_or(0, |node| node.name.at), &mut text);
                    String::from_utf8_lossy(&text).into_owned()
                };
                tree.children(place).map(|child| (name(child), written(tree, child))).collect()
            }
            Kind::Array => tree.children(place).map(|child| written(tree, child)).collect(),
            _ => serde_json::from_slice(node.span.of(tree.document)).unwrap_or_default(),
        }
    }

    #[test]
    fn a_tree_says_what_serde_json_says() {
        for text in [
            "1",
            "\"a\\u0062\"",
            "[]",
            "{}",
            "[[],{}]",
            "[1,[2,[3]],4]",
            " { \"a\" : [ { \"b\" : null } , true ] , \"c\" : { } } ",
            "{\"a\":{\"b\":{\"c\":[1,2,{\"d\":\"e\"}]}},\"f\":-1.5e3}",
            "[",
            "{",
            "[1",
            "[1,",
            "[,1]",
            "[1,]",
            "{\"a\"}",
            "{\"a\":}",
            "{\"a\":1,}",
            "{,}",
            "{\"a\":1 \"b\":2}",
            "[1 2]",
            "]",
            "tru",
            "\"",
            "[\"\\x\"]",
            "{\"a\":1}}",
            "[] []",
            "",
        ] {
            let mut cursor = Cursor::new(text.as_bytes());
            let tree = Tree::read(&mut cursor, 10);
            cursor.finish();
            match serde_json::from_str::<serde_json::Value>(text) {
                Ok(wanted) => {
                    assert!(!cursor.failed(), "{text}");
                    assert_eq!(written(&tree, 0), wanted, "{text}");
                }
                Err(_) => assert!(cursor.failed(), "{text}"),
            }
        }
        let mut cursor = Cursor::new(b"[[1]]");
        Tree::read(&mut cursor, 1);
        assert_eq!(cursor.fault(), Some(FaultKind::Depth));
    }

    #[test]
    fn every_value_knows_its_way() {
        let document = br#"{"a":[{"b":1},[],[2,"x"]],"c":true}"#;
        let tree = Tree::read(&mut Cursor::new(document), 10);
        let path = |place| {
            let mut writer = Writer::default();
            writer.open(b'[');
            tree.path(place, &mut writer);
            writer.close(b']');
            String::from(writer)
        };
        let paths: Vec<String> = std::iter::once(0).chain(tree.inside(0)).map(path).collect();
        let wanted = [
            "[]",
            "[\"a\"]",
            "[\"a\",0]",
            "[\"a\",0,\"b\"]",
            "[\"a\",1]",
            "[\"a\",2]",
            "[\"a\",2,0]",
            "[\"a\",2,1]",
            "[\"c\"]",
        ];
        assert_eq!(paths, wanted);
    }
}
