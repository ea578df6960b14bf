//! JSON values to put into documents: texts of every length and spelling, numbers of every form, times, nests.

use super::chance::Chance;
use super::registries::KEYS;

/// Parts of a string as they stand between its quotes: plain, escaped, beyond ASCII, nearly the end of one.
const PARTS: [&str; 34] = [
    "a",
    "Z",
    "0",
    "_",
    " ",
    "!",
    "#",
    "[",
    "]",
    "{",
    "}",
    ":",
    ",",
    "~",
    "\u{7f}",
    "\\\"",
    "\\\\",
    "\\/",
    "\\b",
    "\\n",
    "\\u0041",
    "\\u00e9",
    "\\u0000",
    "\\ud83d\\ude00",
    "\\uD800",
    "\\udc00",
    "\\ud800\\ud83d\\ude00",
    "é",
    "\u{80}",
    "\u{7ff}",
    "日",
    "\u{ffff}",
    "😀",
    "\u{10ffff}",
];
const TIMES: [&str; 44] = [
    "2026-03-16T14:35:00Z",
    "2026-03-16T14:35:00.123Z",
    "2025-12-31T23:59:59Z",
    "2026-01-01T00:00:00Z",
    "2026-03-16T14:40:00Z",
    "2026-03-16T14:40:00.001Z",
    "2026-03-16T14:40:01Z",
    "2026-03-16T16:10:00+01:30",
    "2026-03-16T16:10:00.5-01:30",
    "2026-03-16",
    "2026-03-16T14:35Z",
    "2026-03-16T14:35",
    "2026-03-16T14:35:00",
    "2026-03-16t14:35:00z",
    "2026-03-16 14:35:00Z",
    "2026-03-16T14:35:00+0130",
    "2026-03-16T14:35:00+01",
    "2026-03-16T14:35:00,5Z",
    "2026-03-16T24:00:00Z",
    "2026-03-16T24:00:00.0Z",
    "2026-03-16T24:00:00.1Z",
    "2026-03-16T23:59:60Z",
    "2026-13-01",
    "2026-00-01",
    "2026-02-29",
    "2024-02-29T00:00:00Z",
    "2000-02-29",
    "1900-02-29",
    "2026-04-31",
    "2026-03-00",
    "2026-03-32",
    "2026-03-16T25:00:00Z",
    "2026-03-16T14:60:00Z",
    "2026-03-16T14:35:61Z",
    "2026-03-16T14:35:00.Z",
    "2026-03-16T14:35:00+24:00",
    "2026-03-16T14:35:00+01:60",
    "2026-03-16T14:35:00+1:00",
    "2026-03-16T14Z",
    "2026-03-16Z",
    "20260316",
    "yesterday",
    "0000-01-01T00:00:00Z",
    "9999-12-31T23:59:59.999999Z",
];
const NUMBERS: [&str; 42] = [
    "1",
    "2",
    "9",
    "10",
    "0",
    "-0",
    "-1",
    "1.0",
    "1e0",
    "1E0",
    "1e+0",
    "10e-1",
    "0.1e1",
    "1.50",
    "1.5",
    "0.0",
    "-0.0",
    "0e9",
    "0.00001e5",
    "100e-2",
    "100e-3",
    "1e-400",
    "1e308",
    "1.7976931348623157e308",
    "1.7976931348623158e308",
    "1.7976931348623159e308",
    "1e309",
    "-1e309",
    "1e999999999999",
    "0e999999999999",
    "-1e-999999999999",
    "9007199254740993",
    "123456789012345678901234567890",
    "1.0000000000000000000001",
    "12345678",
    "123456789",
    "4294967296",
    "18446744073709551616",
    "1.25",
    "99.99",
    "0.5",
    "1e22",
];
/// What is no number, though it begins like one.
const NO_NUMBERS: [&str; 22] = [
    "01",
    "-01",
    "00",
    "1.",
    ".5",
    "-",
    "+1",
    "1e",
    "1e+",
    "1.e1",
    "0x10",
    "1_000",
    "1,5",
    "NaN",
    "-Infinity",
    "1:",
    "1;",
    "1/",
    "--1",
    "1.5.5",
    "1e5e5",
    "2.",
];
const WORDS: [&str; 12] =
    ["true", "false", "null", "tru", "truee", "True", "nul", "nulll", "fals", "undefined", "falsf", "nuLl"];

