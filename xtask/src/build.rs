//! `cargo xtask build`: from the core to an npm package that can be packed.

use crate::project::{at, bytes, clear, read, target, write};
use crate::{Result, bindings, bundles, declarations, fresh, generate, inspect, setup};
use std::fs::File;
use std::time::SystemTime;

/// Where pkg/dist/ is made: what fails an inspection never stands in its place.
pub const STAGE: &str = "pkg/wasm/dist";

/// Builds the package and says where it is.
pub fn build() -> Result<String> {
    no_wasm_pack()?;
    setup::for_build()?;
    let _alone = alone()?;
    let began = SystemTime::now();
    clear(STAGE)?;
    bindings::make()?;
    generate::all()?;
    papers()?;
    bundles::make()?;
    declarations::make()?;
    inspect::bundles()?;
    clear("pkg/dist")?;
    std::fs::rename(at(STAGE), at("pkg/dist")).map_err(|error| format!("cannot put pkg/dist in its place: {error}"))?;
    fresh::note(began)?;
    Ok("built pkg/dist".into())
}

/// What a tarball has to hold, and npm takes from nowhere but its folder.
fn papers() -> Result<()> {
    let copy = |name| write(&format!("pkg/{name}"), bytes(name)?);
    ["CHANGELOG.md", "LICENSE-APACHE", "LICENSE-MIT"].into_iter().try_for_each(copy)
}

/// Waits until no other build writes into the same folders; holds them until dropped.
fn alone() -> Result<File> {
    let lock = File::create(target().join("package.lock"));
    lock.and_then(|lock| lock.lock().map(|()| lock)).map_err(|error| format!("cannot lock the build: {error}"))
}

/// `wasm-pack build` writes into pkg/: its package.json replaces ours, and its .gitignore empties the tarball.
pub fn no_wasm_pack() -> Result<()> {
    let ours = read("pkg/package.json").is_ok_and(|text| text.contains("./outcomes.wasm"));
    if ours && !at("pkg/.gitignore").exists() && !at("pkg/kaireon_outcomes_bg.wasm").exists() {
        return Ok(());
    }
    Err("`wasm-pack build` has written into pkg/, where the package is made by hand: \
         undo it with `git checkout pkg/package.json pkg/README.md && rm -f pkg/.gitignore pkg/kaireon_outcomes*`"
        .into())
}
