#![forbid(unsafe_code)]
#![allow(dead_code)]

use pinsight::PinProject;
use pinsight_attackers::rewrite;

struct Evil<T>(Box<T>);

impl<T> std::ops::Deref for Evil<T> {
    type Target = T;
    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T> std::ops::DerefMut for Evil<T> {
    fn deref_mut(&mut self) -> &mut T {
        &mut self.0
    }
}

#[derive(PinProject)] //~ ERROR mismatched types
#[rewrite("future : F" => "future: Evil<F>")]
struct Task<F> {
    #[pin]
    future: F,
    retries: u32,
}

fn main() {}
