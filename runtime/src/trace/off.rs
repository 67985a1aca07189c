//! Tracing, when it is off: the same names with nothing behind them, so that the rest of the crate need not ask.

pub(crate) mod stats {
    use std::panic::Location;

    pub(crate) enum Cause {
        Itself,
        Root,
        Timer,
        Io,
        Thread,
    }

    pub(crate) struct Stats;

    impl Stats {
        #[allow(clippy::extra_unused_type_parameters, reason = "the one of tracing needs it")]
        pub(crate) fn new<F>(_: &'static Location<'static>) -> Self {
            Self
        }

        #[inline]
        pub(crate) fn note_address(&self, _: usize) {}
    }
}

pub(crate) mod tracer {
    use super::stats::Cause;
    use crate::task::{TaskPtr, Tasks};

    #[derive(Default)]
    pub(crate) struct Tracer;

    impl Tracer {
        #[inline]
        pub(crate) fn note_cause(&self, _: Cause) {}

        #[inline]
        pub(crate) fn note_life(&self, _: &Tasks, _: TaskPtr, _: &str) {}

        #[inline]
        pub(crate) fn note_wake(&self, _: &Tasks, _: TaskPtr) {}

        #[inline(always)]
        pub(crate) fn observe<R>(&self, _: &Tasks, _: TaskPtr, poll: impl FnOnce() -> R) -> R {
            poll()
        }
    }
}
