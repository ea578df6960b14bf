//! One interaction: a Respond call as it is, or a row of the platform's history.

use super::build::Builder;
use super::rows::{CHANNEL, CREATIVE, CUSTOMER, OFFER, OUTCOME, VARIANT};
use crate::checks::log::Log;
use crate::checks::table::{Field, Name, Need, Object, Rule, Words, name};
use crate::checks::walk::{Walked, bit, walk};
use crate::issue::Code;
use crate::json::{Cursor, Span, double};
use crate::timestamp;

/// The members of a row, in the order of their places.
static NAMES: &[Name] = &[
    name("customerId"),
    name("timestamp"),
    name("offerId"),
    name("creativeId"),
    name("channelId"),
    name("variant"),
    name("direction"),
    name("conversionValue"),
    name("treatmentId"),
    name("outcomeTypeKey"),
    name("interactionType"),
    name("outcomeType"),
    name("eventType"),
    name("outcome"),
];
const CUSTOMER_ID: u8 = 0;
const TIMESTAMP: u8 = 1;
const OFFER_ID: u8 = 2;
const CREATIVE_ID: u8 = 3;
const CHANNEL_ID: u8 = 4;
const VARIANT_NAME: u8 = 5;
const DIRECTION: u8 = 6;
const CONVERSION_VALUE: u8 = 7;
const TREATMENT_ID: u8 = 8;
const OUTCOME_TYPE_KEY: u8 = 9;
const INTERACTION_TYPE: u8 = 10;
const OUTCOME_TYPE: u8 = 11;
const EVENT_TYPE: u8 = 12;
const OUTCOME_NAME: u8 = 13;

/// The names of the outcome: the first that says something counts.
const OUTCOMES: [u8; 5] = [OUTCOME_TYPE_KEY, OUTCOME_NAME, INTERACTION_TYPE, OUTCOME_TYPE, EVENT_TYPE];

const TEXT: Field = Field::new(Rule::Text, Need::Quiet);
const FIELDS: [Field; OUTCOME_NAME as usize + 1] = [
    Field::new(Rule::Filled, Need::Required),
    Field::new(Rule::Timestamp, Need::Late),
    TEXT,
    TEXT,
    TEXT,
    TEXT,
    Field::new(Rule::Choice(Words::Direction), Need::Quiet),
    Field::new(Rule::Number, Need::Quiet),
    TEXT,
    TEXT,
    TEXT,
    TEXT,
    TEXT,
    TEXT,
];

/// The members of a row that counts are made of; it may have any others.
pub static ROW: Object = Object::open("the interaction", NAMES, &FIELDS);
/// The same of a row of history whose `outcome` is something else than a key, which then stands beside it.
static HISTORY: Object = Object::open("the interaction", NAMES, FIELDS.split_last().expect("there are fields").1);

/// Reads the row under the cursor, and says what is wrong with it. `timed` is whether one without a timestamp has a time.
#[inline(always)]
pub(super) fn read(cursor: &mut Cursor, room: u32, timed: bool, walked: &mut Walked, log: &mut Log) {
    let start = *cursor;
    let before = log.checkpoint();
    walk(cursor, room, &ROW, walked, log);
    let named = bit(OUTCOME_TYPE_KEY) | bit(OUTCOME_NAME);
    if walked.named & named == named && walked.usable & bit(OUTCOME_NAME) == 0 && !cursor.failed() {
        log.go_back(&before);
        *cursor = start;
        walk(cursor, room, &HISTORY, walked, log);
    }
    if !walked.is_object {
        return;
    }
    if !timed && !walked.has(TIMESTAMP) {
        walked.report(Code::Required, TIMESTAMP, log);
    }
    if outcome(walked).is_none() {
        nameless(walked, log);
    }
}

/// The name that has the outcome.
#[inline(always)]
fn outcome(walked: &Walked) -> Option<u8> {
    OUTCOMES.into_iter().find(|name| walked.says(*name))
}

/// Reports that no name says which outcome it was, unless what is wrong was said.
#[cold]
fn nameless(walked: &Walked, log: &mut Log) {
    let mut present = OUTCOMES.into_iter().filter(|name| walked.has(*name));
    match present.next() {
        None => walked.report(Code::Required, OUTCOME_NAME, log),
        Some(name) if walked.value(name).is_some() => walked.report(Code::Empty, name, log),
        Some(_) => {}
    }
}

/// Puts the row that was read, and is a good one, into a builder; `at` is its time where it has none.
#[inline(always)]
pub(super) fn take(document: &[u8], at: i64, walked: &mut Walked, builder: &mut Builder) {
    let creative = if walked.says(CREATIVE_ID) { CREATIVE_ID } else { TREATMENT_ID };
    let outcome = outcome(walked).unwrap_or(OUTCOME_NAME);
    let columns = [
        (OUTCOME, outcome),
        (CUSTOMER, CUSTOMER_ID),
        (OFFER, OFFER_ID),
        (CREATIVE, creative),
        (CHANNEL, CHANNEL_ID),
        (VARIANT, VARIANT_NAME),
    ];
    for (column, field) in columns {
        match walked.value(field) {
            Some(value) if !value.is_escaped() => builder.text(column, document, value.inside()),
            _ => {
                let made = walked.text(document, field);
                builder.text(column, made, Span { at: 0, len: made.len() as u32 });
            }
        }
    }
    let time = walked.text(document, TIMESTAMP);
    let time = timestamp::usual_ms(time).or_else(|| timestamp::parse(time).map(|time| time.ms)).unwrap_or(at);
    // Their numbers begin with 1.
    let direction = walked.choice(DIRECTION).map_or(0, |place| place as u32 + 1);
    let value = walked.value(CONVERSION_VALUE).and_then(|value| double::read(value.span.of(document)));
    builder.end_row(time, direction, value);
}
