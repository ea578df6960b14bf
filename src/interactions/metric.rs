//! Behavioral metrics: one figure, or one for each group, of the interactions in a window.
//!
//! ```
//! use kaireon_outcomes::{Registry, checks::Settings, interactions::{Interactions, Options}};
//! let rows = br#"[{"customerId":"C1","outcome":"click","timestamp":"1970-01-02T00:00:00Z"}]"#;
//! let log = Interactions::read(rows, &Options::default(), &Settings::default()).interactions.unwrap_or_default();
//! let metric = br#"{"name":"Clicks","aggregationType":"count","eventType":"click","windowDays":7}"#;
//! let of = |now| log.rows().metric(Registry::defaults().image(), metric, None, now, &Settings::default());
//! assert_eq!(of(8 * 86_400_000 - 1).value.map(|said| said.groups[0].value), Some(Some(1.0)));
//! assert_eq!(of(8 * 86_400_000).value.map(|said| said.groups[0].value), Some(Some(0.0)));
//! ```

use super::Window;
use super::rows::{CHANNEL, CREATIVE, CUSTOMER, FLAGS, HAS_VALUE, OFFER, OUTCOME, Rows, TIME};
use super::texts::Pairs;
use crate::checks::definitions::{AGGREGATES, given};
use crate::json::double::member as number;
use crate::json::number::Number;
use crate::json::tree::Tree;
use crate::json::write::Writer;
use crate::outcome::{Category, Classification};
use crate::registry::{Found, Image};
use crate::room::push;

/// What a metric comes to.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Metric<'a> {
    /// Its groups, in the order met; one where it has no dimensions.
    pub groups: Vec<Group<'a>>,
    /// The member of the definition because of which there is no figure.
    pub reason: Option<&'static str>,
    /// The words of its dimensions.
    pub dimensions: Vec<Dimension>,
}

/// What a metric is grouped by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dimension {
    /// Its word.
    pub word: &'static str,
    /// The column that it is.
    pub(super) column: usize,
}

/// One group of a metric.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Group<'a> {
    /// What its rows have in common, in the order of the dimensions; empty where they have none.
    pub by: [&'a [u8]; 2],
    /// How many rows there are of what is counted.
    pub count: u64,
    /// The figure; none where there is none.
    pub value: Option<f64>,
}

/// The dimensions of both generations.
const DIMENSIONS: [Dimension; 6] = [
    Dimension { word: "offer", column: OFFER },
    Dimension { word: "channel", column: CHANNEL },
    Dimension { word: "offerId", column: OFFER },
    Dimension { word: "channelId", column: CHANNEL },
    Dimension { word: "creativeId", column: CREATIVE },
    Dimension { word: "outcomeType", column: OUTCOME },
];

/// How a metric aggregates.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Aggregate {
    Count,
    Sum,
    Avg,
    Min,
    Max,
    Ratio,
}

impl Aggregate {
    /// All of them, in the order of their words.
    const ALL: [Aggregate; AGGREGATES.len()] = [Self::Count, Self::Sum, Self::Avg, Self::Min, Self::Max, Self::Ratio];
}

/// What is aggregated.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Source {
    /// The rows of a key.
    Event,
    /// The rows of a counter: each counts one.
    Counter,
    /// The values of all rows.
    Value,
}

/// A row is one of those that are aggregated; one of those that a ratio is over.
const ONE: u8 = 1;
const OTHER: u8 = 2;

/// What of the rows of a group is kept.
#[derive(Clone, Copy, Default)]
struct Sums {
    rows: [u64; 2],
    values: u64,
    sum: f64,
    /// What the sum has lost (Neumaier).
    lost: f64,
    least: f64,
    most: f64,
}

impl Sums {
    #[inline(always)]
    fn add(&mut self, value: f64) {
        let sum = self.sum + value;
        self.lost += if self.sum.abs() >= value.abs() { (self.sum - sum) + value } else { (value - sum) + self.sum };
        self.sum = sum;
        if self.values == 0 || value < self.least {
            self.least = value;
        }
        if self.values == 0 || value > self.most {
            self.most = value;
        }
        self.values += 1;
    }

