#![forbid(unsafe_code)]
#![allow(dead_code)]

use pinsight::PinProject;
use pinsight_attackers::rewrite;

#[derive(PinProject)] //~ ERROR packed
#[rewrite("struct" => "#[repr(packed(2))] struct")]
struct Task<F> {
    #[pin]
    future: F,
    retries: u32,
}

fn main() {}
