//! The vector files, and the documents their cases stand for.

use kaireon_outcomes::checks::render::Units;
use serde_json::Value;

use crate::given;

/// Every file with its cases, by name.
pub fn files() -> Vec<(String, Vec<Value>)> {
    in_folder("tests/vectors")
}

/// Those of `kaireon-outcomes/interactions`.
pub fn interaction_files() -> Vec<(String, Vec<Value>)> {
    in_folder("tests/vectors/interactions")
}

/// Those of what no JavaScript can ask: native Rust alone answers for them.
pub fn native_files() -> Vec<(String, Vec<Value>)> {
    in_folder("tests/vectors/native")
}

fn in_folder(folder: &str) -> Vec<(String, Vec<Value>)> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let mut paths: Vec<_> =
        std::fs::read_dir(folder).expect("the vectors are there").map(|entry| entry.expect("a file").path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "json"));
    paths.sort();
    let read = |path: std::path::PathBuf| {
        let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
        let text = std::fs::read_to_string(&path).expect("a vector file is text");
        let file: Value = serde_json::from_str(&text).unwrap_or_else(|error| panic!("{name}: {error}"));
        (name, file["cases"].as_array().expect("a list of cases").clone())
    };
    paths.into_iter().map(read).collect()
}

/// What offsets count, for every way that the case's document is handed in.
pub fn doors(case: &Value) -> &'static [Units] {
    match case.get("hex") {
        Some(_) => &[Units::Bytes],
        None => &[Units::Bytes, Units::Utf16, Units::None],
    }
}

/// The bytes of a case's document.
pub fn document(case: &Value) -> Vec<u8> {
    if let Some(hex) = given(case, "hex").and_then(Value::as_str) {
        let digits = hex.as_bytes().chunks(2);
        return digits
            .map(|two| u8::from_str_radix(&String::from_utf8_lossy(two), 16).expect("hexadecimal digits"))
            .collect();
    }
    if let Some(text) = given(case, "text").and_then(Value::as_str) {
        return text.as_bytes().to_vec();
    }
    match given(case, "repeat") {
        Some(repeat) => repeated(repeat),
        None => json(case.get("input").unwrap_or(&Value::Null)),
    }
}

/// The bytes of a list that a case names as its registry.
pub fn list(registry: &Value) -> Vec<u8> {
    given(registry, "repeat").map_or_else(|| json(registry), repeated)
}

/// A value as JSON.
pub fn json(value: &Value) -> Vec<u8> {
    serde_json::to_vec(value).expect("a value can be written")
}

fn repeated(repeat: &Value) -> Vec<u8> {
    let text = |name: &str| repeat[name].as_str().unwrap_or_default();
    let times = repeat["times"].as_u64().expect("a number of times");
    let parts: Vec<String> = (0..times).map(|index| text("part").replace("{i}", &index.to_string())).collect();
    [text("before"), &parts.join(text("between")), text("after")].concat().into_bytes()
}
