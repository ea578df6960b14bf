//! A Respond call: is it one that the platform records, and as what?
//!
//! ```
//! use kaireon_outcomes::{Registry, checks::{Settings, respond::Options}};
//! let registry = Registry::defaults();
//! let call = br#"{"customerId":"CUST001","recommendationId":"rec_1","rank":1,"outcome":"clik"}"#;
//! let checked = registry.check_respond(call, &Options { idempotency_key: Some("k1"), ..Options::default() }, &Settings::default());
//! assert_eq!(checked.issues[0].message, "Unknown outcome type `clik`; did you mean `click`?");
//! ```

use std::borrow::Cow;

use super::log::{Checkpoint, Log, WHOLE};
use super::table::{Field, Need, Object, Rule, fields};
use super::walk::{Walked, bit, walk};
use super::{begin, copy_member, end, next_name, registered, usual};
use crate::issue::Code;
use crate::json::write::Writer;
use crate::json::{Cursor, Fault, MAX_DEPTH, Span};
use crate::outcome::Category;
use crate::registry::{Found, Image};

/// The most bytes of a call.
pub const MAX_BYTES: u32 = 1 << 20;
/// How far ahead a timestamp may be: clocks differ.
const MAX_AHEAD_MS: f64 = 300_000.0;

/// Which way an interaction went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// From the customer.
    Inbound = 1,
    /// To the customer.
    Outbound = 2,
}

impl Direction {
    /// Every word, in the order of the documentation.
    pub const WORDS: &'static [&'static str] = &["inbound", "outbound"];

    /// The direction's word.
    pub const fn word(self) -> &'static str {
        match self {
            Direction::Inbound => "inbound",
            Direction::Outbound => "outbound",
        }
    }
}

/// What a call says it is an answer to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// `recommendationId` with `rank`.
    Recommendation = 1,
    /// `creativeId`.
    Creative = 2,
    /// `interactionId` alone, as older servers take it.
    Interaction = 3,
    /// `offerId` alone, as older servers take it.
    Offer = 4,
}

/// How to read a call.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options<'a> {
    /// The value of the `Idempotency-Key` header; blank is absent.
    pub idempotency_key: Option<&'a str>,
    /// Whether it is an item of a bulk request.
    pub item: bool,
    /// The time (ms since 1970) that timestamps are held against.
    pub now: Option<f64>,
    /// The most bytes; 0 for the usual limit.
    pub max_bytes: u32,
}

/// What a call says; `None` where a fault that the caller lowered leaves no answer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Answer {
    /// The outcome type.
    pub outcome: Option<Found>,
    /// The word that names no type.
    pub word: Option<Span>,
    /// Which way.
    pub direction: Option<Direction>,
    /// What it answers.
    pub target: Option<Target>,
}

#[rustfmt::skip]
fields! {
    CUSTOMER_ID       0  "customerId"       Rule::Filled, Required;
    OUTCOME           1  "outcome"          Rule::Filled, Late;
    RECOMMENDATION_ID 2  "recommendationId" Rule::Filled, Optional;
    RANK              3  "rank"             Rule::Whole(1), Optional;
    CREATIVE_ID       4  "creativeId"       Rule::Filled, Optional;
    IDEMPOTENCY_KEY   5  "idempotencyKey"   Rule::Text, Late;
    OFFER_ID          6  "offerId"          Rule::Text, Optional;
    INTERACTION_ID    7  "interactionId"    Rule::Text, Optional;
    DIRECTION         8  "direction"        Rule::Choice(Direction::WORDS), Optional;
    CONVERSION_VALUE  9  "conversionValue"  Rule::Number, Optional;
    TIMESTAMP         10 "timestamp"        Rule::Timestamp, Optional;
    CHANNEL_ID        11 "channelId"        Rule::Text, Optional;
    PLACEMENT_ID      12 "placementId"      Rule::Text, Optional;
    CONTEXT           13 "context"          Rule::Object, Optional;
    OUTCOME_DETAILS   14 "outcomeDetails"   Rule::Object, Optional;
    ATTRIBUTES        15 "attributes"       Rule::Object, Optional;
    METADATA          16 "metadata"         Rule::Object, Optional;
    TREATMENT_ID      17 "treatmentId"      Rule::Filled, Optional;
    INTERACTION_TYPE  18 "interactionType"  Rule::Filled, Optional;
    OUTCOME_TYPE      19 "outcomeType"      Rule::Filled, Optional;
    EVENT_TYPE        20 "eventType"        Rule::Filled, Optional;
}

