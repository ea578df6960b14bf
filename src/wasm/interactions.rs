//! The second module, for definitions and interactions: bytes in, one number back, answers left in memory as JSON.
//!
//! JavaScript writes what it asks about into buffers ([`buffer`]), asks, and reads what was made ([`made`]). All numbers
//! are plain ones, so nothing here names a JavaScript type.

#![allow(unsafe_code, reason = "an export by its own name is `unsafe(no_mangle)`; one thread has no locks")]

#[path = "allocator.rs"]
mod allocator;
#[path = "alone.rs"]
mod alone;

use alone::Alone;

use crate::checks::definitions::{self, Kind};
use crate::checks::lines::{self, Line};
use crate::checks::log::{Log, Rules};
use crate::checks::render::{Page, Renderer, Units};
use crate::checks::walk::Walked;
use crate::checks::{Settings, load};
use crate::interactions::build::Builder;
use crate::interactions::experiment::{self, Unit};
use crate::interactions::suppression::Candidate;
use crate::interactions::{Options, ROW, Rows, Window, read};
use crate::json::document::ROOM;
use crate::json::number::Number;
use crate::json::tree::Tree;
use crate::json::write::Writer;
use crate::json::{Cursor, Document, Kind as Json, MAX_DEPTH};
use crate::registry::{self, Image};
use crate::room::{push, resize};

/// The buffers, by their numbers: a document, a registry's image, a log, what stands beside the document, options as
/// JSON; [`RULES`] is one byte per code.
const DOCUMENT: usize = 0;
const REGISTRY: usize = 1;
const LOG: usize = 2;
const BESIDE: usize = 3;
const OPTIONS: usize = 4;
const BUFFERS: usize = 5;
const RULES: u32 = 5;

/// Everything that lives between two calls.
struct State {
    buffers: [Vec<u8>; BUFFERS],
    rules: Rules,
    made: Vec<u8>,
    builder: Option<Builder>,
    walked: Walked,
    stream: lines::State,
    left_out: u64,
}

static STATE: Alone<State> = Alone::new(State {
    buffers: [const { Vec::new() }; BUFFERS],
    rules: Rules::from_bytes(&[0; _]),
    made: Vec::new(),
    builder: None,
    walked: Walked::new(),
    stream: lines::State { line: 1, offset: 0, dropped: 0, mark: false },
    left_out: 0,
});

/// The state, for the length of a call.
fn state() -> &'static mut State {
    STATE.get()
}

/// Makes a buffer so long: where it is. What it held before goes.
#[unsafe(no_mangle)]
pub extern "C" fn buffer(which: u32, len: u32) -> u32 {
    let state = state();
    if which == RULES {
        return (&raw const state.rules) as u32;
    }
    let Some(buffer) = state.buffers.get_mut(which as usize) else { return 0 };
    buffer.clear();
    resize(buffer, len as usize + ROOM);
    buffer.as_ptr() as u32
}

/// Where what was made last is; with 1 how many bytes it has, with 2 how many rows were read and with 3 left out.
#[unsafe(no_mangle)]
pub extern "C" fn made(of: u32) -> u32 {
    let state = state();
    match of {
        0 => state.made.as_ptr() as u32,
        1 => state.made.len() as u32,
        2 => state.builder.as_ref().map_or(0, |builder| builder.len() as u32),
        _ => state.left_out as u32,
    }
}

/// The bytes of a buffer, without the room behind them.
fn bytes(buffers: &[Vec<u8>; BUFFERS], which: usize) -> &[u8] {
    let all = buffers.get(which).map(Vec::as_slice).unwrap_or_default();
    all.get(..all.len().saturating_sub(ROOM)).unwrap_or_default()
}

/// So many bytes of the document's buffer, with the room behind them.
fn document(buffers: &[Vec<u8>; BUFFERS], len: u32) -> Document<'_> {
    Document::within(buffers.get(DOCUMENT).map(Vec::as_slice).unwrap_or_default(), len as usize)
}

