//! A retrying future, the first example that everyone meets who has to pin a field.
//!
//! `Retry` holds a factory, the current attempt and the number of retries left. It is polled
//! through `Pin<&mut Self>`, projects itself, and polls the attempt. When that ends with an error,
//! the factory makes a new one, and `Pin::set` puts it where the old one stood: the old value is
//! dropped in place and the new one is written over it, so nothing is ever moved out of the pin.
//!
//! A future is inert data, so the rest is what runs it: an executor that polls (`block_on`), a
//! waker by which the future says "poll me again" without anyone spinning, and a source of events.
//! Here that source is a thread per timer; in a real program it is a reactor.

#![forbid(unsafe_code)]

use pinsight::PinProject;
use std::cell::Cell;
use std::io::{Error, ErrorKind};
use std::pin::{Pin, pin};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, Wake, Waker, ready};
use std::thread::{self, Thread};
use std::time::Duration;

/// Makes attempts until one succeeds or no retries are left.
#[derive(PinProject)]
struct Retry<Factory, Attempt> {
    make_attempt: Factory,
    /// Pinned, because it is polled here, and may point into itself once it has been.
    #[pin]
    attempt: Attempt,
    retries_left: u32,
}

impl<Factory, Attempt> Retry<Factory, Attempt>
where
    Factory: FnMut() -> Attempt,
{
    fn new(retries: u32, mut make_attempt: Factory) -> Self {
        // Not polled yet, so the attempt may still be moved, and so may the whole `Retry`.
        let attempt = make_attempt();
        Self { make_attempt, attempt, retries_left: retries }
    }
}

impl<Factory, Attempt, T, E> Future for Retry<Factory, Attempt>
where
    Factory: FnMut() -> Attempt,
    Attempt: Future<Output = Result<T, E>>,
{
    type Output = Result<T, E>;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        // `attempt` is a `Pin<&mut Attempt>`, the other two are plain `&mut`.
        let mut this = self.project();
        loop {
            match ready!(this.attempt.as_mut().poll(context)) {
                Err(_) if *this.retries_left > 0 => {
                    *this.retries_left -= 1;
                    let next = (this.make_attempt)();
                    this.attempt.set(next);
                    // The loop polls the new attempt at once: nobody else would, since its waker
                    // is registered by its first poll.
                }
                result => return Poll::Ready(result),
            }
        }
    }
}

/// Refuses its first few requests.
struct FlakyServer {
    refusals_left: Cell<u32>,
}

impl FlakyServer {
    fn refusing(first: u32) -> Self {
        Self { refusals_left: Cell::new(first) }
    }

    async fn fetch(&self, attempt: u32) -> Result<String, Error> {
        // Needed after the await, so it is stored in the attempt itself: its address tells where
        // the attempt stands.
        let request = format!("GET /{attempt}");
        println!("  attempt {attempt} keeps its request at {:p}", &request);
        Sleep::new(Duration::from_millis(20)).await;
        match self.refusals_left.get() {
            0 => {
                println!("  attempt {attempt} succeeds");
                Ok(format!("the answer to `{request}`"))
            }
            left => {
                self.refusals_left.set(left - 1);
                println!("  attempt {attempt} fails");
                Err(ErrorKind::ConnectionRefused.into())
            }
        }
    }
}

/// Is ready when a thread of its own has slept that long.
struct Sleep {
    duration: Duration,
    timer: Option<Arc<Mutex<Timer>>>,
}

struct Timer {
    has_fired: bool,
    waker: Waker,
}

impl Sleep {
    fn new(duration: Duration) -> Self {
        Self { duration, timer: None }
    }
}

impl Future for Sleep {
    type Output = ();

    // `Sleep` is `Unpin`, as nearly all types are, so its fields are reached without a projection.
    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        if let Some(timer) = &self.timer {
            let mut timer = timer.lock().unwrap_or_else(PoisonError::into_inner);
            if timer.has_fired {
                return Poll::Ready(());
            }
            // Whoever polls last is the one to be woken.
            timer.waker.clone_from(context.waker());
            return Poll::Pending;
        }
        let timer = Arc::new(Mutex::new(Timer { has_fired: false, waker: context.waker().clone() }));
        self.timer = Some(Arc::clone(&timer));
        let duration = self.duration;
        thread::spawn(move || {
            thread::sleep(duration);
            let mut timer = timer.lock().unwrap_or_else(PoisonError::into_inner);
            timer.has_fired = true;
            timer.waker.wake_by_ref();
        });
        Poll::Pending
    }
}

/// Wakes the thread that waits in `block_on`.
struct WakeThread {
    thread: Thread,
    is_woken: AtomicBool,
}

impl Wake for WakeThread {
    fn wake(self: Arc<Self>) {
        self.is_woken.store(true, Ordering::Release);
        self.thread.unpark();
    }
}

/// The executor: polls the future, and lets the thread sleep until the waker is called. Says also
/// how many polls it took.
fn block_on<F: Future>(future: F) -> (F::Output, u32) {
    let mut future = pin!(future);
    let wake_thread = Arc::new(WakeThread { thread: thread::current(), is_woken: AtomicBool::new(false) });
    let waker = Waker::from(Arc::clone(&wake_thread));
    let mut context = Context::from_waker(&waker);
    let mut polls = 1;
    loop {
        if let Poll::Ready(output) = future.as_mut().poll(&mut context) {
            return (output, polls);
        }
        // `park` may return without a reason, and a future is not to be polled without one.
        while !wake_thread.is_woken.swap(false, Ordering::Acquire) {
            thread::park();
        }
        polls += 1;
    }
}

fn fetch_with_retries(server: &FlakyServer, retries: u32) {
    let mut attempts = 0;
    let fetch = Retry::new(retries, || {
        attempts += 1;
        server.fetch(attempts)
    });
    let (result, polls) = block_on(fetch);
    match result {
        Ok(answer) => println!("  got {answer}, in {polls} polls"),
        Err(error) => println!("  gave up: {error}, in {polls} polls"),
    }
}

fn main() {
    println!("a server that refuses twice, 3 retries:");
    fetch_with_retries(&FlakyServer::refusing(2), 3);
    println!("a server that refuses nine times, 1 retry:");
    fetch_with_retries(&FlakyServer::refusing(9), 1);
}
