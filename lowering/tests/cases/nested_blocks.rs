//! Async blocks: machines of their own, that capture from this one.

#![allow(unused, static_mut_refs, unreachable_code, clippy::all)]

mod prelude;

use std::future::Future;

use crate::prelude::*;

// 0: n (borrowed), future (used) -> n
// 1: n
// block 0: captured: n
// block 0: 0: -
async fn a_block_captures_by_reference() -> u32 {
    let n: u32 = 1;
    let future = async {
        op().await;
        n
    };
    op().await;
    future.await
}

// 0: future (used)
// 1: -
// block 0: captured: n
// block 0: 0: -
async fn a_move_block_captures_by_value() -> u32 {
    let n: u32 = 1;
    let future = async move {
        op().await;
        n
    };
    op().await;
    future.await
}

// 0: -
// block 0: captured: text
// block 0: 0: text
async fn a_move_block_may_move_what_it_captured() {
    let text: String = String::new();
    take(async move {
        let text = text;
        op().await;
        drop(text);
    });
    op().await;
}

// 0: -
// block 0: captured: text
// block 0: 0: r (used) -> ^text
async fn a_reference_to_what_was_captured() {
    let text: String = String::new();
    take(async move {
        let r = &text;
        op().await;
        r.len()
    });
    op().await;
}

// 0: -
// block 0: captured: text
// block 0: 0: local (used)
async fn a_local_of_the_block() {
    let text: String = String::new();
    take(async move {
        let local: usize = text.len();
        op().await;
        local
    });
    op().await;
}

// 0: -
// block 0: 0: -
// block 1: 0: -
async fn blocks_in_blocks() {
    async {
        async {
            op().await;
        }
        .await;
    }
    .await;
}

// 0: -
// block 0: captured: -
// block 0: 0: -
async fn a_question_mark_in_a_block_stays_in_it() -> u32 {
    let result: Result<u32, ()> = async {
        let n: u32 = fallible().await?;
        Ok(n)
    }
    .await;
    result.unwrap_or(0)
}

// captured: n
// 0: -
fn a_function_that_ends_in_a_block(n: u32) -> impl Future<Output = u32> {
    async move {
        op().await;
        n
    }
}

// captured: n
// 0: -
fn a_function_that_boxes_a_block(n: u32) -> std::pin::Pin<Box<dyn Future<Output = u32>>> {
    Box::pin(async move {
        op().await;
        n
    })
}

// 0: future (used)
// 1: -
// block 0: captured: pair
// block 0: 0: -
async fn a_move_block_captures_one_field() -> usize {
    let pair: (String, u32) = (String::new(), 1);
    let future = async move {
        op().await;
        pair.0.len()
    };
    op().await;
    future.await
}

// 0: first (borrowed), second (borrowed)
// block 0: captured: first
// block 0: 0: -
// block 1: captured: second
// block 1: 0: -
async fn two_blocks_given_to_one_call() {
    let first: String = String::new();
    let second: String = String::new();
    together(
        async {
            op().await;
            first.len()
        },
        async {
            op().await;
            second.len()
        },
    )
    .await;
}

// 0: -
// 1: -
async fn recursion_in_a_box(n: u32) -> u32 {
    op().await;
    Box::pin(recursion_in_a_box(1)).await
}

// 0: n (used)
async fn recursion_with_what_is_needed_later(n: u32) -> u32 {
    let m: u32 = Box::pin(recursion_with_what_is_needed_later(n - 1)).await;
    n + m
}
