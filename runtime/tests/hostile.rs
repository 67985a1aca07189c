//! Clone, wake and drop of a waker are foreign code. Here each of them comes back to every public function, from every place that stores
//! a waker: nothing may be borrowed or locked meanwhile, and no wake-up may be lost.

#![cfg(not(loom))]

#[path = "harness/hang.rs"]
mod hang;
#[path = "harness/hostile.rs"]
mod hostile;

use hostile::{Call, Hostility};
use pinsight_rt::net::{TcpListener, UdpSocket, UnixDatagram, UnixListener, UnixStream};
use pinsight_rt::time;
use pinsight_rt::{
    JoinHandle, LocalExecutor, Spawner, block_on, fs, net, poll_budget, spawn, spawn_named, unblock, yield_now,
};
use std::cell::RefCell;
use std::future::{pending, poll_fn};
use std::io;
use std::net::Ipv4Addr;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

const MS: Duration = Duration::from_millis(1);

/// For whatever comes of it.
fn done<T>(_: T) {}

type Future<T> = Pin<Box<dyn std::future::Future<Output = T>>>;

/// What an act leaves behind, so that later ones find it: timers that are armed, sources that wait, tasks that live.
#[derive(Default)]
struct Left {
    futures: Vec<Future<()>>,
    handles: Vec<JoinHandle<()>>,
    wakers: Vec<Waker>,
}

thread_local! {
    static LEFT: RefCell<Left> = RefCell::default();
    /// That the acts know of; its owner holds it too.
    static EXECUTOR: RefCell<Option<(Rc<LocalExecutor>, Spawner)>> = const { RefCell::new(None) };
}

/// Takes out what earlier acts have left, with nothing borrowed.
fn take<T>(part: impl FnOnce(&mut Left) -> &mut Vec<T>) -> Vec<T> {
    LEFT.try_with(|left| std::mem::take(part(&mut left.borrow_mut()))).unwrap_or_default()
}

fn leave<T>(part: impl FnOnce(&mut Left) -> &mut Vec<T>, value: T) {
    let _ = LEFT.try_with(|left| part(&mut left.borrow_mut()).push(value));
}

/// Polls with a waker that does nothing, and keeps the future in its place.
fn begin<F: std::future::Future + 'static>(future: F) {
    let mut future: Future<()> = Box::pin(async { done(future.await) });
    if future.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_pending() {
        leave(|left| &mut left.futures, future);
    }
}

/// Every public function, as far as one may call it there. What panics by its docs has to panic with its message.
fn act(_: Call) {
    let refused = |function: &mut dyn FnMut()| {
        let payload = catch_unwind(AssertUnwindSafe(function)).expect_err("it is refused");
        let text = payload.downcast::<String>().expect("a message");
        assert!(text.contains("help: "), "{text}");
    };
    let executor = EXECUTOR.with(|executor| executor.borrow().clone());
    let is_inside = spawns();
    if let Some((executor, spawner)) = executor {
        leave(|left| &mut left.handles, executor.spawn(async {}));
        leave(|left| &mut left.handles, executor.spawn_named("b", pending()));
        leave(|left| &mut left.handles, spawner.spawn(async {}));
        leave(|left| &mut left.handles, spawner.spawn_with(|| async {}));
        executor.on_panic(|_| ());
        assert!(executor.len() < 1_000_000 && !executor.is_empty() && !spawner.is_closed());
        let _ = format!("{executor:?} {spawner:?} {:?}", executor.spawner());
        if is_inside {
            refused(&mut || executor.run(async {}));
            refused(&mut || done(executor.try_tick()));
            refused(&mut || done(executor.run_until_stalled()));
        }
        #[cfg(feature = "trace")]
        assert!(!executor.tasks().is_empty());
    }
    // Another one, from its beginning to its end.
    let other = LocalExecutor::with_seed(7);
    done(other.spawn(pending::<()>()));
    assert_eq!(other.shutdown().len(), 1);
    assert_eq!(block_on(async { 1 }), 1);
    begin(unblock(|| ()));
    done(unblock(|| ()));
    unblock(|| ()).detach();
    begin(fs::read("/nowhere"));
    begin(net::resolve((Ipv4Addr::LOCALHOST, 1)));
    let _ = time::now();
    if is_inside {
        inside();
    }
    // Some of it is woken, looked at, given up or ended again, in some order.
    take(|left| &mut left.wakers).into_iter().for_each(Waker::wake);
    for (number, mut handle) in take(|left| &mut left.handles).into_iter().enumerate() {
        let is_over = Pin::new(&mut handle).poll(&mut Context::from_waker(Waker::noop())).is_ready();
        match number % 4 {
            _ if is_over => {}
            0 => done(handle.abort()),
            1 => done(handle.abort_on_drop()),
            2 => done(format!("{handle:?} {}", handle.is_finished())),
            _ => leave(|left| &mut left.handles, handle),
        }
    }
    let futures = take(|left| &mut left.futures);
    if futures.len() > 40 {
        done(futures);
    } else {
        for mut future in futures {
            if is_inside && future.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_pending() {
                leave(|left| &mut left.futures, future);
            }
        }
    }
}

