//! What goes wrong around the runtime: panics, peers, signals, and time that passes for nothing.

#![cfg(not(loom))]

use pinsight::PinGuard;
use pinsight_rt::net::{TcpListener, TcpStream, UnixStream};
use pinsight_rt::{LocalExecutor, block_on, spawn, time, yield_now};
use std::cell::Cell;
use std::future::{pending, poll_fn};
use std::io::ErrorKind;
use std::mem::ManuallyDrop;
use std::net::Ipv4Addr;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll, Wake, Waker};
use std::thread;
use std::time::{Duration, Instant};

const MS: Duration = Duration::from_millis(1);

struct PanicInDrop;

impl Drop for PanicInDrop {
    fn drop(&mut self) {
        if !thread::panicking() {
            panic!("in drop");
        }
    }
}

/// Ends with an output, and has something in it that is dropped only then.
struct EndWith<T>(Option<T>, PanicInDrop);

impl<T: Unpin> Future for EndWith<T> {
    type Output = T;

    fn poll(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<T> {
        Poll::Ready(self.0.take().expect("it is polled once"))
    }
}

#[test]
fn a_panic_in_drop_reaches_whoever_awaits() {
    let executor = LocalExecutor::new();
    executor.on_panic(|_| ());
    let inside = executor.spawn(async { drop(PanicInDrop) });
    let at_the_end = executor.spawn(EndWith(Some(()), PanicInDrop));
    // Its output is dropped as well, and nobody is told of that panic.
    let twice = executor.spawn(EndWith(Some(PanicInDrop), PanicInDrop));
    let calm = executor.spawn(async { 1 });
    assert!(executor.run(inside).unwrap_err().is_panic());
    assert!(executor.run(at_the_end).unwrap_err().is_panic());
    assert!(executor.run(twice).err().unwrap().is_panic());
    assert_eq!(executor.run(calm).unwrap(), 1);
}

#[test]
fn a_panic_in_drop_of_an_aborted_task_harms_nobody() {
    let executor = LocalExecutor::new();
    let reports = Rc::new(Cell::new(0));
    let theirs = Rc::clone(&reports);
    executor.on_panic(move |_| theirs.set(theirs.get() + 1));
    let waits = || async {
        let _guard = PanicInDrop;
        pending::<()>().await;
    };
    let aborted = executor.spawn(waits());
    drop(executor.spawn(waits()));
    executor.run_until_stalled();
    assert!(executor.run(aborted.abort()).unwrap_err().is_panic());
    assert_eq!(reports.get(), 1);
    // And at the end of the executor.
    drop(executor);
    assert_eq!(reports.get(), 2);
}

#[test]
fn a_panic_of_the_root_leaves_the_executor_usable() {
    let executor = LocalExecutor::new();
    let task = executor.spawn(async { 4 });
    assert!(catch_unwind(AssertUnwindSafe(|| executor.run(async { panic!("root") }))).is_err());
    assert!(catch_unwind(AssertUnwindSafe(|| block_on(async { panic!("root") }))).is_err());
    assert_eq!(executor.run(task).unwrap() + block_on(async { 1 }), 5);
}

async fn connected() -> (TcpStream, TcpStream) {
    let mut listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0).into()).unwrap();
    let client = TcpStream::connect(listener.local_addr().unwrap()).await.unwrap();
    (client, listener.accept().await.unwrap().0)
}

#[test]
fn a_peer_that_resets() {
    LocalExecutor::new().run(async {
        let (mut client, mut server) = connected().await;
        client.write_all(b"never read").await.unwrap();
        let mut byte = [0];
        // Waits, so that the event has to tell.
        let reader = spawn(async move { client.read(&mut byte).await });
        yield_now().await;
        server.peek(&mut byte).await.unwrap();
        // Closing with unread data is a reset.
        drop(server);
        assert_eq!(reader.await.unwrap().unwrap_err().kind(), ErrorKind::ConnectionReset);
    });
}

#[test]
fn writing_to_a_peer_that_is_gone() {
    LocalExecutor::new().run(async {
        let (mut client, server) = connected().await;
        drop(server);
        let error = loop {
            if let Err(error) = client.write_all(&[0; 4096]).await {
                break error;
            }
            time::sleep(MS).await;
        };
        assert!(matches!(error.kind(), ErrorKind::BrokenPipe | ErrorKind::ConnectionReset), "{error}");
    });
}

#[test]
fn a_peer_that_says_nothing() {
    LocalExecutor::new().run(async {
        let (mut client, mut server) = connected().await;
        let mut byte = [0];
        assert!(time::timeout(2 * MS, client.read(&mut byte)).await.is_err());
        // The stream still works.
        server.write_all(b"a").await.unwrap();
        assert_eq!(client.read(&mut byte).await.unwrap(), 1);
    });
}

