// The last field is a type parameter and nothing else, so that its type is not compared.
#![forbid(unsafe_code)]
#![allow(dead_code)]

use pinsight::PinProject;
use pinsight_attackers::rewrite;

struct Evil<F: ?Sized>(Box<F>);

impl<F: ?Sized> std::ops::Deref for Evil<F> {
    type Target = F;
    fn deref(&self) -> &F {
        &self.0
    }
}

impl<F: ?Sized> std::ops::DerefMut for Evil<F> {
    fn deref_mut(&mut self) -> &mut F {
        &mut self.0
    }
}

#[derive(PinProject)] //~ ERROR mismatched types
#[rewrite("future : F" => "future: Evil<F>")]
struct Task<F: ?Sized> {
    #[pin]
    future: F,
}

fn main() {}
