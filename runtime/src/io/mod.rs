//! Anything that has a descriptor, asynchronously.
//!
//! The sockets of [`net`](crate::net) are such values, and so are pipes, terminals, and the output of child processes:
//!
//! ```
//! use pinsight_rt::{LocalExecutor, io::Async};
//! use std::process::{Command, Stdio};
//!
//! # fn main() -> std::io::Result<()> {
//! LocalExecutor::new().run(async {
//!     let mut child = Command::new("echo").arg("hello").stdout(Stdio::piped()).spawn()?;
//!     let mut text = Vec::new();
//!     let mut output = Async::new(std::fs::File::from(std::os::fd::OwnedFd::from(child.stdout.take().unwrap())))?;
//!     output.read_to_end(&mut text).await?;
//!     assert_eq!(text, b"hello\n");
//!     // Its end as well, without blocking anybody.
//!     assert!(pinsight_rt::unblock(move || child.wait()).await?.success());
//!     Ok(())
//! })
//! # }
//! ```

pub(crate) mod descriptor;
mod halves;
mod methods;
mod source;
mod traits;

pub use self::descriptor::Listener;
pub(crate) use self::descriptor::{is_plain_tcp, widen};
pub use self::halves::{ReadHalf, WriteHalf};

use self::source::Source;
use crate::coop::poll_budget;
use crate::reactor::{Direction, Readiness};
use std::fmt;
use std::future::poll_fn;
use std::io::{self, ErrorKind, IoSlice, Read, Write};
use std::ops::Deref;
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::task::{Context, Poll, ready};

/// A value with a descriptor, such as a socket or a pipe, which waits in the reactor where it would otherwise block.
///
/// It registers with the executor that runs it when it first has to wait, and anew with the next one: it may be handed to another
/// executor, on another thread, at any time. All waiting needs `&mut`: each direction has one waiter.
///
/// What needs no waiting is a method of the value, to which this derefs: the addresses and options of a socket.
///
/// ```
/// use pinsight_rt::{LocalExecutor, io::Async};
/// use std::io::Write;
///
/// let (reader, mut writer) = std::io::pipe()?;
/// let mut reader = Async::new(reader)?;
/// LocalExecutor::new().run(async {
///     writer.write_all(b"hello")?;
///     let mut buffer = [0; 8];
///     let length = reader.read(&mut buffer).await?;
///     assert_eq!(&buffer[..length], b"hello");
///     Ok::<(), std::io::Error>(())
/// })?;
/// # Ok::<(), std::io::Error>(())
/// ```
pub struct Async<T> {
    // Before the value, so that the descriptor is open when its registration ends.
    source: Source,
    /// Whether a short read tells that nothing is left. So it is with TCP on Linux, unless there is urgent data, which the reactor
    /// tells of. It is not so with Unix sockets, where a read stops behind each descriptor that was sent, nor with kernel TLS, where
    /// it stops at each record of another kind; and of other descriptors nobody knows.
    drains: bool,
    value: T,
}

impl<T: AsFd> Async<T> {
    /// Puts the descriptor into non-blocking mode.
    ///
    /// # Errors
    ///
    /// What `ioctl` with `FIONBIO` says.
    pub fn new(value: T) -> io::Result<Self> {
        descriptor::set_nonblocking(value.as_fd())?;
        Ok(Self::from_nonblocking(value))
    }
}

impl<T> Async<T> {
    /// For a descriptor that is non-blocking already.
    pub(crate) fn from_nonblocking(value: T) -> Self {
        Self { source: Source::default(), drains: false, value }
    }

    /// For TCP, to which nothing else was added. Only Linux tells of urgent data.
    pub(crate) fn if_plain_tcp(self, is_plain: bool) -> Self {
        Self { drains: is_plain && cfg!(target_os = "linux"), ..self }
    }

    /// The value.
    pub fn get_ref(&self) -> &T {
        &self.value
    }

    /// The value, which is non-blocking still.
    pub fn into_inner(self) -> T {
        let Self { source, value, .. } = self;
        // The registration ends before the caller can close the descriptor.
        drop(source);
        value
    }