/// The names of the outcome, the current one first: the first that is present is looked up.
const OUTCOMES: [u8; 4] = [OUTCOME, INTERACTION_TYPE, OUTCOME_TYPE, EVENT_TYPE];

/// The members of a call.
pub static CALL: Object = Object::new("the call", FIELDS);

/// The members of a bulk item: `outcome` and `offerId` by these names, and no older ones.
pub static ITEM: Object = Object::new("the item", &ITEM_FIELDS);
const ITEM_FIELDS: [Field; FIELDS.len()] = item_fields();

#[allow(clippy::indexing_slicing, reason = "runs at compile time, where a wrong index is a compile error")]
const fn item_fields() -> [Field; FIELDS.len()] {
    const GONE: Field = Field { name: "", rule: Rule::Text, need: Need::Optional };
    let mut fields = [GONE; FIELDS.len()];
    let mut place = 0;
    while place < INTERACTION_TYPE as usize {
        fields[place] = FIELDS[place];
        place += 1;
    }
    fields[OUTCOME as usize].need = Need::Required;
    fields[OFFER_ID as usize] = Field { name: "offerId", rule: Rule::Filled, need: Need::Required };
    fields
}

/// The table that a call, or an item of a bulk request, is read by.
pub fn table(item: bool) -> &'static Object {
    if item { &ITEM } else { &CALL }
}

/// Checks a document that is one call. `None` where it is refused.
pub fn check(image: Image, bytes: &[u8], options: &Options, walked: &mut Walked, log: &mut Log) -> Option<Answer> {
    let mut cursor = begin(bytes, usual(options.max_bytes, MAX_BYTES), log)?;
    let mut answer = Answer::default();
    let read = call(&mut cursor, MAX_DEPTH, image, options, walked, log, &mut answer);
    if end(&mut cursor, read, MAX_DEPTH, &Checkpoint::START, log) && log.errors() == 0 { Some(answer) } else { None }
}

/// The call under the cursor: alone, in a bulk request or on a line.
pub fn call(
    cursor: &mut Cursor,
    room: u32,
    image: Image,
    options: &Options,
    walked: &mut Walked,
    log: &mut Log,
    answer: &mut Answer,
) -> Result<(), Fault> {
    let table = if options.item { &ITEM } else { &CALL };
    walk(cursor, room, table, walked, log, None)?;
    if !walked.is_object {
        return Ok(());
    }
    let document = cursor.document();
    outcome(document, image, options, walked, log, answer);
    creative(document, walked, log);
    answer.target = named_target(walked);
    if !options.item {
        target(walked, log);
    }
    answer.direction = match walked.value(DIRECTION) {
        Some(value) if value.choice == 0 => Some(Direction::Inbound),
        Some(_) => Some(Direction::Outbound),
        None if walked.has(DIRECTION) => None,
        None => answer.outcome.map(|found| match found.facts.category() {
            Category::Impression => Direction::Outbound,
            Category::Response => Direction::Inbound,
        }),
    };
    idempotency(document, options, walked, log);
    if let (Some(now), Some(time)) = (options.now, walked.time)
        && time as f64 > now + MAX_AHEAD_MS
    {
        log.report(Code::FutureTimestamp, TIMESTAMP, walked.place(TIMESTAMP));
    }
    Ok(())
}