/// Whether there is a running executor.
fn spawns() -> bool {
    let poll = catch_unwind(AssertUnwindSafe(|| done(spawn(async {}))));
    poll.is_ok()
}

/// What needs a running executor.
fn inside() {
    leave(|left| &mut left.handles, spawn(async {}));
    leave(|left| &mut left.handles, spawn_named("a", yield_now()));
    // With a waker of a task, which it will be woken by.
    leave(
        |left| &mut left.handles,
        spawn(poll_fn(|context| {
            leave(|left| &mut left.wakers, context.waker().clone());
            Poll::Ready(())
        })),
    );
    begin(time::sleep(MS));
    begin(time::sleep(Duration::ZERO));
    begin(time::sleep(Duration::from_secs(1 << 40)));
    begin(time::timeout(MS, pending::<()>()));
    begin(async { time::interval(MS).tick().await });
    begin(yield_now());
    begin(poll_fn(|context| poll_budget(context, |_| Poll::Ready(()))));
    begin(poll_fn(|context| poll_budget(context, |_| Poll::<()>::Pending)));
    if catch_unwind(AssertUnwindSafe(time::pause)).is_err() {
        begin(time::advance(Duration::from_micros(10)));
    } else {
        time::resume();
    }
    let (mut one, mut other) = UnixStream::pair().unwrap();
    begin(async move {
        one.write_all(b"a").await.unwrap();
        one.read(&mut [0]).await.unwrap()
    });
    begin(async move { other.read_exact(&mut [0; 2]).await });
    begin(async { TcpListener::bind((Ipv4Addr::LOCALHOST, 0).into()).unwrap().accept().await });
    #[cfg(feature = "trace")]
    {
        pinsight_rt::trace::warn_of_slow_polls(Duration::from_secs(60));
        assert!(!pinsight_rt::trace::tasks().is_empty());
    }
}

/// What stores a waker, and makes it wake.
struct Place {
    name: &'static str,
    future: Future<()>,
    wake: Box<dyn FnMut()>,
    /// On a clock that stands still.
    is_paused: bool,
}

impl Place {
    fn new(
        name: &'static str,
        future: impl std::future::Future<Output = ()> + 'static,
        wake: impl FnMut() + 'static,
    ) -> Self {
        Self { name, future: Box::pin(future), wake: Box::new(wake), is_paused: false }
    }
}

