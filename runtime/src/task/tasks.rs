//! The tasks of an executor that live: whose turn it is, and how each is called.
//!
//! A task is in the queue while it is to be polled, and for good in the registry once it has had to wait; or it runs. The executor has
//! its reference to each of them, and every `unsafe` here relies on that. The root is a task in this respect, but is counted nowhere.

use super::queue::{Queue, Shuffle};
use super::registry::Registry;
use super::{Header, TaskPtr};
use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;

/// What a task is about to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u32)]
enum Turn {
    /// Nothing, because it is not the executor's yet: it lies in a letter.
    Outside = 0,
    /// To be polled: it is in the queue.
    Queued = 1,
    /// It is being polled, dropped or ended, or has ended.
    Running = 2,
    /// The same, and it was woken meanwhile: it comes into the queue afterwards, behind all that are there by then.
    Woken = 3,
    /// To be woken.
    Waiting = 4,
}

/// The turn of a task and its number in the registry: in one word, so that the header has 48 bytes, and a small task a block of 64.
pub(super) struct Whereabouts(Cell<u32>);

impl Whereabouts {
    /// For the turn; the rest is the number.
    const BITS: u32 = 3;
    const TURN: u32 = (1 << Self::BITS) - 1;
    const NO_NUMBER: u32 = u32::MAX >> Self::BITS;
    /// Of the root, which is in no registry.
    const ROOT: u32 = Self::NO_NUMBER - 1;

    pub(super) fn outside() -> Self {
        Self(Cell::new((Self::NO_NUMBER << Self::BITS) | Turn::Outside as u32))
    }

    /// The root runs between two calls of `run`, so that nothing need be done when one begins: a wake-up is another poll then.
    pub(super) fn set_root(&self) {
        self.0.set((Self::ROOT << Self::BITS) | Turn::Running as u32);
    }

    #[inline]
    fn is(&self, turn: Turn) -> bool {
        self.0.get() & Self::TURN == turn as u32
    }

    #[inline]
    fn set(&self, turn: Turn) {
        self.0.set((self.0.get() & !Self::TURN) | turn as u32);
    }

    #[inline]
    fn number(&self) -> Option<u32> {
        let number = self.0.get() >> Self::BITS;
        (number != Self::NO_NUMBER).then_some(number)
    }

    /// # Panics
    ///
    /// If there are half a billion tasks.
    fn set_number(&self, number: u32) {
        assert!(number < Self::ROOT, "{number} tasks wait already, and there is no room for more");
        self.0.set((number << Self::BITS) | (self.0.get() & Self::TURN));
    }
}

/// What is not so with most executors: asked for all at once.
mod special {
    /// It goes, and what is spawned is dropped.
    pub(super) const IS_CLOSING: u8 = 1;
    /// Tasks are taken in the order of a seed.
    pub(super) const IS_SHUFFLED: u8 = 1 << 1;
    /// There has been a task with a name.
    pub(super) const HAS_NAMES: u8 = 1 << 2;
}

pub(crate) struct Tasks {
    special: Cell<u8>,
    /// The task that is being polled, dropped or ended.
    running: Cell<Option<TaskPtr>>,
    queue: Queue,
    len: Cell<usize>,
    registry: RefCell<Registry>,
    /// In place of the queue, if there is a seed.
    shuffle: RefCell<Shuffle>,
    /// Whether the running task lets all others go first.
    yields: Cell<bool>,
    /// Few tasks have a name, so it is kept apart.
    names: RefCell<BTreeMap<TaskPtr, String>>,
}

impl Tasks {
    /// With 0 for a seed, tasks are taken first come, first served.
    pub(crate) fn new(seed: u64) -> Self {
        Self {
            special: Cell::new(if seed == 0 { 0 } else { special::IS_SHUFFLED }),
            running: Cell::new(None),
            queue: Queue::default(),
            len: Cell::new(0),
            registry: RefCell::default(),
            shuffle: RefCell::new(Shuffle::new(seed)),
            yields: Cell::new(false),
            names: RefCell::default(),
        }
    }

