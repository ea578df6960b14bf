//! The reader and the Respond check held against serde_json and a model of the rules, and against themselves with
//! other bytes behind the document. `KAIREON_CASES` says how many cases are made (100,000), `KAIREON_SEED` which.

#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::panic, reason = "a test that cannot go on says so")]

#[path = "differential/case.rs"]
mod case;
#[path = "differential/chance.rs"]
mod chance;
#[path = "differential/decimal.rs"]
mod decimal;
#[path = "differential/generator.rs"]
mod generator;
#[path = "differential/judge.rs"]
mod judge;
#[path = "differential/model.rs"]
mod model;
#[path = "differential/mutation.rs"]
mod mutation;
#[path = "differential/oracle.rs"]
mod oracle;
#[path = "differential/registries.rs"]
mod registries;
#[path = "differential/rows.rs"]
mod rows;
#[path = "differential/suite.rs"]
mod suite;
#[path = "differential/time.rs"]
mod time;
#[path = "differential/values.rs"]
mod values;
#[path = "differential/ways.rs"]
mod ways;

use kaireon_outcomes::checks::{Settings, lines};

use case::{BEHIND, Case, Kind};
use registries::Known;
use std::panic::{AssertUnwindSafe, catch_unwind};
use ways::Asker;

/// A call that has something of everything, as clients write it.
const CALL: &str = r#"{"customerId":"CUST_0123456789abcdef","recommendationId":"rec_1","rank":12,"outcome":"click","idempotencyKey":"idem_1","direction":"inbound","conversionValue":-12.5e1,"timestamp":"2026-03-16T14:35:00.000Z","context":{"page":"/offers","tags":["a",null]},"x":true}"#;
/// One with all that is rare.
const ODD_CALL: &str = "\u{feff} {\"customerId\" : \"Z\u{f6}\u{20ac}\u{1f600}\\n\" ,\r\n\"outcom\\u0065\":\"impression\",\t\"creativeId\":\"\\\"\",\"rank\":null,\"timestamp\":\"2026-03-16 14:35z\",\"metadata\":{ },\"offerId\":\"\"} ";

impl Case {
    /// A document alone, as it is usually asked.
    pub fn new(kind: Kind, bytes: impl Into<Vec<u8>>) -> Self {
        let behind = b"\"}".to_vec();
        Self { kind, bytes: bytes.into(), behind, align: 0, header: 1, now: Some(case::NOW), registry: 1, turn: 0 }
    }

    /// The same in front of other bytes.
    pub fn before(mut self, behind: &[u8]) -> Self {
        self.behind = behind.to_vec();
        self
    }
}

/// What asks and judges, one in each thread.
struct Bench {
    asker: Asker,
    known: Vec<Known>,
}

impl Bench {
    fn new() -> Self {
        Self { asker: Asker::new(), known: registries::all() }
    }

    /// Whether a case holds: every way says the same, and it is what the model says. A panic is a fault like another.
    fn holds(&mut self, case: &Case) -> Result<(), String> {
        let known = &self.known[case.registry];
        let asked = catch_unwind(AssertUnwindSafe(|| {
            let said = self.asker.ask(case, known)?;
            judge::judge(case, known, &said)
        }));
        asked.unwrap_or_else(|_| Err("it panicked".to_owned()))
    }

    /// The same, with the least document that fails.
    fn must_hold(&mut self, case: &Case, name: &str) {
        let Err(first) = self.holds(case) else { return };
        let mut least = case.clone();
        let mut size = least.bytes.len().div_ceil(2);
        while size > 0 {
            let mut at = 0;
            while at < least.bytes.len() {
                let mut smaller = least.clone();
                smaller.bytes.drain(at..(at + size).min(least.bytes.len()));
                if self.holds(&smaller).is_err() { least = smaller } else { at += size }
            }
            size /= 2;
        }
        let why = self.holds(&least).err().unwrap_or(first);
        let text = |bytes: &[u8]| bytes.escape_ascii().to_string();
        panic!("{name}: {why}\nleast: {:?} {}\nwhole: {}\n{least:?}", case.kind, text(&least.bytes), text(&case.bytes));
    }
}

