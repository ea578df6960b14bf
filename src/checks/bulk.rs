//! A bulk request: every item is a call, and what is refused can be cut out of the body.
//!
//! ```
//! use kaireon_outcomes::{Registry, checks::{Settings, bulk::Options}};
//! let body = br#"{"outcomes":[{"customerId":"c","offerId":"o","outcome":"click"}, {"customerId":"c"}]}"#;
//! let answer = Registry::defaults().check_bulk(body, &Options::default(), &Settings::default());
//! assert_eq!(answer.body.as_deref(), Some(&br#"{"outcomes":[{"customerId":"c","offerId":"o","outcome":"click"} ]}"#[..]));
//! ```

use super::log::{Checkpoint, Group, Log, NO_ELEMENT};
use super::read::Issues;
use super::render::{Page, Renderer};
use super::respond::{self, Answer, IDEMPOTENCY_KEY, call};
use super::table::{Field, Need, Object, Rule, name};
use super::walk::{Walked, bit, resume, walk};
use super::{begin, end, usual};
use crate::issue::{Code, Severity};
use crate::json::value::Value as Json;
use crate::json::write::push_bytes;
use crate::json::{Cursor, Document, MAX_DEPTH, Span};
use crate::order::TextIndex;
use crate::registry::Image;
use crate::room::push_here;

/// The most bytes of a request.
pub const MAX_BYTES: u32 = 16 << 20;
/// The most items of a request (A).
pub const MAX_ITEMS: u32 = 1000;

/// The members of a request.
pub static BULK: Object = Object::new("the request", &[name("outcomes")], &[Field::new(Rule::List, Need::Required)]);
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
    document: Document,
    options: &Options,
    walked: &mut Walked,
    items: &mut Vec<Item>,
    log: &mut Log,
) -> bool {
    items.clear();
    log.limit_each();
    let mut cursor = begin(document, usual(options.max_bytes, MAX_BYTES), log);
    if walk(&mut cursor, MAX_DEPTH, &BULK, walked, log) {
        let (named, at) = (walked.named, cursor.at());
        list(image, &mut cursor, options.now, walked, items, log);
        resume(&mut cursor, MAX_DEPTH, &BULK, walked, OUTCOMES, named, at, log);
    }
    if !end(&mut cursor, MAX_DEPTH, &Checkpoint::START, log) {
        items.clear();
        return false;
    }
    if items.is_empty() && walked.usable & bit(OUTCOMES) != 0 {
        log.report(Code::EmptyBatch, OUTCOMES, Span { len: MAX_ITEMS, ..*walked.place(OUTCOMES) });
    }
    for group in &log.groups {
        if group.element == NO_ELEMENT && group.errors > 0 {
            return false;
        }
    }
    true
}

/// The items: the cursor stands on the list's `[`.
fn list(
    image: Image,
    cursor: &mut Cursor,
    now: Option<f64>,
    walked: &mut Walked,
    items: &mut Vec<Item>,
    log: &mut Log,
) {
    const ROOM: u32 = MAX_DEPTH - 2;
    let options = respond::Options { item: true, now, ..Default::default() };
    let document = cursor.document();
    let start = cursor.at();
    let mut goes_on = true;
    // The idempotency keys so far, and for each the item that had it first.
    let mut index = TextIndex::default();
    let mut firsts = Vec::new();
    let mut place = 0;
    while cursor.element(place) {
        if place == MAX_ITEMS {
            log.enter(NO_ELEMENT);
            let before = log.errors();
            log.report(Code::TooManyItems, OUTCOMES, Span { at: start, len: MAX_ITEMS });
            goes_on = log.errors() == before;
        }
        if goes_on {
            log.enter(place);
            let at = cursor.at();
            let before = log.errors();
            call(cursor, ROOM, image, &options, walked, log, &mut Answer::default());
            if let Some(&value) = walked.value(IDEMPOTENCY_KEY)
                && !value.is_empty()
            {
                let made = value.is_escaped().then(|| walked.text(document, IDEMPOTENCY_KEY));
                match firsts.get(index.insert(document, value.inside(), made) as usize) {
                    Some(first) => {
                        let span = Span { len: *first, ..value.span };
                        log.report(Code::RepeatedIdempotencyKey, IDEMPOTENCY_KEY, span);
                    }
                    None => push_here(&mut firsts, place),
                }
            }
            push_here(items, Item { span: cursor.since(at), refused: log.errors() > before });
        } else {
            cursor.skip(ROOM);
        }
        place += 1;
    }
    log.enter(NO_ELEMENT);
}

/// The request without its refused items: each is cut out with one comma, every other byte stays.
pub fn body(bytes: &[u8], items: &[Item]) -> Vec<u8> {
    let mut last_kept = usize::MAX;
    for (place, item) in items.iter().enumerate() {
        if !item.refused {
            last_kept = place;
        }
    }
    let mut body = Vec::new();
    let mut copied = 0;
    for (place, item) in items.iter().enumerate() {
        if item.refused {
            copy(bytes, copied, item.span.at, &mut body);
            copied = item.span.at + item.span.len;
        }
        if (item.refused || place == last_kept) && place + 1 < items.len() {
            // Only white space stands between an item and its comma.
            let mut comma = item.span.at + item.span.len;
            while bytes.get(comma as usize).is_some_and(|byte| *byte != b',') {
                comma += 1;
            }
            copy(bytes, copied, comma, &mut body);
            copied = comma + 1;
        }
    }
    copy(bytes, copied, bytes.len() as u32, &mut body);
    body
}

fn copy(bytes: &[u8], from: u32, to: u32, body: &mut Vec<u8>) {
    push_bytes(body, bytes.get(from as usize..to as usize).unwrap_or_default());
}

/// Writes what was found in a request, its body aside.
pub fn write(renderer: &mut Renderer, items: &[Item], log: &Log) {
    renderer.writer.raw(b"{\"passed\":[");
    for (index, item) in items.iter().enumerate() {
        if !item.refused {
            renderer.writer.number(index as u64);
        }
    }
    renderer.writer.close(b']');
    renderer.writer.raw(b"\"refused\":[");
    for (place, group) in log.groups.iter().enumerate() {
        if is_refused(items, group) {
            renderer.writer.open(b'{');
            renderer.writer.number_member(b"index", u64::from(group.element));
            renderer.both(log, place, place + 1, false);
            renderer.writer.close(b'}');
        }
    }
    renderer.writer.close(b']');
    renderer.both(log, 0, log.groups.len(), true);
    // The warnings of the items that passed go on in the list of those of the envelope.
    renderer.writer.text.pop();
    for (place, group) in log.groups.iter().enumerate() {
        if group.element != NO_ELEMENT && !is_refused(items, group) {
            renderer.list(log, place, place + 1, false, Severity::Warning);
        }
    }
    renderer.writer.close(b']');
    renderer.writer.close(b'}');
}

fn is_refused(items: &[Item], group: &Group) -> bool {
    items.get(group.element as usize).is_some_and(|item| item.refused)
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
        write(&mut renderer, items, log);
        let written = Json::read(&renderer.writer.text);
        let index = |index: &Json| index.as_number().unwrap_or(0) as u32;
        let refused =
            |item: &Json| RefusedItem { index: item.number("index").unwrap_or(0) as u32, found: Issues::read(item) };
        Self {
            size: items.len() as u32,
            passed: written.list("passed").iter().map(index).collect(),
            refused: written.list("refused").iter().map(refused).collect(),
            found: Issues::read(&written),
            body: None,
        }
    }
}
