//! The module as text, for the entry that carries it: its columns, in which a byte that is common is one character.
//! Whole bytes stay whole characters, so gzip finds in the text what it finds in the module; and the most common byte
//! of each column is the same character, so that one Huffman table serves them all.
//!
//! The text, which `unpack/` reads: all [`CHARACTERS`], then for each column its common bytes, the most common first,
//! a blank unless every character has one, the column's length in four digits, and the column.

use crate::Result;
use crate::columns::{self, REST};

/// The characters that stand for a byte, those first that are common in minified JavaScript: gzip, which counts the text
/// and the JavaScript together, then finds them common in both. Every bundler and page carries them unchanged in a
/// string: printable, and neither a quote nor a backslash nor what templates and pages look for.
const CHARACTERS: &str = "etrn,i s()oa=uc.l0fd{ymhg:;pbwv&_?1>k62AC][!4SO78|E-3Ix+5jDNU#FMTzBJKRW9LG/*HPVYqQXZ^%@";
/// In front of the two digits of any other byte.
const DIGITS: char = '}';
/// How often a byte has to stand in a column to be worth its place in the list.
const COMMON: usize = 4;

/// The TypeScript module with the text, which `pkg/src/wasm/inline.ts` hands to the program beside it.
pub fn text(module: &[u8]) -> Result<String> {
    let columns = columns::of(module)?;
    let columns: String = columns.iter().enumerate().map(|(place, column)| coded(place, column)).collect();
    Ok(format!("{HEADER}/** What the program makes the module of. */\nexport const TEXT = \"{CHARACTERS}{columns}\";\n"))
}

/// The TypeScript module with that program in hexadecimal.
pub fn program(module: &[u8]) -> String {
    let digits: String = module.iter().map(|byte| format!("{byte:02x}")).collect();
    format!("{HEADER}/** The program, in hexadecimal. */\nexport const PROGRAM = \"{digits}\";\n")
}

const HEADER: &str = "// outcomes.wasm as text: xtask/src/inlined.rs says how.\n";

/// A column behind its list.
fn coded(place: usize, column: &[u8]) -> String {
    let list = if place == REST { with_letters(column) } else { common(column) };
    let rank = |byte: u8| {
        let listed = list.iter().position(|named| *named == byte);
        // What the list does not name is its own rank.
        listed.or(Some(usize::from(byte)).filter(|own| (list.len()..CHARACTERS.len()).contains(own)))
    };
    let codes: Vec<String> = (0..=255)
        .map(|byte| match rank(byte).and_then(|rank| CHARACTERS.chars().nth(rank)) {
            Some(character) => character.into(),
            None => format!("{DIGITS}{}", digits(byte)),
        })
        .collect();
    let written: String = column.iter().filter_map(|byte| codes.get(usize::from(*byte))).map(String::as_str).collect();
    let named: String = list.iter().map(|byte| named(*byte)).collect();
    let blank = if list.len() < CHARACTERS.len() { " " } else { "" };
    let [high, low] = (written.len() as u16).to_be_bytes();
    format!("{named}{blank}{}{}{written}", digits(high), digits(low))
}

/// The bytes that are common in a column, the most common first.
fn common(column: &[u8]) -> Vec<u8> {
    let count = |byte: u8| column.iter().filter(|found| **found == byte).count();
    let mut bytes: Vec<u8> = (0..=255).filter(|byte| count(*byte) >= COMMON).collect();
    bytes.sort_by_key(|byte| std::cmp::Reverse(count(*byte)));
    bytes.truncate(CHARACTERS.len());
    bytes
}

/// The same for what is text most of all: letters stay themselves, so gzip finds the words of the module's tables in
/// the JavaScript too.
fn with_letters(column: &[u8]) -> Vec<u8> {
    let stays = |byte: &u8| byte.is_ascii_alphabetic() || b" _".contains(byte);
    let mut others = common(column).into_iter().filter(|byte| !stays(byte));
    CHARACTERS.bytes().map(|byte| if stays(&byte) { byte } else { others.next().unwrap_or(byte) }).collect()
}

/// A byte of a list: from `@` on its own character, if that may stand there, else its digits.
fn named(byte: u8) -> String {
    let own = char::from(byte);
    if byte >= b'@' && CHARACTERS.contains(own) { own.into() } else { digits(byte) }
}

/// A byte in two digits of 4 bits, from `0` to `?`.
fn digits(byte: u8) -> String {
    [byte >> 4, byte & 15].map(|digit| char::from(b'0' + digit)).iter().collect()
}
