//! Turns readiness events of the operating system into wake-ups.
//!
//! A descriptor is registered once, for everything, and edge-triggered. What an event says is remembered until an operation finds
//! otherwise. It is only a hint: a wrong one costs one more attempt.

use crate::foreign::wake;
use crate::io::descriptor;
use mio::unix::SourceFd;
use mio::{Interest, Registry, Token};
use slab::Slab;
use std::cell::RefCell;
use std::io;
use std::os::fd::RawFd;
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};
use std::task::Waker;
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

/// Set for good by an event that says that nothing will follow: no further one tells of the end. Or by urgent data, at which a read may
/// stop.
const LASTS: u8 = 1 << 2;

/// What is known of a source: a bit for each direction that is ready. Read and written by the thread that has the source, and by the one
/// that watches it, which are nearly always the same: so all of it is relaxed, and no step is atomic. What the other thread has changed
/// meanwhile is lost, but whoever takes a source elsewhere registers it anew before it waits.
#[derive(Default)]
pub(crate) struct Readiness(AtomicU8);

impl Readiness {
    #[inline]
    pub(crate) fn is_ready(&self, direction: Direction) -> bool {
        self.0.load(Ordering::Relaxed) & (1 << direction as u8) != 0
    }

    /// The system has said `WouldBlock`.
    pub(crate) fn clear(&self, direction: Direction) {
        self.0.store(self.0.load(Ordering::Relaxed) & !(1 << direction as u8), Ordering::Relaxed);
    }

    /// A short read may have been the last one. It was not if the end is to be read still, or data behind urgent data.
    pub(crate) fn clear_drained(&self) {
        if self.0.load(Ordering::Relaxed) & LASTS == 0 {
            self.clear(Direction::Read);
        }
    }

    fn set(&self, flags: u8) {
        self.0.store(self.0.load(Ordering::Relaxed) | flags, Ordering::Relaxed);
    }
}

/// A registered source, and who waits for it.
#[derive(Default)]
pub(crate) struct Watched {
    readiness: Arc<Readiness>,
    wakers: [Option<Waker>; 2],
}

/// The part of a reactor that other threads use.
pub(crate) struct Remote {
    /// Ends a wait.
    pub(crate) bell: mio::Waker,
    registry: Registry,
}

impl Remote {
    /// Ends a registration. The reactor frees its key afterwards, by `forget`.
    pub(crate) fn deregister(&self, descriptor: RawFd) {
        // Fails if the descriptor was closed before: then there is nothing to undo.
        let _ = self.registry.deregister(&mut SourceFd(&descriptor));
    }
}

pub(crate) struct Reactor {
    poll: RefCell<mio::Poll>,
    events: RefCell<mio::Events>,
    sources: RefCell<Slab<Watched>>,
    /// Empty between two turns; kept for its memory.
    woken: RefCell<Vec<Waker>>,
}

impl Reactor {
    /// A reactor, and the part of it for other threads.
    pub(crate) fn new() -> io::Result<(Self, Remote)> {
        let poll = mio::Poll::new()?;
        let bell = mio::Waker::new(poll.registry(), BELL)?;
        let remote = Remote { bell, registry: poll.registry().try_clone()? };
        let reactor = Self {
            poll: RefCell::new(poll),
            events: RefCell::new(mio::Events::with_capacity(EVENTS)),
            sources: RefCell::default(),
            woken: RefCell::default(),
        };
        Ok((reactor, remote))
    }

    /// Whether there is anything to wait for.
    pub(crate) fn is_used(&self) -> bool {
        !self.sources.borrow().is_empty()
    }

    /// Watches a descriptor from now on; nothing is known of it yet. Returns its key.
    pub(crate) fn register(&self, descriptor: RawFd) -> io::Result<(usize, Arc<Readiness>)> {
        let source = Watched::default();
        let readiness = Arc::clone(&source.readiness);
        let key = self.sources.borrow_mut().insert(source);
        let interest = Interest::READABLE | Interest::WRITABLE;
        #[cfg(target_os = "linux")]
        let interest = interest | Interest::PRIORITY;
        let registered = self.poll.borrow().registry().register(&mut SourceFd(&descriptor), Token(key), interest);
        if let Err(error) = registered {
            drop(self.forget(key));
            return Err(error);
        }
        Ok((key, readiness))
    }

    /// Frees the key of a registration that has ended. Returns what was there, to be dropped when nothing is borrowed: wakers are
    /// foreign code.
    pub(crate) fn forget(&self, key: usize) -> Watched {
        self.sources.borrow_mut().remove(key)
    }

    /// Says who is woken. Returns the waker that was there.
    pub(crate) fn set_waker(&self, key: usize, direction: Direction, waker: Waker) -> Option<Waker> {
        self.sources.borrow_mut()[key].wakers[direction as usize].replace(waker)
    }

    /// Waits for events, and notes what they say.
    pub(crate) fn turn(&self, timeout: Option<Duration>) {
        let mut poll = self.poll.borrow_mut();
        let mut events = self.events.borrow_mut();
        if let Err(error) = descriptor::wait(&mut poll, &mut events, timeout) {
            // A signal has come: not an event, but the caller looks at everything anyway.
            assert!(error.kind() == io::ErrorKind::Interrupted, "the system does not tell of events any more: {error}");
            return;
        }
        let mut sources = self.sources.borrow_mut();
        let mut woken = self.woken.borrow_mut();
        for event in events.iter() {
            let Some(Watched { readiness, wakers }) = sources.get_mut(event.token().0) else { continue };
            let is_error = event.is_error();
            if event.is_priority() || event.is_read_closed() || is_error {
                readiness.set(LASTS);
            }
            let can_read = event.is_readable() || event.is_read_closed() || is_error;
            let can_write = event.is_writable() || event.is_write_closed() || is_error;
            for (direction, _) in [can_read, can_write].into_iter().enumerate().filter(|(_, can)| *can) {
                readiness.set(1 << direction);
                woken.extend(wakers[direction].take());
            }
        }
    }

    /// Wakes those for whom there were events. Apart from `turn`, so that no borrow is held while foreign code runs.
    pub(crate) fn wake_ready(&self) {
        let mut woken = self.woken.take();
        wake(woken.drain(..));
        self.woken.replace(woken);
    }
}
