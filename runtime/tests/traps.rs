//! What other runtimes have fallen into. Two more are tests that do not compile: a task that borrows (`LocalExecutor::spawn`), and two
//! readers of one stream (`net::ReadHalf`).

#![cfg(not(loom))]

use pinsight_rt::net::{TcpListener, TcpStream, UnixStream};
use pinsight_rt::{LocalExecutor, block_on, spawn, time, yield_now};
use std::cell::{Cell, RefCell};
use std::future::{pending, poll_fn};
use std::io::Write;
use std::net::Ipv4Addr;
use std::pin::{Pin, pin};
use std::rc::Rc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, mpsc};
use std::task::{Context, Poll, Wake, Waker};
use std::thread::{self, ThreadId};
use std::time::Duration;

const MS: Duration = Duration::from_millis(1);

/// Fails the test, instead of letting it hang.
fn within_ten_seconds(test: impl FnOnce() + Send + 'static) {
    let (sender, receiver) = mpsc::channel();
    let helper = thread::spawn(move || {
        test();
        sender.send(()).unwrap();
    });
    match receiver.recv_timeout(Duration::from_secs(10)) {
        Err(mpsc::RecvTimeoutError::Timeout) => panic!("the test hangs"),
        _ => helper.join().unwrap(),
    }
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

/// A future that hands out its waker at every poll, and never ends.
async fn wait_for_ever(guard: Guard, wakers: Arc<Mutex<Vec<Waker>>>) {
    poll_fn(|context| {
        wakers.lock().unwrap().push(context.waker().clone());
        Poll::<()>::Pending
    })
    .await;
    drop(guard);
}

/// Traps 1, 2 and 3: a waker that fires on another thread while the executor goes. No task is freed under it, none is left
/// behind, and none is dropped over there.
#[test]
fn wakers_fire_while_the_executor_is_dropped() {
    const TASKS: usize = 8;
    for round in 0..300 {
        let dropped = Arc::new(AtomicUsize::new(0));
        let wakers = Arc::new(Mutex::new(Vec::new()));
        let executor = LocalExecutor::new();
        for _ in 0..TASKS {
            let guard = Guard { thread: thread::current().id(), dropped: Arc::clone(&dropped), _local: Rc::new(()) };
            drop(executor.spawn(wait_for_ever(guard, Arc::clone(&wakers))));
        }
        executor.run_until_stalled();
        let stop = Arc::new(AtomicBool::new(false));
        let helpers: Vec<_> = (0..2)
            .map(|_| {
                let (mine, stop) = (wakers.lock().unwrap().clone(), Arc::clone(&stop));
                thread::spawn(move || {
                    while !stop.load(Ordering::Relaxed) {
                        mine.iter().for_each(Waker::wake_by_ref);
                    }
                    // Also when nobody is there any more.
                    mine.into_iter().for_each(Waker::wake);
                })
            })
            .collect();
        for _ in 0..round % 5 {
            executor.try_tick();
        }
        drop(executor);
        assert_eq!(dropped.load(Ordering::SeqCst), TASKS);
        stop.store(true, Ordering::Relaxed);
        helpers.into_iter().for_each(|helper| helper.join().unwrap());
        wakers.lock().unwrap().drain(..).for_each(Waker::wake);
    }
}

/// Trap 3, the other way: the last waker is dropped elsewhere, long after.
#[test]
fn wakers_outlive_the_executor() {
    let dropped = Arc::new(AtomicUsize::new(0));
    let wakers = Arc::new(Mutex::new(Vec::new()));
    let executor = LocalExecutor::new();
    let guard = Guard { thread: thread::current().id(), dropped: Arc::clone(&dropped), _local: Rc::new(()) };
    let task = executor.spawn(wait_for_ever(guard, Arc::clone(&wakers)));
    executor.run_until_stalled();
    let root = executor.run(poll_fn(|context| Poll::Ready(context.waker().clone())));
    drop(executor);
    assert_eq!(dropped.load(Ordering::SeqCst), 1);
    thread::spawn(move || {
        root.wake();
        let clones = wakers.lock().unwrap().clone();
        clones.into_iter().for_each(Waker::wake);
        wakers.lock().unwrap().clear();
    })
    .join()
    .unwrap();
    assert!(block_on(task).unwrap_err().is_aborted());
}

/// Wakes from another thread, and then uses up the park token, as anything that blocks may.
async fn wake_and_eat_the_token() {
    let mut polls = 0;
    poll_fn(|context| {
        polls += 1;
        if polls == 3 {
            return Poll::Ready(());
        }
        let waker = context.waker().clone();
        thread::spawn(move || waker.wake()).join().unwrap();
        thread::current().unpark();
        thread::park();
        Poll::Pending
    })
    .await;
}

/// Trap 5.
#[test]
fn an_eaten_park_token_loses_no_wake_up() {
    within_ten_seconds(|| block_on(wake_and_eat_the_token()));
    within_ten_seconds(|| LocalExecutor::new().run(wake_and_eat_the_token()));
    within_ten_seconds(|| {
        let executor = LocalExecutor::new();
        let task = executor.spawn(wake_and_eat_the_token());
        executor.run(task).unwrap();
    });
}

/// The other half of trap 5: a token that is there for no reason is no wake-up.
#[test]
fn a_park_token_for_nothing_is_no_poll() {
    let main = thread::current();
    let helper = thread::spawn(move || {
        for _ in 0..50 {
            main.unpark();
            thread::sleep(MS / 5);
        }
    });
    let mut polls = 0;
    let waits = |polls: &mut i32| {
        *polls += 1;
        Poll::<()>::Pending
    };
    LocalExecutor::new().run(async {
        let _ = time::timeout(5 * MS, poll_fn(|_| waits(&mut polls))).await;
    });
    helper.join().unwrap();
    // Once at the start, and once when the timer fires.
    assert_eq!(polls, 2);
}

/// A waker whose every step comes back to the runtime.
struct Meddler {
    sleeps: Mutex<Vec<SendSleep>>,
}

/// The test stays on one thread; `Wake` does not know that.
struct SendSleep(#[expect(dead_code, reason = "dropped")] Pin<Box<time::Sleep>>);
// SAFETY: Wakers of the test are made, woken and dropped on its thread.
unsafe impl Send for SendSleep {}

fn meddle() {
    drop(spawn(async {}));
    let mut sleep = Box::pin(time::sleep(MS));
    assert!(sleep.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_pending());
}

impl Wake for Meddler {
    fn wake(self: Arc<Self>) {
        meddle();
    }
}

impl Drop for Meddler {
    fn drop(&mut self) {
        meddle();
        self.sleeps.lock().unwrap().clear();
    }
}

/// Trap 8: wakers are foreign code, and none of it runs while the runtime has something borrowed.
#[test]
fn wakers_may_do_anything() {
    LocalExecutor::new().run(async {
        let meddler = || {
            let mut inner = Box::pin(time::sleep(MS));
            assert!(inner.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_pending());
            Waker::from(Arc::new(Meddler { sleeps: Mutex::new(vec![SendSleep(inner)]) }))
        };
        // Replaced by another, dropped with its timer, and woken.
        let mut replaced = pin!(time::sleep(MS));
        assert!(replaced.as_mut().poll(&mut Context::from_waker(&meddler())).is_pending());
        assert!(replaced.as_mut().poll(&mut Context::from_waker(&meddler())).is_pending());
        let mut dropped = Box::pin(time::sleep(MS));
        assert!(dropped.as_mut().poll(&mut Context::from_waker(&meddler())).is_pending());
        drop(dropped);
        let (mut one, mut other) = UnixStream::pair().unwrap();
        let mut byte = [0];
        {
            let mut read = pin!(one.read(&mut byte));
            assert!(read.as_mut().poll(&mut Context::from_waker(&meddler())).is_pending());
            assert!(read.as_mut().poll(&mut Context::from_waker(&meddler())).is_pending());
            other.write_all(b"x").await.unwrap();
            time::sleep(3 * MS).await;
        }
        {
            let mut read = pin!(one.read(&mut byte));
            let _ = read.as_mut().poll(&mut Context::from_waker(&meddler()));
        }
        drop(one);
    });
}

/// Trap 9: what says that there is data says as well that nothing follows.
#[test]
fn data_and_the_end_in_one_event() {
    within_ten_seconds(|| {
        LocalExecutor::new().run(async {
            let mut listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0).into()).unwrap();
            let mut peer = std::net::TcpStream::connect(listener.local_addr().unwrap()).unwrap();
            let (mut stream, _) = listener.accept().await.unwrap();
            let reader = spawn(async move {
                let mut buffer = [0; 64];
                let first = stream.read(&mut buffer).await.unwrap();
                // Hangs for ever if the short read before has forgotten the end.
                (first, stream.read(&mut buffer).await.unwrap())
            });
            // It waits, so it is registered.
            time::sleep(MS).await;
            // Both in one go, while nobody looks.
            peer.write_all(b"abc").unwrap();
            drop(peer);
            thread::sleep(5 * MS);
            assert_eq!(reader.await.unwrap(), (3, 0));
        });
    });
}

