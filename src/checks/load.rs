//! Loading a list of outcome types: a new registry, and what had to be mended on the way.
//!
//! ```
//! use kaireon_outcomes::{Registry, checks::{Settings, load::Options}};
//! let list = br#"{"data":[{"key":"applied","name":"Applied","classification":"positive","category":"response"}]}"#;
//! let loaded = Registry::load(list, &Options::default(), &Settings::default());
//! assert!(loaded.value.is_some_and(|registry| registry.has("applied") && registry.has("click")));
//! ```

use super::create::KEY;
use super::log::{Checkpoint, Log, NO_ELEMENT, Override, Rules, WHOLE};
use super::row::{REPAIRED, ROW, conflicts, fill};
use super::table::{Field, Need, Object, Rule};
use super::walk::{Walked, walk};
use super::{BYTE_ORDER_MARK, begin, end, next_name, usual};
use crate::defaults::{self, SYSTEM};
use crate::issue::Code;
use crate::json::{Cursor, Fault, MAX_DEPTH, Span};
use crate::key::is_key;
use crate::order::{NEW, TextIndex};
use crate::outcome::{Category, Classification};
use crate::registry::{self, Builder, Record, record};
use crate::room::{extend, push};

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

/// What reading a list gathers.
struct Loader<'l> {
    builder: &'l mut Builder,
    walked: &'l mut Walked,
    /// The index of each record's row and the place of its key.
    rows: Vec<(u32, Span)>,
    has_list: bool,
    /// What stands where the list should be.
    not_a_list: Option<(u8, Span)>,
}

/// Checks a list; its types go to an empty `builder`. `false` where it is refused.
pub(crate) fn check(
    bytes: &[u8],
    options: &Options,
    walked: &mut Walked,
    builder: &mut Builder,
    log: &mut Log,
) -> bool {
    let depth = usual(options.max_depth, MAX_DEPTH).min(MAX_DEPTH);
    let max_types = usual(options.max_types, MAX_TYPES).min(registry::MAX_TYPES - SYSTEM.len() as u32);
    let Some(mut cursor) = begin(bytes, usual(options.max_bytes, MAX_BYTES), log) else { return false };
    builder.complete = true;
    let mut loader = Loader::new(walked, builder);
    let read = loader.read(&mut cursor, depth, max_types, log);
    if !end(&mut cursor, read, depth, &Checkpoint::START, log) {
        return false;
    }
    loader.resolve(log);
    log.errors() == 0
}

/// The member that has the rows of a list; empty where the list itself does.
pub fn rows_at(document: &[u8]) -> &'static str {
    let mut cursor = Cursor::new(document);
    if document.starts_with(BYTE_ORDER_MARK) {
        cursor.skip_bytes(3);
    }
    if cursor.past_space() == b'[' { "" } else { "data" }
}

/// What came of one row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Row {
    /// It is no row.
    Refused,
    /// It is about a system type, which nobody replaces.
    System,
    /// The builder has the next registry.
    Taken,
}

/// Checks one row, as the platform answers when a type was made or changed; the next registry goes
/// to an empty `builder`.
pub(crate) fn check_row(
    image: registry::Image,
    bytes: &[u8],
    walked: &mut Walked,
    builder: &mut Builder,
    log: &mut Log,
) -> Row {
    // Here there is no next row that the registry could do with.
    let mut rules = Rules::default();
    rules.set(Code::RowSkipped, Override::Error);
    log.restart(Some(rules), log.limit);
    builder.take(image);
    let Some(mut cursor) = begin(bytes, MAX_BYTES, log) else { return Row::Refused };
    let read = Loader::new(walked, builder).row(&mut cursor, MAX_DEPTH, 0, log);
    if !end(&mut cursor, read, MAX_DEPTH, &Checkpoint::START, log) || log.errors() > 0 {
        return Row::Refused;
    }
    // A row that is left out is an error here: there is a record.
    let Some(record) = builder.records.pop() else { return Row::Refused };
    let mut is_system = record.facts().is_system();
    let known = image.find(record.text(record::KEY).of(&builder.text));
    match known.and_then(|known| builder.records.get_mut(known.row as usize)) {
        Some(known) => {
            is_system |= known.facts().is_system();
            *known = record;
        }
        None => push(&mut builder.records, record),
    }
    if is_system { Row::System } else { Row::Taken }
}

/// Puts the registry into an empty `builder`, with the type at a place retired at a time (ISO 8601).
pub(crate) fn retire(image: registry::Image, row: u32, deleted_at: &[u8], builder: &mut Builder) {
    builder.take(image);
    let at = builder.text.len() as u32;
    extend(&mut builder.text, deleted_at);
    if let Some(record) = builder.records.get_mut(row as usize) {
        record.set(record::DELETED_AT, at, deleted_at.len() as u32);
        record.conclude(record.facts().is_listed());
    }
}

impl<'l> Loader<'l> {
    fn new(walked: &'l mut Walked, builder: &'l mut Builder) -> Self {
        Self { builder, walked, rows: Vec::new(), has_list: false, not_a_list: None }
    }

