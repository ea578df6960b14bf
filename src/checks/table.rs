//! `Object`: the members an object may have, one row each: name, rule for the value, whether it has
//! to be there. The tables themselves stand with their checks.

use crate::json::Kind;
use crate::json::simd::{CHUNK, Chunk};
use crate::outcome::{Category, Classification, Status};

/// The place of what has no row.
pub const NONE: u8 = 0xfe;
/// The most fields of a table: one bit each in a mask of members.
pub const MAX_FIELDS: usize = 32;

/// A fixed set of words: a byte in a row, where a list would be two words of memory.
#[derive(Clone, Copy, Debug)]
pub enum Words {
    /// Which way an interaction went.
    Direction,
    /// What an outcome says of the customer's interest.
    Classification,
    /// Whether it is an exposure or an act.
    Category,
    /// Where an outcome type stands in its life.
    Status,
}

impl Words {
    /// The words, as names are.
    #[inline(always)]
    pub const fn list(self) -> &'static [Name] {
        match self {
            Words::Direction => &const { names::<2>(&["inbound", "outbound"]) },
            Words::Classification => &const { names::<3>(Classification::WORDS) },
            Words::Category => &const { names::<2>(Category::WORDS) },
            Words::Status => &const { names::<4>(Status::WORDS) },
        }
    }

    /// The word at a place; empty where there is none.
    pub fn at(self, place: usize) -> &'static [u8] {
        match self.list().get(place) {
            Some(name) => letters(name),
            None => &[],
        }
    }

    /// The place of a word that is the beginning of a chunk, a quote behind it; how many words there are where it is
    /// none.
    #[inline(always)]
    pub fn find(self, chunk: Chunk, len: u32) -> u8 {
        let mut place = 0;
        for word in self.list() {
            if is_name(word, chunk, len) {
                break;
            }
            place += 1;
        }
        place
    }
}

/// What the value of a field must be.
#[derive(Clone, Copy, Debug)]
pub enum Rule {
    /// Any text.
    Text,
    /// Text that is not empty.
    Filled,
    /// 1 to 255 UTF-16 units, not blank.
    Name,
    /// A key.
    Key,
    /// One of the words.
    Choice(Words),
    /// One of the words, or `""` for none chosen yet.
    OpenChoice(Words),
    /// A number without a fraction, at least this.
    Whole(u8),
    /// A number that a double can hold.
    Number,
    /// A point in time.
    Timestamp,
    /// `true` or `false`.
    Flag,
    /// An object nobody looks into.
    Object,
    /// A list whose elements the check reads.
    List,
    /// Set by the server: not looked at, left out.
    ReadOnly,
}

impl Rule {
    /// The kinds of value that the rule is about.
    #[inline(always)]
    pub const fn kind(self) -> Option<Kind> {
        match self {
            Rule::Text | Rule::Filled | Rule::Name | Rule::Key | Rule::Timestamp => Some(Kind::String),
            Rule::Choice(_) | Rule::OpenChoice(_) => Some(Kind::String),
            Rule::Whole(_) | Rule::Number => Some(Kind::Number),
            Rule::Flag => Some(Kind::Boolean),
            Rule::Object => Some(Kind::Object),
            Rule::List => Some(Kind::Array),
            Rule::ReadOnly => None,
        }
    }
}

/// Whether a field has to be there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// Missing and `null` are `required`.
    Required,
    /// `null` is as absent.
    Optional,
    /// Missing and `null` are judged once the whole object is known.
    Late,
    /// `null` is as absent, and nobody needs to hear of it.
    Quiet,
}

/// One row of a table: a member that an object may have; its name stands in a list of its own,
/// which tables share.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    /// What its value must be.
    pub rule: Rule,
    /// Whether it has to be there.
    pub need: Need,
    /// How many bytes a text has at least, its quotes among them, if that is all the rule asks of one; otherwise 0.
    pub(super) least: u8,
}

impl Field {
    /// A row.
    pub const fn new(rule: Rule, need: Need) -> Self {
        let least = match rule {
            Rule::Text => 2,
            Rule::Filled => 3,
            _ => 0,
        };
        Self { rule, need, least }
    }
}

