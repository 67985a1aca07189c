// A type that is another one where `Self` is spelled out: nothing is moved out of a field through a `DerefMut` of the user's.
#![forbid(unsafe_code)]
#![allow(dead_code)]

use pinsight::{PinProject, lite, pin_project};
use std::ops::{Deref, DerefMut};

struct Evil<'a>(&'a mut String);

impl Deref for Evil<'_> {
    type Target = String;

    fn deref(&self) -> &String {
        self.0
    }
}

impl DerefMut for Evil<'_> {
    fn deref_mut(&mut self) -> &mut String {
        self.0
    }
}

macro_rules! ty {
    ($l:lifetime Self) => { Evil<$l> };
    ($l:lifetime $($other:tt)*) => { String };
}

#[derive(PinProject)] //~ ERROR mismatched types
#[pin(project_replace = DeriveOwn)]
struct Derive<'a> {
    #[pin]
    f: &'a u8,
    n: ty!('a Self),
}

#[pin_project(project_replace = AttributeOwn)] //~ ERROR mismatched types
struct Attribute<'a> {
    #[pin]
    f: &'a u8,
    n: ty!('a Self),
}

lite::pin_project! { //~ ERROR mismatched types
    #[project_replace = LiteOwn]
    struct Lite<'a> {
        #[pin]
        f: &'a u8,
        n: ty!('a Self),
    }
}

fn main() {}