/// A number that the environment may say otherwise.
fn setting(name: &str, usual: u64) -> u64 {
    std::env::var(name).map_or(usual, |value| value.parse().unwrap_or_else(|_| panic!("{name} is no number")))
}

#[test]
fn core_and_oracle_agree_on_every_case() {
    let (cases, seed) = (setting("KAIREON_CASES", 100_000), setting("KAIREON_SEED", 4));
    let threads = std::thread::available_parallelism().map_or(1, usize::from) as u64;
    let started = std::time::Instant::now();
    std::thread::scope(|scope| {
        for first in 0..threads {
            scope.spawn(move || {
                let mut bench = Bench::new();
                for number in (first..cases).step_by(threads as usize) {
                    let case = generator::case(seed, number);
                    bench.must_hold(&case, &format!("case {number} of seed {seed}"));
                }
            });
        }
    });
    println!("differential cases: {cases} (seed {seed}) in {:?}", started.elapsed());
}

#[test]
fn the_cases_are_of_every_kind() {
    // A generator that went astray would agree with everybody.
    let mut bench = Bench::new();
    let (mut taken, mut refused, mut no_json) = (0, 0, 0);
    for number in 0..2000 {
        let case = generator::case(4, number);
        let said = bench.asker.ask(&case, &bench.known[case.registry]).expect("an answer");
        match (said.ok, said.fault()) {
            (true, _) => taken += 1,
            (_, None) => refused += 1,
            _ => no_json += 1,
        }
    }
    assert!(taken > 400 && refused > 400 && no_json > 400, "{taken} taken, {refused} refused, {no_json} no JSON");
}

#[test]
fn what_every_parser_must_take_or_refuse() {
    let mut bench = Bench::new();
    let documents =
        suite::JSON.iter().map(|text| (*text, true)).chain(suite::NO_JSON.iter().map(|text| (*text, false)));
    for (text, is_json) in documents {
        assert_eq!(oracle::is_json(text) && std::str::from_utf8(text).is_ok(), is_json, "{}", text.escape_ascii());
        for (turn, behind) in BEHIND.iter().enumerate() {
            let whole = Case { turn, ..Case::new(Kind::Call, text).before(behind) };
            bench.must_hold(&whole, "alone");
            for (before, after) in [
                ("{\"customerId\":\"c\",\"context\":{\"a\":", "}}"),
                ("{\"context\":", ",\"rank\":1}"),
                ("{\"conversionValue\":", "}"),
                ("{\"nobody\":", ",\"customerId\":\"c\"}"),
                ("{\"customerId\":", ""),
                ("{\"rank\":", ",\"rank\":2}"),
                ("{\"timestamp\":", "}"),
            ] {
                let inside = [before.as_bytes(), text, after.as_bytes()].concat();
                bench.must_hold(&Case { turn, ..Case::new(Kind::Call, inside).before(behind) }, "as a value");
            }
            let item = [b"{\"outcomes\":[", text, b"]}"].concat();
            bench.must_hold(&Case { turn, ..Case::new(Kind::Bulk, item).before(behind) }, "as an item");
            let line = [text, b"\n", text, b"\r\n \n", text].concat();
            bench.must_hold(&Case { turn, ..Case::new(Kind::Lines, line).before(behind) }, "as lines");
            bench.must_hold(&Case { turn, ..Case::new(Kind::List, text).before(behind) }, "as a list");
        }
    }
}

