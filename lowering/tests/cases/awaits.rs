//! What is awaited, and how.

use std::future::{Future, IntoFuture};
use std::pin::{Pin, pin};

use crate::prelude::*;

// 0: -
async fn nothing_is_kept() {
    op().await;
}

// 0: val (borrowed, dropped), val_ref (used) -> val
async fn the_example_of_every_book() -> usize {
    let val = String::from("hi");
    let val_ref = &val;
    op().await;
    val_ref.len()
}

// 0: -
// 1: n (used)
// 2: -
async fn each_await_is_a_state_of_its_own() -> u32 {
    let n: u32 = number().await;
    op().await;
    take(n);
    number().await
}

// 0: -
async fn a_future_that_is_awaited_is_moved_out_of_its_variable() {
    let future = op();
    future.await;
}
