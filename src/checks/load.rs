//! Loading a list of outcome types: a new registry, and what had to be mended on the way.
//!
//! ```
//! use kaireon_outcomes::{Registry, checks::{Settings, load::Options}};
//! let list = br#"{"data":[{"key":"applied","name":"Applied","classification":"positive","category":"response"}]}"#;
//! let loaded = Registry::load(list, &Options::default(), &Settings::default());
//! assert!(loaded.value.is_some_and(|registry| registry.has("applied") && registry.has("click")));
//! ```

use super::create::{CATEGORY, CLASSIFICATION, KEY, NAME};
use super::log::{Checkpoint, Log, NO_ELEMENT, Override, Rules, WHOLE};
use super::row::{ROW, conflicts, fill};
use super::table::{Field, Need, Object, Rule, name};
use super::walk::{Value, Walked, bit, resume, walk};
use super::{BYTE_ORDER_MARK, begin, end, passed, usual};
use crate::defaults;
use crate::issue::Code;
use crate::json::simd::{CHUNK, Chunk};
use crate::json::{Cursor, Document, FaultKind, MAX_DEPTH, Span};
use crate::key::{MAX_KEY, is_key};
use crate::registry::record::BARE;
use crate::registry::{self, Builder, NONE, record};
use crate::room::{push, push_here};

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
pub static LIST: Object = Object::open("the list", &[name("data")], &[Field::new(Rule::List, Need::Late)]);
const DATA: u8 = 0;
/// What is mended where it is missing or of no use.
const REPAIRED: u32 = bit(NAME) | bit(CLASSIFICATION) | bit(CATEGORY);
/// The most bytes that a key of one of the ten has.
const LONGEST: usize = {
    let mut longest = 0;
    let mut rest = defaults::DEFAULTS.as_slice();
    while let [outcome, tail @ ..] = rest {
        if outcome.key.len() > longest {
            longest = outcome.key.len();
        }
        rest = tail;
    }
    longest
};

/// What reading a list gathers.
struct Loader<'l> {
    builder: &'l mut Builder,
    walked: &'l mut Walked,
    /// Where the document begins in the image.
    at: u32,
    /// Where the ten stand among the records, which no row has spoken of; the rows' own follow them.
    system: usize,
    /// The index of each row and the place of its key.
    rows: Vec<(u32, Span)>,
}

