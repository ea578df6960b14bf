//! `Log`: what a check found, a few bytes an entry; nothing is put into words here.

use crate::issue::{CODES, Code, Severity};
use crate::json::{Cursor, Expected, FaultKind, Span};
use crate::room::push;

/// The field of an entry about the whole document.
pub const WHOLE: u8 = 0xff;
/// The field of an entry about a member that no table names; its span is the member's name.
pub const UNKNOWN: u8 = 0xfe;
/// The field of an entry about the key handed in beside the document.
pub const ARGUMENT: u8 = 0xfd;
/// The element of entries that belong to none.
pub const NO_ELEMENT: u32 = u32::MAX;

/// How many issues a list has unless the caller says otherwise.
pub const DEFAULT_LIMIT: u32 = 100;

/// A caller's word on a code.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[repr(u8)]
pub enum Override {
    /// As the rules have it.
    #[default]
    Default,
    /// Refuses.
    Error,
    /// Is taken, with a warning.
    Warning,
    /// Is not reported.
    Off,
}

/// A caller's word on every code, in the order of [`CODES`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(transparent)]
pub struct Rules([u8; CODES.len()]);

impl Default for Rules {
    fn default() -> Self {
        Self([0; _])
    }
}

impl Rules {
    /// The rules as bytes: 1 error, 2 warning, 3 off, in the order of [`CODES`].
    pub const fn from_bytes(bytes: &[u8; CODES.len()]) -> Self {
        Self(*bytes)
    }

    /// Overrides a code. Fixed codes stay as they are.
    pub fn set(&mut self, code: Code, severity: Override) {
        if let Some(place) = self.0.get_mut(code as usize) {
            *place = severity as u8;
        }
    }

    fn severity(&self, code: Code, usual: Severity) -> Option<Severity> {
        if code.is_fixed() {
            return Some(usual);
        }
        match self.0.get(code as usize) {
            Some(1) => Some(Severity::Error),
            Some(2) => Some(Severity::Warning),
            Some(3) => None,
            _ => Some(usual),
        }
    }
}

/// One thing found.
#[derive(Clone, Copy, Debug)]
pub struct Entry {
    /// What.
    pub code: Code,
    /// How bad.
    pub severity: Severity,
    /// The field's place in its table, or one of the constants above.
    pub field: u8,
    /// What else the code's facts need: another field, an expectation.
    pub detail: u8,
    /// The place of its group.
    pub group: u32,
    /// Where in the document.
    pub span: Span,
}

/// The entries of one element, or of the document around the elements.
#[derive(Clone, Copy, Debug)]
pub struct Group {
    /// The element's index, or [`NO_ELEMENT`].
    pub element: u32,
    /// Its first entry.
    pub first: u32,
    /// Its errors, unwritten ones included.
    pub errors: u32,
    /// Its warnings, unwritten ones included.
    pub warnings: u32,
    /// The key of the element, for what its issues say of it.
    pub subject: Span,
}

/// What a check found so far.
#[derive(Clone, Debug)]
pub struct Log {
    /// Every entry, in the order found.
    pub entries: Vec<Entry>,
    /// The entries by element, in the order met.
    pub groups: Vec<Group>,
    /// How many of either severity are written down: of each element, or of all.
    pub limit: u32,
    rules: Option<Rules>,
    limit_each: bool,
    element: u32,
    subject: Span,
    /// Errors and warnings in all.
    totals: [u32; 2],
    closing: bool,
    repairing: bool,
}

/// A state of the log to go back to.
#[derive(Clone, Copy)]
pub struct Checkpoint {
    entries: usize,
    groups: usize,
    /// Errors and warnings of the last group.
    last: [u32; 2],
    totals: [u32; 2],
    element: u32,
}

impl Checkpoint {
    /// The state of a log before anything was found.
    pub const START: Self = Self { entries: 0, groups: 0, last: [0; 2], totals: [0; 2], element: NO_ELEMENT };
}

impl Default for Log {
    fn default() -> Self {
        Self::new(None, DEFAULT_LIMIT)
    }
}

impl Log {
    /// A log that follows the caller's rules and writes down `limit` of either severity.
    pub const fn new(rules: Option<Rules>, limit: u32) -> Self {
        Self {
            entries: Vec::new(),
            groups: Vec::new(),
            limit,
            rules,
            limit_each: false,
            element: NO_ELEMENT,
            subject: Span { at: 0, len: 0 },
            totals: [0; 2],
            closing: false,
            repairing: false,
        }
    }

    /// Empties the log for another document; its memory is kept.
    #[inline(always)]
    pub fn restart(&mut self, rules: Option<&Rules>, limit: u32) {
        self.entries.clear();
        self.groups.clear();
        // One by one: most documents come without rules, and then there is nothing to copy.
        match rules {
            Some(rules) => self.rules = Some(*rules),
            None => self.rules = None,
        }
        self.limit = limit;
        self.limit_each = false;
        self.element = NO_ELEMENT;
        self.subject = Span::default();
        self.totals = [0; 2];
        self.closing = false;
        self.repairing = false;
    }

