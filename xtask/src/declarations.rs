//! The package's types: our own, each entry with what it shares in one file, once per module system. No file is longer
//! than what gzip looks back over (32 KB), so that in the tarball the second of a pair costs nothing.

use crate::Result;
use crate::run::installed;

/// Those that share the package's own declarations, and those that name the package, each with its shared file.
const ENTRIES: &[(&str, &[&str])] = &[
    (
        "shared",
        &[
            "-i",
            "index=src/index.ts",
            "-i",
            "init=src/slim.ts",
            "-i",
            "issue=wasm/issue.ts",
            "-i",
            "types=src/types.ts",
        ],
    ),
    ("shared-upon", UPON),
];

const UPON: &[&str] = &[
    "-i",
    "client=src/client/index.ts",
    "-i",
    "json-schema=src/json-schema.ts",
    "-i",
    "guard=src/guard/index.ts",
    "-i",
    "hono=src/hono/index.ts",
    "-i",
    "node=src/node/index.ts",
    "--external",
    "kaireon-outcomes,kaireon-outcomes/client,kaireon-outcomes/guard",
];

/// The entry that is an ES module alone.
const MODULE: (&str, &[&str]) =
    ("shared-interactions", &["-i", "interactions=src/interactions/index.ts", "--external", "kaireon-outcomes"]);

/// Rolls up the declarations of `import` and of `require`.
pub fn make() -> Result<()> {
    for folder in ["wasm/dist", "wasm/dist/cjs"] {
        ENTRIES.iter().try_for_each(|entries| roll_up(folder, entries))?;
    }
    roll_up("wasm/dist", &MODULE)
}

fn roll_up(folder: &str, (shared, entries): &(&str, &[&str])) -> Result<()> {
    let shared = format!("{shared}.d.ts");
    let usual = ["-p", "dts", "-d", folder, "-f", "es", "--silent"];
    let names = ["--entryFileNames", "[name].d.ts", "--chunkFileNames", &shared];
    installed("rollup", &[entries, &usual[..], &names].concat()).output().map(|_| ())
}