    #[inline]
    fn is_special(&self, what: u8) -> bool {
        self.special.get() & what != 0
    }

    /// From now on, no task is taken in.
    pub(crate) fn begin_closing(&self) {
        self.special.set(self.special.get() | special::IS_CLOSING);
    }

    /// Takes in a task, which is to be polled. Returns whether it did.
    ///
    /// # Safety
    ///
    /// It lives, and the executor has just got its reference to it, which it keeps until after `remove`.
    #[inline(always)]
    pub(crate) unsafe fn insert(&self, task: TaskPtr, name: Option<String>) -> bool {
        if self.is_special(special::IS_CLOSING) {
            return false;
        }
        if let Some(name) = name {
            self.set_name(task, name);
        }
        self.len.set(self.len.get() + 1);
        // SAFETY: The caller's promise: it lives, and a new task is in no queue.
        unsafe { self.enqueue(task, task.header(), false) };
        true
    }

    #[cold]
    fn set_name(&self, task: TaskPtr, name: String) {
        self.special.set(self.special.get() | special::HAS_NAMES);
        self.names.borrow_mut().insert(task, name);
    }

    /// # Safety
    ///
    /// The task is one of these, or the root, and not in the queue.
    #[inline]
    unsafe fn enqueue(&self, task: TaskPtr, header: &Header, may_be_last: bool) {
        header.whereabouts.set(Turn::Queued);
        if self.is_special(special::IS_SHUFFLED) {
            return self.shuffle.borrow_mut().push(task, may_be_last && self.yields.take());
        }
        // SAFETY: The caller's promise. It is popped before its reference is given up.
        unsafe { self.queue.push(task) };
    }

    /// Sees to it that a woken task comes into the queue, unless it is there already, has ended, or has not been inserted yet. Returns
    /// whether that was news.
    ///
    /// # Safety
    ///
    /// It lives, and was made for this executor.
    #[inline]
    pub(crate) unsafe fn wake(&self, task: TaskPtr) -> bool {
        // SAFETY: The caller promises that it lives.
        let header = unsafe { task.header() };
        if header.whereabouts.is(Turn::Waiting) {
            // SAFETY: One that waits is not in the queue.
            unsafe { self.enqueue(task, header, false) };
            return true;
        }
        let is_running = header.whereabouts.is(Turn::Running);
        if is_running {
            header.whereabouts.set(Turn::Woken);
        }
        is_running
    }

    /// Whether it is this task's turn, first come, first served.
    #[inline]
    pub(crate) fn is_first(&self, task: TaskPtr) -> bool {
        self.queue.is_first(task)
    }

    /// Takes the next task out of the queue, to run.
    #[inline]
    pub(crate) fn pop(&self) -> Option<TaskPtr> {
        let task = if self.is_special(special::IS_SHUFFLED) { self.pop_shuffled() } else { self.queue.pop() }?;
        self.set_running(task);
        Some(task)
    }

    #[cold]
    fn pop_shuffled(&self) -> Option<TaskPtr> {
        self.yields.set(false);
        self.shuffle.borrow_mut().pop()
    }

    #[inline]
    fn set_running(&self, task: TaskPtr) {
        // SAFETY: It was in the queue or in the registry just now, and nothing has ended since.
        unsafe { task.header() }.whereabouts.set(Turn::Running);
        self.running.set(Some(task));
    }

    /// Takes any task, to run. Those that wait follow each other by their numbers, of which `from` is the least that is left: none
    /// may come in any more.
    pub(crate) fn pop_any(&self, from: &mut usize) -> Option<TaskPtr> {
        self.pop().or_else(|| {
            let (number, task) = self.registry.borrow().first_from(*from)?;
            *from = number;
            self.set_running(task);
            Some(task)
        })
    }

