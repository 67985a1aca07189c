//! Letting others go on: by wish, and by budget.

use crate::local::Local;
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
        // To the end of the queue, so that a task that yields for ever starves nobody.
        context.waker().wake_by_ref();
        Poll::Pending
    }
}

/// Takes one operation from the budget of this poll; `Pending`, with the task woken, when it is used up. For leaf futures that
/// may be ready every time: a socket that always has data would keep its task busy for ever. Outside an executor there is
/// no budget.
#[inline]
pub fn poll_budget(context: &mut Context<'_>) -> Poll<()> {
    let left = Local::with_current(|local| {
        let left = local.budget.get();
        local.budget.set(left.saturating_sub(1));
        left
    });
    if left == Some(0) {
        context.waker().wake_by_ref();
        return Poll::Pending;
    }
    Poll::Ready(())
}
