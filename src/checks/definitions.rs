//! Definitions that name outcome types: contact policies, behavioral metrics, experiments, summary definitions.
//!
//! ```
//! use kaireon_outcomes::{Registry, checks::{Settings, definitions::{Kind, Options}}};
//! let policy = br#"{"name":"After a complaint","ruleType":"outcome_based","config":{"outcomeType":"complain","lookbackDays":90}}"#;
//! let checked = Registry::defaults().check_definition(Kind::ContactPolicy, policy, &Options::default(), &Settings::default());
//! assert_eq!(checked.warnings[0].message, "`complain` is no registered outcome type; did you mean `complaint`?");
//! ```

mod fit;
mod shapes;
mod words;

use super::log::{Checkpoint, Log};
use super::read::Issues;
use super::{Settings, begin, end, registered, usual};
use crate::issue::{Code, Severity};
use crate::json::tree::Tree;
use crate::json::value::Value;
use crate::json::write::Writer;
use crate::json::{Kind as Json, MAX_DEPTH};
use crate::registry::Image;
use crate::room::push;
pub(crate) use fit::share;
use fit::{Fit, Note};
pub(crate) use shapes::{AGGREGATES, OUTCOME_BASED, OUTCOME_NAMES};
use shapes::{EXPERIMENT, METRIC, Member, OUTCOME_CONFIG, OUTCOME_POLICY, POLICY, SUMMARY};
pub(crate) use words::write;

/// The most bytes of a definition, or of several together.
pub const MAX_BYTES: u32 = 16 << 20;
/// What the traffic of an experiment sums to.
const ALL: f64 = 100.0;
/// What the champion has where nothing is said (A).
const CHAMPION: f64 = 80.0;
/// What an experiment compares unless something else is given (S).
const COMPARED: [&str; 2] = ["impression", "conversion"];
/// The most keys that an answer lists, and the most bytes of names on the ways to them: a name in front of many keys
/// would be said as often.
pub(crate) const MAX_KEYS: usize = 1000;
const MAX_WAYS: usize = 1 << 20;
/// Shares are decimals and sums of doubles: 33.3 + 33.3 + 33.4 is all.
const SLACK: f64 = 1e-9;

/// What a document defines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A contact policy.
    ContactPolicy,
    /// A behavioral metric.
    BehavioralMetric,
    /// An experiment.
    Experiment,
    /// A summary definition.
    SummaryDefinition,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Kind; 4] = [Kind::ContactPolicy, Kind::BehavioralMetric, Kind::Experiment, Kind::SummaryDefinition];

    /// Its word.
    pub const fn word(self) -> &'static str {
        match self {
            Kind::ContactPolicy => "contact-policy",
            Kind::BehavioralMetric => "behavioral-metric",
            Kind::Experiment => "experiment",
            Kind::SummaryDefinition => "summary-definition",
        }
    }

    const fn members(self) -> &'static [Member] {
        match self {
            Kind::ContactPolicy => POLICY,
            Kind::BehavioralMetric => METRIC,
            Kind::Experiment => EXPERIMENT,
            Kind::SummaryDefinition => SUMMARY,
        }
    }
}

/// How to read a definition.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options<'a> {
    /// The outcomes that an experiment compares, where they are others than `impression` and `conversion`.
    pub compared: Option<&'a [&'a str]>,
    /// The most bytes; 0 for the usual limit.
    pub max_bytes: u32,
}

/// A definition that was read, with what is to be said of it.
pub(crate) struct Read<'a> {
    pub tree: Tree<'a>,
    pub notes: Vec<Note<'a>>,
    /// The values that name an outcome type.
    pub keys: Vec<u32>,
    /// The outcomes that it compares, which stand nowhere in it.
    pub compared: &'a [&'a str],
}

impl<'a> Read<'a> {
    /// Of a document that could not be read.
    fn nothing() -> Self {
        let tree = Tree::read(&mut crate::json::Cursor::new(&[]), 0);
        Read { tree, notes: Vec::new(), keys: Vec::new(), compared: &[] }
    }
}

/// Checks a definition against the shape of its kind and the registry; whether it is taken the log says.
pub(crate) fn check<'a>(
    image: Image,
    kind: Kind,
    document: &'a [u8],
    options: &Options<'a>,
    log: &mut Log,
) -> Read<'a> {
    let Some(tree) = read(document, options.max_bytes, log) else {
        return Read::nothing();
    };
    let mut fit = Fit::new(&tree, log);
    definition(kind, 0, &mut fit);
    let is_experiment = kind == Kind::Experiment && tree.is(0, Json::Object);
    if is_experiment {
        compared(image, options.compared, &mut fit);
    }
    let mut named = std::mem::take(&mut fit.keys);
    let mut ways = 0;
    let many = named.iter().enumerate().find(|(count, (place, _))| {
        ways += tree.way(*place);
        *count == MAX_KEYS || ways > MAX_WAYS
    });
    // Said in front of all that there may be to say of the others.
    if let Some((count, (place, member))) = many.map(|(count, key)| (count, *key)) {
        fit.report(Code::OutOfRange, Severity::Warning, place, member);
        named.truncate(count);
    }
    let mut keys = Vec::new();
    for (place, member) in named {
        let mut text = Vec::new();
        tree.push_text(place, &mut text);
        for code in said(image, &text) {
            fit.report(code, Severity::Warning, place, member);
        }
        push(&mut keys, place);
    }
    let notes = fit.notes;
    let compared = if is_experiment { options.compared.unwrap_or(&COMPARED) } else { &[] };
    Read { tree, notes, keys, compared }
}