/// The rows of a table, each with a name for its place in it: the number that stands beside it.
macro_rules! fields {
    ($($place:ident $number:literal $name:literal $rule:expr, $need:ident;)+) => {
        $(
            #[allow(dead_code, reason = "every row has its name, asked for or not")]
            pub(super) const $place: u8 = $number;
        )+
        pub(super) const FIELDS: &[Field] = &[ $( Field::new($rule, Need::$need) ),+ ];
        pub(super) static NAMES: &[Name] = &[ $( name($name) ),+ ];
    };
}
pub(super) use fields;

/// The name of a row, then quotes: as in a document, where a quote ends it.
pub type Name = [u8; CHUNK];

/// A name as it stands in a table.
#[allow(clippy::indexing_slicing, reason = "runs at compile time, where a wrong index is a compile error")]
pub const fn name(text: &str) -> Name {
    let mut name = [b'"'; CHUNK];
    let mut place = 0;
    while place < text.len() {
        name[place] = text.as_bytes()[place];
        place += 1;
    }
    name
}

/// Words as names.
#[allow(clippy::indexing_slicing, reason = "runs at compile time, where a wrong index is a compile error")]
const fn names<const COUNT: usize>(words: &[&str]) -> [Name; COUNT] {
    assert!(words.len() == COUNT, "a name for each word");
    let mut names = [[b'"'; CHUNK]; COUNT];
    let mut place = 0;
    while place < COUNT {
        names[place] = name(words[place]);
        place += 1;
    }
    names
}

