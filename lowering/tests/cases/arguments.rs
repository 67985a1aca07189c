//! Arguments: each is moved into a local when the body begins.

#![allow(unused, static_mut_refs, unreachable_code, clippy::all)]

mod prelude;

use crate::prelude::*;

// captured: text
// 0: text (used)
async fn an_argument_that_is_used_later(text: String) -> usize {
    op().await;
    text.len()
}

// captured: text
// 0: text (dropped)
async fn an_unused_argument_is_dropped_at_the_end(text: String) {
    op().await;
}

// captured: text
// 0: -
async fn an_unused_argument_that_needs_no_drop(text: &str) {
    op().await;
}

// 0: -
async fn an_unused_number(n: u32) {
    op().await;
}

// Which locals are kept is decided before the type is known: those that might have to be dropped.
// 0: value (dropped)
async fn an_unused_argument_of_any_type<T>(value: T) {
    op().await;
}

// 0: -
async fn an_unused_argument_of_a_type_that_is_copied<T: Copy>(value: T) {
    op().await;
}

// 0: value (dropped)
async fn an_unused_argument_of_an_impl_trait(value: impl Fn()) {
    op().await;
}

// 0: -
async fn an_unused_reference_to_an_impl_trait(value: &impl Fn()) {
    op().await;
}

// 0: maybe guard
async fn an_unused_argument_of_a_type_from_elsewhere(guard: Guard) {
    op().await;
}

// 0: maybe plain
async fn an_unused_argument_of_a_type_without_drop(plain: Plain) {
    op().await;
}

// 0: _guard (dropped)
async fn an_underscore_before_the_name_binds(_guard: String) {
    op().await;
}

// 0: -
async fn an_underscore_alone_does_not_bind(_: String) {
    op().await;
}

// 0: first (used), second (dropped)
async fn a_pattern_binds_its_parts((first, second): (String, String)) -> usize {
    op().await;
    first.len()
}

// 0: first (dropped)
async fn a_pattern_leaves_what_it_does_not_bind((first, _): (String, String)) {
    op().await;
}

// 0: x (used), maybe y
async fn a_pattern_of_a_struct(Point { x, y }: Point) -> u32 {
    op().await;
    x
}

// 0: text (used)
async fn a_mutable_argument_is_one_local(mut text: String) -> String {
    text.push('a');
    op().await;
    text
}

// 0: -
async fn an_argument_that_is_moved_before_the_await(text: String) {
    take(text);
    op().await;
}

// 0: text (used)
async fn a_reference_is_copied_in(text: &str) -> usize {
    op().await;
    text.len()
}

// 0: list (used)
async fn a_mutable_reference_is_moved_in(list: &mut Vec<u32>) {
    op().await;
    list.push(1);
}

struct Server {
    name: String,
    count: u32,
}

impl Server {
    // 0: self (used)
    async fn self_by_reference(&self) -> usize {
        op().await;
        self.name.len()
    }

    // 0: -
    async fn self_by_reference_unused(&self) {
        op().await;
    }

    // 0: self (used)
    async fn self_by_mutable_reference(&mut self) {
        self.count += 1;
        op().await;
        self.count += 1;
    }

    // 0: self (used)
    async fn self_by_value(self) -> String {
        op().await;
        self.name
    }

    // 0: maybe self
    async fn self_by_value_unused(self) {
        op().await;
    }

    // 0: self
    async fn self_by_value_and_mutable(mut self) -> u32 {
        self.count += 1;
        op().await;
        self.count
    }

    // 0: self (used)
    async fn self_in_a_box(self: Box<Self>) -> usize {
        op().await;
        self.name.len()
    }

    // 0: -
    async fn a_field_is_lent_to_what_is_awaited(&mut self) {
        change(&mut self.name).await;
    }

    // 0: self
    async fn a_field_of_self_by_value_is_lent_to_what_is_awaited(mut self) {
        change(&mut self.name).await;
    }

    // 0: self (used)
    async fn a_field_is_assigned_what_is_awaited(&mut self) {
        self.count = number().await;
    }

    // 0: -
    async fn self_reference_is_lent_on_to_a_method(&self) -> usize {
        self.self_by_reference().await
    }
}

trait Service {
    // 0: -
    async fn a_default_method_of_a_trait(&self, n: u32) {
        op().await;
        take(1);
    }

    async fn serve(&mut self, n: u32) -> u32;
}

impl Service for Server {
    // 0: self (used), n (used)
    async fn serve(&mut self, n: u32) -> u32 {
        op().await;
        self.count + n
    }
}

fn instances(server: &Server) {
    take(an_unused_argument_of_any_type(1u32));
    take(an_unused_argument_of_any_type(String::new()));
    take(an_unused_argument_of_a_type_that_is_copied(1u32));
    take(an_unused_argument_of_an_impl_trait(|| {}));
    let text = String::new();
    take(an_unused_argument_of_an_impl_trait(move || view(&text)));
    take(an_unused_reference_to_an_impl_trait(&|| {}));
    take(server.a_default_method_of_a_trait(1));
}
