//! `Chunk`: sixteen bytes of a document at once, behind its end NUL. With the vectors of WebAssembly, and a
//! twin without them for every other target, which says the same.

/// How many bytes a chunk has.
pub const CHUNK: usize = 16;

#[cfg(target_feature = "simd128")]
pub use vectors::Chunk;

#[cfg(not(target_feature = "simd128"))]
pub use scalar::Chunk;

impl Chunk {
    /// Sixteen bytes from a place on, if there are so many.
    #[inline(always)]
    pub fn whole(bytes: &[u8], at: usize) -> Option<Self> {
        bytes.get(at..)?.first_chunk().map(Self::new)
    }

    /// The bytes from a place on.
    #[inline(always)]
    pub fn at(document: &[u8], at: usize) -> Self {
        match Self::whole(document, at) {
            Some(chunk) => chunk,
            // In numbers: a function answers vectors through memory, for which each of its callers keeps a frame.
            None => Self::of([half(document, at), half(document, at + CHUNK / 2)]),
        }
    }
}

/// The eight bytes from a place on as a number; NUL behind the document's end.
#[inline(never)]
fn half(document: &[u8], at: usize) -> u64 {
    let mut half = 0;
    for place in (at..at + CHUNK / 2).rev() {
        half = half << 8 | u64::from(document.get(place).copied().unwrap_or_default());
    }
    half
}

#[cfg(target_feature = "simd128")]
mod vectors {
    #![allow(unsafe_code, reason = "vectors are loaded through a pointer")]

    use super::CHUNK;
    use core::arch::wasm32::{
        i8x16_bitmask, i8x16_eq, i8x16_lt, i8x16_splat, i8x16_sub, i32x4_extract_lane, i64x2_extract_lane, u64x2, v128,
        v128_and, v128_load, v128_or, v128_xor,
    };

    /// The same byte sixteen times, to be loaded where it is needed: a constant of so many bytes takes engines three
    /// instructions, and the module ten bytes more.
    #[repr(align(16))]
    struct Same([u8; CHUNK]);

    static QUOTE: Same = Same([b'"'; CHUNK]);
    static BACKSLASH: Same = Same([b'\\'; CHUNK]);
    /// What makes a quote of a blank and a blank of a quote,
    static SWAP: Same = Same([b' ' ^ b'"'; CHUNK]);
    /// and what is behind a blank.
    static BEHIND: Same = Same([b'!'; CHUNK]);
    /// What moves digits to where they are the least of all signed bytes,
    static ZERO: Same = Same([b'0' ^ 0x80; CHUNK]);
    /// and what is behind them there.
    static TEN: Same = Same([0x80 + 10; CHUNK]);
    /// The same for small letters.
    static A: Same = Same([b'a' ^ 0x80; CHUNK]);
    static BEHIND_Z: Same = Same([0x80 + 26; CHUNK]);
    static LINE: Same = Same([b'_'; CHUNK]);

    /// All bits, then none: what begins so many bytes before the middle keeps as many of a chunk.
    static KEPT: [[u8; CHUNK]; 2] = [[0xff; CHUNK], [0; CHUNK]];

    #[inline(always)]
    fn load(same: &'static Same) -> v128 {
        // SAFETY: it is there and aligned. Volatile, or it would be the constant again.
        unsafe { same.0.as_ptr().cast::<v128>().read_volatile() }
    }

    /// Sixteen bytes.
    #[derive(Clone, Copy, Debug)]
    pub struct Chunk(v128);

    impl Chunk {
        /// These bytes.
        #[inline(always)]
        pub fn new(bytes: &[u8; CHUNK]) -> Self {
            // SAFETY: these are sixteen bytes to read, and no place is too odd for a load.
            Self(unsafe { v128_load(bytes.as_ptr().cast()) })
        }

