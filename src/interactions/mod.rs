//! What the classification is for: interactions counted, policies that suppress, behavioral metrics, experiments.
//!
//! Interactions are read once into a *log*: one run of bytes, column by column, that can be kept and copied like a
//! registry's image. [`Interactions`] owns one, [`Rows`] borrows one. It holds the outcomes as they were named: what
//! they mean the registry says that is asked with.
//!
//! ```
//! use kaireon_outcomes::{Registry, interactions::{Interactions, Options, Window}, checks::Settings};
//! let rows = br#"[{"customerId":"C1","offerId":"o","outcome":"complaint","timestamp":"2026-03-16T14:35:00Z"}]"#;
//! let read = Interactions::read(rows, &Options::default(), &Settings::default());
//! let log = read.interactions.unwrap_or_default();
//! assert_eq!(log.rows().tally(Registry::defaults().image(), Window::ALWAYS).classifications, [0, 1, 0]);
//! ```
//!
//! In reading order: [`Window`], `texts`, [`build`], [`rows`], `row`, [`read`], [`statistics`], [`tally`], [`suppression`],
//! [`metric`], [`experiment`].

pub mod build;
pub mod experiment;
pub mod metric;
pub mod read;
mod row;
pub mod rows;
pub mod statistics;
pub mod suppression;
pub mod tally;
mod texts;
mod window;

use crate::checks::definitions::{self, Kind};
use crate::checks::lines::{LineResult, State, write};
use crate::checks::load::rows_at;
use crate::checks::read::Issues;
use crate::checks::render::Page;
use crate::checks::walk::Walked;
use crate::checks::{Settings, lines};
use crate::issue::Checked;
use crate::json::Padded;
use crate::json::tree::Tree;
use crate::json::value::Value;
use crate::registry::Image;
use build::Builder;
pub use read::Options;
pub use row::ROW;
pub use rows::Rows;
pub use window::Window;

/// A log's own bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Interactions {
    bytes: Vec<u8>,
}

impl Default for Interactions {
    fn default() -> Self {
        Self { bytes: Builder::default().finish() }
    }
}

/// What came of an array of interactions.
#[derive(Clone, Debug)]
pub struct Read {
    /// The good rows; none where the document could not be read at all.
    pub interactions: Option<Interactions>,
    /// How many rows were left out.
    pub left_out: u64,
    /// The first of them.
    pub refused: Vec<LeftOut>,
    /// What is wrong with the document itself.
    pub found: Issues,
}

/// A row that was left out.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct LeftOut {
    /// Its index, from 0.
    pub index: u32,
    /// What is wrong with it.
    #[serde(flatten)]
    pub found: Issues,
}

impl Interactions {
    /// The interactions of an array, or of an object with one in `data`.
    pub fn read(document: &[u8], options: &Options, settings: &Settings) -> Read {
        let settings = read::settings(settings);
        let (mut log, mut walked, mut builder) = (settings.log(), Walked::default(), Builder::default());
        let padded = Padded::new(document);
        let left_out = read::document(padded.document(), options, &mut walked, &mut builder, &mut log);
        let page = Page { list: rows_at(document), elements: Some(&ROW), ..Page::new(document, &read::LIST) };
        let mut renderer = settings.renderer(page, &log);
        read::write(&mut renderer, builder.len(), left_out.unwrap_or(0), &log);
        let written = Value::read(&renderer.writer.text);
        let row = |row: &Value| LeftOut { index: row.number("index").unwrap_or(0) as u32, found: Issues::read(row) };
        Read {
            interactions: left_out.map(|_| Self { bytes: builder.finish() }),
            left_out: left_out.unwrap_or(0),
            refused: if left_out.is_some() { written.list("refused").iter().map(row).collect() } else { Vec::new() },
            found: Issues::read(&written),
        }
    }

    /// A log that was kept; nothing where its version or its checksum is another.
    pub fn from_bytes(bytes: Vec<u8>) -> Option<Self> {
        Rows::is_sound(&bytes).then_some(Self { bytes })
    }

    /// The log's bytes, to keep or to copy.
    pub fn into_bytes(self) -> Vec<u8> {
        self.bytes
    }

    /// What there is to ask.
    pub fn rows(&self) -> Rows<'_> {
        Rows::new(&self.bytes)
    }

    /// These and, behind them, others.
    pub fn with(&self, others: Rows) -> Self {
        let mut builder = Builder::default();
        builder.take(self.rows());
        builder.take(others);
        Self { bytes: builder.finish() }
    }
}

