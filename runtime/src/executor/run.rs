//! What an executor does with its tasks: takes them in, polls them, and ends them.

use super::local::{BUDGET, Local, POLLS};
use crate::foreign::{note, swallow};
use crate::task::handle::JoinHandle;
use crate::task::{self, NewTask, Progress, TaskPtr};
use crate::trace::stats::Cause;
use std::panic::Location;
use std::pin::Pin;
use std::task::{Context, Poll};

impl Local {
    /// Makes a task and puts it into the queue.
    #[inline(always)]
    pub(crate) fn spawn<F: Future<Output: 'static> + 'static>(
        &self,
        name: Option<String>,
        place: &'static Location<'static>,
        future: F,
    ) -> JoinHandle<F::Output> {
        // SAFETY: A `Local` never leaves its thread, and this one keeps the task, or drops it here.
        let (task, handle) = unsafe { task::make(&self.shared, place, future) };
        let handle = JoinHandle::new(handle);
        self.admit(task, name);
        handle
    }

    #[inline(always)]
    pub(super) fn admit(&self, task: NewTask, name: Option<String>) {
        // SAFETY: The reference of `task` becomes the executor's, and the task is removed before that is given up.
        if unsafe { self.tasks.insert(task.ptr(), name) } {
            self.tracer.note_life(&self.tasks, task.into_ptr(), "spawn");
        }
    }

    #[inline]
    pub(super) fn push_woken(&self, task: TaskPtr) {
        // SAFETY: Whoever wakes it has a reference, and it is a task of this executor.
        if unsafe { self.tasks.wake(task) } {
            self.tracer.note_wake(&self.tasks, task);
        }
    }

    /// Polls a task that was popped.
    #[inline(always)]
    fn run_task(&self, task: TaskPtr) {
        self.budget.set(BUDGET);
        self.tracer.note_cause(Cause::Itself);
        // SAFETY: It was in the queue, so it lives and has not ended. Nobody else is polling: `enter` admits one at a time.
        let poll = || unsafe { task.poll() };
        match self.tracer.observe(&self.tasks, task, poll) {
            // SAFETY: It was popped by the caller.
            Progress::Pending => unsafe { self.tasks.rest(task) },
            Progress::Done => self.finish_done(task),
            progress => self.finish(task, progress),
        }
        self.tasks.none_runs();
    }

    /// After the end of the running task, which has an output.
    #[inline]
    fn finish_done(&self, task: TaskPtr) {
        if cfg!(feature = "tracing") {
            return self.finish(task, Progress::Done);
        }
        // SAFETY: It was popped by the caller; the executor's reference is given up below.
        unsafe { self.tasks.remove(task) };
        // SAFETY: The future has ended, and nobody has ended the task before.
        if !unsafe { task.end_for_handle() } {
            // SAFETY: As above, and nothing has been given up yet.
            unsafe { task.end(Progress::Done) };
        }
    }

    /// After the end of the running task.
    #[inline(never)]
    fn finish(&self, task: TaskPtr, progress: Progress) {
        if progress == Progress::Panicked || cfg!(feature = "tracing") {
            // Hooks and subscribers are foreign code, and must not keep the task from its end.
            swallow(|| {
                self.tracer.note_life(&self.tasks, task, "end");
                if progress == Progress::Panicked {
                    self.report_panic(task);
                }
            });
        }
        // SAFETY: It was popped by the caller; the executor's reference is given up below.
        unsafe { self.tasks.remove(task) };
        // SAFETY: The future has ended, and nobody has ended the task before.
        unsafe { task.end(progress) };
    }

    #[cold]
    fn report_panic(&self, task: TaskPtr) {
        // SAFETY: Its executor has a reference to it.
        let task = unsafe { self.tasks.describe(task) };
        let hook = self.panic_hook.borrow().clone();
        match hook {
            Some(hook) => hook(&task),
            None => note(format_args!("note: the panic was in {task}\n")),
        }
    }

    /// Polls the future given to `run`, and others when it waits, until it is ready.
    pub(crate) fn run_root<F: Future>(&self, mut future: Pin<&mut F>) -> F::Output {
        let root = self.root.ptr();
        let mut context = Context::from_waker(&self.root_waker);
        loop {
            self.budget.set(BUDGET);
            self.tracer.note_cause(Cause::Root);
            if let Poll::Ready(output) = future.as_mut().poll(&mut context) {
                return output;
            }
            // SAFETY: It is the root of this executor, which has a reference to it, and was polled just now.
            unsafe { self.tasks.rest(root) };
            if self.tasks.is_first(root) {
                // It has woken itself, and nobody else is to be polled: the shortest way round.
                if self.is_due() {
                    self.turn(false);
                }
                self.tasks.pop();
                self.tasks.none_runs();
            } else {
                self.run_until_root();
            }
        }
    }

    /// Polls tasks until it is the turn of the root, and sleeps when nobody can go on.
    fn run_until_root(&self) {
        loop {
            if self.is_due() {
                self.turn(false);
            }
            match self.tasks.pop() {
                Some(task) if task == self.root.ptr() => return self.tasks.none_runs(),
                Some(task) => self.run_task(task),
                None => {
                    self.polls.set(0);
                    self.turn(true);
                }
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
        while let Some(task) = self.tasks.pop() {
            if task != self.root.ptr() {
                self.run_task(task);
                return true;
            }
            // Woken after the end of its `run`: there is nothing to poll.
            // SAFETY: It was popped just now.
            unsafe { self.tasks.rest(task) };
            self.tasks.none_runs();
        }
        false
    }

    /// Drops all tasks, wherever they are. Afterwards nobody can send any.
    pub(crate) fn close(&self) {
        let _enter = self.enter();
        self.tasks.begin_closing();
        drop(self.shared.mailbox.close());
        let mut from = 0;
        while let Some(task) = self.tasks.pop_any(&mut from) {
            if task != self.root.ptr() {
                // SAFETY: It was in the queue or in the registry, so it lives and has not ended; it is not being polled, because nothing runs.
                let progress = unsafe { task.cancel() };
                self.finish(task, progress);
            }
        }
        self.tasks.none_runs();
        // It may own parts of the executor.
        let hook = self.panic_hook.take();
        swallow(|| drop(hook));
    }
}