/// The options of a question, by name.
struct Asked<'a> {
    tree: Tree<'a>,
}

impl<'a> Asked<'a> {
    fn new(json: &'a [u8]) -> Self {
        Self { tree: Tree::read(&mut Cursor::new(json), MAX_DEPTH) }
    }

    fn whole(&self, name: &str) -> Option<u64> {
        let node = self.tree.node(definitions::given(&self.tree, 0, name)?)?;
        Number::new(node.span.of(self.tree.document())).whole()
    }

    /// A point in time, which may lie before 1970.
    fn time(&self, name: &str) -> Option<i64> {
        let place = definitions::given(&self.tree, 0, name)?;
        definitions::share(&self.tree, place).map(|time| time as i64)
    }

    /// Appends a text; whether there is one.
    fn text(&self, name: &str, made: &mut Vec<u8>) -> bool {
        let Some(place) = definitions::given(&self.tree, 0, name) else { return false };
        let is_text = self.tree.is(place, Json::String);
        if is_text {
            self.tree.push_text(place, made);
        }
        is_text
    }

    fn says(&self, name: &str, word: &str) -> bool {
        definitions::given(&self.tree, 0, name).is_some_and(|place| self.tree.says(place, word))
    }

    /// The texts of a list; whether there is one.
    fn list(&self, name: &str, made: &mut Vec<Vec<u8>>) -> bool {
        let Some(place) = definitions::given(&self.tree, 0, name) else { return false };
        for child in self.tree.children(place) {
            let mut text = Vec::new();
            self.tree.push_text(child, &mut text);
            push(made, text);
        }
        true
    }

    fn settings(&self, rules: &Rules) -> Settings {
        let units = match self.whole("units") {
            Some(1) => Units::Utf16,
            Some(2) => Units::None,
            _ => Units::Bytes,
        };
        Settings { rules: Some(*rules), max_issues: self.whole("maxIssues").unwrap_or(0) as u32, units }
    }

    fn reading(&self) -> Options {
        Options { at: self.time("at"), max_bytes: self.whole("maxBytes").unwrap_or(0) as u32 }
    }

    fn window(&self) -> Window {
        match self.time("now") {
            Some(now) => Window::last(self.whole("days"), now),
            None => Window::ALWAYS,
        }
    }
}

/// A text that was decoded.
fn text(bytes: &[u8]) -> &str {
    // SAFETY: options are what JavaScript's `TextEncoder` wrote, and decoding a string of them gives characters.
    unsafe { std::str::from_utf8_unchecked(bytes) }
}

/// The texts of a list.
fn texts(made: &[Vec<u8>]) -> Vec<&str> {
    let mut list = Vec::new();
    for bytes in made {
        push(&mut list, text(bytes));
    }
    list
}

/// Loads a list of outcome types, so many bytes of the document: the image of a registry is made, for the buffer of that
/// name. The list comes from a registry, which had its limits. 0 where it is refused.
#[unsafe(no_mangle)]
pub extern "C" fn load(len: u32) -> u32 {
    let State { buffers, made, walked, .. } = state();
    let document = document(buffers, len);
    let (mut log, mut builder) = (Log::default(), registry::Builder::default());
    let options = load::Options { max_bytes: u32::MAX, max_types: u32::MAX, max_depth: 0 };
    let ok = load::check(document, &options, walked, &mut builder, &mut log);
    *made = if ok { builder.finish() } else { Vec::new() };
    u32::from(ok)
}

/// How many rows the log in its buffer has; -1 where those bytes are no log, or no longer.
#[unsafe(no_mangle)]
pub extern "C" fn rows() -> i32 {
    let log = bytes(&state().buffers, LOG);
    if Rows::is_sound(log) { Rows::new(log).len() as i32 } else { -1 }
}

/// Takes the rows of the log in its buffer, behind those that were read.
#[unsafe(no_mangle)]
pub extern "C" fn take() {
    let State { buffers, builder, .. } = state();
    if let Some(builder) = builder {
        builder.take(Rows::new(bytes(buffers, LOG)));
    }
}

