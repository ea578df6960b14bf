//! Bytes to fields: a one-pass reader of RFC 8259 that builds nothing, names the place of every
//! fault, and knows no domain word.
//!
//! Reading order: [`document`], [`cursor`] (bytes), `plain` (most bytes), [`simd`], [`text`] (strings), [`number`], [`skip`] (whole values),
//! [`write`] (JSON text out); and for the second module `double` (numbers as
//! doubles, by `whole`) and `tree` (whole documents).

pub mod cursor;
pub mod document;
#[cfg(any(feature = "interactions", not(target_arch = "wasm32")))]
pub mod double;
pub mod number;
pub(crate) mod plain;
pub mod simd;
pub mod skip;
pub mod text;
#[cfg(any(feature = "interactions", not(target_arch = "wasm32")))]
pub mod tree;
pub(crate) mod value;
#[cfg(any(feature = "interactions", not(target_arch = "wasm32")))]
mod whole;
pub mod write;

pub use cursor::Cursor;
pub use document::{Document, Padded};
pub use number::Number;
pub(crate) use plain::Plain;
pub use skip::MAX_DEPTH;
pub use text::{push_text, text};

/// What a JSON value is, told from its first byte.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Kind {
    /// `"…"`
    String = 1,
    /// `-1.5e3`
    Number = 2,
    /// `true` or `false`
    Boolean = 4,
    /// `{…}`
    Object = 8,
    /// `[…]`
    Array = 16,
    /// `null`
    Null = 32,
}

impl Kind {
    /// Every kind, in the order of their bits.
    pub const ALL: [Kind; 6] = [Kind::String, Kind::Number, Kind::Boolean, Kind::Object, Kind::Array, Kind::Null];

    /// The kind of the value that begins with `byte`; nothing where no value does.
    pub const fn of(byte: u8) -> Option<Kind> {
        match byte {
            b'"' => Some(Kind::String),
            b'-' | b'0'..=b'9' => Some(Kind::Number),
            b't' | b'f' => Some(Kind::Boolean),
            b'{' => Some(Kind::Object),
            b'[' => Some(Kind::Array),
            b'n' => Some(Kind::Null),
            _ => None,
        }
    }
}

/// A run of bytes of the document.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Span {
    /// Where it begins.
    pub at: u32,
    /// How many bytes it has.
    pub len: u32,
}

impl Span {
    /// The run's bytes; none where the document has no such place.
    pub fn of(self, document: &[u8]) -> &[u8] {
        let at = self.at as usize;
        document.get(at..at + self.len as usize).unwrap_or_default()
    }
}

/// What ends the reading of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FaultKind {
    /// JSON's grammar wants something else there.
    Syntax(Expected),
    /// The bytes are not UTF-8.
    Utf8,
    /// A level too many.
    Depth,
    /// More bytes than are read; where it is says how many those are.
    Size,
}

macro_rules! expected {
    ($($variant:ident $phrase:literal)+) => {
        /// What JSON's grammar allows at a place.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[repr(u8)]
        pub enum Expected { $( #[doc = $phrase] $variant ),+ }

        impl Expected {
            /// Every one, in the order of their numbers.
            pub const ALL: &'static [Expected] = &[$( Expected::$variant ),+];

            /// In words.
            pub const fn phrase(self) -> &'static str {
                match self { $( Expected::$variant => $phrase ),+ }
            }
        }
    };
}

#[rustfmt::skip]
expected! {
    Value          "a value"
    ValueOrClose   "a value or `]`"
    Name           "a member name in double quotes"
    NameOrClose    "a member name in double quotes or `}`"
    Colon          "`:`"
    CommaOrBrace   "`,` or `}`"
    CommaOrBracket "`,` or `]`"
    End            "the end of the document"
    Quote          "a closing double quote"
    Escape         "one of the escapes `\\\"`, `\\\\`, `\\/`, `\\b`, `\\f`, `\\n`, `\\r`, `\\t`, `\\u`"
    Hex            "four hexadecimal digits"
    Control        "an escape such as `\\n` for a control character"
    Digit          "a digit"
}