/// Which outcome type the call names, by whichever name.
fn outcome(document: &[u8], image: Image, options: &Options, walked: &Walked, log: &mut Log, answer: &mut Answer) {
    let (_, first) = current(OUTCOME, walked);
    if !walked.has(first) {
        if !options.item {
            log.report(Code::Required, OUTCOME, walked.place(OUTCOME));
        }
        return;
    }
    if first != OUTCOME && walked.is_null(OUTCOME) {
        log.report(Code::NullField, OUTCOME, walked.place(OUTCOME));
    }
    for older in [INTERACTION_TYPE, OUTCOME_TYPE, EVENT_TYPE] {
        if walked.has(older) {
            log.report_detail(Code::DeprecatedField, older, OUTCOME, walked.place(older));
            conflict(document, older, first, walked, log);
        }
    }
    let Some(word) = walked.value(first) else { return };
    answer.outcome = registered::named(image, document, first, word, walked.time, log);
    if answer.outcome.is_none() {
        answer.word = Some(word.span);
    }
}

/// Reports an older name that says something else than the one that counts.
#[cold]
fn conflict(document: &[u8], older: u8, counts: u8, walked: &Walked, log: &mut Log) {
    if let (Some(value), Some(other)) = (walked.value(older), walked.value(counts))
        && older != counts
        && !value.text.same(&other.text, document)
    {
        log.report_detail(Code::ConflictingFields, older, counts, value.span);
    }
}

/// The older name of the creative.
fn creative(document: &[u8], walked: &Walked, log: &mut Log) {
    if walked.has(TREATMENT_ID) {
        log.report_detail(Code::DeprecatedField, TREATMENT_ID, CREATIVE_ID, walked.place(TREATMENT_ID));
        conflict(document, TREATMENT_ID, CREATIVE_ID, walked, log);
    }
}

/// What the call answers: the first of the targets whose members say something.
fn named_target(walked: &Walked) -> Option<Target> {
    let usable = |mask: u32| walked.usable & mask;
    let pair = bit(RECOMMENDATION_ID) | bit(RANK);
    if usable(pair) == pair {
        Some(Target::Recommendation)
    } else if usable(bit(CREATIVE_ID) | bit(TREATMENT_ID)) != 0 {
        Some(Target::Creative)
    } else if says_something(walked, INTERACTION_ID) {
        Some(Target::Interaction)
    } else {
        says_something(walked, OFFER_ID).then_some(Target::Offer)
    }
}

fn says_something(walked: &Walked, field: u8) -> bool {
    walked.value(field).is_some_and(|value| value.text.span.len > 0)
}

/// Whether the call names what it answers. What is there counts even where its value is at
/// fault: a fault is said once.
fn target(walked: &Walked, log: &mut Log) {
    let has = |field| walked.has(field);
    match (has(RECOMMENDATION_ID), has(RANK)) {
        (true, true) => {}
        _ if has(CREATIVE_ID) || has(TREATMENT_ID) => {}
        _ if has(INTERACTION_ID) || has(OFFER_ID) => legacy(walked, log),
        (true, false) => log.report(Code::Required, RANK, walked.place(RANK)),
        (false, true) => log.report(Code::Required, RECOMMENDATION_ID, walked.place(RECOMMENDATION_ID)),
        (false, false) => log.report(Code::MissingTarget, WHOLE, Span { at: walked.close, len: 1 }),
    }
}

/// The targets of older servers: the first of the two ids that says anything.
#[cold]
fn legacy(walked: &Walked, log: &mut Log) {
    let says = |field| says_something(walked, field);
    let is_usable = |field| walked.value(field).is_some();
    let (code, field) = match () {
        () if says(INTERACTION_ID) => (Code::LegacyTarget, INTERACTION_ID),
        () if says(OFFER_ID) => (Code::LegacyTarget, OFFER_ID),
        () if is_usable(INTERACTION_ID) => (Code::Empty, INTERACTION_ID),
        () if is_usable(OFFER_ID) => (Code::Empty, OFFER_ID),
        () => return,
    };
    log.report(code, field, walked.place(field));
}

/// The idempotency key, here or in the header.
fn idempotency(document: &[u8], options: &Options, walked: &Walked, log: &mut Log) {
    let header = header(options);
    let place = walked.place(IDEMPOTENCY_KEY);
    match walked.value(IDEMPOTENCY_KEY) {
        Some(value) if value.text.span.len == 0 => {
            if header.is_none() {
                log.report(Code::Empty, IDEMPOTENCY_KEY, place);
            }
        }
        Some(value) => {
            if header.is_some_and(|header| value.text.decode(document) != header) {
                log.report(Code::IdempotencyMismatch, IDEMPOTENCY_KEY, place);
            }
        }
        None if walked.has(IDEMPOTENCY_KEY) => {}
        None if walked.is_null(IDEMPOTENCY_KEY) && (options.item || header.is_some()) => {
            log.report(Code::NullField, IDEMPOTENCY_KEY, place);
        }
        None if options.item || header.is_some() => {}
        None => log.report(Code::Required, IDEMPOTENCY_KEY, place),
    }
}

