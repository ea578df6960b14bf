//! Loading a list of outcome types: a new registry, and what had to be mended on the way.
//!
//! ```
//! use kaireon_outcomes::{Registry, checks::{Settings, load::Options}};
//! let list = br#"{"data":[{"key":"applied","name":"Applied","classification":"positive","category":"response"}]}"#;
//! let loaded = Registry::load(list, &Options::default(), &Settings::default());
//! assert!(loaded.value.is_some_and(|registry| registry.has("applied") && registry.has("click")));
//! ```

use super::create::{self, *};
use super::log::{Log, NO_ELEMENT, Override, Rules, WHOLE};
use super::table::{Field, Need, Object, Rule};
use super::walk::{Walked, walk};
use super::{Limits, document, usual};
use crate::defaults::DEFAULTS;
use crate::issue::Code;
use crate::json::{Cursor, Fault, MAX_DEPTH, Number, Span};
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
    loader.resolve(log);
    (log.errors() == 0).then(|| loader.builder.finish(!loader.incomplete))
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
    let builder = Builder::from_image(image);
    let known = builder.records.len();
    let mut loader = Loader { builder, ..Loader::default() };
    document(bytes, limits, log, |cursor, log| loader.row(cursor, limits.depth, 0, log))?;
    let record = loader.builder.records.pop().filter(|_| log.errors() == 0 && loader.rows.len() == 1)?;
    let key = loader.builder.text(record.texts[build::KEY]);
    let found = (0..known).find(|place| loader.builder.key(*place) == key);
    let place = found.and_then(|place| loader.builder.records.get_mut(place));
    if record.facts.is_system() || place.as_ref().is_some_and(|known| known.facts.is_system()) {
        return Some(None);
    }
    match place {
        Some(known) => *known = record,
        None => loader.builder.records.push(record),
    }
    Some(Some(loader.builder.finish(image.is_complete())))
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

    fn rows(&mut self, cursor: &mut Cursor, room: u32, max_types: u32, log: &mut Log) -> Result<(), Fault> {
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
    fn row(&mut self, cursor: &mut Cursor, room: u32, place: u32, log: &mut Log) -> Result<(), Fault> {
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
        log.subject(key.span);
        let text = key.text.decode(document);
        let system = DEFAULTS.iter().find(|system| system.key == text);
        if let Some(system) = system {
            log.go_back(before);
            log.subject(key.span);
            system_row(document, system, walked, log);
        } else {
            if Key::new(&text).is_none() {
                log.report(Code::OddKey, KEY, key.span);
            }
            for field in [NAME, CLASSIFICATION, CATEGORY] {
                if !walked.has(field) {
                    log.report(Code::RowRepaired, field, walked.place(field));
                }
            }
        }
        self.record(document, system);
        self.rows.push((place, key.span));
        Ok(())
    }

    /// Puts the row that was walked into the builder.
    fn record(&mut self, document: &[u8], system: Option<&OutcomeType>) {
        let Self { builder, walked, .. } = self;
        let choice = |field| walked.value(field).map(|value| usize::from(value.choice));
        let is_system = choice(IS_SYSTEM) == Some(1);
        let classification = choice(CLASSIFICATION).and_then(Classification::at).unwrap_or(Classification::Neutral);
        let category = choice(CATEGORY).and_then(Category::at).unwrap_or(Category::Response);
        let status = match choice(STATUS) {
            None if walked.has(STATUS) => Some(Status::Active),
            choice => choice.and_then(Status::at),
        };
        let mut record = Record::new(Facts::new(classification, category, is_system, status).listed(true));
        for (place, field) in record.texts.iter_mut().zip(TEXTS) {
            if let Some(value) = walked.value(field).filter(|value| field != DELETED_AT || value.text.span.len > 0) {
                *place = builder.add_text(&value.text.decode(document));
            }
        }
        for (number, field) in record.numbers.iter_mut().zip(NUMBERS) {
            let whole = walked.value(field).and_then(|value| Number::new(value.span.of(document)).whole());
            *number = whole.map_or(f64::NAN, |whole| whole as f64);
        }
        let [key, name, description, .., deleted_at] = &mut record.texts;
        let absent = |span: &Span| span.at == u32::MAX;
        match system {
            None => {
                record.facts = record.facts.retired(!absent(deleted_at));
                if absent(name) {
                    *name = *key;
                }
                if absent(description) {
                    *description = builder.add_text("");
                }
            }
            Some(system) => {
                // A row that says that it is no system type speaks of something else.
                let denies = choice(IS_SYSTEM) == Some(0);
                for (text, own) in [(name, system.name), (description, system.description)] {
                    if denies || absent(text) || text.len == 0 {
                        *text = builder.add_text(own);
                    }
                }
                *deleted_at = Span { at: u32::MAX, len: 0 };
                let status = status.filter(|status| *status == Status::Active);
                record.facts = Facts::new(system.classification, system.category, true, status).listed(true);
            }
        }
        builder.records.push(record);
    }

    /// Leaves every key once among the records, and adds what the list has not of the ten.
    fn resolve(&mut self, log: &mut Log) {
        let mut kept: Vec<bool> = Vec::with_capacity(self.rows.len());
        let mut index = TextIndex::default();
        // For each key's first record the one that counts.
        let mut counts: Vec<usize> = Vec::with_capacity(self.rows.len());
        for (place, (row, key)) in self.rows.iter().enumerate() {
            counts.push(place);
            kept.push(true);
            let Some(first) = self.builder.earlier(&mut index, place) else { continue };
            log.enter(*row);
            log.subject(*key);
            log.report(Code::RepeatedKey, KEY, *key);
            let Some(counting) = counts.get_mut(first) else { continue };
            let retired =
                |place: usize| self.builder.records.get(place).is_some_and(|record| record.facts.is_retired());
            let loser = if !retired(*counting) && retired(place) { place } else { std::mem::replace(counting, place) };
            if let Some(kept) = kept.get_mut(loser) {
                *kept = false;
            }
        }
        log.enter(NO_ELEMENT);
        let unlisted = DEFAULTS.map(|system| !self.builder.has(system.key.as_bytes()));
        let mut kept = kept.into_iter();
        self.builder.records.retain(|_| kept.next() == Some(true));
        for (system, unlisted) in DEFAULTS.iter().zip(unlisted) {
            if unlisted {
                self.builder.push(system, Facts::of(system, false));
            }
        }
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
