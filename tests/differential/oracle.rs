//! What serde_json says: whether bytes are JSON, how far they may still become it, and which members an object has.

use kaireon_outcomes::Code;
use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, Visitor};
use serde_json::value::RawValue;

/// The most levels of a document.
const LEVELS: usize = 1000;
/// The words of JSON: where one goes wrong the core names its beginning.
const WORDS: [&[u8]; 3] = [b"true", b"false", b"null"];

/// Where a document begins behind its byte-order mark.
pub fn start(document: &[u8]) -> usize {
    if document.starts_with(b"\xef\xbb\xbf") { 3 } else { 0 }
}

/// Whether the core is right about a document from a place on: that it is JSON, or what ended the reading and where.
pub fn agrees(document: &[u8], start: usize, fault: Option<(Code, usize)>) -> Result<(), String> {
    let text = &document[start..];
    let odd = std::str::from_utf8(text).err().map_or(usize::MAX, |error| error.valid_up_to());
    let deep = too_deep(text).unwrap_or(usize::MAX);
    let Some((code, at)) = fault else {
        return match serde_json::from_slice::<IgnoredAny>(text) {
            Ok(_) if odd == usize::MAX && deep == usize::MAX => Ok(()),
            Ok(_) => Err("the core takes what is no UTF-8, or too deep".to_owned()),
            Err(error) => Err(format!("the core takes it, serde_json does not: {error}")),
        };
    };
    let at = at.checked_sub(start).ok_or("a fault in the byte-order mark")?;
    let right = match code {
        Code::InvalidUtf8 => at == odd && at <= deep,
        Code::TooDeep => at == deep && at <= odd,
        Code::InvalidJson => at <= odd && at <= deep && ends_at(text, at),
        _ => false,
    };
    if right && may_go_on(&text[..at]) {
        return Ok(());
    }
    let said = serde_json::from_slice::<IgnoredAny>(text).err();
    Err(format!("the core says {} at {}; serde_json: {said:?}; no UTF-8 at {odd}", code.text(), at + start))
}

/// Whether a document cannot be JSON beyond a place, where it ends or something else would have to stand.
fn ends_at(text: &[u8], at: usize) -> bool {
    let whole = |end: usize| if end < text.len() { may_go_on(&text[..=end]) } else { is_json(text) };
    let rest = &text[at..];
    // A word that is none goes wrong behind its beginning.
    let matching = |word: &&[u8]| word.iter().zip(rest).take_while(|(one, other)| one == other).count();
    !whole(at) || WORDS.iter().map(matching).max().is_some_and(|count| count > 0 && !whole(at + count))
}

/// Whether serde_json takes it whole. What it skips it does not hold against UTF-8.
pub fn is_json(text: &[u8]) -> bool {
    serde_json::from_slice::<IgnoredAny>(text).is_ok()
}

/// Whether something could follow so that it would be JSON.
fn may_go_on(text: &[u8]) -> bool {
    match serde_json::from_slice::<IgnoredAny>(text) {
        Ok(_) => true,
        // The four digits of an escape it reads at once, and where they are cut off does not look at them.
        Err(error) if error.to_string().starts_with("EOF while parsing a string") => {
            [&b"0000\""[..], b"n0000\""].iter().any(|end| may_end(&[text, end].concat()))
        }
        Err(error) if error.is_eof() => true,
        // A number that lacks its digits is to serde_json no end of the input, but a number that is none.
        Err(_) => matches!(text.last(), Some(b'-' | b'+' | b'.' | b'e' | b'E')) && may_end(&[text, b"0"].concat()),
    }
}

fn may_end(text: &[u8]) -> bool {
    serde_json::from_slice::<IgnoredAny>(text).map_or_else(|error| error.is_eof(), |_| true)
}

/// Where a level too many opens, brackets in strings aside.
fn too_deep(text: &[u8]) -> Option<usize> {
    let (mut levels, mut in_string, mut escaped) = (0_usize, false, false);
    for (at, byte) in text.iter().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if in_string => escaped = true,
            b'"' => in_string = !in_string,
            b'{' | b'[' if !in_string => levels += 1,
            b'}' | b']' if !in_string => levels = levels.saturating_sub(1),
            _ => {}
        }
        if levels > LEVELS {
            return Some(at);
        }
    }
    None
}

/// A value as it stands in a document, and where.
#[derive(Clone, Copy, Debug)]
pub struct Raw<'a> {
    pub text: &'a str,
    pub at: usize,
}

impl<'a> Raw<'a> {
    fn new(document: &'a [u8], raw: &'a RawValue) -> Self {
        Self { text: raw.get(), at: raw.get().as_ptr() as usize - document.as_ptr() as usize }
    }

    /// Its first byte, which tells its kind.
    pub fn first(self) -> u8 {
        self.text.as_bytes()[0]
    }

    /// The text of a string; none where half a surrogate pair stands in it.
    pub fn decoded(self) -> Option<String> {
        serde_json::from_str(self.text).ok()
    }
}

/// The value of a document that is JSON, white space aside.
pub fn value(document: &[u8], start: usize) -> Raw<'_> {
    let raw: &RawValue = serde_json::from_slice(&document[start..]).expect("a document that is JSON");
    Raw::new(document, raw)
}

/// The members of an object, repeated ones too, in their order.
pub fn members<'a>(document: &'a [u8], object: Raw<'a>) -> Option<Vec<(Raw<'a>, Raw<'a>)>> {
    let members: Members = serde_json::from_str(object.text).ok()?;
    Some(members.0.into_iter().map(|(name, value)| (Raw::new(document, name), Raw::new(document, value))).collect())
}

/// The elements of a list.
pub fn elements<'a>(document: &'a [u8], list: Raw<'a>) -> Option<Vec<Raw<'a>>> {
    let elements: Vec<&RawValue> = serde_json::from_str(list.text).ok()?;
    Some(elements.into_iter().map(|element| Raw::new(document, element)).collect())
}

struct Members<'a>(Vec<(&'a RawValue, &'a RawValue)>);

impl<'de: 'a, 'a> Deserialize<'de> for Members<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Gather<'a>(std::marker::PhantomData<&'a ()>);
        impl<'de: 'a, 'a> Visitor<'de> for Gather<'a> {
            type Value = Members<'a>;

            fn expecting(&self, formatter: &mut std::fmt::Formatter) -> std::fmt::Result {
                formatter.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut members = Vec::new();
                while let Some(member) = map.next_entry::<&RawValue, &RawValue>()? {
                    members.push(member);
                }
                Ok(Members(members))
            }
        }
        deserializer.deserialize_map(Gather(std::marker::PhantomData))
    }
}
