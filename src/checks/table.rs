//! `Object`: the members an object may have, one row each: name, rule for the value, whether it has
//! to be there. The tables themselves stand with their checks.

use crate::json::Kind;
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
    /// The words.
    pub const fn list(self) -> &'static [&'static str] {
        match self {
            Words::Direction => &["inbound", "outbound"],
            Words::Classification => Classification::WORDS,
            Words::Category => Category::WORDS,
            Words::Status => Status::WORDS,
        }
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
}

/// The rows of a table, each with a name for its place in it: the number that stands beside it.
macro_rules! fields {
    ($($place:ident $number:literal $name:literal $rule:expr, $need:ident;)+) => {
        $(
            #[allow(dead_code, reason = "every row has its name, asked for or not")]
            pub(super) const $place: u8 = $number;
        )+
        pub(super) const FIELDS: &[Field] = &[ $( Field { rule: $rule, need: Need::$need } ),+ ];
        pub(super) static NAMES: &[&str] = &[ $( $name ),+ ];
    };
}
pub(super) use fields;

/// The row of what no table has.
static NO_FIELD: Field = Field { rule: Rule::ReadOnly, need: Need::Quiet };

/// A table of fields.
pub struct Object {
    /// What messages call the object itself.
    pub title: &'static str,
    /// The names of its rows; there may be more of them.
    names: &'static [&'static str],
    /// Its rows.
    pub fields: &'static [Field],
    /// Whether a member without a row is reported.
    pub closed: bool,
}

impl Object {
    /// The table of the fields; a member without a row is `unknown_field`.
    pub const fn new(title: &'static str, names: &'static [&'static str], fields: &'static [Field]) -> Self {
        assert!(fields.len() <= MAX_FIELDS, "a field needs its bit in a mask");
        Self { title, names, fields, closed: true }
    }

    /// The same, with members that have no row passed over in silence.
    pub const fn open(title: &'static str, names: &'static [&'static str], fields: &'static [Field]) -> Self {
        let mut object = Self::new(title, names, fields);
        object.closed = false;
        object
    }

    /// The row at a place; an empty one where there is none.
    pub fn field(&self, place: u8) -> &'static Field {
        self.fields.get(usize::from(place)).unwrap_or(&NO_FIELD)
    }

    /// The place of the row of a name; [`NONE`] where there is none.
    #[inline(never)]
    pub fn find(&self, name: &[u8]) -> u8 {
        // Lengths and first letters tell most of the names apart, and rows need no table beside them.
        let mut place = 0;
        for row in self.names {
            if row.len() == name.len() && row.as_bytes().first() == name.first() && *row.as_bytes() == *name {
                break;
            }
            place += 1;
        }
        if usize::from(place) < self.fields.len() { place } else { NONE }
    }

    /// The name of the row at a place; empty where there is none.
    pub fn name_of(&self, place: u8) -> &'static str {
        match self.names.get(usize::from(place)) {
            Some(name) if usize::from(place) < self.fields.len() => name,
            _ => "",
        }
    }
}
