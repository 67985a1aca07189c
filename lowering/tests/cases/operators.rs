//! Operators: whether they borrow, copy or move their operands.

#![allow(unused, static_mut_refs, unreachable_code, clippy::all)]

mod prelude;

use std::ops::Add;

use crate::prelude::*;

// 0: -
async fn numbers_are_added_by_value() {
    let a: u32 = 1;
    let b: u32 = a + 1;
    op().await;
}

// 0: -
async fn numbers_are_compared_by_value() {
    let a: u32 = 1;
    let b: bool = a == 1 && a < 2;
    op().await;
}

// 0: a (dropped)
async fn strings_are_compared_by_reference() {
    let a: String = String::new();
    let b: bool = a == "a";
    op().await;
}

// 0: -
async fn strings_are_added_by_value() -> usize {
    let a: String = String::new();
    let b: String = a + "b";
    take(b);
    op().await;
    1
}

// 0: text (dropped)
async fn a_compound_assignment_of_a_string_borrows() {
    let mut text: String = String::new();
    text += "b";
    op().await;
}

// 0: -
async fn a_compound_assignment_of_a_number_borrows_nothing() {
    let mut n: u32 = 1;
    n += 1;
    op().await;
}

// 0: -
async fn a_number_is_negated_by_value() {
    let a: i32 = 1;
    let b: i32 = -a;
    op().await;
}

// 0: -
async fn a_bool_is_inverted_by_value() {
    let a: bool = true;
    let b: bool = !a;
    op().await;
}

// 0: -
async fn an_array_is_indexed_without_a_borrow() {
    let a: [u32; 2] = [1, 2];
    let b: u32 = a[0];
    op().await;
}

// 0: a
async fn the_length_of_an_array_is_asked_by_reference() {
    let a: [u32; 2] = [1, 2];
    let b: usize = a.len();
    op().await;
}

// 0: -
async fn an_index_is_copied() {
    let a: [u32; 2] = [1, 2];
    let i: usize = 1;
    let b: u32 = a[i];
    op().await;
}

// 0: list (dropped)
async fn a_vec_is_indexed_through_a_call() {
    let list: Vec<u32> = vec![1];
    let b: u32 = list[0];
    op().await;
}

// 0: a
async fn an_array_is_sliced_through_a_call() {
    let a: [u32; 2] = [1, 2];
    take(a[1..].len());
    op().await;
}

// 0: -
async fn a_tuple_field_is_read() {
    let a: (u32, u32) = (1, 2);
    let b: u32 = a.0;
    op().await;
}

// 0: -
// 1: a (used)
async fn a_tuple_field_is_assigned() -> u32 {
    let mut a: (u32, u32) = (1, 2);
    take(a);
    op().await;
    a = (1, 2);
    a.1 = 3;
    op().await;
    a.0
}

// 0: a (used)
async fn a_field_is_assigned_after_the_await() -> u32 {
    let mut a: (u32, u32) = (1, 2);
    op().await;
    a.0 = 3;
    a.1
}

// 0: -
async fn a_reference_is_followed() {
    let a: &u32 = &1;
    let b: u32 = *a;
    op().await;
}

// 0: a (used)
async fn a_reference_is_written_through(a: &mut u32) {
    op().await;
    *a = 1;
}

// 0: a
async fn a_box_is_written_into() {
    let mut a: Box<u32> = Box::new(1);
    op().await;
    *a = 2;
}

// 0: boxed (dropped)
async fn a_number_in_a_box_is_read_without_a_borrow() {
    let boxed: Box<u32> = Box::new(1);
    let b: u32 = *boxed;
    op().await;
}

// 0: -
async fn a_cast_copies() {
    let a: u32 = 1;
    let b: u64 = a as u64;
    op().await;
}

// 0: range (used)
async fn a_range_takes_its_ends() -> usize {
    let a: usize = 1;
    let range = 0..a;
    op().await;
    range.len()
}

// 0: -
async fn the_last_of_several_lazy_operands() -> bool {
    let a: bool = true;
    let b: bool = false;
    let c: bool = a || b;
    op().await;
    true
}

// 0: b (used)
async fn a_lazy_operand_after_the_await(a: bool, b: bool) -> bool {
    a && number().await == 1 && b
}

// 0: -
async fn operands_of_any_type(a: Amount, b: Amount) {
    take(a + b);
    op().await;
}

#[derive(Clone, Copy)]
struct Amount(u32);

impl Add for Amount {
    type Output = Amount;

    fn add(self, other: Amount) -> Amount {
        Amount(self.0 + other.0)
    }
}
