//! Forms in which functions are written, and names.

#![allow(unused, static_mut_refs, unreachable_code, clippy::all)]

mod prelude;

use std::future::Future;

use crate::prelude::*;

// 0: type (used)
async fn a_raw_name(r#type: u32) -> u32 {
    op().await;
    r#type
}

// 0: n (used)
async unsafe fn an_unsafe_function(n: u32) -> u32 {
    op().await;
    n
}

// 0: -
async fn an_array_of_any_length<const N: usize>(bytes: [u8; N]) {
    op().await;
}

// 0: bytes (used)
async fn a_reference_with_a_lifetime<'a>(bytes: &'a [u8]) -> &'a [u8] {
    op().await;
    bytes
}

// 0: n (used)
async fn a_pattern_with_a_reference(&n: &u32) -> u32 {
    op().await;
    n
}

// 0: text (dropped)
async fn an_argument_that_is_lent_by_a_trait(text: impl AsRef<str>) {
    view(text.as_ref());
    op().await;
}

// 0: function (dropped)
async fn a_boxed_function(function: Box<dyn Fn()>) {
    op().await;
}

// 0: first (used), second (dropped)
async fn arguments_of_one_pattern([first, second]: [String; 2]) -> usize {
    op().await;
    first.len()
}

// 0: a (used), c (used)
async fn some_of_several_arguments(a: u32, b: u32, c: u32) -> u32 {
    op().await;
    a + c
}

// 0: text (used)
async fn an_argument_that_is_shadowed_by_itself(text: String) -> usize {
    let text = text;
    op().await;
    text.len()
}

// 0: text (dropped), text (used)
async fn an_argument_that_is_shadowed_by_another_value(text: String) -> u32 {
    let text: u32 = 1;
    op().await;
    text
}

// 0: n
async fn a_mutable_argument_that_is_lent(mut n: u32) {
    touch(&mut n);
    op().await;
}

// 0: text (used)
async fn a_where_clause<T>(text: T) -> T
where
    T: Clone,
{
    op().await;
    text
}

mod inner {
    use crate::prelude::*;

    // 0: n
    pub(crate) async fn a_function_in_a_module(n: u32) -> u32 {
        op().await;
        n
    }
}

struct Stack<T>(Vec<T>);

impl<T: Clone> Stack<T> {
    // 0: item (used)
    async fn a_method_of_a_generic_type(&self) -> Option<T> {
        let item: Option<T> = self.0.first().cloned();
        op().await;
        item
    }

    // 0: self (used), item (used)
    async fn a_generic_method<U: Into<T>>(&mut self, item: U) {
        op().await;
        self.0.push(item.into());
    }

    // 0: item (dropped)
    async fn an_associated_function(item: T) {
        op().await;
    }
}

trait Later {
    fn later(&self) -> impl Future<Output = u32>;
}

impl Later for u32 {
    // captured: self
    // 0: -
    fn later(&self) -> impl Future<Output = u32> {
        async move {
            op().await;
            *self
        }
    }
}

// 0: pair (used)
async fn a_method_by_value_on_a_field(pair: (Option<u32>, u32)) -> u32 {
    op().await;
    pair.0.unwrap_or(pair.1)
}

// 0: -
async fn nothing_but_a_tail() {
    op().await
}

// 0: -
async fn a_macro_at_the_end() {
    op().await;
    println!()
}

// 0: n (used)
async fn a_statement_that_is_a_block(n: u32) -> u32 {
    {
        op().await;
    };
    n
}

// 0: a (used), b (used)
async fn two_bindings_in_one_statement() -> u32 {
    let (a, mut b): (u32, u32) = (1, 2);
    op().await;
    b += a;
    b
}

// 0: n (used)
// 1: -
#[rustfmt::skip]
async fn two_awaits_in_a_line(n: u32) {
    op().await; take(n); op().await;
}

// 0: n (used)
// 1: n (used)
async fn two_awaits_of_one_statement(n: u32) -> u32 {
    number().await + number().await + n
}

fn instances() {
    take(an_array_of_any_length([1u8, 2]));
    take(an_argument_that_is_lent_by_a_trait(""));
    take(an_argument_that_is_lent_by_a_trait(String::new()));
    take(a_where_clause(1u32));
    take(Stack(vec![1u32]).a_method_of_a_generic_type());
    take(Stack(vec![1u32]).a_generic_method(1u32));
    take(Stack::<u32>::an_associated_function(1u32));
}
