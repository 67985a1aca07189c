//! For tests of what may never end.

use std::sync::mpsc;
use std::thread;
use std::time::Duration;

/// Fails the test after this time, instead of letting it hang.
pub(crate) fn within(limit: Duration, test: impl FnOnce() + Send + 'static) {
    let (sender, receiver) = mpsc::channel();
    let helper = thread::spawn(move || {
        test();
        sender.send(()).unwrap();
    });
    match receiver.recv_timeout(limit) {
        Err(mpsc::RecvTimeoutError::Timeout) => panic!("the test hangs"),
        _ => helper.join().unwrap(),
    }
}
