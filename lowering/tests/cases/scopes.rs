//! Where a local begins and ends.

#![allow(unused, static_mut_refs, unreachable_code, clippy::all)]

mod prelude;

use crate::prelude::*;

// 0: -
async fn a_block_ends_the_scope_before_the_await() {
    {
        let text: String = String::new();
        view(&text);
    }
    op().await;
}

// 0: outer (used), inner (dropped)
// 1: outer (used)
async fn a_block_around_the_await() -> usize {
    let outer: String = String::new();
    {
        let inner: String = String::new();
        op().await;
    }
    op().await;
    outer.len()
}

// 0: -
async fn a_local_that_begins_after_the_await() -> usize {
    op().await;
    let text: String = String::new();
    text.len()
}

// 0: -
async fn a_local_without_a_value_yet() -> usize {
    let text: String;
    op().await;
    text = String::new();
    text.len()
}

// 0: text (used)
async fn a_local_that_gets_its_value_late() -> usize {
    let text: String;
    text = String::new();
    op().await;
    text.len()
}

// 0: n (used)
async fn a_value_from_two_branches() -> u32 {
    let n: u32;
    if flag() {
        n = 1;
    } else {
        n = 2;
    }
    op().await;
    n
}

// 0: x (dropped), x (used)
async fn a_shadowed_local_stays_until_the_end_of_its_scope() -> u32 {
    let x: String = String::new();
    let x: u32 = 1;
    op().await;
    x
}

// 0: x (used)
async fn a_shadowed_local_that_went_into_the_new_one() -> usize {
    let x: String = String::new();
    let x: Vec<String> = vec![x];
    op().await;
    x.len()
}

// 0: x (borrowed), y (used) -> x, x (used)
async fn a_shadowed_local_that_is_still_borrowed() -> usize {
    let x: String = String::new();
    let y = &x;
    let x: u32 = 1;
    op().await;
    y.len() + x as usize
}

// 0: x (used)
// 1: x (used)
async fn a_name_shadowed_in_an_inner_block() -> u32 {
    let x: u32 = 1;
    {
        let x: u32 = 2;
        take(x);
        op().await;
    }
    op().await;
    x
}

// 0: -
async fn an_unused_copy_is_not_kept() {
    let n: u32 = 1;
    op().await;
}

// 0: -
async fn a_copy_that_was_only_used_before() {
    let n: u32 = 1;
    take(n);
    op().await;
}

// 0: -
// 1: n (used)
async fn a_new_value_between_the_awaits() -> u32 {
    let mut n: u32 = 1;
    take(n);
    op().await;
    n = 2;
    op().await;
    n
}

// 0: text (dropped)
// 1: text (used)
async fn a_new_value_drops_the_old_one() -> usize {
    let mut text: String = String::new();
    op().await;
    text = String::from("a");
    op().await;
    text.len()
}

// 0: n
async fn a_compound_assignment_reads() {
    let mut n: u32 = 1;
    op().await;
    n += 1;
}

// 0: -
async fn nothing_is_bound_by_an_underscore() {
    let _ = String::new();
    op().await;
}

// 0: _guard (dropped)
async fn an_underscore_before_a_name_binds() {
    let _guard: String = String::new();
    op().await;
}

// 0: text (dropped)
async fn an_underscore_does_not_move() {
    let text: String = String::new();
    let _ = text;
    op().await;
}

// 0: -
// block 0: 0: -
async fn an_item_in_the_body_is_no_part_of_it() {
    async fn inner() {
        op().await;
    }
    const N: u32 = 1;
    static TEXT: &str = "";
    op().await;
    take(inner());
    take(N);
}

// 0: n (used)
async fn a_reference_to_a_constant_is_promoted() -> u32 {
    let n = &7u32;
    op().await;
    *n
}

// 0: -
async fn a_drop_before_the_await() {
    let text: String = String::new();
    drop(text);
    op().await;
}

// 0: text
async fn a_drop_before_the_await_of_what_was_borrowed() {
    let text: String = String::new();
    view(&text);
    drop(text);
    op().await;
}