    fn figure(&self, aggregate: Aggregate, source: Source) -> Option<f64> {
        let [one, other] = self.rows;
        let sum = self.sum + self.lost;
        let some = |value: f64| if self.values > 0 { Some(value) } else { None };
        let figure = match (aggregate, source) {
            (Aggregate::Ratio, _) if other == 0 => None,
            (Aggregate::Ratio, _) => Some(one as f64 / other as f64),
            (Aggregate::Count, Source::Value) => Some(self.values as f64),
            (Aggregate::Count, _) | (Aggregate::Sum, Source::Counter) => Some(one as f64),
            (Aggregate::Sum, _) => Some(sum),
            (Aggregate::Avg, _) => some(sum / self.values as f64),
            (Aggregate::Min, _) => some(self.least),
            (Aggregate::Max, _) => some(self.most),
        };
        // A sum may be beyond a double.
        figure.filter(|figure| figure.is_finite())
    }
}

/// What a metric, which was checked, comes to at a time; of one customer where one is given.
pub(super) fn metric<'a>(rows: Rows<'a>, image: Image, metric: &Tree, customer: Option<&str>, now: i64) -> Metric<'a> {
    let mut answer = Metric { groups: Vec::new(), reason: None, dimensions: dimensions(metric) };
    let word = ["aggregateFunction", "aggregationType"].iter().find_map(|name| given(metric, 0, name));
    let mut known = AGGREGATES.iter().zip(Aggregate::ALL);
    let Some((_, aggregate)) = known.find(|(known, _)| word.is_some_and(|word| metric.says(word, known))) else {
        answer.reason = Some("aggregateFunction");
        return answer;
    };
    let meanings = rows.meanings(image);
    let (classes, source) = match classes(rows, &meanings, metric, aggregate) {
        Ok(classes) => classes,
        Err(reason) => {
            answer.reason = Some(reason);
            return answer;
        }
    };
    let days = given(metric, 0, "windowDays").and_then(|days| metric.node(days));
    let days = days.and_then(|days| Number::new(days.span.of(metric.document())).whole());
    let wanted = customer.map(|customer| rows.find(CUSTOMER, customer.as_bytes()));
    let (pairs, sums) = summed(rows, &classes, &answer.dimensions, wanted, Window::last(days, now));
    for (pair, sums) in pairs.pairs.iter().zip(&sums) {
        let mut by: [&[u8]; 2] = [&[]; 2];
        for ((by, number), dimension) in by.iter_mut().zip(pair).zip(&answer.dimensions) {
            *by = rows.text(dimension.column, *number);
        }
        let count = if source == Source::Value { sums.values } else { sums.rows[0] };
        push(&mut answer.groups, Group { by, count, value: sums.figure(aggregate, source) });
    }
    answer
}

/// The dimensions of a metric, by either name; those that we do not know were reported.
fn dimensions(metric: &Tree) -> Vec<Dimension> {
    let mut found = Vec::new();
    let list = ["groupByDimensions", "dimensions"].iter().find_map(|name| given(metric, 0, name));
    for place in list.into_iter().flat_map(|list| metric.children(list)) {
        let known = DIMENSIONS.into_iter().find(|known| metric.says(place, known.word));
        if let (Some(known), true) = (known, found.len() < 2) {
            push(&mut found, known);
        }
    }
    found
}

/// What rows of each outcome are, by its number; or the member because of which that cannot be told.
fn classes(
    rows: Rows,
    meanings: &[Option<Found>],
    metric: &Tree,
    aggregate: Aggregate,
) -> Result<(Vec<u8>, Source), &'static str> {
    for name in ["filterConditions", "sqlFilter"] {
        let filter = given(metric, 0, name).filter(|filter| !metric.says(*filter, ""));
        if filter
            .is_some_and(|filter| metric.is(filter, crate::json::Kind::String) || metric.inside(filter).count() > 0)
        {
            return Err(name);
        }
    }
    let event = given(metric, 0, "eventType");
    let counter = given(metric, 0, "sourceField");
    let is_ratio = aggregate == Aggregate::Ratio;
    let over = given(metric, 0, "secondaryEventType");
    let mut source = Source::Event;
    if event.is_none() {
        let Some(counter) = counter else { return Err("eventType") };
        let is = |word| metric.says(counter, word);
        if !["impressions", "positive", "negative", "neutral", "converts", "totalValue"].into_iter().any(is) {
            return Err("sourceField");
        }
        source = if is("totalValue") { Source::Value } else { Source::Counter };
        // Of a counter there is a number of rows, and no least or most of them.
        let is_figure = match source {
            Source::Counter => matches!(aggregate, Aggregate::Count | Aggregate::Sum | Aggregate::Ratio),
            _ => !is_ratio,
        };
        if !is_figure {
            return Err("sourceField");
        }
    } else if is_ratio && over.is_none() {
        return Err("secondaryEventType");
    }
    let mut classes = Vec::new();
    for (number, found) in (0_u32..).zip(meanings) {
        let key = rows.text(OUTCOME, number);
        let named = |place: Option<u32>| place.is_some_and(|place| number > 0 && metric.is_text(place, key));
        let mut class = 0;
        if event.is_some() {
            class |= if named(event) { ONE } else { 0 };
            class |= if is_ratio && named(over) { OTHER } else { 0 };
        } else {
            let is_one = counter.is_some_and(|counter| counts(metric, counter, key, *found));
            class |= if is_one { ONE } else { 0 };
            class |= if is_ratio && is_impression(*found) { OTHER } else { 0 };
        }
        push(&mut classes, class);
    }
    Ok((classes, source))
}

