//! A task: what the executor stores beside its future, and the list of those that live.

use crate::join::JoinHandle;
use crate::local::Local;
use crate::shared::Shared;
use crate::trace::{self, Stats};
use pinsight::PinProject;
use slab::Slab;
use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::panic::{AssertUnwindSafe, Location, catch_unwind};
use std::pin::Pin;
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::task::{Context, Poll, Waker};

pub(crate) type Runnable = async_task::Runnable<Meta>;

/// The key of a task that is not in the registry.
pub(crate) const NONE: u32 = u32::MAX;

/// What async-task keeps in a task for us. The schedule function finds its executor here, so it captures nothing: async-task is
/// at its fastest then.
pub(crate) struct Meta {
    shared: Arc<Shared>,
    /// In the registry. Only the executor's thread writes and reads it; it is atomic because tasks are `Sync`.
    key: AtomicU32,
}

impl Meta {
    #[inline]
    pub(crate) fn shared(&self) -> &Arc<Shared> {
        &self.shared
    }

    #[inline]
    pub(crate) fn key(&self) -> u32 {
        self.key.load(Ordering::Relaxed)
    }
}

/// What other threads send: a task that they have woken, or one that they have made.
pub(crate) struct Letter {
    pub(crate) runnable: Runnable,
    pub(crate) birth: Option<Box<Birth>>,
}

/// What is known of a task from its spawn.
pub(crate) struct Birth {
    pub(crate) name: Option<String>,
    pub(crate) place: &'static Location<'static>,
    pub(crate) stats: Stats,
}

impl Birth {
    pub(crate) fn new<F>(name: Option<String>, place: &'static Location<'static>) -> Self {
        Self { name, place, stats: Stats::new::<F>() }
    }
}

/// Makes a task. Its runnable is scheduled, but in no queue yet.
///
/// # Safety
///
/// If the future is not `Send`, the caller gives the runnable to the executor of `shared` only, on the thread of that executor. It
/// may do so on another thread, and drop the runnable there, if the future is `Send` until its first poll.
#[inline]
pub(crate) unsafe fn make<F>(shared: Arc<Shared>, future: F) -> (Runnable, JoinHandle<F::Output>)
where
    F: Future + 'static,
    F::Output: 'static,
{
    let meta = Meta { shared, key: AtomicU32::new(NONE) };
    let builder = async_task::Builder::new().propagate_panic(true).metadata(meta);
    // SAFETY: The future is `'static`, and so is `schedule`, which is `Send` and `Sync` as all functions are. What is left to
    // promise is that a future that is not `Send` is polled and dropped on one thread only. The first runnable is the
    // caller's promise. Later ones reach other threads only as an argument of `schedule`, which sends them back, or forgets
    // them when the executor is gone.
    let (runnable, task) = unsafe { builder.spawn_unchecked(|_| Tracked { future: Some(future) }, schedule) };
    (runnable, JoinHandle::new(task))
}

/// What a waker does: puts its task into the queue of its executor.
fn schedule(runnable: Runnable) {
    if let Err(foreign) = Local::push_to_current(runnable) {
        schedule_remotely(foreign);
    }
}

#[cold]
fn schedule_remotely(runnable: Runnable) {
    // Kept across the call: the task may be gone as soon as it is posted.
    let shared = Arc::clone(&runnable.metadata().shared);
    if let Err(letter) = shared.post(Letter { runnable, birth: None }) {
        // The executor is gone, and this is not the thread on which the future may be dropped.
        std::mem::forget(letter);
    }
}

/// The future of a task. Tells the registry when it is dropped, and keeps a panic of that drop from async-task, which would
/// abort the process.
#[derive(PinProject)]
#[pin(PinnedDrop)]
struct Tracked<F> {
    /// `None` once it has ended. The state of a coroutine has room for that, so it takes no space.
    #[pin]
    future: Option<F>,
}

impl<F: Future> Future for Tracked<F> {
    type Output = F::Output;

    #[inline]
    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<F::Output> {
        let report = ReportPanic;
        let mut future = self.project().future;
        let Some(running) = future.as_mut().as_pin_mut() else { unreachable!("a task is not polled after its end") };
        let poll = trace::observe(running, context);
        if poll.is_ready() {
            // Dropped here, because a panic goes to whoever awaits the task from here, as one of `poll` does.
            future.set(None);
        }
        std::mem::forget(report);
        poll
    }
}

#[pinsight::pinned_drop]
impl<F> PinnedDrop for Tracked<F> {
    fn drop(self: Pin<&mut Self>) {
        let mut future = self.project().future;
        if future.is_some() {
            let panicked = catch_unwind(AssertUnwindSafe(|| future.set(None))).is_err();
            if panicked {
                drop(ReportPanic);
            }
        }
        Local::with_current(Local::end_task);
    }
}

