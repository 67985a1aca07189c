//! The I/O traits of futures-io and of tokio, for everything that reads or writes as std does.

#![cfg(any(feature = "futures-io", feature = "tokio-io"))]

use super::methods::each;
use super::{Async, ReadHalf, WriteHalf};
use std::io::{self, IoSlice, Read, Write};
use std::os::fd::AsFd;
use std::pin::Pin;
use std::task::{Context, Poll};

/// What is the same in both traits of writing, but for the name of the last method.
macro_rules! written {
    ($close:ident) => {
        fn poll_write(self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
            Async::poll_write(&self, context, bytes)
        }

        fn poll_write_vectored(
            self: Pin<&mut Self>,
            context: &mut Context<'_>,
            pieces: &[IoSlice<'_>],
        ) -> Poll<io::Result<usize>> {
            Async::poll_write_vectored(&self, context, pieces)
        }

        fn poll_flush(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
            Async::poll_flush(&self, context)
        }

        fn $close(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
            Poll::Ready(self.end_writing())
        }
    };
}

#[cfg(feature = "futures-io")]
each!([Async ReadHalf] Read {futures_io::AsyncRead for} {
    fn poll_read(self: Pin<&mut Self>, context: &mut Context<'_>, buffer: &mut [u8]) -> Poll<io::Result<usize>> {
        Async::poll_read(&self, context, buffer)
    }
});

#[cfg(feature = "futures-io")]
each!([Async WriteHalf] Write {futures_io::AsyncWrite for} {
    written!(poll_close);
});

#[cfg(feature = "tokio-io")]
each!([Async ReadHalf] Read {tokio::io::AsyncRead for} {
    fn poll_read(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut tokio::io::ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        // Writes zeros only where nobody has written yet.
        let read = Async::poll_read(&self, context, buffer.initialize_unfilled());
        read.map_ok(|length| buffer.advance(length))
    }
});

#[cfg(feature = "tokio-io")]
each!([Async WriteHalf] Write {tokio::io::AsyncWrite for} {
    written!(poll_shutdown);

    fn is_write_vectored(&self) -> bool {
        true
    }
});
