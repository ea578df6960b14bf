//! Lists that grow without a panic: where there is no memory left the program stops.
//!
//! The standard library's `push` and `extend` can panic, and what can panic brings the machinery of
//! panics along: messages, formatting, a table of functions, 4 KB gzipped of a module that has none
//! otherwise. So the core grows its lists here and nowhere else, text included: text that is being
//! made is a list of bytes.

#![allow(unsafe_code, reason = "what the standard library has instead panics, or answers through memory")]

use std::alloc::{Layout, alloc, realloc};

/// Appends one thing.
#[inline(never)]
pub fn push<T>(list: &mut Vec<T>, item: T) {
    reserve(list, 1);
    let len = list.len();
    // SAFETY: there is room for one more behind the list's own.
    unsafe {
        list.as_mut_ptr().add(len).write(item);
        list.set_len(len + 1);
    }
}

/// The same in place, for the loops that many things go through.
#[inline(always)]
pub fn push_here<T>(list: &mut Vec<T>, item: T) {
    let len = list.len();
    if len == list.capacity() {
        return push(list, item);
    }
    // SAFETY: there is room for one more behind the list's own.
    unsafe {
        list.as_mut_ptr().add(len).write(item);
        list.set_len(len + 1);
    }
}

/// Appends copies of things.
#[inline(never)]
pub fn extend<T: Copy>(list: &mut Vec<T>, items: &[T]) {
    reserve(list, items.len());
    let len = list.len();
    // SAFETY: there is room for the items behind the list's own, and what a list owns no slice beside it borrows.
    unsafe {
        std::ptr::copy_nonoverlapping(items.as_ptr(), list.as_mut_ptr().add(len), items.len());
        list.set_len(len + items.len());
    }
}

/// What is words of four bytes and nothing else.
///
/// # Safety
/// It is `#[repr(transparent)]` around an array of `u32`.
pub unsafe trait Words: Copy {}

/// Appends the words of things, little-endian.
pub fn extend_words<T: Words>(list: &mut Vec<u8>, things: &[T]) {
    // SAFETY: things without anything but words are bytes, one behind the other.
    let words = unsafe { std::slice::from_raw_parts(things.as_ptr().cast::<u8>(), size_of_val(things)) };
    let start = list.len();
    extend(list, words);
    if cfg!(target_endian = "big") {
        let (words, _) = list.get_mut(start..).unwrap_or_default().as_chunks_mut::<4>();
        words.iter_mut().for_each(|word| word.reverse());
    }
}

/// So many zeros.
pub fn zeros(count: usize) -> Vec<u32> {
    let mut list: Vec<u32> = Vec::new();
    reserve(&mut list, count);
    // SAFETY: there is room for as many, and 0 is a number.
    unsafe {
        list.as_mut_ptr().write_bytes(0, count);
        list.set_len(count);
    }
    list
}

/// Makes a list of bytes `len` long; what is new is 0.
#[inline(never)]
pub fn resize(list: &mut Vec<u8>, len: usize) {
    list.truncate(len);
    let more = len - list.len();
    reserve(list, more);
    // SAFETY: there is room for so many more, and any byte is one.
    unsafe {
        list.as_mut_ptr().add(len - more).write_bytes(0, more);
        list.set_len(len);
    }
}

/// Room for some more.
#[inline(always)]
pub fn reserve<T>(list: &mut Vec<T>, more: usize) {
    const { assert!(size_of::<T>() > 0, "what has no size takes no room") };
    let (len, known) = (list.len(), list.capacity());
    if known.wrapping_sub(len) < more {
        let wanted = wanted(known, len, more);
        let piece = larger(list.as_mut_ptr().cast(), known, wanted, size_of::<T>(), align_of::<T>());
        // SAFETY: the piece has room for what is wanted, and what the list had lies in it; the list
        // that is written over owns nothing any more.
        unsafe { std::ptr::write(list, Vec::from_raw_parts(piece.cast(), len, wanted)) };
    }
}

/// How many things there is to be room for: twice as many each time, so that what is copied stays
/// within twice of what there is.
#[inline(never)]
fn wanted(known: usize, len: usize, more: usize) -> usize {
    len.saturating_add(more).max(known.saturating_mul(2)).max(4)
}

/// A list's piece of memory, made larger: one function for things of every size.
#[inline(never)]
fn larger(piece: *mut u8, known: usize, wanted: usize, size: usize, align: usize) -> *mut u8 {
    if wanted > isize::MAX as usize / size.max(1) {
        std::process::abort();
    }
    // SAFETY: the size and alignment are those of a type, and as many of it are no more than a
    // layout can be; the piece, where there is one, was given out for what is known of it.
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