/// The values of a document that could be read.
fn read<'a>(document: &'a [u8], max_bytes: u32, log: &mut Log) -> Option<Tree<'a>> {
    let mut cursor = begin(document.into(), usual(max_bytes, MAX_BYTES), log);
    let tree = Tree::read(&mut cursor, MAX_DEPTH);
    if end(&mut cursor, MAX_DEPTH, &Checkpoint::START, log) { Some(tree) } else { None }
}

/// The definition at a place against the shape of its kind.
fn definition(kind: Kind, place: u32, fit: &mut Fit) {
    let tree = fit.tree;
    if !tree.is(place, Json::Object) {
        return fit.note(Code::InvalidType, Severity::Error, Note::of(place));
    }
    fit.object(place, kind.members());
    match kind {
        Kind::ContactPolicy => policy(place, fit),
        Kind::BehavioralMetric => metric(place, fit),
        Kind::Experiment => traffic(place, fit),
        Kind::SummaryDefinition => {}
    }
}

/// The value of a member, where it is there and not `null`.
pub(crate) fn given(tree: &Tree, place: u32, name: &str) -> Option<u32> {
    tree.member(place, name).filter(|value| !tree.is(*value, Json::Null))
}

/// The row of a name.
fn row(members: &'static [Member], name: &str) -> Option<&'static Member> {
    members.iter().find(|member| member.name == name)
}

fn policy(place: u32, fit: &mut Fit) {
    let tree = fit.tree;
    let says = |name, text: &str| given(tree, place, name).is_some_and(|value| tree.says(value, text));
    if says("ruleType", OUTCOME_BASED) {
        fit.object(place, OUTCOME_POLICY);
        let config = given(tree, place, "config").filter(|config| tree.is(*config, Json::Object));
        if let Some(config) = config
            && OUTCOME_NAMES.iter().all(|name| given(tree, config, name).is_none())
            && let Some(first) = row(OUTCOME_CONFIG, "outcomeType")
        {
            fit.missing(Severity::Warning, config, first);
        }
    }
    let is_narrow = given(tree, place, "scope").is_some() && !says("scope", "global");
    let is_bare = ["scopeId", "scopes"].iter().all(|name| given(tree, place, name).is_none());
    if let (true, Some(row)) = (is_narrow && is_bare, row(POLICY, "scopeId")) {
        fit.missing(Severity::Warning, place, row);
    }
}

fn metric(place: u32, fit: &mut Fit) {
    let tree = fit.tree;
    let lacks = |names: &[&str]| names.iter().all(|name| given(tree, place, name).is_none());
    let aggregate = ["aggregateFunction", "aggregationType"].iter().find_map(|name| given(tree, place, name));
    let Some(aggregate) = aggregate else {
        if let Some(row) = row(METRIC, "aggregateFunction") {
            fit.missing(Severity::Error, place, row);
        }
        return;
    };
    if let (true, Some(row)) = (lacks(&["eventType", "sourceField"]), row(METRIC, "eventType")) {
        fit.missing(Severity::Warning, place, row);
    }
    let is_half = tree.says(aggregate, "ratio") && !lacks(&["eventType"]) && lacks(&["secondaryEventType"]);
    if let (true, Some(row)) = (is_half, row(METRIC, "secondaryEventType")) {
        fit.missing(Severity::Warning, place, row);
    }
}

/// The shares of an experiment; of one that says nothing of them there is nothing to say.
fn traffic(place: u32, fit: &mut Fit) {
    let tree = fit.tree;
    let (split, challengers) = (given(tree, place, "trafficSplit"), given(tree, place, "challengers"));
    if split.is_none() && challengers.is_none() {
        return;
    }
    let champion = split.and_then(|split| given(tree, split, "championPct"));
    let mut sum = champion.map_or(Some(CHAMPION), |champion| share(tree, champion));
    for challenger in challengers.into_iter().flat_map(|list| tree.children(list)) {
        let part = given(tree, challenger, "trafficPct").and_then(|part| share(tree, part));
        // What is no share was reported where it stands.
        sum = sum.zip(part).map(|(sum, part)| sum + part);
    }
    let name = if split.is_some() { "trafficSplit" } else { "challengers" };
    if let (Some(sum), Some(row), Some(at)) = (sum, row(EXPERIMENT, name), split.or(challengers))
        && (sum - ALL).abs() > SLACK
    {
        fit.note(Code::InvalidValue, Severity::Error, Note { member: Some(row), sum: Some(sum), ..Note::of(at) });
    }
}

/// The outcomes that an experiment compares stand in no document.
fn compared<'a>(image: Image, given: Option<&'a [&'a str]>, fit: &mut Fit<'_, 'a>) {
    let note = |key: &'a [u8]| Note { key, ..Note::of(0) };
    if let Some(keys) = given {
        for key in keys {
            for code in said(image, key.as_bytes()) {
                fit.note(code, Severity::Warning, note(key.as_bytes()));
            }
        }
        return;
    }
    // The usual ones are always there; but a server that has `convert` instead records no `conversion`.
    let lists = |key: &[u8]| image.find(key).is_some_and(|found| found.facts.is_listed() && !found.facts.is_retired());
    if !lists(b"conversion") && lists(b"convert") {
        fit.note(Code::NotListed, Severity::Warning, note(b"conversion"));
    }
}

/// What the registry has to say of a key that a definition names.
fn said(image: Image, key: &[u8]) -> impl Iterator<Item = Code> {
    let codes = match image.find(key) {
        None => [Some(Code::UnknownReference), None],
        Some(found) if found.facts.is_retired() => [Some(Code::RetiredReference), None],
        Some(found) => [
            found.facts.is_inactive().then_some(Code::InactiveReference),
            (!found.facts.is_listed()).then_some(Code::NotListed),
        ],
    };
    codes.into_iter().flatten()
}

/// Which of the definitions at hand still use a key (a JSON value): an object with lists of them, or whole answers of the API, by the
/// words of their kinds. A definition that was deleted uses nothing.
pub(crate) fn used<'a>(key: &[u8], document: &'a [u8], log: &mut Log) -> Read<'a> {
    let mut text = Vec::new();
    let Some(tree) = read(document, 0, log) else {
        return Read::nothing();
    };
    let is_key = registered::string(key, &mut text).is_some();
    let mut fit = Fit::new(&tree, log);
    for kind in Kind::ALL {
        let Some(list) = given(&tree, 0, kind.word()) else { continue };
        let list = given(&tree, list, "data").filter(|_| tree.is(list, Json::Object)).unwrap_or(list);
        let single = if tree.is(list, Json::Object) { Some(list) } else { None };
        let lists = if tree.is(list, Json::Array) { Some(list) } else { None };
        for place in single.into_iter().chain(lists.into_iter().flat_map(|list| tree.children(list))) {
            let deleted = given(&tree, place, "deletedAt").is_some_and(|at| !tree.says(at, ""));
            if !deleted && is_key {
                uses(kind, place, &text, &mut fit);
            }
        }
    }
    let notes = fit.notes;
    Read { tree, notes, keys: Vec::new(), compared: &[] }
}

