//! Contact policies: does one suppress an offer to a customer now, since which interaction, and until when?
//!
//! ```
//! use kaireon_outcomes::{Registry, checks::Settings, interactions::{Interactions, Options, suppression::Candidate}};
//! let rows = br#"[{"customerId":"C1","offerId":"o1","outcome":"complaint","timestamp":"1970-01-02T00:00:00Z"}]"#;
//! let log = Interactions::read(rows, &Options::default(), &Settings::default()).interactions.unwrap_or_default();
//! let policy = br#"{"name":"P","ruleType":"outcome_based","config":{"outcomeType":"complaint","lookbackDays":90}}"#;
//! let candidate = Candidate { customer_id: "C1", offer_id: Some("o1"), ..Candidate::default() };
//! let now = 30 * 86_400_000;
//! let said = log.rows().suppression(Registry::defaults().image(), policy, &candidate, now, &Settings::default());
//! assert_eq!(said.value.and_then(|said| said.until), Some(91 * 86_400_000));
//! ```

use super::Window;
use super::rows::{CHANNEL, CREATIVE, CUSTOMER, OFFER, OUTCOME, Rows, TIME};
use super::texts::Texts;
use crate::checks::definitions::{OUTCOME_BASED, OUTCOME_NAMES, given};
use crate::json::Kind;
use crate::json::double::member as number;
use crate::json::number::Number;
use crate::json::tree::Tree;
use crate::json::write::Writer;

/// Whom it is asked of, and what they would be shown.
#[derive(Clone, Copy, Debug, Default)]
pub struct Candidate<'a> {
    /// The customer.
    pub customer_id: &'a str,
    /// The offer.
    pub offer_id: Option<&'a str>,
    /// Its creative.
    pub creative_id: Option<&'a str>,
    /// The channel.
    pub channel_id: Option<&'a str>,
}

/// What a policy says of a candidate.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Suppression<'a> {
    /// Whether it suppresses; none where that cannot be told.
    pub suppressed: Option<bool>,
    /// The member of the policy, or of the candidate, by which it cannot be told, or by which the policy does nothing.
    pub reason: Option<&'static str>,
    /// The interaction that it is about: the last one.
    pub since: Option<Since<'a>>,
    /// The first moment (ms since 1970) at which it suppresses no more.
    pub until: Option<i64>,
}

/// The interaction because of which.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Since<'a> {
    /// Its place in the log, from 0.
    pub row: usize,
    /// When it was (ms since 1970).
    pub at: i64,
    /// Its outcome.
    pub outcome: &'a [u8],
}

/// Whether a scope limits the rows to those of the candidate's own.
#[derive(Clone, Copy, Default)]
struct Scopes {
    global: bool,
    /// The columns of offer, creative and channel, with the candidate's number there.
    columns: [Option<u32>; 3],
    /// A scope that cannot be told.
    unclear: Option<&'static str>,
}

const NARROW: [(&str, &str, usize); 3] =
    [("offer", "offerId", OFFER), ("creative", "creativeId", CREATIVE), ("channel", "channelId", CHANNEL)];

/// What a policy, which was checked, says of a candidate at a time.
pub(super) fn suppression<'a>(rows: Rows<'a>, policy: &Tree, candidate: &Candidate, now: i64) -> Suppression<'a> {
    let unclear = |reason| Suppression { reason: Some(reason), ..Suppression::default() };
    let nothing = Suppression { suppressed: Some(false), ..Suppression::default() };
    let says = |place, text: &str| policy.says(place, text);
    if !given(policy, 0, "ruleType").is_some_and(|value| says(value, OUTCOME_BASED)) {
        return unclear("ruleType");
    }
    let is_active = given(policy, 0, "status").is_none_or(|status| says(status, "active"));
    let is_deleted = given(policy, 0, "deletedAt").is_some_and(|at| !says(at, ""));
    if !is_active || is_deleted {
        return Suppression { reason: Some(if is_deleted { "deletedAt" } else { "status" }), ..nothing };
    }
    let Some(config) = given(policy, 0, "config") else { return unclear("config") };
    if given(policy, config, "action").is_some_and(|action| !says(action, "suppress")) {
        return unclear("action");
    }
    let Some(outcomes) = outcomes(policy, config) else { return unclear("outcomeType") };
    let days = given(policy, config, "lookbackDays").and_then(|days| policy.node(days));
    let days = days.and_then(|days| Number::new(days.span.of(policy.document())).whole());
    let Some(days) = days else { return unclear("lookbackDays") };

    let scopes = scopes(rows, policy, candidate);
    let customer = rows.find(CUSTOMER, candidate.customer_id.as_bytes());
    let found = last(rows, customer, &outcomes, &scopes, Window::last(Some(days), now));
    match (found, scopes.unclear) {
        (Some(since), _) => {
            let until = since.at.saturating_add(Window::of(days));
            Suppression { suppressed: Some(true), reason: None, since: Some(since), until: Some(until) }
        }
        (None, Some(reason)) => unclear(reason),
        (None, None) => nothing,
    }
}

