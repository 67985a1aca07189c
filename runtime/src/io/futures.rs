//! `AsyncRead` and `AsyncWrite` of futures-io.

use crate::net::{ReadHalf, Reading, TcpStream, UnixStream, WriteHalf, Writing};
use futures_io::{AsyncRead, AsyncWrite};
use std::io::{self, IoSlice};
use std::net::Shutdown;
use std::pin::Pin;
use std::task::{Context, Poll};

macro_rules! reads {
    ($(($($generics:tt)*) $Stream:ty;)*) => {$(
        impl $($generics)* AsyncRead for $Stream {
            fn poll_read(
                self: Pin<&mut Self>,
                context: &mut Context<'_>,
                buffer: &mut [u8],
            ) -> Poll<io::Result<usize>> {
                self.poll_reading(context, buffer)
            }
        }
    )*};
}

macro_rules! writes {
    ($(($($generics:tt)*) $Stream:ty;)*) => {$(
        impl $($generics)* AsyncWrite for $Stream {
            fn poll_write(self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
                self.poll_writing(context, bytes)
            }

            fn poll_write_vectored(
                self: Pin<&mut Self>,
                context: &mut Context<'_>,
                pieces: &[IoSlice<'_>],
            ) -> Poll<io::Result<usize>> {
                self.poll_writing_vectored(context, pieces)
            }

            fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
                // Nothing is held back here.
                Poll::Ready(Ok(()))
            }

            fn poll_close(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
                Poll::Ready(self.shut_down(Shutdown::Write))
            }
        }
    )*};
}

reads! {
    () TcpStream;
    () UnixStream;
    (<S: Reading>) ReadHalf<S>;
}

writes! {
    () TcpStream;
    () UnixStream;
    (<S: Writing>) WriteHalf<S>;
}