/// Begins to read: behind the rows of the log in its buffer, where that has any.
#[unsafe(no_mangle)]
pub extern "C" fn start() {
    let State { buffers, builder, stream, left_out, .. } = state();
    let mut new = Builder::default();
    new.take(Rows::new(bytes(buffers, LOG)));
    *builder = Some(new);
    *stream = lines::State { line: 1, offset: 0, dropped: 0, mark: false };
    *left_out = 0;
}

/// Reads the whole lines of the document, and with `last` also what follows them: how many bytes those were. What is
/// wrong with the bad ones is made: `[{"line":…,"issues":[…],"warnings":[…]},…]`, or nothing.
#[unsafe(no_mangle)]
pub extern "C" fn read_lines(len: u32, last: u32) -> u32 {
    let State { buffers, rules, made, builder, walked, stream, left_out } = state();
    let asked = Asked::new(bytes(buffers, OPTIONS));
    let settings = read::settings(&asked.settings(rules));
    let (mut log, mut found) = (settings.log(), Vec::new());
    let Some(builder) = builder else { return 0 };
    let document = document(buffers, len);
    let done =
        read::lines(document, last > 0, &asked.reading(), stream, walked, builder, left_out, &mut found, &mut log);
    made.clear();
    if !found.is_empty() {
        *made = said_of_lines(document.bytes(), &found, &settings, &log);
    }
    done as u32
}

fn said_of_lines(document: &[u8], found: &[Line], settings: &Settings, log: &Log) -> Vec<u8> {
    let mut renderer: Renderer = settings.renderer(Page::new(document, &ROW), log);
    renderer.writer.open(b'[');
    for (place, line) in found.iter().enumerate() {
        renderer.turn(line.span.of(document), line.offset);
        renderer.writer.open(b'{');
        renderer.writer.number_member(b"line", line.line);
        renderer.writer.number_member(b"offset", line.offset);
        renderer.writer.number_member(b"length", line.length);
        renderer.both(log, place, place + 1, false);
        renderer.writer.close(b'}');
    }
    renderer.writer.close(b']');
    renderer.writer.text
}

/// Reads an array of rows; what came of it is made. 0 where it was refused.
#[unsafe(no_mangle)]
pub extern "C" fn read_array(len: u32) -> u32 {
    let State { buffers, rules, made, builder, walked, left_out, .. } = state();
    let asked = Asked::new(bytes(buffers, OPTIONS));
    let settings = read::settings(&asked.settings(rules));
    let mut log = settings.log();
    let Some(builder) = builder else { return 0 };
    let document = document(buffers, len);
    let counted = read::document(document, &asked.reading(), walked, builder, &mut log);
    *left_out = counted.unwrap_or(0);
    let list = load::rows_at(document.bytes());
    let page = Page { list, elements: Some(&ROW), ..Page::new(document.bytes(), &read::LIST) };
    let mut renderer = settings.renderer(page, &log);
    read::write(&mut renderer, builder.len(), *left_out, &log);
    *made = renderer.writer.text;
    u32::from(counted.is_some())
}

/// Makes the log of what was read.
#[unsafe(no_mangle)]
pub extern "C" fn finish() {
    let State { made, builder, .. } = state();
    if let Some(builder) = builder.take() {
        *made = builder.finish();
    }
}

