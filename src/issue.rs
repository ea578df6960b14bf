//! `Issue`: what is wrong, where, and what would be right; and the table of every code.
//!
//! ```
//! use kaireon_outcomes::issue::{Code, Severity};
//! assert_eq!(Code::UnknownOutcomeType.text(), "unknown_outcome_type");
//! assert_eq!(Code::UnknownOutcomeType.row().severity, Severity::Error);
//! ```

pub(crate) mod packed;

use serde::ser::{Serialize, SerializeStruct, Serializer};

/// Whether an issue refuses the document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Refused.
    Error,
    /// Taken, but worth a look.
    Warning,
}

/// What an issue rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Basis {
    /// Wrong whatever the registry holds.
    Document,
    /// Only the registry says so: a newer one may say otherwise.
    Registry,
}

macro_rules! facts {
    ($($variant:ident $name:literal $typescript:literal)+) => {
        /// A kind of fact that an issue can have.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[repr(u8)]
        pub enum FactKind { $( #[doc = $typescript] $variant ),+ }

        impl FactKind {
            /// Every kind, in the order of their numbers.
            pub const ALL: &'static [FactKind] = &[$( FactKind::$variant ),+];

            /// The fact's name.
            pub const fn name(self) -> &'static str {
                match self { $( FactKind::$variant => $name ),+ }
            }

            /// The member of a TypeScript interface that declares it.
            pub const fn typescript(self) -> &'static str {
                match self { $( FactKind::$variant => $typescript ),+ }
            }
        }
    };
}

#[rustfmt::skip]
facts! {
    Expected      "expected"      "expected: readonly string[]"
    Received      "received"      "received: string"
    Found         "received"      "received?: string"
    Limit         "limit"         "limit: number"
    Key           "key"           "key: string"
    Suggestion    "suggestion"    "suggestion?: string"
    Current       "suggestion"    "suggestion: string"
    Position      "position"      "position: number"
    Character     "character"     "character: string"
    Other         "other"         "other: string"
    Default       "default"       "default: string"
    Repair        "default"       "default?: string"
    First         "first"         "first: number"
    Count         "count"         "count: number"
    Status        "status"        "status: string"
    HttpStatus    "status"        "status: number"
    ServerCode    "serverCode"    "serverCode?: string"
    ServerMessage "serverMessage" "serverMessage?: string"
}

/// Everything that is fixed about a code.
#[derive(Clone, Copy, Debug)]
pub struct CodeRow {
    /// The code's text, for ever.
    pub text: &'static str,
    /// What it is unless a rule, or the caller's `rules`, says otherwise.
    pub severity: Severity,
    /// What it rests on.
    pub basis: Basis,
    /// Whether `rules` may not override it.
    pub fixed: bool,
    /// Its typed facts.
    pub facts: &'static [FactKind],
    /// The message; a name in braces stands for a fact.
    pub message: &'static str,
    /// The message where there is a `suggestion`; empty where that makes no difference.
    pub suggesting: &'static str,
}

