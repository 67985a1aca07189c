//! The methods of everything that reads, and of everything that writes: a value, and a half of one.

use super::{Async, ReadHalf, WriteHalf};
use crate::reactor::Direction;
use std::future::poll_fn;
use std::io::{self, ErrorKind, IoSlice, Read, Write};
use std::os::fd::AsFd;
use std::task::{Context, Poll};

/// The same `impl` for several types around a `T`, to which std's trait applies by `&`. The braces are for another trait.
macro_rules! each {
    ([$($Value:ident)*] $Bound:ident $trait_for:tt $body:tt) => {
        $(each!($Value $Bound $trait_for $body);)*
    };
    ($Value:ident $Bound:ident {$($trait_for:tt)*} $body:tt) => {
        impl<T: AsFd> $($trait_for)* $Value<T>
        where
            for<'a> &'a T: $Bound,
        $body
    };
}

each!([Async ReadHalf] Read {} {
    /// Polls a function that reads until it does not say `WouldBlock`: for futures written by hand. It asks for `wanted` bytes, and
    /// returns how many it got.
    pub fn poll_read_with(
        &mut self,
        context: &mut Context<'_>,
        wanted: usize,
        read: impl FnMut(&T) -> io::Result<usize>,
    ) -> Poll<io::Result<usize>> {
        self.poll_reading(context, wanted, read)
    }

    /// Reads what there is, up to the length of the buffer. 0 is the end.
    ///
    /// # Errors
    ///
    /// What `read` of the value says.
    pub async fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        poll_fn(|context| self.poll_read(context, buffer)).await
    }

    /// Fills the buffer.
    ///
    /// # Errors
    ///
    /// What `read` of the value says, and `UnexpectedEof` if the stream ends before.
    pub async fn read_exact(&mut self, mut buffer: &mut [u8]) -> io::Result<()> {
        while !buffer.is_empty() {
            match self.read(buffer).await? {
                0 => return Err(ErrorKind::UnexpectedEof.into()),
                length => buffer = &mut buffer[length..],
            }
        }
        Ok(())
    }

    /// Reads to the end. Returns the number of bytes.
    ///
    /// # Errors
    ///
    /// What `read` of the value says. The bytes before are in the buffer then.
    pub async fn read_to_end(&mut self, buffer: &mut Vec<u8>) -> io::Result<usize> {
        let mut chunk = [0; 4096];
        let before = buffer.len();
        loop {
            match self.read(&mut chunk).await? {
                0 => return Ok(buffer.len() - before),
                length => buffer.extend_from_slice(&chunk[..length]),
            }
        }
    }
});

each!([Async WriteHalf] Write {} {
    /// Polls a function that writes until it does not say `WouldBlock`: for futures written by hand.
    pub fn poll_write_with<R>(
        &mut self,
        context: &mut Context<'_>,
        write: impl FnMut(&T) -> io::Result<R>,
    ) -> Poll<io::Result<R>> {
        self.poll_with(Direction::Write, context, write)
    }

    /// Writes some of the bytes. Returns how many.
    ///
    /// # Errors
    ///
    /// What `write` of the value says.
    pub async fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        poll_fn(|context| self.poll_write(context, bytes)).await
    }

    /// Writes some of the bytes of several pieces with one call of the system. Returns how many.
    ///
    /// # Errors
    ///
    /// What `write_vectored` of the value says.
    pub async fn write_vectored(&mut self, pieces: &[IoSlice<'_>]) -> io::Result<usize> {
        poll_fn(|context| self.poll_write_vectored(context, pieces)).await
    }

    /// Writes all of the bytes.
    ///
    /// # Errors
    ///
    /// What `write` of the value says, and `WriteZero` if it takes nothing more.
    pub async fn write_all(&mut self, mut bytes: &[u8]) -> io::Result<()> {
        while !bytes.is_empty() {
            match self.write(bytes).await? {
                0 => return Err(ErrorKind::WriteZero.into()),
                length => bytes = &bytes[length..],
            }
        }
        Ok(())
    }
});

#[cfg(any(feature = "futures-io", feature = "tokio-io"))]
pub(super) use each;
