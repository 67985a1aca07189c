//! Turns readiness events of the operating system into wake-ups.
//!
//! A descriptor is registered once, for everything, and edge-triggered. What an event says is remembered until an operation finds
//! otherwise. It is only a hint: a late event that meets the next source with the same key does nothing but one more attempt.

use crate::local::Local;
use crate::shared::Shared;
use crate::time::wake;
use mio::unix::SourceFd;
use mio::{Interest, Token};
use slab::Slab;
use std::cell::{Cell, RefCell};
use std::io;
use std::os::fd::{AsFd, AsRawFd, RawFd};
use std::rc::Rc;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

/// Events taken from the system at once.
const EVENTS: usize = 256;
/// The token of the bell that other threads ring.
const BELL: Token = Token(usize::MAX);

/// What a task can wait for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Direction {
    Read = 0,
    Write = 1,
}

/// What is known of a source.
#[derive(Default)]
struct Readiness {
    ready: [Cell<bool>; 2],
    /// Set for good by an event that says that nothing will follow. Such a direction stays ready after a short read: no
    /// further event tells of the end.
    closed: [Cell<bool>; 2],
    wakers: [Cell<Option<Waker>>; 2],
}

impl Readiness {
    fn set(&self, direction: Direction, closed: bool) -> Option<Waker> {
        self.ready[direction as usize].set(true);
        if closed {
            self.closed[direction as usize].set(true);
        }
        self.wakers[direction as usize].take()
    }
}

pub(crate) struct Reactor {
    poll: RefCell<mio::Poll>,
    events: RefCell<mio::Events>,
    sources: RefCell<Slab<Rc<Readiness>>>,
    /// Empty between two turns; kept for its memory.
    woken: RefCell<Vec<Waker>>,
}

impl Reactor {
    fn new(shared: &Shared) -> io::Result<Self> {
        let poll = mio::Poll::new()?;
        let bell = mio::Waker::new(poll.registry(), BELL)?;
        // Only set here, and there is one reactor for each `Shared`.
        let _ = shared.reactor.set(bell);
        Ok(Self {
            poll: RefCell::new(poll),
            events: RefCell::new(mio::Events::with_capacity(EVENTS)),
            sources: RefCell::default(),
            woken: RefCell::default(),
        })
    }

    /// Whether there is anything to wait for.
    pub(crate) fn is_used(&self) -> bool {
        !self.sources.borrow().is_empty()
    }

    /// Waits for events, and notes what they say.
    pub(crate) fn turn(&self, timeout: Option<Duration>) {
        let mut poll = self.poll.borrow_mut();
        let mut events = self.events.borrow_mut();
        if let Err(error) = crate::io::wait(&mut poll, &mut events, timeout) {
            // A signal has come: not an event, but the caller looks at everything anyway.
            assert!(error.kind() == io::ErrorKind::Interrupted, "the system does not tell of events any more: {error}");
            return;
        }
        let sources = self.sources.borrow();
        let mut woken = self.woken.borrow_mut();
        for event in events.iter() {
            let Some(source) = sources.get(event.token().0) else { continue };
            let is_error = event.is_error();
            if event.is_readable() || event.is_read_closed() || is_error {
                woken.extend(source.set(Direction::Read, event.is_read_closed() || is_error));
            }
            if event.is_writable() || event.is_write_closed() || is_error {
                woken.extend(source.set(Direction::Write, event.is_write_closed() || is_error));
            }
        }
    }

    /// Wakes those for whom there were events. Apart from `turn`, so that no borrow is held while foreign code runs.
    pub(crate) fn wake_ready(&self) {
        let mut woken = self.woken.take();
        wake(woken.drain(..));
        *self.woken.borrow_mut() = woken;
    }
}

/// A descriptor that the reactor watches.
pub(crate) struct Registration {
    local: Rc<Local>,
    readiness: Rc<Readiness>,
    descriptor: RawFd,
    key: usize,
}

impl Registration {
    /// Watches a descriptor from now on; nothing is known of it yet.
    fn new(local: &Local, descriptor: RawFd) -> io::Result<Self> {
        let reactor = match local.reactor.get() {
            Some(reactor) => reactor,
            None => {
                let reactor = Reactor::new(&local.shared)?;
                local.reactor.get_or_init(|| reactor)
            }
        };
        let readiness = Rc::new(Readiness::default());
        let key = reactor.sources.borrow_mut().insert(Rc::clone(&readiness));
        let interest = Interest::READABLE | Interest::WRITABLE;
        let registered = reactor.poll.borrow().registry().register(&mut SourceFd(&descriptor), Token(key), interest);
        if let Err(error) = registered {
            // Not by the drop of a `Registration`: that would undo one that the descriptor has already.
            reactor.sources.borrow_mut().remove(key);
            return Err(error);
        }
        Ok(Self { local: local.rc(), readiness, descriptor, key })
    }
}

impl Drop for Registration {
    fn drop(&mut self) {
        let Some(reactor) = self.local.reactor.get() else { return };
        // Fails if the descriptor was closed before: then there is nothing to undo.
        let _ = reactor.poll.borrow().registry().deregister(&mut SourceFd(&self.descriptor));
        let readiness = reactor.sources.borrow_mut().remove(self.key);
        // Its wakers may belong to tasks that have more sources.
        drop(readiness);
    }
}

/// A source before and after its registration, which waits until there is something to wait for.
#[derive(Default)]
pub(crate) struct Source {
    registration: RefCell<Option<Registration>>,
}

impl Source {
    /// Whether an operation in this direction is worth an attempt.
    pub(crate) fn is_ready(&self, direction: Direction) -> bool {
        match &*self.registration.borrow() {
            Some(registration) => registration.readiness.ready[direction as usize].get(),
            // Not yet known to be otherwise.
            None => true,
        }
    }

    /// The attempt has shown that nothing is left. A direction that is closed goes on being ready, unless the system itself has
    /// said `WouldBlock`.
    pub(crate) fn clear(&self, direction: Direction, would_block: bool) {
        if let Some(registration) = &*self.registration.borrow() {
            let readiness = &registration.readiness;
            if would_block || !readiness.closed[direction as usize].get() {
                readiness.ready[direction as usize].set(false);
            }
        }
    }

    /// Waits for an event, if none has come since the attempt.
    pub(crate) fn poll_ready(
        &self,
        descriptor: &impl AsFd,
        direction: Direction,
        context: &mut Context<'_>,
    ) -> Poll<io::Result<()>> {
        let mut registration = self.registration.borrow_mut();
        let registered = Local::with_current(|local| match &*registration {
            Some(registration) if std::ptr::eq(&*registration.local, local) => Ok(()),
            Some(_) => panic!(
                "a socket was used in another executor than before\n\
                 help: make one socket for each executor, or hand over its descriptor"
            ),
            None => Registration::new(local, descriptor.as_fd().as_raw_fd()).map(|new| *registration = Some(new)),
        });
        if let Err(error) = registered.unwrap_or_else(|| crate::local::no_executor("a socket")) {
            return Poll::Ready(Err(error));
        }
        let readiness = registration.as_ref().map(|registration| Rc::clone(&registration.readiness));
        drop(registration);
        let Some(readiness) = readiness else { unreachable!("registered above") };
        if readiness.ready[direction as usize].get() {
            return Poll::Ready(Ok(()));
        }
        let slot = &readiness.wakers[direction as usize];
        match slot.take() {
            Some(old) if old.will_wake(context.waker()) => slot.set(Some(old)),
            // The old waker is dropped when nothing is borrowed.
            _ => slot.set(Some(context.waker().clone())),
        }
        Poll::Pending
    }
}
