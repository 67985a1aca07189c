#![deny(warnings)]

use pinsight::PinProject;
use std::pin::Pin;
use std::rc::Rc;

#[derive(PinProject)]
struct Boxed<F: ?Sized> {
    #[pin] //~ ERROR needs no `#[pin]`
    future: Pin<Box<F>>,
}

#[derive(PinProject)]
struct Several<'a, F>(
    #[pin] F,
    #[pin] Box<F>, //~ ERROR needs no `#[pin]`
    #[pin] &'a mut F, //~ ERROR needs no `#[pin]`
    #[pin] Rc<F>, //~ ERROR needs no `#[pin]`
    #[pin] std::sync::Arc<F>, //~ ERROR needs no `#[pin]`
    #[pin] Pin<&'a F>, //~ ERROR needs no `#[pin]`
);

#[derive(PinProject)]
#[allow(deprecated)]
struct OnPurpose<F> {
    #[pin]
    future: Box<F>,
}

/// Whether these are `Unpin` is not known by their names.
#[derive(PinProject)]
struct Unknown<P, Box> {
    #[pin]
    pointer: Pin<P>,
    #[pin]
    parameter: Box,
}

#[pinsight::pin_project]
struct AsWithThePeer<F> {
    #[pin]
    future: Box<F>,
}

fn main() {}