    /// From now on the limit holds for each element.
    pub fn limit_each(&mut self) {
        self.limit_each = true;
    }

    /// What follows belongs to this element.
    pub fn enter(&mut self, element: u32) {
        self.element = element;
        self.closing = false;
    }

    /// The element's key, once it was read.
    pub fn subject(&mut self, key: Span) {
        self.subject = key;
        if let Some(group) = self.groups.last_mut()
            && group.element == self.element
        {
            group.subject = key;
        }
    }

    /// From now on every fault is something that the loader repairs.
    pub fn repairing(&mut self, on: bool) {
        self.repairing = on;
    }

    /// What follows looks back at the whole object: a bounded number of entries, written down
    /// whatever the limit says, so that sorting by place comes before cutting.
    pub fn closing(&mut self) {
        self.closing = true;
    }

    /// How many errors there are in all.
    pub fn errors(&self) -> u32 {
        self.totals[0]
    }

    /// How many warnings there are in all.
    pub fn warnings(&self) -> u32 {
        self.totals[1]
    }

    /// Reports a fault with its usual severity.
    #[cold]
    pub fn report(&mut self, code: Code, field: u8, span: Span) {
        self.add(code, code.severity(), field, 0, span);
    }

    /// Reports a fault with what its facts need beside its place.
    #[cold]
    pub fn report_detail(&mut self, code: Code, field: u8, detail: u8, span: Span) {
        self.add(code, code.severity(), field, detail, span);
    }

    /// Reports a fault that is a warning here.
    #[cold]
    pub fn warn(&mut self, code: Code, field: u8, span: Span) {
        self.add(code, Severity::Warning, field, 0, span);
    }

    /// Reports a fault that is an error here.
    #[cold]
    pub fn demand(&mut self, code: Code, field: u8, span: Span) {
        self.add(code, Severity::Error, field, 0, span);
    }

    /// Reports what ended the reading of a document that began at `start`: alone, for nothing else
    /// that was read of it can be relied on.
    #[cold]
    #[inline(never)]
    pub fn fatal(&mut self, cursor: &Cursor, max_depth: u32, start: &Checkpoint) {
        self.go_back(start);
        self.repairing = false;
        let at = cursor.fault_at();
        let (mut code, mut detail, mut span) = (Code::InvalidJson, Expected::Value, Span { at, len: 0 });
        match cursor.fault() {
            None => return,
            Some(FaultKind::Syntax(expected)) => detail = expected,
            Some(FaultKind::Utf8) => code = Code::InvalidUtf8,
            Some(FaultKind::Depth) => (code, span.len) = (Code::TooDeep, max_depth),
            Some(FaultKind::Size) => (code, span) = (Code::TooLarge, Span { at: 0, len: at }),
        }
        self.report_detail(code, WHOLE, detail as u8, span);
    }

    #[inline(never)]
    fn add(&mut self, code: Code, usual: Severity, field: u8, detail: u8, span: Span) {
        let (mut code, mut severity) = (code, usual);
        if self.repairing {
            (code, severity) = (Code::RowRepaired, Severity::Warning);
        }
        if let Some(rules) = &self.rules {
            match rules.severity(code, severity) {
                Some(changed) => severity = changed,
                None => return,
            }
        }
        let element = self.element;
        if self.groups.last().is_none_or(|group| group.element != element) {
            let first = self.entries.len() as u32;
            push(&mut self.groups, Group { element, first, errors: 0, warnings: 0, subject: self.subject });
        }
        let place = self.groups.len() as u32 - 1;
        let Some(group) = self.groups.last_mut() else { return };
        let (total, of_group) = match severity {
            Severity::Error => (&mut self.totals[0], &mut group.errors),
            Severity::Warning => (&mut self.totals[1], &mut group.warnings),
        };
        *total += 1;
        *of_group += 1;
        let count = if self.limit_each { *of_group } else { *total };
        if count <= self.limit || self.closing {
            push(&mut self.entries, Entry { code, severity, field, detail, group: place, span });
        }
    }

    /// The state to come back to.
    pub fn checkpoint(&self) -> Checkpoint {
        Checkpoint {
            entries: self.entries.len(),
            groups: self.groups.len(),
            last: match self.groups.last() {
                Some(group) => [group.errors, group.warnings],
                None => [0; 2],
            },
            totals: self.totals,
            element: self.element,
        }
    }

    /// Forgets everything reported since.
    #[inline(never)]
    pub fn go_back(&mut self, checkpoint: &Checkpoint) {
        self.entries.truncate(checkpoint.entries);
        self.groups.truncate(checkpoint.groups);
        if let Some(group) = self.groups.last_mut() {
            [group.errors, group.warnings] = checkpoint.last;
        }
        self.totals = checkpoint.totals;
        self.element = checkpoint.element;
    }
}
