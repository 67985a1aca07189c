#![doc = include_str!("../README.md")]

use hyper::rt::{Executor, Read, ReadBufCursor, Sleep, Timer, Write};
use pinsight_rt::io::{Async, ReadHalf, WriteHalf};
use pinsight_rt::{AbortOnDrop, spawn, spawn_named, time};
use std::io::{self, IoSlice, Write as _};
use std::mem::MaybeUninit;
use std::net::Shutdown;
use std::os::fd::{AsFd, AsRawFd};
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::{Duration, Instant};

/// A stream of [`net`](pinsight_rt::net), as hyper wants it.
#[derive(Debug)]
pub struct HyperIo<S>(S);

/// The stream is never pinned here.
impl<S> Unpin for HyperIo<S> {}

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

/// A stream of std that has nothing read in advance: what its descriptor gives is what it gives.
pub trait Unbuffered: AsFd {
    /// Ends the writing direction.
    ///
    /// # Errors
    ///
    /// What `shutdown` says.
    fn end(&self) -> io::Result<()>;
}

impl Unbuffered for std::net::TcpStream {
    fn end(&self) -> io::Result<()> {
        self.shutdown(Shutdown::Write)
    }
}

impl Unbuffered for std::os::unix::net::UnixStream {
    fn end(&self) -> io::Result<()> {
        self.shutdown(Shutdown::Write)
    }
}

/// Reads into a place that nobody has written to. Returns the number of bytes, which have been written then.
fn read_into(stream: &impl AsFd, place: &mut [MaybeUninit<u8>]) -> io::Result<usize> {
    // SAFETY: The descriptor is open for as long as its owner is borrowed, and the place is one for that many bytes.
    let length = unsafe { libc::read(stream.as_fd().as_raw_fd(), place.as_mut_ptr().cast(), place.len()) };
    usize::try_from(length).map_err(|_| io::Error::last_os_error())
}

macro_rules! reads {
    ($Value:ident) => {
        impl<T: Unbuffered> Read for HyperIo<$Value<T>>
        where
            for<'a> &'a T: io::Read,
        {
            fn poll_read(
                mut self: Pin<&mut Self>,
                context: &mut Context<'_>,
                mut cursor: ReadBufCursor<'_>,
            ) -> Poll<io::Result<()>> {
                // SAFETY: Nothing is made uninitialized there: all that is written is bytes.
                let place = unsafe { cursor.as_mut() };
                let wanted = place.len();
                let length = ready!(self.0.poll_read_with(context, wanted, |stream| read_into(stream, place)))?;
                // SAFETY: So many bytes have been written, from the start of the place on.
                unsafe { cursor.advance(length) };
                Poll::Ready(Ok(()))
            }
        }
    };
}

macro_rules! writes {
    ($Value:ident) => {
        impl<T: Unbuffered> Write for HyperIo<$Value<T>>
        where
            for<'a> &'a T: io::Write,
        {
            fn poll_write(
                mut self: Pin<&mut Self>,
                context: &mut Context<'_>,
                bytes: &[u8],
            ) -> Poll<io::Result<usize>> {
                self.0.poll_write_with(context, |mut stream| stream.write(bytes))
            }

            fn poll_write_vectored(
                mut self: Pin<&mut Self>,
                context: &mut Context<'_>,
                pieces: &[IoSlice<'_>],
            ) -> Poll<io::Result<usize>> {
                self.0.poll_write_with(context, |mut stream| stream.write_vectored(pieces))
            }

            fn is_write_vectored(&self) -> bool {
                true
            }

            fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
                // Nothing is held back.
                Poll::Ready(Ok(()))
            }

            fn poll_shutdown(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
                Poll::Ready(self.0.get_ref().end())
            }
        }
    };
}

reads!(Async);
reads!(ReadHalf);
writes!(Async);
writes!(WriteHalf);

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
        drop(spawn(future));
    }
}

/// Timers of the running executor: without them, hyper lets a client take all the time it likes for a header.
#[derive(Clone, Copy, Debug, Default)]
pub struct HyperTimer;

impl Timer for HyperTimer {
    fn sleep(&self, duration: Duration) -> Pin<Box<dyn Sleep>> {
        self.sleep_until(time::sleep(duration).deadline())
    }

    fn sleep_until(&self, deadline: Instant) -> Pin<Box<dyn Sleep>> {
        Box::pin(HyperSleep { deadline, task: None })
    }

    fn now(&self) -> Instant {
        time::now()
    }
}

/// hyper wants it to be `Send`, which a timer of an executor is not. So it is a task, of which this is the handle.
struct HyperSleep {
    deadline: Instant,
    task: Option<AbortOnDrop<()>>,
}

impl Sleep for HyperSleep {}

impl Future for HyperSleep {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        // Twice, if the executor of the task is gone, and the connection has come to another one.
        for _ in 0..2 {
            let deadline = self.deadline;
            let spawn = || spawn_named("timer of hyper", time::sleep_until(deadline)).abort_on_drop();
            match ready!(Pin::new(self.task.get_or_insert_with(spawn)).poll(context)) {
                Ok(()) => return Poll::Ready(()),
                Err(_) => self.task = None,
            }
        }
        // This one is going too.
        Poll::Pending
    }
}