        /// The sixteen bytes at an address.
        ///
        /// # Safety
        ///
        /// They are there to be read.
        #[inline(always)]
        pub(in crate::json) unsafe fn load(bytes: *const u8) -> Self {
            // SAFETY: the caller's.
            Self(unsafe { v128_load(bytes.cast()) })
        }

        /// A bit for each byte that may not stand in a string as it is, or that has to be looked at: control
        /// characters, quotes, backslashes, and all that is not ASCII.
        #[inline(always)]
        pub fn ends(self) -> u32 {
            // Where quotes and blanks have changed places, all but backslashes come before what is behind a blank: control
            // characters, and bytes beyond ASCII, which are less than 0.
            let odd = i8x16_lt(v128_xor(self.0, load(&SWAP)), load(&BEHIND));
            let backslash = i8x16_eq(self.0, load(&BACKSLASH));
            u32::from(i8x16_bitmask(v128_or(odd, backslash)))
        }

        /// How many bytes go before the first quote; 16 where there is none.
        #[inline(always)]
        pub fn quote(self) -> u32 {
            let quote = i8x16_eq(self.0, load(&QUOTE));
            (u32::from(i8x16_bitmask(quote)) | 1 << CHUNK).trailing_zeros()
        }

        /// How many digits it begins with.
        #[inline(always)]
        pub fn digits(self) -> usize {
            let digits = i8x16_lt(i8x16_sub(self.0, load(&ZERO)), load(&TEN));
            (!u32::from(i8x16_bitmask(digits))).trailing_zeros() as usize
        }

        /// The first four bytes as a number.
        #[inline(always)]
        pub fn word(self) -> u32 {
            i32x4_extract_lane::<0>(self.0) as u32
        }

        /// How many bytes go before the first that is no small letter, no digit and no `_`.
        #[inline(always)]
        pub fn letters(self) -> u32 {
            let small = i8x16_lt(i8x16_sub(self.0, load(&A)), load(&BEHIND_Z));
            let digit = i8x16_lt(i8x16_sub(self.0, load(&ZERO)), load(&TEN));
            let line = i8x16_eq(self.0, load(&LINE));
            (!u32::from(i8x16_bitmask(v128_or(small, v128_or(digit, line))))).trailing_zeros()
        }

        /// Its first bytes, as many as there are to be, and NUL behind them.
        #[inline(always)]
        pub fn first(self, count: u32) -> Self {
            let from = CHUNK - (count as usize).min(CHUNK);
            // SAFETY: the table has sixteen bytes from there on.
            Self(v128_and(self.0, unsafe { v128_load(KEPT.as_ptr().cast::<u8>().add(from).cast()) }))
        }

        /// Its bytes as two numbers.
        #[inline(always)]
        pub fn halves(self) -> [u64; 2] {
            [i64x2_extract_lane::<0>(self.0) as u64, i64x2_extract_lane::<1>(self.0) as u64]
        }

        /// Two numbers' bytes.
        #[inline(always)]
        pub(super) fn of([one, other]: [u64; 2]) -> Self {
            Self(u64x2(one, other))
        }

        /// The same byte sixteen times.
        #[inline(always)]
        pub fn all(byte: u8) -> Self {
            Self(i8x16_splat(byte as i8))
        }

        /// A bit for each byte that is the other's, too.
        #[inline(always)]
        pub fn same(self, other: Self) -> u32 {
            u32::from(i8x16_bitmask(i8x16_eq(self.0, other.0)))
        }
    }
}

#[cfg(any(test, not(target_feature = "simd128")))]
mod scalar {
    #![cfg_attr(target_feature = "simd128", allow(dead_code, reason = "a test's"))]

    use super::CHUNK;

    /// Sixteen bytes.
    #[derive(Clone, Copy, Debug)]
    pub struct Chunk([u8; CHUNK]);

    impl Chunk {
        /// These bytes.
        #[inline(always)]
        pub fn new(bytes: &[u8; CHUNK]) -> Self {
            Self(*bytes)
        }