fn is_impression(found: Option<Found>) -> bool {
    found.is_some_and(|found| found.facts.category() == Category::Impression)
}

/// Whether a counter counts an outcome: impressions by category, the others by classification among the responses.
fn counts(metric: &Tree, counter: u32, key: &[u8], found: Option<Found>) -> bool {
    let is = |word| metric.says(counter, word);
    if is("totalValue") {
        return true;
    }
    if is("converts") {
        return matches!(key, b"conversion" | b"convert");
    }
    if is("impressions") {
        return is_impression(found);
    }
    let classification = match found {
        Some(found) if found.facts.category() == Category::Response => found.facts.classification(),
        _ => return false,
    };
    is(match classification {
        Classification::Positive => "positive",
        Classification::Negative => "negative",
        Classification::Neutral => "neutral",
    })
}

/// The sums of each group, in one pass.
fn summed(
    rows: Rows,
    classes: &[u8],
    dimensions: &[Dimension],
    customer: Option<u32>,
    window: Window,
) -> (Pairs, Vec<Sums>) {
    let mut pairs = Pairs::default();
    let mut sums: Vec<Sums> = Vec::new();
    if dimensions.is_empty() {
        // There is a figure of nothing, too.
        pairs.place([0, 0]);
        push(&mut sums, Sums::default());
    }
    let by = |place: usize| dimensions.get(place).map(|dimension| rows.column(dimension.column));
    let (first, second) = (by(0), by(1));
    let (outcomes, customers) = (rows.column(OUTCOME), rows.column(CUSTOMER));
    let (times, flags) = (rows.column(TIME), rows.column(FLAGS));
    let mut values = 0;
    for row in 0..rows.len() {
        let has_value = flags.number(row) & HAS_VALUE != 0;
        let value_at = values;
        values += usize::from(has_value);
        let class = classes.get(outcomes.number(row) as usize).copied().unwrap_or(0);
        if class == 0
            || customer.is_some_and(|customer| customers.number(row) != customer)
            || !window.has(rows.earliest().saturating_add_unsigned(times.at(row)))
        {
            continue;
        }
        let mut place = 0;
        if let Some(first) = &first {
            place = pairs.place([first.number(row), second.as_ref().map_or(0, |second| second.number(row))]);
            if place == sums.len() {
                push(&mut sums, Sums::default());
            }
        }
        if let Some(sums) = sums.get_mut(place) {
            sums.rows[0] += u64::from(class & ONE);
            sums.rows[1] += u64::from(class >> 1);
            if has_value && class & ONE != 0 {
                sums.add(rows.value(value_at));
            }
        }
    }
    (pairs, sums)
}

impl Metric<'_> {
    /// The same as JSON.
    pub fn write(&self, writer: &mut Writer) {
        writer.open(b'{');
        if let Some(reason) = self.reason {
            writer.string_member(b"reason", reason.as_bytes());
        }
        writer.name(b"groups");
        writer.open(b'[');
        for group in &self.groups {
            writer.open(b'{');
            writer.name(b"by");
            writer.open(b'{');
            for (dimension, text) in self.dimensions.iter().zip(group.by) {
                writer.name(dimension.word.as_bytes());
                if text.is_empty() {
                    writer.raw(b"null");
                } else {
                    writer.string(text);
                }
            }
            writer.close(b'}');
            writer.number_member(b"count", group.count);
            number(b"value", group.value, writer);
            writer.close(b'}');
        }
        writer.close(b']');
        writer.close(b'}');
    }
}
