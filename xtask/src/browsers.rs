//! The browsers that the tests drive: Debian's, installed where that is allowed, or those that the environment names.

use crate::run::tool;

/// Each with the variable that may name another program, the program that is started and the package that brings it,
/// as `tests/browser/browsers.mjs` has them.
const BROWSERS: &[(&str, &str, &str, &str)] = &[
    ("Chromium", "CHROMIUM", "/usr/bin/chromium", "chromium"),
    ("Firefox", "FIREFOX", "/usr/bin/firefox-esr", "firefox-esr"),
    // Without a display it waits for one.
    (WEBKIT, "WEBKIT", "/usr/bin/WebKitWebDriver", "webkit2gtk-driver xvfb"),
];

/// Not among those that every change is held to.
const WEBKIT: &str = "WebKit";

/// The browsers that every change is held to, or all.
pub fn names(all: bool) -> impl Iterator<Item = &'static str> {
    BROWSERS.iter().map(|(name, ..)| *name).filter(move |name| all || *name != WEBKIT)
}

/// Installs what is missing if it can; otherwise what to do about it, in one sentence.
pub fn ensure(name: &str) -> Result<(), String> {
    let Some((_, variable, program, packages)) = BROWSERS.iter().find(|(known, ..)| *known == name) else {
        return Err(format!("nothing is known of a browser {name}"));
    };
    if let Some(named) = std::env::var_os(variable) {
        let is_there = std::path::Path::new(&named).exists();
        return if is_there {
            Ok(())
        } else {
            Err(format!("{variable} names {}, which is not there", named.display()))
        };
    }
    let is_there = || std::path::Path::new(program).exists();
    if !is_there() && may_install() {
        install(packages);
    }
    if is_there() {
        Ok(())
    } else {
        Err(format!("there is no {program}: as root, `apt-get install {packages}`, or name one in {variable}"))
    }
}

/// As root on Debian.
fn may_install() -> bool {
    let is_root = tool("id", ".", &["-u"]).output().is_ok_and(|said| said.trim() == "0");
    is_root && tool("apt-get", ".", &["--version"]).output().is_ok()
}

/// Whether it worked is seen by what is there afterwards.
fn install(packages: &str) {
    println!("installing {packages}");
    let quiet = ["-y", "-qq", "--no-install-recommends"];
    let words: Vec<&str> = ["install"].into_iter().chain(quiet).chain(packages.split(' ')).collect();
    for arguments in [&["update", "-qq"][..], &words] {
        let environment = ["DEBIAN_FRONTEND=noninteractive", "apt-get"];
        if let Err(reason) = tool("env", ".", &[&environment, arguments].concat()).output() {
            println!("{reason}");
        }
    }
}
