//! The checks as methods of a registry: the document in, the answer in words out.

use super::bulk::{self, BULK, BulkAnswer};
#[cfg(not(target_arch = "wasm32"))]
use super::definitions;
use super::edit::EDIT;
use super::key::{NEW_KEY, OUTCOME};
use super::load::LIST;
use super::log::Log;
use super::normalise::normalise;
use super::read::Issues;
use super::render::Page;
use super::respond::{self, ITEM};
use super::row::ROW;
use super::table::Object;
use super::walk::Walked;
use super::{Settings, create, delete, edit, key, load};
use crate::issue::Checked;
use crate::json::Padded;
use crate::json::value::Value;
use crate::json::write::Writer;
use crate::registry::{Builder, Found, Image, Registry};

impl<'a> Page<'a> {
    /// A page about a document, with nothing beside it.
    pub fn new(document: &'a [u8], table: &'static Object) -> Self {
        Self {
            document,
            argument: &[],
            table,
            elements: None,
            list: "",
            single: false,
            registry: None,
            units: super::render::Units::Bytes,
            offset: 0,
        }
    }

    /// A page about a list of types.
    pub fn of_list(document: &'a [u8]) -> Self {
        Self { list: load::rows_at(document), elements: Some(&ROW), ..Self::new(document, &LIST) }
    }

    /// A page about a bulk request.
    pub fn of_bulk(document: &'a [u8], image: Image<'a>) -> Self {
        Self { list: "outcomes", elements: Some(&ITEM), registry: Some(image), ..Self::new(document, &BULK) }
    }
}

/// What a check found, in words.
fn said(settings: &Settings, page: Page, log: &Log) -> Issues {
    if log.groups.is_empty() {
        return Issues::default();
    }
    let mut renderer = settings.renderer(page, log);
    renderer.all(log);
    Issues::read(&Value::read(&renderer.writer.text))
}

/// A value that was written.
fn written(write: impl FnOnce(&mut Writer)) -> String {
    let mut writer = Writer::default();
    write(&mut writer);
    writer.into()
}

fn checked<T>(value: Option<T>, found: Issues) -> Checked<T> {
    Checked { value, issues: found.issues, warnings: found.warnings }
}

impl Registry {
    /// A registry from a list of types, as the API sends it.
    pub fn load(document: &[u8], options: &load::Options, settings: &Settings) -> Checked<Registry> {
        let (mut log, mut walked, mut builder) = (settings.log(), Walked::default(), Builder::default());
        let ok = load::check(Padded::new(document).document(), options, &mut walked, &mut builder, &mut log);
        let registry = ok.then(|| Registry::made(&mut builder));
        checked(registry, said(settings, Page::of_list(document), &log))
    }

    /// The next registry, with a row as the platform answers when a type was made or changed. `None`
    /// where it is no row, or about a system type.
    pub fn with(&self, row: &[u8]) -> Option<Registry> {
        let (mut log, mut walked, mut builder) = (Log::default(), Walked::default(), Builder::default());
        let taken = load::check_row(self.image(), row, &mut walked, &mut builder, &mut log);
        (taken == load::Row::Taken).then(|| Registry::made(&mut builder))
    }

    /// The next registry, with the type of a key retired at a time (ISO 8601). `None` where there is
    /// none to retire.
    pub fn without(&self, key: &str, deleted_at: &str) -> Option<Registry> {
        let found = self.image().find(key.as_bytes())?;
        if found.facts.is_system() || found.facts.is_retired() {
            return None;
        }
        let mut builder = Builder::default();
        load::retire(self.image(), found.row, deleted_at.as_bytes(), &mut builder);
        Some(Registry::made(&mut builder))
    }

    /// What a Respond call says.
    pub fn check_respond(
        &self,
        document: &[u8],
        options: &respond::Options,
        settings: &Settings,
    ) -> Checked<respond::Answer> {
        self.respond(document, options, settings, |answer, _| answer)
    }

    /// A Respond call as it is meant, as JSON.
    pub fn read_respond(&self, document: &[u8], options: &respond::Options, settings: &Settings) -> Checked<String> {
        self.respond(document, options, settings, |answer, walked| {
            written(|writer| {
                let header = options.idempotency_key.unwrap_or_default();
                normalise(document, header, options.item, answer.direction, walked, writer);
            })
        })
    }

    fn respond<T>(
        &self,
        document: &[u8],
        options: &respond::Options,
        settings: &Settings,
        value: impl FnOnce(respond::Answer, &Walked) -> T,
    ) -> Checked<T> {
        let (mut log, mut walked) = (settings.log(), Walked::default());
        let mut answer = respond::Answer::NONE;
        let ok =
            respond::check(self.image(), Padded::new(document).document(), options, &mut walked, &mut log, &mut answer);
        let page = Page { registry: Some(self.image()), ..Page::new(document, respond::table(options.item)) };
        checked(ok.then(|| value(answer, &walked)), said(settings, page, &log))
    }

