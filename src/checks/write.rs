//! A type as JSON text.

use crate::json::write::Writer;
use crate::outcome::OutcomeType;

/// Writes a type.
pub fn outcome(outcome: &OutcomeType, writer: &mut Writer) {
    const NAMES: [&str; 8] = ["key", "name", "description", "id", "tenantId", "createdAt", "updatedAt", "deletedAt"];
    writer.open(b'{');
    for (place, text) in outcome.texts().into_iter().enumerate() {
        if let (Some(name), Some(text)) = (NAMES.get(place), text) {
            writer.string_member(name.as_bytes(), text.as_bytes());
        }
        if place == 2 {
            writer.string_member(b"classification", outcome.classification.word().as_bytes());
            writer.string_member(b"category", outcome.category.word().as_bytes());
            writer.raw_member(b"isSystem", if outcome.is_system { b"true" } else { b"false" });
        }
    }
    if let Some(number) = outcome.ordinal {
        writer.number_member(b"ordinal", number as u64);
    }
    if let Some(number) = outcome.version {
        writer.number_member(b"version", number as u64);
    }
    if let Some(status) = outcome.status {
        writer.string_member(b"status", status.word().as_bytes());
    }
    writer.close(b'}');
}
