//@ says: a field's negative impl does not make room for a second `Unpin`
//@ today: conflicting implementations of trait `Unpin`
#![feature(negative_impls)]
#![allow(dead_code, incomplete_features)]
use pinsight::PinProject;
struct Never;
impl !Unpin for Never {}
#[derive(PinProject)]
struct Task<F> {
    #[pin]
    future: F,
}
impl Unpin for Task<Never> {}
fn main() {}
