//! Branches, exits, and code that is not reached.

#![allow(unused, static_mut_refs, unreachable_code, clippy::all)]

mod prelude;

use crate::prelude::*;

// 0: a (used)
// 1: b (used)
async fn each_branch_keeps_its_own(a: u32, b: u32) -> u32 {
    if flag() {
        op().await;
        a
    } else {
        op().await;
        b
    }
}

// 0: text (dropped)
async fn an_unused_string_in_both_branches(text: String) {
    if flag() {
        op().await;
    }
}

// 0: -
async fn a_return_needs_nothing_after_it() -> u32 {
    let n: u32 = 1;
    if flag() {
        op().await;
        return 0;
    }
    n
}

// 0: -
async fn a_break_out_of_a_labelled_block() -> u32 {
    let n: u32 = 1;
    'out: {
        if flag() {
            op().await;
            break 'out;
        }
        return n;
    }
    0
}

// 0: n (used)
async fn a_labelled_block_with_a_value(n: u32) -> u32 {
    let m: u32 = 'out: {
        if flag() {
            break 'out 1;
        }
        op().await;
        n
    };
    m
}

// 0: n (used)
async fn a_loop_that_is_left_by_return() -> u32 {
    let n: u32 = 1;
    loop {
        op().await;
        if flag() {
            return n;
        }
    }
}

// 0: -
async fn a_call_that_does_not_return() {
    let n: u32 = 1;
    op().await;
    if flag() {
        panic!("no");
        take(n);
    }
}

// 0: text (dropped)
async fn a_call_that_does_not_return_drops() {
    let text: String = String::new();
    op().await;
    fail();
}

// 0: -
async fn an_await_that_nothing_follows_in_an_endless_loop() {
    let n: u32 = 1;
    loop {
        op().await;
    }
}

// 0: text (dropped)
async fn a_string_in_an_endless_loop_is_dropped_by_a_panic() {
    let text: String = String::new();
    loop {
        op().await;
    }
}

// 0: n (used), which (used)
async fn only_one_of_the_arms_uses(n: u32, which: u32) -> u32 {
    op().await;
    match which {
        0 => n,
        _ => 0,
    }
}

// 0: a (used), b (used)
async fn the_condition_and_the_branches(a: bool, b: u32) -> u32 {
    op().await;
    if a { b } else { 0 }
}

// 0: text (used)
async fn moved_in_one_branch_and_used_in_the_other(text: String) -> usize {
    op().await;
    if flag() {
        take(text);
        0
    } else {
        text.len()
    }
}

// 0: text (dropped)
// 1: text (used)
async fn moved_in_one_branch_before_an_await_in_the_other(text: String) {
    if flag() {
        op().await;
    } else {
        op().await;
        take(text);
    }
}

// 0: text (dropped)
async fn moved_in_one_branch_and_awaited_in_both(text: String) {
    if flag() {
        take(text);
    }
    op().await;
}

// 0: -
async fn an_await_in_a_branch_where_it_was_moved(text: String) {
    if flag() {
        take(text);
        op().await;
    }
}

// 0: n (used)
async fn an_await_in_a_condition(n: u32) -> u32 {
    if number().await == 1 { n } else { 0 }
}

// 0: n (used)
async fn an_await_in_a_scrutinee(n: u32) -> u32 {
    match number().await {
        0 => n,
        _ => 0,
    }
}

// 0: result, error (used)
async fn an_await_in_an_arm_for_errors(result: Result<u32, String>) -> Result<u32, String> {
    match result {
        Ok(n) => Ok(n),
        Err(error) => {
            op().await;
            Err(error)
        }
    }
}

// 0: p (used)
async fn an_unsafe_block() -> u32 {
    let n: u32 = 1;
    let p: *const u32 = std::ptr::null();
    op().await;
    unsafe { if flag() { 0 } else { *p } }
}

// 0: -
async fn a_const_block() -> u32 {
    const { 1 + 1 };
    op().await;
    const { 2 }
}

static mut COUNT: u32 = 0;

// 0: -
async fn a_static_is_not_kept() -> u32 {
    unsafe { COUNT += 1 };
    op().await;
    unsafe { COUNT }
}

// 0: x (used)
async fn a_try_like_block_by_a_closure(x: u32) -> Option<u32> {
    let value: Option<u32> = (|| Some(1))();
    op().await;
    Some(x)
}

// 0: -
async fn a_question_mark_on_an_option(some: Option<u32>) -> Option<u32> {
    let n: u32 = some?;
    take(n);
    op().await;
    Some(1)
}

// 0: text (used)
async fn a_question_mark_before_the_await(some: Option<String>) -> Option<String> {
    let text: String = some?;
    op().await;
    Some(text)
}
