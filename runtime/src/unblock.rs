//! Blocking work, on a pool of threads that grows to a bound and shrinks when there is nothing to do.

use async_task::{Runnable, Task};
use std::collections::VecDeque;
use std::fmt;
use std::pin::Pin;
use std::sync::{Condvar, Mutex, MutexGuard};
use std::task::{Context, Poll};
use std::thread;
use std::time::Duration;

/// The most threads there are. Blocking work waits for disks and resolvers, so more than there are processors.
const THREADS: usize = 64;
/// How long a thread without work stays.
const PATIENCE: Duration = Duration::from_secs(5);

static POOL: Pool = Pool {
    jobs: Mutex::new(Jobs { queue: VecDeque::new(), threads: 0, idle: 0, running: 0 }),
    has_job: Condvar::new(),
};

struct Pool {
    jobs: Mutex<Jobs>,
    has_job: Condvar,
}

struct Jobs {
    queue: VecDeque<Runnable>,
    threads: usize,
    /// Threads that wait for a job.
    idle: usize,
    /// Jobs that have been taken out of the queue and not ended.
    running: usize,
}

impl Pool {
    fn jobs(&self) -> MutexGuard<'_, Jobs> {
        // No code of a user runs under the lock.
        self.jobs.lock().unwrap_or_else(|error| error.into_inner())
    }

    fn add(&'static self, job: Runnable) {
        let mut jobs = self.jobs();
        jobs.queue.push_back(job);
        if jobs.idle >= jobs.queue.len() {
            self.has_job.notify_one();
        } else if jobs.threads < THREADS {
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
        let mut jobs = self.jobs();
        loop {
            while let Some(job) = jobs.queue.pop_front() {
                jobs.running += 1;
                drop(jobs);
                // Panics are async-task's to catch: they go to whoever awaits the job.
                job.run();
                jobs = self.jobs();
                jobs.running -= 1;
            }
            jobs.idle += 1;
            let (guard, wait) = self.has_job.wait_timeout(jobs, PATIENCE).unwrap_or_else(|error| error.into_inner());
            jobs = guard;
            jobs.idle -= 1;
            if wait.timed_out() && jobs.queue.is_empty() {
                jobs.threads -= 1;
                return;
            }
        }
    }
}

/// Whether any job waits or runs.
pub(crate) fn is_busy() -> bool {
    let jobs = POOL.jobs();
    jobs.running > 0 || !jobs.queue.is_empty()
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
pub fn unblock<T, F>(function: F) -> Unblock<T>
where
    T: Send + 'static,
    F: FnOnce() -> T + Send + 'static,
{
    let builder = async_task::Builder::new().propagate_panic(true);
    let (job, task) = builder.spawn(|()| async move { function() }, |job| POOL.add(job));
    job.schedule();
    Unblock { task }
}

/// The result of a job to be; made by [`unblock`].
#[must_use = "the job may be taken back when this is dropped; `detach` lets it go on"]
pub struct Unblock<T> {
    task: Task<T>,
}

impl<T> Unblock<T> {
    /// Lets the job go on without anybody waiting for it.
    pub fn detach(self) {
        self.task.detach();
    }
}

impl<T> Future for Unblock<T> {
    type Output = T;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<T> {
        Pin::new(&mut self.task).poll(context)
    }
}

impl<T> fmt::Debug for Unblock<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Unblock").field("is_finished", &self.task.is_finished()).finish()
    }
}
