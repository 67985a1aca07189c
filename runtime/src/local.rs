//! The half of an executor that stays on its thread: the run queue, the live tasks, timers and sources.

use crate::join::JoinHandle;
use crate::mailbox::Bed;
use crate::reactor::Reactor;
use crate::shared::Shared;
use crate::task::{self, Letter, NewTask, Progress, TaskPtr, Tasks};
use crate::time::{NoSlack, Timers};
use crate::trace::{Cause, Tracer};
use std::cell::{Cell, OnceCell, RefCell};
use std::panic::{AssertUnwindSafe, Location, catch_unwind};
use std::ptr::{self, NonNull};
use std::rc::{Rc, Weak};
use std::sync::Arc;
use std::thread;
use std::time::Duration;

/// Polls between two looks at timers, sources and letters.
const POLLS: u32 = 61;
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

/// What is told when a task panics.
type PanicHook = Rc<dyn Fn(&str)>;

pub(crate) struct Local {
    this: Weak<Local>,
    pub(crate) shared: Arc<Shared>,
    pub(crate) tasks: Tasks,
    pub(crate) budget: Cell<u32>,
    root_woken: Cell<bool>,
    /// How many tasks must have left the queue before the root future is polled again: those that were there before it was woken.
    root_turn: Cell<u64>,
    /// Polls since the last look at everything else.
    polls: Cell<u32>,
    /// Set for good when the executor goes: what is spawned then is dropped at once.
    is_closing: Cell<bool>,
    pub(crate) timers: Timers,
    /// Made for the first source.
    pub(crate) reactor: OnceCell<Reactor>,
    /// Made for the first wait that ends with a timer.
    no_slack: OnceCell<NoSlack>,
    pub(crate) panic_hook: RefCell<Option<PanicHook>>,
    #[cfg_attr(not(feature = "trace"), expect(dead_code, reason = "empty"))]
    pub(crate) tracer: Tracer,
}