/// Asks: 0 a tally, 1 an experiment of the log; 2 a suppression, 3 a metric of it by the definition in the document;
/// 4 to 7 a check of that definition, by the number of its kind; 8 which of the definitions in the document still use
/// the key beside it. The answer is made as JSON; 0 where the document is refused.
#[unsafe(no_mangle)]
pub extern "C" fn ask(which: u32) -> u32 {
    let State { buffers, rules, made, .. } = state();
    let asked = Asked::new(bytes(buffers, OPTIONS));
    let settings = asked.settings(rules);
    let image = Image::unchecked(bytes(buffers, REGISTRY));
    let rows = Rows::new(bytes(buffers, LOG));
    let document = bytes(buffers, DOCUMENT);
    let mut writer = Writer::default();
    let mut ok = true;
    match which {
        0 => rows.tally(image, asked.window()).write(image, &mut writer),
        1 => experiment_of(rows, &asked, &mut writer),
        8 => {
            let mut log = settings.log();
            let read = definitions::used(bytes(buffers, BESIDE), document, &mut log);
            writer.open(b'{');
            definitions::write(&read, None, document, Some(image), settings.units, &log, &mut writer);
            writer.close(b'}');
            ok = log.errors() == 0;
        }
        _ => ok = definition(which, rows, image, document, &asked, &settings, &mut writer),
    }
    *made = writer.text;
    u32::from(ok)
}

fn experiment_of(rows: Rows, asked: &Asked, writer: &mut Writer) {
    let (mut exposure, mut conversion, mut control) = (Vec::new(), Vec::new(), Vec::new());
    let has_exposure = asked.list("exposure", &mut exposure);
    let has_conversion = asked.list("conversion", &mut conversion);
    let has_control = asked.text("control", &mut control);
    let (exposure, conversion) = (texts(&exposure), texts(&conversion));
    let usual = experiment::Options::default();
    let options = experiment::Options {
        exposure: if has_exposure { &exposure } else { usual.exposure },
        conversion: if has_conversion { &conversion } else { usual.conversion },
        unit: if asked.says("unit", "interaction") { Unit::Interaction } else { Unit::Customer },
        control: has_control.then_some(text(&control)),
        min_samples: asked.whole("minSamples").unwrap_or(usual.min_samples),
        window: asked.window(),
    };
    rows.experiment(&options).write(writer);
}

/// A definition that is checked, and what follows of it: `{"value":…,"issues":[…],"warnings":[…]}`.
fn definition(
    which: u32,
    rows: Rows,
    image: Image,
    document: &[u8],
    asked: &Asked,
    settings: &Settings,
    writer: &mut Writer,
) -> bool {
    let kind = match which {
        2 | 4 => Kind::ContactPolicy,
        3 | 5 => Kind::BehavioralMetric,
        6 => Kind::Experiment,
        _ => Kind::SummaryDefinition,
    };
    let mut compared = Vec::new();
    let has_compared = asked.list("compared", &mut compared);
    let compared = texts(&compared);
    let options = definitions::Options {
        compared: has_compared.then_some(compared.as_slice()),
        max_bytes: asked.whole("maxBytes").unwrap_or(0) as u32,
    };
    let mut log = settings.log();
    let read = definitions::check(image, kind, document, &options, &mut log);
    let now = asked.time("now").unwrap_or(0);
    let ok = log.errors() == 0;
    writer.open(b'{');
    if ok {
        let mut ids = [const { Vec::new() }; 4];
        let mut has = [false; 4];
        for ((name, id), has) in ["customerId", "offerId", "creativeId", "channelId"].iter().zip(&mut ids).zip(&mut has)
        {
            *has = asked.text(name, id);
        }
        let [customer, offer, creative, channel] = &ids;
        let [has_customer, has_offer, has_creative, has_channel] = has;
        writer.name(b"value");
        match which {
            2 => {
                let candidate = Candidate {
                    customer_id: text(customer),
                    offer_id: has_offer.then_some(text(offer)),
                    creative_id: has_creative.then_some(text(creative)),
                    channel_id: has_channel.then_some(text(channel)),
                };
                rows.suppressed(&read.tree, &candidate, now).write(writer);
            }
            3 => {
                let customer = has_customer.then_some(text(customer));
                rows.measured(image, &read.tree, customer, now).write(writer);
            }
            _ => definitions::write_keys(&read, writer),
        }
    }
    definitions::write(&read, Some(kind), document, Some(image), settings.units, &log, writer);
    writer.close(b'}');
    ok
}