        /// The sixteen bytes at an address.
        ///
        /// # Safety
        ///
        /// They are there to be read.
        #[inline(always)]
        #[allow(unsafe_code, reason = "as its twin")]
        pub(in crate::json) unsafe fn load(bytes: *const u8) -> Self {
            // SAFETY: the caller's.
            Self(unsafe { bytes.cast::<[u8; CHUNK]>().read() })
        }

        /// A bit for each byte that may not stand in a string as it is, or that has to be looked at: control
        /// characters, quotes, backslashes, and all that is not ASCII.
        pub fn ends(self) -> u32 {
            let mut ends = 0;
            for (place, byte) in self.0.iter().enumerate() {
                let is_end = !matches!(byte, b' '..0x80) || matches!(byte, b'"' | b'\\');
                ends |= u32::from(is_end) << place;
            }
            ends
        }

        /// How many bytes go before the first quote; 16 where there is none.
        pub fn quote(self) -> u32 {
            self.0.iter().position(|byte| *byte == b'"').unwrap_or(CHUNK) as u32
        }

        /// How many digits it begins with.
        pub fn digits(self) -> usize {
            self.0.iter().position(|byte| !byte.is_ascii_digit()).unwrap_or(CHUNK)
        }

        /// The first four bytes as a number.
        pub fn word(self) -> u32 {
            self.0.first_chunk().map_or(0, |word| u32::from_le_bytes(*word))
        }

        /// How many bytes go before the first that is no small letter, no digit and no `_`.
        pub fn letters(self) -> u32 {
            let is_letter = |byte: &&u8| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'_');
            self.0.iter().take_while(is_letter).count() as u32
        }

        /// Its first bytes, as many as there are to be, and NUL behind them.
        pub fn first(self, count: u32) -> Self {
            let [one, other] = self.halves().map(u128::from);
            let all = other << 64 | one;
            let kept = if count < 16 { all & ((1 << (count * 8)) - 1) } else { all };
            Self(kept.to_le_bytes())
        }

        /// Its bytes as two numbers.
        pub fn halves(self) -> [u64; 2] {
            let all = u128::from_le_bytes(self.0);
            [all as u64, (all >> 64) as u64]
        }

        /// Two numbers' bytes.
        pub(super) fn of([one, other]: [u64; 2]) -> Self {
            Self((u128::from(other) << 64 | u128::from(one)).to_le_bytes())
        }

        /// The same byte sixteen times.
        pub fn all(byte: u8) -> Self {
            Self([byte; CHUNK])
        }

        /// A bit for each byte that is the other's, too.
        pub fn same(self, other: Self) -> u32 {
            let mut same = 0;
            for (place, (byte, other)) in self.0.iter().zip(&other.0).enumerate() {
                same |= u32::from(byte == other) << place;
            }
            same
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chunk_ends_where_its_bytes_do() {
        let document: Vec<u8> = (0..=255).chain(b'a'..=b'z').collect();
        for at in 0..document.len() + 20 {
            let rest = document.get(at..).unwrap_or_default();
            let is_plain = |byte: &&u8| matches!(byte, b' ' | b'!' | b'#'..=b'[' | b']'..=0x7f);
            let plain = rest.iter().take(CHUNK).take_while(is_plain).count();
            let ends = Chunk::at(&document, at).ends() | 1 << CHUNK;
            assert_eq!(ends.trailing_zeros() as usize, plain, "from {at}");
        }
    }

    #[test]
    fn every_byte_is_held_against_the_other() {
        let one = *b"recommendationId";
        for place in 0..CHUNK {
            let mut other = one;
            if let Some(byte) = other.get_mut(place) {
                *byte ^= 0x20;
            }
            assert_eq!(Chunk::new(&one).same(Chunk::new(&other)), 0xffff ^ 1 << place);
        }
        assert_eq!(Chunk::new(&one).word(), u32::from_le_bytes(*b"reco"));
    }
}