macro_rules! codes {
    ($( $variant:ident $text:literal $severity:ident $basis:ident $fixed:literal [$($fact:ident),*] $message:literal $suggesting:literal )+) => {
        /// The code of an issue: closed and permanent. Words may change, codes may not.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[repr(u8)]
        pub enum Code { $( #[doc = concat!("`", $text, "`: ", $message)] $variant ),+ }

        /// Every code with its row, in the order of their numbers.
        pub const CODES: &[CodeRow] = &[ $( CodeRow {
            text: $text, severity: Severity::$severity, basis: Basis::$basis, fixed: $fixed,
            facts: &[$(FactKind::$fact),*], message: $message, suggesting: $suggesting,
        } ),+ ];

        impl Code {
            /// Every code, in the order of [`CODES`].
            pub const ALL: &'static [Code] = &[$( Code::$variant ),+];
        }
    };
}

#[rustfmt::skip]
codes! {
    // variant             text                       severity basis   fixed  facts                                                   message, and the message with a suggestion
    InvalidJson           "invalid_json"            Error Document true  [Expected, Received]       "Invalid JSON: expected {expected}, found {received}" ""
    InvalidUtf8           "invalid_utf8"            Error Document true  []                                                        "Invalid UTF-8: these bytes are no text" ""
    LoneSurrogate         "lone_surrogate"          Error Document true  []                                                        "Half a character (a lone surrogate) in {field}" ""
    DuplicateField        "duplicate_field"         Error Document true  []                                                        "{Field} is given more than once" ""
    TooLarge              "too_large"               Error Document true  [Limit]                                         "Larger than the limit of {limit} bytes" ""
    TooDeep               "too_deep"                Error Document true  [Limit]                                         "Nested deeper than the limit of {limit} levels" ""
    NotSerializable       "not_serializable"        Error Document true  []                                                        "This value cannot be written as JSON" ""

    Required              "required"                Error Document false []                                                        "Missing {field}" ""
    InvalidType           "invalid_type"            Error Document false [Expected, Received]       "Expected {expected} for {field}, found {received}" ""
    Empty                 "empty"                   Error Document false []                                                        "{Field} must not be empty" ""
    TooLong               "too_long"                Error Document false [Limit]                                         "{Field} is longer than {limit} characters" ""
    InvalidValue          "invalid_value"           Error Document false [Expected, Found, Suggestion] "Expected {expected} for {field}, found {received}" "Expected {expected} for {field}, found {received}; did you mean {suggestion}?"
    OutOfRange            "out_of_range"            Error Document false [Expected, Found]      "Out of range: expected {expected} for {field}, found {received}" ""
    InvalidCharacter      "invalid_character"       Error Document false [Position, Character, Suggestion] "A key has only `a` to `z`, `0` to `9` and `_`, not {character}" "A key has only `a` to `z`, `0` to `9` and `_`, not {character}; {suggestion} would do"
    InvalidStart          "invalid_start"           Error Document false [Character, Suggestion]              "A key starts with a letter `a` to `z`, not {character}" "A key starts with a letter `a` to `z`, not {character}; {suggestion} would do"

    NotARegistry          "not_a_registry"          Error Document true  [Expected, Received]       "This is no list of outcome types: expected {expected}, found {received}" ""
    TooManyTypes          "too_many_types"          Error Document false [Limit]                                         "More than the limit of {limit} outcome types" ""
    UnknownOutcomeType    "unknown_outcome_type"    Error Registry false [Key, Suggestion]                    "Unknown outcome type {key}" "Unknown outcome type {key}; did you mean {suggestion}?"
    RetiredOutcomeType    "retired_outcome_type"    Error Registry false [Key]                                           "Outcome type {key} is retired" ""
    DuplicateKey          "duplicate_key"           Error Registry false [Key, Suggestion]                    "The key {key} is in use already" "The key {key} is in use already; {suggestion} is free"
    Immutable             "immutable"               Error Document false [Expected, Received]       "A key cannot be changed: expected {expected}, found {received}" ""
    SystemType            "system_type"             Error Registry false [Key]                                           "{key} is a system type: it can be neither changed nor deleted" ""

    MissingTarget         "missing_target"          Error Document false [Expected]                           "The call names no target: expected {expected}" ""
    ConflictingFields     "conflicting_fields"      Error Document false [Other]                                         "{Field} and {other} say different things" ""
    EmptyBatch            "empty_batch"             Error Document false [Limit]                                         "The batch is empty: expected 1 to {limit} items" ""
    TooManyItems          "too_many_items"          Error Document false [Limit]                                         "More than the limit of {limit} items in the batch" ""
    RefusedByServer       "refused_by_server"       Error Document true  [HttpStatus, ServerCode, ServerMessage] "The server refused this with status {status}" ""
    TooManyIssues         "too_many_issues"         Error Document true  [Count]                                         "And {count} more" ""

    UnknownField          "unknown_field"           Warning Document false [Suggestion]                                 "Unknown field {field}" "Unknown field {field}; did you mean {suggestion}?"
    NullField             "null_field"              Warning Document false []                                                      "{Field} is null and counts as absent" ""
    ReadOnly              "read_only"               Warning Document false []                                                      "{Field} is set by the server and left out" ""
    Defaulted             "defaulted"               Warning Document false [Default]                                     "Choose {field}: without a choice it is {default}" ""
    ByteOrderMark         "byte_order_mark"         Warning Document false []                                                      "The text begins with a byte-order mark; some parsers refuse it" ""

    DeprecatedField       "deprecated_field"        Warning Document false [Current]                                  "" "{Field} is an older name; use {suggestion}"
    LegacyTarget          "legacy_target"           Warning Document false [Expected]                         "Only older servers take {field} as the target: better {expected}" ""
    TimestampForm         "timestamp_form"          Warning Document false [Expected, Received]     "Not every server reads the timestamp {received} the same way: better {expected}" ""
    FutureTimestamp       "future_timestamp"        Warning Document false [Received]                                    "The timestamp {received} lies in the future" ""
    IdempotencyMismatch   "idempotency_mismatch"    Warning Document false []                                                      "{Field} differs from the Idempotency-Key header; the field counts" ""
    RepeatedIdempotencyKey "repeated_idempotency_key" Warning Document false [First]                                     "Item {first} has the same {field}" ""
    UnconfirmedOutcomeType "unconfirmed_outcome_type" Warning Registry false [Key, Suggestion]                "Outcome type {key} is not in the list, and the list is incomplete" "Outcome type {key} is not in the list, and the list is incomplete; did you mean {suggestion}?"
    InactiveOutcomeType   "inactive_outcome_type"   Warning Registry false [Key, Status]                       "Outcome type {key} is not active: its status is {status}" ""
    NotListed             "not_listed"              Warning Registry false [Key]                                         "System type {key} is not in the list that the server sent" ""

    RowSkipped            "row_skipped"             Warning Document false []                                                      "This row is left out: it has no `key` that can be used" ""
    RowRepaired           "row_repaired"            Warning Document false [Repair]                                    "{Field} is of no use here; it counts as {default}" ""
    OddKey                "odd_key"                 Warning Document false [Key]                                         "The key {key} breaks the rules of a key; it is kept as the server sent it" ""
    RepeatedKey           "repeated_key"            Warning Document false [Key]                                         "The key {key} stands in the list more than once" ""
    SystemTypeConflict    "system_type_conflict"    Warning Document false [Key, Expected]          "System type {key} keeps {expected} as its {field}, whatever the list says" ""
    IncompleteList        "incomplete_list"         Warning Document false []                                                      "The list is incomplete: the server has more" ""

    RetiredKey            "retired_key"             Warning Document false [Key]                                         "The key {key} belonged to a retired type: their histories would mix" ""
    HistoryKept           "history_kept"            Warning Document false [Key]                                         "Interactions recorded as {key} stay in the history" ""
    StillReferenced       "still_referenced"        Warning Document false [Key]                                         "{key} is still used here" ""
    UnknownReference      "unknown_reference"       Warning Registry false [Key, Suggestion]                  "{key} is no registered outcome type" "{key} is no registered outcome type; did you mean {suggestion}?"
    RetiredReference      "retired_reference"       Warning Registry false [Key]                                         "Outcome type {key} is retired" ""
    InactiveReference     "inactive_reference"      Warning Registry false [Key, Status]                       "Outcome type {key} is not active: its status is {status}" ""
}

/// The codes of a table of yes and no, a bit each.
macro_rules! bits {
    ($row:ident => $is:expr) => {{
        let mut bits = 0_u64;
        let mut rest = CODES;
        while let [head @ .., $row] = rest {
            bits = bits << 1 | $is as u64;
            rest = head;
        }
        bits
    }};
}

const WARNINGS: u64 = bits!(row => matches!(row.severity, Severity::Warning));
const OF_REGISTRY: u64 = bits!(row => matches!(row.basis, Basis::Registry));
const FIXED: u64 = bits!(row => row.fixed);
const _: () = assert!(CODES.len() <= u64::BITS as usize, "a code needs its bit");

impl Code {
    /// The code's row in the table.
    pub const fn row(self) -> &'static CodeRow {
        #[allow(clippy::indexing_slicing, reason = "a code is an index of the table that made it")]
        &CODES[self as usize]
    }

    /// The code's text.
    pub const fn text(self) -> &'static str {
        self.row().text
    }

    /// What it is unless a rule, or the caller's `rules`, says otherwise.
    pub const fn severity(self) -> Severity {
        if self.is_in(WARNINGS) { Severity::Warning } else { Severity::Error }
    }

    /// What it rests on.
    pub const fn basis(self) -> Basis {
        if self.is_in(OF_REGISTRY) { Basis::Registry } else { Basis::Document }
    }

    /// Whether `rules` may not override it.
    pub const fn is_fixed(self) -> bool {
        self.is_in(FIXED)
    }

    const fn is_in(self, bits: u64) -> bool {
        bits >> self as u64 & 1 == 1
    }
}

