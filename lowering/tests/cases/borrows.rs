//! What a borrow keeps.

#![allow(unused, static_mut_refs, unreachable_code, clippy::all)]

mod prelude;

use std::ptr::{addr_of, addr_of_mut};

use crate::prelude::*;

// 0: n
async fn a_reference_that_is_gone_still_keeps_the_number() {
    let n: u32 = 1;
    let r = &n;
    take(*r);
    op().await;
}

// 0: n (borrowed), r (used) -> n
async fn a_mutable_reference() -> u32 {
    let mut n: u32 = 1;
    let r = &mut n;
    op().await;
    *r += 1;
    n
}

// 0: pair (borrowed), r (used) -> pair
async fn a_reference_to_a_field_of_a_tuple() -> usize {
    let pair: (String, u32) = (String::new(), 1);
    let r = &pair.0;
    op().await;
    r.len()
}

// 0: pair, r (used) may -> pair
async fn a_reference_to_a_field_may_go_through_a_deref() -> usize {
    let pair: Pair = Pair::default();
    let r = &pair.first;
    op().await;
    r.len()
}

// 0: list (borrowed), r (used) -> list
async fn a_reference_into_an_array() -> u32 {
    let list: [u32; 4] = [0; 4];
    let r = &list[1];
    op().await;
    *r
}

// 0: list (dropped), r (used) may -> list
async fn a_reference_into_a_vec_goes_through_a_call() -> u32 {
    let list: Vec<u32> = vec![1];
    let r = &list[0];
    op().await;
    *r
}

// 0: list (borrowed), r (used) -> list
async fn a_slice_of_an_array() -> usize {
    let list: [u32; 4] = [0; 4];
    let r: &[u32] = &list;
    op().await;
    r.len()
}

// 0: r (used)
async fn a_reborrow_of_a_reference_does_not_point_at_it(list: &mut Vec<u32>) -> usize {
    let r = &*list;
    op().await;
    r.len()
}

// 0: r (used)
async fn a_field_behind_a_reference_is_not_in_the_machine(pair: &Pair) -> usize {
    let r = &pair.first;
    op().await;
    r.len()
}

// 0: boxed (dropped), r (used)
async fn what_is_in_a_box_is_not_in_the_machine() -> usize {
    let boxed: Box<Pair> = Box::new(Pair::default());
    let r = &boxed.first;
    op().await;
    r.len()
}

// 0: n (borrowed), a (borrowed) -> n, b (used) -> a
async fn a_reference_to_a_reference() -> u32 {
    let n: u32 = 1;
    let a = &n;
    let b = &a;
    op().await;
    **b
}

// 0: n (borrowed), a -> n, b (used) -> n
async fn a_copy_of_a_reference() -> u32 {
    let n: u32 = 1;
    let a = &n;
    let b = a;
    op().await;
    *a + *b
}

// 0: n (borrowed), b (used) -> n
async fn a_reference_that_moved_on() -> u32 {
    let mut n: u32 = 1;
    let a = &mut n;
    let b = a;
    op().await;
    *b
}

// 0: n (borrowed), both (used) -> n
async fn a_reference_in_a_tuple() -> u32 {
    let n: u32 = 1;
    let both = (&n, 1u32);
    op().await;
    *both.0 + both.1
}

struct Holder<'a> {
    text: &'a String,
}

// 0: text (borrowed), holder (used) -> text
async fn a_reference_in_a_struct() -> usize {
    let text: String = String::new();
    let holder = Holder { text: &text };
    op().await;
    holder.text.len()
}

// 0: text (borrowed), some (used) -> text
async fn a_reference_in_an_option() -> usize {
    let text: String = String::new();
    let some = Some(&text);
    op().await;
    some.map_or(0, |text| text.len())
}

// 0: n (borrowed), r (used) -> n
async fn a_pattern_with_ref() -> u32 {
    let n: u32 = 1;
    let ref r = n;
    op().await;
    *r
}

// 0: pair (borrowed), first (used) -> pair, second (used) -> pair
async fn a_pattern_with_ref_and_ref_mut() -> usize {
    let mut pair: (String, String) = (String::new(), String::new());
    let (ref first, ref mut second) = pair;
    op().await;
    second.push('a');
    first.len()
}

