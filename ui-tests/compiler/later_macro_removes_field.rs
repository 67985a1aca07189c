#![forbid(unsafe_code)]
#![allow(dead_code)]

use pinsight::PinProject;
use pinsight_attackers::rewrite;

#[derive(PinProject)]
#[rewrite("retries : u32 ," => "")]
struct Task<F> {
    #[pin]
    future: F,
    retries: u32, //~ ERROR does not have a field named
}

fn main() {}