/// Says which task has panicked, unless it is forgotten.
struct ReportPanic;

impl Drop for ReportPanic {
    #[cold]
    fn drop(&mut self) {
        Local::with_current(|local| {
            let task = local.tasks.describe(local.running.get());
            let hook = local.tasks.panic_hook.borrow().clone();
            match hook {
                Some(hook) => hook(&task),
                None => {
                    // Not `eprintln`, which panics when nobody reads the output.
                    let _ = std::io::Write::write_fmt(
                        &mut std::io::stderr(),
                        format_args!("note: the panic was in {task}\n"),
                    );
                }
            }
        });
    }
}

impl Local {
    /// Makes a task and puts it into the queue.
    pub(crate) fn spawn<F>(&self, future: F, birth: Birth) -> JoinHandle<F::Output>
    where
        F: Future + 'static,
        F::Output: 'static,
    {
        // SAFETY: A `Local` never leaves its thread, and this one keeps the runnable.
        let (runnable, handle) = unsafe { make(Arc::clone(&self.shared), future) };
        self.admit(runnable, birth);
        handle
    }

    fn end_task(&self) {
        self.tasks.remove(self.running.replace(NONE));
    }
}

/// What is told when a task panics and nobody awaits it.
type PanicHook = Rc<dyn Fn(&str)>;

/// The tasks that live.
#[derive(Default)]
pub(crate) struct Registry {
    entries: RefCell<Slab<Entry>>,
    /// Few tasks have a name, so it is kept apart.
    names: RefCell<BTreeMap<u32, String>>,
    /// Whether there has ever been one.
    has_names: Cell<bool>,
    pub(crate) panic_hook: RefCell<Option<PanicHook>>,
}

pub(crate) struct Entry {
    /// To wake it when the executor goes.
    waker: Waker,
    place: &'static Location<'static>,
    #[cfg_attr(not(feature = "trace"), expect(dead_code, reason = "empty"))]
    stats: Stats,
}

impl Registry {
    pub(crate) fn insert(&self, runnable: &Runnable, birth: Birth) {
        let mut entries = self.entries.borrow_mut();
        let entry = entries.vacant_entry();
        assert!(entry.key() < NONE as usize, "at most 2^32 - 1 tasks can live at once");
        let key = entry.key() as u32;
        runnable.metadata().key.store(key, Ordering::Relaxed);
        entry.insert(Entry { waker: runnable.waker(), place: birth.place, stats: birth.stats });
        if let Some(name) = birth.name {
            self.has_names.set(true);
            self.names.borrow_mut().insert(key, name);
        }
    }

    fn remove(&self, key: u32) {
        // Taken out first: what is dropped here may come back to the registry.
        let entry = self.entries.borrow_mut().try_remove(key as usize);
        if self.has_names.get() {
            self.names.borrow_mut().remove(&key);
        }
        drop(entry);
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.entries.borrow().is_empty()
    }

    pub(crate) fn len(&self) -> usize {
        self.entries.borrow().len()
    }

    pub(crate) fn wake_all(&self) {
        let wakers: Vec<Waker> = self.entries.borrow().iter().map(|(_, entry)| entry.waker.clone()).collect();
        wakers.into_iter().for_each(Waker::wake);
    }

    /// ``task `name`, spawned at src/main.rs:3:5``
    pub(crate) fn describe(&self, key: u32) -> String {
        let mut text = String::from("a task");
        if let Some(name) = self.names.borrow().get(&key) {
            text = format!("task `{name}`");
        }
        if let Some(entry) = self.entries.borrow().get(key as usize) {
            let _ = write!(text, ", spawned at {}", entry.place);
        }
        text
    }

    #[cfg(feature = "trace")]
    pub(crate) fn with_stats<R>(&self, key: u32, function: impl FnOnce(&mut Stats) -> R) -> Option<R> {
        self.entries.borrow_mut().get_mut(key as usize).map(|entry| function(&mut entry.stats))
    }

    /// All tasks with what is known of them.
    #[cfg(feature = "trace")]
    pub(crate) fn for_each(&self, mut function: impl FnMut(Option<&String>, &'static Location<'static>, &Stats)) {
        let names = self.names.borrow();
        for (key, entry) in &*self.entries.borrow() {
            function(names.get(&(key as u32)), entry.place, &entry.stats);
        }
    }

    /// The names of the tasks that live, in the order of their keys; where they were spawned, for those without a name.
    pub(crate) fn names(&self) -> Vec<String> {
        let names = self.names.borrow();
        let name = |(key, entry): (usize, &Entry)| match names.get(&(key as u32)) {
            Some(name) => name.clone(),
            None => format!("spawned at {}", entry.place),
        };
        self.entries.borrow().iter().map(name).collect()
    }
}