fn places() -> Vec<Place> {
    let mut places = Vec::new();
    places.push(Place::new("a sleep", time::sleep(2 * MS), || ()));
    places.push(Place::new("a far sleep", time::sleep(Duration::from_secs(3600)), || ()));
    places.last_mut().unwrap().is_paused = true;
    let mut interval = time::interval_at(time::now() + 2 * MS, MS);
    places.push(Place::new("an interval", async move { done(interval.tick().await) }, || ()));
    places.push(Place::new("a timeout", async { done(time::timeout(2 * MS, pending::<()>()).await) }, || ()));
    let (mut one, other) = UnixStream::pair().unwrap();
    let read = async move { one.read_exact(&mut [0]).await.unwrap() };
    places.push(Place::new("a read", read, move || done(io::Write::write(&mut other.get_ref(), b"x").unwrap())));
    let (mut one, mut other) = UnixStream::pair().unwrap();
    while io::Write::write(&mut one.get_ref(), &[0; 4096]).is_ok() {}
    let write = async move { one.write_all(b"x").await.unwrap() };
    let _ = &mut other;
    places.push(Place::new(
        "a write",
        write,
        move || while io::Read::read(&mut other.get_ref(), &mut [0; 65536]).is_ok() {},
    ));
    let mut listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0).into()).unwrap();
    let address = listener.local_addr().unwrap();
    let accept = async move { done(listener.accept().await.unwrap()) };
    places.push(Place::new("an accept", accept, move || done(std::net::TcpStream::connect(address).unwrap())));
    let mut socket = UdpSocket::bind((Ipv4Addr::LOCALHOST, 0).into()).unwrap();
    let address = socket.local_addr().unwrap();
    let receive = async move { done(socket.recv(&mut [0; 8]).await.unwrap()) };
    let sender = std::net::UdpSocket::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    places.push(Place::new("a datagram", receive, move || done(sender.send_to(b"x", address).unwrap())));
    let (one, other) = UnixDatagram::pair().unwrap();
    let (mut reads, writes) = one.into_split();
    let receive = async move {
        reads.recv(&mut [0; 8]).await.unwrap();
        done(writes);
    };
    places.push(Place::new("a half", receive, move || done(other.get_ref().send(b"x").unwrap())));
    let (mut one, other) = UnixStream::pair().unwrap();
    let readable = async move { one.readable().await.unwrap() };
    places.push(Place::new("readable", readable, move || {
        other.get_ref().shutdown(std::net::Shutdown::Both).unwrap();
    }));
    let (sender, receiver) = futures_util::future::abortable(pending::<()>());
    let task = spawn(async move { done(sender.await) });
    places.push(Place::new("a task", async move { task.await.unwrap() }, move || receiver.abort()));
    let aborted = spawn(pending::<()>());
    let (abort, aborts) = futures_util::future::abortable(pending::<()>());
    let task = async move { assert!(aborted.abort().await.is_err()) };
    places.push(Place::new("an abort", task, move || aborts.abort()));
    done(abort);
    let (sender, receiver) = std::sync::mpsc::channel::<()>();
    let mut sender = Some(sender);
    let job = unblock(move || done(receiver.recv()));
    places.push(Place::new("a job", job, move || done(sender.take())));
    places.push(Place::new("a yield", yield_now(), || ()));
    places
}

/// Runs a test in an executor that the acts know of.
fn in_executor(test: impl FnOnce(&LocalExecutor) + Send + 'static) {
    hang::within(Duration::from_secs(60), || {
        let executor = Rc::new(LocalExecutor::new());
        executor.on_panic(|_| ());
        // So that there is always a task.
        done(executor.spawn(pending::<()>()));
        EXECUTOR.with(|slot| slot.replace(Some((Rc::clone(&executor), executor.spawner()))));
        test(&executor);
        EXECUTOR.with(|slot| slot.replace(None));
        done((take(|left| &mut left.futures), take(|left| &mut left.handles), take(|left| &mut left.wakers)));
    });
}

fn assert_calm(name: &str, hostility: &Hostility) {
    assert_eq!(*hostility.panics.lock().unwrap(), [] as [String; 0], "at {name}");
}

#[test]
fn every_place_that_stores_a_waker_wakes_it() {
    in_executor(|executor| {
        let count = executor.run(async { places().len() });
        for index in 0..count {
            executor.run(async {
                let mut place = places().swap_remove(index);
                if place.is_paused {
                    time::pause();
                }
                let (first, second) = (Hostility::new(act), Hostility::new(act));
                // Stored, found again, and replaced, which drops it.
                let (one, other) = (first.waker(), second.waker());
                for waker in [&one, &one, &other, &one, &other] {
                    if place.future.as_mut().poll(&mut Context::from_waker(waker)).is_ready() {
                        // An act may have let time pass, and yields are over at the second poll.
                        assert!(place.name == "a yield" || place.name.contains("sleep"), "{}", place.name);
                        return;
                    }
                }
                (place.wake)();
                let limit = std::time::Instant::now() + Duration::from_secs(20);
                while second.wakes.load(Ordering::SeqCst) == 0 {
                    assert!(std::time::Instant::now() < limit, "the wake-up of {} is lost", place.name);
                    time::sleep(if place.is_paused { Duration::from_secs(900) } else { MS / 4 }).await;
                }
                let ended = poll_fn(|context| place.future.as_mut().poll(context));
                time::timeout(Duration::from_secs(7200), ended).await.expect(place.name);
                done((one, other));
                assert!(first.calls(Call::Clone) > 0 && first.calls(Call::Drop) > 0, "{}", place.name);
                assert_calm(place.name, &first);
                assert_calm(place.name, &second);
                if place.is_paused {
                    time::resume();
                }
            });
        }
    });
}

