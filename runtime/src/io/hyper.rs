//! What hyper 1 asks of a runtime: reading, writing, spawning, and time. See the example `hyper_hello`.

use super::{Async, ReadHalf, WriteHalf, descriptor};
use crate::AbortOnDrop;
use crate::time::{self, Instant};
use hyper::rt::{Executor, Read, ReadBufCursor, Sleep, Timer, Write};
use std::io::{self, IoSlice};
use std::os::fd::AsFd;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

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

/// A value that has nothing read in advance: what its descriptor gives is what it gives.
pub trait Unbuffered: AsFd {}

impl Unbuffered for std::net::TcpStream {}
impl Unbuffered for std::os::unix::net::UnixStream {}

macro_rules! reads {
    ($Value:ident) => {
        impl<T: Unbuffered> Read for HyperIo<$Value<T>> {
            fn poll_read(
                self: Pin<&mut Self>,
                context: &mut Context<'_>,
                mut cursor: ReadBufCursor<'_>,
            ) -> Poll<io::Result<()>> {
                // SAFETY: Nothing is made uninitialized there: all that is written is bytes.
                let place = unsafe { cursor.as_mut() };
                let wanted = place.len();
                let read = |value: &T| descriptor::read(value.as_fd(), place);
                let length = ready!(self.0.poll_reading(context, wanted, read))?;
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
            fn poll_write(self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
                self.0.poll_write(context, bytes)
            }

            fn poll_write_vectored(
                self: Pin<&mut Self>,
                context: &mut Context<'_>,
                pieces: &[IoSlice<'_>],
            ) -> Poll<io::Result<usize>> {
                self.0.poll_write_vectored(context, pieces)
            }

            fn is_write_vectored(&self) -> bool {
                true
            }

            fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
                // Nothing is held back.
                Poll::Ready(Ok(()))
            }

            fn poll_shutdown(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
                Poll::Ready(self.0.end_writing())
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
        drop(crate::spawn(future));
    }
}

/// Timers of the running executor: without them, hyper lets a client take all the time it likes for a header.
#[derive(Clone, Copy, Debug, Default)]
pub struct HyperTimer;

impl Timer for HyperTimer {
    fn sleep(&self, duration: Duration) -> Pin<Box<dyn Sleep>> {
        self.sleep_until(Instant::now().after(duration).into_std())
    }

    fn sleep_until(&self, deadline: std::time::Instant) -> Pin<Box<dyn Sleep>> {
        Box::pin(HyperSleep { deadline: deadline.into(), task: None })
    }

    fn now(&self) -> std::time::Instant {
        Instant::now().into_std()
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
            let spawn = || crate::spawn_named("timer of hyper", time::sleep_until(deadline)).abort_on_drop();
            match ready!(Pin::new(self.task.get_or_insert_with(spawn)).poll(context)) {
                Ok(()) => return Poll::Ready(()),
                Err(_) => self.task = None,
            }
        }
        // This one is going too.
        Poll::Pending
    }
}
