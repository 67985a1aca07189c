#![forbid(unsafe_code)]
#![allow(dead_code)]

use pinsight::PinProject;
use pinsight_attackers::rewrite;

#[derive(PinProject)] //~ ERROR access to union field is unsafe
#[rewrite("struct" => "union")]
struct Task {
    #[pin]
    future: u32,
}

fn main() {}