/// Trap 10: an event that was meant for a source that is gone, and whose key another one has.
#[test]
fn a_source_made_in_the_middle_of_events_gets_none_of_others() {
    within_ten_seconds(|| {
        LocalExecutor::new().run(async {
            let (one, mut one_peer) = UnixStream::pair().unwrap();
            let (other, mut other_peer) = UnixStream::pair().unwrap();
            let streams = Rc::new(RefCell::new(vec![one, other]));
            let outcomes = Rc::new(RefCell::new(Vec::new()));
            for mut stream in streams.take() {
                let outcomes = Rc::clone(&outcomes);
                drop(spawn(async move {
                    let mut byte = [0];
                    stream.read_exact(&mut byte).await.unwrap();
                    // Its key is free now, and the new stream takes it.
                    drop(stream);
                    let (mut fresh, mut peer) = UnixStream::pair().unwrap();
                    let early = time::timeout(2 * MS, fresh.read(&mut byte)).await.is_ok();
                    peer.write_all(b"y").await.unwrap();
                    fresh.read_exact(&mut byte).await.unwrap();
                    outcomes.borrow_mut().push((early, byte));
                }));
            }
            time::sleep(MS).await;
            one_peer.write_all(b"x").await.unwrap();
            other_peer.write_all(b"x").await.unwrap();
            time::sleep(20 * MS).await;
            assert_eq!(outcomes.take(), [(false, *b"y"), (false, *b"y")]);
        });
    });
}

