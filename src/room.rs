//! Lists that grow without a panic: where there is no memory left the program stops.
//!
//! The standard library's `push` and `extend` can panic, and what can panic brings the machinery of
//! panics along: messages, formatting, a table of functions, 4 KB gzipped of a module that has none
//! otherwise. So the core grows its lists here and nowhere else, text included: text that is being
//! made is a list of bytes.

use std::alloc::{Layout, alloc, realloc};

/// Appends one thing.
#[inline(never)]
pub fn push<T>(list: &mut Vec<T>, item: T) {
    reserve(list, 1);
    // Never otherwise; asked again, for the compiler then leaves out what `push` does about it.
    if list.len() < list.capacity() {
        list.push(item);
    }
}

/// Appends copies of things.
#[inline(never)]
#[allow(
    unsafe_code,
    reason = "`extend_from_slice` asks for room once more, in a way that the compiler cannot leave out"
)]
pub fn extend<T: Copy>(list: &mut Vec<T>, items: &[T]) {
    reserve(list, items.len());
    let len = list.len();
    // SAFETY: there is room for the items behind the list's own, and what a list owns no slice beside it borrows.
    unsafe {
        std::ptr::copy_nonoverlapping(items.as_ptr(), list.as_mut_ptr().add(len), items.len());
        list.set_len(len + items.len());
    }
}

/// Makes a list `len` long; what is new is `item`.
#[inline(never)]
pub fn resize<T: Copy>(list: &mut Vec<T>, len: usize, item: T) {
    list.truncate(len);
    reserve(list, len.saturating_sub(list.len()));
    let some = [item; 64];
    while list.len() < len {
        extend(list, some.get(..len - list.len()).unwrap_or(&some));
    }
}

/// Room for some more. Whether there is any is asked of the list: so the compiler knows of it, and
/// leaves out every test and panic of what follows.
#[inline(always)]
#[allow(unsafe_code, reason = "`try_reserve` weighs three times as much, and answers through memory")]
pub fn reserve<T>(list: &mut Vec<T>, more: usize) {
    const { assert!(size_of::<T>() > 0, "what has no size takes no room") };
    let (len, known) = (list.len(), list.capacity());
    if known.wrapping_sub(len) < more {
        // Twice as much each time: so what is copied stays within twice of what there is.
        let wanted = len.saturating_add(more).max(known.saturating_mul(2)).max(4);
        let piece = larger(list.as_mut_ptr().cast(), known, wanted, size_of::<T>(), align_of::<T>());
        // SAFETY: the piece has room for what is wanted, and what the list had lies in it; the list
        // that is written over owns nothing any more.
        unsafe { std::ptr::write(list, Vec::from_raw_parts(piece.cast(), len, wanted)) };
    }
    if list.capacity().wrapping_sub(list.len()) < more {
        std::process::abort();
    }
}

/// A list's piece of memory, made larger: one function for things of every size.
#[inline(never)]
#[allow(unsafe_code, reason = "memory is asked for by its layout")]
fn larger(piece: *mut u8, known: usize, wanted: usize, size: usize, align: usize) -> *mut u8 {
    if wanted > isize::MAX as usize / 2 / size.max(1) {
        std::process::abort();
    }
    // SAFETY: sizes and alignment are those of a type, and no layout is larger than half the most;
    // the piece, where there is one, was given out for what is known of it.
    let piece = unsafe {
        if known == 0 {
            alloc(Layout::from_size_align_unchecked(wanted * size, align))
        } else {
            realloc(piece, Layout::from_size_align_unchecked(known * size, align), wanted * size)
        }
    };
    if piece.is_null() {
        std::process::abort();
    }
    piece
}
