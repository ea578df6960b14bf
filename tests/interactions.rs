//! What holds of interactions whatever comes in: logs, tallies, suppressions, metrics.

#![allow(clippy::expect_used, clippy::indexing_slicing, reason = "a test that cannot go on says so")]

use kaireon_outcomes::Registry;
use kaireon_outcomes::checks::Settings;
use kaireon_outcomes::checks::definitions::{self, Kind};
use kaireon_outcomes::interactions::experiment::{self, Unit};
use kaireon_outcomes::interactions::suppression::Candidate;
use kaireon_outcomes::interactions::{Interactions, Options, Reader, Rows, Window};
use kaireon_outcomes::json::write::Writer;
use proptest::prelude::*;
use serde_json::{Value, json};

const DAY: i64 = Window::DAY;
/// 2026-03-16T14:35:00Z
const NOW: i64 = 1_773_671_700_000;

/// A row as it is meant: few words, so that they meet.
#[derive(Clone, Debug)]
struct Row {
    customer: u8,
    outcome: usize,
    offer: Option<u8>,
    variant: Option<u8>,
    value: Option<i32>,
    /// Milliseconds before now.
    age: i64,
}

const OUTCOMES: [&str; 7] = ["impression", "click", "conversion", "complaint", "clik", "expired", "defer"];

impl Row {
    fn json(&self) -> Value {
        let text = |name: &str, number: Option<u8>| number.map(|number| format!("{name}{number}"));
        json!({
            "customerId": format!("c{}", self.customer), "outcome": OUTCOMES[self.outcome], "offerId": text("o", self.offer),
            "variant": text("v", self.variant), "conversionValue": self.value, "timestamp": iso(NOW - self.age),
        })
    }
}

/// A time as the platform writes it.
fn iso(ms: i64) -> String {
    let (days, rest) = (ms.div_euclid(DAY), ms.rem_euclid(DAY));
    // Howard Hinnant's civil_from_days.
    let z = days + 719_468;
    let era = z.div_euclid(146_097);
    let doe = z.rem_euclid(146_097);
    let yoe = (doe - doe / 1460 + doe / 36_524 - doe / 146_096) / 365;
    let doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    let month = (5 * doy + 2) / 153;
    let (day, month) = (doy - (153 * month + 2) / 5 + 1, if month < 10 { month + 3 } else { month - 9 });
    let year = yoe + era * 400 + i64::from(month <= 2);
    let (seconds, ms) = (rest / 1000, rest % 1000);
    let (hour, minute, second) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{ms:03}Z")
}

/// Ages about the edges of windows of some days.
fn age() -> impl Strategy<Value = i64> {
    prop_oneof![(-2_i64..12, -2_i64..3).prop_map(|(days, off)| days * DAY + off), -DAY..400 * DAY,]
}

fn row() -> impl Strategy<Value = Row> {
    let small = |most: u8| proptest::option::of(0..most);
    (0_u8..4, 0..OUTCOMES.len(), small(3), small(3), proptest::option::of(-50..50_i32), age()).prop_map(
        |(customer, outcome, offer, variant, value, age)| Row { customer, outcome, offer, variant, value, age },
    )
}

fn rows() -> impl Strategy<Value = Vec<Row>> {
    proptest::collection::vec(row(), 0..40)
}

fn log(rows: &[Row]) -> Interactions {
    let document = json!(rows.iter().map(Row::json).collect::<Vec<_>>()).to_string();
    let read = Interactions::read(document.as_bytes(), &Options::default(), &Settings::default());
    assert_eq!(read.left_out, 0, "{:?}", read.refused);
    read.interactions.expect("good rows")
}

/// A registry with a retired type.
fn registry() -> Registry {
    let list = json!([{ "key": "expired", "name": "E", "category": "impression", "classification": "neutral", "deletedAt": "2026-01-01T00:00:00Z" }]);
    Registry::load(list.to_string().as_bytes(), &Default::default(), &Settings::default()).value.expect("a list")
}

