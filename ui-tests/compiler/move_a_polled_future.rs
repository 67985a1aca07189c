use std::future::Future;
use std::pin::pin;
use std::task::{Context, Waker};

async fn wait() {}

fn main() {
    let future = wait();
    let mut pinned = pin!(future);
    let _ = pinned.as_mut().poll(&mut Context::from_waker(Waker::noop()));
    std::thread::spawn(move || drop(future)); //~ ERROR use of moved value
}
