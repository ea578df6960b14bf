//! `cargo xtask start`: the server of www/, on a package that is up to date.

use crate::project::at;
use crate::run::tool;
use crate::{Result, fresh, setup};

/// Serves until it is stopped.
pub fn start(port: Option<&str>) -> Result<()> {
    if !at("www/serve.mjs").exists() {
        return Err("there is no www/serve.mjs to start".into());
    }
    setup::for_build()?;
    fresh::ensure()?;
    let port = port.map_or(vec![], |port| vec!["--port", port]);
    tool("node", ".", &[&["www/serve.mjs"], port.as_slice()].concat()).foreground()
}
