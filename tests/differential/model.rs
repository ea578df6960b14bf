//! What a call, an item or a bulk request says by the rules, members and values told by serde_json: a second reading
//! of the contract, rule by rule and without a cursor.

use super::decimal::{Sort, is_beyond_double, sort};
use super::oracle::{Raw, elements, members};
use super::registries::{Known, Type};
use super::time;
use kaireon_outcomes::Code;
use kaireon_outcomes::checks::respond::{Direction, Target};

/// One issue: its place in the document, its code, whether it is an error.
pub type Found = (usize, Code, bool);

/// What is known of a call besides its bytes.
#[derive(Clone, Copy)]
pub struct Around<'a> {
    pub header: Option<&'a str>,
    pub item: bool,
    pub now: Option<f64>,
    pub registry: &'a Known,
}

/// What a call says.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Verdict {
    pub issues: Vec<Found>,
    pub outcome: Option<String>,
    pub direction: Option<Direction>,
    pub target: Option<Target>,
}

impl Verdict {
    pub fn ok(&self) -> bool {
        !self.issues.iter().any(|issue| issue.2)
    }

    fn say(&mut self, code: Code, at: usize) {
        let is_error = code.severity() == kaireon_outcomes::Severity::Error;
        self.issues.push((at, code, is_error));
    }
}

#[derive(Clone, Copy, PartialEq)]
enum Rule {
    Filled,
    Text,
    Rank,
    Number,
    Direction,
    Timestamp,
    Object,
    List,
}

/// The members of a call; the last three and `treatmentId` are older names. The second word: whether `null` is missing
/// (`!`), judged later (`?`), or as absent.
const CALL: &[(&str, char, Rule)] = &[
    ("customerId", '!', Rule::Filled),
    ("outcome", '?', Rule::Filled),
    ("recommendationId", ' ', Rule::Filled),
    ("rank", ' ', Rule::Rank),
    ("creativeId", ' ', Rule::Filled),
    ("idempotencyKey", '?', Rule::Text),
    ("offerId", ' ', Rule::Text),
    ("interactionId", ' ', Rule::Text),
    ("direction", ' ', Rule::Direction),
    ("conversionValue", ' ', Rule::Number),
    ("timestamp", ' ', Rule::Timestamp),
    ("channelId", ' ', Rule::Text),
    ("placementId", ' ', Rule::Text),
    ("context", ' ', Rule::Object),
    ("outcomeDetails", ' ', Rule::Object),
    ("attributes", ' ', Rule::Object),
    ("metadata", ' ', Rule::Object),
    ("treatmentId", ' ', Rule::Filled),
    ("interactionType", ' ', Rule::Filled),
    ("outcomeType", ' ', Rule::Filled),
    ("eventType", ' ', Rule::Filled),
];
const OLDER: [&str; 3] = ["interactionType", "outcomeType", "eventType"];
const BULK: &[(&str, char, Rule)] = &[("outcomes", '!', Rule::List)];

fn table(item: bool) -> Vec<(&'static str, char, Rule)> {
    let mut table = CALL.to_vec();
    if item {
        table.retain(|row| !OLDER.contains(&row.0));
        for row in table.iter_mut().filter(|row| matches!(row.0, "outcome" | "offerId")) {
            (row.1, row.2) = ('!', Rule::Filled);
        }
    }
    table
}

/// A member that the table names, as it was first given.
struct Member<'a> {
    name: &'static str,
    value: Raw<'a>,
    text: Option<String>,
    /// Whether its value keeps its rule.
    usable: bool,
}

/// An object's members that its table names.
struct Object<'a> {
    members: Vec<Member<'a>>,
    /// Its closing brace.
    close: usize,
}

impl Object<'_> {
    fn given(&self, name: &str) -> Option<&Member<'_>> {
        self.members.iter().find(|member| member.name == name)
    }

    /// The member where it is not `null`.
    fn present(&self, name: &str) -> Option<&Member<'_>> {
        self.given(name).filter(|member| member.value.first() != b'n')
    }

    fn usable(&self, name: &str) -> Option<&Member<'_>> {
        self.present(name).filter(|member| member.usable)
    }

    /// The member's text where it says anything.
    fn says(&self, name: &str) -> Option<&str> {
        self.usable(name)?.text.as_deref().filter(|text| !text.is_empty())
    }

    /// The time it says, where it says one and only one.
    fn time(&self) -> Option<i64> {
        time::parse(self.says("timestamp")?).map(|(ms, _)| ms)
    }

    fn is_null(&self, name: &str) -> bool {
        self.given(name).is_some() && self.present(name).is_none()
    }

    fn place(&self, name: &str) -> usize {
        self.given(name).map_or(self.close, |member| member.value.at)
    }
}

