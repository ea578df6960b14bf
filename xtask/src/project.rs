//! Where things are in this repository.

use std::path::{Path, PathBuf};

/// A path inside the repository.
pub fn at(path: &str) -> PathBuf {
    root().join(path)
}

/// The top of the repository.
pub fn root() -> &'static Path {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here)
}

/// Where cargo puts what it builds.
pub fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| at("target"), PathBuf::from)
}

/// A path as a text, for a command line.
pub fn text(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}

/// A file's text.
pub fn read(path: &str) -> crate::Result<String> {
    std::fs::read_to_string(at(path)).map_err(|error| format!("cannot read {path}: {error}"))
}

/// A file's bytes.
pub fn bytes(path: &str) -> crate::Result<Vec<u8>> {
    std::fs::read(at(path)).map_err(|error| format!("cannot read {path}: {error}"))
}

/// Writes a file, and the folder it is in.
pub fn write(path: &str, content: impl AsRef<[u8]>) -> crate::Result<()> {
    let file = at(path);
    if let Some(folder) = file.parent() {
        std::fs::create_dir_all(folder).map_err(|error| format!("cannot make the folder of {path}: {error}"))?;
    }
    std::fs::write(file, content).map_err(|error| format!("cannot write {path}: {error}"))
}

/// Removes a folder of generated files, if it is there.
pub fn clear(path: &str) -> crate::Result<()> {
    match std::fs::remove_dir_all(at(path)) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(format!("cannot clear {path}: {error}")),
        _ => Ok(()),
    }
}
