//! What was begun, and what was answered.

use std::panic;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};

/// One kind of work.
pub(crate) struct Count {
    name: &'static str,
    begun: AtomicU64,
    answered: AtomicU64,
}

macro_rules! counts {
    ($($count:ident $name:literal)*) => {
        $(pub(crate) static $count: Count =
            Count { name: $name, begun: AtomicU64::new(0), answered: AtomicU64::new(0) };)*
        static ALL: &[&Count] = &[$(&$count),*];
    };
}

counts! {
    CONNECTIONS "connections of clients"
    SERVED "connections of the server"
    ECHOES "echoes"
    HALF_CLOSES "half-closed connections"
    RESETS "reset connections"
    TIMERS "timers that fired"
    CANCELLED "timers that were taken back"
    TASKS "tasks that ended"
    DETACHED "tasks that were detached"
    ABORTS "tasks that were aborted"
    PANICS "tasks that panicked"
    SENT "tasks from other threads"
    WAKES "wake-ups from other threads"
    JOBS "jobs on the pool"
    JOBS_DETACHED "jobs that were detached"
}

impl Count {
    pub(crate) fn begin(&self) {
        self.begun.fetch_add(1, Ordering::SeqCst);
    }

    pub(crate) fn answer(&self) {
        self.answered.fetch_add(1, Ordering::SeqCst);
    }

    fn get(&self) -> (u64, u64) {
        (self.begun.load(Ordering::SeqCst), self.answered.load(Ordering::SeqCst))
    }
}

/// Whether all that was begun has been answered.
pub(crate) fn is_even() -> bool {
    ALL.iter().all(|count| {
        let (begun, answered) = count.get();
        begun == answered
    })
}

pub(crate) fn print() {
    for count in ALL {
        let (begun, answered) = count.get();
        println!("{:>10} of {begun:>10} {}", answered, count.name);
    }
}

/// Each kind of work was done, and answered.
pub(crate) fn check() {
    for count in ALL {
        let (begun, answered) = count.get();
        assert!(begun > 0, "{}: none", count.name);
        assert_eq!(begun, answered, "{}: not as many answers", count.name);
    }
}

static ALIVE: AtomicI64 = AtomicI64::new(0);

/// Is in each future, so that one that is forgotten is missed.
pub(crate) struct Alive(());

impl Alive {
    pub(crate) fn new() -> Self {
        ALIVE.fetch_add(1, Ordering::SeqCst);
        Self(())
    }
}

impl Drop for Alive {
    fn drop(&mut self) {
        ALIVE.fetch_sub(1, Ordering::SeqCst);
    }
}

pub(crate) fn alive() -> i64 {
    ALIVE.load(Ordering::SeqCst)
}

/// What a task panics with when it is to panic.
struct Planned;

pub(crate) fn panic_as_planned() -> ! {
    panic::panic_any(Planned)
}

/// Others are printed as ever.
pub(crate) fn hide_planned_panics() {
    let hook = panic::take_hook();
    panic::set_hook(Box::new(move |info| {
        if !info.payload().is::<Planned>() {
            hook(info);
        }
    }));
}