// 0: n (borrowed), p (used) -> n
async fn a_raw_pointer() {
    let mut n: u32 = 1;
    let p = &raw mut n;
    op().await;
    take(p);
}

// 0: n (borrowed), p (used) -> n
async fn a_raw_pointer_by_the_macro() {
    let n: u32 = 1;
    let p = addr_of!(n);
    op().await;
    take(p);
}

// 0: n (borrowed), p (used) -> n
async fn a_reference_as_a_pointer() {
    let n: u32 = 1;
    let p = &n as *const u32;
    op().await;
    take(p);
}

// 0: a (borrowed), b (borrowed), r (used) -> a -> b
async fn one_of_two() -> usize {
    let a: String = String::new();
    let b: String = String::new();
    let r = if flag() { &a } else { &b };
    op().await;
    r.len()
}

// 0: a (address), b (borrowed), r (used) -> b
async fn a_reference_that_was_replaced() -> u32 {
    let a: u32 = 1;
    let b: u32 = 2;
    let mut r = &a;
    take(*r);
    r = &b;
    op().await;
    *r
}

// 0: text (dropped), r (used) may -> text
async fn a_reference_that_a_method_returns() -> usize {
    let text: String = String::new();
    let r = text.as_str();
    op().await;
    r.len()
}

// 0: text (dropped), owned (used)
async fn a_value_that_a_method_returns() -> usize {
    let text: String = String::new();
    let owned: String = text.to_uppercase();
    op().await;
    owned.len()
}

// 0: n
async fn a_method_by_reference_borrows_a_number() {
    let n: u32 = 1;
    let m: u32 = n.clone();
    op().await;
}

// 0: r (used)
async fn a_method_on_a_reference_borrows_nothing(text: &String) -> usize {
    let r = text.as_str();
    op().await;
    r.len()
}

// 0: -
async fn a_method_on_a_reference_does_not_keep_the_reference(list: &mut Vec<u32>) {
    list.push(1);
    op().await;
}

// 0: maybe guard
async fn a_method_that_may_take_its_receiver_either_way(guard: Guard) {
    guard.finish();
    op().await;
}

// 0: maybe guard
async fn a_method_that_may_only_borrow(guard: Guard) {
    guard.measure();
    op().await;
}

// 0: maybe guard, __awaitee may -> guard
async fn an_awaited_method_that_may_only_borrow(guard: Guard) {
    guard.wait().await;
}

// 0: maybe guard
async fn an_awaited_method_that_may_take_its_receiver(guard: Guard) {
    guard.close().await;
}

// 0: guard (used)
// 1: maybe guard
async fn a_receiver_that_is_used_again_was_only_borrowed(mut guard: Guard) {
    guard.wait().await;
    guard.set();
    guard.close().await;
}

// 0: some (dropped), text (used) may -> some
async fn an_option_as_a_reference() -> usize {
    let some: Option<String> = None;
    let text = some.as_ref();
    op().await;
    text.map_or(0, |text| text.len())
}

// 0: a, b, r (used) -> b
async fn a_reference_is_assigned_over_another_one() -> u32 {
    let a: u32 = 1;
    let b: u32 = 2;
    let mut r: &u32 = &a;
    r = &b;
    op().await;
    *r
}

// 0: -
async fn a_borrow_in_a_scope_that_ended() {
    {
        let n: u32 = 1;
        let r = &n;
        take(*r);
    }
    op().await;
}

// 0: -
// 1: n
async fn a_borrow_after_the_first_await() {
    let mut n: u32;
    op().await;
    n = 1;
    view(&n);
    op().await;
}

// 0: n (used)
// 1: n
async fn a_borrow_between_the_awaits() {
    let n: u32 = 1;
    op().await;
    view(&n);
    op().await;
}

// 0: n
async fn a_borrow_on_one_way_only() {
    let n: u32 = 1;
    if flag() {
        view(&n);
    }
    op().await;
}

// 0: -
async fn a_borrow_on_a_way_that_leaves() {
    let n: u32 = 1;
    if flag() {
        view(&n);
        return;
    }
    op().await;
}

// 0: n
async fn a_new_value_does_not_end_a_borrow() {
    let mut n: u32 = 1;
    view(&n);
    n = 2;
    op().await;
}

// 0: a (dropped), b (used)
async fn a_clone_borrows() -> usize {
    let a: String = String::new();
    let b = a.clone();
    op().await;
    b.len()
}
