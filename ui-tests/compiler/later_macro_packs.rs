#![forbid(unsafe_code)]
#![allow(dead_code)]

use pinsight::PinProject;
use pinsight_attackers::rewrite;

#[derive(PinProject)] //~ ERROR packed
#[rewrite("struct" => "#[repr(packed)] struct")]
struct Task {
    #[pin]
    future: u32,
    retries: u8,
}

fn main() {}
