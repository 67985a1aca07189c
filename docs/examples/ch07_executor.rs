//! An executor: it polls what was woken, and sleeps when nothing was.

use std::collections::VecDeque;
use std::future::poll_fn;
use std::pin::Pin;
use std::sync::{Arc, Condvar, Mutex};
use std::task::{Context, Poll, Wake, Waker};

type Work = Pin<Box<dyn Future<Output = ()> + Send>>;

/// The tasks that are to be polled.
#[derive(Default)]
struct Queue {
    ready: Mutex<VecDeque<Arc<Task>>>,
    has_grown: Condvar,
}

struct Task {
    /// `None` once the future has ended.
    work: Mutex<Option<Work>>,
    queue: Arc<Queue>,
}

impl Wake for Task {
    fn wake(self: Arc<Self>) {
        let queue = Arc::clone(&self.queue);
        queue.ready.lock().unwrap().push_back(self);
        queue.has_grown.notify_one();
    }
}

fn spawn(queue: &Arc<Queue>, future: impl Future<Output = ()> + Send + 'static) {
    Arc::new(Task { work: Mutex::new(Some(Box::pin(future))), queue: Arc::clone(queue) }).wake();
}

/// Runs until `count` tasks have ended.
fn run(queue: &Queue, mut count: usize) {
    while count > 0 {
        let ready = queue.ready.lock().unwrap();
        let task = queue.has_grown.wait_while(ready, |ready| ready.is_empty()).unwrap().pop_front().unwrap();
        let waker = Waker::from(Arc::clone(&task));
        let mut work = task.work.lock().unwrap();
        if let Some(future) = &mut *work
            && future.as_mut().poll(&mut Context::from_waker(&waker)).is_ready()
        {
            *work = None;
            count -= 1;
        }
    }
}

/// Lets the other tasks be polled first: it wakes its own task, and waits.
async fn yield_now() {
    let mut has_yielded = false;
    poll_fn(|context| {
        if std::mem::replace(&mut has_yielded, true) {
            return Poll::Ready(());
        }
        context.waker().wake_by_ref();
        Poll::Pending
    })
    .await;
}

fn main() {
    let queue = Arc::new(Queue::default());
    for name in ["first", "second"] {
        spawn(&queue, async move {
            for step in 1..=2 {
                println!("{name} task, step {step}");
                yield_now().await;
            }
        });
    }
    run(&queue, 2);
    println!("both have ended");
}
