//! The tasks of an executor that live: whose turn it is, and how each is called.
//!
//! A task is in the queue while it is to be polled, and for good in the registry once it has had to wait; or it runs. The executor has
//! its reference to each of them, and every `unsafe` here relies on that.

use super::queue::Queue;
use super::registry::Registry;
use super::{Header, TaskPtr, TaskRef};
use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::mem;

/// What a task is about to do. One bit tells `Left` from the others, and another those that can be woken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u32)]
enum Turn {
    /// Nothing, because it is not the executor's: not yet, while it lies in a letter, or never again, because it has ended.
    Outside = 0,
    /// To be polled: it is in the queue.
    Queued = 1,
    /// Nothing: it was woken while it ran, and ended then. It has a reference for as long as it is in the queue.
    Left = 2,
    /// It is being polled, dropped or ended.
    Running = 4,
    /// To be woken.
    Waiting = 5,
}

/// The turn of a task and its number in the registry: in one word, so that the header has 56 bytes, and a small task a block of 80.
pub(super) struct Whereabouts(Cell<u32>);

impl Whereabouts {
    /// For the turn; the rest is the number.
    const BITS: u32 = 3;
    const TURN: u32 = (1 << Self::BITS) - 1;
    const NO_NUMBER: u32 = u32::MAX >> Self::BITS;

    pub(super) fn outside() -> Self {
        Self(Cell::new((Self::NO_NUMBER << Self::BITS) | Turn::Outside as u32))
    }

    #[inline]
    fn is(&self, turn: Turn) -> bool {
        self.0.get() & Self::TURN == turn as u32
    }

    #[inline]
    fn has_left(&self) -> bool {
        self.0.get() & Turn::Left as u32 != 0
    }

    #[inline]
    fn can_be_woken(&self) -> bool {
        self.0.get() & Turn::Running as u32 != 0
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
        assert!(number < Self::NO_NUMBER, "{number} tasks wait already, and there is no room for more");
        self.0.set((number << Self::BITS) | (self.0.get() & Self::TURN));
    }
}

#[derive(Default)]
pub(crate) struct Tasks {
    /// First come, first served.
    queue: Queue,
    registry: RefCell<Registry>,
    /// The task that is being polled, dropped or ended.
    running: Cell<Option<TaskPtr>>,
    /// How many have come into the queue, and how many have left it: what comes after what.
    pushed: Cell<u64>,
    popped: Cell<u64>,
    /// How many in the queue have ended.
    left: Cell<u64>,
    len: Cell<usize>,
    /// 0 is first come, first served. Otherwise tasks are put at either end of the queue, by the bits of a random number.
    seed: Cell<u64>,
    /// Few tasks have a name, so it is kept apart.
    names: RefCell<BTreeMap<TaskPtr, String>>,
    /// Whether there has ever been one.
    has_names: Cell<bool>,
}

impl Tasks {
    pub(crate) fn new(seed: u64) -> Self {
        Self { seed: Cell::new(seed), ..Self::default() }
    }

    /// Takes in a task, which is to be polled.
    ///
    /// # Safety
    ///
    /// It lives, and the executor has just got its reference to it, which it keeps until after `remove`.
    #[inline]
    pub(crate) unsafe fn insert(&self, task: TaskPtr, name: Option<String>) {
        self.len.set(self.len.get() + 1);
        if let Some(name) = name {
            self.has_names.set(true);
            self.names.borrow_mut().insert(task, name);
        }
        // SAFETY: The caller's promise; a new task is in no queue.
        unsafe { self.enqueue(task, task.header()) };
    }

    /// # Safety
    ///
    /// The task is one of these, and not in the queue.
    #[inline]
    unsafe fn enqueue(&self, task: TaskPtr, header: &Header) {
        header.whereabouts.set(Turn::Queued);
        self.pushed.set(self.pushed.get() + 1);
        if self.seed.get() != 0 && self.toss() {
            // SAFETY: The caller's promise. It is popped before its reference is given up.
            return unsafe { self.queue.push_front(task) };
        }
        // SAFETY: As above.
        unsafe { self.queue.push_back(task) };
    }

    /// Puts a woken task into the queue, unless it is there already, has ended, or has not been inserted yet. Returns whether it did.
    ///
    /// # Safety
    ///
    /// It lives, and was made for this executor.
    #[inline]
    pub(crate) unsafe fn wake(&self, task: TaskPtr) -> bool {
        // SAFETY: The caller's promise.
        let header = unsafe { task.header() };
        let can_be_woken = header.whereabouts.can_be_woken();
        if can_be_woken {
            // SAFETY: That is what its turn says.
            unsafe { self.enqueue(task, header) };
        }
        can_be_woken
    }

