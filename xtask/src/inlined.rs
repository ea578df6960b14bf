//! The module's columns as text, for the entry that carries it: a byte that is common is one character, any
//! other is two. Whole bytes stay whole characters, so gzip finds in the text what it finds in the
//! module: 0.3 % more, where hexadecimal costs 11 % and base64 28 %. Letters are themselves, so that
//! gzip finds the words of the module's tables in the JavaScript behind it too.

use crate::{Result, columns};

/// The characters of one set, those first that are common in minified JavaScript: gzip, which counts the text and the
/// JavaScript together, then finds them common in both. Every bundler and page carries them unchanged in a string:
/// printable, and neither a quote nor a backslash nor what templates and pages look for.
const CHARACTERS: &str = "etrn,i s()oa=uc.l0fd{ymhg:;pbwv&_?1>k62AC][!4SO78|E-3Ix+5jDNU#FMTzBJKRW9LG/*HPVYqQXZ^%@";
/// These say that the next character means a byte of the second set, or of the third.
const SHIFTS: [char; 2] = ['}', '~'];
/// The first line of both modules.
const HEADER: &str = "// outcomes.wasm as text: xtask/src/inlined.rs says how.";
/// The character of the first place. A set has a place for every one up to the shifts, used or not.
const FIRST: u8 = b' ';
/// How many places a set has.
const SET: u8 = b'}' - FIRST;

/// Two TypeScript modules that `pkg/src/wasm/inline.ts` decodes: the text, and what is to be known of it.
pub fn text(module: &[u8]) -> Result<(String, String)> {
    let (columns, starts) = columns::of(module)?;
    let first = first_set(&columns);
    let codes = codes(&first);
    let written: String = columns
        .iter()
        .flat_map(|byte| codes.iter().filter(move |(coded, _)| coded == byte))
        .map(|(_, code)| &**code)
        .collect();
    let digits: String = first.iter().map(|byte| format!("{byte:02x}")).collect();
    let text = format!("{HEADER}\n/** The module's columns. */\nexport const TEXT = \"{written}\";\n");
    let alphabet = format!(
        "{HEADER}
/** The bytes of the first set in hexadecimal, 0 at places without one; all others follow in their own order. */
export const COMMON = \"{digits}\";
/** How many places a set has. */
export const SET = {SET};
/** The character of the first place. */
export const FIRST = {FIRST};
/** How many bytes the module has. */
export const LENGTH = {length};
/** Where each column begins. */
export const STARTS = {starts:?};
",
        length = module.len()
    );
    Ok((text, alphabet))
}

/// The byte at each place of the first set, 0 where there is none: small letters, and whatever else is common.
fn first_set(module: &[u8]) -> Vec<u8> {
    let mut counts: Vec<(usize, u8)> =
        (0..=255).map(|byte| (module.iter().filter(|found| **found == byte).count(), byte)).collect();
    counts.sort_by_key(|(count, byte)| (!byte.is_ascii_lowercase(), std::cmp::Reverse(*count), *byte));
    counts.truncate(CHARACTERS.len());
    counts.sort_by_key(|(count, byte)| (std::cmp::Reverse(*count), *byte));
    let stays = |byte: &u8| byte.is_ascii_alphabetic() || b" _".contains(byte);
    let (same, others): (Vec<u8>, Vec<u8>) = counts.into_iter().map(|(_, byte)| byte).partition(stays);
    let free = CHARACTERS.bytes().filter(|character| !same.contains(character));
    let moved: Vec<(u8, u8)> = free.zip(others).collect();
    let byte_of = |character: u8| match moved.iter().find(|(to, _)| *to == character) {
        Some((_, byte)) => *byte,
        None if same.contains(&character) => character,
        None => 0,
    };
    (FIRST..FIRST + SET).map(byte_of).collect()
}

/// What is written for each byte.
fn codes(first: &[u8]) -> Vec<(u8, String)> {
    // The places that hold a byte other than 0 are those of the other sets too: `decode` tells them by that.
    let places = (FIRST..).map(char::from).zip(first);
    let mut codes: Vec<(u8, String)> = Vec::new();
    for (character, byte) in places.clone().filter(|(character, _)| CHARACTERS.contains(*character)) {
        codes.push((*byte, character.into()));
    }
    let used = places.filter(|(_, byte)| **byte != 0).map(|(character, _)| character);
    let shifted = SHIFTS.iter().flat_map(|shift| used.clone().map(move |character| format!("{shift}{character}")));
    let rest: Vec<u8> = (0..=255).filter(|byte| !first.contains(byte)).collect();
    codes.extend(rest.into_iter().zip(shifted));
    codes
}
