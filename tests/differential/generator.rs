//! Cases by their number: calls, items, requests, lines and lists, good, at fault, mutated, cut and spliced.

use super::case::{BEHIND, Case, HEADERS, Kind, NOW};
use super::chance::Chance;
use super::mutation::mutate;
use super::values::{any, escaped, of, space, string};

/// The names that a call's table has.
pub const NAMES: [&str; 21] = [
    "customerId",
    "outcome",
    "recommendationId",
    "rank",
    "creativeId",
    "idempotencyKey",
    "offerId",
    "interactionId",
    "direction",
    "conversionValue",
    "timestamp",
    "channelId",
    "placementId",
    "context",
    "outcomeDetails",
    "attributes",
    "metadata",
    "treatmentId",
    "interactionType",
    "outcomeType",
    "eventType",
];
/// The names that a row of a list has.
const ROW_NAMES: [&str; 14] = [
    "key",
    "name",
    "description",
    "classification",
    "category",
    "isSystem",
    "id",
    "tenantId",
    "createdAt",
    "updatedAt",
    "deletedAt",
    "ordinal",
    "version",
    "status",
];
/// Names that are nearly those, or of the lengths at which reading them goes another way.
const OTHER_NAMES: [&str; 16] = [
    "",
    "x",
    "customerid",
    "customerId ",
    "customerI",
    "ran",
    "rankk",
    "outcomes",
    "recommendationI",
    "recommendationJd",
    "recommendationIdx",
    "recommendationId16",
    "interactionTypes",
    "contexts",
    "__proto__",
    "metadatA",
];

/// The case of a number; the same for the same seed.
pub fn case(seed: u64, number: u64) -> Case {
    let chance = &mut Chance::new(seed, number);
    let kind = match chance.below(20) {
        0..12 => Kind::Call,
        12..15 => Kind::Item,
        15 => Kind::Bulk,
        16..18 => Kind::Lines,
        _ => Kind::List,
    };
    let whole = if chance.one_in(40) { noise(chance) } else { document(kind, chance) };
    let mut behind = chance.pick(&BEHIND).to_vec();
    let mut bytes = whole.clone();
    match chance.below(10) {
        0..5 => {}
        5..8 => mutate(&mut bytes, chance),
        8 => bytes.truncate(chance.below(whole.len() + 1)),
        _ => {
            // The beginning of one document and the end of another.
            let other = document(kind, chance);
            bytes.truncate(chance.below(whole.len() + 1));
            bytes.extend_from_slice(&other[chance.below(other.len() + 1)..]);
        }
    }
    // Behind what was cut off stands what was cut off: whoever reads on finds a whole document.
    if bytes.len() < whole.len() && whole.starts_with(&bytes) && !chance.one_in(3) {
        behind = whole[bytes.len()..].to_vec();
    }
    if chance.one_in(60) {
        bytes.splice(0..0, *b"\xef\xbb\xbf");
    }
    Case {
        kind,
        bytes,
        behind,
        align: chance.below(16),
        header: chance.below(HEADERS.len()),
        now: (!chance.one_in(3)).then_some(NOW),
        registry: *chance.pick(&[&0, &1, &1, &2]),
        turn: chance.below(64),
    }
}

/// Any bytes, or tokens in any order.
fn noise(chance: &mut Chance) -> Vec<u8> {
    const TOKENS: [&str; 20] = [
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        "\"",
        "\"rank\"",
        "\"context\":",
        "1",
        "null",
        " ",
        "\"a\"",
        "{}",
        "[]",
        "-",
        "true",
        "\\",
        "\"customerId\":\"c\"",
        "\n",
    ];
    let count = chance.below(40);
    if chance.one_in(2) {
        return (0..count).map(|_| chance.byte()).collect();
    }
    (0..count).flat_map(|_| chance.pick(&TOKENS).bytes()).collect()
}

fn document(kind: Kind, chance: &mut Chance) -> Vec<u8> {
    match kind {
        Kind::Call => text(&call(chance, false), chance),
        Kind::Item => text(&call(chance, true), chance),
        Kind::Bulk => {
            let items: Vec<String> = (0..chance.below(5)).map(|_| item(chance)).collect();
            let list = format!("[{}]", items.join(&format!("{},", space(chance))));
            let mut members = vec![("outcomes".to_owned(), list)];
            if chance.one_in(3) {
                members.push((chance.pick(&["batch", "outcomes", "Outcomes"]).to_owned(), any(chance, 3)));
            }
            shuffle(&mut members, chance);
            text(&members, chance)
        }
        Kind::Lines => {
            let mut lines = Vec::new();
            for _ in 0..chance.below(5) {
                // On a line no white space may be its end.
                let mut line = item(chance).replace('\n', " ").into_bytes();
                if chance.one_in(5) {
                    mutate(&mut line, chance);
                }
                lines.push(line);
                if chance.one_in(6) {
                    lines.push(space(chance).into());
                }
            }
            lines.join(chance.pick(&["\n", "\r\n", "\n", "\n\n"]).as_bytes())
        }
        Kind::List => list(chance),
    }
}

