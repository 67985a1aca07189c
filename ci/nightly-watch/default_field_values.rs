//@ says: a field with a default value
//@ today: compiles
#![feature(default_field_values)]
#![allow(dead_code, incomplete_features)]
use pinsight::PinProject;
#[derive(PinProject)]
struct Task<F> {
    #[pin]
    future: F,
    retries: u32 = 3,
}
fn main() {}
