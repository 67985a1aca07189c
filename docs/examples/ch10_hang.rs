//! A service that hangs: the client waits for an answer that nobody is going to send.

use pinsight_rt::{LocalExecutor, spawn_named, time, trace};
use std::cell::RefCell;
use std::collections::VecDeque;
use std::future::poll_fn;
use std::rc::Rc;
use std::task::{Poll, Waker};
use std::time::Duration;

/// A channel within a thread.
#[derive(Default)]
struct Channel {
    messages: VecDeque<&'static str>,
    receiver: Option<Waker>,
}

async fn receive(channel: &RefCell<Channel>) -> &'static str {
    poll_fn(|context| {
        let waker = context.waker().clone();
        let mut channel = channel.borrow_mut();
        if let Some(message) = channel.messages.pop_front() {
            return Poll::Ready(message);
        }
        let old = channel.receiver.replace(waker);
        drop(channel); // Before `old`: a waker is foreign code.
        drop(old);
        Poll::Pending
    })
    .await
}

fn main() {
    let executor = LocalExecutor::new();
    executor.run(async {
        time::pause(); // Time passes in leaps, whenever all tasks wait.
        let answers = Rc::new(RefCell::new(Channel::default()));
        drop(spawn_named("client", async move {
            println!("the answer is {}", receive(&answers).await);
        }));
        drop(spawn_named("clock", async {
            loop {
                time::sleep(Duration::from_millis(1)).await;
            }
        }));
        time::sleep(Duration::from_millis(20)).await;
        for task in trace::tasks() {
            let name = task.name.as_deref().unwrap_or("?");
            let woken = if task.last_waker.is_some() { "was woken" } else { "was never woken" };
            println!("{name}: {} bytes, {woken}", task.size);
        }
    });
    println!("left behind: {:?}", executor.shutdown());
}