fn item(chance: &mut Chance) -> String {
    if chance.one_in(20) {
        return any(chance, 2);
    }
    let is_item = chance.one_in(2);
    let members = call(chance, is_item);
    String::from_utf8_lossy(&text(&members, chance)).into_owned()
}

/// The members of a call, in any order; some are at fault.
fn call(chance: &mut Chance, item: bool) -> Vec<(String, String)> {
    let mut members = Vec::new();
    for (place, name) in NAMES.iter().enumerate() {
        let share = match (*name, item) {
            ("customerId" | "outcome", _) | ("offerId", true) => 97,
            ("idempotencyKey", _) => 90,
            ("recommendationId" | "rank", false) => 80,
            _ if place < 17 => 25,
            _ => 4,
        };
        if chance.below(100) < share {
            members.push(((*name).to_owned(), of(name, chance)));
        }
    }
    if chance.one_in(8) {
        let name = chance.pick(&OTHER_NAMES);
        members.push(((*name).to_owned(), any(chance, 3)));
    }
    if chance.one_in(12) {
        // Again, and what is said of it the second time is anything.
        let name = if chance.one_in(2) { members[chance.below(members.len())].0.clone() } else { "rank".to_owned() };
        members.push((name.clone(), of(&name, chance)));
    }
    if chance.one_in(2) {
        shuffle(&mut members, chance);
    }
    members
}

/// A list of types, or one row of it.
fn list(chance: &mut Chance) -> Vec<u8> {
    let row = |chance: &mut Chance| {
        if chance.one_in(20) {
            return any(chance, 2).into_bytes();
        }
        let mut members = Vec::new();
        for (place, name) in ROW_NAMES.iter().enumerate() {
            if chance.below(10) < if place < 6 { 8 } else { 3 } {
                members.push(((*name).to_owned(), of_row(name, chance)));
            }
        }
        if chance.one_in(8) {
            members.push((chance.pick(&["key", "hasMore", "Name", "x"]).to_owned(), any(chance, 2)));
        }
        shuffle(&mut members, chance);
        text(&members, chance)
    };
    if chance.one_in(2) {
        return row(chance);
    }
    let count = chance.below(6);
    let rows: Vec<Vec<u8>> = (0..count).map(|_| row(chance)).collect();
    let rows = format!("[{}]", String::from_utf8_lossy(&rows.join(&b','))).into_bytes();
    if chance.one_in(3) {
        return rows;
    }
    let more = chance.pick(&[
        "",
        ",\"hasMore\":true",
        ",\"pagination\":{\"hasMore\": true}",
        ",\"hasMore\":false",
        ",\"data\":[]",
    ]);
    [space(chance).as_bytes(), b"{\"data\":", &rows, more.as_bytes(), b"}"].concat()
}

fn of_row(name: &str, chance: &mut Chance) -> String {
    if chance.one_in(12) {
        return any(chance, 2);
    }
    let word: &str = match name {
        "key" => {
            chance.pick(&["click", "quote", "old_one", "branch_visit_12", "Odd Key", "x", "a_key_of_more_than_sixteen"])
        }
        "classification" => chance.pick(&["positive", "negative", "neutral", "Positive"]),
        "category" => chance.pick(&["impression", "response", "reply"]),
        "status" => chance.pick(&["draft", "active", "paused", "archived", "gone"]),
        "deletedAt" => chance.pick(&["", "2026-01-01T00:00:00Z"]),
        "isSystem" => return chance.pick(&["true", "false"]).to_owned(),
        "ordinal" | "version" => return format!("{}", chance.below(200)),
        _ => return string(chance),
    };
    format!("\"{word}\"")
}

/// An object's text: mostly compact, as the platform's clients write it.
fn text(members: &[(String, String)], chance: &mut Chance) -> Vec<u8> {
    let style = chance.below(3);
    let mut text = String::new();
    let gap = |text: &mut String, chance: &mut Chance| {
        if style == 0 {
            *text += space(chance);
        }
    };
    gap(&mut text, chance);
    text.push('{');
    for (place, (name, value)) in members.iter().enumerate() {
        if place > 0 {
            text.push(',');
        }
        gap(&mut text, chance);
        let spelt = if chance.one_in(40) { escaped(name, chance) } else { name.clone() };
        text += &format!("\"{spelt}\"");
        gap(&mut text, chance);
        text += if style == 1 { ": " } else { ":" };
        gap(&mut text, chance);
        text += value;
        gap(&mut text, chance);
    }
    text.push('}');
    gap(&mut text, chance);
    text.into_bytes()
}

fn shuffle<T>(things: &mut [T], chance: &mut Chance) {
    for at in (1..things.len()).rev() {
        things.swap(at, chance.below(at + 1));
    }
}
