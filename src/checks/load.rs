//! Loading a list of outcome types: a new registry, and what had to be mended on the way.
//!
//! ```
//! use kaireon_outcomes::{Registry, checks::{Settings, load::Options}};
//! let list = br#"{"data":[{"key":"applied","name":"Applied","classification":"positive","category":"response"}]}"#;
//! let loaded = Registry::load(list, &Options::default(), &Settings::default());
//! assert!(loaded.value.is_some_and(|registry| registry.has("applied") && registry.has("click")));
//! ```

use super::create::{self, *};
use super::log::{Checkpoint, Log, NO_ELEMENT, Override, Rules, WHOLE};
use super::table::{Field, Need, Object, Rule, Words};
use super::walk::{Walked, resume, walk};
use super::{BYTE_ORDER_MARK, begin, end, usual};
use crate::defaults::DEFAULTS;
use crate::issue::Code;
use crate::json::text::plain;
use crate::json::{Cursor, FaultKind, MAX_DEPTH, Number, Span, text};
use crate::key::Key;
use crate::order::TextIndex;
use crate::outcome::{Category, Classification, OutcomeType, Status};
use crate::registry::{self, Builder, Facts, Record, Registry, build};

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
pub static LIST: Object = Object::open("the list", &["data"], &[Field { rule: Rule::List, need: Need::Late }]);
const DATA: u8 = 0;

/// The members of a row.
pub static ROW: Object = Object::open("the row", create::NAMES, &ROW_FIELDS);
#[rustfmt::skip]
const ROW_FIELDS: [Field; FIELDS.len()] = create::with([
    (KEY,            Rule::Text, Need::Late),
    (NAME,           Rule::Filled, Need::Late),
    (DESCRIPTION,    Rule::Text, Need::Quiet),
    (CLASSIFICATION, Rule::Choice(Words::Classification), Need::Late),
    (CATEGORY,       Rule::Choice(Words::Category), Need::Late),
    (ORDINAL,        Rule::Whole(0), Need::Quiet),
    (STATUS,         Rule::Choice(Words::Status), Need::Quiet),
    (IS_SYSTEM,      Rule::Flag, Need::Quiet),
    (ID,             Rule::Text, Need::Quiet),
    (TENANT_ID,      Rule::Text, Need::Quiet),
    (VERSION,        Rule::Whole(0), Need::Quiet),
    (CREATED_AT,     Rule::Text, Need::Quiet),
    (UPDATED_AT,     Rule::Text, Need::Quiet),
    (DELETED_AT,     Rule::Text, Need::Quiet),
]);

/// The texts of a row in the order of a record, and the numbers.
const TEXTS: [u8; build::TEXTS] = [KEY, NAME, DESCRIPTION, ID, TENANT_ID, CREATED_AT, UPDATED_AT, DELETED_AT];
const NUMBERS: [u8; 2] = [ORDINAL, VERSION];

/// What reading a list gathers.
#[derive(Default)]
struct Loader {
    builder: Builder,
    /// The index of each record's row and the place of its key.
    rows: Vec<(u32, Span)>,
    walked: Walked,
    incomplete: bool,
}

/// Checks a list and makes a registry of it. `None` where it is refused.
pub fn check(bytes: &[u8], options: &Options, log: &mut Log) -> Option<Registry> {
    let depth = usual(options.max_depth, MAX_DEPTH).min(MAX_DEPTH);
    let max_types = usual(options.max_types, MAX_TYPES).min(registry::MAX_TYPES - DEFAULTS.len() as u32);
    let mut loader = Loader::default();
    let mut cursor = begin(bytes, usual(options.max_bytes, MAX_BYTES), log);
    loader.read(&mut cursor, depth, max_types, log);
    if !end(&mut cursor, depth, &Checkpoint::START, log) {
        return None;
    }
    loader.resolve(log);
    if log.errors() > 0 {
        return None;
    }
    Some(loader.builder.finish(!loader.incomplete))
}

