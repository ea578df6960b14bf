//! A call as it is meant, as JSON: what `readRespond` gives.

use super::respond::{DIRECTION, Direction, IDEMPOTENCY_KEY, counting, counts, current, table};
use super::table::NONE;
use super::walk::{Walked, bit};
use super::{copy_member, next_name};
use crate::json::write::Writer;
use crate::json::{Cursor, Span, push_text};

/// A call that was taken, as it is meant: older names replaced, `null` left out, what the call
/// leaves to defaults filled in. Unknown members stay, and so does every value's own text.
pub fn normalise(
    document: &[u8],
    header: &str,
    item: bool,
    direction: Option<Direction>,
    walked: &Walked,
    writer: &mut Writer,
) {
    writer.open(b'{');
    let mut written = 0_u32;
    let table = table(item);
    let mut cursor = Cursor::new(document);
    cursor.skip_bytes(walked.open as usize + 1);
    let mut name = Vec::new();
    loop {
        // Rules may let a list or a text through, which has no members.
        let found = if walked.is_object { next_name(&mut cursor) } else { 0 };
        if found == 0 {
            break;
        }
        name.clear();
        push_text(document, found, &mut name);
        let mut span = Span { at: cursor.at(), len: 0 };
        cursor.skip(u32::MAX);
        span.len = cursor.at() - span.at;
        let mut written_as = name.as_slice();
        let field = table.find(&name);
        if field != NONE {
            let current = current(field);
            let counts = counting(current, walked.present());
            let empty_key = current == IDEMPOTENCY_KEY && !walked.says(IDEMPOTENCY_KEY);
            if !walked.has(counts) || written & bit(current) != 0 || empty_key {
                continue;
            }
            written |= bit(current);
            written_as = table.name_of(current);
            // The value that counts, wherever among its names it stands.
            span = *walked.place(counts);
        }
        copy_member(writer, written_as, document, span);
    }
    if let (Some(direction), false) = (direction, written & bit(DIRECTION) != 0) {
        writer.string_member(b"direction", direction.word().as_bytes());
    }
    if written & bit(IDEMPOTENCY_KEY) == 0 && counts(header, item) {
        writer.string_member(b"idempotencyKey", header.as_bytes());
    }
    writer.close(b'}');
}
