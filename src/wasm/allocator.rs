//! The allocator: a free list for every power of two. It gives nothing back to the system and joins
//! nothing, so memory stays within twice what was in use at once; it is a tenth of the size of the
//! standard one.

#![allow(unsafe_code, reason = "an allocator is made of addresses")]

use std::alloc::{GlobalAlloc, Layout};
use std::cell::UnsafeCell;

const PAGE: usize = 65_536;
/// The smallest piece: what any alignment in use here asks for.
const SMALLEST: usize = 16;

#[global_allocator]
static ALLOCATOR: Pieces = Pieces(UnsafeCell::new(Lists { free: [0; 32], next: 0, end: 0 }));

struct Pieces(UnsafeCell<Lists>);

struct Lists {
    /// The first free piece of each size, by its power of two; each holds the address of the next.
    free: [usize; 32],
    /// Memory that was never given out.
    next: usize,
    end: usize,
}

// SAFETY: wasm without threads has one thread.
unsafe impl Sync for Pieces {}

/// The power of two of the piece that a layout gets; 32 where there is none so large.
fn power(layout: Layout) -> usize {
    let size = layout.size().max(layout.align()).max(SMALLEST);
    size.checked_next_power_of_two().map_or(32, |size| size.trailing_zeros() as usize)
}

// SAFETY: a piece is a power of two of at least the layout's size and alignment, at an address that
// is a multiple of it up to a page; it is in a free list or given out, never both.
unsafe impl GlobalAlloc for Pieces {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        // SAFETY: one thread, and nothing here calls back.
        let lists = unsafe { &mut *self.0.get() };
        let power = power(layout);
        let Some(first) = lists.free.get_mut(power) else { return std::ptr::null_mut() };
        let piece = *first;
        if piece != 0 {
            // SAFETY: a free piece holds the address of the next one.
            *first = unsafe { *(piece as *const usize) };
            return piece as *mut u8;
        }
        let size = 1 << power;
        let multiple = size.min(PAGE);
        let at = (lists.next + multiple - 1) & !(multiple - 1);
        if at.checked_add(size).is_none_or(|end| end > lists.end) {
            let pages = size.div_ceil(PAGE).max(1);
            let grown = std::arch::wasm32::memory_grow(0, pages);
            if grown == usize::MAX {
                return std::ptr::null_mut();
            }
            // What was left before is too small to be worth keeping.
            lists.next = grown * PAGE + size;
            lists.end = (grown + pages) * PAGE;
            return (grown * PAGE) as *mut u8;
        }
        lists.next = at + size;
        at as *mut u8
    }

    unsafe fn dealloc(&self, piece: *mut u8, layout: Layout) {
        // SAFETY: one thread, and nothing here calls back.
        let lists = unsafe { &mut *self.0.get() };
        if let Some(first) = lists.free.get_mut(power(layout)) {
            // SAFETY: the piece is ours again, and at least 16 bytes.
            unsafe { *piece.cast::<usize>() = *first };
            *first = piece as usize;
        }
    }

    unsafe fn realloc(&self, piece: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        // SAFETY: the caller gave a size and alignment that make a layout.
        let wanted = unsafe { Layout::from_size_align_unchecked(size, layout.align()) };
        if power(wanted) == power(layout) {
            return piece;
        }
        // SAFETY: both pieces hold what is copied, and they are two.
        unsafe {
            let moved = self.alloc(wanted);
            if !moved.is_null() {
                std::ptr::copy_nonoverlapping(piece, moved, layout.size().min(size));
                self.dealloc(piece, layout);
            }
            moved
        }
    }
}
