//! The futures that every runtime is given, so that only the runtimes differ.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};

use atomic_waker::AtomicWaker;

/// Wakes its own task and lets others run, once.
#[derive(Default)]
pub struct YieldNow {
    yielded: bool,
}

impl Future for YieldNow {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        if self.yielded {
            return Poll::Ready(());
        }
        self.yielded = true;
        cx.waker().wake_by_ref();
        Poll::Pending
    }
}

/// Yields as often as told.
pub async fn yield_times(times: usize) {
    for _ in 0..times {
        YieldNow::default().await;
    }
}

/// Never ready, and keeps `N` bytes while it waits, as an async block does: there is room in it to say that it has ended.
pub async fn idle<const N: usize>() {
    let state = std::hint::black_box([0_u8; N]);
    std::future::pending::<()>().await;
    std::hint::black_box(state);
}

/// A channel of one place for a unit value: a flag, and the waker of whoever waits for it.
#[derive(Clone, Default)]
pub struct Signal {
    shared: Arc<SignalState>,
}

#[derive(Default)]
struct SignalState {
    sent: AtomicBool,
    receiver: AtomicWaker,
}

impl Signal {
    /// Fills the place and wakes the receiver.
    pub fn send(&self) {
        self.shared.sent.store(true, Ordering::Release);
        self.shared.receiver.wake();
    }

    /// Waits until the place is filled, and empties it.
    pub fn receive(&self) -> Receive<'_> {
        Receive { state: &self.shared }
    }
}

/// See [`Signal::receive`].
pub struct Receive<'a> {
    state: &'a SignalState,
}

impl Future for Receive<'_> {
    type Output = ();

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        if self.state.sent.swap(false, Ordering::Acquire) {
            return Poll::Ready(());
        }
        self.state.receiver.register(cx.waker());
        // What was sent before the waker was there woke nobody.
        if self.state.sent.swap(false, Ordering::Acquire) { Poll::Ready(()) } else { Poll::Pending }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signal_is_received_once() {
        let signal = Signal::default();
        signal.send();
        pollster::block_on(signal.receive());
        let mut again = std::pin::pin!(signal.receive());
        assert!(again.as_mut().poll(&mut Context::from_waker(std::task::Waker::noop())).is_pending());
    }

    #[test]
    fn an_idle_future_is_little_larger_than_what_it_keeps() {
        assert!(size_of_val(&idle::<0>()) <= 1);
        assert!(size_of_val(&idle::<1024>()) <= 1025);
    }
}
