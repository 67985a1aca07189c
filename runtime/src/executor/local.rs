//! The half of an executor that stays on its thread: the run queue, the live tasks, timers and sources.

use super::shared::Shared;
use crate::reactor::Reactor;
use crate::sync::thread_local;
use crate::task::{NewTask, Tasks, make_root};
use crate::time::clock::Timers;
use crate::trace::tracer::Tracer;
use std::cell::{Cell, OnceCell, RefCell};
use std::ptr::{self, NonNull};
use std::rc::{Rc, Weak};
use std::sync::Arc;
use std::task::Waker;

/// Polls between two looks at timers, sources and letters.
pub(super) const POLLS: u32 = 61;
/// Operations that a task may do in one poll before it has to let the others go on.
pub(super) const BUDGET: u32 = 128;

thread_local! {
    /// The executor that is running on this thread. No destructor, so the access is a load, at any time in a thread's life.
    static CURRENT: Cell<Option<NonNull<Local>>> = const { Cell::new(None) };
}

/// Whether an executor is running on this thread.
#[inline]
pub(crate) fn is_running() -> bool {
    CURRENT.with(Cell::get).is_some()
}

/// What is told when a task panics.
type PanicHook = Rc<dyn Fn(&str)>;

pub(crate) struct Local {
    this: Weak<Local>,
    pub(crate) shared: Arc<Shared>,
    pub(crate) tasks: Tasks,
    pub(crate) budget: Cell<u32>,
    /// Stands for the future given to `run`.
    pub(crate) root: NewTask,
    pub(super) root_waker: Waker,
    /// Polls since the last look at everything else.
    pub(super) polls: Cell<u32>,
    /// Set while there is an `Enter`.
    is_entered: Cell<bool>,
    pub(crate) timers: Timers,
    /// Made for the first source.
    pub(crate) reactor: OnceCell<Reactor>,
    pub(crate) panic_hook: RefCell<Option<PanicHook>>,
    pub(crate) tracer: Tracer,
}

impl Local {
    pub(crate) fn new(seed: u64) -> Rc<Self> {
        let shared = Arc::new(Shared::new());
        let (root, root_waker) = make_root(&shared);
        Rc::new_cyclic(|this| Self {
            this: this.clone(),
            shared,
            root,
            root_waker,
            tasks: Tasks::new(seed),
            budget: Cell::new(BUDGET),
            polls: Cell::new(0),
            is_entered: Cell::new(false),
            timers: Timers::new(),
            reactor: OnceCell::new(),
            panic_hook: RefCell::default(),
            #[allow(clippy::default_constructed_unit_structs, reason = "with tracing it is none")]
            tracer: Tracer::default(),
        })
    }

    /// Calls a function with the executor that is running on this thread.
    #[inline]
    pub(crate) fn with_current<R>(function: impl FnOnce(&Local) -> R) -> Option<R> {
        let local = CURRENT.with(Cell::get)?;
        // SAFETY: `Enter` put the pointer there, on this thread, and takes it away before its borrow of the `Local` ends; it
        // is on the stack below this call. All references to a `Local` are shared ones.
        Some(function(unsafe { local.as_ref() }))
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

    /// Whether it is running, or was when its stack was left for good: `exit` runs the destructors of thread-locals.
    pub(crate) fn is_entered(&self) -> bool {
        self.is_entered.get()
    }

    /// Makes this the executor of the thread, for as long as the result lives.
    pub(crate) fn enter(&self) -> Enter<'_> {
        self.is_entered.set(true);
        Enter { outer: CURRENT.with(|current| current.replace(Some(NonNull::from(self)))), local: self }
    }
}

/// See [`Local::enter`].
pub(crate) struct Enter<'a> {
    local: &'a Local,
    /// The executor inside which this one is polled, or closes, without sleeping.
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
        CURRENT.with(|current| current.set(self.outer));
        self.local.is_entered.set(false);
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
