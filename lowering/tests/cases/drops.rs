//! What is dropped, and when.

#![allow(unused, static_mut_refs, unreachable_code, clippy::all)]

mod prelude;

use std::mem::ManuallyDrop;

use crate::prelude::*;

// 0: text (dropped)
async fn a_string_at_the_end_of_its_scope() {
    let text: String = String::new();
    op().await;
}

// 0: list (dropped)
async fn a_vec_at_the_end_of_its_scope() {
    let list: Vec<u32> = Vec::new();
    op().await;
}

// 0: boxed (dropped)
async fn a_box_at_the_end_of_its_scope() {
    let boxed: Box<u32> = Box::new(1);
    op().await;
}

// 0: some (dropped)
async fn an_option_of_what_needs_drop() {
    let some: Option<String> = None;
    op().await;
}

// 0: -
async fn an_option_of_a_number() {
    let some: Option<u32> = None;
    op().await;
}

// 0: both (dropped)
async fn a_tuple_with_a_part_that_needs_drop() {
    let both: (u32, String) = (1, String::new());
    op().await;
}

// 0: -
async fn a_tuple_of_numbers() {
    let both: (u32, bool) = (1, true);
    op().await;
}

// 0: list (dropped)
async fn an_array_of_what_needs_drop() {
    let list: [String; 2] = [String::new(), String::new()];
    op().await;
}

// 0: -
async fn an_array_of_numbers() {
    let list: [u32; 2] = [1, 2];
    op().await;
}

// 0: -
async fn a_literal_needs_no_type() {
    let a = 1;
    let b = "text";
    let c = 'c';
    let d = 1.5;
    let e = true;
    op().await;
}

// 0: -
async fn a_reference_needs_no_drop(text: &String) {
    let r: &String = text;
    op().await;
}

// 0: -
async fn a_raw_pointer_needs_no_drop() {
    let p: *const u32 = std::ptr::null();
    op().await;
}

// 0: -
async fn a_function_pointer_needs_no_drop() {
    let f: fn() -> bool = flag;
    op().await;
}

// 0: maybe guard
async fn what_a_call_returns_may_need_drop() {
    let guard = Guard::new();
    op().await;
}

// 0: maybe is_set
async fn what_a_call_returns_may_need_no_drop() {
    let is_set = flag();
    op().await;
}

// 0: maybe point
async fn a_struct_literal_may_need_no_drop() {
    let point = Point { x: 1, y: 2 };
    op().await;
}

// 0: maybe kept
async fn what_is_never_dropped() {
    let kept: ManuallyDrop<String> = ManuallyDrop::new(String::new());
    op().await;
}

// 0: -
async fn what_is_forgotten() {
    let text: String = String::new();
    std::mem::forget(text);
    op().await;
}

// 0: text (dropped)
async fn dropped_in_one_branch_by_hand() {
    let text: String = String::new();
    if flag() {
        drop(text);
    }
    op().await;
}

// 0: a (dropped), b (used)
// 1: a (dropped)
async fn dropped_between_the_awaits() {
    let a: String = String::new();
    let b: String = String::new();
    op().await;
    drop(b);
    op().await;
}

// 0: guard (used)
// 1: -
async fn a_guard_that_is_dropped_before_the_second_await() {
    let guard = Guard::new();
    op().await;
    drop(guard);
    op().await;
}

// 0: guard (used)
// 1: guard
async fn a_guard_that_was_borrowed_stays_after_its_drop() {
    let guard = Guard::new();
    view(&guard);
    op().await;
    drop(guard);
    op().await;
}

// 0: function (dropped)
async fn a_boxed_function_needs_drop() {
    let function: Box<dyn Fn()> = Box::new(|| {});
    op().await;
}

// 0: -
async fn a_range_needs_no_drop() {
    let range = 0..3;
    op().await;
}

// 0: unit
async fn a_unit_that_was_borrowed() {
    let unit: () = ();
    view(&unit);
    op().await;
}

// 0: result (dropped)
async fn a_result_whose_error_needs_drop() {
    let result: Result<u32, String> = Ok(1);
    op().await;
}

// 0: value (dropped)
async fn a_generic_value_that_is_not_used_again<T: Default>() {
    let value: T = T::default();
    op().await;
}

// 0: value (used)
async fn a_generic_value_that_is_used_again<T: Default>() {
    let value: T = T::default();
    op().await;
    take(value);
}

fn instances() {
    take(a_generic_value_that_is_not_used_again::<u32>());
    take(a_generic_value_that_is_not_used_again::<String>());
    take(a_generic_value_that_is_used_again::<u32>());
}
