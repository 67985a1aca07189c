//! Where an await may stand, and what is kept around it.

#![allow(unused, static_mut_refs, unreachable_code, clippy::all)]

mod prelude;

use crate::prelude::*;

// 0: -
// 1: n (used)
async fn in_a_while_let() -> u32 {
    let mut last: u32 = 0;
    while let Ok(n) = fallible().await {
        op().await;
        last = n;
    }
    0
}

// 0: -
// 1: n (used)
async fn in_the_scrutinee_of_an_if_let() -> u32 {
    if let Ok(n) = fallible().await {
        op().await;
        return n;
    }
    0
}

// 0: -
// 1: n (used)
async fn in_a_let_else() -> u32 {
    let Ok(n) = fallible().await else { return 0 };
    op().await;
    n
}

// 0: -
// 1: -
async fn in_a_return() -> u32 {
    if flag() {
        return number().await;
    }
    number().await
}

// 0: -
async fn in_a_break() -> u32 {
    loop {
        break number().await;
    }
}

// 0: sum (used)
// 1: sum (used), i (used)
async fn in_what_a_for_goes_over() -> u32 {
    let mut sum: u32 = 0;
    for i in 0..number().await {
        op().await;
        sum += i;
    }
    sum
}

// 0: a, c (used)
async fn in_the_middle_of_the_arguments(a: String, c: String) {
    three(&a, number().await, c);
}

fn three(a: &String, b: u32, c: String) {}

// 0: -
async fn in_an_index() -> u32 {
    let i: usize = 1;
    [1u32, 2][number().await as usize]
}

// 0: -
async fn in_a_reference() {
    view(&number().await);
}

// 0: -
async fn in_parentheses_and_blocks() -> u32 {
    ({ (number()).await })
}

// 0: -
async fn in_a_negation() -> bool {
    !(number().await == 1)
}

// 0: -
async fn in_a_range() -> usize {
    (0..number().await).len()
}

// 0: a (used)
async fn in_a_tuple_before_a_local(a: u32) -> (u32, u32) {
    (number().await, a)
}

// 0: -
async fn in_a_tuple_after_a_local(a: u32) -> (u32, u32) {
    (a, number().await)
}

// 0: a (used)
async fn in_an_array_before_a_local(a: u32) -> [u32; 2] {
    [number().await, a]
}

// 0: -
async fn in_a_repetition() -> [u32; 3] {
    [number().await; 3]
}

// 0: -
async fn in_a_cast_and_a_sum() -> u64 {
    1 + number().await as u64
}

// 0: a
async fn in_an_argument_of_a_method(a: String) -> bool {
    a.contains(text().await.as_str())
}

// 0: -
async fn in_a_receiver() -> usize {
    let n: usize = text().await.len();
    n
}

// 0: n (used)
async fn in_the_else_of_a_value(n: u32) -> u32 {
    let value: u32 = if flag() { 1 } else { number().await };
    value + n
}

// 0: -
async fn in_an_arm_without_a_block() -> u32 {
    match flag() {
        true => number().await,
        false => 0,
    }
}

// 0: a (used)
async fn in_a_condition_with_a_local_behind(a: bool) -> bool {
    if number().await == 1 && a { true } else { false }
}

// 0: a (used)
async fn in_an_assignment_to_a_field() -> u32 {
    let mut a: (u32, u32) = (1, 2);
    a.0 = number().await;
    a.1
}

// 0: r (used)
async fn in_an_assignment_through_a_reference(r: &mut u32) {
    *r = number().await;
}

// 0: r (used)
async fn in_a_compound_assignment_through_a_reference(r: &mut u32) {
    *r += number().await;
}

// 0: text
async fn in_a_compound_assignment_of_a_string(mut text: String) -> String {
    text += crate::prelude::text().await.as_str();
    text
}

// 0: -
async fn in_the_value_of_a_statement_that_is_ignored() {
    let _ = number().await;
}

// 0: -
async fn under_an_attribute() {
    #[allow(unused)]
    let n: u32 = number().await;
}

// 0: a (used)
async fn in_a_struct_before_a_local(a: u32) -> Plain {
    Plain { a: number().await, b: a }
}

// 0: -
async fn in_a_variant() -> Option<u32> {
    Some(number().await)
}

// 0: -
async fn of_what_a_block_gives() {
    let future = { op() };
    future.await
}

// 0: -
async fn of_one_of_two_futures() {
    (if flag() { Box::pin(op()) } else { Box::pin(op()) }).await
}

// 0: first (used), b (used)
// 1: -
async fn of_futures_made_before(first: u32) {
    let a = number();
    let b = number();
    a.await;
    take(first);
    take(b);
    op().await;
}
