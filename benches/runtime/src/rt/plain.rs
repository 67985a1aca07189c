//! Functions that run one future, and have no tasks.

use std::future::Future;

use super::Entry;

/// The crate of that name.
pub struct Pollster;

impl Entry for Pollster {
    fn start() -> Self {
        Self
    }

    fn block_on<F: Future>(&self, future: F) -> F::Output {
        pollster::block_on(future)
    }
}

/// `futures_lite::future::block_on`.
pub struct FuturesLite;

impl Entry for FuturesLite {
    fn start() -> Self {
        Self
    }

    fn block_on<F: Future>(&self, future: F) -> F::Output {
        futures_lite::future::block_on(future)
    }
}

/// `futures::executor::block_on`.
pub struct Futures;

impl Entry for Futures {
    fn start() -> Self {
        Self
    }

    fn block_on<F: Future>(&self, future: F) -> F::Output {
        futures::executor::block_on(future)
    }
}