/// A writer that nobody reads from waits, and goes on when somebody does.
#[test]
fn a_peer_that_does_not_read() {
    LocalExecutor::new().run(async {
        let (mut client, mut server) = connected().await;
        let mut written = 0;
        while let Ok(length) = time::timeout(5 * MS, client.write(&[0; 65536])).await {
            written += length.unwrap();
        }
        let reader = spawn(async move {
            let mut buffer = vec![0; 65536];
            let mut total = 0;
            while let length @ 1.. = server.read(&mut buffer).await.unwrap() {
                total += length;
            }
            total
        });
        written += client.write(&[0; 65536]).await.unwrap();
        drop(client);
        assert_eq!(reader.await.unwrap(), written);
    });
}

/// Processor time of this thread.
fn cpu_time() -> Duration {
    let mut time = libc::timespec { tv_sec: 0, tv_nsec: 0 };
    // SAFETY: The argument is a `timespec` to write to.
    assert_eq!(unsafe { libc::clock_gettime(libc::CLOCK_THREAD_CPUTIME_ID, &raw mut time) }, 0);
    Duration::new(time.tv_sec as u64, time.tv_nsec as u32)
}

#[test]
fn an_idle_executor_uses_no_processor() {
    let executor = LocalExecutor::new();
    for with_socket in [false, true] {
        let (mut one, _other) = UnixStream::pair().unwrap();
        if with_socket {
            drop(executor.spawn(async move {
                let mut byte = [0];
                let _ = one.read(&mut byte).await;
            }));
        }
        let before = cpu_time();
        let start = Instant::now();
        executor.run(time::sleep(Duration::from_millis(200)));
        let used = cpu_time() - before;
        assert!(start.elapsed() >= Duration::from_millis(200) && used < Duration::from_millis(5), "{used:?}");
    }
}

extern "C" fn do_nothing(_: libc::c_int) {}

#[test]
fn signals_disturb_nothing() {
    // SAFETY: All zero is a `sigaction` without flags, so that system calls are interrupted; the handler does nothing.
    let installed = unsafe {
        let mut action: libc::sigaction = std::mem::zeroed();
        action.sa_sigaction = do_nothing as *const () as usize;
        libc::sigaction(libc::SIGUSR2, &raw const action, std::ptr::null_mut())
    };
    assert_eq!(installed, 0);
    for with_socket in [false, true] {
        // SAFETY: Says which thread this is.
        let main = unsafe { libc::pthread_self() };
        let stop = Arc::new(AtomicUsize::new(0));
        let theirs = Arc::clone(&stop);
        let helper = thread::spawn(move || {
            while theirs.load(Ordering::Relaxed) == 0 {
                // SAFETY: The thread waits for this one, so it is there.
                unsafe { libc::pthread_kill(main, libc::SIGUSR2) };
                thread::sleep(MS / 4);
            }
        });
        let executor = LocalExecutor::new();
        let polls = Rc::new(Cell::new(0));
        let theirs = Rc::clone(&polls);
        let (mut one, mut other) = UnixStream::pair().unwrap();
        executor.run(async move {
            if with_socket {
                let mut byte = [0];
                assert!(time::timeout(10 * MS, one.read(&mut byte)).await.is_err());
                other.write_all(b"x").await.unwrap();
                one.read_exact(&mut byte).await.unwrap();
            }
            let start = Instant::now();
            let mut sleep = std::pin::pin!(time::sleep(20 * MS));
            poll_fn(|context| {
                theirs.set(theirs.get() + 1);
                sleep.as_mut().poll(context)
            })
            .await;
            assert!(start.elapsed() >= 20 * MS);
        });
        stop.store(1, Ordering::Relaxed);
        helper.join().unwrap();
        assert_eq!(polls.get(), 2);
    }
}

#[test]
fn an_executor_dropped_with_a_hundred_thousand_tasks() {
    let live = Rc::new(());
    let executor = LocalExecutor::new();
    for number in 0..100_000_u64 {
        let live = Rc::clone(&live);
        drop(executor.spawn(async move {
            time::sleep(Duration::from_secs(3600 + number)).await;
            drop(live);
        }));
    }
    executor.run_until_stalled();
    assert_eq!((executor.len(), Rc::strong_count(&live)), (100_000, 100_001));
    drop(executor);
    assert_eq!(Rc::strong_count(&live), 1);
}