/// The rules over one member each.
fn read<'a>(
    document: &'a [u8],
    object: Raw<'a>,
    table: &[(&'static str, char, Rule)],
    said: &mut Verdict,
) -> Object<'a> {
    let mut read = Object { members: Vec::new(), close: object.at + object.text.len() - 1 };
    for (name, value) in members(document, object).expect("an object that is JSON") {
        let decoded = name.decoded();
        let Some(row) = table.iter().find(|row| decoded.as_deref() == Some(row.0)) else {
            said.say(Code::UnknownField, name.at);
            if decoded.is_none() {
                said.say(Code::LoneSurrogate, name.at);
            } else if let Some(code) = read_differently(value) {
                said.say(code, name.at);
            }
            continue;
        };
        if let Some(before) = read.members.iter_mut().find(|member| member.name == row.0) {
            before.usable = false;
            said.say(Code::DuplicateField, name.at);
            continue;
        }
        let fault = rule(row.1, row.2, value, said);
        if let Some(code) = fault {
            said.say(code, value.at);
        }
        let text = if value.first() == b'"' { value.decoded() } else { None };
        read.members.push(Member { name: row.0, value, text, usable: fault.is_none() });
    }
    for (name, need, _) in table {
        if *need == '!' && read.given(name).is_none() {
            said.say(Code::Required, read.close);
        }
    }
    read
}

/// What parsers read differently in a value of the call's own.
fn read_differently(value: Raw) -> Option<Code> {
    match value.first() {
        b'"' if value.decoded().is_none() => Some(Code::LoneSurrogate),
        b'-' | b'0'..=b'9' if is_beyond_double(value.text) => Some(Code::OutOfRange),
        _ => None,
    }
}

/// What is wrong with a value by the rule of its member.
fn rule(need: char, rule: Rule, value: Raw, said: &mut Verdict) -> Option<Code> {
    let first = value.first();
    let is_right_kind = match rule {
        Rule::Rank | Rule::Number => matches!(first, b'-' | b'0'..=b'9'),
        Rule::Object => first == b'{',
        Rule::List => first == b'[',
        _ => first == b'"',
    };
    let fault = match (first, need) {
        (b'n', '!') => Some(Code::Required),
        (b'n', '?') => None,
        (b'n', _) => Some(Code::NullField),
        _ if !is_right_kind => Some(Code::InvalidType),
        _ => read_differently(value),
    };
    if fault.is_some() || first == b'n' {
        return fault;
    }
    let text = if first == b'"' { value.decoded().expect("a whole text") } else { String::new() };
    match rule {
        Rule::Filled if text.is_empty() => Some(Code::Empty),
        Rule::Direction if text != "inbound" && text != "outbound" => Some(Code::InvalidValue),
        Rule::Rank => match sort(value.text) {
            Sort::Fraction => Some(Code::InvalidValue),
            Sort::Negative | Sort::Zero => Some(Code::OutOfRange),
            Sort::Positive => None,
        },
        Rule::Timestamp => match time::parse(&text) {
            None => Some(Code::InvalidValue),
            Some((_, clean)) => {
                if !clean {
                    said.say(Code::TimestampForm, value.at);
                }
                None
            }
        },
        _ => None,
    }
}

/// What a call or an item says.
pub fn call(document: &[u8], value: Raw, around: &Around) -> (Verdict, Option<(String, usize)>) {
    let mut said = Verdict::default();
    if value.first() != b'{' {
        said.say(Code::InvalidType, value.at);
        return (said, None);
    }
    let call = read(document, value, &table(around.item), &mut said);
    let found = outcome(&call, around, &mut said);
    said.outcome = found.map(|found| found.key.to_owned());
    if let Some(treatment) = call.present("treatmentId") {
        older(&call, treatment, "creativeId", &mut said);
    }
    said.target = target(&call);
    if !around.item {
        judge_target(&call, &mut said);
    }
    said.direction = match call.present("direction") {
        Some(direction) if direction.usable => {
            Some(if direction.text.as_deref() == Some("inbound") { Direction::Inbound } else { Direction::Outbound })
        }
        Some(_) => None,
        None => found.map(|found| if found.is_exposure { Direction::Outbound } else { Direction::Inbound }),
    };
    idempotency(&call, around, &mut said);
    if let (Some(now), Some(time)) = (around.now, call.time())
        && time as f64 > now + 300_000.0
    {
        said.say(Code::FutureTimestamp, call.place("timestamp"));
    }
    let key = call.says("idempotencyKey").map(|key| (key.to_owned(), call.place("idempotencyKey")));
    (said, key)
}

