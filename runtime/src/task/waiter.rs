//! The waker of whoever waits for a task, in one word, so that a small task fits into a block of 64 bytes.
//!
//! Nearly always it is another task, or the future given to `run`, which is a task in this respect: then the word is the address of that,
//! with one reference. A foreign waker lies in a box, whose address has its lowest bit set.

use super::waker;
use std::mem::ManuallyDrop;
use std::ptr::NonNull;
use std::task::Waker;

/// Set in the address of a box. A task has none of the lowest bits, nor has a box of a waker.
const FOREIGN: usize = 1;

pub(super) struct Waiter(NonNull<()>);

impl Waiter {
    pub(super) fn new(waker: Waker) -> Self {
        let address = if waker::is_of_task(&waker) {
            // Its reference becomes that of the word.
            ManuallyDrop::new(waker).data().cast_mut()
        } else {
            Box::into_raw(Box::new(waker)).cast::<()>().map_addr(|address| address | FOREIGN)
        };
        // SAFETY: Neither a task nor a box is at zero.
        Self(unsafe { NonNull::new_unchecked(address) })
    }

    pub(super) fn into_waker(self) -> Waker {
        let address = ManuallyDrop::new(self).0.as_ptr();
        if address.addr() & FOREIGN == 0 {
            // SAFETY: It is that of a task, with the reference of the waker that it was.
            return unsafe { waker::of_task(address.cast_const()) };
        }
        // SAFETY: It is that of a box, which was made in `new`, and is taken once, because `self` is gone.
        *unsafe { Box::from_raw(address.map_addr(|address| address & !FOREIGN).cast::<Waker>()) }
    }
}

impl Drop for Waiter {
    fn drop(&mut self) {
        drop(Self(self.0).into_waker());
    }
}
