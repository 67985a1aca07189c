//! A hierarchical timer wheel: eleven levels of 64 slots, each level 64 times as coarse as the one below.
//!
//! An entry lies in the slot of the highest six bits in which its tick differs from `elapsed`. When time reaches a slot of a
//! higher level, its entries are sorted into the levels below. The levels cover every tick that there is, so no slot is ever used
//! for two rounds at once: all slots in use lie ahead of `elapsed`, on each level. Lists are doubly linked by index, so to add and
//! to remove an entry takes constant time, and no `unsafe`.

use slab::Slab;
use std::task::Waker;

const SLOTS: usize = 64;
const BITS: u32 = SLOTS.trailing_zeros();
const LEVELS: usize = u64::BITS.div_ceil(BITS) as usize;
/// No entry.
const NIL: u32 = u32::MAX;
/// The list of entries whose time has come, as the index of a list.
const EXPIRED: u16 = (LEVELS * SLOTS) as u16;
/// In no list: the entry has fired.
const FIRED: u16 = EXPIRED + 1;
/// How many entries of a slot are looked at to find the earliest.
const SCAN: usize = 16;

struct Entry {
    tick: u64,
    waker: Option<Waker>,
    next: u32,
    previous: u32,
    list: u16,
}

pub(super) struct Wheel {
    entries: Slab<Entry>,
    /// The first and the last entry of each list. Lists are in order of insertion, and so timers fire.
    heads: [u32; LEVELS * SLOTS + 1],
    tails: [u32; LEVELS * SLOTS + 1],
    /// For each level, the slots that are not empty.
    occupied: [u64; LEVELS],
    /// The levels that have such.
    levels: u16,
    /// The tick up to which everything has been moved to the expired list.
    elapsed: u64,
}

impl Wheel {
    pub(super) fn new() -> Self {
        let lists = [NIL; LEVELS * SLOTS + 1];
        Self { entries: Slab::new(), heads: lists, tails: lists, occupied: [0; LEVELS], levels: 0, elapsed: 0 }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.levels == 0 && !self.has_expired()
    }

    /// Adds a timer that fires when `advance` reaches the tick.
    pub(super) fn insert(&mut self, tick: u64, waker: Waker) -> usize {
        let key = self.entries.insert(Entry { tick, waker: Some(waker), next: NIL, previous: NIL, list: FIRED });
        assert!(key < NIL as usize, "at most 2^32 - 1 timers");
        self.link(key as u32);
        key
    }

    /// Removes a timer. Returns its waker, so that the caller can drop it where it likes.
    pub(super) fn remove(&mut self, key: usize) -> Option<Waker> {
        self.unlink(key as u32);
        self.entries.remove(key).waker
    }

    pub(super) fn has_fired(&self, key: usize) -> bool {
        self.entries[key].list == FIRED
    }

    /// Whether this waker is the one that is there.
    pub(super) fn has_waker(&self, key: usize, waker: &Waker) -> bool {
        self.entries[key].waker.as_ref().is_some_and(|old| old.will_wake(waker))
    }

    /// Says who is woken. Returns the waker that was there, so that the caller can drop it where it likes.
    pub(super) fn set_waker(&mut self, key: usize, waker: Waker) -> Option<Waker> {
        self.entries[key].waker.replace(waker)
    }

    /// Moves everything up to this tick to the expired list.
    pub(super) fn advance(&mut self, now: u64) {
        while let Some((list, tick)) = self.next_slot().filter(|(_, tick)| *tick <= now) {
            self.elapsed = tick.max(self.elapsed);
            let mut key = self.take_list(list);
            while key != NIL {
                let next = self.entries[key as usize].next;
                self.link(key);
                key = next;
            }
        }
        self.elapsed = now.max(self.elapsed);
    }

    /// Takes the next expired timer, which counts as fired from then on.
    pub(super) fn pop_expired(&mut self) -> Option<Waker> {
        while self.heads[EXPIRED as usize] != NIL {
            let key = self.heads[EXPIRED as usize];
            self.unlink(key);
            let waker = self.entries[key as usize].waker.take();
            if waker.is_some() {
                return waker;
            }
        }
        None
    }

    pub(super) fn has_expired(&self) -> bool {
        self.heads[EXPIRED as usize] != NIL
    }

    /// The tick at which to look again: that of the next timer, or an earlier one if finding it would take long.
    pub(super) fn next_tick(&self) -> Option<u64> {
        if self.has_expired() {
            return Some(self.elapsed);
        }
        let (list, start) = self.next_slot()?;
        let mut earliest = u64::MAX;
        let mut key = self.heads[list as usize];
        for _ in 0..SCAN {
            if key == NIL {
                return Some(earliest);
            }
            let entry = &self.entries[key as usize];
            earliest = earliest.min(entry.tick);
            key = entry.next;
        }
        Some(start)
    }

    /// The earliest slot that is not empty, and the tick at which it begins.
    fn next_slot(&self) -> Option<(u16, u64)> {
        let level = self.levels.trailing_zeros() as usize;
        // The first slot in use is the next one, since all of them lie ahead.
        let slot = self.occupied.get(level)?.trailing_zeros();
        let shift = BITS * level as u32;
        let round = self.elapsed >> shift & !(SLOTS as u64 - 1);
        Some(((level * SLOTS) as u16 + slot as u16, (round | u64::from(slot)) << shift))
    }

    /// Puts an entry that is in no list into the one where it belongs.
    fn link(&mut self, key: u32) {
        let tick = self.entries[key as usize].tick;
        let list = if tick <= self.elapsed {
            EXPIRED
        } else {
            // Bits of the first level count even if they are equal.
            let differing = (tick ^ self.elapsed) | (SLOTS as u64 - 1);
            let level = (differing.ilog2() / BITS) as usize;
            let slot = (tick >> (BITS * level as u32)) as usize % SLOTS;
            self.occupied[level] |= 1 << slot;
            self.levels |= 1 << level;
            (level * SLOTS + slot) as u16
        };
        let tail = std::mem::replace(&mut self.tails[list as usize], key);
        match tail {
            NIL => self.heads[list as usize] = key,
            _ => self.entries[tail as usize].next = key,
        }
        let entry = &mut self.entries[key as usize];
        (entry.next, entry.previous, entry.list) = (NIL, tail, list);
    }

    fn unlink(&mut self, key: u32) {
        let entry = &mut self.entries[key as usize];
        let (next, previous, list) = (entry.next, entry.previous, entry.list);
        if list == FIRED {
            return;
        }
        entry.list = FIRED;
        match next {
            NIL => self.tails[list as usize] = previous,
            _ => self.entries[next as usize].previous = previous,
        }
        match previous {
            NIL => self.heads[list as usize] = next,
            _ => self.entries[previous as usize].next = next,
        }
        if self.heads[list as usize] == NIL && list != EXPIRED {
            self.clear_slot(list);
        }
    }

    /// Empties a slot. Its entries stay linked to each other.
    fn take_list(&mut self, list: u16) -> u32 {
        self.clear_slot(list);
        self.tails[list as usize] = NIL;
        std::mem::replace(&mut self.heads[list as usize], NIL)
    }

    /// The slot is empty from now on.
    fn clear_slot(&mut self, list: u16) {
        let level = list as usize / SLOTS;
        self.occupied[level] &= !(1 << (list as usize % SLOTS));
        if self.occupied[level] == 0 {
            self.levels &= !(1 << level);
        }
    }
}

#[cfg(test)]
#[path = "wheel_model.rs"]
mod model;
