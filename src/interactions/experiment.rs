//! Experiments: how many of those who saw a variant converted, and what that is against the control.
//!
//! ```
//! use kaireon_outcomes::{checks::Settings, interactions::{Interactions, Options, experiment}};
//! let row = |customer, outcome, variant| {
//!     format!(r#"{{"customerId":"{customer}","outcome":"{outcome}","variant":"{variant}","timestamp":"2026-03-16"}}"#)
//! };
//! let rows = [row(1, "impression", "control"), row(2, "impression", "B"), row(2, "conversion", "B")].join(",");
//! let read = Interactions::read(format!("[{rows}]").as_bytes(), &Options::default(), &Settings::default());
//! let log = read.interactions.unwrap_or_default();
//! let said = log.rows().experiment(&experiment::Options::default());
//! assert_eq!(said.variants[1].uplift.and_then(|uplift| uplift.absolute), Some(1.0));
//! ```

use super::Window;
use super::rows::{CUSTOMER, OUTCOME, Rows, TIME, VARIANT};
use super::statistics::{Comparison, Interval, compare, rate, uplift, wilson};
use crate::json::double::member as number;
use crate::json::write::Writer;
use crate::room::push;

/// What is counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Unit {
    /// Customers: exposed, and converted at or after the first exposure.
    #[default]
    Customer,
    /// Interactions, whoever had them.
    Interaction,
}

/// How to look at an experiment.
#[derive(Clone, Copy, Debug)]
pub struct Options<'a> {
    /// The outcomes that are an exposure.
    pub exposure: &'a [&'a str],
    /// The outcomes that are a conversion.
    pub conversion: &'a [&'a str],
    /// What is counted.
    pub unit: Unit,
    /// The variant that the others are held against; otherwise the first of the usual names that there is.
    pub control: Option<&'a str>,
    /// Below so many exposures a variant is too small.
    pub min_samples: u64,
    /// The interactions that count.
    pub window: Window,
}

impl Default for Options<'_> {
    fn default() -> Self {
        Self {
            exposure: &["impression"],
            conversion: &["conversion"],
            unit: Unit::Customer,
            control: None,
            min_samples: MIN_SAMPLES,
            window: Window::ALWAYS,
        }
    }
}

/// Below so many a variant is too small, unless the caller says otherwise (A).
pub const MIN_SAMPLES: u64 = 50;
/// The textbook's z wants as many successes, and as many failures, to be expected on either side.
const MIN_EXPECTED: f64 = 5.0;
/// What the variant that others are held against is called (A), and what everybody calls it.
const CONTROLS: [&str; 3] = ["__holdout__", "__champion__", "control"];

/// What an experiment says.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Experiment<'a> {
    /// Its variants, in the order met.
    pub variants: Vec<Variant<'a>>,
    /// The place of the control among them.
    pub control: Option<usize>,
    /// How many exposures, and in unit interaction conversions, have no variant.
    pub unassigned: u64,
    /// How many customers saw more than one variant; each counts for that of the first exposure.
    pub mixed: u64,
}

/// One variant.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Variant<'a> {
    /// Its name.
    pub variant: &'a [u8],
    /// How many were exposed.
    pub exposed: u64,
    /// How many converted.
    pub converted: u64,
    /// The part of them.
    pub rate: Option<f64>,
    /// Where that lies, at 95 % (Wilson).
    pub interval: Option<Interval>,
    /// Whether it is too small to say anything.
    pub small: bool,
    /// What it is against the control; none of the control itself.
    pub uplift: Option<Uplift>,
}

/// A variant against the control.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Uplift {
    /// The difference of the rates.
    pub absolute: Option<f64>,
    /// The same as a part of the control's.
    pub relative: Option<f64>,
    /// The pooled z and its two-sided p.
    pub comparison: Option<Comparison>,
    /// Whether there are too few for these to be relied on.
    pub small: bool,
}

/// What an experiment says.
pub(super) fn experiment<'a>(rows: Rows<'a>, options: &Options) -> Experiment<'a> {
    let mut found = Experiment::default();
    let mut counts: Vec<[u64; 2]> = Vec::new();
    for _ in 0..=rows.texts(VARIANT) {
        push(&mut counts, [0; 2]);
    }
    match options.unit {
        Unit::Customer => customers(rows, options, &mut counts, &mut found),
        Unit::Interaction => interactions(rows, options, &mut counts, &mut found),
    }
    for (number, [exposed, converted]) in (0_u32..).zip(&counts) {
        if number > 0 && exposed + converted > 0 {
            let variant = Variant {
                variant: rows.text(VARIANT, number),
                exposed: *exposed,
                converted: *converted,
                rate: rate((*converted, *exposed)),
                interval: wilson(*converted, *exposed),
                small: *exposed < options.min_samples,
                uplift: None,
            };
            push(&mut found.variants, variant);
        }
    }
    let place = |name: &str| found.variants.iter().position(|variant| *variant.variant == *name.as_bytes());
    found.control = match options.control {
        Some(name) => place(name),
        None => CONTROLS.into_iter().find_map(place),
    };
    if let Some(control) = found.control.and_then(|place| found.variants.get(place)).cloned() {
        for (place, variant) in found.variants.iter_mut().enumerate() {
            if found.control != Some(place) {
                variant.uplift = Some(against(variant, &control));
            }
        }
    }
    found
}

