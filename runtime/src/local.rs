//! The half of an executor that stays on its thread: the run queue, the live tasks, timers and sources.

use crate::mailbox::Bed;
use crate::queue::Queue;
use crate::reactor::Reactor;
use crate::shared::Shared;
use crate::task::{Birth, Letter, NONE, Registry, Runnable};
use crate::time::Timers;
use crate::trace::{Cause, Tracer};
use std::cell::{Cell, OnceCell};
use std::ptr::{self, NonNull};
use std::rc::{Rc, Weak};
use std::sync::Arc;
use std::thread;
use std::time::Duration;

/// Operations that a task may do in one poll before it has to let the others go on.
const BUDGET: u32 = 128;

thread_local! {
    /// The executor that is running on this thread. No destructor, so the access is a load, at any time in a thread's life.
    static CURRENT: Cell<Option<NonNull<Local>>> = const { Cell::new(None) };
}

/// Whether an executor is running on this thread.
#[inline]
pub(crate) fn is_running() -> bool {
    CURRENT.get().is_some()
}

pub(crate) struct Local {
    this: Weak<Local>,
    pub(crate) shared: Arc<Shared>,
    queue: Queue,
    pub(crate) tasks: Registry,
    /// The task that is being polled or dropped, or `NONE`.
    pub(crate) running: Cell<u32>,
    pub(crate) budget: Cell<u32>,
    pub(crate) root_woken: Cell<bool>,
    /// Set for good when the executor goes: what is spawned then is dropped at once.
    is_closing: Cell<bool>,
    pub(crate) timers: Timers,
    /// Made for the first source.
    pub(crate) reactor: OnceCell<Reactor>,
    #[cfg_attr(not(feature = "trace"), expect(dead_code, reason = "empty"))]
    pub(crate) tracer: Tracer,
}

impl Local {
    pub(crate) fn new(seed: u64) -> Rc<Self> {
        Rc::new_cyclic(|this| Self {
            this: this.clone(),
            shared: Arc::new(Shared::new()),
            queue: Queue::new(seed),
            tasks: Registry::default(),
            running: Cell::new(NONE),
            budget: Cell::new(BUDGET),
            root_woken: Cell::new(false),
            is_closing: Cell::new(false),
            timers: Timers::new(),
            reactor: OnceCell::new(),
            #[allow(clippy::default_constructed_unit_structs, reason = "with tracing it is none")]
            tracer: Tracer::default(),
        })
    }

    /// Calls a function with the executor that is running on this thread.
    #[inline]
    pub(crate) fn with_current<R>(function: impl FnOnce(&Local) -> R) -> Option<R> {
        let local = CURRENT.get()?;
        // SAFETY: `Enter` put the pointer there, on this thread, and takes it away before its borrow of the `Local` ends; it
        // is on the stack below this call. All references to a `Local` are shared ones.
        Some(function(unsafe { local.as_ref() }))
    }

    /// Puts a woken task into the queue, if it is of the executor that is running on this thread; otherwise gives it back.
    #[inline]
    pub(crate) fn push_to_current(runnable: Runnable) -> Result<(), Runnable> {
        if !is_running() {
            return Err(runnable);
        }
        // Asked for in between, because a closure that is not called would drop what it has captured.
        let push = |local: &Self| {
            if !local.is_half_of(runnable.metadata().shared()) {
                return Err(runnable);
            }
            local.note_wake(runnable.metadata().key());
            local.queue.push(runnable);
            Ok(())
        };
        Self::with_current(push).unwrap_or(Ok(()))
    }

    /// The executor that is running on this thread, to keep.
    ///
    /// # Panics
    ///
    /// If there is none. `what` needs one.
    #[track_caller]
    pub(crate) fn current(what: &str) -> Rc<Self> {
        match Self::with_current(Self::rc) {
            Some(local) => local,
            None => no_executor(what),
        }
    }

    pub(crate) fn rc(&self) -> Rc<Self> {
        self.this.upgrade().expect("an executor in use is alive")
    }

    #[inline]
    pub(crate) fn is_half_of(&self, shared: &Arc<Shared>) -> bool {
        ptr::eq(Arc::as_ptr(&self.shared), Arc::as_ptr(shared))
    }

