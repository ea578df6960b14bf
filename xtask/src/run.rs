//! Running other programs: silently where all goes well, with everything they said where not.

use crate::Result;
use crate::project::at;
use std::io::{BufRead, BufReader, Write};
use std::path::PathBuf;
use std::process::{Command, Stdio};

/// A program of the repository's own toolbox, in a folder of the repository.
pub struct Tool {
    command: Command,
    line: String,
    input: Option<String>,
}

/// A program found on the path.
pub fn tool(program: &str, folder: &str, arguments: &[&str]) -> Tool {
    let mut command = Command::new(program);
    command.args(arguments).current_dir(at(folder));
    Tool { command, line: format!("{program} {}", named(arguments)), input: None }
}

/// Arguments as a message names them: a script given as one is not worth repeating.
fn named(arguments: &[&str]) -> String {
    let lines: Vec<&str> =
        arguments.iter().map(|argument| argument.trim().lines().next().unwrap_or_default()).collect();
    lines.join(" ")
}

/// The very cargo that runs this.
pub fn cargo(arguments: &[&str]) -> Tool {
    let mut cargo = tool(&std::env::var("CARGO").unwrap_or_else(|_| "cargo".into()), ".", arguments);
    cargo.line = format!("cargo {}", arguments.join(" "));
    cargo
}

/// npm, which is a script on Windows.
pub fn npm(folder: &str, arguments: &[&str]) -> Tool {
    tool(if cfg!(windows) { "npm.cmd" } else { "npm" }, folder, arguments)
}

/// A program that `npm ci` installed in pkg/, run there.
pub fn installed(program: &str, arguments: &[&str]) -> Tool {
    let name = if cfg!(windows) { format!("{program}.cmd") } else { program.into() };
    let path: PathBuf = at("pkg/node_modules/.bin").join(name);
    let mut installed = tool(&path.to_string_lossy(), "pkg", arguments);
    installed.line = format!("{program} {}", arguments.join(" "));
    installed
}

impl Tool {
    /// Gives the program a text to read.
    pub fn input(mut self, text: &str) -> Self {
        self.input = Some(text.into());
        self
    }

    /// Runs it; what it printed, or everything it said if it failed.
    pub fn output(mut self) -> Result<String> {
        let stdin = if self.input.is_some() { Stdio::piped() } else { Stdio::null() };
        let mut child = self
            .command
            .stdin(stdin)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .map_err(|error| format!("cannot run `{}`: {error}", self.line))?;
        if let (Some(text), Some(mut pipe)) = (&self.input, child.stdin.take()) {
            // A program that does not read all of it has failed, and says so itself.
            let _ = pipe.write_all(text.as_bytes());
        }
        let done = child.wait_with_output().map_err(|error| format!("cannot wait for `{}`: {error}", self.line))?;
        let said = String::from_utf8_lossy(&done.stdout).into_owned();
        if done.status.success() {
            return Ok(said);
        }
        let more = String::from_utf8_lossy(&done.stderr);
        Err(format!("`{}` failed ({})\n{said}{more}", self.line, done.status))
    }

    /// Runs it and hands over its lines as it prints them; whether it ended well. What it complains of stands below.
    pub fn lines(mut self, mut each: impl FnMut(&str)) -> Result<bool> {
        let mut child = self
            .command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|error| format!("cannot run `{}`: {error}", self.line))?;
        let printed = child.stdout.take().map(BufReader::new);
        for line in printed.into_iter().flat_map(BufRead::lines) {
            each(&line.map_err(|error| format!("cannot read what `{}` prints: {error}", self.line))?);
        }
        let done = child.wait().map_err(|error| format!("cannot wait for `{}`: {error}", self.line))?;
        Ok(done.success())
    }

    /// Runs it in place of this process, so that whatever ends this one ends it and leaves none behind. Where a process
    /// cannot be replaced it runs in the foreground, and its status is the answer.
    pub fn instead(self) -> Result<()> {
        let Self { mut command, line, .. } = self;
        #[cfg(unix)]
        let error = std::os::unix::process::CommandExt::exec(&mut command);
        #[cfg(not(unix))]
        let error = match command.status() {
            Ok(status) => std::process::exit(status.code().unwrap_or(1)),
            Err(error) => error,
        };
        Err(format!("cannot run `{line}`: {error}"))
    }
}
