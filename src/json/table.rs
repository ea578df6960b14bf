//! `Table`: the names an object's members may have, found by a perfect hash made at compile time.

/// The most names a table may have: one bit each in a mask of members.
pub const MAX_NAMES: usize = 32;

const SLOTS: usize = 128;
const EMPTY: u8 = u8::MAX;

/// A set of member names, each with its place in the list it was made from.
pub struct Table {
    names: [&'static str; MAX_NAMES],
    slots: [u8; SLOTS],
    seed: u32,
}

impl Table {
    /// The table of the names. Names that no seed tells apart do not compile.
    #[allow(clippy::indexing_slicing, reason = "runs at compile time, where a wrong index is a compile error")]
    pub const fn new(names: [&'static str; MAX_NAMES]) -> Self {
        let mut seed = 0x9e37_79b1;
        loop {
            let mut slots = [EMPTY; SLOTS];
            let mut index = 0;
            while index < MAX_NAMES {
                if !names[index].is_empty() {
                    let slot = slot(names[index].as_bytes(), seed);
                    if slots[slot] != EMPTY {
                        break;
                    }
                    slots[slot] = index as u8;
                }
                index += 1;
            }
            if index == MAX_NAMES {
                return Self { names, slots, seed };
            }
            seed += 2;
        }
    }

    /// The name's place in the list.
    pub fn find(&self, name: &[u8]) -> Option<usize> {
        let index = usize::from(*self.slots.get(slot(name, self.seed))?);
        (self.names.get(index)?.as_bytes() == name).then_some(index)
    }
}

/// Where a name may stand: its length and three of its bytes tell the names of a table apart.
#[allow(clippy::indexing_slicing, reason = "0, half of the length and length - 1 lie inside a name that is not empty")]
const fn slot(name: &[u8], seed: u32) -> usize {
    let len = name.len();
    if len == 0 {
        return 0;
    }
    let bytes = name[0] as u32 | (name[len / 2] as u32) << 8 | (name[len - 1] as u32) << 16 | (len as u32) << 24;
    (bytes.wrapping_mul(seed) >> 25) as usize
}