fn header<'a>(options: &Options<'a>) -> Option<&'a str> {
    let blank = |header: &&str| header.chars().all(char::is_whitespace);
    options.idempotency_key.filter(|header| !options.item && !blank(header))
}

/// The idempotency key of a call that was walked, where it has one of its own.
pub fn own_idempotency_key<'a>(document: &'a [u8], walked: &Walked) -> Option<Cow<'a, str>> {
    let value = walked.value(IDEMPOTENCY_KEY).filter(|value| value.text.span.len > 0)?;
    Some(value.text.decode(document))
}

/// A call that was taken, as it is meant: older names replaced, `null` left out, what the call
/// leaves to defaults filled in. Unknown members stay, and so does every value's own text.
pub fn normalise(document: &[u8], options: &Options, walked: &Walked, answer: &Answer, writer: &mut Writer) {
    writer.open(b'{');
    let mut written = 0_u32;
    let table = table(options.item);
    let mut cursor = Cursor::new(document);
    cursor.skip_bytes(walked.open as usize + 1);
    let mut name = Vec::new();
    while let Some(found) = next_name(&mut cursor) {
        name.clear();
        found.push_to(document, &mut name);
        let mut span = Span { at: cursor.at(), len: 0 };
        if cursor.skip(u32::MAX).is_err() {
            break;
        }
        span.len = cursor.at() - span.at;
        let mut written_as = name.as_slice();
        if let Some(field) = table.find(&name) {
            let (current, counts) = current(field, walked);
            let empty_key = current == IDEMPOTENCY_KEY && !says_something(walked, IDEMPOTENCY_KEY);
            if !walked.has(counts) || written & bit(current) != 0 || empty_key {
                continue;
            }
            written |= bit(current);
            written_as = table.name_of(current).as_bytes();
            // The value that counts, wherever among its names it stands.
            span = walked.place(counts);
        }
        copy_member(writer, written_as, document, span);
    }
    if let (Some(direction), false) = (answer.direction, written & bit(DIRECTION) != 0) {
        writer.string_member(b"direction", direction.word().as_bytes());
    }
    if let (Some(header), false) = (header(options), written & bit(IDEMPOTENCY_KEY) != 0) {
        writer.string_member(b"idempotencyKey", header.as_bytes());
    }
    writer.close(b'}');
}

/// The current name of a field, and the one of its names whose value counts.
fn current(field: u8, walked: &Walked) -> (u8, u8) {
    match field {
        OUTCOME | INTERACTION_TYPE | OUTCOME_TYPE | EVENT_TYPE => {
            let mut counts = OUTCOME;
            for field in &OUTCOMES {
                if !walked.has(counts) {
                    counts = *field;
                }
            }
            (OUTCOME, counts)
        }
        CREATIVE_ID | TREATMENT_ID if walked.has(CREATIVE_ID) => (CREATIVE_ID, CREATIVE_ID),
        CREATIVE_ID | TREATMENT_ID => (CREATIVE_ID, TREATMENT_ID),
        _ => (field, field),
    }
}

/// What an older name of the outcome is called now; nothing for other names.
pub(super) fn current_name(older: &[u8]) -> &'static str {
    match CALL.find(older) {
        Some(INTERACTION_TYPE | OUTCOME_TYPE | EVENT_TYPE) => "outcome",
        _ => "",
    }
}

/// Reports that an earlier item has the idempotency key of the one that was walked.
pub(super) fn repeated_idempotency_key(first: u32, walked: &Walked, log: &mut Log) {
    let span = Span { len: first, ..walked.place(IDEMPOTENCY_KEY) };
    log.report(Code::RepeatedIdempotencyKey, IDEMPOTENCY_KEY, span);
}