/// Given up while the waker is stored.
#[test]
fn every_place_that_stores_a_waker_drops_it() {
    in_executor(|executor| {
        let count = executor.run(async { places().len() });
        for index in 0..count {
            for outside in [false, true] {
                let hostility = Hostility::new(act);
                let waker = hostility.waker();
                let place = executor.run(async {
                    let mut place = places().swap_remove(index);
                    let _ = place.future.as_mut().poll(&mut Context::from_waker(&waker));
                    outside.then_some(place)
                });
                done(waker);
                if let Some(place) = place {
                    let name = place.name;
                    done(place);
                    assert_calm(name, &hostility);
                }
                assert!(hostility.calls(Call::Drop) > 0);
                assert_calm("some place", &hostility);
                executor.run_until_stalled();
            }
        }
    });
}

/// The executor goes, with everything that it has stored.
#[test]
fn an_executor_goes_with_all_the_wakers_that_it_has() {
    hang::within(Duration::from_secs(60), || {
        let hostility = Hostility::new(act);
        for shutdown in [false, true] {
            let executor = LocalExecutor::new();
            let mut places = executor.run(async { places() });
            for place in &mut places {
                executor.run(async {
                    let _ = place.future.as_mut().poll(&mut Context::from_waker(&hostility.waker()));
                });
            }
            let keep = places.split_off(places.len() / 2);
            // Some of them by tasks, which go with it; the others after it.
            for place in keep {
                let waker = hostility.waker();
                let mut future = place.future;
                done(executor.spawn(poll_fn(move |_| future.as_mut().poll(&mut Context::from_waker(&waker)))));
            }
            executor.run_until_stalled();
            if shutdown {
                done(executor.shutdown())
            } else {
                done(executor)
            }
            done(places);
            done((take(|left| &mut left.futures), take(|left| &mut left.handles), take(|left| &mut left.wakers)));
        }
        // A job of the pool that ends at this moment has the waker until it has woken it. One that is left is a hang.
        while Arc::strong_count(&hostility) > 1 {
            std::thread::sleep(MS);
        }
        assert_calm("the end of an executor", &hostility);
    });
}

/// The budget wakes as well.
#[test]
fn a_budget_that_is_used_up_wakes() {
    in_executor(|executor| {
        executor.run(async {
            let hostility = Hostility::new(act);
            let waker = hostility.waker();
            for _ in 0..300 {
                let _ = poll_budget(&mut Context::from_waker(&waker), |_| Poll::Ready(()));
            }
            assert!(hostility.calls(Call::WakeByRef) > 0);
            assert_calm("the budget", &hostility);
        });
    });
}

/// On a listener of a path, from the other threads that the jobs are on, and wherever they end.
#[test]
fn hostile_wakers_on_other_threads() {
    in_executor(|executor| {
        let hostility = Hostility::new(act);
        let spawner = executor.spawner();
        for _ in 0..50 {
            let waker = hostility.waker();
            let mut job = unblock(|| ());
            let _ = Pin::new(&mut job).poll(&mut Context::from_waker(&waker));
            let mut task = spawner.spawn(async {});
            let helper = std::thread::spawn(move || {
                let poll = Pin::new(&mut task).poll(&mut Context::from_waker(&waker));
                if poll.is_pending() {
                    std::thread::sleep(MS);
                }
                done((task, waker));
            });
            executor.run(yield_now());
            helper.join().unwrap();
            done(job);
        }
        assert_calm("other threads", &hostility);
        let path = std::env::temp_dir().join(format!("pinsight-rt-hostile-{}", std::process::id()));
        executor.run(async {
            let mut listener = UnixListener::bind(&path).unwrap();
            let mut accept = Box::pin(async move { done(listener.accept().await) });
            for _ in 0..3 {
                assert!(accept.as_mut().poll(&mut Context::from_waker(&hostility.waker())).is_pending());
            }
        });
        std::fs::remove_file(path).unwrap();
        assert_calm("a listener", &hostility);
    });
}
