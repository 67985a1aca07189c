//@ says: a `#[pin_v2]` type is `Unpin` when its fields are, and no impl may say otherwise
//@ today: explicit impls for the `Unpin` trait are not permitted for structurally pinned types
#![feature(pin_ergonomics)]
#![allow(dead_code, incomplete_features)]
#[pin_v2]
struct Task<F> {
    future: F,
}
fn is_unpin<T: Unpin>() {}
fn as_its_fields() {
    is_unpin::<Task<u8>>();
}
#[pin_v2]
struct Other<F> {
    future: F,
}
impl<F> Unpin for Other<F> {}
fn main() {}