/// The letters of a name.
pub fn letters(name: &'static Name) -> &'static [u8] {
    let mut len = 0;
    while name.get(len).is_some_and(|byte| *byte != b'"') {
        len += 1;
    }
    name.get(..len).unwrap_or_default()
}

/// Whether a chunk begins with a name that is so long, and the quote behind it, where that is still in the chunk.
#[inline(always)]
fn is_name(name: &Name, chunk: Chunk, len: u32) -> bool {
    // Of sixteen letters the quote is not in the chunk any more.
    (!(Chunk::new(name).same(chunk) | 1 << CHUNK)).trailing_zeros() > len
}

/// As many slots as leave one for each name of the longest table.
const SLOTS: usize = 64;

/// The slot of a name, by its length and its first two letters.
#[inline(always)]
const fn slot(word: u32, len: u32, factor: u32) -> usize {
    ((word & 0xffff | len << 16).wrapping_mul(factor) >> 26) as usize
}

/// The row of what no table has.
const NO_FIELD: Field = Field::new(Rule::ReadOnly, Need::Quiet);

/// A table of fields.
pub struct Object {
    /// What messages call the object itself.
    pub title: &'static str,
    /// The names of its rows; there may be more of them.
    names: &'static [Name],
    /// The place of each row in the slot of its name; [`NONE`] in the others.
    slots: [u8; SLOTS],
    /// What gives each name a slot of its own.
    factor: u32,
    /// The rows that have to be there.
    pub required: u32,
    /// Its rows; behind them empty ones.
    fields: [Field; MAX_FIELDS],
    /// How many there are.
    pub len: u8,
    /// Whether a member without a row is reported.
    pub closed: bool,
}

impl Object {
    /// The table of the fields; a member without a row is `unknown_field`.
    #[allow(clippy::indexing_slicing, reason = "runs at compile time, where a wrong index is a compile error")]
    pub const fn new(title: &'static str, names: &'static [Name], fields: &'static [Field]) -> Self {
        assert!(fields.len() < MAX_FIELDS - 1, "a field needs its bit in a mask, and NONE an empty row");
        let mut object = Self {
            title,
            names,
            slots: [NONE; SLOTS],
            factor: 0x9e37_79b1,
            required: 0,
            fields: [NO_FIELD; MAX_FIELDS],
            len: fields.len() as u8,
            closed: true,
        };
        let mut place = 0;
        while place < fields.len() {
            object.fields[place] = fields[place];
            place += 1;
        }
        while !object.fill() {
            object.factor = object.factor.wrapping_mul(0x2c1b_3c6d) | 1;
        }
        object
    }

    /// Puts every row in its slot; whether each has one of its own.
    #[allow(clippy::indexing_slicing, reason = "runs at compile time, where a wrong index is a compile error")]
    const fn fill(&mut self) -> bool {
        self.slots = [NONE; SLOTS];
        let mut place = 0;
        while place < self.len as usize {
            let name = &self.names[place];
            let mut len = 0;
            while len < CHUNK && name[len] != b'"' {
                len += 1;
            }
            let slot = &mut self.slots[slot(name[0] as u32 | (name[1] as u32) << 8, len as u32, self.factor)];
            if *slot != NONE {
                return false;
            }
            *slot = place as u8;
            self.required |= ((self.fields[place].need as u8 == Need::Required as u8) as u32) << place;
            place += 1;
        }
        true
    }

    /// The same, with members that have no row passed over in silence.
    pub const fn open(title: &'static str, names: &'static [Name], fields: &'static [Field]) -> Self {
        let mut object = Self::new(title, names, fields);
        object.closed = false;
        object
    }

    /// The row at a place; an empty one where there is none.
    #[inline(always)]
    #[allow(clippy::indexing_slicing, reason = "no place modulo their number is behind them")]
    pub fn field(&'static self, place: u8) -> &'static Field {
        const { assert!(NONE as usize % MAX_FIELDS == MAX_FIELDS - 2, "behind every row") };
        &self.fields[usize::from(place) % MAX_FIELDS]
    }

    /// The place of the row of a name; [`NONE`] where there is none.
    #[inline(never)]
    pub fn find(&self, name: &[u8]) -> u8 {
        let mut padded = [b'"'; CHUNK];
        for (place, byte) in name.iter().enumerate() {
            match padded.get_mut(place) {
                // A quote in the name would end it.
                Some(padded) if *byte != b'"' => *padded = *byte,
                _ => return NONE,
            }
        }
        self.find_chunk(Chunk::new(&padded), name.len() as u32).unwrap_or(NONE)
    }

    /// The same of a name in a document, a quote behind it.
    #[inline(always)]
    pub fn find_chunk(&self, chunk: Chunk, len: u32) -> Option<u8> {
        let place = *self.slots.get(slot(chunk.word(), len, self.factor))?;
        let name = self.names.get(usize::from(place))?;
        if is_name(name, chunk, len) { Some(place) } else { None }
    }

    /// The name of the row at a place; empty where there is none.
    pub fn name_of(&self, place: u8) -> &'static [u8] {
        match self.names.get(usize::from(place)) {
            Some(name) if place < self.len => letters(name),
            _ => &[],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::{bulk, create, edit, load, respond, row};

    #[test]
    fn every_row_knows_what_a_text_has_at_least() {
        for table in [&respond::CALL, &respond::ITEM, &create::CREATE, &edit::EDIT, &row::ROW, &load::LIST, &bulk::BULK]
        {
            for place in 0..table.len {
                let Field { rule, need, least } = *table.field(place);
                assert_eq!(least, Field::new(rule, need).least);
            }
        }
    }

    #[test]
    fn every_row_is_found_by_its_name_and_by_no_other() {
        for table in [&respond::CALL, &respond::ITEM, &create::CREATE, &edit::EDIT, &row::ROW, &load::LIST, &bulk::BULK]
        {
            for place in 0..table.len {
                let name = table.name_of(place);
                assert_eq!(table.find(name), place);
                for at in 0..name.len() {
                    let mut other = name.to_vec();
                    if let Some(byte) = other.get_mut(at) {
                        *byte ^= 1;
                    }
                    assert_eq!(table.find(&other), NONE);
                    assert!(table.find(name.get(..at).unwrap_or_default()) != place);
                }
                assert_eq!(table.find(&[name, b"\""].concat()), NONE);
                assert_eq!(table.find(&[name, b"xxxxxxxxxxxxxxxxx"].concat()), NONE);
            }
        }
    }
}
