#![forbid(unsafe_code)]
#![allow(dead_code)]

use pinsight::PinProject;
use pinsight_attackers::rewrite;

#[derive(PinProject)] //~ ERROR pattern requires
#[rewrite("retries : u32" => "retries: u32, #[pin] pinned: std::marker::PhantomPinned")]
struct Task<F> {
    #[pin]
    future: F,
    retries: u32,
}

fn main() {}
