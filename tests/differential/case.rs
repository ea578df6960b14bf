//! `Case`: a document, how it is asked, and what stands behind it in memory.

/// What a document is read as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Call,
    Item,
    Bulk,
    Lines,
    /// A list of types.
    List,
}

/// The header's values that cases are asked with.
pub const HEADERS: [Option<&str>; 4] = [None, Some("k"), Some(" "), Some("idem_1")];
/// The time that cases are asked at: 2026-03-16T14:35:00Z.
pub const NOW: f64 = 1_773_671_700_000.0;

/// One document and its question.
#[derive(Clone, Debug)]
pub struct Case {
    pub kind: Kind,
    pub bytes: Vec<u8>,
    /// What stands in memory behind the document and the byte that ends it.
    pub behind: Vec<u8>,
    /// How many bytes stand in front of it.
    pub align: usize,
    /// The place in [`HEADERS`].
    pub header: usize,
    pub now: Option<f64>,
    /// Which registry is asked.
    pub registry: usize,
    /// What the ways that take turns go by.
    pub turn: usize,
}

/// What a document is followed by so that whoever reads on finds something that fits.
pub const BEHIND: [&[u8]; 20] = [
    b"\"}",
    b"}",
    b"]}",
    b"\"",
    b":\"x\"}",
    b"0123456789",
    b"e5}",
    b".5,\"rank\":1}",
    b",\"rank\":1}",
    b",\"customerId\":\"c\",\"outcome\":\"click\"}",
    b"\"customerId\":\"c\"}",
    b"{\"customerId\":\"c\"}",
    b"\xff\xff\xff",
    b"\x80\x80\x80\x80\"}",
    b"\xbf\"}",
    b"\\\"\"}",
    b"u0041\"}",
    b"0041\"}",
    b"rue}\x00alse}\x00ull}",
    b"                {}",
];
