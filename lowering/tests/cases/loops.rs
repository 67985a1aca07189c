//! Loops: what the next turn uses is needed at the end of this one.

#![allow(unused, static_mut_refs, unreachable_code, clippy::all)]

mod prelude;

use crate::prelude::*;

// 0: sum (used), n (used)
async fn a_for_over_a_range() -> u32 {
    let mut sum: u32 = 0;
    for n in 0..3u32 {
        op().await;
        sum += n;
    }
    sum
}

// 0: -
async fn a_for_over_an_argument(list: Vec<u32>) {
    for n in list {
        op().await;
    }
}

// 0: text (dropped)
async fn a_for_over_strings(list: Vec<String>) {
    for text in list {
        op().await;
    }
}

// 0: item (dropped)
async fn a_for_over_anything<T>(list: Vec<T>) {
    for item in list {
        op().await;
    }
}

// 0: list (dropped), n (used) may -> list
async fn a_for_over_a_reference() -> u32 {
    let list: Vec<u32> = vec![1];
    let mut last: u32 = 0;
    for n in &list {
        op().await;
        last = *n;
    }
    0
}

// 0: n (used)
async fn a_value_that_each_turn_overwrites_before_it_is_read(list: &[u32]) -> u32 {
    let mut last: u32 = 0;
    for n in list {
        op().await;
        last = *n;
    }
    last
}

// 0: count (used)
async fn a_loop_reads_it_in_the_next_turn() {
    let mut count: u32 = 0;
    loop {
        if count == 3 {
            break;
        }
        count += 1;
        op().await;
    }
}

// 0: -
async fn a_loop_sets_it_at_the_begin_of_each_turn() {
    let mut count: u32 = 0;
    loop {
        count = 1;
        take(count);
        op().await;
    }
}

// 0: limit (used)
async fn a_while_reads_its_condition_again(limit: u32) {
    let mut n: u32 = 0;
    while flag() && limit > 1 {
        op().await;
    }
}

// 0: -
async fn a_while_that_awaits_in_its_condition() {
    while number().await > 1 {
        take(1);
    }
}

// 0: list (used), n (used) may -> list
async fn a_while_let_over_pop(mut list: Vec<u32>) -> u32 {
    let mut sum: u32 = 0;
    while let Some(n) = list.pop() {
        op().await;
        sum = n;
    }
    0
}

// 0: x (used)
async fn a_break_with_a_value() -> u32 {
    let n = loop {
        let x: u32 = 1;
        op().await;
        break x;
    };
    n
}

// 0: n (used)
async fn the_value_of_a_loop_is_used_after_it() -> u32 {
    let n: u32 = loop {
        if flag() {
            break 1;
        }
    };
    op().await;
    n
}

// 0: a (used), b (used)
// 1: a (used), b (used)
// 2: a (used)
async fn labelled_loops() {
    let a: u32 = 1;
    'outer: loop {
        let b: u32 = 2;
        op().await;
        loop {
            take(b);
            op().await;
            if a == 1 {
                continue 'outer;
            }
            if b == 1 {
                break;
            }
        }
        op().await;
    }
}

// 0: -
// 1: skipped (used)
async fn a_continue_goes_to_the_begin() {
    loop {
        let skipped: u32 = 1;
        if flag() {
            op().await;
            continue;
        }
        op().await;
        take(skipped);
    }
}

// 0: text (dropped)
// 1: -
async fn a_break_drops_what_is_in_the_loop() {
    loop {
        let text: String = String::new();
        op().await;
        break;
    }
    op().await;
}

// 0: -
async fn what_was_moved_by_the_turn_before_has_a_new_value() {
    let mut text: String = String::new();
    loop {
        take(text);
        op().await;
        text = String::new();
    }
}

// 0: buffer
async fn a_buffer_lent_in_each_turn() {
    let mut buffer: [u8; 16] = [0; 16];
    loop {
        change(&mut buffer).await;
    }
}

// 0: n (used)
async fn a_borrow_in_one_turn_keeps_it_in_the_next() {
    let n: u32 = 1;
    loop {
        op().await;
        view(&n);
    }
}

// 0: -
async fn a_local_of_a_turn_ends_with_it() {
    loop {
        {
            let text: String = String::new();
            view(&text);
        }
        op().await;
    }
}

// 0: a (used), n (used)
async fn a_pattern_in_a_for(list: Vec<(u32, u32)>) -> u32 {
    let mut last: u32 = 0;
    for (a, b) in list {
        let n: u32 = b;
        op().await;
        last = a + n;
    }
    0
}

// 0: n (used), m (used)
async fn nested_fors() -> u32 {
    let mut last: u32 = 0;
    for n in 0..2u32 {
        for m in 0..3u32 {
            op().await;
            last = n + m;
        }
    }
    0
}

// 0: -
async fn after_a_loop_that_never_ends() {
    let text: String = String::new();
    let n: u32 = 1;
    drop(text);
    loop {
        op().await;
    }
    take(n);
}

// 0: list (dropped)
async fn a_for_over_a_mutable_reference() {
    let mut list: Vec<u32> = vec![1];
    for n in &mut list {
        *n = 1;
        op().await;
    }
}

// 0: i (used), maybe x
async fn a_for_with_a_count(list: &[u32]) -> usize {
    let mut last: usize = 0;
    for (i, x) in list.iter().enumerate() {
        op().await;
        last = i;
    }
    0
}

// 0: -
async fn a_for_that_binds_nothing(n: u32) {
    for _ in 0..n {
        op().await;
    }
}

// 0: x (used)
async fn a_for_over_an_array() -> u32 {
    let mut last: u32 = 0;
    for x in [1u32, 2] {
        op().await;
        last = x;
    }
    0
}

// 0: limit (used)
async fn what_the_next_turn_reads_under_a_condition(limit: u32) {
    loop {
        op().await;
        if flag() {
            take(limit);
        }
    }
}

// 0: attempts (used)
// 1: attempts (used)
async fn a_loop_that_tries_again() -> Result<u32, ()> {
    let mut attempts: u32 = 3;
    loop {
        match fallible().await {
            Ok(n) => return Ok(n),
            Err(()) if attempts > 0 => {
                attempts -= 1;
                op().await;
            }
            Err(error) => return Err(error),
        }
    }
}

// 0: state (used)
async fn a_value_moved_from_turn_to_turn() -> String {
    let mut state: String = String::new();
    loop {
        op().await;
        let next: String = state;
        state = next;
        if flag() {
            return state;
        }
    }
}

fn instances() {
    take(a_for_over_anything::<u32>(Vec::new()));
    take(a_for_over_anything::<String>(Vec::new()));
}
