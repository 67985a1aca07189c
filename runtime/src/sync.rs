//! What is shared between threads takes its parts from here; the loom models put loom's in their place.
//!
//! `Arc` is std's in both, because wakers are made of it. So are statics, which outlive a model, and what no model reaches: the
//! thread pool, and the bell of the reactor.

#[cfg(not(all(test, loom)))]
mod parts {
    pub(crate) use std::sync::atomic::{AtomicU8, AtomicU32, AtomicUsize, Ordering};
    pub(crate) use std::sync::{Mutex, MutexGuard};
    pub(crate) use std::{thread, thread_local};

    /// A cell that hands out a pointer for the time of a call, as loom's does.
    pub(crate) struct UnsafeCell<T>(std::cell::UnsafeCell<T>);

    impl<T> UnsafeCell<T> {
        #[inline]
        pub(crate) fn new(value: T) -> Self {
            Self(std::cell::UnsafeCell::new(value))
        }

        #[inline]
        pub(crate) fn with_mut<R>(&self, function: impl FnOnce(*mut T) -> R) -> R {
            function(self.0.get())
        }
    }
}

#[cfg(all(test, loom))]
mod parts {
    pub(crate) use crate::models::{thread, thread_local};
    pub(crate) use loom::cell::UnsafeCell;
    pub(crate) use loom::sync::atomic::{AtomicBool, AtomicU8, AtomicU32, AtomicUsize, Ordering};
    pub(crate) use loom::sync::{Mutex, MutexGuard};
}

pub(crate) use self::parts::*;
