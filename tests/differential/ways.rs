//! The ways to ask one question: without room behind the document, with room, with hostile bytes in it. All have to
//! say the same, down to the last mask.

use super::case::{Case, HEADERS, Kind};
use super::registries::Known;
use kaireon_outcomes::Code;
use kaireon_outcomes::Severity;
use kaireon_outcomes::checks::log::{Log, WHOLE};
use kaireon_outcomes::checks::respond::{self, Answer};
use kaireon_outcomes::checks::row::ROW;
use kaireon_outcomes::checks::walk::{Walked, walk};
use kaireon_outcomes::checks::{bulk, lines};
use kaireon_outcomes::json::document::ROOM;
use kaireon_outcomes::json::{Cursor, Document, MAX_DEPTH, Span};

/// More issues than any case has.
const LIMIT: u32 = 1 << 20;

/// One entry of a log.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Entry {
    pub code: Code,
    pub is_error: bool,
    pub field: u8,
    pub detail: u8,
    /// Its element.
    pub element: u32,
    pub span: Span,
}

/// Everything that was said.
#[derive(Debug, Default, PartialEq)]
pub struct Said {
    pub ok: bool,
    pub entries: Vec<Entry>,
    pub totals: [u32; 2],
    pub answer: Option<Answer>,
    pub masks: [u32; 3],
    pub places: Vec<(Span, Option<u8>)>,
    /// Where each item or line stands, and whether it is taken.
    pub parts: Vec<(Span, bool)>,
    /// How many bytes of lines were read.
    pub done: usize,
}

impl Said {
    /// What ended the reading.
    pub fn fault(&self) -> Option<(Code, usize)> {
        let ends = |code| matches!(code, Code::InvalidJson | Code::InvalidUtf8 | Code::TooDeep);
        let fault = self.entries.iter().find(|entry| entry.field == WHOLE && ends(entry.code))?;
        Some((fault.code, fault.span.at as usize))
    }
}

/// What is kept from question to question, as the module keeps it.
pub struct Asker {
    walked: Walked,
    log: Log,
    memory: Vec<u8>,
}

impl Asker {
    pub fn new() -> Self {
        Self { walked: Walked::new(), log: Log::default(), memory: Vec::new() }
    }

    /// What the core says of a case, if it says the same every way.
    pub fn ask(&mut self, case: &Case, known: &Known) -> Result<Said, String> {
        let alone = fresh(case, known, Document::new(&case.bytes));
        // In the module NUL ends a document and a line feed a line; the other control characters would do, too.
        let control = (case.turn % 32) as u8;
        // Without such an end, or with too little behind it, there is no room.
        let mut ways = vec![
            (Some(0), &case.behind[..], ROOM),
            (Some(b'\n'), &case.behind, ROOM),
            (Some(control), &case.behind, ROOM),
            (None, &case.behind, ROOM),
        ];
        match case.turn % 4 {
            0 => ways.push((Some(0), &case.behind, ROOM - 1)),
            1 => ways.push((Some(0), &[0], ROOM)),
            _ => {}
        }
        for (end, behind, room) in ways {
            let mut memory = std::mem::take(&mut self.memory);
            fill(&mut memory, case, end, behind, room);
            let document = Document::within(&memory[case.align..], case.bytes.len());
            let said = self.again(case, known, document);
            self.memory = memory;
            if said != alone {
                let behind = behind.escape_ascii();
                return Err(format!("with {end:?} and `{behind}` behind it the core says\n{said:?}\nalone\n{alone:?}"));
            }
        }
        Ok(alone)
    }

    /// Asks with what the last question left.
    fn again(&mut self, case: &Case, known: &Known, document: Document) -> Said {
        self.log.restart(None, LIMIT);
        ask(case, known, document, &mut self.walked, &mut self.log)
    }
}

/// Asks as if it were the first question.
fn fresh(case: &Case, known: &Known, document: Document) -> Said {
    ask(case, known, document, &mut Walked::new(), &mut Log::new(None, LIMIT))
}

/// The document in memory that ends where its room does, so that a tool that watches reads sees one behind it.
fn fill(memory: &mut Vec<u8>, case: &Case, end: Option<u8>, behind: &[u8], room: usize) {
    let len = case.align + case.bytes.len() + room;
    memory.clear();
    memory.shrink_to(0);
    memory.reserve_exact(len);
    memory.extend(std::iter::repeat_n(b'"', case.align));
    memory.extend_from_slice(&case.bytes);
    memory.extend(end);
    let left = len - memory.len();
    memory.extend(behind.iter().cycle().take(left));
}

fn ask(case: &Case, known: &Known, document: Document, walked: &mut Walked, log: &mut Log) -> Said {
    let image = known.registry.image();
    let mut said = Said::default();
    match case.kind {
        Kind::Call | Kind::Item => {
            let item = case.kind == Kind::Item;
            let options = respond::Options { idempotency_key: HEADERS[case.header], item, now: case.now, max_bytes: 0 };
            let mut answer = Answer::NONE;
            said.ok = respond::check(image, document, &options, walked, log, &mut answer);
            said.answer = Some(answer);
        }
        Kind::Bulk => {
            let options = bulk::Options { now: case.now, max_bytes: 0 };
            let mut items = Vec::new();
            said.ok = bulk::check(image, document, &options, walked, &mut items, log);
            said.parts = items.iter().map(|item| (item.span, !item.refused)).collect();
        }
        Kind::Lines => {
            let options = lines::Options { item: case.turn % 2 == 1, now: case.now, max_line: 0 };
            let mut state = lines::State::default();
            let mut found = Vec::new();
            said.done = lines::check(image, document, true, &options, &mut state, walked, &mut found, log);
            said.ok = log.errors() == 0;
            said.parts = found.iter().map(|line| (line.span, line.ok)).collect();
        }
        Kind::List => {
            // A row as the loader reads it; the loader itself takes no document with its room.
            let mut cursor = Cursor::of(document);
            walk(&mut cursor, MAX_DEPTH, &ROW, walked, log);
            cursor.finish();
            said.ok = !cursor.failed();
            if let Some(kind) = cursor.fault() {
                let at = cursor.fault_at();
                log.fatal(&cursor, MAX_DEPTH, &kaireon_outcomes::checks::log::Checkpoint::START);
                debug_assert!(log.entries.len() == 1 && log.entries[0].span.at == at, "{kind:?}");
            }
        }
    }
    said.entries = log.entries.iter().map(|entry| made(entry, log)).collect();
    said.totals = [log.errors(), log.warnings()];
    if said.fault().is_some() && case.kind != Kind::Lines {
        // What was read of it counts no more.
        said.answer = None;
    } else if case.kind != Kind::Lines {
        keep(&mut said, walked);
    }
    said
}

fn made(entry: &kaireon_outcomes::checks::log::Entry, log: &Log) -> Entry {
    Entry {
        code: entry.code,
        is_error: entry.severity == Severity::Error,
        field: entry.field,
        detail: entry.detail,
        element: log.groups[entry.group as usize].element,
        span: entry.span,
    }
}

/// What the object has that was walked last.
fn keep(said: &mut Said, walked: &Walked) {
    if !walked.is_object {
        return;
    }
    said.masks = [walked.named, walked.null, walked.usable];
    let named = (0..32).filter(|field| walked.named & 1 << field != 0);
    said.places = named.map(|field| (*walked.place(field), walked.value(field).map(|value| value.choice))).collect();
    said.places.push((Span { at: walked.open, len: walked.close.at }, None));
}
