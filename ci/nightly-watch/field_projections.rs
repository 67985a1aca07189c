//@ says: `field_of!` names a field of any type, derived or not
//@ today: compiles
#![feature(field_projections)]
#![allow(dead_code, incomplete_features)]
use pinsight::PinProject;
use std::field::{Field, field_of};
#[derive(PinProject)]
struct Task<F> {
    #[pin]
    future: F,
    retries: u32,
}
fn is_field<T: Field>() {}
fn main() {
    is_field::<field_of!(Task<u8>, retries)>();
}
