//! A descriptor, and the executor that watches it.

use crate::executor::local::{self, Local};
use crate::executor::shared::Shared;
use crate::reactor::{Direction, Reactor, Readiness};
use crate::task::Letter;
use std::cell::RefCell;
use std::io;
use std::os::fd::{AsRawFd, BorrowedFd, RawFd};
use std::sync::Arc;
use std::task::{Context, Poll};

/// A descriptor before and after its registration, which waits until there is something to wait for. It may go to another executor at
/// any time: there it is registered anew.
#[derive(Default)]
pub(crate) struct Source {
    registration: RefCell<Option<Registration>>,
}

/// A descriptor that the reactor of an executor watches.
struct Registration {
    shared: Arc<Shared>,
    readiness: Arc<Readiness>,
    descriptor: RawFd,
    key: usize,
}

impl Registration {
    fn new(local: &Local, descriptor: RawFd) -> io::Result<Self> {
        let (key, readiness) = local.reactor()?.register(descriptor)?;
        Ok(Self { shared: Arc::clone(&local.shared), readiness, descriptor, key })
    }
}

impl Drop for Registration {
    fn drop(&mut self) {
        // At once, wherever this is: its number may be that of another descriptor soon.
        if let Some(reactor) = self.shared.reactor.get() {
            reactor.deregister(self.descriptor);
        }
        let forget = |local: &Local| {
            let reactor = local.reactor.get().filter(|_| local.is_half_of(&self.shared));
            reactor.map(|reactor| reactor.forget(self.key))
        };
        // Its wakers are dropped here, when nothing is borrowed.
        if Local::with_current(forget).flatten().is_none() {
            drop(self.shared.post(Letter::Unwatched(self.key)));
        }
    }
}

impl Source {
    /// Calls a function with what is known, if the descriptor is registered.
    #[inline]
    pub(crate) fn readiness<R>(&self, otherwise: R, function: impl FnOnce(&Readiness) -> R) -> R {
        self.registration.borrow().as_ref().map_or(otherwise, |registration| function(&registration.readiness))
    }

    /// Whether an operation in this direction is worth an attempt. Without a registration, it is not known to be otherwise.
    #[inline]
    pub(crate) fn is_ready(&self, direction: Direction) -> bool {
        self.readiness(true, |readiness| readiness.is_ready(direction))
    }

    /// Waits for an event, if none has come since the attempt.
    pub(crate) fn poll_ready(
        &self,
        descriptor: BorrowedFd<'_>,
        direction: Direction,
        context: &mut Context<'_>,
    ) -> Poll<io::Result<()>> {
        // Foreign code, which may do anything with this source: so before it is looked at.
        let waker = context.waker().clone();
        let wait = |local: &Local| {
            let key = self.key_in(local, descriptor.as_raw_fd())?;
            let is_ready = self.is_ready(direction);
            // Dropped by the caller, when nothing is borrowed.
            let old = if is_ready { Some(waker) } else { local.reactor()?.set_waker(key, direction, waker) };
            Ok((is_ready, old))
        };
        match Local::with_current(wait).unwrap_or_else(|| local::no_executor("a socket")) {
            Ok((true, _waker)) => Poll::Ready(Ok(())),
            Ok((false, _old)) => Poll::Pending,
            Err(error) => Poll::Ready(Err(error)),
        }
    }

    /// The key in the reactor of this executor, where the descriptor is registered from now on.
    fn key_in(&self, local: &Local, descriptor: RawFd) -> io::Result<usize> {
        if let Some(registration) = &*self.registration.borrow()
            && local.is_half_of(&registration.shared)
        {
            return Ok(registration.key);
        }
        let new = Registration::new(local, descriptor)?;
        let key = new.key;
        // Its end is one letter to the executor before; nothing is borrowed meanwhile.
        drop(self.registration.replace(Some(new)));
        Ok(key)
    }
}

impl Local {
    /// The reactor, which is made for the first source.
    fn reactor(&self) -> io::Result<&Reactor> {
        if let Some(reactor) = self.reactor.get() {
            return Ok(reactor);
        }
        let (reactor, remote) = Reactor::new()?;
        // Only set here, and there is one reactor for each `Shared`.
        let _ = self.shared.reactor.set(remote);
        Ok(self.reactor.get_or_init(|| reactor))
    }
}