/// A step of a path: a member's name or an element's index.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// A member of an object.
    Name(String),
    /// An element of a list, from 0.
    Index(u32),
}

/// One typed fact of an issue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fact {
    /// A text, cut at 255 characters where it is somebody's.
    Text(String),
    /// A count, a limit, a position.
    Number(u64),
    /// Words or phrases to choose from.
    Words(Vec<String>),
}

/// One thing that is wrong, or worth a look, in a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Issue {
    /// What it is.
    pub code: Code,
    /// Whether it refuses the document.
    pub severity: Severity,
    /// What it rests on.
    pub basis: Basis,
    /// Where: names and indexes from the document's top.
    pub path: Vec<Step>,
    /// One line that a form may show as it stands.
    pub message: String,
    /// Where in the text: bytes, or UTF-16 units where text was handed in; none for objects.
    pub offset: Option<u64>,
    /// The code's facts, by name.
    pub facts: Vec<(&'static str, Fact)>,
}

impl Issue {
    /// A fact of the issue, by its name.
    pub fn fact(&self, name: &str) -> Option<&Fact> {
        self.facts.iter().find(|(known, _)| *known == name).map(|(_, fact)| fact)
    }
}

/// The answer of a check: a value or issues, and warnings with either.
#[derive(Clone, Debug, PartialEq)]
pub struct Checked<T> {
    /// What the document says; nothing where it is refused.
    pub value: Option<T>,
    /// What refuses it; empty where it is taken.
    pub issues: Vec<Issue>,
    /// What is worth a look.
    pub warnings: Vec<Issue>,
}

