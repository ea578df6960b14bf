//! The module as text, for the entry that carries it: a byte that is common is one character, any
//! other is two. Whole bytes stay whole characters, so gzip finds in the text what it finds in the
//! module: 0.3 % more, where hexadecimal costs 11 % and base64 28 %.

/// What every bundler and page carries unchanged in a string: printable, and neither a quote nor a
/// backslash nor what templates and pages look for.
const ALPHABET: &str = " !#%&()*+,-./0123456789:;=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]^_abcdefghijklmnopqrstuvwxyz{|}~";
/// The first characters say that the next one means a byte of the second set, or of the third.
const SHIFTS: usize = 2;

/// The TypeScript module that `pkg/src/wasm/inline.ts` decodes.
pub fn text(module: &[u8]) -> String {
    let mut counts = [(0_usize, 0_u8); 256];
    for (count, byte) in counts.iter_mut().zip(0..=255) {
        *count = (module.iter().filter(|found| **found == byte).count(), byte);
    }
    counts.sort_by_key(|(count, byte)| (std::cmp::Reverse(*count), *byte));
    let characters: Vec<char> = ALPHABET.chars().collect();
    let (shifts, set) = characters.split_at(SHIFTS.min(characters.len()));
    let common: Vec<u8> = counts.iter().take(set.len()).map(|(_, byte)| *byte).collect();
    // The others follow in their own order, which needs no list.
    let order: Vec<u8> = common.iter().copied().chain((0..=255).filter(|byte| !common.contains(byte))).collect();
    let mut written = String::new();
    for byte in module {
        let place = order.iter().position(|known| known == byte).unwrap_or_default();
        if let Some(shift) = (place / set.len()).checked_sub(1) {
            written.extend(shifts.get(shift));
        }
        written.extend(set.get(place % set.len()));
    }
    let digits: String = common.iter().map(|byte| format!("{byte:02x}")).collect();
    format!(
        "// outcomes.wasm as text: xtask/src/inlined.rs says how.
/** The characters of the text: the shifts, then one set of bytes. */
export const ALPHABET = \"{ALPHABET}\";
/** How many of them are shifts. */
export const SHIFTS = {SHIFTS};
/** The bytes of the first set, in hexadecimal; all others follow in their own order. */
export const COMMON = \"{digits}\";
/** How many bytes the module has. */
export const LENGTH = {length};
/** The module. */
export const TEXT = \"{written}\";
",
        length = module.len()
    )
}
