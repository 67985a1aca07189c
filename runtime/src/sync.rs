//! What is shared between threads takes its parts from here; the loom models put loom's in their place.

pub(crate) use std::sync::atomic::{AtomicBool, AtomicU8, Ordering};
pub(crate) use std::sync::{Mutex, MutexGuard};
