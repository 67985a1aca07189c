//! The wheel against a sorted map: whatever is done to both, the same timers fire at the same ticks.

use super::Wheel;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::task::{Wake, Waker};

/// Tells which timer was woken.
struct Named {
    name: u64,
    last: Arc<AtomicU64>,
}

impl Wake for Named {
    fn wake(self: Arc<Self>) {
        self.last.store(self.name, Ordering::Relaxed);
    }
}

/// A timer that has been inserted and not removed.
#[derive(Clone, Copy)]
struct Timer {
    name: u64,
    tick: u64,
    key: usize,
}

struct Model {
    wheel: Wheel,
    now: u64,
    /// Those that have not fired, by their ticks.
    armed: BTreeMap<(u64, u64), usize>,
    timers: Vec<Timer>,
    names: u64,
    last: Arc<AtomicU64>,
    seed: u64,
    steps: u64,
}

impl Model {
    fn new(seed: u64, now: u64) -> Self {
        let mut wheel = Wheel::new();
        wheel.advance(now);
        let last = Arc::default();
        Self { wheel, now, armed: BTreeMap::new(), timers: Vec::new(), names: 0, last, seed, steps: 0 }
    }

    /// splitmix64.
    fn random(&mut self) -> u64 {
        self.seed = self.seed.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut bits = self.seed;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        bits ^ (bits >> 31)
    }

    /// A distance of any magnitude: as many of one tick as of 2^`magnitudes`.
    fn distance(&mut self, magnitudes: u64) -> u64 {
        let bits = self.random() % (magnitudes + 1);
        self.random() >> (63 - bits)
    }

    fn insert(&mut self, tick: u64) {
        self.names += 1;
        let name = self.names;
        let waker = Waker::from(Arc::new(Named { name, last: Arc::clone(&self.last) }));
        let key = self.wheel.insert(tick, waker);
        self.armed.insert((tick, name), key);
        self.timers.push(Timer { name, tick, key });
    }

    fn remove(&mut self, index: usize) {
        let Timer { name, tick, key } = self.timers.swap_remove(index);
        let is_armed = self.armed.remove(&(tick, name)).is_some();
        assert_eq!(self.wheel.has_fired(key), !is_armed);
        assert_eq!(self.wheel.remove(key).is_some(), is_armed);
    }

    /// Goes to this tick, and lets everything fire that is due.
    fn advance(&mut self, now: u64) {
        self.now = now;
        self.wheel.advance(now);
        let mut previous = 0;
        let mut due = self.armed.range(..=(now, u64::MAX)).count();
        while let Some(waker) = self.wheel.pop_expired() {
            waker.wake();
            let name = self.last.load(Ordering::Relaxed);
            let timer = self.timers.iter().find(|timer| timer.name == name).expect("it was not removed");
            assert!(timer.tick <= now, "a timer for {} is early at {now}", timer.tick);
            // One that was late already when it was made comes in its turn.
            assert!(timer.tick >= previous || previous == now, "{} after {previous}", timer.tick);
            previous = timer.tick;
            assert!(self.armed.remove(&(timer.tick, name)).is_some(), "a timer fires twice");
            assert!(self.wheel.has_fired(timer.key));
            due -= 1;
        }
        assert_eq!(due, 0, "{due} timers are late at {now}");
    }

    /// What an executor goes by when it sleeps.
    fn check_next(&self) {
        assert_eq!(self.wheel.is_empty(), self.armed.is_empty());
        let first = self.armed.first_key_value().map(|((tick, _), _)| *tick);
        let (next, first) = match (self.wheel.next_tick(), first) {
            (None, None) => return,
            (next, first) => (next.expect("there are timers"), first.expect("there are timers")),
        };
        assert!(next <= first.max(self.now), "woken at {next} for {first}");
        assert!(next >= self.now, "woken at {next}, before {}", self.now);
        // A sleep that ends too early has to come nearer each time, or it would not be one.
        assert!(next > self.now || first <= self.now, "no sleep at {next} for {first}");
    }

    fn step(&mut self, magnitudes: u64) {
        self.steps += 1;
        match self.random() % 16 {
            0..6 if self.timers.len() < 400 => {
                let distance = self.distance(magnitudes);
                self.insert(self.now.saturating_add(distance));
            }
            // As a `reset` does.
            6 if !self.timers.is_empty() => {
                let index = self.random() as usize % self.timers.len();
                self.remove(index);
                let distance = self.distance(magnitudes);
                self.insert(self.now.saturating_add(distance));
            }
            7..11 if !self.timers.is_empty() => {
                let index = self.random() as usize % self.timers.len();
                self.remove(index);
            }
            11 | 12 => {
                let distance = self.distance(magnitudes);
                self.advance(self.now.saturating_add(distance));
            }
            _ => {
                // As an executor does that has nothing but timers.
                if let Some(next) = self.wheel.next_tick() {
                    self.advance(next);
                }
            }
        }
        self.check_next();
    }
}

fn run(magnitudes: u64, starts: impl Iterator<Item = u64>, steps: u64) {
    for (seed, start) in starts.enumerate() {
        let mut model = Model::new(seed as u64 ^ (magnitudes << 32), start);
        for _ in 0..steps {
            model.step(magnitudes);
        }
        assert_eq!(model.steps, steps);
        // Then the rest, as they come.
        while let Some(next) = model.wheel.next_tick() {
            model.advance(next);
            model.check_next();
        }
        assert!(model.armed.is_empty());
    }
}

/// Two million steps, from places where no bit, one bit and all bits are about to change.
#[test]
fn timers_are_never_late_and_never_early_up_to_2_to_the_51() {
    let starts = || (0..51).step_by(5).flat_map(|bit| [1 << bit, (1 << bit) - 1]);
    for magnitudes in [6, 13, 30, 37, 42, 51] {
        run(magnitudes, starts(), 15_000);
    }
}

/// And beyond, to the end of the ticks.
#[test]
fn timers_are_never_late_and_never_early_at_the_end_of_all_ticks() {
    run(20, [u64::MAX - (1 << 24), u64::MAX - 1000, u64::MAX - 1, u64::MAX].into_iter(), 5_000);
    run(63, [0, 1 << 62, 1 << 63].into_iter(), 5_000);
}

/// A sleep beyond one round of a level, with a nearer one beside it, in both orders.
#[test]
fn the_nearest_of_two_is_the_next() {
    for level in 0..11 {
        for start in [0, 1, 63, 64, 1 << 30, (1 << 36) - 1] {
            let far = (64 << (6 * level)) | 5;
            let mut model = Model::new(0, start);
            let near = far / 4 + 1;
            model.insert(start.saturating_add(far));
            model.insert(start + near);
            for _ in 0..64 {
                model.check_next();
                let Some(next) = model.wheel.next_tick() else { break };
                model.advance(next);
            }
            assert!(model.armed.is_empty());
        }
    }
}
