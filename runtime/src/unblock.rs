//! Blocking work, on a pool of threads that grows to a bound and shrinks when there is nothing to do.

use crate::executor::local::Local;
use crate::executor::shared::Shared;
use crate::foreign::swallow;
use crate::task;
use crate::task::handle::JoinHandle;
use std::cell::Cell;
use std::collections::VecDeque;
use std::fmt;
use std::panic::Location;
use std::pin::Pin;
use std::process;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, OnceLock, PoisonError};
use std::task::{Context, Poll, ready};
use std::thread;
use std::time::Duration;

/// The most threads there are, beside those for jobs that other jobs wait for. Blocking work waits for disks and resolvers, so more than
/// there are processors.
const THREADS: usize = 64;
/// How long a thread without work stays.
const PATIENCE: Duration = Duration::from_secs(5);

static POOL: Pool = Pool::new();

thread_local! {
    /// Whether this is a thread of the pool.
    static IS_WORKER: Cell<bool> = const { Cell::new(false) };
}

struct Pool {
    /// The process whose threads these are; 0 before the first job.
    process: AtomicU32,
    jobs: Mutex<Jobs>,
    has_job: Condvar,
    /// For a child process, which has none of these threads, and may have got a lock that nobody there will ever open.
    of_child: OnceLock<&'static Pool>,
}

struct Jobs {
    queue: VecDeque<Box<dyn FnOnce() + Send>>,
    threads: usize,
    /// Threads that wait for a job.
    idle: usize,
}

impl Pool {
    const fn new() -> Self {
        let jobs = Jobs { queue: VecDeque::new(), threads: 0, idle: 0 };
        Self { process: AtomicU32::new(0), jobs: Mutex::new(jobs), has_job: Condvar::new(), of_child: OnceLock::new() }
    }

    /// The pool of this process, after any number of `fork`s.
    fn of_process(&'static self) -> &'static Self {
        let this = process::id();
        match self.process.compare_exchange(0, this, Ordering::Relaxed, Ordering::Relaxed) {
            Err(other) if other != this => self.of_child.get_or_init(|| Box::leak(Box::new(Self::new()))).of_process(),
            _ => self,
        }
    }

    fn jobs(&self) -> MutexGuard<'_, Jobs> {
        // No code of a user runs under the lock.
        self.jobs.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn add(&'static self, job: Box<dyn FnOnce() + Send>) {
        let is_nested = IS_WORKER.with(Cell::get);
        let mut jobs = self.jobs();
        if is_nested {
            // A job is about to wait for this one. So it comes first, and has a thread in any case: else those that wait could have all.
            jobs.queue.push_front(job);
        } else {
            jobs.queue.push_back(job);
        }
        if jobs.idle >= jobs.queue.len() {
            self.has_job.notify_one();
        } else if jobs.threads < THREADS || is_nested {
            jobs.threads += 1;
            let number = jobs.threads;
            drop(jobs);
            let spawned = thread::Builder::new().name(format!("unblock-{number}")).spawn(|| self.work());
            if let Err(error) = spawned {
                let mut jobs = self.jobs();
                jobs.threads -= 1;
                // The others get to the job in time, if there are others.
                assert!(jobs.threads > 0, "`unblock` has no thread, and the system gives it none: {error}");
            }
        }
    }

    fn work(&self) {
        IS_WORKER.set(true);
        let mut jobs = self.jobs();
        loop {
            let is_over;
            if let Some(job) = jobs.queue.pop_front() {
                drop(jobs);
                // What it has captured, and an output that nobody waits for, are dropped here, and may panic.
                swallow(job);
                jobs = self.jobs();
                // It was one too many, made for that job.
                is_over = jobs.threads > THREADS;
            } else {
                jobs.idle += 1;
                let (guard, wait) = self.has_job.wait_timeout(jobs, PATIENCE).unwrap_or_else(PoisonError::into_inner);
                jobs = guard;
                jobs.idle -= 1;
                is_over = wait.timed_out() && jobs.queue.is_empty();
            }
            if is_over {
                jobs.threads -= 1;
                return;
            }
        }
    }
}

/// Calls a function that blocks on another thread, and waits for its result. A panic in it goes on in whoever awaits it.
///
/// Dropping the future takes the job back if it has not begun. [`Unblock::detach`] lets it go on.
///
/// ```
/// let executor = pinsight_rt::LocalExecutor::new();
/// let text = executor.run(pinsight_rt::unblock(|| std::fs::read_to_string("Cargo.toml")));
/// assert!(text.unwrap().contains("pinsight-rt"));
/// ```
#[track_caller]
pub fn unblock<T: Send + 'static>(function: impl FnOnce() -> T + Send + 'static) -> Unblock<T> {
    /// What the task of a job belongs to: nobody, since no executor polls it.
    static NOBODY: OnceLock<Arc<Shared>> = OnceLock::new();
    let nobody = NOBODY.get_or_init(|| {
        let shared = Shared::new();
        drop(shared.mailbox.close());
        Arc::new(shared)
    });
    // SAFETY: The future is `Send`.
    let (task, handle) = unsafe { task::make(nobody, Location::caller(), async move { function() }) };
    let handle = JoinHandle::new(handle);
    let patron = Arc::new(Mutex::new(Patron::of_thread()));
    let theirs = Arc::clone(&patron);
    POOL.of_process().add(Box::new(move || {
        task.run_here();
        // After the wake-up: whoever sees that the job is over sees that as well.
        lock(&theirs).take();
    }));
    Unblock { handle: Some(handle), patron }
}

/// An executor whose clock, if it stands still, waits for a job.
struct Patron(Arc<Shared>);

impl Patron {
    /// The executor that is running on this thread.
    fn of_thread() -> Option<Self> {
        Local::with_current(|local| {
            local.shared.begin_job();
            Self(Arc::clone(&local.shared))
        })
    }
}

impl Drop for Patron {
    fn drop(&mut self) {
        self.0.end_job();
    }
}

fn lock(patron: &Mutex<Option<Patron>>) -> MutexGuard<'_, Option<Patron>> {
    // No code of a user runs under the lock.
    patron.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The result of a job to be; made by [`unblock`].
#[must_use = "the job may be taken back when this is dropped; `detach` lets it go on"]
pub struct Unblock<T> {
    /// `None` once it is detached.
    handle: Option<JoinHandle<T>>,
    /// Of the job, until it is over.
    patron: Arc<Mutex<Option<Patron>>>,
}

impl<T> Unblock<T> {
    /// Lets the job go on without anybody waiting for it.
    pub fn detach(mut self) {
        let handle = self.handle.take();
        // With its result, if it has ended by now.
        swallow(|| drop(handle));
    }
}

impl<T> Future for Unblock<T> {
    type Output = T;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<T> {
        // It may have been made elsewhere. If the job is over by now, the poll below finds out.
        *lock(&self.patron) = Patron::of_thread();
        let handle = self.handle.as_mut().expect("only `detach` takes it");
        let result = ready!(Pin::new(handle).poll(context));
        lock(&self.patron).take();
        Poll::Ready(result.unwrap_or_else(|error| error.resume()))
    }
}

impl<T> Drop for Unblock<T> {
    fn drop(&mut self) {
        let Some(handle) = self.handle.take() else { return };
        lock(&self.patron).take();
        // As when it is dropped on the pool: whether the job has ended by now is chance.
        swallow(|| drop(handle.abort()));
    }
}

impl<T> fmt::Debug for Unblock<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let is_finished = self.handle.as_ref().is_none_or(JoinHandle::is_finished);
        f.debug_struct("Unblock").field("is_finished", &is_finished).finish()
    }
}