struct PanicWhenWoken;

impl Wake for PanicWhenWoken {
    fn wake(self: Arc<Self>) {
        panic!("in a waker");
    }
}

/// Trap 11: it is the fault of neither the executor nor the other timers.
#[test]
fn a_waker_that_panics_harms_nobody_else() {
    LocalExecutor::new().run(async {
        let bad = Waker::from(Arc::new(PanicWhenWoken));
        let mut sleeps: Vec<_> = (0..3).map(|_| Box::pin(time::sleep(MS))).collect();
        for sleep in &mut sleeps {
            assert!(sleep.as_mut().poll(&mut Context::from_waker(&bad)).is_pending());
        }
        time::sleep(2 * MS).await;
        let (mut one, mut other) = UnixStream::pair().unwrap();
        let mut byte = [0];
        assert!(pin!(one.read(&mut byte)).poll(&mut Context::from_waker(&bad)).is_pending());
        other.write_all(b"x").await.unwrap();
        time::sleep(MS).await;
        one.read_exact(&mut byte).await.unwrap();
    });
}

struct BlockAtTheEnd;

impl Drop for BlockAtTheEnd {
    fn drop(&mut self) {
        assert_eq!(block_on(async { 5 }), 5);
    }
}

/// Trap 12: an executor that goes with the locals of its thread.
#[test]
fn executors_in_thread_locals() {
    thread_local! {
        static LAST: BlockAtTheEnd = const { BlockAtTheEnd };
        static EXECUTOR: LocalExecutor = LocalExecutor::new();
    }
    let dropped = Arc::new(AtomicUsize::new(0));
    let theirs = Arc::clone(&dropped);
    thread::spawn(move || {
        LAST.with(|_| ());
        let guard = Guard { thread: thread::current().id(), dropped: theirs, _local: Rc::new(()) };
        EXECUTOR.with(|executor| {
            drop(executor.spawn(async move {
                time::sleep(Duration::from_secs(3600)).await;
                drop(guard);
            }));
            executor.run_until_stalled();
        });
    })
    .join()
    .unwrap();
    assert_eq!(dropped.load(Ordering::SeqCst), 1);
}

