//! The module as text, for the entry that carries it: its code in digits of 6 bits, which no gzip makes smaller, and its
//! rest as characters, in which a byte that is common is one. Whole bytes stay whole characters there and letters are
//! themselves, so gzip finds the words of the module's tables in the JavaScript too.
//!
//! The text, which `unpack/` reads: all [`CHARACTERS`], whose ranks are digits; the common operations; how many bytes the
//! list of the rest has, and those, the most common first; how many digits the code has; all that in digits of 4 bits,
//! two a byte; the code; and the rest. What no list names has its own number as its rank.

use crate::Result;
use crate::parted;

/// The characters that stand for a byte, those first that are common in minified JavaScript: gzip, which counts the text
/// and the JavaScript together, then finds them common in both. Every bundler and page carries them unchanged in a
/// string: printable, and neither a quote nor a backslash nor what templates and pages look for.
const CHARACTERS: &str = "nera(i ),4ot.c=s>mluygd-7?13fp_z0w*Tx8{!6AvbjS:hk25|9O;C][+E&UI@VPqHLZ/Y%RNFWBM^X#KGQDJ";
/// In front of the two digits of any other byte.
const DIGITS: char = '}';
/// How often a byte has to stand in the rest to be worth its place in the list.
const COMMON: usize = 8;

/// The TypeScript module with the text, which `pkg/src/wasm/inline.ts` hands to the program beside it.
pub fn text(module: &[u8]) -> Result<String> {
    let parts = parted::of(module)?;
    let count = u16::try_from(parts.digits.len()).map_err(|_| "the module's code has more than 65,535 digits")?;
    let [high, low] = count.to_be_bytes();
    let (list, rest) = coded(&parts.rest);
    let head: String =
        [&*parts.common, &[list.len() as u8], &list, &[high, low]].concat().into_iter().map(digits).collect();
    let code: String = parts.digits.into_iter().filter_map(character).collect();
    Ok(format!(
        "{HEADER}/** What the program makes the module of. */\nexport const TEXT = \"{CHARACTERS}{head}{code}{rest}\";\n"
    ))
}

/// The TypeScript module with that program in hexadecimal.
pub fn program(module: &[u8]) -> String {
    let digits: String = padded(module).iter().map(|byte| format!("{byte:02x}")).collect();
    format!("{HEADER}/** The program, in hexadecimal. */\nexport const PROGRAM = \"{digits}\";\n")
}

/// The module with a section behind it that nobody reads, if it takes one to have a multiple of 8 bytes: so many are
/// read at once.
fn padded(module: &[u8]) -> Vec<u8> {
    let mut padded = module.to_vec();
    if !module.len().is_multiple_of(8) {
        let missing = 3 + (13 - module.len() % 8) % 8;
        padded.extend([0, missing as u8 - 2]);
        padded.resize(module.len() + missing, 0);
    }
    padded
}

const HEADER: &str = "// The module as text: xtask/src/inlined.rs says how.\n";

/// The rest, and the list that it is read by.
fn coded(rest: &[u8]) -> (Vec<u8>, String) {
    let own = |character: &u8| *character >= b'@' || *character == b' ';
    let mut list = common(rest);
    list.retain(|byte| !(own(byte) && CHARACTERS.as_bytes().contains(byte)));
    list.truncate(CHARACTERS.bytes().filter(|character| !own(character)).count());
    let mut listed = list.iter().copied();
    let bytes: Vec<u8> = (0_u8..)
        .zip(CHARACTERS.bytes())
        .map(|(rank, character)| if own(&character) { character } else { listed.next().unwrap_or(rank) })
        .collect();
    let code = |byte: u8| match (0..).zip(&bytes).find(|(_, coded)| **coded == byte) {
        Some((rank, _)) => character(rank).into_iter().collect(),
        None => format!("{DIGITS}{}", digits(byte)),
    };
    let codes: Vec<String> = (0..=255).map(code).collect();
    let written = rest.iter().filter_map(|byte| codes.get(usize::from(*byte))).map(String::as_str).collect();
    (list, written)
}

/// The bytes that are common in the rest, the most common first.
fn common(rest: &[u8]) -> Vec<u8> {
    let count = |byte: u8| rest.iter().filter(|found| **found == byte).count();
    let mut bytes: Vec<u8> = (0..=255).filter(|byte| count(*byte) >= COMMON).collect();
    bytes.sort_by_key(|byte| std::cmp::Reverse(count(*byte)));
    bytes
}

/// A byte in two digits of 4 bits: the sixteen most common characters.
fn digits(byte: u8) -> String {
    [byte >> 4, byte & 15].into_iter().filter_map(character).collect()
}

fn character(rank: u8) -> Option<char> {
    CHARACTERS.chars().nth(usize::from(rank))
}

#[cfg(test)]
mod tests {
    use super::padded;

    #[test]
    fn a_program_is_padded_by_a_section_without_a_name() {
        for length in 0..33 {
            let program = vec![7; length];
            let padded = padded(&program);
            assert_eq!(padded.len() % 8, 0);
            assert!(padded.len() < length + 11);
            let (whole, section) = padded.split_at(length);
            assert_eq!(whole, program);
            if let [id, length, rest @ ..] = section {
                assert_eq!((*id, usize::from(*length)), (0, rest.len()));
                assert!(rest.first() == Some(&0), "a name of no bytes");
            }
        }
    }
}
