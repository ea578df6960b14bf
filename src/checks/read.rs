//! `Issues`: what was put into words as JSON, read back as structures for native Rust.

use crate::issue::{Code, Fact, Issue, Severity, Step};
use crate::json::value::Value;

/// Errors and warnings in words.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Issues {
    /// The errors.
    pub issues: Vec<Issue>,
    /// The warnings.
    pub warnings: Vec<Issue>,
}

impl Issues {
    /// The errors and the warnings of an object that was written.
    pub(crate) fn read(object: &Value) -> Self {
        let list = |name| object.list(name).iter().map(issue).collect();
        Self { issues: list("issues"), warnings: list("warnings") }
    }
}

/// An issue that was written.
fn issue(written: &Value) -> Issue {
    let text = written.text("code");
    let code = Code::ALL.iter().copied().find(|code| code.text() == text).unwrap_or(Code::InvalidJson);
    let step = |step: &Value| match step {
        Value::Text(name) => Step::Name(name.clone()),
        other => Step::Index(other.as_number().unwrap_or(0) as u32),
    };
    let facts = code.row().facts.iter().filter_map(|kind| Some((kind.name(), fact(written.get(kind.name())?)?)));
    Issue {
        code,
        severity: if written.text("severity") == "error" { Severity::Error } else { Severity::Warning },
        basis: code.basis(),
        path: written.list("path").iter().map(step).collect(),
        message: written.text("message").to_owned(),
        offset: written.number("offset"),
        facts: facts.collect(),
    }
}

fn fact(written: &Value) -> Option<Fact> {
    match written {
        Value::Text(text) => Some(Fact::Text(text.clone())),
        Value::Number(number) => Some(Fact::Number(*number)),
        Value::List(words) => {
            let word = |word: &Value| if let Value::Text(word) = word { Some(word.clone()) } else { None };
            Some(Fact::Words(words.iter().filter_map(word).collect()))
        }
        _ => None,
    }
}
