//! The I/O traits of futures-io and of tokio, for everything that reads or writes as std does.

#![cfg(any(feature = "futures-io", feature = "tokio-io"))]

use super::{Async, ReadHalf, WriteHalf};
use std::io::{self, IoSlice, Read, Write};
use std::os::fd::AsFd;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

#[cfg(feature = "futures-io")]
macro_rules! futures_io {
    (read $Value:ident) => {
        impl<T: AsFd> futures_io::AsyncRead for $Value<T>
        where
            for<'a> &'a T: Read,
        {
            fn poll_read(self: Pin<&mut Self>, cx: &mut Context<'_>, buffer: &mut [u8]) -> Poll<io::Result<usize>> {
                Async::poll_read(&self, cx, buffer)
            }
        }
    };
    (write $Value:ident) => {
        impl<T: AsFd> futures_io::AsyncWrite for $Value<T>
        where
            for<'a> &'a T: Write,
        {
            written!();

            fn poll_close(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
                Poll::Ready(self.end_writing())
            }
        }
    };
}

#[cfg(feature = "tokio-io")]
macro_rules! tokio_io {
    (read $Value:ident) => {
        impl<T: AsFd> tokio::io::AsyncRead for $Value<T>
        where
            for<'a> &'a T: Read,
        {
            fn poll_read(
                self: Pin<&mut Self>,
                context: &mut Context<'_>,
                buffer: &mut tokio::io::ReadBuf<'_>,
            ) -> Poll<io::Result<()>> {
                // Writes zeros only where nobody has written yet.
                let length = ready!(Async::poll_read(&self, context, buffer.initialize_unfilled()))?;
                buffer.advance(length);
                Poll::Ready(Ok(()))
            }
        }
    };
    (write $Value:ident) => {
        impl<T: AsFd> tokio::io::AsyncWrite for $Value<T>
        where
            for<'a> &'a T: Write,
        {
            written!();

            fn is_write_vectored(&self) -> bool {
                true
            }

            fn poll_shutdown(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
                Poll::Ready(self.end_writing())
            }
        }
    };
}

/// What both traits have in common.
macro_rules! written {
    () => {
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
    };
}

#[cfg(feature = "futures-io")]
const _: () = {
    futures_io!(read Async);
    futures_io!(read ReadHalf);
    futures_io!(write Async);
    futures_io!(write WriteHalf);
};

#[cfg(feature = "tokio-io")]
const _: () = {
    tokio_io!(read Async);
    tokio_io!(read ReadHalf);
    tokio_io!(write Async);
    tokio_io!(write WriteHalf);
};
