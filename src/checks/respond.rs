//! A Respond call: is it one that the platform records, and as what?
//!
//! ```
//! use kaireon_outcomes::{Registry, checks::{Settings, respond::Options}};
//! let registry = Registry::defaults();
//! let call = br#"{"customerId":"CUST001","recommendationId":"rec_1","rank":1,"outcome":"clik"}"#;
//! let checked = registry.check_respond(call, &Options { idempotency_key: Some("k1"), ..Options::default() }, &Settings::default());
//! assert_eq!(checked.issues[0].message, "Unknown outcome type `clik`; did you mean `click`?");
//! ```

use super::log::{Log, WHOLE};
use super::table::{Field, Name, Need, Object, Rule, Words, fields, name};
use super::walk::{Walked, bit, walk};
use super::{begin, begins_oddly, passed, registered, usual};
use crate::issue::Code;
use crate::json::text::{is_blank, same};
use crate::json::{Cursor, Document, MAX_DEPTH, Span};
use crate::outcome::Category;
use crate::registry::{Found, Image};
use crate::timestamp;

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

impl Answer {
    /// The answer of a call that says nothing.
    pub const NONE: Self = Self { outcome: None, word: None, direction: None, target: None };
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
    DIRECTION         8  "direction"        Rule::Choice(Words::Direction), Optional;
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

/// The members of a call.
pub static CALL: Object = Object::new("the call", NAMES, FIELDS);

/// The members of a bulk item: `outcome` and `offerId` by these names, and no older ones.
pub static ITEM: Object = Object::new("the item", NAMES, &ITEM_FIELDS);
/// The rows of the outcome's older names.
const OLDER_NAMES: u32 = bit(INTERACTION_TYPE) | bit(OUTCOME_TYPE) | bit(EVENT_TYPE);
const ITEM_FIELDS: [Field; INTERACTION_TYPE as usize] = item_fields();

#[allow(clippy::indexing_slicing, reason = "runs at compile time, where a wrong index is a compile error")]
const fn item_fields() -> [Field; INTERACTION_TYPE as usize] {
    let mut fields = [FIELDS[0]; INTERACTION_TYPE as usize];
    let mut place = 0;
    while place < fields.len() {
        fields[place] = FIELDS[place];
        place += 1;
    }
    fields[OUTCOME as usize].need = Need::Required;
    fields[OFFER_ID as usize] = Field::new(Rule::Filled, Need::Required);
    fields
}

/// The table that a call, or an item of a bulk request, is read by.
pub fn table(item: bool) -> &'static Object {
    if item { &ITEM } else { &CALL }
}

/// Checks a document that is one call; what it says goes to `answer`. `false` where it is refused.
pub fn check(
    image: Image,
    document: Document,
    options: &Options,
    walked: &mut Walked,
    log: &mut Log,
    answer: &mut Answer,
) -> bool {
    let mut cursor = Cursor::of(document);
    let limit = usual(options.max_bytes, MAX_BYTES);
    // No call where there is nothing to do, in the check that is asked most.
    if begins_oddly(&cursor, limit) {
        cursor = begin(document, limit, log);
    }
    *answer = Answer::NONE;
    call(&mut cursor, MAX_DEPTH, image, options, walked, log, answer);
    passed(&mut cursor, log)
}

/// The call under the cursor: alone, in a bulk request or on a line.
#[inline(never)]
pub fn call(
    cursor: &mut Cursor,
    room: u32,
    image: Image,
    options: &Options,
    walked: &mut Walked,
    log: &mut Log,
    answer: &mut Answer,
) {
    walk(cursor, room, table(options.item), walked, log);
    if walked.is_object {
        judge(cursor.document(), image, options, walked, log, answer);
    }
}

