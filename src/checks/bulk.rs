//! A bulk request: every item is a call, and what is refused can be cut out of the body.
//!
//! ```
//! use kaireon_outcomes::{Registry, checks::{Settings, bulk::Options}};
//! let body = br#"{"outcomes":[{"customerId":"c","offerId":"o","outcome":"click"}, {"customerId":"c"}]}"#;
//! let answer = Registry::defaults().check_bulk(body, &Options::default(), &Settings::default());
//! assert_eq!(answer.body.as_deref(), Some(&br#"{"outcomes":[{"customerId":"c","offerId":"o","outcome":"click"} ]}"#[..]));
//! ```

use std::borrow::Cow;

use super::log::{Log, NO_ELEMENT};
use super::render::{Issues, Page, Renderer};
use super::respond::{self, call, own_idempotency_key};
use super::table::{Field, Need, Object, Rule};
use super::walk::{Walked, walk};
use super::{Limits, document, elements, usual};
use crate::issue::Code;
use crate::json::{Cursor, Fault, MAX_DEPTH, Span};
use crate::order::TextIndex;
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
        let mut reader = Reader { image, options, walked, items, keys: Vec::new(), index: TextIndex::default() };
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
    /// The idempotency keys so far, and each with the item that had it first.
    keys: Vec<(u32, Cow<'a, str>)>,
    index: TextIndex,
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
            let is = |known: u32| self.keys.get(known as usize).is_some_and(|(_, known)| *known == key);
            match self.index.insert(key.as_bytes(), self.keys.len() as u32, is) {
                Some(known) => {
                    let first = self.keys.get(known as usize).map_or(0, |(first, _)| *first);
                    respond::repeated_idempotency_key(first, self.walked, log);
                }
                None => self.keys.push((place, key)),
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

/// What was found in a bulk request.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct BulkAnswer {
    /// How many items it has.
    pub size: u32,
    /// The items without an error, by index.
    pub passed: Vec<u32>,
    /// The items with one.
    pub refused: Vec<RefusedItem>,
    /// The errors of the envelope; where there are any, nothing can be passed on. The warnings of
    /// the envelope and of the items that passed.
    #[serde(flatten)]
    pub found: Issues,
    /// The request without the refused items.
    #[serde(skip)]
    pub body: Option<Vec<u8>>,
}

/// An item that is refused.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct RefusedItem {
    /// Its index, from 0.
    pub index: u32,
    /// Its errors and its warnings.
    #[serde(flatten)]
    pub found: Issues,
}

impl BulkAnswer {
    /// Whether nothing is refused.
    pub fn ok(&self) -> bool {
        self.body.is_some() && self.refused.is_empty()
    }

    /// A request's log in words.
    pub fn new(page: Page, items: &[Item], log: &Log) -> Self {
        let mut renderer = Renderer::new(page, log);
        let mut refused: Vec<RefusedItem> = Vec::new();
        let mut passed_with_warnings = Vec::new();
        let mut envelope = Vec::new();
        for (place, group) in log.groups.iter().enumerate() {
            let index = group.element;
            if index == NO_ELEMENT {
                envelope.push(place);
            } else if items.get(index as usize).is_some_and(|item| item.refused) {
                refused.push(RefusedItem { index, found: renderer.groups(log, &[place]) });
            } else {
                passed_with_warnings.push(place);
            }
        }
        let mut found = renderer.groups(log, &envelope);
        for place in passed_with_warnings {
            found.warnings.extend(renderer.groups(log, &[place]).warnings);
        }
        let passed = (0..).zip(items).filter(|(_, item)| !item.refused).map(|(index, _)| index);
        Self { size: items.len() as u32, passed: passed.collect(), refused, found, body: None }
    }
}
