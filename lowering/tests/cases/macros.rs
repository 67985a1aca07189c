//! Macros whose tokens show what they do.

#![allow(unused, static_mut_refs, unreachable_code, clippy::all)]

mod prelude;

use std::pin::pin;

use crate::prelude::*;

// 0: n
async fn println_borrows_its_arguments() {
    let n: u32 = 1;
    println!("{}", n);
    op().await;
}

// 0: n
async fn println_borrows_inline_arguments() {
    let n: u32 = 1;
    println!("{n:>4}");
    op().await;
}

// 0: width, value
async fn format_borrows_widths_and_named_arguments() {
    let width: usize = 4;
    let value: u32 = 1;
    let text: &str = &format!("{v:width$}", v = value);
    op().await;
}

// 0: -
async fn braces_that_are_escaped_borrow_nothing() {
    let n: u32 = 1;
    println!("{{n}}");
    op().await;
}

// 0: n (used)
async fn a_format_after_the_await_uses() -> String {
    let n: u32 = 1;
    op().await;
    format!("{n}")
}

// 0: n
async fn an_await_in_a_format_argument() -> String {
    let n: u32 = 1;
    format!("{} {}", n, number().await)
}

// 0: -
async fn a_format_argument_behind_the_awaited_one(text: &str) {
    println!("{}", number().await);
}

// 0: text (used)
async fn a_reference_in_a_format(text: &str) {
    op().await;
    println!("{text}");
}

// 0: list (used)
async fn vec_takes_its_elements() -> usize {
    let text: String = String::new();
    let list = vec![text, String::new()];
    op().await;
    list.len()
}

// 0: -
async fn an_await_in_a_vec() -> Vec<u32> {
    vec![1, number().await, 2]
}

// 0: a
async fn assert_eq_borrows() {
    let a: u32 = 1;
    assert_eq!(a, 1);
    op().await;
}

// 0: -
async fn assert_reads_a_bool() {
    let a: bool = true;
    assert!(a);
    op().await;
}

// 0: a (used)
async fn assert_after_the_await() {
    let a: bool = true;
    op().await;
    assert!(a, "{}", 1);
}

// 0: -
async fn matches_copies_nothing_of_a_number() {
    let a: Option<u32> = None;
    take(matches!(a, Some(1)));
    op().await;
}

// 0: -
// 1: n (used)
async fn dbg_passes_its_value_on() -> u32 {
    let n: u32 = dbg!(number().await);
    op().await;
    n
}

// 0: text
async fn write_borrows_the_writer() {
    use std::fmt::Write;
    let mut text: String = String::new();
    let _ = write!(text, "{}", 1);
    op().await;
}

// 0: -
async fn a_panic_needs_nothing_later(n: Option<u32>) {
    op().await;
    let Some(n) = Some(1) else { panic!("nothing") };
}

// 0: n (used)
async fn concat_and_line_use_nothing(n: u32) -> u32 {
    let text: &str = concat!("a", 1);
    let line: u32 = line!();
    op().await;
    n
}

// 0: future
// 1: pinned (dropped), future (used) -> pinned
// 2: pinned (dropped), future -> pinned
async fn pin_keeps_what_it_pins() {
    let future = op();
    op().await;
    let mut future = pin!(future);
    op().await;
    future.as_mut().await;
}

macro_rules! plain {
    ($($value:expr),* $(,)?) => {
        ($($value,)*)
    };
}

// 0: n (used)
async fn a_macro_of_the_file_whose_tokens_are_expressions() -> u32 {
    let n: u32 = 1;
    let (a, b) = plain!(number().await, n);
    a + b
}

// 0: -
async fn todo_ends_the_body() {
    let n: u32 = 1;
    op().await;
    if flag() {
        todo!()
    }
}

// 0: a (used)
async fn unreachable_with_an_argument() -> u32 {
    let a: u32 = 1;
    op().await;
    match flag() {
        true => 1,
        false => unreachable!("{a}"),
    }
}

macro_rules! arrow {
    ($name:ident => $value:expr) => {
        take($name + $value)
    };
}

// 0: n (used)
async fn a_macro_whose_tokens_are_no_expressions_uses_what_it_mentions() {
    let n: u32 = 1;
    op().await;
    arrow!(n => 1);
}

// 0: maybe n
async fn a_macro_whose_tokens_are_no_expressions_may_borrow() {
    let n: u32 = 1;
    arrow!(n => 1);
    op().await;
}

// 0: n
async fn eprintln_and_write_borrow_alike() {
    let n: u32 = 1;
    eprint!("{n}");
    op().await;
}

// 0: n
async fn format_args_in_a_call() {
    let n: u32 = 1;
    take(format_args!("{n}").as_str());
    op().await;
}

// 0: a
async fn debug_assert_borrows_as_assert_does() {
    let a: u32 = 1;
    debug_assert_eq!(a, 1, "{}", a);
    op().await;
}

// As those of the usual runtimes these two keep the futures in a local, and wait for a function that polls them.
macro_rules! join {
    ($a:expr, $b:expr $(,)?) => {{
        let mut futures = ($a, $b);
        change(&mut futures).await
    }};
}

macro_rules! select {
    ($($name:pat = $future:expr => $then:expr),+ $(,)?) => {{
        let number: u32 = {
            let mut futures = ($($future),+);
            look(&mut futures).await
        };
        match number {
            $($name if flag() => $then,)+
            _ => 0,
        }
    }};
}

// 0: futures, n (used)
async fn join_is_one_suspend_point() -> u32 {
    let n: u32 = 1;
    join!(number(), number());
    n
}

// 0: futures, n (used)
async fn what_an_arm_of_select_uses() -> u32 {
    let n: u32 = 1;
    let m: u32 = 2;
    take(m);
    select! {
        _ = number() => n,
        _ = text() => 1,
    }
}