/// The outcomes that a policy is about; none where it names none.
fn outcomes(policy: &Tree, config: u32) -> Option<Texts> {
    let mut outcomes = Texts::default();
    for name in OUTCOME_NAMES {
        let Some(value) = given(policy, config, name) else { continue };
        let single = if policy.is(value, Kind::String) { Some(value) } else { None };
        for place in single.into_iter().chain(policy.children(value)) {
            let mut text = Vec::new();
            policy.push_text(place, &mut text);
            outcomes.number(&text);
        }
    }
    if outcomes.ends.is_empty() { None } else { Some(outcomes) }
}

/// What a policy is about: its list of scopes, or else the one scope, `offer` where nothing is said (A).
fn scopes(rows: Rows, policy: &Tree, candidate: &Candidate) -> Scopes {
    let mut scopes = Scopes::default();
    match given(policy, 0, "scopes") {
        Some(list) => policy.children(list).for_each(|place| scope(rows, policy, place, candidate, &mut scopes)),
        None => scope(rows, policy, 0, candidate, &mut scopes),
    }
    scopes
}

/// One scope: which rows it lets count.
fn scope(rows: Rows, policy: &Tree, place: u32, candidate: &Candidate, scopes: &mut Scopes) {
    let named = given(policy, place, "scope");
    let is = |word: &str| named.map_or(word == "offer", |named| policy.says(named, word));
    if is("global") {
        scopes.global = true;
        return;
    }
    let own = [candidate.offer_id, candidate.creative_id, candidate.channel_id];
    for (((word, member, column), own), known) in NARROW.into_iter().zip(own).zip(&mut scopes.columns) {
        if !is(word) {
            continue;
        }
        match own {
            None => scopes.unclear = Some(member),
            // Of another one's policy nothing follows for this.
            Some(own) if given(policy, place, "scopeId").is_some_and(|id| !policy.says(id, own)) => {}
            Some(own) => *known = known.or_else(|| Some(rows.find(column, own.as_bytes()))),
        }
        return;
    }
    scopes.unclear = Some("scope");
}

/// The last of the rows that count.
fn last<'a>(rows: Rows<'a>, customer: u32, outcomes: &Texts, scopes: &Scopes, window: Window) -> Option<Since<'a>> {
    if customer == 0 {
        return None;
    }
    let (customers, named, times) = (rows.column(CUSTOMER), rows.column(OUTCOME), rows.column(TIME));
    let narrow = NARROW.map(|(_, _, column)| rows.column(column));
    let mut found: Option<Since> = None;
    for row in 0..rows.len() {
        if customers.number(row) != customer {
            continue;
        }
        let at = rows.earliest().saturating_add_unsigned(times.at(row));
        if !window.has(at) || found.is_some_and(|found| found.at >= at) {
            continue;
        }
        let mut own = narrow.iter().zip(&scopes.columns);
        // What has no offer is no offer's.
        let is_own = |(column, wanted): (&super::rows::Column, &Option<u32>)| {
            wanted.is_some_and(|wanted| wanted > 0 && column.number(row) == wanted)
        };
        let outcome = rows.text(OUTCOME, named.number(row));
        if (scopes.global || own.any(is_own)) && outcomes.find(outcome) > 0 {
            found = Some(Since { row, at, outcome });
        }
    }
    found
}

impl Suppression<'_> {
    /// The same as JSON.
    pub fn write(&self, writer: &mut Writer) {
        writer.open(b'{');
        let suppressed: &[u8] = match self.suppressed {
            Some(true) => b"true",
            Some(false) => b"false",
            None => b"null",
        };
        writer.raw_member(b"suppressed", suppressed);
        if let Some(reason) = self.reason {
            writer.string_member(b"reason", reason.as_bytes());
        }
        if let Some(since) = self.since {
            writer.name(b"since");
            writer.open(b'{');
            writer.number_member(b"row", since.row as u64);
            number(b"at", Some(since.at as f64), writer);
            writer.string_member(b"outcome", since.outcome);
            writer.close(b'}');
        }
        if let Some(until) = self.until {
            number(b"until", Some(until as f64), writer);
        }
        writer.close(b'}');
    }
}