#[test]
fn a_drop_at_the_end_may_spawn_wake_and_abort() {
    struct Meddle(Option<pinsight_rt::JoinHandle<()>>, Option<Waker>);
    impl Drop for Meddle {
        fn drop(&mut self) {
            drop(self.0.take().unwrap().abort());
            self.1.take().unwrap().wake();
            // There is an executor, but nothing new begins in it.
            assert!(spawn(async { unreachable!("polled at the end") }).is_finished());
        }
    }
    let executor = LocalExecutor::new();
    let other = executor.spawn(pending::<()>());
    drop(executor.spawn(async move {
        let waker = poll_fn(|context| Poll::Ready(context.waker().clone())).await;
        let _meddle = Meddle(Some(other), Some(waker));
        pending::<()>().await;
    }));
    executor.run_until_stalled();
    drop(executor);
}

struct Notify(thread::Thread, AtomicUsize);

impl Wake for Notify {
    fn wake(self: Arc<Self>) {
        self.1.fetch_add(1, Ordering::SeqCst);
        self.0.unpark();
    }
}

/// A combinator with a mistake: it moves the future that it has promised not to move.
struct Mover<F> {
    slots: [Option<F>; 2],
    polls: usize,
}

impl<F: Future> Future for Mover<F> {
    type Output = F::Output;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<F::Output> {
        // SAFETY: There is none: what follows moves out of a pinned place, which is what the test is about. The future that is
        // moved does not point into itself.
        let this = unsafe { self.get_unchecked_mut() };
        let from = this.polls % 2;
        this.polls += 1;
        let future = this.slots[from].take();
        this.slots[1 - from] = future;
        let future = this.slots[1 - from].as_mut().unwrap();
        // SAFETY: As above: none.
        unsafe { Pin::new_unchecked(future) }.poll(context)
    }
}

#[test]
fn a_pin_guard_finds_a_wrong_combinator() {
    let inner = || PinGuard::new(yield_now());
    // A right one does nothing.
    LocalExecutor::new().run(inner());
    let wrong = Mover { slots: [Some(inner()), None], polls: 0 };
    let payload =
        catch_unwind(AssertUnwindSafe(|| block_on(ManuallyDropFuture(ManuallyDrop::new(wrong))))).unwrap_err();
    let text = payload.downcast::<String>().unwrap();
    assert!(
        text.contains("a pinned future was moved: first polled at 0x") && text.contains(", polled at 0x"),
        "{text}"
    );
    assert!(text.contains("help: look for `Pin::new_unchecked`"), "{text}");
    let addresses: Vec<&str> = text.split("0x").skip(1).map(|rest| &rest[..6]).collect();
    assert_eq!(addresses.len(), 2);
}

/// So that the panic of the poll is the only one.
struct ManuallyDropFuture<F>(ManuallyDrop<F>);

impl<F: Future> Future for ManuallyDropFuture<F> {
    type Output = F::Output;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<F::Output> {
        // SAFETY: The field is pinned with the struct, and never dropped.
        unsafe { self.map_unchecked_mut(|this| &mut *this.0) }.poll(context)
    }
}

#[test]
fn a_pin_guard_finds_a_move_before_the_drop() {
    let mut context = Context::from_waker(Waker::noop());
    let mut future = PinGuard::new(pending::<()>());
    {
        // SAFETY: Wrong on purpose: it is moved below. It does not point into itself.
        let pinned = unsafe { Pin::new_unchecked(&mut future) };
        assert!(pinned.poll(&mut context).is_pending());
    }
    let moved = Box::new(future);
    let payload = catch_unwind(AssertUnwindSafe(|| drop(moved))).unwrap_err();
    assert!(payload.downcast::<String>().unwrap().contains(", dropped at 0x"));
}

/// However many wake-ups come while the executor sleeps, it is woken once, and polls once.
#[test]
fn many_wake_ups_are_one_poll() {
    let executor = LocalExecutor::new();
    let polls = Rc::new(Cell::new(0));
    let theirs = Rc::clone(&polls);
    executor.run(async move {
        let (sender, receiver) = std::sync::mpsc::channel::<Waker>();
        let woken = Arc::new(Notify(thread::current(), AtomicUsize::new(0)));
        let done = Arc::clone(&woken);
        let helper = thread::spawn(move || {
            let waker = receiver.recv().unwrap();
            thread::sleep(5 * MS);
            for _ in 0..1000 {
                waker.wake_by_ref();
            }
            done.1.store(1, Ordering::SeqCst);
        });
        let mut sender = Some(sender);
        poll_fn(|context| {
            theirs.set(theirs.get() + 1);
            match sender.take() {
                Some(sender) => {
                    sender.send(context.waker().clone()).unwrap();
                    Poll::Pending
                }
                None => {
                    // The rest of them comes while this poll is at work.
                    while woken.1.load(Ordering::SeqCst) == 0 {
                        thread::yield_now();
                    }
                    Poll::Ready(())
                }
            }
        })
        .await;
        helper.join().unwrap();
    });
    assert_eq!(polls.get(), 2);
}