    /// Two halves, for two tasks.
    pub fn into_split(self) -> (ReadHalf<T>, WriteHalf<T>)
    where
        T: AsFd,
    {
        halves::split(self)
    }
}

/// A connection, and where it comes from.
pub type Accepted<T> = io::Result<(Async<<T as Listener>::Stream>, <T as Listener>::Address)>;

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

    /// Waits for a connection.
    ///
    /// # Errors
    ///
    /// What `accept` says. The listener goes on after any error, also when the process has no descriptors left (`EMFILE`):
    /// the connection then waits until there is one again. Wait for a moment before the next try in that case.
    pub async fn accept(&mut self) -> Accepted<T>
    where
        T: Listener,
    {
        poll_fn(|context| self.poll_accept(context)).await
    }

    /// Waits until a read would not block: there is data, or the end, or a connection to accept.
    ///
    /// # Errors
    ///
    /// What `poll` says.
    pub async fn readable(&mut self) -> io::Result<()> {
        self.read_with(|value| descriptor::check(value.as_fd(), libc::POLLIN)).await
    }

    /// Waits until a write would not block.
    ///
    /// # Errors
    ///
    /// What `poll` says.
    pub async fn writable(&mut self) -> io::Result<()> {
        self.write_with(|value| descriptor::check(value.as_fd(), libc::POLLOUT)).await
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
                        Err(error) if error.kind() == ErrorKind::WouldBlock => {
                            self.source.readiness((), |readiness| readiness.clear(direction))
                        }
                        Err(error) if error.kind() == ErrorKind::Interrupted => continue,
                        result => return Poll::Ready(result),
                    }
                }
                ready!(self.source.poll_ready(self.value.as_fd(), direction, context))?;
            }
        })
    }

    /// The same as `accept`, for futures written by hand.
    pub fn poll_accept(&mut self, context: &mut Context<'_>) -> Poll<Accepted<T>>
    where
        T: Listener,
    {
        let accept = self.poll_with(Direction::Read, context, T::accept_nonblocking);
        accept.map_ok(|(stream, peer)| (Async::from_nonblocking(stream).if_plain_tcp(self.drains), peer))
    }

    /// Reads with a function that was asked for so many bytes, and returns how many it got.
    #[inline]
    fn poll_reading(
        &self,
        context: &mut Context<'_>,
        wanted: usize,
        read: impl FnMut(&T) -> io::Result<usize>,
    ) -> Poll<io::Result<usize>> {
        let result = ready!(self.poll_with(Direction::Read, context, read));
        // Saves the read that would say so.
        if self.drains && result.as_ref().is_ok_and(|length| *length < wanted) {
            self.source.readiness((), Readiness::clear_drained);
        }
        Poll::Ready(result)
    }

    #[inline]
    pub(crate) fn poll_read(&self, context: &mut Context<'_>, buffer: &mut [u8]) -> Poll<io::Result<usize>>
    where
        for<'a> &'a T: Read,
    {
        self.poll_reading(context, buffer.len(), |mut value| value.read(buffer))
    }

    #[inline]
    pub(crate) fn poll_write(&self, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>>
    where
        for<'a> &'a T: Write,
    {
        self.poll_with(Direction::Write, context, |mut value| value.write(bytes))
    }

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

    #[cfg(any(feature = "futures-io", feature = "tokio-io"))]
    pub(crate) fn poll_flush(&self, context: &mut Context<'_>) -> Poll<io::Result<()>>
    where
        for<'a> &'a T: Write,
    {
        self.poll_with(Direction::Write, context, |mut value| value.flush())
    }

    /// Lets the other side see the end of the stream.
    pub(crate) fn end_writing(&self) -> io::Result<()> {
        descriptor::end_writing(self.value.as_fd())
    }
}

impl<T> Deref for Async<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

impl<T: AsFd> AsFd for Async<T> {
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.value.as_fd()
    }
}

impl<T: Into<OwnedFd>> From<Async<T>> for OwnedFd {
    fn from(value: Async<T>) -> Self {
        value.into_inner().into()
    }
}

impl<T: fmt::Debug> fmt::Debug for Async<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Async").field(&self.value).finish()
    }
}
