//! Whether what the core says of a case is what serde_json and the model say.

use super::case::{Case, HEADERS, Kind};
use super::model::{self, Around, Found};
use super::oracle;
use super::registries::Known;
use super::rows;
use super::ways::{Entry, Said};
use kaireon_outcomes::checks::log::NO_ELEMENT;
use kaireon_outcomes::checks::{Settings, load};
use kaireon_outcomes::{Code, Registry};
use serde_json::Value;

/// Holds an answer against the model's.
pub fn judge(case: &Case, known: &Known, said: &Said) -> Result<(), String> {
    let around = Around { header: HEADERS[case.header], item: case.kind == Kind::Item, now: case.now, registry: known };
    match case.kind {
        Kind::Call | Kind::Item => one(case, &around, said),
        Kind::Bulk => bulk(case, &around, said),
        Kind::Lines => lines(case, &Around { item: case.turn % 2 == 1, header: None, ..around }, said),
        Kind::List => list(case, said),
    }
}

/// Whether a document was read as JSON; an error where the two disagree.
fn is_read(document: &[u8], start: usize, said: &Said) -> Result<bool, String> {
    let fault = said.fault();
    oracle::agrees(document, start, fault)?;
    if fault.is_some() && (said.ok || said.entries.len() != 1) {
        return Err("a fault of reading stands alone".to_owned());
    }
    Ok(fault.is_none())
}

fn one(case: &Case, around: &Around, said: &Said) -> Result<(), String> {
    let start = oracle::start(&case.bytes);
    if !is_read(&case.bytes, start, said)? {
        return Ok(());
    }
    let (mut verdict, _) = model::call(&case.bytes, oracle::value(&case.bytes, start), around);
    mark(start, &mut verdict.issues);
    same_issues(&verdict.issues, said.entries.iter())?;
    same("ok", said.ok, verdict.ok())?;
    let answer = said.answer.ok_or("no answer")?;
    let image = around.registry.registry.image();
    let outcome = answer.outcome.and_then(|found| image.outcome(found.row)).map(|outcome| outcome.key.to_owned());
    same("outcome", outcome, verdict.outcome)?;
    same("direction", answer.direction, verdict.direction)?;
    same("target", answer.target, verdict.target)
}

fn bulk(case: &Case, around: &Around, said: &Said) -> Result<(), String> {
    let start = oracle::start(&case.bytes);
    if !is_read(&case.bytes, start, said)? {
        return Ok(());
    }
    let (mut verdict, items) = model::bulk(&case.bytes, oracle::value(&case.bytes, start), around);
    mark(start, &mut verdict.issues);
    let of = |element: u32| said.entries.iter().filter(move |entry| entry.element == element);
    same_issues(&verdict.issues, of(NO_ELEMENT))?;
    same("ok", said.ok, verdict.ok())?;
    same("items", said.parts.len(), items.len())?;
    for (index, ((at, len, verdict), (span, taken))) in items.iter().zip(&said.parts).enumerate() {
        same("an item's place", (span.at as usize, span.len as usize), (*at, *len))?;
        same("an item's verdict", *taken, verdict.ok())?;
        same_issues(&verdict.issues, of(index as u32))?;
    }
    Ok(())
}

fn lines(case: &Case, around: &Around, said: &Said) -> Result<(), String> {
    let mut parts = said.parts.iter();
    let (mut at, mut index, mut marked) = (0, 0, false);
    for line in case.bytes.split(|byte| *byte == b'\n') {
        let start = if at == 0 { oracle::start(line) } else { 0 };
        marked |= start > 0;
        let is_blank = line[start..].iter().all(|byte| matches!(byte, b' ' | b'\t' | b'\r'));
        if !is_blank {
            let (span, taken) = parts.next().ok_or("a line is missing")?;
            same("a line's place", (span.at as usize, span.len as usize), (at, line.len()))?;
            let entries: Vec<Entry> = said.entries.iter().filter(|entry| entry.element == index).copied().collect();
            let found = Said { entries, ok: *taken, ..Said::default() };
            if is_read(line, start, &found)? {
                let (mut verdict, _) = model::call(line, oracle::value(line, start), around);
                mark(usize::from(marked), &mut verdict.issues);
                same_issues(&verdict.issues, found.entries.iter())?;
                same("a line's verdict", *taken, verdict.ok())?;
            }
            // Said once, on the first line that has anything.
            marked = false;
            index += 1;
        }
        at += line.len() + 1;
    }
    same("lines left", parts.next(), None)
}

/// A row as such, and the bytes as a whole list.
fn list(case: &Case, said: &Said) -> Result<(), String> {
    is_read(&case.bytes, 0, said)?;
    let start = oracle::start(&case.bytes);
    let loaded = Registry::load(&case.bytes, &load::Options::default(), &Settings::default());
    let ends = |code| matches!(code, Code::InvalidJson | Code::InvalidUtf8 | Code::TooDeep);
    let fault = loaded.issues.first().filter(|issue| ends(issue.code));
    oracle::agrees(&case.bytes, start, fault.map(|issue| (issue.code, issue.offset.unwrap_or(0) as usize)))?;
    if fault.is_some() {
        return same("a registry of no JSON", loaded.value, None);
    }
    let expected = rows::list(&case.bytes, oracle::value(&case.bytes, start));
    let found = loaded.value.map(|registry| {
        let image = registry.image();
        let mut types: Vec<Value> = (0..image.rows()).map(|row| serde_json::json!(image.outcome(row))).collect();
        types.sort_by_key(|row| row["key"].to_string());
        // Each is found by its key, too.
        let by_key = |row: &Value| serde_json::json!(row["key"].as_str().and_then(|key| registry.get(key)));
        (types.iter().map(by_key).collect::<Vec<_>>() == types).then_some((types, image.is_complete()))
    });
    same("the types", found, expected.map(Some))
}

/// The warning of a byte-order mark.
fn mark(start: usize, issues: &mut Vec<Found>) {
    if start > 0 {
        issues.push((0, Code::ByteOrderMark, false));
    }
}

fn same_issues<'e>(expected: &[Found], entries: impl Iterator<Item = &'e Entry>) -> Result<(), String> {
    let mut found: Vec<Found> = entries.map(|entry| (entry.span.at as usize, entry.code, entry.is_error)).collect();
    let mut expected = expected.to_vec();
    let order = |issue: &Found| (issue.0, issue.1 as u8, issue.2);
    found.sort_by_key(order);
    expected.sort_by_key(order);
    same("issues", found, expected)
}

fn same<T: PartialEq + std::fmt::Debug>(what: &str, core: T, model: T) -> Result<(), String> {
    if core == model { Ok(()) } else { Err(format!("{what}: the core says {core:?}, the model {model:?}")) }
}
