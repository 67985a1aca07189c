//! What other threads write to: a bell that ends the sleep of its owner, and a box of letters with such a bell.
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
use std::ops::Deref;

const AWAKE: u8 = 0;
/// Set while the owner's thread is parked. Never set by others.
const PARKED: u8 = 1;
/// Set while the owner waits in the reactor. Never set by others.
const POLLING: u8 = 2;
/// Set when there may be letters.
const RUNG: u8 = 3;

/// Where the owner sleeps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum Bed {
    /// In `std::thread::park`.
    Thread = PARKED,
    /// In the reactor.
    Reactor = POLLING,
}

pub(crate) struct Bell(AtomicU8);

impl Bell {
    pub(crate) fn new() -> Self {
        Self(AtomicU8::new(AWAKE))
    }

    /// Tells the owner to look, for something that is written down elsewhere. Returns where it sleeps, if the caller has to wake it.
    #[must_use = "the owner sleeps on unless it is woken"]
    pub(crate) fn ring(&self) -> Option<Bed> {
        // Release: what was written before is seen by the owner. Acquire: nothing to read, but the swaps form one chain.
        match self.0.swap(RUNG, Ordering::AcqRel) {
            PARKED => Some(Bed::Thread),
            POLLING => Some(Bed::Reactor),
            _ => None,
        }
    }

    /// For the owner: whether the bell has rung. Costs a load.
    #[inline]
    pub(crate) fn is_rung(&self) -> bool {
        self.0.load(Ordering::Relaxed) == RUNG
    }

    /// For the owner: whether it may sleep now. If so, `get_up` follows.
    pub(crate) fn lie_down(&self, bed: Bed) -> bool {
        self.0.compare_exchange(AWAKE, bed as u8, Ordering::AcqRel, Ordering::Acquire).is_ok()
    }

    /// For the owner: leaves the sleeping state. A bell that has rung meanwhile stays rung.
    pub(crate) fn get_up(&self, bed: Bed) {
        let _ = self.0.compare_exchange(bed as u8, AWAKE, Ordering::AcqRel, Ordering::Acquire);
    }

    /// For the owner: the bell has not rung from now on. What is read after this was written before the bell.
    pub(crate) fn reset(&self) {
        // Acquire: pairs with the release in `ring`.
        self.0.swap(AWAKE, Ordering::AcqRel);
    }
}

/// Letters for one owner, from any thread.
pub(crate) struct Mailbox<T> {
    bell: Bell,
    /// `None` when it is closed.
    letters: Mutex<Option<Vec<T>>>,
}

impl<T> Mailbox<T> {
    pub(crate) fn new() -> Self {
        Self { bell: Bell::new(), letters: Mutex::new(Some(Vec::new())) }
    }

    fn letters(&self) -> MutexGuard<'_, Option<Vec<T>>> {
        // No code of a user runs under the lock, so a poisoned list is still a list.
        self.letters.lock().unwrap_or_else(|error| error.into_inner())
    }

    /// Puts a letter in, or gives it back if the box is closed. Returns what `ring` does.
    pub(crate) fn post(&self, letter: T) -> Result<Option<Bed>, T> {
        match &mut *self.letters() {
            Some(letters) => letters.push(letter),
            None => return Err(letter),
        }
        Ok(self.ring())
    }

    /// For the owner: takes all letters out.
    pub(crate) fn empty(&self) -> Vec<T> {
        self.reset();
        self.letters().as_mut().map(std::mem::take).unwrap_or_default()
    }

    /// For the owner: takes what is left, and refuses what still comes.
    pub(crate) fn close(&self) -> Vec<T> {
        self.letters().take().unwrap_or_default()
    }

    pub(crate) fn is_closed(&self) -> bool {
        self.letters().is_none()
    }
}

impl<T> Deref for Mailbox<T> {
    type Target = Bell;

    fn deref(&self) -> &Bell {
        &self.bell
    }
}
