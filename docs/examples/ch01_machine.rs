//! An async function whose machine points into itself.

use std::future::poll_fn;
use std::task::{Context, Poll, Waker};

async fn process_data() {
    let val = String::from("Hello");
    let val_ref = &val;
    println!("  val lies at     {:p}", &val);
    println!("  val_ref says    {val_ref:p}");
    operation().await;
    println!("  val_ref reads   {val_ref}");
}

/// Waits once.
async fn operation() {
    let mut has_waited = false;
    poll_fn(|_| if std::mem::replace(&mut has_waited, true) { Poll::Ready(()) } else { Poll::Pending }).await;
}

fn main() {
    let machine = process_data();
    println!("a new machine has {} bytes; nothing has run, so it may be moved", size_of_val(&machine));

    let mut machine = Box::pin(machine);
    let mut context = Context::from_waker(Waker::noop());
    println!("the first poll runs it to its await");
    println!("  it begins at    {:p}", &*machine);
    assert!(machine.as_mut().poll(&mut context).is_pending());

    println!("the second poll runs it to its end");
    assert!(machine.as_mut().poll(&mut context).is_ready());
}