#[test]
fn every_byte_at_every_place() {
    let mut bench = Bench::new();
    for text in [CALL, ODD_CALL] {
        for at in 0..text.len() {
            for byte in 0..=255 {
                let mut bytes = text.as_bytes().to_vec();
                bytes[at] = byte;
                let case = Case { turn: byte.into(), ..Case::new(Kind::Call, bytes) };
                bench.must_hold(&case, "one byte changed");
            }
            for byte in *b"\"\\{}[],: \n\x00\x1f\x7f0e.-n\xc3" {
                let mut bytes = text.as_bytes().to_vec();
                bytes.insert(at, byte);
                bench.must_hold(&Case::new(Kind::Call, bytes), "one byte more");
            }
            let mut bytes = text.as_bytes().to_vec();
            bytes.remove(at);
            bench.must_hold(&Case::new(Kind::Call, bytes), "one byte less");
        }
    }
}

#[test]
fn bytes_that_are_no_text_at_every_place() {
    let mut bench = Bench::new();
    for text in [CALL, ODD_CALL] {
        for at in 0..=text.len() {
            for (turn, run) in mutation::NO_UTF8.iter().enumerate() {
                let bytes = [&text.as_bytes()[..at], run, &text.as_bytes()[at..]].concat();
                bench.must_hold(&Case { turn, ..Case::new(Kind::Call, bytes) }, "a run that is no UTF-8");
                // Cut off there, with what would complete it behind.
                let bytes = [&text.as_bytes()[..at], run].concat();
                bench.must_hold(&Case { turn, ..Case::new(Kind::Call, bytes).before(b"\xbf\x80\x80\"}") }, "cut off");
            }
        }
    }
}

#[test]
fn every_window_of_a_document() {
    let mut bench = Bench::new();
    let bulk = format!("{{\"outcomes\":[{CALL}, {CALL}]}}");
    let lines = format!("{CALL}\n{CALL}\r\n\n {CALL}");
    let list = format!("{{\"data\":[{CALL}]}}");
    let row = "{\"key\":\"quote\",\"name\":\"Quote\",\"classification\":\"positive\",\"isSystem\":false,\"ordinal\":12,\"deletedAt\":\"\"}";
    let kinds = [
        (Kind::Call, CALL),
        (Kind::Call, ODD_CALL),
        (Kind::Item, CALL),
        (Kind::Bulk, &bulk),
        (Kind::Lines, &lines),
        (Kind::List, &list),
        (Kind::List, row),
    ];
    for (kind, text) in kinds {
        for end in 0..=text.len() {
            let (inside, behind) = text.as_bytes().split_at(end);
            for align in 0..16 {
                let case = Case { align, turn: align, ..Case::new(kind, inside).before(behind) };
                bench.must_hold(&case, "the document goes on behind");
                let case = Case { align, turn: align + end, ..case }.before(BEHIND[(end + align) % BEHIND.len()]);
                bench.must_hold(&case, "something else stands behind");
            }
        }
    }
}

#[test]
fn lines_in_chunks_of_every_size() {
    let known = registries::all();
    let odd = ODD_CALL.replace(['\r', '\n'], " ");
    let bytes = format!("\u{feff}{CALL}\n{odd}\r\n\n {CALL}x\n{CALL}").into_bytes();
    let read = |size: usize| {
        let mut stream = lines::Lines::new(&known[1].registry, lines::Options::default(), Settings::default());
        let mut results: Vec<_> = bytes.chunks(size).flat_map(|chunk| stream.feed(chunk)).collect();
        results.extend(stream.end());
        results
    };
    let whole = read(bytes.len());
    assert_eq!(whole.iter().map(|line| line.ok).collect::<Vec<_>>(), [true, false, false, true]);
    for size in 1..bytes.len() {
        assert_eq!(read(size), whole, "in chunks of {size}");
    }
}

