//! Lists that grow without a panic: where there is no memory left the program stops.
//!
//! The standard library's `push` and `extend` can panic, and what can panic brings the machinery of
//! panics along: messages, formatting, a table of functions, 4 KB gzipped of a module that has none
//! otherwise. So the core grows its lists here and nowhere else, text included: text that is being
//! made is a list of bytes.

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

/// Room for some more. Whether there is any now is asked of the list: so the compiler knows of it,
/// and leaves out every test and panic of what follows.
#[inline(always)]
pub fn reserve<T>(list: &mut Vec<T>, more: usize) {
    let _ = list.try_reserve(more);
    if list.capacity().wrapping_sub(list.len()) < more {
        std::process::abort();
    }
}