    /// Makes this the executor of the thread, for as long as the result lives.
    pub(crate) fn enter(&self) -> Enter<'_> {
        Enter { outer: CURRENT.replace(Some(NonNull::from(self))), local: self }
    }

    /// Takes in a task that was just made.
    pub(crate) fn admit(&self, runnable: Runnable, birth: Birth) {
        if self.is_closing.get() {
            return self.discard(runnable, NONE);
        }
        self.tasks.insert(&runnable, birth);
        self.queue.push(runnable);
    }

    fn open(&self, letter: Letter) {
        match letter.birth {
            Some(birth) => self.admit(letter.runnable, *birth),
            None => {
                self.note_wake(letter.runnable.metadata().key());
                self.queue.push(letter.runnable);
            }
        }
    }

    /// Polls the next task. Returns whether there was one.
    #[inline]
    pub(crate) fn run_one(&self) -> bool {
        let Some(runnable) = self.queue.pop() else { return false };
        self.start_poll(runnable.metadata().key());
        self.note_cause(Cause::Itself);
        runnable.run();
        self.running.set(NONE);
        true
    }

    #[inline]
    pub(crate) fn start_poll(&self, key: u32) {
        self.running.set(key);
        self.budget.set(BUDGET);
    }

    /// Drops a task without polling it.
    pub(crate) fn discard(&self, runnable: Runnable, key: u32) {
        let outer = self.running.replace(key);
        drop(runnable);
        self.running.set(outer);
    }

    pub(crate) fn is_idle(&self) -> bool {
        !self.root_woken.get() && self.queue.is_empty()
    }

    /// Looks at everything that can wake a task: letters, sources, timers. Sleeps until something does, if `may_sleep` and
    /// nobody is waiting for a poll.
    pub(crate) fn turn(&self, may_sleep: bool) {
        self.take_letters();
        let mut may_sleep = may_sleep && self.is_idle();
        if may_sleep && self.timers.is_paused() {
            // Time does not pass while there is something to do.
            self.look_at_sources(Some(Duration::ZERO));
            may_sleep = self.is_idle() && !self.timers.skip_to_next();
        }
        let timeout = if may_sleep { self.timers.time_to_next() } else { Some(Duration::ZERO) };
        if self.reactor.get().is_some_and(Reactor::is_used) {
            let sleeps = timeout != Some(Duration::ZERO) && self.shared.mailbox.lie_down(Bed::Reactor);
            self.look_at_sources(if sleeps { timeout } else { Some(Duration::ZERO) });
            if sleeps {
                self.shared.mailbox.get_up(Bed::Reactor);
            }
        } else if timeout != Some(Duration::ZERO) {
            self.park(timeout);
        }
        self.note_cause(Cause::Timer);
        self.timers.fire();
        self.take_letters();
        self.note_cause(Cause::Root);
    }

    fn look_at_sources(&self, timeout: Option<Duration>) {
        if let Some(reactor) = self.reactor.get() {
            reactor.turn(timeout);
            self.note_cause(Cause::Io);
            reactor.wake_ready();
        }
    }

    fn park(&self, timeout: Option<Duration>) {
        if self.shared.mailbox.lie_down(Bed::Thread) {
            // May return early, or for no reason: the loop of the executor looks at clock and letters, and comes back.
            match timeout {
                Some(timeout) => thread::park_timeout(timeout),
                None => thread::park(),
            }
            self.shared.mailbox.get_up(Bed::Thread);
        }
    }

    fn take_letters(&self) {
        if !self.shared.mailbox.is_rung() {
            return;
        }
        let letters = self.shared.mailbox.empty();
        if self.shared.take_root() {
            self.root_woken.set(true);
        }
        self.note_cause(Cause::Thread);
        letters.into_iter().for_each(|letter| self.open(letter));
    }

    /// Drops all tasks, wherever they are. Afterwards nobody can send any.
    pub(crate) fn close(&self) {
        let _enter = self.enter();
        self.is_closing.set(true);
        // A waker on another thread may have marked its task as scheduled but not have posted it yet. So it is in no queue,
        // and cannot be scheduled again: only waiting for it helps.
        loop {
            self.tasks.wake_all();
            self.discard_queue();
            self.shared.mailbox.empty().into_iter().for_each(|letter| self.open(letter));
            self.discard_queue();
            if self.tasks.is_empty() {
                break;
            }
            thread::yield_now();
        }
        // A task that a spawner has just sent.
        self.shared.mailbox.close().into_iter().for_each(|letter| self.discard(letter.runnable, NONE));
    }

    fn discard_queue(&self) {
        while let Some(runnable) = self.queue.pop() {
            let key = runnable.metadata().key();
            self.discard(runnable, key);
        }
    }
}

/// See [`Local::enter`].
pub(crate) struct Enter<'a> {
    local: &'a Local,
    /// Only a closing executor has one: it may be dropped inside another.
    outer: Option<NonNull<Local>>,
}

impl std::ops::Deref for Enter<'_> {
    type Target = Local;

    fn deref(&self) -> &Local {
        self.local
    }
}

impl Drop for Enter<'_> {
    fn drop(&mut self) {
        CURRENT.set(self.outer);
    }
}

#[cold]
#[track_caller]
pub(crate) fn no_executor(what: &str) -> ! {
    panic!(
        "{what} needs a running executor, and there is none on this thread\n\
         help: run the future with `LocalExecutor::new().run(future)`"
    );
}
