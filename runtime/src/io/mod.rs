//! Anything that has a descriptor, asynchronously.

mod descriptor;
#[cfg(feature = "futures-io")]
mod futures;
#[cfg(feature = "hyper")]
pub mod hyper;
#[cfg(feature = "tokio-io")]
mod tokio;

pub(crate) use self::descriptor::{wait, widen};

use crate::coop::poll_budget;
use crate::reactor::{Direction, Source};
use std::fmt;
use std::future::poll_fn;
use std::io::{self, ErrorKind, IoSlice, Read, Write};
use std::os::fd::{AsFd, BorrowedFd};
use std::task::{Context, Poll, ready};

/// A value with a descriptor, such as a socket or a pipe, which waits in the reactor where it would otherwise block.
///
/// The descriptor is registered when it first has to wait. All waiting needs `&mut`: each direction has one waiter.
///
/// ```
/// use pinsight_rt::{LocalExecutor, io::Async};
/// use std::io::{PipeReader, Read, Write};
///
/// let (reader, mut writer) = std::io::pipe()?;
/// let mut reader = Async::new(reader)?;
/// LocalExecutor::new().run(async {
///     writer.write_all(b"hello")?;
///     let mut buffer = [0; 8];
///     let length = reader.read_with(|mut pipe: &PipeReader| pipe.read(&mut buffer)).await?;
///     assert_eq!(&buffer[..length], b"hello");
///     Ok::<(), std::io::Error>(())
/// })?;
/// # Ok::<(), std::io::Error>(())
/// ```
pub struct Async<T> {
    // Before the value, so that the descriptor is open when its registration ends.
    source: Source,
    value: T,
}

impl<T: AsFd> Async<T> {
    /// Puts the descriptor into non-blocking mode.
    ///
    /// # Errors
    ///
    /// What the system says.
    pub fn new(value: T) -> io::Result<Self> {
        descriptor::set_nonblocking(value.as_fd())?;
        Ok(Self { source: Source::default(), value })
    }
}

impl<T> Async<T> {
    /// For a descriptor that is non-blocking already.
    pub(crate) fn from_nonblocking(value: T) -> Self {
        Self { source: Source::default(), value }
    }

    /// The value.
    pub fn get_ref(&self) -> &T {
        &self.value
    }

    /// The value, which is non-blocking still.
    pub fn into_inner(self) -> T {
        let Self { source, value } = self;
        // The registration ends before the caller can close the descriptor.
        drop(source);
        value
    }
}

impl<T: AsFd> Async<T> {
    /// Calls a function that reads until it does not say `WouldBlock`.
    ///
    /// # Errors
    ///
    /// What the function says, except for `WouldBlock` and `Interrupted`.
    pub async fn read_with<R>(&mut self, mut operation: impl FnMut(&T) -> io::Result<R>) -> io::Result<R> {
        poll_fn(|context| self.poll_with(Direction::Read, context, &mut operation)).await
    }

    /// Calls a function that writes until it does not say `WouldBlock`.
    ///
    /// # Errors
    ///
    /// What the function says, except for `WouldBlock` and `Interrupted`.
    pub async fn write_with<R>(&mut self, mut operation: impl FnMut(&T) -> io::Result<R>) -> io::Result<R> {
        poll_fn(|context| self.poll_with(Direction::Write, context, &mut operation)).await
    }

    /// Takes `&self`, because the halves of a stream share this; they see to it that each direction has one waiter.
    #[inline]
    pub(crate) fn poll_with<R>(
        &self,
        direction: Direction,
        context: &mut Context<'_>,
        mut operation: impl FnMut(&T) -> io::Result<R>,
    ) -> Poll<io::Result<R>> {
        poll_budget(context, |context| {
            loop {
                if self.source.is_ready(direction) {
                    match operation(&self.value) {
                        Err(error) if error.kind() == ErrorKind::WouldBlock => self.source.clear(direction, true),
                        Err(error) if error.kind() == ErrorKind::Interrupted => continue,
                        result => return Poll::Ready(result),
                    }
                }
                ready!(self.source.poll_ready(&self.value, direction, context))?;
            }
        })
    }

    /// Reads from a stream: less than was asked for means that there is no more for now, which saves the read that would say so.
    #[inline]
    pub(crate) fn poll_read(&self, context: &mut Context<'_>, buffer: &mut [u8]) -> Poll<io::Result<usize>>
    where
        for<'a> &'a T: Read,
    {
        let result = ready!(self.poll_with(Direction::Read, context, |mut value| value.read(buffer)));
        if result.as_ref().is_ok_and(|length| *length < buffer.len()) {
            self.source.clear(Direction::Read, false);
        }
        Poll::Ready(result)
    }

    /// Writes to a stream; likewise.
    #[inline]
    pub(crate) fn poll_write(&self, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>>
    where
        for<'a> &'a T: Write,
    {
        let result = ready!(self.poll_with(Direction::Write, context, |mut value| value.write(bytes)));
        if result.as_ref().is_ok_and(|length| *length < bytes.len()) {
            self.source.clear(Direction::Write, false);
        }
        Poll::Ready(result)
    }

    /// Writes several pieces to a stream with one call of the system.
    pub(crate) fn poll_write_vectored(
        &self,
        context: &mut Context<'_>,
        pieces: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>>
    where
        for<'a> &'a T: Write,
    {
        self.poll_with(Direction::Write, context, |mut value| value.write_vectored(pieces))
    }
}

impl<T: AsFd> AsFd for Async<T> {
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.value.as_fd()
    }
}

impl<T: fmt::Debug> fmt::Debug for Async<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Async").field(&self.value).finish()
    }
}