fn metric(log: &Interactions, definition: &Value, customer: Option<&str>) -> Value {
    let registry = registry();
    let answer =
        log.rows().metric(registry.image(), definition.to_string().as_bytes(), customer, NOW, &Settings::default());
    let mut writer = Writer::default();
    answer.value.expect("a metric").write(&mut writer);
    serde_json::from_slice(&writer.text).expect("the core writes JSON")
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_tally_is_the_sum_over_any_split(rows in rows(), at in 0_usize..40, days in proptest::option::of(0_u64..12)) {
        let registry = registry();
        let window = days.map_or(Window::ALWAYS, |days| Window::last(Some(days), NOW));
        let (one, other) = rows.split_at(at.min(rows.len()));
        let (whole, one, other) = (log(&rows), log(one), log(other));
        let [whole_tally, one_tally, other_tally] =
            [&whole, &one, &other].map(|log| log.rows().tally(registry.image(), window));
        prop_assert_eq!(whole_tally.total, one_tally.total + other_tally.total);
        for place in 0..3 {
            let [one, other] = [&one_tally, &other_tally].map(|tally| tally.classifications[place]);
            prop_assert_eq!(whole_tally.classifications[place], one + other);
        }
        for key in OUTCOMES {
            let count = |tally: &kaireon_outcomes::interactions::tally::Tally| {
                let both = tally.keys.iter().chain(&tally.unknown);
                both.filter(|count| *count.key == *key.as_bytes()).map(|count| count.count).sum::<u64>()
            };
            prop_assert_eq!(count(&whole_tally), count(&one_tally) + count(&other_tally));
            let brute = rows.iter().filter(|row| OUTCOMES[row.outcome] == key && window.has(NOW - row.age)).count();
            prop_assert_eq!(count(&whole_tally), brute as u64);
        }
        // And the log of both is the log of the whole.
        prop_assert_eq!(one.with(other.rows()), whole);
    }

    #[test]
    fn a_suppression_is_monotone_in_its_days(rows in rows(), customer in 0_u8..4, offer in 0_u8..3) {
        let (registry, log) = (registry(), log(&rows));
        let (customer_id, offer_id) = (format!("c{customer}"), format!("o{offer}"));
        let candidate = Candidate { customer_id: &customer_id, offer_id: Some(&offer_id), ..Default::default() };
        let mut before = false;
        for days in 1..14_u64 {
            let config = json!({ "outcomeTypes": ["complaint", "clik"], "lookbackDays": days });
            let policy = json!({ "name": "P", "ruleType": "outcome_based", "config": config }).to_string();
            let answer = log.rows().suppression(registry.image(), policy.as_bytes(), &candidate, NOW, &Settings::default());
            let answer = answer.value.expect("a policy");
            let suppressed = answer.suppressed.expect("an offer can be told");
            prop_assert!(suppressed || !before, "what is suppressed for {} days is for {}", days - 1, days);
            before = suppressed;
            let counts = |row: &&Row| {
                let is_own = row.customer == customer && row.offer == Some(offer) && matches!(row.outcome, 3 | 4);
                is_own && (0..days as i64 * DAY).contains(&row.age)
            };
            let last = rows.iter().filter(counts).map(|row| NOW - row.age).max();
            prop_assert_eq!(answer.since.map(|since| since.at), last);
            prop_assert_eq!(answer.until, last.map(|last| last + days as i64 * DAY));
            if let Some(since) = answer.since {
                prop_assert_eq!(NOW - rows[since.row].age, since.at);
            }
        }
    }

    #[test]
    fn a_metric_equals_brute_force(rows in rows(), days in 1_u64..12, customer in proptest::option::of(0_u8..4), by_offer in any::<bool>()) {
        let log = log(&rows);
        let customer_id = customer.map(|customer| format!("c{customer}"));
        let name = |offer: Option<u8>| offer.map_or(Value::Null, |offer| json!(format!("o{offer}")));
        for aggregate in ["count", "sum", "avg", "min", "max", "ratio"] {
            let dimensions = if by_offer { json!(["offer"]) } else { json!([]) };
            let definition = json!({ "name": "M", "aggregationType": aggregate, "eventType": "click",
                "secondaryEventType": "impression", "windowDays": days, "dimensions": dimensions });
            let answer = metric(&log, &definition, customer_id.as_deref());
            let own = |row: &&Row| {
                (0..days as i64 * DAY).contains(&row.age) && customer.is_none_or(|customer| row.customer == customer)
            };
            let own: Vec<&Row> = rows.iter().filter(own).collect();
            let mut groups: Vec<Value> = Vec::new();
            for row in &own {
                if by_offer && (row.outcome == 1 || aggregate == "ratio" && row.outcome == 0) && !groups.contains(&name(row.offer)) {
                    groups.push(name(row.offer));
                }
            }
            let wanted = |group: Option<&Value>| {
                let of = |outcome: usize| own.iter().filter(move |row| row.outcome == outcome && group.is_none_or(|group| name(row.offer) == *group));
                let values: Vec<i32> = of(1).filter_map(|row| row.value).collect();
                let (count, sum) = (of(1).count() as f64, f64::from(values.iter().sum::<i32>()));
                let value = match aggregate {
                    "count" => Some(count),
                    "sum" => Some(sum),
                    "avg" => (!values.is_empty()).then(|| sum / values.len() as f64),
                    "min" => values.iter().min().copied().map(f64::from),
                    "max" => values.iter().max().copied().map(f64::from),
                    _ => (of(0).count() > 0).then(|| count / of(0).count() as f64),
                };
                (count, value)
            };
            let found = answer["groups"].as_array().expect("groups");
            if !by_offer {
                prop_assert_eq!(found.len(), 1);
            } else {
                let offers: Vec<Value> = found.iter().map(|group| group["by"]["offer"].clone()).collect();
                prop_assert_eq!(&offers, &groups);
            }
            for group in found {
                let (count, value) = wanted(by_offer.then_some(&group["by"]["offer"]));
                prop_assert_eq!(group["count"].as_f64(), Some(count));
                prop_assert_eq!(group["value"].as_f64(), value, "{}", aggregate);
            }
        }
    }

    #[test]
    fn an_experiment_equals_brute_force(rows in rows(), by_customer in any::<bool>()) {
        let log = log(&rows);
        let unit = if by_customer { Unit::Customer } else { Unit::Interaction };
        let answer = log.rows().experiment(&experiment::Options { unit, control: Some("v0"), ..Default::default() });
        for place in 0..3_u8 {
            let exposures = |row: &&Row| row.outcome == 0 && row.variant.is_some();
            let (mut exposed, mut converted) = (0, 0);
            if by_customer {
                for customer in 0..4 {
                    let own: Vec<&Row> = rows.iter().filter(|row| row.customer == customer).collect();
                    // The oldest, of several the first in the log.
                    let first = own.iter().copied().filter(exposures).rev().max_by_key(|row| row.age);
                    if let Some(first) = first.filter(|first| first.variant == Some(place)) {
                        exposed += 1;
                        converted += u64::from(own.iter().any(|row| row.outcome == 2 && row.age <= first.age));
                    }
                }
            } else {
                let count = |outcome| rows.iter().filter(|row| row.outcome == outcome && row.variant == Some(place)).count() as u64;
                (exposed, converted) = (count(0), count(2));
            }
            let name = format!("v{place}");
            let found = answer.variants.iter().find(|variant| *variant.variant == *name.as_bytes());
            prop_assert_eq!(found.map_or((0, 0), |found| (found.exposed, found.converted)), (exposed, converted));
        }
    }

    #[test]
    fn a_log_survives_any_bytes(bytes in proptest::collection::vec(any::<u8>(), 0..300), rows in rows(), at in any::<prop::sample::Index>()) {
        let registry = registry();
        let ask = |rows: Rows| {
            drop(rows.tally(registry.image(), Window::ALWAYS));
            rows.experiment(&experiment::Options::default());
            let metric = br#"{"name":"M","aggregateFunction":"sum","sourceField":"totalValue","groupByDimensions":["offerId","outcomeType"]}"#;
            drop(rows.metric(registry.image(), metric, None, NOW, &Settings::default()));
            drop(Interactions::default().with(rows));
        };
        prop_assert_eq!(Interactions::from_bytes(bytes.clone()), None);
        ask(Rows::new(&bytes));
        let mut damaged = log(&rows).into_bytes();
        let at = at.index(damaged.len());
        damaged[at] ^= bytes.first().copied().unwrap_or(1) | 1;
        prop_assert_eq!(Interactions::from_bytes(damaged.clone()), None);
        // Numbers of rows beyond what there is would only take long.
        if !(12..20).contains(&at) {
            ask(Rows::new(&damaged));
        }
    }

    #[test]
    fn no_reading_panics_on_any_bytes(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        let read = Interactions::read(&bytes, &Options::default(), &Settings::default());
        prop_assert_eq!(read.interactions.is_none(), !read.found.issues.is_empty());
        let mut reader = Reader::new(Options { at: Some(NOW), ..Default::default() }, Settings::default());
        reader.feed(&bytes);
        reader.end();
        for kind in Kind::ALL {
            let registry = Registry::defaults();
            let answer = registry.check_definition(kind, &bytes, &definitions::Options::default(), &Settings::default());
            prop_assert_eq!(answer.value.is_none(), !answer.issues.is_empty());
            let _ = registry.check_delete_among(b"\"k\"", &bytes, &Settings::default());
        }
    }
}

