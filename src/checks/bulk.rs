//! A bulk request: every item is a call, and what is refused can be cut out of the body.
//!
//! ```
//! use kaireon_outcomes::{Registry, checks::{Settings, bulk::Options}};
//! let body = br#"{"outcomes":[{"customerId":"c","offerId":"o","outcome":"click"}, {"customerId":"c"}]}"#;
//! let answer = Registry::defaults().check_bulk(body, &Options::default(), &Settings::default());
//! assert_eq!(answer.body.as_deref(), Some(&br#"{"outcomes":[{"customerId":"c","offerId":"o","outcome":"click"} ]}"#[..]));
//! ```

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::log::{Log, NO_ELEMENT};
use super::respond::{self, call, own_idempotency_key};
use super::table::{Field, Need, Object, Rule};
use super::walk::{Walked, walk};
use super::{Limits, document, elements, usual};
use crate::issue::Code;
use crate::json::{Cursor, Fault, MAX_DEPTH, Span};
use crate::registry::Image;

/// The most bytes of a request.
pub const MAX_BYTES: u32 = 16 << 20;
/// The most items of a request (A).
pub const MAX_ITEMS: u32 = 1000;

/// The members of a request.
pub static BULK: Object =
    Object::new("the request", &[Field { name: "outcomes", rule: Rule::List, need: Need::Required }]);
const OUTCOMES: u8 = 0;

/// How to read a request.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options {
    /// The time (ms since 1970) that timestamps are held against.
    pub now: Option<f64>,
    /// The most bytes; 0 for the usual limit.
    pub max_bytes: u32,
}

/// One item of a request.
#[derive(Clone, Copy, Debug)]
pub struct Item {
    /// All its bytes.
    pub span: Span,
    /// Whether it has an error.
    pub refused: bool,
}

/// Checks a request; its items go to `items`. `false` where the envelope itself is broken: then
/// there is nothing to pass on.
pub fn check(
    image: Image,
    bytes: &[u8],
    options: &Options,
    walked: &mut Walked,
    items: &mut Vec<Item>,
    log: &mut Log,
) -> bool {
    let limits = Limits { bytes: usual(options.max_bytes, MAX_BYTES), depth: MAX_DEPTH };
    let options = respond::Options { item: true, now: options.now, ..Default::default() };
    items.clear();
    log.limit_each();
    let mut envelope = Walked::default();
    let read = document(bytes, limits, log, |cursor, log| {
        let mut reader = Reader { image, options, walked, items, keys: BTreeMap::new() };
        let mut list = |cursor: &mut Cursor<'_>, room: u32, log: &mut Log| reader.list(cursor, room, bytes, log);
        walk(cursor, limits.depth, &BULK, &mut envelope, log, Some(&mut list))
    });
    if items.is_empty() && envelope.value(OUTCOMES).is_some() && read.is_some() {
        log.report(Code::EmptyBatch, OUTCOMES, Span { len: MAX_ITEMS, ..envelope.place(OUTCOMES) });
    }
    if read.is_none() {
        items.clear();
    }
    let broken: u32 = log.groups.iter().filter(|group| group.element == NO_ELEMENT).map(|group| group.errors).sum();
    read.is_some() && broken == 0
}

struct Reader<'r, 'a> {
    image: Image<'r>,
    options: respond::Options<'r>,
    walked: &'r mut Walked,
    items: &'r mut Vec<Item>,
    /// The idempotency keys so far, with the item that had each first.
    keys: BTreeMap<Cow<'a, str>, u32>,
}

impl<'a> Reader<'_, 'a> {
    fn list(&mut self, cursor: &mut Cursor, room: u32, document: &'a [u8], log: &mut Log) -> Result<(), Fault> {
        let start = cursor.at();
        let mut goes_on = true;
        let read = elements(cursor, room, |cursor, room, place| {
            if place == MAX_ITEMS {
                log.enter(NO_ELEMENT);
                let before = log.errors();
                log.report(Code::TooManyItems, OUTCOMES, Span { at: start, len: MAX_ITEMS });
                goes_on = log.errors() == before;
            }
            if !goes_on {
                return cursor.skip(room);
            }
            log.enter(place);
            self.item(cursor, room, place, document, log)
        });
        log.enter(NO_ELEMENT);
        read
    }

    fn item(
        &mut self,
        cursor: &mut Cursor,
        room: u32,
        place: u32,
        document: &'a [u8],
        log: &mut Log,
    ) -> Result<(), Fault> {
        let at = cursor.at();
        let before = log.errors();
        self.walked.usable = 0;
        call(cursor, room, self.image, &self.options, self.walked, log)?;
        if let Some(key) = own_idempotency_key(document, self.walked) {
            match self.keys.get(&key) {
                Some(first) => respond::repeated_idempotency_key(*first, self.walked, log),
                None => drop(self.keys.insert(key, place)),
            }
        }
        let span = Span { at, len: cursor.at() - at };
        self.items.push(Item { span, refused: log.errors() > before });
        Ok(())
    }
}

/// The request without its refused items: each is cut out with one comma, every other byte stays.
pub fn body(bytes: &[u8], items: &[Item]) -> Vec<u8> {
    let last_kept = items.iter().rposition(|item| !item.refused);
    let mut body = Vec::with_capacity(bytes.len());
    let mut copied = 0;
    let mut cut = |from: usize, to: usize, body: &mut Vec<u8>| {
        body.extend_from_slice(bytes.get(copied..from).unwrap_or_default());
        copied = to;
    };
    for (place, item) in items.iter().enumerate() {
        let at = item.span.at as usize;
        let end = at + item.span.len as usize;
        if item.refused {
            cut(at, end, &mut body);
        }
        if (item.refused || Some(place) == last_kept) && place + 1 < items.len() {
            // Only white space stands between an item and its comma.
            let rest = bytes.get(end..).unwrap_or_default();
            let comma = end + rest.iter().position(|byte| *byte == b',').unwrap_or_default();
            cut(comma, comma + 1, &mut body);
        }
    }
    cut(bytes.len(), bytes.len(), &mut body);
    body
}
