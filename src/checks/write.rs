//! Answers as JSON text, for those who parse it: issues, a bulk request's items, lines.

use super::bulk::BulkAnswer;
use super::lines::LineResult;
use super::log::Log;
use super::render::{Issues, Page, Renderer};
use crate::issue::{Fact, Issue, Step};
use crate::json::write::Writer;

impl Issue {
    fn write(&self, writer: &mut Writer) {
        writer.open('{');
        writer.text_member("code", self.code.text());
        writer.text_member("severity", self.severity.word());
        writer.text_member("basis", self.basis.word());
        writer.name("path");
        writer.open('[');
        for step in &self.path {
            match step {
                Step::Name(name) => writer.text(name),
                Step::Index(index) => writer.number(u64::from(*index)),
            }
        }
        writer.close(']');
        writer.text_member("message", &self.message);
        if let Some(offset) = self.offset {
            writer.number_member("offset", offset);
        }
        for (name, fact) in &self.facts {
            writer.name(name);
            fact.write(writer);
        }
        writer.close('}');
    }
}

impl Fact {
    fn write(&self, writer: &mut Writer) {
        match self {
            Fact::Text(text) => writer.text(text),
            Fact::Phrase(text) | Fact::Kind(text) => writer.text(text),
            Fact::Number(number) => writer.number(u64::from(*number)),
            Fact::Words(words) | Fact::Phrases(words) | Fact::Kinds(words) => {
                writer.open('[');
                for word in *words {
                    writer.text(word);
                }
                writer.close(']');
            }
            Fact::Word(word) => {
                writer.open('[');
                writer.text(word);
                writer.close(']');
            }
        }
    }
}

fn list(writer: &mut Writer, name: &str, issues: &[Issue]) {
    writer.name(name);
    writer.open('[');
    for issue in issues {
        issue.write(writer);
    }
    writer.close(']');
}

/// `"issues":[…],"warnings":[…]`
fn both(writer: &mut Writer, found: &Issues) {
    list(writer, "issues", &found.issues);
    list(writer, "warnings", &found.warnings);
}

/// The issues and warnings of a log.
pub fn issues(page: Page, log: &Log) -> String {
    let mut writer = Writer::default();
    writer.open('{');
    both(&mut writer, &Renderer::new(page, log).all(log));
    writer.close('}');
    writer.finish()
}

/// What was found in a bulk request, its body aside.
pub fn bulk(answer: &BulkAnswer) -> String {
    let mut writer = Writer::default();
    writer.open('{');
    writer.name("passed");
    writer.open('[');
    for index in &answer.passed {
        writer.number(u64::from(*index));
    }
    writer.close(']');
    writer.name("refused");
    writer.open('[');
    for item in &answer.refused {
        writer.open('{');
        writer.number_member("index", u64::from(item.index));
        both(&mut writer, &item.found);
        writer.close('}');
    }
    writer.close(']');
    both(&mut writer, &answer.found);
    writer.close('}');
    writer.finish()
}

/// What was found on lines.
pub fn lines(results: &[LineResult]) -> String {
    let mut writer = Writer::default();
    writer.open('[');
    for line in results {
        writer.open('{');
        writer.number_member("line", line.line);
        writer.number_member("offset", line.offset);
        writer.number_member("length", line.length);
        writer.raw_member("ok", if line.ok { "true" } else { "false" });
        both(&mut writer, &line.found);
        writer.close('}');
    }
    writer.close(']');
    writer.finish()
}