impl Local {
    pub(crate) fn new(seed: u64) -> Rc<Self> {
        Rc::new_cyclic(|this| Self {
            this: this.clone(),
            shared: Arc::new(Shared::new()),
            tasks: Tasks::new(seed),
            budget: Cell::new(BUDGET),
            root_woken: Cell::new(false),
            root_turn: Cell::new(0),
            polls: Cell::new(0),
            is_closing: Cell::new(false),
            timers: Timers::new(),
            reactor: OnceCell::new(),
            no_slack: OnceCell::new(),
            panic_hook: RefCell::default(),
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

    /// Puts a woken task into the queue, if its executor is running on this thread. Returns whether it is.
    #[inline]
    pub(crate) fn wake_own(task: TaskPtr, shared: &Arc<Shared>) -> bool {
        let wake = |local: &Self| {
            let is_own = local.is_half_of(shared);
            if is_own {
                local.push_woken(task);
            }
            is_own
        };
        Self::with_current(wake) == Some(true)
    }

    /// Likewise for the root future.
    #[inline]
    pub(crate) fn wake_own_root(shared: &Arc<Shared>) -> bool {
        let wake = |local: &Self| {
            let is_own = local.is_half_of(shared);
            if is_own {
                local.wake_root();
            }
            is_own
        };
        Self::with_current(wake) == Some(true)
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

    /// Makes a task and puts it into the queue.
    #[inline]
    pub(crate) fn spawn<F>(
        &self,
        name: Option<String>,
        place: &'static Location<'static>,
        future: F,
    ) -> JoinHandle<F::Output>
    where
        F: Future + 'static,
        F::Output: 'static,
    {
        // SAFETY: A `Local` never leaves its thread, and this one keeps the task, or drops it here.
        let (task, handle) = unsafe { task::make(Arc::clone(&self.shared), place, future) };
        self.admit(task, name);
        JoinHandle::new(handle)
    }

    fn admit(&self, task: NewTask, name: Option<String>) {
        if self.is_closing.get() {
            return drop(task);
        }
        let task = task.into_ptr();
        // SAFETY: `into_ptr` gives the executor its reference, and the task is removed before that is given up.
        unsafe { self.tasks.insert(task, name) };
        self.note_spawn(task);
    }

    #[inline]
    fn push_woken(&self, task: TaskPtr) {
        // SAFETY: Whoever wakes it has a reference, and it is a task of this executor.
        if unsafe { self.tasks.wake(task) } {
            self.note_wake(task);
        }
    }

    /// Polls the next task. Returns whether there was one.
    #[inline]
    pub(crate) fn run_one(&self) -> bool {
        let Some(task) = self.tasks.pop() else { return false };
        self.budget.set(BUDGET);
        self.note_cause(Cause::Itself);
        // SAFETY: It was in the queue, so it lives and has not ended. Nobody else is polling: `enter` admits one at a time.
        let progress = unsafe { task.poll() };
        if progress == Progress::Pending {
            // SAFETY: It was popped above.
            unsafe { self.tasks.rest(task) };
        } else {
            self.finish(task, progress);
        }
        self.tasks.none_runs();
        true
    }

    /// Before a poll of the root future.
    #[inline]
    pub(crate) fn start_root(&self) {
        self.budget.set(BUDGET);
        self.note_cause(Cause::Root);
    }

    /// After the end of the running task.
    fn finish(&self, task: TaskPtr, progress: Progress) {
        if progress == Progress::Panicked || cfg!(feature = "tracing") {
            // Hooks and subscribers are foreign code, and must not keep the task from its end.
            let told = catch_unwind(AssertUnwindSafe(|| {
                self.note_end(task);
                if progress == Progress::Panicked {
                    self.report_panic(task);
                }
            }));
            std::mem::forget(told);
        }
        // SAFETY: It was popped by the caller; the executor's reference is given up below.
        unsafe { self.tasks.remove(task) };
        // SAFETY: The future has ended, and nobody has ended the task before.
        unsafe { task.end() };
    }

    #[cold]
    fn report_panic(&self, task: TaskPtr) {
        // SAFETY: Its executor has a reference to it.
        let task = unsafe { self.tasks.describe(task) };
        let hook = self.panic_hook.borrow().clone();
        match hook {
            Some(hook) => hook(&task),
            // Not `eprintln`, which panics when nobody reads the output.
            None => {
                let note = format_args!("note: the panic was in {task}\n");
                let _ = std::io::Write::write_fmt(&mut std::io::stderr(), note);
            }
        }
    }

    pub(crate) fn wake_root(&self) {
        if !self.root_woken.replace(true) {
            self.root_turn.set(self.tasks.pushed());
        }
    }

    fn is_idle(&self) -> bool {
        !self.root_woken.get() && self.tasks.is_idle()
    }

    /// Polls tasks until it is the turn of the root future, and sleeps when nobody can go on.
    pub(crate) fn run_until_root(&self) {
        loop {
            if self.is_due() {
                self.turn(false);
            }
            if self.root_woken.get() && self.tasks.popped() >= self.root_turn.get() {
                self.root_woken.set(false);
                return;
            }
            if !self.run_one() {
                self.polls.set(0);
                self.turn(true);
            }
        }
    }

    /// For each poll: whether it is time to look at everything else.
    #[inline]
    fn is_due(&self) -> bool {
        let polls = self.polls.get() + 1;
        let is_due = polls > POLLS;
        self.polls.set(if is_due { 0 } else { polls });
        is_due
    }

    /// Polls one task, if there is one. Never sleeps.
    pub(crate) fn tick(&self) -> bool {
        if self.is_due() || self.tasks.is_idle() {
            self.turn(false);
        }
        self.run_one()
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
        if may_sleep && timeout.is_some() {
            self.no_slack.get_or_init(NoSlack::new);
        }
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
        self.note_cause(Cause::Thread);
        if self.shared.take_root() {
            self.wake_root();
        }
        for letter in letters {
            match letter {
                Letter::Made(task) => self.admit(task, None),
                Letter::Woken(task) => {
                    task.take_from_letter();
                    self.push_woken(task.ptr());
                }
            }
        }
    }

    /// Drops all tasks, wherever they are. Afterwards nobody can send any.
    pub(crate) fn close(&self) {
        let _enter = self.enter();
        self.is_closing.set(true);
        drop(self.shared.mailbox.close());
        while let Some(task) = self.tasks.pop_any() {
            // SAFETY: It was in a list, so it lives and has not ended; it is not being polled, because nothing runs.
            let progress = unsafe { task.cancel() };
            self.finish(task, progress);
        }
        self.tasks.none_runs();
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