/// What the members of a call say together.
#[inline(always)]
pub fn judge(
    document: &[u8],
    image: Image,
    options: &Options,
    walked: &mut Walked,
    log: &mut Log,
    answer: &mut Answer,
) {
    let present = walked.present();
    let has = |field| present & bit(field) != 0;
    outcome(document, image, options, walked, log, answer);
    if has(TREATMENT_ID) {
        deprecated(document, TREATMENT_ID, CREATIVE_ID, CREATIVE_ID, walked, log);
    }
    answer.target = named_target(walked);
    if !options.item {
        target(present, answer.target, walked, log);
    }
    if has(DIRECTION) {
        if let Some(value) = walked.value(DIRECTION) {
            answer.direction = Some(if value.choice == 0 { Direction::Inbound } else { Direction::Outbound });
        }
    } else if let Some(found) = answer.outcome {
        answer.direction = Some(match found.facts.category() {
            Category::Impression => Direction::Outbound,
            Category::Response => Direction::Inbound,
        });
    }
    if options.idempotency_key.is_some() || !walked.says(IDEMPOTENCY_KEY) {
        idempotency(document, options, walked, log);
    }
    if let Some(now) = options.now
        && let Some(time) = timestamp::parse(walked.text(document, TIMESTAMP))
        && time.ms as f64 > now + MAX_AHEAD_MS
    {
        walked.report(Code::FutureTimestamp, TIMESTAMP, log);
    }
}

/// Which outcome type the call names, by whichever name.
#[inline(always)]
fn outcome(document: &[u8], image: Image, options: &Options, walked: &mut Walked, log: &mut Log, answer: &mut Answer) {
    let mut counts = OUTCOME;
    if walked.named & OLDER_NAMES != 0 {
        counts = older_names(document, walked, log);
    }
    if !walked.has(counts) {
        if !options.item {
            walked.report(Code::Required, OUTCOME, log);
        }
    } else if let Some(&value) = walked.value(counts) {
        let found = if value.is_escaped() {
            image.find(walked.text(document, counts))
        } else {
            image.find_at(document, value.inside())
        };
        answer.outcome = found;
        if !found.is_some_and(|found| found.facts.is_usual()) {
            registered::named(image, found, walked.text(document, TIMESTAMP), counts, value.span, log);
            answer.word = if found.is_none() { Some(value.span) } else { None };
        }
    }
}

/// Reports what there is to say of a call with older names of the outcome; which name counts.
#[cold]
#[inline(never)]
fn older_names(document: &[u8], walked: &mut Walked, log: &mut Log) -> u8 {
    let counts = counting(OUTCOME, walked.present());
    if walked.has(counts) {
        if counts != OUTCOME && walked.is_null(OUTCOME) {
            walked.report(Code::NullField, OUTCOME, log);
        }
        for older in INTERACTION_TYPE..EVENT_TYPE + 1 {
            if walked.has(older) {
                deprecated(document, older, OUTCOME, counts, walked, log);
            }
        }
    }
    counts
}

/// Reports an older name, and where it says something else than the one that counts.
#[cold]
#[inline(never)]
fn deprecated(document: &[u8], older: u8, current: u8, counts: u8, walked: &mut Walked, log: &mut Log) {
    walked.report_beside(Code::DeprecatedField, older, current, log);
    let both = bit(older) | bit(counts);
    if older != counts
        && walked.usable & both == both
        && !same(document, *walked.place(older), *walked.place(counts), &mut walked.made)
    {
        walked.report_beside(Code::ConflictingFields, older, counts, log);
    }
}

/// What the call answers: the first of the targets whose members say something.
#[inline(always)]
fn named_target(walked: &Walked) -> Option<Target> {
    let pair = bit(RECOMMENDATION_ID) | bit(RANK);
    if walked.usable & pair == pair {
        Some(Target::Recommendation)
    } else if walked.usable & (bit(CREATIVE_ID) | bit(TREATMENT_ID)) != 0 {
        Some(Target::Creative)
    } else if walked.says(INTERACTION_ID) {
        Some(Target::Interaction)
    } else if walked.says(OFFER_ID) {
        Some(Target::Offer)
    } else {
        None
    }
}