/// Checks a list; its types go to an empty `builder`. `false` where it is refused.
pub(crate) fn check(
    document: Document,
    options: &Options,
    walked: &mut Walked,
    builder: &mut Builder,
    log: &mut Log,
) -> bool {
    let depth = usual(options.max_depth, MAX_DEPTH).min(MAX_DEPTH);
    let max_types = usual(options.max_types, MAX_TYPES).min(registry::MAX_TYPES - defaults::COUNT as u32);
    let mut cursor = begin(document, usual(options.max_bytes, MAX_BYTES), log);
    builder.complete = true;
    let mut loader = Loader::new(cursor.document(), walked, builder);
    loader.read(&mut cursor, depth, max_types, log);
    if !end(&mut cursor, depth, &Checkpoint::START, log) {
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
    log.restart(Some(&rules), log.limit);
    builder.take(image);
    let mut cursor = begin(bytes.into(), MAX_BYTES, log);
    Loader::new(bytes, walked, builder).row(&mut cursor, MAX_DEPTH, 0, log);
    if !passed(&mut cursor, log) {
        return Row::Refused;
    }
    // A row that is left out is an error here: there is a record.
    let Some(record) = builder.records.pop() else { return Row::Refused };
    // The ten stand there already, as the image has them.
    builder.records.truncate(image.rows() as usize);
    let mut is_system = record.facts().is_system();
    let known = image.find(record.text(record::KEY).of(&builder.image));
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
    let at = builder.take_document(deleted_at);
    if let Some(record) = builder.records.get_mut(row as usize) {
        record.set(record::DELETED_AT, at, deleted_at.len() as u32);
        record.conclude(record.facts().is_listed());
    }
}

impl<'l> Loader<'l> {
    fn new(document: &[u8], walked: &'l mut Walked, builder: &'l mut Builder) -> Self {
        let at = builder.take_document(document);
        let system = builder.records.len();
        builder.take_defaults(false);
        Self { builder, walked, at, system, rows: Vec::new() }
    }

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
            let before = log.checkpoint();
            let has_list = walk(cursor, depth, &LIST, self.walked, log);
            if has_list {
                let (named, at) = (self.walked.named, cursor.at());
                self.rows(cursor, depth - 1, max_types, log);
                resume(cursor, depth, &LIST, self.walked, DATA, named, at, log);
            } else {
                log.go_back(&before);
                if self.walked.named != 0 {
                    field = DATA;
                    span = *self.walked.place(DATA);
                }
            }
            let list = *self.walked.place(DATA);
            let at = if cursor.failed() { 0 } else { pages.search(depth, b"hasMore", list) };
            if at > 0 {
                self.builder.complete = false;
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
        // Behind a row nearly always stands another one.
        while (place > 0 && cursor.take_here(b',')) || cursor.element(place) {
            if place == max_types {
                log.enter(NO_ELEMENT);
                log.report(Code::TooManyTypes, WHOLE, Span { at: start, len: max_types });
                self.builder.complete = false;
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
        walk(cursor, room, &ROW, self.walked, log);
        log.repairing(false);
        if cursor.failed() {
            return;
        }
        let Self { builder, walked, .. } = self;
        let Some(&Value { span: key, .. }) = walked.value(KEY).filter(|key| !key.is_empty()) else {
            log.go_back(&before);
            log.report(Code::RowSkipped, WHOLE, cursor.since(at));
            builder.complete = false;
            return;
        };
        log.subject(key);
        let text = walked.text(document, KEY);
        let own = self.system + defaults::COUNT;
        let mut same = if text.len() > LONGEST { own } else { self.system };
        while same < own && *builder.key(same) != *text {
            same += 1;
        }
        let is_system = same < own;
        if is_system {
            log.go_back(&before);
            if let Some(system) = builder.records.get(same) {
                let system = *system;
                conflicts(&system, walked, log);
                push(&mut builder.records, system);
            }
        } else {
            if !is_usual(document, key) && !is_key(text) {
                log.report(Code::OddKey, KEY, key);
            }
            if walked.present() & REPAIRED != REPAIRED {
                repaired(walked, log);
            }
            push_here(&mut builder.records, BARE);
        }
        fill(is_system, document, self.at, walked, builder);
        push_here(&mut self.rows, (place, key));
    }

    /// Leaves every key once among the records.
    fn resolve(&mut self, log: &mut Log) {
        let Self { builder, rows, .. } = self;
        for place in 0..builder.records.len() {
            let known = builder.index(place);
            // One of the ten only makes way for the row that speaks of it.
            if known != NONE
                && known >= defaults::COUNT
                && let Some((row, span)) = rows.get(place - defaults::COUNT)
            {
                log.enter(*row);
                log.subject(*span);
                log.report(Code::RepeatedKey, KEY, *span);
            }
        }
        log.enter(NO_ELEMENT);
    }
}

/// Whether a key (with its quotes) is one as nearly all are, and more of the document stands behind it: that others may
/// be right, too, is asked where they are.
#[inline(always)]
fn is_usual(document: &[u8], key: Span) -> bool {
    let first = key.at as usize + 1;
    let mut at = first;
    loop {
        let Some(letters) = Chunk::whole(document, at).map(Chunk::letters) else { return false };
        at += letters as usize;
        if letters < CHUNK as u32 {
            break;
        }
    }
    let is_letter = document.get(first).is_some_and(u8::is_ascii_lowercase);
    is_letter && at + 1 == (key.at + key.len) as usize && key.len as usize <= MAX_KEY + 2
}

/// Reports what is mended where it is missing or of no use.
#[cold]
#[inline(never)]
fn repaired(walked: &Walked, log: &mut Log) {
    for field in [NAME, CLASSIFICATION, CATEGORY] {
        if !walked.has(field) {
            walked.report(Code::RowRepaired, field, log);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Of a key that is given without quotes, as it stands in a row.
    fn is_usual_key(key: &[u8]) -> bool {
        let document = [b"\"", key, b"\",\"name\":\"A name\"}"].concat();
        is_usual(&document, Span { at: 0, len: key.len() as u32 + 2 })
    }

    #[test]
    fn a_usual_key_is_a_key_and_every_other_is_asked() {
        for byte in (0..=255).filter(|byte| *byte != b'"') {
            for key in [vec![byte], vec![b'a', byte], [b"quite_a_long_one_".as_slice(), &[byte], b"z"].concat()] {
                assert_eq!(is_usual_key(&key), is_key(&key), "{key:?}");
            }
        }
        for len in [0, 1, 15, 16, 17, MAX_KEY, MAX_KEY + 1] {
            assert_eq!(is_usual_key(&vec![b'a'; len]), is_key(&vec![b'a'; len]), "{len}");
        }
    }
}