/// Where the rows of a list stand.
pub fn rows_at(document: &[u8]) -> &'static [&'static str] {
    let mut cursor = Cursor::new(document);
    if document.starts_with(BYTE_ORDER_MARK) {
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
    let mut loader = Loader { builder: Builder::from_image(image), ..Loader::default() };
    let known = loader.builder.records.len();
    let mut cursor = begin(bytes, MAX_BYTES, log);
    loader.row(&mut cursor, MAX_DEPTH, 0, log);
    if !end(&mut cursor, MAX_DEPTH, &Checkpoint::START, log) || log.errors() > 0 {
        return None;
    }
    let mut builder = loader.builder;
    // A row that is left out is an error here: there is a record.
    let record = builder.records.pop()?;
    let key = builder.text(record.texts[build::KEY]);
    let mut place = 0;
    while place < known && builder.key(place) != key {
        place += 1;
    }
    let mut is_system = record.facts.is_system();
    match builder.records.get_mut(place) {
        Some(known) => {
            is_system |= known.facts.is_system();
            *known = record;
        }
        None => builder.records.push(record),
    }
    if is_system {
        return Some(None);
    }
    Some(Some(builder.finish(image.is_complete())))
}

/// The next registry, with the key's type retired at a time (ISO 8601).
pub fn retire(image: registry::Image, row: u32, deleted_at: &str) -> Registry {
    let mut builder = Builder::from_image(image);
    let span = builder.add_text(deleted_at);
    if let Some(record) = builder.records.get_mut(row as usize) {
        record.texts[build::DELETED_AT] = span;
        record.facts = record.facts.retired(true);
    }
    builder.finish(image.is_complete())
}

impl Loader {
    /// The document: a bare array, or an object with one.
    fn read(&mut self, cursor: &mut Cursor, depth: u32, max_types: u32, log: &mut Log) {
        let first = cursor.past_space();
        let start = cursor.at();
        if first == b'[' {
            return self.rows(cursor, depth, max_types, log);
        }
        let mut field = WHOLE;
        let mut span = Span::default();
        if first == b'{' {
            let mut pages = *cursor;
            let mut envelope = Walked::default();
            let before = log.checkpoint();
            let has_list = walk(cursor, depth, &LIST, &mut envelope, log);
            if has_list {
                self.rows(cursor, depth - 1, max_types, log);
                resume(cursor, depth, &LIST, &mut envelope, DATA, log);
            } else {
                log.go_back(&before);
                if envelope.named != 0 {
                    field = DATA;
                    span = envelope.place(DATA);
                }
            }
            let list = envelope.place(DATA);
            let at = if cursor.failed() { 0 } else { pages.search(depth, b"hasMore", list) };
            if at > 0 {
                self.incomplete = true;
                log.report(Code::IncompleteList, WHOLE, Span { at, len: 1 });
            }
            if has_list {
                return;
            }
        } else {
            cursor.skip(depth);
        }
        if field == WHOLE {
            span = cursor.since(start);
        }
        log.report(Code::NotARegistry, field, span);
    }

    fn rows(&mut self, cursor: &mut Cursor, room: u32, max_types: u32, log: &mut Log) {
        let start = cursor.at();
        if room == 0 {
            cursor.fail_at(start, FaultKind::Depth);
        }
        let mut place = 0;
        while cursor.element(place) {
            if place == max_types {
                log.enter(NO_ELEMENT);
                log.report(Code::TooManyTypes, WHOLE, Span { at: start, len: max_types });
                self.incomplete = true;
            }
            if place >= max_types {
                cursor.skip(room - 1);
            } else {
                log.enter(place);
                self.row(cursor, room - 1, place, log);
            }
            place += 1;
        }
        log.enter(NO_ELEMENT);
    }

    /// One row: mended where it can be, left out where it has no key.
    fn row(&mut self, cursor: &mut Cursor, room: u32, place: u32, log: &mut Log) {
        let document = cursor.document();
        let before = log.checkpoint();
        cursor.past_space();
        let at = cursor.at();
        log.repairing(true);
        walk(cursor, room, &ROW, &mut self.walked, log);
        log.repairing(false);
        if cursor.failed() {
            return;
        }
        let walked = &self.walked;
        if !walked.is_object || !walked.says(KEY) {
            log.go_back(&before);
            log.report(Code::RowSkipped, WHOLE, cursor.since(at));
            self.incomplete = true;
            return;
        }
        let key = walked.place(KEY);
        log.subject(key);
        let mut made = Vec::new();
        let text = plain(text(document, key, &mut made)).unwrap_or_default();
        let system = DEFAULTS.iter().find(|system| system.key == text);
        if let Some(system) = system {
            log.go_back(&before);
            log.subject(key);
            system_row(system, walked, log);
        } else {
            if Key::new(text).is_none() {
                log.report(Code::OddKey, KEY, key);
            }
            for field in [NAME, CLASSIFICATION, CATEGORY] {
                if !walked.has(field) {
                    log.report(Code::RowRepaired, field, walked.place(field));
                }
            }
        }
        self.record(document, text, system);
        self.rows.push((place, key));
    }

    /// Puts the row that was walked into the builder.
    fn record(&mut self, document: &[u8], key: &str, system: Option<&OutcomeType>) {
        let Self { builder, walked, .. } = self;
        let mut classification = walked.choice(CLASSIFICATION).and_then(Classification::at);
        let mut category = walked.choice(CATEGORY).and_then(Category::at);
        let mut status = walked.choice(STATUS).and_then(Status::at);
        let mut is_system = walked.choice(IS_SYSTEM) == Some(1);
        let (mut name, mut description) = (key, "");
        // A row of one of the ten that says that it is no system type speaks of something else.
        let mut denies = false;
        if let Some(system) = system {
            (name, description) = (system.name, system.description);
            (classification, category) = (Some(system.classification), Some(system.category));
            denies = walked.choice(IS_SYSTEM) == Some(0);
            is_system = true;
        }
        if walked.has(STATUS) && status.is_none() {
            status = Some(Status::Active);
        }
        if system.is_some() && status != Some(Status::Active) {
            status = None;
        }
        let mut record = Record::new(
            Facts::new(
                classification.unwrap_or(Classification::Neutral),
                category.unwrap_or(Category::Response),
                is_system,
                status,
            )
            .listed(true),
        );
        for (place, field) in record.texts.iter_mut().zip(&TEXTS) {
            let value = walked.value(*field);
            let empty = !walked.says(*field);
            *place = match (*field, value) {
                (NAME, _) if denies || empty => builder.add_text(name),
                (DESCRIPTION, _) if denies || empty => builder.add_text(description),
                (DELETED_AT, _) if empty || system.is_some() => continue,
                (_, Some(value)) => {
                    builder.add_text(plain(text(document, value.span, &mut Vec::new())).unwrap_or_default())
                }
                _ => continue,
            };
            if *field == DELETED_AT {
                record.facts = record.facts.retired(true);
            }
        }
        for (number, field) in record.numbers.iter_mut().zip(&NUMBERS) {
            if let Some(value) = walked.value(*field)
                && let Some(whole) = Number::new(value.span.of(document)).whole()
            {
                *number = whole as f64;
            }
        }
        builder.records.push(record);
    }

    /// Leaves every key once among the records, and adds what the list has not of the ten.
    fn resolve(&mut self, log: &mut Log) {
        let Self { builder, rows, .. } = self;
        let mut index = TextIndex::default();
        let mut kept = Vec::new();
        // For each key's first record the one that counts.
        let mut counts = Vec::new();
        for (place, (row, key)) in rows.iter().enumerate() {
            counts.push(place);
            kept.push(true);
            let Some(first) = builder.earlier(&mut index, place) else { continue };
            log.enter(*row);
            log.subject(*key);
            log.report(Code::RepeatedKey, KEY, *key);
            let Some(counting) = counts.get_mut(first) else { continue };
            let mut loser = *counting;
            if is_retired(builder, place) && !is_retired(builder, loser) {
                loser = place;
            } else {
                *counting = place;
            }
            if let Some(kept) = kept.get_mut(loser) {
                *kept = false;
            }
        }
        log.enter(NO_ELEMENT);
        let mut count = 0;
        for (place, kept) in kept.into_iter().enumerate() {
            if kept
                && let Some(record) = builder.records.get(place).copied()
                && let Some(slot) = builder.records.get_mut(count)
            {
                *slot = record;
                count += 1;
            }
        }
        builder.records.truncate(count);
        for system in &DEFAULTS {
            if !builder.has(system.key.as_bytes()) {
                builder.push(system, Facts::of(system, false));
            }
        }
    }
}

fn is_retired(builder: &Builder, place: usize) -> bool {
    builder.records.get(place).is_some_and(|record| record.facts.is_retired())
}

/// Reports where a list wants one of the ten to be something else than it is.
fn system_row(system: &OutcomeType, walked: &Walked, log: &mut Log) {
    let classification = system.classification as u8;
    let category = system.category as u8;
    for (field, kept) in [
        (CLASSIFICATION, classification),
        (CATEGORY, category),
        (STATUS, Status::Active as u8),
        (IS_SYSTEM, 1),
        (DELETED_AT, 0),
    ] {
        let same = match walked.value(field) {
            None => !walked.has(field),
            Some(value) if field == DELETED_AT => value.is_empty(),
            Some(value) => value.choice == kept,
        };
        if !same {
            log.report(Code::SystemTypeConflict, field, walked.place(field));
        }
    }
}
