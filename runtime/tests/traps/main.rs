//! What other runtimes have fallen into. Two more are tests that do not compile: a task that borrows (`LocalExecutor::spawn`), and two
//! readers of one stream (`net::ReadHalf`).

#![cfg(not(loom))]

#[path = "../harness/hang.rs"]
mod hang;
mod parking;
mod sources;
mod turns;
mod wakers;

use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread::{self, ThreadId};
use std::time::Duration;

const MS: Duration = Duration::from_millis(1);

/// Fails the test, instead of letting it hang.
fn within_ten_seconds(test: impl FnOnce() + Send + 'static) {
    hang::within(Duration::from_secs(10), test);
}

/// Says where it was dropped.
struct Guard {
    thread: ThreadId,
    dropped: Arc<AtomicUsize>,
    // Not `Send`, as the futures of a local executor may be.
    _local: Rc<()>,
}

impl Drop for Guard {
    fn drop(&mut self) {
        assert_eq!(self.thread, thread::current().id(), "dropped on a foreign thread");
        self.dropped.fetch_add(1, Ordering::SeqCst);
    }
}
