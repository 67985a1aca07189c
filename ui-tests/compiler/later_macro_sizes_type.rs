#![forbid(unsafe_code)]
#![allow(dead_code)]

use pinsight::PinProject;
use pinsight_attackers::rewrite;

#[derive(PinProject)] //~ ERROR mismatched types
#[rewrite("future : [ u32 ]" => "future: [u32; 3]")]
struct Task {
    retries: u32,
    #[pin]
    future: [u32],
}

fn main() {}
