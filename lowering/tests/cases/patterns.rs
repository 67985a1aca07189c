//! What patterns bind, move and borrow.

#![allow(unused, static_mut_refs, unreachable_code, clippy::all)]

mod prelude;

use crate::prelude::*;

// 0: a (used), b (used)
async fn a_tuple_is_taken_apart() -> u32 {
    let (a, b): (u32, u32) = (1, 2);
    op().await;
    a + b
}

// A struct with a `Drop` of its own can be taken apart as well, if what is bound is copied.
// 0: maybe pair, first (used), maybe second, maybe count
async fn a_struct_is_taken_apart(pair: Pair) -> usize {
    let Pair { first, second, count } = pair;
    op().await;
    first.len()
}

// 0: pair (dropped), first (used)
async fn a_tuple_is_taken_apart_in_part() -> usize {
    let pair: (String, String) = (String::new(), String::new());
    let (first, _) = pair;
    op().await;
    first.len()
}

// 0: text (used)
async fn an_if_let_binds() -> usize {
    if let Some(text) = Some(String::new()) {
        op().await;
        return text.len();
    }
    0
}

// 0: -
async fn an_if_let_does_not_bind_in_the_else(some: Option<u32>) {
    if let Some(n) = some {
        take(n);
    } else {
        op().await;
    }
}

// 0: n (used)
async fn a_let_else_binds(some: Option<u32>) -> u32 {
    let Some(n) = some else { return 0 };
    op().await;
    n
}

// 0: some
// 1: some, text (used)
async fn a_let_else_that_awaits_in_the_else(some: Option<String>) -> usize {
    let Some(text) = some else {
        op().await;
        return 0;
    };
    op().await;
    text.len()
}

// 0: a (used)
// 1: -
async fn each_arm_has_bindings_of_its_own(result: Result<u32, u64>) -> u64 {
    match result {
        Ok(a) => {
            op().await;
            u64::from(a)
        }
        Err(b) => {
            take(b);
            op().await;
            0
        }
    }
}

// 0: n (used)
async fn an_or_pattern_binds_one_name(result: Result<u32, u32>) -> u32 {
    let (Ok(n) | Err(n)) = result;
    op().await;
    n
}

// 0: whole (used)
async fn an_at_pattern_binds_the_whole(n: u32) -> u32 {
    match n {
        whole @ 1..=5 => {
            op().await;
            whole
        }
        _ => 0,
    }
}

// 0: whole (used), x (used)
async fn an_at_pattern_binds_the_whole_and_a_part(point: Point) -> u32 {
    let whole @ Point { x, .. } = point;
    op().await;
    whole.y + x
}

// 0: first (used), last (used)
async fn a_slice_pattern_on_an_array() -> u32 {
    let [first, .., last]: [u32; 4] = [1, 2, 3, 4];
    op().await;
    first + last
}

// 0: rest (used)
async fn a_slice_pattern_binds_the_rest(list: &[u32]) -> usize {
    let [_, rest @ ..] = list else { return 0 };
    op().await;
    rest.len()
}

// 0: pair (dropped), first (used) -> pair
async fn a_pattern_on_a_reference_borrows() -> usize {
    let pair: (String, String) = (String::new(), String::new());
    let (first, _) = &pair;
    op().await;
    first.len()
}

// 0: some (dropped), text (used) -> some
async fn a_match_on_a_reference_borrows() -> usize {
    let some: Option<String> = None;
    match &some {
        Some(text) => {
            op().await;
            text.len()
        }
        None => 0,
    }
}

// 0: some (dropped), text (used) -> some
async fn a_ref_in_a_match_borrows() -> usize {
    let some: Option<String> = None;
    match some {
        Some(ref text) => {
            op().await;
            text.len()
        }
        None => 0,
    }
}

// What is left of it is dropped at the end of its scope, by a look at which variant it is.
// 0: some, text (used)
async fn a_match_moves_the_part_that_it_binds(some: Option<String>) -> usize {
    match some {
        Some(text) => {
            op().await;
            text.len()
        }
        None => 0,
    }
}

// 0: n (used)
async fn a_pattern_through_a_reference_copies(some: &Option<u32>) -> u32 {
    if let &Some(n) = some {
        op().await;
        return n;
    }
    0
}

// While the guard looks at it, the binding is a reference.
// 0: n, m (used)
// 1: n
async fn a_binding_of_an_arm_with_a_guard_borrows(n: u32) -> u32 {
    match n {
        m if flag() => {
            op().await;
            m
        }
        _ => {
            op().await;
            0
        }
    }
}

// 0: a (used), b (used)
async fn a_chain_of_if_lets(one: Option<u32>, other: Option<u32>) -> u32 {
    if let Some(a) = one
        && let Some(b) = other
        && a < b
    {
        op().await;
        return a + b;
    }
    0
}

// 0: a (used), b (used)
async fn a_destructuring_assignment() -> u32 {
    let (mut a, mut b): (u32, u32) = (1, 2);
    (a, b) = (b, a);
    op().await;
    a + b
}

// 0: some (dropped)
async fn matches_does_not_move() {
    let some: Option<String> = None;
    take(matches!(some, Some(_)));
    op().await;
}

// 0: text (used)
async fn a_constant_in_a_pattern_binds_nothing(n: u32, text: String) -> usize {
    const ONE: u32 = 1;
    match n {
        ONE => {
            op().await;
            text.len()
        }
        _ => 0,
    }
}

// 0: list, name (used), count (used)
async fn nested_patterns_bind_at_every_depth(list: (Option<(String, u32)>, u32)) -> usize {
    let (Some((name, count)), _) = list else { return 0 };
    op().await;
    name.len() + count as usize
}

// 0: maybe point, x (used)
async fn a_field_with_another_name(point: Point) -> u32 {
    let Point { x: x, y: _ } = point;
    op().await;
    x
}

// 0: list (borrowed), n (used) -> list
async fn a_mutable_binding_through_a_reference() -> u32 {
    let mut list: [u32; 2] = [1, 2];
    let [n, _] = &mut list;
    op().await;
    *n += 1;
    *n
}

// 0: text (used)
async fn a_match_on_a_tuple_takes_its_parts(text: String, n: u32) -> usize {
    match (text, n) {
        (text, 0) => {
            op().await;
            text.len()
        }
        _ => 0,
    }
}

// 0: a (dropped), b (dropped), first (used) -> a
async fn a_match_on_a_tuple_of_references() -> usize {
    let a: String = String::new();
    let b: String = String::new();
    match (&a, &b) {
        (first, _) => {
            op().await;
            first.len()
        }
    }
}

// 0: some (dropped), text (used) -> some
async fn an_if_let_on_a_mutable_reference() {
    let mut some: Option<String> = None;
    if let Some(text) = &mut some {
        op().await;
        text.push('a');
    }
}

// 0: maybe guard, n (used)
async fn a_copy_out_of_a_struct_with_drop() -> u32 {
    let guard: Guard = Guard::new();
    let Guard(n) = guard;
    op().await;
    n
}

// 0: -
async fn a_pattern_that_binds_nothing(some: Option<u32>) {
    if let Some(_) = some {
        op().await;
    }
}

// 0: some (dropped)
async fn a_pattern_that_binds_nothing_moves_nothing(some: Option<String>) {
    if let Some(_) = some {
        op().await;
    }
}

// 0: n (used)
async fn a_range_in_a_pattern(n: u32) -> u32 {
    match n {
        0..=9 => {
            op().await;
            n
        }
        _ => 0,
    }
}