#[test]
fn quotes_and_the_like_at_every_place_of_a_string() {
    let mut bench = Bench::new();
    let odd = [
        "\\\"",
        "\\\\",
        "\\u0041",
        "\\ud83d\\ude00",
        "\\ud800",
        "\u{e9}",
        "\u{1f600}",
        "\u{7f}",
        "\"",
        "\\",
        "\n",
        "\u{1f}",
        "\0",
    ];
    for len in 0..36 {
        for at in 0..=len {
            for (turn, odd) in odd.iter().enumerate() {
                let letters = |count: usize| "abcdefghijklmnop".chars().cycle().take(count).collect::<String>();
                let word = format!("{}{odd}{}", letters(at), letters(len - at));
                for text in [
                    format!("{{\"customerId\":\"{word}\",\"outcome\":\"click\"}}"),
                    format!("{{\"{word}\":1,\"outcome\":\"click\"}}"),
                    format!("{{\"context\":{{\"{word}\":\"{word}\"}}}}"),
                ] {
                    bench.must_hold(&Case { turn, align: at % 16, ..Case::new(Kind::Call, text) }, "a string");
                }
            }
        }
    }
}

#[test]
fn names_that_are_nearly_those_of_the_table() {
    let mut bench = Bench::new();
    for name in generator::NAMES {
        for at in 0..=name.len() {
            for byte in 0x20..=0x7e_u8 {
                let mut other = name.as_bytes().to_vec();
                other.splice(at..(at + 1).min(name.len()), [byte]);
                let text = [b"{\"customerId\":\"c\",\"", &other[..], b"\":null,\"", name.as_bytes(), b"\":1}"].concat();
                bench.must_hold(&Case { turn: at, ..Case::new(Kind::Call, text) }, "a name");
            }
        }
        let text = format!("{{\"{name}\":\"a\",\"{name}x\":\"b\",\"{name}\":\"c\",\"{}\":1}}", &name[..name.len() - 1]);
        bench.must_hold(&Case::new(Kind::Call, text), "a name twice");
    }
}

#[test]
fn words_that_are_nearly_those_of_json() {
    let mut bench = Bench::new();
    for word in ["true", "false", "null"] {
        for at in 0..=word.len() {
            for byte in 0..=0x7f_u8 {
                let mut other = word.as_bytes().to_vec();
                other.splice(at..(at + 1).min(word.len()), [byte]);
                for (before, after) in
                    [("{\"context\":{\"a\":[", ",1]}}"), ("{\"x\":", ",\"rank\":0}"), ("{\"metadata\":{\"a\":", "}}")]
                {
                    let text = [before.as_bytes(), &other, after.as_bytes()].concat();
                    bench.must_hold(&Case { turn: at, ..Case::new(Kind::Call, text) }, "a word");
                }
            }
        }
    }
    // As long as a word of the table and 32 bytes more, or of a length whose mask is empty.
    for len in 0..80 {
        for word in ["inbound", "outbound"] {
            let text: String = word.chars().chain("abcdefghijklmnop".chars().cycle()).take(len).collect();
            bench
                .must_hold(&Case::new(Kind::Call, format!("{{\"direction\":\"{text}\",\"{text}\":1}}")), "a long word");
        }
    }
}

#[test]
fn every_depth_up_to_the_limit() {
    let mut bench = Bench::new();
    for depth in (1..70).chain([127, 128, 129, 500, 990]).chain(994..1004) {
        for (open, close) in [("[", "]"), ("{\"a\":", "}"), ("[{\"\":", "}]")] {
            for (before, after) in
                [("", ""), ("{\"context\":", "}"), ("{\"x\":", ",\"rank\":1}"), ("{\"outcomes\":[", "]}")]
            {
                for inner in [&b"1"[..], b"{}", b"[", b"", b"\"\xff\""] {
                    let front = format!("{before}{}", open.repeat(depth));
                    let back = format!("{}{after}", close.repeat(depth));
                    let text = [front.as_bytes(), inner, back.as_bytes()].concat();
                    for kind in [Kind::Call, Kind::Bulk, Kind::List] {
                        bench.must_hold(&Case::new(kind, &text[..]), "deep");
                    }
                }
            }
        }
    }
}
