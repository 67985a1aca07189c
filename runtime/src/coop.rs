//! Letting others go on: by wish, and by budget.

use crate::executor::local::Local;
use std::pin::Pin;
use std::task::{Context, Poll};

/// Lets all other ready tasks be polled first.
///
/// ```
/// # pinsight_rt::LocalExecutor::new().run(async {
/// for part in 0..3 {
///     // … work on the part …
///     pinsight_rt::yield_now().await;
/// }
/// # });
/// ```
pub fn yield_now() -> YieldNow {
    YieldNow { has_yielded: false }
}

/// See [`yield_now`].
#[must_use = "a future does nothing unless it is awaited"]
#[derive(Debug)]
pub struct YieldNow {
    has_yielded: bool,
}

impl Future for YieldNow {
    type Output = ();

    #[inline]
    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        if self.has_yielded {
            return Poll::Ready(());
        }
        self.has_yielded = true;
        // To the end of the queue, so that a task that yields for ever starves nobody; also in the order of a seed.
        Local::with_current(|local| local.tasks.set_yields());
        context.waker().wake_by_ref();
        Poll::Pending
    }
}

/// Polls an operation within the budget of this poll: `Pending`, with the task woken, when that is used up. For leaf futures that
/// may be ready every time: a socket that always has data would keep its task busy for ever. Outside an executor there is no
/// budget.
///
/// Only what is ready is paid for. So one task may wait for any number of things that are not.
///
/// ```
/// use pinsight_rt::poll_budget;
/// use std::task::{Context, Poll};
///
/// fn poll_next(queue: &mut Vec<u8>, context: &mut Context<'_>) -> Poll<Option<u8>> {
///     poll_budget(context, |_| Poll::Ready(queue.pop()))
/// }
///
/// let mut queue = vec![1, 2, 3];
/// assert_eq!(pinsight_rt::block_on(std::future::poll_fn(|context| poll_next(&mut queue, context))), Some(3));
/// ```
#[inline]
pub fn poll_budget<T>(context: &mut Context<'_>, operation: impl FnOnce(&mut Context<'_>) -> Poll<T>) -> Poll<T> {
    if Local::with_current(|local| local.budget.get()) == Some(0) {
        context.waker().wake_by_ref();
        return Poll::Pending;
    }
    let poll = operation(context);
    if poll.is_ready() {
        Local::with_current(|local| local.budget.set(local.budget.get().saturating_sub(1)));
    }
    poll
}
