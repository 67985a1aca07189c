//! `AsyncRead` and `AsyncWrite` of tokio.

use crate::net::{ReadHalf, Reading, TcpStream, UnixStream, WriteHalf, Writing};
use std::io::{self, IoSlice};
use std::net::Shutdown;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

macro_rules! reads {
    ($(($($generics:tt)*) $Stream:ty;)*) => {$(
        impl $($generics)* AsyncRead for $Stream {
            fn poll_read(
                self: Pin<&mut Self>,
                context: &mut Context<'_>,
                buffer: &mut ReadBuf<'_>,
            ) -> Poll<io::Result<()>> {
                // Writes zeros only where nobody has written yet.
                let length = ready!(self.poll_reading(context, buffer.initialize_unfilled()))?;
                buffer.advance(length);
                Poll::Ready(Ok(()))
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

            fn is_write_vectored(&self) -> bool {
                true
            }

            fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
                // Nothing is held back here.
                Poll::Ready(Ok(()))
            }

            fn poll_shutdown(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
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