    /// Takes the next task out of the queue, to run.
    #[inline]
    pub(crate) fn pop(&self) -> Option<TaskPtr> {
        loop {
            let task = self.queue.pop()?;
            // SAFETY: It was in the queue just now, and nothing has ended since.
            let whereabouts = &unsafe { task.header() }.whereabouts;
            self.popped.set(self.popped.get() + 1);
            if !whereabouts.has_left() {
                whereabouts.set(Turn::Running);
                self.running.set(Some(task));
                return Some(task);
            }
            // SAFETY: It has the reference of `leave`, and is out of the queue.
            unsafe { self.let_go(task) };
        }
    }

    /// Takes any task, to run. Those that wait follow each other by their numbers, of which `from` is the least that is left: none
    /// may come in any more.
    pub(crate) fn pop_any(&self, from: &mut usize) -> Option<TaskPtr> {
        self.pop().or_else(|| {
            let (number, task) = self.registry.borrow().first_from(*from)?;
            *from = number;
            // SAFETY: It is in the registry.
            unsafe { task.header() }.whereabouts.set(Turn::Running);
            self.running.set(Some(task));
            Some(task)
        })
    }

    /// Lets a task wait that has run, unless it was woken meanwhile.
    ///
    /// # Safety
    ///
    /// It is the one that `pop` has returned last, and was not removed.
    #[inline]
    pub(crate) unsafe fn rest(&self, task: TaskPtr) {
        // SAFETY: The caller's promise.
        let whereabouts = &unsafe { task.header() }.whereabouts;
        if whereabouts.is(Turn::Running) {
            whereabouts.set(Turn::Waiting);
            if whereabouts.number().is_none() {
                self.register(task, whereabouts);
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
        // SAFETY: The caller's promise.
        let whereabouts = &unsafe { task.header() }.whereabouts;
        self.len.set(self.len.get() - 1);
        if whereabouts.is(Turn::Queued) {
            // SAFETY: It lives, and is in the queue.
            unsafe { self.leave(task, whereabouts) };
        } else {
            whereabouts.set(Turn::Outside);
        }
        if let Some(number) = whereabouts.number() {
            self.registry.borrow_mut().remove(number);
        }
        if self.has_names.get() {
            self.names.borrow_mut().remove(&task);
        }
    }

    /// Lets a task that has ended stay in the queue until `pop` finds it, with a reference.
    ///
    /// # Safety
    ///
    /// It lives, and is in the queue.
    #[cold]
    unsafe fn leave(&self, task: TaskPtr, whereabouts: &Whereabouts) {
        self.left.set(self.left.get() + 1);
        whereabouts.set(Turn::Left);
        // SAFETY: The caller's promise.
        mem::forget(unsafe { TaskRef::new(task) });
    }

    /// # Safety
    ///
    /// The task has the reference of [`leave`](Self::leave), and is out of the queue.
    #[cold]
    unsafe fn let_go(&self, task: TaskPtr) {
        self.left.set(self.left.get() - 1);
        // SAFETY: The caller's promise.
        drop(unsafe { TaskRef::adopt(task) });
    }

    /// The task that runs, if it is not the root future.
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
        self.pushed.get() - self.popped.get() == self.left.get()
    }

    /// How many have come into the queue, ever.
    #[inline]
    pub(crate) fn pushed(&self) -> u64 {
        self.pushed.get()
    }

    /// How many have left the queue, ever.
    #[inline]
    pub(crate) fn popped(&self) -> u64 {
        self.popped.get()
    }

    pub(crate) fn len(&self) -> usize {
        self.len.get()
    }

    /// Calls a function, which must not spawn, wake or end tasks, with each task and its name.
    pub(crate) fn for_each(&self, mut function: impl FnMut(&Header, Option<&String>)) {
        let names = self.names.borrow();
        // SAFETY: It runs, or is in the queue or in the registry.
        let mut visit = |task: TaskPtr| function(unsafe { task.header() }, names.get(&task));
        // SAFETY: As above, and as below.
        let whereabouts = |task: TaskPtr| &unsafe { task.header() }.whereabouts;
        // Those in the registry follow by themselves.
        let is_apart = |task: &TaskPtr| whereabouts(*task).number().is_none();
        let running = self.running.get().filter(|task| whereabouts(*task).is(Turn::Running));
        running.filter(is_apart).into_iter().for_each(&mut visit);
        let is_queued = |task: &TaskPtr| whereabouts(*task).is(Turn::Queued);
        self.queue.iter().filter(is_queued).filter(is_apart).for_each(&mut visit);
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

    /// A random bit, by xorshift64.
    #[cold]
    fn toss(&self) -> bool {
        let mut seed = self.seed.get();
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        self.seed.set(seed);
        seed >> 63 == 1
    }
}
