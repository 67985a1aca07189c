//! The one thing that other threads write to: a box of letters with a bell.
//!
//! # Why no letter is lost, and the bell rings once
//!
//! | state | set by | when |
//! | --- | --- | --- |
//! | `AWAKE` | the owner | after it has slept, and before it empties the box |
//! | `PARKED`, `POLLING` | the owner | before it sleeps, and only in place of `AWAKE` |
//! | `RUNG` | anyone | after a letter was put in |
//!
//! A sender puts its letter in and then swaps in `RUNG`. If it finds a sleeping state, it is the one that has to wake the owner; every
//! later sender finds `RUNG`. The owner sleeps only if it can replace `AWAKE`, so never past an unread letter. It swaps `RUNG` for
//! `AWAKE` *before* it reads: a letter that it misses is followed by another `RUNG`.

use crate::sync::{AtomicU8, Mutex, MutexGuard, Ordering};

const AWAKE: u8 = 0;
/// Set while the owner's thread is parked. Never set by others.
const PARKED: u8 = 1;
/// Set while the owner waits in the reactor. Never set by others.
const POLLING: u8 = 2;
/// Set when there may be letters.
const RUNG: u8 = 3;

/// Where the owner sleeps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Bed {
    /// In `std::thread::park`.
    Thread,
    /// In the reactor.
    Reactor,
}

/// Whom the caller has to wake.
#[must_use = "the owner sleeps on unless it is woken"]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Wake {
    /// Nobody: the owner is awake, or somebody else wakes it.
    Nobody,
    /// The owner, in the place where it sleeps.
    Owner(Bed),
}

/// Letters for one owner, from any thread.
pub(crate) struct Mailbox<T> {
    state: AtomicU8,
    letters: Mutex<Letters<T>>,
}

struct Letters<T> {
    list: Vec<T>,
    is_closed: bool,
}

impl<T> Mailbox<T> {
    pub(crate) fn new() -> Self {
        Self { state: AtomicU8::new(AWAKE), letters: Mutex::new(Letters { list: Vec::new(), is_closed: false }) }
    }

    fn letters(&self) -> MutexGuard<'_, Letters<T>> {
        // No code of a user runs under the lock, so a poisoned list is still a list.
        self.letters.lock().unwrap_or_else(|error| error.into_inner())
    }

    /// Puts a letter in, or gives it back if the box is closed.
    pub(crate) fn post(&self, letter: T) -> Result<Wake, T> {
        let mut letters = self.letters();
        if letters.is_closed {
            return Err(letter);
        }
        letters.list.push(letter);
        drop(letters);
        Ok(self.ring())
    }

    /// Tells the owner to look, for something that is written down elsewhere.
    pub(crate) fn ring(&self) -> Wake {
        // Release: what was written before is seen by the owner. Acquire: nothing to read, but the swaps form one chain.
        match self.state.swap(RUNG, Ordering::AcqRel) {
            PARKED => Wake::Owner(Bed::Thread),
            POLLING => Wake::Owner(Bed::Reactor),
            _ => Wake::Nobody,
        }
    }

    /// For the owner: whether the bell has rung. Costs a load.
    #[inline]
    pub(crate) fn is_rung(&self) -> bool {
        self.state.load(Ordering::Relaxed) == RUNG
    }

    /// For the owner: takes all letters out, if the bell has rung.
    pub(crate) fn empty(&self) -> Vec<T> {
        // Acquire: pairs with the release in `ring`.
        self.state.swap(AWAKE, Ordering::AcqRel);
        std::mem::take(&mut self.letters().list)
    }

    /// For the owner: whether it may sleep now. If so, `get_up` follows.
    pub(crate) fn lie_down(&self, bed: Bed) -> bool {
        let asleep = match bed {
            Bed::Thread => PARKED,
            Bed::Reactor => POLLING,
        };
        self.state.compare_exchange(AWAKE, asleep, Ordering::AcqRel, Ordering::Acquire).is_ok()
    }

    /// For the owner: leaves the sleeping state. A bell that has rung meanwhile stays rung.
    pub(crate) fn get_up(&self, bed: Bed) {
        let asleep = match bed {
            Bed::Thread => PARKED,
            Bed::Reactor => POLLING,
        };
        let _ = self.state.compare_exchange(asleep, AWAKE, Ordering::AcqRel, Ordering::Acquire);
    }

    /// For the owner: takes what is left, and refuses what still comes.
    pub(crate) fn close(&self) -> Vec<T> {
        let mut letters = self.letters();
        letters.is_closed = true;
        std::mem::take(&mut letters.list)
    }

    pub(crate) fn is_closed(&self) -> bool {
        self.letters().is_closed
    }
}