/// Trap 13: ten thousand timers of one tick are not one burst.
#[test]
fn a_crowd_of_timers_lets_others_have_turns() {
    LocalExecutor::new().run(async {
        time::pause();
        let deadline = time::Instant::now() + MS;
        let fired = Rc::new(Cell::new(0));
        let theirs = Rc::clone(&fired);
        // Its timer is the first of them, and then it looks on.
        let observer = spawn(async move {
            time::sleep_until(deadline).await;
            let mut seen = vec![0];
            while theirs.get() < 10_000 {
                yield_now().await;
                seen.push(theirs.get());
            }
            seen
        });
        for _ in 0..10_000 {
            let fired = Rc::clone(&fired);
            drop(spawn(async move {
                time::sleep_until(deadline).await;
                fired.set(fired.get() + 1);
            }));
        }
        let seen = observer.await.unwrap();
        let most = seen.windows(2).map(|pair| pair[1] - pair[0]).max().unwrap();
        assert!(most <= 200, "{most} timers between two turns");
    });
}

/// Trap 15, and 7: neither tasks that are always ready nor sources that are always ready keep timers waiting.
#[test]
fn busy_tasks_and_busy_sockets_do_not_starve_timers() {
    within_ten_seconds(|| {
        LocalExecutor::new().run(async {
            let polls = Rc::new(Cell::new(0_u64));
            for _ in 0..500 {
                let polls = Rc::clone(&polls);
                drop(spawn(async move {
                    loop {
                        polls.set(polls.get() + 1);
                        yield_now().await;
                    }
                }));
            }
            let (mut one, mut other) = UnixStream::pair().unwrap();
            drop(spawn(async move {
                loop {
                    one.write_all(&[0; 256]).await.unwrap();
                }
            }));
            drop(spawn(async move {
                let mut buffer = [0; 64];
                loop {
                    other.read_exact(&mut buffer).await.unwrap();
                }
            }));
            for _ in 0..5 {
                let before = polls.get();
                time::sleep(Duration::ZERO).await;
                time::sleep(MS / 10).await;
                assert!(polls.get() > before);
            }
        });
    });
}

/// Trap 14 in its only safe form: one task after another waits for the same stream.
#[test]
fn a_stream_may_change_hands_while_it_waits() {
    LocalExecutor::new().run(async {
        let mut listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0).into()).unwrap();
        let address = listener.local_addr().unwrap();
        let mut stream = TcpStream::connect(address).await.unwrap();
        let (mut server, _) = listener.accept().await.unwrap();
        for _ in 0..3 {
            let mut byte = [0];
            assert!(time::timeout(MS / 4, stream.read(&mut byte)).await.is_err());
            stream = spawn(async move {
                let mut byte = [0];
                assert!(time::timeout(MS / 4, stream.read(&mut byte)).await.is_err());
                stream
            })
            .await
            .unwrap();
        }
        server.write_all(b"z").await.unwrap();
        let mut byte = [0];
        stream.read_exact(&mut byte).await.unwrap();
        drop(pending::<()>());
    });
}
