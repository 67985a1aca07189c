//! What is initialised or moved on some ways only.

#![allow(unused, static_mut_refs, unreachable_code, clippy::all)]

mod prelude;

use crate::prelude::*;

// 0: text (dropped)
async fn a_value_on_one_way_only() {
    let text: String;
    if flag() {
        text = String::new();
    }
    op().await;
}

// 0: -
async fn no_value_on_the_way_to_the_await() {
    let text: String;
    if flag() {
        text = String::new();
        return;
    }
    op().await;
}

// 0: text
async fn moved_on_one_way_after_a_borrow() {
    let text: String = String::new();
    view(&text);
    if flag() {
        take(text);
    } else {
        drop(text);
    }
    op().await;
}

// 0: text (dropped)
async fn moved_by_one_arm() {
    let text: String = String::new();
    match flag() {
        true => take(text),
        false => {}
    }
    op().await;
}

// 0: text (used)
// 1: -
async fn moved_by_all_arms() {
    let text: String = String::new();
    match number().await {
        0 => take(text),
        _ => drop(text),
    }
    op().await;
}

// 0: text (used)
async fn moved_in_the_first_turn_of_a_loop() {
    let mut text: Option<String> = Some(String::new());
    loop {
        op().await;
        if let Some(text) = text.take() {
            take(text);
        }
    }
}

// 0: text (dropped)
async fn moved_under_a_lazy_operator() {
    let text: String = String::new();
    let moved: bool = flag() && consume(text);
    op().await;
}

fn consume(_: String) -> bool {
    true
}

// 0: a (dropped)
async fn swapped_by_a_block() {
    let a: String = {
        let b: String = String::new();
        b
    };
    op().await;
}

// 0: text (used)
// 1: -
async fn moved_between_the_awaits() {
    let text: String = String::new();
    op().await;
    take(text);
    op().await;
}

// 0: text (dropped)
// 1: text (dropped)
async fn moved_between_the_awaits_on_one_way() {
    let text: String = String::new();
    op().await;
    if flag() {
        take(text);
    }
    op().await;
}

// 0: text (used)
// 1: -
async fn moved_into_what_is_awaited() {
    let text: String = String::new();
    op().await;
    eat(text).await;
}

// 0: text (dropped)
async fn given_a_value_by_one_arm_and_again_later() {
    let mut text: String = String::new();
    if flag() {
        text = String::from("a");
    }
    op().await;
}

// 0: -
async fn moved_before_a_panic_may_happen() {
    let text: String = String::new();
    take(text);
    if flag() {
        fail();
    }
    op().await;
}

// 0: pair (dropped)
async fn a_field_is_moved_on_one_way() {
    let pair: (String, String) = (String::new(), String::new());
    if flag() {
        take(pair.0);
    }
    op().await;
}

// 0: pair (dropped)
async fn a_field_that_was_moved_gets_a_value_again() {
    let mut pair: (String, u32) = (String::new(), 1);
    take(pair.0);
    pair.0 = String::new();
    op().await;
}

// 0: -
async fn the_only_field_with_drop_is_moved_out() {
    let pair: (String, u32) = (String::new(), 1);
    take(pair.0);
    op().await;
}

// 0: some
async fn what_is_in_an_option_is_moved_out() {
    let some: Option<String> = None;
    if let Some(text) = some {
        take(text);
    }
    op().await;
}

// 0: -
async fn the_only_part_of_an_option_is_a_number() {
    let some: Option<u32> = None;
    if let Some(n) = some {
        take(n);
    }
    op().await;
}

// 0: -
async fn an_option_that_unwrap_takes() {
    let some: Option<String> = None;
    take(some.unwrap());
    op().await;
}

// 0: some (dropped)
async fn an_option_that_is_only_looked_at() {
    let some: Option<String> = None;
    if some.is_some() {
        op().await;
    }
}

// 0: some (dropped)
async fn an_option_that_was_taken() {
    let mut some: Option<String> = None;
    take(some.take());
    op().await;
}