fn against(variant: &Variant, control: &Variant) -> Uplift {
    let (one, other) = ((variant.converted, variant.exposed), (control.converted, control.exposed));
    let (absolute, relative) = uplift(one, other);
    let (sizes, successes) = ((one.1 + other.1) as f64, (one.0 + other.0) as f64);
    let expected = successes.min(sizes - successes) * one.1.min(other.1) as f64;
    let small = variant.small || control.small || expected < MIN_EXPECTED * sizes;
    Uplift { absolute, relative, comparison: compare(one, other), small }
}

/// What rows of each outcome are, by its number: bit 0 an exposure, 1 a conversion.
fn classes(rows: Rows, options: &Options) -> Vec<u8> {
    let mut classes = Vec::new();
    push(&mut classes, 0);
    for number in 1..=rows.texts(OUTCOME) {
        let key = rows.text(OUTCOME, number);
        let has = |keys: &[&str]| u8::from(keys.iter().any(|known| *known.as_bytes() == *key));
        push(&mut classes, has(options.exposure) | has(options.conversion) << 1);
    }
    classes
}

/// The rows that are an exposure or a conversion, and when they were.
fn events<'r>(rows: Rows<'r>, options: &Options) -> impl Iterator<Item = (usize, u8, i64)> + use<'r> {
    let (classes, window) = (classes(rows, options), options.window);
    let (outcomes, times) = (rows.column(OUTCOME), rows.column(TIME));
    (0..rows.len()).filter_map(move |row| {
        let class = classes.get(outcomes.number(row) as usize).copied().unwrap_or(0);
        let time = rows.earliest().saturating_add_unsigned(times.at(row));
        if class > 0 && window.has(time) { Some((row, class, time)) } else { None }
    })
}

fn interactions(rows: Rows, options: &Options, counts: &mut [[u64; 2]], found: &mut Experiment) {
    let variants = rows.column(VARIANT);
    for (row, class, _) in events(rows, options) {
        let number = variants.number(row);
        found.unassigned += u64::from(number == 0);
        if let Some([exposed, converted]) = counts.get_mut(number as usize) {
            *exposed += u64::from(class & 1);
            *converted += u64::from(class >> 1);
        }
    }
}

/// What is known of a customer.
#[derive(Clone, Copy)]
struct Seen {
    first: i64,
    /// The variant of the first exposure; 0 while there is none.
    variant: u32,
    mixed: bool,
    converted: bool,
}

fn customers(rows: Rows, options: &Options, counts: &mut [[u64; 2]], found: &mut Experiment) {
    let (variants, customers) = (rows.column(VARIANT), rows.column(CUSTOMER));
    let mut all = Vec::new();
    for _ in 0..=rows.texts(CUSTOMER) {
        push(&mut all, Seen { first: i64::MAX, variant: 0, mixed: false, converted: false });
    }
    for (row, class, time) in events(rows, options) {
        let number = variants.number(row);
        if class & 1 == 0 {
            continue;
        }
        if number == 0 {
            found.unassigned += 1;
            continue;
        }
        if let Some(seen) = all.get_mut(customers.number(row) as usize) {
            seen.mixed |= seen.variant > 0 && seen.variant != number;
            if time < seen.first || seen.variant == 0 {
                (seen.first, seen.variant) = (time, number);
            }
        }
    }
    // Now that every first exposure is known, in whatever order they came.
    for (row, class, time) in events(rows, options) {
        if let Some(seen) = all.get_mut(customers.number(row) as usize) {
            seen.converted |= class & 2 != 0 && seen.variant > 0 && time >= seen.first;
        }
    }
    for seen in &all {
        found.mixed += u64::from(seen.mixed);
        if let Some([exposed, converted]) = counts.get_mut(seen.variant as usize) {
            *exposed += 1;
            *converted += u64::from(seen.converted);
        }
    }
}

impl Experiment<'_> {
    /// The same as JSON.
    pub fn write(&self, writer: &mut Writer) {
        writer.open(b'{');
        writer.name(b"control");
        match self.control.and_then(|place| self.variants.get(place)) {
            Some(control) => writer.string(control.variant),
            None => writer.raw(b"null"),
        }
        writer.name(b"variants");
        writer.open(b'[');
        for variant in &self.variants {
            variant.write(writer);
        }
        writer.close(b']');
        writer.number_member(b"unassigned", self.unassigned);
        writer.number_member(b"mixed", self.mixed);
        writer.close(b'}');
    }
}

impl Variant<'_> {
    fn write(&self, writer: &mut Writer) {
        writer.open(b'{');
        writer.string_member(b"variant", self.variant);
        writer.number_member(b"exposed", self.exposed);
        writer.number_member(b"converted", self.converted);
        number(b"rate", self.rate, writer);
        number(b"low", self.interval.map(|interval| interval.low), writer);
        number(b"high", self.interval.map(|interval| interval.high), writer);
        writer.raw_member(b"small", if self.small { b"true" } else { b"false" });
        writer.name(b"uplift");
        match self.uplift {
            Some(uplift) => {
                writer.open(b'{');
                number(b"absolute", uplift.absolute, writer);
                number(b"relative", uplift.relative, writer);
                number(b"z", uplift.comparison.map(|found| found.z), writer);
                number(b"p", uplift.comparison.map(|found| found.p), writer);
                writer.raw_member(b"small", if uplift.small { b"true" } else { b"false" });
                writer.close(b'}');
            }
            None => writer.raw(b"null"),
        }
        writer.close(b'}');
    }
}
