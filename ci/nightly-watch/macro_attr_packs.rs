//@ says: one that packs the type: refused
//@ today: reference to field of packed struct is unaligned
#![feature(macro_attr)]
#![allow(dead_code, incomplete_features)]
use pinsight::PinProject;
macro_rules! packs {
    attr() ($($item:tt)*) => { #[repr(packed)] $($item)* };
}
#[derive(PinProject)]
#[packs]
struct Task {
    #[pin]
    future: u32,
}
fn main() {}
