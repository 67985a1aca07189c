//! What is awaited, and how.

#![allow(unused, static_mut_refs, unreachable_code, clippy::all)]

mod prelude;

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

// 0: future (used)
// 1: -
async fn a_future_that_is_awaited_later() -> u32 {
    let future: Pin<Box<dyn Future<Output = u32>>> = Box::pin(number());
    op().await;
    future.await
}

// 0: timer (borrowed), __awaitee -> timer
async fn a_future_that_is_awaited_by_reference_stays() -> u32 {
    let mut timer: Timer = Timer;
    (&mut timer).await
}

// 0: future (dropped), __awaitee may -> future
async fn a_boxed_future_that_is_awaited_by_reference_stays() -> u32 {
    let mut future: Pin<Box<dyn Future<Output = u32>>> = Box::pin(number());
    future.as_mut().await
}

// 0: a (used)
// 1: a (used), b (used)
async fn results_are_kept_until_their_use() -> u32 {
    let a: u32 = 1;
    let b: u32 = number().await;
    let c: u32 = number().await;
    a + b + c
}

// 0: -
// 1: -
async fn an_operand_is_copied_before_the_await_in_the_other_one(a: u32) -> u32 {
    a + number().await + number().await
}

// 0: -
async fn what_is_given_to_the_awaited_call_is_moved_into_it(name: String) {
    eat(name).await;
}

// 0: name (dropped)
async fn what_is_lent_to_the_awaited_call_stays(name: String) -> u32 {
    look(&name).await
}

// 0: buffer
// 1: buffer
async fn lent_again_to_each_call() {
    let mut buffer: [u8; 16] = [0; 16];
    change(&mut buffer).await;
    change(&mut buffer).await;
}

// 0: -
async fn a_number_that_is_lent_by_value_is_copied_into_the_call(n: u32) {
    eat(n).await;
}

// 0: -
// 1: -
async fn one_await_in_the_argument_of_another() {
    eat(text().await).await;
}

// 0: -
// 1: x (used)
// 2: x (used), y (used)
async fn a_question_mark_leaves_the_body() -> Result<u32, ()> {
    let x: u32 = fallible().await?;
    let y: u32 = fallible().await?;
    Ok(fallible().await? + x + y)
}

// 0: name (dropped)
async fn a_question_mark_drops_what_is_in_scope() -> Result<String, ()> {
    let name: String = String::new();
    fallible().await?;
    Ok(name)
}

// 0: -
// 1: -
async fn the_other_operand_is_not_awaited_at_the_same_time() -> bool {
    number().await == 0 && number().await == 1
}

// 0: n (used)
// 1: -
async fn an_await_in_one_operand_of_a_lazy_operator(n: u32) -> bool {
    number().await == 0 && n > 1 || number().await == 1
}

// 0: -
async fn a_chain_of_methods_ends_in_the_await() -> usize {
    text().await.trim().len()
}

// 0: name (used)
// block 0: 0: -
async fn an_awaited_block_is_a_machine_of_its_own(name: String) -> u32 {
    let n: u32 = async {
        op().await;
        1
    }
    .await;
    n + name.len() as u32
}