    /// The document: a bare array, or an object with one.
    fn read(&mut self, cursor: &mut Cursor, depth: u32, max_types: u32, log: &mut Log) -> Result<(), Fault> {
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

    fn envelope(&mut self, cursor: &mut Cursor, depth: u32, max_types: u32, log: &mut Log) -> Result<(), Fault> {
        let mut pages = *cursor;
        let mut envelope = Walked::default();
        let before = log.checkpoint();
        let mut rows = |cursor: &mut Cursor, room: u32, log: &mut Log| {
            self.has_list = true;
            self.rows(cursor, room, max_types, log)
        };
        walk(cursor, depth, &LIST, &mut envelope, log, Some(&mut rows))?;
        if !self.has_list {
            log.go_back(&before);
            if envelope.named != 0 {
                self.not_a_list = Some((DATA, envelope.place(DATA)));
            }
        }
        if let Some(at) = has_more(&mut pages, depth, envelope.place(DATA)) {
            self.builder.complete = false;
            log.report(Code::IncompleteList, WHOLE, Span { at, len: 1 });
        }
        Ok(())
    }

    fn rows(&mut self, cursor: &mut Cursor, room: u32, max_types: u32, log: &mut Log) -> Result<(), Fault> {
        let start = cursor.at();
        let read = super::elements(cursor, room, &mut |cursor, room, place| {
            if place == max_types {
                log.enter(NO_ELEMENT);
                log.report(Code::TooManyTypes, WHOLE, Span { at: start, len: max_types });
                self.builder.complete = false;
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
    fn row(&mut self, cursor: &mut Cursor, room: u32, place: u32, log: &mut Log) -> Result<(), Fault> {
        let document = cursor.document();
        let before = log.checkpoint();
        cursor.past_space();
        let at = cursor.at();
        log.repairing(true);
        let read = walk(cursor, room, &ROW, self.walked, log, None);
        log.repairing(false);
        read?;
        let Self { builder, walked, .. } = self;
        let Some(key) = walked.value(KEY).filter(|key| walked.is_object && key.text.span.len > 0) else {
            log.go_back(&before);
            log.report(Code::RowSkipped, WHOLE, Span { at, len: cursor.at() - at });
            builder.complete = false;
            return Ok(());
        };
        log.subject(key.span);
        let text_at = builder.text.len();
        key.text.push_to(document, &mut builder.text);
        let text = builder.text.get(text_at..).unwrap_or_default();
        let system = defaults::find(text);
        let mut record = Record::new();
        if let Some(system) = system {
            log.go_back(&before);
            log.subject(key.span);
            record = builder.system(system);
            conflicts(&record, walked, log);
        } else {
            if !is_key(text) {
                log.report(Code::OddKey, KEY, key.span);
            }
            for field in &REPAIRED {
                if !walked.has(*field) {
                    log.report(Code::RowRepaired, *field, walked.place(*field));
                }
            }
            // What stands in for what is missing.
            record.set(record::KEY, text_at as u32, text.len() as u32);
            record.set(record::NAME, text_at as u32, text.len() as u32);
            record.set(record::DESCRIPTION, 0, 0);
            record.set(record::CLASSIFICATION, Classification::Neutral as u32, 0);
            record.set(record::CATEGORY, Category::Response as u32, 0);
            record.set(record::IS_SYSTEM, 0, 0);
        }
        fill(&mut record, system.is_some(), document, walked, builder);
        record.conclude(true);
        push(&mut builder.records, record);
        push(&mut self.rows, (place, key.span));
        Ok(())
    }

    /// Leaves every key once among the records, and adds what the list has not of the ten.
    fn resolve(&mut self, log: &mut Log) {
        let Self { builder, rows, .. } = self;
        let mut index = TextIndex::default();
        // For each key the record that counts.
        let mut counts = Vec::new();
        for (place, (row, span)) in rows.iter().enumerate() {
            let Some(counting) = counts.get_mut(index.insert(builder.key(place)) as usize) else {
                push(&mut counts, place);
                continue;
            };
            log.enter(*row);
            log.subject(*span);
            log.report(Code::RepeatedKey, KEY, *span);
            let mut loser = *counting;
            if is_retired(builder, place) && !is_retired(builder, loser) {
                loser = place;
            } else {
                *counting = place;
            }
            if let Some(record) = builder.records.get_mut(loser) {
                *record = Record::new();
            }
        }
        log.enter(NO_ELEMENT);
        for system in &SYSTEM {
            let [key, ..] = system.texts;
            if index.insert(key.as_bytes()) == NEW {
                builder.push_system(system, false);
            }
        }
    }
}

fn is_retired(builder: &Builder, place: usize) -> bool {
    match builder.records.get(place) {
        Some(record) => record.facts().is_retired(),
        None => false,
    }
}

/// Where the envelope, its list aside, says that there is more. The cursor stands on the opening
/// brace of an envelope that was read before.
fn has_more(cursor: &mut Cursor, depth: u32, list: Span) -> Option<u32> {
    const NAME: &[u8] = b"hasMore";
    let mut found = None;
    cursor.step();
    while let Some(name) = next_name(cursor) {
        if cursor.at() == list.at {
            cursor.skip_bytes(list.len as usize);
            continue;
        }
        let says_so = cursor.rest().starts_with(b"true") && name.decode(cursor.document()).as_bytes() == NAME;
        let inside = cursor.search(depth, Some(NAME)).ok()?;
        if found.is_none() {
            found = if says_so { Some(name.span.at - 1) } else { inside };
        }
    }
    found
}
