//! The module as text, for the entry that carries it: its columns, in which a byte that is common is one character.
//! Whole bytes stay whole characters, so gzip finds in the text what it finds in the module; and the most common byte
//! of each column is the same character, so that one Huffman table serves them all.
//!
//! The text, which `unpack/` reads: all [`CHARACTERS`], then each column behind how many bytes its list has, those
//! bytes, the most common first, and the column's length, all in digits. What no list names has its own number as its
//! rank; in the column that is text most of all, letters are themselves, so gzip finds the words of the module's tables
//! in the JavaScript too.

use crate::Result;
use crate::columns;

/// The characters that stand for a byte, those first that are common in minified JavaScript: gzip, which counts the text
/// and the JavaScript together, then finds them common in both. Every bundler and page carries them unchanged in a
/// string: printable, and neither a quote nor a backslash nor what templates and pages look for.
const CHARACTERS: &str = "nera(i ),4ot.c=s>mluygd-7?13fp_z0w*Tx8@{!V6AvbjS:hkP25q|9HLZ/O;Y%RNCFWBM^][+E&X#UIKGQDJ";
/// In front of the two digits of any other byte.
const DIGITS: char = '}';
/// How often a byte has to stand in a column to be worth its place in the list.
const COMMON: usize = 8;

/// The TypeScript module with the text, which `pkg/src/wasm/inline.ts` hands to the program beside it.
pub fn text(module: &[u8]) -> Result<String> {
    let columns = columns::of(module)?;
    let columns: String = columns.iter().enumerate().map(|(place, column)| coded(place, column)).collect();
    Ok(format!(
        "{HEADER}/** What the program makes the module of. */\nexport const TEXT = \"{CHARACTERS}{columns}\";\n"
    ))
}

/// The TypeScript module with that program in hexadecimal.
pub fn program(module: &[u8]) -> String {
    let digits: String = module.iter().map(|byte| format!("{byte:02x}")).collect();
    format!("{HEADER}/** The program, in hexadecimal. */\nexport const PROGRAM = \"{digits}\";\n")
}

const HEADER: &str = "// outcomes.wasm as text: xtask/src/inlined.rs says how.\n";

/// A column behind its list.
fn coded(place: usize, column: &[u8]) -> String {
    let text = place == columns::REST;
    let own = |character: &u8| text && (*character >= b'@' || *character == b' ');
    let mut list = common(column);
    list.retain(|byte| !(own(byte) && CHARACTERS.as_bytes().contains(byte)));
    // The first column has none: digits are read by its ranks.
    list.truncate(if place == 0 { 0 } else { CHARACTERS.bytes().filter(|character| !own(character)).count() });
    let mut listed = list.iter().copied();
    let bytes: Vec<u8> = (0_u8..)
        .zip(CHARACTERS.bytes())
        .map(|(rank, character)| if own(&character) { character } else { listed.next().unwrap_or(rank) })
        .collect();
    let code = |byte: u8| match bytes.iter().position(|coded| *coded == byte) {
        Some(rank) => CHARACTERS.chars().skip(rank).take(1).collect(),
        None => format!("{DIGITS}{}", digits(byte)),
    };
    let codes: Vec<String> = (0..=255).map(code).collect();
    let written: String = column.iter().filter_map(|byte| codes.get(usize::from(*byte))).map(String::as_str).collect();
    let [high, low] = (written.len() as u16).to_be_bytes();
    let head: String = [list.len() as u8].iter().chain(&list).chain(&[high, low]).map(|byte| digits(*byte)).collect();
    head + &written
}

/// The bytes that are common in a column, the most common first.
fn common(column: &[u8]) -> Vec<u8> {
    let count = |byte: u8| column.iter().filter(|found| **found == byte).count();
    let mut bytes: Vec<u8> = (0..=255).filter(|byte| count(*byte) >= COMMON).collect();
    bytes.sort_by_key(|byte| std::cmp::Reverse(count(*byte)));
    bytes
}

/// A byte in two digits of 4 bits: the sixteen most common characters.
fn digits(byte: u8) -> String {
    [byte >> 4, byte & 15].iter().filter_map(|digit| CHARACTERS.chars().nth(usize::from(*digit))).collect()
}
