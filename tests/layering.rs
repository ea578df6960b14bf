//! Which part of the core may name which: an arrow never points back.

#![allow(clippy::expect_used, reason = "a test that cannot go on says so")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Each module with the modules it may name; the crate's front page and the tests aside.
#[rustfmt::skip]
const ALLOWED: &[(&str, &[&str])] = &[
    ("key",       &["room"]),
    ("suggest",   &[]),
    ("timestamp", &[]),
    ("issue",     &[]),
    ("room",      &[]),
    ("json",      &["room"]),
    ("order",     &["json", "room"]),
    ("outcome",   &[]),
    ("defaults",  &["key", "outcome"]),
    ("registry",  &["key", "outcome", "defaults", "suggest", "json", "order", "room"]),
    ("checks",    &["key", "outcome", "defaults", "suggest", "json", "registry", "issue", "timestamp", "order", "room"]),
    ("interactions", &["json", "order", "outcome", "registry", "issue", "checks", "timestamp", "room"]),
    ("wasm",      &["key", "outcome", "json", "registry", "issue", "checks", "interactions", "room", "Registry"]),
];

/// Inside `checks`: what a check stands on, and which other check it may call or take its table from.
#[rustfmt::skip]
const CHECKS: &[(&str, &[&str])] = &[
    ("log",        &[]),
    ("table",      &[]),
    ("walked",     &["log", "table"]),
    ("walk",       &["log", "table", "walked"]),
    ("registered", &["log", "walk"]),
    ("facts",      &["log", "table", "walk", "render", "respond"]),
    ("render",     &["log", "table", "facts"]),
    ("read",       &[]),
    ("respond",    &["log", "table", "walk", "registered"]),
    ("normalise",  &["table", "walk", "respond"]),
    ("bulk",       &["log", "table", "walk", "render", "read", "respond"]),
    ("lines",      &["log", "table", "walk", "render", "read", "respond"]),
    ("create",     &["log", "table", "walk", "registered"]),
    ("edit",       &["log", "table", "walk", "registered", "create"]),
    ("delete",     &["log", "registered"]),
    ("key",        &["log", "table", "walk", "registered"]),
    ("row",        &["log", "table", "walk", "create"]),
    ("load",       &["log", "table", "walk", "create", "row"]),
    ("shapes",      &[]),
    ("fit",         &["shapes", "log"]),
    ("words",       &["shapes", "fit", "log", "render"]),
    ("definitions", &["shapes", "fit", "words", "log", "read", "registered"]),
    ("ask",        &["log", "table", "walk", "normalise", "render", "read", "respond", "bulk", "create", "edit", "delete", "definitions", "key", "row", "load"]),
];

#[test]
fn modules_name_only_what_stands_below_them() {
    for (file, module, text) in sources() {
        let allowed = list(ALLOWED, &module);
        for named in names_behind(&text, "crate::") {
            let fine = named == module || allowed.contains(&named.as_str());
            assert!(fine, "{} names crate::{named}, which stands above {module}", file.display());
        }
    }
}

#[test]
fn checks_call_each_other_only_where_the_table_says_so() {
    holds_inside("checks", CHECKS);
}

/// Inside `interactions`: which of its files may name which.
#[rustfmt::skip]
const INTERACTIONS: &[(&str, &[&str])] = &[
    ("window",      &[]),
    ("texts",       &[]),
    ("statistics",  &[]),
    ("rows",        &["build"]),
    ("build",       &["rows", "texts"]),
    ("row",         &["rows", "build"]),
    ("read",        &["row", "build"]),
    ("tally",       &["rows"]),
    ("suppression", &["rows", "texts"]),
    ("metric",      &["rows", "texts"]),
    ("experiment",  &["rows", "statistics"]),
];

#[test]
fn questions_of_interactions_stand_on_their_rows_and_not_on_each_other() {
    holds_inside("interactions", INTERACTIONS);
}

/// Each file of a module names only those of its neighbours that the table allows it.
fn holds_inside(inside: &str, table: &[(&str, &[&str])]) {
    for (file, module, text) in sources() {
        let own = file.file_stem().expect("a name").to_string_lossy().into_owned();
        if module != inside || own == "mod" {
            continue;
        }
        let allowed = list(table, &own);
        let known: Vec<&str> = table.iter().map(|(name, _)| *name).collect();
        for named in names_behind(&text, "super::").into_iter().filter(|named| known.contains(&named.as_str())) {
            assert!(named == own || allowed.contains(&named.as_str()), "{inside}/{own}.rs names {named}");
        }
    }
}

#[test]
fn only_the_bindings_know_javascript() {
    for (file, module, text) in sources() {
        for word in ["wasm_bindgen", "js_sys", "JsValue", "console_error_panic_hook"] {
            assert!(module == "wasm" || !text.contains(word), "{} names {word}", file.display());
        }
    }
}

#[test]
fn no_source_file_is_longer_than_400_lines() {
    for (file, ..) in sources() {
        let text = std::fs::read_to_string(&file).expect("a source file is text");
        assert!(text.lines().count() <= 400, "{} is too long", file.display());
    }
}

fn list<'t>(table: &'t [(&str, &[&str])], module: &str) -> &'t [&'t str] {
    table.iter().find(|(name, _)| *name == module).map(|(_, allowed)| *allowed).expect("every module has its row")
}

/// Every source file but the front page, with its module and its text; comments and unit tests left out.
fn sources() -> Vec<(PathBuf, String, String)> {
    let root = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/src"));
    let mut files = Vec::new();
    gather(root, &mut files);
    let read = |path: PathBuf| {
        let text = std::fs::read_to_string(&path).expect("a source file is text");
        let code = text.split("#[cfg(test)]").next().unwrap_or_default();
        let lines: Vec<&str> = code.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
        let inner = path.strip_prefix(root).expect("below src").to_path_buf();
        let module = inner.components().next().expect("a name").as_os_str().to_string_lossy();
        let module = module.trim_end_matches(".rs").to_owned();
        (path, module, lines.join("\n"))
    };
    let all: BTreeMap<PathBuf, _> = files.into_iter().map(read).map(|source| (source.0.clone(), source)).collect();
    let found: Vec<_> = all.into_values().filter(|(_, module, _)| module != "lib").collect();
    assert!(found.len() > 20, "only {} sources were found", found.len());
    found
}

fn gather(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            gather(&path, files);
        } else {
            files.push(path);
        }
    }
}

/// The modules named directly behind a prefix, in braces or not.
fn names_behind(text: &str, prefix: &str) -> Vec<String> {
    let mut names = Vec::new();
    for (at, _) in text.match_indices(prefix) {
        let rest = text.get(at + prefix.len()..).unwrap_or_default();
        let inner = rest.strip_prefix('{').map(outer_items).unwrap_or_else(|| vec![rest.to_owned()]);
        for item in inner {
            let item = item.trim_start();
            let end = item.find(|found: char| !found.is_alphanumeric() && found != '_').unwrap_or(item.len());
            names.extend(item.get(..end).filter(|name| !name.is_empty()).map(str::to_owned));
        }
    }
    names
}

/// The items of a braced list, nested lists left in their items.
fn outer_items(list: &str) -> Vec<String> {
    let mut depth = 0;
    let mut items = vec![String::new()];
    for found in list.chars() {
        match found {
            '}' if depth == 0 => break,
            ',' if depth == 0 => items.push(String::new()),
            _ => {
                depth += i32::from(found == '{') - i32::from(found == '}');
                if let Some(item) = items.last_mut() {
                    item.push(found);
                }
            }
        }
    }
    items
}
