//! The package's types: our own, each entry with what it shares in one file, once per module system.

use crate::Result;
use crate::run::installed;

/// Those that share the package's own declarations, and those that name the package, each with its shared file.
const ENTRIES: &[(&str, &[&str])] = &[
    ("shared", &["-i", "index=src/index.ts", "-i", "slim=src/slim.ts"]),
    (
        "shared-upon",
        &["-i", "client=src/client/index.ts", "-i", "json-schema=src/json-schema.ts", "--external", "kaireon-outcomes"],
    ),
];

/// Rolls up the declarations of `import` and of `require`.
pub fn make() -> Result<()> {
    for extension in ["d.ts", "d.cts"] {
        for (shared, entries) in ENTRIES {
            let (own, shared) = (format!("[name].{extension}"), format!("{shared}.{extension}"));
            let usual = ["-p", "dts", "-d", "wasm/dist", "-f", "es", "--silent"];
            let names = ["--entryFileNames", &own, "--chunkFileNames", &shared];
            installed("rollup", &[entries, &usual[..], &names].concat()).output()?;
        }
    }
    Ok(())
}
