//! Closures: what they capture, and what that does to it.

#![allow(unused, static_mut_refs, unreachable_code, clippy::all)]

mod prelude;

use crate::prelude::*;

// 0: n (borrowed), f (used) -> n
async fn a_closure_that_reads_borrows() -> u32 {
    let n: u32 = 1;
    let f = || n + 1;
    op().await;
    f()
}

// 0: n (borrowed), f (used) -> n
async fn a_closure_that_changes_borrows_mutably() -> u32 {
    let mut n: u32 = 1;
    let mut f = || n += 1;
    op().await;
    f();
    n
}

// 0: f (used)
async fn a_move_closure_copies_a_number() -> u32 {
    let n: u32 = 1;
    let f = move || n + 1;
    op().await;
    f()
}

// 0: f (used)
async fn a_move_closure_takes_a_string() -> usize {
    let text: String = String::new();
    let f = move || text.len();
    op().await;
    f()
}

// 0: f (used)
async fn a_closure_that_consumes_takes() {
    let text: String = String::new();
    let f = || drop(text);
    op().await;
    f();
}

// 0: text (borrowed), f (used) -> text
async fn a_closure_that_calls_by_reference_borrows() -> usize {
    let text: String = String::new();
    let f = || text.len();
    op().await;
    f()
}

// 0: pair (borrowed), f (used) -> pair
async fn a_closure_captures_one_field() -> usize {
    let pair: (String, String) = (String::new(), String::new());
    let f = || pair.0.len();
    op().await;
    f()
}

// 0: pair (dropped), f (used)
async fn a_move_closure_takes_one_field() -> usize {
    let pair: (String, String) = (String::new(), String::new());
    let f = move || pair.0.len();
    op().await;
    f()
}

// 0: f (used)
async fn a_closure_borrows_what_a_reference_points_at(text: &String) -> usize {
    let f = || text.len();
    op().await;
    f()
}

// 0: f (used)
async fn a_closure_borrows_through_a_mutable_reference(list: &mut Vec<u32>) {
    let mut f = || list.push(1);
    op().await;
    f();
}

// 0: f
async fn a_call_of_a_closure_borrows_it() {
    let f = |n: u32| n + 1;
    take(f(1));
    op().await;
}

// 0: n
async fn a_closure_that_is_given_away_leaves_the_borrowed_one() {
    let n: u32 = 1;
    take(|| n + 1);
    op().await;
}

// 0: f (used)
async fn what_is_in_a_closure_is_not_of_this_body() {
    let f = |n: u32| {
        let text: String = String::new();
        text.len() as u32 + n
    };
    op().await;
    take(f(1));
}

// 0: list (dropped), n (used)
async fn a_closure_made_after_the_await_uses(list: Vec<u32>) -> u32 {
    let n: u32 = 1;
    op().await;
    [1u32].iter().map(|x| x + n).sum()
}

// 0: f
// block 0: captured: n
// block 0: 0: -
async fn an_async_block_in_a_closure_is_a_machine_of_its_own() {
    let f = |n: u32| async move {
        op().await;
        n
    };
    f(1).await;
}

// 0: f
// block 0: captured: n
// block 0: 0: n (used)
async fn an_async_closure_is_a_machine_of_its_own() -> u32 {
    let f = async |n: u32| {
        op().await;
        n
    };
    f(1).await
}

// 0: total (borrowed), f -> total
// block 0: captured: n, total
// block 0: 0: n (used)
async fn an_async_closure_captures_by_reference() -> u32 {
    let total: u32 = 1;
    let f = async |n: u32| {
        op().await;
        n + total
    };
    f(1).await
}

// 0: array (borrowed), f (used) -> array
async fn an_element_is_captured_with_its_array() -> u32 {
    let array: [u32; 2] = [1, 2];
    let f = || array[0];
    op().await;
    f()
}

// 0: f (used)
async fn a_closure_in_a_closure_captures_through_it() -> usize {
    let text: String = String::new();
    let f = move || {
        let g = || text.len();
        g()
    };
    op().await;
    f()
}

// 0: n
async fn a_wildcard_in_a_closure_captures_nothing() {
    let n: u32 = 1;
    let text: String = String::new();
    let f = || {
        let _ = text;
    };
    take(text);
    view(&n);
    op().await;
}

// 0: f (dropped)
async fn a_closure_that_took_a_string_needs_drop() {
    let text: String = String::new();
    let f = move || text.len();
    op().await;
}

// 0: -
async fn a_closure_that_took_a_number_needs_no_drop() {
    let n: u32 = 1;
    let f = move || n;
    op().await;
}

// 0: n
async fn a_closure_that_is_not_used_borrows_all_the_same() {
    let n: u32 = 1;
    let f = || n;
    op().await;
}

// 0: list (dropped), n
async fn a_closure_in_an_iterator_borrows() {
    let n: u32 = 1;
    let list: Vec<u32> = [1u32].iter().map(|x| x + n).collect();
    op().await;
}

// 0: f (used)
async fn a_closure_that_shadows_captures_nothing() -> u32 {
    let n: u32 = 1;
    let f = |n: u32| n;
    op().await;
    f(2)
}

// 0: point (borrowed), f (used) -> point
async fn a_closure_that_assigns_a_field_borrows_it() -> u32 {
    let mut point: (u32, u32) = (1, 2);
    let mut f = || point.0 = 3;
    op().await;
    f();
    point.1
}