/// What many keys have in front of them is said with each: levels without end, and a name as long as a book.
#[test]
fn an_answer_is_not_many_times_its_document() {
    let keys = |key: &str, count| vec![format!(r#""{key}""#); count].join(",");
    let nested =
        |name| format!("{}[{}]{}", format!(r#"{{"{name}":"#).repeat(900), keys("click", 100_000), "}".repeat(900));
    let named = |key| format!(r#"{{"{}":{{"outcome":[{}]}}}}"#, "n".repeat(100_000), keys(key, 900));
    let filters = [
        (nested("outcome"), 130, 1),
        (nested(r#"field":"outcome","value"#), 544, 544),
        (named("click"), 11, 1),
        (named("clikk"), 11, 11),
    ];
    for (filter, listed, warned) in filters {
        let metric = r#""name":"M","aggregationType":"count","eventType":"click""#;
        let document = format!(r#"{{{metric},"filterConditions":{filter}}}"#);
        let (options, settings) =
            (definitions::Options::default(), Settings { max_issues: 1000, ..Settings::default() });
        let checked =
            Registry::defaults().check_definition(Kind::BehavioralMetric, document.as_bytes(), &options, &settings);
        let found = checked.value.expect("a list of keys is never an error");
        let found: Vec<Value> = serde_json::from_str(&found).expect("it is JSON");
        let last = checked.warnings.last().map(|warning| warning.code.text());
        assert_eq!((found.len(), checked.warnings.len(), last), (listed, warned, Some("out_of_range")));
    }
    let among =
        format!(r#"{{"behavioral-metric":[{{"aggregationType":"count","filterConditions":{}}}]}}"#, named("quote"));
    let checked = registry().check_delete_among(
        br#""quote""#,
        among.as_bytes(),
        &Settings { max_issues: 900, ..Settings::default() },
    );
    let last = checked.warnings.last().map(|warning| warning.message.as_str());
    assert!(checked.warnings.len() < 80 && last.is_some_and(|last| last.starts_with("And 8")), "{last:?}");
}
