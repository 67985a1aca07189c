//! Two that use what one can have.

use super::{MS, within_a_minute};
use pinsight_rt::io::Async;
use pinsight_rt::{LocalExecutor, block_on, spawn, time, yield_now};
use std::future::poll_fn;
use std::io::{Read, Write};
use std::os::unix::net::UnixStream;
use std::panic::catch_unwind;
use std::rc::Rc;
use std::task::Poll;
use std::thread;
use std::time::Duration;

/// The inner one would wait in the first poll of the outer one, which has been woken already.
#[test]
fn a_block_on_inside_another_eats_no_wake_up_of_it() {
    within_a_minute(|| {
        let mut is_woken = false;
        let inner = || catch_unwind(|| block_on(yield_now()));
        block_on(poll_fn(|context| {
            if std::mem::replace(&mut is_woken, true) {
                return Poll::Ready(());
            }
            let waker = context.waker().clone();
            thread::spawn(|| waker.wake()).join().unwrap();
            assert!(inner().is_err() && block_on(async { true }));
            Poll::Pending
        }));
        // And the bench is free again.
        assert!(inner().is_ok());
    });
}

/// The second registration of a descriptor is refused, and must not undo the first.
#[test]
fn a_second_source_of_a_descriptor_does_not_silence_the_first() {
    within_a_minute(|| {
        let (one, mut other) = UnixStream::pair().unwrap();
        let one = Rc::new(one);
        let read = |mut stream: &UnixStream| stream.read(&mut [0]);
        let (mut first, mut second) = (Async::new(Rc::clone(&one)).unwrap(), Async::new(one).unwrap());
        LocalExecutor::new().run(async move {
            let reader = spawn(async move { first.read_with(|stream| read(stream)).await });
            yield_now().await;
            assert!(second.read_with(|stream| read(stream)).await.is_err());
            other.write_all(b"x").unwrap();
            assert_eq!(reader.await.unwrap().unwrap(), 1);
        });
    });
}

/// A sleep that began in another executor, which is gone.
#[test]
fn a_sleep_in_another_executor_than_before() {
    within_a_minute(|| {
        let mut sleep = Box::pin(time::sleep(MS));
        LocalExecutor::new().run(async {
            let _ = time::timeout(Duration::ZERO, sleep.as_mut()).await;
        });
        LocalExecutor::new().run(sleep);
    });
}