impl<T> Checked<T> {
    /// Whether the document is taken.
    pub const fn ok(&self) -> bool {
        self.value.is_some()
    }
}

impl Severity {
    /// Its word.
    pub const fn word(self) -> &'static str {
        match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
        }
    }
}

impl Basis {
    /// Its word.
    pub const fn word(self) -> &'static str {
        match self {
            Basis::Document => "document",
            Basis::Registry => "registry",
        }
    }
}

impl Serialize for Code {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.text())
    }
}

impl Serialize for Step {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Step::Name(name) => serializer.serialize_str(name),
            Step::Index(index) => serializer.serialize_u32(*index),
        }
    }
}

impl Serialize for Fact {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Fact::Text(text) => serializer.serialize_str(text),
            Fact::Number(number) => serializer.serialize_u64(*number),
            Fact::Words(words) => words.serialize(serializer),
        }
    }
}

impl Serialize for Issue {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let fields = 5 + usize::from(self.offset.is_some()) + self.facts.len();
        let mut issue = serializer.serialize_struct("Issue", fields)?;
        issue.serialize_field("code", &self.code)?;
        issue.serialize_field("severity", &self.severity)?;
        issue.serialize_field("basis", &self.basis)?;
        issue.serialize_field("path", &self.path)?;
        issue.serialize_field("message", &self.message)?;
        if let Some(offset) = self.offset {
            issue.serialize_field("offset", &offset)?;
        }
        for (name, fact) in &self.facts {
            issue.serialize_field(name, fact)?;
        }
        issue.end()
    }
}
