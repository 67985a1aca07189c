//! The tasks of an executor: those that are to be polled, in their order, and those that wait to be woken. Each task is linked into one
//! of the two lists, through itself, or is the one that runs.
//!
//! A task is in a list only while the executor has its reference to it. That is what makes the pointers valid, and each `unsafe` here
//! relies on it.

use super::{Header, TaskPtr, Turn};
use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;

/// The neighbours of a task in its list.
#[derive(Default)]
pub(super) struct Links {
    previous: Cell<Option<TaskPtr>>,
    next: Cell<Option<TaskPtr>>,
}

#[derive(Default)]
struct List {
    first: Cell<Option<TaskPtr>>,
    last: Cell<Option<TaskPtr>>,
}

impl List {
    /// # Safety
    ///
    /// The task lives, and is in no list.
    #[inline]
    unsafe fn push_back(&self, task: TaskPtr) {
        let last = self.last.replace(Some(task));
        // SAFETY: The caller's promise.
        let own = &unsafe { task.header() }.links;
        own.previous.set(last);
        own.next.set(None);
        match last {
            // SAFETY: It is in the list.
            Some(last) => unsafe { last.header() }.links.next.set(Some(task)),
            None => self.first.set(Some(task)),
        }
    }

    /// # Safety
    ///
    /// As in [`push_back`](Self::push_back).
    unsafe fn push_front(&self, task: TaskPtr) {
        let first = self.first.replace(Some(task));
        // SAFETY: The caller's promise.
        let own = &unsafe { task.header() }.links;
        own.previous.set(None);
        own.next.set(first);
        match first {
            // SAFETY: It is in the list.
            Some(first) => unsafe { first.header() }.links.previous.set(Some(task)),
            None => self.last.set(Some(task)),
        }
    }

    /// # Safety
    ///
    /// The task is in this list.
    #[inline]
    unsafe fn remove(&self, task: TaskPtr) {
        // SAFETY: The caller's promise.
        let own = &unsafe { task.header() }.links;
        let (previous, next) = (own.previous.get(), own.next.get());
        match previous {
            // SAFETY: It is in the list.
            Some(previous) => unsafe { previous.header() }.links.next.set(next),
            None => self.first.set(next),
        }
        match next {
            // SAFETY: It is in the list.
            Some(next) => unsafe { next.header() }.links.previous.set(previous),
            None => self.last.set(previous),
        }
    }

    fn for_each(&self, mut function: impl FnMut(TaskPtr)) {
        let mut next = self.first.get();
        while let Some(task) = next {
            function(task);
            // SAFETY: It is in the list.
            next = unsafe { task.header() }.links.next.get();
        }
    }
}

/// The tasks of an executor that live.
pub(crate) struct Tasks {
    /// First come, first served.
    queue: List,
    waiting: List,
    /// The task that is being polled, dropped or ended; in no list, unless it was woken meanwhile.
    running: Cell<Option<TaskPtr>>,
    /// How many have come into the queue, and how many have left it: what comes after what.
    pushed: Cell<u64>,
    popped: Cell<u64>,
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
        Self {
            queue: List::default(),
            waiting: List::default(),
            running: Cell::default(),
            pushed: Cell::default(),
            popped: Cell::default(),
            len: Cell::default(),
            seed: Cell::new(seed),
            names: RefCell::default(),
            has_names: Cell::default(),
        }
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
        // SAFETY: The caller's promise; a new task is in no list.
        unsafe { self.enqueue(task, task.header()) };
    }

    /// # Safety
    ///
    /// As in [`List::push_back`].
    #[inline]
    unsafe fn enqueue(&self, task: TaskPtr, header: &Header) {
        header.turn.set(Turn::Queued);
        self.pushed.set(self.pushed.get() + 1);
        if self.seed.get() != 0 && self.toss() {
            // SAFETY: The caller's promise.
            return unsafe { self.queue.push_front(task) };
        }
        // SAFETY: The caller's promise.
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
        match header.turn.get() {
            Turn::Outside | Turn::Queued => return false,
            Turn::Running => {}
            // SAFETY: That is what it says.
            Turn::Waiting => unsafe { self.waiting.remove(task) },
        }
        // SAFETY: It is in no list now.
        unsafe { self.enqueue(task, header) };
        true
    }

    /// Takes the next task out of the queue, to run.
    #[inline]
    pub(crate) fn pop(&self) -> Option<TaskPtr> {
        let task = self.queue.first.get()?;
        // SAFETY: It is in the queue.
        unsafe { self.dequeue(task) };
        self.running.set(Some(task));
        Some(task)
    }

    /// Takes any task, to run.
    pub(crate) fn pop_any(&self) -> Option<TaskPtr> {
        self.pop().or_else(|| {
            let task = self.waiting.first.get()?;
            // SAFETY: It is in that list.
            unsafe { self.waiting.remove(task) };
            // SAFETY: As above.
            unsafe { task.header() }.turn.set(Turn::Running);
            self.running.set(Some(task));
            Some(task)
        })
    }

    /// # Safety
    ///
    /// The task is in the queue.
    #[inline]
    unsafe fn dequeue(&self, task: TaskPtr) {
        // SAFETY: The caller's promise.
        unsafe { self.queue.remove(task) };
        // SAFETY: As above.
        unsafe { task.header() }.turn.set(Turn::Running);
        self.popped.set(self.popped.get() + 1);
    }

    /// Lets a task wait that has run, unless it was woken meanwhile.
    ///
    /// # Safety
    ///
    /// It is the one that `pop` has returned last, and was not removed.
    #[inline]
    pub(crate) unsafe fn rest(&self, task: TaskPtr) {
        // SAFETY: The caller's promise.
        let header = unsafe { task.header() };
        if header.turn.get() == Turn::Running {
            header.turn.set(Turn::Waiting);
            // SAFETY: It is in no list.
            unsafe { self.waiting.push_back(task) };
        }
    }

    /// Takes a task out that has run, for good.
    ///
    /// # Safety
    ///
    /// As in [`rest`](Self::rest).
    #[inline]
    pub(crate) unsafe fn remove(&self, task: TaskPtr) {
        // SAFETY: The caller's promise.
        let header = unsafe { task.header() };
        if header.turn.get() == Turn::Queued {
            // SAFETY: That is what it says.
            unsafe { self.dequeue(task) };
        }
        header.turn.set(Turn::Outside);
        self.len.set(self.len.get() - 1);
        if self.has_names.get() {
            self.names.borrow_mut().remove(&task);
        }
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

    #[inline]
    pub(crate) fn is_idle(&self) -> bool {
        self.queue.first.get().is_none()
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
        // SAFETY: It runs, or is in a list: so the executor has a reference.
        let mut visit = |task: TaskPtr| function(unsafe { task.header() }, names.get(&task));
        // SAFETY: As above.
        let apart = self.running.get().filter(|task| unsafe { task.header() }.turn.get() == Turn::Running);
        apart.into_iter().for_each(&mut visit);
        self.queue.for_each(&mut visit);
        self.waiting.for_each(&mut visit);
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