/// Reports each place where a definition names a key.
fn uses(kind: Kind, place: u32, key: &[u8], fit: &mut Fit) {
    // What else is wrong with it nobody asked.
    let mut unheard = Log::new(None, 0);
    let mut named = Fit::new(fit.tree, &mut unheard);
    definition(kind, place, &mut named);
    for (place, member) in named.keys {
        let mut text = Vec::new();
        fit.tree.push_text(place, &mut text);
        if *text == *key {
            fit.report(Code::StillReferenced, Severity::Warning, place, member);
        }
    }
}

/// What is to be said of a definition, or with no kind of several.
pub(crate) fn issues(
    read: &Read,
    kind: Option<Kind>,
    document: &[u8],
    image: Image,
    settings: &Settings,
    log: &Log,
) -> Issues {
    let mut writer = Writer::default();
    writer.open(b'{');
    write(read, kind, document, Some(image), settings.units, log, &mut writer);
    writer.close(b'}');
    Issues::read(&Value::read(&writer.text))
}

/// Writes the keys that a definition names: `[{"key":…,"path":[…]},…]`, in the order of the document.
pub(crate) fn write_keys(read: &Read, writer: &mut Writer) {
    let mut places = Vec::new();
    for place in &read.keys {
        push(&mut places, u64::from(*place));
    }
    crate::order::sort(&mut places);
    writer.open(b'[');
    for key in read.compared {
        writer.open(b'{');
        writer.string_member(b"key", key.as_bytes());
        writer.raw_member(b"path", b"[]");
        writer.close(b'}');
    }
    for place in places {
        let mut text = Vec::new();
        read.tree.push_text(place as u32, &mut text);
        writer.open(b'{');
        writer.string_member(b"key", &text);
        writer.name(b"path");
        writer.open(b'[');
        read.tree.path(place as u32, writer);
        writer.close(b']');
        writer.close(b'}');
    }
    writer.close(b']');
}