/// A string with its quotes, as long as a member's value usually is or longer.
pub fn string(chance: &mut Chance) -> String {
    let mut text = "\"".to_owned();
    let plain = ["id_", "CUST-", "/offers/", "", "Customer "];
    text += chance.pick(&plain);
    for _ in 0..chance.below(36) {
        text.push(char::from(b'a' + chance.below(26) as u8));
    }
    // Whatever it is stands anywhere between letters.
    if chance.one_in(6) {
        for _ in 0..1 + chance.below(3) {
            text += chance.pick(&PARTS);
            for _ in 0..chance.below(18) {
                text.push(char::from(b'0' + chance.below(10) as u8));
            }
        }
    }
    text + "\""
}

/// A number, sometimes of very many digits.
pub fn number(chance: &mut Chance) -> String {
    match chance.below(12) {
        0 => {
            let digits = |chance: &mut Chance, count: usize| -> String {
                (0..count).map(|_| char::from(b'0' + chance.below(10) as u8)).collect()
            };
            let (whole, fraction) = (chance.below(330), chance.below(30));
            let power = chance.below(700) as i64 - 350;
            format!("{}{}.{}1e{power}", 1 + chance.below(9), digits(chance, whole), digits(chance, fraction))
        }
        1 => format!("{}", chance.next()),
        2 => format!("{}.{}", chance.below(100_000), chance.below(100)),
        3 => format!("{:e}", f64::from_bits(chance.next() & !(1 << 62))),
        _ => (*chance.pick(&NUMBERS)).to_owned(),
    }
}

/// A number near the edge of what a double holds.
pub fn edge(chance: &mut Chance) -> String {
    const EDGE: &str = "17976931348623158079372897140530341507993413271003782693617377898044496829276475094664901797758720709633028641669288791094655554785194040263065748867150582068190890200070838367627385484581771153176447573027006985557136695962284291481986083493647529271907416844436551070434271155969950809304288017790417449779";
    let cut = 14 + chance.below(EDGE.len() - 14);
    let last = [cut - 1, chance.below(cut)][chance.below(2)];
    let mut digits = EDGE.as_bytes()[..cut].to_vec();
    if chance.one_in(2) {
        digits[last] = b'0' + chance.below(10) as u8;
    }
    let digits = String::from_utf8(digits).expect("digits");
    match chance.below(3) {
        0 => format!("{}.{}e308", &digits[..1], &digits[1..]),
        1 => format!("{digits}e{}", 309 - cut),
        _ => format!("{digits}{}", "0".repeat(309 - cut)),
    }
}

/// Any value; `room` is how many levels it may nest.
pub fn any(chance: &mut Chance, room: usize) -> String {
    match chance.below(16) {
        0..4 => string(chance),
        4..6 => number(chance),
        6 => edge(chance),
        7 => (*chance.pick(&NO_NUMBERS)).to_owned(),
        8..10 => (*chance.pick(&WORDS)).to_owned(),
        10..13 => object(chance, room),
        13 => "\"\"".to_owned(),
        _ => list(chance, room),
    }
}

/// A value that JSON allows, most of the time.
fn inner(chance: &mut Chance, room: usize) -> String {
    match chance.below(42) {
        40 => chance.pick(&NO_NUMBERS).to_owned(),
        41 => deep(chance),
        0..16 => string(chance),
        16..25 => number(chance),
        25..28 => (*chance.pick(&WORDS[..3])).to_owned(),
        28 => any(chance, room),
        29..35 => object(chance, room),
        _ => list(chance, room),
    }
}

/// An object, with white space here and there.
pub fn object(chance: &mut Chance, room: usize) -> String {
    let count = if room == 0 { 0 } else { chance.below(4) };
    let members: Vec<String> = (0..count)
        .map(|_| format!("{}{}:{}{}", string(chance), space(chance), space(chance), inner(chance, room - 1)))
        .collect();
    format!("{{{}{}}}", space(chance), members.join(&format!("{},{}", space(chance), space(chance))))
}

