//! `Stream` of futures-core, for what comes again and again.

use crate::io::{Accepted, Async, Listener};
use crate::time::Interval;
use futures_core::Stream;
use std::os::fd::AsFd;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Instant;

/// When each tick was due.
impl Stream for Interval {
    type Item = Instant;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Instant>> {
        self.poll_tick(context).map(Some)
    }
}

/// Connections, as `accept` returns them. It goes on after errors.
impl<T: Listener + AsFd + Unpin> Stream for Async<T> {
    type Item = Accepted<T>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll_accept(context).map(Some)
    }
}
