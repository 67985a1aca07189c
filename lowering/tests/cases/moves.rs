//! What a move takes out of the machine.

#![allow(unused, static_mut_refs, unreachable_code, clippy::all)]

mod prelude;

use crate::prelude::*;

// 0: -
async fn into_a_call() {
    let text: String = String::new();
    take(text);
    op().await;
}

// 0: text
async fn into_a_call_after_it_was_borrowed() {
    let text: String = String::new();
    view(&text);
    take(text);
    op().await;
}

// 0: -
async fn into_a_call_after_it_was_borrowed_in_an_inner_scope_that_ended() {
    {
        let text: String = String::new();
        view(&text);
        take(text);
    }
    op().await;
}

// 0: n
async fn a_number_that_was_borrowed_stays_without_a_use() {
    let n: u32 = 1;
    view(&n);
    op().await;
}

// 0: other (used)
async fn into_another_variable() -> usize {
    let text: String = String::new();
    let other = text;
    op().await;
    other.len()
}

// 0: pair (used)
async fn into_a_struct() -> usize {
    let first: String = String::new();
    let second: String = String::new();
    let pair = Pair { first, second, count: 0 };
    op().await;
    pair.count as usize
}

// 0: both (used)
async fn into_a_tuple() -> usize {
    let first: String = String::new();
    let both = (first, 1u32);
    op().await;
    both.0.len()
}

// 0: list (used)
async fn into_an_array() -> usize {
    let first: String = String::new();
    let list = [first];
    op().await;
    list.len()
}

// 0: list (used)
async fn into_a_vec() -> usize {
    let first: String = String::new();
    let list: Vec<String> = vec![first];
    op().await;
    list.len()
}

// 0: some (used)
async fn into_an_option() -> usize {
    let first: String = String::new();
    let some = Some(first);
    op().await;
    some.map_or(0, |text| text.len())
}

// 0: text (dropped)
async fn in_one_of_two_branches() {
    let text: String = String::new();
    if flag() {
        take(text);
    }
    op().await;
}

// 0: -
async fn in_both_branches() {
    let text: String = String::new();
    if flag() {
        take(text);
    } else {
        drop(text);
    }
    op().await;
}

// 0: -
async fn in_a_branch_that_leaves_and_in_the_other_one() {
    let text: String = String::new();
    if flag() {
        return take(text);
    }
    take(text);
    op().await;
}

// 0: text (used)
async fn in_a_branch_that_leaves() -> String {
    let text: String = String::new();
    if flag() {
        return text;
    }
    op().await;
    text
}

// 0: text (dropped)
async fn a_new_value_after_the_move() {
    let mut text: String = String::new();
    take(text);
    text = String::new();
    op().await;
}

// 0: -
// 1: text (used)
async fn a_new_value_after_the_move_and_an_await() -> usize {
    let mut text: String = String::new();
    take(text);
    op().await;
    text = String::new();
    op().await;
    text.len()
}

// 0: maybe pair
async fn one_field_of_a_struct_is_moved_out() {
    let pair: Pair = Pair::default();
    take(pair.first);
    op().await;
}

// 0: pair (used)
async fn one_field_is_moved_out_and_another_one_is_used() -> u32 {
    let pair: Pair = Pair::default();
    take(pair.first);
    op().await;
    pair.count
}

// A call that panics between the moves would leave the rest to be dropped, on a way that is shared with later panics.
// 0: both (dropped)
async fn the_fields_of_a_tuple_are_moved_out_one_by_one() {
    let both: (String, String) = (String::new(), String::new());
    take(both.0);
    take(both.1);
    op().await;
}

// 0: both (dropped)
async fn one_field_of_a_tuple_is_moved_out() {
    let both: (String, String) = (String::new(), String::new());
    take(both.0);
    op().await;
}

// 0: pair (used)
async fn a_field_that_was_moved_out_gets_a_new_value() -> usize {
    let mut pair: Pair = Pair::default();
    take(pair.first);
    pair.first = String::new();
    op().await;
    pair.first.len()
}

// What it was in is freed at the end of the scope.
// 0: boxed
async fn out_of_a_box() {
    let boxed: Box<String> = Box::new(String::new());
    take(*boxed);
    op().await;
}

// 0: maybe first, second (used)
async fn the_rest_of_a_struct_goes_into_another_one() -> usize {
    let first: Pair = Pair::default();
    let second = Pair { count: 1, ..first };
    op().await;
    second.first.len()
}

// 0: maybe first, second (used)
async fn a_part_of_the_rest_goes_into_another_struct() -> usize {
    let first: Pair = Pair::default();
    let second = Pair { first: String::new(), count: 1, ..first };
    op().await;
    second.first.len()
}

// 0: -
async fn all_fields_of_a_tuple_are_moved_out_at_once() {
    let both: (String, String) = (String::new(), String::new());
    let (first, second) = both;
    take((first, second));
    op().await;
}

// 0: text (used)
async fn into_what_is_returned() -> String {
    let text: String = String::new();
    op().await;
    return text;
}

// 0: text (dropped)
async fn taken_and_replaced_by_a_default() {
    let mut text: String = String::new();
    take(std::mem::take(&mut text));
    op().await;
}

// 0: reference (used)
async fn a_shared_reference_is_copied(list: &Vec<u32>) -> usize {
    let reference: &Vec<u32> = list;
    take(reference);
    op().await;
    reference.len()
}

// 0: reference (used)
async fn a_mutable_reference_is_reborrowed_by_the_call(list: &mut Vec<u32>) {
    let reference: &mut Vec<u32> = list;
    touch(reference);
    op().await;
    reference.push(1);
}

// 0: value (dropped)
async fn a_value_of_any_type_is_taken_by_a_call<T>(value: T, other: T) {
    take(value);
    let value = other;
    op().await;
}

// 0: text
async fn a_method_before_the_move_has_borrowed_it() {
    let text: String = String::new();
    let n: usize = text.len();
    take(text);
    op().await;
}

// 0: text
async fn a_borrow_in_the_statement_of_the_move() {
    let text: String = String::new();
    take((text.len(), text));
    op().await;
}

// 0: text, text (used)
async fn a_new_value_made_of_a_borrow_of_the_old_one() -> usize {
    let text: String = String::new();
    let text: String = text.trim().to_string();
    op().await;
    text.len()
}

// 0: some
async fn an_option_that_was_asked_before_it_is_unwrapped() {
    let some: Option<String> = None;
    if some.is_none() {
        return;
    }
    take(some.unwrap());
    op().await;
}

// 0: -
async fn into_iter_takes(list: Vec<String>) {
    take(list.into_iter());
    op().await;
}

// 0: list (dropped)
async fn iter_borrows(list: Vec<u32>) {
    take(list.iter());
    op().await;
}

// 0: key
async fn a_key_that_was_looked_up(list: &std::collections::BTreeMap<u32, u32>, key: u32) {
    take(list.get(&key).copied());
    op().await;
}

// 0: a (dropped), b (dropped)
async fn two_that_were_swapped() {
    let mut a: String = String::new();
    let mut b: String = String::new();
    std::mem::swap(&mut a, &mut b);
    op().await;
}

// 0: shared (dropped), other (used)
async fn a_clone_of_an_arc_borrows() {
    let shared: std::sync::Arc<u32> = std::sync::Arc::new(1);
    let other = std::sync::Arc::clone(&shared);
    op().await;
    take(other);
}

fn instances() {
    take(a_value_of_any_type_is_taken_by_a_call(1u32, 2u32));
    take(a_value_of_any_type_is_taken_by_a_call(String::new(), String::new()));
}
