//! Which local refers to which.

#![allow(unused, static_mut_refs, unreachable_code, clippy::all)]

mod prelude;

use std::pin::Pin;
use std::sync::Mutex;

use crate::prelude::*;

fn pass<'a>(text: &'a String) -> &'a String {
    text
}

fn one_of<'a>(a: &'a String, b: &'a String) -> &'a String {
    if flag() { a } else { b }
}

struct View<'a> {
    text: &'a String,
    count: u32,
}

impl<'a> View<'a> {
    fn new(text: &'a String) -> Self {
        View { text, count: 0 }
    }
}

// 0: text, view (used) may -> text
async fn a_constructor_may_keep_what_it_is_given() -> usize {
    let text: String = String::new();
    let view = View::new(&text);
    op().await;
    view.text.len()
}

// 0: text, r (used) may -> text
async fn a_function_may_pass_a_reference_on() -> usize {
    let text: String = String::new();
    let r = pass(&text);
    op().await;
    r.len()
}

// 0: a, b, r (used) may -> a may -> b
async fn a_function_may_pass_either_reference_on() -> usize {
    let a: String = String::new();
    let b: String = String::new();
    let r = one_of(&a, &b);
    op().await;
    r.len()
}

// 0: text, n (used)
async fn a_number_that_a_function_returns_refers_to_nothing() -> usize {
    let text: String = String::new();
    let n: usize = pass(&text).len();
    op().await;
    n
}

// 0: text, view (used) -> text
async fn a_reference_in_a_struct_with_other_fields() -> u32 {
    let text: String = String::new();
    let view = View { count: 1, text: &text };
    op().await;
    view.count
}

// 0: text, nested (used) -> text
async fn a_reference_in_nested_values() -> usize {
    let text: String = String::new();
    let nested = Some((1u32, [&text, &text]));
    op().await;
    nested.map_or(0, |(_, [first, _])| first.len())
}

// 0: a, list (used) -> a
async fn a_reference_in_an_array_literal() -> usize {
    let a: u32 = 1;
    let list = [&a];
    op().await;
    list.len()
}

// 0: a (dropped), list (used) may -> a
async fn a_reference_in_a_vec_macro() -> usize {
    let a: String = String::new();
    let list = vec![&a];
    op().await;
    list.len()
}

// 0: lock, guard (used) may -> lock
async fn a_guard_refers_to_its_lock() -> u32 {
    let lock: Mutex<u32> = Mutex::new(1);
    let guard = lock.lock().unwrap();
    op().await;
    *guard
}

// 0: guard (used)
async fn a_guard_of_a_lock_elsewhere(lock: &Mutex<u32>) -> u32 {
    let guard = lock.lock().unwrap();
    op().await;
    *guard
}

// 0: list, first (used) may -> list
async fn an_iterator_refers_to_its_list() -> Option<u32> {
    let list: Vec<u32> = vec![1];
    let mut first = list.iter();
    op().await;
    first.next().copied()
}

// 0: buffer, slice (used) may -> buffer
async fn a_part_of_a_slice() -> u8 {
    let mut buffer: [u8; 8] = [0; 8];
    let slice = &mut buffer[2..4];
    op().await;
    slice[0]
}

// 0: a, r (used) -> a
async fn a_reference_set_later() -> u32 {
    let a: u32 = 1;
    let r;
    r = &a;
    op().await;
    *r
}

// 0: -
// 1: a, r (used) -> a
async fn a_reference_set_between_the_awaits() -> u32 {
    let a: u32;
    let mut r: &u32 = &7;
    op().await;
    a = 1;
    r = &a;
    op().await;
    *r
}

// 0: a, both (used) -> a
async fn a_field_gets_a_reference() -> u32 {
    let a: u32 = 1;
    let mut both: (&u32, u32) = (&7, 1);
    both.0 = &a;
    op().await;
    *both.0
}

// 0: a, r (used) -> a
async fn a_reference_out_of_a_block() -> u32 {
    let a: u32 = 1;
    let r = {
        let inner = &a;
        inner
    };
    op().await;
    *r
}

// 0: a, b, r (used) -> a -> b
async fn a_reference_out_of_a_match() -> u32 {
    let a: u32 = 1;
    let b: u32 = 2;
    let r = match flag() {
        true => &a,
        false => &b,
    };
    op().await;
    *r
}

// 0: a, r (used) -> a
async fn a_reference_out_of_a_loop() -> u32 {
    let a: u32 = 1;
    let r = loop {
        if flag() {
            break &a;
        }
    };
    op().await;
    *r
}

// 0: a, b -> a, c (used) -> b
async fn a_mutable_reference_to_a_reference() -> u32 {
    let a: u32 = 1;
    let mut b = &a;
    let c = &mut b;
    op().await;
    **c
}

// 0: a, c (used) -> a
async fn a_reborrow_of_a_local_reference() -> u32 {
    let mut a: u32 = 1;
    let b = &mut a;
    let c = &mut *b;
    op().await;
    *c += 1;
    *c
}

// 0: text, r (used) -> text
async fn a_coercion_to_a_trait_object() -> usize {
    let text: u32 = 1;
    let r: &dyn std::fmt::Debug = &text;
    op().await;
    format!("{r:?}").len()
}

// 0: a, r (used) -> a
async fn a_pinned_reference() {
    let mut a: Timer = Timer;
    let r = Pin::new(&mut a);
    op().await;
    take(r);
}

// 0: a, r (used) -> a
async fn a_reference_in_parentheses() -> u32 {
    let a: u32 = 1;
    let r = (&(a));
    op().await;
    *r
}

// 0: a, r (used) -> a
async fn a_copied_option_of_a_reference() -> u32 {
    let a: u32 = 1;
    let some = Some(&a);
    let r = some;
    op().await;
    r.map_or(0, |r| *r)
}

// 0: a, r (used) -> a
async fn a_reference_out_of_a_pattern() -> u32 {
    let a: u32 = 1;
    let (r, _) = (&a, 1u32);
    op().await;
    *r
}

// 0: a, map (used) may -> a
async fn a_method_may_store_a_reference() -> usize {
    let a: String = String::new();
    let mut map: Vec<&String> = Vec::new();
    map.push(&a);
    op().await;
    map.len()
}

// 0: a (used)
// 1: a, r (used) -> a
async fn a_reference_is_there_from_when_it_is_made() -> u32 {
    let a: u32 = 1;
    op().await;
    let r = &a;
    op().await;
    *r
}

// 0: text, r (used) -> text, n (used)
async fn a_reference_beside_a_number() -> u32 {
    let text: u32 = 1;
    let n: u32 = text;
    let r = &text;
    op().await;
    *r + n
}
