//! The module without the texts of panics. No function of it can panic, but js-sys has some that can, which wasm-opt
//! takes out and whose texts it leaves in: 0.3 KB gzipped, and paths that differ from machine to machine.

const TEXTS: &[&[u8]] = &[
    b"RefCell already borrowed",
    b"RefCell already mutably borrowed",
    b"Tried to shrink to a larger capacity",
    b"capacity overflow",
    b"closure invoked recursively or after being dropped",
];

/// How the path of a source file ends.
const SOURCE: &[u8] = b".rs\0";

/// Blanks the texts in a module; wasm-opt then leaves out what is blank.
pub fn keep(module: &mut [u8]) {
    for text in TEXTS {
        while let Some(at) = find(module, text) {
            blank(module, at, at + text.len());
        }
    }
    while let Some(at) = find(module, SOURCE) {
        let path = module.iter().take(at).rev().take_while(|byte| matches!(byte, b' '..=b'~'));
        let start = at - path.count();
        blank(module, start, at + SOURCE.len());
    }
}

/// The mark of a feature that wasm-bindgen acts on: values of JavaScript's would pass through a table of the module's,
/// whose management is 0.6 KB gzipped. They are numbers instead, and the one there is at a time is kept by the glue.
const REFERENCES: &[u8] = b"+\x0freference-types";

/// Says that the module does without references.
pub fn plain(module: &mut [u8]) {
    if let Some(byte) = find(module, REFERENCES).and_then(|at| module.get_mut(at)) {
        *byte = b'-';
    }
}

fn find(bytes: &[u8], text: &[u8]) -> Option<usize> {
    bytes.windows(text.len()).position(|window| window == text)
}

fn blank(module: &mut [u8], from: usize, to: usize) {
    if let Some(bytes) = module.get_mut(from..to) {
        bytes.fill(0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_of_panics_are_blanked_and_nothing_else() {
        let mut module = *b"the item\0/home/a b/lib.rs\0capacity overflow!";
        keep(&mut module);
        assert!(module.starts_with(b"the item\0") && module.ends_with(b"\0!"));
        assert!(module.iter().skip(8).take(35).all(|byte| *byte == 0));
    }
}
