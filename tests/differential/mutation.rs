//! `mutate`: a document with a few of its bytes changed, left out, doubled or put in.

use super::chance::Chance;

/// The bytes that mean something to JSON, and their neighbours.
const TELLING: &[u8] = b"{}[]\",:\\/u0e9+-. \n\t\r\x00\x01\x0b\x0c\x1f\x20\x21#Z^`~\x7f\x80\xbf\xc2\xff;1tfnrx";
/// Runs that are no UTF-8: alone, cut off, too long, surrogates, beyond the last character.
pub const NO_UTF8: [&[u8]; 22] = [
    b"\x80",
    b"\xbf",
    b"\xc0\x80",
    b"\xc0\xaf",
    b"\xc1\xbf",
    b"\xc3",
    b"\xc3\x28",
    b"\xe0\x80\xaf",
    b"\xe0\x9f\xbf",
    b"\xe2\x82",
    b"\xe2\x28\xa1",
    b"\xed\xa0\x80",
    b"\xed\xbf\xbf",
    b"\xf0\x80\x80\xaf",
    b"\xf0\x8f\xbf\xbf",
    b"\xf0\x9f\x98",
    b"\xf0\x28\x8c\xbc",
    b"\xf4\x90\x80\x80",
    b"\xf5\x80\x80\x80",
    b"\xf8\x88\x80\x80\x80",
    b"\xfc\x84\x80\x80\x80\x80",
    b"\xff",
];

/// Changes a document in one to three places.
pub fn mutate(bytes: &mut Vec<u8>, chance: &mut Chance) {
    for _ in 0..1 + chance.below(3) {
        let at = chance.below(bytes.len());
        let telling = TELLING[chance.below(TELLING.len())];
        match chance.below(14) {
            _ if bytes.is_empty() => bytes.push(telling),
            0 => bytes[at] ^= 1 << chance.below(8),
            1 => drop(bytes.remove(at)),
            2 | 3 => bytes.insert(at, telling),
            4 | 5 => bytes[at] = telling,
            6 => bytes[at] = chance.byte(),
            7 => {
                let end = (at + chance.below(20)).min(bytes.len());
                bytes.drain(at..end);
            }
            8 => {
                let end = (at + chance.below(60)).min(bytes.len());
                let run = bytes[at..end].to_vec();
                bytes.splice(end..end, run);
            }
            9 => letter(bytes, chance),
            10 => {
                let run = NO_UTF8[chance.below(NO_UTF8.len())];
                bytes.splice(at..at, run.iter().copied());
            }
            11 => brackets(bytes, chance),
            12 => {
                let other = chance.below(bytes.len());
                bytes.swap(at, other);
            }
            _ => doubled(bytes, chance),
        }
    }
}

/// Another letter in a string, mostly a name: what stands behind a quote.
fn letter(bytes: &mut [u8], chance: &mut Chance) {
    let quotes: Vec<usize> = (0..bytes.len()).filter(|at| bytes[*at] == b'"').collect();
    if quotes.is_empty() {
        return;
    }
    let at = quotes[chance.below(quotes.len())] + 1 + chance.below(17);
    if let Some(byte) = bytes.get_mut(at) {
        *byte = if chance.one_in(2) { *byte ^ 0x20 } else { byte.wrapping_add(1) };
    }
}

/// Another bracket where one stands.
fn brackets(bytes: &mut [u8], chance: &mut Chance) {
    let places: Vec<usize> = (0..bytes.len()).filter(|at| b"{}[]".contains(&bytes[*at])).collect();
    if let Some(at) = places.get(chance.below(places.len())) {
        bytes[*at] = b"{}[]"[chance.below(4)];
    }
}

/// A run from one comma to another, given twice.
fn doubled(bytes: &mut Vec<u8>, chance: &mut Chance) {
    let commas: Vec<usize> = (0..bytes.len()).filter(|at| bytes[*at] == b',').collect();
    if commas.len() < 2 {
        return;
    }
    let first = chance.below(commas.len() - 1);
    let run = bytes[commas[first]..commas[first + 1]].to_vec();
    let to = commas[chance.below(commas.len())];
    bytes.splice(to..to, run);
}
