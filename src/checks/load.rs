//! Loading a list of outcome types: a new registry, and what had to be mended on the way.
//!
//! ```
//! use kaireon_outcomes::{Registry, checks::{Settings, load::Options}};
//! let list = br#"{"data":[{"key":"applied","name":"Applied","classification":"positive","category":"response"}]}"#;
//! let loaded = Registry::load(list, &Options::default(), &Settings::default());
//! assert!(loaded.value.is_some_and(|registry| registry.has("applied") && registry.has("click")));
//! ```

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::create::{self, *};
use super::log::{Log, NO_ELEMENT, Override, Rules, WHOLE};
use super::table::{Field, Need, Object, Rule};
use super::walk::{Walked, walk};
use super::{Limits, document, usual};
use crate::defaults::DEFAULTS;
use crate::issue::Code;
use crate::json::{Cursor, Fault, MAX_DEPTH, Number, Span};
use crate::key::Key;
use crate::outcome::{Category, Classification, OutcomeType, Status};
use crate::registry::{self, Registry, Row};

/// The most bytes of a list.
pub const MAX_BYTES: u32 = 16 << 20;
/// The most types of a list.
pub const MAX_TYPES: u32 = 100_000;

/// How to read a list; a limit of 0 is the usual one.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options {
    /// The most bytes.
    pub max_bytes: u32,
    /// The most types.
    pub max_types: u32,
    /// The most levels.
    pub max_depth: u32,
}

/// The members of a list in an envelope.
pub static LIST: Object = Object::open("the list", &[Field { name: "data", rule: Rule::List, need: Need::Late }]);
const DATA: u8 = 0;

/// The members of a row.
pub static ROW: Object = Object::open("the row", &ROW_FIELDS);
#[rustfmt::skip]
const ROW_FIELDS: [Field; FIELDS.len()] = create::with([
    (KEY,            Rule::Text, Need::Late),
    (NAME,           Rule::Filled, Need::Late),
    (DESCRIPTION,    Rule::Text, Need::Quiet),
    (CLASSIFICATION, Rule::Choice(Classification::WORDS), Need::Late),
    (CATEGORY,       Rule::Choice(Category::WORDS), Need::Late),
    (ORDINAL,        Rule::Whole(0), Need::Quiet),
    (STATUS,         Rule::Choice(Status::WORDS), Need::Quiet),
    (IS_SYSTEM,      Rule::Flag, Need::Quiet),
    (ID,             Rule::Text, Need::Quiet),
    (TENANT_ID,      Rule::Text, Need::Quiet),
    (VERSION,        Rule::Whole(0), Need::Quiet),
    (CREATED_AT,     Rule::Text, Need::Quiet),
    (UPDATED_AT,     Rule::Text, Need::Quiet),
    (DELETED_AT,     Rule::Text, Need::Quiet),
]);

/// A row as the list had it.
struct Draft<'a> {
    place: u32,
    key_span: Span,
    key: Cow<'a, str>,
    texts: [Option<Cow<'a, str>>; 7],
    numbers: [Option<f64>; 2],
    classification: Classification,
    category: Category,
    status: Option<Status>,
    is_system: Option<bool>,
}

/// What reading a list gathers.
#[derive(Default)]
struct Loader<'a> {
    drafts: Vec<Draft<'a>>,
    walked: Walked,
    incomplete: bool,
    has_list: bool,
    /// What stands where the list should be.
    not_a_list: Option<(u8, Span)>,
}

/// Checks a list and makes a registry of it. `None` where it is refused.
pub fn check(bytes: &[u8], options: &Options, log: &mut Log) -> Option<Registry> {
    let limits = Limits {
        bytes: usual(options.max_bytes, MAX_BYTES),
        depth: usual(options.max_depth, MAX_DEPTH).min(MAX_DEPTH),
    };
    let max_types = usual(options.max_types, MAX_TYPES).min(registry::MAX_TYPES - DEFAULTS.len() as u32);
    let mut loader = Loader::default();
    document(bytes, limits, log, |cursor, log| loader.read(cursor, limits.depth, max_types, log))?;
    let complete = !loader.incomplete;
    let rows = resolve(&loader.drafts, log);
    (log.errors() == 0).then(|| Registry::build(rows, complete))
}

/// Where the rows of a list stand.
pub fn rows_at(document: &[u8]) -> &'static [&'static str] {
    let mut cursor = Cursor::new(document);
    if document.starts_with(b"\xef\xbb\xbf") {
        cursor.skip_bytes(3);
    }
    if cursor.past_space() == b'[' { &[] } else { &["data"] }
}

/// Checks one row, as the platform answers when a type was made or changed: the next registry.
/// `None` where it is no row; nothing at all where it is about a system type.
pub fn check_row(image: registry::Image, bytes: &[u8], log: &mut Log) -> Option<Option<Registry>> {
    // Here there is no next row that the registry could do with.
    let mut rules = Rules::default();
    rules.set(Code::RowSkipped, Override::Error);
    log.restart(Some(rules), log.limit);
    let limits = Limits { bytes: MAX_BYTES, depth: MAX_DEPTH };
    let mut loader = Loader::default();
    document(bytes, limits, log, |cursor, log| loader.row(cursor, limits.depth, 0, log))?;
    let draft = loader.drafts.first().filter(|_| log.errors() == 0)?;
    let found = image.find(draft.key.as_bytes());
    if draft.is_system == Some(true) || found.is_some_and(|found| found.facts.is_system()) {
        return Some(None);
    }
    Some(Some(image.with(draft.outcome())))
}

