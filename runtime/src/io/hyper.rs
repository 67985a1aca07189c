//! What hyper 1 asks of a runtime: reading, writing, and spawning. See the example `hyper_hello`.

use crate::net::{Reading, Writing};
use hyper::rt::{Executor, Read, ReadBufCursor, Write};
use std::io::{self, IoSlice};
use std::net::Shutdown;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

/// Bytes that are read at once. They lie on the stack, since hyper's own buffer can be had by `unsafe` only.
const CHUNK: usize = 8 * 1024;

/// A stream of [`net`](crate::net), as hyper wants it.
#[derive(Debug)]
pub struct HyperIo<S>(S);

impl<S> HyperIo<S> {
    /// Wraps a stream.
    pub fn new(stream: S) -> Self {
        Self(stream)
    }

    /// The stream.
    pub fn into_inner(self) -> S {
        self.0
    }
}

impl<S: Reading + Unpin> Read for HyperIo<S> {
    fn poll_read(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        mut cursor: ReadBufCursor<'_>,
    ) -> Poll<io::Result<()>> {
        let mut chunk = [0; CHUNK];
        let wanted = cursor.remaining().min(CHUNK);
        let length = ready!(self.0.poll_reading(context, &mut chunk[..wanted]))?;
        cursor.put_slice(&chunk[..length]);
        Poll::Ready(Ok(()))
    }
}

impl<S: Writing + Unpin> Write for HyperIo<S> {
    fn poll_write(self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        self.0.poll_writing(context, bytes)
    }

    fn poll_write_vectored(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        pieces: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        self.0.poll_writing_vectored(context, pieces)
    }

    fn is_write_vectored(&self) -> bool {
        true
    }

    fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn poll_shutdown(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(self.0.shut_down(Shutdown::Write))
    }
}

/// Spawns on the running executor.
#[derive(Clone, Copy, Debug, Default)]
pub struct HyperExecutor;

impl<F> Executor<F> for HyperExecutor
where
    F: Future + 'static,
    F::Output: 'static,
{
    #[track_caller]
    fn execute(&self, future: F) {
        drop(crate::spawn(future));
    }
}
