//! The package's types: our own, each entry with what it shares in one file, once per module system.

use crate::Result;
use crate::run::installed;

const ENTRIES: &[&str] =
    &["-p", "dts", "-i", "index=src/index.ts", "-i", "slim=src/slim.ts", "-d", "wasm/dist", "-f", "es", "--silent"];

/// Rolls up the declarations of `import` and of `require`.
pub fn make() -> Result<()> {
    for extension in ["d.ts", "d.cts"] {
        let entries = format!("[name].{extension}");
        let shared = format!("shared.{extension}");
        let names = ["--entryFileNames", &entries, "--chunkFileNames", &shared];
        installed("rollup", &[ENTRIES, &names].concat()).output()?;
    }
    Ok(())
}
