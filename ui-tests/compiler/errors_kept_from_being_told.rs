// Whoever redirects `::core` keeps the macros from telling their errors: then there is no projection either.
#![forbid(unsafe_code)]
#![allow(dead_code)]

extern crate self as core;

#[macro_export]
macro_rules! compile_error {
    ($($t:tt)*) => {};
}

use pinsight::PinProject;
use std::pin::Pin;

#[derive(PinProject)]
#[pinsight_attackers::rewrite("where F : Sized" => "")]
struct Later<F> where F: Sized { n: u8, #[pin] f: F }

macro_rules! sized {
    () => { u8 };
}

#[derive(PinProject)]
struct Generic<F>
where
    sized!(): Sized,
{
    n: u8,
    #[pin]
    f: F,
}

fn uses(later: Pin<&mut Later<u8>>, generic: Pin<&mut Generic<u8>>) {
    later.project(); //~ ERROR no method named `project`
    generic.project(); //~ ERROR no method named `project`
}

fn main() {}
