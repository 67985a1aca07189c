//! What only a type decides: such a local is maybe kept.

#![allow(unused, static_mut_refs, unreachable_code, clippy::all)]

mod prelude;

use crate::prelude::*;

fn make<T: Default>() -> T {
    T::default()
}

fn guard() -> Guard {
    Guard::new()
}

// 0: maybe value
async fn the_value_of_a_function() {
    let value = guard();
    op().await;
}

// 0: maybe value
async fn the_value_of_a_method(text: &str) {
    let value = text.parse::<u32>();
    op().await;
}

// 0: -
// 1: maybe value
async fn the_value_of_an_awaited_function() {
    let value = number().await;
    op().await;
}

// 0: -
async fn with_a_written_type_it_is_decided() {
    let value: u32 = make();
    op().await;
}

// 0: value (dropped)
async fn with_a_written_type_that_needs_drop_it_is_decided() {
    let value: String = make();
    op().await;
}

// 0: value (used)
async fn with_a_later_use_it_is_decided() {
    let value = guard();
    op().await;
    take(value);
}

// 0: value
async fn lent_to_a_function_before() {
    let value = guard();
    view(&value);
    op().await;
}

// 0: -
async fn given_to_a_function_nothing_is_left() {
    let value = guard();
    take(value);
    op().await;
}

// 0: -
// 1: value (used)
async fn late_and_used() {
    let value;
    op().await;
    value = guard();
    op().await;
    take(value);
}

// 0: a, b (used)
async fn lent_and_then_taken_by_another_variable() {
    let a = guard();
    view(&a);
    let b = a;
    op().await;
    take(b);
}

// 0: maybe pair, maybe first, maybe second
async fn parts_of_a_struct(pair: Pair) {
    let Pair { first, second, .. } = pair;
    op().await;
}

// 0: maybe pair, maybe field
async fn a_field_of_a_struct(pair: Pair) {
    let field = pair.first;
    take(pair.second);
    op().await;
}

// 0: maybe item
async fn an_item_of_an_iterator(list: Vec<Guard>) {
    for item in list.into_iter() {
        op().await;
    }
}

// 0: maybe result, maybe n
async fn a_binding_of_an_arm(result: Result<u32, Guard>) {
    if let Err(n) = result {
        op().await;
    }
}

// 0: maybe value
async fn a_name_that_is_not_known(value: Unknown) {
    op().await;
}

type Unknown = u32;

// 0: maybe guard
async fn a_receiver_by_a_name_that_is_not_known() {
    let guard: Guard = guard();
    guard.finish();
    op().await;
}

// 0: -
async fn a_receiver_that_is_a_reference(guard: &mut Guard) {
    guard.set();
    op().await;
}

// 0: maybe f
async fn a_value_that_is_called() {
    let f = make_function();
    f(1);
    op().await;
}

fn make_function() -> fn(u32) -> u32 {
    |n| n
}

// 0: maybe value
async fn a_value_of_a_branch() {
    let value = if flag() { guard() } else { Guard(1) };
    op().await;
}

// 0: -
async fn a_value_of_a_branch_that_is_a_literal() {
    let value = if flag() { 1 } else { 2 };
    op().await;
}

// 0: -
async fn a_value_of_a_comparison() {
    let value = guard().0 == 1;
    op().await;
}

// 0: -
async fn a_value_of_a_cast() {
    let value = guard().0 as u64;
    op().await;
}

// 0: -
async fn a_value_that_is_a_reference() {
    let value = &guard();
    op().await;
}

// 0: text (dropped)
async fn a_value_of_format() {
    let text = format!("a");
    op().await;
}

// 0: list (dropped)
async fn a_value_of_vec() {
    let list = vec![1];
    op().await;
}

// 0: maybe both
async fn a_tuple_with_a_part_that_is_not_known() {
    let both = (1, guard());
    op().await;
}

// 0: both (dropped)
async fn a_tuple_with_a_part_that_needs_drop() {
    let both = (guard(), String::new());
    op().await;
}
