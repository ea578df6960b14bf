//! The table of codes as a module carries it: one run of bytes without a pointer, made from the
//! table when the core is compiled.

#![allow(clippy::indexing_slicing, reason = "runs at compile time, where a wrong index is a compile error")]

use super::{CODES, Code, CodeRow, FactKind};

/// The end of the message, and the beginning of what follows where there is a suggestion.
pub const SUGGESTING: u8 = 1;
/// What stands for the name of what an issue is about.
pub const FIELD: u8 = 0x9e;
/// The same at the beginning of a sentence.
pub const CAPITAL_FIELD: u8 = 0x9f;
/// What stands for a fact: this and the number of its kind.
pub const FACT: u8 = 0x80;
/// What stands for a fact that the message says nothing of.
pub const SILENT_FACT: u8 = 0xa0;

/// The codes that no check of the core reports, for JavaScript does. A module goes without their words; the default one
/// without those of definitions, too, which it does not check.
const ELSEWHERE: &[Code] = &[
    Code::NotSerializable,
    Code::RefusedByServer,
    #[cfg(not(any(feature = "interactions", not(target_arch = "wasm32"))))]
    Code::StillReferenced,
    #[cfg(not(any(feature = "interactions", not(target_arch = "wasm32"))))]
    Code::UnknownReference,
    #[cfg(not(any(feature = "interactions", not(target_arch = "wasm32"))))]
    Code::RetiredReference,
    #[cfg(not(any(feature = "interactions", not(target_arch = "wasm32"))))]
    Code::InactiveReference,
];

/// The texts of all codes, a blank behind each: as JavaScript has them, so that the two pack as one.
pub(crate) static TEXTS: [u8; Packer::texts().len] = Packer::texts().bytes();
static ROWS: [u8; Packer::rows().len] = Packer::rows().bytes();
const FACTS: Packer = Packer::facts();
static NAMES: [u8; FACTS.len] = FACTS.bytes();

impl Code {
    /// Message, what follows where there is a suggestion; nothing of what no check reports.
    pub(crate) fn packed(self) -> &'static [u8] {
        nth(&ROWS, self as usize)
    }
}

/// The name of the fact of a kind, by the kind's number.
pub(crate) fn fact_name(kind: u8) -> &'static [u8] {
    nth(&NAMES, kind as usize)
}

/// One of some runs of bytes, each with its length in front.
#[inline(never)]
pub(crate) fn nth(runs: &[u8], place: usize) -> &[u8] {
    let mut at = 0;
    let mut left = place;
    loop {
        let Some(len) = runs.get(at) else { return &[] };
        let end = at + 1 + *len as usize;
        if left == 0 {
            return runs.get(at + 1..end).unwrap_or_default();
        }
        at = end;
        left -= 1;
    }
}

/// Runs of bytes, each with its length in front, as they are put together.
pub(crate) struct Packer {
    bytes: [u8; 8192],
    /// How many bytes all of them are.
    pub(crate) len: usize,
    start: usize,
}

impl Packer {
    /// None yet.
    pub(crate) const NEW: Self = Self { bytes: [0; 8192], len: 0, start: 0 };

    const fn texts() -> Self {
        let mut packer = Self::NEW;
        let mut code = 0;
        while code < CODES.len() {
            packer.text(CODES[code].text.as_bytes());
            packer.push(b' ');
            code += 1;
        }
        packer
    }

    const fn rows() -> Self {
        let mut packer = Self::NEW;
        let mut code = 0;
        while code < CODES.len() {
            packer.begin();
            let mut elsewhere = ELSEWHERE;
            while let [known, tail @ ..] = elsewhere
                && *known as usize != code
            {
                elsewhere = tail;
            }
            if elsewhere.is_empty() {
                packer.row(&CODES[code]);
            }
            packer.end();
            code += 1;
        }
        packer
    }

    const fn facts() -> Self {
        let mut packer = Self::NEW;
        let mut rest = FactKind::ALL;
        while let [kind, tail @ ..] = rest {
            packer.add(kind.name());
            rest = tail;
        }
        packer
    }

    /// One more, a text.
    pub(crate) const fn add(&mut self, text: &str) {
        self.begin();
        self.text(text.as_bytes());
        self.end();
    }

    /// All of them.
    pub(crate) const fn bytes<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        let mut at = 0;
        while at < N {
            bytes[at] = self.bytes[at];
            at += 1;
        }
        bytes
    }

    const fn row(&mut self, row: &CodeRow) {
        let (message, suggesting) = (row.message.as_bytes(), row.suggesting.as_bytes());
        let mut place = 0;
        while place < row.facts.len() {
            let name = row.facts[place].name().as_bytes();
            if !mentions(message, name) && !mentions(suggesting, name) {
                self.push(SILENT_FACT + row.facts[place] as u8);
            }
            place += 1;
        }
        self.template(message, 0, row);
        if !suggesting.is_empty() {
            assert!(starts_with(suggesting, 0, message), "the longer message has to begin with the shorter one");
            self.push(SUGGESTING);
            self.template(suggesting, message.len(), row);
        }
    }

    /// A template from a place on.
    const fn template(&mut self, template: &[u8], from: usize, row: &CodeRow) {
        let mut at = from;
        while at < template.len() {
            if template[at] != b'{' {
                self.push(template[at]);
                at += 1;
                continue;
            }
            at += 1;
            let mut found = 0;
            if starts_with(template, at, b"field}") {
                found = FIELD;
            } else if starts_with(template, at, b"Field}") {
                found = CAPITAL_FIELD;
            }
            let mut place = 0;
            while place < row.facts.len() {
                if names(template, at, row.facts[place].name().as_bytes()) {
                    found = FACT + row.facts[place] as u8;
                }
                place += 1;
            }
            assert!(found > 0, "a name in braces is that of a fact, or `field`");
            self.push(found);
            while template[at] != b'}' {
                at += 1;
            }
            at += 1;
        }
    }

    const fn text(&mut self, text: &[u8]) {
        let mut at = 0;
        while at < text.len() {
            self.push(text[at]);
            at += 1;
        }
    }

    const fn push(&mut self, byte: u8) {
        self.bytes[self.len] = byte;
        self.len += 1;
    }

    const fn begin(&mut self) {
        self.start = self.len;
        self.push(0);
    }

    const fn end(&mut self) {
        let len = self.len - self.start - 1;
        assert!(len <= u8::MAX as usize, "a length is one byte");
        self.bytes[self.start] = len as u8;
    }
}

/// Whether a template has a fact's name in braces.
const fn mentions(template: &[u8], name: &[u8]) -> bool {
    let mut at = 0;
    while at < template.len() {
        if template[at] == b'{' && names(template, at + 1, name) {
            return true;
        }
        at += 1;
    }
    false
}

/// Whether a name and a closing brace stand at a place.
const fn names(template: &[u8], at: usize, name: &[u8]) -> bool {
    starts_with(template, at, name) && at + name.len() < template.len() && template[at + name.len()] == b'}'
}

const fn starts_with(text: &[u8], from: usize, start: &[u8]) -> bool {
    let mut at = 0;
    while at < start.len() {
        if from + at >= text.len() || text[from + at] != start[at] {
            return false;
        }
        at += 1;
    }
    true
}
