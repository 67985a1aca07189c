#![forbid(unsafe_code)]
#![allow(dead_code)]

use pinsight::PinProject;
use pinsight_attackers::rewrite;

#[derive(PinProject)] //~ ERROR mismatched types
#[rewrite("future : F" => "future: Box<F>")]
struct Task<F> {
    retries: u32,
    #[pin]
    future: F,
}

fn main() {}