/// Which outcome type is meant, by the first name that is present.
fn outcome<'t>(call: &Object, around: &Around<'t>, said: &mut Verdict) -> Option<&'t Type> {
    let names = ["outcome", OLDER[0], OLDER[1], OLDER[2]];
    let Some(counts) = names.iter().find_map(|name| call.present(name)) else {
        if !around.item {
            said.say(Code::Required, call.place("outcome"));
        }
        return None;
    };
    if counts.name != "outcome" && call.is_null("outcome") {
        said.say(Code::NullField, call.place("outcome"));
    }
    for name in OLDER {
        if let Some(member) = call.present(name) {
            older(call, member, counts.name, said);
        }
    }
    if !counts.usable {
        return None;
    }
    let at = counts.value.at;
    let Some(found) = around.registry.find(counts.text.as_deref()?) else {
        let is_whole = around.registry.complete;
        said.say(if is_whole { Code::UnknownOutcomeType } else { Code::UnconfirmedOutcomeType }, at);
        return None;
    };
    if let Some(deleted_at) = found.retired {
        let is_late = call.time().is_some_and(|time| time < deleted_at);
        said.issues.push((at, Code::RetiredOutcomeType, !is_late));
        return Some(found);
    }
    if !found.is_active {
        said.say(Code::InactiveOutcomeType, at);
    }
    if !found.is_listed {
        said.say(Code::NotListed, at);
    }
    Some(found)
}

fn older(call: &Object, member: &Member, counts: &str, said: &mut Verdict) {
    said.say(Code::DeprecatedField, member.value.at);
    let differs = call.usable(counts).is_some_and(|other| other.text != member.text);
    if member.usable && differs {
        said.say(Code::ConflictingFields, member.value.at);
    }
}

fn target(call: &Object) -> Option<Target> {
    let usable = |name| call.usable(name).is_some();
    if usable("recommendationId") && usable("rank") {
        Some(Target::Recommendation)
    } else if usable("creativeId") || usable("treatmentId") {
        Some(Target::Creative)
    } else if call.says("interactionId").is_some() {
        Some(Target::Interaction)
    } else {
        call.says("offerId").map(|_| Target::Offer)
    }
}

/// What is there counts, even where its value is at fault.
fn judge_target(call: &Object, said: &mut Verdict) {
    let present = |name| call.present(name).is_some();
    let pair = [present("recommendationId"), present("rank")];
    if pair == [true, true] || present("creativeId") || present("treatmentId") {
        return;
    }
    if present("interactionId") || present("offerId") {
        let [interaction, offer] = ["interactionId", "offerId"].map(|name| call.usable(name));
        let of_offer = said.target == Some(Target::Offer) || (interaction.is_none() && offer.is_some());
        if said.target.is_some() {
            said.say(Code::LegacyTarget, call.place(if of_offer { "offerId" } else { "interactionId" }));
        } else if interaction.is_some() || offer.is_some() {
            said.say(Code::Empty, call.place(if of_offer { "offerId" } else { "interactionId" }));
        }
        return;
    }
    match pair {
        [true, false] => said.say(Code::Required, call.place("rank")),
        [false, true] => said.say(Code::Required, call.place("recommendationId")),
        _ => said.say(Code::MissingTarget, call.close),
    }
}

fn idempotency(call: &Object, around: &Around, said: &mut Verdict) {
    let at = call.place("idempotencyKey");
    let header = around.header.filter(|header| !around.item && !header.trim().is_empty());
    match (call.present("idempotencyKey"), call.says("idempotencyKey"), header) {
        (_, Some(key), Some(header)) if key != header => said.say(Code::IdempotencyMismatch, at),
        (Some(member), None, None) if member.usable => said.say(Code::Empty, at),
        (None, _, None) if !around.item => said.say(Code::Required, at),
        (None, ..) if call.is_null("idempotencyKey") => said.say(Code::NullField, at),
        _ => {}
    }
}

/// What is wrong with the envelope of a bulk request, and its items: where each stands, and what is wrong with it.
pub fn bulk(document: &[u8], value: Raw, around: &Around) -> (Verdict, Vec<(usize, usize, Verdict)>) {
    let mut said = Verdict::default();
    let mut items = Vec::new();
    if value.first() != b'{' {
        said.say(Code::InvalidType, value.at);
        return (said, items);
    }
    let request = read(document, value, BULK, &mut said);
    let mut keys: Vec<String> = Vec::new();
    let list = request.present("outcomes").filter(|list| list.value.first() == b'[');
    for item in list.and_then(|list| elements(document, list.value)).unwrap_or_default() {
        let (mut verdict, key) = call(document, item, &Around { item: true, ..*around });
        if let Some((key, at)) = key {
            if keys.contains(&key) {
                verdict.say(Code::RepeatedIdempotencyKey, at);
            }
            keys.push(key);
        }
        items.push((item.at, item.text.len(), verdict));
    }
    if let Some(list) = request.usable("outcomes")
        && items.is_empty()
    {
        said.say(Code::EmptyBatch, list.value.at);
    }
    (said, items)
}