impl<'a> Loader<'a> {
    /// The document: a bare array, or an object with one.
    fn read(&mut self, cursor: &mut Cursor<'a>, depth: u32, max_types: u32, log: &mut Log) -> Result<(), Fault> {
        let first = cursor.past_space();
        let start = cursor.at();
        if first == b'[' {
            self.has_list = true;
            return self.rows(cursor, depth, max_types, log);
        }
        if first == b'{' {
            self.envelope(cursor, depth, max_types, log)?;
        } else {
            cursor.skip(depth)?;
        }
        if !self.has_list {
            let (field, span) = self.not_a_list.unwrap_or((WHOLE, Span { at: start, len: cursor.at() - start }));
            log.report(Code::NotARegistry, field, span);
        }
        Ok(())
    }

    fn envelope(&mut self, cursor: &mut Cursor<'a>, depth: u32, max_types: u32, log: &mut Log) -> Result<(), Fault> {
        let mut pages = *cursor;
        let mut envelope = Walked::default();
        let before = log.checkpoint();
        let mut rows = |cursor: &mut Cursor<'a>, room: u32, log: &mut Log| {
            self.has_list = true;
            self.rows(cursor, room, max_types, log)
        };
        walk(cursor, depth, &LIST, &mut envelope, log, Some(&mut rows))?;
        if !self.has_list {
            log.go_back(before);
            if envelope.named != 0 {
                self.not_a_list = Some((DATA, envelope.place(DATA)));
            }
        }
        if let Some(at) = has_more(&mut pages, depth, envelope.place(DATA))? {
            self.incomplete = true;
            log.report(Code::IncompleteList, WHOLE, Span { at, len: 1 });
        }
        Ok(())
    }

    fn rows(&mut self, cursor: &mut Cursor<'a>, room: u32, max_types: u32, log: &mut Log) -> Result<(), Fault> {
        let start = cursor.at();
        let read = super::elements(cursor, room, |cursor, room, place| {
            if place == max_types {
                log.enter(NO_ELEMENT);
                log.report(Code::TooManyTypes, WHOLE, Span { at: start, len: max_types });
                self.incomplete = true;
            }
            if place >= max_types {
                return cursor.skip(room);
            }
            log.enter(place);
            self.row(cursor, room, place, log)
        });
        log.enter(NO_ELEMENT);
        read
    }

    /// One row: mended where it can be, left out where it has no key.
    fn row(&mut self, cursor: &mut Cursor<'a>, room: u32, place: u32, log: &mut Log) -> Result<(), Fault> {
        let document = cursor.document();
        let before = log.checkpoint();
        cursor.past_space();
        let at = cursor.at();
        log.repairing(true);
        let read = walk(cursor, room, &ROW, &mut self.walked, log, None);
        log.repairing(false);
        let is_object = read?;
        let walked = &self.walked;
        let key = walked.value(KEY).filter(|key| is_object && key.text.span.len > 0).copied();
        let Some(key) = key else {
            log.go_back(before);
            log.report(Code::RowSkipped, WHOLE, Span { at, len: cursor.at() - at });
            self.incomplete = true;
            return Ok(());
        };
        let draft = Draft::new(document, place, key.span, walked);
        log.subject(key.span);
        if let Some(system) = DEFAULTS.iter().find(|system| system.key == draft.key) {
            log.go_back(before);
            log.subject(key.span);
            system_row(document, system, walked, log);
        } else {
            if Key::new(&draft.key).is_none() {
                log.report(Code::OddKey, KEY, key.span);
            }
            for field in [NAME, CLASSIFICATION, CATEGORY] {
                if !walked.has(field) {
                    log.report(Code::RowRepaired, field, walked.place(field));
                }
            }
        }
        self.drafts.push(draft);
        Ok(())
    }
}

/// Where the envelope, its list aside, says that there is more. The cursor stands on the opening
/// brace of an envelope that was read before.
fn has_more(cursor: &mut Cursor, depth: u32, list: Span) -> Result<Option<u32>, Fault> {
    const NAME: &[u8] = b"hasMore";
    let mut found = None;
    cursor.past_space();
    cursor.step();
    while cursor.past_space() == b'"' {
        let at = cursor.at();
        let name = cursor.string()?;
        cursor.past_space();
        cursor.step();
        cursor.past_space();
        if cursor.at() == list.at {
            cursor.skip_bytes(list.len as usize);
        } else {
            let says_so = cursor.rest().starts_with(b"true") && name.decode(cursor.document()).as_bytes() == NAME;
            found = found.or(says_so.then_some(at)).or(cursor.search(depth, Some(NAME))?);
        }
        cursor.past_space();
        cursor.step();
    }
    Ok(found)
}