impl<'a> Rows<'a> {
    /// How many interactions there are of each key, classification and category.
    pub fn tally(self, image: Image, window: Window) -> tally::Tally<'a> {
        tally::tally(self, image, window)
    }

    /// What a contact policy says of a candidate at a time (ms since 1970); nothing where it is no policy.
    pub fn suppression(
        self,
        image: Image,
        policy: &[u8],
        candidate: &suppression::Candidate,
        now: i64,
        settings: &Settings,
    ) -> Checked<suppression::Suppression<'a>> {
        checked(image, Kind::ContactPolicy, policy, settings, |policy| self.suppressed(policy, candidate, now))
    }

    /// The same of a policy that was checked.
    pub(crate) fn suppressed(
        self,
        policy: &Tree,
        candidate: &suppression::Candidate,
        now: i64,
    ) -> suppression::Suppression<'a> {
        suppression::suppression(self, policy, candidate, now)
    }

    /// What a behavioral metric comes to at a time (ms since 1970), of one customer where one is given; nothing where it
    /// is no metric.
    pub fn metric(
        self,
        image: Image,
        metric: &[u8],
        customer: Option<&str>,
        now: i64,
        settings: &Settings,
    ) -> Checked<metric::Metric<'a>> {
        checked(image, Kind::BehavioralMetric, metric, settings, |metric| self.measured(image, metric, customer, now))
    }

    /// The same of a metric that was checked.
    pub(crate) fn measured(self, image: Image, metric: &Tree, customer: Option<&str>, now: i64) -> metric::Metric<'a> {
        metric::metric(self, image, metric, customer, now)
    }

    /// What an experiment says.
    pub fn experiment(self, options: &experiment::Options) -> experiment::Experiment<'a> {
        experiment::experiment(self, options)
    }
}

/// What a definition that is taken says, with what there is to say of it.
fn checked<T>(
    image: Image,
    kind: Kind,
    document: &[u8],
    settings: &Settings,
    value: impl FnOnce(&Tree) -> T,
) -> Checked<T> {
    let mut log = settings.log();
    let read = definitions::check(image, kind, document, &definitions::Options::default(), &mut log);
    let found = definitions::issues(&read, Some(kind), document, image, settings, &log);
    let value = if log.errors() == 0 { Some(value(&read.tree)) } else { None };
    Checked { value, issues: found.issues, warnings: found.warnings }
}

/// Interactions as lines (NDJSON), as they stream past.
pub struct Reader {
    options: Options,
    settings: Settings,
    state: State,
    walked: Walked,
    builder: Builder,
    left_out: u64,
    /// The beginning of a line whose end has not come yet.
    rest: Vec<u8>,
}

impl Reader {
    /// A stream that nothing was read from yet.
    pub fn new(options: Options, settings: Settings) -> Self {
        let (walked, builder) = (Walked::default(), Builder::default());
        let settings = read::settings(&settings);
        Self { options, settings, state: State::default(), walked, builder, left_out: 0, rest: Vec::new() }
    }

    /// Reads the lines that end in the next bytes; the bad ones of which there is something to say.
    pub fn feed(&mut self, bytes: &[u8]) -> Vec<LineResult> {
        self.rest.extend_from_slice(bytes);
        self.lines(false)
    }

    /// Reads what follows the last line feed: the log, how many lines were left out, and what is wrong with the last.
    pub fn end(mut self) -> (Interactions, u64, Vec<LineResult>) {
        let found = self.lines(true);
        (Interactions { bytes: self.builder.finish() }, self.left_out, found)
    }

    fn lines(&mut self, last: bool) -> Vec<LineResult> {
        let Self { options, settings, state, walked, builder, left_out, rest } = self;
        let (mut log, mut found) = (settings.log(), Vec::new());
        let padded = Padded::new(rest);
        let done =
            read::lines(padded.document(), last, options, state, walked, builder, left_out, &mut found, &mut log);
        let mut renderer = settings.renderer(Page::new(rest, &ROW), &log);
        write(&mut renderer, rest, &found, &log);
        let written = Value::read(&renderer.writer.text);
        let result = |(line, said): (&lines::Line, &Value)| LineResult {
            line: line.line,
            offset: line.offset,
            length: line.length,
            ok: false,
            found: Issues::read(said),
        };
        let results = found.iter().zip(written.elements()).map(result).collect();
        rest.drain(..done.min(rest.len()));
        results
    }
}
