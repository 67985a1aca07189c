//! Futures and outputs of odd types.

use super::Drops;
use pinsight_rt::io::Async;
use pinsight_rt::net::{TcpListener, UdpSocket, UnixStream};
use pinsight_rt::{AbortOnDrop, JoinError, JoinHandle, LocalExecutor, Spawner, Unblock, spawn, time, yield_now};
use std::cell::Cell;
use std::convert::Infallible;
use std::future::pending;
use std::io::PipeReader;
use std::marker::PhantomData;
use std::panic::resume_unwind;
use std::pin::Pin;
use std::rc::Rc;
use std::sync::Arc;
use std::task::{Context, Poll};

#[repr(align(4096))]
struct Page(Arc<Drops>);

impl Drop for Page {
    fn drop(&mut self) {
        self.0.note((&raw const *self).addr().is_multiple_of(4096));
    }
}

#[test]
fn over_aligned_futures_and_outputs() {
    let drops = Arc::new(Drops::default());
    let executor = LocalExecutor::new();
    let make = || {
        let (held, output) = (Page(Arc::clone(&drops)), Page(Arc::clone(&drops)));
        async move {
            yield_now().await;
            drop(held);
            output
        }
    };
    // Dropped by the executor, by the handle, by its owner; and the future, before and after its first poll.
    drop(executor.spawn(make()));
    let unseen = executor.spawn(make());
    drop(executor.run(executor.spawn(make())).unwrap());
    drop(unseen);
    drop(executor.spawn(make()));
    executor.try_tick();
    drop(executor.spawn(make()));
    drop(executor);
    assert_eq!(drops.get(), (10, 0));
}

#[test]
fn futures_of_no_size_and_of_much_and_outputs_that_cannot_be() {
    struct Nothing;
    impl Future for Nothing {
        type Output = Nothing;
        fn poll(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Nothing> {
            Poll::Ready(Nothing)
        }
    }
    let executor = LocalExecutor::new();
    executor.on_panic(|_| ());
    let large = executor.spawn(async {
        let mut bytes = [7_u8; 16 * 1024];
        yield_now().await;
        bytes[0] = 8;
        bytes
    });
    executor.run(async {
        assert!(spawn(Nothing).await.is_ok());
        assert!(spawn(pending::<Infallible>()).abort().await.unwrap_err().is_aborted());
        let bad: JoinHandle<Infallible> = spawn(async { resume_unwind(Box::new(Nothing)) });
        let Err(error) = bad.await;
        assert!(error.is_panic());
        let bytes = large.await.unwrap();
        assert!(bytes[0] == 8 && bytes[1..].iter().all(|byte| *byte == 7));
    });
}

/// Whether a type is `Send` or `Sync`: an associated constant of its own comes before one of a trait.
macro_rules! is {
    ($Type:ty: $Trait:ident) => {{
        #[allow(dead_code, reason = "one of the two constants is not asked for")]
        trait No {
            const IS: bool = false;
        }
        impl<T> No for T {}
        struct Is<T>(PhantomData<T>);
        #[allow(dead_code, reason = "as above")]
        impl<T: $Trait> Is<T> {
            const IS: bool = true;
        }
        Is::<$Type>::IS
    }};
}

#[test]
fn what_may_go_to_other_threads() {
    assert!(is!(Spawner: Send) && is!(Spawner: Sync) && is!(JoinError: Send) && is!(JoinError: Sync));
    // By `&`, a handle gives nothing of its output away.
    assert!(is!(JoinHandle<Cell<u8>>: Send) && is!(JoinHandle<Cell<u8>>: Sync));
    assert!(!is!(JoinHandle<Rc<u8>>: Send) && !is!(JoinHandle<Rc<u8>>: Sync));
    assert!(!is!(AbortOnDrop<Rc<u8>>: Send) && !is!(Unblock<Rc<u8>>: Send));
    assert!(!is!(LocalExecutor: Send) && !is!(LocalExecutor: Sync));
    // A socket may go to another executor, but only one thread at a time waits for it.
    assert!(!is!(time::Sleep: Send) && is!(UnixStream: Send) && !is!(UnixStream: Sync));
    assert!(
        is!(TcpListener: Send) && is!(UdpSocket: Send) && is!(Async<PipeReader>: Send) && !is!(Async<Rc<u8>>: Send)
    );
}
