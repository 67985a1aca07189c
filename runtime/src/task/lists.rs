//! The lists of an executor, linked through the tasks themselves: the run queue, and the tasks that live.
//!
//! A task is in the queue, or in the list, only while the executor has its reference to it. That is what makes the pointers valid, and
//! each `unsafe` here relies on it.

use super::{Header, TaskPtr, TaskRef, Turn};
use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;

#[derive(Default)]
pub(super) struct Links {
    /// Behind it in the queue.
    queue: Cell<Option<TaskPtr>>,
    /// In the list, spawned before and after it.
    older: Cell<Option<TaskPtr>>,
    newer: Cell<Option<TaskPtr>>,
    is_listed: Cell<bool>,
}

/// # Safety
///
/// The task is in a list of this executor, or was just taken from it.
#[inline]
unsafe fn links<'a>(task: TaskPtr) -> &'a Links {
    // SAFETY: The executor has a reference.
    &unsafe { task.header() }.links
}

/// The run queue: first come, first served.
pub(crate) struct Queue {
    first: Cell<Option<TaskPtr>>,
    last: Cell<Option<TaskPtr>>,
    /// How many tasks have come and gone: what comes after what.
    pushed: Cell<u64>,
    popped: Cell<u64>,
    /// 0 is first come, first served. Otherwise tasks are put at either end, by the bits of a random number.
    seed: Cell<u64>,
}

impl Queue {
    pub(crate) fn new(seed: u64) -> Self {
        Self {
            first: Cell::default(),
            last: Cell::default(),
            pushed: Cell::default(),
            popped: Cell::default(),
            seed: Cell::new(seed),
        }
    }

    #[inline]
    pub(crate) fn is_empty(&self) -> bool {
        self.first.get().is_none()
    }

    /// How many have come, ever.
    #[inline]
    pub(crate) fn pushed(&self) -> u64 {
        self.pushed.get()
    }

    /// How many have gone, ever.
    #[inline]
    pub(crate) fn popped(&self) -> u64 {
        self.popped.get()
    }

    /// Puts a task in, unless it is there already, has ended, or has not been in the list yet. Returns whether it was put in.
    ///
    /// # Safety
    ///
    /// It lives, and is made for this executor.
    #[inline]
    pub(crate) unsafe fn push(&self, task: TaskPtr) -> bool {
        // SAFETY: The caller's promise.
        let header = unsafe { task.header() };
        if header.turn.get() != Turn::Waiting {
            return false;
        }
        header.turn.set(Turn::Queued);
        self.pushed.set(self.pushed.get() + 1);
        if self.seed.get() != 0 && self.toss() {
            self.push_front(task, header);
            return true;
        }
        header.links.queue.set(None);
        match self.last.replace(Some(task)) {
            // SAFETY: It is in the queue.
            Some(last) => unsafe { links(last) }.queue.set(Some(task)),
            None => self.first.set(Some(task)),
        }
        true
    }

    #[cold]
    fn push_front(&self, task: TaskPtr, header: &Header) {
        let first = self.first.replace(Some(task));
        header.links.queue.set(first);
        if first.is_none() {
            self.last.set(Some(task));
        }
    }

    /// Takes the first task out. One that has ended while it waited is dropped.
    #[inline]
    pub(crate) fn pop(&self) -> Option<TaskPtr> {
        loop {
            let task = self.first.get()?;
            // SAFETY: It is in the queue.
            let header = unsafe { task.header() };
            let next = header.links.queue.get();
            self.first.set(next);
            if next.is_none() {
                self.last.set(None);
            }
            self.popped.set(self.popped.get() + 1);
            if !header.state.load().is_ended() {
                header.turn.set(Turn::Waiting);
                return Some(task);
            }
            header.turn.set(Turn::Outside);
            // SAFETY: Its end has left the executor's reference to the queue.
            drop(unsafe { TaskRef::adopt(task) });
        }
    }

    /// A random bit, by xorshift64.
    fn toss(&self) -> bool {
        let mut seed = self.seed.get();
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        self.seed.set(seed);
        seed >> 63 == 1
    }
}

/// The tasks that live, from the oldest to the newest.
#[derive(Default)]
pub(crate) struct Registry {
    oldest: Cell<Option<TaskPtr>>,
    newest: Cell<Option<TaskPtr>>,
    len: Cell<usize>,
    /// Few tasks have a name, so it is kept apart.
    names: RefCell<BTreeMap<TaskPtr, String>>,
    /// Whether there has ever been one.
    has_names: Cell<bool>,
}

impl Registry {
    /// From now on, it can be put into the queue.
    ///
    /// # Safety
    ///
    /// The executor has just got its reference to the task, and keeps it until the task is removed.
    #[inline]
    pub(crate) unsafe fn insert(&self, task: TaskPtr, name: Option<String>) {
        // SAFETY: The caller's promise.
        unsafe { task.header() }.turn.set(Turn::Waiting);
        // SAFETY: As above.
        let own = unsafe { links(task) };
        own.is_listed.set(true);
        let older = self.newest.replace(Some(task));
        own.older.set(older);
        match older {
            // SAFETY: It is in the list.
            Some(older) => unsafe { links(older) }.newer.set(Some(task)),
            None => self.oldest.set(Some(task)),
        }
        self.len.set(self.len.get() + 1);
        if let Some(name) = name {
            self.has_names.set(true);
            self.names.borrow_mut().insert(task, name);
        }
    }

    /// Takes a task out, if it is in.
    ///
    /// # Safety
    ///
    /// The executor has a reference to the task still.
    #[inline]
    pub(crate) unsafe fn remove(&self, task: TaskPtr) {
        // SAFETY: The caller's promise.
        let own = unsafe { links(task) };
        if !own.is_listed.replace(false) {
            return;
        }
        let (older, newer) = (own.older.get(), own.newer.get());
        match older {
            // SAFETY: It is in the list.
            Some(older) => unsafe { links(older) }.newer.set(newer),
            None => self.oldest.set(newer),
        }
        match newer {
            // SAFETY: It is in the list.
            Some(newer) => unsafe { links(newer) }.older.set(older),
            None => self.newest.set(older),
        }
        self.len.set(self.len.get() - 1);
        if self.has_names.get() {
            self.names.borrow_mut().remove(&task);
        }
    }

    pub(crate) fn oldest(&self) -> Option<TaskPtr> {
        self.oldest.get()
    }

    pub(crate) fn len(&self) -> usize {
        self.len.get()
    }

    /// Calls a function, which must not end or spawn tasks, with each task and its name.
    pub(crate) fn for_each(&self, mut function: impl FnMut(&Header, Option<&String>)) {
        let names = self.names.borrow();
        let mut next = self.oldest.get();
        while let Some(task) = next {
            // SAFETY: It is in the list.
            let header = unsafe { task.header() };
            function(header, names.get(&task));
            next = header.links.newer.get();
        }
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