    /// What a bulk request says, item by item.
    pub fn check_bulk(&self, document: &[u8], options: &bulk::Options, settings: &Settings) -> BulkAnswer {
        let (mut log, mut walked, mut items) = (settings.log(), Walked::default(), Vec::new());
        let ok =
            bulk::check(self.image(), Padded::new(document).document(), options, &mut walked, &mut items, &mut log);
        let page = Page { units: settings.units, ..Page::of_bulk(document, self.image()) };
        let answer = BulkAnswer::new(page, &items, &log);
        BulkAnswer { body: ok.then(|| bulk::body(document, &items)), ..answer }
    }

    /// The body to POST for a new type, as JSON.
    pub fn check_create(&self, document: &[u8], options: create::Options, settings: &Settings) -> Checked<String> {
        let (mut log, mut walked) = (settings.log(), Walked::default());
        let ok = create::check(self.image(), document, options, &mut walked, &mut log);
        let page = Page { registry: Some(self.image()), ..Page::new(document, create::table(options)) };
        checked(ok.then(|| written(|writer| create::value(document, &walked, writer))), said(settings, page, &log))
    }

    /// The body to PUT for the type of a key (a JSON value), as JSON.
    pub fn check_edit(&self, key: &[u8], document: &[u8], settings: &Settings) -> Checked<String> {
        let (mut log, mut walked) = (settings.log(), Walked::default());
        let ok = edit::check(self.image(), key, document, &mut walked, &mut log);
        let page = Page { argument: key, registry: Some(self.image()), ..Page::new(document, &EDIT) };
        checked(ok.then(|| written(|writer| edit::value(document, &walked, writer))), said(settings, page, &log))
    }

    /// The type of a key (a JSON value) that may be deleted; none where the list is incomplete and
    /// does not have it.
    pub fn check_delete(&self, key: &[u8], settings: &Settings) -> Checked<Option<Found>> {
        let mut log = settings.log();
        let found = delete::check(self.image(), key, &mut log);
        let page = Page { argument: key, registry: Some(self.image()), ..Page::new(&[], &OUTCOME) };
        checked((log.errors() == 0).then_some(found), said(settings, page, &log))
    }

    /// Whether a key (a JSON value) can be that of a new type.
    pub fn check_key(&self, key: &[u8], settings: &Settings) -> Checked<()> {
        check_key(Some(self.image()), key, settings)
    }

    /// The type that a key (a JSON value) names, where new calls may name it.
    pub fn check_outcome(&self, key: &[u8], settings: &Settings) -> Checked<Option<Found>> {
        let (mut log, mut walked) = (settings.log(), Walked::default());
        let found = key::check_outcome(self.image(), key, &mut walked, &mut log);
        let page = Page { single: true, registry: Some(self.image()), ..Page::new(key, &OUTCOME) };
        checked((log.errors() == 0).then_some(found), said(settings, page, &log))
    }
}

#[cfg(not(target_arch = "wasm32"))]
impl Registry {
    /// What a definition says, and which outcome types it names: `[{"key":…,"path":[…]},…]`, as JSON.
    pub fn check_definition(
        &self,
        kind: definitions::Kind,
        document: &[u8],
        options: &definitions::Options,
        settings: &Settings,
    ) -> Checked<String> {
        let mut log = settings.log();
        let read = definitions::check(self.image(), kind, document, options, &mut log);
        let found = definitions::issues(&read, Some(kind), document, self.image(), settings, &log);
        let value = (log.errors() == 0).then(|| written(|writer| definitions::write_keys(&read, writer)));
        checked(value, found)
    }

    /// The type of a key (a JSON value) that may be deleted, with a warning for each place where one of the definitions
    /// at hand still names it: an object with lists of definitions by their kind.
    pub fn check_delete_among(&self, key: &[u8], definitions: &[u8], settings: &Settings) -> Checked<Option<Found>> {
        let mut checked = self.check_delete(key, settings);
        let mut log = settings.log();
        let read = definitions::used(key, definitions, &mut log);
        let found = definitions::issues(&read, None, definitions, self.image(), settings, &log);
        if log.errors() > 0 {
            checked.value = None;
        }
        checked.issues.extend(found.issues);
        checked.warnings.extend(found.warnings);
        checked
    }
}

/// Whether a key (a JSON value) keeps the rules of a key.
pub fn check_key(image: Option<Image>, key: &[u8], settings: &Settings) -> Checked<()> {
    let (mut log, mut walked) = (settings.log(), Walked::default());
    let ok = super::key::check(image, key, &mut walked, &mut log);
    let page = Page { single: true, registry: image, ..Page::new(key, &NEW_KEY) };
    checked(ok.then_some(()), said(settings, page, &log))
}