/// More levels than most documents have, each closed as it was opened.
fn deep(chance: &mut Chance) -> String {
    let levels: Vec<bool> = (0..chance.below(60)).map(|_| chance.one_in(2)).collect();
    let open: String = levels.iter().map(|is_object| if *is_object { "{\"a\":" } else { "[" }).collect();
    let close: String = levels.iter().rev().map(|is_object| if *is_object { '}' } else { ']' }).collect();
    format!("{open}1{close}")
}

fn list(chance: &mut Chance, room: usize) -> String {
    let count = if room == 0 { 0 } else { chance.below(4) };
    let elements: Vec<String> = (0..count).map(|_| inner(chance, room - 1)).collect();
    format!("[{}{}]", space(chance), elements.join(&format!("{},", space(chance))))
}

/// White space, mostly none.
pub fn space(chance: &mut Chance) -> &'static str {
    if chance.one_in(4) { chance.pick(&[" ", "\n", "\t", "\r\n", "  ", "\r", "                    "]) } else { "" }
}

/// A value for a member of a call that is mostly a good one.
pub fn of(name: &str, chance: &mut Chance) -> String {
    if chance.one_in(80) {
        return any(chance, 3);
    }
    if chance.one_in(80) {
        return "null".to_owned();
    }
    let quoted = |text: &str| format!("\"{text}\"");
    match name {
        "outcome" | "interactionType" | "outcomeType" | "eventType" => {
            let key = chance.pick(&KEYS);
            match chance.below(24) {
                0 => quoted(&key.to_uppercase()),
                1 => quoted(&format!("{key} ")),
                2 => quoted("constructor"),
                3 => quoted(&escaped(key, chance)),
                _ => quoted(key),
            }
        }
        "rank" => match chance.below(10) {
            0 => number(chance),
            1 => edge(chance),
            _ => format!("{}", 1 + chance.below(12)),
        },
        "conversionValue" => {
            if chance.one_in(6) {
                edge(chance)
            } else {
                number(chance)
            }
        }
        "direction" => {
            let word =
                chance.pick(&["inbound", "outbound", "inbound", "outbound", "Inbound", "", "inboun", "outbound "]);
            if chance.one_in(8) { quoted(&escaped(word, chance)) } else { quoted(word) }
        }
        "idempotencyKey" if chance.one_in(3) => quoted("idem_1"),
        "timestamp" => time(chance),
        "context" | "outcomeDetails" | "attributes" | "metadata" => object(chance, 4),
        _ if chance.one_in(60) => "\"\"".to_owned(),
        _ => string(chance),
    }
}

fn time(chance: &mut Chance) -> String {
    let mut time = match chance.below(5) {
        0 => chance.pick(&TIMES).to_owned(),
        1..4 => format!(
            "20{:02}-0{}-{:02}T0{}:00:00.000Z",
            chance.below(100),
            1 + chance.below(9),
            1 + chance.below(28),
            chance.below(10)
        ),
        _ => format!(
            "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}{}Z",
            chance.below(10_000),
            chance.below(14),
            chance.below(33),
            chance.below(25),
            chance.below(61),
            chance.below(62),
            chance.pick(&["", ".000", ".123", ".1", ".123456"]),
        ),
    };
    if chance.one_in(8) {
        let at = chance.below(time.len());
        time.replace_range(
            at..=at,
            chance.pick(&["/", ":", "0", "9", ";", "-", "T", "t", " ", "Z", "\\u0030", "é", "", "00"]),
        );
    }
    format!("\"{time}\"")
}

/// The same text with some of its characters written as escapes.
pub fn escaped(text: &str, chance: &mut Chance) -> String {
    let one = |found: char| match chance.below(4) {
        0 => format!("\\u{:04x}", found as u32),
        1 => format!("\\u{:04X}", found as u32),
        _ => found.to_string(),
    };
    text.chars().map(one).collect()
}