    /// The running task wants all others that are to be polled to go first.
    #[inline]
    pub(crate) fn set_yields(&self) {
        self.yields.set(true);
    }

    /// Lets a task wait that has run, or come into the queue again, if it was woken meanwhile.
    ///
    /// # Safety
    ///
    /// It is the one that `pop` has returned last, and was not removed; or the root, after a poll.
    #[inline]
    pub(crate) unsafe fn rest(&self, task: TaskPtr) {
        // SAFETY: The caller promises that it was popped, so it lives.
        let header = unsafe { task.header() };
        if header.whereabouts.is(Turn::Woken) {
            // SAFETY: So it is not in the queue.
            unsafe { self.enqueue(task, header, self.yields.get()) };
        } else if header.whereabouts.is(Turn::Running) {
            header.whereabouts.set(Turn::Waiting);
            if header.whereabouts.number().is_none() {
                self.register(task, &header.whereabouts);
            }
        }
    }

    /// Once in the life of a task, at most.
    #[inline(never)]
    fn register(&self, task: TaskPtr, whereabouts: &Whereabouts) {
        whereabouts.set_number(self.registry.borrow_mut().insert(task));
    }

    /// Takes a task out that has run, for good.
    ///
    /// # Safety
    ///
    /// As in [`rest`](Self::rest).
    #[inline]
    pub(crate) unsafe fn remove(&self, task: TaskPtr) {
        // SAFETY: The caller promises that it was popped, so it lives.
        let whereabouts = &unsafe { task.header() }.whereabouts;
        self.len.set(self.len.get() - 1);
        // It stays `Running`: a wake-up does nothing to it.
        if let Some(number) = whereabouts.number() {
            self.registry.borrow_mut().remove(number);
        }
        if self.is_special(special::HAS_NAMES) {
            self.names.borrow_mut().remove(&task);
        }
    }

    /// The task that runs, if it is not the root.
    #[cfg_attr(not(feature = "trace"), expect(dead_code, reason = "only traces tell"))]
    pub(crate) fn running(&self) -> Option<TaskPtr> {
        self.running.get()
    }

    #[inline]
    pub(crate) fn none_runs(&self) {
        self.running.set(None);
    }

    /// Whether none is to be polled.
    #[inline]
    pub(crate) fn is_idle(&self) -> bool {
        if self.is_special(special::IS_SHUFFLED) { self.shuffle.borrow().is_empty() } else { self.queue.is_empty() }
    }

    pub(crate) fn len(&self) -> usize {
        self.len.get()
    }

    /// Calls a function, which must not spawn, wake or end tasks, with each task and its name.
    pub(crate) fn for_each(&self, mut function: impl FnMut(&Header, Option<&String>)) {
        let (names, shuffle) = (self.names.borrow(), self.shuffle.borrow());
        // SAFETY: It runs, or is in the queue or in the registry; one that has ended is `running` until its reference is given up.
        let header = |task: &TaskPtr| unsafe { task.header() };
        let mut visit = |task: TaskPtr| function(header(&task), names.get(&task));
        // Those in the registry follow by themselves, and the root is none of them.
        let is_apart = |task: &TaskPtr| header(task).whereabouts.number().is_none();
        let running = self.running.get().filter(|task| !header(task).has_ended());
        running.into_iter().chain(self.queue.iter()).chain(shuffle.iter()).filter(is_apart).for_each(&mut visit);
        self.registry.borrow().iter().for_each(visit);
    }

    /// ``task `name`, spawned at src/main.rs:3:5``
    ///
    /// # Safety
    ///
    /// The task lives.
    pub(crate) unsafe fn describe(&self, task: TaskPtr) -> String {
        // SAFETY: The caller's promise.
        let place = unsafe { task.header() }.place;
        match self.names.borrow().get(&task) {
            Some(name) => format!("task `{name}`, spawned at {place}"),
            None => format!("a task, spawned at {place}"),
        }
    }
}