/// Reports where a list wants one of the ten to be something else than it is.
fn system_row(document: &[u8], system: &OutcomeType, walked: &Walked, log: &mut Log) {
    let text = |field| walked.value(field).map(|value| value.text.decode(document));
    let differs = |field: u8, kept: &str| walked.has(field) && text(field).is_none_or(|found| found != kept);
    let retired = walked.has(DELETED_AT) && text(DELETED_AT).is_none_or(|time| !time.is_empty());
    let conflicts = [
        (CLASSIFICATION, differs(CLASSIFICATION, system.classification.word())),
        (CATEGORY, differs(CATEGORY, system.category.word())),
        (STATUS, differs(STATUS, Status::Active.word())),
        (IS_SYSTEM, walked.has(IS_SYSTEM) && walked.value(IS_SYSTEM).is_none_or(|value| value.choice == 0)),
        (DELETED_AT, retired),
    ];
    for (field, conflicting) in conflicts {
        if conflicting {
            log.report(Code::SystemTypeConflict, field, walked.place(field));
        }
    }
}

impl<'a> Draft<'a> {
    fn new(document: &'a [u8], place: u32, key_span: Span, walked: &Walked) -> Self {
        let text = |field| walked.value(field).map(|value| value.text.decode(document));
        let number = |field| {
            let value = walked.value(field)?;
            Number::new(value.span.of(document)).whole().map(|whole| whole as f64)
        };
        let choice = |field| walked.value(field).map(|value| usize::from(value.choice));
        Self {
            place,
            key_span,
            key: text(KEY).unwrap_or_default(),
            texts: [NAME, DESCRIPTION, ID, TENANT_ID, CREATED_AT, UPDATED_AT, DELETED_AT].map(text),
            numbers: [ORDINAL, VERSION].map(number),
            classification: choice(CLASSIFICATION).and_then(Classification::at).unwrap_or(Classification::Neutral),
            category: choice(CATEGORY).and_then(Category::at).unwrap_or(Category::Response),
            status: match choice(STATUS) {
                None if walked.has(STATUS) => Some(Status::Active),
                choice => choice.and_then(Status::at),
            },
            is_system: choice(IS_SYSTEM).map(|choice| choice == 1),
        }
    }

    /// The type that the row stands for.
    fn outcome(&self) -> OutcomeType<'_> {
        let [name, description, id, tenant_id, created_at, updated_at, deleted_at] =
            self.texts.each_ref().map(|text| text.as_deref());
        let [ordinal, version] = self.numbers;
        OutcomeType {
            key: &self.key,
            name: name.unwrap_or(&self.key),
            description: description.unwrap_or_default(),
            classification: self.classification,
            category: self.category,
            is_system: self.is_system == Some(true),
            id,
            tenant_id,
            ordinal,
            status: self.status,
            version,
            created_at,
            updated_at,
            deleted_at: deleted_at.filter(|time| !time.is_empty()),
        }
    }

    /// One of the ten, with the words that the row has for it.
    fn system(&'a self, system: &OutcomeType<'a>) -> OutcomeType<'a> {
        let row = self.outcome();
        // A row that says that it is no system type speaks of something else.
        let (name, description) = match self.is_system {
            Some(false) => (None, None),
            _ => (self.texts[0].as_deref(), self.texts[1].as_deref()),
        };
        OutcomeType {
            key: system.key,
            name: name.filter(|name| !name.is_empty()).unwrap_or(system.name),
            description: description.filter(|text| !text.is_empty()).unwrap_or(system.description),
            classification: system.classification,
            category: system.category,
            is_system: true,
            status: self.status.filter(|status| *status == Status::Active),
            deleted_at: None,
            ..row
        }
    }
}

/// The rows of a registry: every key once, and the ten whether the list has them or not.
fn resolve<'a>(drafts: &'a [Draft<'a>], log: &mut Log) -> Vec<Row<'a>> {
    let mut by_key: BTreeMap<&str, &Draft> = BTreeMap::new();
    for draft in drafts {
        let earlier = by_key.get(&*draft.key).copied();
        if earlier.is_some() {
            log.enter(draft.place);
            log.subject(draft.key_span);
            log.report(Code::RepeatedKey, KEY, draft.key_span);
        }
        let retired = |draft: &Draft| draft.outcome().is_retired();
        if !earlier.is_some_and(|earlier| !retired(earlier) && retired(draft)) {
            by_key.insert(&draft.key, draft);
        }
    }
    log.enter(NO_ELEMENT);
    let mut rows: Vec<Row> = DEFAULTS
        .iter()
        .filter(|system| !by_key.contains_key(system.key))
        .map(|system| Row { outcome: *system, listed: false })
        .collect();
    let mut kept: Vec<&Draft> = by_key.into_values().collect();
    kept.sort_unstable_by_key(|draft| draft.place);
    for draft in kept {
        let system = DEFAULTS.iter().find(|system| system.key == draft.key);
        let outcome = system.map_or_else(|| draft.outcome(), |system| draft.system(system));
        rows.push(Row { outcome, listed: true });
    }
    rows
}
