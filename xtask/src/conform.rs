//! `cargo xtask conform`: asks a tenant for its rules and compares them with the package's.

use crate::run::tool;
use crate::{Result, fresh, setup};

/// Hands over to the asker, on a package that is up to date; every word is the asker's.
pub fn conform(words: &[&str]) -> Result<()> {
    setup::for_build()?;
    fresh::ensure()?;
    tool("node", ".", &[&["xtask/conform/conform.mjs"], words].concat()).instead()
}