/// Whether the call names what it answers. What is there counts even where its value is at
/// fault: a fault is said once.
#[inline(always)]
fn target(present: u32, named: Option<Target>, walked: &Walked, log: &mut Log) {
    let pair = present & (bit(RECOMMENDATION_ID) | bit(RANK));
    if pair == bit(RECOMMENDATION_ID) | bit(RANK) || present & (bit(CREATIVE_ID) | bit(TREATMENT_ID)) != 0 {
        return;
    }
    if present & (bit(INTERACTION_ID) | bit(OFFER_ID)) != 0 {
        legacy(named, walked, log);
    } else if pair == 0 {
        log.report(Code::MissingTarget, WHOLE, walked.close);
    } else {
        walked.report(Code::Required, if pair == bit(RANK) { RECOMMENDATION_ID } else { RANK }, log);
    }
}

/// The targets of older servers: the first of the two ids that says anything.
#[cold]
fn legacy(named: Option<Target>, walked: &Walked, log: &mut Log) {
    let usable = walked.usable & (bit(INTERACTION_ID) | bit(OFFER_ID));
    let mut code = Code::LegacyTarget;
    let mut field = INTERACTION_ID;
    if named == Some(Target::Offer) || usable == bit(OFFER_ID) {
        field = OFFER_ID;
    }
    if named.is_none() {
        code = Code::Empty;
        // A value at fault was reported.
        if usable == 0 {
            return;
        }
    }
    walked.report(code, field, log);
}

/// The idempotency key, where it does not simply stand here.
#[cold]
#[inline(never)]
fn idempotency(document: &[u8], options: &Options, walked: &mut Walked, log: &mut Log) {
    let header = header(options);
    let is_elsewhere = options.item || header.is_some();
    let mut code = Code::Required;
    if walked.says(IDEMPOTENCY_KEY) {
        match header {
            Some(header) if *walked.text(document, IDEMPOTENCY_KEY) != *header.as_bytes() => {}
            _ => return,
        }
        code = Code::IdempotencyMismatch;
    } else if walked.has(IDEMPOTENCY_KEY) {
        // A value at fault was reported.
        if walked.usable & bit(IDEMPOTENCY_KEY) == 0 || header.is_some() {
            return;
        }
        code = Code::Empty;
    } else if is_elsewhere {
        if !walked.is_null(IDEMPOTENCY_KEY) {
            return;
        }
        code = Code::NullField;
    }
    walked.report(code, IDEMPOTENCY_KEY, log);
}

fn header<'a>(options: &Options<'a>) -> Option<&'a str> {
    match options.idempotency_key {
        Some(header) if counts(header, options.item) => Some(header),
        _ => None,
    }
}

/// Whether a header says anything.
pub(super) fn counts(header: &str, item: bool) -> bool {
    !item && !is_blank(header.as_bytes())
}

/// The current name of a field.
pub(super) const fn current(field: u8) -> u8 {
    match field {
        INTERACTION_TYPE | OUTCOME_TYPE | EVENT_TYPE => OUTCOME,
        TREATMENT_ID => CREATIVE_ID,
        _ => field,
    }
}

/// Which of a current field's names has the value that counts: the first that is present.
pub(super) fn counting(current: u8, present: u32) -> u8 {
    if present & bit(current) != 0 {
        return current;
    }
    match current {
        OUTCOME if present & bit(INTERACTION_TYPE) != 0 => INTERACTION_TYPE,
        OUTCOME if present & bit(OUTCOME_TYPE) != 0 => OUTCOME_TYPE,
        OUTCOME => EVENT_TYPE,
        CREATIVE_ID => TREATMENT_ID,
        _ => current,
    }
}

/// What an older name of the outcome is called now; nothing for other names.
pub(super) fn current_name(older: &[u8]) -> &'static str {
    if matches!(CALL.find(older), INTERACTION_TYPE | OUTCOME_TYPE | EVENT_TYPE) { "outcome" } else { "" }
}
