//! Tracing, when it is off: the same names with nothing behind them, so that the rest of the crate need not ask.

use crate::local::Local;
use crate::task::TaskPtr;
use std::panic::Location;
use std::pin::Pin;
use std::task::{Context, Poll};

pub(crate) enum Cause {
    Itself,
    Root,
    Timer,
    Io,
    Thread,
}

#[derive(Default)]
pub(crate) struct Tracer;

pub(crate) struct Stats;

impl Stats {
    #[allow(clippy::extra_unused_type_parameters, reason = "the one of tracing needs it")]
    pub(crate) fn new<F>(_: &'static Location<'static>) -> Self {
        Self
    }
}

impl Local {
    #[inline]
    pub(crate) fn note_cause(&self, _: Cause) {}

    #[inline]
    pub(crate) fn note_life(&self, _: TaskPtr, _: &str) {}

    #[inline]
    pub(crate) fn note_wake(&self, _: TaskPtr) {}
}

#[inline]
pub(crate) fn observe<F: Future>(future: Pin<&mut F>, context: &mut Context<'_>) -> Poll<F::Output> {
    future.poll(context)
}
