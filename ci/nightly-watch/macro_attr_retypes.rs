//@ says: a `macro_rules!` attribute below the derive changes a field's type: refused, as of a procedural macro
//@ today: mismatched types
#![feature(macro_attr)]
#![allow(dead_code, incomplete_features)]
use pinsight::PinProject;
use std::ops::{Deref, DerefMut};
struct Evil<T>(Box<T>);
impl<T> Deref for Evil<T> {
    type Target = T;
    fn deref(&self) -> &T {
        &self.0
    }
}
impl<T> DerefMut for Evil<T> {
    fn deref_mut(&mut self) -> &mut T {
        &mut self.0
    }
}

macro_rules! retype {
    attr() ($(#[$_a:meta])* struct $name:ident<F> { #[pin] $field:ident: F $(,)? }) => {
        struct $name<F> { #[pin] $field: Evil<F> }
    };
}
#[derive(PinProject)]
#[retype]
struct Task<F> {
    #[pin]
    future: F,
}
fn main() {}
