//! Values without a name that live until the end of their statement, by the rules of edition 2024.

#![allow(unused, static_mut_refs, unreachable_code, clippy::all)]

mod prelude;

use std::sync::{Mutex, RwLock};

use crate::prelude::*;

// 0: lock, <1>
async fn a_guard_in_the_scrutinee_of_a_match() -> u32 {
    let lock: Mutex<u32> = Mutex::new(1);
    match *lock.lock().unwrap() {
        1 => op().await,
        _ => {}
    }
    0
}

// 0: lock, n (used), <1>
async fn what_is_copied_out_of_the_guard_in_a_scrutinee() -> u32 {
    let lock: Mutex<Option<u32>> = Mutex::new(None);
    match *lock.lock().unwrap() {
        Some(n) => {
            op().await;
            n
        }
        None => 0,
    }
}

// 0: list (dropped), first (used) may -> list
async fn what_a_scrutinee_lends() -> u32 {
    let list: Vec<u32> = vec![1];
    match list.first() {
        Some(first) => {
            op().await;
            *first
        }
        None => 0,
    }
}

// 0: text (dropped), n (used)
async fn a_value_of_a_statement_is_copied_out() -> usize {
    let text: String = String::new();
    let n: usize = text.trim().len();
    op().await;
    n
}

// 0: r (used), <1>
async fn a_borrowed_temporary_lives_as_long_as_the_variable() -> usize {
    let r = &String::new();
    op().await;
    r.len()
}

// 0: -
async fn an_argument_that_is_a_borrowed_temporary() -> u32 {
    look(&String::new()).await
}

// 0: n (used)
async fn a_temporary_in_an_argument_beside_the_await(n: u32) -> u32 {
    number().await + n
}

// 0: text (borrowed)
async fn a_reference_that_an_expression_takes_before_the_await() -> bool {
    let text: String = String::new();
    both(&text, number().await)
}

fn both(text: &String, n: u32) -> bool {
    text.len() == n as usize
}

// 0: list (dropped)
async fn a_push_of_what_is_awaited() {
    let mut list: Vec<u32> = Vec::new();
    list.push(number().await);
}

// 0: -
async fn a_push_through_a_reference(list: &mut Vec<u32>) {
    list.push(number().await);
}

// 0: list (used)
async fn an_index_that_is_awaited(list: &[u32; 4]) -> u32 {
    list[number().await as usize]
}

// 0: list
async fn an_assignment_evaluates_the_right_side_first() -> u32 {
    let mut list: [u32; 4] = [0; 4];
    list[1] = number().await;
    list[1]
}

// 0: -
async fn an_assignment_to_a_number() -> u32 {
    let mut n: u32 = 1;
    n = number().await;
    n
}

// 0: n (used)
async fn a_compound_assignment_of_a_number_evaluates_the_right_side_first() -> u32 {
    let mut n: u32 = 1;
    n += number().await;
    n
}

// 0: first (used)
async fn a_tail_expression(first: u32) -> u32 {
    let second: u32 = 2;
    op().await;
    first
}

// 0: -
async fn a_tuple_takes_its_parts_in_order(a: String) -> (String, u32) {
    (a, number().await)
}

// 0: b (used)
async fn a_tuple_takes_later_parts_later(b: String) -> (u32, String) {
    (number().await, b)
}

// 0: b (used)
async fn a_struct_takes_its_fields_in_the_order_in_which_they_are_written(a: String, b: String) -> Pair {
    Pair { first: a, count: number().await, second: b }
}

// 0: base (used)
async fn a_struct_takes_the_rest_at_last(base: Pair) -> Pair {
    Pair { count: number().await, ..base }
}

// 0: <0>
async fn the_scrutinee_of_an_if_let_ends_before_the_else(lock: &RwLock<Option<u32>>) -> u32 {
    if let Some(n) = *lock.read().unwrap() { n } else { number().await }
}

// 0: <0>
async fn the_condition_of_an_if_ends_before_its_block(lock: &Mutex<u32>) {
    if *lock.lock().unwrap() == 1 {
        op().await;
    }
}

// 0: n (used), <0>
async fn a_block_that_ends_in_a_guard(lock: &Mutex<u32>) -> u32 {
    let n: u32 = { *lock.lock().unwrap() };
    op().await;
    n
}

// 0: a (dropped)
async fn a_comparison_of_strings_borrows_both_sides() -> bool {
    let a: String = String::new();
    a == text().await
}

// 0: -
async fn a_comparison_of_numbers_copies(a: u32) -> bool {
    a == number().await
}

// 0: f
async fn a_closure_that_is_called_with_what_is_awaited(f: impl Fn(u32) -> u32) -> u32 {
    f(number().await)
}

// 0: -
async fn a_function_that_is_called_with_what_is_awaited(f: fn(u32) -> u32) -> u32 {
    f(number().await)
}

// 0: b (used)
async fn the_value_that_is_returned_from_a_block() -> String {
    let b: String = String::new();
    let text: String = {
        op().await;
        b
    };
    text
}

// 0: -
async fn a_cast_of_what_is_awaited() -> u64 {
    number().await as u64
}

// 0: <0>
async fn the_end_of_a_block_is_dropped_with_the_block(lock: &Mutex<u32>) -> u32 {
    let value: u32 = match { *lock.lock().unwrap() } {
        0 => number().await,
        n => n,
    };
    value
}

// 0: n (used), <1>
async fn the_scrutinee_of_an_if_let_lives_through_its_block(lock: &RwLock<Option<u32>>) -> u32 {
    if let Some(n) = *lock.read().unwrap() {
        op().await;
        return n;
    }
    0
}

// 0: lock (used), n (used), <1>
async fn the_scrutinee_of_a_while_let_lives_through_each_turn(lock: &Mutex<Vec<u32>>) -> u32 {
    while let Some(n) = lock.lock().unwrap().pop() {
        op().await;
        take(n);
    }
    0
}

// 0: lock (used), <0>
async fn the_condition_of_a_while_ends_before_its_block(lock: &Mutex<u32>) {
    while *lock.lock().unwrap() == 1 {
        op().await;
    }
}

fn instances() {
    take(a_closure_that_is_called_with_what_is_awaited(|n| n));
}
