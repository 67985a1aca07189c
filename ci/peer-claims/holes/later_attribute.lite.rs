//@ row: a later attribute changes the type of a field to one that dereferences to it
//@ runs with pin-project-lite: the pinned field was at two places: true
//@ pinsight: mismatched types
#![forbid(unsafe_code)]
#![allow(dead_code)]
use auxiliary_macro::retype;
use pin_project_lite::pin_project;
use std::marker::PhantomPinned;
use std::ops::{Deref, DerefMut};
use std::pin::Pin;

// Dereferences to one value, and to another one the next time.
struct Evil<T>(Vec<Box<T>>);
impl<T> Deref for Evil<T> {
    type Target = T;
    fn deref(&self) -> &T {
        &self.0[0]
    }
}
impl<T> DerefMut for Evil<T> {
    fn deref_mut(&mut self) -> &mut T {
        self.0.rotate_left(1);
        &mut self.0[0]
    }
}

pin_project! {
    #[retype(future: Evil<F>)]
    struct Task<F> {
        #[pin]
        future: F,
    }
}

struct Marked(u8, PhantomPinned);

fn main() {
    let evil = Evil(vec![Box::new(Marked(1, PhantomPinned)), Box::new(Marked(2, PhantomPinned))]);
    let mut task = Box::pin(Task { future: evil });
    let first: Pin<&mut Marked> = task.as_mut().project().future;
    let first = std::ptr::from_ref(first.as_ref().get_ref());
    let second: Pin<&mut Marked> = task.as_mut().project().future;
    println!("the pinned field was at two places: {}", first != std::ptr::from_ref(second.as_ref().get_ref()));
}
