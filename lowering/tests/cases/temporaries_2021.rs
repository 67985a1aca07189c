//! Temporaries by the rules of edition 2021: they live longer at the end of a block, and in the else of an if let.

#![allow(unused, static_mut_refs, unreachable_code, clippy::all)]

mod prelude;

use std::sync::{Mutex, RwLock};

use crate::prelude::*;

// 0: guard (used)
async fn named_locals_are_kept_alike(guard: String) -> usize {
    op().await;
    guard.len()
}

// 0: lock, <1>
async fn the_scrutinee_of_an_if_let_lives_through_the_else() -> u32 {
    let lock: RwLock<Option<u32>> = RwLock::new(None);
    let value: u32 = if let Some(n) = *lock.read().unwrap() { n } else { number().await };
    value
}

// 0: n (used), <0>
async fn an_if_let_binds(some: Option<u32>) -> u32 {
    if let Some(n) = some {
        op().await;
        n
    } else {
        0
    }
}

// 0: -
async fn a_dyn_is_written_out(f: &dyn Fn()) {
    op().await;
}

// 0: a (dropped)
async fn an_operand_that_is_borrowed() -> bool {
    let a: String = String::new();
    a == text().await
}

// 0: <1>
async fn the_end_of_a_block_is_dropped_with_the_statement(lock: &Mutex<u32>) -> u32 {
    let value: u32 = match { *lock.lock().unwrap() } {
        0 => number().await,
        n => n,
    };
    value
}

// 0: <1>
async fn a_match_keeps_its_scrutinee(lock: &Mutex<u32>) {
    match *lock.lock().unwrap() {
        0 => op().await,
        _ => {}
    }
}

// 0: <0>
async fn the_condition_of_an_if_ends_before_its_block(lock: &Mutex<u32>) {
    if *lock.lock().unwrap() == 0 {
        op().await;
    }
}
